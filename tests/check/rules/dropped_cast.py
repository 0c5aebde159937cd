"""Computed in bf16 where the pattern computes in f32."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "bf16[n, m]", y: "bf16[n, m]", z: "bf16[n, m]"):
        return (x.float() * y.float() + z.float()).to(torch.bfloat16)

    def replacement(x, y, z):
        return (z.float() + y.float() * x.float()).to(torch.bfloat16)


class wrong(Rule):
    def pattern(x: "bf16[n, m]", y: "bf16[n, m]", z: "bf16[n, m]"):
        return (x.float() * y.float() + z.float()).to(torch.bfloat16)

    def replacement(x, y, z):
        return x * y + z
