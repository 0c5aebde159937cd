"""Divided by a scale where it is multiplied by it."""
import torch
from regraft import Rule, auto_functionalized


class right(Rule):
    def pattern(x: "bf16[n, m]", scale: "f32[1]"):
        return (x.float() * scale.reciprocal()).clamp(-448.0, 448.0).to(torch.float8_e4m3fn)

    def replacement(x, scale):
        out = torch.empty(x.shape, dtype=torch.float8_e4m3fn, device=x.device)
        return auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=out, input=x, scale=scale)[1]


class wrong(Rule):
    def pattern(x: "bf16[n, m]", scale: "f32[1]"):
        return (x.float() * scale.reciprocal()).clamp(-448.0, 448.0).to(torch.float8_e4m3fn)

    def replacement(x, scale):
        return (x.float() * scale).clamp(-448.0, 448.0).to(torch.float8_e4m3fn)
