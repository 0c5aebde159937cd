"""What the fusions of vLLM are made of: norms, quantisation, SiLU-and-multiply, rotary embedding.

vLLM writes some of these as a custom op or as what its native implementation decomposes to, by configuration
(`custom_ops`); newer versions have ops of their own in between. A graph has one of the forms, and a rule that takes one
of them as parameter finds whichever it is.
"""
import torch
import torch.nn.functional as F
from regraft import auto_functionalized, config

FP8 = config.get("fp8_dtype", torch.float8_e4m3fn)
FP8_MAX = 448.0 if FP8 == torch.float8_e4m3fn else 224.0
MODEL_DTYPE = config.get("model_dtype", None)
HALVES = (torch.bfloat16, torch.float16)
DTYPES = (torch.bfloat16, torch.float16, torch.float32)
IS_COMPATIBLE = config.get("compatible", False)
# vLLM's patterns are made for the model's dtype, and found in any; so are norms with a weight of another dtype.
MODEL_DTYPES = DTYPES if MODEL_DTYPE is None or IS_COMPATIBLE else (MODEL_DTYPE,)
NORM_WEIGHT = "Tensor" if IS_COMPATIBLE else "T[h]"
FP4_IS_BUILT = "_C.scaled_fp4_quant" not in config.get("missing_ops", ()) \
    and config.get("platform", "cuda") == "cuda"
ONE_SCALE = ("f32[1, 1]", "f32[1]", "f32[]")


def reshape(x, shape):
    return torch.ops.aten.reshape.default(x, shape)


def flat(x):
    """Heads side by side again."""
    return x if x.ndim == 2 else reshape(x, [x.shape[0], x.shape[1] * x.shape[2]])


def view_as_dtype(x, dtype):
    return torch.ops.aten.view.dtype(x, dtype)


def allocate(shape, dtype, like):
    return torch.empty(shape, dtype=dtype, device=like.device)


def in_model_dtype(x):
    """vLLM converts what a fused op takes, also where the model does not compute in that dtype."""
    return x.to(MODEL_DTYPE) if IS_COMPATIBLE and MODEL_DTYPE is not None else x


# ---- norms: IR ops, which stand for the custom op and for its native form ----


def is_fused(epsilon):
    """vLLM has a pattern for each of two epsilons; here any is taken over."""
    return not IS_COMPATIBLE or epsilon in (1e-05, 1e-06)


def rms_norm(x, weight, epsilon):
    return torch.ops.vllm_ir.rms_norm.default(x, weight, epsilon)


def add_rms_norm(x, residual, weight, epsilon):
    return torch.ops.vllm_ir.fused_add_rms_norm.default(x, residual, weight, epsilon)


def normed_heads(x, heads, weight, epsilon):
    """Each head by itself."""
    return rms_norm(reshape(x, [x.shape[0], heads, weight.shape[0]]), weight, epsilon)


# ---- quantisation to FP8 ----

STATIC_FORMS = ("custom", "native", "ir")


def quantize_static_custom(x, scale):
    result = allocate(x.shape, FP8, x)
    return auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=result, input=x, scale=scale)[1]


def quantize_native(x, scale):
    scaled = x.to(torch.float32) * scale.reciprocal()
    return scaled.clamp(-FP8_MAX, FP8_MAX).to(FP8)


def quantize_static(x, scale, form):
    """By one scale for the whole tensor."""
    return quantize_static_custom(x, scale) if form == "custom" else quantize_native(x, scale) if form == "native" \
        else torch.ops.vllm_ir.static_quant_fp8.default(x, scale, FP8)


TOKEN_FORMS = ("custom", "native")


def quantize_token_native(x):
    largest = x.abs().max(dim=-1)[0].unsqueeze(-1).to(torch.float32)
    scale = (largest / FP8_MAX).clamp(min=1.0 / (FP8_MAX * 512.0))
    return quantize_native(x, scale), scale


def quantize_token(x, form):
    """By a scale for each row, which is computed; gives the scales too."""
    return quantize_token_custom(x) if form == "custom" else quantize_token_native(x)


def quantize_token_custom(x):
    result = allocate(x.shape, FP8, x)
    scale = allocate([x.shape[0], 1], torch.float32, x)
    quantized = auto_functionalized(
        torch.ops._C.dynamic_per_token_scaled_fp8_quant.default, result=result, input=x, scale=scale, scale_ub=None)
    return quantized[1], quantized[2]


# Scales that are powers of two, which no fused op gives: vLLM fuses these too, and they are no longer that.
UE8M0 = (True, False) if IS_COMPATIBLE else (False,)


def quantize_group(x, scale, group_size, ue8m0, transposed, tma_aligned):
    """By a scale for each group of columns, computed into the buffer `scale`; gives the scales too."""
    result = allocate(x.shape, FP8, x)
    quantized = auto_functionalized(
        torch.ops._C.per_token_group_fp8_quant.default, input=x, output_q=result, output_s=scale,
        group_size=group_size, eps=1e-10, fp8_min=-FP8_MAX, fp8_max=FP8_MAX, scale_ue8m0=ue8m0,
        dummy_is_scale_transposed=transposed, dummy_is_tma_aligned=tma_aligned)
    return quantized[1], quantized[2]


# What vLLM's fusions with it change.
GROUP_SCALES = "the fused op has no scale below 1 / (448 * 512), and rounds none up to a power of two"


# ---- quantisation to FP4, two values in a byte, scales in the swizzled layout ----


def quantize_fp4(x, result, block_scale, scale):
    """Into the buffers `result` and `block_scale`; gives both."""
    quantized = auto_functionalized(
        torch.ops._C.scaled_fp4_quant.out, input=x, input_scale=scale, is_sf_swizzled_layout=True, output=result,
        output_scale=block_scale)
    return quantized[1], quantized[2]


# ---- SiLU of the left half of the columns, times the right half ----

SILU_FORMS = ("custom", "native")


def silu_and_mul_custom(x):
    result = allocate(x.shape[:-1] + [x.shape[-1] // 2], x.dtype, x)
    return auto_functionalized(torch.ops._C.silu_and_mul.default, result=result, input=x)[1]


def silu_and_mul(x, form):
    return silu_and_mul_custom(x) if form == "custom" \
        else F.silu(x[..., :x.shape[-1] // 2]) * x[..., x.shape[-1] // 2:]


# ---- rotary embedding of queries and keys ----

ROTARY_OPS = ("custom", "flashinfer")


def rotate(positions, query, key, cache, head_size, is_neox, op):
    """By one op, in place: [tokens, heads * head_size] or [tokens, heads, head_size]."""
    rotated = auto_functionalized(
        torch.ops._C.rotary_embedding.default if op == "custom"
        else torch.ops.vllm.flashinfer_rotary_embedding.default,
        positions=positions, query=query, key=key, head_size=head_size, cos_sin_cache=cache, is_neox=is_neox)
    return rotated[1], rotated[2]


def halves(x):
    parts = torch.ops.aten.split.Tensor(x, x.shape[-1] // 2, -1)
    return parts[0], parts[1]


# Cosines and sines are spread over the heads for queries and keys apart, or once where calls that are alike were merged.
SPREADS = ("apart", "once")


def cosines(positions, cache, spread):
    """And sines: the halves of the cache's row for each token."""
    cos, sin = halves(cache.index_select(0, positions))
    return (spread_over_heads(cos), spread_over_heads(sin)) if spread == "once" else (cos, sin)


def spread_over_heads(wave):
    return wave.unsqueeze(-2) if wave.ndim == 2 else wave


def rotate_native(x, cos, sin, is_neox):
    """Written out, [tokens, heads, head_size]. The halves of a head turn into one another, or else neighbours do.

    In a graph what follows is a view, which may be one with those around it, so neighbours are left unjoined:
    [tokens, heads, head_size / 2, 2].
    """
    cos, sin = spread_over_heads(cos), spread_over_heads(sin)
    left, right = halves(x) if is_neox else (x[..., ::2], x[..., 1::2])
    first = left * cos - right * sin
    second = right * cos + left * sin
    return torch.cat([first, second], -1) if is_neox else torch.stack([first, second], -1)


def joined(x, is_neox):
    """What `rotate_native` gives, as heads."""
    return x if is_neox else x.flatten(-2)


def unjoined(x, is_neox):
    """Heads, as `rotate_native` gives them."""
    return x if is_neox else reshape(x, [x.shape[0], x.shape[1], x.shape[2] // 2, 2])


def rotate_columns(x, cos, sin, is_neox, layer):
    """Written out, heads into heads: the columns that the layer turns, and the others as they are."""
    return joined(rotate_native(x, cos, sin, is_neox), is_neox) if layer.rotary_dim == layer.head_size \
        else torch.cat([joined(rotate_native(x[..., :layer.rotary_dim], cos, sin, is_neox), is_neox),
                        x[..., layer.rotary_dim:]], -1)


def rotate_both_native(positions, query, key, cache, is_neox, spread):
    """Heads, into heads."""
    cos, sin = cosines(positions, cache, spread)
    return joined(rotate_native(query, cos, sin, is_neox), is_neox), \
        joined(rotate_native(key, cos, sin, is_neox), is_neox)


def rotate_both_scaled(positions, query, key, cache):
    """As DeepSeek's embedding with scaling writes it, neighbours in turn: by a sum over the whole head. (The scale is in
    the cache. With halves in turn and one position for each token this form gives four dimensions, and no model has it.)
    """
    cos, sin = cosines(positions, cache, "apart")
    cos, sin = cos.repeat_interleave(2, -1).unsqueeze(-2), sin.repeat_interleave(2, -1).unsqueeze(-2)
    return query * cos + turned(query) * sin, key * cos + turned(key) * sin


def turned(x):
    return torch.stack([-x[..., 1::2], x[..., ::2]], -1).flatten(-2)


# ---- the parts of a packed projection [tokens, heads * head_size of queries, keys and values] of a declared layer ----


def in_heads(x, heads, size):
    return reshape(x, [-1, heads, size])


def split_projection(qkv, layer):
    query, key, value = layer.num_heads * layer.head_size, layer.num_kv_heads * layer.head_size, \
        layer.num_kv_heads * layer.head_size_v
    return torch.ops.aten.split_with_sizes.default(qkv, [query, key, value], -1)


def rotate_projected(positions, query, key, cache, layer, is_neox, form, spread):
    """Queries and keys, flat or in heads; then in heads."""
    return rotate_both_native(positions, in_heads(query, layer.num_heads, layer.head_size),
                              in_heads(key, layer.num_kv_heads, layer.head_size), cache, is_neox, spread) \
        if form == "native" else rotate_flat(positions, query, key, cache, layer, is_neox, form)


def rotate_flat(positions, query, key, cache, layer, is_neox, op):
    q, k = rotate(positions, flat(query), flat(key), cache, layer.head_size, is_neox, op)
    return in_heads(q, layer.num_heads, layer.head_size), in_heads(k, layer.num_kv_heads, layer.head_size)


# ---- collectives of the tensor-parallel group ----

GROUP = config.get("tensor_parallel_group", "tp:0")
# A graph does not tell how many devices it runs on; one that has these collectives runs on two at least.
WORLD_SIZE = config.get("tensor_parallel_size", None) or 2


def all_reduce(x):
    return torch.ops.vllm.all_reduce.default(x, GROUP)


def reduce_scatter(x):
    return torch.ops.vllm.reduce_scatter.default(x, 0, WORLD_SIZE, GROUP)


def all_gather(x):
    return torch.ops.vllm.all_gather.default(x, 0, WORLD_SIZE, GROUP)
