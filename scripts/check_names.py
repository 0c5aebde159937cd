#!/usr/bin/env python3
"""Check names and sizes in the tree.

- Public functions are rg_<concept>_<verb>, without a double underscore; functions that are visible to other files of
  src/ are rg__..., and static ones have no rg prefix. Functions of the command have none either: nobody links it.
- File stems are unique in src/ (a .c and its .h share one), so a name says which file to open.
- A file has at most 800 lines: of the library, and of tests, scripts, benchmarks, rules and what else people write here.
  Only data may be longer: tests/data.
- A function of the library has at most 60 lines in its body. A longer one has a reason on the spot:
      /* NOLINTNEXTLINE(readability-function-size): one case per token; splitting would hide the loop */
"""
import re

from tree import PUBLIC, ROOT, SOURCE, Report, blank_comments, public_functions, source_files

WRITTEN = ("include", "src", "tests", "scripts", "bench", "rules", "fuzz", "examples", "cmake")
WRITTEN_SUFFIXES = (".c", ".h", ".def", ".py", ".sh", ".cmake", ".txt")
DATA = ROOT / "tests" / "data"
MAX_FILE_LINES = 800
MAX_BODY_LINES = 60
MARKER = re.compile(r"NOLINT(NEXTLINE)?\(readability-function-size\): *\w+")


def functions(text):
    """(name, is_static, first line, body lines) of each function defined in clang-formatted C."""
    lines = blank_comments(text).split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            first = number - 1
            while first >= 0 and lines[first].strip() and not lines[first].startswith(("#", "}", "{")) \
                    and not lines[first].rstrip().endswith(";"):
                first -= 1
            head = " ".join(lines[first + 1:number])
            name = re.search(r"\b(\w+)\s*\(", head)
            start = (name.group(1), head.lstrip().startswith("static "), first + 1, number) if name else None
        elif line.startswith("}") and start is not None:
            name, is_static, first, opened = start
            yield name, is_static, first + 1, number - opened - 1
            start = None


def has_reason(lines, first):
    """Is there a marker with a reason in the comment that ends just above line `first`?"""
    above = lines[max(0, first - 4):first]
    return any(MARKER.search(line) for line in above)


def check_sizes(report):
    """Of files; gives how many there are."""
    files = [path for folder in WRITTEN if (ROOT / folder).is_dir()
             for path in source_files(ROOT / folder, *WRITTEN_SUFFIXES) if DATA not in path.parents]
    for path in files:
        count = path.read_bytes().count(b"\n")
        if count > MAX_FILE_LINES:
            report.fail(path, count, f"{count} lines; split files over {MAX_FILE_LINES}")
    return len(files)


def check_file(report, path):
    text = path.read_text()
    lines = text.split("\n")
    in_command = SOURCE / "cli" in path.parents
    for name, is_static, first, body in functions(text):
        if body > MAX_BODY_LINES and not has_reason(lines, first):
            report.fail(path, first, f"{name} has {body} lines; split it, or say why not (see check_names.py)")
        if path.suffix != ".c" or name == "main":
            continue
        if (is_static or in_command) and name.startswith("rg_"):
            report.fail(path, first, f"{name} cannot be linked to from outside, so it has no rg_ prefix")
        if not is_static and not in_command and not name.startswith("rg_"):
            report.fail(path, first, f"{name} is visible to other files and has no rg_ or rg__ prefix")


def check_stems(report):
    seen = {}
    for path in source_files(SOURCE, ".c", ".h", ".def"):
        other = seen.setdefault(path.stem, path)
        if other.parent != path.parent or (other != path and other.suffix == path.suffix):
            report.fail(path, 1, f"the name {path.stem} is taken by {other.relative_to(ROOT)}")


def check_public(report):
    public = set()
    for header, line, name, _ in public_functions():
        if name.startswith("rg__"):
            report.fail(header, line, f"{name} is internal (double underscore) but exported")
        if name in public:
            report.fail(header, line, f"{name} is declared twice")
        public.add(name)
    for path in source_files(SOURCE, ".c"):
        for name, is_static, first, _ in functions(path.read_text()):
            if not is_static and name.startswith("rg_") and not name.startswith("rg__") and name not in public:
                report.fail(path, first, f"{name} is no public function; internal names have two underscores")
    return public


def main():
    report = Report("names")
    files = [*source_files(SOURCE, ".c", ".h", ".def"), *source_files(PUBLIC, ".h")]
    for path in files:
        check_file(report, path)
    check_stems(report)
    public = check_public(report)
    report.end(f"{check_sizes(report)} files, {len(files)} of the library, {len(public)} public functions")


if __name__ == "__main__":
    main()
