/*
 * expressions.c: Inductor's pattern expressions (expression.h) on a printed graph: all of them in one pass that changes
 * nothing; bench/peers/inductor_passes.py asks Inductor the same.
 */
#include "shared.h"

#include <stdio.h>

#include <regraft/diagnostic.h>
#include <regraft/expression_pass.h>

#include "measure.h"

static rg_status handle(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    (void)graph;
    (void)root;
    (void)match;
    (void)user;
    return RG_OK;
}

void shared_measure_expressions(const char *expressions, const char *graph)
{
    static bench_case at;
    double times[MAX_RUNS];
    rg_expression_list *list = NULL;
    rg_expression_pass *pass = NULL;
    require(case_load(&at, graph), "reading the graph");
    if (rg_expression_list_read(&list, at.context, expressions) != RG_OK) {
        (void)rg_diagnostic_print(rg_context_diagnostic(at.context, 0), (rg_sink){write_text, stderr});
        require(false, "reading the patterns");
    }
    require(rg_expression_pass_create(&pass, at.context, NULL) == RG_OK, "making a pass");
    for (size_t i = 0; i < rg_expression_list_count(list); i++) {
        rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
        entry.expression = rg_expression_list_get(list, i);
        entry.handler = handle;
        require(rg_expression_pass_add(pass, &entry) == RG_OK, "adding a pattern");
    }
    for (uint32_t i = 0; i < measure_runs + 1; i++) { /* the first is for warming up */
        rg_expression_pass_report report;
        double start = seconds_now();
        require(rg_expression_pass_apply(&report, pass, at.graphs[0]) == RG_OK, "matching");
        times[i == 0 ? 0 : i - 1] = (seconds_now() - start) * 1e6;
        at.matches = report.matched;
    }
    at.hits = 0;
    record(&at, "expressions", "us", times, measure_runs);
    rg_expression_pass_destroy(pass);
    rg_expression_list_destroy(list);
    case_finish(&at);
}
