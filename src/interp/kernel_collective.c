/*
 * kernel_collective.c: collectives over the simulated group. Every rank of the run is in every group, whatever the
 * group is called; sums go over the ranks in order, in double precision, and are rounded once.
 *
 * These kernels are called once for all ranks: `call` is an array of call->peer_count calls.
 */
#include <math.h>

#include "interp/kernel_functions.h"
#include "interp/kernel_quant.h"
#include "interp/product.h"

typedef enum reduction { SUM, AVERAGE, LARGEST, SMALLEST, PRODUCT } reduction;

static reduction reduction_of(rg_kernel_call *call, const char *argument)
{
    static const struct {
        const char *name;
        reduction reduction;
    } names[] = {{"sum", SUM}, {"avg", AVERAGE}, {"max", LARGEST}, {"min", SMALLEST}, {"product", PRODUCT}};
    size_t index = rg__kernel_find(call, argument);
    if (!rg__kernel_has(call, index)) {
        return SUM;
    }
    rg_string name = rg__kernel_text(call, index);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (rg_string_equal(name, rg_string_from(names[i].name))) {
            return names[i].reduction;
        }
    }
    (void)rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "reduction by '%.*s' is not done", (int)name.size, name.data);
    return SUM;
}

/* A world size that an argument names must be that of the run. */
static bool check_size(rg_kernel_call *call, const char *argument)
{
    size_t index = rg__kernel_find(call, argument);
    if (rg__kernel_has(call, index) && rg__kernel_integer(call, index) != call->peer_count) {
        (void)rg__kernel_fail(call, RG_ERROR_ARGUMENT, "a group of %lld in a run of %u ranks",
                              (long long)rg__kernel_integer(call, index), call->peer_count);
    }
    return call->status == RG_OK;
}

static double combine(reduction how, double a, double b)
{
    return how == LARGEST ? fmax(a, b) : how == SMALLEST ? fmin(a, b) : how == PRODUCT ? a * b : a + b;
}

/* The reduction of one tensor a rank, row-major; NULL when it fails. */
static double *reduce(rg_kernel_call *call, const rg_tensor *const *tensors, reduction how)
{
    int64_t count = tensors[0] == NULL ? 0 : rg__tensor_count(tensors[0]);
    double *sum = RG_KERNEL_ARRAY(call, double, count + 1);
    double *one = RG_KERNEL_ARRAY(call, double, count + 1);
    if (sum == NULL || one == NULL) {
        return NULL;
    }
    for (uint32_t rank = 0; rank < call->peer_count; rank++) {
        if (tensors[rank] == NULL || rg__tensor_count(tensors[rank]) != count) {
            (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the ranks have tensors of different sizes");
            return NULL;
        }
        rg__tensor_read_real(one, tensors[rank]);
        for (int64_t i = 0; i < count; i++) {
            sum[i] = rank == 0 ? one[i] : combine(how, sum[i], one[i]);
        }
    }
    for (int64_t i = 0; i < count && how == AVERAGE; i++) {
        sum[i] /= call->peer_count;
    }
    return sum;
}

/* Argument `index` of every rank. */
static const rg_tensor **gather_arguments(rg_kernel_call *calls, size_t index)
{
    const rg_tensor **tensors = RG_KERNEL_ARRAY(calls, const rg_tensor *, calls->peer_count);
    for (uint32_t rank = 0; rank < calls->peer_count && tensors != NULL; rank++) {
        tensors[rank] = rg__kernel_tensor(&calls[rank], index);
        if (tensors[rank] == NULL) {
            return NULL;
        }
    }
    return tensors;
}

rg_status rg__compute_all_reduce(rg_kernel_call *call)
{
    const rg_tensor **tensors = gather_arguments(call, 0);
    const double *sum = tensors == NULL ? NULL : reduce(call, tensors, reduction_of(call, "reduce_op"));
    for (uint32_t rank = 0; rank < call->peer_count && sum != NULL; rank++) {
        rg__tensor_write_real(&call[rank].results[0], sum);
    }
    return call->status;
}

/* ---- scattering and gathering ---- */

/* The part of a rank along a dimension. */
static rg_tensor part_of(const rg_tensor *tensor, uint32_t dim, uint32_t rank, uint32_t ranks)
{
    rg_tensor part = *tensor;
    part.sizes[dim] = tensor->sizes[dim] / ranks;
    part.offset += rank * part.sizes[dim] * tensor->strides[dim];
    return part;
}

/* Each rank gets its part of the sum, which is a tensor like `like`. */
static rg_status scatter_sum(rg_kernel_call *calls, const double *sum, const rg_tensor *like, uint32_t dim)
{
    rg_tensor *all = sum == NULL ? NULL : rg__kernel_scratch(calls, RG_DTYPE_F64, like->rank, like->sizes);
    if (all == NULL || like->rank == 0 || like->sizes[dim] % calls->peer_count != 0) {
        return rg__kernel_fail(calls, RG_ERROR_TYPE, "the dimension is not divisible by the size of the group");
    }
    rg__tensor_write_real(all, sum);
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        rg_tensor part = part_of(all, dim, rank, calls->peer_count);
        if (!rg__tensor_copy(&calls[rank].results[0], &part)) {
            return rg__kernel_fail(calls, RG_ERROR_TYPE, "its result has other sizes");
        }
    }
    return calls->status;
}

static rg_status reduce_scatter(rg_kernel_call *call, uint32_t dim, const char *size_argument)
{
    const rg_tensor **tensors = gather_arguments(call, 0);
    if (tensors == NULL || !check_size(call, size_argument)) {
        return call->status;
    }
    return scatter_sum(call, reduce(call, tensors, reduction_of(call, "reduce_op")), tensors[0], dim);
}

rg_status rg__compute_reduce_scatter(rg_kernel_call *call)
{
    const rg_tensor *tensor = rg__kernel_tensor(call, 0);
    return tensor == NULL ? call->status : reduce_scatter(call, rg__kernel_dim(call, 1, tensor->rank), "world_size");
}

rg_status rg__compute_functional_reduce_scatter(rg_kernel_call *call)
{
    return reduce_scatter(call, 0, "group_size");
}

/* Every rank gets the tensors of all, one behind the other. */
static rg_status all_gather(rg_kernel_call *calls, const rg_tensor *const *tensors, uint32_t dim, size_t result)
{
    for (uint32_t rank = 0; rank < calls->peer_count && tensors != NULL; rank++) {
        const rg_tensor *to = &calls[rank].results[result];
        for (uint32_t other = 0; other < calls->peer_count; other++) {
            rg_tensor part = to->rank == 0 ? *to : part_of(to, dim, other, calls->peer_count);
            if (to->rank == 0 || !rg__tensor_copy(&part, tensors[other])) {
                return rg__kernel_fail(calls, RG_ERROR_TYPE, "its result has other sizes");
            }
        }
    }
    return calls->status;
}

rg_status rg__compute_all_gather(rg_kernel_call *call)
{
    const rg_tensor **tensors = gather_arguments(call, 0);
    if (tensors == NULL || !check_size(call, "world_size")) {
        return call->status;
    }
    return all_gather(call, tensors, rg__kernel_dim(call, 1, tensors[0]->rank), 0);
}

rg_status rg__compute_functional_all_gather(rg_kernel_call *call)
{
    const rg_tensor **tensors = gather_arguments(call, 0);
    return tensors == NULL || !check_size(call, "group_size") ? call->status : all_gather(call, tensors, 0, 0);
}

/* ---- FlashInfer's fused all-reduce ---- */

/*
 * allreduce_in, residual, rms_gamma, rms_eps, world_size, ..., norm_out?, quant_out?, scale_out?, scale_factor?
 *
 * The sum over the ranks and the residual are added up. Without norm_out the sum goes to `residual` and its norm to
 * `allreduce_in`; with it the norm goes there and the sum to `allreduce_in`. The norm is quantised into quant_out, by
 * the static scale scale_factor.
 */
static rg_status normalise_sum(rg_kernel_call *call, const double *sum)
{
    const rg_tensor *reduced = rg__kernel_tensor(call, 0);
    const rg_tensor *residual = rg__kernel_tensor(call, 1);
    const rg_tensor *norm_out = rg__kernel_optional(call, rg__kernel_find(call, "norm_out"));
    const rg_tensor *quant_out = rg__kernel_optional(call, rg__kernel_find(call, "quant_out"));
    size_t scale = rg__kernel_find(call, "scale_factor");
    double epsilon = rg__kernel_real(call, 3);
    if (call->status != RG_OK || reduced->rank == 0 || rg__tensor_count(reduced) != rg__tensor_count(residual) ||
        (norm_out != NULL && rg__tensor_count(norm_out) != rg__tensor_count(reduced)) ||
        (quant_out != NULL && rg__tensor_count(quant_out) != rg__tensor_count(reduced))) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "tensors of different sizes");
    }
    size_t count = (size_t)rg__tensor_count(reduced);
    size_t width = (size_t)reduced->sizes[reduced->rank - 1];
    const double *weight = rg__read_vector(call, rg__kernel_tensor(call, 2), width);
    double *total = RG_KERNEL_ARRAY(call, double, count + 1);
    double *norm = RG_KERNEL_ARRAY(call, double, count + 1);
    if (weight == NULL || total == NULL || norm == NULL) {
        return call->status;
    }
    rg__tensor_read_real(total, residual);
    for (size_t i = 0; i < count; i++) {
        double rounded = rg__round_to(reduced->dtype, sum[i]);
        total[i] = rg__round_to(reduced->dtype, rounded + total[i]);
        norm[i] = total[i];
    }
    for (size_t row = 0; row < count; row += width) {
        rg__rms_norm_row(norm + row, width, width, weight, epsilon, reduced->dtype);
    }
    rg__tensor_write_real(norm_out != NULL ? reduced : residual, total);
    rg__tensor_write_real(norm_out != NULL ? norm_out : reduced, norm);
    if (quant_out != NULL) {
        double factor = rg__kernel_has(call, scale) ? rg__kernel_real(call, scale) : 1;
        if (rg__kernel_has(call, rg__kernel_find(call, "scale_out"))) {
            return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "quantisation to FP4 is not done here");
        }
        for (size_t i = 0; i < count; i++) {
            norm[i] = rg__scaled(norm[i], factor, quant_out->dtype);
        }
        rg__tensor_write_real(quant_out, norm);
    }
    return call->status;
}

rg_status rg__compute_allreduce_norm(rg_kernel_call *call)
{
    const rg_tensor **tensors = gather_arguments(call, 0);
    if (tensors == NULL || !check_size(call, "world_size")) {
        return call->status;
    }
    const double *sum = reduce(call, tensors, SUM); /* before any rank writes */
    for (uint32_t rank = 0; rank < call->peer_count && sum != NULL; rank++) {
        rg_status status = normalise_sum(&call[rank], sum);
        if (status != RG_OK) {
            return status;
        }
    }
    return call->status;
}
