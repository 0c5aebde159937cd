"""A difference the wrong way round."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.exp(x - y)

    def replacement(x, y):
        return torch.exp(-(y - x))


class wrong(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.exp(x - y)

    def replacement(x, y):
        return torch.exp(y - x)
