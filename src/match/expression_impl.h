/*
 * expression_impl.h: how an expression is stored, and one attempt to match it.
 *
 * expression.c builds, expression_read.c reads, expression_print.c prints; expression_match.c matches every kind of
 * part, expression_call.c the arguments of one call, expression_result.c is what an attempt came to. The letters and
 * numbers in comments there (M5, T9, O4) are those of doc/expressions.md.
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
    RG_VECTOR(uint32_t) list_items; /* of the failure */
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

#endif
