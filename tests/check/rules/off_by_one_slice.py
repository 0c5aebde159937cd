"""A slice that begins one too early."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.relu(x[:, 1:m]) * 2

    def replacement(x):
        return torch.relu(x)[:, 1:] * 2


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.relu(x[:, 1:m]) * 2

    def replacement(x):
        return torch.relu(x[:, 0:m - 1]) * 2
