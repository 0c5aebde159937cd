/*
 * product.h: matrix products, which everything that multiplies and adds many numbers is made of.
 */
#ifndef RG_INTERP_PRODUCT_H
#define RG_INTERP_PRODUCT_H

#include "interp/interp_impl.h"

/* out[m][n] += a[m][k] * b[k][n], all row-major. Single precision within blocks of k, double precision between them. */
void rg__multiply_single(double *out, const float *a, const float *b, size_t m, size_t n, size_t k);
void rg__multiply_double(double *out, const double *a, const double *b, size_t m, size_t n, size_t k);

/* The product of two matrices (tensors of rank 2) in double precision, until the call ends; NULL when it fails. */
double *rg__matrix_product(rg_kernel_call *call, const rg_tensor *a, const rg_tensor *b);
/* Does single precision hold all values of the dtype? */
bool rg__dtype_is_single(rg_dtype dtype);
/* A matrix of a batch: the last two dimensions at a place in the dimensions before. */
rg_tensor rg__matrix_of(const rg_tensor *tensor, int64_t position);

/* Two matrices whose elements are multiplied with scales: one for all, or as many in each dimension as it has blocks.
 */
typedef struct rg_scaled_factors {
    const rg_tensor *a;
    const rg_tensor *b;
    const rg_tensor *scale_a;
    const rg_tensor *scale_b;
    const rg_tensor *bias;         /* NULL: none */
    const rg_tensor *result_scale; /* NULL: none; counts for results of 8 bits */
} rg_scaled_factors;

/* Their product, plus the bias, into a matrix. A missing factor is a failure. */
rg_status rg__scaled_product(rg_kernel_call *call, const rg_tensor *to, const rg_scaled_factors *factors);

#endif
