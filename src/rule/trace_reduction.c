/*
 * trace_reduction.c: sums, means, extremes, variances, norms: whatever folds dimensions.
 *
 * Dimensions stand in the recorded call as they were written, in a list for ops that take one: sum(x, -1) records [-1].
 */
#include "rule/trace_table.h"

/* A dim or a list of dims as a list; missing stays missing. */
static rg_value dim_list(rg_tracer *tracer, rg_value dims)
{
    rg_value items[RG_MAX_RANK];
    if (!rg__trace_is_given(dims)) {
        return rg_value_missing();
    }
    uint32_t count = rg__trace_read_items(tracer, dims, "dim", items);
    return rg__trace_list(tracer, items, count);
}

static rg_value to_computation(rg_tracer *tracer, rg_value x)
{
    rg__trace_read_tensor(tracer, x, "input");
    return tracer->status != RG_OK
               ? rg_value_missing()
               : rg__trace_convert(tracer, x, rg__trace_computation_dtype(rg__trace_dtype(tracer, x)));
}

static rg_value back(rg_tracer *tracer, rg_value result, rg_value input)
{
    return tracer->status != RG_OK ? rg_value_missing()
                                   : rg__trace_convert(tracer, result, rg__trace_dtype(tracer, input));
}

/* sum and mean: over everything, or over dims */
static rg_value trace_sum(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool is_mean = strcmp(row->name, "mean") == 0;
    rg__trace_read_tensor(tracer, a[0], "input");
    if (!rg__trace_is_given(a[1])) {
        return rg__emit_call(tracer, is_mean ? "aten.mean.default" : "aten.sum.default", RG_POSITION(a[0]),
                             RG_KEYWORD("dtype", a[3]));
    }
    return rg__emit_call(tracer, is_mean ? "aten.mean.dim" : "aten.sum.dim_IntList", RG_POSITION(a[0]),
                         RG_POSITION(dim_list(tracer, a[1])), RG_POSITION(a[2]), RG_KEYWORD("dtype", a[3]));
}

static rg_value trace_extreme(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0], dim_list(tracer, a[1]), a[2]);
}

/* max and min: of everything, of two tensors, or along a dim with indices */
static rg_value trace_max(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool is_max = strcmp(row->name, "max") == 0;
    rg__trace_read_tensor(tracer, a[0], "input");
    if (rg__trace_is_tensor(tracer, a[1])) {
        return rg__emit(tracer, is_max ? "aten.maximum.default" : "aten.minimum.default", a[0], a[1]);
    }
    if (!rg__trace_is_given(a[1])) {
        return rg__emit(tracer, is_max ? "aten.max.default" : "aten.min.default", a[0]);
    }
    return rg__emit(tracer, is_max ? "aten.max.dim" : "aten.min.dim", a[0], a[1], a[2]);
}

/* argmax, cumsum, sort and the like: the arguments are the op's own */
static rg_value trace_along(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0], a[1], a[2], a[3]);
}

static rg_value trace_prod(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    if (!rg__trace_is_given(a[1])) {
        return rg__emit_call(tracer, "aten.prod.default", RG_POSITION(a[0]), RG_KEYWORD("dtype", a[3]));
    }
    return rg__emit_call(tracer, "aten.prod.dim_int", RG_POSITION(a[0]), RG_POSITION(a[1]), RG_POSITION(a[2]),
                         RG_KEYWORD("dtype", a[3]));
}

static rg_value any(rg_tracer *tracer, rg_value x, rg_value dim, rg_value keepdim)
{
    if (!rg__trace_is_given(dim)) {
        return rg__emit(tracer, "aten.any.default", x);
    }
    return rg__emit(tracer, "aten.any.dim", x, dim, keepdim);
}

static rg_value trace_any(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    return any(tracer, a[0], a[1], a[2]);
}

/* all is not(any(not)) */
static rg_value trace_all(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    rg_value inverted = rg__emit(tracer, "aten.logical_not.default", a[0]);
    rg_value found =
        rg__trace_is_given(a[1]) ? any(tracer, inverted, a[1], a[2]) : rg__emit(tracer, "aten.any.dims", inverted);
    return rg__emit(tracer, "aten.logical_not.default", found);
}

/* ---- variance ---- */

/* The `correction` that stands for it, or for `unbiased`: 1 where neither is given. */
static rg_value correction(rg_tracer *tracer, rg_value given, rg_value unbiased)
{
    return rg__trace_is_given(given)
               ? given
               : rg__trace_int(tracer, rg__trace_read_bool(tracer, unbiased, "unbiased", true) ? 1 : 0);
}

/* Arguments of var, std, var_mean, std_mean. The second positional one is `unbiased` when it is a bool. */
typedef struct variance {
    rg_value dims;
    rg_value correction;
    rg_value keepdim;
} variance;

static variance read_variance(rg_tracer *tracer, const rg_value *a)
{
    bool first_is_bool = rg_value_get_kind(a[1]) == RG_VALUE_BOOL;
    variance result = {first_is_bool ? rg_value_missing() : dim_list(tracer, a[1]), rg_value_missing(), a[3]};
    result.correction = correction(tracer, a[4], first_is_bool ? a[1] : a[2]);
    /* A default correction over everything is left out. */
    if (!rg__trace_is_given(result.dims) && !rg__trace_is_given(a[4]) && !first_is_bool && !rg__trace_is_given(a[2])) {
        result.correction = rg_value_missing();
    }
    return result;
}

static rg_value record_variance(rg_tracer *tracer, const char *op, rg_value x, const variance *how)
{
    return rg__emit_call(tracer, op, RG_POSITION(x), RG_POSITION(how->dims), RG_KEYWORD("correction", how->correction),
                         RG_KEYWORD("keepdim", how->keepdim));
}

static rg_value trace_var(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    variance how = read_variance(tracer, a);
    return record_variance(tracer, row->op, a[0], &how);
}

/* std is the square root of a variance whose correction is a float. */
static rg_value trace_std(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    int64_t number = 1;
    variance how = read_variance(tracer, a);
    if (rg__trace_is_given(how.correction)) {
        number = rg__trace_read_int(tracer, how.correction, "correction");
    }
    how.correction = rg_value_float((double)number);
    rg_value x = to_computation(tracer, a[0]);
    rg_value result = rg__emit(tracer, "aten.sqrt.default", record_variance(tracer, "aten.var.correction", x, &how));
    return back(tracer, result, a[0]);
}

/* ---- norms ---- */

/* The vector norm of order 1 or 2. */
static rg_value vector_norm(rg_tracer *tracer, rg_value x, rg_value order, rg_value dims, rg_value keepdim)
{
    double number = rg_value_get_kind(order) == RG_VALUE_FLOAT ? rg_value_as_float(order) : 2;
    int64_t integer = 0;
    if (rg_value_as_int(tracer->context, order, &integer)) {
        number = (double)integer;
    }
    if (tracer->status == RG_OK && number != 1 && number != 2) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "norms other than of order 1 and 2");
    }
    rg_value base = to_computation(tracer, x);
    rg_value power = number == 1 ? rg__emit(tracer, "aten.abs.default", base)
                                 : rg__emit(tracer, "aten.pow.Tensor_Scalar", base,
                                            rg__trace_is_given(order) ? order : rg__trace_int(tracer, 2));
    rg_value list = dim_list(tracer, dims);
    rg_value sum =
        rg__emit(tracer, "aten.sum.dim_IntList", power, rg__trace_is_given(list) ? list : rg_value_none(), keepdim);
    return back(tracer, rg__emit(tracer, "aten.pow.Tensor_Scalar", sum, rg_value_float(1 / number)), x);
}

static rg_value trace_norm(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    return vector_norm(tracer, a[0], a[1], a[2], a[3]);
}

/* x / max(norm(x), eps), with the norm expanded to x */
static rg_value trace_normalize(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value dim = rg__trace_is_given(a[2]) ? a[2] : rg__trace_int(tracer, 1);
    rg_value order = rg__trace_is_given(a[1]) ? a[1] : rg_value_float(2.0);
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    rg_value norm = vector_norm(tracer, a[0], order, dim, rg_value_bool(true));
    rg_value bounded =
        rg__emit(tracer, "aten.clamp_min.default", norm, rg__trace_is_given(a[3]) ? a[3] : rg_value_float(1e-12));
    rg_value expanded = rg__trace_expand(tracer, bounded, shape.sizes, shape.rank);
    return rg__emit(tracer, "aten.div.Tensor", a[0], expanded);
}

static const rg_trace_row rows[] = {
    {"sum", RG_IN_BOTH, "input|self, dim=, keepdim=, dtype=", trace_sum, NULL},
    {"mean", RG_IN_BOTH, "input|self, dim=, keepdim=, dtype=", trace_sum, NULL},
    {"amax", RG_IN_BOTH, "input|self, dim=, keepdim=", trace_extreme, "aten.amax.default"},
    {"amin", RG_IN_BOTH, "input|self, dim=, keepdim=", trace_extreme, "aten.amin.default"},
    {"max", RG_IN_BOTH, "input|self, dim|other=, keepdim=", trace_max, NULL},
    {"min", RG_IN_BOTH, "input|self, dim|other=, keepdim=", trace_max, NULL},
    {"argmax", RG_IN_BOTH, "input|self, dim=, keepdim=", trace_along, "aten.argmax.default"},
    {"argmin", RG_IN_BOTH, "input|self, dim=, keepdim=", trace_along, "aten.argmin.default"},
    {"cumsum", RG_IN_BOTH, "input|self, dim", trace_along, "aten.cumsum.default"},
    {"cumprod", RG_IN_BOTH, "input|self, dim", trace_along, "aten.cumprod.default"},
    {"topk", RG_IN_BOTH, "input|self, k, dim=, largest=", trace_along, "aten.topk.default"},
    {"sort", RG_IN_BOTH, "input|self, dim=, descending=", trace_along, "aten.sort.default"},
    {"prod", RG_IN_BOTH, "input|self, dim=, keepdim=, dtype=", trace_prod, NULL},
    {"any", RG_IN_BOTH, "input|self, dim=, keepdim=", trace_any, NULL},
    {"all", RG_IN_BOTH, "input|self, dim=, keepdim=", trace_all, NULL},
    {"var", RG_IN_BOTH, "input|self, dim=, unbiased=, keepdim=, correction=", trace_var, "aten.var.correction"},
    {"var_mean", RG_IN_TORCH, "input, dim=, unbiased=, keepdim=, correction=", trace_var, "aten.var_mean.correction"},
    {"std", RG_IN_BOTH, "input|self, dim=, unbiased=, keepdim=, correction=", trace_std, NULL},
    {"norm", RG_IN_BOTH, "input|self, p=, dim=, keepdim=", trace_norm, NULL},
    {"linalg.vector_norm", RG_IN_TORCH, "x|input, ord=, dim=, keepdim=", trace_norm, NULL},
    {"normalize", RG_IN_FUNCTIONAL, "input, p=, dim=, eps=", trace_normalize, NULL},
};

const rg_trace_family rg__trace_reduction = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH | RG_IN_FUNCTIONAL};
