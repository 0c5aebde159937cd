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

/* layer_norm and rms_norm: one result, contiguous. */
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

/* The result followed by `statistics` tensors in which the normalised dimensions are 1. */
static rg_status norm_last_with_statistics(rg_inference *inference, uint32_t statistics, bool cpu_keeps_dtype)
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
    rg__shape_set_contiguous(inference, &shapes[0]);
    shapes[1] = shapes[0];
    for (uint32_t i = shapes[0].rank - count; i < shapes[0].rank; i++) {
        shapes[1].sizes[i] = rg__infer_int_size(inference, 1);
    }
    if (!cpu_keeps_dtype || !is_cpu(&shapes[0])) {
        shapes[1].dtype = statistics_dtype(shapes[0].dtype);
    }
    rg__shape_set_contiguous(inference, &shapes[1]);
    shapes[2] = shapes[1];
    return rg__infer_set_tensors(inference, shapes, 1 + statistics);
}

rg_status rg__op_native_layer_norm(rg_inference *inference)
{
    return norm_last_with_statistics(inference, 2, true);
}

rg_status rg__op_fused_rms_norm(rg_inference *inference)
{
    return norm_last_with_statistics(inference, 1, false);
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
    rg__shape_set_preserved(inference, &shapes[0], &input);
    shapes[1] = input;
    shapes[1].rank = 2;
    shapes[1].sizes[0] = batch;
    shapes[1].sizes[1] = groups;
    rg__shape_set_contiguous(inference, &shapes[1]);
    shapes[2] = shapes[1];
    return rg__infer_set_tensors(inference, shapes, 3);
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
    rg__shape_set_preserved(inference, &shapes[0], &input);
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
