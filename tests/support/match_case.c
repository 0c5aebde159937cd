/*
 * match_case.c: see the header.
 */
#include "support/match_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/match.h>

#include "match/match_impl.h"

void add_pattern(const char *name, const char *parameters, const char *pattern)
{
    graph_rule rule = {name, parameters, pattern, pattern, 0, NULL, NULL};
    assert_int_equal(graph_rules_add(set, &rule), RG_OK);
}

/* Append a list, a match a line: "rule: nodes -> outputs". */
static size_t write_matches(char *text, size_t size, size_t used, const rg_graph *graph, const rg_match_list *list)
{
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        const rg_match *match = rg_match_list_get(list, i);
        const char *rule = set->rules.items[rg_match_rule(match)].name.data;
        used += (size_t)snprintf(text + used, size - used, "%s%s:", used == 0 ? "" : "\n", rule);
        for (size_t j = 0; j < rg_match_node_count(match); j++) {
            rg_string name = rg_node_name(graph, rg_match_node(match, j));
            used += (size_t)snprintf(text + used, size - used, " %s", name.data);
        }
        used += (size_t)snprintf(text + used, size - used, " ->");
        for (size_t j = 0; j < rg_match_output_count(match); j++) {
            rg_string name = rg_node_name(graph, rg_match_output(match, j));
            used += (size_t)snprintf(text + used, size - used, " %s", name.data);
        }
    }
    return used;
}

const char *matches_of(rg_graph *graph)
{
    static char text[4096];
    static char by_root[4096];
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    size_t used = 0;
    text[0] = by_root[0] = '\0';
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    (void)write_matches(text, sizeof(text), 0, graph, list);
    rg_match_list_destroy(list);
    for (rg_node node = rg_graph_last(graph); !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        assert_int_equal(rg_matcher_find_at(&list, matcher, graph, node), RG_OK);
        used = write_matches(by_root, sizeof(by_root), used, graph, list);
        rg_match_list_destroy(list);
    }
    assert_string_equal(by_root, text);
    rg_matcher_destroy(matcher);
    assert_int_equal(rg_context_diagnostic_count(context), 0);
    return text;
}

void expect_matches(const char *parameters, const char *statements, const char *matches)
{
    rg_graph *graph = graph_of(context, parameters, statements);
    assert_string_equal(matches_of(graph), matches);
    rg_graph_destroy(graph);
}
