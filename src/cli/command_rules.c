/*
 * command_rules.c: `regraft rules`: what rules there are, and their traced forms as files that load.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/files.h"
#include "cli/json_output.h"

typedef struct rules_job {
    const char *dump_folder; /* NULL: none */
    json_t *listing;         /* NULL without --json */
    cli_table table;
} rules_job;

static void list_rule(rules_job *job, const char *origin, const rg_rule_info *info)
{
    if (job->listing != NULL) {
        json_t *entry = json_make_object();
        json_put(entry, "name", json_from(info->name));
        json_put(entry, "rule", json_from(info->rule));
        json_put(entry, "from", json_from(rg_string_from(origin)));
        json_put(entry, "file", json_from(info->file));
        json_put(entry, "line", json_integer(info->line));
        json_put(entry, "priority", json_integer(info->priority));
        json_put(entry, "description", json_from(info->description));
        json_add(job->listing, entry);
        return;
    }
    char priority[16];
    (void)snprintf(priority, sizeof(priority), "%d", (int)info->priority);
    table_add(&job->table, (const char *[]){info->name.data, origin, priority, info->description.data});
}

/* Write the traced forms, or the patterns, to FOLDER/patterns.NAME.0.py, the name that vLLM gives such a dump. */
static bool dump(const rg_rule_set *set, const pattern_file *patterns, const char *folder, const char *name)
{
    char file_name[512];
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        complain("%s: cannot make this folder: %s", folder, strerror(errno));
        return false;
    }
    int size = snprintf(file_name, sizeof(file_name), "%s/patterns.%s.0.py", folder, name);
    if (size < 0 || (size_t)size >= sizeof(file_name)) {
        complain("%s: this path is too long", folder);
        return false;
    }
    output_file file = {.path = file_name};
    bool good =
        patterns != NULL ? write_patterns(&file.text, patterns) : rg_rule_set_dump(set, text_sink(&file.text)) == RG_OK;
    good = good && output_file_prepare(&file) && output_file_commit(&file);
    output_file_end(&file);
    return good;
}

static bool list_set(rules_job *job, const rg_rule_set *set, const char *origin)
{
    for (size_t i = 0; i < rg_rule_set_count(set); i++) {
        rg_rule_info info = rg_rule_set_info(set, i);
        list_rule(job, origin, &info);
    }
    return job->dump_folder == NULL || dump(set, NULL, job->dump_folder, origin);
}

/* Patterns have no order among themselves but that of the file, and no description of their own. */
static void list_pattern(rules_job *job, const pattern_file *file, rg_string name)
{
    if (job->listing == NULL) {
        table_add(&job->table, (const char *[]){name.data, file->name, "", "pattern expression"});
        return;
    }
    json_t *entry = json_make_object();
    json_put(entry, "name", json_from(name));
    json_put(entry, "from", json_from(rg_string_from(file->name)));
    json_put(entry, "file", json_from(rg_string_from(file->path)));
    json_put(entry, "description", json_from(rg_string_from("pattern expression")));
    json_add(job->listing, entry);
}

static bool list_patterns(rules_job *job, const pattern_files *patterns)
{
    for (size_t i = 0; i < patterns->count; i++) {
        const pattern_file *file = &patterns->files[i];
        for (size_t j = 0; j < rg_expression_list_count(file->list); j++) {
            list_pattern(job, file, pattern_name(file, j));
        }
        if (job->dump_folder != NULL && !dump(NULL, file, job->dump_folder, file->name)) {
            return false;
        }
    }
    return true;
}

/* The rules of the shipped passes, which a manager holds. */
static bool list_shipped(rules_job *job, rg_context *context)
{
    rg_pass_manager *manager = NULL;
    bool good = rg_pass_manager_create(&manager, context, NULL) == RG_OK;
    for (size_t i = 0; good && i < rg_pass_count(); i++) {
        rg_pass_info info = rg_pass_get_info(i);
        rg_pass pass;
        if (info.uses_rules) {
            good = rg_pass_manager_add_named(&pass, manager, info.name) == RG_OK &&
                   list_set(job, rg_pass_manager_rules(manager, pass), info.name.data);
        }
    }
    rg_pass_manager_destroy(manager);
    return good;
}

/* "rms_quant" for "rules/vllm/rms_quant.py": what a dump of this path is called. */
static char *name_of_path(const char *path)
{
    char *copy = copy_text(path);
    size_t size = strlen(copy);
    while (size > 1 && copy[size - 1] == '/') {
        copy[--size] = '\0';
    }
    const char *slash = strrchr(copy, '/');
    char *name = copy_text(slash != NULL && slash[1] != '\0' ? slash + 1 : copy);
    char *dot = strrchr(name, '.');
    if (dot != NULL && dot != name) {
        *dot = '\0';
    }
    free(copy);
    return name;
}

static bool list_path(rules_job *job, rg_context *context, const char *path)
{
    rg_rule_set *set = NULL;
    pattern_files patterns = {NULL, 0, NULL, 0};
    char *name = name_of_path(path);
    bool good = rg_rule_set_create(&set, context) == RG_OK && load_rules(set, &patterns, context, path);
    if (good && (rg_rule_set_count(set) > 0 || patterns.count == 0)) {
        good = list_set(job, set, name);
    }
    good = good && list_patterns(job, &patterns);
    rg_rule_set_destroy(set);
    free_patterns(&patterns);
    free(name);
    return good;
}

static int run_rules(cli_invocation *invocation)
{
    static const char *const headings[] = {"rule", "from", ">priority", "does"};
    rules_job job = {.dump_folder = option_value(invocation, "dump")};
    bool as_json = option_given(invocation, "json");
    job.listing = as_json ? json_make_array() : NULL;
    table_start(&job.table, 4, headings);
    bool good = invocation->argument_count > 0 || list_shipped(&job, invocation->context);
    for (size_t i = 0; good && i < invocation->argument_count; i++) {
        good = list_path(&job, invocation->context, invocation->arguments[i]);
    }
    if (good && as_json) {
        print_json(job.listing);
    } else if (good) {
        table_print(&job.table, stdout);
    } else {
        json_decref(job.listing);
    }
    table_free(&job.table);
    return good ? EXIT_YES : EXIT_BAD;
}

static const cli_option rules_options[] = {
    {"dump", 0, "DIR", "write the traced rules, and patterns, to DIR/patterns.NAME.0.py, files that load"},
    {"json", 0, NULL, "print the list as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_rules = {
    .name = "rules",
    .arguments = "[PATH...]",
    .min_arguments = 0,
    .max_arguments = SIZE_MAX,
    .summary = "list rules, or write their traced forms",
    .details =
        "Lists the rules of each PATH, a rule file or a folder of rule files; without PATH, those of the shipped "
        "passes. A rule with parameters is listed once for each combination of their values, in the order in "
        "which they are tried. A rule that cannot be registered is an error that says why.\n\n"
        "Files of pattern expressions, as Inductor serialises them (x = CallFunction(...)) or vLLM dumps them "
        "(patterns.*.py), are listed and dumped too.",
    .options = rules_options,
    .run = run_rules,
};
