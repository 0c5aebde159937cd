"""RMSNorm of each head of queries and keys, rotary embedding and the update of the KV cache in one op, AITER's: vLLM's
QkNormRopeKvCacheFusionPass.

As in rope_kvcache.py the three parts must come from one split, and layers are declared. The op has no buffer in the graph
to write to, so it is given new ones. A query that is quantised for the attention is quantised behind the op instead.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import FP8, HALVES, MODEL_DTYPE, ROTARY_OPS, allocate, flat, in_heads, is_fused, normed_heads, \
    rotate_projected, split_projection

LAYERS = config.get("attention_layers", ())


def is_supported(layer):
    return layer.qk_norm_rope_kvcache and not layer.gated and layer.head_size in (64, 128, 256) \
        and layer.head_size_v == layer.head_size and layer.rotary_dim == layer.head_size


def norm_rotate_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form):
    q, k, v = split_projection(qkv, layer)
    query, key = rotate_projected(
        positions, normed_heads(q, layer.num_heads, q_weight, epsilon),
        normed_heads(k, layer.num_kv_heads, k_weight, epsilon), cache, layer, is_neox, form)
    value = in_heads(v, layer.num_kv_heads, layer.head_size_v)
    return torch.ops.vllm.unified_kv_cache_update.default(key, value, layer.name), query, key, value


def quantize(query, scale):
    quantized = auto_functionalized(
        torch.ops.vllm.rocm_aiter_per_tensor_quant.default, out=torch.empty_like(query, dtype=FP8), x=query,
        scale=scale, is_dynamic=False)
    return quantized[1], quantized[2]


def fuse(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox):
    value = in_heads(split_projection(qkv, layer)[2], layer.num_kv_heads, layer.head_size_v)
    fused = auto_functionalized(
        torch.ops.vllm.fused_qk_norm_rope_and_unified_kv_cache_update.default,
        q_out=allocate([qkv.shape[0], layer.num_heads, layer.head_size], qkv.dtype, qkv),
        k_out=allocate([qkv.shape[0], layer.num_kv_heads, layer.head_size], qkv.dtype, qkv), qkv=qkv,
        positions=positions, q_weight=q_weight, k_weight=k_weight, rms_norm_eps=epsilon, cos_sin_cache=cache,
        is_neox=is_neox, layer_name=layer.name)
    return fused[0], fused[1], fused[2], value


class qk_norm_rope_kvcache(Rule):
    """Norms of queries and keys by head, rotary embedding, and the update of a declared layer's cache."""

    layer = LAYERS
    is_neox = (True, False)
    form = ROTARY_OPS
    QKV = "T[t, (layer.num_heads + 2 * layer.num_kv_heads) * layer.head_size]"
    T = HALVES if MODEL_DTYPE is None else (MODEL_DTYPE,)
    enabled = MODEL_DTYPE in (None, torch.bfloat16, torch.float16) and True in [is_supported(layer) for layer in LAYERS]
    keep_noops = True

    def pattern(qkv: QKV, positions: "i64[p]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float"):
        return norm_rotate_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form)

    def check(epsilon):
        return is_supported(layer) and is_fused(epsilon)

    def replacement(qkv, positions, q_weight, k_weight, cache, epsilon):
        return fuse(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox)


class qk_norm_rope_kvcache_native(qk_norm_rope_kvcache):
    """The same, where the embedding is written out: then there is a position for each token."""

    form = "native"

    def pattern(qkv: QKV, positions: "i64[t]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float"):
        return norm_rotate_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form)


class qk_norm_rope_kvcache_quantized(qk_norm_rope_kvcache):
    """The same, where the query is then quantised by a given scale."""

    def pattern(qkv: QKV, positions: "i64[p]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float", q_scale: "f32[1]"):
        order, query, key, value = norm_rotate_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form)
        quantized, scale = quantize(flat(query), q_scale)
        return order, quantized, key, value, scale

    def replacement(qkv, positions, q_weight, k_weight, cache, epsilon, q_scale):
        order, query, key, value = fuse(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox)
        quantized, scale = quantize(flat(query), q_scale)
        return order, quantized, key, value, scale


class qk_norm_rope_kvcache_native_quantized(qk_norm_rope_kvcache_quantized):
    """The same, where the embedding is written out."""

    form = "native"

    def pattern(qkv: QKV, positions: "i64[t]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float", q_scale: "f32[1]"):
        order, query, key, value = norm_rotate_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form)
        quantized, scale = quantize(flat(query), q_scale)
        return order, quantized, key, value, scale
