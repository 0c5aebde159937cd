"""GELU by a sigmoid, which is near to it."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.ops.aten.gelu.default(x)

    def replacement(x):
        return 0.5 * x * (1.0 + torch.erf(x * 0.7071067811865476))


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.ops.aten.gelu.default(x)

    def replacement(x):
        return x * torch.sigmoid(1.702 * x)
