/*
 * type_memory.c: sizes, types and inferred types are worked out once in a run: layers of a model repeat them.
 *
 * What a size or type of a rule comes to depends on what its symbols are bound to and on the device; what a call gives,
 * on its op, its spelling, its constants and the types of what it reads. Such facts, as words, are interned, and what
 * was found is kept by their ids. The memory begins anew when it has grown large, so that it stays small in a graph
 * where nothing repeats.
 */
#include "rewrite/rewrite_impl.h"

enum {
    MAX_KEYS = 4096,
    MAX_ANSWERS = 16384,
    /* The first words of keys. */
    KEY_BINDINGS = 1,
    KEY_CALL = 2
};

void rg__type_memory_init(rg_type_memory *memory, const rg_allocator *allocator)
{
    *memory = (rg_type_memory){.bindings = 0};
    rg__arena_init(&memory->arena, allocator);
    rg__intern_init(&memory->keys, &memory->arena, NULL);
}

void rg__type_memory_free(rg_type_memory *memory)
{
    const rg_allocator *allocator = memory->arena.allocator;
    rg__intern_free(&memory->keys);
    rg__map_free(allocator, &memory->sizes);
    rg__map_free(allocator, &memory->types);
    rg__map_free(allocator, &memory->inferred);
    rg__vector_free(allocator, &memory->words);
    rg__arena_free(&memory->arena);
}

void rg__type_memory_begin(rg_type_memory *memory)
{
    memory->bindings = 0;
    if (memory->keys.items.count > MAX_KEYS || memory->sizes.count > MAX_ANSWERS || memory->types.count > MAX_ANSWERS) {
        const rg_allocator *allocator = memory->arena.allocator;
        rg__type_memory_free(memory);
        rg__type_memory_init(memory, allocator);
    }
}

/* ---- keys ---- */

static bool add_word(rg_type_memory *memory, uint64_t word)
{
    return rg__vector_push(memory->arena.allocator, &memory->words, word);
}

/* 0 when memory is out. */
static uint32_t intern_words(rg_type_memory *memory)
{
    return rg__intern(&memory->keys, memory->words.items, memory->words.count * sizeof(uint64_t));
}

/* The key of what the match at hand binds. */
static rg_status find_bindings(rg_rewrite *rewrite)
{
    rg_type_memory *memory = &rewrite->memory;
    rg_device device = rewrite->match->device;
    if (memory->bindings != 0) {
        return RG_OK;
    }
    memory->words.count = 0;
    bool done = add_word(memory, KEY_BINDINGS) && add_word(memory, (uint64_t)(uintptr_t)device.kind) &&
                add_word(memory, (uint64_t)(int64_t)device.index);
    for (size_t i = 0; i < rewrite->sizes.count && done; i++) {
        done = add_word(memory, (uint64_t)rewrite->sizes.symbols[i].id << 32 | rewrite->sizes.sizes[i].id);
    }
    memory->bindings = done ? intern_words(memory) : 0;
    return memory->bindings == 0 ? rg__report_memory(rewrite->context) : RG_OK;
}

/* ---- sizes and types of the rule ---- */

rg_status rg__rewrite_known_size(rg_size *out, rg_rewrite *rewrite, rg_size size)
{
    rg_type_memory *memory = &rewrite->memory;
    int64_t ignored = 0;
    *out = size;
    if (rg_size_as_int(rewrite->context, size, &ignored)) {
        return RG_OK;
    }
    rg_status status = find_bindings(rewrite);
    uint64_t key = (uint64_t)memory->bindings << 32 | size.id;
    if (status != RG_OK || rg__map_find(&memory->sizes, key, &out->id)) {
        return status;
    }
    status = rg__known_size(out, rewrite->context, size, &rewrite->sizes);
    return status == RG_OK && !rg__map_set(memory->arena.allocator, &memory->sizes, key, out->id)
               ? rg__report_memory(rewrite->context)
               : status;
}

rg_status rg__rewrite_known_type(rg_type *out, rg_rewrite *rewrite, rg_type type)
{
    rg_type_memory *memory = &rewrite->memory;
    *out = type;
    if (rg_type_is_null(type)) {
        return RG_OK;
    }
    rg_status status = find_bindings(rewrite);
    uint64_t key = (uint64_t)memory->bindings << 32 | type.id;
    if (status != RG_OK || rg__map_find(&memory->types, key, &out->id)) {
        return status;
    }
    status = rg__rewrite_substitute_type(out, rewrite, type);
    return status == RG_OK && !rg__map_set(memory->arena.allocator, &memory->types, key, out->id)
               ? rg__report_memory(rewrite->context)
               : status;
}

/* ---- calls ---- */

typedef struct rg_call_key {
    rg_type_memory *memory;
    const rg_graph *graph;
    bool is_complete; /* the types of all nodes that are read are known */
} rg_call_key;

/* Nodes count by their types, lists item by item. False when memory is out. */
static bool add_value(rg_call_key *key, rg_value value)
{
    const rg_graph *graph = key->graph;
    if (rg__value_is_node(value)) {
        uint32_t type = graph->types[rg__value_low(value)];
        key->is_complete = key->is_complete && type != 0;
        return add_word(key->memory, rg__value_make(RG_TAG_NODE, 0, type).bits);
    }
    if (!rg__value_is_items(value)) {
        return add_word(key->memory, value.bits);
    }
    size_t count = rg_value_count(graph->context, graph, value);
    bool done = add_word(key->memory, rg__value_make(RG_TAG_ITEMS, rg_value_get_kind(value), (uint32_t)count).bits);
    for (size_t i = 0; i < count && done; i++) {
        done = add_value(key, rg_value_item(graph->context, graph, value, i));
    }
    return done;
}

/* Does the result's type follow from the words of the key? Not where a function of the caller's infers, which may look
 * at anything, and where a submodule is called. Built-in ops infer from types and constants alone. */
static bool follows(const rg_graph *graph, uint32_t id)
{
    const rg_op_descriptor *op = rg__op_descriptor(graph->context, (rg_op){graph->op[id]});
    rg_op schema_op = rg__node_schema_op(graph, id);
    const rg_op_descriptor *called = schema_op.id == graph->op[id] ? op : rg__op_descriptor(graph->context, schema_op);
    return op->row != NULL && op->infer == NULL && called->row != NULL && called->infer == NULL &&
           (called != op || op->kind != RG_OP_HIGHER_ORDER);
}

rg_status rg__rewrite_infer(rg_type *out, rg_rewrite *rewrite, rg_node node)
{
    rg_type_memory *memory = &rewrite->memory;
    rg_graph *graph = rewrite->graph;
    if (!follows(graph, node.id)) {
        return rg_node_infer(out, graph, node);
    }
    rg_call_key key = {memory, graph, true};
    uint32_t count = rg__node_visible_count(graph, node.id);
    memory->words.count = 0;
    bool done = add_word(memory, KEY_CALL) &&
                add_word(memory, (uint64_t)graph->calls[node.id] << 32 | graph->op[node.id]) &&
                add_word(memory, (uint64_t)count << 32 | graph->types[node.id]);
    for (uint32_t i = 0; i < count && done; i++) {
        done = add_value(&key, rg__node_argument(graph, node.id, i));
    }
    uint32_t id = done && key.is_complete ? intern_words(memory) : 0;
    if (!done || (key.is_complete && id == 0)) {
        return rg__report_memory(rewrite->context);
    }
    if (id != 0 && rg__map_find(&memory->inferred, id, &out->id)) {
        return RG_OK;
    }
    rg_status status = rg_node_infer(out, graph, node);
    return status == RG_OK && id != 0 && !rg__map_set(memory->arena.allocator, &memory->inferred, id, out->id)
               ? rg__report_memory(rewrite->context)
               : status;
}
