/*
 * command_passes.c: `regraft passes`: the passes that regraft ships.
 */
#include "cli/json_output.h"
#include "cli/output.h"

static json_t *json_from_key(rg_config_key_info info)
{
    json_t *entry = json_make_object();
    json_t *levels = json_make_array();
    json_put(entry, "name", json_from(info.name));
    json_put(entry, "type", json_from(info.type));
    json_put(entry, "initial", json_from(info.initial));
    for (size_t level = 0; level < 4; level++) {
        json_add(levels, json_from(info.levels[level]));
    }
    json_put(entry, "levels", levels);
    json_put(entry, "needs", json_from(info.needs));
    json_put(entry, "description", json_from(info.description));
    json_put(entry, "readers", json_from(info.readers));
    return entry;
}

/* The keys of the configuration instead of the passes. */
static int list_keys(bool as_json)
{
    static const char *const headings[] = {"key", "type", "default", "means"};
    json_t *listing = as_json ? json_make_array() : NULL;
    cli_table table;
    table_start(&table, 4, headings);
    for (size_t i = 0; i < rg_config_key_count(); i++) {
        rg_config_key_info info = rg_config_key_get_info(i);
        const char *initial = info.initial.size > 0 ? info.initial.data : info.levels[0].size > 0 ? "by level" : "";
        if (as_json) {
            json_add(listing, json_from_key(info));
        } else {
            table_add(&table, (const char *[]){info.name.data, info.type.data, initial, info.description.data});
        }
    }
    if (as_json) {
        print_json(listing);
    } else {
        table_print(&table, stdout);
    }
    table_free(&table);
    return EXIT_YES;
}

static int run_passes(cli_invocation *invocation)
{
    static const char *const headings[] = {"pass", "class", "flag", "default", "does"};
    bool as_json = option_given(invocation, "json");
    if (option_given(invocation, "config")) {
        return list_keys(as_json);
    }
    json_t *listing = as_json ? json_make_array() : NULL;
    cli_table table;
    table_start(&table, 5, headings);
    for (size_t i = 0; i < rg_pass_count(); i++) {
        rg_pass_info info = rg_pass_get_info(i);
        if (as_json) {
            json_t *entry = json_make_object();
            json_put(entry, "name", json_from(info.name));
            json_put(entry, "class", json_from(info.class_name));
            json_put(entry, "dump_name", json_from(info.dump_name));
            json_put(entry, "flag", json_from(info.flag));
            json_put(entry, "default", json_boolean(info.by_default));
            json_put(entry, "description", json_from(info.description));
            json_put(entry, "uses_rules", json_boolean(info.uses_rules));
            json_add(listing, entry);
            continue;
        }
        table_add(&table, (const char *[]){info.name.data, info.class_name.data, info.flag.data,
                                           info.by_default ? "yes" : "", info.description.data});
    }
    if (as_json) {
        print_json(listing);
    } else {
        table_print(&table, stdout);
    }
    table_free(&table);
    return EXIT_YES;
}

static const cli_option passes_options[] = {
    {"config", 0, NULL, "list the keys of the configuration instead"},
    {"json", 0, NULL, "print the list as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_passes = {
    .name = "passes",
    .arguments = "",
    .min_arguments = 0,
    .max_arguments = 0,
    .summary = "list the passes that regraft ships",
    .details = "Lists the passes with the name of the corresponding class of vLLM, the flag of the configuration that "
               "turns them on in `regraft opt --passes vllm`, and whether `regraft opt` runs them when it is not told "
               "which to run, in this order.",
    .options = passes_options,
    .run = run_passes,
};
