"""The small models of vLLM's unit tests, as printed graphs: one function a test, which gives the graph's text.

As there, a model begins with a relu, so that no input of the graph feeds a pattern, and the number of tokens is a symbol
unless a number is given.
"""
import parts
from graph_writer import GraphWriter
from models import GROUP


def relu(graph, x):
    return graph.pointwise("aten.relu.default", x)


def linear(graph, quant, x, width):
    weight, prepared = quant.weight(graph, width, x.sizes[1]), quant.prepare(graph)
    return quant.product(graph, quant.quantize(graph, x, prepared), prepared, weight)


def all_reduce(graph, x):
    return graph.call("vllm.all_reduce.default", x, GROUP, result=(x.dtype, x.sizes))


def norms(quant, tokens="s0", dtype="bf16", hidden=256, epsilon=1e-05, reduced=False, weight_dtype=None):
    """Four norms, the first without residual, with a product behind all but the last. `reduced`: an all-reduce in front
    of each."""
    graph = GraphWriter(tokens, dtype)
    x = relu(graph, graph.input("x", [tokens, hidden]))
    residual = None
    for number in range(4):
        weight = graph.input("norm_weight", [hidden], weight_dtype)
        x = all_reduce(graph, x) if reduced else x
        if number == 0:
            x, residual = parts.rms_norm(graph, x, weight, epsilon), x
        else:
            x, residual = parts.add_rms_norm(graph, x, residual, weight, epsilon, is_last=number == 3)
        x = linear(graph, quant, x, hidden) if number < 3 else x
    return graph.text([x])


def activation(quant, tokens="s0", dtype="bf16", hidden=128, silu="custom"):
    """An activation and a product of what it gives, `hidden` columns."""
    graph = GraphWriter(tokens, dtype)
    x = relu(graph, graph.input("x", [tokens, 2 * hidden]))
    return graph.text([linear(graph, quant, parts.silu_and_mul(graph, x, silu), hidden)])


def attention(quant, tokens="s0", dtype="bf16", heads=8, kv_heads=8, head_size=128, kv_update=False, query_quant=None,
              written="flat", layer="layers.0.attn"):
    """Attention and a product of what it gives. `query_quant` quantises queries, as an FP8 cache wants it. `written`:
    how the view of the output says its sizes, "flat" (-1, n) or "exact" (tokens, n)."""
    graph = GraphWriter(tokens, dtype)
    query, key, value = (
        graph.reshape(relu(graph, graph.input(name, [tokens, count * head_size])), [tokens, count, head_size])
        for name, count in (("q", heads), ("k", kv_heads), ("v", kv_heads)))
    results = []
    if query_quant is not None:
        flat = graph.reshape(query, [tokens, heads * head_size])
        results += query_quant.quantize(graph, flat, query_quant.prepare(graph))[:1]
    order = None
    if kv_update:
        order = graph.call("vllm.unified_kv_cache_update.default", key, value, layer, result=(dtype, [0]))
    output = graph.empty([tokens, heads, head_size])
    call = graph.functionalized(
        "vllm.unified_attention_with_output.default", query=query, key=key, value=value, output=output, layer_name=layer,
        output_scale=None, output_block_scale=None, kv_cache_dummy_dep=order)
    flat = graph.reshape(graph.item(call, 1, output), [tokens, heads * head_size], open_size=written == "flat")
    return graph.text([linear(graph, quant, flat, heads * head_size), *results])


PRODUCTS = ("mm", "scaled", "cutlass", "bmm")


def product_and_collective(product, side, tokens="s0", dtype="bf16", hidden=16, devices=2):
    """A product of matrices behind an all-gather (`side` "gather") or in front of a reduce-scatter ("scatter")."""
    graph = GraphWriter(tokens, dtype)
    quantized = product != "mm"
    x = relu(graph, graph.input("x", [tokens, hidden], "f16" if dtype == "f16" else "bf16"))
    if quantized:
        x = graph.convert(x, parts.FP8)
    rows = tokens
    if side == "gather":
        rows = tokens * devices if isinstance(tokens, int) else f"{devices}*{tokens}"
        x = graph.call("vllm.all_gather.default", x, 0, devices, GROUP, result=(x.dtype, [rows, hidden]))
    weight = graph.transpose(graph.input("weight", [2 * hidden, hidden], parts.FP8 if quantized else dtype))
    result = (dtype, [rows, 2 * hidden])
    if product == "mm":
        made = graph.call("aten.mm.default", x, weight, result=result)
    elif product == "bmm":
        scales = [graph.input("scale", [1], "f32") for _ in range(2)]
        strides = f"{hidden}*{rows}" if isinstance(rows, str) else hidden * rows, hidden
        raised = [graph.call("aten.unsqueeze.default", part, 0,
                             result=(part.dtype, [1, *part.sizes], [stride, *part.strides]))
                  for part, stride in zip((x, weight), strides)]
        made = graph.call("vllm.bmm_fp8.default", *raised, *scales, "torch.bfloat16", "auto",
                          result=(dtype, [1, rows, 2 * hidden]))
        made = graph.reshape(made, [rows, 2 * hidden], open_size=False)
    else:
        scales = graph.input("scale_a", [rows, 1], "f32"), graph.input("scale_b", [1, 2 * hidden], "f32")
        if product == "scaled":
            made = graph.call("aten._scaled_mm.default", x, weight, *scales, None, None, "torch.bfloat16", result=result)
        else:
            out = graph.input("out", [rows, 2 * hidden])
            call = graph.functionalized("_C.cutlass_scaled_mm.default", out=out, a=x, b=weight, a_scales=scales[0],
                                        b_scales=scales[1], bias=None)
            made = graph.item(call, 1, out)
    if side == "scatter":
        part = rows // devices if isinstance(rows, int) else f"({rows}//{devices})"
        made = graph.call("vllm.reduce_scatter.default", made, 0, devices, GROUP, result=(dtype, [part, 2 * hidden]))
    return graph.text([made])


def query_key_norms(tokens="s0", dtype="bf16", heads=4, kv_heads=2, head_size=64, epsilon=1e-06, is_neox=True,
                    rotary="custom", splits=1, weight_dtype=None, cache_dtype=None, open_size=False):
    """Norms of queries and keys, and rotary embedding, on a packed projection that is split once or three times.
    `open_size`: reshapes say the number of tokens as -1."""
    graph = GraphWriter(tokens, dtype)
    widths = [heads * head_size, kv_heads * head_size, kv_heads * head_size]
    qkv = relu(graph, graph.input("qkv", [tokens, sum(widths)]))
    if splits == 1:
        query, key, value = graph.split(qkv, widths)
    else:
        query, key, value = (graph.split(qkv, widths, [index])[0] for index in range(3))
    normed = []
    for part, count in ((query, heads), (key, kv_heads)):
        weight = graph.input("weight", [head_size], weight_dtype)
        by_head = graph.reshape(part, [tokens, count, head_size], open_size, [part.strides[0], head_size, 1])
        normed.append(graph.reshape(parts.rms_norm(graph, by_head, weight, epsilon), part.sizes, open_size))
    positions = graph.input("positions", [tokens], "i64")
    cache = graph.input("cache", [128, head_size], cache_dtype)
    query, key = parts.rotate(graph, positions, *normed, cache, head_size, is_neox, rotary)
    return graph.text([query, key, value])


def rotary_and_update(tokens="s0", dtype="bf16", heads=4, kv_heads=2, head_size=64, is_neox=True, rotary="custom",
                      scatters=False, layer="layers.0.attn"):
    """Rotary embedding, and the update of the KV cache that attention waits for."""
    graph = GraphWriter(tokens, dtype)
    widths = [heads * head_size, kv_heads * head_size, kv_heads * head_size]
    qkv = relu(graph, graph.input("qkv", [tokens, sum(widths)]))
    positions, cache = graph.input("positions", [tokens], "i64"), graph.input("cache", [128, head_size])
    query, key, *value = graph.split(qkv, widths, [0, 1] if scatters else None)
    query, key = parts.rotate(graph, positions, query, key, cache, head_size, is_neox, rotary)
    if scatters:
        for part, start in ((query, 0), (key, widths[0])):
            qkv = graph.call("aten.slice_scatter.default", qkv, part, 1, start, start + part.sizes[1],
                             result=(qkv.dtype, qkv.sizes))
        query, key, *value = (graph.split(qkv, widths, [index])[0] for index in range(3))
    query, key, value = (
        graph.reshape(part, [tokens, count, head_size], strides=[part.strides[0], head_size, 1])
        for part, count in ((query, heads), (key, kv_heads), (value[0], kv_heads)))
    order = graph.call("vllm.unified_kv_cache_update.default", key, value, layer, result=(dtype, [0]))
    output = graph.empty(query.sizes)
    call = graph.functionalized(
        "vllm.unified_attention_with_output.default", query=query, key=key, value=value, output=output, layer_name=layer,
        output_scale=None, output_block_scale=None, kv_cache_dummy_dep=order)
    return graph.text([graph.item(call, 1, output)])


def gated_norms_and_update(tokens="s0", dtype="bf16", heads=4, kv_heads=2, head_size=64, rotary_dim=64, is_neox=True,
                           rotary="native", epsilon=1e-06, layer="layers.0.attn", query="reshaped", shared=True):
    """Queries with a gate beside each head, Gemma's norms of queries and keys, rotary embedding, the update of the KV cache
    and attention, which the gate is multiplied with. `query`: how queries leave their gates behind, "reshaped" (flat, and
    in heads again) or "contiguous"."""
    graph = GraphWriter(tokens, dtype)
    widths = [2 * heads * head_size, kv_heads * head_size, kv_heads * head_size]
    qkv = relu(graph, graph.input("qkv", [tokens, sum(widths)]))
    positions, cache = graph.input("positions", [tokens], "i64"), graph.input("cache", [128, rotary_dim])
    both, key, value = graph.split(qkv, widths)
    both = graph.reshape(both, [tokens, heads, 2 * head_size], strides=[both.strides[0], 2 * head_size, 1])
    halved = graph.call("aten.split.Tensor", both, head_size, -1)
    in_heads = (dtype, [tokens, heads, head_size], both.strides)
    query_part, gate = (graph.item(halved, index, result=in_heads) for index in range(2))

    def packed(x):
        return graph.call("aten.clone.default", x, memory_format="torch.contiguous_format", result=(dtype, x.sizes))

    query_part = packed(query_part)
    if query == "reshaped":
        query_part = graph.reshape(graph.reshape(query_part, [tokens, heads * head_size]), [tokens, heads, head_size])
    gate = graph.reshape(packed(gate), [tokens, heads * head_size])
    key = graph.reshape(key, [tokens, kv_heads, head_size], strides=[key.strides[0], head_size, 1])
    normed = []
    for part in (query_part, key):
        weight = graph.pointwise("aten.add.Tensor", graph.convert(graph.input("weight", [head_size]), "f32"), 1.0)
        by_head = parts.rms_norm(graph, part, weight, epsilon)
        normed.append(graph.reshape(by_head, [tokens, part.sizes[1] * head_size]))
    query_part, key = parts.rotate_natively(graph, positions, normed, cache, head_size, is_neox, shared) \
        if rotary == "native" else parts.rotate(graph, positions, *normed, cache, head_size, is_neox, rotary)
    query_part, key, value = (graph.reshape(part, [tokens, count, head_size], strides=[part.strides[0], head_size, 1])
                              for part, count in ((query_part, heads), (key, kv_heads), (value, kv_heads)))
    order = graph.call("vllm.unified_kv_cache_update.default", key, value, layer, result=(dtype, [0]))
    output = graph.empty(query_part.sizes)
    call = graph.functionalized(
        "vllm.unified_attention_with_output.default", query=query_part, key=key, value=value, output=output,
        layer_name=layer, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=order)
    flat = graph.reshape(graph.item(call, 1, output), gate.sizes)
    return graph.text([graph.pointwise("aten.mul.Tensor", flat, graph.pointwise("aten.sigmoid.default", gate))])


def latent_rotary_and_update(tokens="s0", dtype="bf16", heads=4, rotary_size=64, rank=512, is_neox=False,
                             rotary="custom", kind="auto", layer="layers.0.mla"):
    """The same for multi-head latent attention."""
    graph = GraphWriter(tokens, dtype)
    query = relu(graph, graph.input("q_pe", [tokens, heads, rotary_size]))
    key = relu(graph, graph.input("k_pe", [tokens, rotary_size]))
    latent = relu(graph, graph.input("kv_c", [tokens, rank]))
    positions, cache = graph.input("positions", [tokens], "i64"), graph.input("cache", [128, rotary_size])
    key = graph.call("aten.unsqueeze.default", key, 1,
                     result=(dtype, [tokens, 1, rotary_size], [rotary_size, rotary_size, 1]))
    query, key = parts.rotate(graph, positions, query, key, cache, rotary_size, is_neox, rotary)
    order = graph.call("vllm.unified_mla_kv_cache_update.default", latent, key, layer, kind,
                       graph.input("k_scale", [1], "f32"), result=(dtype, [0]))
    return graph.text([order, query, key])


def buffer_of(tokens, rows, dtype="bf16", hidden=64):
    """What no-op elimination is for: reshapes there and back, a whole slice, a slice_scatter of everything."""
    graph = GraphWriter(tokens, dtype)
    x = relu(graph, graph.input("x", [tokens, hidden]))
    buffer = graph.input("buffer", [rows, hidden])
    view = graph.reshape(x, [tokens, 4, hidden // 4])
    flat = graph.reshape(view, [tokens, hidden])
    whole = graph.call("aten.slice.Tensor", buffer, 0, 0, tokens, result=(dtype, [tokens, hidden]))
    written = graph.pointwise("aten.add.Tensor", flat, whole)
    kept = graph.call("aten.slice.Tensor", x, 1, 0, -1, result=(dtype, [tokens, hidden - 1], [hidden, 1]))
    scattered = graph.call("aten.slice_scatter.default", buffer, written, 0, 0, tokens,
                           result=(dtype, [rows, hidden]))
    return graph.text([scattered, kept])
