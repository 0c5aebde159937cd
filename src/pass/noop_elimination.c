/*
 * noop_elimination.c: remove reshapes, slices and slice_scatters that change nothing.
 *
 * The counterpart of vLLM's NoOpEliminationPass (spec: vllm-passes 6.1): one sweep in order; sizes come from the types,
 * never from the requested size list; a size that is not provably the same keeps the node. Only `reshape` is looked at,
 * not `view`: Inductor has turned views into reshapes before custom passes run.
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

typedef struct noop_ops {
    rg_op reshape;
    rg_op slice;
    rg_op slice_scatter;
} noop_ops;

static bool is_op(const rg_graph *graph, rg_node node, rg_op op)
{
    return !rg_node_is_null(node) && !rg_op_is_null(op) && rg_op_same(rg_node_op(graph, node), op);
}

/* Same rank, and every pair of sizes provably the same. */
static bool same_sizes(rg_graph *graph, rg_node a, rg_node b)
{
    rg_context *context = rg_graph_context(graph);
    rg_type type_a = rg_node_type(graph, a);
    rg_type type_b = rg_node_type(graph, b);
    if (rg_type_get_kind(context, type_a) != RG_TYPE_TENSOR || rg_type_get_kind(context, type_b) != RG_TYPE_TENSOR) {
        return false;
    }
    rg_tensor_type tensor_a = rg_type_get_tensor(context, type_a);
    rg_tensor_type tensor_b = rg_type_get_tensor(context, type_b);
    if (tensor_a.rank != tensor_b.rank) {
        return false;
    }
    for (uint32_t i = 0; i < tensor_a.rank; i++) {
        if (rg_size_equal(context, tensor_a.sizes[i], tensor_b.sizes[i]) != RG_YES) {
            return false;
        }
    }
    return true;
}

static rg_node tensor_argument(const rg_graph *graph, rg_node node, size_t index)
{
    return rg_value_as_node(rg_node_schema_argument(graph, node, index));
}

/* `node` reshapes a reshape: read what that one reads. */
static rg_status skip_inner_reshape(rg_graph *graph, rg_node node, rg_node inner, size_t *removed)
{
    rg_status status = rg_graph_set_argument(graph, node, 0, rg_node_schema_argument(graph, inner, 0));
    if (status == RG_OK && rg_node_use_count(graph, inner) == 0) {
        status = rg_graph_erase(graph, inner);
        *removed += 1;
    }
    return status;
}

static rg_status replace_by(rg_graph *graph, rg_node node, rg_node value, size_t *removed)
{
    rg_status status = rg_graph_replace_uses(graph, node, rg_value_node(value), NULL, 0);
    if (status == RG_OK) {
        status = rg_graph_erase(graph, node);
        *removed += 1;
    }
    return status;
}

static rg_status visit(rg_graph *graph, rg_node node, const noop_ops *ops, size_t *removed)
{
    bool reshape = is_op(graph, node, ops->reshape);
    if (reshape) {
        rg_node inner = tensor_argument(graph, node, 0);
        if (is_op(graph, inner, ops->reshape) && !rg_node_is_null(tensor_argument(graph, inner, 0))) {
            rg_status status = skip_inner_reshape(graph, node, inner, removed);
            if (status != RG_OK) {
                return status;
            }
        }
    }
    if (reshape || is_op(graph, node, ops->slice)) {
        rg_node input = tensor_argument(graph, node, 0);
        if (!rg_node_is_null(input) && same_sizes(graph, node, input)) {
            return replace_by(graph, node, input, removed);
        }
    } else if (is_op(graph, node, ops->slice_scatter)) {
        rg_node base = tensor_argument(graph, node, 0);
        rg_node view = tensor_argument(graph, node, 1);
        if (!rg_node_is_null(base) && !rg_node_is_null(view) && same_sizes(graph, base, view)) {
            return replace_by(graph, node, view, removed);
        }
    }
    return RG_OK;
}

rg_status rg__noop_elimination(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    const rg_context *context = rg_graph_context(graph);
    noop_ops ops = {
        .reshape = rg_context_find_op(context, rg_string_from("aten.reshape.default")),
        .slice = rg_context_find_op(context, rg_string_from("aten.slice.Tensor")),
        .slice_scatter = rg_context_find_op(context, rg_string_from("aten.slice_scatter.default")),
    };
    rg_node next;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = next) {
        next = rg_graph_next(graph, node);
        rg_status status = visit(graph, node, &ops, &walk->matched);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}
