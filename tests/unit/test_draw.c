/*
 * Drawings: what the printers write for names, matches and sides; what they make of a layout; that nothing in a graph
 * can become markup; and that every allocation may fail. The looks of DOT are in tests/golden/draw, pages in
 * tests/command/test_draw.py.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/document.h>
#include <regraft/draw.h>

#include "support/failing_allocator.h"
#include "support/graph_building.h"

static const char graph_text[] = "class GraphModule(torch.nn.Module):\n"
                                 "    def forward(self, a: \"bf16[s0, 8]\"):\n"
                                 "        sigmoid: \"bf16[s0, 8]\" = torch.ops.aten.sigmoid.default(a)\n"
                                 "        mul: \"bf16[s0, 8]\" = torch.ops.aten.mul.Tensor(a, sigmoid);  a = None\n"
                                 "        return (mul,)\n";
static const char after_text[] = "class GraphModule(torch.nn.Module):\n"
                                 "    def forward(self, a: \"bf16[s0, 8]\"):\n"
                                 "        inner: \"bf16[s0, 8]\" = torch.ops.aten.silu.default(a);  a = None\n"
                                 "        mul: \"bf16[s0, 8]\" = torch.ops.aten.clone.default(inner);  inner = None\n"
                                 "        return (mul,)\n";

/* ---- support ---- */

typedef rg_status (*printer)(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink);

/* What a printer wrote; the caller frees it. */
static rg_buffer print_with(printer print, rg_drawing *drawing, const rg_draw_options *options)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(print(drawing, options, rg__buffer_sink(&text)), RG_OK);
    return text;
}

static void assert_has(const rg_buffer *text, const char *part)
{
    if (strstr(text->data, part) == NULL) {
        fail_msg("no %s in:\n%s", part, text->data);
    }
}

static void assert_lacks(const rg_buffer *text, const char *part)
{
    if (strstr(text->data, part) != NULL) {
        fail_msg("%s in:\n%s", part, text->data);
    }
}

static rg_status write_text(rg_sink sink, const char *text)
{
    return sink.write(sink.user, text, strlen(text));
}

/* As Graphviz would: a prologue, comments, and vertices with their names as titles. */
static rg_status fake_layout(void *user, rg_string dot, rg_sink svg)
{
    assert_true(dot.size > 0 && memcmp(dot.data, "digraph", strlen("digraph")) == 0);
    (void)user;
    return write_text(svg,
                      "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<!-- made at 12:00 -->\n<svg viewBox=\"0 0 1 1\">\n"
                      "<title>regraft</title>\n<!-- n0_1 -->\n<g id=\"p0n1\"><title>n0_1</title></g>\n"
                      "<g id=\"p0e1_2\"><title>n0_1&#45;&gt;n0_2</title></g>\n"
                      "<g id=\"p0n99\"><title>n0_99</title><title>n9_0</title><title>n0_</title></g></svg>\n");
}

static rg_status fixed_layout(void *user, rg_string dot, rg_sink svg)
{
    (void)dot;
    return write_text(svg, user);
}

static rg_status failing_layout(void *user, rg_string dot, rg_sink svg)
{
    (void)dot;
    (void)svg;
    return *(const rg_status *)user;
}

typedef struct fixture {
    rg_context *context;
    rg_graph *before;
    rg_graph *after;
    rg_drawing *drawing;
    size_t sheet;
} fixture;

static rg_status set_up(fixture *all, const rg_allocator *allocator, bool both)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    memset(all, 0, sizeof(*all));
    rg_status status = rg_context_create(&all->context, &options);
    if (status == RG_OK) {
        status = rg_graph_parse(&all->before, all->context, rg_string_from(graph_text), rg_string_from("before.py"));
    }
    if (status == RG_OK && both) {
        status = rg_graph_parse(&all->after, all->context, rg_string_from(after_text), rg_string_from("after.py"));
    }
    if (status == RG_OK) {
        status = rg_drawing_create(&all->drawing, all->context, rg_string_from("graph <1>"));
    }
    return status == RG_OK ? rg_drawing_add_sheet(&all->sheet, all->drawing, rg_string_from("main"), all->before,
                                                  all->after, RG_SHEET_TWO_GRAPHS)
                           : status;
}

static void tear_down(fixture *all)
{
    rg_drawing_destroy(all->drawing);
    rg_graph_destroy(all->before);
    rg_graph_destroy(all->after);
    rg_context_destroy(all->context);
}

static rg_status add_silu(fixture *all)
{
    const rg_string nodes[] = {rg_string_from("sigmoid"), rg_string_from("mul"), rg_string_from("gone_before")};
    const rg_string outputs[] = {rg_string_from("mul")};
    rg_drawn_match match = RG_DRAWN_MATCH_INIT;
    match.sheet = all->sheet;
    match.pass = rg_string_from("rules");
    match.rule = rg_string_from("silu");
    match.instance = rg_string_from("silu[dtype=bf16]");
    match.root = rg_string_from("mul");
    match.nodes = nodes;
    match.node_count = sizeof(nodes) / sizeof(nodes[0]);
    match.outputs = outputs;
    match.output_count = 1;
    return rg_drawing_add_match(all->drawing, &match);
}

static rg_status add_miss(fixture *all)
{
    const rg_string examples[] = {rg_string_from("sigmoid"), rg_string_from("nowhere")};
    rg_drawn_miss miss = RG_DRAWN_MISS_INIT;
    miss.sheet = all->sheet;
    miss.rule = rg_string_from("gelu<");
    miss.reason = rg_string_from("op");
    miss.sentence = rg_string_from("'mul' calls mul");
    miss.graph_place = rg_string_from("graph:\na < b\n  ^");
    miss.matched = 1;
    miss.total = 2;
    miss.count = 1200;
    miss.examples = examples;
    miss.example_count = 2;
    return rg_drawing_add_miss(all->drawing, &miss);
}

/* ---- tests ---- */

static void test_page_has_everything(void **state)
{
    (void)state;
    fixture all;
    assert_int_equal(set_up(&all, NULL, true), RG_OK);
    assert_int_equal(add_silu(&all), RG_OK);
    assert_int_equal(rg_drawing_add_pass(all.drawing, rg_string_from("rules"), 1234567, 1234567890), RG_OK);
    rg_draw_options options = RG_DRAW_OPTIONS_INIT;
    options.layout = fake_layout;
    rg_buffer page = print_with(rg_drawing_print_html, all.drawing, &options);
    assert_has(&page, "<title>graph &lt;1&gt;</title>");
    assert_has(&page, "<tr><td>rules</td><td class=\"number\">1,234,567</td><td class=\"number\">1,234.56</td></tr>");
    /* before: both nodes of the match; after: its result, and what leads to it alone */
    assert_has(&page, "<li id=\"s0n1\" class=\"r0\" data-r=\"0\" data-n=\"sigmoid\" data-u=\"2\"><code>sigmoid: "
                      "&quot;bf16[s0, 8]&quot;");
    assert_has(&page, "<li id=\"s0n2\" class=\"r0\" data-r=\"0\" data-n=\"mul\" data-u=\"3\">");
    assert_has(&page, "<li id=\"s1n1\" class=\"r0\" data-r=\"0\" data-n=\"inner\" data-u=\"2\">");
    assert_has(&page, "<li id=\"s1n2\" class=\"r0\" data-r=\"0\" data-n=\"mul\" data-u=\"3\">");
    assert_has(&page, "<li id=\"s0n0\" class=\"input\" data-n=\"a\" data-u=\"1 2\">");
    assert_has(&page, "<a href=\"#s0n1\">sigmoid</a> <a href=\"#s0n2\">mul</a> gone_before");
    assert_has(&page, "silu[dtype=bf16] in rules");
    /* the layout: nothing before <svg, no comments, statements as titles of nodes and no other titles */
    assert_lacks(&page, "12:00");
    assert_lacks(&page, "<?xml");
    assert_has(
        &page,
        "<g id=\"p0n1\"><title>sigmoid: &quot;bf16[s0, 8]&quot; = torch.ops.aten.sigmoid.default(a)</title></g>\n"
        "<g id=\"p0e1_2\"></g>\n<g id=\"p0n99\"></g></svg>");
    rg_buffer again = print_with(rg_drawing_print_html, all.drawing, &options);
    assert_string_equal(page.data, again.data);
    rg__buffer_free(&page);
    rg__buffer_free(&again);
    tear_down(&all);
}

static void test_misses_in_the_page(void **state)
{
    (void)state;
    fixture all;
    assert_int_equal(set_up(&all, NULL, false), RG_OK);
    assert_int_equal(add_miss(&all), RG_OK);
    rg_drawn_miss far = RG_DRAWN_MISS_INIT;
    far.rule = rg_string_from("far");
    far.sentence = rg_string_from("no \"op\"");
    far.matched = 1;
    far.total = 4;
    assert_int_equal(rg_drawing_add_miss(all.drawing, &far), RG_OK);
    far.sheet = 1;
    assert_int_equal(rg_drawing_add_miss(all.drawing, &far), RG_ERROR_ARGUMENT);
    rg_buffer page = print_with(rg_drawing_print_html, all.drawing, NULL);
    assert_has(&page,
               "<details class=\"miss\"><summary>gelu&lt; <span class=\"reason\">op</span> &#39;mul&#39; calls mul "
               "<span class=\"count\">(1 of 2 nodes, 1,200 places)</span></summary>");
    assert_has(&page, "<p>At <a href=\"#s0n1\">sigmoid</a>, nowhere, ...</p>\n<pre>graph:\na &lt; b\n  ^</pre>");
    assert_has(&page, "Nothing near: <span title=\"no &quot;op&quot;\">far</span></p>");
    rg__buffer_free(&page);
    tear_down(&all);
}

static void test_page_without_layout(void **state)
{
    (void)state;
    fixture all;
    assert_int_equal(set_up(&all, NULL, false), RG_OK);
    rg_buffer page = print_with(rg_drawing_print_html, all.drawing, NULL);
    assert_has(&page, "No picture: this page was written without Graphviz.");
    assert_lacks(&page, "<svg");
    assert_lacks(&page, "id=\"matches\"");
    assert_lacks(&page, "id=\"passes\"");
    rg__buffer_free(&page);
    tear_down(&all);
}

static void test_layouts_that_fail(void **state)
{
    (void)state;
    fixture all;
    rg_status answer = RG_ERROR_LIMIT;
    rg_draw_options options = RG_DRAW_OPTIONS_INIT;
    rg_buffer text;
    options.layout = failing_layout;
    options.user = &answer;
    assert_int_equal(set_up(&all, NULL, false), RG_OK);
    rg_buffer page = print_with(rg_drawing_print_html, all.drawing, &options);
    assert_has(&page, "Graphviz needed too long for this picture");
    rg__buffer_free(&page);
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_drawing_print_svg(all.drawing, &options, rg__buffer_sink(&text)), RG_ERROR_LIMIT);
    answer = RG_ERROR_IO;
    assert_int_equal(rg_drawing_print_html(all.drawing, &options, rg__buffer_sink(&text)), RG_ERROR_IO);
    options.layout = fixed_layout;
    options.user = "no picture at all";
    assert_int_equal(rg_drawing_print_svg(all.drawing, &options, rg__buffer_sink(&text)), RG_ERROR_ARGUMENT);
    options.user = "";
    assert_int_equal(rg_drawing_print_html(all.drawing, &options, rg__buffer_sink(&text)), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_drawing_print_svg(all.drawing, NULL, rg__buffer_sink(&text)), RG_ERROR_ARGUMENT);
    assert_int_equal(text.size, 0);
    options.user = "<svg><!-- open <title>n0_1";
    assert_int_equal(rg_drawing_print_svg(all.drawing, &options, rg__buffer_sink(&text)), RG_OK);
    assert_has(&text, "standalone=\"no\"?>\n<svg>");
    rg__buffer_free(&text);
    tear_down(&all);
}

static void test_sides_and_colours_in_dot(void **state)
{
    (void)state;
    fixture all;
    assert_int_equal(set_up(&all, NULL, true), RG_OK);
    assert_int_equal(add_silu(&all), RG_OK);
    rg_buffer dot = print_with(rg_drawing_print_dot, all.drawing, NULL);
    assert_has(&dot, "subgraph cluster_0 {");
    assert_has(&dot, "label=<main, before: 4 nodes>");
    assert_has(&dot, "silu: 1 match</TD>");
    assert_has(&dot, "n1_1 [id=\"p1n1\", class=\"call r0\"");
    rg__buffer_free(&dot);
    tear_down(&all);
}

static void test_unknown_sheet_and_node(void **state)
{
    (void)state;
    fixture all;
    assert_int_equal(set_up(&all, NULL, false), RG_OK);
    all.sheet = 7;
    assert_int_equal(add_silu(&all), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_drawing_focus(all.drawing, rg_string_from("mull"), 1), RG_ERROR_NAME);
    assert_string_is(rg_context_diagnostic(all.context, 1)->message, "no graph that is drawn has a node 'mull'");
    assert_int_equal(rg_drawing_focus(all.drawing, rg_string_from("sigmoid"), 0), RG_OK);
    rg_buffer dot = print_with(rg_drawing_print_dot, all.drawing, NULL);
    assert_has(&dot, "n0_1 [");
    assert_lacks(&dot, "n0_2 [");
    assert_has(&dot, "i0_1 -> n0_1");
    assert_has(&dot, "n0_1 -> o0_1");
    rg__buffer_free(&dot);
    tear_down(&all);
}

/* The library refuses nodes with such names; strings, titles and names of rules can have everything that ends a text
 * somewhere, and bytes that are no UTF-8. */
static void test_hostile_text(void **state)
{
    (void)state;
    static const char evil[] =
        "</code></script><script>alert(1)</script><!-- \" ' & \\N \\\" \x01 \xff \xc3\x28 \xed\xa0\x80 ]]> -->";
    fixture all;
    assert_int_equal(set_up(&all, NULL, false), RG_OK);
    rg_graph *graph = build_graph(all.context);
    rg_node x = build_placeholder(graph, "x");
    rg_value values[] = {value_of(x), build_string(all.context, evil)};
    rg_node y = build_call(graph, "my.op.default", NULL, values, 2);
    build_output(graph, value_of(y));
    size_t sheet;
    assert_int_equal(rg_drawing_add_sheet(&sheet, all.drawing, rg_string_from(evil), graph, NULL, RG_SHEET_TWO_GRAPHS),
                     RG_OK);
    const rg_string names[] = {rg_string_from(evil)};
    rg_drawn_match match = RG_DRAWN_MATCH_INIT;
    match.sheet = sheet;
    match.pass = match.rule = match.root = names[0];
    match.instance = rg_string_from("<img src=x onerror=alert(1)>");
    match.nodes = names;
    match.node_count = 1;
    assert_int_equal(rg_drawing_add_match(all.drawing, &match), RG_OK);
    assert_int_equal(rg_drawing_add_pass(all.drawing, names[0], 1, 1), RG_OK);
    rg_draw_options options = RG_DRAW_OPTIONS_INIT;
    options.layout = fake_layout;
    for (size_t i = 0; i < 2; i++) {
        rg_buffer text = print_with(i == 0 ? rg_drawing_print_html : rg_drawing_print_dot, all.drawing, &options);
        assert_lacks(&text, "<script>alert");
        assert_lacks(&text, "</code></script>");
        assert_lacks(&text, "<img");
        assert_lacks(&text, "\x01");
        assert_lacks(&text, "\xff");
        assert_lacks(&text, "\xc3\x28");
        assert_lacks(&text, "\xed\xa0\x80");
        assert_has(&text, "&lt;/code&gt;&lt;/script&gt;");
        rg__buffer_free(&text);
    }
    rg_buffer dot = print_with(rg_drawing_print_dot, all.drawing, NULL);
    assert_lacks(&dot, " \\N"); /* which Graphviz would replace */
    rg__buffer_free(&dot);
    rg_drawing_destroy(all.drawing);
    all.drawing = NULL;
    rg_graph_destroy(graph);
    tear_down(&all);
}

static rg_status every_allocation(const rg_allocator *allocator, void *user)
{
    fixture all;
    rg_buffer text;
    rg_draw_options options = RG_DRAW_OPTIONS_INIT;
    options.layout = fake_layout;
    options.max_nodes = *(const uint32_t *)user;
    rg__buffer_init(&text, rg__default_allocator());
    rg_status status = set_up(&all, allocator, true);
    status = status == RG_OK ? add_silu(&all) : status;
    status = status == RG_OK ? rg_drawing_add_pass(all.drawing, rg_string_from("rules"), 1, 1) : status;
    status = status == RG_OK ? add_miss(&all) : status;
    status = status == RG_OK ? rg_drawing_print_html(all.drawing, &options, rg__buffer_sink(&text)) : status;
    status = status == RG_OK ? rg_drawing_focus(all.drawing, rg_string_from("mul"), 2) : status;
    status = status == RG_OK ? rg_drawing_print_svg(all.drawing, &options, rg__buffer_sink(&text)) : status;
    tear_down(&all);
    rg__buffer_free(&text);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    uint32_t whole = 400;
    uint32_t part = 3; /* looks for repeated parts, and cuts */
    assert_true(failing_allocator_exhaust(every_allocation, &whole) > 20);
    assert_true(failing_allocator_exhaust(every_allocation, &part) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_has_everything),
        cmocka_unit_test(test_misses_in_the_page),
        cmocka_unit_test(test_page_without_layout),
        cmocka_unit_test(test_layouts_that_fail),
        cmocka_unit_test(test_sides_and_colours_in_dot),
        cmocka_unit_test(test_unknown_sheet_and_node),
        cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
