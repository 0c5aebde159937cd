/*
 * match_output.c: showing matches.
 */
#include "cli/match_output.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/json_output.h"
#include "cli/output.h"

typedef size_t (*count_function)(const rg_match *match);
typedef rg_node (*node_function)(const rg_match *match, size_t index);

static json_t *json_from_names(const rg_match *match, count_function count, node_function get)
{
    const rg_graph *graph = rg_match_graph(match);
    json_t *names = json_make_array();
    for (size_t i = 0; i < count(match); i++) {
        rg_node node = get(match, i);
        json_add(names, rg_node_is_null(node) ? json_null() : json_from(rg_node_name(graph, node)));
    }
    return names;
}

/* "body.true_graph_0": the submodule that a graph is, seen from the outermost graph; empty for that one itself. */
static void append_path(cli_text *out, const rg_graph *graph)
{
    const rg_graph *parent = rg_graph_parent(graph);
    if (parent == NULL) {
        return;
    }
    append_path(out, parent);
    if (rg_graph_parent(parent) != NULL) {
        text_add(out, ".", 1);
    }
    rg_string name = rg_graph_name(graph);
    text_add(out, name.data, name.size);
}

json_t *json_from_match(const char *pass, const rg_match *match, const rg_rule_set *rules)
{
    json_t *entry = json_make_object();
    if (pass != NULL) {
        json_put(entry, "pass", json_from(rg_string_from(pass)));
    }
    json_put(entry, "rule", json_from(rg_rule_set_info(rules, rg_match_rule(match)).name));
    cli_text path = {NULL, 0, 0};
    append_path(&path, rg_match_graph(match));
    if (path.size > 0) {
        json_put(entry, "graph", json_from((rg_string){path.data, path.size}));
    }
    text_free(&path);
    json_put(entry, "root", json_from(rg_node_name(rg_match_graph(match), rg_match_root(match))));
    json_put(entry, "nodes", json_from_names(match, rg_match_node_count, rg_match_node));
    json_put(entry, "outputs", json_from_names(match, rg_match_output_count, rg_match_output));
    return entry;
}

static void print_string(rg_string string)
{
    (void)fwrite(string.data, 1, string.size, stdout);
}

static void print_names(const char *title, const rg_match *match, count_function count, node_function get)
{
    const rg_graph *graph = rg_match_graph(match);
    printf("    %s:", title);
    for (size_t i = 0; i < count(match); i++) {
        rg_node node = get(match, i);
        putchar(' ');
        print_string(rg_node_is_null(node) ? rg_string_from("(constant)") : rg_node_name(graph, node));
    }
    putchar('\n');
}

void print_match(const rg_match *match, const rg_rule_set *rules)
{
    print_string(rg_rule_set_info(rules, rg_match_rule(match)).name);
    printf(" at ");
    print_string(rg_node_name(rg_match_graph(match), rg_match_root(match)));
    cli_text path = {NULL, 0, 0};
    append_path(&path, rg_match_graph(match));
    if (path.size > 0) {
        printf(" in ");
        print_string((rg_string){path.data, path.size});
    }
    text_free(&path);
    putchar('\n');
    print_names("nodes", match, rg_match_node_count, rg_match_node);
    print_names("outputs", match, rg_match_output_count, rg_match_output);
}

void warn_gave_up(const char *where, uint64_t count)
{
    if (count > 0) {
        warn("%s: gave up on %" PRIu64 " match attempts; --limit search-steps=N allows more steps", where, count);
    }
}
