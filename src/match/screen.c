/*
 * screen.c: see screen.h. The counterparts that decide: reference.c and order.c.
 */
#include "match/screen.h"

#include "match/automaton.h"
#include "match/search.h"
#include "match/size_query.h"
#include "match/skeleton.h"
#include "ops/noop.h"

enum { MAX_FOUND = 64 }; /* nodes, and inputs, of a pattern that is screened; larger ones are left to the search */

/* ---- making ---- */

typedef struct rg_screen_maker {
    rg_compilation *compilation;
    rg_screen *screen;
    uint32_t found_count; /* nodes */
    bool found_nodes[MAX_FOUND];
    bool found_inputs[MAX_FOUND];
} rg_screen_maker;

/* Where the skeleton's tests look for a node, the graph has a node. */
static bool is_followed(const rg_compilation *c, const rg_record *test, rg_value value, rg_pattern_place *place)
{
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return false;
    }
    *place = c->places[rg_value_as_node(value).id];
    return test->words[0] == RG_TEST_NODE || (test->words[0] == RG_TEST_INPUT && place->kind == RG_PATTERN_INPUT &&
                                              c->rule->inputs[place->index].kind == RG_RULE_INPUT_TENSOR);
}

static const rg_pattern_slot *slot_of(const rg_pattern_node *node, const rg_skeleton_entry *entry)
{
    for (uint32_t i = 0; i < node->slot_count; i++) {
        if (node->slots[i].index == entry->slot) {
            return &node->slots[i];
        }
    }
    return NULL;
}

/* How often the value has the node in it. */
static uint32_t count_occurrences(const rg_compilation *c, rg_value value, uint32_t index)
{
    uint32_t total = 0;
    size_t count = rg_value_count(c->context, c->graph, value);
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg_pattern_place place = c->places[rg_value_as_node(value).id];
        return place.kind == RG_PATTERN_NODE && place.index == index ? 1 : 0;
    }
    for (size_t i = 0; i < count; i++) {
        total += count_occurrences(c, rg_value_item(c->context, c->graph, value, i), index);
    }
    return total;
}

/* How often nodes of the pattern read this one; at least as often as there may be numbers in their arguments that it
 * could stand for. */
static uint32_t count_readings(const rg_compilation *c, uint32_t index)
{
    rg_type_kind kind = rg_type_get_kind(c->context, rg_node_type(c->graph, c->nodes[index].node));
    uint32_t total = 0;
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        for (uint32_t j = 0; j < c->nodes[i].slot_count; j++) {
            total += count_occurrences(c, c->nodes[i].slots[j].value, index);
        }
    }
    return kind == RG_TYPE_TENSOR ? total : UINT16_MAX;
}

/*
 * All users of what is no result are in the match. If it is no number they are exactly its users in the pattern; a node
 * that computes a number can stand in the graph where the pattern spells the number otherwise.
 */
static uint16_t most_users(const rg_compilation *c, uint32_t index)
{
    const rg_pattern_node *node = &c->nodes[index];
    rg_type_kind kind = rg_type_get_kind(c->context, rg_node_type(c->graph, node->node));
    uint32_t users = kind == RG_TYPE_TENSOR ? c->graph->users[node->node.id] : c->pattern->node_count - 1;
    if (c->rule->see_through) {
        users = count_readings(c, index); /* each can be through other nodes */
    }
    return node->may_be_read || users > UINT16_MAX ? UINT16_MAX : (uint16_t)users;
}

static void add_step(rg_screen_maker *maker, uint32_t from, const rg_skeleton_entry *entry)
{
    const rg_compilation *c = maker->compilation;
    const rg_pattern_node *node = &c->nodes[from];
    const rg_pattern_slot *slot = slot_of(node, entry);
    rg_pattern_place place = {RG_PATTERN_NONE, 0};
    if (slot == NULL || entry->name != 0 || entry->slot > UINT16_MAX || entry->item > UINT16_MAX) {
        return;
    }
    rg_value value = entry->item == 0 ? slot->value : rg_value_item(c->context, c->graph, slot->value, entry->item - 1);
    if (!is_followed(c, rg__record_get(&c->set->skeletons->tests, entry->test), value, &place)) {
        return;
    }
    bool is_node = place.kind == RG_PATTERN_NODE;
    bool *found = is_node ? &maker->found_nodes[place.index] : &maker->found_inputs[place.index];
    rg_screen_kind kind =
        is_node ? (*found ? RG_SCREEN_SAME_NODE : RG_SCREEN_NODE) : (*found ? RG_SCREEN_SAME_INPUT : RG_SCREEN_INPUT);
    maker->found_count += is_node && !*found ? 1 : 0;
    *found = true;
    maker->screen->steps[maker->screen->step_count++] =
        (rg_screen_step){(uint8_t)kind,
                         node->has_schema ? 1 : 0,
                         (uint16_t)entry->slot,
                         (uint16_t)entry->item,
                         (uint16_t)from,
                         (uint16_t)place.index,
                         is_node ? most_users(c, place.index) : UINT16_MAX,
                         is_node ? c->nodes[place.index].op.id : 0,
                         is_node ? c->nodes[place.index].second.id : 0,
                         node->commutes && entry->slot < 2,
                         is_node ? c->pattern->skeletons[place.index] : 0};
}

static void follow_arguments(rg_screen_maker *maker, uint32_t index)
{
    uint32_t count = 0;
    const rg_skeleton_entry *entries =
        rg__skeleton_entries(maker->compilation->set->skeletons, maker->compilation->pattern->skeletons[index], &count);
    for (uint32_t i = 0; i < count; i++) {
        add_step(maker, index, &entries[i]);
    }
}

/* Numbers that a skeleton does not compare for certain, since normal form may change how they are written. */
static void compare_numbers(rg_screen_maker *maker, uint32_t index)
{
    const rg_compilation *c = maker->compilation;
    const rg_pattern_node *node = &c->nodes[index];
    const rg_schema *schema = rg__op_descriptor(c->context, node->op)->schema;
    bool is_compared = schema != NULL && rg_op_is_null(node->wrapped) && node->form == RG_FORM_CALL;
    for (uint32_t i = 0; i < node->slot_count && is_compared; i++) {
        rg_value_kind kind = rg_value_get_kind(node->slots[i].value);
        if (!node->slots[i].as_written && schema->arguments[node->slots[i].index].role != RG_ROLE_PLAIN &&
            (kind == RG_VALUE_INT || kind == RG_VALUE_LIST)) {
            maker->screen->steps[maker->screen->step_count++] = (rg_screen_step){
                .kind = RG_SCREEN_NUMBERS, .from = (uint16_t)index, .target = (uint16_t)i, .users = UINT16_MAX};
        }
    }
}

rg_status rg__pattern_make_screen(rg_compilation *c)
{
    rg_screen_maker maker = {.compilation = c};
    rg_pattern *pattern = c->pattern;
    size_t steps = 0;
    /* How many nodes a list has, and reads, is not known before. */
    if (pattern->node_count > MAX_FOUND || pattern->input_count > MAX_FOUND || pattern->repetition_count != 0) {
        return RG_OK;
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        uint32_t count = 0;
        (void)rg__skeleton_entries(c->set->skeletons, pattern->skeletons[i], &count);
        steps += (size_t)count + c->nodes[i].slot_count;
    }
    maker.screen = rg__arena_allocate_zero(c->arena, sizeof(*maker.screen) + steps * sizeof(rg_screen_step));
    if (maker.screen == NULL) {
        return rg__report_memory(c->context);
    }
    maker.screen->root = (uint16_t)pattern->anchors[0];
    maker.screen->root_users = most_users(c, pattern->anchors[0]);
    maker.screen->finds_all = pattern->anchor_count == 1;
    maker.screen->sees_through = c->rule->see_through;
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        maker.screen->transparent |= (uint64_t)(c->nodes[i].is_transparent ? 1 : 0) << i;
    }
    /* Users come behind their inputs, so from the last node to the first each is found before its arguments are
     * followed. What only other anchors reach is not found. */
    maker.found_nodes[pattern->anchors[0]] = true;
    maker.found_count = 1;
    for (uint32_t i = pattern->node_count; i > 0; i--) {
        if (maker.found_nodes[i - 1]) {
            follow_arguments(&maker, i - 1);
        }
    }
    maker.screen->follow_count = maker.screen->step_count;
    maker.screen->root_test = rg__root_test_make(maker.screen);
    for (uint32_t i = pattern->node_count; i > 0; i--) {
        if (maker.found_nodes[i - 1]) {
            compare_numbers(&maker, i - 1);
        }
    }
    if (maker.found_count == pattern->node_count) {
        for (uint32_t i = 0; i < pattern->node_count; i++) {
            maker.screen->inner |= (uint64_t)(c->nodes[i].may_be_read ? 0 : 1) << i;
        }
    }
    pattern->screen = maker.screen;
    return RG_OK;
}

/* ---- screening ---- */

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

static bool may_be_passed(bool sees_through, const rg_graph *graph, uint32_t id)
{
    return sees_through && (rg_op_traits(graph->context, (rg_op){graph->op[id]}) & RG_TRAITS_TRANSPARENT) != 0;
}

/* Need a reader of a value inside the match not be in the match? It may be passed over, or only ask for a size. */
static bool may_stay_outside(bool sees_through, const rg_graph *graph, uint32_t id)
{
    return may_be_passed(sees_through, graph, id) || rg__node_asks_size(graph, (rg_node){id});
}

/* Below everything that could be passed over. */
static uint32_t lowest(const rg_screening *screening, uint32_t id)
{
    while (may_be_passed(screening->screen->sees_through, screening->graph, id)) {
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
    return !may_be_passed(sees_through, graph, id) && is_read_more(sees_through, graph, id, most);
}

/* The node that the step leads to by way of `id`; NOT_KNOWN when that may be any of several, 0 when it is none. */
static uint32_t arrive(const rg_screening *screening, const rg_screen_step *step, uint32_t id)
{
    if (!screening->screen->sees_through) {
        return id;
    }
    if ((screening->screen->transparent >> step->target & 1) != 0) {
        return may_be_passed(screening->screen->sees_through, screening->graph, id) ? NOT_KNOWN : id;
    }
    if (screening->graph->op[id] == step->op) {
        return id;
    }
    id = lowest(screening, id);
    return screening->graph->op[id] == step->op || screening->graph->op[id] == step->second ? id : 0;
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
               may_be_passed(screening->screen->sees_through, screening->graph, id);
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
           may_be_passed(screening->screen->sees_through, screening->graph, id);
}

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

bool rg__screen_admits(const rg_screen *screen, const rg_rule *rule, const rg_automaton *labels, rg_graph *graph,
                       rg_node root)
{
    rg_screening screening;
    screening.rule = rule;
    screening.graph = graph;
    screening.screen = screen;
    screening.labels = labels;
    screening.found_count = 0;
    screening.is_partial = false;
    if (!find_node(&screening, screen->root, root.id, screen->root_users)) {
        return false;
    }
    uint64_t captured = 0; /* a bit an input */
    for (uint32_t i = 0; i < screen->follow_count; i++) {
        const rg_screen_step *step = &screen->steps[i];
        uint32_t slot = step->slot;
        if (screening.nodes[step->from] == NOT_KNOWN) {
            lose(&screening, step);
            continue;
        }
        if (!choose_slot(&slot, &screening, step)) {
            if (screening.orders[step->from] == ORDER_IMPOSSIBLE) {
                return false;
            }
            lose(&screening, step);
            continue;
        }
        rg_value value = followed(&screening, step, slot);
        if (!rg__value_is_node(value)) {
            return true; /* the search sees more of the call */
        }
        if (!take_step(&screening, step, rg__value_low(value), &captured)) {
            return false;
        }
    }
    return rest_allows(&screening, screen, graph, captured);
}
