/*
 * rule_set_case.c: see the header.
 */
#include "support/rule_set_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/document.h>

#include "base/buffer.h"

int set_up_rule_set(void **state)
{
    rule_set_case *f = calloc(1, sizeof(*f));
    assert_non_null(f);
    assert_int_equal(rg_context_create(&f->context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&f->set, f->context), RG_OK);
    *state = f;
    return 0;
}

int tear_down_rule_set(void **state)
{
    rule_set_case *f = *state;
    rg_rule_set_destroy(f->set);
    rg_context_destroy(f->context);
    free(f);
    return 0;
}

void print_all_diagnostics(const rg_context *context)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        assert_int_equal(rg_diagnostic_print(rg_context_diagnostic(context, i), rg__buffer_sink(&text)), RG_OK);
    }
    printf("%s", text.data == NULL ? "" : text.data);
    rg__buffer_free(&text);
}

void load_rules(rg_rule_set *set, rg_context *context, const char *text)
{
    rg_status status = rg_rule_set_load_text(set, rg_string_from(text), rg_string_from("rules.py"));
    print_all_diagnostics(context);
    assert_int_equal(status, RG_OK);
}

void assert_name(const rg_rule_set *set, size_t index, const char *name)
{
    assert_true(index < rg_rule_set_count(set));
    assert_string_equal(rg_rule_set_info(set, index).name.data, name);
}

char *printed(const rg_rule_set *set, rule_set_print_function print)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(print(set, rg__buffer_sink(&text)), RG_OK);
    assert_non_null(text.data);
    return text.data; /* from malloc */
}

/* One statement a line, types left out. */
static char *statements(const rg_graph *graph)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
            continue;
        }
        rg_string name = rg_op_name(rg_graph_context(graph), rg_node_op(graph, node));
        rg__buffer_append(&text, name);
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            rg__buffer_append_char(&text, ' ');
            assert_int_equal(rg_value_print(rg_graph_context(graph), graph, rg_node_argument(graph, node, i),
                                            rg__buffer_sink(&text)),
                             RG_OK);
        }
        rg__buffer_append_char(&text, '\n');
    }
    return text.data;
}

void assert_statements(const rg_graph *graph, const char *expected)
{
    char *text = statements(graph);
    assert_string_equal(text, expected);
    free(text);
}

void check_dump(const rg_rule_set *set)
{
    rg_context *context = NULL;
    rg_rule_set *again = NULL;
    char *dump = printed(set, rg_rule_set_dump);
    char *canonical = printed(set, rg_rule_set_canonical);
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&again, context), RG_OK);
    load_rules(again, context, dump);
    for (int round = 0; round < 2; round++) {
        char *canonical_again = printed(again, rg_rule_set_canonical);
        char *dump_again = printed(again, rg_rule_set_dump);
        assert_string_equal(canonical, canonical_again);
        rg_rule_set_destroy(again);
        assert_int_equal(rg_rule_set_create(&again, context), RG_OK);
        load_rules(again, context, dump_again);
        free(canonical_again);
        free(dump_again);
    }
    free(dump);
    free(canonical);
    rg_rule_set_destroy(again);
    rg_context_destroy(context);
}
