#!/usr/bin/env python3
"""Check that includes follow src/LAYERS.

A room includes its own headers, those of the rooms that src/LAYERS names after it, and public headers. The command (cli)
sees public headers and its own only. Public headers see public headers and the C standard library only. A library of
the system may be used only in the rooms named in SYSTEM_LIBRARIES.
"""
import re

from tree import PUBLIC, SOURCE, Report, source_files

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
STANDARD = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "locale.h", "math.h", "setjmp.h",
            "signal.h", "stdalign.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h",
            "stdnoreturn.h", "string.h", "time.h"}
POSIX = {"dirent.h", "fcntl.h", "unistd.h", "sys/stat.h", "sys/types.h", "sys/wait.h"}
SYSTEM_LIBRARIES = {"jansson.h": {"cli"}, "sha256.h": {"pass"}, "sha2.h": {"pass"}}


def read_layers(report):
    layers = {}
    path = SOURCE / "LAYERS"
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        room, _, allowed = line.partition(":")
        for below in allowed.split():
            if below not in layers:  # which also keeps the law free of cycles
                report.fail(path, number, f"{room} names {below}, which is not above this line")
        if not (SOURCE / room).is_dir():
            report.fail(path, number, f"there is no room {room}")
        layers[room] = set(allowed.split())
    for folder in sorted(path for path in SOURCE.iterdir() if path.is_dir()):
        if folder.name not in layers:
            report.fail(path, 1, f"the room {folder.name} is missing")
    return layers


def includes(path):
    text = path.read_text()
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def check_public(report):
    for path in source_files(PUBLIC, ".h"):
        for line, mark, name in includes(path):
            public = mark == "<" and name.startswith("regraft/") and (PUBLIC.parent / name).exists()
            if not public and name not in STANDARD:
                report.fail(path, line, f"a public header includes {name}")


def check_room(report, room, allowed):
    for path in source_files(SOURCE / room, ".c", ".h", ".def"):
        for line, mark, name in includes(path):
            if mark == "<":
                known = name.startswith("regraft/") or name in STANDARD or name in POSIX
                if not known and room not in SYSTEM_LIBRARIES.get(name, ()):
                    report.fail(path, line, f"<{name}> is not for {room} (scripts/check_layers.py lists what is)")
                continue
            target = name.split("/")[0] if "/" in name else None
            if target is None or not (SOURCE / name).exists():
                report.fail(path, line, f'"{name}" is no path below src/')
            elif target != room and target not in allowed:
                report.fail(path, line, f"{room} may not include {name} (src/LAYERS)")


def main():
    report = Report("layers")
    layers = read_layers(report)
    check_public(report)
    for room, allowed in layers.items():
        check_room(report, room, allowed)
    report.end(f"{len(layers)} rooms")


if __name__ == "__main__":
    main()
