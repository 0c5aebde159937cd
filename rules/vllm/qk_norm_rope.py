"""RMSNorm of each head of queries and keys, and rotary embedding, in one op on the packed projection: vLLM's
QKNormRoPEFusionPass.

The three parts must come from one split, which split coalescing sees to. vLLM takes the numbers of heads from the first
attention layer; here they are read off the match, and with `compatible` must be those of that layer.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import HALVES, IS_COMPATIBLE, MODEL_DTYPE, MODEL_DTYPES, ROTARY_OPS, SPREADS, cosines, flat, is_fused, \
    normed_heads, reshape, rotate, rotate_native, unjoined

LAYERS = config.get("attention_layers", ())


def split(qkv, n, k, d):
    return torch.ops.aten.split_with_sizes.default(qkv, [n * d, k * d, k * d], -1)


def fuse(n, k, d, q_weight, k_weight, qkv, positions, cache, epsilon, is_neox):
    fused = auto_functionalized(
        torch.ops._C.fused_qk_norm_rope.default, qkv=qkv, num_heads_q=n, num_heads_k=k, num_heads_v=k, head_dim=d,
        eps=epsilon, q_weight=q_weight, k_weight=k_weight, cos_sin_cache=cache, is_neox=is_neox,
        position_ids=reshape(positions, [-1]))
    return split(fused[1], n, k, d)


class qk_norm_rope(Rule):
    """Norms of queries and keys by head, and rotary embedding."""

    is_neox = (True, False)
    op = ROTARY_OPS
    T = HALVES if MODEL_DTYPE is None else MODEL_DTYPES
    WEIGHT = ("bf16[d]", "f16[d]", "f32[d]") if IS_COMPATIBLE else "T[d]"
    CACHE = "Tensor" if IS_COMPATIBLE else "_[m, d]"
    enabled = MODEL_DTYPE in (None, torch.bfloat16, torch.float16)
    keep_noops = True
    view_to_reshape = True

    def pattern(n: "int", k: "int", q_weight: WEIGHT, k_weight: WEIGHT, qkv: "T[t, n*d + 2*k*d]", positions: "i64[p]",
                cache: CACHE, epsilon: "float"):
        q, key, v = split(qkv, n, k, d)
        q_normed, k_normed = normed_heads(q, n, q_weight, epsilon), normed_heads(key, k, k_weight, epsilon)
        q_rotated, k_rotated = rotate(positions, flat(q_normed), flat(k_normed), cache, d, is_neox, op)
        return q_rotated, k_rotated, v

    def check(n, k, epsilon):
        return is_fused(epsilon) and (
            not IS_COMPATIBLE or len(LAYERS) == 0 or (n == LAYERS[0].num_heads and k == LAYERS[0].num_kv_heads))

    def replacement(n, k, q_weight, k_weight, qkv, positions, cache, epsilon):
        return fuse(n, k, d, q_weight, k_weight, qkv, positions, cache, epsilon, is_neox)


class qk_norm_rope_native(qk_norm_rope):
    """The same with the embedding written out: one position for each token, and a cache of the model's dtype."""

    op = "native"
    WEIGHT = None
    CACHE = None
    spread = SPREADS

    def pattern(n: "int", k: "int", q_weight: "T[2*h]", k_weight: "T[2*h]", qkv: "T[t, 2*n*h + 4*k*h]",
                positions: "i64[t]", cache: "T[m, 2*h]", epsilon: "float"):
        q, key, v = split(qkv, n, k, 2 * h)
        cos, sin = cosines(positions, cache, spread)
        q_normed, k_normed = normed_heads(q, n, q_weight, epsilon), normed_heads(key, k, k_weight, epsilon)
        return rotate_native(q_normed, cos, sin, is_neox), rotate_native(k_normed, cos, sin, is_neox), v

    def replacement(n, k, q_weight, k_weight, qkv, positions, cache, epsilon):
        q, key, v = fuse(n, k, 2 * h, q_weight, k_weight, qkv, positions, cache, epsilon, is_neox)
        return unjoined(reshape(q, [t, n, 2 * h]), is_neox), unjoined(reshape(key, [t, k, 2 * h]), is_neox), v
