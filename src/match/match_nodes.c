/*
 * match_nodes.c: what belongs to a match once everything is bound: its nodes, with those that are passed over
 * (through.c), and what its inputs capture.
 *
 * The pattern and the graph are gone through once more in step, each item of a list with what it was matched with
 * (match_items.c).
 */
#include "match/search.h"
#include "ops/noop.h"

/* ---- what is listed ---- */

/* Nodes that a match passes over, and its own, in the order in which they are listed. */
typedef struct rg_listed {
    rg_node node;
    bool must_go; /* it passes something on that goes; otherwise it goes if nothing outside reads it */
    bool goes;
} rg_listed;

typedef struct rg_listing {
    rg_search *search;
    RG_VECTOR(rg_listed) items;
} rg_listing;

static rg_listed *find_listed(const rg_listing *listing, rg_node node)
{
    for (uint32_t i = 0; i < listing->items.count; i++) {
        if (rg_node_same(listing->items.items[i].node, node)) {
            return &listing->items.items[i];
        }
    }
    return NULL;
}

static void push(rg_listing *listing, rg_listed item)
{
    rg_search *search = listing->search;
    if (!rg__vector_push(&search->context->allocator, &listing->items, item)) {
        rg__search_fail(search, rg__report_memory(search->context));
    }
}

/* A counterpart of a node of the pattern. Those of the last item of a list come twice. */
static void list_own(rg_listing *listing, rg_node node)
{
    push(listing, (rg_listed){node, true, true});
}

static void list_passed_node(rg_listing *listing, rg_node node, bool must_go)
{
    rg_listed *known = find_listed(listing, node);
    if (known == NULL) {
        push(listing, (rg_listed){node, must_go, must_go});
        return;
    }
    known->must_go = known->must_go || must_go;
    known->goes = known->goes || must_go;
}

/* List what is passed over from `node` down to `end`, or to where the chain ends; the lowest first. */
static void list_passed(rg_listing *listing, rg_node node, rg_node end, bool must_go, bool under_reshape)
{
    rg_search *search = listing->search;
    uint32_t first = listing->items.count;
    while (!rg_node_same(node, end)) {
        rg_node below = rg__chain_next(search, node, under_reshape);
        for (; !rg_node_is_null(below) && !rg_node_same(node, below); node = rg__noop_data(search->graph, node)) {
            if (rg_node_same(node, end)) {
                break;
            }
            if (!rg__search_holds(search, node)) {
                list_passed_node(listing, node, must_go);
            }
        }
        if (rg_node_is_null(below)) {
            break;
        }
    }
    for (uint32_t low = first, high = listing->items.count; low + 1 < high; low++) {
        rg_listed swapped = listing->items.items[low];
        listing->items.items[low] = listing->items.items[--high];
        listing->items.items[high] = swapped;
    }
}

static void list_below(rg_listing *listing, rg_value pattern, rg_value graph, bool under_reshape);
static void list_arguments(rg_listing *listing, uint32_t index);
static void list_list(rg_listing *listing, uint32_t index, rg_value graph);

/* List what is passed over between what is read and what is captured: a tensor, or each of a list. */
static void list_captured(rg_listing *listing, rg_value read, rg_value captured, bool under_reshape)
{
    const rg_search *search = listing->search;
    rg_node node = rg_value_as_node(read);
    if (!rg_node_is_null(node) && !rg_node_is_null(rg_value_as_node(captured))) {
        list_passed(listing, node, rg_value_as_node(captured), false, under_reshape);
    }
    size_t count = rg_value_count(search->context, search->graph, captured);
    for (size_t i = 0; i < count && i < rg_value_count(search->context, search->graph, read); i++) {
        list_captured(listing, rg_value_item(search->context, search->graph, read, i),
                      rg_value_item(search->context, search->graph, captured, i), under_reshape);
    }
}

static void list_item(rg_listing *listing, uint32_t index, rg_node read, bool under_reshape)
{
    const rg_search *search = listing->search;
    rg_pattern_place source = search->pattern->items[index].source;
    bool is_result = source.kind == RG_PATTERN_NODE;
    rg_value item = search->now->items[index];
    if (!is_result && rg__value_is_items(search->now->inputs[source.index])) { /* it may capture what lies lower now */
        item =
            rg_value_item(search->context, search->graph, search->now->inputs[source.index], search->now->item_number);
    }
    list_passed(listing, read, rg_value_as_node(item), is_result, under_reshape);
}

/* An item of a captured list that the pattern names. */
static void list_scalar(rg_listing *listing, uint32_t id, rg_value read, bool under_reshape)
{
    rg_search *search = listing->search;
    rg_value value = rg_value_missing();
    rg_scalar_scope scope = {search->context,          search->rule,         search->graph, search->now->inputs,
                             rg__search_known(search), search->known_scalars};
    if (rg_value_get_kind(read) != RG_VALUE_NODE) {
        return;
    }
    rg_status status = rg__scalar_of_node(&value, &scope, search->pattern->graph, (rg_node){id});
    if (status != RG_OK) {
        rg__search_fail(search, status);
    }
    list_captured(listing, read, value, under_reshape);
}

/* Go through a value of the pattern that is a node, and the graph's, in step. */
static void list_reference(rg_listing *listing, rg_pattern_place place, rg_value graph, bool under_reshape)
{
    const rg_search *search = listing->search;
    rg_node node = rg_value_as_node(graph);
    switch (place.kind) {
    case RG_PATTERN_NODE:
        if (!rg_node_is_null(node)) {
            list_passed(listing, node, search->now->nodes[place.index], !search->pattern->nodes[place.index].is_result,
                        under_reshape);
        }
        break;
    case RG_PATTERN_INPUT:
        list_captured(listing, graph, search->now->inputs[place.index], under_reshape);
        break;
    case RG_PATTERN_ITEM:
        list_item(listing, place.index, node, under_reshape);
        break;
    case RG_PATTERN_SCALAR:
        list_scalar(listing, place.index, graph, under_reshape);
        break;
    case RG_PATTERN_LIST:
        list_list(listing, place.index, graph);
        break;
    default:
        break;
    }
}

/* Recursion: as deep as values of the pattern hold one another, and the arguments of what items have. */
static void list_list(rg_listing *listing, uint32_t index, rg_value graph)
{
    rg_search *search = listing->search;
    const rg_repetition *repetition = &search->pattern->repetitions[index];
    rg_node own = rg_value_as_node(graph); /* in the rule's own pattern */
    for (uint32_t i = 0; i < search->now->lists[index]->done; i++) {
        rg_value item = rg_node_is_null(own) ? rg_value_item(search->context, search->graph, graph, i)
                                             : rg_node_argument(search->graph, own, 0);
        rg__search_recall_item(search, index, i);
        list_below(listing, repetition->value, item, false);
        for (uint32_t j = 0; j < repetition->local_count; j++) {
            list_arguments(listing, repetition->locals[j]);
        }
    }
}

/* Go through a value of the pattern and the graph's in step. */
static void list_below(rg_listing *listing, rg_value pattern, rg_value graph, bool under_reshape)
{
    rg_search *search = listing->search;
    if (rg_value_get_kind(pattern) == RG_VALUE_NODE) {
        list_reference(listing, rg__pattern_place(search->pattern, rg_value_as_node(pattern)), graph, under_reshape);
        return;
    }
    size_t count = rg_value_count(search->context, search->pattern->graph, pattern);
    for (size_t i = 0; i < count && i < rg_value_count(search->context, search->graph, graph); i++) {
        list_below(listing, rg_value_item(search->context, search->pattern->graph, pattern, i),
                   rg_value_item(search->context, search->graph, graph, i), under_reshape);
    }
}

/* List what is passed over between a node and what it reads. */
static void list_arguments(rg_listing *listing, uint32_t index)
{
    rg_search *search = listing->search;
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    bool is_form =
        expected->form != RG_FORM_CALL && !rg_type_is_null(rg_node_type(search->graph, search->now->nodes[index]));
    for (uint32_t i = 0; i < expected->slot_count && (i == 0 || !is_form); i++) {
        rg_value value = rg_value_missing();
        if (!rg__value_has_nodes(expected->slots[i].value)) {
            continue;
        }
        if (is_form) {
            value = rg_node_schema_argument(search->graph, search->now->nodes[index], 0);
        } else if (!rg__search_argument(&value, search, index, i)) {
            return;
        }
        list_below(listing, expected->slots[i].value, value, is_form && expected->form == RG_FORM_RESHAPE);
    }
}

static bool holds_node(const rg_search *search, rg_value value, rg_node node)
{
    size_t count = rg_value_count(search->context, search->graph, value);
    bool holds = rg_node_same(rg_value_as_node(value), node);
    for (size_t i = 0; i < count && !holds; i++) {
        holds = rg_node_same(rg_value_as_node(rg_value_item(search->context, search->graph, value, i)), node);
    }
    return holds;
}

static bool is_captured(const rg_search *search, rg_node node)
{
    for (uint32_t i = 0; i < search->pattern->input_count; i++) {
        if (holds_node(search, search->now->inputs[i], node)) {
            return true;
        }
    }
    return false;
}

static bool is_read_outside(const rg_listing *listing, rg_node node)
{
    const rg_graph *graph = listing->search->graph;
    size_t count = rg_node_use_count(graph, node);
    for (size_t i = 0; i < count; i++) {
        const rg_listed *user = find_listed(listing, rg_node_use(graph, node, i).user);
        if (user == NULL || !user->goes) {
            return true;
        }
    }
    return false;
}

/* What is passed over above a result or an input goes if only what goes reads it. */
static void find_going(rg_listing *listing)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t i = listing->items.count; i > 0; i--) {
            rg_listed *item = &listing->items.items[i - 1];
            if (!item->goes && !is_captured(listing->search, item->node) && !is_read_outside(listing, item->node)) {
                item->goes = changed = true;
            }
        }
    }
}

/* List the nodes that items have. */
static void list_repeated(rg_listing *listing, rg_arena *arena)
{
    const rg_repeated_node *repeated = NULL;
    size_t count = 0;
    rg_status status = rg__repeated_nodes(&repeated, &count, listing->search, arena);
    if (status != RG_OK) {
        rg__search_fail(listing->search, status);
    }
    for (size_t i = 0; i < count; i++) {
        list_own(listing, repeated[i].node);
    }
}

/* Where nothing can be passed over and there are no lists: what is bound. */
static rg_status bound_nodes(const rg_node **out, size_t *count, const rg_search *search, rg_arena *arena)
{
    const rg_pattern *pattern = search->pattern;
    rg_node *nodes = rg__arena_allocate(arena, pattern->node_count * sizeof(*nodes));
    if (nodes == NULL) {
        return rg__report_memory(search->context);
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        nodes[i] = search->now->nodes[pattern->post_order[i]];
    }
    *out = nodes;
    *count = pattern->node_count;
    return RG_OK;
}

rg_status rg__match_nodes(const rg_node **out, size_t *count, rg_search *search, rg_arena *arena)
{
    const rg_pattern *pattern = search->pattern;
    rg_listing listing = {search, {0}};
    bool may_pass = search->rule->see_through && !rg__graph_lacks_traits(search->graph, RG_TRAITS_TRANSPARENT);
    if (!may_pass && pattern->repetition_count == 0) {
        return bound_nodes(out, count, search, arena);
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        if (may_pass) {
            list_arguments(&listing, pattern->post_order[i]);
        }
        list_own(&listing, search->now->nodes[pattern->post_order[i]]);
    }
    if (pattern->repetition_count != 0) {
        list_repeated(&listing, arena);
    }
    find_going(&listing);
    rg_node *nodes = rg__arena_allocate(arena, listing.items.count * sizeof(*nodes));
    *count = 0;
    for (uint32_t i = 0; nodes != NULL && i < listing.items.count; i++) {
        if (listing.items.items[i].goes) {
            nodes[(*count)++] = listing.items.items[i].node;
        }
    }
    if (nodes != NULL && pattern->repetition_count != 0) {
        *count = rg__sort_nodes(search->graph, nodes, *count);
    }
    *out = nodes;
    rg__vector_free(&search->context->allocator, &listing.items);
    if (nodes == NULL) {
        return rg__report_memory(search->context);
    }
    return search->status;
}

/* ---- what inputs capture ---- */

/* What may be captured in place of a node. */
typedef rg_node (*rg_other_capture)(rg_search *search, rg_node node);

static rg_node lowest(rg_search *search, rg_node node)
{
    return rg__chain_end(search, node, false);
}

static rg_node outside(rg_search *search, rg_node node)
{
    rg_node found = node;
    while (!rg_node_is_null(found) && rg__search_holds(search, found)) {
        found = rg__chain_next(search, found, false);
    }
    return rg_node_is_null(found) ? node : found;
}

/* The captured value with other nodes, in a list made anew if one of them is another. False if none is. */
static bool replace_captured(rg_value *value, rg_search *search, rg_other_capture other)
{
    bool changed = false;
    rg_node node = rg_value_as_node(*value);
    if (!rg_node_is_null(node)) {
        *value = rg_value_node(other(search, node));
        return !rg_node_same(rg_value_as_node(*value), node);
    }
    size_t count = rg_value_count(search->context, search->graph, *value);
    rg_value *items = rg__arena_allocate(search->arena, count * sizeof(*items));
    rg_status status = RG_OK;
    if (items == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = rg_value_item(search->context, search->graph, *value, i);
        node = rg_value_as_node(items[i]);
        items[i] = rg_node_is_null(node) ? items[i] : rg_value_node(other(search, node));
        changed = changed || !rg_node_same(rg_value_as_node(items[i]), node);
    }
    if (changed) {
        status = rg_value_items(value, search->context, search->graph, rg_value_get_kind(*value), items, count);
    }
    return status == RG_OK ? changed : rg__search_fail(search, status);
}

static bool captures_tensors(const rg_search *search, uint32_t input)
{
    const rg_rule_input *declared = &search->rule->inputs[input];
    return search->rule->see_through &&
           (declared->kind == RG_RULE_INPUT_TENSOR || declared->kind == RG_RULE_INPUT_TENSOR_LIST);
}

bool rg__capture_lowest(rg_search *search)
{
    bool changed = false;
    for (uint32_t i = 0; i < search->pattern->input_count; i++) {
        rg_type declared = search->rule->inputs[i].type;
        if (captures_tensors(search, i) && rg_type_get_tensor(search->context, declared).strides == NULL &&
            replace_captured(&search->now->inputs[i], search, lowest)) {
            changed = true;
        }
    }
    return changed && search->status == RG_OK;
}

rg_value rg__captured_outside(rg_search *search, uint32_t input)
{
    rg_value value = search->now->inputs[input];
    if (captures_tensors(search, input)) {
        (void)replace_captured(&value, search, outside);
    }
    return value;
}
