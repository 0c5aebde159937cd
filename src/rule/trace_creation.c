/*
 * trace_creation.c: tensors made from nothing: empty, full, zeros, the *_like and new_* forms, arange, masks.
 *
 * What a recorded call names follows PyTorch's trace: pin_memory always; layout for what is made after another tensor
 * and for zeros and ones; the dtype where it was given or taken from a tensor.
 */
#include "rule/trace_table.h"

#include "ir/context_impl.h"

/* dtype, layout and device of a new tensor; missing values are not named. */
typedef struct options {
    rg_value dtype;
    rg_value layout;
    rg_value device;
} options;

static rg_value strided(rg_tracer *tracer)
{
    return rg__trace_word(tracer, RG_VALUE_LAYOUT, "strided");
}

rg_value rg__trace_parse_device(rg_tracer *tracer, rg_string text)
{
    rg_device device = {NULL, -1};
    const char *colon = memchr(text.data, ':', text.size);
    rg_string kind = {text.data, colon == NULL ? text.size : (size_t)(colon - text.data)};
    int64_t index = -1;
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    if (kind.size == 0 ||
        (colon != NULL && (!rg__parse_int((rg_string){colon + 1, text.size - kind.size - 1}, &index) || index < 0 ||
                           index > INT32_MAX))) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%.*s' is no device", (int)text.size, text.data);
    }
    device.kind = rg__intern_string(tracer->context, kind).data;
    device.index = (int32_t)index;
    return device.kind == NULL ? rg__trace_fail(tracer, RG_ERROR_MEMORY, "out of memory")
                               : rg__trace_device(tracer, device);
}

/* The device argument: a string is a device's name; without one tensors are made on the CPU. */
static rg_value read_device(rg_tracer *tracer, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_STRING) {
        return rg__trace_parse_device(tracer, rg_value_as_text(tracer->context, value));
    }
    return rg__trace_is_given(value) ? value : rg__trace_parse_device(tracer, rg_string_from("cpu"));
}

static rg_value dtype_or(rg_value given, rg_dtype otherwise)
{
    if (rg__trace_is_given(given)) {
        return given;
    }
    return otherwise == RG_DTYPE_NONE ? rg_value_missing() : rg_value_dtype(otherwise);
}

/* Options of `*_like` and `new_*`: the other tensor's unless given. */
static options options_like(rg_tracer *tracer, const rg_shape *like, rg_value dtype, rg_value device)
{
    options result = {dtype_or(dtype, like->dtype), strided(tracer), rg__trace_device(tracer, like->device)};
    if (rg__trace_is_given(device)) {
        result.device = read_device(tracer, device);
    }
    return result;
}

static rg_value record_empty(rg_tracer *tracer, rg_value sizes, const options *how, rg_value memory_format)
{
    return rg__emit_call(tracer, "aten.empty.memory_format", RG_POSITION(sizes), RG_KEYWORD("dtype", how->dtype),
                         RG_KEYWORD("layout", how->layout), RG_KEYWORD("device", how->device),
                         RG_KEYWORD("pin_memory", rg_value_bool(false)), RG_KEYWORD("memory_format", memory_format));
}

static rg_value record_full(rg_tracer *tracer, rg_value sizes, rg_value fill, const options *how)
{
    return rg__emit_call(tracer, "aten.full.default", RG_POSITION(sizes), RG_POSITION(fill),
                         RG_KEYWORD("dtype", how->dtype), RG_KEYWORD("layout", how->layout),
                         RG_KEYWORD("device", how->device), RG_KEYWORD("pin_memory", rg_value_bool(false)));
}

rg_value rg__trace_scalar_tensor(rg_tracer *tracer, rg_value scalar, rg_dtype dtype, rg_device device)
{
    return rg__emit_call(tracer, "aten.scalar_tensor.default", RG_POSITION(scalar),
                         RG_KEYWORD("dtype", rg_value_dtype(dtype)), RG_KEYWORD("layout", strided(tracer)),
                         RG_KEYWORD("device", rg__trace_device(tracer, device)));
}

/* A list of sizes as a list value, whatever sequence it was. */
static rg_value size_list(rg_tracer *tracer, rg_value sizes)
{
    rg_value items[RG_MAX_RANK];
    uint32_t count = rg__trace_read_items(tracer, sizes, "size", items);
    return rg__trace_list(tracer, items, count);
}

/* ---- in another tensor's layout ---- */

/* Dimensions from the largest stride to the smallest, as PyTorch orders those of a tensor to be made alike. */
static void order_by_stride(const rg_tracer *tracer, const rg_shape *shape, uint32_t *order)
{
    for (uint32_t i = 0; i < shape->rank; i++) {
        uint32_t at = i;
        while (at > 0 &&
               rg_size_less_equal(tracer->context, shape->strides[i], shape->strides[order[at - 1]]) == RG_NO) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
}

/* Dense tensors keep their order of dimensions: one is made in that order and permuted. All others become contiguous.
 */
static bool has_other_order(rg_tracer *tracer, const rg_shape *like, uint32_t *order)
{
    rg_inference inference = rg__trace_layout(tracer);
    bool other =
        like->has_strides && !rg__shape_is_contiguous(&inference, like) && rg__shape_is_dense(&inference, like);
    if (!rg__trace_layout_ok(tracer, &inference) || !other) {
        return false;
    }
    order_by_stride(tracer, like, order);
    return true;
}

/* Sizes in the order of `order`, and the permutation that undoes it. */
static rg_value ordered_sizes(rg_tracer *tracer, const rg_shape *like, const uint32_t *order, uint32_t *inverse)
{
    rg_size sizes[RG_MAX_RANK];
    for (uint32_t i = 0; i < like->rank; i++) {
        sizes[i] = like->sizes[order[i]];
        inverse[order[i]] = i;
    }
    return rg__trace_size_list(tracer, sizes, like->rank);
}

static rg_value trace_empty_like(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape like;
    uint32_t order[RG_MAX_RANK];
    uint32_t inverse[RG_MAX_RANK];
    if (!rg__trace_read_shape(tracer, a[0], "input", &like)) {
        return rg_value_missing();
    }
    options how = options_like(tracer, &like, a[1], a[2]);
    if (!rg__trace_is_given(a[3]) && has_other_order(tracer, &like, order)) {
        rg_value sizes = ordered_sizes(tracer, &like, order, inverse);
        return rg__trace_permute(tracer, record_empty(tracer, sizes, &how, rg_value_missing()), inverse, like.rank);
    }
    return record_empty(tracer, rg__trace_size_list(tracer, like.sizes, like.rank), &how, a[3]);
}

/* What fills zeros, ones and full in a given dtype: False and True for bool. */
static rg_value fill_value(rg_tracer *tracer, const char *name, rg_value dtype)
{
    bool is_one = strstr(name, "ones") != NULL;
    return rg_value_as_dtype(dtype) == RG_DTYPE_BOOL ? rg_value_bool(is_one) : rg__trace_int(tracer, is_one ? 1 : 0);
}

static rg_value full_like(rg_tracer *tracer, const rg_shape *like, rg_value fill, const options *how)
{
    uint32_t order[RG_MAX_RANK];
    uint32_t inverse[RG_MAX_RANK];
    if (has_other_order(tracer, like, order)) {
        rg_value sizes = ordered_sizes(tracer, like, order, inverse);
        return rg__trace_permute(tracer, record_full(tracer, sizes, fill, how), inverse, like->rank);
    }
    return record_full(tracer, rg__trace_size_list(tracer, like->sizes, like->rank), fill, how);
}

static rg_value trace_zeros_like(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape like;
    if (!rg__trace_read_shape(tracer, a[0], "input", &like)) {
        return rg_value_missing();
    }
    options how = options_like(tracer, &like, a[1], a[2]);
    return full_like(tracer, &like, fill_value(tracer, row->name, how.dtype), &how);
}

static rg_value trace_full_like(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape like;
    if (!rg__trace_read_shape(tracer, a[0], "input", &like)) {
        return rg_value_missing();
    }
    options how = options_like(tracer, &like, a[2], a[3]);
    return full_like(tracer, &like, a[1], &how);
}

static rg_value trace_rand_like(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape like;
    if (!rg__trace_read_shape(tracer, a[0], "input", &like)) {
        return rg_value_missing();
    }
    options how = options_like(tracer, &like, a[1], a[2]);
    return rg__emit_call(tracer, row->op, RG_POSITION(rg__trace_size_list(tracer, like.sizes, like.rank)),
                         RG_KEYWORD("dtype", how.dtype), RG_KEYWORD("device", how.device),
                         RG_KEYWORD("pin_memory", rg_value_bool(false)));
}

/* ---- new_* ---- */

static rg_value trace_new(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape like;
    if (!rg__trace_read_shape(tracer, a[0], "self", &like)) {
        return rg_value_missing();
    }
    options how = options_like(tracer, &like, a[2], a[3]);
    rg_value sizes = size_list(tracer, a[1]);
    return strcmp(row->name, "new_empty") == 0
               ? record_empty(tracer, sizes, &how, rg_value_missing())
               : record_full(tracer, sizes, fill_value(tracer, row->name, how.dtype), &how);
}

static rg_value trace_new_full(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape like;
    if (!rg__trace_read_shape(tracer, a[0], "self", &like)) {
        return rg_value_missing();
    }
    options how = options_like(tracer, &like, a[3], a[4]);
    return record_full(tracer, size_list(tracer, a[1]), a[2], &how);
}

/* ---- from sizes ---- */

static rg_value trace_empty(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    options how = {a[1], rg_value_missing(), read_device(tracer, a[2])};
    return record_empty(tracer, size_list(tracer, a[0]), &how, a[4]);
}

static rg_value trace_zeros(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    options how = {dtype_or(a[1], RG_DTYPE_F32), strided(tracer), read_device(tracer, a[2])};
    return record_full(tracer, size_list(tracer, a[0]), fill_value(tracer, row->name, how.dtype), &how);
}

static rg_dtype dtype_of_fill(rg_value fill)
{
    switch (rg_value_get_kind(fill)) {
    case RG_VALUE_BOOL:
        return RG_DTYPE_BOOL;
    case RG_VALUE_INT:
    case RG_VALUE_SIZE:
        return RG_DTYPE_I64;
    case RG_VALUE_FLOAT:
        return RG_DTYPE_F32;
    default:
        return RG_DTYPE_NONE;
    }
}

static rg_value trace_full(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    options how = {dtype_or(a[2], dtype_of_fill(a[1])), rg_value_missing(), read_device(tracer, a[3])};
    if (tracer->status == RG_OK && !rg__trace_is_number(tracer, a[1])) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'fill_value' must be a number");
    }
    return record_full(tracer, size_list(tracer, a[0]), a[1], &how);
}

static rg_value trace_scalar_tensor(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    return rg__emit_call(tracer, "aten.scalar_tensor.default", RG_POSITION(a[0]), RG_KEYWORD("dtype", a[1]),
                         RG_KEYWORD("device", read_device(tracer, a[2])),
                         RG_KEYWORD("pin_memory", rg_value_bool(false)));
}

static rg_value trace_rand(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    return rg__emit_call(tracer, row->op, RG_POSITION(size_list(tracer, a[0])), RG_KEYWORD("dtype", a[1]),
                         RG_KEYWORD("device", read_device(tracer, a[2])),
                         RG_KEYWORD("pin_memory", rg_value_bool(false)));
}

static rg_value trace_empty_strided(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    return rg__emit_call(tracer, "aten.empty_strided.default", RG_POSITION(size_list(tracer, a[0])),
                         RG_POSITION(size_list(tracer, a[1])), RG_KEYWORD("dtype", a[2]),
                         RG_KEYWORD("device", read_device(tracer, a[3])),
                         RG_KEYWORD("pin_memory", rg_value_bool(false)));
}

/* ---- ranges and triangles ---- */

/* 0, 1, .. as iota; the type is the caller's to convert. */
static rg_value iota(rg_tracer *tracer, rg_size length, rg_value start, rg_value step, rg_dtype dtype, rg_value device)
{
    return rg__emit_call(tracer, "prims.iota.default", RG_POSITION(rg__trace_size(tracer, length)),
                         RG_KEYWORD("start", start), RG_KEYWORD("step", step),
                         RG_KEYWORD("dtype", rg_value_dtype(dtype)), RG_KEYWORD("device", device),
                         RG_KEYWORD("requires_grad", rg_value_bool(false)));
}

/* arange(end), arange(start, end), arange(start, end, step) over integers: ceil((end - start) / step) numbers. */
static rg_value trace_arange(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    bool from_zero = !rg__trace_is_given(a[1]);
    rg_value start = from_zero ? rg__trace_int(tracer, 0) : a[0];
    rg_value step = rg__trace_is_given(a[2]) ? a[2] : rg__trace_int(tracer, 1);
    rg_dtype dtype = rg__trace_is_given(a[3]) ? rg_value_as_dtype(a[3]) : RG_DTYPE_I64;
    rg_size first = rg__trace_read_size(tracer, start, "start");
    rg_size last = rg__trace_read_size(tracer, from_zero ? a[0] : a[1], "end");
    int64_t stride = rg__trace_read_int(tracer, step, "step");
    rg_size divisor = {0};
    rg_size rounding = {0};
    if (tracer->status == RG_OK && (stride < 1 || !rg_dtype_is_integer(dtype))) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "only integers and positive steps");
    }
    rg__trace_ok(tracer, rg_size_from_int(&divisor, tracer->context, stride));
    rg__trace_ok(tracer, rg_size_from_int(&rounding, tracer->context, stride - 1));
    rg_size span = rg__trace_combine(tracer, RG_SIZE_SUBTRACT, last, first);
    span = rg__trace_combine(tracer, RG_SIZE_ADD, span, rounding);
    rg_size length = rg__trace_combine(tracer, RG_SIZE_FLOOR_DIVIDE, span, divisor);
    return iota(tracer, length, start, step, dtype, read_device(tracer, a[4]));
}

/* tril and triu keep what is on one side of a diagonal: columns - rows compared with its number. */
static rg_value trace_triangle(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    if (shape.rank < 2) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "the tensor needs at least two dimensions");
    }
    rg_value zero = rg__trace_int(tracer, 0);
    rg_value one = rg__trace_int(tracer, 1);
    rg_value diagonal = rg__trace_is_given(a[1]) ? a[1] : zero;
    rg_value device = rg__trace_device(tracer, shape.device);
    rg_value column = iota(tracer, shape.sizes[shape.rank - 1], zero, one, RG_DTYPE_I64, device);
    column = rg__emit(tracer, "aten.unsqueeze.default", column, rg__trace_int(tracer, -2));
    rg_value line = iota(tracer, shape.sizes[shape.rank - 2], zero, one, RG_DTYPE_I64, device);
    line = rg__emit(tracer, "aten.unsqueeze.default", line, rg__trace_int(tracer, -1));
    rg_value distance = rg__emit(tracer, "aten.sub.Tensor", column, line);
    rg_value kept = rg__emit(tracer, row->op, distance, diagonal);
    if (shape.dtype == RG_DTYPE_BOOL) {
        return rg__emit(tracer, "aten.logical_and.default", kept, a[0]);
    }
    return rg__emit(tracer, "aten.where.self", kept, a[0],
                    rg__trace_scalar_tensor(tracer, zero, shape.dtype, shape.device));
}

#define LIKE "input, dtype=, device=, memory_format=, layout=, requires_grad=, pin_memory="
#define NEW  "self, *size, dtype=, device=, layout=, requires_grad=, pin_memory="

static const rg_trace_row rows[] = {
    {"empty", RG_IN_TORCH, "*size, dtype=, device=, layout=, memory_format=, requires_grad=, pin_memory=", trace_empty,
     NULL},
    {"zeros", RG_IN_TORCH, "*size, dtype=, device=, layout=, requires_grad=, pin_memory=", trace_zeros, NULL},
    {"ones", RG_IN_TORCH, "*size, dtype=, device=, layout=, requires_grad=, pin_memory=", trace_zeros, NULL},
    {"full", RG_IN_TORCH, "size, fill_value, dtype=, device=, layout=, requires_grad=, pin_memory=", trace_full, NULL},
    {"scalar_tensor", RG_IN_TORCH, "s, dtype=, device=", trace_scalar_tensor, NULL},
    {"rand", RG_IN_TORCH, "*size, dtype=, device=, requires_grad=", trace_rand, "aten.rand.default"},
    {"randn", RG_IN_TORCH, "*size, dtype=, device=, requires_grad=", trace_rand, "aten.randn.default"},
    {"empty_strided", RG_IN_TORCH, "size, stride, dtype=, device=, requires_grad=", trace_empty_strided, NULL},
    {"empty_like", RG_IN_TORCH, LIKE, trace_empty_like, NULL},
    {"zeros_like", RG_IN_TORCH, LIKE, trace_zeros_like, NULL},
    {"ones_like", RG_IN_TORCH, LIKE, trace_zeros_like, NULL},
    {"rand_like", RG_IN_TORCH, LIKE, trace_rand_like, "aten.rand.default"},
    {"randn_like", RG_IN_TORCH, LIKE, trace_rand_like, "aten.randn.default"},
    {"full_like", RG_IN_TORCH, "input, fill_value, dtype=, device=, memory_format=", trace_full_like, NULL},
    {"new_empty", RG_IN_METHODS, NEW, trace_new, NULL},
    {"new_zeros", RG_IN_METHODS, NEW, trace_new, NULL},
    {"new_ones", RG_IN_METHODS, NEW, trace_new, NULL},
    {"new_full", RG_IN_METHODS, "self, size, fill_value, dtype=, device=", trace_new_full, NULL},
    {"arange", RG_IN_TORCH, "start, end=, step=, dtype=, device=", trace_arange, NULL},
    {"tril", RG_IN_BOTH, "input|self, diagonal=", trace_triangle, "aten.le.Scalar"},
    {"triu", RG_IN_BOTH, "input|self, diagonal=", trace_triangle, "aten.ge.Scalar"},
};

const rg_trace_family rg__trace_creation = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH};
