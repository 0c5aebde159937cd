"""Parts joined along another dimension."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(xs: "list[f32[n, n]]"):
        return torch.cat([torch.relu(x) for x in xs], 1).sum(1)

    def replacement(xs):
        return torch.relu(torch.cat(xs, 1)).sum(1)


class wrong(Rule):
    def pattern(xs: "list[f32[n, n]]"):
        return torch.cat([torch.relu(x) for x in xs], 1).sum(1)

    def replacement(xs):
        return torch.relu(torch.cat(xs, 0)).sum(0)
