"""An all-reduce before a norm becomes a reduce-scatter before it and an all-gather behind it: vLLM's
SequenceParallelismPass. Each device then normalises its part of the tokens, and a quantised norm is gathered quantised.

The residual shrinks to a device's part. Matches are found from the end of the graph to its start, so at a site the
residual still has all tokens, and a slice takes the part; when the site before is rewritten, the slice changes nothing
any more, and the no-op elimination that follows removes it. This is right only if all norms along the residual are
rewritten; where one is not, the sizes of the graph no longer fit.
"""
import torch
from regraft import Rule
from .parts import MODEL_DTYPES, ONE_SCALE, STATIC_FORMS, WORLD_SIZE, add_rms_norm, all_gather, all_reduce, \
    is_fused, quantize_static, reduce_scatter, rms_norm


class SequenceParallel(Rule):
    T = MODEL_DTYPES
    resizes = True
    enabled = WORLD_SIZE > 1

    def check(epsilon):
        return is_fused(epsilon)


def add_rms_norm_part(x, residual, weight, epsilon):
    part = reduce_scatter(x)
    return add_rms_norm(part, torch.ops.aten.slice.Tensor(residual, 0, 0, part.shape[0]), weight, epsilon)


class first(SequenceParallel):
    """The first norm of a model, which has no residual to add."""

    def pattern(input: "T[t, h]", weight: "T[h]", epsilon: "float"):
        reduced = all_reduce(input)
        return rms_norm(reduced, weight, epsilon), reduced

    def replacement(input, weight, epsilon):
        part = reduce_scatter(input)
        return all_gather(rms_norm(part, weight, epsilon)), part


class middle(SequenceParallel):
    """A norm with a residual."""

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "T[h]", epsilon: "float"):
        return add_rms_norm(all_reduce(input), residual, weight, epsilon)

    def replacement(residual, input, weight, epsilon):
        normed, residual_out = add_rms_norm_part(input, residual, weight, epsilon)
        return all_gather(normed), residual_out


class last(SequenceParallel):
    """A norm with a residual that nobody takes further."""

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "T[h]", epsilon: "float"):
        return add_rms_norm(all_reduce(input), residual, weight, epsilon)[0]

    def replacement(residual, input, weight, epsilon):
        return all_gather(add_rms_norm_part(input, residual, weight, epsilon)[0])


class first_fp8(SequenceParallel):
    """The first norm, quantised."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(input: "T[t, h]", weight: "T[h]", scale: SCALE, epsilon: "float"):
        reduced = all_reduce(input)
        return quantize_static(rms_norm(reduced, weight, epsilon), scale, form), reduced

    def replacement(input, weight, scale, epsilon):
        part = reduce_scatter(input)
        return all_gather(quantize_static(rms_norm(part, weight, epsilon), scale, form)), part


class middle_fp8(SequenceParallel):
    """A norm with a residual, quantised."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "T[h]", scale: SCALE, epsilon: "float"):
        normed, residual_out = add_rms_norm(all_reduce(input), residual, weight, epsilon)
        return quantize_static(normed, scale, form), residual_out

    def replacement(residual, input, weight, scale, epsilon):
        normed, residual_out = add_rms_norm_part(input, residual, weight, epsilon)
        return all_gather(quantize_static(normed, scale, form)), residual_out


class last_fp8(SequenceParallel):
    """A norm with a residual that nobody takes further, quantised."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE

    def pattern(residual: "T[t, h]", input: "T[t, h]", weight: "T[h]", scale: SCALE, epsilon: "float"):
        return quantize_static(add_rms_norm(all_reduce(input), residual, weight, epsilon)[0], scale, form)

    def replacement(residual, input, weight, scale, epsilon):
        normed = add_rms_norm_part(input, residual, weight, epsilon)[0]
        return all_gather(quantize_static(normed, scale, form))
