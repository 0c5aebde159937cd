/*
 * config_report.c: what a configuration has to say of itself: warnings, the list of fusions that are on, its hash.
 */
#include <regraft/document.h>

#include "ir/context_impl.h"
#include "pass/config_impl.h"
#include "pass/hash.h"

/* Fusions that find little while reshapes that change nothing stand in their way. */
static const struct {
    rg_config_index flags[2];
    const char *warning;
} need_noops[] = {
    {{RG_CONFIG_KEY_fuse_norm_quant, RG_CONFIG_KEY_fuse_act_quant},
     "eliminate_noops is off: fusions of RMSNorm or SiLU-and-multiply with quantisation may find nothing"},
    {{RG_CONFIG_KEY_fuse_attn_quant, RG_CONFIG_KEY_fuse_attn_quant},
     "eliminate_noops is off: the fusion of attention with quantisation may find nothing"},
    {{RG_CONFIG_KEY_fuse_allreduce_rms, RG_CONFIG_KEY_fuse_allreduce_rms},
     "eliminate_noops is off: the fusion of all-reduce with RMSNorm may find nothing"},
    {{RG_CONFIG_KEY_fuse_act_padding, RG_CONFIG_KEY_fuse_act_padding},
     "eliminate_noops is off: the fusion of RMSNorm with padding may find nothing"},
};

static void warn_noops(const rg_pass_config *config, rg_log_function log, void *user)
{
    if (rg__config_flag(config, RG_CONFIG_KEY_eliminate_noops)) {
        return;
    }
    for (size_t i = 0; i < sizeof(need_noops) / sizeof(need_noops[0]); i++) {
        if (rg__config_flag(config, need_noops[i].flags[0]) || rg__config_flag(config, need_noops[i].flags[1])) {
            log(user, RG_SEVERITY_WARNING, rg_string_from(need_noops[i].warning));
        }
    }
}

/* Fusions whose kernels are for halves: in a model of another dtype they have no patterns. */
static void warn_dtype(const rg_pass_config *config, rg_log_function log, void *user, rg_buffer *line)
{
    static const rg_config_index flags[] = {RG_CONFIG_KEY_enable_qk_norm_rope_fusion,
                                            RG_CONFIG_KEY_fuse_qk_norm_rope_kvcache};
    rg_dtype dtype = rg_value_as_dtype(rg__config_value(config, RG_CONFIG_KEY_model_dtype));
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (rg__config_flag(config, flags[i]) && dtype != RG_DTYPE_NONE && dtype != RG_DTYPE_BF16 &&
            dtype != RG_DTYPE_F16) {
            rg__buffer_clear(line);
            rg__buffer_append_format(line, "%s finds nothing: it is for models in bfloat16 or float16",
                                     rg__config_rows[flags[i]].name);
            log(user, RG_SEVERITY_WARNING, rg__buffer_string(line));
        }
    }
}

/* A flag that was set, and is off for want of what it needs. */
static void warn_forced_off(const rg_pass_config *config, rg_log_function log, void *user, rg_buffer *line)
{
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT; i++) {
        const rg_config_row *row = &rg__config_rows[i];
        if (row->kind == RG_CONFIG_FLAG && rg__config_is_set(config, (rg_config_index)i) &&
            rg__config_wanted(config, (rg_config_index)i) && !row->needs->holds(config)) {
            rg__buffer_clear(line);
            rg__buffer_append_format(line, "%s is turned off: it needs: %s", row->name, row->needs->text);
            log(user, RG_SEVERITY_WARNING, rg__buffer_string(line));
        }
    }
}

/* vLLM's log_enabled_passes: flags that begin with fuse_, without it. */
static void list_fusions(const rg_pass_config *config, rg_log_function log, void *user, rg_buffer *line)
{
    static const char prefix[] = "fuse_";
    const char *separator = "Enabled custom fusions: ";
    rg__buffer_clear(line);
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT; i++) {
        const rg_config_row *row = &rg__config_rows[i];
        if (row->kind == RG_CONFIG_FLAG && strncmp(row->name, prefix, sizeof(prefix) - 1) == 0 &&
            rg__config_flag(config, (rg_config_index)i)) {
            rg__buffer_append_format(line, "%s%s", separator, row->name + sizeof(prefix) - 1);
            separator = ", ";
        }
    }
    if (line->size > 0) {
        log(user, RG_SEVERITY_NOTE, rg__buffer_string(line));
    }
}

rg_status rg_pass_config_report(const rg_pass_config *config, rg_log_function log, void *user)
{
    rg_buffer line;
    rg__buffer_init(&line, &config->context->allocator);
    if (log != NULL) {
        warn_noops(config, log, user);
        warn_dtype(config, log, user, &line);
        warn_forced_off(config, log, user, &line);
        list_fusions(config, log, user, &line);
    }
    rg_status status = line.failed ? rg__report_memory(config->context) : RG_OK;
    rg__buffer_free(&line);
    return status;
}

rg_status rg_pass_config_hash(rg_uuid *out, const rg_pass_config *config)
{
    SHA256_CTX hash;
    rg_buffer text;
    rg_status status = RG_OK;
    out->text[0] = '\0';
    SHA256Init(&hash);
    rg__hash_part(&hash, rg_string_from("regraft pass config"));
    rg__buffer_init(&text, &config->context->allocator);
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT && status == RG_OK; i++) {
        rg__buffer_clear(&text);
        status =
            rg_value_print(config->context, NULL, rg__config_value(config, (rg_config_index)i), rg__buffer_sink(&text));
        if (status == RG_OK && text.failed) {
            status = rg__report_memory(config->context);
        }
        rg__hash_part(&hash, rg_string_from(rg__config_rows[i].name));
        rg__hash_part(&hash, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    if (status == RG_OK) {
        rg__hash_finish(out, &hash);
    }
    return status;
}
