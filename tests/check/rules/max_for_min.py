"""The lower bound in the place of the upper one."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n]", y: "f32[n]"):
        return torch.minimum(torch.relu(x), y)

    def replacement(x, y):
        return torch.minimum(y, torch.relu(x))


class wrong(Rule):
    def pattern(x: "f32[n]", y: "f32[n]"):
        return torch.minimum(torch.relu(x), y)

    def replacement(x, y):
        return torch.maximum(torch.relu(x), y)
