/*
 * config_input.c: configuration from the command line: KEY=VALUE, and JSON files.
 *
 * A file is an object of keys and values. vLLM's own grouping is understood: what stands in `pass_config` and
 * `compilation_config` is taken as if it stood at the top.
 */
#include "cli/config_input.h"

#include <stdlib.h>

#include "cli/files.h"
#include "cli/json_output.h"

/* "true", "12", "1e-06", "bfloat16", or any other text: what a rule file may read as config.NAME. */
static rg_status text_value(rg_value *out, rg_context *context, const char *value)
{
    char *end = NULL;
    rg_dtype dtype = rg_dtype_from_name(rg_string_from(strncmp(value, "torch.", 6) == 0 ? value + 6 : value));
    if (dtype != RG_DTYPE_NONE) {
        *out = rg_value_dtype(dtype);
        return RG_OK;
    }
    if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0) {
        *out = rg_value_bool(value[0] == 't');
        return RG_OK;
    }
    if (value[0] != '\0' && strspn(value, "0123456789") == strlen(value)) {
        return rg_value_text(out, context, RG_VALUE_INT, rg_string_from(value));
    }
    double number = strtod(value, &end);
    if (end != value && *end == '\0') {
        *out = rg_value_float(number);
        return RG_OK;
    }
    return rg_value_string(out, context, rg_string_from(value));
}

/* ---- JSON to values ---- */

static rg_status from_json(rg_value *out, rg_context *context, json_t *json);

static rg_status from_array(rg_value *out, rg_context *context, json_t *json)
{
    size_t count = json_array_size(json);
    rg_value *items = allocate((count + 1) * sizeof(*items));
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = from_json(&items[i], context, json_array_get(json, i));
    }
    if (status == RG_OK) {
        status = rg_value_items(out, context, NULL, RG_VALUE_TUPLE, items, count);
    }
    free(items);
    return status;
}

static rg_status from_object(rg_value *out, rg_context *context, json_t *json)
{
    rg_value *items = allocate((2 * json_object_size(json) + 1) * sizeof(*items));
    size_t count = 0;
    rg_status status = RG_OK;
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        if (status == RG_OK) {
            status = rg_value_string(&items[count], context, rg_string_from(key));
        }
        if (status == RG_OK) {
            status = from_json(&items[count + 1], context, value);
        }
        count += 2;
    }
    if (status == RG_OK) {
        status = rg_value_items(out, context, NULL, RG_VALUE_DICT, items, count);
    }
    free(items);
    return status;
}

/* Arrays become tuples, which a rule file takes as parameters. jansson bounds the depth. */
static rg_status from_json(rg_value *out, rg_context *context, json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_TRUE:
    case JSON_FALSE:
        *out = rg_value_bool(json_is_true(json));
        return RG_OK;
    case JSON_INTEGER:
        return rg_value_int(out, context, json_integer_value(json));
    case JSON_REAL:
        *out = rg_value_float(json_real_value(json));
        return RG_OK;
    case JSON_STRING:
        return rg_value_string(out, context, (rg_string){json_string_value(json), json_string_length(json)});
    case JSON_ARRAY:
        return from_array(out, context, json);
    case JSON_OBJECT:
        return from_object(out, context, json);
    default:
        *out = rg_value_none();
        return RG_OK;
    }
}

/* ---- setting ---- */

/* A key that the passes do not have may be one of the rules'. */
static bool settle(const config_target *target, rg_status status)
{
    if (status == RG_ERROR_NAME && target->rules != NULL) {
        rg_context_clear_diagnostics(target->context);
        return true;
    }
    return status == RG_OK;
}

static bool set_text(const config_target *target, rg_string key, const char *text)
{
    rg_value value;
    if (target->rules != NULL && (text_value(&value, target->context, text) != RG_OK ||
                                  rg_rule_set_set_config(target->rules, key, value) != RG_OK)) {
        return false;
    }
    return settle(target, rg_pass_config_set(target->config, key, rg_string_from(text)));
}

static bool set_json(const config_target *target, rg_string key, json_t *json)
{
    rg_value value;
    if (json_is_string(json)) {
        return set_text(target, key, json_string_value(json));
    }
    if (from_json(&value, target->context, json) != RG_OK ||
        (target->rules != NULL && rg_rule_set_set_config(target->rules, key, value) != RG_OK)) {
        return false;
    }
    return settle(target, rg_pass_config_set_value(target->config, key, value));
}

static bool set_object(const config_target *target, json_t *object)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        bool is_group =
            (strcmp(key, "pass_config") == 0 || strcmp(key, "compilation_config") == 0) && json_is_object(value);
        if (!(is_group ? set_object(target, value) : set_json(target, rg_string_from(key), value))) {
            return false;
        }
    }
    return true;
}

/* ---- reading ---- */

static bool apply_file(const config_target *target, const char *path)
{
    cli_text text = {NULL, 0, 0};
    json_t *json = NULL;
    bool good = read_input(&text, target->context, path);
    if (good) {
        json = parse_json(text.data, text.size, path);
        good = json != NULL && json_is_object(json);
        if (json != NULL && !good) {
            complain("%s: a configuration is a JSON object of keys and values", path);
        }
    }
    good = good && set_object(target, json);
    json_decref(json);
    text_free(&text);
    return good;
}

bool apply_config(const config_target *target, const char *setting)
{
    const char *equals = strchr(setting, '=');
    if (setting[0] == '@') {
        return apply_file(target, setting + 1);
    }
    if (equals == NULL || equals == setting) {
        complain("--config wants KEY=VALUE or @FILE, not '%s'", setting);
        return false;
    }
    rg_string key = {setting, (size_t)(equals - setting)};
    if (equals[1] != '[' && equals[1] != '{') {
        return set_text(target, key, equals + 1);
    }
    json_t *json = parse_json(equals + 1, strlen(equals + 1), setting);
    bool good = json != NULL && set_json(target, key, json);
    json_decref(json);
    return good;
}
