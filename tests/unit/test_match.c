/*
 * Tests of matching: what agrees with what; checks and registration of rules. What is legal is in test_match_legal.c.
 * Names such as A7 and (d)8 are cases of the field reports that the project collected; doc/matching.md states the laws.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/match.h>

#include "match/match_impl.h"
#include "support/match_case.h"

/* ---- law 1: what is bound is one thing, and what is written agrees ---- */

static void a_variable_is_one_value(void **state)
{
    (void)state;
    add_pattern("r", XY, "m = @aten.mul.Tensor(x, y)\na = @aten.add.Tensor(m, x)\nreturn a");
    expect_matches(PQ, "mul = @aten.mul.Tensor(p, q)\nadd = @aten.add.Tensor(mul, p)\nreturn add", "r: mul add -> add");
    expect_matches(PQ, "mul = @aten.mul.Tensor(p, q)\nadd = @aten.add.Tensor(mul, q)\nreturn add", "");
    /* Different variables may stand for one value: (d)8 r2, E13. */
    expect_matches(PQ, "mul = @aten.mul.Tensor(p, p)\nadd = @aten.add.Tensor(mul, p)\nreturn add", "r: mul add -> add");
}

static void a_variable_is_not_inside_the_match(void **state)
{
    (void)state;
    /* (d)8 r3, D7: `mul(normed(x), g)`, g must not be the normed value. */
    add_pattern("r", XY, "n = @aten.neg.default(x)\nm = @aten.mul.Tensor(n, y)\nreturn m");
    expect_matches(PQ, "neg = @aten.neg.default(p)\nmul = @aten.mul.Tensor(neg, q)\nreturn mul", "r: neg mul -> mul");
    expect_matches(PQ, "neg = @aten.neg.default(p)\nmul = @aten.mul.Tensor(neg, neg)\nreturn mul", "");
}

static void literals_are_exact(void **state)
{
    (void)state;
    /* (d)6, D1 */
    add_pattern("r", "k: 'f32[2, 3, 4, 5]'", "p = @aten.permute.default(k, [0, 1, 3, 2])\nreturn p");
    expect_matches("a: 'f32[2, 3, 4, 5]'", "p = @aten.permute.default(a, [0, 2, 3, 1])\nreturn p", "");
    expect_matches("a: 'f32[2, 3, 4, 5]'", "p = @aten.permute.default(a, [0, 1, 3, 2])\nreturn p", "r: p -> p");
    /* E6: dimensions count from either end. */
    expect_matches("a: 'f32[2, 3, 4, 5]'", "p = @aten.permute.default(a, [0, 1, -1, 2])\nreturn p", "r: p -> p");
}

static void numbers_agree_where_they_mean_the_same(void **state)
{
    (void)state;
    add_pattern("r", "x", "m = @aten.mul.Tensor(x, 2)\nreturn m");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, 2)\nreturn m", "r: m -> m");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, 2.0)\nreturn m", "r: m -> m");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, 3)\nreturn m", "");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, True)\nreturn m", "");
    /* On integers 2.0 makes a float of the result. */
    expect_matches("a: 'i64[4]'", "m = @aten.mul.Tensor(a, 2)\nreturn m", "r: m -> m");
    expect_matches("a: 'i64[4]'", "m = @aten.mul.Tensor(a, 2.0)\nreturn m", "");
}

static void numbers_agree_in_either_spelling(void **state)
{
    (void)state;
    add_pattern("f", "x", "m = @aten.mul.Tensor(x, 2.0)\nreturn m");
    add_pattern("i", "x", "m = @my.repeat.default(x, 8)\nreturn m");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, 2)\nreturn m", "f: m -> m");
    /* A size that is certainly 8. */
    expect_matches("a: " F4 ", n: 'Sym(8)'", "m = @my.repeat.default(a, n)\nreturn m", "i: m -> m");
    expect_matches("a: " F4 ", n: 'Sym(s0)'", "m = @my.repeat.default(a, n)\nreturn m", "");
    expect_matches("a: " F4, "m = @my.repeat.default(a, 8.0)\nreturn m", "");
}

static void zeros_of_two_signs_differ(void **state)
{
    (void)state;
    add_pattern("r", "x", "m = @aten.mul.Tensor(x, -0.0)\nreturn m");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, -0.0)\nreturn m", "r: m -> m");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, 0.0)\nreturn m", "");
    expect_matches("a: " F4, "m = @aten.mul.Tensor(a, 0)\nreturn m", "");
}

static void defaults_are_filled_in(void **state)
{
    (void)state;
    /* D13, E22, T4: a default written out is no difference, another value is one. */
    add_pattern("r", XY, "a = @aten.add.Tensor(x, y)\nreturn a");
    expect_matches(PQ, "a = @aten.add.Tensor(p, q, alpha = 1)\nreturn a", "r: a -> a");
    expect_matches(PQ, "a = @aten.add.Tensor(p, q, alpha = 2)\nreturn a", "");
    expect_matches(PQ, "a = @aten.add.Tensor(self = p, other = q)\nreturn a", "r: a -> a");
}

static void what_none_means_is_spelling(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[u0, 4]'",
                "e = @aten.empty.memory_format([u0, 4], dtype = " FP8 ", device = " CUDA ")\n"
                "f = @my.fill.default(e, x)\nreturn f");
    expect_matches("a: 'f32[8, 4]'",
                   "e = @aten.empty.memory_format([8, 4], dtype = " FP8 ", layout = torch.strided, device = " CUDA
                   ", pin_memory = False)\nf = @my.fill.default(e, a)\nreturn f",
                   "r: e f -> f");
    expect_matches("a: 'f32[8, 4]'",
                   "e = @aten.empty.memory_format([8, 4], dtype = " FP8 ", device = " CUDA
                   ", pin_memory = True)\nf = @my.fill.default(e, a)\nreturn f",
                   "");
    expect_matches("a: 'f32[8, 4]'",
                   "e = @aten.empty.memory_format([8, 4], dtype = torch.float8_e5m2, device = " CUDA
                   ")\nf = @my.fill.default(e, a)\nreturn f",
                   "");
}

static void lists_are_not_flattened(void **state)
{
    (void)state;
    const char *pq = "p: 'f32[4, 4]', q: 'f32[4, 4]'";
    add_pattern("r", "x, y", "c = @aten.cat.default([x, y], 1)\nreturn c");
    expect_matches(pq, "c = @aten.cat.default([p, q], 1)\nreturn c", "r: c -> c");
    expect_matches(pq, "c = @aten.cat.default([p, q, p], 1)\nreturn c", "");
    expect_matches(pq, "c = @aten.cat.default([p, q], -1)\nreturn c", "r: c -> c");
    expect_matches(pq, "c = @aten.cat.default([p, q])\nreturn c", "");
}

static void ops_without_schema_compare_as_written(void **state)
{
    (void)state;
    add_pattern("r", "x", "m = @my.op.default(x, 1, scale = 2.0)\nreturn m");
    expect_matches("a", "m = @my.op.default(a, 1, scale = 2.0)\nreturn m", "r: m -> m");
    expect_matches("a", "m = @my.op.default(a, 1.0, scale = 2.0)\nreturn m", "");
    expect_matches("a", "m = @my.op.default(a, 1)\nreturn m", "");
    expect_matches("a", "m = @my.op.default(a, 1, scale = 2.0, more = 1)\nreturn m", "");
}

static void wrapped_ops_are_compared(void **state)
{
    (void)state;
    add_pattern("r", "x, w, o",
                "f = @higher_order.auto_functionalized(@_C.rms_norm.default, result = o, input = x, weight = w, "
                "epsilon = 1e-06)\ng = f[1]\nreturn g");
    const char *parameters = "a: 'f32[2, 4]', b: " F4 ", c: 'f32[2, 4]'";
    expect_matches(parameters,
                   "f = @higher_order.auto_functionalized(@_C.rms_norm.default, result = c, input = a, weight = b, "
                   "epsilon = 1e-06)\ng = f[1]\nreturn g",
                   "r: f g -> g");
    /* Keywords have no order. */
    expect_matches(
        parameters,
        "f = @higher_order.auto_functionalized(@_C.rms_norm.default, input = a, weight = b, epsilon = 1e-06, "
        "result = c)\ng = f[1]\nreturn g",
        "r: f g -> g");
    expect_matches(parameters,
                   "f = @higher_order.auto_functionalized(@_C.rms_norm.default, result = c, input = a, weight = b, "
                   "epsilon = 1e-05)\ng = f[1]\nreturn g",
                   "");
    expect_matches(parameters,
                   "f = @higher_order.auto_functionalized(@_C.silu_and_mul.default, result = c, input = a)\n"
                   "g = f[1]\nreturn g",
                   "");
}

/* Version 2 of the wrapper, where it says what version 1 can say. */
static void both_wrappers_are_one(void **state)
{
    (void)state;
#define NORM     "@higher_order.auto_functionalized(@_C.fused_add_rms_norm.default, "
#define NORM_2   "@higher_order.auto_functionalized_v2(@_C.fused_add_rms_norm.default, "
#define ONE_ITEM "\ng = f[1]\nreturn g"
    const char *parameters = "a: 'f32[2, 4]', b: 'f32[2, 4]', c: " F4 ", d: 'f32[2, 4]'";
    add_pattern("r", "x, y, w", "f = " NORM "input = x, residual = y, weight = w, epsilon = 1e-06)" ONE_ITEM);
    add_pattern("whole", "x, y, w", "f = " NORM "input = x, residual = y, weight = w, epsilon = 0.5)\nreturn f");
    expect_matches(parameters, "f = " NORM "input = a, residual = b, weight = c, epsilon = 1e-06)" ONE_ITEM,
                   "r: f g -> g");
    expect_matches(parameters,
                   "f = " NORM_2 "weight = c, epsilon = 1e-06, _input_base_index = 0, _residual_base_index = 1, "
                   "_all_bases = [a, b])" ONE_ITEM,
                   "r: f g -> g");
    expect_matches(parameters,
                   "f = " NORM_2 "weight = c, epsilon = 0.5, _input_base_index = 0, _residual_base_index = 1, "
                   "_all_bases = [a, b])\nreturn f",
                   "whole: f -> f");
    /* A view of the whole base is the base. */
    expect_matches(parameters,
                   "f = " NORM_2 "weight = c, epsilon = 1e-06, _input_base_index = 0, _input_alias = True, "
                   "_residual_base_index = 1, _all_bases = [a, b])" ONE_ITEM,
                   "r: f g -> g");
    static const char *const others[] = {
        /* another result has the number */
        "weight = c, epsilon = 1e-06, _input_base_index = 1, _residual_base_index = 0, _all_bases = [a, b]",
        /* one base for both, one base too many, no base */
        "weight = c, epsilon = 1e-06, _input_base_index = 0, _residual_base_index = 0, _all_bases = [a]",
        "weight = c, epsilon = 1e-06, _input_base_index = 0, _residual_base_index = 1, _all_bases = [a, b, d]",
        "weight = c, epsilon = 1e-06, _input_base_index = None, _residual_base_index = 0, _all_bases = [b]",
        /* parts of bases */
        "weight = c, epsilon = 1e-06, _input_base_index = 0, _residual_base_index = 1, _residual_slice_dim = 0, "
        "_residual_slice_start = 0, _residual_slice_end = 1, _all_bases = [a, b]",
        "weight = c, epsilon = 1e-06, _input_base_index = 0, _input_size = [4, 2], _input_stride = [1, 4], "
        "_input_storage_offset = 0, _residual_base_index = 1, _all_bases = [a, b]",
        /* writes its argument */
        "weight = c, epsilon = 1e-06, _input_base_index = 0, _residual_base_index = 1, _all_bases = [a, b], "
        "_only_clone_these_bases = [0]",
        /* another number */
        "weight = c, epsilon = 1e-05, _input_base_index = 0, _residual_base_index = 1, _all_bases = [a, b]",
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        char statements[512];
        (void)snprintf(statements, sizeof(statements), "f = " NORM_2 "%s)" ONE_ITEM, others[i]);
        expect_matches(parameters, statements, "");
    }
}

/* ---- types of inputs ---- */

static void declared_types_must_be_known_to_agree(void **state)
{
    (void)state;
    add_pattern("r", "x: 'bf16[u0, u1]', y: 'bf16[u1]'", "m = @aten.mul.Tensor(x, y)\nreturn m");
    const char *body = "m = @aten.mul.Tensor(a, b)\nreturn m";
    expect_matches("a: 'bf16[2, 8]', b: 'bf16[8]'", body, "r: m -> m");
    expect_matches("a: 'bf16[s0, 8]', b: 'bf16[8]'", body, "r: m -> m");
    expect_matches("a: 'bf16[s0, s1]', b: 'bf16[s1]'", body, "r: m -> m");
    expect_matches("a: 'bf16[2, 8]', b: 'bf16[1]'", body, "");                /* the size */
    expect_matches("a: 'bf16[2, s1]', b: 'bf16[8]'", body, "");               /* perhaps equal is not equal */
    expect_matches("a: 'bf16[2, 8]', b: 'f32[8]'", body, "");                 /* the dtype: D11, D12 */
    expect_matches("a: 'bf16[8]', b: 'bf16[8]'", body, "");                   /* the rank: D9 */
    expect_matches("a: 'bf16[2, 8]', b", body, "");                           /* not known */
    expect_matches("a: 'bf16[2, 8][1, 2]', b: 'bf16[8]'", body, "r: m -> m"); /* strides are not pinned */
}

static void strides_and_devices_can_be_pinned(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[u0, u1][u1, 1]cuda'", "m = @aten.neg.default(x)\nreturn m");
    const char *body = "m = @aten.neg.default(a)\nreturn m";
    expect_matches("a: 'f32[2, 8][8, 1]cuda:0'", body, "r: m -> m");
    expect_matches("a: 'f32[2, 8][8, 1]cuda:3'", body, "r: m -> m");
    expect_matches("a: 'f32[2, 8][1, 2]cuda:0'", body, "");
    expect_matches("a: 'f32[2, 8][8, 1]cpu'", body, "");
    expect_matches("a: 'f32[2, 8]cuda:0'", body, "");
    expect_matches("a: 'f32[2, 8][8, 1]'", body, "");
}

static void the_device_of_a_rule_is_one(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[4]xla'",
                "e = @aten.empty.memory_format([4], device = device(type='$device'))\n"
                "f = @my.fill.default(e, x)\nreturn f");
    const char *body = "e = @aten.empty.memory_format([4], device = " CUDA ")\nf = @my.fill.default(e, a)\nreturn f";
    expect_matches("a: 'f32[4][1]cuda:0'", body, "r: e f -> f");
    expect_matches("a: 'f32[4][1]cuda:1'", body, "");
    expect_matches("a: 'f32[4][1]cpu'", body, "");
}

/* ---- sizes ---- */

static void sizes_are_expressions_over_the_inputs(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[u0, u1]'", "v = @aten.view.default(x, [u0*u1])\nn = @aten.neg.default(v)\nreturn n");
    expect_matches("a: 'f32[2, 8]'", "v = @aten.view.default(a, [16])\nn = @aten.neg.default(v)\nreturn n",
                   "r: v n -> n");
    /* A size argument that only describes the result is compared by the result. */
    expect_matches("a: 'f32[2, 8]'", "v = @aten.view.default(a, [-1])\nn = @aten.neg.default(v)\nreturn n",
                   "r: v n -> n");
    expect_matches("a: 'f32[2, 8]'", "v = @aten.view.default(a, [4, 4])\nn = @aten.neg.default(v)\nreturn n", "");
    expect_matches("s0: 'Sym(s0)', a: 'f32[s0, 8]'",
                   "m = s0 * 8\nv = @aten.view.default(a, [m])\nn = @aten.neg.default(v)\nreturn n", "r: v n -> n");
}

static void sizes_stand_as_numbers_nodes_and_expressions(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[u0, 4]'", "e = @my.make.default([u0, 4], u0)\nf = @my.fill.default(e, x)\nreturn f");
    expect_matches("a: 'f32[8, 4]'", "e = @my.make.default([8, 4], 8)\nf = @my.fill.default(e, a)\nreturn f",
                   "r: e f -> f");
    expect_matches("a: 'f32[8, 4]'", "e = @my.make.default([8, 4], 9)\nf = @my.fill.default(e, a)\nreturn f", "");
    expect_matches("a: 'f32[8, 4]'", "e = @my.make.default([8, 4], 8.0)\nf = @my.fill.default(e, a)\nreturn f", "");
    expect_matches("n: 'Sym(s0)', a: " S4, "e = @my.make.default([n, 4], n)\nf = @my.fill.default(e, a)\nreturn f",
                   "r: e f -> f");
    expect_matches("a: " S4, "e = @my.make.default([s0, 4], s0)\nf = @my.fill.default(e, a)\nreturn f", "r: e f -> f");
    expect_matches("n: 'Sym(s1)', a: " S4, "e = @my.make.default([n, 4], n)\nf = @my.fill.default(e, a)\nreturn f", "");
    expect_matches("n, a: " S4, "e = @my.make.default([n, 4], n)\nf = @my.fill.default(e, a)\nreturn f", "");
}

static void a_size_that_stands_in_no_dimension_is_solved_for(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[u0, 2*u1 + 2]'", "n = @aten.neg.default(x)\nreturn n");
    rg_graph *graph = graph_of(context, "a: 'f32[3, 10]', b: 'f32[3, 2*s0]', c: 'f32[3, 9]', d: 'f32[3, 1]'",
                               "p = @aten.neg.default(a)\nq = @aten.neg.default(b)\n"
                               "r = @aten.neg.default(c)\ns = @aten.neg.default(d)\nreturn (p, q, r, s)");
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    rg_size size = {0};
    int64_t number = 0;
    assert_string_equal(matches_of(graph), "r: q -> q\nr: p -> p");
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_size_parse(&size, context, rg_string_from("s0 - 1")), RG_OK);
    assert_true(rg_size_same(rg_match_size(rg_match_list_get(list, 0), rg_string_from("u1")), size));
    size = rg_match_size(rg_match_list_get(list, 1), rg_string_from("u1"));
    assert_true(rg_size_as_int(context, size, &number) && number == 4);
    assert_true(rg_size_is_null(rg_match_size(rg_match_list_get(list, 1), rg_string_from("u7"))));
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
}

static void an_undecidable_size_is_no_match_and_no_error(void **state)
{
    (void)state;
    /* The quotient by zero cannot be formed. */
    add_pattern("r", "x: 'f32[u0, u1]'", "e = @my.make.default(x, u0//u1)\nreturn e");
    expect_matches("a: 'f32[4, 0]'", "e = @my.make.default(a, 1)\nreturn e", "");
    expect_matches("a: 'f32[4, 2]'", "e = @my.make.default(a, 2)\nreturn e", "r: e -> e");
}

/* ---- captured scalars ---- */

static void scalars_are_captured_by_kind(void **state)
{
    (void)state;
    add_pattern("f", "x, e: 'float'", "m = @my.scale.default(x, e)\nreturn m");
    add_pattern("b", "x, e: 'bool'", "m = @my.flag.default(x, e)\nreturn m");
    add_pattern("s", "x, e: 'str'", "m = @my.word.default(x, e)\nreturn m");
    add_pattern("d", "x, e: 'dtype'", "m = @my.type.default(x, e)\nreturn m");
    add_pattern("l", "x, e: 'int[]'", "m = @my.list.default(x, e)\nreturn m");
    add_pattern("i", "x, e: 'int'", "m = @my.int.default(x, e)\nreturn m");
    expect_matches("a", "m = @my.scale.default(a, 0.5)\nreturn m", "f: m -> m");
    expect_matches("a", "m = @my.scale.default(a, 1)\nreturn m", "f: m -> m");
    expect_matches("a", "m = @my.scale.default(a, True)\nreturn m", "");
    expect_matches("a", "m = @my.scale.default(a, a)\nreturn m", "");
    expect_matches("a", "m = @my.flag.default(a, True)\nreturn m", "b: m -> m");
    expect_matches("a", "m = @my.flag.default(a, 1)\nreturn m", "");
    expect_matches("a", "m = @my.word.default(a, 'w')\nreturn m", "s: m -> m");
    expect_matches("a", "m = @my.word.default(a, None)\nreturn m", "");
    expect_matches("a", "m = @my.type.default(a, torch.float16)\nreturn m", "d: m -> m");
    expect_matches("a", "m = @my.type.default(a, 'float16')\nreturn m", "");
    expect_matches("a, n: 'Sym(s0)'", "m = @my.list.default(a, [1, n])\nreturn m", "l: m -> m");
    expect_matches("a, n", "m = @my.list.default(a, [1, n])\nreturn m", "");
    expect_matches("a", "m = @my.list.default(a, 1)\nreturn m", "");
    expect_matches("a", "m = @my.int.default(a, 3)\nreturn m", "i: m -> m");
    expect_matches("a", "m = @my.int.default(a, -3)\nreturn m", "i: m -> m");
    expect_matches("a, n: 'Sym(s0)'", "m = @my.int.default(a, n)\nreturn m", "i: m -> m");
    expect_matches("a", "m = @my.int.default(a, False)\nreturn m", "");
    expect_matches("a", "m = @my.int.default(a, 3.0)\nreturn m", "");
}

static void a_captured_list_is_not_one_integer_for_a_list(void **state)
{
    (void)state;
    add_pattern("r", "x, l: 'int[]'", "p = @aten.permute.default(x, l)\nreturn p");
    expect_matches("a: 'f32[2, 3, 4]'", "p = @aten.permute.default(a, [0, 2, 1])\nreturn p", "r: p -> p");
    expect_matches("a: 'f32[2]'", "p = @aten.permute.default(a, [0])\nreturn p", "r: p -> p");
}

static void an_int_input_is_one_size_everywhere(void **state)
{
    (void)state;
    add_pattern("r", "x, n: 'int'", "a = @my.int.default(x, n)\nb = @my.int.default(a, n)\nreturn b");
    expect_matches("a", "b = @my.int.default(a, 3)\nc = @my.int.default(b, 3)\nreturn c", "r: b c -> c");
    expect_matches("a", "b = @my.int.default(a, 3)\nc = @my.int.default(b, 4)\nreturn c", "");
    expect_matches("a, m: 'Sym(s0)', n: 'Sym(s0)'", "b = @my.int.default(a, m)\nc = @my.int.default(b, n)\nreturn c",
                   "r: b c -> c");
    expect_matches("a, m: 'Sym(s0)', n: 'Sym(s1)'", "b = @my.int.default(a, m)\nc = @my.int.default(b, n)\nreturn c",
                   "");
}

static void arithmetic_on_scalars_is_computed(void **state)
{
    (void)state;
    add_pattern("r", "x, p: 'float'", "q = 1 - p\na = @my.scale.default(x, q)\nb = @my.scale.default(a, p)\nreturn b");
    expect_matches("a", "b = @my.scale.default(a, 0.75)\nc = @my.scale.default(b, 0.25)\nreturn c", "r: b c -> c");
    expect_matches("a", "b = @my.scale.default(a, 0.7)\nc = @my.scale.default(b, 0.25)\nreturn c", "");
}

static void arithmetic_waits_for_its_scalars(void **state)
{
    (void)state;
    /* Users are compared first, so q is met before p; r cannot be computed for p = 0. */
    add_pattern("r", "x, p: 'float', l: 'int[]'",
                "q = 1 - p\nr = q / p\nk = l[1]\na = @my.scale.default(x, p, l)\nb = @my.scale.default(a, r, k)\n"
                "return b");
    expect_matches("a", "b = @my.scale.default(a, 0.25, [3, 4])\nc = @my.scale.default(b, 3.0, 4)\nreturn c",
                   "r: b c -> c");
    expect_matches("a", "b = @my.scale.default(a, 0.25, [3, 4])\nc = @my.scale.default(b, 3.0, 3)\nreturn c", "");
    expect_matches("a", "b = @my.scale.default(a, 0.25, [3])\nc = @my.scale.default(b, 3.0, 3)\nreturn c", "");
    expect_matches("a", "b = @my.scale.default(a, 0.0, [3, 4])\nc = @my.scale.default(b, 3.0, 4)\nreturn c", "");
}

static void captures_can_be_asked_for(void **state)
{
    (void)state;
    add_pattern("r", "x: 'f32[u0]', e: 'float'", "m = @my.scale.default(x, e)\nreturn m");
    rg_graph *graph = graph_of(context, "a: 'f32[7]'", "m = @my.scale.default(a, 0.5)\nreturn m");
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    int64_t number = 0;
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_ptr_equal(rg_matcher_rules(matcher), set);
    assert_int_equal(rg_matcher_find_at(&list, matcher, graph, rg_graph_find(graph, rg_string_from("m"))), RG_OK);
    assert_int_equal(rg_match_list_count(list), 1);
    assert_null(rg_match_list_get(list, 1));
    const rg_match *match = rg_match_list_get(list, 0);
    assert_ptr_equal(rg_match_graph(match), graph);
    assert_true(rg_node_same(rg_match_root(match), rg_match_node(match, 0)));
    assert_true(rg_node_is_null(rg_match_node(match, 1)) && rg_node_is_null(rg_match_output(match, 1)));
    assert_true(rg_node_same(rg_value_as_node(rg_match_input(match, rg_string_from("x"))),
                             rg_graph_find(graph, rg_string_from("a"))));
    assert_true(rg_value_as_float(rg_match_input(match, rg_string_from("e"))) == 0.5);
    assert_true(rg_value_is_missing(rg_match_input(match, rg_string_from("z"))));
    assert_true(rg_size_as_int(context, rg_match_size(match, rg_string_from("u0")), &number) && number == 7);
    rg_match_list_destroy(list);
    assert_int_equal(rg_matcher_find_at(&list, matcher, graph, rg_graph_first(graph)), RG_OK);
    assert_int_equal(rg_match_list_count(list), 0);
    rg_match_list_destroy(list);
    assert_int_equal(rg_matcher_find_at(&list, matcher, graph, (rg_node){0}), RG_ERROR_ARGUMENT);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
}

/* ---- the rule's own check, registration ---- */

typedef struct check_state {
    size_t calls;
    rg_status status;
    double limit;
} check_state;

static rg_status check_scale(bool *accept, const rg_match *match, void *user)
{
    check_state *check = user;
    check->calls++;
    *accept = rg_value_as_float(rg_match_input(match, rg_string_from("e"))) < check->limit;
    return check->status;
}

static void the_check_comes_last(void **state)
{
    (void)state;
    check_state check = {0, RG_OK, 0.5};
    graph_rule rule = {"r",
                       "x, e: 'float'",
                       "m = @my.scale.default(x, e)\nn = @aten.neg.default(m)\nreturn n",
                       "n = @my.scale.default(x, e)\nreturn n",
                       0,
                       check_scale,
                       &check};
    assert_int_equal(graph_rules_add(set, &rule), RG_OK);
    assert_int_equal(check.calls, 0);
    expect_matches("a", "m = @my.scale.default(a, 0.25)\nn = @aten.neg.default(m)\nreturn n", "r: m n -> n");
    expect_matches("a", "m = @my.scale.default(a, 0.75)\nn = @aten.neg.default(m)\nreturn n", "");
    assert_int_equal(check.calls, 2 * 2); /* each is matched twice */
    expect_matches("a", "m = @my.scale.default(a, 0.25)\nn = @aten.neg.default(m)\nreturn (m, n)", "");
    assert_int_equal(check.calls, 2 * 2);
}

static void bad_rules_are_refused(void **state)
{
    (void)state;
    static const graph_rule rules[] = {
        {"nothing", "x", "return x", "return x", 0, NULL, NULL},
        {"fewer", "x", "a = @aten.neg.default(x)\nreturn (a, x)", "a = @aten.abs.default(x)\nreturn a", 0, NULL, NULL},
        {"constant", "x", "a = @aten.neg.default(x)\nreturn a", "return 1", 0, NULL, NULL},
        {"swapped", "x, y", "a = @aten.add.Tensor(x, y)\nreturn (a, x, y)",
         "a = @aten.add.Tensor(x, y)\nreturn (a, y, x)", 0, NULL, NULL},
        {"arithmetic", "x, p: 'float'", "q = 1 - p\na = @my.scale.default(x, q)\nreturn (a, q)",
         "q = 1 - p\na = @my.scale.default(x, q)\nreturn (a, q)", 0, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        assert_int_equal(graph_rules_add(set, &rules[i]), RG_ERROR_RULE);
        assert_int_equal(rg_context_diagnostic_count(context), 1);
        assert_non_null(strstr(rg_context_diagnostic(context, 0)->message.data, rules[i].name));
        rg_context_clear_diagnostics(context);
    }
    /* Nothing in the pattern binds p. */
    graph_rule unbound = {"unbound",
                          "x, p: 'float'",
                          "a = @aten.neg.default(x)\nreturn a",
                          "a = @my.scale.default(x, p)\nreturn a",
                          0,
                          NULL,
                          NULL};
    assert_int_equal(graph_rules_add(set, &unbound), RG_ERROR_RULE);
}

/* (d)11 law a: a rule finds the function that it was made from, once, and all of it. */
static void a_rule_matches_its_own_function(void **state)
{
    (void)state;
    const char *parameters = "x: 'f32[u0, u1]', w: 'f32[u1]'";
    const char *statements = "p = @aten.pow.Tensor_Scalar(x, 2)\nm = @aten.mean.dim(p, [-1], True)\n"
                             "e = @aten.add.Tensor(m, 1e-06)\nr = @aten.rsqrt.default(e)\n"
                             "n = @aten.mul.Tensor(x, r)\ny = @aten.mul.Tensor(n, w)\nreturn (y, n)";
    add_pattern("r", parameters, statements);
    expect_matches("x: 'f32[s0, 64]', w: 'f32[64]'", statements, "r: p m e r n y -> y n");
}

/* The order that was found with a match is in memory of the search, and holds until the graph changes. */
static void a_listed_match_has_no_order_of_its_own(void **state)
{
    (void)state;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    add_pattern("r", "x", "a = @aten.neg.default(x)\nb = @aten.abs.default(a)\nreturn b");
    rg_graph *graph = graph_of(context, "p: 'f32[s0]'", "q = @aten.neg.default(p)\nr = @aten.abs.default(q)\nreturn r");
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_match_list_count(list), 1);
    assert_int_equal(rg_match_list_get(list, 0)->order.group_count, 0);
    assert_null(rg_match_list_get(list, 0)->order.groups);
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
}

static void a_matcher_needs_its_own_context(void **state)
{
    (void)state;
    rg_context *child = NULL;
    rg_context *other = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    add_pattern("r", "x", "a = @aten.neg.default(x)\nreturn a");
    options.parent = context;
    assert_int_equal(rg_context_create(&child, &options), RG_OK);
    assert_int_equal(rg_context_create(&other, NULL), RG_OK);
    assert_int_equal(rg_matcher_create(&matcher, other, set), RG_ERROR_ARGUMENT);
    assert_null(matcher);
    assert_int_equal(rg_matcher_create(&matcher, child, set), RG_OK);
    rg_graph *own = graph_of(child, "p: 'f32[s0]'", "q = @aten.neg.default(p)\nreturn q");
    rg_graph *foreign = graph_of(other, "p: 'f32[s0]'", "q = @aten.neg.default(p)\nreturn q");
    assert_int_equal(rg_matcher_find_all(&list, matcher, foreign), RG_ERROR_ARGUMENT);
    assert_null(list);
    assert_int_equal(rg_matcher_find_all(&list, matcher, own), RG_OK);
    assert_int_equal(rg_match_list_count(list), 1);
    rg_match_list_destroy(list);
    rg_graph_destroy(own);
    rg_graph_destroy(foreign);
    rg_matcher_destroy(matcher);
    rg_context_destroy(child);
    rg_context_destroy(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_variable_is_one_value),
        RULE_TEST(a_variable_is_not_inside_the_match),
        RULE_TEST(literals_are_exact),
        RULE_TEST(numbers_agree_in_either_spelling),
        RULE_TEST(numbers_agree_where_they_mean_the_same),
        RULE_TEST(zeros_of_two_signs_differ),
        RULE_TEST(defaults_are_filled_in),
        RULE_TEST(what_none_means_is_spelling),
        RULE_TEST(lists_are_not_flattened),
        RULE_TEST(ops_without_schema_compare_as_written),
        RULE_TEST(wrapped_ops_are_compared),
        RULE_TEST(both_wrappers_are_one),
        RULE_TEST(declared_types_must_be_known_to_agree),
        RULE_TEST(strides_and_devices_can_be_pinned),
        RULE_TEST(the_device_of_a_rule_is_one),
        RULE_TEST(sizes_are_expressions_over_the_inputs),
        RULE_TEST(sizes_stand_as_numbers_nodes_and_expressions),
        RULE_TEST(a_size_that_stands_in_no_dimension_is_solved_for),
        RULE_TEST(an_undecidable_size_is_no_match_and_no_error),
        RULE_TEST(scalars_are_captured_by_kind),
        RULE_TEST(a_captured_list_is_not_one_integer_for_a_list),
        RULE_TEST(an_int_input_is_one_size_everywhere),
        RULE_TEST(arithmetic_on_scalars_is_computed),
        RULE_TEST(arithmetic_waits_for_its_scalars),
        RULE_TEST(captures_can_be_asked_for),
        RULE_TEST(the_check_comes_last),
        RULE_TEST(bad_rules_are_refused),
        RULE_TEST(a_rule_matches_its_own_function),
        RULE_TEST(a_listed_match_has_no_order_of_its_own),
        RULE_TEST(a_matcher_needs_its_own_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
