/*
 * explain_impl.h: what the files behind explain.h share: explain.c goes through the rules,
 * explain_place.c lays them over the graph, explain_entry.c picks what to tell, explain_text.c puts it in words.
 */
#ifndef RG_MATCH_EXPLAIN_IMPL_H
#define RG_MATCH_EXPLAIN_IMPL_H

#include "match/observer.h"

/* A rule that is laid over a place of the graph and does not match there. */
typedef struct rg_near_miss {
    const rg_rule *rule;
    size_t rule_index;
    rg_alignment alignment;
    rg_disagreement cause;     /* of the disagreements, the one to name */
    const rg_rule *goes_first; /* RG_MISS_OVERLAP: the rule that takes the nodes; NULL: not known */
    bool at_its_root;          /* it does so at the same root, where priority decides; elsewhere the later root does */
} rg_near_miss;

struct rg_explanation {
    rg_context *context;
    rg_arena arena;
    RG_VECTOR(rg_miss) misses;
};

/* A place of the graph where an instance of the rule at hand was tried. */
typedef struct rg_place_tried {
    rg_near_miss near;
    uint32_t seed; /* the pattern's node, and the graph's, from which it was laid */
    rg_node node;
    bool is_left; /* out: a nearer one holds its nodes */
} rg_place_tried;

typedef struct rg_explaining {
    rg_matcher *matcher;
    rg_context *context;
    rg_graph *graph;
    const rg_explain_options *options;
    rg_explanation *out;
    rg_arena arena; /* of the rule at hand */
    rg_match_list *matches;
    uint32_t *takers; /* by node id: 1 + the match of `matches` that takes the node first; 0: none does */
    bool *fires;      /* by rule: some match of it takes its nodes first */
    uint32_t *starts; /* nodes whose op is, or stands for, `i`: nodes[starts[i]] .. nodes[starts[i + 1] - 1] */
    uint32_t *nodes;
    uint32_t op_count;
    bool *wrapped; /* by op: some auto_functionalized node wraps it */
    bool *matched; /* by node id: in a match of the rule at hand */
    bool *covered; /* by node id: nothing more is looked for from here for the rule at hand */
    RG_VECTOR(rg_place_tried) tried;
    size_t loose_rule; /* the instance whose pattern `loose` is; SIZE_MAX: none yet */
    rg_pattern loose;
    uint64_t steps; /* for the rule at hand */
} rg_explaining;

static inline const rg_rule *rg__explained_rule(const rg_explaining *x, size_t index)
{
    return &x->matcher->set->rules.items[index];
}

/* ---- explain_place.c ---- */

/* Take note which ops the graph has where. */
rg_status rg__explain_index(rg_explaining *x);

/* The op under which nodes of this one are indexed. */
uint32_t rg__explain_op(const rg_explaining *x, rg_op op);

/* How many nodes of the graph could be the pattern's, as far as their op tells. */
uint32_t rg__explain_count(const rg_explaining *x, const rg_pattern_node *wanted);

/* Lay an instance over the graph from everywhere. Places go to x->tried. */
rg_status rg__explain_try(rg_explaining *x, size_t rule);

/* Go through the nearest of x->tried in all ways, and sort by nearness. */
rg_status rg__explain_refine(rg_explaining *x);

/* Add a place that is known already. */
rg_status rg__explain_add(rg_explaining *x, size_t rule, rg_alignment alignment, uint32_t seed, rg_node node);

/* ---- explain_entry.c ---- */

/* Make entries of x->tried: those of the rule that `rule` is the first instance of. */
rg_status rg__explain_enter(rg_explaining *x, size_t rule);

/* ---- explain_text.c ---- */

/* Fill in the texts of a miss: sentence, remedy, places. `arena` holds them. */
rg_status rg__miss_describe(rg_miss *out, rg_arena *arena, rg_graph *graph, const rg_near_miss *near);

#endif
