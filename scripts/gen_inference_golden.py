#!/usr/bin/env python3
"""Generate tests/data/inference/*.py: calls of the table's ops on varied inputs, with the types PyTorch gives.

    python scripts/gen_inference_golden.py [FAMILY ...]     (needs PyTorch; no GPU)

For each op of src/ops/ops_<family>.def, random calls are made under FakeTensorMode on tensors of many layouts, with
static and with symbolic sizes. Calls that PyTorch refuses, and those for which it had to specialise a symbol, are
dropped. The rest is written as printed FX graphs, in which `regraft infer` must find nothing that differs. The seed is
fixed: the same PyTorch gives the same files.
"""

import keyword
import logging
import multiprocessing
import multiprocessing.connection
import os
import pathlib
import random
import re
import sys
import warnings
import zlib

import torch
from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode
from torch.fx.experimental.symbolic_shapes import ShapeEnv
from torch._dynamo.source import ConstantSource
from torch.fx.experimental.symbolic_shapes import DimDynamic

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "tests" / "data" / "inference"
WANTED = {"inplace": 4}  # kept calls an op, of each kind: static and symbolic; DEFAULT_WANTED for other families
DEFAULT_WANTED = 14
TRIES = 260

DTYPES = {
    torch.bool: "b8", torch.uint8: "u8", torch.int8: "i8", torch.int16: "i16", torch.int32: "i32",
    torch.int64: "i64", torch.float16: "f16", torch.bfloat16: "bf16", torch.float32: "f32", torch.float64: "f64",
    torch.complex64: "c64", torch.complex128: "c128", torch.complex32: "c32", torch.float8_e4m3fn: "f8e4m3fn",
    torch.float8_e5m2: "f8e5m2", torch.uint16: "u16", torch.uint32: "u32", torch.uint64: "u64",
}

# name: sizes, order of dimensions in memory (outermost first) or explicit strides, dtype, device. Letters are symbols.
CONTIGUOUS = None
POOL = {
    "vector": ((6,), CONTIGUOUS, "f32", "cuda:0"),
    "vector_h": ((6,), CONTIGUOUS, "f16", "cuda:0"),
    "strided_vector": ((6,), "strides 2", "f32", "cuda:0"),
    "long_vector": ((24,), CONTIGUOUS, "f32", "cuda:0"),
    "integers": ((6,), CONTIGUOUS, "i64", "cuda:0"),
    "bytes": ((4, 6), CONTIGUOUS, "u8", "cuda:0"),
    "signed_bytes": ((4, 6), CONTIGUOUS, "i8", "cuda:0"),
    "mask": ((4, 6), CONTIGUOUS, "b8", "cuda:0"),
    "column_mask": ((4, 1), CONTIGUOUS, "b8", "cuda:0"),
    "matrix": ((4, 6), CONTIGUOUS, "f32", "cuda:0"),
    "matrix_b": ((4, 6), CONTIGUOUS, "bf16", "cuda:0"),
    "matrix_h": ((4, 6), CONTIGUOUS, "f16", "cuda:0"),
    "matrix_d": ((4, 6), CONTIGUOUS, "f64", "cuda:0"),
    "matrix_i": ((4, 6), CONTIGUOUS, "i32", "cuda:0"),
    "matrix_l": ((4, 6), CONTIGUOUS, "i64", "cuda:0"),
    "matrix_c": ((4, 6), CONTIGUOUS, "c64", "cuda:0"),
    "matrix_f8": ((4, 6), CONTIGUOUS, "f8e4m3fn", "cuda:0"),
    "transposed": ((4, 6), (1, 0), "f32", "cuda:0"),
    "transposed_i": ((4, 6), (1, 0), "i64", "cuda:0"),
    "row": ((1, 6), CONTIGUOUS, "f32", "cuda:0"),
    "column": ((4, 1), CONTIGUOUS, "f32", "cuda:0"),
    "square": ((6, 6), CONTIGUOUS, "f32", "cuda:0"),
    "padded": ((4, 6), "strides 8 1", "f32", "cuda:0"),
    "broadcast": ((4, 6), "strides 0 1", "f32", "cuda:0"),
    "broadcast_column": ((4, 6), "strides 1 0", "f16", "cuda:0"),
    "odd_one": ((1, 6), "strides 77 1", "f32", "cuda:0"),
    "odd_last": ((4, 1), "strides 1 4", "f32", "cuda:0"),
    "cube": ((2, 4, 6), CONTIGUOUS, "f32", "cuda:0"),
    "cube_b": ((2, 4, 6), CONTIGUOUS, "bf16", "cuda:0"),
    "cube_permuted": ((2, 4, 6), (1, 2, 0), "f32", "cuda:0"),
    "cube_swapped": ((2, 4, 6), (0, 2, 1), "bf16", "cuda:0"),
    "cube_one": ((2, 1, 6), CONTIGUOUS, "f32", "cuda:0"),
    "cube_one_swapped": ((2, 1, 6), (2, 1, 0), "f32", "cuda:0"),
    "cube_sliced": ((2, 4, 6), "strides 64 8 1", "f32", "cuda:0"),
    "cube_front": ((2, 4, 6), "strides 6 12 1", "f16", "cuda:0"),
    "image": ((2, 3, 8, 6), CONTIGUOUS, "f32", "cuda:0"),
    "image_last": ((2, 3, 8, 6), (0, 2, 3, 1), "f32", "cuda:0"),
    "image_last_h": ((2, 3, 8, 6), (0, 2, 3, 1), "f16", "cuda:0"),
    "image_one": ((2, 1, 8, 6), (0, 2, 3, 1), "f32", "cuda:0"),
    "channel": ((1, 3, 1, 1), CONTIGUOUS, "f32", "cuda:0"),
    "heads": ((2, 4, 8, 6), (0, 2, 1, 3), "bf16", "cuda:0"),
    "volume": ((2, 3, 4, 2, 5), CONTIGUOUS, "f32", "cuda:0"),
    "volume_last": ((2, 3, 4, 2, 5), (0, 2, 3, 4, 1), "f32", "cuda:0"),
    "scalar": ((), CONTIGUOUS, "f32", "cuda:0"),
    "scalar_d": ((), CONTIGUOUS, "f64", "cpu"),
    "scalar_l": ((), CONTIGUOUS, "i64", "cuda:0"),
    "scalar_c": ((), CONTIGUOUS, "f32", "cpu"),
    "host": ((4, 6), CONTIGUOUS, "f32", "cpu"),
    "host_i": ((4, 6), CONTIGUOUS, "i64", "cpu"),
    "nothing": ((0, 6), CONTIGUOUS, "f32", "cuda:0"),
    "nothing_inside": ((4, 0), CONTIGUOUS, "f32", "cuda:0"),
    "single": ((1, 1, 1), CONTIGUOUS, "f32", "cuda:0"),
    "pairs": ((4, 6, 2), CONTIGUOUS, "f32", "cuda:0"),
}
SYMBOLIC_POOL = {
    "vector": (("A",), CONTIGUOUS, "f32", "cuda:0"),
    "vector_l": (("A",), CONTIGUOUS, "i64", "cuda:0"),
    "fixed": ((6,), CONTIGUOUS, "f16", "cuda:0"),
    "matrix": (("A", 6), CONTIGUOUS, "f32", "cuda:0"),
    "matrix_b": (("A", 6), CONTIGUOUS, "bf16", "cuda:0"),
    "matrix_l": (("A", 6), CONTIGUOUS, "i64", "cuda:0"),
    "matrix_mask": (("A", 6), CONTIGUOUS, "b8", "cuda:0"),
    "transposed": (("A", 6), (1, 0), "f32", "cuda:0"),
    "both": (("A", "B"), CONTIGUOUS, "f32", "cuda:0"),
    "both_transposed": (("A", "B"), (1, 0), "bf16", "cuda:0"),
    "both_mask": (("A", "B"), CONTIGUOUS, "b8", "cuda:0"),
    "both_l": (("A", "B"), CONTIGUOUS, "i64", "cuda:0"),
    "row": ((1, "B"), CONTIGUOUS, "f32", "cuda:0"),
    "column": (("A", 1), CONTIGUOUS, "f32", "cuda:0"),
    "column_b": (("A", 1), CONTIGUOUS, "bf16", "cuda:0"),
    "tokens": (("A", "B", 8), CONTIGUOUS, "bf16", "cuda:0"),
    "tokens_f": (("A", "B", 8), CONTIGUOUS, "f32", "cuda:0"),
    "tokens_permuted": (("A", "B", 8), (0, 2, 1), "f32", "cuda:0"),
    "tokens_front": (("A", "B", 8), (1, 0, 2), "bf16", "cuda:0"),
    "tokens_one": (("A", "B", 1), CONTIGUOUS, "f32", "cuda:0"),
    "heads": (("A", 4, "B", 8), (0, 2, 1, 3), "bf16", "cuda:0"),
    "heads_plain": (("A", 4, "B", 8), CONTIGUOUS, "bf16", "cuda:0"),
    "image": (("A", 3, 8, 6), CONTIGUOUS, "f32", "cuda:0"),
    "image_last": (("A", 3, 8, 6), (0, 2, 3, 1), "f32", "cuda:0"),
    "scores": (("A", 4, "B", "B"), CONTIGUOUS, "f32", "cuda:0"),
    "double": (("2*A", 6), CONTIGUOUS, "f32", "cuda:0"),
    "next": (("A", "B + 1"), CONTIGUOUS, "f32", "cuda:0"),
    "scalar": ((), CONTIGUOUS, "f32", "cuda:0"),
    "scalar_d": ((), CONTIGUOUS, "f64", "cpu"),
    "pairs": (("A", 6, 2), CONTIGUOUS, "f32", "cuda:0"),
}
# Ops whose random calls say little: kernels take arguments that do not fit together and make something of them, or the
# layout of odd inputs follows from a long composition. Their cases are in tests/unit/test_infer_*.c.
LEFT_OUT = {
    "_embedding_bag_forward_only", "_fft_c2c", "_fused_rms_norm", "_log_softmax_backward_data", "_native_batch_norm_legit",
    "_native_batch_norm_legit_functional", "_native_batch_norm_legit_no_training", "_pdist_forward",
    "_scaled_dot_product_attention_math", "_softmax_backward_data", "adaptive_avg_pool3d", "group_norm",
    "inductor_lookup_seed", "log_softmax", "native_batch_norm",
}

# What plain CPU kernels refuse for lack of an implementation only.
UNIMPLEMENTED = re.compile(r"not implemented for '(Half|BFloat16|Float8_e4m3fn|ComplexHalf)'")

# What the symbols stand for while PyTorch evaluates. A call whose type depends on the choice is dropped: its guards
# would have decided something that the sizes alone do not tell.
HINTS = [{"A": 5, "B": 7}, {"A": 11, "B": 3}, {"A": 8, "B": 12}, {"A": 2, "B": 64}, {"A": 64, "B": 2}, {"A": 2, "B": 2}]
SIZE_ARGUMENTS = {"a": "A", "b": "B", "ab": "A*B", "a_half": "A//2", "b_next": "B + 1", "a_double": "2*A"}
ABBREVIATIONS = {abbreviation: dtype for dtype, abbreviation in DTYPES.items()}


class World:
    """One FakeTensorMode with fresh copies of the pool, so that no call sees what another did."""

    def __init__(self, symbolic, hints=None):
        self.symbolic = symbolic
        self.pool = SYMBOLIC_POOL if symbolic else POOL
        self.env = ShapeEnv() if symbolic else None
        self.mode = FakeTensorMode(shape_env=self.env)
        self.symbols = {}
        self.sizes = {}
        self.names = {}
        self.cache = {}
        if symbolic:
            for index, (name, hint) in enumerate((hints or HINTS[0]).items()):
                source = ConstantSource(f"size_{name}")
                symbol = self.env.create_symbol(hint, source, dynamic_dim=DimDynamic.DYNAMIC)
                self.symbols[name] = self.env.create_symintnode(symbol, hint=hint, source=source)
                self.names[str(symbol)] = f"s{index}"
            for name, expression in SIZE_ARGUMENTS.items():
                self.sizes[name] = eval(expression, {}, self.symbols)
            self.ids = {id(size): name for name, size in self.sizes.items()}

    def size(self, value):
        return eval(value, {}, self.symbols) if isinstance(value, str) else value

    def tensor(self, name):
        if name not in self.cache:
            sizes, layout, dtype, device = self.pool[name]
            sizes = [self.size(size) for size in sizes]
            if isinstance(layout, str):
                strides = [int(stride) for stride in layout.split()[1:]]
            else:
                strides, stride = [0] * len(sizes), 1
                for dim in reversed(layout or range(len(sizes))):
                    strides[dim] = stride
                    stride = stride * sizes[dim] if not isinstance(sizes[dim], int) else stride * max(sizes[dim], 1)
            with self.mode:
                made = torch.empty_strided(sizes, strides, dtype=ABBREVIATIONS[dtype], device=device)
            self.cache[name] = made
        return self.cache[name]

    def rename(self, text):
        return re.sub(r"\bs\d+\b", lambda match: self.names.get(match.group(), match.group()), text)

    def specialised(self):
        return self.symbolic and bool(self.env.replacements)

    def type_of(self, value):
        if isinstance(value, torch.Tensor):
            sizes = ", ".join(str(size) for size in value.shape)
            strides = ", ".join(str(stride) for stride in value.stride())
            return self.rename(f"{DTYPES[value.dtype]}[{sizes}][{strides}]{value.device}")
        return self.rename(f"Sym({value})")


class Argument:
    """A sampled argument: the value for PyTorch and its printed form."""

    def __init__(self, value, text):
        self.value = value
        self.text = text


def literal(value):
    if isinstance(value, torch.dtype) or isinstance(value, (torch.memory_format, torch.layout)):
        return Argument(value, str(value))
    if isinstance(value, torch.device):
        index = f", index={value.index}" if value.index is not None else ""
        return Argument(value, f"device(type='{value.type}'{index})")
    return Argument(value, repr(value))


def many(arguments):
    return Argument([a.value for a in arguments], "[" + ", ".join(a.text for a in arguments) + "]")


class Sampler:
    def __init__(self, world, rng, overload):
        self.world = world
        self.rng = rng
        self.overload = overload
        self.tensors = []  # names of the tensors chosen so far

    def pick(self, *values):
        return literal(self.rng.choice(values))

    def first(self):
        return self.world.tensor(self.tensors[0]) if self.tensors else None

    def tensor(self):
        names = list(self.world.pool)
        name = self.rng.choice(names)
        if self.tensors and self.rng.random() < 0.8:  # one that broadcasts with the first
            shape = self.world.pool[self.tensors[0]][0]
            fits = [n for n in names if all(a == b or 1 in (a, b) for a, b in zip(reversed(self.world.pool[n][0]),
                                                                                 reversed(shape)))]
            name = self.rng.choice(fits)
        self.tensors.append(name)
        return Argument(self.world.tensor(name), name)

    def symint(self, low=-1, high=4):
        if self.world.symbolic and self.rng.random() < 0.5:
            name = self.rng.choice(list(self.world.sizes))
            return Argument(self.world.sizes[name], name)
        return literal(self.rng.randint(low, high))

    def dim(self):
        tensor = self.first()
        rank = max(1, tensor.dim()) if tensor is not None else 2
        return literal(self.rng.randint(-rank, rank - 1))

    def sizes(self):
        """Sizes that have a chance to be those of the first tensor, rearranged."""
        tensor = self.first()
        if tensor is None or self.rng.random() < 0.15:
            return many([self.symint(1, 4) for _ in range(self.rng.randint(0, 4))])
        sizes = [self.known(size) for size in tensor.shape]
        choice = self.rng.random()
        if sizes and choice < 0.35:
            at = self.rng.randrange(len(sizes))
            sizes[at:at + 1] = self.split(sizes[at])
        elif len(sizes) > 1 and choice < 0.7:
            at = self.rng.randrange(len(sizes) - 1)
            sizes[at:at + 2] = [self.product(sizes[at], sizes[at + 1])]
        elif choice < 0.85:
            sizes.insert(self.rng.randint(0, len(sizes)), literal(self.rng.choice([1, 2])))
        if sizes and self.rng.random() < 0.4:
            sizes[self.rng.randrange(len(sizes))] = literal(-1)
        return many(sizes)

    def known(self, size):
        """A size as an argument: a number, or the placeholder that has it."""
        if isinstance(size, int):
            return literal(size)
        for name, value in self.world.sizes.items():
            if str(value) == str(size):
                return Argument(value, name)
        return literal(-1)

    def split(self, size):
        if isinstance(size.value, int) and size.value > 1:
            factor = self.rng.choice([f for f in range(1, size.value + 1) if size.value % f == 0])
            return [literal(factor), literal(size.value // factor)]
        return [literal(1), size] if self.rng.random() < 0.5 else [size, literal(1)]

    def product(self, a, b):
        if isinstance(a.value, int) and isinstance(b.value, int):
            return literal(a.value * b.value)
        return self.known(a.value * b.value)

    def repeated(self, type_name, argument_name):
        count = int(re.search(r"\[(\d*)\]", type_name).group(1) or 0) or self.rng.randint(1, 3)
        if argument_name in ("dim", "dims", "source", "destination", "dimension"):
            tensor = self.first()
            rank = tensor.dim() if tensor is not None else 2
            if self.overload.__name__.startswith("permute"):
                dims = list(range(rank))
                self.rng.shuffle(dims)
            else:
                dims = self.rng.sample(range(rank), self.rng.randint(0, rank))
            return literal([d - rank if self.rng.random() < 0.3 else d for d in dims])
        if argument_name in ("size", "shape", "normalized_shape", "output_size"):
            return self.sizes()
        if "SymInt" in type_name:
            return many([self.symint(0, 4) for _ in range(count)])
        return literal([self.rng.randint(0, 3) for _ in range(count)])

    def argument(self, type_name, name):
        """One argument by its schema type; a sampled value need not make sense, PyTorch decides that."""
        rng = self.rng
        if type_name.endswith("?") and rng.random() < 0.5:
            return literal(None)
        type_name = type_name.removesuffix("?")
        if type_name.startswith("Tensor"):
            if type_name.endswith("[]"):
                item = type_name.removesuffix("[]")
                first = self.tensor()
                rest = [first if rng.random() < 0.6 else self.argument(item, name) for _ in range(rng.randint(0, 2))]
                return many([first] + rest)
            return self.tensor()
        if type_name == "Scalar":
            if self.world.symbolic and rng.random() < 0.3:
                return self.symint()
            return self.pick(2, 0.5, True, -1, 3.0, 0)
        if type_name in ("int", "SymInt"):
            if name.startswith("dim") or name.endswith("_dim") or name in ("axis0", "axis1"):
                return self.dim()
            return self.symint() if type_name == "SymInt" else literal(rng.randint(-1, 4))
        if "[" in type_name and "int" in type_name.lower():
            return self.repeated(type_name, name)
        simple = {
            "bool": [True, False], "float": [0.0, 0.5, 1.5, 1e-05], "str": ["none", "tanh", "trunc", "floor", "sum"],
            "ScalarType": [torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.bool, torch.int32],
            "Layout": [torch.strided], "Device": [torch.device("cuda:0"), torch.device("cpu")],
            "MemoryFormat": [torch.contiguous_format, torch.preserve_format, torch.channels_last],
        }
        return self.pick(*simple[type_name])

    def call(self):
        """Positional arguments, then keyword arguments; what has a default is left out now and then."""
        positional, keywords, skipped = [], {}, False
        for argument in self.overload._schema.arguments:
            type_name = schema_type(self.overload, argument.name)
            if type_name == "Generator?":
                continue
            if argument.has_default_value() and self.rng.random() < 0.5:
                skipped = True
                continue
            sampled = self.argument(type_name, argument.name)
            if argument.kwarg_only or skipped:
                keywords[argument.name] = sampled
            else:
                positional.append(sampled)
        return positional, keywords


def schema_type(overload, name):
    """The type of an argument as the schema writes it, `int[2]` and `SymInt` included, alias marks left out."""
    text = str(overload._schema)
    inside = re.sub(r"\([a-z][^()]*?\)", "", text[text.index("(") + 1:text.rindex(") ->")])
    for part in re.split(r",\s*(?![^\[]*\])", inside):
        words = part.strip().split(" ")
        if len(words) > 1 and words[-1].split("=")[0] == name:
            return " ".join(words[:-1])
    raise KeyError(name)


def statement(world, name, op_name, positional, keywords, result):
    """Lines that print the call as node `name`."""
    text = ", ".join([a.text for a in positional] + [f"{key} = {a.text}" for key, a in keywords.items()])
    call = f"torch.ops.{op_name}({text})"
    if isinstance(result, (torch.Tensor, torch.SymInt)):
        return [f'{name}: "{world.type_of(result)}" = {call}']
    lines = [f"{name} = {call}"]
    for index, item in enumerate(result):
        if isinstance(item, torch.Tensor):
            lines.append(f'{name}_{index}: "{world.type_of(item)}" = {name}[{index}]')
    return lines


def acceptable(result):
    items = result if isinstance(result, (tuple, list)) else [result]
    return bool(items) and all(isinstance(item, (FakeTensor, torch.SymInt)) for item in items if item is not None) and all(
        item.layout == torch.strided and item.dtype in DTYPES for item in items if isinstance(item, torch.Tensor))


def real(value):
    """The value for a real call on the CPU: tensors of zeros, symbols as their hints."""
    if isinstance(value, torch.Tensor):
        sizes, strides = [real(size) for size in value.shape], [real(stride) for stride in value.stride()]
        extent = 1 + sum((size - 1) * stride for size, stride in zip(sizes, strides)) if 0 not in sizes else 0
        return torch.zeros(extent, dtype=value.dtype).as_strided(sizes, strides)
    if isinstance(value, torch.SymInt):
        return value.node.hint
    if isinstance(value, torch.device):
        return torch.device("cpu")
    return [real(item) for item in value] if isinstance(value, list) else value


def works(overload, arguments, keywords):
    """Does PyTorch run this call? Fake tensors accept many that its kernels refuse."""
    try:
        overload(*[real(argument) for argument in arguments], **{key: real(value) for key, value in keywords.items()})
    except Exception as problem:
        return bool(UNIMPLEMENTED.search(str(problem)))
    return True


def plausible(family, overload, arguments, keywords, shapes, result):
    """Fake tensors accept calls that PyTorch's kernels refuse; what they answer to those is of no interest."""
    name = overload.__name__.split(".")[0]
    tensors = [argument for argument in [*arguments, *keywords.values()] if isinstance(argument, torch.Tensor)]
    if family not in ("pointwise", "inplace") and len({t.device for t in tensors}) > 1:
        return False
    if "bitwise" in name and any(t.is_floating_point() for t in tensors):
        return False
    if family in ("pointwise", "inplace"):
        if name != "convert_element_type" and any(t.dtype == torch.float8_e4m3fn for t in tensors):
            return False
        if name in ("hardshrink", "_prelu_kernel") and any(not t.is_floating_point() for t in tensors):
            return False
    if name in ("floor_divide", "div") and len(tensors) > 1 and not all(t.is_contiguous() for t in tensors):
        # Rounding division is a dozen elementwise calls; how their layouts mix is not followed.
        if name == "floor_divide" or keywords.get("rounding_mode") == "floor":
            return False
    if name == "arange" and any(isinstance(a, float) for a in arguments) and "dtype" in keywords:
        return False  # whether the ends or the length are rounded depends on the path taken
    if family == "inplace" and (result.shape != shapes[0] or result.dtype != tensors[0].dtype):
        return False
    wanted = keywords.get("dtype")
    first = result[0] if isinstance(result, (tuple, list)) else result
    if wanted is not None and isinstance(first, torch.Tensor) and first.dtype != wanted:
        return False
    return "CeilToInt" not in str(getattr(first, "shape", ""))


def evaluate(family, op_name, overload, name, rng, world):
    """One random call: the key of its arguments, and its lines if PyTorch accepts it and they make sense, else None."""
    sampler = Sampler(world, rng, overload)
    positional, keywords = sampler.call()
    key = str([a.text for a in positional]) + str([(k, a.text) for k, a in keywords.items()])
    arguments, named = [a.value for a in positional], {key: a.value for key, a in keywords.items()}
    shapes = [tuple(a.shape) for a in arguments if isinstance(a, torch.Tensor)]
    try:
        with world.mode:
            result = overload(*arguments, **named)
        if acceptable(result) and plausible(family, overload, arguments, named, shapes, result):
            if not world.specialised():
                lines = statement(world, name, op_name, positional, keywords, result)
                return key, lines if works(overload, arguments, named) else None
    except Exception:  # whatever PyTorch says about a senseless call
        pass
    return key, None


def sample_op(family, op_name, symbolic):
    """Printed calls of one op that PyTorch accepts, as lists of lines."""
    namespace, packet, overload_name = op_name.split(".")
    if keyword.iskeyword(overload_name) or packet in LEFT_OUT:
        return []  # a keyword prints as what Python cannot parse
    try:
        overload = getattr(getattr(getattr(torch.ops, namespace), packet), overload_name)
    except AttributeError:
        return []  # an op of another version or library
    rng = random.Random(zlib.crc32(f"{op_name} {symbolic}".encode()))
    found, seen = [], set()
    for _ in range(TRIES):
        name = f"{packet}_{overload_name}_{len(found)}"
        state = rng.getstate()
        key, lines = evaluate(family, op_name, overload, name, rng, World(symbolic))
        if lines is None or key in seen:
            continue
        seen.add(key)
        for hints in HINTS[1:] if symbolic else []:
            again = random.Random()
            again.setstate(state)
            lines = lines if evaluate(family, op_name, overload, name, again, World(True, hints))[1] == lines else None
        if lines is not None:
            found.append(lines)
        if len(found) == WANTED.get(family, DEFAULT_WANTED):
            break
    return found


def in_children(jobs):
    """function(*arguments) of each job, in processes of their own, in the order of the jobs; None where one crashed.

    Some senseless calls crash PyTorch, and forking keeps the cost of importing it.
    """
    context = multiprocessing.get_context("fork")
    results, running, waiting = {}, {}, list(enumerate(jobs))
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            index, (function, arguments) = waiting.pop(0)
            receiver, sender = context.Pipe(duplex=False)
            child = context.Process(target=lambda s=sender, f=function, a=arguments: s.send(f(*a)))
            child.start()
            sender.close()
            running[receiver] = index, child
        for receiver in multiprocessing.connection.wait(running):
            index, child = running.pop(receiver)
            try:
                results[index] = receiver.recv()
            except EOFError:
                results[index] = None
            child.join()
    return [results[index] for index in range(len(results))]


def write_family(family):
    text = (ROOT / "src" / "ops" / f"ops_{family}.def").read_text()
    ops = re.findall(r'RG_OP\("((?:aten|prims)\.[^"]+)"', text)
    for symbolic in (False, True):
        world = World(symbolic)
        placeholders = [f'{name}: "{world.type_of(size)}"' for name, size in world.sizes.items()]
        placeholders += [f'{name}: "{world.type_of(world.tensor(name))}"' for name in world.pool]
        lines = []
        results = in_children([(sample_op, (family, op_name, symbolic)) for op_name in ops])
        for op_name, calls in zip(ops, results):
            if not calls and op_name.split(".")[1] not in LEFT_OUT:
                problem = "PyTorch crashed" if calls is None else "no call"
                print(f"{op_name}: {problem} ({'symbolic' if symbolic else 'static'})", file=sys.stderr)
            lines += [line for call in calls or [] for line in call]
        if not lines:
            continue
        path = OUT / f"{family}{'_symbolic' if symbolic else ''}.py"
        path.write_text("class GraphModule(torch.nn.Module):\n    def forward(self, " + ", ".join(placeholders) +
                        "):\n" + "".join(f"        {line}\n" for line in lines) + "        return ()\n")
        print(f"{path.relative_to(ROOT)}: {len(lines)} statements")


def main():
    families = sys.argv[1:] or sorted(p.stem.removeprefix("ops_") for p in (ROOT / "src" / "ops").glob("ops_*.def"))
    OUT.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    for family in families:
        write_family(family)


if __name__ == "__main__":
    main()
