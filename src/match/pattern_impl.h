/*
 * pattern_impl.h: what the files that compile a rule share: pattern.c (nodes, arguments, results, anchors),
 * pattern_noops.c (nodes that change nothing), pattern_inputs.c (what results depend on), pattern_same.c (is the
 * replacement the pattern again?).
 */
#ifndef RG_MATCH_PATTERN_IMPL_H
#define RG_MATCH_PATTERN_IMPL_H

#include "ir/context_impl.h"
#include "match/pattern.h"

/* A compilation: where results go, and memory for its own duration. */
typedef struct rg_compilation {
    rg_rule_set *set;
    rg_context *context;
    rg_arena *arena; /* the set's */
    rg_arena scratch;
    const rg_rule *rule;
    rg_graph *graph; /* the rule's pattern */
    rg_pattern *pattern;
    rg_pattern_place *places;
    rg_pattern_node *nodes;
    uint32_t *stands_for; /* by node id: the id of the node that is compared in its place; 0: nothing is */
} rg_compilation;

/* The largest node id in use. */
uint32_t rg__largest_node_id(const rg_graph *graph);

/* Is there a node in the value? */
bool rg__value_names_node(const rg_context *context, const rg_graph *graph, rg_value value);

/* A step of rg__rule_compile, the first: which nodes need not be found. */
rg_status rg__pattern_find_noops(rg_compilation *compilation);
/* Another, after nodes have their numbers: pattern_repetition.c. */
rg_status rg__pattern_find_repetitions(rg_compilation *compilation);
rg_status rg__pattern_find_inputs(rg_compilation *compilation);
rg_status rg__pattern_compare_replacement(rg_compilation *compilation);
/* effects.c */
rg_status rg__pattern_find_effects(rg_compilation *compilation);

#endif
