class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4]"):
        l_x_ = L_x_

        # File: models.py:72 in split, code: a = torch.sin(x) + y
        sin: "f32[4, 4]" = torch.sin(l_x_)
        a: "f32[4, 4]" = sin + l_x_;  sin = l_x_ = None

        # File: models.py:73 in split, code: b, c = torch.split(a, 2)
        split = torch.functional.split(a, 2);  a = None
        b: "f32[2, 4]" = split[0]
        c: "f32[2, 4]" = split[1];  split = None

        # File: models.py:74 in split, code: return torch.cond(b.sum() > 0, lambda q: q.sin(), lambda q: q.cos(), (c,))
        sum_1: "f32[]" = b.sum();  b = None
        gt: "b8[]" = sum_1 > 0;  sum_1 = None
        cond_true_0 = self.cond_true_0
        cond_false_0 = self.cond_false_0
        cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (c,));  gt = cond_true_0 = cond_false_0 = c = None
        getitem_2: "f32[2, 4]" = cond[0];  cond = None
        return (getitem_2,)

    class cond_true_0(torch.nn.Module):
        def forward(self, c: "f32[2, 4]"):
            c_1 = c

            # File: models.py:74 in <lambda>, code: return torch.cond(b.sum() > 0, lambda q: q.sin(), lambda q: q.cos(), (c,))
            sin: "f32[2, 4]" = c_1.sin();  c_1 = None
            return (sin,)

    class cond_false_0(torch.nn.Module):
        def forward(self, c: "f32[2, 4]"):
            c_1 = c

            # File: models.py:74 in <lambda>, code: return torch.cond(b.sum() > 0, lambda q: q.sin(), lambda q: q.cos(), (c,))
            cos: "f32[2, 4]" = c_1.cos();  c_1 = None
            return (cos,)

