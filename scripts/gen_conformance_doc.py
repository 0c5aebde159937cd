#!/usr/bin/env python3
"""Write doc/conformance.md from the cases of tests/conformance, whose opening comments say what each of them is about.

    scripts/gen_conformance_doc.py           write it
    scripts/gen_conformance_doc.py --check   exit 1 when the file is not what the cases say

A case opens with its title (`# A1: pytorch#148751`, or `# A1, twin`), `# Elsewhere: ...` (`# Twin: ...`) and
`# Here: ...`, each perhaps over several lines.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "conformance"
TARGET = ROOT / "doc" / "conformance.md"

GROUPS = {
    "A": "Order, several results, matches one behind the other",
    "B": "Values that are read outside, and shared operands",
    "C": "Writes",
    "D": "Matches that are none",
    "E": "Matches that are missed",
    "F": "Registration",
    "G": "Rules that go on and on",
}

INTRODUCTION = """\
# Conformance

What other systems were reported to get wrong, and what regraft does: one case for each report, small enough to be
judged by eye, with its graph, its rules and the result in one file. The test `conformance` runs them. A *twin* is the
neighbouring case with another answer; without it, an engine that always fires, or never, would pass.

This page is generated from the opening comments of the cases by `scripts/gen_conformance_doc.py`.

{count} cases, {twins} of them twins.
"""


def opening(path):
    """{"title", "Elsewhere" or "Twin", "Here"} of a case."""
    comment = []
    for line in path.read_text().splitlines():
        if not line.startswith("# "):
            break
        if line.startswith("#     "):
            comment[-1] += " " + line[6:]
        else:
            comment.append(line[2:])
    parts = {"title": comment[0]} if comment else {}
    for line in comment[1:]:
        label, _, text = line.partition(": ")
        parts[label] = text
    is_twin = "_twin" in path.stem
    identifier = path.stem.partition("_")[0]
    title = rf"{identifier}, twin" if is_twin else rf"{identifier}: \S.*"
    if set(parts) != {"title", "Twin" if is_twin else "Elsewhere", "Here"} or not re.fullmatch(title, parts["title"]):
        sys.exit(f"{path}: a case opens with its title, what happened elsewhere (or: how the twin differs), and what "
                 "regraft does")
    if is_twin and not (CASES / f"{identifier}.test").exists():
        sys.exit(f"{path}: the twin of no case")
    return parts


def order(path):
    letter, number, suffix = re.fullmatch(r"([A-G])(\d+)(\w*)", path.stem).groups()
    return letter, int(number), suffix


def document():
    paths = sorted(CASES.glob("*.test"), key=order)
    body, letter = [], None
    for path in paths:
        parts = opening(path)
        if path.stem[0] != letter:
            letter = path.stem[0]
            body.append(f"\n## {letter}. {GROUPS[letter]}\n\n| case | elsewhere | regraft |\n|---|---|---|")
        identifier, _, source = parts["title"].partition(": ")
        elsewhere = f"{parts['Elsewhere']} ({source})" if source else f"*Twin:* {parts['Twin']}"
        row = f"| [{identifier}](../tests/conformance/{path.name}) | {elsewhere} | {parts['Here']} |"
        body.append(row)
    twins = sum("_twin" in path.stem for path in paths)
    return INTRODUCTION.format(count=len(paths), twins=twins) + "\n".join(body) + "\n"


def main():
    text = document()
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.exit("doc/conformance.md is not what tests/conformance says; run scripts/gen_conformance_doc.py")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        TARGET.write_text(text)


if __name__ == "__main__":
    main()
