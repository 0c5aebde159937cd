/*
 * screen_make.c: making the screen of a rule: what is followed from the root, what is compared, and how the results are
 * come to that the root does not lead to. See screen.h; next: screen.c.
 */
#include "match/automaton.h"
#include "match/screen.h"
#include "match/skeleton.h"

typedef struct rg_screen_maker {
    rg_compilation *compilation;
    rg_screen *screen;
    uint32_t found_count; /* nodes */
    bool found_nodes[RG_SCREEN_NODES];
    bool found_inputs[RG_SCREEN_NODES];
    uint32_t readings[RG_SCREEN_NODES]; /* by node: how often nodes of the pattern read it */
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

static void count_reading(rg_screen_maker *maker, rg_value value)
{
    const rg_compilation *c = maker->compilation;
    size_t count = rg_value_count(c->context, c->graph, value);
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg_pattern_place place = c->places[rg_value_as_node(value).id];
        if (place.kind == RG_PATTERN_NODE) {
            maker->readings[place.index]++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        count_reading(maker, rg_value_item(c->context, c->graph, value, i));
    }
}

static void count_readings(rg_screen_maker *maker)
{
    const rg_compilation *c = maker->compilation;
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        for (uint32_t j = 0; j < c->nodes[i].slot_count; j++) {
            count_reading(maker, c->nodes[i].slots[j].value);
        }
    }
}

/* Is the node read for each item of a list, or gone through as one? How many readers it has then follows from the
 * list's length. */
static bool is_read_repeatedly(const rg_compilation *c, uint32_t index)
{
    const rg_pattern *pattern = c->pattern;
    uint32_t count = 0;
    for (uint32_t i = 0; i < pattern->item_count; i++) {
        rg_pattern_place source = pattern->items[i].source;
        count += source.kind == RG_PATTERN_NODE && source.index == index ? 1 : 0;
    }
    for (uint32_t i = 0; i < pattern->repetition_count; i++) {
        const rg_repetition *repetition = &pattern->repetitions[i];
        count += count_occurrences(c, repetition->value, index);
        for (uint32_t j = 0; j < repetition->local_count; j++) {
            const rg_pattern_node *local = &c->nodes[repetition->locals[j]];
            for (uint32_t k = 0; k < local->slot_count; k++) {
                count += count_occurrences(c, local->slots[k].value, index);
            }
        }
    }
    return count != 0;
}

/*
 * All users of what is no result are in the match. If it is no number they are exactly its users in the pattern; a node
 * that computes a number can stand in the graph where the pattern spells the number otherwise.
 */
static uint16_t most_users(const rg_screen_maker *maker, uint32_t index)
{
    const rg_compilation *c = maker->compilation;
    const rg_pattern_node *node = &c->nodes[index];
    rg_type_kind kind = rg_type_get_kind(c->context, rg_node_type(c->graph, node->node));
    uint32_t users = kind == RG_TYPE_TENSOR ? c->graph->users[node->node.id] : c->pattern->node_count - 1;
    if (c->rule->see_through) { /* each reading can be through other nodes; of a number, also where it is spelled out */
        users = kind == RG_TYPE_TENSOR ? maker->readings[index] : UINT16_MAX;
    }
    bool is_known = !node->may_be_read && users <= UINT16_MAX && !is_read_repeatedly(c, index);
    return is_known ? (uint16_t)users : UINT16_MAX;
}

/* What an entry of a pattern node's skeleton leads to, where the graph has a node. */
static bool find_followed(const rg_compilation *c, uint32_t from, const rg_skeleton_entry *entry,
                          rg_pattern_place *place)
{
    const rg_pattern_slot *slot = slot_of(&c->nodes[from], entry);
    if (slot == NULL) {
        return false;
    }
    rg_value value = entry->item == 0 ? slot->value : rg_value_item(c->context, c->graph, slot->value, entry->item - 1);
    return is_followed(c, rg__record_get(&c->set->skeletons->tests, entry->test), value, place);
}

static void add_step(rg_screen_maker *maker, uint32_t from, const rg_skeleton_entry *entry)
{
    const rg_compilation *c = maker->compilation;
    const rg_pattern_node *node = &c->nodes[from];
    rg_pattern_place place = {RG_PATTERN_NONE, 0};
    if (entry->name != 0 || entry->slot > UINT16_MAX || entry->item > UINT16_MAX ||
        !find_followed(c, from, entry, &place)) {
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
                         is_node ? most_users(maker, place.index) : UINT16_MAX,
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

/* ---- ascents ---- */

/* A walk from a result down to what the root leads to. */
typedef struct rg_descent {
    uint32_t queue[RG_SCREEN_NODES]; /* pattern nodes to look below, the nearest first */
    uint32_t readers[RG_SCREEN_NODES];
    uint32_t count;
    bool queued[RG_SCREEN_NODES];
} rg_descent;

/* Look below a node of the walk. True if something is met that the root leads to. */
static bool look_below(const rg_screen_maker *maker, rg_descent *descent, uint32_t index, rg_pattern_place *base)
{
    const rg_compilation *c = maker->compilation;
    uint32_t count = 0;
    const rg_skeleton_entry *entries = rg__skeleton_entries(c->set->skeletons, c->pattern->skeletons[index], &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!find_followed(c, index, &entries[i], base)) {
            continue;
        }
        bool is_node = base->kind == RG_PATTERN_NODE;
        if (is_node ? maker->found_nodes[base->index] : maker->found_inputs[base->index]) {
            return true;
        }
        if (is_node && !descent->queued[base->index]) {
            descent->queued[base->index] = true;
            descent->readers[base->index] = index;
            descent->queue[descent->count++] = base->index;
        }
    }
    return false;
}

/* The steps from the reader `index` of the base up to the anchor. */
static bool write_steps(const rg_screen_maker *maker, rg_ascent *ascent, const rg_descent *descent, uint32_t index)
{
    const rg_compilation *c = maker->compilation;
    rg_ascent_step *steps = rg__arena_allocate(c->arena, c->pattern->node_count * sizeof(*steps));
    uint32_t anchor = descent->queue[0];
    for (bool at_end = false; steps != NULL && !at_end; index = descent->readers[index]) {
        steps[ascent->step_count++] =
            (rg_ascent_step){c->pattern->skeletons[index], (uint16_t)index, most_users(maker, index)};
        at_end = index == anchor;
    }
    ascent->steps = steps;
    return steps != NULL;
}

static bool make_ascent(const rg_screen_maker *maker, rg_ascent *ascent, uint32_t anchor)
{
    rg_descent descent = {.queue = {anchor}, .count = 1};
    descent.queued[anchor] = true;
    *ascent = (rg_ascent){.skeleton = maker->compilation->pattern->skeletons[anchor]};
    for (uint32_t i = 0; i < descent.count; i++) {
        rg_pattern_place base = {RG_PATTERN_NONE, 0};
        if (look_below(maker, &descent, descent.queue[i], &base)) {
            ascent->base = (uint16_t)base.index;
            ascent->from_input = base.kind == RG_PATTERN_INPUT;
            return write_steps(maker, ascent, &descent, descent.queue[i]);
        }
    }
    return true;
}

static bool make_ascents(rg_screen_maker *maker)
{
    const rg_pattern *pattern = maker->compilation->pattern;
    uint32_t count = pattern->anchor_count - 1;
    rg_ascent *ascents = rg__arena_allocate(maker->compilation->arena, count * sizeof(*ascents));
    bool done = ascents != NULL;
    for (uint32_t i = 0; i < count && done; i++) {
        done = make_ascent(maker, &ascents[i], pattern->anchors[i + 1]);
    }
    maker->screen->ascents = ascents;
    maker->screen->ascent_count = count;
    return done;
}

/* ---- all of it ---- */

rg_status rg__pattern_make_screen(rg_compilation *c)
{
    rg_screen_maker maker = {.compilation = c};
    rg_pattern *pattern = c->pattern;
    size_t steps = 0;
    if (pattern->node_count > RG_SCREEN_NODES || pattern->input_count > RG_SCREEN_NODES) {
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
    count_readings(&maker);
    maker.screen->root_users = most_users(&maker, pattern->anchors[0]);
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
    if (maker.found_count == pattern->node_count && pattern->repetition_count == 0) {
        for (uint32_t i = 0; i < pattern->node_count; i++) {
            maker.screen->inner |= (uint64_t)(c->nodes[i].may_be_read ? 0 : 1) << i;
        }
    }
    if (pattern->anchor_count > 1 && !make_ascents(&maker)) {
        return rg__report_memory(c->context);
    }
    pattern->screen = maker.screen;
    return RG_OK;
}
