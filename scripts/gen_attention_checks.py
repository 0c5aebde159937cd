#!/usr/bin/env python3
"""Write tests/data/expressions/attention_checks.txt: what PyTorch's checks say of matches of its attention patterns.

For every graph entering the joint passes of the corpus' sdpa-self folder, for each serialised pattern of
sdpa-patterns that matches there, and for each setting: the check that PyTorch registers the pattern of that name with.

- cuda: as the graph is printed;
- tf32: the same, with torch.backends.cuda.matmul.fp32_precision = "tf32";
- cpu: every tensor on the CPU.

A line `PATTERN raises MESSAGE` is for a folder of sdpa-self without graphs: what PyTorch says when the function of that
pattern, as sdpa-patterns has it traced, is run. A line `GRAPH fused SETTING...` tells the settings with which PyTorch's joint patterns, the attention patterns with their
checks among them, as it serialises and orders them itself, fuse the graph.

Needs PyTorch (written with 2.13), no GPU (tensors are fake), and the unpacked corpus (tests/data/README.md).

usage: gen_attention_checks.py CORPUS_DIRECTORY
"""
import re
import sys
from pathlib import Path

import torch
import torch._inductor.pattern_matcher as pm
from torch import fx
from torch._dynamo.utils import counters
from torch._inductor.fx_passes import fuse_attention, joint_graph
from torch._inductor.virtualized import V
from torch._subclasses.fake_tensor import FakeTensorMode

from gen_expression_golden import NAMES, OUT, read_graph

DTYPES = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "b8": torch.bool, "i64": torch.int64,
          "i1": torch.bool}
SETTINGS = ("cuda", "tf32", "cpu")


def set_types(graph, path, device):
    """Give the nodes values of the printed types, on the device."""
    types = dict(re.findall(r"(\w+): \"(\w+\[[\d, ]*\]\[[\d, ]*\])", path.read_text()))
    mode = FakeTensorMode()
    with mode:
        for node in graph.nodes:
            if node.op == "output":
                continue
            dtype, sizes, strides = re.match(r"(\w+)\[(.*)\]\[(.*)\]", types[node.name]).groups()
            sizes, strides = ([int(n) for n in text.split(", ") if n] for text in (sizes, strides))
            node.meta["val"] = torch.empty_strided(sizes, strides, dtype=DTYPES[dtype], device=device)
    return mode


def typed_graph(path, setting):
    graph = read_graph(path)
    mode = set_types(graph, path, "cpu" if setting == "cpu" else "cuda:0")
    torch.backends.cuda.matmul.fp32_precision = "tf32" if setting == "tf32" else "ieee"
    return graph, mode


def checks():
    """PyTorch's checks by the names of its patterns."""
    return {name: entry["extra_check"] for name, entry in fuse_attention._get_sfdp_patterns(torch.device("cpu"))}


def read_pattern(path):
    names = dict(NAMES)
    exec(path.read_text(), names)  # noqa: S102
    return names["output"]


def answers(path, patterns, extra_checks, setting):
    """Lines for the patterns that match somewhere."""
    graph, mode = typed_graph(path, setting)
    lines = []
    for name, pattern in patterns.items():
        for node in graph.nodes:
            match = pattern.match(node) if node.op == "call_function" else None
            if match:
                with mode:
                    accepted = extra_checks[name](match)
                lines.append(f"{path.parent.name} {name} {setting} {'accepts' if accepted else 'refuses'}\n")
    return lines


def is_fused(path, setting):
    """Does PyTorch's own pass, with all its patterns, change the graph?"""
    graph, mode = typed_graph(path, setting)
    module = fx.GraphModule(torch.nn.Module(), graph)
    before = counters["inductor"]["fuse_attention"]
    with V.set_fake_mode(mode):
        joint_graph.patterns.apply(module.graph)
    return counters["inductor"]["fuse_attention"] > before


def run_traced(path):
    """Run a traced function on numbers; what PyTorch says if it cannot."""
    graph = read_graph(path)
    types = re.findall(r"\w+_1: \"(\w+)\[([\d, ]*)\]", path.read_text().splitlines()[1])
    inputs = [torch.rand([int(n) for n in sizes.split(", ")]).to(DTYPES[dtype]) for dtype, sizes in types]
    try:
        fx.Interpreter(fx.GraphModule(torch.nn.Module(), graph)).run(*inputs)
    except RuntimeError as error:
        return str(error).splitlines()[0]
    return "nothing"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    corpus = Path(sys.argv[1])
    extra_checks = checks()
    fuse_attention._sfdp_init(torch.device("cpu"))
    pm.fallback_node_due_to_unsupported_type = lambda *args, **kwargs: False  # there need be no GPU
    patterns = {path.name.removesuffix(".pattern.txt"): read_pattern(path)
                for path in sorted((corpus / "sdpa-patterns").glob("*.pattern.txt"))}
    out = ["# What PyTorch's checks say of attention matches; written by scripts/gen_attention_checks.py.\n"]
    for path in sorted((corpus / "sdpa-self").glob("*/joint.before.py")):
        for setting in SETTINGS:
            out.extend(answers(path, patterns, extra_checks, setting))
        fused = [setting for setting in SETTINGS if is_fused(path, setting)]
        out.append(f"{path.parent.name} fused {' '.join(fused)}\n")
    for folder in sorted((corpus / "sdpa-self").iterdir()):
        if not (folder / "joint.before.py").exists():
            message = run_traced(corpus / "sdpa-patterns" / f"{folder.name}.search.py")
            out.append(f"{folder.name} raises {message}\n")
    (OUT / "attention_checks.txt").write_text("".join(out))


if __name__ == "__main__":
    main()
