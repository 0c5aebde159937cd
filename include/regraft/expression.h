/*
 * expression.h: pattern expressions, as torch._inductor.pattern_matcher has them, with its semantics to the letter
 * (doc/expressions.md). They are how existing sets of patterns move over; rules (rule.h) obey the laws of match.h
 * instead. Passes made of expressions: expression_pass.h.
 *
 * An expression is a graph of parts. Parts have identity: one part used in two places means "the same value", two
 * parts that look alike are independent. An expression does not change once it is built and may be used by several
 * threads, each with a matcher on a graph of its own context, which is the expression's or a child of it.
 */
#ifndef REGRAFT_EXPRESSION_H
#define REGRAFT_EXPRESSION_H

#include <regraft/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_expression rg_expression;
typedef struct rg_expression_builder rg_expression_builder;

/* A part of an expression, made by its builder; {0} is none. */
typedef struct rg_expression_part {
    uint32_t id;
} rg_expression_part;

static inline bool rg_expression_part_is_null(rg_expression_part part)
{
    return part.id == 0;
}

typedef enum rg_expression_kind {
    RG_EXPRESSION_NONE,          /* no such part */
    RG_EXPRESSION_ARG,           /* Arg(): anything, captured by position */
    RG_EXPRESSION_IGNORED,       /* Ignored(): anything */
    RG_EXPRESSION_KEYWORD,       /* KeywordArg(name): anything, captured by name */
    RG_EXPRESSION_EXCLUSIVE,     /* ExclusiveKeywordArg(name): what no other exclusive part has captured */
    RG_EXPRESSION_CALL_FUNCTION, /* CallFunction, CallFunctionVarArgs */
    RG_EXPRESSION_CALL_METHOD,   /* CallMethod, CallMethodVarArgs */
    RG_EXPRESSION_CALL_MODULE,   /* CallModule, CallModuleVarArgs */
    RG_EXPRESSION_LIST_OF,       /* ListOf(part, partial): a list whose items match */
    RG_EXPRESSION_MULTI_OUTPUT,  /* MultiOutputPattern([part, ...]) */
    RG_EXPRESSION_REPEATED,      /* RepeatedExpr(part): a call and all its siblings */
    RG_EXPRESSION_CONSTANT,      /* not a pattern: a value that must be equal, as Python's == has it */
    RG_EXPRESSION_ITEMS          /* not a pattern: a list, tuple or dict that has parts in it */
} rg_expression_kind;

/* ---- building ---- */

/* Create a builder without parts. Strings and ops that parts name are interned in the context. */
RG_API RG_NODISCARD rg_status rg_expression_builder_create(rg_expression_builder **out, rg_context *context);
/* Destroy a builder; the expressions built from it stay. NULL is allowed. */
RG_API void rg_expression_builder_destroy(rg_expression_builder *builder);

/* Make a part; every call makes a new one. */
RG_API RG_NODISCARD rg_status rg_expression_arg(rg_expression_part *out, rg_expression_builder *builder);
RG_API RG_NODISCARD rg_status rg_expression_ignored(rg_expression_part *out, rg_expression_builder *builder);
RG_API RG_NODISCARD rg_status rg_expression_keyword(rg_expression_part *out, rg_expression_builder *builder,
                                                    rg_string name);
RG_API RG_NODISCARD rg_status rg_expression_exclusive(rg_expression_part *out, rg_expression_builder *builder,
                                                      rg_string name);
/* A constant, which holds no node; lists, tuples and dicts become ITEMS. */
RG_API RG_NODISCARD rg_status rg_expression_constant(rg_expression_part *out, rg_expression_builder *builder,
                                                     rg_value value);
/* A LIST or TUPLE of parts, or a DICT of keys (constants) and parts by turns. */
RG_API RG_NODISCARD rg_status rg_expression_items(rg_expression_part *out, rg_expression_builder *builder,
                                                  rg_value_kind kind, const rg_expression_part *parts, size_t count);
/* `outputs[0]` must be a call; a null part is an output that nothing is asked of. */
RG_API RG_NODISCARD rg_status rg_expression_multi_output(rg_expression_part *out, rg_expression_builder *builder,
                                                         const rg_expression_part *outputs, size_t count);
RG_API RG_NODISCARD rg_status rg_expression_list_of(rg_expression_part *out, rg_expression_builder *builder,
                                                    rg_expression_part part, bool partial);
/* `part` must be a call. */
RG_API RG_NODISCARD rg_status rg_expression_repeated(rg_expression_part *out, rg_expression_builder *builder,
                                                     rg_expression_part part);

typedef struct rg_expression_argument {
    rg_string name; /* empty: positional */
    rg_expression_part part;
} rg_expression_argument;

/* The number of users that stands for any number: MULTIPLE. */
#define RG_EXPRESSION_MULTIPLE UINT32_MAX

/*
 * A call. What a target is, depends on the kind:
 *   - CALL_FUNCTION: an overload ("aten.add.Tensor"), all overloads of one name ("aten.add"), an operator
 *     ("operator.getitem"), another function ("torch.relu"), or the bare name of a higher-order op
 *     ("auto_functionalized"). "torch.ops." before it is skipped;
 *   - CALL_METHOD: the method's name;
 *   - CALL_MODULE: the name of the module's class; see rg_expression_matcher_options.
 */
typedef struct rg_expression_call_description {
    size_t struct_size;
    rg_expression_kind kind;
    const rg_string *targets; /* any of them */
    size_t target_count;
    const rg_expression_argument *arguments; /* positional ones first; none with var_args */
    size_t argument_count;
    uint32_t users; /* how many users the node must have, unless it is an output; RG_EXPRESSION_MULTIPLE: any number */
    bool var_args;  /* whatever the arguments are, capture them */
} rg_expression_call_description;

#define RG_EXPRESSION_CALL_DESCRIPTION_INIT                                                                            \
    {                                                                                                                  \
        sizeof(rg_expression_call_description), RG_EXPRESSION_CALL_FUNCTION, NULL, 0, NULL, 0, 1, false                \
    }

/* Make a call. RG_ERROR_ARGUMENT when the description is none. */
RG_API RG_NODISCARD rg_status rg_expression_call(rg_expression_part *out, rg_expression_builder *builder,
                                                 const rg_expression_call_description *description);

/* The expression whose root is `root`: a call, MULTI_OUTPUT or REPEATED. One builder may give several, with different
 * roots; its parts keep their ids in them. `name` is the name it prints under; empty: "output". */
RG_API RG_NODISCARD rg_status rg_expression_build(rg_expression **out, rg_expression_builder *builder,
                                                  rg_expression_part root, rg_string name);
RG_API void rg_expression_destroy(rg_expression *expression);

/* ---- text ---- */

/*
 * Expressions read from a text: Inductor's serialised patterns, or what vLLM writes to patterns.*.py. Each function of
 * the text is one expression, and so is each name of the module that no other expression reads.
 */
typedef struct rg_expression_list rg_expression_list;

/* Read a text. `file` is the name used in diagnostics. On failure nothing is created. */
RG_API RG_NODISCARD rg_status rg_expression_list_parse(rg_expression_list **out, rg_context *context, rg_string text,
                                                       rg_string file);
/* Read a file; "-" is standard input. */
RG_API RG_NODISCARD rg_status rg_expression_list_read(rg_expression_list **out, rg_context *context, const char *path);
RG_API void rg_expression_list_destroy(rg_expression_list *list);
RG_API size_t rg_expression_list_count(const rg_expression_list *list);
RG_API const rg_expression *rg_expression_list_get(const rg_expression_list *list, size_t index); /* lent */

/* Print as Inductor serialises patterns: one assignment for each call, with Inductor's names, then the root under the
 * expression's name. No line break at the end. What Inductor prints without enough to read it back (several targets,
 * ListOf, var-args, patterns inside lists) is printed in full. */
RG_API RG_NODISCARD rg_status rg_expression_print(const rg_expression *expression, rg_sink sink);
/* Print one line of that form: `div_Tensor = CallFunction(aten.div.Tensor, view_default_2, 2.0, _users=2)`; for a part
 * that has no line of its own, what is written where it is read. */
RG_API RG_NODISCARD rg_status rg_expression_print_assignment(const rg_expression *expression, rg_expression_part part,
                                                             rg_sink sink);
/* Print as Inductor does in messages, on one line: `CallFunction(aten.add.Tensor, KeywordArg('x'), 1, _users=0)`. */
RG_API RG_NODISCARD rg_status rg_expression_print_part(const rg_expression *expression, rg_expression_part part,
                                                       rg_sink sink);

/* ---- looking at one ---- */

/* The name that it was given or read under. */
RG_API rg_string rg_expression_name(const rg_expression *expression);
/* The part that everything else is below. */
RG_API rg_expression_part rg_expression_root(const rg_expression *expression);
/* What a part is; NONE for what is no part of the expression. */
RG_API rg_expression_kind rg_expression_part_kind(const rg_expression *expression, rg_expression_part part);
/* Are they the same but for identity: class, targets in order, users, arguments? Inductor's pattern_eq. Both must be of
 * one context. */
RG_API RG_NODISCARD rg_status rg_expression_equal(bool *out, const rg_expression *a, const rg_expression *b);

/* ---- matching ---- */

/* Why an attempt failed: enumerator, the beginning of Inductor's message for it. */
#define RG_EXPRESSION_REASON_LIST(X)                                                                                   \
    X(NONE, "")                                                                                                        \
    X(TARGET, "function_mismatch")          /* not a node, or of another kind or target */                             \
    X(ARGUMENT_COUNT, "function_mismatch")  /* another number of positional arguments */                               \
    X(NO_SCHEMA, "function_mismatch")       /* keywords are missing, and no schema tells their defaults */             \
    X(MODULE_CLASS, "function_mismatch")    /* nobody knows the module's class */                                      \
    X(USERS, "multiple_users")              /* another number of users */                                              \
    X(STRUCTURE, "args_structure")          /* keywords, or the shape of nested lists */                               \
    X(CONSTANT, "constant_args")            /* a node, or another constant */                                          \
    X(REPEATED, "repeated pattern differs") /* the part stands for another value already */                            \
    X(KEYWORD, "kwarg mismatch")            /* a name captured twice, differently: ends the whole attempt */           \
    X(EXCLUSIVE, "exclusive arg appears twice")                                                                        \
    X(NOT_A_LIST, "non_list")          /* or an empty one */                                                           \
    X(NOT_A_NODE, "non_node")          /* an item of a ListOf that is a constant; Inductor crashes */                  \
    X(LIST_NO_MATCH, "list: no_match") /* no item of a partial list matches */                                         \
    X(NO_ANCHOR, "no anchor found")    /* no node to try another output on */                                          \
    X(GAVE_UP, "gave up")              /* rg_limits.max_search_steps; not a "no" */

typedef enum rg_expression_reason {
#define RG_EXPRESSION_REASON_ENUM(name, text) RG_EXPRESSION_REASON_##name,
    RG_EXPRESSION_REASON_LIST(RG_EXPRESSION_REASON_ENUM)
#undef RG_EXPRESSION_REASON_ENUM
        RG_EXPRESSION_REASON_COUNT
} rg_expression_reason;

/* The beginning of Inductor's message; static storage. */
RG_API const char *rg_expression_reason_text(rg_expression_reason reason);

/* The test that decided. */
typedef struct rg_expression_failure {
    rg_expression_reason reason;
    rg_expression_part part;     /* the pattern whose test it was */
    rg_value value;              /* what it was tried on: a node, list or constant */
    rg_value found;              /* CONSTANT: the argument; REPEATED: what the part stands for */
    rg_expression_part constant; /* CONSTANT: what was wanted */
    rg_string name;              /* KEYWORD: the name */
    const uint32_t *list_items;  /* the items of ListOf parts that it happened in, outermost first; lent */
    size_t list_item_count;
} rg_expression_failure;

typedef struct rg_expression_matcher rg_expression_matcher;
typedef struct rg_expression_match rg_expression_match;

typedef struct rg_expression_matcher_options {
    size_t struct_size;
    /* The class of the module that a call_module node names, as in "Linear"; empty when not known. Printed graphs do
     * not tell. NULL: never known, and CallModule never matches. */
    rg_string (*module_class)(void *user, const rg_graph *graph, rg_node node);
    void *user;
} rg_expression_matcher_options;

#define RG_EXPRESSION_MATCHER_OPTIONS_INIT                                                                             \
    {                                                                                                                  \
        sizeof(rg_expression_matcher_options), NULL, NULL                                                              \
    }

/* What attempts to match one expression need. The expression must outlive it. `options` may be NULL. */
RG_API RG_NODISCARD rg_status rg_expression_matcher_create(rg_expression_matcher **out, rg_context *context,
                                                           const rg_expression *expression,
                                                           const rg_expression_matcher_options *options);
RG_API void rg_expression_matcher_destroy(rg_expression_matcher *matcher);

/* Try to match with the root, or the first output, at `node`. That it does not match is not an error. */
RG_API RG_NODISCARD rg_status rg_expression_matcher_try(bool *matched, rg_expression_matcher *matcher, rg_graph *graph,
                                                        rg_node node);

/* The match of the last attempt, until the next; NULL when it did not match. It speaks of the graph as it was. */
RG_API const rg_expression_match *rg_expression_matcher_match(const rg_expression_matcher *matcher);
/* Why the last attempt failed; reason NONE when it did not. Lent until the next attempt. */
RG_API rg_expression_failure rg_expression_matcher_failure(const rg_expression_matcher *matcher);
/* The failure in Inductor's words: `constant_args: add 2!=1`. */
RG_API RG_NODISCARD rg_status rg_expression_matcher_print_failure(const rg_expression_matcher *matcher, rg_sink sink);

/* The graph and the expression that were matched; lent. */
RG_API rg_graph *rg_expression_match_graph(const rg_expression_match *match);
RG_API const rg_expression *rg_expression_match_expression(const rg_expression_match *match);
/* Matched nodes in post-order, the root's last; of several outputs, the first output's nodes first. */
RG_API size_t rg_expression_match_node_count(const rg_expression_match *match);
RG_API rg_node rg_expression_match_node(const rg_expression_match *match, size_t index);
/* What the outputs stand for: nodes, constants where an output is a captured one, missing where it is null. */
RG_API size_t rg_expression_match_output_count(const rg_expression_match *match);
RG_API rg_value rg_expression_match_output(const rg_expression_match *match, size_t index);
/* Captures by position, in the order of the expression. Those of a ListOf are one tuple of tuples. */
RG_API size_t rg_expression_match_arg_count(const rg_expression_match *match);
RG_API rg_value rg_expression_match_arg(const rg_expression_match *match, size_t index);
/* Captures by name, in the order in which they were made. */
RG_API size_t rg_expression_match_keyword_count(const rg_expression_match *match);
RG_API rg_string rg_expression_match_keyword_name(const rg_expression_match *match, size_t index);
RG_API rg_value rg_expression_match_keyword(const rg_expression_match *match, rg_string name); /* missing if unknown */
/* What a part stands for: a node or constant; missing when it is not known outside the list it was matched in. */
RG_API rg_value rg_expression_match_part(const rg_expression_match *match, rg_expression_part part);
/* Print as Inductor does: `Match(..., [], {'x': arg0_1, 'y': arg1_1})`. */
RG_API RG_NODISCARD rg_status rg_expression_match_print(const rg_expression_match *match, rg_sink sink);

#ifdef __cplusplus
}
#endif
#endif
