/*
 * walk_nodes.c: what walks ask of single nodes.
 */
#include "pass/walk_nodes.h"

#include "ir/graph_impl.h"
#include "ops/noop.h"

bool rg__calls(const rg_graph *graph, rg_node node, rg_op op)
{
    return !rg_node_is_null(node) && !rg_op_is_null(op) && rg_op_same(rg_node_op(graph, node), op);
}

rg_op rg__wrapped_op(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_op op = rg_node_op(graph, node);
    bool wraps = rg__op_is_wrapper(context, op) && !rg__op_wraps_bases(context, op) &&
                 rg_node_positional_count(graph, node) == 1;
    return wraps ? rg_value_as_op(rg_node_argument(graph, node, 0)) : (rg_op){0};
}

bool rg__is_item(const rg_graph *graph, rg_node node, rg_node *source, int64_t *index)
{
    const rg_context *context = rg_graph_context(graph);
    if (!rg_string_equal(rg_op_name(context, rg_node_op(graph, node)), rg_string_from("operator.getitem"))) {
        return false;
    }
    *source = rg_value_as_node(rg_node_argument(graph, node, 0));
    return !rg_node_is_null(*source) && rg_value_as_int(context, rg_node_argument(graph, node, 1), index);
}

bool rg__has_only_items(const rg_graph *graph, rg_node node)
{
    size_t count = rg_node_use_count(graph, node);
    rg_node source;
    int64_t index = 0;
    for (size_t i = 0; i < count; i++) {
        if (!rg__is_item(graph, rg_node_use(graph, node, i).user, &source, &index)) {
            return false;
        }
    }
    return count > 0;
}

rg_node rg__find_item(const rg_graph *graph, rg_node node, int64_t index)
{
    rg_node source;
    int64_t at = 0;
    for (size_t i = 0; i < rg_node_use_count(graph, node); i++) {
        rg_node user = rg_node_use(graph, node, i).user;
        if (rg__is_item(graph, user, &source, &at) && at == index && rg_node_same(source, node)) {
            return user;
        }
    }
    return (rg_node){0};
}

rg_status rg__normal_argument(rg_value *out, rg_graph *graph, rg_node node, size_t index)
{
    *out = rg_value_missing();
    return rg_node_normal_argument(out, graph, node, index);
}

rg_status rg__same_argument(bool *out, rg_graph *graph, rg_node a, rg_node b, size_t index)
{
    rg_value values[2];
    *out = false;
    rg_status status = rg__normal_argument(&values[0], graph, a, index);
    if (status == RG_OK) {
        status = rg__normal_argument(&values[1], graph, b, index);
    }
    if (status == RG_OK) {
        *out = rg_value_equal(rg_graph_context(graph), graph, values[0], values[1]);
    }
    return status;
}

bool rg__same_sizes(const rg_graph *graph, rg_node a, rg_node b)
{
    bool same = false;
    return rg__decide_same_sizes(&same, graph, a, b) == RG_OK && same;
}

rg_status rg__replace_and_erase(rg_graph *graph, rg_node node, rg_value value)
{
    rg_status status = rg_graph_replace_uses(graph, node, value, NULL, 0);
    return status == RG_OK ? rg_graph_erase(graph, node) : status;
}
