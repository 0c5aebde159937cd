/*
 * config_range.c: the compile ranges of a configuration (spec: vllm-passes 3.1): numbers of tokens from 1 up to
 * max_num_batched_tokens, cut where a pass begins or ends to apply and where the user says, then single sizes.
 */
#include "ir/context_impl.h"
#include "pass/config_impl.h"

static void offer(int64_t candidate, int64_t above, int64_t *least)
{
    if (candidate > above && candidate < *least) {
        *least = candidate;
    }
}

/* The smallest end of a range that is above `above`. */
static int64_t next_end(const rg_pass_config *config, int64_t above, int64_t last)
{
    int64_t least = last;
    int64_t tokens = 0;
    rg_value ends = rg__config_value(config, RG_CONFIG_KEY_compile_ranges_endpoints);
    if (rg__config_flag(config, RG_CONFIG_KEY_fuse_allreduce_rms) &&
        rg__config_int(config, RG_CONFIG_KEY_allreduce_fusion_max_token_num, &tokens)) {
        offer(tokens, above, &least);
    }
    if (rg__config_flag(config, RG_CONFIG_KEY_enable_sp) &&
        rg__config_int(config, RG_CONFIG_KEY_sp_min_token_num, &tokens)) {
        offer(tokens - 1, above, &least);
    }
    if (rg__config_flag(config, RG_CONFIG_KEY_fuse_rope_kvcache) &&
        rg__config_int(config, RG_CONFIG_KEY_rope_kvcache_fusion_max_token_num, &tokens)) {
        offer(tokens, above, &least);
    }
    for (size_t i = 0; i < rg_value_count(config->context, NULL, ends); i++) {
        if (rg_value_as_int(config->context, rg_value_item(config->context, NULL, ends, i), &tokens)) {
            offer(tokens, above, &least);
        }
    }
    return least;
}

static size_t size_count(const rg_pass_config *config)
{
    return rg_value_count(config->context, NULL, rg__config_value(config, RG_CONFIG_KEY_compile_sizes));
}

static int64_t last_end(const rg_pass_config *config)
{
    return rg__config_int_or(config, RG_CONFIG_KEY_max_num_batched_tokens, 0);
}

size_t rg_pass_config_range_count(const rg_pass_config *config)
{
    size_t count = 0;
    int64_t last = last_end(config);
    for (int64_t end = 0; end < last; end = next_end(config, end, last)) {
        count++;
    }
    return count + size_count(config);
}

rg_compile_range rg_pass_config_range(const rg_pass_config *config, size_t index)
{
    int64_t last = last_end(config);
    int64_t size = 0;
    for (int64_t end = 0; end < last;) {
        rg_compile_range range = {end + 1, next_end(config, end, last)};
        if (index == 0) {
            return range;
        }
        index--;
        end = range.end;
    }
    rg_value sizes = rg__config_value(config, RG_CONFIG_KEY_compile_sizes);
    if (index >= size_count(config) ||
        !rg_value_as_int(config->context, rg_value_item(config->context, NULL, sizes, index), &size)) {
        return (rg_compile_range){0, 0};
    }
    return (rg_compile_range){size, size};
}
