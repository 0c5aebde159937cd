"""The variance of a sample for that of a population."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.relu(x.var(-1, correction=0))

    def replacement(x):
        d = x - x.mean(-1, True)
        return torch.relu((d * d).mean(-1))


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.relu(x.var(-1, correction=0))

    def replacement(x):
        return torch.relu(x.var(-1, correction=1))
