/*
 * infer_vllm.c: vLLM's ops that return something, the collectives among them, and PyTorch's functional collectives.
 *
 * Most of vLLM's kernels write into their arguments and return nothing; auto_functionalized (infer_higher_order.c)
 * types those. Source: the fake implementations registered in vLLM, as far as the corpus shows them.
 */
#include "ops/op_rows.h"

/* ---- elementwise in the first argument ---- */

/* vllm_ir.static_quant_fp8: the input in another dtype. */
rg_status rg__op_quantized(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape shape = input;
    shape.dtype = rg__infer_dtype(inference, rg__infer_find(inference, "dtype"), input.dtype);
    rg__shape_set_like(inference, &shape, &input);
    return rg__infer_set_tensor(inference, &shape);
}

/* vllm_ir.fused_add_rms_norm: (normalised sum, sum), both in the dtype of the first argument. */
rg_status rg__op_fused_add_rms_norm(rg_inference *inference)
{
    rg_shape input;
    rg_shape residual;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_tensor(inference, 1, &residual)) {
        return RG_OK;
    }
    const rg_shape *operands[] = {&input, &residual};
    rg_shape shapes[2] = {input, input};
    rg_status status = rg__shape_broadcast(inference, &shapes[0], &input, &residual);
    if (status != RG_OK) {
        return status;
    }
    rg__shape_set_elementwise(inference, &shapes[0], operands, 2);
    shapes[1] = shapes[0];
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* ---- caches ---- */

/* The empty tensor that orders a cache update before the attention that reads the cache. Its dtype and device are
 * those of the first argument that names what is stored. */
rg_status rg__op_dummy_result(rg_inference *inference)
{
    static const char *const stored[] = {"key", "kv_c_normed", "kv_c", "qkv"};
    rg_shape shape;
    for (size_t i = 0; i < sizeof(stored) / sizeof(stored[0]); i++) {
        size_t index = rg__infer_find(inference, stored[i]);
        if (index < inference->argument_count) {
            if (!rg__infer_tensor(inference, index, &shape)) {
                return RG_OK;
            }
            shape.rank = 1;
            shape.sizes[0] = rg__infer_int_size(inference, 0);
            rg__shape_set_contiguous(inference, &shape);
            return rg__infer_set_tensor(inference, &shape);
        }
    }
    inference->unknown = true;
    return RG_OK;
}

/* ---- splits of a packed qkv ---- */

/* (q, k) of a packed qkv: its last dimension becomes q_size and kv_size. */
rg_status rg__op_split_qk(rg_inference *inference)
{
    rg_shape shapes[2];
    rg_size sizes[2];
    if (!rg__infer_tensor(inference, 0, &shapes[0]) ||
        !rg__infer_size(inference, rg__infer_find(inference, "q_size"), &sizes[0]) ||
        !rg__infer_size(inference, rg__infer_find(inference, "kv_size"), &sizes[1])) {
        return RG_OK;
    }
    if (shapes[0].rank == 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "qkv needs a dimension to split");
    }
    shapes[1] = shapes[0];
    for (size_t i = 0; i < 2; i++) {
        shapes[i].sizes[shapes[i].rank - 1] = sizes[i];
        rg__shape_set_contiguous(inference, &shapes[i]);
    }
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* vllm.fused_gated_qk_norm_rope_and_unified_kv_cache_update: an empty tensor that keeps the order; queries, keys and
 * the gates of the queries, in heads. */
rg_status rg__op_gated_qk_norm_rope(rg_inference *inference)
{
    static const char *const heads[] = {NULL, "num_heads", "num_kv_heads", "num_heads"};
    rg_shape shapes[4];
    if (!rg__infer_tensor(inference, 0, &shapes[0])) {
        return RG_OK;
    }
    if (shapes[0].rank != 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "qkv must be a matrix");
    }
    for (size_t i = 1; i < 4; i++) {
        shapes[i] = shapes[0];
        shapes[i].rank = 3;
        if (!rg__infer_size(inference, rg__infer_find(inference, heads[i]), &shapes[i].sizes[1]) ||
            !rg__infer_size(inference, rg__infer_find(inference, "head_dim"), &shapes[i].sizes[2])) {
            return RG_OK;
        }
        rg__shape_set_contiguous(inference, &shapes[i]);
    }
    shapes[0].rank = 1;
    shapes[0].sizes[0] = rg__infer_int_size(inference, 0);
    rg__shape_set_contiguous(inference, &shapes[0]);
    return rg__infer_set_tensors(inference, shapes, 4);
}

/* ---- collectives ---- */

/* The first argument with dimension `dim` divided by or multiplied with the number of ranks. */
static rg_status answer_scaled_dim(rg_inference *inference, const char *dim_name, const char *ranks_name, bool gather)
{
    rg_shape shape;
    rg_size ranks;
    int64_t dim = 0;
    uint32_t wrapped = 0;
    size_t dim_index = rg__infer_find(inference, dim_name);
    if (!rg__infer_tensor(inference, 0, &shape) ||
        !rg__infer_size(inference, rg__infer_find(inference, ranks_name), &ranks)) {
        return RG_OK;
    }
    (void)rg__infer_int(inference, dim_index, &dim); /* without such an argument: dimension 0 */
    rg_status status = rg__infer_wrap_dim(inference, dim, shape.rank, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    if (shape.rank == 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "a 0-d tensor cannot be distributed");
    }
    rg_size size = shape.sizes[wrapped];
    shape.sizes[wrapped] =
        gather ? rg__infer_multiply(inference, size, ranks) : rg__infer_floor_divide(inference, size, ranks);
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_vllm_reduce_scatter(rg_inference *inference)
{
    return answer_scaled_dim(inference, "dim", "world_size", false);
}

rg_status rg__op_vllm_all_gather(rg_inference *inference)
{
    return answer_scaled_dim(inference, "dim", "world_size", true);
}

rg_status rg__op_functional_reduce_scatter(rg_inference *inference)
{
    return answer_scaled_dim(inference, "", "group_size", false);
}

rg_status rg__op_functional_all_gather(rg_inference *inference)
{
    return answer_scaled_dim(inference, "", "group_size", true);
}

/* vllm.fused_bmm_fp8_reduce_scatter: a product of two matrices of which each rank keeps some rows. */
rg_status rg__op_bmm_reduce_scatter(rg_inference *inference)
{
    rg_shape left;
    rg_shape right;
    rg_size ranks;
    if (!rg__infer_tensor(inference, 0, &left) || !rg__infer_tensor(inference, 1, &right) ||
        !rg__infer_size(inference, rg__infer_find(inference, "world_size"), &ranks)) {
        return RG_OK;
    }
    if (left.rank != 2 || right.rank != 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "two matrices are needed");
    }
    left.sizes[0] = rg__infer_floor_divide(inference, left.sizes[0], ranks);
    left.sizes[1] = right.sizes[1];
    left.dtype = rg__infer_dtype(inference, rg__infer_find(inference, "out_dtype"), left.dtype);
    rg__shape_set_contiguous(inference, &left);
    return rg__infer_set_tensor(inference, &left);
}

/* Results whose sizes depend on what no argument says, the size of a process group for instance. */
rg_status rg__op_not_in_the_call(rg_inference *inference)
{
    inference->unknown = true;
    return RG_OK;
}
