/*
 * match_output.h: how a match is shown: as text, and as the JSON that `match --json` and `opt --matches` share.
 */
#ifndef RG_CLI_MATCH_OUTPUT_H
#define RG_CLI_MATCH_OUTPUT_H

#include <jansson.h>

#include "cli/output.h"

/* A match of a rule or of a pattern expression, as it is shown. A result that is a constant is the null node. */
typedef struct shown_match {
    const char *pass; /* NULL: none */
    rg_string rule;   /* the instance's name, or the pattern's */
    const rg_graph *graph;
    rg_node root;
    const void *match; /* for the functions below */
    size_t node_count;
    size_t output_count;
    rg_node (*node)(const void *match, size_t index);
    rg_node (*output)(const void *match, size_t index);
} shown_match;

/* Into a JSON array, as json_from_match does; as text, like print_match, when that is NULL. */
void show_match(json_t *listing, const shown_match *shown);

/* {"pass", "rule", "graph", "root", "nodes", "outputs"}; without "pass" when it is NULL, and without "graph" unless the
 * match lies in a submodule: it is the submodule's path. "rule" is the instance's name, a result that is a constant is
 * null. */
json_t *json_from_match(const char *pass, const rg_match *match, const rg_rule_set *rules);

/* "RULE at ROOT", with " in PATH" for a submodule, and a line each for nodes and outputs. */
void print_match(const rg_match *match, const rg_rule_set *rules);

/* "body.true_graph_0": the submodule that a graph is, seen from the outermost graph; nothing for that one itself. */
void graph_path(cli_text *out, const rg_graph *graph);

/* Say that `count` attempts ran out of search steps; nothing for 0. `where` is the graph or the pass. */
void warn_gave_up(const char *where, uint64_t count);

#endif
