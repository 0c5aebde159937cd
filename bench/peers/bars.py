"""What regraft is to reach in speed, beside what was measured in this run: one line for each bar, with yes or no."""
import collections

Bar = collections.namedtuple("Bar", "name unit limit find")


def figure(rows, phase, **wanted):
    """The median of one measurement of regraft alone; None if it was not taken."""
    for row in rows:
        if row["engine"] == "regraft" and "beside" not in row and row["phase"] == phase \
                and all(row.get(key) == value for key, value in wanted.items()):
            return row["p50"]
    return None


def layered(phase, nodes, rules):
    return lambda rows, _: figure(rows, phase, workload="layered", nodes=nodes, rules=rules)


def flatness(nodes):
    """A thousand rules by ten."""
    def find(rows, _):
        ten, thousand = layered("warm", nodes, 10)(rows, _), layered("warm", nodes, 1000)(rows, _)
        return thousand / ten if ten and thousand else None
    return find


def rewrite(hits):
    return lambda rows, _: figure(rows, "rewrite", workload="layered, one graph", hits=hits)


def largest_memory(rows, _):
    return max((row["p50"] for row in rows if row["phase"] == "memory"), default=None)


def beside(engine, rules):
    """The smallest ratio to another engine on layered graphs where nothing matches."""
    def find(_, ratios):
        found = [ratio for row, _, ratio in ratios
                 if row["engine"] == engine and row["rules"] == rules and row["matches"] == 0 and ratio
                 and row["workload"].startswith("layered")]
        return min(found, default=None)
    return find


def beside_inductor(rows, _):
    """Matching Inductor's own patterns on the graph of 3,857 nodes."""
    ours = next((row for row in rows if row.get("beside") == "inductor passes" and row["nodes"] == 3857), None)
    theirs = next((row for row in rows if ours and row["engine"] == "inductor passes" and row["phase"] == "match"
                   and row["workload"] == ours["workload"]), None)
    return theirs["p50"] / ours["p50"] if theirs else None


AT_MOST = (
    Bar("warm, layered, 3,001 nodes, 100 rules", "ns a node", 10, layered("warm", 3001, 100)),
    Bar("warm, layered, 10,001 nodes, 100 rules", "ns a node", 10, layered("warm", 10001, 100)),
    Bar("cold, layered, 3,001 nodes, 100 rules", "us", 150, layered("cold", 3001, 100)),
    Bar("warm, random, 100,001 nodes, 100 rules", "ns a node", 25,
        lambda rows, _: figure(rows, "warm", workload="random", nodes=100001, rules=100, hits=0)),
    Bar("warm, random, 1,000,001 nodes, 100 rules", "ns a node", 25,
        lambda rows, _: figure(rows, "warm", workload="random", nodes=1000001, rules=100, hits=0)),
    Bar("1,000 rules by 10, layered, 3,001 nodes", "times", 1.5, flatness(3001)),
    Bar("1,000 rules by 10, layered, 10,001 nodes", "times", 1.5, flatness(10001)),
    Bar("preparing a rule, 100 rules", "us", 5, layered("compile", 3001, 100)),
    Bar("preparing a rule, 1,000 rules", "us", 5, layered("compile", 3001, 1000)),
    Bar("a rewrite, 1 rule of 100 matches", "us", 1, rewrite(1)),
    Bar("a rewrite, 10 rules of 100 match", "us", 1, rewrite(10)),
    Bar("a rewrite, 50 rules of 100 match", "us", 1, rewrite(50)),
    Bar("memory, the largest of all graphs", "bytes a node", 110, largest_memory),
)

AT_LEAST = (
    Bar("faster than MLIR's PDL, 100 rules", "times", 20, beside("mlir-pdl", 100)),
    Bar("faster than TorchScript, 100 rules", "times", 500, beside("torchscript", 100)),
    Bar("faster than Inductor, its patterns, 3,857 nodes", "times", 1000, beside_inductor),
)


def print_bars(rows, ratios):
    """`ratios`: (row, our figure, ratio or None) of other engines."""
    ratios = list(ratios)
    print(f"\n{'bar':48} {'figure':>10} {'bar':>8}  unit")
    for bars, sign in ((AT_MOST, "<="), (AT_LEAST, ">=")):
        for bar in bars:
            found = bar.find(rows, ratios)
            if found is None:
                print(f"{bar.name:48} {'-':>10} {sign} {bar.limit:5}  {bar.unit}, not measured in this run")
                continue
            is_reached = found <= bar.limit if sign == "<=" else found >= bar.limit
            print(f"{bar.name:48} {found:10.2f} {sign} {bar.limit:5}  {bar.unit}{'' if is_reached else ', missed'}")
