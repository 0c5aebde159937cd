"""All-reduce, RMSNorm and quantisation in one call of FlashInfer: vLLM's AllReduceFusionPass.

The fused op adds a residual, normalises, and may quantise. Without a residual it is given zeros; then the norm has a
buffer of its own, and what the op leaves in the all-reduce's buffer is the all-reduced value itself.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import FP4_IS_BUILT, FP8, MODEL_DTYPES, NORM_WEIGHT, ONE_SCALE, STATIC_FORMS, WORLD_SIZE, add_rms_norm, \
    all_reduce, is_fused, quantize_fp4, quantize_static, rms_norm

FUSED = torch.ops.vllm.flashinfer_trtllm_fused_allreduce_norm.default
CAPABILITY = config.get("device_capability", None)
LIMIT = config.get("allreduce_fusion_max_token_num", None)
# Where nothing is known of the machine its limit is not either, and that of the batch is taken.
MAX_TOKENS = config.get("max_num_batched_tokens", None) if LIMIT is None and CAPABILITY is None else LIMIT
IS_POSSIBLE = WORLD_SIZE > 1 and MAX_TOKENS is not None and config.get("flashinfer", True)
FP4_IS_WANTED = FP4_IS_BUILT and CAPABILITY is not None and CAPABILITY >= 100
NORM, NORM_FP8, NORM_FP4 = 1, 2, 3


def fuse(x, residual, weight, epsilon, code, norm_out=None, quant_out=None, scale_out=None, scale=None):
    return auto_functionalized(
        FUSED, allreduce_in=x, residual=residual, rms_gamma=weight, rms_eps=epsilon, world_size=WORLD_SIZE,
        launch_with_pdl=True, fp32_acc=True, max_token_num=MAX_TOKENS, pattern_code=code, norm_out=norm_out,
        quant_out=quant_out, scale_out=scale_out, scale_factor=scale)


class AllReduce(Rule):
    T = MODEL_DTYPES
    WEIGHT = NORM_WEIGHT
    enabled = IS_POSSIBLE

    def check(epsilon):
        return is_fused(epsilon)


class allreduce_norm(AllReduce):
    """All-reduce and RMSNorm."""

    def pattern(input: "T[t, h]", weight: WEIGHT, epsilon: "float"):
        reduced = all_reduce(input)
        return rms_norm(reduced, weight, epsilon), reduced

    def replacement(input, weight, epsilon):
        fused = fuse(input, torch.zeros_like(input), weight, epsilon, NORM, norm_out=torch.empty_like(input))
        return fused[3], fused[1]


class allreduce_add_norm(AllReduce):
    """All-reduce, residual add and RMSNorm."""

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: WEIGHT, epsilon: "float"):
        return add_rms_norm(all_reduce(input), residual, weight, epsilon)

    def replacement(residual, input, weight, epsilon):
        fused = fuse(input, residual, weight, epsilon, NORM)
        return fused[1], fused[2]


class allreduce_add_norm_last(AllReduce):
    """All-reduce, residual add and RMSNorm at the end of a model, where nobody takes the residual."""

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: WEIGHT, epsilon: "float"):
        return add_rms_norm(all_reduce(input), residual, weight, epsilon)[0]

    def replacement(residual, input, weight, epsilon):
        return fuse(input, residual, weight, epsilon, NORM)[1]


class allreduce_norm_fp8(AllReduce):
    """All-reduce, RMSNorm and static quantisation."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(input: "T[t, h]", weight: WEIGHT, scale: SCALE, epsilon: "float"):
        reduced = all_reduce(input)
        return quantize_static(rms_norm(reduced, weight, epsilon), scale, form), reduced

    def replacement(input, weight, scale, epsilon):
        fused = fuse(input, torch.zeros_like(input), weight, epsilon, NORM_FP8, norm_out=torch.empty_like(input),
                     quant_out=torch.empty_like(input, dtype=FP8), scale=scale)
        return fused[4], fused[1]


class allreduce_add_norm_fp8(AllReduce):
    """All-reduce, residual add, RMSNorm and static quantisation."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: WEIGHT, scale: SCALE, epsilon: "float"):
        normed, residual_out = add_rms_norm(all_reduce(input), residual, weight, epsilon)
        return quantize_static(normed, scale, form), residual_out

    def replacement(residual, input, weight, scale, epsilon):
        fused = fuse(input, residual, weight, epsilon, NORM_FP8, quant_out=torch.empty_like(input, dtype=FP8),
                     scale=scale)
        return fused[4], fused[2]


class allreduce_norm_fp4(AllReduce):
    """All-reduce, RMSNorm and FP4 quantisation."""

    enabled = IS_POSSIBLE and FP4_IS_WANTED

    def pattern(input: "T[t, h]", result: "u8[t, p]", weight: WEIGHT, scale: "Tensor", block_scale: "i32[r, c]",
                epsilon: "float"):
        reduced = all_reduce(input)
        quantized, scales = quantize_fp4(rms_norm(reduced, weight, epsilon), result, block_scale, scale)
        return quantized, reduced, scales

    def replacement(input, result, weight, scale, block_scale, epsilon):
        fused = fuse(input, torch.zeros_like(input), weight, epsilon, NORM_FP4, norm_out=torch.empty_like(input),
                     quant_out=result, scale_out=block_scale, scale=scale)
        return fused[4], fused[1], fused[5]


class allreduce_add_norm_fp4(AllReduce):
    """All-reduce, residual add, RMSNorm and FP4 quantisation."""

    enabled = IS_POSSIBLE and FP4_IS_WANTED

    def pattern(result: "u8[t, p]", residual: "T[t, h]", input: "T[t, h]", block_scale: "i32[r, c]", weight: WEIGHT,
                scale: "Tensor", epsilon: "float"):
        normed, residual_out = add_rms_norm(all_reduce(input), residual, weight, epsilon)
        quantized, scales = quantize_fp4(normed, result, block_scale, scale)
        return quantized, residual_out, scales

    def replacement(result, residual, input, block_scale, weight, scale, epsilon):
        fused = fuse(input, residual, weight, epsilon, NORM_FP4, quant_out=result, scale_out=block_scale, scale=scale)
        return fused[4], fused[2], fused[5]
