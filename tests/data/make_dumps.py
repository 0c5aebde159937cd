#!/usr/bin/env python3
"""Write tests/data/dumps: graphs of small models in every form in which PyTorch prints them.

Needs PyTorch (written for 2.13, CPU). Usage: make_dumps.py FOLDER
"""
import collections
import enum
import math
import operator
import os
import pathlib
import subprocess
import sys
import tempfile

import torch
import torch.fx as fx

SCRIPT = pathlib.Path(__file__).resolve()
SITE = str(pathlib.Path(torch.__file__).resolve().parents[1])


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(4, 4)

    def forward(self, x):
        return torch.relu(self.linear(x)) * x.size(0)


class Modules(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(4))
        self.parts = torch.nn.ModuleDict(
            {"in-put": torch.nn.Linear(4, 4), "list": torch.nn.ModuleList([torch.nn.ReLU()])}
        )

    def forward(self, x, y=None, *rest, **named):
        return {"a": self.parts["list"][0](self.parts["in-put"](x) * self.weight), "b": (x, None, [1, 2.5, "hi"])}


class Trees(torch.nn.Module):
    def forward(self, pair, named):
        return {"out": pair[0] + named["k"]}, pair[1]


class Branches(torch.nn.Module):
    def forward(self, x):
        def inner(y):
            return torch.cond(y.max() > 1, lambda z: z + 1, lambda z: z - 1, (y,))

        return torch.cond(x.sum() > 0, inner, lambda y: y.cos(), (x,))


class Loop(torch.nn.Module):
    def forward(self, x):
        return torch._higher_order_ops.while_loop(
            lambda i, y: i < 3, lambda i, y: (i + 1, y.sin()), (torch.tensor(0), x)
        )


Pair = collections.namedtuple("Pair", "first second")


class Colour(enum.Enum):
    RED = 1


def split(x, y):
    a = torch.sin(x) + y
    b, c = torch.split(a, 2)
    return torch.cond(b.sum() > 0, lambda q: q.sin(), lambda q: q.cos(), (c,))


def in_place(x):
    x = x.clone()
    x += 1
    x -= 2
    x //= 3
    x %= 7
    x **= 2
    x[0] = 1
    x[1:2, None] = 3
    x @= x
    y = x.int()
    y &= 3
    y |= 1
    y ^= 2
    y <<= 1
    y >>= 1
    return x, y, -x, +x, ~y, 1 - x, 2**x, (x != 0) & (x < 2) | (x >= 1)


def typed(x: torch.Tensor, flag: bool = True, k: int = 3) -> torch.Tensor:
    return torch.relu(x) + k


def values(x, y=3, *rest):
    return {
        "shape": x.shape,
        "sizes": [x.size(0), (x.max(dim=1),)],
        1: x[0:1, ..., None],
        "numbers": x.f(1j, complex(1, 2), -0.0, 1e100, 10**30, float("nan"), -math.inf),
        "dtype": torch.float32,
        "slice": slice(None),
        "device": torch.device("cuda:1"),
        "power": (-1) ** x,
        "text": 'both \' and "\n\\ \u00fc\u200b',
    }


def built():
    graph = fx.Graph()
    x = graph.placeholder("x")
    nodes = [
        graph.call_function(torch.relu, (x,), {"o": Colour.RED, "c": torch.float}),
        graph.call_function(operator.pow, (-1, x)),
        graph.call_function(operator.neg, (5,)),
        graph.call_function(operator.getitem, ([x], 0)),
        graph.call_method("a.b", (x,)),
        graph.call_method("0", (x,)),
        graph.call_function(operator.add, ((1, 2), (x,))),
        graph.call_function(getattr, (x, "0")),
        graph.call_function(getattr, (x, "abc")),
        graph.call_function(getattr, (x, "abc", None)),
        graph.call_function(math.sqrt, (x,)),
        graph.call_function(torch.ops.aten.mul, (x, 2)),
        graph.call_function(operator.sub, (1, -2)),
    ]
    graph.output(Pair(tuple(nodes), x))
    return fx.GraphModule(torch.nn.Module(), graph)


def dynamo(function, *inputs, **options):
    found = []

    def backend(module, _):
        found.append(module)
        return module

    torch._dynamo.reset()
    torch.compile(function, backend=backend, **options)(*inputs)
    return found[0]


def log(environment):
    program = f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r})\n"
    program += "import torch, make_dumps\n"
    program += "torch.compile(make_dumps.Small(), dynamic=True)(torch.ones(3, 4, requires_grad=True))\n"
    result = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return result.stderr


def trace_log():
    """The payloads of a structured trace that are graphs, and a little around them."""
    with tempfile.TemporaryDirectory() as folder:
        log({"TORCH_TRACE": folder})
        (path,) = pathlib.Path(folder).iterdir()
        lines = path.read_text().splitlines(keepends=True)
    kept = [line for line in lines if line.startswith("\t")]
    start = next(i for i, line in enumerate(kept) if "class GraphModule" in line)
    end = next(i for i, line in enumerate(kept) if line.startswith("\t        return"))
    return "V1121 20:00:00.123000 77 torch/_logging/structured.py:30] {}\n" + "".join(kept[start : end + 3])


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    x = torch.ones(4, 4)

    def write(name, text):
        text = text.replace(SITE, "/usr/lib/python3/dist-packages").replace(str(SCRIPT), "models.py")
        (folder / name).write_text(text, newline="")

    def show(module, **options):
        return module.print_readable(print_output=False, **options) + "\n"

    layout = {"include_stride": True, "include_device": True}
    graph = dynamo(split, x, x)
    write("dynamo.py", show(graph, **layout))
    write("dynamo-plain-crlf.py", show(graph).replace("\n", "\r\n"))
    write("dynamo-colored.txt", show(graph, colored=True, **layout))
    write("dynamo-expanded.py", show(graph, expanded_def=True))
    os.environ["FX_GRAPH_SHOW_META"] = "1"
    metadata = show(dynamo(typed, x))
    del os.environ["FX_GRAPH_SHOW_META"]
    write("dynamo-metadata.py", "\n".join(line.split(" at 0x")[0] if " at 0x" in line else line
                                          for line in metadata.split("\n")))
    write("dynamo-inplace.py", show(dynamo(in_place, x)))
    write("dynamo-symbolic.py", show(dynamo(lambda x: x.view(-1)[: x.shape[0] // 2] * x.shape[1] ** 2, x, dynamic=True)))
    write("symtrace-modules.py", show(fx.symbolic_trace(Modules())))
    write("symtrace-typed.py", show(fx.symbolic_trace(typed)))
    write("symtrace-values.py", show(fx.symbolic_trace(values)))
    write("symtrace-pytree.py", show(fx.symbolic_trace(Trees(), concrete_args={"pair": (fx.PH, fx.PH), "named": {"k": fx.PH}})))
    write("built.py", show(built()))
    boxed = fx.symbolic_trace(typed)
    boxed.graph.set_codegen(fx.graph._BoxedCodeGen())
    write("boxed.py", show(boxed))
    program = torch.export.export(Trees(), ((x, x), {"k": x}))
    write("exported-program.txt", str(program) + "\n")
    write("export-module.py", show(program.module()))
    write("export-module-expanded.py", show(program.module(), expanded_def=True))
    write("export-cond.py", show(torch.export.export(Branches(), (x,)).graph_module))
    write("export-while.py", show(torch.export.export(Loop(), (x,)).graph_module, **layout))
    logs = log({"TORCH_LOGS": "graph_code,aot_graphs,post_grad_graphs"})
    write("torch-logs.txt", logs)
    graph_log = log({"TORCH_LOGS": "graph_code"})
    write("torch-logs-rank.txt", "".join(f"[rank1]:{line}" for line in graph_log.splitlines(keepends=True)))
    write("torch-logs-short.txt", log({"TORCH_LOGS": "graph_code", "TORCH_LOGS_FORMAT": "short"}))
    write("torch-trace.txt", trace_log())


if __name__ == "__main__":
    main()
