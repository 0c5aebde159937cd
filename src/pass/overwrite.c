/*
 * overwrite.c: may memory be written in place?
 */
#include "pass/overwrite.h"

#include "ir/context_impl.h"

/* A tuple that is in the set for one of its items is not entered again from the tensor it is made of: its other items
 * are other memory. */
static bool is_known_tuple(const void *user, rg_node node, rg_use use)
{
    (void)node;
    uint32_t item = 0;
    const rg_alias_set *set = user;
    return rg__map_find(&set->items, use.user.id, &item) && item != 0;
}

rg_status rg__memory_of(rg_alias_set *out, const rg_graph *graph, rg_node node)
{
    bool done = rg__alias_add_origins(out, graph, node) && rg__alias_add_views(out, graph, is_known_tuple, out);
    return done ? RG_OK : rg__report_memory(rg_graph_context(graph));
}

bool rg__use_looks(const rg_graph *graph, rg_use use)
{
    return rg__use_reads_data(graph, use) && !rg__use_aliases(graph, use);
}

static bool is_among(rg_node node, const rg_node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rg_node_same(node, nodes[i])) {
            return true;
        }
    }
    return false;
}

rg_node rg__first_use(const rg_alias_set *set, const rg_graph *graph, rg_use_test test, rg_node from, rg_node last,
                      const rg_node *except, size_t except_count)
{
    rg_node first = {0};
    for (uint32_t i = 0; i < set->nodes.count; i++) {
        rg_node node = {set->nodes.items[i]};
        for (size_t j = 0; j < rg_node_use_count(graph, node); j++) {
            rg_use use = rg_node_use(graph, node, j);
            bool outside = (!rg_node_is_null(from) && rg_graph_precedes(graph, use.user, from)) ||
                           (!rg_node_is_null(last) && rg_graph_precedes(graph, last, use.user));
            if (!outside && !is_among(use.user, except, except_count) && test(graph, use) &&
                (rg_node_is_null(first) || rg_graph_precedes(graph, use.user, first))) {
                first = use.user;
            }
        }
    }
    return first;
}

bool rg__is_from_outside(const rg_alias_set *set, const rg_graph *graph, uint32_t *place)
{
    for (uint32_t i = 0; i < set->nodes.count; i++) {
        rg_node node = {set->nodes.items[i]};
        rg_op_kind kind = rg_node_kind(graph, node);
        *place = UINT32_MAX;
        if (kind == RG_OP_GET_ATTR) {
            return true;
        }
        if (kind == RG_OP_PLACEHOLDER) {
            *place = 0;
            for (rg_node at = rg_graph_first(graph); !rg_node_same(at, node); at = rg_graph_next(graph, at)) {
                ++*place;
            }
            return true;
        }
    }
    return false;
}
