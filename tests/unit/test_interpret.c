/*
 * test_interpret.c: runs of graphs: tensors that share memory, writing through views, functionalised calls, submodules,
 * simulated ranks, random numbers, limits, failures, want of memory. What a run is given: test_interpret_inputs.c. That
 * kernels compute what PyTorch computes is for test_kernel_golden.c.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "support/failing_allocator.h"
#include "support/graph_run.h"

/* ---- tensors ---- */

/* Elements 0, 1, 2, ... */
static void count_up(rg_tensor *to)
{
    for (uint64_t i = 0; i < rg_tensor_count(to); i++) {
        rg_tensor_set(to, i, (double)i);
    }
}

static void tensors_share_storages(void **state)
{
    (void)state;
    rg_context *context;
    rg_tensor *base;
    rg_tensor *view;
    rg_tensor *copy;
    rg_tensor *wrong;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_tensor_layout layout = {RG_DTYPE_BF16, 2, (const int64_t[]){2, 3}, NULL, 0};
    assert_int_equal(rg_tensor_create(&base, context, &layout), RG_OK);
    count_up(base);
    rg_tensor_layout column = {RG_DTYPE_BF16, 1, (const int64_t[]){2}, (const int64_t[]){3}, 1};
    assert_int_equal(rg_tensor_create_view(&view, base, &column), RG_OK);
    assert_int_equal(rg_tensor_clone(&copy, view), RG_OK);
    assert_true(rg_tensor_shares_storage(view, base));
    assert_false(rg_tensor_shares_storage(copy, base));
    rg_tensor_set(view, 1, 40);
    ASSERT_ELEMENTS(base, 0, 1, 2, 3, 40, 5);
    ASSERT_ELEMENTS(copy, 1, 4);
    assert_int_equal(rg_tensor_get_layout(copy).strides[0], 1);
    rg_tensor_set(view, 0, 1.00390625); /* between two bf16 numbers */
    assert_true(rg_tensor_get(view, 0) == 1);
    assert_true(rg_tensor_get(view, 7) == 0);
    column.offset = 3;
    assert_int_equal(rg_tensor_create_view(&wrong, base, &column), RG_ERROR_ARGUMENT);
    assert_null(wrong);
    size_t bytes = 0;
    assert_non_null(rg_tensor_storage(view, &bytes));
    assert_int_equal(bytes, 12);
    rg_tensor_destroy(base);
    ASSERT_ELEMENTS(view, 1, 40); /* the storage goes with the last that has it */
    rg_tensor_destroy(view);
    rg_tensor_destroy(copy);
    rg_context_destroy(context);
}

static void comparison_tells_where(void **state)
{
    (void)state;
    rg_context *context;
    rg_tensor *a;
    rg_tensor *b;
    rg_tensor *other;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_tensor_layout layout = {RG_DTYPE_F32, 1, (const int64_t[]){4}, NULL, 0};
    rg_tensor_layout shorter = {RG_DTYPE_F32, 1, (const int64_t[]){3}, NULL, 0};
    assert_int_equal(rg_tensor_create(&a, context, &layout), RG_OK);
    assert_int_equal(rg_tensor_create(&b, context, &layout), RG_OK);
    assert_int_equal(rg_tensor_create(&other, context, &shorter), RG_OK);
    count_up(a);
    count_up(b);
    rg_tolerance exact = {0, 0, 0};
    rg_tolerance loose = {0, 1e-6, 0};
    rg_comparison result = rg_tensor_compare(a, b, &exact);
    assert_true(result.comparable && result.differing == 0 && result.count == 4);
    rg_tensor_set(a, 2, 2.0000002384185791);
    result = rg_tensor_compare(a, b, &exact);
    assert_true(result.differing == 1 && result.position == 2 && result.max_ulp == 1 && result.expected == 2);
    assert_int_equal(rg_tensor_compare(a, b, &loose).differing, 0);
    rg_tensor_set(a, 1, NAN);
    result = rg_tensor_compare(a, b, &loose);
    assert_true(result.differing == 1 && result.position == 1 && isinf(result.max_absolute) && isnan(result.actual));
    rg_tensor_set(b, 1, NAN);
    assert_int_equal(rg_tensor_compare(a, b, &loose).differing, 0);
    rg_tensor_set(b, 3, INFINITY);
    assert_int_equal(rg_tensor_compare(a, b, &loose).differing, 1);
    assert_false(rg_tensor_compare(a, other, &loose).comparable);
    assert_true(rg_tolerance_of(RG_DTYPE_I64).relative == 0);
    assert_true(rg_tolerance_of(RG_DTYPE_BF16).relative > rg_tolerance_of(RG_DTYPE_F32).relative);
    rg_tensor_destroy(a);
    rg_tensor_destroy(b);
    rg_tensor_destroy(other);
    rg_context_destroy(context);
}

/* ---- writing ---- */

static void writes_go_through_views(void **state)
{
    (void)state;
    graph_run f;
    graph_run_prepare(&f,
                      GRAPH("x: \"f32[2, 3][3, 1]cpu\"",
                            "        t: \"f32[3, 2][1, 3]cpu\" = torch.ops.aten.permute.default(x, [1, 0])\n"
                            "        select: \"f32[2][3]cpu\" = torch.ops.aten.select.int(t, 0, 1)\n"
                            "        mul_: \"f32[2][3]cpu\" = torch.ops.aten.mul_.Tensor(select, 10)\n"
                            "        reshape: \"f32[6][1]cpu\" = torch.ops.aten.reshape.default(x, [6])\n"
                            "        copied: \"f32[6][1]cpu\" = torch.ops.aten.reshape.default(t, [6])\n"
                            "        slice_1: \"f32[2][1]cpu\" = torch.ops.aten.slice.Tensor(reshape, 0, 0, 2)\n"
                            "        fill_: \"f32[2][1]cpu\" = torch.ops.aten.fill_.Scalar(slice_1, 7)\n"
                            "        return (x, reshape, copied, mul_)\n"),
                      NULL);
    count_up(graph_run_tensor(&f, 0, "x"));
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 0), 7, 7, 2, 3, 40, 5);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 1), 7, 7, 2, 3, 40, 5);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 2), 0, 3, 10, 40, 2, 5); /* a copy, made before the second write */
    assert_true(rg_tensor_shares_storage(graph_run_output(&f, 0, 0), graph_run_output(&f, 0, 3)));
    graph_run_tear_down(&f);
}

static void functionalised_calls_write_copies(void **state)
{
    (void)state;
    graph_run f;
    graph_run_prepare(
        &f,
        GRAPH("x: \"f32[2, 2][2, 1]cpu\", y: \"f32[2, 2][2, 1]cpu\"",
              "        call = torch.ops.higher_order.auto_functionalized(torch.ops.tst.inplace_add.default, x = x, y = "
              "y, z = None)\n"
              "        getitem_1: \"f32[2, 2][2, 1]cpu\" = call[1]\n"
              "        getitem_2 = call[2]\n"
              "        return (x, getitem_1)\n"),
        NULL);
    count_up(graph_run_tensor(&f, 0, "x"));
    count_up(graph_run_tensor(&f, 0, "y"));
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 0), 0, 1, 2, 3);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 1), 0, 2, 4, 6);
    graph_run_tear_down(&f);
}

/* Version 2: x and z are views, a slice and a strided one, of one base; both writes are seen in it. */
static void functionalised_views_share_their_base(void **state)
{
    (void)state;
    graph_run f;
    graph_run_prepare(
        &f,
        GRAPH("base: \"f32[4, 2][2, 1]cpu\", y: \"f32[2, 2][2, 1]cpu\"",
              "        call = torch.ops.higher_order.auto_functionalized_v2(torch.ops.tst.inplace_add.default, y = y, "
              "_x_base_index = 0, _x_slice_dim = 0, _x_slice_start = 1, _x_slice_end = 3, _z_base_index = 0, _z_size "
              "= [2, 2], _z_stride = [4, 1], _z_storage_offset = 0, _all_bases = [base])\n"
              "        getitem_1: \"f32[4, 2][2, 1]cpu\" = call[1]\n"
              "        return (base, getitem_1)\n"),
        NULL);
    rg_tensor *y = graph_run_tensor(&f, 0, "y");
    for (uint64_t i = 0; i < 4; i++) {
        rg_tensor_set(y, i, (double)(1 + i));
    }
    count_up(graph_run_tensor(&f, 0, "base"));
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 0), 0, 1, 2, 3, 4, 5, 6, 7);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 1), 1, 3, 3, 5, 10, 13, 6, 7);
    graph_run_tear_down(&f);
}

/* ---- submodules ---- */

static void submodules_are_called(void **state)
{
    (void)state;
    graph_run f;
    graph_run_prepare(&f,
                      "class GraphModule(torch.nn.Module):\n"
                      "    def forward(self, x: \"f32[3]\"):\n"
                      "        sum_1: \"f32[]\" = torch.ops.aten.sum.default(x)\n"
                      "        gt: \"b8[]\" = torch.ops.aten.gt.Scalar(sum_1, 0)\n"
                      "        true_graph_0 = self.true_graph_0\n"
                      "        false_graph_0 = self.false_graph_0\n"
                      "        cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (x,))\n"
                      "        getitem: \"f32[3]\" = cond[0]\n"
                      "        return (getitem,)\n"
                      "\n"
                      "    class true_graph_0(torch.nn.Module):\n"
                      "        def forward(self, arg0_1: \"f32[3]\"):\n"
                      "            mul: \"f32[3]\" = torch.ops.aten.mul.Tensor(arg0_1, 2)\n"
                      "            return (mul,)\n"
                      "\n"
                      "    class false_graph_0(torch.nn.Module):\n"
                      "        def forward(self, arg0_1: \"f32[3]\"):\n"
                      "            neg: \"f32[3]\" = torch.ops.aten.neg.default(arg0_1)\n"
                      "            return (neg,)\n",
                      NULL);
    count_up(graph_run_tensor(&f, 0, "x"));
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 0), 0, 2, 4);
    graph_run_tear_down(&f);
}

static void loops_end_when_the_condition_says(void **state)
{
    (void)state;
    graph_run f;
    graph_run_prepare(
        &f,
        "class GraphModule(torch.nn.Module):\n"
        "    def forward(self, i: \"i64[]\", x: \"f32[2]\"):\n"
        "        while_loop_cond_graph_0 = self.while_loop_cond_graph_0\n"
        "        while_loop_body_graph_0 = self.while_loop_body_graph_0\n"
        "        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (i, "
        "x), ())\n"
        "        getitem: \"i64[]\" = while_loop[0]\n"
        "        getitem_1: \"f32[2]\" = while_loop[1]\n"
        "        return (getitem, getitem_1)\n"
        "\n"
        "    class while_loop_cond_graph_0(torch.nn.Module):\n"
        "        def forward(self, arg0_1: \"i64[]\", arg1_1: \"f32[2]\"):\n"
        "            lt: \"b8[]\" = torch.ops.aten.lt.Scalar(arg0_1, 5)\n"
        "            return lt\n"
        "\n"
        "    class while_loop_body_graph_0(torch.nn.Module):\n"
        "        def forward(self, arg0_1: \"i64[]\", arg1_1: \"f32[2]\"):\n"
        "            add: \"i64[]\" = torch.ops.aten.add.Tensor(arg0_1, 1)\n"
        "            mul: \"f32[2]\" = torch.ops.aten.mul.Tensor(arg1_1, 2)\n"
        "            return (add, mul)\n",
        NULL);
    rg_tensor_set(graph_run_tensor(&f, 0, "i"), 0, 2);
    count_up(graph_run_tensor(&f, 0, "x"));
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 0), 5);
    ASSERT_ELEMENTS(graph_run_output(&f, 0, 1), 0, 8);
    graph_run_tear_down(&f);
}

/* ---- ranks ---- */

/* Scattering the sum and gathering the parts is reducing. */
static void ranks_differ_and_agree(void **state)
{
    (void)state;
    graph_run f;
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.vary_ranks = true;
    graph_run_prepare(
        &f,
        GRAPH("x: \"f32[4, 3][3, 1]cpu\", w: \"f32[3][1]cpu\"",
              "        all_reduce: \"f32[4, 3][3, 1]cpu\" = torch.ops.vllm.all_reduce.default(x, 'tp')\n"
              "        part: \"f32[2, 3][3, 1]cpu\" = torch.ops.vllm.reduce_scatter.default(x, 0, 2, 'tp')\n"
              "        whole: \"f32[4, 3][3, 1]cpu\" = torch.ops.vllm.all_gather.default(part, 0, 2, 'tp')\n"
              "        return (all_reduce, whole, part)\n"),
        &options);
    assert_int_equal(rg_run_ranks(f.run), 2); /* named by the collectives */
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "x"), 0) != rg_tensor_get(graph_run_tensor(&f, 1, "x"), 0));
    assert_true(rg_tensor_get(graph_run_tensor(&f, 0, "w"), 0) == rg_tensor_get(graph_run_tensor(&f, 1, "w"), 0));
    double first = rg_tensor_get(graph_run_tensor(&f, 0, "x"), 0) + rg_tensor_get(graph_run_tensor(&f, 1, "x"), 0);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    rg_tolerance exact = {0, 0, 0};
    for (uint32_t rank = 0; rank < 2; rank++) {
        assert_int_equal(rg_tensor_compare(graph_run_output(&f, rank, 1), graph_run_output(&f, 0, 0), &exact).differing,
                         0);
        assert_int_equal(rg_tensor_compare(graph_run_output(&f, rank, 0), graph_run_output(&f, 0, 0), &exact).differing,
                         0);
    }
    assert_true(rg_tensor_get(graph_run_output(&f, 0, 0), 0) == (double)(float)first);
    assert_true(rg_tensor_get(graph_run_output(&f, 1, 2), 0) == rg_tensor_get(graph_run_output(&f, 0, 0), 6));
    graph_run_tear_down(&f);
}

static void group_must_be_the_run(void **state)
{
    (void)state;
    graph_run f;
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.ranks = 3;
    graph_run_prepare(&f,
                      GRAPH("x: \"f32[4][1]cpu\"",
                            "        part: \"f32[2][1]cpu\" = torch.ops.vllm.reduce_scatter.default(x, 0, 2, 'tp')\n"
                            "        return (part,)\n"),
                      &options);
    assert_int_equal(rg_run_execute(f.run), RG_ERROR_ARGUMENT);
    assert_true(last_message_has(f.context, "a group of 2 in a run of 3 ranks"));
    graph_run_tear_down(&f);
}

/* ---- comparing runs ---- */

static void runs_are_compared(void **state)
{
    (void)state;
    static const char first[] = GRAPH("s0: \"Sym(s0)\", x: \"f32[s0, 2][2, 1]cpu\"",
                                      "        neg: \"f32[s0, 2][2, 1]cpu\" = torch.ops.aten.neg.default(x)\n"
                                      "        abs_1: \"f32[s0, 2][2, 1]cpu\" = torch.ops.aten.abs.default(neg)\n"
                                      "        size: \"Sym(s0)\" = torch.ops.aten.sym_size.int(abs_1, 0)\n"
                                      "        return (abs_1, [size, neg])\n");
    static const char second[] = GRAPH("s0: \"Sym(s0)\", x: \"f32[s0, 2][2, 1]cpu\"",
                                       "        neg: \"f32[s0, 2][2, 1]cpu\" = torch.ops.aten.mul.Tensor(x, -1.01)\n"
                                       "        abs_1: \"f32[s0, 2][2, 1]cpu\" = torch.ops.aten.abs.default(x)\n"
                                       "        return (abs_1, [s0, neg])\n");
    graph_run f;
    rg_graph *graph;
    rg_run *other;
    rg_run_comparison result;
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    rg_size_binding given[] = {{{"s0", 2}, 7}};
    options.keep_all = true;
    options.sizes = given;
    options.size_count = 1;
    graph_run_prepare(&f, first, &options);
    assert_int_equal(rg_graph_parse(&graph, f.context, rg_string_from(second), rg_string_from("test")), RG_OK);
    assert_int_equal(rg_graph_ranks(graph), 1);
    options.like = f.run;
    options.seed = 99; /* the inputs are those of the other run whatever the seed is */
    assert_int_equal(rg_run_create(&other, graph, &options), RG_OK);
    assert_int_equal(rg_run_compare(&result, other, f.run, 1), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_int_equal(rg_run_execute(other), RG_OK);
    assert_int_equal(rg_run_compare(&result, other, f.run, 1), RG_OK);
    assert_false(result.equal);
    assert_int_equal(result.compared, 5); /* three results, two inputs */
    assert_int_equal(result.differing, 1);
    assert_int_equal(result.output, 2);
    assert_int_equal(result.values.count, 14);
    assert_true(rg_string_equal(rg_node_name(graph, result.node_a), rg_string_from("neg")));
    assert_int_equal(result.node_values.differing, 14);
    assert_int_equal(rg_run_compare(&result, other, f.run, 1e4), RG_OK);
    assert_true(result.equal && rg_node_is_null(result.node_a));
    rg_run_destroy(other);
    rg_graph_destroy(graph);
    graph_run_tear_down(&f);
}

/* ---- random numbers ---- */

static void random_numbers_follow_the_seed(void **state)
{
    (void)state;
    static const char first[] = GRAPH(
        "x: \"f32[1000][1]cpu\"", "        rand: \"f32[1000][1]cpu\" = torch.ops.aten.rand.default([1000], dtype = "
                                  "torch.float32, device = device(type='cpu'))\n"
                                  "        randn: \"f32[1000][1]cpu\" = torch.ops.aten.randn.default([1000], dtype = "
                                  "torch.float32, device = device(type='cpu'))\n"
                                  "        return (rand, randn)\n");
    static const char second[] =
        GRAPH("x: \"f32[1000][1]cpu\"", "        neg: \"f32[1000][1]cpu\" = torch.ops.aten.neg.default(x)\n"
                                        "        rand: \"f32[1000][1]cpu\" = torch.ops.aten.rand_like.default(neg)\n"
                                        "        return (rand,)\n");
    graph_run f;
    graph_run g;
    graph_run_prepare(&f, first, NULL);
    graph_run_prepare(&g, second, NULL);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_int_equal(rg_run_execute(g.run), RG_OK);
    double mean = 0;
    double square = 0;
    for (uint64_t i = 0; i < 1000; i++) {
        double uniform = rg_tensor_get(graph_run_output(&f, 0, 0), i);
        double normal = rg_tensor_get(graph_run_output(&f, 0, 1), i);
        assert_true(uniform >= 0 && uniform < 1);
        assert_true(uniform == rg_tensor_get(graph_run_output(&g, 0, 0), i)); /* the first random call of both graphs */
        mean += uniform / 1000;
        square += normal * normal / 1000;
    }
    assert_true(fabs(mean - 0.5) < 0.05 && fabs(square - 1) < 0.15);
    graph_run_tear_down(&f);
    graph_run_tear_down(&g);
}

/* Whole channels are dropped, or mean and variance are kept; without training nothing is done. */
static void dropout_has_its_kinds(void **state)
{
    (void)state;
    static const char text[] = GRAPH(
        "x: \"f32[40, 50, 10][500, 10, 1]cpu\"",
        "        channels: \"f32[40, 50, 10][500, 10, 1]cpu\" = torch.ops.aten.feature_dropout.default(x, 0.25, True)\n"
        "        same: \"f32[40, 50, 10][500, 10, 1]cpu\" = torch.ops.aten.feature_dropout.default(x, 0.25, False)\n"
        "        alpha: \"f32[40, 50, 10][500, 10, 1]cpu\" = torch.ops.aten.alpha_dropout.default(x, 0.25, True)\n"
        "        return (channels, same, alpha)\n");
    graph_run f;
    double sum = 0;
    double square = 0;
    size_t dropped = 0;
    graph_run_prepare(&f, text, NULL);
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    const rg_tensor *x = graph_run_tensor(&f, 0, "x");
    for (uint64_t i = 0; i < 20000; i++) {
        double kept = rg_tensor_get(graph_run_output(&f, 0, 0), i);
        double alpha = rg_tensor_get(graph_run_output(&f, 0, 2), i);
        bool first_is_dropped = rg_tensor_get(graph_run_output(&f, 0, 0), i / 10 * 10) == 0;
        assert_true(first_is_dropped ? kept == 0 : fabs(kept - rg_tensor_get(x, i) / 0.75) < 1e-5);
        assert_true(rg_tensor_get(graph_run_output(&f, 0, 1), i) == rg_tensor_get(x, i));
        dropped += first_is_dropped;
        sum += alpha / 20000;
        square += alpha * alpha / 20000;
    }
    assert_true(dropped > 4400 && dropped < 5600);
    assert_true(fabs(sum) < 0.05 && fabs(square - 1) < 0.1); /* the input is normal */
    graph_run_tear_down(&f);
}

static void operators_take_tensors(void **state)
{
    (void)state;
    static const char text[] =
        GRAPH("x: \"f32[2, 2][2, 1]cpu\", m: \"b8[2][1]cpu\"", "        product = x @ x\n"
                                                               "        sum_1 = x + 1\n"
                                                               "        both = m & m\n"
                                                               "        y = torch.ops.aten.clone.default(x)\n"
                                                               "        iadd = operator.iadd(y, x)\n"
                                                               "        return (product, sum_1, both, y, iadd)\n");
    static const double products[] = {2, 3, 6, 11};
    static const double sums[] = {1, 2, 3, 4};
    static const double doubles[] = {0, 2, 4, 6};
    graph_run f;
    graph_run_prepare(&f, text, NULL);
    count_up(graph_run_tensor(&f, 0, "x"));
    assert_int_equal(rg_run_execute(f.run), RG_OK);
    assert_elements(graph_run_output(&f, 0, 0), products, 4);
    assert_elements(graph_run_output(&f, 0, 1), sums, 4);
    for (uint64_t i = 0; i < 2; i++) {
        assert_true(rg_tensor_get(graph_run_output(&f, 0, 2), i) == rg_tensor_get(graph_run_tensor(&f, 0, "m"), i));
    }
    assert_elements(graph_run_output(&f, 0, 3), doubles, 4);
    assert_elements(graph_run_output(&f, 0, 4), doubles, 4);
    graph_run_tear_down(&f);
}

/* ---- failures ---- */

static void failures_name_the_node(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        rg_status status;
        const char *message;
    } cases[] = {
        {GRAPH("x: \"f32[2][1]cpu\"", "        y = torch.ops.my.op.default(x)\n        return (y,)\n"),
         RG_ERROR_UNSUPPORTED, "my.op.default, node y: there is no kernel for this op"},
        {GRAPH("x: \"f32[2][1]cpu\"", "        y = torch.ops.aten._neg_view.default(x)\n        return (y,)\n"),
         RG_ERROR_UNSUPPORTED, "aten._neg_view.default, node y: there is no kernel for this op: negation"},
        {GRAPH("x: \"f32[2, 3][3, 1]cpu\"", "        y = torch.ops.aten.select.int(x, 0, 5)\n        return (y,)\n"),
         RG_ERROR_TYPE, "select"},
        {GRAPH("x: \"f32[2, 3][3, 1]cpu\"",
               "        f: \"i64[2][1]cpu\" = torch.ops.aten.full.default([2], 9, dtype = torch.int64)\n"
               "        y: \"f32[2, 3][3, 1]cpu\" = torch.ops.aten.embedding.default(x, f)\n        return (y,)\n"),
         RG_ERROR_TYPE, "aten.embedding.default, node y: index 9 of a dimension of 2"},
        {GRAPH(
             "x: \"f32[][]cpu\"",
             "        y: \"f32[400000, 1000][1000, 1]cpu\" = torch.ops.aten.full.default([400000, 1000], 1.0, dtype = "
             "torch.float32)\n        return (y,)\n"),
         RG_ERROR_LIMIT, "more than 268435456 elements"},
        {GRAPH("x: \"c64[2][1]cpu\"",
               "        y: \"c64[2][1]cpu\" = torch.ops.aten.mul.Tensor(x, x)\n        return (y,)\n"),
         RG_ERROR_UNSUPPORTED, "does not know complex numbers"},
        {GRAPH("x: \"f32[2][1]cpu\"",
               "        t: \"b8[][]cpu\" = torch.ops.aten.scalar_tensor.default(False, dtype = torch.bool)\n"
               "        y = torch.ops.aten._assert_async.default(t)\n        return (x,)\n"),
         RG_ERROR_TYPE, "an assertion of the graph does not hold"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        graph_run f;
        graph_run_prepare(&f, cases[i].text, NULL);
        rg_status status = rg_run_execute(f.run);
        if (status != cases[i].status || !last_message_has(f.context, cases[i].message)) {
            size_t count = rg_context_diagnostic_count(f.context);
            fail_msg("case %zu: %s, %s", i, rg_status_name(status),
                     count > 0 ? rg_context_diagnostic(f.context, count - 1)->message.data : "");
        }
        graph_run_tear_down(&f);
    }
}

static void memory_is_bounded(void **state)
{
    (void)state;
    graph_run f;
    rg_run *run;
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    graph_run_prepare(&f, GRAPH("x: \"f32[100][1]cpu\"", "        return (x,)\n"), NULL);
    options.max_bytes = 300;
    assert_int_equal(rg_run_create(&run, f.graph, &options), RG_ERROR_LIMIT);
    options.max_bytes = 0;
    options.max_elements = 99;
    assert_int_equal(rg_run_create(&run, f.graph, &options), RG_ERROR_LIMIT);
    graph_run_tear_down(&f);
}

static rg_status run_whole(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context;
    rg_graph *graph = NULL;
    rg_run *run = NULL;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    status = rg_graph_parse(&graph, context, rg_string_from(user), rg_string_from("test"));
    if (status == RG_OK) {
        status = rg_run_create(&run, graph, NULL);
    }
    if (status == RG_OK) {
        status = rg_run_execute(run);
    }
    rg_run_destroy(run);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static char text[] = GRAPH(
        "s0: \"Sym(s0)\", x: \"f32[s0, 4][4, 1]cpu\", w: \"bf16[4][1]cpu\"",
        "        empty: \"f32[s0, 4][4, 1]cpu\" = torch.ops.aten.empty.memory_format([s0, 4], dtype = torch.float32)\n"
        "        call = torch.ops.higher_order.auto_functionalized(torch.ops._C.rms_norm.default, result = empty, "
        "input = x, weight = w, epsilon = 1e-05)\n"
        "        normed: \"f32[s0, 4][4, 1]cpu\" = call[1]\n"
        "        t: \"f32[4, s0][1, 4]cpu\" = torch.ops.aten.permute.default(normed, [1, 0])\n"
        "        mm: \"f32[s0, s0][s0, 1]cpu\" = torch.ops.aten.mm.default(normed, t)\n"
        "        softmax: \"f32[s0, s0][s0, 1]cpu\" = torch.ops.aten._softmax.default(mm, -1, False)\n"
        "        split = torch.ops.aten.split.Tensor(softmax, 4)\n"
        "        part: \"f32[4, s0][s0, 1]cpu\" = split[0]\n"
        "        add_: \"f32[4, s0][s0, 1]cpu\" = torch.ops.aten.add_.Tensor(part, 1)\n"
        "        nonzero: \"i64[u0, 2][1, u0]cpu\" = torch.ops.aten.nonzero.default(softmax)\n"
        "        return (part, nonzero)\n");
    assert_true(failing_allocator_exhaust(run_whole, text) > 100);
}

/* ---- wider graphs ---- */

static void test_a_widened_graph_computes_without_roundings(void **state)
{
    (void)state;
    graph_run f;
    rg_graph *wide = NULL;
    rg_run *run = NULL;
    graph_run_prepare(
        &f,
        GRAPH("x: \"f16[4][1]cpu\"",
              "        add: \"f16[4][1]cpu\" = torch.ops.aten.add.Tensor(x, 0.0001)\n"
              "        cast: \"f32[4][1]cpu\" = torch.ops.prims.convert_element_type.default(add, torch.float32)\n"
              "        return (cast,)\n"),
        NULL);
    assert_int_equal(rg_graph_widen(&wide, f.graph), RG_OK);
    assert_int_equal(rg_run_create(&run, wide, NULL), RG_OK);
    rg_node x = rg_graph_find(wide, rg_string_from("x"));
    rg_tensor *input = rg_run_value(run, 0, x)->tensor;
    assert_int_equal(rg_tensor_get_layout(input).dtype, RG_DTYPE_F64);
    rg_tensor_set(input, 0, 1);
    assert_int_equal(rg_run_execute(run), RG_OK);
    const rg_tensor *result = rg_run_output(run, 0)->tuple.items[0].tensor;
    assert_int_equal(rg_tensor_get_layout(result).dtype, RG_DTYPE_F64);
    assert_true(rg_tensor_get(result, 0) == 1 + 0.0001);
    assert_true(rg_widened_tolerance() > 1e8);
    rg_run_destroy(run);
    rg_graph_destroy(wide);
    graph_run_tear_down(&f);
}

static void test_bits_cannot_be_widened(void **state)
{
    (void)state;
    graph_run f;
    rg_graph *wide = NULL;
    graph_run_prepare(&f,
                      GRAPH("x: \"f16[4][1]cpu\"",
                            "        bits: \"i16[4][1]cpu\" = torch.ops.aten.view.dtype(x, torch.int16)\n"
                            "        return (bits,)\n"),
                      NULL);
    assert_int_equal(rg_graph_widen(&wide, f.graph), RG_ERROR_UNSUPPORTED);
    assert_null(wide);
    graph_run_tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_widened_graph_computes_without_roundings),
        cmocka_unit_test(test_bits_cannot_be_widened),
        cmocka_unit_test(tensors_share_storages),
        cmocka_unit_test(comparison_tells_where),
        cmocka_unit_test(writes_go_through_views),
        cmocka_unit_test(functionalised_calls_write_copies),
        cmocka_unit_test(functionalised_views_share_their_base),
        cmocka_unit_test(submodules_are_called),
        cmocka_unit_test(loops_end_when_the_condition_says),
        cmocka_unit_test(ranks_differ_and_agree),
        cmocka_unit_test(group_must_be_the_run),
        cmocka_unit_test(runs_are_compared),
        cmocka_unit_test(random_numbers_follow_the_seed),
        cmocka_unit_test(dropout_has_its_kinds),
        cmocka_unit_test(operators_take_tensors),
        cmocka_unit_test(failures_name_the_node),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
