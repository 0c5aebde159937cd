/*
 * correspond.h: which nodes of the graph that passes left have the value of which node of the graph that they got.
 */
#ifndef RG_INTERP_CORRESPOND_H
#define RG_INTERP_CORRESPOND_H

#include <regraft/match_log.h>

#include "interp/interp_impl.h"

/* `after` must have the value of `before`. */
typedef struct rg_node_pair {
    rg_node before;
    rg_node after;
    uint32_t match; /* the last that put one in the place of the other: its place in the log, from 1; 0: none did */
} rg_node_pair;

/* `child` took up a node that `parent` had made. Places in the log, from 1. */
typedef struct rg_match_descent {
    uint32_t child;
    uint32_t parent;
} rg_match_descent;

typedef struct rg_correspondence {
    const rg_allocator *allocator;
    RG_VECTOR(rg_node_pair) pairs;       /* in the order of the graph after; of one node the first is its namesake */
    RG_VECTOR(rg_match_descent) descent; /* children ascending */
    uint32_t *makers; /* by node id of the graph after: who made it, from 1; 0: it was there before */
    size_t maker_count;
} rg_correspondence;

/* Replay the log. RG_ERROR_ARGUMENT when it takes nodes that were not there. Free it even after a failure. */
rg_status rg__correspond(rg_correspondence *out, const rg_graph *before, const rg_graph *after,
                         const rg_match_log *log);
void rg__correspondence_free(rg_correspondence *correspondence);

#endif
