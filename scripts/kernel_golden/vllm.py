"""vLLM's ops, by what they are for."""
import itertools

import torch

from kernel_golden.cases import BF16, BOOL, F16, F32, F64, F8, I32, U8, Op, integers, positive, tensor


def largest(dtype):
    return torch.finfo(dtype).max


def rms(x, weight, epsilon):
    """In float, rounded before and after the weight."""
    y = x.float() * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + epsilon)
    return y.to(x.dtype) * weight


def to_narrow(x, scale, dtype):
    return (x.float() * (1.0 / scale)).clamp(-largest(dtype), largest(dtype)).to(dtype)


def silu_mul(x):
    half = x.shape[-1] // 2
    return torch.nn.functional.silu(x[..., :half].float()).to(x.dtype) * x[..., half:]


def group_scales(x, group, dtype):
    magnitudes = x.float().reshape(*x.shape[:-1], -1, group).abs().amax(-1)
    return (magnitudes / largest(dtype)).clamp(min=1 / (largest(dtype) * 512))


def to_narrow_groups(x, scales, group, dtype):
    return to_narrow(x, scales.repeat_interleave(group, -1), dtype)


def rotate(x, angles, neox):
    half = angles.shape[-1] // 2
    cosine, sine = angles[:, None, :half].double(), angles[:, None, half:].double()
    turned, rest = x[..., :2 * half].double(), x[..., 2 * half:]
    a, b = (turned[..., :half], turned[..., half:]) if neox else (turned[..., ::2], turned[..., 1::2])
    c, d = a * cosine - b * sine, b * cosine + a * sine
    both = torch.cat([c, d], -1) if neox else torch.stack([c, d], -1).flatten(-2)
    return torch.cat([both.to(x.dtype), rest], -1)


def pack_fp4(x):
    """The nearest of the eight magnitudes, ties to the even code; two codes a byte, the first one low."""
    grid = torch.tensor([0, 0.5, 1, 1.5, 2, 3, 4, 6], dtype=F64)
    distance = (x.abs().double().unsqueeze(-1) - grid).abs()
    order = torch.tensor([0, 2, 4, 6, 1, 3, 5, 7])  # even codes first, so that they win ties
    code = order[distance[..., order].argmin(-1)] + 8 * torch.signbit(x).long()
    return (code[..., ::2] + 16 * code[..., 1::2]).to(U8)


def vllm(writer):
    epsilon = 1e-6
    for dtype in (F32, BF16, F16):
        def x(*shape):
            return tensor(shape, dtype)

        def rms_norm(result, input, weight, epsilon):
            result.copy_(rms(input, weight, epsilon))

        writer.add(Op("_C.rms_norm.default", rms_norm), result=torch.zeros(3, 16, dtype=dtype), input=x(3, 16), weight=x(16),
                   epsilon=epsilon, _written=["result"])

        def fused_add(input, residual, weight, epsilon):
            residual.copy_(input + residual)
            input.copy_(rms(residual, weight, epsilon))

        writer.add(Op("_C.fused_add_rms_norm.default", fused_add), input=x(3, 16), residual=x(3, 16), weight=x(16),
                   epsilon=epsilon, _written=["input", "residual"])

        def silu_and_mul(result, input):
            result.copy_(silu_mul(input))

        writer.add(Op("_C.silu_and_mul.default", silu_and_mul), result=torch.zeros(3, 8, dtype=dtype), input=x(3, 16),
                   _written=["result"])
        for neox, flat in itertools.product((True, False), (True, False)):
            def rotary(positions, query, key, head_size, cos_sin_cache, is_neox):
                for heads in (query, key):
                    view = heads.view(heads.shape[0], -1, head_size)
                    view.copy_(rotate(view, cos_sin_cache[positions], is_neox))

            shapes = ((4, 32), (4, 16)) if flat else ((4, 4, 8), (4, 2, 8))
            writer.add(Op("_C.rotary_embedding.default", rotary), positions=integers((4,), 0, 9), query=x(*shapes[0]),
                       key=x(*shapes[1]), head_size=8, cos_sin_cache=x(9, 8 if flat else 4), is_neox=neox,
                       _written=["query", "key"])

            def qk_norm_rope(qkv, num_heads_q, num_heads_k, num_heads_v, head_dim, eps, q_weight, k_weight, cos_sin_cache,
                             is_neox, position_ids):
                heads = qkv.view(qkv.shape[0], -1, head_dim)
                split = (num_heads_q, num_heads_k, num_heads_v)
                q, k, _ = heads.split(split, 1)
                q.copy_(rotate(rms(q, q_weight, eps), cos_sin_cache[position_ids], is_neox))
                k.copy_(rotate(rms(k, k_weight, eps), cos_sin_cache[position_ids], is_neox))

            writer.add(Op("_C.fused_qk_norm_rope.default", qk_norm_rope), qkv=x(3, 64), num_heads_q=4, num_heads_k=2,
                       num_heads_v=2, head_dim=8, eps=epsilon, q_weight=x(8), k_weight=x(8), cos_sin_cache=x(9, 8),
                       is_neox=neox, position_ids=integers((3,), 0, 9), _written=["qkv"])
        writer.add(Op("vllm_ir.rms_norm.default", lambda x, w, e: rms(x, w, e)), x(3, 16), x(16), epsilon)

        def ir_fused(x, residual, weight, epsilon):
            total = x + residual
            return rms(total, weight, epsilon), total

        writer.add(Op("vllm_ir.fused_add_rms_norm.default", ir_fused), x(3, 16), x(3, 16), x(16), epsilon)
        quantisation(writer, dtype, x, epsilon)


def quantisation(writer, dtype, x, epsilon):
    def narrow(*shape):
        return torch.zeros(shape, dtype=F32).to(F8)

    def static(result, input, scale):
        result.copy_(to_narrow(input, scale, F8))

    writer.add(Op("_C.static_scaled_fp8_quant.default", static), result=narrow(3, 16), input=x(3, 16),
               scale=positive((1,), low=0.001, high=0.01), _written=["result"])
    writer.add(Op("vllm_ir.static_quant_fp8.default", lambda a, s, d: to_narrow(a, s, d)), x(3, 16),
               positive((1,), low=0.001, high=0.01), F8)

    def dynamic(result, input, scale):
        scale.copy_(input.float().abs().max() / largest(F8))
        result.copy_(to_narrow(input, scale, F8))

    writer.add(Op("_C.dynamic_scaled_fp8_quant.default", dynamic), result=narrow(3, 16), input=x(3, 16),
               scale=torch.zeros(1), _written=["result", "scale"])

    def per_token(result, input, scale, scale_ub):
        magnitude = input.float().abs().amax(-1, keepdim=True)
        magnitude = magnitude if scale_ub is None else torch.minimum(magnitude, scale_ub)
        scale.copy_((magnitude / largest(F8)).clamp(min=1 / (largest(F8) * 512)))
        result.copy_(to_narrow(input, scale, F8))

    for bound in (None, torch.tensor(1.5)):
        writer.add(Op("_C.dynamic_per_token_scaled_fp8_quant.default", per_token), result=narrow(3, 16), input=x(3, 16),
                   scale=torch.zeros(3, 1), scale_ub=bound, _written=["result", "scale"])

    def per_group(input, output_q, output_s, group_size, eps, fp8_min, fp8_max, scale_ue8m0, dummy_is_scale_transposed,
                  dummy_is_tma_aligned):
        magnitude = input.float().reshape(input.shape[0], -1, group_size).abs().amax(-1).clamp(min=eps)
        scale = magnitude / fp8_max
        output_s.copy_(torch.exp2(torch.ceil(torch.log2(scale))) if scale_ue8m0 else scale)
        spread = output_s.repeat_interleave(group_size, -1)
        output_q.copy_((input.float() * (1.0 / spread)).clamp(fp8_min, fp8_max).to(F8))

    for power in (False, True):
        writer.add(Op("_C.per_token_group_fp8_quant.default", per_group), input=x(3, 16), output_q=narrow(3, 16),
                   output_s=torch.zeros(3, 4), group_size=4, eps=1e-10, fp8_min=-448.0, fp8_max=448.0, scale_ue8m0=power,
                   dummy_is_scale_transposed=False, dummy_is_tma_aligned=False, _written=["output_q", "output_s"])

    def norm_static(result, input, weight, scale, epsilon):
        result.copy_(to_narrow(rms(input, weight, epsilon), scale, F8))

    writer.add(Op("_C.rms_norm_static_fp8_quant.default", norm_static), result=narrow(3, 16), input=x(3, 16), weight=x(16),
               scale=positive((1,), low=0.001, high=0.01), epsilon=epsilon, _written=["result"])

    def add_norm_static(result, input, residual, weight, scale, epsilon):
        residual.copy_(input + residual)
        result.copy_(to_narrow(rms(residual, weight, epsilon), scale, F8))

    writer.add(Op("_C.fused_add_rms_norm_static_fp8_quant.default", add_norm_static), result=narrow(3, 16), input=x(3, 16),
               residual=x(3, 16), weight=x(16), scale=positive((1,), low=0.001, high=0.01), epsilon=epsilon,
               _written=["result", "residual"])

    def norm_groups(result, input, weight, scale, epsilon, scale_ub, residual, group_size=16, is_scale_transposed=False):
        if residual is not None:
            residual.copy_(input + residual)
            input = residual
        normed = rms(input, weight, epsilon)
        scale.copy_(group_scales(normed, group_size, F8))
        result.copy_(to_narrow_groups(normed, scale, group_size, F8))

    for residual in (None, x(3, 16)):
        written = ["result", "scale"] + (["residual"] if residual is not None else [])
        writer.add(Op("_C.rms_norm_dynamic_per_token_quant.default", norm_groups), result=narrow(3, 16), input=x(3, 16),
                   weight=x(16), scale=torch.zeros(3, 1), epsilon=epsilon, scale_ub=None,
                   residual=None if residual is None else residual.clone(), _written=written)
        writer.add(Op("_C.rms_norm_per_block_quant.default", norm_groups), result=narrow(3, 16), input=x(3, 16), weight=x(16),
                   scale=torch.zeros(3, 4), epsilon=epsilon, scale_ub=None,
                   residual=None if residual is None else residual.clone(), group_size=4, is_scale_transposed=False,
                   _written=written)

    def silu_static(result, input, scale):
        result.copy_(to_narrow(silu_mul(input), scale, F8))

    writer.add(Op("_C.silu_and_mul_quant.default", silu_static), result=narrow(3, 8), input=x(3, 16),
               scale=positive((1,), low=0.001, high=0.01), _written=["result"])

    def silu_groups(out, input, scales, group_size, scale_ub=None, is_scale_transposed=False):
        activated = silu_mul(input)
        scales.copy_(group_scales(activated, group_size, F8))
        out.copy_(to_narrow_groups(activated, scales, group_size, F8))

    writer.add(Op("_C.silu_and_mul_per_block_quant.default", silu_groups), out=narrow(3, 8), input=x(3, 16),
               scales=torch.zeros(3, 2), group_size=4, scale_ub=None, is_scale_transposed=False, _written=["out", "scales"])

    def fp4(output, input, output_scale, input_scale, is_sf_swizzled_layout):
        groups = input.double().reshape(input.shape[0], -1, 16)
        scale = (input_scale.double() * groups.abs().amax(-1) / 6).float().to(F8)
        inverse = torch.where(scale.double() == 0, 0, input_scale.double() / scale.double())
        output.copy_(pack_fp4((groups * inverse.unsqueeze(-1)).flatten(1)))
        linear = scale.view(U8)
        if is_sf_swizzled_layout:
            rows = torch.zeros(128, 4, dtype=U8)
            rows[:linear.shape[0], :linear.shape[1]] = linear
            linear = rows.reshape(4, 32, 4).permute(1, 0, 2)
        output_scale.view(U8).view(-1)[:linear.numel()] = linear.reshape(-1)

    for swizzled in (False, True):
        writer.add(Op("_C.scaled_fp4_quant.default", fp4), output=torch.zeros(3, 16, dtype=U8), input=x(3, 32),
                   output_scale=torch.zeros(128, 1, dtype=I32), input_scale=torch.tensor([50.0]),
                   is_sf_swizzled_layout=swizzled, _written=["output", "output_scale"])

    def scaled(out, a, b, a_scales, b_scales, bias):
        spread = a_scales.double().repeat_interleave(a.shape[1] // a_scales.shape[1], 1)
        product = (a.double() * spread) @ (b.double() * b_scales.double())
        out.copy_((product + (0 if bias is None else bias.double())).to(out.dtype))

    for columns, bias in ((1, None), (4, None), (1, x(8))):
        writer.add(Op("_C.cutlass_scaled_mm.default", scaled), out=torch.zeros(4, 8, dtype=dtype), a=tensor((4, 16)).to(F8),
                   b=tensor((8, 16)).to(F8).t(), a_scales=positive((4, columns)), b_scales=positive((1, 1)), bias=bias,
                   _written=["out"])


def caches(writer):
    """Rotary embedding fused with the update of a cache, which itself is not modelled."""
    epsilon = 1e-6
    for dtype, neox in itertools.product((F32, BF16, F16), (True, False)):
        def x(*shape):
            return tensor(shape, dtype)

        def rope(query, key, value, positions, cos_sin_cache, is_neox, layer_name):
            for heads in (query, key):
                heads.copy_(rotate(heads, cos_sin_cache[positions], is_neox))
            return torch.empty(0)

        writer.add(Op("vllm.fused_rope_and_unified_kv_cache_update.default", rope), query=x(4, 4, 8), key=x(4, 2, 8),
                   value=x(4, 2, 8), positions=integers((4,), 0, 9), cos_sin_cache=x(9, 8), is_neox=neox,
                   layer_name="layers.0.attn", _written=["query", "key"])

        def rope_mla(positions, q_pe, k_pe, kv_c, cos_sin_cache, is_neox, kv_cache_dtype, kv_cache_scale, layer_name):
            q_pe.copy_(rotate(q_pe, cos_sin_cache[positions], is_neox))
            k_pe.copy_(rotate(k_pe.unsqueeze(1), cos_sin_cache[positions], is_neox).squeeze(1))
            return torch.empty(0)

        writer.add(Op("vllm.fused_rope_unified_mla_kv_cache_update.default", rope_mla), positions=integers((4,), 0, 9),
                   q_pe=x(4, 3, 8), k_pe=x(4, 8), kv_c=x(4, 5), cos_sin_cache=x(9, 8), is_neox=neox, kv_cache_dtype="auto",
                   kv_cache_scale=torch.ones(1), layer_name="layers.0.attn", _written=["q_pe", "k_pe"])

        def norm_rope(q_out, k_out, qkv, positions, q_weight, k_weight, rms_norm_eps, cos_sin_cache, is_neox, layer_name):
            columns = [out.shape[1] * out.shape[2] for out in (q_out, k_out)]
            q, k, _ = qkv.split([*columns, qkv.shape[1] - sum(columns)], 1)
            for out, part, weight in ((q_out, q, q_weight), (k_out, k, k_weight)):
                normed = rms(part.reshape(out.shape), weight, rms_norm_eps)
                out.copy_(rotate(normed, cos_sin_cache[positions], is_neox))
            return torch.empty(0)

        writer.add(Op("vllm.fused_qk_norm_rope_and_unified_kv_cache_update.default", norm_rope),
                   q_out=torch.zeros(3, 4, 8, dtype=dtype), k_out=torch.zeros(3, 2, 8, dtype=dtype), qkv=x(3, 64),
                   positions=integers((3,), 0, 9), q_weight=x(8), k_weight=x(8), rms_norm_eps=epsilon, cos_sin_cache=x(9, 6),
                   is_neox=neox, layer_name="layers.0.attn", _written=["q_out", "k_out"])

    packed_weights(writer)


MASK = (1 << 64) - 1


def hash_text(text):
    """Of a layer's name, from which the interpreter makes the weights that are not in the graph (src/base/table.c)."""
    data, value = text.encode(), (len(text) * 0x9E3779B97F4A7C15) & MASK
    for start in range(0, len(data), 8):
        word = int.from_bytes(data[start:start + 8], "little")
        value = ((value ^ word) * 0xFF51AFD7ED558CCD) & MASK
        value ^= value >> 29
    value = (value * 0xC4CEB9FE1A85EC53) & MASK
    return value ^ (value >> 32)


def uniform(stream, counter):
    x = (stream + counter * 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return ((x ^ (x >> 31)) >> 11) * 2.0**-53


def packed_weights(writer):
    """MLA: keys and values are unpacked from a latent vector, by weights that the layer's name decides."""
    def mla(q, kv_c_normed, k_pe, output, layer_name, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None):
        tokens, heads, width = q.shape
        latent, rotary = kv_c_normed.shape[1], k_pe.shape[-1]
        value_width = output.numel() * (2 if output.dtype == U8 else 1) // (tokens * heads)
        columns = heads * (width - rotary + value_width)
        stream = hash_text(layer_name)
        weights = torch.tensor([uniform(stream, i) for i in range(latent * columns)], dtype=F64)
        weights = (2 * weights - 1).reshape(latent, columns) * (3 / latent)**0.5
        unpacked = (kv_c_normed.to(F64) @ weights).reshape(-1, heads, width - rotary + value_width)
        keys, values = unpacked.split([width - rotary, value_width], -1)
        turned = k_pe.to(F64).reshape(-1, 1, rotary).expand(-1, heads, -1)
        keys = torch.cat([keys, turned], -1)
        scores = torch.einsum("qhd,khd->hqk", q.to(F64), keys) / width**0.5
        seen = torch.ones(scores.shape[-2:], dtype=BOOL).tril()
        attended = torch.softmax(scores.masked_fill(~seen, float("-inf")), -1)
        rows = torch.einsum("hqk,khd->qhd", attended, values).reshape(tokens, -1).to(q.dtype)
        if output_scale is not None:
            rows = to_narrow(rows, output_scale, output.dtype)
        output.copy_(rows.reshape(output.shape))

    for dtype, scale in itertools.product((F32, BF16, F16), (None, torch.tensor([0.01]))):
        output = torch.zeros((5, 3 * 6), dtype=dtype if scale is None else F32).to(dtype if scale is None else F8)
        writer.add(Op("vllm.unified_mla_attention_with_output.default", mla), q=tensor((5, 3, 8), dtype),
                   kv_c_normed=tensor((5, 7), dtype), k_pe=tensor((5, 1, 4), dtype), output=output, layer_name="layers.1.attn",
                   output_scale=scale, output_block_scale=None, kv_cache_dummy_dep=None, _written=["output"])
