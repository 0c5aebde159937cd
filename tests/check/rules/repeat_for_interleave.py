"""Heads are repeated all together instead of one by one."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[b, h, l]"):
        return x.unsqueeze(2).expand(b, h, 2, l).reshape(b, 2 * h, l).exp()

    def replacement(x):
        return x.exp().unsqueeze(2).expand(b, h, 2, l).reshape(b, 2 * h, l)


class wrong(Rule):
    def pattern(x: "f32[b, h, l]"):
        return x.unsqueeze(2).expand(b, h, 2, l).reshape(b, 2 * h, l).exp()

    def replacement(x):
        return x.unsqueeze(1).expand(b, 2, h, l).reshape(b, 2 * h, l).exp()
