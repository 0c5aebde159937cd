/*
 * label.c: labelling a graph with the automaton, wholly or where a rewrite has changed it. See automaton.h.
 */
#include "match/automaton.h"
#include "match/label_repeat.h"
#include "match/match_impl.h"

/* ---- one node ---- */

/* The label of one node whose inputs have theirs, filling the tables where they are empty; RG_CELL_UNBUILT when that
 * cannot be. */
static uint16_t find_label(rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    const uint64_t *arguments = graph->arguments.items + rg__node_arguments(graph, id);
    uint16_t cell = rg__automaton_start(automaton, graph, id);
    while ((cell & RG_CELL_FINAL) == 0) {
        rg_state state = automaton->states.items[cell];
        rg_value value = {arguments[state.argument]};
        if (state.item != 0) {
            value.bits = graph->arguments.items[rg__value_low(value) + state.item];
        }
        uint16_t column =
            rg__value_is_node(value)
                ? automaton->columns[rg__column_place(automaton, state.question, graph->label[rg__value_low(value)])]
                : rg__automaton_constant(automaton, graph, state.question, value);
        uint16_t next = automaton->cells.items[automaton->states.items[cell].row + column];
        cell = next == RG_CELL_UNBUILT ? rg__automaton_step(automaton, graph, cell, value) : next;
    }
    return cell == RG_CELL_UNBUILT ? cell : (uint16_t)(cell & ~RG_CELL_FINAL);
}

/* ---- a graph ---- */

/* The column of a constant; RG_COLUMN_UNKNOWN when it is not at hand. */
static inline uint32_t constant_column(const rg_automaton *automaton, const rg_graph *graph, uint32_t question,
                                       rg_value value)
{
    if (automaton->constant_room == 0) {
        return RG_COLUMN_UNKNOWN;
    }
    uint64_t bits = rg__constant_bits(graph, value);
    uint32_t at = rg__constant_hash(bits, question + 1) & (automaton->constant_room - 1);
    const rg_constant *constant = &automaton->constants[at];
    while (constant->question != 0 && (constant->bits != bits || constant->question != question + 1)) {
        at = (at + 1) & (automaton->constant_room - 1);
        constant = &automaton->constants[at];
    }
    return constant->column; /* 0 at a free place */
}

/* The column of any value; RG_COLUMN_UNKNOWN when it is not at hand. */
static inline uint32_t value_column(const rg_automaton *automaton, const rg_graph *graph, uint32_t question,
                                    rg_value value)
{
    return rg__value_is_node(value)
               ? automaton->columns[rg__column_place(automaton, question, graph->label[rg__value_low(value)])]
               : constant_column(automaton, graph, question, value);
}

/* The first cell for a spelling that is not its op's last one; RG_CELL_UNBUILT when it is not at hand. */
static inline uint32_t spelled_cell(const rg_automaton *automaton, uint32_t op, uint64_t key)
{
    const rg_spelling *spelling = &automaton->spellings[rg__spelling_place(op, key)];
    return spelling->op == op && spelling->key == key ? spelling->cell : (uint32_t)RG_CELL_UNBUILT;
}

/* The last cell of a node's walk through the states; RG_CELL_UNBUILT where the tables do not suffice. Out of line, so
 * that it takes no registers from the loop below. */
static __attribute__((noinline)) uint32_t walked_cell(const rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    const rg_start *start = &automaton->starts[graph->op[id]];
    const uint64_t *arguments = graph->arguments.items + rg__node_arguments(graph, id);
    uint64_t key = rg__spelling_key(graph->calls[id], graph->records[id].argument_count);
    uint32_t cell = key == start->key ? start->cell : spelled_cell(automaton, graph->op[id], key);
    while ((cell & RG_CELL_FINAL) == 0) {
        const rg_state *state = &automaton->states.items[cell];
        rg_value value = {arguments[state->argument]};
        if (!rg__value_is_node(value) && state->item != 0) {
            value.bits = graph->arguments.items[rg__value_low(value) + state->item]; /* the argument is a list */
        }
        uint32_t column = value_column(automaton, graph, state->question, value);
        cell = automaton->cells.items[state->row + column];
    }
    return cell;
}

static inline bool are_nodes(uint64_t first, uint64_t second)
{
    return ((first ^ (uint64_t)RG_TAG_NODE << 48) | (second ^ (uint64_t)RG_TAG_NODE << 48)) >> 48 == 0;
}

/* The label of a node that has a pair, and nodes in both places, which is most often where it is looked for. */
static inline uint32_t paired_cell(const rg_pair *pair, const uint64_t *arguments, const uint16_t *columns,
                                   uint32_t shift, const uint16_t *cells, const uint16_t *label)
{
    uint32_t first = columns[((size_t)label[(uint32_t)arguments[pair->arguments[0]]] << shift) + pair->questions[0]];
    uint32_t second = columns[((size_t)label[(uint32_t)arguments[pair->arguments[1]]] << shift) + pair->questions[1]];
    return cells[pair->row + first * pair->width + second];
}

/* Likewise with a constant in one of the places. Out of line, as walked_cell. */
static __attribute__((noinline)) uint32_t mixed_cell(const rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    const rg_pair *pair = &automaton->starts[graph->op[id]].pair;
    const uint64_t *arguments = graph->arguments.items + rg__node_arguments(graph, id);
    uint32_t first = value_column(automaton, graph, pair->questions[0], (rg_value){arguments[pair->arguments[0]]});
    uint32_t second = value_column(automaton, graph, pair->questions[1], (rg_value){arguments[pair->arguments[1]]});
    return automaton->cells.items[pair->row + first * pair->width + second];
}

/* Take note of a node that could be another result than the root of a rule. There is room. */
static void note_other(rg_matcher *matcher, uint32_t id, uint32_t label)
{
    const rg_automaton *automaton = matcher->automaton;
    const rg_record *set = rg__record_get(&automaton->sets, label);
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t skeleton = set->words[i] >> 1;
        bool is_own = set->words[i] == rg__set_entry(skeleton, false);
        matcher->seen[skeleton] = matcher->seen[skeleton] || (is_own && automaton->is_other[skeleton]);
    }
    matcher->others.items[matcher->others.count++] = id;
}

/* Is the node one to look at again, as a root? Asked while it is at hand: to come back to all whose label admits a rule
 * would be to wait for memory at each. */
static __attribute__((noinline)) bool is_root(rg_matcher *matcher, const rg_graph *graph, uint32_t id, uint32_t label)
{
    if ((matcher->automaton->admits.items[label] & RG_ADMITS_OTHER) != 0) {
        note_other(matcher, id, label);
    }
    return rg__automaton_may_root(matcher->automaton, graph, id, label);
}

enum { FIRST_LOOKS = 1024 };

/* A graph being labelled. */
typedef struct label_walk {
    rg_matcher *matcher;
    rg_graph *graph;
    uint32_t id;   /* the next node; 0 at the end */
    uint32_t twin; /* an earlier one that may be like it; 0: none is known */
    uint32_t root_count;
    uint32_t looks; /* at so many nodes an earlier one is looked for yet */
    rg_repeats repeats;
} label_walk;

/* Note the node as a root if it is one, having found its label without the tables. */
static void note_repeated(label_walk *walk, uint32_t id)
{
    if (is_root(walk->matcher, walk->graph, id, walk->graph->label[id])) {
        walk->matcher->roots.items[walk->root_count++] = id;
    }
}

/* The cell of a node that the plain look does not know for a twin of the other: in the tables, if the calls are alike
 * but for what they read. RG_CELL_UNBUILT where the twin is of no use. */
static uint32_t cell_beside(const label_walk *walk, uint32_t id, uint32_t twin)
{
    const rg_graph *graph = walk->graph;
    const rg_automaton *automaton = walk->matcher->automaton;
    if (rg__node_repeats(graph, id, twin)) {
        return graph->label[twin] | (uint32_t)RG_CELL_FINAL;
    }
    if (graph->op[id] != graph->op[twin]) {
        return RG_CELL_UNBUILT;
    }
    bool is_none = automaton->starts[graph->op[id]].cell == RG_CELL_NONE;
    return is_none ? (uint32_t)RG_CELL_FINAL : walked_cell(automaton, graph, id);
}

/* Label nodes that repeat those from walk->twin on, and those among them that differ in what they read. */
static void label_repeated(label_walk *walk)
{
    rg_graph *graph = walk->graph;
    const uint8_t *admits = walk->matcher->automaton->admits.items;
    rg_repeat_walk at;
    at.id = walk->id;
    at.twin = walk->twin;
    bool go_on = true;
    while (go_on) {
        go_on = rg__repeats_label(&at, graph, admits);
        for (uint32_t i = 0; i < at.noted_count; i++) {
            note_repeated(walk, at.noted[i]);
        }
        uint32_t cell = go_on || at.id == 0 ? (uint32_t)RG_CELL_UNBUILT : cell_beside(walk, at.id, at.twin);
        if (cell != RG_CELL_UNBUILT) {
            graph->label[at.id] = (uint16_t)(cell & ~(uint32_t)RG_CELL_FINAL);
            if (admits[graph->label[at.id]] != 0) {
                note_repeated(walk, at.id);
            }
            at.id = graph->next[at.id];
            at.twin = graph->next[at.twin];
            go_on = true;
        }
    }
    walk->id = at.id;
    walk->twin = 0;
    rg__repeats_skip(&walk->repeats, graph, graph->previous[at.id]);
}

/*
 * Label nodes as long as the tables suffice; false if they do not. If it looks for twins, until the next node has one,
 * or it has looked often enough. Notes the ops in `present`; `roots` collects the nodes where a rule may be rooted.
 * This is find_label again, with nothing in it that could move a table, so that all of them stay in registers: the loop
 * that the time for a graph that neither matches nor repeats itself is spent in.
 */
static inline __attribute__((always_inline)) bool label_by_tables(label_walk *walk, bool looks)
{
    rg_matcher *matcher = walk->matcher;
    const rg_graph *graph = walk->graph;
    const rg_automaton *automaton = matcher->automaton;
    bool *present = matcher->present;
    uint32_t *roots = matcher->roots.items;
    const rg_start *starts = automaton->starts;
    const uint16_t *columns = automaton->columns;
    const uint16_t *cells = automaton->cells.items;
    const uint8_t *admits = automaton->admits.items;
    const uint32_t shift = automaton->question_shift;
    const uint64_t *pool = graph->arguments.items;
    const rg_node_record *records = graph->records;
    const uint32_t *calls = graph->calls;
    const uint32_t *next = graph->next;
    const uint16_t *ops = graph->op;
    uint16_t *label = graph->label;
    uint32_t count = walk->root_count;
    uint32_t id = walk->id;
    bool suffice = true;
    while (id != 0) {
        const rg_start *start = &starts[ops[id]];
        const rg_pair *pair = &start->pair;
        const uint64_t *arguments = pool + records[id].arguments + records[id].hidden;
        present[ops[id]] = true;
        uint32_t cell = rg__spelling_key(calls[id], records[id].argument_count) == start->pair_key
                            ? (are_nodes(arguments[pair->arguments[0]], arguments[pair->arguments[1]])
                                   ? paired_cell(pair, arguments, columns, shift, cells, label)
                                   : mixed_cell(automaton, graph, id))
                        : start->cell == RG_CELL_NONE ? (uint32_t)RG_CELL_FINAL
                                                      : walked_cell(automaton, graph, id);
        suffice = cell != RG_CELL_UNBUILT;
        if (!suffice) {
            break;
        }
        cell &= ~(uint32_t)RG_CELL_FINAL;
        label[id] = (uint16_t)cell;
        if (admits[cell] != 0 && is_root(matcher, graph, id, cell)) {
            roots[count++] = id;
        }
        uint32_t earlier = looks ? rg__repeats_enter(&walk->repeats, id, ops[id]) : 0;
        id = next[id];
        if (looks && (earlier != 0 || --walk->looks == 0)) {
            walk->twin = earlier == 0 ? 0 : next[earlier];
            break;
        }
    }
    walk->id = id;
    walk->root_count = count;
    return suffice;
}

/* Each out of line, as it needs all registers. */
static __attribute__((noinline)) bool label_looking(label_walk *walk)
{
    return label_by_tables(walk, true);
}

static __attribute__((noinline)) bool label_without_looking(label_walk *walk)
{
    return label_by_tables(walk, false);
}

/* Label the next node, filling the tables; false when that cannot be. */
static bool label_one(label_walk *walk)
{
    rg_automaton *automaton = walk->matcher->automaton;
    rg_graph *graph = walk->graph;
    uint32_t id = walk->id;
    uint16_t label = find_label(automaton, graph, id);
    bool has_pair = label != RG_CELL_UNBUILT && automaton->starts[graph->op[id]].number != 0;
    if (label == RG_CELL_UNBUILT || (has_pair && !rg__automaton_enter_pair(automaton, graph, id, label))) {
        return false;
    }
    graph->label[id] = label;
    if (is_root(walk->matcher, graph, id, label)) {
        walk->matcher->roots.items[walk->root_count++] = id;
    }
    (void)rg__repeats_enter(&walk->repeats, id, graph->op[id]);
    walk->id = graph->next[id];
    return true;
}

/* Why a label could not be found. The tables are of no use then. */
static rg_status give_up(rg_matcher *matcher)
{
    bool over_limit = matcher->automaton->over_limit;
    rg_status status = rg__automaton_clear(matcher->automaton);
    matcher->labelled = NULL;
    if (status != RG_OK) {
        return status;
    }
    return over_limit ? RG_OK : rg__report_memory(matcher->context);
}

rg_status rg__matcher_label(rg_matcher *matcher, rg_graph *graph)
{
    rg_automaton *automaton = matcher->automaton;
    const rg_allocator *allocator = &matcher->context->allocator;
    matcher->labelled = NULL;
    matcher->others.count = 0;
    matcher->time++;
    if (!rg__vector_reserve(allocator, &matcher->roots, (uint64_t)graph->node_count + 1) ||
        (automaton->has_others && !rg__vector_reserve(allocator, &matcher->others, (uint64_t)graph->node_count + 1))) {
        return rg__report_memory(matcher->context);
    }
    if (automaton->has_others) {
        memset(matcher->seen, 0, automaton->skeleton_count + 1);
    }
    rg_status status = rg__automaton_begin(automaton);
    label_walk walk = {.matcher = matcher, .graph = graph, .id = graph->next[0]};
    walk.looks = FIRST_LOOKS + graph->node_count / 8; /* so that a graph that repeats nothing does not pay much */
    while (status == RG_OK && walk.id != 0) {
        bool suffice = walk.looks != 0 ? label_looking(&walk) : label_without_looking(&walk);
        if (walk.twin != 0) {
            label_repeated(&walk);
        } else if (!suffice && !label_one(&walk)) {
            return give_up(matcher);
        }
    }
    if (status == RG_OK) {
        matcher->roots.count = walk.root_count;
        matcher->labelled = graph;
    }
    return status;
}

/* ---- after a rewrite ---- */

/* Nodes to look at again, a heap with the first in graph order on top. */

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static bool push_dirty(rg_matcher *matcher, const rg_graph *graph, uint32_t id)
{
    if (!rg__vector_push(&matcher->context->allocator, &matcher->dirty, id)) {
        return false;
    }
    uint32_t *heap = matcher->dirty.items;
    for (uint32_t at = matcher->dirty.count - 1; at > 0 && graph->order[heap[at]] < graph->order[heap[(at - 1) / 2]];
         at = (at - 1) / 2) {
        swap(&heap[at], &heap[(at - 1) / 2]);
    }
    return true;
}

static uint32_t pop_dirty(rg_matcher *matcher, const rg_graph *graph)
{
    uint32_t *heap = matcher->dirty.items;
    uint32_t first = heap[0];
    uint32_t count = --matcher->dirty.count;
    heap[0] = heap[count];
    for (uint32_t at = 0, child = 1; child < count; at = child, child = 2 * at + 1) {
        if (child + 1 < count && graph->order[heap[child + 1]] < graph->order[heap[child]]) {
            child++;
        }
        if (graph->order[heap[at]] <= graph->order[heap[child]]) {
            break;
        }
        swap(&heap[at], &heap[child]);
    }
    return first;
}

static bool push_users(rg_matcher *matcher, const rg_graph *graph, uint32_t id)
{
    rg_node_record record = graph->records[id];
    for (uint32_t i = 0; i < record.use_count; i++) {
        if (!push_dirty(matcher, graph, graph->uses.items[record.uses + i].user)) {
            return false;
        }
    }
    return true;
}

/* find_label, which most often needs nothing that is not at hand. Ops may have come that have no start yet. */
static uint16_t label_again(rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    uint32_t cell = graph->op[id] >= automaton->start_room                  ? (uint32_t)RG_CELL_UNBUILT
                    : automaton->starts[graph->op[id]].cell == RG_CELL_NONE ? (uint32_t)RG_CELL_FINAL
                                                                            : walked_cell(automaton, graph, id);
    return cell == RG_CELL_UNBUILT ? find_label(automaton, graph, id) : (uint16_t)(cell & ~(uint32_t)RG_CELL_FINAL);
}

rg_status rg__matcher_relabel(rg_matcher *matcher, rg_graph *graph, const rg_node *nodes, size_t count)
{
    bool done = true;
    if (matcher->labelled != graph) {
        return RG_OK;
    }
    matcher->time++;
    matcher->dirty.count = 0;
    for (size_t i = 0; i < count && done; i++) {
        done = !rg__graph_alive(graph, nodes[i].id) || push_dirty(matcher, graph, nodes[i].id);
    }
    uint32_t last = 0;
    while (done && matcher->dirty.count != 0) {
        uint32_t id = pop_dirty(matcher, graph);
        uint16_t label = id == last ? graph->label[id] : label_again(matcher->automaton, graph, id);
        last = id;
        if (label == RG_CELL_UNBUILT) {
            return give_up(matcher);
        }
        if ((matcher->automaton->admits.items[label] & RG_ADMITS_OTHER) != 0) {
            done =
                rg__vector_reserve(&matcher->context->allocator, &matcher->others, (uint64_t)matcher->others.count + 1);
            if (!done) {
                break;
            }
            note_other(matcher, id, label);
        }
        if (label != graph->label[id]) {
            graph->label[id] = label;
            done = push_users(matcher, graph, id);
        }
    }
    if (!done) {
        matcher->labelled = NULL;
        return rg__report_memory(matcher->context);
    }
    return RG_OK;
}
