/*
 * rule_file_case.c: see the header.
 */
#include "support/rule_file_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "match/match_impl.h"
#include "support/graph_rules.h"
#include "support/rule_set_case.h"

/* ---- with memory enough ---- */

typedef struct opened_file {
    rg_context *context;
    rg_rule_set *set;
} opened_file;

static opened_file open_rules(const char *rules)
{
    opened_file file = {NULL, NULL};
    assert_int_equal(rg_context_create(&file.context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&file.set, file.context), RG_OK);
    load_rules(file.set, file.context, rules);
    return file;
}

static void close_rules(opened_file file)
{
    rg_rule_set_destroy(file.set);
    rg_context_destroy(file.context);
}

static rg_matcher *matcher_of(opened_file file, bool plain)
{
    rg_matcher *matcher = NULL;
    assert_int_equal(rg_matcher_create(&matcher, file.context, file.set), RG_OK);
    matcher->plain = plain;
    return matcher;
}

static void put_matches(rg_buffer *out, match_put_function put, const char *between, rg_matcher *matcher,
                        rg_graph *graph)
{
    rg_match_list *list = NULL;
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_match_list_gave_up(list), 0);
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        rg__buffer_append_text(out, i == 0 ? "" : between);
        put(out, graph, rg_match_list_get(list, i));
    }
    rg_match_list_destroy(list);
}

void expect_matches_as(match_put_function put, const char *between, const char *rules, const char *parameters,
                       const char *statements, const char *expected)
{
    opened_file file = open_rules(rules);
    rg_graph *graph = graph_of(file.context, parameters, statements);
    for (int plain = 0; plain < 2; plain++) {
        rg_matcher *matcher = matcher_of(file, plain == 1);
        rg_buffer found;
        rg__buffer_init(&found, rg__default_allocator());
        put_matches(&found, put, between, matcher, graph);
        const char *text = found.data == NULL ? "" : found.data;
        if (strcmp(text, expected) != 0) {
            fail_msg("'%s', not '%s', is found with\n%s\nin (%s)\n%s", text, expected, rules, parameters, statements);
        }
        rg__buffer_free(&found);
        rg_matcher_destroy(matcher);
    }
    rg_graph_destroy(graph);
    close_rules(file);
}

void expect_rewrite(const char *rules, const char *parameters, const char *statements, const char *expected)
{
    opened_file file = open_rules(rules);
    for (int plain = 0; plain < 2; plain++) {
        rg_graph *graph = graph_of(file.context, parameters, statements);
        rg_matcher *matcher = matcher_of(file, plain == 1);
        rg_rewrite_report report;
        assert_int_equal(rg_rewrite_run(&report, matcher, graph, NULL), RG_OK);
        assert_int_equal(report.failed, 0);
        assert_int_equal(rg_graph_verify(graph), RG_OK);
        assert_string_equal(statements_of(graph), expected);
        rg_matcher_destroy(matcher);
        rg_graph_destroy(graph);
    }
    close_rules(file);
}

/* ---- with little memory ---- */

static rg_status sweep(rg_context *context, rg_rule_set *set, const sweep_job *job)
{
    rg_graph *graph = NULL;
    rg_matcher *matcher = NULL;
    rg_rewrite_report report = {0};
    rg_status status = rg_rule_set_load_text(set, rg_string_from(job->rules), rg_string_from("rules.py"));
    if (status == RG_OK) {
        graph = graph_of(context, job->parameters, job->statements);
        status = graph == NULL ? RG_ERROR_MEMORY : rg_matcher_create(&matcher, context, set);
    }
    if (status == RG_OK) {
        status = rg_rewrite_run(&report, matcher, graph, NULL);
    }
    assert_true(status != RG_OK || (report.applied == job->applied && report.failed == 0));
    rg_status verified = graph == NULL ? RG_OK : rg_graph_verify(graph);
    assert_true(verified == RG_OK || verified == RG_ERROR_MEMORY);
    status = status == RG_OK ? verified : status;
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    return status;
}

rg_status sweep_with(const rg_allocator *allocator, void *job)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    status = status == RG_OK ? rg_rule_set_create(&set, context) : status;
    status = status == RG_OK ? sweep(context, set, job) : status;
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    return status;
}
