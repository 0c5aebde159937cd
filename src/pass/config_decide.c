/*
 * config_decide.c: what holds for keys that are not set: the conditions under which optimisation levels turn fusions
 * on, what fusions cannot do without, and limits that follow from model and hardware (spec: vllm-passes
 * 4, 6.6, 6.7, 6.19).
 */
#include "ir/context_impl.h"
#include "pass/config_impl.h"

static const int64_t MEBIBYTE = 1048576;

/* ---- asking ---- */

bool rg__config_is_set(const rg_pass_config *config, rg_config_index index)
{
    return !rg_value_is_missing(config->values[index]);
}

/* What a key is that is not set; of flags, what the level says. */
static rg_value initial_value(const rg_pass_config *config, rg_config_index index)
{
    const rg_config_row *row = &rg__config_rows[index];
    rg_value value = rg_value_missing();
    int64_t number = 0;
    if (row->kind == RG_CONFIG_FLAG && row->initial == NULL) {
        int64_t level = rg__config_int_or(config, RG_CONFIG_KEY_optimization_level, 2);
        return rg_value_bool(row->levels[level < 2 ? level : 2]->holds(config));
    }
    if (row->derive != NULL && row->derive(config, &number) && rg_value_int(&value, config->context, number) == RG_OK) {
        return value;
    }
    return config->initial[index];
}

bool rg__config_wanted(const rg_pass_config *config, rg_config_index index)
{
    rg_value given = config->values[index];
    return rg_value_as_bool(rg_value_is_missing(given) ? initial_value(config, index) : given);
}

/* Flags that another flag turns on. */
static bool is_implied(const rg_pass_config *config, rg_config_index index)
{
    switch (index) {
    case RG_CONFIG_KEY_enable_sp:
        return rg__config_wanted(config, RG_CONFIG_KEY_fuse_gemm_comms);
    case RG_CONFIG_KEY_fuse_rope_kvcache_cat_mla:
        return rg__config_flag(config, RG_CONFIG_KEY_fuse_aiter_qk_rope_kvcache_mla);
    default:
        return false;
    }
}

rg_value rg__config_value(const rg_pass_config *config, rg_config_index index)
{
    const rg_config_row *row = &rg__config_rows[index];
    if (row->kind == RG_CONFIG_FLAG) {
        return rg_value_bool((rg__config_wanted(config, index) || is_implied(config, index)) &&
                             row->needs->holds(config));
    }
    return rg__config_is_set(config, index) ? config->values[index] : initial_value(config, index);
}

bool rg__config_flag(const rg_pass_config *config, rg_config_index index)
{
    return rg_value_as_bool(rg__config_value(config, index));
}

bool rg__config_int(const rg_pass_config *config, rg_config_index index, int64_t *out)
{
    return rg_value_as_int(config->context, rg__config_value(config, index), out);
}

int64_t rg__config_int_or(const rg_pass_config *config, rg_config_index index, int64_t otherwise)
{
    int64_t value = 0;
    return rg__config_int(config, index, &value) ? value : otherwise;
}

bool rg__config_is(const rg_pass_config *config, rg_config_index index, const char *word)
{
    rg_value value = rg__config_value(config, index);
    return rg_string_equal(rg_value_as_text(config->context, value), rg_string_from(word));
}

bool rg__config_has(const rg_pass_config *config, rg_config_index index, const char *word)
{
    rg_value words = rg__config_value(config, index);
    for (size_t i = 0; i < rg_value_count(config->context, NULL, words); i++) {
        rg_value item = rg_value_item(config->context, NULL, words, i);
        if (rg_string_equal(rg_value_as_text(config->context, item), rg_string_from(word))) {
            return true;
        }
    }
    return false;
}

/* ---- parts of conditions ---- */

static bool is_custom(const rg_pass_config *config, const char *on, const char *off)
{
    return rg__config_has(config, RG_CONFIG_KEY_custom_ops, on) ||
           (rg__config_has(config, RG_CONFIG_KEY_custom_ops, "all") &&
            !rg__config_has(config, RG_CONFIG_KEY_custom_ops, off));
}

static bool first_is(const rg_pass_config *config, rg_config_index priority, const char *provider)
{
    rg_value words = rg__config_value(config, priority);
    rg_value first = rg_value_count(config->context, NULL, words) == 0 ? rg_value_none()
                                                                       : rg_value_item(config->context, NULL, words, 0);
    return rg_string_equal(rg_value_as_text(config->context, first), rg_string_from(provider));
}

static bool is_rocm(const rg_pass_config *config)
{
    return rg__config_is(config, RG_CONFIG_KEY_platform, "rocm");
}

static bool is_cuda(const rg_pass_config *config)
{
    return rg__config_is(config, RG_CONFIG_KEY_platform, "cuda");
}

static bool has_aiter(const rg_pass_config *config)
{
    return is_rocm(config) && rg__config_flag(config, RG_CONFIG_KEY_aiter);
}

static int64_t tensor_parallel_size(const rg_pass_config *config)
{
    return rg__config_int_or(config, RG_CONFIG_KEY_tensor_parallel_size, 1);
}

static int64_t capability(const rg_pass_config *config)
{
    return rg__config_int_or(config, RG_CONFIG_KEY_device_capability, 0);
}

/* Bytes of one token's hidden state; 0 when it is not known. */
static int64_t token_bytes(const rg_pass_config *config)
{
    rg_dtype dtype = rg_value_as_dtype(rg__config_value(config, RG_CONFIG_KEY_model_dtype));
    int64_t hidden = rg__config_int_or(config, RG_CONFIG_KEY_hidden_size, 0);
    return dtype == RG_DTYPE_NONE ? 0 : hidden * (int64_t)rg_dtype_bytes(dtype);
}

static int64_t at_most_batched(const rg_pass_config *config, int64_t tokens)
{
    int64_t limit = rg__config_int_or(config, RG_CONFIG_KEY_max_num_batched_tokens, tokens);
    return tokens < limit ? tokens : limit;
}

/* ---- conditions ---- */

static bool never(const rg_pass_config *config)
{
    (void)config;
    return false;
}

static bool always(const rg_pass_config *config)
{
    (void)config;
    return true;
}

/* Otherwise Inductor fuses norm and quantisation by itself. */
static bool norm_is_custom(const rg_pass_config *config)
{
    return is_custom(config, "+rms_norm", "-rms_norm") || is_custom(config, "+quant_fp8", "-quant_fp8") ||
           !first_is(config, RG_CONFIG_KEY_rms_norm_priority, "native");
}

static bool activation_is_custom(const rg_pass_config *config)
{
    return is_custom(config, "+silu_and_mul", "-silu_and_mul") || is_custom(config, "+quant_fp8", "-quant_fp8") ||
           rg__config_is(config, RG_CONFIG_KEY_quantization, "nvfp4");
}

static bool allreduce_fuses(const rg_pass_config *config)
{
    int64_t device = capability(config);
    if (tensor_parallel_size(config) <= 1) {
        return false;
    }
    return has_aiter(config) || (is_cuda(config) && rg__config_flag(config, RG_CONFIG_KEY_flashinfer) &&
                                 (device / 10 == 10 || device == 90));
}

static bool cache_update_is_inside(const rg_pass_config *config)
{
    return rg__config_flag(config, RG_CONFIG_KEY_use_inductor_graph_partition) ||
           (!rg__config_has(config, RG_CONFIG_KEY_splitting_ops, "vllm::unified_kv_cache_update") &&
            !rg__config_has(config, RG_CONFIG_KEY_splitting_ops, "vllm::unified_mla_kv_cache_update"));
}

static bool rope_kvcache_pays(const rg_pass_config *config)
{
    return has_aiter(config) && is_custom(config, "+rotary_embedding", "-rotary_embedding") &&
           cache_update_is_inside(config);
}

static bool padding_pays(const rg_pass_config *config)
{
    return first_is(config, RG_CONFIG_KEY_fused_add_rms_norm_priority, "aiter") &&
           rg__config_int_or(config, RG_CONFIG_KEY_hidden_size, 0) == 2880;
}

static bool paired_norm_is_built(const rg_pass_config *config)
{
    return has_aiter(config) && rg__config_flag(config, RG_CONFIG_KEY_aiter_paired_norm);
}

static bool is_cuda_or_rocm(const rg_pass_config *config)
{
    return is_cuda(config) || is_rocm(config);
}

static bool sequence_parallel_pays(const rg_pass_config *config)
{
    int64_t tokens = 0;
    return tensor_parallel_size(config) > 1 && rg__config_int(config, RG_CONFIG_KEY_sp_min_token_num, &tokens);
}

const rg_config_condition rg__config_never = {"never", never};
const rg_config_condition rg__config_always = {"always", always};
static const rg_config_condition unsaid = {"not said", never};
static const rg_config_condition norm_custom = {
    "custom op rms_norm or quant_fp8, or rms_norm_priority begins with another than native", norm_is_custom};
static const rg_config_condition activation_custom = {"custom op silu_and_mul or quant_fp8, or quantization is nvfp4",
                                                      activation_is_custom};
static const rg_config_condition allreduce = {
    "tensor_parallel_size > 1, and CUDA 90 or 100 to 109 with FlashInfer, or AITER", allreduce_fuses};
static const rg_config_condition cache_inside = {
    "use_inductor_graph_partition, or the KV cache's update is not among splitting_ops", cache_update_is_inside};
static const rg_config_condition rope_kvcache = {
    "AITER, custom op rotary_embedding, and the KV cache's update inside the graph", rope_kvcache_pays};
static const rg_config_condition padding = {"fused_add_rms_norm_priority begins with aiter, and hidden_size is 2880",
                                            padding_pays};
static const rg_config_condition paired_norm = {"AITER with its paired norm", paired_norm_is_built};
static const rg_config_condition rocm = {"ROCm", is_rocm};
static const rg_config_condition aiter = {"ROCm with AITER", has_aiter};
static const rg_config_condition cuda_or_rocm = {"CUDA or ROCm", is_cuda_or_rocm};
static const rg_config_condition sequence_parallel = {"tensor_parallel_size > 1, and sp_min_token_num is known",
                                                      sequence_parallel_pays};

/* ---- derived values ---- */

bool rg__config_aiter_max_tokens(const rg_pass_config *config, int64_t *out)
{
    *out = rg__config_int_or(config, RG_CONFIG_KEY_max_num_seqs, 0) *
           (1 + rg__config_int_or(config, RG_CONFIG_KEY_num_speculative_tokens, 0));
    return *out > 0;
}

bool rg__config_sp_min_tokens(const rg_pass_config *config, int64_t *out)
{
    if (!is_cuda(config) || capability(config) != 90 || token_bytes(config) == 0 ||
        rg__config_int_or(config, RG_CONFIG_KEY_hidden_size, 0) < 8192) {
        return false;
    }
    *out = 8 * MEBIBYTE * tensor_parallel_size(config) / token_bytes(config);
    return true;
}

/* Largest tensors of FlashInfer's all-reduce fusion in half MB, for 2, 4 and 8 GPUs. */
static const struct {
    int64_t capability;
    int64_t half_megabytes[3];
} allreduce_sizes[] = {
    {90, {128, 4, 1}},
    {100, {128, 64, 2}},
};

/* The limit in bytes; false when the fusion does not exist for this machine. The size that the user gives needs no
 * entry of the table. */
static bool allreduce_max_bytes(const rg_pass_config *config, int64_t *out)
{
    int64_t world = tensor_parallel_size(config);
    size_t column = world == 2 ? 0 : world == 4 ? 1 : 2;
    rg_value given = rg__config_value(config, RG_CONFIG_KEY_fi_allreduce_fusion_max_size_mb);
    if (!is_cuda(config) || !rg__config_flag(config, RG_CONFIG_KEY_flashinfer) ||
        (world != 2 && world != 4 && world != 8)) {
        return false;
    }
    if (rg_value_get_kind(given) == RG_VALUE_FLOAT) {
        double bytes = rg_value_as_float(given) * (double)MEBIBYTE;
        *out = bytes < 0x1p62 ? (int64_t)bytes : INT64_MAX;
        return true;
    }
    for (size_t i = 0; i < sizeof(allreduce_sizes) / sizeof(allreduce_sizes[0]); i++) {
        if (allreduce_sizes[i].capability == capability(config)) {
            *out = allreduce_sizes[i].half_megabytes[column] * (MEBIBYTE / 2);
            return true;
        }
    }
    return false;
}

bool rg__config_allreduce_max_tokens(const rg_pass_config *config, int64_t *out)
{
    int64_t bytes = 0;
    if (token_bytes(config) == 0 || !allreduce_max_bytes(config, &bytes)) {
        return false;
    }
    *out = at_most_batched(config, bytes / token_bytes(config));
    return true;
}

bool rg__config_minimax_max_tokens(const rg_pass_config *config, int64_t *out)
{
    *out = at_most_batched(config, 2048);
    return true;
}

/* ---- the table ---- */

#define NEVER                  &rg__config_never
#define ALWAYS                 &rg__config_always
#define UNSAID                 &unsaid
#define NORM_IS_CUSTOM         &norm_custom
#define ACTIVATION_IS_CUSTOM   &activation_custom
#define ALLREDUCE_FUSES        &allreduce
#define CACHE_UPDATE_IS_INSIDE &cache_inside
#define ROPE_KVCACHE_PAYS      &rope_kvcache
#define PADDING_PAYS           &padding
#define PAIRED_NORM_IS_BUILT   &paired_norm
#define IS_ROCM                &rocm
#define HAS_AITER              &aiter
#define IS_CUDA_OR_ROCM        &cuda_or_rocm
#define SEQUENCE_PARALLEL_PAYS &sequence_parallel

const rg_config_row rg__config_rows[RG_CONFIG_KEY_COUNT] = {
#define RG_CONFIG_FLAG(name, initial, O0, O1, O2, needs, readers, description)                                         \
    {#name, RG_CONFIG_FLAG, "flag", initial, {O0, O1, O2}, needs, NULL, readers, description},
#define RG_CONFIG_KEY(name, kind, type, initial, derive, readers, description)                                         \
    {#name, RG_CONFIG_##kind, type, initial, {NULL, NULL, NULL}, NULL, derive, readers, description},
#include "pass/config.def"
#undef RG_CONFIG_FLAG
#undef RG_CONFIG_KEY
};
