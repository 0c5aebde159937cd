/*
 * call.c: how calls spell their arguments: how many are positional and which names the others have.
 *
 * A spelling is interned as a record of 32-bit words, so that a node needs one id for it. Beside each record stands a
 * map from schema arguments to stored ones. Calls that have only positional arguments are spelling 0.
 */
#include "ir/graph_impl.h"

#define WRAPPER "higher_order.auto_functionalized"

/* WORD_NAMES_COPIES follows from the names: 1 for a wrapper with an argument like _only_clone_these_tensors. */
enum { WORD_OP, WORD_WRAPPED, WORD_NAMES_COPIES, WORD_POSITIONAL, WORD_COUNT, WORD_FIRST_NAME };

bool rg__op_is_wrapper(const rg_context *context, rg_op op)
{
    const rg_op_descriptor *descriptor = rg__op_descriptor(context, op);
    size_t size = sizeof(WRAPPER) - 1;
    /* Version 2 of the op differs in how it hands over the mutated arguments: see call_wrapped.c. */
    return descriptor->kind == RG_OP_HIGHER_ORDER && descriptor->name.size >= size &&
           memcmp(descriptor->name.data, WRAPPER, size) == 0 &&
           (descriptor->name.size == size || strcmp(descriptor->name.data + size, "_v2") == 0);
}

bool rg__op_wraps_bases(const rg_context *context, rg_op op)
{
    return rg__op_is_wrapper(context, op) && rg__op_descriptor(context, op)->name.data[sizeof(WRAPPER) - 1] != '\0';
}

rg_op rg__op_second_wrapper(const rg_context *context)
{
    return rg_context_find_op(context, rg_string_from(WRAPPER "_v2"));
}

/* The stored argument that is schema argument `index`, by position or by name. */
static uint32_t find_slot(const rg_context *context, const rg_schema *schema, const uint32_t *record, uint32_t index)
{
    const rg_schema_argument *argument = &schema->arguments[index];
    /* In a call of a wrapper the first argument is the wrapped op, and all others are named. */
    if (record[WORD_WRAPPED] == 0 && index < record[WORD_POSITIONAL] && !argument->keyword_only) {
        return index;
    }
    for (uint32_t i = 0; i < record[WORD_COUNT]; i++) {
        if (rg_string_equal(rg__string_get(context, record[WORD_FIRST_NAME + i]), argument->name)) {
            return record[WORD_POSITIONAL] + i;
        }
    }
    return RG_CALL_NO_SLOT;
}

static const uint32_t *record_of(const rg_context *context, uint32_t call)
{
    return (const void *)rg__intern_get(&context->calls, call).data;
}

static rg_op schema_op(const uint32_t *record)
{
    return (rg_op){(uint16_t)(record[WORD_WRAPPED] != 0 ? record[WORD_WRAPPED] : record[WORD_OP])};
}

/* Make the map that stands beside the newest record. */
static rg_status add_map(rg_context *context, const uint32_t *record)
{
    const rg_schema *schema = rg__op_descriptor(context, schema_op(record))->schema;
    rg_call_map *map = NULL;
    if (schema != NULL) {
        size_t size = sizeof(*map) + schema->argument_count * sizeof(map->slots[0]);
        map = rg__arena_allocate(&context->arena, size);
        if (map == NULL) {
            return rg__report_memory(context);
        }
        map->schema = schema;
        for (uint32_t i = 0; i < schema->argument_count; i++) {
            map->slots[i] = (uint16_t)find_slot(context, schema, record, i);
        }
    }
    return rg__vector_push(&context->allocator, &context->call_maps, map) ? RG_OK : rg__report_memory(context);
}

static rg_status intern_record(uint32_t *out, rg_context *context, const uint32_t *record)
{
    size_t size = (WORD_FIRST_NAME + record[WORD_COUNT]) * sizeof(*record);
    uint32_t id = rg__intern_find(&context->calls, record, size);
    if (id == 0) {
        /* The map comes first, since no id may be without one; a map whose record then failed is dropped here. */
        context->call_maps.count = rg__intern_count(&context->calls) - (context->calls.first_id - 1);
        rg_status status = add_map(context, record);
        if (status != RG_OK) {
            return status;
        }
        id = rg__intern(&context->calls, record, size);
        if (id == 0) {
            return rg__report_memory(context);
        }
    }
    *out = id;
    return RG_OK;
}

/* Keyword names must be names, and each given once. Quadratic, but a call has few. */
static rg_status fill_names(uint32_t *names, rg_context *context, const rg_argument *keywords, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        names[i] = rg__string_id(context, keywords[i].name);
        if (names[i] == 0) {
            return rg__report_memory(context);
        }
        for (size_t j = 0; j < i; j++) {
            if (names[j] == names[i]) {
                return rg__report(context, RG_ERROR_ARGUMENT, "keyword argument '%s' is given twice",
                                  rg__string_get(context, names[i]).data);
            }
        }
    }
    return RG_OK;
}

static bool names_copies(const rg_argument *keywords, size_t count)
{
    static const char prefix[] = "_only_clone_these_";
    size_t size = sizeof(prefix) - 1;
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = keywords[i].name.size > size && memcmp(keywords[i].name.data, prefix, size) == 0;
    }
    return found;
}

rg_status rg__call_intern(uint32_t *out, rg_context *context, rg_op op, const rg_argument *arguments, size_t count)
{
    *out = 0;
    size_t positional = 0;
    while (positional < count && arguments[positional].name.size == 0) {
        positional++;
    }
    for (size_t i = positional; i < count; i++) {
        if (arguments[i].name.size == 0) {
            return rg__report(context, RG_ERROR_ARGUMENT, "a positional argument follows keyword arguments");
        }
    }
    bool is_wrapper = positional != 0 && rg__op_is_wrapper(context, op);
    if (positional == count && !is_wrapper) {
        return RG_OK;
    }
    size_t keywords = count - positional;
    size_t size = (WORD_FIRST_NAME + keywords) * sizeof(uint32_t);
    uint32_t *record = rg__allocate(&context->allocator, size);
    if (record == NULL) {
        return rg__report_memory(context);
    }
    record[WORD_OP] = op.id;
    record[WORD_WRAPPED] = is_wrapper ? rg_value_as_op(arguments[0].value).id : 0;
    record[WORD_NAMES_COPIES] = is_wrapper && names_copies(&arguments[positional], keywords) ? 1 : 0;
    record[WORD_POSITIONAL] = (uint32_t)positional;
    record[WORD_COUNT] = (uint32_t)keywords;
    rg_status status = fill_names(&record[WORD_FIRST_NAME], context, &arguments[positional], keywords);
    if (status == RG_OK && record[WORD_WRAPPED] != 0) {
        status = rg__op_prepare(context, schema_op(record));
    }
    if (status == RG_OK) {
        status = intern_record(out, context, record);
    }
    rg__free(&context->allocator, record, size);
    return status;
}

rg_status rg__call_respell(uint32_t *out, const rg_graph *graph, uint32_t id, rg_value first)
{
    rg_context *context = graph->context;
    *out = graph->calls[id];
    const uint32_t *record = *out == 0 ? NULL : record_of(context, *out);
    if (record == NULL || !rg__op_is_wrapper(context, (rg_op){graph->op[id]})) {
        return RG_OK;
    }
    size_t size = (WORD_FIRST_NAME + record[WORD_COUNT]) * sizeof(*record);
    uint32_t *copy = rg__allocate(&context->allocator, size);
    if (copy == NULL) {
        return rg__report_memory(context);
    }
    memcpy(copy, record, size);
    copy[WORD_WRAPPED] = rg_value_as_op(first).id;
    rg_status status = copy[WORD_WRAPPED] == 0 ? RG_OK : rg__op_prepare(context, schema_op(copy));
    if (status == RG_OK) {
        status = intern_record(out, context, copy);
    }
    rg__free(&context->allocator, copy, size);
    return status;
}

uint32_t rg__call_positional_count(const rg_context *context, uint32_t call, uint32_t argument_count)
{
    return call == 0 ? argument_count : record_of(context, call)[WORD_POSITIONAL];
}

uint32_t rg__call_keyword_count(const rg_context *context, uint32_t call)
{
    return call == 0 ? 0 : record_of(context, call)[WORD_COUNT];
}

rg_string rg__call_argument_name(const rg_context *context, uint32_t call, uint32_t index)
{
    const uint32_t *record = call == 0 ? NULL : record_of(context, call);
    if (record == NULL || index < record[WORD_POSITIONAL] || index - record[WORD_POSITIONAL] >= record[WORD_COUNT]) {
        return (rg_string){"", 0};
    }
    return rg__string_get(context, record[WORD_FIRST_NAME + index - record[WORD_POSITIONAL]]);
}

uint32_t rg__call_keyword_slot(const rg_context *context, uint32_t call, rg_string name)
{
    const uint32_t *record = record_of(context, call);
    uint32_t id = record[WORD_COUNT] == 0 ? 0 : rg__intern_find(&context->strings, name.data, name.size);
    for (uint32_t i = 0; id != 0 && i < record[WORD_COUNT]; i++) {
        if (record[WORD_FIRST_NAME + i] == id) {
            return record[WORD_POSITIONAL] + i;
        }
    }
    return RG_CALL_NO_SLOT;
}

bool rg__call_names_copies(const rg_context *context, uint32_t call)
{
    return call != 0 && record_of(context, call)[WORD_NAMES_COPIES] != 0;
}

rg_op rg__node_schema_op(const rg_graph *graph, uint32_t id)
{
    return graph->calls[id] == 0 ? (rg_op){graph->op[id]} : schema_op(record_of(graph->context, graph->calls[id]));
}

uint32_t rg__node_schema_slot(const rg_graph *graph, uint32_t id, const rg_schema *schema, uint32_t index)
{
    uint32_t call = graph->calls[id];
    if (call == 0) {
        bool written = index < rg__node_visible_count(graph, id) && !schema->arguments[index].keyword_only;
        return written ? index : RG_CALL_NO_SLOT;
    }
    const rg_context *context = graph->context;
    const rg_context *owner = context;
    while (call < owner->calls.first_id) {
        owner = owner->parent;
    }
    const rg_call_map *map = owner->call_maps.items[call - owner->calls.first_id];
    /* An op that gained its schema after the call was spelled has no map there. */
    return map != NULL && map->schema == schema ? map->slots[index]
                                                : find_slot(context, schema, record_of(context, call), index);
}

rg_value rg_node_schema_argument(const rg_graph *graph, rg_node node, size_t index)
{
    if (!rg__graph_alive(graph, node.id)) {
        return rg_value_missing();
    }
    rg_op op = rg__node_schema_op(graph, node.id);
    const rg_schema *schema = rg__op_descriptor(graph->context, op)->schema;
    if (schema == NULL) {
        return index < rg_node_positional_count(graph, node) ? rg_node_argument(graph, node, index)
                                                             : rg_value_missing();
    }
    if (index >= schema->argument_count) {
        return rg_value_missing();
    }
    uint32_t slot = rg__node_schema_slot(graph, node.id, schema, (uint32_t)index);
    if (slot != RG_CALL_NO_SLOT) {
        return rg__node_argument(graph, node.id, slot);
    }
    if (schema->arguments[index].mutated && op.id != graph->op[node.id]) {
        rg_value base = rg__node_written_base(graph, node, schema->arguments[index].name);
        if (!rg_value_is_missing(base)) {
            return base;
        }
    }
    return schema->arguments[index].default_value;
}
