/*
 * infer_sort.c: ops that put elements in order or look them up in ordered ones.
 */
#include "ops/op_rows.h"

static rg_status check_dim(rg_inference *inference, uint32_t rank, uint32_t *out)
{
    int64_t dim = -1;
    (void)rg__infer_int(inference, rg__infer_find(inference, "dim"), &dim);
    return rg__infer_wrap_dim(inference, dim, rank, out);
}

/* (values, positions), in the layout of the input. */
rg_status rg__op_sort(rg_inference *inference)
{
    rg_shape input;
    rg_shape shapes[2];
    uint32_t dim = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_status status = check_dim(inference, input.rank, &dim);
    if (status != RG_OK) {
        return status;
    }
    shapes[0] = input;
    rg__shape_set_like(inference, &shapes[0], &input);
    shapes[1] = shapes[0];
    shapes[1].dtype = RG_DTYPE_I64;
    return rg__infer_set_tensors(inference, shapes, 2);
}

rg_status rg__op_argsort(rg_inference *inference)
{
    rg_shape input;
    uint32_t dim = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_status status = check_dim(inference, input.rank, &dim);
    if (status != RG_OK) {
        return status;
    }
    rg_shape shape = input;
    shape.dtype = RG_DTYPE_I64;
    rg__shape_set_like(inference, &shape, &input);
    return rg__infer_set_tensor(inference, &shape);
}

/* (values, positions) of the k largest, contiguous. */
rg_status rg__op_topk(rg_inference *inference)
{
    rg_shape shapes[2];
    rg_size kept;
    uint32_t dim = 0;
    if (!rg__infer_tensor(inference, 0, &shapes[0]) || !rg__infer_size(inference, 1, &kept)) {
        return RG_OK;
    }
    rg_status status = check_dim(inference, shapes[0].rank, &dim);
    if (status != RG_OK) {
        return status;
    }
    if (shapes[0].rank > 0) {
        if (rg_size_less_equal(inference->context, kept, shapes[0].sizes[dim]) == RG_NO) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "k is larger than the dimension");
        }
        shapes[0].sizes[dim] = kept;
    }
    rg__shape_set_contiguous(inference, &shapes[0]);
    shapes[1] = shapes[0];
    shapes[1].dtype = RG_DTYPE_I64;
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* Positions of the values at `values_index`, contiguous. */
static rg_status answer_positions(rg_inference *inference, size_t values_index)
{
    rg_shape shape;
    bool narrow = false;
    if (!rg__infer_tensor(inference, values_index, &shape)) {
        return RG_OK;
    }
    if (shape.device.kind == NULL) { /* a number: the device is that of the ordered values */
        rg_shape ordered;
        if (!rg__infer_tensor(inference, 1 - values_index, &ordered)) {
            return RG_OK;
        }
        shape.device = ordered.device;
    }
    (void)rg__infer_bool(inference, rg__infer_find(inference, "out_int32"), &narrow);
    shape.dtype = narrow ? RG_DTYPE_I32 : RG_DTYPE_I64;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_searchsorted(rg_inference *inference)
{
    return answer_positions(inference, 1);
}

rg_status rg__op_bucketize(rg_inference *inference)
{
    return answer_positions(inference, 0);
}
