/*
 * rewrite_case.h: tests of rewriting written as text: rules, a graph, how often they are applied and what they leave.
 */
#ifndef RG_TESTS_REWRITE_CASE_H
#define RG_TESTS_REWRITE_CASE_H

#include <regraft/rewrite.h>

#include "support/rule_case.h"

void add_rule(const char *name, const char *parameters, const char *pattern, const char *replacement);

/* Run the rules, which must end so. The graph then holds together. */
rg_rewrite_report run_rules(rg_graph *graph, const rg_rewrite_options *options, rg_status expected);

/* One sweep over a graph gives these statements after so many rewrites. */
void expect_rewritten(const char *parameters, const char *before, size_t applied, const char *after);
void expect_untouched(const char *parameters, const char *statements);

#endif
