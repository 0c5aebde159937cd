/*
 * rule_set_case.h: tests of rule sets: a fresh context and set for each test, and what is asked of sets and their
 * graphs.
 */
#ifndef RG_TESTS_RULE_SET_CASE_H
#define RG_TESTS_RULE_SET_CASE_H

#include <regraft/match.h>

typedef struct rule_set_case {
    rg_context *context;
    rg_rule_set *set;
} rule_set_case;

/* A test's state is its rule_set_case. */
int set_up_rule_set(void **state);
int tear_down_rule_set(void **state);
#define RULE_SET_TEST(function) cmocka_unit_test_setup_teardown(function, set_up_rule_set, tear_down_rule_set)

void print_all_diagnostics(const rg_context *context);
void load_rules(rg_rule_set *set, rg_context *context, const char *text);
void assert_name(const rg_rule_set *set, size_t index, const char *name);

typedef rg_status (*rule_set_print_function)(const rg_rule_set *set, rg_sink sink);

/* What `print` writes of the set; to be freed. */
char *printed(const rg_rule_set *set, rule_set_print_function print);

/* The statements of a graph, one a line, types left out. */
void assert_statements(const rg_graph *graph, const char *expected);

/* A dump loads in a context of its own, to the same meaning; so does the dump of that. */
void check_dump(const rg_rule_set *set);

#endif
