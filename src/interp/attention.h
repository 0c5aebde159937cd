/*
 * attention.h: scaled dot product attention, which kernel_attention.c computes and describes.
 */
#ifndef RG_INTERP_ATTENTION_H
#define RG_INTERP_ATTENTION_H

#include "interp/interp_impl.h"

typedef struct rg_attention {
    const rg_tensor *query; /* [..., tokens, width] */
    const rg_tensor *key;
    const rg_tensor *value;
    const rg_tensor *mask; /* NULL, or broadcast to the scores */
    bool causal;
    double scale;
    double dropout;
    const rg_tensor *output;
    const rg_tensor *logarithms; /* of the sums of exponentials, [..., tokens]; NULL: not wanted */
    const rg_tensor *weights;    /* the softmax; NULL: not wanted */
    uint64_t stream;
} rg_attention;

rg_status rg__attend(rg_kernel_call *call, rg_attention *job);

#endif
