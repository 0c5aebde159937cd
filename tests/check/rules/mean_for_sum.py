"""A mean where the pattern sums."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "bf16[n, m]"):
        return torch.relu(x.sum(1))

    def replacement(x):
        return torch.relu(x.float().sum(1).to(torch.bfloat16))


class wrong(Rule):
    def pattern(x: "bf16[n, m]"):
        return torch.relu(x.sum(1))

    def replacement(x):
        return torch.relu(x.mean(1))
