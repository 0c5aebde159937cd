/*
 * test_infer_matmul.c: products, convolution, pooling, attention, normalisation: sizes that must fit, and layouts that
 * CUDA gives.
 *
 * Convolutions on CUDA are tested here and by the corpus: PyTorch without a GPU gives them another layout.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/infer_case.h"

#define AB    "a: \"f32[6, 5][1, 6]cuda:0\", b: \"f32[5, 7][7, 1]cuda:0\""
#define BATCH "a: \"bf16[3, 6, 5][30, 5, 1]cuda:0\", b: \"bf16[3, 5, 7][35, 1, 5]cuda:0\""
#define SYM   "a: \"bf16[s0, 4096][4096, 1]cuda:0\", b: \"bf16[4096, 14336][1, 4096]cuda:0\""

static const infer_case products[] = {
    {AB, "aten.mm.default(a, b)", "f32[6, 7][7, 1]cuda:0"},
    {AB, "aten.mm.default(b, a)", "error: the contracted sizes differ"},
    {AB ", c: \"f32[7][1]cuda:0\"", "aten.addmm.default(c, a, b)", "f32[6, 7][7, 1]cuda:0"},
    {AB ", c: \"f32[4][1]cuda:0\"", "aten.addmm.default(c, a, b)", "error: do not broadcast"},
    {BATCH, "aten.bmm.default(a, b)", "bf16[3, 6, 7][42, 7, 1]cuda:0"},
    {BATCH, "aten.mm.default(a, b)", "error: the left matrix must have 2 dimensions, it has 3"},
    {SYM, "aten.mm.default(a, b)", "bf16[s0, 14336][14336, 1]cuda:0"},
    {"a: \"f32[5][1]cpu\", b: \"f32[2, 5, 7][35, 7, 1]cpu\"", "aten.matmul.default(a, b)", "f32[2, 7][7, 1]cpu"},
    {"a: \"f32[5][1]cpu\"", "aten.matmul.default(a, a)", "f32[][]cpu"},
    {"a: \"f32[2, 1, 6, 5][30, 30, 5, 1]cpu\", b: \"f32[3, 5, 7][35, 7, 1]cpu\"", "aten.matmul.default(a, b)",
     "f32[2, 3, 6, 7][126, 42, 7, 1]cpu"},
    {"a: \"f32[][]cpu\", b: \"f32[5][1]cpu\"", "aten.matmul.default(a, b)", "error: at least 1 dimension"},
    {"a: \"f32[2, 6, 5][5, 10, 1]cpu\", w: \"f32[7, 5][5, 1]cpu\"", "aten.linear.default(a, w)",
     "f32[2, 6, 7][42, 7, 1]cpu"},
    {"a: \"f8e4m3fn[s0, 16][16, 1]cuda:0\", b: \"f8e4m3fn[16, 32][1, 16]cuda:0\", s: \"f32[][]cuda:0\"",
     "aten._scaled_mm.default(a, b, s, s, out_dtype = torch.bfloat16)", "bf16[s0, 32][32, 1]cuda:0"},
    {"a: \"i8[32, 16][16, 1]cuda:0\", b: \"i8[16, 24][1, 16]cuda:0\"", "aten._int_mm.default(a, b)",
     "i32[32, 24][24, 1]cuda:0"},
    {"a: \"f32[7, 5][5, 1]cpu\"", "aten._pdist_forward.default(a)", "f32[21][1]cpu"},
    {"a: \"f32[6, 5]\", b: \"f32[5, 7]\"", "aten.mm.default(a, b)", "f32[6, 7][7, 1]"},
};

#define IMAGE  "x: \"f16[2, 8, 10, 12][960, 120, 12, 1]cuda:0\""
#define LAST   "x: \"f16[2, 8, 10, 12][960, 1, 96, 8]cuda:0\""
#define WEIGHT ", w: \"f16[16, 8, 3, 3][72, 9, 3, 1]cuda:0\""

static const infer_case windows[] = {
    {IMAGE WEIGHT, "aten.convolution.default(x, w, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)",
     "f16[2, 16, 10, 12][1920, 120, 12, 1]cuda:0"},
    {LAST WEIGHT, "aten.convolution.default(x, w, None, [2, 2], [1, 1], [1, 1], False, [0, 0], 1)",
     "f16[2, 16, 5, 6][480, 1, 96, 16]cuda:0"},
    {IMAGE ", w: \"f16[16, 8, 3, 3][72, 1, 24, 8]cuda:0\"",
     "aten.convolution.default(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
     "f16[2, 16, 8, 10][1280, 1, 160, 16]cuda:0"},
    {"x: \"f64[2, 8, 10, 12][960, 1, 96, 8]cuda:0\", w: \"f64[16, 8, 3, 3][72, 1, 24, 8]cuda:0\"",
     "aten.convolution.default(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
     "f64[2, 16, 8, 10][1280, 80, 10, 1]cuda:0"},
    {"x: \"f32[2, 8, 10][80, 10, 1]cuda:0\", w: \"f32[8, 1, 4][4, 4, 1]cuda:0\"",
     "aten.convolution.default(x, w, None, [1], [3], [1], False, [0], 8)", "f32[2, 8, 13][104, 13, 1]cuda:0"},
    {"x: \"f32[s0, 8, s1, s1][8*s1**2, s1**2, s1, 1]cuda:0\", w: \"f32[16, 8, 3, 3][72, 9, 3, 1]cuda:0\"",
     "aten.convolution.default(x, w, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)",
     "f32[s0, 16, s1, s1][16*s1**2, s1**2, s1, 1]cuda:0"},
    {IMAGE ", w: \"f16[16, 4, 3, 3][36, 9, 3, 1]cuda:0\"",
     "aten.convolution.default(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
     "error: the channels of input and weight differ"},
    {IMAGE WEIGHT, "aten.convolution.default(x, w, None, [0, 1], [0, 0], [1, 1], False, [0, 0], 1)",
     "error: a stride is not positive"},
    {IMAGE WEIGHT, "aten.convolution.default(x, w, None, [1, 1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
     "error: stride has 3 entries for 2 spatial dimensions"},
    {IMAGE, "aten.max_pool2d_with_indices.default(x, [3, 3], [2, 2], [1, 1])",
     "(f16[2, 8, 5, 6][240, 30, 6, 1]cuda:0, i64[2, 8, 5, 6][240, 30, 6, 1]cuda:0)"},
    {LAST, "prims._low_memory_max_pool_with_offsets.default(x, [3, 3], [2, 2], [1, 1], [1, 1], False)",
     "(f16[2, 8, 5, 6][240, 1, 48, 8]cuda:0, i8[2, 8, 5, 6][240, 1, 48, 8]cuda:0)"},
    {IMAGE, "aten.avg_pool2d.default(x, [3, 3], [2, 2], [0, 0], True)", "f16[2, 8, 5, 6][240, 30, 6, 1]cuda:0"},
    {IMAGE, "aten.avg_pool2d.default(x, [0, 3])", "error: out of range"},
    {"x: \"f32[4, 4][4, 1]cuda:0\"", "aten.avg_pool2d.default(x, [2, 2])", "error: an input of rank 2"},
    {LAST, "aten._adaptive_avg_pool2d.default(x, [1, 1])", "f16[2, 8, 1, 1][8, 1, 8, 8]cuda:0"},
    {IMAGE, "aten.upsample_nearest2d.vec(x, None, [2.0, 1.5])", "f16[2, 8, 20, 18][2880, 360, 18, 1]cuda:0"},
    {IMAGE, "aten.upsample_nearest2d.vec(x, None, [2.0])", "error: 1 output sizes or factors"},
    {IMAGE, "aten.upsample_nearest2d.vec(x, None, [1e30, 2.0])", "error: a scale factor is out of range"},
    {LAST, "aten.upsample_bilinear2d.vec(x, [4, 4], False, None)", "f16[2, 8, 4, 4][128, 16, 4, 1]cuda:0"},
};

#define QKV                                                                                                            \
    "q: \"f16[2, 8, 16, 64][8192, 64, 512, 1]cuda:0\", k: \"f16[2, 8, 24, 64][12288, 64, 512, 1]cuda:0\", "            \
    "v: \"f16[2, 8, 24, 32][6144, 768, 32, 1]cuda:0\""

static const infer_case attention[] = {
    {QKV, "aten._scaled_dot_product_efficient_attention.default(q, k, v, None, True)",
     "(f16[2, 8, 16, 32][4096, 32, 256, 1]cuda:0, f32[2, 8, 32][256, 32, 1]cuda:0, i64[][]cuda:0, i64[][]cuda:0)"},
    {QKV, "aten._scaled_dot_product_cudnn_attention.default(q, k, v, None, False)",
     "(f16[2, 8, 16, 32][4096, 32, 256, 1]cuda:0, f32[2, 8, 16, 1][128, 16, 1, 1]cuda:0, None, None, Sym(16), Sym(24), "
     "i64[][]cuda:0, i64[][]cuda:0, None)"},
    {QKV, "aten._scaled_dot_product_flash_attention.default(q, k, k)",
     "(f16[2, 8, 16, 64][8192, 64, 512, 1]cuda:0, f32[2, 8, 16][128, 16, 1]cuda:0, None, None, Sym(16), Sym(24), "
     "u64[2][1]cuda:0, u64[][]cuda:0, f16[0][1]cuda:0)"},
    {"q: \"f32[8, 16, 64][1024, 64, 1]cpu\"", "aten.scaled_dot_product_attention.default(q, q, q)",
     "f32[8, 16, 64][1024, 64, 1]cpu"},
    {"q: \"f32[8, 16, 64][1024, 64, 1]cpu\"", "aten._scaled_dot_product_flash_attention.default(q, q, q)",
     "error: need 4 dimensions"},
};

static const infer_case norms[] = {
    {"x: \"f16[2, 3, 5][5, 10, 1]cuda:0\"", "aten.native_layer_norm.default(x, [5], None, None, 1e-05)",
     "(f16[2, 3, 5][15, 5, 1]cuda:0, f32[2, 3, 1][3, 1, 1]cuda:0, f32[2, 3, 1][3, 1, 1]cuda:0)"},
    {"x: \"f16[2, 3, 5][15, 5, 1]cpu\"", "aten.native_layer_norm.default(x, [5], None, None, 1e-05)",
     "(f16[2, 3, 5][15, 5, 1]cpu, f16[2, 3, 1][3, 1, 1]cpu, f16[2, 3, 1][3, 1, 1]cpu)"},
    {"x: \"f16[2, 3, 5][15, 5, 1]cpu\"", "aten.layer_norm.default(x, [4])", "error: not normalized_shape"},
    {"x: \"f32[2, 8][8, 1]cpu\", r: \"f32[8][1]cpu\"",
     "aten._native_batch_norm_legit_no_training.default(x, r, r, r, r, 0.1, 1e-05)",
     "(f32[2, 8][8, 1]cpu, f32[0][1]cpu, f32[0][1]cpu)"},
    {"x: \"f16[2, 8][8, 1]cuda:0\", r: \"f32[8][1]cuda:0\"",
     "aten._native_batch_norm_legit_no_training.default(x, r, r, r, r, 0.1, 1e-05)",
     "(f16[2, 8][8, 1]cuda:0, f32[8][1]cuda:0, f32[8][1]cuda:0)"},
};

static const infer_case transforms[] = {
    {"x: \"f32[4, 6, 8][6, 1, 24]cuda:0\"", "aten._fft_r2c.default(x, [1, 2], 0, True)", "c64[4, 6, 5]cuda:0"},
    {"x: \"f32[4, s0][s0, 1]cuda:0\"", "aten._fft_r2c.default(x, [1], 0, True)",
     "c64[4, ((s0//2)) + 1][((s0//2)) + 1, 1]cuda:0"},
    {"x: \"c64[4, 6, 5][5, 20, 1]cuda:0\"", "aten._fft_c2r.default(x, [2], 2, 8)", "f32[4, 6, 8]cuda:0"},
    {"x: \"c64[4, 6][6, 1]cuda:0\"", "aten._fft_c2c.default(x, [0, 1], 0, True)", "c64[4, 6]cuda:0"},
    {"x: \"f32[4, 6][6, 1]cuda:0\"", "aten._fft_c2c.default(x, [0], 0, True)", "error: complex input is needed"},
    {"x: \"f32[4, 6][6, 1]cuda:0\"", "aten._fft_r2c.default(x, [], 0, True)", "error: a dimension to transform"},
};

static const infer_case gradients[] = {
    {IMAGE WEIGHT ", g: \"f16[2, 16, 8, 10][1280, 80, 10, 1]cuda:0\"",
     "aten.convolution_backward.default(g, x, w, [16], [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [True, False, True])",
     "(f16[2, 8, 10, 12][960, 120, 12, 1]cuda:0, None, f16[16][1]cuda:0)"},
    {"g: \"f32[2, 3, 7][21, 7, 1]cuda:0\", i: \"i64[2, 3][3, 1]cuda:0\"",
     "aten.embedding_dense_backward.default(g, i, 10, -1, False)", "f32[10, 7][7, 1]cuda:0"},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void test_products(void **state)
{
    (void)state;
    check_infer_cases(products, COUNT(products));
}

static void test_windows(void **state)
{
    (void)state;
    check_infer_cases(windows, COUNT(windows));
}

static void test_networks(void **state)
{
    (void)state;
    check_infer_cases(attention, COUNT(attention));
    check_infer_cases(norms, COUNT(norms));
    check_infer_cases(gradients, COUNT(gradients));
    check_infer_cases(transforms, COUNT(transforms));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_networks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
