/*
 * context.c: creating and destroying contexts, limits, strings. What a context holds: context_impl.h.
 */
#include "ir/context_impl.h"

enum {
    /* Values, types and submodules are walked recursively; this bounds the C stack whatever the caller asks for. */
    LARGEST_DEPTH = 10000
};

static rg_limits fill_limits(rg_limits limits)
{
    limits.max_input_bytes = limits.max_input_bytes == 0 ? (uint64_t)1 << 30 : limits.max_input_bytes;
    limits.max_line_bytes = limits.max_line_bytes == 0 ? (uint64_t)16 << 20 : limits.max_line_bytes;
    limits.max_depth = limits.max_depth == 0 ? 200 : limits.max_depth;
    limits.max_depth = limits.max_depth > LARGEST_DEPTH ? LARGEST_DEPTH : limits.max_depth;
    limits.max_nodes = limits.max_nodes == 0 ? 1u << 24 : limits.max_nodes;
    limits.max_search_steps = limits.max_search_steps == 0 ? 10000 : limits.max_search_steps;
    limits.max_diagnostics = limits.max_diagnostics == 0 ? 100 : limits.max_diagnostics;
    return limits;
}

static void init_tables(rg_context *context)
{
    const rg_context *parent = context->parent;
    rg__arena_init(&context->arena, &context->allocator);
    rg__intern_init(&context->strings, &context->arena, parent == NULL ? NULL : &parent->strings);
    rg__intern_init(&context->sizes, &context->arena, parent == NULL ? NULL : &parent->sizes);
    rg__intern_init(&context->types, &context->arena, parent == NULL ? NULL : &parent->types);
    rg__intern_init(&context->aggregates, &context->arena, parent == NULL ? NULL : &parent->aggregates);
    rg__intern_init(&context->calls, &context->arena, parent == NULL ? NULL : &parent->calls);
    rg__intern_init(&context->op_names, &context->arena, parent == NULL ? NULL : &parent->op_names);
}

rg_status rg_context_create(rg_context **out, const rg_context_options *options)
{
    *out = NULL;
    rg_context_options given = RG_CONTEXT_OPTIONS_INIT;
    if (options != NULL) {
        /* Fields that an older caller does not know keep their defaults. */
        size_t size = options->struct_size < sizeof(given) ? options->struct_size : sizeof(given);
        memcpy(&given, options, size);
    }
    const rg_allocator *allocator = given.allocator == NULL ? rg__default_allocator() : given.allocator;
    rg_context *context = rg__allocate(allocator, sizeof(*context));
    if (context == NULL) {
        return RG_ERROR_MEMORY;
    }
    memset(context, 0, sizeof(*context));
    context->allocator = *allocator;
    context->parent = given.parent;
    context->limits = fill_limits(given.limits);
    init_tables(context);
    if (!rg__ops_init(context)) {
        rg_context_destroy(context);
        return RG_ERROR_MEMORY;
    }
    *out = context;
    return RG_OK;
}

void rg_context_destroy(rg_context *context)
{
    if (context == NULL) {
        return;
    }
    rg_allocator allocator = context->allocator;
    rg__intern_free(&context->strings);
    rg__intern_free(&context->sizes);
    rg__intern_free(&context->types);
    rg__intern_free(&context->aggregates);
    rg__intern_free(&context->calls);
    rg__intern_free(&context->op_names);
    rg__map_free(&allocator, &context->name_stems);
    rg__map_free(&allocator, &context->size_lists);
    rg__vector_free(&allocator, &context->call_maps);
    rg__vector_free(&allocator, &context->match_table);
    rg__vector_free(&allocator, &context->diagnostics);
    rg__ops_free(context);
    rg__arena_free(&context->arena);
    rg__free(&allocator, context, sizeof(*context));
}

rg_limits rg_context_limits(const rg_context *context)
{
    return context->limits;
}

/* ---- strings ---- */

uint32_t rg__string_id(rg_context *context, rg_string text)
{
    return rg__intern(&context->strings, text.data, text.size);
}

rg_string rg__string_get(const rg_context *context, uint32_t id)
{
    return rg__intern_get(&context->strings, id);
}

rg_string rg__intern_string(rg_context *context, rg_string text)
{
    uint32_t id = rg__string_id(context, text);
    return id == 0 ? (rg_string){NULL, 0} : rg__string_get(context, id);
}

rg_status rg_context_intern(rg_string *out, rg_context *context, rg_string text)
{
    *out = rg__intern_string(context, text);
    return out->data == NULL ? rg__report_memory(context) : RG_OK;
}
