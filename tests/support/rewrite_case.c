/*
 * rewrite_case.c: see the header.
 */
#include "support/rewrite_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/graph_building.h"

void add_rule(const char *name, const char *parameters, const char *pattern, const char *replacement)
{
    graph_rule rule = {name, parameters, pattern, replacement, 0, NULL, NULL};
    rg_status status = graph_rules_add(set, &rule);
    if (status != RG_OK && rg_context_diagnostic_count(context) > 0) {
        fail_msg("%s", rg_context_diagnostic(context, 0)->message.data);
    }
    assert_int_equal(status, RG_OK);
}

rg_rewrite_report run_rules(rg_graph *graph, const rg_rewrite_options *options, rg_status expected)
{
    rg_matcher *matcher = NULL;
    rg_rewrite_report report;
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_rewrite_run(&report, matcher, graph, options), expected);
    rg_matcher_destroy(matcher);
    assert_graph_holds(graph);
    return report;
}

void expect_rewritten(const char *parameters, const char *before, size_t applied, const char *after)
{
    rg_graph *graph = graph_of(context, parameters, before);
    rg_rewrite_report report = run_rules(graph, NULL, RG_OK);
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        print_message("%s\n", rg_context_diagnostic(context, i)->message.data);
    }
    assert_int_equal(rg_context_diagnostic_count(context), 0);
    assert_string_equal(statements_of(graph), after);
    assert_int_equal(report.applied, applied);
    assert_int_equal(report.gave_up, 0);
    assert_int_equal(report.failed, 0);
    rg_graph_destroy(graph);
}

void expect_untouched(const char *parameters, const char *statements)
{
    expect_rewritten(parameters, statements, 0, statements);
}
