#!/usr/bin/env python3
"""Write tests/data/cleanups/: what Inductor's own clean-ups make of graphs.

- PASS.before.py, PASS.after.py: small random graphs, and what becomes of each, for the passes inductor_pointless (without
  conversions, of which regraft removes others than PyTorch, see rules/inductor/pointless.py) and inductor_matmul.
- corpus.json: for every graph of the corpus that enters the joint or post-grad passes and has no symbolic sizes, how many
  calls of each op come or go.

Needs PyTorch (written with 2.13, for the CPU), and the unpacked corpus (tests/data/README.md). PyTorch forms no addmm on a
GPU where only pointwise ops read it; that condition is switched off here, but for the graphs inductor_matmul.fusible, which
go with `--config keep_fusible_sums=true`. There are no sums with alpha: PyTorch's addmm pass forgets it.

usage: gen_cleanup_golden.py CORPUS_DIRECTORY
"""
import ast
import collections
import json
import operator
import random
import re
import sys
from pathlib import Path

import torch
import torch._inductor.fx_passes.joint_graph as joint_graph
import torch._inductor.fx_passes.post_grad as post_grad
import torch._inductor.pattern_matcher as pattern_matcher
from torch import fx
from torch._inductor.virtualized import V
from torch._subclasses import FakeTensorMode

OUT = Path(__file__).resolve().parent.parent / "tests" / "data" / "cleanups"
aten = torch.ops.aten
GRAPHS = 120  # of each pass

# Of each pass: PyTorch's passes in their order, and the handlers of theirs that are meant.
PASSES = {
    "inductor_pointless": [(lambda: joint_graph.early_patterns,
                            {"pointless_view", "pointless_view_pair", "pointless_permute_pair"}),
                           (lambda: joint_graph.patterns, {"pointless_convert"})],
    "inductor_matmul": [(lambda: joint_graph.patterns, {"bmm_to_mm"}),
                        (lambda: post_grad.pass_patterns[2], {"addmm"})],
}
DTYPES = {"f16": torch.float16, "bf16": torch.bfloat16, "f32": torch.float32, "f64": torch.float64,
          "i8": torch.int8, "u8": torch.uint8, "i16": torch.int16, "i32": torch.int32, "i64": torch.int64,
          "b8": torch.bool}
NAMES = {"torch": torch, "device": torch.device, "inf": float("inf"), "nan": float("nan")}


def apply(name, mode, module):
    """Run what `name` stands for; only the entries whose handlers are meant."""
    for source, handlers in PASSES[name]:
        chosen = pattern_matcher.PatternMatcherPass()
        for key, entries in source().patterns.items():
            chosen.patterns[key] += [entry for entry in entries
                                     if getattr(getattr(entry, "handler", None), "__name__", "") in handlers]
        with mode, V.set_fake_mode(mode):
            chosen.apply(module.graph)
    module.graph.lint()
    module.recompile()


# ---- random graphs ----

class Builder:
    """A random graph with fake values."""

    def __init__(self, rng, mode):
        self.rng, self.mode = rng, mode
        self.graph = fx.Graph()

    def input(self, sizes, dtype=torch.float32):
        node = self.graph.placeholder(f"x{len(self.graph.nodes)}")
        with self.mode:
            node.meta["val"] = torch.empty(sizes, dtype=dtype, device="cuda")
        return node

    def call(self, target, *args, **kwargs):
        node = self.graph.call_function(target, args, kwargs)
        with self.mode:
            node.meta["val"] = target(*fx.node.map_arg(args, lambda n: n.meta["val"]), **kwargs)
        return node

    def finish(self, name):
        unused = [node for node in self.graph.nodes if node.op != "placeholder" and not node.users]
        self.graph.output(tuple(unused))
        return fx.GraphModule(torch.nn.Module(), self.graph, name)


def random_views(builder):
    """Chains of views and permutations over one tensor, which often lead back."""
    rng = builder.rng
    shapes = [[2, 3, 4], [6, 4], [2, 12], [24], [4, 3, 2], [2, 1, 3, 4]]
    values = [builder.call(aten.sin.default, builder.input(rng.choice(shapes)))]
    for _ in range(rng.randrange(2, 9)):
        value = values[-1] if rng.random() < 0.75 else rng.choice(values)
        sizes = list(value.meta["val"].shape)
        kind = rng.randrange(5)
        if kind <= 1 and value.meta["val"].is_contiguous():
            wanted = rng.choice([*shapes, sizes, sizes])
            if rng.random() < 0.3:
                wanted = list(wanted)
                wanted[rng.randrange(len(wanted))] = -1
            values.append(builder.call(aten.view.default, value, wanted))
        elif kind <= 3:
            dims = list(range(len(sizes)))
            inner = value.args[1] if value.target is aten.permute.default else None
            if inner is not None and rng.random() < 0.7:
                dims = [inner.index(i) for i in range(len(inner))]
            else:
                rng.shuffle(dims)
            values.append(builder.call(aten.permute.default, value, dims))
        else:
            values.append(builder.call(aten.clone.default, value, memory_format=torch.contiguous_format))
    values[-1] = builder.call(aten.cos.default, values[-1])


def read_sum(builder, value):
    """By pointwise ops, other ops, views, several of them or nobody."""
    rng = builder.rng
    for _ in range(rng.choice([0, 1, 1, 1, 2])):
        if rng.random() < 0.4:
            value = builder.call(aten.unsqueeze.default, value, 0)
        builder.call(rng.choice([aten.neg.default, aten.sin.default, aten.sum.default]), value)


def random_products(builder):
    """Sums with products, and batches."""
    rng = builder.rng
    m, k, n = rng.choice([2, 3]), rng.choice([1, 4]), rng.choice([1, 5])
    k = 4 if n == 1 else k  # one number a row: PyTorch decides by taste between mm and mul
    for _ in range(rng.randrange(1, 4)):
        dtype = rng.choice([torch.float32, torch.bfloat16])
        if rng.random() < 0.3:
            batch = rng.choice([1, 1, 2])
            dtype = torch.float32 if k == 1 else dtype  # of half floats PyTorch multiplies as f32 and rounds
            product = builder.call(aten.bmm.default, builder.input([batch, m, k], dtype),
                                   builder.input([batch, k, n], dtype))
            builder.call(aten.neg.default, product)
            continue
        k = 4  # of one column and one row PyTorch makes a product without mm
        product = builder.call(aten.mm.default, builder.input([m, k], dtype), builder.input([k, n], dtype))
        sizes = rng.choice([[m, n], [n], [1, n], [m, 1], [1], [], [1, 1], [2, m, n], [1, m, n]])
        other = builder.input(sizes, dtype if rng.random() < 0.85 else torch.float32)
        operands = [product, other] if rng.random() < 0.5 else [other, product]
        read_sum(builder, builder.call(aten.add.Tensor, *operands))
        if rng.random() < 0.15:
            builder.call(aten.relu.default, product)


def text(module):
    lines = module.print_readable(print_output=False, include_stride=True, include_device=True).splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.strip().startswith("#")) + "\n"


def write_random(name, build, variant=""):
    rng = random.Random(name + variant)
    before, after, changed = [], [], 0
    for number in range(GRAPHS):
        mode = FakeTensorMode(allow_non_fake_inputs=True)
        builder = Builder(rng, mode)
        build(builder)
        module = builder.finish(f"graph_{number}")
        before.append(text(module))
        apply(name, mode, module)
        after.append(text(module))
        changed += before[-1] != after[-1]
    for stage, texts in (("before", before), ("after", after)):
        (OUT / f"{name}{variant}.{stage}.py").write_text("\n".join(texts))
    print(f"{name}{variant}: {changed} of {GRAPHS} graphs changed")


# ---- graphs of the corpus ----

def value_of(annotation):
    """A fake tensor of a printed type; None if it has symbolic sizes or is none."""
    match = re.fullmatch(r"(\w+)\[([\d, ]*)\](?:\[([\d, ]*)\])?(\w+(?::\d+)?)?", annotation)
    if match is None:
        return None
    dtype, sizes, strides, device = match.groups()
    sizes = [int(size) for size in sizes.split(",") if size.strip()]
    if strides is None:
        return torch.empty(sizes, dtype=DTYPES[dtype], device=device or "cpu")
    strides = [int(stride) for stride in strides.split(",") if stride.strip()]
    return torch.empty_strided(sizes, strides, dtype=DTYPES[dtype], device=device or "cpu")


def read_graph(path, mode):
    """The printed graph as torch.fx has it. None if a size is symbolic."""
    function = ast.parse(path.read_text().replace("<lambda>", "G")).body[0].body[0]
    graph, root, known = fx.Graph(), torch.nn.Module(), {}

    def evaluate(expression):
        return eval(compile(ast.Expression(expression), str(path), "eval"), NAMES, dict(known))

    with mode:
        for argument in function.args.args[1:]:
            known[argument.arg] = node = graph.placeholder(argument.arg)
            node.meta["val"] = value_of(argument.annotation.value)
            if node.meta["val"] is None:
                return None
        for statement in function.body:
            if isinstance(statement, ast.Return):
                graph.output(evaluate(statement.value))
                continue
            if isinstance(statement.value, ast.Constant):
                continue  # x = None
            annotated = isinstance(statement, ast.AnnAssign)
            name = statement.target.id if annotated else statement.targets[0].id
            value = value_of(statement.annotation.value) if annotated else None
            call = statement.value
            if isinstance(call, ast.Attribute):
                setattr(root, call.attr, torch.nn.Buffer(value))
                node = graph.create_node("get_attr", call.attr, name=name)
            elif isinstance(call, ast.Subscript):
                node = graph.create_node("call_function", operator.getitem,
                                         (known[call.value.id], ast.literal_eval(call.slice)), name=name)
            else:
                node = graph.create_node("call_function", evaluate(call.func), tuple(map(evaluate, call.args)),
                                         {word.arg: evaluate(word.value) for word in call.keywords}, name=name)
            node.meta["val"] = value
            known[name] = node
    return fx.GraphModule(root, graph)


def count_ops(module):
    return collections.Counter(str(node.target) for node in module.graph.nodes if node.op == "call_function")


def write_corpus(corpus):
    changes = {}
    for path in sorted(corpus.glob("*/*/*.before.py")):
        for name in PASSES:
            mode = FakeTensorMode(allow_non_fake_inputs=True)
            module = read_graph(path, mode)
            if module is None:
                continue
            before = count_ops(module)
            apply(name, mode, module)
            after = count_ops(module)
            changes.setdefault(str(path.relative_to(corpus)), {})[name] = {
                op: after[op] - before[op] for op in sorted({*before, *after}) if after[op] != before[op]}
    (OUT / "corpus.json").write_text(json.dumps(changes, indent=1, sort_keys=True) + "\n")
    print(f"{len(changes)} graphs of the corpus, {sum(any(entry.values()) for entry in changes.values())} change")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    post_grad.lazy_init(torch.device("cpu"))
    OUT.mkdir(exist_ok=True)
    write_random("inductor_matmul", random_products, ".fusible")
    post_grad.should_prefer_unfused_addmm = lambda match: False
    write_random("inductor_pointless", random_views)
    write_random("inductor_matmul", random_products)
    write_corpus(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
