/*
 * infer.c: what inference functions read and how they answer: arguments as tensors, sizes, integers, dtypes; result
 * types; arithmetic on sizes. Layouts are in shape.c, dtypes in promote.c, the walk over a graph in infer_graph.c.
 */
#include <stdarg.h>
#include <stdio.h>

#include "ir/context_impl.h"
#include "ir/size_example.h"
#include "ops/infer.h"

/* ---- reading arguments ---- */

rg_value rg__infer_argument(const rg_inference *inference, size_t index)
{
    return index < inference->argument_count ? inference->arguments[index] : rg_value_missing();
}

size_t rg__infer_find(const rg_inference *inference, const char *name)
{
    rg_string wanted = rg_string_from(name);
    if (inference->schema != NULL) {
        for (size_t i = 0; i < inference->schema->argument_count; i++) {
            if (rg_string_equal(inference->schema->arguments[i].name, wanted)) {
                return i;
            }
        }
    }
    return inference->argument_count;
}

rg_type rg__infer_node_type(const rg_inference *inference, rg_node node)
{
    rg_type type = {0};
    if (inference->graph == NULL) {
        return type;
    }
    type = rg_node_type(inference->graph, node);
    if (rg_type_is_null(type) && inference->types != NULL && !rg__map_find(inference->types, node.id, &type.id)) {
        type.id = 0;
    }
    return type;
}

rg_type rg__infer_value_type(const rg_inference *inference, rg_value value)
{
    rg_type type = {0};
    rg_value_kind kind = rg_value_get_kind(value);
    if (kind == RG_VALUE_NODE) {
        return rg__infer_node_type(inference, rg_value_as_node(value));
    }
    rg_tensor_type scalar = {.dtype = rg__number_dtype(inference, value), .device = {NULL, -1}};
    if (scalar.dtype == RG_DTYPE_NONE) {
        return type;
    }
    rg_size none[1] = {{0}};
    scalar.sizes = none;
    scalar.strides = none;
    if (rg_type_from_tensor(&type, inference->context, &scalar) != RG_OK) {
        type.id = 0;
    }
    return type;
}

rg_type rg__infer_type(const rg_inference *inference, size_t index)
{
    return rg__infer_value_type(inference, rg__infer_argument(inference, index));
}

bool rg__infer_is_none(const rg_inference *inference, size_t index)
{
    rg_value_kind kind = rg_value_get_kind(rg__infer_argument(inference, index));
    return kind == RG_VALUE_MISSING || kind == RG_VALUE_NONE;
}

void rg__infer_note_failure(rg_inference *inference, rg_status status)
{
    if (inference->failure == RG_OK) {
        inference->failure = status;
    }
}

/* A number used as a tensor: 0-d, without a device. */
static void shape_of_number(rg_shape *out, rg_dtype dtype)
{
    out->dtype = dtype;
    out->rank = 0;
    out->has_strides = true;
    out->device.kind = NULL;
    out->device.index = -1;
}

bool rg__shape_from_type(rg_inference *inference, rg_type type, rg_shape *out)
{
    rg_context *context = inference->context;
    if (rg_type_get_kind(context, type) == RG_TYPE_SIZE) {
        shape_of_number(out, rg__size_dtype(inference, rg_type_get_size(context, type)));
        return true;
    }
    if (rg_type_get_kind(context, type) != RG_TYPE_TENSOR) {
        inference->unknown = true;
        return false;
    }
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    if (tensor.rank > RG_MAX_RANK) {
        rg__infer_note_failure(inference,
                               rg__infer_fail(inference, RG_ERROR_LIMIT, "a tensor of rank %u; at most %d are handled",
                                              tensor.rank, (int)RG_MAX_RANK));
        inference->unknown = true;
        return false;
    }
    out->dtype = tensor.dtype;
    out->rank = tensor.rank;
    out->device = tensor.device;
    out->has_strides = tensor.strides != NULL || tensor.rank == 0;
    for (uint32_t i = 0; i < tensor.rank; i++) {
        out->sizes[i] = tensor.sizes[i];
        out->strides[i] = tensor.strides != NULL ? tensor.strides[i] : (rg_size){0};
    }
    return true;
}

static bool tensor_of_value(rg_inference *inference, rg_value value, rg_shape *out)
{
    rg_dtype number = rg__number_dtype(inference, value);
    if (number != RG_DTYPE_NONE) {
        shape_of_number(out, number);
        return true;
    }
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        inference->unknown = true;
        return false;
    }
    return rg__shape_from_type(inference, rg__infer_node_type(inference, rg_value_as_node(value)), out);
}

bool rg__infer_tensor(rg_inference *inference, size_t index, rg_shape *out)
{
    return tensor_of_value(inference, rg__infer_argument(inference, index), out);
}

size_t rg__infer_item_count(const rg_inference *inference, size_t index)
{
    return rg_value_count(inference->context, inference->graph, rg__infer_argument(inference, index));
}

rg_value rg__infer_item(const rg_inference *inference, size_t index, size_t item)
{
    rg_value list = rg__infer_argument(inference, index);
    if (item >= rg_value_count(inference->context, inference->graph, list)) {
        return rg_value_missing();
    }
    return rg_value_item(inference->context, inference->graph, list, item);
}

bool rg__infer_tensor_item(rg_inference *inference, size_t index, size_t item, rg_shape *out)
{
    return tensor_of_value(inference, rg__infer_item(inference, index, item), out);
}

bool rg__infer_item_is_none(const rg_inference *inference, size_t index, size_t item)
{
    rg_value_kind kind = rg_value_get_kind(rg__infer_item(inference, index, item));
    return kind == RG_VALUE_NONE || kind == RG_VALUE_MISSING;
}

static bool int_of_value(const rg_inference *inference, rg_value value, int64_t *out)
{
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_BOOL:
        *out = rg_value_as_bool(value) ? 1 : 0;
        return true;
    case RG_VALUE_INT:
        return rg_value_as_int(inference->context, value, out);
    case RG_VALUE_SIZE:
        return rg_size_as_int(inference->context, rg_value_as_size(value), out);
    case RG_VALUE_NODE: {
        rg_type type = rg__infer_node_type(inference, rg_value_as_node(value));
        return rg_type_get_kind(inference->context, type) == RG_TYPE_SIZE &&
               rg_size_as_int(inference->context, rg_type_get_size(inference->context, type), out);
    }
    default:
        return false;
    }
}

bool rg__infer_int(const rg_inference *inference, size_t index, int64_t *out)
{
    return int_of_value(inference, rg__infer_argument(inference, index), out);
}

bool rg__infer_bool(const rg_inference *inference, size_t index, bool *out)
{
    int64_t value = 0;
    if (!rg__infer_int(inference, index, &value)) {
        return false;
    }
    *out = value != 0;
    return true;
}

bool rg__infer_value_size(rg_inference *inference, rg_value value, rg_size *out)
{
    int64_t integer = 0;
    rg_value_kind kind = rg_value_get_kind(value);
    if (kind == RG_VALUE_INT || kind == RG_VALUE_BOOL) {
        if (int_of_value(inference, value, &integer)) {
            *out = rg__infer_int_size(inference, integer);
            return !rg_size_is_null(*out);
        }
    } else if (kind == RG_VALUE_SIZE) {
        *out = rg_value_as_size(value);
        return true;
    } else if (kind == RG_VALUE_NODE) {
        rg_type type = rg__infer_node_type(inference, rg_value_as_node(value));
        if (rg_type_get_kind(inference->context, type) == RG_TYPE_SIZE) {
            *out = rg_type_get_size(inference->context, type);
            return !rg_size_is_null(*out);
        }
    }
    inference->unknown = true;
    return false;
}

bool rg__infer_size(rg_inference *inference, size_t index, rg_size *out)
{
    return rg__infer_value_size(inference, rg__infer_argument(inference, index), out);
}

static bool is_sequence(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

bool rg__infer_sizes(rg_inference *inference, size_t index, rg_size *out, uint32_t *count)
{
    rg_value value = rg__infer_argument(inference, index);
    if (!is_sequence(value)) {
        *count = 1;
        return rg__infer_value_size(inference, value, &out[0]);
    }
    size_t items = rg_value_count(inference->context, inference->graph, value);
    if (items > RG_MAX_RANK) {
        rg__infer_note_failure(inference,
                               rg__infer_fail(inference, RG_ERROR_LIMIT, "a list of %zu sizes; at most %d are handled",
                                              items, (int)RG_MAX_RANK));
        return false;
    }
    for (size_t i = 0; i < items; i++) {
        if (!rg__infer_value_size(inference, rg__infer_item(inference, index, i), &out[i])) {
            return false;
        }
    }
    *count = (uint32_t)items;
    return true;
}

bool rg__infer_ints(const rg_inference *inference, size_t index, int64_t *out, uint32_t *count)
{
    rg_value value = rg__infer_argument(inference, index);
    if (!is_sequence(value)) {
        *count = 1;
        return int_of_value(inference, value, &out[0]);
    }
    size_t items = rg_value_count(inference->context, inference->graph, value);
    if (items > RG_MAX_RANK) {
        return false;
    }
    for (size_t i = 0; i < items; i++) {
        if (!int_of_value(inference, rg__infer_item(inference, index, i), &out[i])) {
            return false;
        }
    }
    *count = (uint32_t)items;
    return true;
}

rg_dtype rg__infer_dtype(const rg_inference *inference, size_t index, rg_dtype fallback)
{
    rg_dtype dtype = rg_value_as_dtype(rg__infer_argument(inference, index));
    return dtype == RG_DTYPE_NONE ? fallback : dtype;
}

/* "cuda:1" or "cpu" written as a string. */
static rg_device device_of_text(const rg_inference *inference, rg_string text)
{
    rg_device device = {NULL, -1};
    rg_string kind = text;
    const char *colon = memchr(text.data, ':', text.size);
    int64_t index = -1;
    if (colon != NULL) {
        kind.size = (size_t)(colon - text.data);
        rg_string digits = {colon + 1, text.size - kind.size - 1};
        if (!rg__parse_int(digits, &index) || index < 0 || index > INT32_MAX) {
            return device;
        }
    }
    rg_string interned;
    if (rg_context_intern(&interned, inference->context, kind) == RG_OK) {
        device.kind = interned.data;
        device.index = (int32_t)index;
    }
    return device;
}

rg_device rg__infer_device(const rg_inference *inference, size_t index, rg_device fallback)
{
    rg_value value = rg__infer_argument(inference, index);
    rg_device device = fallback;
    if (rg_value_get_kind(value) == RG_VALUE_DEVICE) {
        device = rg_value_as_device(inference->context, value);
    } else if (rg_value_get_kind(value) == RG_VALUE_STRING) {
        device = device_of_text(inference, rg_value_as_text(inference->context, value));
    }
    /* A fake tensor on an accelerator always has an index: that of the current device, which is 0 in any dump. */
    if (device.kind != NULL && device.index < 0 && strcmp(device.kind, "cpu") != 0 &&
        strcmp(device.kind, "meta") != 0) {
        device.index = 0;
    }
    return device;
}

/* ---- answering ---- */

rg_status rg__shape_type(rg_inference *inference, const rg_shape *shape, rg_type *out)
{
    rg_tensor_type tensor = {.dtype = shape->dtype,
                             .rank = shape->rank,
                             .sizes = shape->sizes,
                             .strides = shape->has_strides ? shape->strides : NULL,
                             .device = shape->device};
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (rg_size_is_null(shape->sizes[i])) {
            inference->unknown = true;
            out->id = 0;
            return RG_OK;
        }
        if (shape->has_strides && rg_size_is_null(shape->strides[i])) {
            tensor.strides = NULL;
        }
    }
    return rg_type_from_tensor(out, inference->context, &tensor);
}

rg_status rg__infer_set_tensor(rg_inference *inference, const rg_shape *shape)
{
    return rg__shape_type(inference, shape, &inference->result);
}

rg_status rg__infer_set_tensors(rg_inference *inference, const rg_shape *shapes, size_t count)
{
    const rg_allocator *allocator = &inference->context->allocator;
    size_t bytes = (count + 1) * sizeof(rg_type);
    rg_type *items = rg__allocate(allocator, bytes);
    if (items == NULL) {
        return RG_ERROR_MEMORY;
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = rg__shape_type(inference, &shapes[i], &items[i]);
    }
    if (status == RG_OK && !inference->unknown) {
        status = rg_type_from_items(&inference->result, inference->context, items, count);
    }
    rg__free(allocator, items, bytes);
    return status;
}

rg_status rg__infer_set_size(rg_inference *inference, rg_size size)
{
    if (rg_size_is_null(size)) {
        inference->unknown = true;
        return RG_OK;
    }
    return rg_type_from_size(&inference->result, inference->context, size);
}

rg_status rg__infer_set_type(rg_inference *inference, rg_type type)
{
    inference->result = type;
    return RG_OK;
}

rg_status rg__infer_set_nothing(rg_inference *inference)
{
    return rg_type_nothing(&inference->result, inference->context);
}

rg_status rg__infer_fail(rg_inference *inference, rg_status code, const char *format, ...)
{
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    rg_string name = rg_op_name(inference->context, inference->op);
    if (written < 0) {
        message[0] = '\0';
    }
    if (inference->graph != NULL && !rg_node_is_null(inference->node)) {
        rg_string node = rg_node_name(inference->graph, inference->node);
        return rg__report(inference->context, code, "%.*s, node %.*s: %s", (int)name.size, name.data, (int)node.size,
                          node.data, message);
    }
    return rg__report(inference->context, code, "%.*s: %s", (int)name.size, name.data, message);
}

/* ---- size arithmetic ---- */

rg_size rg__infer_int_size(rg_inference *inference, int64_t value)
{
    rg_size size = {0};
    rg_status status = rg_size_from_int(&size, inference->context, value);
    if (status != RG_OK) {
        rg__infer_note_failure(inference, status);
    }
    return size;
}

static rg_size combine(rg_inference *inference, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_size size = {0};
    if (rg_size_is_null(a) || rg_size_is_null(b)) {
        inference->unknown = true;
        return size;
    }
    rg_status status = rg_size_combine(&size, inference->context, operation, a, b);
    if (status != RG_OK) {
        rg__infer_note_failure(inference, status);
        size.id = 0;
    }
    return size;
}

rg_size rg__infer_add(rg_inference *inference, rg_size a, rg_size b)
{
    return combine(inference, RG_SIZE_ADD, a, b);
}

rg_size rg__infer_subtract(rg_inference *inference, rg_size a, rg_size b)
{
    return combine(inference, RG_SIZE_SUBTRACT, a, b);
}

rg_size rg__infer_multiply(rg_inference *inference, rg_size a, rg_size b)
{
    return combine(inference, RG_SIZE_MULTIPLY, a, b);
}

rg_size rg__infer_floor_divide(rg_inference *inference, rg_size a, rg_size b)
{
    return combine(inference, RG_SIZE_FLOOR_DIVIDE, a, b);
}

rg_size rg__infer_max(rg_inference *inference, rg_size a, rg_size b)
{
    return combine(inference, RG_SIZE_MAX, a, b);
}

rg_size rg__infer_min(rg_inference *inference, rg_size a, rg_size b)
{
    return combine(inference, RG_SIZE_MIN, a, b);
}

bool rg__infer_same(rg_inference *inference, rg_size a, rg_size b)
{
    return rg_size_same(a, b) || rg_size_equal(inference->context, a, b) == RG_YES;
}

/* Does the relation hold in every example? */
static bool holds_in_examples(const rg_inference *inference, rg_size_operation operation, rg_size a, rg_size b)
{
    for (uint32_t i = 0; i < RG_SIZE_EXAMPLES; i++) {
        int64_t left = 0;
        int64_t right = 0;
        if (!rg__size_example(inference->context, a, i, &left) || !rg__size_example(inference->context, b, i, &right) ||
            !(operation == RG_SIZE_EQUAL        ? left == right
              : operation == RG_SIZE_LESS_EQUAL ? left <= right
                                                : right > 0 && left % right == 0)) {
            return false;
        }
    }
    return true;
}

bool rg__infer_seems_same(rg_inference *inference, rg_size a, rg_size b)
{
    rg_truth equal = rg_size_same(a, b) ? RG_YES : rg_size_equal(inference->context, a, b);
    return equal == RG_YES || (equal == RG_UNKNOWN && holds_in_examples(inference, RG_SIZE_EQUAL, a, b));
}

bool rg__infer_seems_at_most(rg_inference *inference, rg_size a, rg_size b)
{
    rg_truth at_most = rg_size_less_equal(inference->context, a, b);
    return at_most == RG_YES || (at_most == RG_UNKNOWN && holds_in_examples(inference, RG_SIZE_LESS_EQUAL, a, b));
}

bool rg__infer_seems_divisible(rg_inference *inference, rg_size size, rg_size divisor)
{
    rg_size whole = rg__infer_multiply(inference, rg__infer_floor_divide(inference, size, divisor), divisor);
    rg_truth equal = rg_size_equal(inference->context, whole, size);
    return equal == RG_YES || (equal == RG_UNKNOWN && holds_in_examples(inference, RG_SIZE_MODULO, size, divisor));
}

bool rg__infer_is_int(rg_inference *inference, rg_size a, int64_t value)
{
    int64_t integer = 0;
    return rg_size_as_int(inference->context, a, &integer) && integer == value;
}

bool rg__infer_is_one(rg_inference *inference, rg_size a)
{
    return rg__infer_is_int(inference, a, 1);
}
