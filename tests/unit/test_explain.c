/*
 * test_explain.c: rg_matcher_explain against find_all, and its options. What is said of a single change: tests/explain.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <regraft/explain.h>

#include "support/failing_allocator.h"
#include "support/graph_building.h"
#include "support/graph_rules.h"

typedef struct fixture {
    rg_context *context;
    rg_rule_set *set;
    rg_matcher *matcher;
    rg_graph *graph;
    rg_explanation *explanation;
} fixture;

static const graph_rule scaled_relu = {
    .name = "scaled_relu",
    .parameters = "x: 'f32[u0]', y: 'f32[u0]'",
    .pattern = "a = @aten.relu.default(x)\n"
               "b = @aten.mul.Tensor(a, y)\n"
               "c = @aten.add.Tensor(b, 2)\n"
               "return c",
    .replacement = "c = @aten.sub.Tensor(x, y)\n"
                   "return c",
};

static void start(fixture *f, const char *statements)
{
    *f = (fixture){NULL, NULL, NULL, NULL, NULL};
    assert_int_equal(rg_context_create(&f->context, NULL), RG_OK);
    f->set = graph_rules_create(f->context);
    assert_int_equal(graph_rules_add(f->set, &scaled_relu), RG_OK);
    assert_int_equal(rg_matcher_create(&f->matcher, f->context, f->set), RG_OK);
    f->graph = graph_of(f->context, "p: 'f32[4]', q: 'f32[4]'", statements);
}

static const rg_miss *explain(fixture *f, const rg_explain_options *options)
{
    rg_explanation_destroy(f->explanation);
    f->explanation = NULL;
    assert_int_equal(rg_matcher_explain(&f->explanation, f->matcher, f->graph, options), RG_OK);
    return rg_explanation_get(f->explanation, 0);
}

static void finish(fixture *f)
{
    rg_explanation_destroy(f->explanation);
    rg_matcher_destroy(f->matcher);
    rg_graph_destroy(f->graph);
    graph_rules_destroy(f->set);
    rg_context_destroy(f->context);
}

static const char *const matching = "d = @aten.relu.default(p)\n"
                                    "e = @aten.mul.Tensor(d, q)\n"
                                    "f = @aten.add.Tensor(e, 2)\n"
                                    "return f";
static const char *const three_times = "d = @aten.relu.default(p)\n"
                                       "e = @aten.mul.Tensor(d, q)\n"
                                       "f = @aten.add.Tensor(e, 3)\n"
                                       "g = @aten.relu.default(f)\n"
                                       "h = @aten.mul.Tensor(g, q)\n"
                                       "i = @aten.add.Tensor(h, 3)\n"
                                       "j = @aten.relu.default(i)\n"
                                       "k = @aten.mul.Tensor(j, q)\n"
                                       "l = @aten.add.Tensor(k, 4)\n"
                                       "return l";

static void a_rule_that_matches_has_no_miss(void **state)
{
    (void)state;
    fixture f;
    start(&f, matching);
    assert_null(explain(&f, NULL));
    assert_int_equal(rg_explanation_count(f.explanation), 0);
    rg_explain_options options = RG_EXPLAIN_OPTIONS_INIT;
    const size_t rules[] = {0};
    options.rules = rules;
    options.rule_count = 1;
    assert_null(explain(&f, &options)); /* nor elsewhere, when it is asked for by name */
    finish(&f);
}

static void places_with_one_cause_are_one_entry(void **state)
{
    (void)state;
    fixture f;
    start(&f, three_times);
    const rg_miss *miss = explain(&f, NULL);
    assert_non_null(miss);
    assert_int_equal(rg_explanation_count(f.explanation), 2);
    assert_int_equal(miss->reason, RG_MISS_LITERAL);
    assert_string_equal(rg_miss_reason_name(miss->reason), "literal");
    assert_int_equal(miss->count, 2);
    assert_int_equal(miss->example_count, 2);
    assert_int_equal(miss->matched, 2);
    assert_int_equal(miss->total, 3);
    assert_int_equal(miss->node_count, 3);
    assert_string_is(rg_node_name(f.graph, miss->node), "f");
    assert_string_is(rg_node_name(f.graph, miss->examples[1]), "i");
    assert_string_is(miss->sentence, "`other` of 'f' is 3, and 2 in the pattern's 'c' (aten.add.Tensor)");
    assert_int_equal(rg_explanation_get(f.explanation, 1)->count, 1);
    assert_null(rg_explanation_get(f.explanation, 2));
    finish(&f);
}

static void only_misses_at_a_node(void **state)
{
    (void)state;
    fixture f;
    start(&f, three_times);
    rg_explain_options options = RG_EXPLAIN_OPTIONS_INIT;
    options.at = rg_graph_find(f.graph, rg_string_from("k"));
    const rg_miss *miss = explain(&f, &options);
    assert_non_null(miss);
    assert_int_equal(rg_explanation_count(f.explanation), 1);
    assert_string_is(rg_node_name(f.graph, miss->node), "l");
    finish(&f);
}

static void nodes_that_were_replaced_before(void **state)
{
    (void)state;
    fixture f;
    start(&f, matching);
    rg_explain_options options = RG_EXPLAIN_OPTIONS_INIT;
    const rg_node replaced[] = {rg_graph_find(f.graph, rg_string_from("e"))};
    options.replaced = replaced;
    options.replaced_count = 1;
    const rg_miss *miss = explain(&f, &options);
    assert_non_null(miss);
    assert_int_equal(miss->reason, RG_MISS_OVERLAP);
    assert_string_is(rg_node_name(f.graph, miss->node), "e");
    finish(&f);
}

static void a_rule_of_which_nothing_is_there(void **state)
{
    (void)state;
    fixture f;
    start(&f, "d = @aten.sin.default(p)\n"
              "return d");
    const rg_miss *miss = explain(&f, NULL);
    assert_non_null(miss);
    assert_int_equal(miss->reason, RG_MISS_ABSENT);
    assert_int_equal(miss->matched, 0);
    assert_int_equal(miss->count, 0);
    finish(&f);
}

static rg_status explain_with(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    fixture f = {NULL, NULL, NULL, NULL, NULL};
    (void)user;
    options.allocator = allocator;
    rg_status status = rg_context_create(&f.context, &options);
    if (status != RG_OK) {
        return status;
    }
    failing_allocator *failing = allocator->user;
    size_t fail_at = failing->fail_at;
    failing->fail_at = 0; /* only explaining is to fail */
    f.set = graph_rules_create(f.context);
    assert_int_equal(graph_rules_add(f.set, &scaled_relu), RG_OK);
    assert_int_equal(rg_matcher_create(&f.matcher, f.context, f.set), RG_OK);
    f.graph = graph_of(f.context, "p: 'f32[4]', q: 'f32[4]'", three_times);
    failing->fail_at = fail_at == 0 ? 0 : failing->allocations + fail_at;
    status = rg_matcher_explain(&f.explanation, f.matcher, f.graph, NULL);
    failing->fail_at = fail_at;
    finish(&f);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(explain_with, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_that_matches_has_no_miss),
        cmocka_unit_test(places_with_one_cause_are_one_entry),
        cmocka_unit_test(only_misses_at_a_node),
        cmocka_unit_test(nodes_that_were_replaced_before),
        cmocka_unit_test(a_rule_of_which_nothing_is_there),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
