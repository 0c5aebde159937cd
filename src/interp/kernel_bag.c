/*
 * kernel_bag.c: bags of embeddings: rows of a matrix that indices choose, combined bag by bag. The indices of all bags
 * stand one behind the other; `offsets` says where each bag starts.
 */
#include <math.h>

#include "interp/kernel_functions.h"

typedef enum bag_mode { BAG_SUM, BAG_MEAN, BAG_LARGEST } bag_mode;

typedef struct bags {
    const rg_tensor *weight;
    const int64_t *indices;
    int64_t *offsets; /* one more than there are bags: where the last ends */
    int64_t index_count;
    int64_t count;
    bag_mode mode;
    int64_t skipped; /* the row that does not count; -1: none */
    const double *factors;
} bags;

static int64_t *read_integers(rg_kernel_call *call, const rg_tensor *tensor)
{
    int64_t *out = RG_KERNEL_ARRAY(call, int64_t, rg__tensor_count(tensor) + 1);
    if (out != NULL && tensor->rank == 1) {
        rg__load_integer(out, rg__element_at(tensor, tensor->offset), tensor->dtype, tensor->strides[0],
                         (size_t)tensor->sizes[0]);
    }
    return out;
}

static bool read_bags(rg_kernel_call *call, bags *job)
{
    const rg_tensor *indices = rg__kernel_tensor(call, 1);
    const rg_tensor *offsets = rg__kernel_tensor(call, 2);
    int64_t mode = rg__kernel_integer(call, 4);
    const rg_tensor *factors = rg__kernel_optional(call, 6);
    size_t skipped = rg__kernel_find(call, "padding_idx");
    job->weight = rg__kernel_tensor(call, 0);
    if (call->status != RG_OK || job->weight->rank != 2 || indices->rank != 1 || offsets->rank != 1 || mode < 0 ||
        mode > 2 || (factors != NULL && rg__tensor_count(factors) != indices->sizes[0])) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a matrix of weights and vectors of indices and offsets are needed");
        return false;
    }
    bool last_is_end = rg__kernel_has(call, 7) && rg__kernel_truth(call, 7);
    job->mode = (bag_mode)mode;
    job->index_count = indices->sizes[0];
    job->count = offsets->sizes[0] - (last_is_end && offsets->sizes[0] > 0 ? 1 : 0);
    job->indices = read_integers(call, indices);
    job->offsets = read_integers(call, offsets);
    job->factors = rg__kernel_read_real(call, factors);
    job->skipped = rg__kernel_has(call, skipped) ? rg__kernel_integer(call, skipped) : -1;
    if (call->status != RG_OK) {
        return false;
    }
    if (!last_is_end) {
        job->offsets[job->count] = job->index_count;
    }
    for (int64_t bag = 0; bag < job->count; bag++) {
        if (job->offsets[bag] < 0 || job->offsets[bag] > job->offsets[bag + 1] ||
            job->offsets[bag + 1] > job->index_count) {
            (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the offsets of the bags do not rise");
            return false;
        }
    }
    return true;
}

/* One element of a bag: column `column` of its rows, combined. `*chosen` is the row of the largest. */
static double combine_bag(const bags *job, int64_t bag, int64_t column, int64_t *counted, int64_t *chosen)
{
    double value = 0;
    *counted = 0;
    *chosen = -1;
    for (int64_t i = job->offsets[bag]; i < job->offsets[bag + 1]; i++) {
        int64_t row = job->indices[i];
        if (row == job->skipped) {
            continue;
        }
        double each = rg__tensor_real_at(job->weight, job->weight->offset + row * job->weight->strides[0] +
                                                          column * job->weight->strides[1]);
        each *= job->factors == NULL ? 1 : job->factors[i];
        if (job->mode != BAG_LARGEST) {
            value += each;
        } else if (*counted == 0 || each > value) {
            value = each;
            *chosen = row;
        }
        (*counted)++;
    }
    return job->mode == BAG_MEAN && *counted > 0 ? value / (double)*counted : value;
}

/* The bag of each index, and how many rows count in each bag. */
static void store_sizes(rg_kernel_call *call, const bags *job)
{
    for (int64_t bag = 0; bag < job->count; bag++) {
        int64_t counted = 0;
        for (int64_t i = job->offsets[bag]; i < job->offsets[bag + 1]; i++) {
            counted += job->indices[i] != job->skipped;
            rg__store_integer(rg__element_at(&call->results[1], i), call->results[1].dtype, 1, &bag, 1);
        }
        rg__store_integer(rg__element_at(&call->results[2], bag), call->results[2].dtype, 1, &counted, 1);
    }
}

/* weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights?, include_last_offset, padding_idx:
 * the bags, the bag of each index, the size of each bag, and for the largest the rows that these come from. A CPU has
 * shortcuts that leave some of it empty, and is not followed in them. */
rg_status rg__compute_embedding_bag(rg_kernel_call *call)
{
    bags job;
    if (!read_bags(call, &job)) {
        return call->status;
    }
    for (int64_t i = 0; i < job.index_count; i++) {
        if (job.indices[i] < 0 || job.indices[i] >= job.weight->sizes[0]) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of %lld rows", (long long)job.indices[i],
                                   (long long)job.weight->sizes[0]);
        }
    }
    rg_dtype integer = rg__kernel_tensor(call, 1)->dtype;
    int64_t width = job.weight->sizes[1];
    bool has_rows = job.mode == BAG_LARGEST;
    int64_t rows_sizes[2] = {has_rows ? job.count : 0, width};
    if (rg__kernel_add_result(call, job.weight->dtype, 2, (int64_t[2]){job.count, width}) == NULL ||
        rg__kernel_add_result(call, integer, 1, &job.index_count) == NULL ||
        rg__kernel_add_result(call, integer, 1, &job.count) == NULL ||
        rg__kernel_add_result(call, integer, has_rows ? 2 : 1, rows_sizes) == NULL) {
        return call->status;
    }
    store_sizes(call, &job);
    for (int64_t i = 0; i < job.count * width; i++) {
        int64_t counted = 0;
        int64_t chosen = 0;
        double value = combine_bag(&job, i / width, i % width, &counted, &chosen);
        rg__store_real(rg__element_at(&call->results[0], i), job.weight->dtype, 1, &value, 1);
        if (has_rows) {
            rg__store_integer(rg__element_at(&call->results[3], i), integer, 1, &chosen, 1);
        }
    }
    return call->status;
}
