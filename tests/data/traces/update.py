#!/usr/bin/env python3
"""Write PyTorch's trace into each case of the files named on the command line (README.md describes them)."""

import math
import re
import sys

import torch
from torch._inductor.pattern_matcher import fwd_only
from torch._subclasses.fake_tensor import FakeTensorMode

DTYPES = {
    "f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "i64": torch.int64,
    "i32": torch.int32, "u8": torch.uint8, "b8": torch.bool,
}  # fmt: skip


def numbers(text):
    return [int(part) for part in text.split(",") if part.strip()]


def make_input(annotation):
    dtype, sizes, strides, device = re.fullmatch(r"(\w+)\[([^]]*)\](?:\[([^]]*)\])?(.*)", annotation).groups()
    options = {"dtype": DTYPES[dtype], "device": device or "cpu"}
    if strides is None:
        return torch.empty(numbers(sizes), **options)
    return torch.empty_strided(numbers(sizes), numbers(strides), **options)


def trace(expression, inputs):
    scope = {"torch": torch, "math": math}
    exec(f"def GraphModule({', '.join(inputs)}):\n    return {expression}", scope)
    with FakeTensorMode():
        module = fwd_only(scope["GraphModule"], [make_input(text) for text in inputs.values()])
    text = module.print_readable(print_output=False, include_stride=True, include_device=True)
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    lines = [re.sub(r";  [\w =]* = None$", "", line) for line in lines]
    lines[0] = "class GraphModule(torch.nn.Module):"
    return lines


def update(path):
    output, inputs, expression, in_graph, by_hand = [], {}, None, False, False
    for line in open(path).read().splitlines():
        if in_graph:
            in_graph = line != "end"
            if by_hand or not in_graph:
                output.append(line)
            continue
        output.append(line)
        name, _, rest = line.partition(": ")
        if name == "expression":
            expression, inputs, by_hand = rest, {}, False
        elif name == "by hand":
            by_hand = True
        elif line == "graph:":
            in_graph = True
            if not by_hand:
                try:
                    output += trace(expression, inputs)
                except Exception as error:
                    raise SystemExit(f"{path}: {expression}: {error}") from error
        elif rest:
            inputs[name] = rest
    with open(path, "w") as file:
        file.write("\n".join(output) + "\n")


for argument in sys.argv[1:]:
    update(argument)
