class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4, 4]"):
        # File: models.py:54 in forward, code: return torch.cond(x.sum() > 0, inner, lambda y: y.cos(), (x,))
        sum_1: "f32[]" = torch.ops.aten.sum.default(x)
        gt: "b8[]" = torch.ops.aten.gt.Scalar(sum_1, 0);  sum_1 = None

        # File: <eval_with_key>.45:9 in forward, code: cond = torch.ops.higher_order.cond(l_args_0_, cond_true_1, cond_false_1, (l_args_3_0_,));  l_args_0_ = cond_true_1 = cond_false_1 = l_args_3_0_ = None
        true_graph_0 = self.true_graph_0
        false_graph_0 = self.false_graph_0
        cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (x,));  gt = true_graph_0 = false_graph_0 = x = None
        getitem: "f32[4, 4]" = cond[0];  cond = None
        return (getitem,)

    class true_graph_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]"):
            # File: <eval_with_key>.46:6 in forward, code: max_1 = l_args_3_0__1.max()
            max_1: "f32[]" = torch.ops.aten.max.default(x)

            # File: <eval_with_key>.46:7 in forward, code: gt = max_1 > 1;  max_1 = None
            gt: "b8[]" = torch.ops.aten.gt.Scalar(max_1, 1);  max_1 = None

            # File: <eval_with_key>.46:10 in forward, code: cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (l_args_3_0__1,));  gt = cond_true_0 = cond_false_0 = l_args_3_0__1 = None
            true_graph_0 = self.true_graph_0
            false_graph_0 = self.false_graph_0
            cond = torch.ops.higher_order.cond(gt, true_graph_0, false_graph_0, (x,));  gt = true_graph_0 = false_graph_0 = x = None
            getitem: "f32[4, 4]" = cond[0];  cond = None
            return (getitem,)

        class true_graph_0(torch.nn.Module):
            def forward(self, x: "f32[4, 4]"):
                # File: <eval_with_key>.47:6 in forward, code: add = l_args_3_0__1 + 1;  l_args_3_0__1 = None
                add: "f32[4, 4]" = torch.ops.aten.add.Tensor(x, 1);  x = None
                return (add,)

        class false_graph_0(torch.nn.Module):
            def forward(self, x: "f32[4, 4]"):
                # File: <eval_with_key>.48:6 in forward, code: sub = l_args_3_0__1 - 1;  l_args_3_0__1 = None
                sub: "f32[4, 4]" = torch.ops.aten.sub.Tensor(x, 1);  x = None
                return (sub,)

    class false_graph_0(torch.nn.Module):
        def forward(self, x: "f32[4, 4]"):
            # File: <eval_with_key>.49:6 in forward, code: cos = l_args_3_0__1.cos();  l_args_3_0__1 = None
            cos: "f32[4, 4]" = torch.ops.aten.cos.default(x);  x = None
            return (cos,)

