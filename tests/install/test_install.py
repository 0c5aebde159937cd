#!/usr/bin/env python3
"""Install into an empty prefix, move it, and build and run a project against it: with find_package and with
pkg-config, against the shared and against the static library. Then run the installed command.

usage: test_install.py CMAKE BUILD_FOLDER C_COMPILER [C_FLAG...]
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GRAPH = """class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        relu: "f32[2]" = torch.ops.aten.relu.default(x);  x = None
        return (relu,)
"""


def run(command, **options):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"failed ({result.returncode}): {' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


def expect_graph(output, what):
    if output != GRAPH:
        sys.exit(f"{what} printed\n{output}\ninstead of\n{GRAPH}")
    print(f"good: {what}")


def check_find_package(cmake, compiler, flags, prefix, folder):
    run([cmake, "-S", HERE, "-B", folder, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_C_COMPILER={compiler}",
         f"-DCMAKE_C_FLAGS={' '.join(flags)}"])
    run([cmake, "--build", folder])
    for name in ("consumer_shared", "consumer_static"):
        expect_graph(run([folder / name]), f"find_package, {name}")


def check_pkg_config(compiler, flags, prefix, folder):
    folder.mkdir()
    pc_folder = next(prefix.rglob("regraft.pc")).parent
    environment = {**os.environ, "PKG_CONFIG_PATH": str(pc_folder)}
    shared = run(["pkg-config", "--cflags", "--libs", "regraft"], env=environment).split()
    run([compiler, *flags, HERE / "main.c", *shared, "-o", folder / "shared"])
    environment["LD_LIBRARY_PATH"] = str(pc_folder.parent)
    expect_graph(run([folder / "shared"], env=environment), "pkg-config, shared")
    static = run(["pkg-config", "--cflags", "--static", "--libs", "regraft"], env=environment).split()
    static = ["-l:libregraft.a" if part == "-lregraft" else part for part in static]
    run([compiler, *flags, HERE / "main.c", *static, "-o", folder / "static"])
    expect_graph(run([folder / "static"]), "pkg-config, static")


def check_command(prefix):
    command = prefix / "bin" / "regraft"
    expect_graph(run([command, "fmt", "-"], input=GRAPH), "the installed command")
    pages = {path.name for path in (prefix / "share" / "man" / "man1").glob("*.1")}
    missing = {"regraft.1", "regraft-fmt.1", "regraft-opt.1"} - pages
    if missing:
        sys.exit(f"manual pages are missing: {sorted(missing)}")
    for path in ("share/bash-completion/completions/regraft", "share/regraft/rules"):
        if not (prefix / path).exists():
            sys.exit(f"{path} is missing")
    passes = run([command, "passes"])
    if "rms_quant" not in passes:
        sys.exit(f"the installed command does not know its passes:\n{passes}")
    print("good: pages, completion, rules, passes")


def main():
    cmake, build, compiler, flags = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4:]
    work = pathlib.Path(tempfile.mkdtemp(prefix="regraft-install-"))
    try:
        run([cmake, "--install", build, "--prefix", work / "first"])
        prefix = work / "moved here"  # nothing may depend on the place, nor on a name without spaces
        (work / "first").rename(prefix)
        check_find_package(cmake, compiler, flags, prefix, work / "cmake")
        plain = work / "moved"  # pkg-config's output cannot be split where a path has spaces
        prefix.rename(plain)
        check_pkg_config(compiler, flags, plain, work / "pkg-config")
        check_command(plain)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
