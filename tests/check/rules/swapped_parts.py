"""Parts are joined in another order."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.cat([x, y], -1).relu()

    def replacement(x, y):
        return torch.cat([x.relu(), y.relu()], -1)


class wrong(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.cat([x, y], -1).relu()

    def replacement(x, y):
        return torch.cat([y, x], -1).relu()
