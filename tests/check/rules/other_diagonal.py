"""A triangle without its diagonal."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.exp(torch.ops.aten.tril.default(x))

    def replacement(x):
        return torch.exp(x - torch.ops.aten.triu.default(x, 1))


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.exp(torch.ops.aten.tril.default(x))

    def replacement(x):
        return torch.exp(torch.ops.aten.tril.default(x, -1))
