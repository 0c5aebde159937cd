/*
 * pattern.h: a rule's pattern prepared for matching: which nodes are to be found, what each of their arguments must be,
 * and what the results depend on. Made once, at registration, by rg__rule_compile (pattern.c); only read afterwards.
 *
 * Nodes of the pattern graph are numbered here in the graph's order, inputs before users. Placeholders are the rule's
 * inputs and have their own numbers; arithmetic on captured scalars is evaluated, not matched, and has none. Nodes that
 * change nothing have the place of what they stand for, if the rule sees through such.
 */
#ifndef RG_MATCH_PATTERN_H
#define RG_MATCH_PATTERN_H

#include "rule/rule_impl.h"

/* How a number written in a call compares with the pattern's (PyTorch's conversions decide what a literal means). */
typedef enum rg_number_rule {
    RG_NUMBER_EXACT, /* kind and value: int is not float */
    RG_NUMBER_FLOAT, /* a `float` parameter: an int is converted, so 1 is 1.0 */
    RG_NUMBER_SCALAR /* a `Scalar` or `Tensor` parameter: the kind matters only where no floating operand decides */
} rg_number_rule;

/* One argument of a node of the pattern. */
typedef struct rg_pattern_slot {
    rg_value value;  /* in normal form; lists with nodes are the pattern graph's */
    rg_value absent; /* what None or nothing means here: None, or the default that the op's meaning fixes */
    rg_string name;  /* of a keyword of an op without schema; else empty */
    uint32_t index;  /* of the schema's argument, or of the position */
    rg_number_rule numbers;
    rg_value otherwise; /* what the schema has where the argument is not written */
    bool by_name;       /* a schema's argument that is not given by position */
    bool is_plain;   /* the op's own schema's: what is written, or `otherwise`, is in normal form if it is no tuple */
    bool as_written; /* not in normal form */
    bool is_rest;    /* `value` is the list of all arguments by position from here on */
} rg_pattern_slot;

/* What a node of the pattern is compared as. */
typedef enum rg_pattern_form {
    RG_FORM_CALL,    /* a call of its op */
    RG_FORM_RESHAPE, /* any op that gives its data these sizes */
    RG_FORM_PERMUTE  /* any op that orders the dimensions of its data so */
} rg_pattern_form;

typedef struct rg_pattern_node {
    rg_node node;               /* in the pattern graph */
    rg_op op;                   /* the node's op */
    uint8_t form;               /* rg_pattern_form */
    uint8_t rank;               /* of the result: entries of `sizes` or `permutation` */
    bool commutes;              /* its first two slots may be exchanged */
    bool is_transparent;        /* nodes of the graph that could be this one may also change nothing */
    const rg_value *sizes;      /* RG_FORM_RESHAPE: each a SIZE */
    const uint8_t *permutation; /* RG_FORM_PERMUTE */
    rg_op wrapped;              /* what an auto_functionalized call wraps; else null */
    rg_op second;               /* then auto_functionalized_v2, which can say the same; else null */
    bool has_rest;              /* the call has any number of arguments by position */
    bool has_schema;            /* slots follow the schema; else they follow the call as written */
    bool is_result;             /* returned, and not dropped by the replacement */
    bool may_be_read;           /* outside of a match: a result, or one that stays for its readers (keep_shared) */
    rg_string target;           /* of get_attr and call_module; else empty */
    uint32_t position_count;    /* slots of the schema that a call may give by position: the first ones */
    uint32_t slot_count;
    const rg_pattern_slot *slots;
} rg_pattern_node;

typedef enum rg_pattern_kind {
    RG_PATTERN_NONE,   /* the output node */
    RG_PATTERN_INPUT,  /* a placeholder: `index` counts the rule's inputs */
    RG_PATTERN_NODE,   /* to be matched: `index` counts rg_pattern.nodes */
    RG_PATTERN_SCALAR, /* arithmetic on captured scalars: `index` is the id of the node */
    RG_PATTERN_CONSTANT,
    RG_PATTERN_ITEM, /* stands for the items of a list: `index` counts rg_pattern.items */
    RG_PATTERN_LIST  /* stands for the list of what is made of them: `index` counts rg_pattern.repetitions */
} rg_pattern_kind;

typedef struct rg_pattern_place {
    rg_pattern_kind kind;
    uint32_t index;
} rg_pattern_place;

/* What stands for each item of a list in turn. */
typedef struct rg_pattern_item {
    rg_node node; /* in the pattern graph */
    uint32_t repetition;
    rg_pattern_place source; /* the list: an INPUT, or a NODE with several results */
} rg_pattern_item;

/* A part of the pattern that is there once for each item (rule/repetition.h). */
typedef struct rg_repetition {
    rg_value value; /* of the pattern: what the list has for each item */
    uint32_t first_item;
    uint32_t item_count;    /* items that go in step */
    const uint32_t *locals; /* pattern nodes that each item has of its own, ascending */
    uint32_t local_count;
} rg_repetition;

typedef struct rg_pattern {
    const rg_graph *graph;
    const rg_pattern_place *places; /* by node id of `graph` */
    const rg_pattern_node *nodes;
    uint32_t node_count;
    uint32_t input_count;
    uint32_t symbol_count;

    const rg_pattern_item *items;
    uint32_t item_count;
    const rg_repetition *repetitions;
    uint32_t repetition_count;
    bool makes_lists; /* matching it may put lists together: there are repetitions, or calls of any number of arguments
                       */

    const rg_pattern_place *results; /* what the pattern returns, in order: INPUT, NODE or CONSTANT */
    uint32_t result_count;

    /* Nodes from which all others are reached by going to arguments: results first, in order, then nodes that no result
     * reads. The first is the root. */
    const uint32_t *anchors;
    uint32_t anchor_count;

    const uint32_t *skeletons;      /* by node: id in the set's skeletons */
    const struct rg_screen *screen; /* match/screen.h; NULL: the rule is not screened */
    const uint32_t *post_order;     /* all nodes: arguments before the node, the root's tree first */
    const rg_op *ops;               /* ops, or rg__form_op, that a graph with a match has, each once */
    uint32_t op_count;
    uint32_t pending_limit; /* most comparisons that can be waiting for a binding at one time */

    /* Which inputs each result depends on, in the pattern or in the replacement: `input_words` words a result. */
    const uint64_t *result_inputs;
    uint32_t input_words;

    const struct rg_effects *effects; /* match/effects.h */
    bool writes;                      /* some node of the pattern writes */

    bool replaces_lists; /* the replacement does something with each item of a list (rule/repetition.h) */

    /* The replacement is the pattern again: applying it changes nothing. */
    bool changes_nothing;
} rg_pattern;

/* Can a call of `op` be the node's counterpart? */
static inline bool rg__pattern_calls(const rg_pattern_node *node, rg_op op)
{
    return rg_op_same(node->op, op) || (!rg_op_is_null(node->second) && rg_op_same(node->second, op));
}

static inline rg_pattern_place rg__pattern_place(const rg_pattern *pattern, rg_node node)
{
    return pattern->places[node.id];
}

static inline bool rg__pattern_result_needs(const rg_pattern *pattern, uint32_t result, uint32_t input)
{
    return (pattern->result_inputs[(size_t)result * pattern->input_words + input / 64] >> (input % 64) & 1) != 0;
}

/* The op that stands for all ops of a form; of RG_FORM_CALL, the op itself. */
rg_op rg__form_op(const rg_context *context, rg_pattern_form form, rg_op op);
/* The form that calls of the op could have: those that other ops do too. */
rg_pattern_form rg__op_form(const rg_context *context, rg_op op);

/* Does an argument of the op only describe its result's sizes? */
bool rg__names_result_sizes(const rg_context *context, rg_op op, uint32_t argument);

/* What an output node returns, one list deep: `return a` is one result, `return (a, b)` two. */
size_t rg__output_count(const rg_graph *graph);
rg_value rg__output_item(const rg_graph *graph, size_t index);

#endif
