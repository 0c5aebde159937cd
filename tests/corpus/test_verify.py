#!/usr/bin/env python3
"""Graphs of the corpus compute the same before and after a pass: by numbers, with `regraft verify`.

usage: test_verify.py passes|theirs|wrong|long COMMAND CORPUS

passes   graphs of each kind, and what all shipped passes and packs in a row make of them
theirs   graphs before and after the passes of Inductor and of vLLM, as those systems left them
wrong    what does not compute the same is noticed
long     each shipped pass alone on each graph; graphs whose sizes cannot be reduced; models of 32 layers
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Two layers of roundings that are made in another order: Inductor moves scales behind the maximum of a softmax.
TOLERANCE = ("--tolerance", "2")
# Constants that Inductor knew and the graph does not show; their roots are folded.
FILLS = {"deberta-fp16-eager": ("--fill", "_tensor_constant0=64", "--fill", "_tensor_constant1=64")}
# Inductor is wrong here: it replaces a division of the scores by 2 by attention with its default scale, a quarter.
WRONG = {("_sfdp_pattern_11_half_inference", "joint.after.py"), ("_sfdp_pattern_12_half_inference", "joint.after.py")}
# Where roundings show even value by value: scores that are not scaled, and f32 scales of values in bf16. In double precision
# they must not.
ROUNDED = re.compile(r"(t5|deberta)-fp16-eager|llama-(token|group)")
# vLLM's fused quantisation of groups has a larger smallest scale (doc/vllm.md); small inputs show it.
OTHER_SCALES = re.compile(r"llama-group\S* .*(rms_quant|act_quant)")
# Not compared. Random padding hides all positions of a row, which attention as one op does not spread evenly
# (doc/attention.md); a norm that is lowered rounds to bf16 twice, which scales of groups show in f32.
UNEQUAL = re.compile(r"deberta\S*/joint\S* attention$|llama-group\S* ir_lowering$")
# Passes whose result cannot be run: there is no kernel for what they put in.
NOT_RUN = ("async_tp",)
# Widths that no reduction suits (doc/interpreter.md), and models of many layers or tokens: minutes in a debug build.
LARGE = re.compile(r"/(bertlarge|dinov2|llama8b|mamba|neox|t5|tv_swin_t|vit|tv_convnext|tv_resnet50|"
                   r"[\w-]+-(28|32)/)")
# torch.fx.symbolic_trace and Dynamo print no types, or calls that are no ops.
UNTYPED = re.compile(r"levels/(symtrace|dynamo)-")


class Verify:
    def __init__(self, command, folder, scratch):
        self.command = str(pathlib.Path(command).resolve())
        self.folder = pathlib.Path(folder).resolve()
        self.scratch = pathlib.Path(scratch)
        self.compared = 0
        self.failed = 0

    def run(self, *arguments):
        return subprocess.run([self.command, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)

    def files(self, pattern):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob(pattern))

    def fail(self, what):
        self.failed += 1
        print(f"FAILED: {what}", flush=True)

    def compare(self, before, after, what, *options, differ=False):
        """The two compute the same; or do not, and that is noticed."""
        self.compared += 1
        result = self.run("verify", "--reduce", "--vary-ranks", *options, before, after)
        is_rounding = ROUNDED.search(str(what)) and "what differs is rounding" in result.stdout
        if result.returncode != int(differ) and not is_rounding:
            self.fail(f"{what}: status {result.returncode}: {result.stdout[:2000]}{result.stderr[:1000]}")

    def compare_passes(self, source, names, *options):
        """What passes make of a graph computes the same, match by match."""
        target, log = self.scratch / "out.py", self.scratch / "log.json"
        result = self.run("opt", source, "--passes", ",".join(names), "-o", target, "--matches", log)
        if result.returncode != 0:
            self.fail(f"opt {source} {names}: {result.stderr[:1000]}")
        elif target.read_bytes() != (self.folder / source).read_bytes():
            folder = pathlib.Path(source).parent.name
            what = f"{source} {','.join(names)}"
            if UNEQUAL.search(what):
                return
            cases = ("--cases", "1") if OTHER_SCALES.search(what) else ()
            self.compare(source, target, what, "--matches", log, *FILLS.get(folder, ()), *options, *cases)


def passes(verify):
    names = [line.split()[0] for line in verify.run("passes").stdout.splitlines()[1:]]
    return [name for name in names if name not in NOT_RUN]


def sources(verify, patterns=("models/*/*.before.py", "vllm/*/0.input.py", "sdpa-self/*/*.before.py", "levels/*.py")):
    return [file for pattern in patterns for file in verify.files(pattern) if not UNTYPED.match(file)]


def check_passes(verify):
    names = passes(verify)
    for source in sources(verify, ("models/*/post.before.py", "vllm/*/0.input.py", "sdpa-self/*_1*/joint.before.py",
                                   "levels/*.py")):
        if not LARGE.search(source):
            verify.compare_passes(source, names)


def compare_model(verify, folder, *options):
    for after in sorted(folder.glob("*.after.py")):
        before = folder / after.name.replace("after", "before")
        if before.is_file():
            verify.compare(before, after, after, *TOLERANCE, *FILLS.get(folder.name, ()), *options,
                           differ=(folder.name, after.name) in WRONG)


def stages(folder):
    """What each step of Inductor's matcher left of a model with vLLM's ops."""
    result = json.loads((folder / "result.json").read_text())
    return [folder / f"{number}.after_{name}.py" for number, name in enumerate(result["order"], 1)]


def check_theirs(verify):
    for folder in sorted((verify.folder / "models").iterdir()) + sorted((verify.folder / "sdpa-self").iterdir()):
        if not LARGE.search(f"/{folder.name}/"):
            compare_model(verify, folder)
    for folder in sorted((verify.folder / "vllm").iterdir()):
        if not LARGE.search(f"/{folder.name}/"):
            for after in stages(folder):
                verify.compare(folder / "0.input.py", after, after)


def check_wrong(verify):
    """One norm's epsilon too large, or missing; rotary embedding of the other kind; another activation. Then what whole
    runs of narrow dtypes do not show, and values compared one by one do: an empty log, by which nodes are their namesakes."""
    changes = (
        ("vllm/qwen3-bf16/0.input.py", "1e-06", "0.1", 1), ("vllm/qwen3-bf16/0.input.py", "1e-06", "0.0", 1),
        ("vllm/qwen3-bf16/0.input.py", "is_neox = True", "is_neox = False", 1),
        ("vllm/llama-static/0.input.py", "1e-05", "0.1", 1), ("vllm/llama-static/0.input.py", "1e-05", "0.0", 1),
        ("models/llama-bf16-eager/post.before.py", "1e-06", "0.1", 1),
        ("models/llama-bf16-eager/post.before.py", "1e-06", "0.0", 1),
        ("models/llama-bf16-eager/post.before.py", "1e-06", "0.1", 3),
        ("models/bert-fp16-eager/post.before.py", "1e-12", "1e-03", 1),
        ("models/bert-fp32-eager/post.before.py", "1e-12", "1e-03", 2),
        ("models/bert-fp32-eager/post.before.py", "aten.erf", "aten.tanh", 1),
        ("models/gpt2-fp32-eager/post.before.py", "0.044715", "0.054715", 1),
        ("models/gpt2-fp16-eager/post.before.py", "aten.tanh", "aten.sigmoid", 1))
    hidden = (
        ("models/bert-fp16-eager/post.before.py", "0.125", "0.25", 1),
        ("models/bert-fp16-eager/post.before.py", "0.7071067811865476", "0.75", 1),
        ("models/gpt2-fp16-eager/post.before.py", "0.044715", "0.0223", 1),
        ("models/gpt2-fp16-eager/post.before.py", "0.125", "0.0625", 2),
        ("models/electra-fp16-eager/post.before.py", "aten.erf", "aten.tanh", 1),
        ("models/bloom-fp16-eager/post.before.py", "0.044715", "0.0223", 2),
        ("models/llama-bf16-eager/post.before.py", "0.125", "0.15", 1))
    log = verify.scratch / "empty.json"
    log.write_text('{"matches": []}')
    for source, old, new, count in changes + hidden:
        text = (verify.folder / source).read_text()
        places = [match.start() for match in re.finditer(re.escape(old), text)]
        if len(places) < count:
            verify.fail(f"{source}: {old} does not occur {count} times")
            continue
        at = places[count - 1]
        changed = verify.scratch / "changed.py"
        changed.write_text(text[:at] + new + text[at + len(old):])
        verify.compared += 1
        options = ("--matches", log) if (source, old, new, count) in hidden else ()
        result = verify.run("verify", "--reduce", *options, source, changed)
        if result.returncode != 1:
            verify.fail(f"{source}: {old} became {new}, status {result.returncode} {result.stderr[:500]}")


def check_long(verify):
    for source in sources(verify):
        for name in passes(verify):
            verify.compare_passes(source, [name], *(("--cases", "1") if LARGE.search(source) else ()))
    for folder in sorted((verify.folder / "models").iterdir()):
        if LARGE.search(f"/{folder.name}/"):
            compare_model(verify, folder)
    for folder in sorted((verify.folder / "vllm").iterdir()):
        if LARGE.search(f"/{folder.name}/"):
            for after in stages(folder):
                verify.compare(folder / "0.input.py", after, after)


def main():
    jobs = {"passes": check_passes, "theirs": check_theirs, "wrong": check_wrong, "long": check_long}
    with tempfile.TemporaryDirectory(prefix="regraft-verify-") as scratch:
        verify = Verify(sys.argv[2], sys.argv[3], scratch)
        jobs[sys.argv[1]](verify)
    print(f"{verify.compared} comparisons, {verify.failed} failed")
    return 1 if verify.failed or verify.compared < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
