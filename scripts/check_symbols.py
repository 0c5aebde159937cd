#!/usr/bin/env python3
"""Check what the built libraries offer and what they use.

- The shared library exports exactly the names in src/regraft.symbols (--update rewrites that file).
- The library neither prints, exits, aborts nor reads the locale or the environment, and has no writable data: what it
  needs from libc is compared with FORBIDDEN, and the archive's sections are looked at.

usage: check_symbols.py [--update] SHARED_LIBRARY STATIC_LIBRARY
"""
import re
import subprocess
import sys

from tree import SOURCE, Report

LIST = SOURCE / "regraft.symbols"
FORBIDDEN = {"exit", "_exit", "_Exit", "quick_exit", "abort", "atexit", "signal", "raise", "longjmp", "system", "printf",
             "vprintf", "puts", "putchar", "putc", "perror", "stdout", "stderr", "setlocale", "localeconv", "getenv",
             "secure_getenv", "setenv", "srand", "rand", "strtok", "strerror"}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exported(library):
    names = re.findall(r"^\w+ [TDBRW] (\w+)", run("nm", "-D", "--defined-only", library), re.M)
    return sorted(name for name in names if name != "REGRAFT_0")


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    shared, static = (argument for argument in arguments if argument != "--update")
    report = Report("symbols")
    names = exported(shared)
    if update:
        LIST.write_text("".join(f"{name}\n" for name in names))
    listed = LIST.read_text().split()
    for name in sorted(set(names) - set(listed)):
        report.fail(LIST, 1, f"{name} is exported and not listed (scripts/check_symbols.py --update)")
    for name in sorted(set(listed) - set(names)):
        report.fail(LIST, listed.index(name) + 1, f"{name} is listed and not exported")
    for name in sorted(set(re.findall(r"^ +U (\w+)", run("nm", static), re.M)) & FORBIDDEN):
        report.fail(LIST, 1, f"the library uses {name}")
    # Constant tables of pointers are in .data.rel.ro, which the loader makes read-only.
    for match in re.finditer(r"^\w+ .{7} (\.data|\.bss|\.tdata|\.tbss)(\.[\w.]+)?\t(\w+) (\S+)$",
                             run("objdump", "-t", static), re.M):
        section, rest, size, name = match.groups()
        if int(size, 16) > 0 and not (rest or "").startswith(".rel.ro"):
            report.fail(LIST, 1, f"{name} is writable data of the library ({section})")
    report.end(f"{len(names)} exported names")


if __name__ == "__main__":
    main()
