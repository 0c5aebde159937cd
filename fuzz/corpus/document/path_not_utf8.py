class Sequential(torch.nn.Module):
    def forward(self, input):
        input_1 = input
        _0 = getattr(self, "0")(input_1);  input_1 = None
        _1 = getattr(self, "¿")(_0);  _0 = None
        _2_0 = getattr(getattr(self, "2"), "0")(_1);  _1 = None
        _2_1 = getattr(getattr(self, "2"), "1")(_2_0);  _2_0 = None
        return _2_1
