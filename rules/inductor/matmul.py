"""Products of matrices in the form that has the better kernels: a sum with a product is one addmm, a batch of one product
is that product.

The counterparts of `addmm` in Inductor's post-grad pass and of `bmm_to_mm` in its joint-graph pass. Inductor forms no
addmm on a GPU where only pointwise ops read it, because its own code generator fuses the sum into those. That condition is
an option of the pass (src/pass/matmul_accept.c); nothing here depends on what comes after, or on the device.
"""

import torch
from regraft import Rule


class addmm(Rule):
    """A product, and something that is broadcast to it: a matrix, a bias for each column, a column, a number."""

    def pattern(a: "T[m, k]", b: "T[k, n]", bias: "Tensor"):
        return torch.ops.aten.add.Tensor(torch.mm(a, b), bias)

    def replacement(a, b, bias):
        return torch.ops.aten.addmm.default(bias, a, b)

    def fits(size, wanted):
        return size == 1 or size == wanted

    def check(bias):
        return (bias.dtype == T and bias.ndim <= 2 and (bias.ndim == 0 or fits(bias.shape[-1], n))
                and (bias.ndim < 2 or fits(bias.shape[0], m)))


class bmm_to_mm(Rule):
    """A batch of one."""

    def pattern(a: "T[1, m, k]", b: "T[1, k, n]"):
        return torch.bmm(a, b)

    def replacement(a, b):
        return torch.mm(a.squeeze(0), b.squeeze(0)).unsqueeze(0)


class bmm_to_outer(bmm_to_mm):
    """A batch of one product of a column and a row, which is pointwise."""

    priority = 1

    def pattern(a: "T[1, m, 1]", b: "T[1, 1, n]"):
        return torch.bmm(a, b)

    def replacement(a, b):
        return (a.squeeze(0) * b.squeeze(0)).unsqueeze(0)
