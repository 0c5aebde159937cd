/*
 * planted_miss.h: changing one thing at random where a rule matches, so that it does not any more, and what must be
 * said of that (tests/unit/test_explain_property.c). The same for a seed on every machine.
 */
#ifndef RG_TESTS_PLANTED_MISS_H
#define RG_TESTS_PLANTED_MISS_H

#include <regraft/explain.h>

#include "match/match_impl.h"
#include "support/random.h"

typedef enum test_plant {
    PLANT_OP,      /* another op is called, with the same arguments */
    PLANT_LITERAL, /* a number or flag */
    PLANT_DTYPE,   /* a dtype that an argument names */
    PLANT_DEVICE,  /* a device that one names */
    PLANT_NODE,    /* a node where a number was */
    PLANT_INPUT_DTYPE,
    PLANT_INPUT_RANK,
    PLANT_INPUT_SIZE,
    PLANT_READER,      /* somebody else reads what is computed inside */
    PLANT_RETURN,      /* the graph returns it */
    PLANT_BETWEEN,     /* an op between two nodes */
    PLANT_SWAP,        /* the first two operands */
    PLANT_OTHER_INPUT, /* another value where one is read a second time */
    PLANT_COPY,        /* a node computed twice */
    PLANT_WRITE,       /* something is written between the nodes */
    PLANT_CYCLE,       /* an input is made of a result */
    PLANT_WITHOUT,     /* a node is left out */
    PLANT_ITEM,        /* a list has one item more */
    PLANT_ARGUMENT,    /* a call has one argument more */
    PLANT_REPLACED,    /* a match before has taken a node: rg_explain_options.replaced */
    PLANT_COUNT
} test_plant;

enum { MOST_ANSWERS = 6 };

/* What was planted, and the answers that are right. One, but where two are equally true. */
typedef struct planted_miss {
    const char *name;
    struct {
        rg_miss_reason reason;
        rg_node node;
        rg_node pattern_node; /* null: any */
    } answers[MOST_ANSWERS];
    size_t answer_count;
    rg_node replaced; /* PLANT_REPLACED */
} planted_miss;

const char *planted_name(test_plant plant);

/* Plant it in the graph of the match, in which nothing else may have changed since. False, with the graph as it was,
 * when it cannot be done here. Types are not made true. */
bool plant_miss(planted_miss *out, test_plant plant, const rg_rule_set *set, rg_graph *graph, const rg_match *match,
                test_random *random);

/* What rg_node_description.target must be for a node like this one. */
rg_string target_of(const rg_graph *graph, rg_node node);

/* Infer the types of all nodes again; those of ops that nobody knows stay. False when a call does not fit. */
bool infer_again(rg_graph *graph);

#endif
