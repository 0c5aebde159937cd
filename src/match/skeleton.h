/*
 * skeleton.h: what of a pattern node can be tested on a graph node and its arguments alone: its op, the skeletons of
 * the nodes that it reads, its constants. Variables, sizes, types and everything that relates one node to another are
 * left out, so a skeleton admits every node that can match, and more: the search (reference.c) decides.
 *
 * Equal skeletons of all rules of a set are one. They are made when a rule is compiled and only read afterwards. How
 * many are tested at once: automaton.h.
 *
 * A node that may change nothing counts as all that its data counts as: the tables join its label to that of its data
 * (automaton.h), whether it does change something or not.
 *
 * The rule of this file: a test may only look at what normal form (ops/normalize.c) leaves as it is written, and must
 * let through whatever rg__agree can accept.
 */
#ifndef RG_MATCH_SKELETON_H
#define RG_MATCH_SKELETON_H

#include "match/pattern_impl.h"
#include "match/records.h"

/* A test is a record: its kind, then what the comment says. */
typedef enum rg_test_kind {
    RG_TEST_NODE = 1, /* skeleton: a node that the skeleton admits */
    RG_TEST_ITEMS, /* count: a list or tuple of so many items, one of them at least a node; RG_ANY_COUNT: or a node */
    RG_TEST_VALUE, /* rg_test_value: what could agree with a constant */
    RG_TEST_INPUT  /* rg_test_value, `value` unused: what an input of this kind could capture */
} rg_test_kind;

enum rg_test_flag {
    RG_TEST_DIMENSIONS = 1 << 0, /* negative integers count from the end, which the test does not know */
    RG_TEST_LIFTED = 1 << 1      /* one integer stands for a list */
};

typedef struct rg_test_value {
    uint32_t kind;   /* rg_test_kind */
    uint32_t detail; /* rg_number_rule or rg_rule_input_kind */
    uint32_t flags;
    uint32_t value[2];  /* the bits of an rg_value, low half first */
    uint32_t absent[2]; /* likewise: what None or nothing stands for */
} rg_test_value;

/* The words of a skeleton: the header, then the entries. */
typedef struct rg_skeleton_header {
    uint32_t op;         /* rg__form_op */
    uint32_t form;       /* rg_pattern_form */
    uint32_t commutes;   /* 1: what is asked of slots 0 and 1 may also hold the other way round */
    uint32_t wrapped;    /* op of which the call is a wrapper; 0: none */
    uint32_t has_schema; /* 0: the call must be written with `slot_count` arguments, `positional` of them by position */
    uint32_t slot_count; /* RG_ANY_COUNT: any number, `positional` of them by position at least */
    uint32_t positional;
} rg_skeleton_header;

#define RG_ANY_COUNT UINT32_MAX

typedef struct rg_skeleton_entry {
    uint32_t slot; /* schema argument, or position where there is no schema */
    uint32_t name; /* string id of a keyword where there is no schema; else 0 */
    uint32_t item; /* 0: the argument; else 1 + index of its item */
    uint32_t test; /* id */
} rg_skeleton_entry;

struct rg_skeletons {
    rg_record_table tests;
    rg_record_table skeletons;
};

static inline const rg_skeleton_header *rg__skeleton_header(const rg_skeletons *skeletons, uint32_t id)
{
    return (const void *)rg__record_get(&skeletons->skeletons, id)->words;
}

static inline const rg_skeleton_entry *rg__skeleton_entries(const rg_skeletons *skeletons, uint32_t id, uint32_t *count)
{
    const rg_record *record = rg__record_get(&skeletons->skeletons, id);
    uint32_t header = sizeof(rg_skeleton_header) / sizeof(uint32_t);
    *count = (record->count - header) / (sizeof(rg_skeleton_entry) / sizeof(uint32_t));
    return (const void *)(record->words + header);
}

/* A step of rg__rule_compile: the skeletons of the pattern's nodes. */
rg_status rg__pattern_find_skeletons(rg_compilation *compilation);

/* Could the value be what a test other than RG_TEST_NODE wants? The answer is the same for all nodes, and for all
 * values with nodes of one kind and count. */
bool rg__test_allows(const rg_context *context, const rg_graph *graph, const rg_record *test, rg_value value);

#endif
