"""RMSNorm of each head of queries and keys, rotary embedding and the update of the KV cache in one op, AITER's: vLLM's
QkNormRopeKvCacheFusionPass.

As in rope_kvcache.py the three parts must come from one split, and layers are declared. The op has no buffer in the graph
to write to, so it is given new ones. A query that is quantised for the attention is quantised behind the op instead.

Layers with a gate beside each head of the queries have an op of their own, which writes nothing and returns the gate too.
Their norms are Gemma's, which add one to the weights; the op does that itself.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import FP8, HALVES, IS_COMPATIBLE, MODEL_DTYPE, ROTARY_OPS, SPREADS, allocate, cosines, flat, halves, \
    in_heads, is_fused, normed_heads, rms_norm, rotate_columns, rotate_flat, rotate_projected, split_projection

LAYERS = config.get("attention_layers", ())


GATED_IS_BUILT = "vllm.fused_gated_qk_norm_rope_and_unified_kv_cache_update" not in config.get("missing_ops", ())
ARE_OPAQUE = config.get("opaque_layer_names", False)


def has_kernel(layer):
    return layer.qk_norm_rope_kvcache and layer.head_size in (64, 128, 256) and layer.head_size_v == layer.head_size


def is_supported(layer):
    return has_kernel(layer) and not layer.gated and layer.rotary_dim == layer.head_size


def is_gated(layer):
    return has_kernel(layer) and layer.gated and GATED_IS_BUILT


def norm_rotate_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread):
    q, k, v = split_projection(qkv, layer)
    query, key = rotate_projected(
        positions, normed_heads(q, layer.num_heads, q_weight, epsilon),
        normed_heads(k, layer.num_kv_heads, k_weight, epsilon), cache, layer, is_neox, form, spread)
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
    spread = None
    QKV = "T[t, (layer.num_heads + 2 * layer.num_kv_heads) * layer.head_size]"
    T = HALVES if MODEL_DTYPE is None else (MODEL_DTYPE,)
    enabled = MODEL_DTYPE in (None, torch.bfloat16, torch.float16) and True in [is_supported(layer) for layer in LAYERS]
    keep_noops = True
    view_to_reshape = True

    def pattern(qkv: QKV, positions: "i64[p]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float"):
        return norm_rotate_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread)

    def check(epsilon):
        return is_supported(layer) and is_fused(epsilon)

    def replacement(qkv, positions, q_weight, k_weight, cache, epsilon):
        return fuse(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox)


class qk_norm_rope_kvcache_native(qk_norm_rope_kvcache):
    """The same, where the embedding is written out: then there is a position for each token."""

    form = "native"
    spread = SPREADS

    def pattern(qkv: QKV, positions: "i64[t]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float"):
        return norm_rotate_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread)


class qk_norm_rope_kvcache_quantized(qk_norm_rope_kvcache):
    """The same, where the query is then quantised by a given scale."""

    def pattern(qkv: QKV, positions: "i64[p]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float", q_scale: "f32[1]"):
        order, query, key, value = norm_rotate_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread)
        quantized, scale = quantize(flat(query), q_scale)
        return order, quantized, key, value, scale

    def replacement(qkv, positions, q_weight, k_weight, cache, epsilon, q_scale):
        order, query, key, value = fuse(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox)
        quantized, scale = quantize(flat(query), q_scale)
        return order, quantized, key, value, scale


class qk_norm_rope_kvcache_native_quantized(qk_norm_rope_kvcache_quantized):
    """The same, where the embedding is written out."""

    form = "native"
    spread = SPREADS

    def pattern(qkv: QKV, positions: "i64[t]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.head_size]", epsilon: "float", q_scale: "f32[1]"):
        order, query, key, value = norm_rotate_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread)
        quantized, scale = quantize(flat(query), q_scale)
        return order, quantized, key, value, scale


# ---- gated layers ----


def packed(x):
    """Queries without the gates between them."""
    return torch.ops.aten.clone.default(x, memory_format=torch.contiguous_format)


def gemma_norm(heads, weight, epsilon):
    return rms_norm(heads, weight.to(torch.float32) + 1.0, epsilon)


def rotate_gated(positions, query, key, cache, layer, is_neox, form, spread):
    return rotate_gated_native(positions, query, key, cache, layer, is_neox, spread) if form == "native" \
        else rotate_flat(positions, query, key, cache, layer, is_neox, form)


def rotate_gated_native(positions, query, key, cache, layer, is_neox, spread):
    cos, sin = cosines(positions, cache, spread)
    return rotate_columns(query, cos, sin, is_neox, layer), rotate_columns(key, cos, sin, is_neox, layer)


def norm_gated(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread):
    """Rotated queries and keys, values, and the gate, all in heads."""
    key_size = layer.num_kv_heads * layer.head_size
    both, k, v = torch.ops.aten.split_with_sizes.default(
        qkv, [2 * layer.num_heads * layer.head_size, key_size, key_size], -1)
    q, gate = halves(in_heads(both, layer.num_heads, 2 * layer.head_size))
    query, key = rotate_gated(
        positions, gemma_norm(packed(q), q_weight, epsilon),
        gemma_norm(in_heads(k, layer.num_kv_heads, layer.head_size), k_weight, epsilon),
        cache, layer, is_neox, form, spread)
    return query, key, in_heads(v, layer.num_kv_heads, layer.head_size), gate


def norm_gated_and_update(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread, name):
    query, key, value, gate = norm_gated(
        qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread)
    order = torch.ops.vllm.unified_kv_cache_update.default(key, value, name)
    return order, query, key, value, gate


def fuse_gated(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, name):
    key_size = layer.num_kv_heads * layer.head_size
    value = torch.ops.aten.split_with_sizes.default(
        qkv, [2 * layer.num_heads * layer.head_size, key_size, key_size], -1)[2]
    fused = torch.ops.vllm.fused_gated_qk_norm_rope_and_unified_kv_cache_update.default(
        qkv, positions, q_weight, k_weight, epsilon, cache, is_neox, layer.num_heads, layer.num_kv_heads,
        layer.head_size, name)
    return fused[0], fused[1], fused[2], in_heads(value, layer.num_kv_heads, layer.head_size), \
        in_heads(fused[3], layer.num_heads, layer.head_size)


# vLLM's pattern of gated layers has the embedding written out only.
HAS_GATED = MODEL_DTYPE in (None, torch.bfloat16, torch.float16) and True in [is_gated(layer) for layer in LAYERS]


class gated_qk_norm_rope_kvcache(Rule):
    """The same for a declared layer with a gate, whose embedding may turn only the first columns of each head."""

    layer = LAYERS
    is_neox = (True, False)
    form = ROTARY_OPS
    spread = None
    QKV = "T[t, (2 * layer.num_heads + 2 * layer.num_kv_heads) * layer.head_size]"
    T = HALVES if MODEL_DTYPE is None else (MODEL_DTYPE,)
    enabled = HAS_GATED and not ARE_OPAQUE and not IS_COMPATIBLE
    keep_noops = True
    view_to_reshape = True

    def pattern(qkv: QKV, positions: "i64[p]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.rotary_dim]", epsilon: "float"):
        return norm_gated_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread, layer.name)

    def check(epsilon):
        return is_gated(layer) and is_fused(epsilon)

    def replacement(qkv, positions, q_weight, k_weight, cache, epsilon):
        return fuse_gated(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, layer.name)


class gated_qk_norm_rope_kvcache_native(gated_qk_norm_rope_kvcache):
    """The same, where the embedding is written out: then there is a position for each token."""

    form = "native"
    enabled = HAS_GATED and not ARE_OPAQUE
    spread = SPREADS

    def pattern(qkv: QKV, positions: "i64[t]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.rotary_dim]", epsilon: "float"):
        return norm_gated_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread, layer.name)


class gated_qk_norm_rope_kvcache_opaque(gated_qk_norm_rope_kvcache):
    """The same where layer names are opaque: for every layer of the geometry of a declared one."""

    enabled = HAS_GATED and ARE_OPAQUE and not IS_COMPATIBLE

    def pattern(qkv: QKV, positions: "i64[p]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.rotary_dim]", epsilon: "float", name: "str"):
        return norm_gated_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread, name)

    def replacement(qkv, positions, q_weight, k_weight, cache, epsilon, name):
        return fuse_gated(qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, name)


class gated_qk_norm_rope_kvcache_opaque_native(gated_qk_norm_rope_kvcache_opaque):
    """And with the embedding written out."""

    form = "native"
    enabled = HAS_GATED and ARE_OPAQUE
    spread = SPREADS

    def pattern(qkv: QKV, positions: "i64[t]", q_weight: "T[layer.head_size]", k_weight: "T[layer.head_size]",
                cache: "T[m, layer.rotary_dim]", epsilon: "float", name: "str"):
        return norm_gated_and_update(
            qkv, positions, q_weight, k_weight, cache, epsilon, layer, is_neox, form, spread, name)
