#!/usr/bin/env python3
"""Count the instructions of the hot paths (bench/hot_paths.c) under callgrind and compare with bench/instructions.json.

A path that takes more instructions than the file says, beyond a tolerance, is an error. Counts hold for one compiler
and C library; with others the comparison is left out, and says so. The inputs, the flags and the routines that the C
library chooses by processor are fixed, so that the counts are those of any x86-64 machine.

usage: check_instructions.py [--update] [--build FOLDER]
  --update        write the counts of this machine to bench/instructions.json
  --build FOLDER  where regraft_hot_paths was built (CMake's preset "instructions"); default build/instructions
"""
import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "bench/instructions.json"
GRAPHS = ("models/llama8b-bf16-eager/post.before.py", "vllm/llama-group-32/0.input.py")
TOLERANCE_PERCENT = 3

# The C library otherwise chooses memcpy and its like, and the size from which it bypasses the caches, by processor.
TUNABLES = ("glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX,-BMI2,-ERMS,-FSRM,-Prefer_No_VZEROUPPER:"
            "glibc.cpu.x86_non_temporal_threshold=0xc0000:glibc.cpu.x86_rep_movsb_threshold=0x2000")


def machine(build):
    """What the counts depend on."""
    cache = (build / "CMakeCache.txt").read_text()
    compiler = re.search(r"^CMAKE_C_COMPILER:\w+=(.*)$", cache, re.MULTILINE).group(1)
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    name = version.splitlines()[0].partition(" ")[2]  # without the name that it was called by: cc, gcc-12
    return {"compiler": name, "libc": " ".join(platform.libc_ver()), "machine": platform.machine()}


def count(build):
    """Instructions by name of the path."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = pathlib.Path(folder) / "corpus"
        corpus.mkdir()
        subprocess.run(["cmake", "-E", "tar", "xf", str(ROOT / "tests/data/corpus.tar.xz"), *GRAPHS], cwd=corpus,
                       check=True)  # tar itself would need xz
        dump = pathlib.Path(folder) / "counts"
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--toggle-collect=measured_path", "--dump-after=measured_path",
             f"--callgrind-out-file={dump}", str(build / "bench/regraft_hot_paths"),
             *(str(corpus / name) for name in GRAPHS)],
            capture_output=True, text=True, cwd=ROOT, env={"PATH": os.environ["PATH"], "GLIBC_TUNABLES": TUNABLES})
        if done.returncode != 0:
            sys.exit(f"check_instructions.py: regraft_hot_paths failed under valgrind\n{done.stderr}")
        counts = {}
        for number, name in enumerate(done.stdout.splitlines(), start=1):
            text = dump.with_name(f"{dump.name}.{number}").read_text()
            counts[name] = int(re.search(r"^totals: (\d+)$", text, re.MULTILINE).group(1))
        return counts


def compare(wanted, counts):
    """Print a line for each path; gives how many are wrong."""
    wrong = 0
    for name in sorted(wanted.keys() | counts.keys()):
        before, now = wanted.get(name), counts.get(name)
        if before is None or now is None:
            print(f"{name}: {'not in bench/instructions.json' if before is None else 'is gone'}")
            wrong += 1
            continue
        change = (now - before) / before * 100
        verdict = ""
        if change > TOLERANCE_PERCENT:
            verdict = f"  TOO MANY: {change:+.1f} %, at most +{TOLERANCE_PERCENT} % are allowed"
            wrong += 1
        elif change < -TOLERANCE_PERCENT:
            verdict = f"  fewer: {change:+.1f} %; --update keeps it so"
        print(f"{name:28} {now:13,} (was {before:13,}){verdict}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/instructions")
    options = parser.parse_args()
    here = machine(options.build)
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if not options.update:
        different = [f"{key} {value} and not {baseline.get(key)}" for key, value in here.items()
                     if baseline.get(key) != value]
        if different:
            print(f"instructions: not compared, bench/instructions.json is of another machine: {'; '.join(different)}")
            return
    counts = count(options.build)
    if options.update:
        BASELINE.write_text(json.dumps({**here, "paths": counts}, indent=2) + "\n")
        print(f"wrote {BASELINE.relative_to(ROOT)}")
        return
    wrong = compare(baseline["paths"], counts)
    if wrong:
        sys.exit(f"instructions: {wrong} of {len(counts)} paths have become more expensive or are not known. If that is "
                 "the price of something wanted, run `make instructions UPDATE=--update` and say why in the commit")
    print(f"instructions: all {len(counts)} paths within {TOLERANCE_PERCENT} %")


if __name__ == "__main__":
    main()
