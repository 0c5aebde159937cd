"""Models as vLLM compiles them, as printed graphs: one tensor-parallel rank's part, with widths small enough to read.

    models.py KIND [FIELD=VALUE...]      prints one, for trying things: models.py llama quant=static layers=4 devices=2
"""
import sys
from dataclasses import dataclass, field

import parts
from graph_writer import GraphWriter

GROUP = "tp:0"
QUANTISATIONS = {"none": parts.Unquantized, "static": parts.Static, "token": parts.Token, "group": parts.Group,
                 "fp4": parts.Fp4}


@dataclass
class Shape:
    """What models differ in."""

    quant: object = field(default_factory=parts.Unquantized)
    layers: int = 2
    tokens: object = "s0"
    dtype: str = "bf16"
    devices: int = 1
    hidden: int = 512
    heads: int = 8
    kv_heads: int = 2
    head_size: int = 64
    intermediate: int = 1024
    epsilon: float = 1e-05
    is_neox: bool = True
    silu: str = "custom"
    rotary: str = "custom"
    scatters: bool = True  # rotated queries and keys are written back into the projection, which is then split again
    moe: bool = False  # a mixture of experts, which hides its products, its activation and one quantisation
    embeds: bool = True  # the embedding, and its all-reduce, are in the graph
    kv_update: bool = False  # the update of the KV cache is a call of its own
    exact_views: bool = False  # views behind attention say the number of tokens, where others say -1
    coalesced: bool = False  # Qwen3: queries, keys and values are items of one split
    dense: int = 0  # DeepSeek: so many first layers have no experts


class Model:
    def __init__(self, shape):
        self.shape = shape
        self.graph = GraphWriter(shape.tokens, shape.dtype)
        self.positions = self.graph.input("positions", [shape.tokens], "i64")
        self.cache = self.graph.input("cos_sin_cache", [4096, self.rotary_size()])
        self.residual = None

    def rotary_size(self):
        return self.shape.head_size

    def reduce(self, x):
        return x if self.shape.devices == 1 else self.graph.call(
            "vllm.all_reduce.default", x, GROUP, result=(x.dtype, x.sizes))

    def embed(self):
        """The first layer's input. Without `embeds` it comes from elsewhere, reduced already."""
        shape, graph = self.shape, self.graph
        sizes = [shape.tokens, shape.hidden]
        if not shape.embeds:
            return graph.input("embedded", sizes)
        table, ids = graph.input("table", [1000, shape.hidden]), graph.input("ids", [shape.tokens], "i64")
        return self.reduce(graph.call("aten.embedding.default", table, ids, result=(shape.dtype, sizes)))

    def norm(self, x, width=None):
        weight = self.graph.input("norm_weight", [width or self.shape.hidden])
        return parts.rms_norm(self.graph, x, weight, self.shape.epsilon)

    def add_norm(self, x, is_last=False):
        """The norm of the sum with the residual, which is the sum from then on. The first norm has nothing to add."""
        weight = self.graph.input("norm_weight", [self.shape.hidden])
        if self.residual is None:
            self.residual = x
            return parts.rms_norm(self.graph, x, weight, self.shape.epsilon)
        normed, self.residual = parts.add_rms_norm(self.graph, x, self.residual, weight, self.shape.epsilon, is_last)
        return normed

    def linear(self, x, width, quant=None):
        quant = quant or self.shape.quant
        weight, prepared = quant.weight(self.graph, width, x.sizes[1]), quant.prepare(self.graph)
        return quant.product(self.graph, quant.quantize(self.graph, x, prepared), prepared, weight)

    def feed_forward(self, x, layer):
        shape = self.shape
        if not shape.moe or layer < shape.dense:
            wide = self.linear(x, 2 * shape.intermediate)
            return self.reduce(self.linear(parts.silu_and_mul(self.graph, wide, shape.silu), shape.hidden))
        router = self.linear(x, 16, parts.Unquantized())
        return self.reduce(self.graph.call("vllm.moe_forward.default", x, router, f"layers.{layer}.experts",
                                           result=(x.dtype, x.sizes)))

    def text(self):
        x = self.embed()
        for layer in range(self.shape.layers):
            x = self.reduce(self.attention(self.add_norm(x), layer))
            x = self.feed_forward(self.add_norm(x), layer)
        return self.graph.text([self.add_norm(x, is_last=True)])


class Llama(Model):
    """Grouped-query attention, and a gated feed-forward network."""

    def attention(self, x, layer):
        shape, graph = self.shape, self.graph
        widths = [shape.heads * shape.head_size, shape.kv_heads * shape.head_size, shape.kv_heads * shape.head_size]
        query, key, value = self.rotated(self.linear(x, sum(widths)), widths)
        heads = [self.in_heads(query, shape.heads), self.in_heads(key, shape.kv_heads),
                 self.in_heads(value, shape.kv_heads)]
        return self.linear(self.attend(heads, layer), shape.hidden)

    def in_heads(self, x, heads, open_size=True):
        size = self.shape.head_size
        return self.graph.reshape(x, [x.sizes[0], heads, size], open_size, [x.strides[0], size, 1])

    def rotated(self, qkv, widths):
        graph, shape = self.graph, self.shape
        if not shape.scatters:
            query, key, value = graph.split(qkv, widths)
            query, key = parts.rotate(graph, self.positions, query, key, self.cache, shape.head_size, shape.is_neox,
                                      shape.rotary)
            return query, key, value
        query, key = graph.split(qkv, widths, [0, 1])
        query, key = parts.rotate(graph, self.positions, query, key, self.cache, shape.head_size, shape.is_neox,
                                  shape.rotary)
        for part, start in ((query, 0), (key, widths[0])):
            qkv = graph.call("aten.slice_scatter.default", qkv, part, 1, start, start + part.sizes[1],
                             result=(qkv.dtype, qkv.sizes))
        return graph.split(qkv, widths)

    def attend(self, heads, layer):
        shape, graph = self.shape, self.graph
        query, key, value = heads
        name, order = f"layers.{layer}.attn", None
        if shape.kv_update:
            order = graph.call("vllm.unified_kv_cache_update.default", key, value, name, result=(shape.dtype, [0]))
        output = graph.empty(query.sizes)
        call = graph.functionalized(
            "vllm.unified_attention_with_output.default", query=query, key=key, value=value, output=output,
            layer_name=name, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=order)
        return graph.reshape(graph.item(call, 1, output), [shape.tokens, shape.heads * shape.head_size],
                             not shape.exact_views)


class Qwen3(Llama):
    """Queries and keys are normalised head by head before they are rotated."""

    def normed(self, x, heads):
        weight = self.graph.input("head_norm_weight", [self.shape.head_size])
        split = parts.rms_norm(self.graph, self.in_heads(x, heads, open_size=False), weight, self.shape.epsilon)
        return self.graph.reshape(split, x.sizes, open_size=False)

    def rotated(self, qkv, widths):
        """Each part comes from a split of its own, as the projection's readers are traced one by one."""
        shape, graph = self.shape, self.graph
        query, key, value = graph.split(qkv, widths) if shape.coalesced \
            else (graph.split(qkv, widths, [index])[0] for index in range(3))
        query, key = self.normed(query, shape.heads), self.normed(key, shape.kv_heads)
        query, key = parts.rotate(graph, self.positions, query, key, self.cache, shape.head_size, shape.is_neox,
                                  shape.rotary)
        return query, key, value


class DeepSeek(Model):
    """Multi-head latent attention: queries and keys come out of small projections with norms of their own, and part of
    each is rotated."""

    NOPE, ROPE, VALUE, QUERY_RANK, KV_RANK = 128, 64, 128, 256, 512

    def rotary_size(self):
        return self.ROPE

    def attention(self, x, layer):
        shape, graph = self.shape, self.graph
        heads, size = shape.heads, self.NOPE + self.ROPE
        latent = self.linear(x, self.QUERY_RANK + self.KV_RANK + self.ROPE)
        low, kv, key = graph.split(latent, [self.QUERY_RANK, self.KV_RANK, self.ROPE])
        wide = self.linear(self.norm(low, self.QUERY_RANK), heads * size)
        kv = self.norm(kv, self.KV_RANK)
        query = graph.reshape(wide, [shape.tokens, heads, size])
        query, key = self.rotated(query, key)
        name = f"layers.{layer}.mla"
        scale = graph.input("k_scale", [1], "f32")
        order = graph.call("vllm.unified_mla_kv_cache_update.default", kv, key, name, "auto", scale,
                           result=(shape.dtype, [0]))
        output = graph.empty([shape.tokens, heads * self.VALUE])
        call = graph.functionalized(
            "vllm.unified_mla_attention_with_output.default", q=query, kv_c_normed=kv, k_pe=key, output=output,
            layer_name=name, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=order)
        return self.linear(graph.item(call, 1, output), shape.hidden)

    def rotated(self, query, key):
        """The rotated part of a query is copied back into it."""
        shape, graph = self.shape, self.graph
        key = graph.call("aten.unsqueeze.default", key, 1,
                         result=(key.dtype, [shape.tokens, 1, self.ROPE], [key.strides[0], self.ROPE, 1]))
        end = self.NOPE + self.ROPE
        part = graph.call("aten.slice.Tensor", query, 2, self.NOPE, end,
                          result=(query.dtype, [shape.tokens, shape.heads, self.ROPE], query.strides))
        rotated, key = parts.rotate(graph, self.positions, part, key, self.cache, self.ROPE, False, shape.rotary)
        copied = graph.call("aten.copy.default", part, rotated, result=(part.dtype, part.sizes, part.strides))
        query = graph.call("aten.slice_scatter.default", query, copied, 2, self.NOPE, end,
                           result=(query.dtype, query.sizes))
        return query, key


KINDS = {"llama": Llama, "qwen3": Qwen3, "deepseek": DeepSeek}


def build(kind, **fields):
    """The text of a model. `quant` may be a name of QUANTISATIONS."""
    if isinstance(fields.get("quant"), str):
        fields["quant"] = QUANTISATIONS[fields["quant"]]()
    return KINDS[kind](Shape(**fields)).text()


def main():
    fields = {}
    for argument in sys.argv[2:]:
        key, value = argument.split("=")
        kind = type(getattr(Shape(), key))
        fields[key] = value if kind in (str, parts.Unquantized) else value == "True" if kind is bool else kind(value)
    print(build(sys.argv[1], **fields), end="")


if __name__ == "__main__":
    main()
