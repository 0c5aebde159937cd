"""Hidden scores become 0 instead of minus infinity."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]", hidden: "b8[n, m]"):
        return torch.softmax(x.masked_fill(hidden, float("-inf")), -1)

    def replacement(x, hidden):
        lowest = torch.full((), float("-inf"), dtype=torch.float32, device=x.device)
        return torch.softmax(torch.where(hidden, lowest, x), -1)


class wrong(Rule):
    def pattern(x: "f32[n, m]", hidden: "b8[n, m]"):
        return torch.softmax(x.masked_fill(hidden, float("-inf")), -1)

    def replacement(x, hidden):
        return torch.softmax(x.masked_fill(hidden, 0.0), -1)
