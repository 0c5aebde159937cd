/*
 * value.c: making values and taking them apart. The bits: value_impl.h. Comparing: value_equal.c.
 */
#include "ir/value_impl.h"

#include "ir/context_impl.h"
#include "ir/graph_impl.h"

#define INLINE_INT_MAX (((int64_t)1 << 47) - 1)
#define INLINE_INT_MIN (-((int64_t)1 << 47))

/* An interned big integer: this, then its decimal digits. */
typedef struct big_int_record {
    rg_items_header header; /* kind RG_VALUE_INT */
    int64_t value;          /* when `fits` */
    uint64_t fits;
} big_int_record;

static rg_value make_plain(rg_value_kind kind, uint32_t number)
{
    return rg__value_make(RG_TAG_PLAIN, kind, number);
}

/* ---- making ---- */

rg_value rg_value_missing(void)
{
    return make_plain(RG_VALUE_MISSING, 0);
}

rg_value rg_value_none(void)
{
    return make_plain(RG_VALUE_NONE, 0);
}

rg_value rg_value_bool(bool value)
{
    return make_plain(RG_VALUE_BOOL, value ? 1 : 0);
}

rg_value rg_value_ellipsis(void)
{
    return make_plain(RG_VALUE_ELLIPSIS, 0);
}

rg_value rg_value_dtype(rg_dtype dtype)
{
    return make_plain(RG_VALUE_DTYPE, (uint32_t)dtype);
}

rg_value rg_value_op(rg_op op)
{
    return make_plain(RG_VALUE_OP, op.id);
}

rg_value rg_value_size(rg_size size)
{
    return make_plain(RG_VALUE_SIZE, size.id);
}

rg_value rg_value_node(rg_node node)
{
    return rg__value_make(RG_TAG_NODE, 0, node.id);
}

rg_value rg_value_float(double value)
{
    rg_value result = {RG_NAN_BITS};
    if (value == value) {
        memcpy(&result.bits, &value, sizeof(value));
    }
    return result;
}

static rg_status intern_record(rg_value *out, rg_context *context, rg_value_kind kind, const void *record, size_t size)
{
    uint32_t id = rg__intern(&context->aggregates, record, size);
    if (id == 0) {
        return rg__report_memory(context);
    }
    *out = rg__value_make(RG_TAG_CONSTANT, kind, id);
    return RG_OK;
}

/* `digits` is canonical: no plus sign, no leading zeros. */
static rg_status make_big_int(rg_value *out, rg_context *context, rg_string digits)
{
    big_int_record record;
    memset(&record, 0, sizeof(record));
    record.header.kind = RG_VALUE_INT;
    record.fits = rg__parse_int(digits, &record.value);
    rg_buffer bytes;
    rg__buffer_init(&bytes, &context->allocator);
    rg__buffer_append(&bytes, (rg_string){(const char *)&record, sizeof(record)});
    rg__buffer_append(&bytes, digits);
    rg_status status =
        bytes.failed ? rg__report_memory(context) : intern_record(out, context, RG_VALUE_INT, bytes.data, bytes.size);
    rg__buffer_free(&bytes);
    return status;
}

rg_status rg_value_int(rg_value *out, rg_context *context, int64_t value)
{
    *out = rg_value_missing();
    if (value >= INLINE_INT_MIN && value <= INLINE_INT_MAX) {
        out->bits = (uint64_t)RG_TAG_INT << 48 | ((uint64_t)value & 0xffffffffffff);
        return RG_OK;
    }
    rg_buffer digits;
    rg__buffer_init(&digits, &context->allocator);
    rg__buffer_append_int(&digits, value);
    rg_status status =
        digits.failed ? rg__report_memory(context) : make_big_int(out, context, rg__buffer_string(&digits));
    rg__buffer_free(&digits);
    return status;
}

static rg_status make_text(rg_value *out, rg_context *context, rg_value_kind kind, rg_string text)
{
    uint32_t id = rg__string_id(context, text);
    if (id == 0) {
        return rg__report_memory(context);
    }
    *out = make_plain(kind, id);
    return RG_OK;
}

rg_status rg_value_string(rg_value *out, rg_context *context, rg_string text)
{
    *out = rg_value_missing();
    return make_text(out, context, RG_VALUE_STRING, text);
}

static rg_status int_from_text(rg_value *out, rg_context *context, rg_string text)
{
    int64_t value;
    if (rg__parse_int(text, &value)) {
        return rg_value_int(out, context, value);
    }
    bool negative = text.size != 0 && text.data[0] == '-';
    size_t at = text.size != 0 && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    while (at + 1 < text.size && text.data[at] == '0') {
        at++;
    }
    bool digits_only = at < text.size;
    for (size_t i = at; i < text.size; i++) {
        digits_only = digits_only && text.data[i] >= '0' && text.data[i] <= '9';
    }
    if (!digits_only) {
        return rg__report(context, RG_ERROR_ARGUMENT, "'%.*s' is not an integer",
                          (int)(text.size > 40 ? 40 : text.size), text.data);
    }
    rg_buffer digits;
    rg__buffer_init(&digits, &context->allocator);
    rg__buffer_append_text(&digits, negative ? "-" : "");
    rg__buffer_append(&digits, (rg_string){text.data + at, text.size - at});
    rg_status status =
        digits.failed ? rg__report_memory(context) : make_big_int(out, context, rg__buffer_string(&digits));
    rg__buffer_free(&digits);
    return status;
}

rg_status rg_value_text(rg_value *out, rg_context *context, rg_value_kind kind, rg_string text)
{
    *out = rg_value_missing();
    switch (kind) {
    case RG_VALUE_INT:
        return int_from_text(out, context, text);
    case RG_VALUE_LAYOUT:
    case RG_VALUE_MEMORY_FORMAT:
    case RG_VALUE_OBJECT:
        return make_text(out, context, kind, text);
    default:
        return rg__report(context, RG_ERROR_ARGUMENT, "values of kind %d are not made from text", (int)kind);
    }
}

rg_status rg_value_device(rg_value *out, rg_context *context, rg_device device)
{
    *out = rg_value_missing();
    if (device.kind == NULL || device.index < INT16_MIN || device.index > INT16_MAX) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a device needs a kind and an index of at most 16 bits");
    }
    uint32_t id = rg__string_id(context, rg_string_from(device.kind));
    if (id == 0) {
        return rg__report_memory(context);
    }
    *out = rg__value_make(RG_TAG_DEVICE, (uint32_t)device.index, id);
    return RG_OK;
}

rg_status rg__value_constant_items(rg_value *out, rg_context *context, rg_value_kind kind, uint32_t depth,
                                   const rg_value *items, size_t count)
{
    rg_items_header header = {(uint8_t)kind, 0, (uint16_t)depth, (uint32_t)count};
    rg_buffer bytes;
    rg__buffer_init(&bytes, &context->allocator);
    rg__buffer_append(&bytes, (rg_string){(const char *)&header, sizeof(header)});
    rg__buffer_append(&bytes, (rg_string){(const char *)items, count * sizeof(*items)});
    rg_status status =
        bytes.failed ? rg__report_memory(context) : intern_record(out, context, kind, bytes.data, bytes.size);
    rg__buffer_free(&bytes);
    return status;
}

/* What rg_value_items checks of its items. */
static rg_status check_items(rg_context *context, const rg_graph *graph, rg_value_kind kind, const rg_value *items,
                             size_t count)
{
    bool fits = kind == RG_VALUE_SLICE    ? count == 3
                : kind == RG_VALUE_DICT   ? count % 2 == 0
                : kind == RG_VALUE_RECORD ? count > 0 && rg_value_get_kind(items[0]) == RG_VALUE_STRING
                                          : kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
    if (!fits) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a value of kind %d cannot have %zu items", (int)kind, count);
    }
    if (count > UINT32_MAX / 2) {
        return rg__report(context, RG_ERROR_LIMIT, "%zu items are too many for one value", count);
    }
    for (size_t i = 0; i < count; i++) {
        if (kind == RG_VALUE_DICT && i % 2 == 0 && rg__value_has_nodes(items[i])) {
            return rg__report(context, RG_ERROR_ARGUMENT, "keys of a dict must be constants");
        }
        if (rg_value_is_missing(items[i])) {
            return rg__report(context, RG_ERROR_ARGUMENT, "item %zu is missing", i);
        }
        if (rg__value_has_nodes(items[i]) && (graph == NULL || !rg__graph_owns_value(graph, items[i]))) {
            return rg__report(context, RG_ERROR_ARGUMENT, "item %zu does not belong to the graph", i);
        }
    }
    return RG_OK;
}

rg_status rg_value_items(rg_value *out, rg_context *context, rg_graph *graph, rg_value_kind kind, const rg_value *items,
                         size_t count)
{
    /* `out` may be one of the items, so it is written last. */
    rg_value result = rg_value_missing();
    rg_status status = check_items(context, graph, kind, items, count);
    bool has_nodes = false;
    uint32_t depth = 0;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        has_nodes = has_nodes || rg__value_has_nodes(items[i]);
        uint32_t item_depth = rg__value_depth(context, graph, items[i]);
        depth = item_depth > depth ? item_depth : depth;
    }
    if (status == RG_OK && depth >= context->limits.max_depth) {
        status = rg__report(context, RG_ERROR_LIMIT, "values are nested more than %u deep", context->limits.max_depth);
    }
    if (status == RG_OK) {
        status = has_nodes ? rg__graph_add_items(&result, graph, kind, depth + 1, items, count)
                           : rg__value_constant_items(&result, context, kind, depth + 1, items, count);
    }
    *out = result;
    return status;
}

/* ---- taking apart ---- */

rg_value_kind rg_value_get_kind(rg_value value)
{
    switch (rg__value_tag(value)) {
    case RG_TAG_NODE:
        return RG_VALUE_NODE;
    case RG_TAG_INT:
        return RG_VALUE_INT;
    case RG_TAG_DEVICE:
        return RG_VALUE_DEVICE;
    case RG_TAG_PLAIN:
    case RG_TAG_CONSTANT:
    case RG_TAG_ITEMS:
        return (rg_value_kind)rg__value_high(value);
    default:
        return RG_VALUE_FLOAT;
    }
}

/* The number in a PLAIN word of that kind, else 0. */
static uint32_t plain_number(rg_value value, rg_value_kind kind)
{
    return value.bits >> 32 == make_plain(kind, 0).bits >> 32 ? rg__value_low(value) : 0;
}

bool rg_value_is_missing(rg_value value)
{
    return value.bits == rg_value_missing().bits;
}

bool rg_value_as_bool(rg_value value)
{
    return value.bits == rg_value_bool(true).bits;
}

static const big_int_record *big_int(const rg_context *context, rg_value value)
{
    if (rg__value_tag(value) != RG_TAG_CONSTANT || rg__value_high(value) != RG_VALUE_INT) {
        return NULL;
    }
    return (const void *)rg__intern_get(&context->aggregates, rg__value_low(value)).data;
}

bool rg_value_as_int(const rg_context *context, rg_value value, int64_t *out)
{
    if (rg__value_tag(value) == RG_TAG_INT) {
        *out = (int64_t)(value.bits << 16) >> 16;
        return true;
    }
    const big_int_record *record = big_int(context, value);
    if (record == NULL || !record->fits) {
        return false;
    }
    *out = record->value;
    return true;
}

double rg_value_as_float(rg_value value)
{
    double result = 0.0;
    if (rg_value_get_kind(value) == RG_VALUE_FLOAT) {
        memcpy(&result, &value.bits, sizeof(result));
    }
    return result;
}

rg_node rg_value_as_node(rg_value value)
{
    return (rg_node){rg__value_is_node(value) ? rg__value_low(value) : 0};
}

rg_dtype rg_value_as_dtype(rg_value value)
{
    return (rg_dtype)plain_number(value, RG_VALUE_DTYPE);
}

rg_op rg_value_as_op(rg_value value)
{
    return (rg_op){(uint16_t)plain_number(value, RG_VALUE_OP)};
}

rg_size rg_value_as_size(rg_value value)
{
    return (rg_size){plain_number(value, RG_VALUE_SIZE)};
}

rg_device rg_value_as_device(const rg_context *context, rg_value value)
{
    if (rg__value_tag(value) != RG_TAG_DEVICE) {
        return (rg_device){NULL, -1};
    }
    return (rg_device){rg__string_get(context, rg__value_low(value)).data, (int16_t)rg__value_high(value)};
}

rg_string rg_value_as_text(rg_context *context, rg_value value)
{
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_STRING:
    case RG_VALUE_LAYOUT:
    case RG_VALUE_MEMORY_FORMAT:
    case RG_VALUE_OBJECT:
        return rg__string_get(context, rg__value_low(value));
    case RG_VALUE_INT:
        break;
    default:
        return (rg_string){"", 0};
    }
    if (big_int(context, value) != NULL) {
        rg_string record = rg__intern_get(&context->aggregates, rg__value_low(value));
        return (rg_string){record.data + sizeof(big_int_record), record.size - sizeof(big_int_record)};
    }
    int64_t number = 0;
    (void)rg_value_as_int(context, value, &number);
    rg_buffer digits;
    rg__buffer_init(&digits, &context->allocator);
    rg__buffer_append_int(&digits, number);
    rg_string result = rg__intern_string(context, rg__buffer_string(&digits));
    bool failed = digits.failed || result.data == NULL;
    rg__buffer_free(&digits);
    return failed ? (rg_string){"", 0} : result;
}

/* ---- items ---- */

/* The header of a value with items; the items follow it. NULL for other kinds. Moves when the graph's pool grows. */
static const rg_items_header *items_header(const rg_context *context, const rg_graph *graph, rg_value value)
{
    if (rg__value_is_items(value)) {
        bool inside = graph != NULL && rg__value_low(value) < graph->arguments.count;
        return inside ? (const void *)&graph->arguments.items[rg__value_low(value)] : NULL;
    }
    if (rg__value_tag(value) == RG_TAG_CONSTANT && rg__value_high(value) != RG_VALUE_INT) {
        return (const void *)rg__intern_get(&context->aggregates, rg__value_low(value)).data;
    }
    return NULL;
}

size_t rg_value_count(const rg_context *context, const rg_graph *graph, rg_value value)
{
    const rg_items_header *header = items_header(context, graph, value);
    return header == NULL ? 0 : header->count;
}

rg_value rg_value_item(const rg_context *context, const rg_graph *graph, rg_value value, size_t index)
{
    const rg_items_header *header = items_header(context, graph, value);
    if (header == NULL || index >= header->count) {
        return rg_value_missing();
    }
    return ((const rg_value *)(header + 1))[index];
}

uint32_t rg__value_depth(const rg_context *context, const rg_graph *graph, rg_value value)
{
    const rg_items_header *header = items_header(context, graph, value);
    return header == NULL ? 0 : header->depth;
}
