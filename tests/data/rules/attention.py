"""Attention as PyTorch's Inductor looks for it, at the sizes that it traces its patterns with: those without dropout.

`tests/unit/test_attention.c` compares the traces of these patterns with PyTorch's own, type by type; the number in the
name of a rule is that of PyTorch's pattern. A scale is a tensor here because PyTorch traces it as one. Heads stand
before the sequence in inputs called BHLE, after it in those called BSHD.
"""

import math

import torch
import torch.nn.functional as F
from regraft import Rule

DTYPES = (torch.float32, torch.float16)


def swap(x):
    return x.permute(0, 2, 1, 3)


def scores(query, key):
    return torch.matmul(query, key.transpose(-2, -1))


def attend(query, key, value, mask=None, scale=1.0):
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=0.0, scale=scale)


class attention_1(Rule):
    """BHLE, scores divided."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        return scores(query, key).div(inv_scale).softmax(dim=-1).matmul(value)

    def replacement(query, key, value, inv_scale):
        return attend(query / inv_scale, key, value)


class attention_2(Rule):
    """BHLE, scores multiplied."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        scale: "T[]cuda:0",
    ):
        return scores(query, key).mul(scale).softmax(dim=-1).matmul(value)

    def replacement(query, key, value, scale):
        return attend(query * scale, key, value)


class attention_5(Rule):
    """BHLE, divided by the root of the head size, with an additive mask."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        mask: "T[1, 1, 8, 8]cuda:0",
    ):
        weights = torch.softmax(query @ key.mT / math.sqrt(query.size(-1)) + mask, dim=-1)
        return weights @ value

    def replacement(query, key, value, mask):
        return attend(query, key, value, mask, 1.0 / math.sqrt(query.size(-1)))


class attention_8(Rule):
    """BSHD, divided by the root of the head size, softmax in f32, weights in f16."""

    T = DTYPES

    def pattern(query: "T[2, 4, 8, 16]cuda:0", key: "T[2, 4, 8, 16]cuda:0", value: "T[2, 4, 8, 16]cuda:0"):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k) / math.sqrt(q.size(-1))
        return torch.softmax(weights.float(), dim=-1).to(torch.float16) @ v

    def replacement(query, key, value):
        return attend(swap(query), swap(key), swap(value), scale=1.0 / math.sqrt(query.size(-1)))


class attention_10(Rule):
    """BSHD, the query divided by the root of the head size, softmax in f32, weights in f16."""

    T = DTYPES

    def pattern(query: "T[2, 4, 8, 16]cuda:0", key: "T[2, 4, 8, 16]cuda:0", value: "T[2, 4, 8, 16]cuda:0"):
        q, k, v = swap(query), swap(key), swap(value)
        q = q / math.sqrt(q.size(-1))
        return (q @ k.transpose(-2, -1)).to(torch.float32).softmax(dim=-1).to(torch.float16) @ v

    def replacement(query, key, value):
        return attend(swap(query), swap(key), swap(value), scale=1.0 / math.sqrt(query.size(-1)))


class attention_11(Rule):
    """BSHD, scores divided."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return scores(q, k).div(inv_scale).softmax(dim=-1).matmul(v)

    def replacement(query, key, value, inv_scale):
        return attend((query / inv_scale).transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2))


class attention_14(Rule):
    """BSHD, divided, with an additive mask."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        mask: "T[2, 1, 1, 4]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return (scores(q, k).div(inv_scale) + mask).softmax(dim=-1).matmul(v)

    def replacement(query, key, value, mask, inv_scale):
        return attend(swap(query / inv_scale), swap(key), swap(value), mask)


def padding(mask, like):
    return mask.view(like.size(0), 1, 1, like.size(-1)).expand_as(like)


def lowest(x):
    return torch.full((), float("-inf"), dtype=x.dtype, device=x.device)


class attention_15(Rule):
    """BSHD, divided, padding by a mask of zeros and ones."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        mask: "T[2, 4]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k) / inv_scale
        fill = lowest(query)
        return torch.masked_fill(weights, padding(mask == 0, weights), fill).softmax(dim=-1) @ v

    def replacement(query, key, value, mask, inv_scale):
        q, k = swap(query / inv_scale), swap(key)
        return attend(q, k, swap(value), padding(mask == 1, scores(q, k)))


class attention_21(Rule):
    """BSHD, no scale, an additive mask in f32, softmax in f32."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]cuda:0",
        key: "T[BATCH, 4, 8, 16]cuda:0",
        value: "T[BATCH, 4, 8, 16]cuda:0",
        mask: "f32[BATCH, 1, 1, 4]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = (scores(q, k) + mask).to(query.dtype)
        return weights.float().softmax(dim=-1).type_as(weights).matmul(v)

    def replacement(query, key, value, mask):
        return attend(swap(query), swap(key), swap(value), mask.to(query.dtype))


class attention_22(Rule):
    """BSHD, no scale, an additive mask in f32, softmax in f32; keys and values are results too."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]cuda:0",
        key: "T[BATCH, 4, 8, 16]cuda:0",
        value: "T[BATCH, 4, 8, 16]cuda:0",
        mask: "f32[BATCH, 1, 1, 4]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = (scores(q, k) + mask).to(query.dtype)
        return weights.float().softmax(dim=-1).type_as(weights).matmul(v), k, v

    def replacement(query, key, value, mask):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v, mask.to(query.dtype)), k, v


class attention_23(Rule):
    """BSHD, no scale, no mask, softmax in f32; keys and values are results too."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(query: "T[BATCH, 4, 8, 16]cuda:0", key: "T[BATCH, 4, 8, 16]cuda:0", value: "T[BATCH, 4, 8, 16]cuda:0"):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k).float().to(query.dtype)
        return weights.float().softmax(dim=-1).type_as(weights).matmul(v), k, v

    def replacement(query, key, value):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v), k, v


class attention_24(Rule):
    """BHLE viewed as three dimensions, no scale, an additive mask in f32."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        mask: "f32[1, 1, 8, 8]cuda:0",
    ):
        b, h, l, e = query.shape
        q, k, v = query.view(b * h, -1, e), key.reshape(b * h, -1, e), value.reshape(b * h, -1, e)
        weights = torch.bmm(q, k.transpose(1, 2)).view(b, h, l, -1) + mask
        weights = F.softmax(weights.view(b * h, l, -1), dim=-1).to(query.dtype)
        return torch.bmm(weights, v).view(b, h, l, e)

    def replacement(query, key, value, mask):
        return attend(query, key, value, mask.to(query.dtype))
