/*
 * test_infer_call.c: ops on sizes, calls of other ops and of submodules, vLLM's ops, prims.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/infer_case.h"

static const infer_case sizes[] = {
    {"x: \"f32[s0, 2*s1][2*s1, 1]cuda:0\"", "aten.sym_size.int(x, 1)", "Sym(2*s1)"},
    {"x: \"f32[s0, 2*s1][2*s1, 1]cuda:0\"", "aten.sym_stride.int(x, -2)", "Sym(2*s1)"},
    {"x: \"f32[s0, 2*s1][2*s1, 1]cuda:0\"", "aten.sym_numel.default(x)", "Sym(2*s0*s1)"},
    {"x: \"f32[s0, 4][4, 1]cuda:0\"", "aten.sym_size.default(x)", "(Sym(s0), Sym(4))"},
    {"x: \"f32[][]cuda:0\"", "aten.sym_size.int(x, 0)", "error: no dimensions"},
    {"x: \"f32[4]\"", "aten.sym_stride.int(x, 0)", "?"},
    {"x: \"i64[][]cuda:0\"", "aten.item.default(x)", "?"},
    {"x: \"f32[4][1]cuda:0\"", "aten._assert_tensor_metadata.default(x, None, None, torch.float32)", "None"},
};

/* Operators on tensors are the elementwise ops of that name. */
static void test_operators_on_tensors(void **state)
{
    (void)state;
    check_infer_graph("class GraphModule(torch.nn.Module):\n"
                      "    def forward(self, x: \"f16[4, 3][1, 4]cuda:0\", y: \"f32[4, 1][1, 1]cuda:0\", i: "
                      "\"i64[4, 3][3, 1]cuda:0\"):\n"
                      "        add: \"f32[4, 3][1, 4]cuda:0\" = x + y\n"
                      "        mul: \"f16[4, 3][1, 4]cuda:0\" = 2 * x\n"
                      "        truediv: \"f32[4, 3][3, 1]cuda:0\" = i / 2\n"
                      "        neg: \"f16[4, 3][1, 4]cuda:0\" = -x\n"
                      "        lt: \"b8[4, 3][3, 1]cuda:0\" = i < 2\n"
                      "        and_1: \"b8[4, 3][3, 1]cuda:0\" = lt & lt\n"
                      "        t: \"f16[3, 4][4, 1]cuda:0\" = torch.ops.aten.permute.default(x, [1, 0])\n"
                      "        matmul: \"f16[4, 4][4, 1]cuda:0\" = x @ t\n"
                      "        return (add, mul, truediv, neg, and_1, matmul)\n");
}

static const infer_case vllm[] = {
    {"x: \"bf16[s0, 512][512, 1]cuda:0\"", "vllm.all_reduce.default(x, 'tp:0')", "bf16[s0, 512][512, 1]cuda:0"},
    {"x: \"bf16[s0, 512][512, 1]cuda:0\"", "vllm.reduce_scatter.default(x, 0, 2, 'tp:0')",
     "bf16[(s0//2), 512][512, 1]cuda:0"},
    {"x: \"bf16[s0, 512][512, 1]cuda:0\"", "vllm.all_gather.default(x, 0, 2, 'tp:0')", "bf16[2*s0, 512][512, 1]cuda:0"},
    {"k: \"bf16[s0, 8, 64][512, 64, 1]cuda:0\"", "vllm.unified_kv_cache_update.default(k, k, 'layers.0.attn')",
     "bf16[0][1]cuda:0"},
    {"x: \"bf16[s0, 512][512, 1]cuda:0\", w: \"bf16[512][1]cuda:0\"", "vllm_ir.rms_norm.default(x, w, 1e-05)",
     "bf16[s0, 512][512, 1]cuda:0"},
    {"x: \"bf16[s0, 512][512, 1]cuda:0\", w: \"bf16[512][1]cuda:0\"",
     "vllm_ir.fused_add_rms_norm.default(x, x, w, 1e-05)",
     "(bf16[s0, 512][512, 1]cuda:0, bf16[s0, 512][512, 1]cuda:0)"},
    {"x: \"bf16[8, 4][4, 1]cuda:0\", s: \"f32[][]cuda:0\"",
     "vllm_ir.static_quant_fp8.default(x, s, torch.float8_e4m3fn)", "f8e4m3fn[8, 4][4, 1]cuda:0"},
    {"a: \"f8e4m3fn[8, 4][4, 1]cuda:0\", b: \"f8e4m3fn[4, 6][1, 4]cuda:0\", s: \"f32[][]cuda:0\"",
     "vllm.fused_bmm_fp8_reduce_scatter.default(a, b, s, s, 'tp:0', 2, torch.bfloat16)", "bf16[4, 6][6, 1]cuda:0"},
    {"x: \"bf16[8, 24][24, 1]cuda:0\", w: \"bf16[4][1]cuda:0\"",
     "vllm.minimax_qk_norm_fused.default(x, w, w, 16, 4, 0, 2, 1e-06, 8)",
     "(bf16[8, 16][16, 1]cuda:0, bf16[8, 4][4, 1]cuda:0)"},
    {"a: \"bf16[8, 4][4, 1]cuda:0\"", "symm_mem.fused_matmul_reduce_scatter.default(a, a, 'sum', 0, 'tp')", "?"},
    {"x: \"bf16[8, 4][4, 1]cuda:0\"", "_c10d_functional.all_gather_into_tensor.default(x, 4, '0')",
     "bf16[32, 4][4, 1]cuda:0"},
    {"r: \"bf16[8, 4][4, 1]cuda:0\"", "_C.silu_and_mul.default(r, r)", "None"},
};

#define WRITTEN "r: \"f8e4m3fn[s0, 4][4, 1]cuda:0\", x: \"bf16[s0, 4][4, 1]cuda:0\", s: \"f32[s0, 1][1, 1]cuda:0\""

static const infer_case functionalised[] = {
    {WRITTEN,
     "higher_order.auto_functionalized(torch.ops._C.silu_and_mul_quant.default, result = r, input = x, scale = s)",
     "(None, f8e4m3fn[s0, 4][4, 1]cuda:0)"},
    {WRITTEN,
     "higher_order.auto_functionalized(torch.ops._C.rms_norm_dynamic_per_token_quant.default, result = r, input = x, "
     "weight = x, scale = s, epsilon = 1e-05, scale_ub = None, residual = None)",
     "(None, f8e4m3fn[s0, 4][4, 1]cuda:0, f32[s0, 1][1, 1]cuda:0, None)"},
    {WRITTEN,
     "higher_order.auto_functionalized(torch.ops.vllm.fused_rope_and_unified_kv_cache_update.default, query = x, "
     "key = x, value = x, positions = x, cos_sin_cache = x, is_neox = True, layer_name = 'l')",
     "(bf16[0][1]cuda:0, bf16[s0, 4][4, 1]cuda:0, bf16[s0, 4][4, 1]cuda:0)"},
    {WRITTEN,
     "higher_order.auto_functionalized_v2(torch.ops._C.silu_and_mul_quant.default, input = x, scale = s, "
     "_result_base_index = 0, _all_bases = [r])",
     "(None, f8e4m3fn[s0, 4][4, 1]cuda:0)"},
    {WRITTEN, "higher_order.auto_functionalized(torch.ops.mine.op.default, result = r)", "?"},
};

static const infer_case prims[] = {
    {"x: \"f32[4, 1][1, 1]cuda:0\"", "prims.broadcast_in_dim.default(x, [2, 4, 3], [1, 2])",
     "f32[2, 4, 3][0, 1, 0]cuda:0"},
    {"x: \"f32[4][1]cuda:0\"", "prims.broadcast_in_dim.default(x, [4, 1], [0])", "f32[4, 1][1, 1]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "prims.broadcast_in_dim.default(x, [4, 3], [0])", "error: 1 broadcast dimensions"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "prims.broadcast_in_dim.default(x, [4, 3], [1, 0])", "error: do not rise"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "prims.sum.default(x, [0])", "f32[3][1]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "prims.amax.default(x, None, output_dtype = torch.float64)", "f64[][]cuda:0"},
    {"x: \"f32[4, 3][3, 1]cuda:0\"", "prims.inductor_force_stride_order.default(x, [1, 4])", "f32[4, 3][1, 4]cuda:0"},
    {"", "prims.inductor_seeds.default(3, device(type='cuda', index=0))", "i64[3][1]cuda:0"},
    {"s: \"i64[3][1]cuda:0\"", "prims.inductor_lookup_seed.default(s, 1)", "i64[][]cuda:0"},
    {"s: \"i64[][]cuda:0\"", "prims.inductor_random.default([4, 3], s, 'rand')", "f32[4, 3][3, 1]cuda:0"},
    {"s: \"i64[][]cuda:0\"", "prims.inductor_randint.default(0, 9, [4], s)", "i64[4][1]cuda:0"},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void test_calls(void **state)
{
    (void)state;
    check_infer_cases(sizes, COUNT(sizes));
    check_infer_cases(vllm, COUNT(vllm));
    check_infer_cases(functionalised, COUNT(functionalised));
    check_infer_cases(prims, COUNT(prims));
}

static void test_size_arithmetic(void **state)
{
    (void)state;
    check_infer_graph("class GraphModule(torch.nn.Module):\n"
                      "    def forward(self, a: \"Sym(s0)\", b: \"Sym(s1)\", x: \"f32[s0, 4][4, 1]cuda:0\"):\n"
                      "        add: \"Sym(s0 + s1)\" = a + b\n"
                      "        sub: \"Sym(s0 - s1)\" = a - b\n"
                      "        mul: \"Sym(2*s0)\" = a * 2\n"
                      "        floordiv: \"Sym((s0//2))\" = a // 2\n"
                      "        mod: \"Sym(Mod(s0, 3))\" = a % 3\n"
                      "        neg: \"Sym(-s0)\" = -a\n"
                      "        truediv: \"Sym(s0)\" = mul / 2\n"
                      "        pow_1: \"Sym(s0**2)\" = a ** 2\n"
                      "        maximum: \"Sym(Max(s0, s1))\" = torch.sym_max(a, b)\n"
                      "        minimum: \"Sym(Min(s0, s1))\" = torch.sym_min(a, b)\n"
                      "        sum_1: \"Sym(s0 + s1 + 1)\" = torch.sym_sum([a, b, 1])\n"
                      "        item: \"Sym(u0)\" = torch.ops.aten.item.default(x)\n"
                      "        ge: \"Sym(u0 >= 0)\" = item >= 0\n"
                      "        lt: \"Sym(u0 < 10)\" = item < 10\n"
                      "        add_1: \"Sym(u0 + 2)\" = item + 2\n"
                      "        full: \"f32[u0 + 2][1]cpu\" = torch.ops.aten.full.default([add_1], 0, dtype = "
                      "torch.float32, device = device(type='cpu'))\n"
                      "        return (full,)\n");
}

static void test_submodules(void **state)
{
    (void)state;
    check_infer_graph(
        "class GraphModule(torch.nn.Module):\n"
        "    def forward(self, p: \"b8[][]cpu\", x: \"f32[3][1]cpu\"):\n"
        "        yes = self.yes\n"
        "        no = self.no\n"
        "        cond = torch.ops.higher_order.cond(p, yes, no, (x,));  yes = no = None\n"
        "        getitem: \"f64[3][1]cpu\" = cond[0];  cond = None\n"
        "        test = self.test\n"
        "        body = self.body\n"
        "        while_loop = torch.ops.higher_order.while_loop(test, body, (x,), ());  test = body = None\n"
        "        getitem_1: \"f32[3][1]cpu\" = while_loop[0];  while_loop = None\n"
        "        return (getitem, getitem_1)\n"
        "\n"
        "    class yes(torch.nn.Module):\n"
        "        def forward(self, x: \"f32[3][1]cpu\"):\n"
        "            to: \"f64[3][1]cpu\" = torch.ops.aten._to_copy.default(x, dtype = torch.float64)\n"
        "            return (to,)\n"
        "\n"
        "    class no(torch.nn.Module):\n"
        "        def forward(self, x: \"f32[3][1]cpu\"):\n"
        "            to: \"f64[3][1]cpu\" = torch.ops.aten._to_copy.default(x, dtype = torch.float64)\n"
        "            return (to,)\n"
        "\n"
        "    class test(torch.nn.Module):\n"
        "        def forward(self, x: \"f32[3][1]cpu\"):\n"
        "            any_1: \"b8[][]cpu\" = torch.ops.aten.any.default(x)\n"
        "            return any_1\n"
        "\n"
        "    class body(torch.nn.Module):\n"
        "        def forward(self, x: \"f32[3][1]cpu\"):\n"
        "            sin: \"f32[3][1]cpu\" = torch.ops.aten.sin.default(x)\n"
        "            return (sin,)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_operators_on_tensors),
        cmocka_unit_test(test_size_arithmetic),
        cmocka_unit_test(test_submodules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
