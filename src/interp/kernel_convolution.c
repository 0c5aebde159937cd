/*
 * kernel_convolution.c: convolutions and their gradients. Forward, each image is unrolled into a matrix of what the
 * windows see, and multiplied; the rarer transposed convolution and the gradients add up their products one by one.
 */
#include "interp/kernel_functions.h"
#include "interp/product.h"
#include "interp/window.h"

typedef struct convolution {
    rg_window window;
    size_t batch;
    size_t in_channels;
    size_t out_channels;
    size_t groups;
    size_t in_pixels;
    size_t out_pixels;
    size_t taps;
    bool transposed;
} convolution;

/* "same" pads such that the sizes stay, the odd element behind; "valid" not at all. */
static void read_padding(rg_kernel_call *call, size_t index, uint32_t dims, rg_window *window)
{
    bool text = index < call->argument_count && call->arguments[index].kind == RG_DATUM_CONSTANT;
    if (!text) {
        rg__window_read(call, index, dims, 0, window->padding);
        return;
    }
    bool same = rg_string_equal(rg__kernel_text(call, index), rg_string_from("same"));
    for (uint32_t i = 0; i < RG_WINDOW_DIMS; i++) {
        window->padding[i] = same ? window->dilation[i] * (window->kernel[i] - 1) / 2 : 0;
    }
}

static bool flag(rg_kernel_call *call, const char *name)
{
    size_t index = rg__kernel_find(call, name);
    return rg__kernel_has(call, index) && rg__kernel_truth(call, index);
}

/* What the arguments say; `image` is the input, `result` what comes out of the forward op. */
static bool describe(rg_kernel_call *call, convolution *out, const rg_tensor *image, const rg_tensor *weight,
                     const rg_tensor *result)
{
    if (call->status != RG_OK || weight->rank < 3 || weight->rank > 2 + RG_WINDOW_DIMS ||
        image->rank + 1 < weight->rank || image->rank > weight->rank || result->rank != image->rank) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the weight does not fit the input");
        return false;
    }
    uint32_t dims = weight->rank - 2;
    rg_window *window = &out->window;
    rg__window_sizes(image, dims, window->in);
    rg__window_sizes(result, dims, window->out);
    rg__window_sizes(weight, dims, window->kernel);
    rg__window_read(call, rg__kernel_find(call, "stride"), dims, 1, window->stride);
    rg__window_read(call, rg__kernel_find(call, "dilation"), dims, 1, window->dilation);
    read_padding(call, rg__kernel_find(call, "padding"), dims, window);
    out->batch = image->rank == dims + 2 ? (size_t)image->sizes[0] : 1;
    out->in_channels = (size_t)image->sizes[image->rank - dims - 1];
    out->out_channels = (size_t)result->sizes[result->rank - dims - 1];
    out->groups = (size_t)rg__kernel_integer(call, rg__kernel_find(call, "groups"));
    out->in_pixels = rg__window_count(window->in);
    out->out_pixels = rg__window_count(window->out);
    out->taps = rg__window_count(window->kernel);
    size_t first = out->transposed ? out->in_channels : out->out_channels;
    size_t second = out->transposed ? out->out_channels : out->in_channels;
    if (call->status == RG_OK &&
        (out->groups == 0 || first % out->groups != 0 || second != (size_t)weight->sizes[1] * out->groups ||
         first != (size_t)weight->sizes[0])) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the channels of input, weight and groups do not fit");
    }
    return call->status == RG_OK;
}

/* What the windows of one image see in the channels of one group: [channels * taps][places]. */
static void unroll(const convolution *job, const double *image, float *out)
{
    size_t channels = job->in_channels / job->groups;
    for (size_t channel = 0; channel < channels; channel++) {
        for (size_t tap = 0; tap < job->taps; tap++) {
            float *row = out + (channel * job->taps + tap) * job->out_pixels;
            for (size_t place = 0; place < job->out_pixels; place++) {
                size_t element;
                bool inside = rg__window_meets(&job->window, place, tap, &element);
                row[place] = inside ? (float)image[channel * job->in_pixels + element] : 0;
            }
        }
    }
}

static void forward_single(rg_kernel_call *call, const convolution *job, const double *image, const double *weight,
                           double *out)
{
    size_t depth = job->in_channels / job->groups * job->taps;
    size_t rows = job->out_channels / job->groups;
    float *columns = RG_KERNEL_ARRAY(call, float, depth * job->out_pixels + 1);
    float *matrix = RG_KERNEL_ARRAY(call, float, job->out_channels *depth + 1);
    if (columns == NULL || matrix == NULL) {
        return;
    }
    for (size_t i = 0; i < job->out_channels * depth; i++) {
        matrix[i] = (float)weight[i];
    }
    for (size_t n = 0; n < job->batch; n++) {
        for (size_t group = 0; group < job->groups; group++) {
            unroll(job, image + (n * job->in_channels + group * (job->in_channels / job->groups)) * job->in_pixels,
                   columns);
            rg__multiply_single(out + (n * job->out_channels + group * rows) * job->out_pixels,
                                matrix + group * rows * depth, columns, rows, job->out_pixels, depth);
        }
    }
}

/* ---- product by product ---- */

/* Calls `visit` for each product of the forward op: the elements of image, weight and result that it is of. */
typedef struct products {
    const double *image;
    const double *weight;
    const double *result;
    double *image_sum; /* those that are not NULL are added to */
    double *weight_sum;
    double *result_sum;
} products;

/* The window slides over `wide` and gives `narrow`: input and result, or the other way round when transposed. */
static void visit_plane(const rg_window *window, const products *data, size_t taps, size_t wide, size_t narrow,
                        size_t weight, bool transposed)
{
    size_t places = rg__window_count(window->out);
    for (size_t place = 0; place < places; place++) {
        for (size_t tap = 0; tap < taps; tap++) {
            size_t element;
            if (!rg__window_meets(window, place, tap, &element)) {
                continue;
            }
            size_t image = transposed ? narrow + place : wide + element;
            size_t result = transposed ? wide + element : narrow + place;
            if (data->image_sum != NULL) {
                data->image_sum[image] += data->weight[weight + tap] * data->result[result];
            }
            if (data->weight_sum != NULL) {
                data->weight_sum[weight + tap] += data->image[image] * data->result[result];
            }
            if (data->result_sum != NULL) {
                data->result_sum[result] += data->image[image] * data->weight[weight + tap];
            }
        }
    }
}

static void visit_products(const convolution *job, const products *data)
{
    rg_window window = job->window;
    size_t in_channels = job->in_channels / job->groups;
    size_t out_channels = job->out_channels / job->groups;
    if (job->transposed) {
        memcpy(window.in, job->window.out, sizeof(window.in));
        memcpy(window.out, job->window.in, sizeof(window.out));
    }
    for (size_t n = 0; n < job->batch; n++) {
        for (size_t group = 0; group < job->groups; group++) {
            for (size_t i = 0; i < in_channels * out_channels; i++) {
                size_t in = group * in_channels + i / out_channels;
                size_t out = group * out_channels + i % out_channels;
                size_t image = (n * job->in_channels + in) * job->in_pixels;
                size_t result = (n * job->out_channels + out) * job->out_pixels;
                size_t weight =
                    job->transposed ? in * out_channels + i % out_channels : out * in_channels + i / out_channels;
                visit_plane(&window, data, job->taps, job->transposed ? result : image,
                            job->transposed ? image : result, weight * job->taps, job->transposed);
            }
        }
    }
}

/* ---- kernels ---- */

static void add_bias(const convolution *job, const double *bias, double *out)
{
    for (size_t i = 0; bias != NULL && i < job->batch * job->out_channels * job->out_pixels; i++) {
        out[i] += bias[i / job->out_pixels % job->out_channels];
    }
}

static rg_status convolve(rg_kernel_call *call, bool transposed)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    const rg_tensor *weight = rg__kernel_tensor(call, 1);
    const rg_tensor *bias = rg__kernel_optional(call, 2);
    convolution job = {.transposed = transposed};
    if (call->result_count != 1 || !describe(call, &job, input, weight, &call->results[0])) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    double *image = rg__kernel_read_real(call, input);
    double *factors = rg__kernel_read_real(call, weight);
    double *biases = rg__kernel_read_real(call, bias);
    double *out = RG_KERNEL_ARRAY(call, double, job.batch *job.out_channels *job.out_pixels + 1);
    if (call->status != RG_OK || (bias != NULL && (size_t)rg__tensor_count(bias) != job.out_channels)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the bias does not fit the channels");
    }
    if (!transposed && rg__dtype_is_single(input->dtype)) {
        forward_single(call, &job, image, factors, out);
    } else {
        products data = {.image = image, .weight = factors, .result_sum = out};
        visit_products(&job, &data);
    }
    add_bias(&job, biases, out);
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], out);
    }
    return call->status;
}

rg_status rg__compute_convolution(rg_kernel_call *call)
{
    return convolve(call, flag(call, "transposed"));
}

rg_status rg__compute_convolution_transposed(rg_kernel_call *call)
{
    return convolve(call, true);
}

/* grad_output, input, weight, ...; results: gradients of input, weight and bias, as the mask asks. */
rg_status rg__compute_convolution_backward(rg_kernel_call *call)
{
    const rg_tensor *gradient = rg__kernel_tensor(call, 0);
    const rg_tensor *input = rg__kernel_tensor(call, 1);
    const rg_tensor *weight = rg__kernel_tensor(call, 2);
    convolution job = {.transposed = flag(call, "transposed")};
    if (call->status != RG_OK || call->result_count != 3 || !describe(call, &job, input, weight, gradient)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its results' types are not known");
    }
    double *outs[3] = {NULL, NULL, NULL};
    for (size_t i = 0; i < 3; i++) {
        if (call->results[i].storage != NULL) {
            outs[i] = RG_KERNEL_ARRAY(call, double, rg__tensor_count(&call->results[i]) + 1);
        }
    }
    products data = {.image = rg__kernel_read_real(call, input),
                     .weight = rg__kernel_read_real(call, weight),
                     .result = rg__kernel_read_real(call, gradient),
                     .image_sum = outs[0],
                     .weight_sum = outs[1]};
    if (data.image == NULL || data.weight == NULL || data.result == NULL || call->status != RG_OK) {
        return call->status;
    }
    visit_products(&job, &data);
    for (size_t i = 0; outs[2] != NULL && i < job.batch * job.out_channels * job.out_pixels; i++) {
        outs[2][i / job.out_pixels % job.out_channels] += data.result[i];
    }
    for (size_t i = 0; i < 3; i++) {
        if (outs[i] != NULL) {
            rg__tensor_write_real(&call->results[i], outs[i]);
        }
    }
    return call->status;
}
