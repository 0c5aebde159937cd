/*
 * infer_factory.c: tensors that come from sizes, numbers or the likeness of another tensor (rows: ops_factory.def), and
 * repeat and tile, whose sizes are computed alike.
 */
#include <math.h>

#include "ops/op_rows.h"

static rg_device cpu_device(const rg_inference *inference)
{
    rg_device device = {NULL, -1};
    rg_string kind;
    if (rg_context_intern(&kind, inference->context, rg_string_from("cpu")) == RG_OK) {
        device.kind = kind.data;
    }
    return device;
}

/* The dtype and device arguments, with PyTorch's defaults. */
static void set_options(rg_inference *inference, rg_shape *shape, rg_dtype dtype, rg_device device)
{
    shape->dtype = rg__infer_dtype(inference, rg__infer_find(inference, "dtype"), dtype);
    shape->device = rg__infer_device(inference, rg__infer_find(inference, "device"), device);
}

static bool asks_for(const rg_inference *inference, const char *format)
{
    size_t index = rg__infer_find(inference, "memory_format");
    if (rg__infer_is_none(inference, index)) {
        return false;
    }
    rg_string text = rg_value_as_text(inference->context, inference->arguments[index]);
    return rg_string_equal(text, rg_string_from(format));
}

static bool asks_for_channels_last(const rg_inference *inference)
{
    return asks_for(inference, "channels_last") || asks_for(inference, "channels_last_3d");
}

static rg_status set_laid_out(rg_inference *inference, rg_shape *shape)
{
    if (asks_for_channels_last(inference)) {
        rg__shape_set_channels_last(inference, shape);
    } else {
        rg__shape_set_contiguous(inference, shape);
    }
    return rg__infer_set_tensor(inference, shape);
}

/* ---- from sizes ---- */

static bool read_sizes(rg_inference *inference, rg_shape *shape)
{
    return rg__infer_sizes(inference, rg__infer_find(inference, "size"), shape->sizes, &shape->rank);
}

rg_status rg__op_from_sizes(rg_inference *inference)
{
    rg_shape shape;
    if (!read_sizes(inference, &shape)) {
        return RG_OK;
    }
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

/* full: without a dtype, that of the number. */
rg_status rg__op_full(rg_inference *inference)
{
    rg_shape shape;
    size_t value = rg__infer_find(inference, "fill_value");
    if (!read_sizes(inference, &shape)) {
        return RG_OK;
    }
    rg_dtype dtype = rg__infer_promote(inference, &value, 1);
    if (dtype == RG_DTYPE_NONE && rg_value_get_kind(inference->arguments[value]) == RG_VALUE_OBJECT) {
        inference->unknown = false; /* a complex number */
        dtype = RG_DTYPE_C64;
    }
    set_options(inference, &shape, dtype, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

rg_status rg__op_randint(rg_inference *inference)
{
    rg_shape shape;
    if (!read_sizes(inference, &shape)) {
        return RG_OK;
    }
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

static rg_status set_strided(rg_inference *inference, rg_shape *shape)
{
    uint32_t count = 0;
    if (!read_sizes(inference, shape) ||
        !rg__infer_sizes(inference, rg__infer_find(inference, "stride"), shape->strides, &count)) {
        return RG_OK;
    }
    if (count != shape->rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u sizes and %u strides", shape->rank, count);
    }
    shape->has_strides = true;
    return rg__infer_set_tensor(inference, shape);
}

rg_status rg__op_empty_strided(rg_inference *inference)
{
    rg_shape shape;
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return set_strided(inference, &shape);
}

/* empty_permuted(size, physical_layout): dense, the layout's last dimension innermost. */
rg_status rg__op_empty_permuted(rg_inference *inference)
{
    rg_shape shape;
    int64_t layout[RG_MAX_RANK];
    bool taken[RG_MAX_RANK] = {false};
    uint32_t count = 0;
    if (!read_sizes(inference, &shape)) {
        return RG_OK;
    }
    if (!rg__infer_ints(inference, 1, layout, &count) || count != shape.rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the layout must name all %u dimensions", shape.rank);
    }
    rg_size stride = rg__infer_int_size(inference, 1);
    rg_size one = stride;
    for (uint32_t i = count; i-- > 0;) {
        if (layout[i] < 0 || layout[i] >= (int64_t)count || taken[layout[i]]) {
            return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the layout is no permutation");
        }
        taken[layout[i]] = true;
        shape.strides[layout[i]] = stride;
        stride = rg__infer_multiply(inference, stride, rg__infer_max(inference, one, shape.sizes[layout[i]]));
    }
    shape.has_strides = true;
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- like another tensor ---- */

rg_status rg__op_like(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape shape = input;
    set_options(inference, &shape, input.dtype, input.device);
    if (asks_for_channels_last(inference) || asks_for(inference, "contiguous_format")) {
        return set_laid_out(inference, &shape);
    }
    const rg_shape *operand = &input;
    rg__shape_set_elementwise(inference, &shape, &operand, 1);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_new_from_sizes(rg_inference *inference)
{
    rg_shape input;
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &input) || !read_sizes(inference, &shape)) {
        return RG_OK;
    }
    set_options(inference, &shape, input.dtype, input.device);
    return set_laid_out(inference, &shape);
}

rg_status rg__op_new_empty_strided(rg_inference *inference)
{
    rg_shape input;
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    set_options(inference, &shape, input.dtype, input.device);
    return set_strided(inference, &shape);
}

/* ---- sequences and single values ---- */

static rg_status set_vector(rg_inference *inference, rg_size length, rg_dtype dtype)
{
    rg_shape shape;
    shape.rank = 1;
    shape.sizes[0] = length;
    set_options(inference, &shape, dtype, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

static bool is_float_argument(const rg_inference *inference, size_t index)
{
    return index < inference->argument_count && rg_value_get_kind(inference->arguments[index]) == RG_VALUE_FLOAT;
}

static double as_double(const rg_inference *inference, size_t index, double fallback)
{
    int64_t integer = 0;
    if (is_float_argument(inference, index)) {
        return rg_value_as_float(inference->arguments[index]);
    }
    return rg__infer_int(inference, index, &integer) ? (double)integer : fallback;
}

static bool is_number(const rg_inference *inference, size_t index)
{
    int64_t integer = 0;
    return index >= inference->argument_count || is_float_argument(inference, index) ||
           rg__infer_int(inference, index, &integer);
}

static rg_status float_range(rg_inference *inference, size_t start, size_t end, size_t step)
{
    if (!is_number(inference, start) || !is_number(inference, end) || !is_number(inference, step)) {
        inference->unknown = true; /* fractions of symbolic sizes */
        return RG_OK;
    }
    double from = as_double(inference, start, 0.0);
    double to = as_double(inference, end, 0.0);
    double by = as_double(inference, step, 1.0);
    rg_dtype dtype = rg__infer_dtype(inference, rg__infer_find(inference, "dtype"), RG_DTYPE_F32);
    bool whole = rg_dtype_is_integer(dtype);
    double length = whole ? ceil((trunc(to) - trunc(from)) / trunc(by)) : ceil((to - from) / by);
    if (!(length >= 0.0 && length < 9e18)) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the range has no length");
    }
    return set_vector(inference, rg__infer_int_size(inference, (int64_t)length), RG_DTYPE_F32);
}

/* arange(end), arange(start, end), arange(start, end, step): ceil((end - start) / step) numbers */
rg_status rg__op_arange(rg_inference *inference)
{
    size_t start_index = rg__infer_find(inference, "start");
    size_t end_index = rg__infer_find(inference, "end");
    size_t step_index = rg__infer_find(inference, "step");
    if (is_float_argument(inference, start_index) || is_float_argument(inference, end_index) ||
        is_float_argument(inference, step_index)) {
        return float_range(inference, start_index, end_index, step_index);
    }
    rg_size start = rg__infer_int_size(inference, 0);
    rg_size step = rg__infer_int_size(inference, 1);
    rg_size end = {0};
    int64_t known = 0;
    if ((start_index < inference->argument_count && !rg__infer_size(inference, start_index, &start)) ||
        (step_index < inference->argument_count && !rg__infer_size(inference, step_index, &step)) ||
        !rg__infer_size(inference, end_index, &end)) {
        return RG_OK;
    }
    if (rg__infer_is_int(inference, step, 0)) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the step is 0");
    }
    rg_size zero = rg__infer_int_size(inference, 0);
    bool backwards = rg_size_less_equal(inference->context, step, zero) == RG_YES;
    rg_size sign = rg__infer_int_size(inference, backwards ? -1 : 1);
    rg_size span = rg__infer_subtract(inference, end, start);
    rg_size up = rg__infer_subtract(inference, rg__infer_add(inference, span, step), sign);
    rg_size length = rg__infer_floor_divide(inference, up, step);
    if (rg_size_as_int(inference->context, length, &known) && known < 0) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the step leads away from the end");
    }
    return set_vector(inference, length, RG_DTYPE_I64);
}

rg_status rg__op_linspace(rg_inference *inference)
{
    rg_size steps = {0};
    if (!rg__infer_size(inference, rg__infer_find(inference, "steps"), &steps)) {
        return RG_OK;
    }
    return set_vector(inference, steps, RG_DTYPE_F32);
}

rg_status rg__op_scalar_tensor(rg_inference *inference)
{
    rg_shape shape;
    shape.rank = 0;
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

rg_status rg__op_randperm(rg_inference *inference)
{
    rg_size length = {0};
    return rg__infer_size(inference, 0, &length) ? set_vector(inference, length, RG_DTYPE_F32) : RG_OK;
}

/* prims.iota(length, start, step, dtype, device) */
rg_status rg__op_iota(rg_inference *inference)
{
    rg_size length = {0};
    return rg__infer_size(inference, 0, &length) ? set_vector(inference, length, RG_DTYPE_F32) : RG_OK;
}

/* ---- matrices ---- */

/* eye(n) and eye(n, m) */
rg_status rg__op_eye(rg_inference *inference)
{
    rg_shape shape;
    size_t columns = rg__infer_find(inference, "m");
    shape.rank = 2;
    if (!rg__infer_size(inference, 0, &shape.sizes[0]) ||
        !rg__infer_size(inference, columns < inference->argument_count ? columns : 0, &shape.sizes[1])) {
        return RG_OK;
    }
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

/* How many places of a row x column matrix lie on or below the diagonal at `offset`. */
static int64_t count_lower(int64_t rows, int64_t columns, int64_t offset)
{
    int64_t count = 0;
    int64_t first = offset + 1;        /* of row 0, may be negative or too large */
    int64_t growing = columns - first; /* rows until a row is full */
    int64_t empty = first < 0 ? -first : 0;
    empty = empty > rows ? rows : empty;
    growing = growing < 0 ? 0 : growing;
    growing = growing > rows ? rows : growing;
    if (growing > empty) {
        int64_t from = first + empty;
        int64_t to = first + growing - 1;
        count += (from + to) * (growing - empty) / 2;
    }
    int64_t full_from = growing > empty ? growing : empty;
    return count + (rows - full_from) * columns;
}

/* tril_indices and triu_indices(row, col, offset): a row of rows and a row of columns */
rg_status rg__op_triangle_indices(rg_inference *inference)
{
    rg_shape shape;
    int64_t rows = 0;
    int64_t columns = 0;
    int64_t offset = 0;
    enum { BOUND = 1 << 30 };
    if (!rg__infer_int(inference, 0, &rows) || !rg__infer_int(inference, 1, &columns) ||
        !rg__infer_int(inference, 2, &offset)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (rows < 0 || columns < 0 || rows > BOUND || columns > BOUND || offset > BOUND || offset < -BOUND) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "rows, columns or offset out of range");
    }
    bool upper =
        rg_string_equal(rg_op_name(inference->context, inference->op), rg_string_from("aten.triu_indices.default"));
    int64_t count =
        upper ? rows * columns - count_lower(rows, columns, offset - 1) : count_lower(rows, columns, offset);
    shape.rank = 2;
    shape.sizes[0] = rg__infer_int_size(inference, 2);
    shape.sizes[1] = rg__infer_int_size(inference, count);
    set_options(inference, &shape, RG_DTYPE_F32, cpu_device(inference));
    return set_laid_out(inference, &shape);
}

/* ---- repetition ---- */

static rg_status set_repeated(rg_inference *inference, const rg_shape *input, const rg_size *repeats, uint32_t count)
{
    rg_shape shape = *input;
    shape.rank = count > input->rank ? count : input->rank;
    uint32_t added = shape.rank - input->rank;
    uint32_t missing = shape.rank - count;
    rg_size one = rg__infer_int_size(inference, 1);
    for (uint32_t i = 0; i < shape.rank; i++) {
        rg_size size = i < added ? one : input->sizes[i - added];
        rg_size times = i < missing ? one : repeats[i - missing];
        shape.sizes[i] = rg__infer_multiply(inference, size, times);
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_repeat(rg_inference *inference)
{
    rg_shape input;
    rg_size repeats[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_sizes(inference, 1, repeats, &count)) {
        return RG_OK;
    }
    if (count < input.rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u repeats for %u dimensions", count, input.rank);
    }
    return set_repeated(inference, &input, repeats, count);
}

/* tile: repeat, missing repeats being 1 */
rg_status rg__op_tile(rg_inference *inference)
{
    rg_shape input;
    rg_size repeats[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_sizes(inference, 1, repeats, &count)) {
        return RG_OK;
    }
    return set_repeated(inference, &input, repeats, count);
}
