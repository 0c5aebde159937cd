#!/usr/bin/env python3
"""What is easy to get wrong in vLLM's passes: a list, and a test for each entry, here or elsewhere.

usage: test_traps.py COMMAND [unittest's arguments]
"""
import pathlib
import re
import sys

import command
import models
import parts
import small_models
from graph_writer import GraphWriter

TESTS = pathlib.Path(__file__).resolve().parent.parent
HERE = "vllm/test_traps.py"
FORMS, MANAGER, PASS, CONFIG = "vllm/test_forms.py", "unit/test_pass_manager.c", "unit/test_pass.c", "unit/test_pass_config.c"

# What it is, and where it is tested: files below tests/, with the test's name where the file has several.
TRAPS = {
    "skipped passes take no index of the dumps": [(MANAGER, "test_a_skipped_pass_takes_no_index")],
    "the match table adds up over runs, and every pass writes to it": [
        (PASS, "test_the_match_table_outlives_managers"), ("vllm/test_counts.py", "test_the_match_table_has_the_dump_names")],
    "uuids feel parameters and the number of layers, and no comments": [
        (PASS, "test_uuids_hash_what_rules_mean"), (MANAGER, "test_uuids_feel_the_configuration_that_rules_read"),
        (MANAGER, "test_uuids_feel_each_layer")],
    "of overlapping fusions the larger wins, from the end of the graph": [
        (HERE, "test_the_larger_of_two_fusions_wins"), (HERE, "test_sites_are_taken_from_the_end")],
    "results are not in the order of the schema": [(HERE, "test_results_by_index")],
    "norm fusions keep the scale buffer, SiLU's make one": [
        (HERE, "test_scale_buffers"), (FORMS, "test_layout_of_group_scales")],
    "the dtype check sees norms without residual only": [(FORMS, "test_what_has_no_fusion")],
    "without residual, the all-reduced value is in the buffer of the all-reduce": [
        (HERE, "test_the_all_reduced_value"), (FORMS, "test_the_values_stay")],
    "sequence parallelism leaves wrong shapes until its own sweep": [
        (HERE, "test_shapes_after_sequence_parallelism"), (MANAGER, "test_a_nested_sweep_shares_the_index"),
        ("golden/verify/sequence_parallelism.test", None)],
    "weight and residual are not taken for each other": [(HERE, "test_weight_and_residual")],
    "layer names are literals, or one value for all layers": [
        (HERE, "test_layer_names"), ("golden/opt/attn_quant_layers.test", None),
        ("golden/opt/mla_attn_quant_other_layer.test", None)],
    "updates of caches write what no schema tells": [(HERE, "test_updates_of_caches_stay_in_order")],
    "splits along other dimensions, partial scatters": [
        ("golden/opt/split_coalescing.test", None), ("golden/opt/split_coalescing_compatible.test", None),
        ("golden/opt/noop_trusts_shapes.test", None), ("golden/opt/noop_trusts_shapes_compatible.test", None)],
    "attention, plain and block quantisation stay functionalised": [
        ("vllm/test_counts.py", "test_every_pass_at_once"), ("golden/opt/fix_functionalization.test", None)],
    "pieces of a graph are refused": [(FORMS, "test_pieces_of_a_graph"), (MANAGER, "test_pieces_of_graphs_are_refused")],
    "where documents and code disagree, code wins": [
        (CONFIG, "test_token_limits_of_the_all_reduce_follow_the_table"), (HERE, "test_no_range_for_head_norms")],
    "clean-up behind the last step keeps calls that write": [(HERE, "test_clean_up_after_the_last_step")],
}


class Traps(command.CommandTest):
    def test_every_trap_has_a_test(self):
        for trap, tests in TRAPS.items():
            for file, name in tests:
                text = (TESTS / file).read_text()
                self.assertTrue(name is None or re.search(rf"(def|void) {name}\(", text), f"{trap}: {file} {name}")

    def test_the_larger_of_two_fusions_wins(self):
        """Quantised before plain, with residual and both results before one; the plain ones serve what is left."""
        graph = small_models.norms(parts.Static(), reduced=True)
        run = self.optimise(graph, "allreduce_rms")
        self.assertEqual([match["rule"].split("[")[0] for match in run.matches],
                         ["allreduce_add_norm_last", *["allreduce_add_norm_fp8"] * 2, "allreduce_norm_fp8"])
        graph = small_models.norms(parts.Static())
        run = self.optimise(graph, "rms_quant")
        self.assertEqual([match["rule"].split("[")[0] for match in run.matches],
                         [*["add_rms_norm_static"] * 2, "rms_norm_static"])

    def test_sites_are_taken_from_the_end(self):
        graph = models.build("llama", quant="static", layers=3)
        places = {line.split(":")[0].strip(): at for at, line in enumerate(graph.splitlines())}
        for passes in ("rms_quant", "act_quant", "attn_quant"):
            roots = [places[match["root"]] for match in self.optimise(graph, passes).matches]
            self.assertEqual(roots, sorted(roots, reverse=True))
            self.assertGreater(len(roots), 2)

    def items_of(self, text, op):
        """Which items of the calls of an op are read: (index, the name it has)."""
        calls = re.findall(rf"^ +(\w+) = .*{re.escape(op)}", text, re.MULTILINE)
        return [[(int(index), name) for name, index in re.findall(rf"^ +(\w+): \S+.* = {call}\[(\d+)\]", text, re.MULTILINE)]
                for call in calls]

    def test_results_by_index(self):
        """Per token, the residual is the third value that the fused op writes, and the second result of the norm."""
        graph = GraphWriter(4)
        x, residual, weight = graph.input("x", [4, 64]), graph.input("residual", [4, 64]), graph.input("weight", [64])
        normed, total = parts.add_rms_norm(graph, x, residual, weight, 1e-05)
        quantized, scale = parts.Token().quantize(graph, normed, None)
        text = self.optimise(graph.text([quantized, total, scale]), "rms_quant,cleanup").text
        self.assertEqual(self.items_of(text, "rms_norm_dynamic_per_token_quant"),
                         [[(1, quantized.name), (2, scale.name), (3, total.name)]])

    def test_scale_buffers(self):
        """A padded buffer serves the norm, which keeps it, and the activation too; vLLM gives that a new one without."""
        for kind in ("norm", "activation"):
            graph = GraphWriter(4)
            x, weight = graph.input("x", [4, 256]), graph.input("weight", [256])
            padded = graph.input("padded", [4, 8], "f32")
            scales = graph.call("aten.slice.Tensor", padded, 1, 0, 2 if kind == "norm" else 1,
                                result=("f32", [4, 2 if kind == "norm" else 1], [8, 1]))
            value = parts.rms_norm(graph, x, weight, 1e-05) if kind == "norm" else parts.silu_and_mul(graph, x)
            out = graph.empty(value.sizes, parts.FP8)
            call = graph.functionalized(
                "_C.per_token_group_fp8_quant.default", input=value, output_q=out, output_s=scales, group_size=128,
                eps=1e-10, fp8_min=-448.0, fp8_max=448.0, scale_ue8m0=False, dummy_is_scale_transposed=False,
                dummy_is_tma_aligned=False)
            text = graph.text([graph.item(call, 1, out), graph.item(call, 2, scales)])
            for compatible in (False, True):
                run = self.optimise(text, "rms_quant,act_quant,cleanup", compatible=compatible)
                self.assertEqual(len(run.matches), 1)
                if kind == "norm":
                    self.assertRegex(run.text, r"rms_norm_per_block_quant.*scale = slice")
                elif not compatible:
                    self.assertRegex(run.text, r"silu_and_mul_per_block_quant.*scales = slice")
                else:
                    self.assertNotIn("aten.slice.Tensor", run.text)
                    self.assertRegex(run.text,
                                     r'"f32\[4, 1\]\[1, 1\]cuda:0" = torch.ops.aten.empty.memory_format\(\[4, 1\]')

    def test_the_all_reduced_value(self):
        """Its readers read what the op leaves in allreduce_in; the norm has a buffer of its own, the residual is zero."""
        graph = GraphWriter(4)
        reduced = small_models.all_reduce(graph, graph.input("x", [4, 64]))
        normed = parts.rms_norm(graph, reduced, graph.input("weight", [64]), 1e-05)
        text = self.optimise(graph.text([normed, reduced]), "allreduce_rms,cleanup").text
        self.assertEqual(self.items_of(text, "flashinfer_trtllm_fused_allreduce_norm"),
                         [[(1, reduced.name), (3, normed.name)]])
        self.assertIn("torch.ops.aten.full.default([4, 64], 0,", text)
        self.assertIn("allreduce_in = x, residual = full", text)

    def test_shapes_after_sequence_parallelism(self):
        """Types are those of a part of the tokens from the first norm on, and none is stale; a first norm that is not
        rewritten leaves its slice."""
        for tokens in (16, "s0"):
            run = self.optimise(small_models.norms(parts.Static(), tokens, reduced=True), "sequence_parallel,cleanup")
            self.check_types(run.text)
            self.assertNotIn("aten.slice.Tensor", run.text)
            part = "8" if tokens == 16 else "(s0//2)"
            self.assertIn(f'"bf16[{part}, 256][256, 1]cuda:0"', run.text)
        graph = models.build("llama", layers=2, devices=2, embeds=False)
        run = self.optimise(graph, "noop,sequence_parallel,cleanup")
        self.check_types(run.text)
        self.assertEqual((run.counts["sequence_parallel"], run.ops["aten.slice.Tensor"]), (4, 1))

    def test_weight_and_residual(self):
        """Where hidden size and tokens are one number, only the order of arguments tells them apart."""
        graph = GraphWriter(64)
        x, residual, weight = (graph.input(name, [64, 64][:dims]) for name, dims in (("x", 2), ("residual", 2), ("weight", 1)))
        normed, total = parts.add_rms_norm(graph, small_models.all_reduce(graph, x), residual, weight, 1e-05)
        text = self.optimise(graph.text([normed, total]), "allreduce_rms,cleanup").text
        self.assertIn("allreduce_in = x, residual = residual, rms_gamma = weight, rms_eps = 1e-05", text)

    def test_layer_names(self):
        """A declared layer is taken by its name; an opaque name serves every layer."""
        graph = models.build("llama", quant="static", layers=3)
        layer = {"num_heads": 8, "num_kv_heads": 2, "head_size": 64}
        declared = [{"name": f"layers.{number}.attn", **layer} for number in (0, 2, 7)]
        run = self.optimise(graph, "noop,attn_quant", attention_layers=declared)
        self.assertEqual(run.counts["attn_quant"], 2)
        for line in run.text.splitlines():
            if "unified_attention" in line:
                self.assertEqual("'layers.1.attn'" in line, "output_scale = None" in line)
        graph = models.build("deepseek", layers=3)
        first = [{"name": "layers.0.mla", "num_heads": 8, "qk_rope_head_dim": 64, "kv_lora_rank": 512, "v_head_dim": 128}]
        for opaque, count in ((False, 1), (True, 3)):
            run = self.optimise(graph, "noop,mla_rope_kvcache", mla_layers=first, opaque_layer_names=opaque)
            self.assertEqual(run.counts["mla_rope_kvcache"], count)

    def test_updates_of_caches_stay_in_order(self):
        """An update that nobody waits for stays, two updates keep their order, and attention waits for the fused one."""
        graph = GraphWriter(4)
        key, value = graph.input("k", [4, 2, 64]), graph.input("v", [4, 2, 64])
        for first, second in ((key, value), (value, key)):
            graph.call("vllm.unified_kv_cache_update.default", first, second, "layers.0.attn", result=("bf16", [0]))
        text = self.optimise(graph.text([key]), "noop,cleanup,ir_lowering,clone_elimination,cleanup,fix_functionalization").text
        self.assertEqual(re.findall(r"unified_kv_cache_update.default\((\w), (\w)", text), [("k", "v"), ("v", "k")])
        layers = [{"name": "layers.0.attn", "num_heads": 4, "num_kv_heads": 2, "head_size": 64}]
        text = self.optimise(small_models.rotary_and_update(), "rope_kvcache,cleanup", attention_layers=layers).text
        (update,) = re.findall(r'^ +(\w+) = .*fused_rope_and_unified_kv_cache_update', text, re.MULTILINE)
        (order,) = re.findall(rf'^ +(\w+): .* = {update}\[0\]', text, re.MULTILINE)
        self.assertIn(f"kv_cache_dummy_dep = {order})", text)

    def test_no_range_for_head_norms(self):
        """The documents say that this fusion is for few tokens; the code has no such limit."""
        run = self.optimise(small_models.query_key_norms(), "qk_norm_rope", compile_range="100000,200000")
        self.assertEqual(run.counts["qk_norm_rope"], 1)

    def test_clean_up_after_the_last_step(self):
        """A call in place has no readers, and stays."""
        graph = small_models.norms(parts.Unquantized(), reduced=True)
        run = self.optimise(graph, "allreduce_rms,fix_functionalization,cleanup")
        self.assertNotIn("auto_functionalized", run.text)
        self.assertEqual(run.ops["vllm.flashinfer_trtllm_fused_allreduce_norm.default"], 4)


if __name__ == "__main__":
    command.run(sys.argv)
