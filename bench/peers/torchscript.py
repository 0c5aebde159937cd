#!/usr/bin/env python3
"""TorchScript's subgraph rewriter, torch._C._jit_pass_custom_pattern_based_rewrite_graph, once for each rule.

Not charged: reading the graph; parsing the two texts of a rule, which the pass does each time (measured on a graph of
one node, and subtracted). Where nothing matches this is matching alone; otherwise rewriting is in it.
"""
import torch

import shared

REWRITE = torch._C._jit_pass_custom_pattern_based_rewrite_graph


def call(node):
    return f"%{node.name} : Tensor = bench::{node.op.replace('.', '_')}({', '.join('%' + read for read in node.reads)})"


def graph_text(inputs, nodes, result):
    lines = "".join(f"  {call(node)}\n" for node in nodes)
    return f"graph({', '.join(f'%{name} : Tensor' for name in inputs)}):\n{lines}  return (%{result})\n"


def rule_texts(rule):
    fused = shared.Node("fused", "fused", rule.inputs)
    return (graph_text(rule.inputs, rule.nodes, rule.nodes[-1].name),
            graph_text(rule.inputs, [fused], "fused"))


def parse(graph):
    calls = [node for node in graph if node.op not in ("placeholder", "output")]
    inputs = [node.name for node in graph if node.op == "placeholder"]
    return torch._C.parse_ir(graph_text(inputs, calls, graph[-1].reads[0]))


def rewrite(rules, graph):
    for pattern, replacement in rules:
        REWRITE(pattern, replacement, graph)


def measure(workload):
    rules = [rule_texts(rule) for rule in workload.rules]
    tiny = torch._C.parse_ir("graph(%x : Tensor):\n  %y : Tensor = bench::none(%x)\n  return (%y)\n")
    parsing = shared.samples(lambda: shared.timed(lambda: rewrite(rules, tiny)))
    loads, times, found = [], [], []

    def sample():
        graph = workload.graphs[len(times) % len(workload.graphs)]
        holder = []
        loads.append(shared.timed(lambda: holder.append(parse(graph))) / len(graph) * 1e9)
        seconds = shared.timed(lambda: rewrite(rules, holder[0]))
        times.append((seconds - sorted(parsing)[len(parsing) // 2]) / len(graph) * 1e9)
        if len(found) < len(workload.graphs):
            found.append(str(holder[0]).count("bench::fused("))
        return seconds

    shared.samples(sample, least=min(3, len(workload.graphs)))
    expected = [shared.reference_matches(graph, workload.rules, closed=True, distinct=True) for graph in workload.graphs[:len(found)]]
    counts = {"matches": sum(found), "expected": sum(expected)}
    return [shared.row("torchscript", workload, "match and rewrite", "ns/node", times, **counts),
            shared.row("torchscript", workload, "read", "ns/node", loads),
            shared.row("torchscript", workload, "parse rules", "us/rule",
                       [seconds / len(rules) * 1e6 for seconds in parsing])]


if __name__ == "__main__":
    shared.run("torchscript", measure)
