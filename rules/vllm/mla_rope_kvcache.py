"""MLA's rotary embedding and the update of the KV cache in one op: vLLM's MLARoPEKVCacheCatFusionPass.

With opaque layer names the name is a value that the match captures; else each layer is found by its name.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import HALVES, ROTARY_OPS, rotate

LAYERS = config.get("mla_layers", ())


def update(positions, query, rotary, latent, cache, scale, kind, name, is_neox):
    return auto_functionalized(
        torch.ops.vllm.fused_rope_unified_mla_kv_cache_update.default, positions=positions, q_pe=query, k_pe=rotary,
        kv_c=latent, cos_sin_cache=cache, is_neox=is_neox, kv_cache_dtype=kind, kv_cache_scale=scale, layer_name=name)


class mla_rope_kvcache(Rule):
    """Rotary embedding, and the update of a declared MLA layer's cache."""

    layer = LAYERS
    is_neox = (False, True)
    form = ROTARY_OPS
    T = HALVES
    enabled = len(LAYERS) > 0 and not config.get("opaque_layer_names", False)

    def pattern(query: "T[t, layer.num_heads, layer.qk_rope_head_dim]", rotary: "T[t, layer.qk_rope_head_dim]",
                latent: "T[t, c]", positions: "i64[p]", cache: "_[m, layer.qk_rope_head_dim]", scale: "Tensor"):
        q, k = rotate(positions, query, torch.ops.aten.unsqueeze.default(rotary, 1), cache, layer.qk_rope_head_dim,
                      is_neox, form)
        order = torch.ops.vllm.unified_mla_kv_cache_update.default(
            latent, k, layer.name, layer.kv_cache_dtype, scale)
        return order, q, k

    def replacement(query, rotary, latent, positions, cache, scale):
        fused = update(positions, query, rotary, latent, cache, scale, layer.kv_cache_dtype, layer.name, is_neox)
        return fused[0], fused[1], torch.ops.aten.unsqueeze.default(fused[2], 1)


class any_mla_rope_kvcache(Rule):
    """Rotary embedding, and the update of any MLA layer's cache."""

    is_neox = (False, True)
    form = ROTARY_OPS
    T = HALVES
    enabled = len(LAYERS) == 0 or config.get("opaque_layer_names", False)

    def pattern(query: "T[t, n, r]", rotary: "T[t, r]", latent: "T[t, c]", positions: "i64[p]", cache: "_[m, r]",
                scale: "Tensor", name: "str", kind: "str"):
        q, k = rotate(positions, query, torch.ops.aten.unsqueeze.default(rotary, 1), cache, r, is_neox, form)
        return torch.ops.vllm.unified_mla_kv_cache_update.default(latent, k, name, kind, scale), q, k

    def replacement(query, rotary, latent, positions, cache, scale, name, kind):
        fused = update(positions, query, rotary, latent, cache, scale, kind, name, is_neox)
        return fused[0], fused[1], torch.ops.aten.unsqueeze.default(fused[2], 1)
