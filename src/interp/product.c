/*
 * product.c: matrix products by blocks. Compiled with optimisation in every configuration (CMakeLists.txt): with tests
 * of real graphs nearly all time is spent here.
 *
 * Four rows by eight columns are added up in registers over a block of k, then added to the result in double
 * precision: so the error of long sums stays that of short ones. Products are not fused with additions, so that every
 * machine gives the same bits.
 */
#include "interp/product.h"

enum { ROWS = 4, COLUMNS = 8, DEPTH = 64 };

/* Whole tiles. `a` has the row stride k, `b` and `out` n. */
static void tile(double *out, const float *a, const float *b, size_t n, size_t k, size_t depth)
{
    float sums[ROWS][COLUMNS] = {{0}};
    for (size_t p = 0; p < depth; p++) {
        for (size_t i = 0; i < ROWS; i++) {
            for (size_t j = 0; j < COLUMNS; j++) {
                sums[i][j] += a[i * k + p] * b[p * n + j];
            }
        }
    }
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++) {
            out[i * n + j] += (double)sums[i][j];
        }
    }
}

/* What is left at the edges: the same order of additions, element by element. */
static void edge(double *out, const float *a, const float *b, size_t rows, size_t columns, size_t n, size_t k,
                 size_t depth)
{
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            float sum = 0;
            for (size_t p = 0; p < depth; p++) {
                sum += a[i * k + p] * b[p * n + j];
            }
            out[i * n + j] += (double)sum;
        }
    }
}

void rg__multiply_single(double *out, const float *a, const float *b, size_t m, size_t n, size_t k)
{
    for (size_t p = 0; p < k; p += DEPTH) {
        size_t depth = k - p < DEPTH ? k - p : DEPTH;
        for (size_t j = 0; j < n; j += COLUMNS) {
            size_t columns = n - j < COLUMNS ? n - j : COLUMNS;
            for (size_t i = 0; i < m; i += ROWS) {
                size_t rows = m - i < ROWS ? m - i : ROWS;
                double *to = out + i * n + j;
                const float *left = a + i * k + p;
                const float *right = b + p * n + j;
                if (rows == ROWS && columns == COLUMNS) {
                    tile(to, left, right, n, k, depth);
                } else {
                    edge(to, left, right, rows, columns, n, k, depth);
                }
            }
        }
    }
}

void rg__multiply_double(double *out, const double *a, const double *b, size_t m, size_t n, size_t k)
{
    for (size_t i = 0; i < m; i++) {
        for (size_t p = 0; p < k; p++) {
            double factor = a[i * k + p];
            for (size_t j = 0; j < n; j++) {
                out[i * n + j] += factor * b[p * n + j];
            }
        }
    }
}

bool rg__dtype_is_single(rg_dtype dtype)
{
    return rg_dtype_is_float(dtype) && dtype != RG_DTYPE_F64;
}

/* A matrix as numbers in row-major order. One that lies by columns is read by columns. */
static void read_single(float *out, const rg_tensor *matrix)
{
    size_t rows = (size_t)matrix->sizes[0];
    size_t columns = (size_t)matrix->sizes[1];
    for (size_t i = 0; i < rows; i++) {
        int64_t position = matrix->offset + (int64_t)i * matrix->strides[0];
        if (columns > 0) {
            rg__load_single(out + i * columns, rg__element_at(matrix, position), matrix->dtype, matrix->strides[1],
                            columns);
        }
    }
}

rg_tensor rg__matrix_of(const rg_tensor *tensor, int64_t position)
{
    rg_tensor matrix = *tensor;
    matrix.rank = 2;
    matrix.offset = position;
    matrix.sizes[0] = tensor->sizes[tensor->rank - 2];
    matrix.sizes[1] = tensor->sizes[tensor->rank - 1];
    matrix.strides[0] = tensor->strides[tensor->rank - 2];
    matrix.strides[1] = tensor->strides[tensor->rank - 1];
    return matrix;
}

double *rg__matrix_product(rg_kernel_call *call, const rg_tensor *a, const rg_tensor *b)
{
    if (a->rank != 2 || b->rank != 2 || a->sizes[1] != b->sizes[0]) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the factors do not fit");
        return NULL;
    }
    size_t m = (size_t)a->sizes[0];
    size_t k = (size_t)a->sizes[1];
    size_t n = (size_t)b->sizes[1];
    double *out = RG_KERNEL_ARRAY(call, double, m *n + 1);
    if (rg__dtype_is_single(a->dtype) && rg__dtype_is_single(b->dtype)) {
        float *left = RG_KERNEL_ARRAY(call, float, m *k + 1);
        float *right = RG_KERNEL_ARRAY(call, float, k *n + 1);
        if (out == NULL || left == NULL || right == NULL) {
            return NULL;
        }
        read_single(left, a);
        read_single(right, b);
        rg__multiply_single(out, left, right, m, n, k);
        return out;
    }
    double *left = RG_KERNEL_ARRAY(call, double, m *k + 1);
    double *right = RG_KERNEL_ARRAY(call, double, k *n + 1);
    if (out == NULL || left == NULL || right == NULL) {
        return NULL;
    }
    rg__tensor_read_real(left, a);
    rg__tensor_read_real(right, b);
    rg__multiply_double(out, left, right, m, n, k);
    return out;
}
