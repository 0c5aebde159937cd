/*
 * engine_comparison.h: the engine beside the reference matcher: the same matches, the same rewritten graphs, with
 * tables that are built, left out, and forced to overflow. A difference fails the running test.
 */
#ifndef RG_TESTS_ENGINE_COMPARISON_H
#define RG_TESTS_ENGINE_COMPARISON_H

#include <regraft/rewrite.h>

#include "support/random.h"

/* How a matcher works: the reference search alone, with labels, with too little room for them. */
typedef enum test_engine { TEST_PLAIN, TEST_LABELS, TEST_CRAMPED, TEST_ENGINES } test_engine;

/* What was compared. */
typedef struct test_totals {
    size_t pairs; /* the caller's to count */
    size_t matches;
    size_t several; /* matches of several results */
    size_t lists;   /* matches that capture lists of tensors */
    size_t through; /* matches of repetitions that pass over nodes */
    size_t rewrites;
    size_t gave_up;
    size_t overflows;
    size_t spared; /* attempts that labels spared; the caller's to count */
} test_totals;

/* The first of the seeds to take: 1, or REGRAFT_ENGINE_SEED of the environment. */
uint64_t test_first_seed(void);

/* Print a match that was missed, with its rule and graph. */
void test_print_match(const rg_match *match);

rg_matcher *test_matcher(rg_context *context, const rg_rule_set *set, test_engine which, test_random *random);

/* Is the node of the graph in the place of one of the pattern, rather than passed over? */
bool test_is_counterpart(const rg_match *match, rg_node node);
/* Does the match of a rule with repetitions hold nodes that it passes over? */
bool test_repeats_through(const rg_match *match);

/* All matches of the graph, with each of the TEST_ENGINES matchers. */
void test_compare_matches(test_totals *total, rg_matcher *const matchers[], rg_graph *graph);
/* What rewriting makes of it. */
void test_compare_rewrites(test_totals *total, rg_matcher *const matchers[], const rg_graph *graph,
                           rg_rewrite_mode mode);

#endif
