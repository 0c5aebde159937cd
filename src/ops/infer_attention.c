/*
 * infer_attention.c: scaled dot-product attention, the composite and the backends that it is lowered to.
 *
 * Backends differ in the layout of the result and in what they return beside it (statistics for the gradient, random
 * state, sizes). Source: the meta functions of each backend.
 */
#include "ir/context_impl.h"
#include "ops/op_rows.h"

enum { MAX_RESULTS = 9 };

/* The results of a backend under construction. */
typedef struct result_list {
    rg_type items[MAX_RESULTS];
    size_t count;
    rg_status status;
} result_list;

static void add_type(result_list *results, rg_status status, rg_type type)
{
    if (results->status == RG_OK) {
        results->status = status;
    }
    results->items[results->count++] = type;
}

static void add_tensor(rg_inference *inference, result_list *results, const rg_shape *shape)
{
    rg_type type = {0};
    add_type(results, rg__shape_type(inference, shape, &type), type);
}

static void add_nothing(rg_inference *inference, result_list *results)
{
    rg_type type = {0};
    add_type(results, rg_type_nothing(&type, inference->context), type);
}

static void add_size(rg_inference *inference, result_list *results, rg_size size)
{
    rg_type type = {0};
    add_type(results, rg_type_from_size(&type, inference->context, size), type);
}

static rg_status answer(rg_inference *inference, const result_list *results)
{
    if (results->status != RG_OK || inference->unknown) {
        return results->status;
    }
    return rg_type_from_items(&inference->result, inference->context, results->items, results->count);
}

/* A contiguous tensor. */
static rg_shape fresh(rg_inference *inference, rg_dtype dtype, rg_device device, uint32_t rank, const rg_size *sizes)
{
    rg_shape shape = {.dtype = dtype, .rank = rank, .device = device};
    for (uint32_t i = 0; i < rank; i++) {
        shape.sizes[i] = sizes[i];
    }
    rg__shape_set_contiguous(inference, &shape);
    return shape;
}

/* Seed and offset. */
static void add_random_state(rg_inference *inference, result_list *results, rg_dtype dtype, bool pair, rg_device device)
{
    rg_size two = rg__infer_int_size(inference, 2);
    rg_shape seed = fresh(inference, dtype, device, pair ? 1 : 0, &two);
    rg_shape offset = fresh(inference, dtype, device, 0, NULL);
    add_tensor(inference, results, &seed);
    add_tensor(inference, results, &offset);
}

/* Query, key and value: [batch, heads, length, features] for all ops here. */
typedef struct attention_call {
    rg_shape query;
    rg_shape key;
    rg_shape value;
    rg_size batch;
    rg_size heads;
    rg_size length;     /* of the query */
    rg_size key_length; /* of key and value */
    rg_size features;   /* of the value, thus of the result */
} attention_call;

static bool read_attention(rg_inference *inference, uint32_t least_rank, attention_call *out, rg_status *status)
{
    *status = RG_OK;
    if (!rg__infer_tensor(inference, 0, &out->query) || !rg__infer_tensor(inference, 1, &out->key) ||
        !rg__infer_tensor(inference, 2, &out->value)) {
        return false;
    }
    uint32_t rank = out->query.rank;
    if (rank < least_rank || out->key.rank < least_rank || out->value.rank < least_rank) {
        *status = rg__infer_fail(inference, RG_ERROR_TYPE, "query, key and value need %u dimensions", least_rank);
        return false;
    }
    out->length = out->query.sizes[rank - 2];
    out->key_length = out->key.sizes[out->key.rank - 2];
    out->features = out->value.sizes[out->value.rank - 1];
    if (rank == 4) {
        out->batch = out->query.sizes[0];
        out->heads = out->query.sizes[1];
    }
    return true;
}

static bool is_flag(const rg_inference *inference, const char *name)
{
    bool value = false;
    return rg__infer_bool(inference, rg__infer_find(inference, name), &value) && value;
}

/* The result of a backend that keeps the order of the query's dimensions in memory. */
static rg_shape result_like_query(rg_inference *inference, const attention_call *attention)
{
    rg_shape shape = attention->query;
    shape.sizes[3] = attention->features;
    if (rg__infer_same(inference, attention->features, attention->query.sizes[3])) {
        rg__shape_set_like(inference, &shape, &attention->query);
        return shape;
    }
    if (!shape.has_strides) {
        return shape;
    }
    /* By falling strides of the query, equal ones in their present order. */
    uint32_t order[4];
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t place = i;
        while (place > 0 && rg_size_less_equal(inference->context, attention->query.strides[i],
                                               attention->query.strides[order[place - 1]]) == RG_NO) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
    rg_size stride = rg__infer_int_size(inference, 1);
    for (uint32_t i = 4; i-- > 0;) {
        shape.strides[order[i]] = stride;
        stride = rg__infer_multiply(inference, stride, shape.sizes[order[i]]);
    }
    return shape;
}

/* The result of a backend that computes in [batch, length, heads, features] and transposes. */
static rg_shape result_by_length(rg_inference *inference, const attention_call *attention)
{
    rg_shape shape = attention->query;
    shape.sizes[3] = attention->features;
    shape.strides[3] = rg__infer_int_size(inference, 1);
    shape.strides[1] = attention->features;
    shape.strides[2] = rg__infer_multiply(inference, attention->features, attention->heads);
    shape.strides[0] = rg__infer_multiply(inference, shape.strides[2], attention->length);
    shape.has_strides = true;
    return shape;
}

/* The debug mask of the flash backend: empty unless asked for. */
static rg_shape flash_debug_mask(rg_inference *inference, const attention_call *attention)
{
    rg_size sizes[4] = {attention->batch, attention->heads, attention->length, rg__infer_int_size(inference, 0)};
    if (!is_flag(inference, "return_debug_mask")) {
        return fresh(inference, attention->query.dtype, attention->query.device, 1, &sizes[3]);
    }
    int64_t key_length = 0;
    int64_t length = 0;
    int64_t features = 0;
    if (!rg_size_as_int(inference->context, attention->key_length, &key_length) ||
        !rg_size_as_int(inference->context, attention->length, &length) ||
        !rg_size_as_int(inference->context, attention->query.sizes[3], &features)) {
        inference->unknown = true;
        return attention->query;
    }
    int64_t block = features > 64 ? 128 : 256;
    int64_t blocks = length / block + (length % block != 0);
    if (key_length <= 128) {
        blocks = 128;
    } else if (key_length <= 256) {
        blocks = 256;
    }
    sizes[3] = rg__infer_int_size(inference, blocks);
    return fresh(inference, attention->query.dtype, attention->query.device, 4, sizes);
}

/* (result, logsumexp, None, None, length, key length, seed, offset, debug mask) */
rg_status rg__op_sdpa_flash(rg_inference *inference)
{
    attention_call attention;
    rg_status status;
    result_list results = {.status = RG_OK};
    if (!read_attention(inference, 4, &attention, &status)) {
        return status;
    }
    rg_shape shape = attention.query;
    rg__shape_set_like(inference, &shape, &attention.query);
    rg_size sums[3] = {attention.batch, attention.heads, attention.length};
    rg_shape logsumexp = fresh(inference, RG_DTYPE_F32, shape.device, 3, sums);
    rg_shape mask = flash_debug_mask(inference, &attention);
    add_tensor(inference, &results, &shape);
    add_tensor(inference, &results, &logsumexp);
    add_nothing(inference, &results);
    add_nothing(inference, &results);
    add_size(inference, &results, attention.length);
    add_size(inference, &results, attention.key_length);
    add_random_state(inference, &results, RG_DTYPE_U64, true, shape.device);
    add_tensor(inference, &results, &mask);
    return answer(inference, &results);
}

/* (result, logsumexp): the backend for CPUs. */
rg_status rg__op_sdpa_flash_cpu(rg_inference *inference)
{
    attention_call attention;
    rg_status status;
    rg_shape shapes[2];
    if (!read_attention(inference, 4, &attention, &status)) {
        return status;
    }
    shapes[0] = attention.query;
    rg__shape_set_like(inference, &shapes[0], &attention.query);
    rg_dtype dtype = attention.query.dtype;
    rg_size sums[3] = {attention.batch, attention.length, attention.heads};
    shapes[1] = fresh(inference, dtype == RG_DTYPE_F16 || dtype == RG_DTYPE_BF16 ? RG_DTYPE_F32 : dtype,
                      attention.query.device, 3, sums);
    shapes[1].sizes[1] = attention.heads;
    shapes[1].sizes[2] = attention.length;
    rg_size stride = shapes[1].strides[1];
    shapes[1].strides[1] = shapes[1].strides[2];
    shapes[1].strides[2] = stride;
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* ceil(size / 32) * 32, in the words in which PyTorch leaves it symbolic. */
static rg_size round_up_to_32(rg_inference *inference, rg_size size)
{
    int64_t known = 0;
    rg_size rounded = {0};
    rg_buffer text;
    if (rg_size_as_int(inference->context, size, &known)) {
        return rg__infer_int_size(inference, (known / 32 + (known % 32 != 0)) * 32);
    }
    rg__buffer_init(&text, &inference->context->allocator);
    rg__buffer_append_text(&text, "32*CeilToInt(IntTrueDiv(");
    rg_status status = rg_size_print(inference->context, size, rg__buffer_sink(&text));
    rg__buffer_append_text(&text, ", 32))");
    if (status == RG_OK && !text.failed) {
        status = rg_size_parse(&rounded, inference->context, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    if (status != RG_OK) {
        inference->unknown = true;
    }
    return rounded;
}

/* (result, logsumexp, seed, offset); the statistics are padded to 32 rows, and empty when not asked for. */
rg_status rg__op_sdpa_efficient(rg_inference *inference)
{
    attention_call attention;
    rg_status status;
    result_list results = {.status = RG_OK};
    if (!read_attention(inference, 4, &attention, &status)) {
        return status;
    }
    rg_shape shape = result_by_length(inference, &attention);
    rg_size rows = rg__infer_int_size(inference, 0);
    if (is_flag(inference, "compute_log_sumexp")) {
        rows = round_up_to_32(inference, attention.length);
    }
    rg_size sums[3] = {attention.batch, attention.heads, rows};
    rg_shape logsumexp = fresh(inference, RG_DTYPE_F32, shape.device, 3, sums);
    add_tensor(inference, &results, &shape);
    add_tensor(inference, &results, &logsumexp);
    add_random_state(inference, &results, RG_DTYPE_I64, false, shape.device);
    return answer(inference, &results);
}

/* (result, logsumexp, None, None, length, key length, seed, offset, None); cuDNN's statistics have a last size of 1,
 * those of a third party's backend have not. */
static rg_status like_cudnn(rg_inference *inference, uint32_t statistics_rank)
{
    attention_call attention;
    rg_status status;
    result_list results = {.status = RG_OK};
    if (!read_attention(inference, 4, &attention, &status)) {
        return status;
    }
    rg_shape shape = result_like_query(inference, &attention);
    rg_size sums[4] = {attention.batch, attention.heads, attention.length, rg__infer_int_size(inference, 1)};
    rg_shape logsumexp = fresh(inference, RG_DTYPE_F32, shape.device, statistics_rank, sums);
    add_tensor(inference, &results, &shape);
    add_tensor(inference, &results, &logsumexp);
    add_nothing(inference, &results);
    add_nothing(inference, &results);
    add_size(inference, &results, attention.length);
    add_size(inference, &results, attention.key_length);
    add_random_state(inference, &results, RG_DTYPE_I64, false, shape.device);
    add_nothing(inference, &results);
    return answer(inference, &results);
}

rg_status rg__op_sdpa_cudnn(rg_inference *inference)
{
    return like_cudnn(inference, 4);
}

rg_status rg__op_sdpa_overrideable(rg_inference *inference)
{
    return like_cudnn(inference, 3);
}

/* The result of attention written out with matmul and softmax: contiguous, with the query's batch. */
static rg_shape result_of_math(rg_inference *inference, const attention_call *attention)
{
    rg_shape shape = attention->query;
    shape.sizes[shape.rank - 1] = attention->features;
    rg__shape_set_contiguous(inference, &shape);
    return shape;
}

/* (result, attention weights) */
rg_status rg__op_sdpa_math(rg_inference *inference)
{
    attention_call attention;
    rg_status status;
    rg_shape shapes[2];
    if (!read_attention(inference, 2, &attention, &status)) {
        return status;
    }
    shapes[0] = result_of_math(inference, &attention);
    shapes[1] = shapes[0];
    shapes[1].sizes[shapes[1].rank - 1] = attention.key_length;
    rg__shape_set_contiguous(inference, &shapes[1]);
    return rg__infer_set_tensors(inference, shapes, 2);
}

/* Can a fused backend run: rank 4, the same batch, query and key of the same features, which lie side by side? */
static bool is_fusible(rg_inference *inference, const attention_call *call)
{
    const rg_shape *all[] = {&call->query, &call->key, &call->value};
    for (size_t i = 0; i < 3; i++) {
        const rg_shape *shape = all[i];
        if (shape->rank != 4 || !shape->has_strides || !rg__infer_is_one(inference, shape->strides[3]) ||
            !rg__infer_same(inference, shape->sizes[0], call->query.sizes[0])) {
            return false;
        }
    }
    return rg__infer_same(inference, call->key.sizes[3], call->query.sizes[3]);
}

/*
 * aten.scaled_dot_product_attention. Which backend runs is decided when it runs, by device, dtype and what the build
 * and the machine can do; the layout differs. The answers here: on a CPU what its kernel selection does; on CUDA what
 * an H100 takes, cuDNN for 16-bit floats and the memory-efficient backend for float32; elsewhere the written-out form.
 */
rg_status rg__op_sdpa(rg_inference *inference)
{
    attention_call call;
    rg_status status;
    if (!read_attention(inference, 2, &call, &status)) {
        return status;
    }
    const char *device = call.query.device.kind == NULL ? "" : call.query.device.kind;
    rg_dtype dtype = call.query.dtype;
    bool on_cpu = strcmp(device, "cpu") == 0;
    bool on_cuda = strcmp(device, "cuda") == 0 && dtype != RG_DTYPE_F64;
    bool same_features = call.query.rank == call.value.rank &&
                         rg__infer_same(inference, call.features, call.query.sizes[call.query.rank - 1]);
    size_t dropout_index = rg__infer_find(inference, "dropout_p");
    bool drops =
        dropout_index < inference->argument_count && rg_value_as_float(inference->arguments[dropout_index]) > 0;
    bool fusible = is_fusible(inference, &call);
    rg_shape shape;
    if (fusible && ((on_cpu && !drops && same_features) || (on_cuda && dtype != RG_DTYPE_F32))) {
        shape = result_like_query(inference, &call);
    } else if (fusible && on_cuda) {
        shape = result_by_length(inference, &call);
    } else {
        shape = result_of_math(inference, &call);
        shape.has_strides = call.query.has_strides;
    }
    return rg__infer_set_tensor(inference, &shape);
}
