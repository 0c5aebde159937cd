/*
 * graph_items.c: lists, tuples, dicts and slices that hold nodes: they live in their graph's argument pool.
 *
 * Each such value belongs to one argument of one node (it is "attached"), so that redirecting a use can write into it.
 * A value that is used a second time is copied first. The space of values no longer used comes back when the graph is
 * compacted.
 */
#include "ir/graph_impl.h"

static rg_items_header *header_at(const rg_graph *graph, uint32_t offset)
{
    return (rg_items_header *)(void *)&graph->arguments.items[offset];
}

static rg_status reserve_items(rg_graph *graph, size_t count)
{
    uint64_t needed = (uint64_t)graph->arguments.count + count + 1;
    if (needed > UINT32_MAX) {
        return rg__report(graph->context, RG_ERROR_LIMIT, "a graph holds at most 2^32 arguments");
    }
    return rg__vector_reserve(&graph->context->allocator, &graph->arguments, needed)
               ? RG_OK
               : rg__report_memory(graph->context);
}

rg_status rg__graph_add_items(rg_value *out, rg_graph *graph, rg_value_kind kind, uint32_t depth, const rg_value *items,
                              size_t count)
{
    rg_status status = reserve_items(graph, count);
    if (status != RG_OK) {
        return status;
    }
    uint32_t offset = graph->arguments.count;
    *header_at(graph, offset) = (rg_items_header){(uint8_t)kind, 0, (uint16_t)depth, (uint32_t)count};
    memcpy(&graph->arguments.items[offset + 1], items, count * sizeof(*items));
    graph->arguments.count += (uint32_t)count + 1;
    *out = rg__value_make(RG_TAG_ITEMS, kind, offset);
    return RG_OK;
}

bool rg__graph_owns_value(const rg_graph *graph, rg_value value)
{
    if (rg__value_is_node(value)) {
        return rg__graph_alive(graph, rg__value_low(value));
    }
    return !rg__value_is_items(value) || rg__value_low(value) < graph->arguments.count;
}

/* A copy of the items, not attached; nested items are shared with the original. */
static rg_status copy_items(rg_graph *graph, rg_value *value)
{
    uint32_t from = rg__value_low(*value);
    uint32_t count = header_at(graph, from)->count;
    rg_status status = reserve_items(graph, count);
    if (status != RG_OK) {
        return status;
    }
    uint32_t to = graph->arguments.count;
    memcpy(&graph->arguments.items[to], &graph->arguments.items[from], ((size_t)count + 1) * sizeof(uint64_t));
    graph->arguments.count += count + 1;
    header_at(graph, to)->attached = 0;
    *value = rg__value_make(RG_TAG_ITEMS, rg__value_high(*value), to);
    return RG_OK;
}

rg_status rg__graph_attach_value(rg_graph *graph, rg_value *value)
{
    if (!rg__value_is_items(*value)) {
        return RG_OK;
    }
    if (header_at(graph, rg__value_low(*value))->attached != 0) {
        rg_status status = copy_items(graph, value);
        if (status != RG_OK) {
            return status;
        }
    }
    uint32_t offset = rg__value_low(*value);
    uint32_t count = header_at(graph, offset)->count;
    header_at(graph, offset)->attached = 1;
    for (uint32_t i = 1; i <= count; i++) {
        rg_value item = {graph->arguments.items[offset + i]};
        rg_status status = rg__graph_attach_value(graph, &item);
        if (status != RG_OK) {
            return status;
        }
        graph->arguments.items[offset + i] = item.bits;
    }
    return RG_OK;
}

rg_status rg__graph_visit_items(const rg_graph *graph, rg_value value, rg_node_visitor visit, void *user)
{
    uint32_t offset = rg__value_low(value);
    uint32_t count = header_at(graph, offset)->count;
    rg_status status = RG_OK;
    for (uint32_t i = 1; i <= count && status == RG_OK; i++) {
        status = rg__graph_visit_nodes(graph, (rg_value){graph->arguments.items[offset + i]}, visit, user);
    }
    return status;
}

void rg__graph_redirect_value(rg_graph *graph, rg_value *value, uint32_t from, uint32_t to)
{
    if (rg__value_is_node(*value) && rg__value_low(*value) == from) {
        *value = rg_value_node((rg_node){to});
    } else if (rg__value_is_items(*value)) {
        uint32_t offset = rg__value_low(*value);
        uint32_t count = header_at(graph, offset)->count;
        for (uint32_t i = 1; i <= count; i++) {
            rg_value item = {graph->arguments.items[offset + i]};
            rg__graph_redirect_value(graph, &item, from, to);
            graph->arguments.items[offset + i] = item.bits;
        }
    }
}

rg_status rg__graph_substitute_value(rg_value *out, rg_graph *graph, rg_value value, uint32_t from, rg_value to)
{
    *out = value;
    if (rg__value_is_node(value)) {
        *out = rg__value_low(value) == from ? to : value;
        return RG_OK;
    }
    if (!rg__value_is_items(value)) {
        return RG_OK;
    }
    const rg_allocator *allocator = &graph->context->allocator;
    uint32_t offset = rg__value_low(value);
    uint32_t count = header_at(graph, offset)->count;
    rg_value *items = rg__allocate(allocator, count * sizeof(*items));
    if (items == NULL) {
        return rg__report_memory(graph->context);
    }
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        rg_value item = {graph->arguments.items[offset + 1 + i]};
        status = rg__graph_substitute_value(&items[i], graph, item, from, to);
    }
    if (status == RG_OK) {
        status = rg_value_items(out, graph->context, graph, rg_value_get_kind(value), items, count);
    }
    rg__free(allocator, items, count * sizeof(*items));
    return status;
}
