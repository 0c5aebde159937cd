"""The workloads that several engines are measured on (bench/shared.c), and how a figure is taken and written down.

A workload is a folder: rules.py, a rule file, and graph00.py, graph01.py, ..., printed graphs. Arguments are nodes,
nothing else; a pattern has one result. Each script beside this one measures one engine on all of them:

    SCRIPT FOLDER OUT.json REGRAFT_BENCH

Right before an engine, regraft is measured on the same files, since clocks drift: only figures of one row compare.
"""
import ast
import json
import pathlib
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, namedtuple

# A node: its name, the op ("aten.mul.Tensor", "placeholder", "output"), and the names of what it reads.
Node = namedtuple("Node", "name op reads")
# `nodes` are the pattern's calls in order, the root last.
Rule = namedtuple("Rule", "name inputs nodes")

STATEMENT = re.compile(r'^ +(\w+)(?:: "[^"]*")? = torch\.ops\.([\w.]+)\(([^)]*)\)', re.MULTILINE)
PARAMETER = re.compile(r'(\w+): "')


def names(text):
    return [name.strip() for name in text.split(",") if name.strip()]


def read_graph(path):
    text = path.read_text()
    signature = re.search(r"def forward\((.*?)\):\n", text, re.DOTALL).group(1)
    nodes = [Node(name, "placeholder", []) for name in PARAMETER.findall(signature)]
    nodes += [Node(name, op, names(reads)) for name, op, reads in STATEMENT.findall(text)]
    returned = re.search(r"^ +return (.*)$", text, re.MULTILINE).group(1)
    return nodes + [Node("output", "output", names(returned.strip("()")))]


def read_rules(path):
    rules = []
    for definition in ast.parse(path.read_text()).body:
        if not isinstance(definition, ast.ClassDef) or definition.bases[0].id != "Rule":
            continue
        pattern = next(part for part in definition.body if isinstance(part, ast.FunctionDef) and part.name == "pattern")
        nodes = []
        for statement in pattern.body[:-1]:
            op = ast.unparse(statement.value.func).removeprefix("torch.ops.")
            nodes.append(Node(statement.targets[0].id, op, [argument.id for argument in statement.value.args]))
        assert pattern.body[-1].value.id == nodes[-1].name, "the root is the last node"
        rules.append(Rule(definition.name, [argument.arg for argument in pattern.args.args], nodes))
    return rules


class Workload:
    def __init__(self, folder):
        self.name = folder.name
        self.graph_files = sorted(folder.glob("graph*.py"))
        self.rule_file = folder / "rules.py"
        self.graphs = [read_graph(path) for path in self.graph_files]
        self.rules = read_rules(self.rule_file)
        self.node_count = statistics.mean(len(graph) for graph in self.graphs)


def inner_users(rule):
    """How many nodes of the pattern read each of its nodes."""
    return Counter(read for node in rule.nodes for read in set(node.reads))


def reference_matches(graph, rules, closed, distinct=False):
    """Count matches the slow way. `closed`: what a match computes inside is not read outside. `distinct`: two nodes of
    the pattern are two nodes of the graph, and no input is one of them."""
    by_name = {node.name: node for node in graph}
    users = Counter(read for node in graph for read in set(node.reads))
    count = 0
    for rule in rules:
        pattern = {node.name: node for node in rule.nodes}
        wanted = inner_users(rule)

        def agree(name, value, bound):
            if name in bound:
                return bound[name] == value
            bound[name] = value
            if name not in pattern:
                return True
            part, node = pattern[name], by_name[value]
            return (part.op == node.op and len(part.reads) == len(node.reads)
                    and all(agree(a, b, bound) for a, b in zip(part.reads, node.reads)))

        root = rule.nodes[-1]
        for node in graph:
            bound = {}
            if node.op != root.op or not agree(root.name, node.name, bound):
                continue
            inner = [bound[part.name] for part in rule.nodes[:-1]]
            inputs = {bound[name] for name in rule.inputs}
            if distinct and len(inputs.union(inner)) < len(inputs) + len(inner):
                continue
            count += not closed or all(users[value] == wanted[part.name] for part, value in zip(rule.nodes, inner))
    return count


# ---- figures ----

def timed(function):
    """Seconds that this thread has computed for: regraft's figures are that too, since the machine may be shared."""
    start = time.thread_time()
    function()
    return time.thread_time() - start


def samples(function, budget=4.0, least=3, most=31):
    """Times of one call each: at least `least`, as many as the budget of seconds allows."""
    taken = []
    while len(taken) < least or (len(taken) < most and sum(taken) < budget):
        taken.append(function())
    return taken


def row(engine, workload, phase, unit, times, **more):
    times = sorted(times)
    return {"engine": engine, "workload": workload.name, "nodes": round(workload.node_count),
            "rules": len(workload.rules), "phase": phase, "unit": unit, "p50": statistics.median(times),
            "p99": times[(len(times) * 99 - 1) // 100], "samples": len(times), **more}


def ours(workload, program, scratch):
    """regraft's rows for the same files."""
    files = [str(path) for path in workload.graph_files]
    subprocess.run([program, "--shared", str(workload.rule_file), "--json", str(scratch), *files], check=True,
                   stdout=subprocess.DEVNULL)
    rows = json.loads(scratch.read_text())
    expected = sum(reference_matches(graph, workload.rules, closed=True, distinct=True) for graph in workload.graphs)
    for at in rows:
        at.update(workload=workload.name, expected=expected)
    return rows


def run(engine, measure):
    """Measure an engine on every workload: `measure` gives its rows. Nothing is written if it cannot be had."""
    folder, out, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    rows = []
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            continue
        workload = Workload(path)
        rows += [{**at, "beside": engine} for at in ours(workload, program, out)]
        found = measure(workload)
        for at in found:
            print(f"{engine:28} {workload.name:26} {at['phase']:18} {at['p50']:12.1f} {at['p99']:12.1f}  {at['unit']}",
                  flush=True)
        rows += found
    out.write_text(json.dumps(rows, indent=1) + "\n")
