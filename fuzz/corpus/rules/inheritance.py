class common(Rule):
    """A base without functions makes no rule."""

    view_to_reshape = True
    bias = 1.0
    GROUP = (64, 128)

    @staticmethod
    def shifted(x):
        return x + bias



class derived(common):
    def pattern(x: "f32[n, GROUP]"):
        return shifted(x.view(-1)).view(n, GROUP, 1)

    def replacement(x):
        return (x.unsqueeze(-1) + bias if GROUP > 64 else shifted(x).reshape([n, GROUP] + [1])) * 1



class derived_again(derived):
    bias = 2.0
    GROUP = 32
