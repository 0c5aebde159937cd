"""Cumulative sums of one number are that number times 1, 2, ...: the counterpart of `pointless_cumsum` in Inductor's
post-grad pass. Models sum a mask of ones to number their positions.

Inductor takes any dimension and dtype; here it is the last of one or two dimensions, integers, bools and f32. In half
precision a product is rounded otherwise than the sum.
"""

import torch
from regraft import Rule


def steps(m, n, device):
    """1, 2, ... n, in each of m rows."""
    numbers = torch.ops.prims.iota.default(n, start=1, step=1, dtype=torch.int64, device=device, requires_grad=False)
    return numbers if m is None else numbers.expand(m, n)


class Cumsum(Rule):
    """A captured device cannot be given to a call, so there is an instance for each; more can be added here."""

    DEVICE = (torch.device("cpu"), torch.device("cuda", 0))

    def cumsum(m, n, fill, dtype):
        full = torch.full([n] if m is None else [m, n], fill, dtype=dtype, device=DEVICE)
        return torch.ops.aten.cumsum.default(full, 0 if m is None else 1)


class pointless_cumsum(Cumsum):
    """Sums along the last dimension of tensors that are one integer throughout, as for positions."""

    T = (torch.int64, torch.int32)

    def pattern(m: "int | None", n: "int", fill: "int"):
        return cumsum(m, n, fill, T)

    def replacement(m, n, fill):
        return steps(m, n, DEVICE) * fill


class pointless_cumsum_of_floats(Cumsum):
    """Of floats: a product for each element in place of a sum, so there is less to round."""

    T = (torch.float32,)

    def pattern(m: "int | None", n: "int", fill: "float"):
        return cumsum(m, n, fill, T)

    def replacement(m, n, fill):
        return steps(m, n, DEVICE).to(T) * fill


class pointless_cumsum_of_bools(Cumsum):
    """Of a mask that hides nothing."""

    def pattern(m: "int | None", n: "int"):
        return cumsum(m, n, True, torch.bool)

    def replacement(m, n):
        return steps(m, n, DEVICE)
