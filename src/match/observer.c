/*
 * observer.c: noting disagreements, and how a search goes on behind one. See observer.h.
 *
 * Several ways may lead on: the node looked for lies behind another one, something else is in its place, or it is left
 * out. Each is a choice of the search, which tries them in turn; a way that has more in the way than the best one
 * before is given up.
 */
#include "match/observer.h"

#include "match/pattern_impl.h"
#include "ops/noop.h"

/* How many nodes that stand between are looked behind. */
enum { MOST_BETWEEN = 4 };

/* Costs: what is not there at all weighs more than what is there and differs; a complete assignment that is refused is
 * nearest to a match. */
enum { COST_REFUSED = 1, COST_INPUT = 1, COST_DIFFERS = 2, COST_NODE = 2, COST_NOTHING_LIKE_IT = 3 };

static bool is_call(const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return !rg_node_is_null(node) && kind != RG_OP_PLACEHOLDER && kind != RG_OP_OUTPUT && kind != RG_OP_GET_ATTR;
}

static uint32_t cost_of(const rg_search *search, const rg_disagreement *noted)
{
    if (noted->refusal != RG_REFUSAL_NONE || noted->reason == RG_MISS_CHECK) {
        return COST_REFUSED;
    }
    if (noted->reason == RG_MISS_ABSENT && rg_node_is_null(noted->node)) {
        return COST_NOTHING_LIKE_IT;
    }
    if (noted->reason == RG_MISS_DIFFERENT_VALUE && noted->input == RG_NO_INDEX &&
        !rg_op_same(rg_node_op(search->graph, noted->node), rg_node_op(search->graph, noted->other))) {
        return COST_NOTHING_LIKE_IT; /* what is bound is not the one, rather than that there are two */
    }
    bool is_about_node = noted->reason == RG_MISS_OP || noted->reason == RG_MISS_KIND;
    return noted->is_reader || (is_about_node && !is_call(search->graph, noted->node)) ? COST_NOTHING_LIKE_IT
                                                                                       : COST_DIFFERS;
}

static uint32_t cost_so_far(const rg_search *search)
{
    uint32_t cost = 0;
    for (uint32_t i = 0; i < search->now->disagreement_count; i++) {
        cost += cost_of(search, &search->observer->noted.items[i]);
    }
    return cost;
}

/* False when this way cannot become the best. */
static bool note(rg_search *search, const rg_disagreement *noted)
{
    rg_observer *observer = search->observer;
    observer->noted.count = search->now->disagreement_count;
    if (rg__search_over(search)) {
        return false;
    }
    if (!rg__vector_push(&search->context->allocator, &observer->noted, *noted)) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    search->now->disagreement_count = observer->noted.count;
    return !observer->has_best || cost_so_far(search) < observer->best.cost;
}

/* The node of the pattern that is being settled: users come before inputs, so it is the last one that is bound and not
 * settled. RG_NO_INDEX when there is none: nodes are looked for. */
static uint32_t index_at_work(const rg_search *search)
{
    uint32_t i = search->pattern->node_count;
    if (search->observer->other != RG_NO_INDEX) {
        return search->observer->other;
    }
    while (i > 0 && (rg_node_is_null(search->now->nodes[i - 1]) || search->now->settled[i - 1])) {
        i--;
    }
    return i == 0 ? RG_NO_INDEX : i - 1;
}

static rg_disagreement disagreement(const rg_search *search, rg_miss_reason reason)
{
    return (rg_disagreement){.reason = reason,
                             .index = index_at_work(search),
                             .slot = RG_NO_INDEX,
                             .input = RG_NO_INDEX,
                             .pattern = rg_value_missing(),
                             .graph = rg_value_missing()};
}

static rg_disagreement about_node(const rg_search *search, rg_miss_reason reason, uint32_t index, rg_node node)
{
    rg_disagreement noted = disagreement(search, reason);
    noted.index = index;
    noted.slot = RG_NO_INDEX;
    noted.node = node;
    return noted;
}

/* ---- values ---- */

static bool is_sequence(rg_value_kind kind)
{
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

/* What differs between two values, if not that one is a node and the other none. */
static rg_miss_reason reason_of(const rg_search *search, rg_value pattern, rg_value graph)
{
    rg_value_kind kind = rg_value_get_kind(pattern);
    rg_value_kind found = rg_value_get_kind(graph);
    if (kind == RG_VALUE_NODE && found != RG_VALUE_NODE &&
        rg__pattern_place(search->pattern, rg_value_as_node(pattern)).kind != RG_PATTERN_SCALAR) {
        return RG_MISS_KIND;
    }
    if (kind == RG_VALUE_SIZE) {
        return RG_MISS_SIZE;
    }
    if (kind == RG_VALUE_DTYPE && found == RG_VALUE_DTYPE) {
        return RG_MISS_DTYPE;
    }
    if (kind == RG_VALUE_DEVICE && found == RG_VALUE_DEVICE) {
        return RG_MISS_DEVICE;
    }
    if (kind == RG_VALUE_MEMORY_FORMAT || kind == RG_VALUE_LAYOUT) {
        return RG_MISS_LAYOUT;
    }
    if (found == RG_VALUE_NODE) {
        return RG_MISS_KIND;
    }
    bool holds_nodes = rg__value_names_node(search->context, search->pattern->graph, pattern) ||
                       rg__value_names_node(search->context, search->graph, graph);
    return holds_nodes && (is_sequence(kind) || is_sequence(found)) ? RG_MISS_ARGUMENTS : RG_MISS_LITERAL;
}

/* The pattern's node that was bound to `reader`: what waited comes up when other nodes are at work. */
static uint32_t index_of(const rg_search *search, rg_node reader)
{
    for (uint32_t i = 0; i < search->pattern->node_count && !rg_node_is_null(reader); i++) {
        if (rg_node_same(search->now->nodes[i], reader)) {
            return i;
        }
    }
    return rg_node_is_null(reader) ? RG_NO_INDEX : rg__search_repeated_index(search, reader);
}

/* Does the value hold the other one, being a list? */
static bool holds(const rg_search *search, const rg_graph *graph, rg_value value, rg_value item)
{
    size_t count = rg_value_count(search->context, graph, value);
    for (size_t i = 0; i < count; i++) {
        rg_value at = rg_value_item(search->context, graph, value, i);
        if (at.bits == item.bits || holds(search, graph, at, item)) {
            return true;
        }
    }
    return value.bits == item.bits;
}

/* Which argument of the bound node has the two values? RG_NO_INDEX: none as it stands there. */
static uint32_t slot_of(rg_search *search, uint32_t index, rg_value pattern, rg_value graph)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    for (uint32_t i = 0; i < expected->slot_count; i++) {
        rg_value value = rg_value_missing();
        bool is_there = rg__search_argument(&value, search, index, i);
        if (is_there &&
            (holds(search, search->pattern->graph, expected->slots[i].value, pattern) ||
             expected->slots[i].absent.bits == pattern.bits) &&
            (holds(search, search->graph, value, graph) || expected->slots[i].absent.bits == graph.bits)) {
            return i;
        }
    }
    return RG_NO_INDEX;
}

/* What waited is a dimension of a captured tensor: which one? */
static void find_dimension(rg_disagreement *noted, const rg_search *search)
{
    rg_size wanted = rg_value_as_size(noted->pattern);
    rg_size size = rg_value_as_size(noted->graph);
    for (uint32_t i = 0; i < search->pattern->input_count; i++) {
        rg_node node = rg_value_as_node(search->now->inputs[i]);
        rg_tensor_type expected = rg_type_get_tensor(search->context, search->rule->inputs[i].type);
        rg_tensor_type tensor = rg_type_get_tensor(search->context, rg_node_type(search->graph, node));
        for (uint32_t j = 0; j < expected.rank && expected.rank == tensor.rank; j++) {
            bool is_size = rg_size_same(expected.sizes[j], wanted) && rg_size_same(tensor.sizes[j], size);
            bool is_stride = expected.strides != NULL && tensor.strides != NULL &&
                             rg_size_same(expected.strides[j], wanted) && rg_size_same(tensor.strides[j], size);
            if (is_size || is_stride) {
                noted->reason = is_size ? RG_MISS_SIZE : RG_MISS_LAYOUT;
                noted->input = i;
                noted->dimension = j;
                noted->node = node;
                return;
            }
        }
    }
}

bool rg__observer_value(rg_search *search, rg_value pattern, rg_value graph, rg_node reader)
{
    rg_disagreement noted = disagreement(search, reason_of(search, pattern, graph));
    noted.index = index_of(search, reader);
    noted.slot = noted.index == RG_NO_INDEX ? RG_NO_INDEX : slot_of(search, noted.index, pattern, graph);
    noted.pattern = pattern;
    noted.graph = graph;
    noted.node = reader;
    if (rg_node_is_null(reader)) {
        find_dimension(&noted, search);
    }
    return note(search, &noted);
}

/* ---- inputs ---- */

rg_node rg__node_below(const rg_graph *graph, rg_node node)
{
    rg_node only = rg__noop_data(graph, node);
    if (!is_call(graph, node) || !rg_node_is_null(only)) {
        return only;
    }
    size_t count = rg_node_argument_count(graph, node);
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg_node_argument(graph, node, i);
        rg_node read = rg_value_as_node(value);
        if (rg__value_has_nodes(value) && (rg_node_is_null(read) || !rg_node_is_null(only))) {
            return (rg_node){0};
        }
        only = rg_node_is_null(read) ? only : read;
    }
    return only;
}

/* What lies below `node` and is `wanted`; null if nothing is. */
static bool lies_below(const rg_search *search, rg_node node, rg_node wanted)
{
    for (uint32_t i = 0; i < MOST_BETWEEN && !rg_node_is_null(node); i++) {
        node = rg__node_below(search->graph, node);
        if (rg_node_same(node, wanted) && !rg_node_is_null(node)) {
            return true;
        }
    }
    return false;
}

/* Below a view, copy or cast: a tensor of the declared dtype and rank; null if there is none. */
static rg_node fitting_below(const rg_search *search, uint32_t input, rg_node node)
{
    rg_type declared = search->rule->inputs[input].type;
    if (rg__type_allows(search, declared, node)) {
        return (rg_node){0}; /* something else is wrong with it */
    }
    for (uint32_t i = 0; i < MOST_BETWEEN; i++) {
        node = rg__noop_data(search->graph, node);
        if (rg_node_is_null(node) || rg__type_allows(search, declared, node)) {
            return node;
        }
    }
    return (rg_node){0};
}

static rg_disagreement about_input(const rg_search *search, rg_miss_reason reason, uint32_t input, rg_value value)
{
    rg_disagreement noted = disagreement(search, reason);
    noted.input = input;
    noted.graph = value;
    noted.node = rg_value_as_node(value);
    return noted;
}

static bool note_bound(rg_search *search, uint32_t input, rg_value bound, rg_value value)
{
    rg_disagreement noted = about_input(search, RG_MISS_DIFFERENT_VALUE, input, value);
    noted.pattern = bound;
    noted.other = rg_value_as_node(bound);
    if (lies_below(search, noted.node, noted.other)) {
        noted.reason = RG_MISS_INSERTED;
    } else if (lies_below(search, noted.other, noted.node)) {
        noted.reason = RG_MISS_INSERTED;
        noted.node = noted.other;
        noted.other = rg_value_as_node(value);
    }
    return note(search, &noted);
}

bool rg__observer_bound(rg_search *search, uint32_t input, rg_value value)
{
    return note_bound(search, input, search->now->inputs[input], value);
}

bool rg__observer_input(rg_search *search, uint32_t input, rg_value value)
{
    const rg_rule_input *declared = &search->rule->inputs[input];
    rg_node node = rg_value_as_node(value);
    bool is_tensor = declared->kind == RG_RULE_INPUT_TENSOR && !rg_node_is_null(node);
    bool is_typed = is_tensor && !rg_type_is_null(declared->type);
    rg_disagreement noted = about_input(search, is_typed ? search->type_reason : RG_MISS_KIND, input, value);
    rg_node below = is_tensor ? fitting_below(search, input, node) : (rg_node){0};
    noted.dimension = is_typed ? search->type_dimension : 0;
    if (!is_tensor && noted.index != RG_NO_INDEX) {
        noted.node = search->now->nodes[noted.index];
    }
    if (!rg_node_is_null(below)) {
        noted.reason = RG_MISS_INSERTED;
        noted.other = below;
        return note(search, &noted) && rg__agree_input(search, input, rg_value_node(below));
    }
    search->now->inputs[input] = value;
    return note(search, &noted);
}

/* An item that is no tensor as declared. */
static bool note_item(rg_search *search, uint32_t index, rg_node node)
{
    uint32_t input = search->pattern->items[index].source.index;
    bool is_typed = !rg_type_is_null(search->rule->inputs[input].type);
    rg_disagreement noted =
        about_input(search, is_typed ? search->type_reason : RG_MISS_KIND, input, rg_value_node(node));
    rg_node below = fitting_below(search, input, node);
    noted.dimension = is_typed ? search->type_dimension : 0;
    if (!rg_node_is_null(below)) {
        noted.reason = RG_MISS_INSERTED;
        noted.other = below;
        return note(search, &noted) && rg__agree_item(search, index, rg_value_node(below));
    }
    search->now->items[index] = rg_value_node(node);
    return note(search, &noted);
}

/* The item is taken for one of the results, though another one, or of another call. */
static bool note_result(rg_search *search, uint32_t index, rg_node node)
{
    uint32_t source = search->pattern->items[index].source.index;
    rg_string op = rg_op_name(search->context, rg_node_op(search->graph, node));
    bool is_result = rg_string_equal(op, rg_string_from("operator.getitem"));
    rg_node call = is_result ? rg_value_as_node(rg_node_argument(search->graph, node, 0)) : (rg_node){0};
    rg_disagreement noted = about_node(search, rg_node_is_null(call) ? RG_MISS_OP : RG_MISS_ARGUMENTS, source, node);
    noted.other = call;
    noted.is_reader = rg_node_is_null(call);
    if (rg_node_is_null(search->now->nodes[source]) && !rg_node_is_null(call) &&
        rg__node_could_be(search, source, call) && !rg__search_holds(search, call)) {
        search->now->nodes[source] = call;
    }
    search->now->items[index] = rg_value_node(node);
    return note(search, &noted);
}

bool rg__observer_item(rg_search *search, uint32_t index, rg_node node)
{
    rg_value bound = search->now->items[index];
    rg_pattern_place source = search->pattern->items[index].source;
    if (source.kind == RG_PATTERN_NODE) {
        return note_result(search, index, node);
    }
    return rg_value_is_missing(bound) ? note_item(search, index, node)
                                      : note_bound(search, source.index, bound, rg_value_node(node));
}

bool rg__observer_results(rg_search *search, uint32_t index, rg_node call)
{
    rg_disagreement noted = about_node(search, RG_MISS_ARGUMENTS, index, call);
    noted.other = call;
    return note(search, &noted);
}

/* ---- nodes ---- */

static bool is_noted_between(const rg_search *search, rg_node node)
{
    for (uint32_t i = 0; i < search->now->disagreement_count; i++) {
        const rg_disagreement *noted = &search->observer->noted.items[i];
        if (noted->reason == RG_MISS_INSERTED && rg_node_same(noted->node, node)) {
            return true;
        }
    }
    return false;
}

bool rg__observer_node(rg_search *search, rg_miss_reason reason, uint32_t index, rg_node node)
{
    rg_disagreement noted = about_node(search, reason, index, node);
    noted.other = search->now->nodes[index];
    if (reason == RG_MISS_DIFFERENT_VALUE && lies_below(search, node, noted.other)) {
        noted.reason = RG_MISS_INSERTED;
        if (is_noted_between(search, node)) {
            return true; /* what stands there once is read several times */
        }
    }
    return note(search, &noted);
}

/* The pattern's operands that are nodes, by slot. */
static rg_value operand_of(const rg_search *search, uint32_t index, uint32_t *slot)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    for (; *slot < expected->slot_count; ++*slot) {
        rg_value value = expected->slots[*slot].value;
        if (rg_value_get_kind(value) == RG_VALUE_NODE) {
            rg_pattern_kind kind = rg__pattern_place(search->pattern, rg_value_as_node(value)).kind;
            if (kind == RG_PATTERN_NODE || kind == RG_PATTERN_INPUT) {
                return value;
            }
        }
    }
    return rg_value_missing();
}

/*
 * What an op in place of another reads is compared with what the pattern's reads, as far as it could agree: operand
 * after operand, each in its place or behind it.
 */
static bool compare_each(rg_search *search, uint32_t index, rg_node node)
{
    size_t count = rg_node_argument_count(search->graph, node);
    size_t from = 0;
    for (uint32_t slot = 0;; slot++) {
        rg_value wanted = operand_of(search, index, &slot);
        if (rg_value_is_missing(wanted)) {
            return true;
        }
        for (size_t i = from; i < count; i++) {
            rg_value value = rg_node_argument(search->graph, node, i);
            if (rg_value_get_kind(value) == RG_VALUE_NODE && rg__could_agree(search, wanted, value)) {
                from = i + 1;
                if (!rg__agree(search, wanted, value, node, RG_NUMBER_EXACT)) {
                    return false;
                }
                break;
            }
        }
    }
}

static bool compare_operands(rg_search *search, uint32_t index, rg_node node)
{
    uint32_t outer = search->observer->other;
    search->observer->other = index;
    bool goes_on = compare_each(search, index, node);
    search->observer->other = outer;
    return goes_on;
}

/* Take the node as bound, whatever it is. */
static bool bind_other(rg_search *search, uint32_t index, rg_node node)
{
    if (!is_call(search->graph, node) || rg__search_holds(search, node)) {
        return true;
    }
    search->now->nodes[index] = node;
    search->now->settled[index] = true;
    return compare_operands(search, index, node);
}

/* The node that the pattern's could be, behind some that stand between; null if there is none. */
static rg_node behind(const rg_search *search, uint32_t index, rg_node node)
{
    for (uint32_t i = 0; i < MOST_BETWEEN; i++) {
        node = rg__node_below(search->graph, node);
        if (rg_node_is_null(node) || (rg__node_could_be(search, index, node) && !rg__search_holds(search, node))) {
            return node;
        }
    }
    return (rg_node){0};
}

/* What the pattern's node reads and this one could be, as if the pattern's were not there; missing if there is none. An
 * input of the rule could be any value: that is only said of what computes nothing. */
static rg_value without(rg_search *search, uint32_t index, rg_node node)
{
    rg_pattern_kind kind = is_call(search->graph, node) ? RG_PATTERN_NODE : RG_PATTERN_INPUT;
    for (uint32_t slot = 0;; slot++) {
        rg_value value = operand_of(search, index, &slot);
        if (rg_value_is_missing(value) || (rg__pattern_place(search->pattern, rg_value_as_node(value)).kind == kind &&
                                           rg__could_agree(search, value, rg_value_node(node)))) {
            return value;
        }
    }
}

bool rg__observer_op(rg_search *search, uint32_t index, rg_node node)
{
    enum { BEHIND, INSTEAD, WITHOUT };
    bool climbs = index_at_work(search) == RG_NO_INDEX; /* to this one, which reads what is bound */
    rg_node below = climbs ? (rg_node){0} : behind(search, index, node);
    rg_value inner = climbs ? rg_value_missing() : without(search, index, node);
    uint32_t ways[3];
    uint32_t count = 0;
    if (!rg_node_is_null(below)) {
        ways[count++] = BEHIND;
    }
    if (!rg_value_is_missing(inner)) {
        ways[count++] = WITHOUT;
    }
    ways[count++] = INSTEAD;
    uint32_t way = ways[rg__search_choose(search, count)];
    rg_disagreement noted = about_node(search,
                                       way == BEHIND    ? RG_MISS_INSERTED
                                       : way == WITHOUT ? RG_MISS_ABSENT
                                                        : RG_MISS_OP,
                                       index, node);
    noted.is_reader = climbs;
    noted.other = way == BEHIND ? below : (rg_node){0};
    noted.pattern = way == WITHOUT ? inner : rg_value_missing();
    if (!note(search, &noted)) {
        return false;
    }
    return way == BEHIND    ? rg__agree_node(search, index, below)
           : way == WITHOUT ? rg__agree(search, inner, rg_value_node(node), (rg_node){0}, RG_NUMBER_EXACT)
                            : bind_other(search, index, node);
}

bool rg__observer_call(rg_search *search, uint32_t index, rg_miss_reason reason)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_node node = search->now->nodes[index];
    rg_disagreement noted = about_node(search, reason, index, node);
    if (reason == RG_MISS_SIZE) {
        noted.reason = expected->form == RG_FORM_PERMUTE ? RG_MISS_LITERAL : RG_MISS_SIZE;
        return note(search, &noted);
    }
    bool is_other = !rg_op_is_null(expected->wrapped) && rg_node_positional_count(search->graph, node) > 0 &&
                    !rg_op_same(rg_value_as_op(rg_node_argument(search->graph, node, 0)), expected->wrapped);
    bool is_attribute =
        expected->target.size != 0 && !rg_string_equal(expected->target, rg_node_target(search->graph, node));
    noted.reason = is_other ? RG_MISS_OP : is_attribute ? RG_MISS_LITERAL : reason;
    search->now->settled[index] = true;
    return note(search, &noted) && compare_operands(search, index, node);
}

bool rg__observer_absent(rg_search *search, uint32_t index)
{
    rg_disagreement noted = about_node(search, RG_MISS_ABSENT, index, (rg_node){0});
    return note(search, &noted);
}

/* Both orders are tried where both could be meant: what is deeper decides. One that the rule does not allow may also be
 * what the operands only look like. */
bool rg__observer_order(rg_search *search, uint32_t index, bool as_written, bool exchanged)
{
    bool commutes = search->rule->compiled->nodes[index].commutes;
    bool may_exchange = exchanged || (!as_written && commutes);
    if (!may_exchange || (!commutes && as_written && search->observer->takes_first) ||
        ((as_written || !exchanged) && rg__search_choose(search, 2) == 0) ||
        (!as_written && !commutes && rg__search_choose(search, 2) == 1)) {
        return search->status == RG_OK;
    }
    rg_disagreement noted = about_node(search, RG_MISS_OPERANDS, index, search->now->nodes[index]);
    search->now->exchanged[index] = true;
    return commutes ? search->status == RG_OK : note(search, &noted);
}

/* ---- the end ---- */

/* Is the node of the pattern itself in the way? Then it does not count as found. */
static bool is_its_own(const rg_disagreement *noted)
{
    static const bool own[RG_MISS_REASON_COUNT] = {
        [RG_MISS_ABSENT] = true,    [RG_MISS_OP] = true,       [RG_MISS_LITERAL] = true,
        [RG_MISS_ARGUMENTS] = true, [RG_MISS_OPERANDS] = true, [RG_MISS_SAME_NODE] = true,
    };
    return own[noted->reason] || (noted->input == RG_NO_INDEX && noted->refusal == RG_REFUSAL_NONE &&
                                  (noted->reason == RG_MISS_SIZE || noted->reason == RG_MISS_DTYPE ||
                                   noted->reason == RG_MISS_DEVICE || noted->reason == RG_MISS_LAYOUT));
}

static void measure(rg_alignment *out, const rg_search *search)
{
    const rg_observer *observer = search->observer;
    out->cost = cost_so_far(search);
    out->matched = 0;
    for (uint32_t i = 0; i < search->pattern->node_count; i++) {
        bool is_bound = !rg_node_is_null(search->now->nodes[i]);
        bool is_noted = false;
        for (uint32_t j = 0; j < search->now->disagreement_count; j++) {
            const rg_disagreement *noted = &observer->noted.items[j];
            is_noted = is_noted || (noted->index == i && is_its_own(noted));
        }
        out->matched += is_bound && !is_noted ? 1 : 0;
        out->cost += !is_bound && !is_noted ? COST_NODE : 0;
    }
    for (uint32_t i = 0; i < search->pattern->input_count; i++) {
        out->cost += rg_value_is_missing(search->now->inputs[i]) ? COST_INPUT : 0;
    }
}

static void keep(rg_search *search, rg_alignment found)
{
    rg_observer *observer = search->observer;
    size_t size = search->pattern->node_count * sizeof(rg_node);
    size_t inputs_size = search->pattern->input_count * sizeof(rg_value);
    rg_node *nodes = rg__arena_allocate(observer->arena, size);
    rg_disagreement *noted =
        rg__arena_allocate(observer->arena, (search->now->disagreement_count + 1) * sizeof(*noted));
    rg_value *inputs = rg__arena_allocate(observer->arena, inputs_size);
    if (nodes == NULL || noted == NULL || inputs == NULL) {
        rg__search_fail(search, rg__report_memory(search->context));
        return;
    }
    if (inputs_size != 0) {
        memcpy(inputs, search->now->inputs, inputs_size);
    }
    memcpy(nodes, search->now->nodes, size);
    if (search->now->disagreement_count != 0) {
        memcpy(noted, observer->noted.items, search->now->disagreement_count * sizeof(*noted));
    }
    found.nodes = nodes;
    found.inputs = inputs;
    found.disagreements = noted;
    found.count = search->now->disagreement_count;
    observer->best = found;
    observer->has_best = true;
}

static rg_miss_reason reason_of_refusal(const rg_search *search, rg_refusal refusal, rg_refusal_cause cause)
{
    static const rg_miss_reason reasons[RG_REFUSAL_COUNT] = {
        [RG_REFUSAL_READ_OUTSIDE] = RG_MISS_EXTRA_USER, [RG_REFUSAL_CAPTURES_ITSELF] = RG_MISS_CYCLE,
        [RG_REFUSAL_WRITE_BETWEEN] = RG_MISS_REGION,    [RG_REFUSAL_NO_ORDER] = RG_MISS_CYCLE,
        [RG_REFUSAL_RETURNS_ALIAS] = RG_MISS_ESCAPES,   [RG_REFUSAL_ALIAS_WRITTEN] = RG_MISS_WRITTEN,
        [RG_REFUSAL_OVERWRITES] = RG_MISS_WRITTEN,      [RG_REFUSAL_LEAVES] = RG_MISS_WRITTEN,
        [RG_REFUSAL_SHARED_INPUTS] = RG_MISS_WRITTEN,
    };
    bool is_returned = refusal == RG_REFUSAL_READ_OUTSIDE && rg_node_kind(search->graph, cause.node) == RG_OP_OUTPUT;
    return is_returned ? RG_MISS_ESCAPES : reasons[refusal];
}

void rg__observer_conclude(rg_search *search, const rg_match *match, rg_refusal refusal, rg_refusal_cause cause,
                           bool is_accepted)
{
    uint32_t count = search->now->disagreement_count;
    rg_alignment found;
    if (rg__search_over(search) && !search->stop) {
        return;
    }
    if (match != NULL && (refusal != RG_REFUSAL_NONE || !is_accepted)) {
        bool by_check = refusal == RG_REFUSAL_NONE;
        rg_disagreement noted = about_node(search, by_check ? RG_MISS_CHECK : reason_of_refusal(search, refusal, cause),
                                           index_of(search, cause.value), cause.node);
        noted.refusal = refusal;
        rg_status status = by_check ? rg__match_blame(&noted.guard, match, search->arena) : RG_OK;
        if (status != RG_OK) {
            rg__search_fail(search, status);
        }
        noted.other = cause.value;
        (void)note(search, &noted);
    }
    measure(&found, search);
    if (search->status == RG_OK && (!search->observer->has_best || found.cost < search->observer->best.cost)) {
        keep(search, found);
    }
    search->now->disagreement_count = count;
    search->stop = search->stop || search->observer->takes_first || found.cost == 0;
}

void rg__observer_free(rg_observer *observer, const rg_allocator *allocator)
{
    rg__vector_free(allocator, &observer->noted);
}
