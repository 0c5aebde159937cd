#!/usr/bin/env python3
"""Write doc/inductor-misses.md: the attention graphs that Inductor misses, each with what `regraft explain` says of it.

    scripts/gen_misses_doc.py REGRAFT CORPUS           write it
    scripts/gen_misses_doc.py REGRAFT CORPUS --check   exit 1 when the file is not what the command says

Every graph entering the joint passes of CORPUS/sdpa-self for which matches.json tells of no attention match is explained
with the serialised pattern of its own name. Where an earlier pattern has the same text, Inductor registers only that
one, so that one is taken. Each reason is put to the test: with its cause taken away the expression must match.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TARGET = pathlib.Path(__file__).resolve().parent.parent / "doc" / "inductor-misses.md"

INTRODUCTION = """\
# Attention that Inductor misses

Of the {all} functions that Inductor's attention patterns were made of, compiled by PyTorch 2.11 on an H100, each with
fresh inputs, Inductor recognises attention in {found}. For the other {missed} this page has the reason, as `regraft explain`
gives it with the pattern in expression form:

    regraft explain sdpa-self/NAME/joint.before.py --rules sdpa-patterns/PATTERN.pattern.txt

It is written by `scripts/gen_misses_doc.py`, which also takes the cause away and sees that the pattern then matches; a test
compares it with what the command says. That the reasons are PyTorch's own was tested with PyTorch 2.13, whose checks and
whose whole pass of joint patterns were run on the same graphs with fake tensors
(`tests/data/expressions/attention_checks.txt`, written by `scripts/gen_attention_checks.py`): it fuses none of them as they
are, those of the first group when TF32 is allowed, those of the second on a device that is not CUDA.

In none of them is it the expression that fails: every call of it is found. The answer is in what the serialised form does
not hold, the check that a pattern is registered with.
"""

# What is done to the text of a graph to take a cause away.
CURES = {"check": ("cuda:0", "cpu", "the same graph on the CPU matches")}


def number(name):
    """Inductor registers float32 before half, and patterns by number."""
    return "_half" in name, int(re.match(r"_sfdp_pattern_(\d+)", name).group(1)), "_bs1" in name


class Corpus:
    def __init__(self, command, folder):
        self.command = command
        self.folder = folder
        self.names = sorted((path.name for path in (folder / "sdpa-self").iterdir()), key=number)
        paths = (folder / "sdpa-patterns").glob("*.pattern.txt")
        self.patterns = {path.name.removesuffix(".pattern.txt"): path for path in paths}

    def is_missed(self, name):
        matches = json.loads((self.folder / "sdpa-self" / name / "matches.json").read_text())["matches"]
        return not any("sfdp" in str(match["pattern"]) for match in matches)

    def registered(self, name):
        """The pattern that Inductor registers with this text."""
        text = self.patterns[name].read_text()
        return min((other for other, path in self.patterns.items() if path.read_text() == text), key=number)

    def graph(self, name):
        return self.folder / "sdpa-self" / name / "joint.before.py"

    def explain(self, graph, pattern):
        result = subprocess.run([self.command, "explain", "--json", graph, "--rules", self.patterns[pattern]],
                                capture_output=True, text=True)
        if result.returncode not in (0, 1):
            sys.exit(f"{graph}: {result.stderr}")
        return json.loads(result.stdout)

    def is_cured(self, name, pattern, reason):
        """Does the pattern match once the cause is taken away?"""
        before, after, _ = CURES[reason]
        with tempfile.NamedTemporaryFile("w", suffix=".py") as changed:
            changed.write(self.graph(name).read_text().replace(before, after))
            changed.flush()
            return self.explain(changed.name, pattern) == []

    def product_dtypes(self, name):
        """The dtypes that the traced function multiplies last."""
        text = (self.folder / "sdpa-patterns" / f"{name}.search.py").read_text()
        types = dict(re.findall(r"(\w+): \"(\w+)\[", text))
        return [types[value] for value in re.findall(r"aten\.bmm\.default\((\w+), (\w+)\)", text)[-1]]


def sections(corpus, missed):
    """Misses by reason: sentence and remedy -> rows."""
    groups = {}
    for name in missed:
        if not corpus.graph(name).exists():
            continue
        pattern = corpus.registered(name)
        misses = corpus.explain(corpus.graph(name), pattern)
        if not misses:
            sys.exit(f"{name}: the pattern matches, and nothing refuses")
        first = misses[0]
        if not corpus.is_cured(name, pattern, first["reason"]):
            sys.exit(f"{name}: the reason is {first['reason']}, and without its cause the pattern does not match either")
        key = first["reason"], first["sentence"], first["remedy"]
        groups.setdefault(key, []).append((name, pattern, first))
    return groups


def text_of(corpus):
    missed = [name for name in corpus.names if corpus.is_missed(name)]
    out = [INTRODUCTION.format(all=len(corpus.names), found=len(corpus.names) - len(missed), missed=len(missed))]
    for (reason, sentence, remedy), rows in sections(corpus, missed).items():
        out.append(f"\n## {len(rows)} graphs: {reason}\n\n{sentence[0].upper()}{sentence[1:]}.\n\nTo match: {remedy}. "
                   f"Tested: {CURES[reason][2]}.\n")
        out.append("\n| graph | pattern | calls found | at |\n|---|---|---|---|\n")
        for name, pattern, first in rows:
            same = "" if pattern == name else ", which has the same text"
            out.append(f"| `{name}` | `{pattern}`{same} | {first['matched']} of {first['total']} | "
                       f"{', '.join(f'`{node}`' for node in first['examples'])} |\n")
    without = [name for name in missed if not corpus.graph(name).exists()]
    if without:
        out.append(f"\n## {len(without)} functions: no graph\n\n"
                   "Nothing reaches the matcher: PyTorch refuses to run the function. It multiplies a value that it has "
                   "cast to\nfloat16 by one in float32; run as traced, it stops with *expected scalar type Half but found "
                   "Float*.\n\n| function | the last product multiplies |\n|---|---|\n")
        for name in without:
            left, right = corpus.product_dtypes(name)
            if left == right:
                sys.exit(f"{name}: has no graph, and the reason is not the dtypes of its last product")
            out.append(f"| `{name}` | {left} by {right} |\n")
    return "".join(out)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    text = text_of(Corpus(arguments[0], pathlib.Path(arguments[1])))
    if "--check" not in sys.argv:
        TARGET.write_text(text)
    elif not TARGET.exists() or TARGET.read_text() != text:
        print("doc/inductor-misses.md is not what the command says: run scripts/gen_misses_doc.py")
        sys.exit(1)


if __name__ == "__main__":
    main()
