/*
 * clone_elimination.c: copies that nobody needs go.
 *
 * The counterpart of vLLM's UnsafeCloneEliminationPass (spec: vllm-passes 6.18). A copy is needed when it, or what it
 * is made of, is written while the other is still looked at. vLLM looks at direct readers of the copy only, takes
 * writes from positional arguments, and does not ask whether the original is written while the copy is alive, nor
 * whether the copy is laid out otherwise; here memory is followed through views, and all of that is asked, unless the
 * configuration says `compatible`. Inputs of the graph may be overwritten only if they are donated
 * (rg_pass_manager_donate).
 */
#include "ir/context_impl.h"
#include "pass/overwrite.h"
#include "pass/walk_nodes.h"

/* A copy, and the memory of both. */
typedef struct clone_site {
    rg_walk *walk;
    rg_node copy;
    rg_node source;
    rg_alias_set copied;
    rg_alias_set original;
} clone_site;

static bool is_writer(const rg_graph *graph, rg_use use)
{
    return rg__use_writes(graph, use);
}

static bool is_any(const rg_graph *graph, rg_use use)
{
    return rg__use_reads_data(graph, use) || rg__use_writes(graph, use);
}

/* The last node that uses memory of the set; null: none. */
static rg_node last_use(const rg_alias_set *set, const rg_graph *graph)
{
    rg_node last = {0};
    for (uint32_t i = 0; i < set->nodes.count; i++) {
        rg_node node = {set->nodes.items[i]};
        for (size_t j = 0; j < rg_node_use_count(graph, node); j++) {
            rg_node user = rg_node_use(graph, node, j).user;
            if (rg_node_is_null(last) || rg_graph_precedes(graph, last, user)) {
                last = user;
            }
        }
    }
    return last;
}

/* An input that is not donated, or an attribute. */
static bool must_not_change(const clone_site *site)
{
    uint32_t place = 0;
    return rg__is_from_outside(&site->original, site->walk->graph, &place) &&
           (place == UINT32_MAX || !rg_pass_manager_is_donated(site->walk->manager, place));
}

/* Does the graph return memory of the set? */
static bool is_returned(const rg_alias_set *set, const rg_graph *graph)
{
    rg_node output = rg_graph_output(graph);
    return !rg_node_is_null(output) && rg_node_same(last_use(set, graph), output);
}

/* Types without strides may be equal and say nothing of the layout. */
static bool is_laid_out_alike(const rg_graph *graph, rg_node copy, rg_node source)
{
    rg_tensor_type tensor = rg_type_get_tensor(rg_graph_context(graph), rg_node_type(graph, source));
    return rg_node_type(graph, copy).id == rg_node_type(graph, source).id &&
           (tensor.strides != NULL || tensor.rank < 2);
}

static bool is_needed(const clone_site *site)
{
    rg_graph *graph = site->walk->graph;
    rg_node none = {0};
    uint32_t place = 0;
    rg_node behind = rg_graph_next(graph, site->copy);
    rg_node end = last_use(&site->copied, graph);
    rg_node written = rg__first_use(&site->copied, graph, is_writer, none, none, NULL, 0);
    if (!is_laid_out_alike(graph, site->copy, site->source)) {
        return true;
    }
    if (!rg_node_is_null(end) &&
        !rg_node_is_null(rg__first_use(&site->original, graph, is_writer, behind, end, NULL, 0))) {
        return true;
    }
    if (!rg_node_is_null(written)) {
        return must_not_change(site) ||
               !rg_node_is_null(rg__first_use(&site->original, graph, is_any, written, none, NULL, 0));
    }
    return is_returned(&site->copied, graph) &&
           (rg__is_from_outside(&site->original, graph, &place) || is_returned(&site->original, graph));
}

/* The copy is new memory, so its set is what is made from it; the original's does not hold it. */
static rg_status check(bool *needed, rg_walk *walk, rg_node copy, rg_node source)
{
    clone_site site = {.walk = walk, .copy = copy, .source = source};
    rg_status status = rg__memory_of(&site.copied, walk->graph, copy);
    if (status == RG_OK) {
        status = rg__memory_of(&site.original, walk->graph, source);
    }
    *needed = status != RG_OK || is_needed(&site);
    rg__alias_set_free(&site.copied, walk->graph);
    rg__alias_set_free(&site.original, walk->graph);
    return status;
}

/* ---- as vLLM does it ---- */

/* The one direct reader that writes the copy through a positional argument. */
static rg_node direct_writer(const rg_graph *graph, rg_node copy)
{
    for (size_t i = 0; i < rg_node_use_count(graph, copy); i++) {
        rg_use use = rg_node_use(graph, copy, i);
        if (use.argument < rg_node_positional_count(graph, use.user) && rg__use_writes(graph, use)) {
            return use.user;
        }
    }
    return (rg_node){0};
}

static bool is_needed_as_in_vllm(const rg_walk *walk, rg_node copy, rg_node source)
{
    const rg_graph *graph = walk->graph;
    rg_node writer = direct_writer(graph, copy);
    if (rg_node_is_null(writer)) {
        return false;
    }
    for (size_t i = 0; i < rg_node_use_count(graph, source); i++) {
        if (rg_graph_precedes(graph, writer, rg_node_use(graph, source, i).user)) {
            return true;
        }
    }
    uint32_t place = 0;
    for (rg_node at = rg_graph_first(graph); !rg_node_same(at, source); at = rg_graph_next(graph, at)) {
        place++;
    }
    return rg_node_kind(graph, source) == RG_OP_PLACEHOLDER && !rg_pass_manager_is_donated(walk->manager, place);
}

/* ---- the walk ---- */

rg_status rg__clone_elimination(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    rg_op op = rg_context_find_op(rg_graph_context(graph), rg_string_from("aten.clone.default"));
    bool trusts = rg__config_flag(walk->manager->config, RG_CONFIG_KEY_compatible);
    rg_status status = RG_OK;
    rg_node next;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK; node = next) {
        bool needed = true;
        rg_node source =
            rg__calls(graph, node, op) ? rg_value_as_node(rg_node_schema_argument(graph, node, 0)) : (rg_node){0};
        next = rg_graph_next(graph, node);
        if (rg_node_is_null(source)) {
            continue;
        }
        if (trusts) {
            needed = is_needed_as_in_vllm(walk, node, source);
        } else {
            status = check(&needed, walk, node, source);
        }
        if (status == RG_OK && !needed) {
            status = rg__pass_begin_change(walk->manager);
        }
        if (status == RG_OK && !needed) {
            status = rg__replace_and_erase(graph, node, rg_value_node(source));
            walk->matched++;
        }
    }
    return status;
}
