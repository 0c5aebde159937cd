"""SiLU-and-multiply followed by quantisation: vLLM's ActivationQuantFusionPass.

FP8 with one static scale, FP8 per group of 128 or 64 columns, and FP4. vLLM's group form ignores the scale buffer that it
finds and allocates one of its own, so a reader that wants padded scales (TMA) does not get them; here, with `compatible`
only.
"""
import torch
from regraft import Rule, auto_functionalized
from .parts import DTYPES, FP4_IS_BUILT, FP8, GROUP_SCALES, HALVES, IS_COMPATIBLE, ONE_SCALE, SILU_FORMS, STATIC_FORMS, \
    UE8M0, allocate, quantize_fp4, quantize_group, quantize_static, silu_and_mul


def allocate_scales(rows, groups, transposed, like):
    scales = allocate([groups, rows] if transposed else [rows, groups], torch.float32, like)
    return scales.permute(-1, -2) if transposed else scales


class silu_mul_static(Rule):
    """SiLU-and-multiply and static quantisation become one op."""

    silu = SILU_FORMS
    form = STATIC_FORMS
    SCALE = ONE_SCALE
    T = DTYPES

    def pattern(input: "T[t, 2*d]", scale: SCALE):
        return quantize_static(silu_and_mul(input, silu), scale, form)

    def replacement(input, scale):
        result = allocate([t, d], FP8, input)
        return auto_functionalized(torch.ops._C.silu_and_mul_quant.default, result=result, input=input, scale=scale)[1]


class silu_mul_group(Rule):
    """SiLU-and-multiply and group quantisation become one op."""

    differs = GROUP_SCALES
    silu = SILU_FORMS
    group_size = (128, 64)
    transposed = (False, True)
    ue8m0 = UE8M0
    tma_aligned = (False, True)
    T = DTYPES
    dropped = ["scale"] if IS_COMPATIBLE else []

    def pattern(input: "T[t, 2*d]", scale: "f32[t, d // group_size]"):
        return quantize_group(silu_and_mul(input, silu), scale, group_size, ue8m0, transposed, tma_aligned)

    def replacement(input, scale):
        result = allocate([t, d], FP8, input)
        scales = allocate_scales(t, d // group_size, transposed, input) if IS_COMPATIBLE else scale
        fused = auto_functionalized(
            torch.ops._C.silu_and_mul_per_block_quant.default, out=result, input=input, scales=scales,
            group_size=group_size, scale_ub=None, is_scale_transposed=transposed)
        return fused[1], fused[2]


class silu_mul_fp4(Rule):
    """SiLU-and-multiply and FP4 quantisation become one op, into the same buffers."""

    silu = SILU_FORMS
    T = HALVES
    enabled = FP4_IS_BUILT

    def pattern(result: "u8[t, d // 2]", block_scale: "i32[r, c]", input: "T[t, 2*d]", scale: "Tensor"):
        return quantize_fp4(silu_and_mul(input, silu), result, block_scale, scale)

    def replacement(result, block_scale, input, scale):
        fused = auto_functionalized(
            torch.ops._C.silu_and_mul_nvfp4_quant.default, result=result, result_block_scale=block_scale, input=input,
            input_global_scale=scale)
        return fused[1], fused[2]
