class G(torch.nn.Module):
    def forward(
        self,
        x: "f32[2]",
    ):
        a = torch.ops.aten.full.default(
            [2],
            x,
            dtype=torch.float32,
        )
        x = None
        return (
            a,
        )
