/*
 * automaton_form.c: making an automaton, and where its walks begin: for each spelling of an op's calls, which skeletons
 * can admit it and which stored argument each of their tests is about. What a spelling leaves out is tested here, once,
 * on its default. See automaton.h; next: label.c.
 */
#include "match/automaton.h"
#include "ops/noop.h"

/* ---- creating ---- */

static const rg_skeleton_header *header_of(const rg_automaton *automaton, uint32_t skeleton)
{
    return rg__skeleton_header(automaton->set->skeletons, skeleton);
}

/* The ops whose calls a skeleton can admit; gives how many. */
static uint32_t admitted_ops(const rg_automaton *automaton, uint32_t skeleton, uint32_t ops[2])
{
    const rg_skeleton_header *header = header_of(automaton, skeleton);
    ops[0] = header->op;
    ops[1] = header->wrapped != 0 ? rg__op_second_wrapper(automaton->context).id : 0;
    return ops[1] != 0 ? 2 : 1;
}

/* Turn counts, each one entry behind its own, into starts. */
static void sum_up(uint32_t *starts, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        starts[i] += starts[i - 1];
    }
}

/* What a rule looks for its skeletons as. */
static void note_rule(rg_automaton *automaton, const rg_rule *rule, bool *used)
{
    const rg_pattern *pattern = rule->compiled;
    automaton->first_rule[pattern->skeletons[pattern->anchors[0]] + 1]++;
    automaton->sees_through = automaton->sees_through || rule->see_through;
    automaton->has_others = automaton->has_others || pattern->anchor_count > 1;
    for (uint32_t i = 1; i < pattern->anchor_count; i++) {
        automaton->is_other[pattern->skeletons[pattern->anchors[i]]] = true;
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        bool is_root = i == pattern->anchors[0] && pattern->anchor_count == 1;
        bool may_pass = rule->see_through && !is_root;
        used[pattern->skeletons[i]] = true;
        automaton->passes[pattern->skeletons[i]] = automaton->passes[pattern->skeletons[i]] || may_pass;
    }
}

/* List the skeletons of each op that rules use, and the rules rooted at each skeleton. */
static rg_status index_rules(rg_automaton *automaton)
{
    const rg_rule_set *set = automaton->set;
    const rg_allocator *allocator = &automaton->context->allocator;
    uint32_t count = automaton->skeleton_count;
    bool *used = rg__allocate(allocator, count + 1);
    automaton->first_rule = rg__allocate(allocator, (count + 2) * sizeof(uint32_t));
    automaton->root_rules = rg__allocate(allocator, (set->rules.count + 1) * sizeof(uint32_t));
    automaton->first_skeleton = rg__allocate(allocator, (automaton->op_count + 1) * sizeof(uint32_t));
    automaton->op_skeletons = rg__allocate(allocator, (2 * (size_t)count + 1) * sizeof(uint32_t));
    automaton->passes = rg__allocate(allocator, count + 1);
    automaton->is_other = rg__allocate(allocator, count + 1);
    if (automaton->passes == NULL || automaton->is_other == NULL || used == NULL || automaton->first_rule == NULL ||
        automaton->root_rules == NULL || automaton->first_skeleton == NULL || automaton->op_skeletons == NULL) {
        rg__free(allocator, used, count + 1);
        return rg__report_memory(automaton->context);
    }
    memset(used, 0, count + 1);
    memset(automaton->passes, 0, count + 1);
    memset(automaton->is_other, 0, count + 1);
    memset(automaton->first_rule, 0, (count + 2) * sizeof(uint32_t));
    memset(automaton->first_skeleton, 0, (automaton->op_count + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < set->rules.count; i++) {
        note_rule(automaton, &set->rules.items[i], used);
    }
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t ops[2];
        uint32_t op_count = used[i] ? admitted_ops(automaton, i, ops) : 0;
        for (uint32_t j = 0; j < op_count; j++) {
            automaton->first_skeleton[ops[j] + 1]++;
        }
    }
    sum_up(automaton->first_rule, count + 2);
    sum_up(automaton->first_skeleton, automaton->op_count + 1);
    /* Filling from the front moves each start to the next one's place; moving them back restores it. */
    for (uint32_t i = 0; i < set->rules.count; i++) {
        const rg_pattern *pattern = set->rules.items[i].compiled;
        automaton->root_rules[automaton->first_rule[pattern->skeletons[pattern->anchors[0]]]++] = i;
    }
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t ops[2];
        uint32_t op_count = used[i] ? admitted_ops(automaton, i, ops) : 0;
        for (uint32_t j = 0; j < op_count; j++) {
            automaton->op_skeletons[automaton->first_skeleton[ops[j]]++] = i;
        }
    }
    memmove(automaton->first_rule + 1, automaton->first_rule, (count + 1) * sizeof(uint32_t));
    memmove(automaton->first_skeleton + 1, automaton->first_skeleton, automaton->op_count * sizeof(uint32_t));
    automaton->first_rule[0] = 0;
    automaton->first_skeleton[0] = 0;
    rg__free(allocator, used, count + 1);
    return RG_OK;
}

rg_status rg__automaton_create(rg_automaton **out, rg_context *context, const rg_rule_set *set)
{
    rg_automaton *automaton = rg__allocate(&context->allocator, sizeof(*automaton));
    *out = NULL;
    if (automaton == NULL) {
        return rg__report_memory(context);
    }
    *automaton = (rg_automaton){.context = context, .set = set, .op_count = 1};
    automaton->limits = (rg_automaton_limits){RG_MAX_LABELS, RG_MAX_LABELS, 1u << 22, (size_t)32 << 20};
    automaton->skeleton_count = set->skeletons == NULL ? 0 : set->skeletons->skeletons.count;
    rg__arena_init(&automaton->arena, &context->allocator);
    for (uint32_t i = 1; i <= automaton->skeleton_count; i++) {
        uint32_t ops[2];
        uint32_t op_count = admitted_ops(automaton, i, ops);
        for (uint32_t j = 0; j < op_count; j++) {
            automaton->op_count = ops[j] >= automaton->op_count ? ops[j] + 1 : automaton->op_count;
        }
    }
    rg_status status = index_rules(automaton);
    if (status == RG_OK) {
        status = rg__automaton_clear(automaton);
    }
    if (status != RG_OK) {
        rg__automaton_destroy(automaton);
        return status;
    }
    *out = automaton;
    return RG_OK;
}

static void free_tables(rg_automaton *automaton)
{
    const rg_allocator *allocator = &automaton->context->allocator;
    rg__vector_free(allocator, &automaton->answer_columns);
    rg__vector_free(allocator, &automaton->forms);
    rg__vector_free(allocator, &automaton->questions);
    rg__vector_free(allocator, &automaton->states);
    rg__vector_free(allocator, &automaton->pairs);
    rg__vector_free(allocator, &automaton->cells);
    rg__vector_free(allocator, &automaton->labels);
    rg__vector_free(allocator, &automaton->label_rules);
    rg__map_free(allocator, &automaton->form_cells);
    rg__vector_free(allocator, &automaton->admits);
    rg__vector_free(allocator, &automaton->root_tests);
    rg__free(allocator, automaton->columns, rg__column_bytes(automaton));
    rg__free(allocator, automaton->constants, automaton->constant_room * sizeof(*automaton->constants));
    automaton->columns = NULL;
    automaton->constants = NULL;
    automaton->question_shift = automaton->label_room = 0;
    automaton->constant_room = automaton->constant_count = 0;
    rg__arena_free(&automaton->arena);
    rg__arena_init(&automaton->arena, allocator);
    memset(&automaton->sets, 0, sizeof(automaton->sets));
    memset(&automaton->question_records, 0, sizeof(automaton->question_records));
    memset(&automaton->answer_records, 0, sizeof(automaton->answer_records));
    memset(&automaton->state_records, 0, sizeof(automaton->state_records));
}

/* Label 0 is that of no skeleton, question 0 has no tests, pair 0 is none. */
static rg_status enter_empty(rg_automaton *automaton)
{
    const rg_allocator *allocator = &automaton->context->allocator;
    rg_label_rules no_rules = {0, 0};
    rg_pair no_pair = {0};
    rg_root_test no_test = {{0, 0}, {0, 0}, false};
    bool done = (automaton->labels.count != 0 || rg__vector_push(allocator, &automaton->labels, no_rules)) &&
                (automaton->admits.count != 0 || rg__vector_push(allocator, &automaton->admits, 0)) &&
                (automaton->root_tests.count != 0 || rg__vector_push(allocator, &automaton->root_tests, no_test)) &&
                (automaton->pairs.count != 0 || rg__vector_push(allocator, &automaton->pairs, no_pair)) &&
                (automaton->questions.count != 0 || rg__automaton_question(automaton, NULL, 0) == 0);
    return done ? RG_OK : rg__report_memory(automaton->context);
}

rg_status rg__automaton_clear(rg_automaton *automaton)
{
    free_tables(automaton);
    automaton->over_limit = false;
    memset(automaton->spellings, 0, sizeof(automaton->spellings));
    for (uint32_t i = 0; i < automaton->start_room; i++) {
        automaton->starts[i] = (rg_start){.pair_key = RG_NO_SPELLING, .key = RG_NO_SPELLING, .cell = RG_CELL_UNBUILT};
    }
    return enter_empty(automaton);
}

rg_status rg__automaton_begin(rg_automaton *automaton)
{
    const rg_allocator *allocator = &automaton->context->allocator;
    uint32_t room = (uint32_t)rg_context_op_count(automaton->context) + 1;
    if (room > automaton->start_room) {
        rg_start *starts = allocator->resize(allocator->user, automaton->starts,
                                             automaton->start_room * sizeof(*starts), room * sizeof(*starts));
        if (starts == NULL) {
            return rg__report_memory(automaton->context);
        }
        for (uint32_t i = automaton->start_room; i < room; i++) {
            starts[i] = (rg_start){.pair_key = RG_NO_SPELLING, .key = RG_NO_SPELLING, .cell = RG_CELL_UNBUILT};
        }
        automaton->starts = starts;
        automaton->start_room = room;
    }
    return enter_empty(automaton); /* missing if memory was out when the tables were emptied */
}

void rg__automaton_destroy(rg_automaton *automaton)
{
    if (automaton != NULL) {
        const rg_allocator *allocator = &automaton->context->allocator;
        free_tables(automaton);
        rg__vector_free(allocator, &automaton->words);
        rg__vector_free(allocator, &automaton->bits);
        rg__free(allocator, automaton->first_rule, (automaton->skeleton_count + 2) * sizeof(uint32_t));
        rg__free(allocator, automaton->root_rules, (automaton->set->rules.count + 1) * sizeof(uint32_t));
        rg__free(allocator, automaton->first_skeleton, (automaton->op_count + 1) * sizeof(uint32_t));
        rg__free(allocator, automaton->op_skeletons, (2 * (size_t)automaton->skeleton_count + 1) * sizeof(uint32_t));
        rg__free(allocator, automaton->passes, automaton->skeleton_count + 1);
        rg__free(allocator, automaton->is_other, automaton->skeleton_count + 1);
        rg__free(allocator, automaton->starts, automaton->start_room * sizeof(rg_start));
        rg__free(allocator, automaton, sizeof(*automaton));
    }
}

/* ---- forms ---- */

/* A test of a candidate on a stored argument. */
typedef struct rg_placed_test {
    uint32_t candidate;
    uint32_t place; /* argument << 16 | item */
    uint32_t test;
} rg_placed_test;

typedef struct rg_form_maker {
    rg_automaton *automaton;
    const rg_graph *graph;
    uint32_t id; /* a node of the form */
    RG_VECTOR(rg_placed_test) tests;
    RG_VECTOR(uint32_t) candidates;
    RG_VECTOR(uint32_t) places; /* ascending, each once */
    uint32_t joined;            /* stored argument whose label is joined; RG_CALL_NO_SLOT: none */
    bool failed;                /* no memory */
} rg_form_maker;

/* The stored argument that is keyword `name`; RG_CALL_NO_SLOT when there is none. */
static uint32_t find_keyword(const rg_form_maker *maker, uint32_t name)
{
    const rg_context *context = maker->automaton->context;
    uint32_t call = maker->graph->calls[maker->id];
    uint32_t count = rg__node_visible_count(maker->graph, maker->id);
    for (uint32_t i = rg__call_positional_count(context, call, count); i < count; i++) {
        if (rg_string_equal(rg__call_argument_name(context, call, i), rg__string_get(context, name))) {
            return i;
        }
    }
    return RG_CALL_NO_SLOT;
}

/* Does what a call leaves out pass the test? */
static bool default_passes(const rg_form_maker *maker, const rg_skeleton_header *header, const rg_schema *schema,
                           const rg_skeleton_entry *entry, uint32_t slot)
{
    const rg_automaton *automaton = maker->automaton;
    const rg_record *test = rg__record_get(&automaton->set->skeletons->tests, entry->test);
    const rg_schema_argument *argument = &schema->arguments[slot];
    if (header->wrapped != 0 && argument->mutated) {
        return true; /* it may be named by an index into the bases: rg_node_schema_argument */
    }
    return test->words[0] != RG_TEST_NODE && entry->item == 0 &&
           rg__test_allows(automaton->context, NULL, test, argument->default_value);
}

/* Place an entry's test on schema argument or position `slot`, or decide it now. False when nothing of this form passes
 * it. */
static bool place_entry(rg_form_maker *maker, const rg_skeleton_header *header, const rg_schema *schema,
                        const rg_skeleton_entry *entry, uint32_t slot)
{
    uint32_t argument = slot;
    if (header->has_schema != 0) {
        argument = rg__node_schema_slot(maker->graph, maker->id, schema, slot);
        if (argument == RG_CALL_NO_SLOT) {
            return default_passes(maker, header, schema, entry, slot);
        }
    } else if (entry->name != 0) {
        argument = find_keyword(maker, entry->name);
        if (argument == RG_CALL_NO_SLOT) {
            return false;
        }
    }
    if (entry->item >= UINT16_MAX) {
        return true; /* a state cannot name the item, so it goes untested */
    }
    rg_placed_test test = {maker->candidates.count, argument << 16 | entry->item, entry->test};
    maker->failed = maker->failed || !rg__vector_push(&maker->automaton->context->allocator, &maker->tests, test);
    return true;
}

/* Can the skeleton admit nodes of this form, with its first two slots exchanged or not? If so it becomes a candidate.
 */
static void add_candidate(rg_form_maker *maker, uint32_t skeleton, bool exchanged)
{
    const rg_automaton *automaton = maker->automaton;
    const rg_graph *graph = maker->graph;
    const rg_skeleton_header *header = header_of(automaton, skeleton);
    uint32_t count = rg__node_visible_count(graph, maker->id);
    uint32_t callee = header->wrapped != 0 ? header->wrapped : graph->op[maker->id];
    if (header->wrapped != 0 && rg__node_schema_op(graph, maker->id).id != header->wrapped) {
        return;
    }
    uint32_t positional = rg__call_positional_count(automaton->context, graph->calls[maker->id], count);
    bool is_open = header->slot_count == RG_ANY_COUNT;
    if (header->has_schema == 0 &&
        (is_open ? positional < header->positional : count != header->slot_count || positional != header->positional)) {
        return;
    }
    const rg_schema *schema = rg__op_descriptor(automaton->context, (rg_op){(uint16_t)callee})->schema;
    uint32_t entry_count = 0;
    uint32_t before = maker->tests.count;
    const rg_skeleton_entry *entries = rg__skeleton_entries(automaton->set->skeletons, skeleton, &entry_count);
    for (uint32_t i = 0; i < entry_count; i++) {
        uint32_t slot = exchanged && entries[i].slot < 2 ? 1 - entries[i].slot : entries[i].slot;
        if (!place_entry(maker, header, schema, &entries[i], slot)) {
            maker->tests.count = before;
            return;
        }
    }
    maker->failed = maker->failed || !rg__vector_push(&automaton->context->allocator, &maker->candidates, skeleton);
}

/* Enter a number into an ascending list, once. */
static bool insert(const rg_allocator *allocator, uint32_t **items, uint32_t *count, uint32_t *capacity, uint32_t item)
{
    uint32_t at = *count;
    while (at > 0 && (*items)[at - 1] >= item) {
        at--;
    }
    if (at < *count && (*items)[at] == item) {
        return true;
    }
    if (*count == *capacity &&
        !rg__vector_grow(allocator, (void **)(void *)items, capacity, sizeof(item), (uint64_t)*count + 1)) {
        return false;
    }
    memmove(*items + at + 1, *items + at, (*count - at) * sizeof(item));
    (*items)[at] = item;
    (*count)++;
    return true;
}

/* The question of all tests at one place, and which of them is whose. */
static bool make_step(rg_form_step *step, uint16_t *tests, rg_form_maker *maker, uint32_t place)
{
    rg_automaton *automaton = maker->automaton;
    const rg_allocator *allocator = &automaton->context->allocator;
    RG_VECTOR(uint32_t) asked = {NULL, 0, 0};
    bool done = true;
    for (uint32_t i = 0; i < maker->tests.count && done; i++) {
        if (maker->tests.items[i].place == place) {
            done = insert(allocator, &asked.items, &asked.count, &asked.capacity, maker->tests.items[i].test);
        }
    }
    uint32_t question = done ? rg__automaton_question(automaton, asked.items, asked.count) : UINT32_MAX;
    for (uint32_t i = 0; i < maker->tests.count && question != UINT32_MAX; i++) {
        const rg_placed_test *test = &maker->tests.items[i];
        for (uint32_t j = 0; j < asked.count && test->place == place; j++) {
            if (asked.items[j] == test->test) {
                tests[test->candidate] = (uint16_t)(j + 1);
            }
        }
    }
    rg__vector_free(allocator, &asked);
    *step = (rg_form_step){(uint16_t)(place >> 16), (uint16_t)place, question};
    return question != UINT32_MAX;
}

/* The form of what has been gathered: its first cell, and its pair. */
static uint16_t finish_form(uint32_t *pair, rg_form_maker *maker)
{
    rg_automaton *automaton = maker->automaton;
    const rg_allocator *allocator = &automaton->context->allocator;
    uint32_t candidate_count = maker->candidates.count;
    uint32_t step_count = maker->places.count + (maker->joined == RG_CALL_NO_SLOT ? 0 : 1);
    uint32_t bit_words = (candidate_count + 31) / 32;
    uint32_t *candidates = rg__arena_allocate(&automaton->arena, candidate_count * sizeof(*candidates));
    rg_form_step *steps = rg__arena_allocate(&automaton->arena, step_count * sizeof(*steps));
    uint16_t *tests = rg__arena_allocate_zero(&automaton->arena, (size_t)step_count * candidate_count * sizeof(*tests));
    if (candidates == NULL || steps == NULL || tests == NULL ||
        !rg__vector_reserve(allocator, &automaton->bits, bit_words + 1)) {
        return RG_CELL_UNBUILT;
    }
    memset(automaton->bits.items, 0, bit_words * sizeof(uint32_t));
    for (uint32_t i = 0; i < candidate_count; i++) {
        candidates[i] = maker->candidates.items[i];
        automaton->bits.items[i / 32] |= 1u << (i % 32);
    }
    for (uint32_t i = 0; i < maker->places.count; i++) {
        if (!make_step(&steps[i], tests + (size_t)i * candidate_count, maker, maker->places.items[i])) {
            return RG_CELL_UNBUILT;
        }
    }
    rg_form form = {candidate_count, step_count, candidates, steps, tests, maker->joined != RG_CALL_NO_SLOT};
    if (form.joins) {
        uint32_t join = RG_JOIN;
        uint32_t question = rg__automaton_question(automaton, &join, 1);
        steps[step_count - 1] = (rg_form_step){(uint16_t)maker->joined, 0, question};
        if (question == UINT32_MAX) {
            return RG_CELL_UNBUILT;
        }
    }
    if (!rg__vector_push(allocator, &automaton->forms, form)) {
        return RG_CELL_UNBUILT;
    }
    uint16_t cell = rg__automaton_cell(automaton, automaton->forms.count - 1, 0, automaton->bits.items);
    *pair = (cell & RG_CELL_FINAL) != 0 ? 0 : rg__automaton_pair(automaton, maker->graph->op[maker->id], &form);
    return cell;
}

/* The skeletons of an op, of those with this form only unless it is RG_FORM_CALL. */
static void add_candidates(rg_form_maker *maker, uint32_t op, rg_pattern_form form)
{
    const rg_automaton *automaton = maker->automaton;
    uint32_t first = op < automaton->op_count ? automaton->first_skeleton[op] : 0;
    uint32_t end = op < automaton->op_count ? automaton->first_skeleton[op + 1] : 0;
    for (uint32_t i = first; i < end; i++) {
        uint32_t skeleton = automaton->op_skeletons[i];
        const rg_skeleton_header *header = header_of(automaton, skeleton);
        if (form == RG_FORM_CALL || header->form == form) {
            add_candidate(maker, skeleton, false);
        }
        if (header->commutes != 0) {
            add_candidate(maker, skeleton, true);
        }
    }
}

/* The op whose skeletons of the same form may admit calls of this op too; 0: none. */
static uint32_t other_op(const rg_automaton *automaton, uint32_t op)
{
    rg_pattern_form form =
        automaton->sees_through ? rg__op_form(automaton->context, (rg_op){(uint16_t)op}) : RG_FORM_CALL;
    uint32_t other = rg__form_op(automaton->context, form, (rg_op){(uint16_t)op}).id;
    return other == op ? 0 : other;
}

/* The argument to whose label the node's is joined. */
static uint32_t joined_argument(const rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    rg_op op = {graph->op[id]};
    const rg_schema *schema = rg__op_descriptor(automaton->context, op)->schema;
    bool joins = automaton->sees_through && (rg_op_traits(automaton->context, op) & RG_TRAITS_TRANSPARENT) != 0;
    return joins && schema != NULL ? rg__node_schema_slot(graph, id, schema, 0) : RG_CALL_NO_SLOT;
}

static uint16_t make_form(uint32_t *pair, rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    const rg_allocator *allocator = &automaton->context->allocator;
    rg_form_maker maker = {.automaton = automaton, .graph = graph, .id = id};
    uint32_t op = graph->op[id];
    uint16_t cell = RG_CELL_FINAL;
    maker.joined = joined_argument(automaton, graph, id);
    add_candidates(&maker, op, RG_FORM_CALL);
    uint32_t other = other_op(automaton, op);
    if (other != 0) {
        add_candidates(&maker, other, rg__op_form(automaton->context, (rg_op){(uint16_t)op}));
    }
    for (uint32_t i = 0; i < maker.tests.count && !maker.failed; i++) {
        maker.failed = !insert(allocator, &maker.places.items, &maker.places.count, &maker.places.capacity,
                               maker.tests.items[i].place);
    }
    if (maker.failed) {
        cell = RG_CELL_UNBUILT;
    } else if (maker.candidates.count != 0 || maker.joined != RG_CALL_NO_SLOT) {
        cell = finish_form(pair, &maker);
    }
    rg__vector_free(allocator, &maker.tests);
    rg__vector_free(allocator, &maker.candidates);
    rg__vector_free(allocator, &maker.places);
    return cell;
}

/* Can calls of the op have another label than 0? */
static bool has_forms(const rg_automaton *automaton, uint32_t op)
{
    bool has_skeletons = op < automaton->op_count && automaton->first_skeleton[op] != automaton->first_skeleton[op + 1];
    return has_skeletons || (automaton->sees_through &&
                             (rg_op_traits(automaton->context, (rg_op){(uint16_t)op}) & RG_TRAITS_TRANSPARENT) != 0);
}

uint16_t rg__automaton_start(rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    uint32_t op = graph->op[id];
    uint32_t call = graph->calls[id];
    uint32_t count = rg__node_visible_count(graph, id);
    uint64_t key = (uint64_t)call << 32 | (uint64_t)count << 16 | op;
    uint32_t cell = RG_CELL_UNBUILT;
    rg_start *start = op < automaton->start_room ? &automaton->starts[op] : NULL;
    if (!has_forms(automaton, op)) {
        if (start != NULL) {
            start->cell = RG_CELL_NONE;
        }
        return RG_CELL_FINAL;
    }
    uint32_t pair = 0;
    if (!rg__map_find(&automaton->form_cells, key, &cell)) {
        cell = make_form(&pair, automaton, graph, id);
        if (cell == RG_CELL_UNBUILT ||
            !rg__map_set(&automaton->context->allocator, &automaton->form_cells, key, cell | pair << 16) ||
            !rg__automaton_within(automaton)) {
            return RG_CELL_UNBUILT;
        }
    } else {
        pair = cell >> 16;
        cell &= UINT16_MAX;
    }
    uint64_t spelling = rg__spelling_key(call, graph->records[id].argument_count);
    automaton->spellings[rg__spelling_place(op, spelling)] = (rg_spelling){spelling, op, (uint16_t)cell};
    if (start != NULL) {
        start->key = spelling;
        start->cell = (uint16_t)cell;
        rg__automaton_start_pair(automaton, op, pair);
    }
    return (uint16_t)cell;
}
