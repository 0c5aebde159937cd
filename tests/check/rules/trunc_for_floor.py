"""A quotient of integers is rounded to zero."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "i64[n, m]"):
        return torch.ops.aten.div.Tensor_mode(x - 4, 3, rounding_mode="floor")

    def replacement(x):
        return torch.ops.aten.div.Tensor_mode(x - 1, 3, rounding_mode="floor") - 1


class wrong(Rule):
    def pattern(x: "i64[n, m]"):
        return torch.ops.aten.div.Tensor_mode(x - 4, 3, rounding_mode="floor")

    def replacement(x):
        return torch.ops.aten.div.Tensor_mode(x - 4, 3, rounding_mode="trunc")
