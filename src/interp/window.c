/*
 * window.c: windows that slide over images.
 */
#include "interp/window.h"

void rg__window_read(rg_kernel_call *call, size_t index, uint32_t dims, int64_t in_front, int64_t *out)
{
    int64_t values[RG_WINDOW_DIMS] = {0, 0, 0};
    uint32_t count = 0;
    rg__kernel_integers(call, index, values, RG_WINDOW_DIMS, &count);
    if (call->status == RG_OK && count != 1 && count != dims) {
        (void)rg__kernel_fail(call, RG_ERROR_ARGUMENT, "%u numbers for %u dimensions", count, dims);
    }
    for (uint32_t i = 0; i < RG_WINDOW_DIMS; i++) {
        uint32_t first = RG_WINDOW_DIMS - dims;
        out[i] = i < first ? in_front : values[count == 1 ? 0 : i - first];
    }
}

void rg__window_sizes(const rg_tensor *tensor, uint32_t dims, int64_t *out)
{
    for (uint32_t i = 0; i < RG_WINDOW_DIMS; i++) {
        uint32_t first = RG_WINDOW_DIMS - dims;
        out[i] = i < first ? 1 : tensor->sizes[tensor->rank - dims + (i - first)];
    }
}

bool rg__window_meets(const rg_window *window, size_t place, size_t tap, size_t *element)
{
    size_t stride = 1;
    *element = 0;
    for (uint32_t i = RG_WINDOW_DIMS; i-- > 0;) {
        int64_t at = (int64_t)(place % (size_t)window->out[i]) * window->stride[i] - window->padding[i] +
                     (int64_t)(tap % (size_t)window->kernel[i]) * window->dilation[i];
        if (at < 0 || at >= window->in[i]) {
            return false;
        }
        place /= (size_t)window->out[i];
        tap /= (size_t)window->kernel[i];
        *element += (size_t)at * stride;
        stride *= (size_t)window->in[i];
    }
    return true;
}
