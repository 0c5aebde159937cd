#!/usr/bin/env python3
"""Write doc/kernels.md, the list of the interpreter's kernels, from the kernel table (src/interp/kernels*.def).

    scripts/gen_interpreter_doc.py           write it
    scripts/gen_interpreter_doc.py --check   exit 1 when the file is not what the table says
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
KERNELS = ROOT / "src" / "interp"
TARGET = ROOT / "doc" / "kernels.md"

INTRODUCTION = """\
# Kernels

The ops that the [interpreter](interpreter.md) can run, and how close each is to PyTorch in the tests: generated from
`src/interp/kernels.def` by `scripts/gen_interpreter_doc.py`.

| distance | means |
|---|---|
| exact | bit for bit |
| 1, 4, 16 steps | at most so many steps of the result's dtype |
| sum | the tolerance of the dtype (interpreter.md, "Tolerances"): PyTorch rounds more often, or in another order |
| random | only the distribution is promised |

{ready} of {total} ops have a kernel.
"""

DISTANCE = {"EXACT": "exact", "ULP1": "1 step", "ULP4": "4 steps", "ULP16": "16 steps", "SUM": "sum", "RANDOM": "random"}
ROW = re.compile(r'^RG_(KERNEL|POINTWISE|LANES|IN_PLACE|NO_KERNEL)\("([^"]+)",\s*(.*?)\)$', re.MULTILINE | re.DOTALL)


def rows(text):
    """(name, distance, reason) for each row of a file; one of the last two is None."""
    for kind, name, rest in ROW.findall(text):
        if kind == "NO_KERNEL":
            yield name, None, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', rest))
        else:
            yield name, DISTANCE[re.split(r",\s*", rest)[1]], None


def document():
    body, ready, total = [], 0, 0
    for stem in re.findall(r'#include "interp/(\w+)\.def"', (KERNELS / "kernels.def").read_text()):
        text = (KERNELS / f"{stem}.def").read_text()
        found = list(rows(text))
        if len(found) != len(re.findall(r"^RG_\w+\(", text, re.MULTILINE)):
            sys.exit(f"{stem}.def: a row that this script cannot read")
        body.append(f"\n## {stem.removeprefix('kernels_').replace('_', ' ')}\n\n`src/interp/{stem}.def`\n")
        for distance in DISTANCE.values():
            names = [f"`{name}`" for name, its, _ in found if its == distance]
            if names:
                body.append(f"- {distance}: {', '.join(names)}")
        for reason in sorted({reason for _, _, reason in found if reason is not None}):
            names = [f"`{name}`" for name, _, its in found if its == reason]
            body.append(f"- no kernel, {reason}: {', '.join(names)}")
        ready += sum(distance is not None for _, distance, _ in found)
        total += len(found)
    return INTRODUCTION.format(ready=ready, total=total) + "\n".join(body) + "\n"


def main():
    text = document()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.exit("doc/kernels.md is not what src/interp/kernels.def says; run scripts/gen_interpreter_doc.py")
    else:
        TARGET.write_text(text)


if __name__ == "__main__":
    main()
