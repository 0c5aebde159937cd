/*
 * scope.c: the context of runs: the compile range and the inputs that may be overwritten (spec: vllm-passes 3.1), and
 * which passes apply to a range (3.9).
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

/* ---- the context ---- */

static rg_pass_scope *innermost(rg_pass_manager *manager)
{
    return manager->scopes.count > 0 ? &manager->scopes.items[manager->scopes.count - 1] : &manager->outermost;
}

rg_status rg_pass_manager_enter(rg_pass_manager *manager, rg_compile_range range)
{
    rg_pass_scope scope = {.range = range};
    if (range.start < 0 || range.start > range.end) {
        return rg__report(manager->context, RG_ERROR_ARGUMENT, "(%lld, %lld) is no compile range",
                          (long long)range.start, (long long)range.end);
    }
    return rg__vector_push(manager->allocator, &manager->scopes, scope) ? RG_OK : rg__report_memory(manager->context);
}

void rg_pass_manager_leave(rg_pass_manager *manager)
{
    if (manager->scopes.count > 0) {
        rg__vector_free(manager->allocator, &innermost(manager)->donated);
        manager->scopes.count--;
    }
}

bool rg_pass_manager_range(const rg_pass_manager *manager, rg_compile_range *out)
{
    if (manager->scopes.count > 0) {
        *out = manager->scopes.items[manager->scopes.count - 1].range;
        return true;
    }
    const rg_context *context = manager->context;
    rg_value range = rg__config_value(manager->config, RG_CONFIG_KEY_compile_range);
    return rg_value_get_kind(range) == RG_VALUE_TUPLE &&
           rg_value_as_int(context, rg_value_item(context, NULL, range, 0), &out->start) &&
           rg_value_as_int(context, rg_value_item(context, NULL, range, 1), &out->end);
}

rg_status rg_pass_manager_donate(rg_pass_manager *manager, uint32_t place)
{
    if (rg_pass_manager_is_donated(manager, place)) {
        return RG_OK;
    }
    return rg__vector_push(manager->allocator, &innermost(manager)->donated, place)
               ? RG_OK
               : rg__report_memory(manager->context);
}

bool rg_pass_manager_is_donated(const rg_pass_manager *manager, uint32_t place)
{
    const rg_pass_scope *scope =
        manager->scopes.count > 0 ? &manager->scopes.items[manager->scopes.count - 1] : &manager->outermost;
    for (uint32_t i = 0; i < scope->donated.count; i++) {
        if (scope->donated.items[i] == place) {
            return true;
        }
    }
    return false;
}

void rg_pass_manager_clear_donated(rg_pass_manager *manager)
{
    innermost(manager)->donated.count = 0;
}

/* ---- which passes apply ---- */

/* Up to a number of tokens that a key gives; to none when it is not known. */
static bool ends_within(const rg_pass_manager *manager, rg_config_index key, const rg_compile_range *range)
{
    int64_t most = 0;
    return range == NULL || (rg__config_int(manager->config, key, &most) && range->end <= most);
}

rg_status rg__applies_allreduce(bool *applies, rg_pass_manager *manager, const rg_compile_range *range)
{
    int64_t most = 0;
    bool known = rg__config_int(manager->config, RG_CONFIG_KEY_allreduce_fusion_max_token_num, &most);
    *applies = range == NULL || (known && range->end <= most);
    if (!*applies && !known && !manager->warned_allreduce) {
        rg__log(manager, RG_SEVERITY_WARNING, "AllReduce fusion pass is disabled.");
        manager->warned_allreduce = true;
    }
    return RG_OK;
}

rg_status rg__applies_minimax(bool *applies, rg_pass_manager *manager, const rg_compile_range *range)
{
    *applies = ends_within(manager, RG_CONFIG_KEY_minimax_max_token_num, range);
    return RG_OK;
}

rg_status rg__applies_rope_kvcache(bool *applies, rg_pass_manager *manager, const rg_compile_range *range)
{
    *applies = ends_within(manager, RG_CONFIG_KEY_rope_kvcache_fusion_max_token_num, range);
    return RG_OK;
}

/* A graph in pieces has collectives and their norms on different sides of a cut. */
static rg_status require_whole_graph(const rg_pass_manager *manager, const char *class_name)
{
    rg_value cuts = rg__config_value(manager->config, RG_CONFIG_KEY_splitting_ops);
    if (rg_value_count(manager->context, NULL, cuts) == 0 ||
        rg__config_flag(manager->config, RG_CONFIG_KEY_use_inductor_graph_partition)) {
        return RG_OK;
    }
    return rg__report(manager->context, RG_ERROR_ARGUMENT,
                      "%s requires full-graph compilation: splitting_ops must be empty, or "
                      "use_inductor_graph_partition true",
                      class_name);
}

rg_status rg__applies_sequence_parallel(bool *applies, rg_pass_manager *manager, const rg_compile_range *range)
{
    int64_t least = 0;
    bool known = rg__config_int(manager->config, RG_CONFIG_KEY_sp_min_token_num, &least);
    int64_t most = rg__config_int_or(manager->config, RG_CONFIG_KEY_max_num_batched_tokens, least);
    *applies = range == NULL ||
               (known && range->start >= (least < most ? least : most) && rg__sequence_parallel_shares(manager, range));
    return require_whole_graph(manager, "SequenceParallelismPass");
}

rg_status rg__applies_async_tp(bool *applies, rg_pass_manager *manager, const rg_compile_range *range)
{
    (void)range;
    *applies = true;
    return require_whole_graph(manager, "AsyncTPPass");
}
