class GraphModule(torch.nn.Module):
    def forward(self, a: "Sym(s0)", b: "Sym(s1)", ab: "Sym(s0*s1)", a_half: "Sym((s0//2))", b_next: "Sym(s1 + 1)", a_double: "Sym(2*s0)", vector: "f32[s0][1]cuda:0", vector_l: "i64[s0][1]cuda:0", fixed: "f16[6][1]cuda:0", matrix: "f32[s0, 6][6, 1]cuda:0", matrix_b: "bf16[s0, 6][6, 1]cuda:0", matrix_l: "i64[s0, 6][6, 1]cuda:0", matrix_mask: "b8[s0, 6][6, 1]cuda:0", transposed: "f32[s0, 6][1, s0]cuda:0", both: "f32[s0, s1][s1, 1]cuda:0", both_transposed: "bf16[s0, s1][1, s0]cuda:0", both_mask: "b8[s0, s1][s1, 1]cuda:0", both_l: "i64[s0, s1][s1, 1]cuda:0", row: "f32[1, s1][s1, 1]cuda:0", column: "f32[s0, 1][1, 1]cuda:0", column_b: "bf16[s0, 1][1, 1]cuda:0", tokens: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0", tokens_f: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0", tokens_permuted: "f32[s0, s1, 8][8*s1, 1, s1]cuda:0", tokens_front: "bf16[s0, s1, 8][8, 8*s0, 1]cuda:0", tokens_one: "f32[s0, s1, 1][s1, 1, 1]cuda:0", heads: "bf16[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0", heads_plain: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0", image: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0", image_last: "f32[s0, 3, 8, 6][144, 1, 18, 3]cuda:0", scores: "f32[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0", double: "f32[2*s0, 6][6, 1]cuda:0", next: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0", scalar: "f32[][]cuda:0", scalar_d: "f64[][]cpu", pairs: "f32[s0, 6, 2][12, 2, 1]cuda:0"):
        sum_default_0: "f32[][]cuda:0" = torch.ops.aten.sum.default(scalar, dtype = None)
        sum_default_1: "i64[][]cuda:0" = torch.ops.aten.sum.default(image_last, dtype = torch.int64)
        sum_default_2: "i64[][]cuda:0" = torch.ops.aten.sum.default(matrix_l)
        sum_default_3: "f32[][]cuda:0" = torch.ops.aten.sum.default(transposed)
        sum_default_4: "i64[][]cuda:0" = torch.ops.aten.sum.default(both_mask)
        sum_default_5: "f32[][]cuda:0" = torch.ops.aten.sum.default(tokens_f)
        sum_default_6: "i64[][]cuda:0" = torch.ops.aten.sum.default(vector_l)
        sum_default_7: "bf16[][]cuda:0" = torch.ops.aten.sum.default(heads)
        sum_default_8: "f32[][]cuda:0" = torch.ops.aten.sum.default(image)
        sum_default_9: "b8[][]cuda:0" = torch.ops.aten.sum.default(row, dtype = torch.bool)
        sum_default_10: "f32[][]cuda:0" = torch.ops.aten.sum.default(scores)
        sum_default_11: "f64[][]cpu" = torch.ops.aten.sum.default(scalar_d)
        sum_default_12: "bf16[][]cuda:0" = torch.ops.aten.sum.default(scores, dtype = torch.bfloat16)
        sum_default_13: "f32[][]cuda:0" = torch.ops.aten.sum.default(pairs, dtype = torch.float32)
        sum_dim_IntList_0: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(vector, None)
        sum_dim_IntList_1: "b8[s0, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.sum.dim_IntList(tokens_f, [1, 2], True, dtype = torch.bool)
        sum_dim_IntList_2: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(double, [], False)
        sum_dim_IntList_3: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.sum.dim_IntList(tokens_one, None, True)
        sum_dim_IntList_4: "bf16[][]cuda:0" = torch.ops.aten.sum.dim_IntList(matrix_l, None, dtype = torch.bfloat16)
        sum_dim_IntList_5: "i64[s0][1]cuda:0" = torch.ops.aten.sum.dim_IntList(matrix_l, [-1])
        sum_dim_IntList_6: "f16[][]cuda:0" = torch.ops.aten.sum.dim_IntList(both_mask, None, dtype = torch.float16)
        sum_dim_IntList_7: "f32[][]cpu" = torch.ops.aten.sum.dim_IntList(scalar_d, None, True, dtype = torch.float32)
        sum_dim_IntList_8: "i64[][]cuda:0" = torch.ops.aten.sum.dim_IntList(both_l, None)
        sum_dim_IntList_9: "f16[][]cuda:0" = torch.ops.aten.sum.dim_IntList(matrix, [-1, 0], dtype = torch.float16)
        sum_dim_IntList_10: "i32[s0][1]cuda:0" = torch.ops.aten.sum.dim_IntList(transposed, [1], dtype = torch.int32)
        sum_dim_IntList_11: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(next, None)
        sum_dim_IntList_12: "b8[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.sum.dim_IntList(heads, [], True, dtype = torch.bool)
        sum_dim_IntList_13: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(transposed, None, False)
        nansum_default_0: "f32[][]cuda:0" = torch.ops.aten.nansum.default(both)
        nansum_default_1: "f32[][]cuda:0" = torch.ops.aten.nansum.default(both_transposed, dtype = torch.float32)
        nansum_default_2: "f32[][]cuda:0" = torch.ops.aten.nansum.default(image_last, None, False)
        nansum_default_3: "i64[][]cuda:0" = torch.ops.aten.nansum.default(matrix_l, None)
        nansum_default_4: "f32[][]cuda:0" = torch.ops.aten.nansum.default(image, None)
        nansum_default_5: "f16[6][1]cuda:0" = torch.ops.aten.nansum.default(fixed, [], False, dtype = torch.float16)
        nansum_default_6: "f16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.nansum.default(scores, None, True, dtype = torch.float16)
        nansum_default_7: "bf16[][]cuda:0" = torch.ops.aten.nansum.default(heads, keepdim = False, dtype = None)
        nansum_default_8: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.nansum.default(column, None, True)
        nansum_default_9: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.nansum.default(matrix_b, keepdim = True, dtype = None)
        nansum_default_10: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.nansum.default(both_transposed, keepdim = True)
        nansum_default_11: "bf16[][]cuda:0" = torch.ops.aten.nansum.default(both_transposed, keepdim = False)
        nansum_default_12: "f32[][]cuda:0" = torch.ops.aten.nansum.default(image)
        nansum_default_13: "f32[][]cuda:0" = torch.ops.aten.nansum.default(row, None, False)
        prod_default_0: "bf16[][]cuda:0" = torch.ops.aten.prod.default(column_b, dtype = None)
        prod_default_1: "f32[][]cuda:0" = torch.ops.aten.prod.default(next)
        prod_default_2: "i64[][]cuda:0" = torch.ops.aten.prod.default(matrix_mask)
        prod_default_3: "i64[][]cuda:0" = torch.ops.aten.prod.default(pairs, dtype = torch.int64)
        prod_default_4: "f32[][]cuda:0" = torch.ops.aten.prod.default(pairs)
        prod_default_5: "f32[][]cuda:0" = torch.ops.aten.prod.default(next, dtype = None)
        prod_default_6: "i64[][]cuda:0" = torch.ops.aten.prod.default(both_l, dtype = None)
        prod_default_7: "f32[][]cuda:0" = torch.ops.aten.prod.default(tokens_one)
        prod_default_8: "f16[][]cuda:0" = torch.ops.aten.prod.default(next, dtype = torch.float16)
        prod_default_9: "f32[][]cuda:0" = torch.ops.aten.prod.default(tokens_one, dtype = None)
        prod_default_10: "bf16[][]cuda:0" = torch.ops.aten.prod.default(heads_plain, dtype = None)
        prod_default_11: "f32[][]cuda:0" = torch.ops.aten.prod.default(matrix)
        prod_default_12: "f64[][]cpu" = torch.ops.aten.prod.default(scalar_d)
        prod_default_13: "f32[][]cuda:0" = torch.ops.aten.prod.default(image_last)
        prod_dim_int_0: "f64[][]cpu" = torch.ops.aten.prod.dim_int(scalar_d, 0)
        prod_dim_int_1: "f32[][]cuda:0" = torch.ops.aten.prod.dim_int(vector, -1)
        prod_dim_int_2: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.prod.dim_int(column, -2, True)
        prod_dim_int_3: "bf16[s0, 1, s1, 8][8*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.prod.dim_int(heads_plain, -3, True)
        prod_dim_int_4: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.prod.dim_int(row, -2, True, dtype = None)
        prod_dim_int_5: "f32[s1, 8][8, 1]cuda:0" = torch.ops.aten.prod.dim_int(tokens_permuted, -3)
        prod_dim_int_6: "i64[][]cuda:0" = torch.ops.aten.prod.dim_int(vector_l, -1, False)
        prod_dim_int_7: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten.prod.dim_int(tokens_one, -2, dtype = None)
        prod_dim_int_8: "f32[s0, 3, 1, 6][18, 6, 6, 1]cuda:0" = torch.ops.aten.prod.dim_int(image, 2, True)
        prod_dim_int_9: "i32[2*s0, 1][1, 1]cuda:0" = torch.ops.aten.prod.dim_int(double, -1, True, dtype = torch.int32)
        prod_dim_int_10: "f16[s0, 6][6, 1]cuda:0" = torch.ops.aten.prod.dim_int(pairs, -1, dtype = torch.float16)
        prod_dim_int_11: "bf16[1][1]cuda:0" = torch.ops.aten.prod.dim_int(column_b, -2)
        prod_dim_int_12: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten.prod.dim_int(next, 1, True)
        prod_dim_int_13: "bf16[4, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.prod.dim_int(heads, 0)
        mean_default_0: "bf16[][]cuda:0" = torch.ops.aten.mean.default(tokens)
        mean_default_1: "f16[][]cuda:0" = torch.ops.aten.mean.default(fixed)
        mean_default_2: "f32[][]cuda:0" = torch.ops.aten.mean.default(vector)
        mean_default_3: "f32[][]cuda:0" = torch.ops.aten.mean.default(row, dtype = None)
        mean_default_4: "bf16[][]cuda:0" = torch.ops.aten.mean.default(tokens_permuted, dtype = torch.bfloat16)
        mean_default_5: "f32[][]cuda:0" = torch.ops.aten.mean.default(both)
        mean_default_6: "f32[][]cuda:0" = torch.ops.aten.mean.default(pairs)
        mean_default_7: "bf16[][]cuda:0" = torch.ops.aten.mean.default(vector, dtype = torch.bfloat16)
        mean_default_8: "f32[][]cuda:0" = torch.ops.aten.mean.default(image)
        mean_default_9: "f32[][]cuda:0" = torch.ops.aten.mean.default(next, dtype = None)
        mean_default_10: "f32[][]cuda:0" = torch.ops.aten.mean.default(both, dtype = None)
        mean_default_11: "f16[][]cuda:0" = torch.ops.aten.mean.default(matrix_mask, dtype = torch.float16)
        mean_default_12: "bf16[][]cuda:0" = torch.ops.aten.mean.default(heads, dtype = None)
        mean_default_13: "bf16[][]cuda:0" = torch.ops.aten.mean.default(matrix_b, dtype = None)
        mean_dim_0: "f32[1][1]cuda:0" = torch.ops.aten.mean.dim(vector, None, True, dtype = None)
        mean_dim_1: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(column_b, None, True)
        mean_dim_2: "f32[][]cuda:0" = torch.ops.aten.mean.dim(pairs, [2, -3, 1], False)
        mean_dim_3: "bf16[][]cuda:0" = torch.ops.aten.mean.dim(tokens, [1, 2, 0], dtype = None)
        mean_dim_4: "f32[][]cuda:0" = torch.ops.aten.mean.dim(tokens_permuted, None)
        mean_dim_5: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(double, None, True, dtype = torch.float32)
        mean_dim_6: "f32[][]cuda:0" = torch.ops.aten.mean.dim(scores, None, False)
        mean_dim_7: "bf16[][]cuda:0" = torch.ops.aten.mean.dim(both_transposed, None)
        mean_dim_8: "f64[][]cpu" = torch.ops.aten.mean.dim(scalar_d, None, False, dtype = None)
        mean_dim_9: "f32[][]cuda:0" = torch.ops.aten.mean.dim(vector, None, dtype = None)
        mean_dim_10: "f32[3, 8, 6][48, 6, 1]cuda:0" = torch.ops.aten.mean.dim(image_last, [0], dtype = None)
        mean_dim_11: "f32[s0, 2][2, 1]cuda:0" = torch.ops.aten.mean.dim(pairs, [1], False)
        mean_dim_12: "f32[][]cuda:0" = torch.ops.aten.mean.dim(image_last, [], False, dtype = None)
        mean_dim_13: "f32[6][1]cuda:0" = torch.ops.aten.mean.dim(double, [0], dtype = None)
        amax_default_0: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.amax.default(both_l, keepdim = True)
        amax_default_1: "f32[][]cuda:0" = torch.ops.aten.amax.default(row)
        amax_default_2: "f32[][]cuda:0" = torch.ops.aten.amax.default(transposed)
        amax_default_3: "f32[][]cuda:0" = torch.ops.aten.amax.default(image, keepdim = False)
        amax_default_4: "f64[][]cpu" = torch.ops.aten.amax.default(scalar_d, [], False)
        amax_default_5: "f32[][]cuda:0" = torch.ops.aten.amax.default(tokens_one)
        amax_default_6: "f32[][]cuda:0" = torch.ops.aten.amax.default(tokens_f, [1, 0, 2])
        amax_default_7: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.amax.default(tokens_one, [1, 2, -3], True)
        amax_default_8: "i64[][]cuda:0" = torch.ops.aten.amax.default(both_l, [])
        amax_default_9: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.amax.default(scores, keepdim = True)
        amax_default_10: "f32[s0, 8, 6][48, 6, 1]cuda:0" = torch.ops.aten.amax.default(image_last, [1])
        amax_default_11: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.amax.default(tokens_front, [], True)
        amax_default_12: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.amax.default(both, [], True)
        amax_default_13: "f32[][]cuda:0" = torch.ops.aten.amax.default(row, keepdim = False)
        amin_default_0: "f32[][]cuda:0" = torch.ops.aten.amin.default(matrix, [], False)
        amin_default_1: "f32[s0, 8][8, 1]cuda:0" = torch.ops.aten.amin.default(tokens_f, [1], False)
        amin_default_2: "f32[][]cuda:0" = torch.ops.aten.amin.default(tokens_f, [0, 2, -2])
        amin_default_3: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.amin.default(both_transposed, [-1, 0], True)
        amin_default_4: "bf16[][]cuda:0" = torch.ops.aten.amin.default(heads_plain, [], False)
        amin_default_5: "f32[s1][1]cuda:0" = torch.ops.aten.amin.default(both, [0])
        amin_default_6: "f32[][]cuda:0" = torch.ops.aten.amin.default(pairs)
        amin_default_7: "f32[][]cuda:0" = torch.ops.aten.amin.default(tokens_permuted)
        amin_default_8: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.amin.default(next, keepdim = True)
        amin_default_9: "b8[][]cuda:0" = torch.ops.aten.amin.default(matrix_mask, [-1, -2])
        amin_default_10: "f32[][]cuda:0" = torch.ops.aten.amin.default(column)
        amin_default_11: "b8[][]cuda:0" = torch.ops.aten.amin.default(both_mask, keepdim = False)
        amin_default_12: "i64[][]cuda:0" = torch.ops.aten.amin.default(both_l)
        amin_default_13: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.amin.default(tokens, keepdim = True)
        max_default_0: "f32[][]cuda:0" = torch.ops.aten.max.default(scores)
        max_default_1: "f16[][]cuda:0" = torch.ops.aten.max.default(fixed)
        max_default_2: "i64[][]cuda:0" = torch.ops.aten.max.default(matrix_l)
        max_default_3: "i64[][]cuda:0" = torch.ops.aten.max.default(both_l)
        max_default_4: "bf16[][]cuda:0" = torch.ops.aten.max.default(column_b)
        max_default_5: "bf16[][]cuda:0" = torch.ops.aten.max.default(heads)
        max_default_6: "bf16[][]cuda:0" = torch.ops.aten.max.default(tokens_front)
        max_default_7: "f32[][]cuda:0" = torch.ops.aten.max.default(next)
        max_default_8: "f32[][]cuda:0" = torch.ops.aten.max.default(matrix)
        max_default_9: "f32[][]cuda:0" = torch.ops.aten.max.default(tokens_permuted)
        max_default_10: "f32[][]cuda:0" = torch.ops.aten.max.default(row)
        max_default_11: "b8[][]cuda:0" = torch.ops.aten.max.default(both_mask)
        max_default_12: "f32[][]cuda:0" = torch.ops.aten.max.default(image_last)
        max_default_13: "f32[][]cuda:0" = torch.ops.aten.max.default(pairs)
        min_default_0: "f32[][]cuda:0" = torch.ops.aten.min.default(image_last)
        min_default_1: "f64[][]cpu" = torch.ops.aten.min.default(scalar_d)
        min_default_2: "bf16[][]cuda:0" = torch.ops.aten.min.default(heads)
        min_default_3: "f32[][]cuda:0" = torch.ops.aten.min.default(both)
        min_default_4: "f32[][]cuda:0" = torch.ops.aten.min.default(double)
        min_default_5: "f32[][]cuda:0" = torch.ops.aten.min.default(pairs)
        min_default_6: "bf16[][]cuda:0" = torch.ops.aten.min.default(matrix_b)
        min_default_7: "f32[][]cuda:0" = torch.ops.aten.min.default(transposed)
        min_default_8: "f32[][]cuda:0" = torch.ops.aten.min.default(tokens_permuted)
        min_default_9: "bf16[][]cuda:0" = torch.ops.aten.min.default(heads_plain)
        min_default_10: "f32[][]cuda:0" = torch.ops.aten.min.default(row)
        min_default_11: "bf16[][]cuda:0" = torch.ops.aten.min.default(both_transposed)
        min_default_12: "i64[][]cuda:0" = torch.ops.aten.min.default(vector_l)
        min_default_13: "bf16[][]cuda:0" = torch.ops.aten.min.default(column_b)
        median_default_0: "f32[][]cuda:0" = torch.ops.aten.median.default(column)
        median_default_1: "bf16[][]cuda:0" = torch.ops.aten.median.default(matrix_b)
        median_default_2: "bf16[][]cuda:0" = torch.ops.aten.median.default(heads_plain)
        median_default_3: "bf16[][]cuda:0" = torch.ops.aten.median.default(heads)
        median_default_4: "bf16[][]cuda:0" = torch.ops.aten.median.default(tokens_front)
        median_default_5: "f32[][]cuda:0" = torch.ops.aten.median.default(vector)
        median_default_6: "i64[][]cuda:0" = torch.ops.aten.median.default(matrix_l)
        median_default_7: "f32[][]cuda:0" = torch.ops.aten.median.default(next)
        median_default_8: "f32[][]cuda:0" = torch.ops.aten.median.default(tokens_permuted)
        median_default_9: "f32[][]cuda:0" = torch.ops.aten.median.default(row)
        median_default_10: "f32[][]cuda:0" = torch.ops.aten.median.default(scores)
        median_default_11: "f32[][]cuda:0" = torch.ops.aten.median.default(tokens_one)
        median_default_12: "bf16[][]cuda:0" = torch.ops.aten.median.default(tokens)
        median_default_13: "f32[][]cuda:0" = torch.ops.aten.median.default(pairs)
        nanmedian_default_0: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(heads_plain)
        nanmedian_default_1: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(image)
        nanmedian_default_2: "i64[][]cuda:0" = torch.ops.aten.nanmedian.default(vector_l)
        nanmedian_default_3: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(column_b)
        nanmedian_default_4: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(tokens_front)
        nanmedian_default_5: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(transposed)
        nanmedian_default_6: "f64[][]cpu" = torch.ops.aten.nanmedian.default(scalar_d)
        nanmedian_default_7: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(row)
        nanmedian_default_8: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(matrix_b)
        nanmedian_default_9: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(matrix)
        nanmedian_default_10: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(tokens_one)
        nanmedian_default_11: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(heads)
        nanmedian_default_12: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(scores)
        nanmedian_default_13: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(tokens)
        argmax_default_0: "i64[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.argmax.default(tokens, None, True)
        argmax_default_1: "i64[][]cuda:0" = torch.ops.aten.argmax.default(tokens_permuted)
        argmax_default_2: "i64[][]cuda:0" = torch.ops.aten.argmax.default(column)
        argmax_default_3: "i64[][]cuda:0" = torch.ops.aten.argmax.default(matrix)
        argmax_default_4: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.argmax.default(next, keepdim = True)
        argmax_default_5: "i64[][]cuda:0" = torch.ops.aten.argmax.default(scalar, -1)
        argmax_default_6: "i64[][]cuda:0" = torch.ops.aten.argmax.default(tokens)
        argmax_default_7: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.argmax.default(both, keepdim = True)
        argmax_default_8: "i64[s0][1]cuda:0" = torch.ops.aten.argmax.default(next, -1, False)
        argmax_default_9: "i64[][]cuda:0" = torch.ops.aten.argmax.default(both_transposed, keepdim = False)
        argmax_default_10: "i64[][]cuda:0" = torch.ops.aten.argmax.default(double, None)
        argmax_default_11: "i64[][]cuda:0" = torch.ops.aten.argmax.default(heads_plain)
        argmax_default_12: "i64[][]cuda:0" = torch.ops.aten.argmax.default(vector_l, -1, False)
        argmax_default_13: "i64[1][1]cuda:0" = torch.ops.aten.argmax.default(column_b, -2, False)
        argmin_default_0: "i64[][]cpu" = torch.ops.aten.argmin.default(scalar_d)
        argmin_default_1: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.argmin.default(both_l, keepdim = True)
        argmin_default_2: "i64[][]cuda:0" = torch.ops.aten.argmin.default(matrix)
        argmin_default_3: "i64[][]cuda:0" = torch.ops.aten.argmin.default(scalar, -1, True)
        argmin_default_4: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.argmin.default(matrix_l, None, True)
        argmin_default_5: "i64[][]cuda:0" = torch.ops.aten.argmin.default(row, None)
        argmin_default_6: "i64[][]cuda:0" = torch.ops.aten.argmin.default(transposed)
        argmin_default_7: "i64[][]cuda:0" = torch.ops.aten.argmin.default(row)
        argmin_default_8: "i64[][]cuda:0" = torch.ops.aten.argmin.default(both_l)
        argmin_default_9: "i64[][]cuda:0" = torch.ops.aten.argmin.default(both)
        argmin_default_10: "i64[][]cuda:0" = torch.ops.aten.argmin.default(fixed, None)
        argmin_default_11: "i64[][]cuda:0" = torch.ops.aten.argmin.default(next, None, False)
        argmin_default_12: "i64[][]cuda:0" = torch.ops.aten.argmin.default(transposed, keepdim = False)
        argmin_default_13: "i64[s0, 8][8, 1]cuda:0" = torch.ops.aten.argmin.default(tokens_f, 1)
        count_nonzero_default_0: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(scores, None)
        count_nonzero_default_1: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(double)
        count_nonzero_default_2: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(row)
        count_nonzero_default_3: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(tokens_one, None)
        count_nonzero_default_4: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(tokens_one)
        count_nonzero_default_5: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(matrix_mask)
        count_nonzero_default_6: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(column)
        count_nonzero_default_7: "i64[6][1]cuda:0" = torch.ops.aten.count_nonzero.default(matrix_mask, 0)
        count_nonzero_default_8: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(scalar, None)
        count_nonzero_default_9: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(tokens_f)
        count_nonzero_default_10: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.count_nonzero.default(tokens_front, 2)
        count_nonzero_default_11: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(image_last, None)
        count_nonzero_default_12: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(fixed, None)
        count_nonzero_default_13: "i64[s0][1]cuda:0" = torch.ops.aten.count_nonzero.default(transposed, -1)
        count_nonzero_dim_IntList_0: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(fixed, [])
        count_nonzero_dim_IntList_1: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(both_transposed, [])
        count_nonzero_dim_IntList_2: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(double, [])
        count_nonzero_dim_IntList_3: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(image_last, [-4, 2, 3, 1])
        count_nonzero_dim_IntList_4: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(double, [-2, 1])
        count_nonzero_dim_IntList_5: "i64[6][1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(matrix_l, [0])
        count_nonzero_dim_IntList_6: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(heads, [1, -1])
        count_nonzero_dim_IntList_7: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(matrix_mask, [1, 0])
        count_nonzero_dim_IntList_8: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(tokens_permuted, [])
        count_nonzero_dim_IntList_9: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(matrix_b, [])
        count_nonzero_dim_IntList_10: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(image, [])
        count_nonzero_dim_IntList_11: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(tokens_one, [1, 2, -3])
        count_nonzero_dim_IntList_12: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(tokens_f, [2, -2, 0])
        count_nonzero_dim_IntList_13: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(vector_l, [0])
        any_default_0: "b8[][]cuda:0" = torch.ops.aten.any.default(column)
        any_default_1: "b8[][]cuda:0" = torch.ops.aten.any.default(both_l)
        any_default_2: "b8[][]cuda:0" = torch.ops.aten.any.default(tokens)
        any_default_3: "b8[][]cuda:0" = torch.ops.aten.any.default(matrix_b)
        any_default_4: "b8[][]cuda:0" = torch.ops.aten.any.default(scores)
        any_default_5: "b8[][]cuda:0" = torch.ops.aten.any.default(matrix)
        any_default_6: "b8[][]cuda:0" = torch.ops.aten.any.default(both_transposed)
        any_default_7: "b8[][]cuda:0" = torch.ops.aten.any.default(tokens_front)
        any_default_8: "b8[][]cuda:0" = torch.ops.aten.any.default(next)
        any_default_9: "b8[][]cuda:0" = torch.ops.aten.any.default(heads)
        any_default_10: "b8[][]cuda:0" = torch.ops.aten.any.default(vector_l)
        any_default_11: "b8[][]cuda:0" = torch.ops.aten.any.default(tokens_f)
        any_default_12: "b8[][]cpu" = torch.ops.aten.any.default(scalar_d)
        any_default_13: "b8[][]cuda:0" = torch.ops.aten.any.default(image)
        any_dim_0: "b8[1][1]cuda:0" = torch.ops.aten.any.dim(column_b, -2)
        any_dim_1: "b8[6][1]cuda:0" = torch.ops.aten.any.dim(matrix, -2)
        any_dim_2: "b8[s1][1]cuda:0" = torch.ops.aten.any.dim(row, 0)
        any_dim_3: "b8[1][1]cuda:0" = torch.ops.aten.any.dim(fixed, 0, True)
        any_dim_4: "b8[s1][1]cuda:0" = torch.ops.aten.any.dim(both, -2)
        any_dim_5: "b8[s0][1]cuda:0" = torch.ops.aten.any.dim(matrix_b, 1)
        any_dim_6: "b8[][]cpu" = torch.ops.aten.any.dim(scalar_d, -1)
        any_dim_7: "b8[s0, 1][1, 1]cuda:0" = torch.ops.aten.any.dim(matrix_l, -1, True)
        any_dim_8: "b8[s0, s1][s1, 1]cuda:0" = torch.ops.aten.any.dim(tokens, -1, False)
        any_dim_9: "b8[s0, 1, 8][8, 8, 1]cuda:0" = torch.ops.aten.any.dim(tokens, -2, True)
        any_dim_10: "b8[s0, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.any.dim(tokens_one, 1, True)
        any_dim_11: "b8[s0][1]cuda:0" = torch.ops.aten.any.dim(both_transposed, 1)
        any_dim_12: "b8[s1, 8][8, 1]cuda:0" = torch.ops.aten.any.dim(tokens, -3, False)
        any_dim_13: "b8[s0, 3, 1, 6][18, 6, 6, 1]cuda:0" = torch.ops.aten.any.dim(image, -2, True)
        any_dims_0: "b8[s1][1]cuda:0" = torch.ops.aten.any.dims(both_mask, [-2])
        any_dims_1: "b8[s0][1]cuda:0" = torch.ops.aten.any.dims(tokens_f, [1, 2], False)
        any_dims_2: "b8[][]cuda:0" = torch.ops.aten.any.dims(vector, keepdim = False)
        any_dims_3: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.any.dims(both_l, keepdim = True)
        any_dims_4: "b8[][]cuda:0" = torch.ops.aten.any.dims(column, keepdim = False)
        any_dims_5: "b8[][]cuda:0" = torch.ops.aten.any.dims(tokens_permuted, keepdim = False)
        any_dims_6: "b8[][]cuda:0" = torch.ops.aten.any.dims(both, keepdim = False)
        any_dims_7: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.any.dims(both_transposed, keepdim = True)
        any_dims_8: "b8[][]cuda:0" = torch.ops.aten.any.dims(next)
        any_dims_9: "b8[s0][1]cuda:0" = torch.ops.aten.any.dims(pairs, [-1, -2], False)
        any_dims_10: "b8[][]cuda:0" = torch.ops.aten.any.dims(matrix_mask)
        any_dims_11: "b8[][]cuda:0" = torch.ops.aten.any.dims(matrix_mask, keepdim = False)
        any_dims_12: "b8[][]cuda:0" = torch.ops.aten.any.dims(matrix_l)
        any_dims_13: "b8[][]cpu" = torch.ops.aten.any.dims(scalar_d, None)
        all_default_0: "b8[][]cuda:0" = torch.ops.aten.all.default(both)
        all_default_1: "b8[][]cuda:0" = torch.ops.aten.all.default(tokens_front)
        all_default_2: "b8[][]cuda:0" = torch.ops.aten.all.default(matrix_b)
        all_default_3: "b8[][]cuda:0" = torch.ops.aten.all.default(heads)
        all_default_4: "b8[][]cuda:0" = torch.ops.aten.all.default(pairs)
        all_default_5: "b8[][]cuda:0" = torch.ops.aten.all.default(tokens_permuted)
        all_default_6: "b8[][]cuda:0" = torch.ops.aten.all.default(column)
        all_default_7: "b8[][]cuda:0" = torch.ops.aten.all.default(image_last)
        all_default_8: "b8[][]cuda:0" = torch.ops.aten.all.default(transposed)
        all_default_9: "b8[][]cuda:0" = torch.ops.aten.all.default(fixed)
        all_default_10: "b8[][]cuda:0" = torch.ops.aten.all.default(vector_l)
        all_default_11: "b8[][]cuda:0" = torch.ops.aten.all.default(next)
        all_default_12: "b8[][]cuda:0" = torch.ops.aten.all.default(both_l)
        all_default_13: "b8[][]cuda:0" = torch.ops.aten.all.default(row)
        all_dim_0: "b8[3, 8, 6][48, 6, 1]cuda:0" = torch.ops.aten.all.dim(image, -4, False)
        all_dim_1: "b8[][]cuda:0" = torch.ops.aten.all.dim(vector, -1)
        all_dim_2: "b8[1][1]cuda:0" = torch.ops.aten.all.dim(vector_l, 0, True)
        all_dim_3: "b8[][]cuda:0" = torch.ops.aten.all.dim(vector, 0)
        all_dim_4: "b8[][]cpu" = torch.ops.aten.all.dim(scalar_d, -1, True)
        all_dim_5: "b8[][]cpu" = torch.ops.aten.all.dim(scalar_d, 0)
        all_dim_6: "b8[][]cpu" = torch.ops.aten.all.dim(scalar_d, -1, False)
        all_dim_7: "b8[6][1]cuda:0" = torch.ops.aten.all.dim(transposed, 0)
        all_dim_8: "b8[][]cuda:0" = torch.ops.aten.all.dim(vector_l, 0)
        all_dim_9: "b8[][]cuda:0" = torch.ops.aten.all.dim(scalar, 0, True)
        all_dim_10: "b8[][]cuda:0" = torch.ops.aten.all.dim(scalar, 0)
        all_dim_11: "b8[6][1]cuda:0" = torch.ops.aten.all.dim(matrix, 0, False)
        all_dim_12: "b8[6][1]cuda:0" = torch.ops.aten.all.dim(double, -2)
        all_dim_13: "b8[1][1]cuda:0" = torch.ops.aten.all.dim(column_b, 0, False)
        all_dims_0: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.all.dims(double, keepdim = True)
        all_dims_1: "b8[][]cuda:0" = torch.ops.aten.all.dims(tokens_one, [0, -2, 2], False)
        all_dims_2: "b8[][]cuda:0" = torch.ops.aten.all.dims(matrix)
        all_dims_3: "b8[][]cuda:0" = torch.ops.aten.all.dims(scalar, keepdim = False)
        all_dims_4: "b8[][]cuda:0" = torch.ops.aten.all.dims(transposed)
        all_dims_5: "b8[][]cuda:0" = torch.ops.aten.all.dims(tokens_f, keepdim = False)
        all_dims_6: "b8[][]cpu" = torch.ops.aten.all.dims(scalar_d)
        all_dims_7: "b8[][]cuda:0" = torch.ops.aten.all.dims(row, keepdim = False)
        all_dims_8: "b8[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.all.dims(tokens_one, keepdim = True)
        all_dims_9: "b8[][]cuda:0" = torch.ops.aten.all.dims(vector_l, None)
        all_dims_10: "b8[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.all.dims(tokens, None, True)
        all_dims_11: "b8[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.all.dims(tokens_f, keepdim = True)
        all_dims_12: "b8[][]cuda:0" = torch.ops.aten.all.dims(row, None, False)
        all_dims_13: "b8[][]cuda:0" = torch.ops.aten.all.dims(matrix_b, None)
        var_default_0: "f32[][]cuda:0" = torch.ops.aten.var.default(pairs)
        var_default_1: "f32[][]cuda:0" = torch.ops.aten.var.default(scalar)
        var_default_2: "f32[][]cuda:0" = torch.ops.aten.var.default(both, False)
        var_default_3: "bf16[][]cuda:0" = torch.ops.aten.var.default(matrix_b)
        var_default_4: "f32[][]cuda:0" = torch.ops.aten.var.default(transposed, False)
        var_default_5: "f32[][]cuda:0" = torch.ops.aten.var.default(scores, True)
        var_default_6: "f32[][]cuda:0" = torch.ops.aten.var.default(tokens_permuted)
        var_default_7: "f32[][]cuda:0" = torch.ops.aten.var.default(row)
        var_default_8: "bf16[][]cuda:0" = torch.ops.aten.var.default(tokens_front, True)
        var_default_9: "f32[][]cuda:0" = torch.ops.aten.var.default(vector, False)
        var_default_10: "f32[][]cuda:0" = torch.ops.aten.var.default(next, False)
        var_default_11: "f32[][]cuda:0" = torch.ops.aten.var.default(scores, False)
        var_default_12: "f32[][]cuda:0" = torch.ops.aten.var.default(image_last, False)
        var_default_13: "f32[][]cuda:0" = torch.ops.aten.var.default(next, True)
        var_dim_0: "f32[][]cuda:0" = torch.ops.aten.var.dim(tokens_f, None, False, False)
        var_dim_1: "f32[8][1]cuda:0" = torch.ops.aten.var.dim(image, [-1, 1, -4], True, False)
        var_dim_2: "f32[][]cuda:0" = torch.ops.aten.var.dim(row, None, True)
        var_dim_3: "f32[s0, 4][4, 1]cuda:0" = torch.ops.aten.var.dim(scores, [-2, -1], True)
        var_dim_4: "bf16[][]cuda:0" = torch.ops.aten.var.dim(heads, None, False)
        var_dim_5: "f32[][]cuda:0" = torch.ops.aten.var.dim(image_last, None)
        var_dim_6: "f64[][]cpu" = torch.ops.aten.var.dim(scalar_d, None, True)
        var_dim_7: "bf16[][]cuda:0" = torch.ops.aten.var.dim(tokens, [], True)
        var_dim_8: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.var.dim(heads, None, False, True)
        var_dim_9: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.var.dim(matrix_b, [-1, 0], False, True)
        var_dim_10: "f32[s1 + 1][1]cuda:0" = torch.ops.aten.var.dim(next, [0], False)
        var_dim_11: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.var.dim(heads_plain, None, True, True)
        var_dim_12: "bf16[][]cuda:0" = torch.ops.aten.var.dim(heads, None)
        var_dim_13: "f32[][]cuda:0" = torch.ops.aten.var.dim(pairs, None, True)
        var_correction_0: "bf16[][]cuda:0" = torch.ops.aten.var.correction(heads)
        var_correction_1: "f32[][]cuda:0" = torch.ops.aten.var.correction(scores, correction = None)
        var_correction_2: "f32[][]cuda:0" = torch.ops.aten.var.correction(scalar, None, correction = 1, keepdim = True)
        var_correction_3: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.var.correction(image_last, keepdim = True)
        var_correction_4: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.var.correction(both, [1, 0], correction = -1, keepdim = True)
        var_correction_5: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.var.correction(tokens_f, correction = 0.5, keepdim = True)
        var_correction_6: "bf16[][]cuda:0" = torch.ops.aten.var.correction(heads_plain, [], correction = None)
        var_correction_7: "bf16[][]cuda:0" = torch.ops.aten.var.correction(heads, None, correction = 0)
        var_correction_8: "f32[][]cuda:0" = torch.ops.aten.var.correction(scalar, correction = 3.0)
        var_correction_9: "f32[][]cuda:0" = torch.ops.aten.var.correction(column, keepdim = False)
        var_correction_10: "f32[][]cuda:0" = torch.ops.aten.var.correction(column)
        var_correction_11: "f32[][]cuda:0" = torch.ops.aten.var.correction(next, None)
        var_correction_12: "f32[][]cuda:0" = torch.ops.aten.var.correction(scalar)
        var_correction_13: "f32[][]cuda:0" = torch.ops.aten.var.correction(vector, None)
        std_default_0: "f32[][]cuda:0" = torch.ops.aten.std.default(vector)
        std_default_1: "f32[][]cuda:0" = torch.ops.aten.std.default(row, True)
        std_default_2: "f64[][]cpu" = torch.ops.aten.std.default(scalar_d)
        std_default_3: "f32[][]cuda:0" = torch.ops.aten.std.default(column)
        std_default_4: "f32[][]cuda:0" = torch.ops.aten.std.default(tokens_one)
        std_default_5: "f32[][]cuda:0" = torch.ops.aten.std.default(tokens_f)
        std_default_6: "bf16[][]cuda:0" = torch.ops.aten.std.default(heads_plain, True)
        std_default_7: "f32[][]cuda:0" = torch.ops.aten.std.default(both)
        std_default_8: "f32[][]cuda:0" = torch.ops.aten.std.default(scores, True)
        std_default_9: "f32[][]cuda:0" = torch.ops.aten.std.default(both, False)
        std_default_10: "f16[][]cuda:0" = torch.ops.aten.std.default(fixed, True)
        std_default_11: "bf16[][]cuda:0" = torch.ops.aten.std.default(tokens_front)
        std_default_12: "f32[][]cuda:0" = torch.ops.aten.std.default(column, True)
        std_default_13: "f32[][]cuda:0" = torch.ops.aten.std.default(scores, False)
        std_dim_0: "f32[][]cuda:0" = torch.ops.aten.std.dim(matrix, [-2, 1], False, False)
        std_dim_1: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.std.dim(transposed, None, keepdim = True)
        std_dim_2: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.std.dim(double, [1, 0], False, True)
        std_dim_3: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.std.dim(both, [0], False, True)
        std_dim_4: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.dim(tokens, None, False, True)
        std_dim_5: "f32[][]cuda:0" = torch.ops.aten.std.dim(scalar, None, True)
        std_dim_6: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.std.dim(transposed, [], keepdim = True)
        std_dim_7: "f16[][]cuda:0" = torch.ops.aten.std.dim(fixed, [])
        std_dim_8: "f32[][]cuda:0" = torch.ops.aten.std.dim(next, None, True)
        std_dim_9: "f32[][]cuda:0" = torch.ops.aten.std.dim(row, [], keepdim = False)
        std_dim_10: "f32[][]cuda:0" = torch.ops.aten.std.dim(matrix, [-2, -1], True)
        std_dim_11: "f32[s1, 1][1, 1]cuda:0" = torch.ops.aten.std.dim(tokens_one, [-3], True)
        std_dim_12: "bf16[][]cuda:0" = torch.ops.aten.std.dim(matrix_b, None)
        std_dim_13: "bf16[s0][1]cuda:0" = torch.ops.aten.std.dim(both_transposed, [1], keepdim = False)
        std_correction_0: "bf16[][]cuda:0" = torch.ops.aten.std.correction(both_transposed, None)
        std_correction_1: "f32[][]cuda:0" = torch.ops.aten.std.correction(row)
        std_correction_2: "f32[1][1]cuda:0" = torch.ops.aten.std.correction(vector, keepdim = True)
        std_correction_3: "f32[][]cuda:0" = torch.ops.aten.std.correction(both, correction = 3.0)
        std_correction_4: "f32[][]cuda:0" = torch.ops.aten.std.correction(image_last, correction = None, keepdim = False)
        std_correction_5: "f64[][]cpu" = torch.ops.aten.std.correction(scalar_d, [], correction = 0, keepdim = False)
        std_correction_6: "f32[][]cuda:0" = torch.ops.aten.std.correction(tokens_f, correction = None, keepdim = False)
        std_correction_7: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.correction(tokens, [1, 2, 0], keepdim = True)
        std_correction_8: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.std.correction(image, None, correction = None, keepdim = True)
        std_correction_9: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.correction(tokens, None, keepdim = True)
        std_correction_10: "f32[][]cuda:0" = torch.ops.aten.std.correction(vector, correction = 2)
        std_correction_11: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.correction(tokens_f, keepdim = True)
        std_correction_12: "f32[][]cuda:0" = torch.ops.aten.std.correction(tokens_permuted, None)
        std_correction_13: "f64[][]cpu" = torch.ops.aten.std.correction(scalar_d, correction = None)
        norm_Scalar_0: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(matrix)
        norm_Scalar_1: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(scores)
        norm_Scalar_2: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(image_last, a)
        norm_Scalar_3: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(double, 3)
        norm_Scalar_4: "bf16[][]cuda:0" = torch.ops.aten.norm.Scalar(both_transposed)
        norm_Scalar_5: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(vector)
        norm_Scalar_6: "bf16[][]cuda:0" = torch.ops.aten.norm.Scalar(column_b, -1)
        norm_Scalar_7: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(pairs)
        norm_Scalar_8: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(tokens_f)
        norm_Scalar_9: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(image, 4)
        norm_Scalar_10: "bf16[][]cuda:0" = torch.ops.aten.norm.Scalar(both_transposed, 0)
        norm_Scalar_11: "f16[][]cuda:0" = torch.ops.aten.norm.Scalar(fixed, 2)
        norm_Scalar_12: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(both, True)
        norm_Scalar_13: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(image)
        norm_ScalarOpt_dtype_0: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(tokens, None, dtype = torch.bfloat16)
        norm_ScalarOpt_dtype_1: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(heads, None, dtype = torch.bfloat16)
        norm_ScalarOpt_dtype_2: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(transposed, a_half, dtype = torch.float32)
        norm_ScalarOpt_dtype_3: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(image, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_4: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(both_transposed, 2, dtype = torch.float32)
        norm_ScalarOpt_dtype_5: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(scores, 0.5, dtype = torch.float32)
        norm_ScalarOpt_dtype_6: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(scalar, 3.0, dtype = torch.float32)
        norm_ScalarOpt_dtype_7: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(heads_plain, 3.0, dtype = torch.float32)
        norm_ScalarOpt_dtype_8: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(image_last, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_9: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(tokens_permuted, 2, dtype = torch.float32)
        norm_ScalarOpt_dtype_10: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(matrix, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_11: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(scores, True, dtype = torch.float32)
        norm_ScalarOpt_dtype_12: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(double, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_13: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(both_transposed, None, dtype = torch.float32)
        norm_ScalarOpt_dim_0: "f32[s1][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(tokens_one, None, [2, -3])
        norm_ScalarOpt_dim_1: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(next, None, [-2, -1], False)
        norm_ScalarOpt_dim_2: "f32[s0][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(column, 3.0, [1])
        norm_ScalarOpt_dim_3: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(heads, 4, [], False)
        norm_ScalarOpt_dim_4: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(tokens_front, 2, [0, 1, -1])
        norm_ScalarOpt_dim_5: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(row, b, [])
        norm_ScalarOpt_dim_6: "f32[s0, 6, 1][6, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(pairs, None, [2], True)
        norm_ScalarOpt_dim_7: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(both_transposed, None, [], True)
        norm_ScalarOpt_dim_8: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(double, None, [1, 0], False)
        norm_ScalarOpt_dim_9: "bf16[s0, s1][s1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(heads, -1, [1, 3])
        norm_ScalarOpt_dim_10: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(image, None, [])
        norm_ScalarOpt_dim_11: "f64[][]cpu" = torch.ops.aten.norm.ScalarOpt_dim(scalar_d, 2, [], False)
        norm_ScalarOpt_dim_12: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(tokens_f, 3.0, [], True)
        norm_ScalarOpt_dim_13: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(matrix_b, -1, [])
        norm_ScalarOpt_dim_dtype_0: "bf16[s0, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(column_b, None, [1], True, dtype = torch.bfloat16)
        norm_ScalarOpt_dim_dtype_1: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(double, None, [0, -1], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_2: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(column, ab, [0], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_3: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(tokens, None, [0, 2, -2], True, dtype = torch.bfloat16)
        norm_ScalarOpt_dim_dtype_4: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(matrix_b, 0, [], True, dtype = torch.bfloat16)
        norm_ScalarOpt_dim_dtype_5: "f32[s1 + 1][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(next, None, [0], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_6: "bf16[s0, 8][8, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(heads_plain, None, [1, -2], False, dtype = torch.bfloat16)
        norm_ScalarOpt_dim_dtype_7: "f32[4, 8][8, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(heads, None, [2, 0], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_8: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(column, None, [-1, -2], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_9: "f32[6][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(transposed, True, [-2], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_10: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(column, None, [0], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_11: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(image, 2, [], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_12: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(double, None, [], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_13: "f32[1, s1, 1][s1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(tokens, None, [2, -3], True, dtype = torch.float32)
        linalg_vector_norm_default_0: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(matrix, 2)
        linalg_vector_norm_default_1: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(image, b_next, None)
        linalg_vector_norm_default_2: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(double, 3.0, dtype = None)
        linalg_vector_norm_default_3: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(next, a, keepdim = False)
        linalg_vector_norm_default_4: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(matrix, 4)
        linalg_vector_norm_default_5: "f32[s1][1]cuda:0" = torch.ops.aten.linalg_vector_norm.default(tokens_permuted, ab, [-1, 0], dtype = None)
        linalg_vector_norm_default_6: "bf16[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(tokens_front, dtype = None)
        linalg_vector_norm_default_7: "bf16[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(heads_plain, 3.0, None)
        linalg_vector_norm_default_8: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(tokens_one, keepdim = False)
        linalg_vector_norm_default_9: "f64[][]cpu" = torch.ops.aten.linalg_vector_norm.default(scalar_d, a_double, None, True)
        linalg_vector_norm_default_10: "f16[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(fixed, -1, None, False, dtype = None)
        linalg_vector_norm_default_11: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(both, dim = [], dtype = None)
        linalg_vector_norm_default_12: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(matrix)
        linalg_vector_norm_default_13: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(matrix, 0)
        logsumexp_default_0: "f32[6][1]cuda:0" = torch.ops.aten.logsumexp.default(matrix_mask, [0])
        logsumexp_default_1: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.logsumexp.default(column_b, [], True)
        logsumexp_default_2: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(vector_l, [0])
        logsumexp_default_3: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.logsumexp.default(matrix_mask, [], True)
        logsumexp_default_4: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.logsumexp.default(matrix_b, [], True)
        logsumexp_default_5: "f32[1][1]cuda:0" = torch.ops.aten.logsumexp.default(vector_l, [], True)
        logsumexp_default_6: "f16[][]cuda:0" = torch.ops.aten.logsumexp.default(fixed, [0], False)
        logsumexp_default_7: "f32[1][1]cuda:0" = torch.ops.aten.logsumexp.default(vector_l, [0], True)
        logsumexp_default_8: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.logsumexp.default(matrix_b, [0, 1], True)
        logsumexp_default_9: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(vector_l, [0], False)
        logsumexp_default_10: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(image_last, [3, -2, 0, 1])
        logsumexp_default_11: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(column, [1, 0])
        logsumexp_default_12: "f32[6][1]cuda:0" = torch.ops.aten.logsumexp.default(transposed, [0])
        logsumexp_default_13: "bf16[s0][1]cuda:0" = torch.ops.aten.logsumexp.default(matrix_b, [1], False)
        max_dim_0 = torch.ops.aten.max.dim(double, -2, False)
        max_dim_0_0: "f32[6][1]cuda:0" = max_dim_0[0]
        max_dim_0_1: "i64[6][1]cuda:0" = max_dim_0[1]
        max_dim_1 = torch.ops.aten.max.dim(column, 0, True)
        max_dim_1_0: "f32[1, 1][1, 1]cuda:0" = max_dim_1[0]
        max_dim_1_1: "i64[1, 1][1, 1]cuda:0" = max_dim_1[1]
        max_dim_2 = torch.ops.aten.max.dim(vector, -1, False)
        max_dim_2_0: "f32[][]cuda:0" = max_dim_2[0]
        max_dim_2_1: "i64[][]cuda:0" = max_dim_2[1]
        max_dim_3 = torch.ops.aten.max.dim(vector_l, 0, True)
        max_dim_3_0: "i64[1][1]cuda:0" = max_dim_3[0]
        max_dim_3_1: "i64[1][1]cuda:0" = max_dim_3[1]
        max_dim_4 = torch.ops.aten.max.dim(row, -1)
        max_dim_4_0: "f32[1][1]cuda:0" = max_dim_4[0]
        max_dim_4_1: "i64[1][1]cuda:0" = max_dim_4[1]
        max_dim_5 = torch.ops.aten.max.dim(both_transposed, -1, False)
        max_dim_5_0: "bf16[s0][1]cuda:0" = max_dim_5[0]
        max_dim_5_1: "i64[s0][1]cuda:0" = max_dim_5[1]
        max_dim_6 = torch.ops.aten.max.dim(both_l, 0, True)
        max_dim_6_0: "i64[1, s1][s1, 1]cuda:0" = max_dim_6[0]
        max_dim_6_1: "i64[1, s1][s1, 1]cuda:0" = max_dim_6[1]
        max_dim_7 = torch.ops.aten.max.dim(tokens_front, 0)
        max_dim_7_0: "bf16[s1, 8][8, 1]cuda:0" = max_dim_7[0]
        max_dim_7_1: "i64[s1, 8][8, 1]cuda:0" = max_dim_7[1]
        max_dim_8 = torch.ops.aten.max.dim(image_last, -3)
        max_dim_8_0: "f32[s0, 8, 6][48, 6, 1]cuda:0" = max_dim_8[0]
        max_dim_8_1: "i64[s0, 8, 6][48, 6, 1]cuda:0" = max_dim_8[1]
        max_dim_9 = torch.ops.aten.max.dim(vector, -1, True)
        max_dim_9_0: "f32[1][1]cuda:0" = max_dim_9[0]
        max_dim_9_1: "i64[1][1]cuda:0" = max_dim_9[1]
        max_dim_10 = torch.ops.aten.max.dim(fixed, -1)
        max_dim_10_0: "f16[][]cuda:0" = max_dim_10[0]
        max_dim_10_1: "i64[][]cuda:0" = max_dim_10[1]
        max_dim_11 = torch.ops.aten.max.dim(column_b, 0)
        max_dim_11_0: "bf16[1][1]cuda:0" = max_dim_11[0]
        max_dim_11_1: "i64[1][1]cuda:0" = max_dim_11[1]
        max_dim_12 = torch.ops.aten.max.dim(both, 1)
        max_dim_12_0: "f32[s0][1]cuda:0" = max_dim_12[0]
        max_dim_12_1: "i64[s0][1]cuda:0" = max_dim_12[1]
        max_dim_13 = torch.ops.aten.max.dim(both_mask, 0)
        max_dim_13_0: "b8[s1][1]cuda:0" = max_dim_13[0]
        max_dim_13_1: "i64[s1][1]cuda:0" = max_dim_13[1]
        min_dim_0 = torch.ops.aten.min.dim(matrix, 0)
        min_dim_0_0: "f32[6][1]cuda:0" = min_dim_0[0]
        min_dim_0_1: "i64[6][1]cuda:0" = min_dim_0[1]
        min_dim_1 = torch.ops.aten.min.dim(fixed, -1)
        min_dim_1_0: "f16[][]cuda:0" = min_dim_1[0]
        min_dim_1_1: "i64[][]cuda:0" = min_dim_1[1]
        min_dim_2 = torch.ops.aten.min.dim(both_l, 0)
        min_dim_2_0: "i64[s1][1]cuda:0" = min_dim_2[0]
        min_dim_2_1: "i64[s1][1]cuda:0" = min_dim_2[1]
        min_dim_3 = torch.ops.aten.min.dim(both_mask, 0)
        min_dim_3_0: "b8[s1][1]cuda:0" = min_dim_3[0]
        min_dim_3_1: "i64[s1][1]cuda:0" = min_dim_3[1]
        min_dim_4 = torch.ops.aten.min.dim(heads, 1)
        min_dim_4_0: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = min_dim_4[0]
        min_dim_4_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = min_dim_4[1]
        min_dim_5 = torch.ops.aten.min.dim(scalar, -1, True)
        min_dim_5_0: "f32[][]cuda:0" = min_dim_5[0]
        min_dim_5_1: "i64[][]cuda:0" = min_dim_5[1]
        min_dim_6 = torch.ops.aten.min.dim(vector_l, 0, True)
        min_dim_6_0: "i64[1][1]cuda:0" = min_dim_6[0]
        min_dim_6_1: "i64[1][1]cuda:0" = min_dim_6[1]
        min_dim_7 = torch.ops.aten.min.dim(vector_l, 0, False)
        min_dim_7_0: "i64[][]cuda:0" = min_dim_7[0]
        min_dim_7_1: "i64[][]cuda:0" = min_dim_7[1]
        min_dim_8 = torch.ops.aten.min.dim(scalar, -1, False)
        min_dim_8_0: "f32[][]cuda:0" = min_dim_8[0]
        min_dim_8_1: "i64[][]cuda:0" = min_dim_8[1]
        min_dim_9 = torch.ops.aten.min.dim(tokens_front, 2, False)
        min_dim_9_0: "bf16[s0, s1][s1, 1]cuda:0" = min_dim_9[0]
        min_dim_9_1: "i64[s0, s1][s1, 1]cuda:0" = min_dim_9[1]
        min_dim_10 = torch.ops.aten.min.dim(scores, -3, False)
        min_dim_10_0: "f32[s0, s1, s1][s1**2, s1, 1]cuda:0" = min_dim_10[0]
        min_dim_10_1: "i64[s0, s1, s1][s1**2, s1, 1]cuda:0" = min_dim_10[1]
        min_dim_11 = torch.ops.aten.min.dim(matrix, 1, True)
        min_dim_11_0: "f32[s0, 1][1, 1]cuda:0" = min_dim_11[0]
        min_dim_11_1: "i64[s0, 1][1, 1]cuda:0" = min_dim_11[1]
        min_dim_12 = torch.ops.aten.min.dim(transposed, -1, False)
        min_dim_12_0: "f32[s0][1]cuda:0" = min_dim_12[0]
        min_dim_12_1: "i64[s0][1]cuda:0" = min_dim_12[1]
        min_dim_13 = torch.ops.aten.min.dim(both_mask, 1, False)
        min_dim_13_0: "b8[s0][1]cuda:0" = min_dim_13[0]
        min_dim_13_1: "i64[s0][1]cuda:0" = min_dim_13[1]
        median_dim_0 = torch.ops.aten.median.dim(tokens_permuted, -1)
        median_dim_0_0: "f32[s0, s1][s1, 1]cuda:0" = median_dim_0[0]
        median_dim_0_1: "i64[s0, s1][s1, 1]cuda:0" = median_dim_0[1]
        median_dim_1 = torch.ops.aten.median.dim(both_l, 1, True)
        median_dim_1_0: "i64[s0, 1][1, 1]cuda:0" = median_dim_1[0]
        median_dim_1_1: "i64[s0, 1][1, 1]cuda:0" = median_dim_1[1]
        median_dim_2 = torch.ops.aten.median.dim(pairs, 1)
        median_dim_2_0: "f32[s0, 2][2, 1]cuda:0" = median_dim_2[0]
        median_dim_2_1: "i64[s0, 2][2, 1]cuda:0" = median_dim_2[1]
        median_dim_3 = torch.ops.aten.median.dim(tokens_permuted, -3, False)
        median_dim_3_0: "f32[s1, 8][8, 1]cuda:0" = median_dim_3[0]
        median_dim_3_1: "i64[s1, 8][8, 1]cuda:0" = median_dim_3[1]
        median_dim_4 = torch.ops.aten.median.dim(heads_plain, 1)
        median_dim_4_0: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = median_dim_4[0]
        median_dim_4_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = median_dim_4[1]
        median_dim_5 = torch.ops.aten.median.dim(image_last, -4, True)
        median_dim_5_0: "f32[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = median_dim_5[0]
        median_dim_5_1: "i64[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = median_dim_5[1]
        median_dim_6 = torch.ops.aten.median.dim(matrix_b, 0, False)
        median_dim_6_0: "bf16[6][1]cuda:0" = median_dim_6[0]
        median_dim_6_1: "i64[6][1]cuda:0" = median_dim_6[1]
        median_dim_7 = torch.ops.aten.median.dim(scalar_d, -1)
        median_dim_7_0: "f64[][]cpu" = median_dim_7[0]
        median_dim_7_1: "i64[][]cpu" = median_dim_7[1]
        median_dim_8 = torch.ops.aten.median.dim(image, -4, False)
        median_dim_8_0: "f32[3, 8, 6][48, 6, 1]cuda:0" = median_dim_8[0]
        median_dim_8_1: "i64[3, 8, 6][48, 6, 1]cuda:0" = median_dim_8[1]
        median_dim_9 = torch.ops.aten.median.dim(both_l, 0, True)
        median_dim_9_0: "i64[1, s1][s1, 1]cuda:0" = median_dim_9[0]
        median_dim_9_1: "i64[1, s1][s1, 1]cuda:0" = median_dim_9[1]
        median_dim_10 = torch.ops.aten.median.dim(image, 3)
        median_dim_10_0: "f32[s0, 3, 8][24, 8, 1]cuda:0" = median_dim_10[0]
        median_dim_10_1: "i64[s0, 3, 8][24, 8, 1]cuda:0" = median_dim_10[1]
        median_dim_11 = torch.ops.aten.median.dim(image, -2, False)
        median_dim_11_0: "f32[s0, 3, 6][18, 6, 1]cuda:0" = median_dim_11[0]
        median_dim_11_1: "i64[s0, 3, 6][18, 6, 1]cuda:0" = median_dim_11[1]
        median_dim_12 = torch.ops.aten.median.dim(vector, 0)
        median_dim_12_0: "f32[][]cuda:0" = median_dim_12[0]
        median_dim_12_1: "i64[][]cuda:0" = median_dim_12[1]
        median_dim_13 = torch.ops.aten.median.dim(matrix, 1, True)
        median_dim_13_0: "f32[s0, 1][1, 1]cuda:0" = median_dim_13[0]
        median_dim_13_1: "i64[s0, 1][1, 1]cuda:0" = median_dim_13[1]
        nanmedian_dim_0 = torch.ops.aten.nanmedian.dim(fixed, 0, False)
        nanmedian_dim_0_0: "f16[][]cuda:0" = nanmedian_dim_0[0]
        nanmedian_dim_0_1: "i64[][]cuda:0" = nanmedian_dim_0[1]
        nanmedian_dim_1 = torch.ops.aten.nanmedian.dim(heads_plain, -3, True)
        nanmedian_dim_1_0: "bf16[s0, 1, s1, 8][8*s1, 8*s1, 8, 1]cuda:0" = nanmedian_dim_1[0]
        nanmedian_dim_1_1: "i64[s0, 1, s1, 8][8*s1, 8*s1, 8, 1]cuda:0" = nanmedian_dim_1[1]
        nanmedian_dim_2 = torch.ops.aten.nanmedian.dim(both_transposed, -2)
        nanmedian_dim_2_0: "bf16[s1][1]cuda:0" = nanmedian_dim_2[0]
        nanmedian_dim_2_1: "i64[s1][1]cuda:0" = nanmedian_dim_2[1]
        nanmedian_dim_3 = torch.ops.aten.nanmedian.dim(matrix_b, 1)
        nanmedian_dim_3_0: "bf16[s0][1]cuda:0" = nanmedian_dim_3[0]
        nanmedian_dim_3_1: "i64[s0][1]cuda:0" = nanmedian_dim_3[1]
        nanmedian_dim_4 = torch.ops.aten.nanmedian.dim(column, -2, False)
        nanmedian_dim_4_0: "f32[1][1]cuda:0" = nanmedian_dim_4[0]
        nanmedian_dim_4_1: "i64[1][1]cuda:0" = nanmedian_dim_4[1]
        nanmedian_dim_5 = torch.ops.aten.nanmedian.dim(both_l, -1, True)
        nanmedian_dim_5_0: "i64[s0, 1][1, 1]cuda:0" = nanmedian_dim_5[0]
        nanmedian_dim_5_1: "i64[s0, 1][1, 1]cuda:0" = nanmedian_dim_5[1]
        nanmedian_dim_6 = torch.ops.aten.nanmedian.dim(column_b, -2, True)
        nanmedian_dim_6_0: "bf16[1, 1][1, 1]cuda:0" = nanmedian_dim_6[0]
        nanmedian_dim_6_1: "i64[1, 1][1, 1]cuda:0" = nanmedian_dim_6[1]
        nanmedian_dim_7 = torch.ops.aten.nanmedian.dim(image_last, 1)
        nanmedian_dim_7_0: "f32[s0, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_7[0]
        nanmedian_dim_7_1: "i64[s0, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_7[1]
        nanmedian_dim_8 = torch.ops.aten.nanmedian.dim(pairs, -1)
        nanmedian_dim_8_0: "f32[s0, 6][6, 1]cuda:0" = nanmedian_dim_8[0]
        nanmedian_dim_8_1: "i64[s0, 6][6, 1]cuda:0" = nanmedian_dim_8[1]
        nanmedian_dim_9 = torch.ops.aten.nanmedian.dim(scalar_d, 0)
        nanmedian_dim_9_0: "f64[][]cpu" = nanmedian_dim_9[0]
        nanmedian_dim_9_1: "i64[][]cpu" = nanmedian_dim_9[1]
        nanmedian_dim_10 = torch.ops.aten.nanmedian.dim(matrix_l, -2)
        nanmedian_dim_10_0: "i64[6][1]cuda:0" = nanmedian_dim_10[0]
        nanmedian_dim_10_1: "i64[6][1]cuda:0" = nanmedian_dim_10[1]
        nanmedian_dim_11 = torch.ops.aten.nanmedian.dim(scalar, 0, True)
        nanmedian_dim_11_0: "f32[][]cuda:0" = nanmedian_dim_11[0]
        nanmedian_dim_11_1: "i64[][]cuda:0" = nanmedian_dim_11[1]
        nanmedian_dim_12 = torch.ops.aten.nanmedian.dim(heads_plain, -1, True)
        nanmedian_dim_12_0: "bf16[s0, 4, s1, 1][4*s1, s1, 1, 1]cuda:0" = nanmedian_dim_12[0]
        nanmedian_dim_12_1: "i64[s0, 4, s1, 1][4*s1, s1, 1, 1]cuda:0" = nanmedian_dim_12[1]
        nanmedian_dim_13 = torch.ops.aten.nanmedian.dim(tokens, -1, True)
        nanmedian_dim_13_0: "bf16[s0, s1, 1][s1, 1, 1]cuda:0" = nanmedian_dim_13[0]
        nanmedian_dim_13_1: "i64[s0, s1, 1][s1, 1, 1]cuda:0" = nanmedian_dim_13[1]
        mode_default_0 = torch.ops.aten.mode.default(fixed, 0, True)
        mode_default_0_0: "f16[1][1]cuda:0" = mode_default_0[0]
        mode_default_0_1: "i64[1][1]cuda:0" = mode_default_0[1]
        mode_default_1 = torch.ops.aten.mode.default(scores, keepdim = True)
        mode_default_1_0: "f32[s0, 4, s1, 1][4*s1, s1, 1, 1]cuda:0" = mode_default_1[0]
        mode_default_1_1: "i64[s0, 4, s1, 1][4*s1, s1, 1, 1]cuda:0" = mode_default_1[1]
        mode_default_2 = torch.ops.aten.mode.default(transposed, keepdim = False)
        mode_default_2_0: "f32[s0][1]cuda:0" = mode_default_2[0]
        mode_default_2_1: "i64[s0][1]cuda:0" = mode_default_2[1]
        mode_default_3 = torch.ops.aten.mode.default(image, -4, True)
        mode_default_3_0: "f32[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = mode_default_3[0]
        mode_default_3_1: "i64[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = mode_default_3[1]
        mode_default_4 = torch.ops.aten.mode.default(heads_plain, 2, False)
        mode_default_4_0: "bf16[s0, 4, 8][32, 8, 1]cuda:0" = mode_default_4[0]
        mode_default_4_1: "i64[s0, 4, 8][32, 8, 1]cuda:0" = mode_default_4[1]
        mode_default_5 = torch.ops.aten.mode.default(transposed, 0)
        mode_default_5_0: "f32[6][1]cuda:0" = mode_default_5[0]
        mode_default_5_1: "i64[6][1]cuda:0" = mode_default_5[1]
        mode_default_6 = torch.ops.aten.mode.default(row, keepdim = False)
        mode_default_6_0: "f32[1][1]cuda:0" = mode_default_6[0]
        mode_default_6_1: "i64[1][1]cuda:0" = mode_default_6[1]
        mode_default_7 = torch.ops.aten.mode.default(fixed, 0)
        mode_default_7_0: "f16[][]cuda:0" = mode_default_7[0]
        mode_default_7_1: "i64[][]cuda:0" = mode_default_7[1]
        mode_default_8 = torch.ops.aten.mode.default(column, -1, True)
        mode_default_8_0: "f32[s0, 1][1, 1]cuda:0" = mode_default_8[0]
        mode_default_8_1: "i64[s0, 1][1, 1]cuda:0" = mode_default_8[1]
        mode_default_9 = torch.ops.aten.mode.default(both)
        mode_default_9_0: "f32[s0][1]cuda:0" = mode_default_9[0]
        mode_default_9_1: "i64[s0][1]cuda:0" = mode_default_9[1]
        mode_default_10 = torch.ops.aten.mode.default(column)
        mode_default_10_0: "f32[s0][1]cuda:0" = mode_default_10[0]
        mode_default_10_1: "i64[s0][1]cuda:0" = mode_default_10[1]
        mode_default_11 = torch.ops.aten.mode.default(vector_l)
        mode_default_11_0: "i64[][]cuda:0" = mode_default_11[0]
        mode_default_11_1: "i64[][]cuda:0" = mode_default_11[1]
        mode_default_12 = torch.ops.aten.mode.default(tokens_one, -2, False)
        mode_default_12_0: "f32[s0, 1][1, 1]cuda:0" = mode_default_12[0]
        mode_default_12_1: "i64[s0, 1][1, 1]cuda:0" = mode_default_12[1]
        mode_default_13 = torch.ops.aten.mode.default(scores)
        mode_default_13_0: "f32[s0, 4, s1][4*s1, s1, 1]cuda:0" = mode_default_13[0]
        mode_default_13_1: "i64[s0, 4, s1][4*s1, s1, 1]cuda:0" = mode_default_13[1]
        kthvalue_default_0 = torch.ops.aten.kthvalue.default(next, a, 0, True)
        kthvalue_default_0_0: "f32[1, s1 + 1][s1 + 1, 1]cuda:0" = kthvalue_default_0[0]
        kthvalue_default_0_1: "i64[1, s1 + 1][s1 + 1, 1]cuda:0" = kthvalue_default_0[1]
        kthvalue_default_1 = torch.ops.aten.kthvalue.default(vector_l, 1)
        kthvalue_default_1_0: "i64[][]cuda:0" = kthvalue_default_1[0]
        kthvalue_default_1_1: "i64[][]cuda:0" = kthvalue_default_1[1]
        kthvalue_default_2 = torch.ops.aten.kthvalue.default(matrix_l, 4, -1, False)
        kthvalue_default_2_0: "i64[s0][1]cuda:0" = kthvalue_default_2[0]
        kthvalue_default_2_1: "i64[s0][1]cuda:0" = kthvalue_default_2[1]
        kthvalue_default_3 = torch.ops.aten.kthvalue.default(fixed, 1, -1, True)
        kthvalue_default_3_0: "f16[1][1]cuda:0" = kthvalue_default_3[0]
        kthvalue_default_3_1: "i64[1][1]cuda:0" = kthvalue_default_3[1]
        kthvalue_default_4 = torch.ops.aten.kthvalue.default(tokens, 1, keepdim = True)
        kthvalue_default_4_0: "bf16[s0, s1, 1][s1, 1, 1]cuda:0" = kthvalue_default_4[0]
        kthvalue_default_4_1: "i64[s0, s1, 1][s1, 1, 1]cuda:0" = kthvalue_default_4[1]
        kthvalue_default_5 = torch.ops.aten.kthvalue.default(both, a_half, 0, False)
        kthvalue_default_5_0: "f32[s1][1]cuda:0" = kthvalue_default_5[0]
        kthvalue_default_5_1: "i64[s1][1]cuda:0" = kthvalue_default_5[1]
        kthvalue_default_6 = torch.ops.aten.kthvalue.default(transposed, 2, -1, True)
        kthvalue_default_6_0: "f32[s0, 1][1, 1]cuda:0" = kthvalue_default_6[0]
        kthvalue_default_6_1: "i64[s0, 1][1, 1]cuda:0" = kthvalue_default_6[1]
        kthvalue_default_7 = torch.ops.aten.kthvalue.default(tokens_front, b, -2)
        kthvalue_default_7_0: "bf16[s0, 8][8, 1]cuda:0" = kthvalue_default_7[0]
        kthvalue_default_7_1: "i64[s0, 8][8, 1]cuda:0" = kthvalue_default_7[1]
        kthvalue_default_8 = torch.ops.aten.kthvalue.default(transposed, a_half, 0)
        kthvalue_default_8_0: "f32[6][1]cuda:0" = kthvalue_default_8[0]
        kthvalue_default_8_1: "i64[6][1]cuda:0" = kthvalue_default_8[1]
        kthvalue_default_9 = torch.ops.aten.kthvalue.default(row, 2, 1, False)
        kthvalue_default_9_0: "f32[1][1]cuda:0" = kthvalue_default_9[0]
        kthvalue_default_9_1: "i64[1][1]cuda:0" = kthvalue_default_9[1]
        kthvalue_default_10 = torch.ops.aten.kthvalue.default(matrix_l, 1)
        kthvalue_default_10_0: "i64[s0][1]cuda:0" = kthvalue_default_10[0]
        kthvalue_default_10_1: "i64[s0][1]cuda:0" = kthvalue_default_10[1]
        kthvalue_default_11 = torch.ops.aten.kthvalue.default(matrix_b, 2, -2)
        kthvalue_default_11_0: "bf16[6][1]cuda:0" = kthvalue_default_11[0]
        kthvalue_default_11_1: "i64[6][1]cuda:0" = kthvalue_default_11[1]
        kthvalue_default_12 = torch.ops.aten.kthvalue.default(tokens_f, a_half, 0)
        kthvalue_default_12_0: "f32[s1, 8][8, 1]cuda:0" = kthvalue_default_12[0]
        kthvalue_default_12_1: "i64[s1, 8][8, 1]cuda:0" = kthvalue_default_12[1]
        kthvalue_default_13 = torch.ops.aten.kthvalue.default(vector_l, 2)
        kthvalue_default_13_0: "i64[][]cuda:0" = kthvalue_default_13[0]
        kthvalue_default_13_1: "i64[][]cuda:0" = kthvalue_default_13[1]
        aminmax_default_0 = torch.ops.aten.aminmax.default(matrix_l, dim = -1)
        aminmax_default_0_0: "i64[s0][1]cuda:0" = aminmax_default_0[0]
        aminmax_default_0_1: "i64[s0][1]cuda:0" = aminmax_default_0[1]
        aminmax_default_1 = torch.ops.aten.aminmax.default(matrix_b, dim = -1)
        aminmax_default_1_0: "bf16[s0][1]cuda:0" = aminmax_default_1[0]
        aminmax_default_1_1: "bf16[s0][1]cuda:0" = aminmax_default_1[1]
        aminmax_default_2 = torch.ops.aten.aminmax.default(heads_plain)
        aminmax_default_2_0: "bf16[][]cuda:0" = aminmax_default_2[0]
        aminmax_default_2_1: "bf16[][]cuda:0" = aminmax_default_2[1]
        aminmax_default_3 = torch.ops.aten.aminmax.default(pairs, dim = -1)
        aminmax_default_3_0: "f32[s0, 6][6, 1]cuda:0" = aminmax_default_3[0]
        aminmax_default_3_1: "f32[s0, 6][6, 1]cuda:0" = aminmax_default_3[1]
        aminmax_default_4 = torch.ops.aten.aminmax.default(image_last, dim = None)
        aminmax_default_4_0: "f32[][]cuda:0" = aminmax_default_4[0]
        aminmax_default_4_1: "f32[][]cuda:0" = aminmax_default_4[1]
        aminmax_default_5 = torch.ops.aten.aminmax.default(matrix, keepdim = True)
        aminmax_default_5_0: "f32[1, 1][1, 1]cuda:0" = aminmax_default_5[0]
        aminmax_default_5_1: "f32[1, 1][1, 1]cuda:0" = aminmax_default_5[1]
        aminmax_default_6 = torch.ops.aten.aminmax.default(scalar, dim = -1)
        aminmax_default_6_0: "f32[][]cuda:0" = aminmax_default_6[0]
        aminmax_default_6_1: "f32[][]cuda:0" = aminmax_default_6[1]
        aminmax_default_7 = torch.ops.aten.aminmax.default(scalar)
        aminmax_default_7_0: "f32[][]cuda:0" = aminmax_default_7[0]
        aminmax_default_7_1: "f32[][]cuda:0" = aminmax_default_7[1]
        aminmax_default_8 = torch.ops.aten.aminmax.default(pairs, dim = None, keepdim = True)
        aminmax_default_8_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = aminmax_default_8[0]
        aminmax_default_8_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = aminmax_default_8[1]
        aminmax_default_9 = torch.ops.aten.aminmax.default(both_l, dim = -1, keepdim = False)
        aminmax_default_9_0: "i64[s0][1]cuda:0" = aminmax_default_9[0]
        aminmax_default_9_1: "i64[s0][1]cuda:0" = aminmax_default_9[1]
        aminmax_default_10 = torch.ops.aten.aminmax.default(matrix, keepdim = False)
        aminmax_default_10_0: "f32[][]cuda:0" = aminmax_default_10[0]
        aminmax_default_10_1: "f32[][]cuda:0" = aminmax_default_10[1]
        aminmax_default_11 = torch.ops.aten.aminmax.default(heads_plain, dim = None, keepdim = True)
        aminmax_default_11_0: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = aminmax_default_11[0]
        aminmax_default_11_1: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = aminmax_default_11[1]
        aminmax_default_12 = torch.ops.aten.aminmax.default(matrix_mask, dim = None)
        aminmax_default_12_0: "b8[][]cuda:0" = aminmax_default_12[0]
        aminmax_default_12_1: "b8[][]cuda:0" = aminmax_default_12[1]
        aminmax_default_13 = torch.ops.aten.aminmax.default(fixed)
        aminmax_default_13_0: "f16[][]cuda:0" = aminmax_default_13[0]
        aminmax_default_13_1: "f16[][]cuda:0" = aminmax_default_13[1]
        var_mean_default_0 = torch.ops.aten.var_mean.default(column_b, False)
        var_mean_default_0_0: "bf16[][]cuda:0" = var_mean_default_0[0]
        var_mean_default_0_1: "bf16[][]cuda:0" = var_mean_default_0[1]
        var_mean_default_1 = torch.ops.aten.var_mean.default(tokens_f)
        var_mean_default_1_0: "f32[][]cuda:0" = var_mean_default_1[0]
        var_mean_default_1_1: "f32[][]cuda:0" = var_mean_default_1[1]
        var_mean_default_2 = torch.ops.aten.var_mean.default(row, True)
        var_mean_default_2_0: "f32[][]cuda:0" = var_mean_default_2[0]
        var_mean_default_2_1: "f32[][]cuda:0" = var_mean_default_2[1]
        var_mean_default_3 = torch.ops.aten.var_mean.default(fixed, False)
        var_mean_default_3_0: "f16[][]cuda:0" = var_mean_default_3[0]
        var_mean_default_3_1: "f16[][]cuda:0" = var_mean_default_3[1]
        var_mean_default_4 = torch.ops.aten.var_mean.default(tokens_one)
        var_mean_default_4_0: "f32[][]cuda:0" = var_mean_default_4[0]
        var_mean_default_4_1: "f32[][]cuda:0" = var_mean_default_4[1]
        var_mean_default_5 = torch.ops.aten.var_mean.default(next)
        var_mean_default_5_0: "f32[][]cuda:0" = var_mean_default_5[0]
        var_mean_default_5_1: "f32[][]cuda:0" = var_mean_default_5[1]
        var_mean_default_6 = torch.ops.aten.var_mean.default(tokens_f, True)
        var_mean_default_6_0: "f32[][]cuda:0" = var_mean_default_6[0]
        var_mean_default_6_1: "f32[][]cuda:0" = var_mean_default_6[1]
        var_mean_default_7 = torch.ops.aten.var_mean.default(pairs, True)
        var_mean_default_7_0: "f32[][]cuda:0" = var_mean_default_7[0]
        var_mean_default_7_1: "f32[][]cuda:0" = var_mean_default_7[1]
        var_mean_default_8 = torch.ops.aten.var_mean.default(scalar)
        var_mean_default_8_0: "f32[][]cuda:0" = var_mean_default_8[0]
        var_mean_default_8_1: "f32[][]cuda:0" = var_mean_default_8[1]
        var_mean_default_9 = torch.ops.aten.var_mean.default(column, False)
        var_mean_default_9_0: "f32[][]cuda:0" = var_mean_default_9[0]
        var_mean_default_9_1: "f32[][]cuda:0" = var_mean_default_9[1]
        var_mean_default_10 = torch.ops.aten.var_mean.default(heads_plain, False)
        var_mean_default_10_0: "bf16[][]cuda:0" = var_mean_default_10[0]
        var_mean_default_10_1: "bf16[][]cuda:0" = var_mean_default_10[1]
        var_mean_default_11 = torch.ops.aten.var_mean.default(scalar_d, True)
        var_mean_default_11_0: "f64[][]cpu" = var_mean_default_11[0]
        var_mean_default_11_1: "f64[][]cpu" = var_mean_default_11[1]
        var_mean_default_12 = torch.ops.aten.var_mean.default(transposed)
        var_mean_default_12_0: "f32[][]cuda:0" = var_mean_default_12[0]
        var_mean_default_12_1: "f32[][]cuda:0" = var_mean_default_12[1]
        var_mean_default_13 = torch.ops.aten.var_mean.default(scores)
        var_mean_default_13_0: "f32[][]cuda:0" = var_mean_default_13[0]
        var_mean_default_13_1: "f32[][]cuda:0" = var_mean_default_13[1]
        var_mean_dim_0 = torch.ops.aten.var_mean.dim(double, None)
        var_mean_dim_0_0: "f32[][]cuda:0" = var_mean_dim_0[0]
        var_mean_dim_0_1: "f32[][]cuda:0" = var_mean_dim_0[1]
        var_mean_dim_1 = torch.ops.aten.var_mean.dim(both, [], keepdim = True)
        var_mean_dim_1_0: "f32[1, 1][1, 1]cuda:0" = var_mean_dim_1[0]
        var_mean_dim_1_1: "f32[1, 1][1, 1]cuda:0" = var_mean_dim_1[1]
        var_mean_dim_2 = torch.ops.aten.var_mean.dim(pairs, [1, -3, 2], True, True)
        var_mean_dim_2_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = var_mean_dim_2[0]
        var_mean_dim_2_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = var_mean_dim_2[1]
        var_mean_dim_3 = torch.ops.aten.var_mean.dim(heads_plain, None, keepdim = False)
        var_mean_dim_3_0: "bf16[][]cuda:0" = var_mean_dim_3[0]
        var_mean_dim_3_1: "bf16[][]cuda:0" = var_mean_dim_3[1]
        var_mean_dim_4 = torch.ops.aten.var_mean.dim(image_last, [2], keepdim = True)
        var_mean_dim_4_0: "f32[s0, 3, 1, 6][18, 6, 6, 1]cuda:0" = var_mean_dim_4[0]
        var_mean_dim_4_1: "f32[s0, 3, 1, 6][18, 6, 6, 1]cuda:0" = var_mean_dim_4[1]
        var_mean_dim_5 = torch.ops.aten.var_mean.dim(image, None, False)
        var_mean_dim_5_0: "f32[][]cuda:0" = var_mean_dim_5[0]
        var_mean_dim_5_1: "f32[][]cuda:0" = var_mean_dim_5[1]
        var_mean_dim_6 = torch.ops.aten.var_mean.dim(pairs, None)
        var_mean_dim_6_0: "f32[][]cuda:0" = var_mean_dim_6[0]
        var_mean_dim_6_1: "f32[][]cuda:0" = var_mean_dim_6[1]
        var_mean_dim_7 = torch.ops.aten.var_mean.dim(heads, [-1, 1], True)
        var_mean_dim_7_0: "bf16[s0, s1][s1, 1]cuda:0" = var_mean_dim_7[0]
        var_mean_dim_7_1: "bf16[s0, s1][s1, 1]cuda:0" = var_mean_dim_7[1]
        var_mean_dim_8 = torch.ops.aten.var_mean.dim(column_b, [0])
        var_mean_dim_8_0: "bf16[1][1]cuda:0" = var_mean_dim_8[0]
        var_mean_dim_8_1: "bf16[1][1]cuda:0" = var_mean_dim_8[1]
        var_mean_dim_9 = torch.ops.aten.var_mean.dim(fixed, None)
        var_mean_dim_9_0: "f16[][]cuda:0" = var_mean_dim_9[0]
        var_mean_dim_9_1: "f16[][]cuda:0" = var_mean_dim_9[1]
        var_mean_dim_10 = torch.ops.aten.var_mean.dim(image, [-1, 0, -2], True, True)
        var_mean_dim_10_0: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = var_mean_dim_10[0]
        var_mean_dim_10_1: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = var_mean_dim_10[1]
        var_mean_dim_11 = torch.ops.aten.var_mean.dim(scalar, None, False, False)
        var_mean_dim_11_0: "f32[][]cuda:0" = var_mean_dim_11[0]
        var_mean_dim_11_1: "f32[][]cuda:0" = var_mean_dim_11[1]
        var_mean_dim_12 = torch.ops.aten.var_mean.dim(both, None)
        var_mean_dim_12_0: "f32[][]cuda:0" = var_mean_dim_12[0]
        var_mean_dim_12_1: "f32[][]cuda:0" = var_mean_dim_12[1]
        var_mean_dim_13 = torch.ops.aten.var_mean.dim(matrix_b, None, True)
        var_mean_dim_13_0: "bf16[][]cuda:0" = var_mean_dim_13[0]
        var_mean_dim_13_1: "bf16[][]cuda:0" = var_mean_dim_13[1]
        var_mean_correction_0 = torch.ops.aten.var_mean.correction(both, correction = True)
        var_mean_correction_0_0: "f32[][]cuda:0" = var_mean_correction_0[0]
        var_mean_correction_0_1: "f32[][]cuda:0" = var_mean_correction_0[1]
        var_mean_correction_1 = torch.ops.aten.var_mean.correction(heads, correction = None)
        var_mean_correction_1_0: "bf16[][]cuda:0" = var_mean_correction_1[0]
        var_mean_correction_1_1: "bf16[][]cuda:0" = var_mean_correction_1[1]
        var_mean_correction_2 = torch.ops.aten.var_mean.correction(tokens_f, correction = True, keepdim = True)
        var_mean_correction_2_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = var_mean_correction_2[0]
        var_mean_correction_2_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = var_mean_correction_2[1]
        var_mean_correction_3 = torch.ops.aten.var_mean.correction(tokens_front, [], keepdim = True)
        var_mean_correction_3_0: "bf16[1, 1, 1][1, 1, 1]cuda:0" = var_mean_correction_3[0]
        var_mean_correction_3_1: "bf16[1, 1, 1][1, 1, 1]cuda:0" = var_mean_correction_3[1]
        var_mean_correction_4 = torch.ops.aten.var_mean.correction(image, [0, -2, -1, 1], correction = 3.0, keepdim = False)
        var_mean_correction_4_0: "f32[][]cuda:0" = var_mean_correction_4[0]
        var_mean_correction_4_1: "f32[][]cuda:0" = var_mean_correction_4[1]
        var_mean_correction_5 = torch.ops.aten.var_mean.correction(image_last, correction = None, keepdim = True)
        var_mean_correction_5_0: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = var_mean_correction_5[0]
        var_mean_correction_5_1: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = var_mean_correction_5[1]
        var_mean_correction_6 = torch.ops.aten.var_mean.correction(column_b, [-1, 0])
        var_mean_correction_6_0: "bf16[][]cuda:0" = var_mean_correction_6[0]
        var_mean_correction_6_1: "bf16[][]cuda:0" = var_mean_correction_6[1]
        var_mean_correction_7 = torch.ops.aten.var_mean.correction(both_transposed, correction = -1)
        var_mean_correction_7_0: "bf16[][]cuda:0" = var_mean_correction_7[0]
        var_mean_correction_7_1: "bf16[][]cuda:0" = var_mean_correction_7[1]
        var_mean_correction_8 = torch.ops.aten.var_mean.correction(next, correction = 3)
        var_mean_correction_8_0: "f32[][]cuda:0" = var_mean_correction_8[0]
        var_mean_correction_8_1: "f32[][]cuda:0" = var_mean_correction_8[1]
        var_mean_correction_9 = torch.ops.aten.var_mean.correction(tokens, [], keepdim = False)
        var_mean_correction_9_0: "bf16[][]cuda:0" = var_mean_correction_9[0]
        var_mean_correction_9_1: "bf16[][]cuda:0" = var_mean_correction_9[1]
        var_mean_correction_10 = torch.ops.aten.var_mean.correction(tokens_one, [-1, 0])
        var_mean_correction_10_0: "f32[s1][1]cuda:0" = var_mean_correction_10[0]
        var_mean_correction_10_1: "f32[s1][1]cuda:0" = var_mean_correction_10[1]
        var_mean_correction_11 = torch.ops.aten.var_mean.correction(heads_plain)
        var_mean_correction_11_0: "bf16[][]cuda:0" = var_mean_correction_11[0]
        var_mean_correction_11_1: "bf16[][]cuda:0" = var_mean_correction_11[1]
        var_mean_correction_12 = torch.ops.aten.var_mean.correction(tokens_f, correction = b_next, keepdim = False)
        var_mean_correction_12_0: "f32[][]cuda:0" = var_mean_correction_12[0]
        var_mean_correction_12_1: "f32[][]cuda:0" = var_mean_correction_12[1]
        var_mean_correction_13 = torch.ops.aten.var_mean.correction(scalar, [], keepdim = True)
        var_mean_correction_13_0: "f32[][]cuda:0" = var_mean_correction_13[0]
        var_mean_correction_13_1: "f32[][]cuda:0" = var_mean_correction_13[1]
        std_mean_default_0 = torch.ops.aten.std_mean.default(row)
        std_mean_default_0_0: "f32[][]cuda:0" = std_mean_default_0[0]
        std_mean_default_0_1: "f32[][]cuda:0" = std_mean_default_0[1]
        std_mean_default_1 = torch.ops.aten.std_mean.default(scalar, True)
        std_mean_default_1_0: "f32[][]cuda:0" = std_mean_default_1[0]
        std_mean_default_1_1: "f32[][]cuda:0" = std_mean_default_1[1]
        std_mean_default_2 = torch.ops.aten.std_mean.default(tokens_f)
        std_mean_default_2_0: "f32[][]cuda:0" = std_mean_default_2[0]
        std_mean_default_2_1: "f32[][]cuda:0" = std_mean_default_2[1]
        std_mean_default_3 = torch.ops.aten.std_mean.default(matrix_b)
        std_mean_default_3_0: "bf16[][]cuda:0" = std_mean_default_3[0]
        std_mean_default_3_1: "bf16[][]cuda:0" = std_mean_default_3[1]
        std_mean_default_4 = torch.ops.aten.std_mean.default(image, False)
        std_mean_default_4_0: "f32[][]cuda:0" = std_mean_default_4[0]
        std_mean_default_4_1: "f32[][]cuda:0" = std_mean_default_4[1]
        std_mean_default_5 = torch.ops.aten.std_mean.default(pairs, False)
        std_mean_default_5_0: "f32[][]cuda:0" = std_mean_default_5[0]
        std_mean_default_5_1: "f32[][]cuda:0" = std_mean_default_5[1]
        std_mean_default_6 = torch.ops.aten.std_mean.default(pairs)
        std_mean_default_6_0: "f32[][]cuda:0" = std_mean_default_6[0]
        std_mean_default_6_1: "f32[][]cuda:0" = std_mean_default_6[1]
        std_mean_default_7 = torch.ops.aten.std_mean.default(pairs, True)
        std_mean_default_7_0: "f32[][]cuda:0" = std_mean_default_7[0]
        std_mean_default_7_1: "f32[][]cuda:0" = std_mean_default_7[1]
        std_mean_default_8 = torch.ops.aten.std_mean.default(scalar_d, False)
        std_mean_default_8_0: "f64[][]cpu" = std_mean_default_8[0]
        std_mean_default_8_1: "f64[][]cpu" = std_mean_default_8[1]
        std_mean_default_9 = torch.ops.aten.std_mean.default(tokens, False)
        std_mean_default_9_0: "bf16[][]cuda:0" = std_mean_default_9[0]
        std_mean_default_9_1: "bf16[][]cuda:0" = std_mean_default_9[1]
        std_mean_default_10 = torch.ops.aten.std_mean.default(heads, True)
        std_mean_default_10_0: "bf16[][]cuda:0" = std_mean_default_10[0]
        std_mean_default_10_1: "bf16[][]cuda:0" = std_mean_default_10[1]
        std_mean_default_11 = torch.ops.aten.std_mean.default(scores)
        std_mean_default_11_0: "f32[][]cuda:0" = std_mean_default_11[0]
        std_mean_default_11_1: "f32[][]cuda:0" = std_mean_default_11[1]
        std_mean_default_12 = torch.ops.aten.std_mean.default(matrix)
        std_mean_default_12_0: "f32[][]cuda:0" = std_mean_default_12[0]
        std_mean_default_12_1: "f32[][]cuda:0" = std_mean_default_12[1]
        std_mean_default_13 = torch.ops.aten.std_mean.default(vector)
        std_mean_default_13_0: "f32[][]cuda:0" = std_mean_default_13[0]
        std_mean_default_13_1: "f32[][]cuda:0" = std_mean_default_13[1]
        std_mean_dim_0 = torch.ops.aten.std_mean.dim(tokens_one, None, False, False)
        std_mean_dim_0_0: "f32[][]cuda:0" = std_mean_dim_0[0]
        std_mean_dim_0_1: "f32[][]cuda:0" = std_mean_dim_0[1]
        std_mean_dim_1 = torch.ops.aten.std_mean.dim(tokens_permuted, [2], keepdim = False)
        std_mean_dim_1_0: "f32[s0, s1][s1, 1]cuda:0" = std_mean_dim_1[0]
        std_mean_dim_1_1: "f32[s0, s1][s1, 1]cuda:0" = std_mean_dim_1[1]
        std_mean_dim_2 = torch.ops.aten.std_mean.dim(image_last, None, keepdim = True)
        std_mean_dim_2_0: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = std_mean_dim_2[0]
        std_mean_dim_2_1: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = std_mean_dim_2[1]
        std_mean_dim_3 = torch.ops.aten.std_mean.dim(fixed, None, keepdim = False)
        std_mean_dim_3_0: "f16[][]cuda:0" = std_mean_dim_3[0]
        std_mean_dim_3_1: "f16[][]cuda:0" = std_mean_dim_3[1]
        std_mean_dim_4 = torch.ops.aten.std_mean.dim(pairs, None, True, False)
        std_mean_dim_4_0: "f32[][]cuda:0" = std_mean_dim_4[0]
        std_mean_dim_4_1: "f32[][]cuda:0" = std_mean_dim_4[1]
        std_mean_dim_5 = torch.ops.aten.std_mean.dim(fixed, [])
        std_mean_dim_5_0: "f16[][]cuda:0" = std_mean_dim_5[0]
        std_mean_dim_5_1: "f16[][]cuda:0" = std_mean_dim_5[1]
        std_mean_dim_6 = torch.ops.aten.std_mean.dim(matrix_b, [-1, -2])
        std_mean_dim_6_0: "bf16[][]cuda:0" = std_mean_dim_6[0]
        std_mean_dim_6_1: "bf16[][]cuda:0" = std_mean_dim_6[1]
        std_mean_dim_7 = torch.ops.aten.std_mean.dim(vector, [0], keepdim = False)
        std_mean_dim_7_0: "f32[][]cuda:0" = std_mean_dim_7[0]
        std_mean_dim_7_1: "f32[][]cuda:0" = std_mean_dim_7[1]
        std_mean_dim_8 = torch.ops.aten.std_mean.dim(tokens_one, None, False)
        std_mean_dim_8_0: "f32[][]cuda:0" = std_mean_dim_8[0]
        std_mean_dim_8_1: "f32[][]cuda:0" = std_mean_dim_8[1]
        std_mean_dim_9 = torch.ops.aten.std_mean.dim(heads, [3, -4], False)
        std_mean_dim_9_0: "bf16[4, s1][s1, 1]cuda:0" = std_mean_dim_9[0]
        std_mean_dim_9_1: "bf16[4, s1][s1, 1]cuda:0" = std_mean_dim_9[1]
        std_mean_dim_10 = torch.ops.aten.std_mean.dim(tokens_one, None)
        std_mean_dim_10_0: "f32[][]cuda:0" = std_mean_dim_10[0]
        std_mean_dim_10_1: "f32[][]cuda:0" = std_mean_dim_10[1]
        std_mean_dim_11 = torch.ops.aten.std_mean.dim(both, None, True, True)
        std_mean_dim_11_0: "f32[1, 1][1, 1]cuda:0" = std_mean_dim_11[0]
        std_mean_dim_11_1: "f32[1, 1][1, 1]cuda:0" = std_mean_dim_11[1]
        std_mean_dim_12 = torch.ops.aten.std_mean.dim(column, None, True, False)
        std_mean_dim_12_0: "f32[][]cuda:0" = std_mean_dim_12[0]
        std_mean_dim_12_1: "f32[][]cuda:0" = std_mean_dim_12[1]
        std_mean_dim_13 = torch.ops.aten.std_mean.dim(both_transposed, None)
        std_mean_dim_13_0: "bf16[][]cuda:0" = std_mean_dim_13[0]
        std_mean_dim_13_1: "bf16[][]cuda:0" = std_mean_dim_13[1]
        std_mean_correction_0 = torch.ops.aten.std_mean.correction(scalar_d, [], correction = None, keepdim = False)
        std_mean_correction_0_0: "f64[][]cpu" = std_mean_correction_0[0]
        std_mean_correction_0_1: "f64[][]cpu" = std_mean_correction_0[1]
        std_mean_correction_1 = torch.ops.aten.std_mean.correction(scalar_d, keepdim = True)
        std_mean_correction_1_0: "f64[][]cpu" = std_mean_correction_1[0]
        std_mean_correction_1_1: "f64[][]cpu" = std_mean_correction_1[1]
        std_mean_correction_2 = torch.ops.aten.std_mean.correction(row, [1], keepdim = True)
        std_mean_correction_2_0: "f32[1, 1][1, 1]cuda:0" = std_mean_correction_2[0]
        std_mean_correction_2_1: "f32[1, 1][1, 1]cuda:0" = std_mean_correction_2[1]
        std_mean_correction_3 = torch.ops.aten.std_mean.correction(tokens, None, keepdim = False)
        std_mean_correction_3_0: "bf16[][]cuda:0" = std_mean_correction_3[0]
        std_mean_correction_3_1: "bf16[][]cuda:0" = std_mean_correction_3[1]
        std_mean_correction_4 = torch.ops.aten.std_mean.correction(next, [-2], keepdim = False)
        std_mean_correction_4_0: "f32[s1 + 1][1]cuda:0" = std_mean_correction_4[0]
        std_mean_correction_4_1: "f32[s1 + 1][1]cuda:0" = std_mean_correction_4[1]
        std_mean_correction_5 = torch.ops.aten.std_mean.correction(column)
        std_mean_correction_5_0: "f32[][]cuda:0" = std_mean_correction_5[0]
        std_mean_correction_5_1: "f32[][]cuda:0" = std_mean_correction_5[1]
        std_mean_correction_6 = torch.ops.aten.std_mean.correction(next, [0], correction = a_double)
        std_mean_correction_6_0: "f32[s1 + 1][1]cuda:0" = std_mean_correction_6[0]
        std_mean_correction_6_1: "f32[s1 + 1][1]cuda:0" = std_mean_correction_6[1]
        std_mean_correction_7 = torch.ops.aten.std_mean.correction(tokens, [], correction = None)
        std_mean_correction_7_0: "bf16[][]cuda:0" = std_mean_correction_7[0]
        std_mean_correction_7_1: "bf16[][]cuda:0" = std_mean_correction_7[1]
        std_mean_correction_8 = torch.ops.aten.std_mean.correction(vector, None, keepdim = True)
        std_mean_correction_8_0: "f32[1][1]cuda:0" = std_mean_correction_8[0]
        std_mean_correction_8_1: "f32[1][1]cuda:0" = std_mean_correction_8[1]
        std_mean_correction_9 = torch.ops.aten.std_mean.correction(image, correction = True, keepdim = False)
        std_mean_correction_9_0: "f32[][]cuda:0" = std_mean_correction_9[0]
        std_mean_correction_9_1: "f32[][]cuda:0" = std_mean_correction_9[1]
        std_mean_correction_10 = torch.ops.aten.std_mean.correction(matrix_b, keepdim = False)
        std_mean_correction_10_0: "bf16[][]cuda:0" = std_mean_correction_10[0]
        std_mean_correction_10_1: "bf16[][]cuda:0" = std_mean_correction_10[1]
        std_mean_correction_11 = torch.ops.aten.std_mean.correction(next)
        std_mean_correction_11_0: "f32[][]cuda:0" = std_mean_correction_11[0]
        std_mean_correction_11_1: "f32[][]cuda:0" = std_mean_correction_11[1]
        std_mean_correction_12 = torch.ops.aten.std_mean.correction(pairs, None, correction = None)
        std_mean_correction_12_0: "f32[][]cuda:0" = std_mean_correction_12[0]
        std_mean_correction_12_1: "f32[][]cuda:0" = std_mean_correction_12[1]
        std_mean_correction_13 = torch.ops.aten.std_mean.correction(both, correction = None)
        std_mean_correction_13_0: "f32[][]cuda:0" = std_mean_correction_13[0]
        std_mean_correction_13_1: "f32[][]cuda:0" = std_mean_correction_13[1]
        prepare_softmax_online_default_0 = torch.ops.prims.prepare_softmax_online.default(both, 0)
        prepare_softmax_online_default_0_0: "f32[1, s1][s1, 1]cuda:0" = prepare_softmax_online_default_0[0]
        prepare_softmax_online_default_0_1: "f32[1, s1][s1, 1]cuda:0" = prepare_softmax_online_default_0[1]
        prepare_softmax_online_default_1 = torch.ops.prims.prepare_softmax_online.default(tokens_f, -3)
        prepare_softmax_online_default_1_0: "f32[1, s1, 8][8*s1, 8, 1]cuda:0" = prepare_softmax_online_default_1[0]
        prepare_softmax_online_default_1_1: "f32[1, s1, 8][8*s1, 8, 1]cuda:0" = prepare_softmax_online_default_1[1]
        prepare_softmax_online_default_2 = torch.ops.prims.prepare_softmax_online.default(tokens_f, -2)
        prepare_softmax_online_default_2_0: "f32[s0, 1, 8][8, 8, 1]cuda:0" = prepare_softmax_online_default_2[0]
        prepare_softmax_online_default_2_1: "f32[s0, 1, 8][8, 8, 1]cuda:0" = prepare_softmax_online_default_2[1]
        prepare_softmax_online_default_3 = torch.ops.prims.prepare_softmax_online.default(tokens_permuted, 2)
        prepare_softmax_online_default_3_0: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = prepare_softmax_online_default_3[0]
        prepare_softmax_online_default_3_1: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = prepare_softmax_online_default_3[1]
        prepare_softmax_online_default_4 = torch.ops.prims.prepare_softmax_online.default(next, 1)
        prepare_softmax_online_default_4_0: "f32[s0, 1][1, 1]cuda:0" = prepare_softmax_online_default_4[0]
        prepare_softmax_online_default_4_1: "f32[s0, 1][1, 1]cuda:0" = prepare_softmax_online_default_4[1]
        prepare_softmax_online_default_5 = torch.ops.prims.prepare_softmax_online.default(matrix_l, 0)
        prepare_softmax_online_default_5_0: "i64[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_5[0]
        prepare_softmax_online_default_5_1: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_5[1]
        prepare_softmax_online_default_6 = torch.ops.prims.prepare_softmax_online.default(tokens, -2)
        prepare_softmax_online_default_6_0: "bf16[s0, 1, 8][8, 8, 1]cuda:0" = prepare_softmax_online_default_6[0]
        prepare_softmax_online_default_6_1: "bf16[s0, 1, 8][8, 8, 1]cuda:0" = prepare_softmax_online_default_6[1]
        prepare_softmax_online_default_7 = torch.ops.prims.prepare_softmax_online.default(column, 0)
        prepare_softmax_online_default_7_0: "f32[1, 1][1, 1]cuda:0" = prepare_softmax_online_default_7[0]
        prepare_softmax_online_default_7_1: "f32[1, 1][1, 1]cuda:0" = prepare_softmax_online_default_7[1]
        prepare_softmax_online_default_8 = torch.ops.prims.prepare_softmax_online.default(image_last, 0)
        prepare_softmax_online_default_8_0: "f32[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = prepare_softmax_online_default_8[0]
        prepare_softmax_online_default_8_1: "f32[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = prepare_softmax_online_default_8[1]
        prepare_softmax_online_default_9 = torch.ops.prims.prepare_softmax_online.default(vector, -1)
        prepare_softmax_online_default_9_0: "f32[1][1]cuda:0" = prepare_softmax_online_default_9[0]
        prepare_softmax_online_default_9_1: "f32[1][1]cuda:0" = prepare_softmax_online_default_9[1]
        prepare_softmax_online_default_10 = torch.ops.prims.prepare_softmax_online.default(both_transposed, 1)
        prepare_softmax_online_default_10_0: "bf16[s0, 1][1, 1]cuda:0" = prepare_softmax_online_default_10[0]
        prepare_softmax_online_default_10_1: "bf16[s0, 1][1, 1]cuda:0" = prepare_softmax_online_default_10[1]
        prepare_softmax_online_default_11 = torch.ops.prims.prepare_softmax_online.default(vector_l, -1)
        prepare_softmax_online_default_11_0: "i64[1][1]cuda:0" = prepare_softmax_online_default_11[0]
        prepare_softmax_online_default_11_1: "f32[1][1]cuda:0" = prepare_softmax_online_default_11[1]
        prepare_softmax_online_default_12 = torch.ops.prims.prepare_softmax_online.default(double, 0)
        prepare_softmax_online_default_12_0: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_12[0]
        prepare_softmax_online_default_12_1: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_12[1]
        prepare_softmax_online_default_13 = torch.ops.prims.prepare_softmax_online.default(image_last, -2)
        prepare_softmax_online_default_13_0: "f32[s0, 3, 1, 6][18, 6, 6, 1]cuda:0" = prepare_softmax_online_default_13[0]
        prepare_softmax_online_default_13_1: "f32[s0, 3, 1, 6][18, 6, 6, 1]cuda:0" = prepare_softmax_online_default_13[1]
        cumsum_default_0: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.cumsum.default(both_mask, 1)
        cumsum_default_1: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.cumsum.default(tokens_permuted, 1)
        cumsum_default_2: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.cumsum.default(both, 1)
        cumsum_default_3: "f32[s0][1]cuda:0" = torch.ops.aten.cumsum.default(vector, -1, dtype = None)
        cumsum_default_4: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.cumsum.default(heads, -4)
        cumsum_default_5: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.cumsum.default(tokens, 2)
        cumsum_default_6: "f16[6][1]cuda:0" = torch.ops.aten.cumsum.default(fixed, 0)
        cumsum_default_7: "bf16[s0][1]cuda:0" = torch.ops.aten.cumsum.default(vector_l, -1, dtype = torch.bfloat16)
        cumsum_default_8: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.cumsum.default(heads_plain, 0)
        cumsum_default_9: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.cumsum.default(row, -1)
        cumsum_default_10: "bf16[][]cuda:0" = torch.ops.aten.cumsum.default(scalar, -1, dtype = torch.bfloat16)
        cumsum_default_11: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.cumsum.default(heads, 2)
        cumsum_default_12: "bf16[s0, s1][s1, 1]cuda:0" = torch.ops.aten.cumsum.default(both_transposed, 1)
        cumsum_default_13: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.cumsum.default(tokens_front, 0)
        cumprod_default_0: "f32[s0, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(transposed, 0)
        cumprod_default_1: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.cumprod.default(both_l, -2, dtype = None)
        cumprod_default_2: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.cumprod.default(image, 2)
        cumprod_default_3: "bf16[s0, 1][1, 1]cuda:0" = torch.ops.aten.cumprod.default(column_b, 0, dtype = None)
        cumprod_default_4: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.cumprod.default(tokens_f, -3)
        cumprod_default_5: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.cumprod.default(tokens_permuted, -1, dtype = None)
        cumprod_default_6: "f32[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(double, -2, dtype = None)
        cumprod_default_7: "f64[][]cpu" = torch.ops.aten.cumprod.default(scalar_d, -1)
        cumprod_default_8: "f16[6][1]cuda:0" = torch.ops.aten.cumprod.default(fixed, -1)
        cumprod_default_9: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.cumprod.default(row, 0)
        cumprod_default_10: "f32[6][1]cuda:0" = torch.ops.aten.cumprod.default(fixed, 0, dtype = torch.float32)
        cumprod_default_11: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.cumprod.default(both, 0)
        cumprod_default_12: "f32[s0, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.cumprod.default(pairs, -1)
        cumprod_default_13: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.cumprod.default(heads, -1, dtype = None)
        logcumsumexp_default_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(image, 1)
        logcumsumexp_default_1: "f32[s0][1]cuda:0" = torch.ops.aten.logcumsumexp.default(vector, -1)
        logcumsumexp_default_2: "bf16[s0, s1][s1, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(both_transposed, 1)
        logcumsumexp_default_3: "bf16[s0, 6][6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(matrix_b, -1)
        logcumsumexp_default_4: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(heads, 1)
        logcumsumexp_default_5: "f32[s0][1]cuda:0" = torch.ops.aten.logcumsumexp.default(vector, 0)
        logcumsumexp_default_6: "f32[s0, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(pairs, 2)
        logcumsumexp_default_7: "f16[6][1]cuda:0" = torch.ops.aten.logcumsumexp.default(fixed, -1)
        logcumsumexp_default_8: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(heads_plain, 3)
        logcumsumexp_default_9: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(row, -2)
        logcumsumexp_default_10: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(both, 1)
        logcumsumexp_default_11: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(heads, 2)
        logcumsumexp_default_12: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(tokens_one, 1)
        logcumsumexp_default_13: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(image_last, 3)
        cummax_default_0 = torch.ops.aten.cummax.default(fixed, 0)
        cummax_default_0_0: "f16[6][1]cuda:0" = cummax_default_0[0]
        cummax_default_0_1: "i64[6][1]cuda:0" = cummax_default_0[1]
        cummax_default_1 = torch.ops.aten.cummax.default(matrix_b, -2)
        cummax_default_1_0: "bf16[s0, 6][6, 1]cuda:0" = cummax_default_1[0]
        cummax_default_1_1: "i64[s0, 6][6, 1]cuda:0" = cummax_default_1[1]
        cummax_default_2 = torch.ops.aten.cummax.default(heads, -1)
        cummax_default_2_0: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = cummax_default_2[0]
        cummax_default_2_1: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = cummax_default_2[1]
        cummax_default_3 = torch.ops.aten.cummax.default(image, 2)
        cummax_default_3_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = cummax_default_3[0]
        cummax_default_3_1: "i64[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = cummax_default_3[1]
        cummax_default_4 = torch.ops.aten.cummax.default(heads, -4)
        cummax_default_4_0: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = cummax_default_4[0]
        cummax_default_4_1: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = cummax_default_4[1]
        cummax_default_5 = torch.ops.aten.cummax.default(image_last, 2)
        cummax_default_5_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = cummax_default_5[0]
        cummax_default_5_1: "i64[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = cummax_default_5[1]
        cummax_default_6 = torch.ops.aten.cummax.default(matrix_l, -2)
        cummax_default_6_0: "i64[s0, 6][6, 1]cuda:0" = cummax_default_6[0]
        cummax_default_6_1: "i64[s0, 6][6, 1]cuda:0" = cummax_default_6[1]
        cummax_default_7 = torch.ops.aten.cummax.default(row, 0)
        cummax_default_7_0: "f32[1, s1][s1, 1]cuda:0" = cummax_default_7[0]
        cummax_default_7_1: "i64[1, s1][s1, 1]cuda:0" = cummax_default_7[1]
        cummax_default_8 = torch.ops.aten.cummax.default(scores, -4)
        cummax_default_8_0: "f32[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = cummax_default_8[0]
        cummax_default_8_1: "i64[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = cummax_default_8[1]
        cummax_default_9 = torch.ops.aten.cummax.default(scalar, -1)
        cummax_default_9_0: "f32[][]cuda:0" = cummax_default_9[0]
        cummax_default_9_1: "i64[][]cuda:0" = cummax_default_9[1]
        cummax_default_10 = torch.ops.aten.cummax.default(heads_plain, -3)
        cummax_default_10_0: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = cummax_default_10[0]
        cummax_default_10_1: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = cummax_default_10[1]
        cummax_default_11 = torch.ops.aten.cummax.default(tokens_one, 2)
        cummax_default_11_0: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = cummax_default_11[0]
        cummax_default_11_1: "i64[s0, s1, 1][s1, 1, 1]cuda:0" = cummax_default_11[1]
        cummax_default_12 = torch.ops.aten.cummax.default(scalar, 0)
        cummax_default_12_0: "f32[][]cuda:0" = cummax_default_12[0]
        cummax_default_12_1: "i64[][]cuda:0" = cummax_default_12[1]
        cummax_default_13 = torch.ops.aten.cummax.default(vector_l, 0)
        cummax_default_13_0: "i64[s0][1]cuda:0" = cummax_default_13[0]
        cummax_default_13_1: "i64[s0][1]cuda:0" = cummax_default_13[1]
        cummin_default_0 = torch.ops.aten.cummin.default(tokens_f, 0)
        cummin_default_0_0: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = cummin_default_0[0]
        cummin_default_0_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = cummin_default_0[1]
        cummin_default_1 = torch.ops.aten.cummin.default(tokens_f, 1)
        cummin_default_1_0: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = cummin_default_1[0]
        cummin_default_1_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = cummin_default_1[1]
        cummin_default_2 = torch.ops.aten.cummin.default(both, 1)
        cummin_default_2_0: "f32[s0, s1][s1, 1]cuda:0" = cummin_default_2[0]
        cummin_default_2_1: "i64[s0, s1][s1, 1]cuda:0" = cummin_default_2[1]
        cummin_default_3 = torch.ops.aten.cummin.default(image_last, -4)
        cummin_default_3_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = cummin_default_3[0]
        cummin_default_3_1: "i64[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = cummin_default_3[1]
        cummin_default_4 = torch.ops.aten.cummin.default(fixed, -1)
        cummin_default_4_0: "f16[6][1]cuda:0" = cummin_default_4[0]
        cummin_default_4_1: "i64[6][1]cuda:0" = cummin_default_4[1]
        cummin_default_5 = torch.ops.aten.cummin.default(double, 0)
        cummin_default_5_0: "f32[2*s0, 6][6, 1]cuda:0" = cummin_default_5[0]
        cummin_default_5_1: "i64[2*s0, 6][6, 1]cuda:0" = cummin_default_5[1]
        cummin_default_6 = torch.ops.aten.cummin.default(tokens_permuted, 2)
        cummin_default_6_0: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = cummin_default_6[0]
        cummin_default_6_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = cummin_default_6[1]
        cummin_default_7 = torch.ops.aten.cummin.default(row, 0)
        cummin_default_7_0: "f32[1, s1][s1, 1]cuda:0" = cummin_default_7[0]
        cummin_default_7_1: "i64[1, s1][s1, 1]cuda:0" = cummin_default_7[1]
        cummin_default_8 = torch.ops.aten.cummin.default(matrix_l, -1)
        cummin_default_8_0: "i64[s0, 6][6, 1]cuda:0" = cummin_default_8[0]
        cummin_default_8_1: "i64[s0, 6][6, 1]cuda:0" = cummin_default_8[1]
        cummin_default_9 = torch.ops.aten.cummin.default(both, -1)
        cummin_default_9_0: "f32[s0, s1][s1, 1]cuda:0" = cummin_default_9[0]
        cummin_default_9_1: "i64[s0, s1][s1, 1]cuda:0" = cummin_default_9[1]
        cummin_default_10 = torch.ops.aten.cummin.default(next, -1)
        cummin_default_10_0: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0" = cummin_default_10[0]
        cummin_default_10_1: "i64[s0, s1 + 1][s1 + 1, 1]cuda:0" = cummin_default_10[1]
        cummin_default_11 = torch.ops.aten.cummin.default(scalar_d, 0)
        cummin_default_11_0: "f64[][]cpu" = cummin_default_11[0]
        cummin_default_11_1: "i64[][]cpu" = cummin_default_11[1]
        cummin_default_12 = torch.ops.aten.cummin.default(scalar, -1)
        cummin_default_12_0: "f32[][]cuda:0" = cummin_default_12[0]
        cummin_default_12_1: "i64[][]cuda:0" = cummin_default_12[1]
        cummin_default_13 = torch.ops.aten.cummin.default(scalar_d, -1)
        cummin_default_13_0: "f64[][]cpu" = cummin_default_13[0]
        cummin_default_13_1: "i64[][]cpu" = cummin_default_13[1]
        _softmax_default_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten._softmax.default(image, 1, False)
        _softmax_default_1: "bf16[s0, 1][1, 1]cuda:0" = torch.ops.aten._softmax.default(column_b, -1, False)
        _softmax_default_2: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten._softmax.default(column, -2, False)
        _softmax_default_3: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten._softmax.default(column, 1, False)
        _softmax_default_4: "f32[s0, 6][6, 1]cuda:0" = torch.ops.aten._softmax.default(matrix, -1, False)
        _softmax_default_5: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten._softmax.default(image_last, 3, False)
        _softmax_default_6: "f16[6][1]cuda:0" = torch.ops.aten._softmax.default(fixed, 0, False)
        _softmax_default_7: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten._softmax.default(heads, -1, False)
        _softmax_default_8: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten._softmax.default(both, 1, False)
        _softmax_default_9: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten._softmax.default(tokens_permuted, -2, False)
        _softmax_default_10: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten._softmax.default(both, 0, False)
        _softmax_default_11: "f32[s0, 6][6, 1]cuda:0" = torch.ops.aten._softmax.default(transposed, -2, False)
        _softmax_default_12: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0" = torch.ops.aten._softmax.default(next, -2, False)
        _softmax_default_13: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten._softmax.default(tokens_f, 2, False)
        _log_softmax_default_0: "f32[s0, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(matrix, -2, False)
        _log_softmax_default_1: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0" = torch.ops.aten._log_softmax.default(next, -2, False)
        _log_softmax_default_2: "f32[2*s0, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(double, 0, False)
        _log_softmax_default_3: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten._log_softmax.default(row, -1, False)
        _log_softmax_default_4: "bf16[s0, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(matrix_b, 1, False)
        _log_softmax_default_5: "bf16[s0, 1][1, 1]cuda:0" = torch.ops.aten._log_softmax.default(column_b, -2, False)
        _log_softmax_default_6: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten._log_softmax.default(column, 1, False)
        _log_softmax_default_7: "bf16[s0, 1][1, 1]cuda:0" = torch.ops.aten._log_softmax.default(column_b, 0, False)
        _log_softmax_default_8: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = torch.ops.aten._log_softmax.default(tokens_one, 0, False)
        _log_softmax_default_9: "f64[][]cpu" = torch.ops.aten._log_softmax.default(scalar_d, -1, False)
        _log_softmax_default_10: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten._log_softmax.default(tokens_f, 2, False)
        _log_softmax_default_11: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten._log_softmax.default(tokens, -3, False)
        _log_softmax_default_12: "f32[s0, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(matrix, -1, False)
        _log_softmax_default_13: "bf16[s0, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(matrix_b, 0, False)
        _safe_softmax_default_0: "f32[][]cuda:0" = torch.ops.aten._safe_softmax.default(scalar, -1, None)
        _safe_softmax_default_1: "f32[][]cuda:0" = torch.ops.aten._safe_softmax.default(scalar, 0)
        _safe_softmax_default_2: "f16[6][1]cuda:0" = torch.ops.aten._safe_softmax.default(fixed, 0)
        _safe_softmax_default_3: "f32[][]cpu" = torch.ops.aten._safe_softmax.default(scalar_d, -1, torch.float32)
        _safe_softmax_default_4: "f16[6][1]cuda:0" = torch.ops.aten._safe_softmax.default(fixed, -1)
        _safe_softmax_default_5: "f64[][]cpu" = torch.ops.aten._safe_softmax.default(scalar_d, 0)
        _safe_softmax_default_6: "f64[][]cpu" = torch.ops.aten._safe_softmax.default(scalar_d, -1)
        _safe_softmax_default_7: "f16[6][1]cuda:0" = torch.ops.aten._safe_softmax.default(fixed, 0, None)
        _safe_softmax_default_8: "f32[][]cuda:0" = torch.ops.aten._safe_softmax.default(scalar, -1)
        _safe_softmax_default_9: "f64[][]cpu" = torch.ops.aten._safe_softmax.default(scalar_d, 0, None)
        softmax_int_0: "f32[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(double, 0)
        softmax_int_1: "bf16[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(double, 1, torch.bfloat16)
        softmax_int_2: "f16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.softmax.int(tokens, 1, torch.float16)
        softmax_int_3: "bf16[1, s1][s1, 1]cuda:0" = torch.ops.aten.softmax.int(row, -1, torch.bfloat16)
        softmax_int_4: "f32[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(double, -1)
        softmax_int_5: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.softmax.int(both, 0)
        softmax_int_6: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.softmax.int(image_last, 1)
        softmax_int_7: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.softmax.int(heads_plain, -3, None)
        softmax_int_8: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.softmax.int(image, -4)
        softmax_int_9: "f64[][]cpu" = torch.ops.aten.softmax.int(scalar_d, 0)
        softmax_int_10: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten.softmax.int(column, -1)
        softmax_int_11: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.softmax.int(image_last, 2)
        softmax_int_12: "bf16[s0, 1][1, 1]cuda:0" = torch.ops.aten.softmax.int(column, -1, torch.bfloat16)
        softmax_int_13: "bf16[s0, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(matrix_b, 0)
        layer_norm_default_0: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0" = torch.ops.aten.layer_norm.default(next, [b_next], bias = None)
        layer_norm_default_1: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.layer_norm.default(both, [a, b], both, cudnn_enable = True)
        layer_norm_default_2: "bf16[s0, s1][s1, 1]cuda:0" = torch.ops.aten.layer_norm.default(both_transposed, [a, b], cudnn_enable = False)
        layer_norm_default_3: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.layer_norm.default(row, [b], cudnn_enable = True)
        layer_norm_default_4: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.layer_norm.default(both, [a, b], cudnn_enable = False)
        layer_norm_default_5: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.layer_norm.default(image_last, [a, 3, 8, 6], None, cudnn_enable = False)
        layer_norm_default_6: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.layer_norm.default(heads, [a, 4, b, 8], bias = heads_plain, eps = 1.5)
        layer_norm_default_7: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.layer_norm.default(image, [a, 3, 8, 6], eps = 1e-05)
        layer_norm_default_8: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.layer_norm.default(image_last, [a, 3, 8, 6], eps = 0.0, cudnn_enable = False)
        layer_norm_default_9: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.layer_norm.default(tokens, [a, b, 8], eps = 1e-05)
        layer_norm_default_10: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.layer_norm.default(tokens_front, [a, b, 8], cudnn_enable = True)
        layer_norm_default_11: "f32[s0, 1][1, 1]cuda:0" = torch.ops.aten.layer_norm.default(column, [a, 1], bias = None, eps = 0.5, cudnn_enable = False)
        layer_norm_default_12: "f32[s0][1]cuda:0" = torch.ops.aten.layer_norm.default(vector, [a])
        rms_norm_default_0: "f32[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = torch.ops.aten.rms_norm.default(scores, [a, 4, b, b], None)
        rms_norm_default_1: "f32[s0, s1][s1, 1]cuda:0" = torch.ops.aten.rms_norm.default(both, [a, b], None, None)
        rms_norm_default_2: "f32[1, s1][s1, 1]cuda:0" = torch.ops.aten.rms_norm.default(row, [b], None, None)
        rms_norm_default_3: "f32[s0, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.rms_norm.default(pairs, [a, 6, 2], None, None)
        rms_norm_default_4: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0" = torch.ops.aten.rms_norm.default(next, [a, b_next], eps = 1e-05)
        rms_norm_default_5: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.rms_norm.default(image, [a, 3, 8, 6], None, 1e-05)
        rms_norm_default_6: "f32[s0, s1 + 1][s1 + 1, 1]cuda:0" = torch.ops.aten.rms_norm.default(next, [a, b_next], eps = None)
        rms_norm_default_7: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.rms_norm.default(tokens_f, [a, b, 8], None)
        rms_norm_default_8: "f32[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.rms_norm.default(double, [a_double, 6], None, None)
        rms_norm_default_9: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.rms_norm.default(tokens, [a, b, 8])
        native_layer_norm_default_0 = torch.ops.aten.native_layer_norm.default(image_last, [a, 3, 8, 6], None, None, 0.5)
        native_layer_norm_default_0_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = native_layer_norm_default_0[0]
        native_layer_norm_default_0_1: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = native_layer_norm_default_0[1]
        native_layer_norm_default_0_2: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = native_layer_norm_default_0[2]
        native_layer_norm_default_1 = torch.ops.aten.native_layer_norm.default(heads, [a, 4, b, 8], None, None, 1e-05)
        native_layer_norm_default_1_0: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = native_layer_norm_default_1[0]
        native_layer_norm_default_1_1: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = native_layer_norm_default_1[1]
        native_layer_norm_default_1_2: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = native_layer_norm_default_1[2]
        native_layer_norm_default_2 = torch.ops.aten.native_layer_norm.default(matrix, [a, 6], None, None, 1.5)
        native_layer_norm_default_2_0: "f32[s0, 6][6, 1]cuda:0" = native_layer_norm_default_2[0]
        native_layer_norm_default_2_1: "f32[1, 1][1, 1]cuda:0" = native_layer_norm_default_2[1]
        native_layer_norm_default_2_2: "f32[1, 1][1, 1]cuda:0" = native_layer_norm_default_2[2]
        native_layer_norm_default_3 = torch.ops.aten.native_layer_norm.default(tokens, [a, b, 8], None, tokens_permuted, 1e-05)
        native_layer_norm_default_3_0: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = native_layer_norm_default_3[0]
        native_layer_norm_default_3_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = native_layer_norm_default_3[1]
        native_layer_norm_default_3_2: "f32[1, 1, 1][1, 1, 1]cuda:0" = native_layer_norm_default_3[2]
        native_layer_norm_default_4 = torch.ops.aten.native_layer_norm.default(transposed, [a, 6], matrix, None, 1e-05)
        native_layer_norm_default_4_0: "f32[s0, 6][6, 1]cuda:0" = native_layer_norm_default_4[0]
        native_layer_norm_default_4_1: "f32[1, 1][1, 1]cuda:0" = native_layer_norm_default_4[1]
        native_layer_norm_default_4_2: "f32[1, 1][1, 1]cuda:0" = native_layer_norm_default_4[2]
        instance_norm_default_0: "bf16[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.instance_norm.default(tokens, None, None, None, None, True, 1e-05, 1.5, True)
        instance_norm_default_1: "bf16[s0, 6][6, 1]cuda:0" = torch.ops.aten.instance_norm.default(matrix_b, None, None, None, None, True, 0.5, 1.5, True)
        instance_norm_default_2: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.instance_norm.default(image_last, None, None, None, None, True, 0.0, 1.5, True)
        sort_default_0 = torch.ops.aten.sort.default(scalar)
        sort_default_0_0: "f32[][]cuda:0" = sort_default_0[0]
        sort_default_0_1: "i64[][]cuda:0" = sort_default_0[1]
        sort_default_1 = torch.ops.aten.sort.default(vector_l, 0, True)
        sort_default_1_0: "i64[s0][1]cuda:0" = sort_default_1[0]
        sort_default_1_1: "i64[s0][1]cuda:0" = sort_default_1[1]
        sort_default_2 = torch.ops.aten.sort.default(tokens_one, -2, True)
        sort_default_2_0: "f32[s0, s1, 1][s1, 1, 1]cuda:0" = sort_default_2[0]
        sort_default_2_1: "i64[s0, s1, 1][s1, 1, 1]cuda:0" = sort_default_2[1]
        sort_default_3 = torch.ops.aten.sort.default(both_mask)
        sort_default_3_0: "b8[s0, s1][s1, 1]cuda:0" = sort_default_3[0]
        sort_default_3_1: "i64[s0, s1][s1, 1]cuda:0" = sort_default_3[1]
        sort_default_4 = torch.ops.aten.sort.default(vector, descending = True)
        sort_default_4_0: "f32[s0][1]cuda:0" = sort_default_4[0]
        sort_default_4_1: "i64[s0][1]cuda:0" = sort_default_4[1]
        sort_default_5 = torch.ops.aten.sort.default(tokens_permuted, 2, False)
        sort_default_5_0: "f32[s0, s1, 8][8*s1, 1, s1]cuda:0" = sort_default_5[0]
        sort_default_5_1: "i64[s0, s1, 8][8*s1, 1, s1]cuda:0" = sort_default_5[1]
        sort_default_6 = torch.ops.aten.sort.default(scores, -2)
        sort_default_6_0: "f32[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = sort_default_6[0]
        sort_default_6_1: "i64[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = sort_default_6[1]
        sort_default_7 = torch.ops.aten.sort.default(matrix_l, 0, True)
        sort_default_7_0: "i64[s0, 6][6, 1]cuda:0" = sort_default_7[0]
        sort_default_7_1: "i64[s0, 6][6, 1]cuda:0" = sort_default_7[1]
        sort_default_8 = torch.ops.aten.sort.default(column_b)
        sort_default_8_0: "bf16[s0, 1][1, 1]cuda:0" = sort_default_8[0]
        sort_default_8_1: "i64[s0, 1][1, 1]cuda:0" = sort_default_8[1]
        sort_default_9 = torch.ops.aten.sort.default(scalar, descending = True)
        sort_default_9_0: "f32[][]cuda:0" = sort_default_9[0]
        sort_default_9_1: "i64[][]cuda:0" = sort_default_9[1]
        sort_default_10 = torch.ops.aten.sort.default(matrix_b, 1)
        sort_default_10_0: "bf16[s0, 6][6, 1]cuda:0" = sort_default_10[0]
        sort_default_10_1: "i64[s0, 6][6, 1]cuda:0" = sort_default_10[1]
        sort_default_11 = torch.ops.aten.sort.default(double, -1)
        sort_default_11_0: "f32[2*s0, 6][6, 1]cuda:0" = sort_default_11[0]
        sort_default_11_1: "i64[2*s0, 6][6, 1]cuda:0" = sort_default_11[1]
        sort_default_12 = torch.ops.aten.sort.default(tokens_front, -1)
        sort_default_12_0: "bf16[s0, s1, 8][8, 8*s0, 1]cuda:0" = sort_default_12[0]
        sort_default_12_1: "i64[s0, s1, 8][8, 8*s0, 1]cuda:0" = sort_default_12[1]
        sort_default_13 = torch.ops.aten.sort.default(transposed, -1)
        sort_default_13_0: "f32[s0, 6][1, s0]cuda:0" = sort_default_13[0]
        sort_default_13_1: "i64[s0, 6][1, s0]cuda:0" = sort_default_13[1]
        sort_stable_0 = torch.ops.aten.sort.stable(column_b, stable = None, dim = -2, descending = True)
        sort_stable_0_0: "bf16[s0, 1][1, 1]cuda:0" = sort_stable_0[0]
        sort_stable_0_1: "i64[s0, 1][1, 1]cuda:0" = sort_stable_0[1]
        sort_stable_1 = torch.ops.aten.sort.stable(tokens_front, stable = None, dim = -2, descending = False)
        sort_stable_1_0: "bf16[s0, s1, 8][8, 8*s0, 1]cuda:0" = sort_stable_1[0]
        sort_stable_1_1: "i64[s0, s1, 8][8, 8*s0, 1]cuda:0" = sort_stable_1[1]
        sort_stable_2 = torch.ops.aten.sort.stable(matrix_mask, stable = None, dim = 0, descending = False)
        sort_stable_2_0: "b8[s0, 6][6, 1]cuda:0" = sort_stable_2[0]
        sort_stable_2_1: "i64[s0, 6][6, 1]cuda:0" = sort_stable_2[1]
        sort_stable_3 = torch.ops.aten.sort.stable(both_transposed, stable = True, descending = True)
        sort_stable_3_0: "bf16[s0, s1][1, s0]cuda:0" = sort_stable_3[0]
        sort_stable_3_1: "i64[s0, s1][1, s0]cuda:0" = sort_stable_3[1]
        sort_stable_4 = torch.ops.aten.sort.stable(image_last, stable = None, descending = False)
        sort_stable_4_0: "f32[s0, 3, 8, 6][144, 1, 18, 3]cuda:0" = sort_stable_4[0]
        sort_stable_4_1: "i64[s0, 3, 8, 6][144, 1, 18, 3]cuda:0" = sort_stable_4[1]
        sort_stable_5 = torch.ops.aten.sort.stable(pairs, stable = None)
        sort_stable_5_0: "f32[s0, 6, 2][12, 2, 1]cuda:0" = sort_stable_5[0]
        sort_stable_5_1: "i64[s0, 6, 2][12, 2, 1]cuda:0" = sort_stable_5[1]
        sort_stable_6 = torch.ops.aten.sort.stable(heads_plain, stable = None)
        sort_stable_6_0: "bf16[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = sort_stable_6[0]
        sort_stable_6_1: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = sort_stable_6[1]
        sort_stable_7 = torch.ops.aten.sort.stable(tokens_f, stable = True, dim = -2)
        sort_stable_7_0: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = sort_stable_7[0]
        sort_stable_7_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = sort_stable_7[1]
        sort_stable_8 = torch.ops.aten.sort.stable(both_transposed, stable = None, dim = -2, descending = False)
        sort_stable_8_0: "bf16[s0, s1][1, s0]cuda:0" = sort_stable_8[0]
        sort_stable_8_1: "i64[s0, s1][1, s0]cuda:0" = sort_stable_8[1]
        sort_stable_9 = torch.ops.aten.sort.stable(transposed, stable = None)
        sort_stable_9_0: "f32[s0, 6][1, s0]cuda:0" = sort_stable_9[0]
        sort_stable_9_1: "i64[s0, 6][1, s0]cuda:0" = sort_stable_9[1]
        sort_stable_10 = torch.ops.aten.sort.stable(transposed, stable = True, dim = -1)
        sort_stable_10_0: "f32[s0, 6][1, s0]cuda:0" = sort_stable_10[0]
        sort_stable_10_1: "i64[s0, 6][1, s0]cuda:0" = sort_stable_10[1]
        sort_stable_11 = torch.ops.aten.sort.stable(heads, stable = None, dim = -4)
        sort_stable_11_0: "bf16[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0" = sort_stable_11[0]
        sort_stable_11_1: "i64[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0" = sort_stable_11[1]
        sort_stable_12 = torch.ops.aten.sort.stable(pairs, stable = None, dim = 1)
        sort_stable_12_0: "f32[s0, 6, 2][12, 2, 1]cuda:0" = sort_stable_12[0]
        sort_stable_12_1: "i64[s0, 6, 2][12, 2, 1]cuda:0" = sort_stable_12[1]
        sort_stable_13 = torch.ops.aten.sort.stable(image, stable = True, descending = True)
        sort_stable_13_0: "f32[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = sort_stable_13[0]
        sort_stable_13_1: "i64[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = sort_stable_13[1]
        argsort_default_0: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(matrix_b, -2)
        argsort_default_1: "i64[s0, 4, s1, 8][32*s1, 8, 32, 1]cuda:0" = torch.ops.aten.argsort.default(heads, -2, True)
        argsort_default_2: "i64[][]cuda:0" = torch.ops.aten.argsort.default(scalar, descending = False)
        argsort_default_3: "i64[s0, s1, 8][8*s1, 1, s1]cuda:0" = torch.ops.aten.argsort.default(tokens_permuted, descending = True)
        argsort_default_4: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.argsort.default(heads_plain, -4, True)
        argsort_default_5: "i64[1, s1][s1, 1]cuda:0" = torch.ops.aten.argsort.default(row, -1, True)
        argsort_default_6: "i64[s0, 1][1, 1]cuda:0" = torch.ops.aten.argsort.default(column, -1, False)
        argsort_default_7: "i64[s0][1]cuda:0" = torch.ops.aten.argsort.default(vector, -1, True)
        argsort_default_8: "i64[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = torch.ops.aten.argsort.default(scores, -2)
        argsort_default_9: "i64[s0, s1, 1][s1, 1, 1]cuda:0" = torch.ops.aten.argsort.default(tokens_one, 2)
        argsort_default_10: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(matrix_l, -1)
        argsort_default_11: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(matrix_b, -1, False)
        argsort_default_12: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(matrix_b)
        argsort_default_13: "i64[s0][1]cuda:0" = torch.ops.aten.argsort.default(vector_l, -1)
        argsort_stable_0: "i64[s0, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.argsort.stable(image, stable = False)
        argsort_stable_1: "i64[s0, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = torch.ops.aten.argsort.stable(scores, stable = False)
        argsort_stable_2: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.argsort.stable(heads_plain, stable = True, dim = -3)
        argsort_stable_3: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.argsort.stable(tokens_f, stable = False)
        argsort_stable_4: "i64[s0][1]cuda:0" = torch.ops.aten.argsort.stable(vector, stable = False)
        argsort_stable_5: "i64[][]cpu" = torch.ops.aten.argsort.stable(scalar_d, stable = True, dim = -1)
        argsort_stable_6: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.argsort.stable(tokens_f, stable = False, dim = 0)
        argsort_stable_7: "i64[s0, s1, 8][8*s1, 1, s1]cuda:0" = torch.ops.aten.argsort.stable(tokens_permuted, stable = False)
        argsort_stable_8: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.argsort.stable(both, stable = True, dim = -1)
        argsort_stable_9: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.stable(matrix_l, stable = False, dim = 0, descending = True)
        argsort_stable_10: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.argsort.stable(both_mask, stable = False, dim = 0, descending = False)
        argsort_stable_11: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.argsort.stable(heads_plain, stable = False, dim = -2, descending = False)
        argsort_stable_12: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.stable(matrix_b, stable = True, descending = True)
        argsort_stable_13: "i64[s0][1]cuda:0" = torch.ops.aten.argsort.stable(vector_l, stable = False, dim = 0, descending = True)
        topk_default_0 = torch.ops.aten.topk.default(fixed, 2, -1, sorted = True)
        topk_default_0_0: "f16[2][1]cuda:0" = topk_default_0[0]
        topk_default_0_1: "i64[2][1]cuda:0" = topk_default_0[1]
        topk_default_1 = torch.ops.aten.topk.default(scalar_d, 1, -1, sorted = False)
        topk_default_1_0: "f64[][]cpu" = topk_default_1[0]
        topk_default_1_1: "i64[][]cpu" = topk_default_1[1]
        topk_default_2 = torch.ops.aten.topk.default(vector_l, 2, -1, sorted = False)
        topk_default_2_0: "i64[2][1]cuda:0" = topk_default_2[0]
        topk_default_2_1: "i64[2][1]cuda:0" = topk_default_2[1]
        topk_default_3 = torch.ops.aten.topk.default(row, 2, 1, False)
        topk_default_3_0: "f32[1, 2][2, 1]cuda:0" = topk_default_3[0]
        topk_default_3_1: "i64[1, 2][2, 1]cuda:0" = topk_default_3[1]
        topk_default_4 = torch.ops.aten.topk.default(scores, 1, -4, True)
        topk_default_4_0: "f32[1, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = topk_default_4[0]
        topk_default_4_1: "i64[1, 4, s1, s1][4*s1**2, s1**2, s1, 1]cuda:0" = topk_default_4[1]
        topk_default_5 = torch.ops.aten.topk.default(fixed, 3, -1, True)
        topk_default_5_0: "f16[3][1]cuda:0" = topk_default_5[0]
        topk_default_5_1: "i64[3][1]cuda:0" = topk_default_5[1]
        topk_default_6 = torch.ops.aten.topk.default(tokens_front, 2, sorted = False)
        topk_default_6_0: "bf16[s0, s1, 2][2*s1, 2, 1]cuda:0" = topk_default_6[0]
        topk_default_6_1: "i64[s0, s1, 2][2*s1, 2, 1]cuda:0" = topk_default_6[1]
        topk_default_7 = torch.ops.aten.topk.default(both, b, sorted = True)
        topk_default_7_0: "f32[s0, s1][s1, 1]cuda:0" = topk_default_7[0]
        topk_default_7_1: "i64[s0, s1][s1, 1]cuda:0" = topk_default_7[1]
        topk_default_8 = torch.ops.aten.topk.default(tokens_f, 2, largest = False)
        topk_default_8_0: "f32[s0, s1, 2][2*s1, 2, 1]cuda:0" = topk_default_8[0]
        topk_default_8_1: "i64[s0, s1, 2][2*s1, 2, 1]cuda:0" = topk_default_8[1]
        topk_default_9 = torch.ops.aten.topk.default(both, 0)
        topk_default_9_0: "f32[s0, 0][1, 1]cuda:0" = topk_default_9[0]
        topk_default_9_1: "i64[s0, 0][1, 1]cuda:0" = topk_default_9[1]
        topk_default_10 = torch.ops.aten.topk.default(fixed, 0, 0, sorted = False)
        topk_default_10_0: "f16[0][1]cuda:0" = topk_default_10[0]
        topk_default_10_1: "i64[0][1]cuda:0" = topk_default_10[1]
        topk_default_11 = torch.ops.aten.topk.default(image, 1, sorted = True)
        topk_default_11_0: "f32[s0, 3, 8, 1][24, 8, 1, 1]cuda:0" = topk_default_11[0]
        topk_default_11_1: "i64[s0, 3, 8, 1][24, 8, 1, 1]cuda:0" = topk_default_11[1]
        topk_default_12 = torch.ops.aten.topk.default(column, 1, 0, False, True)
        topk_default_12_0: "f32[1, 1][1, 1]cuda:0" = topk_default_12[0]
        topk_default_12_1: "i64[1, 1][1, 1]cuda:0" = topk_default_12[1]
        topk_default_13 = torch.ops.aten.topk.default(tokens_permuted, b, -2, True, False)
        topk_default_13_0: "f32[s0, s1, 8][8*s1, 8, 1]cuda:0" = topk_default_13[0]
        topk_default_13_1: "i64[s0, s1, 8][8*s1, 8, 1]cuda:0" = topk_default_13[1]
        searchsorted_Tensor_0: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Tensor(vector, scalar, out_int32 = False)
        searchsorted_Tensor_1: "i32[s0][1]cuda:0" = torch.ops.aten.searchsorted.Tensor(vector_l, vector_l, out_int32 = True, right = False, sorter = vector_l)
        searchsorted_Tensor_2: "i64[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(fixed, double, sorter = None)
        searchsorted_Tensor_3: "i64[s0, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(pairs, pairs, out_int32 = False, right = True)
        searchsorted_Tensor_4: "i64[s0][1]cuda:0" = torch.ops.aten.searchsorted.Tensor(vector_l, vector_l, right = False)
        searchsorted_Tensor_5: "i32[2*s0, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(double, double, out_int32 = True, side = None)
        searchsorted_Tensor_6: "i64[s0, s1][s1, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(both_l, both)
        searchsorted_Tensor_7: "i64[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(heads_plain, heads_plain, out_int32 = False, sorter = None)
        searchsorted_Tensor_8: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(fixed, matrix_l, out_int32 = False)
        searchsorted_Tensor_9: "i32[s0, s1, 1][s1, 1, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(tokens_f, tokens_one, out_int32 = True)
        searchsorted_Tensor_10: "i64[s0, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(transposed, matrix_l, sorter = None)
        searchsorted_Tensor_11: "i32[s0, 4, s1, 8][32*s1, 8*s1, 8, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(heads_plain, heads_plain, out_int32 = True, right = False, side = None)
        searchsorted_Tensor_12: "i64[s0, s1 + 1][s1 + 1, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(column, next, side = None)
        searchsorted_Tensor_13: "i32[s0, s1, 8][8*s1, 8, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(tokens_one, tokens_front, out_int32 = True)
        searchsorted_Scalar_0: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, a, out_int32 = False, side = None)
        searchsorted_Scalar_1: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(fixed, 0.5)
        searchsorted_Scalar_2: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(fixed, -1, out_int32 = False, right = True)
        searchsorted_Scalar_3: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector_l, 0.5, side = None, sorter = None)
        searchsorted_Scalar_4: "i32[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector_l, True, out_int32 = True, right = False, side = None, sorter = None)
        searchsorted_Scalar_5: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, True, out_int32 = False)
        searchsorted_Scalar_6: "i32[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, 3.0, out_int32 = True, right = True, side = None)
        searchsorted_Scalar_7: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, -1, out_int32 = False, right = False, side = None, sorter = None)
        searchsorted_Scalar_8: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(fixed, -1, right = False)
        searchsorted_Scalar_9: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector_l, 3.0, right = False)
        searchsorted_Scalar_10: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(fixed, 1, right = True, sorter = None)
        searchsorted_Scalar_11: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, 2)
        return ()
