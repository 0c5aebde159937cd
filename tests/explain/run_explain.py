#!/usr/bin/env python3
"""Planted misses: graphs that a rule matches, with one thing changed, which `regraft explain` must name first.

usage: run_explain.py --command PATH [NAME]...

A family, tests/explain/NAME.misses, is a rule file, a graph that its rule matches, and changes of either:

    --- rule
    ...
    --- graph
    ...
    --- miss other epsilon
    - 1e-05
    + 1e-06
    = literal add_scalar add

`-` and `+` are parts of the graph's text, before and after; the text before must occur once. There may be several pairs. With `--- miss
NAME: rule` they are of the rule. The line with `=` has the reason, the pattern's node and the graph's (`-`: none) of the
first miss. What stands behind `$` is given to the command.

After it may come what the miss's remedy says, carried out: `~ rule` or `~ graph`, more changes, and `$` with the
options then.

For each it is checked that the rule matches the unchanged graph, that it does not match the changed one, that the
first miss is the one expected, and that the rule misses nothing once the remedy is carried out. Every reason of
src/match/explain.def that rules can have must occur in some family, and have a remedy carried out.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
EXPRESSIONS_ONLY = {"fewer-users"}
TABLE = HERE.parent.parent / "src/match/explain.def"


class Change:
    """What is changed of a family's rule or graph, and the options that the command gets then."""

    def __init__(self, where):
        self.where = where
        self.parts = []  # pairs of lists of lines: before, after
        self.options = []

    def read(self, line):
        if line[0] == "$":
            self.options += line[2:].split()
            return
        if line[0] == "-" and (not self.parts or self.parts[-1][1]):
            self.parts.append(([], []))
        self.parts[-1]["-+".index(line[0])].append(line[2:])

    def carry_out(self, texts, name):
        """The texts with the change."""
        text = texts[self.where]
        for lines in self.parts:
            before, after = ("\n".join(part) for part in lines)
            if text.count(before) != 1:
                sys.exit(f"{name}: '{before}' occurs {text.count(before)} times")
            text = text.replace(before, after)
        return {**texts, self.where: text}


class Miss:
    """A change, what must be said of it, and what mends it, if that is given."""

    def __init__(self, family, heading):
        name, _, where = heading.partition(": ")
        self.name = f"{family}, {name}"
        self.planted = Change(where or "graph")
        self.expected = None
        self.remedy = None

    def read(self, line):
        if line[0] == "=":
            self.expected = tuple(line[2:].split())
        elif line[0] == "~":
            self.remedy = Change(line[2:])
        else:
            (self.remedy or self.planted).read(line)


def read_family(path):
    """The texts of a family by name, and its misses."""
    texts, misses, part = {}, [], None
    for number, line in enumerate(path.read_text().split("\n"), start=1):
        heading = re.fullmatch(r"--- (\w+)(?: (.*))?", line)
        if heading and heading.group(1) == "miss":
            part = Miss(path.stem, heading.group(2))
            misses.append(part)
        elif heading:
            part = texts.setdefault(heading.group(1), [])
        elif isinstance(part, list):
            part.append(line)
        elif part is not None and re.match("[-+=$~] ", line):
            part.read(line)
        elif line:
            sys.exit(f"{path}:{number}: no such line")
    return {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in texts.items()}, misses


def run(command, *words):
    return subprocess.run([command, *words], capture_output=True, text=True, timeout=60)


def explain(command, texts, options, folder):
    """What `match` says of the texts: whether it matches; and `explain`: its misses, nearest first."""
    graph, rule = folder / "graph.py", folder / "rule.py"
    graph.write_text(texts["graph"])
    rule.write_text(texts["rule"])
    match = run(command, "match", graph, "--rules", rule, *options)
    told = run(command, "explain", graph, "--rules", rule, "--json", *options)
    if match.returncode not in (0, 1) or told.returncode not in (0, 1):
        sys.exit(f"{texts['rule']}{texts['graph']}{match.stderr}{told.stderr}")
    return match.returncode == 0, json.loads(told.stdout)


def check(command, texts, miss, folder):
    """What is wrong with the answers; None if nothing is."""
    matched, _ = explain(command, texts, [], folder)
    if not matched:
        return "the unchanged graph is not matched"
    texts = miss.planted.carry_out(texts, miss.name)
    matched, misses = explain(command, texts, miss.planted.options, folder)
    if matched and miss.expected[0] != "overlap":
        return "the changed graph is matched"
    if not misses:
        return "nothing is explained"
    first = misses[0]
    answer = (first["reason"], first["pattern_node"] or "-", first["node"] or "-")
    if answer != miss.expected:
        return f"expected {miss.expected}, got {answer}: {first['sentence']}"
    if miss.remedy is None:
        return None
    if not first["remedy"]:
        return "no remedy is told"
    mended = miss.remedy.carry_out(texts, miss.name)
    matched, misses = explain(command, mended, miss.remedy.options, folder)
    left = [entry["sentence"] for entry in misses if entry["rule"].partition("[")[0] == first["rule"].partition("[")[0]]
    return None if matched and not left else f"the remedy, '{first['remedy']}', does not help: {left}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--command", required=True)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    reasons, mended, count, remedies, wrong = set(), set(), 0, 0, 0
    for path in sorted(HERE.glob("*.misses")):
        texts, misses = read_family(path)
        for miss in misses:
            if arguments.names and path.stem not in arguments.names:
                continue
            with tempfile.TemporaryDirectory() as folder:
                problem = check(arguments.command, texts, miss, pathlib.Path(folder))
            count += 1
            reasons.add(miss.expected[0])
            if miss.remedy is not None:
                remedies += 1
                mended.add(miss.expected[0])
            if problem is not None:
                wrong += 1
                print(f"{miss.name}: {problem}")
    listed = set(re.findall(r'^RG_MISS_ROW\(\w+, "([^"]+)"', TABLE.read_text(), re.MULTILINE))
    for found, what in ((reasons, "has the reason"), (mended, "carries out the remedy of")):
        for reason in sorted(listed - found - EXPRESSIONS_ONLY) if not arguments.names else ():
            wrong += 1
            print(f"no miss {what} '{reason}'")
    print(f"{count} planted misses, {remedies} remedies, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
