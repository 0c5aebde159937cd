/*
 * config_value.c: reading what configuration keys are set to, by their kind.
 *
 * Values come as text from a command line, and typed from JSON or C; a text inside a typed value is read as text, so
 * that "bfloat16" is a dtype either way.
 */
#include <regraft/document.h>

#include "ir/context_impl.h"
#include "pass/config_impl.h"

/* So that products of two stay in 64 bits. */
static const int64_t LARGEST = 2147483647;

static const char *const kind_words[] = {
    [RG_CONFIG_FLAG] = "true, false or none",
    [RG_CONFIG_BOOL] = "true or false",
    [RG_CONFIG_INT] = "a whole number from 0 to 2147483647, or none",
    [RG_CONFIG_NUMBER] = "a number above 0, or none",
    [RG_CONFIG_DTYPE] = "a dtype such as bfloat16, or none",
    [RG_CONFIG_FP8] = "a dtype such as float8_e4m3fn",
    [RG_CONFIG_WORD] = "a word",
    [RG_CONFIG_WORDS] = "words with commas between them",
    [RG_CONFIG_INTS] = "whole numbers with commas between them",
    [RG_CONFIG_RANGE] = "START,END with START <= END, or none",
    [RG_CONFIG_LAYERS] = "a list of layers, each with a name",
    [RG_CONFIG_MLA_LAYERS] = "a list of layers, each with a name",
};

static bool has_choices(const rg_config_row *row)
{
    return strchr(row->type, '|') != NULL;
}

static rg_status refuse(rg_context *context, const rg_config_row *row, rg_string text)
{
    return rg__report(context, RG_ERROR_ARGUMENT, "'%.*s' is no value for '%s': expected %s%s", (int)text.size,
                      text.data, row->name, has_choices(row) ? "one of " : "",
                      has_choices(row) ? row->type : kind_words[row->kind]);
}

static rg_status refuse_value(rg_context *context, const rg_config_row *row, rg_value value)
{
    rg_buffer text;
    rg__buffer_init(&text, &context->allocator);
    rg_status status = rg_value_print(context, NULL, value, rg__buffer_sink(&text));
    if (status == RG_OK) {
        status = refuse(context, row, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    return status;
}

/* Is the text one of the words between bars? */
static bool is_choice(const char *choices, rg_string text)
{
    for (const char *at = choices; *at != '\0';) {
        size_t size = strcspn(at, "|");
        if (size == text.size && memcmp(at, text.data, size) == 0) {
            return true;
        }
        at += size + (at[size] == '|' ? 1 : 0);
    }
    return false;
}

static bool is_word(rg_string text, const char *small, const char *capital)
{
    return rg_string_equal(text, rg_string_from(small)) || rg_string_equal(text, rg_string_from(capital));
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

static bool takes_none(rg_config_kind kind)
{
    return kind != RG_CONFIG_BOOL && kind != RG_CONFIG_FP8;
}

static bool is_list(rg_config_kind kind)
{
    return kind == RG_CONFIG_WORDS || kind == RG_CONFIG_INTS || kind == RG_CONFIG_RANGE;
}

/* One scalar; missing when the text is none of the kind's. */
static rg_status read_scalar(rg_value *out, rg_context *context, const rg_config_row *row, rg_string text)
{
    int64_t number = 0;
    double real = 0;
    rg_dtype dtype;
    *out = rg_value_missing();
    switch (row->kind) {
    case RG_CONFIG_FLAG:
    case RG_CONFIG_BOOL:
        if (is_word(text, "true", "True") || is_word(text, "false", "False")) {
            *out = rg_value_bool(text.data[0] == 't' || text.data[0] == 'T');
        }
        return RG_OK;
    case RG_CONFIG_INT:
    case RG_CONFIG_INTS:
    case RG_CONFIG_RANGE:
        return rg__parse_int(text, &number) && number >= 0 && number <= LARGEST ? rg_value_int(out, context, number)
                                                                                : RG_OK;
    case RG_CONFIG_NUMBER:
        if (rg__parse_float(text, &real) && real > 0) {
            *out = rg_value_float(real);
        }
        return RG_OK;
    case RG_CONFIG_DTYPE:
    case RG_CONFIG_FP8:
        dtype = dtype_of(text);
        if (dtype != RG_DTYPE_NONE) {
            *out = rg_value_dtype(dtype);
        }
        return RG_OK;
    case RG_CONFIG_WORD:
    case RG_CONFIG_WORDS:
        return text.size > 0 ? rg_value_string(out, context, text) : RG_OK;
    default:
        return RG_OK;
    }
}

/* Two ends in order. */
static bool is_range(const rg_context *context, const rg_value *ends, size_t count)
{
    int64_t start = 0;
    int64_t end = 0;
    return count == 2 && rg_value_as_int(context, ends[0], &start) && rg_value_as_int(context, ends[1], &end) &&
           start <= end;
}

typedef RG_VECTOR(rg_value) value_list;

static rg_status finish_list(rg_value *out, rg_context *context, const rg_config_row *row, const value_list *items)
{
    if (row->kind == RG_CONFIG_RANGE && !is_range(context, items->items, items->count)) {
        *out = rg_value_missing();
        return RG_OK;
    }
    return rg_value_items(out, context, NULL, RG_VALUE_TUPLE, items->items, items->count);
}

/* "a,b,c"; the empty text has no items. Missing when an item is none of the kind's. */
static rg_status read_list(rg_value *out, rg_context *context, const rg_config_row *row, rg_string text)
{
    value_list items = {0};
    rg_status status = RG_OK;
    *out = rg_value_missing();
    for (size_t start = 0; start < text.size && status == RG_OK;) {
        const char *comma = memchr(text.data + start, ',', text.size - start);
        size_t end = comma == NULL ? text.size : (size_t)(comma - text.data);
        rg_value item;
        status = read_scalar(&item, context, row, (rg_string){text.data + start, end - start});
        if (status == RG_OK && rg_value_is_missing(item)) {
            rg__vector_free(&context->allocator, &items);
            return RG_OK;
        }
        if (status == RG_OK && !rg__vector_push(&context->allocator, &items, item)) {
            status = rg__report_memory(context);
        }
        start = end + 1;
    }
    if (status == RG_OK) {
        status = finish_list(out, context, row, &items);
    }
    rg__vector_free(&context->allocator, &items);
    return status;
}

rg_status rg__config_read_text(rg_value *out, rg_context *context, const rg_config_row *row, rg_string text)
{
    *out = rg_value_missing();
    if (takes_none(row->kind) && row->kind != RG_CONFIG_WORDS && is_word(text, "none", "None")) {
        *out = rg_value_none();
        return RG_OK;
    }
    if (has_choices(row) && !is_choice(row->type, text)) {
        return refuse(context, row, text);
    }
    rg_status status = is_list(row->kind) ? read_list(out, context, row, text) : read_scalar(out, context, row, text);
    return status == RG_OK && rg_value_is_missing(*out) ? refuse(context, row, text) : status;
}

/* A typed scalar, printed as text would spell it, goes the way of text: one rule for both. */
static rg_status read_typed_scalar(rg_value *out, rg_context *context, const rg_config_row *row, rg_value value)
{
    rg_buffer text;
    rg_value_kind kind = rg_value_get_kind(value);
    rg__buffer_init(&text, &context->allocator);
    rg_status status = RG_OK;
    if (kind == RG_VALUE_STRING) {
        rg__buffer_append(&text, rg_value_as_text(context, value));
    } else if (kind == RG_VALUE_DTYPE) {
        rg__buffer_append_text(&text, rg_dtype_torch_name(rg_value_as_dtype(value)));
    } else {
        status = rg_value_print(context, NULL, value, rg__buffer_sink(&text));
    }
    if (status == RG_OK && text.failed) {
        status = rg__report_memory(context);
    }
    if (status == RG_OK) {
        status = rg__config_read_text(out, context, row, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    return status;
}

static bool is_sequence(rg_value value)
{
    return rg_value_get_kind(value) == RG_VALUE_LIST || rg_value_get_kind(value) == RG_VALUE_TUPLE;
}

/* A list of typed scalars. A word must be a text, a number no text. */
static rg_status read_typed_list(rg_value *out, rg_context *context, const rg_config_row *row, rg_value value)
{
    value_list items = {0};
    rg_status status = RG_OK;
    rg_value_kind wanted = row->kind == RG_CONFIG_WORDS ? RG_VALUE_STRING : RG_VALUE_INT;
    for (size_t i = 0; i < rg_value_count(context, NULL, value) && status == RG_OK; i++) {
        rg_value item = rg_value_item(context, NULL, value, i);
        int64_t number = 0;
        bool fits = rg_value_get_kind(item) == wanted &&
                    (wanted == RG_VALUE_STRING ||
                     (rg_value_as_int(context, item, &number) && number >= 0 && number <= LARGEST));
        if (!fits) {
            status = refuse_value(context, row, value);
        } else if (!rg__vector_push(&context->allocator, &items, item)) {
            status = rg__report_memory(context);
        }
    }
    if (status == RG_OK) {
        status = finish_list(out, context, row, &items);
    }
    if (status == RG_OK && rg_value_is_missing(*out)) {
        status = refuse_value(context, row, value);
    }
    rg__vector_free(&context->allocator, &items);
    return status;
}

rg_status rg__config_read_value(rg_value *out, rg_context *context, const rg_config_row *row, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    *out = rg_value_missing();
    if (kind == RG_VALUE_NONE) {
        *out = value;
        return takes_none(row->kind) ? RG_OK : refuse_value(context, row, value);
    }
    if (row->kind == RG_CONFIG_LAYERS || row->kind == RG_CONFIG_MLA_LAYERS) {
        return rg__config_read_layers(out, context, row, value);
    }
    if (is_list(row->kind) && is_sequence(value)) {
        return read_typed_list(out, context, row, value);
    }
    if (kind == RG_VALUE_STRING || kind == RG_VALUE_BOOL || kind == RG_VALUE_INT || kind == RG_VALUE_FLOAT ||
        kind == RG_VALUE_DTYPE) {
        return read_typed_scalar(out, context, row, value);
    }
    return refuse_value(context, row, value);
}
