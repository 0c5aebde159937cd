"""Attention writes its output quantised: vLLM's AttnQuantFusionPass.

FP8 with one static scale, and FP4. Layers that are declared (`attention_layers`) are taken by name, and only if their
backend can do it; without declaration any layer is taken, with the sizes that the graph tells.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import FP4_IS_BUILT, FP8, MODEL_DTYPES, ONE_SCALE, STATIC_FORMS, allocate, quantize_fp4, quantize_static, \
    reshape, view_as_dtype

LAYERS = config.get("attention_layers", ())


def attend(query, key, value, output, name, scale, block_scale, order):
    """`order` is what the update of the cache returns, if anything: it keeps the two in order."""
    return auto_functionalized(
        torch.ops.vllm.unified_attention_with_output.default, query=query, key=key, value=value, output=output,
        layer_name=name, output_scale=scale, output_block_scale=block_scale, kv_cache_dummy_dep=order)


def attend_flat(query, key, value, output, name, order):
    heads = attend(query, key, value, output, name, None, None, order)[1]
    return reshape(heads, [query.shape[0], output.shape[1] * output.shape[2]])


class attention_fp8(Rule):
    """Attention of a declared layer and static quantisation of its output."""

    layer = LAYERS
    form = STATIC_FORMS
    SCALE = ONE_SCALE
    T = MODEL_DTYPES
    enabled = True in [layer.fp8 for layer in LAYERS]
    dropped = ["output"]

    def pattern(query: "T[t, layer.num_heads, layer.head_size]", key: "T[s, k, layer.head_size]",
                value: "T[s, k, layer.head_size_v]", output: "T[t, layer.num_heads, layer.head_size_v]",
                scale: SCALE, order: "Tensor | None"):
        return quantize_static(attend_flat(query, key, value, output, layer.name, order), scale, form)

    def check():
        return layer.fp8

    def replacement(query, key, value, output, scale, order):
        quantized = allocate([query.shape[0], layer.num_heads, layer.head_size_v], FP8, query)
        result = attend(query, key, value, quantized, layer.name, scale, None, order)[1]
        return reshape(result, [-1, layer.num_heads * layer.head_size_v])


class any_attention_fp8(Rule):
    """Attention of any layer and static quantisation of its output."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE
    T = MODEL_DTYPES
    enabled = len(LAYERS) == 0
    dropped = ["output"]

    def pattern(query: "T[t, n, d]", key: "T[s, k, d]", value: "T[s, k, e]", output: "T[t, n, e]", name: "str",
                scale: SCALE, order: "Tensor | None"):
        return quantize_static(attend_flat(query, key, value, output, name, order), scale, form)

    def replacement(query, key, value, output, name, scale, order):
        quantized = allocate([t, n, e], FP8, query)
        return reshape(attend(query, key, value, quantized, name, scale, None, order)[1], [-1, n * e])


class attention_fp4(Rule):
    """Attention of a declared layer and FP4 quantisation of its output."""

    layer = LAYERS
    SCALE = ONE_SCALE
    enabled = FP4_IS_BUILT and True in [layer.nvfp4 for layer in LAYERS]
    dropped = ["output", "result"]

    def pattern(query: "bf16[t, layer.num_heads, layer.head_size]", key: "bf16[s, k, layer.head_size]",
                value: "bf16[s, k, layer.head_size_v]", output: "bf16[t, layer.num_heads, layer.head_size_v]",
                result: "u8[t, layer.num_heads * (layer.head_size_v // 2)]", block_scale: "i32[r, c]",
                scale: SCALE, order: "Tensor | None"):
        flat = attend_flat(query, key, value, output, layer.name, order)
        quantized, scales = quantize_fp4(flat, result, block_scale, scale)
        return quantized, view_as_dtype(scales, FP8)

    def check():
        return layer.nvfp4

    def replacement(query, key, value, output, result, block_scale, scale, order):
        packed = allocate([query.shape[0], layer.num_heads, layer.head_size_v // 2], torch.uint8, query)
        fused = attend(query, key, value, packed, layer.name, scale, view_as_dtype(block_scale, FP8), order)
        return reshape(fused[1], [-1, layer.num_heads * (layer.head_size_v // 2)]), fused[2]


class any_attention_fp4(Rule):
    """Attention of any layer and FP4 quantisation of its output."""

    SCALE = ONE_SCALE
    enabled = len(LAYERS) == 0 and FP4_IS_BUILT
    dropped = ["output", "result"]

    def pattern(query: "bf16[t, n, d]", key: "bf16[s, k, d]", value: "bf16[s, k, e]", output: "bf16[t, n, e]",
                name: "str", result: "u8[t, n * (e // 2)]", block_scale: "i32[r, c]", scale: SCALE,
                order: "Tensor | None"):
        quantized, scales = quantize_fp4(
            attend_flat(query, key, value, output, name, order), result, block_scale, scale)
        return quantized, view_as_dtype(scales, FP8)

    def replacement(query, key, value, output, name, result, block_scale, scale, order):
        packed = allocate([t, n, e // 2], torch.uint8, query)
        fused = attend(query, key, value, packed, name, scale, view_as_dtype(block_scale, FP8), order)
        return reshape(fused[1], [-1, n * (e // 2)]), fused[2]
