/*
 * infer_view.c: views that keep all elements (rows: ops_view.def): other sizes, another order of dimensions, more or
 * fewer dimensions. Views of parts are in infer_part.c.
 */
#include "ops/op_rows.h"

/* A view's result starts as its input: dtype and device stay. */
static bool read_input(rg_inference *inference, rg_shape *input, rg_shape *result)
{
    if (!rg__infer_tensor(inference, 0, input)) {
        return false;
    }
    *result = *input;
    return true;
}

static bool has_symbol(const rg_inference *inference, const rg_size *sizes, uint32_t count)
{
    int64_t value = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!rg_size_as_int(inference->context, sizes[i], &value)) {
            return true;
        }
    }
    return false;
}

rg_status rg__op_alias(rg_inference *inference)
{
    rg_shape input;
    return rg__infer_tensor(inference, 0, &input) ? rg__infer_set_tensor(inference, &input) : RG_OK;
}

/* ---- other sizes ---- */

/* The sizes of `result` are wanted ones, maybe with a -1; `may_copy` makes a contiguous copy where no view exists. */
static rg_status set_reshaped(rg_inference *inference, const rg_shape *input, rg_shape *result, bool may_copy)
{
    rg_status status = rg__shape_resolve_sizes(inference, input, result->sizes, result->rank);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    if (!rg__shape_set_view(inference, input, result)) {
        bool symbolic =
            has_symbol(inference, input->sizes, input->rank) || has_symbol(inference, input->strides, input->rank);
        if (!may_copy && !symbolic) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "no view of these strides has the wanted sizes");
        }
        rg__shape_set_contiguous(inference, result);
    }
    return rg__infer_set_tensor(inference, result);
}

rg_status rg__op_view(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    if (!read_input(inference, &input, &result) || !rg__infer_sizes(inference, 1, result.sizes, &result.rank)) {
        return RG_OK;
    }
    return set_reshaped(inference, &input, &result, false);
}

/*
 * reshape gives a view or a copy, and which of them is not promised. Fake tensors give a view where one exists; a graph
 * whose rewriting changed the layout of the input afterwards may be annotated with the copy.
 */
rg_status rg__op_reshape(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    if (!read_input(inference, &input, &result) || !rg__infer_sizes(inference, 1, result.sizes, &result.rank)) {
        return RG_OK;
    }
    rg_status status = set_reshaped(inference, &input, &result, true);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    rg__shape_set_contiguous(inference, &result);
    return rg__shape_type(inference, &result, &inference->alternative);
}

/* The sizes of the second tensor. */
static rg_status reshape_like(rg_inference *inference, bool may_copy)
{
    rg_shape input;
    rg_shape other;
    rg_shape result;
    if (!read_input(inference, &input, &result) || !rg__infer_tensor(inference, 1, &other)) {
        return RG_OK;
    }
    result.rank = other.rank;
    memcpy(result.sizes, other.sizes, other.rank * sizeof(rg_size));
    return set_reshaped(inference, &input, &result, may_copy);
}

rg_status rg__op_view_as(rg_inference *inference)
{
    return reshape_like(inference, false);
}

rg_status rg__op_reshape_as(rg_inference *inference)
{
    return reshape_like(inference, true);
}

/* A dimension argument of `rank` dimensions; `fallback` when the op has no such argument. */
static rg_status read_dim(rg_inference *inference, size_t index, int64_t fallback, uint32_t rank, uint32_t *out)
{
    int64_t dim = fallback;
    if (index < inference->argument_count && !rg__infer_int(inference, index, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    return rg__infer_wrap_dim(inference, dim, rank, out);
}

/* flatten(self, start_dim, end_dim) and ravel(self) */
rg_status rg__op_flatten(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    uint32_t start = 0;
    uint32_t end = 0;
    if (!read_input(inference, &input, &result)) {
        return RG_OK;
    }
    rg_status status = read_dim(inference, 1, 0, input.rank, &start);
    if (status == RG_OK) {
        status = read_dim(inference, 2, -1, input.rank, &end);
    }
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    if (start > end) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "start_dim %u is after end_dim %u", start, end);
    }
    if (start == end && input.rank > 0) {
        return rg__infer_set_tensor(inference, &input);
    }
    result.rank = input.rank == 0 ? 1 : input.rank - (end - start);
    result.sizes[start] = rg__infer_int_size(inference, 1);
    for (uint32_t i = start; i <= end && i < input.rank; i++) {
        result.sizes[start] = rg__infer_multiply(inference, result.sizes[start], input.sizes[i]);
    }
    for (uint32_t i = start + 1; i < result.rank; i++) {
        result.sizes[i] = input.sizes[i + (end - start)];
    }
    return set_reshaped(inference, &input, &result, true);
}

/* unflatten(self, dim, sizes) */
rg_status rg__op_unflatten(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    rg_size sizes[RG_MAX_RANK];
    uint32_t count = 0;
    uint32_t dim = 0;
    if (!read_input(inference, &input, &result) || !rg__infer_sizes(inference, 2, sizes, &count)) {
        return RG_OK;
    }
    rg_status status = read_dim(inference, 1, 0, input.rank, &dim);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    if (input.rank == 0 || count == 0 || input.rank - 1 + count > RG_MAX_RANK) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a dimension cannot be split into %u", count);
    }
    rg_shape part = {.rank = 1, .sizes = {input.sizes[dim]}};
    status = rg__shape_resolve_sizes(inference, &part, sizes, count);
    if (status != RG_OK) {
        return status;
    }
    result.rank = input.rank - 1 + count;
    memcpy(&result.sizes[dim], sizes, count * sizeof(rg_size));
    memcpy(&result.sizes[dim + count], &input.sizes[dim + 1], (input.rank - dim - 1) * sizeof(rg_size));
    return set_reshaped(inference, &input, &result, false);
}

static rg_size scale_size(rg_inference *inference, rg_size size, size_t multiply, size_t divide)
{
    rg_size scaled = rg__infer_multiply(inference, size, rg__infer_int_size(inference, (int64_t)multiply));
    return rg__infer_floor_divide(inference, scaled, rg__infer_int_size(inference, (int64_t)divide));
}

/* view.dtype: the last dimension takes up the difference in item size. */
rg_status rg__op_view_dtype(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    if (!read_input(inference, &input, &result)) {
        return RG_OK;
    }
    result.dtype = rg__infer_dtype(inference, 1, input.dtype);
    size_t from = rg_dtype_bytes(input.dtype);
    size_t to = rg_dtype_bytes(result.dtype);
    if (from == to || from == 0 || to == 0) {
        return rg__infer_set_tensor(inference, &result);
    }
    if (input.rank == 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "a 0-d tensor cannot change its item size");
    }
    uint32_t last = input.rank - 1;
    if (input.has_strides && !rg__infer_is_one(inference, input.strides[last])) {
        return rg__infer_fail(inference, RG_ERROR_TYPE,
                              "the last dimension's stride must be 1 to change the item size");
    }
    result.sizes[last] = scale_size(inference, input.sizes[last], from, to);
    for (uint32_t i = 0; i < last && input.has_strides; i++) {
        result.strides[i] = scale_size(inference, input.strides[i], from, to);
    }
    return rg__infer_set_tensor(inference, &result);
}

/* ---- other order ---- */

static rg_status set_permuted(rg_inference *inference, const rg_shape *input, const uint32_t *order)
{
    rg_shape result = *input;
    for (uint32_t i = 0; i < input->rank; i++) {
        result.sizes[i] = input->sizes[order[i]];
        result.strides[i] = input->strides[order[i]];
    }
    return rg__infer_set_tensor(inference, &result);
}

static void set_identity(uint32_t *order, uint32_t rank)
{
    for (uint32_t i = 0; i < rank; i++) {
        order[i] = i;
    }
}

rg_status rg__op_permute(rg_inference *inference)
{
    rg_shape input;
    int64_t dims[RG_MAX_RANK];
    uint32_t order[RG_MAX_RANK];
    bool taken[RG_MAX_RANK] = {false};
    uint32_t count = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!rg__infer_ints(inference, 1, dims, &count)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (count != input.rank) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "%u dimensions for a tensor of rank %u", count, input.rank);
    }
    for (uint32_t i = 0; i < count; i++) {
        rg_status status = rg__infer_wrap_dim(inference, dims[i], input.rank, &order[i]);
        if (status != RG_OK) {
            return status;
        }
        if (taken[order[i]]) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "dimension %u is named twice", order[i]);
        }
        taken[order[i]] = true;
    }
    return set_permuted(inference, &input, order);
}

static rg_status swap_dimensions(rg_inference *inference, const rg_shape *input, uint32_t a, uint32_t b)
{
    uint32_t order[RG_MAX_RANK];
    set_identity(order, input->rank);
    if (input->rank > 0) {
        order[a] = b;
        order[b] = a;
    }
    return set_permuted(inference, input, order);
}

rg_status rg__op_transpose(rg_inference *inference)
{
    rg_shape input;
    uint32_t a = 0;
    uint32_t b = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_status status = read_dim(inference, 1, 0, input.rank, &a);
    if (status == RG_OK) {
        status = read_dim(inference, 2, 0, input.rank, &b);
    }
    return status != RG_OK || inference->unknown ? status : swap_dimensions(inference, &input, a, b);
}

/* t, of at most two dimensions, and numpy_T */
rg_status rg__op_reverse_dimensions(rg_inference *inference)
{
    rg_shape input;
    uint32_t order[RG_MAX_RANK];
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    for (uint32_t i = 0; i < input.rank; i++) {
        order[i] = input.rank - 1 - i;
    }
    return set_permuted(inference, &input, order);
}

rg_status rg__op_matrix_transpose(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (input.rank == 0) {
        return rg__infer_set_tensor(inference, &input);
    }
    if (input.rank == 1) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "a vector is no matrix");
    }
    return swap_dimensions(inference, &input, input.rank - 2, input.rank - 1);
}

/* movedim(self, source, destination): the other dimensions keep their order. */
rg_status rg__op_movedim(rg_inference *inference)
{
    rg_shape input;
    int64_t sources[RG_MAX_RANK];
    int64_t destinations[RG_MAX_RANK];
    uint32_t order[RG_MAX_RANK];
    bool placed[RG_MAX_RANK] = {false};
    bool moved[RG_MAX_RANK] = {false};
    uint32_t count = 0;
    uint32_t destination_count = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!rg__infer_ints(inference, 1, sources, &count) ||
        !rg__infer_ints(inference, 2, destinations, &destination_count)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (count != destination_count || count > input.rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u sources and %u destinations", count, destination_count);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = 0;
        uint32_t to = 0;
        rg_status status = rg__infer_wrap_dim(inference, sources[i], input.rank, &from);
        if (status == RG_OK) {
            status = rg__infer_wrap_dim(inference, destinations[i], input.rank, &to);
        }
        if (status == RG_OK && (placed[to] || moved[from])) {
            status = rg__infer_fail(inference, RG_ERROR_ARGUMENT, "a dimension is named twice");
        }
        if (status != RG_OK) {
            return status;
        }
        order[to] = from;
        placed[to] = true;
        moved[from] = true;
    }
    uint32_t next = 0;
    for (uint32_t to = 0; to < input.rank; to++) {
        if (!placed[to]) {
            while (moved[next]) { /* as many are left as places */
                next++;
            }
            order[to] = next++;
        }
    }
    return set_permuted(inference, &input, order);
}

/* ---- more or fewer dimensions ---- */

/* The stride of a new dimension in front of dimension `dim`: as if it enclosed all that follows. */
static rg_size enclosing_stride(rg_inference *inference, const rg_shape *shape, uint32_t dim)
{
    return dim < shape->rank ? rg__infer_multiply(inference, shape->sizes[dim], shape->strides[dim])
                             : rg__infer_int_size(inference, 1);
}

static rg_status set_expanded(rg_inference *inference, const rg_shape *input, const rg_size *wanted, uint32_t count)
{
    rg_shape result = *input;
    rg_size zero = rg__infer_int_size(inference, 0);
    if (count < input->rank) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "a tensor of rank %u cannot have %u dimensions", input->rank,
                              count);
    }
    result.rank = count;
    uint32_t added = count - input->rank;
    bool symbolic = has_symbol(inference, wanted, count);
    for (uint32_t i = count; i-- > 0;) {
        rg_size size = i >= added ? input->sizes[i - added] : rg__infer_int_size(inference, 1);
        rg_size target = wanted[i];
        if (i >= added) {
            result.strides[i] = input->strides[i - added];
        } else if (input->rank == 0) {
            /* Kernels give a 0-d tensor strides of 0 throughout, references only where it grows. */
            bool by_reference = symbolic && rg__infer_is_one(inference, target);
            result.strides[i] = by_reference ? rg__infer_int_size(inference, 1) : zero;
        } else if (input->has_strides) {
            result.strides[i] = enclosing_stride(inference, &result, i + 1);
        }
        if (rg__infer_is_int(inference, target, -1)) {
            if (i < added) {
                return rg__infer_fail(inference, RG_ERROR_TYPE, "a new dimension has no size of its own for -1");
            }
            target = size;
        }
        if (rg_size_equal(inference->context, size, target) != RG_YES) {
            int64_t known = 0;
            if (rg__infer_is_one(inference, size)) {
                result.strides[i] = zero;
            } else if (rg_size_as_int(inference->context, size, &known) &&
                       rg_size_as_int(inference->context, target, &known)) {
                return rg__infer_fail(inference, RG_ERROR_TYPE, "dimension %u is not of size 1 and cannot grow", i);
            }
        }
        result.sizes[i] = target;
    }
    return rg__infer_set_tensor(inference, &result);
}

rg_status rg__op_expand(rg_inference *inference)
{
    rg_shape input;
    rg_size wanted[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_sizes(inference, 1, wanted, &count)) {
        return RG_OK;
    }
    return set_expanded(inference, &input, wanted, count);
}

rg_status rg__op_expand_as(rg_inference *inference)
{
    rg_shape input;
    rg_shape other;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_tensor(inference, 1, &other)) {
        return RG_OK;
    }
    return set_expanded(inference, &input, other.sizes, other.rank);
}

/* Drop the marked dimensions that have size 1. */
static rg_status set_squeezed(rg_inference *inference, const rg_shape *input, const bool *marked)
{
    rg_shape result = *input;
    result.rank = 0;
    for (uint32_t i = 0; i < input->rank; i++) {
        if (!marked[i] || !rg__infer_is_one(inference, input->sizes[i])) {
            result.sizes[result.rank] = input->sizes[i];
            result.strides[result.rank] = input->strides[i];
            result.rank++;
        }
    }
    return rg__infer_set_tensor(inference, &result);
}

rg_status rg__op_squeeze(rg_inference *inference)
{
    rg_shape input;
    bool marked[RG_MAX_RANK];
    memset(marked, true, sizeof(marked));
    return rg__infer_tensor(inference, 0, &input) ? set_squeezed(inference, &input, marked) : RG_OK;
}

rg_status rg__op_squeeze_dims(rg_inference *inference)
{
    rg_shape input;
    bool marked[RG_MAX_RANK] = {false};
    int64_t dims[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!rg__infer_ints(inference, 1, dims, &count)) {
        inference->unknown = true;
        return RG_OK;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t dim = 0;
        rg_status status = rg__infer_wrap_dim(inference, dims[i], input.rank, &dim);
        if (status != RG_OK) {
            return status;
        }
        marked[dim] = true;
    }
    return set_squeezed(inference, &input, marked);
}

rg_status rg__op_unsqueeze(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    uint32_t dim = 0;
    if (!read_input(inference, &input, &result)) {
        return RG_OK;
    }
    if (input.rank == RG_MAX_RANK) {
        return rg__infer_fail(inference, RG_ERROR_LIMIT, "more than %d dimensions", (int)RG_MAX_RANK);
    }
    rg_status status = read_dim(inference, 1, 0, input.rank + 1, &dim);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    result.rank = input.rank + 1;
    memcpy(&result.sizes[dim + 1], &input.sizes[dim], (input.rank - dim) * sizeof(rg_size));
    memcpy(&result.strides[dim + 1], &input.strides[dim], (input.rank - dim) * sizeof(rg_size));
    result.sizes[dim] = rg__infer_int_size(inference, 1);
    if (input.has_strides) {
        result.strides[dim] = enclosing_stride(inference, &input, dim);
    }
    return rg__infer_set_tensor(inference, &result);
}

/* as_strided(self, size, stride, storage_offset) */
rg_status rg__op_as_strided(rg_inference *inference)
{
    rg_shape result;
    uint32_t stride_count = 0;
    if (!rg__infer_tensor(inference, 0, &result) || !rg__infer_sizes(inference, 1, result.sizes, &result.rank) ||
        !rg__infer_sizes(inference, 2, result.strides, &stride_count)) {
        return RG_OK;
    }
    if (stride_count != result.rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u sizes and %u strides", result.rank, stride_count);
    }
    result.has_strides = true;
    return rg__infer_set_tensor(inference, &result);
}

/* ---- complex numbers ---- */

/* view_as_real: a last dimension of size 2 appears. */
rg_status rg__op_view_as_real(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    if (!read_input(inference, &input, &result)) {
        return RG_OK;
    }
    if (!rg_dtype_is_complex(input.dtype) || input.rank == RG_MAX_RANK) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "%s is not complex", rg_dtype_torch_name(input.dtype));
    }
    rg_size two = rg__infer_int_size(inference, 2);
    result.dtype = rg__dtype_real(input.dtype);
    for (uint32_t i = 0; i < input.rank && input.has_strides; i++) {
        result.strides[i] = rg__infer_multiply(inference, input.strides[i], two);
    }
    result.sizes[input.rank] = two;
    result.strides[input.rank] = rg__infer_int_size(inference, 1);
    result.rank = input.rank + 1;
    return rg__infer_set_tensor(inference, &result);
}

/* view_as_complex: the last dimension, of size 2, goes. */
rg_status rg__op_view_as_complex(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    if (!read_input(inference, &input, &result)) {
        return RG_OK;
    }
    result.dtype = rg__dtype_complex(input.dtype);
    if (input.rank == 0 || result.dtype == RG_DTYPE_NONE ||
        !rg__infer_is_int(inference, input.sizes[input.rank - 1], 2)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "needs floats with a last dimension of size 2");
    }
    rg_size two = rg__infer_int_size(inference, 2);
    result.rank = input.rank - 1;
    for (uint32_t i = 0; i < result.rank && input.has_strides; i++) {
        result.strides[i] = rg__infer_floor_divide(inference, input.strides[i], two);
    }
    return rg__infer_set_tensor(inference, &result);
}

/* real and imag: every second number of view_as_real; a real tensor is its own real part. */
rg_status rg__op_complex_part(rg_inference *inference)
{
    rg_shape input;
    rg_shape result;
    if (!read_input(inference, &input, &result)) {
        return RG_OK;
    }
    if (rg_dtype_is_complex(input.dtype)) {
        rg_size two = rg__infer_int_size(inference, 2);
        result.dtype = rg__dtype_real(input.dtype);
        for (uint32_t i = 0; i < input.rank && input.has_strides; i++) {
            result.strides[i] = rg__infer_multiply(inference, input.strides[i], two);
        }
    }
    return rg__infer_set_tensor(inference, &result);
}
