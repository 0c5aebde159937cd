"""Attention as PyTorch's Inductor looks for it, at the sizes that it traces its patterns with: those with dropout.

For inference PyTorch traces them with the probability 0, and most become one of `attention.py`; a rule file may not say
the same twice, so they are in a file of their own. The docstring there says how to read both.
"""

import math

import torch
import torch.nn.functional as F
from regraft import Rule

NO_DROPOUT = 0.0
DTYPES = (torch.float32, torch.float16)


def swap(x):
    return x.permute(0, 2, 1, 3)


def scores(query, key):
    return torch.matmul(query, key.transpose(-2, -1))


def attend(query, key, value, mask=None, scale=1.0):
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=0.0, scale=scale)


def drop(weights):
    return F.dropout(weights, p=NO_DROPOUT)


class attention_3(Rule):
    """BHLE, scores divided."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        return drop(scores(query, key).div(inv_scale).softmax(dim=-1)).matmul(value)

    def replacement(query, key, value, inv_scale):
        return attend(query / inv_scale, key, value)


class attention_4(Rule):
    """BHLE, scores multiplied."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        scale: "T[]cuda:0",
    ):
        return drop(scores(query, key).mul(scale).softmax(dim=-1)).matmul(value)

    def replacement(query, key, value, scale):
        return attend(query * scale, key, value)


class attention_6(Rule):
    """BHLE, divided by the root of the head size, with an additive mask."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        mask: "T[1, 1, 8, 8]cuda:0",
    ):
        weights = torch.softmax(query @ key.mT / math.sqrt(query.size(-1)) + mask, dim=-1)
        return torch.dropout(weights, NO_DROPOUT, True) @ value

    def replacement(query, key, value, mask):
        return attend(query, key, value, mask, 1.0 / math.sqrt(query.size(-1)))


class attention_7(Rule):
    """BSHD, divided by the root of the head size, softmax in f32, weights in f16."""

    T = DTYPES

    def pattern(query: "T[2, 4, 8, 16]cuda:0", key: "T[2, 4, 8, 16]cuda:0", value: "T[2, 4, 8, 16]cuda:0"):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k) / math.sqrt(q.size(-1))
        return drop(torch.softmax(weights.float(), dim=-1)).to(torch.float16) @ v

    def replacement(query, key, value):
        return attend(swap(query), swap(key), swap(value), scale=1.0 / math.sqrt(query.size(-1)))


class attention_9(Rule):
    """BSHD, the query divided by the root of the head size, softmax in f32, weights in f16."""

    T = DTYPES

    def pattern(query: "T[2, 4, 8, 16]cuda:0", key: "T[2, 4, 8, 16]cuda:0", value: "T[2, 4, 8, 16]cuda:0"):
        q, k, v = swap(query), swap(key), swap(value)
        q = q / math.sqrt(q.size(-1))
        return drop((q @ k.transpose(-2, -1)).to(torch.float32).softmax(dim=-1)).to(torch.float16) @ v

    def replacement(query, key, value):
        return attend(swap(query), swap(key), swap(value), scale=1.0 / math.sqrt(query.size(-1)))


class attention_12(Rule):
    """BSHD, scores divided."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return drop(scores(q, k).div(inv_scale).softmax(dim=-1)).matmul(v)

    def replacement(query, key, value, inv_scale):
        return attend((query / inv_scale).transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2))


class attention_13(Rule):
    """Batch and heads in one dimension, no scale."""

    T = DTYPES

    def pattern(query: "T[1024, 128, 128]cuda:0", key: "T[1024, 128, 128]cuda:0", value: "T[1024, 128, 128]cuda:0"):
        return torch.bmm(drop(torch.bmm(query, key.transpose(1, 2)).softmax(dim=-1)), value)

    def replacement(query, key, value):
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0)).squeeze(0)


class attention_16(Rule):
    """BSHD, divided, with an additive mask."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]cuda:0",
        key: "T[BATCH, 4, 8, 16]cuda:0",
        value: "T[BATCH, 4, 8, 16]cuda:0",
        mask: "T[BATCH, 1, 1, 4]cuda:0",
        inv_scale: "T[]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = drop((scores(q, k).div(inv_scale) + mask).softmax(dim=-1))
        return weights.to(query.dtype).matmul(v)

    def replacement(query, key, value, mask, inv_scale):
        return attend(swap(query / inv_scale), swap(key), swap(value), mask.to(query.dtype))


class attention_16_mask_in_f32(attention_16):
    """The same in f16 with a mask in f32, which makes the softmax one in f32."""

    T = torch.float16

    def pattern(
        query: "f16[BATCH, 4, 8, 16]cuda:0",
        key: "f16[BATCH, 4, 8, 16]cuda:0",
        value: "f16[BATCH, 4, 8, 16]cuda:0",
        mask: "f32[BATCH, 1, 1, 4]cuda:0",
        inv_scale: "f16[]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = drop((scores(q, k).div(inv_scale) + mask).softmax(dim=-1))
        return weights.to(query.dtype).matmul(v)


def padding(mask, like):
    return mask.view(like.size(0), 1, 1, like.size(-1)).expand_as(like)


def lowest(x):
    return torch.full((), float("-inf"), dtype=x.dtype, device=x.device)


class attention_17(Rule):
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
        weights = torch.masked_fill(weights, padding(mask == 0, weights), fill)
        return drop(weights.softmax(dim=-1)) @ v

    def replacement(query, key, value, mask, inv_scale):
        q, k = swap(query / inv_scale), swap(key)
        return attend(q, k, swap(value), padding(mask == 1, scores(q, k)))


def constant(number, like):
    return torch.full((), number, dtype=like.dtype, device=like.device)


def hide(visible, weights):
    return torch.where(visible, weights, constant(torch.finfo(weights.dtype).min, weights))


class attention_18(Rule):
    """BSHD, divided by a tensor, a causal mask; keys and values are results too."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]cuda:0",
        key: "T[BATCH, 4, 8, 16]cuda:0",
        value: "T[BATCH, 4, 8, 16]cuda:0",
        mask: "b8[BATCH, 1, 1, 4]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        weights = scores(q, k)
        weights = hide(mask, weights / constant(v.size(-1) ** 0.5, weights))
        return drop(weights.softmax(dim=-1)).matmul(v), k, v

    def replacement(query, key, value, mask):
        q, k, v = swap(query), swap(key), swap(value)
        return attend(q, k, v, mask, 1.0 / math.sqrt(query.size(-1))), k, v


class attention_19(Rule):
    """BHLE, divided by a tensor, a causal and an additive mask."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        causal: "b8[1, 1, 8, 8]cuda:0",
        mask: "f32[1, 1, 8, 8]cuda:0",
    ):
        weights = scores(query, key)
        weights = hide(causal, weights / constant(value.size(-1) ** 0.5, weights)) + mask
        return drop(weights.softmax(dim=-1).type(value.dtype)).matmul(value)

    def replacement(query, key, value, causal, mask):
        return attend(query, key, value, torch.where(causal, mask, lowest(query)), 1.0 / math.sqrt(query.size(-1)))


class attention_20(Rule):
    """BSHD, the query divided by the root of the head size, padding by a mask of zeros and ones."""

    T = DTYPES

    def pattern(
        query: "T[2, 4, 8, 16]cuda:0",
        key: "T[2, 4, 8, 16]cuda:0",
        value: "T[2, 4, 8, 16]cuda:0",
        mask: "T[2, 4]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        q = q.div(math.sqrt(q.size(-1)))
        weights = q @ k.transpose(-2, -1)
        fill = lowest(query)
        weights = weights.masked_fill(padding(mask == 0, weights), fill)
        return drop(weights.softmax(dim=-1)) @ v

    def replacement(query, key, value, mask):
        q, k = swap(query), swap(key)
        return attend(q, k, swap(value), padding(mask == 1, scores(q, k)), 1.0 / math.sqrt(query.size(-1)))


def softmax_in_f32(weights):
    return drop(F.softmax(weights.float(), dim=-1).type_as(weights))


class attention_25(Rule):
    """BSHD, no scale, an additive mask, softmax in f32."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]cuda:0",
        key: "T[BATCH, 4, 8, 16]cuda:0",
        value: "T[BATCH, 4, 8, 16]cuda:0",
        mask: "T[BATCH, 1, 1, 4]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return softmax_in_f32(scores(q, k) + mask) @ v

    def replacement(query, key, value, mask):
        return attend(swap(query), swap(key), swap(value), mask)


class attention_26(Rule):
    """BSHD, no scale, an additive mask, softmax in f32; keys and values are results too."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(
        query: "T[BATCH, 4, 8, 16]cuda:0",
        key: "T[BATCH, 4, 8, 16]cuda:0",
        value: "T[BATCH, 4, 8, 16]cuda:0",
        mask: "T[BATCH, 1, 1, 4]cuda:0",
    ):
        q, k, v = swap(query), swap(key), swap(value)
        return softmax_in_f32(scores(q, k) + mask) @ v, k, v

    def replacement(query, key, value, mask):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v, mask), k, v


class attention_27(Rule):
    """BSHD, no scale, no mask, softmax in f32; keys and values are results too."""

    T = DTYPES
    BATCH = (2, 1)

    def pattern(query: "T[BATCH, 4, 8, 16]cuda:0", key: "T[BATCH, 4, 8, 16]cuda:0", value: "T[BATCH, 4, 8, 16]cuda:0"):
        q, k, v = swap(query), swap(key), swap(value)
        return softmax_in_f32(scores(q, k)) @ v, k, v

    def replacement(query, key, value):
        k, v = swap(key), swap(value)
        return attend(swap(query), k, v), k, v
