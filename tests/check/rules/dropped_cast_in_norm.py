"""A norm of f16 without the casts."""
import torch
from regraft import Rule


def norm(x, eps):
    y = x.to(torch.float32)
    return y * torch.rsqrt(y.pow(2).mean(-1, True) + eps)


class right(Rule):
    def pattern(x: "f16[n, m]", w: "f16[m]"):
        return norm(x, 1e-05).to(torch.float16) * w

    def replacement(x, w):
        y = x.float()
        return w * (torch.rsqrt(1e-05 + (y * y).mean(-1, True)) * y).to(torch.float16)


class wrong(Rule):
    def pattern(x: "f16[n, m]", w: "f16[m]"):
        return norm(x, 1e-05).to(torch.float16) * w

    def replacement(x, w):
        return x * torch.rsqrt(x.pow(2).mean(-1, True) + 1e-05) * w
