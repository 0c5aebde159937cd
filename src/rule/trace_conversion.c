/*
 * trace_conversion.c: dtype, device and memory format: to, float, type_as, contiguous, clone.
 */
#include "rule/trace_table.h"

#include "ir/context_impl.h"

rg_dtype rg__trace_computation_dtype(rg_dtype dtype)
{
    return dtype == RG_DTYPE_F16 || dtype == RG_DTYPE_BF16 ? RG_DTYPE_F32 : dtype;
}

rg_value rg__trace_convert(rg_tracer *tracer, rg_value x, rg_dtype dtype)
{
    if (tracer->status != RG_OK || dtype == RG_DTYPE_NONE || rg__trace_dtype(tracer, x) == dtype) {
        return x;
    }
    return rg__emit(tracer, "prims.convert_element_type.default", x, rg_value_dtype(dtype));
}

rg_value rg__trace_contiguous(rg_tracer *tracer, rg_value x)
{
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, x, "input", &shape)) {
        return rg_value_missing();
    }
    rg_inference inference = rg__trace_layout(tracer);
    bool is_contiguous = rg__shape_is_contiguous(&inference, &shape);
    if (!rg__trace_layout_ok(tracer, &inference) || is_contiguous) {
        return x;
    }
    return rg__emit_call(
        tracer, "aten.clone.default", RG_POSITION(x),
        RG_KEYWORD("memory_format", rg__trace_word(tracer, RG_VALUE_MEMORY_FORMAT, "contiguous_format")));
}

/* ---- to ---- */

/* What a call of `to` asks for. */
typedef struct target {
    rg_value dtype;
    rg_value device;
} target;

/* "cuda:0" as a device; other values as they are. */
static rg_value as_device(rg_tracer *tracer, rg_value value)
{
    return rg_value_get_kind(value) == RG_VALUE_STRING
               ? rg__trace_parse_device(tracer, rg_value_as_text(tracer->context, value))
               : value;
}

/* One positional or named argument of `to`: a dtype, a device, or a tensor that has both. */
static void read_target(rg_tracer *tracer, target *out, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    if (!rg__trace_is_given(value)) {
        return;
    }
    if (kind == RG_VALUE_DTYPE || rg__trace_is_scalar_node(tracer, value)) {
        out->dtype = value;
    } else if (kind == RG_VALUE_DEVICE || kind == RG_VALUE_STRING) {
        out->device = as_device(tracer, value);
    } else if (rg__trace_is_tensor(tracer, value)) {
        rg_tensor_type other = rg_type_get_tensor(tracer->context, rg_tracer_type(tracer, value));
        out->dtype = other.dtype == RG_DTYPE_NONE ? rg_value_missing() : rg_value_dtype(other.dtype);
        out->device = rg__trace_device(tracer, other.device);
    } else {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "takes a dtype, a device or a tensor");
    }
}

static bool has_device(const rg_tracer *tracer, rg_value x, rg_value device)
{
    rg_device own = rg_type_get_tensor(tracer->context, rg_tracer_type(tracer, x)).device;
    rg_device wanted = rg_value_as_device(tracer->context, device);
    return own.kind == wanted.kind && (own.index == wanted.index || wanted.index < 0);
}

static rg_value move(rg_tracer *tracer, rg_value x, const target *to, bool copy)
{
    rg_value result = x;
    bool keeps_dtype = !rg__trace_is_given(to->dtype) || (rg_value_get_kind(to->dtype) == RG_VALUE_DTYPE &&
                                                          rg_value_as_dtype(to->dtype) == rg__trace_dtype(tracer, x));
    if (rg__trace_is_given(to->device) && !has_device(tracer, x, to->device)) {
        result = rg__emit(tracer, "prims.device_put.default", result, to->device);
    }
    if (!keeps_dtype) {
        result = rg__emit(tracer, "prims.convert_element_type.default", result, to->dtype);
    } else if (copy && rg_value_equal(tracer->context, tracer->graph, result, x)) {
        rg_dtype own = rg__trace_dtype(tracer, x);
        result = own == RG_DTYPE_NONE ? rg__emit(tracer, "aten.clone.default", x)
                                      : rg__emit(tracer, "prims.convert_element_type.default", x, rg_value_dtype(own));
    }
    return result;
}

static rg_value trace_to(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    target to = {rg_value_missing(), rg_value_missing()};
    rg__trace_read_tensor(tracer, a[0], "self");
    for (int i = 1; i <= 4; i++) {
        /* The second positional argument is a dtype after a device, else non_blocking. */
        if (i != 2 || rg_value_get_kind(a[i]) != RG_VALUE_BOOL) {
            read_target(tracer, &to, a[i]);
        }
    }
    bool copy = rg__trace_read_bool(tracer, a[6], "copy", false);
    return tracer->status == RG_OK ? move(tracer, a[0], &to, copy) : rg_value_missing();
}

/* .float() and its like: the row's op is the dtype */
static rg_value trace_to_named(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "self");
    return rg__trace_convert(tracer, a[0], rg_dtype_from_name(rg_string_from(row->op)));
}

static rg_value trace_type(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    target to = {rg_value_missing(), rg_value_missing()};
    rg__trace_read_tensor(tracer, a[0], "self");
    read_target(tracer, &to, a[1]);
    return tracer->status == RG_OK ? move(tracer, a[0], &to, false) : rg_value_missing();
}

static rg_value trace_device_move(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    target to = {rg_value_missing(), rg__trace_parse_device(tracer, rg_string_from(row->op))};
    rg__trace_read_tensor(tracer, a[0], "self");
    return tracer->status == RG_OK ? move(tracer, a[0], &to, false) : rg_value_missing();
}

/* ---- copies ---- */

static rg_value trace_contiguous(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (rg__trace_is_given(a[1]) &&
        !rg_string_equal(rg_value_as_text(tracer->context, a[1]), rg_string_from("contiguous_format"))) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "this memory format");
    }
    return rg__trace_contiguous(tracer, a[0]);
}

static rg_value trace_clone(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit_call(tracer, "aten.clone.default", RG_POSITION(a[0]), RG_KEYWORD("memory_format", a[1]));
}

static rg_value trace_alias(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "self");
    return rg__emit(tracer, "aten.alias.default", a[0]);
}

/* Dropout without randomness is a clone, which the clean-up removes. With it, a mask of random numbers above p. */
static rg_value trace_dropout(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    double p = rg__trace_is_given(a[1]) ? rg_value_as_float(a[1]) : 0.5;
    int64_t integer = 0;
    if (rg_value_as_int(tracer->context, a[1], &integer)) {
        p = (double)integer;
    }
    bool training = rg__trace_read_bool(tracer, a[2], "training", true);
    rg__trace_read_tensor(tracer, a[0], "input");
    if (tracer->status == RG_OK && rg__trace_is_scalar_node(tracer, a[1]) && training) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "a captured probability");
    }
    if (!training || p == 0) {
        return rg__emit(tracer, "aten.clone.default", a[0]);
    }
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    if (!(p > 0 && p < 1)) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "a probability that is not below 1");
    }
    rg_value random = rg__emit_call(
        tracer, "aten.rand.default", RG_POSITION(rg__trace_size_list(tracer, shape.sizes, shape.rank)),
        RG_KEYWORD("dtype", rg_value_dtype(shape.dtype)), RG_KEYWORD("device", rg__trace_device(tracer, shape.device)),
        RG_KEYWORD("pin_memory", rg_value_bool(false)));
    rg_value keep = rg__emit(tracer, "aten.gt.Scalar", random, rg_value_float(p));
    rg_value kept = rg__emit(tracer, "aten.mul.Tensor", keep, a[0]);
    return rg__emit(tracer, "aten.mul.Tensor", kept, rg_value_float(1.0 / (1.0 - p)));
}

#define TO_DTYPE(name, dtype)                                                                                          \
    {                                                                                                                  \
#name, RG_IN_METHODS, "self, memory_format=", trace_to_named, dtype                                            \
    }

static const rg_trace_row rows[] = {
    {"to", RG_IN_METHODS, "self, other=, second=, dtype=, device=, non_blocking=, copy=, memory_format=", trace_to,
     NULL},
    TO_DTYPE(float, "float32"),
    TO_DTYPE(double, "float64"),
    TO_DTYPE(half, "float16"),
    TO_DTYPE(bfloat16, "bfloat16"),
    TO_DTYPE(bool, "bool"),
    TO_DTYPE(int, "int32"),
    TO_DTYPE(long, "int64"),
    TO_DTYPE(short, "int16"),
    TO_DTYPE(char, "int8"),
    TO_DTYPE(byte, "uint8"),
    {"type", RG_IN_METHODS, "self, dtype", trace_type, NULL},
    {"type_as", RG_IN_METHODS, "self, other", trace_type, NULL},
    {"cuda", RG_IN_METHODS, "self", trace_device_move, "cuda"},
    {"cpu", RG_IN_METHODS, "self", trace_device_move, "cpu"},
    {"contiguous", RG_IN_METHODS, "self, memory_format=", trace_contiguous, NULL},
    {"clone", RG_IN_BOTH, "input|self, memory_format=", trace_clone, NULL},
    {"detach", RG_IN_BOTH, "input|self", trace_alias, NULL},
    {"dropout", RG_IN_FUNCTIONAL | RG_IN_TORCH, "input, p=, training|train=, inplace=", trace_dropout, NULL},
};

const rg_trace_family rg__trace_conversion = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH | RG_IN_FUNCTIONAL};
