#!/usr/bin/env python3
"""Compile each public header alone, as C11 and as C++17, and check that regraft.h includes them all.

usage: test_headers.py C_COMPILER CXX_COMPILER INCLUDE_FOLDER
"""
import pathlib
import re
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def compiles(compiler, language, standard, folder, header):
    command = [compiler, "-x", language, f"-std={standard}", *WARNINGS, f"-I{folder}", "-fsyntax-only", "-"]
    result = subprocess.run(command, input=f"#include <regraft/{header}>\n", capture_output=True, text=True)
    if result.returncode != 0:
        print(f"{header} does not compile alone as {standard}:\n{result.stderr}")
    return result.returncode == 0


def main():
    c_compiler, cxx_compiler, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    headers = sorted(path.name for path in (folder / "regraft").glob("*.h"))
    if not headers:
        sys.exit(f"no headers in {folder}")
    good = True
    for header in headers:
        good &= compiles(c_compiler, "c", "c11", folder, header)
        good &= compiles(cxx_compiler, "c++", "c++17", folder, header)
    umbrella = (folder / "regraft" / "regraft.h").read_text()
    included = set(re.findall(r"#include <regraft/(\w+\.h)>", umbrella))
    for header in headers:
        if header != "regraft.h" and header not in included:
            print(f"regraft.h does not include {header}")
            good = False
    print(f"{len(headers)} headers, C11 and C++17: {'good' if good else 'BAD'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
