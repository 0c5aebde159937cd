class GraphModule(torch.nn.Module):
    def forward(self, a: "bf16[s0, 512]", b: "bf16[s0, 512]"):
        sigmoid: "bf16[s0, 512]" = torch.ops.aten.sigmoid.default(a)
        mul: "bf16[s0, 512]" = torch.ops.aten.mul.Tensor(a, sigmoid);  a = None
        mul_1: "bf16[s0, 512]" = torch.ops.aten.mul.Tensor(mul, b);  mul = b = None
        return (mul_1, sigmoid)
