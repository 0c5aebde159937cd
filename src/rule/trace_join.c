/*
 * trace_join.c: taking tensors apart and putting them together: split, chunk, unbind, cat, stack, repeat.
 */
#include "rule/trace_table.h"

static rg_value contiguous_format(rg_tracer *tracer)
{
    return rg__trace_word(tracer, RG_VALUE_MEMORY_FORMAT, "contiguous_format");
}

/* `count` copies of x side by side along `dim` of the result: a new dimension at `at` is expanded and merged. */
static rg_value repeat_blocks(rg_tracer *tracer, rg_value x, const rg_shape *shape, uint32_t at, uint32_t dim,
                              rg_size count)
{
    rg_size sizes[RG_MAX_RANK + 1];
    rg_size merged[RG_MAX_RANK];
    if (shape->rank >= RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d dimensions", RG_MAX_RANK - 1);
    }
    memcpy(sizes, shape->sizes, at * sizeof(*sizes));
    sizes[at] = count;
    memcpy(sizes + at + 1, shape->sizes + at, (shape->rank - at) * sizeof(*sizes));
    memcpy(merged, shape->sizes, shape->rank * sizeof(*merged));
    merged[dim] = rg__trace_combine(tracer, RG_SIZE_MULTIPLY, merged[dim], count);
    rg_value raised = rg__emit(tracer, "aten.unsqueeze.default", x, rg__trace_int(tracer, at));
    rg_value expanded = rg__trace_expand(tracer, raised, sizes, shape->rank + 1);
    rg_value copied = rg__emit_call(tracer, "aten.clone.default", RG_POSITION(expanded),
                                    RG_KEYWORD("memory_format", contiguous_format(tracer)));
    return rg__emit(tracer, "aten.view.default", copied, rg__trace_size_list(tracer, merged, shape->rank));
}

/* ---- cat and stack ---- */

static bool all_same(const rg_tracer *tracer, const rg_value *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (!rg_value_equal(tracer->context, tracer->graph, items[0], items[i])) {
            return false;
        }
    }
    return true;
}

/* One tensor is cloned, copies of one tensor are expanded, all else is cat. */
static rg_value cat(rg_tracer *tracer, const rg_value *items, uint32_t count, rg_value dim)
{
    rg_shape shape;
    if (tracer->status == RG_OK && count == 0) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs at least one tensor");
    }
    for (uint32_t i = 0; i < count; i++) {
        rg__trace_read_tensor(tracer, items[i], "tensors");
    }
    if (tracer->status == RG_OK && count == 1) {
        return rg__emit(tracer, "aten.clone.default", items[0]);
    }
    if (tracer->status == RG_OK && all_same(tracer, items, count)) {
        rg_size copies = {0};
        if (!rg__trace_read_shape(tracer, items[0], "tensors", &shape)) {
            return rg_value_missing();
        }
        uint32_t at = rg__trace_is_given(dim) ? rg__trace_read_dim(tracer, dim, "dim", shape.rank) : 0;
        rg__trace_ok(tracer, rg_size_from_int(&copies, tracer->context, count));
        return tracer->status == RG_OK ? repeat_blocks(tracer, items[0], &shape, at, at, copies) : rg_value_missing();
    }
    return rg__emit(tracer, "aten.cat.default", rg__trace_list(tracer, items, count), dim);
}

static rg_value trace_cat(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value items[RG_MAX_RANK];
    if (rg__trace_is_open_list(tracer, a[0])) {
        return rg__emit(tracer, "aten.cat.default", a[0], a[1]);
    }
    uint32_t count = rg__trace_read_items(tracer, a[0], "tensors", items);
    return cat(tracer, items, count, a[1]);
}

/* A new last dimension: each tensor gets it and they are concatenated. Any other: they are concatenated along the
 * dimension that follows it, which is then split by a view. */
static rg_value trace_stack(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value items[RG_MAX_RANK];
    rg_shape shape;
    rg_size sizes[RG_MAX_RANK + 1];
    uint32_t count = rg__trace_read_items(tracer, a[0], "tensors", items);
    if (count == 0 || !rg__trace_read_shape(tracer, items[0], "tensors", &shape)) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs at least one tensor");
    }
    uint32_t dim = rg__trace_is_given(a[1]) ? rg__trace_read_dim(tracer, a[1], "dim", shape.rank + 1) : 0;
    if (dim == shape.rank) {
        for (uint32_t i = 0; i < count; i++) {
            items[i] = rg__emit(tracer, "aten.unsqueeze.default", items[i], rg__trace_int(tracer, dim));
        }
        return cat(tracer, items, count, rg__trace_int(tracer, -1));
    }
    if (shape.rank >= RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d dimensions", RG_MAX_RANK - 1);
    }
    memcpy(sizes, shape.sizes, dim * sizeof(*sizes));
    rg__trace_ok(tracer, rg_size_from_int(&sizes[dim], tracer->context, count));
    memcpy(sizes + dim + 1, shape.sizes + dim, (shape.rank - dim) * sizeof(*sizes));
    rg_value joined = cat(tracer, items, count, rg__trace_int(tracer, dim));
    return rg__emit(tracer, "aten.view.default", joined, rg__trace_size_list(tracer, sizes, shape.rank + 1));
}

/* ---- split ---- */

static rg_value trace_split(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value sizes[RG_MAX_RANK];
    rg__trace_read_tensor(tracer, a[0], "tensor");
    if (!rg__trace_is_list(a[1])) {
        return rg__emit(tracer, "aten.split.Tensor", a[0], a[1], a[2]);
    }
    uint32_t count = rg__trace_read_items(tracer, a[1], "split_size_or_sections", sizes);
    return rg__emit(tracer, "aten.split_with_sizes.default", a[0], rg__trace_list(tracer, sizes, count), a[2]);
}

/* Pieces of ceil(size / chunks). Where the size is known to be a multiple, that is size / chunks. */
static rg_value trace_chunk(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_size chunks;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    int64_t number = rg__trace_read_int(tracer, a[1], "chunks");
    uint32_t dim = rg__trace_is_given(a[2]) ? rg__trace_read_dim(tracer, a[2], "dim", shape.rank) : 0;
    if (tracer->status == RG_OK && (number < 1 || shape.rank == 0)) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "needs a positive number of chunks and at least one dimension");
    }
    if (!rg__trace_ok(tracer, rg_size_from_int(&chunks, tracer->context, number))) {
        return rg_value_missing();
    }
    rg_size total = shape.sizes[dim];
    rg_size rest = rg__trace_combine(tracer, RG_SIZE_MODULO, total, chunks);
    if (!rg__trace_size_is(tracer, rest, 0)) {
        rg_size extra = {0};
        rg__trace_ok(tracer, rg_size_from_int(&extra, tracer->context, number - 1));
        total = rg__trace_combine(tracer, RG_SIZE_ADD, total, extra);
    }
    rg_size piece = rg__trace_combine(tracer, RG_SIZE_FLOOR_DIVIDE, total, chunks);
    return rg__emit(tracer, "aten.split.Tensor", a[0], rg__trace_size(tracer, piece), a[2]);
}

static rg_value trace_unbind(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0], a[1]);
}

/* ---- repeat ---- */

static rg_value trace_repeat(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "self");
    return rg__emit(tracer, "aten.repeat.default", a[0], a[1]);
}

/* repeat with as many counts as the tensor has dimensions, or more */
static rg_value trace_tile(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value counts[RG_MAX_RANK];
    rg_value padded[RG_MAX_RANK];
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    uint32_t count = rg__trace_read_items(tracer, a[1], "dims", counts);
    uint32_t missing = count < shape.rank ? shape.rank - count : 0;
    for (uint32_t i = 0; i < missing; i++) {
        padded[i] = rg__trace_int(tracer, 1);
    }
    memcpy(padded + missing, counts, count * sizeof(*counts));
    return rg__emit(tracer, "aten.repeat.default", a[0], rg__trace_list(tracer, padded, missing + count));
}

/* Each element `repeats` times, a number; without a dim the tensor is flattened first. */
static rg_value trace_repeat_interleave(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    rg_value x = a[0];
    if (!rg__trace_is_given(a[2]) && rg__trace_read_shape(tracer, x, "input", &shape)) {
        rg_inference inference = rg__trace_layout(tracer);
        rg_size total = rg__shape_element_count(&inference, &shape);
        rg__trace_layout_ok(tracer, &inference);
        x = rg__trace_reshape(tracer, x, rg__trace_size_list(tracer, &total, 1));
    }
    if (!rg__trace_read_shape(tracer, x, "input", &shape)) {
        return rg_value_missing();
    }
    uint32_t dim = rg__trace_is_given(a[2]) ? rg__trace_read_dim(tracer, a[2], "dim", shape.rank) : 0;
    rg_size repeats = rg__trace_read_size(tracer, a[1], "repeats");
    return tracer->status == RG_OK ? repeat_blocks(tracer, x, &shape, dim + 1, dim, repeats) : rg_value_missing();
}

static const rg_trace_row rows[] = {
    {"cat", RG_IN_TORCH, "tensors, dim=", trace_cat, NULL},
    {"concat", RG_IN_TORCH, "tensors, dim=", trace_cat, NULL},
    {"stack", RG_IN_TORCH, "tensors, dim=", trace_stack, NULL},
    {"split", RG_IN_BOTH, "tensor|self, split_size_or_sections|split_size, dim=", trace_split, NULL},
    {"split_with_sizes", RG_IN_BOTH, "input|self, split_sizes, dim=", trace_split, NULL},
    {"chunk", RG_IN_BOTH, "input|self, chunks, dim=", trace_chunk, NULL},
    {"unbind", RG_IN_BOTH, "input|self, dim=", trace_unbind, "aten.unbind.int"},
    {"repeat", RG_IN_METHODS, "self, *repeats", trace_repeat, NULL},
    {"tile", RG_IN_BOTH, "input|self, *dims", trace_tile, NULL},
    {"repeat_interleave", RG_IN_BOTH, "input|self, repeats, dim=", trace_repeat_interleave, NULL},
};

const rg_trace_family rg__trace_join = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BOTH};
