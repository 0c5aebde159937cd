"""What attention is made of where models write it out: products over batch and heads, softmax, masks, and the op itself.

Batch and heads are two dimensions here, `[b, h, l, e]`, and one in the products. Rules: attention.py.
"""
import torch
import torch.nn.functional as F


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


def spread_heads(x, heads):
    return torch.ops.aten.expand.default(x, [x.shape[0], heads, x.shape[2], x.shape[3]])


def repeat_heads(x, count):
    b, g, s, e = x.shape
    x = torch.ops.aten.expand.default(torch.ops.aten.unsqueeze.default(x, 2), [b, g, count, s, e])
    x = torch.ops.aten.clone.default(x, memory_format=torch.contiguous_format)
    return torch.ops.aten.view.default(x, [b, g * count, s, e])


def multiply(query, key):
    scores = torch.ops.aten.bmm.default(fold(query), fold(key.transpose(-2, -1)))
    return torch.ops.aten.view.default(scores, [query.shape[0], query.shape[1], query.shape[2], key.shape[2]])


def multiply_turned(query, turned):
    b, h, e, s = turned.shape
    scores = torch.ops.aten.bmm.default(fold(query), fold(turned))
    return torch.ops.aten.view.default(scores, [b, h, query.shape[2], s])


def weigh(weights, query, key, value):
    b, h, l, e = query.shape
    weights = torch.ops.aten.view.default(weights, [b * h, l, key.shape[2]])
    result = torch.ops.aten.bmm.default(weights, fold(value))
    return torch.ops.aten.view.default(result, [b, h, l, value.shape[3]])


def scaled(x, scale, divided):
    return x / scale if divided else x * scale


def scaled_by_tensor(x, scale, divided):
    return torch.ops.aten.div.Tensor(x, scale) if divided else torch.ops.aten.mul.Tensor(x, scale)


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


def hides(fill, dtype):
    """Scores that are this number get no weight: nothing of the type is lower."""
    return fill <= torch.finfo(dtype).min


def padding(positions, query, key):
    """One bool for each key of each sequence, for all heads and queries."""
    b, h, l, e = query.shape
    positions = torch.ops.aten.view.default(positions, [b, 1, 1, key.shape[2]])
    return torch.ops.aten.expand.default(positions, [b, h, l, key.shape[2]])


def hide_padding(scores, mask, query, key, fill):
    hidden = padding(torch.ops.aten.eq.Scalar(mask, 0), query, key)
    return torch.ops.aten.where.self(hidden, number(fill, query), scores)


def choose(scores, visible, fill):
    return torch.ops.aten.where.self(visible, scores, number(fill, scores))


def hide(scores, mask, query, fill):
    lowest = torch.ops.aten.scalar_tensor.default(fill, dtype=query.dtype, device=query.device)
    return torch.ops.aten.where.self(mask, lowest, scores)


def hiding(mask, bias, query, fill):
    """What to add to scores instead: the number where `hide` puts it, elsewhere the bias, if there is one."""
    bias = number(0.0, query) if bias is None else bias
    return torch.ops.aten.where.self(mask, number(fill, query), bias)


def spread(mask, query, key):
    return torch.ops.aten.expand.default(mask, [query.shape[0], query.shape[1], query.shape[2], key.shape[2]])


def add_of_windows(scores, bias, mask, second, sizes):
    """A bias, and one or two masks of windows, which are `sizes[1]` of each item of a batch."""
    b, w, h, l, s = sizes
    scores = add(torch.ops.aten.view.default(add(scores, bias), sizes), mask)
    scores = scores if second is None else add(scores, second)
    return torch.ops.aten.view.default(scores, [b * w, h, l, s])


def mask_of_windows(mask, second, sizes):
    b, w, h, l, s = sizes
    mask = torch.ops.aten.expand.default(mask if second is None else add(mask, second), sizes)
    return torch.ops.aten.reshape.default(mask, [b * w, h, l, s])


def one_for_each_row(scale):
    """A tensor that can as well be a factor of the queries."""
    return scale.ndim == 0 or scale.ndim <= 4 and scale.shape[-1] == 1


def attend(query, key, value, mask=None, scale=1.0):
    return F.scaled_dot_product_attention(
        query, key, value, attn_mask=mask, dropout_p=0.0, is_causal=False, scale=scale)


def attend_masked(query, key, value, mask, scale=1.0):
    return attend(query, key, value, spread(convert(mask, query.dtype), query, key), scale)


def attend_visible(query, key, value, visible, scale=1.0):
    return attend(query, key, value, spread(convert(visible, torch.bool), query, key), scale)


def attend_padded(query, key, value, mask, scale=1.0):
    return attend(query, key, value, padding(torch.ops.aten.ne.Scalar(mask, 0), query, key), scale)
