#!/usr/bin/env python3
"""Wrong replacements are found out, and their right twins pass: `regraft check` on each file of tests/check/rules.

usage: test_wrong.py COMMAND

A file has rules in pairs, `right` and `wrong`, and says in its first line what is wrong. Each wrong rule must fail with
each of the seeds, and nothing else may. Then the command's answers about the file are compared, byte for byte, with
those of a second run.
"""
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "rules"
SEEDS = (1, 2, 3)


def run(command, path, seed):
    done = subprocess.run([command, "check", "--json", "--seed", str(seed), str(path)], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def check(command, path):
    problems = []
    for seed in SEEDS:
        status, out, errors = run(command, path, seed)
        if status != 1:
            problems.append(f"seed {seed}: exit status {status} {errors.decode()[:300]}")
            continue
        for rule in json.loads(out)["rules"]:
            wanted = "failed" if rule["rule"].startswith("wrong") else "ok"
            if rule["outcome"] != wanted:
                problems.append(f"seed {seed}: {rule['name']} is {rule['outcome']}: {rule['reason']} {rule['inputs']}")
    if run(command, path, 1) != run(command, path, 1):
        problems.append("two runs differ")
    return problems


def main():
    command = sys.argv[1]
    files = sorted(FOLDER.glob("*.py"))
    failed = 0
    for path in files:
        problems = check(command, path)
        failed += bool(problems)
        for problem in problems:
            print(f"{path.name}: {problem}")
    print(f"{len(files)} files, {failed} with failures")
    return 1 if failed or len(files) < 20 else 0


sys.exit(main())
