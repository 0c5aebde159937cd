"""A rounding to bf16 in between is left out."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.relu(x).to(torch.bfloat16).to(torch.float32) * y

    def replacement(x, y):
        return y * torch.relu(x.to(torch.bfloat16)).to(torch.float32)


class wrong(Rule):
    def pattern(x: "f32[n, m]", y: "f32[n, m]"):
        return torch.relu(x).to(torch.bfloat16).to(torch.float32) * y

    def replacement(x, y):
        return torch.relu(x) * y
