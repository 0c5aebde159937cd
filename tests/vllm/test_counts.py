#!/usr/bin/env python3
"""How often each of vLLM's passes fires in a model of L layers: vLLM's own table, on graphs built here.

usage: test_counts.py COMMAND [unittest's arguments]

The table counts async_tp for FP4 and block scales too, 4 L and 2 L as without quantisation. No graph can show that: none
of vLLM's seven forms has such a product, and sequence parallelism gathers quantised values only where the scale is static,
so that behind these gathers stands a quantisation and no product. vLLM's own list of what is supported has 16 bits and
static FP8. What is left are the reduce-scatters behind CUTLASS's products by blocks, see test_products_by_blocks.
"""
import dataclasses
import sys

import command
import models
import parts


@dataclasses.dataclass
class Row:
    kind: str
    fields: object  # a function that gives them, since quantisation schemes are objects
    rms_quant: object = 0
    act_quant: object = 0
    attn_quant: object = 0
    mla_attn_quant: object = 0
    mla_rope_kvcache: object = 0
    qk_norm_rope: object = 0
    allreduce_rms: object = 0
    sequence_parallel: object = 0
    async_tp: object = 0


# Counts are functions of the number of layers. Llama-4-Scout's embedding is reduced outside its graph.
ROWS = {
    "Llama": Row("llama", lambda: {}, allreduce_rms=lambda n: 2 * n + 1, sequence_parallel=lambda n: 2 * n + 1,
                 async_tp=lambda n: 4 * n),
    "Llama FP8": Row("llama", lambda: {"quant": parts.Static(product_form="scaled")}, rms_quant=lambda n: 2 * n,
                     act_quant=lambda n: n, attn_quant=lambda n: n, allreduce_rms=lambda n: 2 * n + 1,
                     sequence_parallel=lambda n: 2 * n + 1, async_tp=lambda n: 4 * n),
    "Llama FP8, CUTLASS": Row("llama", lambda: {"quant": parts.Static()}, rms_quant=lambda n: 2 * n,
                              act_quant=lambda n: n, attn_quant=lambda n: n, allreduce_rms=lambda n: 2 * n + 1,
                              sequence_parallel=lambda n: 2 * n + 1, async_tp=lambda n: 4 * n),
    "Llama FP8, computed scales": Row("llama", lambda: {"quant": parts.Token()}, rms_quant=lambda n: 2 * n,
                                      allreduce_rms=lambda n: 2 * n + 1, sequence_parallel=lambda n: 2 * n + 1,
                                      async_tp=lambda n: 2 * n),
    "Llama NVFP4": Row("llama", lambda: {"quant": parts.Fp4()}, act_quant=lambda n: n, attn_quant=lambda n: n,
                       allreduce_rms=lambda n: 2 * n + 1, sequence_parallel=lambda n: 2 * n + 1),
    "Llama-4-Scout FP8": Row("llama", lambda: {"quant": parts.Static(), "moe": True, "embeds": False},
                             rms_quant=lambda n: n, attn_quant=lambda n: n, allreduce_rms=lambda n: 2 * n,
                             sequence_parallel=lambda n: 2 * n, async_tp=lambda n: 2 * n - 1),
    "Llama-4-Scout NVFP4": Row("llama", lambda: {"quant": parts.Fp4(), "moe": True, "embeds": False},
                               attn_quant=lambda n: n, allreduce_rms=lambda n: 2 * n, sequence_parallel=lambda n: 2 * n),
    "Qwen3": Row("qwen3", lambda: {"epsilon": 1e-06}, qk_norm_rope=lambda n: n, allreduce_rms=lambda n: 2 * n + 1,
                 sequence_parallel=lambda n: 2 * n + 1, async_tp=lambda n: 4 * n),
    "Qwen3-30B-A3B": Row("qwen3", lambda: {"moe": True, "epsilon": 1e-06}, qk_norm_rope=lambda n: n,
                         allreduce_rms=lambda n: 2 * n + 1, sequence_parallel=lambda n: 2 * n + 1,
                         async_tp=lambda n: 2 * n),
    "Qwen3-30B-A3B FP8 block": Row("qwen3", lambda: {"moe": True, "quant": parts.Group(product_form="hidden"),
                                                     "epsilon": 1e-06},
                                   rms_quant=lambda n: n, qk_norm_rope=lambda n: n, allreduce_rms=lambda n: 2 * n + 1,
                                   sequence_parallel=lambda n: 2 * n + 1),
    "gpt-oss-like": Row("llama", lambda: {"moe": True}, allreduce_rms=lambda n: 2 * n + 1,
                        sequence_parallel=lambda n: 2 * n + 1, async_tp=lambda n: 2 * n),
    "DeepSeek-V3 FP8": Row("deepseek", lambda: {"moe": True, "dense": 3, "quant": parts.Group(product_form="hidden")},
                           rms_quant=lambda n: 2 * n + min(3, n), act_quant=lambda n: min(3, n),
                           mla_rope_kvcache=lambda n: n,
                           allreduce_rms=lambda n: 2 * n + 1, sequence_parallel=lambda n: 2 * n + 1),
    "DeepSeek FP8, static": Row("deepseek", lambda: {"quant": parts.Static()}, rms_quant=lambda n: 3 * n,
                                act_quant=lambda n: n, mla_attn_quant=lambda n: n, mla_rope_kvcache=lambda n: n,
                                allreduce_rms=lambda n: 2 * n + 1,
                                sequence_parallel=lambda n: 2 * n + 1, async_tp=lambda n: 4 * n),
    "DeepSeek NVFP4": Row("deepseek", lambda: {"quant": parts.Fp4(), "tokens": 128}, act_quant=lambda n: n,
                          mla_attn_quant=lambda n: n, mla_rope_kvcache=lambda n: n,
                          allreduce_rms=lambda n: 2 * n + 1, sequence_parallel=lambda n: 2 * n + 1),
}
COLUMNS = [field.name for field in dataclasses.fields(Row)][2:]
# The passes that fuse for one device, those of FlashInfer, those of sequence parallelism: as vLLM's tests turn them on.
GROUPS = (("rms_quant", "act_quant", "mla_rope_kvcache", "attn_quant", "mla_attn_quant", "qk_norm_rope"),
          ("allreduce_rms",),
          ("sequence_parallel", "async_tp"))
UNKNOWN = ("vllm.moe_forward.default", "vllm.fp4_product.default", "vllm.block_scaled_product.default")
LEFT_FUNCTIONALIZED = {
    "vllm.unified_attention_with_output.default", "vllm.unified_mla_attention_with_output.default",
    "_C.static_scaled_fp8_quant.default", "_C.dynamic_per_token_scaled_fp8_quant.default",
    "_C.per_token_group_fp8_quant.default", "_C.rms_norm_per_block_quant.default",
    "_C.silu_and_mul_per_block_quant.default", "_C.cutlass_scaled_mm.default",
}
DEVICES = {"tensor_parallel_size": 2, "device_capability": 90, "allreduce_fusion_max_token_num": 8192}


def counts_of(row, layers):
    values = {name: getattr(row, name) for name in COLUMNS}
    return {name: value(layers) if callable(value) else value for name, value in values.items()}


class Counts(command.CommandTest):
    def check_row(self, row, **shape):
        fields = {**row.fields(), **shape}
        fields.setdefault("devices", 2)
        graph = models.build(row.kind, **fields)
        self.check_types(graph, UNKNOWN)
        wanted = counts_of(row, fields["layers"])
        for group in GROUPS:
            names = ["noop", *(["split_coalescing"] if "qk_norm_rope" in group else []), *group, "cleanup"]
            run = self.optimise(graph, ",".join(names), model_dtype="bfloat16", **DEVICES)
            self.assertEqual({name: run.counts[name] for name in group}, {name: wanted[name] for name in group})
            self.regraft("infer", self.write("after.py", run.text), good=(0,) if not self.has_unknown(graph) else (0, 1))

    def has_unknown(self, graph):
        return any(op in graph for op in UNKNOWN)

    def test_the_table(self):
        for name, row in ROWS.items():
            with self.subTest(model=name):
                self.check_row(row, layers=4)

    def test_other_shapes(self):
        """Numbers of layers and tokens do not matter."""
        for name, shape in (("Llama FP8", {"layers": 7, "tokens": 16}), ("Llama NVFP4", {"layers": 1, "tokens": 100}),
                            ("Qwen3", {"layers": 2, "tokens": 34}), ("DeepSeek-V3 FP8", {"layers": 2, "tokens": 8}),
                            ("Llama", {"layers": 3, "tokens": 512, "hidden": 1024, "heads": 16, "kv_heads": 16})):
            with self.subTest(model=name, **shape):
                self.check_row(ROWS[name], **shape)

    def test_products_by_blocks(self):
        """The fused ops know one scale, or one for each row; vLLM gives them scales of blocks as well."""
        for product in ("cutlass", "scaled"):
            for kind, fields, compatible, count in (
                    ("llama", {}, False, 0), ("llama", {}, True, 8), ("qwen3", {"moe": True}, False, 0),
                    ("qwen3", {"moe": True}, True, 4)):
                graph = models.build(kind, quant=parts.Group(product_form=product), layers=4, devices=2, **fields)
                run = self.optimise(graph, "noop,sequence_parallel,async_tp,cleanup", model_dtype="bfloat16",
                                    compatible=compatible, **DEVICES)
                self.assertEqual((run.counts["sequence_parallel"], run.counts["async_tp"]), (9, count))

    def test_every_pass_at_once(self):
        """One run with everything on: what is left functionalised is what vLLM leaves to Inductor, no IR op is left, and
        the values stay."""
        for kind, fields in (("llama", {"quant": parts.Static(product_form="scaled")}), ("llama", {"quant": parts.Group()}),
                             ("llama", {"quant": parts.Token()}), ("llama", {}), ("qwen3", {"quant": parts.Group()}),
                             ("deepseek", {"quant": parts.Static()})):
            with self.subTest(kind=kind, quant=type(fields.get("quant")).__name__):
                graph = models.build(kind, layers=2, tokens=8, hidden=256, intermediate=256, heads=2, kv_heads=1, **fields)
                run = self.optimise(graph, "vllm", custom_ops="+quant_fp8,+rms_norm", fuse_attn_quant=True,
                                    enable_qk_norm_rope_fusion=True, model_dtype="bfloat16")
                self.assertNotIn("vllm_ir.", run.text)
                self.assertLessEqual(set(command.FUNCTIONALIZED.findall(run.text)), LEFT_FUNCTIONALIZED)
                if kind != "deepseek":  # MLA attention has no kernel
                    self.check_equivalent(graph, run.text)


# vLLM's end-to-end configuration for two devices; one range below the threshold of sequence parallelism, one above.
END_TO_END = {
    "tensor_parallel_size": 2, "device_capability": 90, "custom_ops": "+quant_fp8,+rms_norm,+silu_and_mul",
    "hidden_size": 512, "model_dtype": "bfloat16", "fuse_attn_quant": True,
}
SMALL, LARGE = "1,1024", "1025,8192"
LAYERS = 4


class Ranges(command.CommandTest):
    """All passes in the manager's order, for the ranges that a model is compiled for (dense Llama FP8: 8, 4, 4 quantised,
    9 all-reduces, 16 products beside a collective)."""

    def run_range(self, compile_range, **config):
        graph = models.build("llama", quant=parts.Static(product_form="scaled"), layers=LAYERS, devices=2)
        return self.optimise(graph, "vllm", **END_TO_END, compile_range=compile_range, **config)

    def check(self, run, **wanted):
        self.assertEqual({name: run.counts[name] for name in wanted}, wanted)

    def skipped(self, run):
        return [line for line in run.log.splitlines() if line.startswith("Skipping ")]

    def test_all_reduces_take_norms_from_the_other_fusion(self):
        """In the ranges that FlashInfer takes, norms go with their all-reduce; in the others with their quantisation."""
        limit = {"fi_allreduce_fusion_max_size_mb": 1}  # 1024 tokens of 512 values of two bytes
        small = self.run_range(SMALL, **limit)
        self.check(small, allreduce_rms=9, rms_quant=0, act_quant=4, attn_quant=4)
        self.assertEqual(self.skipped(small), [])
        self.assertIn("Replaced 9 patterns\n", small.log)
        large = self.run_range(LARGE, **limit)
        self.check(large, allreduce_rms=0, rms_quant=8, act_quant=4, attn_quant=4)
        self.assertEqual(self.skipped(large), ["Skipping AllReduceFusionPass with compile range (1025, 8192)"])
        self.assertIn("Replaced 8 patterns\n", large.log)

    def test_sequence_parallelism_above_its_threshold(self):
        """Below it the all-reduces are whole, and are fused with their norms; above it there are none."""
        config = {"enable_sp": True, "fuse_gemm_comms": True, "sp_min_token_num": 1025}
        small = self.run_range(SMALL, **config)
        self.check(small, sequence_parallel=0, async_tp=0, allreduce_rms=9, rms_quant=0)
        self.assertEqual(self.skipped(small), ["Skipping SequenceParallelismPass with compile range (1, 1024)"])
        large = self.run_range(LARGE, **config)
        self.check(large, sequence_parallel=9, async_tp=16, allreduce_rms=0, rms_quant=8, act_quant=4, attn_quant=4)
        self.assertEqual(self.skipped(large), [])
        self.assertNotIn("vllm.all_reduce.default", large.ops)

    def test_the_match_table_has_the_dump_names(self):
        """Counts of newer passes are read from the table, of others from log lines: here both have both."""
        run = self.run_range(LARGE)
        self.assertIn("'attn_quant_fusion': 4", run.log)
        self.assertIn("'activation_quant_fusion_pass': 4", run.log)


if __name__ == "__main__":
    command.run(sys.argv)
