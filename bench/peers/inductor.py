#!/usr/bin/env python3
"""torch._inductor.pattern_matcher: one PatternMatcherPass with a CallFunction pattern and a counting handler per rule.

Not charged: building the graph and the patterns. The pass has been applied to the graph before: the first time it numbers
mutation regions. Matching only: the handler edits nothing. Measured with Python's garbage collector as it is, and
switched off over a frozen heap.
"""
import functools
import gc
import itertools

import torch
from torch._inductor.pattern_matcher import CallFunction, KeywordArg, PatternMatcherPass, register_graph_pattern

import shared

GRAPHS = 4  # of each workload


def operator(name):
    return functools.reduce(getattr, name.split("."), torch.ops)


def build_graph(nodes):
    graph = torch.fx.Graph()
    made = {}
    for node in nodes:
        if node.op == "placeholder":
            made[node.name] = graph.placeholder(node.name)
        elif node.op == "output":
            graph.output(made[node.reads[0]])
        else:
            made[node.name] = graph.call_function(operator(node.op), tuple(made[read] for read in node.reads))
    return torch.fx.GraphModule(torch.nn.Module(), graph)


def build_pattern(rule):
    parts = {name: KeywordArg(name) for name in rule.inputs}
    users = shared.inner_users(rule)
    for node in rule.nodes:
        parts[node.name] = CallFunction(operator(node.op), *(parts[read] for read in node.reads),
                                        _users=users[node.name] or 1)
    return parts[rule.nodes[-1].name]


def build_pass(rules):
    passes, found = PatternMatcherPass(pass_name="bench"), [0]

    def count(match, **captured):
        found[0] += 1

    for rule in rules:
        register_graph_pattern(build_pattern(rule), pass_dict=passes)(count)
    return passes, found


def measure(workload):
    passes, found = build_pass(workload.rules)
    graphs = [build_graph(graph) for graph in workload.graphs[:GRAPHS]]
    for graph in graphs:
        passes.apply(graph)
    counts = {"matches": found[0],
              "expected": sum(shared.reference_matches(graph, workload.rules, closed=True)
                              for graph in workload.graphs[:GRAPHS])}

    turn = itertools.cycle(graphs)

    def sample():
        return shared.timed(lambda: passes.apply(next(turn)))

    def per_node(seconds):
        return seconds / workload.node_count * 1e9

    rows = [shared.row("inductor", workload, "match", "ns/node", map(per_node, shared.samples(sample)), **counts)]
    gc.collect()
    gc.freeze()
    gc.disable()
    rows.append(shared.row("inductor", workload, "match, gc off", "ns/node", map(per_node, shared.samples(sample)),
                           **counts))
    gc.enable()
    gc.unfreeze()
    return rows


if __name__ == "__main__":
    shared.run("inductor", measure)
