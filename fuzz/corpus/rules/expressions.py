import math
import operator
from math import sqrt
from torch import float16 as half


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
