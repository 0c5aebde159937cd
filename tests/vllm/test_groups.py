#!/usr/bin/env python3
"""vLLM's passes on groups of 2, 4 and 8 devices, and what sequence parallelism owes to graphs that are not as it wants them.

usage: test_groups.py COMMAND [unittest's arguments]
"""
import itertools
import re
import sys

import command
import models
import parts
import small_models
from graph_writer import GraphWriter

GROUPS = (2, 4, 8)
SCHEMES = {"none": parts.Unquantized, "static": lambda: parts.Static(product_form="scaled"), "token": parts.Token,
           "group": parts.Group}


def chain(tokens, whole=(), read_residual=None):
    """Four norms along one residual, an all-reduce in front of each but those of `whole`. `read_residual`: the residual
    behind that norm is read by something else too."""
    graph = GraphWriter(tokens)
    x = small_models.relu(graph, graph.input("x", [tokens, 64]))
    residual, results = None, []
    for number in range(4):
        weight = graph.input("norm_weight", [64])
        x = x if number in whole else small_models.all_reduce(graph, x)
        if number == 0:
            x, residual = parts.rms_norm(graph, x, weight, 1e-05), x
        else:
            x, residual = parts.add_rms_norm(graph, x, residual, weight, 1e-05, is_last=number == 3)
        if number == read_residual:
            results.append(graph.pointwise("aten.add.Tensor", residual, residual))
        x = small_models.linear(graph, parts.Unquantized(), x, 64) if number < 3 else x
    return graph.text([x, *results])


class Groups(command.CommandTest):
    """The size of the group is the configuration's, wherever a pass writes it."""

    def test_every_size(self):
        for devices, (name, quant), tokens in itertools.product(GROUPS, SCHEMES.items(), ("s0", 64)):
            with self.subTest(devices=devices, quant=name, tokens=tokens):
                layers = 3
                graph = models.build("llama", quant=quant(), layers=layers, devices=devices, tokens=tokens)
                run = self.optimise(graph, "noop,sequence_parallel,rms_quant,async_tp,cleanup",
                                    tensor_parallel_size=devices, model_dtype="bfloat16")
                self.assertEqual(run.counts["sequence_parallel"], 2 * layers + 1)
                if name == "none":
                    self.assertEqual(run.counts["async_tp"], 4 * layers)
                collectives = re.findall(r"vllm\.(?:reduce_scatter|all_gather)\.default\(\w+, 0, (\d+), 'tp:0'\)", run.text)
                self.assertEqual(set(collectives), {str(devices)})
                part = str(tokens // devices) if isinstance(tokens, int) else f"({tokens}//{devices})"
                self.assertIn(f'"bf16[{part}, 512][512, 1]cuda:0"', run.text)
                self.regraft("infer", "--quiet", self.write("after.py", run.text), good=(0, 1))

    def test_the_values_stay(self):
        for devices, quant in itertools.product(GROUPS, (parts.Unquantized(), parts.Static())):
            graph = small_models.norms(quant, tokens=16, hidden=64, reduced=True)
            run = self.optimise(graph, "noop,sequence_parallel,cleanup", tensor_parallel_size=devices)
            self.assertEqual(run.counts["sequence_parallel"], 4)
            self.check_equivalent(graph, run.text, "--ranks", devices)

    def test_all_reduces_tell_the_size(self):
        for devices in GROUPS:
            graph = small_models.norms(parts.Static(), hidden=64, reduced=True)
            run = self.optimise(graph, "noop,allreduce_rms,cleanup", tensor_parallel_size=devices, device_capability=90,
                                hidden_size=64, model_dtype="bfloat16")
            self.assertEqual(run.counts["allreduce_rms"], 4)
            self.assertEqual(set(re.findall(r"world_size = (\d+)", run.text)), {str(devices)})

    def test_limits_of_the_all_reduce(self):
        """As the table of sizes says, by capability and group, for 8192 values of two bytes a token."""
        limits = {(90, 2): 4096, (90, 4): 128, (90, 8): 32, (100, 2): 4096, (100, 4): 2048, (100, 8): 64}
        graph = small_models.norms(parts.Unquantized(), hidden=64, reduced=True)
        for (capability, devices), limit in limits.items():
            for end in (limit, limit + 1):
                run = self.optimise(graph, "vllm", tensor_parallel_size=devices, device_capability=capability,
                                    hidden_size=8192, model_dtype="bfloat16", compile_range=f"1,{end}")
                self.assertEqual(run.counts["allreduce_rms"], 4 if end == limit else 0)
                skipped = f"Skipping AllReduceFusionPass with compile range (1, {end})"
                self.assertEqual(skipped in run.log, end != limit)

    def test_without_flashinfer(self):
        """The flag alone does not bring the op."""
        graph = small_models.norms(parts.Unquantized(), hidden=64, reduced=True)
        config = {"tensor_parallel_size": 2, "device_capability": 90, "hidden_size": 64, "model_dtype": "bfloat16",
                  "fuse_allreduce_rms": True, "compile_range": "1,64"}
        for is_there, count in ((True, 4), (False, 0)):
            run = self.optimise(graph, "vllm", flashinfer=is_there, **config)
            self.assertEqual(run.counts["allreduce_rms"], count)
            self.assertEqual("AllReduce fusion pass is disabled." in run.log, not is_there)
        self.assertEqual(self.optimise(graph, "allreduce_rms", flashinfer=False).counts["allreduce_rms"], 0)

    def test_products_beside_collectives(self):
        for devices, product, side in itertools.product(GROUPS, small_models.PRODUCTS, ("scatter", "gather")):
            if (product, side) == ("bmm", "gather"):
                continue
            graph = small_models.product_and_collective(product, side, devices=devices)
            for size in GROUPS:
                run = self.optimise(graph, "async_tp,cleanup", tensor_parallel_size=size, model_dtype="bfloat16")
                self.assertEqual(run.counts["async_tp"], 1 if size == devices else 0)


class Residuals(command.CommandTest):
    """Sequence parallelism is right wherever it is applied, unlike vLLM's, which `compatible` brings back."""

    def sequence_parallel(self, graph, **config):
        return self.optimise(graph, "noop,sequence_parallel,cleanup", **{"tensor_parallel_size": 2, **config})

    def test_tokens_that_cannot_be_shared(self):
        for devices, tokens in ((2, 17), (4, 18), (8, 20), (2, 1)):
            graph = chain(tokens)
            run = self.sequence_parallel(graph, tensor_parallel_size=devices)
            self.assertEqual(run.counts["sequence_parallel"], 0)
            self.assertEqual(run.ops["vllm.all_reduce.default"], 4)
            compatible = self.sequence_parallel(graph, tensor_parallel_size=devices, compatible=True)
            self.assertEqual(compatible.counts["sequence_parallel"], 4)
        for devices, tokens in ((2, 18), (4, 20), (8, 64), (8, "s0")):
            self.assertEqual(self.sequence_parallel(chain(tokens), tensor_parallel_size=devices).counts["sequence_parallel"], 4)

    def test_ranges_of_one_number(self):
        """A range of several numbers is one whose graphs are run with tokens that the group can share."""
        for compile_range, count in (("16,16", 4), ("17,17", 0), ("17,20", 4)):
            config = {"compile_range": compile_range, "sp_min_token_num": 1}
            run = self.sequence_parallel(chain("s0"), **config)
            self.assertEqual(run.counts["sequence_parallel"], count)
            start, end = compile_range.split(",")
            self.assertEqual(f"Skipping SequenceParallelismPass with compile range ({start}, {end})" in run.log, count == 0)
            self.assertEqual(self.sequence_parallel(chain("s0"), compatible=True, **config).counts["sequence_parallel"], 4)

    def test_other_readers_get_all_rows(self):
        for tokens, norm in itertools.product((16, "s0"), (0, 1, 2)):
            graph = chain(tokens, read_residual=norm)
            run = self.sequence_parallel(graph)
            self.assertEqual((run.counts["sequence_parallel"], run.ops["vllm.all_gather.default"]), (4, 5))
            self.assertNotIn("aten.slice.Tensor", run.ops)
            self.check_equivalent(graph, run.text, "--ranks", "2", "--vary-ranks")

    def test_a_norm_that_is_not_rewritten(self):
        """It reads the whole residual."""
        for tokens in (16, "s0"):
            graph = chain(tokens, whole=(3,))
            run = self.sequence_parallel(graph)
            self.assertEqual((run.counts["sequence_parallel"], run.ops["vllm.all_gather.default"]), (3, 4))
            self.check_equivalent(graph, run.text, "--ranks", "2")

    def test_a_residual_that_comes_whole(self):
        """Each device takes its own rows of it, and the graph is one device's: Llama-4-Scout's embedding is reduced
        outside of the graph."""
        graph = models.build("llama", layers=2, devices=4, embeds=False, tokens=16)
        for rank in range(4):
            run = self.sequence_parallel(graph, tensor_parallel_size=4, tensor_parallel_rank=rank)
            self.assertEqual((run.counts["sequence_parallel"], run.ops["aten.slice.Tensor"]), (4, 1))
            self.assertIn(f"aten.slice.Tensor(embedded, 0, {4 * rank}, {4 * rank + 4})", run.text)
            self.assertIn("of 1 residual every device has all rows; this graph is for device "
                          f"{rank} of the group (tensor_parallel_rank)", run.log)
            self.check_types(run.text)
        run = self.sequence_parallel(graph, tensor_parallel_size=4, tensor_parallel_rank=3, compatible=True)
        self.assertIn("aten.slice.Tensor(embedded, 0, 0, 4)", run.text)
        symbolic = models.build("llama", layers=2, devices=4, embeds=False)
        run = self.sequence_parallel(symbolic, tensor_parallel_size=4, tensor_parallel_rank=3)
        self.assertEqual((run.counts["sequence_parallel"], run.ops["aten.slice.Tensor"]), (4, 1))
        self.check_types(run.text)

    def test_compatible_graphs_are_the_same_along_a_whole_chain(self):
        """Where every norm is rewritten, being careful costs nothing."""
        for graph in (chain(16), chain("s0"), models.build("llama", layers=2, devices=2, quant=parts.Static())):
            texts = [self.write(f"{name}.py", self.sequence_parallel(graph, compatible=name == "vllm").text)
                     for name in ("vllm", "regraft")]
            self.regraft("diff", *texts)


if __name__ == "__main__":
    command.run(sys.argv)
