"""The largest magnitude instead of the largest number."""
import torch
from regraft import Rule


class right(Rule):
    def pattern(x: "f32[n, m]"):
        return x.amax(-1)

    def replacement(x):
        return -((-x).amin(-1))


class wrong(Rule):
    def pattern(x: "f32[n, m]"):
        return x.amax(-1)

    def replacement(x):
        return x.abs().amax(-1)
