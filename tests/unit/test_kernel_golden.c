/*
 * test_kernel_golden.c: kernels against PyTorch: every case of tests/data/kernels.tar.xz (scripts/gen_kernel_golden.py)
 * is run, and what comes out must be as close to what PyTorch gave as the kernel's row promises (rg_accuracy).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

/* ---- reading cases ---- */

typedef struct reader {
    char *text;
    size_t size;
    size_t at;
    const char *family;
} reader;

static void open_family(reader *in, const char *family)
{
    char path[1024];
    assert_true(snprintf(path, sizeof(path), "%s/%s.txt", REGRAFT_KERNELS_DIR, family) < (int)sizeof(path));
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    in->size = (size_t)ftell(file);
    rewind(file);
    in->text = malloc(in->size + 1);
    assert_non_null(in->text);
    assert_int_equal(fread(in->text, 1, in->size, file), in->size);
    in->text[in->size] = '\0';
    in->at = 0;
    in->family = family;
    assert_int_equal(fclose(file), 0);
}

/* The next line, without its end; false at the end of the text. */
static bool next_line(reader *in, rg_string *out)
{
    if (in->at >= in->size) {
        return false;
    }
    const char *start = in->text + in->at;
    const char *end = memchr(start, '\n', in->size - in->at);
    out->data = start;
    out->size = end == NULL ? in->size - in->at : (size_t)(end - start);
    in->at += out->size + 1;
    return true;
}

/* The next word of a line. */
static rg_string take_word(rg_string *line)
{
    rg_string word = {line->data, 0};
    while (word.size < line->size && line->data[word.size] != ' ') {
        word.size++;
    }
    size_t used = word.size < line->size ? word.size + 1 : word.size;
    line->data += used;
    line->size -= used;
    return word;
}

static int hex_digit(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

static void read_hex(rg_string hex, uint8_t *out, size_t size)
{
    assert_int_equal(hex.size, 2 * size);
    for (size_t i = 0; i < size; i++) {
        out[i] = (uint8_t)(16 * hex_digit(hex.data[2 * i]) + hex_digit(hex.data[2 * i + 1]));
    }
}

/* ---- one case ---- */

typedef struct tally {
    size_t cases;
    size_t failures;
} tally;

typedef struct golden_case {
    rg_context *context;
    rg_graph *graph;
    rg_run *run;
    rg_string text; /* of the graph, for messages */
    const char *family;
    rg_accuracy accuracy;
    bool failed;
} golden_case;

static rg_status print_to(void *user, const char *data, size_t size)
{
    (void)fwrite(data, 1, size, user);
    return RG_OK;
}

static void complain(golden_case *job, const char *what)
{
    job->failed = true;
    print_error("%s: %s\n%.*s\n", job->family, what, (int)job->text.size, job->text.data);
    for (size_t i = 0; i < rg_context_diagnostic_count(job->context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(job->context, i), (rg_sink){print_to, stderr});
    }
}

/* The op under test: that of the first call. For auto_functionalized the one it wraps. */
static rg_accuracy accuracy_of(const golden_case *job)
{
    for (rg_node node = rg_graph_first(job->graph); !rg_node_is_null(node); node = rg_graph_next(job->graph, node)) {
        if (rg_node_kind(job->graph, node) == RG_OP_HIGHER_ORDER) {
            return rg_op_accuracy(job->context, rg_value_as_op(rg_node_argument(job->graph, node, 0)), NULL);
        }
        if (rg_node_kind(job->graph, node) == RG_OP_OVERLOAD) {
            return rg_op_accuracy(job->context, rg_node_op(job->graph, node), NULL);
        }
    }
    return RG_ACCURACY_NONE;
}

static void set_input(golden_case *job, uint32_t rank, rg_string line)
{
    rg_string name = take_word(&line);
    size_t bytes = 0;
    const rg_datum *datum = rg_run_value(job->run, rank, rg_graph_find(job->graph, name));
    assert_int_equal(datum->kind, RG_DATUM_TENSOR);
    uint8_t *data = rg_tensor_storage(datum->tensor, &bytes);
    size_t given = line.size / 2;
    read_hex((rg_string){line.data, 2 * (given < bytes ? given : bytes)}, data, given < bytes ? given : bytes);
}

static bool is_close(const rg_comparison *comparison, rg_accuracy accuracy)
{
    switch (accuracy) {
    case RG_ACCURACY_EXACT:
        return comparison->max_absolute == 0;
    case RG_ACCURACY_ULP1:
        return comparison->max_ulp <= 1;
    case RG_ACCURACY_ULP4:
        return comparison->max_ulp <= 4;
    case RG_ACCURACY_ULP16:
        return comparison->max_ulp <= 16;
    default:
        return comparison->differing == 0;
    }
}

static void check_tensor(golden_case *job, const rg_tensor *actual, rg_string line)
{
    rg_dtype dtype = rg_dtype_from_name(take_word(&line));
    rg_string sizes_text = take_word(&line);
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint32_t rank = 0;
    size_t bytes = 0;
    char message[300];
    for (const char *at = sizes_text.data + 1; *at != ']'; at += *at == ',') {
        char *end;
        sizes[rank++] = strtoll(at, &end, 10);
        at = end;
    }
    rg_tensor *expected;
    rg_tensor_layout layout = {dtype, rank, sizes, NULL, 0};
    assert_int_equal(rg_tensor_create(&expected, job->context, &layout), RG_OK);
    uint8_t *data = rg_tensor_storage(expected, &bytes);
    read_hex(line, data, bytes);
    rg_tolerance tolerance = rg_tolerance_of(dtype);
    rg_comparison comparison = rg_tensor_compare(actual, expected, &tolerance);
    if (!comparison.comparable) {
        complain(job, "a result of another dtype or size");
    } else if (!is_close(&comparison, job->accuracy)) {
        (void)snprintf(message, sizeof(message), "element %llu: %.17g, expected %.17g; largest error %g, %g ulp",
                       (unsigned long long)comparison.position, comparison.actual, comparison.expected,
                       comparison.max_absolute, comparison.max_ulp);
        complain(job, message);
    }
    rg_tensor_destroy(expected);
}

/* `< position dtype [sizes] hex` or `= position number` */
static void check_result(golden_case *job, char kind, uint32_t rank, rg_string line)
{
    const rg_datum *output = rg_run_output(job->run, rank);
    rg_string position = take_word(&line);
    size_t index = strtoul(position.data, NULL, 10);
    if (output->kind != RG_DATUM_TUPLE || index >= output->tuple.count) {
        complain(job, "a result is missing");
        return;
    }
    const rg_datum *datum = &output->tuple.items[index];
    if (kind == '<' && datum->kind == RG_DATUM_TENSOR) {
        check_tensor(job, datum->tensor, line);
    } else if (kind == '<' || (datum->kind != RG_DATUM_INT && datum->kind != RG_DATUM_BOOL) ||
               (datum->kind == RG_DATUM_INT ? (double)datum->integer : datum->truth) != strtod(line.data, NULL)) {
        complain(job, "a result of another kind or value");
    }
}

/* `@ 2`, if that comes next: how many ranks there are. */
static uint32_t take_ranks(reader *in)
{
    rg_string line;
    size_t before = in->at;
    if (next_line(in, &line) && line.size > 2 && line.data[0] == '@') {
        return (uint32_t)strtoul(line.data + 2, NULL, 10);
    }
    in->at = before;
    return 1;
}

/* A case from its graph to the line before the next one. */
static void run_case(reader *in, tally *count, rg_string text)
{
    golden_case job = {.text = text, .family = in->family};
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    rg_string line;
    bool executed = false;
    options.ranks = take_ranks(in);
    assert_int_equal(rg_context_create(&job.context, NULL), RG_OK);
    if (rg_graph_parse(&job.graph, job.context, text, rg_string_from("case")) != RG_OK ||
        rg_run_create(&job.run, job.graph, &options) != RG_OK) {
        complain(&job, "no run");
    } else {
        job.accuracy = accuracy_of(&job);
    }
    for (size_t before = in->at; next_line(in, &line); before = in->at) {
        if (line.size == 0 || (line.data[0] != '>' && line.data[0] != '<' && line.data[0] != '=')) {
            in->at = before;
            break;
        }
        rg_string rest = line;
        rg_string first = take_word(&rest);
        uint32_t rank = first.size > 1 ? (uint32_t)(first.data[1] - '0') : 0;
        if (job.failed) {
            continue;
        }
        if (line.data[0] == '>') {
            set_input(&job, rank, rest);
            continue;
        }
        if (!executed && rg_run_execute(job.run) != RG_OK) {
            complain(&job, "not run");
            continue;
        }
        executed = true;
        check_result(&job, line.data[0], rank, rest);
    }
    count->cases++;
    count->failures += job.failed;
    rg_run_destroy(job.run);
    rg_graph_destroy(job.graph);
    rg_context_destroy(job.context);
}

static void run_family(const char *family, size_t at_least)
{
    reader in;
    tally count = {0, 0};
    rg_string line;
    open_family(&in, family);
    while (next_line(&in, &line)) {
        if (line.size == 3 && memcmp(line.data, "---", 3) == 0) {
            size_t start = in.at;
            size_t end = start;
            while (next_line(&in, &line) && (line.data[0] == ' ' || line.data[0] == 'c')) {
                end = in.at;
            }
            in.at = end;
            run_case(&in, &count, (rg_string){in.text + start, end - start});
        }
    }
    free(in.text);
    if (count.failures > 0) {
        fail_msg("%s: %zu of %zu cases differ", family, count.failures, count.cases);
    }
    assert_true(count.cases >= at_least);
}

#define FAMILY(name, at_least)                                                                                         \
    static void name(void **state)                                                                                     \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        run_family(#name, at_least);                                                                                   \
    }

FAMILY(elementwise, 1400)
FAMILY(binary, 950)
FAMILY(ternary, 60)
FAMILY(casts, 200)
FAMILY(in_place, 40)
FAMILY(views, 90)
FAMILY(factories, 25)
FAMILY(indexing, 80)
FAMILY(joining, 25)
FAMILY(reductions, 300)
FAMILY(norms, 30)
FAMILY(searching, 10)
FAMILY(products, 100)
FAMILY(attention, 20)
FAMILY(vllm, 80)
FAMILY(images, 80)
FAMILY(gradients, 25)
FAMILY(caches, 24)
FAMILY(groups, 90)
FAMILY(resampling, 400)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elementwise), cmocka_unit_test(binary),     cmocka_unit_test(ternary),
        cmocka_unit_test(casts),       cmocka_unit_test(in_place),   cmocka_unit_test(views),
        cmocka_unit_test(factories),   cmocka_unit_test(indexing),   cmocka_unit_test(joining),
        cmocka_unit_test(reductions),  cmocka_unit_test(norms),      cmocka_unit_test(searching),
        cmocka_unit_test(products),    cmocka_unit_test(attention),  cmocka_unit_test(vllm),
        cmocka_unit_test(images),      cmocka_unit_test(gradients),  cmocka_unit_test(caches),
        cmocka_unit_test(groups),      cmocka_unit_test(resampling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
