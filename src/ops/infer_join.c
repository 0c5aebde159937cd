/*
 * infer_join.c: tensors made longer: cat, stack, padding, repeat_interleave; and shorter: diff.
 */
#include "ops/op_rows.h"

/* ---- joining ---- */

/* A join of tensors along `dim` under way. */
typedef struct join_state {
    rg_shape shape;
    rg_promotion promotion;
    bool started;
    bool channels_last; /* all tensors so far suggest it */
} join_state;

/* torch.cat accepts and skips vectors without elements, whatever the rank of the others. */
static bool is_skipped(rg_inference *inference, const rg_shape *item)
{
    return item->rank == 1 && rg__infer_is_int(inference, item->sizes[0], 0);
}

static rg_status join(rg_inference *inference, join_state *joined, const rg_shape *item, uint32_t dim)
{
    joined->channels_last = joined->channels_last && rg__shape_suggests_channels_last(inference, item);
    if (!joined->started) {
        joined->shape = *item;
        joined->started = true;
        return RG_OK;
    }
    if (item->rank != joined->shape.rank) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "tensors of rank %u and %u", joined->shape.rank, item->rank);
    }
    joined->shape.has_strides = joined->shape.has_strides && item->has_strides;
    for (uint32_t i = 0; i < item->rank; i++) {
        if (i == dim) {
            joined->shape.sizes[i] = rg__infer_add(inference, joined->shape.sizes[i], item->sizes[i]);
        } else if (rg_size_equal(inference->context, joined->shape.sizes[i], item->sizes[i]) == RG_NO) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "sizes differ in dimension %u, which is not joined", i);
        }
    }
    return RG_OK;
}

static void set_joined_layout(rg_inference *inference, join_state *joined)
{
    joined->shape.dtype = rg__promotion_result(inference, &joined->promotion);
    if (joined->channels_last) {
        rg__shape_set_channels_last(inference, &joined->shape);
    } else if (joined->shape.has_strides || joined->shape.rank < 4) {
        rg__shape_set_contiguous(inference, &joined->shape);
    }
}

/* The tensors of argument 0, joined along `dim`. `*known` says whether there is a result. */
static rg_status join_all(rg_inference *inference, int64_t dim, join_state *joined, bool *known)
{
    size_t count = rg__infer_item_count(inference, 0);
    rg_shape item;
    *known = false;
    if (count == 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a list of tensors is needed");
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t wrapped = 0;
        if (!rg__infer_tensor_item(inference, 0, i, &item)) {
            return RG_OK;
        }
        rg__promotion_add(inference, &joined->promotion, rg__infer_item(inference, 0, i));
        if (is_skipped(inference, &item) && (i + 1 < count || joined->started)) {
            joined->channels_last = false;
            continue;
        }
        rg_status status = rg__infer_wrap_dim(inference, dim, item.rank, &wrapped);
        if (status == RG_OK) {
            status = join(inference, joined, &item, wrapped);
        }
        if (status != RG_OK) {
            return status;
        }
    }
    set_joined_layout(inference, joined);
    *known = true;
    return RG_OK;
}

rg_status rg__op_cat(rg_inference *inference)
{
    join_state joined = {.channels_last = true};
    int64_t dim = 0;
    bool known = false;
    if (!rg__infer_int(inference, 1, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = join_all(inference, dim, &joined, &known);
    return known ? rg__infer_set_tensor(inference, &joined.shape) : status;
}

/* Dimension `dim` of `shape` becomes two, the outer of size `outer`. */
static void split_dim(rg_inference *inference, rg_shape *shape, uint32_t dim, rg_size outer, rg_size inner)
{
    for (uint32_t i = shape->rank; i > dim; i--) {
        shape->sizes[i] = shape->sizes[i - 1];
        shape->strides[i] = shape->strides[i - 1];
    }
    shape->rank++;
    shape->sizes[dim] = outer;
    shape->sizes[dim + 1] = inner;
    if (shape->has_strides) {
        shape->strides[dim] = rg__infer_multiply(inference, inner, shape->strides[dim + 1]);
    }
}

/* 0-d tensors cannot be joined; their stack is a vector. */
static rg_status stack_scalars(rg_inference *inference, rg_shape *first)
{
    size_t count = rg__infer_item_count(inference, 0);
    rg_promotion promotion = {RG_DTYPE_NONE, RG_DTYPE_NONE, RG_DTYPE_NONE, false, false};
    for (size_t i = 0; i < count; i++) {
        rg__promotion_add(inference, &promotion, rg__infer_item(inference, 0, i));
    }
    first->dtype = rg__promotion_result(inference, &promotion);
    first->rank = 1;
    first->sizes[0] = rg__infer_int_size(inference, (int64_t)count);
    rg__shape_set_contiguous(inference, first);
    return rg__infer_set_tensor(inference, first);
}

/* stack joins along the dimension and splits it again, so that what it joins may be channels-last; a new last
 * dimension is inserted into each tensor first, which makes the result contiguous. */
static rg_status stack_tensors(rg_inference *inference, const rg_shape *first, uint32_t dim)
{
    join_state joined = {.channels_last = true};
    bool known = false;
    uint32_t along = dim < first->rank ? dim : 0;
    rg_size copies = rg__infer_int_size(inference, (int64_t)rg__infer_item_count(inference, 0));
    rg_status status = join_all(inference, along, &joined, &known);
    if (!known) {
        return status;
    }
    rg_size expected = rg__infer_multiply(inference, copies, first->sizes[along]);
    if (rg_size_equal(inference->context, joined.shape.sizes[along], expected) == RG_NO) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "sizes differ in dimension %u", along);
    }
    if (dim < first->rank) {
        split_dim(inference, &joined.shape, dim, copies, first->sizes[dim]);
    } else {
        joined.shape.sizes[0] = first->sizes[0];
        joined.shape.sizes[joined.shape.rank++] = copies;
        rg__shape_set_contiguous(inference, &joined.shape);
    }
    return rg__infer_set_tensor(inference, &joined.shape);
}

rg_status rg__op_stack(rg_inference *inference)
{
    rg_shape first;
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (!rg__infer_int(inference, 1, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (rg__infer_item_count(inference, 0) == 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a list of tensors is needed");
    }
    if (!rg__infer_tensor_item(inference, 0, 0, &first)) {
        return RG_OK;
    }
    if (first.rank >= RG_MAX_RANK) {
        return rg__infer_fail(inference, RG_ERROR_LIMIT, "a result of more than %d dimensions", (int)RG_MAX_RANK);
    }
    rg_status status = rg__infer_wrap_dim(inference, dim, first.rank + 1, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    return first.rank == 0 ? stack_scalars(inference, &first) : stack_tensors(inference, &first, wrapped);
}

/* ---- padding ---- */

/* The pads of a call: pairs, the last dimension's first. */
static bool read_pads(rg_inference *inference, const rg_shape *input, rg_size *pads, uint32_t *count, rg_status *status)
{
    *status = RG_OK;
    if (!rg__infer_sizes(inference, 1, pads, count)) {
        return false;
    }
    if (*count % 2 != 0 || *count / 2 > input->rank) {
        *status = rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u pads for a tensor of rank %u", *count, input->rank);
        return false;
    }
    return true;
}

static rg_status pad_sizes(rg_inference *inference, rg_shape *shape, const rg_size *pads, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        rg_size *size = &shape->sizes[shape->rank - 1 - i];
        int64_t known = 0;
        *size = rg__infer_add(inference, rg__infer_add(inference, *size, pads[2 * i]), pads[2 * i + 1]);
        if (rg_size_as_int(inference->context, *size, &known) && known < 0) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "padding makes dimension %u negative", shape->rank - 1 - i);
        }
    }
    return RG_OK;
}

/* constant_pad_nd: in the suggested memory format; where nothing is added it is the clone of a view. */
rg_status rg__op_constant_pad(rg_inference *inference)
{
    rg_shape input;
    rg_size pads[RG_MAX_RANK];
    uint32_t count = 0;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!read_pads(inference, &input, pads, &count, &status)) {
        return status;
    }
    rg_shape shape = input;
    status = pad_sizes(inference, &shape, pads, count);
    if (status != RG_OK) {
        return status;
    }
    bool only_cuts = true;
    for (uint32_t i = 0; i < count; i++) {
        int64_t known = 1;
        only_cuts = only_cuts && rg_size_as_int(inference->context, pads[i], &known) && known <= 0;
    }
    if (only_cuts) {
        rg_shape cut = input;
        memcpy(cut.sizes, shape.sizes, shape.rank * sizeof(rg_size));
        rg__shape_set_preserved(inference, &shape, &cut);
    } else {
        rg__shape_set_suggested(inference, &shape, &input);
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* Reflection and replication pads: contiguous. */
rg_status rg__op_mirror_pad(rg_inference *inference)
{
    rg_shape shape;
    rg_size pads[RG_MAX_RANK];
    uint32_t count = 0;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    if (!read_pads(inference, &shape, pads, &count, &status)) {
        return status;
    }
    if (shape.rank != count / 2 + 1 && shape.rank != count / 2 + 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "%u pads for a tensor of rank %u", count, shape.rank);
    }
    status = pad_sizes(inference, &shape, pads, count);
    if (status != RG_OK) {
        return status;
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- repeating ---- */

/* Every element of one dimension, or of the flattened tensor, several times; `total` new elements there. */
static rg_status answer_interleaved(rg_inference *inference, rg_shape *shape, size_t dim_index, rg_size factor,
                                    rg_size total)
{
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (rg__infer_is_none(inference, dim_index) || shape->rank == 0) {
        shape->sizes[0] = rg__shape_element_count(inference, shape);
        shape->rank = 1;
    } else if (!rg__infer_int(inference, dim_index, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = rg__infer_wrap_dim(inference, dim, shape->rank, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    shape->sizes[wrapped] =
        rg_size_is_null(total) ? rg__infer_multiply(inference, shape->sizes[wrapped], factor) : total;
    rg__shape_set_contiguous(inference, shape);
    return rg__infer_set_tensor(inference, shape);
}

/* repeat_interleave(self, int repeats, dim=None) */
rg_status rg__op_repeat_interleave(rg_inference *inference)
{
    rg_shape shape;
    rg_size factor;
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_size(inference, 1, &factor)) {
        return RG_OK;
    }
    return answer_interleaved(inference, &shape, 2, factor, (rg_size){0});
}

/* The same with a tensor of repeats: the number of elements is `output_size` or depends on data. */
rg_status rg__op_repeat_interleave_tensor(rg_inference *inference)
{
    rg_shape shape;
    rg_size total = {0};
    size_t index = rg__infer_find(inference, "output_size");
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    bool given = !rg__infer_is_none(inference, index);
    if (given && !rg__infer_size(inference, index, &total)) {
        return RG_OK;
    }
    size_t dim_index = rg__infer_find(inference, "dim");
    int64_t dim = 0;
    if (!given) {
        uint32_t place = 0;
        uint32_t rank = rg__infer_is_none(inference, dim_index) ? 1 : shape.rank;
        (void)rg__infer_int(inference, dim_index, &dim);
        rg_status status = rg__infer_wrap_dim(inference, dim, rank, &place);
        if (status != RG_OK || !rg__infer_annotated_size(inference, rank, place, &total)) {
            return status;
        }
    }
    return answer_interleaved(inference, &shape, dim_index, (rg_size){0}, total);
}

/* ---- differences ---- */

/* The differences of neighbours, n times: each shortens the dimension by one; prepend and append are joined first. */
rg_status rg__op_diff(rg_inference *inference)
{
    rg_shape input;
    int64_t times = 0;
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!rg__infer_int(inference, 1, &times) || !rg__infer_int(inference, 2, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = rg__infer_wrap_dim(inference, dim, input.rank, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    if (input.rank == 0 || times < 0 || times > INT32_MAX) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "needs a dimension and a count that is not negative");
    }
    static const size_t operands[] = {0, 3, 4};
    input.dtype = times > 0 ? rg__infer_promote(inference, operands, 3) : input.dtype;
    for (size_t added = 3; added <= 4 && times > 0; added++) {
        rg_shape more;
        if (rg__infer_is_none(inference, added)) {
            continue;
        }
        if (!rg__infer_tensor(inference, added, &more)) {
            return RG_OK;
        }
        if (more.rank != input.rank) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "tensors of rank %u and %u", input.rank, more.rank);
        }
        input.sizes[wrapped] = rg__infer_add(inference, input.sizes[wrapped], more.sizes[wrapped]);
        rg__shape_set_contiguous(inference, &input);
    }
    if (times > 0) {
        rg_size shorter = rg__infer_subtract(inference, input.sizes[wrapped], rg__infer_int_size(inference, times));
        rg_size zero = rg__infer_int_size(inference, 0);
        if (!rg_size_is_null(shorter) && rg_size_less_equal(inference->context, shorter, zero) == RG_YES) {
            shorter = zero;
        }
        input.sizes[wrapped] = shorter;
    }
    rg_shape shape = input;
    rg__shape_set_like(inference, &shape, &input);
    return rg__infer_set_tensor(inference, &shape);
}
