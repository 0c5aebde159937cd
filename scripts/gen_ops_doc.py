#!/usr/bin/env python3
"""Write doc/ops.md, the list of built-in ops, from the op table (src/ops/*.def).

    scripts/gen_ops_doc.py           write it
    scripts/gen_ops_doc.py --check   exit 1 when the file is not what the table says
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPS = ROOT / "src" / "ops"
TARGET = ROOT / "doc" / "ops.md"

INTRODUCTION = """\
# Ops

The ops that regraft knows without being told: generated from the op table, `src/ops/ops.def`, by
`scripts/gen_ops_doc.py`. For each of them it has the schema, the traits that passes rely on, and the rule for the
result's sizes, strides, dtype and device. Ops that are not listed may stand in any graph, but their results have a
type only by annotation; a rule file or a C program can declare more ops.

`MUTATES` is not listed: the schema's `!` says it. Origins: {origins}.

{count} ops in {families} families.
"""


def words():
    """The values of the words that ops.c defines for origins: CORE -> core ATen."""
    return dict(re.findall(r'#define (\w+)\s+"([^"]+)"', (OPS / "ops.c").read_text()))


def string(text):
    """The value of adjacent C string literals; None for NULL."""
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return "".join(parts).replace('\\"', '"') if parts else None


def rows(text):
    """(name, traits, origin, schema) for each RG_OP of a file."""
    pattern = re.compile(r'^RG_OP\("([^"]+)",\s*([\w |]+),\s*\w+,\s*"[^"]*",\s*(\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+|NULL)\)',
                         re.MULTILINE)
    for name, traits, origin, schema in pattern.findall(text):
        yield name, traits, origin, string(schema)


def subject(text, stem):
    """The family's subject: the first sentence of its opening comment."""
    comment = re.search(r"/\*(.*?)\*/", text, re.DOTALL).group(1).replace("*", " ")
    sentence = " ".join(comment.split()).removeprefix(f"{stem}.def: ")
    return sentence.split(". ")[0].rstrip(".")


def traits_text(traits):
    return ", ".join(word.strip().lower().replace("_", " ") for word in traits.split("|") if word.strip() != "0")


def document():
    origins = words()
    body, total, used = [], 0, []
    stems = re.findall(r'#include "ops/(\w+)\.def"', (OPS / "ops.def").read_text())
    for stem in stems:
        text = (OPS / f"{stem}.def").read_text()
        found = list(rows(text))
        if len(found) != len(re.findall(r"^RG_OP\(", text, re.MULTILINE)):
            sys.exit(f"{stem}.def: a row that this script cannot read")
        title = subject(text, stem)
        body.append(f"\n## {title[0].upper()}{title[1:]}\n\n`src/ops/{stem}.def`\n")
        body.append("| op | schema | traits | origin |\n|---|---|---|---|")
        for name, traits, origin, schema in found:
            shown = f"`{schema}`" if schema else ""
            body.append(f"| `{name}` | {shown} | {traits_text(traits)} | {origins[origin]} |".replace("  ", " "))
            used += [origins[origin]] if origins[origin] not in used else []
        total += len(found)
    introduction = INTRODUCTION.format(origins=", ".join(used), count=total, families=len(stems))
    return introduction + "\n".join(body) + "\n"


def main():
    text = document()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.exit("doc/ops.md is not what the op table says: run scripts/gen_ops_doc.py")
        return
    TARGET.write_text(text)


if __name__ == "__main__":
    main()
