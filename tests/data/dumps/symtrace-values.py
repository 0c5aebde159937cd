class values(torch.nn.Module):
    def forward(self, x, y = 3, *rest):
        _rest = rest

        # No stacktrace found for following nodes
        size = x.size(0)
        max_1 = x.max(dim = 1)
        getitem = x[(slice(0, 1, None), Ellipsis, None)]
        f = x.f(1j, (1+2j), -0.0, 1e+100, 1000000000000000000000000000000, nan, -inf)
        pow_1 = -1 ** x
        getattr_1 = x.shape;  x = None
        return {'shape': getattr_1, 'sizes': [size, (max_1,)], 1: getitem, 'numbers': f, 'dtype': torch.float32, 'slice': slice(None, None, None), 'device': device(type='cuda', index=1), 'power': pow_1, 'text': 'both \' and "\n\\ ü\u200b'}

