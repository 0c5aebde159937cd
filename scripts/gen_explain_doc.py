#!/usr/bin/env python3
"""Write the list of reasons in doc/explain.md from their table, src/match/explain.def.

    scripts/gen_explain_doc.py           write it
    scripts/gen_explain_doc.py --check   exit 1 when the page is not what the table says
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/match/explain.def"
TARGET = ROOT / "doc/explain.md"
START, END = "<!-- reasons: written by scripts/gen_explain_doc.py -->\n", "<!-- end of reasons -->\n"

# What the letters of the table stand for, as a reader of the page would say it.
WORDS = {"p": "PART", "n": "NODE", "o": "OTHER", "f": "calls OP", "a": "ARGUMENT", "u": "OP", "v": "VALUE",
         "w": "VALUE", "i": "INPUT", "d": "its TYPE", "t": "TYPE", "r": "RULE", "s": "another RULE", "b": "", "c": ": CONDITION",
         "x": "what is not allowed"}


def rows():
    """(name, sentence, remedy) of each reason, and of the other forms of one under its name."""
    text = re.sub(r'"\s*\n\s*"', "", TABLE.read_text())
    names = {}
    for kind, word, rest in re.findall(r"^RG_MISS_(ROW|FORM)\((\w+),\s*(.*?)\)$", text, re.MULTILINE | re.DOTALL):
        strings = [part.replace('\\"', '"') for part in re.findall(r'"((?:[^"\\]|\\.)*)"', rest)]
        if kind == "ROW":
            names[word] = strings[0]
            yield strings[0], strings[1], strings[2]
        else:
            base = max((reason for reason in names if word.startswith(reason)), key=len, default=None)
            if base is None and not word.startswith("DIFFERENT"):
                sys.exit(f"{TABLE}: no reason begins the name {word}")
            yield names[base or "DIFFERENT_VALUE"], strings[0], strings[1]


def spell(text):
    return re.sub(r"\{(\w)\}", lambda match: WORDS[match.group(1)], text).replace("|", "\\|")


def table():
    sentences = {}
    for name, sentence, remedy in rows():
        sentences.setdefault(name, []).append((spell(sentence), spell(remedy)))
    lines = ["| reason | in words | what would make it match |", "|---|---|---|"]
    for name, forms in sentences.items():
        for number, (sentence, remedy) in enumerate(forms):
            lines.append(f"| {f'`{name}`' if number == 0 else ''} | {sentence} | {remedy} |")
    return "\n".join(lines) + "\n"


def main():
    page = TARGET.read_text()
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    wanted = before + START + table() + END + after
    if "--check" in sys.argv[1:]:
        if page != wanted:
            sys.exit("doc/explain.md does not have the reasons of src/match/explain.def; run scripts/gen_explain_doc.py")
    else:
        TARGET.write_text(wanted)


if __name__ == "__main__":
    main()
