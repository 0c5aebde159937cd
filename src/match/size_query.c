/*
 * size_query.c: see size_query.h. order.c lets such nodes stand outside of a match, apply.c has them ask elsewhere.
 */
#include "match/size_query.h"

#include "ir/context_impl.h"

bool rg__node_asks_size(const rg_graph *graph, rg_node node)
{
    return (rg_op_traits(rg_graph_context(graph), rg_node_op(graph, node)) & RG_TRAIT_SHAPE_QUERY) != 0;
}

/* The size that `node` asks for, null if it is no `sym_size(x, 0)` of a tensor whose sizes are known. */
static rg_size asked_size(const rg_graph *graph, rg_node node)
{
    rg_context *context = rg_graph_context(graph);
    int64_t dim = 0;
    if (!rg_string_equal(rg_op_name(context, rg_node_op(graph, node)), rg_string_from("aten.sym_size.int")) ||
        rg_node_positional_count(graph, node) != 2 ||
        !rg_value_as_int(context, rg_node_argument(graph, node, 1), &dim)) {
        return (rg_size){0};
    }
    rg_type type = rg_node_type(graph, rg_value_as_node(rg_node_argument(graph, node, 0)));
    if (rg_type_get_kind(context, type) != RG_TYPE_TENSOR) {
        return (rg_size){0};
    }
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    dim = dim < 0 ? dim + tensor.rank : dim;
    return dim >= 0 && dim < tensor.rank ? tensor.sizes[dim] : (rg_size){0};
}

bool rg__size_query_source(rg_size_source *out, const rg_match *match, rg_node node)
{
    rg_context *context = rg_graph_context(match->graph);
    rg_size size = rg__node_asks_size(match->graph, node) ? asked_size(match->graph, node) : (rg_size){0};
    for (size_t i = 0; i < match->rule->input_count && !rg_size_is_null(size); i++) {
        rg_node input = rg_value_as_node(match->inputs[i]);
        rg_type type = rg_node_is_null(input) ? (rg_type){0} : rg_node_type(match->graph, input);
        if (rg_type_get_kind(context, type) != RG_TYPE_TENSOR || !rg_graph_precedes(match->graph, input, node)) {
            continue;
        }
        rg_tensor_type tensor = rg_type_get_tensor(context, type);
        for (uint32_t dim = 0; dim < tensor.rank; dim++) {
            if (rg_size_equal(context, tensor.sizes[dim], size) == RG_YES) {
                *out = (rg_size_source){input, dim};
                return true;
            }
        }
    }
    return false;
}
