/*
 * kernel_join.c: joining, padding and repeating: data movement from several tensors, or beyond the edges of one.
 */
#include "interp/kernel_functions.h"

/* ---- joining ---- */

/* A legacy of PyTorch's: an empty vector joins with anything. */
static bool is_nothing(const rg_tensor *tensor)
{
    return tensor->rank == 1 && tensor->sizes[0] == 0;
}

rg_status rg__compute_cat(rg_kernel_call *call)
{
    const rg_tensor *result = &call->results[0];
    uint32_t dim = rg__kernel_dim(call, 1, result->rank);
    int64_t start = 0;
    for (size_t i = 0; i < rg__kernel_item_count(call, 0) && call->status == RG_OK; i++) {
        const rg_tensor *tensor = rg__kernel_item(call, 0, i);
        if (tensor == NULL || is_nothing(tensor)) {
            continue;
        }
        if (tensor->rank != result->rank || result->rank == 0 || start + tensor->sizes[dim] > result->sizes[dim]) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "tensor %zu does not fit the others", i);
        }
        rg_tensor part = *result;
        part.sizes[dim] = tensor->sizes[dim];
        part.offset += start * result->strides[dim];
        start += tensor->sizes[dim];
        if (!rg__tensor_copy(&part, tensor)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "tensor %zu does not fit the others", i);
        }
    }
    return call->status;
}

rg_status rg__compute_stack(rg_kernel_call *call)
{
    const rg_tensor *result = &call->results[0];
    uint32_t dim = rg__kernel_dim(call, 1, result->rank);
    for (size_t i = 0; i < rg__kernel_item_count(call, 0) && call->status == RG_OK; i++) {
        const rg_tensor *tensor = rg__kernel_item(call, 0, i);
        rg_tensor part = *result;
        part.offset += (int64_t)i * result->strides[dim];
        for (uint32_t k = dim; k + 1 < result->rank; k++) {
            part.sizes[k] = result->sizes[k + 1];
            part.strides[k] = result->strides[k + 1];
        }
        part.rank--;
        if (tensor == NULL || !rg__tensor_copy(&part, tensor)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "tensor %zu does not fit the others", i);
        }
    }
    return call->status;
}

/* ---- padding ---- */

enum { MAX_PADS = 2 * RG_TENSOR_MAX_RANK };

/* Pads by dimension, before; the op names them from the last dimension on, before and after. */
static void read_pads(rg_kernel_call *call, uint32_t rank, int64_t *before)
{
    int64_t pads[MAX_PADS];
    uint32_t count = 0;
    rg__kernel_integers(call, 1, pads, MAX_PADS, &count);
    for (uint32_t i = 0; i < rank; i++) {
        before[i] = 0;
    }
    for (uint32_t i = 0; 2 * i < count && i < rank; i++) {
        before[rank - 1 - i] = pads[2 * i];
    }
}

/* Negative pads cut. */
rg_status rg__compute_constant_pad(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *value = rg__kernel_tensor(call, 2);
    int64_t before[RG_TENSOR_MAX_RANK];
    if (call->status != RG_OK || self->rank != call->results[0].rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    const rg_tensor *result = &call->results[0];
    rg_tensor to = *result;
    rg_tensor from = *self;
    read_pads(call, self->rank, before);
    (void)rg__tensor_copy(result, value);
    for (uint32_t i = 0; i < self->rank; i++) {
        int64_t skip_to = before[i] > 0 ? before[i] : 0;
        int64_t skip_from = before[i] < 0 ? -before[i] : 0;
        int64_t left_to = result->sizes[i] - skip_to;
        int64_t left_from = self->sizes[i] - skip_from;
        int64_t size = left_to < left_from ? left_to : left_from;
        to.offset += skip_to * to.strides[i];
        from.offset += skip_from * from.strides[i];
        to.sizes[i] = from.sizes[i] = size < 0 ? 0 : size;
    }
    if (rg__tensor_count(&to) > 0) {
        (void)rg__tensor_copy(&to, &from);
    }
    return call->status;
}

static int64_t reflected(int64_t index, int64_t size)
{
    index = index < 0 ? -index : index;
    return index >= size ? 2 * (size - 1) - index : index;
}

static int64_t replicated(int64_t index, int64_t size)
{
    return index < 0 ? 0 : index >= size ? size - 1 : index;
}

static rg_status mirror_pad(rg_kernel_call *call, int64_t (*mirror)(int64_t index, int64_t size))
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t before[RG_TENSOR_MAX_RANK];
    rg_loop loop;
    if (self == NULL || self->rank != call->results[0].rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    const rg_tensor *result = &call->results[0];
    read_pads(call, self->rank, before);
    rg__loop_init(&loop, result->rank, result->sizes);
    (void)rg__loop_add(&loop, result);
    while (rg__loop_next_element(&loop) && call->status == RG_OK) {
        int64_t position = self->offset;
        for (uint32_t i = 0; i < self->rank; i++) {
            int64_t index = mirror(loop.index[i] - before[i], self->sizes[i]);
            if (index < 0 || index >= self->sizes[i]) {
                return rg__kernel_fail(call, RG_ERROR_TYPE, "padding wider than what is mirrored");
            }
            position += index * self->strides[i];
        }
        memcpy(rg__element_at(result, loop.position[0]), rg__element_at(self, position), rg_dtype_bytes(self->dtype));
    }
    return call->status;
}

rg_status rg__compute_reflection_pad(rg_kernel_call *call)
{
    return mirror_pad(call, reflected);
}

rg_status rg__compute_replication_pad(rg_kernel_call *call)
{
    return mirror_pad(call, replicated);
}

/* ---- repeating ---- */

/* Each slice `repeats` times: one number for all, or one a slice. */
static rg_status repeat_slices(rg_kernel_call *call, const rg_tensor *self, uint32_t dim, const rg_tensor *repeats)
{
    int64_t size = self->sizes[dim];
    int64_t total = 0;
    int64_t sizes[RG_TENSOR_MAX_RANK];
    bool each = repeats->rank == 1 && repeats->sizes[0] != 1;
    if (each && repeats->sizes[0] != size) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "as many repeats as elements are needed");
    }
    for (int64_t i = 0; i < size; i++) {
        int64_t count = rg__tensor_integer_at(repeats, repeats->offset + (each ? i * repeats->strides[0] : 0));
        if (count < 0) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "repeats must not be negative");
        }
        total += count;
    }
    memcpy(sizes, self->sizes, sizeof(sizes));
    sizes[dim] = total;
    const rg_tensor *result = rg__kernel_add_result(call, self->dtype, self->rank, sizes);
    int64_t at = 0;
    for (int64_t i = 0; i < size && result != NULL; i++) {
        int64_t count = rg__tensor_integer_at(repeats, repeats->offset + (each ? i * repeats->strides[0] : 0));
        rg_tensor from = rg__tensor_slice(self, dim, i);
        for (int64_t k = 0; k < count; k++) {
            rg_tensor to = rg__tensor_slice(result, dim, at++);
            (void)rg__tensor_copy(&to, &from);
        }
    }
    return call->status;
}

/* Without a dimension the elements are repeated in row-major order. */
rg_status rg__compute_repeat_interleave(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *repeats = rg__kernel_tensor(call, 1);
    if (call->status != RG_OK) {
        return call->status;
    }
    if (rg__kernel_has(call, 2) && self->rank > 0) {
        return repeat_slices(call, self, rg__kernel_dim(call, 2, self->rank), repeats);
    }
    const rg_tensor *contiguous = rg__kernel_contiguous(call, self, self->dtype);
    if (contiguous == NULL) {
        return call->status;
    }
    rg_tensor flat = *contiguous;
    flat.rank = 1;
    flat.sizes[0] = rg__tensor_count(self);
    flat.strides[0] = 1;
    return repeat_slices(call, &flat, 0, repeats);
}

/* The indices themselves, repeated. */
rg_status rg__compute_repeat_indices(rg_kernel_call *call)
{
    const rg_tensor *repeats = rg__kernel_tensor(call, 0);
    if (repeats == NULL || repeats->rank != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a vector of repeats is needed");
    }
    rg_tensor *indices = rg__kernel_scratch(call, repeats->dtype, 1, repeats->sizes);
    for (int64_t i = 0; indices != NULL && i < repeats->sizes[0]; i++) {
        rg__store_integer(rg__element_at(indices, i), indices->dtype, 1, &i, 1);
    }
    return indices == NULL ? call->status : repeat_slices(call, indices, 0, repeats);
}

/* ---- differences of neighbours ---- */

/* All that is to be differenced, in one tensor. */
static rg_tensor *joined(rg_kernel_call *call, uint32_t dim)
{
    const rg_tensor *parts[3] = {rg__kernel_optional(call, 3), rg__kernel_tensor(call, 0),
                                 rg__kernel_optional(call, 4)};
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t start = 0;
    if (call->status != RG_OK) {
        return NULL;
    }
    memcpy(sizes, parts[1]->sizes, sizeof(sizes));
    for (size_t i = 0; i < 3; i += 2) {
        sizes[dim] += parts[i] != NULL && parts[i]->rank == parts[1]->rank ? parts[i]->sizes[dim] : 0;
    }
    rg_tensor *all = rg__kernel_scratch(call, parts[1]->dtype, parts[1]->rank, sizes);
    for (size_t i = 0; i < 3 && all != NULL; i++) {
        if (parts[i] != NULL && parts[i]->rank == all->rank) {
            rg_tensor part = *all;
            part.offset += start * all->strides[dim];
            part.sizes[dim] = parts[i]->sizes[dim];
            start += parts[i]->sizes[dim];
            (void)rg__tensor_copy(&part, parts[i]);
        }
    }
    return all;
}

static void difference(const rg_tensor *to, const rg_tensor *later, const rg_tensor *earlier)
{
    rg_loop loop;
    rg__loop_init(&loop, to->rank, to->sizes);
    (void)rg__loop_add(&loop, to);
    (void)rg__loop_add(&loop, later);
    (void)rg__loop_add(&loop, earlier);
    while (rg__loop_next_element(&loop)) {
        void *target = rg__element_at(to, loop.position[0]);
        if (rg__dtype_is_integral(to->dtype)) {
            int64_t a = rg__tensor_integer_at(later, loop.position[1]);
            int64_t b = rg__tensor_integer_at(earlier, loop.position[2]);
            int64_t value = (int64_t)((uint64_t)a - (uint64_t)b); /* of bools: whether they differ */
            rg__store_integer(target, to->dtype, 1, &value, 1);
        } else {
            double value = rg__tensor_real_at(later, loop.position[1]) - rg__tensor_real_at(earlier, loop.position[2]);
            rg__store_real(target, to->dtype, 1, &value, 1);
        }
    }
}

rg_status rg__compute_diff(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t times = rg__kernel_integer(call, 1);
    if (call->status != RG_OK || self->rank == 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a tensor with dimensions is needed");
    }
    uint32_t dim = rg__kernel_dim(call, 2, self->rank);
    const rg_tensor *current = joined(call, dim);
    for (int64_t i = 0; i < times && current != NULL && current->sizes[dim] > 0; i++) {
        rg_tensor later = *current;
        rg_tensor earlier = *current;
        later.offset += current->strides[dim];
        later.sizes[dim]--;
        earlier.sizes[dim]--;
        rg_tensor *next = rg__kernel_scratch(call, current->dtype, current->rank, later.sizes);
        if (next != NULL) {
            difference(next, &later, &earlier);
        }
        current = next;
    }
    if (current != NULL && !rg__tensor_copy(&call->results[0], current)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    return call->status;
}
