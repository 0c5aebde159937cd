/*
 * miss_output.c: see the header.
 */
#include "cli/miss_output.h"

#include "cli/json_output.h"
#include "cli/match_output.h"

/* What the misses of rules and of expressions have in common, by name: they are two types of the library. */
#define MISS_FIELDS(miss)                                                                                              \
    .reason = (miss)->reason, .sentence = (miss)->sentence, .remedy = (miss)->remedy, .matched = (miss)->matched,      \
    .total = (miss)->total, .count = (miss)->count, .examples = (miss)->examples,                                      \
    .example_count = (miss)->example_count, .nodes = (miss)->nodes, .node_count = (miss)->node_count

shown_miss shown_rule_miss(const rg_rule_set *rules, const rg_miss *miss, const rg_graph *graph)
{
    return (shown_miss){
        .name = rg_rule_set_info(rules, miss->rule).name, .unit = "nodes", .graph = graph, MISS_FIELDS(miss)};
}

shown_miss shown_pattern_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    return (shown_miss){.name = name, .unit = "calls", .graph = graph, MISS_FIELDS(miss)};
}

void print_place(const rg_location *place, const char *message)
{
    rg_diagnostic shown = {.severity = RG_SEVERITY_NOTE, .message = rg_string_from(message), .location = *place};
    (void)rg_diagnostic_print(&shown, output_sink());
}

static void print_examples(const shown_miss *miss)
{
    for (size_t i = 0; i < miss->example_count; i++) {
        rg_string name = rg_node_name(miss->graph, miss->examples[i]);
        printf("%s%.*s", i == 0 ? " at " : ", ", (int)name.size, name.data);
    }
    if (miss->count > miss->example_count && miss->example_count > 0) {
        printf(", ...");
    }
    if (miss->count > 1) {
        printf(" (%zu places)", miss->count);
    }
}

void print_miss_head(const shown_miss *miss)
{
    cli_text path = {NULL, 0, 0};
    printf("%.*s", (int)miss->name.size, miss->name.data);
    if (miss->count > 0) {
        printf(": %u of %u %s", miss->matched, miss->total, miss->unit);
        print_examples(miss);
    }
    graph_path(&path, miss->graph);
    printf("%s%s\n", path.size > 0 ? " in " : "", path.size > 0 ? path.data : "");
    text_free(&path);
    printf("  %s: %.*s\n", rg_miss_reason_name(miss->reason), (int)miss->sentence.size, miss->sentence.data);
}

void print_miss_remedy(const shown_miss *miss)
{
    if (miss->remedy.size > 0) {
        printf("  to match: %.*s\n", (int)miss->remedy.size, miss->remedy.data);
    }
}

static json_t *json_from_nodes(const rg_graph *graph, const rg_node *nodes, size_t count)
{
    json_t *out = json_make_array();
    for (size_t i = 0; i < count; i++) {
        json_add(out, json_from_node(graph, nodes[i]));
    }
    return out;
}

json_t *json_start_miss(const shown_miss *miss)
{
    cli_text path = {NULL, 0, 0};
    json_t *out = json_make_object();
    json_put(out, "rule", json_from(miss->name));
    graph_path(&path, miss->graph);
    if (path.size > 0) {
        json_put(out, "graph", json_from((rg_string){path.data, path.size}));
    }
    text_free(&path);
    json_put(out, "reason", json_from(rg_string_from(rg_miss_reason_name(miss->reason))));
    json_put(out, "sentence", json_from(miss->sentence));
    json_put(out, "remedy", json_from(miss->remedy));
    json_put(out, "matched", json_integer(miss->matched));
    json_put(out, "total", json_integer(miss->total));
    return out;
}

void json_end_miss(json_t *out, const shown_miss *miss)
{
    json_put(out, "count", json_integer((json_int_t)miss->count));
    json_put(out, "examples", json_from_nodes(miss->graph, miss->examples, miss->example_count));
    json_put(out, "nodes", json_from_nodes(miss->graph, miss->nodes, miss->node_count));
}
