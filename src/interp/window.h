/*
 * window.h: windows that slide over images: what convolutions and pooling have in common. Images have three dimensions
 * here; ones with fewer have size 1 in front.
 */
#ifndef RG_INTERP_WINDOW_H
#define RG_INTERP_WINDOW_H

#include "interp/interp_impl.h"

enum { RG_WINDOW_DIMS = 3 };

typedef struct rg_window {
    int64_t in[RG_WINDOW_DIMS];
    int64_t out[RG_WINDOW_DIMS];
    int64_t kernel[RG_WINDOW_DIMS];
    int64_t stride[RG_WINDOW_DIMS];
    int64_t padding[RG_WINDOW_DIMS];
    int64_t dilation[RG_WINDOW_DIMS];
} rg_window;

/* A list of `dims` numbers, or one for all, behind the 1s or 0s of the dimensions in front. */
void rg__window_read(rg_kernel_call *call, size_t index, uint32_t dims, int64_t in_front, int64_t *out);
/* The last `dims` sizes of a tensor, with 1s in front. */
void rg__window_sizes(const rg_tensor *tensor, uint32_t dims, int64_t *out);
static inline size_t rg__window_count(const int64_t *sizes)
{
    return (size_t)(sizes[0] * sizes[1] * sizes[2]);
}
/* The element of an image, row-major, that element `tap` of the kernel meets at place `place` of the output. False
 * where that is padding. */
bool rg__window_meets(const rg_window *window, size_t place, size_t tap, size_t *element);

#endif
