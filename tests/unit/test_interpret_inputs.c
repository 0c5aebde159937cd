/*
 * test_interpret_inputs.c: what a run of a graph is given: sizes and inputs that are chosen, their roles and
 * distributions; and which values it keeps. The runs themselves: test_interpret.c.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/graph_run.h"

static const char symbolic[] = GRAPH(
    "s0: \"Sym(s0)\", s1: \"Sym(s1)\", x: \"f32[s0, 32*s1][32*s1, 1]cpu\"",
    "        view: \"f32[s0, (s1//2), 64][32*s1, 64, 1]cpu\" = torch.ops.aten.view.default(x, [s0, -1, 64])\n"
    "        add = s0 + 1\n"
    "        new: \"f32[s0 + 1][1]cpu\" = torch.ops.aten.full.default([add], 2.0, dtype = torch.float32, device = "
    "device(type='cpu'), pin_memory = False)\n"
    "        return (view, new)\n");

static void sizes_are_chosen(void **state)
{
    (void)state;
    graph_run f;
    int64_t s0 = 0;
    int64_t s1 = 0;
    graph_run_prepare(&f, symbolic, NULL);
    assert_true(rg_run_size(f.run, rg_string_from("s0"), &s0) && rg_run_size(f.run, rg_string_from("s1"), &s1));
    assert_false(rg_run_size(f.run, rg_string_from("s2"), &s1));
    assert_true(s0 > 0 && s0 == s1 && s1 % 2 == 0);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_int_equal(rg_tensor_get_layout(graph_run_output(&f, 0, 0)).sizes[1], s1 / 2);
    assert_int_equal(rg_tensor_count(graph_run_output(&f, 0, 1)), (uint64_t)s0 + 1);
    assert_int_equal(rg_run_execute(f.run), RG_ERROR_ARGUMENT);
    graph_run_tear_down(&f);

    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.variant = 1;
    graph_run_prepare(&f, symbolic, &options);
    assert_true(rg_run_size(f.run, rg_string_from("s0"), &s0) && rg_run_size(f.run, rg_string_from("s1"), &s1));
    assert_true(s0 != s1 && s1 % 2 == 0);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    graph_run_tear_down(&f);

    rg_size_binding given[] = {{{"s0", 2}, 3}, {{"s1", 2}, 6}};
    options.variant = 0;
    options.sizes = given;
    options.size_count = 2;
    graph_run_prepare(&f, symbolic, &options);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_int_equal(rg_tensor_count(graph_run_output(&f, 0, 0)), 3 * 3 * 64);
    graph_run_tear_down(&f);
}

static void wrong_sizes_are_refused(void **state)
{
    (void)state;
    graph_run f;
    rg_run *run;
    rg_size_binding given[] = {{{"s9", 2}, 3}};
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    graph_run_prepare(&f, symbolic, NULL);
    options.sizes = given;
    options.size_count = 1;
    assert_int_equal(rg_run_create(&run, f.graph, &options), RG_ERROR_NAME);
    assert_true(last_message_has(f.context, "'s9'"));
    assert_null(run);
    graph_run_tear_down(&f);
}

/* Indices stay within what they index, also by way of other ops; scales are positive; weights shrink with their width.
 */
static void inputs_have_roles(void **state)
{
    (void)state;
    graph_run f;
    graph_run_prepare(
        &f,
        GRAPH("table: \"f32[5, 64][64, 1]cpu\", ids: \"i64[40][1]cpu\", scale: \"f32[40][1]cpu\", weight: \"f32[64, "
              "64][64, 1]cpu\", mask: \"b8[40][1]cpu\"",
              "        unsqueeze: \"i64[1, 40][40, 1]cpu\" = torch.ops.aten.unsqueeze.default(ids, 0)\n"
              "        embedding: \"f32[1, 40, 64][2560, 64, 1]cpu\" = torch.ops.aten.embedding.default(table, "
              "unsqueeze)\n"
              "        squeeze: \"f32[40, 64][64, 1]cpu\" = torch.ops.aten.squeeze.dim(embedding, 0)\n"
              "        permute: \"f32[64, 64][1, 64]cpu\" = torch.ops.aten.permute.default(weight, [1, 0])\n"
              "        mm: \"f32[40, 64][64, 1]cpu\" = torch.ops.aten.mm.default(squeeze, permute)\n"
              "        rsqrt: \"f32[40][1]cpu\" = torch.ops.aten.rsqrt.default(scale)\n"
              "        return (mm, rsqrt, mask)\n"),
        NULL);
    const rg_tensor *ids = graph_run_tensor(&f, 0, "ids");
    const rg_tensor *scale = graph_run_tensor(&f, 0, "scale");
    const rg_tensor *weight = graph_run_tensor(&f, 0, "weight");
    bool seen[5] = {false};
    for (uint64_t i = 0; i < 40; i++) {
        double id = rg_tensor_get(ids, i);
        assert_true(id >= 0 && id < 5);
        seen[(int)id] = true;
        assert_true(rg_tensor_get(scale, i) >= 0.5);
    }
    assert_true(seen[0] && seen[1] && seen[2] && seen[3] && seen[4]);
    double squares = 0;
    for (uint64_t i = 0; i < 64 * 64; i++) {
        squares += rg_tensor_get(weight, i) * rg_tensor_get(weight, i);
    }
    assert_true(fabs(squares / 64 - 1) < 0.1); /* 64 * 64 numbers of variance 1/64 */
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    graph_run_tear_down(&f);
}

/* Small inputs have rows that an epsilon outweighs and rows of zeros, coarse ones ties; gains of norms stay as they
 * are. */
static void inputs_have_distributions(void **state)
{
    (void)state;
    graph_run f;
    static const char text[] =
        GRAPH("x: \"f32[64, 16][16, 1]cpu\", gain: \"f32[16][1]cpu\", bias: \"f32[16][1]cpu\", scale: "
              "\"f32[64][1]cpu\"",
              "        rsqrt: \"f32[64][1]cpu\" = torch.ops.aten.rsqrt.default(scale)\n"
              "        mul: \"f32[64, 16][16, 1]cpu\" = torch.ops.aten.mul.Tensor(x, gain)\n"
              "        add: \"f32[64, 16][16, 1]cpu\" = torch.ops.aten.add.Tensor(mul, bias)\n"
              "        return (add, rsqrt)\n");
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.distribution = RG_DISTRIBUTION_SMALL;
    graph_run_prepare(&f, text, &options);
    size_t tiny_rows = 0;
    size_t zero_rows = 0;
    size_t tiny_scales = 0;
    double gain_squares = 0;
    for (uint64_t row = 0; row < 64; row++) {
        double squares = 0;
        for (uint64_t i = 0; i < 16; i++) {
            squares += pow(rg_tensor_get(graph_run_tensor(&f, 0, "x"), row * 16 + i), 2);
        }
        zero_rows += squares == 0;
        tiny_rows += squares > 0 && squares / 16 < 1e-6;
        assert_true(squares / 16 < 1e-4);
        tiny_scales += rg_tensor_get(graph_run_tensor(&f, 0, "scale"), row) < 1e-2;
        assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "scale"), row) > 0);
    }
    for (uint64_t i = 0; i < 16; i++) {
        gain_squares += pow(rg_tensor_get(graph_run_tensor(&f, 0, "gain"), i), 2);
        assert_true(fabs(rg_tensor_get(graph_run_tensor(&f, 0, "bias"), i)) < 0.05);
    }
    assert_true(zero_rows > 0 && tiny_rows > 8 && tiny_scales > 8 && gain_squares > 4);
    graph_run_tear_down(&f);

    options.distribution = RG_DISTRIBUTION_COARSE;
    graph_run_prepare(&f, text, &options);
    size_t zeros = 0;
    size_t negatives = 0;
    for (uint64_t i = 0; i < 64 * 16; i++) {
        double number = rg_tensor_get(graph_run_tensor(&f, 0, "x"), i);
        assert_true(number * 16 == rint(number * 16));
        zeros += number == 0;
        negatives += number < 0;
    }
    assert_true(zeros > 32 && negatives > 256);
    graph_run_tear_down(&f);
}

static void inputs_can_be_given(void **state)
{
    (void)state;
    static const char text[] = GRAPH("x: \"f32[3][1]cpu\", y: \"f32[3][1]cpu\"",
                                     "        sub: \"f32[3][1]cpu\" = torch.ops.aten.sub.Tensor(x, y)\n"
                                     "        return (sub,)\n");
    graph_run f;
    graph_run g;
    rg_run *again;
    graph_run_prepare(&f, text, NULL);
    graph_run_prepare(&g, text, NULL);
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "x"), 0) ==
                rg_tensor_get(graph_run_tensor(&g, 0, "x"), 0)); /* the same seed */
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "x"), 0) != rg_tensor_get(graph_run_tensor(&f, 0, "y"), 0));
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.seed = 1;
    assert_int_equal(rg_run_create(&again, f.graph, &options), RG_OK);
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "x"), 0) !=
                rg_tensor_get(rg_run_value(again, 0, rg_graph_find(f.graph, rg_string_from("x")))->tensor, 0));
    assert_int_equal(rg_run_take_inputs(f.run, again), RG_OK);
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "x"), 0) ==
                rg_tensor_get(rg_run_value(again, 0, rg_graph_find(f.graph, rg_string_from("x")))->tensor, 0));
    const rg_datum *y = graph_run_value(&f, 0, "y");
    rg_node x = rg_graph_find(f.graph, rg_string_from("x"));
    assert_int_equal(rg_run_set_input(f.run, 0, x, y), RG_OK);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 0), 0, 0, 0);
    assert_int_equal(rg_run_set_input(f.run, 0, x, y), RG_ERROR_ARGUMENT); /* too late */
    rg_datum number = {.kind = RG_DATUM_INT, .integer = 3};
    assert_int_equal(rg_run_set_input(g.run, 0, rg_graph_find(g.graph, rg_string_from("x")), &number), RG_ERROR_TYPE);
    rg_run_destroy(again);
    graph_run_tear_down(&f);
    graph_run_tear_down(&g);
}

static void values_are_kept_on_demand(void **state)
{
    (void)state;
    static const char text[] =
        GRAPH("x: \"f32[3][1]cpu\"", "        neg: \"f32[3][1]cpu\" = torch.ops.aten.neg.default(x)\n"
                                     "        abs_1: \"f32[3][1]cpu\" = torch.ops.aten.abs.default(neg)\n"
                                     "        return (abs_1,)\n");
    graph_run f;
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    graph_run_prepare(&f, text, &options);
    assert_int_equal(graph_run_value(&f, 0, "neg")->kind, RG_DATUM_MISSING);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_int_equal(graph_run_value(&f, 0, "neg")->kind, RG_DATUM_MISSING);
    assert_int_equal(rg_run_value(f.run, 7, rg_graph_first(f.graph))->kind, RG_DATUM_MISSING);
    assert_int_equal(rg_run_output(f.run, 7)->kind, RG_DATUM_MISSING);
    graph_run_tear_down(&f);
    options.keep_all = true;
    graph_run_prepare(&f, text, &options);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "neg"), 1) == -rg_tensor_get(graph_run_tensor(&f, 0, "x"), 1));
    graph_run_tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_chosen),    cmocka_unit_test(wrong_sizes_are_refused),
        cmocka_unit_test(inputs_have_roles),   cmocka_unit_test(inputs_have_distributions),
        cmocka_unit_test(inputs_can_be_given), cmocka_unit_test(values_are_kept_on_demand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
