"""Views and permutations that lead back to where they began, and conversions on the way to others.

The counterparts of `pointless_view`, `pointless_view_pair`, `pointless_permute_pair` and `pointless_convert` in Inductor's
joint-graph pass. Sizes are compared as the graph tells them, whatever the view's argument says. A conversion is left out
only if it keeps every value, where Inductor leaves out any that is no narrower than the one behind it: f32 to f16 to bf16,
where f16 may have overflowed.

Tensors have at most eight dimensions here.
"""

import torch
from regraft import Rule


def view(x, size):
    return torch.ops.aten.view.default(x, size)


def permute(x, dims):
    return torch.ops.aten.permute.default(x, dims)


def convert(x, dtype):
    return torch.ops.prims.convert_element_type.default(x, dtype)


def same(x, size, i):
    """Dimension i; if there is a -1, the others decide."""
    return len(size) <= i or size[i] == x.shape[i] or size[i] == -1


def has_size(x, size):
    return (len(size) == x.ndim and same(x, size, 0) and same(x, size, 1) and same(x, size, 2) and same(x, size, 3)
            and same(x, size, 4) and same(x, size, 5) and same(x, size, 6) and same(x, size, 7) and len(size) <= 8)


class Pointless(Rule):
    see_through = False  # these are about the nodes themselves, and each stands where it changes nothing


class pointless_view(Pointless):
    """A view of a tensor as what it is."""

    dropped = ["size"]

    def pattern(x: "Tensor", size: "int[]"):
        return view(x, size)

    def replacement(x, size):
        return x

    def check(x, size):
        return has_size(x, size)


class pointless_view_pair(Pointless):
    """A view of a view, back to the first sizes."""

    dropped = ["first", "second"]

    def pattern(x: "Tensor", first: "int[]", second: "int[]"):
        return view(view(x, first), second)

    def replacement(x, first, second):
        return x

    def check(x, second):
        return has_size(x, second)


class pointless_permute_pair(Pointless):
    """A permutation and its inverse."""

    dropped = ["first", "second"]

    def leads(first, second, i, j):
        return len(first) <= j or second[i] != j or first[j] == i

    def back(first, second, i):
        """The second permutation takes dimension i from where the first one has put it."""
        return (len(first) <= i or leads(first, second, i, 0) and leads(first, second, i, 1)
                and leads(first, second, i, 2) and leads(first, second, i, 3) and leads(first, second, i, 4)
                and leads(first, second, i, 5) and leads(first, second, i, 6) and leads(first, second, i, 7))

    def pattern(x: "Tensor", first: "int[]", second: "int[]"):
        return permute(permute(x, first), second)

    def replacement(x, first, second):
        return x

    def check(first, second):
        return (back(first, second, 0) and back(first, second, 1) and back(first, second, 2)
                and back(first, second, 3) and back(first, second, 4) and back(first, second, 5)
                and back(first, second, 6) and back(first, second, 7) and len(second) <= 8)


class pointless_convert(Pointless):
    """A conversion to a type that holds every value of the one before, then another."""

    dropped = ["first"]

    def pattern(x: "Tensor", first: "dtype", second: "dtype"):
        return convert(convert(x, first), second)

    def replacement(x, first, second):
        return convert(x, second)

    def check(x, first):
        return (x.dtype in (torch.float16, torch.bfloat16) and first in (torch.float32, torch.float64)
                or x.dtype == torch.float32 and first == torch.float64)
