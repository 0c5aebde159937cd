"""MiniMax normalises queries and keys over all heads, and so over all devices: vLLM's MiniMaxQKNormPass.

Mean squares of both are reduced together. The split is one node, or three where the projection is a functionalised
call.
"""
import torch
from regraft import Rule, config
from .parts import HALVES, WORLD_SIZE, all_reduce

IS_MINIMAX = config.get("architecture", None) == "MiniMaxM2ForCausalLM" \
    and config.get("num_attention_heads", None) == 48 and config.get("num_key_value_heads", None) == 8 \
    and config.get("hidden_size", None) == 3072 and config.get("head_dim", None) == 128
IS_BUILT = "_C.minimax_allreduce_rms_qk" not in config.get("missing_ops", ())
EPSILON = config.get("rms_norm_eps", None)
MAX_TOKENS = config.get("minimax_max_token_num", None)
QUERY_SIZE = 48 * 128 // WORLD_SIZE
KEY_SIZE = max(8 // WORLD_SIZE, 1) * 128
SIZES = [QUERY_SIZE, KEY_SIZE, KEY_SIZE]


def mean_square(x):
    return (x ** 2).mean(-1, keepdim=True)


def normed(x, mean, weight, dtype):
    return (x * torch.rsqrt(mean + EPSILON) * weight).to(dtype)


def norm_both(q, k, q_weight, k_weight):
    query, key = q.to(torch.float32), k.to(torch.float32)
    means = all_reduce(torch.cat([mean_square(query), mean_square(key)], -1)) / WORLD_SIZE
    q_mean, k_mean = means.chunk(2, -1)
    return normed(query, q_mean, q_weight, q.dtype), normed(key, k_mean, k_weight, k.dtype)


def split(qkv):
    return torch.ops.aten.split_with_sizes.default(qkv, SIZES, -1)


class minimax_qk_norm(Rule):
    """Both norms, of one split."""

    T = HALVES
    enabled = IS_MINIMAX and IS_BUILT and WORLD_SIZE > 1 and EPSILON is not None

    def pattern(qkv: "T[t, QUERY_SIZE + 2*KEY_SIZE]", q_weight: "_[QUERY_SIZE]", k_weight: "_[KEY_SIZE]"):
        q, k, v = split(qkv)
        q_normed, k_normed = norm_both(q, k, q_weight, k_weight)
        return q_normed, k_normed, v

    def pattern_three_splits(qkv, q_weight, k_weight):
        q_normed, k_normed = norm_both(split(qkv)[0], split(qkv)[1], q_weight, k_weight)
        return q_normed, k_normed, split(qkv)[2]

    def replacement(qkv, q_weight, k_weight):
        q_normed, k_normed = torch.ops.vllm.minimax_qk_norm_fused.default(
            qkv, q_weight, k_weight, QUERY_SIZE, KEY_SIZE, config.get("tensor_parallel_rank", 0), WORLD_SIZE, EPSILON,
            MAX_TOKENS)
        return q_normed, k_normed, split(qkv)[2]
