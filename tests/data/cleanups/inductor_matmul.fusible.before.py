class graph_0(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[2, 5][5, 1]cuda:0", x5: "f32[2, 4][4, 1]cuda:0", x6: "f32[4, 5][5, 1]cuda:0", x8: "f32[1, 2, 5][10, 5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x8, mm_default_1);  x8 = mm_default_1 = None
        return (add_tensor, add_tensor_1)

class graph_1(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 4][12, 4, 1]cuda:0", x1: "f32[1, 4, 1][4, 1, 1]cuda:0", x4: "f32[3, 4][4, 1]cuda:0", x5: "f32[4, 1][1, 1]cuda:0", x7: "f32[1, 1][1, 1]cuda:0"):
        bmm_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        neg_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        return (neg_default, neg_default_1)

class graph_2(torch.nn.Module):
    def forward(self, x0: "bf16[1, 3, 4][12, 4, 1]cuda:0", x1: "bf16[1, 4, 5][20, 5, 1]cuda:0", x4: "bf16[1, 3, 4][12, 4, 1]cuda:0", x5: "bf16[1, 4, 5][20, 5, 1]cuda:0", x8: "f32[3, 4][4, 1]cuda:0", x9: "f32[4, 5][5, 1]cuda:0", x11: "f32[1][1]cuda:0"):
        bmm_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x4, x5);  x4 = x5 = None
        neg_default_1: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x8, x9);  x8 = x9 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x11);  mm_default = x11 = None
        return (neg_default, neg_default_1, add_tensor)

class graph_3(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0", x8: "bf16[2, 4][4, 1]cuda:0", x9: "bf16[4, 1][1, 1]cuda:0", x11: "bf16[][]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default)
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x8, x9);  x8 = x9 = None
        add_tensor_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x11, mm_default_1);  x11 = mm_default_1 = None
        neg_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        return (neg_default, sum_default, neg_default_1)

class graph_4(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 4][12, 4, 1]cuda:0", x1: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_5(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 5][20, 5, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 5][5, 1]cuda:0", x7: "f32[][]cuda:0"):
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x7, mm_default);  x7 = None
        neg_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor)
        sin_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        relu_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (neg_default, neg_default_1, sin_default, relu_default)

class graph_6(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        return (sum_default,)

class graph_7(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[1, 1][1, 1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        return (sum_default,)

class graph_8(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[][]cuda:0", x5: "f32[2, 4][4, 1]cuda:0", x6: "f32[4, 5][5, 1]cuda:0", x8: "f32[1, 2, 5][10, 5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x8, mm_default_1);  x8 = mm_default_1 = None
        unsqueeze_default: "f32[1, 1, 2, 5][10, 10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        return (add_tensor, sum_default)

class graph_9(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 1][4, 1, 1]cuda:0", x4: "bf16[2, 4][4, 1]cuda:0", x5: "bf16[4, 1][1, 1]cuda:0", x7: "bf16[2, 2, 1][2, 1, 1]cuda:0", x11: "f32[1, 2, 4][8, 4, 1]cuda:0", x12: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "bf16[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x7, mm_default);  x7 = mm_default = None
        unsqueeze_default: "bf16[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default_1: "bf16[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        bmm_default_1: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x11, x12);  x11 = x12 = None
        neg_default_2: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (neg_default, neg_default_1, neg_default_2)

class graph_10(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[1][1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        return (sum_default,)

class graph_11(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0", x6: "f32[3, 4][4, 1]cuda:0", x7: "f32[4, 1][1, 1]cuda:0", x9: "f32[][]cuda:0", x15: "bf16[3, 4][4, 1]cuda:0", x16: "bf16[4, 1][1, 1]cuda:0", x18: "bf16[1, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  x9 = None
        unsqueeze_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sum_default_1: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default)
        sin_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        mm_default_2: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x15, x16);  x15 = x16 = None
        add_tensor_2: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_2, x18);  mm_default_2 = x18 = None
        return (sum_default, sum_default_1, sin_default, relu_default, add_tensor_2)

class graph_12(torch.nn.Module):
    def forward(self, x0: "bf16[2, 2, 4][8, 4, 1]cuda:0", x1: "bf16[2, 4, 5][20, 5, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 5][5, 1]cuda:0", x7: "f32[1, 2, 5][10, 5, 1]cuda:0", x10: "bf16[1, 2, 4][8, 4, 1]cuda:0", x11: "bf16[1, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "bf16[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x7, mm_default);  x7 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        bmm_default_1: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x10, x11);  x10 = x11 = None
        neg_default_1: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (neg_default, sum_default, neg_default_1)

class graph_13(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[2, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        relu_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (add_tensor, relu_default)

class graph_14(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 1][3, 1, 1]cuda:0", x1: "f32[1, 1, 5][5, 5, 1]cuda:0", x4: "f32[3, 4][4, 1]cuda:0", x5: "f32[4, 5][5, 1]cuda:0", x7: "f32[][]cuda:0", x11: "f32[3, 4][4, 1]cuda:0", x12: "f32[4, 5][5, 1]cuda:0", x14: "f32[5][1]cuda:0"):
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x7, mm_default);  x7 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor)
        neg_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x11, x12);  x11 = x12 = None
        add_tensor_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x14);  mm_default_1 = x14 = None
        unsqueeze_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default, sum_default, neg_default_1, sin_default)

class graph_15(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 1][3, 1, 1]cuda:0", x1: "f32[1, 1, 5][5, 5, 1]cuda:0"):
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_16(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[][]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        return (add_tensor,)

class graph_17(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 1][2, 1, 1]cuda:0", x1: "f32[2, 1, 5][5, 5, 1]cuda:0", x4: "f32[1, 2, 1][2, 1, 1]cuda:0", x5: "f32[1, 1, 5][5, 5, 1]cuda:0"):
        bmm_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x4, x5);  x4 = x5 = None
        neg_default_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (neg_default, neg_default_1)

class graph_18(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        return (sum_default,)

class graph_19(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_20(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[2, 2, 1][2, 1, 1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        return (add_tensor,)

class graph_21(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 2, 5][10, 5, 1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "f32[5][1]cuda:0", x14: "bf16[1, 2, 4][8, 4, 1]cuda:0", x15: "bf16[1, 4, 5][20, 5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sin_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x9, mm_default_1);  x9 = mm_default_1 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1)
        unsqueeze_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        bmm_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x14, x15);  x14 = x15 = None
        neg_default_1: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (sin_default, sum_default, neg_default, neg_default_1)

class graph_22(torch.nn.Module):
    def forward(self, x0: "bf16[1, 3, 4][12, 4, 1]cuda:0", x1: "bf16[1, 4, 1][4, 1, 1]cuda:0", x4: "bf16[1, 3, 4][12, 4, 1]cuda:0", x5: "bf16[1, 4, 1][4, 1, 1]cuda:0", x8: "f32[1, 3, 4][12, 4, 1]cuda:0", x9: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x4, x5);  x4 = x5 = None
        neg_default_1: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        bmm_default_2: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x8, x9);  x8 = x9 = None
        neg_default_2: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_2);  bmm_default_2 = None
        return (neg_default, neg_default_1, neg_default_2)

class graph_23(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[][]cuda:0", x7: "f32[2, 2, 4][8, 4, 1]cuda:0", x8: "f32[2, 4, 1][4, 1, 1]cuda:0", x11: "f32[2, 4][4, 1]cuda:0", x12: "f32[4, 1][1, 1]cuda:0", x14: "f32[1][1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        bmm_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x7, x8);  x7 = x8 = None
        neg_default_1: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x11, x12);  x11 = x12 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x14, mm_default_1);  x14 = mm_default_1 = None
        neg_default_2: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        return (neg_default, neg_default_1, neg_default_2)

class graph_24(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[3, 1][1, 1]cuda:0", x7: "f32[3, 4][4, 1]cuda:0", x8: "f32[4, 1][1, 1]cuda:0", x10: "f32[1, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        return (sin_default, sum_default)

class graph_25(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[][]cuda:0", x7: "bf16[2, 4][4, 1]cuda:0", x8: "bf16[4, 1][1, 1]cuda:0", x10: "bf16[1, 2, 1][2, 1, 1]cuda:0", x13: "bf16[2, 4][4, 1]cuda:0", x14: "bf16[4, 1][1, 1]cuda:0", x16: "bf16[2, 2, 1][2, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor)
        sin_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        mm_default_2: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x13, x14);  x13 = x14 = None
        add_tensor_2: "bf16[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x16, mm_default_2);  x16 = None
        sum_default_2: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_2)
        unsqueeze_default: "bf16[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_2, 0);  add_tensor_2 = None
        neg_default: "bf16[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_2);  mm_default_2 = None
        return (sum_default, sin_default, sum_default_1, sum_default_2, neg_default, relu_default)

class graph_26(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0", x7: "f32[2, 4][4, 1]cuda:0", x8: "f32[4, 1][1, 1]cuda:0", x10: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        return (sum_default, add_tensor_1)

class graph_27(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[5][1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sin_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        return (sin_default,)

class graph_28(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 1][2, 1, 1]cuda:0", x1: "f32[2, 1, 5][5, 5, 1]cuda:0"):
        bmm_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_29(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 1][2, 1, 1]cuda:0", x1: "f32[1, 1, 5][5, 5, 1]cuda:0"):
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_30(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[][]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default,)

class graph_31(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[2, 1][1, 1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        return (sin_default,)

class graph_32(torch.nn.Module):
    def forward(self, x0: "bf16[2, 2, 4][8, 4, 1]cuda:0", x1: "bf16[2, 4, 1][4, 1, 1]cuda:0", x4: "bf16[2, 4][4, 1]cuda:0", x5: "bf16[4, 1][1, 1]cuda:0", x7: "f32[1][1]cuda:0"):
        bmm_default: "bf16[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default, sin_default)

class graph_33(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 1][3, 1, 1]cuda:0", x1: "f32[1, 1, 5][5, 5, 1]cuda:0", x4: "f32[3, 4][4, 1]cuda:0", x5: "f32[4, 5][5, 1]cuda:0", x7: "f32[][]cuda:0", x9: "bf16[3, 4][4, 1]cuda:0", x10: "bf16[4, 5][5, 1]cuda:0", x12: "bf16[3, 1][1, 1]cuda:0"):
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x12);  x12 = None
        neg_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        relu_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (neg_default, add_tensor, neg_default_1, relu_default)

class graph_34(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[2, 2, 5][10, 5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        unsqueeze_default: "bf16[1, 2, 2, 5][20, 10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "bf16[1, 2, 2, 5][20, 10, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (sin_default, relu_default)

class graph_35(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 1][3, 1, 1]cuda:0", x1: "f32[2, 1, 5][5, 5, 1]cuda:0"):
        bmm_default: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_36(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 5][5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        return (add_tensor,)

class graph_37(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_38(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[3, 5][5, 1]cuda:0", x6: "f32[1, 3, 4][12, 4, 1]cuda:0", x7: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        neg_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x6, x7);  x6 = x7 = None
        neg_default_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default, neg_default_1)

class graph_39(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 3, 5][15, 5, 1]cuda:0", x7: "bf16[3, 4][4, 1]cuda:0", x8: "bf16[4, 5][5, 1]cuda:0", x10: "bf16[1, 5][5, 1]cuda:0"):
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "bf16[1, 1, 3, 5][15, 15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x10);  x10 = None
        unsqueeze_default_1: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default_1);  unsqueeze_default_1 = None
        relu_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (sum_default, sin_default, relu_default)

class graph_40(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        return (sum_default,)

class graph_41(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[][]cuda:0"):
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default,)

class graph_42(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1, 5][5, 1]cuda:0", x5: "bf16[3, 4][4, 1]cuda:0", x6: "bf16[4, 5][5, 1]cuda:0", x8: "bf16[][]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x8);  mm_default_1 = x8 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        return (add_tensor, sum_default)

class graph_43(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        neg_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor)
        unsqueeze_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (neg_default, sum_default, relu_default)

class graph_44(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[1, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sin_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        return (sin_default,)

class graph_45(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0", x7: "f32[1, 3, 4][12, 4, 1]cuda:0", x8: "f32[1, 4, 1][4, 1, 1]cuda:0", x11: "f32[1, 3, 4][12, 4, 1]cuda:0", x12: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        neg_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor)
        neg_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        bmm_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x7, x8);  x7 = x8 = None
        neg_default_2: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x11, x12);  x11 = x12 = None
        neg_default_3: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (neg_default, neg_default_1, neg_default_2, neg_default_3)

class graph_46(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0", x6: "f32[2, 4][4, 1]cuda:0", x7: "f32[4, 1][1, 1]cuda:0", x9: "f32[1, 1][1, 1]cuda:0", x14: "f32[2, 4][4, 1]cuda:0", x15: "f32[4, 1][1, 1]cuda:0", x17: "f32[2, 2, 1][2, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        neg_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        neg_default_1: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default)
        sin_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_2: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x14, x15);  x14 = x15 = None
        add_tensor_2: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x17, mm_default_2);  x17 = mm_default_2 = None
        neg_default_2: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_2);  add_tensor_2 = None
        return (neg_default, neg_default_1, sin_default, neg_default_2)

class graph_47(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 5][5, 1]cuda:0", x7: "bf16[3, 4][4, 1]cuda:0", x8: "bf16[4, 5][5, 1]cuda:0", x10: "f32[2, 3, 5][15, 5, 1]cuda:0", x13: "f32[1, 3, 4][12, 4, 1]cuda:0", x14: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        sin_default: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_1);  add_tensor_1 = None
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x13, x14);  x13 = x14 = None
        neg_default_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default, sin_default, neg_default_1)

class graph_48(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "f32[][]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor)
        unsqueeze_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (sum_default, sum_default_1, relu_default)

class graph_49(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1, 2, 1][2, 1, 1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 1][1, 1]cuda:0", x9: "bf16[1, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        sin_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_1);  add_tensor_1 = None
        return (neg_default, sin_default)

class graph_50(torch.nn.Module):
    def forward(self, x0: "bf16[1, 3, 4][12, 4, 1]cuda:0", x1: "bf16[1, 4, 1][4, 1, 1]cuda:0", x4: "bf16[3, 4][4, 1]cuda:0", x5: "bf16[4, 1][1, 1]cuda:0", x7: "f32[1][1]cuda:0"):
        bmm_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        neg_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        return (neg_default, neg_default_1)

class graph_51(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0", x5: "f32[2, 4][4, 1]cuda:0", x6: "f32[4, 1][1, 1]cuda:0", x8: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x8, mm_default_1);  x8 = mm_default_1 = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        return (add_tensor, neg_default)

class graph_52(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 4][8, 4, 1]cuda:0", x1: "f32[2, 4, 1][4, 1, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 1][1, 1]cuda:0", x7: "f32[][]cuda:0"):
        bmm_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        return (neg_default, sum_default)

class graph_53(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 3, 5][15, 5, 1]cuda:0", x6: "bf16[3, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "bf16[1][1]cuda:0", x13: "f32[3, 4][4, 1]cuda:0", x14: "f32[4, 5][5, 1]cuda:0", x16: "f32[1][1]cuda:0"):
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        neg_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1)
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        mm_default_2: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x13, x14);  x13 = x14 = None
        add_tensor_2: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x16, mm_default_2);  x16 = mm_default_2 = None
        sin_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_2);  add_tensor_2 = None
        return (neg_default, sum_default, sum_default_1, sin_default)

class graph_54(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0", x6: "f32[1, 2, 4][8, 4, 1]cuda:0", x7: "f32[1, 4, 1][4, 1, 1]cuda:0", x10: "f32[1, 2, 4][8, 4, 1]cuda:0", x11: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        bmm_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x6, x7);  x6 = x7 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x10, x11);  x10 = x11 = None
        neg_default_1: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (sin_default, neg_default, neg_default_1)

class graph_55(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[2, 2, 1][2, 1, 1]cuda:0", x7: "f32[2, 4][4, 1]cuda:0", x8: "f32[4, 1][1, 1]cuda:0", x10: "f32[][]cuda:0", x13: "bf16[2, 4][4, 1]cuda:0", x14: "bf16[4, 1][1, 1]cuda:0", x16: "bf16[1, 1][1, 1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "bf16[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "bf16[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        mm_default_2: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x13, x14);  x13 = x14 = None
        add_tensor_2: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x16, mm_default_2);  x16 = mm_default_2 = None
        unsqueeze_default_1: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_2, 0);  add_tensor_2 = None
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default_1);  unsqueeze_default_1 = None
        return (neg_default, sum_default, sum_default_1)

class graph_56(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "f32[2, 5][5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        return (add_tensor,)

class graph_57(torch.nn.Module):
    def forward(self, x0: "bf16[2, 3, 4][12, 4, 1]cuda:0", x1: "bf16[2, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "bf16[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_58(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[2, 5][5, 1]cuda:0", x7: "f32[1, 2, 4][8, 4, 1]cuda:0", x8: "f32[1, 4, 5][20, 5, 1]cuda:0", x11: "f32[2, 4][4, 1]cuda:0", x12: "f32[4, 5][5, 1]cuda:0", x14: "f32[][]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x7, x8);  x7 = x8 = None
        neg_default_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x11, x12);  x11 = x12 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x14);  mm_default_1 = x14 = None
        neg_default_2: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        return (neg_default, neg_default_1, neg_default_2)

class graph_59(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 3, 1][3, 1, 1]cuda:0", x9: "f32[3, 4][4, 1]cuda:0", x10: "f32[4, 1][1, 1]cuda:0", x12: "f32[1, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        unsqueeze_default: "f32[1, 2, 3, 1][6, 3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default)
        sum_default_1: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x12);  mm_default_1 = x12 = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        return (sum_default, sum_default_1, relu_default, neg_default)

class graph_60(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[2, 1][1, 1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 1][1, 1]cuda:0", x9: "f32[][]cuda:0", x12: "f32[2, 4][4, 1]cuda:0", x13: "f32[4, 1][1, 1]cuda:0", x15: "f32[1][1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  x9 = None
        relu_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        mm_default_2: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x12, x13);  x12 = x13 = None
        add_tensor_2: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_2, x15);  mm_default_2 = x15 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_2);  add_tensor_2 = None
        return (sin_default, add_tensor_1, relu_default, sum_default)

class graph_61(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[1, 3, 1][3, 1, 1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        neg_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        relu_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (neg_default, relu_default)

class graph_62(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[][]cuda:0", x6: "bf16[3, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "bf16[1, 1][1, 1]cuda:0", x11: "bf16[3, 4][4, 1]cuda:0", x12: "bf16[4, 5][5, 1]cuda:0", x14: "bf16[][]cuda:0"):
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        mm_default_2: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x11, x12);  x11 = x12 = None
        add_tensor_2: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x14, mm_default_2);  x14 = None
        neg_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_2);  add_tensor_2 = None
        relu_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_2);  mm_default_2 = None
        return (sum_default, add_tensor_1, neg_default, relu_default)

class graph_63(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        neg_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        return (neg_default,)

class graph_64(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_65(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1][1]cuda:0", x5: "f32[2, 4][4, 1]cuda:0", x6: "f32[4, 5][5, 1]cuda:0", x8: "f32[1, 2, 5][10, 5, 1]cuda:0", x13: "bf16[2, 4][4, 1]cuda:0", x14: "bf16[4, 5][5, 1]cuda:0", x16: "bf16[][]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x8, mm_default_1);  x8 = mm_default_1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1)
        unsqueeze_default: "f32[1, 1, 2, 5][10, 10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default: "f32[1, 1, 2, 5][10, 10, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_2: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x13, x14);  x13 = x14 = None
        add_tensor_2: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_2, x16);  mm_default_2 = x16 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_2);  add_tensor_2 = None
        return (add_tensor, neg_default, sin_default, sum_default)

class graph_66(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[5][1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "bf16[][]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        unsqueeze_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        neg_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        return (sum_default, neg_default)

class graph_67(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "f32[][]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        neg_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        unsqueeze_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default, sin_default)

class graph_68(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 2, 1][2, 1, 1]cuda:0", x8: "bf16[1, 2, 4][8, 4, 1]cuda:0", x9: "bf16[1, 4, 1][4, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        neg_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor)
        unsqueeze_default: "f32[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "f32[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        bmm_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x8, x9);  x8 = x9 = None
        neg_default_1: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default, sin_default, neg_default_1)

class graph_69(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0", x1: "f32[2, 4, 5][20, 5, 1]cuda:0", x4: "bf16[3, 4][4, 1]cuda:0", x5: "bf16[4, 5][5, 1]cuda:0", x7: "bf16[1, 5][5, 1]cuda:0", x9: "f32[3, 4][4, 1]cuda:0", x10: "f32[4, 5][5, 1]cuda:0", x12: "f32[1, 5][5, 1]cuda:0"):
        bmm_default: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x7, mm_default);  x7 = mm_default = None
        mm_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x12);  mm_default_1 = x12 = None
        sin_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_1)
        neg_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        return (neg_default, add_tensor, sin_default, neg_default_1)

class graph_70(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[5][1]cuda:0"):
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        neg_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        return (neg_default,)

class graph_71(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = None
        neg_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor)
        sin_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        relu_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (neg_default, sin_default, relu_default)

class graph_72(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[][]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        neg_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor)
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        return (neg_default, sum_default)

class graph_73(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_74(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 3, 1][3, 1, 1]cuda:0", x5: "f32[1, 3, 4][12, 4, 1]cuda:0", x6: "f32[1, 4, 1][4, 1, 1]cuda:0", x9: "f32[3, 4][4, 1]cuda:0", x10: "f32[4, 1][1, 1]cuda:0", x12: "f32[][]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        bmm_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x5, x6);  x5 = x6 = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x12, mm_default_1);  x12 = mm_default_1 = None
        return (add_tensor, neg_default, add_tensor_1)

class graph_75(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0", x9: "bf16[3, 4][4, 1]cuda:0", x10: "bf16[4, 1][1, 1]cuda:0", x12: "bf16[3, 1][1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default)
        unsqueeze_default_1: "f32[1, 1, 3, 1][3, 3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(unsqueeze_default, 0);  unsqueeze_default = None
        neg_default: "f32[1, 1, 3, 1][3, 3, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default_1);  unsqueeze_default_1 = None
        mm_default_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x12);  x12 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        relu_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (sin_default, neg_default, sum_default, relu_default)

class graph_76(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "bf16[2, 1][1, 1]cuda:0", x13: "f32[2, 4][4, 1]cuda:0", x14: "f32[4, 5][5, 1]cuda:0", x16: "f32[2, 2, 5][10, 5, 1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  x3 = None
        relu_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        mm_default_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x9, mm_default_1);  x9 = mm_default_1 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1)
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        mm_default_2: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x13, x14);  x13 = x14 = None
        add_tensor_2: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_2, x16);  mm_default_2 = x16 = None
        return (add_tensor, relu_default, sum_default, sum_default_1, add_tensor_2)

class graph_77(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[5][1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        return (add_tensor,)

class graph_78(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1, 5][5, 1]cuda:0", x5: "f32[2, 4][4, 1]cuda:0", x6: "f32[4, 5][5, 1]cuda:0", x8: "f32[1][1]cuda:0", x11: "f32[2, 4][4, 1]cuda:0", x12: "f32[4, 5][5, 1]cuda:0", x14: "f32[2, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x8, mm_default_1);  x8 = mm_default_1 = None
        sin_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_1);  add_tensor_1 = None
        mm_default_2: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x11, x12);  x11 = x12 = None
        add_tensor_2: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x14, mm_default_2);  x14 = None
        sin_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_2);  add_tensor_2 = None
        relu_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_2);  mm_default_2 = None
        return (add_tensor, sin_default, sin_default_1, relu_default)

class graph_79(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 1][3, 1, 1]cuda:0", x1: "f32[1, 1, 5][5, 5, 1]cuda:0", x4: "f32[1, 3, 1][3, 1, 1]cuda:0", x5: "f32[1, 1, 5][5, 5, 1]cuda:0"):
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x4, x5);  x4 = x5 = None
        neg_default_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (neg_default, neg_default_1)

class graph_80(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0", x6: "f32[2, 4][4, 1]cuda:0", x7: "f32[4, 5][5, 1]cuda:0", x9: "f32[1, 5][5, 1]cuda:0", x14: "bf16[2, 4][4, 1]cuda:0", x15: "bf16[4, 5][5, 1]cuda:0", x17: "bf16[2, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        unsqueeze_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default)
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_2: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x14, x15);  x14 = x15 = None
        add_tensor_2: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x17, mm_default_2);  x17 = mm_default_2 = None
        unsqueeze_default_1: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_2, 0);  add_tensor_2 = None
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default_1)
        unsqueeze_default_2: "bf16[1, 1, 2, 5][10, 10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(unsqueeze_default_1, 0);  unsqueeze_default_1 = None
        neg_default: "bf16[1, 1, 2, 5][10, 10, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default_2);  unsqueeze_default_2 = None
        return (sin_default, sin_default_1, sum_default, sum_default_1, neg_default)

class graph_81(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 4][8, 4, 1]cuda:0", x1: "f32[2, 4, 1][4, 1, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 1][1, 1]cuda:0", x7: "f32[2, 2, 1][2, 1, 1]cuda:0"):
        bmm_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        return (neg_default, add_tensor)

class graph_82(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[][]cuda:0", x8: "f32[3, 4][4, 1]cuda:0", x9: "f32[4, 5][5, 1]cuda:0", x11: "f32[3, 1][1, 1]cuda:0", x13: "f32[2, 3, 4][12, 4, 1]cuda:0", x14: "f32[2, 4, 5][20, 5, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default)
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x8, x9);  x8 = x9 = None
        add_tensor_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x11, mm_default_1);  x11 = mm_default_1 = None
        bmm_default: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x13, x14);  x13 = x14 = None
        neg_default_1: "f32[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (sum_default, neg_default, add_tensor_1, neg_default_1)

class graph_83(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 1][2, 1, 1]cuda:0", x1: "f32[2, 1, 5][5, 5, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 5][5, 1]cuda:0", x7: "f32[1, 1][1, 1]cuda:0"):
        bmm_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        sin_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        return (neg_default, sin_default)

class graph_84(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1, 3, 1][3, 1, 1]cuda:0", x6: "f32[2, 3, 4][12, 4, 1]cuda:0", x7: "f32[2, 4, 1][4, 1, 1]cuda:0", x10: "f32[3, 4][4, 1]cuda:0", x11: "f32[4, 1][1, 1]cuda:0", x13: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sin_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        bmm_default: "f32[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x6, x7);  x6 = x7 = None
        neg_default: "f32[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x10, x11);  x10 = x11 = None
        add_tensor_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x13);  mm_default_1 = x13 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        return (sin_default, neg_default, sum_default)

class graph_85(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 1][1, 1]cuda:0", x6: "f32[2, 4][4, 1]cuda:0", x7: "f32[4, 5][5, 1]cuda:0", x9: "f32[5][1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        neg_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  x9 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        relu_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (neg_default, sum_default, relu_default)

class graph_86(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 4][8, 4, 1]cuda:0", x1: "f32[2, 4, 1][4, 1, 1]cuda:0", x4: "bf16[1, 2, 4][8, 4, 1]cuda:0", x5: "bf16[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x4, x5);  x4 = x5 = None
        neg_default_1: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        return (neg_default, neg_default_1)

class graph_87(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 2, 1][2, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor)
        unsqueeze_default: "f32[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "f32[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (sum_default, neg_default, relu_default)

class graph_88(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor)
        unsqueeze_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        return (sin_default, sin_default_1)

class graph_89(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0", x6: "f32[2, 4][4, 1]cuda:0", x7: "f32[4, 1][1, 1]cuda:0", x9: "f32[1][1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  x9 = None
        neg_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        relu_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (sum_default, neg_default, relu_default)

class graph_90(torch.nn.Module):
    def forward(self, x0: "bf16[1, 3, 4][12, 4, 1]cuda:0", x1: "bf16[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_91(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[][]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 1][1, 1]cuda:0", x9: "bf16[1, 2, 1][2, 1, 1]cuda:0", x12: "bf16[1, 2, 4][8, 4, 1]cuda:0", x13: "bf16[1, 4, 1][4, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = None
        relu_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        mm_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x9, mm_default_1);  x9 = mm_default_1 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        bmm_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x12, x13);  x12 = x13 = None
        neg_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (add_tensor, relu_default, sum_default, neg_default)

class graph_92(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default)
        unsqueeze_default_1: "f32[1, 1, 3, 1][3, 3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(unsqueeze_default, 0);  unsqueeze_default = None
        neg_default_1: "f32[1, 1, 3, 1][3, 3, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default_1);  unsqueeze_default_1 = None
        return (neg_default, neg_default_1)

class graph_93(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[3, 1][1, 1]cuda:0", x6: "f32[3, 4][4, 1]cuda:0", x7: "f32[4, 1][1, 1]cuda:0", x9: "f32[2, 3, 1][3, 1, 1]cuda:0", x14: "bf16[3, 4][4, 1]cuda:0", x15: "bf16[4, 1][1, 1]cuda:0", x17: "bf16[1, 1][1, 1]cuda:0"):
        mm_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  x9 = None
        unsqueeze_default: "f32[1, 2, 3, 1][6, 3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        neg_default: "f32[1, 2, 3, 1][6, 3, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        relu_default: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        mm_default_2: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x14, x15);  x14 = x15 = None
        add_tensor_2: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x17, mm_default_2);  x17 = mm_default_2 = None
        neg_default_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_2);  add_tensor_2 = None
        return (sum_default, neg_default, relu_default, neg_default_1)

class graph_94(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[][]cuda:0", x7: "bf16[3, 4][4, 1]cuda:0", x8: "bf16[4, 1][1, 1]cuda:0", x10: "bf16[1][1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        return (sin_default, add_tensor_1)

class graph_95(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[1, 2, 1][2, 1, 1]cuda:0"):
        mm_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = None
        sin_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        relu_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        return (sin_default, relu_default)

class graph_96(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[2, 1][1, 1]cuda:0", x6: "f32[2, 4][4, 1]cuda:0", x7: "f32[4, 5][5, 1]cuda:0", x9: "f32[1, 5][5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sin_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x9, mm_default_1);  x9 = mm_default_1 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        return (sin_default, sum_default)

class graph_97(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[3, 5][5, 1]cuda:0", x6: "bf16[3, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "bf16[3, 5][5, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = None
        relu_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x9, mm_default_1);  x9 = None
        neg_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1)
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        relu_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (add_tensor, relu_default, neg_default, sum_default, relu_default_1)

class graph_98(torch.nn.Module):
    def forward(self, x0: "bf16[1, 2, 4][8, 4, 1]cuda:0", x1: "bf16[1, 4, 1][4, 1, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 1][1, 1]cuda:0", x7: "f32[][]cuda:0"):
        bmm_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        unsqueeze_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default_1: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default, neg_default_1)

class graph_99(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 4][12, 4, 1]cuda:0", x1: "f32[1, 4, 5][20, 5, 1]cuda:0", x4: "bf16[3, 4][4, 1]cuda:0", x5: "bf16[4, 5][5, 1]cuda:0", x7: "f32[1, 3, 5][15, 5, 1]cuda:0", x11: "f32[3, 4][4, 1]cuda:0", x12: "f32[4, 5][5, 1]cuda:0", x14: "f32[1, 3, 5][15, 5, 1]cuda:0"):
        bmm_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x7);  mm_default = x7 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor)
        sum_default_1: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x11, x12);  x11 = x12 = None
        add_tensor_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x14);  mm_default_1 = x14 = None
        unsqueeze_default: "f32[1, 1, 3, 5][15, 15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default: "f32[1, 1, 3, 5][15, 15, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default, sum_default, sum_default_1, sin_default)

class graph_100(torch.nn.Module):
    def forward(self, x0: "bf16[2, 3, 4][12, 4, 1]cuda:0", x1: "bf16[2, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "bf16[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_101(torch.nn.Module):
    def forward(self, x0: "f32[1, 3, 4][12, 4, 1]cuda:0", x1: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        bmm_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_102(torch.nn.Module):
    def forward(self, x0: "bf16[1, 3, 4][12, 4, 1]cuda:0", x1: "bf16[1, 4, 5][20, 5, 1]cuda:0", x4: "bf16[1, 3, 4][12, 4, 1]cuda:0", x5: "bf16[1, 4, 5][20, 5, 1]cuda:0", x8: "bf16[2, 3, 4][12, 4, 1]cuda:0", x9: "bf16[2, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        bmm_default_1: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x4, x5);  x4 = x5 = None
        neg_default_1: "bf16[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_1);  bmm_default_1 = None
        bmm_default_2: "bf16[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x8, x9);  x8 = x9 = None
        neg_default_2: "bf16[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default_2);  bmm_default_2 = None
        return (neg_default, neg_default_1, neg_default_2)

class graph_103(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[3, 1][1, 1]cuda:0", x7: "bf16[3, 4][4, 1]cuda:0", x8: "bf16[4, 5][5, 1]cuda:0", x10: "bf16[2, 3, 5][15, 5, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = None
        neg_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        relu_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default);  mm_default = None
        mm_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "bf16[2, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = None
        unsqueeze_default: "bf16[1, 2, 3, 5][30, 15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        neg_default_1: "bf16[1, 2, 3, 5][30, 15, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default)
        sin_default: "bf16[1, 2, 3, 5][30, 15, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        relu_default_1: "bf16[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (neg_default, relu_default, neg_default_1, sin_default, relu_default_1)

class graph_104(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 2, 1][2, 1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "f32[1, 2, 2, 1][4, 2, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        return (sum_default,)

class graph_105(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1][1]cuda:0", x6: "bf16[2, 4][4, 1]cuda:0", x7: "bf16[4, 5][5, 1]cuda:0", x9: "bf16[1, 5][5, 1]cuda:0", x13: "f32[1, 2, 4][8, 4, 1]cuda:0", x14: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor);  add_tensor = None
        mm_default_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        unsqueeze_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_1, 0);  add_tensor_1 = None
        sin_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x13, x14);  x13 = x14 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (sum_default, sin_default, neg_default)

class graph_106(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[3, 1][1, 1]cuda:0", x9: "f32[3, 4][4, 1]cuda:0", x10: "f32[4, 5][5, 1]cuda:0", x12: "f32[1, 3, 5][15, 5, 1]cuda:0", x17: "f32[3, 4][4, 1]cuda:0", x18: "f32[4, 5][5, 1]cuda:0", x20: "f32[1, 5][5, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default)
        unsqueeze_default_1: "f32[1, 1, 3, 5][15, 15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(unsqueeze_default, 0);  unsqueeze_default = None
        neg_default: "f32[1, 1, 3, 5][15, 15, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default_1);  unsqueeze_default_1 = None
        mm_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x12);  x12 = None
        sum_default_1: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1)
        neg_default_1: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        relu_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        mm_default_2: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x17, x18);  x17 = x18 = None
        add_tensor_2: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_2, x20);  x20 = None
        neg_default_2: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_2)
        unsqueeze_default_2: "f32[1, 3, 5][15, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_2, 0);  add_tensor_2 = None
        sum_default_2: "f32[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default_2);  unsqueeze_default_2 = None
        relu_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_2);  mm_default_2 = None
        return (sum_default, neg_default, sum_default_1, neg_default_1, relu_default, neg_default_2, sum_default_2, relu_default_1)

class graph_107(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[1, 1][1, 1]cuda:0", x8: "bf16[3, 4][4, 1]cuda:0", x9: "bf16[4, 1][1, 1]cuda:0", x11: "bf16[1][1]cuda:0", x15: "f32[1, 3, 4][12, 4, 1]cuda:0", x16: "f32[1, 4, 1][4, 1, 1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default)
        sin_default_1: "bf16[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x8, x9);  x8 = x9 = None
        add_tensor_1: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x11);  mm_default_1 = x11 = None
        sin_default_2: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_1)
        sin_default_3: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor_1);  add_tensor_1 = None
        bmm_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x15, x16);  x15 = x16 = None
        neg_default: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (sin_default, sin_default_1, sin_default_2, sin_default_3, neg_default)

class graph_108(torch.nn.Module):
    def forward(self, x0: "bf16[3, 4][4, 1]cuda:0", x1: "bf16[4, 1][1, 1]cuda:0", x3: "bf16[2, 3, 1][3, 1, 1]cuda:0", x7: "f32[3, 4][4, 1]cuda:0", x8: "f32[4, 1][1, 1]cuda:0", x10: "f32[1, 3, 1][3, 1, 1]cuda:0", x12: "f32[3, 4][4, 1]cuda:0", x13: "f32[4, 1][1, 1]cuda:0", x15: "f32[3, 1][1, 1]cuda:0"):
        mm_default: "bf16[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        unsqueeze_default: "bf16[1, 2, 3, 1][6, 3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sin_default: "bf16[1, 2, 3, 1][6, 3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default);  unsqueeze_default = None
        mm_default_1: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x10);  mm_default_1 = x10 = None
        mm_default_2: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x12, x13);  x12 = x13 = None
        add_tensor_2: "f32[3, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x15, mm_default_2);  x15 = mm_default_2 = None
        unsqueeze_default_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor_2, 0);  add_tensor_2 = None
        sin_default_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = torch.ops.aten.sin.default(unsqueeze_default_1)
        unsqueeze_default_2: "f32[1, 1, 3, 1][3, 3, 1, 1]cuda:0" = torch.ops.aten.unsqueeze.default(unsqueeze_default_1, 0);  unsqueeze_default_1 = None
        neg_default: "f32[1, 1, 3, 1][3, 3, 1, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default_2);  unsqueeze_default_2 = None
        return (sin_default, add_tensor_1, sin_default_1, neg_default)

class graph_109(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 1][1, 1]cuda:0", x5: "f32[2, 4][4, 1]cuda:0", x6: "f32[4, 5][5, 1]cuda:0", x8: "f32[1][1]cuda:0", x11: "f32[1, 2, 4][8, 4, 1]cuda:0", x12: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x8);  mm_default_1 = x8 = None
        neg_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor_1);  add_tensor_1 = None
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x11, x12);  x11 = x12 = None
        neg_default_1: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (add_tensor, neg_default, neg_default_1)

class graph_110(torch.nn.Module):
    def forward(self, x0: "f32[3, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1, 1][1, 1]cuda:0", x5: "f32[3, 4][4, 1]cuda:0", x6: "f32[4, 5][5, 1]cuda:0", x8: "f32[3, 5][5, 1]cuda:0"):
        mm_default: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        mm_default_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x5, x6);  x5 = x6 = None
        add_tensor_1: "f32[3, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x8, mm_default_1);  x8 = mm_default_1 = None
        return (add_tensor, add_tensor_1)

class graph_111(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[1, 5][5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        sum_default: "bf16[][]cuda:0" = torch.ops.aten.sum.default(add_tensor)
        unsqueeze_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        sum_default_1: "bf16[][]cuda:0" = torch.ops.aten.sum.default(unsqueeze_default);  unsqueeze_default = None
        return (sum_default, sum_default_1)

class graph_112(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[1][1]cuda:0", x7: "f32[2, 4][4, 1]cuda:0", x8: "f32[4, 1][1, 1]cuda:0", x10: "f32[1, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor)
        neg_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.neg.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x7, x8);  x7 = x8 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x10, mm_default_1);  x10 = mm_default_1 = None
        return (sin_default, neg_default, add_tensor_1)

class graph_113(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 1][1, 1]cuda:0", x3: "f32[2, 1][1, 1]cuda:0", x6: "f32[1, 2, 4][8, 4, 1]cuda:0", x7: "f32[1, 4, 1][4, 1, 1]cuda:0", x10: "f32[2, 4][4, 1]cuda:0", x11: "f32[4, 1][1, 1]cuda:0", x13: "f32[2, 1][1, 1]cuda:0"):
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        bmm_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x6, x7);  x6 = x7 = None
        neg_default: "f32[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x10, x11);  x10 = x11 = None
        add_tensor_1: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x13, mm_default_1);  x13 = mm_default_1 = None
        return (sin_default, neg_default, add_tensor_1)

class graph_114(torch.nn.Module):
    def forward(self, x0: "bf16[1, 2, 4][8, 4, 1]cuda:0", x1: "bf16[1, 4, 1][4, 1, 1]cuda:0", x4: "f32[2, 4][4, 1]cuda:0", x5: "f32[4, 1][1, 1]cuda:0", x7: "f32[1, 1][1, 1]cuda:0", x9: "bf16[2, 4][4, 1]cuda:0", x10: "bf16[4, 1][1, 1]cuda:0", x12: "bf16[1][1]cuda:0"):
        bmm_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "bf16[1, 2, 1][2, 1, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        mm_default: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x4, x5);  x4 = x5 = None
        add_tensor: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(x7, mm_default);  x7 = mm_default = None
        mm_default_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.mm.default(x9, x10);  x9 = x10 = None
        add_tensor_1: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x12);  x12 = None
        relu_default: "bf16[2, 1][1, 1]cuda:0" = torch.ops.aten.relu.default(mm_default_1);  mm_default_1 = None
        return (neg_default, add_tensor, add_tensor_1, relu_default)

class graph_115(torch.nn.Module):
    def forward(self, x0: "f32[1, 2, 4][8, 4, 1]cuda:0", x1: "f32[1, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)

class graph_116(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[][]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default, x3);  mm_default = x3 = None
        unsqueeze_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.unsqueeze.default(add_tensor, 0);  add_tensor = None
        neg_default: "bf16[1, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(unsqueeze_default);  unsqueeze_default = None
        return (neg_default,)

class graph_117(torch.nn.Module):
    def forward(self, x0: "f32[2, 4][4, 1]cuda:0", x1: "f32[4, 5][5, 1]cuda:0", x3: "f32[1][1]cuda:0"):
        mm_default: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        return (add_tensor,)

class graph_118(torch.nn.Module):
    def forward(self, x0: "bf16[2, 4][4, 1]cuda:0", x1: "bf16[4, 5][5, 1]cuda:0", x3: "bf16[][]cuda:0", x6: "f32[2, 4][4, 1]cuda:0", x7: "f32[4, 5][5, 1]cuda:0", x9: "f32[2, 2, 5][10, 5, 1]cuda:0"):
        mm_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x0, x1);  x0 = x1 = None
        add_tensor: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.add.Tensor(x3, mm_default);  x3 = mm_default = None
        sin_default: "bf16[2, 5][5, 1]cuda:0" = torch.ops.aten.sin.default(add_tensor);  add_tensor = None
        mm_default_1: "f32[2, 5][5, 1]cuda:0" = torch.ops.aten.mm.default(x6, x7);  x6 = x7 = None
        add_tensor_1: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.add.Tensor(mm_default_1, x9);  mm_default_1 = x9 = None
        sum_default: "f32[][]cuda:0" = torch.ops.aten.sum.default(add_tensor_1);  add_tensor_1 = None
        return (sin_default, sum_default)

class graph_119(torch.nn.Module):
    def forward(self, x0: "f32[2, 2, 4][8, 4, 1]cuda:0", x1: "f32[2, 4, 5][20, 5, 1]cuda:0"):
        bmm_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.bmm.default(x0, x1);  x0 = x1 = None
        neg_default: "f32[2, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.neg.default(bmm_default);  bmm_default = None
        return (neg_default,)
