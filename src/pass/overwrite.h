/*
 * overwrite.h: may memory be written in place? Questions of walks that turn functional calls into writing ones.
 */
#ifndef RG_PASS_OVERWRITE_H
#define RG_PASS_OVERWRITE_H

#include "ir/graph_alias.h"

/* The values that share memory with `node`: where it comes from, and what is made from that; items of a tuple that the
 * node is not taken from are apart. Zero-initialise; free with rg__alias_set_free. */
rg_status rg__memory_of(rg_alias_set *out, const rg_graph *graph, rg_node node);

/* The first node from `from` on (null: from the start) up to `last` (null: the end) that uses memory of the set in this
 * way; nodes of `except` do not count. Null: none does. */
typedef bool (*rg_use_test)(const rg_graph *graph, rg_use use);
rg_node rg__first_use(const rg_alias_set *set, const rg_graph *graph, rg_use_test test, rg_node from, rg_node last,
                      const rg_node *except, size_t except_count);

/* Tests: does the use look at the data (views are no looks, but what looks at them is in the set too)? Does it write?
 */
bool rg__use_looks(const rg_graph *graph, rg_use use);

/* Is a value of the set an input or an attribute of the graph? The place of the input in the node list goes to `place`,
 * UINT32_MAX for an attribute. */
bool rg__is_from_outside(const rg_alias_set *set, const rg_graph *graph, uint32_t *place);

#endif
