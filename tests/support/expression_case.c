#include "support/expression_case.h"

#include <regraft/document.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "support/text_reading.h"

/* The texts handed out are copied here. */
static char kept[1 << 16];

static const char *keep(rg_buffer *buffer)
{
    assert_false(buffer->failed);
    assert_true(buffer->size < sizeof kept);
    memcpy(kept, buffer->size == 0 ? "" : buffer->data, buffer->size);
    kept[buffer->size] = '\0';
    rg__buffer_free(buffer);
    return kept;
}

rg_expression_list *read_expressions(rg_context *context, const char *text, size_t count)
{
    rg_expression_list *list = NULL;
    rg_status status = rg_expression_list_parse(&list, context, rg_string_from(text), rg_string_from("patterns.py"));
    if (status != RG_OK) {
        fail_msg("%s", printed_diagnostics(context));
    }
    assert_int_equal(rg_expression_list_count(list), count);
    return list;
}

rg_graph *plain_graph(rg_context *context, const char *parameters, const char *statements)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_format(&text, "class G(torch.nn.Module):\n    def forward(self, %s):\n        ", parameters);
    for (; *statements != '\0'; statements++) {
        if (*statements == '@') {
            rg__buffer_append_text(&text, "torch.ops.");
        } else {
            rg__buffer_append_char(&text, *statements);
            rg__buffer_append_text(&text, *statements == '\n' ? "        " : "");
        }
    }
    rg__buffer_append_char(&text, '\n');
    rg_graph *graph = read_graph(context, text.data);
    rg__buffer_free(&text);
    return graph;
}

const char *printed_expression(const rg_expression *expression)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_expression_print(expression, rg__buffer_sink(&text)), RG_OK);
    return keep(&text);
}

static void append_value(rg_buffer *out, const rg_expression_match *match, rg_value value)
{
    const rg_graph *graph = rg_expression_match_graph(match);
    if (rg_value_is_missing(value)) {
        rg__buffer_append_char(out, '-');
    } else {
        assert_int_equal(rg_value_print(rg_graph_context(graph), graph, value, rg__buffer_sink(out)), RG_OK);
    }
}

static void append_match(rg_buffer *out, const rg_expression_match *match)
{
    rg__buffer_append_text(out, "yes: ");
    for (size_t i = 0; i < rg_expression_match_node_count(match); i++) {
        rg_node node = rg_expression_match_node(match, i);
        rg__buffer_append_text(out, i > 0 ? " " : "");
        rg__buffer_append(out, rg_node_name(rg_expression_match_graph(match), node));
    }
    rg__buffer_append_text(out, " | ");
    for (size_t i = 0; i < rg_expression_match_arg_count(match); i++) {
        rg__buffer_append_text(out, i > 0 ? ", " : "");
        append_value(out, match, rg_expression_match_arg(match, i));
    }
    rg__buffer_append_text(out, " | ");
    for (size_t i = 0; i < rg_expression_match_keyword_count(match); i++) {
        rg_string name = rg_expression_match_keyword_name(match, i);
        rg__buffer_append_text(out, i > 0 ? ", " : "");
        rg__buffer_append(out, name);
        rg__buffer_append_char(out, '=');
        append_value(out, match, rg_expression_match_keyword(match, name));
    }
    rg__buffer_append_text(out, " | ");
    for (size_t i = 0; i < rg_expression_match_output_count(match); i++) {
        rg__buffer_append_text(out, i > 0 ? ", " : "");
        append_value(out, match, rg_expression_match_output(match, i));
    }
}

static void append_failure(rg_buffer *out, const rg_expression_matcher *matcher)
{
    rg_expression_failure failure = rg_expression_matcher_failure(matcher);
    rg__buffer_append_text(out, "no: ");
    if (failure.reason == RG_EXPRESSION_REASON_CONSTANT) {
        assert_int_equal(rg_expression_matcher_print_failure(matcher, rg__buffer_sink(out)), RG_OK);
        return;
    }
    for (size_t i = 0; i < failure.list_item_count; i++) {
        rg__buffer_append_format(out, "list[%u]: ", failure.list_items[i]);
    }
    rg__buffer_append_text(out, rg_expression_reason_text(failure.reason));
}

const char *expression_result(rg_context *context, const rg_expression *expression, rg_graph *graph, rg_node node)
{
    rg_expression_matcher *matcher = NULL;
    rg_buffer text;
    bool matched = false;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_expression_matcher_create(&matcher, context, expression, NULL), RG_OK);
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, node), RG_OK);
    assert_int_equal(matched, rg_expression_matcher_match(matcher) != NULL);
    if (matched) {
        append_match(&text, rg_expression_matcher_match(matcher));
    } else {
        append_failure(&text, matcher);
    }
    rg_expression_matcher_destroy(matcher);
    return keep(&text);
}
