/*
 * rule_case.h: a context and a rule set for each test of rules in short form, and words for its types.
 *
 * match_case.h and rewrite_case.h build on it.
 */
#ifndef RG_TESTS_RULE_CASE_H
#define RG_TESTS_RULE_CASE_H

#include "support/graph_rules.h"

extern rg_context *context;
extern rg_rule_set *set;

int set_up_rules(void **state);
int tear_down_rules(void **state);
#define RULE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up_rules, tear_down_rules)

#define F4   "'f32[4]'"
#define F44  "'f32[4, 4]'"
#define S4   "'f32[s0, 4]'"
#define XY   "x: " F4 ", y: " F4
#define PQ   "p: " F4 ", q: " F4
#define FP8  "torch.float8_e4m3fn"
#define CUDA "device(type='cuda', index=0)"

#endif
