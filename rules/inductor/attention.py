"""Attention that is written out, as products of matrices with a softmax between them, becomes one op.

The patterns are those of Inductor's fuse_attention (all 28, without dropout, as inference has them) and what models
write besides: scores multiplied by a number, or a scaled query, together with a mask. Queries, keys and values are
taken as they go into the products, heads before the sequence, so permutations before that stay where they are and
whoever else reads them does not matter. Numbers in the descriptions are those of Inductor's patterns.

What stands between these ops and changes nothing, as expand, clone and a cast to the dtype that is there, does not matter;
nor does the order of operands. Everything that decides what is computed is compared: dims, permutations, casts, fill
values. What the op does differently is what it also does in Inductor's replacement: the softmax is as precise as the
backend makes it, a mask is converted to the query's dtype, and a row whose positions are all hidden by a finite number
is not spread evenly.
"""

import torch
import torch.nn.functional as F
from regraft import Rule

DTYPES = (torch.float32, torch.float16, torch.bfloat16)


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


def factor(scale, divided):
    return 1.0 / scale if divided else scale


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
    keep_noops = True  # those of `fold`, so that they go where they are
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
        return attend(query, key, value, None, factor(scale, DIVIDED))


class scaled_query(Attention):
    """The query divided or multiplied by a number (9, 10)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        return weigh(weights(multiply(scaled_query, key)), query, key, value)

    def replacement(query, key, value, scale):
        return attend(query, key, value, None, factor(scale, DIVIDED))


class Masked(Attention):
    """A mask is added. One in f32 makes the sum f32, and the softmax too unless the sum is rounded first."""

    SUM = ("T", "f32", "rounded")

    def weights(x):
        return convert(softmax(x, DIM), T) if SUM == "f32" else softmax_of_rounded(x, DIM, T) if SUM == "rounded" \
            else softmax_in_f32(x, DIM, T)

    def check():
        return SUM == "T" or T != torch.float32


class mask(Masked):
    """A mask is added to the scores (21, 22, 25, 26)."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor"):
        return weigh(weights(add(multiply(query, key), mask)), query, key, value)

    def replacement(query, key, value, mask):
        return attend_masked(query, key, value, mask)


class scale_mask(Masked):
    """Scores divided or multiplied by a number, and a mask added (5, 6, 14, 16)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scores = scaled(multiply(query, key), scale, DIVIDED)
        return weigh(weights(add(scores, mask)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_masked(query, key, value, mask, factor(scale, DIVIDED))


class scaled_query_mask(Masked):
    """The query divided or multiplied by a number, and a mask added."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        return weigh(weights(add(multiply(scaled_query, key), mask)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_masked(query, key, value, mask, factor(scale, DIVIDED))


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
        return attend_padded(query, key, value, mask, factor(scale, DIVIDED))


class scaled_query_padding_mask(Attention):
    """The query divided or multiplied by a number, and keys hidden where a mask is 0 (20)."""

    DIVIDED = (True, False)
    FINITE = (False, True)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        scores = multiply(scaled_query, key)
        return weigh(weights(hide_padding(scores, mask, query, key, FINITE)), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_padded(query, key, value, mask, factor(scale, DIVIDED))


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


class scale_choice_mask(Masked):
    """The same, and a mask is added (19)."""

    SUM = ("T", "f32")
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


class products(Attention):
    """Batch and heads are one dimension (13)."""

    DIM = 2

    def pattern(query: "T[n, l, e]", key: "T[n, s, e]", value: "T[n, s, d]"):
        scores = torch.bmm(query, key.transpose(1, 2))
        return torch.bmm(weights(scores), value)

    def replacement(query, key, value):
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0)).squeeze(0)


class flat_mask(Masked):
    """Batch and heads become one dimension for the products and the softmax; a mask is added (24)."""

    SUM = ("T", "f32")
    DIM = 2

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor"):
        query_rows, key_rows, value_rows = flatten(query), flatten(key), flatten(value)
        scores = torch.bmm(query_rows, key_rows.transpose(1, 2))
        scores = add(torch.ops.aten.view.default(scores, [b, h, l, s]), mask)
        result = torch.bmm(weights(torch.ops.aten.view.default(scores, [b * h, l, s])), value_rows)
        return torch.ops.aten.view.default(result, [b, h, l, d])

    def replacement(query, key, value, mask):
        return attend_masked(query, key, value, mask)


# What models write besides; the numbers of Inductor's patterns end here.


class two_masks(Attention):
    """Scores divided or multiplied by a number, and a bias and a mask added, one after the other (T5)."""

    DIVIDED = (True, False)

    def pattern(
        query: "T[b, h, l, e]",
        key: "T[b, h, s, e]",
        value: "T[b, h, s, d]",
        bias: "Tensor",
        mask: "Tensor",
        scale: "float",
    ):
        scores = add(scaled(multiply(query, key), scale, DIVIDED), bias)
        return weigh(weights(add(scores, mask)), query, key, value)

    def replacement(query, key, value, bias, mask, scale):
        return attend_masked(query, key, value, add(bias, mask), factor(scale, DIVIDED))


class bias_choice(Attention):
    """Scores multiplied by a number, a bias added, and another number where a mask of bools says so (MPT)."""

    def pattern(
        query: "T[b, h, l, e]",
        key: "T[b, h, s, e]",
        value: "T[b, h, s, d]",
        bias: "Tensor",
        hidden: "Tensor",
        number: "Tensor",
        scale: "float",
    ):
        scores = add(multiply(query, key) * scale, bias)
        return weigh(weights(torch.ops.aten.where.self(hidden, number, scores)), query, key, value)

    def replacement(query, key, value, bias, hidden, number, scale):
        mask = torch.ops.aten.where.self(hidden, number, bias)
        return attend(query, key, value, spread(convert(mask, T), query, key), scale)

    def check(number):
        return number.ndim == 0


class scale_tensor_mask(Attention):
    """Scores multiplied by a tensor: a scale that is computed, or one for each head; a mask is added."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "Tensor"):
        scores = convert(torch.ops.aten.mul.Tensor(multiply(query, key), scale), T)
        return weigh(weights(add(scores, mask)), query, key, value)

    def pattern_of_one_dtype(query, key, value, mask, scale):
        scores = torch.ops.aten.mul.Tensor(multiply(query, key), scale)
        return weigh(weights(add(scores, mask)), query, key, value)

    def replacement(query, key, value, mask, scale):
        mask = spread(convert(mask, T), query, key)
        return attend(convert(torch.ops.aten.mul.Tensor(query, scale), T), key, value, mask)

    def check(scale):
        return scale.ndim == 0 or scale.ndim <= 4 and scale.shape[-1] == 1


class scale_mask_turned(Attention):
    """The keys come turned: a channel is a row (SqueezeBERT)."""

    priority = -1  # where the graph turns them itself, the other rules undo it

    DIVIDED = (True, False)

    def pattern(
        query: "T[b, h, l, e]",
        turned: "T[b, h, e, s]",
        value: "T[b, h, s, d]",
        mask: "Tensor",
        scale: "float",
    ):
        scores = torch.ops.aten.view.default(torch.ops.aten.bmm.default(fold(query), fold(turned)), [b, h, l, s])
        scores = add(scaled(scores, scale, DIVIDED), mask)
        return weigh(weights(scores), query, turned.transpose(-2, -1), value)

    def replacement(query, turned, value, mask, scale):
        return attend_masked(query, turned.transpose(-2, -1), value, mask, factor(scale, DIVIDED))


class scores_in_f32_scale_mask(Attention):
    """Queries and keys in half precision are multiplied in f32 (GPT-J)."""

    T = (torch.float16, torch.bfloat16)
    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scores = multiply(convert(query, torch.float32), convert(key, torch.float32))
        weights = convert(softmax(add(scaled(scores, scale, DIVIDED), mask), DIM), T)
        return weigh(weights, query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_masked(query, key, value, mask, factor(scale, DIVIDED))


class mask_scale(Attention):
    """A mask is added in f32, and then the sum divided (CodeGen)."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", scale: "float"):
        scores = add(multiply(convert(query, torch.float32), convert(key, torch.float32)), mask)
        return weigh(convert(softmax(scores / scale, DIM), T), query, key, value)

    def replacement(query, key, value, mask, scale):
        return attend_masked(query, key, value, convert(mask, T) / scale, 1.0 / scale)


class scores_in_f32_choice_mask(Attention):
    """Scores in f32 are chosen by a mask of bools, and a mask is added (GPT Neo). The number chosen is an attribute."""

    def pattern(
        query: "T[b, h, l, e]",
        key: "T[b, h, s, e]",
        value: "T[b, h, s, d]",
        visible: "Tensor",
        number: "Tensor",
        mask: "Tensor",
    ):
        scores = multiply(convert(query, torch.float32), convert(key, torch.float32))
        scores = add(torch.ops.aten.where.self(visible, scores, number), mask)
        return weigh(convert(softmax(scores, DIM), T), query, key, value)

    def replacement(query, key, value, visible, number, mask):
        mask = torch.ops.aten.where.self(visible, mask, add(number, mask))
        return attend_masked(query, key, value, mask)

    def check(number):
        return number.ndim == 0


class decomposed_mask(Attention):
    """scaled_dot_product_attention with a mask, as PyTorch decomposes it: queries and keys are both multiplied by the
    root of the scale, all in f32, and a row in which nothing is visible is 0."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", root: "float"):
        wide_query = torch.ops.aten.mul.Scalar(convert(query, torch.float32), root)
        turned = torch.ops.aten.mul.Scalar(convert(key, torch.float32).transpose(-2, -1), root)
        scores = torch.ops.aten.view.default(torch.ops.aten.bmm.default(fold(wide_query), fold(turned)), [b, h, l, s])
        scores = add(scores, mask)
        seen = torch.ops.aten.logical_not.default(torch.ops.aten.eq.Scalar(scores, float("-inf")))
        blind = torch.ops.aten.logical_not.default(torch.ops.aten.any.dim(seen, DIM, True))
        nothing = torch.full((b, h, l, s), 0, dtype=torch.float32, device=query.device)
        weights = torch.ops.aten.where.self(blind, nothing, softmax(scores, DIM))
        return convert(weigh(weights, query, key, convert(value, torch.float32)), T)

    def replacement(query, key, value, mask, root):
        return attend_masked(query, key, value, mask, root * root)


class flat_mask_clamped(Attention):
    """As flat_mask, where the sum is no lower than the lowest number, and the softmax is in f32 (XGLM)."""

    DIM = 2

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor"):
        query_rows, key_rows, value_rows = flatten(query), flatten(key), flatten(value)
        scores = torch.bmm(query_rows, key_rows.transpose(1, 2))
        scores = add(torch.ops.aten.view.default(scores, [b, h, l, s]), mask)
        lowest = torch.full((), torch.finfo(T).min, dtype=torch.float32, device=query.device)
        scores = torch.ops.aten.view.default(torch.ops.aten.maximum.default(scores, lowest), [b * h, l, s])
        result = torch.bmm(softmax_in_f32(scores, DIM, T), value_rows)
        return torch.ops.aten.view.default(result, [b, h, l, d])

    def replacement(query, key, value, mask):
        return attend_masked(query, key, value, mask)
