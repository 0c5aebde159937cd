#!/usr/bin/env python3
"""The clean-up passes make of graphs what Inductor's make of them (tests/data/cleanups, scripts/gen_cleanup_golden.py).

usage: test_cleanups.py COMMAND DATA CORPUS
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

CALL = re.compile(r"^        \w+(?:: \"[^\"]*\")? = torch\.ops\.([\w.]+)\(", re.MULTILINE)
ITEM = re.compile(r"^        \w+(?:: \"[^\"]*\")? = \w+\[\d+\]", re.MULTILINE)
PASSES = ("inductor_pointless", "inductor_matmul")
# Of each file of random graphs: the pass, and its configuration.
RANDOM = {"inductor_pointless": ("inductor_pointless",), "inductor_matmul": ("inductor_matmul",),
          "inductor_matmul.fusible": ("inductor_matmul", "--config", "keep_fusible_sums=true")}


def run(*arguments):
    return subprocess.run([*map(str, arguments)], capture_output=True, text=True, check=False)


def count_ops(path):
    text = path.read_text()
    return collections.Counter([*CALL.findall(text), *("getitem" for _ in ITEM.findall(text))])


def check_random(command, data, scratch):
    """Each graph equals PyTorch's, up to names."""
    failures = []
    for name, options in RANDOM.items():
        target = scratch / f"{name}.py"
        result = run(command, "opt", data / f"{name}.before.py", "-o", target, "--passes", *options)
        if result.returncode == 0:
            result = run(command, "diff", target, data / f"{name}.after.py")
        if result.returncode != 0:
            failures.append(f"{name}: {result.stdout[:3000]}{result.stderr[:1000]}")
    return failures


def check_corpus(command, data, corpus, scratch):
    """As many calls of each op come and go as in PyTorch's pass."""
    failures = []
    wanted = json.loads((data / "corpus.json").read_text())
    for file, by_pass in wanted.items():
        before = count_ops(corpus / file)
        for name in PASSES:
            target = scratch / "out.py"
            result = run(command, "opt", corpus / file, "--passes", name, "-o", target)
            after = count_ops(target) if result.returncode == 0 else {}
            change = {op: after[op] - before[op] for op in sorted({*before, *after}) if after[op] != before[op]}
            if result.returncode != 0 or change != by_pass[name]:
                failures.append(f"{file}: {name}: {change}, not {by_pass[name]} {result.stderr[:500]}")
    return failures, len(wanted)


def main():
    command, data, corpus = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="regraft-cleanups-") as name:
        failures = check_random(command, data, pathlib.Path(name))
        of_corpus, count = check_corpus(command, data, corpus, pathlib.Path(name))
    for failure in failures + of_corpus:
        print(f"FAILED: {failure}")
    print(f"{len(RANDOM)} files of random graphs, {count} graphs of the corpus, {len(failures + of_corpus)} failures")
    return 1 if failures or of_corpus or count < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
