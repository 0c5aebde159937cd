/*
 * kernel_dropout.c: dropout of elements and of whole channels. Which ones are kept follows from the stream of random
 * numbers that kernel_factory.c describes.
 */
#include <math.h>

#include "interp/kernel_functions.h"

/* Inputs survive with probability 1 - p and are scaled by its inverse; `mask` may be NULL. */
static void drop_out(rg_kernel_call *call, const rg_tensor *to, const rg_tensor *mask, const rg_tensor *input, double p)
{
    uint64_t stream = rg__kernel_random_stream(call);
    uint64_t index = 0;
    rg_loop loop;
    rg__loop_init(&loop, input->rank, input->sizes);
    (void)rg__loop_add(&loop, to);
    (void)rg__loop_add(&loop, input);
    (void)rg__loop_add(&loop, mask == NULL ? to : mask);
    while (rg__loop_next_element(&loop)) {
        bool kept = rg__random_uniform(stream, index++) >= p;
        double value = kept ? rg__tensor_real_at(input, loop.position[1]) / (1 - p) : 0;
        double truth = kept;
        rg__store_real(rg__element_at(to, loop.position[0]), to->dtype, 1, &value, 1);
        if (mask != NULL) {
            rg__store_real(rg__element_at(mask, loop.position[2]), mask->dtype, 1, &truth, 1);
        }
    }
}

/* Without training the result is the input itself. */
rg_status rg__compute_dropout(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    double p = rg__kernel_real(call, 1);
    bool train = rg__kernel_truth(call, 2);
    if (call->status != RG_OK || !train || p == 0) {
        return rg__kernel_answer_alias(call, input);
    }
    rg_tensor *result = rg__kernel_add_result(call, input->dtype, input->rank, input->sizes);
    if (result != NULL) {
        drop_out(call, result, NULL, input, p);
    }
    return call->status;
}

rg_status rg__compute_dropout_in_place(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    double p = rg__kernel_real(call, 1);
    if (call->status == RG_OK && rg__kernel_truth(call, 2)) {
        drop_out(call, input, NULL, input, p);
    }
    return call->status == RG_OK ? rg__kernel_answer_alias(call, input) : call->status;
}

rg_status rg__compute_native_dropout(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    double p = rg__kernel_real(call, 1);
    bool train = !rg__kernel_has(call, 2) || rg__kernel_truth(call, 2);
    if (call->status == RG_OK && call->results != NULL && call->result_count == 2) {
        drop_out(call, &call->results[0], &call->results[1], input, train ? p : 0);
    }
    return call->status;
}

/* What is not kept becomes the value that SELU has for minus infinity, and the whole is brought back to the mean and
 * the variance that it had. One draw decides for a channel (`whole`), which is all behind the first two dimensions, or
 * for an element. */
typedef struct channel_dropout {
    bool whole;
    bool alpha;
} channel_dropout;

static rg_status drop_channels(rg_kernel_call *call, const rg_tensor *to, const channel_dropout *how)
{
    static const double lowest = 1.7580993408473766; /* the scale of SELU times its alpha */
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    double p = rg__kernel_real(call, 1);
    uint64_t stream = rg__kernel_random_stream(call);
    int64_t inner = 1;
    if (call->status != RG_OK || (how->whole && input->rank < 2)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a batch of channels is needed");
    }
    for (uint32_t i = 2; how->whole && i < input->rank; i++) {
        inner *= input->sizes[i];
    }
    double a = 1 / sqrt((lowest * lowest * p + 1) * (1 - p));
    double *x = rg__kernel_read_real(call, input);
    for (int64_t i = 0; i < rg__tensor_count(input) && x != NULL; i++) {
        bool kept = rg__random_uniform(stream, (uint64_t)(i / inner)) >= p;
        double dropped = how->alpha ? -lowest : 0;
        double value = kept ? x[i] : dropped;
        x[i] = how->alpha ? (p < 1 ? a * value + a * lowest * p : 0) : p < 1 ? value / (1 - p) : 0;
    }
    if (x != NULL) {
        rg__tensor_write_real(to, x);
    }
    return call->status;
}

/* Without training the result is the input itself. */
static rg_status dropout_of(rg_kernel_call *call, bool in_place, channel_dropout how)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    bool train = rg__kernel_truth(call, 2);
    if (call->status != RG_OK || !train || rg__kernel_real(call, 1) == 0) {
        return rg__kernel_answer_alias(call, input);
    }
    const rg_tensor *to = in_place ? input : rg__kernel_add_result(call, input->dtype, input->rank, input->sizes);
    if (to == NULL || drop_channels(call, to, &how) != RG_OK || !in_place) {
        return call->status;
    }
    return rg__kernel_answer_alias(call, input);
}

rg_status rg__compute_feature_dropout(rg_kernel_call *call)
{
    return dropout_of(call, false, (channel_dropout){true, false});
}

rg_status rg__compute_feature_dropout_in_place(rg_kernel_call *call)
{
    return dropout_of(call, true, (channel_dropout){true, false});
}

rg_status rg__compute_alpha_dropout(rg_kernel_call *call)
{
    return dropout_of(call, false, (channel_dropout){false, true});
}

rg_status rg__compute_alpha_dropout_in_place(rg_kernel_call *call)
{
    return dropout_of(call, true, (channel_dropout){false, true});
}
