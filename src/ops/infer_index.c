/*
 * infer_index.c: reading with index tensors: index, index_select, gather, take, masked_select, embedding.
 *
 * The layout of advanced indexing follows that of the indexed tensor, in the order of dimensions that TensorIterator
 * would choose. Sizes that depend on data (how many elements of a mask are true) are not computed: they are taken from
 * the node's own annotation, so that the rest of the type is still checked. Source: meta_index_Tensor and the meta
 * functions around it. Writing with indices is in infer_scatter.c.
 */
#include "ops/op_rows.h"

/* ---- advanced indexing ---- */

/* An indexing call under way. */
typedef struct advanced_index {
    rg_shape self;
    bool indexed[RG_MAX_RANK]; /* by dimension of self */
    rg_shape replacement;      /* the broadcast sizes of all index tensors */
    bool has_mask;             /* the last size of the replacement depends on data */
} advanced_index;

static bool is_mask(const rg_shape *index)
{
    return index->dtype == RG_DTYPE_BOOL || index->dtype == RG_DTYPE_U8;
}

/* Mark what an index tensor stands for. A mask of several dimensions replaces as many, and its sizes must be theirs;
 * what it selects is a vector of unknown length. */
static rg_status add_index(rg_inference *inference, advanced_index *call, uint32_t *dim, const rg_shape *index)
{
    uint32_t consumed = is_mask(index) ? index->rank : 1;
    if (consumed == 0) {
        inference->unknown = true; /* x[True]: adds a dimension of size 0 or 1 */
        return RG_OK;
    }
    if (*dim + consumed > call->self.rank) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "too many indices for a tensor of rank %u", call->self.rank);
    }
    if (!is_mask(index)) {
        call->indexed[(*dim)++] = true;
        return rg__shape_broadcast(inference, &call->replacement, &call->replacement, index);
    }
    for (uint32_t i = 0; i < consumed; i++) {
        if (rg_size_equal(inference->context, index->sizes[i], call->self.sizes[*dim]) == RG_NO) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "a mask's sizes are not those of what it indexes");
        }
        call->indexed[(*dim)++] = true;
    }
    call->has_mask = true;
    if (call->replacement.rank == 0) {
        call->replacement.rank = 1;
        call->replacement.sizes[0] = rg__infer_int_size(inference, 1); /* until the count is known */
    }
    return RG_OK;
}

static rg_status read_indices(rg_inference *inference, advanced_index *call, bool *known)
{
    size_t count = rg__infer_item_count(inference, 1);
    uint32_t dim = 0;
    *known = false;
    if (count == 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "at least one index is needed");
    }
    for (size_t i = 0; i < count; i++) {
        rg_shape index;
        if (rg__infer_item_is_none(inference, 1, i)) {
            if (dim >= call->self.rank) {
                return rg__infer_fail(inference, RG_ERROR_TYPE, "too many indices for a tensor of rank %u",
                                      call->self.rank);
            }
            call->indexed[dim++] = false;
            continue;
        }
        if (!rg__infer_tensor_item(inference, 1, i, &index)) {
            return RG_OK;
        }
        rg_status status = add_index(inference, call, &dim, &index);
        if (status != RG_OK) {
            return status;
        }
    }
    while (dim < call->self.rank) {
        call->indexed[dim++] = false;
    }
    *known = true;
    return RG_OK;
}

/* Indexed dimensions that are not neighbours move to the front, as NumPy does. */
static void gather_indexed_dims(advanced_index *call)
{
    uint32_t changes = 0;
    for (uint32_t i = 1; i < call->self.rank; i++) {
        changes += call->indexed[i] != call->indexed[i - 1];
    }
    if (changes + (call->indexed[0] ? 1u : 0u) <= 2) {
        return; /* at most one run of indexed dimensions */
    }
    rg_shape moved = call->self;
    uint32_t place = 0;
    for (int pass = 1; pass >= 0; pass--) {
        for (uint32_t i = 0; i < call->self.rank; i++) {
            if (call->indexed[i] == (pass == 1)) {
                moved.sizes[place] = call->self.sizes[i];
                moved.strides[place] = call->self.strides[i];
                place++;
            }
        }
    }
    uint32_t indexed_count = 0;
    for (uint32_t i = 0; i < call->self.rank; i++) {
        indexed_count += call->indexed[i];
    }
    for (uint32_t i = 0; i < call->self.rank; i++) {
        call->indexed[i] = i < indexed_count;
    }
    call->self = moved;
}

/* The sizes of the result, with the strides of self where a dimension of self remains and 0 where indices stand. */
static bool restride(rg_inference *inference, const advanced_index *call, rg_shape *out)
{
    uint32_t rank = 0;
    bool placed = false;
    *out = call->self;
    for (uint32_t i = 0; i < call->self.rank; i++) {
        if (!call->indexed[i]) {
            if (rank >= RG_MAX_RANK) {
                return false;
            }
            out->sizes[rank] = call->self.sizes[i];
            out->strides[rank++] = call->self.strides[i];
            continue;
        }
        if (placed) {
            continue;
        }
        placed = true;
        for (uint32_t j = 0; j < call->replacement.rank; j++) {
            if (rank >= RG_MAX_RANK) {
                return false;
            }
            out->sizes[rank] = call->replacement.sizes[j];
            out->strides[rank++] = rg__infer_int_size(inference, 0);
        }
    }
    out->rank = rank;
    for (uint32_t i = 0; call->replacement.rank == 0 && i < rank; i++) {
        /* Where 0-d indices only remove dimensions, PyTorch takes the first strides of self, whichever remain. */
        out->strides[i] = call->self.strides[i];
    }
    return true;
}

/* Where the count of a mask stands in the result: the last dimension of what replaces the indexed ones. */
static uint32_t mask_dimension(const advanced_index *call)
{
    uint32_t before = 0;
    while (!call->indexed[before]) {
        before++;
    }
    return before + call->replacement.rank - 1;
}

rg_status rg__op_index(rg_inference *inference)
{
    advanced_index call = {.has_mask = false};
    rg_shape restrided;
    bool known = false;
    if (!rg__infer_tensor(inference, 0, &call.self)) {
        return RG_OK;
    }
    call.replacement = call.self;
    call.replacement.rank = 0;
    rg_status status = read_indices(inference, &call, &known);
    if (!known) {
        return status;
    }
    gather_indexed_dims(&call);
    if (!restride(inference, &call, &restrided)) {
        return rg__infer_fail(inference, RG_ERROR_LIMIT, "a result of more than %d dimensions", (int)RG_MAX_RANK);
    }
    if (call.has_mask && !inference->unknown) {
        rg_size *count = &restrided.sizes[mask_dimension(&call)];
        if (rg__infer_is_one(inference, *count) &&
            !rg__infer_annotated_size(inference, restrided.rank, mask_dimension(&call), count)) {
            return RG_OK;
        }
    }
    rg_shape shape = restrided;
    if (!call.self.has_strides) {
        shape.has_strides = false;
    } else if (rg__shape_is_empty(inference, &call.self)) {
        rg__shape_set_contiguous(inference, &shape);
    } else {
        rg__shape_set_like(inference, &shape, &restrided);
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- one index tensor ---- */

rg_status rg__op_index_select(rg_inference *inference)
{
    rg_shape shape;
    rg_shape index;
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_tensor(inference, 2, &index)) {
        return RG_OK;
    }
    if (!rg__infer_int(inference, 1, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = rg__infer_wrap_dim(inference, dim, shape.rank, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    if (index.rank > 1) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "the index has %u dimensions, 1 is allowed", index.rank);
    }
    if (shape.rank > 0) {
        shape.sizes[wrapped] = rg__shape_element_count(inference, &index);
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* A new contiguous tensor with the sizes of the argument at `sizes_index` and the dtype of the first one. */
static rg_status contiguous_with_sizes_of(rg_inference *inference, size_t sizes_index)
{
    rg_shape self;
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &self) || !rg__infer_tensor(inference, sizes_index, &shape)) {
        return RG_OK;
    }
    shape.dtype = self.dtype;
    shape.device = self.device;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_gather(rg_inference *inference)
{
    rg_shape self;
    rg_shape index;
    if (rg__infer_tensor(inference, 0, &self) && rg__infer_tensor(inference, 2, &index)) {
        uint32_t self_rank = self.rank == 0 ? 1 : self.rank;
        uint32_t index_rank = index.rank == 0 ? 1 : index.rank;
        if (self_rank != index_rank && !rg__shape_is_empty(inference, &index)) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "an index of rank %u for a tensor of rank %u", index.rank,
                                  self.rank);
        }
    }
    return contiguous_with_sizes_of(inference, 2);
}

rg_status rg__op_take(rg_inference *inference)
{
    return contiguous_with_sizes_of(inference, 1);
}

/* ---- results whose length depends on data ---- */

/* A vector with one element for each that is true: [u0]. */
rg_status rg__op_masked_select(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    shape.rank = 1;
    if (!rg__infer_annotated_size(inference, 1, 0, &shape.sizes[0])) {
        return RG_OK;
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* The indices of what is not zero: [u0, rank], stored by columns. */
rg_status rg__op_nonzero(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    shape.sizes[1] = rg__infer_int_size(inference, (int64_t)shape.rank);
    shape.rank = 2;
    shape.dtype = RG_DTYPE_I64;
    if (!rg__infer_annotated_size(inference, 2, 0, &shape.sizes[0])) {
        return RG_OK;
    }
    shape.strides[0] = rg__infer_int_size(inference, 1);
    shape.strides[1] = shape.sizes[0];
    shape.has_strides = true;
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- embedding ---- */

/* A row of the weight for each index. */
rg_status rg__op_embedding(rg_inference *inference)
{
    rg_shape weight;
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &weight) || !rg__infer_tensor(inference, 1, &shape)) {
        return RG_OK;
    }
    if (weight.rank != 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "the weight has %u dimensions, 2 are needed", weight.rank);
    }
    if (shape.rank >= RG_MAX_RANK) {
        return rg__infer_fail(inference, RG_ERROR_LIMIT, "a result of more than %d dimensions", (int)RG_MAX_RANK);
    }
    shape.sizes[shape.rank++] = weight.sizes[1];
    shape.dtype = weight.dtype;
    shape.device = weight.device;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/*
 * (sums of rows, bag of each index, size of each bag, position of each maximum); without mode "max" the last has no
 * elements. A CPU has shortcuts that leave some of it empty and is not modelled.
 */
rg_status rg__op_embedding_bag(rg_inference *inference)
{
    rg_shape shapes[4];
    rg_shape weight;
    bool last_is_end = false;
    int64_t mode = 0;
    if (!rg__infer_tensor(inference, 0, &weight) || !rg__infer_tensor(inference, 1, &shapes[1]) ||
        !rg__infer_tensor(inference, 2, &shapes[2])) {
        return RG_OK;
    }
    (void)rg__infer_bool(inference, rg__infer_find(inference, "include_last_offset"), &last_is_end);
    (void)rg__infer_int(inference, rg__infer_find(inference, "mode"), &mode);
    if (weight.rank != 2 || shapes[1].rank != 1 || shapes[2].rank != 1) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "needs a matrix of weights and vectors of indices and offsets");
    }
    if (weight.device.kind == NULL || strcmp(weight.device.kind, "cpu") == 0) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_size bags = shapes[2].sizes[0];
    if (last_is_end) {
        bags = rg__infer_subtract(inference, bags, rg__infer_int_size(inference, 1));
    }
    shapes[0] = weight;
    shapes[0].sizes[0] = bags;
    shapes[2].dtype = shapes[1].dtype;
    shapes[3] = shapes[1];
    if (mode == 2) {
        shapes[3].rank = 2;
        shapes[3].sizes[0] = bags;
        shapes[3].sizes[1] = weight.sizes[1];
    } else {
        shapes[3].sizes[0] = rg__infer_int_size(inference, 0);
    }
    for (size_t i = 0; i < 4; i++) {
        rg__shape_set_contiguous(inference, &shapes[i]);
    }
    return rg__infer_set_tensors(inference, shapes, 4);
}

/* One position of each index is 1: the sizes of the input and num_classes. */
rg_status rg__op_one_hot(rg_inference *inference)
{
    rg_shape input;
    rg_size classes;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_size(inference, 1, &classes)) {
        return RG_OK;
    }
    if (input.rank >= RG_MAX_RANK) {
        return rg__infer_fail(inference, RG_ERROR_LIMIT, "a result of more than %d dimensions", (int)RG_MAX_RANK);
    }
    if (rg__infer_is_int(inference, classes, -1)) {
        inference->unknown = true; /* as many classes as the data says */
        return RG_OK;
    }
    /* Computed as a comparison of input[..., None] with a range. */
    rg_shape column = input;
    rg_shape range = input;
    column.sizes[column.rank] = rg__infer_int_size(inference, 1);
    column.strides[column.rank++] = rg__infer_int_size(inference, 1);
    range.rank = 1;
    range.sizes[0] = classes;
    range.strides[0] = rg__infer_int_size(inference, 1);
    const rg_shape *operands[] = {&column, &range};
    rg_shape shape = column;
    shape.sizes[shape.rank - 1] = classes;
    shape.dtype = RG_DTYPE_I64;
    rg__shape_set_elementwise(inference, &shape, operands, 2);
    return rg__infer_set_tensor(inference, &shape);
}
