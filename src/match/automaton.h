/*
 * automaton.h: which rules can be rooted at a node, for all rules at once.
 *
 * A node's label names the set of skeletons (skeleton.h) that admit it. It follows from the node's op, the spelling of
 * its call, its constants and the labels of the nodes that it reads, so one walk in graph order labels a graph,
 * whatever the number of rules. The walk is that of a bottom-up tree automaton whose tables are filled where they are
 * looked up and found empty; graphs repeat themselves, so that soon happens no more.
 *
 *   start:  (op, spelling) -> cell
 *   cell:   the next state, or, with RG_CELL_FINAL, the label; RG_CELL_UNBUILT: ask rg__automaton_step
 *   state:  the skeletons still possible, and the argument to look at next: one that at least one of them tests
 *   column: what that argument is to the tests that any skeleton of the spelling has there (Chase's projection):
 *           by label of the node that is read, or by the bits of the constant
 *   pair:   the label by the columns of one or two arguments at once, for spellings that ask no more
 *
 * The label of a node that may change nothing (ops/noop.h) is joined to its data's: it also names the skeletons that
 * rules may look for through it. Those are marked, for no rule is rooted there.
 *
 * The tables belong to a matcher, hence to one thread; the rule set under them is shared. When they outgrow their
 * limits they are emptied, and the graph at hand is matched without labels: by the rules of each root's op. The answers
 * are the same, since a label only ever spares attempts that must fail.
 *
 * automaton.c fills the tables; automaton_form.c starts them; automaton_pair.c shortens them; label.c walks;
 * label_repeat.h spares it what it has labelled before.
 */
#ifndef RG_MATCH_AUTOMATON_H
#define RG_MATCH_AUTOMATON_H

#include "ir/graph_impl.h"
#include "match/screen.h"
#include "match/skeleton.h"

enum {
    RG_CELL_FINAL = 0x8000, /* the other bits are a label */
    RG_CELL_NONE = 0xfffe,  /* as a start: no skeleton has this op */
    RG_CELL_UNBUILT = 0xffff,
    RG_COLUMN_UNKNOWN = 0,  /* its cells are always unbuilt */
    RG_MAX_LABELS = 0x7ff0, /* labels, and states, keep clear of the two */
    RG_MAX_COLUMNS = 0xfff0
};

typedef struct rg_automaton_limits {
    uint32_t states;
    uint32_t labels;
    uint32_t cells; /* of transition rows */
    size_t bytes;   /* of everything that is built on demand */
} rg_automaton_limits;

/* What the walk reads of a state. */
typedef struct rg_state {
    uint32_t row;      /* its first cell */
    uint16_t question; /* index */
    uint16_t argument; /* visible */
    uint16_t item;     /* 0: the argument; else 1 + index of its item, and the argument holds a node */
} rg_state;

/* The tests asked at one place, and the answers met so far. */
typedef struct rg_question {
    const rg_record *tests;
    uint32_t *answers; /* by column: id of a record: the question, then a bit a test */
    uint32_t column_count;
    uint32_t row_capacity; /* cells of each row that belongs to the question */
} rg_question;

/* A place that a form looks at. */
typedef struct rg_form_step {
    uint16_t argument;
    uint16_t item;
    uint32_t question;
} rg_form_step;

/* A spelling of an op's calls: which skeletons can admit it, and in which order what is looked at. */
typedef struct rg_form {
    uint32_t candidate_count;
    uint32_t step_count;
    const uint32_t *candidates; /* skeletons, ascending */
    const rg_form_step *steps;
    const uint16_t *tests; /* [step * candidate_count + candidate]: 1 + index in the question; 0: takes anything */
    bool joins;            /* the last step joins the label of what is read there, and tests nothing */
} rg_form;

/*
 * The labels of a form that asks about one or two arguments and nothing else: the cell is
 * cells[row + column 0 * width + column 1]. Question 0 is the empty one, whose column is always 0. A width of 0: given
 * up.
 */
typedef struct rg_pair {
    uint32_t row;
    uint32_t width;
    uint16_t arguments[2]; /* visible */
    uint16_t questions[2];
    uint32_t op;
} rg_pair;

/* How a call of an op is spelled: rg_graph.calls, and the count of stored arguments. */
static inline uint64_t rg__spelling_key(uint32_t call, uint32_t argument_count)
{
    return (uint64_t)call << 16 | argument_count;
}

/* Where the walk of an op begins, in the spelling met last. */
typedef struct rg_start {
    uint64_t pair_key; /* the spelling again if it has a pair; else RG_NO_SPELLING */
    rg_pair pair;      /* a copy of rg_automaton.pairs[number] */
    uint64_t key;
    uint32_t number;
    uint16_t cell;
} rg_start;

#define RG_NO_SPELLING UINT64_MAX

/* Other spellings of ops, one at each place of a table of hashes: a wrapper has one for each op that it wraps. */
typedef struct rg_spelling {
    uint64_t key;
    uint32_t op; /* 0: free */
    uint16_t cell;
} rg_spelling;

enum { RG_SPELLINGS = 256 };

static inline uint32_t rg__spelling_place(uint32_t op, uint64_t key)
{
    return (uint32_t)((op ^ key * 0x9e3779b97f4a7c15u) >> 32) % RG_SPELLINGS;
}

/* A label's set holds skeletons doubled, and one more for those that are only passed on by a node that may change
 * nothing. */
static inline uint32_t rg__set_entry(uint32_t skeleton, bool is_passed)
{
    return skeleton << 1 | (is_passed ? 1 : 0);
}

/* The question of a joining step: no test has this id. */
enum { RG_JOIN = 0 };

typedef struct rg_label_rules {
    uint32_t first; /* in rg_automaton.label_rules */
    uint32_t count;
} rg_label_rules;

/* What a node with some label can be. */
enum rg_admits {
    RG_ADMITS_ROOT = 1 << 0, /* where a rule is rooted */
    RG_ADMITS_OTHER = 1 << 1 /* another result of a rule */
};

typedef struct rg_constant {
    uint64_t bits;
    uint32_t question; /* 1 + index; 0: free */
    uint32_t column;
} rg_constant;

/* What a constant is entered by. Lists that hold nodes stand at any offset of the pool; what is asked about them is
 * their kind and count. */
static inline uint64_t rg__constant_bits(const rg_graph *graph, rg_value value)
{
    if (!rg__value_is_items(value)) {
        return value.bits;
    }
    rg_items_header header;
    memcpy(&header, &graph->arguments.items[rg__value_low(value)], sizeof(header));
    return rg__value_make(RG_TAG_ITEMS, header.kind, header.count).bits;
}

static inline uint32_t rg__constant_hash(uint64_t bits, uint32_t question)
{
    return (uint32_t)(((bits ^ question) * 0x9e3779b97f4a7c15u) >> 32);
}

typedef struct rg_automaton {
    rg_context *context;
    const rg_rule_set *set;
    rg_automaton_limits limits;
    bool over_limit; /* why a step gave RG_CELL_UNBUILT; else memory is out */

    /* Of the rules; fixed. */
    uint32_t op_count;        /* larger ops have no skeleton */
    uint32_t skeleton_count;  /* of the set when the automaton was made */
    uint32_t *first_skeleton; /* by op, op_count + 1: where its skeletons begin in op_skeletons */
    uint32_t *op_skeletons;   /* those that rules use, ascending for each op */
    uint32_t *first_rule;     /* by skeleton, skeleton_count + 2: where the rules rooted there begin in root_rules */
    uint32_t *root_rules;     /* in the set's order for each skeleton */
    bool sees_through;        /* some rule does */
    bool *passes;             /* by skeleton: a rule that sees through nodes looks for it below others */
    bool *is_other;           /* by skeleton: it is that of another result than the one where a rule is rooted */
    bool has_others;          /* there are such */

    /* Built on demand. */
    rg_arena arena; /* records, forms, questions */
    rg_record_table sets;
    rg_record_table question_records;
    rg_record_table answer_records;
    rg_record_table state_records;      /* form, step, a bit a candidate; id = 1 + state */
    RG_VECTOR(uint32_t) answer_columns; /* by answer id - 1 */
    RG_VECTOR(rg_form) forms;
    RG_VECTOR(rg_question) questions;
    RG_VECTOR(rg_state) states;
    RG_VECTOR(rg_pair) pairs; /* [0] is none */
    RG_VECTOR(uint16_t) cells;
    RG_VECTOR(rg_label_rules) labels;
    RG_VECTOR(uint32_t) label_rules;
    rg_start *starts; /* by op: the spelling met last */
    uint32_t start_room;
    rg_spelling spellings[RG_SPELLINGS];
    rg_map form_cells; /* spelling -> first cell | pair << 16 */
    /* [label << question_shift | question]. Label by label, so that what is asked about one node is close together. */
    uint16_t *columns;
    uint32_t question_shift;
    uint32_t label_room;                /* 0: no columns */
    RG_VECTOR(uint8_t) admits;          /* by label: enum rg_admits */
    RG_VECTOR(rg_root_test) root_tests; /* by label: that of all those rules; of no meaning if there is none */
    rg_constant *constants;             /* open addressing by bits and question */
    uint32_t constant_count;
    uint32_t constant_room;    /* a power of two */
    RG_VECTOR(uint32_t) words; /* scratch */
    RG_VECTOR(uint32_t) bits;  /* scratch */
} rg_automaton;

rg_status rg__automaton_create(rg_automaton **out, rg_context *context, const rg_rule_set *set);
void rg__automaton_destroy(rg_automaton *automaton);
/* Forget everything built on demand. */
rg_status rg__automaton_clear(rg_automaton *automaton);
/* Make room for a start of each op that the context knows by now. */
rg_status rg__automaton_begin(rg_automaton *automaton);

/* The cell where the walk of a node begins. RG_CELL_UNBUILT when a limit is reached or memory is out. */
uint16_t rg__automaton_start(rg_automaton *automaton, const rg_graph *graph, uint32_t id);

/* The cell of a state for a value; likewise. */
uint16_t rg__automaton_step(rg_automaton *automaton, const rg_graph *graph, uint16_t state, rg_value value);

/* Enter the label of a node, whose op's start has a pair, there. False when a limit is reached or memory is out. */
bool rg__automaton_enter_pair(rg_automaton *automaton, const rg_graph *graph, uint32_t id, uint16_t label);

/* The column of a constant or of a list that holds nodes, for a question; RG_COLUMN_UNKNOWN likewise. */
uint16_t rg__automaton_constant(rg_automaton *automaton, const rg_graph *graph, uint32_t question, rg_value value);

static inline size_t rg__column_place(const rg_automaton *automaton, uint32_t question, uint32_t label)
{
    return ((size_t)label << automaton->question_shift) + question;
}

/* Bytes of the columns. */
static inline size_t rg__column_bytes(const rg_automaton *automaton)
{
    return ((size_t)automaton->label_room << automaton->question_shift) * sizeof(*automaton->columns);
}

/* Does the skeleton admit nodes with this label, or what they may pass on? */
static inline bool rg__automaton_label_holds(const rg_automaton *automaton, uint16_t label, uint32_t skeleton)
{
    const rg_record *set = label == 0 ? NULL : rg__record_get(&automaton->sets, label);
    uint32_t from = 0;
    uint32_t to = set == NULL ? 0 : set->count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (set->words[middle] >> 1 < skeleton) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return set != NULL && from < set->count && set->words[from] >> 1 == skeleton;
}

/* ---- between automaton.c and automaton_form.c ---- */

/* The cell for the skeletons of form `index` that are in `bits`, before step `step`. */
uint16_t rg__automaton_cell(rg_automaton *automaton, uint32_t index, uint32_t step, const uint32_t *bits);
/* The index of a question with these tests, ascending; UINT32_MAX when a limit is reached or memory is out. */
uint32_t rg__automaton_question(rg_automaton *automaton, const uint32_t *tests, uint32_t count);
/* Are all limits kept? If not, that is noted. */
bool rg__automaton_within(rg_automaton *automaton);
/* A row of cells not yet built; UINT32_MAX when memory is out. */
uint32_t rg__automaton_row(rg_automaton *automaton, uint32_t capacity);
/* The column of any value for a question; RG_COLUMN_UNKNOWN when a limit is reached or memory is out. */
uint16_t rg__automaton_column(rg_automaton *automaton, const rg_graph *graph, uint32_t question, rg_value value);

/* ---- automaton_pair.c ---- */

/* The pair of a form of calls of an op; 0 if it has none. */
uint32_t rg__automaton_pair(rg_automaton *automaton, uint32_t op, const rg_form *form);
/* After a question has got longer rows; false when memory is out. */
bool rg__automaton_widen_pairs(rg_automaton *automaton, uint32_t question);
/* See to it that the start of an op, whose spelling has this pair, has it too. */
void rg__automaton_start_pair(rg_automaton *automaton, uint32_t op, uint32_t number);

/* Could a rule that the label admits be rooted at the node, as far as their test tells? */
static inline bool rg__automaton_may_root(const rg_automaton *automaton, const rg_graph *graph, uint32_t id,
                                          uint32_t label)
{
    return (automaton->admits.items[label] & RG_ADMITS_ROOT) != 0 &&
           rg__root_test_allows(&automaton->root_tests.items[label], graph, (rg_node){id});
}

/* The rules that a label admits as roots, in the set's order. */
static inline const uint32_t *rg__automaton_rules(const rg_automaton *automaton, uint16_t label, size_t *count)
{
    rg_label_rules rules = automaton->labels.items[label];
    *count = rules.count;
    return automaton->label_rules.items + rules.first;
}

#endif
