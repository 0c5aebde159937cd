/*
 * expression_explain.c: where an expression nearly matches: which attempts are made, and which misses are kept.
 *
 * The root is tried at every node that it fits. Calls below it are tried too, the largest first, as long as there is
 * more below them than was found so far; not where an attempt from further up has been already. Misses with the same
 * cause are one.
 */
#include "match/expression_miss.h"

#include <stdlib.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "match/mutation_region.h"

enum { DEFAULT_MISSES = 3 };

struct rg_expression_explanation {
    rg_context *context;
    rg_arena arena;
    size_t match_count;
    rg_expression_miss *misses;
    size_t miss_count;
};

typedef struct rg_miss_search {
    rg_context *context;
    const rg_expression *expression;
    rg_graph *graph;
    rg_expression_explain_options options;
    rg_expression_matcher *matcher;
    rg_arena *arena; /* the explanation's */
    rg_expression_observer observer;
    rg_mutation_regions regions;
    bool has_regions;
    rg_map covered;    /* part << 32 | node: this was part of an attempt */
    uint32_t *sizes;   /* by part: calls in it and below it; 0 where the root does not reach */
    uint32_t *readers; /* by part: a call that has it as argument */
    uint32_t best;     /* the most that any attempt has found */
    size_t match_count;
    RG_VECTOR(rg_expression_near_miss) places; /* where it does not match */
    rg_map claimed;                            /* nodes of matches, and of the nearest places */
    RG_VECTOR(rg_expression_near_miss) misses; /* the places by cause */
} rg_miss_search;

static size_t part_count(const rg_miss_search *search)
{
    return (size_t)search->expression->node_count + 1;
}

/* ---- the expression's shape ---- */

/* Count the calls below a part that are not marked yet. Recurses as deep as the part. */
static uint32_t count_calls(bool *marked, const rg_expression *expression, uint32_t part)
{
    const rg_expression_node *node = &expression->nodes[part];
    if (part == 0 || marked[part]) {
        return 0;
    }
    marked[part] = true;
    uint32_t count = rg__expression_is_call(node) ? 1 : 0;
    for (uint32_t i = 0; i < node->child_count; i++) {
        count += count_calls(marked, expression, node->children[i]);
    }
    return count;
}

static rg_status measure(rg_miss_search *search)
{
    const rg_expression *expression = search->expression;
    size_t count = part_count(search);
    search->sizes = rg__arena_allocate_zero(search->arena, count * sizeof *search->sizes);
    search->readers = rg__arena_allocate_zero(search->arena, count * sizeof *search->readers);
    bool *reached = rg__arena_allocate_zero(search->arena, count);
    bool *marked = rg__arena_allocate(search->arena, count);
    if (search->sizes == NULL || search->readers == NULL || reached == NULL || marked == NULL) {
        return rg__report_memory(search->context);
    }
    (void)count_calls(reached, expression, expression->root);
    for (uint32_t part = 1; part <= expression->node_count; part++) {
        const rg_expression_node *node = &expression->nodes[part];
        if (!reached[part]) {
            continue;
        }
        memset(marked, 0, count);
        search->sizes[part] = count_calls(marked, expression, part);
        for (uint32_t i = 0; rg__expression_is_call(node) && i < node->leaf_count; i++) {
            uint32_t leaf = node->leaves[i];
            const rg_expression_node *inner = &expression->nodes[leaf];
            leaf = inner->kind == RG_EXPRESSION_LIST_OF ? inner->children[0] : leaf;
            search->readers[leaf] = part;
        }
    }
    return RG_OK;
}

/* ---- keeping misses ---- */

static rg_expression_disagreement disagreement(rg_expression_reason reason, uint32_t part, rg_value value)
{
    return (rg_expression_disagreement){
        .failure = {.reason = reason, .part = {part}, .value = value, .found = rg_value_missing()}};
}

static bool same_node_op(const rg_graph *graph, rg_node a, rg_node b)
{
    return rg_op_same(rg_node_op(graph, a), rg_node_op(graph, b));
}

/* Nodes that call the same op, or equal constants. */
static bool same_value(const rg_miss_search *search, rg_value a, rg_value b)
{
    rg_value_kind kind = rg_value_get_kind(a);
    if (kind != rg_value_get_kind(b) || kind == RG_VALUE_MISSING) {
        return kind == rg_value_get_kind(b);
    }
    return kind == RG_VALUE_NODE ? same_node_op(search->graph, rg_value_as_node(a), rg_value_as_node(b))
                                 : rg_value_python_equal(search->context, search->graph, a, b);
}

static bool same_cause(const rg_miss_search *search, const rg_expression_near_miss *a, const rg_expression_near_miss *b)
{
    const rg_expression_failure *left = &a->disagreement.failure;
    const rg_expression_failure *right = &b->disagreement.failure;
    return a->stop == b->stop && left->reason == right->reason && left->part.id == right->part.id &&
           left->constant.id == right->constant.id && a->disagreement.is_lacking == b->disagreement.is_lacking &&
           same_node_op(search->graph, a->disagreement.between, b->disagreement.between) &&
           same_value(search, left->value, right->value) && same_value(search, left->found, right->found) &&
           rg_string_equal(a->refusal.sentence, b->refusal.sentence);
}

static bool takes_part(const rg_expression_near_miss *miss, size_t count, rg_node node)
{
    const rg_expression_failure *failure = &miss->disagreement.failure;
    bool found = rg_value_as_node(failure->value).id == node.id || rg_value_as_node(failure->found).id == node.id ||
                 miss->disagreement.between.id == node.id || miss->disagreement.reader.id == node.id ||
                 miss->anchor.id == node.id;
    for (size_t i = 0; i < count && !found; i++) {
        found = miss->found[i].id == node.id;
    }
    return found;
}

/* Is the first nearer than the second? */
static bool is_nearer(const rg_expression_near_miss *a, const rg_expression_near_miss *b)
{
    if (a->matched != b->matched || a->reached != b->reached) {
        return a->matched != b->matched ? a->matched > b->matched : a->reached > b->reached;
    }
    return a->disagreements < b->disagreements;
}

/* Keep a place where the expression does not match. Its nodes are copied. */
static rg_status keep(rg_miss_search *search, const rg_expression_near_miss *given)
{
    rg_expression_near_miss miss = *given;
    rg_node at = search->options.at;
    search->best = given->matched > search->best ? given->matched : search->best;
    if (!rg_node_is_null(at) && !takes_part(given, part_count(search), at)) {
        return RG_OK;
    }
    rg_node *found = rg__arena_allocate(search->arena, part_count(search) * sizeof *found);
    if (found == NULL) {
        return rg__report_memory(search->context);
    }
    memcpy(found, given->found, part_count(search) * sizeof *found);
    miss.found = found;
    miss.order = search->places.count;
    return rg__vector_push(&search->context->allocator, &search->places, miss) ? RG_OK
                                                                               : rg__report_memory(search->context);
}

static rg_status cover(rg_miss_search *search, uint32_t part, rg_node node)
{
    uint64_t key = (uint64_t)part << 32 | node.id;
    return rg__map_set(&search->context->allocator, &search->covered, key, 1) ? RG_OK
                                                                              : rg__report_memory(search->context);
}

static rg_status cover_found(rg_miss_search *search, const rg_node *found)
{
    rg_status status = RG_OK;
    for (uint32_t i = 1; i <= search->expression->node_count && status == RG_OK; i++) {
        status = rg_node_is_null(found[i]) ? RG_OK : cover(search, i, found[i]);
    }
    return status;
}

static rg_status claim(rg_miss_search *search, const rg_node *found)
{
    bool done = true;
    for (uint32_t i = 1; i <= search->expression->node_count && done; i++) {
        done = rg_node_is_null(found[i]) || rg__map_set(&search->context->allocator, &search->claimed, found[i].id, 1);
    }
    return done ? RG_OK : rg__report_memory(search->context);
}

/* ---- attempts ---- */

/* What reads the anchor, where all below it is found: a node that no part stands for, the last one. */
static rg_expression_disagreement disagreeing_reader(const rg_miss_search *search, uint32_t part, rg_node anchor)
{
    rg_expression_disagreement result =
        disagreement(RG_EXPRESSION_REASON_TARGET, search->readers[part], rg_value_missing());
    for (size_t i = 0; i < rg_node_use_count(search->graph, anchor); i++) {
        rg_node user = rg_node_use(search->graph, anchor, i).user;
        bool is_part = false;
        for (uint32_t j = 1; j <= search->expression->node_count && !is_part; j++) {
            is_part = search->observer.found[j].id == user.id;
        }
        result.failure.value = is_part ? result.failure.value : rg_value_node(user);
    }
    return result;
}

/* How many calls have found a node, refused or not. */
static uint32_t reached(const rg_expression_observer *observer, const rg_expression *expression)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= expression->node_count; i++) {
        count += !rg_node_is_null(observer->found[i]);
    }
    return count;
}

static rg_status observe(rg_miss_search *search, uint32_t part, rg_node node)
{
    rg_expression_observer *observer = &search->observer;
    rg_status status = rg__expression_observe(search->matcher, observer, search->graph, part, node);
    if (status != RG_OK) {
        return status;
    }
    rg_expression_near_miss miss = {.stop = RG_EXPRESSION_STOP_DISAGREEMENT,
                                    .disagreement = observer->first,
                                    .anchor = node,
                                    .anchor_part = part,
                                    .matched = rg__expression_observer_matched(observer, search->expression),
                                    .reached = reached(observer, search->expression),
                                    .disagreements = observer->count,
                                    .found = observer->found};
    bool is_miss = observer->count > 0;
    if (observer->count == 0 && search->readers[part] != 0) {
        const rg_expression_node *reader = &search->expression->nodes[search->readers[part]];
        miss.stop = RG_EXPRESSION_STOP_READER;
        miss.disagreement = disagreeing_reader(search, part, node);
        /* One that fits says itself why it does not match. */
        is_miss = !rg__expression_fits_target(search->matcher, reader, miss.disagreement.failure.value);
    }
    status = cover_found(search, observer->found);
    return status == RG_OK && is_miss ? keep(search, &miss) : status;
}

/* A node of the match that is of another region than the first; null: there is none. */
static rg_status find_other_region(rg_node *out, rg_miss_search *search, const rg_expression_match *match)
{
    uint32_t first = 0;
    rg_status status = RG_OK;
    *out = (rg_node){0};
    if (!search->has_regions) {
        status = rg__mutation_regions_compute(&search->regions, search->graph);
        search->has_regions = status == RG_OK;
    }
    for (size_t i = 0; i < rg_expression_match_node_count(match) && status == RG_OK && rg_node_is_null(*out); i++) {
        uint32_t region = 0;
        rg_node node = rg_expression_match_node(match, i);
        status = rg__mutation_region(&region, &search->regions, search->graph, node);
        first = i == 0 ? region : first;
        *out = region != first ? node : *out;
    }
    return status;
}

/* The expression matches at the node. Would a pass take it? */
static rg_status judge(rg_miss_search *search, rg_node node)
{
    const rg_expression_match *match = rg_expression_matcher_match(search->matcher);
    rg_expression_observer *observer = &search->observer;
    rg_expression_near_miss miss = {
        .stop = RG_EXPRESSION_STOP_WRITE,
        .disagreement = disagreement(RG_EXPRESSION_REASON_NONE, search->expression->root, rg_value_node(node)),
        .anchor = node,
        .anchor_part = search->expression->root,
        .found = observer->found};
    rg_node other;
    rg__expression_observer_clear(observer, search->expression);
    for (uint32_t i = 1; i <= search->expression->node_count; i++) {
        bool is_call = rg__expression_is_call(&search->expression->nodes[i]);
        observer->found[i] =
            is_call ? rg_value_as_node(rg_expression_match_part(match, (rg_expression_part){i})) : observer->found[i];
    }
    miss.matched = miss.reached = search->sizes[search->expression->root];
    rg_status status = cover_found(search, observer->found);
    status = status == RG_OK ? find_other_region(&other, search, match) : status;
    if (status == RG_OK && !rg_node_is_null(other)) {
        miss.disagreement.failure.value = rg_value_node(other);
        return keep(search, &miss);
    }
    if (status == RG_OK && search->options.judge != NULL) {
        status = search->options.judge(&miss.refusal, match, search->options.user);
        miss.stop = RG_EXPRESSION_STOP_CHECK;
    }
    if (status == RG_OK && miss.refusal.refused) {
        bool has_node = !rg_node_is_null(miss.refusal.node);
        miss.disagreement.failure.value = rg_value_node(has_node ? miss.refusal.node : node);
        return keep(search, &miss);
    }
    search->match_count++;
    search->best = miss.matched;
    return status == RG_OK ? claim(search, observer->found) : status;
}

static rg_status try_root(rg_miss_search *search, rg_node node)
{
    bool matched = false;
    rg_status status = rg_expression_matcher_try(&matched, search->matcher, search->graph, node);
    if (status != RG_OK) {
        return status;
    }
    return matched ? judge(search, node) : observe(search, search->expression->root, node);
}

static rg_status try_part(rg_miss_search *search, uint32_t part)
{
    const rg_expression *expression = search->expression;
    bool is_root = part == expression->root;
    const rg_expression_node *call = is_root ? rg__expression_anchor(expression) : &expression->nodes[part];
    rg_status status = RG_OK;
    search->matcher->graph = search->graph;
    for (rg_node node = rg_graph_last(search->graph); status == RG_OK && !rg_node_is_null(node);
         node = rg_graph_previous(search->graph, node)) {
        uint32_t ignored;
        if (rg__expression_fits_target(search->matcher, call, rg_value_node(node)) &&
            !rg__map_find(&search->covered, (uint64_t)part << 32 | node.id, &ignored)) {
            status = is_root ? try_root(search, node) : observe(search, part, node);
        }
    }
    return status;
}

/* The call below the root with most calls in it, of those with fewer than `limit` or as many and a smaller id than
 * `after`; 0: none. */
static uint32_t next_part(const rg_miss_search *search, uint32_t limit, uint32_t after)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i <= search->expression->node_count; i++) {
        uint32_t size = search->sizes[i];
        bool is_next = size < limit || (size == limit && i < after);
        if (rg__expression_is_call(&search->expression->nodes[i]) && i != search->expression->root && is_next &&
            size >= search->sizes[best] && size > 0) {
            best = i;
        }
    }
    return best;
}

static rg_status try_all(rg_miss_search *search)
{
    uint32_t root = search->expression->root;
    rg_status status = try_part(search, root);
    uint32_t part = next_part(search, search->sizes[root], root);
    while (status == RG_OK && part != 0 && search->sizes[part] > search->best) {
        status = try_part(search, part);
        part = next_part(search, search->sizes[part], part);
    }
    return status;
}

/* ---- operands in the other order ---- */

/* Is `part` below `above`, or the same? Recurses as deep as the part. */
static bool is_below(const rg_expression *expression, uint32_t part, uint32_t above)
{
    const rg_expression_node *node = &expression->nodes[above];
    bool found = part == above;
    for (uint32_t i = 0; i < node->child_count && !found && above > part; i++) {
        found = is_below(expression, part, node->children[i]);
    }
    return found;
}

/* Would more be found if the call's first two arguments stood the other way round? Then that is the cause. */
static rg_status try_swapped(rg_miss_search *search, rg_expression_near_miss *miss, uint32_t call)
{
    rg_expression_observer *observer = &search->observer;
    observer->swapped = call;
    rg_status status =
        rg__expression_observe(search->matcher, observer, search->graph, miss->anchor_part, miss->anchor);
    observer->swapped = 0;
    uint32_t matched = rg__expression_observer_matched(observer, search->expression);
    if (status != RG_OK || matched <= miss->matched || observer->count >= miss->disagreements) {
        return status;
    }
    rg_node *found = rg__arena_allocate(search->arena, part_count(search) * sizeof *found);
    if (found == NULL) {
        return rg__report_memory(search->context);
    }
    memcpy(found, observer->found, part_count(search) * sizeof *found);
    miss->found = found;
    miss->stop = RG_EXPRESSION_STOP_OPERANDS;
    miss->matched = matched;
    miss->reached = reached(observer, search->expression);
    miss->disagreements = observer->count + 1;
    miss->disagreement = disagreement(RG_EXPRESSION_REASON_NONE, call, rg_value_node(found[call]));
    return RG_OK;
}

static rg_status consider_operands(rg_miss_search *search, rg_expression_near_miss *miss)
{
    const rg_expression *expression = search->expression;
    uint32_t stopped = miss->disagreement.failure.part.id;
    rg_status status = RG_OK;
    for (uint32_t i = stopped; i <= expression->node_count && status == RG_OK; i++) {
        const rg_expression_node *call = &expression->nodes[i];
        bool fits = miss->stop == RG_EXPRESSION_STOP_DISAGREEMENT && rg__expression_is_call(call) &&
                    call->child_count - call->keyword_count >= 2 && !rg_node_is_null(miss->found[i]);
        if (fits && is_below(expression, stopped, i)) {
            status = try_swapped(search, miss, i);
        }
    }
    return status;
}

/* ---- the answer ---- */

/* The nearest first; of equals, the one found first. */
static int compare_misses(const void *a, const void *b)
{
    const rg_expression_near_miss *left = a;
    const rg_expression_near_miss *right = b;
    if (is_nearer(left, right) || is_nearer(right, left)) {
        return is_nearer(left, right) ? -1 : 1;
    }
    return left->order < right->order ? -1 : left->order > right->order;
}

/* Count a place with those of its cause. They come nearest first. */
static rg_status add_place(rg_miss_search *search, const rg_expression_near_miss *place)
{
    rg_expression_near_miss *kept = NULL;
    for (uint32_t i = 0; i < search->misses.count && kept == NULL; i++) {
        kept = same_cause(search, &search->misses.items[i], place) ? &search->misses.items[i] : NULL;
    }
    if (kept == NULL) {
        if (!rg__vector_push(&search->context->allocator, &search->misses, *place)) {
            return rg__report_memory(search->context);
        }
        kept = &search->misses.items[search->misses.count - 1];
    }
    if (place->stop == RG_EXPRESSION_STOP_ABSENT) {
        return RG_OK; /* nowhere */
    }
    kept->count++;
    if (kept->example_count < RG_MISS_EXAMPLES) {
        kept->examples[kept->example_count++] = place->anchor;
    }
    return RG_OK;
}

/* Places by cause. One that begins inside of a match or of a nearer place only repeats it, shifted. */
static rg_status group_places(rg_miss_search *search)
{
    rg_status status = RG_OK;
    if (search->places.count > 0) {
        qsort(search->places.items, search->places.count, sizeof *search->places.items, compare_misses);
    }
    for (uint32_t i = 0; i < search->places.count && status == RG_OK; i++) {
        const rg_expression_near_miss *place = &search->places.items[i];
        uint32_t ignored;
        if (!rg__map_find(&search->claimed, place->anchor.id, &ignored)) {
            status = claim(search, place->found);
            status = status == RG_OK ? add_place(search, place) : status;
        }
    }
    return status;
}

static rg_status note_absence(rg_miss_search *search)
{
    rg_expression_near_miss miss = {
        .stop = RG_EXPRESSION_STOP_ABSENT,
        .disagreement = disagreement(RG_EXPRESSION_REASON_NONE, search->expression->root, rg_value_missing())};
    rg__expression_observer_clear(&search->observer, search->expression);
    miss.found = search->observer.found;
    return keep(search, &miss);
}

static rg_status describe(rg_expression_explanation *explanation, rg_miss_search *search)
{
    size_t most = search->options.max_misses == 0 ? DEFAULT_MISSES : search->options.max_misses;
    most = search->misses.count < most ? search->misses.count : most;
    explanation->misses = rg__arena_allocate_zero(&explanation->arena, most * sizeof *explanation->misses);
    if (explanation->misses == NULL) {
        return rg__report_memory(search->context);
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < most && status == RG_OK; i++) {
        status = consider_operands(search, &search->misses.items[i]);
    }
    if (most > 0) {
        qsort(search->misses.items, most, sizeof *search->misses.items, compare_misses);
    }
    for (size_t i = 0; i < most && status == RG_OK; i++) {
        const rg_expression_near_miss *miss = &search->misses.items[i];
        if (miss->matched * 2 < search->best) {
            break;
        }
        rg_expression_miss *out = &explanation->misses[explanation->miss_count++];
        status = rg__expression_miss_describe(out, &explanation->arena, search->matcher, search->graph, miss);
        out->total = search->sizes[search->expression->root];
    }
    return status;
}

static rg_status run(rg_expression_explanation *explanation, rg_miss_search *search)
{
    size_t count = part_count(search);
    search->observer.found = rg__arena_allocate(search->arena, count * sizeof *search->observer.found);
    search->observer.refused = rg__arena_allocate(search->arena, count * sizeof *search->observer.refused);
    if (search->observer.found == NULL || search->observer.refused == NULL) {
        return rg__report_memory(search->context);
    }
    rg_status status = measure(search);
    status = status == RG_OK ? try_all(search) : status;
    explanation->match_count = search->match_count;
    if (status == RG_OK && search->places.count == 0 && search->match_count == 0) {
        status = note_absence(search);
    }
    status = status == RG_OK ? group_places(search) : status;
    return status == RG_OK ? describe(explanation, search) : status;
}

rg_status rg_expression_explain(rg_expression_explanation **out, const rg_expression *expression, rg_graph *graph,
                                const rg_expression_explain_options *options)
{
    rg_context *context = rg_graph_context(graph);
    const rg_allocator *allocator = &context->allocator;
    rg_miss_search search = {
        .context = context, .expression = expression, .graph = graph, .options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT};
    *out = NULL;
    if (options != NULL) {
        size_t size = options->struct_size;
        memcpy(&search.options, options, size < sizeof search.options ? size : sizeof search.options);
    }
    rg_expression_explanation *explanation = rg__allocate(allocator, sizeof *explanation);
    if (explanation == NULL) {
        return rg__report_memory(context);
    }
    *explanation = (rg_expression_explanation){.context = context};
    rg__arena_init(&explanation->arena, allocator);
    search.arena = &explanation->arena;
    rg_status status = rg_expression_matcher_create(&search.matcher, context, expression, &search.options.matcher);
    status = status == RG_OK ? run(explanation, &search) : status;
    rg_expression_matcher_destroy(search.matcher);
    rg__mutation_regions_free(&search.regions, allocator);
    rg__map_free(allocator, &search.covered);
    rg__map_free(allocator, &search.claimed);
    rg__vector_free(allocator, &search.places);
    rg__vector_free(allocator, &search.misses);
    if (status != RG_OK) {
        rg_expression_explanation_destroy(explanation);
        return status;
    }
    *out = explanation;
    return RG_OK;
}

void rg_expression_explanation_destroy(rg_expression_explanation *explanation)
{
    if (explanation != NULL) {
        rg_allocator allocator = explanation->context->allocator;
        rg__arena_free(&explanation->arena);
        rg__free(&allocator, explanation, sizeof *explanation);
    }
}

size_t rg_expression_explanation_match_count(const rg_expression_explanation *explanation)
{
    return explanation->match_count;
}

size_t rg_expression_explanation_count(const rg_expression_explanation *explanation)
{
    return explanation->miss_count;
}

const rg_expression_miss *rg_expression_explanation_get(const rg_expression_explanation *explanation, size_t index)
{
    return index < explanation->miss_count ? &explanation->misses[index] : NULL;
}
