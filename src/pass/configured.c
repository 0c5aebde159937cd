/*
 * configured.c: the passes that vLLM's PostGradPassManager runs for a configuration, in its order (spec:
 * vllm-passes 3.8).
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

/* Passes that run when both flags are on; with one flag it is named twice. The order is the order of execution. */
static const struct {
    rg_config_index flags[2];
    const char *passes[3];
} steps[] = {
#define ONE(flag)                                                                                                      \
    {                                                                                                                  \
        RG_CONFIG_KEY_##flag, RG_CONFIG_KEY_##flag                                                                     \
    }
    {ONE(eliminate_noops), {"noop"}},
    {ONE(enable_sp), {"sequence_parallel"}},
    {{RG_CONFIG_KEY_enable_sp, RG_CONFIG_KEY_fuse_gemm_comms}, {"async_tp"}},
    {ONE(fuse_allreduce_rms), {"allreduce_rms"}},
    {ONE(fuse_minimax_qk_norm), {"minimax_qk_norm"}},
    {ONE(fuse_norm_quant), {"rms_quant"}},
    {ONE(fuse_act_quant), {"act_quant"}},
    {ONE(fuse_qk_norm_rope_kvcache), {"split_coalescing", "scatter_split", "qk_norm_rope_kvcache"}},
    {ONE(fuse_rope_kvcache), {"split_coalescing", "scatter_split", "rope_kvcache"}},
    {ONE(fuse_rope_kvcache_cat_mla), {"mla_rope_kvcache"}},
    {ONE(fuse_attn_quant), {"attn_quant", "mla_attn_quant"}},
    {ONE(enable_qk_norm_rope_fusion), {"split_coalescing", "qk_norm_rope"}},
#undef ONE
};

/* Flags of passes that exist for ROCm only. */
static const rg_config_index not_shipped[] = {
    RG_CONFIG_KEY_fuse_act_padding,
    RG_CONFIG_KEY_fuse_mla_dual_rms_norm,
    RG_CONFIG_KEY_fuse_aiter_qk_rope_kvcache_mla,
};

/* What follows whatever passes there are. */
static const char *const final_passes[] = {"cleanup", "ir_lowering", "clone_elimination", "cleanup",
                                           "fix_functionalization"};

static rg_status add(rg_pass_manager *manager, const char *name, bool is_final)
{
    rg_pass pass;
    const rg_pass_row *row = rg__pass_row(name);
    if (row != NULL) {
        return rg__add_row(&pass, manager, row, is_final);
    }
    rg__log(manager, RG_SEVERITY_WARNING, "regraft does not have the pass '%s'; it is left out", name);
    return RG_OK;
}

rg_status rg_pass_manager_add_configured(rg_pass_manager *manager)
{
    const rg_pass_config *config = manager->config;
    if (manager->is_configured) {
        return rg__report(manager->context, RG_ERROR_ARGUMENT, "the manager has the configured passes already");
    }
    manager->is_configured = true;
    rg_status status = rg_pass_config_report(config, manager->options.log, manager->options.log_user);
    for (size_t i = 0; i < sizeof(not_shipped) / sizeof(not_shipped[0]) && status == RG_OK; i++) {
        if (rg__config_flag(config, not_shipped[i])) {
            rg__log(manager, RG_SEVERITY_WARNING, "%s has no effect: regraft does not have its passes",
                    rg__config_rows[not_shipped[i]].name);
        }
    }
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        bool is_on = rg__config_flag(config, steps[i].flags[0]) && rg__config_flag(config, steps[i].flags[1]);
        for (size_t j = 0; j < 3 && steps[i].passes[j] != NULL && is_on && status == RG_OK; j++) {
            status = add(manager, steps[i].passes[j], false);
        }
    }
    for (size_t i = 0; i < sizeof(final_passes) / sizeof(final_passes[0]) && status == RG_OK; i++) {
        status = add(manager, final_passes[i], true);
    }
    return status;
}
