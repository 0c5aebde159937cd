"""What the checking scripts share: where things are, and C sources without comments and strings."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PUBLIC = ROOT / "include" / "regraft"

_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank_comments(text):
    """The text with comments and the insides of strings replaced by spaces; line breaks stay."""

    def blank(match):
        token = match.group()
        if token[0] in "\"'":
            return token[0] + " " * (len(token) - 2) + token[0]
        return re.sub(r"[^\n]", " ", token)

    return _TOKEN.sub(blank, text)


def source_files(folder, *suffixes):
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes)


def public_functions():
    """(header, line, name, declaration) of each RG_API function."""
    for header in sorted(PUBLIC.glob("*.h")):
        text = blank_comments(header.read_text())
        for match in re.finditer(r"^RG_API\b([^;{]*);", text, re.M):
            name = re.search(r"\b(rg_\w+)\s*\(", match.group(1))
            if name is not None:
                yield header, text.count("\n", 0, match.start()) + 1, name.group(1), match.group()


class Report:
    """Collects failures; `end` prints them with what was counted and gives the exit status."""

    def __init__(self, what):
        self.what = what
        self.failures = []

    def fail(self, path, line, message):
        self.failures.append(f"{path.relative_to(ROOT)}:{line}: {message}")

    def end(self, counted):
        for failure in self.failures:
            print(failure)
        print(f"{self.what}: {counted}, {len(self.failures) or 'no'} failures")
        sys.exit(1 if self.failures else 0)
