#!/usr/bin/env python3
"""The command on every graph of the corpus, compared with what PyTorch and Inductor did.

usage: test_corpus.py fmt|infer|passes|attention COMMAND CORPUS
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# PyTorch left these annotations stale: evaluating the statement gives another type (tests/data/README.md).
STALE = {"models/dinov2-fp16-eager/joint.after.py": 2, "models/vit-fp16-eager/joint.after.py": 2}
# Graphs of torch-level calls (functions, methods, modules), which have no schema.
TORCH_LEVEL = re.compile(r"levels/(dynamo|symtrace)-")
CONFIG = ["--config", "compatible=true"]


class Corpus:
    def __init__(self, command, folder):
        self.command = str(pathlib.Path(command).resolve())
        self.folder = pathlib.Path(folder).resolve()
        self.failed = 0
        self.checked = 0

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.py"))

    def run(self, *arguments):
        return subprocess.run([self.command, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)

    def check(self, good, what):
        self.checked += 1
        if not good:
            self.failed += 1
            print(f"FAILED: {what}")


def check_fmt(corpus):
    """Every file prints byte for byte as it was read."""
    result = corpus.run("fmt", "--check", "--json", *corpus.files())
    corpus.check(result.returncode == 0, f"status {result.returncode}: {result.stderr[-2000:]}")
    for entry in json.loads(result.stdout):
        corpus.check(not entry["changes"], f"{entry['file']}:{entry['line']} is printed differently")


def check_infer(corpus):
    """Every annotation is what is inferred, but for the stale ones; nothing is unknown but torch-level calls."""
    result = corpus.run("infer", "--json", *corpus.files())
    corpus.check(result.returncode == 1 and not result.stderr, f"status {result.returncode}: {result.stderr[-2000:]}")
    for entry in json.loads(result.stdout)["files"]:
        file, nodes = entry["file"], entry["nodes"]
        differ = [f"{node['node']}: {node['annotated']} inferred {node['inferred']}" for node in nodes
                  if node["result"] == "differs"]
        unknown = [node["statement"] for node in nodes if node["result"] == "unknown"]
        corpus.check(len(differ) == STALE.get(file, 0), f"{file}: {differ}")
        corpus.check(not unknown or TORCH_LEVEL.match(file), f"{file}: unknown: {unknown}")


def stages(folder):
    """(pass, file before, file after, count) of each step that Inductor's matcher took with a model."""
    result = json.loads((folder / "result.json").read_text())
    before = folder / "0.input.py"
    for number, name in enumerate(result["order"], 1):
        after = folder / f"{number}.after_{name}.py"
        yield name, before, after, result["counts"][f"{number - 1}.{name}"]
        before = after


def optimise(corpus, source, names, target, matches):
    result = corpus.run("opt", source, "--passes", ",".join(names), *CONFIG, "-o", target, "--matches", matches)
    corpus.check(result.returncode == 0, f"opt {source}: {result.stderr[-2000:]}")
    if result.returncode != 0:
        return {}, []
    report = json.loads(matches.read_text())
    return {entry["pass"]: entry["matched"] for entry in report["passes"]}, report["matches"]


def check_equal(corpus, ours, theirs):
    result = corpus.run("diff", ours, theirs)
    corpus.check(result.returncode == 0, f"{theirs} differs: {result.stdout[:2000]}{result.stderr[:500]}")


def check_one_step(corpus, scratch, name, before, after, count):
    """One pass alone does what it did there, with as many matches."""
    counts, _ = optimise(corpus, before, [name], scratch / "out.py", scratch / "matches.json")
    corpus.check(counts.get(name) == count, f"{before}: {name} matched {counts.get(name)}, not {count}")
    check_equal(corpus, scratch / "out.py", after)


def check_whole(corpus, scratch, folder, steps):
    """All passes in a row give the same graph, counts and matches."""
    names = [name for name, _, _, _ in steps]
    counts, ours = optimise(corpus, folder / "0.input.py", names, scratch / "out.py", scratch / "matches.json")
    wanted = {name: count for name, _, _, count in steps}
    corpus.check(counts == wanted, f"{folder.name}: matched {counts}, not {wanted}")
    check_equal(corpus, scratch / "out.py", steps[-1][2])
    theirs = json.loads((folder / "result.json").read_text())["matches"]
    summaries = [sorted(str((match["pass"], match["root"], sorted(match["nodes"]))) for match in matches)
                 for matches in (ours, theirs)]
    corpus.check(summaries[0] == summaries[1],
                 f"{folder.name}: other matches: {sorted(set(summaries[0]) ^ set(summaries[1]))[:6]}")


def check_passes(corpus):
    with tempfile.TemporaryDirectory(prefix="regraft-corpus-") as name:
        scratch = pathlib.Path(name)
        for folder in sorted((corpus.folder / "vllm").iterdir()):
            steps = list(stages(folder))
            for step in steps:
                check_one_step(corpus, scratch, *step)
            check_whole(corpus, scratch, folder, steps)


def check_attention(corpus):
    """PyTorch's attention patterns compiled by themselves: each becomes one op that computes the same, and another scale
    is noticed. (Patterns 8, 9 and 10 have no graph in f32: PyTorch refuses to run them.)"""
    sources = sorted((corpus.folder / "sdpa-self").glob("*/joint.before.py"))
    corpus.check(len(sources) == 47, f"{len(sources)} graphs")
    with tempfile.TemporaryDirectory(prefix="regraft-corpus-") as name:
        after, wrong = pathlib.Path(name) / "after.py", pathlib.Path(name) / "wrong.py"
        for source in sources:
            result = corpus.run("opt", source, "--passes", "attention,cleanup", "-o", after)
            corpus.check(re.search(r"^attention +1 ", result.stderr, re.MULTILINE), f"{source.parent.name}: {result.stderr}")
            result = corpus.run("verify", source, after)
            corpus.check(result.returncode == 0, f"{source.parent.name}: {result.stdout}{result.stderr}")
        wrong.write_text(re.sub(r"scale = [0-9.]+", "scale = 0.75", after.read_text()))
        corpus.check(corpus.run("verify", source, wrong).returncode == 1, f"verify misses the scale of {source.parent.name}")


def main():
    corpus = Corpus(sys.argv[2], sys.argv[3])
    {"fmt": check_fmt, "infer": check_infer, "passes": check_passes, "attention": check_attention}[sys.argv[1]](corpus)
    print(f"{corpus.checked} checks, {corpus.failed} failed")
    return 1 if corpus.failed or not corpus.checked else 0


if __name__ == "__main__":
    sys.exit(main())
