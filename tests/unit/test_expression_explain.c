/*
 * Why pattern expressions do not match: misses planted one at a time, each beside a twin that matches; the invariants
 * of observed attempts; every allocation failing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "match/expression_impl.h"
#include "support/expression_case.h"
#include "support/failing_allocator.h"
#include "support/graph_building.h"
#include "support/text_reading.h"

static rg_context *new_context(void)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

/* ---- planted misses ---- */

typedef struct planted {
    const char *name;
    const char *expression;
    const char *twin;  /* statements over x, y, w that match */
    const char *graph; /* the same with one thing changed */
    rg_miss_reason reason;
    const char *sentence; /* all of it */
    const char *node;     /* the node that it is about; "": none */
    const char *path;     /* where in the expression */
    uint32_t matched;
} planted;

/* Scaled scores and a softmax over them, as eager attention has it. */
#define SOFTMAX                                                                                                        \
    "permute = CallFunction(aten.permute.default, KeywordArg('key'), [0, 1, 3, 2])\n"                                  \
    "bmm = CallFunction(aten.bmm.default, KeywordArg('query'), permute)\n"                                             \
    "div = CallFunction(aten.div.Tensor, bmm, 8.0, _users=2)\n"                                                        \
    "amax = CallFunction(aten.amax.default, div, Ignored(), True)\n"                                                   \
    "sub = CallFunction(aten.sub.Tensor, div, amax)\n"                                                                 \
    "output = CallFunction(aten.exp.default, sub)"

#define SCORES                                                                                                         \
    "permute = @aten.permute.default(y, [0, 1, 3, 2])\n"                                                               \
    "bmm = @aten.bmm.default(x, permute)\n"
#define DIVIDED SCORES "div = @aten.div.Tensor(bmm, 8.0)\n"
#define SHIFTED                                                                                                        \
    DIVIDED "amax = @aten.amax.default(div, [-1], True)\n"                                                             \
            "sub = @aten.sub.Tensor(div, amax)\n"
#define WHOLE SHIFTED "exp = @aten.exp.default(sub)\nreturn exp"

/* Two products of one value by weights that must differ. */
#define EXCLUSIVE                                                                                                      \
    "mm_a = CallFunction(aten.mm.default, KeywordArg('x'), ExclusiveKeywordArg('a'))\n"                                \
    "mm_b = CallFunction(aten.mm.default, KeywordArg('x'), ExclusiveKeywordArg('b'))\n"                                \
    "output = CallFunction(aten.add.Tensor, mm_a, mm_b)"

#define SPLIT                                                                                                          \
    "split = CallFunction(aten.split.Tensor, KeywordArg('x'), Ignored(), _users=MULTIPLE)\n"                           \
    "item = CallFunction(operator.getitem, split, Ignored())\n"                                                        \
    "output = CallFunction(aten.cat.default, ListOf(item), 1)"

static const planted cases[] = {
    {"another op", SOFTMAX, WHOLE,
     SCORES "mul = @aten.mul.Tensor(bmm, 8.0)\namax = @aten.amax.default(mul, [-1], True)\n"
            "sub = @aten.sub.Tensor(mul, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_OP, "'mul' calls aten.mul.Tensor where the expression has aten.div.Tensor", "mul",
     "output.args[0].args[0]", 5},
    {"another overload", SOFTMAX, WHOLE,
     SCORES "div = @aten.div.Scalar(bmm, 8.0)\namax = @aten.amax.default(div, [-1], True)\n"
            "sub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_OP, "'div' calls aten.div.Scalar where the expression has aten.div.Tensor", "div",
     "output.args[0].args[0]", 5},
    {"another number", SOFTMAX, WHOLE,
     SCORES "div = @aten.div.Tensor(bmm, 4.0)\namax = @aten.amax.default(div, [-1], True)\n"
            "sub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_LITERAL, "'div' (aten.div.Tensor) has 4.0 where the expression has 8.0", "div", "output.args[0].args[0]",
     5},
    {"another flag", SOFTMAX, WHOLE,
     DIVIDED "amax = @aten.amax.default(div, [-1], False)\nsub = @aten.sub.Tensor(div, amax)\n"
             "exp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_LITERAL, "'amax' (aten.amax.default) has False where the expression has True", "amax",
     "output.args[0].args[1]", 5},
    {"another permutation", SOFTMAX, WHOLE,
     "permute = @aten.permute.default(y, [0, 2, 1, 3])\nbmm = @aten.bmm.default(x, permute)\n"
     "div = @aten.div.Tensor(bmm, 8.0)\namax = @aten.amax.default(div, [-1], True)\n"
     "sub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_LITERAL, "'permute' (aten.permute.default) has 2 where the expression has 1", "permute",
     "output.args[0].args[0].args[0].args[1]", 5},
    {"a tensor for a number", SOFTMAX, WHOLE,
     SCORES "div = @aten.div.Tensor(bmm, w)\namax = @aten.amax.default(div, [-1], True)\n"
            "sub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_KIND, "'div' (aten.div.Tensor) has 'w' where the expression has 8.0", "div", "output.args[0].args[0]", 5},
    {"a number for a call",
     "output = CallFunction(aten.add.Tensor, KeywordArg('x'), CallFunction(aten.neg.default, Arg()))",
     "neg = @aten.neg.default(y)\nadd = @aten.add.Tensor(x, neg)\nreturn add",
     "add = @aten.add.Tensor(x, 2)\nreturn add", RG_MISS_KIND, "2 stands where the expression has aten.neg.default", "",
     "output.args[1]", 1},
    {"an input for a call", SOFTMAX, WHOLE,
     "bmm = @aten.bmm.default(x, y)\ndiv = @aten.div.Tensor(bmm, 8.0)\namax = @aten.amax.default(div, [-1], True)\n"
     "sub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_OP, "'y' is an input of the graph where the expression has aten.permute.default", "y",
     "output.args[0].args[0].args[0].args[1]", 5},
    {"an inserted cast", SOFTMAX, WHOLE,
     DIVIDED "cast = @prims.convert_element_type.default(div, torch.float32)\n"
             "amax = @aten.amax.default(cast, [-1], True)\nsub = @aten.sub.Tensor(cast, amax)\n"
             "exp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_INSERTED,
     "'cast' (prims.convert_element_type.default) stands between: behind it is 'div', which is the expression's "
     "aten.div.Tensor",
     "cast", "output.args[0].args[0]", 5},
    {"an inserted view", SOFTMAX, WHOLE,
     "permute = @aten.permute.default(y, [0, 1, 3, 2])\nview = @aten.view.default(permute, [8, 4, 4])\n"
     "bmm = @aten.bmm.default(x, view)\ndiv = @aten.div.Tensor(bmm, 8.0)\n"
     "amax = @aten.amax.default(div, [-1], True)\nsub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\n"
     "return exp",
     RG_MISS_INSERTED,
     "'view' (aten.view.default) stands between: behind it is 'permute', which is the expression's "
     "aten.permute.default",
     "view", "output.args[0].args[0].args[0].args[1]", 6},
    {"an inserted mask", SOFTMAX, WHOLE,
     DIVIDED "add = @aten.add.Tensor(div, w)\namax = @aten.amax.default(add, [-1], True)\n"
             "sub = @aten.sub.Tensor(add, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_INSERTED,
     "'add' (aten.add.Tensor) stands between: behind it is 'div', which is the expression's aten.div.Tensor", "add",
     "output.args[0].args[0]", 5},
    {"a scale that is not there", SOFTMAX, WHOLE,
     SCORES "amax = @aten.amax.default(bmm, [-1], True)\nsub = @aten.sub.Tensor(bmm, amax)\n"
            "exp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_OP,
     "'bmm' calls aten.bmm.default where the expression has aten.div.Tensor, which the graph lacks: 'bmm' comes below "
     "it",
     "bmm", "output.args[0].args[0]", 4},
    {"an extra reader", SOFTMAX, WHOLE,
     SHIFTED "exp = @aten.exp.default(sub)\nneg = @aten.neg.default(sub)\nreturn (exp, neg)", RG_MISS_EXTRA_USER,
     "'sub' is read by 2 nodes, the expression wants 1; besides, 'neg' reads it", "neg", "output.args[0]", 5},
    {"an extra reader of a shared value", SOFTMAX, WHOLE,
     SHIFTED "exp = @aten.exp.default(sub)\nneg = @aten.neg.default(div)\nreturn (exp, neg)", RG_MISS_EXTRA_USER,
     "'div' is read by 3 nodes, the expression wants 2; besides, 'neg' reads it", "neg", "output.args[0].args[0]", 5},
    {"a value that is returned", SOFTMAX, WHOLE, SHIFTED "exp = @aten.exp.default(sub)\nreturn (exp, bmm)",
     RG_MISS_ESCAPES, "'bmm' is read by 2 nodes, the expression wants 1; besides, the graph returns it", "output",
     "output.args[0].args[0].args[0]", 5},
    {"a reader that is not there",
     "relu = CallFunction(aten.relu.default, KeywordArg('x'), _users=2)\n"
     "output = CallFunction(aten.mul.Tensor, relu, 2)",
     "relu = @aten.relu.default(x)\nmul = @aten.mul.Tensor(relu, 2)\nreturn (mul, relu)",
     "relu = @aten.relu.default(x)\nmul = @aten.mul.Tensor(relu, 2)\nreturn mul", RG_MISS_FEWER_USERS,
     "'relu' is read by 1 node, the expression wants 2", "relu", "output.args[0]", 1},
    {"swapped operands", SOFTMAX, WHOLE,
     DIVIDED "amax = @aten.amax.default(div, [-1], True)\nsub = @aten.sub.Tensor(amax, div)\n"
             "exp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_OPERANDS, "the first two operands of 'sub' (aten.sub.Tensor) stand in the other order", "sub",
     "output.args[0]", 6},
    {"swapped operands that look alike",
     "permute = CallFunction(aten.permute.default, KeywordArg('k'), Ignored())\n"
     "view = CallFunction(aten.view.default, KeywordArg('q'), Ignored())\n"
     "view_1 = CallFunction(aten.view.default, permute, Ignored())\n"
     "output = CallFunction(aten.bmm.default, view, view_1)",
     "permute = @aten.permute.default(y, [1, 0])\nview = @aten.view.default(x, [4])\n"
     "view_1 = @aten.view.default(permute, [4])\nbmm = @aten.bmm.default(view, view_1)\nreturn bmm",
     "permute = @aten.permute.default(y, [1, 0])\nview = @aten.view.default(x, [4])\n"
     "view_1 = @aten.view.default(permute, [4])\nbmm = @aten.bmm.default(view_1, view)\nreturn bmm",
     RG_MISS_OPERANDS, "the first two operands of 'bmm' (aten.bmm.default) stand in the other order", "bmm", "output",
     4},
    {"a mask on the left",
     "output = CallFunction(aten.add.Tensor, CallFunction(aten.bmm.default, Arg(), Arg()), KeywordArg('mask'))",
     "bmm = @aten.bmm.default(x, y)\nadd = @aten.add.Tensor(bmm, w)\nreturn add",
     "bmm = @aten.bmm.default(x, y)\nadd = @aten.add.Tensor(w, bmm)\nreturn add", RG_MISS_OPERANDS,
     "the first two operands of 'add' (aten.add.Tensor) stand in the other order", "add", "output", 2},
    {"one more argument", "output = CallFunction(aten._softmax.default, KeywordArg('x'), -1)",
     "softmax = @aten._softmax.default(x, -1)\nreturn softmax",
     "softmax = @aten._softmax.default(x, -1, False)\nreturn softmax", RG_MISS_ARGUMENTS,
     "'softmax' (aten._softmax.default) has 3 positional arguments, the expression 2", "softmax", "output", 0},
    {"another keyword", "output = CallFunction(aten.addmm.default, Arg(), Arg(), Arg(), beta=2)",
     "addmm = @aten.addmm.default(x, y, w, beta=2)\nreturn addmm",
     "addmm = @aten.addmm.default(x, y, w, alpha=2)\nreturn addmm", RG_MISS_ARGUMENTS,
     "'addmm' (aten.addmm.default) has other keyword arguments: not 'beta'", "addmm", "output", 0},
    {"another value of a keyword", "output = CallFunction(aten.addmm.default, Arg(), Arg(), Arg(), beta=2)",
     "addmm = @aten.addmm.default(x, y, w, beta=2)\nreturn addmm", "addmm = @aten.addmm.default(x, y, w)\nreturn addmm",
     RG_MISS_LITERAL, "'addmm' (aten.addmm.default) has 1 where the expression has 2", "addmm", "output", 0},
    {"a keyword without schema", "output = CallFunction(mine.op.default, Arg(), eps=1)",
     "op = @mine.op.default(x, eps=1)\nreturn op", "op = @mine.op.default(x)\nreturn op", RG_MISS_ARGUMENTS,
     "'op' (mine.op.default) is written without 'eps', which the expression names, and no schema tells its default",
     "op", "output", 0},
    {"another list", "output = CallFunction(aten.cat.default, [Arg(), CallFunction(aten.neg.default, Arg())], 1)",
     "neg = @aten.neg.default(y)\ncat = @aten.cat.default([x, neg], 1)\nreturn cat",
     "neg = @aten.neg.default(y)\ncat = @aten.cat.default([x, neg, w], 1)\nreturn cat", RG_MISS_ARGUMENTS,
     "'cat' (aten.cat.default) has [x, neg, w] where the expression has [Arg(), CallFunction(aten.neg.default, "
     "Arg())]",
     "cat", "output", 1},
    {"a name for two values",
     "output = CallFunction(aten.add.Tensor, KeywordArg('x'), CallFunction(aten.sin.default, KeywordArg('x')))",
     "sin = @aten.sin.default(x)\nadd = @aten.add.Tensor(x, sin)\nreturn add",
     "sin = @aten.sin.default(y)\nadd = @aten.add.Tensor(x, sin)\nreturn add", RG_MISS_DIFFERENT_VALUE,
     "KeywordArg('x') stands for 'x' and for 'y'", "y", "output", 1},
    {"a part for two values", "x = Arg()\noutput = CallFunction(aten.mul.Tensor, x, x)",
     "mul = @aten.mul.Tensor(x, x)\nreturn mul", "mul = @aten.mul.Tensor(x, y)\nreturn mul", RG_MISS_DIFFERENT_VALUE,
     "Arg() is one part read twice, and stands for 'x' and for 'y'", "y", "output.args[0]", 1},
    {"two computations of one value", SOFTMAX, WHOLE,
     DIVIDED "div_1 = @aten.div.Tensor(bmm, 8.0)\namax = @aten.amax.default(div_1, [-1], True)\n"
             "sub = @aten.sub.Tensor(div, amax)\nexp = @aten.exp.default(sub)\nreturn exp",
     RG_MISS_FEWER_USERS, "'div' is read by 1 node, the expression wants 2", "div", "output.args[0].args[0]", 4},
    {"an exclusive value twice", EXCLUSIVE,
     "mm = @aten.mm.default(x, y)\nmm_1 = @aten.mm.default(x, w)\nadd = @aten.add.Tensor(mm, mm_1)\nreturn add",
     "mm = @aten.mm.default(x, y)\nmm_1 = @aten.mm.default(x, y)\nadd = @aten.add.Tensor(mm, mm_1)\nreturn add",
     RG_MISS_SAME_NODE, "'y' is captured by another ExclusiveKeywordArg already", "y", "output.args[1].args[1]", 3},
    {"an item of a list", SPLIT,
     "split = @aten.split.Tensor(x, 2)\na = split[0]\nb = split[1]\ncat = @aten.cat.default([a, b], 1)\nreturn cat",
     "split = @aten.split.Tensor(x, 2)\na = split[0]\nb = split[1]\nneg = @aten.neg.default(b)\n"
     "cat = @aten.cat.default([a, neg], 1)\nreturn cat",
     RG_MISS_INSERTED,
     "'neg' (aten.neg.default) stands between: behind it is 'b', which is the expression's operator.getitem", "neg",
     "output.args[0][0]", 3},
    {"no item of a list",
     "output = CallFunction(aten.cat.default, ListOf(CallFunction(aten.neg.default, Arg()), partial=True))",
     "neg = @aten.neg.default(x)\ncat = @aten.cat.default([y, neg])\nreturn cat",
     "cat = @aten.cat.default([y, x])\nreturn cat", RG_MISS_ARGUMENTS,
     "no item of [y, x] is what the expression's ListOf has", "", "output.args[0]", 1},
    {"an empty list", "output = CallFunction(aten.cat.default, ListOf(Arg()))",
     "cat = @aten.cat.default([x])\nreturn cat", "cat = @aten.cat.default([])\nreturn cat", RG_MISS_ARGUMENTS,
     "[] stands where ListOf wants a list with items", "", "output.args[0]", 1},
    {"a further output",
     "mm = CallFunction(aten.mm.default, KeywordArg('x'), KeywordArg('y'), _users=2)\n"
     "output = MultiOutputPattern([CallFunction(aten.relu.default, mm), CallFunction(aten.tanh.default, mm)])",
     "mm = @aten.mm.default(x, y)\nrelu = @aten.relu.default(mm)\ntanh = @aten.tanh.default(mm)\nreturn (relu, tanh)",
     "mm = @aten.mm.default(x, y)\nrelu = @aten.relu.default(mm)\nsin = @aten.sin.default(mm)\nreturn (relu, sin)",
     RG_MISS_ABSENT,
     "nothing that reads the inputs of the further output CallFunction(aten.tanh.default, "
     "CallFunction(aten.mm.default, KeywordArg('x'), KeywordArg('y'), _users=2)) has its op",
     "", "output[1]", 2},
    {"the nearest of several outputs",
     "mm = CallFunction(aten.mm.default, KeywordArg('x'), KeywordArg('y'), _users=3)\n"
     "mul = CallFunction(aten.mul.Tensor, CallFunction(aten.neg.default, mm), 2)\n"
     "output = MultiOutputPattern([CallFunction(aten.relu.default, mm), mul])",
     "mm = @aten.mm.default(x, y)\nneg = @aten.neg.default(mm)\nmul = @aten.mul.Tensor(neg, 2)\n"
     "relu = @aten.relu.default(mm)\ntanh = @aten.tanh.default(mm)\nreturn (relu, mul, tanh)",
     "mm = @aten.mm.default(x, y)\nneg = @aten.neg.default(mm)\nmul = @aten.mul.Tensor(neg, 3)\n"
     "relu = @aten.relu.default(mm)\ntanh = @aten.tanh.default(mm)\nreturn (relu, mul, tanh)",
     RG_MISS_LITERAL, "'mul' (aten.mul.Tensor) has 3 where the expression has 2", "mul", "output[1]", 3},
    {"another last op", SOFTMAX, WHOLE, SHIFTED "tanh = @aten.tanh.default(sub)\nreturn tanh", RG_MISS_OP,
     "'tanh' (aten.tanh.default) reads 'sub' where the expression has aten.exp.default", "tanh", "output", 5},
    {"no last op", SOFTMAX, WHOLE, SHIFTED "return sub", RG_MISS_OP,
     "the graph returns 'sub' where the expression has aten.exp.default", "output", "output", 5},
    {"a write between", "output = CallFunction(aten.mul.Tensor, CallFunction(aten.neg.default, Arg()), 2)",
     "neg = @aten.neg.default(x)\ncopy_ = @aten.copy_.default(y, w)\nmul = @aten.mul.Tensor(w, 2)\n"
     "neg_1 = @aten.neg.default(x)\nmul_1 = @aten.mul.Tensor(neg_1, 2)\nreturn (neg, mul, mul_1)",
     "neg = @aten.neg.default(x)\ncopy_ = @aten.copy_.default(y, w)\nmul = @aten.mul.Tensor(neg, 2)\nreturn mul",
     RG_MISS_REGION,
     "something is written between the nodes of the match: 'mul' is in another mutation region than the first of them",
     "mul", "output", 2},
    {"nothing of it", "output = CallFunction(aten.mul.Tensor, CallFunction(aten.neg.default, Arg()), 2)",
     "neg = @aten.neg.default(x)\nmul = @aten.mul.Tensor(neg, 2)\nreturn mul",
     "add = @aten.add.Tensor(x, y)\nreturn add", RG_MISS_ABSENT, "the graph has no aten.neg.default", "",
     "output.args[0]", 0},
};

static rg_expression_explanation *explain(rg_context *context, const char *expression, rg_graph *graph,
                                          const rg_expression_explain_options *options)
{
    rg_expression_explanation *explanation = NULL;
    rg_expression_list *list = read_expressions(context, expression, 1);
    assert_int_equal(rg_expression_explain(&explanation, rg_expression_list_get(list, 0), graph, options), RG_OK);
    rg_expression_list_destroy(list);
    return explanation;
}

static void check_planted(const planted *one)
{
    rg_context *context = new_context();
    rg_graph *twin = plain_graph(context, "x, y, w", one->twin);
    rg_graph *graph = plain_graph(context, "x, y, w", one->graph);
    rg_expression_explanation *explanation = explain(context, one->expression, twin, NULL);
    if (rg_expression_explanation_match_count(explanation) != 1) {
        fail_msg("%s: the twin does not match", one->name);
    }
    rg_expression_explanation_destroy(explanation);
    explanation = explain(context, one->expression, graph, NULL);
    if (rg_expression_explanation_count(explanation) == 0) {
        fail_msg("%s: no miss", one->name);
    }
    assert_int_equal(rg_expression_explanation_match_count(explanation), 0);
    const rg_expression_miss *miss = rg_expression_explanation_get(explanation, 0);
    rg_string node = rg_node_name(graph, miss->node);
    if (!rg_string_equal(miss->sentence, rg_string_from(one->sentence)) || miss->reason != one->reason ||
        !rg_string_equal(node, rg_string_from(one->node)) || !rg_string_equal(miss->path, rg_string_from(one->path)) ||
        miss->matched != one->matched) {
        fail_msg("%s: %u %.*s, at '%.*s', %.*s, %u of %u", one->name, (unsigned)miss->reason, (int)miss->sentence.size,
                 miss->sentence.data, (int)node.size, node.data, (int)miss->path.size, miss->path.data, miss->matched,
                 miss->total);
    }
    rg_expression_explanation_destroy(explanation);
    rg_graph_destroy(graph);
    rg_graph_destroy(twin);
    rg_context_destroy(context);
}

static void test_planted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_planted(&cases[i]);
    }
}

/* ---- several places ---- */

static const char scaled[] =
    "output = CallFunction(aten.add.Tensor, CallFunction(aten.mul.Tensor, KeywordArg('a'), 2), "
    "KeywordArg('b'))";

/* Two places with one cause are one entry; nearer ones come first; places where it matches are no misses. */
static void test_places(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, "x, y, w",
                                  "m0 = @aten.mul.Tensor(x, 3)\na0 = @aten.add.Tensor(m0, y)\n"
                                  "m1 = @aten.mul.Tensor(y, 2)\na1 = @aten.add.Tensor(m1, y)\n"
                                  "m2 = @aten.mul.Tensor(w, 3)\na2 = @aten.add.Tensor(m2, y)\n"
                                  "m3 = @aten.mul.Tensor(w, 4)\na3 = @aten.add.Tensor(m3, y)\n"
                                  "a4 = @aten.add.Tensor(w, y)\n"
                                  "return (a0, a1, a2, a3, a4)");
    rg_expression_explanation *explanation = explain(context, scaled, graph, NULL);
    assert_int_equal(rg_expression_explanation_match_count(explanation), 1);
    assert_int_equal(rg_expression_explanation_count(explanation), 3);
    const rg_expression_miss *miss = rg_expression_explanation_get(explanation, 1);
    assert_int_equal(miss->count, 2);
    assert_int_equal(miss->example_count, 2);
    assert_string_is(rg_node_name(graph, miss->examples[0]), "a2");
    assert_string_is(rg_node_name(graph, miss->examples[1]), "a0");
    assert_string_is(miss->sentence, "'m2' (aten.mul.Tensor) has 3 where the expression has 2");
    assert_string_is(miss->remedy, "Ignored() in the place of 2, or KeywordArg() and a check of its value");
    assert_string_is(miss->part_place.source_line, "mul_Tensor = CallFunction(aten.mul.Tensor, KeywordArg('a'), 2)");
    assert_memory_equal(miss->part_place.source_line.data + miss->part_place.caret, "2)", 2);
    assert_string_is(miss->graph_place.source_line, "m2 = torch.ops.aten.mul.Tensor(w, 3)");
    assert_memory_equal(miss->graph_place.source_line.data + miss->graph_place.caret, "3)", 2);
    assert_int_equal(miss->graph_place.caret_width, 1);
    assert_string_is(miss->path, "output.args[0]");
    assert_int_equal(miss->matched, 1);
    assert_int_equal(miss->total, 2);
    assert_int_equal(miss->node_count, 2);
    assert_string_is(rg_node_name(graph, miss->nodes[0]), "m2");
    assert_string_is(rg_node_name(graph, miss->nodes[1]), "a2");
    assert_int_equal(rg_expression_explanation_get(explanation, 0)->count, 1);
    assert_int_equal(rg_expression_explanation_get(explanation, 2)->reason, RG_MISS_OP);
    assert_null(rg_expression_explanation_get(explanation, 3));
    rg_expression_explanation_destroy(explanation);
    rg_expression_explanation_destroy(NULL);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Where nothing of the expression is there, there is no place of it either. */
static void test_nowhere(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, "x, y, w", "sin = @aten.sin.default(x)\nreturn sin");
    rg_expression_explanation *explanation = explain(context, scaled, graph, NULL);
    const rg_expression_miss *miss = rg_expression_explanation_get(explanation, 0);
    assert_int_equal(rg_expression_explanation_count(explanation), 1);
    assert_int_equal(miss->reason, RG_MISS_ABSENT);
    assert_int_equal(miss->count, 0);
    assert_int_equal(miss->example_count, 0);
    assert_int_equal(miss->node_count, 0);
    assert_memory_equal(miss->part_place.source_line.data + miss->part_place.caret, "aten.mul.Tensor", 15);
    rg_expression_explanation_destroy(explanation);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Only what a node takes part in, and not more than is asked for. */
static void test_options(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, "x, y, w",
                                  "m0 = @aten.mul.Tensor(x, 3)\na0 = @aten.add.Tensor(m0, y)\n"
                                  "m1 = @aten.mul.Tensor(w, 4)\na1 = @aten.add.Tensor(m1, y)\nreturn (a0, a1)");
    rg_expression_explain_options options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT;
    options.max_misses = 1;
    rg_expression_explanation *explanation = explain(context, scaled, graph, &options);
    assert_int_equal(rg_expression_explanation_count(explanation), 1);
    assert_string_is(rg_node_name(graph, rg_expression_explanation_get(explanation, 0)->node), "m1");
    rg_expression_explanation_destroy(explanation);
    options.at = rg_graph_find(graph, rg_string_from("a0"));
    explanation = explain(context, scaled, graph, &options);
    assert_int_equal(rg_expression_explanation_count(explanation), 1);
    assert_string_is(rg_node_name(graph, rg_expression_explanation_get(explanation, 0)->node), "m0");
    rg_expression_explanation_destroy(explanation);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* ---- Inductor's checks of its attention patterns ---- */

typedef struct judged {
    const char *pattern;
    const char *query;    /* type of the query; key and value are f16 on cuda */
    const char *scale;    /* what is divided by */
    const char *mask;     /* type of the mask */
    const char *sentence; /* "": accepted */
} judged;

#define HALF "f16[2, 4]cuda:0"

static const judged judgements[] = {
    {"_sfdp_pattern_5_half_inference", HALF, "2.0", HALF, ""},
    {"_sfdp_pattern_1_half_inference", HALF, "2.0", HALF, ""},
    {"_sfdp_pattern_1_half_inference", HALF, "mask", HALF,
     "Inductor's check wants the scale to be a number, and it is a value of the graph"},
    {"_sfdp_pattern_5_half_inference", HALF, "mask", HALF, ""}, /* its check asks nothing of the scale */
    {"_sfdp_pattern_25_half_inference", HALF, "2.0", HALF,
     "Inductor's check of this pattern refuses every match on CUDA"},
    {"_sfdp_pattern_16_half_mask_fp32_inference", HALF, "2.0", HALF,
     "Inductor's check of this pattern refuses every match on CUDA"},
    {"_sfdp_pattern_16_half_inference", HALF, "2.0", HALF, ""},
    {"_sfdp_pattern_5_half_inference", "bf16[2, 4]cuda:0", "2.0", HALF,
     "Inductor's check wants query, key and value to be of one dtype"},
    {"_sfdp_pattern_5_half_inference", "f16[2, 4]cuda:1", "2.0", HALF,
     "Inductor's check wants query, key and value to be on one device"},
    {"_sfdp_pattern_24_half_inference", "bf16[2, 4]cuda:0", "2.0", HALF, ""},
    {"_sfdp_pattern_5_half_inference", HALF, "2.0", "f64[2, 4]cuda:0",
     "Inductor's check wants a mask of the query's dtype, of float32 or of bool"},
    {"_sfdp_pattern_5_half_inference", HALF, "2.0", "f32[2, 4]cuda:0", ""},
    {"_sfdp_pattern_5_half_inference", HALF, "2.0", "b8[2, 4]cuda:0", ""},
    {"_sfdp_pattern_5_half_inference", HALF, "2.0", "f16[2, 4]cpu",
     "Inductor's check wants the mask to be on the query's device"},
    {"_sfdp_pattern_5_half_inference", HALF, "2.0", "f16[]cuda:0",
     "Inductor's check refuses a mask without dimensions"},
    {"attention", "bf16[2, 4]cuda:0", "mask", "f16[]cuda:0", ""},
};

static const char judged_pattern[] =
    "div = CallFunction(aten.div.Tensor, CallFunction(aten.mm.default, KeywordArg('query'), KeywordArg('key')), "
    "KeywordArg('scale'))\n"
    "output = CallFunction(aten.mm.default, CallFunction(aten.add.Tensor, div, KeywordArg('mask')), "
    "KeywordArg('value'))";

static void check_judged(const judged *one)
{
    char parameters[512];
    char statements[512];
    rg_context *context = new_context();
    (void)snprintf(parameters, sizeof parameters, "q: \"%s\", k: \"" HALF "\", v: \"" HALF "\", mask: \"%s\"",
                   one->query, one->mask);
    (void)snprintf(statements, sizeof statements,
                   "mm = @aten.mm.default(q, k)\ndiv = @aten.div.Tensor(mm, %s)\nadd = @aten.add.Tensor(div, mask)\n"
                   "mm_1 = @aten.mm.default(add, v)\nreturn mm_1",
                   one->scale);
    rg_graph *graph = plain_graph(context, parameters, statements);
    rg_attention_judge judge = RG_ATTENTION_JUDGE_INIT;
    rg_expression_explain_options options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT;
    judge.pattern = rg_string_from(one->pattern);
    options.judge = rg_attention_judge_match;
    options.user = &judge;
    rg_expression_explanation *explanation = explain(context, judged_pattern, graph, &options);
    bool accepts = one->sentence[0] == '\0';
    assert_int_equal(rg_expression_explanation_match_count(explanation), accepts);
    assert_int_equal(rg_expression_explanation_count(explanation), !accepts);
    if (!accepts) {
        const rg_expression_miss *miss = rg_expression_explanation_get(explanation, 0);
        assert_int_equal(miss->reason, RG_MISS_CHECK);
        assert_string_is(miss->sentence, one->sentence);
        assert_int_equal(miss->matched, miss->total);
    }
    rg_expression_explanation_destroy(explanation);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof judgements / sizeof judgements[0]; i++) {
        check_judged(&judgements[i]);
    }
}

/* float32 on CUDA, with TF32 and without. */
static void test_tensorfloat(void **state)
{
    (void)state;
    for (int allows = 0; allows < 2; allows++) {
        rg_context *context = new_context();
        rg_graph *graph = plain_graph(
            context,
            "q: \"f32[2, 4]cuda:0\", k: \"f32[2, 4]cuda:0\", v: \"f32[2, 4]cuda:0\", mask: \"f32[2, 4]cuda:0\"",
            "mm = @aten.mm.default(q, k)\ndiv = @aten.div.Tensor(mm, 2.0)\n"
            "add = @aten.add.Tensor(div, mask)\nmm_1 = @aten.mm.default(add, v)\nreturn mm_1");
        rg_attention_judge judge = RG_ATTENTION_JUDGE_INIT;
        rg_expression_explain_options options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT;
        judge.pattern = rg_string_from("_sfdp_pattern_14_inference");
        judge.allows_tensorfloat = allows != 0;
        options.judge = rg_attention_judge_match;
        options.user = &judge;
        rg_expression_explanation *explanation = explain(context, judged_pattern, graph, &options);
        assert_int_equal(rg_expression_explanation_match_count(explanation), allows);
        rg_expression_explanation_destroy(explanation);
        rg_graph_destroy(graph);
        rg_context_destroy(context);
    }
}

/* ---- memory ---- */

static rg_status explain_all(const rg_allocator *allocator, void *user)
{
    const planted *one = user;
    rg_context *context = NULL;
    rg_expression_list *list = NULL;
    rg_graph *graph = NULL;
    rg_expression_explanation *explanation = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status == RG_OK) {
        status = rg_expression_list_parse(&list, context, rg_string_from(one->expression), rg_string_from("p.py"));
    }
    if (status == RG_OK) {
        status = rg_graph_parse(&graph, context, rg_string_from(one->graph), rg_string_from("g.py"));
    }
    if (status == RG_OK) {
        status = rg_expression_explain(&explanation, rg_expression_list_get(list, 0), graph, NULL);
    }
    if (status == RG_OK) {
        assert_int_equal(rg_expression_explanation_get(explanation, 0)->reason, one->reason);
    } else {
        assert_null(explanation);
    }
    rg_expression_explanation_destroy(explanation);
    rg_graph_destroy(graph);
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
    return status;
}

/* One case of each way in which memory is used. */
static void test_memory(void **state)
{
    static const char *const names[] = {"swapped operands", "no item of a list", "the nearest of several outputs",
                                        "a write between", "another last op"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (strcmp(cases[i].name, names[j]) == 0) {
                rg_context *context = new_context();
                rg_graph *graph = plain_graph(context, "x, y, w", cases[i].graph);
                char *text = strdup(printed_graph(graph));
                planted one = cases[i];
                one.graph = text;
                assert_true(failing_allocator_exhaust(explain_all, &one) > 20);
                free(text);
                rg_graph_destroy(graph);
                rg_context_destroy(context);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planted), cmocka_unit_test(test_places), cmocka_unit_test(test_nowhere),
        cmocka_unit_test(test_options), cmocka_unit_test(test_judged), cmocka_unit_test(test_tensorfloat),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
