"""Attention that is written out, as products of matrices with a softmax between them, becomes one op.

The patterns are those of Inductor's fuse_attention (all 28, without dropout, as inference has them) and what models
write besides: scores multiplied by a number, or a scaled query, together with a mask. Queries, keys and values are
taken as they go into the products, heads before the sequence, so permutations before that stay where they are and
whoever else reads them does not matter. Numbers in the descriptions are those of Inductor's patterns.

Everything that decides what is computed is compared: dims, permutations, casts, fill values, and a scale must be a
number. What the op does differently is what it also does in Inductor's replacement: the softmax is as precise as the
backend makes it, a mask is converted to the query's dtype, and a row whose positions are all hidden by a finite number
is not spread evenly.
"""

import torch
import torch.nn.functional as F
from regraft import Rule

DTYPES = (torch.float32, torch.float16, torch.bfloat16)
HALVES = (torch.float16, torch.bfloat16)


def convert(x, dtype):
    return torch.ops.prims.convert_element_type.default(x, dtype)


def fold(x):
    """Batch and heads in one dimension, as in a matmul, with what stands there for its sake: expand and clone.

    Neither changes anything, so graphs without them match too; where they are, they go.
    """
    x = torch.ops.aten.expand.default(x, x.shape)
    return flatten(torch.ops.aten.clone.default(x, memory_format=torch.contiguous_format))


def flatten(x):
    return torch.ops.aten.view.default(x, [x.shape[0] * x.shape[1], x.shape[2], x.shape[3]])


def multiply(query, key):
    scores = torch.ops.aten.bmm.default(fold(query), fold(key.transpose(-2, -1)))
    return torch.ops.aten.view.default(scores, [query.shape[0], query.shape[1], query.shape[2], key.shape[2]])


def weigh(weights, query, key, value):
    b, h, l, e = query.shape
    weights = torch.ops.aten.expand.default(weights, [b, h, l, key.shape[2]])
    weights = torch.ops.aten.view.default(weights, [b * h, l, key.shape[2]])
    result = torch.ops.aten.bmm.default(weights, fold(value))
    return torch.ops.aten.view.default(result, [b, h, l, value.shape[3]])


def scaled(x, scale, divided):
    return x / scale if divided else x * scale


def softmax(x, dim):
    """Written as ops, because the type of scores with a mask added is not known: that of the mask is not.

    Therefore `dim` counts from the front; from the end it could not be compared.
    """
    powers = torch.ops.aten.exp.default(torch.ops.aten.sub.Tensor(x, torch.ops.aten.amax.default(x, [dim], True)))
    return torch.ops.aten.div.Tensor(powers, torch.ops.aten.sum.dim_IntList(powers, [dim], True))


def softmax_in_f32(x, dim, dtype):
    return softmax(x, dim) if dtype == torch.float32 else convert(softmax(convert(x, torch.float32), dim), dtype)


def softmax_of_rounded(x, dim, dtype):
    """The scores are in f32, because the mask is, and rounded first."""
    return convert(softmax(convert(convert(x, dtype), torch.float32), dim), dtype)


def add(scores, mask):
    return torch.ops.aten.add.Tensor(scores, mask)


def number(value, like):
    return torch.full((), value, dtype=like.dtype, device=like.device)


def lowest(like, finite):
    return number(torch.finfo(like.dtype).min if finite else float("-inf"), like)


def padding(positions, query, key):
    """One bool for each key of each sequence, for all heads and queries."""
    b, h, l, e = query.shape
    positions = torch.ops.aten.view.default(positions, [b, 1, 1, key.shape[2]])
    return torch.ops.aten.expand.default(positions, [b, h, l, key.shape[2]])


def hide_padding(scores, mask, query, key, finite):
    hidden = padding(torch.ops.aten.eq.Scalar(mask, 0), query, key)
    return torch.ops.aten.where.self(hidden, lowest(query, finite), scores)


def choose(scores, visible, finite):
    return torch.ops.aten.where.self(visible, scores, lowest(scores, finite))


def spread(mask, query, key):
    return torch.ops.aten.expand.default(mask, [query.shape[0], query.shape[1], query.shape[2], key.shape[2]])


def attend(query, key, value, mask=None, scale=1.0):
    return F.scaled_dot_product_attention(
        query, key, value, attn_mask=mask, dropout_p=0.0, is_causal=False, scale=scale)


def attend_masked(query, key, value, mask, scale=1.0):
    return attend(query, key, value, spread(convert(mask, query.dtype), query, key), scale)


def attend_visible(query, key, value, visible, scale=1.0):
    return attend(query, key, value, spread(convert(visible, torch.bool), query, key), scale)


def attend_padded(query, key, value, mask, scale=1.0):
    return attend(query, key, value, padding(torch.ops.aten.ne.Scalar(mask, 0), query, key), scale)


class Attention(Rule):
    keep_noops = True  # the copies of `fold`: what is known of memory here is not what made them necessary
    T = DTYPES
    DIM = 3  # of the keys, in the scores

    def weights(x):
        return softmax_in_f32(x, DIM, T)


class plain(Attention):
    """Scores as they are (23, 27)."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]"):
        return weigh(weights(multiply(query, key)), query, key, value)

    def replacement(query, key, value):
        return attend(query, key, value)


class scale(Attention):
    """Scores divided or multiplied by a number (1 to 4, 7, 8, 11, 12, 28)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", scale: "float"):
        return weigh(weights(scaled(multiply(query, key), scale, DIVIDED)), query, key, value)

    def replacement(query, key, value, scale):
        return attend(query, key, value, None, 1.0 / scale if DIVIDED else scale)


class scaled_query(Attention):
    """The query divided or multiplied by a number (9, 10)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        return weigh(weights(multiply(scaled_query, key)), query, key, value)

    def replacement(query, key, value, scale):
        return attend(query, key, value, None, 1.0 / scale if DIVIDED else scale)


class mask(Attention):
    """A mask is added to the scores (21, 22, 25, 26)."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor"):
        return weigh(weights(add(multiply(query, key), mask)), query, key, value)

    def replacement(query, key, value, mask):
        return attend_masked(query, key, value, mask)


class mask_in_f32(mask):
    """The same, where a mask in f32 makes the softmax one in f32."""

    T = HALVES

    def weights(x):
        return convert(softmax(x, DIM), T)


class mask_rounded(mask):
    """The same, where scores in f32 are rounded before the softmax."""

    T = HALVES

    def weights(x):
        return softmax_of_rounded(x, DIM, T)


class scale_mask(Attention):
    """Scores divided or multiplied by a number, and a mask added (5, 6, 14, 16)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scores = scaled(multiply(query, key), scale, DIVIDED)
        return weigh(weights(add(scores, mask)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_masked(query, key, value, mask, 1.0 / scale if DIVIDED else scale)


class scale_mask_in_f32(scale_mask):
    """The same, where a mask in f32 makes the softmax one in f32."""

    T = HALVES

    def weights(x):
        return convert(softmax(x, DIM), T)


class scale_mask_rounded(scale_mask):
    """The same, where scores in f32 are rounded before the softmax."""

    T = HALVES

    def weights(x):
        return softmax_of_rounded(x, DIM, T)


class scaled_query_mask(Attention):
    """The query divided or multiplied by a number, and a mask added."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        return weigh(weights(add(multiply(scaled_query, key), mask)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_masked(query, key, value, mask, 1.0 / scale if DIVIDED else scale)


class scaled_query_mask_in_f32(scaled_query_mask):
    """The same, where a mask in f32 makes the softmax one in f32."""

    T = HALVES

    def weights(x):
        return convert(softmax(x, DIM), T)


class scaled_query_mask_rounded(scaled_query_mask):
    """The same, where scores in f32 are rounded before the softmax."""

    T = HALVES

    def weights(x):
        return softmax_of_rounded(x, DIM, T)


class padding_mask(Attention):
    """Keys are hidden where a mask is 0."""

    FINITE = (False, True)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor"):
        scores = multiply(query, key)
        return weigh(weights(hide_padding(scores, mask, query, key, FINITE)), query, key, value)

    def replacement(query, key, value, mask):
        return attend_padded(query, key, value, mask)


class scale_padding_mask(Attention):
    """Scores divided or multiplied by a number, and keys hidden where a mask is 0 (15, 17)."""

    DIVIDED = (True, False)
    FINITE = (False, True)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scores = scaled(multiply(query, key), scale, DIVIDED)
        return weigh(weights(hide_padding(scores, mask, query, key, FINITE)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_padded(query, key, value, mask, 1.0 / scale if DIVIDED else scale)


class scaled_query_padding_mask(Attention):
    """The query divided or multiplied by a number, and keys hidden where a mask is 0 (20)."""

    DIVIDED = (True, False)
    FINITE = (False, True)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        scores = multiply(scaled_query, key)
        return weigh(weights(hide_padding(scores, mask, query, key, FINITE)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_padded(query, key, value, mask, 1.0 / scale if DIVIDED else scale)


class scale_choice(Attention):
    """Scores divided by a number that is a tensor of its own, and chosen by a mask of bools (18)."""

    FINITE = (False, True)

    def pattern(
        query: "T[b, h, l, e]",
        key: "T[b, h, s, e]",
        value: "T[b, h, s, d]",
        visible: "Tensor",
        scale: "float",
    ):
        scores = multiply(query, key)
        scores = scores / number(scale, scores)
        return weigh(weights(choose(scores, visible, FINITE)), query, key, value)

    def replacement(query, key, value, visible, scale):
        return attend_visible(query, key, value, visible, 1.0 / scale)


class scale_choice_mask(Attention):
    """The same, and a mask is added (19)."""

    FINITE = (False, True)

    def pattern(
        query: "T[b, h, l, e]",
        key: "T[b, h, s, e]",
        value: "T[b, h, s, d]",
        visible: "Tensor",
        mask: "Tensor",
        scale: "float",
    ):
        scores = multiply(query, key)
        scores = choose(scores / number(scale, scores), visible, FINITE)
        return weigh(weights(add(scores, mask)), query, key, value)

    def replacement(query, key, value, visible, mask, scale):
        mask = torch.ops.aten.where.self(visible, convert(mask, T), lowest(query, False))
        return attend(query, key, value, spread(mask, query, key), 1.0 / scale)


class scale_choice_mask_in_f32(scale_choice_mask):
    """The same, where a mask in f32 makes the softmax one in f32."""

    T = HALVES

    def weights(x):
        return convert(softmax(x, DIM), T)


class products(Attention):
    """Batch and heads are one dimension (13)."""

    DIM = 2

    def pattern(query: "T[n, l, e]", key: "T[n, s, e]", value: "T[n, s, d]"):
        scores = torch.bmm(query, key.transpose(1, 2))
        return torch.bmm(weights(scores), value)

    def replacement(query, key, value):
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0)).squeeze(0)


class flat_mask(Attention):
    """Batch and heads become one dimension for the products and the softmax; a mask is added (24)."""

    DIM = 2

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor"):
        query_rows, key_rows, value_rows = flatten(query), flatten(key), flatten(value)
        scores = torch.bmm(query_rows, key_rows.transpose(1, 2))
        scores = add(torch.ops.aten.view.default(scores, [b, h, l, s]), mask)
        result = torch.bmm(weights(torch.ops.aten.view.default(scores, [b * h, l, s])), value_rows)
        return torch.ops.aten.view.default(result, [b, h, l, d])

    def replacement(query, key, value, mask):
        return attend_masked(query, key, value, mask)


class flat_mask_in_f32(flat_mask):
    """The same, where a mask in f32 makes the softmax one in f32."""

    T = HALVES

    def weights(x):
        return convert(softmax(x, DIM), T)
