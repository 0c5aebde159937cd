/*
 * Tests of rewriting: placing, rewiring, sizes, names, sweeps. Names such as A1 and (d)9 are cases of the field reports
 * that the project collected; doc/matching.md states the laws.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/document.h>
#include <regraft/rewrite.h>

#include "ir/layout.h"
#include "support/graph_building.h"
#include "support/graph_rules.h"

static rg_context *context;
static rg_rule_set *set;

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    set = graph_rules_create(context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    graph_rules_destroy(set);
    rg_context_destroy(context);
    return 0;
}

static void add(const char *name, const char *parameters, const char *pattern, const char *replacement)
{
    graph_rule rule = {name, parameters, pattern, replacement, 0, NULL, NULL};
    rg_status status = graph_rules_add(set, &rule);
    if (status != RG_OK && rg_context_diagnostic_count(context) > 0) {
        fail_msg("%s", rg_context_diagnostic(context, 0)->message.data);
    }
    assert_int_equal(status, RG_OK);
}

static rg_rewrite_report run(rg_graph *graph, const rg_rewrite_options *options, rg_status expected)
{
    rg_matcher *matcher = NULL;
    rg_rewrite_report report;
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_rewrite_run(&report, matcher, graph, options), expected);
    rg_matcher_destroy(matcher);
    assert_graph_holds(graph);
    return report;
}

/* One sweep over a graph gives these statements after so many rewrites. */
static void expect(const char *parameters, const char *before, size_t applied, const char *after)
{
    rg_graph *graph = graph_of(context, parameters, before);
    rg_rewrite_report report = run(graph, NULL, RG_OK);
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

static void expect_untouched(const char *parameters, const char *statements)
{
    expect(parameters, statements, 0, statements);
}

#define F4  "'f32[4]'"
#define F44 "'f32[4, 4]'"
#define PQ  "p: " F4 ", q: " F4

/* ---- law 7: everything is rewired ---- */

static void all_readers_see_the_new_value(void **state)
{
    (void)state;
    add("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    expect("p: " F4,
           "s = @aten.sigmoid.default(p)\na = @aten.add.Tensor(s, s)\nc = @aten.cat.default([p, s])\nreturn (a, c, s)",
           1, "s = @aten.exp.default(p)\na = @aten.add.Tensor(s, s)\nc = @aten.cat.default([p, s])\nreturn (a, c, s)");
}

static void tuples_are_rewired(void **state)
{
    (void)state;
    /* A3, (d)2 */
    const char *inputs = "x, w, s";
    add("r", inputs, "t = @my.norm_pair.default(x, w)\nn = t[0]\nv = t[1]\nq = @my.quant.default(n, s)\nreturn (q, v)",
        "f = @my.norm_quant.default(x, w, s)\nq = f[0]\nv = f[1]\nreturn (q, v)");
    expect(inputs, "t = @my.norm_pair.default(x, w)\nn = t[0]\nv = t[1]\nq = @my.quant.default(n, s)\nreturn (q, v)", 1,
           "norm_quant_default = @my.norm_quant.default(x, w, s)\nq = norm_quant_default[0]\nv = "
           "norm_quant_default[1]\nreturn (q, v)");
    /* twin: the inner value is returned too */
    expect_untouched(
        inputs, "t = @my.norm_pair.default(x, w)\nn = t[0]\nv = t[1]\nq = @my.quant.default(n, s)\nreturn (q, v, n)");
}

static void a_result_may_be_a_tuple(void **state)
{
    (void)state;
    add("r", "x", "n = @aten.neg.default(x)\nt = @my.pair.default(n)\nreturn t",
        "t = @my.neg_pair.default(x)\nreturn t");
    expect("p", "n = @aten.neg.default(p)\nt = @my.pair.default(n)\na = t[0]\nb = t[1]\nreturn (a, b)", 1,
           "t = @my.neg_pair.default(p)\na = t[0]\nb = t[1]\nreturn (a, b)");
}

static void a_result_may_become_an_input(void **state)
{
    (void)state;
    /* A11, A12 */
    add("r", "x", "u = @aten.unsqueeze.default(x, 0)\ns = @aten.squeeze.dim(u, 0)\nreturn s", "return x");
    expect("p: " F4,
           "z = @aten.relu.default(p)\nu = @aten.unsqueeze.default(z, 0)\ns = @aten.squeeze.dim(u, 0)\nreturn s", 1,
           "z = @aten.relu.default(p)\nreturn z");
}

static void an_input_may_become_a_result(void **state)
{
    (void)state;
    /* inductor-matcher G4: the replacement keeps reading the input, later readers read its new version. */
    add("r", "x, y", "a = @aten.add.Tensor(x, y)\nreturn (a, x)",
        "m = @aten.mul.Tensor(x, y)\nn = @aten.mul.Tensor(m, y)\nreturn (m, n)");
    expect(PQ,
           "e = @aten.exp.default(p)\nadd = @aten.add.Tensor(p, q)\nsub = @aten.sub.Tensor(add, p)\nreturn (sub, e)", 1,
           "e = @aten.exp.default(p)\nadd = @aten.mul.Tensor(p, q)\nmul_tensor = @aten.mul.Tensor(add, q)\n"
           "sub = @aten.sub.Tensor(add, mul_tensor)\nreturn (sub, e)");
}

static void a_result_and_an_input_may_change_places(void **state)
{
    (void)state;
    add("r", "x, y", "a = @aten.add.Tensor(x, y)\nreturn (a, x)", "n = @aten.neg.default(y)\nreturn (x, n)");
    expect(PQ, "add = @aten.add.Tensor(p, q)\nsub = @aten.sub.Tensor(add, p)\nreturn sub", 1,
           "neg_default = @aten.neg.default(q)\nsub = @aten.sub.Tensor(p, neg_default)\nreturn sub");
}

static void two_results_may_become_one_node(void **state)
{
    (void)state;
    /* A7: duplicates are merged. */
    add("r", "x", "a = @aten.reshape.default(x, [4])\nb = @aten.reshape.default(x, [4])\nreturn (a, b)",
        "r = @aten.reshape.default(x, [4])\nreturn (r, r)");
    expect("p: 'f32[2, 2]'",
           "a = @aten.reshape.default(p, [4])\nb = @aten.reshape.default(p, [4])\nc = @aten.add.Tensor(a, b)\nreturn c",
           1, "b = @aten.reshape.default(p, [4])\nc = @aten.add.Tensor(b, b)\nreturn c");
}

static void a_result_may_be_returned_twice(void **state)
{
    (void)state;
    add("r", "x", "a = @aten.neg.default(x)\nreturn (a, a)", "a = @aten.abs.default(x)\nreturn (a, a)");
    expect("p", "n = @aten.neg.default(p)\nr = @aten.relu.default(n)\nreturn r", 1,
           "n = @aten.abs.default(p)\nr = @aten.relu.default(n)\nreturn r");
}

static void names_types_and_comments_stay(void **state)
{
    (void)state;
    /* B6: the interface of the graph is what it was. */
    static const char text[] = "class G(torch.nn.Module):\n"
                               "    def forward(self, x: \"f32[n][1]cpu\"):\n"
                               "        # one\n"
                               "        neg: \"f32[n][1]cpu\" = torch.ops.aten.neg.default(x);  x = None\n"
                               "\n"
                               "        # two\n"
                               "        Y: \"f32[n][1]cpu\" = torch.ops.aten.relu.default(neg);  neg = None\n"
                               "        return (Y,)\n";
    rg_graph *graph = NULL;
    rg_buffer printed;
    add("r", "x", "n = @aten.neg.default(x)\nr = @aten.relu.default(n)\nreturn r", "r = @my.rn.default(x)\nreturn r");
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("test")), RG_OK);
    assert_int_equal(run(graph, NULL, RG_OK).applied, 1);
    rg__buffer_init(&printed, rg__default_allocator());
    assert_int_equal(rg_graph_print(graph, NULL, rg__buffer_sink(&printed)), RG_OK);
    assert_string_equal(printed.data, "class G(torch.nn.Module):\n"
                                      "    def forward(self, x: \"f32[n][1]cpu\"):\n"
                                      "        # one\n"
                                      "\n"
                                      "        # two\n"
                                      "        Y: \"f32[n][1]cpu\" = torch.ops.my.rn.default(x);  x = None\n"
                                      "        return (Y,)\n");
    rg__buffer_free(&printed);
    rg_graph_destroy(graph);
}

static void comments_survive_without_new_nodes(void **state)
{
    (void)state;
    rg_graph *graph = graph_of(
        context, "p: " F4, "n = @aten.neg.default(p)\nm = @aten.neg.default(n)\ns = @aten.sin.default(m)\nreturn s");
    add("r", "x", "a = @aten.neg.default(x)\nb = @aten.neg.default(a)\nreturn b", "return x");
    assert_int_equal(rg__layout_set_text(graph, rg_graph_find(graph, rg_string_from("n")), RG_LAYOUT_LEADING,
                                         rg_string_from("        # kept\n")),
                     RG_OK);
    assert_int_equal(run(graph, NULL, RG_OK).applied, 1);
    rg_string text = rg__layout_text(graph, rg_graph_find(graph, rg_string_from("s")), RG_LAYOUT_LEADING);
    assert_true(rg_string_equal(text, rg_string_from("        # kept\n")));
    rg_graph_destroy(graph);
}

/* ---- law 4: order ---- */

static void a_late_input_moves_the_readers(void **state)
{
    (void)state;
    /* A1, (d)1 */
    add("r", "a, b, c", "x = @aten.add.Tensor(a, b)\ny = @aten.add.Tensor(x, c)\nreturn (x, y)",
        "f = @my.fused2.default(a, b, c)\nx = f[0]\ny = f[1]\nreturn (x, y)");
    const char *parameters = "a: " F4 ", b: " F4 ", d: " F4;
    expect(parameters,
           "x = @aten.add.Tensor(a, b)\nu = @aten.relu.default(x)\nc = @aten.exp.default(d)\n"
           "y = @aten.add.Tensor(x, c)\nreturn (u, y)",
           1,
           "c = @aten.exp.default(d)\nfused2_default = @my.fused2.default(a, b, c)\nx = fused2_default[0]\ny = "
           "fused2_default[1]\n"
           "u = @aten.relu.default(x)\nreturn (u, y)");
    /* twin: the late input depends on the early reader */
    expect_untouched(parameters, "x = @aten.add.Tensor(a, b)\nu = @aten.relu.default(x)\nc = @aten.exp.default(u)\n"
                                 "y = @aten.add.Tensor(x, c)\nreturn (u, y)");
}

static void a_late_chain_stays_before_the_new_nodes(void **state)
{
    (void)state;
    /* A2 */
    add("r", "t, p", "h = @aten.neg.default(p)\nk = @aten.add.Tensor(t, h)\nreturn (h, k)",
        "f = @my.neg_add.default(p, t)\nh = f[0]\nk = f[1]\nreturn (h, k)");
    expect(PQ,
           "h = @aten.neg.default(p)\nr = @aten.exp.default(h)\nw = @aten.sin.default(r)\ns = @aten.abs.default(q)\n"
           "t = @aten.mul.Tensor(s, 2)\nk = @aten.add.Tensor(t, h)\nm = @aten.mul.Tensor(w, k)\nreturn m",
           1,
           "s = @aten.abs.default(q)\nt = @aten.mul.Tensor(s, 2)\nneg_add_default = @my.neg_add.default(p, t)\nh = "
           "neg_add_default[0]\n"
           "k = neg_add_default[1]\nr = @aten.exp.default(h)\nw = @aten.sin.default(r)\nm = @aten.mul.Tensor(w, "
           "k)\nreturn m");
}

static void effects_keep_their_order(void **state)
{
    (void)state;
    add("r", "a, b, c", "x = @aten.add.Tensor(a, b)\ny = @aten.add.Tensor(x, c)\nreturn (x, y)",
        "f = @my.fused2.default(a, b, c)\nx = f[0]\ny = f[1]\nreturn (x, y)");
    /* The reader draws random numbers and would have to move behind another draw. */
    expect_untouched("a: " F4 ", b: " F4 ", d: " F4,
                     "x = @aten.add.Tensor(a, b)\nu = @aten.bernoulli.default(x)\nc = @aten.bernoulli.default(d)\n"
                     "y = @aten.add.Tensor(x, c)\nreturn (u, y)");
}

static void results_that_follow_each_other_are_replaced_apart(void **state)
{
    (void)state;
    add("r", "x, y", "a = @aten.relu.default(x)\nb = @aten.relu.default(y)\nreturn (a, b)",
        "a = @aten.gelu.default(x)\nb = @aten.gelu.default(y)\nreturn (a, b)");
    expect("p: " F4, "a = @aten.relu.default(p)\nm = @aten.sin.default(a)\nb = @aten.relu.default(m)\nreturn b", 1,
           "a = @aten.gelu.default(p)\nm = @aten.sin.default(a)\nb = @aten.gelu.default(m)\nreturn b");
}

static void groups_share_what_the_first_one_makes(void **state)
{
    (void)state;
    /* Both results need `n`; the second one's other input depends on the first result. */
    add("r", "x, y, z", "a = @aten.add.Tensor(x, z)\nb = @aten.mul.Tensor(y, z)\nreturn (a, b)",
        "n = @aten.neg.default(z)\na = @aten.sub.Tensor(x, n)\nb = @aten.div.Tensor(y, n)\nreturn (a, b)");
    expect(
        PQ,
        "a = @aten.add.Tensor(p, q)\ns = @aten.sin.default(a)\nb = @aten.mul.Tensor(s, q)\nc = @aten.cos.default(b)\n"
        "return c",
        1,
        "neg_default = @aten.neg.default(q)\na = @aten.sub.Tensor(p, neg_default)\ns = @aten.sin.default(a)\n"
        "b = @aten.div.Tensor(s, neg_default)\nc = @aten.cos.default(b)\nreturn c");
}

static void match_and_rewrite_agree_on_the_diamond(void **state)
{
    (void)state;
    /* A8 */
    add("r", "a, b",
        "n0 = @aten.add.Tensor(a, b)\nn1 = @aten.add.Tensor(a, n0)\nn2 = @aten.add.Tensor(n1, n0)\nreturn n2",
        "f = @my.F.default(a, b)\nreturn f");
    expect("x: " F4 ", y: " F4,
           "yy = @aten.add.Tensor(y, y)\nn0 = @aten.add.Tensor(x, yy)\nn1 = @aten.add.Tensor(x, n0)\n"
           "out = @aten.add.Tensor(n1, n0)\nreturn out",
           1, "yy = @aten.add.Tensor(y, y)\nout = @my.F.default(x, yy)\nreturn out");
}

/* ---- sizes, scalars, devices, types ---- */

static void sizes_come_from_the_match(void **state)
{
    (void)state;
    add("r", "x: 'f32[u0, 2*u1]'", "n = @aten.neg.default(x)\ns = @my.half.default(n, u1)\nreturn s",
        "e = @aten.empty.memory_format([u0, u1], dtype = torch.float16)\nf = @my.fill.default(e, x)\nreturn f");
    /* numbers */
    expect("a: 'f32[3, 8]'", "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn s", 1,
           "empty_memory_format = @aten.empty.memory_format([3, 4], dtype = torch.float16)\ns = "
           "@my.fill.default(empty_memory_format, a)\nreturn s");
    /* a placeholder that is the size */
    expect("n0: 'Sym(s0)', a: 'f32[s0, 8]'", "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn s", 1,
           "empty_memory_format = @aten.empty.memory_format([n0, 4], dtype = torch.float16)\ns = "
           "@my.fill.default(empty_memory_format, a)\nreturn s");
    /* a dimension of an input */
    expect("a: 'f32[s0, 8]'", "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn s", 1,
           "sym_size_int = @aten.sym_size.int(a, 0)\n"
           "empty_memory_format = @aten.empty.memory_format([sym_size_int, 4], dtype = torch.float16)\n"
           "s = @my.fill.default(empty_memory_format, a)\nreturn s");
    /* an earlier node; a later one does not do */
    expect(
        "a: 'f32[s0, 8]'",
        "z = @aten.sym_size.int(a, 0)\nn = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn (s, z)", 1,
        "z = @aten.sym_size.int(a, 0)\nempty_memory_format = @aten.empty.memory_format([z, 4], dtype = torch.float16)\n"
        "s = @my.fill.default(empty_memory_format, a)\nreturn (s, z)");
    expect("a: 'f32[s0, 8]'",
           "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nz = @aten.sym_size.int(a, 0)\nreturn (s, z)", 1,
           "sym_size_int = @aten.sym_size.int(a, 0)\n"
           "empty_memory_format = @aten.empty.memory_format([sym_size_int, 4], dtype = torch.float16)\n"
           "s = @my.fill.default(empty_memory_format, a)\nz = @aten.sym_size.int(a, 0)\nreturn (s, z)");
}

static void sizes_are_computed_as_the_rule_says(void **state)
{
    (void)state;
    add("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
        "v = @my.padded.default(x, [u0 + 1, 2*u1, u0*u1, u0//2, u0 % 4])\nreturn v");
    expect("a: 'f32[s0, 8]'", "n = @aten.neg.default(a)\nreturn n", 1,
           "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\nmul = sym_size_int * 8\n"
           "floordiv = sym_size_int // 2\nmod = sym_size_int % 4\n"
           "n = @my.padded.default(a, [add, 16, mul, floordiv, mod])\nreturn n");
    /* The product is a dimension of nothing, its factors are. */
    expect(
        "a: 'f32[s0*s1, 2*s2]'", "n = @aten.neg.default(a)\nreturn n", 1,
        "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\nsym_size_int_1 = @aten.sym_size.int(a, 1)\n"
        "mul = 2 * sym_size_int_1\nmul_1 = sym_size_int * sym_size_int_1\nfloordiv = sym_size_int // 2\n"
        "mod = sym_size_int % 4\nn = @my.padded.default(a, [add, mul, mul_1, floordiv, mod])\nreturn n");
}

static void sizes_are_taken_apart_where_the_rule_does_not_say(void **state)
{
    (void)state;
    /* u1 is solved for: 2*u1 is 4*s0 + 2, so u1 is 2*s0 + 1, which is no dimension; s0 is. */
    add("r", "x: 'f32[u0, 2*u1]'", "n = @aten.neg.default(x)\nreturn n", "v = @my.cut.default(x, u1)\nreturn v");
    expect("a: 'f32[s0, 4*s0 + 2]'", "n = @aten.neg.default(a)\nreturn n", 1,
           "sym_size_int = @aten.sym_size.int(a, 0)\nmul = 2 * sym_size_int\nadd = mul + 1\n"
           "n = @my.cut.default(a, add)\nreturn n");
}

static void sizes_of_every_form_can_be_computed(void **state)
{
    (void)state;
    add("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
        "v = @my.shapes.default(x, [u0 - 1, u0 - u1, u0*u0*u1, 2 - u0, Max(u0, u1, 7)])\nreturn v");
    expect("a: 'f32[s0, s1]'", "n = @aten.neg.default(a)\nreturn n", 1,
           "sym_size_int = @aten.sym_size.int(a, 0)\nsub = sym_size_int - 1\n"
           "sym_size_int_1 = @aten.sym_size.int(a, 1)\nsub_1 = sym_size_int - sym_size_int_1\n"
           "mul = sym_size_int * sym_size_int_1\nmul_1 = sym_size_int * mul\nsub_2 = 2 - sym_size_int\n"
           "sym_max = torch.sym_max(7, sym_size_int)\nsym_max_1 = torch.sym_max(sym_max, sym_size_int_1)\n"
           "n = @my.shapes.default(a, [sub, sub_1, mul_1, sub_2, sym_max_1])\nreturn n");
}

static void an_int_known_by_a_dimension_is_a_size(void **state)
{
    (void)state;
    add("r", "x: 'f32[n, 4]', n: 'int'", "m = @aten.neg.default(x)\nreturn m",
        "k = n + 1\nv = @my.cut.default(x, n, k)\nreturn v");
    expect("a: 'f32[3, 4]'", "m = @aten.neg.default(a)\nreturn m", 1, "m = @my.cut.default(a, 3, 4)\nreturn m");
    expect("a: 'f32[s0, 4]'", "m = @aten.neg.default(a)\nreturn m", 1,
           "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\n"
           "m = @my.cut.default(a, sym_size_int, add)\nreturn m");
}

static void sizes_of_groups_come_from_their_own_inputs(void **state)
{
    (void)state;
    /* The second result's size must not be taken from the tensor that depends on it. */
    add("r", "x: 'f32[u0]', y: 'f32[u1]'", "a = @aten.relu.default(x)\nb = @aten.relu.default(y)\nreturn (a, b)",
        "a = @my.gelu.default(x, u0)\nb = @my.gelu.default(y, u1)\nreturn (a, b)");
    expect("p: 'f32[s0]'",
           "a = @aten.relu.default(p)\nc = @aten.cat.default([a, a])\nb = @aten.relu.default(c)\nreturn b", 1,
           "sym_size_int = @aten.sym_size.int(p, 0)\na = @my.gelu.default(p, sym_size_int)\n"
           "c = @aten.cat.default([a, a])\nsym_size_int_1 = @aten.sym_size.int(c, 0)\n"
           "b = @my.gelu.default(c, sym_size_int_1)\nreturn b");
}

static void effects_of_both_sides_are_replaced(void **state)
{
    (void)state;
    add("r", "x", "n = @aten.neg.default(x)\nl = @my.log.default(n)\nreturn n",
        "n = @aten.abs.default(x)\nl = @my.note.default(x, n)\nreturn n");
    expect("p: " F4, "n = @aten.neg.default(p)\nl = @my.log.default(n)\nreturn n", 1,
           "n = @aten.abs.default(p)\nnote_default = @my.note.default(p, n)\nreturn n");
}

static void attributes_are_copied(void **state)
{
    (void)state;
    add("r", "x", "w = self.a.weight\nm = @aten.mul.Tensor(x, w)\nreturn m",
        "v = self.a.weight\nm = @my.scaled.default(x, v)\nreturn m");
    expect("p: " F4, "w = self.a.weight\nm = @aten.mul.Tensor(p, w)\nreturn m", 1,
           "a_weight = self.a.weight\nm = @my.scaled.default(p, a_weight)\nreturn m");
}

static void a_device_that_is_not_known_is_told(void **state)
{
    (void)state;
    static const char statements[] = "n = @my.neg.default(a)\nreturn n";
    add("r", "x", "n = @my.neg.default(x)\nreturn n",
        "e = @aten.empty.memory_format([4], device = device(type='$device'))\nn = @my.fill.default(e, x)\nreturn n");
    rg_graph *graph = graph_of(context, "a", statements);
    assert_int_equal(run(graph, NULL, RG_OK).failed, 1);
    assert_string_equal(statements_of(graph), statements);
    assert_string_is(rg_context_diagnostic(context, 0)->message,
                     "rule 'r': the replacement needs the device, which no captured tensor shows");
    rg_graph_destroy(graph);
}

static void a_size_that_cannot_be_computed_leaves_the_graph(void **state)
{
    (void)state;
    static const char statements[] = "n = @aten.neg.default(a)\nreturn n";
    add("r", "x: 'f32[2*u1]'", "n = @aten.neg.default(x)\nreturn n", "v = @my.cut.default(x, u1)\nreturn v");
    rg_graph *graph = graph_of(context, "a: 'f32[2*s0*s1]'", statements);
    rg_rewrite_report report = run(graph, NULL, RG_OK);
    assert_int_equal(report.applied, 0);
    assert_int_equal(report.failed, 1);
    assert_string_equal(statements_of(graph), statements);
    assert_int_equal(rg_context_diagnostic_count(context), 1);
    assert_string_is(rg_context_diagnostic(context, 0)->message,
                     "rule 'r': the size u1 of the replacement cannot be computed from what the match captured");
    rg_graph_destroy(graph);
}

static void scalars_and_devices_are_put_in(void **state)
{
    (void)state;
    add("r", "x: 'f32[u0]xla', p: 'float', d: 'dtype', n: 'int', l: 'int[]'",
        "a = @my.one.default(x, p, d)\nb = @my.two.default(a, n, l)\nreturn b",
        "q = 1 - p\nm = n + 1\nf = l[0]\n"
        "e = @aten.empty.memory_format([n, 2], dtype = d, device = device(type='$device'))\n"
        "b = @my.three.default(x, e, q, m, f, l)\nreturn b");
    expect("a: 'f32[4][1]cuda:1'",
           "b = @my.one.default(a, 0.25, torch.float16)\nc = @my.two.default(b, 3, [5, 6])\nreturn c", 1,
           "empty_memory_format = @aten.empty.memory_format([3, 2], dtype = torch.float16, device = "
           "device(type='cuda', index=1))\n"
           "c = @my.three.default(a, empty_memory_format, 0.75, 4, 5, [5, 6])\nreturn c");
    /* The int is a node: arithmetic on it becomes one. */
    expect("a: 'f32[4][1]cuda:1', k: 'Sym(s0)'",
           "b = @my.one.default(a, 0.25, torch.float16)\nc = @my.two.default(b, k, [k, 6])\nreturn c", 1,
           "add = k + 1\n"
           "empty_memory_format = @aten.empty.memory_format([k, 2], dtype = torch.float16, device = "
           "device(type='cuda', index=1))\n"
           "c = @my.three.default(a, empty_memory_format, 0.75, add, k, [k, 6])\nreturn c");
}

static void new_nodes_have_types(void **state)
{
    (void)state;
    add("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
        "t = @aten.permute.default(x, [1, 0])\no = @my.opaque.default(t)\nreturn o");
    rg_graph *graph = graph_of(context, "a: 'f32[s0, 8][8, 1]cuda:0'", "n = @aten.neg.default(a)\nreturn n");
    rg_buffer text;
    assert_int_equal(run(graph, NULL, RG_OK).applied, 1);
    rg__buffer_init(&text, rg__default_allocator());
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        assert_int_equal(rg_type_print(context, rg_node_type(graph, node), (rg_type_print_options){true, true},
                                       rg__buffer_sink(&text)),
                         RG_OK);
        rg__buffer_append_char(&text, '\n');
    }
    /* The result of an op that nobody knows keeps the type of what it replaces. */
    assert_string_equal(text.data, "f32[s0, 8][8, 1]cuda:0\nf32[8, s0][1, 8]cuda:0\nf32[s0, 8][8, 1]cuda:0\n?\n");
    rg__buffer_free(&text);
    rg_graph_destroy(graph);
}

/* ---- sweeps ---- */

static void touching_matches_all_apply(void **state)
{
    (void)state;
    /* (d)9, A9: the list element is remapped */
    add("r", "x, y, d: 'int'", "c = @aten.cat.default([x, y], d)\nreturn c",
        "c = @my.cat.default([x, y], d)\nreturn c");
    expect("a: " F44 ", b: " F44 ", c: " F44,
           "u = @aten.cat.default([a, b], 1)\nv = @aten.cat.default([u, c], 1)\nreturn v", 2,
           "u = @my.cat.default([a, b], 1)\nv = @my.cat.default([u, c], 1)\nreturn v");
}

static void chains_are_rewritten_whole(void **state)
{
    (void)state;
    /* A10 */
    add("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    expect("p: " F4,
           "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.sigmoid.default(b)\nreturn c", 3,
           "a = @aten.exp.default(p)\nb = @aten.exp.default(a)\nc = @aten.exp.default(b)\nreturn c");
}

static void rules_follow_each_other_in_one_sweep(void **state)
{
    (void)state;
    /* A13 */
    add("ab", "x", "a = @my.A.default(x)\nb = @my.B.default(a)\nreturn b", "r = @my.AB.default(x)\nreturn r");
    add("cd", "x", "a = @my.C.default(x)\nb = @my.D.default(a)\nreturn b", "r = @my.CD.default(x)\nreturn r");
    expect("p", "a = @my.A.default(p)\nb = @my.B.default(a)\nc = @my.C.default(b)\nd = @my.D.default(c)\nreturn d", 2,
           "b = @my.AB.default(p)\nd = @my.CD.default(b)\nreturn d");
}

static void new_nodes_wait_for_the_next_sweep(void **state)
{
    (void)state;
    /* A17, A15: what a replacement makes is not visited, but earlier nodes may match on it. */
    add("half", "x", "a = @my.four.default(x)\nreturn a", "b = @my.two.default(x)\nc = @my.two.default(b)\nreturn c");
    add("one", "x", "a = @my.two.default(x)\nreturn a", "b = @my.one.default(x)\nreturn b");
    expect("p", "a = @my.four.default(p)\nreturn a", 1,
           "two_default = @my.two.default(p)\na = @my.two.default(two_default)\nreturn a");
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    rg_graph *graph = graph_of(context, "p", "a = @my.four.default(p)\nreturn a");
    assert_int_equal(run(graph, &options, RG_OK).applied, 3);
    assert_string_equal(statements_of(graph),
                        "two_default = @my.one.default(p)\na = @my.one.default(two_default)\nreturn a");
    rg_graph_destroy(graph);
}

static void a_rewrite_can_make_an_earlier_root_match(void **state)
{
    (void)state;
    /* The op that `up` looks for is in no graph before `down` has made it. */
    add("down", "x", "a = @my.late.default(x)\nreturn a", "b = @my.made.default(x)\nreturn b");
    add("up", "x", "a = @my.early.default(x)\nb = @my.made.default(a)\nreturn (a, b)",
        "f = @my.both.default(x)\na = f[0]\nb = f[1]\nreturn (a, b)");
    expect("p", "a = @my.early.default(p)\nb = @my.late.default(a)\nreturn b", 2,
           "both_default = @my.both.default(p)\na = both_default[0]\nb = both_default[1]\nreturn b");
}

static void larger_rules_go_first_in_any_order(void **state)
{
    (void)state;
    /* (d)10, E15: whatever the order of registration. */
    static const graph_rule rules[] = {
        {"small", "x", "n = @my.norm.default(x)\nreturn n", "n = @my.small.default(x)\nreturn n", 0, NULL, NULL},
        {"large", "x", "a = @my.ar.default(x)\nn = @my.norm.default(a)\nreturn n", "n = @my.large.default(x)\nreturn n",
         0, NULL, NULL},
    };
    for (size_t first = 0; first < 2; first++) {
        graph_rules_destroy(set);
        set = graph_rules_create(context);
        assert_int_equal(graph_rules_add(set, &rules[first]), RG_OK);
        assert_int_equal(graph_rules_add(set, &rules[1 - first]), RG_OK);
        expect("p", "a = @my.ar.default(p)\nn = @my.norm.default(a)\nreturn n", 1,
               "n = @my.large.default(p)\nreturn n");
    }
}

static void a_replacement_that_is_the_pattern_changes_nothing(void **state)
{
    (void)state;
    /* (d)12, G3 */
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    add("r", "x, y", "a = @aten.add.Tensor(x, y)\nb = @aten.cat.default([a, x])\nreturn b",
        "a = @aten.add.Tensor(x, y)\nb = @aten.cat.default([a, x])\nreturn b");
    rg_graph *graph = graph_of(context, PQ, "a = @aten.add.Tensor(p, q)\nb = @aten.cat.default([a, p])\nreturn b");
    assert_int_equal(run(graph, &options, RG_OK).applied, 0);
    rg_graph_destroy(graph);
}

static void rules_that_undo_each_other_are_named(void **state)
{
    (void)state;
    /* (d)12, G1 */
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    options.max_sweeps = 9;
    add("form", "a, b, c", "m = @aten.mm.default(a, b)\nr = @aten.add.Tensor(m, c)\nreturn r",
        "r = @aten.addmm.default(c, a, b)\nreturn r");
    add("split", "a, b, c", "r = @aten.addmm.default(c, a, b)\nreturn r",
        "m = @aten.mm.default(a, b)\nr = @aten.add.Tensor(m, c)\nreturn r");
    add("other", "a", "r = @aten.neg.default(a)\nreturn r", "r = @my.neg.default(a)\nreturn r");
    rg_graph *graph = graph_of(context, "a: " F44 ", b: " F44 ", c: " F44,
                               "m = @aten.mm.default(a, b)\nn = @aten.neg.default(m)\nr = @aten.add.Tensor(m, c)\n"
                               "t = @aten.mm.default(b, a)\ns = @aten.add.Tensor(t, c)\nreturn (r, n, s)");
    rg_rewrite_report report = run(graph, &options, RG_ERROR_LIMIT);
    assert_int_equal(report.applied, 10);
    assert_string_is(rg_context_diagnostic(context, 0)->message,
                     "no end after 9 sweeps; the rules that keep feeding each other: 'form', 'split'");
    rg_graph_destroy(graph);
}

static void a_rule_that_feeds_itself_is_stopped(void **state)
{
    (void)state;
    /* (d)12 self, G2 */
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    options.max_sweeps = 5;
    add("r", "x", "c = @my.cvt.default(x)\nf = @my.f.default(c)\nreturn f",
        "c = @my.cvt.default(x)\nf = @my.f.default(c)\nd = @my.cvt.default(f)\nreturn d");
    rg_graph *graph = graph_of(context, "x", "c = @my.cvt.default(x)\nf = @my.f.default(c)\nreturn f");
    assert_int_equal(run(graph, &options, RG_ERROR_LIMIT).applied, 5);
    assert_int_equal(rg_graph_node_count(graph), 4 + 5);
    rg_graph_destroy(graph);
}

typedef struct told {
    char text[256];
    size_t left; /* matches until the callback fails */
} told;

static rg_status tell(void *user, const rg_match *match)
{
    told *record = user;
    if (record->left-- == 0) {
        return RG_ERROR_UNSUPPORTED;
    }
    const rg_graph *graph = rg_match_graph(match);
    strcat(record->text, rg_node_name(graph, rg_match_root(match)).data);
    strcat(record->text, " ");
    return RG_OK;
}

static void the_callback_is_told_and_can_stop(void **state)
{
    (void)state;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    told record = {"", 100};
    options.callback = tell;
    options.user = &record;
    add("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    const char *statements =
        "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.sigmoid.default(b)\nreturn c";
    rg_graph *graph = graph_of(context, "p: " F4, statements);
    assert_int_equal(run(graph, &options, RG_OK).applied, 3);
    assert_string_equal(record.text, "c b a ");
    rg_graph_destroy(graph);
    record = (told){"", 1};
    graph = graph_of(context, "p: " F4, statements);
    assert_int_equal(run(graph, &options, RG_ERROR_UNSUPPORTED).applied, 1);
    assert_string_equal(record.text, "c ");
    assert_string_equal(
        statements_of(graph),
        "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.exp.default(b)\nreturn c");
    rg_graph_destroy(graph);
}

/* ---- law 11: what fails leaves the graph ---- */

static rg_status failing_check(bool *accept, const rg_match *match, void *user)
{
    (void)match;
    *accept = true;
    return rg_context_report(user, RG_SEVERITY_ERROR, RG_ERROR_RULE, rg_string_from("the check is broken"), NULL);
}

static void a_failing_rule_is_passed_over(void **state)
{
    (void)state;
    graph_rule broken = {
        "broken",      "x",    "n = @aten.neg.default(x)\nreturn n", "n = @my.bad.default(x)\nreturn n", 5,
        failing_check, context};
    assert_int_equal(graph_rules_add(set, &broken), RG_OK);
    add("fits", "x", "n = @aten.neg.default(x)\nreturn n", "n = @my.good.default(x)\nreturn n");
    rg_graph *graph = graph_of(context, "p: " F4, "n = @aten.neg.default(p)\nreturn n");
    rg_rewrite_report report = run(graph, NULL, RG_OK);
    assert_int_equal(report.applied, 1);
    assert_int_equal(report.failed, 1);
    assert_string_equal(statements_of(graph), "n = @my.good.default(p)\nreturn n");
    rg_graph_destroy(graph);
}

/* Accept what several nodes read, which no rule can say. */
static rg_status accept_read_twice(bool *accept, const rg_match *match, void *user)
{
    size_t *asked = user;
    (*asked)++;
    *accept = rg_node_user_count(rg_match_graph(match), rg_match_root(match)) > 1;
    return RG_OK;
}

static void the_caller_may_decline_matches(void **state)
{
    (void)state;
    size_t asked = 0;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.accept = accept_read_twice;
    options.accept_user = &asked;
    add("r", "x", "n = @aten.neg.default(x)\nreturn n", "n = @my.minus.default(x)\nreturn n");
    rg_graph *graph =
        graph_of(context, "p", "n = @aten.neg.default(p)\nm = @aten.neg.default(n)\ns = @my.f.default(n, m)\nreturn s");
    rg_rewrite_report report = run(graph, &options, RG_OK);
    assert_int_equal(report.applied, 1);
    assert_int_equal(report.failed, 0);
    assert_int_equal(asked, 2);
    assert_string_equal(statements_of(graph),
                        "n = @my.minus.default(p)\nm = @aten.neg.default(n)\ns = @my.f.default(n, m)\nreturn s");
    rg_graph_destroy(graph);
}

static void a_call_that_does_not_fit_is_undone(void **state)
{
    (void)state;
    /* The replacement is wrong for this match: the product has no such shapes. */
    static const char statements[] = "r = @aten.exp.default(b)\nn = @my.pair.default(a, b)\nreturn (n, r)";
    add("r", "x, y", "n = @my.pair.default(x, y)\nreturn n",
        "s = @aten.sin.default(x)\nn = @aten.mm.default(s, y)\nreturn n");
    rg_graph *graph = graph_of(context, "a: 'f32[2, 3]', b: 'f32[4, 5]'", statements);
    rg_rewrite_report report = run(graph, NULL, RG_OK);
    assert_int_equal(report.failed, 1);
    assert_string_equal(statements_of(graph), statements);
    rg_graph_destroy(graph);
}

static void moves_are_undone_too(void **state)
{
    (void)state;
    static const char statements[] = "x = @my.f.default(a, b)\nu = @aten.relu.default(x)\nv = @aten.sin.default(u)\n"
                                     "c = @aten.exp.default(d)\ny = @my.f.default(x, c)\nreturn (v, y)";
    add("r", "a, b, c", "x = @my.f.default(a, b)\ny = @my.f.default(x, c)\nreturn (x, y)",
        "x = @aten.mm.default(b, c)\ny = @aten.mm.default(a, x)\nreturn (x, y)");
    rg_graph *graph = graph_of(context, "a: 'f32[2, 3]', b: 'f32[4, 5]', d: 'f32[6]'", statements);
    assert_int_equal(run(graph, NULL, RG_OK).failed, 1);
    assert_string_equal(statements_of(graph), statements);
    rg_graph_destroy(graph);
}

static void one_match_can_be_applied(void **state)
{
    (void)state;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    add("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    rg_graph *graph =
        graph_of(context, "p: " F4, "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nreturn b");
    rg_graph *other = graph_of(context, "p: " F4, "a = @aten.sigmoid.default(p)\nreturn a");
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_match_list_count(list), 2);
    assert_int_equal(rg_rewrite_apply(other, rg_match_list_get(list, 1)), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_rewrite_apply(graph, rg_match_list_get(list, 1)), RG_OK);
    assert_string_equal(statements_of(graph), "a = @aten.exp.default(p)\nb = @aten.sigmoid.default(a)\nreturn b");
    assert_int_equal(rg_rewrite_apply(graph, rg_match_list_get(list, 1)), RG_ERROR_ARGUMENT);
    assert_graph_holds(graph);
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    rg_graph_destroy(other);
}

/* ---- law 5: writes that rules make ---- */

static void a_write_that_a_rule_inserts_counts(void **state)
{
    (void)state;
    /* (d)4 twin b, C3: a later root is replaced by a write; the earlier match spans it. */
    add("writes", "y, z", "k = @my.k.default(y, z)\nreturn k", "c = @aten.copy_.default(y, z)\nreturn c");
    add("reads", "x", "s = @aten.sin.default(x)\nc = @aten.cos.default(s)\nreturn (s, c)",
        "f = @my.sc.default(x)\ns = f[0]\nc = f[1]\nreturn (s, c)");
    expect(PQ, "s = @aten.sin.default(p)\nc = @aten.cos.default(s)\nk = @my.k.default(s, q)\nreturn (c, k)", 2,
           "sc_default = @my.sc.default(p)\ns = sc_default[0]\nc = sc_default[1]\nk = @aten.copy_.default(s, "
           "q)\nreturn (c, k)");
    expect(PQ,
           "n = @aten.neg.default(q)\ns = @aten.sin.default(p)\nk = @my.k.default(n, q)\nc = @aten.cos.default(s)\n"
           "d = @aten.add.Tensor(c, k)\nreturn d",
           1,
           "n = @aten.neg.default(q)\ns = @aten.sin.default(p)\nk = @aten.copy_.default(n, q)\n"
           "c = @aten.cos.default(s)\nd = @aten.add.Tensor(c, k)\nreturn d");
    /* What is read later is not overwritten at all. */
    expect(PQ,
           "s = @aten.sin.default(p)\nk = @my.k.default(s, q)\nc = @aten.cos.default(s)\nd = @aten.add.Tensor(c, "
           "k)\nreturn d",
           1,
           "sc_default = @my.sc.default(p)\ns = sc_default[0]\nc = sc_default[1]\nk = @my.k.default(s, q)\n"
           "d = @aten.add.Tensor(c, k)\nreturn d");
}

static void writes_are_replaced_in_place(void **state)
{
    (void)state;
    /* (d)5 graph2 */
    rg_op both = {0};
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    declaration.schema = rg_string_from("my::both_(Tensor(a!) x, Tensor y, Tensor(b!) o) -> ()");
    assert_int_equal(rg_context_declare_op(&both, context, &declaration), RG_OK);
    add("r", "x, y, o", "i = @aten.add_.Tensor(x, y)\ns = @aten.copy_.default(o, x)\nreturn None",
        "b = @my.both_.default(x, y, o)\nreturn None");
    expect("p: " F4 ", q: " F4 ", o: " F4,
           "a = @aten.sin.default(p)\ni = @aten.add_.Tensor(p, q)\ns = @aten.copy_.default(o, p)\n"
           "r = @aten.sin.default(p)\nreturn (a, r)",
           1,
           "a = @aten.sin.default(p)\nboth__default = @my.both_.default(p, q, o)\nr = @aten.sin.default(p)\nreturn (a, "
           "r)");
}

/* ---- law 10: the same bytes ---- */

static void results_are_deterministic(void **state)
{
    (void)state;
    static char first[1 << 16];
    add("a", "x, y", "a = @aten.add.Tensor(x, y)\nb = @aten.mul.Tensor(x, y)\nreturn (a, b)",
        "f = @my.both.default(x, y)\na = f[0]\nb = f[1]\nreturn (a, b)");
    add("b", "x", "a = @aten.neg.default(x)\nreturn a", "a = @aten.abs.default(x)\nb = @aten.sin.default(a)\nreturn b");
    char statements[4096] = "";
    for (int i = 0; i < 20; i++) {
        sprintf(statements + strlen(statements),
                "a%d = @aten.add.Tensor(p, q)\nm%d = @aten.mul.Tensor(p, q)\nn%d = @aten.neg.default(a%d)\n", i, i, i,
                i);
    }
    strcat(statements, "return (n3, m7, n19, m0)");
    for (int round = 0; round < 2; round++) {
        rg_graph *graph = graph_of(context, PQ, statements);
        (void)run(graph, NULL, RG_OK);
        if (round == 0) {
            strcpy(first, statements_of(graph));
        }
        assert_string_equal(statements_of(graph), first);
        rg_graph_destroy(graph);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_readers_see_the_new_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tuples_are_rewired, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_result_may_be_a_tuple, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_result_may_become_an_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_input_may_become_a_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_result_and_an_input_may_change_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_results_may_become_one_node, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_result_may_be_returned_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_types_and_comments_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(comments_survive_without_new_nodes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_late_input_moves_the_readers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_late_chain_stays_before_the_new_nodes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(effects_keep_their_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(results_that_follow_each_other_are_replaced_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(groups_share_what_the_first_one_makes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(match_and_rewrite_agree_on_the_diamond, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_come_from_the_match, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_are_computed_as_the_rule_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_are_taken_apart_where_the_rule_does_not_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_of_every_form_can_be_computed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_int_known_by_a_dimension_is_a_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_of_groups_come_from_their_own_inputs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(effects_of_both_sides_are_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attributes_are_copied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_device_that_is_not_known_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_size_that_cannot_be_computed_leaves_the_graph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scalars_and_devices_are_put_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_nodes_have_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(touching_matches_all_apply, set_up, tear_down),
        cmocka_unit_test_setup_teardown(chains_are_rewritten_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rules_follow_each_other_in_one_sweep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_nodes_wait_for_the_next_sweep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rewrite_can_make_an_earlier_root_match, set_up, tear_down),
        cmocka_unit_test_setup_teardown(larger_rules_go_first_in_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_replacement_that_is_the_pattern_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rules_that_undo_each_other_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rule_that_feeds_itself_is_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_callback_is_told_and_can_stop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failing_rule_is_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_caller_may_decline_matches, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_call_that_does_not_fit_is_undone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(moves_are_undone_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_match_can_be_applied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_write_that_a_rule_inserts_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writes_are_replaced_in_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(results_are_deterministic, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
