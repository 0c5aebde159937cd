"""Another number is written to an input."""
import torch
from regraft import Rule

aten = torch.ops.aten


class right(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return aten.add_.Tensor(x, torch.relu(y))

    def replacement(x, y):
        return aten.copy_.default(x, x + torch.relu(y))


class wrong(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return aten.add_.Tensor(x, torch.relu(y))

    def replacement(x, y):
        written = aten.copy_.default(x, torch.relu(y))
        return written
