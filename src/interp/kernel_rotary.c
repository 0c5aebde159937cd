/*
 * kernel_rotary.c: rotary position embedding, alone and after a norm of each head, and fused with the update of a KV
 * cache, which is not modelled (kernel_attention_vllm.c). The cache of angles has a row for each position: the cosines
 * of all angles, then their sines.
 */
#include "interp/kernel_functions.h"
#include "interp/kernel_quant.h"

/* Query or key: [tokens, heads * width] or [tokens, heads, width]. */
typedef struct heads_view {
    const rg_tensor *tensor;
    int64_t tokens;
    int64_t heads;
    int64_t token_stride;
    int64_t head_stride;
    int64_t stride;
} heads_view;

static bool view_heads(rg_kernel_call *call, heads_view *out, const rg_tensor *tensor, int64_t width)
{
    if (tensor == NULL || (tensor->rank != 2 && tensor->rank != 3) || width <= 0 ||
        tensor->sizes[tensor->rank - 1] % width != 0) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "query and key are not [tokens, heads * width]");
        return false;
    }
    int64_t stride = tensor->strides[tensor->rank - 1];
    bool split = tensor->rank == 3;
    *out = (heads_view){tensor,
                        tensor->sizes[0],
                        split ? tensor->sizes[1] : tensor->sizes[1] / width,
                        tensor->strides[0],
                        split ? tensor->strides[1] : width * stride,
                        stride};
    return true;
}

/* Turns the pairs of one head: halves are the pairs' partners (neox), or neighbours are. */
static void turn(double *x, const double *angles, size_t half, bool neox)
{
    for (size_t i = 0; i < half; i++) {
        size_t first = neox ? i : 2 * i;
        size_t second = neox ? half + i : 2 * i + 1;
        double a = x[first];
        double b = x[second];
        x[first] = a * angles[i] - b * angles[half + i];
        x[second] = b * angles[i] + a * angles[half + i];
    }
}

typedef struct rotary_job {
    const rg_tensor *positions;
    const rg_tensor *cache;
    bool neox;
    int64_t width;
    double epsilon; /* of the norm before, if there is a weight */
} rotary_job;

static rg_status rotate(rg_kernel_call *call, const rotary_job *job, const heads_view *view, const double *weight)
{
    const rg_tensor *positions = rg__kernel_contiguous(call, job->positions, job->positions->dtype);
    double *x = RG_KERNEL_ARRAY(call, double, job->width + 1);
    int64_t rotated = job->cache->rank == 2 ? job->cache->sizes[1] : 0;
    double *angles = RG_KERNEL_ARRAY(call, double, rotated + 1);
    if (positions == NULL || x == NULL || angles == NULL || rotated > job->width || rotated == 0 ||
        rg__tensor_count(positions) != view->tokens) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "positions, cache and heads do not fit one another");
    }
    for (int64_t token = 0; token < view->tokens; token++) {
        int64_t position = rg__tensor_integer_at(positions, positions->offset + token);
        if (position < 0 || position >= job->cache->sizes[0]) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "position %lld of a cache of %lld", (long long)position,
                                   (long long)job->cache->sizes[0]);
        }
        rg__load_real(angles, rg__element_at(job->cache, job->cache->offset + position * job->cache->strides[0]),
                      job->cache->dtype, job->cache->strides[1], (size_t)rotated);
        for (int64_t head = 0; head < view->heads; head++) {
            int64_t start = view->tensor->offset + token * view->token_stride + head * view->head_stride;
            void *elements = rg__element_at(view->tensor, start);
            rg__load_real(x, elements, view->tensor->dtype, view->stride, (size_t)job->width);
            if (weight != NULL) {
                size_t width = (size_t)job->width;
                rg__rms_norm_row(x, width, width, weight, job->epsilon, view->tensor->dtype);
            }
            turn(x, angles, (size_t)rotated / 2, job->neox);
            rg__store_real(elements, view->tensor->dtype, view->stride, x, (size_t)job->width);
        }
    }
    return call->status;
}

rg_status rg__compute_rotary_embedding(rg_kernel_call *call)
{
    rotary_job job = {.positions = rg__kernel_tensor(call, 0),
                      .width = rg__kernel_integer(call, 3),
                      .cache = rg__kernel_tensor(call, 4),
                      .neox = rg__kernel_truth(call, 5)};
    for (size_t i = 1; i <= 2 && call->status == RG_OK; i++) {
        heads_view view;
        if (rg__kernel_has(call, i) && view_heads(call, &view, rg__kernel_tensor(call, i), job.width)) {
            (void)rotate(call, &job, &view, NULL);
        }
    }
    return call->status;
}

/* The query's heads and then the key's, in one tensor with the value's behind them. */
rg_status rg__compute_fused_qk_norm_rope(rg_kernel_call *call)
{
    const rg_tensor *all = rg__kernel_tensor(call, 0);
    int64_t heads[2] = {rg__kernel_integer(call, 1), rg__kernel_integer(call, 2)};
    rotary_job job = {.width = rg__kernel_integer(call, 4),
                      .epsilon = rg__kernel_real(call, 5),
                      .cache = rg__kernel_tensor(call, 8),
                      .neox = rg__kernel_truth(call, 9),
                      .positions = rg__kernel_tensor(call, 10)};
    heads_view view;
    if (call->status != RG_OK || !view_heads(call, &view, all, job.width)) {
        return call->status;
    }
    int64_t first = 0;
    for (size_t i = 0; i < 2 && call->status == RG_OK; i++) {
        rg_tensor part = *all;
        heads_view own = view;
        const double *weight = rg__read_vector(call, rg__kernel_tensor(call, 6 + i), (size_t)job.width);
        if (weight == NULL || first + heads[i] > view.heads) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "there are not so many heads");
        }
        part.offset += first * view.head_stride;
        own.tensor = &part;
        own.heads = heads[i];
        first += heads[i];
        (void)rotate(call, &job, &own, weight);
    }
    return call->status;
}

/* ---- with the update of a cache ---- */

/* query!, key!, value, positions, cos_sin_cache, is_neox: [tokens, heads, width] each. */
rg_status rg__compute_rope_cache_update(rg_kernel_call *call)
{
    rotary_job job = {.positions = rg__kernel_tensor(call, 3),
                      .cache = rg__kernel_tensor(call, 4),
                      .neox = rg__kernel_truth(call, 5)};
    for (size_t i = 0; i < 2 && call->status == RG_OK; i++) {
        const rg_tensor *tensor = rg__kernel_tensor(call, i);
        heads_view view;
        job.width = tensor != NULL && tensor->rank == 3 ? tensor->sizes[2] : 0;
        if (view_heads(call, &view, tensor, job.width)) {
            (void)rotate(call, &job, &view, NULL);
        }
    }
    return call->status;
}

/* positions, q_pe! [tokens, heads, width], k_pe! [tokens, width], kv_c, cos_sin_cache, is_neox. */
rg_status rg__compute_rope_mla_cache_update(rg_kernel_call *call)
{
    rotary_job job = {.positions = rg__kernel_tensor(call, 0),
                      .cache = rg__kernel_tensor(call, 4),
                      .neox = rg__kernel_truth(call, 5)};
    for (size_t i = 1; i <= 2 && call->status == RG_OK; i++) {
        const rg_tensor *tensor = rg__kernel_tensor(call, i);
        heads_view view;
        job.width = tensor == NULL || tensor->rank == 0 ? 0 : tensor->sizes[tensor->rank - 1];
        if (view_heads(call, &view, tensor, job.width)) {
            (void)rotate(call, &job, &view, NULL);
        }
    }
    return call->status;
}

/* Columns [first, first + count * stride) of qkv as heads, `width` of every `stride` columns, copied to [tokens, count,
 * width] in `to`, whatever its sizes. */
static bool copy_heads(rg_kernel_call *call, const rg_tensor *to, const rg_tensor *qkv, const int64_t *place)
{
    int64_t first = place[0];
    int64_t count = place[1];
    int64_t stride = place[2];
    int64_t width = place[3];
    if (qkv->rank != 2 || first + (count - 1) * stride + width > qkv->sizes[1] ||
        rg__tensor_count(to) != qkv->sizes[0] * count * width || !rg__tensor_is_contiguous(to)) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "qkv has not as many columns as heads take");
        return false;
    }
    rg_tensor from = *qkv;
    rg_tensor into = *to;
    from.rank = into.rank = 3;
    from.offset += first * qkv->strides[1];
    for (uint32_t i = 0; i < 3; i++) {
        from.sizes[i] = into.sizes[i] = (int64_t[3]){qkv->sizes[0], count, width}[i];
        from.strides[i] = (int64_t[3]){qkv->strides[0], stride * qkv->strides[1], qkv->strides[1]}[i];
    }
    rg__tensor_set_contiguous(&into);
    return rg__tensor_copy(&into, &from);
}

/* q_out! and k_out! [tokens, heads, width], qkv, positions, q_weight, k_weight, rms_norm_eps, cos_sin_cache, is_neox.
 */
rg_status rg__compute_qk_norm_rope_cache_update(rg_kernel_call *call)
{
    const rg_tensor *qkv = rg__kernel_tensor(call, 2);
    rotary_job job = {.positions = rg__kernel_tensor(call, 3),
                      .epsilon = rg__kernel_real(call, 6),
                      .cache = rg__kernel_tensor(call, 7),
                      .neox = rg__kernel_truth(call, 8)};
    int64_t place[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < 2 && call->status == RG_OK; i++) {
        const rg_tensor *to = rg__kernel_tensor(call, i);
        if (to == NULL || to->rank != 3) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "results are not [tokens, heads, width]");
        }
        heads_view view;
        place[0] += place[1] * place[2];
        place[1] = to->sizes[1];
        place[2] = place[3] = job.width = to->sizes[2];
        const double *weight = rg__read_vector(call, rg__kernel_tensor(call, 4 + i), (size_t)job.width);
        if (weight != NULL && copy_heads(call, to, qkv, place) && view_heads(call, &view, to, job.width)) {
            (void)rotate(call, &job, &view, weight);
        }
    }
    return call->status;
}

/*
 * qkv, positions, q_weight, k_weight, rms_norm_eps, cos_sin_cache, is_neox, num_heads, num_kv_heads, head_dim: each
 * head of the query is followed by its gate. Weights are kept less one, as Gemma's are. The results are an empty
 * tensor, the query, the key and the gate; their sizes are those that the graph's annotations say.
 */
rg_status rg__compute_gated_qk_norm_rope_cache_update(rg_kernel_call *call)
{
    const rg_tensor *qkv = rg__kernel_tensor(call, 0);
    int64_t heads[2] = {rg__kernel_integer(call, 7), rg__kernel_integer(call, 8)};
    rotary_job job = {.positions = rg__kernel_tensor(call, 1),
                      .epsilon = rg__kernel_real(call, 4),
                      .cache = rg__kernel_tensor(call, 5),
                      .neox = rg__kernel_truth(call, 6),
                      .width = rg__kernel_integer(call, 9)};
    if (call->status != RG_OK || call->result_count != 4) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the types of its results are not annotated");
    }
    int64_t places[3][4] = {{0, heads[0], 2 * job.width, job.width},
                            {heads[0] * 2 * job.width, heads[1], job.width, job.width},
                            {job.width, heads[0], 2 * job.width, job.width}};
    for (size_t i = 0; i < 3; i++) {
        if (!copy_heads(call, &call->results[1 + i], qkv, places[i])) {
            return call->status;
        }
    }
    for (size_t i = 0; i < 2 && call->status == RG_OK; i++) {
        const rg_tensor *to = &call->results[1 + i];
        const rg_tensor *kept = rg__kernel_tensor(call, 2 + i);
        double *weight = rg__kernel_read_real(call, kept);
        if (weight == NULL || rg__tensor_count(kept) != job.width) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "a weight has another width than a head");
        }
        for (int64_t k = 0; k < job.width; k++) {
            weight[k] += 1;
        }
        heads_view view = {to, qkv->sizes[0], heads[i], heads[i] * job.width, job.width, 1};
        (void)rotate(call, &job, &view, weight);
    }
    return call->status;
}
