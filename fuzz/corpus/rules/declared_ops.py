class scale_rows(Op):
    schema = "my::scale_rows(Tensor x, Tensor s, int count=1) -> (Tensor, Tensor)"
    traits = ("pure",)

    def result(x: "T[..., n]", s: "f32[...]") -> ("T[..., n]", "f32[..., 1]"): ...



class repeat_rows(Op):
    schema = "my::repeat_rows(Tensor x, int count) -> Tensor"

    def result(x: "T[n, k]", count: "int") -> "T[n*count, k]": ...



class declared_ops(Rule):
    """Ops of one's own, with several results and with sizes computed from arguments."""

    def pattern(x: "f16[a, b]", s: "f32[a]"):
        scaled, sums = torch.ops.my.scale_rows(x, s, count=2)
        return torch.ops.my.repeat_rows.default(scaled, 3), sums

    def replacement(x, s):
        scaled, sums = torch.ops.my.scale_rows.default(x, s, 2)
        return torch.cat([scaled, scaled, scaled]), sums
