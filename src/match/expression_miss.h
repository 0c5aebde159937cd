/*
 * expression_miss.h: what expression_explain.c has found, for expression_miss.c to put into words.
 */
#ifndef RG_MATCH_EXPRESSION_MISS_H
#define RG_MATCH_EXPRESSION_MISS_H

#include <regraft/expression_explain.h>

#include "match/expression_impl.h"

enum { RG_MISS_EXAMPLES = 3 };

/* How an attempt was stopped. */
typedef enum rg_expression_stop {
    RG_EXPRESSION_STOP_DISAGREEMENT, /* below the anchor */
    RG_EXPRESSION_STOP_READER,       /* above it: what reads the anchor is not what the expression has there */
    RG_EXPRESSION_STOP_OPERANDS,     /* with two arguments taken in the other order it goes on */
    RG_EXPRESSION_STOP_WRITE,        /* the nodes are of several mutation regions */
    RG_EXPRESSION_STOP_CHECK,        /* the judge refuses */
    RG_EXPRESSION_STOP_ABSENT        /* nothing was found at all */
} rg_expression_stop;

/* One cause, and its nearest place. */
typedef struct rg_expression_near_miss {
    rg_expression_stop stop;
    rg_expression_disagreement disagreement;
    rg_expression_refusal refusal; /* of CHECK */
    rg_node anchor;                /* where the nearest place was tried, and as what */
    uint32_t anchor_part;
    uint32_t matched;
    uint32_t reached; /* calls that a node was found for, all that is asked of it or not */
    uint32_t disagreements;
    const rg_node *found; /* by part */
    uint32_t order;       /* among all places */
    size_t count;
    rg_node examples[RG_MISS_EXAMPLES];
    size_t example_count;
} rg_expression_near_miss;

/* Fill in everything that is said of the miss; its strings and lists are of the arena. */
rg_status rg__expression_miss_describe(rg_expression_miss *out, rg_arena *arena, const rg_expression_matcher *matcher,
                                       const rg_graph *graph, const rg_expression_near_miss *miss);

#endif
