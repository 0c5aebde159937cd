#!/usr/bin/env python3
"""All of vLLM's passes on models of 32 layers, as `regraft opt --passes vllm` runs them: milliseconds, and what is fused.

    vllm_models.py OUT.json REGRAFT [--layers N] [--runs N] [--model NAME]...

REGRAFT is the command, of a release build. The models are those of tests/vllm/models.py, with a symbolic number of tokens.
The time of a run is the total of the table of passes: what each pass takes, walks and the last steps of the manager included,
reading and printing left out. It is time of day, so the least of some runs is shown, which is what the bar of 5 ms is for, and
the median. On a busy machine no run is undisturbed; the sum of each pass's least time tells more there. A run is a process,
so each builds its tables anew.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "vllm"))
import models  # noqa: E402

BAR = 5.0
FUSIONS = {"model_dtype": "bfloat16", "fuse_norm_quant": True, "fuse_act_quant": True, "fuse_attn_quant": True,
           "fuse_allreduce_rms": True, "fuse_minimax_qk_norm": True, "enable_qk_norm_rope_fusion": True,
           "fuse_rope_kvcache_cat_mla": True}
SEQUENCE = {"enable_sp": True, "sp_min_token_num": 1}
ASYNC = {**SEQUENCE, "fuse_gemm_comms": True}
# What only cleans up and prepares for the host is no fusion.
WALKS = {"noop", "split_coalescing", "cleanup", "ir_lowering", "clone_elimination", "fix_functionalization"}
# Name, kind, fields of its shape, configurations beyond FUSIONS.
ALONE, RANKS = {"": {}}, {"": {}, "sequence parallel": SEQUENCE, "sequence parallel, async TP": ASYNC}
MODELS = (
    ("Llama FP8 static", "llama", {"quant": "static"}, ALONE),
    ("Llama FP8 by token", "llama", {"quant": "token"}, ALONE),
    ("Llama FP8 by groups", "llama", {"quant": "group"}, ALONE),
    ("Llama FP4", "llama", {"quant": "fp4"}, ALONE),
    ("Llama FP8 static, 2 ranks", "llama", {"quant": "static", "devices": 2}, RANKS),
    ("Llama FP4, 2 ranks", "llama", {"quant": "fp4", "devices": 2}, RANKS),
    ("Qwen3", "qwen3", {"coalesced": True}, ALONE),
    ("Qwen3, 2 ranks", "qwen3", {"coalesced": True, "devices": 2}, RANKS),
    ("DeepSeek FP8 by groups", "deepseek", {"quant": "group"}, ALONE),
    ("DeepSeek FP8 static, 2 ranks", "deepseek", {"quant": "static", "devices": 2}, RANKS),
)
ROW = re.compile(r"^(\w+) +(\d+) +([\d.]+) ms$", re.MULTILINE)


def settings(config):
    return [part for key, value in config.items() for part in ("--config", f"{key}={str(value).lower()}"
                                                               if isinstance(value, bool) else f"{key}={value}")]


def measure(command, source, config, runs):
    """Milliseconds of each run by pass, in order, and the matches of each pass."""
    arguments = [command, "opt", source, "--passes", "vllm", *settings(config), "-o", source.with_suffix(".out.py")]
    times = []
    for _ in range(runs):
        done = subprocess.run(arguments, check=True, capture_output=True, text=True)
        rows = ROW.findall(done.stderr)
        rows = [row for row in rows if row[0] != "total"]
        times.append([float(time) for _, _, time in rows])
    return times, {name: int(count) for name, count, _ in rows}


def measure_model(arguments, folder, model):
    name, kind, fields, configurations = model
    source = folder / "graph.py"
    source.write_text(models.build(kind, layers=arguments.layers, **fields))
    for title, config in configurations.items():
        ranks = {"tensor_parallel_size": fields.get("devices", 1)}
        times, counts = measure(arguments.command, source, {**FUSIONS, **ranks, **config}, arguments.runs)
        totals = [sum(run) for run in times]
        fused = {key: count for key, count in counts.items() if count > 0 and key not in WALKS}
        yield {"engine": "regraft", "phase": "vllm passes", "beside": "bar", "rules": 0, "layers": arguments.layers,
               "workload": f"{name}, {title}" if title else name, "matches": sum(fused.values()), "fused": fused,
               "passes_least": round(sum(map(min, zip(*times))), 2), "least": round(min(totals), 2),
               "p50": round(statistics.median(totals), 2)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("command", type=pathlib.Path)
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--model", action="append", help="only models whose name has this in it")
    arguments = parser.parse_args()
    arguments.command = arguments.command.resolve()
    rows = []
    print(f"\nvLLM's passes, {arguments.layers} layers, {arguments.runs} runs; bar: {BAR:g} ms")
    print(f"{'model':55} {'by pass':>7} {'least':>6} {'median':>7}  fused")
    with tempfile.TemporaryDirectory(prefix="regraft-bench-") as folder:
        for model in MODELS:
            if arguments.model and not any(part in model[0] for part in arguments.model):
                continue
            for row in measure_model(arguments, pathlib.Path(folder), model):
                rows.append(row)
                fused = ", ".join(f"{name} {count}" for name, count in row["fused"].items())
                print(f"{row['workload']:55} {row['passes_least']:7.2f} {row['least']:6.2f} {row['p50']:7.2f}  {fused}"
                      + ("" if row["least"] < BAR else " (over the bar)"), flush=True)
    arguments.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
