"""What the rule language has, in rules that do little. Loaded, dumped and loaded again by tests/unit/test_rule.c."""

import math
import operator
from math import sqrt

import regraft
import torch
import torch.nn.functional as F
from regraft import Op, Rule
from torch import float16 as half

FP8 = torch.float8_e4m3fn
SIZES: tuple = (64, 128)
aten = torch.ops.aten


def quantize(x, scale, dtype=FP8):
    """A helper; its last parameter has a default."""
    out = torch.empty(x.shape, dtype=dtype, device=x.device)
    result = auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=out, input=x, scale=scale)
    return result[1]


class scale_rows(Op):
    schema = "my::scale_rows(Tensor x, Tensor s, int count=1) -> (Tensor, Tensor)"
    traits = ("pure",)

    def result(x: "T[..., n]", s: "f32[...]") -> ("T[..., n]", "f32[..., 1]"): ...


class repeat_rows(Op):
    schema = "my::repeat_rows(Tensor x, int count) -> Tensor"

    def result(x: "T[n, k]", count: "int") -> "T[n*count, k]": ...


class norm_then_quant(Rule):
    """RMSNorm, then FP8 quantisation.

    Parameters multiply: two epsilons, two dtypes.
    """

    epsilon = (1e-05, 1e-06)
    T = (torch.bfloat16, half)
    priority = 2

    def pattern(input: "T[t, h]", weight: "T[h]", scale: "f32[1, 1]"):
        return quantize(torch.ops.vllm_ir.rms_norm.default(input, weight, epsilon), scale)

    def replacement(input, weight, scale):
        result = torch.empty_like(input, dtype=FP8)
        call = auto_functionalized(
            torch.ops._C.rms_norm_static_fp8_quant.default,
            result=result,
            input=input,
            weight=weight,
            scale=scale,
            epsilon=epsilon,
        )
        return call[1]


class any_leading_dims(Rule):
    """The same dims stand for `...` everywhere."""

    def pattern(x: "bf16[..., 2*d]"):
        return F.silu(x[..., :d]) * x[..., d:]

    def replacement(x):
        out = torch.empty(x.shape[:-1] + (x.shape[-1] // 2,), dtype=x.dtype, device=x.device)
        return auto_functionalized(torch.ops._C.silu_and_mul.default, result=out, input=x)[1]


class any_dtype(Rule):
    """An undeclared name in capitals is any floating dtype."""

    def pattern(x: "D[n]", y: "D[n, ...]"):
        return x.relu(), torch.tanh(y)

    def replacement(x, y):
        return x.clamp_min(0), y.sigmoid() * 2 - 1


class scalars(Rule):
    """Scalars are captured by name; arithmetic on them waits for the match."""

    def pattern(x: "f32[n, m]", c: "float", k: "int", flag: "bool", dims: "int[]", to: "dtype"):
        y = aten.mul.Tensor(x, c)
        z = aten.cumsum.default(y, k)
        return aten.sum.dim_IntList(z, dims, flag, dtype=to)

    def replacement(x, c, k, flag, dims, to):
        z = aten.cumsum.default(x, k)
        return aten.sum.dim_IntList(z, dims, flag, dtype=to) * (c + 1.0 / c * math.sqrt(c))


class examples(Rule):
    """Example inputs: every size is open until the trace needs it."""

    def inputs():
        return [torch.empty(5, 16, dtype=torch.bfloat16, device="cuda"), torch.empty(16, device="cuda"), 0.5]

    def pattern(x, w, s):
        return x.float() * w + s

    def replacement(x, w, s):
        return torch.addcmul(torch.full((), s, device=x.device), x.float(), w)


class declared_ops(Rule):
    """Ops of one's own, with several results and with sizes computed from arguments."""

    def pattern(x: "f16[a, b]", s: "f32[a]"):
        scaled, sums = torch.ops.my.scale_rows(x, s, count=2)
        return torch.ops.my.repeat_rows.default(scaled, 3), sums

    def replacement(x, s):
        scaled, sums = torch.ops.my.scale_rows.default(x, s, 2)
        return torch.cat([scaled, scaled, scaled]), sums


class common(Rule):
    """A base without functions makes no rule."""

    view_to_reshape = True
    bias = 1.0
    GROUP = (64, 128)

    @staticmethod
    def shifted(x):
        return x + bias


class derived(common):
    def pattern(x: "f32[n, GROUP]"):
        return shifted(x.view(-1)).view(n, GROUP, 1)

    def replacement(x):
        return (x.unsqueeze(-1) + bias if GROUP > 64 else shifted(x).reshape([n, GROUP] + [1])) * 1


class derived_again(derived):
    bias = 2.0
    GROUP = 32


class expressions(Rule):
    """Assorted expressions."""

    def pattern(x: "f32[n, 8]cuda:0", y: "i64[n]cuda:0"):
        first, (second, rest) = x[0], (x[1], [x[2], -x[3]])
        total: "f32[8]" = first * 2**3 + second // 1.5 - rest[-1] % (7 // 2)
        mask = ~(y == 0) & (y[None, :] > 3)[0] | (y != 1)
        kept = torch.where(mask[:, None], x, float("-inf") if x.ndim == 2 and not x.dtype == half else 0)
        low, high = torch.ops.aten.split.Tensor(kept, 4, -1)
        extreme = operator.add(low.max(dim=-1).values, high.amin(-1))
        shape = [max(1, x.size(-1)), min(4, len(x.shape)), abs(-2)]
        return total, extreme * sqrt(16) + math.pi, low.sum(), torch.zeros(*shape, device="cuda:0") + total[0]

    def replacement(x, y):
        mask = (y != 0) & (y > 3) | (y != 1)
        kept = torch.where(mask.unsqueeze(-1), x, -math.inf)
        low, high = kept.chunk(2, -1)
        total = x[0] * 8 + torch.div(x[1], 1.5, rounding_mode="floor") + x[3].remainder(3).neg()
        shape = (8, 2, 2)
        zeros = torch.full(shape, 0.0, dtype=torch.float32, device=torch.device("cuda", 0))
        return total, (low.amax(-1) + high.min(-1)[0]) * 4.0 + math.pi, low.sum(), zeros + total[0]
