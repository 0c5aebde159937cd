"""RMSNorm, with or without residual, followed by FP8 quantisation: vLLM's RMSNormQuantFusionPass.

Static (one scale for the tensor), per token, and per group of 128 or 64 columns. The norms are vLLM's IR ops, which stand
for both the custom op and its native form; quantisation is found in either form too.
"""
import torch
from regraft import Rule, auto_functionalized
from .parts import DTYPES, FP8, GROUP_SCALES, IS_COMPATIBLE, ONE_SCALE, STATIC_FORMS, TOKEN_FORMS, UE8M0, \
    add_rms_norm, in_model_dtype, is_fused, quantize_group, quantize_static, quantize_token, rms_norm

# The kernels want a weight of the input's dtype; vLLM does not look at it behind a residual.
WEIGHT_BEHIND_RESIDUAL = "_[h]" if IS_COMPATIBLE else "T[h]"


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


class Norm(Rule):
    T = DTYPES

    def check(epsilon):
        return is_fused(epsilon)


class add_rms_norm_static(Norm):
    """Residual add, RMSNorm and static quantisation become one op."""

    WEIGHT = WEIGHT_BEHIND_RESIDUAL
    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(input: "T[t, h]", weight: WEIGHT, residual: "T[t, h]", scale: SCALE, epsilon: "float"):
        normed, residual_out = add_rms_norm(input, residual, weight, epsilon)
        return quantize_static(normed, scale, form), residual_out

    def replacement(input, weight, residual, scale, epsilon):
        x = in_model_dtype(input)
        fused = auto_functionalized(
            torch.ops._C.fused_add_rms_norm_static_fp8_quant.default, result=torch.empty_like(x, dtype=FP8), input=x,
            residual=residual, weight=weight, scale=scale, epsilon=epsilon)
        return fused[1], fused[2]


class rms_norm_static(Norm):
    """RMSNorm and static quantisation become one op; input and weight must have one dtype."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(input: "T[t, h]", weight: "T[h]", scale: SCALE, epsilon: "float"):
        return quantize_static(rms_norm(input, weight, epsilon), scale, form)

    def replacement(input, weight, scale, epsilon):
        result = torch.empty(input.shape, dtype=FP8, device=input.device)
        return auto_functionalized(
            torch.ops._C.rms_norm_static_fp8_quant.default, result=result, input=input, weight=weight, scale=scale,
            epsilon=epsilon)[1]


class add_rms_norm_token(Norm):
    """Residual add, RMSNorm and per-token quantisation become one op."""

    WEIGHT = WEIGHT_BEHIND_RESIDUAL
    form = TOKEN_FORMS

    def pattern(input: "T[t, h]", weight: WEIGHT, residual: "T[t, h]", epsilon: "float"):
        normed, residual_out = add_rms_norm(input, residual, weight, epsilon)
        quantized, scale = quantize_token(normed, form)
        return quantized, residual_out, scale

    def replacement(input, weight, residual, epsilon):
        fused = norm_quant_token(input, weight, residual, epsilon)
        return fused[1], fused[3], fused[2]


class rms_norm_token(Norm):
    """RMSNorm and per-token quantisation become one op; input and weight must have one dtype."""

    form = TOKEN_FORMS

    def pattern(input: "T[t, h]", weight: "T[h]", epsilon: "float"):
        return quantize_token(rms_norm(input, weight, epsilon), form)

    def replacement(input, weight, epsilon):
        fused = norm_quant_token(input, weight, None, epsilon)
        return fused[1], fused[2]


class add_rms_norm_group(Norm):
    """Residual add, RMSNorm and group quantisation become one op; the caller's scale buffer is kept."""

    differs = GROUP_SCALES
    WEIGHT = WEIGHT_BEHIND_RESIDUAL
    group_size = (128, 64)
    transposed = (True, False)
    ue8m0 = UE8M0
    tma_aligned = (False, True)

    def pattern(input: "T[t, h]", weight: WEIGHT, residual: "T[t, h]", scale: "f32[t, h // group_size]", epsilon: "float"):
        normed, residual_out = add_rms_norm(input, residual, weight, epsilon)
        quantized, scale_out = quantize_group(normed, scale, group_size, ue8m0, transposed, tma_aligned)
        return quantized, residual_out, scale_out

    def replacement(input, weight, residual, scale, epsilon):
        fused = norm_quant_group(input, weight, residual, scale, epsilon, group_size, transposed)
        return fused[1], fused[3], fused[2]


class rms_norm_group(Norm):
    """RMSNorm and group quantisation become one op; the caller's scale buffer is kept."""

    differs = GROUP_SCALES
    group_size = (128, 64)
    transposed = (True, False)
    ue8m0 = UE8M0
    tma_aligned = (False, True)

    def pattern(input: "T[t, h]", weight: "T[h]", scale: "f32[t, h // group_size]", epsilon: "float"):
        normed = rms_norm(input, weight, epsilon)
        return quantize_group(normed, scale, group_size, ue8m0, transposed, tma_aligned)

    def replacement(input, weight, scale, epsilon):
        fused = norm_quant_group(input, weight, None, scale, epsilon, group_size, transposed)
        return fused[1], fused[2]
