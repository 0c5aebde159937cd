/*
 * repetition.h: lists of tensors of any length, as they stand in the graphs of rules.
 *
 * A captured list (`xs: "Tensor[]"`) is a placeholder without type. What is done with each of its items,
 * `[f(x) for x in xs]`, is traced once, on a node that stands for the item, and collected by another:
 *
 *     item = item_of(xs)
 *     value = aten.relu.default(item)
 *     values = list_of(value, item)
 *
 * Nodes that depend on the item are *local*: there is one of them for each item. In a pattern the list may also be a
 * call with several results, whose items are its getitems. Several items of one list_of go in step (`zip`).
 *
 * `f(x, *xs)` hands such a list over as arguments, the last ones by position: the argument is rest_of(xs).
 */
#ifndef RG_RULE_REPETITION_H
#define RG_RULE_REPETITION_H

#include <string.h>

#include "rule/rule_impl.h"

#define RG_ITEM_OF "item_of"
#define RG_LIST_OF "list_of"
#define RG_REST_OF "rest_of"

static inline bool rg__node_is_marker(const rg_graph *graph, rg_node node, const char *name)
{
    if (rg_node_kind(graph, node) != RG_OP_FUNCTION) {
        return false;
    }
    rg_string op = rg_op_name(rg_graph_context(graph), rg_node_op(graph, node));
    return op.size == strlen(name) && memcmp(op.data, name, op.size) == 0;
}

/* A node that is no call of the graph: it stands for the items of a list, for the list made of them, or for arguments.
 */
static inline bool rg__node_is_repetition(const rg_graph *graph, rg_node node)
{
    return rg_node_kind(graph, node) == RG_OP_FUNCTION &&
           (rg__node_is_marker(graph, node, RG_ITEM_OF) || rg__node_is_marker(graph, node, RG_LIST_OF) ||
            rg__node_is_marker(graph, node, RG_REST_OF));
}

/* The list that an argument hands over as arguments; null for any other argument. */
static inline rg_node rg__rest_list(const rg_graph *graph, rg_value argument)
{
    rg_node node = rg_value_as_node(argument);
    return !rg_node_is_null(node) && rg__node_is_marker(graph, node, RG_REST_OF)
               ? rg_value_as_node(rg_node_argument(graph, node, 0))
               : (rg_node){0};
}

#endif
