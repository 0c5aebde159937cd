"""Rotary embedding and the update of the KV cache in one op: vLLM's RopeKVCacheFusionPass.

Split coalescing and scatter-split replacement see to it that queries, keys and values come from one split. The update
returns an empty tensor that keeps it in front of the attention.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import IS_COMPATIBLE, MODEL_DTYPES, ROTARY_OPS, SPREADS, in_heads, rotate_projected, split_projection

LAYERS = config.get("attention_layers", ())


def rotate_and_update(qkv, positions, cache, layer, is_neox, form, spread):
    q, k, v = split_projection(qkv, layer)
    query, key = rotate_projected(positions, q, k, cache, layer, is_neox, form, spread)
    value = in_heads(v, layer.num_kv_heads, layer.head_size_v)
    return torch.ops.vllm.unified_kv_cache_update.default(key, value, layer.name), query, key, value


class rope_kvcache(Rule):
    """Rotary embedding of queries and keys, and the update of a declared layer's cache."""

    layer = LAYERS
    is_neox = (True, False)
    form = ROTARY_OPS
    spread = None
    QKV = "T[t, (layer.num_heads + layer.num_kv_heads) * layer.head_size + layer.num_kv_heads * layer.head_size_v]"
    T = MODEL_DTYPES
    CACHE = "Tensor" if IS_COMPATIBLE else "T[m, layer.head_size]"
    enabled = True in [layer.rope_kvcache for layer in LAYERS]
    keep_noops = True
    view_to_reshape = True

    def pattern(qkv: QKV, positions: "i64[p]", cache: CACHE):
        return rotate_and_update(qkv, positions, cache, layer, is_neox, form, spread)

    def check():
        return layer.rope_kvcache

    def replacement(qkv, positions, cache):
        q, k, v = split_projection(qkv, layer)
        value = in_heads(v, layer.num_kv_heads, layer.head_size_v)
        fused = auto_functionalized(
            torch.ops.vllm.fused_rope_and_unified_kv_cache_update.default,
            query=in_heads(q, layer.num_heads, layer.head_size),
            key=in_heads(k, layer.num_kv_heads, layer.head_size), value=value, positions=positions,
            cos_sin_cache=cache, is_neox=is_neox, layer_name=layer.name)
        return fused[0], fused[1], fused[2], value


class rope_kvcache_native(rope_kvcache):
    """The same, where the embedding is written out: then there is a position for each token."""

    form = "native"
    CACHE = None
    spread = SPREADS

    def pattern(qkv: QKV, positions: "i64[t]", cache: "T[m, layer.head_size]"):
        return rotate_and_update(qkv, positions, cache, layer, is_neox, form, spread)
