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
NAME: rule` they are of the rule. The last line has the reason, the pattern's node and the graph's (`-`: none) of the
first miss. `options` between them are given to the command.

For each it is checked that the rule matches the unchanged graph, that it does not match the changed one, and that the
first miss is the one expected. Every reason of src/match/explain.def that rules can have
must occur in some family.
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


class Miss:
    """One change and what must be said of it."""

    def __init__(self, family, heading):
        name, _, where = heading.partition(": ")
        self.family = family
        self.name = name
        self.where = where or "graph"
        self.changes = []  # pairs of lists of lines
        self.options = []
        self.expected = None


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
        elif part is not None and line[:2] in ("- ", "+ ", "= ", "$ "):
            if line[0] == "=":
                part.expected = tuple(line[2:].split())
            elif line[0] == "$":
                part.options += line[2:].split()
            else:
                if line[0] == "-" and (not part.changes or part.changes[-1][1]):
                    part.changes.append(([], []))
                part.changes[-1]["-+".index(line[0])].append(line[2:])
        elif line:
            sys.exit(f"{path}:{number}: no such line")
    return {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in texts.items()}, misses


def run(command, *words):
    return subprocess.run([command, *words], capture_output=True, text=True, timeout=60)


def change(text, miss):
    """The text with the miss planted."""
    for lines in miss.changes:
        before, after = ("\n".join(part) for part in lines)
        if text.count(before) != 1:
            sys.exit(f"{miss.family}, {miss.name}: '{before}' occurs {text.count(before)} times")
        text = text.replace(before, after)
    return text


def check(command, texts, miss, folder):
    """What is wrong with the answer; None if nothing is."""
    graph, rule = folder / "graph.py", folder / "rule.py"
    graph.write_text(texts["graph"])
    rule.write_text(texts["rule"])
    twin = run(command, "match", graph, "--rules", rule)
    if twin.returncode != 0:
        return f"the unchanged graph is not matched\n{twin.stdout}{twin.stderr}"
    (graph if miss.where == "graph" else rule).write_text(change(texts[miss.where], miss))
    options = miss.options
    if miss.expected[0] != "overlap":
        planted = run(command, "match", graph, "--rules", rule, *options)
        if planted.returncode != 1:
            return f"the changed graph is matched, or bad\n{planted.stdout}{planted.stderr}"
    told = run(command, "explain", graph, "--rules", rule, "--json", *options)
    if told.returncode != 1:
        return f"nothing is explained\n{told.stdout}{told.stderr}"
    first = json.loads(told.stdout)[0]
    answer = (first["reason"], first["pattern_node"] or "-", first["node"] or "-")
    return None if answer == miss.expected else f"expected {miss.expected}, got {answer}: {first['sentence']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--command", required=True)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    reasons, count, wrong = set(), 0, 0
    for path in sorted(HERE.glob("*.misses")):
        texts, misses = read_family(path)
        for miss in misses:
            if arguments.names and path.stem not in arguments.names:
                continue
            with tempfile.TemporaryDirectory() as folder:
                problem = check(arguments.command, texts, miss, pathlib.Path(folder))
            count += 1
            reasons.add(miss.expected[0])
            if problem is not None:
                wrong += 1
                print(f"{path.stem}, {miss.name}: {problem}")
    listed = set(re.findall(r'^RG_MISS_ROW\(\w+, "([^"]+)"', TABLE.read_text(), re.MULTILINE))
    for reason in sorted(listed - reasons - EXPRESSIONS_ONLY) if not arguments.names else ():
        wrong += 1
        print(f"no miss has the reason '{reason}'")
    print(f"{count} planted misses, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
