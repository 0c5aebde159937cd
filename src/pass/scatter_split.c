/*
 * scatter_split.c: rotated queries and keys that are scattered back into the tensor they were split from, which is then
 * split again, are used as they are.
 *
 * The counterpart of vLLM's ScatterSplitReplacementPass (spec: vllm-passes 6.14). For each functionalised rotary
 * embedding of two parts of one split:
 *
 *     s = split(qkv); a = rotary(query=s[0], key=s[1])
 *     c1 = slice_scatter(qkv, a[1], ...); c2 = slice_scatter(c1, a[2], ...); s2 = split(c2)
 *
 * readers of s2[0], s2[1] and s2[i] read a[1], a[2] and s[i]; s2, c2 and c1 go. vLLM takes the places of the scatters
 * and the sizes of the second split on trust; here they must be those of the first split, unless the configuration says
 * `compatible`. Requires a functional graph; the order stays true.
 */
#include "ir/context_impl.h"
#include "pass/rotary_scatter.h"
#include "pass/walk_nodes.h"

enum { SPLIT_SIZES = 1, SPLIT_DIM = 2 };

/* ---- checking what vLLM trusts ---- */

static rg_status is_sound(bool *out, rg_graph *graph, const rg_rotary_scatter *site, rg_node second_split)
{
    rg_status status = rg__rotary_scatter_fits(out, graph, site);
    if (status == RG_OK && *out) {
        status = rg__same_argument(out, graph, site->split, second_split, SPLIT_SIZES);
    }
    return status == RG_OK && *out ? rg__same_argument(out, graph, site->split, second_split, SPLIT_DIM) : status;
}

/* ---- replacing ---- */

/* What part `index` of the second split is: rotated, or a part of the first split, which may have to be taken. */
static rg_status part_of_first(rg_value *out, rg_graph *graph, const rg_rotary_scatter *site, rg_node item,
                               int64_t index)
{
    rg_context *context = rg_graph_context(graph);
    rg_node part = index < 2 ? site->rotated[index] : rg__find_item(graph, site->split, index);
    rg_status status = RG_OK;
    if (rg_node_is_null(part)) {
        rg_argument arguments[2] = {{.value = rg_value_node(site->split)}, {.value = rg_value_missing()}};
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        status = rg_value_int(&arguments[1].value, context, index);
        description.op = rg_node_op(graph, item);
        description.arguments = arguments;
        description.argument_count = 2;
        description.type = rg_node_type(graph, item);
        if (status == RG_OK) {
            status = rg_graph_insert(&part, graph, rg_graph_next(graph, site->split), &description);
        }
    }
    *out = rg_value_node(part);
    return status;
}

static rg_status replace(rg_graph *graph, const rg_rotary_scatter *site, rg_node second_split)
{
    rg_status status = RG_OK;
    while (rg_node_use_count(graph, second_split) > 0 && status == RG_OK) {
        rg_value value;
        rg_node source;
        int64_t index = 0;
        rg_node item = rg_node_use(graph, second_split, 0).user;
        (void)rg__is_item(graph, item, &source, &index);
        status = part_of_first(&value, graph, site, item, index);
        if (status == RG_OK) {
            status = rg__replace_and_erase(graph, item, value);
        }
    }
    const rg_node dead[] = {second_split, site->scatters[1], site->scatters[0]};
    for (size_t i = 0; i < 3 && status == RG_OK; i++) {
        status = rg_graph_erase(graph, dead[i]);
    }
    return status;
}

/* Negative indices would need the number of parts; nobody writes them. */
static bool has_plain_items(const rg_graph *graph, rg_node split)
{
    rg_node source;
    int64_t index = 0;
    for (size_t i = 0; i < rg_node_use_count(graph, split); i++) {
        if (!rg__is_item(graph, rg_node_use(graph, split, i).user, &source, &index) || index < 0) {
            return false;
        }
    }
    return true;
}

rg_status rg__scatter_split(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    const rg_context *context = rg_graph_context(graph);
    bool trusts = rg__config_flag(walk->manager->config, RG_CONFIG_KEY_compatible);
    rg_op rotary = rg_context_find_op(context, rg_string_from("_C.rotary_embedding.default"));
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        rg_rotary_scatter site;
        bool sound = trusts;
        if (rg_op_is_null(rotary) || !rg_op_same(rg__wrapped_op(graph, node), rotary) ||
            !rg__find_rotary_scatter(&site, graph, node)) {
            continue;
        }
        rg_node second = rg__only_user(graph, site.scatters[1], "aten.split_with_sizes.default");
        if (rg_node_is_null(second) || !rg__has_only_items(graph, second) || !has_plain_items(graph, second)) {
            continue;
        }
        if (!trusts) {
            status = is_sound(&sound, graph, &site, second);
        }
        if (status == RG_OK && sound) {
            status = rg__pass_begin_change(walk->manager);
        }
        if (status == RG_OK && sound) {
            status = replace(graph, &site, second);
            walk->matched++;
        }
    }
    return status;
}
