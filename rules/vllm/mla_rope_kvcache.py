"""MLA's rotary embedding and the update of the KV cache in one op: vLLM's MLARoPEKVCacheCatFusionPass.

With opaque layer names the name is a value that the match captures; else each layer is found by its name. The embedding
is one op or written out, then as DeepSeek's with scaling or as any other's.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import HALVES, ROTARY_OPS, SPREADS, rotate, rotate_both_native, rotate_both_scaled

LAYERS = config.get("mla_layers", ())
ARE_NAMED = len(LAYERS) > 0 and not config.get("opaque_layer_names", False)
WRITTEN_OUT = ("native", "scaling")


def add_heads(x):
    return torch.ops.aten.unsqueeze.default(x, 1)


def rotate_written_out(positions, query, key, cache, is_neox, form, spread):
    return rotate_both_scaled(positions, query, key, cache) if form == "scaling" \
        else rotate_both_native(positions, query, key, cache, is_neox, spread)


def fuse(positions, query, rotary, latent, cache, scale, kind, name, is_neox):
    fused = auto_functionalized(
        torch.ops.vllm.fused_rope_unified_mla_kv_cache_update.default, positions=positions, q_pe=query, k_pe=rotary,
        kv_c=latent, cos_sin_cache=cache, is_neox=is_neox, kv_cache_dtype=kind, kv_cache_scale=scale, layer_name=name)
    return fused[0], fused[1], add_heads(fused[2])


class mla_rope_kvcache(Rule):
    """Rotary embedding, and the update of a declared MLA layer's cache."""

    layer = LAYERS
    is_neox = (False, True)
    form = ROTARY_OPS
    T = HALVES
    enabled = ARE_NAMED

    def pattern(query: "T[t, layer.num_heads, layer.qk_rope_head_dim]", rotary: "T[t, layer.qk_rope_head_dim]",
                latent: "T[t, c]", positions: "i64[p]", cache: "_[m, layer.qk_rope_head_dim]", scale: "Tensor"):
        q, k = rotate(positions, query, add_heads(rotary), cache, layer.qk_rope_head_dim, is_neox, form)
        return torch.ops.vllm.unified_mla_kv_cache_update.default(
            latent, k, layer.name, layer.kv_cache_dtype, scale), q, k

    def replacement(query, rotary, latent, positions, cache, scale):
        return fuse(positions, query, rotary, latent, cache, scale, layer.kv_cache_dtype, layer.name, is_neox)


class mla_rope_kvcache_written_out(mla_rope_kvcache):
    """The same, where the embedding is written out: one position for each token, and a cache of the model's dtype."""

    form = WRITTEN_OUT
    view_to_reshape = True
    spread = SPREADS

    def pattern(query: "T[t, layer.num_heads, layer.qk_rope_head_dim]", rotary: "T[t, layer.qk_rope_head_dim]",
                latent: "T[t, c]", positions: "i64[t]", cache: "T[m, layer.qk_rope_head_dim]", scale: "Tensor"):
        q, k = rotate_written_out(positions, query, add_heads(rotary), cache, is_neox, form, spread)
        return torch.ops.vllm.unified_mla_kv_cache_update.default(
            latent, k, layer.name, layer.kv_cache_dtype, scale), q, k

    def check():
        return form == "native" or (not is_neox and spread == "apart")


class any_mla_rope_kvcache(Rule):
    """Rotary embedding, and the update of any MLA layer's cache."""

    is_neox = (False, True)
    form = ROTARY_OPS
    T = HALVES
    enabled = not ARE_NAMED

    def pattern(query: "T[t, n, r]", rotary: "T[t, r]", latent: "T[t, c]", positions: "i64[p]", cache: "_[m, r]",
                scale: "Tensor", name: "str", kind: "str"):
        q, k = rotate(positions, query, add_heads(rotary), cache, r, is_neox, form)
        return torch.ops.vllm.unified_mla_kv_cache_update.default(latent, k, name, kind, scale), q, k

    def replacement(query, rotary, latent, positions, cache, scale, name, kind):
        return fuse(positions, query, rotary, latent, cache, scale, kind, name, is_neox)


class any_mla_rope_kvcache_written_out(any_mla_rope_kvcache):
    """The same, where the embedding is written out."""

    form = WRITTEN_OUT
    view_to_reshape = True
    spread = SPREADS

    def pattern(query: "T[t, n, 2*h]", rotary: "T[t, 2*h]", latent: "T[t, c]", positions: "i64[t]",
                cache: "T[m, 2*h]", scale: "Tensor", name: "str", kind: "str"):
        q, k = rotate_written_out(positions, query, add_heads(rotary), cache, is_neox, form, spread)
        return torch.ops.vllm.unified_mla_kv_cache_update.default(latent, k, name, kind, scale), q, k

    def check():
        return form == "native" or (not is_neox and spread == "apart")
