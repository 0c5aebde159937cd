#!/usr/bin/env python3
"""vLLM's fusions by Inductor's matcher, beside regraft's passes, on models of 32 layers (tests/vllm/models.py).

    vllm_passes.py OUT.json REGRAFT [LAYERS]        REGRAFT is the command

Inductor gets vLLM's patterns (vllm_rules.py), and applies them as vLLM does, replacements included. Registration is not
charged, for either. Both must fuse as often, and, cleaned up, leave equal graphs; regraft runs in compatible mode. Times of
regraft are those of the passes' table, which leave out reading and printing; they are times of day, and so the least of
some runs is shown. Inductor's are times of computing.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import types

import torch
from torch._inductor.pattern_matcher import stable_topological_sort

import shared
import vllm_rules
from inductor_passes import build_module

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "vllm"))
import models  # noqa: E402
import parts  # noqa: E402

TOKENS, SAMPLES = 16, 21
TENSOR_PARALLEL = {"tensor_parallel_size": vllm_rules.RANKS, "allreduce_fusion_max_token_num": vllm_rules.MAX_TOKENS}


def attention(layers):
    return vllm_rules.attention_quant(layers, 8, 2, 64)


QUANTISATION = {"rms_quant": lambda layers: vllm_rules.norm_quant(),
                "act_quant": lambda layers: vllm_rules.activation_quant(), "attn_quant": attention}
# A name; the model; by name of regraft's passes, what registers the patterns; configuration.
CASES = (
    ("Llama FP8", "llama", {"quant": parts.Static(product_form="scaled")}, QUANTISATION, {}),
    ("Llama FP8 groups", "llama", {"quant": parts.Group()}, QUANTISATION, {}),
    ("Llama FP8 by token", "llama", {"quant": parts.Token()}, QUANTISATION, {}),
    ("Llama FP8, 2 ranks", "llama", {"quant": parts.Static(product_form="scaled"), "devices": 2},
     {"allreduce_rms": lambda layers: vllm_rules.allreduce_norm()}, TENSOR_PARALLEL),
    ("Llama FP8, sequence parallel", "llama", {"quant": parts.Static(product_form="scaled"), "devices": 2},
     {"sequence_parallel": lambda layers: vllm_rules.sequence_parallelism(), **QUANTISATION}, TENSOR_PARALLEL),
    ("Qwen3", "qwen3", {"coalesced": True}, {"qk_norm_rope": lambda layers: vllm_rules.qk_norm_rope(8, 2, 64)}, {}),
)


def remove_noops(graph):
    """What sequence parallelism sweeps up behind itself: slices and reshapes that change nothing."""
    for node in list(graph.nodes):
        if node.target in (torch.ops.aten.slice.Tensor, torch.ops.aten.reshape.default) \
                and node.args[0].meta["val"].shape == node.meta["val"].shape:
            node.replace_all_uses_with(node.args[0])
            graph.erase_node(node)


class Comparison:
    def __init__(self, folder, command, case, layers):
        self.folder, self.command, self.layers = pathlib.Path(folder), command, layers
        self.name, kind, fields, self.passes, config = case
        text = models.build(kind, layers=layers, tokens=TOKENS, exact_views=True, **fields)
        self.text = text.replace("cuda:0", "cpu").replace("type='cuda', index=0", "type='cpu'")
        self.source = self.folder / "graph.py"
        self.source.write_text(self.text)
        config = {"compatible": "true", "model_dtype": "bfloat16", **config}
        self.config = [part for key, value in config.items() for part in ("--config", f"{key}={value}")]

    def ours(self):
        """Milliseconds and matches by pass, of one run; the graph is left in ours.py."""
        report = self.folder / "report.json"
        subprocess.run([self.command, "opt", self.source, "--passes", ",".join([*self.passes, "cleanup"]), *self.config,
                        "-o", self.folder / "ours.py", "--matches", report], check=True, capture_output=True)
        rows = {row["pass"]: row for row in json.loads(report.read_text())["passes"]}
        return {name: rows[name]["ms"] for name in self.passes}, {name: rows[name]["matched"] for name in self.passes}

    def theirs(self, rules):
        """The same of Inductor's matcher; the graph is left in theirs.py."""
        module = build_module(self.text)
        times, counts = {}, {}
        for name, rule_set in rules.items():
            start = time.thread_time()
            counts[name] = rule_set.passes.apply(module)
            if name == "sequence_parallel":
                remove_noops(module.graph)
            times[name] = (time.thread_time() - start) * 1e3
        stable_topological_sort(module.graph)
        module.graph.eliminate_dead_code()
        module.recompile()
        (self.folder / "theirs.py").write_text(
            module.print_readable(print_output=False, include_stride=True, include_device=True))
        return times, counts

    def run(self):
        rules = {name: make(self.layers) for name, make in self.passes.items()}
        theirs = [self.theirs(rules) for _ in range(2)]
        ours = [self.ours() for _ in range(SAMPLES)]
        same = subprocess.run([self.command, "diff", self.folder / "ours.py", self.folder / "theirs.py"],
                              capture_output=True, text=True, check=False)
        rows = []
        nodes = self.text.count("\n")
        for name in self.passes:
            workload = types.SimpleNamespace(name=f"{self.name}: {name}", node_count=nodes, rules=[None] * rules[name].count)
            found = [shared.row("regraft", workload, "vllm pass", "ms", [times[name] for times, _ in ours],
                                matches=ours[0][1][name], beside="inductor, vllm's rules"),
                     shared.row("inductor, vllm's rules", workload, "vllm pass", "ms", [times[name] for times, _ in theirs],
                                matches=theirs[0][1][name], expected=ours[0][1][name])]
            for row, times in zip(found, (ours, theirs)):
                row["least"] = min(each[name] for each, _ in times)
            print(f"{workload.name:44} {rules[name].count:4} patterns {found[1]['matches']:4} matches, regraft "
                  f"{found[0]['matches']:4}; {found[1]['least']:9.1f} ms, regraft {found[0]['least']:6.2f} ms: "
                  f"{found[1]['least'] / found[0]['least']:6.0f} times", flush=True)
            rows += found
        if same.returncode != 0:
            print(f"{self.name}: the graphs differ:\n{same.stdout[:600]}")
        return rows, same.returncode == 0


def main():
    out, command = pathlib.Path(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    layers = int(sys.argv[3]) if len(sys.argv) > 3 else 32
    rows, good = [], True
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="regraft-bench-") as folder:
            found, same = Comparison(folder, command, case, layers).run()
        rows += found
        good = good and same
    pairs = list(zip(rows[::2], rows[1::2]))
    good = good and all(ours["matches"] == theirs["matches"] for ours, theirs in pairs)
    mine, other = (sum(pair[side]["least"] for pair in pairs) for side in (0, 1))
    print(f"all: {other:.0f} ms, regraft {mine:.2f} ms: {other / mine:.0f} times")
    out.write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
