"""The norm is taken before the residual is added."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "bf16[n, m]", r: "bf16[n, m]"):
        y = x + r
        return torch.rsqrt(y.float().pow(2).mean(-1, True) + 1e-06), y

    def replacement(x, r):
        y = r + x
        z = y.float()
        return torch.rsqrt((z * z).mean(-1, True) + 1e-06), y


class wrong(Rule):
    def pattern(x: "bf16[n, m]", r: "bf16[n, m]"):
        y = x + r
        return torch.rsqrt(y.float().pow(2).mean(-1, True) + 1e-06), y

    def replacement(x, r):
        y = x + r
        return torch.rsqrt(x.float().pow(2).mean(-1, True) + 1e-06), y
