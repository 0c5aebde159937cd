#!/usr/bin/env python3
"""The command and what is around it: terminals, devices, links, rights, odd file names. Golden cases show the rest.

usage: test_surroundings.py COMMAND
"""
import json
import os
import pathlib
import pty
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest

COMMAND = str(pathlib.Path(sys.argv.pop(1)).resolve())
GOOD = 'class GraphModule(torch.nn.Module):\n    def forward(self, x: "f32[2]"):\n        return (x,)\n'
BAD = GOOD.replace("(x,)", "(y,)")


class Surroundings(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="regraft-surroundings-"))
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "good.py").write_text(GOOD)
        (self.folder / "bad.py").write_text(BAD)

    def run_command(self, *arguments, **options):
        return subprocess.run([COMMAND, *arguments], cwd=self.folder, capture_output=True, **options)

    def on_terminal(self, *arguments, **environment):
        """Standard error of a run whose standard error is a terminal."""
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            self.skipTest(f"no terminals here: {error}")
        clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
        process = subprocess.Popen([COMMAND, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=theirs, env={**clean, "TERM": "xterm", **environment})
        os.close(theirs)
        shown = b""
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
            if not chunk:
                break
            shown += chunk
        process.wait()
        os.close(ours)
        return shown

    def test_colour(self):
        self.assertIn(b"\x1b[1;31merror: \x1b[0m'y' is not defined", self.on_terminal("fmt", "bad.py"))

    def test_no_colour(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            shown = self.on_terminal("fmt", "bad.py", **environment)
            self.assertIn(b"error: 'y' is not defined", shown)
            self.assertNotIn(b"\x1b", shown)
        self.assertNotIn(b"\x1b", self.run_command("fmt", "bad.py").stderr)

    def test_colour_with_empty_no_color(self):
        self.assertIn(b"\x1b[", self.on_terminal("fmt", "bad.py", NO_COLOR=""))

    def slow_file(self):
        """A pipe that gives its graph after more than a second."""
        os.mkfifo(self.folder / "slow.py")

        def write():
            with open(self.folder / "slow.py", "w") as pipe:
                time.sleep(2.1)
                pipe.write(GOOD)

        writer = threading.Thread(target=write, daemon=True)  # waits for ever if nobody reads
        writer.start()
        self.addCleanup(writer.join, 10)

    def test_progress(self):
        self.slow_file()
        shown = self.on_terminal("fmt", "--check", "slow.py", "good.py")
        self.assertIn(b"1 of 2", shown)
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown)

    def test_no_progress_without_terminal(self):
        self.slow_file()
        result = self.run_command("fmt", "--check", "slow.py", "good.py")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))

    def test_control_characters_do_not_reach_the_terminal(self):
        (self.folder / "bad.py").write_bytes(BAD.replace("(y,)", "(\x1b]0;owned\x07,)").encode())
        shown = self.on_terminal("fmt", "bad.py", NO_COLOR="1")
        self.assertNotIn(b"\x1b", shown)
        self.assertNotIn(b"\x07", shown)

    def test_full_device(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([COMMAND, "fmt", "good.py"], cwd=self.folder, stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"cannot write to standard output", result.stderr)

    def test_output_on_full_device(self):
        result = self.run_command("opt", "good.py", "-o", "/dev/full")
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"/dev/full: cannot write", result.stderr)

    def test_device_stays_one(self):
        self.assertEqual(self.run_command("opt", "good.py", "-o", "/dev/null").returncode, 0)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))

    def test_link_stays_one(self):
        (self.folder / "target.py").write_text("old")
        (self.folder / "link.py").symlink_to("target.py")
        self.assertEqual(self.run_command("opt", "good.py", "-o", "link.py").returncode, 0)
        self.assertTrue((self.folder / "link.py").is_symlink())
        self.assertEqual((self.folder / "target.py").read_text(), GOOD)

    def test_rights(self):
        (self.folder / "old.py").write_text("old")
        (self.folder / "old.py").chmod(0o640)
        self.assertEqual(self.run_command("opt", "good.py", "-o", "old.py").returncode, 0)
        self.assertEqual((self.folder / "old.py").stat().st_mode & 0o777, 0o640)
        self.assertEqual(self.run_command("opt", "good.py", "-o", "new.py", umask=0o027).returncode, 0)
        self.assertEqual((self.folder / "new.py").stat().st_mode & 0o777, 0o640)

    def test_in_place(self):
        self.assertEqual(self.run_command("opt", "good.py", "-o", "good.py").returncode, 0)
        self.assertEqual((self.folder / "good.py").read_text(), GOOD)
        self.assertEqual(sorted(os.listdir(self.folder)), ["bad.py", "good.py"])

    def test_name_that_is_no_text(self):
        name = os.fsdecode(b"odd\xff.py")
        (self.folder / name).write_text(GOOD)
        result = self.run_command("fmt", "--check", "--json", name)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(result.stdout)[0]["file"], "odd\ufffd.py")

    def test_graph_that_is_a_pipe(self):
        result = self.run_command("diff", "good.py", "/dev/stdin", input=GOOD.encode())
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))

    def test_too_little_memory(self):
        """A graph larger than the memory allowed: a message and status 2, no crash."""
        line = '        relu_{0}: "f32[2]" = torch.ops.aten.relu.default(x)\n'
        body = "".join(line.format(i) for i in range(200_000))
        (self.folder / "large.py").write_text(GOOD.replace("        return", body + "        return"))
        result = subprocess.run(["/bin/sh", "-c", f'ulimit -v 60000; exec "$0" fmt large.py', COMMAND], cwd=self.folder,
                                capture_output=True)
        self.assertEqual((result.returncode, result.stdout), (2, b""), result.stderr[-300:])
        self.assertIn(b"out of memory", result.stderr)


if "asan" in COMMAND or "tsan" in COMMAND:
    del Surroundings.test_too_little_memory  # the sanitizers need address space of their own

if __name__ == "__main__":
    unittest.main()
