/*
 * kernel_search.c: finding places in sorted sequences, counting in bins; and two elementwise ops whose operands are
 * optional or written to.
 */
#include <math.h>

#include "interp/kernel_functions.h"

/* ---- sorted sequences ---- */

typedef struct sequence {
    const rg_tensor *tensor;
    int64_t start;
    int64_t stride;
    int64_t count;
    const rg_tensor *sorter; /* the order in which the sequence is sorted; NULL: as it stands */
    int64_t sorter_start;
    int64_t sorter_stride;
} sequence;

static double element(const sequence *in, int64_t index)
{
    if (in->sorter != NULL) {
        index = rg__tensor_integer_at(in->sorter, in->sorter_start + index * in->sorter_stride);
        index = index < 0 || index >= in->count ? 0 : index;
    }
    return rg__tensor_real_at(in->tensor, in->start + index * in->stride);
}

/* How many elements come before the value; `right`: those equal to it too. NaN is behind everything. */
static int64_t place(const sequence *in, double value, bool right)
{
    int64_t low = 0;
    int64_t high = in->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        double at = element(in, middle);
        bool before = right ? !(at > value) && !(isnan(at) && !isnan(value)) : !(at >= value) && !isnan(at);
        if (before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool from_right(rg_kernel_call *call)
{
    size_t right = rg__kernel_find(call, "right");
    size_t side = rg__kernel_find(call, "side");
    return (rg__kernel_has(call, right) && rg__kernel_truth(call, right)) ||
           (rg__kernel_has(call, side) && rg_string_equal(rg__kernel_text(call, side), rg_string_from("right")));
}

/* One sequence for all values, or one for each row of them. */
static rg_status search(rg_kernel_call *call, const rg_tensor *sequences, const rg_tensor *values)
{
    const rg_tensor *result = &call->results[0];
    const rg_tensor *sorter = rg__kernel_optional(call, rg__kernel_find(call, "sorter"));
    bool right = from_right(call);
    rg_loop loop;
    if (call->status != RG_OK || sequences->rank == 0 || (sequences->rank > 1 && sequences->rank != values->rank)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "sequences and values do not fit one another");
    }
    uint32_t last = sequences->rank - 1;
    sequence in = {.tensor = sequences, .stride = sequences->strides[last], .count = sequences->sizes[last]};
    in.sorter = sorter;
    in.sorter_stride = sorter != NULL ? sorter->strides[last] : 0;
    rg__loop_init(&loop, values->rank, values->sizes);
    (void)rg__loop_add(&loop, values);
    (void)rg__loop_add(&loop, result);
    while (rg__loop_next_element(&loop)) {
        in.start = sequences->offset;
        in.sorter_start = sorter != NULL ? sorter->offset : 0;
        for (uint32_t i = 0; i < last; i++) {
            in.start += loop.index[i] * sequences->strides[i];
            in.sorter_start += sorter != NULL ? loop.index[i] * sorter->strides[i] : 0;
        }
        int64_t found = place(&in, rg__tensor_real_at(values, loop.position[0]), right);
        rg__store_integer(rg__element_at(result, loop.position[1]), result->dtype, 1, &found, 1);
    }
    return call->status;
}

rg_status rg__compute_searchsorted(rg_kernel_call *call)
{
    const rg_tensor *sequences = rg__kernel_tensor(call, 0);
    const rg_tensor *values = rg__kernel_tensor(call, 1);
    return call->status == RG_OK ? search(call, sequences, values) : call->status;
}

rg_status rg__compute_bucketize(rg_kernel_call *call)
{
    const rg_tensor *values = rg__kernel_tensor(call, 0);
    const rg_tensor *boundaries = rg__kernel_tensor(call, 1);
    return call->status == RG_OK ? search(call, boundaries, values) : call->status;
}

/* ---- bins ---- */

/* Equal bounds mean the extremes of the data. Values outside are not counted; the upper bound is in the last bin. */
rg_status rg__compute_histc(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t bins = rg__kernel_integer(call, 1);
    double low = rg__kernel_real(call, 2);
    double high = rg__kernel_real(call, 3);
    double *x = self == NULL ? NULL : RG_KERNEL_ARRAY(call, double, rg__tensor_count(self) + 1);
    double *counts = RG_KERNEL_ARRAY(call, double, bins < 1 ? 1 : bins);
    if (x == NULL || counts == NULL || bins < 1) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "at least one bin is needed");
    }
    int64_t count = rg__tensor_count(self);
    rg__tensor_read_real(x, self);
    if (low == high && count > 0) {
        low = high = x[0];
        for (int64_t i = 0; i < count; i++) {
            low = fmin(low, x[i]);
            high = fmax(high, x[i]);
        }
    }
    if (low == high) {
        low -= 1;
        high += 1;
    }
    for (int64_t i = 0; i < count; i++) {
        if (x[i] >= low && x[i] <= high) {
            int64_t bin = (int64_t)((x[i] - low) / (high - low) * (double)bins);
            counts[bin == bins ? bins - 1 : bin]++;
        }
    }
    rg__tensor_write_real(&call->results[0], counts);
    return call->status;
}

/* ---- elementwise ---- */

/* clamp with tensors as bounds, either of which may be missing; NaN wins. */
rg_status rg__compute_clamp_tensor(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *bounds[2] = {rg__kernel_optional(call, 1), rg__kernel_optional(call, 2)};
    const rg_tensor *result = &call->results[0];
    rg_loop loop;
    rg__loop_init(&loop, result->rank, result->sizes);
    (void)rg__loop_add(&loop, result);
    for (size_t i = 0; i < 3 && call->status == RG_OK; i++) {
        const rg_tensor *operand = i == 0 || bounds[i - 1] == NULL ? self : bounds[i - 1];
        if (!rg__loop_add(&loop, operand)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "the bounds do not fit");
        }
    }
    while (call->status == RG_OK && rg__loop_next_element(&loop)) {
        double x = rg__tensor_real_at(self, loop.position[1]);
        for (size_t i = 0; i < 2; i++) {
            double bound = bounds[i] == NULL ? x : rg__tensor_real_at(bounds[i], loop.position[2 + i]);
            bool beyond = i == 0 ? x < bound : x > bound;
            x = isnan(x) ? x : isnan(bound) || beyond ? bound : x;
        }
        rg__store_real(rg__element_at(result, loop.position[0]), result->dtype, 1, &x, 1);
    }
    return call->status;
}

rg_status rg__compute_atan2_out(rg_kernel_call *call)
{
    const rg_tensor *to = rg__kernel_tensor(call, 2);
    const rg_tensor *y = rg__kernel_tensor(call, 0);
    const rg_tensor *x = rg__kernel_tensor(call, 1);
    rg_loop loop;
    if (call->status != RG_OK) {
        return call->status;
    }
    rg__loop_init(&loop, to->rank, to->sizes);
    (void)rg__loop_add(&loop, to);
    if (!rg__loop_add(&loop, y) || !rg__loop_add(&loop, x)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the operands do not fit what is written");
    }
    while (rg__loop_next_element(&loop)) {
        double value = atan2(rg__tensor_real_at(y, loop.position[1]), rg__tensor_real_at(x, loop.position[2]));
        rg__store_real(rg__element_at(to, loop.position[0]), to->dtype, 1, &value, 1);
    }
    return rg__kernel_answer_alias(call, to);
}
