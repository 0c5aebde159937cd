class GraphModule(torch.nn.Module):
    def forward(self, x):
        # No stacktrace found for following nodes
        relu = torch.relu(x, o = Colour.RED, c = torch.float32)
        pow_1 = -1 ** x
        neg = -5
        getitem = [x][0]
        a_b = x.a.b()
        _0 = getattr(x, "0")()
        add = (1, 2) + (x,)
        getattr_1 = getattr(x, '0')
        getattr_2 = x.abc
        getattr_3 = getattr(x, 'abc', None)
        sqrt = math_sqrt(x)
        mul = torch.ops.aten.mul(x, 2)
        sub = 1 - -2
        return __main___Pair((relu, pow_1, neg, getitem, a_b, _0, add, getattr_1, getattr_2, getattr_3, sqrt, mul, sub), x)

