"""Ops that go element by element, casts, and ops in place."""
import itertools

import torch

from kernel_golden.cases import BF16, BOOL, F16, F32, F64, FLOATS, I16, I32, I64, I8, INTS, NARROW, U8, aten, edges, \
    integers, positive, prims, tensor

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
