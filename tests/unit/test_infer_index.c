/*
 * test_infer_index.c: indexing, scattering, joining: sizes, the order of dimensions, sizes that depend on data.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/infer_case.h"

#define X "x: \"f32[4, 3, 5][3, 1, 12]cuda:0\", i: \"i64[2][1]cuda:0\", j: \"i64[2, 3][3, 1]cuda:0\""

static const infer_case reading[] = {
    {X, "aten.index.Tensor(x, [i])", "f32[2, 3, 5][15, 1, 3]cuda:0"},
    {X, "aten.index.Tensor(x, [None, i])", "f32[4, 2, 5][1, 4, 8]cuda:0"},
    {X, "aten.index.Tensor(x, [i, None, i])", "f32[2, 3][3, 1]cuda:0"},
    {X, "aten.index.Tensor(x, [i, i, i, i])", "error: too many indices for a tensor of rank 3"},
    {X, "aten.index.Tensor(x, [])", "error: at least one index is needed"},
    {X, "aten.index.Tensor(x, [i, j])", "error: do not broadcast"},
    {X ", m: \"b8[4, 3][3, 1]cuda:0\"", "aten.index.Tensor(x, [m])", "?"},
    {X ", m: \"b8[4, 4][4, 1]cuda:0\"", "aten.index.Tensor(x, [m])", "error: a mask's sizes"},
    {"x: \"f32[0, 3][3, 1]cuda:0\", i: \"i64[0][1]cuda:0\"", "aten.index.Tensor(x, [i])", "f32[0, 3][3, 1]cuda:0"},
    {"x: \"f32[s0, 3][3, 1]cuda:0\", i: \"i64[s1][1]cuda:0\"", "aten.index.Tensor(x, [i])", "f32[s1, 3][3, 1]cuda:0"},
    {X, "aten.index_select.default(x, -1, i)", "f32[4, 3, 2][6, 2, 1]cuda:0"},
    {X, "aten.index_select.default(x, 0, j)", "error: the index has 2 dimensions"},
    {X, "aten.gather.default(x, 0, j)", "error: an index of rank 2 for a tensor of rank 3"},
    {X, "aten.take.default(x, j)", "f32[2, 3][3, 1]cuda:0"},
    {X, "aten.nonzero.default(x)", "?"},
    {"w: \"f16[10, 7][1, 10]cuda:0\", j: \"i64[s0, s1][1, s0]cuda:0\"", "aten.embedding.default(w, j)",
     "f16[s0, s1, 7][7*s1, 7, 1]cuda:0"},
    {"w: \"f16[10][1]cuda:0\", j: \"i64[2][1]cuda:0\"", "aten.embedding.default(w, j)", "error: 2 are needed"},
    {X, "aten.one_hot.default(j, 10)", "i64[2, 3, 10][30, 10, 1]cuda:0"},
    {X, "aten.one_hot.default(j)", "?"},
};

static const infer_case writing[] = {
    {X ", v: \"f32[][]cuda:0\"", "aten.index_put.default(x, [i], v)", "f32[4, 3, 5][3, 1, 12]cuda:0"},
    {X ", v: \"f32[][]cuda:0\"", "aten.index_put_.default(x, [i], v)", "f32[4, 3, 5][3, 1, 12]cuda:0"},
    {X, "aten.scatter.value(x, 0, j, 1.0)", "error: an index of rank 2 for a tensor of rank 3"},
    {"x: \"f32[4, 3][1, 4]cuda:0\", j: \"i64[2, 3][3, 1]cuda:0\"", "aten.scatter.value(x, 0, j, 1.0)",
     "f32[4, 3][3, 1]cuda:0"},
    {"x: \"f32[4, 6][12, 1]cuda:0\", s: \"f32[4, 2][2, 1]cuda:0\"", "aten.slice_scatter.default(x, s, 1, 0, 2)",
     "f32[4, 6][12, 1]cuda:0"},
    {"x: \"f32[4, 6][0, 1]cuda:0\", s: \"f32[4, 2][2, 1]cuda:0\"", "aten.slice_scatter.default(x, s, 1, 0, 2)",
     "f32[4, 6][0, 1]cuda:0"},
    {X ", m: \"b8[2, 4, 3, 5][60, 15, 5, 1]cuda:0\"", "aten.masked_scatter.default(x, m, x)",
     "f32[2, 4, 3, 5][60, 15, 5, 1]cuda:0"},
};

#define TWO "x: \"f32[4, 3][3, 1]cuda:0\", y: \"bf16[4, s0][s0, 1]cuda:0\", e: \"f32[0][1]cuda:0\""

static const infer_case joining[] = {
    {TWO, "aten.cat.default([x, y], 1)", "f32[4, s0 + 3][s0 + 3, 1]cuda:0"},
    {TWO, "aten.cat.default([x, e, x])", "f32[8, 3][3, 1]cuda:0"},
    {TWO, "aten.cat.default([e])", "f32[0][1]cuda:0"},
    {TWO, "aten.cat.default([])", "error: a list of tensors is needed"},
    {X, "aten.cat.default([x, i])", "error: tensors of rank 3 and 1"},
    {"x: \"f32[4, 3][3, 1]cuda:0\", y: \"f32[4, 2][2, 1]cuda:0\"", "aten.cat.default([x, y])",
     "error: sizes differ in dimension 1"},
    {"x: \"f32[2, 3, 4, 5][60, 1, 15, 3]cuda:0\"", "aten.cat.default([x, x], 1)",
     "f32[2, 6, 4, 5][120, 1, 30, 6]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "aten.stack.default([x, x], -1)", "f32[4, 3, 2][6, 2, 1]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "aten.stack.default([x, x], 3)", "error: dimension 3"},
    {"x: \"f32[4, 3][1, 4]cuda:0\"", "aten.constant_pad_nd.default(x, [1, 2], 0.0)", "f32[4, 6][6, 1]cuda:0"},
    {"x: \"f32[4, 3][1, 4]cuda:0\"", "aten.constant_pad_nd.default(x, [0, -1])", "f32[4, 2][1, 4]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "aten.constant_pad_nd.default(x, [1, 2, 3])", "error: 3 pads"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "aten.constant_pad_nd.default(x, [-2, -2])", "error: padding makes"},
    {"x: \"f32[4, s0][s0, 1]cuda:0\"", "aten.constant_pad_nd.default(x, [1, 2])", "f32[4, s0 + 3][s0 + 3, 1]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "aten.repeat_interleave.self_int(x, 2, 1)", "f32[4, 6][6, 1]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "aten.repeat_interleave.self_int(x, 2)", "f32[24][1]cuda:0"},
    {"x: \"i64[3][1]cuda:0\"", "aten.repeat_interleave.Tensor(x)", "?"},
    {"x: \"i32[3][1]cuda:0\"", "aten.repeat_interleave.Tensor(x, output_size = 7)", "i32[7][1]cuda:0"},
    {"x: \"i64[2, 128][0, 1]cuda:0\", p: \"i64[2, 1][1, 1]cuda:0\"", "aten.diff.default(x, 1, -1, p)",
     "i64[2, 128][128, 1]cuda:0"},
    {"x: \"f32[4, 3][1, 4]cuda:0\"", "aten.diff.default(x, 5)", "f32[4, 0][1, 1]cuda:0"},
    {"x: \"f32[4, 3][1, 4]cuda:0\"", "aten.diff.default(x, -1)", "error: not negative"},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void test_reading(void **state)
{
    (void)state;
    check_infer_cases(reading, COUNT(reading));
}

static void test_writing(void **state)
{
    (void)state;
    check_infer_cases(writing, COUNT(writing));
}

static void test_joining(void **state)
{
    (void)state;
    check_infer_cases(joining, COUNT(joining));
}

/* The annotation says how long a result is; everything else is checked against it. */
static void test_data_dependent(void **state)
{
    (void)state;
    check_infer_graph(
        "class GraphModule(torch.nn.Module):\n"
        "    def forward(self, x: \"f32[4, 3][3, 1]cuda:0\", m: \"b8[4][1]cuda:0\", r: \"i64[3][1]cuda:0\"):\n"
        "        nonzero: \"i64[u0, 2][1, u0]cuda:0\" = torch.ops.aten.nonzero.default(x)\n"
        "        chosen: \"f32[u1][1]cuda:0\" = torch.ops.aten.masked_select.default(x, m)\n"
        "        rows: \"f32[u2, 3][3, 1]cuda:0\" = torch.ops.aten.index.Tensor(x, [m])\n"
        "        spread: \"f32[4, u3][Max(1, u3), 1]cuda:0\" = "
        "torch.ops.aten.repeat_interleave.self_Tensor(x, r, 1)\n"
        "        return (nonzero, chosen, rows, spread)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_joining),
        cmocka_unit_test(test_data_dependent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
