"""Attention without its scale."""
import torch
import torch.nn.functional as F
from regraft import Rule

aten = torch.ops.aten


class right(Rule):
    def pattern(q: "f32[b, h, l, d]", k: "f32[b, h, s, d]", v: "f32[b, h, s, d]"):
        scores = aten.matmul.default(q, k.transpose(-2, -1)) * 0.25
        return aten.matmul.default(torch.softmax(scores, -1), v)

    def replacement(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, scale=0.25)


class wrong(Rule):
    def pattern(q: "f32[b, h, l, d]", k: "f32[b, h, s, d]", v: "f32[b, h, s, d]"):
        scores = aten.matmul.default(q, k.transpose(-2, -1)) * 0.25
        return aten.matmul.default(torch.softmax(scores, -1), v)

    def replacement(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, scale=1.0)
