"""RMSNorm of each head of queries and keys, and rotary embedding, in one op on the packed projection: vLLM's
QKNormRoPEFusionPass.

The three parts must come from one split, which split coalescing sees to. vLLM takes the numbers of heads from the first
attention layer; here they are read off the match, and with `compatible` must be those of that layer.
"""
import torch
from regraft import Rule, auto_functionalized, config
from .parts import HALVES, IS_COMPATIBLE, MODEL_DTYPE, ROTARY_OPS, is_fused, reshape, rms_norm, rotate

LAYERS = config.get("attention_layers", ())


def normed_heads(x, heads, weight, epsilon):
    split = reshape(x, [x.shape[0], heads, weight.shape[0]])
    return reshape(rms_norm(split, weight, epsilon), x.shape)


class qk_norm_rope(Rule):
    """Norms of queries and keys by head, and rotary embedding."""

    is_neox = (True, False)
    form = ROTARY_OPS
    T = HALVES if MODEL_DTYPE is None else (MODEL_DTYPE,)
    enabled = MODEL_DTYPE in (None, torch.bfloat16, torch.float16)
    keep_noops = True

    def pattern(n: "int", k: "int", q_weight: "T[d]", k_weight: "T[d]", qkv: "T[t, n*d + 2*k*d]", positions: "i64[p]",
                cache: "_[m, d]", epsilon: "float"):
        q, key, v = torch.ops.aten.split_with_sizes.default(qkv, [n * d, k * d, k * d], -1)
        q_rotated, k_rotated = rotate(
            positions, normed_heads(q, n, q_weight, epsilon), normed_heads(key, k, k_weight, epsilon), cache, d,
            is_neox, form)
        return q_rotated, k_rotated, v

    def check(n, k, epsilon):
        return is_fused(epsilon) and (
            not IS_COMPATIBLE or len(LAYERS) == 0 or (n == LAYERS[0].num_heads and k == LAYERS[0].num_kv_heads))

    def replacement(n, k, q_weight, k_weight, qkv, positions, cache, epsilon):
        fused = auto_functionalized(
            torch.ops._C.fused_qk_norm_rope.default, qkv=qkv, num_heads_q=n, num_heads_k=k, num_heads_v=k, head_dim=d,
            eps=epsilon, q_weight=q_weight, k_weight=k_weight, cos_sin_cache=cache, is_neox=is_neox,
            position_ids=reshape(positions, [-1]))
        return torch.ops.aten.split_with_sizes.default(fused[1], [n * d, k * d, k * d], -1)
