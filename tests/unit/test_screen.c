/*
 * test_screen.c: near misses in what screens look at (match/screen.h): with screens and without, the answer is the
 * same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ir/graph_impl.h"
#include "match/match_impl.h"
#include "support/graph_rules.h"

typedef struct screen_case {
    const char *parameters; /* of the rule */
    const char *pattern;
    const char *graph_parameters;
    const char *graph;
    size_t matches;
} screen_case;

#define VIEW    "x: 'f32[u0, 8]'", "n = @aten.neg.default(x)\nv = @aten.view.default(n, [u0, 2, 4])\nreturn v"
#define PERMUTE "x: 'f32[u0, u1]'", "v = @aten.permute.default(x, [1, 0])\nn = @aten.neg.default(v)\nreturn n"
#define SLICE   "x: 'f32[8, u0]'", "s = @aten.slice.Tensor(x, 0, 2, 8)\nreturn s"
#define SUM     "x: 'f32[4, 8]'", "s = @aten.sum.dim_IntList(x, [1])\nreturn s"
#define COUNTED                                                                                                        \
    "x: 'f32[u0, 8]', y: 'f32[u1, 4]'", "s = @aten.sym_size.int(x, 0)\nn = @aten.neg.default(y)\n"                     \
                                        "v = @aten.view.default(n, [u0, 4])\na = @my.pair.default(s, v)\nreturn a"
#define PAIR  "x: 'f32[u0, 8]'", "n = @aten.neg.default(x)\nr = @aten.relu.default(n)\nreturn r"
#define TWICE "x", "n = @aten.neg.default(x)\na = @aten.mul.Tensor(n, n)\nb = @aten.add.Tensor(n, a)\nreturn b"

static const screen_case cases[] = {
    /* sizes of a result, however they are written */
    {VIEW, "p: 'f32[6, 8]'", "n = @aten.neg.default(p)\nv = @aten.view.default(n, [6, 2, 4])\nreturn v", 1},
    {VIEW, "p: 'f32[6, 8]'", "n = @aten.neg.default(p)\nv = @aten.view.default(n, [-1, 2, 4])\nreturn v", 1},
    {VIEW, "p: 'f32[6, 8]'", "n = @aten.neg.default(p)\nv = @aten.view.default(n, [6, 4, 2])\nreturn v", 0},
    {VIEW, "p: 'f32[6, 8]'", "n = @aten.neg.default(p)\nv = @aten.view.default(n, [6, -1])\nreturn v", 0},
    {VIEW, "p: 'f32[s0, 8]'", "n = @aten.neg.default(p)\nv = @aten.view.default(n, [-1, 2, 4])\nreturn v", 1},
    /* dimensions from the front and from the back */
    {PERMUTE, "p: 'f32[6, 8]'", "v = @aten.permute.default(p, [-1, -2])\nn = @aten.neg.default(v)\nreturn n", 1},
    {PERMUTE, "p: 'f32[6, 8]'", "v = @aten.permute.default(p, [-2, -1])\nn = @aten.neg.default(v)\nreturn n", 0},
    {SUM, "p: 'f32[4, 8]'", "s = @aten.sum.dim_IntList(p, [-1])\nreturn s", 1},
    {SUM, "p: 'f32[4, 8]'", "s = @aten.sum.dim_IntList(p, [-2])\nreturn s", 0},
    {SUM, "p: 'f32[4, 8]'", "s = @aten.sum.dim_IntList(p, [-1, -2])\nreturn s", 0},
    /* the bound of a slice */
    {SLICE, "p: 'f32[8, 3]'", "s = @aten.slice.Tensor(p, 0, 2, 9223372036854775807)\nreturn s", 1},
    {SLICE, "p: 'f32[8, 3]'", "s = @aten.slice.Tensor(p, 0, -6)\nreturn s", 1},
    {SLICE, "p: 'f32[8, 3]'", "s = @aten.slice.Tensor(p, 0, 2, -1)\nreturn s", 0},
    /* sizes of what is captured */
    {SUM, "p: 'f32[5, 8]'", "s = @aten.sum.dim_IntList(p, [1])\nreturn s", 0},
    {SUM, "p: 'f32[s0, 8]'", "s = @aten.sum.dim_IntList(p, [1])\nreturn s", 0},
    /* readers: a tensor has those of the pattern, a number may be read where the pattern names a size */
    {COUNTED, "p: 'f32[s0, 8]', q: 'f32[s0, 4]'",
     "s = @aten.sym_size.int(p, 0)\nn = @aten.neg.default(q)\nv = @aten.view.default(n, [s, 4])\n"
     "a = @my.pair.default(s, v)\nreturn a",
     1},
    {COUNTED, "p: 'f32[s0, 8]', q: 'f32[s0, 4]'",
     "s = @aten.sym_size.int(p, 0)\nn = @aten.neg.default(q)\nv = @aten.view.default(n, [s, 4])\n"
     "a = @my.pair.default(s, v)\nreturn (a, s)",
     0},
    /* whoever asks for a size can ask the input; any other reader needs the value */
    {PAIR, "p: 'f32[s0, 8]'",
     "n = @aten.neg.default(p)\nr = @aten.relu.default(n)\ns = @aten.sym_size.int(n, 0)\nreturn (r, s)", 1},
    {PAIR, "p: 'f32[s0, 8]'",
     "n = @aten.neg.default(p)\ns = @aten.sym_size.int(p, 0)\nr = @aten.relu.default(n)\nreturn (r, s, n)", 0},
    {PAIR, "p: 'f32[s0, 8]'", "n = @aten.neg.default(p)\nr = @aten.relu.default(n)\nreturn (r, n)", 0},
    {TWICE, "p", "n = @aten.neg.default(p)\na = @aten.mul.Tensor(n, n)\nb = @aten.add.Tensor(n, a)\nreturn b", 1},
    {TWICE, "p", "n = @aten.neg.default(p)\na = @aten.mul.Tensor(n, n)\nb = @aten.add.Tensor(n, a)\nreturn (b, n)", 0},
    {TWICE, "p",
     "n = @aten.neg.default(p)\na = @aten.mul.Tensor(n, n)\nb = @aten.add.Tensor(n, a)\nc = @aten.relu.default(a)\n"
     "return (b, c)",
     0},
};

static size_t count_matches(rg_matcher *matcher, rg_graph *graph)
{
    rg_match_list *list = NULL;
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    size_t count = rg_match_list_count(list);
    rg_match_list_destroy(list);
    return count;
}

static void screens_refuse_what_the_search_refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_context *context = NULL;
        rg_matcher *matcher = NULL;
        graph_rule rule = {.name = "r", .parameters = cases[i].parameters, .pattern = cases[i].pattern};
        rule.replacement = strstr(cases[i].parameters, "y:") != NULL ? "a = @my.fused.default(x, y)\nreturn a"
                                                                     : "a = @my.fused.default(x)\nreturn a";
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_rule_set *set = graph_rules_create(context);
        assert_int_equal(graph_rules_add(set, &rule), RG_OK);
        rg_graph *graph = graph_of(context, cases[i].graph_parameters, cases[i].graph);
        assert_non_null(graph);
        assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
        assert_non_null(set->rules.items[0].compiled->screen);
        for (int plain = 0; plain < 2; plain++) {
            matcher->plain = plain != 0;
            size_t count = count_matches(matcher, graph);
            if (count != cases[i].matches) {
                fail_msg("case %zu, %s: %zu matches", i, plain ? "search alone" : "screened", count);
            }
        }
        rg_matcher_destroy(matcher);
        rg_graph_destroy(graph);
        graph_rules_destroy(set);
        rg_context_destroy(context);
    }
}

/* A screen that counts users goes by the traits of the ops in the graph; those of an op can come late. */
static void graphs_know_the_traits_of_their_ops(void **state)
{
    (void)state;
    rg_context *context = NULL;
    rg_graph *copy = NULL;
    rg_op op;
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *graph = graph_of(context, "p: 'f32[s0, 8]'", "a = @my.ask.default(p)\nreturn a");
    assert_non_null(graph);
    assert_true(rg__graph_lacks_traits(graph, RG_TRAIT_SHAPE_QUERY));
    rg_graph *other = graph_of(context, "p: 'f32[s0, 8]'", "s = @aten.sym_size.int(p, 0)\nreturn s");
    assert_int_equal(rg_graph_clone(&copy, other), RG_OK);
    assert_false(rg__graph_lacks_traits(other, RG_TRAIT_SHAPE_QUERY));
    assert_false(rg__graph_lacks_traits(copy, RG_TRAIT_SHAPE_QUERY));
    assert_true(rg__graph_lacks_traits(copy, RG_TRAIT_RANDOM));
    declaration.schema = rg_string_from("my::ask(Tensor x) -> SymInt");
    declaration.traits = RG_TRAIT_SHAPE_QUERY;
    assert_int_equal(rg_context_declare_op(&op, context, &declaration), RG_OK);
    assert_false(rg__graph_lacks_traits(graph, RG_TRAIT_SHAPE_QUERY));
    rg_graph_destroy(copy);
    rg_graph_destroy(other);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screens_refuse_what_the_search_refuses),
        cmocka_unit_test(graphs_know_the_traits_of_their_ops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
