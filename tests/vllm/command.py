"""Running the command on graphs that tests have built."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

CALL = re.compile(r"^ +[\w]+(?:: \"[^\"]*\")? = torch\.ops\.(\S+?)\(", re.MULTILINE)
FUNCTIONALIZED = re.compile(r"torch\.ops\.higher_order\.auto_functionalized\(torch\.ops\.([\w.]+)")


def count_ops(text):
    """How often each op is called, functionalised or not: as vLLM's tests count."""
    counts = {}
    for op in CALL.findall(text) + FUNCTIONALIZED.findall(text):
        counts[op] = counts.get(op, 0) + 1
    return counts


def settings(config):
    """Configuration as arguments."""
    arguments = []
    for key, value in config.items():
        text = json.dumps(value) if isinstance(value, (list, dict)) else str(value).lower() \
            if isinstance(value, bool) else str(value)
        arguments += ["--config", f"{key}={text}"]
    return arguments


class Run:
    """What came of one run."""

    def __init__(self, text, log, report):
        self.text, self.log, self.ops = text, log, count_ops(text)
        self.matches = report["matches"]
        self.counts = {}
        for entry in report["passes"]:
            self.counts.setdefault(entry["pass"], entry["matched"])


class CommandTest(unittest.TestCase):
    """`command` is set by run()."""

    command = None
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="regraft-vllm-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def regraft(self, *arguments, good=(0,)):
        done = subprocess.run([self.command, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)
        self.assertIn(done.returncode, good, done.stdout[-2000:] + done.stderr[-2000:])
        return done

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def optimise(self, graph, passes, *more, **config):
        """Run passes over a graph's text. `more` are further options."""
        source = self.write("graph.py", graph)
        report = self.folder / "report.json"
        done = self.regraft("opt", "-v", source, "--passes", passes, "--matches", report, *settings(config), *more)
        return Run(done.stdout, done.stderr, json.loads(report.read_text()))

    def check_types(self, graph, unknown=()):
        """regraft infers the types that are written; it knows none for calls of the ops `unknown`."""
        done = self.regraft("infer", "--json", self.write("graph.py", graph), good=(0, 1))
        for node in json.loads(done.stdout)["files"][0]["nodes"]:
            if not any(f"torch.ops.{op}(" in node["statement"] for op in unknown):
                self.assertEqual(node["result"], "agrees", node)

    def check_equivalent(self, before, after, *more):
        """Both compute the same on random inputs."""
        self.regraft("verify", self.write("before.py", before), self.write("after.py", after), *more)


def run(arguments):
    """Run the tests of the calling script: SCRIPT COMMAND [unittest's arguments]."""
    CommandTest.command = str(pathlib.Path(arguments[1]).resolve())
    unittest.main(module="__main__", argv=[arguments[0], *arguments[2:]])
