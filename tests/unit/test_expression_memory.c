/*
 * test_expression_memory.c: a replacement of a pattern expression that fails for want of memory leaves the graph as it
 * was, whichever allocation fails; and several passes in one walk (BatchedPatternMatcherPass).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "support/expression_case.h"
#include "support/failing_allocator.h"
#include "support/graph_rules.h"

/* ---- memory ---- */

typedef struct memory_case {
    const char *what;
    const char *pattern;
    const char *replacement; /* a whole graph */
    const char *graph;
    const char *after; /* some statement of the result */
} memory_case;

#define GRAPH(name, inputs, body) "class " name "(torch.nn.Module):\n    def forward(self, " inputs "):\n" body

static const memory_case cases[] = {
    {"one node", "p = CallFunction(aten.add.Tensor, KeywordArg('x'), KeywordArg('y'))",
     GRAPH("R", "x, y", "        m = torch.ops.aten.mul.Tensor(y, x)\n        return m\n"),
     GRAPH("G", "a, b",
           "        # a comment\n        s = torch.ops.aten.add.Tensor(a, b)\n"
           "        t = torch.ops.aten.cat.default([s, s, a])\n        u = torch.ops.aten.neg.default(s)\n"
           "        return (t, u, s)\n"),
     "torch.ops.aten.cat.default([mul_tensor, mul_tensor, a])"},
    {"nodes that must be sorted",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.mul.Tensor, x, "
     "KeywordArg('y'))])",
     GRAPH("R", "x, y",
           "        m = torch.ops.aten.foo.default(x, y)\n        a = m[0]\n        b = m[1]\n        return (a, b)\n"),
     GRAPH("G", "a, b",
           "        n = torch.ops.aten.neg.default(a)\n        r = torch.ops.aten.relu.default(n)\n"
           "        y = torch.ops.aten.exp.default(b)\n        m = torch.ops.aten.mul.Tensor(a, y)\n"
           "        return (r, m)\n"),
     "torch.ops.aten.foo.default(a, y)"},
    {"an output that becomes None, and one that several read",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.exp.default, "
     "x)])",
     GRAPH("R", "x", "        m = torch.ops.aten.tanh.default(x)\n        return (m, None)\n"),
     GRAPH("G", "a",
           "        n = torch.ops.aten.neg.default(a)\n        e = torch.ops.aten.exp.default(a)\n"
           "        c = torch.ops.my.op.default([n, e], e)\n        d = torch.ops.my.op.default([e, n], n)\n"
           "        return (c, d, e)\n"),
     "torch.ops.my.op.default([None, tanh_default], tanh_default)"},
    {"several values for one output", "p = CallFunction(aten.topk.default, KeywordArg('x'), 2, _users=MULTIPLE)",
     GRAPH("R", "x",
           "        a = torch.ops.aten.neg.default(x)\n        b = torch.ops.aten.exp.default(x)\n"
           "        return (a, b)\n"),
     GRAPH("G", "a",
           "        t = torch.ops.aten.topk.default(a, 2)\n        g = t[0]\n        h = t[1]\n"
           "        c = torch.ops.my.op.default(h, t, [g, h])\n        return (c, g)\n"),
     "torch.ops.my.op.default(exp_default, (neg_default, exp_default), [neg_default, exp_default])"},
    {"a submodule", "p = CallFunction(aten.neg.default, KeywordArg('x'))",
     GRAPH("R", "x",
           "        body = self.body\n        m = torch.ops.higher_order.map_impl(body, [x], [])\n        a = m[0]\n"
           "        return (a,)\n\n"
           "    class body(torch.nn.Module):\n        def forward(self, y):\n"
           "            e = torch.ops.aten.exp.default(y)\n            return (e,)\n"),
     GRAPH("G", "a",
           "        n = torch.ops.aten.neg.default(a)\n        r = torch.ops.aten.relu.default(n)\n        return "
           "(r,)\n"),
     "torch.ops.higher_order.map_impl(body, [a], [])"},
};

static char *printed(rg_graph *graph)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_graph_print(graph, NULL, rg__buffer_sink(&text)), RG_OK);
    char *copy = strdup(text.data);
    rg__buffer_free(&text);
    return copy;
}

/* One application with allocation `fail_at` refused. False when the run did not need so many. */
static bool apply_with_failure(const memory_case *one, size_t fail_at)
{
    failing_allocator allocator;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_graph *replacement = NULL;
    rg_expression_pass *pass = NULL;
    rg_expression_list *list = NULL;
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    rg_expression_pass_report report;
    failing_allocator_init(&allocator);
    options.allocator = &allocator.allocator;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(one->graph), rg_string_from("g")), RG_OK);
    assert_int_equal(rg_graph_parse(&replacement, context, rg_string_from(one->replacement), rg_string_from("r")),
                     RG_OK);
    assert_int_equal(rg_expression_list_parse(&list, context, rg_string_from(one->pattern), rg_string_from("p")),
                     RG_OK);
    assert_int_equal(rg_expression_pass_create(&pass, context, NULL), RG_OK);
    entry.kind = RG_EXPRESSION_ENTRY_REPLACEMENT;
    entry.expression = rg_expression_list_get(list, 0);
    entry.replacement = replacement;
    assert_int_equal(rg_expression_pass_add(pass, &entry), RG_OK);
    char *before = printed(graph);
    size_t children = rg_graph_child_count(graph);
    allocator.fail_at = allocator.allocations + fail_at;
    rg_status status = rg_expression_pass_apply(&report, pass, graph);
    bool failed = allocator.allocations >= allocator.fail_at;
    allocator.fail_at = 0;
    char *after = printed(graph);
    assert_int_equal(rg_graph_verify(graph), RG_OK);
    if (report.matched == 0) {
        assert_int_equal(status, RG_ERROR_MEMORY);
        assert_string_equal(after, before);
        assert_int_equal(rg_graph_child_count(graph), children);
    } else if (strstr(after, one->after) == NULL) {
        fail_msg("%s, allocation %zu:\n%s", one->what, fail_at, after);
    }
    if (!failed) {
        assert_int_equal(status, RG_OK);
        assert_int_equal(report.matched, 1);
    }
    free(before);
    free(after);
    rg_expression_pass_destroy(pass);
    rg_expression_list_destroy(list);
    rg_graph_destroy(replacement);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    assert_int_equal(allocator.live_blocks, 0);
    return failed;
}

static void failed_replacements_change_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t fail_at = 1;
        while (apply_with_failure(&cases[i], fail_at)) {
            fail_at++;
        }
        assert_true(fail_at > 5);
    }
}

/* ---- several passes in one walk ---- */

static rg_status note_root(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    char *seen = user;
    (void)match;
    (void)strncat(seen, rg_node_name(graph, root).data, 63 - strlen(seen));
    (void)strncat(seen, " ", 63 - strlen(seen));
    return RG_OK;
}

static rg_expression_pass *pass_of(rg_context *context, const char *pattern, char *seen, rg_expression_list **list)
{
    rg_expression_pass *pass = NULL;
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    assert_int_equal(rg_expression_pass_create(&pass, context, NULL), RG_OK);
    *list = read_expressions(context, pattern, 1);
    entry.handler = note_root;
    entry.user = seen;
    entry.expression = rg_expression_list_get(*list, 0);
    assert_int_equal(rg_expression_pass_add(pass, &entry), RG_OK);
    return pass;
}

/* test_batched_pattern_matcher_pass: both members match, and at one node the first goes first. */
static void passes_go_together(void **state)
{
    (void)state;
    char seen[64] = "";
    char first[64] = "";
    rg_context *context = NULL;
    rg_expression_list *lists[3];
    rg_expression_pass *passes[4];
    rg_expression_pass_report report;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    passes[0] = pass_of(context, "p = CallFunction(aten.add.Tensor, Arg(), 1)", first, &lists[0]);
    passes[1] = pass_of(context, "p = CallFunction(aten.mul.Tensor, Arg(), 2)", seen, &lists[1]);
    passes[2] = pass_of(context, "p = CallFunction(aten.add.Tensor, Arg(), Ignored())", seen, &lists[2]);
    assert_int_equal(rg_expression_pass_create(&passes[3], context, NULL), RG_OK);
    rg_graph *graph = graph_of(context, "x", "a = @aten.add.Tensor(x, 1)\nm = @aten.mul.Tensor(a, 2)\nreturn m");
    assert_int_equal(rg_expression_pass_apply_batch(&report, passes, 4, graph), RG_OK);
    assert_int_equal(report.matched, 3);
    assert_int_equal(report.nodes, 3);
    assert_string_equal(first, "a ");
    assert_string_equal(seen, "m a ");
    assert_int_equal(rg_expression_pass_matched(passes[0], 0), 1);
    assert_int_equal(rg_expression_pass_matched(passes[1], 0), 1);
    rg_graph_destroy(graph);
    /* _multiple_matches: a chain of three; _empty_passes: none. */
    graph = graph_of(context, "x",
                     "a = @aten.add.Tensor(x, 1)\nb = @aten.add.Tensor(a, 1)\nc = @aten.add.Tensor(b, 1)\nreturn c");
    assert_int_equal(rg_expression_pass_apply_batch(&report, passes, 2, graph), RG_OK);
    assert_int_equal(report.matched, 3);
    assert_string_equal(first, "a c b a ");
    assert_int_equal(rg_expression_pass_apply_batch(&report, passes + 3, 1, graph), RG_OK);
    assert_int_equal(report.matched, 0);
    assert_int_equal(rg_expression_pass_apply_batch(&report, passes, 0, graph), RG_OK);
    assert_int_equal(report.matched, 0);
    rg_graph_destroy(graph);
    for (size_t i = 0; i < 4; i++) {
        rg_expression_pass_destroy(passes[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        rg_expression_list_destroy(lists[i]);
    }
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failed_replacements_change_nothing),
        cmocka_unit_test(passes_go_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
