"""The approximation by tanh for the exact function."""
import torch
from regraft import Rule

aten = torch.ops.aten


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return aten.gelu.default(x)

    def replacement(x):
        return x * 0.5 * (torch.erf(x * 0.7071067811865476) + 1)


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return aten.gelu.default(x)

    def replacement(x):
        return aten.gelu.default(x, approximate="tanh")
