"""A product with a matrix that was to be turned."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, n]", y: "f32[n, n]"):
        return torch.mm(x, y.t())

    def replacement(x, y):
        return torch.mm(y, x.t()).t()


class wrong(Rule):
    def pattern(x: "f32[n, n]", y: "f32[n, n]"):
        return torch.mm(x, y.t())

    def replacement(x, y):
        return torch.mm(x, y)
