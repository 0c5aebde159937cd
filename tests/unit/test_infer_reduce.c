/*
 * test_infer_reduce.c: reductions, scans, softmax, sorting: dtypes, kept dimensions, and calls that are wrong.
 *
 * Layouts over many inputs are tested against PyTorch's answers in tests/data/inference.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/infer_case.h"

#define X    "x: \"f32[4, 3, 5][3, 1, 12]cuda:0\""
#define H    "x: \"f16[4, 3][3, 1]cuda:0\""
#define I    "x: \"i32[4, 3][3, 1]cuda:0\""
#define B    "x: \"b8[4, 3][3, 1]cuda:0\""
#define C    "x: \"c64[4, 3][3, 1]cuda:0\""
#define S    "x: \"f32[s0, s1, 8][8*s1, 8, 1]cuda:0\""
#define ZERO "x: \"f32[][]cuda:0\""

static const infer_case sums[] = {
    {X, "aten.sum.default(x)", "f32[][]cuda:0"},
    {X, "aten.sum.dim_IntList(x, [1])", "f32[4, 5][5, 1]cuda:0"},
    {X, "aten.sum.dim_IntList(x, [-1, 0], True)", "f32[1, 3, 1][3, 1, 1]cuda:0"},
    {X, "aten.sum.dim_IntList(x, [])", "f32[][]cuda:0"},
    {X, "aten.sum.dim_IntList(x, None, True)", "f32[1, 1, 1][1, 1, 1]cuda:0"},
    {S, "aten.sum.dim_IntList(x, [2])", "f32[s0, s1][s1, 1]cuda:0"},
    {S, "aten.mean.dim(x, [0], True)", "f32[1, s1, 8][8*s1, 8, 1]cuda:0"},
    {I, "aten.sum.default(x)", "i64[][]cuda:0"},
    {B, "aten.prod.dim_int(x, 0)", "i64[3][1]cuda:0"},
    {H, "aten.sum.dim_IntList(x, [0], dtype = torch.float32)", "f32[3][1]cuda:0"},
    {I, "aten.mean.dim(x, [0], dtype = torch.float32)", "f32[3][1]cuda:0"},
    {ZERO, "aten.sum.dim_IntList(x, [-1])", "f32[][]cuda:0"},
    {I, "aten.mean.default(x)", "error: needs floating-point or complex input"},
    {X, "aten.sum.dim_IntList(x, [1, -2])", "error: dimension 1 is named twice"},
    {X, "aten.amax.default(x, [3])", "error: dimension 3"},
};

static const infer_case others[] = {
    {I, "aten.amax.default(x, [0])", "i32[3][1]cuda:0"},
    {X, "aten.max.dim(x, 1)", "(f32[4, 5][5, 1]cuda:0, i64[4, 5][5, 1]cuda:0)"},
    {X, "aten.argmax.default(x)", "i64[][]cuda:0"},
    {X, "aten.argmin.default(x, -1, True)", "i64[4, 3, 1][3, 1, 1]cuda:0"},
    {X, "aten.any.default(x)", "b8[][]cuda:0"},
    {"x: \"u8[4, 3][3, 1]cuda:0\"", "aten.any.dim(x, 0)", "u8[3][1]cuda:0"},
    {X, "aten.all.dims(x, [])", "b8[4, 3, 5][3, 1, 12]cuda:0"},
    {C, "aten.var.correction(x, [0])", "f32[3][1]cuda:0"},
    {C, "aten.var_mean.correction(x, [0])", "(f32[3][1]cuda:0, c64[3][1]cuda:0)"},
    {I, "aten.var_mean.correction(x, [0])", "error: needs floating-point"},
    {C, "aten.linalg_vector_norm.default(x)", "f32[][]cuda:0"},
    {I, "aten.logsumexp.default(x, [1])", "f32[4][1]cuda:0"},
    {X, "aten.aminmax.default(x, dim = 0)", "(f32[3, 5][5, 1]cuda:0, f32[3, 5][5, 1]cuda:0)"},
    {X, "aten.count_nonzero.dim_IntList(x, [1])", "i64[4, 5][5, 1]cuda:0"},
    {X, "prims.prepare_softmax_online.default(x, 1)", "(f32[4, 1, 5][5, 5, 1]cuda:0, f32[4, 1, 5][5, 5, 1]cuda:0)"},
};

static const infer_case scans[] = {
    {I, "aten.cumsum.default(x, 0)", "i64[4, 3][3, 1]cuda:0"},
    {X, "aten.cumsum.default(x, -1, dtype = torch.float64)", "f64[4, 3, 5][15, 5, 1]cuda:0"},
    {X, "aten.cummax.default(x, 0)", "(f32[4, 3, 5][15, 5, 1]cuda:0, i64[4, 3, 5][15, 5, 1]cuda:0)"},
    {X, "aten.cumsum.default(x, 3)", "error: dimension 3"},
    {X, "aten._softmax.default(x, 1, False)", "f32[4, 3, 5][15, 5, 1]cuda:0"},
    {H, "aten._log_softmax.default(x, 1, True)", "f32[4, 3][3, 1]cuda:0"},
    {X, "aten._softmax.default(x, 1, True)", "error: half_to_float with input of dtype float32"},
    {H, "aten.softmax.int(x, -1, torch.float32)", "f32[4, 3][3, 1]cuda:0"},
    {H, "aten._softmax_backward_data.default(x, x, 1, torch.float32)", "f32[4, 3][3, 1]cuda:0"},
};

static const infer_case sorted[] = {
    {X, "aten.sort.default(x)", "(f32[4, 3, 5][3, 1, 12]cuda:0, i64[4, 3, 5][3, 1, 12]cuda:0)"},
    {X, "aten.argsort.stable(x, stable = True, dim = 0)", "i64[4, 3, 5][3, 1, 12]cuda:0"},
    {X, "aten.sort.default(x, 5)", "error: dimension 5"},
    {X, "aten.topk.default(x, 2)", "(f32[4, 3, 2][6, 2, 1]cuda:0, i64[4, 3, 2][6, 2, 1]cuda:0)"},
    {X, "aten.topk.default(x, 6)", "error: k is larger"},
    {S, "aten.topk.default(x, 2, 1)", "(f32[s0, 2, 8][16, 8, 1]cuda:0, i64[s0, 2, 8][16, 8, 1]cuda:0)"},
    {X ", y: \"f32[9][1]cuda:0\"", "aten.searchsorted.Tensor(y, x, out_int32 = True)", "i32[4, 3, 5][15, 5, 1]cuda:0"},
    {X ", y: \"f32[9][1]cuda:0\"", "aten.bucketize.Tensor(x, y)", "i64[4, 3, 5][15, 5, 1]cuda:0"},
    {"y: \"f32[9][1]cuda:0\"", "aten.bucketize.Scalar(0.5, y)", "i64[][]cuda:0"},
    {"y: \"f32[9][1]cuda:0\"", "aten.searchsorted.Scalar(y, 0.5)", "i64[][]cuda:0"},
};

/* An argument without annotation: nothing can be said, and nothing is wrong. */
static const infer_case unknown[] = {
    {"x", "aten.sum.default(x)", "?"},
    {"x", "aten.topk.default(x, 2)", "?"},
    {"x", "aten._softmax.default(x, 1, False)", "?"},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void test_reduce(void **state)
{
    (void)state;
    check_infer_cases(sums, COUNT(sums));
    check_infer_cases(others, COUNT(others));
    check_infer_cases(scans, COUNT(scans));
    check_infer_cases(sorted, COUNT(sorted));
    check_infer_cases(unknown, COUNT(unknown));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reduce)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
