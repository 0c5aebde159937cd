/*
 * engine_comparison.c: see the header.
 */
#include "support/engine_comparison.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/document.h>

#include "base/buffer.h"
#include "ir/graph_impl.h"
#include "match/automaton.h"
#include "match/match_impl.h"
#include "support/graph_rules.h"

uint64_t test_first_seed(void)
{
    const char *wanted = getenv("REGRAFT_ENGINE_SEED");
    return wanted == NULL ? 1 : strtoull(wanted, NULL, 10);
}

rg_matcher *test_matcher(rg_context *context, const rg_rule_set *set, test_engine which, test_random *random)
{
    rg_matcher *matcher = NULL;
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    matcher->plain = which == TEST_PLAIN;
    if (which == TEST_CRAMPED) {
        matcher->automaton->limits.states = random_below(random, 24);
        matcher->automaton->limits.labels = 1 + random_below(random, 24);
    }
    return matcher;
}

static void expect_same_match(const rg_match *a, const rg_match *b)
{
    assert_int_equal(a->rule_index, b->rule_index);
    assert_int_equal(a->root.id, b->root.id);
    assert_int_equal(a->node_count, b->node_count);
    assert_int_equal(a->output_count, b->output_count);
    assert_memory_equal(a->nodes, b->nodes, a->node_count * sizeof(*a->nodes));
    assert_memory_equal(a->outputs, b->outputs, a->output_count * sizeof(*a->outputs));
    for (size_t i = 0; i < a->rule->input_count; i++) { /* lists put together from items are made anew each time */
        assert_true(a->inputs[i].bits == b->inputs[i].bits ||
                    rg_value_equal(rg_graph_context(a->graph), a->graph, a->inputs[i], b->inputs[i]));
    }
    assert_memory_equal(a->symbols, b->symbols, a->rule->symbol_count * sizeof(*a->symbols));
}

void test_print_match(const rg_match *match)
{
    printf("missing: %s with", match->rule->name.data);
    for (size_t i = 0; i < match->output_count; i++) {
        printf(" %s", rg_node_name(match->graph, match->outputs[i]).data);
    }
    printf("\n%s\n", statements_of(match->rule->pattern));
    printf("in\n%s\n", statements_of(match->graph));
}

/* Print the first match that the other list lacks. */
static void print_first_missing(const rg_match_list *list, const rg_match_list *other)
{
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        const rg_match *match = rg_match_list_get(list, i);
        const rg_match *at = rg_match_list_get(other, i);
        if (at == NULL || at->rule_index != match->rule_index || at->root.id != match->root.id) {
            test_print_match(match);
            return;
        }
    }
}

static bool is_same_match(const rg_match *a, const rg_match *b)
{
    return a->rule_index == b->rule_index && rg_node_same(a->root, b->root) && a->output_count == b->output_count &&
           memcmp(a->outputs, b->outputs, a->output_count * sizeof(*a->outputs)) == 0;
}

static bool captures_list(const rg_match *match)
{
    for (size_t i = 0; i < match->rule->input_count; i++) {
        if (match->rule->inputs[i].kind == RG_RULE_INPUT_TENSOR_LIST) {
            return true;
        }
    }
    return false;
}

bool test_is_counterpart(const rg_match *match, rg_node node)
{
    for (size_t i = 0; i < rg__match_counterpart_count(match); i++) {
        if (rg_node_same(rg__match_counterpart(match, i).node, node)) {
            return true;
        }
    }
    return false;
}

bool test_repeats_through(const rg_match *match)
{
    bool passes = false;
    for (size_t i = 0; i < match->node_count && match->repeated_count != 0 && !passes; i++) {
        passes = !test_is_counterpart(match, match->nodes[i]);
    }
    return passes;
}

void test_compare_matches(test_totals *total, rg_matcher *const matchers[], rg_graph *graph)
{
    rg_match_list *lists[TEST_ENGINES];
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES; i++) {
        assert_int_equal(rg_matcher_find_all(&lists[i], matchers[i], graph), RG_OK);
        total->overflows += i == TEST_CRAMPED && matchers[i]->labelled == NULL;
    }
    size_t count = rg_match_list_count(lists[TEST_PLAIN]);
    for (test_engine i = TEST_LABELS; i < TEST_ENGINES; i++) {
        /* An attempt that is spared, or that looks at regions first, needs less fuel: it may find what a plain one
         * gave up before, and only then. */
        bool may_find_more = rg_match_list_gave_up(lists[TEST_PLAIN]) != 0;
        assert_true(rg_match_list_gave_up(lists[i]) <= rg_match_list_gave_up(lists[TEST_PLAIN]));
        if (!may_find_more && rg_match_list_count(lists[i]) != count) {
            print_first_missing(lists[TEST_PLAIN], lists[i]);
        }
        assert_true(may_find_more || rg_match_list_count(lists[i]) == count);
        for (size_t j = 0, at = 0; j < count; j++, at++) {
            const rg_match *match = rg_match_list_get(lists[TEST_PLAIN], j);
            while (may_find_more && at < rg_match_list_count(lists[i]) &&
                   !is_same_match(match, rg_match_list_get(lists[i], at))) {
                at++;
            }
            assert_true(at < rg_match_list_count(lists[i]));
            expect_same_match(match, rg_match_list_get(lists[i], at));
        }
    }
    total->matches += count;
    for (size_t j = 0; j < count; j++) {
        total->several += rg_match_list_get(lists[TEST_PLAIN], j)->output_count > 1;
        total->lists += captures_list(rg_match_list_get(lists[TEST_PLAIN], j));
        total->through += test_repeats_through(rg_match_list_get(lists[TEST_PLAIN], j));
    }
    total->gave_up += rg_match_list_gave_up(lists[TEST_PLAIN]);
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES; i++) {
        rg_match_list_destroy(lists[i]);
    }
}

/* After incremental re-labelling every label is what labelling the whole graph gives. */
static void expect_true_labels(rg_matcher *matcher, rg_graph *graph)
{
    if (matcher->labelled != graph) {
        return;
    }
    size_t size = ((size_t)graph->id_count + 1) * sizeof(uint16_t);
    uint16_t *labels = malloc(size);
    assert_non_null(labels);
    memcpy(labels, graph->label, size);
    assert_int_equal(rg__matcher_label(matcher, graph), RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && matcher->labelled == graph;
         node = rg_graph_next(graph, node)) {
        assert_int_equal(labels[node.id], graph->label[node.id]);
    }
    free(labels);
}

static void rewrite_and_print(rg_buffer *out, rg_rewrite_report *report, rg_matcher *matcher, const rg_graph *graph,
                              const rg_rewrite_options *options)
{
    rg_graph *copy = NULL;
    assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
    rg_status status = rg_rewrite_run(report, matcher, copy, options);
    assert_true(status == RG_OK || status == RG_ERROR_LIMIT);
    rg_context_clear_diagnostics(matcher->context);
    assert_int_equal(rg_graph_verify(copy), RG_OK);
    expect_true_labels(matcher, copy);
    rg__buffer_init(out, rg__default_allocator());
    assert_int_equal(rg_graph_print(copy, NULL, rg__buffer_sink(out)), RG_OK);
    rg_graph_destroy(copy);
}

void test_compare_rewrites(test_totals *total, rg_matcher *const matchers[], const rg_graph *graph,
                           rg_rewrite_mode mode)
{
    rg_buffer texts[TEST_ENGINES];
    rg_rewrite_report reports[TEST_ENGINES];
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = mode;
    options.max_sweeps = 3;
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES; i++) {
        rewrite_and_print(&texts[i], &reports[i], matchers[i], graph, &options);
        if (reports[TEST_PLAIN].gave_up != 0) {
            continue; /* what one gave up the other may have found, and from there on the graphs differ */
        }
        assert_string_equal(texts[i].data, texts[TEST_PLAIN].data);
        assert_int_equal(reports[i].applied, reports[TEST_PLAIN].applied);
        assert_int_equal(reports[i].failed, reports[TEST_PLAIN].failed);
        assert_int_equal(reports[i].gave_up, reports[TEST_PLAIN].gave_up);
    }
    total->rewrites += reports[TEST_PLAIN].applied;
    for (test_engine i = TEST_PLAIN; i < TEST_ENGINES; i++) {
        rg__buffer_free(&texts[i]);
    }
}
