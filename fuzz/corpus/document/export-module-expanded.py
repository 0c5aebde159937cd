class GraphModule(torch.nn.Module):
    def forward(
        self,
        pair,
        named,
    ):
        pair_0: "f32[4, 4]"
        pair_1: "f32[4, 4]"
        named_k: "f32[4, 4]"
        pair_0, pair_1, named_k, = fx_pytree.tree_flatten_spec(([pair, named], {}), self._in_spec)
        # No stacktrace found for following nodes
        _guards_fn = self._guards_fn(pair_0, pair_1, named_k);  pair_0 = pair_1 = _guards_fn = None

        # File: models.py:46 in forward, code: return {"out": pair[0] + named["k"]}, pair[1]
        add: "f32[4, 4]" = torch.ops.aten.add.Tensor(named_k, named_k)
        return pytree.tree_unflatten((add, named_k), self._out_spec)

