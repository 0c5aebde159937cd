"""SiLU-and-multiply followed by FP8 quantisation: vLLM's ActivationQuantFusionPass.

Static, and per group of 128 or 64 columns. Unlike the norm fusions, the group form ignores the scale buffer it finds and
allocates one of its own.
"""
import torch
from regraft import Rule, auto_functionalized, config

FP8 = config.get("fp8_dtype", torch.float8_e4m3fn)
FP8_MAX = 448.0 if FP8 == torch.float8_e4m3fn else 224.0
DTYPES = (torch.bfloat16, torch.float16, torch.float32)


def silu_and_mul(x):
    result = torch.empty(x.shape[:-1] + [x.shape[-1] // 2], dtype=x.dtype, device=x.device)
    return auto_functionalized(torch.ops._C.silu_and_mul.default, result=result, input=x)[1]


def allocate_scales(rows, groups, transposed, device):
    shape = [groups, rows] if transposed else [rows, groups]
    scales = torch.empty(shape, dtype=torch.float32, device=device)
    return scales.permute(-1, -2) if transposed else scales


class silu_mul_static(Rule):
    """SiLU-and-multiply and static quantisation become one op."""

    T = DTYPES

    def pattern(input: "T[..., d2]", scale: "Tensor"):
        x = silu_and_mul(input)
        result = torch.empty(x.shape, dtype=FP8, device=x.device)
        return auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=result, input=x, scale=scale)[1]

    def replacement(input, scale):
        result = torch.empty(input.shape[:-1] + [input.shape[-1] // 2], dtype=FP8, device=input.device)
        return auto_functionalized(torch.ops._C.silu_and_mul_quant.default, result=result, input=input, scale=scale)[1]


class silu_mul_group(Rule):
    """SiLU-and-multiply and group quantisation become one op with a scale buffer of its own."""

    group_size = (128, 64)
    transposed = (False, True)
    ue8m0 = (True, False)
    tma_aligned = (False, True)
    T = DTYPES
    dropped = ["scale"]

    def pattern(input: "T[t, d2]", scale: "Tensor"):
        x = silu_and_mul(input)
        result = torch.empty(x.shape, dtype=FP8, device=x.device)
        quantized = auto_functionalized(
            torch.ops._C.per_token_group_fp8_quant.default, input=x, output_q=result, output_s=scale,
            group_size=group_size, eps=1e-10, fp8_min=-FP8_MAX, fp8_max=FP8_MAX, scale_ue8m0=ue8m0,
            dummy_is_scale_transposed=transposed, dummy_is_tma_aligned=tma_aligned)
        return quantized[1], quantized[2]

    def replacement(input, scale):
        rows, width = input.shape[0], input.shape[-1] // 2
        result = torch.empty([rows, width], dtype=FP8, device=input.device)
        scales = allocate_scales(rows, width // group_size, transposed, input.device)
        fused = auto_functionalized(
            torch.ops._C.silu_and_mul_per_block_quant.default, out=result, input=input, scales=scales,
            group_size=group_size, scale_ub=None, is_scale_transposed=transposed)
        return fused[1], fused[2]
