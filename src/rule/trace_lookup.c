/*
 * trace_lookup.c: choosing parts of a tensor: `x[...]`, select, narrow, gather, embedding; and attention, which a trace
 * keeps as one op.
 */
#include "rule/trace_table.h"

/* ---- x[index] ---- */

/* PyTorch's "to the end" in slices. */
static const int64_t to_the_end = INT64_MAX;

/* The walk over an index: the tensor so far, the dimension that the next item is about, and tensors found. */
typedef struct walk {
    rg_value x;
    uint32_t dim;
    uint32_t rank;
    rg_value tensors[RG_MAX_RANK]; /* by dimension of the result so far; missing where there is none */
    bool has_tensors;
    bool changed;
} walk;

static bool is_zero_or_none(const rg_tracer *tracer, rg_value value)
{
    int64_t number = 1;
    return !rg__trace_is_given(value) || (rg_value_as_int(tracer->context, value, &number) && number == 0);
}

/* Does the slice keep the whole dimension? */
static bool is_full_slice(rg_tracer *tracer, const rg_shape *shape, uint32_t dim, const rg_value *parts)
{
    rg_size stop = {0};
    int64_t step = 1;
    if (!is_zero_or_none(tracer, parts[0]) ||
        (rg__trace_is_given(parts[2]) && !(rg_value_as_int(tracer->context, parts[2], &step) && step == 1))) {
        return false;
    }
    if (!rg__trace_is_given(parts[1])) {
        return true;
    }
    stop = rg__trace_read_size(tracer, parts[1], "stop");
    return tracer->status == RG_OK && rg_size_less_equal(tracer->context, shape->sizes[dim], stop) == RG_YES;
}

static void walk_slice(rg_tracer *tracer, walk *at, rg_value item)
{
    rg_shape shape;
    rg_value parts[3];
    for (size_t i = 0; i < 3; i++) {
        parts[i] = rg_value_item(tracer->context, tracer->graph, item, i);
    }
    if (!rg__trace_read_shape(tracer, at->x, "self", &shape) || is_full_slice(tracer, &shape, at->dim, parts)) {
        at->dim++;
        return;
    }
    rg_value start = rg__trace_is_given(parts[0]) ? parts[0] : rg__trace_int(tracer, 0);
    rg_value stop = rg__trace_is_given(parts[1]) ? parts[1] : rg__trace_int(tracer, to_the_end);
    rg_value step = rg__trace_is_given(parts[2]) ? parts[2] : rg_value_missing();
    at->x = rg__emit_call(tracer, "aten.slice.Tensor", RG_POSITION(at->x), RG_POSITION(rg__trace_int(tracer, at->dim)),
                          RG_POSITION(start), RG_POSITION(stop), RG_POSITION(step));
    at->changed = true;
    at->dim++;
}

static void walk_item(rg_tracer *tracer, walk *at, rg_value item, uint32_t following)
{
    rg_value_kind kind = rg_value_get_kind(item);
    if (kind == RG_VALUE_ELLIPSIS) {
        at->dim = at->rank - following;
        return;
    }
    if (kind == RG_VALUE_NONE) {
        at->x = rg__emit(tracer, "aten.unsqueeze.default", at->x, rg__trace_int(tracer, at->dim));
        at->changed = true;
        at->rank++;
        at->dim++;
        return;
    }
    if (at->dim >= at->rank) {
        rg__trace_fail(tracer, RG_ERROR_TYPE, "more indices than the tensor's %u dimensions", at->rank);
    } else if (kind == RG_VALUE_SLICE) {
        walk_slice(tracer, at, item);
    } else if (kind == RG_VALUE_INT || kind == RG_VALUE_SIZE) {
        at->x = rg__emit(tracer, "aten.select.int", at->x, rg__trace_int(tracer, at->dim), item);
        at->changed = true;
        at->rank--;
    } else if (rg__trace_is_tensor(tracer, item)) {
        at->tensors[at->dim++] = item;
        at->has_tensors = true;
    } else {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "an index must be an integer, a slice, None, ... or a tensor");
    }
}

/* Tensors among the indices: one index op after the plain ones, None where a dimension has no tensor. */
static rg_value gather_indices(rg_tracer *tracer, walk *at)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < at->dim; i++) {
        if (rg_value_is_missing(at->tensors[i])) {
            at->tensors[i] = rg_value_none();
        } else {
            count = i + 1;
        }
    }
    return rg__emit(tracer, "aten.index.Tensor", at->x, rg__trace_list(tracer, at->tensors, count));
}

/* How many dimensions of the tensor the items from `first` on are about. */
static uint32_t count_dims(const rg_value *items, uint32_t first, uint32_t count)
{
    uint32_t result = 0;
    for (uint32_t i = first; i < count; i++) {
        rg_value_kind kind = rg_value_get_kind(items[i]);
        result += kind != RG_VALUE_NONE && kind != RG_VALUE_ELLIPSIS ? 1 : 0;
    }
    return result;
}

rg_value rg__trace_index(rg_tracer *tracer, rg_value x, rg_value index)
{
    rg_shape shape;
    rg_value items[RG_MAX_RANK];
    walk at = {.x = x};
    bool is_tuple = rg_value_get_kind(index) == RG_VALUE_TUPLE;
    uint32_t count = is_tuple ? rg__trace_read_items(tracer, index, "index", items) : 1;
    if (!is_tuple) {
        items[0] = index;
    }
    if (!rg__trace_read_shape(tracer, x, "self", &shape)) {
        return rg_value_missing();
    }
    at.rank = shape.rank;
    for (uint32_t i = 0; i < RG_MAX_RANK; i++) {
        at.tensors[i] = rg_value_missing();
    }
    for (uint32_t i = 0; i < count && tracer->status == RG_OK; i++) {
        uint32_t following = count_dims(items, i + 1, count);
        if (at.rank + count > RG_MAX_RANK || at.dim + following > at.rank) {
            return rg__trace_fail(tracer, RG_ERROR_TYPE, "more indices than the tensor's %u dimensions", shape.rank);
        }
        walk_item(tracer, &at, items[i], following);
    }
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    if (at.has_tensors) {
        return gather_indices(tracer, &at);
    }
    return at.changed ? at.x : rg__emit(tracer, "aten.alias.default", x);
}

/* ---- by name ---- */

static rg_value trace_select(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0], a[1], a[2], a[3]);
}

static rg_value trace_narrow(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_size start = rg__trace_read_size(tracer, a[2], "start");
    rg_size length = rg__trace_read_size(tracer, a[3], "length");
    rg_value stop = rg__trace_size(tracer, rg__trace_combine(tracer, RG_SIZE_ADD, start, length));
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, "aten.slice.Tensor", a[0], a[1], a[2], stop);
}

static rg_value trace_index_select(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value indices[RG_MAX_RANK];
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    uint32_t dim = rg__trace_read_dim(tracer, a[1], "dim", shape.rank);
    for (uint32_t i = 0; i < dim; i++) {
        indices[i] = rg_value_none();
    }
    indices[dim] = a[2];
    return rg__emit(tracer, "aten.index.Tensor", a[0], rg__trace_list(tracer, indices, dim + 1));
}

static rg_value trace_embedding(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    rg__trace_read_tensor(tracer, a[1], "weight");
    return rg__emit(tracer, "aten.embedding.default", a[1], a[0], rg__trace_is_given(a[2]) ? a[2] : rg_value_missing());
}

static rg_value trace_pad(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value items[RG_MAX_RANK];
    if (rg__trace_is_given(a[2]) &&
        !rg_string_equal(rg_value_as_text(tracer->context, a[2]), rg_string_from("constant"))) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "modes other than 'constant'");
    }
    rg__trace_read_tensor(tracer, a[0], "input");
    uint32_t count = rg__trace_read_items(tracer, a[1], "pad", items);
    rg_value fill = rg__trace_is_given(a[3]) ? a[3] : rg_value_float(0.0);
    return rg__emit_call(tracer, "aten.constant_pad_nd.default", RG_POSITION(a[0]),
                         RG_POSITION(rg__trace_list(tracer, items, count)), RG_POSITION(fill));
}

/* Attention stays one op in a trace; which kernel it becomes is decided when it is lowered. */
static rg_value trace_attention(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    for (int i = 0; i < 3; i++) {
        rg__trace_read_tensor(tracer, a[i], "query, key, value");
    }
    return rg__emit_call(tracer, "aten.scaled_dot_product_attention.default", RG_POSITION(a[0]), RG_POSITION(a[1]),
                         RG_POSITION(a[2]), RG_POSITION(a[3]), RG_POSITION(a[4]), RG_POSITION(a[5]),
                         RG_KEYWORD("scale", a[6]), RG_KEYWORD("enable_gqa", a[7]));
}

static const rg_trace_row rows[] = {
    {"select", RG_IN_BOTH, "input|self, dim, index", trace_select, "aten.select.int"},
    {"gather", RG_IN_BOTH, "input|self, dim, index", trace_select, "aten.gather.default"},
    {"scatter", RG_IN_BOTH, "input|self, dim, index, src", trace_select, "aten.scatter.src"},
    {"unfold", RG_IN_METHODS, "self, dimension, size, step", trace_select, "aten.unfold.default"},
    {"diagonal", RG_IN_BOTH, "input|self, offset=, dim1=, dim2=", trace_select, "aten.diagonal.default"},
    {"narrow", RG_IN_BOTH, "input|self, dim, start, length", trace_narrow, NULL},
    {"index_select", RG_IN_BOTH, "input|self, dim, index", trace_index_select, NULL},
    {"embedding", RG_IN_FUNCTIONAL, "input, weight, padding_idx=", trace_embedding, NULL},
    {"pad", RG_IN_FUNCTIONAL, "input, pad, mode=, value=", trace_pad, NULL},
    {"scaled_dot_product_attention", RG_IN_FUNCTIONAL,
     "query, key, value, attn_mask=, dropout_p=, is_causal=, scale=, enable_gqa=", trace_attention, NULL},
};

const rg_trace_family rg__trace_lookup = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH | RG_IN_FUNCTIONAL};
