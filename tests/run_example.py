#!/usr/bin/env python3
"""Run a program and compare what it prints with a file.

usage: run_example.py [--update] EXPECTED PROGRAM [ARGUMENT...]
"""
import difflib
import pathlib
import subprocess
import sys


def main():
    arguments = sys.argv[1:]
    update = arguments[0] == "--update"
    expected, *command = arguments[1:] if update else arguments
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"status {result.returncode}\n{result.stdout}{result.stderr}")
    path = pathlib.Path(expected)
    if update:
        path.write_text(result.stdout)
    wanted = path.read_text()
    if wanted != result.stdout:
        difference = difflib.unified_diff(wanted.split("\n"), result.stdout.split("\n"), "expected", "got", lineterm="")
        sys.exit("\n".join(difference))


if __name__ == "__main__":
    main()
