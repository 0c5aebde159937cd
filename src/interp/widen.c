/*
 * widen.c: copies of graphs that compute in double precision what the originals compute in narrower floats, so that two
 * functions can be told from two roundings of one.
 *
 * Inputs and attributes get the wider dtype, and so does every dtype that a call is given: casts, factories, sums with
 * a dtype. All else follows when the copy is run, for nodes get the types that they come to. Floats of 8 and 4 bits
 * stay: ops want them, and what they cut off is what quantisation is about.
 */
#include "interp/interp_impl.h"

static bool is_widened(rg_dtype dtype)
{
    return dtype == RG_DTYPE_F16 || dtype == RG_DTYPE_BF16 || dtype == RG_DTYPE_F32;
}

static rg_status widen_type(rg_graph *graph, rg_node node)
{
    rg_context *context = rg_graph_context(graph);
    rg_type type = rg_node_type(graph, node);
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    if (rg_type_get_kind(context, type) != RG_TYPE_TENSOR || !is_widened(tensor.dtype)) {
        return RG_OK;
    }
    tensor.dtype = RG_DTYPE_F64;
    rg_status status = rg_type_from_tensor(&type, context, &tensor);
    if (status == RG_OK) {
        rg_graph_set_type(graph, node, type);
    }
    return status;
}

static rg_status widen_node(rg_graph *graph, rg_node node)
{
    rg_context *context = rg_graph_context(graph);
    rg_string op = rg_op_name(context, rg_node_op(graph, node));
    rg_string name = rg_node_name(graph, node);
    if (rg_string_equal(op, rg_string_from("aten.view.dtype"))) {
        return rg__report(context, RG_ERROR_UNSUPPORTED,
                          "%.*s looks at the bits of its input, which a wider dtype has not", (int)name.size,
                          name.data);
    }
    rg_status status = widen_type(graph, node);
    for (size_t i = 0; i < rg_node_argument_count(graph, node) && status == RG_OK; i++) {
        if (is_widened(rg_value_as_dtype(rg_node_argument(graph, node, i)))) {
            status = rg_graph_set_argument(graph, node, i, rg_value_dtype(RG_DTYPE_F64));
        }
    }
    return status;
}

/* Depth is bounded by that of submodules. */
static rg_status widen_nodes(rg_graph *graph)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_graph_child_count(graph) && status == RG_OK; i++) {
        status = widen_nodes(rg_graph_child(graph, i));
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        status = widen_node(graph, node);
    }
    return status;
}

rg_status rg_graph_widen(rg_graph **out, const rg_graph *graph)
{
    rg_graph *copy = NULL;
    *out = NULL;
    rg_status status = rg_graph_clone(&copy, graph);
    if (status == RG_OK) {
        status = widen_nodes(copy);
    }
    if (status != RG_OK) {
        rg_graph_destroy(copy);
        return status;
    }
    *out = copy;
    return RG_OK;
}

double rg_widened_tolerance(void)
{
    return rg_tolerance_of(RG_DTYPE_F32).relative / rg_tolerance_of(RG_DTYPE_F64).relative;
}
