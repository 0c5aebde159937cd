class GraphModule(torch.nn.Module):
    def forward(self, image: "f32[s0, 8, 10, 12][960, 120, 12, 1]cuda:0", image_last: "f32[s0, 8, 10, 12][960, 1, 96, 8]cuda:0", free: "f32[s0, 8, s1, s1][8*s1**2, s1**2, s1, 1]cuda:0", free_last: "f32[s0, 8, s1, s1][8*s1**2, 1, 8*s1, 8]cuda:0", weight: "f32[16, 8, 3, 3][72, 9, 3, 1]cuda:0", signal: "f32[s0, 8, s1][8*s1, s1, 1]cuda:0", signal_weight: "f32[16, 8, 3][24, 3, 1]cuda:0"):
        convolution_0: "f32[s0, 16, 10, 12][1920, 120, 12, 1]cuda:0" = torch.ops.aten.convolution.default(image, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)
        convolution_1: "f32[s0, 16, 5, 5][400, 25, 5, 1]cuda:0" = torch.ops.aten.convolution.default(image, weight, None, [2, 2], [1, 0], [1, 1], False, [0, 0], 1)
        max_pool2d_with_indices_2 = torch.ops.aten.max_pool2d_with_indices.default(image, [3, 3], [2, 2], [1, 1])
        max_pool2d_with_indices_2_0: "f32[s0, 8, 5, 6][240, 30, 6, 1]cuda:0" = max_pool2d_with_indices_2[0]
        max_pool2d_with_indices_2_1: "i64[s0, 8, 5, 6][240, 30, 6, 1]cuda:0" = max_pool2d_with_indices_2[1]
        avg_pool2d_3: "f32[s0, 8, 5, 6][240, 30, 6, 1]cuda:0" = torch.ops.aten.avg_pool2d.default(image, [2, 2], [2, 2])
        adaptive_avg_pool2d_4: "f32[s0, 8, 5, 5][200, 25, 5, 1]cuda:0" = torch.ops.aten._adaptive_avg_pool2d.default(image, [5, 5])
        convolution_7: "f32[s0, 16, 10, 12][1920, 1, 192, 16]cuda:0" = torch.ops.aten.convolution.default(image_last, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)
        convolution_8: "f32[s0, 16, 5, 5][400, 1, 80, 16]cuda:0" = torch.ops.aten.convolution.default(image_last, weight, None, [2, 2], [1, 0], [1, 1], False, [0, 0], 1)
        max_pool2d_with_indices_9 = torch.ops.aten.max_pool2d_with_indices.default(image_last, [3, 3], [2, 2], [1, 1])
        max_pool2d_with_indices_9_0: "f32[s0, 8, 5, 6][240, 1, 48, 8]cuda:0" = max_pool2d_with_indices_9[0]
        max_pool2d_with_indices_9_1: "i64[s0, 8, 5, 6][240, 1, 48, 8]cuda:0" = max_pool2d_with_indices_9[1]
        avg_pool2d_10: "f32[s0, 8, 5, 6][240, 1, 48, 8]cuda:0" = torch.ops.aten.avg_pool2d.default(image_last, [2, 2], [2, 2])
        adaptive_avg_pool2d_11: "f32[s0, 8, 5, 5][200, 1, 40, 8]cuda:0" = torch.ops.aten._adaptive_avg_pool2d.default(image_last, [5, 5])
        convolution_14: "f32[s0, 16, s1, s1][16*s1**2, s1**2, s1, 1]cuda:0" = torch.ops.aten.convolution.default(free, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)
        convolution_15: "f32[s0, 16, (((s1 - 1)//2)) + 1, (((s1 - 3)//2)) + 1][16*((((s1 - 1)//2)) + 1)*Max(1, (((s1 - 3)//2)) + 1), ((((s1 - 1)//2)) + 1)*Max(1, (((s1 - 3)//2)) + 1), Max(1, (((s1 - 3)//2)) + 1), 1]cuda:0" = torch.ops.aten.convolution.default(free, weight, None, [2, 2], [1, 0], [1, 1], False, [0, 0], 1)
        max_pool2d_with_indices_16 = torch.ops.aten.max_pool2d_with_indices.default(free, [3, 3], [2, 2], [1, 1])
        max_pool2d_with_indices_16_0: "f32[s0, 8, (((s1 - 1)//2)) + 1, (((s1 - 1)//2)) + 1][8*((((s1 - 1)//2)) + 1)**2, ((((s1 - 1)//2)) + 1)**2, (((s1 - 1)//2)) + 1, 1]cuda:0" = max_pool2d_with_indices_16[0]
        max_pool2d_with_indices_16_1: "i64[s0, 8, (((s1 - 1)//2)) + 1, (((s1 - 1)//2)) + 1][8*((((s1 - 1)//2)) + 1)**2, ((((s1 - 1)//2)) + 1)**2, (((s1 - 1)//2)) + 1, 1]cuda:0" = max_pool2d_with_indices_16[1]
        avg_pool2d_17: "f32[s0, 8, (s1//2), (s1//2)][8*Max(1, (s1//2))**2, Max(1, (s1//2))**2, Max(1, (s1//2)), 1]cuda:0" = torch.ops.aten.avg_pool2d.default(free, [2, 2], [2, 2])
        adaptive_avg_pool2d_18: "f32[s0, 8, 5, 5][200, 25, 5, 1]cuda:0" = torch.ops.aten._adaptive_avg_pool2d.default(free, [5, 5])
        convolution_21: "f32[s0, 16, s1, s1][16*s1**2, 1, 16*s1, 16]cuda:0" = torch.ops.aten.convolution.default(free_last, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)
        convolution_22: "f32[s0, 16, (((s1 - 1)//2)) + 1, (((s1 - 3)//2)) + 1][(16*(((s1 - 3)//2)) + 16)*((((s1 - 1)//2)) + 1), 1, 16*(((s1 - 3)//2)) + 16, 16]cuda:0" = torch.ops.aten.convolution.default(free_last, weight, None, [2, 2], [1, 0], [1, 1], False, [0, 0], 1)
        max_pool2d_with_indices_23 = torch.ops.aten.max_pool2d_with_indices.default(free_last, [3, 3], [2, 2], [1, 1])
        max_pool2d_with_indices_23_0: "f32[s0, 8, (((s1 - 1)//2)) + 1, (((s1 - 1)//2)) + 1][((((s1 - 1)//2)) + 1)*(8*(((s1 - 1)//2)) + 8), 1, 8*(((s1 - 1)//2)) + 8, 8]cuda:0" = max_pool2d_with_indices_23[0]
        max_pool2d_with_indices_23_1: "i64[s0, 8, (((s1 - 1)//2)) + 1, (((s1 - 1)//2)) + 1][((((s1 - 1)//2)) + 1)*(8*(((s1 - 1)//2)) + 8), 1, 8*(((s1 - 1)//2)) + 8, 8]cuda:0" = max_pool2d_with_indices_23[1]
        avg_pool2d_24: "f32[s0, 8, (s1//2), (s1//2)][8*((s1//2))**2, 1, 8*((s1//2)), 8]cuda:0" = torch.ops.aten.avg_pool2d.default(free_last, [2, 2], [2, 2])
        adaptive_avg_pool2d_25: "f32[s0, 8, 5, 5][200, 1, 40, 8]cuda:0" = torch.ops.aten._adaptive_avg_pool2d.default(free_last, [5, 5])
        convolution_28: "f32[s0, 16, s1 + 2][16*s1 + 32, s1 + 2, 1]cuda:0" = torch.ops.aten.convolution.default(signal, signal_weight, None, [1], [2], [1], False, [0], 1)
        return ()
