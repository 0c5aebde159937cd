/*
 * infer_reduce.c: ops that fold or scan dimensions: sum, mean, amax, argmax, any, var, norm, cumsum, softmax.
 *
 * Almost all of them give contiguous results whatever the layout of their input; they differ in what dtype comes out
 * and in what an absent or empty list of dimensions means. Source: PyTorch's structured reductions and
 * torch/_meta_registrations.py; tests/data/inference holds PyTorch's own answers. Sorting is in infer_sort.c, the
 * normalisations that build on these are in infer_norm.c.
 */
#include "ops/op_rows.h"

/* How the dtype of a reduction follows from that of its input; a `dtype` argument always wins. */
typedef enum reduction_dtype {
    DTYPE_KEEP,
    DTYPE_SUM,     /* integers and bools are summed in int64 */
    DTYPE_MEAN,    /* integers have no mean */
    DTYPE_REAL,    /* a complex input gives a real result */
    DTYPE_FLOAT,   /* integers become float32 */
    DTYPE_TRUTH,   /* bool, except that uint8 stays */
    DTYPE_POSITION /* int64 */
} reduction_dtype;

static bool is_integral(rg_dtype dtype)
{
    return rg_dtype_is_integer(dtype) || dtype == RG_DTYPE_BOOL;
}

static rg_status result_dtype(rg_inference *inference, reduction_dtype rule, rg_dtype input, rg_dtype *out)
{
    rg_dtype given = rg__infer_dtype(inference, rg__infer_find(inference, "dtype"), RG_DTYPE_NONE);
    if (given != RG_DTYPE_NONE) {
        *out = rg__dtype_real(given);
        if (rule != DTYPE_REAL) {
            *out = given;
        }
        return RG_OK;
    }
    switch (rule) {
    case DTYPE_KEEP:
        *out = input;
        break;
    case DTYPE_SUM:
        *out = is_integral(input) ? RG_DTYPE_I64 : input;
        break;
    case DTYPE_MEAN:
        if (is_integral(input)) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "needs floating-point or complex input or a dtype, got %s",
                                  rg_dtype_torch_name(input));
        }
        *out = input;
        break;
    case DTYPE_REAL:
        *out = rg__dtype_real(input);
        break;
    case DTYPE_FLOAT:
        *out = is_integral(input) ? RG_DTYPE_F32 : input;
        break;
    case DTYPE_TRUTH:
        *out = input == RG_DTYPE_U8 ? RG_DTYPE_U8 : RG_DTYPE_BOOL;
        break;
    case DTYPE_POSITION:
        *out = RG_DTYPE_I64;
        break;
    }
    return RG_OK;
}

/* Mark the dimensions that the argument `dim` names; all of them when it is absent, None or (if `empty_means_all`) an
 * empty list. Sets inference->unknown when the dimensions are not known. */
static rg_status read_dims(rg_inference *inference, uint32_t rank, bool empty_means_all, bool *reduced)
{
    size_t index = rg__infer_find(inference, "dim");
    int64_t dims[RG_MAX_RANK];
    uint32_t count = 0;
    bool all = rg__infer_is_none(inference, index);
    if (!all && !rg__infer_ints(inference, index, dims, &count)) {
        inference->unknown = true;
        return RG_OK;
    }
    all = all || (count == 0 && empty_means_all);
    for (uint32_t i = 0; i < rank; i++) {
        reduced[i] = all;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t dim = 0;
        rg_status status = rg__infer_wrap_dim(inference, dims[i], rank, &dim);
        if (status != RG_OK) {
            return status;
        }
        if (dim < rank && reduced[dim]) {
            return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "dimension %u is named twice", dim);
        }
        reduced[dim] = true; /* of a 0-d tensor, dimension 0 may be named: it has no effect */
    }
    return RG_OK;
}

/* Remove the reduced dimensions of `shape`, or make them 1 under keepdim, and lay it out contiguously. */
static void fold_dims(rg_inference *inference, rg_shape *shape, const bool *reduced)
{
    bool keep = false;
    (void)rg__infer_bool(inference, rg__infer_find(inference, "keepdim"), &keep);
    uint32_t rank = 0;
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (!reduced[i]) {
            shape->sizes[rank++] = shape->sizes[i];
        } else if (keep) {
            shape->sizes[rank++] = rg__infer_int_size(inference, 1);
        }
    }
    shape->rank = rank;
    rg__shape_set_contiguous(inference, shape);
}

/* A reduction of the first argument under way. */
typedef struct reduction {
    rg_shape shape;                /* the result */
    bool reduced[RG_MAX_RANK + 1]; /* by dimension of the input */
    rg_status status;              /* why there is no result, when reduce() was false */
} reduction;

/* Fold the first argument over `dim`. False when there is nothing to answer: an error or an unknown type. */
static bool reduce(rg_inference *inference, reduction_dtype rule, bool empty_means_all, reduction *out)
{
    out->status = RG_OK;
    if (!rg__infer_tensor(inference, 0, &out->shape)) {
        return false;
    }
    out->status = result_dtype(inference, rule, out->shape.dtype, &out->shape.dtype);
    if (out->status == RG_OK) {
        out->status = read_dims(inference, out->shape.rank, empty_means_all, out->reduced);
    }
    if (out->status != RG_OK || inference->unknown) {
        return false;
    }
    fold_dims(inference, &out->shape, out->reduced);
    return true;
}

static rg_status reduce_to_one(rg_inference *inference, reduction_dtype rule)
{
    reduction result;
    return reduce(inference, rule, true, &result) ? rg__infer_set_tensor(inference, &result.shape) : result.status;
}

rg_status rg__op_reduce_keep(rg_inference *inference)
{
    return reduce_to_one(inference, DTYPE_KEEP);
}

rg_status rg__op_reduce_sum(rg_inference *inference)
{
    return reduce_to_one(inference, DTYPE_SUM);
}

/* nansum: unlike sum, a list of no dimensions reduces nothing. */
rg_status rg__op_reduce_nansum(rg_inference *inference)
{
    reduction result;
    return reduce(inference, DTYPE_SUM, false, &result) ? rg__infer_set_tensor(inference, &result.shape)
                                                        : result.status;
}

rg_status rg__op_reduce_mean(rg_inference *inference)
{
    return reduce_to_one(inference, DTYPE_MEAN);
}

rg_status rg__op_reduce_real(rg_inference *inference)
{
    return reduce_to_one(inference, DTYPE_REAL);
}

/* logsumexp. Over a list of no dimensions it reduces all of them and keeps each as 1, keepdim or not: it computes with
 * keepdim and then squeezes what the list names. */
rg_status rg__op_logsumexp(rg_inference *inference)
{
    reduction result;
    int64_t dims[RG_MAX_RANK];
    uint32_t count = 1;
    rg_shape input;
    if (!reduce(inference, DTYPE_FLOAT, true, &result) || !rg__infer_tensor(inference, 0, &input)) {
        return result.status;
    }
    if (rg__infer_ints(inference, 1, dims, &count) && count == 0) {
        result.shape.rank = input.rank;
        for (uint32_t i = 0; i < input.rank; i++) {
            result.shape.sizes[i] = rg__infer_int_size(inference, 1);
        }
        rg__shape_set_contiguous(inference, &result.shape);
    }
    return rg__infer_set_tensor(inference, &result.shape);
}

rg_status rg__op_reduce_position(rg_inference *inference)
{
    return reduce_to_one(inference, DTYPE_POSITION);
}

/* any and all: a list of no dimensions reduces nothing here, it only converts to bool, elementwise. */
rg_status rg__op_reduce_truth(rg_inference *inference)
{
    reduction result;
    rg_shape input;
    if (!reduce(inference, DTYPE_TRUTH, false, &result) || !rg__infer_tensor(inference, 0, &input)) {
        return result.status;
    }
    bool folded = input.rank == 0;
    for (uint32_t i = 0; i < input.rank; i++) {
        folded = folded || result.reduced[i];
    }
    if (!folded) {
        rg__shape_set_like(inference, &result.shape, &input);
    }
    return rg__infer_set_tensor(inference, &result.shape);
}

/* A reduction with two results of the same sizes. */
static rg_status reduce_to_two(rg_inference *inference, reduction_dtype rule, rg_dtype second)
{
    reduction result;
    if (!reduce(inference, rule, true, &result)) {
        return result.status;
    }
    rg_shape shapes[2] = {result.shape, result.shape};
    if (second != RG_DTYPE_NONE) {
        shapes[1].dtype = second;
    }
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* max.dim, median.dim and their like: (values, positions). */
rg_status rg__op_reduce_with_position(rg_inference *inference)
{
    return reduce_to_two(inference, DTYPE_KEEP, RG_DTYPE_I64);
}

/* aminmax: (minima, maxima). */
rg_status rg__op_reduce_extremes(rg_inference *inference)
{
    return reduce_to_two(inference, DTYPE_KEEP, RG_DTYPE_NONE);
}

/* var_mean and std_mean: the variance is real, the mean has the input's dtype. */
rg_status rg__op_reduce_variance_mean(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (is_integral(input.dtype)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "needs floating-point or complex input, got %s",
                              rg_dtype_torch_name(input.dtype));
    }
    return reduce_to_two(inference, DTYPE_REAL, input.dtype);
}

/* Inductor's online softmax: (maximum, sum of exponentials) of one dimension, kept as 1. */
rg_status rg__op_prepare_softmax_online(rg_inference *inference)
{
    rg_shape shapes[2];
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (!rg__infer_tensor(inference, 0, &shapes[0])) {
        return RG_OK;
    }
    if (!rg__infer_int(inference, 1, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = rg__infer_wrap_dim(inference, dim, shapes[0].rank, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    if (shapes[0].rank > 0) {
        shapes[0].sizes[wrapped] = rg__infer_int_size(inference, 1);
    }
    rg__shape_set_contiguous(inference, &shapes[0]);
    shapes[1] = shapes[0];
    shapes[1].dtype = is_integral(shapes[0].dtype) ? RG_DTYPE_F32 : shapes[0].dtype;
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* ---- scans: the result has the input's sizes ---- */

static rg_status check_scanned_dim(rg_inference *inference, uint32_t rank)
{
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (!rg__infer_int(inference, rg__infer_find(inference, "dim"), &dim)) {
        return RG_OK;
    }
    return rg__infer_wrap_dim(inference, dim, rank, &wrapped);
}

static rg_status scan(rg_inference *inference, reduction_dtype rule, bool with_positions)
{
    rg_shape shapes[2];
    if (!rg__infer_tensor(inference, 0, &shapes[0])) {
        return RG_OK;
    }
    rg_status status = check_scanned_dim(inference, shapes[0].rank);
    if (status == RG_OK) {
        status = result_dtype(inference, rule, shapes[0].dtype, &shapes[0].dtype);
    }
    if (status != RG_OK) {
        return status;
    }
    rg__shape_set_contiguous(inference, &shapes[0]);
    if (!with_positions) {
        return rg__infer_set_tensor(inference, &shapes[0]);
    }
    shapes[1] = shapes[0];
    shapes[1].dtype = RG_DTYPE_I64;
    return rg__infer_set_tensors(inference, shapes, 2);
}

rg_status rg__op_scan_sum(rg_inference *inference)
{
    return scan(inference, DTYPE_SUM, false);
}

rg_status rg__op_scan_keep(rg_inference *inference)
{
    return scan(inference, DTYPE_KEEP, false);
}

rg_status rg__op_scan_with_position(rg_inference *inference)
{
    return scan(inference, DTYPE_KEEP, true);
}

/* aten._softmax and _log_softmax: half_to_float computes and answers in float32. */
rg_status rg__op_softmax(rg_inference *inference)
{
    rg_shape shape;
    bool half_to_float = false;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    rg_status status = check_scanned_dim(inference, shape.rank);
    if (status != RG_OK) {
        return status;
    }
    if (rg__infer_bool(inference, rg__infer_find(inference, "half_to_float"), &half_to_float) && half_to_float) {
        if (shape.dtype != RG_DTYPE_F16 && shape.dtype != RG_DTYPE_BF16) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "half_to_float with input of dtype %s",
                                  rg_dtype_torch_name(shape.dtype));
        }
        shape.dtype = RG_DTYPE_F32;
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* Gradient of _softmax: contiguous, in the dtype that the forward input had. */
rg_status rg__op_softmax_backward(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 1, &shape)) {
        return RG_OK;
    }
    shape.dtype = rg__infer_dtype(inference, rg__infer_find(inference, "input_dtype"), shape.dtype);
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* Gradient of _log_softmax: laid out as an elementwise expression of gradient and output. */
rg_status rg__op_log_softmax_backward(rg_inference *inference)
{
    rg_shape gradient;
    rg_shape output;
    if (!rg__infer_tensor(inference, 0, &gradient) || !rg__infer_tensor(inference, 1, &output)) {
        return RG_OK;
    }
    const rg_shape *operands[] = {&gradient, &output};
    rg_shape shape = output;
    shape.dtype = rg__infer_dtype(inference, rg__infer_find(inference, "input_dtype"), output.dtype);
    rg__shape_set_elementwise(inference, &shape, operands, 2);
    return rg__infer_set_tensor(inference, &shape);
}

/* histc(self, bins, min, max): counts, in the dtype of what is counted. */
rg_status rg__op_histc(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_size(inference, 1, &shape.sizes[0])) {
        return RG_OK;
    }
    shape.rank = 1;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}
