/*
 * config.c: the configuration that passes read: keys, defaults, and their way into rule files as `config.KEY`.
 */
#include "base/suggestion.h"
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

const rg_config_key rg__config_keys[] = {
    {"fp8_dtype", "dtype", "float8_e4m3fn",
     "The FP8 dtype that quantisation ops produce: float8_e4m3fnuz on some AMD parts"},
    {"model_dtype", "none|dtype", "none",
     "The model's dtype. Fused norms convert their input to it, as vLLM's do; none: inputs have it already"},
};

const size_t rg__config_key_count = sizeof(rg__config_keys) / sizeof(rg__config_keys[0]);

rg_string rg__config_value(const rg_pass_manager *manager, size_t index)
{
    rg_string value = manager->config[index];
    return value.data == NULL ? rg_string_from(rg__config_keys[index].default_value) : value;
}

static rg_dtype dtype_of(rg_string text)
{
    rg_string prefix = rg_string_from("torch.");
    if (text.size > prefix.size && memcmp(text.data, prefix.data, prefix.size) == 0) {
        text.data += prefix.size;
        text.size -= prefix.size;
    }
    return rg_dtype_from_name(text);
}

static bool is_none_allowed(const rg_config_key *key, rg_string value)
{
    return strncmp(key->type, "none|", 5) == 0 && rg_string_equal(value, rg_string_from("none"));
}

static rg_status check_value(rg_context *context, const rg_config_key *key, rg_string value)
{
    if (is_none_allowed(key, value) || dtype_of(value) != RG_DTYPE_NONE) {
        return RG_OK;
    }
    return rg__report(context, RG_ERROR_ARGUMENT, "'%.*s' is no value for '%s': expected a dtype such as bfloat16%s",
                      (int)value.size, value.data, key->name, strncmp(key->type, "none|", 5) == 0 ? ", or none" : "");
}

rg_status rg_pass_manager_set_config(rg_pass_manager *manager, rg_string key, rg_string value)
{
    rg_suggestion suggestion = {.wanted = key};
    for (size_t i = 0; i < rg__config_key_count; i++) {
        rg_string name = rg_string_from(rg__config_keys[i].name);
        rg__suggestion_offer(&suggestion, name);
        if (!rg_string_equal(key, name)) {
            continue;
        }
        rg_status status = check_value(manager->context, &rg__config_keys[i], value);
        if (status != RG_OK) {
            return status;
        }
        rg_string copy = rg__arena_copy(&manager->arena, value);
        if (copy.data == NULL) {
            return RG_ERROR_MEMORY;
        }
        manager->config[i] = copy;
        return RG_OK;
    }
    rg_string closest = rg__suggestion_closest(&suggestion);
    if (closest.size > 0) {
        return rg__report(manager->context, RG_ERROR_NAME, "there is no configuration key '%.*s'; did you mean '%s'?",
                          (int)key.size, key.data, closest.data);
    }
    return rg__report(manager->context, RG_ERROR_NAME, "there is no configuration key '%.*s'", (int)key.size, key.data);
}

rg_status rg__config_apply(const rg_pass_manager *manager, rg_rule_set *set)
{
    for (size_t i = 0; i < rg__config_key_count; i++) {
        const rg_config_key *key = &rg__config_keys[i];
        rg_string text = rg__config_value(manager, i);
        rg_value value = is_none_allowed(key, text) ? rg_value_none() : rg_value_dtype(dtype_of(text));
        rg_status status = rg_rule_set_set_config(set, rg_string_from(key->name), value);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}
