/*
 * config.c: a pass configuration: its keys, setting and getting. What values mean is in config_value.c, what is decided
 * for keys that are not set in config_decide.c.
 */
#include "base/suggestion.h"
#include "ir/context_impl.h"
#include "pass/config_impl.h"

/* ---- the table ---- */

size_t rg_config_key_count(void)
{
    return RG_CONFIG_KEY_COUNT;
}

rg_config_key_info rg_config_key_get_info(size_t index)
{
    static const rg_string empty = {"", 0};
    rg_config_key_info info = {empty, empty, empty, {empty, empty, empty, empty}, empty, empty, empty};
    if (index >= RG_CONFIG_KEY_COUNT) {
        return info;
    }
    const rg_config_row *row = &rg__config_rows[index];
    info.name = rg_string_from(row->name);
    info.type = rg_string_from(row->type);
    info.initial = row->initial == NULL ? empty : rg_string_from(row->initial);
    for (size_t level = 0; level < 4 && row->initial == NULL; level++) {
        info.levels[level] = rg_string_from(row->levels[level < 2 ? level : 2]->text);
    }
    if (row->needs != NULL && row->needs != &rg__config_always) {
        info.needs = rg_string_from(row->needs->text);
    }
    info.description = rg_string_from(row->description);
    info.readers = rg_string_from(row->readers);
    return info;
}

static const rg_config_row *find(rg_string key)
{
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT; i++) {
        if (rg_string_equal(key, rg_string_from(rg__config_rows[i].name))) {
            return &rg__config_rows[i];
        }
    }
    return NULL;
}

static rg_status report_unknown(rg_context *context, rg_string key)
{
    rg_suggestion suggestion = {.wanted = key};
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT; i++) {
        rg__suggestion_offer(&suggestion, rg_string_from(rg__config_rows[i].name));
    }
    rg_string closest = rg__suggestion_closest(&suggestion);
    if (closest.size > 0) {
        return rg__report(context, RG_ERROR_NAME, "there is no configuration key '%.*s'; did you mean '%s'?",
                          (int)key.size, key.data, closest.data);
    }
    return rg__report(context, RG_ERROR_NAME, "there is no configuration key '%.*s'", (int)key.size, key.data);
}

/* ---- a configuration ---- */

static rg_status read_initial(rg_value *out, rg_context *context, const rg_config_row *row)
{
    *out = rg_value_missing();
    if (row->initial == NULL) {
        return RG_OK;
    }
    if (row->kind == RG_CONFIG_LAYERS || row->kind == RG_CONFIG_MLA_LAYERS) {
        return rg_value_items(out, context, NULL, RG_VALUE_TUPLE, NULL, 0);
    }
    return rg__config_read_text(out, context, row, rg_string_from(row->initial));
}

rg_status rg_pass_config_create(rg_pass_config **out, rg_context *context)
{
    rg_pass_config *config = rg__allocate(&context->allocator, sizeof(*config));
    *out = config;
    if (config == NULL) {
        return rg__report_memory(context);
    }
    config->context = context;
    rg_status status = RG_OK;
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT && status == RG_OK; i++) {
        config->values[i] = rg_value_missing();
        status = read_initial(&config->initial[i], context, &rg__config_rows[i]);
    }
    if (status != RG_OK) {
        rg_pass_config_destroy(config);
        *out = NULL;
    }
    return status;
}

void rg_pass_config_destroy(rg_pass_config *config)
{
    if (config != NULL) {
        rg__free(&config->context->allocator, config, sizeof(*config));
    }
}

/* None unsets, so that the default or the level decides again. */
static void keep(rg_pass_config *config, const rg_config_row *row, rg_value value)
{
    bool unsets = rg_value_get_kind(value) == RG_VALUE_NONE;
    config->values[row - rg__config_rows] = unsets ? rg_value_missing() : value;
}

rg_status rg_pass_config_set(rg_pass_config *config, rg_string key, rg_string text)
{
    const rg_config_row *row = find(key);
    rg_value value = rg_value_missing();
    if (row == NULL) {
        return report_unknown(config->context, key);
    }
    rg_status status = rg__config_read_text(&value, config->context, row, text);
    if (status == RG_OK) {
        keep(config, row, value);
    }
    return status;
}

rg_status rg_pass_config_set_value(rg_pass_config *config, rg_string key, rg_value value)
{
    const rg_config_row *row = find(key);
    rg_value read = rg_value_missing();
    if (row == NULL) {
        return report_unknown(config->context, key);
    }
    rg_status status = rg__config_read_value(&read, config->context, row, value);
    if (status == RG_OK) {
        keep(config, row, read);
    }
    return status;
}

rg_value rg_pass_config_get(const rg_pass_config *config, rg_string key)
{
    const rg_config_row *row = find(key);
    return row == NULL ? rg_value_missing() : rg__config_value(config, (rg_config_index)(row - rg__config_rows));
}

rg_status rg_pass_config_apply(const rg_pass_config *config, rg_rule_set *set)
{
    rg_status status = RG_OK;
    rg_rule_set_set_exact(set, rg__config_flag(config, RG_CONFIG_KEY_compatible));
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT && status == RG_OK; i++) {
        rg_string name = rg_string_from(rg__config_rows[i].name);
        status = rg_rule_set_set_config(set, name, rg__config_value(config, (rg_config_index)i));
    }
    return status;
}
