/*
 * kernel_matmul.c: matrix products in all their forms; the multiplying itself is in product.c. Sums are rounded once,
 * after everything that the op adds or scales.
 */
#include <math.h>

#include "interp/kernel_functions.h"
#include "interp/product.h"

/* What is done with a product before it is rounded: beta * added + alpha * product. */
typedef struct finish {
    const rg_tensor *added; /* broadcast to the result; NULL: nothing */
    double alpha;
    double beta;
} finish;

static rg_status store_matrix(rg_kernel_call *call, const rg_tensor *to, const double *product, const finish *how)
{
    rg_loop loop;
    rg__loop_init(&loop, to->rank, to->sizes);
    (void)rg__loop_add(&loop, to);
    if (product == NULL || (how->added != NULL && !rg__loop_add(&loop, how->added))) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "what is added does not fit the product");
    }
    while (rg__loop_next(&loop)) {
        double row[RG_LOOP_CHUNK];
        double added[RG_LOOP_CHUNK];
        for (size_t i = 0; i < loop.run; i++) {
            row[i] = how->alpha * *product++;
        }
        if (how->added != NULL && how->beta != 0) {
            rg__load_real(added, rg__element_at(how->added, loop.position[1]), how->added->dtype, loop.step[1],
                          loop.run);
            for (size_t i = 0; i < loop.run; i++) {
                row[i] += how->beta * added[i];
            }
        }
        rg__store_real(rg__element_at(to, loop.position[0]), to->dtype, loop.step[0], row, loop.run);
    }
    return call->status;
}

/* A tensor with a dimension of size 1 put in, so that vectors are matrices. */
static rg_tensor with_dim(const rg_tensor *tensor, uint32_t at)
{
    rg_tensor result = *tensor;
    for (uint32_t i = result.rank; i > at; i--) {
        result.sizes[i] = result.sizes[i - 1];
        result.strides[i] = result.strides[i - 1];
    }
    result.sizes[at] = 1;
    result.strides[at] = 0;
    result.rank++;
    return result;
}

/* Products of all matrices of a batch; the dimensions before the last two are broadcast to those of the result. */
static rg_status batch_product(rg_kernel_call *call, const rg_tensor *to, const rg_tensor *a, const rg_tensor *b,
                               const finish *how)
{
    rg_loop loop;
    rg_tensor batches[4] = {*to, *a, *b, how->added != NULL ? *how->added : *to};
    if (to->rank < 2 || a->rank < 2 || b->rank < 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "matrices are needed");
    }
    rg__loop_init(&loop, to->rank - 2, to->sizes);
    for (size_t k = 0; k < 4; k++) { /* what is added may have fewer dimensions than a matrix */
        while (batches[k].rank < 2) {
            batches[k] = with_dim(&batches[k], 0);
        }
        rg_tensor outer = batches[k];
        outer.rank -= 2;
        if (!rg__loop_add(&loop, &outer)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "the batches of the factors do not fit");
        }
    }
    while (rg__loop_next_element(&loop) && call->status == RG_OK) {
        rg_tensor target = rg__matrix_of(&batches[0], loop.position[0]);
        rg_tensor left = rg__matrix_of(&batches[1], loop.position[1]);
        rg_tensor right = rg__matrix_of(&batches[2], loop.position[2]);
        rg_tensor added = rg__matrix_of(&batches[3], loop.position[3]);
        finish each = {how->added != NULL ? &added : NULL, how->alpha, how->beta};
        (void)store_matrix(call, &target, rg__matrix_product(call, &left, &right), &each);
    }
    return call->status;
}

static const finish plain = {NULL, 1, 1};

/* mm, bmm, with or without a dtype for the result. */
rg_status rg__compute_product(rg_kernel_call *call)
{
    const rg_tensor *a = rg__kernel_tensor(call, 0);
    const rg_tensor *b = rg__kernel_tensor(call, 1);
    return a == NULL || b == NULL ? call->status : batch_product(call, &call->results[0], a, b, &plain);
}

/* Vectors become matrices, the result loses their dimension again. */
static rg_status general_product(rg_kernel_call *call, const rg_tensor *a, const rg_tensor *b, const finish *how)
{
    rg_tensor left = *a;
    rg_tensor right = *b;
    rg_tensor to = call->results[0];
    if (b->rank == 1) {
        right = with_dim(b, 1);
        to = with_dim(&to, to.rank);
    }
    if (a->rank == 1) {
        left = with_dim(a, 0);
        to = with_dim(&to, to.rank - (b->rank == 1 ? 1 : b->rank > 1 ? 1 : 0));
    }
    return batch_product(call, &to, &left, &right, how);
}

/* matmul, mv, dot. */
rg_status rg__compute_matmul(rg_kernel_call *call)
{
    const rg_tensor *a = rg__kernel_tensor(call, 0);
    const rg_tensor *b = rg__kernel_tensor(call, 1);
    return a == NULL || b == NULL ? call->status : general_product(call, a, b, &plain);
}

static double number_or_one(rg_kernel_call *call, const char *name)
{
    size_t index = rg__kernel_find(call, name);
    return rg__kernel_has(call, index) ? rg__kernel_real(call, index) : 1;
}

/* addmm, baddbmm, addmv: beta * self + alpha * product. */
rg_status rg__compute_add_product(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    const rg_tensor *a = rg__kernel_tensor(call, 1);
    const rg_tensor *b = rg__kernel_tensor(call, 2);
    finish how = {self, number_or_one(call, "alpha"), number_or_one(call, "beta")};
    if (call->status != RG_OK) {
        return call->status;
    }
    if (b->rank == 1 && self->rank == 1) {
        rg_tensor column = with_dim(self, 1);
        how.added = &column;
        return general_product(call, a, b, &how);
    }
    return batch_product(call, &call->results[0], a, b, &how);
}

/* addbmm: the products of the batch are added up. */
rg_status rg__compute_add_products(rg_kernel_call *call)
{
    const rg_tensor *a = rg__kernel_tensor(call, 1);
    const rg_tensor *b = rg__kernel_tensor(call, 2);
    finish how = {rg__kernel_tensor(call, 0), number_or_one(call, "alpha"), number_or_one(call, "beta")};
    int64_t count = rg__tensor_count(&call->results[0]);
    double *sum = RG_KERNEL_ARRAY(call, double, count + 1);
    for (int64_t i = 0; call->status == RG_OK && i < a->sizes[0]; i++) {
        rg_tensor left = rg__matrix_of(a, a->offset + i * a->strides[0]);
        rg_tensor right = rg__matrix_of(b, b->offset + i * b->strides[0]);
        const double *product = rg__matrix_product(call, &left, &right);
        for (int64_t k = 0; product != NULL && k < count; k++) {
            sum[k] += product[k];
        }
    }
    return call->status == RG_OK ? store_matrix(call, &call->results[0], sum, &how) : call->status;
}

/* linear: input @ weight^T + bias, the input being a stack of rows. */
rg_status rg__compute_linear(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    const rg_tensor *weight = rg__kernel_tensor(call, 1);
    finish how = {rg__kernel_optional(call, 2), 1, 1};
    if (call->status != RG_OK) {
        return call->status;
    }
    rg_tensor turned = *weight;
    if (weight->rank == 2) {
        turned.sizes[0] = weight->sizes[1];
        turned.sizes[1] = weight->sizes[0];
        turned.strides[0] = weight->strides[1];
        turned.strides[1] = weight->strides[0];
    }
    return general_product(call, input, &turned, &how);
}

/* outer, ger, addr: all products of two vectors. */
static rg_status outer_product(rg_kernel_call *call, size_t first, const finish *how)
{
    const rg_tensor *a = rg__kernel_tensor(call, first);
    const rg_tensor *b = rg__kernel_tensor(call, first + 1);
    if (call->status != RG_OK) {
        return call->status;
    }
    rg_tensor column = with_dim(a, 1);
    rg_tensor row = with_dim(b, 0);
    return batch_product(call, &call->results[0], &column, &row, how);
}

rg_status rg__compute_outer(rg_kernel_call *call)
{
    return outer_product(call, 0, &plain);
}

rg_status rg__compute_add_outer(rg_kernel_call *call)
{
    finish how = {rg__kernel_tensor(call, 0), number_or_one(call, "alpha"), number_or_one(call, "beta")};
    return outer_product(call, 1, &how);
}

/* ---- products of scaled, narrow floats ---- */

/* Are there scales for all rows together, for each of them, or for blocks of 128 or 64? */
static bool fits_rows(int64_t scales, int64_t rows)
{
    return scales == 1 || scales == rows || scales == (rows + 127) / 128 || scales == (rows + 63) / 64;
}

/* The elements times their scales. A scale belongs to a block: as many blocks in each dimension as it has sizes. */
static const rg_tensor *apply_scales(rg_kernel_call *call, const rg_tensor *matrix, const rg_tensor *scales,
                                     bool vector_of_rows)
{
    if (matrix == NULL || scales == NULL || matrix->rank != 2 || scales->rank > 2) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a matrix and its scales are needed");
        return NULL;
    }
    rg_tensor blocks = *scales;
    int64_t rows = matrix->sizes[0];
    if (blocks.rank == 1) {
        blocks = with_dim(&blocks, vector_of_rows ? 1 : 0);
    }
    while (blocks.rank < 2) {
        blocks = with_dim(&blocks, 0);
    }
    if (!fits_rows(blocks.sizes[0], rows)) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "%lld scales for %lld rows", (long long)blocks.sizes[0],
                              (long long)rows);
        return NULL;
    }
    rg_tensor *out = rg__kernel_scratch(call, RG_DTYPE_F32, 2, matrix->sizes);
    if (out == NULL) {
        return NULL;
    }
    for (int64_t i = 0; i < matrix->sizes[0]; i++) {
        int64_t row = i * blocks.sizes[0] / matrix->sizes[0];
        for (int64_t j = 0; j < matrix->sizes[1]; j++) {
            int64_t column = j * blocks.sizes[1] / matrix->sizes[1];
            double scale =
                rg__tensor_real_at(&blocks, blocks.offset + row * blocks.strides[0] + column * blocks.strides[1]);
            double value = rg__tensor_real_at(matrix, matrix->offset + i * matrix->strides[0] + j * matrix->strides[1]);
            value *= scale;
            rg__store_real(rg__element_at(out, i * out->strides[0] + j), RG_DTYPE_F32, 1, &value, 1);
        }
    }
    return out;
}

rg_status rg__scaled_product(rg_kernel_call *call, const rg_tensor *to, const rg_scaled_factors *factors)
{
    const rg_tensor *a = apply_scales(call, factors->a, factors->scale_a, true);
    const rg_tensor *b = apply_scales(call, factors->b, factors->scale_b, false);
    finish how = {factors->bias, 1, 1};
    if (call->status != RG_OK) {
        return call->status;
    }
    if (to->rank != 2 || to->sizes[0] != a->sizes[0] || to->sizes[1] != b->sizes[1]) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the result has not the sizes of the product");
    }
    if (factors->result_scale != NULL && rg_dtype_bytes(to->dtype) == 1) {
        how.alpha = rg__tensor_real_at(factors->result_scale, factors->result_scale->offset);
        how.beta = how.alpha;
    }
    return store_matrix(call, to, rg__matrix_product(call, a, b), &how);
}

static rg_scaled_factors factors_at(rg_kernel_call *call, size_t first)
{
    return (rg_scaled_factors){.a = rg__kernel_tensor(call, first),
                               .b = rg__kernel_tensor(call, first + 1),
                               .scale_a = rg__kernel_tensor(call, first + 2),
                               .scale_b = rg__kernel_tensor(call, first + 3),
                               .bias = rg__kernel_optional(call, first + 4)};
}

rg_status rg__compute_scaled_mm(rg_kernel_call *call)
{
    rg_scaled_factors factors = factors_at(call, 0);
    factors.result_scale = rg__kernel_optional(call, rg__kernel_find(call, "scale_result"));
    return rg__scaled_product(call, &call->results[0], &factors);
}

rg_status rg__compute_cutlass_scaled_mm(rg_kernel_call *call)
{
    const rg_tensor *to = rg__kernel_tensor(call, 0);
    rg_scaled_factors factors = factors_at(call, 1);
    return to == NULL ? call->status : rg__scaled_product(call, to, &factors);
}

/* A batch with one scale each. */
rg_status rg__compute_bmm_fp8(rg_kernel_call *call)
{
    const rg_tensor *a = rg__kernel_tensor(call, 0);
    const rg_tensor *b = rg__kernel_tensor(call, 1);
    finish how = {NULL, rg__kernel_real(call, 2) * rg__kernel_real(call, 3), 0};
    return call->status == RG_OK ? batch_product(call, &call->results[0], a, b, &how) : call->status;
}

/* ---- distances ---- */

static double distance(const double *a, const double *b, size_t n, double order)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double difference = fabs(a[i] - b[i]);
        sum = order == 0     ? sum + (difference != 0)
              : isinf(order) ? fmax(sum, difference)
              : order == 2   ? sum + difference * difference
                             : sum + pow(difference, order);
    }
    return order == 0 || isinf(order) ? sum : order == 2 ? sqrt(sum) : pow(sum, 1 / order);
}

rg_status rg__compute_cdist(rg_kernel_call *call)
{
    const rg_tensor *a = rg__kernel_tensor(call, 0);
    const rg_tensor *b = rg__kernel_tensor(call, 1);
    double order = rg__kernel_real(call, 2);
    const rg_tensor *to = &call->results[0];
    rg_loop loop;
    if (call->status != RG_OK || a->rank < 2 || b->rank < 2 || to->rank < 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "matrices are needed");
    }
    rg_tensor outer[3] = {*to, *a, *b};
    rg__loop_init(&loop, to->rank - 2, to->sizes);
    for (size_t k = 0; k < 3; k++) {
        outer[k].rank -= 2;
        if (!rg__loop_add(&loop, &outer[k])) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "the batches do not fit");
        }
    }
    while (rg__loop_next_element(&loop)) {
        rg_tensor left = rg__matrix_of(a, loop.position[1]);
        rg_tensor right = rg__matrix_of(b, loop.position[2]);
        rg_tensor target = rg__matrix_of(to, loop.position[0]);
        size_t width = (size_t)left.sizes[1];
        double *x = RG_KERNEL_ARRAY(call, double, rg__tensor_count(&left) + 1);
        double *y = RG_KERNEL_ARRAY(call, double, rg__tensor_count(&right) + 1);
        double *out = RG_KERNEL_ARRAY(call, double, rg__tensor_count(&target) + 1);
        if (x == NULL || y == NULL || out == NULL) {
            return call->status;
        }
        rg__tensor_read_real(x, &left);
        rg__tensor_read_real(y, &right);
        for (size_t i = 0; i < (size_t)left.sizes[0]; i++) {
            for (size_t j = 0; j < (size_t)right.sizes[0]; j++) {
                out[i * (size_t)right.sizes[0] + j] = distance(x + i * width, y + j * width, width, order);
            }
        }
        rg__tensor_write_real(&target, out);
    }
    return call->status;
}

/* The distances of all pairs of rows, the first row's first. */
rg_status rg__compute_pdist(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    double order = rg__kernel_real(call, 1);
    if (call->status != RG_OK || self->rank != 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a matrix is needed");
    }
    size_t rows = (size_t)self->sizes[0];
    size_t width = (size_t)self->sizes[1];
    double *x = RG_KERNEL_ARRAY(call, double, rows *width + 1);
    double *out = RG_KERNEL_ARRAY(call, double, rows *rows + 1);
    size_t next = 0;
    if (x == NULL || out == NULL) {
        return call->status;
    }
    rg__tensor_read_real(x, self);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = i + 1; j < rows; j++) {
            out[next++] = distance(x + i * width, x + j * width, width, order);
        }
    }
    rg__tensor_write_real(&call->results[0], out);
    return call->status;
}
