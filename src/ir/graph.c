/*
 * graph.c: creating, growing and walking graphs, and reading nodes. Edits: graph_edit.c. Storage: graph_impl.h.
 */
#include "ir/graph_impl.h"

/* ---- storage ---- */

size_t rg__graph_block_size(const rg_graph *graph, uint32_t capacity)
{
    size_t per_node = 0;
#define ADD(array) per_node += sizeof(*graph->array);
    RG_GRAPH_ARRAYS(ADD)
#undef ADD
    return per_node * ((size_t)capacity + 1);
}

bool rg__graph_resize_block(rg_graph *graph, uint32_t capacity)
{
    const rg_allocator *allocator = &graph->context->allocator;
    size_t size = rg__graph_block_size(graph, capacity);
    char *block = rg__allocate(allocator, size);
    if (block == NULL) {
        return false;
    }
    size_t used = (size_t)graph->id_count + 1; /* the sentinel is zero at first; nodes are filled as they are made */
    char *at = block;
#define MOVE(array)                                                                                                    \
    {                                                                                                                  \
        if (graph->block == NULL) {                                                                                    \
            memset(at, 0, sizeof(*graph->array));                                                                      \
        } else {                                                                                                       \
            memcpy(at, graph->array, used * sizeof(*graph->array));                                                    \
        }                                                                                                              \
        graph->array = (void *)at;                                                                                     \
        at += ((size_t)capacity + 1) * sizeof(*graph->array);                                                          \
    }
    RG_GRAPH_ARRAYS(MOVE)
#undef MOVE
    rg__free(allocator, graph->block, graph->block == NULL ? 0 : rg__graph_block_size(graph, graph->capacity));
    graph->block = block;
    graph->capacity = capacity;
    return true;
}

bool rg__graph_reserve_nodes(rg_graph *graph, uint64_t count)
{
    if (count <= graph->capacity) {
        return true;
    }
    uint64_t capacity = graph->capacity < 8 ? 8 : (uint64_t)graph->capacity * 2;
    capacity = capacity < count ? count : capacity;
    return capacity < UINT32_MAX && rg__graph_resize_block(graph, (uint32_t)capacity);
}

rg_status rg_graph_create(rg_graph **out, rg_context *context, rg_string name)
{
    *out = NULL;
    rg_graph *graph = rg__allocate(&context->allocator, sizeof(*graph));
    if (graph == NULL) {
        return rg__report_memory(context);
    }
    memset(graph, 0, sizeof(*graph));
    graph->context = context;
    graph->name = rg__intern_string(context, name);
    if (graph->name.data == NULL || !rg__graph_resize_block(graph, 0)) {
        rg_graph_destroy(graph);
        return rg__report_memory(context);
    }
    *out = graph;
    return RG_OK;
}

void rg_graph_destroy(rg_graph *graph)
{
    if (graph == NULL) {
        return;
    }
    rg_context *context = graph->context;
    const rg_allocator *allocator = &context->allocator;
    for (uint32_t i = 0; i < graph->children.count; i++) {
        rg_graph_destroy(graph->children.items[i]);
    }
    rg__vector_free(allocator, &graph->children);
    rg__map_free(allocator, &graph->children_by_name);
    rg__vector_free(allocator, &graph->arguments);
    rg__vector_free(allocator, &graph->uses);
    rg__map_free(allocator, &graph->nodes_by_name);
    rg__map_free(allocator, &graph->name_numbers);
    rg__layout_free(graph);
    rg__free(allocator, graph->block, graph->block == NULL ? 0 : rg__graph_block_size(graph, graph->capacity));
    rg__free(allocator, graph, sizeof(*graph));
}

rg_graph_memory rg_graph_get_memory(const rg_graph *graph)
{
    size_t name_bytes = ((size_t)graph->capacity + 1) * (sizeof(*graph->types) + sizeof(*graph->names)) +
                        rg__map_bytes(&graph->nodes_by_name) + rg__map_bytes(&graph->name_numbers) +
                        rg__map_bytes(&graph->layout.parts);
    size_t all = sizeof(*graph) + rg__graph_block_size(graph, graph->capacity) +
                 (size_t)graph->arguments.capacity * sizeof(*graph->arguments.items) +
                 (size_t)graph->uses.capacity * sizeof(*graph->uses.items) +
                 (size_t)graph->children.capacity * sizeof(*graph->children.items) +
                 rg__map_bytes(&graph->children_by_name) + rg__map_bytes(&graph->nodes_by_name) +
                 rg__map_bytes(&graph->name_numbers) + rg__map_bytes(&graph->layout.parts);
    return (rg_graph_memory){all - name_bytes, name_bytes};
}

/* ---- the graph ---- */

rg_context *rg_graph_context(const rg_graph *graph)
{
    return graph->context;
}

rg_string rg_graph_name(const rg_graph *graph)
{
    return graph->name;
}

size_t rg_graph_node_count(const rg_graph *graph)
{
    return graph->node_count;
}

rg_node rg_graph_first(const rg_graph *graph)
{
    return (rg_node){graph->next[0]};
}

rg_node rg_graph_last(const rg_graph *graph)
{
    return (rg_node){graph->previous[0]};
}

rg_node rg_graph_next(const rg_graph *graph, rg_node node)
{
    return (rg_node){rg__graph_alive(graph, node.id) ? graph->next[node.id] : 0};
}

rg_node rg_graph_previous(const rg_graph *graph, rg_node node)
{
    return (rg_node){rg__graph_alive(graph, node.id) ? graph->previous[node.id] : 0};
}

rg_node rg_graph_output(const rg_graph *graph)
{
    return (rg_node){graph->output};
}

rg_node rg_graph_find(const rg_graph *graph, rg_string name)
{
    uint32_t id = rg__intern_find(&graph->context->strings, name.data, name.size);
    uint32_t node = 0;
    return (rg_node){id != 0 && rg__map_find(&graph->nodes_by_name, id, &node) ? node : 0};
}

bool rg_graph_precedes(const rg_graph *graph, rg_node a, rg_node b)
{
    return rg__graph_alive(graph, a.id) && rg__graph_alive(graph, b.id) && graph->order[a.id] < graph->order[b.id];
}

/* ---- one node ---- */

rg_op rg_node_op(const rg_graph *graph, rg_node node)
{
    return (rg_op){rg__graph_alive(graph, node.id) ? graph->op[node.id] : 0};
}

rg_op_kind rg_node_kind(const rg_graph *graph, rg_node node)
{
    return rg_op_get_kind(graph->context, rg_node_op(graph, node));
}

rg_string rg_node_name(const rg_graph *graph, rg_node node)
{
    return rg__string_get(graph->context, rg__graph_alive(graph, node.id) ? graph->names[node.id] : 0);
}

rg_string rg_node_target(const rg_graph *graph, rg_node node)
{
    if (rg__graph_alive(graph, node.id) && graph->records[node.id].hidden != 0) {
        rg_value target = {graph->arguments.items[graph->records[node.id].arguments]};
        return rg_value_as_text(graph->context, target);
    }
    bool is_placeholder = rg_node_kind(graph, node) == RG_OP_PLACEHOLDER;
    return is_placeholder ? rg_node_name(graph, node) : rg_op_name(graph->context, rg_node_op(graph, node));
}

rg_type rg_node_type(const rg_graph *graph, rg_node node)
{
    return (rg_type){rg__graph_alive(graph, node.id) ? graph->types[node.id] : 0};
}

size_t rg_node_argument_count(const rg_graph *graph, rg_node node)
{
    return rg__graph_alive(graph, node.id) ? rg__node_visible_count(graph, node.id) : 0;
}

size_t rg_node_positional_count(const rg_graph *graph, rg_node node)
{
    if (!rg__graph_alive(graph, node.id)) {
        return 0;
    }
    return rg__call_positional_count(graph->context, graph->calls[node.id], rg__node_visible_count(graph, node.id));
}

rg_value rg_node_argument(const rg_graph *graph, rg_node node, size_t index)
{
    if (index >= rg_node_argument_count(graph, node)) {
        return rg_value_missing();
    }
    return rg__node_argument(graph, node.id, (uint32_t)index);
}

rg_string rg_node_argument_name(const rg_graph *graph, rg_node node, size_t index)
{
    if (index >= rg_node_argument_count(graph, node)) {
        return (rg_string){"", 0};
    }
    return rg__call_argument_name(graph->context, graph->calls[node.id], (uint32_t)index);
}

rg_value rg_node_keyword(const rg_graph *graph, rg_node node, rg_string name)
{
    if (!rg__graph_alive(graph, node.id) || graph->calls[node.id] == 0) {
        return rg_value_missing();
    }
    uint32_t slot = rg__call_keyword_slot(graph->context, graph->calls[node.id], name);
    return slot == RG_CALL_NO_SLOT ? rg_value_missing() : rg__node_argument(graph, node.id, slot);
}

size_t rg_node_use_count(const rg_graph *graph, rg_node node)
{
    return rg__graph_alive(graph, node.id) ? graph->records[node.id].use_count : 0;
}

size_t rg_node_user_count(const rg_graph *graph, rg_node node)
{
    return rg__graph_alive(graph, node.id) ? graph->users[node.id] : 0;
}

rg_use rg_node_use(const rg_graph *graph, rg_node node, size_t index)
{
    if (index >= rg_node_use_count(graph, node)) {
        return (rg_use){{0}, 0};
    }
    rg_use_entry entry = graph->uses.items[graph->records[node.id].uses + index];
    return (rg_use){{entry.user}, entry.argument};
}

void rg_graph_set_type(rg_graph *graph, rg_node node, rg_type type)
{
    if (rg__graph_alive(graph, node.id)) {
        graph->types[node.id] = type.id;
    }
}
