"""MLA attention writes its output quantised: vLLM's MLAAttnQuantFusionPass. As attn_quant.py, but the output is flat
already, and the buffers of FP4 are allocated by the model beside the call."""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import FP4_IS_BUILT, FP8, MODEL_DTYPES, ONE_SCALE, STATIC_FORMS, allocate, quantize_fp4, quantize_static, \
    view_as_dtype

LAYERS = config.get("mla_layers", ())


def attend(query, latent, rotary, output, name, scale, block_scale, order):
    return auto_functionalized(
        torch.ops.vllm.unified_mla_attention_with_output.default, q=query, kv_c_normed=latent, k_pe=rotary,
        output=output, layer_name=name, output_scale=scale, output_block_scale=block_scale, kv_cache_dummy_dep=order)


def round_up(x, multiple):
    return (x + multiple - 1) // multiple * multiple


def allocate_block_scales(rows, columns, like):
    """Of the swizzled layout: a scale for 16 values, rows padded to 128, scales of a row to 4, four in an integer."""
    return allocate([round_up(rows, 128), round_up(columns // 16, 4) // 4], torch.int32, like)


class mla_attention_fp8(Rule):
    """MLA attention of a declared layer and static quantisation of its output."""

    layer = LAYERS
    form = STATIC_FORMS
    SCALE = ONE_SCALE
    T = MODEL_DTYPES
    enabled = True in [layer.fp8 for layer in LAYERS]
    dropped = ["output"]

    def pattern(query: "T[t, layer.num_heads, d]", latent: "T[s, c]", rotary: "T[s, 1, r]",
                output: "T[t, layer.num_heads * layer.v_head_dim]", scale: SCALE, order: "Tensor | None"):
        return quantize_static(attend(query, latent, rotary, output, layer.name, None, None, order)[1], scale, form)

    def check():
        return layer.fp8

    def replacement(query, latent, rotary, output, scale, order):
        quantized = allocate([query.shape[0], layer.num_heads * layer.v_head_dim], FP8, query)
        return attend(query, latent, rotary, quantized, layer.name, scale, None, order)[1]


class any_mla_attention_fp8(Rule):
    """MLA attention of any layer and static quantisation of its output."""

    form = STATIC_FORMS
    SCALE = ONE_SCALE
    T = MODEL_DTYPES
    enabled = len(LAYERS) == 0
    dropped = ["output"]

    def pattern(query: "T[t, n, d]", latent: "T[s, c]", rotary: "T[s, 1, r]", output: "T[t, w]", name: "str",
                scale: SCALE, order: "Tensor | None"):
        return quantize_static(attend(query, latent, rotary, output, name, None, None, order)[1], scale, form)

    def replacement(query, latent, rotary, output, name, scale, order):
        return attend(query, latent, rotary, allocate([t, w], FP8, query), name, scale, None, order)[1]


class mla_attention_fp4(Rule):
    """MLA attention of a declared layer and FP4 quantisation of its output."""

    layer = LAYERS
    SCALE = ONE_SCALE
    enabled = FP4_IS_BUILT and True in [layer.nvfp4 for layer in LAYERS]
    dropped = ["output"]

    def pattern(query: "bf16[t, layer.num_heads, d]", latent: "bf16[s, c]", rotary: "bf16[s, 1, r]",
                output: "bf16[t, layer.num_heads * layer.v_head_dim]", scale: SCALE, order: "Tensor | None"):
        attended = attend(query, latent, rotary, output, layer.name, None, None, order)[1]
        width = layer.num_heads * layer.v_head_dim
        quantized, scales = quantize_fp4(
            attended, allocate([t, width // 2], torch.uint8, attended), allocate_block_scales(t, width, attended),
            scale)
        return quantized, view_as_dtype(scales, FP8)

    def check():
        return layer.nvfp4

    def replacement(query, latent, rotary, output, scale, order):
        width = layer.num_heads * layer.v_head_dim
        scales = view_as_dtype(allocate_block_scales(query.shape[0], width, query), FP8)
        packed = allocate([query.shape[0], width // 2], torch.uint8, query)
        fused = attend(query, latent, rotary, packed, layer.name, scale, scales, order)
        return fused[1], fused[2]


class any_mla_attention_fp4(Rule):
    """MLA attention of any layer and FP4 quantisation of its output."""

    SCALE = ONE_SCALE
    enabled = len(LAYERS) == 0 and FP4_IS_BUILT
    dropped = ["output"]

    def pattern(query: "bf16[t, n, d]", latent: "bf16[s, c]", rotary: "bf16[s, 1, r]", output: "bf16[t, w]", name: "str",
                scale: SCALE, order: "Tensor | None"):
        attended = attend(query, latent, rotary, output, name, None, None, order)[1]
        quantized, scales = quantize_fp4(
            attended, allocate([t, w // 2], torch.uint8, attended), allocate_block_scales(t, w, attended), scale)
        return quantized, view_as_dtype(scales, FP8)

    def replacement(query, latent, rotary, output, name, scale, order):
        scales = view_as_dtype(allocate_block_scales(t, w, query), FP8)
        packed = allocate([t, w // 2], torch.uint8, query)
        fused = attend(query, latent, rotary, packed, name, scale, scales, order)
        return fused[1], fused[2]
