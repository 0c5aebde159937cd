/*
 * reference.c: the reference matcher. It defines what a match is; a faster engine must give the same answers.
 *
 * Given the graph node of an anchor, everything below it is determined: a node's arguments must be the pattern's, so
 * the nodes of the pattern are settled from the last to the first, users before inputs, without a choice. Choices exist
 * only for results that the first one does not reach. Such a result is found by climbing: through the users of
 * something bound, up the shortest way through the pattern; or, where nothing bound leads to it, among all nodes of its
 * op. Every candidate is tried, and tried with everything after it (complete backtracking), until the fuel is gone.
 */
#include "match/search.h"

#include <string.h>

/* ---- states ---- */

/* One zeroed block that holds the bindings and their arrays, largest alignment first. */
static rg_bindings *make_bindings(rg_search *search)
{
    const rg_pattern *pattern = search->pattern;
    size_t size = sizeof(rg_bindings) + pattern->input_count * sizeof(rg_value) +
                  pattern->pending_limit * sizeof(rg_pending) + pattern->node_count * sizeof(rg_node) +
                  pattern->symbol_count * sizeof(rg_size) + pattern->node_count * sizeof(bool);
    rg_bindings *now = rg__arena_allocate_zero(search->arena, size);
    if (now == NULL) {
        return NULL;
    }
    now->block_size = size;
    now->inputs = (rg_value *)(now + 1);
    now->pending = (rg_pending *)(now->inputs + pattern->input_count);
    now->nodes = (rg_node *)(now->pending + pattern->pending_limit);
    now->symbols = (rg_size *)(now->nodes + pattern->node_count);
    now->settled = (bool *)(now->symbols + pattern->symbol_count);
    for (uint32_t i = 0; i < pattern->input_count; i++) {
        now->inputs[i] = rg_value_missing();
    }
    return now;
}

/* A copy of the bindings. NULL, with the search failed, when memory is out. */
static void *save(rg_search *search)
{
    void *copy = rg__allocate(&search->context->allocator, search->now->block_size);
    if (copy == NULL) {
        rg__search_fail(search, rg__report_memory(search->context));
        return NULL;
    }
    return memcpy(copy, search->now, search->now->block_size);
}

static void restore(rg_search *search, const void *copy)
{
    memcpy(search->now, copy, search->now->block_size);
}

static void forget(rg_search *search, void *copy)
{
    rg__free(&search->context->allocator, copy, search->now->block_size);
}

/* ---- settling: everything that a bound node determines ---- */

static rg_value or_absent(rg_value value, rg_value absent)
{
    return rg_value_is_missing(value) || rg_value_get_kind(value) == RG_VALUE_NONE ? absent : value;
}

/* The argument of the graph's node that stands where `slot` stands in the pattern's. */
static bool graph_argument(rg_value *out, rg_search *search, const rg_pattern_node *expected,
                           const rg_pattern_slot *slot, rg_node node)
{
    if (expected->has_schema) {
        if (search->itself) {
            *out = rg_node_schema_argument(search->graph, node, slot->index);
            if (out->bits == slot->value.bits) {
                return true; /* a captured list of the pattern, which normal form would take for an integer */
            }
        }
        rg_status status = rg_node_normal_argument(out, search->graph, node, slot->index);
        return status == RG_OK || rg__search_fail(search, status);
    }
    *out = slot->name.size == 0 ? rg_node_argument(search->graph, node, slot->index)
                                : rg_node_keyword(search->graph, node, slot->name);
    return !rg_value_is_missing(*out);
}

/* What two calls must share before their arguments can be compared one by one. */
static bool same_form(const rg_search *search, const rg_pattern_node *expected, rg_node node)
{
    const rg_graph *graph = search->graph;
    if (expected->target.size != 0 && !rg_string_equal(expected->target, rg_node_target(graph, node))) {
        return false;
    }
    if (!rg_op_is_null(expected->wrapped) &&
        (rg_node_positional_count(graph, node) == 0 ||
         !rg_op_same(rg_value_as_op(rg_node_argument(graph, node, 0)), expected->wrapped))) {
        return false;
    }
    if (expected->has_schema) {
        return rg__node_fits_schema(graph, node);
    }
    return rg_node_argument_count(graph, node) == expected->slot_count &&
           rg_node_positional_count(graph, node) == rg_node_positional_count(search->pattern->graph, expected->node);
}

static bool settle_node(rg_search *search, uint32_t index)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_node node = search->now->nodes[index];
    if (!rg__search_step(search) || !same_form(search, expected, node)) {
        return false;
    }
    for (uint32_t i = 0; i < expected->slot_count; i++) {
        const rg_pattern_slot *slot = &expected->slots[i];
        rg_value value = rg_value_missing();
        if (!graph_argument(&value, search, expected, slot, node) ||
            !rg__agree(search, or_absent(slot->value, slot->absent), or_absent(value, slot->absent), node,
                       slot->numbers)) {
            return false;
        }
    }
    search->now->settled[index] = true;
    return true;
}

/* Inputs of a node come before it in the pattern, so one pass from the end settles all that is bound. */
static bool settle(rg_search *search)
{
    for (uint32_t i = search->pattern->node_count; i > 0; i--) {
        bool is_bound = !rg_node_is_null(search->now->nodes[i - 1]);
        if (is_bound && !search->now->settled[i - 1] && !settle_node(search, i - 1)) {
            return false;
        }
    }
    return rg__agree_pending(search, false);
}

/* ---- climbing to results that are not reached from above ---- */

/* How a pattern node comes to be found: among the users of `base`, or of nothing. */
typedef struct rg_climb {
    uint32_t node;
    rg_node base; /* null: any node of the graph */
} rg_climb;

/* What a value of the pattern is bound to, if that is a graph node whose users can be followed. */
static rg_node bound_node(const rg_search *search, rg_value value)
{
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return (rg_node){0};
    }
    rg_pattern_place place = rg__pattern_place(search->pattern, rg_value_as_node(value));
    if (place.kind == RG_PATTERN_NODE) {
        return search->now->nodes[place.index];
    }
    if (place.kind == RG_PATTERN_INPUT && search->rule->inputs[place.index].kind == RG_RULE_INPUT_TENSOR) {
        return rg_value_as_node(search->now->inputs[place.index]);
    }
    return (rg_node){0};
}

typedef struct rg_descent {
    rg_search *search;
    uint32_t *queue; /* unbound pattern nodes to look below, nearest first */
    uint32_t count;
    bool *queued;
    rg_node found; /* the first bound thing met */
} rg_descent;

/* Look at one argument: stop at something bound, queue what is not. */
static void descend(rg_descent *descent, rg_value value)
{
    const rg_pattern *pattern = descent->search->pattern;
    if (!rg_node_is_null(descent->found)) {
        return;
    }
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg_pattern_place place = rg__pattern_place(pattern, rg_value_as_node(value));
        descent->found = bound_node(descent->search, value);
        if (place.kind == RG_PATTERN_NODE && rg_node_is_null(descent->found) && !descent->queued[place.index]) {
            descent->queued[place.index] = true;
            descent->queue[descent->count++] = place.index;
        }
        return;
    }
    size_t count = rg_value_count(descent->search->context, pattern->graph, value);
    for (size_t i = 0; i < count; i++) {
        descend(descent, rg_value_item(descent->search->context, pattern->graph, value, i));
    }
}

/* The node to find next on the way to `anchor`: the one nearest to it, going down, that has something bound directly
 * below it. Once it is bound, the next call comes one closer. */
static rg_climb plan_climb(rg_search *search, uint32_t anchor)
{
    const rg_pattern *pattern = search->pattern;
    rg_descent descent = {search, search->queue, 0, search->queued, {0}};
    memset(descent.queued, 0, pattern->node_count * sizeof(*descent.queued));
    descent.queue[descent.count++] = anchor;
    descent.queued[anchor] = true;
    for (uint32_t i = 0; i < descent.count; i++) {
        const rg_pattern_node *node = &pattern->nodes[descent.queue[i]];
        for (uint32_t j = 0; j < node->slot_count; j++) {
            descend(&descent, node->slots[j].value);
        }
        if (!rg_node_is_null(descent.found)) {
            return (rg_climb){descent.queue[i], descent.found};
        }
    }
    return (rg_climb){anchor, {0}};
}

/* Sift `nodes[at]` down in a heap with the latest node on top. */
static void sift(const rg_graph *graph, rg_node *nodes, size_t at, size_t count)
{
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && rg_graph_precedes(graph, nodes[child], nodes[child + 1])) {
            child++;
        }
        if (!rg_graph_precedes(graph, nodes[at], nodes[child])) {
            return;
        }
        rg_node swapped = nodes[at];
        nodes[at] = nodes[child];
        nodes[child] = swapped;
        at = child;
    }
}

size_t rg__sort_nodes(const rg_graph *graph, rg_node *nodes, size_t count)
{
    for (size_t i = count / 2; i > 0; i--) {
        sift(graph, nodes, i - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        rg_node last = nodes[0];
        nodes[0] = nodes[end - 1];
        nodes[end - 1] = last;
        sift(graph, nodes, 0, end - 1);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !rg_node_same(nodes[kept - 1], nodes[i])) {
            nodes[kept++] = nodes[i];
        }
    }
    return kept;
}

/* The graph nodes that a climb can lead to, in the graph's order, each once. */
typedef struct rg_candidates {
    rg_node *nodes;
    size_t count;
    size_t size; /* of the block */
} rg_candidates;

/* All nodes of the op: counted, then collected. */
static void collect_by_op(rg_candidates *out, const rg_graph *graph, const rg_pattern_node *expected)
{
    out->count = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg__pattern_calls(expected, rg_node_op(graph, node))) {
            if (out->nodes != NULL) {
                out->nodes[out->count] = node;
            }
            out->count++;
        }
    }
}

static void collect_users(rg_candidates *out, const rg_graph *graph, const rg_pattern_node *expected, rg_node base)
{
    size_t use_count = rg_node_use_count(graph, base);
    out->count = 0;
    for (size_t i = 0; i < use_count; i++) {
        rg_node user = rg_node_use(graph, base, i).user;
        if (rg__pattern_calls(expected, rg_node_op(graph, user))) {
            if (out->nodes != NULL) {
                out->nodes[out->count] = user;
            }
            out->count++;
        }
    }
}

static void collect_candidates(rg_candidates *out, const rg_search *search, rg_climb climb)
{
    const rg_pattern_node *expected = &search->pattern->nodes[climb.node];
    if (rg_node_is_null(climb.base)) {
        collect_by_op(out, search->graph, expected);
    } else {
        collect_users(out, search->graph, expected, climb.base);
    }
}

static bool find_candidates(rg_candidates *out, rg_search *search, rg_climb climb)
{
    *out = (rg_candidates){NULL, 0, 0};
    collect_candidates(out, search, climb);
    out->size = out->count * sizeof(*out->nodes);
    if (out->size == 0) {
        return false;
    }
    out->nodes = rg__allocate(&search->context->allocator, out->size);
    if (out->nodes == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    collect_candidates(out, search, climb);
    out->count = rg__sort_nodes(search->graph, out->nodes, out->count);
    return true;
}

/* ---- the search ---- */

/* An assignment is complete: is it a match? What is bound for that, who made the last choice takes back. */
static void conclude(rg_search *search)
{
    rg_match *match = NULL;
    rg_refusal refusal = RG_REFUSAL_NONE;
    bool accept = true;
    if (rg__agree_pending(search, true) && rg__agree_complete(search)) {
        rg_status status = rg__match_make(&match, search, search->arena);
        if (status == RG_OK) {
            status = rg__match_refusal(&refusal, match, search->may_write, search->arena);
        }
        if (status == RG_OK && search->refused != NULL) {
            search->refused[refusal] += refusal == RG_REFUSAL_NONE ? 0 : 1;
        }
        if (status == RG_OK && refusal == RG_REFUSAL_NONE && !search->itself) {
            status = rg__match_accepts(&accept, match, search->arena);
        }
        if (status == RG_OK && refusal == RG_REFUSAL_NONE && accept) {
            status = search->found(search, match, search->user);
        }
        if (status != RG_OK) {
            rg__search_fail(search, status);
        }
    }
}

/* Find the anchors from number `next` on, each in every way. Recursion: one level a choice. */
static void find_anchors(rg_search *search, uint32_t next, uint32_t depth)
{
    const rg_pattern *pattern = search->pattern;
    rg_candidates candidates;
    while (next < pattern->anchor_count && !rg_node_is_null(search->now->nodes[pattern->anchors[next]])) {
        next++;
    }
    if (next == pattern->anchor_count) {
        conclude(search);
        return;
    }
    search->gave_up = search->gave_up || depth > search->max_depth;
    if (rg__search_over(search)) {
        return;
    }
    rg_climb climb = plan_climb(search, pattern->anchors[next]);
    if (!find_candidates(&candidates, search, climb)) {
        return;
    }
    void *before = save(search);
    for (size_t i = 0; i < candidates.count && before != NULL && !rg__search_over(search); i++) {
        if (rg__search_step(search) && rg__agree_node(search, climb.node, candidates.nodes[i]) && settle(search)) {
            find_anchors(search, next, depth + 1);
        }
        restore(search, before);
    }
    forget(search, before);
    rg__free(&search->context->allocator, candidates.nodes, candidates.size);
}

/* Memory that the whole attempt uses. */
static bool prepare(rg_search *search)
{
    const rg_pattern *pattern = search->pattern;
    size_t symbols = (pattern->symbol_count + 1) * sizeof(rg_size);
    search->now = make_bindings(search);
    search->known_symbols = rg__arena_allocate(search->arena, symbols);
    search->known_sizes = rg__arena_allocate(search->arena, symbols);
    search->queue = rg__arena_allocate(search->arena, pattern->node_count * sizeof(*search->queue));
    search->queued = rg__arena_allocate(search->arena, pattern->node_count * sizeof(*search->queued));
    search->known_scalars =
        rg__arena_allocate(search->arena, (pattern->graph->id_count + (size_t)1) * sizeof(*search->known_scalars));
    if (search->now == NULL || search->known_scalars == NULL || search->known_symbols == NULL ||
        search->known_sizes == NULL || search->queue == NULL || search->queued == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    return true;
}

void rg__search_run(rg_search *search, rg_node root)
{
    if (prepare(search) && rg__search_step(search) && rg__agree_node(search, search->pattern->anchors[0], root) &&
        settle(search)) {
        find_anchors(search, 1, 0);
    }
}
