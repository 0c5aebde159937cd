aten = torch.ops.aten


class scalars(Rule):
    """Scalars are captured by name; arithmetic on them waits for the match."""

    def pattern(x: "f32[n, m]", c: "float", k: "int", flag: "bool", dims: "int[]", to: "dtype"):
        y = aten.mul.Tensor(x, c)
        z = aten.cumsum.default(y, k)
        return aten.sum.dim_IntList(z, dims, flag, dtype=to)

    def replacement(x, c, k, flag, dims, to):
        z = aten.cumsum.default(x, k)
        return aten.sum.dim_IntList(z, dims, flag, dtype=to) * (c + 1.0 / c * math.sqrt(c))
