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

rg_node rg__chain_next(rg_search *search, rg_node node, bool under_reshape)
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
    rg_node below = rg__chain_next(search, node, under_reshape);
    return rg_node_is_null(below) || rg__search_step(search) ? below : (rg_node){0};
}

rg_node rg__chain_end(rg_search *search, rg_node node, bool under_reshape)
{
    for (rg_node below = node; !rg_node_is_null(below); below = descend(search, node, under_reshape)) {
        node = below;
    }
    return node;
}

bool rg__same_value(rg_search *search, rg_node a, rg_node b)
{
    return rg_node_same(a, b) || rg_node_same(rg__chain_end(search, a, search->under_reshape),
                                              rg__chain_end(search, b, search->under_reshape));
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
    switch (place.kind) {
    case RG_PATTERN_INPUT:
        return !rg_node_same(search->rule->inputs[place.index].pattern, pattern);
    case RG_PATTERN_ITEM:
        return !rg_node_same(search->pattern->items[place.index].node, pattern);
    case RG_PATTERN_NODE:
        return !rg_node_same(search->pattern->nodes[place.index].node, pattern);
    default:
        return true; /* in the middle of several that cancel */
    }
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

/*
 * The node of the chain that is captured where a tensor of the declared type is wanted. Along the chain dtype, sizes
 * and device are the same, so that it is one or the other only if strides are declared, or if there are reshapes among
 * them. Null when no node can be; an observer then gets the one that is read.
 */
static rg_node choose_capture(rg_search *search, rg_type declared, rg_node pattern, rg_node node)
{
    rg_node first = preferred_capture(search, pattern, node);
    uint32_t count = 0;
    if (!search->under_reshape && rg_type_get_tensor(search->context, declared).strides == NULL) {
        return first;
    }
    first = rg__type_allows(search, declared, first) ? first : (rg_node){0};
    (void)capture(search, declared, first, node, 0, &count);
    uint32_t missing = rg_node_is_null(first) ? 1 : 0;
    if (count == missing) {
        return search->observer != NULL ? node : (rg_node){0};
    }
    uint32_t wanted = missing + rg__search_choose(search, count - missing);
    return capture(search, declared, first, node, wanted, &count);
}

static bool agree_input(rg_search *search, uint32_t input, rg_node pattern, rg_node node)
{
    const rg_rule_input *declared = &search->rule->inputs[input];
    rg_value bound = search->now->inputs[input];
    if (declared->kind != RG_RULE_INPUT_TENSOR) {
        return rg__agree_input(search, input, rg_value_node(node));
    }
    if (!rg_value_is_missing(bound)) {
        return rg__same_value(search, rg_value_as_node(bound), node) ||
               rg__disagree_bound(search, input, rg_value_node(node));
    }
    node = choose_capture(search, declared->type, pattern, node);
    return search->status == RG_OK && !rg_node_is_null(node) && rg__agree_input(search, input, rg_value_node(node));
}

bool rg__agree_list_through(rg_search *search, uint32_t input, rg_value list)
{
    const rg_rule_input *declared = &search->rule->inputs[input];
    size_t count = rg_value_count(search->context, search->graph, list);
    bool has_strides = rg_type_get_tensor(search->context, declared->type).strides != NULL;
    if (!rg_value_is_missing(search->now->inputs[input]) || !has_strides) {
        return rg__agree_input(search, input, list);
    }
    rg_value *items = rg__arena_allocate(search->arena, count * sizeof(*items));
    if (items == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    for (size_t i = 0; i < count; i++) {
        rg_node node = rg_value_as_node(rg_value_item(search->context, search->graph, list, i));
        node = rg_node_is_null(node) ? node : choose_capture(search, declared->type, declared->pattern, node);
        if (rg_node_is_null(node)) {
            return rg__disagree_input(search, input, list);
        }
        items[i] = rg_value_node(node);
    }
    rg_status status = rg_value_items(&list, search->context, search->graph, rg_value_get_kind(list), items, count);
    return status == RG_OK ? rg__agree_input(search, input, list) : rg__search_fail(search, status);
}

/* An item of a captured list is captured as a tensor is; the results of a call are nodes to be found. */
static bool agree_item(rg_search *search, uint32_t index, rg_node pattern, rg_node node)
{
    const rg_pattern_item *item = &search->pattern->items[index];
    rg_value bound = search->now->items[index];
    if (!rg_value_is_missing(bound)) {
        return rg__same_value(search, rg_value_as_node(bound), node) || rg__disagree_item(search, index, node);
    }
    node = item->source.kind == RG_PATTERN_NODE
               ? rg__chain_end(search, node, search->under_reshape)
               : choose_capture(search, search->rule->inputs[item->source.index].type, pattern, node);
    return search->status == RG_OK && !rg_node_is_null(node) && rg__agree_item(search, index, rg_value_node(node));
}

bool rg__agree_through(rg_search *search, rg_node pattern, rg_node node)
{
    rg_pattern_place place = rg__pattern_place(search->pattern, pattern);
    return place.kind == RG_PATTERN_INPUT  ? agree_input(search, place.index, pattern, node)
           : place.kind == RG_PATTERN_ITEM ? agree_item(search, place.index, pattern, node)
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
    return search->rule->see_through ? rg__same_value(search, rg_value_as_node(bound), node)
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
