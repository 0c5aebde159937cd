"""A bias counts twice."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, k]", w: "f32[k, m]", c: "f32[m]"):
        return torch.mm(x, w) + c

    def replacement(x, w, c):
        return torch.ops.aten.addmm.default(c, x, w)


class wrong(Rule):
    def pattern(x: "f32[n, k]", w: "f32[k, m]", c: "f32[m]"):
        return torch.mm(x, w) + c

    def replacement(x, w, c):
        return torch.ops.aten.addmm.default(c, x, w, beta=2.0)
