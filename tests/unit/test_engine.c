/*
 * Tests of the engine: what it finds and what comes of rewriting with it is what the reference matcher gives, on random
 * graphs and rules, with its tables built, full and forced to overflow.
 *
 * REGRAFT_ENGINE_PAIRS=100000 in the environment compares that many pairs of graph and rule set instead of 2,000;
 * REGRAFT_ENGINE_SEED=N other ones.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/document.h>
#include <regraft/rewrite.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "match/automaton.h"
#include "match/match_impl.h"
#include "support/engine_comparison.h"
#include "support/failing_allocator.h"
#include "support/random_program.h"

enum { QUICK_PAIRS = 2000, GRAPHS_PER_SET = 5 };

static test_totals total;

static size_t count_attempts(rg_matcher *matcher, rg_graph *graph)
{
    size_t attempts = 0;
    assert_int_equal(rg__matcher_begin(matcher, graph), RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        const uint32_t *rules = NULL;
        size_t count = 0;
        rg__matcher_rules_at(matcher, graph, node, &rules, &count);
        attempts += count;
    }
    return attempts;
}

static test_freedom random_freedom(test_random *random)
{
    uint32_t bits = random_below(random, 4);
    return (test_freedom){(bits & 1) != 0, (bits & 2) != 0};
}

/* One rule set, a few graphs, all engines. */
static void compare_on(uint64_t seed)
{
    test_random random = {seed};
    rg_context *context = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_search_steps = random_below(&random, 8) == 0 ? 1 + random_below(&random, 16) : 0;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_rule_set *set = graph_rules_create(context);
    static test_program graphs[GRAPHS_PER_SET];
    static test_text parameters;
    static test_text statements;
    uint32_t rule_count = 1 + random_below(&random, 12);
    test_freedom freedom = random_freedom(&random);
    for (uint32_t i = 0; i < GRAPHS_PER_SET; i++) {
        random_program(&graphs[i], &random);
        if (freedom.see_through && random_below(&random, 3) != 0) {
            random_detours(&graphs[i], &random, true);
        }
    }
    for (uint32_t i = 0; i < rule_count; i++) {
        bool mixed = random_below(&random, 4) == 0; /* rules of both kinds in one set */
        add_random_rule(set, &random, &graphs[random_below(&random, GRAPHS_PER_SET)], i,
                        mixed ? random_freedom(&random) : freedom);
    }
    rg_matcher *matchers[TEST_ENGINES];
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES; i++) {
        matchers[i] = test_matcher(context, set, i, &random);
    }
    for (uint32_t i = 0; i < GRAPHS_PER_SET; i++) {
        put_program_parameters(&parameters, &graphs[i]);
        put_program_statements(&statements, &graphs[i]);
        rg_graph *graph = graph_of(context, parameters.data, statements.data);
        test_compare_matches(&total, matchers, graph);
        test_compare_rewrites(&total, matchers, graph,
                              random_below(&random, 2) == 0 ? RG_REWRITE_SWEEP : RG_REWRITE_FIXPOINT);
        total.spared += count_attempts(matchers[TEST_PLAIN], graph) - count_attempts(matchers[TEST_LABELS], graph);
        rg_graph_destroy(graph);
        total.pairs++;
    }
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES; i++) {
        rg_matcher_destroy(matchers[i]);
    }
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

static void random_pairs_agree(void **state)
{
    (void)state;
    const char *wanted = getenv("REGRAFT_ENGINE_PAIRS");
    size_t pairs = wanted == NULL ? QUICK_PAIRS : (size_t)strtoul(wanted, NULL, 10);
    for (uint64_t seed = test_first_seed(); total.pairs < pairs; seed++) {
        compare_on(seed * 7919);
    }
    print_message("%zu pairs: %zu matches (%zu of several results), %zu rewrites, %zu gave up, %zu overflows, "
                  "%zu attempts spared\n",
                  total.pairs, total.matches, total.several, total.rewrites, total.gave_up, total.overflows,
                  total.spared);
    /* The comparison must have had something to compare. */
    assert_true(total.matches > total.pairs / 2);
    assert_true(total.several > total.pairs / 20);
    assert_true(total.rewrites > total.pairs / 2);
    assert_true(total.gave_up > 0 && total.overflows > total.pairs / 10 && total.spared > total.pairs);
}

/* ---- meaning, not spelling ---- */

/* Is there a match of the same rule with nodes of the same names for results? */
static bool has_same_results(const rg_match_list *list, const rg_match *wanted)
{
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        const rg_match *match = rg_match_list_get(list, i);
        bool same = match->rule_index == wanted->rule_index;
        for (size_t j = 0; j < wanted->output_count && same; j++) {
            same = match->rule->compiled->results[j].kind != RG_PATTERN_NODE ||
                   rg_string_equal(rg_node_name(match->graph, match->outputs[j]),
                                   rg_node_name(wanted->graph, wanted->outputs[j]));
        }
        if (same) {
            return true;
        }
    }
    return false;
}

/* Whatever a rule finds in a graph it finds too when operands are exchanged and read through nodes that change nothing.
 * Writes decide what changes nothing, so there are none here; and sizes do, so there are types. */
static void other_spellings_lose_no_match(void **state)
{
    (void)state;
    enum { PAIRS = 1500 };
    static test_program program;
    static test_text parameters;
    static test_text statements;
    size_t pairs = 0;
    size_t matches = 0;
    size_t gave_up = 0;
    for (uint64_t seed = test_first_seed(); pairs < PAIRS; seed++) {
        test_random random = {seed * 104729};
        rg_context *context = NULL;
        rg_matcher *matcher = NULL;
        rg_match_list *lists[2];
        rg_graph *graphs[2];
        random_program(&program, &random);
        if (program.annotation == NULL) {
            continue;
        }
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_rule_set *set = graph_rules_create(context);
        for (uint32_t i = 0; i < 6; i++) {
            add_random_rule(set, &random, &program, i, (test_freedom){true, true});
        }
        assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
        put_program_parameters(&parameters, &program);
        for (uint32_t i = 0; i < 2; i++) {
            if (i == 1) {
                random_detours(&program, &random, false);
            }
            put_program_statements(&statements, &program);
            graphs[i] = graph_of(context, parameters.data, statements.data);
            assert_int_equal(rg_matcher_find_all(&lists[i], matcher, graphs[i]), RG_OK);
            gave_up += rg_match_list_gave_up(lists[i]);
        }
        bool all_tried = rg_match_list_gave_up(lists[1]) == 0;
        for (size_t i = 0; i < rg_match_list_count(lists[0]); i++) {
            const rg_match *match = rg_match_list_get(lists[0], i);
            bool found = !all_tried || has_same_results(lists[1], match);
            if (!found) {
                test_print_match(match);
                printf("with detours\n%s\n", statements_of(graphs[1]));
            }
            assert_true(found);
        }
        matches += rg_match_list_count(lists[0]);
        pairs++;
        for (uint32_t i = 0; i < 2; i++) {
            rg_match_list_destroy(lists[i]);
            rg_graph_destroy(graphs[i]);
        }
        rg_matcher_destroy(matcher);
        graph_rules_destroy(set);
        rg_context_destroy(context);
    }
    assert_true(matches > pairs && gave_up < matches / 100);
}

/* ---- one set, several threads ---- */

enum { THREADS = 4, SHARED_GRAPHS = 12 };

/* What each thread does, in a context and with a matcher of its own; `texts` is what came of it. */
typedef struct thread_job {
    const rg_rule_set *set;
    const test_text *parameters;
    const test_text *statements;
    rg_buffer texts;
    rg_status status;
} thread_job;

static rg_status rewrite_one(thread_job *job, rg_matcher *matcher, rg_context *context, size_t index)
{
    rg_match_list *list = NULL;
    rg_rewrite_report report;
    rg_graph *graph = graph_of(context, job->parameters[index].data, job->statements[index].data);
    rg_status status = rg_matcher_find_all(&list, matcher, graph);
    if (status == RG_OK) {
        rg__buffer_append_int(&job->texts, (int64_t)rg_match_list_count(list));
        rg_match_list_destroy(list);
        status = rg_rewrite_run(&report, matcher, graph, NULL);
    }
    if (status == RG_OK) {
        status = rg_graph_print(graph, NULL, rg__buffer_sink(&job->texts));
    }
    rg_graph_destroy(graph);
    return status;
}

static void *run_job(void *user)
{
    thread_job *job = user;
    rg_context *context = NULL;
    rg_matcher *matcher = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.parent = job->set->context;
    job->status = rg_context_create(&context, &options);
    if (job->status == RG_OK) {
        job->status = rg_matcher_create(&matcher, context, job->set);
    }
    for (size_t i = 0; i < SHARED_GRAPHS && job->status == RG_OK; i++) {
        job->status = rewrite_one(job, matcher, context, i);
    }
    rg_matcher_destroy(matcher);
    rg_context_destroy(context);
    return NULL;
}

static void threads_share_a_set(void **state)
{
    (void)state;
    static test_program programs[SHARED_GRAPHS];
    static test_text parameters[SHARED_GRAPHS];
    static test_text statements[SHARED_GRAPHS];
    test_random random = {20240};
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_rule_set *set = graph_rules_create(context);
    for (uint32_t i = 0; i < SHARED_GRAPHS; i++) {
        random_program(&programs[i], &random);
        put_program_parameters(&parameters[i], &programs[i]);
        put_program_statements(&statements[i], &programs[i]);
    }
    for (uint32_t i = 0; i < 40; i++) {
        add_random_rule(set, &random, &programs[random_below(&random, SHARED_GRAPHS)], i, random_freedom(&random));
    }
    thread_job jobs[THREADS + 1];
    pthread_t threads[THREADS];
    for (size_t i = 0; i <= THREADS; i++) {
        jobs[i] = (thread_job){set, parameters, statements, {0}, RG_OK};
        rg__buffer_init(&jobs[i].texts, rg__default_allocator());
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run_job, &jobs[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    (void)run_job(&jobs[THREADS]); /* alone, for comparison */
    for (size_t i = 0; i <= THREADS; i++) {
        assert_int_equal(jobs[i].status, RG_OK);
        assert_string_equal(jobs[i].texts.data, jobs[THREADS].texts.data);
    }
    for (size_t i = 0; i <= THREADS; i++) {
        rg__buffer_free(&jobs[i].texts);
    }
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

/* ---- several results ---- */

/* 100 siblings of which each could be the first result, and a second one that none of them has near: it is not there at
 * all, or elsewhere. Nothing is searched then, which is seen by the fuel. */
static void other_results_are_looked_for_by_label(void **state)
{
    (void)state;
    enum { SIBLINGS = 100 };
    static test_text text;
    graph_rule rule = {"r",
                       "x, a, b",
                       "s = @aten.sub.Tensor(x, a)\np = @aten.sigmoid.default(s)\n"
                       "t = @aten.sub.Tensor(x, b)\nq = @aten.tanh.default(t)\nreturn (p, q)",
                       "f = @my.fused.default(x, a)\ng = @my.fused.default(f, b)\nreturn (f, g)",
                       0,
                       NULL,
                       NULL};
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_search_steps = 30; /* enough for a match, not for a hundred candidates */
    for (uint32_t far = 0; far < 3; far++) {
        rg_context *context = NULL;
        rg_matcher *matchers[2];
        assert_int_equal(rg_context_create(&context, &options), RG_OK);
        rg_rule_set *set = graph_rules_create(context);
        assert_int_equal(graph_rules_add(set, &rule), RG_OK);
        text.size = 0;
        for (int i = 0; i < SIBLINGS; i++) {
            put_text(&text, "s%d = @aten.sub.Tensor(u, w)\np%d = @aten.sigmoid.default(s%d)\n", i, i, i);
        }
        if (far != 0) { /* near for the last of them all */
            put_text(&text, "t = @aten.sub.Tensor(%s, w)\nq = @aten.tanh.default(t)\n", far == 1 ? "v" : "u");
        }
        put_text(&text, "return (");
        for (int i = 0; i < SIBLINGS; i++) {
            put_text(&text, "p%d, ", i);
        }
        put_text(&text, far == 0 ? "u)" : "q)");
        rg_graph *graph = graph_of(context, "u, v, w", text.data);
        for (uint32_t i = 0; i < 2; i++) {
            rg_match_list *list = NULL;
            assert_int_equal(rg_matcher_create(&matchers[i], context, set), RG_OK);
            matchers[i]->plain = i == 1;
            assert_int_equal(rg_matcher_find_all(&list, matchers[i], graph), RG_OK);
            assert_int_equal(rg_match_list_gave_up(list), i == 1 && far != 0 ? SIBLINGS : 0);
            assert_int_equal(rg_match_list_count(list), i == 0 && far == 2 ? SIBLINGS : 0);
            rg_match_list_destroy(list);
            rg_matcher_destroy(matchers[i]);
        }
        rg_graph_destroy(graph);
        graph_rules_destroy(set);
        rg_context_destroy(context);
    }
}

/* ---- fuel ---- */

/* However little fuel there is, what is found is what is found with enough of it: no chain of nodes that change nothing
 * is cut off where the fuel ran out. */
static void little_fuel_changes_no_match(void **state)
{
    (void)state;
    graph_rule rule = {
        "r",
        "x: 'f32[4]'",
        "c = @prims.convert_element_type.default(x, torch.float32)\nm = @aten.mul.Tensor(c, c)\nreturn m",
        "f = @my.fused.default(x)\nreturn f",
        0,
        NULL,
        NULL};
    size_t found = 0;
    for (uint64_t steps = 1; steps <= 20; steps++) {
        rg_context *context = NULL;
        rg_matcher *matcher = NULL;
        rg_match_list *list = NULL;
        rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
        assert_int_equal(rg_context_create(&context, &options), RG_OK);
        rg_rule_set *set = graph_rules_create(context);
        assert_int_equal(graph_rules_add_by_meaning(set, &rule, true, true), RG_OK);
        context->limits.max_search_steps = steps;
        rg_graph *graph = graph_of(context, "p: 'f32[4]'",
                                   "c = @prims.convert_element_type.default(p, torch.float32)\n"
                                   "m = @aten.mul.Tensor(c, c)\nreturn m");
        assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
        matcher->plain = true;
        assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
        assert_int_equal(rg_match_list_count(list) + rg_match_list_gave_up(list), 1);
        if (rg_match_list_count(list) == 1) {
            assert_int_equal(rg_match_node_count(rg_match_list_get(list, 0)), 2);
            found++;
        }
        rg_match_list_destroy(list);
        rg_matcher_destroy(matcher);
        rg_graph_destroy(graph);
        graph_rules_destroy(set);
        rg_context_destroy(context);
    }
    assert_true(found > 5 && found < 20);
}

/* ---- rules of both kinds ---- */

/* Labels are those of all rules of a set: where one sees through nodes, a node has the label of what it leaves
 * unchanged, and a rule that does not must not take it for that. Here it would take `d` for the op and the op, of which
 * no schema is known, for `neg`. */
static void a_rule_that_sees_nothing_through_is_not_misled(void **state)
{
    (void)state;
    static const char statements[] =
        "n = @aten.neg.default(p)\nm = @my.op.default(n, k=1)\nd = @aten.detach.default(m)\n"
        "s = @aten.sin.default(d)\nreturn s";
    graph_rule rule = {"exact",
                       "x: 'f32[4]'",
                       "n = @aten.neg.default(x)\nm = @my.op.default(n, k=1)\ns = @aten.sin.default(m)\nreturn s",
                       "s = @my.fused.default(x)\nreturn s",
                       0,
                       NULL,
                       NULL};
    rg_context *context = NULL;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_rule_set *set = graph_rules_create(context);
    assert_int_equal(graph_rules_add_by_meaning(set, &rule, false, false), RG_OK);
    rule.name = "free";
    assert_int_equal(graph_rules_add_by_meaning(set, &rule, true, true), RG_OK);
    rg_graph *graph = graph_of(context, "p: 'f32[4]'", statements);
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_match_list_count(list), 1);
    assert_string_equal(rg_rule_set_info(set, rg_match_rule(rg_match_list_get(list, 0))).name.data, "free");
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

/* ---- lists ---- */

/* Where a list stands in its graph's memory says nothing about how many items it has. */
static void lists_are_known_by_their_count(void **state)
{
    (void)state;
    enum { LONGEST = 60 };
    static test_text text;
    rg_context *context = NULL;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    graph_rule rule = {
        "r",  "x, y", "c = @aten.cat.default([x, y], 1)\nreturn c", "a = @my.fused.default(x, y)\nreturn a", 0,
        NULL, NULL};
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_rule_set *set = graph_rules_create(context);
    assert_int_equal(graph_rules_add(set, &rule), RG_OK);
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    text.size = 0;
    for (int i = 3; i <= LONGEST; i++) { /* lists of all these counts are known not to match */
        put_text(&text, "c%d = @aten.cat.default([p", i);
        for (int j = 1; j < i; j++) {
            put_text(&text, ", q");
        }
        put_text(&text, "], 1)\n");
    }
    put_text(&text, "return c3");
    rg_graph *graph = graph_of(context, "p, q", text.data);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_match_list_count(list), 0);
    rg_match_list_destroy(list);
    rg_graph_destroy(graph);
    for (int i = 0; i <= LONGEST; i++) { /* the list moves on by one word each time */
        text.size = 0;
        for (int j = 0; j < i; j++) {
            put_text(&text, "n%d = @aten.neg.default(p)\n", j);
        }
        put_text(&text, "c = @aten.cat.default([p, q], 1)\nreturn c");
        graph = graph_of(context, "p, q", text.data);
        assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
        assert_int_equal(rg_match_list_count(list), 1);
        rg_match_list_destroy(list);
        rg_graph_destroy(graph);
    }
    rg_matcher_destroy(matcher);
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

/* ---- want of memory ---- */

/* Wherever memory is out while tables are filled, the matcher says so and works again when there is memory. */
static void a_matcher_outlives_want_of_memory(void **state)
{
    (void)state;
    failing_allocator allocator;
    rg_context *context = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    graph_rule rule = {"r",
                       "x, y",
                       "m = @aten.mul.Tensor(x, 2)\na = @aten.add.Tensor(m, y)\nreturn a",
                       "a = @my.fused.default(x, y)\nreturn a",
                       0,
                       NULL,
                       NULL};
    failing_allocator_init(&allocator);
    options.allocator = &allocator.allocator;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_rule_set *set = graph_rules_create(context);
    assert_int_equal(graph_rules_add(set, &rule), RG_OK);
    rg_graph *graph = graph_of(context, "p: 'f32[4]', q: 'f32[4]'",
                               "m = @aten.mul.Tensor(p, 2)\na = @aten.add.Tensor(m, q)\n"
                               "n = @aten.mul.Tensor(a, 3)\nb = @aten.add.Tensor(n, p)\nreturn b");
    size_t failures = 0;
    for (rg_status status = RG_ERROR_MEMORY; status != RG_OK; failures++) {
        rg_matcher *matcher = NULL;
        rg_match_list *list = NULL;
        assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
        allocator.fail_at = allocator.allocations + 1 + failures;
        status = rg_matcher_find_all(&list, matcher, graph);
        allocator.fail_at = 0;
        assert_true(status == RG_OK || status == RG_ERROR_MEMORY);
        rg_match_list_destroy(list);
        assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
        assert_int_equal(rg_match_list_count(list), 1);
        assert_ptr_equal(matcher->labelled, graph);
        rg_match_list_destroy(list);
        rg_matcher_destroy(matcher);
    }
    assert_true(failures > 10);
    rg_graph_destroy(graph);
    graph_rules_destroy(set);
    rg_context_destroy(context);
    assert_int_equal(allocator.live_blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_pairs_agree),
        cmocka_unit_test(other_spellings_lose_no_match),
        cmocka_unit_test(threads_share_a_set),
        cmocka_unit_test(little_fuel_changes_no_match),
        cmocka_unit_test(other_results_are_looked_for_by_label),
        cmocka_unit_test(a_rule_that_sees_nothing_through_is_not_misled),
        cmocka_unit_test(lists_are_known_by_their_count),
        cmocka_unit_test(a_matcher_outlives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
