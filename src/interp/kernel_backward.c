/*
 * kernel_backward.c: gradients of norms and of embeddings. Those of convolutions and pooling stand with these.
 */
#include "interp/kernel_functions.h"

/* A set of elements that share a mean and a scale, and the channel of each. */
typedef struct norm_sets {
    size_t sets;
    size_t size;     /* of a set */
    size_t channels; /* that weight and bias have */
    size_t repeat;   /* elements in a row that have one channel */
} norm_sets;

/* With n = (x - mean) * scale and g the gradient times the weight, the input's gradient is
 * scale * (g - mean(g) - n * mean(g * n)). */
static void backward(rg_kernel_call *call, const norm_sets *job, size_t weight_index)
{
    const double *gradient = rg__kernel_read_real(call, rg__kernel_tensor(call, 0));
    const double *x = rg__kernel_read_real(call, rg__kernel_tensor(call, 1));
    const double *means = rg__kernel_read_real(call, rg__kernel_tensor(call, rg__kernel_find(call, "mean")));
    const double *scales = rg__kernel_read_real(call, rg__kernel_tensor(call, rg__kernel_find(call, "rstd")));
    const double *weight = rg__kernel_read_real(call, rg__kernel_optional(call, weight_index));
    size_t count = job->sets * job->size;
    double *outs[3] = {RG_KERNEL_ARRAY(call, double, count + 1), RG_KERNEL_ARRAY(call, double, job->channels + 1),
                       RG_KERNEL_ARRAY(call, double, job->channels + 1)};
    for (size_t set = 0; set < job->sets && call->status == RG_OK; set++) {
        double mean_gradient = 0;
        double mean_product = 0;
        for (size_t i = set * job->size; i < (set + 1) * job->size; i++) {
            size_t channel = i / job->repeat % job->channels;
            double normed = (x[i] - means[set]) * scales[set];
            double weighted = gradient[i] * (weight != NULL ? weight[channel] : 1);
            mean_gradient += weighted / (double)job->size;
            mean_product += weighted * normed / (double)job->size;
            outs[1][channel] += gradient[i] * normed;
            outs[2][channel] += gradient[i];
        }
        for (size_t i = set * job->size; i < (set + 1) * job->size; i++) {
            double normed = (x[i] - means[set]) * scales[set];
            double weighted = gradient[i] * (weight != NULL ? weight[i / job->repeat % job->channels] : 1);
            outs[0][i] = scales[set] * (weighted - mean_gradient - normed * mean_product);
        }
    }
    for (size_t i = 0; i < 3 && i < call->result_count && call->status == RG_OK; i++) {
        if (call->results[i].storage != NULL) {
            rg__tensor_write_real(&call->results[i], outs[i]);
        }
    }
}

rg_status rg__compute_layer_norm_backward(rg_kernel_call *call)
{
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint32_t count = 0;
    size_t width = 1;
    const rg_tensor *input = rg__kernel_tensor(call, 1);
    rg__kernel_integers(call, 2, sizes, RG_TENSOR_MAX_RANK, &count);
    for (uint32_t i = 0; i < count; i++) {
        width *= (size_t)sizes[i];
    }
    if (input == NULL || width == 0 || (size_t)rg__tensor_count(input) % width != 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the normalised shape does not fit the input");
    }
    norm_sets job = {(size_t)rg__tensor_count(input) / width, width, width, 1};
    backward(call, &job, 5);
    return call->status;
}

rg_status rg__compute_group_norm_backward(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 1);
    int64_t batch = rg__kernel_integer(call, 5);
    int64_t channels = rg__kernel_integer(call, 6);
    int64_t pixels = rg__kernel_integer(call, 7);
    int64_t groups = rg__kernel_integer(call, 8);
    if (call->status != RG_OK || batch < 1 || channels < 1 || pixels < 1 || groups < 1 || channels % groups != 0 ||
        batch * channels * pixels != rg__tensor_count(input)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the sizes named do not fit the input");
    }
    norm_sets job = {(size_t)(batch * groups), (size_t)(channels / groups * pixels), (size_t)channels, (size_t)pixels};
    backward(call, &job, 4);
    return call->status;
}

/* The gradients of each row of the weight, added up; those of the padding row are left out. */
rg_status rg__compute_embedding_backward(rg_kernel_call *call)
{
    const rg_tensor *indices = rg__kernel_tensor(call, 1);
    const double *gradient = rg__kernel_read_real(call, rg__kernel_tensor(call, 0));
    int64_t rows = rg__kernel_integer(call, 2);
    int64_t padding = rg__kernel_integer(call, 3);
    bool by_frequency = rg__kernel_truth(call, 4);
    if (call->status != RG_OK || call->result_count != 1 || call->results[0].rank != 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    size_t width = (size_t)call->results[0].sizes[1];
    double *out = RG_KERNEL_ARRAY(call, double, (uint64_t)rows *width + 1);
    double *counts = RG_KERNEL_ARRAY(call, double, rows + 1);
    for (uint64_t i = 0; call->status == RG_OK && i < rg_tensor_count(indices); i++) {
        int64_t row = (int64_t)rg_tensor_get(indices, i);
        if (row < 0 || row >= rows) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "index %lld of %lld rows", (long long)row, (long long)rows);
        }
        counts[row]++;
        for (size_t k = 0; k < width && row != padding; k++) {
            out[(size_t)row * width + k] += gradient[i * width + k];
        }
    }
    for (size_t i = 0; by_frequency && i < (size_t)rows * width; i++) {
        out[i] /= counts[i / width] > 0 ? counts[i / width] : 1;
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], out);
    }
    return call->status;
}
