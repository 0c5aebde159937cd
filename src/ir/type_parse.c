/*
 * type_parse.c: reading FX annotations:
 *     annotation := tensor | NAME "(" tensor ")" | "Sym(" size ")"
 *     tensor     := DTYPE "[" sizes "]" ["[" strides "]"] [device]
 * Everything else (`torch.Tensor`, `Device(cpu)`, a DTensor with its placements) is kept as text.
 */
#include "ir/size_impl.h"
#include "ir/type_impl.h"

typedef RG_VECTOR(rg_size) size_list;

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static rg_string take_name(rg_string *text)
{
    rg_string name = {text->data, 0};
    while (name.size < text->size && is_name_char(text->data[name.size])) {
        name.size++;
    }
    text->data += name.size;
    text->size -= name.size;
    return name;
}

static rg_string trim(rg_string text)
{
    while (text.size > 0 && text.data[0] == ' ') {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

/* Append one size. An empty one, or `...`, is nothing that a tensor has: RG_ERROR_SYNTAX. */
static rg_status parse_size(size_list *out, rg_context *context, rg_string text)
{
    rg_size size;
    rg_string trimmed = trim(text);

    if (trimmed.size == 0 || rg_string_equal(trimmed, rg_string_from("..."))) {
        return RG_ERROR_SYNTAX;
    }
    rg_status status = rg__size_parse(&size, context, trimmed);
    if (status == RG_OK && !rg__vector_push(&context->allocator, out, size)) {
        status = RG_ERROR_MEMORY;
    }
    return status;
}

/* Read `[size, size, ...]` off the front of `text`; sizes end at commas outside all brackets. */
static rg_status parse_sizes(size_list *out, rg_context *context, rg_string *text)
{
    size_t depth = 0;
    size_t start = 1;
    size_t i;
    rg_status status = RG_OK;

    if (text->size < 2 || text->data[0] != '[') {
        return RG_ERROR_SYNTAX;
    }
    for (i = 1; i < text->size && status == RG_OK; i++) {
        char c = text->data[i];
        bool end = c == ']' && depth == 0;
        if (c == '(' || c == '[') {
            depth++;
        } else if ((c == ')' || c == ']') && depth > 0) {
            depth--;
        } else if (end || (c == ',' && depth == 0)) {
            rg_string part = {text->data + start, i - start};
            if (!(end && out->count == 0 && part.size == 0)) {
                status = parse_size(out, context, part);
            }
            start = i + 1;
        }
        if (end) {
            text->data += i + 1;
            text->size -= i + 1;
            return status;
        }
    }
    return status == RG_OK ? RG_ERROR_SYNTAX : status;
}

/* `cuda:0`, `cpu`, or nothing. */
static rg_status parse_device(rg_device *out, rg_context *context, rg_string text)
{
    int64_t index = -1;

    *out = (rg_device){NULL, -1};
    if (text.size == 0) {
        return RG_OK;
    }
    rg_string kind = take_name(&text);
    if (text.size > 0) {
        rg_string number = {text.data + 1, text.size - 1};
        bool digits = text.data[0] == ':' && number.size > 0 && number.data[0] >= '0' && number.data[0] <= '9';
        if (!digits || !rg__parse_int(number, &index) || index > INT32_MAX) {
            return RG_ERROR_SYNTAX;
        }
    }
    if (kind.size == 0 || (kind.data[0] >= '0' && kind.data[0] <= '9')) {
        return RG_ERROR_SYNTAX;
    }
    out->kind = rg__intern_string(context, kind).data;
    out->index = (int32_t)index;
    return out->kind == NULL ? RG_ERROR_MEMORY : RG_OK;
}

static bool has_abbreviation(rg_dtype dtype, rg_string name)
{
    return dtype != RG_DTYPE_NONE && rg_string_equal(name, rg_string_from(rg_dtype_abbreviation(dtype)));
}

static rg_status parse_tensor(rg_type *out, rg_context *context, rg_string wrapper, rg_string text)
{
    rg_string name = take_name(&text);
    rg_tensor_type tensor = {.dtype = rg_dtype_from_name(name), .wrapper = wrapper};
    size_list sizes = {0};
    size_list strides = {0};
    static const rg_size no_sizes[1];
    rg_status status = RG_ERROR_SYNTAX;

    if (!has_abbreviation(tensor.dtype, name) && !rg_string_equal(name, rg_string_from("_"))) {
        goto done;
    }
    status = parse_sizes(&sizes, context, &text);
    if (status != RG_OK) {
        goto done;
    }
    tensor.rank = sizes.count;
    tensor.sizes = sizes.count == 0 ? no_sizes : sizes.items;
    if (text.size > 0 && text.data[0] == '[') {
        status = parse_sizes(&strides, context, &text);
        tensor.strides = strides.count == 0 ? no_sizes : strides.items;
        if (status == RG_OK && strides.count != sizes.count) {
            status = RG_ERROR_SYNTAX;
        }
    }
    if (status == RG_OK) {
        status = parse_device(&tensor.device, context, text);
    }
    if (status == RG_OK) {
        status = rg__type_from_tensor(out, context, &tensor);
    }
done:
    rg__vector_free(&context->allocator, &sizes);
    rg__vector_free(&context->allocator, &strides);
    return status;
}

static rg_status parse_annotation(rg_type *out, rg_context *context, rg_string text)
{
    rg_string rest = text;
    rg_string name = take_name(&rest);
    rg_size size;
    rg_status status;

    if (name.size == 0 || rest.size < 2 || rest.data[0] != '(' || rest.data[rest.size - 1] != ')') {
        return parse_tensor(out, context, (rg_string){NULL, 0}, text);
    }
    rest = (rg_string){rest.data + 1, rest.size - 2};
    if (!rg_string_equal(name, rg_string_from("Sym"))) {
        return parse_tensor(out, context, name, rest);
    }
    status = rg__size_parse(&size, context, rest);
    return status == RG_OK ? rg__type_from_words(out, context, RG_TYPE_SIZE, &size.id, 1) : status;
}

rg_status rg_type_parse(rg_type *out, rg_context *context, rg_string text)
{
    rg_status status = parse_annotation(out, context, text);

    if (status != RG_OK && status != RG_ERROR_MEMORY) {
        uint32_t string = rg__intern(&context->strings, text.data, text.size);
        status = string == 0 ? RG_ERROR_MEMORY : rg__type_from_words(out, context, RG_TYPE_OPAQUE, &string, 1);
    }
    if (status != RG_OK) {
        *out = (rg_type){0};
        return rg__report(context, status, "out of memory for a type");
    }
    return RG_OK;
}
