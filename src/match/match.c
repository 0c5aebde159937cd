/*
 * match.c: matches and lists of matches: making them from an attempt's bindings, and reading them.
 */
#include "match/search.h"

/* ---- making ---- */

static const rg_value *copy_inputs(rg_search *search, rg_arena *arena)
{
    rg_value *inputs = rg__arena_allocate(arena, search->pattern->input_count * sizeof(*inputs));
    for (uint32_t i = 0; inputs != NULL && i < search->pattern->input_count; i++) {
        inputs[i] = rg__captured_outside(search, i);
    }
    return inputs;
}

static const rg_node *copy_outputs(rg_search *search, rg_arena *arena)
{
    const rg_pattern *pattern = search->pattern;
    rg_node *outputs = rg__arena_allocate(arena, pattern->result_count * sizeof(*outputs));
    for (uint32_t i = 0; outputs != NULL && i < pattern->result_count; i++) {
        rg_pattern_place place = pattern->results[i];
        outputs[i] = (rg_node){0};
        if (place.kind == RG_PATTERN_NODE) {
            outputs[i] = search->now->nodes[place.index];
        } else if (place.kind == RG_PATTERN_INPUT) {
            outputs[i] = rg_value_as_node(rg__captured_outside(search, place.index));
        }
    }
    return outputs;
}

static const void *copy_array(rg_arena *arena, const void *items, size_t size)
{
    void *copy = rg__arena_allocate(arena, size);
    if (copy != NULL && size != 0) {
        memcpy(copy, items, size);
    }
    return copy;
}

rg_status rg__match_make(rg_match **out, rg_search *search, rg_arena *arena)
{
    const rg_pattern *pattern = search->pattern;
    rg_match *match = rg__arena_allocate(arena, sizeof(*match));
    *out = NULL;
    if (match == NULL) {
        return rg__report_memory(search->context);
    }
    *match = (rg_match){
        .graph = search->graph,
        .set = search->set,
        .rule = search->rule,
        .rule_index = search->rule_index,
        .root = search->now->nodes[pattern->anchors[0]],
        .assigned = copy_array(arena, search->now->nodes, pattern->node_count * sizeof(rg_node)),
        .outputs = copy_outputs(search, arena),
        .output_count = pattern->result_count,
        .inputs = copy_inputs(search, arena),
        .symbols = copy_array(arena, search->now->symbols, pattern->symbol_count * sizeof(rg_size)),
        .device = search->now->device,
    };
    rg_status status = rg__match_nodes(&match->nodes, &match->node_count, search, arena);
    if (status == RG_OK && pattern->repetition_count != 0) {
        status = rg__repeated_nodes(&match->repeated, &match->repeated_count, search, arena);
    }
    if (status != RG_OK) {
        return status;
    }
    if (match->assigned == NULL || match->outputs == NULL || match->inputs == NULL || match->symbols == NULL) {
        return rg__report_memory(search->context);
    }
    *out = match;
    return RG_OK;
}

rg_status rg__match_copy(rg_match **out, const rg_match *match, rg_context *context, rg_arena *arena)
{
    const rg_pattern *pattern = match->rule->compiled;
    rg_match *copy = rg__arena_allocate(arena, sizeof(*copy));
    *out = NULL;
    if (copy == NULL) {
        return rg__report_memory(context);
    }
    *copy = *match;
    copy->order = (rg_match_order){0}; /* that of now: the graph may change before the match is applied */
    copy->nodes = copy_array(arena, match->nodes, match->node_count * sizeof(*match->nodes));
    copy->assigned = copy_array(arena, match->assigned, pattern->node_count * sizeof(*match->assigned));
    if (match->repeated_count != 0) {
        copy->repeated = copy_array(arena, match->repeated, match->repeated_count * sizeof(*match->repeated));
    }
    copy->outputs = copy_array(arena, match->outputs, match->output_count * sizeof(*match->outputs));
    copy->inputs = copy_array(arena, match->inputs, pattern->input_count * sizeof(*match->inputs));
    copy->symbols = copy_array(arena, match->symbols, pattern->symbol_count * sizeof(*match->symbols));
    if (copy->nodes == NULL || copy->assigned == NULL || (match->repeated_count != 0 && copy->repeated == NULL) ||
        copy->outputs == NULL || copy->inputs == NULL || copy->symbols == NULL) {
        return rg__report_memory(context);
    }
    *out = copy;
    return RG_OK;
}

/* What the guard sees of the match. */
static rg_status open_scope(rg_scalar_scope *scope, const rg_match *match, rg_arena *arena)
{
    const rg_rule *rule = match->rule;
    rg_context *context = rg_graph_context(match->graph);
    *scope = (rg_scalar_scope){
        context, rule, match->graph, match->inputs, {rule->symbols, match->symbols, rule->symbol_count}, NULL};
    scope->known = rg__arena_allocate(arena, (rule->guard->id_count + (size_t)1) * sizeof(*scope->known));
    return scope->known == NULL ? rg__report_memory(context) : RG_OK;
}

rg_status rg__match_accepts(bool *out, const rg_match *match, rg_arena *arena)
{
    const rg_rule *rule = match->rule;
    *out = true;
    if (rule->guard != NULL) {
        rg_scalar_scope scope;
        rg_status status = open_scope(&scope, match, arena);
        if (status == RG_OK) {
            status = rg__guard_holds(out, &scope);
        }
        if (status != RG_OK) {
            return status;
        }
    }
    return *out && rule->check != NULL ? rule->check(out, match, rule->user) : RG_OK;
}

rg_status rg__match_blame(rg_node *out, const rg_match *match, rg_arena *arena)
{
    rg_scalar_scope scope;
    bool holds = true;
    *out = (rg_node){0};
    rg_status status = match->rule->guard == NULL ? RG_OK : open_scope(&scope, match, arena);
    if (status == RG_OK && match->rule->guard != NULL) {
        status = rg__guard_holds(&holds, &scope);
    }
    return status == RG_OK && !holds ? rg__guard_blame(out, &scope) : status;
}

/* ---- reading ---- */

const rg_graph *rg_match_graph(const rg_match *match)
{
    return match->graph;
}

size_t rg_match_rule(const rg_match *match)
{
    return match->rule_index;
}

rg_node rg_match_root(const rg_match *match)
{
    return match->root;
}

size_t rg_match_node_count(const rg_match *match)
{
    return match->node_count;
}

rg_node rg_match_node(const rg_match *match, size_t index)
{
    return index < match->node_count ? match->nodes[index] : (rg_node){0};
}

size_t rg_match_output_count(const rg_match *match)
{
    return match->output_count;
}

rg_node rg_match_output(const rg_match *match, size_t index)
{
    return index < match->output_count ? match->outputs[index] : (rg_node){0};
}

rg_value rg_match_input(const rg_match *match, rg_string name)
{
    for (size_t i = 0; i < match->rule->input_count; i++) {
        if (rg_string_equal(match->rule->inputs[i].name, name)) {
            return match->inputs[i];
        }
    }
    return rg_value_missing();
}

rg_size rg_match_size(const rg_match *match, rg_string name)
{
    const rg_context *context = rg_graph_context(match->graph);
    for (size_t i = 0; i < match->rule->symbol_count; i++) {
        if (rg_string_equal(rg_size_as_symbol(context, match->rule->symbols[i]), name)) {
            return match->symbols[i];
        }
    }
    return (rg_size){0};
}

/* ---- lists ---- */

size_t rg_match_list_count(const rg_match_list *list)
{
    return list->matches.count;
}

const rg_match *rg_match_list_get(const rg_match_list *list, size_t index)
{
    return index < list->matches.count ? list->matches.items[index] : NULL;
}

size_t rg_match_list_gave_up(const rg_match_list *list)
{
    return list->gave_up;
}

rg_status rg__match_list_create(rg_match_list **out, rg_context *context)
{
    rg_match_list *list = rg__allocate(&context->allocator, sizeof(*list));
    *out = list;
    if (list == NULL) {
        return rg__report_memory(context);
    }
    *list = (rg_match_list){.context = context};
    rg__arena_init(&list->arena, &context->allocator);
    return RG_OK;
}

void rg_match_list_destroy(rg_match_list *list)
{
    if (list != NULL) {
        const rg_allocator *allocator = &list->context->allocator;
        rg__vector_free(allocator, &list->matches);
        rg__arena_free(&list->arena);
        rg__free(allocator, list, sizeof(*list));
    }
}
