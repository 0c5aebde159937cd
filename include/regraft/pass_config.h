/*
 * pass_config.h: what decides which of vLLM's passes run and what they fuse: its PassConfig, and the parts of its other
 * configuration that the passes look at. doc/config.md lists the keys.
 *
 * A key that is not set has the value that its optimisation level and the hardware give it; what is set wins, except
 * where a pass cannot work at all (`rg_pass_config_report` says so then). Rule files read the same values as
 * `config.KEY`.
 */
#ifndef REGRAFT_PASS_CONFIG_H
#define REGRAFT_PASS_CONFIG_H

#include <regraft/rule.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_pass_config rg_pass_config;

/* One line of log, without line break; the same texts as vLLM's, for example
 * "rms_quant completed in 0.1 ms", "Replaced 4 patterns". */
typedef void (*rg_log_function)(void *user, rg_severity severity, rg_string line);

/* ---- the keys ---- */

typedef struct rg_config_key_info {
    rg_string name;        /* "fuse_norm_quant" */
    rg_string type;        /* "flag", "int", "dtype", "cuda|rocm|xpu|cpu", ...; doc/config.md explains them */
    rg_string initial;     /* the value of a key that is not set; empty for what the two below say */
    rg_string levels[4];   /* of flags: when the optimisation levels O0 to O3 set it; else empty */
    rg_string needs;       /* of flags: without which it is off even if set; else empty */
    rg_string description; /* one sentence */
    rg_string readers;     /* short names of the passes that read it, with commas; "" for the manager itself */
} rg_config_key_info;

/* How many keys there are, and the one at `index` (all empty when out of range). */
RG_API size_t rg_config_key_count(void);
RG_API rg_config_key_info rg_config_key_get_info(size_t index);

/* ---- a configuration ---- */

/* Make one in which no key is set. */
RG_API RG_NODISCARD rg_status rg_pass_config_create(rg_pass_config **out, rg_context *context);
/* Destroy it; NULL is allowed. */
RG_API void rg_pass_config_destroy(rg_pass_config *config);

/*
 * Set a key, from text ("true", "90", "none", "bfloat16", "+rms_norm,-quant_fp8") or from a value. Lists are values of
 * kind TUPLE or LIST; layers are lists of DICTs, or one DICT from names to DICTs. An unknown key, or an unknown field
 * of a layer, is RG_ERROR_NAME with a suggestion; a value that the key cannot have is RG_ERROR_ARGUMENT. None unsets.
 */
RG_API RG_NODISCARD rg_status rg_pass_config_set(rg_pass_config *config, rg_string key, rg_string text);
RG_API RG_NODISCARD rg_status rg_pass_config_set_value(rg_pass_config *config, rg_string key, rg_value value);

/* The value that holds: as set, or as decided. Flags are always BOOL. Missing for an unknown key. */
RG_API rg_value rg_pass_config_get(const rg_pass_config *config, rg_string key);

/* Give every value to a rule set, before rules are loaded: they read them as `config.KEY`. `compatible` makes the set
 * exact. */
RG_API RG_NODISCARD rg_status rg_pass_config_apply(const rg_pass_config *config, rg_rule_set *set);

/* Say through `log` what vLLM says when it is configured: warnings about settings that cannot hold or lack something,
 * then which fusions are on. */
RG_API RG_NODISCARD rg_status rg_pass_config_report(const rg_pass_config *config, rg_log_function log, void *user);

/* 64 lower-case hex digits and a NUL. */
typedef struct rg_uuid {
    char text[65];
} rg_uuid;

/* SHA-256 over the value of every key. */
RG_API RG_NODISCARD rg_status rg_pass_config_hash(rg_uuid *out, const rg_pass_config *config);

/* ---- compile ranges ---- */

/* Numbers of tokens, both ends included, that one compiled graph serves. */
typedef struct rg_compile_range {
    int64_t start;
    int64_t end;
} rg_compile_range;

/* The ranges that vLLM would compile for: cut where a pass begins or ends to apply, then each of `compile_sizes`. */
RG_API size_t rg_pass_config_range_count(const rg_pass_config *config);
/* The one at `index`; {0, 0} when out of range. */
RG_API rg_compile_range rg_pass_config_range(const rg_pass_config *config, size_t index);

#ifdef __cplusplus
}
#endif
#endif
