/*
 * trace_activation.c: activations, clamping and choosing by a mask, decomposed as Inductor's table does.
 *
 * Most compute in f32 for f16 and bf16 inputs and convert back: `enter` and `leave` stand around such a body.
 */
#include "rule/trace_table.h"

static rg_value enter(rg_tracer *tracer, rg_value x)
{
    rg__trace_read_tensor(tracer, x, "input");
    return tracer->status != RG_OK
               ? rg_value_missing()
               : rg__trace_convert(tracer, x, rg__trace_computation_dtype(rg__trace_dtype(tracer, x)));
}

static rg_value leave(rg_tracer *tracer, rg_value result, rg_value input)
{
    return tracer->status != RG_OK ? rg_value_missing()
                                   : rg__trace_convert(tracer, result, rg__trace_dtype(tracer, input));
}

static rg_value given_or(rg_value value, rg_value otherwise)
{
    return rg__trace_is_given(value) ? value : otherwise;
}

/* ---- smooth ones ---- */

/* x / (exp(-x) + 1) */
static rg_value trace_silu(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    rg_value exp = rg__emit(tracer, "aten.exp.default", rg__emit(tracer, "aten.neg.default", x));
    rg_value add = rg__emit(tracer, "aten.add.Tensor", exp, rg__trace_int(tracer, 1));
    return leave(tracer, rg__emit(tracer, "aten.div.Tensor", x, add), a[0]);
}

/* (0.5 * x) * (erf(x / sqrt(2)) + 1) */
static rg_value gelu_exact(rg_tracer *tracer, rg_value x)
{
    rg_value half = rg__emit(tracer, "aten.mul.Tensor", x, rg_value_float(0.5));
    rg_value scaled = rg__emit(tracer, "aten.mul.Tensor", x, rg_value_float(0.7071067811865476));
    rg_value erf = rg__emit(tracer, "aten.erf.default", scaled);
    rg_value add = rg__emit(tracer, "aten.add.Tensor", erf, rg__trace_int(tracer, 1));
    return rg__emit(tracer, "aten.mul.Tensor", half, add);
}

/* (0.5 * x) * (tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)) + 1) */
static rg_value gelu_tanh(rg_tracer *tracer, rg_value x)
{
    rg_value cube = rg__emit(tracer, "aten.mul.Tensor", rg__emit(tracer, "aten.mul.Tensor", x, x), x);
    rg_value term = rg__emit(tracer, "aten.mul.Tensor", cube, rg_value_float(0.044715));
    rg_value sum = rg__emit(tracer, "aten.add.Tensor", x, term);
    rg_value inner = rg__emit(tracer, "aten.mul.Tensor", sum, rg_value_float(0.7978845608028654));
    rg_value half = rg__emit(tracer, "aten.mul.Tensor", x, rg_value_float(0.5));
    rg_value tanh = rg__emit(tracer, "aten.tanh.default", inner);
    rg_value add = rg__emit(tracer, "aten.add.Tensor", tanh, rg__trace_int(tracer, 1));
    return rg__emit(tracer, "aten.mul.Tensor", half, add);
}

static rg_value trace_gelu(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_string how = rg_value_as_text(tracer->context, a[1]);
    bool is_tanh = rg_string_equal(how, rg_string_from("tanh"));
    if (tracer->status == RG_OK && rg__trace_is_given(a[1]) && !is_tanh &&
        !rg_string_equal(how, rg_string_from("none"))) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'approximate' must be 'none' or 'tanh'");
    }
    rg_value x = enter(tracer, a[0]);
    return leave(tracer, is_tanh ? gelu_tanh(tracer, x) : gelu_exact(tracer, x), a[0]);
}

/* log1p(exp(beta * x)) / beta, or x itself where beta * x is beyond the threshold */
static rg_value softplus(rg_tracer *tracer, rg_value x, rg_value beta, rg_value threshold)
{
    bool scaled = rg__trace_is_given(beta) && !rg_value_python_equal(tracer->context, NULL, beta, rg_value_float(1));
    rg_value inner = scaled ? rg__emit(tracer, "aten.mul.Tensor", x, beta) : x;
    rg_value result = rg__emit(tracer, "aten.log1p.default", rg__emit(tracer, "aten.exp.default", inner));
    if (scaled) {
        result = rg__emit(tracer, "aten.div.Tensor", result, beta);
    }
    rg_value is_large = rg__emit(tracer, "aten.gt.Scalar", inner, given_or(threshold, rg__trace_int(tracer, 20)));
    return rg__emit(tracer, "aten.where.self", is_large, x, result);
}

static rg_value trace_softplus(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    return leave(tracer, softplus(tracer, x, a[1], a[2]), a[0]);
}

static rg_value trace_mish(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    rg_value inner = softplus(tracer, x, rg_value_missing(), rg_value_missing());
    rg_value tanh = rg__emit(tracer, "aten.tanh.default", inner);
    return leave(tracer, rg__emit(tracer, "aten.mul.Tensor", x, tanh), a[0]);
}

static rg_value trace_elu(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value one = rg_value_float(1.0);
    rg_value x = enter(tracer, a[0]);
    rg_value is_positive = rg__emit(tracer, "aten.gt.Scalar", x, rg__trace_int(tracer, 0));
    rg_value positive = rg__emit(tracer, "aten.mul.Tensor", x, one);
    rg_value scaled = rg__emit(tracer, "aten.mul.Tensor", x, one);
    rg_value exponential = rg__emit(tracer, "aten.expm1.default", scaled);
    rg_value negative = rg__emit(tracer, "aten.mul.Tensor", exponential, given_or(a[1], one));
    return leave(tracer, rg__emit(tracer, "aten.where.self", is_positive, positive, negative), a[0]);
}

static rg_value trace_leaky_relu(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    rg_value is_positive = rg__emit(tracer, "aten.gt.Scalar", x, rg__trace_int(tracer, 0));
    rg_value negative = rg__emit(tracer, "aten.mul.Tensor", x, given_or(a[1], rg_value_float(0.01)));
    return leave(tracer, rg__emit(tracer, "aten.where.self", is_positive, x, negative), a[0]);
}

/* ---- clamping ---- */

static rg_value clamp(rg_tracer *tracer, rg_value x, rg_value low, rg_value high)
{
    rg_value result = x;
    if (rg__trace_is_given(low)) {
        result = rg__emit(tracer, "aten.clamp_min.default", result, low);
    }
    if (rg__trace_is_given(high)) {
        result = rg__emit(tracer, "aten.clamp_max.default", result, high);
    }
    return result;
}

static rg_value trace_clamp(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (!rg__trace_is_given(a[1]) && !rg__trace_is_given(a[2])) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs 'min' or 'max'");
    }
    if (rg__trace_is_tensor(tracer, a[1]) || rg__trace_is_tensor(tracer, a[2])) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "bounds that are tensors; use maximum and minimum");
    }
    rg_value x = enter(tracer, a[0]);
    return leave(tracer, clamp(tracer, x, a[1], a[2]), a[0]);
}

/* clamp_min and clamp_max are not decomposed */
static rg_value trace_clamp_one(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0], a[1]);
}

static rg_value trace_hardtanh(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    rg_value result = clamp(tracer, x, given_or(a[1], rg_value_float(-1.0)), given_or(a[2], rg_value_float(1.0)));
    return leave(tracer, result, a[0]);
}

static rg_value trace_relu6(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    return leave(tracer, clamp(tracer, x, rg__trace_int(tracer, 0), rg__trace_int(tracer, 6)), a[0]);
}

/* clamp(x + 3, 0, 6) */
static rg_value hard_gate(rg_tracer *tracer, rg_value x)
{
    rg_value shifted = rg__emit(tracer, "aten.add.Tensor", x, rg__trace_int(tracer, 3));
    return clamp(tracer, shifted, rg__trace_int(tracer, 0), rg__trace_int(tracer, 6));
}

static rg_value trace_hardsigmoid(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    return leave(tracer, rg__emit(tracer, "aten.div.Tensor", hard_gate(tracer, x), rg__trace_int(tracer, 6)), a[0]);
}

static rg_value trace_hardswish(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value x = enter(tracer, a[0]);
    rg_value gated = rg__emit(tracer, "aten.mul.Tensor", x, hard_gate(tracer, x));
    return leave(tracer, rg__emit(tracer, "aten.div.Tensor", gated, rg__trace_int(tracer, 6)), a[0]);
}

static rg_value trace_relu(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (rg__trace_read_bool(tracer, a[1], "inplace", false)) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "in-place calls cannot be traced");
    }
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, "aten.relu.default", a[0]);
}

/* ---- by a mask ---- */

/* The dtype of a number standing beside a tensor of dtype `beside` (NONE: beside another number). */
static rg_dtype dtype_of_number(rg_value number, rg_dtype beside)
{
    switch (rg_value_get_kind(number)) {
    case RG_VALUE_BOOL:
        return beside == RG_DTYPE_NONE ? RG_DTYPE_BOOL : beside;
    case RG_VALUE_INT:
    case RG_VALUE_SIZE:
        return beside == RG_DTYPE_NONE || beside == RG_DTYPE_BOOL ? RG_DTYPE_I64 : beside;
    default:
        return rg_dtype_is_float(beside) || rg_dtype_is_complex(beside) ? beside : RG_DTYPE_F32;
    }
}

/* where(condition, x, y): a number becomes a 0-d tensor, the second operand's first; operands are made one dtype. */
static rg_value trace_where(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value operands[] = {a[1], a[2]};
    rg_dtype dtypes[] = {RG_DTYPE_NONE, RG_DTYPE_NONE};
    rg_shape condition = {.rank = 0};
    bool has_number = false;
    rg__trace_read_tensor(tracer, a[0], "condition");
    for (int i = 0; i < 2; i++) {
        has_number = has_number || rg__trace_is_number(tracer, operands[i]);
        dtypes[i] = rg__trace_dtype(tracer, operands[i]);
    }
    if (has_number && !rg__trace_read_shape(tracer, a[0], "condition", &condition)) {
        return rg_value_missing();
    }
    for (int i = 1; i >= 0 && tracer->status == RG_OK; i--) {
        if (rg__trace_is_number(tracer, operands[i])) {
            dtypes[i] = dtype_of_number(operands[i], dtypes[1 - i]);
            operands[i] = rg__trace_scalar_tensor(tracer, operands[i], dtypes[i], condition.device);
        }
    }
    if (dtypes[0] != RG_DTYPE_NONE && dtypes[1] != RG_DTYPE_NONE && dtypes[0] != dtypes[1] && has_number) {
        rg_dtype common = rg__dtype_promote(dtypes[0], dtypes[1]);
        operands[0] = rg__trace_convert(tracer, operands[0], common);
        operands[1] = rg__trace_convert(tracer, operands[1], common);
    }
    return rg__emit(tracer, "aten.where.self", a[0], operands[0], operands[1]);
}

/* A number in the dtype of the tensor that it fills: 1 fills a float tensor as 1.0, 0.5 an integer tensor as 0. */
static rg_value number_as(rg_tracer *tracer, rg_value number, rg_dtype dtype)
{
    int64_t integer = 0;
    if (rg_dtype_is_float(dtype) && rg_value_as_int(tracer->context, number, &integer)) {
        return rg_value_float((double)integer);
    }
    double real = rg_value_as_float(number);
    if (rg_dtype_is_integer(dtype) && rg_value_get_kind(number) == RG_VALUE_FLOAT) {
        return real > -9.2e18 && real < 9.2e18
                   ? rg__trace_int(tracer, (int64_t)real)
                   : rg__trace_fail(tracer, RG_ERROR_TYPE, "'value' does not fit the tensor's dtype");
    }
    return number;
}

static rg_value trace_masked_fill(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value fill = a[2];
    rg__trace_read_tensor(tracer, a[1], "mask");
    if (rg__trace_is_number(tracer, fill) && rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        fill = rg__trace_scalar_tensor(tracer, number_as(tracer, fill, shape.dtype), shape.dtype, shape.device);
    }
    return rg__emit(tracer, "aten.where.self", a[1], fill, a[0]);
}

enum { ANYWHERE = RG_IN_BOTH | RG_IN_FUNCTIONAL };

static rg_value trace_pointwise(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0]);
}

static const rg_trace_row rows[] = {
    {"relu", ANYWHERE, "input|self, inplace=", trace_relu, NULL},
    {"sigmoid", ANYWHERE, "input|self", trace_pointwise, "aten.sigmoid.default"},
    {"tanh", ANYWHERE, "input|self", trace_pointwise, "aten.tanh.default"},
    {"silu", RG_IN_FUNCTIONAL, "input, inplace=", trace_silu, NULL},
    {"gelu", RG_IN_FUNCTIONAL, "input, approximate=", trace_gelu, NULL},
    {"softplus", RG_IN_FUNCTIONAL, "input, beta=, threshold=", trace_softplus, NULL},
    {"mish", RG_IN_FUNCTIONAL, "input", trace_mish, NULL},
    {"elu", RG_IN_FUNCTIONAL, "input, alpha=", trace_elu, NULL},
    {"leaky_relu", RG_IN_FUNCTIONAL, "input, negative_slope=", trace_leaky_relu, NULL},
    {"clamp", RG_IN_BOTH, "input|self, min=, max=", trace_clamp, NULL},
    {"clip", RG_IN_BOTH, "input|self, min=, max=", trace_clamp, NULL},
    {"clamp_min", RG_IN_BOTH, "input|self, min", trace_clamp_one, "aten.clamp_min.default"},
    {"clamp_max", RG_IN_BOTH, "input|self, max", trace_clamp_one, "aten.clamp_max.default"},
    {"hardtanh", RG_IN_FUNCTIONAL, "input, min_val=, max_val=", trace_hardtanh, NULL},
    {"relu6", RG_IN_FUNCTIONAL, "input", trace_relu6, NULL},
    {"hardsigmoid", RG_IN_FUNCTIONAL, "input", trace_hardsigmoid, NULL},
    {"hardswish", RG_IN_FUNCTIONAL, "input", trace_hardswish, NULL},
    {"where", RG_IN_TORCH, "condition, input, other", trace_where, NULL},
    {"masked_fill", RG_IN_BOTH, "input|self, mask, value", trace_masked_fill, NULL},
};

const rg_trace_family rg__trace_activation = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH | RG_IN_FUNCTIONAL};
