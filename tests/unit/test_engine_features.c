/*
 * test_engine_features.c: the engine against the reference matcher on rules of the rule language: each feature alone,
 * and all together (support/random_feature.h): match sets, one sweep, and sweeps to a fixed point.
 *
 * REGRAFT_ENGINE_PAIRS=100000 in the environment compares that many pairs of graph and rule set instead of 2,800;
 * REGRAFT_ENGINE_SEED=N other ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match/match_impl.h"
#include "support/engine_comparison.h"
#include "support/random_feature.h"

enum { QUICK_PAIRS = 200, GRAPHS_PER_SET = 4, MAX_TEMPLATES = 4, FEATURE_TESTS = 14 };

static test_totals total;

/* The templates whose rules are registered; a rule that is refused (an input is not used, two mean the same) is left
 * out. */
static uint32_t load_templates(rg_rule_set *set, test_template *templates, uint32_t count, uint32_t features,
                               test_random *random)
{
    static test_text text;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        test_template *template = &templates[kept];
        random_template(template, random, features);
        text.size = 0;
        put_template_head(&text);
        put_template_rule(&text, template, i);
        rg_string name = rg_string_from("rules.py");
        rg_status status = rg_rule_set_load_text(set, (rg_string){text.data, text.size}, name);
        if (status == RG_OK) {
            kept++;
        } else if (status != RG_ERROR_RULE) {
            fail_msg("%s\nin\n%s", rg_context_diagnostic(set->context, 0)->message.data, text.data);
        }
        rg_context_clear_diagnostics(set->context);
    }
    return kept;
}

static void compare_on(uint64_t seed, uint32_t features)
{
    test_random random = {seed};
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    test_template templates[MAX_TEMPLATES];
    static test_text parameters;
    static test_text statements;
    options.limits.max_search_steps = random_below(&random, 10) == 0 ? 1 + random_below(&random, 40) : 0;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    uint32_t count = load_templates(set, templates, 1 + random_below(&random, MAX_TEMPLATES), features, &random);
    rg_matcher *matchers[TEST_ENGINES];
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES && count > 0; i++) {
        matchers[i] = test_matcher(context, set, i, &random);
    }
    for (uint32_t i = 0; i < GRAPHS_PER_SET && count > 0; i++) {
        put_template_graph(&parameters, &statements, templates, count, &random);
        rg_graph *graph = graph_of(context, parameters.data, statements.data);
        test_compare_matches(&total, matchers, graph);
        test_compare_rewrites(&total, matchers, graph,
                              random_below(&random, 2) == 0 ? RG_REWRITE_SWEEP : RG_REWRITE_FIXPOINT);
        rg_graph_destroy(graph);
        total.pairs++;
    }
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES && count > 0; i++) {
        rg_matcher_destroy(matchers[i]);
    }
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
}

/* Of the features with this number alone; of all when there is none. */
static void compare_feature(const char *name, uint32_t features)
{
    const char *wanted = getenv("REGRAFT_ENGINE_PAIRS");
    size_t pairs = wanted == NULL ? QUICK_PAIRS : (size_t)strtoul(wanted, NULL, 10) / FEATURE_TESTS;
    memset(&total, 0, sizeof(total));
    for (uint64_t seed = test_first_seed(); total.pairs < pairs; seed++) {
        compare_on(seed * 104729 + features, features);
    }
    print_message("%s: %zu pairs, %zu matches (%zu of several results, %zu with lists, %zu of repetitions through "
                  "other nodes), %zu rewrites, %zu gave up, %zu overflows\n",
                  name, total.pairs, total.matches, total.several, total.lists, total.through, total.rewrites,
                  total.gave_up, total.overflows);
    assert_true(total.matches > total.pairs / 2 && total.rewrites > total.pairs / 8);
    assert_true(total.overflows > total.pairs / 20);
    if ((features & (FEATURE_LIST | FEATURE_REPETITION)) != 0) {
        assert_true(total.lists > total.pairs / 10);
    }
    if ((features & FEATURE_THROUGH) != 0 && (features & (FEATURE_REPETITION | FEATURE_RESULTS)) != 0) {
        assert_true(total.through > total.pairs / 10);
    }
    if ((features & FEATURE_DROPPED) != 0) {
        assert_true(total.several > total.pairs / 20);
    }
}

/* ---- written out ---- */

enum { MAX_LENGTH = 5 }; /* of the lists of random graphs */

/* A rule with lists of any length, and the rules that it is short for. */
typedef struct family {
    rg_context *context;
    rg_rule_set *sets[MAX_LENGTH + 1]; /* by length; the first is for any */
    rg_matcher *matchers[MAX_LENGTH + 1];
    test_template template;
} family;

/* False when some of the rules is refused, as when an input is not used. */
static bool load_family(family *out, test_random *random, uint32_t features)
{
    static test_text text;
    bool loaded = true;
    assert_int_equal(rg_context_create(&out->context, NULL), RG_OK);
    random_template(&out->template, random, features);
    for (uint32_t i = 0; i <= MAX_LENGTH && loaded; i++) {
        text.size = 0;
        put_template_head(&text);
        if (i == 0) {
            put_template_rule(&text, &out->template, 0);
        } else {
            put_template_written_out(&text, &out->template, i);
        }
        assert_int_equal(rg_rule_set_create(&out->sets[i], out->context), RG_OK);
        rg_string name = rg_string_from("rules.py");
        loaded = rg_rule_set_load_text(out->sets[i], (rg_string){text.data, text.size}, name) == RG_OK;
        rg_context_clear_diagnostics(out->context);
        assert_int_equal(rg_matcher_create(&out->matchers[i], out->context, out->sets[i]), RG_OK);
    }
    return loaded;
}

static void free_family(family *of)
{
    for (uint32_t i = 0; i <= MAX_LENGTH; i++) {
        rg_matcher_destroy(of->matchers[i]);
        rg_rule_set_destroy(of->sets[i]);
    }
    rg_context_destroy(of->context);
}

/* Have the two matches the same nodes and results? What is passed over above inputs stays or goes with what captures
 * them: that which is read first, and items are read in another order than what is written out. */
static bool is_same(const rg_match *a, const rg_match *b)
{
    bool same = rg_node_same(a->outputs[0], b->outputs[0]);
    for (size_t i = 0; i < rg__match_counterpart_count(a) && same; i++) {
        same = test_is_counterpart(b, rg__match_counterpart(a, i).node);
    }
    for (size_t i = 0; i < rg__match_counterpart_count(b) && same; i++) {
        same = test_is_counterpart(a, rg__match_counterpart(b, i).node);
    }
    return same;
}

static bool list_has(const rg_match_list *list, const rg_match *match)
{
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        if (is_same(rg_match_list_get(list, i), match)) {
            return true;
        }
    }
    return false;
}

/* Written out, results of a call need not be all that there are: the match is one of two of several, or unknown. */
static bool has_other_results(const rg_match *match)
{
    rg_type type = {0};
    for (size_t i = 0; i < match->node_count; i++) {
        rg_string op = rg_op_name(rg_graph_context(match->graph), rg_node_op(match->graph, match->nodes[i]));
        if (rg_string_equal(op, rg_string_from("aten.split.Tensor"))) {
            rg_status status = rg_node_infer(&type, match->graph, match->nodes[i]);
            return status != RG_OK || rg_type_item_count(rg_graph_context(match->graph), type) != 2;
        }
    }
    return false;
}

/* What the rule finds, and what the rules find that it is short for. */
static void compare_family(const family *of, rg_graph *graph, size_t *found, size_t *through)
{
    rg_match_list *lists[MAX_LENGTH + 1];
    size_t gave_up = 0;
    for (uint32_t i = 0; i <= MAX_LENGTH; i++) {
        assert_int_equal(rg_matcher_find_all(&lists[i], of->matchers[i], graph), RG_OK);
        gave_up += rg_match_list_gave_up(lists[i]);
    }
    for (uint32_t i = 0; i <= MAX_LENGTH && gave_up == 0; i++) {
        for (size_t j = 0; j < rg_match_list_count(lists[i]); j++) {
            const rg_match *match = rg_match_list_get(lists[i], j);
            bool is_found = i != 0 && (list_has(lists[0], match) || has_other_results(match));
            for (uint32_t length = 1; length <= MAX_LENGTH && i == 0 && !is_found; length++) {
                is_found = list_has(lists[length], match);
            }
            if (!is_found) {
                test_print_match(match);
            }
            assert_true(is_found);
            *found += i == 0;
            *through += i == 0 && test_repeats_through(match);
        }
    }
    for (uint32_t i = 0; i <= MAX_LENGTH; i++) {
        rg_match_list_destroy(lists[i]);
    }
    rg_context_clear_diagnostics(of->context);
}

/* A rule with lists of any length matches where the rules match in which the list is written out. */
static void lists_are_short_for_items(void **state)
{
    static const uint32_t kinds[] = {FEATURE_LIST, FEATURE_REPETITION, FEATURE_RESULTS};
    static test_text parameters;
    static test_text statements;
    const char *wanted = getenv("REGRAFT_ENGINE_PAIRS");
    size_t pairs = wanted == NULL ? QUICK_PAIRS : (size_t)strtoul(wanted, NULL, 10) / FEATURE_TESTS;
    size_t found = 0;
    size_t through = 0;
    (void)state;
    for (uint64_t seed = test_first_seed(), done = 0; done < pairs; seed++) {
        test_random random = {seed * 7919};
        family of = {0};
        if (load_family(&of, &random, FEATURE_THROUGH | kinds[seed % 3])) {
            for (uint32_t i = 0; i < GRAPHS_PER_SET; i++, done++) {
                put_template_graph(&parameters, &statements, &of.template, 1, &random);
                rg_graph *graph = graph_of(of.context, parameters.data, statements.data);
                compare_family(&of, graph, &found, &through);
                rg_graph_destroy(graph);
            }
        }
        free_family(&of);
    }
    print_message("%zu matches, %zu through other nodes\n", found, through);
    assert_true(found > pairs / 2 && through > pairs / 8);
}

/* ---- completeness ---- */

/* What the generator has made of a rule, and nothing else, the rule finds. */
static void instances_are_found(void **state)
{
    (void)state;
    static test_text parameters;
    static test_text statements;
    size_t found = 0;
    uint64_t first = test_first_seed();
    for (uint64_t seed = first; seed < first + 1500; seed++) {
        test_random random = {seed * 6007};
        rg_context *context = NULL;
        rg_rule_set *set = NULL;
        rg_matcher *matcher = NULL;
        rg_match_list *list = NULL;
        test_template template;
        uint32_t features = seed % 3 == 0 ? FEATURE_ALL : 1u << random_below(&random, 8);
        features |= seed % 3 == 1 ? FEATURE_THROUGH : 0;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
        if (load_templates(set, &template, 1, features, &random) == 1) {
            put_template_sole(&parameters, &statements, &template, &random);
            rg_graph *graph = graph_of(context, parameters.data, statements.data);
            assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
            assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
            if (rg_match_list_count(list) == 0 && rg_match_list_gave_up(list) == 0) {
                static test_text rule;
                rule.size = 0;
                put_template_rule(&rule, &template, 0);
                fail_msg("%s\nmatches nothing in\n%s", rule.data, statements.data);
            }
            found += rg_match_list_count(list) > 0;
            rg_match_list_destroy(list);
            rg_matcher_destroy(matcher);
            rg_graph_destroy(graph);
        }
        rg_rule_set_destroy(set);
        rg_context_destroy(context);
    }
    print_message("%zu instances found\n", found);
    assert_true(found > 500);
}

#define FEATURE_TEST(name, features)                                                                                   \
    static void name(void **state)                                                                                     \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        compare_feature(#name, features);                                                                              \
    }

FEATURE_TEST(captured_lists_agree, FEATURE_LIST)
FEATURE_TEST(repetition_agrees, FEATURE_REPETITION)
FEATURE_TEST(repetition_over_results_agrees, FEATURE_RESULTS)
FEATURE_TEST(optional_inputs_agree, FEATURE_OPTIONAL)
FEATURE_TEST(alternatives_agree, FEATURE_ALTERNATIVES)
FEATURE_TEST(guards_agree, FEATURE_GUARD)
FEATURE_TEST(free_literals_agree, FEATURE_FREE)
FEATURE_TEST(dropped_results_agree, FEATURE_DROPPED)
FEATURE_TEST(captured_lists_through_agree, FEATURE_LIST | FEATURE_THROUGH)
FEATURE_TEST(repetition_through_agrees, FEATURE_REPETITION | FEATURE_THROUGH)
FEATURE_TEST(results_through_agree, FEATURE_RESULTS | FEATURE_THROUGH)
FEATURE_TEST(dropped_results_through_agree, FEATURE_DROPPED | FEATURE_THROUGH)
FEATURE_TEST(all_together_agree, FEATURE_ALL)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captured_lists_agree),         cmocka_unit_test(repetition_agrees),
        cmocka_unit_test(optional_inputs_agree),        cmocka_unit_test(repetition_over_results_agrees),
        cmocka_unit_test(alternatives_agree),           cmocka_unit_test(guards_agree),
        cmocka_unit_test(free_literals_agree),          cmocka_unit_test(dropped_results_agree),
        cmocka_unit_test(captured_lists_through_agree), cmocka_unit_test(repetition_through_agrees),
        cmocka_unit_test(results_through_agree),        cmocka_unit_test(dropped_results_through_agree),
        cmocka_unit_test(all_together_agree),           cmocka_unit_test(instances_are_found),
        cmocka_unit_test(lists_are_short_for_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
