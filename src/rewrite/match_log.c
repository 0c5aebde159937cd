/*
 * match_log.c: what was rewritten, by names, so that it can be told after the nodes are gone. Judged by numbers in
 * src/interp/follow.c.
 */
#include <regraft/match_log.h>

#include "rewrite/rewrite_impl.h"

struct rg_match_log {
    rg_context *context;
    rg_arena arena;
    RG_VECTOR(rg_logged_match) matches;
};

rg_status rg_match_log_create(rg_match_log **out, rg_context *context)
{
    rg_match_log *log = rg__allocate(&context->allocator, sizeof(*log));
    *out = log;
    if (log == NULL) {
        return rg__report_memory(context);
    }
    *log = (rg_match_log){.context = context};
    rg__arena_init(&log->arena, &context->allocator);
    return RG_OK;
}

void rg_match_log_destroy(rg_match_log *log)
{
    if (log != NULL) {
        const rg_allocator *allocator = &log->context->allocator;
        rg__vector_free(allocator, &log->matches);
        rg__arena_free(&log->arena);
        rg__free(allocator, log, sizeof(*log));
    }
}

size_t rg_match_log_count(const rg_match_log *log)
{
    return log->matches.count;
}

const rg_logged_match *rg_match_log_get(const rg_match_log *log, size_t index)
{
    return index < log->matches.count ? &log->matches.items[index] : NULL;
}

/* ---- adding ---- */

static bool copy_string(rg_string *out, rg_arena *arena, rg_string text)
{
    *out = rg__arena_copy(arena, text);
    return out->data != NULL;
}

static const rg_string *copy_strings(bool *good, rg_arena *arena, const rg_string *texts, size_t count)
{
    rg_string *copies = rg__arena_allocate(arena, count * sizeof(*copies));
    *good = *good && copies != NULL;
    for (size_t i = 0; i < count && *good; i++) {
        *good = copy_string(&copies[i], arena, texts[i]);
    }
    return copies;
}

rg_status rg_match_log_add(rg_match_log *log, const rg_logged_match *match)
{
    rg_logged_match copy = RG_LOGGED_MATCH_INIT;
    memcpy(&copy, match, match->struct_size < sizeof(copy) ? match->struct_size : sizeof(copy));
    copy.struct_size = sizeof(copy);
    bool good = copy_string(&copy.pass, &log->arena, copy.pass) && copy_string(&copy.rule, &log->arena, copy.rule) &&
                copy_string(&copy.graph, &log->arena, copy.graph) && copy_string(&copy.root, &log->arena, copy.root);
    copy.nodes = copy_strings(&good, &log->arena, copy.nodes, copy.node_count);
    copy.outputs = copy_strings(&good, &log->arena, copy.outputs, copy.output_count);
    copy.results = copy_strings(&good, &log->arena, copy.results, copy.output_count);
    copy.made = copy_strings(&good, &log->arena, copy.made, copy.made_count);
    good = good && rg__vector_push(&log->context->allocator, &log->matches, copy);
    return good ? RG_OK : rg__report_memory(log->context);
}

/* ---- recording ---- */

typedef rg_node (*node_function)(const rg_match *match, size_t index);

static const rg_string *names_of(bool *good, rg_arena *arena, const rg_match *match, size_t count, node_function get)
{
    rg_string *names = rg__arena_allocate_zero(arena, count * sizeof(*names));
    *good = *good && names != NULL;
    for (size_t i = 0; i < count && *good; i++) {
        rg_node node = get(match, i);
        names[i] = rg_node_is_null(node) ? rg_string_from("") : rg_node_name(match->graph, node);
    }
    return names;
}

/* "body.true_graph_0", seen from the outermost graph; nothing for that one itself. */
static void append_path(rg_buffer *out, const rg_graph *graph)
{
    const rg_graph *parent = rg_graph_parent(graph);
    if (parent != NULL) {
        append_path(out, parent);
        rg__buffer_append_text(out, out->size == 0 ? "" : ".");
        rg__buffer_append(out, rg_graph_name(graph));
    }
}

rg_status rg_match_log_record(rg_match_log *log, rg_string pass, const rg_match *match)
{
    rg_logged_match entry = RG_LOGGED_MATCH_INIT;
    rg_buffer path;
    rg_arena arena;
    bool good = true;
    rg__arena_init(&arena, &log->context->allocator);
    rg__buffer_init(&path, &log->context->allocator);
    append_path(&path, match->graph);
    entry.pass = pass;
    entry.rule = rg_rule_set_info(match->set, match->rule_index).name;
    entry.graph = rg__buffer_string(&path);
    entry.root = rg_node_name(match->graph, match->root);
    entry.node_count = match->node_count;
    entry.output_count = match->output_count;
    entry.made_count = rg_match_made_count(match);
    entry.nodes = names_of(&good, &arena, match, entry.node_count, rg_match_node);
    entry.outputs = names_of(&good, &arena, match, entry.output_count, rg_match_output);
    entry.results = names_of(&good, &arena, match, entry.output_count, rg_match_result);
    entry.made = names_of(&good, &arena, match, entry.made_count, rg_match_made);
    rg_status status = good && !path.failed ? rg_match_log_add(log, &entry) : rg__report_memory(log->context);
    rg__buffer_free(&path);
    rg__arena_free(&arena);
    return status;
}
