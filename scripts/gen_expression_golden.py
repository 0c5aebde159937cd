#!/usr/bin/env python3
"""Write tests/data/expressions/: what PyTorch's own pattern matcher does with pattern expressions.

- random.txt: small random graphs, patterns cut out of them and then disturbed; for every node whether the pattern
  matches there, with what, or why not (nodes that are left out: function_mismatch); and the pattern as Inductor
  serialises it, where that reads back.
- attention.txt: for every graph entering the joint passes of the corpus' sdpa-self folder, where each of the
  serialised patterns of sdpa-patterns matches.
- mutation_names.txt: which names of functions Inductor takes for mutating.

Needs PyTorch (any recent version; written with 2.13), no GPU, and the unpacked corpus (tests/data/README.md).

usage: gen_expression_golden.py CORPUS_DIRECTORY
       gen_expression_golden.py --cases COUNT SEED FILE     other random cases, for one comparison
                                                            (REGRAFT_EXPRESSION_CASES=FILE test_expression_golden)
"""
import json
import operator
import random
import re
import sys
from pathlib import Path

import torch
import torch._inductor.pattern_matcher as pm
from torch import fx

OUT = Path(__file__).resolve().parent.parent / "tests" / "data" / "expressions"
aten = torch.ops.aten
prims = torch.ops.prims
CASES = 400

NAMES = {name: getattr(pm, name) for name in (
    "Arg", "Ignored", "KeywordArg", "ExclusiveKeywordArg", "CallFunction", "CallFunctionVarArgs", "CallMethod",
    "CallMethodVarArgs", "ListOf", "MultiOutputPattern", "RepeatedExpr", "MULTIPLE")}
NAMES.update(aten=aten, prims=prims, torch=torch, operator=operator, relu="relu", neg="neg", add="add")


def value_text(value):
    """A captured value as regraft prints it."""
    if isinstance(value, fx.Node):
        return value.name
    if isinstance(value, (list, tuple)):
        items = ", ".join(map(value_text, value))
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    return repr(value)


def failure_text(failure):
    """The fixed part of the message; all of it where a constant differs."""
    text = failure.format_string
    if text.startswith("list[{}]"):
        return f"list[{failure.args[0]}]: {failure_text(failure.args[1])}"
    if text.startswith("constant_args"):
        return str(failure)
    return text if text == "list: no_match" else re.split(r":| {", text)[0]


def result_text(pattern, node):
    try:
        match = pattern.match(node)
    except (AttributeError, NotImplementedError, AssertionError) as error:
        return f"error {type(error).__name__}"
    if not match:
        return "no: " + failure_text(match)
    nodes = " ".join(n.name for n in match.nodes)
    args = ", ".join(map(value_text, match.args))
    kwargs = ", ".join(f"{name}={value_text(value)}" for name, value in match.kwargs.items())
    outputs = ", ".join("-" if p is None else value_text(match.ctx.pattern_to_node[p]) for p in match.ctx.outputs)
    return f"yes: {nodes} | {args} | {kwargs} | {outputs}"


# ---- random graphs ----

class Builder:
    """A random graph, with the text that regraft reads."""

    def __init__(self, rng):
        self.rng = rng
        self.graph = fx.Graph()
        self.values = [self.graph.placeholder(name) for name in "abc"]

    def pick(self):
        # Late values more often, so that graphs have depth; the same value again now and then.
        values = self.values
        return values[-1 - min(int(self.rng.expovariate(0.45)), len(values) - 1)]

    def call(self, target, *args, **kwargs):
        node = self.graph.call_function(target, args, kwargs)
        self.values.append(node)
        return node

    def step(self):
        rng = self.rng
        kind = rng.randrange(12)
        if kind <= 1:
            self.call(rng.choice([aten.relu.default, aten.neg.default, aten.sin.default]), self.pick())
        elif kind <= 4:
            target = rng.choice([aten.add.Tensor, aten.mul.Tensor, aten.sub.Tensor])
            other = rng.choice([self.pick(), self.pick(), 1, 2, 1.0, True])
            if target is not aten.mul.Tensor and rng.random() < 0.25:
                self.call(target, self.pick(), other, alpha=rng.choice([1, 2]))
            else:
                self.call(target, self.pick(), other)
        elif kind <= 6:
            self.call(aten.mm.default, self.pick(), self.pick())
        elif kind == 7:
            kwargs = {}
            for name in rng.sample(["beta", "alpha"], rng.randrange(3)):
                kwargs[name] = rng.choice([1, 2, 0.5])
            self.call(aten.addmm.default, self.pick(), self.pick(), self.pick(), **kwargs)
        elif kind == 8:
            split = self.call(aten.split.Tensor, self.pick(), 4, rng.choice([0, 1]))
            self.values.pop()
            for index in range(rng.randrange(1, 4)):
                self.call(operator.getitem, split, index)
        elif kind == 9:
            self.call(aten.cat.default, [self.pick() for _ in range(rng.randrange(0, 4))], rng.choice([0, 1, -1]))
        elif kind == 10:
            size = rng.choice([[], [2], [2, 3]])
            kwargs = {"dtype": torch.float32}
            if rng.random() < 0.5:
                kwargs["pin_memory"] = False
            self.call(aten.full.default, size, rng.choice([1.0, 0, 2]), **kwargs)
        else:
            node = self.graph.call_method(rng.choice(["relu", "neg"]), (self.pick(),))
            self.values.append(node)

    def finish(self):
        for _ in range(self.rng.randrange(4, 12)):
            self.step()
        unused = [node for node in self.values if not node.users]
        extra = [self.pick()] if self.rng.random() < 0.3 else []
        self.graph.output(tuple(unused + extra))
        return self.graph


def graph_text(graph):
    module = fx.GraphModule(torch.nn.Module(), graph)
    lines = module.print_readable(print_output=False).splitlines()
    lines = [line.split(";  ")[0] for line in lines if line.strip() and not line.strip().startswith("#")]
    return "\n".join(lines)


def target_text(node):
    if node.op == "call_method":
        return node.target
    if isinstance(node.target, torch._ops.OpOverload):
        return str(node.target)
    return f"operator.{node.target.__name__}"


# ---- random patterns ----

class Cutter:
    """A pattern cut out of a graph at a node, with disturbances, as text: assignments, then `output = `."""

    def __init__(self, rng, graph, noise):
        self.rng = rng
        self.noise = noise
        self.lines = []
        self.names = {}
        self.leaves = {}
        self.captured = 0
        self.plain = True  # Inductor can print it so that it reads back

    def noisy(self, factor=1.0):
        return self.rng.random() < self.noise * factor

    def define(self, text):
        name = f"p{len(self.lines)}"
        self.lines.append(f"{name} = {text}")
        return name

    def leaf(self, value):
        rng = self.rng
        if value in self.leaves and not self.noisy():
            return self.leaves[value]
        roll = rng.randrange(10)
        if roll <= 2:
            text = "Arg()"
        elif roll == 3:
            text = "Ignored()"
        elif roll == 4:
            text = f"ExclusiveKeywordArg('e{rng.randrange(3)}')"
        else:
            name = rng.choice("xyz") if self.noisy() else f"k{self.captured}"
            self.captured += 1
            text = f"KeywordArg('{name}')"
        if rng.random() < 0.4:
            text = self.define(text)
            self.leaves[value] = text
            self.plain = False
        elif text.startswith("KeywordArg"):
            self.leaves[value] = text
        return text

    def argument(self, value, depth):
        rng = self.rng
        if isinstance(value, fx.Node):
            is_call = value.op in ("call_function", "call_method")
            if is_call and depth > 0 and rng.random() < 0.75:
                return self.call(value, depth - 1)
            return self.leaf(value)
        if isinstance(value, (list, tuple)):
            self.plain = False
            if value and all(isinstance(item, fx.Node) for item in value) and rng.random() < 0.4:
                inner = self.argument(value[0], depth)
                if inner[0] in "AIKE":  # a leaf as it stands
                    inner = self.define(inner)
                return f"ListOf({inner}{', partial=True' if rng.random() < 0.4 else ''})"
            if rng.random() < 0.3:
                return rng.choice(["Arg()", "Ignored()", "KeywordArg('list')"])
            return "[" + ", ".join(self.argument(item, depth) for item in value) + "]"
        if self.noisy(0.5):
            return rng.choice(["2", "1", "None", "[]"])
        return repr(value) if rng.random() < 0.6 else rng.choice(["Ignored()", "Arg()", f"KeywordArg('c{depth}')"])

    def call(self, node, depth, is_root=False):
        rng = self.rng
        if node in self.names and not self.noisy(0.5):
            return self.names[node]
        users = len(node.users)
        users_text = "" if users == 1 else f", _users={users}"
        if self.noisy(0.3) or rng.random() < 0.1:
            users_text = rng.choice(["", ", _users=2", ", _users=MULTIPLE"])
        form = "CallMethod" if node.op == "call_method" else "CallFunction"
        target = target_text(node)
        if node.op == "call_function" and isinstance(node.target, torch._ops.OpOverload):
            roll = rng.random()
            if roll < 0.08:
                target = target.rsplit(".", 1)[0]
                self.plain = False
            elif roll < 0.16:
                target = rng.choice([f"[aten.mul.Tensor, {target}]", f"[{target}, aten.add.Tensor]"])
                self.plain = False
        if not is_root and rng.random() < 0.06:
            self.plain = False
            users_text = users_text.replace("_users", "users")
            text = self.define(f"{form}VarArgs({target}{users_text})")
            self.names[node] = text
            return text
        args = [self.argument(value, depth) for value in node.args]
        if self.noisy(0.2) and args:
            args.pop()
        kwargs = {name: self.argument(value, depth) for name, value in node.kwargs.items() if not self.noisy()}
        if node.target is aten.addmm.default and rng.random() < 0.3:
            kwargs.setdefault("beta", "KeywordArg('beta')")
        if node.target in (aten.add.Tensor, aten.sub.Tensor) and rng.random() < 0.2:
            kwargs.setdefault("alpha", rng.choice(["1", "Ignored()"]))
        parts = [target, *args, *(f"{name}={value}" for name, value in kwargs.items())]
        text = self.define(f"{form}({', '.join(parts)}{users_text})")
        self.names[node] = text
        return text


def sibling_pattern(rng, graph):
    """Several outputs that read one value, as the patterns have that put products side by side; None if none does."""
    groups = {}
    for node in graph.nodes:
        if node.op == "call_function" and len(node.args) == 2 and all(isinstance(arg, fx.Node) for arg in node.args):
            for place in range(2):
                groups.setdefault((node.args[place], place, node.target), []).append(node)
    groups = [(key, users) for key, users in groups.items() if len(users) > 1]
    if not groups:
        return None
    (value, place, target), users = rng.choice(groups)
    lines = ["p0 = KeywordArg('x')"]
    outputs = []
    for i, user in enumerate(rng.sample(users, rng.randrange(2, len(users) + 1))):
        other = rng.choice(["ExclusiveKeywordArg('e%d')" % i] * 3 + ["KeywordArg('w%d')" % i, "KeywordArg('w')", "Arg()"])
        args = ["p0", other] if place == 0 else [other, "p0"]
        users_text = "" if len(user.users) == 1 else f", _users={len(user.users)}"
        lines.append(f"p{i + 1} = CallFunction({target}, {', '.join(args)}{users_text})")
        outputs.append(f"p{i + 1}")
    if rng.random() < 0.4:
        reader = rng.choice(list(rng.choice(users).users))
        if reader.op == "call_function" and len(reader.args) == 1:
            lines.append(f"p9 = CallFunction({target_text(reader)}, {rng.choice(outputs)})")
            outputs.append("p9")
    return "\n".join(lines + [f"output = MultiOutputPattern([{', '.join(outputs)}])"]), False


def random_pattern(rng, graph):
    siblings = sibling_pattern(rng, graph) if rng.random() < 0.25 else None
    if siblings is not None:
        return siblings
    calls = [node for node in graph.nodes if node.op in ("call_function", "call_method")]
    cutter = Cutter(rng, graph, rng.choice([0.0, 0.0, 0.05, 0.15, 0.3]))
    root = rng.choice(calls)
    text = cutter.call(root, rng.randrange(1, 4), is_root=True)
    shape = rng.random()
    if shape < 0.3:
        outputs = [text]
        for _ in range(rng.randrange(1, 4)):
            # Mostly calls that read what is matched already, so that there are anchors.
            known = [user for node in list(cutter.names) + list(cutter.leaves) for user in node.users
                     if user.op in ("call_function", "call_method")]
            pool = known if known and rng.random() < 0.8 else calls
            outputs.append(rng.choice(["None"] + [cutter.call(rng.choice(pool), rng.randrange(1, 3))] * 5))
        if rng.random() < 0.2 and cutter.leaves:
            outputs.append(rng.choice(list(cutter.leaves.values())))
            if not outputs[-1].startswith("p"):
                cutter.plain = False
        root_text = f"MultiOutputPattern([{', '.join(outputs)}])"
    elif shape < 0.42:
        root_text = f"RepeatedExpr({text})"
        cutter.plain = False
    else:
        root_text = cutter.lines.pop().split(" = ", 1)[1]
    return "\n".join(cutter.lines + [f"output = {root_text}"]), cutter.plain


def without_unread(source):
    """Leave out definitions that nothing reads: each would be an expression of its own."""
    lines = source.splitlines()
    kept = lines[-1:]
    for line in reversed(lines[:-1]):
        if any(re.search(rf"\b{line.split()[0]}\b", other) for other in kept):
            kept.insert(0, line)
    return "\n".join(kept)


def write_random(path, cases, seed):
    rng = random.Random(seed)
    out = ["# What PyTorch's pattern matcher finds; written by scripts/gen_expression_golden.py.\n"]
    count = matched = 0
    while count < cases:
        graph = Builder(rng).finish()
        source, plain = random_pattern(rng, graph)
        source = without_unread(source)
        names = dict(NAMES)
        exec(source, names)  # noqa: S102
        pattern = names["output"]
        results = [(node.name, result_text(pattern, node)) for node in graph.nodes if node.op != "output"]
        results = [(name, text) for name, text in results if text != "no: function_mismatch"]
        yes = any(text.startswith("yes") for _, text in results)
        # None in which PyTorch crashes, none that say nothing.
        if any(text.startswith("error") for _, text in results) or not results:
            continue
        count += 1
        matched += yes
        out.append(f"=== case {count}\n--- pattern\n{source}\n")
        if plain:
            out.append(f"--- printed\n{pm.PatternPrettyPrinter.run(pattern)}\n")
        out.append(f"--- graph\n{graph_text(graph)}\n--- results\n")
        out.extend(f"{name} {text}\n" for name, text in results)
    path.write_text("".join(out))
    print(f"random: {count} cases, {matched} with a match")


# ---- the corpus ----

class Recorder:
    """Stands for torch.ops, or what lies below it, in a printed graph: calls become nodes."""

    def __init__(self, graph, target):
        self.graph = graph
        self.target = target

    def __getattr__(self, name):
        return Recorder(self.graph, getattr(self.target, name))

    def __call__(self, *args, **kwargs):
        unwrap = fx.node.map_aggregate
        args, kwargs = (unwrap(a, lambda x: x.node if isinstance(x, Value) else x) for a in (args, kwargs))
        return Value(self.graph.call_function(self.target, args, dict(kwargs)))


class Value:
    """The result of a node."""

    def __init__(self, node):
        self.node = node

    def __getitem__(self, index):
        return Value(self.node.graph.call_function(operator.getitem, (self.node, index)))


class RecordingTorch:
    def __init__(self, graph):
        self.ops = Recorder(graph, torch.ops)

    def __getattr__(self, name):
        return getattr(torch, name)


def read_graph(path):
    """A printed graph as an FX graph whose nodes have the printed names."""
    source = re.sub(r"class [^(]+", "class Printed", path.read_text(), count=1)
    parameters = re.search(r"def forward\(self, (.*)\):", source).group(1)
    parameters = re.findall(r"(\w+): \"", parameters)
    source = re.sub(r"(\w+): \"[^\"]*\"", r"\1", source)
    graph = fx.Graph()
    names = {"torch": RecordingTorch(graph), "device": torch.device, "inf": float("inf"), "nan": float("nan")}
    exec(source, names)  # noqa: S102
    values = [Value(graph.placeholder(name)) for name in parameters]
    result = names["Printed"]().forward(*values)
    result = result if isinstance(result, tuple) else (result,)
    graph.output(tuple(value.node for value in result))
    printed = re.findall(r"^ +(\w+) = ", source, re.M)
    calls = [node for node in graph.nodes if node.op == "call_function"]
    assert len(printed) == len(calls), path
    for node in calls:
        node.name = f"to_be_renamed_{node.name}"
    for node, name in zip(calls, printed):
        node.name = name
    return graph


def check_accepted(path, lines):
    """Every attention match that Inductor accepted is among the lines. It folds constants before it matches, which gives
    `full` the name `full_default` or `full_default_1`."""
    accepted = [match for match in json.loads(path.read_text())["matches"] if "sfdp" in str(match["pattern"])]
    for match in accepted:
        nodes = " ".join(re.sub(r"^full_default", "full", name) for name in match["nodes"])
        start = f"{match['root']} yes: {nodes} | "
        end = f" | {', '.join(match['outputs'])}"
        assert any(f" {start}" in line and line.rstrip("\n").endswith(end) for line in lines), (path, start)
    return len(accepted)


def write_attention(corpus):
    patterns = {}
    for path in sorted((corpus / "sdpa-patterns").glob("*.pattern.txt")):
        names = dict(NAMES)
        exec(path.read_text(), names)  # noqa: S102
        patterns[path.name.removesuffix(".pattern.txt")] = names["output"]
    out = ["# Where the serialised attention patterns match; written by scripts/gen_expression_golden.py.\n"]
    accepted = 0
    for path in sorted((corpus / "sdpa-self").glob("*/joint.before.py")):
        graph = read_graph(path)
        start = len(out)
        out.append(f"=== {path.parent.name}\n")
        for name, pattern in patterns.items():
            for node in graph.nodes:
                text = result_text(pattern, node)
                if text.startswith("yes"):
                    out.append(f"{name} {node.name} {text}\n")
        accepted += check_accepted(path.parent / "matches.json", out[start:])
    (OUT / "attention.txt").write_text("".join(out))
    print(f"attention: {len(out) - 1} lines, {accepted} accepted by Inductor")


# ---- names ----

def write_names():
    rng = random.Random(7)
    words = ["set", "enter", "exit", "seed", "_set", "add", "copy", "reset", "offset", "seeds", "all", "x2"]
    joins = ["", "_", "_", "__", ".", "._", "_.", "__."]
    names = ["copy_", "relu_", "index_put_", "set_.source_Tensor", "_set_grad_enabled", "manual_seed", "seed", "set",
             "_enter_autocast", "_exit_autocast", "resize_storage_bytes_", "resize_storage_bytes_.default", "add", "iadd",
             "setitem", "offset", "unset", "reset", "__rshift__.Scalar", "__setitem__", "foo__", "_",
             "all_gather_into_tensor", "split_with_sizes_copy", "fused_rms_norm_quant_static"]
    for _ in range(300):
        parts = [rng.choice(joins)]
        for _ in range(rng.randrange(1, 4)):
            parts += [rng.choice(words), rng.choice(joins)]
        names.append("".join(parts))
    lines = [f"{name} {'yes' if pm._mutation_op_re.search(name) else 'no'}\n" for name in dict.fromkeys(names)]
    (OUT / "mutation_names.txt").write_text("".join(lines))
    print(f"names: {len(lines)}")


def main():
    if len(sys.argv) == 5 and sys.argv[1] == "--cases":
        write_random(Path(sys.argv[4]), int(sys.argv[2]), int(sys.argv[3]))
        return
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    OUT.mkdir(parents=True, exist_ok=True)
    write_random(OUT / "random.txt", CASES, 20260)
    write_attention(Path(sys.argv[1]))
    write_names()


if __name__ == "__main__":
    main()
