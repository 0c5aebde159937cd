/*
 * match_items.c: matching what a pattern says of each item of a list, `[f(x) for x in xs]`, with a list of the graph of
 * any length. Item by item: the part is matched as if it stood there alone, with nodes of its own; what it shares with
 * the rest of the pattern is bound once. What the items stand for is the captured list.
 */
#include "ir/context_impl.h"
#include "match/search.h"
#include "rule/repetition.h"

static bool is_sequence(rg_value value)
{
    return rg_value_get_kind(value) == RG_VALUE_LIST || rg_value_get_kind(value) == RG_VALUE_TUPLE;
}

/* ---- what has been matched for items ---- */

bool rg__search_repeats(const rg_search *search, rg_node node)
{
    for (const rg_repeated *at = search->now->repeated; at != NULL; at = at->next) {
        if (rg_node_same(at->node, node)) {
            return true;
        }
    }
    return false;
}

static bool keep(rg_search *search, rg_node node)
{
    rg_repeated *kept = rg__arena_allocate(search->arena, sizeof(*kept));
    if (kept == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    *kept = (rg_repeated){node, search->now->repeated};
    search->now->repeated = kept;
    return true;
}

/* ---- items ---- */

/* Number `search->now->item_number` of the results of a call: its getitem. */
static bool agree_result(rg_search *search, const rg_pattern_item *item, rg_node node)
{
    int64_t index = -1;
    rg_string op = rg_op_name(search->context, rg_node_op(search->graph, node));
    if (!rg_string_equal(op, rg_string_from("operator.getitem")) ||
        !rg_value_as_int(search->context, rg_node_argument(search->graph, node, 1), &index) ||
        index != (int64_t)search->now->item_number) {
        return false;
    }
    return rg__agree_node(search, item->source.index, rg_value_as_node(rg_node_argument(search->graph, node, 0)));
}

bool rg__agree_item(rg_search *search, uint32_t index, rg_value value)
{
    const rg_pattern_item *item = &search->pattern->items[index];
    rg_value *bound = &search->now->items[index];
    rg_node node = rg_value_as_node(value);
    if (rg_node_is_null(node)) {
        return false;
    }
    if (!rg_value_is_missing(*bound)) {
        return bound->bits == value.bits;
    }
    bool is_own = search->itself && rg_node_same(node, item->node);
    bool agrees = is_own                                  ? true
                  : item->source.kind == RG_PATTERN_INPUT ? rg__agree_list_item(search, item->source.index, value)
                                                          : agree_result(search, item, node);
    if (agrees) {
        *bound = value;
    }
    return agrees;
}

/* ---- one item of the graph's list ---- */

static bool settle_locals(rg_search *search, const rg_repetition *repetition)
{
    for (uint32_t i = repetition->local_count; i > 0; i--) {
        uint32_t local = repetition->locals[i - 1];
        bool is_bound = !rg_node_is_null(search->now->nodes[local]);
        if (!is_bound || (!search->now->settled[local] && !rg__search_settle_node(search, local))) {
            return false;
        }
    }
    return rg__agree_pending(search, false);
}

static bool agree_one(rg_search *search, const rg_repetition *repetition, rg_value value, rg_node reader,
                      rg_number_rule numbers)
{
    rg_bindings *now = search->now;
    for (uint32_t i = 0; i < repetition->local_count; i++) {
        now->nodes[repetition->locals[i]] = (rg_node){0};
        now->settled[repetition->locals[i]] = false;
        now->exchanged[repetition->locals[i]] = false;
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        now->items[repetition->first_item + i] = rg_value_missing();
    }
    if (!rg__search_step(search) || !rg__agree(search, repetition->value, value, reader, numbers) ||
        !settle_locals(search, repetition)) {
        return false;
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        uint32_t item = repetition->first_item + i;
        if (rg_value_is_missing(now->items[item])) {
            return false;
        }
        bool is_result = search->pattern->items[item].source.kind == RG_PATTERN_NODE;
        rg_node node = rg_value_as_node(now->items[item]);
        if (is_result && !search->itself && (rg__search_repeats(search, node) || !keep(search, node))) {
            return false;
        }
    }
    for (uint32_t i = 0; i < repetition->local_count && !search->itself; i++) {
        if (!keep(search, now->nodes[repetition->locals[i]])) {
            return false;
        }
    }
    return true;
}

/* ---- the list ---- */

/* All results of the call must have been gone through. Printed graphs do not annotate such calls. */
static bool has_results(rg_search *search, rg_node call, size_t count)
{
    rg_type type = rg_node_type(search->graph, call);
    uint32_t reported = search->context->diagnostics.count;
    rg_status status = rg_type_is_null(type) ? rg_node_infer(&type, search->graph, call) : RG_OK;
    if (status == RG_ERROR_MEMORY) {
        return rg__search_fail(search, status);
    }
    search->context->diagnostics.count = reported;
    return status == RG_OK && rg_type_get_kind(search->context, type) == RG_TYPE_TUPLE &&
           rg_type_item_count(search->context, type) == count;
}

/* Bind the captured lists to what the items were; `values` has those of each item after another. */
static bool bind_lists(rg_search *search, const rg_repetition *repetition, const rg_value *values, size_t count)
{
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        const rg_pattern_item *item = &search->pattern->items[repetition->first_item + i];
        rg_value list = rg_value_missing();
        if (item->source.kind == RG_PATTERN_NODE) {
            if (!has_results(search, search->now->nodes[item->source.index], count)) {
                return false;
            }
            continue;
        }
        rg_status status =
            rg_value_items(&list, search->context, search->graph, RG_VALUE_LIST, values + (size_t)i * count, count);
        if (status != RG_OK) {
            return rg__search_fail(search, status);
        }
        if (!rg__agree_input(search, item->source.index, list)) {
            return false;
        }
    }
    return true;
}

/* The rule's own pattern: its list stands for itself, and its one item for all. */
static bool agree_itself(rg_search *search, const rg_repetition *repetition, rg_node list)
{
    if (!agree_one(search, repetition, rg_node_argument(search->graph, list, 0), list, RG_NUMBER_EXACT)) {
        return false;
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        const rg_pattern_item *item = &search->pattern->items[repetition->first_item + i];
        rg_node source = rg_value_as_node(rg_node_argument(search->graph, item->node, 0));
        bool agrees = item->source.kind == RG_PATTERN_NODE
                          ? rg__agree_node(search, item->source.index, source)
                          : rg__agree_input(search, item->source.index, rg_value_node(source));
        if (!agrees) {
            return false;
        }
    }
    return true;
}

bool rg__agree_list(rg_search *search, uint32_t index, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    rg_node own = rg_value_as_node(graph);
    rg_value *bound = &search->now->lists[index];
    if (!rg_value_is_missing(*bound)) {
        return bound->bits == graph.bits || rg__same_items(search, *bound, graph);
    }
    *bound = graph;
    if (search->itself && !rg_node_is_null(own)) {
        return rg__node_is_marker(search->graph, own, RG_LIST_OF) && agree_itself(search, repetition, own);
    }
    size_t count = rg_value_count(search->context, search->graph, graph);
    if (!is_sequence(graph) || count == 0) {
        return false;
    }
    rg_value *values = rg__arena_allocate(search->arena, count * repetition->item_count * sizeof(*values));
    if (values == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    for (size_t i = 0; i < count; i++) {
        search->now->item_number = (uint32_t)i;
        if (!agree_one(search, repetition, rg_value_item(search->context, search->graph, graph, i), reader, numbers)) {
            return false;
        }
        for (uint32_t j = 0; j < repetition->item_count; j++) {
            values[(size_t)j * count + i] = search->now->items[repetition->first_item + j];
        }
    }
    return bind_lists(search, repetition, values, count);
}

/* ---- the nodes of a match ---- */

rg_status rg__repeated_nodes(const rg_node **out, size_t *count, const rg_search *search, rg_arena *arena)
{
    size_t room = search->pattern->node_count;
    for (const rg_repeated *at = search->now->repeated; at != NULL; at = at->next) {
        room++;
    }
    rg_node *nodes = rg__arena_allocate(arena, room * sizeof(*nodes));
    *out = nodes;
    *count = 0;
    if (nodes == NULL) {
        return rg__report_memory(search->context);
    }
    for (uint32_t i = 0; i < search->pattern->node_count; i++) {
        nodes[(*count)++] = search->now->nodes[i];
    }
    for (const rg_repeated *at = search->now->repeated; at != NULL; at = at->next) {
        nodes[(*count)++] = at->node;
    }
    *count = rg__sort_nodes(search->graph, nodes, *count);
    return RG_OK;
}
