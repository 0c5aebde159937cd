/*
 * Tests of rule sets from files: instances and their order, traces, dumps, canonical text, declared ops. Rules from C
 * are in test_rule_from_c.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/document.h>
#include <regraft/match.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"
#include "support/rule_set_case.h"
#include "support/same_graph.h"
#include "support/text_reading.h"

static void assert_type(const rg_graph *graph, const char *node, const char *expected)
{
    rg_buffer text;
    rg_type_print_options options = {true, true};
    rg_node found = rg_graph_find(graph, rg_string_from(node));
    rg__buffer_init(&text, rg__default_allocator());
    assert_false(rg_node_is_null(found));
    assert_int_equal(
        rg_type_print(rg_graph_context(graph), rg_node_type(graph, found), options, rg__buffer_sink(&text)), RG_OK);
    assert_string_equal(text.data, expected);
    rg__buffer_free(&text);
}

/* ---- instances ---- */

static void test_order(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "class small(Rule):\n"
               "    def pattern(x: 'f32[n]'): return torch.relu(x)\n"
               "    def replacement(x): return x.clamp_min(0)\n"
               "class large(Rule):\n"
               "    def pattern(x: 'f32[n]'): return torch.relu(torch.tanh(x))\n"
               "    def replacement(x): return torch.tanh(x).clamp_min(0)\n"
               "class first(Rule):\n"
               "    priority = 1\n"
               "    def pattern(x: 'f32[n]'): return torch.sigmoid(x)\n"
               "    def replacement(x): return 1 / (torch.exp(-x) + 1)\n"
               "class last(Rule):\n"
               "    priority = -1\n"
               "    def pattern(x: 'f32[n]'): return torch.sin(torch.cos(torch.tan(x)))\n"
               "    def replacement(x): return x.cos()\n"
               "class alike(Rule):\n"
               "    def pattern(x: 'f32[n]'): return torch.cos(x)\n"
               "    def replacement(x): return x.sin()\n");
    assert_int_equal(rg_rule_set_count(f->set), 5);
    assert_name(f->set, 0, "first");
    assert_name(f->set, 1, "large");
    assert_name(f->set, 2, "alike");
    assert_name(f->set, 3, "small");
    assert_name(f->set, 4, "last");
    assert_int_equal(rg_rule_set_info(f->set, 4).line, 11);
    assert_int_equal(rg_rule_set_info(f->set, 4).priority, -1);
    assert_null(rg_rule_set_info(f->set, 5).pattern);
}

static void test_description_is_not_inherited(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "class base(Rule):\n"
               "    '''Of the base.'''\n"
               "    def pattern(x: 'f32[n]'): return torch.relu(x)\n"
               "    def replacement(x): return x.sin()\n"
               "class derived(base):\n"
               "    def pattern(x: 'f32[n]'): return torch.cos(x)\n");
    assert_int_equal(rg_rule_set_count(f->set), 2);
    assert_name(f->set, 0, "base");
    assert_string_equal(rg_rule_set_info(f->set, 0).description.data, "Of the base.");
    assert_name(f->set, 1, "derived");
    assert_int_equal(rg_rule_set_info(f->set, 1).description.size, 0);
}

static void test_parameters(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "FACTORS = (2, 3)\n"
               "class r(Rule):\n"
               "    '''What it does.\n\n    More.'''\n"
               "    factor = FACTORS\n"
               "    T = (torch.bfloat16, torch.float16)\n"
               "    def pattern(x: 'T[..., factor]'):\n"
               "        return x * factor\n"
               "    def replacement(x):\n"
               "        return x + x if factor == 2 else x + x + x\n");
    assert_int_equal(rg_rule_set_count(f->set), 2 * 2 * 5);
    assert_name(f->set, 0, "r[factor=2, T=bf16, ...=0]");
    assert_string_equal(rg_rule_set_info(f->set, 0).rule.data, "r");
    assert_string_equal(rg_rule_set_info(f->set, 0).description.data, "What it does.");
    assert_string_equal(rg_rule_set_info(f->set, 0).file.data, "rules.py");
    assert_name(f->set, 19, "r[factor=3, T=f16, ...=4]");
    assert_type(rg_rule_set_info(f->set, 19).pattern, "x",
                "f16[ellipsis_0, ellipsis_1, ellipsis_2, ellipsis_3, 3][3*ellipsis_1*ellipsis_2*ellipsis_3, "
                "3*ellipsis_2*ellipsis_3, 3*ellipsis_3, 3, 1]$device:0");
    assert_statements(rg_rule_set_info(f->set, 19).replacement,
                      "aten.add.Tensor x x\naten.add.Tensor add_tensor x\noutput add_tensor_1\n");
}

static void test_dtype_variables(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "class r(Rule):\n"
               "    def pattern(x: 'D[n]', y: 'E[n]'): return x.to(E) + y\n"
               "    def replacement(x, y): return y + x.to(y.dtype)\n");
    /* The two that convert nothing for D == E are the same for each such pair, but differ in the dtype of inputs. */
    assert_int_equal(rg_rule_set_count(f->set), 16);
    assert_name(f->set, 0, "r[D=bf16, E=f16]");
    assert_statements(rg_rule_set_info(f->set, 0).pattern,
                      "prims.convert_element_type.default x torch.float16\n"
                      "aten.add.Tensor convert_element_type_default y\noutput add_tensor\n");
    assert_name(f->set, 15, "r[D=f64, E=f64]");
}

/* ---- example inputs ---- */

static void test_examples(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "class broadcast(Rule):\n"
               "    def inputs(): return [torch.empty(5, 16), torch.empty(16), torch.empty(1, 16)]\n"
               "    def pattern(x, w, v): return torch.relu(x * w + v)\n"
               "    def replacement(x, w, v): return torch.addcmul(v, x, w).relu()\n"
               "class product(Rule):\n"
               "    def inputs(): return [torch.empty(5, 16), torch.empty(16, 16)]\n"
               "    def pattern(x, w): return torch.tanh(x @ w)\n"
               "    def replacement(x, w): return torch.tanh(torch.mm(x, w) * 1)\n"
               "class fixed(Rule):\n"
               "    def inputs(): return [torch.empty(4, 6)]\n"
               "    def pattern(x): return torch.sigmoid(x.view(2, 2, 6))\n"
               "    def replacement(x): return torch.sigmoid(x).view(2, 2, 6)\n"
               "class open(Rule):\n"
               "    def inputs(): return [torch.empty(4, 4)]\n"
               "    def pattern(x): return torch.sin(x.t())\n"
               "    def replacement(x): return torch.sin(x).t()\n");
    assert_int_equal(rg_rule_set_count(f->set), 4);
    assert_name(f->set, 0, "broadcast");
    const rg_graph *graph = rg_rule_set_info(f->set, 0).pattern;
    assert_type(graph, "x", "f32[d0, d1][d1, 1]$device:0");
    assert_type(graph, "w", "f32[d1][1]$device:0");
    assert_type(graph, "v", "f32[1, d1][d1, 1]$device:0");
    assert_name(f->set, 1, "fixed");
    graph = rg_rule_set_info(f->set, 1).pattern;
    assert_type(graph, "x", "f32[4, 6][6, 1]$device:0");
    assert_name(f->set, 2, "open");
    assert_type(rg_rule_set_info(f->set, 2).pattern, "x", "f32[d0, d1][d1, 1]$device:0");
    assert_name(f->set, 3, "product");
    graph = rg_rule_set_info(f->set, 3).pattern;
    assert_type(graph, "x", "f32[d0, d1][d1, 1]$device:0");
    assert_type(graph, "w", "f32[d1, d3][d3, 1]$device:0");
}

/* ---- configuration ---- */

static void test_config(void **state)
{
    rule_set_case *f = *state;
    assert_int_equal(rg_rule_set_set_config(f->set, rg_string_from("model_dtype"), rg_value_dtype(RG_DTYPE_F32)),
                     RG_OK);
    assert_int_equal(rg_rule_set_set_config(f->set, rg_string_from("model_dtype"), rg_value_dtype(RG_DTYPE_F16)),
                     RG_OK);
    load_rules(f->set, f->context,
               "class r(Rule):\n"
               "    def pattern(x: 'bf16[n]'):\n"
               "        return torch.relu(x.to(config.model_dtype)) * config.get('factor', 3)\n"
               "    def replacement(x):\n"
               "        return x.to(config.model_dtype).clamp_min(0) * config.get('factor', 3)\n");
    assert_statements(rg_rule_set_info(f->set, 0).pattern, "prims.convert_element_type.default x torch.float16\n"
                                                           "aten.relu.default convert_element_type_default\n"
                                                           "aten.mul.Tensor relu_default 3\noutput mul_tensor\n");
}

/* ---- traces ---- */

static void test_view_to_reshape(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "class r(Rule):\n"
               "    view_to_reshape = True\n"
               "    def pattern(x: 'f32[n, 4]'): return torch.relu(x.permute(0, 1)).view(-1)\n"
               "    def replacement(x): return x.reshape(-1).clamp_min(0)\n"
               "class kept(Rule):\n"
               "    keep_noops = True\n"
               "    def pattern(x: 'f32[n, 4]'): return torch.relu(x).clone() * 2\n"
               "    def replacement(x): return torch.relu(x) * 2\n");
    assert_name(f->set, 0, "kept");
    assert_statements(rg_rule_set_info(f->set, 0).pattern,
                      "aten.relu.default x\naten.clone.default relu_default\naten.mul.Tensor clone_default 2\n"
                      "output mul_tensor\n");
    assert_statements(rg_rule_set_info(f->set, 1).pattern,
                      "aten.relu.default x\naten.reshape.default relu_default [-1]\noutput view_default\n");
    assert_statements(rg_rule_set_info(f->set, 1).replacement,
                      "aten.reshape.default x [-1]\naten.clamp_min.default view_default 0\noutput clamp_min_default\n");
}

static void test_declared_op(void **state)
{
    rule_set_case *f = *state;
    load_rules(f->set, f->context,
               "class f(Op):\n"
               "    schema = 'my::f(Tensor x, Tensor y, int n) -> (Tensor, Tensor)'\n"
               "    def result(x: 'T[..., k]', y: 'T[k, m]', n: 'int') -> ('T[..., m]', 'f32[n, 2*k]'): ...\n"
               "class r(Rule):\n"
               "    def pattern(a: 'bf16[b, t, h]', w: 'bf16[h, d]'):\n"
               "        first, second = torch.ops.my.f.default(a, w, 3)\n"
               "        return first, second\n"
               "    def replacement(a, w):\n"
               "        first, second = torch.ops.my.f(a, w, n=3)\n"
               "        return first * 1, second\n");
    const rg_graph *graph = rg_rule_set_info(f->set, 0).pattern;
    assert_type(graph, "getitem", "bf16[b, t, d][d*t, d, 1]$device:0");
    assert_type(graph, "getitem_1", "f32[3, 2*h][2*h, 1]$device:0");
}

/* ---- all or nothing ---- */

static void test_all_or_nothing(void **state)
{
    rule_set_case *f = *state;
    static const char good[] = "class good(Rule):\n"
                               "    def pattern(x: 'f32[n]'): return torch.relu(x)\n"
                               "    def replacement(x): return x.clamp_min(0)\n";
    static const char bad[] = "class other(Rule):\n"
                              "    def pattern(x: 'f32[n]'): return torch.tanh(x)\n"
                              "    def replacement(x): return x.sin()\n"
                              "class bad(Rule):\n"
                              "    def pattern(x: 'f32[n]'): return torch.tahn(x)\n"
                              "    def replacement(x): return x\n";
    load_rules(f->set, f->context, good);
    char *before = printed(f->set, rg_rule_set_canonical);
    assert_int_equal(rg_rule_set_load_text(f->set, rg_string_from(bad), rg_string_from("bad.py")),
                     RG_ERROR_UNSUPPORTED);
    assert_int_equal(rg_rule_set_count(f->set), 1);
    char *after = printed(f->set, rg_rule_set_canonical);
    assert_string_equal(before, after);
    free(before);
    free(after);
    /* the same rule again */
    assert_int_equal(rg_rule_set_load_text(f->set, rg_string_from(good), rg_string_from("again.py")), RG_ERROR_RULE);
    assert_int_equal(rg_rule_set_count(f->set), 1);
    assert_int_equal(rg_rule_set_load_file(f->set, "/nonexistent/rules.py"), RG_ERROR_IO);
    assert_int_equal(rg_rule_set_count(f->set), 1);
}

/* ---- meaning ---- */

static char *canonical_of(const char *text)
{
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    load_rules(set, context, text);
    char *canonical = printed(set, rg_rule_set_canonical);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    return canonical;
}

static void assert_same_meaning(const char *a, const char *b, bool same)
{
    char *left = canonical_of(a);
    char *right = canonical_of(b);
    if (same) {
        assert_string_equal(left, right);
    } else {
        assert_string_not_equal(left, right);
    }
    free(left);
    free(right);
}

static void test_canonical(void **state)
{
    static const char rule[] = "class r(Rule):\n"
                               "    epsilon = (1e-05, 1e-06)\n"
                               "    def pattern(x: 'f32[n, m]', w: 'f32[m]'):\n"
                               "        y = x * w\n"
                               "        z = torch.relu(x)\n"
                               "        return torch.ops.aten.add.Tensor(y, z + epsilon)\n"
                               "    def replacement(x, w):\n"
                               "        return (x.clamp_min(0) + epsilon) + x * w\n";
    (void)state;
    assert_same_meaning(rule,
                        "# other names, another order, other spellings\n"
                        "from regraft import Rule\n"
                        "import torch\n"
                        "def sum(a, b): return torch.add(a, b)\n"
                        "class r(Rule):\n"
                        "    '''With a docstring.'''\n"
                        "    epsilon = (0.00001, 1e-6)\n"
                        "    def pattern(a: 'f32[rows, columns]', b: 'f32[columns]'):\n"
                        "        first = a.relu()\n"
                        "        return torch.ops.aten.add(self=torch.mul(a, b), other=sum(first, epsilon))\n"
                        "    def replacement(a, b):\n"
                        "        unused = a.tanh()\n"
                        "        return torch.add(torch.clamp_min(a, 0).add(epsilon), a * b)\n",
                        true);
    assert_same_meaning(rule,
                        "class r(Rule):\n"
                        "    epsilon = (1e-05, 1e-07)\n"
                        "    def pattern(x: 'f32[n, m]', w: 'f32[m]'):\n"
                        "        return x * w + (torch.relu(x) + epsilon)\n"
                        "    def replacement(x, w):\n"
                        "        return (x.clamp_min(0) + epsilon) + x * w\n",
                        false);
    assert_same_meaning(rule,
                        "class r(Rule):\n"
                        "    epsilon = (1e-05, 1e-06)\n"
                        "    priority = 1\n"
                        "    def pattern(x: 'f32[n, m]', w: 'f32[m]'):\n"
                        "        return x * w + (torch.relu(x) + epsilon)\n"
                        "    def replacement(x, w):\n"
                        "        return (x.clamp_min(0) + epsilon) + x * w\n",
                        false);
    assert_same_meaning(rule,
                        "class r(Rule):\n"
                        "    epsilon = (1e-05, 1e-06)\n"
                        "    def pattern(x: 'f32[n, n]', w: 'f32[n]'):\n"
                        "        return x * w + (torch.relu(x) + epsilon)\n"
                        "    def replacement(x, w):\n"
                        "        return (x.clamp_min(0) + epsilon) + x * w\n",
                        false);
}

static void load_data(rule_set_case *f, const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/rules/%s", REGRAFT_TEST_DATA_DIR, name);
    rg_status status = rg_rule_set_load_file(f->set, path);
    print_all_diagnostics(f->context);
    assert_int_equal(status, RG_OK);
}

static void test_dump_of_language(void **state)
{
    rule_set_case *f = *state;
    load_data(f, "language.py");
    assert_int_equal(rg_rule_set_count(f->set), 36);
    check_dump(f->set);
}

static void test_dump_of_attention(void **state)
{
    rule_set_case *f = *state;
    load_data(f, "attention.py");
    assert_int_equal(rg_rule_set_count(f->set), 30);
    check_dump(f->set);
}

static void test_dump_of_attention_with_dropout(void **state)
{
    rule_set_case *f = *state;
    load_data(f, "attention_dropout.py");
    assert_int_equal(rg_rule_set_count(f->set), 42);
    check_dump(f->set);
}

/* ---- memory ---- */

/* Small pieces of everything, so that the thousands of runs stay quick. */
static const char memory_text[] =
    "from math import sqrt as root\n"
    "class f(Op):\n"
    "    schema = 'my::f(Tensor x, int n) -> Tensor'\n"
    "    def result(x: 'T[..., k]', n: 'int') -> 'T[..., n]': ...\n"
    "def helper(x, y=2): return torch.ops.my.f(x, n=y)\n"
    "class first(Rule):\n"
    "    '''Says something.'''\n"
    "    epsilon = (1e-05,)\n"
    "    def pattern(x: 'f32[n, m]', s: 'float'):\n"
    "        a, b = x.split([1, m - 1], -1)\n"
    "        return helper(a * s, 3) + epsilon\n"
    "    def replacement(x, s): return torch.ops.my.f.default(x[:, :1], 3) * (s + root(4)) + epsilon\n"
    "class second(Rule):\n"
    "    def inputs(): return [torch.empty(2, 3), torch.empty(3)]\n"
    "    def pattern(x, y): return torch.softmax(x + y, -1)\n"
    "    def replacement(x, y): return (x + y).softmax(-1) * 1\n";

static rg_status ignore_text(void *user, const char *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return RG_OK;
}

static rg_status load_and_dump(const rg_allocator *allocator, void *user)
{
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    (void)user;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status == RG_OK) {
        status = rg_rule_set_create(&set, context);
    }
    if (status == RG_OK) {
        status = rg_rule_set_load_text(set, rg_string_from(memory_text), rg_string_from("rules.py"));
        assert_int_equal(rg_rule_set_count(set), status == RG_OK ? 2 : 0);
    }
    if (status == RG_OK) {
        status = rg_rule_set_dump(set, (rg_sink){ignore_text, NULL});
    }
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    return status;
}

/* ---- what an author, or a user, leaves to meaning ---- */

static const char EXACTNESS_RULES[] = "class turned(Rule):\n"
                                      "    def pattern(x: \"f32[n, m]\", y: \"f32[n, m]\"):\n"
                                      "        return torch.ops.aten.reshape.default(torch.exp(x) * y, [m, n])\n"
                                      "    def replacement(x, y):\n"
                                      "        return torch.ops.aten.reshape.default(x - y, [m, n])\n";

/* The matches in a graph where `made` is the factor and `sizes` are those of the reshape. */
static size_t count_matches(bool exact, const char *made, const char *sizes)
{
    char text[1024];
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    rg_rule_set_set_exact(set, exact);
    load_rules(set, context, EXACTNESS_RULES);
    snprintf(text, sizeof(text),
             "class G(torch.nn.Module):\n"
             "    def forward(self, a: \"f32[4, 6]\", b: \"f32[4, 6]\"):\n"
             "        exp: \"f32[4, 6]\" = torch.ops.aten.exp.default(a)\n"
             "        made: \"f32[4, 6]\" = torch.ops.aten.%s\n"
             "        reshape: \"f32[6, 4]\" = torch.ops.aten.reshape.default(made, %s)\n"
             "        return (reshape,)\n",
             made, sizes);
    rg_graph *graph = read_graph(context, text);
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    size_t count = rg_match_list_count(list);
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    return count;
}

/* An exact set finds what is spelled as in the rule: the same order of operands, sizes as they are written. */
static void test_exact(void **state)
{
    (void)state;
    for (int exact = 0; exact < 2; exact++) {
        size_t otherwise = exact == 0 ? 1 : 0;
        assert_int_equal(count_matches(exact, "mul.Tensor(exp, b)", "[6, 4]"), 1);
        assert_int_equal(count_matches(exact, "mul.Tensor(b, exp)", "[6, 4]"), otherwise);
        assert_int_equal(count_matches(exact, "mul.Tensor(exp, b)", "[-1, 4]"), otherwise);
    }
}

/* What a rule leaves to meaning is part of what it means, and of its dump. */
static void test_freedom_is_meaning(void **state)
{
    static const char *const attributes[] = {"", "    see_through = False\n", "    commutative = False\n"};
    rule_set_case *f = *state;
    char *texts[3];
    for (size_t i = 0; i < 3; i++) {
        rg_rule_set *set = NULL;
        rg_rule_set *again = NULL;
        char text[512];
        snprintf(text, sizeof(text), "class turned(Rule):\n%s%s", attributes[i], strchr(EXACTNESS_RULES, '\n') + 1);
        assert_int_equal(rg_rule_set_create(&set, f->context), RG_OK);
        load_rules(set, f->context, text);
        texts[i] = printed(set, rg_rule_set_canonical);
        char *dump = printed(set, rg_rule_set_dump);
        assert_int_equal(rg_rule_set_create(&again, f->context), RG_OK);
        load_rules(again, f->context, dump);
        char *canonical = printed(again, rg_rule_set_canonical);
        assert_string_equal(canonical, texts[i]);
        free(canonical);
        free(dump);
        rg_rule_set_destroy(again);
        rg_rule_set_destroy(set);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_string_not_equal(texts[i], texts[(i + 1) % 3]);
    }
    for (size_t i = 0; i < 3; i++) {
        free(texts[i]);
    }
}

static void test_memory(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(load_and_dump, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE_SET_TEST(test_order),
        RULE_SET_TEST(test_description_is_not_inherited),
        RULE_SET_TEST(test_parameters),
        RULE_SET_TEST(test_dtype_variables),
        RULE_SET_TEST(test_examples),
        RULE_SET_TEST(test_config),
        RULE_SET_TEST(test_view_to_reshape),
        RULE_SET_TEST(test_declared_op),
        RULE_SET_TEST(test_all_or_nothing),
        cmocka_unit_test(test_canonical),
        RULE_SET_TEST(test_dump_of_language),
        RULE_SET_TEST(test_dump_of_attention),
        RULE_SET_TEST(test_dump_of_attention_with_dropout),
        cmocka_unit_test(test_exact),
        RULE_SET_TEST(test_freedom_is_meaning),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
