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

A number that takes the place of scores hides them if nothing of the type is lower. Where the graph does not tell the
number, as when it is an attribute (GPT Neo), the scores are left as they are: the op can add to them, not replace them.
Nor can it bend them, so a tanh of the scores (Gemma 2) stays. doc/attention.md tells which models it was tried on.
"""

import torch
from regraft import Rule
from .attention_parts import add, add_of_windows, attend, attend_masked, attend_padded, attend_visible, choose, \
    convert, factor, flatten, fold, hide, hide_padding, hides, hiding, mask_of_windows, multiply, multiply_turned, \
    number, one_for_each_row, repeat_heads, scaled, scaled_by_tensor, softmax, softmax_in_f32, softmax_of_rounded, \
    spread, spread_heads, weigh

DTYPES = (torch.float32, torch.float16, torch.bfloat16)
SCALED_BIAS = "a bias is scaled by itself, and rounded to the dtype of the query, in place of the sum with the scores"
SCALED_QUERY = "a scale that is a tensor multiplies the queries, in their dtype, in place of the scores"


class Attention(Rule):
    rounds = "a mask or a scale in f32 is rounded to the dtype of the query"
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

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor",
                fill: "float"):
        scores = multiply(query, key)
        return weigh(weights(hide_padding(scores, mask, query, key, fill)), query, key, value)

    def replacement(query, key, value, mask, fill):
        return attend_padded(query, key, value, mask)

    def check(fill):
        return hides(fill, T)


class scale_padding_mask(Attention):
    """Scores divided or multiplied by a number, and keys hidden where a mask is 0 (15, 17)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor",
                fill: "float", scale: "float"):
        scores = scaled(multiply(query, key), scale, DIVIDED)
        return weigh(weights(hide_padding(scores, mask, query, key, fill)), query, key, value)

    def replacement(query, key, value, mask, fill, scale):
        return attend_padded(query, key, value, mask, factor(scale, DIVIDED))

    def check(fill):
        return hides(fill, T)


class scaled_query_padding_mask(Attention):
    """The query divided or multiplied by a number, and keys hidden where a mask is 0 (20)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor",
                fill: "float", scale: "float"):
        scaled_query = scaled(query, scale, DIVIDED)
        scores = multiply(scaled_query, key)
        return weigh(weights(hide_padding(scores, mask, query, key, fill)), query, key, value)

    def replacement(query, key, value, mask, fill, scale):
        return attend_padded(query, key, value, mask, factor(scale, DIVIDED))

    def check(fill):
        return hides(fill, T)


class scale_choice(Attention):
    """Scores divided by a number that is a tensor of its own, and chosen by a mask of bools (18)."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", visible: "Tensor",
                fill: "float", scale: "float"):
        scores = multiply(query, key)
        scores = choose(scores / number(scale, scores), visible, fill)
        return weigh(weights(scores), query, key, value)

    def replacement(query, key, value, visible, fill, scale):
        return attend_visible(query, key, value, visible, 1.0 / scale)

    def check(fill):
        return hides(fill, T)


class scale_choice_mask(Masked):
    """The same, and a mask is added (19)."""

    SUM = ("T", "f32")

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", visible: "Tensor",
                mask: "Tensor", fill: "float", scale: "float"):
        scores = multiply(query, key)
        scores = choose(scores / number(scale, scores), visible, fill)
        return weigh(weights(add(scores, mask)), query, key, value)

    def replacement(query, key, value, visible, mask, fill, scale):
        mask = torch.ops.aten.where.self(visible, convert(mask, T), number(float("-inf"), query))
        return attend(query, key, value, spread(mask, query, key), 1.0 / scale)

    def check(fill):
        return hides(fill, T) and (SUM == "T" or T != torch.float32)


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
        both = add(convert(bias, T), convert(mask, T))
        return attend_masked(query, key, value, both, factor(scale, DIVIDED))


class hidden(Attention):
    """Scores, scaled or not, and a bias added or not, are the lowest number where a mask of bools says so (MPT)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", fill: "float",
                bias: "Tensor | None", scale: "float | None"):
        scores = multiply(query, key)
        scores = scores if scale is None else scaled(scores, scale, DIVIDED)
        scores = scores if bias is None else add(scores, bias)
        return weigh(weights(hide(scores, mask, query, fill)), query, key, value)

    def replacement(query, key, value, mask, fill, bias, scale):
        bias = None if bias is None else convert(bias, T)
        mask = spread(hiding(mask, bias, query, fill), query, key)
        return attend(query, key, value, mask, 1.0 if scale is None else factor(scale, DIVIDED))

    def check(fill, scale):
        return hides(fill, T) and (DIVIDED or scale is not None)


class hidden_turned(Attention):
    """The same where the keys come turned, batch and heads in one dimension; a bias is added in this form (DeBERTa)."""

    priority = -1  # as scale_mask_turned

    def pattern(query: "T[b, h, l, e]", turned: "T[b*h, e, s]", value: "T[b, h, s, d]", mask: "Tensor", fill: "float",
                bias: "T[b*h, l, s] | None"):
        scores = torch.ops.aten.bmm.default(fold(query), turned)
        scores = torch.ops.aten.view.default(scores if bias is None else add(scores, bias), [b, h, l, s])
        key = torch.ops.aten.view.default(turned.transpose(1, 2), [b, h, s, e])
        return weigh(weights(hide(scores, mask, query, fill)), query, key, value)

    def replacement(query, turned, value, mask, fill, bias):
        key = torch.ops.aten.view.default(turned.transpose(1, 2), [b, h, s, e])
        bias = None if bias is None else torch.ops.aten.view.default(bias, [b, h, l, s])
        return attend(query, key, value, spread(hiding(mask, bias, query, fill), query, key))

    def check(fill):
        return hides(fill, T)


class hidden_products(Attention):
    """Products over heads and batch in one dimension, which are two where scores are hidden (FSMT)."""

    DIM = 2
    MASK = ("b8[b, 1, 1, s]", "b8[b, 1, l, s]")

    def pattern(query: "T[b*h, l, e]", key: "T[b*h, s, e]", value: "T[b*h, s, d]", mask: MASK,
                fill: "float"):
        scores = torch.ops.aten.view.default(torch.bmm(query, key.transpose(1, 2)), [b, h, l, s])
        scores = torch.ops.aten.view.default(hide(scores, mask, query, fill), [b * h, l, s])
        return torch.bmm(weights(scores), value)

    def replacement(query, key, value, mask, fill):
        mask = torch.ops.aten.expand.default(torch.ops.aten.logical_not.default(mask), [b, h, l, s])
        mask = torch.ops.aten.reshape.default(mask, [1, b * h, l, s])
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0), mask).squeeze(0)

    def check(fill):
        return hides(fill, T)


class products_mask(Masked):
    """Products over heads and batch in one dimension, and a bias of each head is added (SAM)."""

    SUM = ("T", "f32")
    DIM = 2

    def pattern(query: "T[n, l, e]", key: "T[n, s, e]", value: "T[n, s, d]", mask: "Tensor"):
        return torch.bmm(weights(add(torch.bmm(query, key.transpose(1, 2)), mask)), value)

    def replacement(query, key, value, mask):
        mask = torch.ops.aten.expand.default(convert(mask, T), [n, l, s]).unsqueeze(0)
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0), mask).squeeze(0)

    def check(mask):
        return (mask.ndim < 2 or (mask.ndim <= 3 and mask.shape[-2] in (1, l))) and (SUM == "T" or T != torch.float32)


class scale_tensor(Attention):
    """Scores divided or multiplied by a tensor: a scale that is computed, or one for each head; a mask is added or not."""

    differs = SCALED_QUERY

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor | None",
                scale: "Tensor"):
        scores = convert(scaled_by_tensor(multiply(query, key), scale, DIVIDED), T)
        return weigh(weights(scores if mask is None else add(scores, mask)), query, key, value)

    def pattern_of_one_dtype(query, key, value, mask, scale):
        scores = scaled_by_tensor(multiply(query, key), scale, DIVIDED)
        return weigh(weights(scores if mask is None else add(scores, mask)), query, key, value)

    def replacement(query, key, value, mask, scale):
        mask = None if mask is None else spread(convert(mask, T), query, key)
        return attend(convert(scaled_by_tensor(query, scale, DIVIDED), T), key, value, mask)

    def check(scale):
        return one_for_each_row(scale)


class hidden_scale_tensor(Attention):
    """As hidden, with a scale that is a tensor of one number (MPT with symbolic sizes)."""

    differs = SCALED_QUERY

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", mask: "Tensor", fill: "float",
                bias: "Tensor | None", scale: "Tensor"):
        scores = scaled_by_tensor(multiply(query, key), scale, DIVIDED)
        scores = scores if bias is None else add(scores, bias)
        return weigh(weights(hide(scores, mask, query, fill)), query, key, value)

    def replacement(query, key, value, mask, fill, bias, scale):
        mask = hiding(mask, None if bias is None else convert(bias, T), query, fill)
        return attend(scaled_by_tensor(query, scale, DIVIDED), key, value, spread(mask, query, key))

    def check(fill, scale):
        return hides(fill, T) and scale.ndim == 0


class sum_scale(Masked):
    """A bias is added before scores are divided or multiplied by a number; then a mask is added or not (Falcon)."""

    differs = SCALED_BIAS

    SUM = ("T", "f32")
    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", bias: "Tensor",
                mask: "Tensor | None", scale: "float"):
        scores = scaled(add(multiply(query, key), bias), scale, DIVIDED)
        return weigh(weights(scores if mask is None else add(scores, mask)), query, key, value)

    def replacement(query, key, value, bias, mask, scale):
        bias = scaled(convert(bias, T), scale, DIVIDED)
        shift = bias if mask is None else add(bias, convert(mask, T))
        return attend_masked(query, key, value, shift, factor(scale, DIVIDED))


class blocks(Attention):
    """There is one more dimension before the heads or behind them: blocks of positions (Hiera)."""

    DIM = 4

    def rows(x):
        x = torch.ops.aten.expand.default(x, x.shape)
        x = torch.ops.aten.clone.default(x, memory_format=torch.contiguous_format)
        return torch.ops.aten.view.default(x, [x.shape[0] * x.shape[1] * x.shape[2], x.shape[3], x.shape[4]])

    def pattern(query: "T[a, b, h, l, e]", key: "T[a, b, h, s, e]", value: "T[a, b, h, s, d]", mask: "Tensor | None"):
        scores = torch.ops.aten.bmm.default(rows(query), rows(key.transpose(-2, -1)))
        scores = torch.ops.aten.view.default(scores, [a, b, h, l, s])
        scores = weights(scores if mask is None else add(scores, mask))
        result = torch.ops.aten.bmm.default(torch.ops.aten.view.default(scores, [a * b * h, l, s]), rows(value))
        return torch.ops.aten.view.default(result, [a, b, h, l, d])

    def replacement(query, key, value, mask):
        query = torch.ops.aten.reshape.default(query, [a * b, h, l, e])
        key = torch.ops.aten.reshape.default(key, [a * b, h, s, e])
        value = torch.ops.aten.reshape.default(value, [a * b, h, s, d])
        mask = None if mask is None else torch.ops.aten.expand.default(convert(mask, T), [a, b, h, l, s])
        mask = None if mask is None else torch.ops.aten.reshape.default(mask, [a * b, h, l, s])
        return torch.ops.aten.view.default(attend(query, key, value, mask), [a, b, h, l, d])

    def check(mask):
        return mask is None or mask.ndim <= 5


class Turned(Masked):
    """The keys come turned: a channel is a row (SqueezeBERT), or they are spread over the heads when they are turned."""

    SUM = ("T", "f32")
    priority = -1  # where the graph turns them itself, the other rules undo it


class scale_mask_turned(Turned):
    """The keys come turned; scores are divided or multiplied by a number or not, and a mask is added or not."""

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", turned: "T[b, h, e, s]", value: "T[b, h, s, d]", mask: "Tensor | None",
                scale: "float | None"):
        scores = multiply_turned(query, turned)
        scores = scores if scale is None else scaled(scores, scale, DIVIDED)
        scores = scores if mask is None else add(scores, mask)
        return weigh(weights(scores), query, turned.transpose(-2, -1), value)

    def replacement(query, turned, value, mask, scale):
        scale = 1.0 if scale is None else factor(scale, DIVIDED)
        key = turned.transpose(-2, -1)
        return attend(query, key, value, None, scale) if mask is None else attend_masked(query, key, value, mask, scale)

    def check(mask, scale):
        return (SUM == "T" or (T != torch.float32 and mask is not None)) and (DIVIDED or scale is not None)


class sum_scale_turned(Turned):
    """The keys come turned; otherwise as sum_scale (Falcon with one head of keys)."""

    differs = SCALED_BIAS

    DIVIDED = (True, False)

    def pattern(query: "T[b, h, l, e]", turned: "T[b, h, e, s]", value: "T[b, h, s, d]", bias: "Tensor",
                mask: "Tensor | None", scale: "float"):
        scores = scaled(add(multiply_turned(query, turned), bias), scale, DIVIDED)
        scores = scores if mask is None else add(scores, mask)
        return weigh(weights(scores), query, turned.transpose(-2, -1), value)

    def replacement(query, turned, value, bias, mask, scale):
        bias = scaled(convert(bias, T), scale, DIVIDED)
        shift = bias if mask is None else add(bias, convert(mask, T))
        return attend_masked(query, turned.transpose(-2, -1), value, shift, factor(scale, DIVIDED))


class einsum(Attention):
    """Both products are torch.einsum's, over batch and heads (ProphetNet); what it does to its result stays."""

    DIVIDED = (True, False)

    def rows(x):
        x = torch.ops.aten.clone.default(x, memory_format=torch.contiguous_format)
        return torch.ops.aten.view.default(x, [x.shape[0] * x.shape[1], x.shape[2], x.shape[3]])

    def matrices(x):
        return torch.ops.aten.view.default(x, [x.shape[0], x.shape[1], x.shape[2], x.shape[3]])

    def pattern(query: "T[b, h, l, e, 1]", turned: "T[b, h, e, s, 1]", value: "T[b, h, s, d, 1]", mask: "Tensor | None",
                scale: "float | None"):
        scores = torch.ops.aten.bmm.default(rows(query), rows(turned))
        scores = torch.ops.aten.view.default(scores, [b, h, l, 1, s]).permute(0, 1, 2, 4, 3)
        scores = torch.ops.aten.view.default(scores, [b, h, l, s])
        scores = scores if scale is None else scaled(scores, scale, DIVIDED)
        scores = weights(scores if mask is None else add(scores, mask))
        scores = torch.ops.aten.view.default(torch.ops.aten.unsqueeze.default(scores, 4), [b * h, l, s])
        return torch.ops.aten.bmm.default(scores, rows(value))

    def replacement(query, turned, value, mask, scale):
        query, key, value = matrices(query), matrices(turned).transpose(-2, -1), matrices(value)
        scale = 1.0 if scale is None else factor(scale, DIVIDED)
        result = attend(query, key, value, None, scale) if mask is None \
            else attend_masked(query, key, value, mask, scale)
        return torch.ops.aten.reshape.default(result, [b * h, l, d])

    def check(mask, scale):
        return (mask is None or mask.ndim <= 4) and (DIVIDED or scale is not None)


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
    """Scores in f32 are chosen by a mask of bools, and a mask is added."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", visible: "Tensor",
                mask: "Tensor", fill: "float"):
        scores = multiply(convert(query, torch.float32), convert(key, torch.float32))
        scores = add(choose(scores, visible, fill), mask)
        return weigh(convert(softmax(scores, DIM), T), query, key, value)

    def replacement(query, key, value, visible, mask, fill):
        mask = torch.ops.aten.where.self(visible, convert(mask, T), number(float("-inf"), query))
        return attend(query, key, value, spread(mask, query, key))

    def check(fill):
        return hides(fill, torch.float32)


class biased(Attention):
    """A bias is added by the product itself, as a factor of it, and a mask added or not (BLOOM)."""

    def pattern(query: "T[b, h, l, e]", key: "T[b, h, s, e]", value: "T[b, h, s, d]", bias: "T[b*h, r, s]",
                mask: "Tensor | None", weight: "float", scale: "float"):
        scores = torch.ops.aten.baddbmm.default(
            bias, fold(query), fold(key).transpose(1, 2), beta=weight, alpha=scale)
        scores = torch.ops.aten.view.default(scores, [b, h, l, s])
        return weigh(weights(scores if mask is None else add(scores, mask)), query, key, value)

    def replacement(query, key, value, bias, mask, weight, scale):
        bias = torch.ops.aten.view.default(bias * weight, [b, h, r, s])
        return attend_masked(query, key, value, bias if mask is None else add(bias, mask), scale)

    def check(bias, weight):
        return (r == 1 or r == l) and weight != 0


class biased_products(Attention):
    """The same in three dimensions; a bias without weight is not looked at (diffusers)."""

    DIM = 2

    def pattern(query: "T[n, l, e]", key: "T[n, s, e]", value: "T[n, s, d]", bias: "T[n, r, s]", weight: "float",
                scale: "float"):
        scores = torch.ops.aten.baddbmm.default(bias, query, key.transpose(1, 2), beta=weight, alpha=scale)
        return torch.bmm(weights(scores), value)

    def replacement(query, key, value, bias, weight, scale):
        bias = torch.ops.aten.expand.default(bias * weight, [n, l, s]).unsqueeze(0)
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0), bias, scale).squeeze(0)

    def check(bias, weight):
        return (r == 1 or r == l) and weight != 0


class scaled_products(Attention):
    """The same without weight."""

    DIM = 2
    dropped = ["bias"]

    def pattern(query: "T[n, l, e]", key: "T[n, s, e]", value: "T[n, s, d]", bias: "Tensor", scale: "float"):
        scores = torch.ops.aten.baddbmm.default(bias, query, key.transpose(1, 2), beta=0, alpha=scale)
        return torch.bmm(weights(scores), value)

    def replacement(query, key, value, bias, scale):
        return attend(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0), None, scale).squeeze(0)


class windows(Attention):
    """Batch and windows are one dimension; a bias is added, and where they are two, a mask for each window (Swin)."""

    differs = SCALED_QUERY

    def pattern(query: "T[b*w, h, l, e]", key: "T[b*w, h, s, e]", value: "T[b*w, h, s, d]", bias: "Tensor",
                mask: "T[1, w, 1, l, s]", second: "T[1, w, 1, l, s] | None", scale: "Tensor | None"):
        scores = multiply(query, key)
        scores = scores if scale is None else torch.ops.aten.mul.Tensor(scores, scale)
        scores = add_of_windows(scores, bias, mask, second, [b, w, h, l, s])
        return weigh(weights(scores), query, key, value)

    def replacement(query, key, value, bias, mask, second, scale):
        mask = spread(add(bias, mask_of_windows(mask, second, [b, w, 1, l, s])), query, key)
        query = query if scale is None else convert(torch.ops.aten.mul.Tensor(query, scale), T)
        return attend(query, key, value, convert(mask, T))

    def check(bias, scale):
        return bias.ndim <= 4 and (scale is None or one_for_each_row(scale))


class windows_scale(Attention):
    """The same, and scores divided or multiplied by a number (Donut)."""

    DIVIDED = (True, False)

    def pattern(query: "T[b*w, h, l, e]", key: "T[b*w, h, s, e]", value: "T[b*w, h, s, d]", bias: "Tensor",
                mask: "T[1, w, 1, l, s]", second: "T[1, w, 1, l, s] | None", scale: "float"):
        scores = scaled(multiply(query, key), scale, DIVIDED)
        scores = add_of_windows(scores, bias, mask, second, [b, w, h, l, s])
        return weigh(weights(scores), query, key, value)

    def replacement(query, key, value, bias, mask, second, scale):
        mask = add(bias, mask_of_windows(mask, second, [b, w, 1, l, s]))
        return attend_masked(query, key, value, mask, factor(scale, DIVIDED))


class decomposed(Attention):
    """scaled_dot_product_attention as PyTorch decomposes it, with or without a mask: queries and keys are both multiplied
    by the root of the scale, all in f32, and a row in which nothing is visible is 0."""

    KEY = "T[b, h, s, e]"
    VALUE = "T[b, h, s, d]"

    def repeated(x, heads):
        return x

    def of_all_heads(x, heads):
        return x

    def pattern(query: "T[b, h, l, e]", key: KEY, value: VALUE, mask: "Tensor | None", root: "float"):
        wide_query = torch.ops.aten.mul.Scalar(convert(query, torch.float32), root)
        wide_key = repeated(convert(key, torch.float32), h)
        wide_value = repeated(convert(value, torch.float32), h)
        turned = torch.ops.aten.mul.Scalar(wide_key.transpose(-2, -1), root)
        scores = torch.ops.aten.bmm.default(fold(wide_query), fold(spread_heads(turned, h)))
        scores = torch.ops.aten.view.default(scores, [b, h, l, s])
        scores = scores if mask is None else add(scores, mask)
        seen = torch.ops.aten.logical_not.default(torch.ops.aten.eq.Scalar(scores, float("-inf")))
        blind = torch.ops.aten.logical_not.default(torch.ops.aten.any.dim(seen, DIM, True))
        nothing = torch.full((b, h, l, s), 0, dtype=torch.float32, device=query.device)
        weights = torch.ops.aten.where.self(blind, nothing, softmax(scores, DIM))
        result = weigh(weights, query, key, spread_heads(wide_value, h))
        return result if T == torch.float32 else convert(result, T)

    def replacement(query, key, value, mask, root):
        keys, values = of_all_heads(key, h), of_all_heads(value, h)
        return attend(query, keys, values, None, root * root) if mask is None \
            else attend_masked(query, keys, values, mask, root * root)


class decomposed_one_head(decomposed):
    """The same, where all queries have one head of keys and values (Falcon)."""

    KEY = "T[b, 1, s, e]"
    VALUE = "T[b, 1, s, d]"

    def of_all_heads(x, heads):
        return spread_heads(x, heads)


class decomposed_groups(decomposed):
    """The same, where several heads of queries have one of keys and values: enable_gqa."""

    KEY = "T[b, g, s, e]"
    VALUE = "T[b, g, s, d]"

    def repeated(x, heads):
        return repeat_heads(x, heads // x.shape[1])

    def of_all_heads(x, heads):
        return repeat_heads(x, heads // x.shape[1])


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
