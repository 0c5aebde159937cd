class Modules(torch.nn.Module):
    def forward(self, x, y = None, *rest, **named):
        _rest = rest
        _named = named

        # No stacktrace found for following nodes
        parts_in_put = getattr(self.parts, "in-put")(x)
        weight = self.weight
        mul = parts_in_put * weight;  parts_in_put = weight = None
        parts_list_0 = getattr(self.parts.list, "0")(mul);  mul = None
        return {'a': parts_list_0, 'b': (x, None, [1, 2.5, 'hi'])}

