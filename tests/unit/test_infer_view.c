/*
 * test_infer_view.c: views, parts and tensors made from sizes: what they refuse, and symbolic sizes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/infer_case.h"

#define COUNT(cases) (sizeof(cases) / sizeof((cases)[0]))

#define X "x: \"f32[4, 6][6, 1]cpu\""
#define T "t: \"f32[4, 6][1, 4]cpu\""
#define S "x: \"bf16[s0, s1, 8][8*s1, 8, 1]cuda:0\", n: \"Sym(s0*s1)\""

static const infer_case reshaping[] = {
    {X, "aten.view.default(x, [3, -1])", "f32[3, 8][8, 1]cpu"},
    {X, "aten.view.default(x, [5, -1])", "error: 24 elements do not fit sizes with 20 elements"},
    {X, "aten.view.default(x, [-1, -1])", "error: more than one size is -1"},
    {X, "aten.view.default(x, [-2, 3])", "error: size -2 is negative"},
    {X, "aten.view.default(x, [5, 5])", "error: 24 elements do not fit sizes with 25 elements"},
    {"x: \"f32[0, 6][6, 1]cpu\"", "aten.view.default(x, [0, -1])", "error: the size -1 of an empty tensor"},
    {"x: \"f32[0, 6][6, 1]cpu\"", "aten.view.default(x, [6, -1])", "f32[6, 0][1, 1]cpu"},
    {T, "aten.view.default(t, [24])", "error: no view of these strides has the wanted sizes"},
    {T, "aten.reshape.default(t, [24])", "f32[24][1]cpu"},
    {T, "aten.view.default(t, [2, 2, 6])", "f32[2, 2, 6][2, 1, 4]cpu"},
    /* A dimension of size 1 keeps the stride it has. */
    {"x: \"f32[1, 16, 8][128, 1, 16]cpu\"", "aten.view.default(x, [1, 16, 8])", "f32[1, 16, 8][128, 1, 16]cpu"},
    {S, "aten.view.default(x, [n, 8])", "bf16[s0*s1, 8][8, 1]cuda:0"},
    {S, "aten.view.default(x, [-1, 4])", "bf16[2*s0*s1, 4][4, 1]cuda:0"},
    {S, "aten.view.default(x, [-1])", "bf16[8*s0*s1][1]cuda:0"},
    /* Whether a quotient divides is seen on examples; the sizes are those that splitting gives. */
    {"x: \"f32[s0, 2*((s0//2))][2*((s0//2)), 1]cpu\", n: \"Sym((s0//2))\"", "aten.view.default(x, [s0, n, 2])",
     "f32[s0, (s0//2), 2][2*((s0//2)), 2, 1]cpu"},
    {"x: \"f32[8, s0][1, 8]cpu\", n: \"Sym((s0//2))\"", "aten.view.default(x, [8, n, 2])",
     "f32[8, (s0//2), 2][1, 8*((s0//((s0//2)))), 8]cpu"},
    {"x: \"f32[4, 6]\"", "aten.view.default(x, [24])", "f32[24]"},
    {"x: \"f32[][]cpu\"", "aten.view.default(x, [1, 1])", "f32[1, 1][1, 1]cpu"},
    {X, "aten.view.dtype(x, torch.int16)", "i16[4, 12][12, 1]cpu"},
    {X, "aten.view.dtype(x, torch.float64)", "f64[4, 3][3, 1]cpu"},
    {T, "aten.view.dtype(t, torch.int16)", "error: the last dimension's stride must be 1"},
    {"x: \"f32[][]cpu\"", "aten.view.dtype(x, torch.int16)", "error: a 0-d tensor cannot change its item size"},
    {X, "aten.flatten.using_ints(x, 1, 0)", "error: start_dim 1 is after end_dim 0"},
    {X, "aten.unflatten.int(x, 1, [2, -1])", "f32[4, 2, 3][6, 3, 1]cpu"},
    {X, "aten.unflatten.int(x, 1, [])", "error: a dimension cannot be split into 0"},
};

static const infer_case ordering[] = {
    {X, "aten.permute.default(x, [1, -2])", "f32[6, 4][1, 6]cpu"},
    {X, "aten.permute.default(x, [0, -2])", "error: dimension 0 is named twice"},
    {X, "aten.permute.default(x, [0])", "error: 1 dimensions for a tensor of rank 2"},
    {X, "aten.permute.default(x, [0, 2])", "error: dimension 2 of a tensor of rank 2"},
    {X, "aten.movedim.intlist(x, [0, 0], [0, 1])", "error: a dimension is named twice"},
    {"x: \"f32[4][1]cpu\"", "aten.mT.default(x)", "error: a vector is no matrix"},
};

static const infer_case growing[] = {
    {X, "aten.expand.default(x, [3, -1, 6])", "f32[3, 4, 6][0, 6, 1]cpu"},
    {X, "aten.expand.default(x, [-1, 4, 6])", "error: a new dimension has no size of its own for -1"},
    {X, "aten.expand.default(x, [4, 12])", "error: dimension 1 is not of size 1 and cannot grow"},
    {X, "aten.expand.default(x, [6])", "error: a tensor of rank 2 cannot have 1 dimensions"},
    {"x: \"f32[1, s1][s1, 1]cpu\", n: \"Sym(s0)\"", "aten.expand.default(x, [n, -1])", "f32[s0, s1][0, 1]cpu"},
    {"x: \"f32[1, s1][s1, 1]cpu\"", "aten.expand.default(x, [1, 1, s1])", "f32[1, 1, s1][s1, s1, 1]cpu"},
    {X, "aten.unsqueeze.default(x, -2)", "f32[4, 1, 6][6, 6, 1]cpu"},
    {X, "aten.unsqueeze.default(x, 3)", "error: dimension 3 of a tensor of rank 3"},
    {"x: \"f32[1, u0, 1][u0, 1, 1]cpu\"", "aten.squeeze.default(x)", "f32[u0][1]cpu"},
    {"x: \"f32[1, 4][4, 1]cpu\"", "aten.squeeze.dims(x, [0, 1])", "f32[4][1]cpu"},
};

static const infer_case parts[] = {
    {X, "aten.slice.Tensor(x, 1, 1, 9223372036854775807)", "f32[4, 5][6, 1]cpu"},
    {X, "aten.slice.Tensor(x, 1, -2)", "f32[4, 2][6, 1]cpu"},
    {X, "aten.slice.Tensor(x, 1, 4, 2)", "f32[4, 0][6, 1]cpu"},
    {X, "aten.slice.Tensor(x, 1, 0, 6, 4)", "f32[4, 2][6, 4]cpu"},
    {X, "aten.slice.Tensor(x, 1, 0, 6, 0)", "error: the step must be positive"},
    {"x: \"f32[][]cpu\"", "aten.slice.Tensor(x)", "error: a 0-d tensor has no parts"},
    {S, "aten.slice.Tensor(x, 1, 1)", "bf16[s0, s1 - 1, 8][8*s1, 8, 1]cuda:0"},
    {S, "aten.slice.Tensor(x, 1, -1)", "bf16[s0, 1, 8][8*s1, 8, 1]cuda:0"},
    {S, "aten.slice.Tensor(x, 1, 0, n)", "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0"},
    {X, "aten.select.int(x, 0, -1)", "f32[6][1]cpu"},
    {X, "aten.select.int(x, 0, 4)", "error: index 4 into a dimension of size 4"},
    {X, "aten.split.Tensor(x, 4, 1)", "(f32[4, 4][6, 1]cpu, f32[4, 2][6, 1]cpu)"},
    {X, "aten.split.Tensor(x, -1, 1)", "error: pieces of size -1"},
    {"x: \"f32[2*s0][1]cpu\"", "aten.split.Tensor(x, s0)", "(f32[s0][1]cpu, f32[s0][1]cpu)"},
    {"x: \"f32[s0][1]cpu\"", "aten.split.Tensor(x, 4)", "?"},
    {"x: \"f32[100000][1]cpu\"", "aten.split.Tensor(x, 1)", "error: more than 65536 pieces"},
    {X, "aten.split_with_sizes.default(x, [1, 5], 1)", "(f32[4, 1][6, 1]cpu, f32[4, 5][6, 1]cpu)"},
    {X, "aten.split_with_sizes.default(x, [1, 4], 1)", "error: the pieces do not add up"},
    {"x: \"f32[s0][1]cpu\"", "aten.chunk.default(x, 2)", "(f32[((s0 + 1)//2)][1]cpu, f32[s0 - (((s0 + 1)//2))][1]cpu)"},
    {X, "aten.chunk.default(x, 0)", "error: the number of chunks must be positive"},
    {X, "aten.tensor_split.sections(x, 4, 1)",
     "(f32[4, 2][6, 1]cpu, f32[4, 2][6, 1]cpu, f32[4, 1][6, 1]cpu, f32[4, 1][6, 1]cpu)"},
    {"x: \"f32[s0][1]cpu\"", "aten.tensor_split.sections(x, 2)", "?"},
    {X, "aten.unbind.int(x, 1)",
     "(f32[4][6]cpu, f32[4][6]cpu, f32[4][6]cpu, f32[4][6]cpu, f32[4][6]cpu, f32[4][6]cpu)"},
    {"x: \"f32[s0][1]cpu\"", "aten.unbind.int(x)", "?"},
    {X, "aten.diagonal.default(x, 1)", "f32[4][7]cpu"},
    {X, "aten.diagonal.default(x, 0, 1, 1)", "error: both dimensions of the diagonal are 1"},
    {X, "aten.as_strided.default(x, [2, 2], [1])", "error: 2 sizes and 1 strides"},
};

static const infer_case making[] = {
    {"n: \"Sym(s0)\"", "aten.full.default([n, 2], 1)", "i64[s0, 2][2, 1]cpu"},
    {"n: \"Sym(s0)\"", "aten.full.default([], 1.5, dtype = torch.bfloat16, device = device(type='cuda'))",
     "bf16[][]cuda:0"},
    {"n: \"Sym(s0)\"", "aten.full.default([2], True)", "b8[2][1]cpu"},
    {"n: \"Sym(s0)\"", "aten.full.default([2], n)", "i64[2][1]cpu"},
    {"n: \"Sym(s0)\"", "aten.arange.default(n)", "i64[s0][1]cpu"},
    {"n: \"Sym(s0)\"", "aten.arange.start_step(0, n, 2)", "i64[((s0 + 1)//2)][1]cpu"},
    {"n: \"Sym(s0)\"", "aten.arange.start_step(5, 0, -2)", "i64[3][1]cpu"},
    {"n: \"Sym(s0)\"", "aten.arange.start_step(0, 5, -1)", "error: the step leads away from the end"},
    {"n: \"Sym(s0)\"", "aten.arange.start_step(0, 5, 0)", "error: the step is 0"},
    {"n: \"Sym(s0)\"", "aten.arange.start_step(0.0, 1.0, 0.25)", "f32[4][1]cpu"},
    {"n: \"Sym(s0)\"", "aten.arange.start(0.5, n)", "?"},
    {"n: \"Sym(s0)\"", "aten.empty.memory_format([2, n, 4, 4], memory_format = torch.channels_last)",
     "f32[2, s0, 4, 4][16*s0, 1, 4*s0, s0]cpu"},
    {"n: \"Sym(s0)\"", "aten.empty_permuted.default([2, 3, 4], [1, 0, 2])", "f32[2, 3, 4][4, 8, 1]cpu"},
    {"n: \"Sym(s0)\"", "aten.empty_permuted.default([2, 3], [1, 1])", "error: the layout is no permutation"},
    {"n: \"Sym(s0)\"", "aten.empty_permuted.default([2, 3], [1])", "error: the layout must name all 2 dimensions"},
    {"n: \"Sym(s0)\"", "aten.empty_strided.default([2, 3], [3])", "error: 2 sizes and 1 strides"},
    {"n: \"Sym(s0)\"", "aten.tril_indices.default(3, 4, 1)", "i64[2, 9][9, 1]cpu"},
    {"n: \"Sym(s0)\"", "aten.triu_indices.default(3, 4, -1)", "i64[2, 11][11, 1]cpu"},
    {"n: \"Sym(s0)\"", "aten.tril_indices.default(-1, 4)", "error: rows, columns or offset out of range"},
    {"n: \"Sym(s0)\"", "aten.scalar_tensor.default(3, dtype = torch.float16)", "f16[][]cpu"},
    {X, "aten.repeat.default(x, [2])", "error: 1 repeats for 2 dimensions"},
    {X, "aten.tile.default(x, [2])", "f32[4, 12][12, 1]cpu"},
    {"n: \"Sym(s0)\"", "aten.zeros.default(n)", "f32[s0][1]cpu"},
};

/* What is wrong with a call whatever the op. */
static const infer_case calls[] = {
    {X, "aten.neg.default(x, x)", "error: more positional arguments than its schema has"},
    {X, "aten.neg.default(x, other = 1)", "error: no such argument: other"},
    {X, "aten.add.Tensor(x)", "error: missing argument: other"},
    {X, "aten.no_such_op.default(x)", "?"},
};

static void test_reshaping(void **state)
{
    (void)state;
    check_infer_cases(reshaping, COUNT(reshaping));
}

static void test_ordering(void **state)
{
    (void)state;
    check_infer_cases(ordering, COUNT(ordering));
}

static void test_growing(void **state)
{
    (void)state;
    check_infer_cases(growing, COUNT(growing));
}

static void test_parts(void **state)
{
    (void)state;
    check_infer_cases(parts, COUNT(parts));
}

static void test_making(void **state)
{
    (void)state;
    check_infer_cases(making, COUNT(making));
}

static void test_calls(void **state)
{
    (void)state;
    check_infer_cases(calls, COUNT(calls));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reshaping), cmocka_unit_test(test_ordering), cmocka_unit_test(test_growing),
        cmocka_unit_test(test_parts),     cmocka_unit_test(test_making),   cmocka_unit_test(test_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
