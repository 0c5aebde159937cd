/*
 * expression_splice.h: putting a replacement graph in the place of an expression's match.
 */
#ifndef RG_REWRITE_EXPRESSION_SPLICE_H
#define RG_REWRITE_EXPRESSION_SPLICE_H

#include <regraft/expression_pass.h>

/* Can the graph be a replacement at all: calls of functions, and submodules that they are given? Reports. */
rg_status rg__splice_check(const rg_graph *replacement, rg_context *context);

#endif
