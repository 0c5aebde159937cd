/*
 * Passes of pattern expressions: the driver, mutation regions, the three kinds of entry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "match/mutation_region.h"
#include "support/expression_case.h"
#include "support/failing_allocator.h"
#include "support/graph_building.h"
#include "support/graph_rules.h"
#include "support/text_reading.h"

static rg_context *new_context(void)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

/* A pass whose entries are read from texts. */
typedef struct test_pass {
    rg_context *context;
    rg_expression_pass *pass;
    size_t count;
    rg_expression_list *lists[8];
    rg_graph *replacements[8];
} test_pass;

static test_pass open_pass(void)
{
    test_pass one = {.context = new_context()};
    assert_int_equal(rg_expression_pass_create(&one.pass, one.context, NULL), RG_OK);
    return one;
}

static void close_pass(test_pass *one)
{
    rg_expression_pass_destroy(one->pass);
    for (size_t i = 0; i < one->count; i++) {
        rg_expression_list_destroy(one->lists[i]);
        rg_graph_destroy(one->replacements[i]);
    }
    rg_context_destroy(one->context);
}

static rg_status add_entry(test_pass *one, const char *pattern, rg_expression_entry *entry)
{
    one->lists[one->count] = read_expressions(one->context, pattern, 1);
    entry->expression = rg_expression_list_get(one->lists[one->count++], 0);
    return rg_expression_pass_add(one->pass, entry);
}

static void add_handler(test_pass *one, const char *pattern, rg_expression_handler handler, void *user)
{
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    entry.handler = handler;
    entry.user = user;
    assert_int_equal(add_entry(one, pattern, &entry), RG_OK);
}

static rg_status add_replacement(test_pass *one, const char *pattern, const char *parameters, const char *replacement)
{
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    entry.kind = RG_EXPRESSION_ENTRY_REPLACEMENT;
    entry.replacement = one->replacements[one->count] = plain_graph(one->context, parameters, replacement);
    return add_entry(one, pattern, &entry);
}

static rg_expression_pass_report apply_pass(test_pass *one, rg_graph *graph)
{
    rg_expression_pass_report report;
    if (rg_expression_pass_apply(&report, one->pass, graph) != RG_OK) {
        fail_msg("%s", printed_diagnostics(one->context));
    }
    assert_graph_holds(graph);
    return report;
}

/* Put `replacement` in the place of `pattern` and compare what comes out. */
typedef struct replace_case {
    const char *rule;
    const char *pattern;
    const char *inputs; /* of the replacement */
    const char *replacement;
    const char *parameters;
    const char *before;
    const char *after;
    size_t matched;
    size_t nodes;
    size_t failed;
} replace_case;

static void check_replacement(const replace_case *one)
{
    test_pass pass = open_pass();
    rg_graph *graph = plain_graph(pass.context, one->parameters, one->before);
    assert_int_equal(add_replacement(&pass, one->pattern, one->inputs, one->replacement), RG_OK);
    rg_expression_pass_report report = apply_pass(&pass, graph);
    if (strcmp(statements_of(graph), one->after) != 0 || report.matched != one->matched || report.nodes != one->nodes ||
        report.failed != one->failed) {
        fail_msg("%s: matched %zu, nodes %zu, failed %zu\n%s\nexpected:\n%s\n%s", one->rule, report.matched,
                 report.nodes, report.failed, statements_of(graph), one->after, printed_diagnostics(pass.context));
    }
    assert_int_equal(rg_expression_pass_matched(pass.pass, 0), one->matched);
    rg_graph_destroy(graph);
    close_pass(&pass);
}

static const replace_case replacements[] = {
    {"G1: one output", "p = CallFunction(aten.add.Tensor, KeywordArg('x'), KeywordArg('y'))", "x_1, y_1",
     "m = @aten.mul.Tensor(y_1, x_1)\nreturn m", "a, b",
     "s = @aten.add.Tensor(a, b)\nt = @aten.neg.default(s)\nreturn (t,)",
     "mul_tensor = @aten.mul.Tensor(b, a)\nt = @aten.neg.default(mul_tensor)\nreturn (t,)", 1, 1, 0},
    {"nodes that are made are not visited", "p = CallFunction(aten.neg.default, KeywordArg('x'))", "x",
     "m = @aten.neg.default(x)\nn = @aten.neg.default(m)\nreturn n", "a", "s = @aten.neg.default(a)\nreturn (s,)",
     "neg_default = @aten.neg.default(a)\nneg_default_1 = @aten.neg.default(neg_default)\nreturn (neg_default_1,)", 1,
     1, 0},
    {"test_input_output_same",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.add.Tensor, x, KeywordArg('y')), x])", "x, y",
     "m = @aten.mul.Tensor(x, y)\nn = @aten.mul.Tensor(m, y)\nreturn (m, n)", "a, b",
     "s = @aten.add.Tensor(a, b)\nt = @aten.sub.Tensor(s, a)\nreturn (t,)",
     "mul_tensor = @aten.mul.Tensor(a, b)\nmul_tensor_1 = @aten.mul.Tensor(mul_tensor, b)\n"
     "t = @aten.sub.Tensor(mul_tensor, mul_tensor_1)\nreturn (t,)",
     1, 1, 0},
    {"G1: an input that is computed after the earliest output",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.mul.Tensor, x, "
     "KeywordArg('y'))])",
     "x, y", "m = @aten.foo.default(x, y)\na = m[0]\nb = m[1]\nreturn (a, b)", "a, b",
     "n = @aten.neg.default(a)\nr = @aten.relu.default(n)\ny = @aten.exp.default(b)\nm = @aten.mul.Tensor(a, y)\n"
     "return (r, m)",
     "y = @aten.exp.default(b)\nfoo_default = @aten.foo.default(a, y)\ngetitem = foo_default[0]\n"
     "r = @aten.relu.default(getitem)\ngetitem_1 = foo_default[1]\nreturn (r, getitem_1)",
     1, 2, 0},
    {"an order that does not exist",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.mul.Tensor, x, "
     "KeywordArg('y'))])",
     "x, y", "m = @aten.foo.default(x, y)\na = m[0]\nb = m[1]\nreturn (a, b)", "a, b",
     "n = @aten.neg.default(a)\ny = @aten.exp.default(n)\nm = @aten.mul.Tensor(a, y)\nreturn (m,)",
     "n = @aten.neg.default(a)\ny = @aten.exp.default(n)\nm = @aten.mul.Tensor(a, y)\nreturn (m,)", 0, 0, 1},
    {"G3: several results for one output; G4: getitems become the results",
     "p = CallFunction(aten.split.Tensor, KeywordArg('x'), 4)", "x",
     "m = @aten.neg.default(x)\nn = @aten.exp.default(x)\nreturn (m, n)", "a",
     "s = @aten.split.Tensor(a, 4)\ng = s[0]\nh = s[1]\nt = @aten.add.Tensor(g, h)\nreturn (t, g)",
     "neg_default = @aten.neg.default(a)\nexp_default = @aten.exp.default(a)\n"
     "t = @aten.add.Tensor(neg_default, exp_default)\nreturn (t, neg_default)",
     1, 1, 0},
    {"G4: other readers get the tuple", "p = CallFunction(aten.split.Tensor, KeywordArg('x'), 4)", "x",
     "m = @aten.neg.default(x)\nn = @aten.exp.default(x)\nreturn (m, n)", "a",
     "s = @aten.split.Tensor(a, 4)\ng = s[-1]\nreturn (s, g)",
     "neg_default = @aten.neg.default(a)\nexp_default = @aten.exp.default(a)\n"
     "return ((neg_default, exp_default), exp_default)",
     1, 1, 0},
    {"an item that the replacement does not have", "p = CallFunction(aten.split.Tensor, KeywordArg('x'), 4)", "x",
     "m = @aten.neg.default(x)\nn = @aten.exp.default(x)\nreturn (m, n)", "a",
     "s = @aten.split.Tensor(a, 4)\ng = s[2]\nreturn (g,)", "s = @aten.split.Tensor(a, 4)\ng = s[2]\nreturn (g,)", 0, 0,
     1},
    {"G4: a result that is None",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.exp.default, "
     "x)])",
     "x", "m = @aten.relu.default(x)\nreturn (m, None)", "a",
     "n = @aten.neg.default(a)\ne = @aten.exp.default(a)\nreturn (n, e)",
     "relu_default = @aten.relu.default(a)\nreturn (relu_default, None)", 1, 2, 0},
    {"G4: an output that is None", "p = MultiOutputPattern([CallFunction(aten.neg.default, KeywordArg('x')), None])",
     "x", "m = @aten.relu.default(x)\nreturn (m, None)", "a", "n = @aten.neg.default(a)\nreturn (n,)",
     "relu_default = @aten.relu.default(a)\nreturn (relu_default,)", 1, 1, 0},
    {"G5: new nodes that nothing reads", "p = CallFunction(aten.neg.default, KeywordArg('x'))", "x",
     "m = @aten.relu.default(x)\nn = @aten.exp.default(m)\nreturn m", "a", "n = @aten.neg.default(a)\nreturn (n,)",
     "relu_default = @aten.relu.default(a)\nreturn (relu_default,)", 1, 1, 0},
    {"D11: what is read outside stays",
     "p = CallFunction(aten.neg.default, CallFunction(aten.exp.default, KeywordArg('x'), _users=MULTIPLE))", "x",
     "m = @aten.relu.default(x)\nreturn m", "a", "e = @aten.exp.default(a)\nn = @aten.neg.default(e)\nreturn (n, e)",
     "e = @aten.exp.default(a)\nrelu_default = @aten.relu.default(a)\nreturn (relu_default, e)", 1, 2, 0},
    {"the replacement is an input", "p = CallFunction(aten.clone.default, KeywordArg('x'))", "x", "return x", "a",
     "n = @aten.clone.default(a)\nm = @aten.neg.default(n)\nreturn (m,)", "m = @aten.neg.default(a)\nreturn (m,)", 1, 1,
     0},
    {"captured numbers, and what is computed from them",
     "p = CallFunction(aten.div.Tensor, KeywordArg('x'), KeywordArg('scale'))", "x, scale",
     "inverse = 1.0 / scale\nm = @aten.mul.Tensor(x, inverse)\nreturn m", "a",
     "n = @aten.div.Tensor(a, 4.0)\nreturn (n,)", "mul_tensor = @aten.mul.Tensor(a, 0.25)\nreturn (mul_tensor,)", 1, 1,
     0},
    {"captured lists", "p = CallFunction(aten.view.default, KeywordArg('x'), KeywordArg('size'))", "x, size",
     "m = @aten.reshape.default(x, size)\nreturn m", "a, s", "n = @aten.view.default(a, [s, 2])\nreturn (n,)",
     "reshape_default = @aten.reshape.default(a, [s, 2])\nreturn (reshape_default,)", 1, 1, 0},
    {"a chain of three, from its end (test_batched_pattern_matcher_pass_multiple_matches)",
     "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)", "x", "m = @aten.sub.Tensor(x, 1)\nreturn m", "a",
     "r = @aten.add.Tensor(a, 1)\ns = @aten.add.Tensor(r, 1)\nt = @aten.add.Tensor(s, 1)\nreturn (t,)",
     "sub_tensor_2 = @aten.sub.Tensor(a, 1)\nsub_tensor_1 = @aten.sub.Tensor(sub_tensor_2, 1)\n"
     "sub_tensor = @aten.sub.Tensor(sub_tensor_1, 1)\nreturn (sub_tensor,)",
     3, 3, 0},
    {"split and cat of all pieces (test_splitwithsizes_cat counts 4 nodes)",
     "s = CallFunction(aten.split_with_sizes.default, KeywordArg('x'), Ignored(), Ignored(), _users=MULTIPLE)\n"
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(operator.getitem, s, Ignored())), Ignored())",
     "x", "return x", "a",
     "s = @aten.split_with_sizes.default(a, [8, 24], 1)\ng = s[0]\nh = s[1]\nc = @aten.cat.default([g, h], 1)\n"
     "r = @aten.neg.default(c)\nreturn (r,)",
     "r = @aten.neg.default(a)\nreturn (r,)", 1, 4, 0},
    {"cat, slice, cat (test_cat_slice_cat counts 3 nodes)",
     "c = CallFunction(aten.cat.default, Ignored(), 1, _users=2)\np = CallFunction(aten.cat.default, [c, "
     "CallFunction(aten.slice.Tensor, c, 1, 0, KeywordArg('size'))], 1)",
     "size", "m = @aten.foo.default(size)\nreturn m", "a, b",
     "c = @aten.cat.default([a, b], 1)\ns = @aten.slice.Tensor(c, 1, 0, 19)\nd = @aten.cat.default([c, s], 1)\n"
     "return (d,)",
     "foo_default = @aten.foo.default(19)\nreturn (foo_default,)", 1, 3, 0},
};

static void test_replacements(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof replacements / sizeof replacements[0]; i++) {
        check_replacement(&replacements[i]);
    }
}

/* Vector 15: two patterns that differ in a constant. */
static void test_two_constants(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_graph *graph = plain_graph(pass.context, "a",
                                  "s = @aten.add.Tensor(a, 1)\nr = @aten.relu.default(s)\n"
                                  "t = @aten.add.Tensor(r, 2)\nreturn (t,)");
    assert_int_equal(add_replacement(&pass, "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)", "x",
                                     "m = @aten.sub.Tensor(x, 1)\nreturn m"),
                     RG_OK);
    assert_int_equal(add_replacement(&pass, "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 2)", "x",
                                     "m = @aten.sub.Tensor(x, 2)\nreturn m"),
                     RG_OK);
    assert_int_equal(apply_pass(&pass, graph).matched, 2);
    assert_int_equal(rg_expression_pass_matched(pass.pass, 0), 1);
    assert_int_equal(rg_expression_pass_matched(pass.pass, 1), 1);
    assert_int_equal(rg_expression_pass_matched(pass.pass, 2), 0);
    assert_string_equal(statements_of(graph),
                        "sub_tensor_1 = @aten.sub.Tensor(a, 1)\nr = @aten.relu.default(sub_tensor_1)\n"
                        "sub_tensor = @aten.sub.Tensor(r, 2)\nreturn (sub_tensor,)");
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* G2: the submodule of a higher-order op comes along, once. */
static void test_submodule(void **state)
{
    (void)state;
    static const char text[] = "class R(torch.nn.Module):\n    def forward(self, x):\n"
                               "        body = self.body\n"
                               "        w = torch.ops.higher_order.wrap(body, x)\n"
                               "        return w\n"
                               "    class body(torch.nn.Module):\n        def forward(self, y):\n"
                               "            n = torch.ops.aten.neg.default(y)\n            return (n,)\n";
    test_pass pass = open_pass();
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    entry.kind = RG_EXPRESSION_ENTRY_REPLACEMENT;
    entry.replacement = pass.replacements[0] = read_graph(pass.context, text);
    assert_int_equal(add_entry(&pass, "p = CallFunction(aten.sin.default, KeywordArg('x'))", &entry), RG_OK);
    rg_graph *graph = plain_graph(pass.context, "a", "s = @aten.sin.default(a)\nt = @aten.sin.default(s)\nreturn (t,)");
    assert_int_equal(apply_pass(&pass, graph).matched, 2);
    assert_int_equal(rg_graph_child_count(graph), 1);
    assert_string_equal(statements_of(graph),
                        "body_1 = self.body\nwrap_1 = @higher_order.wrap(body_1, a)\nbody = self.body\n"
                        "wrap = @higher_order.wrap(body, wrap_1)\nreturn (wrap,)");
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* ---- what an entry must have ---- */

static void test_refused_entries(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    assert_int_equal(rg_expression_pass_add(pass.pass, &entry), RG_ERROR_ARGUMENT);
    assert_int_equal(add_entry(&pass, "p = CallFunction(aten.neg.default, Arg())", &entry), RG_ERROR_ARGUMENT);
    entry.kind = RG_EXPRESSION_ENTRY_LOWERING;
    assert_int_equal(rg_expression_pass_add(pass.pass, &entry), RG_ERROR_ARGUMENT);
    entry.kind = RG_EXPRESSION_ENTRY_REPLACEMENT;
    assert_int_equal(rg_expression_pass_add(pass.pass, &entry), RG_ERROR_ARGUMENT);
    assert_int_equal(add_replacement(&pass, "p = CallFunction(aten.neg.default, Arg())", "x", "return x"),
                     RG_ERROR_RULE);
    assert_int_equal(add_replacement(&pass, "p = CallFunction(aten.neg.default, KeywordArg('x'))", "y", "return y"),
                     RG_ERROR_RULE);
    assert_int_equal(
        add_replacement(&pass, "p = CallFunction(aten.neg.default, KeywordArg('x'))", "x", "m = x.relu()\nreturn m"),
        RG_ERROR_RULE);
    /* None of them is in the pass. */
    rg_graph *graph = plain_graph(pass.context, "a", "s = @aten.neg.default(a)\nreturn (s,)");
    assert_int_equal(apply_pass(&pass, graph).matched, 0);
    rg_context *other = new_context();
    rg_graph *stranger = plain_graph(other, "a", "s = @aten.neg.default(a)\nreturn (s,)");
    rg_expression_pass_report report;
    assert_int_equal(rg_expression_pass_apply(&report, pass.pass, stranger), RG_ERROR_ARGUMENT);
    rg_graph_destroy(stranger);
    rg_context_destroy(other);
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* ---- graph handlers ---- */

/* The roots that note_root was called with, each behind its user's text. */
static char seen[256];

static rg_status note_root(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    size_t size = strlen(seen);
    (void)match;
    (void)snprintf(seen + size, sizeof seen - size, "%s%s ", (const char *)user, rg_node_name(graph, root).data);
    return RG_OK;
}

/* Puts a node before the root and takes the match away. */
static rg_status replace_by_cos(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument argument = {{NULL, 0}, rg_expression_match_keyword(match, rg_string_from("x"))};
    rg_node node;
    description.op = build_op(rg_graph_context(graph), "aten.cos.default");
    description.arguments = &argument;
    description.argument_count = 1;
    rg_status status = rg_graph_insert(&node, graph, root, &description);
    if (status == RG_OK) {
        status = rg_graph_replace_uses(graph, root, rg_value_node(node), NULL, 0);
    }
    *(int *)user += 1;
    return status == RG_OK ? rg_expression_match_erase_nodes(match) : status;
}

/* D1, D2, D3: from the end; in order of registration; an entry does not keep the next from its turn. */
static void test_order(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_graph *graph = plain_graph(pass.context, "x",
                                  "a = @aten.neg.default(x)\nb = @aten.sin.default(a)\n"
                                  "c = @aten.neg.default(b)\nreturn (c,)");
    rg_expression_entry first = RG_EXPRESSION_ENTRY_INIT;
    int replaced = 0;
    add_handler(&pass, "p = CallFunction(aten.neg.default, Ignored())", note_root, (char[]){"1:"});
    add_handler(&pass, "p = CallFunction([aten.neg.default, aten.sin], Ignored())", note_root, (char[]){"2:"});
    first.handler = note_root;
    first.prepend = true;
    first.user = (char[]){"0:"};
    assert_int_equal(add_entry(&pass, "p = CallFunction(aten.sin.default, Ignored())", &first), RG_OK);
    seen[0] = '\0';
    rg_expression_pass_report report = apply_pass(&pass, graph);
    assert_string_equal(seen, "1:c 2:c 0:b 2:b 1:a 2:a ");
    assert_int_equal(report.matched, 6);
    assert_int_equal(report.nodes, 6);
    /* A target that is there twice is tried twice; a node that is gone is not tried again. */
    add_handler(&pass, "p = CallFunction([aten.sin, aten.sin.default], KeywordArg('x'))", note_root, (char[]){"3:"});
    add_handler(&pass, "p = CallFunction(aten.sin.default, KeywordArg('x'))", replace_by_cos, &replaced);
    add_handler(&pass, "p = CallFunction(aten.sin.default, KeywordArg('x'))", note_root, (char[]){"4:"});
    seen[0] = '\0';
    (void)apply_pass(&pass, graph);
    assert_string_equal(seen, "1:c 2:c 0:b 2:b 3:b 3:b 1:a 2:a ");
    assert_int_equal(replaced, 1);
    assert_string_equal(statements_of(graph), "a = @aten.neg.default(x)\ncos_default = @aten.cos.default(a)\n"
                                              "c = @aten.neg.default(cos_default)\nreturn (c,)");
    rg_graph_destroy(graph);
    close_pass(&pass);
}

static rg_status accept_twos(bool *accept, const rg_expression_match *match, void *user)
{
    int64_t number = 0;
    (void)user;
    rg_value value = rg_expression_match_keyword(match, rg_string_from("c"));
    *accept = rg_value_as_int(rg_graph_context(rg_expression_match_graph(match)), value, &number) && number == 2;
    return RG_OK;
}

static rg_status keep_root_only(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    (void)graph;
    (void)user;
    return rg_expression_match_set_nodes(match, &root, 1);
}

static bool skip_named(void *user, const rg_graph *graph, rg_node node)
{
    return rg_string_equal(rg_node_name(graph, node), rg_string_from(user));
}

static rg_status refuse_all(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    (void)root;
    (void)match;
    (void)user;
    return rg_context_report(rg_graph_context(graph), RG_SEVERITY_ERROR, RG_ERROR_UNSUPPORTED,
                             rg_string_from("not today"), NULL);
}

/* D6, D7: a check that says no; a handler that narrows what is counted; skipped roots; a handler that fails. */
static void test_counting(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_graph *graph = plain_graph(pass.context, "x",
                                  "a = @aten.neg.default(x)\nb = @aten.add.Tensor(a, 2)\n"
                                  "c = @aten.neg.default(b)\nd = @aten.add.Tensor(c, 3)\n"
                                  "e = @aten.add.Tensor(d, 2)\nreturn (e,)");
    static const char pattern[] =
        "p = CallFunction(aten.add.Tensor, CallFunction(aten.neg.default, Ignored()), KeywordArg('c'))";
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    entry.check = accept_twos;
    entry.handler = keep_root_only;
    assert_int_equal(add_entry(&pass, pattern, &entry), RG_OK);
    rg_expression_pass_report report = apply_pass(&pass, graph);
    assert_int_equal(report.matched, 1);
    assert_int_equal(report.nodes, 1);
    rg_expression_pass_options options = RG_EXPRESSION_PASS_OPTIONS_INIT;
    options.skip = skip_named;
    options.user = (char[]){"b"};
    rg_expression_pass *skipping = NULL;
    assert_int_equal(rg_expression_pass_create(&skipping, pass.context, &options), RG_OK);
    assert_int_equal(rg_expression_pass_add(skipping, &entry), RG_OK);
    assert_int_equal(rg_expression_pass_apply(&report, skipping, graph), RG_OK);
    assert_int_equal(report.matched, 0);
    entry.check = NULL;
    entry.handler = refuse_all;
    assert_int_equal(rg_expression_pass_add(skipping, &entry), RG_OK);
    assert_int_equal(rg_expression_pass_apply(&report, skipping, graph), RG_ERROR_UNSUPPORTED);
    assert_int_equal(report.matched, 0);
    rg_expression_pass_destroy(skipping);
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* A handler that puts a replacement in by itself. */
static rg_status replace_in_handler(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    rg_value value = rg_expression_match_keyword(match, rg_string_from("x"));
    (void)graph;
    (void)root;
    assert_int_equal(rg_expression_match_replace(match, user, NULL, 0), RG_ERROR_ARGUMENT);
    return rg_expression_match_replace(match, user, &value, 1);
}

static void test_replace_in_handler(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_graph *graph = plain_graph(pass.context, "x", "a = @aten.neg.default(x)\nreturn (a,)");
    rg_graph *replacement = plain_graph(pass.context, "x", "a = @aten.cos.default(x)\nreturn (a,)");
    add_handler(&pass, "p = CallFunction(aten.neg.default, KeywordArg('x'))", replace_in_handler, replacement);
    assert_int_equal(apply_pass(&pass, graph).matched, 1);
    assert_string_equal(statements_of(graph), "cos_default = @aten.cos.default(x)\nreturn (cos_default,)");
    rg_graph_destroy(replacement);
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* ---- lowering ---- */

static rg_status lower_to_neg(rg_graph *graph, rg_node node, void *user)
{
    (void)graph;
    (void)node;
    *(int *)user += 1;
    return RG_OK;
}

static void test_lowering(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    int lowered = 0;
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    entry.kind = RG_EXPRESSION_ENTRY_LOWERING;
    entry.target = rg_string_from("mm_plus_mm");
    entry.lowering = lower_to_neg;
    entry.user = &lowered;
    assert_int_equal(add_entry(&pass,
                               "p = CallFunction(aten.add.Tensor, CallFunction(aten.mm.default, Arg(), Arg()), "
                               "CallFunction(aten.mm.default, Arg(), KeywordArg('last')))",
                               &entry),
                     RG_OK);
    rg_graph *graph = plain_graph(pass.context, "a, b, c, d",
                                  "m = @aten.mm.default(a, b)\nn = @aten.mm.default(c, d)\n"
                                  "s: \"f32[2, 2]\" = @aten.add.Tensor(m, n)\nt = @aten.neg.default(s)\nreturn (t,)");
    rg_expression_pass_report report = apply_pass(&pass, graph);
    assert_int_equal(report.matched, 1);
    assert_int_equal(report.nodes, 3);
    assert_string_equal(statements_of(graph), "mm_plus_mm = mm_plus_mm(a, b, c, last = d)\n"
                                              "t = @aten.neg.default(mm_plus_mm)\nreturn (t,)");
    rg_node node = rg_graph_find(graph, rg_string_from("mm_plus_mm"));
    assert_false(rg_type_is_null(rg_node_type(graph, node)));
    assert_int_equal(rg_expression_pass_lower(pass.pass, graph, node), RG_OK);
    assert_int_equal(lowered, 1);
    assert_int_equal(rg_expression_pass_lower(pass.pass, graph, rg_graph_find(graph, rg_string_from("t"))),
                     RG_ERROR_NAME);
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* The root must be the last node: another output behind it cannot be lowered. */
static void test_lowering_of_outputs(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    entry.kind = RG_EXPRESSION_ENTRY_LOWERING;
    entry.target = rg_string_from("both");
    assert_int_equal(add_entry(&pass,
                               "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), "
                               "CallFunction(aten.exp.default, x)])",
                               &entry),
                     RG_OK);
    rg_graph *graph =
        plain_graph(pass.context, "x", "n = @aten.neg.default(x)\ne = @aten.exp.default(x)\nreturn (n, e)");
    rg_expression_pass_report report = apply_pass(&pass, graph);
    assert_int_equal(report.matched, 0);
    assert_int_equal(report.failed, 1);
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* ---- mutation ---- */

/* U3, on names that PyTorch was asked about. */
static void test_mutation_names(void **state)
{
    (void)state;
    rg_string file = read_file(REGRAFT_TEST_DATA_DIR "/expressions/mutation_names.txt");
    size_t count = 0;
    for (const char *line = file.data; *line != '\0'; line = strchr(line, '\n') + 1) {
        const char *blank = strchr(line, ' ');
        rg_string name = {line, (size_t)(blank - line)};
        if (rg__is_mutation_name(name) != (blank[1] == 'y')) {
            fail_msg("%.*s: %s", (int)name.size, name.data, rg__is_mutation_name(name) ? "yes" : "no");
        }
        count++;
    }
    assert_true(count > 300);
    free((void *)file.data);
}

/* U2 */
static void test_mutating_nodes(void **state)
{
    (void)state;
    static const struct {
        const char *statement;
        bool mutates;
    } cases[] = {
        {"@aten.copy_.default(x, y)", true},
        {"@aten.add.Tensor(x, y)", false},
        {"@aten.add.out(x, y, out = x)", true},
        {"@aten.split_with_sizes_copy.default(x, [1])", false},
        {"x.copy_(y)", true},
        {"x.add(y)", false},
        {"x.__setitem__(0, y)", false},
        {"torch._C._set_grad_enabled(False)", true},
        {"torch.amp.autocast_mode._enter_autocast('cuda')", true},
        {"torch.manual_seed(0)", true},
        {"torch.add(y, 1, out = x)", true},
        {"torch.add(y, 1, out = None)", false},
        {"torch.add(y, 1)", false},
        {"@higher_order.auto_functionalized(torch.ops._C.rms_norm.default, out = x, result = y)", false},
        {"@inductor.resize_storage_bytes_.default(x, 0)", true},
        {"@my.unknown_.default(x)", true},
        {"@my.unknown.default(x)", false},
    };
    rg_context *context = new_context();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "s = %s\nreturn (s,)", cases[i].statement);
        rg_graph *graph = plain_graph(context, "x, y", text);
        rg_node node = rg_graph_previous(graph, rg_graph_output(graph));
        if (rg__node_mutates(graph, node) != cases[i].mutates) {
            fail_msg("%s: %s", cases[i].statement, cases[i].mutates ? "mutates" : "does not mutate");
        }
        rg_graph_destroy(graph);
    }
    rg_context_destroy(context);
}

static uint32_t region_of(rg_mutation_regions *regions, rg_graph *graph, const char *name)
{
    uint32_t region = 99;
    rg_node node = rg_graph_find(graph, rg_string_from(name));
    assert_int_equal(rg__mutation_region(&region, regions, graph, node), RG_OK);
    return region;
}

/* U1, U4, U5 */
static void test_regions(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, "x, y",
                                  "a = @aten.sin.default(x)\nc = @aten.copy_.default(x, y)\n"
                                  "b = @aten.add.Tensor(x, a)\nd = @aten.neg.default(b)\nreturn (d,)");
    rg_mutation_regions regions = {0};
    assert_int_equal(rg__mutation_regions_compute(&regions, graph), RG_OK);
    assert_int_equal(region_of(&regions, graph, "x"), 0);
    assert_int_equal(region_of(&regions, graph, "a"), 0);
    assert_int_equal(region_of(&regions, graph, "c"), 1);
    assert_int_equal(region_of(&regions, graph, "d"), 1);
    /* New nodes continue from what is before them. */
    uint32_t last_id = rg_graph_output(graph).id;
    rg_node d = rg_graph_find(graph, rg_string_from("d"));
    rg_value x = value_of(rg_graph_find(graph, rg_string_from("x")));
    (void)build_call_before(graph, d, "aten.cos.default", "e", VALUES(x));
    rg_node fill = build_call_before(graph, d, "aten.zero_.default", "f", VALUES(x));
    assert_int_equal(region_of(&regions, graph, "e"), 1);
    assert_int_equal(region_of(&regions, graph, "f"), 2);
    assert_int_equal(region_of(&regions, graph, "d"), 1); /* as it was numbered */
    assert_int_equal(rg__mutation_regions_refresh(&regions, graph, last_id), RG_OK);
    assert_int_equal(region_of(&regions, graph, "d"), 2);
    last_id = fill.id;
    assert_int_equal(rg_graph_erase(graph, fill), RG_OK);
    assert_int_equal(rg__mutation_regions_refresh(&regions, graph, last_id), RG_OK);
    assert_int_equal(region_of(&regions, graph, "d"), 1);
    rg__mutation_regions_free(&regions, rg__default_allocator());
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* U6: what stands between two nodes of a match (test_match_with_mutation). */
static void test_match_with_mutation(void **state)
{
    (void)state;
    static const struct {
        const char *between;
        size_t matched;
    } cases[] = {
        {"w = torch.cos(y)", 1},
        {"w = x.copy_(y)", 0},
        {"w = torch._C._set_grad_enabled(False)", 0},
        {"w = torch.amp.autocast_mode._enter_autocast('cuda')", 0},
        {"w = torch.random.manual_seed(0)", 0},
        {"w = torch.add(y, 1, out = x)", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        test_pass pass = open_pass();
        (void)snprintf(text, sizeof text, "a = torch.sin(x)\n%s\nb = torch.add(x, a)\nreturn (b, w)", cases[i].between);
        rg_graph *graph = plain_graph(pass.context, "x, y", text);
        add_handler(&pass, "p = CallFunction(torch.add, KeywordArg('x'), CallFunction(torch.sin, KeywordArg('x')))",
                    note_root, (char[]){""});
        if (apply_pass(&pass, graph).matched != cases[i].matched) {
            fail_msg("%s", cases[i].between);
        }
        rg_graph_destroy(graph);
        close_pass(&pass);
    }
}

/* A replacement that writes ends a region for the matches after it. */
static void test_regions_follow_edits(void **state)
{
    (void)state;
    test_pass pass = open_pass();
    rg_graph *graph = plain_graph(pass.context, "x, y",
                                  "a = @aten.sin.default(x)\nb = @aten.cos.default(y)\n"
                                  "c = @aten.add.Tensor(x, a)\nd = @aten.neg.default(c)\nreturn (d, b)");
    assert_int_equal(add_replacement(&pass, "p = CallFunction(aten.neg.default, KeywordArg('x'))", "x",
                                     "z = @aten.zero_.default(x)\nreturn z"),
                     RG_OK);
    assert_int_equal(add_replacement(&pass, "p = CallFunction(aten.cos.default, KeywordArg('y'))", "y",
                                     "z = @aten.zero_.default(y)\nreturn z"),
                     RG_OK);
    seen[0] = '\0';
    add_handler(&pass,
                "p = CallFunction(aten.add.Tensor, KeywordArg('x'), CallFunction(aten.sin.default, "
                "KeywordArg('x')))",
                note_root, (char[]){""});
    /* d is replaced first, behind the sum: that does not matter to it. */
    assert_int_equal(apply_pass(&pass, graph).matched, 3);
    assert_string_equal(seen, "c ");
    /* Now something is written between a and c. */
    seen[0] = '\0';
    assert_int_equal(apply_pass(&pass, graph).matched, 0);
    assert_string_equal(seen, "");
    rg_graph_destroy(graph);
    close_pass(&pass);
}

/* ---- memory ---- */

static rg_status load_and_apply(rg_context *context)
{
    static const char pattern[] = "x = KeywordArg('x')\n"
                                  "p = MultiOutputPattern([CallFunction(aten.neg.default, x), "
                                  "CallFunction(aten.mul.Tensor, x, KeywordArg('y')), None])\n";
    static const char replacement[] = "class R(torch.nn.Module):\n    def forward(self, x, y):\n"
                                      "        m = torch.ops.aten.foo.default([x, y], 1)\n        a = m[0]\n"
                                      "        b = m[1]\n        return (a, b, None)\n";
    static const char text[] = "class G(torch.nn.Module):\n    def forward(self, a, b):\n"
                               "        n = torch.ops.aten.neg.default(a)\n        r = torch.ops.aten.relu.default(n)\n"
                               "        y = torch.ops.aten.exp.default(b)\n"
                               "        m = torch.ops.aten.mul.Tensor(a, y)\n        return (r, m)\n";
    rg_expression_list *list = NULL;
    rg_expression_pass *pass = NULL;
    rg_graph *graph = NULL;
    rg_graph *new = NULL;
    rg_expression_pass_report report = {0};
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    rg_status status = rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("g"));
    status = status == RG_OK ? rg_graph_parse(&new, context, rg_string_from(replacement), rg_string_from("r")) : status;
    status = status == RG_OK ? rg_expression_list_parse(&list, context, rg_string_from(pattern), rg_string_from("p"))
                             : status;
    status = status == RG_OK ? rg_expression_pass_create(&pass, context, NULL) : status;
    if (status == RG_OK) {
        entry.kind = RG_EXPRESSION_ENTRY_REPLACEMENT;
        entry.expression = rg_expression_list_get(list, 0);
        entry.replacement = new;
        status = rg_expression_pass_add(pass, &entry);
    }
    status = status == RG_OK ? rg_expression_pass_apply(&report, pass, graph) : status;
    assert_true(status != RG_OK || report.matched == 1);
    if (status == RG_OK) {
        rg_buffer printed;
        rg__buffer_init(&printed, rg__default_allocator());
        status = rg_expression_print(entry.expression, rg__buffer_sink(&printed));
        rg__buffer_free(&printed);
    }
    rg_expression_pass_destroy(pass);
    rg_expression_list_destroy(list);
    rg_graph_destroy(new);
    rg_graph_destroy(graph);
    return status;
}

static rg_status whole_job(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    (void)user;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    status = status == RG_OK ? load_and_apply(context) : status;
    rg_context_destroy(context);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(whole_job, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replacements),
        cmocka_unit_test(test_two_constants),
        cmocka_unit_test(test_submodule),
        cmocka_unit_test(test_refused_entries),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_counting),
        cmocka_unit_test(test_replace_in_handler),
        cmocka_unit_test(test_lowering),
        cmocka_unit_test(test_lowering_of_outputs),
        cmocka_unit_test(test_mutation_names),
        cmocka_unit_test(test_mutating_nodes),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_match_with_mutation),
        cmocka_unit_test(test_regions_follow_edits),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
