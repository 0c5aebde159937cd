#!/usr/bin/env python3
"""MLIR's PDL: mlir-opt-16 -test-pdl-bytecode-pass, each rule a pdl.pattern. REGRAFT_BENCH_MLIR_OPT names the program.

The pass compiles the patterns and then matches. The graph is given once and 8 times over: the slope is matching, what is
left is compiling the rules. Not charged: starting the program, reading and printing; what it computes without the pass is
subtracted (-mlir-timing would tell the time of day, which means little on a shared machine). PDL has no use counts: it
also takes matches whose inner values are read outside. Where something matches, rewriting is in the time.
"""
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

import shared

MANY = 8
PROGRAM = os.environ.get("REGRAFT_BENCH_MLIR_OPT", "mlir-opt-16")


def environment(program):
    """Debian's package may be unpacked anywhere; then its libraries stand beside it."""
    libraries = sorted({str(path.parent) for path in pathlib.Path(program).parents[2].glob("usr/lib/**/libLLVM-16.so*")}
                       if "/" in program else [])
    return {**os.environ, "LD_LIBRARY_PATH": ":".join([*libraries, os.environ.get("LD_LIBRARY_PATH", "")])}


ENVIRONMENT = environment(PROGRAM)


def operation(node, result, values):
    types = ", ".join("i32" for _ in node.reads)
    return f'    {result} = "bench.{node.op.replace(".", "_")}"({", ".join(values)}) : ({types}) -> i32\n'


def graph_text(graph, copies):
    lines = []
    for copy in range(copies):
        for node in graph:
            values = [f"%{read}_c{copy}" for read in node.reads]
            if node.op == "output":
                lines.append(f'    "bench.output"({values[0]}) : (i32) -> ()\n')
            else:
                lines.append(operation(node, f"%{node.name}_c{copy}", values))
    return f"  module @ir attributes {{ test.graph }} {{\n{''.join(lines)}  }}\n"


def rule_text(rule):
    lines = [f"    %{name} = pdl.operand\n" for name in rule.inputs] + ["    %type = pdl.type\n"]

    def create(name, op, reads):
        types = ", ".join("!pdl.value" for _ in reads)
        values = ", ".join(f"%{read}" for read in reads)
        return f'%{name} = pdl.operation "bench.{op.replace(".", "_")}"({values} : {types}) -> (%type : !pdl.type)\n'

    for node in rule.nodes:
        lines.append("    " + create(node.name + "_op", node.op, node.reads))
        lines.append(f"    %{node.name} = pdl.result 0 of %{node.name}_op\n")
    root = rule.nodes[-1].name + "_op"
    lines.append(f"    pdl.rewrite %{root} {{\n      {create('fused', 'fused', rule.inputs)}"
                 f"      pdl.replace %{root} with %fused\n    }}\n")
    return f"  pdl.pattern @{rule.name} : benefit({len(rule.nodes)}) {{\n{''.join(lines)}  }}\n"


def run(path, *options):
    """Seconds that a run of the program has computed for, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([PROGRAM, "-allow-unregistered-dialect", "-mlir-disable-threading", *options, str(path)],
                          capture_output=True, text=True, check=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def pass_seconds(path):
    """With the pass less without: starting, reading and printing are in both."""
    return run(path, "-test-pdl-bytecode-pass")[0] - run(path)[0]


def measure(workload):
    rules = "module @patterns {\n" + "".join(rule_text(rule) for rule in workload.rules) + "}\n"
    graph = workload.graphs[0]
    seconds = {1: [], MANY: []}
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for copies in seconds:
            files[copies] = pathlib.Path(folder) / f"{copies}.mlir"
            files[copies].write_text(rules + graph_text(graph, copies))
        printed = run(files[1], "-test-pdl-bytecode-pass")[1]

        def sample():
            for copies, times in seconds.items():
                times.append(pass_seconds(files[copies]))
            return 2 * sum(times[-1] for times in seconds.values())

        shared.samples(sample, least=9)
    one, many = statistics.median(seconds[1]), statistics.median(seconds[MANY])
    slope = (many - one) / (MANY - 1)
    counts = {"matches": printed.count('"bench.fused"'),
              "expected": shared.reference_matches(graph, workload.rules, closed=False)}
    return [shared.row("mlir-pdl", workload, "match", "ns/node", [slope / len(graph) * 1e9], **counts),
            shared.row("mlir-pdl", workload, "compile", "us/rule", [max(0, one - slope) / len(workload.rules) * 1e6]),
            shared.row("mlir-pdl", workload, "whole pass", "us", [time * 1e6 for time in seconds[1]])]


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        subprocess.run([PROGRAM, "--version"], check=True, env=ENVIRONMENT)
    else:
        shared.run("mlir-pdl", measure)
