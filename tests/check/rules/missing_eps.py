"""The epsilon of a norm is left out."""
import torch
from regraft import Rule


def norm(x, eps):
    y = x.to(torch.float32)
    return y * torch.rsqrt(y.pow(2).mean(-1, True) + eps)


class right(Rule):
    def pattern(x: "bf16[n, m]", w: "bf16[m]", eps: "float"):
        return norm(x, eps).to(torch.bfloat16) * w

    def replacement(x, w, eps):
        y = x.float()
        variance = (y * y).mean(1, True)
        return (y * torch.rsqrt(variance + eps)).to(x.dtype) * w


class wrong(Rule):
    def pattern(x: "bf16[n, m]", w: "bf16[m]", eps: "float"):
        return norm(x, eps).to(torch.bfloat16) * w

    def replacement(x, w, eps):
        return norm(x, 0.0 * eps).to(torch.bfloat16) * w
