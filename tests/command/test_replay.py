#!/usr/bin/env python3
"""Dumps of a run can be replayed: `opt` makes of each `before` dump its `after` dump, byte for byte.

usage: test_replay.py COMMAND CORPUS
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
CORPUS = pathlib.Path(sys.argv.pop(2)).resolve() / "vllm"
COMMAND = str(pathlib.Path(sys.argv.pop(1)).resolve())
sys.path.insert(0, str(TESTS / "vllm"))
import models  # noqa: E402

CONFIG = {
    "optimization_level": 2,
    "custom_ops": ["+quant_fp8", "+rms_norm"],
    "pass_config": {"fuse_attn_quant": True, "enable_qk_norm_rope_fusion": True},
    "fused_add_rms_norm_priority": ["vllm_c", "native"],
    "hidden_size": 512,
    "model_dtype": "bfloat16",
}
ALL_REDUCE = {"tensor_parallel_size": 2, "device_capability": 90}
SEQUENCE_PARALLEL = {**ALL_REDUCE, "enable_sp": True, "fuse_gemm_comms": True, "sp_min_token_num": 1}
# Passes that may change a graph and count nothing.
UNCOUNTED = {"PostCleanupPass", "SequenceParallelismPass"}

# Graphs of the corpus of two layers, and models that the tests build: name, and what is configured besides.
RECORDED = [(name, {}) for name in (
    "llama-group", "llama-static", "llama-static-eps7", "llama-static-exactview", "llama-static-kvdep", "llama-static-T16",
    "llama-token", "qwen3-bf16")]
RECORDED += [("llama-static", {"compatible": True}), ("llama-tp2", ALL_REDUCE), ("llama-tp2-static", ALL_REDUCE),
             ("llama-tp2-sp", SEQUENCE_PARALLEL)]
BUILT = [("deepseek", {"quant": "static", "devices": 2}, ALL_REDUCE), ("deepseek", {"quant": "fp4", "tokens": 128}, {}),
         ("llama", {"quant": "static", "devices": 2, "moe": True, "embeds": False}, SEQUENCE_PARALLEL),
         ("qwen3", {"quant": "group", "devices": 2}, SEQUENCE_PARALLEL)]


class Replay(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="regraft-replay-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_command(self, *arguments):
        done = subprocess.run([COMMAND, *map(str, arguments)], cwd=self.folder, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def check_replay(self, graph, config):
        """A run of everything that is configured, and each of its passes alone on what that pass was given."""
        (self.folder / "config.json").write_text(json.dumps({**CONFIG, **config}))
        dumps, output = self.folder / "dumps", self.folder / "output.py"
        shutil.rmtree(dumps, ignore_errors=True)
        self.run_command("opt", graph, "--passes", "vllm", "--config", "@config.json", "--dump-dir", dumps, "-o", output,
                         "--matches", "report.json")
        report = json.loads((self.folder / "report.json").read_text())
        counts = {entry["pass"]: entry["matched"] for entry in report["passes"]}
        before = sorted(dumps.glob("post_grad.*.before.py"), key=lambda path: int(path.name.split(".")[1]))
        self.assertGreater(len(before), 5)
        for path in before:
            after = path.with_name(path.name.replace(".before.", ".after."))
            _, _, *outer, dump_name, _, _ = path.name.split(".")  # a sweep inside a pass has both names
            if not outer and counts[self.names[dump_name]] == 0 and dump_name not in UNCOUNTED:
                self.assertEqual(path.read_text(), after.read_text(), "a pass that finds nothing changes nothing")
            replayed = self.run_command("opt", path, "--passes", self.names[dump_name], "--config", "@config.json")
            self.assertEqual(replayed.decode(), after.read_text(), path)
        self.assertEqual(after.read_text(), output.read_text())

    def test_each_pass_of_vllms_manager(self):
        self.names = {entry["dump_name"]: entry["name"] for entry in json.loads(self.run_command("passes", "--json"))}
        for name, config in RECORDED:
            with self.subTest(graph=name):
                self.check_replay(CORPUS / name / "0.input.py", config)
        for kind, fields, config in BUILT:
            with self.subTest(kind=kind, **fields):
                graph = self.folder / "graph.py"
                graph.write_text(models.build(kind, **fields))
                self.check_replay(graph, config)


if __name__ == "__main__":
    unittest.main()
