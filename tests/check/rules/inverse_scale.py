"""Scores are divided by the scale."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(q: "f32[b, l, e]", k: "f32[b, s, e]", scale: "float"):
        return torch.softmax(torch.bmm(q, k.transpose(1, 2)) * scale, -1)

    def replacement(q, k, scale):
        return torch.softmax(scale * torch.bmm(q, k.transpose(1, 2)), -1)


class wrong(Rule):
    def pattern(q: "f32[b, l, e]", k: "f32[b, s, e]", scale: "float"):
        return torch.softmax(torch.bmm(q, k.transpose(1, 2)) * scale, -1)

    def replacement(q, k, scale):
        return torch.softmax(torch.bmm(q, k.transpose(1, 2)) / scale, -1)
