/*
 * infer_backward.c: the gradients that core ATen has as ops of their own. A gradient has the sizes of what it belongs
 * to; the ops differ in layout and in which gradients `output_mask` asks for.
 */
#include "ops/op_rows.h"

enum { MAX_GRADIENTS = 3 };

/* (gradient, ...), with None in place of each that output_mask does not ask for. */
static rg_status answer_masked(rg_inference *inference, const rg_shape *shapes, size_t count)
{
    rg_type items[MAX_GRADIENTS];
    size_t mask = rg__infer_find(inference, "output_mask");
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        if (rg_value_as_bool(rg__infer_item(inference, mask, i))) {
            status = rg__shape_type(inference, &shapes[i], &items[i]);
        } else {
            status = rg_type_nothing(&items[i], inference->context);
        }
    }
    return status == RG_OK ? rg_type_from_items(&inference->result, inference->context, items, count) : status;
}

static void make_vector(rg_inference *inference, rg_shape *shape, rg_size size)
{
    shape->rank = 1;
    shape->sizes[0] = size;
    rg__shape_set_contiguous(inference, shape);
}

/* (of input, of weight, of bias): both tensors in the memory format that either suggests. */
rg_status rg__op_convolution_backward(rg_inference *inference)
{
    rg_shape shapes[3];
    if (!rg__infer_tensor(inference, 0, &shapes[2]) || !rg__infer_tensor(inference, 1, &shapes[0]) ||
        !rg__infer_tensor(inference, 2, &shapes[1])) {
        return RG_OK;
    }
    if (shapes[2].rank < 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "the gradient needs a channel dimension");
    }
    bool channels_last = rg__shape_suggests_channels_last(inference, &shapes[0]) ||
                         rg__shape_suggests_channels_last(inference, &shapes[1]);
    for (size_t i = 0; i < 2; i++) {
        if (channels_last) {
            rg__shape_set_channels_last(inference, &shapes[i]);
        } else {
            rg__shape_set_contiguous(inference, &shapes[i]);
        }
    }
    make_vector(inference, &shapes[2], shapes[2].sizes[1]);
    return answer_masked(inference, shapes, 3);
}

/* (of input, of weight, of bias): the latter two have the normalised sizes. */
rg_status rg__op_layer_norm_backward(rg_inference *inference)
{
    rg_shape shapes[3];
    uint32_t count = 0;
    rg_size normalized[RG_MAX_RANK];
    if (!rg__infer_tensor(inference, 1, &shapes[0]) || !rg__infer_sizes(inference, 2, normalized, &count)) {
        return RG_OK;
    }
    rg__shape_set_contiguous(inference, &shapes[0]);
    for (size_t i = 1; i < 3; i++) {
        rg_shape parameter;
        size_t index = 4 + i; /* weight and bias, None without them */
        shapes[i] = shapes[0];
        if (!rg__infer_is_none(inference, index) && rg__infer_tensor(inference, index, &parameter)) {
            shapes[i].dtype = parameter.dtype;
        }
        shapes[i].rank = count;
        memcpy(shapes[i].sizes, normalized, count * sizeof(rg_size));
        rg__shape_set_contiguous(inference, &shapes[i]);
    }
    return answer_masked(inference, shapes, 3);
}

/* (of input, of weight, of bias): the latter two are vectors of the channels. */
rg_status rg__op_group_norm_backward(rg_inference *inference)
{
    rg_shape shapes[3];
    rg_size channels;
    if (!rg__infer_tensor(inference, 1, &shapes[0]) ||
        !rg__infer_size(inference, rg__infer_find(inference, "C"), &channels)) {
        return RG_OK;
    }
    rg__shape_set_contiguous(inference, &shapes[0]);
    for (size_t i = 1; i < 3; i++) {
        shapes[i] = shapes[0];
        make_vector(inference, &shapes[i], channels);
    }
    return answer_masked(inference, shapes, 3);
}

/* Pools: the input's sizes, in the memory format that it suggests. */
rg_status rg__op_pool_backward(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 1, &input)) {
        return RG_OK;
    }
    rg_shape shape = input;
    rg__shape_set_suggested(inference, &shape, &input);
    return rg__infer_set_tensor(inference, &shape);
}

/* embedding_dense_backward(gradient, indices, num_weights, ...): the weight's sizes. */
rg_status rg__op_embedding_backward(rg_inference *inference)
{
    rg_shape shape;
    rg_size rows;
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_size(inference, 2, &rows)) {
        return RG_OK;
    }
    if (shape.rank == 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "the gradient needs a dimension of features");
    }
    shape.sizes[1] = shape.sizes[shape.rank - 1];
    shape.sizes[0] = rows;
    shape.rank = 2;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}
