/*
 * noop_elimination.c: remove reshapes, slices and slice_scatters that change nothing.
 *
 * The counterpart of vLLM's NoOpEliminationPass (spec: vllm-passes 6.1): one sweep in order; sizes come from the types,
 * never from the requested size list; a size that is not provably the same keeps the node. Only `reshape` is looked at,
 * not `view`: Inductor has turned views into reshapes before custom passes run.
 */
#include "ir/context_impl.h"
#include "pass/walk_nodes.h"

typedef struct noop_ops {
    rg_op reshape;
    rg_op slice;
    rg_op slice_scatter;
} noop_ops;

static rg_node tensor_argument(const rg_graph *graph, rg_node node, size_t index)
{
    return rg_value_as_node(rg_node_schema_argument(graph, node, index));
}

/* `node` reshapes a reshape: read what that one reads. */
static rg_status skip_inner_reshape(rg_walk *walk, rg_node node, rg_node inner)
{
    rg_graph *graph = walk->graph;
    rg_status status = rg__pass_begin_change(walk->manager);
    if (status == RG_OK) {
        status = rg_graph_set_argument(graph, node, 0, rg_node_schema_argument(graph, inner, 0));
    }
    if (status == RG_OK && rg_node_use_count(graph, inner) == 0) {
        status = rg_graph_erase(graph, inner);
        walk->matched++;
    }
    return status;
}

static rg_status replace_by(rg_walk *walk, rg_node node, rg_node value)
{
    rg_status status = rg__pass_begin_change(walk->manager);
    walk->matched++;
    return status == RG_OK ? rg__replace_and_erase(walk->graph, node, rg_value_node(value)) : status;
}

/* Does a slice_scatter whose source is as large as its base write all of it? It must, if the call is right; vLLM does
 * not ask. */
static rg_status writes_all(bool *out, rg_graph *graph, rg_node scatter)
{
    enum { START = 3, STEP = 5 };
    rg_context *context = rg_graph_context(graph);
    rg_value start;
    rg_value step;
    int64_t first = 0;
    int64_t distance = 0;
    rg_status status = rg__normal_argument(&start, graph, scatter, START);
    if (status == RG_OK) {
        status = rg__normal_argument(&step, graph, scatter, STEP);
    }
    if (status == RG_OK) {
        *out = (rg_value_get_kind(start) == RG_VALUE_NONE || (rg_value_as_int(context, start, &first) && first == 0)) &&
               rg_value_as_int(context, step, &distance) && distance == 1;
    }
    return status;
}

static rg_status visit(rg_walk *walk, rg_node node, const noop_ops *ops)
{
    rg_graph *graph = walk->graph;
    bool reshape = rg__calls(graph, node, ops->reshape);
    if (reshape) {
        rg_node inner = tensor_argument(graph, node, 0);
        if (rg__calls(graph, inner, ops->reshape) && !rg_node_is_null(tensor_argument(graph, inner, 0))) {
            rg_status status = skip_inner_reshape(walk, node, inner);
            if (status != RG_OK) {
                return status;
            }
        }
    }
    if (reshape || rg__calls(graph, node, ops->slice)) {
        rg_node input = tensor_argument(graph, node, 0);
        if (!rg_node_is_null(input) && rg__same_sizes(graph, node, input)) {
            return replace_by(walk, node, input);
        }
    } else if (rg__calls(graph, node, ops->slice_scatter)) {
        rg_node base = tensor_argument(graph, node, 0);
        rg_node view = tensor_argument(graph, node, 1);
        bool sound = rg__config_flag(walk->manager->config, RG_CONFIG_KEY_compatible);
        if (rg_node_is_null(base) || rg_node_is_null(view) || !rg__same_sizes(graph, base, view)) {
            return RG_OK;
        }
        rg_status status = sound ? RG_OK : writes_all(&sound, graph, node);
        if (status != RG_OK || sound) {
            return status == RG_OK ? replace_by(walk, node, view) : status;
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
        rg_status status = visit(walk, node, &ops);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}
