/*
 * type.c: types as interned records: making them, reading their parts, printing them. Reading them from text is
 * type_parse.c.
 */
#include "ir/size_impl.h"
#include "ir/type_impl.h"

/* Enough for a tensor of rank 8 with strides, and for most tuples. */
#define RG_TYPE_INLINE_WORDS 24

const rg__type_record *rg__type_record_of(const rg_context *context, rg_type type)
{
    if (type.id == 0) {
        return NULL;
    }
    /* The table aligns its bytes for uint64_t. */
    return (const rg__type_record *)(const void *)rg__intern_get(&context->types, type.id).data;
}

/* ---- making ---- */

rg_status rg__type_from_words(rg_type *out, rg_context *context, rg_type_kind kind, const uint32_t *words,
                              size_t word_count)
{
    union {
        rg__type_record record;
        uint32_t words[sizeof(rg__type_record) / sizeof(uint32_t) + RG_TYPE_INLINE_WORDS];
    } small;
    size_t bytes = sizeof(rg__type_record) + word_count * sizeof(uint32_t);
    rg__type_record *record = &small.record;

    *out = (rg_type){0};
    if (word_count > UINT32_MAX) {
        return RG_ERROR_LIMIT;
    }
    if (bytes > sizeof small) {
        record = rg__allocate(&context->allocator, bytes);
        if (record == NULL) {
            return RG_ERROR_MEMORY;
        }
    }
    record->kind = kind;
    record->word_count = (uint32_t)word_count;
    if (word_count > 0) {
        memcpy(record->words, words, word_count * sizeof(uint32_t));
    }
    out->id = rg__intern(&context->types, record, bytes);
    if (record != &small.record) {
        rg__free(&context->allocator, record, bytes);
    }
    return out->id == 0 ? RG_ERROR_MEMORY : RG_OK;
}

static bool intern_text(uint32_t *id, rg_context *context, rg_string text)
{
    *id = text.size == 0 ? 0 : rg__intern(&context->strings, text.data, text.size);
    return text.size == 0 || *id != 0;
}

rg_status rg__type_from_tensor(rg_type *out, rg_context *context, const rg_tensor_type *tensor)
{
    uint32_t small[RG_TENSOR_WORD_COUNT + RG_TYPE_INLINE_WORDS];
    bool has_strides = tensor->strides != NULL;
    size_t word_count = RG_TENSOR_WORD_COUNT + (size_t)tensor->rank * (has_strides ? 2 : 1);
    size_t bytes = word_count * sizeof(uint32_t);
    uint32_t *words = small;
    rg_status status = RG_ERROR_MEMORY;

    *out = (rg_type){0};
    if (bytes > sizeof small) {
        words = rg__allocate(&context->allocator, bytes);
        if (words == NULL) {
            return RG_ERROR_MEMORY;
        }
    }
    words[RG_TENSOR_WORD_DTYPE] = tensor->dtype;
    words[RG_TENSOR_WORD_RANK] = tensor->rank;
    words[RG_TENSOR_WORD_HAS_STRIDES] = has_strides;
    words[RG_TENSOR_WORD_DEVICE_INDEX] = tensor->device.kind == NULL ? 0 : (uint32_t)tensor->device.index;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        words[RG_TENSOR_WORD_COUNT + i] = tensor->sizes[i].id;
        if (has_strides) {
            words[RG_TENSOR_WORD_COUNT + tensor->rank + i] = tensor->strides[i].id;
        }
    }
    if (intern_text(&words[RG_TENSOR_WORD_DEVICE], context, rg_string_from(tensor->device.kind)) &&
        intern_text(&words[RG_TENSOR_WORD_WRAPPER], context, tensor->wrapper)) {
        status = rg__type_from_words(out, context, RG_TYPE_TENSOR, words, word_count);
    }
    if (words != small) {
        rg__free(&context->allocator, words, bytes);
    }
    return status;
}

static rg_status report(rg_context *context, rg_status status)
{
    switch (status) {
    case RG_OK:
        return RG_OK;
    case RG_ERROR_MEMORY:
        return rg__report(context, status, "out of memory for a type");
    default:
        return rg__report(context, status, "a type has too many parts");
    }
}

rg_status rg_type_from_tensor(rg_type *out, rg_context *context, const rg_tensor_type *tensor)
{
    *out = (rg_type){0};
    if (tensor->dtype < RG_DTYPE_NONE || tensor->dtype >= RG_DTYPE_COUNT) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a tensor type needs a dtype, or none");
    }
    for (uint32_t i = 0; i < tensor->rank; i++) {
        if (tensor->sizes[i].id == 0 || (tensor->strides != NULL && tensor->strides[i].id == 0)) {
            return rg__report(context, RG_ERROR_ARGUMENT, "size or stride %u of a tensor type is not known", i);
        }
    }
    return report(context, rg__type_from_tensor(out, context, tensor));
}

rg_status rg_type_from_size(rg_type *out, rg_context *context, rg_size size)
{
    *out = (rg_type){0};
    if (size.id == 0) {
        return rg__report(context, RG_ERROR_ARGUMENT, "the type of a size needs the size");
    }
    return report(context, rg__type_from_words(out, context, RG_TYPE_SIZE, &size.id, 1));
}

rg_status rg_type_from_items(rg_type *out, rg_context *context, const rg_type *items, size_t count)
{
    return report(context, rg__type_from_words(out, context, RG_TYPE_TUPLE, (const uint32_t *)items, count));
}

rg_status rg_type_nothing(rg_type *out, rg_context *context)
{
    return report(context, rg__type_from_words(out, context, RG_TYPE_NOTHING, NULL, 0));
}

/* ---- reading ---- */

rg_type_kind rg_type_get_kind(const rg_context *context, rg_type type)
{
    const rg__type_record *record = rg__type_record_of(context, type);
    return record == NULL ? RG_TYPE_UNKNOWN : (rg_type_kind)record->kind;
}

static const rg__type_record *record_of_kind(const rg_context *context, rg_type type, rg_type_kind kind)
{
    const rg__type_record *record = rg__type_record_of(context, type);
    return record != NULL && record->kind == kind ? record : NULL;
}

rg_tensor_type rg_type_get_tensor(const rg_context *context, rg_type type)
{
    const rg__type_record *record = record_of_kind(context, type, RG_TYPE_TENSOR);
    rg_tensor_type tensor = {.dtype = RG_DTYPE_NONE};

    if (record == NULL) {
        return tensor;
    }
    const uint32_t *words = record->words;
    tensor.dtype = (rg_dtype)words[RG_TENSOR_WORD_DTYPE];
    tensor.rank = words[RG_TENSOR_WORD_RANK];
    tensor.sizes = (const rg_size *)(const void *)(words + RG_TENSOR_WORD_COUNT);
    if (words[RG_TENSOR_WORD_HAS_STRIDES] != 0) {
        tensor.strides = tensor.sizes + tensor.rank;
    }
    if (words[RG_TENSOR_WORD_DEVICE] != 0) {
        tensor.device.kind = rg__intern_get(&context->strings, words[RG_TENSOR_WORD_DEVICE]).data;
        tensor.device.index = (int32_t)words[RG_TENSOR_WORD_DEVICE_INDEX];
    }
    if (words[RG_TENSOR_WORD_WRAPPER] != 0) {
        tensor.wrapper = rg__intern_get(&context->strings, words[RG_TENSOR_WORD_WRAPPER]);
    }
    return tensor;
}

rg_size rg_type_get_size(const rg_context *context, rg_type type)
{
    const rg__type_record *record = record_of_kind(context, type, RG_TYPE_SIZE);
    return (rg_size){record == NULL ? 0 : record->words[0]};
}

size_t rg_type_item_count(const rg_context *context, rg_type type)
{
    const rg__type_record *record = record_of_kind(context, type, RG_TYPE_TUPLE);
    return record == NULL ? 0 : record->word_count;
}

rg_type rg_type_item(const rg_context *context, rg_type type, size_t index)
{
    const rg__type_record *record = record_of_kind(context, type, RG_TYPE_TUPLE);
    return (rg_type){record == NULL || index >= record->word_count ? 0 : record->words[index]};
}

/* ---- printing ---- */

static void append_sizes(rg_buffer *buffer, const rg_context *context, const rg_size *sizes, uint32_t count)
{
    rg__buffer_append_char(buffer, '[');
    for (uint32_t i = 0; i < count; i++) {
        rg__buffer_append_text(buffer, i == 0 ? "" : ", ");
        rg__size_append(buffer, context, sizes[i]);
    }
    rg__buffer_append_char(buffer, ']');
}

static void append_tensor(rg_buffer *buffer, const rg_context *context, const rg_tensor_type *tensor,
                          rg_type_print_options options)
{
    if (tensor->wrapper.size > 0) {
        rg__buffer_append(buffer, tensor->wrapper);
        rg__buffer_append_char(buffer, '(');
    }
    rg__buffer_append_text(buffer, tensor->dtype == RG_DTYPE_NONE ? "_" : rg_dtype_abbreviation(tensor->dtype));
    append_sizes(buffer, context, tensor->sizes, tensor->rank);
    if (options.strides && tensor->strides != NULL) {
        append_sizes(buffer, context, tensor->strides, tensor->rank);
    }
    if (options.device && tensor->device.kind != NULL) {
        rg__buffer_append_text(buffer, tensor->device.kind);
        if (tensor->device.index >= 0) {
            rg__buffer_append_format(buffer, ":%d", (int)tensor->device.index);
        }
    }
    rg__buffer_append_text(buffer, tensor->wrapper.size > 0 ? ")" : "");
}

/* Items of a tuple exist before it does, so this recursion ends. */
static void append_type(rg_buffer *buffer, const rg_context *context, rg_type type, rg_type_print_options options)
{
    const rg__type_record *record = rg__type_record_of(context, type);
    rg_tensor_type tensor;

    switch (rg_type_get_kind(context, type)) {
    case RG_TYPE_TENSOR:
        tensor = rg_type_get_tensor(context, type);
        append_tensor(buffer, context, &tensor, options);
        break;
    case RG_TYPE_SIZE:
        rg__buffer_append_text(buffer, "Sym(");
        rg__size_append(buffer, context, (rg_size){record->words[0]});
        rg__buffer_append_char(buffer, ')');
        break;
    case RG_TYPE_TUPLE:
        rg__buffer_append_char(buffer, '(');
        for (uint32_t i = 0; i < record->word_count; i++) {
            rg__buffer_append_text(buffer, i == 0 ? "" : ", ");
            append_type(buffer, context, (rg_type){record->words[i]}, options);
        }
        rg__buffer_append_text(buffer, record->word_count == 1 ? ",)" : ")");
        break;
    case RG_TYPE_NOTHING:
        rg__buffer_append_text(buffer, "None");
        break;
    case RG_TYPE_OPAQUE:
        rg__buffer_append(buffer, rg__intern_get(&context->strings, record->words[0]));
        break;
    case RG_TYPE_UNKNOWN:
        rg__buffer_append_char(buffer, '?');
        break;
    }
}

rg_status rg_type_print(const rg_context *context, rg_type type, rg_type_print_options options, rg_sink sink)
{
    rg_buffer buffer;
    rg_status status = RG_ERROR_MEMORY;

    rg__buffer_init(&buffer, &context->allocator);
    append_type(&buffer, context, type, options);
    if (!buffer.failed) {
        rg_string text = rg__buffer_string(&buffer);
        status = sink.write(sink.user, text.data, text.size);
    }
    rg__buffer_free(&buffer);
    return status;
}
