class examples(Rule):
    """Example inputs: every size is open until the trace needs it."""

    def inputs():
        return [torch.empty(5, 16, dtype=torch.bfloat16, device="cuda"), torch.empty(16, device="cuda"), 0.5]

    def pattern(x, w, s):
        return x.float() * w + s

    def replacement(x, w, s):
        return torch.addcmul(torch.full((), s, device=x.device), x.float(), w)
