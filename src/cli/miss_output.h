/*
 * miss_output.h: how a miss is shown, of a rule (command_explain.c) and of a pattern expression (pattern_explain.c):
 * what both have, in full and in a line (idle_list.h).
 */
#ifndef RG_CLI_MISS_OUTPUT_H
#define RG_CLI_MISS_OUTPUT_H

#include <jansson.h>

#include "cli/output.h"

/* What any miss is. `unit` says what is counted: "nodes". */
typedef struct shown_miss {
    rg_string name; /* of the rule or pattern */
    const char *unit;
    const rg_graph *graph;
    rg_miss_reason reason;
    rg_string sentence;
    rg_string remedy;
    uint32_t matched;
    uint32_t total;
    size_t count; /* of places; 0: nothing is there */
    const rg_node *examples;
    size_t example_count;
    const rg_node *nodes;
    size_t node_count;
} shown_miss;

shown_miss shown_rule_miss(const rg_rule_set *rules, const rg_miss *miss, const rg_graph *graph);
shown_miss shown_pattern_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph);

/* "NAME: N of M nodes at A, B, ... (4 places) in PATH", and the reason; what would help. Places stand between them. */
void print_miss_head(const shown_miss *miss);
void print_miss_remedy(const shown_miss *miss);
/* An excerpt of a file as a note. */
void print_place(const rg_location *place, const char *message);

/* As JSON: an object from "rule" to "total", and what goes from "count" to "nodes". Keys of their own stand between. */
json_t *json_start_miss(const shown_miss *miss);
void json_end_miss(json_t *out, const shown_miss *miss);

#endif
