/*
 * input_role.h: what an input of a graph is for (input_role.c), which decides what numbers it gets (make_inputs.c).
 */
#ifndef RG_INPUT_ROLE_H
#define RG_INPUT_ROLE_H

#include "interp/interp_impl.h"

/* From weak to strong: of several readers the strongest counts. */
typedef enum input_role_kind {
    RG_INPUT_PLAIN,
    RG_INPUT_BIAS,     /* a vector that is added to results */
    RG_INPUT_WEIGHT,   /* the second factor of a product or a convolution */
    RG_INPUT_POSITIVE, /* a scale, a variance, a divisor, what is rooted */
    RG_INPUT_INDEX     /* indices of an embedding, a gather, ... */
} input_role_kind;

typedef struct input_role {
    input_role_kind kind;
    int64_t bound; /* of indices: the smallest size that they index */
} input_role;

/* The role of a placeholder or attribute of the run's graph. */
input_role rg__input_role_of(const rg_run *run, rg_node node);

#endif
