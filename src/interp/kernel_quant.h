/*
 * kernel_quant.h: rows, and what vLLM's kernels do with them: normalise, activate, quantise. A fused kernel gives the
 * bits that the kernels it replaces give one after the other: what would be stored in between is rounded in between.
 */
#ifndef RG_INTERP_KERNEL_QUANT_H
#define RG_INTERP_KERNEL_QUANT_H

#include "interp/interp_impl.h"

/* A tensor as rows along its last dimension. */
typedef struct rg_rows {
    const rg_tensor *tensor;
    rg_loop loop; /* over the rows */
    size_t width;
    size_t count;
} rg_rows;

/* False, with the failure noted, when there is no tensor or it has no dimensions. */
bool rg__rows_init(rg_rows *rows, rg_kernel_call *call, const rg_tensor *tensor);
bool rg__rows_next(rg_rows *rows);
void rg__rows_read(const rg_rows *rows, double *out);
void rg__rows_write(const rg_rows *rows, const double *values);

/* x * 1/sqrt(mean(x^2) + epsilon), rounded to the dtype, times the weight (NULL: none), rounded again. The mean is over
 * the first `variance_size` elements. */
void rg__rms_norm_row(double *x, size_t n, size_t variance_size, const double *weight, double epsilon, rg_dtype dtype);
/* All elements of a vector as double; NULL for a NULL tensor, or when it has not `n` elements. */
const double *rg__read_vector(rg_kernel_call *call, const rg_tensor *tensor, size_t n);

/* x / scale, clamped to what the dtype holds; as a product with the inverse, in float, as the kernels do. */
double rg__scaled(double x, double scale, rg_dtype dtype);

/* Rows quantised to FP4: two elements a byte into `result`, a scale of eight bits for each sixteen into `scales`, which
 * are row-major or, swizzled, in the tiles that tensor cores read. */
rg_status rg__quantise_fp4(rg_kernel_call *call, const rg_tensor *result, const rg_tensor *scales,
                           const rg_tensor *input, double global, bool swizzled);

/* Where the scale of a group of a row is: [rows, groups] or [groups, rows]. */
int64_t rg__scale_position(const rg_tensor *scales, size_t row, size_t group, size_t row_count);
double rg__largest_magnitude(const double *x, size_t n);

#endif
