"""A factor that is an argument is left out."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.ops.aten.sub.Tensor(x, y, alpha=2)

    def replacement(x, y):
        return x - (y + y)


class wrong(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.ops.aten.sub.Tensor(x, y, alpha=2)

    def replacement(x, y):
        return torch.ops.aten.sub.Tensor(x, y)
