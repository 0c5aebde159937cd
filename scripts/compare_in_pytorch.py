#!/usr/bin/env python3
"""Run pairs of printed graphs in PyTorch itself, on the same random inputs, and compare what they return.

usage: compare_in_pytorch.py [--device cpu|cuda] [--seed N] BEFORE AFTER [BEFORE AFTER ...]

The counterpart of `regraft verify` that shares no code with it: the graphs are executed as the Python that they are, so
this also shows that what `regraft opt` writes runs. Symbolic sizes get small numbers, attributes random values of the types
they are annotated with; graphs that need custom ops or submodules are left out and said so. Exit status 1 when a pair
differs or fails, 2 when none could run.
"""

import argparse
import re
import sys

import torch
import torch._inductor.inductor_prims  # noqa: F401: Inductor's own ops, which joint graphs call

DTYPES = {
    "f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16,
    "i64": torch.int64, "i32": torch.int32, "i16": torch.int16, "i8": torch.int8, "u8": torch.uint8, "b8": torch.bool,
    "f8e4m3fn": torch.float8_e4m3fn, "f8e5m2": torch.float8_e5m2,
}  # fmt: skip
TOLERANCE = {torch.float64: 1e-9, torch.float32: 2e-4, torch.float16: 1e-2, torch.bfloat16: 5e-2}
TENSOR = r'"(\w+)\[([^\]]*)\](?:\[([^\]]*)\])?[^"]*"'
PARAMETER = re.compile(r"(\w+): " + TENSOR)
ATTRIBUTE = re.compile(r"^ +\w+: " + TENSOR + r" = self\.(\w+);?", re.M)
SYMBOL_PARAMETER = re.compile(r'(\w+): "Sym\((\w+)\)"')


class NotRunnable(Exception):
    pass


def read_module(path, device):
    """The graph as a module, its code made to run on `device`."""
    text = open(path, encoding="utf-8").read()
    attributes = {m.group(4): m.groups()[:3] for m in ATTRIBUTE.finditer(text)}
    if any(name not in attributes for name in re.findall(r"\bself\.(\w+)", re.sub(r"#.*", "", text))):
        raise NotRunnable("has submodules or attributes of unknown type")
    text = text.replace("class <lambda>(", "class Graph(")
    text = re.sub(r"device\(type ?= ?'cuda', index ?= ?\d+\)|device\(type ?= ?'c\w+'\)", "DEVICE", text)
    text = re.sub(r'^(\s+def forward\(self).*?(?=\):)', lambda m: re.sub(r': "[^"]*"', "", m.group(0)), text, flags=re.M)
    text = re.sub(r'^(\s+\w+): "[^"]*" = ', r"\1 = ", text, flags=re.M)
    names = {"torch": torch, "DEVICE": torch.device(device), "inf": float("inf"), "nan": float("nan")}
    names["device"] = torch.device
    exec(compile(text, path, "exec"), names)  # noqa: S102: the graph is a program; that is the point
    classes = [value for value in names.values() if isinstance(value, type) and issubclass(value, torch.nn.Module)]
    module = classes[-1]()
    generator = torch.Generator().manual_seed(0)
    for name in sorted(attributes):
        setattr(module, name, make_tensor(attributes[name], {}, generator).to(device))
    return module


def size(text, symbols):
    for name in sorted(set(re.findall(r"\b[a-z]+\d+\b", text)), key=len):
        symbols.setdefault(name, 3 + 2 * len(symbols))
    return eval(text, {"Max": max, "Min": min}, symbols)  # noqa: S307


def make_tensor(annotation, symbols, generator):
    """A tensor of the annotated type; matrices are scaled so that products of many keep their magnitude."""
    dtype = DTYPES.get(annotation[0])
    if dtype is None:
        raise NotRunnable(f"has a value of dtype {annotation[0]}")
    sizes, strides = ([size(one, symbols) for one in (part or "").split(",") if one.strip()] for part in annotation[1:])
    if dtype.is_floating_point:
        value = torch.randn(sizes, generator=generator, dtype=torch.float32)
        value = (value / max(sizes) ** 0.5 if len(sizes) == 2 else value).to(dtype)
    else:
        value = torch.randint(0, 2, sizes, generator=generator).to(dtype)
        if dtype == torch.bool and sizes:
            value[..., 0] = True  # a mask that hides all of a row means something else to fused attention
    if strides and 0 not in sizes:
        own = [1 if stride == 0 else size for size, stride in zip(sizes, strides)]  # what is repeated is one value
        laid_out = torch.empty_strided(own, strides, dtype=dtype)
        laid_out.copy_(value[tuple(slice(size) for size in own)])
        value = laid_out.expand(sizes)
    return value


def signature(path):
    for line in open(path, encoding="utf-8"):
        if "def forward(" in line:
            return line
    raise NotRunnable("has no forward function")


def make_inputs(path, device, seed):
    """Tensors of the annotated types, in order."""
    generator = torch.Generator().manual_seed(seed)
    symbols = {}
    inputs = []
    for parameter in re.finditer(PARAMETER.pattern + "|" + SYMBOL_PARAMETER.pattern, signature(path)):
        if parameter.group(6):
            inputs.append(size(parameter.group(6), symbols))
        else:
            inputs.append(make_tensor(parameter.groups()[1:4], symbols, generator).to(device))
    return inputs


def flatten(value):
    if isinstance(value, (list, tuple)):
        return [item for part in value for item in flatten(part)]
    return [value]


def run(path, device, inputs):
    module = read_module(path, device)
    copies = [value.clone() if isinstance(value, torch.Tensor) else value for value in inputs]
    torch.manual_seed(0)
    try:
        with torch.no_grad():
            return flatten(module(*copies)) + [value for value in copies if isinstance(value, torch.Tensor)]
    except AttributeError as error:
        if "_OpNamespace" in str(error):
            raise NotRunnable(f"calls ops that PyTorch does not have: {error}") from None
        raise


def difference(expected, actual):
    """What differs, or None."""
    if len(expected) != len(actual):
        return f"{len(expected)} values against {len(actual)}"
    for place, (a, b) in enumerate(zip(expected, actual)):
        if not isinstance(a, torch.Tensor):
            if a != b:
                return f"value {place}: {a} against {b}"
            continue
        if a.dtype != b.dtype or a.shape != b.shape:
            return f"value {place}: {a.dtype} {list(a.shape)} against {b.dtype} {list(b.shape)}"
        tolerance = TOLERANCE.get(a.dtype, 0)
        left, right = a.to(torch.float64), b.to(torch.float64)
        if not torch.allclose(left, right, rtol=tolerance, atol=tolerance, equal_nan=True):
            return f"value {place}: differs by up to {(left - right).abs().max().item():.3g}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("graphs", nargs="+", metavar="GRAPH")
    options = parser.parse_args()
    if len(options.graphs) % 2:
        parser.error("graphs come in pairs")
    counts = {"equal": 0, "left out": 0, "different": 0}
    for before, after in zip(options.graphs[::2], options.graphs[1::2]):
        try:
            inputs = make_inputs(before, options.device, options.seed)
            found = difference(run(before, options.device, inputs), run(after, options.device, inputs))
        except NotRunnable as error:
            print(f"left out: {before} {error}")
            counts["left out"] += 1
            continue
        except Exception as error:  # whatever PyTorch throws is an answer about the pair
            found = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        counts["different" if found else "equal"] += 1
        if found:
            print(f"different: {before} {after}: {found}")
    print(", ".join(f"{counts[name]} {name}" for name in counts))
    return 1 if counts["different"] else 0 if counts["equal"] else 2


if __name__ == "__main__":
    sys.exit(main())
