/*
 * screen.c: see screen.h. The counterparts that decide: reference.c and order.c. How screens are made: screen_make.c.
 */
#include "match/screen.h"

#include "match/automaton.h"
#include "match/search.h"
#include "match/size_query.h"
#include "ops/noop.h"

enum { MAX_FOUND = RG_SCREEN_NODES, MAX_DECISIONS = 6 };

#define NOT_KNOWN UINT32_MAX /* as a node: found, but not known which */

/* In which order a commutative node's operands are taken. */
typedef enum rg_operand_order { ORDER_IMPOSSIBLE, ORDER_WRITTEN, ORDER_EXCHANGED, ORDER_EITHER } rg_operand_order;

typedef struct rg_screening {
    const rg_rule *rule;
    const rg_graph *graph;
    const rg_screen *screen;
    const rg_automaton *labels;
    uint32_t nodes[MAX_FOUND];  /* by pattern node */
    uint32_t inputs[MAX_FOUND]; /* what is read first */
    uint32_t found[MAX_FOUND];  /* the same nodes in the order in which they were found */
    uint32_t found_count;
    bool is_partial;           /* some node is not known */
    uint8_t orders[MAX_FOUND]; /* rg_operand_order, by pattern node that commutes */
    /* Of operands that could be taken in either order: which of them are taken the other way, in the order in which
     * they are met. Each combination comes in turn. */
    bool decisions[MAX_DECISIONS];
    uint32_t decision_count;
    uint32_t met;
} rg_screening;

static bool is_found(const rg_screening *screening, uint32_t id)
{
    for (uint32_t i = 0; i < screening->found_count; i++) {
        if (screening->found[i] == id) {
            return true;
        }
    }
    return false;
}

/* ---- what may be passed over ---- */

/* Need a reader of a value inside the match not be in the match? It may be passed over, or only ask for a size. */
static bool may_stay_outside(bool sees_through, const rg_graph *graph, uint32_t id)
{
    return rg__may_be_passed(sees_through, graph, id) || rg__node_asks_size(graph, (rg_node){id});
}

/* Below everything that could be passed over. */
static uint32_t lowest(const rg_screening *screening, uint32_t id)
{
    while (rg__may_be_passed(screening->screen->sees_through, screening->graph, id)) {
        rg_node data = rg__noop_data(screening->graph, (rg_node){id});
        if (rg_node_is_null(data)) {
            break;
        }
        id = data.id;
    }
    return id;
}

/* Could they be one value? */
static bool could_be_same(const rg_screening *screening, uint32_t a, uint32_t b)
{
    return a == NOT_KNOWN || a == b ||
           (screening->screen->sees_through && lowest(screening, a) == lowest(screening, b));
}

/* Do more nodes read the value than a match has readers for it? */
static bool is_read_more(bool sees_through, const rg_graph *graph, uint32_t id, uint32_t most)
{
    uint32_t outside = RG_TRAIT_SHAPE_QUERY | (sees_through ? RG_TRAITS_TRANSPARENT : 0u);
    rg_node_record record = graph->records[id];
    uint32_t others = 0;
    if (graph->users[id] <= most || most == UINT16_MAX || rg__graph_lacks_traits(graph, outside)) {
        return graph->users[id] > most && most != UINT16_MAX;
    }
    for (uint32_t i = 0; i < record.use_count && others <= most; i++) {
        uint32_t user = graph->uses.items[record.uses + i].user;
        bool is_counted = i != 0 && graph->uses.items[record.uses + i - 1].user == user;
        others += is_counted || may_stay_outside(sees_through, graph, user) ? 0 : 1;
    }
    return others > most;
}

bool rg__screen_refuses_users(bool sees_through, const rg_graph *graph, uint32_t id, uint32_t most)
{
    return !rg__may_be_passed(sees_through, graph, id) && is_read_more(sees_through, graph, id, most);
}

/* Does the node call what the step looks for? A label does not tell, where other rules of the set see through nodes: it
 * speaks of what the node may leave unchanged, too. */
static bool is_called(const rg_screening *screening, const rg_screen_step *step, uint32_t id)
{
    uint32_t op = screening->graph->op[id];
    return op == step->op || op == step->second;
}

/* The node that the step leads to by way of `id`; NOT_KNOWN when that may be any of several, 0 when it is none. */
static uint32_t arrive(const rg_screening *screening, const rg_screen_step *step, uint32_t id)
{
    bool sees_through = screening->screen->sees_through;
    if ((screening->screen->transparent >> step->target & 1) != 0) {
        return rg__may_be_passed(sees_through, screening->graph, id) ? NOT_KNOWN : id;
    }
    if (sees_through && !is_called(screening, step, id)) {
        id = lowest(screening, id);
    }
    return is_called(screening, step, id) ? id : 0;
}

/* ---- following ---- */

/* Take note of a node; false when another pattern node has it, or more nodes read it than a match can hold. */
static inline bool find_node(rg_screening *screening, uint32_t index, uint32_t id, uint32_t most)
{
    if (is_read_more(screening->screen->sees_through, screening->graph, id, most)) {
        return false;
    }
    if (is_found(screening, id)) {
        return false;
    }
    screening->nodes[index] = id;
    screening->found[screening->found_count++] = id;
    return true;
}

/* The value that a step follows from `slot`; missing when the argument is not written where it can be seen. */
static rg_value followed(const rg_screening *screening, const rg_screen_step *step, uint32_t slot)
{
    const rg_graph *graph = screening->graph;
    uint32_t id = screening->nodes[step->from];
    uint32_t argument = slot;
    if (step->has_slot != 0 && graph->calls[id] != 0) {
        rg_op op = rg__node_schema_op(graph, id);
        argument = rg__node_schema_slot(graph, id, rg__op_descriptor(graph->context, op)->schema, slot);
    }
    if (argument >= rg__node_visible_count(graph, id)) {
        return rg_value_missing();
    }
    rg_value value = rg__node_argument(graph, id, argument);
    if (step->item != 0) {
        value.bits = rg__value_is_items(value) ? graph->arguments.items[rg__value_low(value) + step->item]
                                               : rg_value_missing().bits;
    }
    return value;
}

/* Are the sizes those wanted, as far as both are numbers? */
static bool sizes_allow(rg_context *context, const rg_size *wanted, const rg_size *sizes, uint32_t count)
{
    bool allow = true;
    for (uint32_t i = 0; i < count && allow; i++) {
        int64_t expected = 0;
        int64_t size = 0;
        allow = wanted[i].id == sizes[i].id || !rg_size_as_int(context, wanted[i], &expected) ||
                !rg_size_as_int(context, sizes[i], &size) || expected == size;
    }
    return allow;
}

static bool same_number(rg_value wanted, rg_value value)
{
    return rg_value_get_kind(wanted) != RG_VALUE_INT || rg_value_get_kind(value) != RG_VALUE_INT ||
           wanted.bits == value.bits;
}

/* False when a number in the argument is another one for certain. */
static bool numbers_allow(const rg_screening *screening, rg_graph *graph, const rg_screen_step *step)
{
    const rg_pattern *pattern = screening->rule->compiled;
    const rg_pattern_slot *slot = &pattern->nodes[step->from].slots[step->target];
    rg_context *context = graph->context;
    rg_value value = rg_value_missing();
    if (rg_node_normal_argument(&value, graph, (rg_node){screening->nodes[step->from]}, slot->index) != RG_OK) {
        return true; /* the search will come to it again, and report it */
    }
    if (rg_value_get_kind(slot->value) != RG_VALUE_LIST || rg_value_get_kind(value) != RG_VALUE_LIST) {
        return same_number(slot->value, value);
    }
    size_t count = rg_value_count(context, pattern->graph, slot->value);
    bool allow = count == rg_value_count(context, graph, value);
    for (size_t i = 0; i < count && allow; i++) {
        allow = same_number(rg_value_item(context, pattern->graph, slot->value, i),
                            rg_value_item(context, graph, value, i));
    }
    return allow;
}

/* False when the type cannot be what the rule declares for the input. */
static bool type_allows(const rg_screening *screening, uint32_t input, uint32_t id)
{
    rg_type declared = screening->rule->inputs[input].type;
    if (rg_type_is_null(declared)) {
        return true;
    }
    rg_context *context = screening->graph->context;
    rg_type type = {screening->graph->types[id]};
    rg_tensor_type expected = rg_type_get_tensor(context, declared);
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    return rg_type_get_kind(context, type) == RG_TYPE_TENSOR && tensor.rank == expected.rank &&
           (expected.dtype == RG_DTYPE_NONE || expected.dtype == tensor.dtype) &&
           sizes_allow(context, expected.sizes, tensor.sizes, tensor.rank);
}

/* Is something that is no result read outside? All nodes are found. */
static bool escapes(const rg_screening *screening, uint64_t inner)
{
    const rg_graph *graph = screening->graph;
    for (; inner != 0; inner &= inner - 1) {
        rg_node_record record = graph->records[screening->nodes[__builtin_ctzll(inner)]];
        for (uint32_t i = 0; i < record.use_count; i++) {
            uint32_t user = graph->uses.items[record.uses + i].user;
            if (!is_found(screening, user) && !may_stay_outside(screening->screen->sees_through, graph, user)) {
                return true;
            }
        }
    }
    return false;
}

/* Could the step lead to this value, as far as labels, types and what is found tell? */
static bool could_lead_to(const rg_screening *screening, const rg_screen_step *step, rg_value value)
{
    uint32_t id = rg__value_low(value);
    if (!rg__value_is_node(value)) {
        return false;
    }
    switch ((rg_screen_kind)step->kind) {
    case RG_SCREEN_NODE:
        return rg__automaton_label_holds(screening->labels, screening->graph->label[id], step->skeleton);
    case RG_SCREEN_SAME_NODE:
        return could_be_same(screening, screening->nodes[step->target], id);
    case RG_SCREEN_INPUT:
        return type_allows(screening, step->target, id) ||
               rg__may_be_passed(screening->screen->sees_through, screening->graph, id);
    case RG_SCREEN_SAME_INPUT:
        return could_be_same(screening, screening->inputs[step->target], id);
    case RG_SCREEN_NUMBERS:
        break;
    }
    return true;
}

/* Decide the order of a commutative node's operands by the steps from `first` on that follow them. */
static rg_operand_order find_order(const rg_screening *screening, const rg_screen_step *first,
                                   const rg_screen_step *end)
{
    bool as_written = true;
    bool exchanged = true;
    rg_value operands[2] = {followed(screening, first, 0), followed(screening, first, 1)};
    if (operands[0].bits == operands[1].bits) {
        return ORDER_WRITTEN;
    }
    for (const rg_screen_step *step = first; step < end && step->from == first->from && step->commutes; step++) {
        as_written = as_written && could_lead_to(screening, step, operands[step->slot]);
        exchanged = exchanged && could_lead_to(screening, step, operands[1 - step->slot]);
    }
    return as_written && exchanged ? ORDER_EITHER
           : as_written            ? ORDER_WRITTEN
           : exchanged             ? ORDER_EXCHANGED
                                   : ORDER_IMPOSSIBLE;
}

/* Which of two possible orders is tried this time? */
static rg_operand_order decide_order(rg_screening *screening)
{
    if (screening->met == MAX_DECISIONS) {
        return ORDER_EITHER;
    }
    if (screening->met == screening->decision_count) {
        screening->decisions[screening->decision_count++] = false;
    }
    return screening->decisions[screening->met++] ? ORDER_EXCHANGED : ORDER_WRITTEN;
}

/* Go on to the next combination; false when all have been tried. */
static bool decide_next(rg_screening *screening)
{
    while (screening->decision_count > 0 && screening->decisions[screening->decision_count - 1]) {
        screening->decision_count--;
    }
    if (screening->decision_count == 0) {
        return false;
    }
    screening->decisions[screening->decision_count - 1] = true;
    return true;
}

/* The slot that a step follows; false when it is not known, or no order of the operands is possible. */
static bool choose_slot(uint32_t *slot, rg_screening *screening, const rg_screen_step *step)
{
    const rg_screen_step *begin = screening->screen->steps;
    uint8_t *order = &screening->orders[step->from];
    *slot = step->slot;
    if (!step->commutes) {
        return true;
    }
    if (step == begin || step[-1].from != step->from || !step[-1].commutes) {
        *order = (uint8_t)find_order(screening, step, begin + screening->screen->follow_count);
        *order = *order == ORDER_EITHER ? (uint8_t)decide_order(screening) : *order;
    }
    *slot = *order == ORDER_EXCHANGED ? 1u - step->slot : step->slot;
    return *order == ORDER_WRITTEN || *order == ORDER_EXCHANGED;
}

/* What a step would find is not known. */
static void lose(rg_screening *screening, const rg_screen_step *step)
{
    screening->is_partial = true;
    if (step->kind == RG_SCREEN_NODE) {
        screening->nodes[step->target] = NOT_KNOWN;
    } else if (step->kind == RG_SCREEN_INPUT) {
        screening->inputs[step->target] = NOT_KNOWN;
    }
}

/* Take a step to the node `id`. False when nothing can match that way. */
static bool take_step(rg_screening *screening, const rg_screen_step *step, uint32_t id, uint64_t *captured)
{
    switch ((rg_screen_kind)step->kind) {
    case RG_SCREEN_NODE:
        id = arrive(screening, step, id);
        if (id == NOT_KNOWN) {
            lose(screening, step);
            return true;
        }
        return id != 0 && find_node(screening, step->target, id, step->users);
    case RG_SCREEN_SAME_NODE:
        return could_be_same(screening, screening->nodes[step->target], id);
    case RG_SCREEN_INPUT:
        screening->inputs[step->target] = id;
        *captured |= (uint64_t)1 << step->target;
        return true;
    case RG_SCREEN_SAME_INPUT:
        return could_be_same(screening, screening->inputs[step->target], id);
    case RG_SCREEN_NUMBERS:
        break;
    }
    return true;
}

/* May what is read first for the input be captured? If it may be passed over, the search decides. */
static bool capture_allows(const rg_screening *screening, uint32_t input)
{
    uint32_t id = screening->inputs[input];
    return (!is_found(screening, id) && type_allows(screening, input, id)) ||
           rg__may_be_passed(screening->screen->sees_through, screening->graph, id);
}

/* ---- other results ---- */

/* Is there a candidate for the result that the ascent leads to? What was found to be none for the last root with the
 * same base is not looked for again. */
static bool is_near(const rg_screening *screening, uint32_t index, rg_dead_end *known, uint64_t time)
{
    const rg_ascent *ascent = &screening->screen->ascents[index];
    uint32_t base = ascent->from_input ? screening->inputs[ascent->base] : screening->nodes[ascent->base];
    rg_ascending ascending = {.graph = screening->graph,
                              .labels = screening->labels,
                              .sees_through = screening->screen->sees_through,
                              .found = screening->found,
                              .found_count = screening->found_count,
                              .left = RG_ASCENT_READERS};
    if (base == NOT_KNOWN) {
        return true;
    }
    base = ascent->from_input ? lowest(screening, base) : base;
    if (known->time == time && known->ascent == index && known->base == base) {
        return false;
    }
    bool leads = rg__ascent_leads_up(&ascending, base, ascent->steps, ascent->step_count);
    if (!leads && !ascending.met_found) {
        *known = (rg_dead_end){time, index, base};
    }
    return leads;
}

static bool others_are_near(const rg_screening *screening, rg_dead_end *known, uint64_t time)
{
    for (uint32_t i = 0; i < screening->screen->ascent_count; i++) {
        if (screening->screen->ascents[i].step_count != 0 && !is_near(screening, i, known, time)) {
            return false;
        }
    }
    return true;
}

bool rg__screen_allows_candidate(const rg_rule *rule, const rg_automaton *labels, const rg_graph *graph, uint32_t index,
                                 uint32_t id)
{
    const rg_screen *screen = rule->compiled->screen;
    rg_ascending ascending = {
        .graph = graph, .labels = labels, .sees_through = rule->see_through, .left = RG_ASCENT_READERS};
    if (!rg__automaton_label_holds(labels, graph->label[id], rule->compiled->skeletons[index])) {
        return false;
    }
    for (uint32_t i = 0; screen != NULL && i < screen->ascent_count; i++) {
        const rg_ascent *ascent = &screen->ascents[i];
        for (uint32_t j = 0; j < ascent->step_count; j++) {
            if (ascent->steps[j].node == index) {
                return rg__ascent_allows(&ascending, &ascent->steps[j], id) &&
                       rg__ascent_leads_up(&ascending, id, ascent->steps + j + 1, ascent->step_count - j - 1);
            }
        }
    }
    return true;
}

/* ---- all of it ---- */

/* What is left when everything has been followed, the cheapest first. */
static bool rest_allows(const rg_screening *screening, const rg_screen *screen, rg_graph *graph, uint64_t captured)
{
    if (!screening->is_partial && escapes(screening, screen->inner)) {
        return false;
    }
    for (uint32_t i = 0; i < MAX_FOUND && captured >> i != 0; i++) {
        if ((captured >> i & 1) != 0 && !capture_allows(screening, i)) {
            return false;
        }
    }
    for (uint32_t i = screen->follow_count; i < screen->step_count; i++) {
        if (screening->nodes[screen->steps[i].from] != NOT_KNOWN &&
            !numbers_allow(screening, graph, &screen->steps[i])) {
            return false;
        }
    }
    return true;
}

/* Could the rule match with operands taken in the orders that have been decided on? */
static bool admits_so(rg_screening *screening, rg_graph *graph, rg_node root, rg_dead_end *known, uint64_t time)
{
    const rg_screen *screen = screening->screen;
    uint64_t captured = 0; /* a bit an input */
    screening->found_count = 0;
    screening->is_partial = false;
    screening->met = 0;
    if (!find_node(screening, screen->root, root.id, screen->root_users)) {
        return false;
    }
    for (uint32_t i = 0; i < screen->follow_count; i++) {
        const rg_screen_step *step = &screen->steps[i];
        uint32_t slot = step->slot;
        if (screening->nodes[step->from] == NOT_KNOWN) {
            lose(screening, step);
            continue;
        }
        if (!choose_slot(&slot, screening, step)) {
            if (screening->orders[step->from] == ORDER_IMPOSSIBLE) {
                return false;
            }
            lose(screening, step);
            continue;
        }
        rg_value value = followed(screening, step, slot);
        if (!rg__value_is_node(value)) {
            return true; /* the search sees more of the call */
        }
        if (!take_step(screening, step, rg__value_low(value), &captured)) {
            return false;
        }
    }
    return others_are_near(screening, known, time) && rest_allows(screening, screen, graph, captured);
}

bool rg__screen_admits(const rg_screen *screen, const rg_rule *rule, const rg_automaton *labels, rg_graph *graph,
                       rg_node root, rg_dead_end *known, uint64_t time)
{
    rg_screening screening;
    screening.rule = rule;
    screening.graph = graph;
    screening.screen = screen;
    screening.labels = labels;
    screening.decision_count = 0;
    do {
        if (admits_so(&screening, graph, root, known, time)) {
            return true;
        }
    } while (decide_next(&screening));
    return false;
}
