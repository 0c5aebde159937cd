/*
 * trace_value.c: making and reading the values of a trace: sizes, lists, words, tensors of known type.
 */
#include "rule/tracer.h"

#include <stdarg.h>
#include <stdio.h>

#include "ir/context_impl.h"

/* ---- failing ---- */

rg_value rg__trace_fail(rg_tracer *tracer, rg_status code, const char *format, ...)
{
    char message[512];
    va_list arguments;
    int prefix = tracer->callee == NULL ? 0 : snprintf(message, 128, "%s: ", tracer->callee);
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    va_start(arguments, format);
    vsnprintf(message + prefix, sizeof(message) - (size_t)prefix, format, arguments);
    va_end(arguments);
    tracer->status = rg__place_report(&tracer->place, tracer->context, RG_SEVERITY_ERROR, code, "%s", message);
    return rg_value_missing();
}

bool rg__trace_ok(rg_tracer *tracer, rg_status status)
{
    if (tracer->status == RG_OK && status != RG_OK) {
        tracer->status = status;
        rg__place_diagnostics(&tracer->place, tracer->context, tracer->reported);
    }
    return tracer->status == RG_OK;
}

/* ---- making values ---- */

rg_value rg__trace_int(rg_tracer *tracer, int64_t value)
{
    rg_value result = rg_value_missing();
    rg__trace_ok(tracer, rg_value_int(&result, tracer->context, value));
    return result;
}

rg_value rg__trace_string(rg_tracer *tracer, const char *text)
{
    rg_value result = rg_value_missing();
    rg__trace_ok(tracer, rg_value_string(&result, tracer->context, rg_string_from(text)));
    return result;
}

rg_value rg__trace_device(rg_tracer *tracer, rg_device device)
{
    rg_value result = rg_value_missing();
    if (device.kind != NULL) {
        rg__trace_ok(tracer, rg_value_device(&result, tracer->context, device));
    }
    return result;
}

rg_value rg__trace_size(rg_tracer *tracer, rg_size size)
{
    int64_t number = 0;
    if (rg_size_as_int(tracer->context, size, &number)) {
        return rg__trace_int(tracer, number);
    }
    return rg_size_is_null(size) ? rg_value_missing() : rg_value_size(size);
}

static rg_value make_items(rg_tracer *tracer, rg_value_kind kind, const rg_value *items, size_t count)
{
    rg_value result = rg_value_missing();
    if (tracer->status == RG_OK) {
        rg__trace_ok(tracer, rg_value_items(&result, tracer->context, tracer->graph, kind, items, count));
    }
    return result;
}

rg_value rg__trace_list(rg_tracer *tracer, const rg_value *items, size_t count)
{
    return make_items(tracer, RG_VALUE_LIST, items, count);
}

rg_value rg__trace_tuple(rg_tracer *tracer, const rg_value *items, size_t count)
{
    return make_items(tracer, RG_VALUE_TUPLE, items, count);
}

rg_value rg__trace_size_list(rg_tracer *tracer, const rg_size *sizes, size_t count)
{
    rg_value items[RG_MAX_RANK];
    for (size_t i = 0; i < count; i++) {
        items[i] = rg__trace_size(tracer, sizes[i]);
    }
    return rg__trace_list(tracer, items, count);
}

rg_value rg__trace_int_list(rg_tracer *tracer, const int64_t *numbers, size_t count)
{
    rg_value items[RG_MAX_RANK];
    for (size_t i = 0; i < count; i++) {
        items[i] = rg__trace_int(tracer, numbers[i]);
    }
    return rg__trace_list(tracer, items, count);
}

rg_value rg__trace_word(rg_tracer *tracer, rg_value_kind kind, const char *text)
{
    rg_value result = rg_value_missing();
    rg__trace_ok(tracer, rg_value_text(&result, tracer->context, kind, rg_string_from(text)));
    return result;
}

/* ---- size variables ---- */

bool rg__trace_find_variable(const rg_tracer *tracer, rg_string name, rg_size *out)
{
    for (uint32_t i = 0; i < tracer->variables.count; i++) {
        *out = tracer->variables.items[i];
        if (rg_string_equal(rg_size_as_symbol(tracer->context, *out), name)) {
            return true;
        }
    }
    return false;
}

rg_size rg__trace_variable(rg_tracer *tracer, rg_string name)
{
    rg_size size = {0};
    if (tracer->status == RG_OK && !rg__trace_find_variable(tracer, name, &size) &&
        rg__trace_ok(tracer, rg_size_from_symbol(&size, tracer->context, name)) &&
        !rg__vector_push(&tracer->context->allocator, &tracer->variables, size)) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
    return size;
}

/* ---- what a value is ---- */

bool rg__trace_is_given(rg_value value)
{
    return !rg_value_is_missing(value) && rg_value_get_kind(value) != RG_VALUE_NONE;
}

bool rg__trace_is_list(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

bool rg__trace_scalar_kind(rg_rule_input_kind *out, rg_value value)
{
    static const struct {
        rg_value_kind value;
        rg_rule_input_kind input;
    } kinds[] = {
        {RG_VALUE_INT, RG_RULE_INPUT_INT},        {RG_VALUE_FLOAT, RG_RULE_INPUT_FLOAT},
        {RG_VALUE_BOOL, RG_RULE_INPUT_BOOL},      {RG_VALUE_STRING, RG_RULE_INPUT_STRING},
        {RG_VALUE_DTYPE, RG_RULE_INPUT_DTYPE},    {RG_VALUE_LIST, RG_RULE_INPUT_INT_LIST},
        {RG_VALUE_TUPLE, RG_RULE_INPUT_INT_LIST},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (rg_value_get_kind(value) == kinds[i].value) {
            *out = kinds[i].input;
            return true;
        }
    }
    return false;
}

bool rg__trace_is_scalar_node(const rg_tracer *tracer, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    if (rg_node_is_null(node)) {
        return false;
    }
    if (rg_type_get_kind(tracer->context, rg_node_type(tracer->graph, node)) == RG_TYPE_SIZE) {
        return true;
    }
    for (uint32_t i = 0; i < tracer->inputs.count; i++) {
        rg_rule_input_kind kind = tracer->inputs.items[i].kind;
        if (rg_node_same(tracer->inputs.items[i].node, node)) {
            return kind != RG_RULE_INPUT_TENSOR && kind != RG_RULE_INPUT_TENSOR_LIST;
        }
    }
    return false;
}

bool rg__trace_is_tensor(const rg_tracer *tracer, rg_value value)
{
    return rg_value_get_kind(value) == RG_VALUE_NODE && !rg__trace_is_scalar_node(tracer, value) &&
           !rg__trace_is_open_list(tracer, value);
}

bool rg__trace_is_number(const rg_tracer *tracer, rg_value value)
{
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_BOOL:
    case RG_VALUE_INT:
    case RG_VALUE_FLOAT:
    case RG_VALUE_SIZE:
        return true;
    default:
        return rg__trace_is_scalar_node(tracer, value);
    }
}

/* ---- reading values ---- */

rg_node rg__trace_read_tensor(rg_tracer *tracer, rg_value value, const char *what)
{
    if (tracer->status == RG_OK && !rg__trace_is_tensor(tracer, value)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%s' must be a tensor", what);
    }
    return tracer->status == RG_OK ? rg_value_as_node(value) : (rg_node){0};
}

bool rg__trace_read_shape(rg_tracer *tracer, rg_value value, const char *what, rg_shape *out)
{
    rg_node node = rg__trace_read_tensor(tracer, value, what);
    if (tracer->status != RG_OK) {
        return false;
    }
    rg_inference inference = rg__trace_layout(tracer);
    if (!rg__shape_from_type(&inference, rg_node_type(tracer->graph, node), out)) {
        rg_string name = rg_node_name(tracer->graph, node);
        rg__trace_fail(tracer, RG_ERROR_TYPE, "the type of '%.*s' is needed here and not known; declare it",
                       (int)name.size, name.data);
    }
    return tracer->status == RG_OK;
}

int64_t rg__trace_read_int(rg_tracer *tracer, rg_value value, const char *what)
{
    int64_t result = 0;
    if (tracer->status == RG_OK && !rg_value_as_int(tracer->context, value, &result)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%s' must be an integer", what);
    }
    return result;
}

bool rg__trace_read_bool(rg_tracer *tracer, rg_value value, const char *what, bool fallback)
{
    if (tracer->status == RG_OK && rg_value_get_kind(value) == RG_VALUE_BOOL) {
        return rg_value_as_bool(value);
    }
    if (tracer->status == RG_OK && rg__trace_is_given(value)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%s' must be True or False", what);
    }
    return fallback;
}

rg_size rg__trace_read_size(rg_tracer *tracer, rg_value value, const char *what)
{
    rg_size size = rg_value_as_size(value);
    int64_t number = 0;
    if (tracer->status != RG_OK || !rg_size_is_null(size)) {
        return size;
    }
    if (rg_value_as_int(tracer->context, value, &number)) {
        rg__trace_ok(tracer, rg_size_from_int(&size, tracer->context, number));
    } else {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%s' must be an integer or a size", what);
    }
    return size;
}

uint32_t rg__trace_read_items(rg_tracer *tracer, rg_value value, const char *what, rg_value *items)
{
    if (tracer->status != RG_OK) {
        return 0;
    }
    if (!rg__trace_is_list(value)) {
        items[0] = value;
        return 1;
    }
    size_t count = rg_value_count(tracer->context, tracer->graph, value);
    if (count > RG_MAX_RANK) {
        rg__trace_fail(tracer, RG_ERROR_LIMIT, "'%s' has more than %d items", what, RG_MAX_RANK);
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = rg_value_item(tracer->context, tracer->graph, value, i);
    }
    return (uint32_t)count;
}

uint32_t rg__trace_read_dim(rg_tracer *tracer, rg_value value, const char *what, uint32_t rank)
{
    int64_t dim = rg__trace_read_int(tracer, value, what);
    int64_t wrapped = dim < 0 ? dim + (int64_t)rank : dim;
    if (tracer->status == RG_OK && (wrapped < 0 || wrapped >= (int64_t)rank)) {
        rg__trace_fail(tracer, RG_ERROR_TYPE, "'%s' is %lld, out of range for a tensor of rank %u", what,
                       (long long)dim, rank);
    }
    return tracer->status == RG_OK ? (uint32_t)wrapped : 0;
}

rg_dtype rg__trace_dtype(const rg_tracer *tracer, rg_value tensor)
{
    return rg_type_get_tensor(tracer->context, rg_tracer_type(tracer, tensor)).dtype;
}

/* ---- sizes and layouts ---- */

rg_inference rg__trace_layout(rg_tracer *tracer)
{
    rg_inference inference;
    memset(&inference, 0, sizeof(inference));
    inference.context = tracer->context;
    inference.graph = tracer->graph;
    inference.op = rg_context_find_op(tracer->context, rg_string_from("aten.view.default"));
    return inference;
}

bool rg__trace_layout_ok(rg_tracer *tracer, const rg_inference *inference)
{
    return rg__trace_ok(tracer, inference->failure);
}

rg_size rg__trace_combine(rg_tracer *tracer, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_size result = {0};
    if (tracer->status == RG_OK) {
        rg__trace_ok(tracer, rg_size_combine(&result, tracer->context, operation, a, b));
    }
    return result;
}

bool rg__trace_size_is(rg_tracer *tracer, rg_size size, int64_t value)
{
    int64_t number = 0;
    return rg_size_as_int(tracer->context, size, &number) && number == value;
}
