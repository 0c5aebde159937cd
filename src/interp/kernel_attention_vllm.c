/*
 * kernel_attention_vllm.c: vLLM's attention, whose output is an argument, and the updates of its cache.
 *
 * What is not in the call is stood in for. The query, key and value are a whole sequence: each token sees itself and
 * those before it, and what a cache would hold is not modelled, so that an update of it computes nothing. MLA's layers
 * unpack their compressed keys and values with weights of their own: these are made up from the layer's name.
 *
 * With an output scale the output is quantised: to FP8 with that scale, with block scales to FP4. It is rounded to the
 * dtype of the query before, as it would be if it were stored.
 */
#include <math.h>

#include "base/table.h"
#include "interp/attention.h"
#include "interp/kernel_functions.h"
#include "interp/kernel_quant.h"

/* ---- the output ---- */

/* Both ops have the same arguments from `output` on. */
enum { OUTPUT = 3, LAYER_NAME = 4, OUTPUT_SCALE = 5, BLOCK_SCALE = 6 };

/* Rows of all heads of a token, packed: two elements a byte. */
static rg_status finish_fp4(rg_kernel_call *call, const rg_tensor *rows)
{
    const rg_tensor *output = rg__kernel_tensor(call, OUTPUT);
    const rg_tensor *scales = rg__kernel_tensor(call, BLOCK_SCALE);
    if (call->status != RG_OK || !rg__kernel_has(call, OUTPUT_SCALE) || !rg__tensor_is_contiguous(output)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "FP4 takes both scales and a contiguous output");
    }
    rg_tensor packed = *output;
    packed.rank = 2;
    packed.sizes[0] = rows->sizes[0];
    packed.sizes[1] = rows->sizes[1] / 2;
    rg__tensor_set_contiguous(&packed);
    return rg__quantise_fp4(call, &packed, scales, rows, rg__kernel_real(call, OUTPUT_SCALE), true);
}

/* `exact` is [tokens, heads * width], in double precision. */
static rg_status finish(rg_kernel_call *call, const rg_tensor *exact, rg_dtype dtype)
{
    const rg_tensor *output = rg__kernel_tensor(call, OUTPUT);
    rg_tensor *rows = rg__kernel_scratch(call, dtype, 2, exact->sizes);
    if (output == NULL || rows == NULL || !rg__tensor_copy(rows, exact)) {
        return call->status;
    }
    if (rg__kernel_has(call, BLOCK_SCALE)) {
        return finish_fp4(call, rows);
    }
    double *values = rg__kernel_read_real(call, rg__kernel_has(call, OUTPUT_SCALE) ? rows : exact);
    double scale = rg__kernel_has(call, OUTPUT_SCALE) ? rg__kernel_real(call, OUTPUT_SCALE) : 1;
    for (int64_t i = 0; call->status == RG_OK && rg__kernel_has(call, OUTPUT_SCALE) && i < rg__tensor_count(exact);
         i++) {
        values[i] = rg__scaled(values[i], scale, output->dtype);
    }
    if (call->status == RG_OK) {
        rg__tensor_write_real(output, values);
    }
    return call->status;
}

/* How many elements the output stands for. */
static int64_t output_count(rg_kernel_call *call)
{
    const rg_tensor *output = rg__kernel_tensor(call, OUTPUT);
    return output == NULL ? 0 : rg__tensor_count(output) * (rg__kernel_has(call, BLOCK_SCALE) ? 2 : 1);
}

/* Attention of [heads, tokens, width] each, causal, into the output. */
static rg_status attend_heads(rg_kernel_call *call, const rg_tensor *heads, rg_dtype dtype)
{
    int64_t count = heads[0].sizes[0];
    int64_t tokens = heads[0].sizes[1];
    int64_t width = heads[2].sizes[2];
    int64_t sizes[2] = {tokens, count * width};
    if (tokens * count * width != output_count(call)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the output has another number of elements");
    }
    rg_tensor *exact = rg__kernel_scratch(call, RG_DTYPE_F64, 2, sizes);
    if (exact == NULL) {
        return call->status;
    }
    rg_tensor by_head = *exact; /* [heads, tokens, width] of it */
    by_head.rank = 3;
    for (uint32_t i = 0; i < 3; i++) {
        by_head.sizes[i] = (int64_t[3]){count, tokens, width}[i];
        by_head.strides[i] = (int64_t[3]){width, count * width, 1}[i];
    }
    rg_attention job = {.query = &heads[0],
                        .key = &heads[1],
                        .value = &heads[2],
                        .causal = true,
                        .scale = 1 / sqrt((double)heads[0].sizes[2]),
                        .output = &by_head};
    return rg__attend(call, &job) == RG_OK ? finish(call, exact, dtype) : call->status;
}

/* ---- queries, keys and values as they are ---- */

/* [tokens, heads * width] or [tokens, heads, width] as [heads, tokens, width]. */
static bool as_heads(rg_tensor *out, const rg_tensor *tensor, int64_t width)
{
    *out = *tensor;
    bool flat = tensor->rank == 2 && width > 0 && tensor->sizes[1] % width == 0;
    if (!flat && tensor->rank != 3) {
        return false;
    }
    int64_t last = tensor->strides[tensor->rank - 1];
    int64_t sizes[3] = {flat ? tensor->sizes[1] / width : tensor->sizes[1], tensor->sizes[0],
                        flat ? width : tensor->sizes[2]};
    int64_t strides[3] = {flat ? width * last : tensor->strides[1], tensor->strides[0], last};
    out->rank = 3;
    memcpy(out->sizes, sizes, sizeof(sizes));
    memcpy(out->strides, strides, sizeof(strides));
    return true;
}

rg_status rg__compute_unified_attention(rg_kernel_call *call)
{
    const rg_tensor *query = rg__kernel_tensor(call, 0);
    const rg_tensor *key = rg__kernel_tensor(call, 1);
    const rg_tensor *value = rg__kernel_tensor(call, 2);
    rg_tensor heads[3];
    if (call->status != RG_OK || value->rank == 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "query, key and value are not [tokens, heads, width]");
    }
    int64_t width = query->rank == 3 ? query->sizes[2] : key->rank == 3 ? key->sizes[2] : value->sizes[value->rank - 1];
    int64_t value_width = value->rank == 3 ? value->sizes[2] : width;
    if (!as_heads(&heads[0], query, width) || !as_heads(&heads[1], key, width) ||
        !as_heads(&heads[2], value, value_width)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "query, key and value are not [tokens, heads, width]");
    }
    return attend_heads(call, heads, query->dtype);
}

/* ---- MLA: keys and values are made of a latent vector for each token ---- */

/* Element (row, column) of the layer's weights: uniform, of a size that keeps what is unpacked as large as the latent
 * vector. */
static double layer_weight(uint64_t stream, int64_t rows, int64_t columns, int64_t row, int64_t column)
{
    double uniform = rg__random_uniform(stream, (uint64_t)(row * columns + column));
    return (2 * uniform - 1) * sqrt(3 / (double)rows);
}

/* Keys [heads, tokens, key_width + rotary], the rotary part the same for all heads, and values [heads, tokens, width].
 */
static bool unpack(rg_kernel_call *call, const rg_tensor *latent, const rg_tensor *rotary, const rg_tensor *key,
                   const rg_tensor *value)
{
    int64_t heads = key->sizes[0];
    int64_t turned = rotary->sizes[rotary->rank - 1];
    int64_t key_width = key->sizes[2] - turned;
    int64_t each = key_width + value->sizes[2];
    int64_t columns = heads * each;
    rg_string name = rg__kernel_text(call, LAYER_NAME);
    uint64_t stream = rg__hash_bytes(name.data, name.size, 0);
    const double *packed = rg__kernel_read_real(call, latent);
    const double *turns = rg__kernel_read_real(call, rotary);
    double *weights = RG_KERNEL_ARRAY(call, double, latent->sizes[1] * columns + 1);
    if (call->status != RG_OK) {
        return false;
    }
    for (int64_t i = 0; i < latent->sizes[1] * columns; i++) {
        weights[i] = layer_weight(stream, latent->sizes[1], columns, i / columns, i % columns);
    }
    for (int64_t i = 0; i < latent->sizes[0] * columns; i++) {
        int64_t token = i / columns;
        int64_t head = i % columns / each;
        int64_t place = i % each;
        double sum = 0;
        for (int64_t k = 0; k < latent->sizes[1]; k++) {
            sum += packed[token * latent->sizes[1] + k] * weights[k * columns + i % columns];
        }
        const rg_tensor *to = place < key_width ? key : value;
        int64_t column = place < key_width ? place : place - key_width;
        int64_t at = to->offset + head * to->strides[0] + token * to->strides[1] + column * to->strides[2];
        rg__store_real(rg__element_at(to, at), RG_DTYPE_F64, 1, &sum, 1);
    }
    for (int64_t i = 0; i < heads * latent->sizes[0]; i++) {
        int64_t token = i % latent->sizes[0];
        int64_t at = key->offset + (i / latent->sizes[0]) * key->strides[0] + token * key->strides[1] + key_width;
        rg__store_real(rg__element_at(key, at), RG_DTYPE_F64, 1, turns + token * turned, (size_t)turned);
    }
    return true;
}

/* q [tokens, heads, width], kv_c_normed [keys, latent width], k_pe [keys, 1, rotary width]. The first columns of a head
 * of the query are for what is unpacked, the others for the rotary part. */
rg_status rg__compute_mla_attention(rg_kernel_call *call)
{
    const rg_tensor *query = rg__kernel_tensor(call, 0);
    const rg_tensor *latent = rg__kernel_tensor(call, 1);
    const rg_tensor *rotary = rg__kernel_tensor(call, 2);
    if (call->status != RG_OK || query->rank != 3 || latent->rank != 2 || rotary->rank < 2 ||
        rotary->sizes[0] != latent->sizes[0] || (rotary->rank == 3 && rotary->sizes[1] != 1) || rotary->rank > 3 ||
        rotary->sizes[rotary->rank - 1] > query->sizes[2]) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "query, latent and rotary part do not fit one another");
    }
    int64_t rows = query->sizes[0] * query->sizes[1];
    if (rows == 0 || output_count(call) % rows != 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the output has not a row for each head of each token");
    }
    int64_t key_sizes[3] = {query->sizes[1], latent->sizes[0], query->sizes[2]};
    int64_t value_sizes[3] = {query->sizes[1], latent->sizes[0], output_count(call) / rows};
    const rg_tensor *key = rg__kernel_scratch(call, RG_DTYPE_F64, 3, key_sizes);
    const rg_tensor *value = rg__kernel_scratch(call, RG_DTYPE_F64, 3, value_sizes);
    if (key == NULL || value == NULL || !unpack(call, latent, rotary, key, value)) {
        return call->status;
    }
    rg_tensor heads[3] = {*query, *key, *value};
    (void)as_heads(&heads[0], query, query->sizes[2]);
    return attend_heads(call, heads, query->dtype);
}

/* ---- the cache ---- */

/* It is not modelled: what depends on the update is the order only, by way of an empty tensor. */
rg_status rg__compute_cache_update(rg_kernel_call *call)
{
    return call->status;
}
