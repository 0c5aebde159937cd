"""An all-reduce before a norm becomes a reduce-scatter before it and an all-gather behind it: vLLM's
SequenceParallelismPass. Each device then normalises its part of the tokens, and a quantised norm is gathered quantised.

The residual shrinks to a device's part. Matches are found from the end of the graph to its start, so at a site the
residual still has all tokens, and a slice takes the part that is this device's; behind the norm the residual is gathered
again for whoever wants all of it. Where the next norm is rewritten too, nobody does: src/pass/sequence_parallel.c lets its
slice read the part, and the no-op elimination that follows removes the slice.

vLLM hands on the part, and slices from the first token on, whatever the device (compatible). That is right if every norm
along the residual is rewritten; where one is not, the sizes of the graph no longer fit, or the values are wrong.
"""
import torch
from regraft import Rule, config
from .parts import DTYPES, IS_COMPATIBLE, ONE_SCALE, STATIC_FORMS, WORLD_SIZE, add_rms_norm, all_gather, \
    all_reduce, is_fused, quantize_static, reduce_scatter, rms_norm

RANK = 0 if IS_COMPATIBLE else config.get("tensor_parallel_rank", 0)


class SequenceParallel(Rule):
    T = DTYPES
    resizes = True
    enabled = WORLD_SIZE > 1

    def check(epsilon):
        return is_fused(epsilon)


def add_rms_norm_part(x, residual, weight, epsilon):
    part = reduce_scatter(x)
    rows = part.shape[0]
    own = torch.ops.aten.slice.Tensor(residual, 0, RANK * rows, (RANK + 1) * rows)
    return add_rms_norm(part, own, weight, epsilon)


def handed_on(part):
    return part if IS_COMPATIBLE else all_gather(part)


class first(SequenceParallel):
    """The first norm of a model, which has no residual to add."""

    def pattern(input: "T[t, h]", weight: "Tensor", epsilon: "float"):
        reduced = all_reduce(input)
        return rms_norm(reduced, weight, epsilon), reduced

    def replacement(input, weight, epsilon):
        part = reduce_scatter(input)
        return all_gather(rms_norm(part, weight, epsilon)), handed_on(part)


class middle(SequenceParallel):
    """A norm with a residual."""

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "Tensor", epsilon: "float"):
        return add_rms_norm(all_reduce(input), residual, weight, epsilon)

    def replacement(residual, input, weight, epsilon):
        normed, residual_out = add_rms_norm_part(input, residual, weight, epsilon)
        return all_gather(normed), handed_on(residual_out)


class last(SequenceParallel):
    """A norm with a residual that nobody takes further."""

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "Tensor", epsilon: "float"):
        return add_rms_norm(all_reduce(input), residual, weight, epsilon)[0]

    def replacement(residual, input, weight, epsilon):
        return all_gather(add_rms_norm_part(input, residual, weight, epsilon)[0])


class first_fp8(SequenceParallel):
    """The first norm, quantised."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(input: "T[t, h]", weight: "Tensor", scale: SCALE, epsilon: "float"):
        reduced = all_reduce(input)
        return quantize_static(rms_norm(reduced, weight, epsilon), scale, form), reduced

    def replacement(input, weight, scale, epsilon):
        part = reduce_scatter(input)
        return all_gather(quantize_static(rms_norm(part, weight, epsilon), scale, form)), handed_on(part)


class middle_fp8(SequenceParallel):
    """A norm with a residual, quantised."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "Tensor", scale: SCALE, epsilon: "float"):
        normed, residual_out = add_rms_norm(all_reduce(input), residual, weight, epsilon)
        return quantize_static(normed, scale, form), residual_out

    def replacement(residual, input, weight, scale, epsilon):
        normed, residual_out = add_rms_norm_part(input, residual, weight, epsilon)
        return all_gather(quantize_static(normed, scale, form)), handed_on(residual_out)


class last_fp8(SequenceParallel):
    """A norm with a residual that nobody takes further, quantised."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "Tensor", scale: SCALE, epsilon: "float"):
        return quantize_static(add_rms_norm(all_reduce(input), residual, weight, epsilon)[0], scale, form)

    def replacement(residual, input, weight, scale, epsilon):
        normed = add_rms_norm_part(input, residual, weight, epsilon)[0]
        return all_gather(quantize_static(normed, scale, form))
