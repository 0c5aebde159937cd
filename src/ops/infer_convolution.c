/*
 * infer_convolution.c: convolutions of one, two and three spatial dimensions, transposed ones included.
 *
 * The layout is that of cuDNN on CUDA and of oneDNN on a CPU: channels-last when input or weight suggests it, else
 * contiguous; float64 on CUDA is always contiguous. Source: determine_backend_memory_format of ATen's
 * Convolution.cpp as fake tensors apply it. The gradients are in infer_backward.c.
 */
#include "ops/op_rows.h"

enum { MAX_SPATIAL = 3 };

/* The parameters of a convolution, one entry a spatial dimension. */
typedef struct convolution {
    uint32_t spatial;
    bool transposed;
    bool same_padding; /* padding="same": the output is as large as the input */
    rg_size stride[MAX_SPATIAL];
    rg_size padding[MAX_SPATIAL];
    rg_size dilation[MAX_SPATIAL];
    rg_size output_padding[MAX_SPATIAL];
    rg_size groups;
} convolution;

/* An int list with one entry a spatial dimension, or one for all; `fallback` when the op has no such argument. */
static rg_status read_entries(rg_inference *inference, const char *name, uint32_t spatial, int64_t fallback,
                              rg_size *out)
{
    rg_size entries[RG_MAX_RANK];
    uint32_t count = 1;
    size_t index = rg__infer_find(inference, name);
    entries[0] = rg__infer_int_size(inference, fallback);
    if (!rg__infer_is_none(inference, index) && !rg__infer_sizes(inference, index, entries, &count)) {
        return RG_OK;
    }
    if (count != 1 && count != spatial) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%s has %u entries for %u spatial dimensions", name, count,
                              spatial);
    }
    for (uint32_t i = 0; i < spatial; i++) {
        out[i] = entries[count == 1 ? 0 : i];
    }
    return RG_OK;
}

/* The padding may be a word instead of numbers: "valid" is none. */
static rg_status read_padding(rg_inference *inference, convolution *parameters)
{
    size_t index = rg__infer_find(inference, "padding");
    if (index < inference->argument_count && rg_value_get_kind(inference->arguments[index]) == RG_VALUE_STRING) {
        rg_string word = rg_value_as_text(inference->context, inference->arguments[index]);
        parameters->same_padding = rg_string_equal(word, rg_string_from("same"));
        if (!parameters->same_padding && !rg_string_equal(word, rg_string_from("valid"))) {
            return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "padding is neither 'same' nor 'valid'");
        }
        for (uint32_t i = 0; i < parameters->spatial; i++) {
            parameters->padding[i] = rg__infer_int_size(inference, 0);
        }
        return RG_OK;
    }
    return read_entries(inference, "padding", parameters->spatial, 0, parameters->padding);
}

static rg_status read_parameters(rg_inference *inference, convolution *parameters)
{
    uint32_t spatial = parameters->spatial;
    rg_status status = read_padding(inference, parameters);
    if (status == RG_OK) {
        status = read_entries(inference, "stride", spatial, 1, parameters->stride);
    }
    if (status == RG_OK) {
        status = read_entries(inference, "dilation", spatial, 1, parameters->dilation);
    }
    if (status == RG_OK) {
        status = read_entries(inference, "output_padding", spatial, 0, parameters->output_padding);
    }
    if (status == RG_OK) {
        rg_size groups[MAX_SPATIAL] = {{0}};
        status = read_entries(inference, "groups", 1, 1, groups);
        parameters->groups = groups[0];
    }
    for (uint32_t i = 0; status == RG_OK && !inference->unknown && i < spatial; i++) {
        if (rg_size_less_equal(inference->context, parameters->stride[i], rg__infer_int_size(inference, 0)) == RG_YES) {
            status = rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a stride is not positive");
        }
    }
    return status;
}

/* One spatial size of the result. */
static rg_size output_size(rg_inference *inference, const convolution *parameters, uint32_t i, rg_size input,
                           rg_size kernel)
{
    rg_size one = rg__infer_int_size(inference, 1);
    rg_size padding = rg__infer_multiply(inference, rg__infer_int_size(inference, 2), parameters->padding[i]);
    rg_size reach = rg__infer_multiply(inference, parameters->dilation[i], rg__infer_subtract(inference, kernel, one));
    if (parameters->same_padding) {
        return input;
    }
    if (parameters->transposed) {
        rg_size spread =
            rg__infer_multiply(inference, rg__infer_subtract(inference, input, one), parameters->stride[i]);
        rg_size size = rg__infer_subtract(inference, spread, padding);
        size = rg__infer_add(inference, size, reach);
        size = rg__infer_add(inference, size, parameters->output_padding[i]);
        return rg__infer_add(inference, size, one);
    }
    rg_size room = rg__infer_add(inference, input, padding);
    room = rg__infer_subtract(inference, rg__infer_subtract(inference, room, reach), one);
    return rg__infer_add(inference, rg__infer_floor_divide(inference, room, parameters->stride[i]), one);
}

static bool runs_channels_last(rg_inference *inference, const rg_shape *input, const rg_shape *weight)
{
    bool on_cpu = input->device.kind != NULL && strcmp(input->device.kind, "cpu") == 0;
    if (!on_cpu && (input->dtype == RG_DTYPE_F64 || weight->dtype == RG_DTYPE_F64)) {
        return false;
    }
    if (weight->rank == 3) {
        rg_shape contiguous = *input; /* one-dimensional input is made contiguous first */
        rg__shape_set_contiguous(inference, &contiguous);
        return rg__shape_line_suggests_channels_last(inference, &contiguous) ||
               rg__shape_line_suggests_channels_last(inference, weight);
    }
    return rg__shape_suggests_channels_last(inference, input) || rg__shape_suggests_channels_last(inference, weight);
}

static rg_status check_channels(rg_inference *inference, const convolution *parameters, const rg_shape *input,
                                const rg_shape *weight)
{
    rg_size expected =
        parameters->transposed ? weight->sizes[0] : rg__infer_multiply(inference, weight->sizes[1], parameters->groups);
    if (rg_size_is_null(expected) || rg_size_equal(inference->context, input->sizes[1], expected) != RG_NO) {
        return RG_OK;
    }
    return rg__infer_fail(inference, RG_ERROR_TYPE, "the channels of input and weight differ");
}

/* Sizes and layout of the result of a batched input. */
static rg_status convolve(rg_inference *inference, const convolution *parameters, const rg_shape *input,
                          const rg_shape *weight, rg_shape *out)
{
    rg_status status = check_channels(inference, parameters, input, weight);
    if (status != RG_OK) {
        return status;
    }
    *out = *input;
    out->sizes[1] =
        parameters->transposed ? rg__infer_multiply(inference, weight->sizes[1], parameters->groups) : weight->sizes[0];
    for (uint32_t i = 0; i < parameters->spatial; i++) {
        out->sizes[2 + i] = output_size(inference, parameters, i, input->sizes[2 + i], weight->sizes[2 + i]);
    }
    if (!input->has_strides || !weight->has_strides) {
        out->has_strides = false;
    } else if (runs_channels_last(inference, input, weight)) {
        rg__shape_set_channels_last(inference, out);
    } else {
        rg__shape_set_contiguous(inference, out);
    }
    return RG_OK;
}

static void remove_batch(rg_inference *inference, rg_shape *shape)
{
    shape->rank--;
    for (uint32_t i = 0; i < shape->rank; i++) {
        shape->sizes[i] = shape->sizes[i + 1];
    }
    if (shape->has_strides) {
        rg__shape_set_contiguous(inference, shape);
    }
}

static void insert_batch(rg_inference *inference, rg_shape *shape)
{
    for (uint32_t i = shape->rank; i > 0; i--) {
        shape->sizes[i] = shape->sizes[i - 1];
        shape->strides[i] = shape->strides[i - 1];
    }
    shape->sizes[0] = rg__infer_int_size(inference, 1);
    shape->strides[0] = rg__infer_multiply(inference, shape->sizes[1], shape->strides[1]);
    shape->rank++;
}

static rg_status answer_convolution(rg_inference *inference, bool transposed)
{
    rg_shape input;
    rg_shape weight;
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_tensor(inference, 1, &weight)) {
        return RG_OK;
    }
    if (weight.rank < 3 || weight.rank > 2 + MAX_SPATIAL ||
        (input.rank != weight.rank && input.rank + 1 != weight.rank)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "an input of rank %u does not fit a weight of rank %u",
                              input.rank, weight.rank);
    }
    convolution parameters = {.spatial = weight.rank - 2, .transposed = transposed, .same_padding = false};
    rg_status status = read_parameters(inference, &parameters);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    bool unbatched = input.rank + 1 == weight.rank;
    if (unbatched) {
        insert_batch(inference, &input);
    }
    status = convolve(inference, &parameters, &input, &weight, &shape);
    if (status != RG_OK) {
        return status;
    }
    if (unbatched) {
        remove_batch(inference, &shape);
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* aten.convolution: whether it is transposed is an argument. */
rg_status rg__op_convolution(rg_inference *inference)
{
    bool transposed = false;
    (void)rg__infer_bool(inference, rg__infer_find(inference, "transposed"), &transposed);
    return answer_convolution(inference, transposed);
}

rg_status rg__op_convolution_transposed(rg_inference *inference)
{
    return answer_convolution(inference, true);
}
