"""Parts that are put together again, and tensors that are joined and taken apart at the same places.

The counterparts of `splitwithsizes_cat_replace` and `cat_splitwithsizes_replace` in Inductor's post-grad pass. Inductor
compares dims as they are written, regraft as what they mean.
"""

import torch
from regraft import Rule


def split(x, sizes, dim):
    return torch.ops.aten.split_with_sizes.default(x, sizes, dim)


def cat(parts, dim):
    return torch.ops.aten.cat.default(parts, dim)


class parts_joined(Rule):
    """All parts of a tensor, in their order."""

    dropped = ["sizes", "dim"]

    def pattern(x: "Tensor", sizes: "int[]", dim: "int"):
        return cat([part for part in split(x, sizes, dim)], dim)

    def replacement(x, sizes, dim):
        return x


class equal_parts_joined(Rule):
    """The same of parts of one size."""

    dropped = ["size", "dim"]

    def pattern(x: "Tensor", size: "int", dim: "int"):
        return cat([part for part in torch.ops.aten.split.Tensor(x, size, dim)], dim)

    def replacement(x, size, dim):
        return x


class two_tensors_parted(Rule):
    """Joined along the last dimension, and taken apart where they met."""

    T = (torch.float32, torch.float16, torch.bfloat16)

    def pattern(a: "T[..., p]", b: "T[..., q]"):
        parts = split(cat([a, b], -1), [p, q], -1)
        return parts[0], parts[1]

    def replacement(a, b):
        return a, b


class three_tensors_parted(Rule):
    """Joined along the last dimension, and taken apart where they met."""

    T = (torch.float32, torch.float16, torch.bfloat16)

    def pattern(a: "T[..., p]", b: "T[..., q]", c: "T[..., r]"):
        parts = split(cat([a, b, c], -1), [p, q, r], -1)
        return parts[0], parts[1], parts[2]

    def replacement(a, b, c):
        return a, b, c
