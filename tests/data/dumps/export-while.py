class GraphModule(torch.nn.Module):
    def forward(self, c_lifted_tensor_0: "i64[][]cpu", x: "f32[4, 4][4, 1]cpu"):
        # File: models.py:60 in forward, code: lambda i, y: i < 3, lambda i, y: (i + 1, y.sin()), (torch.tensor(0), x)
        lift_fresh_copy: "i64[][]cpu" = torch.ops.aten.lift_fresh_copy.default(c_lifted_tensor_0);  c_lifted_tensor_0 = None
        detach_: "i64[][]cpu" = torch.ops.aten.detach_.default(lift_fresh_copy);  lift_fresh_copy = None

        # File: <eval_with_key>.121:9 in forward, code: while_loop = torch.ops.higher_order.while_loop(cond_fn_0, body_fn_0, (l_args_2_0_, l_args_2_1_), ());  cond_fn_0 = body_fn_0 = l_args_2_0_ = l_args_2_1_ = None
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (detach_, x), ());  while_loop_cond_graph_0 = while_loop_body_graph_0 = detach_ = x = None
        getitem: "i64[][]cpu" = while_loop[0]
        getitem_1: "f32[4, 4][4, 1]cpu" = while_loop[1];  while_loop = None
        return (getitem, getitem_1)

    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[][]cpu", arg1_1: "f32[4, 4][4, 1]cpu"):
            # File: <eval_with_key>.122:5 in forward, code: lt = child < 3;  child = None
            lt: "b8[][]cpu" = torch.ops.aten.lt.Scalar(arg0_1, 3);  arg0_1 = None
            return lt

    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "i64[][]cpu", arg1_1: "f32[4, 4][4, 1]cpu"):
            # File: <eval_with_key>.123:5 in forward, code: child = child_2 + 1;  child_2 = None
            add: "i64[][]cpu" = torch.ops.aten.add.Tensor(arg0_1, 1);  arg0_1 = None

            # File: <eval_with_key>.123:6 in forward, code: child_4 = child_3.sin();  child_3 = None
            sin: "f32[4, 4][4, 1]cpu" = torch.ops.aten.sin.default(arg1_1);  arg1_1 = None
            return (add, sin)

