/*
 * infer_resample.c: images at another resolution: upsampling, grid sampling, pixel shuffling, patches.
 *
 * Sizes come from `output_size` or from factors. A CUDA result follows the input's memory format only from a number
 * of channels on, below which kernels find contiguous memory faster; PyTorch's decompositions hold these numbers.
 */
#include "ops/op_rows.h"

static bool is_cuda(const rg_shape *shape)
{
    return shape->device.kind != NULL && strcmp(shape->device.kind, "cuda") == 0;
}

/* The spatial sizes of the result, behind `out->sizes[2]`. False when they are not known. */
static bool read_output_sizes(rg_inference *inference, rg_shape *out, rg_status *status)
{
    size_t sizes_index = rg__infer_find(inference, "output_size");
    size_t factors_index = rg__infer_find(inference, "scale_factors");
    uint32_t spatial = out->rank - 2;
    uint32_t count = 0;
    rg_size sizes[RG_MAX_RANK];
    *status = RG_OK;
    if (!rg__infer_is_none(inference, sizes_index)) {
        if (!rg__infer_sizes(inference, sizes_index, sizes, &count)) {
            return false;
        }
    } else {
        count = (uint32_t)rg__infer_item_count(inference, factors_index);
        for (uint32_t i = 0; i < count && i < spatial; i++) {
            double factor = rg_value_as_float(rg__infer_item(inference, factors_index, i));
            int64_t known = 0;
            rg_size input = out->sizes[2 + i];
            if (!(factor > 0 && factor < INT32_MAX)) {
                *status = rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a scale factor is out of range");
                return false;
            }
            if (factor == (double)(int64_t)factor) {
                sizes[i] = rg__infer_multiply(inference, input, rg__infer_int_size(inference, (int64_t)factor));
            } else if (rg_size_as_int(inference->context, input, &known) && known <= INT32_MAX) {
                sizes[i] = rg__infer_int_size(inference, (int64_t)((double)known * factor));
            } else {
                inference->unknown = true;
                return false;
            }
        }
    }
    if (count != spatial) {
        *status = rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u output sizes or factors for %u spatial dimensions",
                                 count, spatial);
        return false;
    }
    memcpy(&out->sizes[2], sizes, spatial * sizeof(rg_size));
    return true;
}

/* `cuda_channels`: below so many channels, a CUDA result is contiguous. */
static rg_status upsample(rg_inference *inference, uint32_t spatial, int64_t cuda_channels)
{
    rg_shape input;
    rg_status status;
    int64_t channels = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (input.rank != spatial + 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "an input of rank %u, %u is needed", input.rank, spatial + 2);
    }
    rg_shape shape = input;
    if (!read_output_sizes(inference, &shape, &status)) {
        return status;
    }
    if (is_cuda(&input) && rg_size_as_int(inference->context, input.sizes[1], &channels) && channels < cuda_channels) {
        rg__shape_set_contiguous(inference, &shape);
    } else {
        rg__shape_set_suggested(inference, &shape, &input);
    }
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_upsample1d(rg_inference *inference)
{
    return upsample(inference, 1, 0);
}

rg_status rg__op_upsample2d(rg_inference *inference)
{
    return upsample(inference, 2, 0);
}

rg_status rg__op_upsample_bilinear2d(rg_inference *inference)
{
    return upsample(inference, 2, 16);
}

rg_status rg__op_upsample_nearest3d(rg_inference *inference)
{
    return upsample(inference, 3, 0);
}

rg_status rg__op_upsample_trilinear3d(rg_inference *inference)
{
    return upsample(inference, 3, 16);
}

/* grid_sampler_2d: the channels of the input at the places of the grid. */
rg_status rg__op_grid_sampler2d(rg_inference *inference)
{
    rg_shape input;
    rg_shape grid;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_tensor(inference, 1, &grid)) {
        return RG_OK;
    }
    if (input.rank != 4 || grid.rank != 4) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "input and grid need 4 dimensions");
    }
    input.sizes[2] = grid.sizes[1];
    input.sizes[3] = grid.sizes[2];
    rg__shape_set_contiguous(inference, &input);
    return rg__infer_set_tensor(inference, &input);
}

/* [..., C*r*r, H, W] and [..., C, H*r, W*r] are turned into each other; the former is the packed form. */
static rg_status move_pixels(rg_inference *inference, bool unpack)
{
    rg_shape input;
    int64_t factor = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (input.rank < 3 || !rg__infer_int(inference, 1, &factor) || factor <= 0 || factor > INT32_MAX) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "needs 3 dimensions or more and a positive factor");
    }
    rg_shape shape = input;
    rg_size *last = &shape.sizes[shape.rank - 3];
    rg_size by = rg__infer_int_size(inference, factor);
    rg_size square = rg__infer_int_size(inference, factor * factor);
    if (unpack) {
        last[0] = rg__infer_floor_divide(inference, last[0], square);
        last[1] = rg__infer_multiply(inference, last[1], by);
        last[2] = rg__infer_multiply(inference, last[2], by);
    } else {
        last[0] = rg__infer_multiply(inference, last[0], square);
        last[1] = rg__infer_floor_divide(inference, last[1], by);
        last[2] = rg__infer_floor_divide(inference, last[2], by);
    }
    if (unpack && is_cuda(&input)) {
        rg__shape_set_contiguous(inference, &shape);
    } else {
        rg__shape_set_suggested(inference, &shape, &input);
    }
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_pixel_shuffle(rg_inference *inference)
{
    return move_pixels(inference, true);
}

rg_status rg__op_pixel_unshuffle(rg_inference *inference)
{
    return move_pixels(inference, false);
}

/* ---- patches ---- */

/* The two entries of an int[2] argument, small enough that products of two do not overflow. */
static bool read_pair(rg_inference *inference, const char *name, int64_t out[2])
{
    int64_t entries[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__infer_ints(inference, rg__infer_find(inference, name), entries, &count) || count == 0 || count > 2) {
        inference->unknown = true;
        return false;
    }
    out[0] = entries[0];
    out[1] = entries[count - 1];
    if (out[0] < 0 || out[0] > INT32_MAX || out[1] < 0 || out[1] > INT32_MAX) {
        inference->unknown = true;
        return false;
    }
    return true;
}

/* [N, C, H, W] becomes [N, C*kernel elements, number of windows]. */
rg_status rg__op_im2col(rg_inference *inference)
{
    rg_shape shape;
    int64_t kernel[2];
    int64_t dilation[2];
    int64_t padding[2];
    int64_t stride[2];
    if (!rg__infer_tensor(inference, 0, &shape) || !read_pair(inference, "kernel_size", kernel) ||
        !read_pair(inference, "dilation", dilation) || !read_pair(inference, "padding", padding) ||
        !read_pair(inference, "stride", stride)) {
        return RG_OK;
    }
    if ((shape.rank != 3 && shape.rank != 4) || stride[0] <= 0 || stride[1] <= 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "needs 3 or 4 dimensions and positive strides");
    }
    uint32_t channel = shape.rank - 3;
    rg_size windows = rg__infer_int_size(inference, 1);
    for (uint32_t i = 0; i < 2; i++) {
        int64_t slack = 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1;
        rg_size room = rg__infer_add(inference, shape.sizes[channel + 1 + i], rg__infer_int_size(inference, slack));
        rg_size count = rg__infer_floor_divide(inference, room, rg__infer_int_size(inference, stride[i]));
        windows =
            rg__infer_multiply(inference, windows, rg__infer_add(inference, count, rg__infer_int_size(inference, 1)));
    }
    shape.sizes[channel] =
        rg__infer_multiply(inference, shape.sizes[channel], rg__infer_int_size(inference, kernel[0] * kernel[1]));
    shape.sizes[channel + 1] = windows;
    shape.rank--;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* The reverse of im2col: the image sizes are given. */
rg_status rg__op_col2im(rg_inference *inference)
{
    rg_shape shape;
    rg_size image[RG_MAX_RANK];
    uint32_t count = 0;
    int64_t kernel[2];
    if (!rg__infer_tensor(inference, 0, &shape) ||
        !rg__infer_sizes(inference, rg__infer_find(inference, "output_size"), image, &count) ||
        !read_pair(inference, "kernel_size", kernel)) {
        return RG_OK;
    }
    if ((shape.rank != 2 && shape.rank != 3) || count != 2 || kernel[0] * kernel[1] <= 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "needs 2 or 3 dimensions and two output sizes");
    }
    uint32_t channel = shape.rank - 2;
    shape.sizes[channel] =
        rg__infer_floor_divide(inference, shape.sizes[channel], rg__infer_int_size(inference, kernel[0] * kernel[1]));
    shape.sizes[channel + 1] = image[0];
    shape.sizes[channel + 2] = image[1];
    shape.rank++;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}
