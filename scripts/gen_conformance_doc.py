#!/usr/bin/env python3
"""Write doc/conformance.md from the cases of tests/conformance and of tests/unit/test_conformance.c, whose opening
comments say what each of them is about.

    scripts/gen_conformance_doc.py           write it
    scripts/gen_conformance_doc.py --check   exit 1 when the file is not what the cases say

A case opens with its title (`# A1: pytorch#148751`, or `# A1, twin`), `# Elsewhere: ...` (`# Twin: ...`) and
`# Here: ...`, each perhaps over several lines. Every report has a case or a line in WITHOUT_CASE.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "conformance"
PROGRAM = ROOT / "tests" / "unit" / "test_conformance.c"
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

COUNTS = {"A": 17, "B": 14, "C": 12, "D": 16, "E": 26, "F": 16, "G": 9}  # reports by group, numbered from 1

# Reports that have no case: source, what was reported, and where it is dealt with.
WITHOUT_CASE = {
    "A4": ("pytorch PR 19596", "A review remark: fusing behind the last node is right only if every node may move "
           "there.", "The order of every match is proved, A1, A2, A16; writes, C1 to C6."),
    "A5": ("vllm PR 9138, PR 24542", "Hand-written code for several results, because the matcher could not be relied "
           "on.", "A rule with several results is a rule like any other, A1 to A7."),
    "B2": ("openvino PR 35586", "Hand-written counts of readers were lost in a refactoring.",
           "Nobody writes such counts; what may be read outside is decided by the results, B1 to B7."),
    "B11": ("vllm PR 43953", "A value with a second reader needed a second pattern.",
            "The rule names the value as a result, B3's twin, B7."),
    "B13": ("onnx/optimizer#133, #178, #255", "The same folding as in B12, in another system.", "B12."),
    "C10": ("vllm PR 38639", "The results of such a wrapper changed places.", "As C9."),
    "C12": ("pytorch PR 130584", "Writes were looked for in early graphs only.",
            "There is one kind of graph and one check, C1 to C8."),
    "E8": ("pytorch#143363", "Between two built-in passes there is no place for one's own.",
           "Passes and rules run in the order of the command line or of the calls in C."),
    "E9": ("vllm#27072", "Matching what ops decompose to is brittle.", "E2, E7, E10, E11 have the instances."),
    "E16": ("executorch PR 19983", "A rule of two ops hid one of three.", "E15."),
    "E17": ("pytorch#190886, vllm-ascend PR 5676, tensorflow#55792", "A fusion stopped firing after an upgrade, and "
            "nobody was told.", "`match` names rules that match nowhere, E4; every pass counts."),
    "E18": ("onnxruntime#23864, #21208, #10359, #15225", "Attention was not found any more, because an exporter had "
            "changed its spelling.", "As E9."),
    "E26": ("apache/tvm#5928, #13543", "A pattern matched some occurrences and not others, through one entry point and "
            "not another.", "There is one matcher; a property test compares its answers with the definition."),
    "F3": ("vllm PR 23349, PR 22400, sglang PR 11830", "Registering a pattern ran its ops on a device that lacks them.",
           "Tracing computes types; there is no data and no device."),
    "F6": ("pytorch PR 178048", "Passes were set in one global field.", "A manager has its passes; nothing is global."),
    "F8": ("pytorch PR 138089, PR 160542, PR 179113", "New nodes lacked what generated kernels are named after.",
           "A new node has the name of the node that it takes the place of, B6, F7."),
    "F10": ("microsoft/onnxscript#1491, PR 2001, openvino PR 35127", "It was not told why a rule does not fire.",
            "As E17 and F9."),
    "F13": ("TensorRT-LLM guide, PR 4064", "Tracing made each scalar a pattern of its own and took lists apart.",
            "Scalars are captured by name, E24; lists stay lists, A9."),
    "F14": ("apache/tvm#17120, #17210, #16191, PR 14959", "A call whose argument is no call crashed.",
            "Fuzzers and a hostile-input test run on all kinds of values."),
    "F15": ("pytorch PR 115038", "Tracing the pattern again on what matched raised an error.",
            "A rule is traced once, when it is registered."),
    "F16": ("ROCm/tensorflow-upstream#456", "An unexpected edge ended the process.",
            "The library does not end processes; a symbol check holds it to that."),
    "G4": ("EnzymeAD/Enzyme-JAX PR 2855", "A rule and a normaliser passed a value back and forth.", "G1."),
    "G5": ("apache/tvm PR 5680", "Rebuilding made new objects, so nothing ever was unchanged.", "G3."),
    "G6": ("llvm/llvm-project PR 221152", "What became unreachable during a sweep kept it going.",
           "A sweep visits the nodes that are there at its beginning, A17's twin."),
    "G7": ("llvm/circt PR 4353", "Another policy of the driver made a loop of what had ended.",
           "The policy is documented: doc/matching.md, 7 and 8."),
    "G8": ("QuEraComputing/kirin PR 545", "A driver always ran to its limit.", "A17: it ends when a sweep finds nothing."),
    "G9": ("tensorflow/mlir#199", "Applying one rule also cleaned up elsewhere.",
           "A pass that applies rules does nothing else; cleaning up is a pass of its own."),
}

INTRODUCTION = """\
# Conformance

What other systems were reported to get wrong, and what regraft does: one case for each report, small enough to be
judged by eye, with its graph, its rules and the result in one file, or a test in C where two files do not show it. The
tests `conformance` and `unit.conformance` run them. A *twin* is the neighbouring case with another answer; without it, an
engine that always fires, or never, would pass.

This page is generated from the opening comments of the cases by `scripts/gen_conformance_doc.py`.

{count} cases, {twins} of them twins, for {reports} of {all} reports.
"""


def parts_of(place, identifier, lines):
    """{"title", "Elsewhere" or "Twin", "Here"} of the case whose comment has these lines."""
    comment = []
    for line in lines:
        if line.startswith("    "):
            comment[-1] += " " + line[4:]
        else:
            comment.append(line)
    parts = {"title": comment[0]} if comment else {}
    for line in comment[1:]:
        label, _, text = line.partition(": ")
        parts[label] = text
    is_twin = "Twin" in parts
    title = rf"{identifier}, twin" if is_twin else rf"{identifier}: \S.*"
    if set(parts) != {"title", "Twin" if is_twin else "Elsewhere", "Here"} or not re.fullmatch(title, parts["title"]):
        sys.exit(f"{place}: a case opens with its title, what happened elsewhere (or: how the twin differs), and what "
                 "regraft does")
    return parts


def golden_case(path):
    """(identifier, suffix, file, parts) of a case that is a file of its own."""
    lines = []
    for line in path.read_text().splitlines():
        if not line.startswith("# "):
            break
        lines.append(line[2:])
    identifier, _, suffix = path.stem.partition("_")
    parts = parts_of(path, identifier, lines)
    if ("Twin" in parts) != suffix.startswith("twin"):
        sys.exit(f"{path}: a twin's name has _twin behind the report's, and says Twin")
    return identifier, suffix, f"../tests/conformance/{path.name}", parts


def program_cases():
    """The same of the cases in test_conformance.c."""
    for comment in re.findall(r"^/\*\n((?: \* .*\n)+?) \*/\nstatic void ", PROGRAM.read_text(), re.MULTILINE):
        lines = [line[3:] for line in comment.splitlines()]
        identifier = re.match(r"\w*", lines[0])[0]
        parts = parts_of(PROGRAM, identifier, lines)
        yield identifier, "in C, twin" if "Twin" in parts else "in C", f"../tests/unit/{PROGRAM.name}", parts


def order(case):
    return case[0][0], int(case[0][1:]), case[1]


def check_complete(cases):
    """Every report has a case or a line that says why not; twins have somebody to be the twin of."""
    reports = {f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1)}
    with_case = {identifier for identifier, _, _, parts in cases if "Twin" not in parts}
    for identifier, _, file, _ in cases:
        if identifier not in with_case or identifier not in reports:
            sys.exit(f"{file}: no such report, or the twin of no case")
    both = with_case & set(WITHOUT_CASE)
    if both or set(WITHOUT_CASE) - reports:
        sys.exit(f"WITHOUT_CASE: no such report, or it has a case: {', '.join(both or set(WITHOUT_CASE) - reports)}")
    return sorted(reports - with_case - set(WITHOUT_CASE), key=lambda report: (report[0], int(report[1:])))


def document():
    cases = sorted([*map(golden_case, CASES.glob("*.test")), *program_cases()], key=order)
    missing = check_complete(cases)
    body, letter = [], None
    for identifier, _, file, parts in cases:
        if identifier[0] != letter:
            letter = identifier[0]
            body.append(f"\n## {letter}. {GROUPS[letter]}\n\n| case | elsewhere | regraft |\n|---|---|---|")
        title, _, source = parts["title"].partition(": ")
        elsewhere = f"{parts['Elsewhere']} ({source})" if source else f"*Twin:* {parts['Twin']}"
        body.append(f"| [{title}]({file}) | {elsewhere} | {parts['Here']} |")
    body.append("\n## Reports without a case\n\nThey have no graph or rule of their own.\n\n"
                "| report | elsewhere | regraft |\n|---|---|---|")
    for identifier, (source, elsewhere, here) in WITHOUT_CASE.items():
        body.append(f"| {identifier} | {elsewhere} ({source}) | {here} |")
    if missing:
        body.append(f"\nStill open: {', '.join(missing)}.")
    twins = sum("Twin" in parts for _, _, _, parts in cases)
    return INTRODUCTION.format(count=len(cases), twins=twins, reports=len({case[0] for case in cases}),
                               all=sum(COUNTS.values())) + "\n".join(body) + "\n"


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
