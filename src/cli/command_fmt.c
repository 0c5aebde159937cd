/*
 * command_fmt.c: `regraft fmt`: parse and print.
 */
#include "cli/files.h"
#include "cli/json_output.h"

/* Compares what is printed with a text, chunk by chunk, without keeping it. */
typedef struct print_comparison {
    rg_string original;
    size_t printed;      /* bytes so far */
    size_t first_change; /* offset of the first different byte; SIZE_MAX while there is none */
} print_comparison;

static rg_status compare_chunk(void *user, const char *data, size_t size)
{
    print_comparison *comparison = user;
    for (size_t i = 0; i < size && comparison->first_change == SIZE_MAX; i++) {
        size_t at = comparison->printed + i;
        if (at >= comparison->original.size || comparison->original.data[at] != data[i]) {
            comparison->first_change = at;
        }
    }
    comparison->printed += size;
    return RG_OK;
}

/* The line, counted from 1, that the byte at `offset` belongs to. */
static size_t line_of(rg_string text, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset && i < text.size; i++) {
        line += text.data[i] == '\n';
    }
    return line;
}

typedef struct fmt_job {
    rg_print_options options;
    bool check;
    json_t *listing; /* NULL without --json */
    bool changed;
} fmt_job;

static rg_status check_document(fmt_job *job, const rg_document *document, rg_string original, const char *path)
{
    print_comparison comparison = {original, 0, SIZE_MAX};
    rg_sink sink = {compare_chunk, &comparison};
    rg_status status = rg_document_print(document, &job->options, sink);
    if (status != RG_OK) {
        return status;
    }
    if (comparison.first_change == SIZE_MAX && comparison.printed < original.size) {
        comparison.first_change = comparison.printed;
    }
    bool changed = comparison.first_change != SIZE_MAX;
    size_t line = changed ? line_of(original, comparison.first_change) : 0;
    job->changed = job->changed || changed;
    if (job->listing != NULL) {
        json_t *entry = json_make_object();
        json_put(entry, "file", json_from(rg_string_from(path)));
        json_put(entry, "changes", json_boolean(changed));
        json_put(entry, "line", changed ? json_integer((json_int_t)line) : json_null());
        json_add(job->listing, entry);
    } else if (changed) {
        printf("%s:%zu: printing changes this line\n", path, line);
    }
    return RG_OK;
}

static bool format_file(fmt_job *job, rg_context *context, const char *path)
{
    rg_document *document = NULL;
    cli_text content = {0};
    bool good = read_input(&content, context, path);
    rg_string original = {content.data, content.size};
    const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
    good = good && rg_document_parse(&document, context, original, rg_string_from(name)) == RG_OK;
    if (good && job->check) {
        good = check_document(job, document, original, name) == RG_OK;
    } else if (good) {
        good = rg_document_print(document, &job->options, output_sink()) == RG_OK;
    }
    rg_document_destroy(document);
    text_free(&content);
    return good;
}

static int run_fmt(cli_invocation *invocation)
{
    fmt_job job = {.options = RG_PRINT_OPTIONS_INIT, .check = option_given(invocation, "check")};
    bool good = true;
    job.options.strip_log = option_given(invocation, "strip");
    job.options.strip_comments = option_given(invocation, "strip-comments");
    if (option_given(invocation, "json")) {
        if (!job.check) {
            complain("fmt lists something only with --check, so --json needs it");
            return EXIT_BAD;
        }
        job.listing = json_make_array();
    }
    for (size_t i = 0; i < invocation->argument_count; i++) {
        show_progress(i, invocation->argument_count);
        good = format_file(&job, invocation->context, invocation->arguments[i]) && good;
        print_diagnostics(invocation->context);
    }
    show_progress(1, 1);
    if (job.listing != NULL) {
        print_json(job.listing);
    }
    return !good ? EXIT_BAD : job.changed ? EXIT_NO : EXIT_YES;
}

static const cli_option fmt_options[] = {
    {"check", 0, NULL, "print nothing but the files that printing would change, with the first such line"},
    {"strip", 0, NULL, "leave out TORCH_LOGS prefixes and the text around graphs"},
    {"strip-comments", 0, NULL, "leave out comments"},
    {"json", 0, NULL, "with --check: list all files as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_fmt = {
    .name = "fmt",
    .arguments = "FILE...",
    .min_arguments = 1,
    .max_arguments = SIZE_MAX,
    .summary = "read graphs and print them back",
    .details =
        "Reads each file and prints it to standard output. A graph that PyTorch printed comes back byte for byte; "
        "where a "
        "file was edited by hand, calls and numbers are brought to PyTorch's spelling (`alpha = 2`, `1e-05`). --check "
        "says whether that changes anything. A file that cannot be read is reported, with the place and what was "
        "expected there; the others are still printed.",
    .no_means = "with --check: printing would change a file",
    .options = fmt_options,
    .run = run_fmt,
};
