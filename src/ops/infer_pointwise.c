/*
 * infer_pointwise.c: results of elementwise ops (rows: ops_pointwise.def, ops_inplace.def). Sizes broadcast; strides
 * follow TensorIterator (shape.c); the device is that of the operands, 0-d CPU tensors giving way; the dtype is the
 * promoted one, then changed by what the op computes.
 */
#include "ops/op_rows.h"

/* What an op makes of the promoted dtype of its operands. */
typedef enum rg_dtype_rule {
    DTYPE_PROMOTED,
    DTYPE_FLOATING, /* integers and bool become the default float */
    DTYPE_BOOL,
    DTYPE_REAL,   /* complex numbers become their parts' dtype */
    DTYPE_NO_BOOL /* bool becomes int64 */
} rg_dtype_rule;

enum { MAX_OPERANDS = 4 };

static bool is_argument_tensor(const rg_inference *inference, size_t index)
{
    rg_type type = rg__infer_type(inference, index);
    return rg_value_get_kind(inference->arguments[index]) == RG_VALUE_NODE &&
           rg_type_get_kind(inference->context, type) == RG_TYPE_TENSOR;
}

static bool is_cpu_scalar(const rg_shape *shape)
{
    return shape->rank == 0 && shape->device.kind != NULL && strcmp(shape->device.kind, "cpu") == 0;
}

static bool devices_clash(rg_device a, rg_device b)
{
    return strcmp(a.kind, b.kind) != 0 || (a.index >= 0 && b.index >= 0 && a.index != b.index);
}

/* The device all operands live on. One operand of unknown device leaves it unknown, unless another one decides. */
static rg_status common_device(rg_inference *inference, rg_shape *result, const rg_shape *const *operands, size_t count)
{
    rg_device none = {NULL, -1};
    bool has_unknown = false;
    const rg_shape *decisive = NULL;
    const rg_shape *scalar = NULL;
    for (size_t i = 0; i < count; i++) {
        if (operands[i]->device.kind == NULL) {
            has_unknown = true;
        } else if (is_cpu_scalar(operands[i])) {
            scalar = operands[i];
        } else if (decisive == NULL) {
            decisive = operands[i];
        } else if (devices_clash(decisive->device, operands[i]->device)) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "tensors on devices %s and %s", decisive->device.kind,
                                  operands[i]->device.kind);
        }
    }
    if (decisive != NULL) {
        result->device = decisive->device;
    } else if (scalar != NULL && !has_unknown) {
        result->device = scalar->device;
    } else {
        result->device = none;
    }
    return RG_OK;
}

static rg_dtype apply_rule(rg_dtype dtype, rg_dtype_rule rule)
{
    switch (rule) {
    case DTYPE_PROMOTED:
        return dtype;
    case DTYPE_FLOATING:
        return rg_dtype_is_integer(dtype) || dtype == RG_DTYPE_BOOL ? RG_DTYPE_F32 : dtype;
    case DTYPE_BOOL:
        return RG_DTYPE_BOOL;
    case DTYPE_REAL:
        return rg__dtype_real(dtype);
    case DTYPE_NO_BOOL:
        return dtype == RG_DTYPE_BOOL ? RG_DTYPE_I64 : dtype;
    }
    return dtype;
}

rg_status rg__infer_broadcast(rg_inference *inference, const size_t *indices, size_t count, rg_shape *result)
{
    rg_shape operands[MAX_OPERANDS];
    const rg_shape *pointers[MAX_OPERANDS];
    size_t tensors = 0;
    result->rank = 0;
    result->has_strides = true;
    result->dtype = RG_DTYPE_NONE;
    for (size_t i = 0; i < count; i++) {
        if (rg__infer_is_none(inference, indices[i])) {
            continue;
        }
        if (!rg__infer_tensor(inference, indices[i], &operands[tensors])) {
            return RG_OK;
        }
        rg_status status = rg__shape_broadcast(inference, result, result, &operands[tensors]);
        if (status != RG_OK) {
            return status;
        }
        if (is_argument_tensor(inference, indices[i])) {
            pointers[tensors] = &operands[tensors];
            tensors++;
        }
    }
    rg_status status = common_device(inference, result, pointers, tensors);
    if (status == RG_OK) {
        rg__shape_set_elementwise(inference, result, pointers, tensors);
    }
    return status;
}

/* The elementwise result over the arguments at `operands`, the dtype promoted over those at `typed`. */
static rg_status pointwise(rg_inference *inference, const size_t *operands, size_t operand_count, const size_t *typed,
                           size_t typed_count, rg_dtype_rule rule)
{
    rg_shape result;
    rg_status status = rg__infer_broadcast(inference, operands, operand_count, &result);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    if (rule != DTYPE_BOOL) {
        result.dtype = rg__infer_promote(inference, typed, typed_count);
        if (result.dtype == RG_DTYPE_NONE) {
            return inference->failure;
        }
    }
    result.dtype = apply_rule(result.dtype, rule);
    return rg__infer_set_tensor(inference, &result);
}

static const size_t first_arguments[] = {0, 1, 2};

/* ---- one tensor ---- */

rg_status rg__op_unary(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 1, first_arguments, 1, DTYPE_PROMOTED);
}

rg_status rg__op_unary_float(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 1, first_arguments, 1, DTYPE_FLOATING);
}

rg_status rg__op_unary_bool(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 1, first_arguments, 1, DTYPE_BOOL);
}

rg_status rg__op_unary_real(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 1, first_arguments, 1, DTYPE_REAL);
}

/* The dropped-out tensor and the mask of what was kept; without training the mask is all true. */
rg_status rg__op_native_dropout(rg_inference *inference)
{
    rg_shape results[2];
    if (!rg__infer_tensor(inference, 0, &results[0])) {
        return RG_OK;
    }
    rg_shape input = results[0];
    rg__shape_set_preserved(inference, &results[0], &input);
    results[1] = results[0];
    results[1].dtype = RG_DTYPE_BOOL;
    return rg__infer_set_tensors(inference, results, 2);
}

/* ---- two ---- */

rg_status rg__op_binary(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 2, first_arguments, 2, DTYPE_PROMOTED);
}

rg_status rg__op_binary_float(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 2, first_arguments, 2, DTYPE_FLOATING);
}

rg_status rg__op_binary_bool(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 2, first_arguments, 2, DTYPE_BOOL);
}

/* Division that rounds keeps integers; without a rounding mode it is true division. */
rg_status rg__op_divide_mode(rg_inference *inference)
{
    rg_dtype_rule rule =
        rg__infer_is_none(inference, rg__infer_find(inference, "rounding_mode")) ? DTYPE_FLOATING : DTYPE_PROMOTED;
    return pointwise(inference, first_arguments, 2, first_arguments, 2, rule);
}

/* ---- three ---- */

/* Every one of the first three arguments that is not None takes part. */
rg_status rg__op_promote_all(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 3, first_arguments, 3, DTYPE_PROMOTED);
}

/* where(condition, self, other): the condition only broadcasts. */
rg_status rg__op_where(rg_inference *inference)
{
    return pointwise(inference, first_arguments, 3, &first_arguments[1], 2, DTYPE_PROMOTED);
}

/* ---- in place ---- */

rg_status rg__op_in_place(rg_inference *inference)
{
    return rg__infer_set_type(inference, rg__infer_type(inference, 0));
}
