"""SiLU of the wrong half."""
import torch
import torch.nn.functional as F
from regraft import Rule


class right(Rule):
    def pattern(x: "f16[n, 2*m]"):
        return F.silu(x[:, :m]) * x[:, m:]

    def replacement(x):
        return x[:, m:] * F.silu(x[:, :m])


class wrong(Rule):
    def pattern(x: "f16[n, 2*m]"):
        return F.silu(x[:, :m]) * x[:, m:]

    def replacement(x):
        return x[:, :m] * F.silu(x[:, m:])
