"""Normalised along the other dimension."""
import torch
from regraft import Rule

aten = torch.ops.aten


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.softmax(x, 1)

    def replacement(x):
        return aten._softmax.default(x, -1, False)


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.softmax(x, 1)

    def replacement(x):
        return torch.softmax(x, 0)
