/*
 * size_query.h: nodes that ask for the size of a value inside a match. They read no data, so they are no readers that a
 * match must mind; they can ask a captured tensor of that size instead, which is there when the match is gone.
 */
#ifndef RG_MATCH_SIZE_QUERY_H
#define RG_MATCH_SIZE_QUERY_H

#include "match/match_impl.h"

/* Where a size can be asked: dimension `dim` of a captured tensor. */
typedef struct rg_size_source {
    rg_node tensor;
    uint32_t dim;
} rg_size_source;

/* Is `node` a `sym_size(x, dim)` that can ask an input of the match, which stands before it, rather than x? */
bool rg__size_query_source(rg_size_source *out, const rg_match *match, rg_node node);

/* Does the node only ask for sizes? True of every node that rg__size_query_source accepts. */
bool rg__node_asks_size(const rg_graph *graph, rg_node node);

#endif
