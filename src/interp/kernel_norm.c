/*
 * kernel_norm.c: layer, RMS, group, batch and instance norm. All of them are one walk: the elements are split into sets
 * that share a mean and a variance, and each element has a channel that its weight and bias belong to.
 */
#include <math.h>

#include "interp/kernel_functions.h"

/* The mean and the variance, divided by the count, of numbers. */
static void moments(const double *x, size_t n, double *mean, double *variance)
{
    double sum = 0;
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
    }
    *mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        squares += (x[i] - *mean) * (x[i] - *mean);
    }
    *variance = squares / (double)n;
}

static const double *read_optional(rg_kernel_call *call, size_t index, size_t count)
{
    const rg_tensor *tensor = rg__kernel_optional(call, index);
    if (tensor == NULL) {
        return NULL;
    }
    if ((size_t)rg__tensor_count(tensor) != count) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a weight, bias or statistic of %lld elements; %zu are needed",
                              (long long)rg__tensor_count(tensor), count);
        return NULL;
    }
    double *out = RG_KERNEL_ARRAY(call, double, count + 1);
    if (out != NULL) {
        rg__tensor_read_real(out, tensor);
    }
    return out;
}

/* Write to a result, if there is one of that many elements. */
static void write_statistic(rg_kernel_call *call, size_t result, const double *values, size_t count)
{
    if (result < call->result_count && call->results[result].storage != NULL &&
        (size_t)rg__tensor_count(&call->results[result]) == count) {
        rg__tensor_write_real(&call->results[result], values);
    }
}

static double *read_input(rg_kernel_call *call, const rg_tensor **input)
{
    *input = rg__kernel_tensor(call, 0);
    double *x = *input == NULL ? NULL : RG_KERNEL_ARRAY(call, double, rg__tensor_count(*input) + 1);
    if (x != NULL) {
        rg__tensor_read_real(x, *input);
    }
    return x;
}

/* ---- over the last dimensions ---- */

static size_t normalized_width(rg_kernel_call *call)
{
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint32_t count = 0;
    size_t width = 1;
    rg__kernel_integers(call, 1, sizes, RG_TENSOR_MAX_RANK, &count);
    for (uint32_t i = 0; i < count; i++) {
        width *= (size_t)sizes[i];
    }
    return width;
}

rg_status rg__compute_layer_norm(rg_kernel_call *call)
{
    const rg_tensor *input;
    double *x = read_input(call, &input);
    size_t width = normalized_width(call);
    const double *weight = read_optional(call, 2, width);
    const double *bias = read_optional(call, 3, width);
    double epsilon = rg__kernel_real(call, 4);
    size_t count = x == NULL ? 0 : (size_t)rg__tensor_count(input);
    if (call->status != RG_OK || width == 0 || count % width != 0) {
        return call->status != RG_OK || count == 0
                   ? call->status
                   : rg__kernel_fail(call, RG_ERROR_TYPE, "the normalised shape does not fit the input");
    }
    size_t rows = count / width;
    double *means = RG_KERNEL_ARRAY(call, double, rows + 1);
    double *scales = RG_KERNEL_ARRAY(call, double, rows + 1);
    for (size_t row = 0; row < rows && means != NULL && scales != NULL; row++) {
        double variance;
        moments(x + row * width, width, &means[row], &variance);
        scales[row] = 1 / sqrt(variance + epsilon);
        for (size_t i = 0; i < width; i++) {
            double value = (x[row * width + i] - means[row]) * scales[row];
            x[row * width + i] = value * (weight != NULL ? weight[i] : 1) + (bias != NULL ? bias[i] : 0);
        }
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], x);
        write_statistic(call, 1, means, rows);
        write_statistic(call, 2, scales, rows);
    }
    return call->status;
}

/* rms_norm and _fused_rms_norm; without an epsilon it is that of the dtype. */
rg_status rg__compute_rms_norm(rg_kernel_call *call)
{
    const rg_tensor *input;
    double *x = read_input(call, &input);
    size_t width = normalized_width(call);
    const double *weight = read_optional(call, 2, width);
    size_t count = x == NULL ? 0 : (size_t)rg__tensor_count(input);
    if (call->status != RG_OK || width == 0 || count % width != 0) {
        return call->status != RG_OK || count == 0
                   ? call->status
                   : rg__kernel_fail(call, RG_ERROR_TYPE, "the normalised shape does not fit the input");
    }
    double epsilon = rg__kernel_has(call, 3) ? rg__kernel_real(call, 3) : rg__dtype_epsilon(input->dtype);
    size_t rows = count / width;
    double *scales = RG_KERNEL_ARRAY(call, double, rows + 1);
    for (size_t row = 0; row < rows && scales != NULL; row++) {
        double sum = 0;
        for (size_t i = 0; i < width; i++) {
            sum += x[row * width + i] * x[row * width + i];
        }
        scales[row] = 1 / sqrt(sum / (double)width + epsilon);
        for (size_t i = 0; i < width; i++) {
            x[row * width + i] *= scales[row] * (weight != NULL ? weight[i] : 1);
        }
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], x);
        write_statistic(call, 1, scales, rows);
    }
    return call->status;
}

/* ---- over groups of channels ---- */

static rg_status group_norm(rg_kernel_call *call, int64_t groups, size_t weight_index, double epsilon)
{
    const rg_tensor *input;
    double *x = read_input(call, &input);
    if (x == NULL || input->rank < 2 || groups < 1 || input->sizes[1] % groups != 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the channels cannot be split into the groups");
    }
    size_t channels = (size_t)input->sizes[1];
    const double *weight = read_optional(call, weight_index, channels);
    const double *bias = read_optional(call, weight_index + 1, channels);
    size_t sets = (size_t)(input->sizes[0] * groups);
    size_t count = (size_t)rg__tensor_count(input);
    size_t set = sets == 0 ? 0 : count / sets;
    size_t pixels = set * (size_t)groups / channels;
    double *means = RG_KERNEL_ARRAY(call, double, sets + 1);
    double *scales = RG_KERNEL_ARRAY(call, double, sets + 1);
    for (size_t k = 0; k < sets && call->status == RG_OK && set > 0; k++) {
        double variance;
        moments(x + k * set, set, &means[k], &variance);
        scales[k] = 1 / sqrt(variance + epsilon);
        for (size_t i = k * set; i < (k + 1) * set; i++) {
            size_t channel = i / pixels % channels;
            double value = (x[i] - means[k]) * scales[k];
            x[i] = value * (weight != NULL ? weight[channel] : 1) + (bias != NULL ? bias[channel] : 0);
        }
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], x);
        write_statistic(call, 1, means, sets);
        write_statistic(call, 2, scales, sets);
    }
    return call->status;
}

rg_status rg__compute_group_norm(rg_kernel_call *call)
{
    return group_norm(call, rg__kernel_integer(call, 1), 2, rg__kernel_real(call, 4));
}

rg_status rg__compute_native_group_norm(rg_kernel_call *call)
{
    return group_norm(call, rg__kernel_integer(call, 6), 1, rg__kernel_real(call, 7));
}

/* ---- over all elements of a channel ---- */

typedef struct batch_job {
    double *x;
    size_t batch;
    size_t channels;
    size_t pixels;
    const double *weight;
    const double *bias;
    double epsilon;
} batch_job;

/* The elements of a channel, of all images. */
static void gather_channel(const batch_job *job, size_t channel, double *out)
{
    for (size_t image = 0; image < job->batch; image++) {
        const double *from = job->x + (image * job->channels + channel) * job->pixels;
        memcpy(out + image * job->pixels, from, job->pixels * sizeof(double));
    }
}

static void normalise_channel(const batch_job *job, size_t channel, double mean, double variance)
{
    double scale = 1 / sqrt(variance + job->epsilon);
    for (size_t image = 0; image < job->batch; image++) {
        double *x = job->x + (image * job->channels + channel) * job->pixels;
        for (size_t i = 0; i < job->pixels; i++) {
            double value = (x[i] - mean) * scale;
            x[i] =
                value * (job->weight != NULL ? job->weight[channel] : 1) + (job->bias != NULL ? job->bias[channel] : 0);
        }
    }
}

static bool prepare_batch(rg_kernel_call *call, batch_job *job)
{
    const rg_tensor *input;
    job->x = read_input(call, &input);
    if (job->x == NULL || input->rank < 2) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a batch of channels is needed");
        return false;
    }
    job->batch = (size_t)input->sizes[0];
    job->channels = (size_t)input->sizes[1];
    size_t count = (size_t)rg__tensor_count(input);
    job->pixels = job->batch * job->channels == 0 ? 0 : count / (job->batch * job->channels);
    job->weight = read_optional(call, rg__kernel_find(call, "weight"), job->channels);
    job->bias = read_optional(call, rg__kernel_find(call, "bias"), job->channels);
    job->epsilon = rg__kernel_real(call, rg__kernel_find(call, "eps"));
    return call->status == RG_OK;
}

static bool is_training(rg_kernel_call *call)
{
    size_t index = rg__kernel_find(call, "training");
    if (index < call->argument_count) {
        return rg__kernel_truth(call, index);
    }
    return strcmp(call->row->name, "aten._batch_norm_with_update.default") == 0;
}

/* New running statistics; results 3 and 4 of the functional form, else written in place. */
static void update_running(rg_kernel_call *call, const double *values, const char *argument, size_t result)
{
    const rg_tensor *running = rg__kernel_optional(call, rg__kernel_find(call, argument));
    bool functional = strcmp(call->row->name, "aten._native_batch_norm_legit_functional.default") == 0;
    if (running == NULL) {
        return;
    }
    if (functional) {
        write_statistic(call, result, values, (size_t)rg__tensor_count(running));
    } else {
        rg__tensor_write_real(running, values);
    }
}

rg_status rg__compute_batch_norm(rg_kernel_call *call)
{
    batch_job job;
    if (!prepare_batch(call, &job)) {
        return call->status;
    }
    size_t channels = job.channels;
    size_t count = job.batch * job.pixels;
    bool training = is_training(call);
    double momentum = rg__kernel_real(call, rg__kernel_find(call, "momentum"));
    const double *old_mean = read_optional(call, rg__kernel_find(call, "running_mean"), channels);
    const double *old_variance = read_optional(call, rg__kernel_find(call, "running_var"), channels);
    double *room = RG_KERNEL_ARRAY(call, double, count + 1);
    double *statistics = RG_KERNEL_ARRAY(call, double, 4 * channels + 1);
    if (call->status != RG_OK || (!training && (old_mean == NULL || old_variance == NULL))) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "running statistics are needed when not training");
    }
    double *means = statistics;
    double *scales = statistics + channels;
    double *new_mean = statistics + 2 * channels;
    double *new_variance = statistics + 3 * channels;
    for (size_t channel = 0; channel < channels; channel++) {
        double mean = training ? 0 : old_mean[channel];
        double variance = training ? 0 : old_variance[channel];
        new_mean[channel] = old_mean != NULL ? old_mean[channel] : 0;
        new_variance[channel] = old_variance != NULL ? old_variance[channel] : 0;
        if (training) {
            gather_channel(&job, channel, room);
            moments(room, count, &mean, &variance);
            double unbiased = count > 1 ? variance * (double)count / (double)(count - 1) : variance;
            new_mean[channel] = momentum * mean + (1 - momentum) * new_mean[channel];
            new_variance[channel] = momentum * unbiased + (1 - momentum) * new_variance[channel];
        }
        normalise_channel(&job, channel, mean, variance);
        means[channel] = mean;
        scales[channel] = 1 / sqrt(variance + job.epsilon);
    }
    rg__tensor_write_real(&call->results[0], job.x);
    write_statistic(call, 1, means, channels);
    write_statistic(call, 2, scales, channels);
    update_running(call, new_mean, "running_mean", 3);
    update_running(call, new_variance, "running_var", 4);
    return call->status;
}

/* Each image on its own; running statistics are not updated. */
rg_status rg__compute_instance_norm(rg_kernel_call *call)
{
    batch_job job;
    if (!prepare_batch(call, &job)) {
        return call->status;
    }
    size_t use = rg__kernel_find(call, "use_input_stats");
    const double *mean = read_optional(call, rg__kernel_find(call, "running_mean"), job.channels);
    const double *variance = read_optional(call, rg__kernel_find(call, "running_var"), job.channels);
    bool own = rg__kernel_truth(call, use) || mean == NULL || variance == NULL;
    if (own && mean != NULL) {
        return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "updating running statistics is not done");
    }
    double *all = job.x;
    size_t images = job.batch;
    job.batch = 1;
    for (size_t image = 0; image < images && call->status == RG_OK; image++) {
        job.x = all + image * job.channels * job.pixels;
        for (size_t channel = 0; channel < job.channels; channel++) {
            double m = own ? 0 : mean[channel];
            double v = own ? 0 : variance[channel];
            if (own) {
                moments(job.x + channel * job.pixels, job.pixels, &m, &v);
            }
            normalise_channel(&job, channel, m, v);
        }
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], all);
    }
    return call->status;
}
