/*
 * automaton.c: filling the automaton's tables: questions, columns, states, labels. See automaton.h. What is slow here
 * is done once for each thing that graphs have in common.
 */
#include "match/automaton.h"

#include <stdlib.h>

enum { FIRST_ROW = 4, FIRST_LABELS = 64, FIRST_QUESTION_SHIFT = 5, FIRST_CONSTANTS = 64, MAX_CONSTANTS = 1 << 15 };

static const rg_allocator *allocator_of(const rg_automaton *automaton)
{
    return &automaton->context->allocator;
}

/* ---- limits ---- */

static size_t bytes_held(const rg_automaton *automaton)
{
    return automaton->arena.total + (size_t)automaton->cells.capacity * sizeof(uint16_t) +
           (size_t)automaton->states.capacity * sizeof(rg_state) + (size_t)automaton->pairs.capacity * sizeof(rg_pair) +
           (size_t)automaton->labels.capacity * sizeof(rg_label_rules) +
           (size_t)automaton->label_rules.capacity * sizeof(uint32_t) + rg__column_bytes(automaton) +
           automaton->admits.capacity + (size_t)automaton->root_tests.capacity * sizeof(rg_root_test) +
           (size_t)automaton->constant_room * sizeof(rg_constant) + rg__map_bytes(&automaton->form_cells);
}

bool rg__automaton_within(rg_automaton *automaton)
{
    const rg_automaton_limits *limits = &automaton->limits;
    bool is_within = automaton->states.count <= limits->states && automaton->labels.count <= limits->labels &&
                     automaton->cells.count <= limits->cells && bytes_held(automaton) <= limits->bytes;
    automaton->over_limit = automaton->over_limit || !is_within;
    return is_within;
}

/* ---- columns: what a value is to a question ---- */

/* See to it that there are columns for so many questions and labels. */
static bool reserve_columns(rg_automaton *automaton, uint32_t questions, uint32_t labels)
{
    uint32_t shift = automaton->label_room == 0 ? FIRST_QUESTION_SHIFT : automaton->question_shift;
    uint32_t room = automaton->label_room == 0 ? FIRST_LABELS : automaton->label_room;
    if (labels <= automaton->label_room && questions <= 1u << shift) {
        return true;
    }
    while (1u << shift < questions) {
        shift++;
    }
    while (room < labels) {
        room *= 2;
    }
    size_t size = ((size_t)room << shift) * sizeof(uint16_t);
    uint16_t *columns = rg__allocate(allocator_of(automaton), size);
    if (columns == NULL) {
        return false;
    }
    memset(columns, 0, size); /* RG_COLUMN_UNKNOWN */
    for (uint32_t i = 0; i < automaton->label_room; i++) {
        memcpy(columns + ((size_t)i << shift), automaton->columns + rg__column_place(automaton, 0, i),
               sizeof(*columns) << automaton->question_shift);
    }
    rg__free(allocator_of(automaton), automaton->columns, rg__column_bytes(automaton));
    automaton->columns = columns;
    automaton->question_shift = shift;
    automaton->label_room = room;
    return true;
}

uint32_t rg__automaton_question(rg_automaton *automaton, const uint32_t *tests, uint32_t count)
{
    uint32_t id = rg__record_intern(&automaton->question_records, &automaton->arena, tests, count);
    if (id == 0 || id <= automaton->questions.count) {
        return id - 1; /* UINT32_MAX for 0 */
    }
    /* Column 0 is RG_COLUMN_UNKNOWN, whose cells stay unbuilt. */
    rg_question question = {rg__record_get(&automaton->question_records, id), NULL, 1, FIRST_ROW};
    question.answers = rg__arena_allocate_zero(&automaton->arena, FIRST_ROW * sizeof(*question.answers));
    if (id >= RG_MAX_COLUMNS || question.answers == NULL || !reserve_columns(automaton, id, automaton->labels.count) ||
        !rg__vector_push(allocator_of(automaton), &automaton->questions, question)) {
        automaton->over_limit = automaton->over_limit || id >= RG_MAX_COLUMNS;
        return UINT32_MAX;
    }
    return id - 1;
}

uint32_t rg__automaton_row(rg_automaton *automaton, uint32_t capacity)
{
    uint32_t row = automaton->cells.count;
    if (!rg__vector_reserve(allocator_of(automaton), &automaton->cells, (uint64_t)row + capacity)) {
        return UINT32_MAX;
    }
    memset(automaton->cells.items + row, 0xff, capacity * sizeof(uint16_t)); /* RG_CELL_UNBUILT */
    automaton->cells.count += capacity;
    return row;
}

/* Give the question's rows twice the room. */
static bool widen(rg_automaton *automaton, uint32_t index)
{
    rg_question *question = &automaton->questions.items[index];
    uint32_t capacity = question->row_capacity;
    uint32_t *answers = rg__arena_allocate(&automaton->arena, 2 * (size_t)capacity * sizeof(*answers));
    if (answers == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < automaton->states.count; i++) {
        rg_state *state = &automaton->states.items[i];
        if (state->question != index) {
            continue;
        }
        uint32_t row = rg__automaton_row(automaton, 2 * capacity);
        if (row == UINT32_MAX) {
            return false;
        }
        memcpy(automaton->cells.items + row, automaton->cells.items + state->row, capacity * sizeof(uint16_t));
        state->row = row;
    }
    memcpy(answers, question->answers, capacity * sizeof(*answers));
    question->answers = answers;
    question->row_capacity = 2 * capacity;
    return rg__automaton_widen_pairs(automaton, index);
}

static bool passes(const rg_automaton *automaton, const rg_graph *graph, const rg_record *test, rg_value value)
{
    if (test->words[0] != RG_TEST_NODE) {
        return rg__test_allows(automaton->context, graph, test, value);
    }
    uint16_t label = rg__value_is_node(value) ? graph->label[rg__value_low(value)] : 0;
    return rg__automaton_label_holds(automaton, label, test->words[1]);
}

/* Write the answers to the tests, a bit each, behind the first word. Gives the number of words; 0 when memory is out.
 */
static uint32_t answer_tests(rg_automaton *automaton, const rg_graph *graph, const rg_record *tests, rg_value value)
{
    uint32_t word_count = 1 + (tests->count + 31) / 32;
    if (!rg__vector_reserve(allocator_of(automaton), &automaton->words, word_count)) {
        return 0;
    }
    uint32_t *words = automaton->words.items;
    memset(words, 0, word_count * sizeof(*words));
    for (uint32_t i = 0; i < tests->count; i++) {
        const rg_record *test = rg__record_get(&automaton->set->skeletons->tests, tests->words[i]);
        words[1 + i / 32] |= (uint32_t)passes(automaton, graph, test, value) << (i % 32);
    }
    return word_count;
}

/* Likewise the skeletons that a node passes on when it is read through another that may change nothing. */
static uint32_t answer_join(rg_automaton *automaton, const rg_graph *graph, rg_value value)
{
    uint16_t label = rg__value_is_node(value) ? graph->label[rg__value_low(value)] : 0;
    const rg_record *set = label == 0 ? NULL : rg__record_get(&automaton->sets, label);
    uint32_t room = 1 + (set == NULL ? 0 : set->count);
    uint32_t word_count = 1;
    if (!rg__vector_reserve(allocator_of(automaton), &automaton->words, room)) {
        return 0;
    }
    for (uint32_t i = 0; i + 1 < room; i++) {
        if (automaton->passes[set->words[i] >> 1]) {
            automaton->words.items[word_count++] = set->words[i] >> 1;
        }
    }
    return word_count;
}

/* The column of the answer that `value` gives to the question; RG_COLUMN_UNKNOWN when it cannot be entered. */
static uint16_t find_column(rg_automaton *automaton, const rg_graph *graph, uint32_t index, rg_value value)
{
    const rg_record *tests = automaton->questions.items[index].tests;
    bool is_join = tests->count == 1 && tests->words[0] == RG_JOIN;
    uint32_t word_count = is_join ? answer_join(automaton, graph, value) : answer_tests(automaton, graph, tests, value);
    if (word_count == 0) {
        return RG_COLUMN_UNKNOWN;
    }
    automaton->words.items[0] = index;
    uint32_t id = rg__record_intern(&automaton->answer_records, &automaton->arena, automaton->words.items, word_count);
    if (id == 0) {
        return RG_COLUMN_UNKNOWN;
    }
    if (id > automaton->answer_columns.count) {
        uint32_t column = automaton->questions.items[index].column_count;
        if (column >= automaton->questions.items[index].row_capacity && !widen(automaton, index)) {
            return RG_COLUMN_UNKNOWN;
        }
        if (!rg__vector_push(allocator_of(automaton), &automaton->answer_columns, column)) {
            return RG_COLUMN_UNKNOWN;
        }
        automaton->questions.items[index].answers[column] = id;
        automaton->questions.items[index].column_count++;
        if (column >= RG_MAX_COLUMNS || !rg__automaton_within(automaton)) {
            automaton->over_limit = true;
            return RG_COLUMN_UNKNOWN;
        }
    }
    return (uint16_t)automaton->answer_columns.items[id - 1];
}

static uint16_t node_column(rg_automaton *automaton, const rg_graph *graph, uint32_t question, rg_value value)
{
    uint16_t label = graph->label[rg__value_low(value)];
    uint16_t column = automaton->columns[rg__column_place(automaton, question, label)];
    if (column == RG_COLUMN_UNKNOWN) {
        column = find_column(automaton, graph, question, value);
        automaton->columns[rg__column_place(automaton, question, label)] = column;
    }
    return column;
}

/* ---- constants ---- */

static uint32_t constant_home(const rg_automaton *automaton, uint64_t bits, uint32_t question)
{
    return rg__constant_hash(bits, question) & (automaton->constant_room - 1);
}

static void enter_constant(rg_automaton *automaton, rg_constant constant)
{
    uint32_t at = constant_home(automaton, constant.bits, constant.question);
    while (automaton->constants[at].question != 0) {
        at = (at + 1) & (automaton->constant_room - 1);
    }
    automaton->constants[at] = constant;
}

static bool grow_constants(rg_automaton *automaton)
{
    uint32_t old_room = automaton->constant_room;
    rg_constant *old = automaton->constants;
    uint32_t room = old_room == 0 ? FIRST_CONSTANTS : 2 * old_room;
    rg_constant *constants = rg__allocate(allocator_of(automaton), room * sizeof(*constants));
    if (constants == NULL) {
        return false;
    }
    memset(constants, 0, room * sizeof(*constants));
    automaton->constants = constants;
    automaton->constant_room = room;
    for (uint32_t i = 0; i < old_room; i++) {
        if (old[i].question != 0) {
            enter_constant(automaton, old[i]);
        }
    }
    rg__free(allocator_of(automaton), old, old_room * sizeof(*old));
    return true;
}

uint16_t rg__automaton_constant(rg_automaton *automaton, const rg_graph *graph, uint32_t question, rg_value value)
{
    uint64_t bits = rg__constant_bits(graph, value);
    if (automaton->constant_room != 0) {
        uint32_t at = constant_home(automaton, bits, question + 1);
        while (automaton->constants[at].question != 0) {
            if (automaton->constants[at].bits == bits && automaton->constants[at].question == question + 1) {
                return (uint16_t)automaton->constants[at].column;
            }
            at = (at + 1) & (automaton->constant_room - 1);
        }
    }
    uint16_t column = find_column(automaton, graph, question, value);
    if (column == RG_COLUMN_UNKNOWN || automaton->constant_count >= MAX_CONSTANTS) {
        return column; /* beyond the bound, constants are looked at anew each time */
    }
    if (2 * (automaton->constant_count + 1) > automaton->constant_room && !grow_constants(automaton)) {
        return RG_COLUMN_UNKNOWN;
    }
    enter_constant(automaton, (rg_constant){bits, question + 1, column});
    automaton->constant_count++;
    return column;
}

uint16_t rg__automaton_column(rg_automaton *automaton, const rg_graph *graph, uint32_t question, rg_value value)
{
    return rg__value_is_node(value) ? node_column(automaton, graph, question, value)
                                    : rg__automaton_constant(automaton, graph, question, value);
}

/* ---- labels ---- */

static int compare_words(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* What all rules of a label ask first. */
static rg_root_test test_roots(const rg_automaton *automaton, rg_label_rules rules)
{
    rg_root_test test = {{0, 0}, {UINT16_MAX, UINT16_MAX}, true};
    for (uint32_t i = 0; i < rules.count; i++) {
        const rg_rule *rule = &automaton->set->rules.items[automaton->label_rules.items[rules.first + i]];
        const rg_screen *screen = rule->compiled->screen;
        test = i == 0 && screen != NULL ? screen->root_test : rg__root_test_join(test, screen);
    }
    return test;
}

/* The rules rooted at the skeletons of a new label. Every rule has one root, so none comes twice. */
static bool add_label(rg_automaton *automaton, const rg_record *set)
{
    const rg_allocator *allocator = allocator_of(automaton);
    rg_label_rules rules = {automaton->label_rules.count, 0};
    uint8_t admits = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t skeleton = set->words[i] >> 1;
        uint32_t first = automaton->first_rule[skeleton];
        uint32_t end = automaton->first_rule[skeleton + 1];
        bool is_passed = set->words[i] == rg__set_entry(skeleton, true);
        admits |= !is_passed && automaton->is_other[skeleton] ? RG_ADMITS_OTHER : 0;
        for (uint32_t j = first; j < end && !is_passed; j++) {
            if (!rg__vector_push(allocator, &automaton->label_rules, automaton->root_rules[j])) {
                return false;
            }
            rules.count++;
        }
    }
    admits |= rules.count == 0 ? 0 : RG_ADMITS_ROOT;
    if (rules.count > 1) {
        qsort(automaton->label_rules.items + rules.first, rules.count, sizeof(uint32_t), compare_words);
    }
    return reserve_columns(automaton, automaton->questions.count, automaton->labels.count + 1) &&
           rg__vector_push(allocator, &automaton->root_tests, test_roots(automaton, rules)) &&
           rg__vector_push(allocator, &automaton->admits, admits) &&
           rg__vector_push(allocator, &automaton->labels, rules);
}

/* Gather the candidates in `bits` and the skeletons passed on; in order, each once, not as passed if it is a candidate.
 */
static bool gather_set(rg_automaton *automaton, const rg_form *form, const uint32_t *bits, const uint32_t *passed,
                       uint32_t passed_count)
{
    const rg_allocator *allocator = allocator_of(automaton);
    bool done = true;
    automaton->words.count = 0;
    for (uint32_t i = 0; i < form->candidate_count && done; i++) {
        if ((bits[i / 32] >> (i % 32) & 1) != 0) {
            done = rg__vector_push(allocator, &automaton->words, rg__set_entry(form->candidates[i], false));
        }
    }
    for (uint32_t i = 0; i < passed_count && done; i++) {
        done = rg__vector_push(allocator, &automaton->words, rg__set_entry(passed[i], true));
    }
    uint32_t *words = automaton->words.items;
    uint32_t count = done ? automaton->words.count : 0;
    uint32_t kept = 0;
    if (count > 1) {
        qsort(words, count, sizeof(uint32_t), compare_words);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || words[kept - 1] >> 1 != words[i] >> 1) {
            words[kept++] = words[i];
        }
    }
    automaton->words.count = kept;
    return done;
}

/* The cell that ends a walk with these skeletons. */
static uint16_t final_cell(rg_automaton *automaton, const rg_form *form, const uint32_t *bits, const uint32_t *passed,
                           uint32_t passed_count)
{
    if (!gather_set(automaton, form, bits, passed, passed_count)) {
        return RG_CELL_UNBUILT;
    }
    if (automaton->words.count == 0) {
        return RG_CELL_FINAL;
    }
    uint32_t label =
        rg__record_intern(&automaton->sets, &automaton->arena, automaton->words.items, automaton->words.count);
    if (label == 0) {
        return RG_CELL_UNBUILT;
    }
    if (label >= automaton->labels.count &&
        (!add_label(automaton, rg__record_get(&automaton->sets, label)) || !rg__automaton_within(automaton))) {
        return RG_CELL_UNBUILT;
    }
    return (uint16_t)(RG_CELL_FINAL | label);
}

/* ---- states ---- */

/* Does one of the skeletons in `bits` test anything at this step? */
static bool asks(const rg_form *form, uint32_t step, const uint32_t *bits)
{
    const uint16_t *tests = form->tests + (size_t)step * form->candidate_count;
    for (uint32_t i = 0; i < form->candidate_count; i++) {
        if (tests[i] != 0 && (bits[i / 32] >> (i % 32) & 1) != 0) {
            return true;
        }
    }
    return false;
}

static bool is_empty(const uint32_t *bits, uint32_t count)
{
    uint32_t any = 0;
    for (uint32_t i = 0; i < count; i++) {
        any |= bits[i];
    }
    return any == 0;
}

uint16_t rg__automaton_cell(rg_automaton *automaton, uint32_t index, uint32_t step, const uint32_t *bits)
{
    const rg_form *form = &automaton->forms.items[index];
    uint32_t bit_words = (form->candidate_count + 31) / 32;
    uint32_t tests_end = form->step_count - (form->joins ? 1 : 0);
    if (is_empty(bits, bit_words)) {
        step = step < tests_end ? tests_end : step;
    }
    while (step < tests_end && !asks(form, step, bits)) {
        step++;
    }
    if (step == form->step_count) {
        return final_cell(automaton, form, bits, NULL, 0);
    }
    if (!rg__vector_reserve(allocator_of(automaton), &automaton->words, bit_words + 2)) {
        return RG_CELL_UNBUILT;
    }
    uint32_t *words = automaton->words.items;
    words[0] = index;
    words[1] = step;
    memcpy(words + 2, bits, bit_words * sizeof(*words));
    uint32_t id = rg__record_intern(&automaton->state_records, &automaton->arena, words, bit_words + 2);
    if (id == 0) {
        return RG_CELL_UNBUILT;
    }
    if (id > automaton->states.count) {
        rg_form_step at = form->steps[step];
        rg_state state = {0, (uint16_t)at.question, at.argument, at.item};
        state.row = rg__automaton_row(automaton, automaton->questions.items[at.question].row_capacity);
        if (state.row == UINT32_MAX || !rg__vector_push(allocator_of(automaton), &automaton->states, state) ||
            !rg__automaton_within(automaton)) {
            return RG_CELL_UNBUILT;
        }
    }
    return (uint16_t)(id - 1);
}

/* The skeletons of the state that the answer of `column` leaves. */
static uint16_t follow(rg_automaton *automaton, uint16_t state, uint16_t column)
{
    const rg_record *record = rg__record_get(&automaton->state_records, state + 1u);
    uint32_t index = record->words[0];
    uint32_t step = record->words[1];
    const rg_form *form = &automaton->forms.items[index];
    const uint16_t *tests = form->tests + (size_t)step * form->candidate_count;
    const rg_question *question = &automaton->questions.items[form->steps[step].question];
    const rg_record *answers = rg__record_get(&automaton->answer_records, question->answers[column]);
    const uint32_t *answer = answers->words + 1;
    uint32_t bit_words = record->count - 2;
    if (!rg__vector_reserve(allocator_of(automaton), &automaton->bits, bit_words + 1)) {
        return RG_CELL_UNBUILT;
    }
    uint32_t *bits = automaton->bits.items;
    memcpy(bits, record->words + 2, bit_words * sizeof(*bits));
    if (form->joins && step + 1 == form->step_count) {
        return final_cell(automaton, form, bits, answer, answers->count - 1);
    }
    for (uint32_t i = 0; i < form->candidate_count; i++) {
        uint32_t test = tests[i];
        if (test != 0 && (answer[(test - 1) / 32] >> ((test - 1) % 32) & 1) == 0) {
            bits[i / 32] &= ~(1u << (i % 32));
        }
    }
    return rg__automaton_cell(automaton, index, step + 1, bits);
}

uint16_t rg__automaton_step(rg_automaton *automaton, const rg_graph *graph, uint16_t state, rg_value value)
{
    uint16_t column = rg__automaton_column(automaton, graph, automaton->states.items[state].question, value);
    uint16_t cell = column == RG_COLUMN_UNKNOWN ? (uint16_t)RG_CELL_UNBUILT : follow(automaton, state, column);
    if (cell != RG_CELL_UNBUILT) {
        automaton->cells.items[automaton->states.items[state].row + column] = cell;
    }
    return cell;
}
