#!/usr/bin/env python3
"""The checks are checked: small trees with one fault each must be refused, with the fault named, and a good one accepted.
The golden runner likewise: it must notice wrong expectations, changed inputs, unexpected files and strays.
"""
import contextlib
import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
sys.dont_write_bytecode = True

import check_instructions  # noqa: E402  (found through the line above)

GOOD = {
    "src/LAYERS": "base:\nir: base\ncli:\n",
    "src/base/memory.h": "#include <regraft/base.h>\n",
    "src/base/memory.c": '#include "base/memory.h"\n\nint rg__memory(void)\n{\n    return 1;\n}\n',
    "src/ir/graph.c": '#include "base/memory.h"\n\nint rg_graph_size(void)\n{\n    return 1;\n}\n',
    "src/cli/main.c": '#include <regraft/base.h>\n\nint main(void)\n{\n    return 0;\n}\n',
    "include/regraft/base.h": "#include <stddef.h>\n\n/* The size. */\nRG_API int rg_graph_size(void);\n",
    "tests/test.c": "int main(void)\n{\n    return rg_graph_size();\n}\n",
    "README.md": "[license](LICENSE)\n",
    "LICENSE": "\n",
}


class Tree(unittest.TestCase):
    """A temporary tree that holds the scripts and GOOD, with changes."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="regraft-checks-"))
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "scripts", self.folder / "scripts")
        for folder in ("doc", "rules", "examples"):
            (self.folder / folder).mkdir()
        for path, text in GOOD.items():
            self.write(path, text)

    def write(self, path, text):
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text)

    def run_check(self, script):
        return subprocess.run([sys.executable, self.folder / "scripts" / script], capture_output=True, text=True)

    def refused(self, script, message):
        result = self.run_check(script)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(message, result.stdout)


class Checks(Tree):
    def test_good_tree(self):
        for script in ("check_layers.py", "check_names.py", "check_docs.py"):
            result = self.run_check(script)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_upward_include(self):
        self.write("src/base/up.c", '#include "ir/graph_impl.h"\n')
        self.write("src/ir/graph_impl.h", "")
        self.refused("check_layers.py", "src/base/up.c:1: base may not include ir/graph_impl.h")

    def test_command_includes_library(self):
        self.write("src/cli/command.c", '#include "base/memory.h"\n')
        self.refused("check_layers.py", "cli may not include base/memory.h")

    def test_include_without_room(self):
        self.write("src/ir/near.c", '#include "memory.h"\n')
        self.refused("check_layers.py", '"memory.h" is no path below src/')

    def test_foreign_library(self):
        self.write("src/ir/json.c", "#include <jansson.h>\n")
        self.refused("check_layers.py", "<jansson.h> is not for ir")

    def test_public_header_includes_private(self):
        self.write("include/regraft/graph.h", '#include "base/memory.h"\n')
        self.refused("check_layers.py", "a public header includes base/memory.h")

    def test_cyclic_law(self):
        self.write("src/LAYERS", "base: ir\nir: base\ncli:\n")
        self.refused("check_layers.py", "src/LAYERS:1: base names ir")

    def test_room_unknown_to_law(self):
        self.write("src/extra/file.c", "")
        self.refused("check_layers.py", "the room extra is missing")

    def test_stem_taken(self):
        self.write("src/ir/memory.c", "")
        self.refused("check_names.py", "the name memory is taken by src/base/memory.c")

    def test_long_function(self):
        body = "    step();\n" * 61
        self.write("src/ir/long.c", f"static void long_one(void)\n{{\n{body}}}\n")
        self.refused("check_names.py", "src/ir/long.c:1: long_one has 61 lines")
        self.write("src/ir/long.c", "/* NOLINTNEXTLINE(readability-function-size): one case per token */\n"
                                    f"static void long_one(void)\n{{\n{body}}}\n")
        self.assertEqual(self.run_check("check_names.py").returncode, 0)
        self.write("src/ir/long.c", "/* NOLINTNEXTLINE(readability-function-size) */\n"
                                    f"static void long_one(void)\n{{\n{body}}}\n")
        self.refused("check_names.py", "long_one has 61 lines")

    def test_long_file(self):
        self.write("src/ir/long.c", "int x;\n" * 801)
        self.refused("check_names.py", "src/ir/long.c:801: 801 lines; split files over 800")

    def test_long_file_outside_the_library(self):
        for path in ("tests/unit/long.c", "scripts/long.py", "bench/long.c", "rules/inductor/long.py", "fuzz/long.sh"):
            self.write(path, "\n" * 801)
            self.refused("check_names.py", f"{path}:801: 801 lines; split files over 800")
            (self.folder / path).unlink()
        self.write("tests/data/long.py", "\n" * 801)
        self.assertEqual(self.run_check("check_names.py").returncode, 0)

    def test_missing_prefix(self):
        self.write("src/ir/more.c", "int helper(void)\n{\n    return 1;\n}\n")
        self.refused("check_names.py", "helper is visible to other files")

    def test_prefix_on_static(self):
        self.write("src/ir/more.c", "static int rg_helper(void)\n{\n    return 1;\n}\n")
        self.refused("check_names.py", "rg_helper cannot be linked to from outside")

    def test_public_name_not_declared(self):
        self.write("src/ir/more.c", "int rg_graph_more(void)\n{\n    return 1;\n}\n")
        self.refused("check_names.py", "rg_graph_more is no public function")

    def test_internal_name_exported(self):
        self.write("include/regraft/more.h", "/* More. */\nRG_API int rg__more(void);\n")
        self.refused("check_names.py", "rg__more is internal")

    def test_undocumented(self):
        self.write("include/regraft/base.h", "RG_API int rg_graph_size(void);\n")
        self.refused("check_docs.py", "rg_graph_size has no comment")

    def test_untested(self):
        self.write("tests/test.c", "/* rg_graph_size() in a comment is no test */\n")
        self.refused("check_docs.py", "rg_graph_size is called by no test")

    def test_broken_link(self):
        self.write("README.md", "[away](doc/away.md)\n")
        self.refused("check_docs.py", "README.md:1: link to doc/away.md, which does not exist")


# Stands in for the command: does what its first argument is a script for.
ECHO = "#!/bin/sh\neval \"$1\"\n"


class Golden(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="regraft-golden-"))
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "golden" / "area").mkdir(parents=True)
        shutil.copy(ROOT / "tests" / "run_golden.py", self.folder)
        (self.folder / "command").write_text(ECHO)
        (self.folder / "command").chmod(0o755)

    def run_case(self, text, *options, name="case.test"):
        path = self.folder / "golden" / "area" / name
        path.write_text(text)
        result = subprocess.run([sys.executable, self.folder / "run_golden.py", "--command", self.folder / "command",
                                 "--corpus", "/nowhere", *options], capture_output=True, text=True)
        return result.returncode, result.stdout + result.stderr, path.read_text()

    def test_right_expectation(self):
        self.assertEqual(self.run_case("$ regraft 'echo a'\n--- stdout\na\n")[0], 0)

    def test_wrong_expectation(self):
        status, output, _ = self.run_case("$ regraft 'echo a'\n--- stdout\nb\n")
        self.assertEqual(status, 1)
        self.assertIn("-b\n+a\n", output)

    def test_wrong_status(self):
        self.assertEqual(self.run_case("$ regraft 'exit 1'\n")[0], 1)
        self.assertEqual(self.run_case("$ regraft 'exit 1'\n--- exit 1\n")[0], 0)

    def test_unexpected_file(self):
        self.assertEqual(self.run_case("$ regraft 'echo a >b'\n")[0], 1)
        self.assertEqual(self.run_case("$ regraft 'echo a >b'\n--- created b\na\n")[0], 0)

    def test_changed_input(self):
        status, output, _ = self.run_case("$ regraft 'echo a >b'\n--- file b\nb\n")
        self.assertEqual(status, 1)
        self.assertIn("changed or removed its input b", output)

    def test_times_are_masked(self):
        self.assertEqual(self.run_case("$ regraft 'echo a 1.25 ms'\n--- stdout\na # ms\n")[0], 0)

    def test_escapes(self):
        case = "$ regraft 'cat b'\n--- file b escaped\na\\x00\\xff\\\\\\n\nb\n--- stdout escaped\na\\x00\\xff\\\\\\n\nb\n"
        self.assertEqual(self.run_case(case)[0], 0)

    def test_standard_input(self):
        self.assertEqual(self.run_case("$ regraft cat\n--- stdin\na\n--- stdout\na\n")[0], 0)

    def test_update(self):
        _, _, text = self.run_case("# Why.\n$ regraft 'echo a; echo b >&2; exit 2'\n", "--update")
        self.assertEqual(text, "# Why.\n$ regraft 'echo a; echo b >&2; exit 2'\n--- stdout\na\n--- stderr\nb\n--- exit 2\n")

    def test_stray_file(self):
        status, output, _ = self.run_case("", name="case.txt")
        self.assertEqual(status, 1)
        self.assertIn("nothing uses it", output)

    def test_no_command(self):
        self.assertEqual(self.run_case("# nothing\n")[0], 1)


class Instructions(unittest.TestCase):
    """What check_instructions.py makes of counts."""

    def compare(self, wanted, counts):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            return check_instructions.compare(wanted, counts), output.getvalue()

    def test_within_tolerance(self):
        self.assertEqual(self.compare({"read": 1000}, {"read": 1029})[0], 0)

    def test_too_many(self):
        wrong, output = self.compare({"read": 1000, "print": 10}, {"read": 1050, "print": 10})
        self.assertEqual(wrong, 1)
        self.assertIn("TOO MANY: +5.0 %", output)

    def test_fewer_is_no_error(self):
        wrong, output = self.compare({"read": 1000}, {"read": 500})
        self.assertEqual(wrong, 0)
        self.assertIn("fewer: -50.0 %", output)

    def test_paths_come_and_go(self):
        self.assertEqual(self.compare({"read": 1000}, {"print": 1000})[0], 2)


if __name__ == "__main__":
    unittest.main()
