#!/usr/bin/env python3
"""Inductor's own passes, with the patterns they have, on real graphs: the joint and the post-grad graph of a Llama.

    inductor_passes.py FOLDER OUT.json REGRAFT_BENCH        FOLDER holds joint.before.py and post.before.py

The patterns of each pass are taken from PyTorch as it is installed, and written as a text that regraft reads; both
engines match all of them, count and change nothing. Beside that, for Inductor alone: matching with the checks of its
entries, and the pass as it is, with rewriting. Where PyTorch has no GPU, its patterns and the graphs are those for a CPU.
"""
import ast
import gc
import json
import math
import operator
import pathlib
import re
import subprocess
import sys
import types

import torch
from torch._inductor import pattern_matcher
from torch._inductor.fx_passes import joint_graph, post_grad
from torch._subclasses import FakeTensorMode

import shared

DTYPES = {"f16": torch.float16, "bf16": torch.bfloat16, "f32": torch.float32, "f64": torch.float64, "i64": torch.int64,
          "i32": torch.int32, "i16": torch.int16, "i8": torch.int8, "u8": torch.uint8, "b8": torch.bool,
          "f8e4m3fn": torch.float8_e4m3fn}
CONSTANTS = (torch.dtype, torch.layout, torch.memory_format)
ANNOTATION = re.compile(r"(\w+)\[([\d, ]*)\]\[([\d, ]*)\]")


# ---- graphs ----

class GraphReader:
    """A printed graph of calls of ops as an fx.Graph, with fake tensors as PyTorch's own have them."""

    def __init__(self, text):
        self.graph, self.mode, self.nodes = torch.fx.Graph(), FakeTensorMode(), {}
        function = ast.parse(text.replace("<lambda>", "Graph", 1)).body[0].body[0]
        for argument in function.args.args[1:]:
            self.add(argument.arg, argument.annotation.value, self.graph.placeholder(argument.arg))
        for statement in function.body:
            if isinstance(statement, ast.AnnAssign):
                self.add(statement.target.id, statement.annotation.value, self.call(statement.value))
            elif isinstance(statement, ast.Return):
                self.graph.output(self.value(statement.value))
            elif not isinstance(statement.value, ast.Constant):  # deletions assign None
                self.add(statement.targets[0].id, "", self.call(statement.value))

    def add(self, name, annotation, node):
        found = ANNOTATION.match(annotation)
        if found:
            size, stride = ([int(part) for part in found.group(index).split(",") if part.strip()] for index in (2, 3))
            with self.mode:
                node.meta["val"] = torch.empty_strided(size, stride, dtype=DTYPES[found.group(1)])
        self.nodes[name] = node

    def value(self, tree):
        names = {**self.nodes, "torch": torch, "device": torch.device, "inf": math.inf, "nan": math.nan}
        return eval(compile(ast.Expression(tree), "graph", "eval"), names)

    def call(self, tree):
        if isinstance(tree, ast.Subscript):
            return self.graph.call_function(operator.getitem, (self.value(tree.value), self.value(tree.slice)))
        if isinstance(tree, ast.Attribute):
            return self.graph.get_attr(tree.attr)
        return self.graph.call_function(self.value(tree.func), tuple(self.value(part) for part in tree.args),
                                        {part.arg: self.value(part.value) for part in tree.keywords})


def build_module(text):
    reader = GraphReader(text)
    root = torch.nn.Module()
    for node in reader.graph.find_nodes(op="get_attr"):
        value = node.meta["val"]
        root.register_buffer(node.target, torch.zeros(value.shape, dtype=value.dtype))
    return torch.fx.GraphModule(root, reader.graph)


# ---- patterns ----

class Unprintable(Exception):
    pass


class PatternWriter:
    """A pattern as assignments that read back to the same one: a name for each part, so that shared parts stay shared."""

    def __init__(self):
        self.lines, self.names = [], {}

    def target(self, function):
        if isinstance(function, torch._ops.OpOverload):
            return str(function)
        if isinstance(function, torch._ops.HigherOrderOperator):
            return function.name()
        if isinstance(function, str):
            return repr(function)
        name = getattr(function, "__name__", None)
        module = {"_operator": "operator"}.get(getattr(function, "__module__", None), "torch")
        if name is None or (module == "torch" and getattr(torch, name, None) is not function):
            raise Unprintable(function)
        return f"{module}.{name}"

    def part(self, value):
        if isinstance(value, pattern_matcher.PatternExpr):
            return self.pattern(value)
        if isinstance(value, (list, tuple)):
            items = ", ".join(self.part(item) for item in value)
            return f"[{items}]" if isinstance(value, list) else f"({items}{',' if len(value) == 1 else ''})"
        if value is None or isinstance(value, (bool, int, float, str, *CONSTANTS)):
            return repr(value)
        raise Unprintable(value)

    def call(self, pattern):
        # A packet stands beside its overloads, which say the same.
        targets = [self.target(function) for function in pattern.fns
                   if not isinstance(function, torch._ops.OpOverloadPacket)]
        parts = [targets[0] if len(targets) == 1 else f"[{', '.join(targets)}]"]
        if isinstance(pattern, pattern_matcher._TargetArgsExpr):
            parts += [self.part(value) for value in pattern.args]
            parts += [f"{name}={self.part(value)}" for name, value in pattern.kwargs.items()]
        if pattern.users is pattern_matcher.MULTIPLE:
            parts.append("_users=MULTIPLE")
        elif pattern.users != 1:
            parts.append(f"_users={pattern.users}")
        return parts

    def arguments(self, pattern):
        if isinstance(pattern, pattern_matcher._TargetExpr):
            return self.call(pattern)
        if isinstance(pattern, (pattern_matcher.KeywordArg, pattern_matcher.ExclusiveKeywordArg)):
            return [repr(pattern.name)]
        if isinstance(pattern, (pattern_matcher.Arg, pattern_matcher.Ignored)):
            return []
        if isinstance(pattern, pattern_matcher.MultiOutputPattern):
            return [self.part(pattern.outputs)]
        if isinstance(pattern, pattern_matcher.ListOf):
            return [self.part(pattern.pattern)] + (["partial=True"] if pattern.partial else [])
        if isinstance(pattern, pattern_matcher.RepeatedExpr):
            return [self.part(pattern.inner_pattern)]
        raise Unprintable(pattern)

    def pattern(self, pattern):
        if id(pattern) not in self.names:
            text = f"{type(pattern).__name__}({', '.join(self.arguments(pattern))})"
            self.names[id(pattern)] = f"part_{len(self.names)}"
            self.lines.append(f"{self.names[id(pattern)]} = {text}")
        return self.names[id(pattern)]


def patterns_text(entries):
    """The patterns as functions p0, p1, ..., which keep their order."""
    text = "from torch._inductor.pattern_matcher import *\nimport operator\nimport torch\n\n"
    text += "aten = torch.ops.aten\nprims = torch.ops.prims\n"
    for number, entry in enumerate(entries):
        writer = PatternWriter()
        root = writer.pattern(entry.pattern)
        text += f"\n\ndef p{number}():\n" + "".join(f"    {line}\n" for line in writer.lines) + f"    return {root}\n"
    return text


def is_printable(entry):
    try:
        PatternWriter().pattern(entry.pattern)
        return True
    except Unprintable:
        return False


def entries_of(matcher_pass):
    return list({id(entry): entry for entries in matcher_pass.patterns.values() for entry in entries}.values())


def counting(matcher_pass, keep, checks):
    """The same patterns in the same order, with handlers that do nothing."""
    counted = pattern_matcher.PatternMatcherPass()
    replaced = {}
    for key, entries in matcher_pass.patterns.items():
        for entry in entries:
            if id(entry) not in keep:
                continue
            if id(entry) not in replaced:
                replaced[id(entry)] = pattern_matcher.GraphPatternEntry(
                    pattern=entry.pattern, extra_check=entry.extra_check if checks else lambda match: True,
                    handler=lambda match, *arguments, **captured: None)
            counted.patterns[key].append(replaced[id(entry)])
    return counted


# ---- measuring ----

def ours(patterns, graph, program, out):
    """Microseconds and matches."""
    subprocess.run([program, "--expressions", str(patterns), "--json", str(out), str(graph)], check=True,
                   stdout=subprocess.DEVNULL)
    return next(row for row in json.loads(out.read_text()) if row["phase"] == "expressions")


def apply(passes, module):
    return sum(matcher_pass.apply(module) or 0 for matcher_pass in passes)


def measure(stage, passes, path, out, program):
    text = path.read_text().replace("cuda:0", "cpu").replace("type='cuda', index=0", "type='cpu'")
    graph_file = out.with_suffix(f".{stage}.graph.py")
    graph_file.write_text(text)
    module = build_module(text)
    kept = [[entry for entry in entries_of(matcher_pass) if is_printable(entry)] for matcher_pass in passes]
    left_out = sum(len(entries_of(matcher_pass)) for matcher_pass in passes) - sum(map(len, kept))
    our_rows = []
    for number, entries in enumerate(kept):
        pattern_file = out.with_suffix(f".{stage}.{number}.patterns.py")
        pattern_file.write_text(patterns_text(entries))
        our_rows.append(ours(pattern_file, graph_file, program, out))
    keep = {id(entry) for entries in kept for entry in entries}
    matching = [counting(matcher_pass, keep, checks=False) for matcher_pass in passes]
    checking = [counting(matcher_pass, keep, checks=True) for matcher_pass in passes]
    workload = types.SimpleNamespace(name=f"llama8b, {stage} passes", node_count=len(module.graph.nodes),
                                     rules=[entry for entries in kept for entry in entries])
    mine = {"engine": "regraft", "workload": workload.name, "nodes": workload.node_count,
            "rules": len(workload.rules), "phase": "match", "unit": "us", "beside": "inductor passes",
            "p50": sum(row["p50"] for row in our_rows), "p99": sum(row["p99"] for row in our_rows),
            "matches": sum(row["matches"] for row in our_rows)}
    found = apply(matching, module)
    accepted = apply(checking, module)

    def row(phase, times, **more):
        return shared.row("inductor passes", workload, phase, "us", [time * 1e6 for time in times], left_out=left_out,
                          **more)

    rows = [mine, row("match", shared.samples(lambda: shared.timed(lambda: apply(matching, module)), least=5),
                      matches=found, expected=mine["matches"])]
    gc.collect()
    gc.freeze()
    gc.disable()
    rows.append(row("match, gc off", shared.samples(lambda: shared.timed(lambda: apply(matching, module))),
                    matches=found, expected=mine["matches"]))
    gc.enable()
    gc.unfreeze()
    rows.append(row("match and check", shared.samples(lambda: shared.timed(lambda: apply(checking, module))),
                    matches=accepted))
    fresh = [build_module(text) for _ in range(3)]
    rows.append(row("as it is", [shared.timed(lambda: apply(passes, copy)) for copy in fresh]))
    return rows


def main():
    folder, out, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    joint_graph.lazy_init()
    post_grad.lazy_init()
    rows = []
    for stage, passes in (("joint", [joint_graph.early_patterns, *joint_graph.pass_patterns]),
                          ("post", post_grad.pass_patterns)):
        rows += measure(stage, passes, folder / f"{stage}.before.py", out, program)
    for at in rows:
        print(f"{at['engine']:28} {at['workload']:26} {at['phase']:18} {at['p50']:12.1f} {at['p99']:12.1f}  {at['unit']} "
              f" matches {at.get('matches', '')}")
    out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
