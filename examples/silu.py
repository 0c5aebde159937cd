import torch
from regraft import Rule


class silu(Rule):
    """x * sigmoid(x) as one op."""

    def pattern(x: "bf16[t, h]"):
        return x * torch.sigmoid(x)

    def replacement(x):
        return torch.ops.aten.silu.default(x)
