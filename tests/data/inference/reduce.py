class GraphModule(torch.nn.Module):
    def forward(self, vector: "f32[6][1]cuda:0", vector_h: "f16[6][1]cuda:0", strided_vector: "f32[6][2]cuda:0", long_vector: "f32[24][1]cuda:0", integers: "i64[6][1]cuda:0", bytes: "u8[4, 6][6, 1]cuda:0", signed_bytes: "i8[4, 6][6, 1]cuda:0", mask: "b8[4, 6][6, 1]cuda:0", column_mask: "b8[4, 1][1, 1]cuda:0", matrix: "f32[4, 6][6, 1]cuda:0", matrix_b: "bf16[4, 6][6, 1]cuda:0", matrix_h: "f16[4, 6][6, 1]cuda:0", matrix_d: "f64[4, 6][6, 1]cuda:0", matrix_i: "i32[4, 6][6, 1]cuda:0", matrix_l: "i64[4, 6][6, 1]cuda:0", matrix_c: "c64[4, 6][6, 1]cuda:0", matrix_f8: "f8e4m3fn[4, 6][6, 1]cuda:0", transposed: "f32[4, 6][1, 4]cuda:0", transposed_i: "i64[4, 6][1, 4]cuda:0", row: "f32[1, 6][6, 1]cuda:0", column: "f32[4, 1][1, 1]cuda:0", square: "f32[6, 6][6, 1]cuda:0", padded: "f32[4, 6][8, 1]cuda:0", broadcast: "f32[4, 6][0, 1]cuda:0", broadcast_column: "f16[4, 6][1, 0]cuda:0", odd_one: "f32[1, 6][77, 1]cuda:0", odd_last: "f32[4, 1][1, 4]cuda:0", cube: "f32[2, 4, 6][24, 6, 1]cuda:0", cube_b: "bf16[2, 4, 6][24, 6, 1]cuda:0", cube_permuted: "f32[2, 4, 6][1, 12, 2]cuda:0", cube_swapped: "bf16[2, 4, 6][24, 1, 4]cuda:0", cube_one: "f32[2, 1, 6][6, 6, 1]cuda:0", cube_one_swapped: "f32[2, 1, 6][1, 2, 2]cuda:0", cube_sliced: "f32[2, 4, 6][64, 8, 1]cuda:0", cube_front: "f16[2, 4, 6][6, 12, 1]cuda:0", image: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0", image_last: "f32[2, 3, 8, 6][144, 1, 18, 3]cuda:0", image_last_h: "f16[2, 3, 8, 6][144, 1, 18, 3]cuda:0", image_one: "f32[2, 1, 8, 6][48, 1, 6, 1]cuda:0", channel: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0", heads: "bf16[2, 4, 8, 6][192, 6, 24, 1]cuda:0", volume: "f32[2, 3, 4, 2, 5][120, 40, 10, 5, 1]cuda:0", volume_last: "f32[2, 3, 4, 2, 5][120, 1, 30, 15, 3]cuda:0", scalar: "f32[][]cuda:0", scalar_d: "f64[][]cpu", scalar_l: "i64[][]cuda:0", scalar_c: "f32[][]cpu", host: "f32[4, 6][6, 1]cpu", host_i: "i64[4, 6][6, 1]cpu", nothing: "f32[0, 6][6, 1]cuda:0", nothing_inside: "f32[4, 0][1, 1]cuda:0", single: "f32[1, 1, 1][1, 1, 1]cuda:0", pairs: "f32[4, 6, 2][12, 2, 1]cuda:0"):
        sum_default_0: "f32[][]cuda:0" = torch.ops.aten.sum.default(cube_one)
        sum_default_1: "i64[][]cuda:0" = torch.ops.aten.sum.default(scalar_l, dtype = None)
        sum_default_2: "i64[][]cuda:0" = torch.ops.aten.sum.default(bytes)
        sum_default_3: "i64[][]cuda:0" = torch.ops.aten.sum.default(scalar_l)
        sum_default_4: "i64[][]cuda:0" = torch.ops.aten.sum.default(column_mask, dtype = None)
        sum_default_5: "f16[][]cuda:0" = torch.ops.aten.sum.default(matrix_h)
        sum_default_6: "f16[][]cuda:0" = torch.ops.aten.sum.default(vector_h)
        sum_default_7: "f32[][]cuda:0" = torch.ops.aten.sum.default(channel)
        sum_default_8: "i64[][]cuda:0" = torch.ops.aten.sum.default(integers)
        sum_default_9: "i32[][]cuda:0" = torch.ops.aten.sum.default(image, dtype = torch.int32)
        sum_default_10: "f32[][]cuda:0" = torch.ops.aten.sum.default(cube_permuted, dtype = None)
        sum_default_11: "f32[][]cuda:0" = torch.ops.aten.sum.default(cube_one, dtype = None)
        sum_default_12: "c64[][]cuda:0" = torch.ops.aten.sum.default(matrix_c, dtype = None)
        sum_default_13: "i64[][]cpu" = torch.ops.aten.sum.default(scalar_d, dtype = torch.int64)
        sum_dim_IntList_0: "bf16[8][1]cuda:0" = torch.ops.aten.sum.dim_IntList(heads, [3, 0, 1], False)
        sum_dim_IntList_1: "i64[6][1]cuda:0" = torch.ops.aten.sum.dim_IntList(bytes, [0], False)
        sum_dim_IntList_2: "f16[4][1]cuda:0" = torch.ops.aten.sum.dim_IntList(broadcast_column, [1])
        sum_dim_IntList_3: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(cube_one_swapped, None)
        sum_dim_IntList_4: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(long_vector, None, False)
        sum_dim_IntList_5: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(cube, None, False, dtype = None)
        sum_dim_IntList_6: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.sum.dim_IntList(odd_last, None, True, dtype = None)
        sum_dim_IntList_7: "f64[][]cpu" = torch.ops.aten.sum.dim_IntList(scalar_d, None)
        sum_dim_IntList_8: "f64[][]cuda:0" = torch.ops.aten.sum.dim_IntList(matrix_d, None, dtype = None)
        sum_dim_IntList_9: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.sum.dim_IntList(channel, [-4, 1, 2], True)
        sum_dim_IntList_10: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(volume_last, None)
        sum_dim_IntList_11: "i64[][]cuda:0" = torch.ops.aten.sum.dim_IntList(matrix_l, [-2, 1])
        sum_dim_IntList_12: "f32[][]cuda:0" = torch.ops.aten.sum.dim_IntList(cube_one_swapped, [], False)
        sum_dim_IntList_13: "i64[][]cuda:0" = torch.ops.aten.sum.dim_IntList(vector, None, False, dtype = torch.int64)
        nansum_default_0: "f32[1][1]cuda:0" = torch.ops.aten.nansum.default(strided_vector, None, True)
        nansum_default_1: "f32[][]cuda:0" = torch.ops.aten.nansum.default(odd_last, None, dtype = None)
        nansum_default_2: "f32[][]cpu" = torch.ops.aten.nansum.default(scalar_c, [], True, dtype = None)
        nansum_default_3: "bf16[][]cuda:0" = torch.ops.aten.nansum.default(matrix_h, [-1, 0], False, dtype = torch.bfloat16)
        nansum_default_4: "f32[][]cuda:0" = torch.ops.aten.nansum.default(image_one)
        nansum_default_5: "i64[][]cuda:0" = torch.ops.aten.nansum.default(signed_bytes)
        nansum_default_6: "f32[2, 3, 4, 2][24, 8, 2, 1]cuda:0" = torch.ops.aten.nansum.default(volume_last, [4], False, dtype = None)
        nansum_default_7: "f64[][]cpu" = torch.ops.aten.nansum.default(scalar_d, keepdim = True, dtype = None)
        nansum_default_8: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.nansum.default(matrix_b, keepdim = True)
        nansum_default_9: "bf16[][]cuda:0" = torch.ops.aten.nansum.default(heads, dtype = None)
        nansum_default_10: "f16[1, 1][1, 1]cuda:0" = torch.ops.aten.nansum.default(matrix_h, keepdim = True)
        nansum_default_11: "bf16[][]cuda:0" = torch.ops.aten.nansum.default(broadcast_column, dtype = torch.bfloat16)
        nansum_default_12: "f32[][]cuda:0" = torch.ops.aten.nansum.default(column, None)
        nansum_default_13: "f32[][]cuda:0" = torch.ops.aten.nansum.default(image, None, False)
        prod_default_0: "f32[][]cuda:0" = torch.ops.aten.prod.default(column, dtype = None)
        prod_default_1: "i64[][]cuda:0" = torch.ops.aten.prod.default(matrix_i)
        prod_default_2: "f32[][]cuda:0" = torch.ops.aten.prod.default(nothing, dtype = None)
        prod_default_3: "c64[][]cuda:0" = torch.ops.aten.prod.default(matrix_c)
        prod_default_4: "f32[][]cuda:0" = torch.ops.aten.prod.default(column)
        prod_default_5: "i32[][]cuda:0" = torch.ops.aten.prod.default(matrix_d, dtype = torch.int32)
        prod_default_6: "i32[][]cuda:0" = torch.ops.aten.prod.default(column, dtype = torch.int32)
        prod_default_7: "f32[][]cuda:0" = torch.ops.aten.prod.default(row, dtype = None)
        prod_default_8: "f64[][]cpu" = torch.ops.aten.prod.default(scalar_d)
        prod_default_9: "i32[][]cuda:0" = torch.ops.aten.prod.default(scalar_l, dtype = torch.int32)
        prod_default_10: "bf16[][]cuda:0" = torch.ops.aten.prod.default(cube_b)
        prod_default_11: "b8[][]cuda:0" = torch.ops.aten.prod.default(cube, dtype = torch.bool)
        prod_default_12: "f32[][]cuda:0" = torch.ops.aten.prod.default(scalar)
        prod_default_13: "bf16[][]cuda:0" = torch.ops.aten.prod.default(vector, dtype = torch.bfloat16)
        prod_dim_int_0: "f32[][]cuda:0" = torch.ops.aten.prod.dim_int(long_vector, 0, dtype = None)
        prod_dim_int_1: "i32[1, 6][6, 1]cuda:0" = torch.ops.aten.prod.dim_int(matrix_f8, -2, True, dtype = torch.int32)
        prod_dim_int_2: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.prod.dim_int(cube_one_swapped, -3, False)
        prod_dim_int_3: "f32[1][1]cuda:0" = torch.ops.aten.prod.dim_int(strided_vector, 0, True, dtype = None)
        prod_dim_int_4: "f32[][]cuda:0" = torch.ops.aten.prod.dim_int(strided_vector, -1)
        prod_dim_int_5: "bf16[1][1]cuda:0" = torch.ops.aten.prod.dim_int(odd_last, 0, dtype = torch.bfloat16)
        prod_dim_int_6: "i32[4][1]cuda:0" = torch.ops.aten.prod.dim_int(signed_bytes, 1, dtype = torch.int32)
        prod_dim_int_7: "f16[][]cuda:0" = torch.ops.aten.prod.dim_int(vector_h, 0, dtype = None)
        prod_dim_int_8: "f32[1, 8, 6][48, 6, 1]cuda:0" = torch.ops.aten.prod.dim_int(image_one, 0)
        prod_dim_int_9: "f32[1, 8, 6][48, 6, 1]cuda:0" = torch.ops.aten.prod.dim_int(image_one, 0, dtype = None)
        prod_dim_int_10: "f16[6][1]cuda:0" = torch.ops.aten.prod.dim_int(matrix_h, -2, False, dtype = None)
        prod_dim_int_11: "i32[6][1]cpu" = torch.ops.aten.prod.dim_int(host_i, -2, dtype = torch.int32)
        prod_dim_int_12: "f32[6][1]cuda:0" = torch.ops.aten.prod.dim_int(square, -1)
        prod_dim_int_13: "i64[4][1]cuda:0" = torch.ops.aten.prod.dim_int(mask, -1, False)
        mean_default_0: "f32[][]cuda:0" = torch.ops.aten.mean.default(matrix, dtype = None)
        mean_default_1: "f32[][]cuda:0" = torch.ops.aten.mean.default(cube_one)
        mean_default_2: "f32[][]cuda:0" = torch.ops.aten.mean.default(matrix)
        mean_default_3: "bf16[][]cuda:0" = torch.ops.aten.mean.default(matrix_b)
        mean_default_4: "f32[][]cuda:0" = torch.ops.aten.mean.default(volume_last)
        mean_default_5: "f32[][]cuda:0" = torch.ops.aten.mean.default(broadcast, dtype = None)
        mean_default_6: "bf16[][]cuda:0" = torch.ops.aten.mean.default(heads)
        mean_default_7: "f32[][]cuda:0" = torch.ops.aten.mean.default(image_one, dtype = torch.float32)
        mean_default_8: "f32[][]cuda:0" = torch.ops.aten.mean.default(cube_sliced, dtype = torch.float32)
        mean_default_9: "f32[][]cuda:0" = torch.ops.aten.mean.default(odd_last, dtype = None)
        mean_default_10: "f32[][]cuda:0" = torch.ops.aten.mean.default(single)
        mean_default_11: "f32[][]cuda:0" = torch.ops.aten.mean.default(row, dtype = torch.float32)
        mean_default_12: "f64[][]cpu" = torch.ops.aten.mean.default(scalar_d)
        mean_default_13: "f16[][]cuda:0" = torch.ops.aten.mean.default(single, dtype = torch.float16)
        mean_dim_0: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(nothing, None, True)
        mean_dim_1: "bf16[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(nothing, None, True, dtype = torch.bfloat16)
        mean_dim_2: "f32[][]cuda:0" = torch.ops.aten.mean.dim(nothing, None, False)
        mean_dim_3: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.mean.dim(single, [2, 0], True, dtype = None)
        mean_dim_4: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(nothing_inside, None, True)
        mean_dim_5: "f32[][]cuda:0" = torch.ops.aten.mean.dim(channel, [-3, 0, 2, 3])
        mean_dim_6: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(odd_one, [1], True, dtype = None)
        mean_dim_7: "f32[][]cuda:0" = torch.ops.aten.mean.dim(cube_permuted, [-2, -3, 2])
        mean_dim_8: "f64[][]cpu" = torch.ops.aten.mean.dim(scalar_d, [], True, dtype = None)
        mean_dim_9: "c64[][]cuda:0" = torch.ops.aten.mean.dim(matrix_c, None, False, dtype = None)
        mean_dim_10: "f32[6][1]cuda:0" = torch.ops.aten.mean.dim(image, [2, 0, 1])
        mean_dim_11: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.mean.dim(odd_last, None, True, dtype = None)
        mean_dim_12: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.mean.dim(pairs, [0, -1, -2], True, dtype = None)
        mean_dim_13: "bf16[][]cuda:0" = torch.ops.aten.mean.dim(cube_swapped, None)
        amax_default_0: "f32[2][1]cuda:0" = torch.ops.aten.amax.default(image_one, [2, 3, -3])
        amax_default_1: "f32[6][1]cuda:0" = torch.ops.aten.amax.default(cube_one, [-3, -2])
        amax_default_2: "f8e4m3fn[1, 1][1, 1]cuda:0" = torch.ops.aten.amax.default(matrix_f8, keepdim = True)
        amax_default_3: "i64[][]cpu" = torch.ops.aten.amax.default(host_i, keepdim = False)
        amax_default_4: "f32[2, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten.amax.default(cube, [1], True)
        amax_default_5: "f32[][]cuda:0" = torch.ops.aten.amax.default(broadcast, keepdim = False)
        amax_default_6: "f32[][]cpu" = torch.ops.aten.amax.default(scalar_c, keepdim = False)
        amax_default_7: "f32[][]cuda:0" = torch.ops.aten.amax.default(image_one, [], False)
        amax_default_8: "i8[][]cuda:0" = torch.ops.aten.amax.default(signed_bytes, keepdim = False)
        amax_default_9: "f16[][]cuda:0" = torch.ops.aten.amax.default(broadcast_column, keepdim = False)
        amax_default_10: "f16[][]cuda:0" = torch.ops.aten.amax.default(matrix_h)
        amax_default_11: "f32[][]cuda:0" = torch.ops.aten.amax.default(transposed, [])
        amax_default_12: "f32[6][1]cuda:0" = torch.ops.aten.amax.default(broadcast, [0])
        amax_default_13: "u8[][]cuda:0" = torch.ops.aten.amax.default(bytes)
        amin_default_0: "i64[][]cuda:0" = torch.ops.aten.amin.default(matrix_l)
        amin_default_1: "bf16[8, 6][6, 1]cuda:0" = torch.ops.aten.amin.default(heads, [0, 1])
        amin_default_2: "b8[][]cuda:0" = torch.ops.aten.amin.default(column_mask, [])
        amin_default_3: "f16[3][1]cuda:0" = torch.ops.aten.amin.default(image_last_h, [0, -2, 3])
        amin_default_4: "f8e4m3fn[][]cuda:0" = torch.ops.aten.amin.default(matrix_f8, keepdim = False)
        amin_default_5: "f32[][]cuda:0" = torch.ops.aten.amin.default(square, [-2, -1])
        amin_default_6: "f32[][]cuda:0" = torch.ops.aten.amin.default(vector)
        amin_default_7: "f32[][]cuda:0" = torch.ops.aten.amin.default(image_one, keepdim = False)
        amin_default_8: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.amin.default(odd_last, [0], True)
        amin_default_9: "f32[][]cuda:0" = torch.ops.aten.amin.default(image_last, keepdim = False)
        amin_default_10: "f64[][]cuda:0" = torch.ops.aten.amin.default(matrix_d, [0, -1])
        amin_default_11: "f32[][]cuda:0" = torch.ops.aten.amin.default(vector, [])
        amin_default_12: "f32[][]cuda:0" = torch.ops.aten.amin.default(strided_vector, keepdim = False)
        amin_default_13: "f32[][]cuda:0" = torch.ops.aten.amin.default(scalar, [])
        max_default_0: "f32[][]cuda:0" = torch.ops.aten.max.default(channel)
        max_default_1: "f32[][]cuda:0" = torch.ops.aten.max.default(cube_sliced)
        max_default_2: "f32[][]cuda:0" = torch.ops.aten.max.default(row)
        max_default_3: "bf16[][]cuda:0" = torch.ops.aten.max.default(heads)
        max_default_4: "f32[][]cuda:0" = torch.ops.aten.max.default(cube_one)
        max_default_5: "bf16[][]cuda:0" = torch.ops.aten.max.default(cube_swapped)
        max_default_6: "f16[][]cuda:0" = torch.ops.aten.max.default(matrix_h)
        max_default_7: "f32[][]cuda:0" = torch.ops.aten.max.default(volume_last)
        max_default_8: "f32[][]cuda:0" = torch.ops.aten.max.default(square)
        max_default_9: "b8[][]cuda:0" = torch.ops.aten.max.default(mask)
        max_default_10: "f32[][]cuda:0" = torch.ops.aten.max.default(image)
        max_default_11: "i64[][]cuda:0" = torch.ops.aten.max.default(transposed_i)
        max_default_12: "i64[][]cuda:0" = torch.ops.aten.max.default(integers)
        max_default_13: "f32[][]cuda:0" = torch.ops.aten.max.default(vector)
        min_default_0: "f32[][]cuda:0" = torch.ops.aten.min.default(long_vector)
        min_default_1: "u8[][]cuda:0" = torch.ops.aten.min.default(bytes)
        min_default_2: "i64[][]cuda:0" = torch.ops.aten.min.default(integers)
        min_default_3: "f16[][]cuda:0" = torch.ops.aten.min.default(vector_h)
        min_default_4: "f32[][]cuda:0" = torch.ops.aten.min.default(volume)
        min_default_5: "f32[][]cuda:0" = torch.ops.aten.min.default(row)
        min_default_6: "f16[][]cuda:0" = torch.ops.aten.min.default(matrix_h)
        min_default_7: "f32[][]cuda:0" = torch.ops.aten.min.default(pairs)
        min_default_8: "i64[][]cuda:0" = torch.ops.aten.min.default(transposed_i)
        min_default_9: "f32[][]cuda:0" = torch.ops.aten.min.default(cube_one_swapped)
        min_default_10: "f32[][]cpu" = torch.ops.aten.min.default(scalar_c)
        min_default_11: "f32[][]cuda:0" = torch.ops.aten.min.default(vector)
        min_default_12: "bf16[][]cuda:0" = torch.ops.aten.min.default(cube_b)
        min_default_13: "f32[][]cuda:0" = torch.ops.aten.min.default(image_last)
        median_default_0: "i64[][]cuda:0" = torch.ops.aten.median.default(integers)
        median_default_1: "f32[][]cuda:0" = torch.ops.aten.median.default(cube)
        median_default_2: "i64[][]cpu" = torch.ops.aten.median.default(host_i)
        median_default_3: "bf16[][]cuda:0" = torch.ops.aten.median.default(heads)
        median_default_4: "f32[][]cuda:0" = torch.ops.aten.median.default(long_vector)
        median_default_5: "f64[][]cuda:0" = torch.ops.aten.median.default(matrix_d)
        median_default_6: "f32[][]cuda:0" = torch.ops.aten.median.default(matrix)
        median_default_7: "i64[][]cuda:0" = torch.ops.aten.median.default(matrix_l)
        median_default_8: "f16[][]cuda:0" = torch.ops.aten.median.default(vector_h)
        median_default_9: "bf16[][]cuda:0" = torch.ops.aten.median.default(matrix_b)
        median_default_10: "f32[][]cuda:0" = torch.ops.aten.median.default(transposed)
        median_default_11: "f16[][]cuda:0" = torch.ops.aten.median.default(cube_front)
        median_default_12: "f32[][]cuda:0" = torch.ops.aten.median.default(square)
        median_default_13: "f8e4m3fn[][]cuda:0" = torch.ops.aten.median.default(matrix_f8)
        nanmedian_default_0: "i64[][]cuda:0" = torch.ops.aten.nanmedian.default(integers)
        nanmedian_default_1: "f64[][]cuda:0" = torch.ops.aten.nanmedian.default(matrix_d)
        nanmedian_default_2: "f8e4m3fn[][]cuda:0" = torch.ops.aten.nanmedian.default(matrix_f8)
        nanmedian_default_3: "f32[][]cpu" = torch.ops.aten.nanmedian.default(scalar_c)
        nanmedian_default_4: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(odd_last)
        nanmedian_default_5: "bf16[][]cuda:0" = torch.ops.aten.nanmedian.default(cube_swapped)
        nanmedian_default_6: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(nothing)
        nanmedian_default_7: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(volume_last)
        nanmedian_default_8: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(cube_sliced)
        nanmedian_default_9: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(transposed)
        nanmedian_default_10: "f16[][]cuda:0" = torch.ops.aten.nanmedian.default(vector_h)
        nanmedian_default_11: "i32[][]cuda:0" = torch.ops.aten.nanmedian.default(matrix_i)
        nanmedian_default_12: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(matrix)
        nanmedian_default_13: "f32[][]cuda:0" = torch.ops.aten.nanmedian.default(cube)
        argmax_default_0: "i64[][]cuda:0" = torch.ops.aten.argmax.default(transposed_i, None, False)
        argmax_default_1: "i64[6][1]cuda:0" = torch.ops.aten.argmax.default(square, -1)
        argmax_default_2: "i64[1][1]cuda:0" = torch.ops.aten.argmax.default(integers, keepdim = True)
        argmax_default_3: "i64[][]cuda:0" = torch.ops.aten.argmax.default(vector, 0, False)
        argmax_default_4: "i64[][]cuda:0" = torch.ops.aten.argmax.default(cube_one)
        argmax_default_5: "i64[][]cuda:0" = torch.ops.aten.argmax.default(integers)
        argmax_default_6: "i64[][]cuda:0" = torch.ops.aten.argmax.default(broadcast_column, None, False)
        argmax_default_7: "i64[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.argmax.default(image_one, keepdim = True)
        argmax_default_8: "i64[][]cpu" = torch.ops.aten.argmax.default(host)
        argmax_default_9: "i64[][]cpu" = torch.ops.aten.argmax.default(scalar_d, keepdim = True)
        argmax_default_10: "i64[][]cuda:0" = torch.ops.aten.argmax.default(odd_last)
        argmax_default_11: "i64[][]cpu" = torch.ops.aten.argmax.default(scalar_c, None, True)
        argmax_default_12: "i64[4][1]cuda:0" = torch.ops.aten.argmax.default(broadcast_column, -1, False)
        argmax_default_13: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.argmax.default(padded, None, True)
        argmin_default_0: "i64[4][1]cpu" = torch.ops.aten.argmin.default(host_i, -1)
        argmin_default_1: "i64[1, 1][1, 1]cuda:0" = torch.ops.aten.argmin.default(column, -2, True)
        argmin_default_2: "i64[6][1]cuda:0" = torch.ops.aten.argmin.default(matrix_f8, 0, False)
        argmin_default_3: "i64[][]cuda:0" = torch.ops.aten.argmin.default(cube_front)
        argmin_default_4: "i64[][]cuda:0" = torch.ops.aten.argmin.default(single, keepdim = False)
        argmin_default_5: "i64[][]cuda:0" = torch.ops.aten.argmin.default(heads)
        argmin_default_6: "i64[][]cuda:0" = torch.ops.aten.argmin.default(cube_one, None, False)
        argmin_default_7: "i64[][]cuda:0" = torch.ops.aten.argmin.default(vector_h, -1, False)
        argmin_default_8: "i64[][]cuda:0" = torch.ops.aten.argmin.default(broadcast_column)
        argmin_default_9: "i64[][]cuda:0" = torch.ops.aten.argmin.default(image_one)
        argmin_default_10: "i64[][]cuda:0" = torch.ops.aten.argmin.default(odd_last, None)
        argmin_default_11: "i64[][]cuda:0" = torch.ops.aten.argmin.default(image, None, False)
        argmin_default_12: "i64[][]cuda:0" = torch.ops.aten.argmin.default(cube)
        argmin_default_13: "i64[][]cuda:0" = torch.ops.aten.argmin.default(pairs, None)
        count_nonzero_default_0: "i64[2, 3, 6][18, 6, 1]cuda:0" = torch.ops.aten.count_nonzero.default(image, 2)
        count_nonzero_default_1: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(bytes)
        count_nonzero_default_2: "i64[][]cpu" = torch.ops.aten.count_nonzero.default(host, None)
        count_nonzero_default_3: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(vector_h)
        count_nonzero_default_4: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(signed_bytes, None)
        count_nonzero_default_5: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(scalar)
        count_nonzero_default_6: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(odd_last)
        count_nonzero_default_7: "i64[4][1]cuda:0" = torch.ops.aten.count_nonzero.default(mask, 1)
        count_nonzero_default_8: "i64[2, 1][1, 1]cuda:0" = torch.ops.aten.count_nonzero.default(cube_one_swapped, 2)
        count_nonzero_default_9: "i64[][]cpu" = torch.ops.aten.count_nonzero.default(scalar_c)
        count_nonzero_default_10: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(image_one)
        count_nonzero_default_11: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(nothing)
        count_nonzero_default_12: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(strided_vector, 0)
        count_nonzero_default_13: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.default(column_mask)
        count_nonzero_dim_IntList_0: "i64[4][1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(matrix_h, [1])
        count_nonzero_dim_IntList_1: "i64[3, 2, 5][10, 5, 1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(volume_last, [0, 2])
        count_nonzero_dim_IntList_2: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(integers, [])
        count_nonzero_dim_IntList_3: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(broadcast_column, [1, 0])
        count_nonzero_dim_IntList_4: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(scalar, [])
        count_nonzero_dim_IntList_5: "i64[][]cpu" = torch.ops.aten.count_nonzero.dim_IntList(scalar_d, [])
        count_nonzero_dim_IntList_6: "i64[6][1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(square, [-2])
        count_nonzero_dim_IntList_7: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(mask, [])
        count_nonzero_dim_IntList_8: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(column_mask, [0, -1])
        count_nonzero_dim_IntList_9: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(vector, [])
        count_nonzero_dim_IntList_10: "i64[][]cpu" = torch.ops.aten.count_nonzero.dim_IntList(host, [1, 0])
        count_nonzero_dim_IntList_11: "i64[6][1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(image_last_h, [2, 0, 1])
        count_nonzero_dim_IntList_12: "i64[][]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(matrix_l, [])
        count_nonzero_dim_IntList_13: "i64[6][1]cuda:0" = torch.ops.aten.count_nonzero.dim_IntList(matrix_h, [0])
        any_default_0: "b8[][]cuda:0" = torch.ops.aten.any.default(cube_sliced)
        any_default_1: "b8[][]cuda:0" = torch.ops.aten.any.default(cube_one_swapped)
        any_default_2: "b8[][]cuda:0" = torch.ops.aten.any.default(image_last)
        any_default_3: "b8[][]cuda:0" = torch.ops.aten.any.default(vector_h)
        any_default_4: "b8[][]cuda:0" = torch.ops.aten.any.default(image_one)
        any_default_5: "b8[][]cuda:0" = torch.ops.aten.any.default(matrix_b)
        any_default_6: "b8[][]cuda:0" = torch.ops.aten.any.default(column_mask)
        any_default_7: "b8[][]cuda:0" = torch.ops.aten.any.default(padded)
        any_default_8: "b8[][]cuda:0" = torch.ops.aten.any.default(broadcast)
        any_default_9: "b8[][]cuda:0" = torch.ops.aten.any.default(cube_front)
        any_default_10: "b8[][]cpu" = torch.ops.aten.any.default(scalar_c)
        any_default_11: "b8[][]cuda:0" = torch.ops.aten.any.default(strided_vector)
        any_default_12: "b8[][]cuda:0" = torch.ops.aten.any.default(matrix_f8)
        any_default_13: "b8[][]cuda:0" = torch.ops.aten.any.default(matrix_h)
        any_dim_0: "b8[][]cuda:0" = torch.ops.aten.any.dim(scalar, 0, False)
        any_dim_1: "b8[6][1]cuda:0" = torch.ops.aten.any.dim(signed_bytes, -2)
        any_dim_2: "b8[4, 1][1, 1]cuda:0" = torch.ops.aten.any.dim(column_mask, 1, True)
        any_dim_3: "b8[6][1]cuda:0" = torch.ops.aten.any.dim(square, 1, False)
        any_dim_4: "b8[4, 1][1, 1]cuda:0" = torch.ops.aten.any.dim(matrix_d, -1, True)
        any_dim_5: "b8[6][1]cuda:0" = torch.ops.aten.any.dim(broadcast_column, -2)
        any_dim_6: "b8[][]cuda:0" = torch.ops.aten.any.dim(vector, -1)
        any_dim_7: "b8[4, 1][1, 1]cuda:0" = torch.ops.aten.any.dim(padded, 1, True)
        any_dim_8: "b8[4, 6, 1][6, 1, 1]cuda:0" = torch.ops.aten.any.dim(pairs, 2, True)
        any_dim_9: "b8[2, 4][4, 1]cuda:0" = torch.ops.aten.any.dim(cube, -1)
        any_dim_10: "b8[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.any.dim(channel, -3)
        any_dim_11: "u8[4][1]cuda:0" = torch.ops.aten.any.dim(bytes, -1)
        any_dim_12: "b8[1, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.any.dim(image, -4, True)
        any_dim_13: "b8[1, 6][6, 1]cpu" = torch.ops.aten.any.dim(host_i, 0, True)
        any_dims_0: "b8[][]cpu" = torch.ops.aten.any.dims(host_i, None)
        any_dims_1: "b8[][]cuda:0" = torch.ops.aten.any.dims(column, keepdim = False)
        any_dims_2: "b8[][]cuda:0" = torch.ops.aten.any.dims(matrix_c, keepdim = False)
        any_dims_3: "u8[][]cuda:0" = torch.ops.aten.any.dims(bytes)
        any_dims_4: "b8[][]cpu" = torch.ops.aten.any.dims(scalar_d, keepdim = True)
        any_dims_5: "b8[][]cuda:0" = torch.ops.aten.any.dims(odd_last, keepdim = False)
        any_dims_6: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.any.dims(row, keepdim = True)
        any_dims_7: "b8[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.any.dims(channel, keepdim = True)
        any_dims_8: "b8[][]cuda:0" = torch.ops.aten.any.dims(channel)
        any_dims_9: "b8[][]cuda:0" = torch.ops.aten.any.dims(row, keepdim = False)
        any_dims_10: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.any.dims(matrix_f8, None, True)
        any_dims_11: "b8[][]cuda:0" = torch.ops.aten.any.dims(strided_vector)
        any_dims_12: "b8[2, 4, 6][24, 1, 4]cuda:0" = torch.ops.aten.any.dims(cube_swapped, [])
        any_dims_13: "b8[][]cuda:0" = torch.ops.aten.any.dims(long_vector)
        all_default_0: "b8[][]cuda:0" = torch.ops.aten.all.default(volume)
        all_default_1: "b8[][]cuda:0" = torch.ops.aten.all.default(cube_sliced)
        all_default_2: "b8[][]cuda:0" = torch.ops.aten.all.default(cube_one_swapped)
        all_default_3: "b8[][]cuda:0" = torch.ops.aten.all.default(mask)
        all_default_4: "b8[][]cuda:0" = torch.ops.aten.all.default(cube_permuted)
        all_default_5: "b8[][]cuda:0" = torch.ops.aten.all.default(column)
        all_default_6: "b8[][]cuda:0" = torch.ops.aten.all.default(cube_b)
        all_default_7: "b8[][]cuda:0" = torch.ops.aten.all.default(matrix_h)
        all_default_8: "b8[][]cuda:0" = torch.ops.aten.all.default(cube_front)
        all_default_9: "b8[][]cuda:0" = torch.ops.aten.all.default(single)
        all_default_10: "b8[][]cpu" = torch.ops.aten.all.default(scalar_c)
        all_default_11: "b8[][]cuda:0" = torch.ops.aten.all.default(heads)
        all_default_12: "b8[][]cuda:0" = torch.ops.aten.all.default(matrix_i)
        all_default_13: "b8[][]cpu" = torch.ops.aten.all.default(scalar_d)
        all_dim_0: "b8[4, 1][1, 1]cuda:0" = torch.ops.aten.all.dim(matrix_b, -1, True)
        all_dim_1: "b8[2, 6][6, 1]cuda:0" = torch.ops.aten.all.dim(cube_one, 1)
        all_dim_2: "b8[][]cuda:0" = torch.ops.aten.all.dim(integers, 0)
        all_dim_3: "b8[2, 6][6, 1]cuda:0" = torch.ops.aten.all.dim(cube_front, 1)
        all_dim_4: "b8[6][1]cuda:0" = torch.ops.aten.all.dim(matrix_h, 0, False)
        all_dim_5: "u8[6][1]cuda:0" = torch.ops.aten.all.dim(bytes, -2, False)
        all_dim_6: "b8[1, 6][6, 1]cuda:0" = torch.ops.aten.all.dim(square, -2, True)
        all_dim_7: "b8[2, 1, 8, 6][48, 48, 6, 1]cuda:0" = torch.ops.aten.all.dim(image_last, -3, True)
        all_dim_8: "b8[6][1]cuda:0" = torch.ops.aten.all.dim(padded, 0)
        all_dim_9: "b8[][]cuda:0" = torch.ops.aten.all.dim(strided_vector, 0)
        all_dim_10: "b8[6][1]cuda:0" = torch.ops.aten.all.dim(broadcast, -2)
        all_dim_11: "u8[1, 6][6, 1]cuda:0" = torch.ops.aten.all.dim(bytes, 0, True)
        all_dim_12: "b8[4][1]cuda:0" = torch.ops.aten.all.dim(matrix_c, 1)
        all_dim_13: "b8[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.all.dim(heads, 2, False)
        all_dims_0: "b8[][]cpu" = torch.ops.aten.all.dims(scalar_d, keepdim = False)
        all_dims_1: "b8[][]cuda:0" = torch.ops.aten.all.dims(heads)
        all_dims_2: "b8[][]cuda:0" = torch.ops.aten.all.dims(single)
        all_dims_3: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.all.dims(broadcast_column, None, True)
        all_dims_4: "b8[][]cuda:0" = torch.ops.aten.all.dims(matrix_d, None)
        all_dims_5: "b8[][]cuda:0" = torch.ops.aten.all.dims(matrix, keepdim = False)
        all_dims_6: "b8[][]cuda:0" = torch.ops.aten.all.dims(scalar_l, None)
        all_dims_7: "b8[][]cuda:0" = torch.ops.aten.all.dims(matrix_f8, keepdim = False)
        all_dims_8: "b8[][]cuda:0" = torch.ops.aten.all.dims(image, keepdim = False)
        all_dims_9: "b8[][]cuda:0" = torch.ops.aten.all.dims(image_one, keepdim = False)
        all_dims_10: "u8[][]cuda:0" = torch.ops.aten.all.dims(bytes)
        all_dims_11: "b8[1, 1][1, 1]cuda:0" = torch.ops.aten.all.dims(matrix_l, keepdim = True)
        all_dims_12: "b8[][]cuda:0" = torch.ops.aten.all.dims(matrix_h, keepdim = False)
        all_dims_13: "b8[][]cuda:0" = torch.ops.aten.all.dims(padded, None)
        var_default_0: "f32[][]cuda:0" = torch.ops.aten.var.default(cube, False)
        var_default_1: "f16[][]cuda:0" = torch.ops.aten.var.default(image_last_h, True)
        var_default_2: "f16[][]cuda:0" = torch.ops.aten.var.default(vector_h, False)
        var_default_3: "f32[][]cpu" = torch.ops.aten.var.default(scalar_c)
        var_default_4: "f32[][]cuda:0" = torch.ops.aten.var.default(pairs)
        var_default_5: "f32[][]cuda:0" = torch.ops.aten.var.default(image, True)
        var_default_6: "f32[][]cuda:0" = torch.ops.aten.var.default(channel, True)
        var_default_7: "f32[][]cuda:0" = torch.ops.aten.var.default(odd_last, True)
        var_default_8: "f32[][]cuda:0" = torch.ops.aten.var.default(cube_one, False)
        var_default_9: "f32[][]cuda:0" = torch.ops.aten.var.default(pairs, True)
        var_default_10: "f32[][]cuda:0" = torch.ops.aten.var.default(square, True)
        var_default_11: "bf16[][]cuda:0" = torch.ops.aten.var.default(matrix_b)
        var_default_12: "f32[][]cuda:0" = torch.ops.aten.var.default(image_last, False)
        var_default_13: "f32[][]cpu" = torch.ops.aten.var.default(host, False)
        var_dim_0: "bf16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.var.dim(cube_swapped, None, True, True)
        var_dim_1: "f32[6][1]cuda:0" = torch.ops.aten.var.dim(pairs, [2, -3], keepdim = False)
        var_dim_2: "f32[][]cpu" = torch.ops.aten.var.dim(host, None, keepdim = False)
        var_dim_3: "f32[][]cuda:0" = torch.ops.aten.var.dim(cube_one, None)
        var_dim_4: "f32[][]cuda:0" = torch.ops.aten.var.dim(padded, None)
        var_dim_5: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.var.dim(column, [0], keepdim = True)
        var_dim_6: "f64[][]cuda:0" = torch.ops.aten.var.dim(matrix_d, [-2, 1], True)
        var_dim_7: "f32[][]cuda:0" = torch.ops.aten.var.dim(image_one, [-2, 1, 0, 3], False, False)
        var_dim_8: "f16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.var.dim(image_last_h, None, keepdim = True)
        var_dim_9: "f32[][]cuda:0" = torch.ops.aten.var.dim(long_vector, [0], keepdim = False)
        var_dim_10: "f32[][]cuda:0" = torch.ops.aten.var.dim(long_vector, None, False, False)
        var_dim_11: "f32[][]cuda:0" = torch.ops.aten.var.dim(image_last, None)
        var_dim_12: "f32[6][1]cuda:0" = torch.ops.aten.var.dim(nothing, [0], False)
        var_dim_13: "f32[][]cuda:0" = torch.ops.aten.var.dim(nothing_inside, [], True, False)
        var_correction_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.var.correction(single, keepdim = True)
        var_correction_1: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.var.correction(image_last, None, correction = None, keepdim = True)
        var_correction_2: "f32[][]cuda:0" = torch.ops.aten.var.correction(cube_one, [0, 1, 2])
        var_correction_3: "f32[][]cuda:0" = torch.ops.aten.var.correction(matrix_c, None, keepdim = False)
        var_correction_4: "f32[][]cuda:0" = torch.ops.aten.var.correction(padded, None)
        var_correction_5: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.var.correction(cube_one, keepdim = True)
        var_correction_6: "f32[][]cuda:0" = torch.ops.aten.var.correction(broadcast)
        var_correction_7: "f32[][]cuda:0" = torch.ops.aten.var.correction(cube, [])
        var_correction_8: "f32[][]cuda:0" = torch.ops.aten.var.correction(image, None, keepdim = False)
        var_correction_9: "f32[][]cpu" = torch.ops.aten.var.correction(scalar_c, [], correction = None)
        var_correction_10: "f32[][]cuda:0" = torch.ops.aten.var.correction(channel)
        var_correction_11: "f32[][]cuda:0" = torch.ops.aten.var.correction(nothing, [])
        var_correction_12: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.var.correction(cube_sliced, correction = None, keepdim = True)
        var_correction_13: "f32[][]cuda:0" = torch.ops.aten.var.correction(vector, [], correction = 3.0, keepdim = False)
        std_default_0: "f32[][]cuda:0" = torch.ops.aten.std.default(cube)
        std_default_1: "f32[][]cuda:0" = torch.ops.aten.std.default(matrix_c, True)
        std_default_2: "f32[][]cuda:0" = torch.ops.aten.std.default(padded)
        std_default_3: "bf16[][]cuda:0" = torch.ops.aten.std.default(cube_b)
        std_default_4: "f32[][]cuda:0" = torch.ops.aten.std.default(scalar)
        std_default_5: "f16[][]cuda:0" = torch.ops.aten.std.default(cube_front)
        std_default_6: "f32[][]cuda:0" = torch.ops.aten.std.default(pairs)
        std_default_7: "f32[][]cuda:0" = torch.ops.aten.std.default(channel)
        std_default_8: "f64[][]cpu" = torch.ops.aten.std.default(scalar_d, True)
        std_default_9: "bf16[][]cuda:0" = torch.ops.aten.std.default(matrix_b, False)
        std_default_10: "f64[][]cuda:0" = torch.ops.aten.std.default(matrix_d, True)
        std_default_11: "f32[][]cuda:0" = torch.ops.aten.std.default(matrix, True)
        std_default_12: "f32[][]cuda:0" = torch.ops.aten.std.default(volume_last, True)
        std_default_13: "f32[][]cuda:0" = torch.ops.aten.std.default(long_vector, False)
        std_dim_0: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.std.dim(odd_one, None, keepdim = True)
        std_dim_1: "f32[][]cuda:0" = torch.ops.aten.std.dim(matrix, None)
        std_dim_2: "f16[1][1]cuda:0" = torch.ops.aten.std.dim(vector_h, None, keepdim = True)
        std_dim_3: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.dim(cube_one, None, keepdim = True)
        std_dim_4: "f32[2, 1, 4, 2, 5][40, 40, 10, 5, 1]cuda:0" = torch.ops.aten.std.dim(volume_last, [1], True, True)
        std_dim_5: "f16[][]cuda:0" = torch.ops.aten.std.dim(broadcast_column, [1, 0], keepdim = False)
        std_dim_6: "f16[][]cuda:0" = torch.ops.aten.std.dim(broadcast_column, [0, -1])
        std_dim_7: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.dim(cube_one_swapped, None, True, True)
        std_dim_8: "f16[][]cuda:0" = torch.ops.aten.std.dim(image_last_h, None)
        std_dim_9: "f16[][]cuda:0" = torch.ops.aten.std.dim(vector_h, None)
        std_dim_10: "bf16[4][1]cuda:0" = torch.ops.aten.std.dim(matrix_b, [1])
        std_dim_11: "f32[][]cpu" = torch.ops.aten.std.dim(host, [0, 1], True)
        std_dim_12: "f32[][]cuda:0" = torch.ops.aten.std.dim(matrix, None, False)
        std_dim_13: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.std.dim(matrix_c, None, keepdim = True)
        std_correction_0: "f64[][]cuda:0" = torch.ops.aten.std.correction(matrix_d, None, correction = -1)
        std_correction_1: "f32[][]cuda:0" = torch.ops.aten.std.correction(long_vector, None, correction = None)
        std_correction_2: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.std.correction(heads, keepdim = True)
        std_correction_3: "f32[][]cuda:0" = torch.ops.aten.std.correction(broadcast, None)
        std_correction_4: "f32[][]cuda:0" = torch.ops.aten.std.correction(long_vector, correction = 3.0)
        std_correction_5: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.correction(single, keepdim = True)
        std_correction_6: "f32[][]cuda:0" = torch.ops.aten.std.correction(cube_one_swapped, None)
        std_correction_7: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.std.correction(channel, correction = -1, keepdim = True)
        std_correction_8: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.std.correction(image_one, [3, 1, 0, -2], correction = None, keepdim = True)
        std_correction_9: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.std.correction(single, [0, 2, -2], keepdim = True)
        std_correction_10: "f16[][]cuda:0" = torch.ops.aten.std.correction(cube_front)
        std_correction_11: "bf16[2, 4][4, 1]cuda:0" = torch.ops.aten.std.correction(cube_b, [-1])
        std_correction_12: "f32[][]cuda:0" = torch.ops.aten.std.correction(broadcast)
        std_correction_13: "f32[][]cuda:0" = torch.ops.aten.std.correction(strided_vector, correction = -1, keepdim = False)
        norm_Scalar_0: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(image_one)
        norm_Scalar_1: "bf16[][]cuda:0" = torch.ops.aten.norm.Scalar(heads, 0)
        norm_Scalar_2: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(channel, 0.5)
        norm_Scalar_3: "f16[][]cuda:0" = torch.ops.aten.norm.Scalar(vector_h)
        norm_Scalar_4: "f64[][]cpu" = torch.ops.aten.norm.Scalar(scalar_d)
        norm_Scalar_5: "f16[][]cuda:0" = torch.ops.aten.norm.Scalar(matrix_h)
        norm_Scalar_6: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(odd_one, 0)
        norm_Scalar_7: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(broadcast, -1)
        norm_Scalar_8: "bf16[][]cuda:0" = torch.ops.aten.norm.Scalar(matrix_b)
        norm_Scalar_9: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(cube_permuted)
        norm_Scalar_10: "f32[][]cuda:0" = torch.ops.aten.norm.Scalar(cube_permuted, 0)
        norm_Scalar_11: "f32[][]cpu" = torch.ops.aten.norm.Scalar(host)
        norm_Scalar_12: "bf16[][]cuda:0" = torch.ops.aten.norm.Scalar(heads)
        norm_Scalar_13: "f16[][]cuda:0" = torch.ops.aten.norm.Scalar(image_last_h, -1)
        norm_ScalarOpt_dtype_0: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(matrix_b, 3.0, dtype = torch.bfloat16)
        norm_ScalarOpt_dtype_1: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(image_one, 0.5, dtype = torch.float32)
        norm_ScalarOpt_dtype_2: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(cube_sliced, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_3: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(cube_front, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_4: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(vector_h, 0.5, dtype = torch.float32)
        norm_ScalarOpt_dtype_5: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(nothing_inside, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_6: "f16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(vector_h, 0.5, dtype = torch.float16)
        norm_ScalarOpt_dtype_7: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(nothing_inside, 2, dtype = torch.float32)
        norm_ScalarOpt_dtype_8: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(cube_b, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_9: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(cube_one_swapped, None, dtype = torch.float32)
        norm_ScalarOpt_dtype_10: "f16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(cube_front, None, dtype = torch.float16)
        norm_ScalarOpt_dtype_11: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(pairs, 0, dtype = torch.float32)
        norm_ScalarOpt_dtype_12: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(pairs, True, dtype = torch.float32)
        norm_ScalarOpt_dtype_13: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dtype(matrix_b, True, dtype = torch.float32)
        norm_ScalarOpt_dim_0: "f16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(cube_front, None, [0, -1, 1], True)
        norm_ScalarOpt_dim_1: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(row, None, [1, 0], True)
        norm_ScalarOpt_dim_2: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(scalar, None, [])
        norm_ScalarOpt_dim_3: "f64[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(matrix_d, 2, [0, 1], True)
        norm_ScalarOpt_dim_4: "bf16[4][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(matrix_b, 3.0, [1])
        norm_ScalarOpt_dim_5: "f16[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(broadcast_column, 0, [1, -2], True)
        norm_ScalarOpt_dim_6: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(matrix_b, 0.5, [1, 0], False)
        norm_ScalarOpt_dim_7: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(cube_sliced, None, [-3])
        norm_ScalarOpt_dim_8: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(odd_one, 3.0, [1, 0])
        norm_ScalarOpt_dim_9: "f32[6][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(broadcast, 2, [0])
        norm_ScalarOpt_dim_10: "bf16[2, 6][6, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(cube_swapped, -1, [1])
        norm_ScalarOpt_dim_11: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(cube_permuted, 2, [-3, -2, -1])
        norm_ScalarOpt_dim_12: "f32[3, 4, 5][20, 5, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(volume, None, [3, 0])
        norm_ScalarOpt_dim_13: "f8e4m3fn[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim(matrix_f8, True, [-2, 1])
        norm_ScalarOpt_dim_dtype_0: "f32[1, 3, 1, 1, 5][15, 5, 5, 5, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(volume_last, None, [2, -5, 3], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_1: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(square, 3.0, [], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_2: "f32[2, 6][6, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(image_last, None, [-2, 1], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_3: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(odd_one, 0.5, [1, 0], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_4: "bf16[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(matrix_b, None, [], False, dtype = torch.bfloat16)
        norm_ScalarOpt_dim_dtype_5: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(cube_b, None, [], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_6: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(scalar, 0.5, [], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_7: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(cube_one_swapped, None, [], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_8: "f32[][]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(long_vector, None, [], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_9: "f32[][]cpu" = torch.ops.aten.norm.ScalarOpt_dim_dtype(scalar_c, None, [], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_10: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(square, 0, [0, 1], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_11: "f32[4][1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(column, -1, [1], False, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_12: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(single, None, [2, -3, -2], True, dtype = torch.float32)
        norm_ScalarOpt_dim_dtype_13: "f32[1, 1][1, 1]cuda:0" = torch.ops.aten.norm.ScalarOpt_dim_dtype(nothing, True, [0, 1], True, dtype = torch.float32)
        linalg_vector_norm_default_0: "f16[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(broadcast_column, 0.5)
        linalg_vector_norm_default_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.linalg_vector_norm.default(cube_sliced, dim = None, keepdim = True)
        linalg_vector_norm_default_2: "f32[][]cpu" = torch.ops.aten.linalg_vector_norm.default(scalar_c, True, [])
        linalg_vector_norm_default_3: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(odd_one, True, None)
        linalg_vector_norm_default_4: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(vector, 2, keepdim = False)
        linalg_vector_norm_default_5: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(nothing_inside, 3.0, keepdim = False, dtype = None)
        linalg_vector_norm_default_6: "f16[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.linalg_vector_norm.default(cube_front, True, None, True)
        linalg_vector_norm_default_7: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(broadcast, keepdim = False)
        linalg_vector_norm_default_8: "f32[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = torch.ops.aten.linalg_vector_norm.default(image_last, True, None, True)
        linalg_vector_norm_default_9: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.linalg_vector_norm.default(cube_permuted, dim = None, keepdim = True)
        linalg_vector_norm_default_10: "f32[2, 1][1, 1]cuda:0" = torch.ops.aten.linalg_vector_norm.default(image_one, dim = [2, 3], dtype = None)
        linalg_vector_norm_default_11: "f8e4m3fn[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(matrix_f8)
        linalg_vector_norm_default_12: "f64[][]cpu" = torch.ops.aten.linalg_vector_norm.default(scalar_d, 2, dtype = None)
        linalg_vector_norm_default_13: "f32[][]cuda:0" = torch.ops.aten.linalg_vector_norm.default(scalar)
        logsumexp_default_0: "f32[][]cpu" = torch.ops.aten.logsumexp.default(scalar_c, [], True)
        logsumexp_default_1: "f64[][]cpu" = torch.ops.aten.logsumexp.default(scalar_d, [])
        logsumexp_default_2: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(transposed_i, [0, 1])
        logsumexp_default_3: "f32[1, 1][1, 1]cpu" = torch.ops.aten.logsumexp.default(host, [], True)
        logsumexp_default_4: "f32[4, 1][1, 1]cuda:0" = torch.ops.aten.logsumexp.default(broadcast, [1], True)
        logsumexp_default_5: "f32[2, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.logsumexp.default(cube, [2, 1], True)
        logsumexp_default_6: "f32[1, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten.logsumexp.default(cube_sliced, [1, -3], True)
        logsumexp_default_7: "f32[1][1]cuda:0" = torch.ops.aten.logsumexp.default(row, [1], False)
        logsumexp_default_8: "f32[1][1]cuda:0" = torch.ops.aten.logsumexp.default(strided_vector, [], True)
        logsumexp_default_9: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(square, [1, 0], False)
        logsumexp_default_10: "f32[4][1]cuda:0" = torch.ops.aten.logsumexp.default(matrix_i, [1], False)
        logsumexp_default_11: "f32[2, 4][4, 1]cuda:0" = torch.ops.aten.logsumexp.default(cube_sliced, [2], False)
        logsumexp_default_12: "f32[][]cpu" = torch.ops.aten.logsumexp.default(scalar_c, [])
        logsumexp_default_13: "f32[][]cuda:0" = torch.ops.aten.logsumexp.default(integers, [-1])
        max_dim_0 = torch.ops.aten.max.dim(signed_bytes, -2)
        max_dim_0_0: "i8[6][1]cuda:0" = max_dim_0[0]
        max_dim_0_1: "i64[6][1]cuda:0" = max_dim_0[1]
        max_dim_1 = torch.ops.aten.max.dim(channel, 3, False)
        max_dim_1_0: "f32[1, 3, 1][3, 1, 1]cuda:0" = max_dim_1[0]
        max_dim_1_1: "i64[1, 3, 1][3, 1, 1]cuda:0" = max_dim_1[1]
        max_dim_2 = torch.ops.aten.max.dim(strided_vector, -1)
        max_dim_2_0: "f32[][]cuda:0" = max_dim_2[0]
        max_dim_2_1: "i64[][]cuda:0" = max_dim_2[1]
        max_dim_3 = torch.ops.aten.max.dim(column_mask, -1, True)
        max_dim_3_0: "b8[4, 1][1, 1]cuda:0" = max_dim_3[0]
        max_dim_3_1: "i64[4, 1][1, 1]cuda:0" = max_dim_3[1]
        max_dim_4 = torch.ops.aten.max.dim(cube_sliced, 1, True)
        max_dim_4_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = max_dim_4[0]
        max_dim_4_1: "i64[2, 1, 6][6, 6, 1]cuda:0" = max_dim_4[1]
        max_dim_5 = torch.ops.aten.max.dim(scalar_d, 0)
        max_dim_5_0: "f64[][]cpu" = max_dim_5[0]
        max_dim_5_1: "i64[][]cpu" = max_dim_5[1]
        max_dim_6 = torch.ops.aten.max.dim(heads, 3)
        max_dim_6_0: "bf16[2, 4, 8][32, 8, 1]cuda:0" = max_dim_6[0]
        max_dim_6_1: "i64[2, 4, 8][32, 8, 1]cuda:0" = max_dim_6[1]
        max_dim_7 = torch.ops.aten.max.dim(matrix_b, 0)
        max_dim_7_0: "bf16[6][1]cuda:0" = max_dim_7[0]
        max_dim_7_1: "i64[6][1]cuda:0" = max_dim_7[1]
        max_dim_8 = torch.ops.aten.max.dim(channel, 1)
        max_dim_8_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = max_dim_8[0]
        max_dim_8_1: "i64[1, 1, 1][1, 1, 1]cuda:0" = max_dim_8[1]
        max_dim_9 = torch.ops.aten.max.dim(vector_h, 0, True)
        max_dim_9_0: "f16[1][1]cuda:0" = max_dim_9[0]
        max_dim_9_1: "i64[1][1]cuda:0" = max_dim_9[1]
        max_dim_10 = torch.ops.aten.max.dim(broadcast, 1)
        max_dim_10_0: "f32[4][1]cuda:0" = max_dim_10[0]
        max_dim_10_1: "i64[4][1]cuda:0" = max_dim_10[1]
        max_dim_11 = torch.ops.aten.max.dim(matrix_h, -1)
        max_dim_11_0: "f16[4][1]cuda:0" = max_dim_11[0]
        max_dim_11_1: "i64[4][1]cuda:0" = max_dim_11[1]
        max_dim_12 = torch.ops.aten.max.dim(nothing, -1, True)
        max_dim_12_0: "f32[0, 1][1, 1]cuda:0" = max_dim_12[0]
        max_dim_12_1: "i64[0, 1][1, 1]cuda:0" = max_dim_12[1]
        max_dim_13 = torch.ops.aten.max.dim(column_mask, 1, True)
        max_dim_13_0: "b8[4, 1][1, 1]cuda:0" = max_dim_13[0]
        max_dim_13_1: "i64[4, 1][1, 1]cuda:0" = max_dim_13[1]
        min_dim_0 = torch.ops.aten.min.dim(volume, 1, False)
        min_dim_0_0: "f32[2, 4, 2, 5][40, 10, 5, 1]cuda:0" = min_dim_0[0]
        min_dim_0_1: "i64[2, 4, 2, 5][40, 10, 5, 1]cuda:0" = min_dim_0[1]
        min_dim_1 = torch.ops.aten.min.dim(column_mask, 0, False)
        min_dim_1_0: "b8[1][1]cuda:0" = min_dim_1[0]
        min_dim_1_1: "i64[1][1]cuda:0" = min_dim_1[1]
        min_dim_2 = torch.ops.aten.min.dim(odd_last, 1)
        min_dim_2_0: "f32[4][1]cuda:0" = min_dim_2[0]
        min_dim_2_1: "i64[4][1]cuda:0" = min_dim_2[1]
        min_dim_3 = torch.ops.aten.min.dim(signed_bytes, 1)
        min_dim_3_0: "i8[4][1]cuda:0" = min_dim_3[0]
        min_dim_3_1: "i64[4][1]cuda:0" = min_dim_3[1]
        min_dim_4 = torch.ops.aten.min.dim(transposed_i, -2, True)
        min_dim_4_0: "i64[1, 6][6, 1]cuda:0" = min_dim_4[0]
        min_dim_4_1: "i64[1, 6][6, 1]cuda:0" = min_dim_4[1]
        min_dim_5 = torch.ops.aten.min.dim(matrix_h, 1, True)
        min_dim_5_0: "f16[4, 1][1, 1]cuda:0" = min_dim_5[0]
        min_dim_5_1: "i64[4, 1][1, 1]cuda:0" = min_dim_5[1]
        min_dim_6 = torch.ops.aten.min.dim(strided_vector, 0, False)
        min_dim_6_0: "f32[][]cuda:0" = min_dim_6[0]
        min_dim_6_1: "i64[][]cuda:0" = min_dim_6[1]
        min_dim_7 = torch.ops.aten.min.dim(column, 0)
        min_dim_7_0: "f32[1][1]cuda:0" = min_dim_7[0]
        min_dim_7_1: "i64[1][1]cuda:0" = min_dim_7[1]
        min_dim_8 = torch.ops.aten.min.dim(channel, 2, True)
        min_dim_8_0: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = min_dim_8[0]
        min_dim_8_1: "i64[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = min_dim_8[1]
        min_dim_9 = torch.ops.aten.min.dim(scalar, -1)
        min_dim_9_0: "f32[][]cuda:0" = min_dim_9[0]
        min_dim_9_1: "i64[][]cuda:0" = min_dim_9[1]
        min_dim_10 = torch.ops.aten.min.dim(scalar, 0, False)
        min_dim_10_0: "f32[][]cuda:0" = min_dim_10[0]
        min_dim_10_1: "i64[][]cuda:0" = min_dim_10[1]
        min_dim_11 = torch.ops.aten.min.dim(matrix_f8, 0, True)
        min_dim_11_0: "f8e4m3fn[1, 6][6, 1]cuda:0" = min_dim_11[0]
        min_dim_11_1: "i64[1, 6][6, 1]cuda:0" = min_dim_11[1]
        min_dim_12 = torch.ops.aten.min.dim(scalar_c, -1)
        min_dim_12_0: "f32[][]cpu" = min_dim_12[0]
        min_dim_12_1: "i64[][]cpu" = min_dim_12[1]
        min_dim_13 = torch.ops.aten.min.dim(padded, -2, True)
        min_dim_13_0: "f32[1, 6][6, 1]cuda:0" = min_dim_13[0]
        min_dim_13_1: "i64[1, 6][6, 1]cuda:0" = min_dim_13[1]
        median_dim_0 = torch.ops.aten.median.dim(odd_last, -1)
        median_dim_0_0: "f32[4][1]cuda:0" = median_dim_0[0]
        median_dim_0_1: "i64[4][1]cuda:0" = median_dim_0[1]
        median_dim_1 = torch.ops.aten.median.dim(matrix_b, -1)
        median_dim_1_0: "bf16[4][1]cuda:0" = median_dim_1[0]
        median_dim_1_1: "i64[4][1]cuda:0" = median_dim_1[1]
        median_dim_2 = torch.ops.aten.median.dim(odd_last, 0, True)
        median_dim_2_0: "f32[1, 1][1, 1]cuda:0" = median_dim_2[0]
        median_dim_2_1: "i64[1, 1][1, 1]cuda:0" = median_dim_2[1]
        median_dim_3 = torch.ops.aten.median.dim(row, 1)
        median_dim_3_0: "f32[1][1]cuda:0" = median_dim_3[0]
        median_dim_3_1: "i64[1][1]cuda:0" = median_dim_3[1]
        median_dim_4 = torch.ops.aten.median.dim(bytes, -1, True)
        median_dim_4_0: "u8[4, 1][1, 1]cuda:0" = median_dim_4[0]
        median_dim_4_1: "i64[4, 1][1, 1]cuda:0" = median_dim_4[1]
        median_dim_5 = torch.ops.aten.median.dim(transposed, 1)
        median_dim_5_0: "f32[4][1]cuda:0" = median_dim_5[0]
        median_dim_5_1: "i64[4][1]cuda:0" = median_dim_5[1]
        median_dim_6 = torch.ops.aten.median.dim(image, -2, True)
        median_dim_6_0: "f32[2, 3, 1, 6][18, 6, 6, 1]cuda:0" = median_dim_6[0]
        median_dim_6_1: "i64[2, 3, 1, 6][18, 6, 6, 1]cuda:0" = median_dim_6[1]
        median_dim_7 = torch.ops.aten.median.dim(scalar, -1)
        median_dim_7_0: "f32[][]cuda:0" = median_dim_7[0]
        median_dim_7_1: "i64[][]cuda:0" = median_dim_7[1]
        median_dim_8 = torch.ops.aten.median.dim(vector_h, -1, True)
        median_dim_8_0: "f16[1][1]cuda:0" = median_dim_8[0]
        median_dim_8_1: "i64[1][1]cuda:0" = median_dim_8[1]
        median_dim_9 = torch.ops.aten.median.dim(scalar_c, 0)
        median_dim_9_0: "f32[][]cpu" = median_dim_9[0]
        median_dim_9_1: "i64[][]cpu" = median_dim_9[1]
        median_dim_10 = torch.ops.aten.median.dim(volume, 4)
        median_dim_10_0: "f32[2, 3, 4, 2][24, 8, 2, 1]cuda:0" = median_dim_10[0]
        median_dim_10_1: "i64[2, 3, 4, 2][24, 8, 2, 1]cuda:0" = median_dim_10[1]
        median_dim_11 = torch.ops.aten.median.dim(heads, -1)
        median_dim_11_0: "bf16[2, 4, 8][32, 8, 1]cuda:0" = median_dim_11[0]
        median_dim_11_1: "i64[2, 4, 8][32, 8, 1]cuda:0" = median_dim_11[1]
        median_dim_12 = torch.ops.aten.median.dim(heads, -4)
        median_dim_12_0: "bf16[4, 8, 6][48, 6, 1]cuda:0" = median_dim_12[0]
        median_dim_12_1: "i64[4, 8, 6][48, 6, 1]cuda:0" = median_dim_12[1]
        median_dim_13 = torch.ops.aten.median.dim(vector, 0, False)
        median_dim_13_0: "f32[][]cuda:0" = median_dim_13[0]
        median_dim_13_1: "i64[][]cuda:0" = median_dim_13[1]
        nanmedian_dim_0 = torch.ops.aten.nanmedian.dim(cube, -3)
        nanmedian_dim_0_0: "f32[4, 6][6, 1]cuda:0" = nanmedian_dim_0[0]
        nanmedian_dim_0_1: "i64[4, 6][6, 1]cuda:0" = nanmedian_dim_0[1]
        nanmedian_dim_1 = torch.ops.aten.nanmedian.dim(matrix_d, -2, False)
        nanmedian_dim_1_0: "f64[6][1]cuda:0" = nanmedian_dim_1[0]
        nanmedian_dim_1_1: "i64[6][1]cuda:0" = nanmedian_dim_1[1]
        nanmedian_dim_2 = torch.ops.aten.nanmedian.dim(padded, -2, True)
        nanmedian_dim_2_0: "f32[1, 6][6, 1]cuda:0" = nanmedian_dim_2[0]
        nanmedian_dim_2_1: "i64[1, 6][6, 1]cuda:0" = nanmedian_dim_2[1]
        nanmedian_dim_3 = torch.ops.aten.nanmedian.dim(image, -3)
        nanmedian_dim_3_0: "f32[2, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_3[0]
        nanmedian_dim_3_1: "i64[2, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_3[1]
        nanmedian_dim_4 = torch.ops.aten.nanmedian.dim(image_one, 1)
        nanmedian_dim_4_0: "f32[2, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_4[0]
        nanmedian_dim_4_1: "i64[2, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_4[1]
        nanmedian_dim_5 = torch.ops.aten.nanmedian.dim(matrix, 1, True)
        nanmedian_dim_5_0: "f32[4, 1][1, 1]cuda:0" = nanmedian_dim_5[0]
        nanmedian_dim_5_1: "i64[4, 1][1, 1]cuda:0" = nanmedian_dim_5[1]
        nanmedian_dim_6 = torch.ops.aten.nanmedian.dim(long_vector, -1, False)
        nanmedian_dim_6_0: "f32[][]cuda:0" = nanmedian_dim_6[0]
        nanmedian_dim_6_1: "i64[][]cuda:0" = nanmedian_dim_6[1]
        nanmedian_dim_7 = torch.ops.aten.nanmedian.dim(nothing, -1, True)
        nanmedian_dim_7_0: "f32[0, 1][1, 1]cuda:0" = nanmedian_dim_7[0]
        nanmedian_dim_7_1: "i64[0, 1][1, 1]cuda:0" = nanmedian_dim_7[1]
        nanmedian_dim_8 = torch.ops.aten.nanmedian.dim(transposed, 1)
        nanmedian_dim_8_0: "f32[4][1]cuda:0" = nanmedian_dim_8[0]
        nanmedian_dim_8_1: "i64[4][1]cuda:0" = nanmedian_dim_8[1]
        nanmedian_dim_9 = torch.ops.aten.nanmedian.dim(cube_one_swapped, -1)
        nanmedian_dim_9_0: "f32[2, 1][1, 1]cuda:0" = nanmedian_dim_9[0]
        nanmedian_dim_9_1: "i64[2, 1][1, 1]cuda:0" = nanmedian_dim_9[1]
        nanmedian_dim_10 = torch.ops.aten.nanmedian.dim(cube_sliced, 2)
        nanmedian_dim_10_0: "f32[2, 4][4, 1]cuda:0" = nanmedian_dim_10[0]
        nanmedian_dim_10_1: "i64[2, 4][4, 1]cuda:0" = nanmedian_dim_10[1]
        nanmedian_dim_11 = torch.ops.aten.nanmedian.dim(host, -1)
        nanmedian_dim_11_0: "f32[4][1]cpu" = nanmedian_dim_11[0]
        nanmedian_dim_11_1: "i64[4][1]cpu" = nanmedian_dim_11[1]
        nanmedian_dim_12 = torch.ops.aten.nanmedian.dim(signed_bytes, -1, True)
        nanmedian_dim_12_0: "i8[4, 1][1, 1]cuda:0" = nanmedian_dim_12[0]
        nanmedian_dim_12_1: "i64[4, 1][1, 1]cuda:0" = nanmedian_dim_12[1]
        nanmedian_dim_13 = torch.ops.aten.nanmedian.dim(heads, -4)
        nanmedian_dim_13_0: "bf16[4, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_13[0]
        nanmedian_dim_13_1: "i64[4, 8, 6][48, 6, 1]cuda:0" = nanmedian_dim_13[1]
        mode_default_0 = torch.ops.aten.mode.default(mask, -1, True)
        mode_default_0_0: "b8[4, 1][1, 1]cuda:0" = mode_default_0[0]
        mode_default_0_1: "i64[4, 1][1, 1]cuda:0" = mode_default_0[1]
        mode_default_1 = torch.ops.aten.mode.default(cube_one_swapped, keepdim = True)
        mode_default_1_0: "f32[2, 1, 1][1, 1, 1]cuda:0" = mode_default_1[0]
        mode_default_1_1: "i64[2, 1, 1][1, 1, 1]cuda:0" = mode_default_1[1]
        mode_default_2 = torch.ops.aten.mode.default(matrix_l, -1)
        mode_default_2_0: "i64[4][1]cuda:0" = mode_default_2[0]
        mode_default_2_1: "i64[4][1]cuda:0" = mode_default_2[1]
        mode_default_3 = torch.ops.aten.mode.default(matrix_f8, keepdim = False)
        mode_default_3_0: "f8e4m3fn[4][1]cuda:0" = mode_default_3[0]
        mode_default_3_1: "i64[4][1]cuda:0" = mode_default_3[1]
        mode_default_4 = torch.ops.aten.mode.default(single)
        mode_default_4_0: "f32[1, 1][1, 1]cuda:0" = mode_default_4[0]
        mode_default_4_1: "i64[1, 1][1, 1]cuda:0" = mode_default_4[1]
        mode_default_5 = torch.ops.aten.mode.default(scalar_l, 0, False)
        mode_default_5_0: "i64[][]cuda:0" = mode_default_5[0]
        mode_default_5_1: "i64[][]cuda:0" = mode_default_5[1]
        mode_default_6 = torch.ops.aten.mode.default(scalar_d, -1)
        mode_default_6_0: "f64[][]cpu" = mode_default_6[0]
        mode_default_6_1: "i64[][]cpu" = mode_default_6[1]
        mode_default_7 = torch.ops.aten.mode.default(column_mask, keepdim = True)
        mode_default_7_0: "b8[4, 1][1, 1]cuda:0" = mode_default_7[0]
        mode_default_7_1: "i64[4, 1][1, 1]cuda:0" = mode_default_7[1]
        mode_default_8 = torch.ops.aten.mode.default(volume_last, keepdim = False)
        mode_default_8_0: "f32[2, 3, 4, 2][24, 8, 2, 1]cuda:0" = mode_default_8[0]
        mode_default_8_1: "i64[2, 3, 4, 2][24, 8, 2, 1]cuda:0" = mode_default_8[1]
        mode_default_9 = torch.ops.aten.mode.default(cube_b, -3, True)
        mode_default_9_0: "bf16[1, 4, 6][24, 6, 1]cuda:0" = mode_default_9[0]
        mode_default_9_1: "i64[1, 4, 6][24, 6, 1]cuda:0" = mode_default_9[1]
        mode_default_10 = torch.ops.aten.mode.default(scalar_c, -1)
        mode_default_10_0: "f32[][]cpu" = mode_default_10[0]
        mode_default_10_1: "i64[][]cpu" = mode_default_10[1]
        mode_default_11 = torch.ops.aten.mode.default(channel, keepdim = True)
        mode_default_11_0: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = mode_default_11[0]
        mode_default_11_1: "i64[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = mode_default_11[1]
        mode_default_12 = torch.ops.aten.mode.default(bytes, 1)
        mode_default_12_0: "u8[4][1]cuda:0" = mode_default_12[0]
        mode_default_12_1: "i64[4][1]cuda:0" = mode_default_12[1]
        mode_default_13 = torch.ops.aten.mode.default(cube, keepdim = False)
        mode_default_13_0: "f32[2, 4][4, 1]cuda:0" = mode_default_13[0]
        mode_default_13_1: "i64[2, 4][4, 1]cuda:0" = mode_default_13[1]
        kthvalue_default_0 = torch.ops.aten.kthvalue.default(host_i, 1)
        kthvalue_default_0_0: "i64[4][1]cpu" = kthvalue_default_0[0]
        kthvalue_default_0_1: "i64[4][1]cpu" = kthvalue_default_0[1]
        kthvalue_default_1 = torch.ops.aten.kthvalue.default(broadcast_column, 4)
        kthvalue_default_1_0: "f16[4][1]cuda:0" = kthvalue_default_1[0]
        kthvalue_default_1_1: "i64[4][1]cuda:0" = kthvalue_default_1[1]
        kthvalue_default_2 = torch.ops.aten.kthvalue.default(nothing, 3, 1, False)
        kthvalue_default_2_0: "f32[0][1]cuda:0" = kthvalue_default_2[0]
        kthvalue_default_2_1: "i64[0][1]cuda:0" = kthvalue_default_2[1]
        kthvalue_default_3 = torch.ops.aten.kthvalue.default(cube_sliced, 1, 1)
        kthvalue_default_3_0: "f32[2, 6][6, 1]cuda:0" = kthvalue_default_3[0]
        kthvalue_default_3_1: "i64[2, 6][6, 1]cuda:0" = kthvalue_default_3[1]
        kthvalue_default_4 = torch.ops.aten.kthvalue.default(host_i, 4, keepdim = False)
        kthvalue_default_4_0: "i64[4][1]cpu" = kthvalue_default_4[0]
        kthvalue_default_4_1: "i64[4][1]cpu" = kthvalue_default_4[1]
        kthvalue_default_5 = torch.ops.aten.kthvalue.default(square, 3, keepdim = False)
        kthvalue_default_5_0: "f32[6][1]cuda:0" = kthvalue_default_5[0]
        kthvalue_default_5_1: "i64[6][1]cuda:0" = kthvalue_default_5[1]
        kthvalue_default_6 = torch.ops.aten.kthvalue.default(image, 3, keepdim = True)
        kthvalue_default_6_0: "f32[2, 3, 8, 1][24, 8, 1, 1]cuda:0" = kthvalue_default_6[0]
        kthvalue_default_6_1: "i64[2, 3, 8, 1][24, 8, 1, 1]cuda:0" = kthvalue_default_6[1]
        kthvalue_default_7 = torch.ops.aten.kthvalue.default(bytes, 4)
        kthvalue_default_7_0: "u8[4][1]cuda:0" = kthvalue_default_7[0]
        kthvalue_default_7_1: "i64[4][1]cuda:0" = kthvalue_default_7[1]
        kthvalue_default_8 = torch.ops.aten.kthvalue.default(cube_b, 3, -1)
        kthvalue_default_8_0: "bf16[2, 4][4, 1]cuda:0" = kthvalue_default_8[0]
        kthvalue_default_8_1: "i64[2, 4][4, 1]cuda:0" = kthvalue_default_8[1]
        kthvalue_default_9 = torch.ops.aten.kthvalue.default(cube_permuted, 3)
        kthvalue_default_9_0: "f32[2, 4][4, 1]cuda:0" = kthvalue_default_9[0]
        kthvalue_default_9_1: "i64[2, 4][4, 1]cuda:0" = kthvalue_default_9[1]
        kthvalue_default_10 = torch.ops.aten.kthvalue.default(matrix, 3, keepdim = True)
        kthvalue_default_10_0: "f32[4, 1][1, 1]cuda:0" = kthvalue_default_10[0]
        kthvalue_default_10_1: "i64[4, 1][1, 1]cuda:0" = kthvalue_default_10[1]
        kthvalue_default_11 = torch.ops.aten.kthvalue.default(image, 1, -1)
        kthvalue_default_11_0: "f32[2, 3, 8][24, 8, 1]cuda:0" = kthvalue_default_11[0]
        kthvalue_default_11_1: "i64[2, 3, 8][24, 8, 1]cuda:0" = kthvalue_default_11[1]
        kthvalue_default_12 = torch.ops.aten.kthvalue.default(cube_front, 2, keepdim = False)
        kthvalue_default_12_0: "f16[2, 4][4, 1]cuda:0" = kthvalue_default_12[0]
        kthvalue_default_12_1: "i64[2, 4][4, 1]cuda:0" = kthvalue_default_12[1]
        kthvalue_default_13 = torch.ops.aten.kthvalue.default(cube, 4, keepdim = False)
        kthvalue_default_13_0: "f32[2, 4][4, 1]cuda:0" = kthvalue_default_13[0]
        kthvalue_default_13_1: "i64[2, 4][4, 1]cuda:0" = kthvalue_default_13[1]
        aminmax_default_0 = torch.ops.aten.aminmax.default(odd_one, dim = None, keepdim = False)
        aminmax_default_0_0: "f32[][]cuda:0" = aminmax_default_0[0]
        aminmax_default_0_1: "f32[][]cuda:0" = aminmax_default_0[1]
        aminmax_default_1 = torch.ops.aten.aminmax.default(square, dim = None, keepdim = False)
        aminmax_default_1_0: "f32[][]cuda:0" = aminmax_default_1[0]
        aminmax_default_1_1: "f32[][]cuda:0" = aminmax_default_1[1]
        aminmax_default_2 = torch.ops.aten.aminmax.default(broadcast, keepdim = True)
        aminmax_default_2_0: "f32[1, 1][1, 1]cuda:0" = aminmax_default_2[0]
        aminmax_default_2_1: "f32[1, 1][1, 1]cuda:0" = aminmax_default_2[1]
        aminmax_default_3 = torch.ops.aten.aminmax.default(cube, dim = -2, keepdim = True)
        aminmax_default_3_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = aminmax_default_3[0]
        aminmax_default_3_1: "f32[2, 1, 6][6, 6, 1]cuda:0" = aminmax_default_3[1]
        aminmax_default_4 = torch.ops.aten.aminmax.default(volume, keepdim = True)
        aminmax_default_4_0: "f32[1, 1, 1, 1, 1][1, 1, 1, 1, 1]cuda:0" = aminmax_default_4[0]
        aminmax_default_4_1: "f32[1, 1, 1, 1, 1][1, 1, 1, 1, 1]cuda:0" = aminmax_default_4[1]
        aminmax_default_5 = torch.ops.aten.aminmax.default(vector_h, dim = -1)
        aminmax_default_5_0: "f16[][]cuda:0" = aminmax_default_5[0]
        aminmax_default_5_1: "f16[][]cuda:0" = aminmax_default_5[1]
        aminmax_default_6 = torch.ops.aten.aminmax.default(scalar_d, dim = None)
        aminmax_default_6_0: "f64[][]cpu" = aminmax_default_6[0]
        aminmax_default_6_1: "f64[][]cpu" = aminmax_default_6[1]
        aminmax_default_7 = torch.ops.aten.aminmax.default(cube_front, dim = None, keepdim = True)
        aminmax_default_7_0: "f16[1, 1, 1][1, 1, 1]cuda:0" = aminmax_default_7[0]
        aminmax_default_7_1: "f16[1, 1, 1][1, 1, 1]cuda:0" = aminmax_default_7[1]
        aminmax_default_8 = torch.ops.aten.aminmax.default(odd_last)
        aminmax_default_8_0: "f32[][]cuda:0" = aminmax_default_8[0]
        aminmax_default_8_1: "f32[][]cuda:0" = aminmax_default_8[1]
        aminmax_default_9 = torch.ops.aten.aminmax.default(image_last_h, dim = 3, keepdim = False)
        aminmax_default_9_0: "f16[2, 3, 8][24, 8, 1]cuda:0" = aminmax_default_9[0]
        aminmax_default_9_1: "f16[2, 3, 8][24, 8, 1]cuda:0" = aminmax_default_9[1]
        aminmax_default_10 = torch.ops.aten.aminmax.default(image_one)
        aminmax_default_10_0: "f32[][]cuda:0" = aminmax_default_10[0]
        aminmax_default_10_1: "f32[][]cuda:0" = aminmax_default_10[1]
        aminmax_default_11 = torch.ops.aten.aminmax.default(cube)
        aminmax_default_11_0: "f32[][]cuda:0" = aminmax_default_11[0]
        aminmax_default_11_1: "f32[][]cuda:0" = aminmax_default_11[1]
        aminmax_default_12 = torch.ops.aten.aminmax.default(cube_b)
        aminmax_default_12_0: "bf16[][]cuda:0" = aminmax_default_12[0]
        aminmax_default_12_1: "bf16[][]cuda:0" = aminmax_default_12[1]
        aminmax_default_13 = torch.ops.aten.aminmax.default(heads, keepdim = True)
        aminmax_default_13_0: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = aminmax_default_13[0]
        aminmax_default_13_1: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = aminmax_default_13[1]
        var_mean_default_0 = torch.ops.aten.var_mean.default(image_one)
        var_mean_default_0_0: "f32[][]cuda:0" = var_mean_default_0[0]
        var_mean_default_0_1: "f32[][]cuda:0" = var_mean_default_0[1]
        var_mean_default_1 = torch.ops.aten.var_mean.default(scalar)
        var_mean_default_1_0: "f32[][]cuda:0" = var_mean_default_1[0]
        var_mean_default_1_1: "f32[][]cuda:0" = var_mean_default_1[1]
        var_mean_default_2 = torch.ops.aten.var_mean.default(heads)
        var_mean_default_2_0: "bf16[][]cuda:0" = var_mean_default_2[0]
        var_mean_default_2_1: "bf16[][]cuda:0" = var_mean_default_2[1]
        var_mean_default_3 = torch.ops.aten.var_mean.default(odd_one)
        var_mean_default_3_0: "f32[][]cuda:0" = var_mean_default_3[0]
        var_mean_default_3_1: "f32[][]cuda:0" = var_mean_default_3[1]
        var_mean_default_4 = torch.ops.aten.var_mean.default(square)
        var_mean_default_4_0: "f32[][]cuda:0" = var_mean_default_4[0]
        var_mean_default_4_1: "f32[][]cuda:0" = var_mean_default_4[1]
        var_mean_default_5 = torch.ops.aten.var_mean.default(cube_permuted)
        var_mean_default_5_0: "f32[][]cuda:0" = var_mean_default_5[0]
        var_mean_default_5_1: "f32[][]cuda:0" = var_mean_default_5[1]
        var_mean_default_6 = torch.ops.aten.var_mean.default(matrix_c)
        var_mean_default_6_0: "f32[][]cuda:0" = var_mean_default_6[0]
        var_mean_default_6_1: "c64[][]cuda:0" = var_mean_default_6[1]
        var_mean_default_7 = torch.ops.aten.var_mean.default(broadcast, False)
        var_mean_default_7_0: "f32[][]cuda:0" = var_mean_default_7[0]
        var_mean_default_7_1: "f32[][]cuda:0" = var_mean_default_7[1]
        var_mean_default_8 = torch.ops.aten.var_mean.default(square, True)
        var_mean_default_8_0: "f32[][]cuda:0" = var_mean_default_8[0]
        var_mean_default_8_1: "f32[][]cuda:0" = var_mean_default_8[1]
        var_mean_default_9 = torch.ops.aten.var_mean.default(column)
        var_mean_default_9_0: "f32[][]cuda:0" = var_mean_default_9[0]
        var_mean_default_9_1: "f32[][]cuda:0" = var_mean_default_9[1]
        var_mean_default_10 = torch.ops.aten.var_mean.default(cube_one, False)
        var_mean_default_10_0: "f32[][]cuda:0" = var_mean_default_10[0]
        var_mean_default_10_1: "f32[][]cuda:0" = var_mean_default_10[1]
        var_mean_default_11 = torch.ops.aten.var_mean.default(broadcast_column)
        var_mean_default_11_0: "f16[][]cuda:0" = var_mean_default_11[0]
        var_mean_default_11_1: "f16[][]cuda:0" = var_mean_default_11[1]
        var_mean_default_12 = torch.ops.aten.var_mean.default(image, True)
        var_mean_default_12_0: "f32[][]cuda:0" = var_mean_default_12[0]
        var_mean_default_12_1: "f32[][]cuda:0" = var_mean_default_12[1]
        var_mean_default_13 = torch.ops.aten.var_mean.default(image_last)
        var_mean_default_13_0: "f32[][]cuda:0" = var_mean_default_13[0]
        var_mean_default_13_1: "f32[][]cuda:0" = var_mean_default_13[1]
        var_mean_dim_0 = torch.ops.aten.var_mean.dim(matrix_d, None, keepdim = False)
        var_mean_dim_0_0: "f64[][]cuda:0" = var_mean_dim_0[0]
        var_mean_dim_0_1: "f64[][]cuda:0" = var_mean_dim_0[1]
        var_mean_dim_1 = torch.ops.aten.var_mean.dim(column, [], keepdim = False)
        var_mean_dim_1_0: "f32[][]cuda:0" = var_mean_dim_1[0]
        var_mean_dim_1_1: "f32[][]cuda:0" = var_mean_dim_1[1]
        var_mean_dim_2 = torch.ops.aten.var_mean.dim(cube_one_swapped, None, keepdim = False)
        var_mean_dim_2_0: "f32[][]cuda:0" = var_mean_dim_2[0]
        var_mean_dim_2_1: "f32[][]cuda:0" = var_mean_dim_2[1]
        var_mean_dim_3 = torch.ops.aten.var_mean.dim(cube_front, [-2, 0, 2], True)
        var_mean_dim_3_0: "f16[][]cuda:0" = var_mean_dim_3[0]
        var_mean_dim_3_1: "f16[][]cuda:0" = var_mean_dim_3[1]
        var_mean_dim_4 = torch.ops.aten.var_mean.dim(matrix_h, [], False, False)
        var_mean_dim_4_0: "f16[][]cuda:0" = var_mean_dim_4[0]
        var_mean_dim_4_1: "f16[][]cuda:0" = var_mean_dim_4[1]
        var_mean_dim_5 = torch.ops.aten.var_mean.dim(matrix, None)
        var_mean_dim_5_0: "f32[][]cuda:0" = var_mean_dim_5[0]
        var_mean_dim_5_1: "f32[][]cuda:0" = var_mean_dim_5[1]
        var_mean_dim_6 = torch.ops.aten.var_mean.dim(volume_last, [4, -4])
        var_mean_dim_6_0: "f32[2, 4, 2][8, 2, 1]cuda:0" = var_mean_dim_6[0]
        var_mean_dim_6_1: "f32[2, 4, 2][8, 2, 1]cuda:0" = var_mean_dim_6[1]
        var_mean_dim_7 = torch.ops.aten.var_mean.dim(strided_vector, [])
        var_mean_dim_7_0: "f32[][]cuda:0" = var_mean_dim_7[0]
        var_mean_dim_7_1: "f32[][]cuda:0" = var_mean_dim_7[1]
        var_mean_dim_8 = torch.ops.aten.var_mean.dim(strided_vector, [0], False, True)
        var_mean_dim_8_0: "f32[1][1]cuda:0" = var_mean_dim_8[0]
        var_mean_dim_8_1: "f32[1][1]cuda:0" = var_mean_dim_8[1]
        var_mean_dim_9 = torch.ops.aten.var_mean.dim(cube_one_swapped, None, False, True)
        var_mean_dim_9_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = var_mean_dim_9[0]
        var_mean_dim_9_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = var_mean_dim_9[1]
        var_mean_dim_10 = torch.ops.aten.var_mean.dim(broadcast, None, False)
        var_mean_dim_10_0: "f32[][]cuda:0" = var_mean_dim_10[0]
        var_mean_dim_10_1: "f32[][]cuda:0" = var_mean_dim_10[1]
        var_mean_dim_11 = torch.ops.aten.var_mean.dim(cube_sliced, [-3], True, True)
        var_mean_dim_11_0: "f32[1, 4, 6][24, 6, 1]cuda:0" = var_mean_dim_11[0]
        var_mean_dim_11_1: "f32[1, 4, 6][24, 6, 1]cuda:0" = var_mean_dim_11[1]
        var_mean_dim_12 = torch.ops.aten.var_mean.dim(nothing, None, keepdim = True)
        var_mean_dim_12_0: "f32[1, 1][1, 1]cuda:0" = var_mean_dim_12[0]
        var_mean_dim_12_1: "f32[1, 1][1, 1]cuda:0" = var_mean_dim_12[1]
        var_mean_dim_13 = torch.ops.aten.var_mean.dim(row, None, True, False)
        var_mean_dim_13_0: "f32[][]cuda:0" = var_mean_dim_13[0]
        var_mean_dim_13_1: "f32[][]cuda:0" = var_mean_dim_13[1]
        var_mean_correction_0 = torch.ops.aten.var_mean.correction(transposed)
        var_mean_correction_0_0: "f32[][]cuda:0" = var_mean_correction_0[0]
        var_mean_correction_0_1: "f32[][]cuda:0" = var_mean_correction_0[1]
        var_mean_correction_1 = torch.ops.aten.var_mean.correction(long_vector, keepdim = False)
        var_mean_correction_1_0: "f32[][]cuda:0" = var_mean_correction_1[0]
        var_mean_correction_1_1: "f32[][]cuda:0" = var_mean_correction_1[1]
        var_mean_correction_2 = torch.ops.aten.var_mean.correction(row, None, keepdim = True)
        var_mean_correction_2_0: "f32[1, 1][1, 1]cuda:0" = var_mean_correction_2[0]
        var_mean_correction_2_1: "f32[1, 1][1, 1]cuda:0" = var_mean_correction_2[1]
        var_mean_correction_3 = torch.ops.aten.var_mean.correction(transposed, correction = None)
        var_mean_correction_3_0: "f32[][]cuda:0" = var_mean_correction_3[0]
        var_mean_correction_3_1: "f32[][]cuda:0" = var_mean_correction_3[1]
        var_mean_correction_4 = torch.ops.aten.var_mean.correction(nothing, None, keepdim = True)
        var_mean_correction_4_0: "f32[1, 1][1, 1]cuda:0" = var_mean_correction_4[0]
        var_mean_correction_4_1: "f32[1, 1][1, 1]cuda:0" = var_mean_correction_4[1]
        var_mean_correction_5 = torch.ops.aten.var_mean.correction(odd_last, None)
        var_mean_correction_5_0: "f32[][]cuda:0" = var_mean_correction_5[0]
        var_mean_correction_5_1: "f32[][]cuda:0" = var_mean_correction_5[1]
        var_mean_correction_6 = torch.ops.aten.var_mean.correction(column, correction = 0.5)
        var_mean_correction_6_0: "f32[][]cuda:0" = var_mean_correction_6[0]
        var_mean_correction_6_1: "f32[][]cuda:0" = var_mean_correction_6[1]
        var_mean_correction_7 = torch.ops.aten.var_mean.correction(cube_swapped, correction = 2, keepdim = True)
        var_mean_correction_7_0: "bf16[1, 1, 1][1, 1, 1]cuda:0" = var_mean_correction_7[0]
        var_mean_correction_7_1: "bf16[1, 1, 1][1, 1, 1]cuda:0" = var_mean_correction_7[1]
        var_mean_correction_8 = torch.ops.aten.var_mean.correction(nothing_inside, [-1, 0], correction = None)
        var_mean_correction_8_0: "f32[][]cuda:0" = var_mean_correction_8[0]
        var_mean_correction_8_1: "f32[][]cuda:0" = var_mean_correction_8[1]
        var_mean_correction_9 = torch.ops.aten.var_mean.correction(nothing, correction = 3.0, keepdim = True)
        var_mean_correction_9_0: "f32[1, 1][1, 1]cuda:0" = var_mean_correction_9[0]
        var_mean_correction_9_1: "f32[1, 1][1, 1]cuda:0" = var_mean_correction_9[1]
        var_mean_correction_10 = torch.ops.aten.var_mean.correction(broadcast, correction = None, keepdim = False)
        var_mean_correction_10_0: "f32[][]cuda:0" = var_mean_correction_10[0]
        var_mean_correction_10_1: "f32[][]cuda:0" = var_mean_correction_10[1]
        var_mean_correction_11 = torch.ops.aten.var_mean.correction(odd_one, correction = 0)
        var_mean_correction_11_0: "f32[][]cuda:0" = var_mean_correction_11[0]
        var_mean_correction_11_1: "f32[][]cuda:0" = var_mean_correction_11[1]
        var_mean_correction_12 = torch.ops.aten.var_mean.correction(broadcast_column, None, correction = None)
        var_mean_correction_12_0: "f16[][]cuda:0" = var_mean_correction_12[0]
        var_mean_correction_12_1: "f16[][]cuda:0" = var_mean_correction_12[1]
        var_mean_correction_13 = torch.ops.aten.var_mean.correction(square, None)
        var_mean_correction_13_0: "f32[][]cuda:0" = var_mean_correction_13[0]
        var_mean_correction_13_1: "f32[][]cuda:0" = var_mean_correction_13[1]
        std_mean_default_0 = torch.ops.aten.std_mean.default(heads)
        std_mean_default_0_0: "bf16[][]cuda:0" = std_mean_default_0[0]
        std_mean_default_0_1: "bf16[][]cuda:0" = std_mean_default_0[1]
        std_mean_default_1 = torch.ops.aten.std_mean.default(image_last_h, False)
        std_mean_default_1_0: "f16[][]cuda:0" = std_mean_default_1[0]
        std_mean_default_1_1: "f16[][]cuda:0" = std_mean_default_1[1]
        std_mean_default_2 = torch.ops.aten.std_mean.default(strided_vector)
        std_mean_default_2_0: "f32[][]cuda:0" = std_mean_default_2[0]
        std_mean_default_2_1: "f32[][]cuda:0" = std_mean_default_2[1]
        std_mean_default_3 = torch.ops.aten.std_mean.default(broadcast_column, True)
        std_mean_default_3_0: "f16[][]cuda:0" = std_mean_default_3[0]
        std_mean_default_3_1: "f16[][]cuda:0" = std_mean_default_3[1]
        std_mean_default_4 = torch.ops.aten.std_mean.default(cube_permuted)
        std_mean_default_4_0: "f32[][]cuda:0" = std_mean_default_4[0]
        std_mean_default_4_1: "f32[][]cuda:0" = std_mean_default_4[1]
        std_mean_default_5 = torch.ops.aten.std_mean.default(image_last_h)
        std_mean_default_5_0: "f16[][]cuda:0" = std_mean_default_5[0]
        std_mean_default_5_1: "f16[][]cuda:0" = std_mean_default_5[1]
        std_mean_default_6 = torch.ops.aten.std_mean.default(scalar_d)
        std_mean_default_6_0: "f64[][]cpu" = std_mean_default_6[0]
        std_mean_default_6_1: "f64[][]cpu" = std_mean_default_6[1]
        std_mean_default_7 = torch.ops.aten.std_mean.default(single, False)
        std_mean_default_7_0: "f32[][]cuda:0" = std_mean_default_7[0]
        std_mean_default_7_1: "f32[][]cuda:0" = std_mean_default_7[1]
        std_mean_default_8 = torch.ops.aten.std_mean.default(matrix_h, True)
        std_mean_default_8_0: "f16[][]cuda:0" = std_mean_default_8[0]
        std_mean_default_8_1: "f16[][]cuda:0" = std_mean_default_8[1]
        std_mean_default_9 = torch.ops.aten.std_mean.default(nothing_inside, False)
        std_mean_default_9_0: "f32[][]cuda:0" = std_mean_default_9[0]
        std_mean_default_9_1: "f32[][]cuda:0" = std_mean_default_9[1]
        std_mean_default_10 = torch.ops.aten.std_mean.default(broadcast, True)
        std_mean_default_10_0: "f32[][]cuda:0" = std_mean_default_10[0]
        std_mean_default_10_1: "f32[][]cuda:0" = std_mean_default_10[1]
        std_mean_default_11 = torch.ops.aten.std_mean.default(broadcast)
        std_mean_default_11_0: "f32[][]cuda:0" = std_mean_default_11[0]
        std_mean_default_11_1: "f32[][]cuda:0" = std_mean_default_11[1]
        std_mean_default_12 = torch.ops.aten.std_mean.default(volume_last)
        std_mean_default_12_0: "f32[][]cuda:0" = std_mean_default_12[0]
        std_mean_default_12_1: "f32[][]cuda:0" = std_mean_default_12[1]
        std_mean_default_13 = torch.ops.aten.std_mean.default(odd_last)
        std_mean_default_13_0: "f32[][]cuda:0" = std_mean_default_13[0]
        std_mean_default_13_1: "f32[][]cuda:0" = std_mean_default_13[1]
        std_mean_dim_0 = torch.ops.aten.std_mean.dim(square, [])
        std_mean_dim_0_0: "f32[][]cuda:0" = std_mean_dim_0[0]
        std_mean_dim_0_1: "f32[][]cuda:0" = std_mean_dim_0[1]
        std_mean_dim_1 = torch.ops.aten.std_mean.dim(matrix_c, None, True, False)
        std_mean_dim_1_0: "f32[][]cuda:0" = std_mean_dim_1[0]
        std_mean_dim_1_1: "c64[][]cuda:0" = std_mean_dim_1[1]
        std_mean_dim_2 = torch.ops.aten.std_mean.dim(host, None)
        std_mean_dim_2_0: "f32[][]cpu" = std_mean_dim_2[0]
        std_mean_dim_2_1: "f32[][]cpu" = std_mean_dim_2[1]
        std_mean_dim_3 = torch.ops.aten.std_mean.dim(column, None)
        std_mean_dim_3_0: "f32[][]cuda:0" = std_mean_dim_3[0]
        std_mean_dim_3_1: "f32[][]cuda:0" = std_mean_dim_3[1]
        std_mean_dim_4 = torch.ops.aten.std_mean.dim(odd_one, [0, 1])
        std_mean_dim_4_0: "f32[][]cuda:0" = std_mean_dim_4[0]
        std_mean_dim_4_1: "f32[][]cuda:0" = std_mean_dim_4[1]
        std_mean_dim_5 = torch.ops.aten.std_mean.dim(channel, [2])
        std_mean_dim_5_0: "f32[1, 3, 1][3, 1, 1]cuda:0" = std_mean_dim_5[0]
        std_mean_dim_5_1: "f32[1, 3, 1][3, 1, 1]cuda:0" = std_mean_dim_5[1]
        std_mean_dim_6 = torch.ops.aten.std_mean.dim(cube_one_swapped, None, keepdim = True)
        std_mean_dim_6_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = std_mean_dim_6[0]
        std_mean_dim_6_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = std_mean_dim_6[1]
        std_mean_dim_7 = torch.ops.aten.std_mean.dim(image, [-1, 2], True, True)
        std_mean_dim_7_0: "f32[2, 3, 1, 1][3, 1, 1, 1]cuda:0" = std_mean_dim_7[0]
        std_mean_dim_7_1: "f32[2, 3, 1, 1][3, 1, 1, 1]cuda:0" = std_mean_dim_7[1]
        std_mean_dim_8 = torch.ops.aten.std_mean.dim(broadcast_column, None, False, True)
        std_mean_dim_8_0: "f16[1, 1][1, 1]cuda:0" = std_mean_dim_8[0]
        std_mean_dim_8_1: "f16[1, 1][1, 1]cuda:0" = std_mean_dim_8[1]
        std_mean_dim_9 = torch.ops.aten.std_mean.dim(cube_permuted, [0, 1, -1], False)
        std_mean_dim_9_0: "f32[][]cuda:0" = std_mean_dim_9[0]
        std_mean_dim_9_1: "f32[][]cuda:0" = std_mean_dim_9[1]
        std_mean_dim_10 = torch.ops.aten.std_mean.dim(cube_b, None, True)
        std_mean_dim_10_0: "bf16[][]cuda:0" = std_mean_dim_10[0]
        std_mean_dim_10_1: "bf16[][]cuda:0" = std_mean_dim_10[1]
        std_mean_dim_11 = torch.ops.aten.std_mean.dim(heads, None, keepdim = False)
        std_mean_dim_11_0: "bf16[][]cuda:0" = std_mean_dim_11[0]
        std_mean_dim_11_1: "bf16[][]cuda:0" = std_mean_dim_11[1]
        std_mean_dim_12 = torch.ops.aten.std_mean.dim(cube_one_swapped, None, True)
        std_mean_dim_12_0: "f32[][]cuda:0" = std_mean_dim_12[0]
        std_mean_dim_12_1: "f32[][]cuda:0" = std_mean_dim_12[1]
        std_mean_dim_13 = torch.ops.aten.std_mean.dim(scalar_c, [], keepdim = False)
        std_mean_dim_13_0: "f32[][]cpu" = std_mean_dim_13[0]
        std_mean_dim_13_1: "f32[][]cpu" = std_mean_dim_13[1]
        std_mean_correction_0 = torch.ops.aten.std_mean.correction(volume_last, keepdim = False)
        std_mean_correction_0_0: "f32[][]cuda:0" = std_mean_correction_0[0]
        std_mean_correction_0_1: "f32[][]cuda:0" = std_mean_correction_0[1]
        std_mean_correction_1 = torch.ops.aten.std_mean.correction(host, keepdim = True)
        std_mean_correction_1_0: "f32[1, 1][1, 1]cpu" = std_mean_correction_1[0]
        std_mean_correction_1_1: "f32[1, 1][1, 1]cpu" = std_mean_correction_1[1]
        std_mean_correction_2 = torch.ops.aten.std_mean.correction(cube, correction = 0, keepdim = True)
        std_mean_correction_2_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = std_mean_correction_2[0]
        std_mean_correction_2_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = std_mean_correction_2[1]
        std_mean_correction_3 = torch.ops.aten.std_mean.correction(vector_h, None, correction = 0, keepdim = True)
        std_mean_correction_3_0: "f16[1][1]cuda:0" = std_mean_correction_3[0]
        std_mean_correction_3_1: "f16[1][1]cuda:0" = std_mean_correction_3[1]
        std_mean_correction_4 = torch.ops.aten.std_mean.correction(row, [1], keepdim = True)
        std_mean_correction_4_0: "f32[1, 1][1, 1]cuda:0" = std_mean_correction_4[0]
        std_mean_correction_4_1: "f32[1, 1][1, 1]cuda:0" = std_mean_correction_4[1]
        std_mean_correction_5 = torch.ops.aten.std_mean.correction(vector, None, keepdim = True)
        std_mean_correction_5_0: "f32[1][1]cuda:0" = std_mean_correction_5[0]
        std_mean_correction_5_1: "f32[1][1]cuda:0" = std_mean_correction_5[1]
        std_mean_correction_6 = torch.ops.aten.std_mean.correction(pairs)
        std_mean_correction_6_0: "f32[][]cuda:0" = std_mean_correction_6[0]
        std_mean_correction_6_1: "f32[][]cuda:0" = std_mean_correction_6[1]
        std_mean_correction_7 = torch.ops.aten.std_mean.correction(cube_sliced, [0, 2], keepdim = False)
        std_mean_correction_7_0: "f32[4][1]cuda:0" = std_mean_correction_7[0]
        std_mean_correction_7_1: "f32[4][1]cuda:0" = std_mean_correction_7[1]
        std_mean_correction_8 = torch.ops.aten.std_mean.correction(scalar_d, correction = 3.0)
        std_mean_correction_8_0: "f64[][]cpu" = std_mean_correction_8[0]
        std_mean_correction_8_1: "f64[][]cpu" = std_mean_correction_8[1]
        std_mean_correction_9 = torch.ops.aten.std_mean.correction(cube_permuted, correction = None, keepdim = False)
        std_mean_correction_9_0: "f32[][]cuda:0" = std_mean_correction_9[0]
        std_mean_correction_9_1: "f32[][]cuda:0" = std_mean_correction_9[1]
        std_mean_correction_10 = torch.ops.aten.std_mean.correction(single, keepdim = True)
        std_mean_correction_10_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = std_mean_correction_10[0]
        std_mean_correction_10_1: "f32[1, 1, 1][1, 1, 1]cuda:0" = std_mean_correction_10[1]
        std_mean_correction_11 = torch.ops.aten.std_mean.correction(heads, keepdim = True)
        std_mean_correction_11_0: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = std_mean_correction_11[0]
        std_mean_correction_11_1: "bf16[1, 1, 1, 1][1, 1, 1, 1]cuda:0" = std_mean_correction_11[1]
        std_mean_correction_12 = torch.ops.aten.std_mean.correction(host, None, correction = None)
        std_mean_correction_12_0: "f32[][]cpu" = std_mean_correction_12[0]
        std_mean_correction_12_1: "f32[][]cpu" = std_mean_correction_12[1]
        std_mean_correction_13 = torch.ops.aten.std_mean.correction(cube_front, [], correction = None, keepdim = True)
        std_mean_correction_13_0: "f16[1, 1, 1][1, 1, 1]cuda:0" = std_mean_correction_13[0]
        std_mean_correction_13_1: "f16[1, 1, 1][1, 1, 1]cuda:0" = std_mean_correction_13[1]
        prepare_softmax_online_default_0 = torch.ops.prims.prepare_softmax_online.default(cube_b, -3)
        prepare_softmax_online_default_0_0: "bf16[1, 4, 6][24, 6, 1]cuda:0" = prepare_softmax_online_default_0[0]
        prepare_softmax_online_default_0_1: "bf16[1, 4, 6][24, 6, 1]cuda:0" = prepare_softmax_online_default_0[1]
        prepare_softmax_online_default_1 = torch.ops.prims.prepare_softmax_online.default(odd_one, 1)
        prepare_softmax_online_default_1_0: "f32[1, 1][1, 1]cuda:0" = prepare_softmax_online_default_1[0]
        prepare_softmax_online_default_1_1: "f32[1, 1][1, 1]cuda:0" = prepare_softmax_online_default_1[1]
        prepare_softmax_online_default_2 = torch.ops.prims.prepare_softmax_online.default(matrix_h, 1)
        prepare_softmax_online_default_2_0: "f16[4, 1][1, 1]cuda:0" = prepare_softmax_online_default_2[0]
        prepare_softmax_online_default_2_1: "f16[4, 1][1, 1]cuda:0" = prepare_softmax_online_default_2[1]
        prepare_softmax_online_default_3 = torch.ops.prims.prepare_softmax_online.default(volume_last, -4)
        prepare_softmax_online_default_3_0: "f32[2, 1, 4, 2, 5][40, 40, 10, 5, 1]cuda:0" = prepare_softmax_online_default_3[0]
        prepare_softmax_online_default_3_1: "f32[2, 1, 4, 2, 5][40, 40, 10, 5, 1]cuda:0" = prepare_softmax_online_default_3[1]
        prepare_softmax_online_default_4 = torch.ops.prims.prepare_softmax_online.default(cube_swapped, 2)
        prepare_softmax_online_default_4_0: "bf16[2, 4, 1][4, 1, 1]cuda:0" = prepare_softmax_online_default_4[0]
        prepare_softmax_online_default_4_1: "bf16[2, 4, 1][4, 1, 1]cuda:0" = prepare_softmax_online_default_4[1]
        prepare_softmax_online_default_5 = torch.ops.prims.prepare_softmax_online.default(cube_one_swapped, -2)
        prepare_softmax_online_default_5_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = prepare_softmax_online_default_5[0]
        prepare_softmax_online_default_5_1: "f32[2, 1, 6][6, 6, 1]cuda:0" = prepare_softmax_online_default_5[1]
        prepare_softmax_online_default_6 = torch.ops.prims.prepare_softmax_online.default(signed_bytes, -2)
        prepare_softmax_online_default_6_0: "i8[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_6[0]
        prepare_softmax_online_default_6_1: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_6[1]
        prepare_softmax_online_default_7 = torch.ops.prims.prepare_softmax_online.default(matrix_d, -2)
        prepare_softmax_online_default_7_0: "f64[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_7[0]
        prepare_softmax_online_default_7_1: "f64[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_7[1]
        prepare_softmax_online_default_8 = torch.ops.prims.prepare_softmax_online.default(matrix_l, 0)
        prepare_softmax_online_default_8_0: "i64[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_8[0]
        prepare_softmax_online_default_8_1: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_8[1]
        prepare_softmax_online_default_9 = torch.ops.prims.prepare_softmax_online.default(heads, -1)
        prepare_softmax_online_default_9_0: "bf16[2, 4, 8, 1][32, 8, 1, 1]cuda:0" = prepare_softmax_online_default_9[0]
        prepare_softmax_online_default_9_1: "bf16[2, 4, 8, 1][32, 8, 1, 1]cuda:0" = prepare_softmax_online_default_9[1]
        prepare_softmax_online_default_10 = torch.ops.prims.prepare_softmax_online.default(cube, 1)
        prepare_softmax_online_default_10_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = prepare_softmax_online_default_10[0]
        prepare_softmax_online_default_10_1: "f32[2, 1, 6][6, 6, 1]cuda:0" = prepare_softmax_online_default_10[1]
        prepare_softmax_online_default_11 = torch.ops.prims.prepare_softmax_online.default(cube_one, 2)
        prepare_softmax_online_default_11_0: "f32[2, 1, 1][1, 1, 1]cuda:0" = prepare_softmax_online_default_11[0]
        prepare_softmax_online_default_11_1: "f32[2, 1, 1][1, 1, 1]cuda:0" = prepare_softmax_online_default_11[1]
        prepare_softmax_online_default_12 = torch.ops.prims.prepare_softmax_online.default(broadcast, -2)
        prepare_softmax_online_default_12_0: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_12[0]
        prepare_softmax_online_default_12_1: "f32[1, 6][6, 1]cuda:0" = prepare_softmax_online_default_12[1]
        prepare_softmax_online_default_13 = torch.ops.prims.prepare_softmax_online.default(cube_permuted, 2)
        prepare_softmax_online_default_13_0: "f32[2, 4, 1][4, 1, 1]cuda:0" = prepare_softmax_online_default_13[0]
        prepare_softmax_online_default_13_1: "f32[2, 4, 1][4, 1, 1]cuda:0" = prepare_softmax_online_default_13[1]
        cumsum_default_0: "f32[4, 1][1, 1]cuda:0" = torch.ops.aten.cumsum.default(column, 1)
        cumsum_default_1: "f32[2, 3, 4, 2, 5][120, 40, 10, 5, 1]cuda:0" = torch.ops.aten.cumsum.default(volume_last, -4)
        cumsum_default_2: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.cumsum.default(pairs, -3, dtype = None)
        cumsum_default_3: "i32[][]cpu" = torch.ops.aten.cumsum.default(scalar_d, -1, dtype = torch.int32)
        cumsum_default_4: "f16[6, 6][6, 1]cuda:0" = torch.ops.aten.cumsum.default(square, 1, dtype = torch.float16)
        cumsum_default_5: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.cumsum.default(matrix_l, -2, dtype = None)
        cumsum_default_6: "bf16[4, 6][6, 1]cpu" = torch.ops.aten.cumsum.default(host_i, 1, dtype = torch.bfloat16)
        cumsum_default_7: "f16[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.cumsum.default(cube_front, -2)
        cumsum_default_8: "bf16[4, 6][6, 1]cuda:0" = torch.ops.aten.cumsum.default(matrix_b, 0)
        cumsum_default_9: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.cumsum.default(cube_sliced, 2, dtype = None)
        cumsum_default_10: "f16[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.cumsum.default(image_last_h, -3)
        cumsum_default_11: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.cumsum.default(broadcast_column, 0)
        cumsum_default_12: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.cumsum.default(row, -1)
        cumsum_default_13: "f32[2, 3, 4, 2, 5][120, 40, 10, 5, 1]cuda:0" = torch.ops.aten.cumsum.default(volume, 4, dtype = None)
        cumprod_default_0: "f32[6][1]cuda:0" = torch.ops.aten.cumprod.default(integers, 0, dtype = torch.float32)
        cumprod_default_1: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(transposed, 0, dtype = torch.int64)
        cumprod_default_2: "c64[4, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(matrix_c, -1, dtype = None)
        cumprod_default_3: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(odd_one, 0)
        cumprod_default_4: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(row, -2, dtype = None)
        cumprod_default_5: "b8[][]cpu" = torch.ops.aten.cumprod.default(scalar_d, -1, dtype = torch.bool)
        cumprod_default_6: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(transposed_i, 1)
        cumprod_default_7: "f32[0, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(nothing, 0)
        cumprod_default_8: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.cumprod.default(cube_permuted, 1, dtype = torch.float32)
        cumprod_default_9: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(transposed, 1, dtype = torch.float16)
        cumprod_default_10: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.cumprod.default(transposed, 1, dtype = None)
        cumprod_default_11: "f32[24][1]cuda:0" = torch.ops.aten.cumprod.default(long_vector, 0)
        cumprod_default_12: "i32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten.cumprod.default(single, 0, dtype = torch.int32)
        cumprod_default_13: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten.cumprod.default(heads, -2)
        logcumsumexp_default_0: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(cube_sliced, 1)
        logcumsumexp_default_1: "bf16[4, 6][6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(matrix_b, 1)
        logcumsumexp_default_2: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(broadcast_column, -2)
        logcumsumexp_default_3: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(odd_one, 0)
        logcumsumexp_default_4: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(broadcast_column, 0)
        logcumsumexp_default_5: "f32[6][1]cuda:0" = torch.ops.aten.logcumsumexp.default(vector, -1)
        logcumsumexp_default_6: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(image_last, -1)
        logcumsumexp_default_7: "f64[4, 6][6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(matrix_d, -1)
        logcumsumexp_default_8: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(cube, -1)
        logcumsumexp_default_9: "f32[][]cpu" = torch.ops.aten.logcumsumexp.default(scalar_c, 0)
        logcumsumexp_default_10: "f32[2, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(cube_one_swapped, 0)
        logcumsumexp_default_11: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(image, -4)
        logcumsumexp_default_12: "f32[4, 6][6, 1]cpu" = torch.ops.aten.logcumsumexp.default(host, -1)
        logcumsumexp_default_13: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.logcumsumexp.default(pairs, -3)
        cummax_default_0 = torch.ops.aten.cummax.default(odd_last, 0)
        cummax_default_0_0: "f32[4, 1][1, 1]cuda:0" = cummax_default_0[0]
        cummax_default_0_1: "i64[4, 1][1, 1]cuda:0" = cummax_default_0[1]
        cummax_default_1 = torch.ops.aten.cummax.default(cube, 1)
        cummax_default_1_0: "f32[2, 4, 6][24, 6, 1]cuda:0" = cummax_default_1[0]
        cummax_default_1_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = cummax_default_1[1]
        cummax_default_2 = torch.ops.aten.cummax.default(matrix_b, -1)
        cummax_default_2_0: "bf16[4, 6][6, 1]cuda:0" = cummax_default_2[0]
        cummax_default_2_1: "i64[4, 6][6, 1]cuda:0" = cummax_default_2[1]
        cummax_default_3 = torch.ops.aten.cummax.default(column, -1)
        cummax_default_3_0: "f32[4, 1][1, 1]cuda:0" = cummax_default_3[0]
        cummax_default_3_1: "i64[4, 1][1, 1]cuda:0" = cummax_default_3[1]
        cummax_default_4 = torch.ops.aten.cummax.default(cube_swapped, -3)
        cummax_default_4_0: "bf16[2, 4, 6][24, 6, 1]cuda:0" = cummax_default_4[0]
        cummax_default_4_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = cummax_default_4[1]
        cummax_default_5 = torch.ops.aten.cummax.default(nothing, 0)
        cummax_default_5_0: "f32[0, 6][6, 1]cuda:0" = cummax_default_5[0]
        cummax_default_5_1: "i64[0, 6][6, 1]cuda:0" = cummax_default_5[1]
        cummax_default_6 = torch.ops.aten.cummax.default(cube_sliced, -2)
        cummax_default_6_0: "f32[2, 4, 6][24, 6, 1]cuda:0" = cummax_default_6[0]
        cummax_default_6_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = cummax_default_6[1]
        cummax_default_7 = torch.ops.aten.cummax.default(column, -2)
        cummax_default_7_0: "f32[4, 1][1, 1]cuda:0" = cummax_default_7[0]
        cummax_default_7_1: "i64[4, 1][1, 1]cuda:0" = cummax_default_7[1]
        cummax_default_8 = torch.ops.aten.cummax.default(signed_bytes, 0)
        cummax_default_8_0: "i8[4, 6][6, 1]cuda:0" = cummax_default_8[0]
        cummax_default_8_1: "i64[4, 6][6, 1]cuda:0" = cummax_default_8[1]
        cummax_default_9 = torch.ops.aten.cummax.default(vector_h, -1)
        cummax_default_9_0: "f16[6][1]cuda:0" = cummax_default_9[0]
        cummax_default_9_1: "i64[6][1]cuda:0" = cummax_default_9[1]
        cummax_default_10 = torch.ops.aten.cummax.default(odd_one, 1)
        cummax_default_10_0: "f32[1, 6][6, 1]cuda:0" = cummax_default_10[0]
        cummax_default_10_1: "i64[1, 6][6, 1]cuda:0" = cummax_default_10[1]
        cummax_default_11 = torch.ops.aten.cummax.default(single, -1)
        cummax_default_11_0: "f32[1, 1, 1][1, 1, 1]cuda:0" = cummax_default_11[0]
        cummax_default_11_1: "i64[1, 1, 1][1, 1, 1]cuda:0" = cummax_default_11[1]
        cummax_default_12 = torch.ops.aten.cummax.default(heads, 0)
        cummax_default_12_0: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = cummax_default_12[0]
        cummax_default_12_1: "i64[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = cummax_default_12[1]
        cummax_default_13 = torch.ops.aten.cummax.default(scalar_d, 0)
        cummax_default_13_0: "f64[][]cpu" = cummax_default_13[0]
        cummax_default_13_1: "i64[][]cpu" = cummax_default_13[1]
        cummin_default_0 = torch.ops.aten.cummin.default(mask, -2)
        cummin_default_0_0: "b8[4, 6][6, 1]cuda:0" = cummin_default_0[0]
        cummin_default_0_1: "i64[4, 6][6, 1]cuda:0" = cummin_default_0[1]
        cummin_default_1 = torch.ops.aten.cummin.default(row, -2)
        cummin_default_1_0: "f32[1, 6][6, 1]cuda:0" = cummin_default_1[0]
        cummin_default_1_1: "i64[1, 6][6, 1]cuda:0" = cummin_default_1[1]
        cummin_default_2 = torch.ops.aten.cummin.default(vector_h, -1)
        cummin_default_2_0: "f16[6][1]cuda:0" = cummin_default_2[0]
        cummin_default_2_1: "i64[6][1]cuda:0" = cummin_default_2[1]
        cummin_default_3 = torch.ops.aten.cummin.default(transposed, 1)
        cummin_default_3_0: "f32[4, 6][6, 1]cuda:0" = cummin_default_3[0]
        cummin_default_3_1: "i64[4, 6][6, 1]cuda:0" = cummin_default_3[1]
        cummin_default_4 = torch.ops.aten.cummin.default(scalar_d, 0)
        cummin_default_4_0: "f64[][]cpu" = cummin_default_4[0]
        cummin_default_4_1: "i64[][]cpu" = cummin_default_4[1]
        cummin_default_5 = torch.ops.aten.cummin.default(broadcast_column, 0)
        cummin_default_5_0: "f16[4, 6][6, 1]cuda:0" = cummin_default_5[0]
        cummin_default_5_1: "i64[4, 6][6, 1]cuda:0" = cummin_default_5[1]
        cummin_default_6 = torch.ops.aten.cummin.default(transposed_i, 1)
        cummin_default_6_0: "i64[4, 6][6, 1]cuda:0" = cummin_default_6[0]
        cummin_default_6_1: "i64[4, 6][6, 1]cuda:0" = cummin_default_6[1]
        cummin_default_7 = torch.ops.aten.cummin.default(matrix, -2)
        cummin_default_7_0: "f32[4, 6][6, 1]cuda:0" = cummin_default_7[0]
        cummin_default_7_1: "i64[4, 6][6, 1]cuda:0" = cummin_default_7[1]
        cummin_default_8 = torch.ops.aten.cummin.default(vector, -1)
        cummin_default_8_0: "f32[6][1]cuda:0" = cummin_default_8[0]
        cummin_default_8_1: "i64[6][1]cuda:0" = cummin_default_8[1]
        cummin_default_9 = torch.ops.aten.cummin.default(channel, -2)
        cummin_default_9_0: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = cummin_default_9[0]
        cummin_default_9_1: "i64[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = cummin_default_9[1]
        cummin_default_10 = torch.ops.aten.cummin.default(cube_b, 2)
        cummin_default_10_0: "bf16[2, 4, 6][24, 6, 1]cuda:0" = cummin_default_10[0]
        cummin_default_10_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = cummin_default_10[1]
        cummin_default_11 = torch.ops.aten.cummin.default(scalar, 0)
        cummin_default_11_0: "f32[][]cuda:0" = cummin_default_11[0]
        cummin_default_11_1: "i64[][]cuda:0" = cummin_default_11[1]
        cummin_default_12 = torch.ops.aten.cummin.default(matrix_i, 0)
        cummin_default_12_0: "i32[4, 6][6, 1]cuda:0" = cummin_default_12[0]
        cummin_default_12_1: "i64[4, 6][6, 1]cuda:0" = cummin_default_12[1]
        cummin_default_13 = torch.ops.aten.cummin.default(cube_one, 0)
        cummin_default_13_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = cummin_default_13[0]
        cummin_default_13_1: "i64[2, 1, 6][6, 6, 1]cuda:0" = cummin_default_13[1]
        _softmax_default_0: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._softmax.default(cube_sliced, -3, False)
        _softmax_default_1: "f64[4, 6][6, 1]cuda:0" = torch.ops.aten._softmax.default(matrix_d, -2, False)
        _softmax_default_2: "f32[][]cuda:0" = torch.ops.aten._softmax.default(scalar, 0, False)
        _softmax_default_3: "f32[6][1]cuda:0" = torch.ops.aten._softmax.default(vector, 0, False)
        _softmax_default_4: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten._softmax.default(padded, 0, False)
        _softmax_default_5: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._softmax.default(cube_sliced, 0, False)
        _softmax_default_6: "f32[6, 6][6, 1]cuda:0" = torch.ops.aten._softmax.default(square, -2, False)
        _softmax_default_7: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._softmax.default(cube_sliced, 1, False)
        _softmax_default_8: "bf16[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._softmax.default(cube_swapped, 2, False)
        _softmax_default_9: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten._softmax.default(image_last, -3, False)
        _softmax_default_10: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten._softmax.default(heads, 1, False)
        _softmax_default_11: "f32[4, 6][6, 1]cpu" = torch.ops.aten._softmax.default(host, -1, False)
        _softmax_default_12: "f64[4, 6][6, 1]cuda:0" = torch.ops.aten._softmax.default(matrix_d, -1, False)
        _softmax_default_13: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._softmax.default(cube, -3, False)
        _log_softmax_default_0: "f32[][]cpu" = torch.ops.aten._log_softmax.default(scalar_c, -1, False)
        _log_softmax_default_1: "f32[][]cuda:0" = torch.ops.aten._log_softmax.default(scalar, -1, False)
        _log_softmax_default_2: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten._log_softmax.default(pairs, 0, False)
        _log_softmax_default_3: "f32[4, 0][1, 1]cuda:0" = torch.ops.aten._log_softmax.default(nothing_inside, -2, False)
        _log_softmax_default_4: "f32[24][1]cuda:0" = torch.ops.aten._log_softmax.default(long_vector, 0, False)
        _log_softmax_default_5: "f32[][]cpu" = torch.ops.aten._log_softmax.default(scalar_c, 0, False)
        _log_softmax_default_6: "f32[1, 1, 1][1, 1, 1]cuda:0" = torch.ops.aten._log_softmax.default(single, -2, False)
        _log_softmax_default_7: "f64[][]cpu" = torch.ops.aten._log_softmax.default(scalar_d, 0, False)
        _log_softmax_default_8: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._log_softmax.default(cube, 0, False)
        _log_softmax_default_9: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(odd_one, -1, False)
        _log_softmax_default_10: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten._log_softmax.default(matrix, -2, False)
        _log_softmax_default_11: "bf16[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._log_softmax.default(cube_b, -2, False)
        _log_softmax_default_12: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = torch.ops.aten._log_softmax.default(channel, -3, False)
        _log_softmax_default_13: "f16[6][1]cuda:0" = torch.ops.aten._log_softmax.default(vector_h, 0, False)
        _safe_softmax_default_0: "f32[0, 6][6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(nothing, -2)
        _safe_softmax_default_1: "f32[2, 3, 4, 2, 5][120, 40, 10, 5, 1]cuda:0" = torch.ops.aten._safe_softmax.default(volume, -1, None)
        _safe_softmax_default_2: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(heads, 1)
        _safe_softmax_default_3: "f32[2, 1, 8, 6][48, 48, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(image_one, 3)
        _safe_softmax_default_4: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(cube_permuted, 1)
        _safe_softmax_default_5: "f32[6, 6][6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(square, -1)
        _safe_softmax_default_6: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(image_last, -2)
        _safe_softmax_default_7: "f64[][]cpu" = torch.ops.aten._safe_softmax.default(scalar_d, 0)
        _safe_softmax_default_8: "f16[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(image_last_h, -4)
        _safe_softmax_default_9: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(image, -3)
        _safe_softmax_default_10: "bf16[4, 6][6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(matrix_b, 0)
        _safe_softmax_default_11: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(matrix_h, -2)
        _safe_softmax_default_12: "f32[2, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten._safe_softmax.default(cube_one, -3, None)
        _safe_softmax_default_13: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten._safe_softmax.default(pairs, -2, None)
        softmax_int_0: "f32[4, 6][6, 1]cpu" = torch.ops.aten.softmax.int(host, -1)
        softmax_int_1: "f32[][]cuda:0" = torch.ops.aten.softmax.int(scalar, -1)
        softmax_int_2: "f32[2, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten.softmax.int(cube_one, -1, None)
        softmax_int_3: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten.softmax.int(heads, -1)
        softmax_int_4: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(broadcast_column, 1)
        softmax_int_5: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(row, -1)
        softmax_int_6: "f32[6][1]cuda:0" = torch.ops.aten.softmax.int(vector_h, -1, torch.float32)
        softmax_int_7: "f32[2, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten.softmax.int(cube_one_swapped, 2)
        softmax_int_8: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.softmax.int(matrix, -2)
        softmax_int_9: "f32[][]cpu" = torch.ops.aten.softmax.int(scalar_c, 0)
        softmax_int_10: "f32[][]cuda:0" = torch.ops.aten.softmax.int(scalar, 0, None)
        softmax_int_11: "f16[6][1]cuda:0" = torch.ops.aten.softmax.int(vector_h, -1, None)
        softmax_int_12: "f64[][]cpu" = torch.ops.aten.softmax.int(scalar_d, 0, None)
        softmax_int_13: "f32[][]cuda:0" = torch.ops.aten.softmax.int(scalar, -1, None)
        layer_norm_default_0: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.layer_norm.default(transposed, [4, 6], cudnn_enable = True)
        layer_norm_default_1: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = torch.ops.aten.layer_norm.default(channel, [1, 3, 1, 1], eps = 1e-05, cudnn_enable = True)
        layer_norm_default_2: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten.layer_norm.default(heads, [2, 4, 8, 6])
        layer_norm_default_3: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = torch.ops.aten.layer_norm.default(channel, [1], None, eps = 0.0)
        layer_norm_default_4: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.layer_norm.default(pairs, [4, 6, 2], eps = 0.5)
        layer_norm_default_5: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.layer_norm.default(odd_one, [6], bias = None, eps = 1.5, cudnn_enable = True)
        layer_norm_default_6: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.layer_norm.default(matrix, [4, 6], cudnn_enable = True)
        layer_norm_default_7: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.layer_norm.default(broadcast, [4, 6], None)
        layer_norm_default_8: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten.layer_norm.default(heads, [2, 4, 8, 6], None, None, 0.0)
        rms_norm_default_0: "f32[0, 6][6, 1]cuda:0" = torch.ops.aten.rms_norm.default(nothing, [0, 6], eps = 0.0)
        rms_norm_default_1: "f32[4, 0][1, 1]cuda:0" = torch.ops.aten.rms_norm.default(nothing_inside, [0], None, None)
        rms_norm_default_2: "f32[2, 3, 8, 6][144, 1, 18, 3]cuda:0" = torch.ops.aten.rms_norm.default(image_last, [2, 3, 8, 6], eps = None)
        rms_norm_default_3: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = torch.ops.aten.rms_norm.default(channel, [1, 3, 1, 1], None)
        rms_norm_default_4: "f32[6, 6][6, 1]cuda:0" = torch.ops.aten.rms_norm.default(square, [6, 6], eps = None)
        rms_norm_default_5: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.rms_norm.default(cube, [2, 4, 6])
        rms_norm_default_6: "f32[1, 6][6, 1]cuda:0" = torch.ops.aten.rms_norm.default(row, [6], None)
        native_layer_norm_default_0 = torch.ops.aten.native_layer_norm.default(odd_one, [1, 6], None, None, 1e-05)
        native_layer_norm_default_0_0: "f32[1, 6][6, 1]cuda:0" = native_layer_norm_default_0[0]
        native_layer_norm_default_0_1: "f32[1, 1][1, 1]cuda:0" = native_layer_norm_default_0[1]
        native_layer_norm_default_0_2: "f32[1, 1][1, 1]cuda:0" = native_layer_norm_default_0[2]
        native_layer_norm_default_1 = torch.ops.aten.native_layer_norm.default(nothing_inside, [0], None, None, 1e-05)
        native_layer_norm_default_1_0: "f32[4, 0][1, 1]cuda:0" = native_layer_norm_default_1[0]
        native_layer_norm_default_1_1: "f32[4, 1][1, 1]cuda:0" = native_layer_norm_default_1[1]
        native_layer_norm_default_1_2: "f32[4, 1][1, 1]cuda:0" = native_layer_norm_default_1[2]
        batch_norm_default_0: "f32[2, 1, 6][1, 2, 2]cuda:0" = torch.ops.aten.batch_norm.default(cube_one_swapped, None, None, None, None, True, 1e-05, 1.5, False)
        batch_norm_default_1: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.batch_norm.default(matrix_h, None, None, None, None, True, 1e-05, 0.0, True)
        batch_norm_default_2: "f32[4, 0][1, 1]cuda:0" = torch.ops.aten.batch_norm.default(nothing_inside, column_mask, None, odd_last, None, True, 0.0, 1e-05, True)
        batch_norm_default_3: "f32[4, 0][1, 1]cuda:0" = torch.ops.aten.batch_norm.default(nothing_inside, None, nothing_inside, None, None, False, 0.5, 1e-05, True)
        batch_norm_default_4: "f32[2, 3, 8, 6][144, 1, 18, 3]cuda:0" = torch.ops.aten.batch_norm.default(image_last, None, None, None, None, True, 1.5, 0.5, True)
        batch_norm_default_5: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.batch_norm.default(pairs, None, None, None, None, True, 1e-05, 0.0, True)
        batch_norm_default_6: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.batch_norm.default(broadcast, None, None, None, None, True, 0.5, 0.0, False)
        batch_norm_default_7: "f32[0, 6][6, 1]cuda:0" = torch.ops.aten.batch_norm.default(nothing, None, cube_one, None, None, True, 1.5, 1.5, True)
        batch_norm_default_8: "f8e4m3fn[4, 6][6, 1]cuda:0" = torch.ops.aten.batch_norm.default(matrix_f8, strided_vector, None, None, None, True, 1.5, 0.5, True)
        instance_norm_default_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = torch.ops.aten.instance_norm.default(cube_one_swapped, None, None, None, None, True, 0.5, 1e-05, True)
        instance_norm_default_1: "f32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.instance_norm.default(cube_sliced, None, None, None, None, True, 0.0, 0.0, False)
        instance_norm_default_2: "f16[4, 6][6, 1]cuda:0" = torch.ops.aten.instance_norm.default(broadcast_column, None, vector_h, None, None, True, 1e-05, 0.5, True)
        instance_norm_default_3: "f32[4, 6, 2][12, 2, 1]cuda:0" = torch.ops.aten.instance_norm.default(pairs, None, None, None, None, True, 1.5, 0.0, False)
        instance_norm_default_4: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.instance_norm.default(padded, None, strided_vector, None, None, True, 1e-05, 0.5, True)
        instance_norm_default_5: "f32[4, 6][6, 1]cuda:0" = torch.ops.aten.instance_norm.default(padded, None, None, None, None, True, 0.0, 0.0, True)
        instance_norm_default_6: "f16[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.instance_norm.default(cube_front, None, None, None, None, True, 1e-05, 1e-05, True)
        instance_norm_default_7: "bf16[2, 4, 8, 6][192, 48, 6, 1]cuda:0" = torch.ops.aten.instance_norm.default(heads, None, None, None, None, True, 1e-05, 0.0, True)
        sort_default_0 = torch.ops.aten.sort.default(matrix_i, descending = True)
        sort_default_0_0: "i32[4, 6][6, 1]cuda:0" = sort_default_0[0]
        sort_default_0_1: "i64[4, 6][6, 1]cuda:0" = sort_default_0[1]
        sort_default_1 = torch.ops.aten.sort.default(cube_b)
        sort_default_1_0: "bf16[2, 4, 6][24, 6, 1]cuda:0" = sort_default_1[0]
        sort_default_1_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = sort_default_1[1]
        sort_default_2 = torch.ops.aten.sort.default(square, -1, False)
        sort_default_2_0: "f32[6, 6][6, 1]cuda:0" = sort_default_2[0]
        sort_default_2_1: "i64[6, 6][6, 1]cuda:0" = sort_default_2[1]
        sort_default_3 = torch.ops.aten.sort.default(cube_one_swapped, descending = True)
        sort_default_3_0: "f32[2, 1, 6][1, 2, 2]cuda:0" = sort_default_3[0]
        sort_default_3_1: "i64[2, 1, 6][1, 2, 2]cuda:0" = sort_default_3[1]
        sort_default_4 = torch.ops.aten.sort.default(strided_vector, descending = True)
        sort_default_4_0: "f32[6][1]cuda:0" = sort_default_4[0]
        sort_default_4_1: "i64[6][1]cuda:0" = sort_default_4[1]
        sort_default_5 = torch.ops.aten.sort.default(heads, -1)
        sort_default_5_0: "bf16[2, 4, 8, 6][192, 6, 24, 1]cuda:0" = sort_default_5[0]
        sort_default_5_1: "i64[2, 4, 8, 6][192, 6, 24, 1]cuda:0" = sort_default_5[1]
        sort_default_6 = torch.ops.aten.sort.default(vector_h)
        sort_default_6_0: "f16[6][1]cuda:0" = sort_default_6[0]
        sort_default_6_1: "i64[6][1]cuda:0" = sort_default_6[1]
        sort_default_7 = torch.ops.aten.sort.default(image_one, -4)
        sort_default_7_0: "f32[2, 1, 8, 6][48, 1, 6, 1]cuda:0" = sort_default_7[0]
        sort_default_7_1: "i64[2, 1, 8, 6][48, 1, 6, 1]cuda:0" = sort_default_7[1]
        sort_default_8 = torch.ops.aten.sort.default(cube_one, 0)
        sort_default_8_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = sort_default_8[0]
        sort_default_8_1: "i64[2, 1, 6][6, 6, 1]cuda:0" = sort_default_8[1]
        sort_default_9 = torch.ops.aten.sort.default(host_i, 0, False)
        sort_default_9_0: "i64[4, 6][6, 1]cpu" = sort_default_9[0]
        sort_default_9_1: "i64[4, 6][6, 1]cpu" = sort_default_9[1]
        sort_default_10 = torch.ops.aten.sort.default(channel)
        sort_default_10_0: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = sort_default_10[0]
        sort_default_10_1: "i64[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = sort_default_10[1]
        sort_default_11 = torch.ops.aten.sort.default(broadcast, 1)
        sort_default_11_0: "f32[4, 6][6, 1]cuda:0" = sort_default_11[0]
        sort_default_11_1: "i64[4, 6][6, 1]cuda:0" = sort_default_11[1]
        sort_default_12 = torch.ops.aten.sort.default(square, 1, False)
        sort_default_12_0: "f32[6, 6][6, 1]cuda:0" = sort_default_12[0]
        sort_default_12_1: "i64[6, 6][6, 1]cuda:0" = sort_default_12[1]
        sort_default_13 = torch.ops.aten.sort.default(image, -2, True)
        sort_default_13_0: "f32[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = sort_default_13[0]
        sort_default_13_1: "i64[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = sort_default_13[1]
        sort_stable_0 = torch.ops.aten.sort.stable(square, stable = False)
        sort_stable_0_0: "f32[6, 6][6, 1]cuda:0" = sort_stable_0[0]
        sort_stable_0_1: "i64[6, 6][6, 1]cuda:0" = sort_stable_0[1]
        sort_stable_1 = torch.ops.aten.sort.stable(bytes, stable = None, dim = 1)
        sort_stable_1_0: "u8[4, 6][6, 1]cuda:0" = sort_stable_1[0]
        sort_stable_1_1: "i64[4, 6][6, 1]cuda:0" = sort_stable_1[1]
        sort_stable_2 = torch.ops.aten.sort.stable(image_last_h, stable = None, dim = -1)
        sort_stable_2_0: "f16[2, 3, 8, 6][144, 1, 18, 3]cuda:0" = sort_stable_2[0]
        sort_stable_2_1: "i64[2, 3, 8, 6][144, 1, 18, 3]cuda:0" = sort_stable_2[1]
        sort_stable_3 = torch.ops.aten.sort.stable(cube, stable = None, descending = False)
        sort_stable_3_0: "f32[2, 4, 6][24, 6, 1]cuda:0" = sort_stable_3[0]
        sort_stable_3_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = sort_stable_3[1]
        sort_stable_4 = torch.ops.aten.sort.stable(nothing_inside, stable = False, descending = True)
        sort_stable_4_0: "f32[4, 0][1, 1]cuda:0" = sort_stable_4[0]
        sort_stable_4_1: "i64[4, 0][1, 1]cuda:0" = sort_stable_4[1]
        sort_stable_5 = torch.ops.aten.sort.stable(strided_vector, stable = None, dim = -1)
        sort_stable_5_0: "f32[6][1]cuda:0" = sort_stable_5[0]
        sort_stable_5_1: "i64[6][1]cuda:0" = sort_stable_5[1]
        sort_stable_6 = torch.ops.aten.sort.stable(odd_one, stable = None, dim = 0, descending = False)
        sort_stable_6_0: "f32[1, 6][6, 1]cuda:0" = sort_stable_6[0]
        sort_stable_6_1: "i64[1, 6][6, 1]cuda:0" = sort_stable_6[1]
        sort_stable_7 = torch.ops.aten.sort.stable(cube_b, stable = None, dim = 1)
        sort_stable_7_0: "bf16[2, 4, 6][24, 6, 1]cuda:0" = sort_stable_7[0]
        sort_stable_7_1: "i64[2, 4, 6][24, 6, 1]cuda:0" = sort_stable_7[1]
        sort_stable_8 = torch.ops.aten.sort.stable(matrix_d, stable = None)
        sort_stable_8_0: "f64[4, 6][6, 1]cuda:0" = sort_stable_8[0]
        sort_stable_8_1: "i64[4, 6][6, 1]cuda:0" = sort_stable_8[1]
        sort_stable_9 = torch.ops.aten.sort.stable(channel, stable = None)
        sort_stable_9_0: "f32[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = sort_stable_9[0]
        sort_stable_9_1: "i64[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = sort_stable_9[1]
        sort_stable_10 = torch.ops.aten.sort.stable(signed_bytes, stable = None, dim = -2)
        sort_stable_10_0: "i8[4, 6][6, 1]cuda:0" = sort_stable_10[0]
        sort_stable_10_1: "i64[4, 6][6, 1]cuda:0" = sort_stable_10[1]
        sort_stable_11 = torch.ops.aten.sort.stable(cube_one, stable = True, dim = 1)
        sort_stable_11_0: "f32[2, 1, 6][6, 6, 1]cuda:0" = sort_stable_11[0]
        sort_stable_11_1: "i64[2, 1, 6][6, 6, 1]cuda:0" = sort_stable_11[1]
        sort_stable_12 = torch.ops.aten.sort.stable(nothing, stable = None)
        sort_stable_12_0: "f32[0, 6][6, 1]cuda:0" = sort_stable_12[0]
        sort_stable_12_1: "i64[0, 6][6, 1]cuda:0" = sort_stable_12[1]
        sort_stable_13 = torch.ops.aten.sort.stable(matrix_h, stable = False, descending = False)
        sort_stable_13_0: "f16[4, 6][6, 1]cuda:0" = sort_stable_13[0]
        sort_stable_13_1: "i64[4, 6][6, 1]cuda:0" = sort_stable_13[1]
        argsort_default_0: "i64[2, 4, 6][24, 1, 4]cuda:0" = torch.ops.aten.argsort.default(cube_swapped, 2)
        argsort_default_1: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(matrix_f8)
        argsort_default_2: "i64[6, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(square, descending = True)
        argsort_default_3: "i64[4, 0][1, 1]cuda:0" = torch.ops.aten.argsort.default(nothing_inside, 1)
        argsort_default_4: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(broadcast, 1)
        argsort_default_5: "i64[6][1]cuda:0" = torch.ops.aten.argsort.default(vector_h, 0, True)
        argsort_default_6: "i64[1, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(odd_one, 1, False)
        argsort_default_7: "i64[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.argsort.default(cube_sliced, -3)
        argsort_default_8: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(broadcast, -2)
        argsort_default_9: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.argsort.default(broadcast_column)
        argsort_default_10: "i64[4, 0][1, 1]cuda:0" = torch.ops.aten.argsort.default(nothing_inside, -1)
        argsort_default_11: "i64[4, 0][1, 1]cuda:0" = torch.ops.aten.argsort.default(nothing_inside)
        argsort_default_12: "i64[4, 6][6, 1]cpu" = torch.ops.aten.argsort.default(host_i, -2, True)
        argsort_default_13: "i64[4, 6][1, 4]cuda:0" = torch.ops.aten.argsort.default(transposed_i, -2, False)
        argsort_stable_0: "i64[2, 1, 6][1, 2, 2]cuda:0" = torch.ops.aten.argsort.stable(cube_one_swapped, stable = False)
        argsort_stable_1: "i64[6][1]cuda:0" = torch.ops.aten.argsort.stable(vector_h, stable = True, dim = -1, descending = True)
        argsort_stable_2: "i64[6][1]cuda:0" = torch.ops.aten.argsort.stable(strided_vector, stable = False)
        argsort_stable_3: "i64[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.argsort.stable(image, stable = False, dim = -2, descending = True)
        argsort_stable_4: "i64[4, 6][6, 1]cpu" = torch.ops.aten.argsort.stable(host, stable = False, dim = 1)
        argsort_stable_5: "i64[1, 3, 1, 1][3, 1, 1, 1]cuda:0" = torch.ops.aten.argsort.stable(channel, stable = True, dim = -2, descending = True)
        argsort_stable_6: "i64[1, 6][6, 1]cuda:0" = torch.ops.aten.argsort.stable(row, stable = True, dim = -2, descending = True)
        argsort_stable_7: "i64[6][1]cuda:0" = torch.ops.aten.argsort.stable(strided_vector, stable = False, dim = 0, descending = False)
        argsort_stable_8: "i64[6][1]cuda:0" = torch.ops.aten.argsort.stable(strided_vector, stable = False, descending = False)
        argsort_stable_9: "i64[0, 6][6, 1]cuda:0" = torch.ops.aten.argsort.stable(nothing, stable = False)
        argsort_stable_10: "i64[4, 1][1, 1]cuda:0" = torch.ops.aten.argsort.stable(odd_last, stable = False)
        argsort_stable_11: "i64[2, 3, 4, 2, 5][120, 40, 10, 5, 1]cuda:0" = torch.ops.aten.argsort.stable(volume, stable = True, descending = False)
        argsort_stable_12: "i64[6][1]cuda:0" = torch.ops.aten.argsort.stable(vector, stable = False, descending = False)
        argsort_stable_13: "i64[][]cuda:0" = torch.ops.aten.argsort.stable(scalar_l, stable = True, descending = True)
        topk_default_0 = torch.ops.aten.topk.default(host, 0)
        topk_default_0_0: "f32[4, 0][1, 1]cpu" = topk_default_0[0]
        topk_default_0_1: "i64[4, 0][1, 1]cpu" = topk_default_0[1]
        topk_default_1 = torch.ops.aten.topk.default(cube_b, 0, largest = True)
        topk_default_1_0: "bf16[2, 4, 0][4, 1, 1]cuda:0" = topk_default_1[0]
        topk_default_1_1: "i64[2, 4, 0][4, 1, 1]cuda:0" = topk_default_1[1]
        topk_default_2 = torch.ops.aten.topk.default(image_last, 2, sorted = True)
        topk_default_2_0: "f32[2, 3, 8, 2][48, 16, 2, 1]cuda:0" = topk_default_2[0]
        topk_default_2_1: "i64[2, 3, 8, 2][48, 16, 2, 1]cuda:0" = topk_default_2[1]
        topk_default_3 = torch.ops.aten.topk.default(column, 2, -2)
        topk_default_3_0: "f32[2, 1][1, 1]cuda:0" = topk_default_3[0]
        topk_default_3_1: "i64[2, 1][1, 1]cuda:0" = topk_default_3[1]
        topk_default_4 = torch.ops.aten.topk.default(volume, 0, largest = True, sorted = True)
        topk_default_4_0: "f32[2, 3, 4, 2, 0][24, 8, 2, 1, 1]cuda:0" = topk_default_4[0]
        topk_default_4_1: "i64[2, 3, 4, 2, 0][24, 8, 2, 1, 1]cuda:0" = topk_default_4[1]
        topk_default_5 = torch.ops.aten.topk.default(column, 3, -2)
        topk_default_5_0: "f32[3, 1][1, 1]cuda:0" = topk_default_5[0]
        topk_default_5_1: "i64[3, 1][1, 1]cuda:0" = topk_default_5[1]
        topk_default_6 = torch.ops.aten.topk.default(long_vector, 3, 0)
        topk_default_6_0: "f32[3][1]cuda:0" = topk_default_6[0]
        topk_default_6_1: "i64[3][1]cuda:0" = topk_default_6[1]
        topk_default_7 = torch.ops.aten.topk.default(matrix_h, 4, sorted = False)
        topk_default_7_0: "f16[4, 4][4, 1]cuda:0" = topk_default_7[0]
        topk_default_7_1: "i64[4, 4][4, 1]cuda:0" = topk_default_7[1]
        topk_default_8 = torch.ops.aten.topk.default(image_last_h, 4)
        topk_default_8_0: "f16[2, 3, 8, 4][96, 32, 4, 1]cuda:0" = topk_default_8[0]
        topk_default_8_1: "i64[2, 3, 8, 4][96, 32, 4, 1]cuda:0" = topk_default_8[1]
        topk_default_9 = torch.ops.aten.topk.default(host, 1, largest = False)
        topk_default_9_0: "f32[4, 1][1, 1]cpu" = topk_default_9[0]
        topk_default_9_1: "i64[4, 1][1, 1]cpu" = topk_default_9[1]
        topk_default_10 = torch.ops.aten.topk.default(volume_last, 1, largest = True)
        topk_default_10_0: "f32[2, 3, 4, 2, 1][24, 8, 2, 1, 1]cuda:0" = topk_default_10[0]
        topk_default_10_1: "i64[2, 3, 4, 2, 1][24, 8, 2, 1, 1]cuda:0" = topk_default_10[1]
        topk_default_11 = torch.ops.aten.topk.default(channel, 0, largest = False, sorted = False)
        topk_default_11_0: "f32[1, 3, 1, 0][3, 1, 1, 1]cuda:0" = topk_default_11[0]
        topk_default_11_1: "i64[1, 3, 1, 0][3, 1, 1, 1]cuda:0" = topk_default_11[1]
        topk_default_12 = torch.ops.aten.topk.default(image, 3, sorted = True)
        topk_default_12_0: "f32[2, 3, 8, 3][72, 24, 3, 1]cuda:0" = topk_default_12[0]
        topk_default_12_1: "i64[2, 3, 8, 3][72, 24, 3, 1]cuda:0" = topk_default_12[1]
        topk_default_13 = torch.ops.aten.topk.default(integers, 3, sorted = False)
        topk_default_13_0: "i64[3][1]cuda:0" = topk_default_13[0]
        topk_default_13_1: "i64[3][1]cuda:0" = topk_default_13[1]
        searchsorted_Tensor_0: "i32[2, 4, 6][24, 6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(strided_vector, cube_sliced, out_int32 = True, right = True, side = None)
        searchsorted_Tensor_1: "i64[4, 1][1, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(strided_vector, odd_last)
        searchsorted_Tensor_2: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(strided_vector, matrix_l, out_int32 = False, right = False)
        searchsorted_Tensor_3: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(padded, signed_bytes, sorter = None)
        searchsorted_Tensor_4: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(matrix_i, transposed, sorter = None)
        searchsorted_Tensor_5: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(signed_bytes, padded, out_int32 = False, sorter = None)
        searchsorted_Tensor_6: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(matrix_l, matrix_h, right = True, sorter = None)
        searchsorted_Tensor_7: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(column_mask, signed_bytes)
        searchsorted_Tensor_8: "i32[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(broadcast_column, transposed, out_int32 = True, right = False, sorter = transposed_i)
        searchsorted_Tensor_9: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(bytes, matrix_i, side = None)
        searchsorted_Tensor_10: "i32[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(broadcast_column, broadcast_column, out_int32 = True, sorter = None)
        searchsorted_Tensor_11: "i64[2, 3, 8, 6][144, 48, 6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(image_last, image_last, out_int32 = False)
        searchsorted_Tensor_12: "i64[4, 6][6, 1]cuda:0" = torch.ops.aten.searchsorted.Tensor(signed_bytes, matrix_d, out_int32 = False, right = False, sorter = transposed_i)
        searchsorted_Tensor_13: "i64[4, 6][6, 1]cpu" = torch.ops.aten.searchsorted.Tensor(host, host, out_int32 = False, right = True, sorter = None)
        searchsorted_Scalar_0: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(strided_vector, 0.5, right = True, side = None)
        searchsorted_Scalar_1: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(integers, -1, out_int32 = False)
        searchsorted_Scalar_2: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(strided_vector, 0.5, right = False, sorter = None)
        searchsorted_Scalar_3: "i32[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, 0.5, out_int32 = True)
        searchsorted_Scalar_4: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector_h, 2, out_int32 = False, right = True, sorter = None)
        searchsorted_Scalar_5: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(integers, 3.0, side = None, sorter = None)
        searchsorted_Scalar_6: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(integers, 3.0)
        searchsorted_Scalar_7: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(vector, 0)
        searchsorted_Scalar_8: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(integers, 0)
        searchsorted_Scalar_9: "i64[][]cuda:0" = torch.ops.aten.searchsorted.Scalar(integers, True, sorter = None)
        return ()
