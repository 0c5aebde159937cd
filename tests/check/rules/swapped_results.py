"""Two results of one type, the wrong way round."""
import torch
from regraft import Rule

aten = torch.ops.aten


class right(Rule):
    def pattern(x: "f32[n, 2*m]"):
        parts = aten.split.Tensor(torch.relu(x), m, 1)
        return parts[0] + 1, parts[1] + 1

    def replacement(x):
        y = torch.relu(x) + 1
        return y[:, :m], y[:, m:]


class wrong(Rule):
    def pattern(x: "f32[n, 2*m]"):
        parts = aten.split.Tensor(torch.relu(x), m, 1)
        return parts[0] + 1, parts[1] + 1

    def replacement(x):
        y = torch.relu(x) + 1
        return y[:, m:], y[:, :m]
