class graph_0(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0]);  sin_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_1(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [6, 4])
        clone_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        clone_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(clone_default_1, memory_format = torch.contiguous_format);  clone_default_1 = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [6, 4]);  view_default = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0]);  view_default_1 = None
        cos_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (clone_default_2, cos_default)

class graph_2(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[4, 3, 1, 2][1, 4, 12, 12]cuda:0" = torch.ops.aten.permute.default(clone_default, [3, 2, 1, 0]);  clone_default = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [3, 2, 1, 0]);  permute_default = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_3(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        clone_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        clone_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(clone_default_1, memory_format = torch.contiguous_format);  clone_default_1 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default_2, [2, 12]);  clone_default_2 = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, -1]);  view_default = None
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0])
        permute_default_1: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0]);  view_default_1 = None
        cos_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (clone_default, permute_default, cos_default)

class graph_4(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 2, 4][4, 12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0, 2]);  sin_default = None
        permute_default_1: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 0]);  permute_default = None
        cos_default: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_5(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [4, 3, 2]);  permute_default = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_6(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1]);  permute_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1, 12]);  permute_default_1 = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default, [24]);  view_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_7(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4])
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [24])
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [0]);  view_default_1 = None
        permute_default_1: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        permute_default_2: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 2, 0]);  permute_default_1 = None
        cos_default: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (view_default, permute_default, cos_default)

class graph_8(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12]);  sin_default = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [6, 4]);  view_default = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0])
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [-1, 4]);  clone_default = None
        permute_default_2: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default_2, [1, 0]);  view_default_2 = None
        clone_default_1: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_2, memory_format = torch.contiguous_format);  permute_default_2 = None
        cos_default: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (permute_default_1, cos_default)

class graph_9(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, 3, -1])
        permute_default: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 1, 0])
        permute_default_1: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 1]);  sin_default = None
        cos_default: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (view_default, permute_default, cos_default)

class graph_10(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_11(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default, [4, -1, 2]);  view_default = None
        view_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [4, 3, 2]);  view_default_1 = None
        permute_default: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(view_default_2, [2, 1, 0]);  view_default_2 = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_12(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12]);  sin_default = None
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        clone_default: "f32[12, 2][2, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 12]);  clone_default = None
        view_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 12]);  view_default_1 = None
        view_default_3: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [2, 12]);  view_default_2 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (cos_default,)

class graph_13(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, 3, -1]);  sin_default = None
        view_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 3, 4]);  view_default = None
        view_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 12]);  view_default_1 = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [6, 4]);  view_default_2 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default_3, [1, 0]);  view_default_3 = None
        cos_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_14(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0]);  sin_default = None
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (clone_default, cos_default)

class graph_15(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, 4]);  view_default = None
        view_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 1, 3, 4]);  view_default_1 = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (cos_default,)

class graph_16(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4])
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 12]);  view_default = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        clone_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (clone_default, cos_default)

class graph_17(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [3, 1, 2, 0]);  sin_default = None
        permute_default_1: "f32[2, 3, 4, 1][12, 4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [3, 2, 0, 1])
        permute_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [3, 1, 2, 0]);  permute_default = None
        permute_default_3: "f32[3, 4, 2, 1][4, 1, 12, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [2, 3, 0, 1]);  permute_default_2 = None
        permute_default_4: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [2, 3, 0, 1])
        permute_default_5: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [2, 3, 0, 1]);  permute_default_3 = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_5);  permute_default_5 = None
        return (permute_default_1, permute_default_4, cos_default)

class graph_18(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [24]);  sin_default = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default, [24]);  view_default = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (cos_default,)

class graph_19(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 2, 4][2, 1, 6]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 2, 0]);  sin_default = None
        permute_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 0, 1])
        permute_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 0, 1]);  permute_default = None
        permute_default_3: "f32[3, 2, 4][2, 1, 6]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [1, 2, 0]);  permute_default_2 = None
        permute_default_4: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [2, 0, 1]);  permute_default_3 = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_4);  permute_default_4 = None
        return (permute_default_1, cos_default)

class graph_20(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        permute_default_1: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 0]);  permute_default = None
        permute_default_2: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 0, 1]);  permute_default_1 = None
        permute_default_3: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0, 2, 1]);  permute_default_2 = None
        permute_default_4: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [1, 2, 0]);  permute_default_3 = None
        permute_default_5: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_4, [2, 0, 1]);  permute_default_4 = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_5, [2, 3, 4]);  permute_default_5 = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_21(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0]);  permute_default = None
        permute_default_2: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0]);  permute_default_1 = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [24])
        permute_default_3: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default_2, memory_format = torch.contiguous_format);  permute_default_2 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (permute_default_3, cos_default)

class graph_22(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 3, 4]);  sin_default = None
        view_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [-1, 3, 4]);  view_default = None
        permute_default: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(view_default_1, [2, 0, 1])
        clone_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [4, 3, 2]);  view_default_1 = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [6, 4]);  clone_default = None
        view_default_4: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default_3, [24]);  view_default_3 = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default_4, [0]);  view_default_4 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (view_default_2, cos_default)

class graph_23(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0]);  sin_default = None
        clone_default: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(clone_default, [24]);  clone_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        clone_default_1: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        permute_default_2: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [0]);  clone_default_1 = None
        permute_default_3: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0]);  permute_default_2 = None
        permute_default_4: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [0]);  permute_default_3 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(permute_default_4);  permute_default_4 = None
        return (cos_default,)

class graph_24(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0]);  clone_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0]);  permute_default = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [4, -1, 2]);  permute_default_1 = None
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default, [-1, 3, 2]);  view_default = None
        permute_default_2: "f32[3, 4, 2][2, 6, 1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0, 2])
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [6, 4]);  view_default_1 = None
        permute_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(view_default_2, [0, 1]);  view_default_2 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_3);  permute_default_3 = None
        return (permute_default_2, cos_default)

class graph_25(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, -1]);  sin_default = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1]);  view_default = None
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [4, 3, 2]);  permute_default = None
        permute_default_1: "f32[3, 4, 2][2, 6, 1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0, 2]);  view_default_1 = None
        cos_default: "f32[3, 4, 2][2, 6, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_26(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(clone_default, [1, 0]);  clone_default = None
        cos_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_27(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12]);  sin_default = None
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default, [4, 3, 2]);  view_default = None
        permute_default: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(view_default_1, [2, 1, 0])
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        clone_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (permute_default, cos_default)

class graph_28(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        clone_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (cos_default,)

class graph_29(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, -1]);  clone_default = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 12])
        clone_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (view_default_1, cos_default)

class graph_30(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [2, 3, 4])
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1]);  permute_default = None
        permute_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 1]);  permute_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (view_default, cos_default)

class graph_31(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [2, 12]);  permute_default = None
        view_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 3, 4]);  view_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (clone_default, cos_default)

class graph_32(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [24]);  sin_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        clone_default_1: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [0]);  clone_default_1 = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1]);  permute_default_1 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (cos_default,)

class graph_33(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1]);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, -1])
        view_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 1, 3, -1]);  view_default_1 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        clone_default_1: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        view_default_3: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default_1, [2, 3, 4]);  clone_default_1 = None
        permute_default_1: "f32[3, 2, 4][4, 12, 1]cuda:0" = torch.ops.aten.permute.default(view_default_3, [1, 0, 2]);  view_default_3 = None
        cos_default: "f32[3, 2, 4][4, 12, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (view_default_2, cos_default)

class graph_34(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 2, 1, 4][4, 12, 12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 1, 3]);  sin_default = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 0, 3]);  permute_default = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_35(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        clone_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        clone_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[4, 3, 2, 1][1, 4, 12, 12]cuda:0" = torch.ops.aten.permute.default(clone_default_2, [3, 2, 0, 1])
        permute_default_1: "f32[1, 3, 4, 2][12, 4, 1, 12]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [1, 2, 3, 0]);  clone_default_1 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default_2, [2, 1, 3, 4]);  clone_default_2 = None
        permute_default_2: "f32[2, 1, 4, 3][12, 12, 1, 4]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1, 3, 2]);  view_default = None
        cos_default: "f32[2, 1, 4, 3][12, 12, 1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (permute_default, permute_default_1, cos_default)

class graph_36(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [2, 12])
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1]);  view_default = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [-1, 4]);  permute_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (permute_default_1, cos_default)

class graph_37(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 2, 4, 1][4, 12, 1, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 3, 1])
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, -1, 3, 4]);  sin_default = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format)
        clone_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        clone_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default_1, memory_format = torch.contiguous_format);  clone_default_1 = None
        permute_default_1: "f32[4, 2, 1, 3][1, 12, 12, 4]cuda:0" = torch.ops.aten.permute.default(clone_default_2, [3, 0, 1, 2]);  clone_default_2 = None
        cos_default: "f32[4, 2, 1, 3][1, 12, 12, 4]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (permute_default, clone_default, cos_default)

class graph_38(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[1, 4, 3, 2][12, 1, 4, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 3, 2, 0]);  sin_default = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [3, 0, 2, 1]);  permute_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1, 12]);  permute_default_1 = None
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default, [4, 3, -1]);  view_default = None
        view_default_2: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 3, 4]);  view_default_1 = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (cos_default,)

class graph_39(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        permute_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 2, 1]);  permute_default = None
        permute_default_2: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 2, 1]);  permute_default_1 = None
        permute_default_3: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0, 2, 1]);  permute_default_2 = None
        permute_default_4: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [0, 2, 1]);  permute_default_3 = None
        clone_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_4, memory_format = torch.contiguous_format);  permute_default_4 = None
        clone_default_1: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        permute_default_5: "f32[3, 2, 4][1, 3, 6]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [2, 1, 0]);  clone_default_1 = None
        cos_default: "f32[3, 2, 4][1, 3, 6]cuda:0" = torch.ops.aten.cos.default(permute_default_5);  permute_default_5 = None
        return (cos_default,)

class graph_40(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [6, 4]);  permute_default = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default, [24])
        view_default_2: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default_1, [24]);  view_default_1 = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [6, 4]);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (view_default_2, cos_default)

class graph_41(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        permute_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1, 2]);  sin_default = None
        permute_default_1: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 1, 0]);  permute_default = None
        cos_default: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (clone_default, cos_default)

class graph_42(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[1, 4, 2, 3][12, 1, 12, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 3, 0, 2]);  sin_default = None
        permute_default_1: "f32[2, 3, 4, 1][12, 4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 3, 1, 0]);  permute_default = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [2, 1, 3, 4]);  permute_default_1 = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_43(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 1])
        permute_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 0]);  permute_default = None
        permute_default_2: "f32[3, 4, 2][2, 6, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 0, 2]);  permute_default_1 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default_3: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0, 1, 2]);  clone_default = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_3);  permute_default_3 = None
        return (permute_default_2, cos_default)

class graph_44(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        clone_default: "f32[2, 4, 3][12, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format)
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [4, 3, 2]);  clone_default = None
        permute_default_1: "f32[3, 2, 4][2, 1, 6]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 2, 0]);  view_default = None
        permute_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 0, 1]);  permute_default_1 = None
        permute_default_3: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1, 2])
        permute_default_4: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 2, 1]);  permute_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_4);  permute_default_4 = None
        return (permute_default_2, permute_default_3, cos_default)

class graph_45(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_46(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0]);  clone_default = None
        clone_default_1: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(clone_default_1, [-1]);  clone_default_1 = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [24]);  permute_default_1 = None
        view_default_2: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default_1, [24]);  view_default_1 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (cos_default,)

class graph_47(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, 4]);  view_default = None
        permute_default: "f32[3, 4, 2, 1][4, 1, 12, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [2, 3, 0, 1]);  view_default_1 = None
        clone_default: "f32[3, 4, 2, 1][8, 2, 1, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format)
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 3, 0, 1]);  permute_default = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (clone_default, cos_default)

class graph_48(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0, 1]);  clone_default = None
        clone_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [0, 1]);  clone_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_49(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [-1, 4]);  view_default = None
        view_default_2: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default_1, [24]);  view_default_1 = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(view_default_2, memory_format = torch.contiguous_format);  view_default_2 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0]);  clone_default = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_50(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 12]);  clone_default = None
        clone_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format)
        clone_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(clone_default_2, [1, 0]);  clone_default_2 = None
        cos_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (clone_default_1, cos_default)

class graph_51(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0]);  sin_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [6, 4]);  permute_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_52(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1])
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 12]);  view_default = None
        view_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, -1, 4]);  sin_default = None
        view_default_3: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [2, 3, 4]);  view_default_2 = None
        permute_default: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(view_default_3, [1, 2, 0]);  view_default_3 = None
        permute_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 0, 1]);  permute_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (view_default_1, cos_default)

class graph_53(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 2, 1, 3][1, 12, 12, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [3, 0, 1, 2]);  sin_default = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 3, 0]);  permute_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [6, -1]);  permute_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_54(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        clone_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(clone_default_1, [4, 3, 2]);  clone_default_1 = None
        permute_default: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 2, 1]);  view_default = None
        cos_default: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_55(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0]);  permute_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        permute_default_2: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0]);  clone_default = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [2, 1, 3, -1]);  permute_default_2 = None
        permute_default_3: "f32[4, 2, 3, 1][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [3, 0, 2, 1]);  view_default = None
        cos_default: "f32[4, 2, 3, 1][1, 12, 4, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_3);  permute_default_3 = None
        return (cos_default,)

class graph_56(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(clone_default, [24])
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 12]);  clone_default = None
        view_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, -1]);  view_default_1 = None
        view_default_3: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [2, 12]);  view_default_2 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (view_default, cos_default)

class graph_57(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        permute_default_1: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        cos_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_58(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0]);  sin_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0])
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [2, 12]);  permute_default_1 = None
        permute_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (view_default, cos_default)

class graph_59(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 12]);  view_default = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0, 1]);  clone_default = None
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [6, 4]);  permute_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (cos_default,)

class graph_60(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 1])
        permute_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 0]);  permute_default = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1]);  permute_default_1 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default_2: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.permute.default(clone_default, [2, 0, 1]);  clone_default = None
        cos_default: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (view_default, cos_default)

class graph_61(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, 3, 4]);  sin_default = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        permute_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0, 1, 2, 3]);  clone_default = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1, 2, 3]);  permute_default = None
        permute_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 1, 2, 3]);  permute_default_1 = None
        permute_default_3: "f32[2, 3, 4, 1][12, 4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0, 2, 3, 1]);  permute_default_2 = None
        permute_default_4: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [0, 3, 1, 2]);  permute_default_3 = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_4);  permute_default_4 = None
        return (cos_default,)

class graph_62(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_63(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [6, 4]);  permute_default = None
        permute_default_1: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0])
        permute_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 0]);  permute_default_1 = None
        permute_default_3: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        permute_default_4: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [1, 0]);  permute_default_3 = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [24]);  permute_default_2 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (permute_default_4, cos_default)

class graph_64(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        permute_default: "f32[3, 1, 4, 2][4, 12, 1, 12]cuda:0" = torch.ops.aten.permute.default(clone_default, [2, 1, 3, 0]);  clone_default = None
        permute_default_1: "f32[4, 2, 3, 1][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 3, 0, 1]);  permute_default = None
        permute_default_2: "f32[3, 1, 4, 2][4, 12, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 3, 0, 1]);  permute_default_1 = None
        permute_default_3: "f32[3, 4, 1, 2][4, 1, 12, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 3, 1, 0]);  sin_default = None
        clone_default_1: "f32[3, 4, 1, 2][8, 2, 2, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_3, memory_format = torch.contiguous_format);  permute_default_3 = None
        clone_default_2: "f32[3, 4, 1, 2][8, 2, 2, 1]cuda:0" = torch.ops.aten.clone.default(clone_default_1, memory_format = torch.contiguous_format);  clone_default_1 = None
        cos_default: "f32[3, 4, 1, 2][8, 2, 2, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_2);  clone_default_2 = None
        return (permute_default_2, cos_default)

class graph_65(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 12]);  clone_default = None
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        cos_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_66(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12]);  sin_default = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1])
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [2, 12]);  permute_default = None
        permute_default_1: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 0]);  view_default_1 = None
        permute_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 0])
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_2, memory_format = torch.contiguous_format);  permute_default_2 = None
        permute_default_3: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        permute_default_4: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 0]);  permute_default_1 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_4);  permute_default_4 = None
        return (clone_default, permute_default_3, cos_default)

class graph_67(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        clone_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default_1, [2, 12]);  clone_default_1 = None
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1]);  view_default = None
        permute_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 1]);  permute_default_1 = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [6, 4]);  permute_default_2 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (cos_default,)

class graph_68(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [4, 3, 2]);  permute_default = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_69(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 3, 4])
        permute_default: "f32[3, 2, 4][4, 12, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0, 2]);  view_default = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default_1: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(clone_default, [2, 1, 0]);  clone_default = None
        permute_default_2: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 2, 1]);  permute_default_1 = None
        permute_default_3: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0, 2, 1]);  permute_default_2 = None
        permute_default_4: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [0, 2, 1]);  permute_default_3 = None
        permute_default_5: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_4, [1, 2, 0]);  permute_default_4 = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_5);  permute_default_5 = None
        return (permute_default, cos_default)

class graph_70(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        clone_default: "f32[2, 4, 3][12, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [-1, 12]);  clone_default = None
        permute_default_1: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        cos_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_71(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        permute_default_1: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0, 2]);  permute_default = None
        permute_default_2: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 0, 1]);  permute_default_1 = None
        permute_default_3: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [1, 0, 2]);  permute_default_2 = None
        permute_default_4: "f32[3, 2, 4][4, 12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [1, 2, 0]);  permute_default_3 = None
        permute_default_5: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_4, [2, 0, 1]);  permute_default_4 = None
        permute_default_6: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_5, [2, 0, 1]);  permute_default_5 = None
        cos_default: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default_6);  permute_default_6 = None
        return (cos_default,)

class graph_72(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, 4]);  view_default = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        clone_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        permute_default: "f32[4, 1, 2, 3][1, 12, 12, 4]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [3, 1, 0, 2]);  clone_default_1 = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 1, 3, 0]);  permute_default = None
        view_default_2: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1]);  permute_default_1 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (cos_default,)

class graph_73(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4])
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [4, -1, 2]);  view_default_1 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(view_default_2, memory_format = torch.contiguous_format);  view_default_2 = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (view_default, cos_default)

class graph_74(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 1])
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1]);  sin_default = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default, [24]);  view_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [0]);  view_default_1 = None
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [6, 4]);  permute_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (permute_default, cos_default)

class graph_75(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [4, -1, 2])
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [6, 4])
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [0, 1]);  view_default_1 = None
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [-1, 4]);  permute_default = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [6, -1]);  clone_default = None
        clone_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format)
        view_default_4: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [6, 4]);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_4);  view_default_4 = None
        return (view_default_2, view_default_3, clone_default_1, cos_default)

class graph_76(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default, [24]);  permute_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0]);  clone_default = None
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1]);  permute_default_1 = None
        clone_default_1: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        view_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default_1, [2, 12]);  clone_default_1 = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [6, 4]);  view_default_2 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (cos_default,)

class graph_77(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, 3, 4]);  sin_default = None
        permute_default: "f32[1, 2, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0, 2, 3]);  view_default = None
        cos_default: "f32[1, 2, 3, 4][24, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_78(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 1, 0]);  sin_default = None
        permute_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 1, 0]);  permute_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_79(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1])
        permute_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 1]);  permute_default_1 = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [6, 4]);  clone_default = None
        clone_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (permute_default_2, cos_default)

class graph_80(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0])
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0]);  permute_default = None
        clone_default: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default_2: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0]);  clone_default = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [2, 1, 3, 4]);  permute_default_2 = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (permute_default_1, cos_default)

class graph_81(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0])
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [2, 12]);  permute_default = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (permute_default_1, cos_default)

class graph_82(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [24])
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1, 1, 3, 4]);  sin_default = None
        permute_default: "f32[1, 3, 2, 4][12, 4, 12, 1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 2, 0, 3]);  view_default_1 = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        permute_default_2: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0]);  permute_default_1 = None
        view_default_2: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [24]);  permute_default_2 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (permute_default, cos_default)

class graph_83(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 0, 1])
        clone_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [6, 4]);  clone_default = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4])
        view_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_3: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [2, 12]);  view_default_2 = None
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(view_default_3, [0, 1]);  view_default_3 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (view_default, view_default_1, cos_default)

class graph_84(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [-1, 4]);  clone_default = None
        clone_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (cos_default,)

class graph_85(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1]);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_86(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, -1, 4]);  sin_default = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 1, 3, 4]);  clone_default = None
        permute_default: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [3, 1, 2, 0]);  view_default_1 = None
        cos_default: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_87(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 2, 4][4, 12, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0, 2])
        clone_default: "f32[3, 2, 4][8, 4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 3, -1]);  clone_default = None
        view_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 3, 4])
        view_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [6, 4]);  view_default_2 = None
        permute_default_1: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default_3, [1, 0]);  view_default_3 = None
        permute_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 0]);  permute_default_1 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (view_default, view_default_1, cos_default)

class graph_88(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2])
        view_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 3, 4]);  view_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        view_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [2, 12]);  permute_default = None
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(view_default_2, [0, 1])
        view_default_3: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [2, 12]);  permute_default_1 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default_2, memory_format = torch.contiguous_format);  view_default_2 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (view_default_1, view_default_3, cos_default)

class graph_89(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 2, 0]);  sin_default = None
        permute_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 0, 1]);  permute_default = None
        permute_default_2: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 0, 1]);  permute_default_1 = None
        permute_default_3: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0, 2, 1])
        permute_default_4: "f32[4, 2, 3][1, 12, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [0, 2, 1]);  permute_default_3 = None
        permute_default_5: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [1, 2, 0])
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_5, [2, 1, 3, 4]);  permute_default_5 = None
        clone_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_2, memory_format = torch.contiguous_format);  permute_default_2 = None
        cos_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (permute_default_4, view_default, cos_default)

class graph_90(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 1, 0])
        permute_default_1: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(sin_default, [2, 1, 0]);  sin_default = None
        permute_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 1, 0])
        permute_default_3: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [2, 1, 0]);  permute_default_2 = None
        permute_default_4: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [0, 2, 1]);  permute_default_3 = None
        permute_default_5: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 1, 0]);  permute_default_1 = None
        cos_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_5);  permute_default_5 = None
        return (permute_default, permute_default_4, cos_default)

class graph_91(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(clone_default, [24]);  clone_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (cos_default,)

class graph_92(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format)
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [6, 4]);  permute_default = None
        permute_default_1: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        clone_default_1: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        clone_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_2);  clone_default_2 = None
        return (clone_default_1, cos_default)

class graph_93(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0])
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 3, 4]);  sin_default = None
        permute_default_1: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [2, 1, 0])
        permute_default_2: "f32[4, 3, 2][1, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 1, 2]);  permute_default_1 = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        clone_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (permute_default, permute_default_2, cos_default)

class graph_94(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, 4]);  view_default = None
        permute_default: "f32[1, 4, 3, 2][12, 1, 4, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [1, 3, 2, 0]);  view_default_1 = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [3, 0, 2, 1]);  permute_default = None
        view_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [2, 1, 3, 4]);  permute_default_1 = None
        permute_default_2: "f32[1, 2, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(view_default_2, [1, 0, 2, 3]);  view_default_2 = None
        view_default_3: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [2, 12]);  permute_default_2 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (cos_default,)

class graph_95(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 3, 4])
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        clone_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default_1);  clone_default_1 = None
        return (view_default, cos_default)

class graph_96(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1, 12]);  sin_default = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 12]);  view_default = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(view_default_1, memory_format = torch.contiguous_format);  view_default_1 = None
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [6, -1]);  clone_default = None
        view_default_3: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default_2, [24]);  view_default_2 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (cos_default,)

class graph_97(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        clone_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [1, 0]);  clone_default_1 = None
        permute_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 0]);  permute_default = None
        clone_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(clone_default_2, [2, 12]);  clone_default_2 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_98(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, 3, 4]);  sin_default = None
        permute_default: "f32[1, 3, 2, 4][12, 4, 12, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 2, 0, 3]);  view_default = None
        permute_default_1: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [3, 0, 1, 2]);  permute_default = None
        clone_default: "f32[4, 1, 3, 2][6, 6, 2, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        permute_default_2: "f32[2, 3, 1, 4][1, 2, 6, 6]cuda:0" = torch.ops.aten.permute.default(clone_default, [3, 2, 1, 0]);  clone_default = None
        cos_default: "f32[2, 3, 1, 4][1, 2, 6, 6]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (cos_default,)

class graph_99(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12]);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, -1, 4]);  view_default = None
        view_default_2: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 3, 4]);  view_default_1 = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_2);  view_default_2 = None
        return (cos_default,)

class graph_100(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12])
        permute_default: "f32[12, 2][1, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        permute_default_1: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        permute_default_2: "f32[3, 2, 4][2, 1, 6]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 1, 0]);  permute_default_1 = None
        permute_default_3: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [2, 1, 0]);  permute_default_2 = None
        permute_default_4: "f32[3, 2, 4][2, 1, 6]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [2, 1, 0]);  permute_default_3 = None
        permute_default_5: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(permute_default_4, [2, 1, 0]);  permute_default_4 = None
        cos_default: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.cos.default(permute_default_5);  permute_default_5 = None
        return (clone_default, permute_default, cos_default)

class graph_101(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2]);  sin_default = None
        view_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 3, 4]);  view_default = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (cos_default,)

class graph_102(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 1, 3, -1]);  sin_default = None
        permute_default: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(view_default, [3, 1, 2, 0]);  view_default = None
        permute_default_1: "f32[1, 3, 4, 2][12, 4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [1, 2, 0, 3]);  permute_default = None
        permute_default_2: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 0, 1, 3]);  permute_default_1 = None
        cos_default: "f32[4, 1, 3, 2][1, 12, 4, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (cos_default,)

class graph_103(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [4, 3, 2])
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.permute.default(clone_default, [0, 1])
        permute_default_1: "f32[3, 4, 2][2, 6, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0, 2]);  view_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 1, 3, -1]);  clone_default = None
        permute_default_2: "f32[4, 2, 3, 1][1, 12, 4, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [3, 0, 2, 1]);  view_default_1 = None
        cos_default: "f32[4, 2, 3, 1][1, 12, 4, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (permute_default, permute_default_1, cos_default)

class graph_104(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[1, 4, 3, 2][12, 1, 4, 12]cuda:0" = torch.ops.aten.permute.default(clone_default, [1, 3, 2, 0]);  clone_default = None
        permute_default_1: "f32[3, 1, 4, 2][4, 12, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 0, 1, 3]);  permute_default = None
        clone_default_1: "f32[3, 1, 4, 2][8, 8, 2, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default_1, [2, 3, 4]);  clone_default_1 = None
        cos_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (cos_default,)

class graph_105(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 2, 1]);  sin_default = None
        permute_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 2, 1])
        permute_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [0, 1, 2]);  permute_default_1 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [6, 4]);  permute_default_2 = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, 4]);  view_default = None
        clone_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        cos_default: "f32[4, 2, 3][6, 3, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (view_default_1, cos_default)

class graph_106(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        permute_default_1: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0]);  permute_default = None
        view_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [-1, 3, 4]);  permute_default_1 = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, -1]);  view_default = None
        view_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [2, 12]);  view_default_1 = None
        view_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [6, -1]);  view_default_2 = None
        permute_default_2: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default_3, [1, 0]);  view_default_3 = None
        permute_default_3: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [1, 0]);  permute_default_2 = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_3);  permute_default_3 = None
        return (cos_default,)

class graph_107(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, -1]);  sin_default = None
        view_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [6, 4]);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(view_default_1);  view_default_1 = None
        return (cos_default,)

class graph_108(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 0])
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1, 1, 3, 4]);  sin_default = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(view_default);  view_default = None
        return (permute_default, cos_default)

class graph_109(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, -1]);  sin_default = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format)
        view_default_1: "f32[24][1]cuda:0" = torch.ops.aten.view.default(clone_default, [24]);  clone_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default_1, [0]);  view_default_1 = None
        permute_default_1: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(view_default, [1, 0]);  view_default = None
        permute_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 0]);  permute_default_1 = None
        view_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(permute_default_2, [2, 1, 3, 4]);  permute_default_2 = None
        view_default_3: "f32[24][1]cuda:0" = torch.ops.aten.view.default(view_default_2, [-1]);  view_default_2 = None
        cos_default: "f32[24][1]cuda:0" = torch.ops.aten.cos.default(view_default_3);  view_default_3 = None
        return (permute_default, cos_default)

class graph_110(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 1, 3, 4])
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 1, 3, 4]);  view_default = None
        view_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default, [2, 1, 3, 4]);  clone_default = None
        clone_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(view_default_2, memory_format = torch.contiguous_format);  view_default_2 = None
        clone_default_2: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default_1, memory_format = torch.contiguous_format);  clone_default_1 = None
        permute_default: "f32[2, 1, 4, 3][12, 12, 1, 4]cuda:0" = torch.ops.aten.permute.default(clone_default_2, [0, 1, 3, 2]);  clone_default_2 = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1, 3, 2]);  permute_default = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (view_default_1, cos_default)

class graph_111(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1]);  sin_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [0, 1])
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(permute_default_1, [24]);  permute_default_1 = None
        permute_default_2: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(view_default, [0]);  view_default = None
        permute_default_3: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [0]);  permute_default_2 = None
        view_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(permute_default_3, [4, -1, 2]);  permute_default_3 = None
        view_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [4, 3, 2]);  view_default_1 = None
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (view_default_2, cos_default)

class graph_112(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0, 1, 2]);  sin_default = None
        permute_default_1: "f32[2, 3, 4][1, 2, 6]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 1, 0])
        permute_default_2: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 1, 0]);  permute_default_1 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_2, memory_format = torch.contiguous_format);  permute_default_2 = None
        clone_default_1: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        permute_default_3: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [0, 2, 1]);  clone_default_1 = None
        cos_default: "f32[4, 2, 3][6, 1, 2]cuda:0" = torch.ops.aten.cos.default(permute_default_3);  permute_default_3 = None
        return (clone_default, cos_default)

class graph_113(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1, 12])
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [-1, 12]);  view_default = None
        view_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(view_default_1, [6, 4]);  view_default_1 = None
        view_default_3: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.view.default(view_default_2, [4, -1, 2]);  view_default_2 = None
        view_default_4: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [2, 12]);  sin_default = None
        view_default_5: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default_4, [2, 12]);  view_default_4 = None
        cos_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.cos.default(view_default_5);  view_default_5 = None
        return (view_default_3, cos_default)

class graph_114(torch.nn.Module):
    def forward(self, x0: "f32[4, 3, 2][6, 2, 1]cuda:0"):
        sin_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[4, 3, 2][6, 2, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        permute_default: "f32[2, 4, 3][1, 6, 2]cuda:0" = torch.ops.aten.permute.default(clone_default, [2, 0, 1]);  clone_default = None
        clone_default_1: "f32[2, 4, 3][12, 3, 1]cuda:0" = torch.ops.aten.clone.default(permute_default, memory_format = torch.contiguous_format);  permute_default = None
        permute_default_1: "f32[3, 4, 2][1, 3, 12]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [2, 1, 0]);  clone_default_1 = None
        permute_default_2: "f32[2, 4, 3][12, 3, 1]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [2, 1, 0]);  permute_default_1 = None
        cos_default: "f32[2, 4, 3][12, 3, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_2);  permute_default_2 = None
        return (cos_default,)

class graph_115(torch.nn.Module):
    def forward(self, x0: "f32[24][1]cuda:0"):
        sin_default: "f32[24][1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(sin_default, [0]);  sin_default = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(permute_default, [6, 4]);  permute_default = None
        permute_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.permute.default(view_default, [0, 1]);  view_default = None
        cos_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (cos_default,)

class graph_116(torch.nn.Module):
    def forward(self, x0: "f32[6, 4][4, 1]cuda:0"):
        sin_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        view_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.view.default(sin_default, [6, 4]);  sin_default = None
        view_default_1: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.view.default(view_default, [2, 12])
        clone_default: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        clone_default_1: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default, memory_format = torch.contiguous_format);  clone_default = None
        clone_default_2: "f32[6, 4][4, 1]cuda:0" = torch.ops.aten.clone.default(clone_default_1, memory_format = torch.contiguous_format);  clone_default_1 = None
        permute_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.permute.default(clone_default_2, [1, 0]);  clone_default_2 = None
        cos_default: "f32[4, 6][1, 4]cuda:0" = torch.ops.aten.cos.default(permute_default);  permute_default = None
        return (view_default_1, cos_default)

class graph_117(torch.nn.Module):
    def forward(self, x0: "f32[2, 12][12, 1]cuda:0"):
        sin_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        clone_default: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format)
        view_default: "f32[24][1]cuda:0" = torch.ops.aten.view.default(sin_default, [-1])
        clone_default_1: "f32[24][1]cuda:0" = torch.ops.aten.clone.default(view_default, memory_format = torch.contiguous_format);  view_default = None
        permute_default: "f32[24][1]cuda:0" = torch.ops.aten.permute.default(clone_default_1, [0]);  clone_default_1 = None
        clone_default_2: "f32[2, 12][12, 1]cuda:0" = torch.ops.aten.clone.default(sin_default, memory_format = torch.contiguous_format);  sin_default = None
        view_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.view.default(clone_default_2, [2, -1, 3, 4]);  clone_default_2 = None
        permute_default_1: "f32[3, 4, 1, 2][4, 1, 12, 12]cuda:0" = torch.ops.aten.permute.default(view_default_1, [2, 3, 1, 0]);  view_default_1 = None
        cos_default: "f32[3, 4, 1, 2][4, 1, 12, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_1);  permute_default_1 = None
        return (clone_default, permute_default, cos_default)

class graph_118(torch.nn.Module):
    def forward(self, x0: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0"):
        sin_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[4, 3, 2, 1][1, 4, 12, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [3, 2, 0, 1]);  sin_default = None
        permute_default_1: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 3, 1, 0]);  permute_default = None
        clone_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.clone.default(permute_default_1, memory_format = torch.contiguous_format);  permute_default_1 = None
        cos_default: "f32[2, 1, 3, 4][12, 12, 4, 1]cuda:0" = torch.ops.aten.cos.default(clone_default);  clone_default = None
        return (cos_default,)

class graph_119(torch.nn.Module):
    def forward(self, x0: "f32[2, 3, 4][12, 4, 1]cuda:0"):
        sin_default: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.sin.default(x0);  x0 = None
        permute_default: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(sin_default, [1, 2, 0]);  sin_default = None
        permute_default_1: "f32[2, 3, 4][12, 4, 1]cuda:0" = torch.ops.aten.permute.default(permute_default, [2, 0, 1]);  permute_default = None
        permute_default_2: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_1, [1, 2, 0]);  permute_default_1 = None
        permute_default_3: "f32[2, 4, 3][12, 1, 4]cuda:0" = torch.ops.aten.permute.default(permute_default_2, [2, 1, 0]);  permute_default_2 = None
        permute_default_4: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.permute.default(permute_default_3, [2, 1, 0]);  permute_default_3 = None
        cos_default: "f32[3, 4, 2][4, 1, 12]cuda:0" = torch.ops.aten.cos.default(permute_default_4);  permute_default_4 = None
        return (cos_default,)
