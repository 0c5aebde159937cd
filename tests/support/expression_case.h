/*
 * expression_case.h: pattern expressions in tests: reading one, and what an attempt came to as one line.
 */
#ifndef RG_TESTS_EXPRESSION_CASE_H
#define RG_TESTS_EXPRESSION_CASE_H

#include <regraft/expression.h>

/* Read a text that must be good and hold `count` expressions. */
rg_expression_list *read_expressions(rg_context *context, const char *text, size_t count);

/* A graph from its parameters and statements, one a line, with `@` for `torch.ops.`. Types are not inferred: calls need
 * not be right. */
rg_graph *plain_graph(rg_context *context, const char *parameters, const char *statements);

/* The serialised form; static storage, valid until the next call. */
const char *printed_expression(const rg_expression *expression);

/*
 * Try an expression at a node. Static storage, valid until the next call:
 *     yes: NODES | ARGS | NAME=VALUE, ... | OUTPUTS
 *     no: REASON
 * where the reason is the fixed part of Inductor's message, or all of it where a constant differs.
 */
const char *expression_result(rg_context *context, const rg_expression *expression, rg_graph *graph, rg_node node);

#endif
