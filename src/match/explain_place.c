/*
 * explain_place.c: laying a rule over the graph where it does not match.
 *
 * It is laid at each node that its root could be, then at those that rarer and rarer parts of its pattern could be and
 * that nothing has been laid over yet: so a root that differs is found from what it reads. The search goes on behind
 * what disagrees (observer.h). The nearest places are gone through once more, in all ways. Next: explain_entry.c.
 */
#include <stdlib.h>

#include "match/explain_impl.h"

enum {
    MOST_STEPS_AT_ONCE = 4000,  /* of the search, at one node */
    MOST_STEPS_A_RULE = 100000, /* at all nodes */
    MOST_REFINED = 100          /* places that are gone through in all ways */
};

/* ---- where nodes of an op are ---- */

uint32_t rg__explain_op(const rg_explaining *x, rg_op op)
{
    return rg__form_op(x->context, rg__op_form(x->context, op), op).id;
}

rg_status rg__explain_index(rg_explaining *x)
{
    uint32_t count = (uint32_t)rg_graph_node_count(x->graph);
    x->op_count = (uint32_t)rg_context_op_count(x->context) + 1;
    x->starts = rg__arena_allocate_zero(&x->out->arena, (x->op_count + 2) * sizeof(*x->starts));
    x->nodes = rg__arena_allocate(&x->out->arena, (count + 1) * sizeof(*x->nodes));
    x->wrapped = rg__arena_allocate_zero(&x->out->arena, (x->op_count + 1) * sizeof(*x->wrapped));
    if (x->starts == NULL || x->nodes == NULL || x->wrapped == NULL) {
        return rg__report_memory(x->context);
    }
    for (rg_node node = rg_graph_first(x->graph); !rg_node_is_null(node); node = rg_graph_next(x->graph, node)) {
        x->starts[rg__explain_op(x, rg_node_op(x->graph, node)) + 2]++;
        x->wrapped[rg_value_as_op(rg_node_argument(x->graph, node, 0)).id] = true;
    }
    for (uint32_t i = 2; i < x->op_count + 2; i++) {
        x->starts[i] += x->starts[i - 1];
    }
    /* Filling moves each start, one place ahead so far, to where it belongs. */
    for (rg_node node = rg_graph_first(x->graph); !rg_node_is_null(node); node = rg_graph_next(x->graph, node)) {
        x->nodes[x->starts[rg__explain_op(x, rg_node_op(x->graph, node)) + 1]++] = node.id;
    }
    return RG_OK;
}

uint32_t rg__explain_count(const rg_explaining *x, const rg_pattern_node *wanted)
{
    uint32_t op = rg__explain_op(x, wanted->op);
    if (!rg_op_is_null(wanted->wrapped) && !x->wrapped[wanted->wrapped.id]) {
        return 0;
    }
    uint32_t count = x->starts[op + 1] - x->starts[op];
    return count +
           (rg_op_is_null(wanted->second) ? 0 : x->starts[wanted->second.id + 1] - x->starts[wanted->second.id]);
}

/* ---- one attempt ---- */

static rg_status ignore_match(rg_search *search, const rg_match *match, void *user)
{
    (void)search;
    (void)match;
    (void)user;
    return RG_OK;
}

/* May the first two operands stand in the other order by mistake? */
static bool may_be_exchanged(const rg_pattern_node *node)
{
    return node->has_schema && node->slot_count >= 2 && rg_value_get_kind(node->slots[0].value) == RG_VALUE_NODE &&
           rg_value_get_kind(node->slots[1].value) == RG_VALUE_NODE &&
           node->slots[0].value.bits != node->slots[1].value.bits;
}

/* The instance's pattern, with operands that commute although they must not: the observer notes where they do. */
static rg_status loosen(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rg__explained_rule(x, rule)->compiled;
    if (x->loose_rule == rule) {
        return RG_OK;
    }
    rg_pattern_node *nodes = rg__arena_allocate(&x->arena, pattern->node_count * sizeof(*nodes));
    if (nodes == NULL) {
        return rg__report_memory(x->context);
    }
    memcpy(nodes, pattern->nodes, pattern->node_count * sizeof(*nodes));
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        nodes[i].commutes = nodes[i].commutes || may_be_exchanged(&nodes[i]);
    }
    x->loose = *pattern;
    x->loose.nodes = nodes;
    x->loose_rule = rule;
    return RG_OK;
}

/* Lay the rule over the graph with pattern node `seed` at `node`. `*has` is false when it led to nothing. */
static rg_status lay(rg_alignment *out, bool *has, rg_explaining *x, size_t rule, uint32_t seed, rg_node node,
                     bool takes_first)
{
    rg_observer observer = {
        .other = RG_NO_INDEX, .arena = &x->arena, .starts = x->starts, .nodes = x->nodes, .takes_first = takes_first};
    rg_search search = {
        .context = x->context,
        .arena = &x->matcher->scratch,
        .set = x->matcher->set,
        .rule = rg__explained_rule(x, rule),
        .pattern = &x->loose,
        .rule_index = rule,
        .graph = x->graph,
        .may_write = x->matcher->may_write,
        .observer = &observer,
        .max_steps = MOST_STEPS_AT_ONCE,
        .max_depth = rg_context_limits(x->context).max_depth,
        .found = ignore_match,
    };
    rg_status status = loosen(x, rule);
    if (status != RG_OK) {
        return status;
    }
    rg__arena_reset(&x->matcher->scratch);
    rg__search_run_from(&search, seed, node);
    x->steps += search.steps;
    *has = observer.has_best;
    *out = observer.best;
    rg__observer_free(&observer, &x->context->allocator);
    return search.status;
}

rg_status rg__explain_add(rg_explaining *x, size_t rule, rg_alignment alignment, uint32_t seed, rg_node node)
{
    rg_place_tried place = {{rg__explained_rule(x, rule), rule, alignment, {0}, NULL, false}, seed, node, false};
    return rg__vector_push(&x->context->allocator, &x->tried, place) ? RG_OK : rg__report_memory(x->context);
}

/* From what has been laid over the same comes again; only a root that little hangs on, or that several things are in
 * the way of, may be a wrong one. */
static void cover(rg_explaining *x, const rg_near_miss *near, bool is_root)
{
    const rg_pattern *pattern = near->rule->compiled;
    if (is_root && (near->alignment.matched * 2 < pattern->node_count || near->alignment.cost > 2)) {
        return;
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        x->covered[near->alignment.nodes[i].id] = true;
    }
}

static rg_status try_node(rg_explaining *x, size_t rule, uint32_t seed, rg_node node, bool is_root)
{
    rg_alignment alignment;
    bool has = false;
    rg_status status = lay(&alignment, &has, x, rule, seed, node, true);
    if (status == RG_OK && has) {
        status = rg__explain_add(x, rule, alignment, seed, node);
        if (status == RG_OK) {
            cover(x, &x->tried.items[x->tried.count - 1].near, is_root);
        }
    }
    return status;
}

/* ---- one instance ---- */

static rg_status try_op(rg_explaining *x, size_t rule, uint32_t seed, uint32_t op, bool is_root)
{
    rg_status status = RG_OK;
    for (uint32_t i = x->starts[op]; i < x->starts[op + 1] && status == RG_OK && x->steps < MOST_STEPS_A_RULE; i++) {
        if (!x->covered[x->nodes[i]] || is_root) {
            status = try_node(x, rule, seed, (rg_node){x->nodes[i]}, is_root);
        }
    }
    return status;
}

static rg_status try_seed(rg_explaining *x, size_t rule, uint32_t seed, bool is_root)
{
    const rg_pattern_node *wanted = &rg__explained_rule(x, rule)->compiled->nodes[seed];
    rg_status status = try_op(x, rule, seed, rg__explain_op(x, wanted->op), is_root);
    return status == RG_OK && !rg_op_is_null(wanted->second) ? try_op(x, rule, seed, wanted->second.id, is_root)
                                                             : status;
}

/* The pattern's root, then its other nodes, rarer ones of the graph first. */
rg_status rg__explain_try(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rg__explained_rule(x, rule)->compiled;
    bool *done = rg__arena_allocate_zero(&x->arena, pattern->node_count * sizeof(*done));
    uint32_t seed = pattern->anchors[0];
    rg_status status = RG_OK;
    bool is_root = true;
    if (done == NULL) {
        return rg__report_memory(x->context);
    }
    while (status == RG_OK && seed != RG_NO_INDEX) {
        status = try_seed(x, rule, seed, is_root);
        done[seed] = true;
        is_root = false;
        seed = RG_NO_INDEX;
        for (uint32_t i = 0; i < pattern->node_count; i++) {
            uint32_t count = done[i] ? 0 : rg__explain_count(x, &pattern->nodes[i]);
            if (count != 0 && (seed == RG_NO_INDEX || count < rg__explain_count(x, &pattern->nodes[seed]))) {
                seed = i;
            }
        }
    }
    return status;
}

/* ---- the nearest ---- */

/* Inputs of another dtype than the instance declares: what else of their type differs is not said then. */
static uint32_t count_dtypes(const rg_alignment *alignment)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < alignment->count; i++) {
        const rg_disagreement *noted = &alignment->disagreements[i];
        count += noted->reason == RG_MISS_DTYPE && noted->input != RG_NO_INDEX ? 1 : 0;
    }
    return count;
}

static int compare_places(const void *a, const void *b)
{
    const rg_place_tried *left = a;
    const rg_place_tried *right = b;
    if (left->near.alignment.cost != right->near.alignment.cost) {
        return left->near.alignment.cost < right->near.alignment.cost ? -1 : 1;
    }
    if (left->near.alignment.matched != right->near.alignment.matched) {
        return left->near.alignment.matched > right->near.alignment.matched ? -1 : 1;
    }
    uint32_t dtypes = count_dtypes(&left->near.alignment);
    uint32_t other_dtypes = count_dtypes(&right->near.alignment);
    if (dtypes != other_dtypes) {
        return dtypes < other_dtypes ? -1 : 1;
    }
    if (left->near.rule_index != right->near.rule_index) {
        return left->near.rule_index < right->near.rule_index ? -1 : 1;
    }
    if (left->node.id != right->node.id) {
        return left->node.id < right->node.id ? -1 : 1;
    }
    return left->seed < right->seed ? -1 : left->seed > right->seed;
}

static void sort_places(rg_explaining *x)
{
    if (x->tried.count != 0) {
        qsort(x->tried.items, x->tried.count, sizeof(*x->tried.items), compare_places);
    }
}

/* Go through the nearest places in all ways. */
rg_status rg__explain_refine(rg_explaining *x)
{
    rg_status status = RG_OK;
    sort_places(x);
    uint64_t most = x->steps + MOST_STEPS_A_RULE;
    for (uint32_t i = 0; i < x->tried.count && i < MOST_REFINED && status == RG_OK && x->steps < most; i++) {
        rg_place_tried *place = &x->tried.items[i];
        rg_alignment better;
        bool has = false;
        if (place->near.alignment.cost > 2) {
            status = lay(&better, &has, x, place->near.rule_index, place->seed, place->node, false);
        }
        if (status == RG_OK && has && better.cost < place->near.alignment.cost) {
            place->near.alignment = better;
        }
    }
    sort_places(x);
    return status;
}
