/*
 * kernel_quant.c: vLLM's normalisation, activation and quantisation, alone and fused, in its _C ops, which write into
 * arguments, and its intermediate form vllm_ir, which returns. kernel_quant.h says how the two agree.
 */
#include "interp/kernel_quant.h"
#include "interp/kernel_functions.h"

#include <math.h>

/* ---- rows ---- */

bool rg__rows_init(rg_rows *rows, rg_kernel_call *call, const rg_tensor *tensor)
{
    if (tensor == NULL || tensor->rank == 0) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a tensor with dimensions is needed");
        return false;
    }
    uint32_t last = tensor->rank - 1;
    rows->tensor = tensor;
    rows->width = (size_t)tensor->sizes[last];
    rows->count = rows->width == 0 ? 0 : (size_t)rg__tensor_count(tensor) / rows->width;
    rg__loop_init(&rows->loop, last, tensor->sizes);
    rg__loop_add_strides(&rows->loop, tensor->offset, tensor->strides);
    return true;
}

bool rg__rows_next(rg_rows *rows)
{
    return rg__loop_next_element(&rows->loop);
}

void rg__rows_read(const rg_rows *rows, double *out)
{
    rg__load_real(out, rg__element_at(rows->tensor, rows->loop.position[0]), rows->tensor->dtype,
                  rows->tensor->strides[rows->tensor->rank - 1], rows->width);
}

void rg__rows_write(const rg_rows *rows, const double *values)
{
    rg__store_real(rg__element_at(rows->tensor, rows->loop.position[0]), rows->tensor->dtype,
                   rows->tensor->strides[rows->tensor->rank - 1], values, rows->width);
}

const double *rg__read_vector(rg_kernel_call *call, const rg_tensor *tensor, size_t n)
{
    if (tensor == NULL) {
        return NULL;
    }
    if ((size_t)rg__tensor_count(tensor) != n) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a weight of %lld elements for rows of %zu",
                              (long long)rg__tensor_count(tensor), n);
        return NULL;
    }
    double *out = RG_KERNEL_ARRAY(call, double, n + 1);
    if (out != NULL) {
        rg__tensor_read_real(out, tensor);
    }
    return out;
}

double rg__largest_magnitude(const double *x, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, fabs(x[i]));
    }
    return largest;
}

/* ---- what is done with a row ---- */

void rg__rms_norm_row(double *x, size_t n, size_t variance_size, const double *weight, double epsilon, rg_dtype dtype)
{
    double sum = 0;
    for (size_t i = 0; i < variance_size; i++) {
        sum += x[i] * x[i];
    }
    double scale = 1 / sqrt(sum / (double)variance_size + epsilon);
    for (size_t i = 0; i < n; i++) {
        x[i] = rg__round_to(dtype, x[i] * scale);
        x[i] = weight != NULL ? rg__round_to(dtype, x[i] * weight[i]) : x[i];
    }
}

double rg__scaled(double x, double scale, rg_dtype dtype)
{
    double largest = rg__dtype_largest(dtype);
    double value = (double)(float)(x * (double)(1.0F / (float)scale));
    return value > largest ? largest : value < -largest ? -largest : value;
}

int64_t rg__scale_position(const rg_tensor *scales, size_t row, size_t group, size_t row_count)
{
    if (scales->rank < 2) {
        return scales->offset + (scales->rank == 0 ? 0 : (int64_t)(row + group) * scales->strides[0]);
    }
    bool rows_first = (size_t)scales->sizes[0] == row_count || (size_t)scales->sizes[1] != row_count;
    return scales->offset + (int64_t)(rows_first ? row : group) * scales->strides[0] +
           (int64_t)(rows_first ? group : row) * scales->strides[1];
}

/* Can rg__scale_position be asked for every row and group? */
static bool has_scales(const rg_tensor *scales, size_t row_count, size_t group_count)
{
    size_t first = scales->rank == 0 ? 1 : (size_t)scales->sizes[0];
    if (scales->rank < 2) {
        return (row_count == 1 || group_count == 1) && first >= row_count * group_count;
    }
    size_t second = (size_t)scales->sizes[1];
    return scales->rank == 2 && ((first == row_count && second >= group_count) ||
                                 (second == row_count && first >= group_count) || row_count * group_count == 0);
}

/* The sum with the residual, rounded and kept there, takes the place of the row. */
static void add_residual(double *x, rg_rows *residual, double *room)
{
    (void)rg__rows_next(residual);
    rg__rows_read(residual, room);
    for (size_t i = 0; i < residual->width; i++) {
        x[i] = rg__round_to(residual->tensor->dtype, x[i] + room[i]);
    }
    rg__rows_write(residual, x);
}

/* SiLU of the first half times the second half. */
static void activate(double *out, const double *x, size_t half, rg_dtype dtype)
{
    for (size_t i = 0; i < half; i++) {
        double gate = rg__round_to(dtype, x[i] / (1 + exp(-x[i])));
        out[i] = rg__round_to(dtype, gate * x[half + i]);
    }
}

/* How the rows that come out are quantised. */
typedef enum quantisation { NOT_AT_ALL, STATIC, PER_GROUP } quantisation;

typedef struct quantiser {
    quantisation kind;
    const rg_tensor *scale;   /* read if STATIC, else written */
    const rg_tensor *largest; /* bound of the largest magnitude; NULL: none */
    size_t group;             /* 0: the whole row */
    rg_dtype dtype;
} quantiser;

/* A dynamic scale is never smaller than this, so that its inverse is finite. */
static double smallest_scale(rg_dtype dtype)
{
    return 1 / (rg__dtype_largest(dtype) * 512);
}

static void quantise_row(const quantiser *how, double *x, size_t n, size_t row, size_t row_count)
{
    if (how->kind == NOT_AT_ALL) {
        return;
    }
    if (how->kind == STATIC) {
        double scale = rg__tensor_real_at(how->scale, how->scale->offset);
        for (size_t i = 0; i < n; i++) {
            x[i] = rg__scaled(x[i], scale, how->dtype);
        }
        return;
    }
    size_t group = how->group == 0 || how->group > n ? n : how->group;
    for (size_t start = 0; start < n; start += group) {
        size_t count = n - start < group ? n - start : group;
        double largest = rg__largest_magnitude(x + start, count);
        if (how->largest != NULL) {
            largest = fmin(largest, rg__tensor_real_at(how->largest, how->largest->offset));
        }
        double scale = fmax((double)(float)(largest / rg__dtype_largest(how->dtype)), smallest_scale(how->dtype));
        int64_t position = rg__scale_position(how->scale, row, start / group, row_count);
        rg__store_real(rg__element_at(how->scale, position), how->scale->dtype, 1, &scale, 1);
        for (size_t i = 0; i < count; i++) {
            x[start + i] = rg__scaled(x[start + i], rg__round_to(how->scale->dtype, scale), how->dtype);
        }
    }
}

/* ---- rows from input to result ---- */

typedef struct row_job {
    const rg_tensor *input;
    const rg_tensor *result;
    const rg_tensor *residual; /* NULL: none; added to first, and written */
    const rg_tensor *weight;   /* of a norm; NULL: none */
    bool norm;
    bool activation;
    double epsilon;
    size_t variance_size; /* 0: the whole row */
    quantiser quantiser;
} row_job;

static rg_status run_rows(rg_kernel_call *call, row_job *job)
{
    rg_rows input;
    rg_rows result;
    rg_rows residual;
    if (call->status != RG_OK || !rg__rows_init(&input, call, job->input) ||
        !rg__rows_init(&result, call, job->result) ||
        (job->residual != NULL && !rg__rows_init(&residual, call, job->residual))) {
        return call->status;
    }
    size_t factor = job->activation ? 2 : 1;
    if (input.width != factor * result.width || input.count != result.count ||
        (job->residual != NULL && (residual.width != input.width || residual.count != input.count))) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "input, result and residual do not fit one another");
    }
    size_t group = job->quantiser.group == 0 ? result.width : job->quantiser.group;
    if (job->quantiser.kind == PER_GROUP &&
        !has_scales(job->quantiser.scale, input.count, group == 0 ? 0 : (result.width + group - 1) / group)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "there is no scale for each row and group");
    }
    if (job->quantiser.kind == STATIC && rg__tensor_count(job->quantiser.scale) == 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the scale is empty");
    }
    const double *weight = rg__read_vector(call, job->weight, input.width);
    double *x = RG_KERNEL_ARRAY(call, double, 2 * input.width + 1);
    if (call->status != RG_OK) {
        return call->status;
    }
    size_t variance_size =
        job->variance_size == 0 || job->variance_size > input.width ? input.width : job->variance_size;
    job->quantiser.dtype = job->result->dtype;
    for (size_t row = 0; rg__rows_next(&input) && rg__rows_next(&result); row++) {
        double *room = x + input.width;
        rg__rows_read(&input, x);
        if (job->residual != NULL) {
            add_residual(x, &residual, room);
        }
        if (job->norm) {
            rg__rms_norm_row(x, input.width, variance_size, weight, job->epsilon, job->input->dtype);
        }
        if (job->activation) {
            activate(room, x, result.width, job->input->dtype);
            memcpy(x, room, result.width * sizeof(double));
        }
        quantise_row(&job->quantiser, x, result.width, row, input.count);
        rg__rows_write(&result, x);
    }
    return call->status;
}

/* ---- norms that write ---- */

rg_status rg__compute_rms_norm_out(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .weight = rg__kernel_tensor(call, 2),
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 3)};
    return run_rows(call, &job);
}

rg_status rg__compute_fused_add_rms_norm_out(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 0),
                   .residual = rg__kernel_tensor(call, 1),
                   .weight = rg__kernel_tensor(call, 2),
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 3)};
    return run_rows(call, &job);
}

rg_status rg__compute_rms_norm_static_quant(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .weight = rg__kernel_tensor(call, 2),
                   .quantiser = {.kind = STATIC, .scale = rg__kernel_tensor(call, 3)},
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 4)};
    return run_rows(call, &job);
}

rg_status rg__compute_fused_add_rms_norm_static_quant(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .residual = rg__kernel_tensor(call, 2),
                   .weight = rg__kernel_tensor(call, 3),
                   .quantiser = {.kind = STATIC, .scale = rg__kernel_tensor(call, 4)},
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 5)};
    return run_rows(call, &job);
}

/* rms_norm_dynamic_per_token_quant, and rms_norm_per_block_quant with its group size. */
rg_status rg__compute_rms_norm_dynamic_quant(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .weight = rg__kernel_tensor(call, 2),
                   .residual = rg__kernel_optional(call, 6),
                   .quantiser = {.kind = PER_GROUP, .scale = rg__kernel_tensor(call, 3)},
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 4)};
    job.quantiser.largest = rg__kernel_optional(call, 5);
    job.quantiser.group = rg__kernel_has(call, 7) ? (size_t)rg__kernel_integer(call, 7) : 0;
    return run_rows(call, &job);
}

/* ---- activations that write ---- */

rg_status rg__compute_silu_and_mul(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0), .input = rg__kernel_tensor(call, 1), .activation = true};
    return run_rows(call, &job);
}

rg_status rg__compute_silu_and_mul_quant(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .activation = true,
                   .quantiser = {.kind = STATIC, .scale = rg__kernel_tensor(call, 2)}};
    return run_rows(call, &job);
}

rg_status rg__compute_silu_and_mul_block_quant(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .activation = true,
                   .quantiser = {.kind = PER_GROUP, .scale = rg__kernel_tensor(call, 2)}};
    job.quantiser.group = (size_t)rg__kernel_integer(call, 3);
    job.quantiser.largest = rg__kernel_optional(call, 4);
    return run_rows(call, &job);
}

/* ---- quantisation ---- */

/* A scale for everything, or one for each block: as many blocks in each dimension as the scale has sizes. */
static rg_status static_quant(rg_kernel_call *call, const rg_tensor *result, const rg_tensor *input,
                              const rg_tensor *scale)
{
    rg_rows from;
    rg_rows to;
    if (call->status != RG_OK || !rg__rows_init(&from, call, input) || !rg__rows_init(&to, call, result)) {
        return call->status;
    }
    size_t scale_rows = scale->rank == 2 ? (size_t)scale->sizes[0] : 1;
    size_t scale_columns = scale->rank == 0 ? 1 : (size_t)scale->sizes[scale->rank - 1];
    int64_t row_stride = scale->rank == 2 ? scale->strides[0] : 0;
    int64_t column_stride = scale->rank == 0 ? 0 : scale->strides[scale->rank - 1];
    double *x = RG_KERNEL_ARRAY(call, double, from.width + 1);
    if (from.width != to.width || from.count != to.count || scale->rank > 2 || x == NULL) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "input, result and scale do not fit one another");
    }
    for (size_t row = 0; rg__rows_next(&from) && rg__rows_next(&to); row++) {
        int64_t start = scale->offset + (int64_t)(row * scale_rows / from.count) * row_stride;
        rg__rows_read(&from, x);
        for (size_t i = 0; i < from.width; i++) {
            int64_t position = start + (int64_t)(i * scale_columns / from.width) * column_stride;
            x[i] = rg__scaled(x[i], rg__tensor_real_at(scale, position), result->dtype);
        }
        rg__rows_write(&to, x);
    }
    return call->status;
}

rg_status rg__compute_static_scaled_quant(rg_kernel_call *call)
{
    const rg_tensor *result = rg__kernel_tensor(call, 0);
    const rg_tensor *input = rg__kernel_tensor(call, 1);
    return static_quant(call, result, input, rg__kernel_tensor(call, 2));
}

static rg_status dynamic_quant(rg_kernel_call *call, const rg_tensor *result, const rg_tensor *input,
                               const rg_tensor *scale)
{
    rg_rows rows;
    double largest = 0;
    if (call->status != RG_OK || !rg__rows_init(&rows, call, input)) {
        return call->status;
    }
    double *x = RG_KERNEL_ARRAY(call, double, rows.width + 1);
    while (x != NULL && rg__rows_next(&rows)) {
        rg__rows_read(&rows, x);
        largest = fmax(largest, rg__largest_magnitude(x, rows.width));
    }
    double value = largest / rg__dtype_largest(result->dtype);
    rg__tensor_fill_real(scale, value > 0 ? value : smallest_scale(result->dtype));
    return static_quant(call, result, input, scale);
}

rg_status rg__compute_dynamic_scaled_quant(rg_kernel_call *call)
{
    const rg_tensor *result = rg__kernel_tensor(call, 0);
    const rg_tensor *input = rg__kernel_tensor(call, 1);
    return dynamic_quant(call, result, input, rg__kernel_tensor(call, 2));
}

rg_status rg__compute_per_tensor_quant(rg_kernel_call *call)
{
    const rg_tensor *result = rg__kernel_tensor(call, 0);
    const rg_tensor *input = rg__kernel_tensor(call, 1);
    const rg_tensor *scale = rg__kernel_tensor(call, 2);
    return rg__kernel_truth(call, 3) ? dynamic_quant(call, result, input, scale)
                                     : static_quant(call, result, input, scale);
}

rg_status rg__compute_per_token_quant(rg_kernel_call *call)
{
    row_job job = {.result = rg__kernel_tensor(call, 0),
                   .input = rg__kernel_tensor(call, 1),
                   .quantiser = {.kind = PER_GROUP, .scale = rg__kernel_tensor(call, 2)}};
    job.quantiser.largest = rg__kernel_optional(call, 3);
    return run_rows(call, &job);
}

/* per_token_group_fp8_quant(input, output_q!, output_s!, group_size, eps, fp8_min, fp8_max, scale_ue8m0, ...): bounds
 * are arguments, and the scale may be rounded up to a power of two. */
rg_status rg__compute_per_token_group_quant(rg_kernel_call *call)
{
    rg_rows from;
    rg_rows to;
    const rg_tensor *scales = rg__kernel_tensor(call, 2);
    size_t group = (size_t)rg__kernel_integer(call, 3);
    double epsilon = rg__kernel_real(call, 4);
    double lowest = rg__kernel_real(call, 5);
    double highest = rg__kernel_real(call, 6);
    bool power_of_two = rg__kernel_truth(call, 7);
    if (call->status != RG_OK || !rg__rows_init(&from, call, rg__kernel_tensor(call, 0)) ||
        !rg__rows_init(&to, call, rg__kernel_tensor(call, 1))) {
        return call->status;
    }
    double *x = RG_KERNEL_ARRAY(call, double, from.width + 1);
    if (x == NULL || group == 0 || from.width != to.width || from.count != to.count) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "input, result and group size do not fit one another");
    }
    bool has_shape = scales->rank >= 2 && (size_t)scales->sizes[scales->rank - 1] == from.width / group &&
                     (size_t)rg__tensor_count(scales) == from.count * (from.width / group);
    if (from.width % group != 0 || scales->dtype != RG_DTYPE_F32 || !has_shape ||
        !has_scales(scales, from.count, from.width / group)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "there is no scale in f32 for each row and whole group");
    }
    for (size_t row = 0; rg__rows_next(&from) && rg__rows_next(&to); row++) {
        rg__rows_read(&from, x);
        for (size_t start = 0; start < from.width; start += group) {
            size_t count = from.width - start < group ? from.width - start : group;
            double scale = (double)(float)(fmax(rg__largest_magnitude(x + start, count), epsilon) / highest);
            scale = power_of_two ? exp2(ceil(log2(fmax(scale, 1e-10)))) : scale;
            int64_t position = rg__scale_position(scales, row, start / group, from.count);
            rg__store_real(rg__element_at(scales, position), scales->dtype, 1, &scale, 1);
            for (size_t i = start; i < start + count; i++) {
                double value = (double)(float)(x[i] * (double)(1.0F / (float)scale));
                x[i] = fmin(fmax(value, lowest), highest);
            }
        }
        rg__rows_write(&to, x);
    }
    return call->status;
}

/* ---- the intermediate form, which returns ---- */

static size_t variance_size_of(rg_kernel_call *call, size_t index)
{
    return rg__kernel_has(call, index) ? (size_t)rg__kernel_integer(call, index) : 0;
}

rg_status rg__compute_ir_rms_norm(rg_kernel_call *call)
{
    row_job job = {.result = &call->results[0],
                   .input = rg__kernel_tensor(call, 0),
                   .weight = rg__kernel_optional(call, 1),
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 2)};
    job.variance_size = variance_size_of(call, 3);
    return run_rows(call, &job);
}

rg_status rg__compute_ir_fused_add_rms_norm(rg_kernel_call *call)
{
    const rg_tensor *residual = rg__kernel_tensor(call, 1);
    if (residual == NULL || call->result_count != 2 || !rg__tensor_copy(&call->results[1], residual)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    row_job job = {.result = &call->results[0],
                   .input = rg__kernel_tensor(call, 0),
                   .residual = &call->results[1],
                   .weight = rg__kernel_optional(call, 2),
                   .norm = true,
                   .epsilon = rg__kernel_real(call, 3)};
    job.variance_size = variance_size_of(call, 4);
    return run_rows(call, &job);
}

/* The same; whether it writes into its arguments is left to it, and it does not. */
rg_status rg__compute_ir_static_quant(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    return static_quant(call, &call->results[0], input, rg__kernel_tensor(call, 1));
}

/* ---- FP4: two elements a byte, a scale of eight bits for each sixteen ---- */

enum { FP4_GROUP = 16 };

/* The nearest of 0, 0.5, 1, 1.5, 2, 3, 4, 6, ties to the even code; beyond 6 is 6. */
static uint8_t encode_fp4(double x)
{
    static const double bounds[7] = {0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5};
    double magnitude = fabs(x);
    uint8_t code = 0;
    while (code < 7 && (magnitude > bounds[code] || (magnitude == bounds[code] && (code & 1) != 0))) {
        code++;
    }
    return (uint8_t)(code | (signbit(x) ? 8 : 0));
}

/* Where the scale byte of a group is: row-major, or in the tiles of 128 rows by 4 groups that tensor cores read. */
static size_t fp4_scale_offset(size_t row, size_t group, size_t groups, bool swizzled)
{
    size_t tiles = (groups + 3) / 4;
    return swizzled ? ((((row / 128) * tiles + group / 4) * 32 + row % 32) * 4 + row % 128 / 32) * 4 + group % 4
                    : row * groups + group;
}

static rg_status quantise_fp4(rg_kernel_call *call, const rg_tensor *result, const rg_tensor *scales,
                              const rg_tensor *input, double global, bool swizzled, bool activation)
{
    rg_rows from;
    rg_rows to;
    if (call->status != RG_OK || !rg__rows_init(&from, call, input) || !rg__rows_init(&to, call, result)) {
        return call->status;
    }
    size_t width = activation ? from.width / 2 : from.width;
    double *x = RG_KERNEL_ARRAY(call, double, 2 * from.width + 1);
    if (x == NULL || to.width * 2 != width || width % FP4_GROUP != 0 || from.count != to.count ||
        rg_dtype_bytes(result->dtype) != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "input and result do not fit one another");
    }
    size_t groups = width / FP4_GROUP;
    for (size_t row = 0; rg__rows_next(&from) && rg__rows_next(&to); row++) {
        rg__rows_read(&from, x);
        if (activation) {
            activate(x + from.width, x, width, input->dtype);
            memcpy(x, x + from.width, width * sizeof(double));
        }
        for (size_t group = 0; group < groups; group++) {
            double *part = x + group * FP4_GROUP;
            double scale = rg__round_to(RG_DTYPE_F8E4M3FN, global * rg__largest_magnitude(part, FP4_GROUP) / 6);
            size_t at =
                (size_t)scales->offset * rg_dtype_bytes(scales->dtype) + fp4_scale_offset(row, group, groups, swizzled);
            if (at >= scales->storage->bytes) {
                return rg__kernel_fail(call, RG_ERROR_TYPE, "there is not enough room for the scales");
            }
            rg__store_real(scales->storage->data + at, RG_DTYPE_F8E4M3FN, 1, &scale, 1);
            for (size_t i = 0; i < FP4_GROUP; i += 2) {
                uint8_t low = encode_fp4(scale == 0 ? 0 : part[i] * global / scale);
                uint8_t high = encode_fp4(scale == 0 ? 0 : part[i + 1] * global / scale);
                int64_t position =
                    to.loop.position[0] + (int64_t)((group * FP4_GROUP + i) / 2) * result->strides[result->rank - 1];
                *(uint8_t *)rg__element_at(result, position) = (uint8_t)(low | high << 4);
            }
        }
    }
    return call->status;
}

rg_status rg__quantise_fp4(rg_kernel_call *call, const rg_tensor *result, const rg_tensor *scales,
                           const rg_tensor *input, double global, bool swizzled)
{
    return quantise_fp4(call, result, scales, input, global, swizzled, false);
}

rg_status rg__compute_scaled_fp4_quant(rg_kernel_call *call)
{
    const rg_tensor *result = rg__kernel_tensor(call, rg__kernel_find(call, "output"));
    const rg_tensor *scales = rg__kernel_tensor(call, rg__kernel_find(call, "output_scale"));
    const rg_tensor *input = rg__kernel_tensor(call, rg__kernel_find(call, "input"));
    double global = rg__kernel_real(call, rg__kernel_find(call, "input_scale"));
    bool swizzled = rg__kernel_truth(call, rg__kernel_find(call, "is_sf_swizzled_layout"));
    return quantise_fp4(call, result, scales, input, global, swizzled, false);
}

rg_status rg__compute_silu_and_mul_fp4_quant(rg_kernel_call *call)
{
    const rg_tensor *result = rg__kernel_tensor(call, 0);
    const rg_tensor *scales = rg__kernel_tensor(call, 1);
    const rg_tensor *input = rg__kernel_tensor(call, 2);
    return quantise_fp4(call, result, scales, input, rg__kernel_real(call, 3), true, true);
}
