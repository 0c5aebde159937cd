"""An epsilon of another size: 1e-05 instead of 1e-06."""
import torch
from regraft import Rule


def norm(x, eps):
    y = x.to(torch.float32)
    return y * torch.rsqrt(y.pow(2).mean(-1, True) + eps)


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return norm(x, 1e-06)

    def replacement(x):
        return x / torch.sqrt((x * x).mean(-1, True) + 1e-06)


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return norm(x, 1e-06)

    def replacement(x):
        return norm(x, 1e-05)
