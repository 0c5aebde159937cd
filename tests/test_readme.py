#!/usr/bin/env python3
"""The README's snippets are true: commands print what stands below them, quoted files are as quoted, and the C program
compiles and runs.

usage: test_readme.py COMMAND CORPUS C_COMPILER INCLUDE_FOLDER LIBRARY [C_FLAG...]
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text()


def mask(text):
    return re.sub(r" *\d+\.\d+ ms", " # ms", text)


def check_commands(command):
    """Indented blocks that begin with `$ regraft`: run in a copy of examples/, compare standard output and error."""
    count = 0
    for block in re.findall(r"^    \$ (regraft [^\n]*)\n((?:    [^\n$]*\n)*)", TEXT, re.M):
        line, expected = block[0], re.sub(r"^    ", "", block[1], flags=re.M)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(ROOT / "examples", pathlib.Path(folder) / "examples")
            result = subprocess.run([command, *shlex.split(line)[1:]], cwd=folder, capture_output=True, text=True)
        if mask(result.stdout + result.stderr) != mask(expected):
            sys.exit(f"README: `{line}` prints\n{result.stdout}{result.stderr}\nnot\n{expected}")
        count += 1
    return count


def check_quoted():
    """Python blocks are the file that the sentence before them links to."""
    count = 0
    for path, code in re.findall(r"\[(examples/\w+\.py)\]\([^)]*\):\n\n```python\n(.*?)```", TEXT, re.S):
        if (ROOT / path).read_text() != code:
            sys.exit(f"README: the block is not {path} as it is")
        count += 1
    return count


def check_program(corpus, compiler, include, library, flags):
    """The C block, on a graph in which RMSNorm and quantisation match four times."""
    code = re.search(r"```c\n(.*?)```", TEXT, re.S).group(1)
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder) / "first.c", pathlib.Path(folder) / "first"
        source.write_text(code)
        subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", *flags, f"-I{include}", source, library, "-o",
                        program, f"-Wl,-rpath,{pathlib.Path(library).parent}"], check=True)
        result = subprocess.run([program, corpus / "vllm/llama-static/0.input.py"], capture_output=True, text=True)
    if result.stdout != "4 matches\n":
        sys.exit(f"README: the program printed {result.stdout!r}")


def main():
    command, corpus, compiler, include, library, *flags = sys.argv[1:]
    command, library = str(pathlib.Path(command).resolve()), str(pathlib.Path(library).resolve())
    commands, quoted = check_commands(command), check_quoted()
    if commands < 2 or quoted < 1:
        sys.exit(f"README: found only {commands} commands and {quoted} quoted files")
    check_program(pathlib.Path(corpus), compiler, include, library, flags)
    print(f"{commands} commands, {quoted} quoted files, the program")


if __name__ == "__main__":
    main()
