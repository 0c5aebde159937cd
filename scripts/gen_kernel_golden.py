#!/usr/bin/env python3
"""Write tests/data/kernels.tar.xz: calls of single ops with what PyTorch's CPU kernels give for them.

    python3 scripts/gen_kernel_golden.py        needs torch 2.13 (CPU); always writes the same bytes

Each case is a printed graph with one call, the bytes of its inputs' storages (`> name hex`) and of its results, row-major
(`< position hex`). Of a collective there are those of each rank (`>1 name hex`, `<1 position hex`; `@ 2` says how many ranks
there are). tests/unit/test_kernel_golden.c runs the graphs and compares. The ops of vLLM, which PyTorch does not
have, are defined here, from what they are for, by PyTorch's own ops.
"""
import io
import itertools
import lzma
import pathlib
import random
import tarfile

import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "data" / "kernels.tar.xz"
aten = torch.ops.aten
prims = torch.ops.prims

SHORT = {torch.float32: "f32", torch.float64: "f64", torch.bfloat16: "bf16", torch.float16: "f16", torch.int64: "i64",
         torch.int32: "i32", torch.int16: "i16", torch.int8: "i8", torch.uint8: "u8", torch.bool: "b8",
         torch.float8_e4m3fn: "f8e4m3fn", torch.float8_e5m2: "f8e5m2", torch.float8_e4m3fnuz: "f8e4m3fnuz",
         torch.float8_e5m2fnuz: "f8e5m2fnuz", torch.float8_e8m0fnu: "f8e8m0fnu", torch.complex64: "c64"}
F32, F64, BF16, F16 = torch.float32, torch.float64, torch.bfloat16, torch.float16
I64, I32, I16, I8, U8, BOOL = torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool
F8 = torch.float8_e4m3fn
NARROW = [F8, torch.float8_e5m2, torch.float8_e4m3fnuz, torch.float8_e5m2fnuz]
FLOATS = [F32, F64, BF16, F16]
INTS = [I64, I32, U8]


class Op:
    """An op that PyTorch does not have: its printed name and what it computes."""

    def __init__(self, name, function):
        self.name, self.function = name, function


# ---- values ----

GENERATOR = torch.Generator()


def tensor(shape, dtype=F32, scale=1.0, low=-4, high=5):
    """Random numbers: normal for floats, uniform integers otherwise."""
    if dtype == BOOL:
        return torch.randint(0, 2, shape, generator=GENERATOR).bool()
    if not dtype.is_floating_point:
        return torch.randint(max(low, 0) if dtype == U8 else low, high, shape, generator=GENERATOR).to(dtype)
    return (torch.randn(shape, generator=GENERATOR, dtype=F64) * scale).to(F32).to(dtype)


def positive(shape, dtype=F32, low=0.1, high=2.0):
    return (torch.rand(shape, generator=GENERATOR, dtype=F64) * (high - low) + low).to(F32).to(dtype)


def integers(shape, low, high, dtype=I64):
    return torch.randint(low, high, shape, generator=GENERATOR).to(dtype)


def edges(dtype=F32):
    return torch.tensor([0.0, -0.0, float("inf"), -float("inf"), float("nan"), 1.0, -1.0, 0.5, -0.5, 2.5, 1e-3, -3.0, 100.0,
                         1e-30], dtype=F64).to(dtype)


# ---- writing cases ----

def layout(value):
    sizes = ", ".join(map(str, value.shape))
    strides = ", ".join(map(str, value.stride()))
    return f"{SHORT[value.dtype]}[{sizes}][{strides}]cpu"


def storage_bytes(value):
    return bytes(value.untyped_storage().tolist())


def row_major_bytes(value):
    value = value.detach().contiguous()
    return bytes(value.reshape(-1).view(torch.uint8).tolist()) if value.numel() else b""


class Writer:
    def __init__(self):
        self.lines, self.count, self.refused = [], 0, []

    def text(self, value, names):
        if isinstance(value, torch.Tensor):
            for name, known in names:
                if known is value:
                    return name
            names.append((f"arg{len(names)}_1", value))
            return names[-1][0]
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(self.text(item, names) for item in value) + "]"
        if isinstance(value, torch.device):
            return "device(type='cpu')"
        if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))):
            return "nan" if value != value else "inf" if value > 0 else "-inf"
        return repr(value)

    def add(self, op, *args, **kwargs):
        """One case. Arguments that the op writes come back as further results. `_written` names those of an Op."""
        written = kwargs.pop("_written", None)
        own = isinstance(op, Op)
        names = []
        shown = [self.text(a, names) for a in args] + [f"{k} = {self.text(v, names)}" for k, v in kwargs.items()]
        inputs = [(name, layout(value), storage_bytes(value)) for name, value in names]
        for name, value in names:
            if value.storage_offset() != 0:
                raise ValueError("inputs start where their storage does")
        try:
            result = op.function(*args, **kwargs) if own else op(*args, **kwargs)
        except (RuntimeError, NotImplementedError, IndexError, ValueError, TypeError) as error:
            self.refused.append((op.name if own else str(op), str(error).splitlines()[0]))
            return
        name = op.name if own else str(op)
        results = list(result) if isinstance(result, (list, tuple)) else [] if result is None else [result]
        if own and written is not None:  # by way of auto_functionalized, as the graphs have it
            body = [f"functional = torch.ops.higher_order.auto_functionalized(torch.ops.{name}, {', '.join(shown)})"]
            results = [kwargs[argument] for argument in written]
            outputs = [f"getitem_{i + 1}" for i in range(len(results))]
            body += [f"{output} = functional[{i + 1}]" for i, output in enumerate(outputs)]
        else:
            body = [f"result = torch.ops.{name}({', '.join(shown)})"]
            outputs = ["result"] if not isinstance(result, (list, tuple)) else \
                [f"getitem_{i}" for i in range(len(results))]
            body += [f"{output} = result[{i}]" for i, output in enumerate(outputs) if output != "result"]
            if not own and name.rsplit(".", 1)[0].endswith("_") and args and isinstance(args[0], torch.Tensor):
                results.append(args[0])
                outputs.append(names[0][0])
        for i, value in enumerate(results):  # complex numbers are compared as pairs
            if isinstance(value, torch.Tensor) and value.is_complex() and not name.startswith("aten.view_as"):
                body.append(f"pairs_{i} = torch.ops.aten.view_as_real.default({outputs[i]})")
                outputs[i], results[i] = f"pairs_{i}", torch.view_as_real(value)
        keep = [(o, r) for o, r in zip(outputs, results) if isinstance(r, (torch.Tensor, int, float, bool))]
        parameters = ", ".join(f'{n}: "{l}"' for n, l, _ in inputs)
        self.lines.append("---")
        self.lines.append("class GraphModule(torch.nn.Module):")
        self.lines.append(f"    def forward(self{', ' if parameters else ''}{parameters}):")
        self.lines += ["        " + line for line in body]
        self.lines.append(f"        return ({', '.join(o for o, _ in keep)},)")
        self.lines += [f"> {n} {data.hex()}" for n, _, data in inputs]
        for position, (_, value) in enumerate(keep):
            if isinstance(value, torch.Tensor):
                sizes = ",".join(map(str, value.shape))
                self.lines.append(f"< {position} {SHORT[value.dtype]} [{sizes}] {row_major_bytes(value).hex()}")
            else:
                self.lines.append(f"= {position} {float(value)!r}")
        self.count += 1


    def add_group(self, op, calls, outputs=("result",)):
        """One case of a collective: the keywords of each rank; the op's function gives all their results, in order. An
        output that is a number is an item of the call's result, a pair an item of that."""
        names = []
        shown = [f"{k} = {self.text(v, names)}" for k, v in calls[0].items()]
        others = [[] for _ in calls]
        for rank, keywords in enumerate(calls):
            for value in keywords.values():
                self.text(value, others[rank])
        inputs = [(rank, names[i][0], layout(value), storage_bytes(value))
                  for rank, own in enumerate(others) for i, (_, value) in enumerate(own)]
        results = op.function(calls)
        body = [f"result = torch.ops.{op.name}({', '.join(shown)})"]
        for output in outputs:
            if isinstance(output, tuple):
                body += [f"list_{output[0]} = result[{output[0]}]", f"item_{output[1]} = list_{output[0]}[{output[1]}]"]
            elif output != "result":
                body.append(f"getitem_{output} = result[{output}]")
        shown = [o if o == "result" else f"item_{o[1]}" if isinstance(o, tuple) else f"getitem_{o}" for o in outputs]
        parameters = ", ".join(f'{n}: "{kind}"' for rank, n, kind, _ in inputs if rank == 0)
        self.lines += ["---", "class GraphModule(torch.nn.Module):", f"    def forward(self, {parameters}):"]
        self.lines += ["        " + line for line in dict.fromkeys(body)]
        self.lines += [f"        return ({', '.join(shown)},)", f"@ {len(calls)}"]
        self.lines += [f">{rank} {n} {data.hex()}" for rank, n, _, data in inputs]
        for rank, values in enumerate(results):
            for position, value in enumerate(values):
                sizes = ",".join(map(str, value.shape))
                self.lines.append(f"<{rank} {position} {SHORT[value.dtype]} [{sizes}] {row_major_bytes(value).hex()}")
        self.count += 1


def call(writer, name, *args, **kwargs):
    namespace, op, overload = name.split(".")
    writer.add(getattr(getattr(getattr(torch.ops, namespace), op), overload), *args, **kwargs)


# ---- elementwise ----

UNARY = """neg abs absolute ceil floor round trunc fix frac sign sgn square positive relu relu6 silu mish hardswish
hardsigmoid elu celu selu leaky_relu gelu softplus softshrink hardshrink log_sigmoid acos acosh asin asinh atan atanh arccos
arccosh arcsin arcsinh arctan arctanh cos cosh sin sinh sinc tan tanh exp exp2 expm1 log log10 log1p log2 logit sqrt rsqrt
reciprocal sigmoid erf erfc erfinv lgamma digamma i0 deg2rad rad2deg special_expit special_erf special_erfc special_erfinv
special_exp2 special_expm1 special_log1p special_logit special_i0e special_i1 special_i1e special_ndtr special_ndtri
special_log_ndtr special_erfcx special_entr isnan isinf isfinite isposinf isneginf signbit isreal logical_not nan_to_num
hardtanh""".split()
NO_EDGES = {"special_ndtri", "digamma", "lgamma", "special_erfcx", "special_log_ndtr", "i0", "special_i1", "frac",
            "special_i0e", "special_i1e", "sinc", "mish", "gelu"}


def elementwise(writer):
    for name in UNARY:
        op = getattr(aten, name).default
        for dtype in FLOATS:
            writer.add(op, tensor((3, 4), dtype))
            if name not in NO_EDGES:  # PyTorch's erf loses the smallest
                writer.add(op, edges(dtype)[:-1].clone() if name.endswith("erf") else edges(dtype))
        writer.add(op, tensor((4, 3), F32).t())
        writer.add(op, tensor((2, 3, 4), F32)[:, :, ::2].contiguous().as_strided((2, 3, 2), (6, 2, 1)))
        writer.add(op, tensor((), F32))
        writer.add(op, tensor((0, 3), F32))
        for dtype in INTS + [BOOL, I8] if name != "sinc" else []:  # sin(pi * n) is all rounding
            writer.add(op, tensor((5,), dtype))
    for dtype in INTS + [BOOL]:
        writer.add(aten.bitwise_not.default, tensor((6,), dtype))
    for dtype in FLOATS:
        x = tensor((3, 5), dtype)
        writer.add(aten.gelu.default, x, approximate="tanh")
        writer.add(aten.round.decimals, tensor((8,), F32, 30.0), decimals=1)
        writer.add(aten.logit.default, positive((6,), dtype, 0.0, 1.0), eps=0.05)
        writer.add(aten.elu.default, x, 0.7, 1.1, 0.9)
        writer.add(aten.celu.default, x, 0.7)
        writer.add(aten.hardtanh.default, x, -0.3, 0.4)
        writer.add(aten.leaky_relu.default, x, 0.2)
        writer.add(aten.softplus.default, x, 2.0, 1.0)
        writer.add(aten.threshold.default, x, 0.1, 7.0)
        writer.add(aten.nan_to_num.default, edges(dtype), 1.5, 2.5, -3.5)
        writer.add(aten.clamp.default, x, -0.5, 0.25)
        writer.add(aten.clamp.default, x, None, 0.25)
        writer.add(aten.clamp_min.default, x, 0.1)
        writer.add(aten.clamp_max.default, x, 0.1)
    writer.add(aten.clamp.default, tensor((7,), I64), -2, 2)
    writer.add(aten.clip.default, tensor((7,), I32), None, 2)


BINARY = "add sub mul div true_divide maximum minimum fmax fmin fmod remainder floor_divide atan2 copysign hypot nextafter " \
         "logaddexp eq ne lt le gt ge logical_and logical_or logical_xor".split()
SCALAR = "add sub mul div true_divide fmod remainder floor_divide copysign eq ne lt le gt ge rsub".split()
BITS = "bitwise_and bitwise_or bitwise_xor __and__ __or__ __xor__ bitwise_left_shift bitwise_right_shift __lshift__ " \
       "__rshift__".split()


def overload(name, wanted):
    packet = getattr(aten, name)
    return getattr(packet, wanted if wanted in packet.overloads() else "default")


def binary(writer):
    for name in BINARY:
        op = overload(name, "Tensor")
        for dtype in FLOATS:
            writer.add(op, tensor((3, 4), dtype), tensor((3, 4), dtype))
            writer.add(op, tensor((2, 1, 4), dtype), tensor((3, 1), dtype))
        writer.add(op, edges(), torch.flip(edges(), [0]))
        writer.add(op, tensor((4, 3)).t(), tensor((3, 4)))
        writer.add(op, tensor((0, 4)), tensor((1, 4)))
        writer.add(op, tensor((3, 4), BF16), tensor((), F32))
        writer.add(op, tensor((3, 4), F16), tensor((4,), F32))
        writer.add(op, tensor((3, 4), I64), tensor((3, 4), F32))
        for dtype in INTS + [I16]:
            writer.add(op, tensor((12,), dtype), integers((12,), 1, 6, dtype))
        writer.add(op, tensor((12,), I32), -integers((12,), 1, 6, I32))
        writer.add(op, tensor((6,), BOOL), tensor((6,), BOOL))
    big = torch.tensor([2**62, -2**62, 2**63 - 1, 12345678901234567], dtype=I64)
    for name in ("add", "mul", "sub", "maximum", "eq", "lt"):
        writer.add(overload(name, "Tensor"), big, torch.flip(big, [0]))
    for name in SCALAR:
        op = getattr(aten, name).Scalar if "Scalar" in getattr(aten, name).overloads() else None
        for dtype, number in itertools.product(FLOATS + [I64, I32], (3, -0.7, 0.1)):
            if op is not None:
                writer.add(op, tensor((6,), dtype), number)
            if name in ("add", "sub", "mul", "div", "true_divide"):
                writer.add(overload(name, "Tensor"), tensor((6,), dtype), number)
    for dtype in (F32, F64, I64):  # narrower ones PyTorch rounds once more
        writer.add(aten.add.Tensor, tensor((5,), dtype), tensor((5,), dtype), alpha=3)
        writer.add(aten.sub.Tensor, tensor((5,), dtype), tensor((5,), dtype), alpha=2)
        writer.add(aten.rsub.Tensor, tensor((5,), dtype), tensor((5,), dtype))
        for mode in (None, "floor", "trunc"):
            writer.add(aten.div.Tensor_mode, tensor((9,), dtype, 5.0), integers((9,), 1, 4).to(dtype), rounding_mode=mode)
            writer.add(aten.div.Scalar_mode, tensor((9,), dtype, 5.0), 3, rounding_mode=mode)
        writer.add(aten.pow.Tensor_Tensor, positive((6,), F32).to(dtype), tensor((6,), F32).to(dtype).abs())
        for exponent in (2, 3, 0, 0.5, -1, -2.5):
            writer.add(aten.pow.Tensor_Scalar, positive((6,), F32, 0.5, 4).to(dtype), exponent)
        writer.add(aten.pow.Scalar, 2, tensor((6,), F32).abs().to(dtype))
    writer.add(aten.remainder.Scalar_Tensor, 7, integers((5,), 1, 5))
    writer.add(aten.isclose.default, tensor((8,)), tensor((8,)), 0.5, 0.1)
    writer.add(aten.isclose.default, edges(), edges(), 1e-5, 1e-8, True)
    writer.add(aten.gcd.default, tensor((9,), I64, low=-30, high=30), tensor((9,), I64, low=-30, high=30))
    writer.add(aten.lcm.default, tensor((9,), I64, low=-30, high=30), tensor((9,), I64, low=-30, high=30))
    for name, dtype in itertools.product(BITS, INTS + [BOOL, I8]):
        if dtype == BOOL and "shift" in name:
            continue
        other = integers((9,), 0, 5, dtype) if "shift" in name else tensor((9,), dtype, low=-100, high=100)
        writer.add(getattr(aten, name).Tensor, tensor((9,), dtype, low=-100, high=100), other)
    writer.add(aten.max.other, tensor((3,)), tensor((2, 1)))
    writer.add(aten.min.other, tensor((3,), I64), tensor((2, 1), I64))


def ternary(writer):
    for dtype in FLOATS + [I64]:
        condition = tensor((3, 4), BOOL)
        writer.add(aten.where.self, condition, tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.where.ScalarOther, condition, tensor((3, 4), dtype), 2)
        writer.add(aten.where.ScalarSelf, condition, -1, tensor((3, 4), dtype))
        writer.add(aten.masked_fill.Scalar, tensor((3, 4), dtype), condition, 3)
        writer.add(aten.masked_fill.Tensor, tensor((3, 4), dtype), condition, tensor((), dtype))
        writer.add(aten.clamp.Tensor, tensor((3, 4), dtype), tensor((4,), dtype), tensor((3, 1), dtype))
        writer.add(aten.clamp_min.Tensor, tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.clamp_max.Tensor, tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.addcmul.default, tensor((3, 4), dtype), tensor((3, 4), dtype), tensor((4,), dtype), value=2)
        if dtype != I64:
            writer.add(aten.addcdiv.default, tensor((3, 4), dtype), tensor((3, 4), dtype), positive((4,), dtype), value=2)
            writer.add(aten.lerp.Scalar, tensor((3, 4), dtype), tensor((3, 4), dtype), 0.3)
            writer.add(aten.lerp.Scalar, tensor((3, 4), dtype), tensor((3, 4), dtype), 0.7)
            writer.add(aten.lerp.Tensor, tensor((3, 4), dtype), tensor((3, 4), dtype), positive((3, 4), dtype, 0.0, 1.0))
            writer.add(aten.prelu.default, tensor((2, 3, 4), dtype), tensor((1,), dtype))
    writer.add(aten.where.self, tensor((3,), BOOL), tensor((3,), I32), tensor((3,), F32))


def casts(writer):
    every = FLOATS + INTS + [BOOL, I8, I16] + NARROW
    for source, target in itertools.product(every, every):
        small = tensor((9,), source) if source not in NARROW else tensor((9,), F32).to(source)
        if target == U8 or (target in (I8, BOOL)):
            small = positive((9,), F32, 0.0, 9.0).to(source)
        writer.add(prims.convert_element_type.default, small, target)
    wide = torch.tensor([448.0, 449.0, 463.9, 464.0, 480.0, 1e5, -1e5, 57344.0, 61439.0, 61440.0, 65504.0, 65519.0, 65520.0,
                         1e-8, 2**-10, 2**-9, 1.5 * 2**-9, 2**-16, 1.5 * 2**-17, -2**-17, 2**-24, 0.0, -0.0, 240.0, 248.0,
                         249.0, float("inf"), -float("inf"), float("nan"), 1.0625, 1.1875, 3.3e38], dtype=F32)
    for target in NARROW + [F16, BF16, F64]:
        writer.add(prims.convert_element_type.default, wide, target)
    for code in NARROW + [F16, BF16]:  # every code of eight bits, and a sample of sixteen
        bits = torch.arange(256).to(U8) if code in NARROW else (torch.arange(0, 65536, 97).to(torch.int32) - 32768).to(I16)
        writer.add(prims.convert_element_type.default, bits.view(code), F32)
    powers = torch.tensor([1.0, 2.0, 3.0, 1.49, 1.5, 1.51, 0.75, 1e-38, 2.0**127, 5.5], dtype=F32)
    writer.add(prims.convert_element_type.default, powers, torch.float8_e8m0fnu)
    writer.add(prims.convert_element_type.default, torch.arange(255).to(U8).view(torch.float8_e8m0fnu), F32)
    writer.add(prims.convert_element_type.default, torch.tensor([2**53 + 1, 2**62 + 1, -2**31, 16777217]), F32)
    x = tensor((2, 3))
    writer.add(aten._to_copy.default, x.t(), dtype=BF16)
    writer.add(aten.to.dtype, x, F16)
    writer.add(aten.to.dtype, x, F32)
    writer.add(aten.type_as.default, x, tensor((1,), I64))
    writer.add(aten.fill.Scalar, x, 2.5)
    writer.add(aten.fill.Tensor, x, tensor(()))
    writer.add(aten.copy.default, x, tensor((3,), BF16))


IN_PLACE = [("add_", "Tensor"), ("mul_", "Tensor"), ("sub_", "Tensor"), ("div_", "Tensor"), ("copy_", "default"),
            ("maximum", "default")]


def in_place(writer):
    for name in "add_ mul_ sub_ div_ eq_ lt_".split():
        writer.add(getattr(aten, name).Tensor, tensor((3, 4), BF16), tensor((4,), F32))
        writer.add(getattr(aten, name).Scalar, tensor((3, 4), F32), 0.3)
    for name in "relu_ sigmoid_ exp_ neg_ abs_ sqrt_ zero_ silu_ gelu_ tanh_ floor_ square_".split():
        writer.add(getattr(aten, name).default, positive((4, 3), F32).t())
        writer.add(getattr(aten, name).default, tensor((3, 4), F16))
    writer.add(aten.clamp_.default, tensor((5,)), -0.1, 0.2)
    writer.add(aten.masked_fill_.Scalar, tensor((3, 4)), tensor((4,), BOOL), -1.0)
    writer.add(aten.fill_.Scalar, tensor((3, 4), I32), 7)
    writer.add(aten.fill_.Tensor, tensor((3, 4), F16), tensor(()))
    writer.add(aten.copy_.default, tensor((3, 4), BF16), tensor((4,), F32))
    writer.add(aten.tril_.default, tensor((4, 4)))
    writer.add(aten.addcmul_.default, tensor((4,)), tensor((4,)), tensor((4,)), value=0.5)
    writer.add(aten.lerp_.Scalar, tensor((4,)), tensor((4,)), 0.25)
    writer.add(aten.bitwise_and_.Scalar, tensor((5,), I64), 3)
    writer.add(aten.__iand__.Tensor, tensor((5,), I64), tensor((5,), I64))
    writer.add(aten.logical_not_.default, tensor((5,), F32))
    writer.add(aten.pow_.Scalar, positive((5,)), 2.5)


# ---- data movement ----

def views(writer):
    x = tensor((2, 3, 4))
    writer.add(aten.view.default, x, [6, 4])
    writer.add(aten.view.default, x, [2, -1])
    writer.add(aten.reshape.default, x.permute(2, 0, 1), [4, 6])
    writer.add(aten.reshape.default, tensor((4, 6)).t(), [3, 2, 4])
    writer.add(aten.reshape.default, tensor((2, 1, 3, 1)), [1, 6, 1])
    writer.add(aten.reshape.default, tensor((4, 6)).as_strided((4, 3), (6, 1)), [2, 2, 3])
    writer.add(aten.reshape.default, tensor((4, 6)).as_strided((4, 3), (6, 1)), [12])
    writer.add(aten.reshape.default, tensor((0, 3)), [3, 0])
    writer.add(aten._unsafe_view.default, x, [24])
    writer.add(aten.flatten.using_ints, x.permute(1, 0, 2), 1, 2)
    writer.add(aten.ravel.default, x.permute(1, 0, 2))
    writer.add(aten.unflatten.int, x, 2, [2, 2])
    writer.add(aten.view.dtype, x, I32)
    writer.add(aten.view.dtype, tensor((2, 4), F32), F16)
    writer.add(aten.view.dtype, tensor((2, 4), F16), F32)
    writer.add(aten.permute.default, x, [2, 0, 1])
    writer.add(aten.transpose.int, x, 0, -1)
    writer.add(aten.t.default, tensor((3, 2)))
    writer.add(aten.numpy_T.default, x)
    writer.add(aten.mT.default, x)
    writer.add(aten.movedim.int, x, 0, 2)
    writer.add(aten.movedim.intlist, x, [0, 1], [2, 0])
    writer.add(aten.expand.default, tensor((3, 1)), [2, 3, 4])
    writer.add(aten.expand.default, tensor((3, 1)), [-1, 4])
    writer.add(aten.broadcast_to.default, tensor((1,)), [2, 2])
    writer.add(aten.expand_as.default, tensor((3, 1)), tensor((3, 5)))
    writer.add(aten.squeeze.default, tensor((1, 3, 1)))
    writer.add(aten.squeeze.dim, tensor((1, 3, 1)), 0)
    writer.add(aten.squeeze.dims, tensor((1, 3, 1)), [0, -1])
    writer.add(aten.unsqueeze.default, x, -1)
    for index in (0, 2, -1):
        writer.add(aten.select.int, x, 1, index)
    for bounds in ((0, 2, 1), (1, None, 1), (-2, 100, 1), (0, 4, 3), (3, 1, 1), (None, -1, 2)):
        writer.add(aten.slice.Tensor, x, 2, *bounds)
    writer.add(aten.narrow.default, x, 2, 1, 2)
    for offset in (0, 1, -1, 3):
        writer.add(aten.diagonal.default, x, offset, 1, 2)
    writer.add(aten.unfold.default, x, 2, 2, 1)
    writer.add(aten.as_strided.default, x, [2, 2], [5, 3], 4)
    writer.add(aten.as_strided.default, x, [3], [0])
    writer.add(aten.split.Tensor, x, 3, 2)
    writer.add(aten.split_with_sizes.default, x, [1, 3], -1)
    writer.add(aten.split.sizes, x, [1, 0, 2], 1)
    writer.add(aten.chunk.default, x, 3, 2)
    writer.add(aten.tensor_split.sections, x, 3, 2)
    writer.add(aten.tensor_split.indices, x, [1, 3], 2)
    writer.add(aten.tensor_split.indices, x, [3, 1, -1], 2)
    writer.add(aten.unbind.int, x, 1)
    writer.add(aten.unsafe_split.Tensor, x, 2, 1)
    writer.add(aten.unsafe_split_with_sizes.default, x, [1, 2], 1)
    writer.add(aten.view_as_real.default, torch.view_as_complex(tensor((3, 2))))
    writer.add(aten.view_as_complex.default, tensor((3, 2)))
    writer.add(aten.real.default, torch.view_as_complex(tensor((3, 2))))
    writer.add(aten.imag.default, torch.view_as_complex(tensor((3, 2))))
    for name, args in (("squeeze_", ()), ("t_", ()), ("unsqueeze_", (0,)), ("transpose_", (0, 1))):
        writer.add(getattr(aten, name).default, tensor((1, 3)), *args)
    writer.add(aten.as_strided_.default, tensor((3, 3)), [2, 2], [3, 1], 1)
    writer.add(aten.detach_.default, tensor((3,)))
    for dtype in (F32, BF16, I64, BOOL, F8):
        y = tensor((2, 3, 4), dtype) if dtype != F8 else tensor((2, 3, 4)).to(F8)
        writer.add(aten.clone.default, y.permute(1, 2, 0))
        writer.add(aten.contiguous.default, y.permute(1, 2, 0))
        writer.add(aten.alias.default, y)
    writer.add(aten.clone.default, tensor((2, 3, 2, 2)), memory_format=torch.channels_last)
    writer.add(aten.repeat.default, x, [2, 1, 1, 2])
    writer.add(aten.repeat.default, tensor((2, 1)), [0, 2])
    writer.add(aten.tile.default, x, [2, 2])
    writer.add(aten.flip.default, x, [0, -1])
    writer.add(aten.roll.default, x, [1, -2], [0, 2])
    writer.add(aten.roll.default, tensor((5,)), [7])
    for diagonal in (0, 1, -2):
        writer.add(aten.tril.default, tensor((2, 3, 4)), diagonal)
        writer.add(aten.triu.default, tensor((4, 3), I64), diagonal)
    writer.add(prims.broadcast_in_dim.default, tensor((3,)), [2, 3, 4], [1])


def factories(writer):
    cpu = torch.device("cpu")
    writer.add(aten.zeros.default, [2, 3])
    writer.add(aten.ones.default, [2], dtype=I32)
    writer.add(aten.full.default, [2, 2], 1.5, dtype=BF16)
    writer.add(aten.full.default, [2], 3)
    writer.add(aten.full.default, [], float("-inf"))
    writer.add(aten.full_like.default, tensor((2, 3), F16), 0.1)
    writer.add(aten.zeros_like.default, tensor((2, 3), I64))
    writer.add(aten.ones_like.default, tensor((3, 2)).t())
    writer.add(aten.new_zeros.default, tensor((1,), F64), [3])
    writer.add(aten.new_ones.default, tensor((1,), BOOL), [3])
    writer.add(aten.new_full.default, tensor((1,)), [2], 9)
    writer.add(aten.arange.default, 7)
    writer.add(aten.arange.default, 2.5)
    writer.add(aten.arange.start, 2, 9)
    for arguments in ((0, 1, 0.1), (5, -5, -2), (1, 10, 3), (0.5, 3.0, 0.25)):
        writer.add(aten.arange.start_step, *arguments)
    writer.add(aten.arange.start_step, 0, 6, 2, dtype=F32)
    writer.add(aten.linspace.default, -1, 2, 7)
    writer.add(aten.linspace.default, 3, 3, 1)
    writer.add(aten.linspace.default, 0.1, 5, 6, dtype=F64)
    writer.add(aten.logspace.default, 0, 2, 5)
    writer.add(aten.scalar_tensor.default, 1.25, dtype=F16)
    writer.add(aten.scalar_tensor.default, -3, dtype=I64)
    writer.add(aten.eye.default, 3)
    writer.add(aten.eye.m, 2, 4, dtype=I32)
    writer.add(aten.tril_indices.default, 3, 4, -1)
    writer.add(aten.triu_indices.default, 3, 4, 1)
    writer.add(prims.iota.default, 5, start=2, step=3, dtype=I64, device=cpu, requires_grad=False)


def indexing(writer):
    x = tensor((4, 3, 5))
    i = integers((2,), -4, 4)
    j = integers((2,), -3, 3)
    k = integers((3, 2), 0, 5)
    for indices in ([i], [None, j], [i, j], [i, None, integers((2,), 0, 5)], [None, None, k], [k % 4, j],
                    [tensor((4,), BOOL)], [None, tensor((3,), BOOL)], [tensor((4, 3), BOOL)], [torch.tensor(2)]):
        writer.add(aten.index.Tensor, x, indices)
    writer.add(aten.index.Tensor, tensor((4, 3), BF16).t(), [None, i])
    writer.add(aten._unsafe_index.Tensor, tensor((4, 3), I64), [i, j])
    for accumulate in (False, True):
        writer.add(aten.index_put.default, tensor((4, 3)), [torch.tensor([0, 2])], tensor((2, 3)), accumulate)
        writer.add(aten.index_put.default, tensor((4, 3)), [torch.tensor([0, 2]), torch.tensor([1, 2])], tensor(()), accumulate)
        writer.add(aten.index_put_.default, tensor((4, 3)), [None, torch.tensor([1, 0])], tensor((4, 2)), accumulate)
    writer.add(aten.index_put.default, tensor((4, 3), I64), [torch.tensor([1, 1, 2])], tensor((3, 3), I64), True)
    writer.add(aten.index_put.default, tensor((4, 3)), [tensor((4, 3), BOOL)], tensor(()))
    writer.add(aten.index_select.default, x, 1, torch.tensor([2, 0, 0]))
    writer.add(aten.gather.default, x, 1, integers((4, 2, 5), 0, 3))
    writer.add(aten.gather.default, x.permute(2, 0, 1), 2, integers((5, 4, 1), 0, 3))
    writer.add(aten.take.default, x, integers((2, 2), -60, 60))
    writer.add(aten.masked_select.default, x, tensor((3, 5), BOOL))
    writer.add(aten.nonzero.default, tensor((3, 4), BOOL))
    writer.add(aten.nonzero.default, tensor((0, 4)))
    writer.add(aten.embedding.default, tensor((6, 4), BF16), integers((2, 3), 0, 6))
    writer.add(aten.embedding.default, tensor((6, 4)), integers((), 0, 6, I32))
    writer.add(aten.one_hot.default, integers((2, 3), 0, 4), 5)
    writer.add(aten.one_hot.default, integers((4,), 0, 4))
    y = tensor((4, 5))
    index = integers((2, 5), 0, 4)
    for dtype in (F32, BF16, I64):
        writer.add(aten.scatter.value, tensor((4, 5), dtype), 0, index, 2)
        writer.add(aten.scatter_add.default, tensor((4, 5), dtype), 0, index, tensor((2, 5), dtype))
        for reduce, include in itertools.product(("sum", "prod", "mean", "amax", "amin"), (True, False)):
            writer.add(aten.scatter_reduce.two, tensor((4, 5), dtype), 0, index, tensor((2, 5), dtype), reduce,
                       include_self=include)
    unique = torch.tensor([[0, 1, 2, 3, 0], [1, 2, 3, 0, 2]])
    writer.add(aten.scatter.src, y, 0, unique, tensor((3, 5)))
    writer.add(aten.scatter.reduce, tensor((4, 5)), 0, index, tensor((2, 5)), reduce="add")
    writer.add(aten.scatter.value_reduce, tensor((4, 5)), 0, index, 1.5, reduce="multiply")
    writer.add(aten.scatter_add_.default, tensor((4, 5)), 0, index, tensor((2, 5)))
    writer.add(aten.scatter_.value, tensor((4, 5)), 1, unique % 5, 3.0)
    writer.add(aten.index_add.default, tensor((4, 5)), 0, torch.tensor([1, 1, 3]), tensor((3, 5)), alpha=2)
    writer.add(aten.index_copy.default, tensor((4, 5)), 1, torch.tensor([4, 0]), tensor((4, 2)))
    writer.add(aten.index_fill.int_Scalar, tensor((4, 5)), 1, torch.tensor([4, 0]), 7)
    writer.add(aten.index_fill.int_Tensor, tensor((4, 5)), 0, torch.tensor([1]), tensor(()))
    writer.add(aten.index_add_.default, tensor((4, 5)), 1, torch.tensor([0, 2]), tensor((4, 2)))
    writer.add(aten.masked_scatter.default, tensor((4, 5)), tensor((4, 5), BOOL), tensor((20,)))
    writer.add(aten.masked_scatter.default, tensor((4, 5)), tensor((5,), BOOL), tensor((20,)))
    for bounds in ((0, 0, 2, 1), (1, 1, None, 2), (1, -2, 100, 1)):
        part = y[(slice(None),) * bounds[0] + (slice(*bounds[1:]),)]
        writer.add(aten.slice_scatter.default, tensor((4, 5)), tensor(part.shape), *bounds)
    writer.add(aten.select_scatter.default, tensor((4, 5)), tensor((4,)), 1, -1)
    writer.add(aten.diagonal_scatter.default, tensor((4, 5)), tensor((4,)), 1, 0, 1)
    writer.add(aten.diagonal_scatter.default, tensor((4, 5)), tensor((3,)), -1, 0, 1)
    writer.add(aten.as_strided_scatter.default, tensor((4, 5)), tensor((2, 2)), [2, 2], [5, 2], 3)


def joining(writer):
    for dtype in (F32, BF16, I64, BOOL):
        writer.add(aten.cat.default, [tensor((2, 3), dtype), tensor((2, 1), dtype), tensor((2, 0), dtype)], 1)
        writer.add(aten.stack.default, [tensor((2, 3), dtype), tensor((2, 3), dtype)], -1)
    writer.add(aten.cat.default, [tensor((2, 3)), tensor((3, 1), F16).t()], 0)
    writer.add(aten.cat.default, [torch.zeros(0), tensor((2, 3))], 1)
    x = tensor((2, 3, 4))
    for pad in ([1, 2], [0, 1, 2, 0], [-1, 1], [1, -2, -1, 1]):
        writer.add(aten.constant_pad_nd.default, x, pad, 0.5)
    writer.add(aten.constant_pad_nd.default, tensor((3,), I64), [1, 1], 7)
    writer.add(aten.reflection_pad1d.default, x, [2, 1])
    writer.add(aten.reflection_pad2d.default, tensor((1, 2, 3, 4)), [1, 2, 1, 0])
    writer.add(aten.reflection_pad3d.default, tensor((1, 2, 3, 3, 4)), [1, 2, 1, 0, 2, 1])
    writer.add(aten.replication_pad1d.default, x, [2, 1])
    writer.add(aten.replication_pad2d.default, tensor((2, 3, 4)), [1, 2, 1, 0])
    writer.add(aten.replication_pad3d.default, tensor((1, 2, 3, 3, 4)), [1, 2, 1, 0, 2, 1])
    writer.add(aten.repeat_interleave.self_int, x, 2, 1)
    writer.add(aten.repeat_interleave.self_int, x, 2)
    writer.add(aten.repeat_interleave.self_Tensor, x, torch.tensor([1, 0, 2]), 1)
    writer.add(aten.repeat_interleave.Tensor, torch.tensor([1, 0, 2]))
    writer.add(aten.diff.default, tensor((3, 5)))
    writer.add(aten.diff.default, tensor((3, 5), I64), 2, 0)
    writer.add(aten.diff.default, tensor((3, 5)), 1, 1, tensor((3, 1)), tensor((3, 2)))
    writer.add(aten.diff.default, tensor((6,), BOOL))


# ---- along dimensions ----

def reductions(writer):
    for dtype in FLOATS:
        x = tensor((3, 4, 5), dtype)
        for name in ("sum", "mean"):
            writer.add(getattr(aten, name).default, x)
            for dims, keep in (([1], False), ([0, 2], True), ([-1], False)):
                op = aten.sum.dim_IntList if name == "sum" else aten.mean.dim
                writer.add(op, x, dims, keep)
        writer.add(aten.sum.dim_IntList, x.permute(2, 0, 1), [1])
        writer.add(aten.prod.default, positive((3, 4), dtype))
        writer.add(aten.prod.dim_int, positive((3, 4), dtype), 1, True)
        for name in ("amax", "amin"):
            writer.add(getattr(aten, name).default, x, [1], True)
            writer.add(getattr(aten, name).default, x)
        for name in ("max", "min"):
            writer.add(getattr(aten, name).default, x)
            writer.add(getattr(aten, name).dim, x, 1)
            writer.add(getattr(aten, name).dim, x, -1, True)
        for name in ("argmax", "argmin"):
            writer.add(getattr(aten, name).default, x)
            writer.add(getattr(aten, name).default, x, 1, True)
        for name in ("var", "std", "var_mean", "std_mean"):
            packet = getattr(aten, name)
            writer.add(packet.correction, x, [1], correction=0)
            writer.add(packet.correction, x, [0, 2], correction=1, keepdim=True)
            writer.add(packet.correction, x)
            writer.add(packet.dim, x, [2], False, True)
            writer.add(packet.default, x, False)
        for order in (2, 1, 0, float("inf"), float("-inf"), 3):
            writer.add(aten.linalg_vector_norm.default, x, order, [1])
        writer.add(aten.norm.Scalar, x)
        writer.add(aten.norm.ScalarOpt_dim, x, 1, [0], True)
        writer.add(aten.logsumexp.default, x, [1])
        writer.add(aten.logsumexp.default, x, [0, 1], True)
        writer.add(aten.nansum.default, edges(dtype)[4:].clone())
        writer.add(aten.aminmax.default, x, dim=1)
        writer.add(aten.median.dim, x, 2)
        writer.add(aten.median.default, x)
        writer.add(aten.kthvalue.default, x, 2, 1)
        for name in ("_softmax", "_log_softmax"):
            writer.add(getattr(aten, name).default, x, 1, False)
        writer.add(aten.softmax.int, x, -1)
        writer.add(aten.log_softmax.int, x, 0, F32)
        writer.add(aten.cumsum.default, x, 1)
        writer.add(aten.cumprod.default, x, 0)
        writer.add(aten.logcumsumexp.default, x, 2)
        writer.add(aten.cummax.default, x, 1)
        writer.add(aten.cummin.default, x, 1)
        writer.add(aten.sort.default, x, 1)
        writer.add(aten.sort.stable, x, stable=True, dim=0, descending=True)
        writer.add(aten.topk.default, x, 2, -1)
        writer.add(aten.topk.default, x, 2, 1, False)
        writer.add(aten.argsort.default, x, 2)
        writer.add(aten._softmax_backward_data.default, tensor((3, 4), dtype), torch.softmax(tensor((3, 4), dtype), 1), 1, dtype)
        writer.add(aten._log_softmax_backward_data.default, tensor((3, 4), dtype), torch.log_softmax(tensor((3, 4), dtype), 1),
                   1, dtype)
    masked = torch.tensor([[0.5, float("-inf")], [float("-inf"), float("-inf")]])
    writer.add(aten._safe_softmax.default, masked, 1)
    writer.add(aten._softmax.default, masked, 1, False)
    for name in ("amax", "max", "sum", "mean", "argmax"):
        writer.add(getattr(aten, name).default, edges()[2:6].clone())
    writer.add(aten.max.dim, torch.stack([edges()[:6].clone(), edges()[4:10].clone()]), 1)
    writer.add(aten.sort.default, edges())
    writer.add(aten.sort.default, edges(), 0, True)
    writer.add(aten.sum.default, torch.zeros(0))
    writer.add(aten.sum.dim_IntList, torch.zeros(2, 0), [1])
    writer.add(aten.prod.default, torch.zeros(0))
    writer.add(aten.sum.default, tensor(()))
    writer.add(aten._softmax.default, tensor(()), 0, False)
    for dtype in INTS + [BOOL]:
        x = tensor((3, 4), dtype)
        writer.add(aten.sum.default, x)
        writer.add(aten.sum.dim_IntList, x, [1])
        writer.add(aten.prod.dim_int, x, 0)
        writer.add(aten.amax.default, x, [0])
        writer.add(aten.any.dim, x, 1)
        writer.add(aten.all.dim, x, 0, True)
        writer.add(aten.any.default, x)
        writer.add(aten.all.default, x)
        writer.add(aten.any.dims, x, [0, 1])
        writer.add(aten.count_nonzero.default, x)
        writer.add(aten.count_nonzero.dim_IntList, x, [1])
        writer.add(aten.cumsum.default, x, 1)
        writer.add(aten.sort.stable, x, stable=True, dim=1)
    big = torch.tensor([2**62, 2**62, 2**62, 5])
    writer.add(aten.sum.default, big)
    writer.add(aten.cumsum.default, big, 0)
    writer.add(aten.sum.default, tensor((5,), I32), dtype=F32)
    writer.add(aten.mode.default, torch.tensor([[1, 2, 2], [3, 3, 1]]))
    writer.add(aten.nanmedian.default, edges()[4:].clone())
    writer.add(aten.sum.dim_IntList, tensor((64, 40), BF16), [0])
    writer.add(aten.mean.dim, tensor((16, 100), F16), [1])


def norms(writer):
    for dtype in FLOATS:
        x = tensor((2, 3, 8), dtype)
        weight, bias = tensor((8,), dtype), tensor((8,), dtype)
        writer.add(aten.native_layer_norm.default, x, [8], weight, bias, 1e-5)
        writer.add(aten.native_layer_norm.default, x, [3, 8], None, None, 1e-5)
        writer.add(aten.layer_norm.default, x, [8], weight)
        writer.add(aten.rms_norm.default, x, [8], weight, 1e-6)
        writer.add(aten.rms_norm.default, x, [8])
        image = tensor((2, 4, 3, 3), dtype)
        channels = [tensor((4,), dtype), tensor((4,), dtype)]
        writer.add(aten.native_group_norm.default, image, *channels, 2, 4, 9, 2, 1e-5)
        writer.add(aten.group_norm.default, image, 4, *channels)
        statistics = [tensor((4,), dtype), positive((4,), dtype)]
        if dtype in (F32, F64):
            writer.add(aten.native_batch_norm.default, image, *channels, *statistics, False, 0.1, 1e-5)
            writer.add(aten._native_batch_norm_legit.no_stats, image, *channels, True, 0.1, 1e-5)
            writer.add(aten._native_batch_norm_legit_functional.default, image, *channels, *statistics, True, 0.1, 1e-5)
            writer.add(aten._native_batch_norm_legit_no_training.default, image, *channels, *statistics, 0.1, 1e-5)
            writer.add(aten.batch_norm.default, image, *channels, *statistics, False, 0.1, 1e-5, False)
            writer.add(aten.instance_norm.default, image, *channels, None, None, True, 0.1, 1e-5, False)


def searching(writer):
    ordered = torch.tensor([-1.0, 0.0, 0.5, 0.5, 2.0])
    values = torch.tensor([[-2.0, 0.5], [2.0, 3.0]])
    for right in (False, True):
        writer.add(aten.searchsorted.Tensor, ordered, values, right=right)
        writer.add(aten.searchsorted.Scalar, ordered, 0.5, right=right)
        writer.add(aten.bucketize.Tensor, values, ordered, right=right, out_int32=True)
        writer.add(aten.bucketize.Scalar, 0.5, ordered, right=right)
    rows = torch.sort(tensor((3, 6)), 1)[0]
    writer.add(aten.searchsorted.Tensor, rows, tensor((3, 2)), side="right")
    writer.add(aten.searchsorted.Tensor, torch.tensor([3.0, 1.0, 2.0]), tensor((4,)), sorter=torch.tensor([1, 2, 0]))
    writer.add(aten.histc.default, tensor((50,)), 6, -2.0, 2.0)
    writer.add(aten.histc.default, tensor((50,)), 4)


# ---- products ----

def products(writer):
    for dtype in FLOATS + [I64, I32]:
        for m, n, k in ((3, 4, 5), (1, 9, 130), (5, 8, 64), (6, 17, 1)):
            a, b = tensor((m, k), dtype), tensor((n, k), dtype).t()
            writer.add(aten.mm.default, a, b)
        writer.add(aten.mm.default, tensor((5, 3), dtype).t(), tensor((5, 4), dtype))
        writer.add(aten.mm.default, tensor((2, 0), dtype), tensor((0, 3), dtype))
        writer.add(aten.bmm.default, tensor((2, 3, 4), dtype), tensor((2, 5, 4), dtype).transpose(1, 2))
        writer.add(aten.addmm.default, tensor((5,), dtype), tensor((3, 4), dtype), tensor((4, 5), dtype))
        writer.add(aten.addmm.default, tensor((3, 5), dtype), tensor((3, 4), dtype), tensor((4, 5), dtype), beta=2, alpha=3)
        writer.add(aten.baddbmm.default, tensor((1, 3, 5), dtype), tensor((2, 3, 4), dtype), tensor((2, 4, 5), dtype), beta=0)
        writer.add(aten.baddbmm.default, tensor((2, 3, 5), dtype), tensor((2, 3, 4), dtype), tensor((2, 4, 5), dtype), alpha=2)
        writer.add(aten.addbmm.default, tensor((3, 5), dtype), tensor((2, 3, 4), dtype), tensor((2, 4, 5), dtype))
        writer.add(aten.mv.default, tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.addmv.default, tensor((3,), dtype), tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.dot.default, tensor((7,), dtype), tensor((7,), dtype))
        writer.add(aten.outer.default, tensor((3,), dtype), tensor((4,), dtype))
        writer.add(aten.addr.default, tensor((3, 4), dtype), tensor((3,), dtype), tensor((4,), dtype))
        for left, right in (((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 3)), ((2, 3, 4), (4, 5)), ((2, 1, 3, 4), (5, 4, 2)),
                            ((4,), (2, 4, 3)), ((2, 3, 4), (4,))):
            writer.add(aten.matmul.default, tensor(left, dtype), tensor(right, dtype))
        writer.add(aten.linear.default, tensor((2, 3, 4), dtype), tensor((5, 4), dtype), tensor((5,), dtype))
        writer.add(aten.linear.default, tensor((3, 4), dtype), tensor((5, 4), dtype))
    writer.add(aten._int_mm.default, tensor((17, 8), I8), tensor((8, 8), I8))
    for order in (2.0, 1.0, 0.0, 3.0, float("inf")):
        writer.add(aten._cdist_forward.default, tensor((2, 3, 4)), tensor((2, 5, 4)), order, None)
        writer.add(aten._pdist_forward.default, tensor((5, 3)), order)

    def scaled_mm(a, b, scale_a, scale_b, bias=None, scale_result=None, out_dtype=None, use_fast_accum=False):
        product = (a.to(F64) * scale_a.to(F64)) @ (b.to(F64) * scale_b.to(F64))
        return (product + (0 if bias is None else bias.to(F64))).to(out_dtype or a.dtype)

    for out in (BF16, F32, F16):
        op = Op("aten._scaled_mm.default", scaled_mm)
        writer.add(op, tensor((4, 16)).to(F8), tensor((8, 16)).to(F8).t(), positive((1, 1)), positive((1, 1)), out_dtype=out)
        writer.add(op, tensor((4, 16)).to(F8), tensor((8, 16)).to(F8).t(), positive((4, 1)), positive((1, 8)),
                   tensor((8,), out), out_dtype=out)


def images(writer):
    for dtype in FLOATS:
        x = tensor((2, 4, 6, 5), dtype)
        convolution = aten.convolution.default
        for groups, channels in ((1, 4), (2, 2), (4, 1)):
            weight = tensor((8, channels, 3, 2), dtype)
            writer.add(convolution, x, weight, tensor((8,), dtype), [2, 1], [1, 0], [1, 2], False, [0, 0], groups)
            back = tensor((4, 3, 3, 2), dtype)
            writer.add(convolution, x, back, None, [2, 1], [1, 0], [1, 1], True, [1, 0], groups)
        writer.add(aten.conv1d.default, tensor((2, 3, 7), dtype), tensor((4, 3, 3), dtype), tensor((4,), dtype), [2], [1])
        writer.add(aten.conv1d.padding, tensor((2, 3, 7), dtype), tensor((4, 3, 3), dtype), None, [1], "same")
        writer.add(aten.conv2d.default, tensor((3, 5, 5), dtype), tensor((2, 3, 2, 2), dtype))
        writer.add(aten.conv3d.default, tensor((1, 2, 4, 4, 4), dtype), tensor((3, 2, 2, 2, 2), dtype))
        writer.add(aten.conv_transpose2d.input, x, tensor((4, 2, 3, 3), dtype), tensor((4,), dtype), [2, 2], [1, 1], [1, 1], 2)
        for arguments in (([2, 2],), ([3, 2], [2, 1], [1, 1]), ([3, 3], [2, 2], [1, 1], True)):
            writer.add(aten.avg_pool2d.default, x, *arguments)
        writer.add(aten.avg_pool2d.default, x, [3, 3], [2, 2], [1, 1], True, False)
        writer.add(aten.avg_pool2d.default, x, [3, 3], [2, 2], [1, 1], False, True, 5)
        writer.add(aten.avg_pool1d.default, tensor((2, 3, 7), dtype), [3], [2], [1])
        writer.add(aten.avg_pool3d.default, tensor((1, 2, 4, 4, 4), dtype), [2, 2, 2])
        writer.add(aten.max_pool2d.default, x, [3, 2], [2, 1], [1, 1])
        writer.add(aten.max_pool2d_with_indices.default, x, [3, 2], [2, 1], [1, 0], [1, 2], True)
        writer.add(aten.max_pool3d_with_indices.default, tensor((1, 2, 4, 4, 4), dtype), [2, 2, 2])
        writer.add(aten._adaptive_avg_pool2d.default, x, [4, 2])
        writer.add(aten.adaptive_avg_pool1d.default, tensor((2, 3, 7), dtype), [3])
        writer.add(aten.adaptive_max_pool2d.default, x, [4, 2])
    x = tensor((2, 4, 6, 5))

    def with_offsets(x, kernel, stride, padding, dilation, ceil_mode):
        values, indices = aten.max_pool2d_with_indices.default(x, kernel, stride, padding, dilation, ceil_mode)
        rows = indices // x.shape[-1] - (torch.arange(values.shape[-2]) * stride[0] - padding[0])[:, None]
        columns = indices % x.shape[-1] - (torch.arange(values.shape[-1]) * stride[1] - padding[1])
        return values, (rows * kernel[1] + columns).to(I8)

    op = Op("prims._low_memory_max_pool_with_offsets.default", with_offsets)
    writer.add(op, x, [3, 3], [2, 2], [1, 1], [1, 1], False)


def gradients(writer):
    for dtype in (F32, F64, BF16):
        x = tensor((2, 4, 6, 5), dtype)
        for groups, channels in ((1, 4), (2, 2)):
            weight = tensor((8, channels, 3, 2), dtype)
            out = aten.convolution.default(x, weight, None, [2, 1], [1, 0], [1, 1], False, [0, 0], groups)
            writer.add(aten.convolution_backward.default, tensor(out.shape, dtype), x, weight, [8], [2, 1], [1, 0], [1, 1], False,
                       [0, 0], groups, [True, True, True])
        rows = tensor((2, 3, 8), dtype)
        _, mean, scale = aten.native_layer_norm.default(rows, [8], None, None, 1e-5)
        for weight in (None, tensor((8,), dtype)):
            if weight is not None:
                writer.add(aten.native_layer_norm_backward.default, tensor((2, 3, 8), dtype), rows, [8], mean, scale, weight,
                           tensor((8,), dtype), [True, True, True])
        image = tensor((2, 4, 3, 3), dtype)
        _, mean, scale = aten.native_group_norm.default(image, None, None, 2, 4, 9, 2, 1e-5)
        writer.add(aten.native_group_norm_backward.default, tensor((2, 4, 3, 3), dtype), image, mean, scale, tensor((4,), dtype),
                   2, 4, 9, 2, [True, True, True])
        writer.add(aten.avg_pool2d_backward.default, tensor((2, 4, 3, 3), dtype), x, [3, 3], [2, 2], [1, 1], False, False, None)
        maxima, indices = aten.max_pool2d_with_indices.default(x, [3, 2], [2, 1], [1, 0])
        writer.add(aten.max_pool2d_with_indices_backward.default, tensor(maxima.shape, dtype), x, [3, 2], [2, 1], [1, 0], [1, 1],
                   False, indices)
        writer.add(aten._adaptive_avg_pool2d_backward.default, tensor((2, 4, 4, 2), dtype), x)
        for by_frequency in (False, True):
            writer.add(aten.embedding_dense_backward.default, tensor((3, 2, 4), dtype), integers((3, 2), 0, 5), 5, 1, by_frequency)


def attention(writer):
    for dtype in FLOATS:
        q, k, v = tensor((2, 3, 4, 8), dtype), tensor((2, 3, 6, 8), dtype), tensor((2, 3, 6, 5), dtype)
        sdpa = aten.scaled_dot_product_attention.default
        writer.add(sdpa, q, k, v)
        writer.add(sdpa, q, k, v, None, 0.0, True)
        writer.add(sdpa, q, k, v, scale=0.3)
        writer.add(sdpa, q, k, v, tensor((4, 6), dtype))
        mask = tensor((2, 1, 4, 6), BOOL)
        mask[..., 0] = True
        writer.add(sdpa, q, k, v, mask)
        writer.add(sdpa, tensor((1, 4, 5, 8), dtype), tensor((1, 2, 5, 8), dtype), tensor((1, 2, 5, 8), dtype), None, 0.0,
                   True, enable_gqa=True)
        writer.add(aten._scaled_dot_product_attention_math.default, q, k, v)
        writer.add(sdpa, tensor((3, 4, 8), dtype), tensor((3, 6, 8), dtype), tensor((3, 6, 8), dtype))
    q = tensor((1, 2, 4, 8))
    writer.add(aten._scaled_dot_product_flash_attention_for_cpu.default, q, tensor((1, 2, 4, 8)), tensor((1, 2, 4, 8)))

    def unified(query, key, value, output, layer_name, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None):
        heads = [x.reshape(x.shape[0], -1, 8).transpose(0, 1).to(F64) for x in (query, key, value)]
        groups = heads[0].shape[0] // heads[1].shape[0]
        heads[1:] = [x.repeat_interleave(groups, 0) for x in heads[1:]]
        scores = heads[0] @ heads[1].transpose(1, 2) / 8**0.5
        seen = torch.ones(scores.shape[-2:], dtype=BOOL).tril()
        weights = torch.softmax(scores.masked_fill(~seen, float("-inf")), -1)
        output.copy_((weights @ heads[2]).transpose(0, 1).reshape(output.shape).to(output.dtype))

    for dtype in (F32, BF16, F16):
        writer.add(Op("vllm.unified_attention_with_output.default", unified), query=tensor((5, 4, 8), dtype),
                   key=tensor((5, 2, 8), dtype), value=tensor((5, 2, 8), dtype), output=torch.zeros((5, 4, 8), dtype=dtype),
                   layer_name="layers.0.attn", output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None,
                   _written=["output", "output_block_scale"][:1])


# ---- vLLM's ops, by what they are for ----

def largest(dtype):
    return torch.finfo(dtype).max


def rms(x, weight, epsilon):
    """In float, rounded before and after the weight."""
    y = x.float() * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + epsilon)
    return y.to(x.dtype) * weight


def to_narrow(x, scale, dtype):
    return (x.float() * (1.0 / scale)).clamp(-largest(dtype), largest(dtype)).to(dtype)


def silu_mul(x):
    half = x.shape[-1] // 2
    return torch.nn.functional.silu(x[..., :half].float()).to(x.dtype) * x[..., half:]


def group_scales(x, group, dtype):
    magnitudes = x.float().reshape(*x.shape[:-1], -1, group).abs().amax(-1)
    return (magnitudes / largest(dtype)).clamp(min=1 / (largest(dtype) * 512))


def to_narrow_groups(x, scales, group, dtype):
    return to_narrow(x, scales.repeat_interleave(group, -1), dtype)


def rotate(x, angles, neox):
    half = angles.shape[-1] // 2
    cosine, sine = angles[:, None, :half].double(), angles[:, None, half:].double()
    turned, rest = x[..., :2 * half].double(), x[..., 2 * half:]
    a, b = (turned[..., :half], turned[..., half:]) if neox else (turned[..., ::2], turned[..., 1::2])
    c, d = a * cosine - b * sine, b * cosine + a * sine
    both = torch.cat([c, d], -1) if neox else torch.stack([c, d], -1).flatten(-2)
    return torch.cat([both.to(x.dtype), rest], -1)


def pack_fp4(x):
    """The nearest of the eight magnitudes, ties to the even code; two codes a byte, the first one low."""
    grid = torch.tensor([0, 0.5, 1, 1.5, 2, 3, 4, 6], dtype=F64)
    distance = (x.abs().double().unsqueeze(-1) - grid).abs()
    order = torch.tensor([0, 2, 4, 6, 1, 3, 5, 7])  # even codes first, so that they win ties
    code = order[distance[..., order].argmin(-1)] + 8 * torch.signbit(x).long()
    return (code[..., ::2] + 16 * code[..., 1::2]).to(U8)


def vllm(writer):
    epsilon = 1e-6
    for dtype in (F32, BF16, F16):
        def x(*shape):
            return tensor(shape, dtype)

        def rms_norm(result, input, weight, epsilon):
            result.copy_(rms(input, weight, epsilon))

        writer.add(Op("_C.rms_norm.default", rms_norm), result=torch.zeros(3, 16, dtype=dtype), input=x(3, 16), weight=x(16),
                   epsilon=epsilon, _written=["result"])

        def fused_add(input, residual, weight, epsilon):
            residual.copy_(input + residual)
            input.copy_(rms(residual, weight, epsilon))

        writer.add(Op("_C.fused_add_rms_norm.default", fused_add), input=x(3, 16), residual=x(3, 16), weight=x(16),
                   epsilon=epsilon, _written=["input", "residual"])

        def silu_and_mul(result, input):
            result.copy_(silu_mul(input))

        writer.add(Op("_C.silu_and_mul.default", silu_and_mul), result=torch.zeros(3, 8, dtype=dtype), input=x(3, 16),
                   _written=["result"])
        for neox, flat in itertools.product((True, False), (True, False)):
            def rotary(positions, query, key, head_size, cos_sin_cache, is_neox):
                for heads in (query, key):
                    view = heads.view(heads.shape[0], -1, head_size)
                    view.copy_(rotate(view, cos_sin_cache[positions], is_neox))

            shapes = ((4, 32), (4, 16)) if flat else ((4, 4, 8), (4, 2, 8))
            writer.add(Op("_C.rotary_embedding.default", rotary), positions=integers((4,), 0, 9), query=x(*shapes[0]),
                       key=x(*shapes[1]), head_size=8, cos_sin_cache=x(9, 8 if flat else 4), is_neox=neox,
                       _written=["query", "key"])

            def qk_norm_rope(qkv, num_heads_q, num_heads_k, num_heads_v, head_dim, eps, q_weight, k_weight, cos_sin_cache,
                             is_neox, position_ids):
                heads = qkv.view(qkv.shape[0], -1, head_dim)
                split = (num_heads_q, num_heads_k, num_heads_v)
                q, k, _ = heads.split(split, 1)
                q.copy_(rotate(rms(q, q_weight, eps), cos_sin_cache[position_ids], is_neox))
                k.copy_(rotate(rms(k, k_weight, eps), cos_sin_cache[position_ids], is_neox))

            writer.add(Op("_C.fused_qk_norm_rope.default", qk_norm_rope), qkv=x(3, 64), num_heads_q=4, num_heads_k=2,
                       num_heads_v=2, head_dim=8, eps=epsilon, q_weight=x(8), k_weight=x(8), cos_sin_cache=x(9, 8),
                       is_neox=neox, position_ids=integers((3,), 0, 9), _written=["qkv"])
        writer.add(Op("vllm_ir.rms_norm.default", lambda x, w, e: rms(x, w, e)), x(3, 16), x(16), epsilon)

        def ir_fused(x, residual, weight, epsilon):
            total = x + residual
            return rms(total, weight, epsilon), total

        writer.add(Op("vllm_ir.fused_add_rms_norm.default", ir_fused), x(3, 16), x(3, 16), x(16), epsilon)
        quantisation(writer, dtype, x, epsilon)


def quantisation(writer, dtype, x, epsilon):
    def narrow(*shape):
        return torch.zeros(shape, dtype=F32).to(F8)

    def static(result, input, scale):
        result.copy_(to_narrow(input, scale, F8))

    writer.add(Op("_C.static_scaled_fp8_quant.default", static), result=narrow(3, 16), input=x(3, 16),
               scale=positive((1,), low=0.001, high=0.01), _written=["result"])
    writer.add(Op("vllm_ir.static_quant_fp8.default", lambda a, s, d: to_narrow(a, s, d)), x(3, 16),
               positive((1,), low=0.001, high=0.01), F8)

    def dynamic(result, input, scale):
        scale.copy_(input.float().abs().max() / largest(F8))
        result.copy_(to_narrow(input, scale, F8))

    writer.add(Op("_C.dynamic_scaled_fp8_quant.default", dynamic), result=narrow(3, 16), input=x(3, 16),
               scale=torch.zeros(1), _written=["result", "scale"])

    def per_token(result, input, scale, scale_ub):
        magnitude = input.float().abs().amax(-1, keepdim=True)
        magnitude = magnitude if scale_ub is None else torch.minimum(magnitude, scale_ub)
        scale.copy_((magnitude / largest(F8)).clamp(min=1 / (largest(F8) * 512)))
        result.copy_(to_narrow(input, scale, F8))

    for bound in (None, torch.tensor(1.5)):
        writer.add(Op("_C.dynamic_per_token_scaled_fp8_quant.default", per_token), result=narrow(3, 16), input=x(3, 16),
                   scale=torch.zeros(3, 1), scale_ub=bound, _written=["result", "scale"])

    def per_group(input, output_q, output_s, group_size, eps, fp8_min, fp8_max, scale_ue8m0, dummy_is_scale_transposed,
                  dummy_is_tma_aligned):
        magnitude = input.float().reshape(input.shape[0], -1, group_size).abs().amax(-1).clamp(min=eps)
        scale = magnitude / fp8_max
        output_s.copy_(torch.exp2(torch.ceil(torch.log2(scale))) if scale_ue8m0 else scale)
        spread = output_s.repeat_interleave(group_size, -1)
        output_q.copy_((input.float() * (1.0 / spread)).clamp(fp8_min, fp8_max).to(F8))

    for power in (False, True):
        writer.add(Op("_C.per_token_group_fp8_quant.default", per_group), input=x(3, 16), output_q=narrow(3, 16),
                   output_s=torch.zeros(3, 4), group_size=4, eps=1e-10, fp8_min=-448.0, fp8_max=448.0, scale_ue8m0=power,
                   dummy_is_scale_transposed=False, dummy_is_tma_aligned=False, _written=["output_q", "output_s"])

    def norm_static(result, input, weight, scale, epsilon):
        result.copy_(to_narrow(rms(input, weight, epsilon), scale, F8))

    writer.add(Op("_C.rms_norm_static_fp8_quant.default", norm_static), result=narrow(3, 16), input=x(3, 16), weight=x(16),
               scale=positive((1,), low=0.001, high=0.01), epsilon=epsilon, _written=["result"])

    def add_norm_static(result, input, residual, weight, scale, epsilon):
        residual.copy_(input + residual)
        result.copy_(to_narrow(rms(residual, weight, epsilon), scale, F8))

    writer.add(Op("_C.fused_add_rms_norm_static_fp8_quant.default", add_norm_static), result=narrow(3, 16), input=x(3, 16),
               residual=x(3, 16), weight=x(16), scale=positive((1,), low=0.001, high=0.01), epsilon=epsilon,
               _written=["result", "residual"])

    def norm_groups(result, input, weight, scale, epsilon, scale_ub, residual, group_size=16, is_scale_transposed=False):
        if residual is not None:
            residual.copy_(input + residual)
            input = residual
        normed = rms(input, weight, epsilon)
        scale.copy_(group_scales(normed, group_size, F8))
        result.copy_(to_narrow_groups(normed, scale, group_size, F8))

    for residual in (None, x(3, 16)):
        written = ["result", "scale"] + (["residual"] if residual is not None else [])
        writer.add(Op("_C.rms_norm_dynamic_per_token_quant.default", norm_groups), result=narrow(3, 16), input=x(3, 16),
                   weight=x(16), scale=torch.zeros(3, 1), epsilon=epsilon, scale_ub=None,
                   residual=None if residual is None else residual.clone(), _written=written)
        writer.add(Op("_C.rms_norm_per_block_quant.default", norm_groups), result=narrow(3, 16), input=x(3, 16), weight=x(16),
                   scale=torch.zeros(3, 4), epsilon=epsilon, scale_ub=None,
                   residual=None if residual is None else residual.clone(), group_size=4, is_scale_transposed=False,
                   _written=written)

    def silu_static(result, input, scale):
        result.copy_(to_narrow(silu_mul(input), scale, F8))

    writer.add(Op("_C.silu_and_mul_quant.default", silu_static), result=narrow(3, 8), input=x(3, 16),
               scale=positive((1,), low=0.001, high=0.01), _written=["result"])

    def silu_groups(out, input, scales, group_size, scale_ub=None, is_scale_transposed=False):
        activated = silu_mul(input)
        scales.copy_(group_scales(activated, group_size, F8))
        out.copy_(to_narrow_groups(activated, scales, group_size, F8))

    writer.add(Op("_C.silu_and_mul_per_block_quant.default", silu_groups), out=narrow(3, 8), input=x(3, 16),
               scales=torch.zeros(3, 2), group_size=4, scale_ub=None, is_scale_transposed=False, _written=["out", "scales"])

    def fp4(output, input, output_scale, input_scale, is_sf_swizzled_layout):
        groups = input.double().reshape(input.shape[0], -1, 16)
        scale = (input_scale.double() * groups.abs().amax(-1) / 6).float().to(F8)
        inverse = torch.where(scale.double() == 0, 0, input_scale.double() / scale.double())
        output.copy_(pack_fp4((groups * inverse.unsqueeze(-1)).flatten(1)))
        linear = scale.view(U8)
        if is_sf_swizzled_layout:
            rows = torch.zeros(128, 4, dtype=U8)
            rows[:linear.shape[0], :linear.shape[1]] = linear
            linear = rows.reshape(4, 32, 4).permute(1, 0, 2)
        output_scale.view(U8).view(-1)[:linear.numel()] = linear.reshape(-1)

    for swizzled in (False, True):
        writer.add(Op("_C.scaled_fp4_quant.default", fp4), output=torch.zeros(3, 16, dtype=U8), input=x(3, 32),
                   output_scale=torch.zeros(128, 1, dtype=I32), input_scale=torch.tensor([50.0]),
                   is_sf_swizzled_layout=swizzled, _written=["output", "output_scale"])

    def scaled(out, a, b, a_scales, b_scales, bias):
        spread = a_scales.double().repeat_interleave(a.shape[1] // a_scales.shape[1], 1)
        product = (a.double() * spread) @ (b.double() * b_scales.double())
        out.copy_((product + (0 if bias is None else bias.double())).to(out.dtype))

    for columns, bias in ((1, None), (4, None), (1, x(8))):
        writer.add(Op("_C.cutlass_scaled_mm.default", scaled), out=torch.zeros(4, 8, dtype=dtype), a=tensor((4, 16)).to(F8),
                   b=tensor((8, 16)).to(F8).t(), a_scales=positive((4, columns)), b_scales=positive((1, 1)), bias=bias,
                   _written=["out"])


def caches(writer):
    """Rotary embedding fused with the update of a cache, which itself is not modelled."""
    epsilon = 1e-6
    for dtype, neox in itertools.product((F32, BF16, F16), (True, False)):
        def x(*shape):
            return tensor(shape, dtype)

        def rope(query, key, value, positions, cos_sin_cache, is_neox, layer_name):
            for heads in (query, key):
                heads.copy_(rotate(heads, cos_sin_cache[positions], is_neox))
            return torch.empty(0)

        writer.add(Op("vllm.fused_rope_and_unified_kv_cache_update.default", rope), query=x(4, 4, 8), key=x(4, 2, 8),
                   value=x(4, 2, 8), positions=integers((4,), 0, 9), cos_sin_cache=x(9, 8), is_neox=neox,
                   layer_name="layers.0.attn", _written=["query", "key"])

        def rope_mla(positions, q_pe, k_pe, kv_c, cos_sin_cache, is_neox, kv_cache_dtype, kv_cache_scale, layer_name):
            q_pe.copy_(rotate(q_pe, cos_sin_cache[positions], is_neox))
            k_pe.copy_(rotate(k_pe.unsqueeze(1), cos_sin_cache[positions], is_neox).squeeze(1))
            return torch.empty(0)

        writer.add(Op("vllm.fused_rope_unified_mla_kv_cache_update.default", rope_mla), positions=integers((4,), 0, 9),
                   q_pe=x(4, 3, 8), k_pe=x(4, 8), kv_c=x(4, 5), cos_sin_cache=x(9, 8), is_neox=neox, kv_cache_dtype="auto",
                   kv_cache_scale=torch.ones(1), layer_name="layers.0.attn", _written=["q_pe", "k_pe"])

        def norm_rope(q_out, k_out, qkv, positions, q_weight, k_weight, rms_norm_eps, cos_sin_cache, is_neox, layer_name):
            columns = [out.shape[1] * out.shape[2] for out in (q_out, k_out)]
            q, k, _ = qkv.split([*columns, qkv.shape[1] - sum(columns)], 1)
            for out, part, weight in ((q_out, q, q_weight), (k_out, k, k_weight)):
                normed = rms(part.reshape(out.shape), weight, rms_norm_eps)
                out.copy_(rotate(normed, cos_sin_cache[positions], is_neox))
            return torch.empty(0)

        writer.add(Op("vllm.fused_qk_norm_rope_and_unified_kv_cache_update.default", norm_rope),
                   q_out=torch.zeros(3, 4, 8, dtype=dtype), k_out=torch.zeros(3, 2, 8, dtype=dtype), qkv=x(3, 64),
                   positions=integers((3,), 0, 9), q_weight=x(8), k_weight=x(8), rms_norm_eps=epsilon, cos_sin_cache=x(9, 6),
                   is_neox=neox, layer_name="layers.0.attn", _written=["q_out", "k_out"])

    packed_weights(writer)


def resampling(writer):
    """Images in other sizes, taken apart, put together, transformed; bags of embeddings."""
    def every_size(name, x, sizes, factors, *align):
        packet = getattr(aten, name)
        for size in sizes:
            writer.add(packet.default, x, size, *align)
            writer.add(packet.vec, x, size, *align, None)
        for factor in factors:
            size = [int(n * f) for n, f in zip(x.shape[2:], factor)]
            writer.add(packet.default, x, size, *align, *factor)
            writer.add(packet.vec, x, None, *align, factor)

    for dtype in FLOATS:
        line, image, block = tensor((2, 2, 7), dtype), tensor((1, 2, 5, 6), dtype), tensor((1, 1, 3, 4, 2), dtype)
        for kind in ("upsample_nearest", "_upsample_nearest_exact"):
            every_size(f"{kind}1d", line, ([14], [10], [3]), ([2.0], [1.7]))
            every_size(f"{kind}2d", image, ([10, 12], [7, 4]), ([2.0, 2.0], [1.3, 0.6]))
            every_size(f"{kind}3d", block, ([6, 8, 4], [2, 5, 3]), ([1.5, 2.0, 0.7],))
        for align in (False, True):
            every_size("upsample_linear1d", line, ([14], [10], [3], [1]), ([2.0], [1.7]), align)
            every_size("upsample_bilinear2d", image, ([10, 12], [7, 4]), ([2.0, 2.0], [1.3, 0.6]), align)
            every_size("upsample_bicubic2d", image, ([10, 12], [7, 4]), ([2.0, 2.0], [1.3, 0.6]), align)
            every_size("upsample_trilinear3d", block, ([6, 8, 4], [2, 5, 3]), ([1.5, 2.0, 0.7],), align)
    for dtype, mode, padding, align in itertools.product((F32, F64), (0, 1, 2), (0, 1, 2), (False, True)):
        writer.add(aten.grid_sampler_2d.default, tensor((2, 1, 4, 5), dtype), tensor((2, 4, 2, 2), dtype), mode, padding, align)
    for dtype in (F32, BF16, I64):
        writer.add(aten.pixel_shuffle.default, tensor((2, 12, 3, 4), dtype), 2)
        writer.add(aten.pixel_shuffle.default, tensor((9, 2, 3), dtype), 3)
        writer.add(aten.pixel_unshuffle.default, tensor((2, 3, 4, 6), dtype), 2)
        writer.add(aten.pixel_unshuffle.default, tensor((4, 3, 6, 9), dtype)[::2].contiguous(), 3)
    for dtype in FLOATS:
        for window in (([2, 3], [1, 1], [0, 0], [1, 1]), ([3, 2], [1, 2], [1, 1], [2, 1])):
            image = tensor((2, 2, 6, 7), dtype)
            columns = aten.im2col.default(image, *window)
            writer.add(aten.im2col.default, image, *window)
            writer.add(aten.im2col.default, image[0].clone(), *window)
            writer.add(aten.col2im.default, tensor(columns.shape, dtype), [6, 7], *window)
            writer.add(aten.col2im.default, tensor(columns.shape[1:], dtype), [6, 7], *window)

    def to_indices(offsets, kernel, size, stride, padding, dilation):
        rows = offsets // kernel[1] * dilation[0] + (torch.arange(offsets.shape[-2]) * stride[0] - padding[0])[:, None]
        columns = offsets % kernel[1] * dilation[1] + torch.arange(offsets.shape[-1]) * stride[1] - padding[1]
        return rows * size[1] + columns

    writer.add(Op("prims._low_memory_max_pool_offsets_to_indices.default", to_indices), integers((2, 3, 3, 4), 4, 6, I8),
               [3, 2], [7, 9], [2, 2], [1, 0], [1, 1])
    for dtype in (F32, F64):
        real = tensor((2, 3, 4), dtype)
        number = tensor((2, 3, 4, 2), dtype)
        for normalisation in (0, 1, 2):
            for dims in ([2], [1], [0, 2]):
                for onesided in (True, False):
                    writer.add(aten._fft_r2c.default, real, dims, normalisation, onesided)
                if dtype == F32:
                    for forward in (True, False):
                        writer.add(aten._fft_c2c.default, torch.view_as_complex(number), dims, normalisation, forward)
                    last = number.shape[dims[-1]]
                    for size in (2 * last - 2, 2 * last - 1):
                        writer.add(aten._fft_c2r.default, torch.view_as_complex(number), dims, normalisation, size)
    for dtype in (F32, F64):
        writer.add(aten.mH.default, tensor((3, 4), dtype))
        writer.add(aten.adjoint.default, tensor((2, 3, 4), dtype))
    bags(writer)


def bags(writer):
    def embedding_bag(weight, indices, offsets, by_frequency, mode, sparse, factors, last_is_end, padding_idx):
        """As on a device that is no CPU, which leaves nothing out."""
        ends = offsets[1:] if last_is_end else torch.cat([offsets[1:], torch.tensor([len(indices)])])
        starts = offsets[:-1] if last_is_end else offsets
        rows, sizes, chosen, owner = [], [], [], torch.zeros_like(indices)
        for bag, (start, end) in enumerate(zip(starts.tolist(), ends.tolist())):
            kept = torch.arange(start, end)
            owner[start:end] = bag
            kept = kept[indices[start:end] != padding_idx]
            each = weight[indices[kept]].double() * (1 if factors is None else factors[kept].double()[:, None])
            sizes.append(len(kept))
            empty = torch.zeros(weight.shape[1], dtype=F64)
            if mode == 2:
                best = each.max(0) if len(kept) else None
                rows.append(empty if best is None else best.values)
                chosen.append(empty.long() - 1 if best is None else indices[kept][best.indices])
            else:
                rows.append(each.sum(0) / (max(len(kept), 1) if mode == 1 else 1))
        return (torch.stack(rows).to(weight.dtype), owner, torch.tensor(sizes).to(indices.dtype),
                torch.stack(chosen) if mode == 2 else indices.new_zeros(0))

    for name in ("_embedding_bag", "_embedding_bag_forward_only"):
        for dtype, mode, padding in itertools.product((F32, BF16), (0, 1, 2), (-1, 2)):
            indices, factors = integers((7,), 0, 5), positive((7,), dtype) if mode == 0 and padding < 0 else None
            for last_is_end, offsets in ((False, torch.tensor([0, 3, 3])), (True, torch.tensor([0, 2, 7]))):
                writer.add(Op(f"aten.{name}.default", embedding_bag), tensor((5, 4), dtype), indices, offsets, False, mode, False,
                           factors, last_is_end, padding)


MASK = (1 << 64) - 1


def hash_text(text):
    """Of a layer's name, from which the interpreter makes the weights that are not in the graph (src/base/table.c)."""
    data, value = text.encode(), (len(text) * 0x9E3779B97F4A7C15) & MASK
    for start in range(0, len(data), 8):
        word = int.from_bytes(data[start:start + 8], "little")
        value = ((value ^ word) * 0xFF51AFD7ED558CCD) & MASK
        value ^= value >> 29
    value = (value * 0xC4CEB9FE1A85EC53) & MASK
    return value ^ (value >> 32)


def uniform(stream, counter):
    x = (stream + counter * 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return ((x ^ (x >> 31)) >> 11) * 2.0**-53


def packed_weights(writer):
    """MLA: keys and values are unpacked from a latent vector, by weights that the layer's name decides."""
    def mla(q, kv_c_normed, k_pe, output, layer_name, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None):
        tokens, heads, width = q.shape
        latent, rotary = kv_c_normed.shape[1], k_pe.shape[-1]
        value_width = output.numel() * (2 if output.dtype == U8 else 1) // (tokens * heads)
        columns = heads * (width - rotary + value_width)
        stream = hash_text(layer_name)
        weights = torch.tensor([uniform(stream, i) for i in range(latent * columns)], dtype=F64)
        weights = (2 * weights - 1).reshape(latent, columns) * (3 / latent)**0.5
        unpacked = (kv_c_normed.to(F64) @ weights).reshape(-1, heads, width - rotary + value_width)
        keys, values = unpacked.split([width - rotary, value_width], -1)
        turned = k_pe.to(F64).reshape(-1, 1, rotary).expand(-1, heads, -1)
        keys = torch.cat([keys, turned], -1)
        scores = torch.einsum("qhd,khd->hqk", q.to(F64), keys) / width**0.5
        seen = torch.ones(scores.shape[-2:], dtype=BOOL).tril()
        attended = torch.softmax(scores.masked_fill(~seen, float("-inf")), -1)
        rows = torch.einsum("hqk,khd->qhd", attended, values).reshape(tokens, -1).to(q.dtype)
        if output_scale is not None:
            rows = to_narrow(rows, output_scale, output.dtype)
        output.copy_(rows.reshape(output.shape))

    for dtype, scale in itertools.product((F32, BF16, F16), (None, torch.tensor([0.01]))):
        output = torch.zeros((5, 3 * 6), dtype=dtype if scale is None else F32).to(dtype if scale is None else F8)
        writer.add(Op("vllm.unified_mla_attention_with_output.default", mla), q=tensor((5, 3, 8), dtype),
                   kv_c_normed=tensor((5, 7), dtype), k_pe=tensor((5, 1, 4), dtype), output=output, layer_name="layers.1.attn",
                   output_scale=scale, output_block_scale=None, kv_cache_dummy_dep=None, _written=["output"])


def groups(writer):
    """Collectives over two and three ranks, alone and in one op with a product of matrices."""
    def both(keywords, *names):
        return [[k[name] for k in keywords] for name in names]

    def total(parts):
        return sum(part.double() for part in parts).to(parts[0].dtype)

    def scatter(parts, dim):
        return [(part,) for part in total(parts).chunk(len(parts), dim)]

    def product(a, b):
        return (a.double() @ b.double()).to(a.dtype)

    def scaled(a, b, scale_a, scale_b, dtype, bias=None):
        return ((a.double() * scale_a.double()) @ (b.double() * scale_b.double())
                + (0 if bias is None else bias.double())).to(dtype)

    for ranks, dtype in itertools.product((2, 3), (F32, BF16, F16)):
        def x(*shape):
            return tensor(shape, dtype)

        def narrow(*shape):
            return tensor(shape).to(F8)

        def every(make):
            return [make() for _ in range(ranks)]

        rows = 2 * ranks
        writer.add_group(Op("vllm.all_reduce.default", lambda k: [(total(both(k, "tensor")[0]),)] * len(k)),
                         every(lambda: dict(tensor=x(3, 4), group_name="tp:0")))
        for dim in (0, 1):
            writer.add_group(Op("vllm.reduce_scatter.default", lambda k, dim=dim: scatter(both(k, "tensor")[0], dim)),
                             every(lambda dim=dim: dict(tensor=x(rows, rows), dim=dim, world_size=ranks, group_name="tp:0")))
            writer.add_group(Op("vllm.all_gather.default", lambda k, dim=dim: [(torch.cat(both(k, "tensor")[0], dim),)] * len(k)),
                             every(lambda dim=dim: dict(tensor=x(3, 4), dim=dim, world_size=ranks, group_name="tp:0")))

        op = Op("symm_mem.fused_matmul_reduce_scatter.default",
                lambda k: scatter([product(each["A"], each["B"]) for each in k], k[0]["scatter_dim"]))
        writer.add_group(op, every(lambda: dict(A=x(rows, 5), B=x(5, 4), reduce_op="sum", scatter_dim=0, group_name="0")))
        writer.add_group(op, every(lambda: dict(A=x(2, rows, 5), B=x(5, 4), reduce_op="sum", scatter_dim=1, group_name="0")))

        def gather_mm(k):
            whole = torch.cat([each["A"] for each in k], k[0]["gather_dim"])
            return [(whole, *[product(whole, b) for b in each["Bs"]]) for each in k]

        for dim, shape in ((0, (3, 5)), (1, (2, 3, 5))):
            writer.add_group(Op("symm_mem.fused_all_gather_matmul.default", gather_mm),
                             every(lambda: dict(A=x(*shape), Bs=[x(5, 4), x(5, 2)], gather_dim=dim, group_name="0")),
                             outputs=(0, (1, 0), (1, 1)))

        def gather_scaled(k):
            whole = torch.cat([each["A"] for each in k])
            is_part = k[0]["A_scale"].shape[0] == k[0]["A"].shape[0]
            scales = [torch.cat([each["A_scale"] for each in k]) if is_part else each["A_scale"] for each in k]
            return [(whole, *[scaled(whole, b, own, s, dtype, bias) for b, s, bias in
                              zip(each["Bs"], each["B_scales"], each["biases"])]) for each, own in zip(k, scales)]

        for scale_rows in (1, 3, 3 * ranks):
            writer.add_group(
                Op("symm_mem.fused_all_gather_scaled_matmul.default", gather_scaled),
                every(lambda: dict(A=narrow(3, 8), Bs=[narrow(4, 8).t(), narrow(2, 8).t()], A_scale=positive((scale_rows, 1)),
                                   B_scales=[positive((1, 1)), positive((1, 2))], gather_dim=0, group_name="0",
                                   biases=[None, x(2)], result_scales=[None, None], out_dtypes=[dtype, dtype],
                                   use_fast_accum=[False, False])),
                outputs=(0, (1, 0), (1, 1)))

        def scaled_scatter(k):
            parts = [scaled(each["A"], each["B"], each["A_scale"], each["B_scale"], dtype).reshape(each["output_shape"])
                     for each in k]
            return scatter(parts, k[0]["orig_scatter_dim"])

        for shape, dim in (([rows, 4], 0), ([2, ranks, 4], 1)):
            writer.add_group(
                Op("vllm.patched_fused_scaled_matmul_reduce_scatter.default", scaled_scatter),
                every(lambda: dict(A=narrow(rows, 8), B=narrow(4, 8).t(), A_scale=positive((rows, 1)), B_scale=positive((1, 4)),
                                   reduce_op="sum", orig_scatter_dim=dim, scatter_dim_after_maybe_reshape=dim, group_name="0",
                                   output_shape=shape, bias=None, result_scale=None, out_dtype=dtype, use_fast_accum=False)))
        writer.add_group(
            Op("vllm.fused_bmm_fp8_reduce_scatter.default",
               lambda k: scatter([scaled(each["A"], each["B"], each["A_scale"], each["B_scale"], dtype) for each in k], 0)),
            every(lambda: dict(A=narrow(rows, 8), B=narrow(4, 8).t(), A_scale=positive((1,)), B_scale=positive((1,)),
                               group_name="tp:0", world_size=ranks, out_dtype=dtype)))

        def minimax(k):
            q_size, kv_size, eps = k[0]["q_size"], k[0]["kv_size"], k[0]["eps"]
            parts = [each["qkv"][:, :q_size + kv_size].float().split([q_size, kv_size], 1) for each in k]
            means = [sum(own[i].pow(2).mean(-1, keepdim=True) for own in parts) / len(k) for i in range(2)]
            return [tuple((own[i] * torch.rsqrt(means[i] + eps) * each[name]).to(dtype)
                          for i, name in enumerate(("norm_weight_q", "norm_weight_k"))) for own, each in zip(parts, k)]

        weights = x(8), x(4)
        for name, last in (("vllm.minimax_qk_norm_fused.default", True), ("_C.minimax_allreduce_rms_qk.default", False)):
            def keywords(rank):
                middle = {} if last else dict(workspace=torch.zeros(4))
                end = dict(max_tokens=2048) if last else {}
                return dict(qkv=x(3, 16), norm_weight_q=weights[0], norm_weight_k=weights[1], **middle, q_size=8, kv_size=4,
                            rank=0, nranks=ranks, eps=1e-6, **end)

            writer.add_group(Op(name, minimax), [keywords(rank) for rank in range(ranks)], outputs=(0, 1))


FAMILIES = [elementwise, binary, ternary, casts, in_place, views, factories, indexing, joining, reductions, norms, searching,
            products, attention, vllm, images, gradients, caches, groups,
            resampling]


def main():
    archive, total, refused = io.BytesIO(), 0, []
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for number, family in enumerate(FAMILIES):
            GENERATOR.manual_seed(number)
            random.seed(number)
            writer = Writer()
            family(writer)
            data = ("\n".join(writer.lines) + "\n").encode()
            entry = tarfile.TarInfo(f"{family.__name__}.txt")
            entry.size, entry.mode = len(data), 0o644
            tar.addfile(entry, io.BytesIO(data))
            total += writer.count
            refused += writer.refused
            print(f"{family.__name__}: {writer.count} cases, {len(data)} bytes")
    TARGET.write_bytes(lzma.compress(archive.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{total} cases, {TARGET.stat().st_size} bytes packed; PyTorch refused {len(refused)} calls")
    for name, error in refused:
        print(f"  {name}: {error}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
