from regraft import Rule


class double_relu(Rule):
    """relu(x + x) is relu(x * 2)."""

    T = (torch.bfloat16, torch.float32)

    def pattern(x: "T[..., n]"):
        return torch.relu(x + x)

    def replacement(x):
        return torch.relu(x * 2)
