/*
 * test_infer_pointwise.c: elementwise ops, casts and copies: what they refuse, what they leave unknown, and layouts
 * that random calls (test_infer_golden.c) seldom make.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/infer_case.h"

#define COUNT(cases) (sizeof(cases) / sizeof((cases)[0]))

#define X "x: \"f32[4, 6][6, 1]cuda:0\""
#define T "t: \"f32[4, 6][1, 4]cuda:0\""

static const infer_case sizes[] = {
    {X ", y: \"f32[6][1]cuda:0\"", "aten.add.Tensor(x, y)", "f32[4, 6][6, 1]cuda:0"},
    {X ", y: \"f32[5][1]cuda:0\"", "aten.add.Tensor(x, y)", "error: sizes 6 and 5 in dimension 1 do not broadcast"},
    {"x: \"f32[s0, 1][1, 1]cuda:0\", y: \"f32[s1][1]cuda:0\"", "aten.mul.Tensor(x, y)", "f32[s0, s1][s1, 1]cuda:0"},
    /* Two symbols in one place have been guarded to be equal; a number says more than a symbol. */
    {"x: \"f32[s0][1]cuda:0\", y: \"f32[s1][1]cuda:0\"", "aten.mul.Tensor(x, y)", "f32[s0][1]cuda:0"},
    {"x: \"f32[s0][1]cuda:0\", y: \"f32[8][1]cuda:0\"", "aten.mul.Tensor(x, y)", "f32[8][1]cuda:0"},
    {"x: \"f32[u0, 3][3, 1]cpu\"", "aten.relu.default(x)", "f32[u0, 3][3, 1]cpu"},
    {"x: \"f32[3, u0][u0, 1]cpu\"", "aten.empty_like.default(x)", "f32[3, u0][Max(1, u0), 1]cpu"},
};

static const infer_case dtypes[] = {
    {"x: \"bf16[4][1]cpu\", y: \"f32[][]cpu\"", "aten.add.Tensor(x, y)", "bf16[4][1]cpu"},
    {"x: \"bf16[4][1]cpu\", y: \"f32[1][1]cpu\"", "aten.add.Tensor(x, y)", "f32[4][1]cpu"},
    {"x: \"f16[4][1]cpu\", y: \"bf16[4][1]cpu\"", "aten.add.Tensor(x, y)", "f32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\"", "aten.add.Tensor(x, 2)", "i32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\"", "aten.add.Tensor(x, 2.5)", "f32[4][1]cpu"},
    {"x: \"b8[4][1]cpu\"", "aten.add.Tensor(x, 2)", "i64[4][1]cpu"},
    {"x: \"i32[4][1]cpu\", n: \"Sym(s0)\"", "aten.mul.Tensor(x, n)", "i32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\", n: \"Sym(zf1)\"", "aten.mul.Tensor(x, n)", "f32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\", n: \"Sym(0.5)\"", "aten.mul.Tensor(x, n)", "f32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\"", "aten.div.Tensor(x, 2)", "f32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\"", "aten.div.Tensor_mode(x, 2, rounding_mode = 'floor')", "i32[4][1]cpu"},
    {"x: \"i32[4][1]cpu\"", "aten.div.Tensor_mode(x, 2, rounding_mode = None)", "f32[4][1]cpu"},
    {"x: \"c64[4][1]cpu\"", "aten.abs.default(x)", "f32[4][1]cpu"},
    {"x: \"i64[4][1]cpu\"", "aten.rsqrt.default(x)", "f32[4][1]cpu"},
    {"x: \"i64[4][1]cpu\"", "aten.clamp.default(x, 0, 2.5)", "f32[4][1]cpu"},
    {"x: \"i64[4][1]cpu\"", "aten.clamp.default(x, 0)", "i64[4][1]cpu"},
    {"x: \"f8e4m3fn[4][1]cpu\", y: \"f16[4][1]cpu\"", "aten.add.Tensor(x, y)",
     "error: float8_e4m3fn and float16 have no common dtype"},
    {"c: \"b8[4][1]cpu\", x: \"f16[][]cpu\"", "aten.where.self(c, x, 1.0)", "f16[4][1]cpu"},
};

static const infer_case devices[] = {
    {X ", y: \"f32[][]cpu\"", "aten.add.Tensor(y, x)", "f32[4, 6][6, 1]cuda:0"},
    {X ", y: \"f32[4, 6][6, 1]cpu\"", "aten.add.Tensor(x, y)", "error: tensors on devices cuda and cpu"},
    {X ", y: \"f32[4, 6][6, 1]cuda:1\"", "aten.add.Tensor(x, y)", "error: tensors on devices cuda and cuda"},
    {X ", y: \"f32[4, 6][6, 1]\"", "aten.add.Tensor(y, x)", "f32[4, 6][6, 1]cuda:0"},
    {"x: \"f32[4][1]\", y: \"f32[][]cpu\"", "aten.add.Tensor(x, y)", "f32[4][1]"},
    {X, "aten._to_copy.default(x, device = device(type='cpu'))", "f32[4, 6][6, 1]cpu"},
    {X, "aten.to.device(x, 'cuda:1', torch.float16)", "f16[4, 6][6, 1]cuda:1"},
    {X, "prims.device_put.default(x, device(type='cuda', index=1))", "f32[4, 6][6, 1]cuda:1"},
};

static const infer_case layouts[] = {
    {X ", " T, "aten.add.Tensor(x, t)", "f32[4, 6][6, 1]cuda:0"},
    {X ", " T, "aten.add.Tensor(t, x)", "f32[4, 6][1, 4]cuda:0"},
    {X ", " T, "aten.rsub.Tensor(t, x)", "f32[4, 6][6, 1]cuda:0"},
    {"x: \"f32[1, 6][77, 1]cpu\"", "aten.neg.default(x)", "f32[1, 6][6, 1]cpu"},
    {"x: \"f32[1, 6][77, 1]cpu\"", "aten.clone.default(x)", "f32[1, 6][77, 1]cpu"},
    {"x: \"f32[1, 6][77, 1]cpu\"", "prims.convert_element_type.default(x, torch.float16)", "f16[1, 6][77, 1]cpu"},
    {"x: \"f32[4, 6][8, 1]cpu\", y: \"f32[][]cpu\"", "aten.copy.default(x, y)", "f32[4, 6][8, 1]cpu"},
    {"x: \"f32[4, 6][0, 1]cpu\", y: \"f32[][]cpu\"", "aten.copy.default(x, y)", "f32[4, 6][6, 1]cpu"},
    {T ", m: \"b8[4, 6][1, 4]cuda:0\"", "aten.masked_fill.Scalar(t, m, 0)", "f32[4, 6][6, 1]cuda:0"},
    /* With one channel a layout is both contiguous and channels-last, and the strides are sorted. */
    {"x: \"f32[2, 1, 16, 32][512, 32, 32, 1]cpu\", y: \"f32[2, 1, 16, 32][512, 512, 32, 1]cpu\"",
     "aten.add.Tensor(x, y)", "f32[2, 1, 16, 32][512, 32, 32, 1]cpu"},
    /* A cast to the dtype that is computed in makes an expanded operand dense. */
    {"x: \"f16[4, 6][1, 0]cpu\", y: \"f32[4, 6][1, 4]cpu\"", "aten.add.Tensor(x, y)", "f32[4, 6][6, 1]cpu"},
    {"x: \"f32[4, 6][1, 0]cpu\", y: \"f32[4, 6][1, 4]cpu\"", "aten.add.Tensor(x, y)", "f32[4, 6][1, 4]cpu"},
    /* relu chooses between x and a number. */
    {"x: \"f32[4, 1][1, 4]cpu\"", "aten.relu.default(x)", "f32[4, 1][1, 4]cpu"},
    {"x: \"f32[4, 1][1, 4]cpu\"", "aten.exp.default(x)", "f32[4, 1][1, 1]cpu"},
    {"x: \"f32[4, 6][8, 1]cpu\"", "aten.dropout.default(x, 0.5, False)", "f32[4, 6][8, 1]cpu"},
    {"x: \"f32[4, 6][8, 1]cpu\"", "aten.dropout.default(x, 0.5, True)", "f32[4, 6][6, 1]cpu"},
    {"x: \"f32[s0, 3, s1, 8][24*s1, 1, 24, 3]cpu\"", "aten.sigmoid.default(x)",
     "f32[s0, 3, s1, 8][24*s1, 1, 24, 3]cpu"},
    /* On symbolic sizes contiguous operands of add, sub, mul and div give a contiguous result at once. */
    {"x: \"f32[s0, 1, 8][8, 8*s0, 1]cpu\", y: \"f32[s0, 1, 1][1, s0, 1]cpu\"", "aten.sub.Tensor(x, y)",
     "f32[s0, 1, 8][8, 8, 1]cpu"},
    {"x: \"f32[s0, 1, 8][8, 8*s0, 1]cpu\", y: \"f32[s0, 1, 1][1, s0, 1]cpu\"", "aten.maximum.default(x, y)",
     "f32[s0, 1, 8][8, 8*s0, 1]cpu"},
    {"x: \"f32[5, 1, 8][8, 40, 1]cpu\", y: \"f32[5, 1, 1][1, 5, 1]cpu\"", "aten.sub.Tensor(x, y)",
     "f32[5, 1, 8][8, 40, 1]cpu"},
    {"x: \"f32[s0, 3, 8, 6][144, 1, 18, 3]cpu\", y: \"f32[][]cpu\"", "aten.div.Tensor(x, 2)",
     "f32[s0, 3, 8, 6][144, 1, 18, 3]cpu"},
    {X ", " T, "aten.atan2.out(x, x, out = t)", "f32[4, 6][1, 4]cuda:0"},
    {T, "aten.add_.Tensor(t, 1)", "f32[4, 6][1, 4]cuda:0"},
};

static const infer_case unknown[] = {
    {"x: \"f32[4, 6]\", y: \"f32[4, 6][6, 1]\"", "aten.add.Tensor(x, y)", "f32[4, 6]"},
    {"x: \"f32[6]\"", "aten.neg.default(x)", "f32[6][1]"}, /* a vector's layout is known */
    {"x: \"f32[4, 6]\"", "aten.clone.default(x, memory_format = torch.contiguous_format)", "f32[4, 6][6, 1]"},
    {"x", "aten.neg.default(x)", "?"},
    {"x: \"f32[4]\", y", "aten.add.Tensor(x, y)", "?"},
    {"x: \"f32[4]\"", "aten.add.Tensor(x, 'text')", "?"},
};

static void test_sizes(void **state)
{
    (void)state;
    check_infer_cases(sizes, COUNT(sizes));
}

static void test_dtypes(void **state)
{
    (void)state;
    check_infer_cases(dtypes, COUNT(dtypes));
}

static void test_devices(void **state)
{
    (void)state;
    check_infer_cases(devices, COUNT(devices));
}

static void test_layouts(void **state)
{
    (void)state;
    check_infer_cases(layouts, COUNT(layouts));
}

static void test_unknown(void **state)
{
    (void)state;
    check_infer_cases(unknown, COUNT(unknown));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),   cmocka_unit_test(test_dtypes),  cmocka_unit_test(test_devices),
        cmocka_unit_test(test_layouts), cmocka_unit_test(test_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
