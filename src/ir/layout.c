/*
 * layout.c: the parts of a graph's printed form, in one map from node and part to a text or number.
 */
#include "ir/layout.h"

#include "ir/graph_impl.h"

enum { PART_BITS = 8 };

_Static_assert(RG_LAYOUT_PART_COUNT <= 1 << PART_BITS, "a key holds a node and a part");

static uint64_t part_key(uint32_t node, rg_layout_part part)
{
    return (uint64_t)node << PART_BITS | (uint64_t)part;
}

rg_layout *rg__graph_layout(rg_graph *graph)
{
    return &graph->layout;
}

const rg_layout_style *rg__layout_style(const rg_graph *graph)
{
    return &graph->layout.style;
}

uint32_t rg__layout_number(const rg_graph *graph, rg_node node, rg_layout_part part)
{
    uint32_t number = 0;
    return rg__map_find(&graph->layout.parts, part_key(node.id, part), &number) ? number : 0;
}

rg_status rg__layout_set_number(rg_graph *graph, rg_node node, rg_layout_part part, uint32_t number)
{
    bool set = rg__map_set(&graph->context->allocator, &graph->layout.parts, part_key(node.id, part), number);
    return set ? RG_OK : rg__report_memory(graph->context);
}

rg_string rg__layout_text(const rg_graph *graph, rg_node node, rg_layout_part part)
{
    uint32_t id = rg__layout_number(graph, node, part);
    return id == 0 ? (rg_string){NULL, 0} : rg__string_get(graph->context, id);
}

rg_status rg__layout_set_text(rg_graph *graph, rg_node node, rg_layout_part part, rg_string text)
{
    uint32_t id = rg__string_id(graph->context, text);
    return id == 0 ? rg__report_memory(graph->context) : rg__layout_set_number(graph, node, part, id);
}

void rg__layout_free(rg_graph *graph)
{
    rg__map_free(&graph->context->allocator, &graph->layout.parts);
}

/* Copy the parts of one node to a node of the same or another graph. */
static rg_status copy_parts(rg_graph *to, uint32_t to_node, const rg_graph *from, uint32_t from_node)
{
    for (unsigned part = 0; part < RG_LAYOUT_PART_COUNT; part++) {
        uint32_t number = rg__layout_number(from, (rg_node){from_node}, (rg_layout_part)part);
        rg_status status =
            number == 0 ? RG_OK : rg__layout_set_number(to, (rg_node){to_node}, (rg_layout_part)part, number);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

rg_status rg__layout_clone(rg_graph *to, const rg_graph *from)
{
    to->layout.style = from->layout.style;
    bool copied = rg__map_copy(&to->context->allocator, &to->layout.parts, &from->layout.parts);
    return copied ? RG_OK : rg__report_memory(to->context);
}

void rg__layout_erase(rg_graph *graph, rg_node node, rg_node next)
{
    rg_map *parts = &graph->layout.parts;
    if (parts->count == 0) {
        return;
    }
    uint32_t leading = rg__layout_number(graph, node, RG_LAYOUT_LEADING);
    for (unsigned part = 0; part < RG_LAYOUT_PART_COUNT && parts->count != 0; part++) {
        (void)rg__map_remove(parts, part_key(node.id, (rg_layout_part)part));
    }
    if (leading != 0 && !rg_node_is_null(next) && rg__layout_number(graph, next, RG_LAYOUT_LEADING) == 0) {
        /* Cannot fail: an entry has just been removed, so there is room for one. */
        (void)rg__map_set(&graph->context->allocator, parts, part_key(next.id, RG_LAYOUT_LEADING), leading);
    }
}

rg_status rg__layout_renumber(rg_graph *graph, const uint32_t *new_ids, uint32_t count)
{
    rg_layout old = graph->layout;
    graph->layout.parts = (rg_map){0};
    rg_status status = RG_OK;
    rg_graph view = *graph; /* the old parts, to be read through the functions above */
    view.layout = old;
    for (uint32_t id = 0; id < count && status == RG_OK && old.parts.count != 0; id++) {
        if (id == 0 || new_ids[id] != 0) {
            status = copy_parts(graph, id == 0 ? 0 : new_ids[id], &view, id);
        }
    }
    if (status != RG_OK) {
        rg__layout_free(graph);
        graph->layout = old;
        return status;
    }
    rg__map_free(&graph->context->allocator, &old.parts);
    return RG_OK;
}
