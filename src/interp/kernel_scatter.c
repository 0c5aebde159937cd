/*
 * kernel_scatter.c: writing into a copy of a tensor, or into the tensor itself: along one dimension (scatter,
 * index_add), into a view of it (slice_scatter), where a mask is true.
 */
#include <math.h>

#include "interp/kernel_functions.h"

/* ---- scatter ---- */

typedef enum combination { SET, ADD, MULTIPLY, MEAN, LARGEST, SMALLEST } combination;

static bool find_combination(rg_string name, combination *out)
{
    static const struct {
        const char *name;
        combination combination;
    } names[] = {{"add", ADD},   {"sum", ADD},      {"multiply", MULTIPLY}, {"prod", MULTIPLY},
                 {"mean", MEAN}, {"amax", LARGEST}, {"amin", SMALLEST}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (rg_string_equal(name, rg_string_from(names[i].name))) {
            *out = names[i].combination;
            return true;
        }
    }
    return false;
}

static double combine(combination how, double a, double b)
{
    switch (how) {
    case SET:
        return b;
    case MULTIPLY:
        return a * b;
    case LARGEST:
        return isnan(a) || isnan(b) ? NAN : fmax(a, b);
    case SMALLEST:
        return isnan(a) || isnan(b) ? NAN : fmin(a, b);
    default:
        return a + b;
    }
}

/* What is scattered: how, and whether the old elements take part. Elements of the result are kept as double until all
 * have arrived, so that they are rounded once. */
typedef struct scatter_job {
    const rg_tensor *to;
    const rg_tensor *index;
    const rg_tensor *source; /* of the index' sizes or more, or one number */
    uint32_t dim;
    combination how;
    bool include_self;
} scatter_job;

static rg_status scatter(rg_kernel_call *call, const scatter_job *job)
{
    const rg_tensor *to = job->to;
    int64_t count = rg__tensor_count(to);
    double *values = RG_KERNEL_ARRAY(call, double, count + 1);
    uint32_t *arrivals = RG_KERNEL_ARRAY(call, uint32_t, count + 1);
    rg_loop loop;
    rg_tensor order = *to; /* row-major places of the elements */
    if (values == NULL || arrivals == NULL || job->index->rank > to->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the index has too many dimensions");
    }
    rg__tensor_set_contiguous(&order);
    rg__tensor_read_real(values, to);
    rg__loop_init(&loop, job->index->rank, job->index->sizes);
    (void)rg__loop_add(&loop, job->index);
    while (rg__loop_next_element(&loop)) {
        int64_t place = 0;
        int64_t from = job->source->offset;
        for (uint32_t i = 0; i < job->index->rank; i++) {
            int64_t at = i == job->dim ? rg__tensor_integer_at(job->index, loop.position[0]) : loop.index[i];
            if (at < 0 || at >= to->sizes[i]) {
                return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of a dimension of %lld", (long long)at,
                                       (long long)to->sizes[i]);
            }
            place += at * order.strides[i];
            from += job->source->rank == 0 ? 0 : loop.index[i] * job->source->strides[i];
        }
        double value = rg__tensor_real_at(job->source, from);
        bool first = arrivals[place]++ == 0;
        values[place] = first && !job->include_self ? value : combine(job->how, values[place], value);
    }
    for (int64_t i = 0; i < count && job->how == MEAN; i++) {
        uint32_t terms = arrivals[i] + (job->include_self ? 1 : 0);
        double mean = terms == 0 ? values[i] : values[i] / terms;
        values[i] = arrivals[i] == 0 ? values[i] : rg__dtype_is_integral(to->dtype) ? floor(mean) : mean;
    }
    for (int64_t i = 0; i < count; i++) {
        if (arrivals[i] > 0) {
            rg_tensor_set((rg_tensor *)to, (uint64_t)i, values[i]);
        }
    }
    return call->status;
}

/* The first argument, or a copy of it: what the op writes to. */
static const rg_tensor *target_of(rg_kernel_call *call, bool in_place)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (in_place || self == NULL) {
        return self;
    }
    if (call->result_count != 1 || !rg__tensor_copy(&call->results[0], self)) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
        return NULL;
    }
    return &call->results[0];
}

static rg_status finish(rg_kernel_call *call, const rg_tensor *target, bool in_place)
{
    return in_place && call->status == RG_OK ? rg__kernel_answer_alias(call, target) : call->status;
}

static rg_status run_scatter(rg_kernel_call *call, combination how, bool in_place)
{
    size_t reduce = rg__kernel_find(call, "reduce");
    size_t include_self = rg__kernel_find(call, "include_self");
    scatter_job job = {.to = target_of(call, in_place),
                       .index = rg__kernel_tensor(call, 2),
                       .source = rg__kernel_tensor(call, 3),
                       .how = how,
                       .include_self = true};
    if (job.to == NULL || call->status != RG_OK) {
        return call->status;
    }
    job.dim = rg__kernel_dim(call, 1, job.to->rank);
    if (rg__kernel_has(call, reduce) && !find_combination(rg__kernel_text(call, reduce), &job.how)) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "an unknown way to reduce");
    }
    if (rg__kernel_has(call, include_self)) {
        job.include_self = rg__kernel_truth(call, include_self);
    }
    (void)scatter(call, &job);
    return finish(call, job.to, in_place);
}

rg_status rg__compute_scatter(rg_kernel_call *call)
{
    return run_scatter(call, SET, false);
}

rg_status rg__compute_scatter_in_place(rg_kernel_call *call)
{
    return run_scatter(call, SET, true);
}

rg_status rg__compute_scatter_add(rg_kernel_call *call)
{
    return run_scatter(call, ADD, false);
}

rg_status rg__compute_scatter_add_in_place(rg_kernel_call *call)
{
    return run_scatter(call, ADD, true);
}

/* ---- whole slices ---- */

static void add_slice(const rg_tensor *to, const rg_tensor *from, double alpha)
{
    rg_loop loop;
    rg__loop_init(&loop, to->rank, to->sizes);
    (void)rg__loop_add(&loop, to);
    if (!rg__loop_add(&loop, from)) {
        return;
    }
    while (rg__loop_next_element(&loop)) {
        double sum = rg__tensor_real_at(to, loop.position[0]) + alpha * rg__tensor_real_at(from, loop.position[1]);
        rg__store_real(rg__element_at(to, loop.position[0]), to->dtype, 1, &sum, 1);
    }
}

/* index_add, index_copy, index_fill: slices named by a vector of indices. */
static rg_status write_slices(rg_kernel_call *call, combination how, bool from_slices, bool in_place)
{
    const rg_tensor *to = target_of(call, in_place);
    const rg_tensor *index = rg__kernel_tensor(call, 2);
    const rg_tensor *source = rg__kernel_tensor(call, 3);
    size_t alpha = rg__kernel_find(call, "alpha");
    double factor = rg__kernel_has(call, alpha) ? rg__kernel_real(call, alpha) : 1;
    if (to == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, to->rank);
    for (int64_t i = 0; call->status == RG_OK && i < rg__tensor_count(index); i++) {
        int64_t at = rg__tensor_integer_at(index, index->offset + (index->rank == 0 ? 0 : i * index->strides[0]));
        int64_t size = to->rank == 0 ? 1 : to->sizes[dim];
        at += at < 0 ? size : 0;
        if (at < 0 || at >= size) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of a dimension of %lld", (long long)at,
                                   (long long)size);
        }
        rg_tensor target = rg__tensor_slice(to, dim, at);
        rg_tensor part = from_slices ? rg__tensor_slice(source, dim, i) : *source;
        if (how == ADD) {
            add_slice(&target, &part, factor);
        } else {
            (void)rg__tensor_copy(&target, &part);
        }
    }
    return finish(call, to, in_place);
}

rg_status rg__compute_index_add(rg_kernel_call *call)
{
    return write_slices(call, ADD, true, false);
}

rg_status rg__compute_index_add_in_place(rg_kernel_call *call)
{
    return write_slices(call, ADD, true, true);
}

rg_status rg__compute_index_copy(rg_kernel_call *call)
{
    return write_slices(call, SET, true, false);
}

rg_status rg__compute_index_copy_in_place(rg_kernel_call *call)
{
    return write_slices(call, SET, true, true);
}

rg_status rg__compute_index_fill(rg_kernel_call *call)
{
    return write_slices(call, SET, false, false);
}

rg_status rg__compute_index_fill_in_place(rg_kernel_call *call)
{
    return write_slices(call, SET, false, true);
}

/* ---- into a view ---- */

static rg_status write_view(rg_kernel_call *call, rg_tensor *view)
{
    const rg_tensor *source = rg__kernel_tensor(call, 1);
    rg_tensor check = *view;
    if (call->status != RG_OK) {
        return call->status;
    }
    rg_status status = rg__tensor_share(&check, &call->results[0]);
    if (status == RG_OK) {
        rg__tensor_release(&check);
        status =
            rg__tensor_copy(view, source) ? RG_OK : rg__kernel_fail(call, RG_ERROR_TYPE, "the source does not fit");
    }
    return status;
}

rg_status rg__compute_slice_scatter(rg_kernel_call *call)
{
    const rg_tensor *to = target_of(call, false);
    if (to == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 2, to->rank);
    int64_t start = rg__kernel_has(call, 3) ? rg__kernel_integer(call, 3) : 0;
    int64_t end = rg__kernel_has(call, 4) ? rg__kernel_integer(call, 4) : INT64_MAX;
    int64_t step = rg__kernel_integer(call, 5);
    if (call->status != RG_OK || to->rank == 0 || step < 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "nothing to slice, or no step forward");
    }
    rg_tensor view = *to;
    int64_t size = to->sizes[dim];
    start += start < 0 ? size : 0;
    end += end < 0 ? size : 0;
    start = start < 0 ? 0 : start > size ? size : start;
    end = end < start ? start : end > size ? size : end;
    view.sizes[dim] = (end - start + step - 1) / step;
    view.offset += view.sizes[dim] == 0 ? 0 : start * to->strides[dim];
    view.strides[dim] *= step;
    return write_view(call, &view);
}

rg_status rg__compute_select_scatter(rg_kernel_call *call)
{
    const rg_tensor *to = target_of(call, false);
    if (to == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 2, to->rank);
    int64_t index = rg__kernel_integer(call, 3);
    if (call->status != RG_OK || to->rank == 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "nothing to select from");
    }
    index += index < 0 ? to->sizes[dim] : 0;
    if (index < 0 || index >= to->sizes[dim]) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of a dimension of %lld", (long long)index,
                               (long long)to->sizes[dim]);
    }
    rg_tensor view = rg__tensor_slice(to, dim, index);
    return write_view(call, &view);
}

rg_status rg__compute_diagonal_scatter(rg_kernel_call *call)
{
    const rg_tensor *to = target_of(call, false);
    const rg_tensor *source = rg__kernel_tensor(call, 1);
    int64_t offset = rg__kernel_integer(call, 2);
    if (to == NULL) {
        return call->status;
    }
    uint32_t first = rg__kernel_dim(call, 3, to->rank);
    uint32_t second = rg__kernel_dim(call, 4, to->rank);
    if (call->status != RG_OK || first == second || source->rank + 1 != to->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "two dimensions and a source for their diagonal are needed");
    }
    rg_tensor view = *to;
    uint32_t rank = 0;
    for (uint32_t i = 0; i < to->rank; i++) {
        if (i != first && i != second) {
            view.sizes[rank] = to->sizes[i];
            view.strides[rank++] = to->strides[i];
        }
    }
    view.sizes[rank] = source->sizes[rank];
    view.strides[rank] = to->strides[first] + to->strides[second];
    view.rank = rank + 1;
    view.offset += rg__tensor_count(&view) == 0 ? 0
                   : offset >= 0                ? offset * to->strides[second]
                                                : -offset * to->strides[first];
    return write_view(call, &view);
}

rg_status rg__compute_as_strided_scatter(rg_kernel_call *call)
{
    const rg_tensor *to = target_of(call, false);
    uint32_t rank = 0;
    uint32_t stride_count = 0;
    if (to == NULL) {
        return call->status;
    }
    rg_tensor view = *to;
    rg__kernel_integers(call, 2, view.sizes, RG_TENSOR_MAX_RANK, &rank);
    rg__kernel_integers(call, 3, view.strides, RG_TENSOR_MAX_RANK, &stride_count);
    view.rank = rank;
    view.offset = rg__kernel_has(call, 4) ? rg__kernel_integer(call, 4) : to->offset;
    if (rank != stride_count) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "as many strides as sizes are needed");
    }
    return write_view(call, &view);
}

/* ---- where a mask is true: the elements of the source one after the other ---- */

static rg_status write_masked(rg_kernel_call *call, const rg_tensor *to)
{
    const rg_tensor *mask = rg__kernel_tensor(call, 1);
    const rg_tensor *source = rg__kernel_tensor(call, 2);
    rg_loop loop;
    uint64_t next = 0;
    if (call->status != RG_OK) {
        return call->status;
    }
    rg__loop_init(&loop, to->rank, to->sizes);
    (void)rg__loop_add(&loop, to);
    if (!rg__loop_add(&loop, mask)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the mask does not fit");
    }
    while (rg__loop_next_element(&loop)) {
        if (rg__tensor_integer_at(mask, loop.position[1]) == 0) {
            continue;
        }
        if (next >= rg_tensor_count(source)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "the source has fewer elements than the mask chooses");
        }
        double value = rg_tensor_get(source, next++);
        rg__store_real(rg__element_at(to, loop.position[0]), to->dtype, 1, &value, 1);
    }
    return call->status;
}

rg_status rg__compute_masked_scatter(rg_kernel_call *call)
{
    const rg_tensor *to = target_of(call, false);
    return to == NULL ? call->status : write_masked(call, to);
}

rg_status rg__compute_masked_scatter_in_place(rg_kernel_call *call)
{
    const rg_tensor *to = target_of(call, true);
    return to == NULL || write_masked(call, to) != RG_OK ? call->status : rg__kernel_answer_alias(call, to);
}
