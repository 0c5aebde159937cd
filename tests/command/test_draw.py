#!/usr/bin/env python3
"""Pages of `regraft draw` and `regraft opt --report`: well-formed, complete, the same on every run, harmless whatever the
graph holds, usable without Graphviz, and alive in a browser.

usage: test_draw.py COMMAND CORPUS

What needs Graphviz or Chromium is skipped, in so many words, where they are not installed (scripts/setup.sh test pictures).
"""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

COMMAND, CORPUS = sys.argv[1:3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HAS_DOT = shutil.which("dot") is not None
VOID = {"meta", "input", "br", "img", "link", "hr"}
PAYLOAD = "</code></script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> & \\N"
LLAMA = f"{CORPUS}/vllm/llama-static-32/0.input.py"
PASSES = "noop,rms_quant,act_quant,attn_quant,cleanup"


class Page(html.parser.HTMLParser):
    """What a page holds; complains about tags that are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.rows = {}  # id: attributes
        self.ids = set()
        self.tags = []
        self.cells = []
        self.problems = []
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append((tag, values))
        if "id" in values:
            if values["id"] in self.ids:
                self.problems.append(f"two elements are {values['id']}")
            self.ids.add(values["id"])
        if tag == "li" and "data-n" in values:
            self.rows[values["id"]] = values
        for name in values:
            if name.startswith("on"):
                self.problems.append(f"{tag} has {name}")
        for name in ("src", "href", "xlink:href"):
            if not values.get(name, "#").startswith("#"):
                self.problems.append(f"{tag} loads {values[name]}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()} closes nothing")

    def handle_data(self, data):
        if self.open and self.open[-1] == "td":
            self.cells.append(data)

    def count(self, tag):
        return sum(name == tag for name, _ in self.tags)


def run(*arguments, environment=None, status=0):
    result = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, timeout=300, env=environment)
    if result.returncode != status:
        raise AssertionError(f"{arguments}: status {result.returncode}\n{result.stderr}")
    return result


def browse(folder, page, fragment, *options):
    """What Chromium prints of a page on this machine, with no way to a network."""
    return subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--window-size=1400,1000",
         "--proxy-server=127.0.0.1:9", "--virtual-time-budget=4000", *options, f"{page.as_uri()}#{fragment}"],
        capture_output=True, text=True, timeout=240, cwd=folder).stdout


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        hostile = cls.folder / "hostile.py"
        hostile.write_text(
            "class GraphModule(torch.nn.Module):\n    def forward(self, x: \"f32[2]\"):\n"
            f"        first: \"f32[2]\" = torch.ops.my.op.default(x, {PAYLOAD!r});  x = None\n"
            "        second: \"f32[2]\" = torch.ops.aten.add.Tensor(first, first);  first = None\n"
            "        return (second,)\n")
        run("draw", str(hostile), "-o", str(cls.folder / "hostile.html"))
        run("opt", LLAMA, "--passes", PASSES, "-o", str(cls.folder / "after.py"), "--report", str(cls.folder / "report.html"), "--matches",
            str(cls.folder / "matches.json"))
        cls.hostile = (cls.folder / "hostile.html").read_text()
        cls.report = (cls.folder / "report.html").read_text()
        cls.matches = json.loads((cls.folder / "matches.json").read_text())

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def test_pages_are_well_formed_and_load_nothing(self):
        for text in (self.hostile, self.report):
            page = Page(text)
            self.assertEqual(page.problems, [])
            self.assertEqual(page.count("script"), 1)
            self.assertEqual(page.count("img"), 0)
            self.assertIn("default-src 'none'", text)
            self.assertNotRegex(text.replace("http://www.w3.org/", ""), r"https?://")

    def test_every_node_has_a_row(self):
        page = Page(self.report)
        for side, path in enumerate((LLAMA, self.folder / "after.py")):
            text = pathlib.Path(path).read_text()
            wanted = set(re.findall(r"^        (\w+)(?:: \"[^\"]*\")? = (?!None)", text, re.M))
            wanted |= set(re.findall(r"[(,] ?(\w+): \"", re.search(r"def forward\(self, (.*)\):", text).group()))
            found = {row["data-n"] for name, row in page.rows.items() if name.startswith(f"s{side}n")}
            self.assertEqual(wanted - found, set())
            self.assertEqual(found - wanted, {"output"})

    def test_rows_know_their_users(self):
        page = Page(self.report)
        names = {name: row["data-n"] for name, row in page.rows.items()}
        statement = re.search(r"= torch.ops.aten.permute.default\((\w+), ", pathlib.Path(LLAMA).read_text())
        read = next(row for name, row in page.rows.items() if name.startswith("s0") and row["data-n"] == statement.group(1))
        users = [names[f"s0n{place}"] for place in read["data-u"].split()]
        self.assertIn("permute", users)

    def test_every_pass_and_match_is_listed(self):
        page = Page(self.report)
        for entry in self.matches["passes"]:
            at = page.cells.index(entry["pass"])
            self.assertEqual(page.cells[at + 1], f"{entry['matched']:,}")
        listing = self.report[self.report.index('id="matches"'):]
        listing = listing[:listing.index("</section>")]
        items = re.findall(r"<li>(.*?)</li>", re.sub(r'<ul class="legend".*?</ul>', "", listing, flags=re.S), re.S)
        shown = [sorted(re.sub(r"<[^>]*>|made before:|;", " ", item.partition(": ")[2]).split()) for item in items]
        self.assertEqual(len(items), len(self.matches["matches"]))
        for match in self.matches["matches"]:
            self.assertIn(sorted(match["nodes"]), shown)

    def test_matched_nodes_are_coloured_on_both_sides(self):
        page = Page(self.report)
        for side in (0, 1):
            colours = {row.get("data-r") for name, row in page.rows.items() if name.startswith(f"s{side}n")}
            self.assertTrue({"0", "1"} <= colours, colours)
        taken = {name for match in self.matches["matches"] for name in match["nodes"]}
        coloured = {row["data-n"] for name, row in page.rows.items() if name.startswith("s0n") and "data-r" in row}
        self.assertTrue(coloured <= taken, coloured - taken)

    def test_near_misses_are_told(self):
        misses, near, far = self.misses_of(self.report)
        matched = {match["rule"].partition("[")[0] for match in self.matches["matches"]}
        self.assertIn("rms_norm_token", far)
        self.assertIn("rms_norm_group", near)  # the graph quantises by tensor
        self.assertEqual((near | far) & matched, set())

    def test_near_misses_say_why(self):
        page = self.folder / "epsilon.html"
        run("opt", f"{CORPUS}/vllm/llama-static-eps7/0.input.py", "--passes", "rms_quant", "--config", "compatible=true", "-o",
            os.devnull, "--report", str(page))
        misses, near, _ = self.misses_of(page.read_text())
        self.assertLessEqual({"rms_norm_static", "add_rms_norm_static"}, near)
        self.assertIn("the rule&#39;s check is not certainly true: epsilon in (1e-05, 1e-06)", misses)
        self.assertRegex(misses, r"<pre>rule, .*parts.py:\d+:\d+:\n.*epsilon in \(1e-05, 1e-06\)\n +\^~+</pre>")

    def test_near_misses_are_those_of_the_graph_that_the_pass_got(self):
        """What an earlier pass takes out of the way counts as gone: before it, only the exponential could be laid over."""
        graph, rules, page = (self.folder / name for name in ("late.py", "late_rule.py", "late.html"))
        graph.write_text(
            'class GraphModule(torch.nn.Module):\n'
            '    def forward(self, x: "f32[4, 8]", y: "f32[8, 4]"):\n'
            '        neg: "f32[4, 8]" = torch.ops.aten.neg.default(x)\n'
            '        view: "f32[4, 8]" = torch.ops.aten.reshape.default(neg, [4, 8])\n'
            '        relu: "f32[4, 8]" = torch.ops.aten.relu.default(view)\n'
            '        mm: "f32[4, 4]" = torch.ops.aten.mm.default(relu, y)\n'
            '        exp: "f32[4, 4]" = torch.ops.aten.exp.default(mm)\n'
            '        return (exp,)\n')
        rules.write_text(
            'import torch\nfrom regraft import Rule\n\n\nclass late(Rule):\n    see_through = False\n\n'
            '    def pattern(x: "f32[t, h]", y: "f32[h, u]"):\n'
            '        return torch.sigmoid(torch.mm(torch.relu(-x), y))\n\n'
            '    def replacement(x, y):\n'
            '        return torch.sigmoid(torch.mm(torch.relu(torch.neg(x)), y)) + 0\n')
        run("opt", str(graph), "--passes", "noop", "--rules", str(rules), "-o", os.devnull, "--report", str(page))
        misses, near, _ = self.misses_of(page.read_text())
        self.assertEqual(near, {"late"})
        self.assertIn("3 of 4 nodes", misses)

    def misses_of(self, page):
        """The section, and the rules that nearly match and those that do not."""
        misses = page[page.index('id="misses"'):].partition("</section>")[0]
        near = set(re.findall(r'<details class="miss"><summary>(\w+) <span class="reason">', misses))
        return misses, near, set(re.findall(r'<span title="[^"]+">(\w+)</span>', misses))

    def test_pages_are_of_sensible_size(self):
        self.assertLess(len(self.report), 2_000_000)

    def test_same_bytes_again(self):
        again = self.folder / "again.html"
        run("draw", str(self.folder / "hostile.py"), "-o", str(again))
        self.assertEqual(again.read_text(), self.hostile)
        run("opt", LLAMA, "--passes", PASSES, "-o", os.devnull, "--report", str(again))
        masked = [re.sub(r'[\d,]+\.\d\d</td></tr>', "#", text) for text in (self.report, again.read_text())]
        self.assertEqual(*masked)

    def test_without_graphviz(self):
        environment = {**os.environ, "PATH": str(self.folder)}
        page = self.folder / "plain.html"
        source = str(self.folder / "hostile.py")
        self.assertIn("package graphviz", run("draw", source, "-o", str(page), environment=environment).stderr)
        self.assertIn("written without Graphviz", page.read_text())
        self.assertNotIn("<svg", page.read_text())
        picture = self.folder / "plain.svg"
        self.assertIn("package graphviz", run("draw", source, "-o", str(picture), environment=environment, status=2).stderr)
        self.assertFalse(picture.exists())
        self.assertIn("digraph", run("draw", source, environment=environment).stdout)

    def test_graphviz_that_fails(self):
        broken = self.folder / "bin"
        broken.mkdir()
        (broken / "dot").write_text("#!/bin/sh\necho 'no such\033 thing' >&2\nexit 3\n")
        (broken / "dot").chmod(0o755)
        picture = self.folder / "broken.svg"
        result = run("draw", str(self.folder / "hostile.py"), "-o", str(picture),
                     environment={**os.environ, "PATH": f"{broken}:{os.environ['PATH']}"}, status=2)
        self.assertIn("'dot' failed: no such? thing", result.stderr)
        self.assertFalse(picture.exists())

    @unittest.skipUnless(HAS_DOT, "Graphviz is not installed")
    def test_pictures_are_in_the_page(self):
        page = Page(self.report)
        self.assertEqual(page.count("svg"), 2)
        drawn = [name for name in page.ids if re.fullmatch(r"p[01]n\d+(c\d+)?", name)]
        self.assertGreater(len(drawn), 100)
        self.assertTrue(all(f"s{name[1:].partition('c')[0]}" in page.rows for name in drawn))
        self.assertIn("more like these", self.report)

    @unittest.skipUnless(HAS_DOT, "Graphviz is not installed")
    def test_svg_shows_hostile_text(self):
        picture = self.folder / "hostile.svg"
        run("draw", str(self.folder / "hostile.py"), "-o", str(picture))
        page = Page(picture.read_text().partition("?>")[2])
        self.assertEqual(page.problems, [])
        self.assertEqual(page.count("script"), 0)

    @unittest.skipUnless(CHROMIUM, "Chromium is not installed")
    def test_finding_in_a_browser(self):
        seen = Page(browse(self.folder, self.folder / "report.html", "find=fused_add_rms_norm_5", "--dump-dom"))
        hits = [row for row in seen.rows.values() if "hit" in row.get("class", "").split()]
        chosen = [row for row in seen.rows.values() if "selected" in row.get("class", "").split()]
        self.assertGreater(len(hits), 1)
        self.assertEqual(len(chosen), 1)
        self.assertIn("ready", dict(next(values for tag, values in seen.tags if tag == "html")).get("class", ""))
        self.assertTrue(any("near" in row.get("class", "").split() for row in seen.rows.values()))

    @unittest.skipUnless(CHROMIUM, "Chromium is not installed")
    def test_hostile_text_in_a_browser(self):
        text = browse(self.folder, self.folder / "hostile.html", "s0n1", "--dump-dom")
        self.assertIn("<title>hostile.py</title>", text)
        self.assertEqual(Page(text).count("img"), 0)
        self.assertRegex(text, r'<li id="s0n1"[^>]*selected')

    @unittest.skipUnless(CHROMIUM, "Chromium is not installed")
    def test_screenshot(self):
        picture = self.folder / "report.png"
        browse(self.folder, self.folder / "report.html", "", f"--screenshot={picture}")
        data = picture.read_bytes()
        self.assertTrue(data.startswith(b"\x89PNG\r\n\x1a\n"))
        self.assertGreater(len(data), 20_000)  # an empty page of this size has 6,000 bytes
        keep = os.environ.get("REGRAFT_SCREENSHOT")
        if keep:
            shutil.copy(picture, keep)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
