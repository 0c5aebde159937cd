#!/usr/bin/env python3
"""Golden tests of the command: one file per case, tests/golden/AREA/NAME.test, with input and expectation together.

usage: run_golden.py [--update] [--root FOLDER] --command PATH --corpus FOLDER [AREA | AREA/NAME]...

A case is

    # What it shows; lines of comment.
    $ regraft fmt --check graph.py
    --- file graph.py
    class GraphModule(torch.nn.Module): ...
    --- stdout
    graph.py: would change
    --- exit 1

Sections, in this order: `file NAME` (an input, written to an empty folder in which the command runs), `stdin`, `stdout`,
`stderr`, `created NAME` (a file that the command made), `exit N`. Empty ones are left out, and so is `exit 0`. Inputs that
the command changed or removed, and files that no `created` section expects, fail the case. `escaped` after a section's
name means that its text has backslash escapes: for bytes that are not printable text, and for text whose last line has
no line break. `{corpus}` stands for the corpus folder. Times (`1.23 ms`, `"ms": 1.23`) are masked as `#`.

A case passes when its file is byte for byte what --update would write. After --update, read the diff. --root runs the
cases of another folder than tests/golden: tests/conformance has such, NAME.test without areas. Graphs that opt prints
are read again, and must be valid.
"""
import argparse
import difflib
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
SECTION = re.compile(r"^--- (file|stdin|stdout|stderr|created|exit)(?: (\S+?))??( escaped)?$")
TIMES = ((re.compile(rb" *\b\d+\.\d+(?= ms\b)"), b" #"), (re.compile(rb'("ms": )\d+(\.\d+)?(e-?\d+)?'), rb"\1#"))
TIMEOUT_SECONDS = 120


def decode(text, escaped):
    """A section's text as bytes."""
    if not escaped:
        return text.encode("utf-8", "surrogateescape")
    body = text[:-1] if text.endswith("\n") else text
    parts = body.replace("\\\n", "").encode("utf-8", "surrogateescape")
    return re.sub(rb"\\(x[0-9a-f]{2}|n|r|t|\\)", lambda m: {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\"}.get(
        m.group(1)) or bytes([int(m.group(1)[1:], 16)]), parts.replace(b"\n", b""))


def encode(data):
    """Bytes as a section's text, and whether it had to be escaped."""
    printable = re.fullmatch(rb"(?:[\t\n\x20-\x7e\x80-\xff]*\n)?", data) is not None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        printable = False
    if printable and not any(SECTION.match(line) for line in text.split("\n")):
        return text, False
    escapes = {10: "\\n\n", 13: "\\r", 9: "\\t", 92: "\\\\"}
    text = "".join(escapes.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}") for byte in data)
    return (text if text.endswith("\n") else text + "\n"), True


class Case:
    """A parsed case. Section texts stay as written, with whether they are escaped, so that they are rendered back."""

    def __init__(self, path):
        self.path = path
        self.comment = []
        self.command = None
        self.files = {}  # name: (text, escaped)
        self.stdin = ("", False)
        self.original = path.read_text(encoding="utf-8", errors="surrogateescape")
        for kind, name, escaped, text in self.sections():
            if kind == "file":
                self.files[name] = (text, escaped)
            elif kind == "stdin":
                self.stdin = (text, escaped)

    def sections(self):
        """Read comment and command line; give [kind, name, escaped, text] of each section."""
        sections = []
        for line in self.original.splitlines(keepends=True):
            match = SECTION.match(line.rstrip("\n"))
            if match:
                sections.append([match.group(1), match.group(2), bool(match.group(3)), ""])
            elif sections:
                sections[-1][3] += line
            elif line.startswith("#") and self.command is None:
                self.comment.append(line)
            elif line.startswith("$ regraft") and self.command is None:
                self.command = line[2:].rstrip("\n")
            else:
                raise ValueError(f"{self.path}: neither comment, command nor section: {line!r}")
        if self.command is None:
            raise ValueError(f"{self.path}: no line `$ regraft ...`")
        return sections

    def run(self, command, corpus):
        """The text that the file should have."""
        arguments = [part.replace("{corpus}", corpus) for part in shlex.split(self.command)[1:]]
        with tempfile.TemporaryDirectory(prefix="regraft-golden-") as name:
            folder = pathlib.Path(name)
            inputs = {}
            for file, (text, escaped) in self.files.items():
                inputs[file] = decode(text, escaped)
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(inputs[file])
            result = subprocess.run([command, *arguments], cwd=folder, input=decode(*self.stdin), capture_output=True,
                                    timeout=TIMEOUT_SECONDS, check=False)
            after = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for file, data in inputs.items():
            if after.pop(file, None) != data:
                raise ValueError(f"{self.path}: the command changed or removed its input {file}")
        if arguments[:1] == ["opt"] and result.stdout:
            self.check_graphs(command, result.stdout)
        return self.render(result, after, corpus)

    def check_graphs(self, command, text):
        """Optimised graphs read as graphs, in the form in which they are printed: each value is defined before it is
        read, and none is read after its deletion."""
        result = subprocess.run([command, "fmt", "--check", "-"], input=text, capture_output=True,
                                timeout=TIMEOUT_SECONDS, check=False)
        if result.returncode != 0:
            raise ValueError(f"{self.path}: what opt printed is no graph, or not as fmt prints it:\n"
                             f"{(result.stdout + result.stderr).decode('utf-8', 'replace')}")

    def render(self, result, created, corpus):
        parts = [*self.comment, f"$ {self.command}\n"]
        for name, (text, escaped) in self.files.items():
            parts.append(f"--- file {name}{' escaped' if escaped else ''}\n{text}")
        if self.stdin[0]:
            parts.append(f"--- stdin{' escaped' if self.stdin[1] else ''}\n{self.stdin[0]}")
        outputs = [("stdout", result.stdout), ("stderr", result.stderr)]
        outputs += [(f"created {name}", created[name]) for name in sorted(created)]
        for title, data in outputs:
            data = data.replace(corpus.encode(), b"{corpus}")
            for pattern, replacement in TIMES:
                data = pattern.sub(replacement, data)
            text, escaped = encode(data)
            if data or title.startswith("created"):
                parts.append(f"--- {title}{' escaped' if escaped else ''}\n{text}")
        if result.returncode != 0:
            parts.append(f"--- exit {result.returncode}\n")
        return "".join(parts)


def find_cases(root, names):
    """The files of the wanted cases; anything in the root folder that is no case is an error."""
    everything = sorted(path for path in root.rglob("*") if path.is_file())
    strays = [path for path in everything if path.suffix != ".test" and path.name != "README.md"]
    if strays:
        sys.exit(f"not a golden case, and nothing uses it: {strays[0]}")
    cases = [path for path in everything if path.suffix == ".test"]
    if not names:
        return cases
    chosen = []
    for name in names:
        found = [path for path in cases
                 if str(path.relative_to(root).with_suffix("")) == name or path.parent == root / name]
        if not found:
            sys.exit(f"no golden case {name}")
        chosen += found
    return chosen


def main():
    parser = argparse.ArgumentParser(description="Run the golden tests of the command.")
    parser.add_argument("--update", action="store_true", help="write what the command gives into the case files")
    parser.add_argument("--command", default="build/dev/bin/regraft", help="the command (default: %(default)s)")
    parser.add_argument("--corpus", default="build/dev/corpus", help="the unpacked corpus (default: %(default)s)")
    parser.add_argument("--root", type=pathlib.Path, default=GOLDEN, help="the folder of cases (default: tests/golden)")
    parser.add_argument("names", nargs="*", metavar="AREA[/NAME]", help="only these")
    options = parser.parse_args()
    command, corpus = str(pathlib.Path(options.command).resolve()), str(pathlib.Path(options.corpus).resolve())
    root = options.root.resolve()
    paths, failed = find_cases(root, options.names), 0
    for path in paths:
        try:
            case = Case(path)
            text = case.run(command, corpus)
        except (ValueError, subprocess.TimeoutExpired) as error:
            print(f"FAILED: {error}")
            failed += 1
            continue
        if text == case.original:
            continue
        if options.update:
            path.write_text(text, encoding="utf-8", errors="surrogateescape")
            print(f"updated {path.relative_to(root)}")
            continue
        failed += 1
        print(f"FAILED: {path.relative_to(root)} (- expected, + got)")
        print("\n".join(difflib.unified_diff(case.original.split("\n"), text.split("\n"), lineterm="", n=2)))
    print(f"{len(paths)} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
