/*
 * memory_format.c: which of PyTorch's memory formats a tensor's strides suggest, and results laid out in it or as
 * another tensor.
 *
 * Convolution, pooling, padding and upsampling allocate their results as "suggest_memory_format" of their input says.
 * That is a weaker question than being channels-last contiguous (shape.c): gaps and odd strides are allowed as long as
 * the dimensions are ordered channels, width, height, (depth,) batch.
 */
#include "ops/infer.h"

bool rg__shape_suggests_channels_last(rg_inference *inference, const rg_shape *shape)
{
    if (!shape->has_strides || (shape->rank != 4 && shape->rank != 5)) {
        return false;
    }
    rg_size smallest = rg__infer_int_size(inference, 0);
    if (rg__infer_is_int(inference, shape->strides[1], 0)) {
        return false; /* an expanded channel dimension says nothing */
    }
    for (uint32_t i = 0; i < shape->rank; i++) {
        uint32_t dim = i == 0 ? 1 : (i + 1 == shape->rank ? 0 : shape->rank - i);
        rg_size stride = shape->strides[dim];
        if (rg__infer_is_int(inference, shape->sizes[dim], 0) ||
            !rg__infer_seems_at_most(inference, smallest, stride)) {
            return false;
        }
        /* With one channel and one pixel both formats fit; PyTorch then takes the contiguous one. */
        if (dim == 0 && rg__infer_same(inference, smallest, shape->strides[1])) {
            return false;
        }
        smallest = rg__infer_is_one(inference, shape->sizes[dim])
                       ? stride
                       : rg__infer_multiply(inference, stride, shape->sizes[dim]);
    }
    return true;
}

bool rg__shape_is_empty(rg_inference *inference, const rg_shape *shape)
{
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (rg__infer_is_int(inference, shape->sizes[i], 0)) {
            return true;
        }
    }
    return false;
}

/* [N, C, L] as the image [N, C, 1, L]. */
static rg_shape image_of_line(rg_inference *inference, const rg_shape *line)
{
    rg_shape image = *line;
    image.rank = 4;
    image.sizes[3] = line->sizes[2];
    image.strides[3] = line->strides[2];
    image.sizes[2] = rg__infer_int_size(inference, 1);
    image.strides[2] =
        line->has_strides ? rg__infer_multiply(inference, line->sizes[2], line->strides[2]) : (rg_size){0};
    return image;
}

bool rg__shape_line_suggests_channels_last(rg_inference *inference, const rg_shape *line)
{
    if (line->rank != 3) {
        return false;
    }
    rg_shape image = image_of_line(inference, line);
    return rg__shape_suggests_channels_last(inference, &image);
}

void rg__shape_set_suggested(rg_inference *inference, rg_shape *shape, const rg_shape *like)
{
    if (!like->has_strides && shape->rank >= 4) {
        shape->has_strides = false;
    } else if (shape->rank == like->rank && rg__shape_suggests_channels_last(inference, like)) {
        rg__shape_set_channels_last(inference, shape);
    } else {
        rg__shape_set_contiguous(inference, shape);
    }
}

void rg__shape_set_like(rg_inference *inference, rg_shape *shape, const rg_shape *like)
{
    const rg_shape *operands[] = {like};
    rg__shape_set_elementwise(inference, shape, operands, 1);
}
