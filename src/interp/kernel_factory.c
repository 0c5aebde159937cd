/*
 * kernel_factory.c: tensors made of nothing: filled, counted, random. Random numbers are a function of the run's seed,
 * the number of random calls before this one, and an element's place in row-major order; PyTorch's own streams are not
 * reproduced. Memory that PyTorch leaves uninitialised is zero here.
 */
#include <math.h>

#include "interp/kernel_functions.h"

static const double two_pi = 6.28318530717958647693;

double rg__random_normal(uint64_t stream, uint64_t counter)
{
    double first = rg__random_uniform(stream, 2 * counter);
    double second = rg__random_uniform(stream, 2 * counter + 1);
    return sqrt(-2 * log1p(-first)) * cos(two_pi * second);
}

/* ---- filled ---- */

rg_status rg__compute_zeros(rg_kernel_call *call)
{
    return call->status;
}

rg_status rg__compute_ones(rg_kernel_call *call)
{
    rg__tensor_fill_integer(&call->results[0], 1);
    return call->status;
}

/* A number to fill with, as the dtype has it: integers exactly. */
static void fill(rg_kernel_call *call, const rg_tensor *tensor, size_t index)
{
    const rg_tensor *value = rg__kernel_tensor(call, index);
    if (value != NULL && !rg__tensor_copy(tensor, value)) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the value is not one number");
    }
}

rg_status rg__compute_full(rg_kernel_call *call)
{
    size_t index = rg__kernel_find(call, "fill_value");
    fill(call, &call->results[0], index);
    return call->status;
}

rg_status rg__compute_scalar_tensor(rg_kernel_call *call)
{
    fill(call, &call->results[0], 0);
    return call->status;
}

rg_status rg__compute_fill(rg_kernel_call *call)
{
    fill(call, &call->results[0], 1);
    return call->status;
}

rg_status rg__compute_fill_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self != NULL) {
        fill(call, self, 1);
    }
    return self == NULL ? call->status : rg__kernel_answer_alias(call, self);
}

rg_status rg__compute_zero_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self != NULL) {
        rg__tensor_fill_integer(self, 0);
    }
    return self == NULL ? call->status : rg__kernel_answer_alias(call, self);
}

/* ---- counted ---- */

static rg_status sequence(rg_kernel_call *call, const rg_tensor *start, const rg_tensor *step)
{
    const rg_tensor *result = &call->results[0];
    int64_t count = rg__tensor_count(result);
    bool integral = rg__dtype_is_integral(result->dtype);
    for (int64_t i = 0; i < count && start != NULL && step != NULL; i++) {
        void *element = rg__element_at(result, result->offset + i * result->strides[0]);
        if (integral && rg__dtype_is_integral(start->dtype) && rg__dtype_is_integral(step->dtype)) {
            int64_t value = rg__tensor_integer_at(start, 0) + i * rg__tensor_integer_at(step, 0);
            rg__store_integer(element, result->dtype, 1, &value, 1);
        } else {
            double value = rg__tensor_real_at(start, 0) + (double)i * rg__tensor_real_at(step, 0);
            rg__store_real(element, result->dtype, 1, &value, 1);
        }
    }
    return call->status;
}

static const rg_tensor *one(rg_kernel_call *call, int64_t value)
{
    rg_tensor *tensor = rg__kernel_scratch(call, RG_DTYPE_I64, 0, NULL);
    if (tensor != NULL) {
        rg__tensor_fill_integer(tensor, value);
    }
    return tensor;
}

rg_status rg__compute_arange(rg_kernel_call *call)
{
    size_t start = rg__kernel_find(call, "start");
    size_t step = rg__kernel_find(call, "step");
    return sequence(call, rg__kernel_has(call, start) ? rg__kernel_tensor(call, start) : one(call, 0),
                    rg__kernel_has(call, step) ? rg__kernel_tensor(call, step) : one(call, 1));
}

/* From both ends to the middle, so that both are met exactly. */
static rg_status spaced(rg_kernel_call *call, double base)
{
    double start = rg__kernel_real(call, 0);
    double end = rg__kernel_real(call, 1);
    int64_t count = rg__kernel_integer(call, 2);
    const rg_tensor *result = &call->results[0];
    double step = count > 1 ? (end - start) / (double)(count - 1) : 0;
    for (int64_t i = 0; i < count && i < rg__tensor_count(result); i++) {
        double exponent = i < count / 2 ? start + step * (double)i : end - step * (double)(count - 1 - i);
        double value = base == 0 ? (count == 1 ? start : exponent) : pow(base, count == 1 ? start : exponent);
        rg__store_real(rg__element_at(result, result->offset + i * result->strides[0]), result->dtype, 1, &value, 1);
    }
    return call->status;
}

rg_status rg__compute_linspace(rg_kernel_call *call)
{
    return spaced(call, 0);
}

rg_status rg__compute_logspace(rg_kernel_call *call)
{
    return spaced(call, rg__kernel_real(call, 3));
}

/* ---- matrices ---- */

rg_status rg__compute_eye(rg_kernel_call *call)
{
    const rg_tensor *result = &call->results[0];
    int64_t count = result->sizes[0] < result->sizes[1] ? result->sizes[0] : result->sizes[1];
    int64_t value = 1;
    for (int64_t i = 0; i < count; i++) {
        int64_t position = result->offset + i * (result->strides[0] + result->strides[1]);
        rg__store_integer(rg__element_at(result, position), result->dtype, 1, &value, 1);
    }
    return call->status;
}

static rg_status triangle_indices(rg_kernel_call *call, bool lower)
{
    const rg_tensor *result = &call->results[0];
    int64_t rows = rg__kernel_integer(call, 0);
    int64_t columns = rg__kernel_integer(call, 1);
    int64_t diagonal = rg__kernel_integer(call, 2);
    int64_t at = 0;
    for (int64_t row = 0; row < rows && call->status == RG_OK; row++) {
        for (int64_t column = 0; column < columns; column++) {
            bool inside = lower ? column - row <= diagonal : column - row >= diagonal;
            if (inside && at < result->sizes[1]) {
                int64_t position = result->offset + at++ * result->strides[1];
                rg__store_integer(rg__element_at(result, position), result->dtype, 1, &row, 1);
                rg__store_integer(rg__element_at(result, position + result->strides[0]), result->dtype, 1, &column, 1);
            }
        }
    }
    return call->status;
}

rg_status rg__compute_tril_indices(rg_kernel_call *call)
{
    return triangle_indices(call, true);
}

rg_status rg__compute_triu_indices(rg_kernel_call *call)
{
    return triangle_indices(call, false);
}

/* ---- random ---- */

typedef enum distribution {
    UNIFORM,
    NORMAL,
    BERNOULLI,
    INTEGER,
    EXPONENTIAL,
    CAUCHY,
    GEOMETRIC,
    LOG_NORMAL
} distribution;

static double draw(distribution kind, double a, double b, uint64_t stream, uint64_t index)
{
    double uniform = rg__random_uniform(stream, index);
    switch (kind) {
    case UNIFORM:
        return a + (b - a) * uniform;
    case NORMAL:
        return a + b * rg__random_normal(stream, index);
    case BERNOULLI:
        return uniform < a;
    case INTEGER:
        return floor(a + (b - a) * uniform);
    case EXPONENTIAL:
        return -log1p(-uniform) / a;
    case CAUCHY:
        return a + b * tan(two_pi / 2 * (uniform - 0.5));
    case GEOMETRIC:
        return ceil(log1p(-uniform) / log1p(-a)) < 1 ? 1 : ceil(log1p(-uniform) / log1p(-a));
    default:
        return exp(a + b * rg__random_normal(stream, index));
    }
}

static void fill_random(rg_kernel_call *call, const rg_tensor *tensor, distribution kind, double a, double b,
                        uint64_t stream)
{
    rg_loop loop;
    uint64_t index = 0;
    (void)call;
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        double values[RG_LOOP_CHUNK];
        for (size_t i = 0; i < loop.run; i++) {
            values[i] = draw(kind, a, b, stream, index++);
        }
        rg__store_real(rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], values, loop.run);
    }
}

rg_status rg__compute_rand(rg_kernel_call *call)
{
    fill_random(call, &call->results[0], UNIFORM, 0, 1, rg__kernel_random_stream(call));
    return call->status;
}

rg_status rg__compute_randn(rg_kernel_call *call)
{
    fill_random(call, &call->results[0], NORMAL, 0, 1, rg__kernel_random_stream(call));
    return call->status;
}

rg_status rg__compute_randint(rg_kernel_call *call)
{
    size_t low = rg__kernel_find(call, "low");
    double from = rg__kernel_has(call, low) ? rg__kernel_real(call, low) : 0;
    double to = rg__kernel_real(call, rg__kernel_find(call, "high"));
    fill_random(call, &call->results[0], INTEGER, from, to, rg__kernel_random_stream(call));
    return call->status;
}

/* Fisher and Yates. */
rg_status rg__compute_randperm(rg_kernel_call *call)
{
    const rg_tensor *result = &call->results[0];
    int64_t count = rg__tensor_count(result);
    uint64_t stream = rg__kernel_random_stream(call);
    int64_t *items = RG_KERNEL_ARRAY(call, int64_t, count + 1);
    for (int64_t i = 0; i < count && items != NULL; i++) {
        int64_t other = (int64_t)(rg__random_uniform(stream, (uint64_t)i) * (double)(i + 1));
        items[i] = items[other];
        items[other] = i;
    }
    if (items != NULL && count > 0) {
        rg__store_integer(rg__tensor_data(result), result->dtype, result->strides[0], items, (size_t)count);
    }
    return call->status;
}

/* One draw for each element, with a probability of its own. */
static rg_status bernoulli_each(rg_kernel_call *call, const rg_tensor *to, const rg_tensor *probabilities)
{
    uint64_t stream = rg__kernel_random_stream(call);
    uint64_t index = 0;
    rg_loop loop;
    rg__loop_init(&loop, to->rank, to->sizes);
    (void)rg__loop_add(&loop, to);
    if (probabilities == NULL || !rg__loop_add(&loop, probabilities)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the probabilities do not fit");
    }
    while (rg__loop_next_element(&loop)) {
        double p = rg__tensor_real_at(probabilities, loop.position[1]);
        double value = draw(BERNOULLI, p, 0, stream, index++);
        rg__store_real(rg__element_at(to, loop.position[0]), to->dtype, 1, &value, 1);
    }
    return call->status;
}

rg_status rg__compute_bernoulli(rg_kernel_call *call)
{
    size_t p = rg__kernel_find(call, "p");
    return bernoulli_each(call, &call->results[0], rg__kernel_tensor(call, rg__kernel_has(call, p) ? p : 0));
}

rg_status rg__compute_bernoulli_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    rg_status status = self == NULL ? call->status : bernoulli_each(call, self, rg__kernel_tensor(call, 1));
    return status == RG_OK ? rg__kernel_answer_alias(call, self) : status;
}

static rg_status random_in_place(rg_kernel_call *call, distribution kind, bool has_second)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    double a = rg__kernel_real(call, 1);
    double b = has_second ? rg__kernel_real(call, 2) : 0;
    if (self != NULL) {
        fill_random(call, self, kind, a, b, rg__kernel_random_stream(call));
    }
    return call->status == RG_OK ? rg__kernel_answer_alias(call, self) : call->status;
}

rg_status rg__compute_uniform_in_place(rg_kernel_call *call)
{
    return random_in_place(call, UNIFORM, true);
}

rg_status rg__compute_normal_in_place(rg_kernel_call *call)
{
    return random_in_place(call, NORMAL, true);
}

rg_status rg__compute_exponential_in_place(rg_kernel_call *call)
{
    return random_in_place(call, EXPONENTIAL, false);
}

rg_status rg__compute_cauchy_in_place(rg_kernel_call *call)
{
    return random_in_place(call, CAUCHY, true);
}

rg_status rg__compute_geometric_in_place(rg_kernel_call *call)
{
    return random_in_place(call, GEOMETRIC, false);
}

rg_status rg__compute_log_normal_in_place(rg_kernel_call *call)
{
    return random_in_place(call, LOG_NORMAL, true);
}

/* Integers below `to`, or below what the dtype counts exactly. */
rg_status rg__compute_random_in_place(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    size_t to = rg__kernel_find(call, "to");
    if (self == NULL) {
        return call->status;
    }
    double bound = rg_dtype_is_float(self->dtype) ? 2 / rg__dtype_epsilon(self->dtype)
                                                  : ldexp(1, (int)(8 * rg_dtype_bytes(self->dtype)) - 1);
    bound = self->dtype == RG_DTYPE_BOOL ? 2 : rg__kernel_has(call, to) ? rg__kernel_real(call, to) : bound;
    fill_random(call, self, INTEGER, 0, bound, rg__kernel_random_stream(call));
    return rg__kernel_answer_alias(call, self);
}

/* ---- Inductor's: a seed is a tensor, and the stream follows from it ---- */

rg_status rg__compute_inductor_seeds(rg_kernel_call *call)
{
    uint64_t stream = rg__kernel_random_stream(call);
    const rg_tensor *result = &call->results[0];
    int64_t count = rg__tensor_count(result);
    for (int64_t i = 0; i < count; i++) {
        int64_t seed = (int64_t)(rg__random_bits(stream, (uint64_t)i) >> 1);
        int64_t position = result->offset + (result->rank == 0 ? 0 : i * result->strides[0]);
        rg__store_integer(rg__element_at(result, position), result->dtype, 1, &seed, 1);
    }
    return call->status;
}

rg_status rg__compute_inductor_lookup_seed(rg_kernel_call *call)
{
    const rg_tensor *seeds = rg__kernel_tensor(call, 0);
    int64_t index = rg__kernel_integer(call, 1);
    if (seeds == NULL || seeds->rank != 1 || index < 0 || index >= seeds->sizes[0]) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "no such seed");
    }
    rg__tensor_fill_integer(&call->results[0], rg__tensor_integer_at(seeds, seeds->offset + index * seeds->strides[0]));
    return call->status;
}

rg_status rg__compute_inductor_random(rg_kernel_call *call)
{
    uint64_t stream = (uint64_t)rg__kernel_integer(call, 1);
    rg_string mode = rg__kernel_text(call, 2);
    bool normal = rg_string_equal(mode, rg_string_from("randn"));
    fill_random(call, &call->results[0], normal ? NORMAL : UNIFORM, 0, 1, stream);
    return call->status;
}

rg_status rg__compute_inductor_randint(rg_kernel_call *call)
{
    uint64_t stream = (uint64_t)rg__kernel_integer(call, 3);
    fill_random(call, &call->results[0], INTEGER, rg__kernel_real(call, 0), rg__kernel_real(call, 1), stream);
    return call->status;
}
