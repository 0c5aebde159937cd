"""Attention as PyTorch's Inductor looks for it, at the sizes that it traces its patterns with.

`tests/unit/test_attention.c` compares the traces of these patterns with PyTorch's own. Heads stand before the sequence
in inputs named BHLE below, after it in BSHD.
"""

import math

import torch
import torch.nn.functional as F
from regraft import Rule


def swap(x):
    return x.permute(0, 2, 1, 3)


def scores(query, key):
    return torch.matmul(query, key.transpose(-2, -1))


def attend(query, key, value, mask=None, scale=1.0):
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=0.0, is_causal=False, scale=scale)


class divided(Rule):
    """BHLE, scores divided by a number."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]", inv_scale: "float"):
        return scores(query, key).div(inv_scale).softmax(dim=-1).matmul(value)

    def replacement(query, key, value, inv_scale):
        return attend(query, key, value, scale=1.0 / inv_scale)


class multiplied(Rule):
    """BHLE, scores multiplied by a number."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]", scale: "float"):
        return F.dropout(scores(query, key).mul(scale).softmax(dim=-1), 0.0).matmul(value)

    def replacement(query, key, value, scale):
        return attend(query, key, value, scale=scale)


class masked(Rule):
    """BHLE, divided by the root of the head size, with an additive mask."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]", mask: "T[1, 1, 8, 8]"):
        weights = torch.softmax(query @ key.mT / math.sqrt(query.size(-1)) + mask, dim=-1)
        return torch.dropout(weights, 0.0, True) @ value

    def replacement(query, key, value, mask):
        return attend(query, key, value, mask, 1.0 / math.sqrt(query.size(-1)))


class computed_in_f32(Rule):
    """BSHD, softmax in f32, weights in f16."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]"):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k) / math.sqrt(q.size(-1))
        weights = F.dropout(torch.softmax(weights.float(), dim=-1), 0.0).to(torch.float16)
        return weights @ v

    def replacement(query, key, value):
        return attend(swap(query), swap(key), swap(value), scale=1.0 / math.sqrt(query.size(-1)))


class query_scaled_in_f32(Rule):
    """BSHD, the query scaled, softmax in f32, weights in f16."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]"):
        q, k, v = swap(query), swap(key), swap(value)
        q = q / math.sqrt(q.size(-1))
        return (q @ k.transpose(-2, -1)).to(torch.float32).softmax(dim=-1).to(torch.float16) @ v

    def replacement(query, key, value):
        return attend(swap(query), swap(key), swap(value), scale=1.0 / math.sqrt(query.size(-1)))


class bshd_divided(Rule):
    """BSHD, scores divided by a number."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]", inv_scale: "float"):
        q, k, v = swap(query), swap(key), swap(value)
        return scores(q, k).div(inv_scale).softmax(dim=-1).matmul(v)

    def replacement(query, key, value, inv_scale):
        return attend(query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2), scale=1.0 / inv_scale)


class products(Rule):
    """Batch and heads in one dimension, no scale."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[1024, 128, 128]", key: "T[1024, 128, 128]", value: "T[1024, 128, 128]"):
        return torch.bmm(F.dropout(torch.bmm(query, key.transpose(1, 2)).softmax(dim=-1), p=0.0), value)

    def replacement(query, key, value):
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0)).squeeze(0)


class bshd_masked(Rule):
    """BSHD, divided by a number, with an additive mask of the same dtype or of f32."""

    T = (torch.float32, torch.float16)
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]",
        key: "T[BATCH, 4, 8, 16]",
        value: "T[BATCH, 4, 8, 16]",
        mask: "T[BATCH, 1, 1, 4]",
        inv_scale: "float",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return (scores(q, k).div(inv_scale) + mask).softmax(dim=-1).to(query.dtype).matmul(v)

    def replacement(query, key, value, mask, inv_scale):
        return attend(swap(query), swap(key), swap(value), mask.to(query.dtype), 1.0 / inv_scale)


class bshd_masked_in_f32(bshd_masked):
    """BSHD in f16, the mask in f32, which makes the softmax one in f32."""

    T = torch.float16

    def pattern(
        query: "f16[BATCH, 4, 8, 16]",
        key: "f16[BATCH, 4, 8, 16]",
        value: "f16[BATCH, 4, 8, 16]",
        mask: "f32[BATCH, 1, 1, 4]",
        inv_scale: "float",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return (scores(q, k).div(inv_scale) + mask).softmax(dim=-1).to(query.dtype).matmul(v)


def padding(mask, like):
    return mask.view(like.size(0), 1, 1, like.size(-1)).expand_as(like)


class padded(Rule):
    """BSHD, divided by a number, padding by a mask of zeros and ones."""

    T = (torch.float32, torch.float16)

    def pattern(
        query: "T[2, 4, 8, 16]",
        key: "T[2, 4, 8, 16]",
        value: "T[2, 4, 8, 16]",
        mask: "T[2, 4]",
        inv_scale: "float",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k) / inv_scale
        fill = torch.full((), float("-inf"), dtype=query.dtype, device=query.device)
        return torch.masked_fill(weights, padding(mask == 0, weights), fill).softmax(dim=-1) @ v

    def replacement(query, key, value, mask, inv_scale):
        q, k = swap(query), swap(key)
        visible = (mask == 1).view(q.size(0), 1, 1, k.size(2)).expand(q.size(0), q.size(1), q.size(2), k.size(2))
        return attend(q, k, swap(value), visible, 1.0 / inv_scale)


class padded_query_scaled(Rule):
    """BSHD, the query scaled, padding by a mask of zeros and ones."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]", mask: "T[2, 4]"):
        q, k, v = swap(query), swap(key), swap(value)
        q = q.div(math.sqrt(q.size(-1)))
        weights = q @ k.transpose(-2, -1)
        fill = torch.full((), float("-inf"), dtype=query.dtype, device=query.device)
        return weights.masked_fill(padding(mask == 0, weights), fill).softmax(dim=-1) @ v

    def replacement(query, key, value, mask):
        q, k = swap(query), swap(key)
        visible = (mask == 1).view(q.size(0), 1, 1, k.size(2)).expand(q.size(0), q.size(1), q.size(2), k.size(2))
        return attend(q, k, swap(value), visible, 1.0 / math.sqrt(q.size(-1)))


def constant(number, like):
    return torch.full((), number, dtype=like.dtype, device=like.device)


class causal(Rule):
    """BSHD, divided by a tensor, a causal mask; keys and values are results too."""

    T = (torch.float32, torch.float16)
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]",
        key: "T[BATCH, 4, 8, 16]",
        value: "T[BATCH, 4, 8, 16]",
        mask: "b8[BATCH, 1, 1, 4]",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k)
        weights = weights / constant(v.size(-1) ** 0.5, weights)
        weights = torch.where(mask, weights, constant(torch.finfo(weights.dtype).min, weights))
        return (F.dropout(weights.softmax(dim=-1), 0.0).matmul(v), k, v)

    def replacement(query, key, value, mask):
        q, k, v = swap(query), swap(key), swap(value)
        return attend(q, k, v, mask, 1.0 / math.sqrt(q.size(-1))), k, v


class causal_and_masked(Rule):
    """BHLE, divided by a tensor, a causal and an additive mask."""

    T = (torch.float32, torch.float16)

    def pattern(
        query: "T[2, 4, 8, 16]",
        key: "T[2, 4, 8, 16]",
        value: "T[2, 4, 8, 16]",
        causal: "b8[1, 1, 8, 8]",
        mask: "f32[1, 1, 8, 8]",
    ):
        weights = scores(query, key)
        weights = weights / constant(value.size(-1) ** 0.5, weights)
        weights = torch.where(causal, weights, constant(torch.finfo(weights.dtype).min, weights)) + mask
        return F.dropout(weights.softmax(dim=-1).type(value.dtype), 0.0).matmul(value)

    def replacement(query, key, value, causal, mask):
        fill = torch.full((), float("-inf"), dtype=query.dtype, device=query.device)
        return attend(query, key, value, torch.where(causal, mask, fill), 1.0 / math.sqrt(query.size(-1)))


class unscaled(Rule):
    """BSHD, no scale, an additive mask in f32, softmax in f32."""

    T = (torch.float32, torch.float16)
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]",
        key: "T[BATCH, 4, 8, 16]",
        value: "T[BATCH, 4, 8, 16]",
        mask: "f32[BATCH, 1, 1, 4]",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = (scores(q, k) + mask).to(query.dtype)
        return weights.float().softmax(dim=-1).type_as(weights).matmul(v)

    def replacement(query, key, value, mask):
        return attend(swap(query), swap(key), swap(value), mask.to(query.dtype))


class unscaled_three_results(unscaled):
    """The same, keys and values results too."""

    def pattern(
        query: "T[BATCH, 4, 8, 16]",
        key: "T[BATCH, 4, 8, 16]",
        value: "T[BATCH, 4, 8, 16]",
        mask: "f32[BATCH, 1, 1, 4]",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = (scores(q, k) + mask).to(query.dtype)
        return weights.float().softmax(dim=-1).type_as(weights).matmul(v), k, v

    def replacement(query, key, value, mask):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v, mask.to(query.dtype)), k, v


class unmasked_three_results(Rule):
    """The same without a mask."""

    T = (torch.float32, torch.float16)
    BATCH = (2, 1)

    def pattern(query: "T[BATCH, 4, 8, 16]", key: "T[BATCH, 4, 8, 16]", value: "T[BATCH, 4, 8, 16]"):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k).float().to(query.dtype)
        return weights.float().softmax(dim=-1).type_as(weights).matmul(v), k, v

    def replacement(query, key, value):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v), k, v


class flattened(Rule):
    """BHLE viewed as three dimensions, no scale, an additive mask in f32."""

    T = (torch.float32, torch.float16)

    def pattern(query: "T[2, 4, 8, 16]", key: "T[2, 4, 8, 16]", value: "T[2, 4, 8, 16]", mask: "f32[1, 1, 8, 8]"):
        b, h, l, e = query.shape
        q, k, v = query.view(b * h, -1, e), key.reshape(b * h, -1, e), value.reshape(b * h, -1, e)
        weights = torch.bmm(q, k.transpose(1, 2)).view(b, h, l, -1) + mask
        weights = F.softmax(weights.view(b * h, l, -1), dim=-1).to(query.dtype)
        return torch.bmm(F.dropout(weights, p=0.0), v).view(b, h, l, e)

    def replacement(query, key, value, mask):
        return attend(query, key, value, mask.to(query.dtype))


def raised_weights(scores):
    return F.softmax(scores.float(), dim=-1).type_as(scores)


class raised(Rule):
    """BSHD in f16, no scale, an additive mask in f16, softmax in f32."""

    BATCH = (2, 1)

    def pattern(
        query: "f16[BATCH, 4, 8, 16]",
        key: "f16[BATCH, 4, 8, 16]",
        value: "f16[BATCH, 4, 8, 16]",
        mask: "f16[BATCH, 1, 1, 4]",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return raised_weights(scores(q, k) + mask) @ v

    def replacement(query, key, value, mask):
        return attend(swap(query), swap(key), swap(value), mask)


class raised_three_results(raised):
    """The same, keys and values results too."""

    def pattern(
        query: "f16[BATCH, 4, 8, 16]",
        key: "f16[BATCH, 4, 8, 16]",
        value: "f16[BATCH, 4, 8, 16]",
        mask: "f16[BATCH, 1, 1, 4]",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return raised_weights(scores(q, k) + mask) @ v, k, v

    def replacement(query, key, value, mask):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v, mask), k, v


class raised_unmasked(raised):
    """The same without a mask."""

    def pattern(query: "f16[BATCH, 4, 8, 16]", key: "f16[BATCH, 4, 8, 16]", value: "f16[BATCH, 4, 8, 16]"):
        q, k, v = swap(query), swap(key), swap(value)
        return raised_weights(scores(q, k)) @ v, k, v

    def replacement(query, key, value):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v), k, v
