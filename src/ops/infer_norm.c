/*
 * infer_norm.c: layer, group, batch and RMS normalisation, and their gradients.
 *
 * The statistics that these ops also return are float32 for 16-bit input on accelerators; on a CPU some of them have
 * the input's dtype. Source: the decompositions in torch/_refs and torch/_decomp that fake tensors run.
 */
#include "ops/op_rows.h"

static bool is_cpu(const rg_shape *shape)
{
    return shape->device.kind != NULL && strcmp(shape->device.kind, "cpu") == 0;
}

/* The dtype that statistics of `dtype` are accumulated in. */
static rg_dtype statistics_dtype(rg_dtype dtype)
{
    return dtype == RG_DTYPE_F16 || dtype == RG_DTYPE_BF16 ? RG_DTYPE_F32 : dtype;
}

/* The last sizes of the first argument must be those of `normalized_shape`; how many these are goes to `count`. */
static bool read_normalized(rg_inference *inference, const rg_shape *input, uint32_t *count, rg_status *status)
{
    rg_size normalized[RG_MAX_RANK];
    *status = RG_OK;
    if (!rg__infer_sizes(inference, rg__infer_find(inference, "normalized_shape"), normalized, count)) {
        return false;
    }
    bool fits = *count > 0 && *count <= input->rank;
    for (uint32_t i = 0; fits && i < *count; i++) {
        fits = rg_size_equal(inference->context, input->sizes[input->rank - *count + i], normalized[i]) != RG_NO;
    }
    if (!fits) {
        *status = rg__infer_fail(inference, RG_ERROR_TYPE, "the last sizes of the input are not normalized_shape");
    }
    return fits;
}

/* layer_norm: one result, contiguous. */
rg_status rg__op_norm_last(rg_inference *inference)
{
    rg_shape input;
    uint32_t count = 0;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!read_normalized(inference, &input, &count, &status)) {
        return status;
    }
    rg__shape_set_contiguous(inference, &input);
    return rg__infer_set_tensor(inference, &input);
}

/* RMS norms are contiguous, except that channels-last input takes the written-out form, which is elementwise. */
static void set_rms_layout(rg_inference *inference, rg_shape *shape, const rg_shape *input)
{
    if (rg__shape_suggests_channels_last(inference, input)) {
        rg__shape_set_like(inference, shape, input);
    } else {
        rg__shape_set_contiguous(inference, shape);
    }
}

rg_status rg__op_rms_norm(rg_inference *inference)
{
    rg_shape input;
    uint32_t count = 0;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!read_normalized(inference, &input, &count, &status)) {
        return status;
    }
    rg_shape shape = input;
    set_rms_layout(inference, &shape, &input);
    return rg__infer_set_tensor(inference, &shape);
}

/* The statistics of a normalisation over the last `count` dimensions, which are 1 in them. */
static rg_shape statistics_of(rg_inference *inference, const rg_shape *input, uint32_t count, rg_dtype dtype)
{
    rg_shape shape = *input;
    for (uint32_t i = input->rank - count; i < input->rank; i++) {
        shape.sizes[i] = rg__infer_int_size(inference, 1);
    }
    shape.dtype = dtype;
    rg__shape_set_contiguous(inference, &shape);
    return shape;
}

/* (result, mean, rstd) */
rg_status rg__op_native_layer_norm(rg_inference *inference)
{
    rg_shape shapes[3];
    uint32_t count = 0;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &shapes[0])) {
        return RG_OK;
    }
    if (!read_normalized(inference, &shapes[0], &count, &status)) {
        return status;
    }
    rg_dtype dtype = is_cpu(&shapes[0]) ? shapes[0].dtype : statistics_dtype(shapes[0].dtype);
    rg__shape_set_contiguous(inference, &shapes[0]);
    shapes[1] = statistics_of(inference, &shapes[0], count, dtype);
    shapes[2] = shapes[1];
    return rg__infer_set_tensors(inference, shapes, 3);
}

/* (result, rstd) */
rg_status rg__op_fused_rms_norm(rg_inference *inference)
{
    rg_shape shapes[2];
    rg_shape input;
    uint32_t count = 0;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!read_normalized(inference, &input, &count, &status)) {
        return status;
    }
    shapes[0] = input;
    set_rms_layout(inference, &shapes[0], &input);
    shapes[1] = statistics_of(inference, &input, count, statistics_dtype(input.dtype));
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* A tensor of one dimension. */
static rg_shape vector(rg_inference *inference, const rg_shape *like, rg_dtype dtype, rg_size size)
{
    rg_shape shape = *like;
    shape.dtype = dtype;
    shape.rank = 1;
    shape.sizes[0] = size;
    rg__shape_set_contiguous(inference, &shape);
    return shape;
}

/* group_norm: a composite of native_group_norm whose result is made contiguous in the format that the input suggests,
 * on a CPU only. */
rg_status rg__op_group_norm(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    if (is_cpu(&shape) && rg__shape_is_channels_last(inference, &shape)) {
        rg__shape_set_channels_last(inference, &shape);
    } else {
        rg__shape_set_contiguous(inference, &shape);
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* The result is computed on a reshape to [N, group, channels of a group, pixels] and viewed back: it keeps the input's
 * order of dimensions when that reshape is a view. */
static void set_grouped_layout(rg_inference *inference, rg_shape *shape, const rg_shape *input, rg_size batch,
                               rg_size groups)
{
    rg_size channels;
    rg_size pixels;
    if (!rg__infer_size(inference, rg__infer_find(inference, "C"), &channels) ||
        !rg__infer_size(inference, rg__infer_find(inference, "HxW"), &pixels)) {
        return;
    }
    rg_shape grouped = *input;
    grouped.rank = 4;
    grouped.sizes[0] = batch;
    grouped.sizes[1] = groups;
    grouped.sizes[2] = rg__infer_floor_divide(inference, channels, groups);
    grouped.sizes[3] = pixels;
    rg_shape normalized = grouped;
    const rg_shape *operands[] = {&grouped};
    if (rg__shape_set_view(inference, input, &grouped)) {
        rg__shape_set_elementwise(inference, &normalized, operands, 1);
        if (rg__shape_set_view(inference, &normalized, shape)) {
            return;
        }
    }
    rg__shape_set_contiguous(inference, shape);
}

/* (result, mean, rstd); the statistics are [N, group] in the input's dtype. */
rg_status rg__op_native_group_norm(rg_inference *inference)
{
    rg_shape shapes[3];
    rg_shape input;
    rg_size batch;
    rg_size groups;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_size(inference, rg__infer_find(inference, "N"), &batch) ||
        !rg__infer_size(inference, rg__infer_find(inference, "group"), &groups)) {
        return RG_OK;
    }
    shapes[0] = input;
    set_grouped_layout(inference, &shapes[0], &input, batch, groups);
    shapes[1] = input;
    shapes[1].rank = 2;
    shapes[1].sizes[0] = batch;
    shapes[1].sizes[1] = groups;
    rg__shape_set_contiguous(inference, &shapes[1]);
    shapes[2] = shapes[1];
    return rg__infer_set_tensors(inference, shapes, 3);
}

static rg_dtype dtype_of(rg_inference *inference, const char *name)
{
    return rg_type_get_tensor(inference->context, rg__infer_type(inference, rg__infer_find(inference, name))).dtype;
}

/* batch_norm, the composite: as the decomposed ops lay it out, except where it runs on cuDNN, which knows contiguous
 * and channels-last memory only. */
rg_status rg__op_batch_norm(rg_inference *inference)
{
    rg_shape input;
    bool enabled = false;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape shape = input;
    (void)rg__infer_bool(inference, rg__infer_find(inference, "cudnn_enabled"), &enabled);
    rg_dtype weight = dtype_of(inference, "weight");
    bool on_cuda = input.device.kind != NULL && strcmp(input.device.kind, "cuda") == 0;
    bool fits = input.rank >= 3 && input.dtype != RG_DTYPE_BF16 && weight != RG_DTYPE_BF16 &&
                (input.dtype != RG_DTYPE_F16 || weight == RG_DTYPE_F32);
    bool complete = weight != RG_DTYPE_NONE && dtype_of(inference, "bias") != RG_DTYPE_NONE;
    if (enabled && on_cuda && fits && complete) {
        rg__shape_set_suggested(inference, &shape, &input);
    } else {
        rg__shape_set_like(inference, &shape, &input);
    }
    return rg__infer_set_tensor(inference, &shape);
}

/*
 * (result, saved mean, saved rstd, then for the functional form new running mean and variance, and for the newer form
 * without updates a reserve). Outside training a CPU saves nothing: the saved statistics have no elements and the
 * input's dtype.
 */
static rg_status batch_norm_with_statistics(rg_inference *inference, bool training, bool with_running,
                                            bool with_reserve)
{
    rg_shape shapes[5];
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (input.rank < 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "needs an input of at least 2 dimensions");
    }
    shapes[0] = input;
    rg__shape_set_like(inference, &shapes[0], &input);
    rg_size channels = input.sizes[1];
    rg_dtype saved = is_cpu(&input) ? input.dtype : statistics_dtype(input.dtype);
    rg_size saved_size = training || !is_cpu(&input) ? channels : rg__infer_int_size(inference, 0);
    shapes[1] = vector(inference, &input, saved, saved_size);
    shapes[2] = shapes[1];
    size_t count = 3;
    if (with_running) {
        shapes[count] = vector(inference, &input, statistics_dtype(input.dtype), channels);
        shapes[count + 1] = shapes[count];
        count += 2;
    }
    if (with_reserve) {
        shapes[count++] = vector(inference, &input, RG_DTYPE_U8, rg__infer_int_size(inference, 0));
    }
    return rg__infer_set_tensors(inference, shapes, count);
}

static bool is_training(const rg_inference *inference)
{
    bool training = false;
    (void)rg__infer_bool(inference, rg__infer_find(inference, "training"), &training);
    return training;
}

rg_status rg__op_native_batch_norm(rg_inference *inference)
{
    return batch_norm_with_statistics(inference, is_training(inference), false, false);
}

rg_status rg__op_native_batch_norm_no_training(rg_inference *inference)
{
    return batch_norm_with_statistics(inference, false, false, false);
}

rg_status rg__op_native_batch_norm_functional(rg_inference *inference)
{
    return batch_norm_with_statistics(inference, is_training(inference), true, false);
}

rg_status rg__op_batch_norm_with_update(rg_inference *inference)
{
    return batch_norm_with_statistics(inference, true, false, true);
}

rg_status rg__op_batch_norm_no_update(rg_inference *inference)
{
    return batch_norm_with_statistics(inference, false, false, true);
}
