/*
 * command_passes.c: `regraft passes`: the passes that regraft ships.
 */
#include "cli/json_output.h"
#include "cli/output.h"

static int run_passes(cli_invocation *invocation)
{
    static const char *const headings[] = {"pass", "class", "does"};
    bool as_json = option_given(invocation, "json");
    json_t *listing = as_json ? json_make_array() : NULL;
    cli_table table;
    table_start(&table, 3, headings);
    for (size_t i = 0; i < rg_pass_count(); i++) {
        rg_pass_info info = rg_pass_get_info(i);
        if (as_json) {
            json_t *entry = json_make_object();
            json_put(entry, "name", json_from(info.name));
            json_put(entry, "class", json_from(info.class_name));
            json_put(entry, "dump_name", json_from(info.dump_name));
            json_put(entry, "description", json_from(info.description));
            json_put(entry, "uses_rules", json_boolean(info.uses_rules));
            json_add(listing, entry);
            continue;
        }
        table_add(&table, (const char *[]){info.name.data, info.class_name.data, info.description.data});
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
    {"json", 0, NULL, "print the list as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_passes = {
    .name = "passes",
    .arguments = "",
    .min_arguments = 0,
    .max_arguments = 0,
    .summary = "list the passes that regraft ships",
    .details = "Lists the passes in the order in which `regraft opt` runs them when it is not told which to run, with "
               "the name of the corresponding class of vLLM.",
    .options = passes_options,
    .run = run_passes,
};
