#!/usr/bin/env python3
"""Rotary embeddings as PyTorch calls, in every fusion that has one; layers with gates.

usage: test_rotary.py COMMAND [unittest's arguments]

Where vLLM's custom op is off, the embedding is written out: for halves or neighbours, with cosines and sines spread over
the heads once, or for queries and keys apart.
"""
import itertools
import sys

import command
import models
import parts
import small_models
from graph_writer import GraphWriter
from test_forms import ATTENTION, FLAGS, KV_UPDATE, RMS, Case, FormTest

LAYER = {"name": "layers.0.attn", "num_heads": 4, "num_kv_heads": 2, "head_size": 64}


def written_out(tokens, is_neox, shared, norms, update, width=64):
    """A packed projection; norms of heads if `norms`; the embedding; the cache's update and attention if `update`."""
    graph = GraphWriter(tokens)
    widths = [4 * 64, 2 * 64, 2 * 64]
    qkv = small_models.relu(graph, graph.input("qkv", [tokens, sum(widths)]))
    positions, cache = graph.input("positions", [tokens], "i64"), graph.input("cache", [128, width])
    query, key, value = graph.split(qkv, widths)
    heads = [graph.reshape(part, [tokens, count, 64], strides=[part.strides[0], 64, 1])
             for part, count in ((query, 4), (key, 2))]
    if norms:
        heads = [parts.rms_norm(graph, part, graph.input("weight", [64]), 1e-06) for part in heads]
    query, key = parts.rotate_natively(graph, positions, heads, cache, 64, is_neox, shared)
    if not update:
        return graph.text([query, key, value])
    value = graph.reshape(value, [tokens, 2, 64], strides=[value.strides[0], 64, 1])
    order = graph.call("vllm.unified_kv_cache_update.default", key, value, "layers.0.attn", result=("bf16", [0]))
    call = graph.functionalized(
        "vllm.unified_attention_with_output.default", query=query, key=key, value=value, output=graph.empty(query.sizes),
        layer_name="layers.0.attn", output_scale=None, output_block_scale=None, kv_cache_dummy_dep=order)
    return graph.text([graph.item(call, 1, query)])


class WrittenOut(FormTest):
    def check(self, passes, fusion, fused, norms, update, **config):
        cases = [Case(f"{is_neox} {shared} {tokens}", written_out(tokens, is_neox, shared, norms, update), 1,
                      {"aten.index.Tensor": 0, fused: 1, **({RMS: 0} if norms else {}), **({KV_UPDATE: 0} if update else {})})
                 for is_neox, shared, tokens in itertools.product(FLAGS, FLAGS, ("s0", 5))]
        self.check_graphs(cases)
        texts = self.run_cases(cases, passes, fusion, **config)
        self.check_samples(cases, texts, list(texts)[::3])

    def test_head_norms(self):
        self.check("noop,qk_norm_rope,cleanup", "qk_norm_rope", "_C.fused_qk_norm_rope.default", True, False)

    def test_cache_update(self):
        self.check("noop,rope_kvcache,cleanup", "rope_kvcache", "vllm.fused_rope_and_unified_kv_cache_update.default", False,
                   True, attention_layers=[LAYER])

    def test_head_norms_and_cache_update(self):
        self.check("noop,qk_norm_rope_kvcache,cleanup", "qk_norm_rope_kvcache",
                   "vllm.fused_qk_norm_rope_and_unified_kv_cache_update.default", True, True, attention_layers=[LAYER])

    def test_only_some_columns(self):
        """The fused ops turn whole heads: one of which only the first columns turn is left as it is."""
        graph = written_out("s0", True, True, True, False, width=32)
        self.run_cases([Case("partial", graph, 0, {}, {RMS: 2})], "noop,qk_norm_rope,cleanup", "qk_norm_rope")
        graph = written_out("s0", True, True, False, True, width=32)
        for layer in (LAYER, {**LAYER, "rotary_dim": 32}):
            self.run_cases([Case("partial", graph, 0, {}, {KV_UPDATE: 1})], "noop,rope_kvcache,cleanup", "rope_kvcache",
                           attention_layers=[layer])

    def test_models(self):
        """Qwen3, and Llama behind a layer's declaration."""
        for tokens, layers in itertools.product(("s0", 12), (1, 3)):
            graph = models.build("qwen3", rotary="native", layers=layers, tokens=tokens, epsilon=1e-06)
            self.check_types(graph)
            run = self.optimise(graph, "noop,split_coalescing,qk_norm_rope,cleanup")
            self.assertEqual(run.counts["qk_norm_rope"], layers)
            graph = models.build("llama", rotary="native", layers=layers, tokens=tokens, scatters=False, kv_update=True)
            declared = [{"name": f"layers.{number}.attn", "num_heads": 8, "num_kv_heads": 2, "head_size": 64}
                        for number in range(layers)]
            run = self.optimise(graph, "noop,split_coalescing,rope_kvcache,cleanup", attention_layers=declared)
            self.assertEqual(run.counts["rope_kvcache"], layers)


class Gates(FormTest):
    """Layers whose query projection has a gate beside each head: Gemma's norms, and perhaps only some columns turned."""

    FUSED = "vllm.fused_gated_qk_norm_rope_and_unified_kv_cache_update.default"
    PASSES = "noop,split_coalescing,scatter_split,qk_norm_rope_kvcache,cleanup"

    def layers(self, **more):
        return [{**LAYER, "gated": True, **more}]

    def cases(self, rotary_dim, dtype="bf16", count=1, **fields):
        after = {RMS: 0, KV_UPDATE: 0, self.FUSED: 1} if count else {}
        for rotary, is_neox, query, shared, tokens in itertools.product(
                ("native", "custom", "flashinfer"), FLAGS, ("reshaped", "contiguous"), FLAGS, ("s0", 5)):
            if rotary == "native" or not shared:
                graph = small_models.gated_norms_and_update(
                    tokens, dtype, rotary_dim=rotary_dim, is_neox=is_neox, rotary=rotary, query=query, shared=shared, **fields)
                yield Case(f"{rotary} {is_neox} {query} {shared} {tokens}", graph, count, after, {ATTENTION: 1})

    def test_all_forms(self):
        for rotary_dim, epsilon, dtype in ((64, 1e-06, "bf16"), (32, 1e-05, "bf16"), (32, 1e-07, "f16")):
            cases = list(self.cases(rotary_dim, dtype, epsilon=epsilon))
            texts = self.run_cases(cases, self.PASSES, "qk_norm_rope_kvcache",
                                   attention_layers=self.layers(rotary_dim=rotary_dim))
            self.check_samples(cases, texts, list(texts)[::5])
            for text in texts.values():
                self.check_types(text)
        self.check_graphs(cases)

    def test_compatible(self):
        """vLLM has the form written out only, with its two epsilons."""
        cases = [case for case in self.cases(32) if "native" in case.name]
        self.run_cases(cases, self.PASSES, "qk_norm_rope_kvcache", compatible=True,
                       attention_layers=self.layers(rotary_dim=32))
        none = list(self.cases(32, count=0, epsilon=1e-07)) + [case for case in self.cases(32, count=0)
                                                              if "native" not in case.name]
        self.run_cases(none, self.PASSES, "qk_norm_rope_kvcache", compatible=True,
                       attention_layers=self.layers(rotary_dim=32))

    def test_opaque_names(self):
        """One declared layer serves all of its geometry; without, only the one of its name."""
        graph = small_models.gated_norms_and_update(layer="layers.3.attn")
        for opaque, count in ((True, 1), (False, 0)):
            run = self.optimise(graph, self.PASSES, attention_layers=self.layers(), opaque_layer_names=opaque)
            self.assertEqual(run.counts["qk_norm_rope_kvcache"], count)
        self.assertEqual(self.optimise(graph, self.PASSES, attention_layers=self.layers(num_heads=2),
                                       opaque_layer_names=True).counts["qk_norm_rope_kvcache"], 0)

    def test_what_has_no_fusion(self):
        """A layer without its gate declared, a backend that cannot, sizes that no kernel has, an op that is not built."""
        graph = small_models.gated_norms_and_update()
        for layer, config in (({"gated": False}, {}), ({"qk_norm_rope_kvcache": False}, {}), ({"rotary_dim": 32}, {}),
                              ({}, {"missing_ops": self.FUSED.removesuffix(".default")})):
            run = self.optimise(graph, self.PASSES, attention_layers=self.layers(**layer), **config)
            self.assertEqual(run.counts["qk_norm_rope_kvcache"], 0)
        graph = small_models.gated_norms_and_update(head_size=32, rotary_dim=32)
        run = self.optimise(graph, self.PASSES, attention_layers=self.layers(head_size=32))
        self.assertEqual(run.counts["qk_norm_rope_kvcache"], 0)


if __name__ == "__main__":
    command.run(sys.argv)
