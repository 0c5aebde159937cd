/*
 * infer_pool.c: ops over windows of the spatial dimensions: pooling, resampling, patches.
 *
 * Results are laid out in the memory format that the input suggests (memory_format.c), with exceptions that are named
 * at their functions. Source: torch/_meta_registrations.py and the decompositions of upsampling.
 */
#include "ops/op_rows.h"

enum { MAX_SPATIAL = 3 };

/* An int list with one entry a spatial dimension, or one for all. `count` is 0 when the list is absent or empty. */
static rg_status read_entries(rg_inference *inference, const char *name, uint32_t spatial, int64_t *out,
                              uint32_t *count)
{
    int64_t entries[RG_MAX_RANK];
    size_t index = rg__infer_find(inference, name);
    *count = 0;
    if (rg__infer_is_none(inference, index)) {
        return RG_OK;
    }
    if (!rg__infer_ints(inference, index, entries, count)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (*count > 1 && *count != spatial) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%s has %u entries for %u spatial dimensions", name, *count,
                              spatial);
    }
    for (uint32_t i = 0; *count > 0 && i < spatial; i++) {
        out[i] = entries[*count == 1 ? 0 : i];
    }
    return RG_OK;
}

/* A sliding window, one entry a spatial dimension. */
typedef struct pool_window {
    int64_t kernel[MAX_SPATIAL];
    int64_t stride[MAX_SPATIAL];
    int64_t padding[MAX_SPATIAL];
    int64_t dilation[MAX_SPATIAL];
    bool ceil_mode;
} pool_window;

/* Positive, and small enough that products of two do not overflow. */
static bool is_positive(int64_t value)
{
    return value > 0 && value <= INT32_MAX;
}

static rg_status read_window(rg_inference *inference, uint32_t spatial, pool_window *out)
{
    uint32_t kernels = 0;
    uint32_t strides = 0;
    uint32_t others = 0;
    for (uint32_t i = 0; i < spatial; i++) {
        out->padding[i] = 0;
        out->dilation[i] = 1;
    }
    out->ceil_mode = false;
    (void)rg__infer_bool(inference, rg__infer_find(inference, "ceil_mode"), &out->ceil_mode);
    rg_status status = read_entries(inference, "kernel_size", spatial, out->kernel, &kernels);
    if (status == RG_OK) {
        status = read_entries(inference, "stride", spatial, out->stride, &strides);
    }
    if (status == RG_OK) {
        status = read_entries(inference, "padding", spatial, out->padding, &others);
    }
    if (status == RG_OK) {
        status = read_entries(inference, "dilation", spatial, out->dilation, &others);
    }
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    if (kernels == 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "kernel_size is empty");
    }
    if (strides == 0) {
        memcpy(out->stride, out->kernel, sizeof(out->kernel));
    }
    for (uint32_t i = 0; i < spatial; i++) {
        if (!is_positive(out->kernel[i]) || !is_positive(out->stride[i]) || !is_positive(out->dilation[i]) ||
            (out->padding[i] != 0 && !is_positive(out->padding[i]))) {
            return rg__infer_fail(inference, RG_ERROR_ARGUMENT,
                                  "a window size, stride, dilation or padding is out of range");
        }
    }
    return RG_OK;
}

/* How many places a window has along one dimension. */
static rg_size window_count(rg_inference *inference, const pool_window *window, uint32_t i, rg_size input)
{
    int64_t slack = 2 * window->padding[i] - window->dilation[i] * (window->kernel[i] - 1) - 1 +
                    (window->ceil_mode ? window->stride[i] - 1 : 0);
    rg_size one = rg__infer_int_size(inference, 1);
    rg_size stride = rg__infer_int_size(inference, window->stride[i]);
    rg_size room = rg__infer_add(inference, input, rg__infer_int_size(inference, slack));
    rg_size steps = rg__infer_floor_divide(inference, room, stride);
    if (window->ceil_mode && !rg_size_is_null(steps)) {
        /* The last window must start inside the input or its left padding. */
        rg_size last = rg__infer_multiply(inference, steps, stride);
        rg_size edge = rg__infer_add(inference, input, rg__infer_int_size(inference, window->padding[i]));
        if (rg_size_less_equal(inference->context, edge, last) == RG_YES) {
            return steps;
        }
    }
    return rg__infer_add(inference, steps, one);
}

/* The first argument with `spatial` last dimensions, with or without a batch in front. */
static bool read_input(rg_inference *inference, uint32_t spatial, rg_shape *out, rg_status *status)
{
    *status = RG_OK;
    if (!rg__infer_tensor(inference, 0, out)) {
        return false;
    }
    if (out->rank != spatial + 1 && out->rank != spatial + 2) {
        *status = rg__infer_fail(inference, RG_ERROR_TYPE, "an input of rank %u; %u or %u are needed", out->rank,
                                 spatial + 1, spatial + 2);
        return false;
    }
    return true;
}

/* A pool's result, not yet laid out. */
static bool pool(rg_inference *inference, uint32_t spatial, rg_shape *input, rg_shape *out, rg_status *status)
{
    pool_window window;
    if (!read_input(inference, spatial, input, status)) {
        return false;
    }
    *status = read_window(inference, spatial, &window);
    if (*status != RG_OK || inference->unknown) {
        return false;
    }
    *out = *input;
    for (uint32_t i = 0; i < spatial; i++) {
        uint32_t dim = out->rank - spatial + i;
        out->sizes[dim] = window_count(inference, &window, i, input->sizes[dim]);
    }
    return true;
}

/* ---- pools with a window ---- */

typedef enum pool_layout { LAYOUT_SUGGESTED, LAYOUT_CONTIGUOUS } pool_layout;

/* Input without a batch gives contiguous results; lines [N, C, L] are pooled as images of height 1. */
static void set_layout(rg_inference *inference, rg_shape *shape, const rg_shape *input, uint32_t spatial,
                       pool_layout layout)
{
    if (layout == LAYOUT_CONTIGUOUS || input->rank != spatial + 2) {
        rg__shape_set_contiguous(inference, shape);
    } else if (spatial == 1 && rg__shape_line_suggests_channels_last(inference, input)) {
        rg__shape_set_channels_last(inference, shape);
    } else {
        rg__shape_set_suggested(inference, shape, input);
    }
}

static rg_status answer_pool(rg_inference *inference, uint32_t spatial, pool_layout layout)
{
    rg_shape input;
    rg_shape shape;
    rg_status status;
    if (!pool(inference, spatial, &input, &shape, &status)) {
        return status;
    }
    set_layout(inference, &shape, &input, spatial, layout);
    return rg__infer_set_tensor(inference, &shape);
}

/* (values, positions) */
static rg_status answer_max_pool(rg_inference *inference, uint32_t spatial, rg_dtype positions)
{
    rg_shape input;
    rg_shape shapes[2];
    rg_status status;
    if (!pool(inference, spatial, &input, &shapes[0], &status)) {
        return status;
    }
    set_layout(inference, &shapes[0], &input, spatial, LAYOUT_SUGGESTED);
    shapes[1] = shapes[0];
    shapes[1].dtype = positions;
    return rg__infer_set_tensors(inference, shapes, 2);
}

rg_status rg__op_pool1d(rg_inference *inference)
{
    return answer_pool(inference, 1, LAYOUT_SUGGESTED);
}

rg_status rg__op_pool2d(rg_inference *inference)
{
    return answer_pool(inference, 2, LAYOUT_SUGGESTED);
}

rg_status rg__op_max_pool3d(rg_inference *inference)
{
    return answer_pool(inference, 3, LAYOUT_SUGGESTED);
}

/* Unlike the maximum, the average over volumes is always contiguous. */
rg_status rg__op_avg_pool3d(rg_inference *inference)
{
    return answer_pool(inference, 3, LAYOUT_CONTIGUOUS);
}

rg_status rg__op_max_pool2d_with_indices(rg_inference *inference)
{
    return answer_max_pool(inference, 2, RG_DTYPE_I64);
}

rg_status rg__op_max_pool3d_with_indices(rg_inference *inference)
{
    return answer_max_pool(inference, 3, RG_DTYPE_I64);
}

/* prims._low_memory_max_pool_with_offsets: positions are offsets in the window and fit int8. */
rg_status rg__op_max_pool_with_offsets(rg_inference *inference)
{
    return answer_max_pool(inference, (uint32_t)rg__infer_item_count(inference, 1) == 3 ? 3 : 2, RG_DTYPE_I8);
}

rg_status rg__op_max_pool_offsets_to_indices(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape shape = input;
    shape.dtype = RG_DTYPE_I64;
    rg__shape_set_like(inference, &shape, &input);
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- adaptive pools: the result's spatial sizes are given ---- */

static bool adapt(rg_inference *inference, uint32_t spatial, rg_shape *input, rg_shape *out, rg_status *status)
{
    rg_size sizes[RG_MAX_RANK];
    uint32_t count = 0;
    if (!read_input(inference, spatial, input, status) ||
        !rg__infer_sizes(inference, rg__infer_find(inference, "output_size"), sizes, &count)) {
        return false;
    }
    if (count != 1 && count != spatial) {
        *status =
            rg__infer_fail(inference, RG_ERROR_ARGUMENT, "output_size has %u entries, %u are needed", count, spatial);
        return false;
    }
    *out = *input;
    for (uint32_t i = 0; i < spatial; i++) {
        out->sizes[out->rank - spatial + i] = sizes[count == 1 ? 0 : i];
    }
    return true;
}

static rg_status answer_adaptive(rg_inference *inference, uint32_t spatial, pool_layout layout)
{
    rg_shape input;
    rg_shape shape;
    rg_status status;
    if (!adapt(inference, spatial, &input, &shape, &status)) {
        return status;
    }
    set_layout(inference, &shape, &input, spatial, layout);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_adaptive_pool1d(rg_inference *inference)
{
    return answer_adaptive(inference, 1, LAYOUT_SUGGESTED);
}

rg_status rg__op_adaptive_pool2d(rg_inference *inference)
{
    return answer_adaptive(inference, 2, LAYOUT_SUGGESTED);
}

rg_status rg__op_adaptive_pool3d(rg_inference *inference)
{
    return answer_adaptive(inference, 3, LAYOUT_CONTIGUOUS);
}

rg_status rg__op_adaptive_max_pool2d(rg_inference *inference)
{
    rg_shape input;
    rg_shape shapes[2];
    rg_status status;
    if (!adapt(inference, 2, &input, &shapes[0], &status)) {
        return status;
    }
    set_layout(inference, &shapes[0], &input, 2, LAYOUT_SUGGESTED);
    shapes[1] = shapes[0];
    shapes[1].dtype = RG_DTYPE_I64;
    return rg__infer_set_tensors(inference, shapes, 2);
}
