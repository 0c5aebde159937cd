/*
 * through.c: seeing through nodes that change nothing (ops/noop.h). Where the pattern reads a value, the graph may read
 * it through such nodes: they form a chain from what is read down to what it comes to. Below a reshape of the pattern
 * the chain goes on through reshapes, for a reshape of a reshape is a reshape.
 *
 * Whether a node belongs to a chain does not depend on what is bound. What is made of memory that the graph writes does
 * not: a copy of it is another value. So the nodes of a chain can be passed over wherever they stand among writes.
 */
#include "match/observer.h"
#include "ops/noop.h"

/* ---- chains ---- */

/* The next node down the chain; null at its end. Nodes in between are those that rg__noop_data gives. */
static rg_node next_below(rg_search *search, rg_node node, bool under_reshape)
{
    rg_node source = {0};
    bool written = false;
    if ((rg__node_traits(search->graph, node) & RG_TRAITS_TRANSPARENT) == 0 || search->status != RG_OK) {
        return source;
    }
    rg_status status = rg__noop_source(&source, search->graph, node);
    if (status == RG_OK && rg_node_is_null(source) && under_reshape &&
        (rg__node_traits(search->graph, node) & RG_TRAIT_RESHAPES) != 0) {
        source = rg__noop_data(search->graph, node);
    }
    if (status == RG_OK && search->may_write && !rg_node_is_null(source)) {
        status = rg__written_memory(&written, search->graph, node);
    }
    if (status != RG_OK) {
        rg__search_fail(search, status);
    }
    return written || status != RG_OK ? (rg_node){0} : source;
}

/* The same as a step of the search. */
static rg_node descend(rg_search *search, rg_node node, bool under_reshape)
{
    rg_node below = next_below(search, node, under_reshape);
    return rg_node_is_null(below) || rg__search_step(search) ? below : (rg_node){0};
}

static rg_node end_of_chain(rg_search *search, rg_node node, bool under_reshape)
{
    for (rg_node below = node; !rg_node_is_null(below); below = descend(search, node, under_reshape)) {
        node = below;
    }
    return node;
}

/* Are the two the same value, because their chains meet? */
static bool same_value(rg_search *search, rg_node a, rg_node b)
{
    return rg_node_same(a, b) ||
           rg_node_same(end_of_chain(search, a, search->under_reshape), end_of_chain(search, b, search->under_reshape));
}

/* ---- nodes of the pattern ---- */

/* Does the chain hold the node? */
static bool chain_holds(rg_search *search, rg_node chain, rg_node node)
{
    while (!rg_node_is_null(chain) && !rg_node_same(chain, node)) {
        chain = descend(search, chain, search->under_reshape);
    }
    return !rg_node_is_null(chain);
}

/* What the chain leaves unchanged. */
static rg_node chain_end(rg_search *search, rg_node chain)
{
    rg_node end = chain;
    while (!rg_node_is_null(chain)) {
        end = chain;
        chain = descend(search, chain, search->under_reshape);
    }
    return end;
}

/* The `wanted`-th node of the chain, from 0, that pattern node `index` could be, and, at most `limit`, how many there
 * are. Only an op that is transparent itself can stand elsewhere than at the end. */
static rg_node candidate(rg_search *search, uint32_t index, rg_node chain, uint32_t wanted, uint32_t limit,
                         uint32_t *count)
{
    rg_node found = {0};
    for (*count = 0; !rg_node_is_null(chain) && *count < limit; chain = descend(search, chain, search->under_reshape)) {
        if (rg__node_could_be(search, index, chain)) {
            found = *count == wanted ? chain : found;
            ++*count;
        }
    }
    return found;
}

static bool agree_node(rg_search *search, uint32_t index, rg_node chain)
{
    rg_node bound = search->now->nodes[index];
    uint32_t limit = search->pattern->nodes[index].is_transparent ? UINT32_MAX : 1;
    uint32_t count = 0;
    if (!rg_node_is_null(bound)) {
        return chain_holds(search, chain, bound) || rg__disagree_node(search, RG_MISS_DIFFERENT_VALUE, index, chain);
    }
    rg_node node = candidate(search, index, chain, 0, limit, &count);
    if (count == 0) {
        return search->observer != NULL && rg__observer_op(search, index, chain_end(search, chain));
    }
    uint32_t wanted = rg__search_choose(search, count);
    node = wanted == 0 ? node : candidate(search, index, chain, wanted, limit, &count);
    return search->status == RG_OK && !rg_node_is_null(node) && rg__agree_node(search, index, node);
}

/* ---- inputs ---- */

/* Does a node of the pattern stand for another? It has that one's place. */
static bool stands_aside(const rg_search *search, rg_node pattern)
{
    rg_pattern_place place = rg__pattern_place(search->pattern, pattern);
    if (place.kind == RG_PATTERN_NONE) {
        return true; /* in the middle of several that cancel */
    }
    return place.kind == RG_PATTERN_INPUT ? !rg_node_same(search->rule->inputs[place.index].pattern, pattern)
                                          : !rg_node_same(search->pattern->nodes[place.index].node, pattern);
}

static bool same_kind(const rg_search *search, rg_node pattern, rg_node node)
{
    uint32_t wanted = rg__node_traits(search->pattern->graph, pattern) & RG_TRAITS_TRANSPARENT;
    return (rg__node_traits(search->graph, node) & wanted) != 0;
}

/*
 * What of the chain an input captures if nothing speaks against it: the value that is read, or, where the pattern reads
 * the input through nodes that change nothing, what the same nodes of the graph leave unchanged. So a rule that names a
 * clone takes it away, and one that does not leaves it to its input.
 */
static rg_node preferred_capture(rg_search *search, rg_node pattern, rg_node node)
{
    for (; stands_aside(search, pattern); pattern = rg__noop_data(search->pattern->graph, pattern)) {
        rg_node below = same_kind(search, pattern, node) ? descend(search, node, search->under_reshape) : (rg_node){0};
        if (rg_node_is_null(below)) {
            continue;
        }
        /* A pair that cancels is several nodes on either side; both go down together. */
        for (rg_node at = rg__noop_data(search->graph, node); !rg_node_same(at, below);
             at = rg__noop_data(search->graph, at)) {
            rg_node inner = rg__noop_data(search->pattern->graph, pattern);
            pattern = stands_aside(search, inner) && same_kind(search, inner, at) ? inner : pattern;
        }
        node = below;
    }
    return node;
}

bool rg__type_allows(const rg_search *search, rg_type declared, rg_node node)
{
    rg_tensor_type expected = rg_type_get_tensor(search->context, declared);
    rg_tensor_type tensor = rg_type_get_tensor(search->context, rg_node_type(search->graph, node));
    return rg_type_is_null(declared) ||
           (tensor.rank == expected.rank && (expected.dtype == RG_DTYPE_NONE || tensor.dtype == expected.dtype));
}

/* The `wanted`-th node that the input could capture: `first`, then the others of the chain; and how many there are. */
static rg_node capture(rg_search *search, rg_type declared, rg_node first, rg_node chain, uint32_t wanted,
                       uint32_t *count)
{
    rg_node found = wanted == 0 ? first : (rg_node){0};
    for (*count = 1; !rg_node_is_null(chain); chain = descend(search, chain, search->under_reshape)) {
        if (!rg_node_same(chain, first) && rg__type_allows(search, declared, chain)) {
            found = *count == wanted ? chain : found;
            ++*count;
        }
    }
    return found;
}

static bool agree_input(rg_search *search, uint32_t input, rg_node pattern, rg_node node)
{
    const rg_rule_input *declared = &search->rule->inputs[input];
    rg_value bound = search->now->inputs[input];
    if (declared->kind != RG_RULE_INPUT_TENSOR) {
        return rg__agree_input(search, input, rg_value_node(node));
    }
    if (!rg_value_is_missing(bound)) {
        return same_value(search, rg_value_as_node(bound), node) ||
               rg__disagree_bound(search, input, rg_value_node(node));
    }
    rg_node first = preferred_capture(search, pattern, node);
    /* Along the chain dtype, sizes and device are the same, so that it is one or the other only if strides are
     * declared, or if there are reshapes among them. */
    bool has_strides = rg_type_get_tensor(search->context, declared->type).strides != NULL;
    if (search->under_reshape || has_strides) {
        uint32_t count = 0;
        first = rg__type_allows(search, declared->type, first) ? first : (rg_node){0};
        (void)capture(search, declared->type, first, node, 0, &count);
        uint32_t missing = rg_node_is_null(first) ? 1 : 0;
        if (count == missing) {
            return search->observer != NULL && rg__agree_input(search, input, rg_value_node(node));
        }
        uint32_t wanted = missing + rg__search_choose(search, count - missing);
        first = capture(search, declared->type, first, node, wanted, &count);
    }
    return search->status == RG_OK && rg__agree_input(search, input, rg_value_node(first));
}

bool rg__agree_through(rg_search *search, rg_node pattern, rg_node node)
{
    rg_pattern_place place = rg__pattern_place(search->pattern, pattern);
    return place.kind == RG_PATTERN_INPUT ? agree_input(search, place.index, pattern, node)
                                          : agree_node(search, place.index, node);
}

/* ---- at a glance ---- */

static bool could_be_node(rg_search *search, uint32_t index, rg_value graph)
{
    uint32_t count = 0;
    rg_node node = rg_value_as_node(graph);
    rg_node bound = search->now->nodes[index];
    if (rg_node_is_null(node)) {
        return false;
    }
    if (!search->rule->see_through) {
        return rg_node_is_null(bound) ? rg__node_could_be(search, index, node) : rg_node_same(bound, node);
    }
    return rg_node_is_null(bound) ? !rg_node_is_null(candidate(search, index, node, 0, 1, &count))
                                  : chain_holds(search, node, bound);
}

static bool could_be_input(rg_search *search, uint32_t input, rg_value graph)
{
    rg_node node = rg_value_as_node(graph);
    rg_value bound = search->now->inputs[input];
    if (search->rule->inputs[input].kind != RG_RULE_INPUT_TENSOR) {
        return true;
    }
    if (rg_node_is_null(node)) {
        return false;
    }
    if (rg_value_is_missing(bound)) {
        return rg__type_allows(search, search->rule->inputs[input].type, node);
    }
    return search->rule->see_through ? same_value(search, rg_value_as_node(bound), node)
                                     : rg_node_same(rg_value_as_node(bound), node);
}

bool rg__could_agree(rg_search *search, rg_value pattern, rg_value graph)
{
    rg_node node = rg_value_as_node(graph);
    rg_type_kind kind = rg_type_get_kind(search->context, rg_node_type(search->graph, node));
    if (rg_value_get_kind(pattern) != RG_VALUE_NODE) {
        return rg_node_is_null(node) || kind != RG_TYPE_TENSOR;
    }
    rg_pattern_place place = rg__pattern_place(search->pattern, rg_value_as_node(pattern));
    return place.kind == RG_PATTERN_NODE    ? could_be_node(search, place.index, graph)
           : place.kind == RG_PATTERN_INPUT ? could_be_input(search, place.index, graph)
                                            : true;
}

/* ---- the nodes of a match ---- */

/* Nodes that a match passes over, and its own, in the order in which they are listed. */
typedef struct rg_listed {
    rg_node node;
    bool is_passed; /* over */
    bool must_go;   /* it passes something on that goes; otherwise it goes if nothing outside reads it */
    bool goes;
} rg_listed;

typedef struct rg_listing {
    rg_search *search;
    RG_VECTOR(rg_listed) items;
} rg_listing;

static bool is_assigned(const rg_search *search, rg_node node)
{
    for (uint32_t i = 0; i < search->pattern->node_count; i++) {
        if (rg_node_same(search->now->nodes[i], node)) {
            return true;
        }
    }
    return false;
}

static rg_listed *find_listed(const rg_listing *listing, rg_node node)
{
    for (uint32_t i = 0; i < listing->items.count; i++) {
        if (rg_node_same(listing->items.items[i].node, node)) {
            return &listing->items.items[i];
        }
    }
    return NULL;
}

static void list_node(rg_listing *listing, rg_listed item)
{
    rg_search *search = listing->search;
    rg_listed *known = find_listed(listing, item.node);
    if (known != NULL) {
        known->must_go = known->must_go || item.must_go;
        known->goes = known->goes || item.must_go;
        return;
    }
    if (!rg__vector_push(&search->context->allocator, &listing->items, item)) {
        rg__search_fail(search, rg__report_memory(search->context));
    }
}

/* List what is passed over from `node` down to `end`, or to where the chain ends; the lowest first. */
static void list_passed(rg_listing *listing, rg_node node, rg_node end, bool must_go, bool under_reshape)
{
    rg_search *search = listing->search;
    uint32_t first = listing->items.count;
    while (!rg_node_same(node, end)) {
        rg_node below = next_below(search, node, under_reshape);
        for (; !rg_node_is_null(below) && !rg_node_same(node, below); node = rg__noop_data(search->graph, node)) {
            if (rg_node_same(node, end)) {
                break;
            }
            if (!is_assigned(search, node)) {
                list_node(listing, (rg_listed){node, true, must_go, must_go});
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

/* Go through a value of the pattern and the graph's in step. */
static void list_below(rg_listing *listing, rg_value pattern, rg_value graph, bool under_reshape)
{
    rg_search *search = listing->search;
    if (rg_value_get_kind(pattern) == RG_VALUE_NODE && rg_value_get_kind(graph) == RG_VALUE_NODE) {
        rg_pattern_place place = rg__pattern_place(search->pattern, rg_value_as_node(pattern));
        if (place.kind == RG_PATTERN_NODE) {
            list_passed(listing, rg_value_as_node(graph), search->now->nodes[place.index],
                        !search->pattern->nodes[place.index].is_result, under_reshape);
        } else if (place.kind == RG_PATTERN_INPUT && search->rule->inputs[place.index].kind == RG_RULE_INPUT_TENSOR) {
            list_passed(listing, rg_value_as_node(graph), rg_value_as_node(search->now->inputs[place.index]), false,
                        under_reshape);
        }
        return;
    }
    size_t count = rg_value_count(search->context, search->pattern->graph, pattern);
    for (size_t i = 0; i < count && i < rg_value_count(search->context, search->graph, graph); i++) {
        list_below(listing, rg_value_item(search->context, search->pattern->graph, pattern, i),
                   rg_value_item(search->context, search->graph, graph, i), under_reshape);
    }
}

static void list_pattern_node(rg_listing *listing, uint32_t index)
{
    rg_search *search = listing->search;
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    bool is_form =
        expected->form != RG_FORM_CALL && !rg_type_is_null(rg_node_type(search->graph, search->now->nodes[index]));
    bool may_pass = search->rule->see_through && !rg__graph_lacks_traits(search->graph, RG_TRAITS_TRANSPARENT);
    for (uint32_t i = 0; i < expected->slot_count && may_pass && (i == 0 || !is_form); i++) {
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
    list_node(listing, (rg_listed){search->now->nodes[index], false, true, true});
}

static bool is_captured(const rg_search *search, rg_node node)
{
    for (uint32_t i = 0; i < search->pattern->input_count; i++) {
        if (rg_node_same(rg_value_as_node(search->now->inputs[i]), node)) {
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

rg_status rg__match_nodes(const rg_node **out, size_t *count, rg_search *search, rg_arena *arena)
{
    const rg_pattern *pattern = search->pattern;
    rg_listing listing = {search, {0}};
    if (pattern->repetition_count != 0) {
        return rg__repeated_nodes(out, count, search, arena);
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        list_pattern_node(&listing, pattern->post_order[i]);
    }
    find_going(&listing);
    rg_node *nodes = rg__arena_allocate(arena, listing.items.count * sizeof(*nodes));
    *count = 0;
    for (uint32_t i = 0; nodes != NULL && i < listing.items.count; i++) {
        if (listing.items.items[i].goes) {
            nodes[(*count)++] = listing.items.items[i].node;
        }
    }
    *out = nodes;
    rg__vector_free(&search->context->allocator, &listing.items);
    if (nodes == NULL) {
        return rg__report_memory(search->context);
    }
    return search->status;
}

bool rg__capture_lowest(rg_search *search)
{
    bool changed = false;
    for (uint32_t i = 0; i < search->pattern->input_count && search->rule->see_through; i++) {
        const rg_rule_input *declared = &search->rule->inputs[i];
        rg_node node = rg_value_as_node(search->now->inputs[i]);
        bool is_free = declared->kind == RG_RULE_INPUT_TENSOR && !rg_node_is_null(node) &&
                       rg_type_get_tensor(search->context, declared->type).strides == NULL;
        rg_node lowest = is_free ? end_of_chain(search, node, false) : node;
        if (!rg_node_same(lowest, node)) {
            search->now->inputs[i] = rg_value_node(lowest);
            changed = true;
        }
    }
    return changed;
}

rg_value rg__captured_outside(rg_search *search, uint32_t input)
{
    rg_value value = search->now->inputs[input];
    bool is_tensor = search->rule->inputs[input].kind == RG_RULE_INPUT_TENSOR;
    rg_node node = rg_value_as_node(value);
    while (is_tensor && search->rule->see_through && !rg_node_is_null(node) && is_assigned(search, node)) {
        node = next_below(search, node, false);
    }
    return is_tensor && !rg_node_is_null(node) ? rg_value_node(node) : value;
}
