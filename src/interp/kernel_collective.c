/*
 * kernel_collective.c: collectives over the simulated group. Every rank of the run is in every group, whatever the
 * group is called; sums go over the ranks in order, in double precision, and are rounded once.
 *
 * These kernels are called once for all ranks: `call` is an array of call->peer_count calls.
 */
#include <math.h>

#include "interp/collective.h"
#include "interp/kernel_functions.h"
#include "interp/kernel_quant.h"

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

bool rg__collective_check_size(rg_kernel_call *call, const char *argument)
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

double *rg__collective_reduce(rg_kernel_call *calls, const rg_tensor *const *tensors, const char *argument)
{
    return reduce(calls, tensors, reduction_of(calls, argument));
}

const rg_tensor **rg__collective_arguments(rg_kernel_call *calls, size_t index)
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
    const rg_tensor **tensors = rg__collective_arguments(call, 0);
    const double *sum = tensors == NULL ? NULL : rg__collective_reduce(call, tensors, "reduce_op");
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

rg_status rg__collective_scatter(rg_kernel_call *calls, const double *sum, const rg_tensor *like, uint32_t dim)
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
    const rg_tensor **tensors = rg__collective_arguments(call, 0);
    if (tensors == NULL || !rg__collective_check_size(call, size_argument)) {
        return call->status;
    }
    return rg__collective_scatter(call, rg__collective_reduce(call, tensors, "reduce_op"), tensors[0], dim);
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

rg_status rg__collective_gather(rg_kernel_call *calls, const rg_tensor *const *tensors, uint32_t dim, size_t result)
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
    const rg_tensor **tensors = rg__collective_arguments(call, 0);
    if (tensors == NULL || !rg__collective_check_size(call, "world_size")) {
        return call->status;
    }
    return rg__collective_gather(call, tensors, rg__kernel_dim(call, 1, tensors[0]->rank), 0);
}

rg_status rg__compute_functional_all_gather(rg_kernel_call *call)
{
    const rg_tensor **tensors = rg__collective_arguments(call, 0);
    return tensors == NULL || !rg__collective_check_size(call, "group_size")
               ? call->status
               : rg__collective_gather(call, tensors, 0, 0);
}

/* ---- FlashInfer's fused all-reduce ---- */

static const rg_tensor *block_scales(rg_kernel_call *call)
{
    return rg__kernel_optional(call, rg__kernel_find(call, "scale_out"));
}

/* FP4, which comes with a scale for each block, packs two elements into a byte. */
static bool takes_norm(rg_kernel_call *call, const rg_tensor *quant_out, const rg_tensor *norm)
{
    return rg__tensor_count(quant_out) * (block_scales(call) != NULL ? 2 : 1) == rg__tensor_count(norm);
}

/* `values` are the elements of `norm`. */
static rg_status quantise_norm(rg_kernel_call *call, const rg_tensor *quant_out, const rg_tensor *norm, double *values)
{
    size_t scale = rg__kernel_find(call, "scale_factor");
    double factor = rg__kernel_has(call, scale) ? rg__kernel_real(call, scale) : 1;
    const rg_tensor *blocks = block_scales(call);
    if (blocks != NULL) {
        return rg__quantise_fp4(call, quant_out, blocks, norm, factor, true);
    }
    for (int64_t i = 0; i < rg__tensor_count(norm); i++) {
        values[i] = rg__scaled(values[i], factor, quant_out->dtype);
    }
    rg__tensor_write_real(quant_out, values);
    return call->status;
}

/*
 * allreduce_in, residual, rms_gamma, rms_eps, world_size, ..., norm_out?, quant_out?, scale_out?, scale_factor?
 *
 * The sum over the ranks and the residual are added up. Without norm_out the sum goes to `residual` and its norm to
 * `allreduce_in`; with it the norm goes there and the sum to `allreduce_in`. The norm is quantised into quant_out, by
 * the static scale scale_factor; to FP4, in the swizzled layout, where there is a scale_out for the scales of blocks.
 */
static rg_status normalise_sum(rg_kernel_call *call, const double *sum)
{
    const rg_tensor *reduced = rg__kernel_tensor(call, 0);
    const rg_tensor *residual = rg__kernel_tensor(call, 1);
    const rg_tensor *norm_out = rg__kernel_optional(call, rg__kernel_find(call, "norm_out"));
    const rg_tensor *quant_out = rg__kernel_optional(call, rg__kernel_find(call, "quant_out"));
    double epsilon = rg__kernel_real(call, 3);
    if (call->status != RG_OK || reduced->rank == 0 || rg__tensor_count(reduced) != rg__tensor_count(residual) ||
        (norm_out != NULL && rg__tensor_count(norm_out) != rg__tensor_count(reduced)) ||
        (quant_out != NULL && !takes_norm(call, quant_out, reduced))) {
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
    return quant_out == NULL ? call->status
                             : quantise_norm(call, quant_out, norm_out != NULL ? norm_out : reduced, norm);
}

rg_status rg__compute_allreduce_norm(rg_kernel_call *call)
{
    const rg_tensor **tensors = rg__collective_arguments(call, 0);
    if (tensors == NULL || !rg__collective_check_size(call, "world_size")) {
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

/* ---- MiniMax's norm over all heads of all ranks ---- */

/* Row `row` of `part` of qkv: columns [first, first + width). */
static void read_columns(const rg_tensor *qkv, int64_t row, int64_t first, int64_t width, double *out)
{
    int64_t last = qkv->strides[qkv->rank - 1];
    rg__load_real(out, rg__element_at(qkv, qkv->offset + row * qkv->strides[0] + first * last), qkv->dtype, last,
                  (size_t)width);
}

/* The mean squares of both parts of each row of each rank, averaged over the ranks: [row][part]; in float, in which the
 * ranks exchange them. */
static double *mean_squares(rg_kernel_call *calls, const rg_tensor *const *inputs, const int64_t *widths)
{
    int64_t rows = inputs[0]->sizes[0];
    double *means = RG_KERNEL_ARRAY(calls, double, 2 * rows + 1);
    double *x = RG_KERNEL_ARRAY(calls, double, widths[0] + widths[1] + 1);
    for (int64_t i = 0; i < 2 * rows && means != NULL && x != NULL; i++) {
        int64_t part = i % 2;
        for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
            double sum = 0;
            read_columns(inputs[rank], i / 2, part == 0 ? 0 : widths[0], widths[part], x);
            for (int64_t k = 0; k < widths[part]; k++) {
                sum += x[k] * x[k];
            }
            means[i] += (double)(float)(sum / (double)widths[part]);
        }
        means[i] = (double)(float)(means[i] / calls->peer_count);
    }
    return x == NULL ? NULL : means;
}

/*
 * qkv, norm_weight_q, norm_weight_k, ..., q_size, kv_size, rank, nranks, eps: the first q_size columns and the kv_size
 * ones behind them, each divided by the root of its mean square over all ranks, times the weight, rounded once.
 */
rg_status rg__compute_norm_over_ranks(rg_kernel_call *calls)
{
    const rg_tensor **inputs = rg__collective_arguments(calls, 0);
    int64_t widths[2] = {rg__kernel_integer(calls, rg__kernel_find(calls, "q_size")),
                         rg__kernel_integer(calls, rg__kernel_find(calls, "kv_size"))};
    double epsilon = rg__kernel_real(calls, rg__kernel_find(calls, "eps"));
    if (inputs == NULL || !rg__collective_check_size(calls, "nranks")) {
        return calls->status;
    }
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        if (inputs[rank]->rank != 2 || inputs[rank]->sizes[0] != inputs[0]->sizes[0] || widths[0] <= 0 ||
            widths[1] <= 0 || widths[0] > inputs[rank]->sizes[1] - widths[1]) {
            return rg__kernel_fail(calls, RG_ERROR_TYPE, "the ranks have no such rows of queries and keys");
        }
    }
    const double *means = mean_squares(calls, inputs, widths);
    for (uint32_t rank = 0; rank < calls->peer_count && means != NULL; rank++) {
        rg_kernel_call *call = &calls[rank];
        for (size_t part = 0; part < 2; part++) {
            const double *weight = rg__read_vector(call, rg__kernel_tensor(call, 1 + part), (size_t)widths[part]);
            double *x = RG_KERNEL_ARRAY(call, double, widths[part] + 1);
            if (weight == NULL || x == NULL) {
                return call->status;
            }
            rg_rows rows;
            (void)rg__rows_init(&rows, call, &call->results[part]);
            for (int64_t row = 0; rg__rows_next(&rows); row++) {
                read_columns(inputs[rank], row, part == 0 ? 0 : widths[0], widths[part], x);
                double factor = 1 / sqrt(means[2 * row + (int64_t)part] + epsilon);
                for (int64_t k = 0; k < widths[part]; k++) {
                    x[k] *= factor * weight[k];
                }
                rg__rows_write(&rows, x);
            }
        }
    }
    return calls->status;
}
