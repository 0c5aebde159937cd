/*
 * match_case.h: tests of matching written as text: rules by their pattern, a graph, and the matches that are found in
 * it.
 */
#ifndef RG_TESTS_MATCH_CASE_H
#define RG_TESTS_MATCH_CASE_H

#include "support/rule_case.h"

/* A rule of which only the pattern matters: its replacement calls one op on all inputs and takes its results apart. */
void add_pattern(const char *name, const char *parameters, const char *pattern);

/* All matches, "rule: nodes -> outputs" a line; asked for root by root, where there are no labels, they are the same.
   Static storage. */
const char *matches_of(rg_graph *graph);

/* These, and no others, are the matches in this graph. */
void expect_matches(const char *parameters, const char *statements, const char *matches);

#endif
