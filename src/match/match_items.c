/*
 * match_items.c: matching what a pattern says of each item of a list, `[f(x) for x in xs]`, with a list of the graph of
 * any length. Item by item: the part is matched as if it stood there alone, with nodes of its own; what it shares with
 * the rest of the pattern is bound once. What the items stand for is the captured list. So the rule matches where it
 * would match if it were written out, with an input for each item.
 */
#include "ir/context_impl.h"
#include "match/observer.h"
#include "rule/repetition.h"

static bool is_sequence(rg_value value)
{
    return rg_value_get_kind(value) == RG_VALUE_LIST || rg_value_get_kind(value) == RG_VALUE_TUPLE;
}

static bool is_result(const rg_pattern_item *item)
{
    return item->source.kind == RG_PATTERN_NODE;
}

/* ---- what has been matched for items ---- */

/* Is what stands for an item a node to be found? Not in the rule's own pattern, where it stands for itself. */
static bool has_result_nodes(const rg_search *search, const rg_pattern_item *item)
{
    return is_result(item) && !search->itself;
}

/* Look for the node among those that items have had so far: what was it matched with? */
static bool find_repeated(uint32_t *index, const rg_search *search, uint32_t number, rg_node node)
{
    const rg_repetition *repetition = &search->pattern->repetitions[number];
    const rg_matched_list *list = search->now->lists[number];
    size_t count = list == NULL ? 0 : (size_t)list->done * repetition->local_count;
    for (size_t i = 0; i < count; i++) {
        if (rg_node_same(list->nodes[i], node)) {
            *index = repetition->locals[i % repetition->local_count];
            return true;
        }
    }
    *index = RG_NOT_ASSIGNED;
    for (uint32_t i = 0; i < repetition->item_count && list != NULL; i++) {
        const rg_value *results = list->items + (size_t)i * list->count;
        bool are_nodes = has_result_nodes(search, &search->pattern->items[repetition->first_item + i]);
        for (uint32_t j = 0; j < list->done && are_nodes; j++) {
            if (rg_node_same(rg_value_as_node(results[j]), node)) {
                return true;
            }
        }
    }
    return false;
}

uint32_t rg__search_repeated_index(const rg_search *search, rg_node node)
{
    uint32_t index = RG_NOT_ASSIGNED;
    for (uint32_t i = 0; i < search->pattern->repetition_count; i++) {
        if (find_repeated(&index, search, i, node)) {
            break;
        }
    }
    return index;
}

bool rg__search_repeats(const rg_search *search, rg_node node)
{
    uint32_t index = RG_NOT_ASSIGNED;
    for (uint32_t i = 0; i < search->pattern->repetition_count; i++) {
        if (find_repeated(&index, search, i, node)) {
            return true;
        }
    }
    return false;
}

/* Append what the items of a list have had. */
static size_t append_repeated(rg_repeated_node *out, const rg_search *search, uint32_t number)
{
    const rg_repetition *repetition = &search->pattern->repetitions[number];
    const rg_matched_list *list = search->now->lists[number];
    size_t count = 0;
    for (uint32_t i = 0; list != NULL && i < list->done; i++) {
        for (uint32_t j = 0; j < repetition->item_count; j++) {
            if (has_result_nodes(search, &search->pattern->items[repetition->first_item + j])) {
                rg_node result = rg_value_as_node(list->items[(size_t)j * list->count + i]);
                out[count++] = (rg_repeated_node){result, RG_NOT_ASSIGNED};
            }
        }
        for (uint32_t j = 0; j < repetition->local_count; j++) {
            rg_node node = list->nodes[(size_t)i * repetition->local_count + j];
            out[count++] = (rg_repeated_node){node, repetition->locals[j]};
        }
    }
    return count;
}

rg_status rg__repeated_nodes(const rg_repeated_node **out, size_t *count, const rg_search *search, rg_arena *arena)
{
    size_t room = 0;
    for (uint32_t i = 0; i < search->pattern->repetition_count; i++) {
        const rg_repetition *repetition = &search->pattern->repetitions[i];
        size_t done = search->now->lists[i] == NULL ? 0 : search->now->lists[i]->done; /* nothing may read the list */
        room += done * ((size_t)repetition->local_count + repetition->item_count);
    }
    rg_repeated_node *nodes = rg__arena_allocate(arena, room * sizeof(*nodes));
    if (nodes == NULL) {
        return rg__report_memory(search->context);
    }
    *count = 0;
    for (uint32_t i = 0; i < search->pattern->repetition_count; i++) {
        *count += append_repeated(nodes + *count, search, i);
    }
    *out = nodes;
    return RG_OK;
}

void rg__search_recall_item(rg_search *search, uint32_t index, uint32_t number)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    const rg_matched_list *list = search->now->lists[index];
    for (uint32_t i = 0; i < repetition->local_count; i++) {
        size_t at = (size_t)number * repetition->local_count + i;
        search->now->nodes[repetition->locals[i]] = list->nodes[at];
        search->now->exchanged[repetition->locals[i]] = list->exchanged[at];
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        search->now->items[repetition->first_item + i] = list->items[(size_t)i * list->count + number];
    }
    search->now->item_number = number;
}

static void keep_item(const rg_search *search, uint32_t index)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    rg_matched_list *list = search->now->lists[index];
    for (uint32_t i = 0; i < repetition->local_count; i++) {
        size_t at = (size_t)list->done * repetition->local_count + i;
        list->nodes[at] = search->now->nodes[repetition->locals[i]];
        list->exchanged[at] = search->now->exchanged[repetition->locals[i]];
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        list->items[(size_t)i * list->count + list->done] = search->now->items[repetition->first_item + i];
    }
    list->done++;
}

/* ---- items ---- */

/* Number `search->now->item_number` of the results of a call: its getitem. */
static bool agree_result(rg_search *search, const rg_pattern_item *item, rg_node node)
{
    int64_t index = -1;
    rg_string op = rg_op_name(search->context, rg_node_op(search->graph, node));
    if (!rg_string_equal(op, rg_string_from("operator.getitem")) ||
        !rg_value_as_int(search->context, rg_node_argument(search->graph, node, 1), &index) ||
        index != (int64_t)search->now->item_number || rg__search_holds(search, node)) {
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
        return bound->bits == value.bits || rg__disagree_item(search, index, node);
    }
    bool is_own = search->itself && rg_node_same(node, item->node);
    bool agrees = is_own            ? true
                  : is_result(item) ? agree_result(search, item, node)
                                    : rg__agree_list_item(search, item->source.index, value);
    if (agrees) {
        *bound = value;
    }
    return agrees || rg__disagree_item(search, index, node);
}

/* ---- one item of the graph's list ---- */

/* The item at the same place of the captured list, if that is bound and as long. */
static rg_value captured_item(const rg_search *search, const rg_pattern_item *item, const rg_matched_list *list)
{
    rg_value captured = is_result(item) ? rg_value_missing() : search->now->inputs[item->source.index];
    bool is_there = is_sequence(captured) && rg_value_count(search->context, search->graph, captured) == list->count;
    return is_there ? rg_value_item(search->context, search->graph, captured, list->done) : rg_value_missing();
}

static void forget_item(rg_search *search, uint32_t index)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    rg_bindings *now = search->now;
    for (uint32_t i = 0; i < repetition->local_count; i++) {
        now->nodes[repetition->locals[i]] = (rg_node){0};
        now->settled[repetition->locals[i]] = false;
        now->exchanged[repetition->locals[i]] = false;
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        uint32_t item = repetition->first_item + i;
        now->items[item] = captured_item(search, &search->pattern->items[item], now->lists[index]);
    }
    now->item_number = now->lists[index]->done;
}

static bool settle_local(rg_search *search, uint32_t local)
{
    if (search->observer == NULL) {
        return rg__search_settle_node(search, local);
    }
    uint32_t outer = search->observer->other;
    search->observer->other = local;
    bool settled = rg__search_settle_node(search, local);
    search->observer->other = outer;
    return settled;
}

/* For an observer, some may not have been found. */
static bool settle_locals(rg_search *search, const rg_repetition *repetition)
{
    for (uint32_t i = repetition->local_count; i > 0; i--) {
        uint32_t local = repetition->locals[i - 1];
        bool is_bound = !rg_node_is_null(search->now->nodes[local]);
        if (is_bound ? !search->now->settled[local] && !settle_local(search, local) : search->observer == NULL) {
            return false;
        }
    }
    return rg__agree_pending(search, false);
}

static bool has_items(const rg_search *search, const rg_repetition *repetition)
{
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        if (rg_value_is_missing(search->now->items[repetition->first_item + i])) {
            return false;
        }
    }
    return true;
}

static bool agree_one(rg_search *search, uint32_t index, rg_value value, rg_node reader, rg_number_rule numbers)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    forget_item(search, index);
    if (!rg__search_step(search) || !rg__agree(search, repetition->value, value, reader, numbers) ||
        !settle_locals(search, repetition)) {
        return false;
    }
    if (!has_items(search, repetition) && search->observer == NULL) {
        return false;
    }
    keep_item(search, index);
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

/* Bind the captured list to what the item was each time. For an observer it may have been nothing. */
static bool bind_list(rg_search *search, uint32_t input, const rg_value *values, uint32_t count)
{
    rg_value list = rg_value_missing();
    for (uint32_t i = 0; i < count; i++) {
        if (rg_value_is_missing(values[i])) {
            return true;
        }
    }
    rg_status status = rg_value_items(&list, search->context, search->graph, RG_VALUE_LIST, values, count);
    return status == RG_OK ? rg__agree_input(search, input, list) : rg__search_fail(search, status);
}

static bool bind_items(rg_search *search, uint32_t index)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    const rg_matched_list *list = search->now->lists[index];
    bool agrees = true;
    for (uint32_t i = 0; i < repetition->item_count && agrees; i++) {
        const rg_pattern_item *item = &search->pattern->items[repetition->first_item + i];
        rg_node call = is_result(item) ? search->now->nodes[item->source.index] : (rg_node){0};
        agrees = !is_result(item)
                     ? bind_list(search, item->source.index, list->items + (size_t)i * list->count, list->count)
                 : rg_node_is_null(call)
                     ? search->observer != NULL
                     : has_results(search, call, list->count) || rg__disagree_results(search, item->source.index, call);
    }
    return agrees;
}

/* The rule's own pattern: its list stands for itself, and its one item for all. */
static bool agree_itself(rg_search *search, uint32_t index, rg_node list)
{
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    if (!agree_one(search, index, rg_node_argument(search->graph, list, 0), list, RG_NUMBER_EXACT)) {
        return false;
    }
    for (uint32_t i = 0; i < repetition->item_count; i++) {
        const rg_pattern_item *item = &search->pattern->items[repetition->first_item + i];
        rg_node source = rg_value_as_node(rg_node_argument(search->graph, item->node, 0));
        bool agrees = is_result(item) ? rg__agree_node(search, item->source.index, source)
                                      : rg__agree_input(search, item->source.index, rg_value_node(source));
        if (!agrees) {
            return false;
        }
    }
    return true;
}

static rg_matched_list *make_list(rg_search *search, const rg_repetition *repetition, size_t count)
{
    rg_matched_list *list = rg__arena_allocate(search->arena, sizeof(*list));
    if (list != NULL) {
        *list = (rg_matched_list){
            .count = (uint32_t)count,
            .nodes = rg__arena_allocate(search->arena, count * repetition->local_count * sizeof(rg_node)),
            .exchanged = rg__arena_allocate(search->arena, count * repetition->local_count * sizeof(bool)),
            .items = rg__arena_allocate(search->arena, count * repetition->item_count * sizeof(rg_value))};
    }
    if (list == NULL || list->nodes == NULL || list->exchanged == NULL || list->items == NULL) {
        rg__search_fail(search, rg__report_memory(search->context));
        return NULL;
    }
    return list;
}

/* In the rule's own pattern, the list that stands there for all lists. */
static bool is_itself(const rg_search *search, uint32_t index, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    if (!search->itself || rg_node_is_null(node)) {
        return false;
    }
    rg_pattern_place place = rg__pattern_place(search->pattern, node);
    return place.kind == RG_PATTERN_LIST && place.index == index;
}

/* The list that is bound, read once more. */
static bool agree_again(rg_search *search, uint32_t index, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    const rg_matched_list *list = search->now->lists[index];
    bool is_own = is_itself(search, index, graph);
    bool agrees =
        is_own || (is_sequence(graph) && rg_value_count(search->context, search->graph, graph) == list->count);
    for (uint32_t i = 0; i < list->done && agrees && !is_own; i++) {
        rg__search_recall_item(search, index, i);
        agrees = rg__agree(search, search->pattern->repetitions[index].value,
                           rg_value_item(search->context, search->graph, graph, i), reader, numbers);
    }
    return agrees;
}

bool rg__agree_list(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    uint32_t index = rg__pattern_place(search->pattern, rg_value_as_node(pattern)).index;
    bool is_own = is_itself(search, index, graph);
    size_t count = is_own ? 1 : rg_value_count(search->context, search->graph, graph);
    if (search->now->lists[index] != NULL) {
        return agree_again(search, index, graph, reader, numbers) || rg__disagree_value(search, pattern, graph, reader);
    }
    if (!is_own && (!is_sequence(graph) || count == 0)) {
        return rg__disagree_value(search, pattern, graph, reader);
    }
    search->now->lists[index] = make_list(search, &search->pattern->repetitions[index], count);
    if (search->now->lists[index] == NULL) {
        return false;
    }
    if (is_own) {
        return agree_itself(search, index, rg_value_as_node(graph));
    }
    for (size_t i = 0; i < count; i++) {
        if (!agree_one(search, index, rg_value_item(search->context, search->graph, graph, i), reader, numbers)) {
            return false;
        }
    }
    return bind_items(search, index);
}
