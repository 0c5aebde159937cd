/*
 * trace_view.c: functions that only rearrange: view, reshape, permute, transpose, expand, squeeze.
 *
 * Sizes and dims given by the caller stand in the recorded call as written (-1 included); dims that PyTorch computes
 * itself are non-negative.
 */
#include "rule/trace_table.h"

rg_value rg__trace_permute(rg_tracer *tracer, rg_value x, const uint32_t *order, uint32_t rank)
{
    int64_t dims[RG_MAX_RANK];
    for (uint32_t i = 0; i < rank; i++) {
        dims[i] = order[i];
    }
    return rg__emit(tracer, "aten.permute.default", x, rg__trace_int_list(tracer, dims, rank));
}

rg_value rg__trace_swap(rg_tracer *tracer, rg_value x, uint32_t a, uint32_t b)
{
    rg_shape shape;
    uint32_t order[RG_MAX_RANK];
    if (!rg__trace_read_shape(tracer, x, "input", &shape)) {
        return rg_value_missing();
    }
    if (a == b) {
        return rg__emit(tracer, "aten.alias.default", x);
    }
    for (uint32_t i = 0; i < shape.rank; i++) {
        order[i] = i == a ? b : i == b ? a : i;
    }
    return rg__trace_permute(tracer, x, order, shape.rank);
}

rg_value rg__trace_expand(rg_tracer *tracer, rg_value x, const rg_size *sizes, uint32_t count)
{
    return rg__emit(tracer, "aten.expand.default", x, rg__trace_size_list(tracer, sizes, count));
}

/* Can `shape` be viewed with these sizes? One may be -1. */
static bool is_viewable(rg_tracer *tracer, const rg_shape *shape, rg_value sizes)
{
    rg_value items[RG_MAX_RANK];
    rg_shape result = *shape;
    rg_inference inference = rg__trace_layout(tracer);
    result.rank = rg__trace_read_items(tracer, sizes, "shape", items);
    for (uint32_t i = 0; i < result.rank; i++) {
        result.sizes[i] = rg__trace_read_size(tracer, items[i], "shape");
    }
    if (tracer->status != RG_OK ||
        !rg__trace_ok(tracer, rg__shape_resolve_sizes(&inference, shape, result.sizes, result.rank))) {
        return true;
    }
    bool viewable = rg__shape_set_view(&inference, shape, &result);
    return !rg__trace_layout_ok(tracer, &inference) || viewable;
}

/* A view where the strides allow one, else a copy and a view. */
rg_value rg__trace_reshape(rg_tracer *tracer, rg_value x, rg_value sizes)
{
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, x, "input", &shape)) {
        return rg_value_missing();
    }
    if (!is_viewable(tracer, &shape, sizes)) {
        x = rg__emit_call(
            tracer, "aten.clone.default", RG_POSITION(x),
            RG_KEYWORD("memory_format", rg__trace_word(tracer, RG_VALUE_MEMORY_FORMAT, "contiguous_format")));
    }
    return rg__emit(tracer, "aten.view.default", x, sizes);
}

/* ---- view and reshape ---- */

/* view(x, sizes) works on a tensor of unknown type too; view(x, dtype) reinterprets the bits. */
static rg_value trace_view(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape shape;
    rg_value first = rg_value_item(tracer->context, tracer->graph, a[1], 0);
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "self");
    if (rg_value_count(tracer->context, tracer->graph, a[1]) == 1 && rg_value_get_kind(first) == RG_VALUE_DTYPE) {
        return rg__emit(tracer, "aten.view.dtype", a[0], first);
    }
    if (rg__trace_dtype(tracer, a[0]) != RG_DTYPE_NONE && rg__trace_read_shape(tracer, a[0], "self", &shape) &&
        !is_viewable(tracer, &shape, a[1])) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "the strides allow no view of these sizes; use reshape");
    }
    return rg__emit(tracer, "aten.view.default", a[0], a[1]);
}

static rg_value trace_reshape(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    return rg__trace_reshape(tracer, a[0], a[1]);
}

static rg_value trace_view_as(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape other;
    if (!rg__trace_read_shape(tracer, a[1], "other", &other)) {
        return rg_value_missing();
    }
    rg_value sizes = rg__trace_size_list(tracer, other.sizes, other.rank);
    return row->op != NULL ? rg__emit(tracer, row->op, a[0], sizes) : rg__trace_reshape(tracer, a[0], sizes);
}

static rg_value trace_flatten(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_size sizes[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    if (shape.rank == 0) {
        const int64_t single = 1;
        return rg__trace_reshape(tracer, a[0], rg__trace_int_list(tracer, &single, 1));
    }
    uint32_t start = rg__trace_is_given(a[1]) ? rg__trace_read_dim(tracer, a[1], "start_dim", shape.rank) : 0;
    uint32_t end = rg__trace_is_given(a[2]) ? rg__trace_read_dim(tracer, a[2], "end_dim", shape.rank) : shape.rank - 1;
    if (tracer->status == RG_OK && start > end) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "'start_dim' comes after 'end_dim'");
    }
    if (start == end) {
        return a[0];
    }
    for (uint32_t i = 0; i < shape.rank; i++) {
        if (i > start && i <= end) {
            sizes[count - 1] = rg__trace_combine(tracer, RG_SIZE_MULTIPLY, sizes[count - 1], shape.sizes[i]);
        } else {
            sizes[count++] = shape.sizes[i];
        }
    }
    return rg__trace_reshape(tracer, a[0], rg__trace_size_list(tracer, sizes, count));
}

/* The sizes that one dimension is split into; a -1 among them is computed. */
static rg_value trace_unflatten(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value items[RG_MAX_RANK];
    rg_shape part;
    rg_size sizes[2 * RG_MAX_RANK];
    if (!rg__trace_read_shape(tracer, a[0], "self", &shape)) {
        return rg_value_missing();
    }
    uint32_t dim = rg__trace_read_dim(tracer, a[1], "dim", shape.rank);
    uint32_t count = rg__trace_read_items(tracer, a[2], "sizes", items);
    memset(&part, 0, sizeof(part));
    part.rank = 1;
    part.sizes[0] = shape.sizes[dim];
    memcpy(sizes, shape.sizes, dim * sizeof(*sizes));
    for (uint32_t i = 0; i < count; i++) {
        sizes[dim + i] = rg__trace_read_size(tracer, items[i], "sizes");
    }
    rg_inference inference = rg__trace_layout(tracer);
    if (tracer->status != RG_OK ||
        !rg__trace_ok(tracer, rg__shape_resolve_sizes(&inference, &part, sizes + dim, count))) {
        return rg_value_missing();
    }
    memcpy(sizes + dim + count, shape.sizes + dim + 1, (shape.rank - dim - 1) * sizeof(*sizes));
    if (shape.rank - 1 + count > RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d dimensions", RG_MAX_RANK);
    }
    return rg__emit(tracer, "aten.view.default", a[0], rg__trace_size_list(tracer, sizes, shape.rank - 1 + count));
}

/* ---- permute and its like ---- */

static rg_value trace_permute(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, "aten.permute.default", a[0], a[1]);
}

static rg_value trace_transpose(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    uint32_t first = rg__trace_read_dim(tracer, a[1], "dim0", shape.rank);
    uint32_t second = rg__trace_read_dim(tracer, a[2], "dim1", shape.rank);
    return tracer->status == RG_OK ? rg__trace_swap(tracer, a[0], first, second) : rg_value_missing();
}

/* t() and .T swap the two dimensions of a matrix, .mT the last two. */
static rg_value trace_transpose_last(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape shape;
    bool any_rank = strcmp(row->name, "mT") == 0;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    if (any_rank ? shape.rank < 2 : shape.rank > 2) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "the tensor has %u dimensions", shape.rank);
    }
    return shape.rank < 2 ? rg__emit(tracer, "aten.alias.default", a[0])
                          : rg__trace_swap(tracer, a[0], shape.rank - 2, shape.rank - 1);
}

/* The moved dims go to their places, the others keep their order. */
static rg_value trace_movedim(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value sources[RG_MAX_RANK];
    rg_value targets[RG_MAX_RANK];
    uint32_t order[RG_MAX_RANK];
    bool moved[RG_MAX_RANK] = {false};
    bool filled[RG_MAX_RANK] = {false};
    uint32_t next = 0;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    uint32_t count = rg__trace_read_items(tracer, a[1], "source", sources);
    if (rg__trace_read_items(tracer, a[2], "destination", targets) != count) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "as many sources as destinations are needed");
    }
    for (uint32_t i = 0; i < count && tracer->status == RG_OK; i++) {
        uint32_t from = rg__trace_read_dim(tracer, sources[i], "source", shape.rank);
        uint32_t to = rg__trace_read_dim(tracer, targets[i], "destination", shape.rank);
        if (tracer->status == RG_OK && (moved[from] || filled[to])) {
            return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "a dimension is given twice");
        }
        moved[from] = filled[to] = true;
        order[to] = from;
    }
    for (uint32_t i = 0; i < shape.rank && tracer->status == RG_OK; i++) {
        if (!filled[i]) {
            while (moved[next]) {
                next++;
            }
            order[i] = next++;
        }
    }
    return tracer->status == RG_OK ? rg__trace_permute(tracer, a[0], order, shape.rank) : rg_value_missing();
}

/* ---- sizes of 1 ---- */

static rg_value trace_unsqueeze(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, "aten.unsqueeze.default", a[0], a[1]);
}

static rg_value trace_squeeze(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value items[RG_MAX_RANK];
    rg__trace_read_tensor(tracer, a[0], "input");
    if (!rg__trace_is_given(a[1])) {
        return rg__emit(tracer, "aten.squeeze.default", a[0]);
    }
    if (!rg__trace_is_list(a[1])) {
        return rg__emit(tracer, "aten.squeeze.dim", a[0], a[1]);
    }
    uint32_t count = rg__trace_read_items(tracer, a[1], "dim", items);
    return rg__emit(tracer, "aten.squeeze.dims", a[0], rg__trace_list(tracer, items, count));
}

static rg_value trace_expand(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value items[RG_MAX_RANK];
    rg__trace_read_tensor(tracer, a[0], "self");
    uint32_t count = rg__trace_read_items(tracer, a[1], "size", items);
    return rg__emit(tracer, "aten.expand.default", a[0], rg__trace_list(tracer, items, count));
}

static rg_value trace_expand_as(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape other;
    if (!rg__trace_read_shape(tracer, a[1], "other", &other)) {
        return rg_value_missing();
    }
    return rg__trace_expand(tracer, a[0], other.sizes, other.rank);
}

static const rg_trace_row rows[] = {
    {"view", RG_IN_METHODS, "self, *shape|size", trace_view, NULL},
    {"reshape", RG_IN_BOTH, "input|self, *shape", trace_reshape, NULL},
    {"view_as", RG_IN_METHODS, "self, other", trace_view_as, "aten.view.default"},
    {"reshape_as", RG_IN_METHODS, "self, other", trace_view_as, NULL},
    {"flatten", RG_IN_BOTH, "input|self, start_dim=, end_dim=", trace_flatten, NULL},
    {"unflatten", RG_IN_BOTH, "input|self, dim, sizes", trace_unflatten, NULL},
    {"permute", RG_IN_BOTH, "input|self, *dims", trace_permute, NULL},
    {"transpose", RG_IN_BOTH, "input|self, dim0, dim1", trace_transpose, NULL},
    {"swapaxes", RG_IN_BOTH, "input|self, dim0|axis0, dim1|axis1", trace_transpose, NULL},
    {"swapdims", RG_IN_BOTH, "input|self, dim0, dim1", trace_transpose, NULL},
    {"t", RG_IN_BOTH, "input|self", trace_transpose_last, NULL},
    {"T", RG_IN_ATTRIBUTES, "self", trace_transpose_last, NULL},
    {"mT", RG_IN_ATTRIBUTES, "self", trace_transpose_last, NULL},
    {"movedim", RG_IN_BOTH, "input|self, source, destination", trace_movedim, NULL},
    {"moveaxis", RG_IN_BOTH, "input|self, source, destination", trace_movedim, NULL},
    {"unsqueeze", RG_IN_BOTH, "input|self, dim", trace_unsqueeze, NULL},
    {"squeeze", RG_IN_BOTH, "input|self, dim=", trace_squeeze, NULL},
    {"expand", RG_IN_METHODS, "self, *size", trace_expand, NULL},
    {"broadcast_to", RG_IN_BOTH, "input|self, *size|shape", trace_expand, NULL},
    {"expand_as", RG_IN_METHODS, "self, other", trace_expand_as, NULL},
};

const rg_trace_family rg__trace_view = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH | RG_IN_ATTRIBUTES};
