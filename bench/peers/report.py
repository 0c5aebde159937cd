#!/usr/bin/env python3
"""Put the figures of all engines together: report.py OUT.json PLOT.svg PART.json...

Prints a table of ratios, and one of what is aimed at (bars.py). A ratio is formed only between figures taken on the same files one after the other, and only
where the engine found the matches that the slow reference of shared.py finds.
"""
import json
import math
import pathlib
import sys

import bars

# What an engine's figure is compared with: the phase of each, by whether something matches.
PHASES = {"torchscript": "match and rewrite", "inductor": "match", "mlir-pdl": "match"}
REWRITES = {"torchscript", "mlir-pdl"}
COLOURS = {"regraft": "#c0392b", "mlir-pdl": "#2471a3", "torchscript": "#1e8449", "inductor": "#7d3c98"}


def our_figure(rows, engine, workload):
    """Nanoseconds a node for the same job: matching, or a sweep where the engine rewrites."""
    mine = {row["phase"]: row for row in rows if row.get("beside") == engine and row["workload"] == workload}
    warm = mine["warm"]
    if warm["matches"] != warm["expected"]:
        return None
    if engine in REWRITES and warm["matches"] > 0:
        return mine["sweep"]["p50"] * 1000 / warm["nodes"]
    return warm["p50"]


def ratios(rows):
    for row in rows:
        if PHASES.get(row["engine"]) == row["phase"] and "expected" in row:
            ours = our_figure(rows, row["engine"], row["workload"])
            agrees = row["matches"] == row["expected"] and ours is not None
            yield row, ours, row["p50"] / ours if agrees else None


def print_passes(rows):
    """Inductor's own passes: the same patterns, the same matches, a whole graph."""
    for ours in rows:
        if ours.get("beside") != "inductor passes":
            continue
        print(f"\n{ours['workload']}: {ours['rules']} patterns, {ours['nodes']} nodes; regraft {ours['p50']:.0f} us, "
              f"{ours['matches']} matches")
        for row in rows:
            if row["engine"] == "inductor passes" and row["workload"] == ours["workload"]:
                same = row.get("matches") == ours["matches"]
                print(f"  inductor, {row['phase']:16} {row['p50']:12.0f} us, {row.get('matches', '?')} matches"
                      + (f", {row['p50'] / ours['p50']:.0f} times" if same else ""))


def print_vllm_passes(rows):
    """vLLM's fusions: the same matches, replacements made."""
    mine = {row["workload"]: row for row in rows if row.get("beside") == "inductor, vllm's rules"}
    for row in rows:
        if row["engine"] == "inductor, vllm's rules":
            ours = mine[row["workload"]]
            ratio = f"{row['least'] / ours['least']:.0f} times" if row["matches"] == ours["matches"] else "other matches"
            print(f"{row['workload']:48} {row['matches']:4} matches {row['least']:9.1f} ms, regraft {ours['least']:6.2f} ms, "
                  + ratio)


def print_ratios(rows):
    print(f"\n{'workload':26} {'rules':>5} {'engine':12} {'matches':>8} {'ns/node':>12} {'regraft':>8}  ratio")
    for row, ours, ratio in sorted(ratios(rows), key=lambda at: (at[0]["workload"], at[0]["engine"])):
        note = f"{ratio:8.0f}" if ratio else f"none: the reference finds {row['expected']}"
        print(f"{row['workload']:26} {row['rules']:5} {row['engine']:12} {row['matches']:8} {row['p50']:12.1f} "
              f"{ours or 0:8.1f}  {note}")


def curves(rows):
    """By engine: (rules, ns a node) on the layered graphs where nothing matches."""
    found = {}
    for row, ours, ratio in ratios(rows):
        if row["workload"].startswith("layered-3000-rules") and ratio:
            found.setdefault(row["engine"], {})[row["rules"]] = row["p50"]
            found.setdefault("regraft", {}).setdefault(row["rules"], ours)
    return found


def plot(found):
    """Both axes logarithmic: 1 to 1,000 rules, 1 ns to 10 ms."""
    width, height, left, top = 620, 360, 70, 20

    def at(rules, nanoseconds):
        return left + math.log10(rules) / 3 * 400, top + (7 - math.log10(nanoseconds)) / 7 * (height - 70)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
             'font-size="12"><rect width="100%" height="100%" fill="white"/>']
    for power, name in enumerate(("1 ns", "10 ns", "100 ns", "1 us", "10 us", "100 us", "1 ms", "10 ms")):
        x, y = at(1, 10 ** power)
        parts.append(f'<path d="M{x} {y:.1f}h400" stroke="#ddd"/>'
                     f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{name}</text>')
    for power in range(4):
        x, y = at(10 ** power, 1)
        parts.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{10 ** power:,}</text>')
    parts.append(f'<text x="{left + 200}" y="{height - 12}" text-anchor="middle">'
                 'rules, none of which match; time for each of 3,000 nodes</text>')
    for engine, points in sorted(found.items()):
        line = [at(rules, value) for rules, value in sorted(points.items())]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
        parts.append(f'<path d="{path}" fill="none" stroke="{COLOURS[engine]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{COLOURS[engine]}"/>' for x, y in line]
        x, y = line[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{COLOURS[engine]}">{engine}</text>')
    return "\n".join(parts) + "\n</svg>\n"


def main():
    out, svg, parts = sys.argv[1], sys.argv[2], sys.argv[3:]
    rows = [row for part in parts for row in json.loads(pathlib.Path(part).read_text())]
    pathlib.Path(out).write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    found = curves(rows)
    if found:
        print_ratios(rows)
        pathlib.Path(svg).write_text(plot(found))
    print_passes(rows)
    print_vllm_passes(rows)
    bars.print_bars(rows, ratios(rows))


if __name__ == "__main__":
    main()
