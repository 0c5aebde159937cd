/*
 * infer_part.c: views of parts of a tensor: select, slice, diagonal, sliding windows, and the ops that cut a tensor
 * into a tuple of pieces (rows: ops_view.def).
 */
#include "ir/context_impl.h"
#include "ops/op_rows.h"

/* More pieces than this are a mistake or an attack: every piece is a type of its own. */
enum { MAX_PIECES = 1 << 16 };

/* The tensor at index 0 and a dimension of it. False when the result is unknown or `*status` says what is wrong. */
static bool read_tensor_and_dim(rg_inference *inference, size_t dim_index, rg_shape *input, uint32_t *dim,
                                rg_status *status)
{
    int64_t given = 0;
    *status = RG_OK;
    if (!rg__infer_tensor(inference, 0, input)) {
        return false;
    }
    if (!rg__infer_int(inference, dim_index, &given)) {
        inference->unknown = true;
        return false;
    }
    if (input->rank == 0) {
        *status = rg__infer_fail(inference, RG_ERROR_TYPE, "a 0-d tensor has no parts");
        return false;
    }
    *status = rg__infer_wrap_dim(inference, given, input->rank, dim);
    return *status == RG_OK;
}

static void drop_dimension(rg_shape *shape, uint32_t dim)
{
    shape->rank--;
    memmove(&shape->sizes[dim], &shape->sizes[dim + 1], (shape->rank - dim) * sizeof(rg_size));
    memmove(&shape->strides[dim], &shape->strides[dim + 1], (shape->rank - dim) * sizeof(rg_size));
}

rg_status rg__op_select(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 1, &shape, &dim, &status)) {
        return status;
    }
    int64_t index = 0;
    int64_t size = 0;
    if (rg__infer_int(inference, 2, &index) && rg_size_as_int(inference->context, shape.sizes[dim], &size) &&
        (index < -size || index >= size)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "index %lld into a dimension of size %lld", (long long)index,
                              (long long)size);
    }
    drop_dimension(&shape, dim);
    return rg__infer_set_tensor(inference, &shape);
}

/* The number of steps of `step` from 0 to `length`. */
static rg_size steps_in(rg_inference *inference, rg_size length, rg_size step)
{
    if (rg__infer_is_one(inference, step)) {
        return length;
    }
    rg_size less_one = rg__infer_subtract(inference, step, rg__infer_int_size(inference, 1));
    return rg__infer_floor_divide(inference, rg__infer_add(inference, length, less_one), step);
}

static bool read_bound(rg_inference *inference, size_t index, rg_size size, rg_size fallback, rg_size *out)
{
    *out = fallback;
    if (rg__infer_is_none(inference, index)) {
        return true;
    }
    if (!rg__infer_size(inference, index, out)) {
        return false;
    }
    *out = rg__infer_slice_bound(inference, *out, size);
    return true;
}

rg_status rg__infer_slice(rg_inference *inference, size_t dim_index, rg_shape *shape, uint32_t *dim)
{
    rg_status status = RG_OK;
    rg_size start = {0};
    rg_size end = {0};
    rg_size step = {0};
    int64_t known_step = 1;
    if (!read_tensor_and_dim(inference, dim_index, shape, dim, &status)) {
        return status;
    }
    rg_size size = shape->sizes[*dim];
    rg_size zero = rg__infer_int_size(inference, 0);
    if (!read_bound(inference, dim_index + 1, size, zero, &start) ||
        !read_bound(inference, dim_index + 2, size, size, &end) || !rg__infer_size(inference, dim_index + 3, &step)) {
        return RG_OK;
    }
    if (rg_size_as_int(inference->context, step, &known_step) && known_step <= 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the step must be positive");
    }
    if (rg_size_less_equal(inference->context, end, start) == RG_YES) {
        end = start;
    }
    shape->sizes[*dim] = steps_in(inference, rg__infer_subtract(inference, end, start), step);
    if (shape->has_strides) {
        shape->strides[*dim] = rg__infer_multiply(inference, shape->strides[*dim], step);
    }
    return RG_OK;
}

rg_status rg__op_slice(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_status status = rg__infer_slice(inference, 1, &shape, &dim);
    return status != RG_OK || inference->unknown ? status : rg__infer_set_tensor(inference, &shape);
}

/* narrow(self, dim, start, length) */
rg_status rg__op_narrow(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 1, &shape, &dim, &status)) {
        return status;
    }
    if (!rg__infer_size(inference, 3, &shape.sizes[dim])) {
        return RG_OK;
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* diagonal(self, offset, dim1, dim2): both dimensions go, that of the diagonal comes last. */
rg_status rg__op_diagonal(rg_inference *inference)
{
    rg_shape shape;
    uint32_t first = 0;
    uint32_t second = 0;
    int64_t offset = 0;
    int64_t given = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 2, &shape, &first, &status)) {
        return status;
    }
    if (!rg__infer_int(inference, 1, &offset) || !rg__infer_int(inference, 3, &given)) {
        inference->unknown = true;
        return RG_OK;
    }
    status = rg__infer_wrap_dim(inference, given, shape.rank, &second);
    if (status != RG_OK) {
        return status;
    }
    if (first == second) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "both dimensions of the diagonal are %u", first);
    }
    rg_size rows = shape.sizes[first];
    rg_size columns = shape.sizes[second];
    rg_size shift = rg__infer_int_size(inference, offset < 0 ? -offset : offset);
    if (offset >= 0) {
        columns = rg__infer_subtract(inference, columns, shift);
    } else {
        rows = rg__infer_subtract(inference, rows, shift);
    }
    rg_size zero = rg__infer_int_size(inference, 0);
    rg_size length = rg__infer_max(inference, rg__infer_min(inference, rows, columns), zero);
    rg_size stride = shape.strides[first];
    if (shape.has_strides) {
        stride = rg__infer_add(inference, stride, shape.strides[second]);
    }
    drop_dimension(&shape, first > second ? first : second);
    drop_dimension(&shape, first > second ? second : first);
    shape.sizes[shape.rank] = length;
    shape.strides[shape.rank] = stride;
    shape.rank++;
    return rg__infer_set_tensor(inference, &shape);
}

/* unfold(self, dimension, size, step): windows; their contents are a new last dimension. */
rg_status rg__op_unfold(rg_inference *inference)
{
    rg_shape shape;
    int64_t given = 0;
    uint32_t dim = 0;
    rg_size window = {0};
    rg_size step = {0};
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_size(inference, 2, &window) ||
        !rg__infer_size(inference, 3, &step)) {
        return RG_OK;
    }
    if (!rg__infer_int(inference, 1, &given) || shape.rank == RG_MAX_RANK) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = rg__infer_wrap_dim(inference, given, shape.rank, &dim);
    if (status != RG_OK) {
        return status;
    }
    rg_size one = rg__infer_int_size(inference, 1);
    if (shape.rank == 0) {
        shape.strides[0] = one;
    } else {
        rg_size room = rg__infer_subtract(inference, shape.sizes[dim], window);
        shape.strides[shape.rank] = shape.strides[dim];
        shape.sizes[dim] = rg__infer_add(inference, rg__infer_floor_divide(inference, room, step), one);
        if (shape.has_strides) {
            shape.strides[dim] = rg__infer_multiply(inference, shape.strides[dim], step);
        }
    }
    shape.sizes[shape.rank] = window;
    shape.rank++;
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- tuples of pieces ---- */

/* `count` pieces of `shape` along `dim`; piece i has size `sizes[i]`, or all have sizes[0]. */
static rg_status set_pieces(rg_inference *inference, rg_shape *shape, uint32_t dim, const rg_size *sizes, bool all_same,
                            size_t count)
{
    const rg_allocator *allocator = &inference->context->allocator;
    size_t bytes = (count + 1) * sizeof(rg_type);
    rg_type *items = rg__allocate(allocator, bytes);
    if (items == NULL) {
        return RG_ERROR_MEMORY;
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        shape->sizes[dim] = sizes[all_same ? 0 : i];
        if (i > 0 && rg_size_same(sizes[all_same ? 0 : i], sizes[all_same ? 0 : i - 1])) {
            items[i] = items[i - 1];
        } else {
            status = rg__shape_type(inference, shape, &items[i]);
        }
    }
    if (status == RG_OK && !inference->unknown) {
        status = rg_type_from_items(&inference->result, inference->context, items, count);
    }
    rg__free(allocator, items, bytes);
    return status;
}

static rg_status too_many_pieces(rg_inference *inference)
{
    return rg__infer_fail(inference, RG_ERROR_LIMIT, "more than %d pieces", (int)MAX_PIECES);
}

/* `count` pieces of the same size but for the last one, which has what is left. */
static rg_status set_pieces_and_rest(rg_inference *inference, rg_shape *shape, uint32_t dim, rg_size piece,
                                     size_t count)
{
    const rg_allocator *allocator = &inference->context->allocator;
    size_t bytes = count * sizeof(rg_size);
    rg_size *sizes = rg__allocate(allocator, bytes);
    if (sizes == NULL) {
        return RG_ERROR_MEMORY;
    }
    rg_size rest = shape->sizes[dim];
    for (size_t i = 0; i + 1 < count; i++) {
        sizes[i] = piece;
        rest = rg__infer_subtract(inference, rest, piece);
    }
    sizes[count - 1] = rest;
    rg_status status = set_pieces(inference, shape, dim, sizes, false, count);
    rg__free(allocator, sizes, bytes);
    return status;
}

/* Pieces of equal size, the last one perhaps smaller. */
static rg_status set_equal_pieces(rg_inference *inference, rg_shape *shape, uint32_t dim, rg_size piece)
{
    rg_size total = shape->sizes[dim];
    int64_t count = -1;
    if (rg_size_as_int(inference->context, piece, &count) && count < 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "pieces of size %lld", (long long)count);
    }
    if (rg__infer_is_int(inference, piece, 0) || rg_size_less_equal(inference->context, total, piece) == RG_YES) {
        return set_pieces(inference, shape, dim, &total, true, 1);
    }
    rg_size whole = rg__infer_floor_divide(inference, total, piece);
    rg_size rest = rg__infer_subtract(inference, total, rg__infer_multiply(inference, whole, piece));
    if (rg_size_is_null(rest) || !rg_size_as_int(inference->context, whole, &count)) {
        inference->unknown = true;
        return inference->failure;
    }
    bool has_rest = !rg__infer_is_int(inference, rest, 0);
    if (count < 0 || count >= MAX_PIECES) {
        return too_many_pieces(inference);
    }
    if (!has_rest) {
        return set_pieces(inference, shape, dim, &piece, true, (size_t)count);
    }
    return set_pieces_and_rest(inference, shape, dim, piece, (size_t)count + 1);
}

/* split.Tensor(self, split_size, dim) */
rg_status rg__op_split(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_size piece = {0};
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 2, &shape, &dim, &status) || !rg__infer_size(inference, 1, &piece)) {
        return status;
    }
    return set_equal_pieces(inference, &shape, dim, piece);
}

/* chunk(self, chunks, dim): pieces of ceil(size / chunks). A symbolic size is taken to be large enough to make as many
 * as asked for. */
rg_status rg__op_chunk(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_size chunks = {0};
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 2, &shape, &dim, &status) || !rg__infer_size(inference, 1, &chunks)) {
        return status;
    }
    int64_t count = 0;
    if (!rg_size_as_int(inference->context, chunks, &count) || count <= 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the number of chunks must be positive");
    }
    if (rg__infer_is_int(inference, shape.sizes[dim], 0)) {
        return count < MAX_PIECES ? set_pieces(inference, &shape, dim, &shape.sizes[dim], true, (size_t)count)
                                  : too_many_pieces(inference);
    }
    rg_size piece = steps_in(inference, shape.sizes[dim], chunks);
    int64_t known = 0;
    if (rg_size_as_int(inference->context, shape.sizes[dim], &known)) {
        return set_equal_pieces(inference, &shape, dim, piece);
    }
    return count < MAX_PIECES ? set_pieces_and_rest(inference, &shape, dim, piece, (size_t)count)
                              : too_many_pieces(inference);
}

/* split.sizes and split_with_sizes(self, split_sizes, dim): the list may be longer than any shape. */
rg_status rg__op_split_sizes(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 2, &shape, &dim, &status)) {
        return status;
    }
    size_t count = rg__infer_item_count(inference, 1);
    if (count >= MAX_PIECES) {
        return too_many_pieces(inference);
    }
    const rg_allocator *allocator = &inference->context->allocator;
    size_t bytes = (count + 1) * sizeof(rg_size);
    rg_size *sizes = rg__allocate(allocator, bytes);
    if (sizes == NULL) {
        return RG_ERROR_MEMORY;
    }
    rg_size sum = rg__infer_int_size(inference, 0);
    for (size_t i = 0; i < count && !inference->unknown; i++) {
        if (rg__infer_value_size(inference, rg__infer_item(inference, 1, i), &sizes[i])) {
            sum = rg__infer_add(inference, sum, sizes[i]);
        }
    }
    if (!inference->unknown && !rg_size_is_null(sum)) {
        if (rg_size_equal(inference->context, sum, shape.sizes[dim]) == RG_NO) {
            status = rg__infer_fail(inference, RG_ERROR_TYPE, "the pieces do not add up to the dimension's size");
        } else {
            status = set_pieces(inference, &shape, dim, sizes, false, count);
        }
    }
    rg__free(allocator, sizes, bytes);
    return status;
}

/* tensor_split(self, sections, dim): the first (size % sections) pieces have one more. A symbolic size must divide. */
rg_status rg__op_tensor_split_sections(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    int64_t sections = 0;
    int64_t total = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 2, &shape, &dim, &status)) {
        return status;
    }
    if (!rg__infer_int(inference, 1, &sections)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (sections <= 0 || sections >= MAX_PIECES) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%lld sections", (long long)sections);
    }
    rg_size count = rg__infer_int_size(inference, sections);
    rg_size piece = rg__infer_floor_divide(inference, shape.sizes[dim], count);
    bool symbolic = !rg_size_as_int(inference->context, shape.sizes[dim], &total);
    if (symbolic && !rg__infer_same(inference, rg__infer_multiply(inference, piece, count), shape.sizes[dim])) {
        inference->unknown = true;
        return RG_OK;
    }
    const rg_allocator *allocator = &inference->context->allocator;
    size_t bytes = (size_t)sections * sizeof(rg_size);
    rg_size *sizes = rg__allocate(allocator, bytes);
    if (sizes == NULL) {
        return RG_ERROR_MEMORY;
    }
    for (int64_t i = 0; i < sections; i++) {
        bool one_more = !symbolic && i < total % sections;
        sizes[i] = one_more ? rg__infer_int_size(inference, total / sections + 1) : piece;
    }
    status = set_pieces(inference, &shape, dim, sizes, false, (size_t)sections);
    rg__free(allocator, sizes, bytes);
    return status;
}

/* tensor_split(self, indices, dim): cuts at the indices, each taken as a slice bound. */
rg_status rg__op_tensor_split_indices(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    rg_size cuts[RG_MAX_RANK];
    rg_size sizes[RG_MAX_RANK + 1];
    uint32_t count = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 2, &shape, &dim, &status) || !rg__infer_sizes(inference, 1, cuts, &count)) {
        return status;
    }
    rg_size total = shape.sizes[dim];
    rg_size zero = rg__infer_int_size(inference, 0);
    rg_size start = zero;
    for (uint32_t i = 0; i <= count; i++) {
        rg_size end = i < count ? rg__infer_slice_bound(inference, cuts[i], total) : total;
        bool empty = rg_size_less_equal(inference->context, end, start) == RG_YES;
        sizes[i] = empty ? zero : rg__infer_subtract(inference, end, start);
        start = end;
    }
    return set_pieces(inference, &shape, dim, sizes, false, count + 1);
}

/* unbind(self, dim): as many pieces as the size, without the dimension. */
rg_status rg__op_unbind(rg_inference *inference)
{
    rg_shape shape;
    uint32_t dim = 0;
    int64_t count = 0;
    rg_status status = RG_OK;
    if (!read_tensor_and_dim(inference, 1, &shape, &dim, &status)) {
        return status;
    }
    if (!rg_size_as_int(inference->context, shape.sizes[dim], &count)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (count >= MAX_PIECES) {
        return too_many_pieces(inference);
    }
    drop_dimension(&shape, dim);
    /* All pieces are alike: "dimension" rank is written but not part of the type. */
    rg_size unused = {0};
    return set_pieces(inference, &shape, shape.rank, &unused, true, (size_t)count);
}
