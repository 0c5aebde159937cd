#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "support/infer_case.h"

enum { TEXT_SIZE = 4096 };

/* Text with a fixed room; what does not fit fails the test. */
typedef struct fixed_text {
    char data[TEXT_SIZE];
    size_t size;
} fixed_text;

static rg_status append(void *user, const char *data, size_t size)
{
    fixed_text *text = user;
    assert_true(text->size + size < TEXT_SIZE);
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
    return RG_OK;
}

static void append_type(const rg_context *context, rg_type type, fixed_text *text)
{
    rg_sink sink = {append, text};
    rg_type_print_options options = {.strides = true, .device = true};
    switch (rg_type_get_kind(context, type)) {
    case RG_TYPE_UNKNOWN:
        append(text, "?", 1);
        break;
    case RG_TYPE_NOTHING:
        append(text, "None", 4);
        break;
    case RG_TYPE_TUPLE:
        append(text, "(", 1);
        for (size_t i = 0; i < rg_type_item_count(context, type); i++) {
            append(text, ", ", i == 0 ? 0 : 2);
            append_type(context, rg_type_item(context, type, i), text);
        }
        append(text, ")", 1);
        break;
    default:
        assert_int_equal(rg_type_print(context, type, options, sink), RG_OK);
        break;
    }
}

static rg_graph *parse(rg_context *context, const char *text)
{
    rg_graph *graph = NULL;
    rg_status status = rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("case.py"));
    for (size_t i = 0; status != RG_OK && i < rg_context_diagnostic_count(context); i++) {
        print_error("%s\n%s\n", text, rg_context_diagnostic(context, i)->message.data);
    }
    assert_int_equal(status, RG_OK);
    return graph;
}

static void infer_text(rg_context *context, const infer_case *row, fixed_text *out)
{
    char text[TEXT_SIZE];
    rg_type type = {0};
    int written = snprintf(text, sizeof(text),
                           "class GraphModule(torch.nn.Module):\n    def forward(self, %s):\n"
                           "        result = torch.ops.%s\n        return (result,)\n",
                           row->inputs, row->call);
    assert_true(written > 0 && (size_t)written < sizeof(text));
    rg_graph *graph = parse(context, text);
    if (rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("result"))) == RG_OK) {
        append_type(context, type, out);
    } else {
        size_t count = rg_context_diagnostic_count(context);
        append(out, "error: ", 7);
        if (count > 0) {
            rg_string message = rg_context_diagnostic(context, count - 1)->message;
            append(out, message.data, message.size);
        }
    }
    rg_graph_destroy(graph);
}

static bool is_expected(const char *expected, const char *actual)
{
    if (strncmp(expected, "error: ", 7) == 0) {
        return strncmp(actual, "error: ", 7) == 0 && strstr(actual, expected + 7) != NULL;
    }
    return strcmp(expected, actual) == 0;
}

void check_infer_cases(const infer_case *cases, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        rg_context *context = NULL;
        fixed_text actual = {.size = 0};
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        infer_text(context, &cases[i], &actual);
        rg_context_destroy(context);
        if (!is_expected(cases[i].expected, actual.data)) {
            print_error("%s\n    gives    %s\n    expected %s\n", cases[i].call, actual.data, cases[i].expected);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static rg_status show_difference(void *user, const rg_graph *graph, rg_node node, rg_type inferred)
{
    fixed_text actual = {.size = 0};
    rg_string name = rg_node_name(graph, node);
    (void)user;
    append_type(rg_graph_context(graph), inferred, &actual);
    print_error("%.*s: inferred %s\n", (int)name.size, name.data, actual.data);
    return RG_OK;
}

void check_infer_graph(const char *text)
{
    rg_context *context = NULL;
    rg_infer_report report;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *graph = parse(context, text);
    assert_int_equal(rg_graph_infer_check(&report, graph, show_difference, NULL), RG_OK);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    assert_true(report.checked > 0);
    assert_int_equal(report.agree, report.checked);
}
