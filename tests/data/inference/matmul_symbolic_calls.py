class GraphModule(torch.nn.Module):
    def forward(self, tokens: "bf16[s0, 6][6, 1]cuda:0", wide: "bf16[6, 12][12, 1]cuda:0", wide_t: "bf16[6, 12][1, 6]cuda:0", batch: "bf16[s0, s1, 6][6*s1, 6, 1]cuda:0", heads: "bf16[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0", keys: "bf16[s0, 4, 8, s1][32*s1, 8, 1, 32]cuda:0", flat: "bf16[4, s1, 8][8*s1, 8, 1]cuda:0", flat_keys: "bf16[4, 8, s1][8*s1, 1, 8]cuda:0", bias: "bf16[12][1]cuda:0", weight: "bf16[12, 6][6, 1]cuda:0", values: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0", scale: "f32[][]cuda:0", fp8: "f8e4m3fn[s0, 16][16, 1]cuda:0", fp8_weight: "f8e4m3fn[16, 32][1, 16]cuda:0"):
        mm_0: "bf16[s0, 12][12, 1]cuda:0" = torch.ops.aten.mm.default(tokens, wide)
        mm_1: "bf16[s0, 12][12, 1]cuda:0" = torch.ops.aten.mm.default(tokens, wide_t)
        addmm_2: "bf16[s0, 12][12, 1]cuda:0" = torch.ops.aten.addmm.default(bias, tokens, wide_t)
        bmm_5: "bf16[4, s1, s1][s1**2, s1, 1]cuda:0" = torch.ops.aten.bmm.default(flat, flat_keys)
        linear_6: "bf16[s0, s1, 12][12*s1, 12, 1]cuda:0" = torch.ops.aten.linear.default(batch, weight, bias)
        linear_7: "bf16[s0, 12][12, 1]cuda:0" = torch.ops.aten.linear.default(tokens, weight)
        scaled_mm_8: "bf16[s0, 32][32, 1]cuda:0" = torch.ops.aten._scaled_mm.default(fp8, fp8_weight, scale, scale, out_dtype = torch.bfloat16)
        scaled_dot_product_efficient_attention_9 = torch.ops.aten._scaled_dot_product_efficient_attention.default(heads, values, values, None, True)
        scaled_dot_product_efficient_attention_9_0: "bf16[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0" = scaled_dot_product_efficient_attention_9[0]
        scaled_dot_product_efficient_attention_9_1: "f32[s0, 4, 32*CeilToInt(IntTrueDiv(s1, 32))][4*Max(1, 32*CeilToInt(IntTrueDiv(s1, 32))), Max(1, 32*CeilToInt(IntTrueDiv(s1, 32))), 1]cuda:0" = scaled_dot_product_efficient_attention_9[1]
        scaled_dot_product_efficient_attention_9_2: "i64[][]cuda:0" = scaled_dot_product_efficient_attention_9[2]
        scaled_dot_product_efficient_attention_9_3: "i64[][]cuda:0" = scaled_dot_product_efficient_attention_9[3]
        scaled_dot_product_cudnn_attention_10 = torch.ops.aten._scaled_dot_product_cudnn_attention.default(heads, values, values, None, False)
        scaled_dot_product_cudnn_attention_10_0: "bf16[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0" = scaled_dot_product_cudnn_attention_10[0]
        scaled_dot_product_cudnn_attention_10_1: "f32[s0, 4, s1, 1][4*s1, s1, 1, 1]cuda:0" = scaled_dot_product_cudnn_attention_10[1]
        scaled_dot_product_cudnn_attention_10_6: "i64[][]cuda:0" = scaled_dot_product_cudnn_attention_10[6]
        scaled_dot_product_cudnn_attention_10_7: "i64[][]cuda:0" = scaled_dot_product_cudnn_attention_10[7]
        scaled_dot_product_flash_attention_11 = torch.ops.aten._scaled_dot_product_flash_attention.default(heads, values, values)
        scaled_dot_product_flash_attention_11_0: "bf16[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0" = scaled_dot_product_flash_attention_11[0]
        scaled_dot_product_flash_attention_11_1: "f32[s0, 4, s1][4*s1, s1, 1]cuda:0" = scaled_dot_product_flash_attention_11[1]
        scaled_dot_product_flash_attention_11_6: "u64[2][1]cuda:0" = scaled_dot_product_flash_attention_11[6]
        scaled_dot_product_flash_attention_11_7: "u64[][]cuda:0" = scaled_dot_product_flash_attention_11[7]
        scaled_dot_product_flash_attention_11_8: "bf16[0][1]cuda:0" = scaled_dot_product_flash_attention_11[8]
        layer_norm_12: "bf16[s0, s1, 6][6*s1, 6, 1]cuda:0" = torch.ops.aten.layer_norm.default(batch, [6])
        native_layer_norm_13 = torch.ops.aten.native_layer_norm.default(batch, [6], None, None, 1e-05)
        native_layer_norm_13_0: "bf16[s0, s1, 6][6*s1, 6, 1]cuda:0" = native_layer_norm_13[0]
        native_layer_norm_13_1: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = native_layer_norm_13[1]
        native_layer_norm_13_2: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = native_layer_norm_13[2]
        return ()
