#!/usr/bin/env python3
"""Bad input of every kind ends with a diagnostic and status 2, soon, in bounded memory, and writes nothing.

usage: test_hostile.py COMMAND CORPUS

Inputs too large or too many to keep as golden cases are made here. Each runs with a limit on memory and time, in a folder
that must be empty afterwards.
"""
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

SECONDS = 60
MEMORY_BYTES = 4 << 30
HEAD = 'class GraphModule(torch.nn.Module):\n    def forward(self, x: "f32[2]"):\n'
TAIL = "        return (x,)\n"


def call(argument):
    return f"{HEAD}        view = torch.ops.aten.view.default(x, {argument})\n{TAIL}".encode()


def nested_classes(depth):
    lines = []
    for level in range(depth):
        indent = "    " * level
        lines += [f"{indent}class m{level}(torch.nn.Module):", f"{indent}    def forward(self, x):",
                  f"{indent}        return (x,)"]
    return ("\n".join(lines) + "\n").encode()


def inputs():
    """(name, bytes) of files that are no graphs. (An annotation may be any text, so what is deep in one is no matter.)"""
    deep = 100_000
    large = 100_000_000
    yield "deep lists", call("[" * deep + "]" * deep)
    yield "deep lists, never closed", call("[" * deep)
    yield "deep parentheses", call("(" * deep + "1" + ")" * deep)
    yield "deep calls", call("f(" * deep + ")" * deep)
    yield "deep subscripts", call("x" + "[0" * deep + "]" * deep)
    yield "deep attributes", call("x" + ".a" * deep * 10)
    yield "deep signs", call("-" * deep + "1")
    yield "deep sums", call("1+" * deep + "1")
    yield "deep powers", call("2**" * deep + "1")
    yield "deep classes", nested_classes(1500)
    yield "a line of 100 MB", b"x" * large
    yield "a line of 100 MB in a graph", HEAD.encode() + b"        y = torch.ops.aten.relu.default(x" + b" " * large + b")\n"
    yield "100 MB of brackets", b"[" * large
    yield "a string without end", call("'" + "a" * deep)
    yield "a line of zeros", b"\0" * 1000
    yield "bytes that are no UTF-8", HEAD.encode() + b"        y = torch.ops.aten.relu.default(\xff\xfe)\n"
    yield "a character out of place", HEAD.encode() + b"        y = torch.ops.aten.relu.default(x) ?\n"
    yield "undefined name", HEAD.encode() + b"        y = torch.ops.aten.relu.default(z)\n        return (y,)\n"
    yield "use before definition", (HEAD + "        a = torch.ops.aten.relu.default(b)\n"
                                    "        b = torch.ops.aten.relu.default(a)\n        return (b,)\n").encode()
    yield "self use", HEAD.encode() + b"        a = torch.ops.aten.relu.default(a)\n        return (a,)\n"
    yield "use after deletion", (HEAD + "        a = torch.ops.aten.relu.default(x);  x = None\n"
                                 "        b = torch.ops.aten.add.Tensor(a, x)\n        return (b,)\n").encode()
    yield "duplicate parameter", HEAD.replace("x:", 'x, x:').encode() + TAIL.encode()
    yield "deletion of nothing", HEAD.encode() + b"        a = torch.ops.aten.relu.default(x);  q = None\n" + TAIL.encode()
    yield "a graph after the end", HEAD.encode() + TAIL.encode() + b"        y = torch.ops.aten.relu.default(x)\n"
    yield "a class without body", b"class GraphModule(torch.nn.Module):\n"
    yield "a number too long to be one", call("9" * 2_000_000 + "x")


class Runner:
    def __init__(self, command):
        self.command = command
        self.failed = 0
        self.count = 0

    def limits(self):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_STACK, (8 << 20, 8 << 20))

    def fail(self, name, problem):
        self.failed += 1
        print(f"FAILED: {name}: {problem}")

    def expect(self, name, arguments, data, statuses):
        """Run with `data` as bad.py; the status must be one of `statuses`, 2 with a diagnostic and without output."""
        self.count += 1
        with tempfile.TemporaryDirectory(prefix="regraft-hostile-") as folder:
            path = pathlib.Path(folder) / "bad.py"
            path.write_bytes(data)
            limits = None if "asan" in self.command else self.limits
            try:
                result = subprocess.run([self.command, *arguments], cwd=folder, capture_output=True, timeout=SECONDS,
                                        preexec_fn=limits, check=False)
            except subprocess.TimeoutExpired:
                self.fail(name, f"still running after {SECONDS} s")
                return
            left = sorted(item.name for item in pathlib.Path(folder).iterdir() if item != path)
        if result.returncode not in statuses:
            self.fail(name, f"status {result.returncode}: {result.stderr[-300:]!r}")
        elif result.returncode == 2 and (result.stdout or b"error: " not in result.stderr):
            self.fail(name, f"output {result.stdout[:200]!r}, messages {result.stderr[:200]!r}")
        elif len(result.stderr) > 20_000:
            self.fail(name, f"{len(result.stderr)} bytes of messages")
        if left:
            self.fail(name, f"left behind: {left}")


def check_deep_annotations(runner):
    """An annotation that is no type is kept as text, so depth in it must do no harm."""
    for opening in ("(", "Max(1, ", "-", "[", "(s0//"):
        size = opening * 100_000 + "s0" + (")" * 100_000 if "(" in opening else "]" * 100_000 if opening == "[" else "")
        data = HEAD.replace("f32[2]", f"f32[{size}]") + TAIL
        for command in ("fmt", "infer"):
            runner.expect(f"{command}, annotation of {opening}", [command, "bad.py"], data.encode(), (0, 2))


def check_truncated(runner, corpus):
    """A real graph cut off anywhere is either still one, or refused with a diagnostic."""
    chosen = random.Random(1)
    for path in ("levels/export-cond.py", "vllm/llama-static/0.input.py", "levels/dynamo-toy-0.py"):
        data = (corpus / path).read_bytes()
        for _ in range(40):
            size = chosen.randrange(len(data))
            runner.expect(f"{path}, first {size} bytes", ["fmt", "bad.py"], data[:size], (0, 2))


def check_flipped(runner, corpus):
    """A real graph with a few bytes changed is either still one, or refused with a diagnostic."""
    chosen = random.Random(2)
    data = (corpus / "levels/export-toy2.py").read_bytes()
    for _ in range(100):
        changed = bytearray(data)
        for _ in range(chosen.randrange(1, 4)):
            changed[chosen.randrange(len(changed))] = chosen.choice(b'\0\n ()[]:=,;"\'x0\xff')
        runner.expect(f"changed bytes: {bytes(changed)!r}", ["fmt", "bad.py"], bytes(changed), (0, 2))


def main():
    runner = Runner(sys.argv[1])
    corpus = pathlib.Path(sys.argv[2])
    graph = (corpus / "vllm/llama-static/0.input.py").read_bytes()
    for name, data in inputs():
        runner.expect(name, ["fmt", "bad.py"], data, (2,))
        runner.expect(f"{name}, opt", ["opt", "bad.py", "-o", "out.py", "--matches", "m.json"], data, (2,))
        runner.expect(f"{name}, as rules", ["rules", "bad.py"], data, (2,))
    check_deep_annotations(runner)
    check_truncated(runner, corpus)
    check_flipped(runner, corpus)
    for target in ("/nowhere/out.py", ".", "bad.py/out.py"):
        runner.expect(f"output to {target}", ["opt", "bad.py", "-o", target], graph, (2,))
        runner.expect(f"matches to {target}", ["opt", "bad.py", "-o", "out.py", "--matches", target], graph, (2,))
    print(f"{runner.count} inputs, {runner.failed} failed")
    return 1 if runner.failed else 0


if __name__ == "__main__":
    sys.exit(main())
