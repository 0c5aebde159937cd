/*
 * automaton_pair.c: one step instead of two. Most calls are asked about one or two arguments. Their
 * forms have a table over both answers, so that the walk neither goes through states nor has a branch that depends on
 * answers. The tables only remember what the walk through the states has found: see automaton.h.
 */
#include "match/automaton.h"

enum { MAX_PAIR_CELLS = 1 << 16 };

static uint32_t room_of(const rg_automaton *automaton, const rg_pair *pair, uint32_t side)
{
    return pair->questions[side] == 0 ? 1 : automaton->questions.items[pair->questions[side]].row_capacity;
}

/* Cells for all answers that the questions have rows for. A pair that would need too many is given up: width 0. */
static bool add_cells(rg_automaton *automaton, rg_pair *pair)
{
    uint64_t width = room_of(automaton, pair, 1);
    uint64_t cells = room_of(automaton, pair, 0) * width;
    bool fits = cells <= MAX_PAIR_CELLS && automaton->cells.count + cells <= automaton->limits.cells / 2;
    pair->width = fits ? (uint32_t)width : 0;
    pair->row = fits ? rg__automaton_row(automaton, (uint32_t)cells) : 0;
    return pair->row != UINT32_MAX;
}

void rg__automaton_start_pair(rg_automaton *automaton, uint32_t op, uint32_t number)
{
    rg_start *start = &automaton->starts[op];
    start->number = number;
    start->pair = automaton->pairs.items[number];
    start->pair_key = start->pair.width == 0 ? RG_NO_SPELLING : start->key;
}

/* After the pair has changed. */
static void update(rg_automaton *automaton, uint32_t number)
{
    uint32_t op = automaton->pairs.items[number].op;
    if (op < automaton->start_room && automaton->starts[op].number == number) {
        rg__automaton_start_pair(automaton, op, number);
    }
}

uint32_t rg__automaton_pair(rg_automaton *automaton, uint32_t op, const rg_form *form)
{
    rg_pair pair = {.op = op};
    if (form->step_count == 0 || form->step_count > 2) {
        return 0;
    }
    for (uint32_t i = 0; i < form->step_count; i++) {
        rg_form_step step = form->steps[i];
        if (step.item != 0) {
            return 0;
        }
        pair.questions[i] = (uint16_t)step.question;
        pair.arguments[i] = step.argument;
    }
    if (form->step_count == 1) {
        pair.arguments[1] = pair.arguments[0];
    }
    if (automaton->pairs.count > UINT16_MAX || !add_cells(automaton, &pair) || pair.width == 0 ||
        !rg__vector_push(&automaton->context->allocator, &automaton->pairs, pair)) {
        return 0;
    }
    return automaton->pairs.count - 1;
}

bool rg__automaton_widen_pairs(rg_automaton *automaton, uint32_t question)
{
    for (uint32_t i = 1; i < automaton->pairs.count; i++) {
        rg_pair *pair = &automaton->pairs.items[i];
        if (pair->width != 0 && (pair->questions[0] == question || pair->questions[1] == question)) {
            if (!add_cells(automaton, pair)) { /* empty: what was in the old ones is soon found again */
                return false;
            }
            update(automaton, i);
        }
    }
    return true;
}

bool rg__automaton_enter_pair(rg_automaton *automaton, const rg_graph *graph, uint32_t id, uint16_t label)
{
    uint32_t number = automaton->starts[graph->op[id]].number;
    uint32_t columns[2] = {0, 0};
    for (uint32_t side = 0; side < 2; side++) {
        const rg_pair *pair = &automaton->pairs.items[number];
        if (pair->questions[side] != 0) {
            columns[side] = rg__automaton_column(automaton, graph, pair->questions[side],
                                                 rg__node_argument(graph, id, pair->arguments[side]));
            if (columns[side] == RG_COLUMN_UNKNOWN) {
                return false;
            }
        }
    }
    const rg_pair *pair = &automaton->pairs.items[number];
    if (pair->width != 0) {
        automaton->cells.items[pair->row + columns[0] * pair->width + columns[1]] = (uint16_t)(RG_CELL_FINAL | label);
    }
    return true;
}
