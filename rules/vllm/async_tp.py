"""Products of matrices that overlap with the collective beside them, over symmetric memory: vLLM's AsyncTPPass.

They follow sequence parallelism, which leaves a reduce-scatter behind a layer's last product and an all-gather before
its first. The collectives name the group by its unique name, the fused ops by the name of its device group. Quantised
products are those of bf16 models only, since scales for each row give bf16 only; and of scales for blocks the fused ops
know nothing, so that such products are left as they are. vLLM takes CUTLASS's and PyTorch's (compatible).
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import DTYPES, FP8, GROUP, IS_COMPATIBLE, MODEL_DTYPE, WORLD_SIZE, all_gather, reduce_scatter, reshape

DEVICE_GROUP = config.get("tensor_parallel_device_group", "0")
IS_BF16 = MODEL_DTYPE is None or MODEL_DTYPE == torch.bfloat16
BMM_IS_BUILT = "vllm.bmm_fp8" not in config.get("missing_ops", ())


def is_for_rows(scale):
    """One scale, or one for each row or column."""
    return scale.ndim < 2 or scale.shape[0] == 1 or scale.shape[1] == 1


def scaled_mm(a, b, scale_a, scale_b):
    return torch.ops.aten._scaled_mm.default(a, b, scale_a, scale_b, None, None, torch.bfloat16)


def cutlass_scaled_mm(out, a, b, scale_a, scale_b):
    return auto_functionalized(
        torch.ops._C.cutlass_scaled_mm.default, out=out, a=a, b=b, a_scales=scale_a, b_scales=scale_b, bias=None)[1]


def scaled_mm_and_scatter(a, b, scale_a, scale_b):
    return torch.ops.vllm.patched_fused_scaled_matmul_reduce_scatter.default(
        a, b, scale_a, scale_b, "sum", 0, 0, DEVICE_GROUP, [a.shape[0], b.shape[1]], None, None, torch.bfloat16, False)


def gather_and_scaled_mm(x, b, scale_a, scale_b):
    return torch.ops.symm_mem.fused_all_gather_scaled_matmul.default(
        x, [b], scale_a, [scale_b], gather_dim=0, biases=[None], result_scales=[None], out_dtypes=[torch.bfloat16],
        use_fast_accum=[False], group_name=DEVICE_GROUP)[1][0]


class mm_scatter(Rule):
    """A product and the reduce-scatter of it."""

    T = DTYPES
    enabled = WORLD_SIZE > 1

    def pattern(a: "T[m, k]", b: "T[k, n]"):
        return reduce_scatter(torch.ops.aten.mm.default(a, b))

    def replacement(a, b):
        return torch.ops.symm_mem.fused_matmul_reduce_scatter.default(
            a, b, "sum", scatter_dim=0, group_name=DEVICE_GROUP)


class gather_mm(Rule):
    """The product of a gathered value."""

    T = DTYPES
    enabled = WORLD_SIZE > 1

    def pattern(x: "T[m, k]", b: "T[k, n]"):
        return torch.ops.aten.mm.default(all_gather(x), b)

    def replacement(x, b):
        return torch.ops.symm_mem.fused_all_gather_matmul.default(x, [b], gather_dim=0, group_name=DEVICE_GROUP)[1][0]


class Scaled(Rule):
    enabled = WORLD_SIZE > 1 and IS_BF16

    def check(scale_a, scale_b):
        return IS_COMPATIBLE or (is_for_rows(scale_a) and is_for_rows(scale_b))


class bmm_fp8_scatter(Scaled):
    """FlashInfer's FP8 product and the reduce-scatter of it."""

    enabled = WORLD_SIZE > 1 and IS_BF16 and BMM_IS_BUILT

    def pattern(a: "FP8[m, k]", b: "FP8[k, n]", scale_a: "Tensor", scale_b: "Tensor"):
        product = torch.ops.vllm.bmm_fp8.default(
            torch.ops.aten.unsqueeze.default(a, 0), torch.ops.aten.unsqueeze.default(b, 0), scale_a, scale_b,
            torch.bfloat16, "auto")
        return reduce_scatter(reshape(product, [m, n]))

    def replacement(a, b, scale_a, scale_b):
        return torch.ops.vllm.fused_bmm_fp8_reduce_scatter.default(
            a, b, scale_a, scale_b, GROUP, WORLD_SIZE, torch.bfloat16)


class scaled_mm_scatter(Scaled):
    """A quantised product and the reduce-scatter of it."""

    def pattern(a: "FP8[m, k]", b: "FP8[k, n]", scale_a: "Tensor", scale_b: "Tensor"):
        return reduce_scatter(scaled_mm(a, b, scale_a, scale_b))

    def replacement(a, b, scale_a, scale_b):
        return scaled_mm_and_scatter(a, b, scale_a, scale_b)


class gather_scaled_mm(Scaled):
    """The quantised product of a gathered value."""

    def pattern(x: "FP8[m, k]", b: "FP8[k, n]", scale_a: "Tensor", scale_b: "Tensor"):
        return scaled_mm(all_gather(x), b, scale_a, scale_b)

    def replacement(x, b, scale_a, scale_b):
        return gather_and_scaled_mm(x, b, scale_a, scale_b)


class cutlass_scatter(Scaled):
    """CUTLASS's quantised product and the reduce-scatter of it."""

    dropped = ["out"]

    def pattern(a: "FP8[m, k]", b: "FP8[k, n]", scale_a: "Tensor", scale_b: "Tensor", out: "bf16[m, n]"):
        return reduce_scatter(cutlass_scaled_mm(out, a, b, scale_a, scale_b))

    def replacement(a, b, scale_a, scale_b, out):
        return scaled_mm_and_scatter(a, b, scale_a, scale_b)


class gather_cutlass(Scaled):
    """CUTLASS's quantised product of a gathered value."""

    dropped = ["out"]

    def pattern(x: "FP8[m, k]", b: "FP8[k, n]", scale_a: "Tensor", scale_b: "Tensor", out: "bf16[r, n]"):
        return cutlass_scaled_mm(out, all_gather(x), b, scale_a, scale_b)

    def replacement(x, b, scale_a, scale_b, out):
        return gather_and_scaled_mm(x, b, scale_a, scale_b)
