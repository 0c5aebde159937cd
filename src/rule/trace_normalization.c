/*
 * trace_normalization.c: softmax, log_softmax, logsumexp, layer_norm and rms_norm, decomposed as Inductor's table does.
 */
#include "rule/trace_table.h"

#include <float.h>
#include <math.h>

/*
 * exp(x - max) / sum(exp(x - max)), in f32 for f16 and bf16. The input is made contiguous first, because the fused
 * kernels give contiguous results. `result` is the dtype asked for, NONE for the input's own.
 */
rg_value rg__trace_softmax(rg_tracer *tracer, rg_value x, rg_value dim, bool logarithm, rg_dtype result)
{
    rg_value true_value = rg_value_bool(true);
    rg_value dims = rg__trace_list(tracer, &dim, 1);
    rg_dtype own = rg__trace_dtype(tracer, x);
    if (tracer->status == RG_OK && own == RG_DTYPE_NONE) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "the input's type is needed here and not known; declare it");
    }
    /* f16 or bf16 to f32 is part of the kernel; any other conversion stands before it. */
    if (result != RG_DTYPE_NONE && !(result == RG_DTYPE_F32 && rg__trace_computation_dtype(own) == RG_DTYPE_F32)) {
        x = rg__trace_convert(tracer, x, result);
    }
    if (result == RG_DTYPE_NONE) {
        result = own;
    }
    x = rg__trace_contiguous(tracer, x);
    x = rg__trace_convert(tracer, x, rg__trace_computation_dtype(rg__trace_dtype(tracer, x)));
    rg_value maximum = rg__emit(tracer, "aten.amax.default", x, dims, true_value);
    rg_value shifted = rg__emit(tracer, "aten.sub.Tensor", x, maximum);
    rg_value exponential = rg__emit(tracer, "aten.exp.default", shifted);
    rg_value sum = rg__emit(tracer, "aten.sum.dim_IntList", exponential, dims, true_value);
    rg_value value = logarithm ? rg__emit(tracer, "aten.sub.Tensor", shifted, rg__emit(tracer, "aten.log.default", sum))
                               : rg__emit(tracer, "aten.div.Tensor", exponential, sum);
    return rg__trace_convert(tracer, value, result);
}

/* The dim used when none is given: 0 for ranks 0, 1 and 3, else 1. */
static rg_value implicit_dim(rg_tracer *tracer, rg_value x)
{
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, x, "input", &shape)) {
        return rg_value_missing();
    }
    return rg__trace_int(tracer, shape.rank <= 1 || shape.rank == 3 ? 0 : 1);
}

static rg_value trace_softmax(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool logarithm = strcmp(row->name, "log_softmax") == 0;
    rg__trace_read_tensor(tracer, a[0], "input");
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    rg_value dim = rg__trace_is_given(a[1]) ? a[1] : implicit_dim(tracer, a[0]);
    return rg__trace_softmax(tracer, a[0], dim, logarithm, rg_value_as_dtype(a[2]));
}

/* torch.nn.functional's form has an argument that only Python's warnings use. */
static rg_value trace_functional_softmax(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    const rg_value arguments[] = {a[0], a[1], a[3]};
    return trace_softmax(tracer, row, arguments);
}

/* The largest value is taken out of the sum, unless it is infinite. */
static rg_value trace_logsumexp(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value items[RG_MAX_RANK];
    bool keepdim = rg__trace_read_bool(tracer, a[2], "keepdim", false);
    uint32_t count = rg__trace_read_items(tracer, a[1], "dim", items);
    rg_value dims = rg__trace_list(tracer, items, count);
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    rg_dtype compute = rg__trace_computation_dtype(shape.dtype);
    rg_value x = rg__trace_convert(tracer, a[0], compute);
    rg_value maximum = rg__emit(tracer, "aten.amax.default", x, dims, rg_value_bool(true));
    rg_value magnitude = rg__emit(tracer, "aten.abs.default", maximum);
    rg_value is_infinite = rg__emit(tracer, "aten.eq.Scalar", magnitude, rg_value_float((double)INFINITY));
    rg_value zero = rg__trace_scalar_tensor(tracer, rg_value_float(0.0), compute, shape.device);
    rg_value shift = rg__emit(tracer, "aten.where.self", is_infinite, zero, maximum);
    rg_value shift_result = keepdim ? shift : rg__emit(tracer, "aten.squeeze.dims", shift, dims);
    rg_value shifted = rg__emit(tracer, "aten.sub.Tensor", x, shift);
    rg_value exponential = rg__emit(tracer, "aten.exp.default", shifted);
    rg_value sum = rg__emit(tracer, "aten.sum.dim_IntList", exponential, dims, rg_value_bool(keepdim));
    rg_value logarithm = rg__emit(tracer, "aten.log.default", sum);
    return rg__trace_convert(tracer, rg__emit(tracer, "aten.add.Tensor", logarithm, shift_result), shape.dtype);
}

/* ---- layer norms ---- */

/* The last dims, as many as `normalized_shape` has, which must be the input's. */
static rg_value normalized_dims(rg_tracer *tracer, const rg_shape *shape, rg_value normalized_shape)
{
    rg_value sizes[RG_MAX_RANK];
    int64_t dims[RG_MAX_RANK];
    uint32_t count = rg__trace_read_items(tracer, normalized_shape, "normalized_shape", sizes);
    if (tracer->status == RG_OK && (count == 0 || count > shape->rank)) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "'normalized_shape' has %u sizes, the input %u dimensions", count,
                              shape->rank);
    }
    for (uint32_t i = 0; i < count && tracer->status == RG_OK; i++) {
        dims[i] = shape->rank - count + i;
        rg_size size = rg__trace_read_size(tracer, sizes[i], "normalized_shape");
        if (tracer->status == RG_OK && rg_size_equal(tracer->context, size, shape->sizes[dims[i]]) != RG_YES) {
            return rg__trace_fail(tracer, RG_ERROR_TYPE, "'normalized_shape' is not the end of the input's shape");
        }
    }
    return rg__trace_int_list(tracer, dims, count);
}

static rg_value scale_and_shift(rg_tracer *tracer, rg_value x, rg_value weight, rg_value bias)
{
    if (rg__trace_is_given(weight)) {
        x = rg__emit(tracer, "aten.mul.Tensor", x, weight);
    }
    return rg__trace_is_given(bias) ? rg__emit(tracer, "aten.add.Tensor", x, bias) : x;
}

/* (x - mean) * rsqrt(var + eps), then weight and bias; in f32 for f16 and bf16 */
static rg_value trace_layer_norm(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    rg_value eps = rg__trace_is_given(a[4]) ? a[4] : rg_value_float(1e-05);
    rg_value dims = normalized_dims(tracer, &shape, a[1]);
    rg_value x = rg__trace_contiguous(tracer, a[0]);
    x = rg__trace_convert(tracer, x, rg__trace_computation_dtype(shape.dtype));
    rg_value moments =
        rg__emit_call(tracer, "aten.var_mean.correction", RG_POSITION(x), RG_POSITION(dims),
                      RG_KEYWORD("correction", rg__trace_int(tracer, 0)), RG_KEYWORD("keepdim", rg_value_bool(true)));
    rg_value variance = rg__trace_item(tracer, moments, 0);
    rg_value mean = rg__trace_item(tracer, moments, 1);
    rg_value shifted = rg__emit(tracer, "aten.add.Tensor", variance, eps);
    rg_value scale = rg__emit(tracer, "aten.rsqrt.default", shifted);
    rg_value centred = rg__emit(tracer, "aten.sub.Tensor", x, mean);
    rg_value normal = rg__emit(tracer, "aten.mul.Tensor", centred, scale);
    return rg__trace_convert(tracer, scale_and_shift(tracer, normal, a[2], a[3]), shape.dtype);
}

/*
 * x * rsqrt(mean(x^2) + eps) * weight, in f32 for f16 and bf16. PyTorch rounds eps to f32, and takes the machine
 * epsilon where none is given. Its trace adds eps in place; functionalised, as graphs are, that is add.Scalar.
 */
static rg_value trace_rms_norm(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    rg_dtype compute = rg__trace_computation_dtype(shape.dtype);
    double machine = compute == RG_DTYPE_F64 ? DBL_EPSILON : (double)FLT_EPSILON;
    rg_value eps = rg__trace_is_given(a[3]) ? a[3] : rg_value_float(machine);
    if (rg_value_get_kind(eps) == RG_VALUE_FLOAT && compute != RG_DTYPE_F64) {
        eps = rg_value_float((double)(float)rg_value_as_float(eps));
    }
    rg_value dims = normalized_dims(tracer, &shape, a[1]);
    rg_value x = rg__trace_convert(tracer, a[0], compute);
    rg_value square = rg__emit(tracer, "aten.pow.Tensor_Scalar", x, rg__trace_int(tracer, 2));
    rg_value mean = rg__emit(tracer, "aten.mean.dim", square, dims, rg_value_bool(true));
    rg_value scale = rg__emit(tracer, "aten.rsqrt.default", rg__emit(tracer, "aten.add.Scalar", mean, eps));
    rg_value result = rg__emit(tracer, "aten.mul.Tensor", x, scale);
    result = rg__trace_contiguous(tracer, scale_and_shift(tracer, result, a[2], rg_value_missing()));
    return rg__trace_convert(tracer, result, shape.dtype);
}

static const rg_trace_row rows[] = {
    {"softmax", RG_IN_BOTH, "input|self, dim=, dtype=", trace_softmax, NULL},
    {"log_softmax", RG_IN_BOTH, "input|self, dim=, dtype=", trace_softmax, NULL},
    {"softmax", RG_IN_FUNCTIONAL, "input, dim=, _stacklevel=, dtype=", trace_functional_softmax, NULL},
    {"log_softmax", RG_IN_FUNCTIONAL, "input, dim=, _stacklevel=, dtype=", trace_functional_softmax, NULL},
    {"logsumexp", RG_IN_BOTH, "input|self, dim, keepdim=", trace_logsumexp, NULL},
    {"layer_norm", RG_IN_FUNCTIONAL | RG_IN_TORCH, "input, normalized_shape, weight=, bias=, eps=", trace_layer_norm,
     NULL},
    {"rms_norm", RG_IN_FUNCTIONAL | RG_IN_TORCH, "input, normalized_shape, weight=, eps=", trace_rms_norm, NULL},
};

const rg_trace_family rg__trace_normalization = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH | RG_IN_FUNCTIONAL};
