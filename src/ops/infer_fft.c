/*
 * infer_fft.c: Fourier transforms: complex to complex, real to complex, complex to real.
 *
 * Sizes and dtypes are exact. Strides differ between versions of PyTorch and with the library that a build transforms
 * with, so that most are left open.
 */
#include "ops/op_rows.h"

/* A transform under way. */
typedef struct transform {
    rg_shape input;
    uint32_t dims[RG_MAX_RANK];
    uint32_t count;
} transform;

static bool read_transform(rg_inference *inference, transform *call, rg_status *status)
{
    int64_t dims[RG_MAX_RANK];
    *status = RG_OK;
    if (!rg__infer_tensor(inference, 0, &call->input)) {
        return false;
    }
    if (!rg__infer_ints(inference, 1, dims, &call->count)) {
        inference->unknown = true;
        return false;
    }
    for (uint32_t i = 0; i < call->count && *status == RG_OK; i++) {
        *status = rg__infer_wrap_dim(inference, dims[i], call->input.rank, &call->dims[i]);
    }
    if (*status == RG_OK && (call->count == 0 || call->input.rank == 0)) {
        *status = rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a dimension to transform is needed");
    }
    return *status == RG_OK;
}

/* Of the layouts only the plain one is certain: a contiguous tensor transformed along its last dimension. */
static void set_layout(rg_inference *inference, rg_shape *shape, const transform *call)
{
    if (call->count == 1 && call->dims[0] + 1 == call->input.rank && rg__shape_is_contiguous(inference, &call->input)) {
        rg__shape_set_contiguous(inference, shape);
    } else {
        shape->has_strides = false;
    }
}

rg_status rg__op_fft_c2c(rg_inference *inference)
{
    transform call;
    rg_status status;
    int64_t none[RG_MAX_RANK];
    uint32_t count = 0;
    if (rg__infer_ints(inference, 1, none, &count) && count == 0) {
        return rg__op_clone(inference);
    }
    if (!read_transform(inference, &call, &status)) {
        return status;
    }
    if (!rg_dtype_is_complex(call.input.dtype)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "complex input is needed");
    }
    rg_shape shape = call.input;
    set_layout(inference, &shape, &call);
    return rg__infer_set_tensor(inference, &shape);
}

/* Real to complex: of the last transformed dimension one half and the middle are enough. */
rg_status rg__op_fft_r2c(rg_inference *inference)
{
    transform call;
    rg_status status;
    bool onesided = false;
    if (!read_transform(inference, &call, &status)) {
        return status;
    }
    if (!rg_dtype_is_float(call.input.dtype)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "floating-point input is needed");
    }
    rg_shape shape = call.input;
    shape.dtype = rg__dtype_complex(call.input.dtype);
    (void)rg__infer_bool(inference, rg__infer_find(inference, "onesided"), &onesided);
    if (onesided) {
        rg_size *last = &shape.sizes[call.dims[call.count - 1]];
        rg_size half = rg__infer_floor_divide(inference, *last, rg__infer_int_size(inference, 2));
        *last = rg__infer_add(inference, half, rg__infer_int_size(inference, 1));
    }
    set_layout(inference, &shape, &call);
    return rg__infer_set_tensor(inference, &shape);
}

/* Complex to real: the size of the last transformed dimension is an argument. */
rg_status rg__op_fft_c2r(rg_inference *inference)
{
    transform call;
    rg_status status;
    rg_size last;
    if (!read_transform(inference, &call, &status)) {
        return status;
    }
    if (!rg__infer_size(inference, rg__infer_find(inference, "last_dim_size"), &last)) {
        return RG_OK;
    }
    if (!rg_dtype_is_complex(call.input.dtype)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "complex input is needed");
    }
    rg_shape shape = call.input;
    shape.dtype = rg__dtype_real(call.input.dtype);
    shape.sizes[call.dims[call.count - 1]] = last;
    set_layout(inference, &shape, &call);
    return rg__infer_set_tensor(inference, &shape);
}
