/*
 * config_layer.c: the layers of a static forward context, as a configuration gives them: records with fixed fields.
 *
 * Rule files iterate over them (`layer = config.attention_layers`) and read `layer.name`, `layer.num_heads`, so every
 * record has every field; None stands for what was not said. vLLM finds the layers of a model by walking it; here they
 * are given.
 */
#include "base/suggestion.h"
#include "ir/context_impl.h"
#include "pass/config_impl.h"

typedef enum field_kind { FIELD_TEXT, FIELD_INT, FIELD_BOOL } field_kind;

typedef struct layer_field {
    const char *name;
    field_kind kind;
    const char *initial; /* "none", "true", "false", a text; the name of an earlier field: what that one is */
} layer_field;

enum { MAX_FIELDS = 16 };

static const layer_field attention_fields[] = {
    {"name", FIELD_TEXT, NULL},
    {"num_heads", FIELD_INT, "none"},
    {"num_kv_heads", FIELD_INT, "num_heads"},
    {"head_size", FIELD_INT, "none"},
    {"head_size_v", FIELD_INT, "head_size"},
    {"fp8", FIELD_BOOL, "true"},          /* the backend writes FP8 output with a static scale */
    {"nvfp4", FIELD_BOOL, "false"},       /* the backend writes NVFP4 output */
    {"rope_kvcache", FIELD_BOOL, "true"}, /* the backend has rotary embedding fused with the cache's update */
    {"qk_norm_rope_kvcache", FIELD_BOOL, "rope_kvcache"}, /* and with the norm of each head */
    {"gated", FIELD_BOOL, "false"},                       /* the query projection has a gate beside each head */
    {"rotary_dim", FIELD_INT, "head_size"},
};

static const layer_field mla_fields[] = {
    {"name", FIELD_TEXT, NULL},
    {"num_heads", FIELD_INT, "none"},
    {"qk_nope_head_dim", FIELD_INT, "none"},
    {"qk_rope_head_dim", FIELD_INT, "none"},
    {"kv_lora_rank", FIELD_INT, "none"},
    {"v_head_dim", FIELD_INT, "none"},
    {"fp8", FIELD_BOOL, "true"},
    {"nvfp4", FIELD_BOOL, "false"},
    {"kv_cache_dtype", FIELD_TEXT, "auto"},
};

typedef struct layer_table {
    const layer_field *fields;
    size_t count;
} layer_table;

static layer_table table_of(const rg_config_row *row)
{
    return row->kind == RG_CONFIG_LAYERS
               ? (layer_table){attention_fields, sizeof(attention_fields) / sizeof(attention_fields[0])}
               : (layer_table){mla_fields, sizeof(mla_fields) / sizeof(mla_fields[0])};
}

static rg_status find_field(size_t *out, const layer_table *table, rg_context *context, const rg_config_row *row,
                            rg_string name)
{
    rg_suggestion suggestion = {.wanted = name};
    for (*out = 0; *out < table->count; ++*out) {
        rg_string known = rg_string_from(table->fields[*out].name);
        if (rg_string_equal(known, name)) {
            return RG_OK;
        }
        rg__suggestion_offer(&suggestion, known);
    }
    rg_string closest = rg__suggestion_closest(&suggestion);
    return rg__report(context, RG_ERROR_NAME, "a layer of '%s' has no field '%.*s'%s%.*s%s", row->name, (int)name.size,
                      name.data, closest.size > 0 ? "; did you mean '" : "", (int)closest.size,
                      closest.size > 0 ? closest.data : "", closest.size > 0 ? "'?" : "");
}

static bool fits(rg_context *context, const layer_field *field, rg_value value)
{
    int64_t number = 0;
    switch (field->kind) {
    case FIELD_TEXT:
        return rg_value_get_kind(value) == RG_VALUE_STRING && rg_value_as_text(context, value).size > 0;
    case FIELD_INT:
        return rg_value_get_kind(value) == RG_VALUE_INT && rg_value_as_int(context, value, &number) && number > 0 &&
               number <= INT32_MAX;
    default:
        return rg_value_get_kind(value) == RG_VALUE_BOOL;
    }
}

/* The value of a field that was not given. */
static rg_status default_of(rg_value *out, rg_context *context, const layer_table *table, const rg_value *given,
                            size_t index)
{
    const char *initial = table->fields[index].initial;
    *out = rg_value_none();
    for (size_t i = 0; i < index; i++) {
        if (strcmp(table->fields[i].name, initial) == 0) {
            *out = given[i];
            return RG_OK;
        }
    }
    if (table->fields[index].kind == FIELD_BOOL) {
        *out = rg_value_bool(initial[0] == 't');
    } else if (table->fields[index].kind == FIELD_TEXT) {
        return rg_value_string(out, context, rg_string_from(initial));
    }
    return RG_OK;
}

/* Fill in the fields of one layer; `name` is missing when the record has it. */
static rg_status read_layer(rg_value *out, rg_context *context, const rg_config_row *row, rg_value name,
                            rg_value record)
{
    layer_table table = table_of(row);
    rg_value given[MAX_FIELDS];
    rg_value items[2 * MAX_FIELDS];
    size_t index = 0;
    rg_status status = RG_OK;
    for (size_t i = 0; i < table.count; i++) {
        given[i] = rg_value_missing();
    }
    given[0] = name;
    if (rg_value_get_kind(record) != RG_VALUE_DICT) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a layer of '%s' is a record with a name", row->name);
    }
    for (size_t i = 0; i + 1 < rg_value_count(context, NULL, record) && status == RG_OK; i += 2) {
        rg_value value = rg_value_item(context, NULL, record, i + 1);
        rg_string key = rg_value_as_text(context, rg_value_item(context, NULL, record, i));
        status = find_field(&index, &table, context, row, key);
        if (status == RG_OK && rg_value_get_kind(value) != RG_VALUE_NONE) {
            given[index] = value;
            status = fits(context, &table.fields[index], value)
                         ? RG_OK
                         : rg__report(context, RG_ERROR_ARGUMENT, "field '%s' of a layer of '%s' must be %s",
                                      table.fields[index].name, row->name,
                                      table.fields[index].kind == FIELD_INT    ? "a whole number above 0"
                                      : table.fields[index].kind == FIELD_BOOL ? "true or false"
                                                                               : "a text");
        }
    }
    if (status == RG_OK && (rg_value_is_missing(given[0]) || !fits(context, &table.fields[0], given[0]))) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a layer of '%s' has no name", row->name);
    }
    for (size_t i = 0; i < table.count && status == RG_OK; i++) {
        if (rg_value_is_missing(given[i])) {
            status = default_of(&given[i], context, &table, given, i);
        }
        if (status == RG_OK) {
            status = rg_value_string(&items[2 * i], context, rg_string_from(table.fields[i].name));
            items[2 * i + 1] = given[i];
        }
    }
    return status == RG_OK ? rg_value_items(out, context, NULL, RG_VALUE_DICT, items, 2 * table.count) : status;
}

/* A list of records, or a dict from names to records as vLLM's static forward context is one. */
rg_status rg__config_read_layers(rg_value *out, rg_context *context, const rg_config_row *row, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    bool named = kind == RG_VALUE_DICT;
    RG_VECTOR(rg_value) layers = {0};
    rg_status status = RG_OK;
    if (!named && kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE) {
        return rg__report(context, RG_ERROR_ARGUMENT, "'%s' wants a list of layers, each a record with a name",
                          row->name);
    }
    for (size_t i = 0; i < rg_value_count(context, NULL, value) && status == RG_OK; i += named ? 2 : 1) {
        rg_value layer = rg_value_missing();
        rg_value name = named ? rg_value_item(context, NULL, value, i) : rg_value_missing();
        status = read_layer(&layer, context, row, name, rg_value_item(context, NULL, value, named ? i + 1 : i));
        if (status == RG_OK && !rg__vector_push(&context->allocator, &layers, layer)) {
            status = rg__report_memory(context);
        }
    }
    if (status == RG_OK) {
        status = rg_value_items(out, context, NULL, RG_VALUE_TUPLE, layers.items, layers.count);
    }
    rg__vector_free(&context->allocator, &layers);
    return status;
}
