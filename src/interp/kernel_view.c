/*
 * kernel_view.c: views and copies. Inference has said what sizes and strides a view has; what is left to find is where
 * it starts in the storage.
 */
#include "interp/kernel_functions.h"

/* Let result `index` view the storage of `of`, `shift` elements further on. */
static rg_status share(rg_kernel_call *call, size_t index, const rg_tensor *of, int64_t shift)
{
    if (of == NULL || index >= call->result_count) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    rg_tensor *result = &call->results[index];
    result->offset = of->offset + shift;
    rg_status status = rg__tensor_share(result, of);
    return call->status == RG_OK ? (call->status = status) : call->status;
}

/* Views that start where their tensor does: permute, expand, unsqueeze, ... */
rg_status rg__compute_view_same_start(rg_kernel_call *call)
{
    return share(call, 0, rg__kernel_tensor(call, 0), 0);
}

rg_status rg__compute_alias(rg_kernel_call *call)
{
    return rg__kernel_answer_alias(call, rg__kernel_tensor(call, 0));
}

/* Of real numbers, which are their own conjugates. */
rg_status rg__compute_conjugate_transpose(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self != NULL && rg_dtype_is_complex(self->dtype)) {
        return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "conjugation by a bit of the tensor is not modelled");
    }
    return rg__compute_view_same_start(call);
}

/* ---- other sizes ---- */

/* Strides with which the elements of `from`, in order, have the sizes of `to`; false when they must be copied. */
static bool set_view_strides(rg_tensor *to, const rg_tensor *from)
{
    uint32_t view = to->rank;
    int64_t block = 1; /* elements, and distance of the last, of the run of dimensions at hand */
    if (rg__tensor_count(from) == 0) {
        rg__tensor_set_contiguous(to);
        return true;
    }
    for (uint32_t i = from->rank; i-- > 0;) {
        int64_t base = from->strides[i];
        block = from->sizes[i];
        while (i > 0 && (from->sizes[i - 1] == 1 || from->strides[i - 1] == base * block || block == 1)) {
            base = block == 1 ? from->strides[i - 1] : base;
            block *= from->sizes[--i];
        }
        int64_t covered = 1;
        while (view > 0 && (covered < block || to->sizes[view - 1] == 1)) {
            view--;
            to->strides[view] = base * covered;
            covered *= to->sizes[view];
        }
        if (covered != block) {
            return false;
        }
    }
    while (view > 0 && to->sizes[view - 1] == 1) {
        to->strides[--view] = 1;
    }
    return view == 0;
}

/* A view where that is possible, else a copy. */
rg_status rg__compute_reshape(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || call->result_count != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    rg_tensor *result = &call->results[0];
    rg_tensor strided = *result;
    if (rg__tensor_count(result) != rg__tensor_count(self)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result has another number of elements");
    }
    if (set_view_strides(&strided, self)) {
        *result = strided;
        return share(call, 0, self, 0);
    }
    rg_tensor in_order;
    rg__tensor_set_contiguous(result);
    rg_status status = rg__tensor_allocate(result, &call->run->budget);
    if (status == RG_OK) {
        in_order = *result;
        in_order.rank = self->rank;
        memcpy(in_order.sizes, self->sizes, sizeof(in_order.sizes));
        rg__tensor_set_contiguous(&in_order);
        (void)rg__tensor_copy(&in_order, self);
    }
    return status;
}

/* The result of a view op that PyTorch gives memory of its own. */
rg_status rg__compute_copy_elements(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self != NULL && (call->result_count != 1 || !rg__tensor_copy(&call->results[0], self))) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its argument does not fit the result's sizes");
    }
    return call->status;
}

/* to(): the tensor itself when nothing changes and no copy is asked for. */
rg_status rg__compute_to(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    size_t copy = rg__kernel_find(call, "copy");
    if (self == NULL || call->result_count != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    rg_tensor *result = &call->results[0];
    bool same = self->dtype == result->dtype && (!rg__kernel_has(call, copy) || !rg__kernel_truth(call, copy));
    for (uint32_t i = 0; i < self->rank && same; i++) {
        same = self->strides[i] == result->strides[i] || self->sizes[i] <= 1;
    }
    if (same) {
        return rg__kernel_answer_alias(call, self);
    }
    rg_status status = rg__tensor_allocate(result, &call->run->budget);
    return status == RG_OK ? rg__compute_copy_elements(call) : status;
}

/* ---- parts ---- */

static int64_t stride_of(const rg_tensor *tensor, uint32_t dim)
{
    return dim < tensor->rank ? tensor->strides[dim] : 0;
}

rg_status rg__compute_select(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, self->rank);
    int64_t index = rg__kernel_integer(call, 2);
    if (call->status != RG_OK) {
        return call->status;
    }
    int64_t size = dim < self->rank ? self->sizes[dim] : 0;
    index += index < 0 ? size : 0;
    if (index < 0 || index >= size) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of a dimension of %lld", (long long)index,
                               (long long)size);
    }
    return share(call, 0, self, index * stride_of(self, dim));
}

/* A start as slices have it: from the end when negative, none outside the dimension. */
static int64_t slice_start(rg_kernel_call *call, size_t index, int64_t size)
{
    int64_t start = rg__kernel_has(call, index) ? rg__kernel_integer(call, index) : 0;
    start += start < 0 ? size : 0;
    return start < 0 ? 0 : start > size ? size : start;
}

rg_status rg__compute_slice(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, self->rank);
    if (call->status != RG_OK) {
        return call->status;
    }
    int64_t start = slice_start(call, 2, dim < self->rank ? self->sizes[dim] : 1);
    return share(call, 0, self, rg__tensor_count(&call->results[0]) == 0 ? 0 : start * stride_of(self, dim));
}

rg_status rg__compute_diagonal(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    int64_t offset = rg__kernel_integer(call, 1);
    uint32_t first = rg__kernel_dim(call, 2, self->rank);
    uint32_t second = rg__kernel_dim(call, 3, self->rank);
    int64_t shift = offset >= 0 ? offset * stride_of(self, second) : -offset * stride_of(self, first);
    return share(call, 0, self, rg__tensor_count(&call->results[0]) == 0 ? 0 : shift);
}

rg_status rg__compute_as_strided(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    int64_t offset = rg__kernel_has(call, 3) ? rg__kernel_integer(call, 3) : self->offset;
    return share(call, 0, self, offset - self->offset);
}

/* split, chunk, tensor_split: results one behind the other along a dimension, as long as inference says. */
rg_status rg__compute_split(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    size_t index = rg__kernel_find(call, "dim");
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, index, self->rank);
    int64_t start = 0;
    for (size_t i = 0; i < call->result_count && call->status == RG_OK; i++) {
        int64_t size = dim < call->results[i].rank ? call->results[i].sizes[dim] : 0;
        (void)share(call, i, self, size == 0 ? 0 : start * stride_of(self, dim));
        start += size;
    }
    return call->status;
}

/* Parts that are given by where they start: overlapping ones and such in wrong order are possible. */
rg_status rg__compute_tensor_split_indices(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t starts[RG_KERNEL_RESULTS] = {0};
    uint32_t count = 0;
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 2, self->rank);
    rg__kernel_integers(call, 1, starts + 1, RG_KERNEL_RESULTS - 1, &count);
    for (size_t i = 0; i < call->result_count && call->status == RG_OK; i++) {
        int64_t size = dim < self->rank ? self->sizes[dim] : 0;
        int64_t start = starts[i] + (starts[i] < 0 ? size : 0);
        start = start < 0 ? 0 : start > size ? size : start;
        bool empty = rg__tensor_count(&call->results[i]) == 0;
        (void)share(call, i, self, empty ? 0 : start * stride_of(self, dim));
    }
    return call->status;
}

rg_status rg__compute_unbind(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, self->rank);
    for (size_t i = 0; i < call->result_count && call->status == RG_OK; i++) {
        (void)share(call, i, self, (int64_t)i * stride_of(self, dim));
    }
    return call->status;
}

/* The other unsafe ops: parts that do not share memory. */
rg_status rg__compute_split_copy(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, rg__kernel_find(call, "dim"), self->rank);
    int64_t start = 0;
    for (size_t i = 0; i < call->result_count && call->status == RG_OK; i++) {
        rg_tensor part = *self;
        part.offset += start * stride_of(self, dim);
        part.sizes[dim] = dim < call->results[i].rank ? call->results[i].sizes[dim] : 1;
        start += part.sizes[dim];
        (void)rg__tensor_copy(&call->results[i], &part);
    }
    return call->status;
}

/* Other bits of the same memory. The offset counts elements of the new size. */
rg_status rg__compute_view_dtype(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || call->result_count != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    rg_tensor *result = &call->results[0];
    int64_t bytes = self->offset * (int64_t)rg_dtype_bytes(self->dtype);
    result->offset = bytes / (int64_t)rg_dtype_bytes(result->dtype);
    return rg__tensor_share(result, self);
}

/* The imaginary part starts one real number on. */
rg_status rg__compute_complex_part(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    bool imaginary = strcmp(call->row->name, "aten.imag.default") == 0;
    if (self == NULL || call->result_count != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    if (!rg_dtype_is_complex(self->dtype)) {
        return rg__kernel_answer_alias(call, self);
    }
    call->results[0].offset = 2 * self->offset + imaginary;
    return rg__tensor_share(&call->results[0], self);
}

/* ---- the same view written into the tensor itself ---- */

rg_status rg__compute_view_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || call->result_count != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    rg_tensor view = call->results[0];
    view.offset = self->offset;
    size_t offset = rg__kernel_find(call, "storage_offset");
    if (rg__kernel_has(call, offset)) {
        view.offset = rg__kernel_integer(call, offset);
    }
    rg_status status = rg__tensor_share(&view, self);
    if (status == RG_OK) {
        rg_tensor *tensor = call->arguments[0].tensor;
        rg__tensor_release(tensor);
        *tensor = view;
        status = rg__kernel_answer_alias(call, tensor);
    }
    return status;
}

/* ---- copies in another order ---- */

rg_status rg__compute_repeat(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    rg_loop loop;
    int64_t strides[RG_TENSOR_MAX_RANK] = {0};
    int64_t outer[RG_TENSOR_MAX_RANK];
    if (self == NULL || call->result_count != 1 || call->results[0].rank < self->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    const rg_tensor *result = &call->results[0];
    uint32_t missing = result->rank - self->rank;
    rg_tensor part = *result;
    for (uint32_t i = 0; i < result->rank; i++) {
        part.sizes[i] = i < missing ? 1 : self->sizes[i - missing];
        outer[i] = part.sizes[i] == 0 ? 0 : result->sizes[i] / part.sizes[i];
        strides[i] = result->strides[i] * part.sizes[i];
    }
    rg__loop_init(&loop, result->rank, outer);
    rg__loop_add_strides(&loop, result->offset, strides);
    while (rg__loop_next_element(&loop)) {
        part.offset = loop.position[0];
        (void)rg__tensor_copy(&part, self);
    }
    return RG_OK;
}

/* Walk over the result; `source` maps its index to that of the argument, in place. */
static rg_status gather_elements(rg_kernel_call *call, bool (*source)(void *user, int64_t *index), void *user)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    rg_loop loop;
    if (self == NULL || call->result_count != 1 || call->results[0].rank != self->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    const rg_tensor *result = &call->results[0];
    rg_tensor to = *result;
    rg_tensor from = *self;
    to.rank = 0;
    from.rank = 0;
    rg__loop_init(&loop, result->rank, result->sizes);
    (void)rg__loop_add(&loop, result);
    while (rg__loop_next_element(&loop)) {
        int64_t index[RG_TENSOR_MAX_RANK];
        memcpy(index, loop.index, sizeof(index));
        if (source(user, index)) {
            to.offset = loop.position[0];
            from.offset = self->offset;
            for (uint32_t i = 0; i < self->rank; i++) {
                from.offset += index[i] * self->strides[i];
            }
            (void)rg__tensor_copy(&to, &from);
        }
    }
    return call->status;
}

typedef struct index_map {
    uint32_t rank;
    bool flip[RG_TENSOR_MAX_RANK];
    int64_t shift[RG_TENSOR_MAX_RANK];
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t diagonal;
    bool lower;
} index_map;

static void init_map(index_map *map, const rg_tensor *self)
{
    memset(map, 0, sizeof(*map));
    map->rank = self == NULL ? 0 : self->rank;
    for (uint32_t i = 0; i < map->rank; i++) {
        map->sizes[i] = self->sizes[i];
    }
}

static bool flipped(void *user, int64_t *index)
{
    const index_map *map = user;
    for (uint32_t i = 0; i < map->rank; i++) {
        index[i] = map->flip[i] ? map->sizes[i] - 1 - index[i] : index[i];
    }
    return true;
}

rg_status rg__compute_flip(rg_kernel_call *call)
{
    index_map map;
    int64_t dims[RG_TENSOR_MAX_RANK];
    uint32_t count = 0;
    init_map(&map, rg__kernel_tensor(call, 0));
    rg__kernel_integers(call, 1, dims, RG_TENSOR_MAX_RANK, &count);
    for (uint32_t i = 0; i < count; i++) {
        map.flip[rg__kernel_wrap(call, dims[i], map.rank)] = true;
    }
    return call->status == RG_OK ? gather_elements(call, flipped, &map) : call->status;
}

static bool rolled(void *user, int64_t *index)
{
    const index_map *map = user;
    for (uint32_t i = 0; i < map->rank; i++) {
        int64_t size = map->sizes[i];
        index[i] = ((index[i] - map->shift[i]) % size + size) % size;
    }
    return true;
}

rg_status rg__compute_roll(rg_kernel_call *call)
{
    index_map map;
    int64_t shifts[RG_TENSOR_MAX_RANK];
    int64_t dims[RG_TENSOR_MAX_RANK];
    uint32_t shift_count = 0;
    uint32_t count = 0;
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    init_map(&map, self);
    rg__kernel_integers(call, 1, shifts, RG_TENSOR_MAX_RANK, &shift_count);
    rg__kernel_integers(call, 2, dims, RG_TENSOR_MAX_RANK, &count);
    if (call->status != RG_OK || (count != 0 && count != shift_count)) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "as many shifts as dimensions are needed");
    }
    if (count == 0 && map.rank != 1) {
        return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "rolling all dimensions as one is not done");
    }
    if (count == 0) {
        dims[0] = 0;
        count = shift_count;
    }
    for (uint32_t i = 0; i < count; i++) {
        map.shift[rg__kernel_wrap(call, dims[i], map.rank)] += shifts[i];
    }
    return call->status == RG_OK ? gather_elements(call, rolled, &map) : call->status;
}

static bool in_triangle(void *user, int64_t *index)
{
    const index_map *map = user;
    int64_t above = index[map->rank - 1] - index[map->rank - 2];
    return map->lower ? above <= map->diagonal : above >= map->diagonal;
}

static rg_status triangle(rg_kernel_call *call, bool lower)
{
    index_map map;
    init_map(&map, rg__kernel_tensor(call, 0));
    map.diagonal = rg__kernel_integer(call, 1);
    map.lower = lower;
    if (map.rank < 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a matrix is needed");
    }
    return gather_elements(call, in_triangle, &map);
}

rg_status rg__compute_tril(rg_kernel_call *call)
{
    return triangle(call, true);
}

rg_status rg__compute_triu(rg_kernel_call *call)
{
    return triangle(call, false);
}

/* The values of the second argument in the layout of the first. */
rg_status rg__compute_copy_second(rg_kernel_call *call)
{
    const rg_tensor *source = rg__kernel_tensor(call, 1);
    if (source != NULL && (call->result_count != 1 || !rg__tensor_copy(&call->results[0], source))) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the source does not fit the result's sizes");
    }
    return call->status;
}

/* copy_ may overlap itself: by way of a copy. */
rg_status rg__compute_copy_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *source = rg__kernel_tensor(call, 1);
    if (self != NULL && source != NULL && self->storage == source->storage) {
        rg_tensor *copy = rg__kernel_scratch(call, source->dtype, source->rank, source->sizes);
        if (copy != NULL) {
            (void)rg__tensor_copy(copy, source);
        }
        source = copy;
    }
    if (self == NULL || source == NULL || !rg__tensor_copy(self, source)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the source does not fit what it is written to");
    }
    return rg__kernel_answer_alias(call, self);
}
