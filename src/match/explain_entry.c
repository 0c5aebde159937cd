/*
 * explain_entry.c: of the places where a rule was laid over the graph, which to tell of, and what of each.
 */
#include "match/explain_impl.h"

enum { DEFAULT_MISSES = 3, MOST_EXAMPLES = 3 };

/* ---- what to name ---- */

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

/* An argument disagrees about a size that an input has bound: is it the input that stands out? */
static void settle_bound_size(const rg_explaining *x, rg_near_miss *near)
{
    rg_disagreement *cause = &near->cause;
    const rg_rule *rule = near->rule;
    rg_size symbol = rg_value_as_size(cause->pattern);
    rg_size own = rg_value_as_size(cause->graph);
    int64_t number = 0;
    if (cause->reason != RG_MISS_SIZE || cause->input != RG_NO_INDEX || rg_size_is_null(symbol)) {
        return;
    }
    if (rg_value_as_int(x->context, cause->graph, &number) && rg_size_from_int(&own, x->context, number) != RG_OK) {
        return;
    }
    for (uint32_t i = 0; i < rule->input_count; i++) {
        rg_node node = rg_value_as_node(near->alignment.inputs[i]);
        rg_size other = size_of_symbol(x, rule->inputs[i].type, rg_node_type(x->graph, node), symbol);
        if (!rg_node_is_null(node) && !rg_size_is_null(other) && !rg_size_same(other, own) &&
            count_votes(x, near, symbol, own) > count_votes(x, near, symbol, other)) {
            rg_tensor_type declared = rg_type_get_tensor(x->context, rule->inputs[i].type);
            cause->other = cause->node;
            cause->node = node;
            cause->input = i;
            cause->index = RG_NO_INDEX;
            cause->slot = RG_NO_INDEX;
            for (cause->dimension = 0; !rg_size_same(declared.sizes[cause->dimension], symbol); cause->dimension++) {
            }
            return;
        }
    }
}

/* The device that most of what was found is on. */
static rg_device usual_device(const rg_explaining *x, const rg_near_miss *near)
{
    const rg_pattern *pattern = near->rule->compiled;
    rg_device device = {NULL, 0};
    size_t votes = 0; /* what is left of them, each other one taken off */
    for (uint32_t i = 0; i < pattern->input_count + pattern->node_count; i++) {
        rg_node node = i < pattern->input_count ? rg_value_as_node(near->alignment.inputs[i])
                                                : near->alignment.nodes[i - pattern->input_count];
        rg_device own = rg_type_get_tensor(x->context, rg_node_type(x->graph, node)).device;
        bool is_same = own.kind == device.kind && own.index == device.index;
        if (own.kind != NULL && votes == 0) {
            device = own;
        }
        votes = own.kind == NULL ? votes : is_same || votes == 0 ? votes + 1 : votes - 1;
    }
    return device;
}

/* Two calls name two devices where the rule wants one. The search takes the one that it meets first; the one that
 * stands out is that which the rest of the place is not on. */
static void settle_device(const rg_explaining *x, rg_near_miss *near)
{
    rg_disagreement *cause = &near->cause;
    const rg_pattern *pattern = near->rule->compiled;
    if (cause->reason != RG_MISS_DEVICE || cause->input != RG_NO_INDEX) {
        return;
    }
    rg_device usual = usual_device(x, near);
    rg_device own = rg_value_as_device(x->context, cause->graph);
    if (own.kind != usual.kind || own.index != usual.index) {
        return;
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        rg_node node = near->alignment.nodes[i];
        for (uint32_t j = 0; !rg_node_is_null(node) && j < pattern->nodes[i].slot_count; j++) {
            const rg_pattern_slot *slot = &pattern->nodes[i].slots[j];
            rg_value value = pattern->nodes[i].has_schema ? rg_node_schema_argument(x->graph, node, slot->index)
                                                          : rg_node_keyword(x->graph, node, slot->name);
            rg_device other = rg_value_as_device(x->context, value);
            if (slot->value.bits == cause->pattern.bits && other.kind != NULL &&
                (other.kind != usual.kind || other.index != usual.index)) {
                cause->index = i;
                cause->slot = j;
                cause->node = node;
                cause->graph = value;
                return;
            }
        }
    }
}

/* Is the argument written as in the pattern, and differs only in normal form: a dimension counted from the back? */
static bool is_written_alike(const rg_explaining *x, const rg_near_miss *near, const rg_disagreement *noted)
{
    if (noted->reason != RG_MISS_LITERAL || noted->index == RG_NO_INDEX || noted->slot == RG_NO_INDEX) {
        return false;
    }
    const rg_pattern_node *expected = &near->rule->compiled->nodes[noted->index];
    if (!expected->has_schema) {
        return false;
    }
    uint32_t place = expected->slots[noted->slot].index;
    int64_t wanted = 0;
    int64_t had = 0;
    return rg_value_as_int(x->context, rg_node_schema_argument(near->rule->pattern, expected->node, place), &wanted) &&
           rg_value_as_int(x->context, rg_node_schema_argument(x->graph, noted->node, place), &had) && wanted == had;
}

/* What of the disagreements to name: the first one that is about what is called, which others may follow from. */
static rg_disagreement cause_of(const rg_explaining *x, const rg_near_miss *near)
{
    const rg_alignment *alignment = &near->alignment;
    static const bool follows[RG_MISS_REASON_COUNT] = {
        [RG_MISS_SIZE] = true, [RG_MISS_RANK] = true, [RG_MISS_LAYOUT] = true, [RG_MISS_DIFFERENT_VALUE] = true};
    for (uint32_t i = 0; i < alignment->count; i++) {
        const rg_disagreement *noted = &alignment->disagreements[i];
        if (!follows[noted->reason] && !is_written_alike(x, near, noted)) {
            return *noted;
        }
    }
    for (uint32_t i = 0; i < alignment->count; i++) {
        if (alignment->disagreements[i].reason == RG_MISS_RANK) {
            return alignment->disagreements[i]; /* sizes follow from it */
        }
    }
    return alignment->disagreements[0];
}

/* ---- which places ---- */

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

/* Has the place found a node that is marked? */
static bool holds_marked(const rg_near_miss *near, const bool *marks)
{
    for (uint32_t i = 0; i < near->rule->compiled->node_count; i++) {
        if (marks[near->alignment.nodes[i].id]) {
            return true;
        }
    }
    return false;
}

/* Mark the nodes that it has found. */
static void mark_nodes(bool *marks, const rg_near_miss *near)
{
    for (uint32_t i = 0; i < near->rule->compiled->node_count; i++) {
        rg_node node = near->alignment.nodes[i];
        marks[node.id] = marks[node.id] || !rg_node_is_null(node);
    }
}

/* Does the place share a node with a match of the rule? Then that is what the node is for, unless something goes first.
 */
static bool is_at_match(const rg_explaining *x, const rg_near_miss *near)
{
    bool is_whole = near->alignment.count == 1 && near->alignment.disagreements[0].reason == RG_MISS_OVERLAP;
    for (uint32_t i = 0; i < near->rule->compiled->node_count && !is_whole; i++) {
        if (x->matched[near->alignment.nodes[i].id]) {
            return true;
        }
    }
    return false;
}

/* Leave out what is a match, what has found next to nothing, and what lies over nearer places. */
static void leave_out(rg_explaining *x)
{
    uint32_t most = 0;
    bool *kept = x->covered; /* by node id: a nearer place has it; nothing is looked for any more */
    memset(kept, 0, (x->graph->id_count + (size_t)1) * sizeof(*kept));
    for (uint32_t i = 0; i < x->tried.count; i++) {
        rg_place_tried *place = &x->tried.items[i];
        rg_near_miss *near = &place->near;
        place->is_left = near->alignment.count == 0 || near->alignment.matched == 0 ||
                         near->alignment.matched * 2 < most || is_at_match(x, near) ||
                         (!rg_node_is_null(x->options->at) && !place_holds(near, x->options->at)) ||
                         holds_marked(near, kept);
        if (!place->is_left) {
            mark_nodes(kept, near);
            near->cause = cause_of(x, near);
            settle_size(x, near);
            settle_bound_size(x, near);
            settle_device(x, near);
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
           left->dimension == right->dimension && a->goes_first == b->goes_first && a->at_its_root == b->at_its_root &&
           (is_node || left->graph.bits == right->graph.bits) &&
           rg_op_same(rg_node_op(x->graph, left->node), rg_node_op(x->graph, right->node));
}

/* The lowest result; where that was not found, the lowest node that was. */
static rg_node lowest_result(const rg_near_miss *near)
{
    uint32_t i = near->rule->compiled->node_count;
    rg_node node = near->alignment.nodes[near->rule->compiled->anchors[0]];
    while (rg_node_is_null(node) && i > 0) {
        node = near->alignment.nodes[--i];
    }
    return node;
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

/* A node of the pattern whose op the graph does not have; RG_NO_INDEX: there is none. What may change nothing does not
 * count, it need not be there. */
static uint32_t missing_node(const rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rg__explained_rule(x, rule)->compiled;
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        if (!pattern->nodes[i].is_transparent && rg__explain_count(x, &pattern->nodes[i]) == 0) {
            return i;
        }
    }
    return RG_NO_INDEX;
}

/* What nearly matches is no answer where little does, and an op is not there at all. */
static bool is_far(const rg_explaining *x, const rg_near_miss *near)
{
    uint32_t total = near->rule->compiled->node_count;
    bool is_some =
        near->alignment.matched * 2 > total || (near->alignment.matched * 2 == total && near->alignment.count == 1);
    return !is_some && missing_node(x, near->rule_index) != RG_NO_INDEX;
}

/* Nothing of the rule is in the graph, or next to nothing. */
static rg_status add_nothing(rg_explaining *x, size_t rule)
{
    const rg_pattern *pattern = rg__explained_rule(x, rule)->compiled;
    uint32_t absent = missing_node(x, rule);
    rg_near_miss near = {rg__explained_rule(x, rule), rule, {0}, {0}, NULL, false};
    near.cause = (rg_disagreement){.reason = RG_MISS_ABSENT,
                                   .index = absent == RG_NO_INDEX ? pattern->anchors[0] : absent,
                                   .slot = RG_NO_INDEX,
                                   .input = RG_NO_INDEX,
                                   .pattern = rg_value_missing(),
                                   .graph = rg_value_missing()};
    rg_miss miss = {.rule = rule, .total = pattern->node_count};
    rg_status status = rg__miss_describe(&miss, &x->out->arena, x->graph, &near);
    if (status == RG_OK && !rg__vector_push(&x->context->allocator, &x->out->misses, miss)) {
        status = rg__report_memory(x->context);
    }
    return status;
}

rg_status rg__explain_enter(rg_explaining *x, size_t rule)
{
    size_t most = x->options->max_misses == 0 ? DEFAULT_MISSES : x->options->max_misses;
    size_t count = 0;
    rg_status status = RG_OK;
    leave_out(x);
    for (uint32_t i = 0; i < x->tried.count && count < most && status == RG_OK; i++) {
        bool is_asked_at = !rg_node_is_null(x->options->at);
        if (!x->tried.items[i].is_left && (is_asked_at || !is_far(x, &x->tried.items[i].near))) {
            status = add_entry(x, i);
            count++;
        }
    }
    bool matches = false;
    for (size_t i = 0; i < rg_match_list_count(x->matches); i++) {
        matches =
            matches || rg_string_equal(rg_match_list_get(x->matches, i)->rule->rule, rg__explained_rule(x, rule)->rule);
    }
    return status == RG_OK && count == 0 && !matches && rg_node_is_null(x->options->at) ? add_nothing(x, rule) : status;
}
