"""A clamp that only large values meet."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.tanh(x).to(torch.float32) + x.clamp(-100.0, 100.0)

    def replacement(x):
        return torch.minimum(x.clamp(min=-100.0), torch.full((), 100.0, device=x.device)) + torch.tanh(x)


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return torch.tanh(x).to(torch.float32) + x.clamp(-100.0, 100.0)

    def replacement(x):
        return torch.tanh(x) + x
