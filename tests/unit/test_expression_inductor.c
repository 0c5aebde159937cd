/*
 * test_expression_inductor.c: what PyTorch's test/inductor/test_pattern_matcher.py expects of its matcher, test by
 * test: how many matches are counted, and how many nodes. doc/expressions.md, section 9, says where the other tests
 * went.
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
#include "support/graph_rules.h"

typedef struct inductor_case {
    const char *test;
    const char *patterns; /* each is an entry */
    const char *parameters;
    const char *statements;
    size_t matched;
    size_t nodes;
} inductor_case;

#define ADDMM                                                                                                          \
    "p = CallFunction(aten.add.Tensor, Arg(), CallFunction(aten.mm.default, Arg(), Arg()))\n"                          \
    "q = CallFunction(aten.add.Tensor, CallFunction(aten.mm.default, Arg(), Arg()), Arg())\n"
#define INVOCATIONS(keywords) "p = CallFunction(aten.addmm.default, Arg(), Arg(), Arg()" keywords ")"
#define SPLIT_CAT(dims)                                                                                                \
    "p = CallFunction(aten.cat.default, ListOf(CallFunction(operator.getitem, CallFunction("                           \
    "aten.split_with_sizes.default, KeywordArg('x'), Ignored(), Ignored(), _users=MULTIPLE), Ignored())), " dims ")"
#define CAT_SPLIT                                                                                                      \
    "p = CallFunction(aten.split_with_sizes.default, CallFunction(aten.cat.default, KeywordArg('x'), "                 \
    "KeywordArg('d'), "                                                                                                \
    "_users=1), Ignored(), KeywordArg('d'), _users=MULTIPLE)"

static const inductor_case cases[] = {
    {"test_addmm", ADDMM, "a, b, c",
     "m = @aten.mm.default(b, c)\ns = @aten.add.Tensor(a, m)\nn = @aten.mm.default(b, c)\nt = @aten.add.Tensor(n, a)\n"
     "return (s, t)",
     2, 4},
    {"test_addmm: the product is read elsewhere", ADDMM, "a, b, c",
     "m = @aten.mm.default(b, c)\ns = @aten.add.Tensor(a, m)\nreturn (s, m)", 0, 0},
    {"test_mm_plus_mm",
     "p = CallFunction(aten.add.Tensor, CallFunction(aten.mm.default, KeywordArg('a'), KeywordArg('b')), "
     "CallFunction(aten.mm.default, KeywordArg('c'), KeywordArg('d')))",
     "a, b, c, d", "m = @aten.mm.default(a, b)\nn = @aten.mm.default(c, d)\ns = @aten.add.Tensor(m, n)\nreturn s", 1,
     3},
    {"test_duplicate_search",
     "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)\nq = CallFunction(aten.add.Tensor, KeywordArg('x'), 2)",
     "x", "a = @aten.add.Tensor(x, 1)\nb = @aten.relu.default(a)\nc = @aten.add.Tensor(b, 2)\nreturn c", 2, 2},
    {"test_match_equivalent_function_invocations1, no keyword",
     INVOCATIONS(", beta=KeywordArg('b'), alpha=KeywordArg('a')"), "x, y, z",
     "m = @aten.addmm.default(x, y, z)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations1, one", INVOCATIONS(", beta=KeywordArg('b'), alpha=KeywordArg('a')"),
     "x, y, z", "m = @aten.addmm.default(x, y, z, beta = 0.8)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations1, both", INVOCATIONS(", beta=KeywordArg('b'), alpha=KeywordArg('a')"),
     "x, y, z", "m = @aten.addmm.default(x, y, z, beta = 0.8, alpha = 0.2)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations2, no keyword", INVOCATIONS(""), "x, y, z",
     "m = @aten.addmm.default(x, y, z)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations2, one", INVOCATIONS(""), "x, y, z",
     "m = @aten.addmm.default(x, y, z, alpha = 0.8)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations2, both", INVOCATIONS(""), "x, y, z",
     "m = @aten.addmm.default(x, y, z, beta = 0.8, alpha = 0.2)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations3, no keyword", INVOCATIONS(", beta=KeywordArg('b')"), "x, y, z",
     "m = @aten.addmm.default(x, y, z)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations3, one", INVOCATIONS(", beta=KeywordArg('b')"), "x, y, z",
     "m = @aten.addmm.default(x, y, z, beta = 0.8)\nreturn m", 1, 1},
    {"test_match_equivalent_function_invocations3, both", INVOCATIONS(", beta=KeywordArg('b')"), "x, y, z",
     "m = @aten.addmm.default(x, y, z, beta = 0.8, alpha = 0.2)\nreturn m", 1, 1},
    {"test_splitwithsizes_cat", SPLIT_CAT("Ignored()"), "x",
     "s = @aten.split_with_sizes.default(x, [8, 24], 1)\ng = s[0]\nh = s[1]\nc = @aten.cat.default([g, h], 1)\nreturn "
     "c",
     1, 4},
    {"test_splitwithsizes_cat: on another dim", SPLIT_CAT("0"), "x",
     "s = @aten.split_with_sizes.default(x, [8, 24], 1)\ng = s[0]\nh = s[1]\nc = @aten.cat.default([g, h], 1)\nreturn "
     "c",
     0, 0},
    {"test_splitwithsizes_cat: a piece is read elsewhere", SPLIT_CAT("Ignored()"), "x",
     "s = @aten.split_with_sizes.default(x, [8, 24], 1)\ng = s[0]\nh = s[1]\nc = @aten.cat.default([g, h], 1)\n"
     "return (c, g)",
     0, 0},
    {"test_cat_splitwithsizes", CAT_SPLIT, "a, b, c",
     "t = @aten.cat.default([a, b, c], 1)\ns = @aten.split_with_sizes.default(t, [2, 3, 5], 1)\ng = s[0]\nh = s[1]\n"
     "return (g, h)",
     1, 2},
    {"test_cat_splitwithsizes: another reader", CAT_SPLIT, "a, b, c",
     "t = @aten.cat.default([a, b, c], 1)\ns = @aten.split_with_sizes.default(t, [2, 3, 5], 1)\ng = s[0]\n"
     "return (g, t)",
     0, 0},
    {"test_cat_splitwithsizes: another dim", CAT_SPLIT, "a, b, c",
     "t = @aten.cat.default([a, b, c], 1)\ns = @aten.split_with_sizes.default(t, [2, 3, 5], 0)\ng = s[0]\nreturn g", 0,
     0},
    {"test_scaled_softmax",
     "m = CallFunction(aten.mul.Tensor, KeywordArg('x'), KeywordArg('s'), _users=2)\n"
     "p = CallFunction(aten.sub.Tensor, m, CallFunction(aten.amax.default, m, KeywordArg('d'), True), _users=1)",
     "x, s",
     "m = @aten.mul.Tensor(x, s)\na = @aten.amax.default(m, [0], True)\nb = @aten.sub.Tensor(m, a)\n"
     "e = @aten.exp.default(b)\nreturn e",
     1, 3},
};

static rg_status do_nothing(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    (void)graph;
    (void)root;
    (void)match;
    (void)user;
    return RG_OK;
}

static void counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const inductor_case *one = &cases[i];
        rg_context *context = NULL;
        rg_expression_list *list = NULL;
        rg_expression_pass *pass = NULL;
        rg_expression_pass_report report;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        assert_int_equal(rg_expression_list_parse(&list, context, rg_string_from(one->patterns), rg_string_from("p")),
                         RG_OK);
        assert_int_equal(rg_expression_pass_create(&pass, context, NULL), RG_OK);
        for (size_t j = 0; j < rg_expression_list_count(list); j++) {
            rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
            entry.handler = do_nothing;
            entry.expression = rg_expression_list_get(list, j);
            assert_int_equal(rg_expression_pass_add(pass, &entry), RG_OK);
        }
        rg_graph *graph = graph_of(context, one->parameters, one->statements);
        assert_int_equal(rg_expression_pass_apply(&report, pass, graph), RG_OK);
        if (report.matched != one->matched || report.nodes != one->nodes) {
            fail_msg("%s: %zu matches of %zu nodes, not %zu of %zu", one->test, report.matched, report.nodes,
                     one->matched, one->nodes);
        }
        rg_graph_destroy(graph);
        rg_expression_pass_destroy(pass);
        rg_expression_list_destroy(list);
        rg_context_destroy(context);
    }
}

/* test_pointless_cumsum: a handler that narrows the list of matched nodes has them counted so. */
static rg_status keep_one(rg_graph *graph, rg_node root, rg_expression_match *match, void *user)
{
    (void)graph;
    (void)user;
    return rg_expression_match_set_nodes(match, &root, 1);
}

static void a_handler_narrows_the_nodes(void **state)
{
    (void)state;
    rg_context *context = NULL;
    rg_expression_pass *pass = NULL;
    rg_expression_pass_report report;
    rg_expression_entry entry = RG_EXPRESSION_ENTRY_INIT;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_expression_list *list = read_expressions(
        context, "p = CallFunction(aten.cumsum.default, CallFunction(aten.full.default, KeywordArg('s'), 1), Arg())",
        1);
    assert_int_equal(rg_expression_pass_create(&pass, context, NULL), RG_OK);
    entry.handler = keep_one;
    entry.expression = rg_expression_list_get(list, 0);
    assert_int_equal(rg_expression_pass_add(pass, &entry), RG_OK);
    rg_graph *graph = graph_of(context, "x",
                               "f = @aten.full.default([1, 128], 1)\nc = @aten.cumsum.default(f, 1)\n"
                               "m = @aten.mul.Tensor(c, x)\nreturn m");
    assert_int_equal(rg_expression_pass_apply(&report, pass, graph), RG_OK);
    assert_int_equal(report.matched, 1);
    assert_int_equal(report.nodes, 1);
    rg_graph_destroy(graph);
    rg_expression_pass_destroy(pass);
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
}

/* test_failed_match_constant_args_format_string */
static void the_message_names_both_constants(void **state)
{
    (void)state;
    rg_context *context = NULL;
    rg_expression_matcher *matcher = NULL;
    rg_buffer text;
    bool matched = true;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_expression_list *list = read_expressions(context, "p = CallFunction(aten.add.Tensor, KeywordArg('x'), 1)", 1);
    rg_graph *graph = graph_of(context, "x", "add = @aten.add.Tensor(x, 2)\nreturn add");
    assert_int_equal(rg_expression_matcher_create(&matcher, context, rg_expression_list_get(list, 0), NULL), RG_OK);
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, rg_graph_find(graph, rg_string_from("add"))),
                     RG_OK);
    assert_false(matched);
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_expression_matcher_print_failure(matcher, rg__buffer_sink(&text)), RG_OK);
    assert_string_equal(text.data, "constant_args: add 2!=1");
    rg__buffer_free(&text);
    rg_expression_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(a_handler_narrows_the_nodes),
        cmocka_unit_test(the_message_names_both_constants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
