/*
 * kernel_fft.c: Fourier transforms, by their definition: a sum of all elements of a lane for each of its results, in
 * double precision, one dimension after the other.
 */
#include <math.h>

#include "interp/kernel_functions.h"

typedef struct complex_number {
    double real;
    double imaginary;
} complex_number;

/* Elements of [outer, size, inner], of which the middle dimension is transformed. */
typedef struct lanes {
    int64_t outer;
    int64_t size;
    int64_t inner;
} lanes;

typedef struct transform {
    const rg_tensor *self;
    const rg_tensor *result;
    uint32_t dims[RG_TENSOR_MAX_RANK];
    uint32_t count;
    int64_t normalisation; /* 0: none, 1: by the root of the number of elements, 2: by that number */
} transform;

static bool read_transform(rg_kernel_call *call, transform *job)
{
    int64_t dims[RG_TENSOR_MAX_RANK];
    *job = (transform){.self = rg__kernel_tensor(call, 0), .normalisation = rg__kernel_integer(call, 2)};
    rg__kernel_integers(call, 1, dims, RG_TENSOR_MAX_RANK, &job->count);
    if (call->status != RG_OK || call->result_count != 1) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a tensor is needed");
        return false;
    }
    job->result = &call->results[0];
    for (uint32_t i = 0; i < job->count; i++) {
        job->dims[i] = rg__kernel_wrap(call, dims[i], job->self->rank);
    }
    return call->status == RG_OK;
}

/* A complex tensor's elements as pairs of real numbers along a last dimension. */
static rg_tensor as_pairs(const rg_tensor *tensor)
{
    rg_tensor pairs = *tensor;
    pairs.dtype = rg__dtype_real(tensor->dtype);
    pairs.offset *= 2;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        pairs.strides[i] *= 2;
    }
    pairs.sizes[tensor->rank] = 2;
    pairs.strides[tensor->rank] = 1;
    pairs.rank++;
    return pairs;
}

/* All elements, row-major; NULL when that fails. */
static complex_number *read_elements(rg_kernel_call *call, const rg_tensor *tensor)
{
    int64_t count = rg__tensor_count(tensor);
    complex_number *out = RG_KERNEL_ARRAY(call, complex_number, count + 1);
    if (out == NULL || tensor->rank >= RG_TENSOR_MAX_RANK) {
        (void)rg__kernel_fail(call, RG_ERROR_LIMIT, "too many dimensions");
        return NULL;
    }
    if (rg_dtype_is_complex(tensor->dtype)) {
        rg_tensor pairs = as_pairs(tensor);
        rg__tensor_read_real((double *)out, &pairs);
        return out;
    }
    const double *values = rg__kernel_read_real(call, tensor);
    for (int64_t i = 0; i < count && values != NULL; i++) {
        out[i].real = values[i];
    }
    return values == NULL ? NULL : out;
}

static lanes lanes_of(const int64_t *sizes, uint32_t rank, uint32_t dim)
{
    lanes out = {1, sizes[dim], 1};
    for (uint32_t i = 0; i < rank; i++) {
        int64_t *product = i < dim ? &out.outer : &out.inner;
        *product *= i == dim ? 1 : sizes[i];
    }
    return out;
}

/* Each lane of `from` becomes one of `size` elements: results beyond the end of the lane's period repeat it. */
static complex_number *transform_lanes(rg_kernel_call *call, const complex_number *from, const lanes *in, int64_t size,
                                       bool forward)
{
    complex_number *to = RG_KERNEL_ARRAY(call, complex_number, in->outer * size * in->inner + 1);
    complex_number *turns = RG_KERNEL_ARRAY(call, complex_number, in->size + 1);
    if (to == NULL || turns == NULL) {
        return NULL;
    }
    for (int64_t k = 0; k < in->size; k++) {
        double angle = (forward ? -2 : 2) * 3.14159265358979323846 * (double)k / (double)in->size;
        turns[k] = (complex_number){cos(angle), sin(angle)};
    }
    for (int64_t lane = 0; lane < in->outer * in->inner; lane++) {
        const complex_number *x = from + lane / in->inner * in->size * in->inner + lane % in->inner;
        complex_number *y = to + lane / in->inner * size * in->inner + lane % in->inner;
        for (int64_t k = 0; k < size; k++) {
            complex_number sum = {0, 0};
            for (int64_t i = 0; i < in->size; i++) {
                complex_number turn = turns[(uint64_t)i * (uint64_t)k % (uint64_t)in->size];
                complex_number each = x[i * in->inner];
                sum.real += each.real * turn.real - each.imaginary * turn.imaginary;
                sum.imaginary += each.real * turn.imaginary + each.imaginary * turn.real;
            }
            y[k * in->inner] = sum;
        }
    }
    return to;
}

/* What the sums are multiplied with, `count` being the elements that were transformed. */
static double normalisation_of(const transform *job, double count)
{
    return job->normalisation == 0 || count == 0 ? 1 : job->normalisation == 1 ? 1 / sqrt(count) : 1 / count;
}

static rg_status store(rg_kernel_call *call, const transform *job, complex_number *values, double factor)
{
    int64_t count = rg__tensor_count(job->result);
    double *real = RG_KERNEL_ARRAY(call, double, count + 1);
    if (values == NULL || real == NULL) {
        return call->status;
    }
    for (int64_t i = 0; i < count; i++) {
        values[i].real *= factor;
        values[i].imaginary *= factor;
        real[i] = values[i].real;
    }
    if (rg_dtype_is_complex(job->result->dtype)) {
        rg_tensor pairs = as_pairs(job->result);
        rg__tensor_write_real(&pairs, (const double *)values);
    } else {
        rg__tensor_write_real(job->result, real);
    }
    return call->status;
}

/* The transform of all dimensions but the last `left` of the list. */
static complex_number *transform_dims(rg_kernel_call *call, const transform *job, uint32_t left, bool forward,
                                      double *count)
{
    complex_number *values = read_elements(call, job->self);
    for (uint32_t i = 0; i + left < job->count && values != NULL; i++) {
        lanes each = lanes_of(job->self->sizes, job->self->rank, job->dims[i]);
        values = transform_lanes(call, values, &each, each.size, forward);
        *count *= (double)each.size;
    }
    return values;
}

/* self, dim, normalization, forward */
rg_status rg__compute_fft_c2c(rg_kernel_call *call)
{
    transform job;
    double count = 1;
    if (!read_transform(call, &job)) {
        return call->status;
    }
    complex_number *values = transform_dims(call, &job, 0, rg__kernel_truth(call, 3), &count);
    return store(call, &job, values, normalisation_of(&job, count));
}

/* self, dim, normalization, onesided: of the last dimension one half and the middle, which say all. */
rg_status rg__compute_fft_r2c(rg_kernel_call *call)
{
    transform job;
    double count = 1;
    if (!read_transform(call, &job) || job.count == 0) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "a dimension to transform is needed");
    }
    uint32_t last = job.dims[job.count - 1];
    complex_number *values = transform_dims(call, &job, 1, true, &count);
    lanes each = lanes_of(job.self->sizes, job.self->rank, last);
    values = values == NULL ? NULL : transform_lanes(call, values, &each, job.result->sizes[last], true);
    return store(call, &job, values, normalisation_of(&job, count * (double)each.size));
}

/* self, dim, normalization, last_dim_size: the other half of the last dimension mirrors the one that is given. */
rg_status rg__compute_fft_c2r(rg_kernel_call *call)
{
    transform job;
    double count = 1;
    if (!read_transform(call, &job) || job.count == 0) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "a dimension to transform is needed");
    }
    uint32_t last = job.dims[job.count - 1];
    int64_t size = job.result->sizes[last];
    complex_number *values = transform_dims(call, &job, 1, false, &count);
    lanes half = lanes_of(job.self->sizes, job.self->rank, last);
    lanes whole = {half.outer, size, half.inner};
    complex_number *mirrored = RG_KERNEL_ARRAY(call, complex_number, half.outer * size * half.inner + 1);
    if (values == NULL || mirrored == NULL || size < 1 || half.size < size / 2 + 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "half of the elements and the middle are needed");
    }
    for (int64_t i = 0; i < whole.outer * size * whole.inner; i++) {
        int64_t k = i / whole.inner % size;
        bool is_given = k <= size / 2;
        int64_t from = (i / whole.inner / size * half.size + (is_given ? k : size - k)) * half.inner + i % whole.inner;
        bool is_real = k == 0 || 2 * k == size;
        mirrored[i] = values[from];
        mirrored[i].imaginary = is_real ? 0 : is_given ? values[from].imaginary : -values[from].imaginary;
    }
    values = transform_lanes(call, mirrored, &whole, size, false);
    return store(call, &job, values, normalisation_of(&job, count * (double)size));
}
