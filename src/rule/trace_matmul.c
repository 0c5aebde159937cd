/*
 * trace_matmul.c: matmul and linear in all their ranks, and the products that they come down to.
 *
 * Which form a product takes depends on the strides of its operands (spec: PyTorch's `matmul` decomposition):
 *   - rank 3 or more times rank 1 or 2 folds all leading dimensions into one and uses mm, where that is a view;
 *   - everything else of rank 3 or more is expanded to common leading dimensions, which are merged for bmm, by a view
 *     where the strides allow one and by a copy elsewhere;
 *   - matrix times vector, and vector times vector, are a multiplication and a sum.
 */
#include "rule/trace_table.h"

typedef struct operand {
    rg_value value;
    rg_shape shape;
} operand;

static bool read_operand(rg_tracer *tracer, operand *out, rg_value value, const char *what)
{
    out->value = value;
    return rg__trace_read_shape(tracer, value, what, &out->shape);
}

static rg_size one(rg_tracer *tracer)
{
    rg_size size = {0};
    rg__trace_ok(tracer, rg_size_from_int(&size, tracer->context, 1));
    return size;
}

static rg_size product(rg_tracer *tracer, const rg_size *sizes, uint32_t count)
{
    rg_size result = one(tracer);
    for (uint32_t i = 0; i < count; i++) {
        result = rg__trace_combine(tracer, RG_SIZE_MULTIPLY, result, sizes[i]);
    }
    return result;
}

static rg_value view(rg_tracer *tracer, rg_value x, const rg_size *sizes, uint32_t count)
{
    return rg__emit(tracer, "aten.view.default", x, rg__trace_size_list(tracer, sizes, count));
}

/* ---- rank 2 and below ---- */

/* matrix * vector, or vector * vector: a multiplication and a sum over the last dimension */
static rg_value multiply_and_sum(rg_tracer *tracer, rg_value x, rg_value y, bool is_matrix)
{
    const int64_t last = 1;
    rg_value terms = rg__emit(tracer, "aten.mul.Tensor", x, y);
    return is_matrix ? rg__emit(tracer, "aten.sum.dim_IntList", terms, rg__trace_int_list(tracer, &last, 1))
                     : rg__emit(tracer, "aten.sum.default", terms);
}

/* mm with a contracted dimension of size 1 is a multiplication. */
static rg_value multiply_matrices(rg_tracer *tracer, rg_value x, rg_value y)
{
    rg_tensor_type left = rg_type_get_tensor(tracer->context, rg_tracer_type(tracer, x));
    rg_tensor_type right = rg_type_get_tensor(tracer->context, rg_tracer_type(tracer, y));
    if (left.rank == 2 && right.rank == 2 && rg__trace_size_is(tracer, left.sizes[1], 1) &&
        rg__trace_size_is(tracer, right.sizes[0], 1)) {
        return rg__emit(tracer, "aten.mul.Tensor", x, y);
    }
    return rg__emit(tracer, "aten.mm.default", x, y);
}

static rg_value multiply_small(rg_tracer *tracer, const operand *x, const operand *y)
{
    if (x->shape.rank == 2 && y->shape.rank == 2) {
        return multiply_matrices(tracer, x->value, y->value);
    }
    if (y->shape.rank == 1) {
        return multiply_and_sum(tracer, x->value, y->value, x->shape.rank == 2);
    }
    rg_value zero = rg__trace_int(tracer, 0);
    rg_value row = rg__emit(tracer, "aten.unsqueeze.default", x->value, zero);
    return rg__emit(tracer, "aten.squeeze.dim", multiply_matrices(tracer, row, y->value), zero);
}

/* ---- folding ---- */

/* Do the leading dimensions fold without a copy? Dimensions of size 1 may have any stride. */
static bool can_fold(rg_tracer *tracer, const rg_shape *shape)
{
    rg_inference inference = rg__trace_layout(tracer);
    bool result = rg__shape_is_contiguous(&inference, shape);
    return rg__trace_layout_ok(tracer, &inference) && result;
}

static bool should_fold(rg_tracer *tracer, const operand *x, const operand *y)
{
    const operand *large = x->shape.rank >= y->shape.rank ? x : y;
    const operand *small = large == x ? y : x;
    return large->shape.rank >= 3 && small->shape.rank <= 2 && x->shape.rank != 2 && can_fold(tracer, &large->shape);
}

/* The larger operand, transposed when it is the right one, becomes a matrix of all its rows. */
static rg_value multiply_folded(rg_tracer *tracer, const operand *x, const operand *y)
{
    operand large = x->shape.rank >= y->shape.rank ? *x : *y;
    const operand *small = x->shape.rank >= y->shape.rank ? y : x;
    uint32_t rank = large.shape.rank;
    rg_size sizes[RG_MAX_RANK];
    if (small == x && !read_operand(tracer, &large, rg__trace_swap(tracer, large.value, rank - 2, rank - 1), "input")) {
        return rg_value_missing();
    }
    memcpy(sizes, large.shape.sizes, rank * sizeof(*sizes));
    const rg_size folded[] = {product(tracer, sizes, rank - 1), sizes[rank - 1]};
    rg_value rows = rg__trace_reshape(tracer, large.value, rg__trace_size_list(tracer, folded, 2));
    if (small->shape.rank == 1) {
        return view(tracer, multiply_and_sum(tracer, rows, small->value, true), sizes, rank - 1);
    }
    sizes[rank - 1] = small->shape.sizes[1];
    return view(tracer, multiply_matrices(tracer, rows, small->value), sizes, rank);
}

/* ---- batches ---- */

/* Leading dimensions of both operands, broadcast together. */
static uint32_t common_batch(rg_tracer *tracer, const operand *x, const operand *y, rg_size *sizes)
{
    rg_shape left = x->shape;
    rg_shape right = y->shape;
    rg_shape both;
    left.rank = left.rank > 2 ? left.rank - 2 : 0;
    right.rank = right.rank > 2 ? right.rank - 2 : 0;
    rg_inference inference = rg__trace_layout(tracer);
    memset(&both, 0, sizeof(both));
    if (!rg__trace_ok(tracer, rg__shape_broadcast(&inference, &both, &left, &right)) ||
        !rg__trace_layout_ok(tracer, &inference)) {
        return 0;
    }
    memcpy(sizes, both.sizes, both.rank * sizeof(*sizes));
    return both.rank;
}

/* One operand expanded to the batch and merged to rank 3. */
static rg_value merge_batch(rg_tracer *tracer, rg_value x, const rg_size *batch, uint32_t rank, rg_size rows,
                            rg_size columns)
{
    rg_size sizes[RG_MAX_RANK + 2];
    memcpy(sizes, batch, rank * sizeof(*sizes));
    sizes[rank] = rows;
    sizes[rank + 1] = columns;
    rg_value expanded = rg__trace_expand(tracer, x, sizes, rank + 2);
    const rg_size merged[] = {product(tracer, batch, rank), rows, columns};
    return rg__trace_reshape(tracer, expanded, rg__trace_size_list(tracer, merged, 3));
}

static rg_value multiply_batches(rg_tracer *tracer, const operand *x, const operand *y)
{
    rg_size batch[RG_MAX_RANK + 2];
    operand right = *y;
    uint32_t left_rank = x->shape.rank;
    if (y->shape.rank == 1 &&
        !read_operand(tracer, &right, rg__emit(tracer, "aten.unsqueeze.default", y->value, rg__trace_int(tracer, 1)),
                      "other")) {
        return rg_value_missing();
    }
    uint32_t right_rank = right.shape.rank;
    uint32_t rank = common_batch(tracer, x, &right, batch);
    if (tracer->status != RG_OK || rank + 2 > RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d dimensions", RG_MAX_RANK);
    }
    rg_size rows = left_rank > 1 ? x->shape.sizes[left_rank - 2] : one(tracer);
    rg_size columns = right.shape.sizes[right_rank - 1];
    rg_value left_merged = merge_batch(tracer, x->value, batch, rank, rows, x->shape.sizes[left_rank - 1]);
    rg_value right_merged = merge_batch(tracer, right.value, batch, rank, right.shape.sizes[right_rank - 2], columns);
    rg_value result = rg__emit(tracer, "aten.bmm.default", left_merged, right_merged);
    if (left_rank > 1) {
        batch[rank++] = rows;
    }
    if (y->shape.rank > 1) {
        batch[rank++] = columns;
    }
    return view(tracer, result, batch, rank);
}

static rg_value multiply(rg_tracer *tracer, rg_value a, rg_value b)
{
    operand x;
    operand y;
    if (!read_operand(tracer, &x, a, "input") || !read_operand(tracer, &y, b, "other")) {
        return rg_value_missing();
    }
    if (x.shape.rank == 0 || y.shape.rank == 0) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "both operands need at least one dimension");
    }
    if (x.shape.rank <= 2 && y.shape.rank <= 2) {
        return multiply_small(tracer, &x, &y);
    }
    return should_fold(tracer, &x, &y) ? multiply_folded(tracer, &x, &y) : multiply_batches(tracer, &x, &y);
}

static rg_value trace_matmul(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    return multiply(tracer, a[0], a[1]);
}

/* ---- linear ---- */

/* input * weight^T + bias. With a bias, a contiguous input of any rank is folded for addmm. */
static rg_value trace_linear(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    operand x;
    operand weight;
    if (!read_operand(tracer, &x, a[0], "input") || !read_operand(tracer, &weight, a[1], "weight")) {
        return rg_value_missing();
    }
    uint32_t rank = x.shape.rank;
    if (weight.shape.rank != 2 || rank == 0) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "weights of rank 2 and inputs of rank 1 or more only");
    }
    bool has_bias = rg__trace_is_given(a[2]);
    bool folds = has_bias && (rank == 2 || can_fold(tracer, &x.shape));
    rg_value rows = x.value;
    if (folds && rank != 2) {
        const rg_size sizes[] = {product(tracer, x.shape.sizes, rank - 1), x.shape.sizes[rank - 1]};
        rows = view(tracer, rows, sizes, 2);
    }
    rg_value transposed = rg__trace_swap(tracer, weight.value, 0, 1);
    if (!folds) {
        rg_value result = multiply(tracer, x.value, transposed);
        return has_bias ? rg__emit(tracer, "aten.add.Tensor", result, a[2]) : result;
    }
    rg_value result = rg__emit(tracer, "aten.addmm.default", a[2], rows, transposed);
    if (rank == 2) {
        return result;
    }
    x.shape.sizes[rank - 1] = weight.shape.sizes[0];
    return view(tracer, result, x.shape.sizes, rank);
}

/* ---- the plain ones ---- */

static rg_value trace_mm(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    rg__trace_read_tensor(tracer, a[1], "mat2");
    return tracer->status == RG_OK ? multiply_matrices(tracer, a[0], a[1]) : rg_value_missing();
}

static rg_value trace_bmm(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    rg__trace_read_tensor(tracer, a[1], "mat2");
    return rg__emit(tracer, row->op, a[0], a[1]);
}

static rg_value trace_addmm(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit_call(tracer, row->op, RG_POSITION(a[0]), RG_POSITION(a[1]), RG_POSITION(a[2]),
                         RG_KEYWORD("beta", a[3]), RG_KEYWORD("alpha", a[4]));
}

static rg_value trace_dot(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    rg__trace_read_tensor(tracer, a[1], "vec");
    return multiply_and_sum(tracer, a[0], a[1], strcmp(row->name, "mv") == 0);
}

/* x[:, None] * y */
static rg_value trace_outer(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (!rg__trace_read_shape(tracer, a[0], "input", &shape)) {
        return rg_value_missing();
    }
    if (shape.rank != 1) {
        return rg__trace_fail(tracer, RG_ERROR_TYPE, "'input' must have one dimension");
    }
    const rg_size sizes[] = {shape.sizes[0], one(tracer)};
    return rg__emit(tracer, "aten.mul.Tensor", view(tracer, a[0], sizes, 2), a[1]);
}

static const rg_trace_row rows[] = {
    {"matmul", RG_IN_BOTH | RG_IN_OPERATORS, "input|self, other", trace_matmul, NULL},
    {"linear", RG_IN_FUNCTIONAL, "input, weight, bias=", trace_linear, NULL},
    {"mm", RG_IN_BOTH, "input|self, mat2", trace_mm, NULL},
    {"bmm", RG_IN_BOTH, "input|self, mat2", trace_bmm, "aten.bmm.default"},
    {"addmm", RG_IN_BOTH, "input|self, mat1, mat2, beta=, alpha=", trace_addmm, "aten.addmm.default"},
    {"baddbmm", RG_IN_BOTH, "input|self, batch1, batch2, beta=, alpha=", trace_addmm, "aten.baddbmm.default"},
    {"mv", RG_IN_BOTH, "input|self, vec", trace_dot, NULL},
    {"dot", RG_IN_BOTH, "input|self, vec|tensor", trace_dot, NULL},
    {"outer", RG_IN_BOTH, "input|self, vec2", trace_outer, NULL},
};

const rg_trace_family rg__trace_matmul = {rows, sizeof(rows) / sizeof(rows[0]),
                                          RG_IN_BOTH | RG_IN_FUNCTIONAL | RG_IN_OPERATORS};
