"""The patterns of vLLM's passes for torch._inductor.pattern_matcher, registered as vLLM registers them: for each epsilon,
each layer and each flag a pattern of its own. vLLM itself is not needed: its ops are declared here, without kernels.

RMSNorm with quantisation (72 patterns), activation with quantisation (18), attention with static quantisation (one a
layer), all-reduce with RMSNorm (10), sequence parallelism (12), QK norm with rotary embedding (8).
"""
import itertools

import torch
from torch._higher_order_ops.auto_functionalize import auto_functionalized
from torch._inductor import pattern_matcher
from torch._inductor.pattern_matcher import PatternMatcherPass, fwd_only, register_replacement
from torch._subclasses import FakeTensorMode

FP8, FP8_MAX = torch.float8_e4m3fn, 448.0
EPSILONS = (1e-05, 1e-06)
GROUP, RANKS = "tp:0", 2
MAX_TOKENS = 8192

# ---- ops ----

MUTATING = (
    "_C::rms_norm_static_fp8_quant(Tensor(a!) result, Tensor input, Tensor weight, Tensor scale, float epsilon) -> ()",
    "_C::fused_add_rms_norm_static_fp8_quant(Tensor(a!) result, Tensor input, Tensor(b!) residual, Tensor weight, "
    "Tensor scale, float epsilon) -> ()",
    "_C::rms_norm_dynamic_per_token_quant(Tensor(a!) result, Tensor input, Tensor weight, Tensor(b!) scale, "
    "float epsilon, Tensor? scale_ub, Tensor(c!)? residual) -> ()",
    "_C::rms_norm_per_block_quant(Tensor(a!) result, Tensor input, Tensor weight, Tensor(b!) scale, float epsilon, "
    "Tensor? scale_ub, Tensor(c!)? residual, int group_size, bool is_scale_transposed) -> ()",
    "_C::silu_and_mul(Tensor(a!) result, Tensor input) -> ()",
    "_C::silu_and_mul_quant(Tensor(a!) result, Tensor input, Tensor scale) -> ()",
    "_C::silu_and_mul_per_block_quant(Tensor(a!) out, Tensor input, Tensor(b!) scales, int group_size, "
    "Tensor? scale_ub=None, bool is_scale_transposed=False) -> ()",
    "_C::silu_and_mul_nvfp4_quant(Tensor(a!) result, Tensor(b!) result_block_scale, Tensor input, "
    "Tensor input_global_scale) -> ()",
    "_C::static_scaled_fp8_quant(Tensor(a!) result, Tensor input, Tensor scale) -> ()",
    "_C::dynamic_per_token_scaled_fp8_quant(Tensor(a!) result, Tensor input, Tensor(b!) scale, Tensor? scale_ub) -> ()",
    "_C::per_token_group_fp8_quant(Tensor input, Tensor(a!) output_q, Tensor(b!) output_s, int group_size, float eps, "
    "float fp8_min, float fp8_max, bool scale_ue8m0, bool dummy_is_scale_transposed, bool dummy_is_tma_aligned) -> ()",
    "_C::scaled_fp4_quant.out(Tensor input, Tensor input_scale, bool is_sf_swizzled_layout, *, Tensor(a!) output, "
    "Tensor(b!) output_scale) -> ()",
    "_C::cutlass_scaled_mm(Tensor(a!) out, Tensor a, Tensor b, Tensor a_scales, Tensor b_scales, Tensor? bias) -> ()",
    "_C::rotary_embedding(Tensor positions, Tensor(a!) query, Tensor(b!)? key, int head_size, Tensor cos_sin_cache, "
    "bool is_neox) -> ()",
    "_C::fused_qk_norm_rope(Tensor(a!) qkv, int num_heads_q, int num_heads_k, int num_heads_v, int head_dim, float eps, "
    "Tensor q_weight, Tensor k_weight, Tensor cos_sin_cache, bool is_neox, Tensor position_ids) -> ()",
    "vllm::flashinfer_rotary_embedding(Tensor positions, Tensor(a!) query, Tensor(b!) key, int head_size, "
    "Tensor cos_sin_cache, bool is_neox) -> ()",
    "vllm::unified_attention_with_output(Tensor query, Tensor key, Tensor value, Tensor(a!) output, str layer_name, "
    "Tensor? output_scale=None, Tensor(b!)? output_block_scale=None, Tensor? kv_cache_dummy_dep=None) -> ()",
    "vllm::unified_mla_attention_with_output(Tensor q, Tensor kv_c_normed, Tensor k_pe, Tensor(a!) output, "
    "str layer_name, Tensor? output_scale=None, Tensor(b!)? output_block_scale=None, Tensor? kv_cache_dummy_dep=None) "
    "-> ()",
    "vllm::flashinfer_trtllm_fused_allreduce_norm(Tensor(a!) allreduce_in, Tensor(b!) residual, Tensor rms_gamma, "
    "float rms_eps, int world_size, bool launch_with_pdl, bool fp32_acc, int max_token_num, int pattern_code, "
    "Tensor(c!)? norm_out=None, Tensor(d!)? quant_out=None, Tensor(e!)? scale_out=None, Tensor? scale_factor=None) -> ()",
)


def gathered(x, rows):
    return x.new_empty([rows, *x.shape[1:]])


# Schema, and the shape of what it gives.
FUNCTIONAL = (
    ("vllm_ir::rms_norm(Tensor x, Tensor? weight, float epsilon, int? variance_size=None) -> Tensor",
     lambda x, *_: x.new_empty(x.shape)),
    ("vllm_ir::fused_add_rms_norm(Tensor x, Tensor x_residual, Tensor? weight, float epsilon, int? variance_size=None) "
     "-> (Tensor normed, Tensor residual)", lambda x, *_: (x.new_empty(x.shape), x.new_empty(x.shape))),
    ("vllm::all_reduce(Tensor tensor, str group_name) -> Tensor", lambda x, *_: x.new_empty(x.shape)),
    ("vllm::reduce_scatter(Tensor tensor, int dim, int world_size, str group_name) -> Tensor",
     lambda x, dim, ranks, *_: gathered(x, x.shape[0] // ranks)),
    ("vllm::all_gather(Tensor tensor, int dim, int world_size, str group_name) -> Tensor",
     lambda x, dim, ranks, *_: gathered(x, x.shape[0] * ranks)),
    # of the models alone: what no pass looks into
    ("vllm::moe_forward(Tensor hidden, Tensor router_logits, str layer_name) -> Tensor", lambda x, *_: x.new_empty(x.shape)),
    ("vllm::fp4_product(Tensor x, Tensor weight, Tensor scales, Tensor scale) -> Tensor",
     lambda x, weight, *_: torch.empty([x.shape[0], weight.shape[0]], dtype=torch.bfloat16)),
    ("vllm::unified_mla_kv_cache_update(Tensor kv_c_normed, Tensor k_pe, str layer_name, str kv_cache_dtype, "
     "Tensor k_scale) -> Tensor", lambda x, *_: x.new_empty([0])),
)
libraries = {name: torch.library.Library(name, "FRAGMENT") for name in ("_C", "vllm", "vllm_ir")}


def declare(schema, fake):
    space, rest = schema.split("::", 1)
    libraries[space].define(rest)
    torch.library.register_fake(schema.split("(", 1)[0], fake)


for text in MUTATING:
    declare(text, lambda *arguments, **keywords: None)
for text, shape in FUNCTIONAL:
    declare(text, shape)
C, V, IR = torch.ops._C, torch.ops.vllm, torch.ops.vllm_ir


# ---- parts of patterns ----

def example(*sizes, dtype=torch.bfloat16):
    return torch.empty(sizes, dtype=dtype)


def allocate(sizes, dtype):
    return torch.empty(sizes, dtype=dtype)


def rms(x, weight, epsilon):
    return IR.rms_norm.default(x, weight, epsilon)


def add_rms(x, residual, weight, epsilon):
    return IR.fused_add_rms_norm.default(x, residual, weight, epsilon)


def static(x, scale):
    return auto_functionalized(C.static_scaled_fp8_quant.default, result=allocate(x.shape, FP8), input=x, scale=scale)[1]


def by_token(x):
    call = auto_functionalized(C.dynamic_per_token_scaled_fp8_quant.default, result=allocate(x.shape, FP8), input=x,
                               scale=allocate([x.shape[0], 1], torch.float32), scale_ub=None)
    return call[1], call[2]


def by_group(x, scale, size, transposed, ue8m0, tma):
    call = auto_functionalized(
        C.per_token_group_fp8_quant.default, input=x, output_q=allocate(x.shape, FP8), output_s=scale, group_size=size,
        eps=1e-10, fp8_min=-FP8_MAX, fp8_max=FP8_MAX, scale_ue8m0=ue8m0, dummy_is_scale_transposed=transposed,
        dummy_is_tma_aligned=tma)
    return call[1], call[2]


def silu_and_mul(x):
    return auto_functionalized(C.silu_and_mul.default, result=allocate([x.shape[0], x.shape[1] // 2], x.dtype), input=x)[1]


def trace(*arguments, **keywords):
    """vLLM's trace: views become reshapes, permutations that change nothing go."""
    module = fwd_only(*arguments, **keywords)
    for node in list(module.graph.nodes):
        if node.target is torch.ops.aten.view.default:
            node.target = torch.ops.aten.reshape.default
        elif node.target is torch.ops.aten.permute.default and list(node.args[1]) == list(range(len(node.args[1]))):
            node.replace_all_uses_with(node.args[0])
            module.graph.erase_node(node)
    return module


class Rules:
    """A pass, to which patterns are added."""

    def __init__(self, name):
        self.passes, self.count = PatternMatcherPass(pass_name=name), 0

    def add(self, pattern, replacement, inputs, check=lambda match: True):
        pattern_matcher._seen_patterns.clear()  # which hold what differs in a float only for one pattern
        with FakeTensorMode() as mode:
            examples = [mode.from_tensor(part) if isinstance(part, torch.Tensor) else part for part in inputs()]
            register_replacement(pattern, replacement, examples, trace, self.passes, extra_check=check)
        self.count += 1


def one_dtype(match):
    """Input and weight of a norm without residual have one dtype."""
    return all(node.args[0].meta["val"].dtype == node.args[1].meta["val"].dtype for node in match.nodes
               if node.target is IR.rms_norm.default)


# ---- passes ----

def norm_quant():
    rules = Rules("rmsnorm_quant_fusion_pass")
    for epsilon in EPSILONS:
        add_norm_static(rules, epsilon)
        add_norm_token(rules, epsilon)
        for flags in itertools.product((128, 64), (True, False), (True, False), (False, True)):
            add_norm_group(rules, epsilon, *flags)
    return rules


def add_norm_static(rules, epsilon):
    def added(input, weight, residual, scale):
        normed, total = add_rms(input, residual, weight, epsilon)
        return static(normed, scale), total

    def added_fused(input, weight, residual, scale):
        call = auto_functionalized(C.fused_add_rms_norm_static_fp8_quant.default,
                                   result=torch.empty_like(input, dtype=FP8), input=input, residual=residual,
                                   weight=weight, scale=scale, epsilon=epsilon)
        return call[1], call[2]

    def plain(input, weight, scale):
        return static(rms(input, weight, epsilon), scale)

    def plain_fused(input, weight, scale):
        return auto_functionalized(C.rms_norm_static_fp8_quant.default, result=allocate(input.shape, FP8), input=input,
                                   weight=weight, scale=scale, epsilon=epsilon)[1]

    rules.add(added, added_fused, lambda: [example(5, 16), example(16), example(5, 16),
                                           example(1, 1, dtype=torch.float32)], one_dtype)
    rules.add(plain, plain_fused, lambda: [example(5, 16), example(16), example(1, 1, dtype=torch.float32)], one_dtype)


def add_norm_token(rules, epsilon):
    def fused(input, weight, residual):
        return auto_functionalized(
            C.rms_norm_dynamic_per_token_quant.default, result=torch.empty_like(input, dtype=FP8), input=input,
            weight=weight, scale=allocate([input.shape[0], 1], torch.float32), epsilon=epsilon, scale_ub=None,
            residual=residual)

    def added(input, weight, residual):
        normed, total = add_rms(input, residual, weight, epsilon)
        quantized, scale = by_token(normed)
        return quantized, total, scale

    def added_fused(input, weight, residual):
        call = fused(input, weight, residual)
        return call[1], call[3], call[2]

    def plain(input, weight):
        return by_token(rms(input, weight, epsilon))

    def plain_fused(input, weight):
        call = fused(input, weight, None)
        return call[1], call[2]

    rules.add(added, added_fused, lambda: [example(5, 16), example(16), example(5, 16)], one_dtype)
    rules.add(plain, plain_fused, lambda: [example(5, 16), example(16)], one_dtype)


def add_norm_group(rules, epsilon, size, transposed, ue8m0, tma):
    def fused(input, weight, residual, scale):
        return auto_functionalized(
            C.rms_norm_per_block_quant.default, result=torch.empty_like(input, dtype=FP8), input=input, weight=weight,
            scale=scale, epsilon=epsilon, scale_ub=None, residual=residual, group_size=size,
            is_scale_transposed=transposed)

    def added(input, weight, residual, scale):
        normed, total = add_rms(input, residual, weight, epsilon)
        quantized, scales = by_group(normed, scale, size, transposed, ue8m0, tma)
        return quantized, total, scales

    def added_fused(input, weight, residual, scale):
        call = fused(input, weight, residual, scale)
        return call[1], call[3], call[2]

    def plain(input, weight, scale):
        return by_group(rms(input, weight, epsilon), scale, size, transposed, ue8m0, tma)

    def plain_fused(input, weight, scale):
        call = fused(input, weight, None, scale)
        return call[1], call[2]

    scale = example(5, 2, dtype=torch.float32)
    rules.add(added, added_fused, lambda: [example(5, 2 * size), example(2 * size), example(5, 2 * size), scale], one_dtype)
    rules.add(plain, plain_fused, lambda: [example(5, 2 * size), example(2 * size), scale], one_dtype)


def activation_quant():
    rules = Rules("activation_quant_fusion_pass")

    def plain(input, scale):
        return static(silu_and_mul(input), scale)

    def plain_fused(input, scale):
        result = allocate([input.shape[0], input.shape[1] // 2], FP8)
        return auto_functionalized(C.silu_and_mul_quant.default, result=result, input=input, scale=scale)[1]

    def packed(result, output_scale, input, scale):
        call = auto_functionalized(C.scaled_fp4_quant.out, input=silu_and_mul(input), input_scale=scale,
                                   is_sf_swizzled_layout=True, output=result, output_scale=output_scale)
        return call[1], call[2]

    def packed_fused(result, output_scale, input, scale):
        call = auto_functionalized(C.silu_and_mul_nvfp4_quant.default, result=result, result_block_scale=output_scale,
                                   input=input, input_global_scale=scale)
        return call[1], call[2]

    rules.add(plain, plain_fused, lambda: [example(5, 16), example(1, 1, dtype=torch.float32)])
    rules.add(packed, packed_fused, lambda: [example(5, 32, dtype=torch.uint8), example(128, 4, dtype=torch.int32),
                                             example(5, 128), example(1, 1, dtype=torch.float32)])
    for flags in itertools.product((128, 64), (False, True), (True, False), (False, True)):
        add_activation_group(rules, *flags)
    return rules


def add_activation_group(rules, size, transposed, ue8m0, tma):
    def pattern(input, scale):
        return by_group(silu_and_mul(input), scale, size, transposed, ue8m0, tma)

    def fused(input, scale):
        rows, width = input.shape[0], input.shape[1] // 2
        result = allocate([rows, width], FP8)
        scales = allocate([width // size, rows], torch.float32).permute(-1, -2) if transposed \
            else allocate([rows, width // size], torch.float32)
        call = auto_functionalized(C.silu_and_mul_per_block_quant.default, out=result, input=input, scales=scales,
                                   group_size=size, scale_ub=None, is_scale_transposed=transposed)
        return call[1], call[2]

    rules.add(pattern, fused, lambda: [example(5, 4 * size), example(5, 2, dtype=torch.float32)])


def attention_quant(layers, heads, kv_heads, head_size):
    rules = Rules("attn_quant_fusion")
    for number in range(layers):
        add_attention(rules, f"layers.{number}.attn", heads, kv_heads, head_size)
    return rules


def add_attention(rules, name, heads, kv_heads, size):
    attention = V.unified_attention_with_output.default

    def pattern(query, key, value, output, scale):
        call = auto_functionalized(attention, query=query, key=key, value=value, output=output, layer_name=name,
                                   output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None)
        return static(torch.ops.aten.reshape.default(call[1], [query.shape[0], heads * size]), scale)

    def fused(query, key, value, output, scale):
        call = auto_functionalized(attention, query=query, key=key, value=value,
                                   output=allocate([query.shape[0], heads, size], FP8), layer_name=name,
                                   output_scale=scale, output_block_scale=None, kv_cache_dummy_dep=None)
        return torch.ops.aten.reshape.default(call[1], [-1, heads * size])

    rules.add(pattern, fused, lambda: [example(5, heads, size), example(5, kv_heads, size), example(5, kv_heads, size),
                                       example(5, heads, size), example(1, 1, dtype=torch.float32)])


def all_reduce(x):
    return V.all_reduce.default(x, GROUP)


def fused_all_reduce(x, residual, weight, epsilon, code, norm_out=None, quant_out=None, scale=None):
    return auto_functionalized(
        V.flashinfer_trtllm_fused_allreduce_norm.default, allreduce_in=x, residual=residual, rms_gamma=weight,
        rms_eps=epsilon, world_size=RANKS, launch_with_pdl=True, fp32_acc=True, max_token_num=MAX_TOKENS,
        pattern_code=code, norm_out=norm_out, quant_out=quant_out, scale_out=None, scale_factor=scale)


def allreduce_norm():
    rules = Rules("all_reduce_fusion_pass")
    for epsilon in EPSILONS:
        add_allreduce_quantized(rules, epsilon)
        add_allreduce_plain(rules, epsilon)
    return rules


def add_allreduce_quantized(rules, epsilon):
    def first(input, weight, scale):
        reduced = all_reduce(input)
        return static(rms(reduced, weight, epsilon), scale), reduced

    def first_fused(input, weight, scale):
        zeros, norm = torch.zeros_like(input), torch.empty_like(input)
        call = fused_all_reduce(input, zeros, weight, epsilon, 2, norm, torch.empty_like(input, dtype=FP8), scale)
        return call[4], call[1]

    def added(residual, input, weight, scale):
        normed, total = add_rms(all_reduce(input), residual, weight, epsilon)
        return static(normed, scale), total

    def added_fused(residual, input, weight, scale):
        call = fused_all_reduce(input, residual, weight, epsilon, 2, None, torch.empty_like(input, dtype=FP8), scale)
        return call[4], call[2]

    scale = example(1, 1, dtype=torch.float32)
    rules.add(first, first_fused, lambda: [example(5, 16), example(16), scale])
    rules.add(added, added_fused, lambda: [example(5, 16), example(5, 16), example(16), scale])


def add_allreduce_plain(rules, epsilon):
    def first(input, weight):
        reduced = all_reduce(input)
        return rms(reduced, weight, epsilon), reduced

    def first_fused(input, weight):
        call = fused_all_reduce(input, torch.zeros_like(input), weight, epsilon, 1, torch.empty_like(input))
        return call[3], call[1]

    def added(residual, input, weight):
        return add_rms(all_reduce(input), residual, weight, epsilon)

    def added_fused(residual, input, weight):
        call = fused_all_reduce(input, residual, weight, epsilon, 1)
        return call[1], call[2]

    rules.add(first, first_fused, lambda: [example(5, 16), example(16)])
    inputs = lambda: [example(5, 16), example(5, 16), example(16)]  # noqa: E731
    rules.add(added, added_fused, inputs)
    rules.add(lambda residual, input, weight: added(residual, input, weight)[0],
              lambda residual, input, weight: added_fused(residual, input, weight)[0], inputs)


def sequence_parallelism():
    rules = Rules("sequence_parallelism_pass")
    for epsilon in EPSILONS:
        for quantized in (True, False):
            add_sequence_parallelism(rules, epsilon, quantized)
    return rules


def add_sequence_parallelism(rules, epsilon, quantized):
    def finish(normed, scale):
        return static(normed, scale[0]) if quantized else normed

    def scattered(x):
        return V.reduce_scatter.default(x, 0, RANKS, GROUP)

    def gather(x):
        return V.all_gather.default(x, 0, RANKS, GROUP)

    def first(input, weight, *scale):
        reduced = all_reduce(input)
        return finish(rms(reduced, weight, epsilon), scale), reduced

    def first_part(input, weight, *scale):
        part = scattered(input)
        return gather(finish(rms(part, weight, epsilon), scale)), part

    def middle(residual, mm, weight, *scale):
        normed, total = add_rms(all_reduce(mm), residual, weight, epsilon)
        return finish(normed, scale), total

    def middle_part(residual, mm, weight, *scale):
        part = scattered(mm)
        normed, total = add_rms(part, torch.ops.aten.slice.Tensor(residual, 0, 0, part.shape[0]), weight, epsilon)
        return gather(finish(normed, scale)), total

    def one(function):
        return lambda *arguments: function(*arguments)[0]

    scale = [example(1, 1, dtype=torch.float32)] if quantized else []
    for pattern, part, inputs in ((first, first_part, [example(8, 16), example(16)]),
                                  (middle, middle_part, [example(8, 16), example(8, 16), example(16)]),
                                  (one(middle), one(middle_part), [example(8, 16), example(8, 16), example(16)])):
        arguments = inputs + scale
        rules.add(named(pattern, len(arguments)), named(part, len(arguments)), lambda: arguments)


def named(function, count):
    """The same with parameters that have names, which is what the matcher goes by."""
    return {2: lambda a, b: function(a, b), 3: lambda a, b, c: function(a, b, c),
            4: lambda a, b, c, d: function(a, b, c, d)}[count]


def qk_norm_rope(heads, kv_heads, size):
    rules = Rules("qk_norm_rope_fusion_pass")
    ops = (C.rotary_embedding.default, V.flashinfer_rotary_embedding.default)
    for epsilon, is_neox, op in itertools.product(EPSILONS, (True, False), ops):
        add_qk_norm_rope(rules, epsilon, is_neox, op, heads, kv_heads, size)
    return rules


def add_qk_norm_rope(rules, epsilon, is_neox, op, heads, kv_heads, size):
    widths = [heads * size, kv_heads * size, kv_heads * size]
    reshape = torch.ops.aten.reshape.default

    def normed(x, count, weight):
        by_head = reshape(x, [x.shape[0], count, size])
        return reshape(rms(by_head, weight, epsilon), x.shape)

    def pattern(qkv, positions, q_weight, k_weight, cache):
        query, key, value = qkv.split(widths, dim=-1)
        call = auto_functionalized(op, positions=positions, query=normed(query, heads, q_weight),
                                   key=normed(key, kv_heads, k_weight), head_size=size, cos_sin_cache=cache,
                                   is_neox=is_neox)
        return call[1], call[2], value

    def fused(qkv, positions, q_weight, k_weight, cache):
        call = auto_functionalized(
            C.fused_qk_norm_rope.default, qkv=qkv, num_heads_q=heads, num_heads_k=kv_heads, num_heads_v=kv_heads,
            head_dim=size, eps=epsilon, q_weight=q_weight, k_weight=k_weight, cos_sin_cache=cache, is_neox=is_neox,
            position_ids=reshape(positions, [-1]))
        return call[1].split(widths, dim=-1)

    cache = torch.float32 if "flashinfer" in str(op) else torch.bfloat16
    rules.add(pattern, fused, lambda: [example(5, sum(widths)), example(5, dtype=torch.int64), example(size), example(size),
                                       example(4096, size, dtype=cache)])
