/*
 * graph_clone.c: copying a graph, ids and all.
 */
#include "ir/graph_impl.h"

/* Copies are made to be changed: a few nodes more do not move what they are kept in. */
#define WITH_ROOM(count) ((count) + (count) / 8)

/* Copies `count` items into an empty vector. */
#define COPY_VECTOR(allocator, to, from)                                                                               \
    (rg__vector_reserve((allocator), (to), WITH_ROOM((uint64_t)(from)->count))                                         \
         ? ((from)->count == 0 ? true                                                                                  \
                               : (memcpy((to)->items, (from)->items, (from)->count * sizeof(*(from)->items)),          \
                                  (to)->count = (from)->count, true))                                                  \
         : false)

static bool copy_nodes(rg_graph *to, const rg_graph *from)
{
    if (!rg__graph_resize_block(to, WITH_ROOM(from->id_count))) {
        return false;
    }
    size_t used = (size_t)from->id_count + 1;
#define COPY(array) memcpy(to->array, from->array, used * sizeof(*from->array));
    RG_GRAPH_ARRAYS(COPY)
#undef COPY
    to->id_count = from->id_count;
    to->node_count = from->node_count;
    to->output = from->output;
    to->op_traits = from->op_traits;
    memcpy(to->free_uses, from->free_uses, sizeof(to->free_uses));
    const rg_allocator *allocator = &to->context->allocator;
    return COPY_VECTOR(allocator, &to->arguments, &from->arguments) && COPY_VECTOR(allocator, &to->uses, &from->uses) &&
           rg__map_copy(allocator, &to->nodes_by_name, &from->nodes_by_name) &&
           rg__map_copy(allocator, &to->name_numbers, &from->name_numbers);
}

rg_status rg__graph_clone_nodes(rg_graph **out, const rg_graph *graph)
{
    *out = NULL;
    rg_graph *copy;
    rg_status status = rg_graph_create(&copy, graph->context, graph->name);
    if (status == RG_OK && !copy_nodes(copy, graph)) {
        status = rg__report_memory(graph->context);
    }
    if (status == RG_OK) {
        status = rg__layout_clone(copy, graph);
    }
    if (status != RG_OK) {
        rg_graph_destroy(copy);
        return status;
    }
    *out = copy;
    return RG_OK;
}

rg_status rg_graph_clone(rg_graph **out, const rg_graph *graph)
{
    rg_graph *copy;
    rg_status status = rg__graph_clone_nodes(&copy, graph);
    *out = NULL;
    for (uint32_t i = 0; i < graph->children.count && status == RG_OK; i++) {
        rg_graph *child;
        status = rg_graph_clone(&child, graph->children.items[i]);
        if (status == RG_OK) {
            status = rg_graph_add_owned_child(copy, child);
            if (status != RG_OK) {
                rg_graph_destroy(child);
            }
        }
    }
    if (status != RG_OK) {
        rg_graph_destroy(copy);
        return status;
    }
    *out = copy;
    return RG_OK;
}
