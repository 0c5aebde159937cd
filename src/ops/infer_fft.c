/*
 * infer_fft.c: Fourier transforms: complex to complex, real to complex, complex to real.
 *
 * The transformed dimensions lie innermost in the result, in the order in which they were transformed; the others
 * keep the order of their strides. Transforms of many dimensions run in stages, each of which arranges the memory
 * anew; their strides are left open. Source: meta_fft_c2c, meta_fft_r2c and meta_fft_c2r.
 */
#include "ops/op_rows.h"

enum { MAX_DIMS_AT_ONCE = 3 }; /* what cuFFT transforms in one call */

/* A transform under way. */
typedef struct transform {
    rg_shape input;
    uint32_t dims[RG_MAX_RANK];
    uint32_t count;
    bool on_cuda;
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
    call->on_cuda = call->input.device.kind != NULL && strcmp(call->input.device.kind, "cuda") == 0;
    return *status == RG_OK;
}

static bool is_transformed(const transform *call, uint32_t dim)
{
    for (uint32_t i = 0; i < call->count; i++) {
        if (call->dims[i] == dim) {
            return true;
        }
    }
    return false;
}

/* Sort dimensions by falling strides of the input, stably. */
static void sort_by_stride(rg_inference *inference, const rg_shape *input, uint32_t *dims, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moving = dims[i];
        uint32_t place = i;
        while (place > 0 && rg_size_less_equal(inference->context, input->strides[moving],
                                               input->strides[dims[place - 1]]) == RG_NO) {
            dims[place] = dims[place - 1];
            place--;
        }
        dims[place] = moving;
    }
}

/* The layout of a transform in one stage of `input`. */
static void set_transformed_layout(rg_inference *inference, rg_shape *shape, const transform *call,
                                   const rg_shape *input)
{
    uint32_t order[RG_MAX_RANK]; /* outermost first */
    uint32_t count = 0;
    if (!input->has_strides || call->count > MAX_DIMS_AT_ONCE) {
        shape->has_strides = false;
        return;
    }
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (!is_transformed(call, i)) {
            order[count++] = i;
        }
    }
    sort_by_stride(inference, input, order, count);
    memcpy(&order[count], call->dims, call->count * sizeof(order[0]));
    rg_size stride = rg__infer_int_size(inference, 1);
    for (uint32_t i = shape->rank; i-- > 0;) {
        shape->strides[order[i]] = stride;
        stride = rg__infer_multiply(inference, stride, shape->sizes[order[i]]);
    }
    shape->has_strides = true;
}

/* cuFFT cannot transform the first two dimensions at once. */
static bool runs_at_once(const transform *call)
{
    return call->count <= MAX_DIMS_AT_ONCE && !(call->count >= 2 && call->dims[0] == 0 && call->dims[1] == 1);
}

static rg_dtype complex_of(rg_dtype dtype)
{
    return dtype == RG_DTYPE_F64 ? RG_DTYPE_C128 : (dtype == RG_DTYPE_F16 ? RG_DTYPE_C32 : RG_DTYPE_C64);
}

static rg_dtype real_of(rg_dtype dtype)
{
    return dtype == RG_DTYPE_C128 ? RG_DTYPE_F64 : (dtype == RG_DTYPE_C32 ? RG_DTYPE_F16 : RG_DTYPE_F32);
}

rg_status rg__op_fft_c2c(rg_inference *inference)
{
    transform call;
    rg_status status;
    if (!read_transform(inference, &call, &status)) {
        return status;
    }
    if (!rg_dtype_is_complex(call.input.dtype)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "complex input is needed");
    }
    rg_shape shape = call.input;
    if (call.input.has_strides) {
        sort_by_stride(inference, &call.input, call.dims, call.count);
    }
    set_transformed_layout(inference, &shape, &call, &call.input);
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
    shape.dtype = complex_of(call.input.dtype);
    (void)rg__infer_bool(inference, rg__infer_find(inference, "onesided"), &onesided);
    if (onesided) {
        rg_size *last = &shape.sizes[call.dims[call.count - 1]];
        rg_size half = rg__infer_floor_divide(inference, *last, rg__infer_int_size(inference, 2));
        *last = rg__infer_add(inference, half, rg__infer_int_size(inference, 1));
    }
    if (!call.on_cuda && call.input.has_strides) {
        sort_by_stride(inference, &call.input, call.dims, call.count - 1);
    }
    set_transformed_layout(inference, &shape, &call, &call.input);
    if (call.on_cuda && !runs_at_once(&call)) {
        shape.has_strides = false;
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* Complex to real: the size of the last transformed dimension is an argument. CUDA works on a contiguous copy. */
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
    rg_shape input = call.input;
    shape.dtype = real_of(call.input.dtype);
    shape.sizes[call.dims[call.count - 1]] = last;
    if (call.on_cuda) {
        rg__shape_set_contiguous(inference, &input);
    }
    set_transformed_layout(inference, &shape, &call, &input);
    if (call.on_cuda ? !runs_at_once(&call) : call.count > 1) {
        shape.has_strides = false;
    }
    return rg__infer_set_tensor(inference, &shape);
}
