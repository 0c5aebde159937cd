/*
 * kernel_rotary.c: rotary position embedding, alone and after a norm of each head. The cache has a row for each
 * position: the cosines of all angles, then their sines.
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
