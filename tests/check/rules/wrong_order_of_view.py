"""A view in the place of a permutation."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m, k]"):
        return torch.relu(x.permute(1, 0, 2))

    def replacement(x):
        return torch.relu(x).transpose(0, 1)


class wrong(Rule):
    def pattern(x: "f32[n, m, k]"):
        return torch.relu(x.permute(1, 0, 2))

    def replacement(x):
        return torch.relu(x.view(m, n, k))
