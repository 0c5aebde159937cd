/*
 * screen.c: see screen.h. The counterparts that decide: reference.c and order.c.
 */
#include "match/screen.h"

#include "match/search.h"
#include "match/skeleton.h"

enum { MAX_FOUND = 64 }; /* nodes, and inputs, of a pattern that is screened; larger ones are left to the search */

/* ---- making ---- */

typedef struct rg_screen_maker {
    rg_compilation *compilation;
    rg_screen_step *steps;
    uint32_t count;
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
    *found = true;
    maker->steps[maker->count++] =
        (rg_screen_step){(uint8_t)kind,         node->has_schema ? 1 : 0, (uint16_t)entry->slot,
                         (uint16_t)entry->item, (uint16_t)from,           (uint16_t)place.index};
}

rg_status rg__pattern_make_screen(rg_compilation *c)
{
    rg_screen_maker maker = {.compilation = c};
    rg_pattern *pattern = c->pattern;
    size_t room = 0;
    if (pattern->node_count > MAX_FOUND || pattern->input_count > MAX_FOUND) {
        return RG_OK;
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        uint32_t count = 0;
        (void)rg__skeleton_entries(c->set->skeletons, pattern->skeletons[i], &count);
        room += count;
    }
    maker.steps = rg__arena_allocate(c->arena, room * sizeof(*maker.steps));
    if (maker.steps == NULL) {
        return rg__report_memory(c->context);
    }
    /* Users come behind their inputs, so from the last node to the first each is found before its arguments are
     * followed. What only other anchors reach is not found. */
    maker.found_nodes[pattern->anchors[0]] = true;
    for (uint32_t i = pattern->node_count; i > 0; i--) {
        uint32_t count = 0;
        const rg_skeleton_entry *entries = rg__skeleton_entries(c->set->skeletons, pattern->skeletons[i - 1], &count);
        for (uint32_t j = 0; j < count && maker.found_nodes[i - 1]; j++) {
            add_step(&maker, i - 1, &entries[j]);
        }
    }
    pattern->screen = maker.steps;
    pattern->screen_count = maker.count;
    return RG_OK;
}

/* ---- screening ---- */

typedef struct rg_screening {
    const rg_rule *rule;
    const rg_graph *graph;
    uint32_t nodes[MAX_FOUND]; /* by pattern node */
    uint32_t inputs[MAX_FOUND];
    uint32_t found[MAX_FOUND]; /* the same nodes in the order in which they were found */
    uint32_t found_count;
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

/* Take note of a node; false when another pattern node has it, or more nodes read it than a match can hold. */
static bool find_node(rg_screening *screening, uint32_t index, uint32_t id)
{
    const rg_pattern *pattern = screening->rule->compiled;
    if (is_found(screening, id) ||
        (!pattern->nodes[index].is_result && screening->graph->users[id] >= pattern->node_count)) {
        return false;
    }
    screening->nodes[index] = id;
    screening->found[screening->found_count++] = id;
    return true;
}

/* The value that a step follows; missing when the argument is not written where it can be seen. */
static rg_value followed(const rg_screening *screening, const rg_screen_step *step)
{
    const rg_graph *graph = screening->graph;
    uint32_t id = screening->nodes[step->from];
    uint32_t argument = step->slot;
    if (step->has_slot != 0 && graph->calls[id] != 0) {
        rg_op op = rg__node_schema_op(graph, id);
        argument = rg__node_schema_slot(graph, id, rg__op_descriptor(graph->context, op)->schema, step->slot);
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

/* Is something that is no result read outside? All nodes are found. */
static bool escapes(const rg_screening *screening)
{
    const rg_graph *graph = screening->graph;
    const rg_pattern *pattern = screening->rule->compiled;
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        rg_node_record record = graph->records[screening->nodes[i]];
        for (uint32_t j = 0; j < record.use_count && !pattern->nodes[i].is_result; j++) {
            if (!is_found(screening, graph->uses.items[record.uses + j].user)) {
                return true;
            }
        }
    }
    return false;
}

/* False when the type cannot be what the rule declares for the input. */
static bool type_allows(const rg_screening *screening, uint32_t input)
{
    rg_type declared = screening->rule->inputs[input].type;
    if (rg_type_is_null(declared)) {
        return true;
    }
    rg_context *context = screening->graph->context;
    rg_type type = {screening->graph->types[screening->inputs[input]]};
    rg_tensor_type expected = rg_type_get_tensor(context, declared);
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    return rg_type_get_kind(context, type) == RG_TYPE_TENSOR && tensor.rank == expected.rank &&
           (expected.dtype == RG_DTYPE_NONE || expected.dtype == tensor.dtype);
}

bool rg__screen_admits(const rg_rule *rule, const rg_graph *graph, rg_node root)
{
    const rg_pattern *pattern = rule->compiled;
    rg_screening screening;
    screening.rule = rule;
    screening.graph = graph;
    screening.found_count = 0;
    if (pattern->screen == NULL) {
        return true;
    }
    if (!find_node(&screening, pattern->anchors[0], root.id)) {
        return false;
    }
    uint64_t captured = 0; /* a bit an input */
    for (uint32_t i = 0; i < pattern->screen_count; i++) {
        const rg_screen_step *step = &pattern->screen[i];
        rg_value value = followed(&screening, step);
        uint32_t id = rg__value_low(value);
        if (!rg__value_is_node(value)) {
            return true; /* the search sees more of the call */
        }
        switch ((rg_screen_kind)step->kind) {
        case RG_SCREEN_NODE:
            if (!find_node(&screening, step->target, id)) {
                return false;
            }
            break;
        case RG_SCREEN_SAME_NODE:
            if (screening.nodes[step->target] != id) {
                return false;
            }
            break;
        case RG_SCREEN_INPUT:
            screening.inputs[step->target] = id;
            captured |= (uint64_t)1 << step->target;
            break;
        case RG_SCREEN_SAME_INPUT:
            if (screening.inputs[step->target] != id) {
                return false;
            }
            break;
        }
    }
    for (uint32_t i = 0; i < pattern->input_count && captured >> i != 0; i++) {
        if ((captured >> i & 1) != 0 && (is_found(&screening, screening.inputs[i]) || !type_allows(&screening, i))) {
            return false;
        }
    }
    return screening.found_count < pattern->node_count || !escapes(&screening);
}
