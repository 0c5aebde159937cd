/*
 * split_coalescing.c: two splits of one tensor into the same parts become one.
 *
 * The counterpart of vLLM's SplitCoalescingPass (spec: vllm-passes 6.13). It looks at split_with_sizes nodes that are
 * read by nothing but extractions; an earlier one of the same tensor, with the same sizes, takes over. vLLM does not
 * compare `dim`, and compares the sizes as they are written; here both are compared in normal form, unless the
 * configuration says `compatible`. The order of the graph stays true.
 */
#include "ir/context_impl.h"
#include "pass/walk_nodes.h"

/* Arguments of split_with_sizes. */
enum { SPLIT_INPUT, SPLIT_SIZES, SPLIT_DIM };

static rg_status same_parts(bool *out, const rg_walk *walk, rg_node a, rg_node b)
{
    rg_graph *graph = walk->graph;
    if (rg__config_flag(walk->manager->config, RG_CONFIG_KEY_compatible)) {
        *out = rg_value_equal(rg_graph_context(graph), graph, rg_node_schema_argument(graph, a, SPLIT_SIZES),
                              rg_node_schema_argument(graph, b, SPLIT_SIZES));
        return RG_OK;
    }
    rg_status status = rg__same_argument(out, graph, a, b, SPLIT_SIZES);
    return status == RG_OK && *out ? rg__same_argument(out, graph, a, b, SPLIT_DIM) : status;
}

/* The first split before `split` that it repeats. Splits of one tensor are among its users, so nothing else is asked.
 */
static rg_status find_earlier(rg_node *out, const rg_walk *walk, rg_node split, rg_op op)
{
    rg_graph *graph = walk->graph;
    rg_node input = rg_value_as_node(rg_node_schema_argument(graph, split, SPLIT_INPUT));
    *out = (rg_node){0};
    for (size_t i = 0; !rg_node_is_null(input) && i < rg_node_use_count(graph, input); i++) {
        rg_node other = rg_node_use(graph, input, i).user;
        bool same = false;
        if (rg_node_same(other, split) || !rg__calls(graph, other, op) || !rg_graph_precedes(graph, other, split) ||
            !rg_node_same(rg_value_as_node(rg_node_schema_argument(graph, other, SPLIT_INPUT)), input) ||
            !rg__has_only_items(graph, other)) {
            continue;
        }
        rg_status status = same_parts(&same, walk, other, split);
        if (status != RG_OK) {
            return status;
        }
        if (same && (rg_node_is_null(*out) || rg_graph_precedes(graph, other, *out))) {
            *out = other;
        }
    }
    return RG_OK;
}

rg_status rg__split_coalescing(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    rg_op op = rg_context_find_op(rg_graph_context(graph), rg_string_from("aten.split_with_sizes.default"));
    rg_node next;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = next) {
        rg_node earlier = {0};
        rg_status status = RG_OK;
        next = rg_graph_next(graph, node);
        if (rg__calls(graph, node, op) && rg__has_only_items(graph, node)) {
            status = find_earlier(&earlier, walk, node, op);
        }
        if (status == RG_OK && !rg_node_is_null(earlier)) {
            status = rg__pass_begin_change(walk->manager);
        }
        if (status == RG_OK && !rg_node_is_null(earlier)) {
            status = rg__replace_and_erase(graph, node, rg_value_node(earlier));
            walk->matched++;
        }
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}
