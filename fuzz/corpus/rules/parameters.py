def quantize(x, scale):
    out = torch.empty(x.shape, dtype=torch.float8_e4m3fn, device=x.device)
    result = auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=out, input=x, scale=scale)
    return result[1]


half = torch.float16
FP8 = torch.float8_e4m3fn


class norm_then_quant(Rule):
    """RMSNorm, then FP8 quantisation.

    Parameters multiply: two epsilons, two dtypes.
    """

    epsilon = (1e-05, 1e-06)
    T = (torch.bfloat16, half)
    priority = 2

    def pattern(input: "T[t, h]", weight: "T[h]", scale: "f32[1, 1]"):
        return quantize(torch.ops.vllm_ir.rms_norm.default(input, weight, epsilon), scale)

    def replacement(input, weight, scale):
        result = torch.empty_like(input, dtype=FP8)
        call = auto_functionalized(
            torch.ops._C.rms_norm_static_fp8_quant.default,
            result=result,
            input=input,
            weight=weight,
            scale=scale,
            epsilon=epsilon,
        )
        return call[1]
