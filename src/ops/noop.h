/*
 * noop.h: nodes that provably change nothing: a view of the same sizes, a clone, a cast to the dtype that is there, two
 * permutes that cancel. Which ops can be such is a column of the op table: the traits RG_TRAIT_COPIES to
 * RG_TRAIT_CASTS.
 *
 * What counts is values. Strides may differ, and memory may be another: rg__written_memory asks whether that can
 * matter.
 */
#ifndef RG_OPS_NOOP_H
#define RG_OPS_NOOP_H

#include "ops/infer.h"

/* Ops that may change nothing. */
#define RG_TRAITS_TRANSPARENT                                                                                          \
    ((uint32_t)RG_TRAIT_COPIES | RG_TRAIT_RESHAPES | RG_TRAIT_PERMUTES | RG_TRAIT_RESIZES | RG_TRAIT_CASTS)

static inline uint32_t rg__node_traits(const rg_graph *graph, rg_node node)
{
    return rg_op_traits(rg_graph_context(graph), rg_node_op(graph, node));
}

/* The first argument of an op with one of these traits; null for other nodes, and when it is no node. */
rg_node rg__noop_data(const rg_graph *graph, rg_node node);

/*
 * The nearest node whose value this node's provably is: its data, or what a later node takes back, as in
 * permute(permute(x)), view(view(x)) with the sizes of x, or a cast to a dtype that holds every value and back. Null
 * when there is none. What lies between are the nodes that rg__noop_data gives in turn.
 */
rg_status rg__noop_source(rg_node *out, rg_graph *graph, rg_node node);

/* Same rank, and every pair of sizes provably the same; false where a type is not known. */
rg_status rg__decide_same_sizes(bool *out, const rg_graph *graph, rg_node a, rg_node b);

/* The dimension of the data that each dimension of a RG_TRAIT_PERMUTES node's result is. False when that is not known.
 */
bool rg__node_permutation(uint8_t dims[RG_MAX_RANK], uint32_t *rank, rg_graph *graph, rg_node node);

/*
 * Could the node's memory, or that of what it is made of by views and copies, be written by some node of the graph?
 * Then a copy is not the same as what it copies. Errs on the side of yes: copies count as if they shared memory.
 */
rg_status rg__written_memory(bool *out, const rg_graph *graph, rg_node node);

#endif
