/*
 * kernel_attention.c: scaled dot product attention in all its forms, by its definition:
 *
 *     softmax(scale * query @ key^T + mask) @ value
 *
 * in double precision, a row of scores at a time. With a causal mask a query sees the keys up to its own position,
 * counted from the start; a boolean mask says what is seen. A row that sees nothing gives zeros. With fewer heads of
 * keys than of queries each serves as many queries in a row.
 *
 * vLLM's attention is in kernel_attention_vllm.c.
 */
#include <math.h>

#include "interp/attention.h"
#include "interp/kernel_functions.h"

/* The rows of one head as double. */
typedef struct head {
    double *query;
    double *key;
    double *value;
    double *scores; /* one row */
    double *sums;   /* one row of output */
    size_t tokens;
    size_t keys;
    size_t width;
    size_t value_width;
} head;

static rg_tensor matrix_at(const rg_tensor *tensor, int64_t position)
{
    rg_tensor matrix = *tensor;
    matrix.rank = 2;
    matrix.offset = position;
    for (uint32_t i = 0; i < 2; i++) {
        matrix.sizes[i] = tensor->sizes[tensor->rank - 2 + i];
        matrix.strides[i] = tensor->strides[tensor->rank - 2 + i];
    }
    return matrix;
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* One row of scores becomes weights; returns the logarithm of the sum of exponentials. A row with NaN is NaN. */
static double soften(double *scores, size_t n)
{
    double largest = -INFINITY;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        largest = isnan(largest) || isnan(scores[i]) ? NAN : fmax(largest, scores[i]);
    }
    for (size_t i = 0; i < n; i++) {
        scores[i] = isinf(largest) && largest < 0 ? 0 : exp(scores[i] - largest);
        sum += scores[i];
    }
    for (size_t i = 0; i < n && sum > 0; i++) {
        scores[i] /= sum;
    }
    return largest + log(sum);
}

static void add_mask(double *scores, const rg_tensor *mask, size_t row, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t position = mask->offset + (int64_t)row * mask->strides[0] + (int64_t)i * mask->strides[1];
        double value = rg__tensor_real_at(mask, position);
        scores[i] = mask->dtype != RG_DTYPE_BOOL ? scores[i] + value : value != 0 ? scores[i] : -INFINITY;
    }
}

/* Positions of the head in mask, logarithms and weights follow those of query, key and value in `loop`. */
static void run_head(const rg_attention *job, const head *rows, const rg_loop *loop, uint64_t *draws)
{
    rg_tensor output = matrix_at(job->output, loop->position[3]);
    for (size_t i = 0; i < rows->tokens; i++) {
        for (size_t j = 0; j < rows->keys; j++) {
            bool seen = !job->causal || j <= i;
            rows->scores[j] =
                seen ? job->scale * dot(rows->query + i * rows->width, rows->key + j * rows->width, rows->width)
                     : -INFINITY;
        }
        if (job->mask != NULL) {
            rg_tensor mask = matrix_at(job->mask, loop->position[4]);
            add_mask(rows->scores, &mask, i, rows->keys);
        }
        double logarithm = soften(rows->scores, rows->keys);
        if (job->logarithms != NULL) {
            int64_t position = loop->position[5] + (int64_t)i * job->logarithms->strides[job->logarithms->rank - 1];
            rg__store_real(rg__element_at(job->logarithms, position), job->logarithms->dtype, 1, &logarithm, 1);
        }
        if (job->weights != NULL) {
            rg_tensor weights = matrix_at(job->weights, loop->position[6]);
            int64_t position = weights.offset + (int64_t)i * weights.strides[0];
            rg__store_real(rg__element_at(&weights, position), weights.dtype, weights.strides[1], rows->scores,
                           rows->keys);
        }
        memset(rows->sums, 0, rows->value_width * sizeof(double));
        for (size_t j = 0; j < rows->keys; j++) {
            double weight = rows->scores[j];
            if (job->dropout > 0) {
                bool kept = rg__random_uniform(job->stream, (*draws)++) >= job->dropout;
                weight = kept ? weight / (1 - job->dropout) : 0;
            }
            for (size_t k = 0; k < rows->value_width && weight != 0; k++) {
                rows->sums[k] += weight * rows->value[j * rows->value_width + k];
            }
        }
        rg__store_real(rg__element_at(&output, output.offset + (int64_t)i * output.strides[0]), output.dtype,
                       output.strides[1], rows->sums, rows->value_width);
    }
}

/* Dimensions before the last `keep`, as an operand of the walk over heads. Fewer heads of keys are repeated: the walk
 * has the query's heads split in two then. */
static bool add_heads(rg_loop *loop, const rg_tensor *tensor, uint32_t keep, uint32_t rank, int64_t groups)
{
    rg_tensor outer = *tensor;
    if (outer.rank + 2 < keep + rank && tensor->rank < keep) {
        return false;
    }
    outer.rank -= keep;
    if (groups > 1 && outer.rank > 0) { /* [..., heads] -> [..., heads of keys, queries of each] */
        uint32_t last = outer.rank - 1;
        bool whole = outer.sizes[last] == loop->sizes[rank - 2] * groups;
        outer.sizes[last + 1] = whole ? groups : 1;
        outer.strides[last + 1] = whole ? outer.strides[last] : 0;
        outer.sizes[last] = whole ? outer.sizes[last] / groups : outer.sizes[last];
        outer.strides[last] = whole ? outer.strides[last] * groups : outer.strides[last];
        outer.rank++;
    }
    return rg__loop_add(loop, &outer);
}

static bool prepare_heads(rg_kernel_call *call, const rg_attention *job, rg_loop *loop)
{
    uint32_t rank = job->query->rank - 2;
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t groups = 1;
    memcpy(sizes, job->query->sizes, sizeof(sizes));
    if (rank > 0 && job->key->rank == job->query->rank && job->key->sizes[rank - 1] > 0 &&
        sizes[rank - 1] % job->key->sizes[rank - 1] == 0) {
        groups = sizes[rank - 1] / job->key->sizes[rank - 1];
    }
    if (groups > 1) {
        sizes[rank - 1] /= groups;
        sizes[rank++] = groups;
    }
    rg__loop_init(loop, rank, sizes);
    bool fits = add_heads(loop, job->query, 2, rank, groups) && add_heads(loop, job->key, 2, rank, groups) &&
                add_heads(loop, job->value, 2, rank, groups) && add_heads(loop, job->output, 2, rank, groups) &&
                add_heads(loop, job->mask != NULL ? job->mask : job->output, 2, rank, groups) &&
                add_heads(loop, job->logarithms != NULL ? job->logarithms : job->output,
                          job->logarithms != NULL ? 1 : 2, rank, groups) &&
                add_heads(loop, job->weights != NULL ? job->weights : job->output, 2, rank, groups);
    if (!fits) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "query, key, value and mask do not fit one another");
    }
    return fits;
}

rg_status rg__attend(rg_kernel_call *call, rg_attention *job)
{
    rg_loop loop;
    uint64_t draws = 0;
    if (job->query->rank < 2 || job->key->rank < 2 || job->value->rank < 2 || job->query->rank >= RG_TENSOR_MAX_RANK) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "query, key and value are not matrices");
    }
    head rows = {.tokens = (size_t)job->query->sizes[job->query->rank - 2],
                 .keys = (size_t)job->key->sizes[job->key->rank - 2],
                 .width = (size_t)job->query->sizes[job->query->rank - 1],
                 .value_width = (size_t)job->value->sizes[job->value->rank - 1]};
    rows.query = RG_KERNEL_ARRAY(call, double, rows.tokens *rows.width + 1);
    rows.key = RG_KERNEL_ARRAY(call, double, rows.keys *rows.width + 1);
    rows.value = RG_KERNEL_ARRAY(call, double, rows.keys *rows.value_width + 1);
    rows.scores = RG_KERNEL_ARRAY(call, double, rows.keys + 1);
    rows.sums = RG_KERNEL_ARRAY(call, double, rows.value_width + 1);
    if (call->status != RG_OK || !prepare_heads(call, job, &loop)) {
        return call->status;
    }
    if ((size_t)job->key->sizes[job->key->rank - 1] != rows.width ||
        (size_t)job->value->sizes[job->value->rank - 2] != rows.keys) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "query, key and value do not fit one another");
    }
    job->stream = job->dropout > 0 ? rg__kernel_random_stream(call) : 0;
    while (rg__loop_next_element(&loop)) {
        rg_tensor query = matrix_at(job->query, loop.position[0]);
        rg_tensor key = matrix_at(job->key, loop.position[1]);
        rg_tensor value = matrix_at(job->value, loop.position[2]);
        rg__tensor_read_real(rows.query, &query);
        rg__tensor_read_real(rows.key, &key);
        rg__tensor_read_real(rows.value, &value);
        run_head(job, &rows, &loop, &draws);
    }
    return call->status;
}

static bool truth_of(rg_kernel_call *call, const char *name)
{
    size_t index = rg__kernel_find(call, name);
    return rg__kernel_has(call, index) && rg__kernel_truth(call, index);
}

/* A mask with at least two dimensions, of the full sizes of the scores in these. */
static const rg_tensor *mask_of(rg_kernel_call *call, const rg_attention *job)
{
    static const char *const names[] = {"attn_mask", "attn_bias"};
    for (size_t i = 0; i < 2; i++) {
        const rg_tensor *mask = rg__kernel_optional(call, rg__kernel_find(call, names[i]));
        if (mask == NULL) {
            continue;
        }
        rg_tensor *full = RG_KERNEL_ARRAY(call, rg_tensor, 1);
        if (full == NULL) {
            return NULL;
        }
        *full = *mask;
        while (full->rank < 2) {
            memmove(full->sizes + 1, full->sizes, full->rank * sizeof(int64_t));
            memmove(full->strides + 1, full->strides, full->rank * sizeof(int64_t));
            full->sizes[0] = 1;
            full->rank++;
        }
        int64_t wanted[2] = {job->query->sizes[job->query->rank - 2], job->key->sizes[job->key->rank - 2]};
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t dim = full->rank - 2 + k;
            if (full->sizes[dim] != wanted[k] && full->sizes[dim] != 1) {
                (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the mask does not fit the scores");
                return NULL;
            }
            full->strides[dim] = full->sizes[dim] == 1 ? 0 : full->strides[dim];
            full->sizes[dim] = wanted[k];
        }
        return full;
    }
    return NULL;
}

/* The op's arguments by name; result 0 is the output, result 1 logarithms unless `weights`. */
static rg_status scaled_dot_product(rg_kernel_call *call, bool weights)
{
    size_t scale = rg__kernel_find(call, "scale");
    size_t dropout = rg__kernel_find(call, "dropout_p");
    rg_attention job = {.query = rg__kernel_tensor(call, 0),
                        .key = rg__kernel_tensor(call, 1),
                        .value = rg__kernel_tensor(call, 2),
                        .causal = truth_of(call, "is_causal"),
                        .dropout = rg__kernel_has(call, dropout) ? rg__kernel_real(call, dropout) : 0,
                        .output = &call->results[0]};
    if (call->status != RG_OK || job.query->rank < 2 || job.key->rank < 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "query, key and value are not matrices");
    }
    job.mask = mask_of(call, &job);
    double width = (double)job.query->sizes[job.query->rank - 1];
    job.scale = rg__kernel_has(call, scale) ? rg__kernel_real(call, scale) : 1 / sqrt(width);
    const rg_tensor *second = call->result_count > 1 ? &call->results[1] : NULL;
    if (second != NULL && second->storage != NULL) {
        bool rows = second->rank + 1 == job.query->rank &&
                    second->sizes[second->rank - 1] >= job.query->sizes[job.query->rank - 2];
        job.weights = weights ? second : NULL;
        job.logarithms = !weights && rows ? second : NULL;
    }
    return call->status == RG_OK ? rg__attend(call, &job) : call->status;
}

rg_status rg__compute_attention(rg_kernel_call *call)
{
    return scaled_dot_product(call, false);
}

rg_status rg__compute_attention_math(rg_kernel_call *call)
{
    return scaled_dot_product(call, true);
}
