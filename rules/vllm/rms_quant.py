"""RMSNorm, with or without residual, followed by FP8 quantisation: vLLM's RMSNormQuantFusionPass.

Static (one scale for the tensor), per token, and per group of 128 or 64 columns. The norms are vLLM's IR ops, which stand
for both the custom op and its native form. Only these two epsilons are fused, as in vLLM.
"""
import torch
from regraft import Rule, auto_functionalized
from .parts import DTYPES, EPSILONS, FP8, add_rms_norm, in_model_dtype, quantize_group, quantize_static_custom, \
    quantize_token, rms_norm


def norm_quant_token(input, weight, residual, epsilon):
    x = in_model_dtype(input)
    result = torch.empty_like(x, dtype=FP8)
    scale = torch.empty([x.shape[0], 1], dtype=torch.float32, device=x.device)
    return auto_functionalized(
        torch.ops._C.rms_norm_dynamic_per_token_quant.default, result=result, input=x, weight=weight, scale=scale,
        epsilon=epsilon, scale_ub=None, residual=residual)


def norm_quant_group(input, weight, residual, scale, epsilon, group_size, transposed):
    x = in_model_dtype(input)
    result = torch.empty_like(x, dtype=FP8)
    return auto_functionalized(
        torch.ops._C.rms_norm_per_block_quant.default, result=result, input=x, weight=weight, scale=scale,
        epsilon=epsilon, scale_ub=None, residual=residual, group_size=group_size, is_scale_transposed=transposed)


class add_rms_norm_static(Rule):
    """Residual add, RMSNorm and static quantisation become one op."""

    epsilon = EPSILONS

    def pattern(input: "_[..., h]", weight: "_[h]", residual: "_[..., h]", scale: "Tensor"):
        normed, residual_out = add_rms_norm(input, residual, weight, epsilon)
        return quantize_static_custom(normed, scale), residual_out

    def replacement(input, weight, residual, scale):
        x = in_model_dtype(input)
        fused = auto_functionalized(
            torch.ops._C.fused_add_rms_norm_static_fp8_quant.default, result=torch.empty_like(x, dtype=FP8), input=x,
            residual=residual, weight=weight, scale=scale, epsilon=epsilon)
        return fused[1], fused[2]


class rms_norm_static(Rule):
    """RMSNorm and static quantisation become one op; input and weight must have one dtype."""

    epsilon = EPSILONS
    T = DTYPES

    def pattern(input: "T[..., h]", weight: "T[h]", scale: "Tensor"):
        return quantize_static_custom(rms_norm(input, weight, epsilon), scale)

    def replacement(input, weight, scale):
        result = torch.empty(input.shape, dtype=FP8, device=input.device)
        return auto_functionalized(
            torch.ops._C.rms_norm_static_fp8_quant.default, result=result, input=input, weight=weight, scale=scale,
            epsilon=epsilon)[1]


class add_rms_norm_token(Rule):
    """Residual add, RMSNorm and per-token quantisation become one op."""

    epsilon = EPSILONS

    def pattern(input: "_[t, h]", weight: "_[h]", residual: "_[t, h]"):
        normed, residual_out = add_rms_norm(input, residual, weight, epsilon)
        quantized, scale = quantize_token(normed)
        return quantized, residual_out, scale

    def replacement(input, weight, residual):
        fused = norm_quant_token(input, weight, residual, epsilon)
        return fused[1], fused[3], fused[2]


class rms_norm_token(Rule):
    """RMSNorm and per-token quantisation become one op; input and weight must have one dtype."""

    epsilon = EPSILONS
    T = DTYPES

    def pattern(input: "T[t, h]", weight: "T[h]"):
        return quantize_token(rms_norm(input, weight, epsilon))

    def replacement(input, weight):
        fused = norm_quant_token(input, weight, None, epsilon)
        return fused[1], fused[2]


class add_rms_norm_group(Rule):
    """Residual add, RMSNorm and group quantisation become one op; the caller's scale buffer is kept."""

    epsilon = EPSILONS
    group_size = (128, 64)
    transposed = (True, False)
    ue8m0 = (True, False)
    tma_aligned = (False, True)

    def pattern(input: "_[t, h]", weight: "_[h]", residual: "_[t, h]", scale: "Tensor"):
        normed, residual_out = add_rms_norm(input, residual, weight, epsilon)
        quantized, scale_out = quantize_group(normed, scale, group_size, ue8m0, transposed, tma_aligned)
        return quantized, residual_out, scale_out

    def replacement(input, weight, residual, scale):
        fused = norm_quant_group(input, weight, residual, scale, epsilon, group_size, transposed)
        return fused[1], fused[3], fused[2]


class rms_norm_group(Rule):
    """RMSNorm and group quantisation become one op; the caller's scale buffer is kept."""

    epsilon = EPSILONS
    group_size = (128, 64)
    transposed = (True, False)
    ue8m0 = (True, False)
    tma_aligned = (False, True)
    T = DTYPES

    def pattern(input: "T[t, h]", weight: "T[h]", scale: "Tensor"):
        normed = rms_norm(input, weight, epsilon)
        return quantize_group(normed, scale, group_size, ue8m0, transposed, tma_aligned)

    def replacement(input, weight, scale):
        fused = norm_quant_group(input, weight, None, scale, epsilon, group_size, transposed)
        return fused[1], fused[2]
