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
MODEL_DTYPES = DTYPES if MODEL_DTYPE is None else (MODEL_DTYPE,)
IS_COMPATIBLE = config.get("compatible", False)
FP4_IS_BUILT = "_C.scaled_fp4_quant" not in config.get("missing_ops", ()) \
    and config.get("platform", "cuda") == "cuda"
ONE_SCALE = ("f32[1, 1]", "f32[1]", "f32[]")


def reshape(x, shape):
    return torch.ops.aten.reshape.default(x, shape)


def view_as_dtype(x, dtype):
    return torch.ops.aten.view.dtype(x, dtype)


def allocate(shape, dtype, like):
    return torch.empty(shape, dtype=dtype, device=like.device)


def in_model_dtype(x):
    return x if MODEL_DTYPE is None else x.to(MODEL_DTYPE)


# ---- norms: IR ops, which stand for the custom op and for its native form ----


def is_fused(epsilon):
    """vLLM has a pattern for each of two epsilons; here any is taken over."""
    return not IS_COMPATIBLE or epsilon in (1e-05, 1e-06)


def rms_norm(x, weight, epsilon):
    return torch.ops.vllm_ir.rms_norm.default(x, weight, epsilon)


def add_rms_norm(x, residual, weight, epsilon):
    return torch.ops.vllm_ir.fused_add_rms_norm.default(x, residual, weight, epsilon)


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


def quantize_group(x, scale, group_size, ue8m0, transposed, tma_aligned):
    """By a scale for each group of columns, computed into the buffer `scale`; gives the scales too."""
    result = allocate(x.shape, FP8, x)
    quantized = auto_functionalized(
        torch.ops._C.per_token_group_fp8_quant.default, input=x, output_q=result, output_s=scale,
        group_size=group_size, eps=1e-10, fp8_min=-FP8_MAX, fp8_max=FP8_MAX, scale_ue8m0=ue8m0,
        dummy_is_scale_transposed=transposed, dummy_is_tma_aligned=tma_aligned)
    return quantized[1], quantized[2]


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


# ---- rotary embedding of queries and keys, each [tokens, heads * head_size] ----

ROTARY_OPS = ("custom", "flashinfer")  # forms that are one op; the other one is "native"


def rotate_by_op(op, positions, query, key, cache, head_size, is_neox):
    rotated = auto_functionalized(
        op, positions=positions, query=query, key=key, head_size=head_size, cos_sin_cache=cache, is_neox=is_neox)
    return rotated[1], rotated[2]


def rotate_halves(left, right, cos, sin, is_neox):
    first = left * cos - right * sin
    second = right * cos + left * sin
    return torch.cat([first, second], -1) if is_neox else torch.stack([first, second], -1).flatten(-2)


def rotate_native(x, cos, sin, head_size, is_neox):
    heads = reshape(x, [x.shape[0], x.shape[1] // head_size, head_size])
    left = heads[..., :head_size // 2] if is_neox else heads[..., ::2]
    right = heads[..., head_size // 2:] if is_neox else heads[..., 1::2]
    return reshape(rotate_halves(left, right, cos, sin, is_neox), x.shape)


def cosines(positions, cache, like):
    rows = cache.index_select(0, positions)
    half = cache.shape[1] // 2
    return rows[:, :half].unsqueeze(-2).to(like.dtype), rows[:, half:].unsqueeze(-2).to(like.dtype)


def rotate_both_native(positions, query, key, cache, head_size, is_neox):
    cos, sin = cosines(positions, cache, query)
    return rotate_native(query, cos, sin, head_size, is_neox), rotate_native(key, cos, sin, head_size, is_neox)


def rotate(positions, query, key, cache, head_size, is_neox, form):
    return rotate_both_native(positions, query, key, cache, head_size, is_neox) if form == "native" else rotate_by_op(
        torch.ops._C.rotary_embedding.default if form == "custom"
        else torch.ops.vllm.flashinfer_rotary_embedding.default,
        positions, query, key, cache, head_size, is_neox)


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
