/*
 * infer_matmul.c: products of matrices and vectors, and pairwise distances.
 *
 * Every result is contiguous, also where a kernel would find another layout convenient: fake tensors allocate
 * products afresh. Sizes that are contracted must agree where that can be decided.
 */
#include "ops/op_rows.h"

/* Two sizes that PyTorch would guard to be equal; an undecidable pair passes. */
static bool may_equal(rg_inference *inference, rg_size a, rg_size b)
{
    return rg_size_equal(inference->context, a, b) != RG_NO;
}

static rg_status need_rank(rg_inference *inference, const rg_shape *shape, uint32_t rank, const char *name)
{
    if (shape->rank == rank) {
        return RG_OK;
    }
    return rg__infer_fail(inference, RG_ERROR_TYPE, "%s must have %u dimensions, it has %u", name, rank, shape->rank);
}

static rg_status need_contraction(rg_inference *inference, rg_size a, rg_size b)
{
    if (may_equal(inference, a, b)) {
        return RG_OK;
    }
    return rg__infer_fail(inference, RG_ERROR_TYPE, "the contracted sizes differ");
}

/*
 * The product of the tensors at two argument indices, of rank 2, or of rank 3 with a batch in front. `*known` says
 * whether there is a result.
 */
static rg_status matrix_product(rg_inference *inference, size_t left_index, size_t right_index, uint32_t rank,
                                rg_shape *out, bool *known)
{
    rg_shape left;
    rg_shape right;
    *known = false;
    if (!rg__infer_tensor(inference, left_index, &left) || !rg__infer_tensor(inference, right_index, &right)) {
        return RG_OK;
    }
    rg_status status = need_rank(inference, &left, rank, "the left matrix");
    if (status == RG_OK) {
        status = need_rank(inference, &right, rank, "the right matrix");
    }
    if (status == RG_OK) {
        status = need_contraction(inference, left.sizes[rank - 1], right.sizes[rank - 2]);
    }
    if (status == RG_OK && rank == 3 && !may_equal(inference, left.sizes[0], right.sizes[0])) {
        status = rg__infer_fail(inference, RG_ERROR_TYPE, "the batch sizes differ");
    }
    if (status != RG_OK) {
        return status;
    }
    *out = left;
    out->sizes[rank - 1] = right.sizes[rank - 1];
    rg_dtype dtype = rank == 3 ? right.dtype : left.dtype; /* matters for calls that mix dtypes, which cannot run */
    out->dtype = rg__infer_dtype(inference, rg__infer_find(inference, "out_dtype"), dtype);
    rg__shape_set_contiguous(inference, out);
    *known = true;
    return RG_OK;
}

static rg_status answer_product(rg_inference *inference, size_t left, size_t right, uint32_t rank)
{
    rg_shape shape;
    bool known = false;
    rg_status status = matrix_product(inference, left, right, rank, &shape, &known);
    return known ? rg__infer_set_tensor(inference, &shape) : status;
}

rg_status rg__op_mm(rg_inference *inference)
{
    return answer_product(inference, 0, 1, 2);
}

rg_status rg__op_bmm(rg_inference *inference)
{
    return answer_product(inference, 0, 1, 3);
}

/* The first argument is added, broadcast to the product. */
static rg_status answer_product_plus(rg_inference *inference, uint32_t rank)
{
    rg_shape added;
    rg_shape product;
    rg_shape sum;
    bool known = false;
    rg_status status = matrix_product(inference, 1, 2, rank, &product, &known);
    if (!known || !rg__infer_tensor(inference, 0, &added)) {
        return status;
    }
    status = rg__shape_broadcast(inference, &sum, &added, &product);
    return status == RG_OK ? rg__infer_set_tensor(inference, &product) : status;
}

rg_status rg__op_addmm(rg_inference *inference)
{
    return answer_product_plus(inference, 2);
}

rg_status rg__op_baddbmm(rg_inference *inference)
{
    return answer_product_plus(inference, 3);
}

/* addbmm sums the products of the batch. */
rg_status rg__op_addbmm(rg_inference *inference)
{
    rg_shape shape;
    bool known = false;
    rg_status status = matrix_product(inference, 1, 2, 3, &shape, &known);
    if (!known) {
        return status;
    }
    shape.rank = 2;
    shape.sizes[0] = shape.sizes[1];
    shape.sizes[1] = shape.sizes[2];
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* aten._int_mm: int8 by int8 gives int32. */
rg_status rg__op_int_mm(rg_inference *inference)
{
    rg_shape shape;
    bool known = false;
    rg_status status = matrix_product(inference, 0, 1, 2, &shape, &known);
    if (!known) {
        return status;
    }
    shape.dtype = RG_DTYPE_I32;
    return rg__infer_set_tensor(inference, &shape);
}

static rg_status matrix_vector(rg_inference *inference, size_t matrix_index, size_t vector_index)
{
    rg_shape matrix;
    rg_shape vector;
    if (!rg__infer_tensor(inference, matrix_index, &matrix) || !rg__infer_tensor(inference, vector_index, &vector)) {
        return RG_OK;
    }
    rg_status status = need_rank(inference, &matrix, 2, "the matrix");
    if (status == RG_OK) {
        status = need_rank(inference, &vector, 1, "the vector");
    }
    if (status == RG_OK) {
        status = need_contraction(inference, matrix.sizes[1], vector.sizes[0]);
    }
    if (status != RG_OK) {
        return status;
    }
    matrix.rank = 1;
    rg__shape_set_contiguous(inference, &matrix);
    return rg__infer_set_tensor(inference, &matrix);
}

rg_status rg__op_mv(rg_inference *inference)
{
    return matrix_vector(inference, 0, 1);
}

rg_status rg__op_addmv(rg_inference *inference)
{
    return matrix_vector(inference, 1, 2);
}

rg_status rg__op_dot(rg_inference *inference)
{
    rg_shape left;
    rg_shape right;
    if (!rg__infer_tensor(inference, 0, &left) || !rg__infer_tensor(inference, 1, &right)) {
        return RG_OK;
    }
    rg_status status = need_rank(inference, &left, 1, "the left vector");
    if (status == RG_OK) {
        status = need_rank(inference, &right, 1, "the right vector");
    }
    if (status == RG_OK) {
        status = need_contraction(inference, left.sizes[0], right.sizes[0]);
    }
    if (status != RG_OK) {
        return status;
    }
    left.rank = 0;
    rg__shape_set_contiguous(inference, &left);
    return rg__infer_set_tensor(inference, &left);
}

/* The two vectors at these indices as a column and a row. */
static bool read_outer(rg_inference *inference, size_t left_index, size_t right_index, rg_shape *column, rg_shape *row,
                       rg_status *status)
{
    *status = RG_OK;
    if (!rg__infer_tensor(inference, left_index, column) || !rg__infer_tensor(inference, right_index, row)) {
        return false;
    }
    *status = need_rank(inference, column, 1, "the left vector");
    if (*status == RG_OK) {
        *status = need_rank(inference, row, 1, "the right vector");
    }
    column->rank = 2;
    column->sizes[1] = rg__infer_int_size(inference, 1);
    column->strides[1] = rg__infer_int_size(inference, 1);
    return *status == RG_OK;
}

/* [n] and [m] give [n, m], contiguous. */
rg_status rg__op_outer(rg_inference *inference)
{
    static const size_t operands[] = {0, 1};
    rg_shape column;
    rg_shape row;
    rg_status status;
    if (!read_outer(inference, 0, 1, &column, &row, &status)) {
        return status;
    }
    column.sizes[1] = row.sizes[0];
    column.dtype = rg__infer_promote(inference, operands, 2);
    rg__shape_set_contiguous(inference, &column);
    return rg__infer_set_tensor(inference, &column);
}

/* addr(self, left, right): an elementwise expression of self, a column and a row. */
rg_status rg__op_addr(rg_inference *inference)
{
    static const size_t arguments[] = {0, 1, 2};
    rg_shape self;
    rg_shape column;
    rg_shape row;
    rg_status status;
    if (!rg__infer_tensor(inference, 0, &self)) {
        return RG_OK;
    }
    if (!read_outer(inference, 1, 2, &column, &row, &status)) {
        return status;
    }
    const rg_shape *operands[] = {&self, &column, &row};
    rg_shape shape = column;
    shape.sizes[1] = row.sizes[0];
    status = rg__shape_broadcast(inference, &shape, &self, &shape);
    if (status != RG_OK) {
        return status;
    }
    shape.dtype = rg__infer_promote(inference, arguments, 3);
    rg__shape_set_elementwise(inference, &shape, operands, 3);
    return rg__infer_set_tensor(inference, &shape);
}

/* torch.matmul: vectors act as matrices of one row or column that is dropped again; batches broadcast. */
rg_status rg__op_matmul(rg_inference *inference)
{
    rg_shape left;
    rg_shape right;
    if (!rg__infer_tensor(inference, 0, &left) || !rg__infer_tensor(inference, 1, &right)) {
        return RG_OK;
    }
    if (left.rank == 0 || right.rank == 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "both arguments need at least 1 dimension");
    }
    rg_size contracted = right.sizes[right.rank == 1 ? 0 : right.rank - 2];
    rg_status status = need_contraction(inference, left.sizes[left.rank - 1], contracted);
    if (status != RG_OK) {
        return status;
    }
    bool has_rows = left.rank > 1;
    bool has_columns = right.rank > 1;
    rg_size rows = has_rows ? left.sizes[left.rank - 2] : left.sizes[0];
    rg_size columns = right.sizes[right.rank - 1];
    left.rank = left.rank > 2 ? left.rank - 2 : 0;
    right.rank = right.rank > 2 ? right.rank - 2 : 0;
    left.has_strides = right.has_strides = false;
    rg_shape shape = left;
    status = rg__shape_broadcast(inference, &shape, &left, &right);
    if (status != RG_OK) {
        return status;
    }
    if (has_rows) {
        shape.sizes[shape.rank++] = rows;
    }
    if (has_columns) {
        shape.sizes[shape.rank++] = columns;
    }
    shape.dtype = left.dtype;
    shape.device = left.device;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_linear(rg_inference *inference)
{
    rg_shape input;
    rg_shape weight;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_tensor(inference, 1, &weight)) {
        return RG_OK;
    }
    if (input.rank == 0 || weight.rank == 0 || weight.rank > 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE,
                              "needs an input of at least 1 and a weight of 1 or 2 dimensions");
    }
    rg_status status = need_contraction(inference, input.sizes[input.rank - 1], weight.sizes[weight.rank - 1]);
    if (status != RG_OK) {
        return status;
    }
    input.rank--;
    if (weight.rank == 2) {
        input.sizes[input.rank++] = weight.sizes[0];
    }
    rg__shape_set_contiguous(inference, &input);
    return rg__infer_set_tensor(inference, &input);
}

/* ---- distances ---- */

/* aten._cdist_forward: [batch..., p, m] and [batch..., r, m] give [batch..., p, r]. */
rg_status rg__op_cdist(rg_inference *inference)
{
    rg_shape left;
    rg_shape right;
    if (!rg__infer_tensor(inference, 0, &left) || !rg__infer_tensor(inference, 1, &right)) {
        return RG_OK;
    }
    if (left.rank < 2 || right.rank < 2) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "both arguments need at least 2 dimensions");
    }
    rg_status status = need_contraction(inference, left.sizes[left.rank - 1], right.sizes[right.rank - 1]);
    if (status != RG_OK) {
        return status;
    }
    rg_size rows = left.sizes[left.rank - 2];
    rg_size columns = right.sizes[right.rank - 2];
    left.rank -= 2;
    right.rank -= 2;
    left.has_strides = right.has_strides = false;
    rg_shape shape = left;
    status = rg__shape_broadcast(inference, &shape, &left, &right);
    if (status != RG_OK) {
        return status;
    }
    shape.sizes[shape.rank++] = rows;
    shape.sizes[shape.rank++] = columns;
    shape.dtype = left.dtype;
    shape.device = left.device;
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* aten._pdist_forward: n points have n*(n - 1)/2 distances. */
rg_status rg__op_pdist(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    rg_status status = need_rank(inference, &shape, 2, "the input");
    if (status != RG_OK) {
        return status;
    }
    rg_size points = shape.sizes[0];
    rg_size less_one = rg__infer_subtract(inference, points, rg__infer_int_size(inference, 1));
    shape.rank = 1;
    shape.sizes[0] = rg__infer_floor_divide(inference, rg__infer_multiply(inference, points, less_one),
                                            rg__infer_int_size(inference, 2));
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}
