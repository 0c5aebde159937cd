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

CORPUS = pathlib.Path(sys.argv.pop(2)).resolve() / "vllm"
COMMAND = str(pathlib.Path(sys.argv.pop(1)).resolve())
MODELS = ("llama-static", "llama-group", "llama-token", "llama-static-T16", "llama-tp2-static", "qwen3-bf16")
CONFIG = {
    "optimization_level": 2,
    "custom_ops": ["+quant_fp8", "+rms_norm"],
    "pass_config": {"fuse_attn_quant": True, "enable_qk_norm_rope_fusion": True},
    "fused_add_rms_norm_priority": ["vllm_c", "native"],
}


class Replay(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="regraft-replay-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_command(self, *arguments):
        done = subprocess.run([COMMAND, *map(str, arguments)], cwd=self.folder, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def test_each_pass_of_vllms_manager(self):
        (self.folder / "config.json").write_text(json.dumps(CONFIG))
        names = {entry["dump_name"]: entry["name"] for entry in json.loads(self.run_command("passes", "--json"))}
        for model in MODELS:
            dumps = self.folder / model
            output = self.folder / f"{model}.py"
            self.run_command("opt", CORPUS / model / "0.input.py", "--passes", "vllm", "--config", "@config.json",
                             "--dump-dir", dumps, "-o", output)
            before = sorted(dumps.glob("post_grad.*.before.py"), key=lambda path: int(path.name.split(".")[1]))
            self.assertGreater(len(before), 5)
            for path in before:
                after = path.with_name(path.name.replace(".before.", ".after."))
                replayed = self.run_command("opt", path, "--passes", names[path.name.split(".")[2]],
                                            "--config", "@config.json")
                self.assertEqual(replayed.decode(), after.read_text(), path)
            self.assertEqual(after.read_text(), output.read_text())


if __name__ == "__main__":
    unittest.main()
