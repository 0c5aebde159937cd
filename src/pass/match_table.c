/*
 * match_table.c: how often each pass matched, over all managers of a context (spec: vllm-passes 3.5). The counts are in
 * the context; run.c adds to them.
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

static rg_tally *find(const rg_context *context, rg_string pass)
{
    for (uint32_t i = 0; i < context->match_table.count; i++) {
        if (rg_string_equal(context->match_table.items[i].name, pass)) {
            return &context->match_table.items[i];
        }
    }
    return NULL;
}

rg_status rg__match_table_add(rg_context *context, rg_string pass, uint64_t matched)
{
    rg_tally *entry = find(context, pass);
    rg_tally added = {rg__intern_string(context, pass), matched};
    if (entry != NULL) {
        entry->count += matched;
        return RG_OK;
    }
    bool done = added.name.data != NULL && rg__vector_push(&context->allocator, &context->match_table, added);
    return done ? RG_OK : rg__report_memory(context);
}

size_t rg_match_table_count(const rg_context *context)
{
    return context->match_table.count;
}

rg_match_table_entry rg_match_table_get(const rg_context *context, size_t index)
{
    rg_match_table_entry entry = {{NULL, 0}, 0};
    if (index < context->match_table.count) {
        entry.pass = context->match_table.items[index].name;
        entry.matched = context->match_table.items[index].count;
    }
    return entry;
}

uint64_t rg_match_table_find(const rg_context *context, rg_string pass)
{
    const rg_tally *entry = find(context, pass);
    return entry == NULL ? 0 : entry->count;
}

size_t rg_match_table_snapshot(const rg_context *context, rg_match_table_entry *out, size_t capacity)
{
    size_t count = rg_match_table_count(context);
    for (size_t i = 0; i < count && i < capacity; i++) {
        out[i] = rg_match_table_get(context, i);
    }
    return count;
}

void rg_match_table_reset(rg_context *context)
{
    context->match_table.count = 0;
}
