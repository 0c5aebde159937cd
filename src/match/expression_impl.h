/*
 * expression_impl.h: how an expression is stored, and one attempt to match it.
 *
 * expression.c builds, expression_read.c reads, expression_print.c prints; expression_match.c matches every kind of
 * part, expression_call.c the arguments of one call, expression_result.c is what an attempt came to. What stops
 * attempts is found by the same code, watched (expression_observe.c) and put into words (expression_explain.c,
 * expression_miss.c). The letters and numbers in comments there (M5, T9, O4) are those of doc/expressions.md.
 */
#ifndef RG_MATCH_EXPRESSION_IMPL_H
#define RG_MATCH_EXPRESSION_IMPL_H

#include <regraft/expression.h>

#include "base/memory.h"

enum {
    RG_EXPRESSION_MAX_HEIGHT = 500, /* matching recurses */
};

typedef enum rg_target_kind {
    RG_TARGET_OP,     /* one op */
    RG_TARGET_PACKET, /* every overload of `name`, "aten.add", and the name itself */
    RG_TARGET_BARE,   /* "auto_functionalized": a higher-order op or a function of that name */
    RG_TARGET_CLASS   /* of a module */
} rg_target_kind;

typedef struct rg_expression_target {
    rg_target_kind kind;
    rg_string name; /* without "torch.ops."; a method's without dot */
    rg_op op;       /* of an OP */
} rg_expression_target;

/* One part. Children are smaller ids. */
typedef struct rg_expression_node {
    uint8_t kind;      /* rg_expression_kind */
    uint8_t item_kind; /* of ITEMS: rg_value_kind */
    bool var_args;
    bool partial;
    bool is_tree; /* T7: some argument of the call is a list */
    uint32_t height;
    uint32_t users;
    rg_string name; /* of a captured value */
    rg_value constant;
    const rg_expression_target *targets;
    uint32_t target_count;
    uint32_t child_count; /* arguments of a call, items, outputs (0: None), or the one inner part */
    uint32_t keyword_count;
    uint32_t leaf_count;       /* of a call: of `leaves`; of ITEMS: how many parts there are in them */
    const uint32_t *children;  /* positional arguments, then those of keywords */
    const rg_string *keywords; /* names of the last `keyword_count` arguments */
    const uint32_t *leaves;    /* of a call: its arguments, without the lists around them in tree mode */
} rg_expression_node;

struct rg_expression {
    rg_context *context;
    rg_arena arena;
    rg_string name;
    uint32_t root;
    uint32_t node_count;             /* ids are 1 .. node_count */
    const rg_expression_node *nodes; /* nodes[0] is no part */
};

static inline bool rg__expression_is_call(const rg_expression_node *node)
{
    return node->kind == RG_EXPRESSION_CALL_FUNCTION || node->kind == RG_EXPRESSION_CALL_METHOD ||
           node->kind == RG_EXPRESSION_CALL_MODULE;
}

/* Is it a pattern, and not a constant or a list of parts? */
static inline bool rg__expression_is_pattern(const rg_expression_node *node)
{
    return node->kind != RG_EXPRESSION_CONSTANT && node->kind != RG_EXPRESSION_ITEMS;
}

/* has_multiple_users of P12. */
static inline bool rg__expression_is_shared(const rg_expression_node *node)
{
    return rg__expression_is_call(node) && node->users > 1;
}

/* The parts that an expression can have as its root. */
bool rg__expression_can_be_root(const rg_expression_node *node);
/* The call whose targets are those of the root. */
const rg_expression_node *rg__expression_anchor(const rg_expression *expression);

/* ---- an attempt ---- */

/* What a part stands for. */
typedef enum rg_bound_state { RG_BOUND_NOT, RG_BOUND_TO_VALUE, RG_BOUND_FAILED } rg_bound_state;

typedef struct rg_bound_part {
    rg_value value;
    rg_bound_state state;
} rg_bound_part;

/* A positional capture: a value, or those of a list as a tuple. */
typedef struct rg_capture rg_capture;
struct rg_capture {
    rg_capture *next;
    bool is_tuple;
    rg_value value;
    rg_capture *first; /* of a tuple */
};

/* M1. Contexts of ListOf items and RepeatedExpr siblings are their own. */
typedef struct rg_expression_scope {
    rg_bound_part *bound;  /* by part */
    const bool *outputs;   /* by part: is it an output? */
    rg_capture *exclusive; /* what exclusive parts have captured */
} rg_expression_scope;

typedef struct rg_named_capture rg_named_capture;
struct rg_named_capture {
    rg_named_capture *next;
    rg_string name;
    rg_value value;
};

typedef struct rg_captured_node rg_captured_node;
struct rg_captured_node {
    rg_captured_node *next;
    rg_node node;
};

/* What matching a part has gathered: lists in the attempt's arena. Moved, never shared, when it is merged. */
typedef struct rg_gathered {
    rg_capture *args;
    rg_capture *last_arg;
    rg_named_capture *keywords;
    rg_named_capture *last_keyword;
    rg_captured_node *nodes;
    rg_captured_node *last_node;
} rg_gathered;

/* Section 3: what matching comes to. Only the top turns ABORT into "no match". */
typedef enum rg_outcome {
    RG_OUTCOME_MATCH,
    RG_OUTCOME_FAIL,
    RG_OUTCOME_ABORT, /* a name captured twice, differently; fuel or memory out */
} rg_outcome;

typedef struct rg_expression_observer rg_expression_observer;

struct rg_expression_match {
    rg_graph *graph;
    const rg_expression *expression;
    rg_bound_part *bound; /* of the outermost scope */
    RG_VECTOR(rg_node) nodes;
    RG_VECTOR(rg_value) args;
    RG_VECTOR(rg_argument) keywords;
    RG_VECTOR(rg_value) outputs;
};

struct rg_expression_matcher {
    rg_context *context;
    const rg_expression *expression;
    rg_expression_matcher_options options;
    rg_graph *graph;  /* of the attempt under way */
    rg_arena arena;   /* of the last attempt */
    bool *outputs;    /* by part: outputs of the whole expression */
    bool *no_outputs; /* by part: false, for the siblings of a RepeatedExpr */
    uint64_t steps_left;
    bool matched;
    rg_status status; /* not RG_OK: the attempt ended for want of memory */
    rg_expression_match match;
    rg_expression_failure failure;
    RG_VECTOR(uint32_t) list_items;   /* of the failure */
    rg_expression_observer *observer; /* of an attempt that is explained; usually NULL */
};

/* ---- expression_match.c ---- */

/* Match a part (M2, M3). */
rg_outcome rg__expression_match(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                uint32_t part, rg_value value);
/* Parts that are bound to nothing; NULL when memory is out. */
rg_bound_part *rg__expression_new_bounds(rg_expression_matcher *matcher);
/* M5, M6. Aborts when a name stands for two values. */
rg_outcome rg__expression_merge(rg_gathered *into, rg_expression_matcher *matcher, const rg_gathered *from);
/* Say why; gives RG_OUTCOME_FAIL, or RG_OUTCOME_ABORT for a reason that ends the attempt. */
rg_outcome rg__expression_refuse(rg_expression_matcher *matcher, const rg_expression_failure *failure);
rg_outcome rg__expression_fail(rg_expression_matcher *matcher, rg_expression_reason reason, uint32_t part,
                               rg_value value);
rg_outcome rg__expression_out_of_memory(rg_expression_matcher *matcher);
bool rg__expression_add_arg(rg_gathered *out, rg_expression_matcher *matcher, rg_value value);
bool rg__expression_add_keyword(rg_gathered *out, rg_expression_matcher *matcher, rg_string name, rg_value value);
bool rg__expression_add_node(rg_gathered *out, rg_expression_matcher *matcher, rg_node node);

/* ---- expression_call.c ---- */

/* Op kind and target only. */
bool rg__expression_fits_target(const rg_expression_matcher *matcher, const rg_expression_node *call, rg_value value);
/* T1 to T11, P8. */
rg_outcome rg__expression_match_call(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                     uint32_t part, rg_value value);

/* ---- expression_result.c ---- */

/* One attempt to match `part` at `node`; the outermost scope and all that is gathered live until the next. */
rg_status rg__expression_attempt(rg_outcome *out, rg_gathered *gathered, rg_bound_part **bound,
                                 rg_expression_matcher *matcher, rg_graph *graph, uint32_t part, rg_node node);

/* ---- expression_observe.c: an attempt that goes on behind what refuses it ---- */

/* What a test did not accept. */
typedef struct rg_expression_disagreement {
    rg_expression_failure failure; /* its list items are not kept */
    rg_node between;               /* TARGET: a node that stands between the part's reader and what fits the part */
    rg_node reader;                /* KEYWORD: the call that has the name among its arguments */
    bool is_lacking;               /* TARGET: the node fits a part below; what is between is not in the graph */
} rg_expression_disagreement;

/*
 * Watches one attempt. With an observer nothing that refuses ends the attempt: it is noted, and what stands beside and
 * behind it is matched all the same, so that the nodes found tell how near the graph comes. The first disagreement is
 * the failure of the same attempt unwatched, unless that was in one of several candidates: then it is that of the
 * nearest. The attempt has matched if there is no disagreement.
 */
struct rg_expression_observer {
    rg_node *found; /* by part: the node that has the call's kind and target */
    bool *refused;  /* by part: a test of the part itself has refused it */
    uint32_t count; /* of disagreements */
    rg_expression_disagreement first;
    bool is_final;    /* M5: a name stands for two values, and no other candidate is tried */
    uint32_t swapped; /* a call whose first two arguments are taken in the other order; 0: none */
};

/* How many calls fit but for what is below them. */
uint32_t rg__expression_observer_matched(const rg_expression_observer *observer, const rg_expression *expression);
/* Forget what was observed. */
void rg__expression_observer_clear(rg_expression_observer *observer, const rg_expression *expression);

/* The matcher's failure is a disagreement; RG_OUTCOME_FAIL, or RG_OUTCOME_ABORT where even an observer ends. */
rg_outcome rg__expression_observe_refusal(rg_expression_matcher *matcher);
/* The call is matched at the node, whatever comes of its arguments. */
void rg__expression_observe_call(rg_expression_matcher *matcher, uint32_t part, rg_node node);
/* The name that was just refused was read by this call. */
void rg__expression_observe_reader(rg_expression_matcher *matcher, uint32_t part, rg_node node);
/* Is there anything left to match after this outcome? */
static inline bool rg__expression_goes_on(const rg_expression_matcher *matcher, rg_outcome outcome)
{
    return outcome == RG_OUTCOME_MATCH || (outcome == RG_OUTCOME_FAIL && matcher->observer != NULL);
}

/* The outcome of two things that must both match. */
static inline rg_outcome rg__expression_worse(rg_outcome a, rg_outcome b)
{
    return a > b ? a : b;
}

/* After a refusal: what the part stands for all the same. */
rg_bound_part rg__observed_bound(const rg_expression_matcher *matcher, uint32_t part, rg_value value);
/* After a refused target: match behind a node of the graph, or behind a part, that stands in the way; else what the
 * node reads. */
rg_outcome rg__expression_observe_around(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                         uint32_t part, rg_node node);
/* After refused arguments: match what stands at the same position. */
rg_outcome rg__expression_observe_positions(rg_gathered *out, rg_expression_matcher *matcher,
                                            rg_expression_scope *scope, uint32_t part, rg_node node);

/* What was observed until now, to come back to; NULL when memory is out. The copy is the attempt's. */
rg_expression_observer *rg__expression_observer_copy(rg_expression_matcher *matcher);
void rg__expression_observer_restore(rg_expression_matcher *matcher, const rg_expression_observer *copy);

/* Candidates of which one must match, and the nearest of those that do not. */
typedef struct rg_expression_candidates {
    const rg_expression_observer *before;
    const rg_expression_observer *nearest;
    uint32_t matched; /* by the nearest */
} rg_expression_candidates;

/* Begin. False when memory is out. */
bool rg__expression_observe_candidates(rg_expression_candidates *candidates, rg_expression_matcher *matcher);
/* The candidate just tried does not match; come back to what was before it. False when no other is to be tried, or
 * memory is out. */
bool rg__expression_observe_candidate(rg_expression_candidates *candidates, rg_expression_matcher *matcher);
/* None has matched: the nearest is what is observed. */
void rg__expression_observe_nearest(const rg_expression_candidates *candidates, rg_expression_matcher *matcher);

/* One observed attempt; the observer's answer is valid until the next. */
rg_status rg__expression_observe(rg_expression_matcher *matcher, rg_expression_observer *observer, rg_graph *graph,
                                 uint32_t part, rg_node node);

#endif
