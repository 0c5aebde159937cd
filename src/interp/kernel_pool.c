/*
 * kernel_pool.c: pooling and its gradients. All of it goes image by image: each plane of the input, the last
 * dimensions, gives a plane of the result.
 */
#include <math.h>

#include "interp/kernel_functions.h"
#include "interp/window.h"

typedef struct pooling {
    rg_window window;
    uint32_t dims;
    size_t planes;
    size_t in_pixels;
    size_t out_pixels;
    double *in;
    double *out;
} pooling;

/* How many dimensions the images of an op have: its name says it, "aten.max_pool2d...". */
static uint32_t dims_of(const rg_kernel_call *call)
{
    const char *digit = strpbrk(strstr(call->row->name, "pool"), "123");
    return digit == NULL ? 2 : (uint32_t)(*digit - '0');
}

static bool describe(rg_kernel_call *call, pooling *job, const rg_tensor *image, const rg_tensor *result)
{
    job->dims = dims_of(call);
    if (call->status != RG_OK || image->rank < job->dims || result->rank != image->rank) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the input has too few dimensions");
        return false;
    }
    rg__window_sizes(image, job->dims, job->window.in);
    rg__window_sizes(result, job->dims, job->window.out);
    job->in_pixels = rg__window_count(job->window.in);
    job->out_pixels = rg__window_count(job->window.out);
    job->planes = job->in_pixels == 0 ? 0 : (size_t)rg__tensor_count(image) / job->in_pixels;
    job->in = RG_KERNEL_ARRAY(call, double, job->planes * job->in_pixels + 1);
    job->out = RG_KERNEL_ARRAY(call, double, job->planes * job->out_pixels + 1);
    return call->status == RG_OK;
}

/* Without a stride windows stand side by side. */
static bool read_window(rg_kernel_call *call, pooling *job)
{
    size_t stride = rg__kernel_find(call, "stride");
    size_t dilation = rg__kernel_find(call, "dilation");
    bool has_stride = rg__kernel_has(call, stride) &&
                      (call->arguments[stride].kind != RG_DATUM_TUPLE || rg__kernel_item_count(call, stride) > 0);
    rg_window *window = &job->window;
    rg__window_read(call, rg__kernel_find(call, "kernel_size"), job->dims, 1, window->kernel);
    rg__window_read(call, has_stride ? stride : rg__kernel_find(call, "kernel_size"), job->dims, 1, window->stride);
    rg__window_read(call, rg__kernel_find(call, "padding"), job->dims, 0, window->padding);
    for (size_t i = 0; i < RG_WINDOW_DIMS; i++) {
        window->dilation[i] = 1;
    }
    if (rg__kernel_has(call, dilation)) {
        rg__window_read(call, dilation, job->dims, 1, window->dilation);
    }
    return call->status == RG_OK;
}

/* ---- maxima ---- */

/* What is written beside the maxima: nothing, their places in the plane, or in the window. */
typedef enum places { NO_PLACES, IN_PLANE, IN_WINDOW } places;

static rg_status max_pool(rg_kernel_call *call, places kind)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    pooling job;
    memset(&job, 0, sizeof(job));
    if (!describe(call, &job, self, &call->results[0]) || !read_window(call, &job)) {
        return call->status;
    }
    double *found = RG_KERNEL_ARRAY(call, double, job.planes *job.out_pixels + 1);
    if (found == NULL) {
        return call->status;
    }
    rg__tensor_read_real(job.in, self);
    size_t taps = rg__window_count(job.window.kernel);
    for (size_t i = 0; i < job.planes * job.out_pixels; i++) {
        const double *plane = job.in + i / job.out_pixels * job.in_pixels;
        bool first = true;
        for (size_t tap = 0; tap < taps; tap++) {
            size_t element;
            if (!rg__window_meets(&job.window, i % job.out_pixels, tap, &element)) {
                continue;
            }
            if (first || plane[element] > job.out[i] || (isnan(plane[element]) && !isnan(job.out[i]))) {
                job.out[i] = plane[element];
                found[i] = (double)(kind == IN_WINDOW ? tap : element);
                first = false;
            }
        }
    }
    rg__tensor_write_real(&call->results[0], job.out);
    if (kind != NO_PLACES && call->result_count > 1) {
        rg__tensor_write_real(&call->results[1], found);
    }
    return call->status;
}

rg_status rg__compute_max_pool(rg_kernel_call *call)
{
    return max_pool(call, NO_PLACES);
}

rg_status rg__compute_max_pool_indices(rg_kernel_call *call)
{
    return max_pool(call, IN_PLANE);
}

rg_status rg__compute_max_pool_offsets(rg_kernel_call *call)
{
    return max_pool(call, IN_WINDOW);
}

/* Each gradient goes to where the maximum came from. */
rg_status rg__compute_max_pool_backward(rg_kernel_call *call)
{
    const rg_tensor *gradient = rg__kernel_tensor(call, 0);
    const rg_tensor *self = rg__kernel_tensor(call, 1);
    const rg_tensor *indices = rg__kernel_tensor(call, rg__kernel_find(call, "indices"));
    pooling job;
    memset(&job, 0, sizeof(job));
    if (call->status != RG_OK || !describe(call, &job, self, gradient)) {
        return call->status;
    }
    rg__tensor_read_real(job.out, gradient);
    for (size_t i = 0; i < job.planes * job.out_pixels; i++) {
        double index = rg_tensor_get(indices, i);
        if (index < 0 || index >= (double)job.in_pixels) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "an index outside the image");
        }
        job.in[i / job.out_pixels * job.in_pixels + (size_t)index] += job.out[i];
    }
    rg__tensor_write_real(&call->results[0], job.in);
    return call->status;
}

/* ---- means ---- */

/* The elements of a window that count: padding does if asked, but not what lies beyond it. */
static double divisor_of(const pooling *job, size_t place, bool with_padding, double override)
{
    double count = 1;
    if (!isnan(override)) {
        return override;
    }
    for (uint32_t i = RG_WINDOW_DIMS; i-- > 0;) {
        const rg_window *window = &job->window;
        int64_t start = (int64_t)(place % (size_t)window->out[i]) * window->stride[i] - window->padding[i];
        int64_t end = start + window->kernel[i];
        int64_t limit = window->in[i] + (with_padding ? window->padding[i] : 0);
        end = end < limit ? end : limit;
        start = !with_padding && start < 0 ? 0 : start;
        count *= (double)(end - start);
        place /= (size_t)window->out[i];
    }
    return count;
}

/* Forward: the means of windows. Backward: each gradient, divided alike, to all elements of its window. */
static rg_status average(rg_kernel_call *call, const rg_tensor *image, const rg_tensor *result, bool backward)
{
    pooling job;
    size_t include = rg__kernel_find(call, "count_include_pad");
    size_t override = rg__kernel_find(call, "divisor_override");
    memset(&job, 0, sizeof(job));
    if (!describe(call, &job, image, result) || !read_window(call, &job)) {
        return call->status;
    }
    bool with_padding = !rg__kernel_has(call, include) || rg__kernel_truth(call, include);
    double divisor = rg__kernel_has(call, override) ? rg__kernel_real(call, override) : NAN;
    rg__tensor_read_real(backward ? job.out : job.in, backward ? result : image);
    for (size_t i = 0; i < job.planes * job.out_pixels; i++) {
        double *plane = job.in + i / job.out_pixels * job.in_pixels;
        double count = divisor_of(&job, i % job.out_pixels, with_padding, divisor);
        for (size_t tap = 0; tap < rg__window_count(job.window.kernel); tap++) {
            size_t element;
            if (rg__window_meets(&job.window, i % job.out_pixels, tap, &element)) {
                double *to = backward ? &plane[element] : &job.out[i];
                *to += backward ? job.out[i] / count : plane[element];
            }
        }
        job.out[i] = backward ? job.out[i] : job.out[i] / count;
    }
    rg__tensor_write_real(&call->results[0], backward ? job.in : job.out);
    return call->status;
}

rg_status rg__compute_avg_pool(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return self == NULL ? call->status : average(call, self, &call->results[0], false);
}

rg_status rg__compute_avg_pool_backward(rg_kernel_call *call)
{
    const rg_tensor *gradient = rg__kernel_tensor(call, 0);
    const rg_tensor *self = rg__kernel_tensor(call, 1);
    return call->status == RG_OK ? average(call, self, gradient, true) : call->status;
}

/* ---- to given sizes: windows of unequal size that cover the image ---- */

typedef struct span {
    int64_t start[RG_WINDOW_DIMS];
    int64_t size[RG_WINDOW_DIMS];
} span;

static span span_of(const rg_window *window, size_t place)
{
    span out;
    for (uint32_t i = RG_WINDOW_DIMS; i-- > 0;) {
        int64_t at = (int64_t)(place % (size_t)window->out[i]);
        out.start[i] = at * window->in[i] / window->out[i];
        out.size[i] = ((at + 1) * window->in[i] + window->out[i] - 1) / window->out[i] - out.start[i];
        place /= (size_t)window->out[i];
    }
    return out;
}

static size_t element_of(const rg_window *window, const span *of, size_t tap)
{
    size_t element = 0;
    size_t stride = 1;
    for (uint32_t i = RG_WINDOW_DIMS; i-- > 0;) {
        element += (size_t)(of->start[i] + (int64_t)(tap % (size_t)of->size[i])) * stride;
        tap /= (size_t)of->size[i];
        stride *= (size_t)window->in[i];
    }
    return element;
}

typedef enum adaptive { MEANS, MAXIMA, GRADIENTS } adaptive;

static rg_status adapt(rg_kernel_call *call, const rg_tensor *image, const rg_tensor *result, adaptive kind)
{
    pooling job;
    memset(&job, 0, sizeof(job));
    if (call->status != RG_OK || !describe(call, &job, image, result)) {
        return call->status;
    }
    double *found = RG_KERNEL_ARRAY(call, double, job.planes *job.out_pixels + 1);
    if (found == NULL) {
        return call->status;
    }
    rg__tensor_read_real(kind == GRADIENTS ? job.out : job.in, kind == GRADIENTS ? result : image);
    for (size_t i = 0; i < job.planes * job.out_pixels; i++) {
        double *plane = job.in + i / job.out_pixels * job.in_pixels;
        span window = span_of(&job.window, i % job.out_pixels);
        size_t count = rg__window_count(window.size);
        for (size_t tap = 0; tap < count; tap++) {
            size_t element = element_of(&job.window, &window, tap);
            if (kind == MEANS) {
                job.out[i] += plane[element] / (double)count;
            } else if (kind == GRADIENTS) {
                plane[element] += job.out[i] / (double)count;
            } else if (tap == 0 || plane[element] > job.out[i] || isnan(plane[element])) {
                job.out[i] = plane[element];
                found[i] = (double)element;
            }
        }
    }
    rg__tensor_write_real(&call->results[0], kind == GRADIENTS ? job.in : job.out);
    if (kind == MAXIMA && call->result_count > 1) {
        rg__tensor_write_real(&call->results[1], found);
    }
    return call->status;
}

rg_status rg__compute_adaptive_avg_pool(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return adapt(call, self, &call->results[0], MEANS);
}

rg_status rg__compute_adaptive_max_pool(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return adapt(call, self, &call->results[0], MAXIMA);
}

rg_status rg__compute_adaptive_avg_pool_backward(rg_kernel_call *call)
{
    const rg_tensor *gradient = rg__kernel_tensor(call, 0);
    const rg_tensor *self = rg__kernel_tensor(call, 1);
    return adapt(call, self, gradient, GRADIENTS);
}
