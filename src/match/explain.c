/*
 * explain.c: why rules do not match: where to look, and which of what is found to tell.
 *
 * A rule is laid over the graph at each node that one of its pattern's could be, first at those for its root, then at
 * those for rarer and rarer parts that nothing has been laid over yet (so a root that differs is found from what it
 * reads). The search (reference.c) goes on behind what disagrees and tells it to an observer (observer.h). The places
 * with the least in the way are gone through once more, trying all ways to go on. Next: explain_text.c.
 */
#include <stdlib.h>

#include "match/explain_impl.h"

enum {
    MOST_STEPS_AT_ONCE = 4000,  /* of the search, at one node */
    MOST_STEPS_A_RULE = 400000, /* at all nodes */
    MOST_REFINED = 200,         /* places that are gone through in all ways */
    DEFAULT_MISSES = 3,
    MOST_EXAMPLES = 3
};

struct rg_explanation {
    rg_context *context;
    rg_arena arena;
    RG_VECTOR(rg_miss) misses;
};

/* A place of the graph where an instance of the rule at hand was tried. */
typedef struct rg_place_tried {
    rg_near_miss near;
    uint32_t seed; /* the pattern's node, and the graph's, from which it was laid */
    rg_node node;
    bool is_left; /* out: a nearer one holds its nodes */
} rg_place_tried;

typedef struct rg_explaining {
    rg_matcher *matcher;
    rg_context *context;
    rg_graph *graph;
    const rg_explain_options *options;
    rg_explanation *out;
    rg_arena arena; /* of the rule at hand */
    rg_match_list *matches;
    uint32_t *takers; /* by node id: 1 + the rule whose match takes the node first; 0: none does */
    bool *fires;      /* by rule: some match of it takes its nodes first */
    uint32_t *starts; /* nodes whose op is, or stands for, `i`: nodes[starts[i]] .. nodes[starts[i + 1] - 1] */
    uint32_t *nodes;
    uint32_t op_count;
    bool *covered; /* by node id: nothing more is looked for from here for the rule at hand */
    RG_VECTOR(rg_place_tried) tried;
    size_t loose_rule; /* the instance whose pattern `loose` is; SIZE_MAX: none yet */
    rg_pattern loose;
    uint64_t steps; /* for the rule at hand */
} rg_explaining;

static const rg_rule *rule_at(const rg_explaining *x, size_t index)
{
    return &x->matcher->set->rules.items[index];
}

static size_t rule_count(const rg_explaining *x)
{
    return x->matcher->set->rules.count;
}

/* ---- where nodes of an op are ---- */

static uint32_t index_op(const rg_explaining *x, rg_op op)
{
    return rg__form_op(x->context, rg__op_form(x->context, op), op).id;
}

static rg_status index_nodes(rg_explaining *x)
{
    uint32_t count = (uint32_t)rg_graph_node_count(x->graph);
    x->op_count = (uint32_t)rg_context_op_count(x->context) + 1;
    x->starts = rg__arena_allocate_zero(&x->out->arena, (x->op_count + 2) * sizeof(*x->starts));
    x->nodes = rg__arena_allocate(&x->out->arena, (count + 1) * sizeof(*x->nodes));
    if (x->starts == NULL || x->nodes == NULL) {
        return rg__report_memory(x->context);
    }
    for (rg_node node = rg_graph_first(x->graph); !rg_node_is_null(node); node = rg_graph_next(x->graph, node)) {
        x->starts[index_op(x, rg_node_op(x->graph, node)) + 2]++;
    }
    for (uint32_t i = 2; i < x->op_count + 2; i++) {
        x->starts[i] += x->starts[i - 1];
    }
    /* Filling moves each start, one place ahead so far, to where it belongs. */
    for (rg_node node = rg_graph_first(x->graph); !rg_node_is_null(node); node = rg_graph_next(x->graph, node)) {
        x->nodes[x->starts[index_op(x, rg_node_op(x->graph, node)) + 1]++] = node.id;
    }
    return RG_OK;
}

static uint32_t count_nodes(const rg_explaining *x, const rg_pattern_node *wanted)
{
    uint32_t op = index_op(x, wanted->op);
    uint32_t count = x->starts[op + 1] - x->starts[op];
    return count +
           (rg_op_is_null(wanted->second) ? 0 : x->starts[wanted->second.id + 1] - x->starts[wanted->second.id]);
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

/* A node of the match that is taken already; null if none is. */
static rg_node taken_node(const rg_explaining *x, const rg_match *match)
{
    for (size_t i = 0; i < match->node_count; i++) {
        if (x->takers[match->nodes[i].id] != 0 || is_replaced(x->options, match->nodes[i])) {
            return match->nodes[i];
        }
    }
    return (rg_node){0};
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
            x->takers[match->nodes[j].id] = (uint32_t)match->rule_index + 1;
        }
    }
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
    const rg_pattern *pattern = rule_at(x, rule)->compiled;
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
    rg_observer observer = {.other = RG_NO_INDEX, .arena = &x->arena, .takes_first = takes_first};
    rg_search search = {
        .context = x->context,
        .arena = &x->matcher->scratch,
        .set = x->matcher->set,
        .rule = rule_at(x, rule),
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

/* Does something of the place stand in the node? */
static bool place_holds(const rg_near_miss *near, rg_node node)
{
    for (uint32_t i = 0; i < near->rule->compiled->node_count; i++) {
        if (rg_node_same(near->alignment.nodes[i], node)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < near->alignment.count; i++) {
        const rg_disagreement *noted = &near->alignment.disagreements[i];
        if (rg_node_same(noted->node, node) || rg_node_same(noted->other, node)) {
            return true;
        }
    }
    return false;
}

/* The dimension of the value's type that the rule declares to be the symbol alone; null if there is none. */
static rg_size size_of_symbol(const rg_explaining *x, rg_type declared, rg_type type, rg_size symbol)
{
    rg_tensor_type expected = rg_type_get_tensor(x->context, declared);
    rg_tensor_type tensor = rg_type_get_tensor(x->context, type);
    for (uint32_t i = 0; i < expected.rank && expected.rank == tensor.rank; i++) {
        if (rg_size_same(expected.sizes[i], symbol)) {
            return tensor.sizes[i];
        }
    }
    return (rg_size){0};
}

/* How many nodes of the place have this size where their pattern's have the symbol? */
static size_t count_votes(const rg_explaining *x, const rg_near_miss *near, rg_size symbol, rg_size size)
{
    const rg_pattern *pattern = near->rule->compiled;
    size_t votes = 0;
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        rg_type type = rg_node_type(x->graph, near->alignment.nodes[i]);
        rg_type expected = rg_node_type(near->rule->pattern, pattern->nodes[i].node);
        votes += rg_size_same(size_of_symbol(x, expected, type, symbol), size) ? 1 : 0;
    }
    return votes;
}

/*
 * Two inputs disagree about a size. The search takes the one that it meets first; which of them stands out, the rest of
 * the place tells.
 */
static void settle_size(const rg_explaining *x, rg_near_miss *near)
{
    rg_disagreement *cause = &near->cause;
    const rg_rule *rule = near->rule;
    if (cause->reason != RG_MISS_SIZE || cause->input == RG_NO_INDEX) {
        return;
    }
    rg_tensor_type expected = rg_type_get_tensor(x->context, rule->inputs[cause->input].type);
    rg_tensor_type tensor = rg_type_get_tensor(x->context, rg_node_type(x->graph, cause->node));
    rg_size symbol = expected.sizes[cause->dimension];
    rg_size own = tensor.sizes[cause->dimension];
    for (uint32_t i = 0; i < rule->input_count; i++) {
        rg_node node = i == cause->input ? (rg_node){0} : rg_value_as_node(near->alignment.inputs[i]);
        rg_size other = size_of_symbol(x, rule->inputs[i].type, rg_node_type(x->graph, node), symbol);
        if (rg_node_is_null(node) || rg_size_is_null(other) || rg_size_same(other, own)) {
            continue;
        }
        cause->other = node;
        if (count_votes(x, near, symbol, own) > count_votes(x, near, symbol, other)) {
            cause->other = cause->node;
            cause->node = node;
            cause->input = i;
            cause->dimension = 0;
            rg_tensor_type declared = rg_type_get_tensor(x->context, rule->inputs[i].type);
            while (!rg_size_same(declared.sizes[cause->dimension], symbol)) {
                cause->dimension++;
            }
        }
        return;
    }
}

/* What of the disagreements to name: the first one that is about what is called, which others may follow from. */
static rg_disagreement cause_of(const rg_alignment *alignment)
{
    static const bool follows[RG_MISS_REASON_COUNT] = {
        [RG_MISS_SIZE] = true, [RG_MISS_RANK] = true, [RG_MISS_LAYOUT] = true, [RG_MISS_DIFFERENT_VALUE] = true};
    for (uint32_t i = 0; i < alignment->count; i++) {
        if (!follows[alignment->disagreements[i].reason]) {
            return alignment->disagreements[i];
        }
    }
    return alignment->disagreements[0];
}

static rg_status add_place(rg_explaining *x, size_t rule, rg_alignment alignment, uint32_t seed, rg_node node)
{
    rg_place_tried place = {{rule_at(x, rule), rule, alignment, {0}, NULL}, seed, node, false};
    return rg__vector_push(&x->context->allocator, &x->tried, place) ? RG_OK : rg__report_memory(x->context);
}

/* Was the node laid over by what fits it, so that nothing new comes of starting from it? */
static void cover(rg_explaining *x, const rg_near_miss *near)
{
    const rg_pattern *pattern = near->rule->compiled;
    if (near->alignment.matched * 2 < pattern->node_count) {
        return;
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        x->covered[near->alignment.nodes[i].id] = true;
    }
}

static rg_status try_node(rg_explaining *x, size_t rule, uint32_t seed, rg_node node)
{
    rg_alignment alignment;
    bool has = false;
    rg_status status = lay(&alignment, &has, x, rule, seed, node, true);
    if (status == RG_OK && has) {
        status = add_place(x, rule, alignment, seed, node);
        if (status == RG_OK) {
            cover(x, &x->tried.items[x->tried.count - 1].near);
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
            status = try_node(x, rule, seed, (rg_node){x->nodes[i]});
        }
    }
    return status;
}

static rg_status try_seed(rg_explaining *x, size_t rule, uint32_t seed, bool is_root)
{
    const rg_pattern_node *wanted = &rule_at(x, rule)->compiled->nodes[seed];
    rg_status status = try_op(x, rule, seed, index_op(x, wanted->op), is_root);
    return status == RG_OK && !rg_op_is_null(wanted->second) ? try_op(x, rule, seed, wanted->second.id, is_root)
                                                             : status;
}

/* The pattern's root, then its other nodes, rarer ones of the graph first. */
static rg_status try_rule(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rule_at(x, rule)->compiled;
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
            uint32_t count = done[i] ? 0 : count_nodes(x, &pattern->nodes[i]);
            if (count != 0 && (seed == RG_NO_INDEX || count < count_nodes(x, &pattern->nodes[seed]))) {
                seed = i;
            }
        }
    }
    return status;
}

/* Places where the engine's search runs out of steps. */
static rg_status try_fuel(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rule_at(x, rule)->compiled;
    const rg_pattern_node *wanted = &pattern->nodes[pattern->anchors[0]];
    uint32_t op = index_op(x, wanted->op);
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
            status = add_place(x, rule, (rg_alignment){1, 1, nodes, NULL, noted, 1}, pattern->anchors[0], node);
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
        if (rg_node_is_null(taken) || x->takers[taken.id] == rule + 1) {
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
        status = add_place(x, rule, (rg_alignment){1, count, match->assigned, match->inputs, noted, 1},
                           match->rule->compiled->anchors[0], match->root);
        if (status == RG_OK && x->takers[taken.id] != 0) {
            x->tried.items[x->tried.count - 1].near.goes_first = rule_at(x, x->takers[taken.id] - 1);
        }
        for (size_t j = 0; j < match->node_count; j++) {
            x->covered[match->nodes[j].id] = true;
        }
    }
    return status;
}

/* ---- the nearest ---- */

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
static rg_status refine_places(rg_explaining *x)
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

/* Do two places share a node that both have found? */
static bool overlap(const rg_near_miss *a, const rg_near_miss *b)
{
    for (uint32_t i = 0; i < a->rule->compiled->node_count; i++) {
        for (uint32_t j = 0; j < b->rule->compiled->node_count && !rg_node_is_null(a->alignment.nodes[i]); j++) {
            if (rg_node_same(a->alignment.nodes[i], b->alignment.nodes[j])) {
                return true;
            }
        }
    }
    return false;
}

/* Leave out what is a match, what has found next to nothing, and what lies over nearer places. */
static void leave_out(rg_explaining *x)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < x->tried.count; i++) {
        rg_place_tried *place = &x->tried.items[i];
        rg_near_miss *near = &place->near;
        place->is_left = near->alignment.count == 0 || near->alignment.matched == 0 ||
                         near->alignment.matched * 2 < most ||
                         (!rg_node_is_null(x->options->at) && !place_holds(near, x->options->at));
        for (uint32_t j = 0; j < i && !place->is_left; j++) {
            place->is_left = !x->tried.items[j].is_left && overlap(near, &x->tried.items[j].near);
        }
        if (!place->is_left) {
            near->cause = cause_of(&near->alignment);
            settle_size(x, near);
            most = near->alignment.matched > most ? near->alignment.matched : most;
        }
    }
}

/* ---- entries ---- */

static bool same_cause(const rg_explaining *x, const rg_near_miss *a, const rg_near_miss *b)
{
    const rg_disagreement *left = &a->cause;
    const rg_disagreement *right = &b->cause;
    bool is_node = rg_value_get_kind(left->graph) == RG_VALUE_NODE || rg_value_get_kind(right->graph) == RG_VALUE_NODE;
    return a->rule_index == b->rule_index && left->reason == right->reason && left->refusal == right->refusal &&
           left->index == right->index && left->slot == right->slot && left->input == right->input &&
           left->dimension == right->dimension && a->goes_first == b->goes_first &&
           (is_node || left->graph.bits == right->graph.bits) &&
           rg_op_same(rg_node_op(x->graph, left->node), rg_node_op(x->graph, right->node));
}

static rg_node lowest_result(const rg_near_miss *near)
{
    return near->alignment.nodes[near->rule->compiled->anchors[0]];
}

static rg_status list_nodes(rg_miss *miss, rg_explaining *x, const rg_near_miss *near)
{
    rg_node *nodes = rg__arena_allocate(&x->out->arena, near->rule->compiled->node_count * sizeof(*nodes));
    size_t count = 0;
    if (nodes == NULL) {
        return rg__report_memory(x->context);
    }
    for (uint32_t i = 0; i < near->rule->compiled->node_count; i++) {
        if (!rg_node_is_null(near->alignment.nodes[i])) {
            nodes[count++] = near->alignment.nodes[i];
        }
    }
    miss->nodes = nodes;
    miss->node_count = rg__sort_nodes(x->graph, nodes, count);
    return RG_OK;
}

/* An entry for the place and all behind it with the same cause. */
static rg_status add_entry(rg_explaining *x, uint32_t first)
{
    const rg_near_miss *near = &x->tried.items[first].near;
    rg_node *examples = rg__arena_allocate(&x->out->arena, MOST_EXAMPLES * sizeof(*examples));
    rg_miss miss = {.rule = near->rule_index,
                    .matched = near->alignment.matched,
                    .total = near->rule->compiled->node_count,
                    .examples = examples};
    if (examples == NULL) {
        return rg__report_memory(x->context);
    }
    for (uint32_t i = first; i < x->tried.count; i++) {
        rg_place_tried *other = &x->tried.items[i];
        if (other->is_left || !same_cause(x, near, &other->near)) {
            continue;
        }
        rg_node example = lowest_result(&other->near);
        if (miss.example_count < MOST_EXAMPLES && !rg_node_is_null(example)) {
            examples[miss.example_count++] = example;
        }
        miss.count++;
        other->is_left = i != first;
    }
    rg_status status = list_nodes(&miss, x, near);
    if (status == RG_OK) {
        status = rg__miss_describe(&miss, &x->out->arena, x->graph, near);
    }
    if (status == RG_OK && !rg__vector_push(&x->context->allocator, &x->out->misses, miss)) {
        status = rg__report_memory(x->context);
    }
    return status;
}

/* Nothing of the rule is in the graph, or next to nothing. */
static rg_status add_nothing(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rule_at(x, rule)->compiled;
    rg_node none = {0};
    uint32_t absent = pattern->anchors[0];
    for (uint32_t i = pattern->node_count; i > 0; i--) {
        bool is_sought = !pattern->nodes[i - 1].is_transparent;
        if (is_sought && count_nodes(x, &pattern->nodes[i - 1]) == 0) {
            absent = i - 1;
            break;
        }
    }
    rg_near_miss near = {rule_at(x, rule), rule, {0}, {0}, NULL};
    near.cause = (rg_disagreement){.reason = RG_MISS_ABSENT,
                                   .index = absent,
                                   .slot = RG_NO_INDEX,
                                   .input = RG_NO_INDEX,
                                   .pattern = rg_value_missing(),
                                   .graph = rg_value_missing(),
                                   .node = none};
    rg_miss miss = {.rule = rule, .total = pattern->node_count};
    rg_status status = rg__miss_describe(&miss, &x->out->arena, x->graph, &near);
    if (status == RG_OK && !rg__vector_push(&x->context->allocator, &x->out->misses, miss)) {
        status = rg__report_memory(x->context);
    }
    return status;
}

static rg_status add_entries(rg_explaining *x, size_t rule)
{
    size_t most = x->options->max_misses == 0 ? DEFAULT_MISSES : x->options->max_misses;
    size_t count = 0;
    rg_status status = RG_OK;
    leave_out(x);
    for (uint32_t i = 0; i < x->tried.count && count < most && status == RG_OK; i++) {
        if (!x->tried.items[i].is_left) {
            status = add_entry(x, i);
            count++;
        }
    }
    bool matches = false;
    for (size_t i = 0; i < rg_match_list_count(x->matches); i++) {
        matches = matches || rg_string_equal(rg_match_list_get(x->matches, i)->rule->rule, rule_at(x, rule)->rule);
    }
    return status == RG_OK && count == 0 && !matches && rg_node_is_null(x->options->at) ? add_nothing(x, rule) : status;
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
    return rg_string_equal(rule_at(x, a)->rule, rule_at(x, b)->rule);
}

/* Where the rule matches it need not be explained. */
static void cover_matches(rg_explaining *x, size_t rule)
{
    memset(x->covered, 0, (x->graph->id_count + (size_t)1) * sizeof(*x->covered));
    for (size_t i = 0; i < rg_match_list_count(x->matches); i++) {
        const rg_match *match = rg_match_list_get(x->matches, i);
        for (size_t j = 0; same_rule(x, match->rule_index, rule) && j < match->node_count; j++) {
            x->covered[match->nodes[j].id] = true;
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
    cover_matches(x, first);
    for (size_t i = first; i < rule_count(x) && status == RG_OK; i++) {
        if (is_asked(x, i) && same_rule(x, first, i)) {
            status = add_overlaps(x, i);
            if (status == RG_OK && rg_match_list_gave_up(x->matches) > 0) {
                status = try_fuel(x, i);
            }
            if (status == RG_OK) {
                status = try_rule(x, i);
            }
        }
    }
    if (status == RG_OK) {
        status = refine_places(x);
    }
    return status == RG_OK ? add_entries(x, first) : status;
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
    x->fires = rg__arena_allocate_zero(arena, (rule_count(x) + 1) * sizeof(*x->fires));
    if (x->takers == NULL || x->covered == NULL || x->fires == NULL) {
        return rg__report_memory(x->context);
    }
    rg_status status = rg_matcher_find_all(&x->matches, x->matcher, x->graph);
    if (status == RG_OK) {
        status = index_nodes(x);
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
