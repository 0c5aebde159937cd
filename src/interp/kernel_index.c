/*
 * kernel_index.c: indexing by tensors (index, index_put), along one dimension (gather, index_select, embedding), and by
 * masks. Writing along one dimension is in kernel_scatter.c.
 */
#include "interp/kernel_functions.h"

/* ---- indexing by tensors ---- */

/*
 * self[indices]: the indexed dimensions of `self` become those of the indices' common shape, which stand where the
 * indexed dimensions did if these are neighbours, in front of all others if not.
 */
typedef struct index_plan {
    const rg_tensor *self;
    const rg_tensor *indices[RG_TENSOR_MAX_RANK]; /* by dimension of self; NULL: all of it */
    uint32_t common_rank;
    int64_t common[RG_TENSOR_MAX_RANK];
    uint32_t place; /* of the common dimensions in the result */
    uint32_t rank;  /* of the result */
    int64_t sizes[RG_TENSOR_MAX_RANK];
} index_plan;

/* A mask stands for the indices of its true elements, one tensor a dimension. */
static bool add_mask(rg_kernel_call *call, index_plan *plan, const rg_tensor *mask, uint32_t dim)
{
    int64_t count = 0;
    rg_loop loop;
    rg__loop_init(&loop, mask->rank, mask->sizes);
    (void)rg__loop_add(&loop, mask);
    while (rg__loop_next_element(&loop)) {
        count += rg__tensor_integer_at(mask, loop.position[0]) != 0;
    }
    rg_tensor *parts[RG_TENSOR_MAX_RANK];
    for (uint32_t i = 0; i < mask->rank; i++) {
        parts[i] = rg__kernel_scratch(call, RG_DTYPE_I64, 1, &count);
        if (parts[i] == NULL) {
            return false;
        }
        plan->indices[dim + i] = parts[i];
    }
    int64_t at = 0;
    rg__loop_init(&loop, mask->rank, mask->sizes);
    (void)rg__loop_add(&loop, mask);
    while (rg__loop_next_element(&loop)) {
        if (rg__tensor_integer_at(mask, loop.position[0]) != 0) {
            for (uint32_t i = 0; i < mask->rank; i++) {
                rg__store_integer(rg__element_at(parts[i], at), RG_DTYPE_I64, 1, &loop.index[i], 1);
            }
            at++;
        }
    }
    return true;
}

static bool is_mask(const rg_tensor *tensor)
{
    return tensor->dtype == RG_DTYPE_BOOL || tensor->dtype == RG_DTYPE_U8;
}

/* The shape that the indices have in common. */
static bool find_common(rg_kernel_call *call, index_plan *plan)
{
    for (uint32_t i = 0; i < plan->self->rank; i++) {
        const rg_tensor *index = plan->indices[i];
        plan->common_rank = index != NULL && index->rank > plan->common_rank ? index->rank : plan->common_rank;
    }
    for (uint32_t k = 0; k < plan->common_rank; k++) {
        plan->common[k] = 1;
        for (uint32_t i = 0; i < plan->self->rank; i++) {
            const rg_tensor *index = plan->indices[i];
            uint32_t missing = index == NULL ? 0 : plan->common_rank - index->rank;
            int64_t size = index == NULL || k < missing ? 1 : index->sizes[k - missing];
            if (size != 1 && plan->common[k] != 1 && size != plan->common[k]) {
                (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the indices do not fit one another");
                return false;
            }
            plan->common[k] = size != 1 ? size : plan->common[k];
        }
    }
    return true;
}

static void find_result(index_plan *plan)
{
    uint32_t first = plan->self->rank;
    uint32_t last = 0;
    uint32_t indexed = 0;
    for (uint32_t i = 0; i < plan->self->rank; i++) {
        if (plan->indices[i] != NULL) {
            first = i < first ? i : first;
            last = i;
            indexed++;
        }
    }
    plan->place = indexed == 0 || last - first + 1 == indexed ? first : 0;
    plan->rank = 0;
    for (uint32_t i = 0; i <= plan->self->rank; i++) {
        bool here = plan->place == 0 ? i == 0 : i == plan->place;
        for (uint32_t k = 0; here && k < plan->common_rank && plan->rank < RG_TENSOR_MAX_RANK; k++) {
            plan->sizes[plan->rank++] = plan->common[k];
        }
        if (i < plan->self->rank && plan->indices[i] == NULL && plan->rank < RG_TENSOR_MAX_RANK) {
            plan->sizes[plan->rank++] = plan->self->sizes[i];
        }
    }
}

static bool make_plan(rg_kernel_call *call, index_plan *plan, const rg_tensor *self, size_t argument, bool *masked)
{
    uint32_t dim = 0;
    memset(plan, 0, sizeof(*plan));
    plan->self = self;
    *masked = false;
    for (size_t i = 0; self != NULL && i < rg__kernel_item_count(call, argument); i++) {
        const rg_tensor *index = rg__kernel_item(call, argument, i);
        uint32_t covers = index != NULL && is_mask(index) ? index->rank : 1;
        if (dim + covers > self->rank) {
            (void)rg__kernel_fail(call, RG_ERROR_TYPE, "more indices than dimensions");
            return false;
        }
        if (index != NULL && is_mask(index)) {
            *masked = true;
            if (!add_mask(call, plan, index, dim)) {
                return false;
            }
        } else {
            plan->indices[dim] = index;
        }
        dim += covers;
    }
    if (call->status != RG_OK || self == NULL || !find_common(call, plan)) {
        return false;
    }
    find_result(plan);
    return true;
}

/* What is done with one part of self and the part of the result, or of the values, that belongs to it. */
typedef void (*part_function)(const rg_tensor *self_part, const rg_tensor *other_part);

/* Walk over the common shape. `other` has the result's sizes. */
static rg_status walk_plan(rg_kernel_call *call, const index_plan *plan, const rg_tensor *other, part_function visit)
{
    rg_loop loop;
    rg_tensor self_part = *plan->self;
    rg_tensor other_part = *other;
    const rg_tensor *indices[RG_TENSOR_MAX_RANK];
    uint32_t dims[RG_TENSOR_MAX_RANK];
    uint32_t count = 0;
    uint32_t rest = 0;
    rg__loop_init(&loop, plan->common_rank, plan->common);
    rg__loop_add_strides(&loop, other->offset, other->strides + plan->place);
    for (uint32_t i = 0; i < plan->self->rank; i++) {
        if (plan->indices[i] != NULL && count < RG_LOOP_OPERANDS - 1) {
            (void)rg__loop_add(&loop, plan->indices[i]);
            dims[count] = i;
            indices[count++] = plan->indices[i];
        } else if (plan->indices[i] == NULL) {
            uint32_t in_other = rest < plan->place ? rest : rest + plan->common_rank;
            self_part.sizes[rest] = plan->self->sizes[i];
            self_part.strides[rest] = plan->self->strides[i];
            other_part.sizes[rest] = other->sizes[in_other];
            other_part.strides[rest] = other->strides[in_other];
            rest++;
        }
    }
    self_part.rank = other_part.rank = rest;
    while (rg__loop_next_element(&loop)) {
        self_part.offset = plan->self->offset;
        for (uint32_t k = 0; k < count; k++) {
            int64_t size = plan->self->sizes[dims[k]];
            int64_t index = rg__tensor_integer_at(indices[k], loop.position[k + 1]);
            index += index < 0 ? size : 0;
            if (index < 0 || index >= size) {
                return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of a dimension of %lld", (long long)index,
                                       (long long)size);
            }
            self_part.offset += index * plan->self->strides[dims[k]];
        }
        other_part.offset = loop.position[0];
        visit(&self_part, &other_part);
    }
    return call->status;
}

static void read_part(const rg_tensor *self_part, const rg_tensor *other_part)
{
    (void)rg__tensor_copy(other_part, self_part);
}

static void write_part(const rg_tensor *self_part, const rg_tensor *other_part)
{
    (void)rg__tensor_copy(self_part, other_part);
}

static void add_part(const rg_tensor *self_part, const rg_tensor *other_part)
{
    rg_loop loop;
    rg__loop_init(&loop, self_part->rank, self_part->sizes);
    (void)rg__loop_add(&loop, self_part);
    (void)rg__loop_add(&loop, other_part);
    while (rg__loop_next_element(&loop)) {
        void *target = rg__element_at(self_part, loop.position[0]);
        if (rg__dtype_is_integral(self_part->dtype)) {
            int64_t sum = (int64_t)((uint64_t)rg__tensor_integer_at(self_part, loop.position[0]) +
                                    (uint64_t)rg__tensor_integer_at(other_part, loop.position[1]));
            rg__store_integer(target, self_part->dtype, 1, &sum, 1);
        } else {
            double sum =
                rg__tensor_real_at(self_part, loop.position[0]) + rg__tensor_real_at(other_part, loop.position[1]);
            rg__store_real(target, self_part->dtype, 1, &sum, 1);
        }
    }
}

/* With masks the size of the result depends on the data, and is laid out here. */
rg_status rg__compute_index(rg_kernel_call *call)
{
    index_plan plan;
    bool masked = false;
    if (!make_plan(call, &plan, rg__kernel_tensor(call, 0), 1, &masked)) {
        return call->status;
    }
    if (masked) {
        (void)rg__kernel_add_result(call, plan.self->dtype, plan.rank, plan.sizes);
    } else {
        (void)rg__kernel_lay_out(call);
    }
    if (call->status != RG_OK || call->result_count != 1 || call->results[0].rank != plan.rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    return walk_plan(call, &plan, &call->results[0], read_part);
}

static rg_status put(rg_kernel_call *call, const rg_tensor *self)
{
    index_plan plan;
    bool masked = false;
    rg_loop loop;
    const rg_tensor *values = rg__kernel_tensor(call, 2);
    bool accumulate = rg__kernel_truth(call, 3);
    if (!make_plan(call, &plan, self, 1, &masked) || values == NULL) {
        return call->status;
    }
    rg__loop_init(&loop, plan.rank, plan.sizes);
    if (!rg__loop_add(&loop, values)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the values do not fit the indices");
    }
    rg_tensor expanded = *values;
    expanded.rank = plan.rank;
    memcpy(expanded.sizes, plan.sizes, sizeof(expanded.sizes));
    memcpy(expanded.strides, loop.strides[0], sizeof(expanded.strides));
    return walk_plan(call, &plan, &expanded, accumulate ? add_part : write_part);
}

rg_status rg__compute_index_put(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || !rg__tensor_copy(&call->results[0], self)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    return put(call, &call->results[0]);
}

rg_status rg__compute_index_put_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    rg_status status = self == NULL ? call->status : put(call, self);
    return status == RG_OK ? rg__kernel_answer_alias(call, self) : status;
}

/* ---- along one dimension ---- */

static int64_t checked_index(rg_kernel_call *call, int64_t index, int64_t size)
{
    if (index < 0 || index >= size) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of a dimension of %lld", (long long)index,
                              (long long)size);
        return 0;
    }
    return index;
}

rg_status rg__compute_index_select(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *index = rg__kernel_tensor(call, 2);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, self->rank);
    const rg_tensor *result = &call->results[0];
    for (int64_t i = 0; call->status == RG_OK && i < rg__tensor_count(index); i++) {
        int64_t at = rg__tensor_integer_at(index, index->offset + (index->rank == 0 ? 0 : i * index->strides[0]));
        int64_t size = self->rank == 0 ? 1 : self->sizes[dim];
        rg_tensor from = rg__tensor_slice(self, dim, checked_index(call, at, size));
        rg_tensor to = rg__tensor_slice(result, dim, i);
        (void)rg__tensor_copy(&to, &from);
    }
    return call->status;
}

/* Rows of the weight, in the indices' shape. */
rg_status rg__compute_embedding(rg_kernel_call *call)
{
    const rg_tensor *weight = rg__kernel_tensor(call, 0);
    const rg_tensor *indices = rg__kernel_tensor(call, 1);
    const rg_tensor *result = &call->results[0];
    rg_loop loop;
    if (call->status != RG_OK || weight->rank != 2 || result->rank != indices->rank + 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a matrix of weights and their indices are needed");
    }
    rg__loop_init(&loop, indices->rank, indices->sizes);
    (void)rg__loop_add(&loop, indices);
    rg__loop_add_strides(&loop, result->offset, result->strides);
    while (rg__loop_next_element(&loop) && call->status == RG_OK) {
        int64_t at = checked_index(call, rg__tensor_integer_at(indices, loop.position[0]), weight->sizes[0]);
        rg_tensor from = rg__tensor_slice(weight, 0, at);
        rg_tensor to = *result;
        to.rank = 1;
        to.offset = loop.position[1];
        to.sizes[0] = weight->sizes[1];
        to.strides[0] = result->strides[indices->rank];
        (void)rg__tensor_copy(&to, &from);
    }
    return call->status;
}

static void copy_element(const rg_tensor *to, int64_t to_position, const rg_tensor *from, int64_t from_position)
{
    memcpy(rg__element_at(to, to_position), rg__element_at(from, from_position), rg_dtype_bytes(to->dtype));
}

rg_status rg__compute_gather(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *index = rg__kernel_tensor(call, 2);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, self->rank);
    const rg_tensor *result = &call->results[0];
    rg_loop loop;
    if (call->status != RG_OK || index->rank > self->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the index has too many dimensions");
    }
    rg__loop_init(&loop, index->rank, index->sizes);
    (void)rg__loop_add(&loop, index);
    (void)rg__loop_add(&loop, result);
    while (rg__loop_next_element(&loop) && call->status == RG_OK) {
        int64_t position = self->offset;
        for (uint32_t i = 0; i < index->rank; i++) {
            int64_t at = i == dim ? checked_index(call, rg__tensor_integer_at(index, loop.position[0]), self->sizes[i])
                                  : loop.index[i];
            position += at * self->strides[i];
        }
        copy_element(result, loop.position[1], self, position);
    }
    return call->status;
}

/* By place in row-major order. */
rg_status rg__compute_take(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *index = rg__kernel_tensor(call, 1);
    const rg_tensor *result = &call->results[0];
    if (self == NULL || index == NULL) {
        return call->status;
    }
    const rg_tensor *flat = rg__kernel_contiguous(call, self, self->dtype);
    rg_loop loop;
    if (flat == NULL) {
        return call->status;
    }
    int64_t count = rg__tensor_count(self);
    rg__loop_init(&loop, index->rank, index->sizes);
    (void)rg__loop_add(&loop, index);
    (void)rg__loop_add(&loop, result);
    while (rg__loop_next_element(&loop) && call->status == RG_OK) {
        int64_t at = rg__tensor_integer_at(index, loop.position[0]);
        at = checked_index(call, at + (at < 0 ? count : 0), count);
        copy_element(result, loop.position[1], flat, flat->offset + at);
    }
    return call->status;
}

/* ---- masks: the size of the result depends on the data ---- */

rg_status rg__compute_nonzero(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    index_plan plan = {.self = self};
    if (self == NULL || !add_mask(call, &plan, self, 0)) {
        return call->status;
    }
    int64_t count = self->rank > 0 ? plan.indices[0]->sizes[0] : rg__tensor_real_at(self, self->offset) != 0;
    int64_t sizes[2] = {count, self->rank};
    const rg_tensor *result = rg__kernel_add_result(call, RG_DTYPE_I64, 2, sizes);
    for (uint32_t dim = 0; dim < self->rank && result != NULL; dim++) {
        rg_tensor column = rg__tensor_slice(result, 1, dim);
        (void)rg__tensor_copy(&column, plan.indices[dim]);
    }
    return call->status;
}

rg_status rg__compute_masked_select(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *mask = rg__kernel_tensor(call, 1);
    rg_loop loop;
    if (call->status != RG_OK) {
        return call->status;
    }
    const rg_tensor *larger = self->rank >= mask->rank ? self : mask;
    int64_t sizes[RG_TENSOR_MAX_RANK];
    for (uint32_t i = 0; i < larger->rank; i++) {
        uint32_t from_end = larger->rank - i;
        int64_t own = from_end <= self->rank ? self->sizes[self->rank - from_end] : 1;
        int64_t other = from_end <= mask->rank ? mask->sizes[mask->rank - from_end] : 1;
        sizes[i] = own == 1 ? other : own;
    }
    int64_t count = 0;
    const rg_tensor *result = NULL;
    for (int pass = 0; pass < 2; pass++) {
        rg__loop_init(&loop, larger->rank, sizes);
        if (!rg__loop_add(&loop, mask) || !rg__loop_add(&loop, self)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "the mask does not fit");
        }
        for (count = 0; rg__loop_next_element(&loop);) {
            if (rg__tensor_integer_at(mask, loop.position[0]) != 0) {
                if (result != NULL) {
                    copy_element(result, count, self, loop.position[1]);
                }
                count++;
            }
        }
        result = pass == 0 ? rg__kernel_add_result(call, self->dtype, 1, &count) : result;
        if (result == NULL) {
            return call->status;
        }
    }
    return call->status;
}

/* Without a number of classes there are as many as the largest index demands. */
rg_status rg__compute_one_hot(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t classes = rg__kernel_integer(call, 1);
    int64_t sizes[RG_TENSOR_MAX_RANK];
    rg_loop loop;
    if (call->status != RG_OK || self->rank >= RG_TENSOR_MAX_RANK) {
        return rg__kernel_fail(call, RG_ERROR_LIMIT, "too many dimensions");
    }
    rg__loop_init(&loop, self->rank, self->sizes);
    (void)rg__loop_add(&loop, self);
    int64_t largest = -1;
    while (classes < 0 && rg__loop_next_element(&loop)) {
        int64_t index = rg__tensor_integer_at(self, loop.position[0]);
        largest = index > largest ? index : largest;
    }
    classes = classes < 0 && rg__tensor_count(self) > 0 ? largest + 1 : classes;
    memcpy(sizes, self->sizes, sizeof(sizes));
    sizes[self->rank] = classes;
    const rg_tensor *result = rg__kernel_add_result(call, RG_DTYPE_I64, self->rank + 1, sizes);
    if (result == NULL) {
        return call->status;
    }
    rg__loop_init(&loop, self->rank, self->sizes);
    (void)rg__loop_add(&loop, self);
    rg__loop_add_strides(&loop, 0, result->strides);
    while (rg__loop_next_element(&loop) && call->status == RG_OK) {
        int64_t one = 1;
        int64_t index = checked_index(call, rg__tensor_integer_at(self, loop.position[0]), classes);
        rg__store_integer(rg__element_at(result, loop.position[1] + index), RG_DTYPE_I64, 1, &one, 1);
    }
    return call->status;
}
