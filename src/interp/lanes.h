/*
 * lanes.h: kernels along dimensions: reductions, scans, softmax, sorting. A lane is all elements along the dimensions
 * that the op names (one or more), everything else being fixed; each kernel is a function of one lane.
 *
 * A reduction gives one element a lane and result; a scan gives a lane along the same dimension, of the length that the
 * result has there. Lanes are computed with as double, or as int64_t where all is integer and there is such a function.
 */
#ifndef RG_INTERP_LANES_H
#define RG_INTERP_LANES_H

#include "interp/interp_impl.h"

enum { RG_LANE_INPUTS = 2, RG_LANE_RESULTS = 2 };

/* One lane: what a lane function sees. */
typedef struct rg_lane {
    const double *in[RG_LANE_INPUTS];
    double *out[RG_LANE_RESULTS];
    size_t count;     /* elements of each input */
    size_t out_count; /* of each result: 1 for reductions */
    double parameter; /* the argument that rg_lanes.parameter names; NaN where it is None */
    bool flag;        /* likewise */
    size_t *scratch;  /* room for 2 * count indices */
} rg_lane;

typedef struct rg_integer_lane {
    const int64_t *in;
    int64_t *out;
    size_t count;
} rg_integer_lane;

typedef struct rg_lanes {
    uint8_t inputs; /* the first arguments */
    bool scan;
    const char *parameter; /* names of arguments; NULL: none */
    const char *flag;
    double fallback; /* of the parameter where it is None */
    void (*real)(rg_lane *lane);
    void (*integer)(rg_integer_lane *lane);
} rg_lanes;

#endif
