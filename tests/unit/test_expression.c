/*
 * Matching pattern expressions: one case or more for each rule of doc/expressions.md, and the conformance vectors.
 * What PyTorch makes of random ones is in test_expression_golden.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "support/expression_case.h"
#include "support/graph_building.h"
#include "support/text_reading.h"

static rg_context *new_context(void)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

/* A pattern, a graph (in the short form of expression_case.h), a node, and what trying it there gives. */
typedef struct match_case {
    const char *rule;
    const char *pattern;
    const char *parameters;
    const char *statements;
    const char *node;
    const char *expected;
} match_case;

static void check_case(const match_case *one)
{
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, one->parameters, one->statements);
    rg_expression_list *list = read_expressions(context, one->pattern, 1);
    rg_node node = rg_graph_find(graph, rg_string_from(one->node));
    assert_false(rg_node_is_null(node));
    const char *result = expression_result(context, rg_expression_list_get(list, 0), graph, node);
    if (strcmp(result, one->expected) != 0) {
        fail_msg("%s\n%s\nat %s of\n%s\nexpected: %s\nfound:    %s", one->rule, one->pattern, one->node,
                 one->statements, one->expected, result);
    }
    rg_expression_list_destroy(list);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

#define CHECK_CASES(cases)                                                                                             \
    do {                                                                                                               \
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases)[0]; i++) {                                                \
            check_case(&(cases)[i]);                                                                                   \
        }                                                                                                              \
    } while (0)

/* ---- the conformance vectors; 15 is in test_expression_pass.c ---- */

static const match_case vectors[] = {
    {"1: captures by depth",
     "p = CallFunction(aten.add.Tensor, CallFunction(aten.mm.default, Arg(), Arg()), "
     "CallFunction(aten.mm.default, Arg(), Arg()))",
     "a, b, c, d", "m = @aten.mm.default(a, b)\nn = @aten.mm.default(c, d)\ns = @aten.add.Tensor(m, n)\nreturn (s,)",
     "s", "yes: m n s | a, b, c, d |  | s"},
    {"2: one part twice", "x = KeywordArg('x')\np = CallFunction(aten.mul.Tensor, x, x)", "a, b",
     "s = @aten.mul.Tensor(a, a)\nreturn (s,)", "s", "yes: s |  | x=a | s"},
    {"2: one part twice, different values", "x = KeywordArg('x')\np = CallFunction(aten.mul.Tensor, x, x)", "a, b",
     "s = @aten.mul.Tensor(a, b)\nreturn (s,)", "s", "no: repeated pattern differs"},
    {"3: one name twice",
     "p = CallFunction(aten.add.Tensor, KeywordArg('x'), CallFunction(aten.sin.default, KeywordArg('x')))", "a, b",
     "t = @aten.sin.default(b)\ns = @aten.add.Tensor(a, t)\nreturn (s,)", "s", "no: kwarg mismatch"},
    {"4: a value read outside", "p = CallFunction(aten.relu.default, CallFunction(aten.mm.default, Arg(), Arg()))",
     "a, b", "m = @aten.mm.default(a, b)\nr = @aten.relu.default(m)\nreturn (r, m)", "r", "no: multiple_users"},
    {"5: MULTIPLE", "p = CallFunction(aten.relu.default, CallFunction(aten.mm.default, Arg(), Arg(), _users=MULTIPLE))",
     "a, b", "m = @aten.mm.default(a, b)\nr = @aten.relu.default(m)\nreturn (r, m)", "r", "yes: m r | a, b |  | r"},
    {"6: a list as one value", "p = CallFunction(aten.view.default, KeywordArg('a'), KeywordArg('s'))", "x",
     "v = @aten.view.default(x, [2, 3])\nreturn (v,)", "v", "yes: v |  | a=x, s=[2, 3] | v"},
    {"7: keywords that the pattern does not name",
     "p = CallFunction(aten.full.default, [], Ignored(), dtype=Ignored())", "x",
     "f = @aten.full.default([], 1.0, dtype = torch.float32, layout = torch.strided, device = "
     "device(type='cpu'))\nreturn (f,)",
     "f", "yes: f |  |  | f"},
    {"8: the shape of lists", "p = CallFunction(aten.full.default, [], Ignored(), dtype=Ignored())", "x",
     "f = @aten.full.default([2], 1.0, dtype = torch.float32)\nreturn (f,)", "f", "no: args_structure"},
    {"9: 1 is 1.0", "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)", "a",
     "s = @aten.add.Tensor(a, 1.0)\nreturn (s,)", "s", "yes: s |  | x=a | s"},
    {"9: 1 is True", "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)", "a",
     "s = @aten.add.Tensor(a, True)\nreturn (s,)", "s", "yes: s |  | x=a | s"},
    {"9: 1 is not 2", "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)", "a",
     "s = @aten.add.Tensor(a, 2)\nreturn (s,)", "s", "no: constant_args: s 2!=1"},
    {"10: every item", "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, Arg())))", "a, b",
     "r = @aten.relu.default(a)\nt = @aten.sin.default(b)\nc = @aten.cat.default([r, t])\nreturn (c,)", "c",
     "no: list[1]: function_mismatch"},
    {"10: some items",
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, Arg()), partial=True))", "a, b",
     "r = @aten.relu.default(a)\nt = @aten.sin.default(b)\nc = @aten.cat.default([r, t])\nreturn (c,)", "c",
     "yes: r c | ((a,),) |  | c"},
    {"11: exclusive captures",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.mm.default, x, ExclusiveKeywordArg('w1')), "
     "CallFunction(aten.mm.default, x, ExclusiveKeywordArg('w2'))])",
     "a, b", "m = @aten.mm.default(a, b)\nreturn (m,)", "m", "no: exclusive arg appears twice"},
    {"12: outputs need not be distinct",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.mm.default, x, KeywordArg('w1')), "
     "CallFunction(aten.mm.default, x, KeywordArg('w2'))])",
     "a, b", "m = @aten.mm.default(a, b)\nreturn (m,)", "m", "yes: m m |  | x=a, w1=b, w2=b | m, m"},
    {"13: an input as an output",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.add.Tensor, x, KeywordArg('y')), x])", "a, b",
     "s = @aten.add.Tensor(a, b)\nt = @aten.sub.Tensor(s, a)\nreturn (t,)", "s", "yes: s |  | x=a, y=b | s, a"},
    {"14: a shared part in a list",
     "s = CallFunction(aten.split.Tensor, KeywordArg('i'), Ignored(), Ignored(), _users=MULTIPLE)\n"
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(operator.getitem, s, Ignored())), Ignored())",
     "a", "s = @aten.split.Tensor(a, 4, 1)\ng = s[0]\nh = s[1]\nc = @aten.cat.default([g, h], 1)\nreturn (c,)", "c",
     "yes: s g h c |  | i=a | c"},
};

static void test_vectors(void **state)
{
    (void)state;
    CHECK_CASES(vectors);
}

/* ---- calls ---- */

#define ADDMM_KEYWORDS(keywords) "p = CallFunction(aten.addmm.default, Arg(), Arg(), Arg()" keywords ")"
#define ADDMM(keywords)          "m = @aten.addmm.default(i, a, b" keywords ")\nreturn (m,)"
#define ADDMM_NONE               "yes: m | i, a, b |  | m"

static const match_case calls[] = {
    {"P1", "p = CallFunction(aten.add.Tensor, Arg(), Arg())", "x", "s = @aten.add.Tensor(x, 2)\nreturn (s,)", "s",
     "yes: s | x, 2 |  | s"},
    {"P6: a name stands for its overloads", "p = CallFunction(aten.add, Arg(), Arg())", "x",
     "s = @aten.add.Scalar(x, 2)\nreturn (s,)", "s", "yes: s | x, 2 |  | s"},
    {"P6: not for longer names", "p = CallFunction(aten.add, Arg(), Arg())", "x, y",
     "s = @aten.addmv.default(x, y)\nreturn (s,)", "s", "no: function_mismatch"},
    {"P6: one overload is not another", "p = CallFunction(aten.add.Tensor, Arg(), Arg())", "x",
     "s = @aten.add.Scalar(x, 2)\nreturn (s,)", "s", "no: function_mismatch"},
    {"P5: any of several targets", "p = CallFunction([aten.div.Tensor, aten.div.Scalar], Arg(), Arg())", "x",
     "s = @aten.div.Scalar(x, 2)\nreturn (s,)", "s", "yes: s | x, 2 |  | s"},
    {"P5: methods", "p = CallMethod('relu', Arg())", "x", "s = x.relu()\nreturn (s,)", "s", "yes: s | x |  | s"},
    {"P5: a method is no function", "p = CallMethod(relu, Arg())", "x", "s = torch.relu(x)\nreturn (s,)", "s",
     "no: function_mismatch"},
    {"P5: functions", "p = CallFunction(torch.relu, Arg())", "x", "s = torch.relu(x)\nreturn (s,)", "s",
     "yes: s | x |  | s"},
    {"P5: higher-order ops by bare name",
     "p = CallFunction(auto_functionalized, torch.ops._C.rms_norm.default, result=Arg(), input=Arg(), "
     "weight=Arg(), epsilon=Ignored())",
     "r, i, w",
     "s = @higher_order.auto_functionalized(torch.ops._C.rms_norm.default, result = r, input = i, weight = w, "
     "epsilon = 1e-05)\nreturn (s,)",
     "s", "yes: s | r, i, w |  | s"},
    {"P5: op as an argument", "p = CallFunction(auto_functionalized, torch.ops._C.rms_norm.default)", "r",
     "s = @higher_order.auto_functionalized(torch.ops._C.silu_and_mul.default, result = r)\nreturn (s,)", "s",
     "no: constant_args: s torch.ops._C.silu_and_mul.default!=torch.ops._C.rms_norm.default"},
    {"P7: nobody knows the class", "p = CallModule(Linear, Arg())", "x", "s = self.fc(x)\nreturn (s,)", "s",
     "no: function_mismatch"},
    {"P8: whatever the arguments", "p = CallFunctionVarArgs(torch.split, users=MULTIPLE)", "x",
     "s = torch.split(x, 4, dim = 1)\ng = s[0]\nh = s[1]\nreturn (g, h)", "s", "yes: s | x, 4 | dim=1 | s"},
    {"P8: users count inside", "p = CallFunction(operator.getitem, CallFunctionVarArgs(torch.split), 0)", "x",
     "s = torch.split(x, 4)\ng = s[0]\nh = s[1]\nreturn (g, h)", "g", "no: multiple_users"},
    {"M4: a part read twice has its nodes once",
     "e = CallFunction(aten.exp.default, Arg(), _users=2)\np = CallFunction(aten.mul.Tensor, e, "
     "CallFunction(aten.neg.default, e))",
     "x", "e = @aten.exp.default(x)\nn = @aten.neg.default(e)\ns = @aten.mul.Tensor(e, n)\nreturn (s,)", "s",
     "yes: e n s | x |  | s"},
    {"M5: equal values of two kinds agree; the later is kept",
     "p = CallFunction(aten.add.Tensor, CallFunction(aten.add.Tensor, Arg(), KeywordArg('c')), KeywordArg('c'))", "x",
     "s = @aten.add.Tensor(x, 1)\nt = @aten.add.Tensor(s, 1.0)\nreturn (t,)", "t", "yes: s t | x | c=1.0 | t"},
    {"T1: positional defaults are not filled in", "p = CallFunction(aten.add.Tensor, Arg())", "x",
     "s = @aten.add.Tensor(x, 1)\nreturn (s,)", "s", "no: function_mismatch"},
    {"T2: one user that reads twice counts once",
     "e = CallFunction(aten.exp.default, Arg())\np = CallFunction(aten.mul.Tensor, e, e)", "x",
     "e = @aten.exp.default(x)\ns = @aten.mul.Tensor(e, e)\nreturn (s,)", "s", "yes: e s | x |  | s"},
    {"T2: equality, not at most", "p = CallFunction(aten.neg.default, CallFunction(aten.exp.default, Arg(), _users=2))",
     "x", "e = @aten.exp.default(x)\ns = @aten.neg.default(e)\nreturn (s,)", "s", "no: multiple_users"},
    {"T2: the root's users do not matter", "p = CallFunction(aten.neg.default, Arg(), _users=7)", "x",
     "s = @aten.neg.default(x)\nreturn (s, s)", "s", "yes: s | x |  | s"},
    {"T3: none written, two wanted", ADDMM_KEYWORDS(", beta=KeywordArg('beta'), alpha=KeywordArg('alpha')"), "i, a, b",
     ADDMM(""), "m", "yes: m | i, a, b | beta=1, alpha=1 | m"},
    {"T3: one written, two wanted", ADDMM_KEYWORDS(", beta=KeywordArg('beta'), alpha=KeywordArg('alpha')"), "i, a, b",
     ADDMM(", beta = 2.0"), "m", "yes: m | i, a, b | beta=2.0, alpha=1 | m"},
    {"T3: two written, two wanted", ADDMM_KEYWORDS(", beta=KeywordArg('beta'), alpha=KeywordArg('alpha')"), "i, a, b",
     ADDMM(", beta = 2.0, alpha = 3"), "m", "yes: m | i, a, b | beta=2.0, alpha=3 | m"},
    {"T3: none written, none wanted", ADDMM_KEYWORDS(""), "i, a, b", ADDMM(""), "m", ADDMM_NONE},
    {"T3: one written, none wanted", ADDMM_KEYWORDS(""), "i, a, b", ADDMM(", beta = 1.0"), "m", ADDMM_NONE},
    {"T3, T4: two written, none wanted", ADDMM_KEYWORDS(""), "i, a, b", ADDMM(", beta = 1.0, alpha = 2.0"), "m",
     ADDMM_NONE},
    {"T3: none written, one wanted", ADDMM_KEYWORDS(", beta=KeywordArg('beta')"), "i, a, b", ADDMM(""), "m",
     "yes: m | i, a, b | beta=1 | m"},
    {"T3: one written, one wanted", ADDMM_KEYWORDS(", beta=KeywordArg('beta')"), "i, a, b", ADDMM(", beta = 1.0"), "m",
     "yes: m | i, a, b | beta=1.0 | m"},
    {"T3: two written, one wanted", ADDMM_KEYWORDS(", beta=KeywordArg('beta')"), "i, a, b",
     ADDMM(", beta = 1.0, alpha = 2"), "m", "yes: m | i, a, b | beta=1.0 | m"},
    {"T3a: no schema", "p = CallFunction(torch.relu, Arg(), inplace=False)", "x", "s = torch.relu(x)\nreturn (s,)", "s",
     "no: function_mismatch"},
    {"T5: no defaults when as many are written", ADDMM_KEYWORDS(", beta=Ignored()"), "i, a, b", ADDMM(", alpha = 2"),
     "m", "no: args_structure"},
    {"T6: the order of keywords", ADDMM_KEYWORDS(", alpha=Ignored(), beta=Ignored()"), "i, a, b",
     ADDMM(", beta = 1, alpha = 2"), "m", "no: args_structure"},
    {"T6: defaults come in the schema's order", ADDMM_KEYWORDS(", alpha=Ignored(), beta=Ignored()"), "i, a, b",
     ADDMM(""), "m", "no: args_structure"},
    {"T9: a tuple is a list", "p = CallFunction(aten.cat.default, (Arg(), Arg()))", "x, y",
     "s = @aten.cat.default([x, y])\nreturn (s,)", "s", "yes: s | x, y |  | s"},
    {"T9: in a tree a leaf is no list", "p = CallFunction(aten.full.default, [], Ignored())", "x",
     "s = @aten.full.default([], [1])\nreturn (s,)", "s", "no: args_structure"},
    {"T10: a constant is no node", "p = CallFunction(aten.add.Tensor, Arg(), 1)", "x, y",
     "s = @aten.add.Tensor(x, y)\nreturn (s,)", "s", "no: constant_args: s y!=1"},
    {"R4: constants of other kinds",
     "p = CallFunction(aten.full.default, [2], 0.0, dtype=torch.float16, device=device(type='cuda', index=0), "
     "memory_format=torch.contiguous_format, name='n')",
     "x",
     "s = @aten.full.default([2], -0.0, dtype = torch.float16, device = device(type='cuda', index=0), memory_format = "
     "torch.contiguous_format, name = 'n')\nreturn (s,)",
     "s", "yes: s |  |  | s"},
};

static void test_calls(void **state)
{
    (void)state;
    CHECK_CASES(calls);
}

/* ---- lists, outputs, repetition ---- */

static const match_case composites[] = {
    {"L1: an empty list", "p = CallFunction(aten.cat.default, ListOf(Arg()))", "x",
     "s = @aten.cat.default([])\nreturn (s,)", "s", "no: non_list"},
    {"L1: no list", "p = CallFunction(aten.relu.default, ListOf(Arg()))", "x", "s = @aten.relu.default(x)\nreturn (s,)",
     "s", "no: non_list"},
    {"L2: unshared parts are new for every item",
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, CallFunction(aten.neg.default, "
     "Arg()))))",
     "x, y",
     "a = @aten.neg.default(x)\nb = @aten.neg.default(y)\nc = @aten.relu.default(a)\nd = @aten.relu.default(b)\n"
     "s = @aten.cat.default([c, d])\nreturn (s,)",
     "s", "yes: a c b d s | ((x,), (y,)) |  | s"},
    {"L2: shared parts are the same for every item",
     "n = CallFunction(aten.neg.default, Arg(), _users=MULTIPLE)\n"
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, n)))",
     "x, y",
     "a = @aten.neg.default(x)\nb = @aten.neg.default(y)\nc = @aten.relu.default(a)\nd = @aten.relu.default(b)\n"
     "s = @aten.cat.default([c, d])\nreturn (s,)",
     "s", "no: list[1]: repeated pattern differs"},
    {"L3: nothing flows back",
     "n = CallFunction(aten.neg.default, KeywordArg('a'), _users=MULTIPLE)\n"
     "p = CallFunction(aten.foo.default, ListOf(CallFunction(aten.relu.default, CallFunction(aten.neg.default, "
     "Ignored(), _users=MULTIPLE))), n)",
     "x, y",
     "a = @aten.neg.default(x)\nb = @aten.neg.default(y)\nc = @aten.relu.default(a)\n"
     "s = @aten.foo.default([c], b)\nreturn (s,)",
     "s", "yes: a c b s |  | a=y | s"},
    {"L4: nothing matches",
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, Arg()), partial=True))", "x, y",
     "s = @aten.cat.default([x, y])\nreturn (s,)", "s", "no: list: no_match"},
    {"L4: names that disagree end everything",
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, KeywordArg('x')), partial=True))",
     "x, y", "a = @aten.relu.default(x)\nb = @aten.relu.default(y)\ns = @aten.cat.default([a, b])\nreturn (s,)", "s",
     "no: kwarg mismatch"},
    {"L5: captures of the items",
     "p = CallFunction(aten.cat.default, ListOf(CallFunction(aten.relu.default, Arg())), Arg())", "x, y",
     "a = @aten.relu.default(x)\nb = @aten.relu.default(y)\ns = @aten.cat.default([a, b], 1)\nreturn (s,)", "s",
     "yes: a b s | ((x,), (y,)), 1 |  | s"},
    {"L6: items that are no nodes", "p = CallFunction(aten.cat.default, ListOf(Arg()))", "x",
     "s = @aten.cat.default([x, 1])\nreturn (s,)", "s", "no: list[1]: non_node"},
    {"O2: an output that is None", "p = MultiOutputPattern([CallFunction(aten.neg.default, KeywordArg('x')), None])",
     "x", "s = @aten.neg.default(x)\nreturn (s,)", "s", "yes: s |  | x=x | s, -"},
    {"O3: users of what is matched, in their order",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.amax.default, x, KeywordArg('d'), "
     "KeywordArg('k')), CallFunction([aten.amax.default, aten.max.default], x)])",
     "x", "a = @aten.amax.default(x, [0], True)\nb = @aten.max.default(x)\nreturn (a, b)", "a",
     "yes: a b |  | x=x, d=[0], k=True | a, b"},
    {"O3: nothing to start from",
     "p = MultiOutputPattern([CallFunction(aten.neg.default, KeywordArg('x')), CallFunction(aten.relu.default, "
     "KeywordArg('y'))])",
     "x", "a = @aten.neg.default(x)\nb = @aten.relu.default(x)\nreturn (a, b)", "a", "no: no anchor found"},
    {"O4: what a failed trial took exclusively stays taken",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.mm.default, "
     "ExclusiveKeywordArg('w'), x)])",
     "x, w",
     "n = @aten.neg.default(x)\na = @aten.mm.default(w, w)\nb = @aten.mm.default(x, w)\nc = @aten.mm.default(w, x)\n"
     "return (n, a, b, c)",
     "n", "yes: n c |  | x=x, w=w | n, c"},
    {"O4: the trial before has the wrong second argument",
     "x = KeywordArg('x')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), CallFunction(aten.addmm.default, "
     "ExclusiveKeywordArg('w'), x, 3)])",
     "x, w",
     "n = @aten.neg.default(x)\na = @aten.addmm.default(w, x, 2)\nb = @aten.addmm.default(w, x, 3)\nreturn (n, a, b)",
     "n", "no: exclusive arg appears twice"},
    {"O5: the first fit is final",
     "x = KeywordArg('x')\ny = KeywordArg('y')\np = MultiOutputPattern([CallFunction(aten.neg.default, x), "
     "CallFunction(aten.mm.default, x, y), CallFunction(aten.relu.default, y)])",
     "x, w, v",
     "n = @aten.neg.default(x)\na = @aten.mm.default(x, w)\nb = @aten.mm.default(x, v)\nr = @aten.relu.default(v)\n"
     "return (n, a, b, r)",
     "n", "no: no anchor found"},
    {"O7: an output inside is exempt from the users rule",
     "t = CallFunction(aten.neg.default, KeywordArg('x'))\np = MultiOutputPattern([CallFunction(aten.relu.default, t), "
     "t])",
     "x", "t = @aten.neg.default(x)\nr = @aten.relu.default(t)\ns = @aten.exp.default(t)\nreturn (r, s)", "r",
     "yes: t r |  | x=x | r, t"},
    {"RP1: all siblings",
     "s = CallFunction(aten.split.Tensor, KeywordArg('x'), Ignored(), _users=MULTIPLE)\n"
     "p = RepeatedExpr(CallFunction(operator.getitem, s, Arg()))",
     "x", "s = @aten.split.Tensor(x, 4)\ng = s[0]\nh = s[1]\nreturn (g, h)", "g", "yes: s g s h | 0, 1 | x=x | g"},
    {"RP1: a sibling that does not fit",
     "s = CallFunction(aten.split.Tensor, KeywordArg('x'), Ignored(), _users=MULTIPLE)\n"
     "p = RepeatedExpr(CallFunction(operator.getitem, s, Arg()))",
     "x", "s = @aten.split.Tensor(x, 4)\ng = s[0]\nh = s[1]\ni = @aten.neg.default(h)\nreturn (g, h, i)", "g",
     "no: multiple_users"},
};

static void test_composites(void **state)
{
    (void)state;
    CHECK_CASES(composites);
}

/* ---- from C ---- */

static rg_string class_of(void *user, const rg_graph *graph, rg_node node)
{
    bool is_linear = rg_string_equal(rg_node_target(graph, node), rg_string_from("fc"));
    *(size_t *)user += 1;
    return is_linear ? rg_string_from("Linear") : rg_string_from("");
}

/* P7, with somebody who knows classes. */
static void test_module_class(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, "x", "a = self.fc(x)\nb = self.other(a)\nreturn (b,)");
    rg_expression_list *list = read_expressions(context,
                                                "p = CallModule(torch.nn.Linear, Arg())\n"
                                                "q = CallModule([Conv, Linear], KeywordArg('x'))",
                                                2);
    size_t asked = 0;
    rg_expression_matcher_options options = RG_EXPRESSION_MATCHER_OPTIONS_INIT;
    options.module_class = class_of;
    options.user = &asked;
    rg_expression_matcher *matcher = NULL;
    bool matched = false;
    const rg_expression *expression = rg_expression_list_get(list, 1);
    assert_int_equal(rg_expression_matcher_create(&matcher, context, expression, &options), RG_OK);
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, rg_graph_find(graph, rg_string_from("a"))),
                     RG_OK);
    assert_true(matched);
    assert_true(asked > 0);
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, rg_graph_find(graph, rg_string_from("b"))),
                     RG_OK);
    assert_false(matched);
    assert_int_equal(rg_expression_matcher_failure(matcher).reason, RG_EXPRESSION_REASON_MODULE_CLASS);
    assert_null(rg_expression_matcher_match(matcher));
    rg_expression_matcher_destroy(matcher);
    rg_expression_list_destroy(list);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* The same as the text `add(x, relu(x), alpha=2)`, made by the builder. */
static rg_expression *build_add(rg_context *context, rg_expression_part *x)
{
    rg_expression_builder *builder = NULL;
    rg_expression_part relu;
    rg_expression_part two;
    rg_expression_part add;
    rg_expression *expression = NULL;
    rg_value value;
    rg_string names[] = {rg_string_from("aten.relu.default"), rg_string_from("torch.ops.aten.add.Tensor")};
    assert_int_equal(rg_value_int(&value, context, 2), RG_OK);
    assert_int_equal(rg_expression_builder_create(&builder, context), RG_OK);
    assert_int_equal(rg_expression_keyword(x, builder, rg_string_from("x")), RG_OK);
    assert_int_equal(rg_expression_constant(&two, builder, value), RG_OK);
    rg_expression_call_description call = RG_EXPRESSION_CALL_DESCRIPTION_INIT;
    rg_expression_argument arguments[] = {{{NULL, 0}, *x}, {{NULL, 0}, *x}, {rg_string_from("alpha"), two}};
    call.targets = &names[0];
    call.target_count = 1;
    call.arguments = arguments;
    call.argument_count = 1;
    assert_int_equal(rg_expression_call(&relu, builder, &call), RG_OK);
    arguments[1].part = relu;
    call.targets = &names[1];
    call.argument_count = 3;
    assert_int_equal(rg_expression_call(&add, builder, &call), RG_OK);
    assert_int_equal(rg_expression_build(&expression, builder, *x, rg_string_from("x")), RG_ERROR_ARGUMENT);
    assert_null(expression);
    assert_int_equal(rg_expression_build(&expression, builder, add, rg_string_from("")), RG_OK);
    rg_expression_builder_destroy(builder);
    return expression;
}

static void test_builder(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_expression_part x;
    rg_expression *expression = build_add(context, &x);
    rg_graph *graph = plain_graph(context, "a, b",
                                  "r = @aten.relu.default(a)\ns = @aten.add.Tensor(a, r, alpha = 2)\n"
                                  "t = @aten.add.Tensor(b, r, alpha = 2)\nreturn (s, t)");
    rg_expression_matcher *matcher = NULL;
    bool matched = false;
    /* The part `x` is one, and gets a name so that it is one when it is read again. */
    assert_string_equal(printed_expression(expression),
                        "keyword = KeywordArg('x')\nrelu_default = CallFunction(aten.relu.default, keyword)\n"
                        "output = CallFunction(aten.add.Tensor, keyword, relu_default, alpha=2)");
    assert_int_equal(rg_expression_part_kind(expression, x), RG_EXPRESSION_KEYWORD);
    assert_int_equal(rg_expression_part_kind(expression, rg_expression_root(expression)), RG_EXPRESSION_CALL_FUNCTION);
    assert_int_equal(rg_expression_part_kind(expression, (rg_expression_part){99}), RG_EXPRESSION_NONE);
    assert_string_is(rg_expression_name(expression), "output");
    assert_int_equal(rg_expression_matcher_create(&matcher, context, expression, NULL), RG_OK);
    /* r has two users */
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, rg_graph_find(graph, rg_string_from("s"))),
                     RG_OK);
    assert_false(matched);
    assert_int_equal(rg_expression_matcher_failure(matcher).reason, RG_EXPRESSION_REASON_USERS);
    assert_int_equal(rg_graph_set_argument(graph, rg_graph_find(graph, rg_string_from("t")), 1,
                                           value_of(rg_graph_find(graph, rg_string_from("b")))),
                     RG_OK);
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, rg_graph_find(graph, rg_string_from("s"))),
                     RG_OK);
    assert_true(matched);
    const rg_expression_match *match = rg_expression_matcher_match(matcher);
    assert_ptr_equal(rg_expression_match_expression(match), expression);
    rg_value captured = rg_expression_match_part(match, x);
    assert_string_is(rg_node_name(graph, rg_value_as_node(captured)), "a");
    assert_true(rg_value_is_missing(rg_expression_match_keyword(match, rg_string_from("y"))));
    rg_expression_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    rg_expression_destroy(expression);
    rg_context_destroy(context);
}

/* What a builder refuses. */
static void test_builder_refuses(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_expression_builder *builder = NULL;
    rg_expression_part part;
    rg_expression_part arg;
    rg_expression_call_description call = RG_EXPRESSION_CALL_DESCRIPTION_INIT;
    assert_int_equal(rg_expression_builder_create(&builder, context), RG_OK);
    assert_int_equal(rg_expression_arg(&arg, builder), RG_OK);
    assert_int_equal(rg_expression_ignored(&part, builder), RG_OK);
    assert_false(rg_expression_part_is_null(part));
    assert_int_equal(rg_expression_call(&part, builder, &call), RG_ERROR_ARGUMENT); /* no target */
    assert_true(rg_expression_part_is_null(part));
    assert_int_equal(rg_expression_keyword(&part, builder, rg_string_from("")), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_exclusive(&part, builder, rg_string_from("")), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_constant(&part, builder, rg_value_missing()), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_repeated(&part, builder, arg), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_multi_output(&part, builder, &arg, 1), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_list_of(&part, builder, (rg_expression_part){9}, false), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_items(&part, builder, RG_VALUE_SLICE, &arg, 1), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_expression_items(&part, builder, RG_VALUE_DICT, &arg, 1), RG_ERROR_ARGUMENT);
    /* Lists of lists that would be too large written out. */
    rg_expression_part pair[2] = {arg, arg};
    rg_status status = RG_OK;
    for (int i = 0; i < 40 && status == RG_OK; i++) {
        status = rg_expression_items(&part, builder, RG_VALUE_LIST, pair, 2);
        pair[0] = pair[1] = part;
    }
    assert_int_equal(status, RG_ERROR_LIMIT);
    rg_expression_builder_destroy(builder);
    rg_context_destroy(context);
}

/* A search that explodes gives up, and says so. */
static void test_gives_up(void **state)
{
    (void)state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_buffer text;
    options.limits.max_search_steps = 1000;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, "p0 = CallFunction(aten.neg.default, KeywordArg('y'))\n");
    for (int i = 1; i <= 30; i++) {
        rg__buffer_append_format(&text, "p%d = CallFunction(aten.add.Tensor, p%d, p%d)\n", i, i - 1, i - 1);
    }
    rg__buffer_append_text(&text, "o = MultiOutputPattern([CallFunction(aten.neg.default, KeywordArg('x')), p30])");
    rg_expression_list *list = read_expressions(context, text.data, 1);
    rg_graph *graph = plain_graph(context, "a", "n = @aten.neg.default(a)\nreturn (n,)");
    rg_node node = rg_graph_find(graph, rg_string_from("n"));
    assert_string_equal(expression_result(context, rg_expression_list_get(list, 0), graph, node), "no: gave up");
    rg_graph_destroy(graph);
    rg_expression_list_destroy(list);
    rg__buffer_free(&text);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),      cmocka_unit_test(test_calls),   cmocka_unit_test(test_composites),
        cmocka_unit_test(test_module_class), cmocka_unit_test(test_builder), cmocka_unit_test(test_builder_refuses),
        cmocka_unit_test(test_gives_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
