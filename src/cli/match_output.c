/*
 * match_output.c: showing matches.
 */
#include "cli/match_output.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/json_output.h"
#include "cli/output.h"

typedef rg_node (*node_function)(const void *match, size_t index);

static json_t *json_from_names(const shown_match *shown, size_t count, node_function get)
{
    json_t *names = json_make_array();
    for (size_t i = 0; i < count; i++) {
        json_add(names, json_from_node(shown->graph, get(shown->match, i)));
    }
    return names;
}

void graph_path(cli_text *out, const rg_graph *graph)
{
    const rg_graph *parent = rg_graph_parent(graph);
    if (parent == NULL) {
        return;
    }
    graph_path(out, parent);
    if (rg_graph_parent(parent) != NULL) {
        text_add(out, ".", 1);
    }
    rg_string name = rg_graph_name(graph);
    text_add(out, name.data, name.size);
}

static json_t *json_from_shown(const shown_match *shown)
{
    json_t *entry = json_make_object();
    if (shown->pass != NULL) {
        json_put(entry, "pass", json_from(rg_string_from(shown->pass)));
    }
    json_put(entry, "rule", json_from(shown->rule));
    cli_text path = {NULL, 0, 0};
    graph_path(&path, shown->graph);
    if (path.size > 0) {
        json_put(entry, "graph", json_from((rg_string){path.data, path.size}));
    }
    text_free(&path);
    json_put(entry, "root", json_from_node(shown->graph, shown->root));
    json_put(entry, "nodes", json_from_names(shown, shown->node_count, shown->node));
    json_put(entry, "outputs", json_from_names(shown, shown->output_count, shown->output));
    return entry;
}

static void print_string(rg_string string)
{
    (void)fwrite(string.data, 1, string.size, stdout);
}

static void print_names(const char *title, const shown_match *shown, size_t count, node_function get)
{
    printf("    %s:", title);
    for (size_t i = 0; i < count; i++) {
        rg_node node = get(shown->match, i);
        putchar(' ');
        print_string(rg_node_is_null(node) ? rg_string_from("(constant)") : rg_node_name(shown->graph, node));
    }
    putchar('\n');
}

static void print_shown(const shown_match *shown)
{
    print_string(shown->rule);
    printf(" at ");
    print_string(rg_node_name(shown->graph, shown->root));
    cli_text path = {NULL, 0, 0};
    graph_path(&path, shown->graph);
    if (path.size > 0) {
        printf(" in ");
        print_string((rg_string){path.data, path.size});
    }
    text_free(&path);
    putchar('\n');
    print_names("nodes", shown, shown->node_count, shown->node);
    print_names("outputs", shown, shown->output_count, shown->output);
}

void show_match(json_t *listing, const shown_match *shown)
{
    if (listing != NULL) {
        json_add(listing, json_from_shown(shown));
    } else {
        print_shown(shown);
    }
}

/* ---- matches of rules ---- */

static rg_node rule_match_node(const void *match, size_t index)
{
    return rg_match_node(match, index);
}

static rg_node rule_match_output(const void *match, size_t index)
{
    return rg_match_output(match, index);
}

static shown_match shown_rule_match(const char *pass, const rg_match *match, const rg_rule_set *rules)
{
    return (shown_match){.pass = pass,
                         .rule = rg_rule_set_info(rules, rg_match_rule(match)).name,
                         .graph = rg_match_graph(match),
                         .root = rg_match_root(match),
                         .match = match,
                         .node_count = rg_match_node_count(match),
                         .output_count = rg_match_output_count(match),
                         .node = rule_match_node,
                         .output = rule_match_output};
}

json_t *json_from_match(const char *pass, const rg_match *match, const rg_rule_set *rules)
{
    shown_match shown = shown_rule_match(pass, match, rules);
    return json_from_shown(&shown);
}

void print_match(const rg_match *match, const rg_rule_set *rules)
{
    shown_match shown = shown_rule_match(NULL, match, rules);
    print_shown(&shown);
}

void warn_gave_up(const char *where, uint64_t count)
{
    if (count > 0) {
        warn("%s: gave up on %" PRIu64 " match attempts; --limit search-steps=N allows more steps", where, count);
    }
}
