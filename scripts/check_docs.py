#!/usr/bin/env python3
"""Check that the public API is documented and tested, and that links between documents lead somewhere.

A public function is documented when a comment stands above it in its paragraph (declarations without a blank line
between them, which share one comment), or behind it on its line. It is tested when a C file under tests/ or examples/
calls it (the examples are run as tests).
"""
import re

from tree import ROOT, Report, blank_comments, public_functions, source_files


def is_documented(lines, line):
    index = line - 1
    if "/*" in lines[index] or "/*" in lines[min(index + 1, len(lines) - 1)].partition(";")[2]:
        return True
    while index > 0 and lines[index - 1].strip():
        index -= 1
        if "*/" in lines[index]:
            return True
    return False


def check_functions(report):
    called = set()
    for folder in ("tests", "examples"):
        for path in source_files(ROOT / folder, ".c", ".h"):
            called.update(re.findall(r"\b(rg_\w+)\b", blank_comments(path.read_text())))
    count = 0
    for header, line, name, _ in public_functions():
        count += 1
        if not is_documented(header.read_text().split("\n"), line):
            report.fail(header, line, f"{name} has no comment")
        if name not in called:
            report.fail(header, line, f"{name} is called by no test and no example")
    return count


def check_links(report):
    count = 0
    documents = [*ROOT.glob("*.md"), *(ROOT / "doc").rglob("*.md"), *(ROOT / "tests").rglob("*.md"),
                 *(ROOT / "rules").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    for path in sorted(documents):
        text = re.sub(r"```.*?```", lambda m: re.sub(r"[^\n]", " ", m.group()), path.read_text(), flags=re.S)
        for match in re.finditer(r"\]\(([^)#\s]+)(#[^)]*)?\)", text):
            target = match.group(1)
            count += 1
            if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                report.fail(path, text.count("\n", 0, match.start()) + 1, f"link to {target}, which does not exist")
    return count


def main():
    report = Report("docs")
    functions = check_functions(report)
    links = check_links(report)
    report.end(f"{functions} public functions, {links} links")


if __name__ == "__main__":
    main()
