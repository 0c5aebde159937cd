/*
 * explain_impl.h: what the files behind explain.h share: explain.c looks for misses, explain_text.c puts them in words.
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
} rg_near_miss;

/* Fill in the texts of a miss: sentence, remedy, places. `arena` holds them. */
rg_status rg__miss_describe(rg_miss *out, rg_arena *arena, rg_graph *graph, const rg_near_miss *near);

#endif
