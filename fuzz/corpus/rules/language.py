import math
import torch
from regraft import Op, Rule

class pack(Op):
    schema = "my::pack(Tensor[] xs, int n=0) -> Tensor"

class lists(Rule):
    epsilon = (1e-5, 1e-6)
    def pattern(xs: "Tensor[]", ys: "list[f32[n, 4]]", m: "Tensor | None", p: "float"):
        a = torch.ops.my.pack.default([torch.ops.aten.mul.Tensor(x, y) for x, y in zip(xs, ys)])
        b = torch.ops.aten.clamp.default(torch.ops.aten.mul.Tensor(a, p), free(0.5), epsilon)
        return b if m is None else torch.ops.aten.sub.Tensor(b, m), a
    def pattern_other(xs, ys, m, p):
        a = torch.ops.higher_order.wrap(xs[0], *[torch.ops.aten.relu.default(x) for x in xs])
        b = torch.ops.aten.mul.Tensor(torch.cat(ys, 0), p)
        return b if m is None else torch.ops.aten.sub.Tensor(b, m), torch.ops.my.pack.default(xs)
    def replacement(xs, ys, m, p):
        r = torch.ops.my.pack.default([torch.ops.aten.add.Tensor(x, p) for x in xs], len(ys))
        return r if m is None else torch.ops.my.pack.default([r, m, ys[-1]]), None
    def check(xs, ys, m, p):
        return len(xs) == len(ys) or (1 < p and not math.isclose(p, 2.0, rel_tol=1e-3)) or n & (n - 1) == 0 \
            and ys[0].stride(0) not in (4, 8) and xs[0].is_contiguous() and ys[0].device.type == "cuda"

class parts(Rule):
    def pattern(x: "f32[a, b]"):
        return torch.cat([torch.relu(t) for t in torch.ops.aten.split.Tensor(x, free(2), 1)], 1)
    def replacement(x):
        return torch.cat([x[:, i] for i in range(2)])
