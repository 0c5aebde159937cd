/*
 * Tests of rewriting one match: placing, rewiring, sizes, types, names. Sweeps are in test_sweep.c.
 * Names such as A1 and (d)9 are cases of the field reports that the project collected; doc/matching.md states the laws.
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
#include "support/rewrite_case.h"

/* ---- law 7: everything is rewired ---- */

static void all_readers_see_the_new_value(void **state)
{
    (void)state;
    add_rule("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    expect_rewritten(
        "p: " F4,
        "s = @aten.sigmoid.default(p)\na = @aten.add.Tensor(s, s)\nc = @aten.cat.default([p, s])\nreturn (a, c, s)", 1,
        "s = @aten.exp.default(p)\na = @aten.add.Tensor(s, s)\nc = @aten.cat.default([p, s])\nreturn (a, c, s)");
}

static void tuples_are_rewired(void **state)
{
    (void)state;
    /* A3, (d)2 */
    const char *inputs = "x, w, s";
    add_rule("r", inputs,
             "t = @my.norm_pair.default(x, w)\nn = t[0]\nv = t[1]\nq = @my.quant.default(n, s)\nreturn (q, v)",
             "f = @my.norm_quant.default(x, w, s)\nq = f[0]\nv = f[1]\nreturn (q, v)");
    expect_rewritten(
        inputs, "t = @my.norm_pair.default(x, w)\nn = t[0]\nv = t[1]\nq = @my.quant.default(n, s)\nreturn (q, v)", 1,
        "norm_quant_default = @my.norm_quant.default(x, w, s)\nq = norm_quant_default[0]\nv = "
        "norm_quant_default[1]\nreturn (q, v)");
    /* twin: the inner value is returned too */
    expect_untouched(
        inputs, "t = @my.norm_pair.default(x, w)\nn = t[0]\nv = t[1]\nq = @my.quant.default(n, s)\nreturn (q, v, n)");
}

static void a_result_may_be_a_tuple(void **state)
{
    (void)state;
    add_rule("r", "x", "n = @aten.neg.default(x)\nt = @my.pair.default(n)\nreturn t",
             "t = @my.neg_pair.default(x)\nreturn t");
    expect_rewritten("p", "n = @aten.neg.default(p)\nt = @my.pair.default(n)\na = t[0]\nb = t[1]\nreturn (a, b)", 1,
                     "t = @my.neg_pair.default(p)\na = t[0]\nb = t[1]\nreturn (a, b)");
}

static void a_result_may_become_an_input(void **state)
{
    (void)state;
    /* A11, A12 */
    add_rule("r", "x", "u = @aten.unsqueeze.default(x, 0)\ns = @aten.squeeze.dim(u, 0)\nreturn s", "return x");
    expect_rewritten(
        "p: " F4, "z = @aten.relu.default(p)\nu = @aten.unsqueeze.default(z, 0)\ns = @aten.squeeze.dim(u, 0)\nreturn s",
        1, "z = @aten.relu.default(p)\nreturn z");
}

static void an_input_may_become_a_result(void **state)
{
    (void)state;
    /* inductor-matcher G4: the replacement keeps reading the input, later readers read its new version. */
    add_rule("r", "x, y", "a = @aten.add.Tensor(x, y)\nreturn (a, x)",
             "m = @aten.mul.Tensor(x, y)\nn = @aten.mul.Tensor(m, y)\nreturn (m, n)");
    expect_rewritten(
        PQ, "e = @aten.exp.default(p)\nadd = @aten.add.Tensor(p, q)\nsub = @aten.sub.Tensor(add, p)\nreturn (sub, e)",
        1,
        "e = @aten.exp.default(p)\nadd = @aten.mul.Tensor(p, q)\nmul_tensor = @aten.mul.Tensor(add, q)\n"
        "sub = @aten.sub.Tensor(add, mul_tensor)\nreturn (sub, e)");
}

static void a_result_and_an_input_may_change_places(void **state)
{
    (void)state;
    add_rule("r", "x, y", "a = @aten.add.Tensor(x, y)\nreturn (a, x)", "n = @aten.neg.default(y)\nreturn (x, n)");
    expect_rewritten(PQ, "add = @aten.add.Tensor(p, q)\nsub = @aten.sub.Tensor(add, p)\nreturn sub", 1,
                     "neg_default = @aten.neg.default(q)\nsub = @aten.sub.Tensor(p, neg_default)\nreturn sub");
}

static void two_results_may_become_one_node(void **state)
{
    (void)state;
    /* A7: duplicates are merged. */
    add_rule("r", "x", "a = @aten.reshape.default(x, [4])\nb = @aten.reshape.default(x, [4])\nreturn (a, b)",
             "r = @aten.reshape.default(x, [4])\nreturn (r, r)");
    expect_rewritten(
        "p: 'f32[2, 2]'",
        "a = @aten.reshape.default(p, [4])\nb = @aten.reshape.default(p, [4])\nc = @aten.add.Tensor(a, b)\nreturn c", 1,
        "b = @aten.reshape.default(p, [4])\nc = @aten.add.Tensor(b, b)\nreturn c");
}

static void a_result_may_be_returned_twice(void **state)
{
    (void)state;
    add_rule("r", "x", "a = @aten.neg.default(x)\nreturn (a, a)", "a = @aten.abs.default(x)\nreturn (a, a)");
    expect_rewritten("p", "n = @aten.neg.default(p)\nr = @aten.relu.default(n)\nreturn r", 1,
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
    add_rule("r", "x", "n = @aten.neg.default(x)\nr = @aten.relu.default(n)\nreturn r",
             "r = @my.rn.default(x)\nreturn r");
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("test")), RG_OK);
    assert_int_equal(run_rules(graph, NULL, RG_OK).applied, 1);
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
    add_rule("r", "x", "a = @aten.neg.default(x)\nb = @aten.neg.default(a)\nreturn b", "return x");
    assert_int_equal(rg__layout_set_text(graph, rg_graph_find(graph, rg_string_from("n")), RG_LAYOUT_LEADING,
                                         rg_string_from("        # kept\n")),
                     RG_OK);
    assert_int_equal(run_rules(graph, NULL, RG_OK).applied, 1);
    rg_string text = rg__layout_text(graph, rg_graph_find(graph, rg_string_from("s")), RG_LAYOUT_LEADING);
    assert_true(rg_string_equal(text, rg_string_from("        # kept\n")));
    rg_graph_destroy(graph);
}

/* ---- law 4: order ---- */

static void a_late_input_moves_the_readers(void **state)
{
    (void)state;
    /* A1, (d)1 */
    add_rule("r", "a, b, c", "x = @aten.add.Tensor(a, b)\ny = @aten.add.Tensor(x, c)\nreturn (x, y)",
             "f = @my.fused2.default(a, b, c)\nx = f[0]\ny = f[1]\nreturn (x, y)");
    const char *parameters = "a: " F4 ", b: " F4 ", d: " F4;
    expect_rewritten(
        parameters,
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
    add_rule("r", "t, p", "h = @aten.neg.default(p)\nk = @aten.add.Tensor(t, h)\nreturn (h, k)",
             "f = @my.neg_add.default(p, t)\nh = f[0]\nk = f[1]\nreturn (h, k)");
    expect_rewritten(
        PQ,
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
    add_rule("r", "a, b, c", "x = @aten.add.Tensor(a, b)\ny = @aten.add.Tensor(x, c)\nreturn (x, y)",
             "f = @my.fused2.default(a, b, c)\nx = f[0]\ny = f[1]\nreturn (x, y)");
    /* The reader draws random numbers and would have to move behind another draw. */
    expect_untouched("a: " F4 ", b: " F4 ", d: " F4,
                     "x = @aten.add.Tensor(a, b)\nu = @aten.bernoulli.default(x)\nc = @aten.bernoulli.default(d)\n"
                     "y = @aten.add.Tensor(x, c)\nreturn (u, y)");
}

static void results_that_follow_each_other_are_replaced_apart(void **state)
{
    (void)state;
    add_rule("r", "x, y", "a = @aten.relu.default(x)\nb = @aten.relu.default(y)\nreturn (a, b)",
             "a = @aten.gelu.default(x)\nb = @aten.gelu.default(y)\nreturn (a, b)");
    expect_rewritten("p: " F4,
                     "a = @aten.relu.default(p)\nm = @aten.sin.default(a)\nb = @aten.relu.default(m)\nreturn b", 1,
                     "a = @aten.gelu.default(p)\nm = @aten.sin.default(a)\nb = @aten.gelu.default(m)\nreturn b");
}

static void groups_share_what_the_first_one_makes(void **state)
{
    (void)state;
    /* Both results need `n`; the second one's other input depends on the first result. */
    add_rule("r", "x, y, z", "a = @aten.add.Tensor(x, z)\nb = @aten.mul.Tensor(y, z)\nreturn (a, b)",
             "n = @aten.neg.default(z)\na = @aten.sub.Tensor(x, n)\nb = @aten.div.Tensor(y, n)\nreturn (a, b)");
    expect_rewritten(
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
    add_rule("r", "a, b",
             "n0 = @aten.add.Tensor(a, b)\nn1 = @aten.add.Tensor(a, n0)\nn2 = @aten.add.Tensor(n1, n0)\nreturn n2",
             "f = @my.F.default(a, b)\nreturn f");
    expect_rewritten("x: " F4 ", y: " F4,
                     "yy = @aten.add.Tensor(y, y)\nn0 = @aten.add.Tensor(x, yy)\nn1 = @aten.add.Tensor(x, n0)\n"
                     "out = @aten.add.Tensor(n1, n0)\nreturn out",
                     1, "yy = @aten.add.Tensor(y, y)\nout = @my.F.default(x, yy)\nreturn out");
}

/* ---- sizes, scalars, devices, types ---- */

static void sizes_come_from_the_match(void **state)
{
    (void)state;
    add_rule("r", "x: 'f32[u0, 2*u1]'", "n = @aten.neg.default(x)\ns = @my.half.default(n, u1)\nreturn s",
             "e = @aten.empty.memory_format([u0, u1], dtype = torch.float16)\nf = @my.fill.default(e, x)\nreturn f");
    /* numbers */
    expect_rewritten("a: 'f32[3, 8]'", "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn s", 1,
                     "empty_memory_format = @aten.empty.memory_format([3, 4], dtype = torch.float16)\ns = "
                     "@my.fill.default(empty_memory_format, a)\nreturn s");
    /* a placeholder that is the size */
    expect_rewritten("n0: 'Sym(s0)', a: 'f32[s0, 8]'", "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn s",
                     1,
                     "empty_memory_format = @aten.empty.memory_format([n0, 4], dtype = torch.float16)\ns = "
                     "@my.fill.default(empty_memory_format, a)\nreturn s");
    /* a dimension of an input */
    expect_rewritten("a: 'f32[s0, 8]'", "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn s", 1,
                     "sym_size_int = @aten.sym_size.int(a, 0)\n"
                     "empty_memory_format = @aten.empty.memory_format([sym_size_int, 4], dtype = torch.float16)\n"
                     "s = @my.fill.default(empty_memory_format, a)\nreturn s");
    /* an earlier node; a later one does not do */
    expect_rewritten(
        "a: 'f32[s0, 8]'",
        "z = @aten.sym_size.int(a, 0)\nn = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nreturn (s, z)", 1,
        "z = @aten.sym_size.int(a, 0)\nempty_memory_format = @aten.empty.memory_format([z, 4], dtype = torch.float16)\n"
        "s = @my.fill.default(empty_memory_format, a)\nreturn (s, z)");
    expect_rewritten(
        "a: 'f32[s0, 8]'",
        "n = @aten.neg.default(a)\ns = @my.half.default(n, 4)\nz = @aten.sym_size.int(a, 0)\nreturn (s, z)", 1,
        "sym_size_int = @aten.sym_size.int(a, 0)\n"
        "empty_memory_format = @aten.empty.memory_format([sym_size_int, 4], dtype = torch.float16)\n"
        "s = @my.fill.default(empty_memory_format, a)\nz = @aten.sym_size.int(a, 0)\nreturn (s, z)");
}

static void sizes_are_computed_as_the_rule_says(void **state)
{
    (void)state;
    add_rule("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
             "v = @my.padded.default(x, [u0 + 1, 2*u1, u0*u1, u0//2, u0 % 4])\nreturn v");
    expect_rewritten("a: 'f32[s0, 8]'", "n = @aten.neg.default(a)\nreturn n", 1,
                     "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\nmul = sym_size_int * 8\n"
                     "floordiv = sym_size_int // 2\nmod = sym_size_int % 4\n"
                     "n = @my.padded.default(a, [add, 16, mul, floordiv, mod])\nreturn n");
    /* The product is a dimension of nothing, its factors are. */
    expect_rewritten(
        "a: 'f32[s0*s1, 2*s2]'", "n = @aten.neg.default(a)\nreturn n", 1,
        "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\nsym_size_int_1 = @aten.sym_size.int(a, 1)\n"
        "mul = 2 * sym_size_int_1\nmul_1 = sym_size_int * sym_size_int_1\nfloordiv = sym_size_int // 2\n"
        "mod = sym_size_int % 4\nn = @my.padded.default(a, [add, mul, mul_1, floordiv, mod])\nreturn n");
}

static void sizes_are_taken_apart_where_the_rule_does_not_say(void **state)
{
    (void)state;
    /* u1 is solved for: 2*u1 is 4*s0 + 2, so u1 is 2*s0 + 1, which is no dimension; s0 is. */
    add_rule("r", "x: 'f32[u0, 2*u1]'", "n = @aten.neg.default(x)\nreturn n", "v = @my.cut.default(x, u1)\nreturn v");
    expect_rewritten("a: 'f32[s0, 4*s0 + 2]'", "n = @aten.neg.default(a)\nreturn n", 1,
                     "sym_size_int = @aten.sym_size.int(a, 0)\nmul = 2 * sym_size_int\nadd = mul + 1\n"
                     "n = @my.cut.default(a, add)\nreturn n");
}

static void sizes_of_every_form_can_be_computed(void **state)
{
    (void)state;
    add_rule("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
             "v = @my.shapes.default(x, [u0 - 1, u0 - u1, u0*u0*u1, 2 - u0, Max(u0, u1, 7)])\nreturn v");
    expect_rewritten("a: 'f32[s0, s1]'", "n = @aten.neg.default(a)\nreturn n", 1,
                     "sym_size_int = @aten.sym_size.int(a, 0)\nsub = sym_size_int - 1\n"
                     "sym_size_int_1 = @aten.sym_size.int(a, 1)\nsub_1 = sym_size_int - sym_size_int_1\n"
                     "mul = sym_size_int * sym_size_int_1\nmul_1 = sym_size_int * mul\nsub_2 = 2 - sym_size_int\n"
                     "sym_max = torch.sym_max(7, sym_size_int)\nsym_max_1 = torch.sym_max(sym_max, sym_size_int_1)\n"
                     "n = @my.shapes.default(a, [sub, sub_1, mul_1, sub_2, sym_max_1])\nreturn n");
}

static void an_int_known_by_a_dimension_is_a_size(void **state)
{
    (void)state;
    add_rule("r", "x: 'f32[n, 4]', n: 'int'", "m = @aten.neg.default(x)\nreturn m",
             "k = n + 1\nv = @my.cut.default(x, n, k)\nreturn v");
    expect_rewritten("a: 'f32[3, 4]'", "m = @aten.neg.default(a)\nreturn m", 1,
                     "m = @my.cut.default(a, 3, 4)\nreturn m");
    expect_rewritten("a: 'f32[s0, 4]'", "m = @aten.neg.default(a)\nreturn m", 1,
                     "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\n"
                     "m = @my.cut.default(a, sym_size_int, add)\nreturn m");
}

static void sizes_of_groups_come_from_their_own_inputs(void **state)
{
    (void)state;
    /* The second result's size must not be taken from the tensor that depends on it. */
    add_rule("r", "x: 'f32[u0]', y: 'f32[u1]'", "a = @aten.relu.default(x)\nb = @aten.relu.default(y)\nreturn (a, b)",
             "a = @my.gelu.default(x, u0)\nb = @my.gelu.default(y, u1)\nreturn (a, b)");
    expect_rewritten("p: 'f32[s0]'",
                     "a = @aten.relu.default(p)\nc = @aten.cat.default([a, a])\nb = @aten.relu.default(c)\nreturn b", 1,
                     "sym_size_int = @aten.sym_size.int(p, 0)\na = @my.gelu.default(p, sym_size_int)\n"
                     "c = @aten.cat.default([a, a])\nsym_size_int_1 = @aten.sym_size.int(c, 0)\n"
                     "b = @my.gelu.default(c, sym_size_int_1)\nreturn b");
}

static void effects_of_both_sides_are_replaced(void **state)
{
    (void)state;
    add_rule("r", "x", "n = @aten.neg.default(x)\nl = @my.log.default(n)\nreturn n",
             "n = @aten.abs.default(x)\nl = @my.note.default(x, n)\nreturn n");
    expect_rewritten("p: " F4, "n = @aten.neg.default(p)\nl = @my.log.default(n)\nreturn n", 1,
                     "n = @aten.abs.default(p)\nnote_default = @my.note.default(p, n)\nreturn n");
}

static void attributes_are_copied(void **state)
{
    (void)state;
    add_rule("r", "x", "w = self.a.weight\nm = @aten.mul.Tensor(x, w)\nreturn m",
             "v = self.a.weight\nm = @my.scaled.default(x, v)\nreturn m");
    expect_rewritten("p: " F4, "w = self.a.weight\nm = @aten.mul.Tensor(p, w)\nreturn m", 1,
                     "a_weight = self.a.weight\nm = @my.scaled.default(p, a_weight)\nreturn m");
}

static void a_device_that_is_not_known_is_told(void **state)
{
    (void)state;
    static const char statements[] = "n = @my.neg.default(a)\nreturn n";
    add_rule(
        "r", "x", "n = @my.neg.default(x)\nreturn n",
        "e = @aten.empty.memory_format([4], device = device(type='$device'))\nn = @my.fill.default(e, x)\nreturn n");
    rg_graph *graph = graph_of(context, "a", statements);
    assert_int_equal(run_rules(graph, NULL, RG_OK).failed, 1);
    assert_string_equal(statements_of(graph), statements);
    assert_string_is(rg_context_diagnostic(context, 0)->message,
                     "rule 'r': the replacement needs the device, which no captured tensor shows");
    rg_graph_destroy(graph);
}

static void a_size_that_cannot_be_computed_leaves_the_graph(void **state)
{
    (void)state;
    static const char statements[] = "n = @aten.neg.default(a)\nreturn n";
    add_rule("r", "x: 'f32[2*u1]'", "n = @aten.neg.default(x)\nreturn n", "v = @my.cut.default(x, u1)\nreturn v");
    rg_graph *graph = graph_of(context, "a: 'f32[2*s0*s1]'", statements);
    rg_rewrite_report report = run_rules(graph, NULL, RG_OK);
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
    add_rule("r", "x: 'f32[u0]xla', p: 'float', d: 'dtype', n: 'int', l: 'int[]'",
             "a = @my.one.default(x, p, d)\nb = @my.two.default(a, n, l)\nreturn b",
             "q = 1 - p\nm = n + 1\nf = l[0]\n"
             "e = @aten.empty.memory_format([n, 2], dtype = d, device = device(type='$device'))\n"
             "b = @my.three.default(x, e, q, m, f, l)\nreturn b");
    expect_rewritten("a: 'f32[4][1]cuda:1'",
                     "b = @my.one.default(a, 0.25, torch.float16)\nc = @my.two.default(b, 3, [5, 6])\nreturn c", 1,
                     "empty_memory_format = @aten.empty.memory_format([3, 2], dtype = torch.float16, device = "
                     "device(type='cuda', index=1))\n"
                     "c = @my.three.default(a, empty_memory_format, 0.75, 4, 5, [5, 6])\nreturn c");
    /* The int is a node: arithmetic on it becomes one. */
    expect_rewritten("a: 'f32[4][1]cuda:1', k: 'Sym(s0)'",
                     "b = @my.one.default(a, 0.25, torch.float16)\nc = @my.two.default(b, k, [k, 6])\nreturn c", 1,
                     "add = k + 1\n"
                     "empty_memory_format = @aten.empty.memory_format([k, 2], dtype = torch.float16, device = "
                     "device(type='cuda', index=1))\n"
                     "c = @my.three.default(a, empty_memory_format, 0.75, add, k, [k, 6])\nreturn c");
}

/* Rewrite the graph, and compare the types of all its nodes, a line each. */
static void expect_types(const char *parameters, const char *before, size_t applied, const char *expected)
{
    rg_graph *graph = graph_of(context, parameters, before);
    rg_buffer text;
    assert_int_equal(run_rules(graph, NULL, RG_OK).applied, applied);
    rg__buffer_init(&text, rg__default_allocator());
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        assert_int_equal(rg_type_print(context, rg_node_type(graph, node), (rg_type_print_options){true, true},
                                       rg__buffer_sink(&text)),
                         RG_OK);
        rg__buffer_append_char(&text, '\n');
    }
    assert_string_equal(text.data, expected);
    rg__buffer_free(&text);
    rg_graph_destroy(graph);
}

static void new_nodes_have_types(void **state)
{
    (void)state;
    add_rule("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
             "t = @aten.permute.default(x, [1, 0])\no = @my.opaque.default(t)\nreturn o");
    /* The result of an op that nobody knows keeps the type of what it replaces. */
    expect_types("a: 'f32[s0, 8][8, 1]cuda:0'", "n = @aten.neg.default(a)\nreturn n", 1,
                 "f32[s0, 8][8, 1]cuda:0\nf32[8, s0][1, 8]cuda:0\nf32[s0, 8][8, 1]cuda:0\n?\n");
}

static void each_match_has_its_own_types(void **state)
{
    (void)state;
    /* Matches that bind the same, other sizes, another device, and that read other strides. */
    add_rule("r", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\nreturn n",
             "t = @aten.permute.default(x, [1, 0])\ne = @aten.exp.default(t)\nreturn e");
    expect_types("a: 'f32[s0, 8][8, 1]cuda:0', b: 'f32[s0, 8][8, 1]cuda:0', c: 'f32[4, 8][8, 1]cuda:0', "
                 "d: 'f32[4, 8][8, 1]cuda:1', e: 'f32[4, 8][1, 4]cuda:1'",
                 "f = @aten.neg.default(a)\ng = @aten.neg.default(b)\nh = @aten.neg.default(c)\n"
                 "i = @aten.neg.default(d)\nj = @aten.neg.default(e)\nreturn (f, g, h, i, j)",
                 5,
                 "f32[s0, 8][8, 1]cuda:0\nf32[s0, 8][8, 1]cuda:0\nf32[4, 8][8, 1]cuda:0\nf32[4, 8][8, 1]cuda:1\n"
                 "f32[4, 8][1, 4]cuda:1\nf32[8, s0][1, 8]cuda:0\nf32[8, s0][1, 8]cuda:0\n"
                 "f32[8, s0][1, 8]cuda:0\nf32[8, s0][1, 8]cuda:0\nf32[8, 4][1, 8]cuda:0\nf32[8, 4][1, 8]cuda:0\n"
                 "f32[8, 4][1, 8]cuda:1\nf32[8, 4][1, 8]cuda:1\nf32[8, 4][4, 1]cuda:1\nf32[8, 4][4, 1]cuda:1\n?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE_TEST(all_readers_see_the_new_value),
        RULE_TEST(tuples_are_rewired),
        RULE_TEST(a_result_may_be_a_tuple),
        RULE_TEST(a_result_may_become_an_input),
        RULE_TEST(an_input_may_become_a_result),
        RULE_TEST(a_result_and_an_input_may_change_places),
        RULE_TEST(two_results_may_become_one_node),
        RULE_TEST(a_result_may_be_returned_twice),
        RULE_TEST(names_types_and_comments_stay),
        RULE_TEST(comments_survive_without_new_nodes),
        RULE_TEST(a_late_input_moves_the_readers),
        RULE_TEST(a_late_chain_stays_before_the_new_nodes),
        RULE_TEST(effects_keep_their_order),
        RULE_TEST(results_that_follow_each_other_are_replaced_apart),
        RULE_TEST(groups_share_what_the_first_one_makes),
        RULE_TEST(match_and_rewrite_agree_on_the_diamond),
        RULE_TEST(sizes_come_from_the_match),
        RULE_TEST(sizes_are_computed_as_the_rule_says),
        RULE_TEST(sizes_are_taken_apart_where_the_rule_does_not_say),
        RULE_TEST(sizes_of_every_form_can_be_computed),
        RULE_TEST(an_int_known_by_a_dimension_is_a_size),
        RULE_TEST(sizes_of_groups_come_from_their_own_inputs),
        RULE_TEST(effects_of_both_sides_are_replaced),
        RULE_TEST(attributes_are_copied),
        RULE_TEST(a_device_that_is_not_known_is_told),
        RULE_TEST(a_size_that_cannot_be_computed_leaves_the_graph),
        RULE_TEST(scalars_and_devices_are_put_in),
        RULE_TEST(new_nodes_have_types),
        RULE_TEST(each_match_has_its_own_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
