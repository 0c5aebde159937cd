/*
 * graph_child.c: submodules: the graphs that a graph owns.
 */
#include "ir/graph_impl.h"

size_t rg_graph_child_count(const rg_graph *graph)
{
    return graph->children.count;
}

rg_graph *rg_graph_child(const rg_graph *graph, size_t index)
{
    return index < graph->children.count ? graph->children.items[index] : NULL;
}

const rg_graph *rg_graph_parent(const rg_graph *graph)
{
    return graph->parent;
}

rg_graph *rg_graph_find_child(const rg_graph *graph, rg_string name)
{
    uint32_t id = rg__intern_find(&graph->context->strings, name.data, name.size);
    uint32_t index;
    bool found = id != 0 && rg__map_find(&graph->children_by_name, id, &index);
    return found ? graph->children.items[index] : NULL;
}

/* Levels of graphs below and including this one. */
static uint32_t height(const rg_graph *graph)
{
    uint32_t highest = 0;
    for (uint32_t i = 0; i < graph->children.count; i++) {
        uint32_t below = height(graph->children.items[i]);
        highest = below > highest ? below : highest;
    }
    return highest + 1;
}

rg_status rg_graph_add_owned_child(rg_graph *graph, rg_graph *child)
{
    rg_context *context = graph->context;
    uint32_t levels = height(child);
    bool is_ancestor = false;
    for (const rg_graph *at = graph; at != NULL; at = at->parent) {
        is_ancestor = is_ancestor || at == child;
        levels++;
    }
    if (is_ancestor || child->parent != NULL || child->context != context) {
        return rg__report(context, RG_ERROR_ARGUMENT, "'%s' cannot become a child: it has an owner or another context",
                          child->name.data);
    }
    if (levels > context->limits.max_depth) {
        return rg__report(context, RG_ERROR_LIMIT, "submodules are nested more than %u deep",
                          context->limits.max_depth);
    }
    if (rg_graph_find_child(graph, child->name) != NULL) {
        return rg__report(context, RG_ERROR_NAME, "there is already a submodule named '%s'", child->name.data);
    }
    uint32_t id = rg__string_id(context, child->name);
    if (id == 0 || !rg__vector_reserve(&context->allocator, &graph->children, (uint64_t)graph->children.count + 1) ||
        !rg__map_set(&context->allocator, &graph->children_by_name, id, graph->children.count)) {
        return rg__report_memory(context);
    }
    graph->children.items[graph->children.count++] = child;
    child->parent = graph;
    return RG_OK;
}

/* The children of `graph` belong to it. */
static void adopt_children(rg_graph *graph)
{
    for (uint32_t i = 0; i < graph->children.count; i++) {
        graph->children.items[i]->parent = graph;
    }
}

void rg__graph_swap(rg_graph *a, rg_graph *b)
{
    rg_graph *parent_a = a->parent;
    rg_graph *parent_b = b->parent;
    rg_graph moved = *a;
    *a = *b;
    *b = moved;
    a->parent = parent_a;
    b->parent = parent_b;
    adopt_children(a);
    adopt_children(b);
}

void rg__graph_restore_nodes(rg_graph *graph, rg_graph *copy)
{
    rg__graph_swap(graph, copy);
    rg_graph kept = *copy;
    copy->children = graph->children;
    copy->children_by_name = graph->children_by_name;
    graph->children = kept.children;
    graph->children_by_name = kept.children_by_name;
    adopt_children(graph);
}

void rg__graph_drop_last_child(rg_graph *graph)
{
    rg_graph *child = graph->children.items[--graph->children.count];
    (void)rg__map_remove(&graph->children_by_name, rg__string_id(graph->context, child->name));
    child->parent = NULL;
    rg_graph_destroy(child);
}
