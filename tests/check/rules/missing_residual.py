"""The residual is not added to what is normalised, only handed on."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "bf16[n, m]", residual: "bf16[n, m]", w: "bf16[m]"):
        total = x + residual
        return torch.ops.vllm_ir.rms_norm.default(total, w, 1e-05), total

    def replacement(x, residual, w):
        total = residual + x
        return torch.ops.vllm_ir.rms_norm.default(total, w, 1e-05), total


class wrong(Rule):
    def pattern(x: "bf16[n, m]", residual: "bf16[n, m]", w: "bf16[m]"):
        total = x + residual
        return torch.ops.vllm_ir.rms_norm.default(total, w, 1e-05), total

    def replacement(x, residual, w):
        return torch.ops.vllm_ir.rms_norm.default(x, w, 1e-05), x + residual
