/*
 * Pattern expressions as text: the forms that are read, how they are printed, what is said about bad ones.
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

/* Read one expression; compare what is printed of it. */
static void check_printed(const char *text, const char *printed)
{
    rg_context *context = new_context();
    rg_expression_list *list = read_expressions(context, text, 1);
    assert_string_equal(printed_expression(rg_expression_list_get(list, 0)), printed);
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
}

static void check_unchanged(const char *text)
{
    check_printed(text, text);
}

static void test_forms(void **state)
{
    (void)state;
    check_unchanged("output = CallFunction(aten.add.Tensor, Arg(), Ignored(), alpha=KeywordArg('a'), _users=2)");
    check_unchanged(
        "output = CallFunction(aten.add.Tensor, ExclusiveKeywordArg('it\\'s \"x\"'), None, _users=MULTIPLE)");
    check_unchanged("output = CallFunction([aten.div.Tensor, aten.div], 1, -2.5, True, inf, 'text')");
    check_unchanged("output = CallMethod(relu, Arg())");
    check_unchanged("output = CallModule(Linear, Arg())");
    check_unchanged("output = CallFunctionVarArgs(torch.split, users=MULTIPLE)");
    check_unchanged("output = CallMethodVarArgs([view, reshape], users=0)");
    check_unchanged("output = CallModuleVarArgs(Linear)");
    check_unchanged("operator_getitem = CallFunctionVarArgs(operator.getitem)\n"
                    "cat_default = CallFunction(aten.cat.default, [operator_getitem, operator_getitem, {'k': (1,)}], "
                    "(), _users=3)\n"
                    "output = MultiOutputPattern([cat_default,\n  None,\n  KeywordArg('x')\n])");
}

/* The variable of a var-args call that is read twice is named after its target. */
static void test_sharing(void **state)
{
    (void)state;
    check_printed("a = Arg()\nb = ListOf(CallFunction(aten.neg.default, a), partial=True)\n"
                  "p = CallFunction(aten.foo.default, b, b, a, RepeatedExpr(CallFunction(aten.neg.default, a)))",
                  "arg = Arg()\nneg_default = CallFunction(aten.neg.default, arg)\n"
                  "list_of = ListOf(neg_default, partial=True)\n"
                  "neg_default_1 = CallFunction(aten.neg.default, arg)\n"
                  "p = CallFunction(aten.foo.default, list_of, list_of, arg, RepeatedExpr(neg_default_1))");
}

static void check_assignment(const rg_expression *expression, uint32_t part, const char *line)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg_status status = rg_expression_print_assignment(expression, (rg_expression_part){part}, rg__buffer_sink(&text));
    assert_int_equal(status, RG_OK);
    assert_string_equal(text.data == NULL ? "" : text.data, line);
    rg__buffer_free(&text);
}

/* One line of the form; what has none is printed as it is where it is read. */
static void test_assignments(void **state)
{
    (void)state;
    rg_context *context = new_context();
    const char *text = "p = CallFunction(aten.add.Tensor, CallMethod(relu, Arg()), CallMethod(relu, 2.5))";
    rg_expression_list *list = read_expressions(context, text, 1);
    const rg_expression *expression = rg_expression_list_get(list, 0);
    check_assignment(expression, 0, "");
    check_assignment(expression, 1, "Arg()");
    check_assignment(expression, 2, "relu = CallMethod(relu, Arg())");
    check_assignment(expression, 3, "2.5");
    check_assignment(expression, 4, "relu_1 = CallMethod(relu, 2.5)");
    check_assignment(expression, 5, "p = CallFunction(aten.add.Tensor, relu, relu_1)");
    check_assignment(expression, 6, "");
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
}

/* Names: without the usual namespaces, numbered, not those of Python's builtins. */
static void test_names(void **state)
{
    (void)state;
    check_printed("p = CallFunction(aten.add.Tensor, CallMethod('sum', Arg()), CallMethod('sum', Arg()), "
                  "CallFunction(operator.getitem, Arg(), 0), CallFunction(prims.convert_element_type.default, Arg()), "
                  "CallFunction(torch.ops.vllm.all_reduce.default, Arg()), CallMethod(relu_1, Arg()), "
                  "CallMethod(relu, Arg()), CallMethod(relu, Arg()))",
                  "sum_1 = CallMethod(sum, Arg())\nsum_2 = CallMethod(sum, Arg())\n"
                  "operator_getitem = CallFunction(operator.getitem, Arg(), 0)\n"
                  "convert_element_type_default = CallFunction(prims.convert_element_type.default, Arg())\n"
                  "vllm_all_reduce_default = CallFunction(vllm.all_reduce.default, Arg())\n"
                  "relu_1 = CallMethod(relu_1, Arg())\nrelu = CallMethod(relu, Arg())\n"
                  "relu_2 = CallMethod(relu, Arg())\n"
                  "p = CallFunction(aten.add.Tensor, sum_1, sum_2, operator_getitem, convert_element_type_default, "
                  "vllm_all_reduce_default, relu_1, relu, relu_2)");
}

/* The layout of patterns.*.py. */
static const char vllm_dump[] =
    "# This file holds the patterns of a pass.\n"
    "\n"
    "from torch._higher_order_ops.auto_functionalize import auto_functionalized as auto_functionalized\n"
    "from torch._inductor.pattern_matcher import *\n"
    "vllm = torch.ops.vllm\n"
    "\n"
    "\n"
    "# Patterns for op: ('call_function', operator.getitem)\n"
    "\n"
    "def pattern_0():\n"
    "    rms_norm_default = CallFunction(vllm_ir.rms_norm.default, KeywordArg('input'), KeywordArg('weight'), "
    "Ignored())\n"
    "    auto_functionalized_1 = CallFunction(auto_functionalized, torch.ops._C.static_scaled_fp8_quant.default, "
    "result=KeywordArg('result'), input=rms_norm_default, scale=KeywordArg('scale'))\n"
    "    getitem = CallFunction(operator.getitem, auto_functionalized_1, 1)\n"
    "    return getitem\n"
    "\n"
    "def pattern_1():\n"
    "    auto_functionalized_1 = CallFunction(auto_functionalized, vllm.foo.default, x=KeywordArg('x'), "
    "y=[CallFunction(aten.neg.default, *), None], _users=2)\n"
    "    getitem = CallFunction(operator.getitem, auto_functionalized_1, 1)\n"
    "    getitem_1 = CallFunction(operator.getitem, auto_functionalized_1, 2)\n"
    "    return MultiOutputPattern([getitem,\n"
    "      getitem_1\n"
    "    ])\n"
    "\n"
    "\n"
    "\n"
    "# Patterns for op: ('call_function', torch.ops.vllm.all_reduce.default)\n"
    "\n"
    "def pattern_0():\n"
    "    \"\"\"The only one.\"\"\"\n"
    "    return CallFunction(vllm.all_reduce.default, KeywordArg('x'), group_name='tp')\n";

static void test_vllm_dump(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_expression_list *list = read_expressions(context, vllm_dump, 3);
    const rg_expression *first = rg_expression_list_get(list, 0);
    assert_string_is(rg_expression_name(first), "pattern_0");
    assert_string_equal(
        printed_expression(first),
        "vllm_ir_rms_norm_default = CallFunction(vllm_ir.rms_norm.default, KeywordArg('input'), KeywordArg('weight'), "
        "Ignored())\n"
        "auto_functionalized = CallFunction(auto_functionalized, torch.ops._C.static_scaled_fp8_quant.default, "
        "result=KeywordArg('result'), input=vllm_ir_rms_norm_default, scale=KeywordArg('scale'))\n"
        "pattern_0 = CallFunction(operator.getitem, auto_functionalized, 1)");
    assert_string_equal(
        printed_expression(rg_expression_list_get(list, 1)),
        "neg_default = CallFunction(aten.neg.default, Ignored())\n"
        "auto_functionalized = CallFunction(auto_functionalized, torch.ops.vllm.foo.default, x=KeywordArg('x'), "
        "y=[neg_default, None], _users=2)\n"
        "operator_getitem = CallFunction(operator.getitem, auto_functionalized, 1)\n"
        "operator_getitem_1 = CallFunction(operator.getitem, auto_functionalized, 2)\n"
        "pattern_1 = MultiOutputPattern([operator_getitem,\n  operator_getitem_1\n])");
    assert_string_equal(printed_expression(rg_expression_list_get(list, 2)),
                        "pattern_0 = CallFunction(vllm.all_reduce.default, KeywordArg('x'), group_name='tp')");
    assert_null(rg_expression_list_get(list, 3));
    /* It matches the graph it speaks of. */
    rg_graph *graph = plain_graph(context, "i, w, r, s",
                                  "n = @vllm_ir.rms_norm.default(i, w, 1e-05)\n"
                                  "q = @higher_order.auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, "
                                  "result = r, input = n, scale = s)\n"
                                  "g = q[1]\nreturn (g,)");
    rg_node node = rg_graph_find(graph, rg_string_from("g"));
    assert_string_equal(expression_result(context, first, graph, node),
                        "yes: n q g |  | result=r, input=i, weight=w, scale=s | g");
    rg_graph_destroy(graph);
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
}

/* A module of several patterns, whose variables have the same names, as Inductor's own files have. */
static void test_module(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_expression_list *list = read_expressions(context,
                                                "import operator\naten = torch.ops.aten\nprims = torch.ops.prims\n"
                                                "neg = CallFunction(aten.neg.default, KeywordArg('x'))\n"
                                                "first = CallFunction(aten.exp.default, neg)\n\n"
                                                "neg = CallFunction(aten.neg.default, KeywordArg('y'))\n"
                                                "second = CallFunction(prims.exp.default, neg)\n"
                                                "third = neg\n",
                                                3);
    assert_string_equal(printed_expression(rg_expression_list_get(list, 0)),
                        "neg_default = CallFunction(aten.neg.default, KeywordArg('x'))\n"
                        "first = CallFunction(aten.exp.default, neg_default)");
    assert_string_equal(printed_expression(rg_expression_list_get(list, 1)),
                        "neg_default = CallFunction(aten.neg.default, KeywordArg('y'))\n"
                        "second = CallFunction(prims.exp.default, neg_default)");
    assert_string_equal(printed_expression(rg_expression_list_get(list, 2)),
                        "third = CallFunction(aten.neg.default, KeywordArg('y'))");
    bool equal = true;
    assert_int_equal(rg_expression_equal(&equal, rg_expression_list_get(list, 0), rg_expression_list_get(list, 1)),
                     RG_OK);
    assert_false(equal);
    rg_expression_list_destroy(list);
    list = read_expressions(context, "", 0);
    rg_expression_list_destroy(list);
    assert_int_equal(rg_expression_list_read(&list, context, REGRAFT_TEST_DATA_DIR "/none.py"), RG_ERROR_IO);
    assert_null(list);
    rg_context_destroy(context);
}

/* ---- messages ---- */

typedef struct bad_text {
    const char *text;
    rg_status status;
    const char *said; /* the diagnostic, or a note after it, has this */
} bad_text;

static const bad_text bad_texts[] = {
    {"p = CallFunction(aten.add.Tensor, Arg()", RG_ERROR_SYNTAX, "patterns.py:1:"},
    {"p = CallFunction()", RG_ERROR_ARGUMENT, "arguments that CallFunction does not take"},
    {"p = CallFunction([add, ...], Arg())", RG_ERROR_UNSUPPORTED,
     "patterns.py:1:24: error: a list of targets that was cut"},
    {"p = CallFunction([], Arg())", RG_ERROR_SYNTAX, "a call without a target"},
    {"p = CallFunction(1, Arg())", RG_ERROR_SYNTAX, "a target that is no name"},
    {"p = CallFunction(aten.neg.default, x)", RG_ERROR_NAME, "'x' is not defined"},
    {"p = CallFunction(aten.neg.default, p)", RG_ERROR_NAME, "'p' is not defined"},
    {"p = CallFunction(aten.neg.default, _users=-1)", RG_ERROR_SYNTAX, "a number of users that is none"},
    {"p = CallFunction(aten.neg.default, a=1, a=2)", RG_ERROR_ARGUMENT, "the keyword 'a' is given twice"},
    {"p = CallFunction(aten.neg.default, a=1, 2)", RG_ERROR_ARGUMENT, "a positional argument after a keyword"},
    {"p = CallFunctionVarArgs(aten.neg.default, 1, 2)", RG_ERROR_ARGUMENT, "does not take"},
    {"p = CallFunctionVarArgs(aten.neg.default, x=1)", RG_ERROR_ARGUMENT, "does not take"},
    {"p = CallFunction(aten.neg.default, KeywordArg())", RG_ERROR_ARGUMENT, "expected one string"},
    {"p = CallFunction(aten.neg.default, KeywordArg(''))", RG_ERROR_ARGUMENT, "in this expression"},
    {"p = CallFunction(aten.neg.default, Arg(1))", RG_ERROR_ARGUMENT, "arguments that Arg does not take"},
    {"p = CallFunction(aten.neg.default, ListOf(1))", RG_ERROR_ARGUMENT, "ListOf needs a pattern"},
    {"p = CallFunction(aten.neg.default, ListOf(Arg(), partial=2))", RG_ERROR_ARGUMENT, "a pattern and partial="},
    {"p = RepeatedExpr(Arg())", RG_ERROR_ARGUMENT, "only a call can be repeated"},
    {"p = MultiOutputPattern([Arg()])", RG_ERROR_ARGUMENT, "the first output must be a call"},
    {"p = MultiOutputPattern([])", RG_ERROR_ARGUMENT, "the first output must be a call"},
    {"p = MultiOutputPattern(1)", RG_ERROR_ARGUMENT, "a list of outputs"},
    {"p = Arg()", RG_ERROR_ARGUMENT, "it is this one"},
    {"a, b = Arg()", RG_ERROR_SYNTAX, "an assignment to something else"},
    {"f(x)", RG_ERROR_SYNTAX, "a statement that is no pattern"},
    {"def f():\n    x = Arg()\n", RG_ERROR_SYNTAX, "a function that returns nothing"},
    {"def f():\n    pass\n    return CallFunction(f)\n", RG_ERROR_SYNTAX, "patterns.py:2:5"},
};

static void test_bad_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_texts / sizeof bad_texts[0]; i++) {
        const bad_text *bad = &bad_texts[i];
        rg_context *context = new_context();
        rg_expression_list *list = NULL;
        rg_status status =
            rg_expression_list_parse(&list, context, rg_string_from(bad->text), rg_string_from("patterns.py"));
        const char *said = printed_diagnostics(context);
        if (status != bad->status || strstr(said, bad->said) == NULL || list != NULL) {
            fail_msg("%s\n%s: %s", bad->text, rg_status_name(status), said);
        }
        rg_context_destroy(context);
    }
}

/* An expression that is too deep to match is refused. */
static void test_limits(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_expression_list *list = NULL;
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, "p0 = CallFunction(aten.neg.default, Arg())\n");
    for (int i = 1; i < 700; i++) {
        rg__buffer_append_format(&text, "p%d = CallFunction(aten.neg.default, p%d)\n", i, i - 1);
    }
    assert_int_equal(rg_expression_list_parse(&list, context, rg__buffer_string(&text), rg_string_from("p")),
                     RG_ERROR_LIMIT);
    rg__buffer_free(&text);
    rg_context_destroy(context);
}

/* ---- Inductor's short forms (T12) ---- */

static const char *short_form(const rg_expression *expression)
{
    static char kept[1 << 17];
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg_expression_part root = rg_expression_root(expression);
    assert_int_equal(rg_expression_print_part(expression, root, rg__buffer_sink(&text)), RG_OK);
    assert_true(text.size < sizeof kept);
    memcpy(kept, text.data, text.size + 1);
    rg__buffer_free(&text);
    return kept;
}

static void test_short_form(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1, _users=0)",
         "CallFunction(aten.add.Tensor, KeywordArg('x'), 1, _users=0)"},
        {"p = CallFunction(aten.add, CallFunction([aten.div.Tensor, aten.div.Scalar], Ignored(), 'a', k='b'))",
         "CallFunction([add, ...], CallFunction([div.Tensor, ...], *, 'a', k=b))"},
        {"p = MultiOutputPattern([CallFunctionVarArgs(torch.split, users=MULTIPLE), None, Arg()])",
         "MultiOutputPattern([CallFunctionVarArgs(torch.split, MULTIPLE), None, Arg()])"},
        {"p = CallFunction(aten.cat.default, ListOf(CallMethod(relu, Arg()), partial=True), [1])",
         "CallFunction(aten.cat.default, ListOf(CallMethod(relu, Arg())), [1])"},
        {"p = RepeatedExpr(CallMethod(relu, Arg()))", "RepeatedExpr()"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_context *context = new_context();
        rg_expression_list *list = read_expressions(context, cases[i][0], 1);
        assert_string_equal(short_form(rg_expression_list_get(list, 0)), cases[i][1]);
        rg_expression_list_destroy(list);
        rg_context_destroy(context);
    }
}

/* Shared parts are printed wherever they are; the text is cut before that explodes. */
static void test_short_form_is_cut(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, "p0 = CallFunction(aten.neg.default, Arg())\n");
    for (int i = 1; i < 60; i++) {
        rg__buffer_append_format(&text, "p%d = CallFunction(aten.add.Tensor, p%d, p%d)\n", i, i - 1, i - 1);
    }
    rg_expression_list *list = read_expressions(context, text.data, 1);
    const char *shown = short_form(rg_expression_list_get(list, 0));
    assert_non_null(strstr(shown, "..."));
    rg_expression_list_destroy(list);
    rg__buffer_free(&text);
    rg_context_destroy(context);
}

/* What a debug log shows of an attempt: the match, or why there is none. */
static void test_attempts(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_graph *graph = plain_graph(context, "arg0_1, arg1_1",
                                  "add = @aten.add.Tensor(arg0_1, 2)\nadd_1 = @aten.add.Tensor(arg0_1, arg1_1)\n"
                                  "sin = @aten.sin.default(add_1)\nreturn (add, sin, add_1)");
    static const char *const cases[][3] = {
        {"p = CallFunction(aten.add.Tensor, KeywordArg('x'), KeywordArg('y'))", "add_1",
         "Match(..., [], {'x': arg0_1, 'y': arg1_1})"},
        {"p = CallFunction(aten.add.Tensor, Arg(), Arg())", "add", "Match(..., [arg0_1, 2], {})"},
        {"p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1, _users=0)", "add", "constant_args: add 2!=1"},
        {"p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1, _users=0)", "sin",
         "function_mismatch: node=sin, pattern=CallFunction(aten.add.Tensor, KeywordArg('x'), 1, _users=0)"},
        {"p = CallFunction(aten.sin.default, CallFunction(aten.add.Tensor, Arg(), Arg()))", "sin",
         "multiple_users CallFunction(aten.add.Tensor, Arg(), Arg())"},
        {"p = CallFunction(aten.add.Tensor, KeywordArg('x'), KeywordArg('x'))", "add", "kwarg mismatch: x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_expression_list *list = read_expressions(context, cases[i][0], 1);
        rg_expression_matcher *matcher = NULL;
        rg_buffer text;
        bool matched = false;
        rg_node node = rg_graph_find(graph, rg_string_from(cases[i][1]));
        rg__buffer_init(&text, rg__default_allocator());
        assert_int_equal(rg_expression_matcher_create(&matcher, context, rg_expression_list_get(list, 0), NULL), RG_OK);
        assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, node), RG_OK);
        rg_sink sink = rg__buffer_sink(&text);
        assert_int_equal(matched ? rg_expression_match_print(rg_expression_matcher_match(matcher), sink)
                                 : rg_expression_matcher_print_failure(matcher, sink),
                         RG_OK);
        assert_string_equal(text.data, cases[i][2]);
        rg__buffer_free(&text);
        rg_expression_matcher_destroy(matcher);
        rg_expression_list_destroy(list);
    }
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),       cmocka_unit_test(test_sharing),
        cmocka_unit_test(test_assignments), cmocka_unit_test(test_names),
        cmocka_unit_test(test_vllm_dump),   cmocka_unit_test(test_module),
        cmocka_unit_test(test_bad_texts),   cmocka_unit_test(test_limits),
        cmocka_unit_test(test_short_form),  cmocka_unit_test(test_short_form_is_cut),
        cmocka_unit_test(test_attempts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
