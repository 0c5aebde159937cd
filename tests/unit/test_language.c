/*
 * test_language.c: what rule files can say beyond plain patterns: optional inputs, several spellings, checks, literals
 * marked free, dropped results. Each case is a rule file, a graph, and the matches that must be found, by the engine
 * and by the reference search alone; and the rules' dump must mean what the rules mean.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/document.h>

#include "base/buffer.h"
#include "match/match_impl.h"
#include "support/failing_allocator.h"
#include "support/graph_rules.h"
#include "support/rule_file_case.h"

#define HEAD "import math\nimport torch\nfrom regraft import Rule\n\n"

static rg_rule_set *load(rg_context *context, const char *text)
{
    rg_rule_set *set = NULL;
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    if (rg_rule_set_load_text(set, rg_string_from(text), rg_string_from("rules.py")) != RG_OK) {
        fail_msg("%s\nin\n%s", rg_context_diagnostic(context, 0)->message.data, text);
    }
    return set;
}

/* The dump of a set loads to a set of the same meaning. */
static void expect_dump_loads(const rg_rule_set *set, rg_context *context)
{
    rg_buffer dump;
    rg_buffer meant;
    rg_buffer loaded;
    rg__buffer_init(&dump, rg__default_allocator());
    rg__buffer_init(&meant, rg__default_allocator());
    rg__buffer_init(&loaded, rg__default_allocator());
    assert_int_equal(rg_rule_set_dump(set, rg__buffer_sink(&dump)), RG_OK);
    rg_rule_set *again = load(context, dump.data);
    assert_int_equal(rg_rule_set_canonical(set, rg__buffer_sink(&meant)), RG_OK);
    assert_int_equal(rg_rule_set_canonical(again, rg__buffer_sink(&loaded)), RG_OK);
    assert_string_equal(meant.data, loaded.data);
    rg_rule_set_destroy(again);
    rg__buffer_free(&dump);
    rg__buffer_free(&meant);
    rg__buffer_free(&loaded);
}

static void put_rule_and_root(rg_buffer *out, const rg_graph *graph, const rg_match *match)
{
    rg__buffer_append(out, match->rule->name);
    rg__buffer_append_char(out, '@');
    rg__buffer_append(out, rg_node_name(graph, rg_match_root(match)));
}

/* "rule@root" for each match, separated by blanks; and the rules' dump loads. */
static void expect_matches(const char *rules, const char *parameters, const char *statements, const char *expected)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_rule_set *set = load(context, rules);
    expect_dump_loads(set, context);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    expect_matches_as(put_rule_and_root, " ", rules, parameters, statements, expected);
}

static void expect_refused(const char *rules, const char *reason)
{
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    assert_int_not_equal(rg_rule_set_load_text(set, rg_string_from(rules), rg_string_from("rules.py")), RG_OK);
    const char *message = rg_context_diagnostic(context, 0)->message.data;
    if (strstr(message, reason) == NULL) {
        fail_msg("'%s' does not say '%s'", message, reason);
    }
    assert_true(rg_context_diagnostic(context, 0)->location.line > 0);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
}

/* ---- optional inputs, alternatives ---- */

static void optional_inputs(void **state)
{
    static const char rules[] = HEAD "class r(Rule):\n"
                                     "    def pattern(x: 'f32[n]', mask: 'f32[n] | None'):\n"
                                     "        y = torch.relu(x)\n"
                                     "        return torch.sigmoid(y if mask is None else y + mask)\n"
                                     "    def replacement(x, mask):\n"
                                     "        y = torch.sigmoid(x)\n"
                                     "        return y if mask is None else y * mask\n";
    (void)state;
    expect_matches(rules, "p: 'f32[4]', q: 'f32[4]'",
                   "a = @aten.relu.default(p)\nb = @aten.sigmoid.default(a)\n"
                   "c = @aten.relu.default(p)\nd = @aten.add.Tensor(c, q)\ne = @aten.sigmoid.default(d)\n"
                   "return (b, e)",
                   "r[mask=given]@e r[mask=None]@b");
    expect_rewrite(rules, "p: 'f32[4]', q: 'f32[4]'",
                   "c = @aten.relu.default(p)\nd = @aten.add.Tensor(c, q)\ne = @aten.sigmoid.default(d)\nreturn e",
                   "sigmoid_default = @aten.sigmoid.default(p)\n"
                   "e = @aten.mul.Tensor(sigmoid_default, q)\n"
                   "return e");
    /* A scalar that is None is the argument's default. */
    expect_matches(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'f32[n]', low: 'float | None'):\n"
                        "        return torch.ops.aten.clamp.default(x, low)\n"
                        "    def replacement(x, low):\n"
                        "        return torch.relu(x)\n"
                        "    def check(low):\n"
                        "        return low is None or low == 0\n",
                   "p: 'f32[4]'",
                   "a = @aten.clamp.default(p)\nb = @aten.clamp.default(p, 0.0)\nc = @aten.clamp.default(p, 1.0)\n"
                   "return (a, b, c)",
                   "r[low=given]@b r[low=None]@a");
}

static void alternatives(void **state)
{
    static const char rules[] = HEAD "class r(Rule):\n"
                                     "    def pattern(x: 'f32[n]', s: 'float'):\n"
                                     "        return torch.relu(x * s)\n"
                                     "    def pattern_divided(x, s):\n"
                                     "        return torch.relu(x / s)\n"
                                     "    def replacement(x, s):\n"
                                     "        return torch.ops.aten.clamp.default(x, s)\n"
                                     "class derived(r):\n"
                                     "    priority = 1\n"
                                     "    def pattern_divided(x, s):\n"
                                     "        return torch.sigmoid(x / s)\n";
    (void)state;
    expect_matches(rules, "p: 'f32[4]'",
                   "a = @aten.mul.Tensor(p, 2.0)\nb = @aten.relu.default(a)\n"
                   "c = @aten.div.Tensor(p, 2.0)\nd = @aten.relu.default(c)\n"
                   "e = @aten.div.Tensor(p, 2.0)\nf = @aten.sigmoid.default(e)\n"
                   "return (b, d, f)",
                   "derived[pattern_divided]@f r[pattern_divided]@d derived[pattern]@b r[pattern]@b");
    /* a spelling that does not use a parameter */
    expect_matches(HEAD "class r(Rule):\n"
                        "    factor = (2, 3)\n"
                        "    def pattern(x: 'f32[n]'):\n        return torch.relu(x * factor)\n"
                        "    def pattern_negated(x):\n        return torch.relu(-x)\n"
                        "    def replacement(x):\n        return torch.sigmoid(x)\n",
                   "p: 'f32[4]'",
                   "a = @aten.mul.Tensor(p, 3)\nb = @aten.relu.default(a)\nc = @aten.neg.default(p)\n"
                   "d = @aten.relu.default(c)\nreturn (b, d)",
                   "r[factor=2, pattern_negated]@d r[factor=3, pattern]@b");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'f32[n]'):\n        return torch.relu(x)\n"
                        "    def pattern_b(y):\n        return torch.relu(y)\n"
                        "    def replacement(x):\n        return torch.sigmoid(x)\n",
                   "the pattern_b's parameters are not the pattern's");
}

/* ---- checks ---- */

#define CHECKED(check)                                                                                                 \
    HEAD "class r(Rule):\n"                                                                                            \
         "    def pattern(x: 'f32[t, h]', y: 'Tensor', p: 'float', k: 'int', d: 'int[]'):\n"                           \
         "        return torch.ops.aten.roll.default(torch.ops.aten.mul.Tensor(x * p, y), [k], d)\n"                   \
         "    def replacement(x, y, p, k, d):\n"                                                                       \
         "        return torch.ops.aten.roll.default(torch.ops.aten.add.Tensor(x * p, y), [k], d)\n"                   \
         "    def check(x, y, p, k, d):\n"                                                                             \
         "        return " check "\n"

/* Does the check accept these values? `t` and `h` are 8 and 1 unless the parameters say otherwise. */
static void expect_check_on(const char *rules, const char *parameters, const char *scale, const char *shift,
                            bool accept)
{
    char statements[256];
    (void)snprintf(statements, sizeof(statements),
                   "a = @aten.mul.Tensor(p, %s)\nb = @aten.mul.Tensor(a, q)\n"
                   "c = @aten.roll.default(b, [%s], [0])\nreturn c",
                   scale, shift);
    expect_matches(rules, parameters, statements, accept ? "r@c" : "");
}

#define PLAIN_PARAMETERS "p: 'f32[8, 1][1, 1]cuda:0', q: 'bf16[8, 1][1, 1]cuda:0'"

static void checks_of_scalars(void **state)
{
    static const struct {
        const char *rules;
        const char *scale;
        const char *shift;
        bool accept;
    } cases[] = {
        {CHECKED("0 < p and p <= 4"), "4.0", "1", true},
        {CHECKED("0 < p and p <= 4"), "4.5", "1", false},
        {CHECKED("p < 0 or not p <= 4"), "4.5", "1", true},
        {CHECKED("p < 0 or not p <= 4"), "4.0", "1", false},
        {CHECKED("p in (0.5, 2.0)"), "2.0", "1", true},
        {CHECKED("p in (0.5, 2.0)"), "2.5", "1", false},
        {CHECKED("math.isclose(p, 0.1, rel_tol=1e-3)"), "0.10001", "1", true},
        {CHECKED("math.isclose(p, 0.1, rel_tol=1e-3)"), "0.101", "1", false},
        {CHECKED("math.isclose(p, 0.0, abs_tol=1e-6)"), "1e-07", "1", true},
        {CHECKED("abs(p - 1 / math.sqrt(t)) < 1e-6"), "0.35355339", "1", true},
        {CHECKED("abs(p - 1 / math.sqrt(t)) < 1e-6"), "0.3536", "1", false},
        {CHECKED("k > 0 and k & (k - 1) == 0"), "1.0", "64", true},
        {CHECKED("k > 0 and k & (k - 1) == 0"), "1.0", "48", false},
        {CHECKED("k > 0 and k & (k - 1) == 0"), "1.0", "0", false},
        {CHECKED("k != 0"), "1.0", "0", false},
        {CHECKED("k != 0"), "1.0", "-3", true},
        {CHECKED("k < 0"), "1.0", "-3", true},
        {CHECKED("d[0] == 0 and len(d) == 1 and d[-1] == 0"), "1.0", "1", true},
        {CHECKED("len(d) == 2 and d[1] == 0"), "1.0", "1", false},
        {CHECKED("len(d) < 2 or d[1] == 0"), "1.0", "1", true},
        {CHECKED("d[1] == 0 or len(d) < 2"), "1.0", "1", true},
        {CHECKED("d[1] == 0 or d[1] != 0"), "1.0", "1", false}, /* there is no d[1], so neither is certain */
        {CHECKED("1 / k > 0"), "1.0", "0", false},              /* what Python would refuse is not certain either */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        expect_check_on(cases[i].rules, PLAIN_PARAMETERS, cases[i].scale, cases[i].shift, cases[i].accept);
    }
}

static void checks_of_types(void **state)
{
    static const struct {
        const char *rules;
        const char *parameters;
        bool accept;
    } cases[] = {
        {CHECKED("t % 8 == 0 and h == 1"), PLAIN_PARAMETERS, true},
        {CHECKED("t > 1 and h > 1"), PLAIN_PARAMETERS, false},
        {CHECKED("x.shape == (8, 1) and y.shape == x.shape"), PLAIN_PARAMETERS, true},
        {CHECKED("y.shape != x.shape"), PLAIN_PARAMETERS, false},
        {CHECKED("y.shape[-1] == h and y.size(0) == t and y.ndim == 2 and y.dim() == x.dim()"), PLAIN_PARAMETERS, true},
        {CHECKED("y.shape[2] == h"), PLAIN_PARAMETERS, false},
        {CHECKED("y.dtype == torch.bfloat16 and x.dtype == torch.float32"), PLAIN_PARAMETERS, true},
        {CHECKED("y.dtype in (torch.float16, torch.float32)"), PLAIN_PARAMETERS, false},
        {CHECKED("y.dtype not in (torch.float16, torch.float32)"), PLAIN_PARAMETERS, true},
        {CHECKED("y.device.type == 'cuda' and y.device.index == 0 and y.device == x.device"), PLAIN_PARAMETERS, true},
        {CHECKED("y.device.type == 'cpu'"), PLAIN_PARAMETERS, false},
        {CHECKED("y.is_contiguous() and y.stride(0) == 1 and y.stride() == (1, 1) and y.numel() == 8"),
         PLAIN_PARAMETERS, true},
        {CHECKED("not y.is_contiguous()"), "p: 'f32[8, 2][1, 8]', q: 'bf16[8, 2][1, 8]'", true},
        {CHECKED("x.is_contiguous()"), "p: 'f32[8, 2][1, 8]', q: 'bf16[8, 2][1, 8]'", false},
        /* what the graph does not tell does not hold, nor does its opposite */
        {CHECKED("y.dtype == torch.float32"), "p: 'f32[8, 1]', q", false},
        {CHECKED("y.dtype != torch.float32"), "p: 'f32[8, 1]', q", false},
        {CHECKED("y.stride(0) == 1 or y.stride(0) != 1"), "p: 'f32[8, 1]', q: 'f32[8, 1]'", false},
        /* symbolic sizes: certain or not at all */
        {CHECKED("t % 8 == 0"), "s: 'Sym(s0)', p: 'f32[8*s0, 1]', q: 'f32[8*s0, 1]'", true},
        {CHECKED("t % 8 == 0"), "s: 'Sym(s0)', p: 'f32[4*s0, 1]', q: 'f32[4*s0, 1]'", false},
        {CHECKED("t % 8 != 0"), "s: 'Sym(s0)', p: 'f32[4*s0, 1]', q: 'f32[4*s0, 1]'", false},
        {CHECKED("y.shape[0] == t"), "s: 'Sym(s0)', p: 'f32[s0, 1]', q: 'f32[s0, 1]'", true},
        {CHECKED("y.shape[0] == t"), "s: 'Sym(s0)', p: 'f32[s0, 1]', q: 'f32[1, 1]'", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        expect_check_on(cases[i].rules, cases[i].parameters, "1.0", "1", cases[i].accept);
    }
}

/* Instances that a check rules out whatever the graph are not registered. */
static void checks_of_parameters(void **state)
{
#define BY_PARAMETER(check)                                                                                            \
    HEAD "class r(Rule):\n"                                                                                            \
         "    n = (1, 2, 3)\n"                                                                                         \
         "    def pattern(x: 'f32[t]', mask: 'Tensor | None'):\n"                                                      \
         "        y = x * n\n"                                                                                         \
         "        return torch.relu(y if mask is None else torch.ops.aten.mul.Tensor(y, mask))\n"                      \
         "    def replacement(x, mask):\n"                                                                             \
         "        return torch.sigmoid(x) if mask is None else torch.ops.aten.mul.Tensor(x, mask)\n"                   \
         "    def check(mask):\n"                                                                                      \
         "        return " check "\n"
    (void)state;
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_rule_set *set = load(context, BY_PARAMETER("n > 1 and (mask is None or n == 2)"));
    assert_int_equal(rg_rule_set_count(set), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_null(rg_rule_set_info(set, i).guard);
    }
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    expect_refused(BY_PARAMETER("n > 3"), "the check is False for every instance");
    expect_refused(BY_PARAMETER("torch.relu(mask) == 1 if mask is not None else True"), "the check computes with");
    expect_refused(BY_PARAMETER("'yes'"), "a check returns True, False, or a comparison");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'f32[n]'):\n        return torch.relu(x)\n"
                        "    def replacement(x):\n        return torch.sigmoid(x)\n"
                        "    def check(y):\n        return True\n",
                   "'y' is no input of the rule");
#undef BY_PARAMETER
}

/* ---- free literals, dropped results ---- */

static void free_literals(void **state)
{
    static const char rules[] = HEAD "class r(Rule):\n"
                                     "    def pattern(x: 'f32[n]'):\n"
                                     "        y = torch.ops.aten.clamp.default(x, free(0.0), 1.0)\n"
                                     "        return torch.ops.aten.roll.default(y, [free(1)])\n"
                                     "    def replacement(x):\n"
                                     "        return torch.sigmoid(x)\n";
    (void)state;
    expect_matches(rules, "p: 'f32[4]'",
                   "a = @aten.clamp.default(p, -2.5, 1.0)\nb = @aten.roll.default(a, [7])\n"
                   "c = @aten.clamp.default(p, -2.5, 2.0)\nd = @aten.roll.default(c, [7])\n"
                   "return (b, d)",
                   "r@b");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'f32[n]'):\n        return torch.relu(x)\n"
                        "    def replacement(x):\n        return x * free(2.0)\n",
                   "stands in patterns only");
}

static void dropped_results(void **state)
{
    static const char rules[] = HEAD "class r(Rule):\n"
                                     "    def pattern(x: 'f32[n]'):\n"
                                     "        y = torch.relu(x)\n"
                                     "        return torch.sigmoid(y), torch.exp(y)\n"
                                     "    def replacement(x):\n"
                                     "        return torch.tanh(x), None\n";
    (void)state;
    expect_rewrite(rules, "p: 'f32[4]'",
                   "a = @aten.relu.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.exp.default(a)\nreturn b",
                   "b = @aten.tanh.default(p)\nreturn b");
    expect_matches(rules, "p: 'f32[4]'",
                   "a = @aten.relu.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.exp.default(a)\nreturn (b, c)",
                   "");
}

/* ---- lists ---- */

#define MY_OP                                                                                                          \
    HEAD "from regraft import Op\n"                                                                                    \
         "class op(Op):\n    schema = 'my::op(Tensor[] x, Tensor[] y, int n=0) -> Tensor'\n"

static void captured_lists(void **state)
{
    static const char rules[] = MY_OP "class r(Rule):\n"
                                      "    def pattern(xs: 'Tensor[]', ys: 'list[f32[n, 4]]'):\n"
                                      "        return torch.ops.my.op.default(xs, ys)\n"
                                      "    def replacement(xs, ys):\n"
                                      "        return torch.ops.my.op.default([xs[-1], xs[0]], ys, len(xs))\n"
                                      "    def check(xs):\n"
                                      "        return len(xs) > 1 and xs[0].dtype == torch.float32\n";
    (void)state;
    expect_rewrite(rules, "p: 'f32[2, 4]', q: 'f32[2, 4]', s: 'f32[2, 4]'",
                   "a = @my.op.default([p, q, s], (p, q))\nreturn a",
                   "a = @my.op.default([s, p], [p, q], 3)\nreturn a");
    /* other lengths, other types, no list */
    expect_matches(rules, "p: 'f32[2, 4]', q: 'f32[3, 4]', s: 'f32[2, 5]', t: 'f16[2, 4]'",
                   "a = @my.op.default([p, q], [p])\nb = @my.op.default([p, q], [p, q])\n"
                   "c = @my.op.default([p, q], [s])\nd = @my.op.default([p, q], [t])\n"
                   "e = @my.op.default([p], [p])\nf = @my.op.default([t, p], [p])\n"
                   "g = @my.op.default([p, q, s], [])\nreturn (a, b, c, d, e, f, g)",
                   "r@g r@a");
    expect_refused(MY_OP "class r(Rule):\n"
                         "    def pattern(xs: 'Tensor[]'):\n        return torch.relu(xs[0])\n"
                         "    def replacement(xs):\n        return torch.sigmoid(xs[0])\n",
                   "does not match itself");
}

static void repetition(void **state)
{
    static const char rules[] =
        HEAD "class r(Rule):\n"
             "    def pattern(xs: 'Tensor[]', s: 'Tensor'):\n"
             "        return torch.cat([torch.relu(torch.ops.aten.mul.Tensor(x, s)) for x in xs], 1)\n"
             "    def replacement(xs, s):\n"
             "        return torch.cat([torch.ops.aten.mul.Tensor(torch.relu(x), s) for x in xs], 1)\n";
    (void)state;
    expect_rewrite(rules, "p: 'f32[2, 4]', q: 'f32[2, 4]', s: 'f32[2, 4]'",
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nc = @aten.mul.Tensor(s, q)\n"
                   "d = @aten.relu.default(c)\ne = @aten.cat.default([b, d], 1)\nreturn e",
                   "relu_default = @aten.relu.default(p)\n"
                   "mul_tensor = @aten.mul.Tensor(relu_default, s)\n"
                   "relu_default_1 = @aten.relu.default(q)\n"
                   "mul_tensor_1 = @aten.mul.Tensor(relu_default_1, s)\n"
                   "e = @aten.cat.default([mul_tensor, mul_tensor_1], 1)\nreturn e");
    /* one item, another factor, an item that is no relu, one that is read elsewhere, one node twice */
    expect_matches(rules, "p: 'f32[2, 4]', q: 'f32[2, 4]', s: 'f32[2, 4]', t: 'f32[2, 4]'",
                   "a0 = @aten.mul.Tensor(p, s)\na1 = @aten.relu.default(a0)\na = @aten.cat.default([a1], 1)\n"
                   "b0 = @aten.mul.Tensor(p, s)\nb1 = @aten.relu.default(b0)\nb2 = @aten.mul.Tensor(q, t)\n"
                   "b3 = @aten.relu.default(b2)\nb = @aten.cat.default([b1, b3], 1)\n"
                   "c0 = @aten.mul.Tensor(p, s)\nc1 = @aten.relu.default(c0)\nc = @aten.cat.default([c1, p], 1)\n"
                   "d0 = @aten.mul.Tensor(p, s)\nd1 = @aten.relu.default(d0)\nd = @aten.cat.default([d1], 1)\n"
                   "e0 = @aten.mul.Tensor(p, s)\ne1 = @aten.relu.default(e0)\n"
                   "e = @aten.cat.default([e1, e1], 1)\nreturn (a, b, c, d, d1, e)",
                   "r@a");
    /* something is written between the first item and the others */
    expect_matches(rules, "p: 'f32[2, 4]', q: 'f32[2, 4]', s: 'f32[2, 4]'",
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nw = @aten.add_.Tensor(s, 1)\n"
                   "c = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\ne = @aten.cat.default([b, d], 1)\nreturn e",
                   "");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(xs: 'Tensor[]'):\n"
                        "        return torch.cat([torch.cat([torch.relu(x) for x in xs]) for y in xs])\n"
                        "    def replacement(xs):\n        return torch.cat(xs)\n",
                   "nothing is made of them");
    expect_refused(
        HEAD "class r(Rule):\n"
             "    def pattern(xs: 'Tensor[]', ys: 'Tensor[]'):\n"
             "        return torch.cat([torch.cat([torch.ops.aten.add.Tensor(x, y) for x in xs]) for y in ys])\n"
             "    def replacement(xs, ys):\n        return torch.ops.aten.add.Tensor(torch.cat(xs), torch.cat(ys))\n",
        "two lists that do not go in step");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'f32[n]'):\n        return torch.cat([torch.relu(y) for y in x])\n"
                        "    def replacement(x):\n        return x\n",
                   "only lists and calls with several results");
}

/* Lists in step, a list that is also used whole, several repetitions, results of a call. */
static void repetition_of_several(void **state)
{
    static const char split[] = HEAD "class r(Rule):\n"
                                     "    def pattern(x: 'f32[a, b]', n: 'int'):\n"
                                     "        parts = torch.ops.aten.split.Tensor(x, n, 1)\n"
                                     "        return torch.cat([torch.relu(p) for p in parts], 1)\n"
                                     "    def replacement(x, n):\n"
                                     "        return torch.relu(x)\n"
                                     "    dropped = ['n']\n";
    (void)state;
    expect_matches(split, "x: 'f32[2, 6]'",
                   "s = @aten.split.Tensor(x, 2, 1)\ng = s[0]\nh = s[1]\ni = s[2]\n"
                   "a = @aten.relu.default(g)\nb = @aten.relu.default(h)\nc = @aten.relu.default(i)\n"
                   "d = @aten.cat.default([a, b, c], 1)\nreturn d",
                   "r@d");
    /* not all results, another order, another dimension */
    expect_matches(split, "x: 'f32[2, 6]'",
                   "s = @aten.split.Tensor(x, 2, 1)\ng = s[0]\nh = s[1]\n"
                   "a = @aten.relu.default(g)\nb = @aten.relu.default(h)\nd = @aten.cat.default([a, b], 1)\n"
                   "t = @aten.split.Tensor(x, 3, 1)\nj = t[0]\nk = t[1]\n"
                   "l = @aten.relu.default(j)\nm = @aten.relu.default(k)\ne = @aten.cat.default([m, l], 1)\n"
                   "u = @aten.split.Tensor(x, 3, 1)\nn = u[0]\no = u[1]\n"
                   "p = @aten.relu.default(n)\nq = @aten.relu.default(o)\nf = @aten.cat.default([p, q], 0)\n"
                   "return (d, e, f)",
                   "");
    expect_matches(HEAD "class r(Rule):\n"
                        "    def pattern(xs: 'Tensor[]', ys: 'Tensor[]'):\n"
                        "        a = torch.cat([torch.ops.aten.sub.Tensor(x, y) for x, y in zip(xs, ys)])\n"
                        "        return torch.ops.aten.sub.Tensor(a, torch.cat(ys))\n"
                        "    def replacement(xs, ys):\n"
                        "        return torch.ops.aten.sub.Tensor(torch.cat(xs), torch.cat(ys))\n",
                   "p: 'f32[2]', q: 'f32[2]', r: 'f32[2]'",
                   "a = @aten.sub.Tensor(p, q)\nb = @aten.sub.Tensor(q, r)\nc = @aten.cat.default([a, b])\n"
                   "d = @aten.cat.default([q, r])\ne = @aten.sub.Tensor(c, d)\n"
                   "f = @aten.sub.Tensor(p, q)\ng = @aten.sub.Tensor(q, r)\nh = @aten.cat.default([f, g])\n"
                   "i = @aten.cat.default([r, q])\nj = @aten.sub.Tensor(h, i)\nreturn (e, j)",
                   "r@e");
    expect_matches(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'f32[n, 3]'):\n"
                        "        return torch.cat([torch.relu(x[:, i]) for i in range(3)])\n"
                        "    def replacement(x):\n"
                        "        return torch.relu(torch.cat([x[:, i] for i in range(3)]))\n",
                   "x: 'f32[2, 3]'",
                   "a = @aten.select.int(x, 1, 0)\nb = @aten.select.int(x, 1, 1)\nc = @aten.select.int(x, 1, 2)\n"
                   "d = @aten.relu.default(a)\ne = @aten.relu.default(b)\nf = @aten.relu.default(c)\n"
                   "g = @aten.cat.default([d, e, f])\nreturn g",
                   "r@g");
}

/* Calls with any number of arguments: f(x, *xs). */
static void any_number_of_arguments(void **state)
{
    static const char rules[] =
        HEAD "class r(Rule):\n"
             "    def pattern(f: 'Tensor', x: 'Tensor', xs: 'Tensor[]'):\n"
             "        return torch.ops.higher_order.wrap(f, torch.ops.aten.relu.default(x), *xs, tag=1)\n"
             "    def replacement(f, x, xs):\n"
             "        return torch.ops.higher_order.wrap(f, *[torch.ops.aten.neg.default(y) for y in xs], tag=x)\n"
             "class s(Rule):\n"
             "    def pattern(f: 'Tensor', xs: 'Tensor[]'):\n"
             "        return torch.ops.higher_order.wrap(f, *[torch.ops.aten.exp.default(x) for x in xs])\n"
             "    def replacement(f, xs):\n"
             "        return torch.ops.higher_order.wrap(f, *xs, tag=len(xs))\n";
    (void)state;
    expect_rewrite(rules, "f, p, q",
                   "a = @aten.relu.default(p)\nb = @higher_order.wrap(f, a, q, p, tag = 1)\n"
                   "c = @aten.exp.default(p)\nd = @aten.exp.default(q)\ne = @higher_order.wrap(f, c, d)\n"
                   "return (b, e)",
                   "neg_default = @aten.neg.default(q)\nneg_default_1 = @aten.neg.default(p)\n"
                   "b = @higher_order.wrap(f, neg_default, neg_default_1, tag = p)\n"
                   "e = @higher_order.wrap(f, p, q, tag = 2)\nreturn (b, e)");
    /* none left, another keyword more, an item that is no exp, a constant */
    expect_matches(rules, "f, p, q",
                   "a = @aten.relu.default(p)\nb = @higher_order.wrap(f, a, tag = 1)\n"
                   "c = @aten.relu.default(p)\nd = @higher_order.wrap(f, c, q, tag = 1, other = 2)\n"
                   "e = @aten.exp.default(p)\ng = @higher_order.wrap(f, e, q)\n"
                   "h = @aten.relu.default(p)\ni = @higher_order.wrap(f, h, q, 3, tag = 1)\n"
                   "j = @aten.relu.default(p)\nk = @higher_order.wrap(f, j, q, tag = 1)\n"
                   "return (b, d, g, i, k)",
                   "r@k");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(xs: 'Tensor[]'):\n        return torch.ops.aten.add.Tensor(*xs)\n"
                        "    def replacement(xs):\n        return torch.cat(xs)\n",
                   "stands in calls of torch.ops without schema only");
    expect_refused(HEAD "class r(Rule):\n"
                        "    def pattern(x: 'Tensor', xs: 'Tensor[]'):\n"
                        "        return torch.ops.higher_order.wrap(*xs, x)\n"
                        "    def replacement(x, xs):\n        return torch.cat(xs)\n",
                   "must be the last by position");
}

/* ---- want of memory ---- */

static const char everything[] = MY_OP
    "class r(Rule):\n"
    "    def pattern(xs: 'Tensor[]', ys: 'list[f32[n, 4]]', m: 'Tensor | None', p: 'float'):\n"
    "        a = torch.ops.my.op.default([torch.ops.aten.mul.Tensor(x, y) for x, y in zip(xs, ys)], ys)\n"
    "        b = torch.ops.aten.clamp.default(torch.ops.aten.mul.Tensor(a, p), free(0.5))\n"
    "        return b if m is None else torch.ops.aten.sub.Tensor(b, m), a\n"
    "    def pattern_relu(xs, ys, m, p):\n"
    "        a = torch.ops.my.op.default([torch.ops.aten.relu.default(x) for x in xs], ys)\n"
    "        b = torch.ops.aten.mul.Tensor(a, p)\n"
    "        return b if m is None else torch.ops.aten.sub.Tensor(b, m), a\n"
    "    def replacement(xs, ys, m, p):\n"
    "        r = torch.ops.my.op.default([torch.ops.aten.add.Tensor(x, p) for x in xs], [ys[0], xs[-1]], len(xs))\n"
    "        return r if m is None else torch.ops.aten.relu.default(torch.ops.my.op.default([r, m], ys)), None\n"
    "    def check(xs, ys, p):\n"
    "        return len(xs) == len(ys) or 1 < p and xs[0].shape == ys[0].shape and ys[0].stride(0) in (4, 8)\n";

static void out_of_memory(void **state)
{
    (void)state;
    sweep_job job = {everything, "p: 'f32[2, 4][4, 1]cpu', q: 'f32[2, 4][4, 1]cpu', s: 'f32[2, 4][4, 1]cpu'",
                     "a = @aten.mul.Tensor(p, q)\nb = @aten.mul.Tensor(q, s)\n"
                     "c = @my.op.default([a, b], [q, s])\nd = @aten.mul.Tensor(c, 2.0)\n"
                     "e = @aten.clamp.default(d, 1.0)\nf = @aten.sub.Tensor(e, p)\n"
                     "g = @aten.relu.default(p)\nh = @my.op.default([g], [p])\n"
                     "i = @aten.mul.Tensor(h, 3.0)\nreturn (f, i)",
                     2};
    assert_true(failing_allocator_exhaust(sweep_with, &job) > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(optional_inputs),
        cmocka_unit_test(alternatives),
        cmocka_unit_test(checks_of_scalars),
        cmocka_unit_test(checks_of_types),
        cmocka_unit_test(checks_of_parameters),
        cmocka_unit_test(free_literals),
        cmocka_unit_test(dropped_results),
        cmocka_unit_test(captured_lists),
        cmocka_unit_test(repetition),
        cmocka_unit_test(repetition_of_several),
        cmocka_unit_test(any_number_of_arguments),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
