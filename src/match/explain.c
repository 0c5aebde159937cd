/*
 * explain.c: why rules do not match: which rules, and what else stops them than the graph: matches that go first, and
 * fuel. Next: explain_place.c, how a rule is laid over the graph.
 */
#include "match/explain_impl.h"

static size_t rule_count(const rg_explaining *x)
{
    return x->matcher->set->rules.count;
}

/* ---- which matches take their nodes ---- */

static bool is_replaced(const rg_explain_options *options, rg_node node)
{
    size_t low = 0;
    size_t high = options->replaced_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (options->replaced[middle].id < node.id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < options->replaced_count && options->replaced[low].id == node.id;
}

/* A node of the match that is taken already, at best by a match before; null if none is. */
static rg_node taken_node(const rg_explaining *x, const rg_match *match)
{
    rg_node taken = {0};
    for (size_t i = 0; i < match->node_count; i++) {
        if (is_replaced(x->options, match->nodes[i])) {
            return match->nodes[i];
        }
        taken = rg_node_is_null(taken) && x->takers[match->nodes[i].id] != 0 ? match->nodes[i] : taken;
    }
    return taken;
}

/* In the order in which a sweep takes them, which is that of the list. */
static void take_nodes(rg_explaining *x)
{
    for (size_t i = 0; i < rg_match_list_count(x->matches); i++) {
        const rg_match *match = rg_match_list_get(x->matches, i);
        if (!rg_node_is_null(taken_node(x, match))) {
            continue;
        }
        x->fires[match->rule_index] = true;
        for (size_t j = 0; j < match->node_count; j++) {
            x->takers[match->nodes[j].id] = (uint32_t)i + 1;
        }
    }
}

/* The match that takes the node first; NULL if none does. */
static const rg_match *taker(const rg_explaining *x, rg_node node)
{
    return x->takers[node.id] == 0 ? NULL : rg_match_list_get(x->matches, x->takers[node.id] - 1);
}

/* ---- what the engine ran out of, and what goes first ---- */

/* Places where the engine's search runs out of steps. */
static rg_status try_fuel(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rg__explained_rule(x, rule)->compiled;
    const rg_pattern_node *wanted = &pattern->nodes[pattern->anchors[0]];
    uint32_t op = rg__explain_op(x, wanted->op);
    rg_status status = RG_OK;
    for (uint32_t i = x->starts[op]; i < x->starts[op + 1] && status == RG_OK; i++) {
        const rg_match *match = NULL;
        bool gave_up = false;
        rg_node node = {x->nodes[i]};
        status = rg__matcher_first(&match, &gave_up, x->matcher, x->graph, rule, node);
        rg_node *nodes = rg__arena_allocate_zero(&x->arena, pattern->node_count * sizeof(*nodes));
        rg_disagreement *noted = rg__arena_allocate(&x->arena, sizeof(*noted));
        if (nodes == NULL || noted == NULL) {
            return rg__report_memory(x->context);
        }
        if (status == RG_OK && gave_up) {
            nodes[pattern->anchors[0]] = node;
            *noted = (rg_disagreement){.reason = RG_MISS_FUEL,
                                       .index = pattern->anchors[0],
                                       .slot = RG_NO_INDEX,
                                       .input = RG_NO_INDEX,
                                       .pattern = rg_value_missing(),
                                       .graph = rg_value_missing(),
                                       .node = node};
            status = rg__explain_add(x, rule, (rg_alignment){1, 1, nodes, NULL, noted, 1}, pattern->anchors[0], node);
        }
    }
    return status;
}

/* Matches of the rule whose nodes another match takes first. */
static rg_status add_overlaps(rg_explaining *x, size_t rule)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_match_list_count(x->matches) && status == RG_OK; i++) {
        const rg_match *match = rg_match_list_get(x->matches, i);
        rg_node taken = match->rule_index == rule ? taken_node(x, match) : (rg_node){0};
        const rg_match *first = taker(x, taken);
        if (rg_node_is_null(taken) || (first != NULL && first->rule_index == rule)) {
            continue;
        }
        rg_disagreement *noted = rg__arena_allocate(&x->arena, sizeof(*noted));
        if (noted == NULL) {
            return rg__report_memory(x->context);
        }
        *noted = (rg_disagreement){.reason = RG_MISS_OVERLAP,
                                   .index = RG_NO_INDEX,
                                   .slot = RG_NO_INDEX,
                                   .input = RG_NO_INDEX,
                                   .pattern = rg_value_missing(),
                                   .graph = rg_value_missing(),
                                   .node = taken};
        uint32_t count = match->rule->compiled->node_count;
        for (uint32_t j = 0; j < count; j++) {
            if (rg_node_same(match->assigned[j], taken)) {
                noted->index = j;
            }
        }
        status = rg__explain_add(x, rule, (rg_alignment){1, count, match->assigned, match->inputs, noted, 1},
                                 match->rule->compiled->anchors[0], match->root);
        if (status == RG_OK && first != NULL) {
            rg_near_miss *near = &x->tried.items[x->tried.count - 1].near;
            near->goes_first = first->rule;
            near->at_its_root = rg_node_same(first->root, match->root);
        }
        for (size_t j = 0; j < match->node_count; j++) {
            x->covered[match->nodes[j].id] = true;
        }
    }
    return status;
}

/* ---- rules ---- */

static bool is_asked(const rg_explaining *x, size_t rule)
{
    for (size_t i = 0; i < x->options->rule_count; i++) {
        if (x->options->rules[i] == rule) {
            return true;
        }
    }
    return x->options->rules == NULL;
}

static bool same_rule(const rg_explaining *x, size_t a, size_t b)
{
    return rg_string_equal(rg__explained_rule(x, a)->rule, rg__explained_rule(x, b)->rule);
}

/* Where the rule matches it need not be explained. */
static void cover_matches(rg_explaining *x, size_t rule)
{
    memset(x->covered, 0, (x->graph->id_count + (size_t)1) * sizeof(*x->covered));
    memset(x->matched, 0, (x->graph->id_count + (size_t)1) * sizeof(*x->matched));
    for (size_t i = 0; i < rg_match_list_count(x->matches); i++) {
        const rg_match *match = rg_match_list_get(x->matches, i);
        for (size_t j = 0; same_rule(x, match->rule_index, rule) && j < match->node_count; j++) {
            x->covered[match->nodes[j].id] = true;
            x->matched[match->nodes[j].id] = true;
        }
    }
}

/* All instances of the rule that `first` is the first one of. */
static rg_status explain_rule(rg_explaining *x, size_t first)
{
    rg_status status = RG_OK;
    x->steps = 0;
    x->tried.count = 0;
    rg__arena_reset(&x->arena);
    x->loose_rule = SIZE_MAX;
    for (size_t i = first; i < rule_count(x) && status == RG_OK; i++) {
        if (is_asked(x, i) && same_rule(x, first, i)) {
            cover_matches(x, first); /* what is laid over by one instance another may come nearer to */
            status = add_overlaps(x, i);
            if (status == RG_OK && rg_match_list_gave_up(x->matches) > 0) {
                status = try_fuel(x, i);
            }
            if (status == RG_OK) {
                status = rg__explain_try(x, i);
            }
        }
    }
    if (status == RG_OK) {
        status = rg__explain_refine(x);
    }
    return status == RG_OK ? rg__explain_enter(x, first) : status;
}

/* Is it the first instance of a rule to be explained? */
static bool begins_rule(const rg_explaining *x, size_t rule)
{
    bool fires = false;
    for (size_t i = 0; i < rule_count(x); i++) {
        if (same_rule(x, i, rule)) {
            if (i < rule && is_asked(x, i)) {
                return false;
            }
            fires = fires || x->fires[i];
        }
    }
    return is_asked(x, rule) && (!fires || x->options->rules != NULL || !rg_node_is_null(x->options->at));
}

static rg_status prepare(rg_explaining *x)
{
    size_t ids = x->graph->id_count + (size_t)1;
    rg_arena *arena = &x->out->arena;
    x->takers = rg__arena_allocate_zero(arena, ids * sizeof(*x->takers));
    x->covered = rg__arena_allocate_zero(arena, ids * sizeof(*x->covered));
    x->matched = rg__arena_allocate_zero(arena, ids * sizeof(*x->matched));
    x->fires = rg__arena_allocate_zero(arena, (rule_count(x) + 1) * sizeof(*x->fires));
    if (x->takers == NULL || x->covered == NULL || x->matched == NULL || x->fires == NULL) {
        return rg__report_memory(x->context);
    }
    rg_status status = rg_matcher_find_all(&x->matches, x->matcher, x->graph);
    if (status == RG_OK) {
        status = rg__explain_index(x);
    }
    if (status == RG_OK) {
        take_nodes(x);
    }
    return status;
}

rg_status rg_matcher_explain(rg_explanation **out, rg_matcher *matcher, rg_graph *graph,
                             const rg_explain_options *options)
{
    rg_explain_options given = RG_EXPLAIN_OPTIONS_INIT;
    rg_context *context = matcher->context;
    *out = NULL;
    if (options != NULL) {
        memcpy(&given, options, options->struct_size < sizeof(given) ? options->struct_size : sizeof(given));
    }
    rg_explanation *explanation = rg__allocate(&context->allocator, sizeof(*explanation));
    if (explanation == NULL) {
        return rg__report_memory(context);
    }
    *explanation = (rg_explanation){.context = context};
    rg__arena_init(&explanation->arena, &context->allocator);
    rg_explaining x = {.matcher = matcher, .context = context, .graph = graph, .options = &given, .out = explanation};
    rg__arena_init(&x.arena, &context->allocator);
    rg_status status = prepare(&x);
    for (size_t i = 0; i < rule_count(&x) && status == RG_OK; i++) {
        if (begins_rule(&x, i)) {
            status = explain_rule(&x, i);
        }
    }
    rg_match_list_destroy(x.matches);
    rg__vector_free(&context->allocator, &x.tried);
    rg__arena_free(&x.arena);
    if (status != RG_OK) {
        rg_explanation_destroy(explanation);
        return status;
    }
    *out = explanation;
    return RG_OK;
}

/* ---- reading ---- */

void rg_explanation_destroy(rg_explanation *explanation)
{
    if (explanation != NULL) {
        const rg_allocator *allocator = &explanation->context->allocator;
        rg__vector_free(allocator, &explanation->misses);
        rg__arena_free(&explanation->arena);
        rg__free(allocator, explanation, sizeof(*explanation));
    }
}

size_t rg_explanation_count(const rg_explanation *explanation)
{
    return explanation->misses.count;
}

const rg_miss *rg_explanation_get(const rg_explanation *explanation, size_t index)
{
    return index < explanation->misses.count ? &explanation->misses.items[index] : NULL;
}
