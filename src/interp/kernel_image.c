/*
 * kernel_image.c: images taken apart and put together: pixels from channels and back, windows as columns and back.
 */
#include "interp/kernel_functions.h"
#include "interp/window.h"

/* ---- pixels and channels ---- */

/* A contiguous tensor of images [..., channels, rows, columns] with each channel standing for factor * factor pixels,
 * seen as [images, channels, rows, factor, columns, factor]. */
static rg_tensor pixels_of_channels(const rg_tensor *tensor, int64_t factor)
{
    rg_tensor view = *tensor;
    int64_t rows = tensor->sizes[tensor->rank - 2];
    int64_t columns = tensor->sizes[tensor->rank - 1];
    int64_t channels = tensor->sizes[tensor->rank - 3] / (factor * factor);
    int64_t plane = rows * columns;
    int64_t image = channels * factor * factor * plane;
    int64_t sizes[6] = {image == 0 ? 0 : rg__tensor_count(tensor) / image, channels, rows, factor, columns, factor};
    int64_t strides[6] = {image, factor * factor * plane, columns, factor * plane, 1, plane};
    view.rank = 6;
    memcpy(view.sizes, sizes, sizeof(sizes));
    memcpy(view.strides, strides, sizeof(strides));
    return view;
}

/* `apart` has the channels, `together` the pixels; one is copied to the other. */
static rg_status shuffle(rg_kernel_call *call, bool to_pixels)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t factor = rg__kernel_integer(call, 1);
    const rg_tensor *result = &call->results[0];
    if (call->status != RG_OK || self->rank < 3 || factor < 1 || result->rank != self->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "images with channels are needed");
    }
    const rg_tensor *from = rg__kernel_contiguous(call, self, self->dtype);
    rg_tensor *to = rg__kernel_scratch(call, result->dtype, result->rank, result->sizes);
    if (from == NULL || to == NULL) {
        return call->status;
    }
    const rg_tensor *apart = to_pixels ? from : to;
    const rg_tensor *together = to_pixels ? to : from;
    if (apart->sizes[apart->rank - 3] % (factor * factor) != 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the channels are no multiple of the pixels that they stand for");
    }
    rg_tensor channels = pixels_of_channels(apart, factor);
    rg_tensor pixels = channels;
    pixels.storage = together->storage;
    pixels.offset = together->offset;
    rg__tensor_set_contiguous(&pixels);
    if (rg__tensor_count(together) != rg__tensor_count(&pixels) ||
        !(to_pixels ? rg__tensor_copy(&pixels, &channels) : rg__tensor_copy(&channels, &pixels)) ||
        !rg__tensor_copy(result, to)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result has other sizes");
    }
    return call->status;
}

rg_status rg__compute_pixel_shuffle(rg_kernel_call *call)
{
    return shuffle(call, true);
}

rg_status rg__compute_pixel_unshuffle(rg_kernel_call *call)
{
    return shuffle(call, false);
}

/* ---- windows and columns ---- */

/* The windows that an op of kernel_size, dilation, padding and stride has on an image of two dimensions. */
static bool describe(rg_kernel_call *call, rg_window *window)
{
    rg__window_read(call, rg__kernel_find(call, "kernel_size"), 2, 1, window->kernel);
    rg__window_read(call, rg__kernel_find(call, "dilation"), 2, 1, window->dilation);
    rg__window_read(call, rg__kernel_find(call, "padding"), 2, 0, window->padding);
    rg__window_read(call, rg__kernel_find(call, "stride"), 2, 1, window->stride);
    for (uint32_t i = 0; i < RG_WINDOW_DIMS && call->status == RG_OK; i++) {
        int64_t room = window->in[i] + 2 * window->padding[i] - window->dilation[i] * (window->kernel[i] - 1) - 1;
        if (window->kernel[i] < 1 || window->stride[i] < 1 || window->dilation[i] < 1 || room < 0) {
            (void)rg__kernel_fail(call, RG_ERROR_ARGUMENT, "there is no room for a window");
            return false;
        }
        window->out[i] = room / window->stride[i] + 1;
    }
    return call->status == RG_OK;
}

/* Images [..., channels, rows, columns] and columns [..., channels * taps, places], read and written alike. */
static rg_status exchange(rg_kernel_call *call, const rg_tensor *image, const rg_tensor *columns, bool to_image)
{
    rg_window window;
    memset(&window, 0, sizeof(window));
    rg__window_sizes(image, 2, window.in);
    if (!describe(call, &window)) {
        return call->status;
    }
    size_t pixels = rg__window_count(window.in);
    size_t places = rg__window_count(window.out);
    size_t count = (size_t)rg__tensor_count(columns);
    size_t taps = rg__window_count(window.kernel);
    size_t planes = pixels == 0 ? 0 : (size_t)rg__tensor_count(image) / pixels;
    double *in = RG_KERNEL_ARRAY(call, double, planes *pixels + 1);
    double *out = RG_KERNEL_ARRAY(call, double, count + 1);
    if (call->status != RG_OK || planes * taps * places != count) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "there are not as many columns as windows");
    }
    rg__tensor_read_real(to_image ? out : in, to_image ? columns : image);
    for (size_t i = 0; i < count; i++) {
        size_t element = 0;
        double *plane = in + i / places / taps * pixels;
        if (!rg__window_meets(&window, i % places, i / places % taps, &element)) {
            continue;
        }
        if (to_image) {
            plane[element] += out[i];
        } else {
            out[i] = plane[element];
        }
    }
    rg__tensor_write_real(&call->results[0], to_image ? in : out);
    return call->status;
}

rg_status rg__compute_windows_to_columns(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || (self->rank != 3 && self->rank != 4)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "images with channels are needed");
    }
    return exchange(call, self, &call->results[0], false);
}

/* What windows have in common is added up. */
rg_status rg__compute_columns_to_windows(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || call->results[0].rank < 3) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "columns of windows are needed");
    }
    return exchange(call, &call->results[0], self, true);
}

/* ---- places in windows ---- */

/* self, kernel_size, input_size, stride, padding, dilation: where a window's element is becomes where it is in the
 * image. */
rg_status rg__compute_offsets_to_indices(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    int64_t given[RG_WINDOW_DIMS];
    uint32_t dims = 0;
    rg_window window;
    memset(&window, 0, sizeof(window));
    rg__kernel_integers(call, 1, given, RG_WINDOW_DIMS, &dims);
    if (call->status != RG_OK || dims == 0 || self->rank < dims) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the windows have more dimensions than the images");
    }
    rg__window_sizes(self, dims, window.out);
    rg__window_read(call, 1, dims, 1, window.kernel);
    rg__window_read(call, 2, dims, 1, window.in);
    rg__window_read(call, 3, dims, 1, window.stride);
    rg__window_read(call, 4, dims, 0, window.padding);
    rg__window_read(call, 5, dims, 1, window.dilation);
    size_t count = (size_t)rg__tensor_count(self);
    size_t places = rg__window_count(window.out);
    size_t taps = call->status == RG_OK ? rg__window_count(window.kernel) : 0;
    double *values = rg__kernel_read_real(call, self);
    for (size_t i = 0; i < count && values != NULL; i++) {
        size_t element = 0;
        if (values[i] < 0 || values[i] >= (double)taps ||
            !rg__window_meets(&window, i % places, (size_t)values[i], &element)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "an offset outside the image");
        }
        values[i] = (double)element;
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(&call->results[0], values);
    }
    return call->status;
}
