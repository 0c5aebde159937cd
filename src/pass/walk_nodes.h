/*
 * walk_nodes.h: what walks ask of single nodes: calls of an op, functionalised calls, items of tuples.
 */
#ifndef RG_PASS_WALK_NODES_H
#define RG_PASS_WALK_NODES_H

#include "pass/pass_impl.h"

/* Does the node call the op? False for null nodes and null ops. */
bool rg__calls(const rg_graph *graph, rg_node node, rg_op op);

/* The op that an auto_functionalized node (version 1) wraps; null for other nodes. */
rg_op rg__wrapped_op(const rg_graph *graph, rg_node node);

/* Is the node `source[index]`, an item of what another node returns? */
bool rg__is_item(const rg_graph *graph, rg_node node, rg_node *source, int64_t *index);

/* Are all users of the node items of it, and is there one? */
bool rg__has_only_items(const rg_graph *graph, rg_node node);

/* The first user that is item `index`; null when there is none. */
rg_node rg__find_item(const rg_graph *graph, rg_node node, int64_t index);

/* Argument `index` in normal form; missing when it has none. */
rg_status rg__normal_argument(rg_value *out, rg_graph *graph, rg_node node, size_t index);

/* Are arguments `index` of two calls of one op the same in normal form? */
rg_status rg__same_argument(bool *out, rg_graph *graph, rg_node a, rg_node b, size_t index);

/* Same rank, and every pair of sizes provably the same. False when one is no tensor of known type. */
bool rg__same_sizes(const rg_graph *graph, rg_node a, rg_node b);

/* Redirect every use of `node` to `value`, then erase it. */
rg_status rg__replace_and_erase(rg_graph *graph, rg_node node, rg_value value);

#endif
