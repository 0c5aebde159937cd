/*
 * normalize.c: arguments in normal form, so that calls that mean the same have equal arguments: dimensions counted from
 * the front, slice ends within the size, one integer where a list is meant made a list, and sizes that only describe
 * the result taken from the result's type.
 */
#include "ir/context_impl.h"
#include "ir/value_impl.h"
#include "ops/infer.h"

/* The call being normalised. */
typedef struct rg_normal_call {
    rg_context *context;
    rg_graph *graph;
    rg_node node;
    const rg_schema *schema;
} rg_normal_call;

static rg_status value_of_size(rg_value *out, rg_context *context, rg_size size)
{
    int64_t integer = 0;
    if (rg_size_as_int(context, size, &integer)) {
        return rg_value_int(out, context, integer);
    }
    *out = rg_value_size(size);
    return RG_OK;
}

/* The type of the first tensor argument; null when there is none or its type is not known. */
static rg_type first_tensor(const rg_normal_call *call)
{
    rg_type none = {0};
    for (uint32_t i = 0; i < call->schema->argument_count; i++) {
        rg_value value = rg_node_schema_argument(call->graph, call->node, i);
        if (rg_value_get_kind(value) == RG_VALUE_LIST && rg_value_count(call->context, call->graph, value) > 0) {
            value = rg_value_item(call->context, call->graph, value, 0); /* Tensor[] */
        }
        if (rg_value_get_kind(value) == RG_VALUE_NODE) {
            rg_type type = rg_node_type(call->graph, rg_value_as_node(value));
            return rg_type_get_kind(call->context, type) == RG_TYPE_TENSOR ? type : none;
        }
    }
    return none;
}

static rg_status normal_dim(rg_value *out, const rg_normal_call *call, rg_value value, int64_t rank)
{
    int64_t dim = 0;
    *out = value;
    if (rg_value_get_kind(value) != RG_VALUE_INT || !rg_value_as_int(call->context, value, &dim) || dim >= 0) {
        return RG_OK;
    }
    int64_t span = rank == 0 ? 1 : rank;
    return dim + span < 0 ? RG_OK : rg_value_int(out, call->context, dim + span);
}

static bool is_sequence(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

/* Is there a dimension counted from the back? */
static bool has_negative(const rg_normal_call *call, rg_value value)
{
    int64_t dim = 0;
    bool found = rg_value_as_int(call->context, value, &dim) && dim < 0;
    size_t count = is_sequence(value) ? rg_value_count(call->context, call->graph, value) : 0;
    for (size_t i = 0; i < count && !found; i++) {
        found = rg_value_as_int(call->context, rg_value_item(call->context, call->graph, value, i), &dim) && dim < 0;
    }
    return found;
}

static rg_status normal_dims(rg_value *out, const rg_normal_call *call, rg_value value, int64_t rank)
{
    if (!is_sequence(value)) {
        return normal_dim(out, call, value, rank);
    }
    rg_value items[RG_MAX_RANK];
    size_t count = rg_value_count(call->context, call->graph, value);
    *out = value;
    if (count > RG_MAX_RANK) {
        return RG_OK;
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = normal_dim(&items[i], call, rg_value_item(call->context, call->graph, value, i), rank);
    }
    if (status == RG_OK) {
        status = rg_value_items(out, call->context, call->graph, RG_VALUE_LIST, items, count);
    }
    return status;
}

/* The sizes of a tensor as a list. The context remembers it: the same few types are asked about over and over. */
static rg_status sizes_of_type(rg_value *out, const rg_normal_call *call, rg_type type)
{
    rg_context *context = call->context;
    rg_value items[RG_MAX_RANK];
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    uint32_t list = 0;
    if (tensor.rank > RG_MAX_RANK) {
        return RG_OK;
    }
    if (rg__map_find(&context->size_lists, type.id, &list)) {
        *out = rg__value_make(RG_TAG_CONSTANT, RG_VALUE_LIST, list);
        return RG_OK;
    }
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < tensor.rank && status == RG_OK; i++) {
        status = value_of_size(&items[i], context, tensor.sizes[i]);
    }
    if (status == RG_OK) {
        status = rg_value_items(out, context, NULL, RG_VALUE_LIST, items, tensor.rank);
    }
    if (status == RG_OK && !rg__map_set(&context->allocator, &context->size_lists, type.id, rg__value_low(*out))) {
        status = rg__report_memory(context);
    }
    return status;
}

/* A bound of a slice as a size; false when it is neither number nor symbolic integer. */
static bool bound_of_value(rg_size *out, const rg_normal_call *call, rg_value value)
{
    int64_t integer = 0;
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_INT:
        return rg_value_as_int(call->context, value, &integer) &&
               rg_size_from_int(out, call->context, integer) == RG_OK;
    case RG_VALUE_SIZE:
        *out = rg_value_as_size(value);
        return true;
    case RG_VALUE_NODE:
        *out = rg_type_get_size(call->context, rg_node_type(call->graph, rg_value_as_node(value)));
        return !rg_size_is_null(*out);
    default:
        return false;
    }
}

/* The size of the sliced dimension; false when not known. */
static bool sliced_size(rg_size *out, const rg_normal_call *call)
{
    rg_tensor_type tensor = rg_type_get_tensor(call->context, first_tensor(call));
    for (uint32_t i = 0; i < call->schema->argument_count; i++) {
        if (call->schema->arguments[i].role != RG_ROLE_DIM) {
            continue;
        }
        int64_t dim = 0;
        if (!rg_value_as_int(call->context, rg_node_schema_argument(call->graph, call->node, i), &dim)) {
            return false;
        }
        dim = dim < 0 ? dim + (int64_t)tensor.rank : dim;
        if (dim < 0 || dim >= (int64_t)tensor.rank) {
            return false;
        }
        *out = tensor.sizes[dim];
        return true;
    }
    return false;
}

/* Negative bounds count from the end; bounds outside of the dimension mean its ends. */
static rg_status normal_bound(rg_value *out, const rg_normal_call *call, rg_value value, bool is_start)
{
    rg_context *context = call->context;
    rg_size size = {0};
    rg_size bound = {0};
    rg_size zero = {0};
    *out = value;
    if (!sliced_size(&size, call) || rg_size_from_int(&zero, context, 0) != RG_OK) {
        return RG_OK;
    }
    if (rg_value_get_kind(value) == RG_VALUE_NONE) {
        return value_of_size(out, context, is_start ? zero : size);
    }
    if (!bound_of_value(&bound, call, value)) {
        return RG_OK;
    }
    if (rg_size_less_equal(context, zero, bound) == RG_NO) {
        rg_status status = rg_size_combine(&bound, context, RG_SIZE_ADD, bound, size);
        if (status != RG_OK) {
            return status;
        }
        if (rg_size_less_equal(context, zero, bound) == RG_NO) {
            bound = zero;
        }
    }
    int64_t integer = 0;
    if (rg_size_less_equal(context, size, bound) == RG_YES ||
        (rg_size_as_int(context, bound, &integer) && integer == INT64_MAX)) {
        bound = size;
    }
    return value_of_size(out, context, bound);
}

/* One integer for a list becomes the list, a tuple becomes a list. */
static rg_status normal_list(rg_value *out, const rg_normal_call *call, size_t integers, rg_value value)
{
    rg_value items[RG_MAX_RANK];
    rg_value_kind kind = rg_value_get_kind(value);
    *out = value;
    if (kind == RG_VALUE_TUPLE) {
        size_t count = rg_value_count(call->context, call->graph, value);
        if (count > RG_MAX_RANK) {
            return RG_OK;
        }
        for (size_t i = 0; i < count; i++) {
            items[i] = rg_value_item(call->context, call->graph, value, i);
        }
        return rg_value_items(out, call->context, call->graph, RG_VALUE_LIST, items, count);
    }
    bool single = kind == RG_VALUE_INT || kind == RG_VALUE_SIZE || kind == RG_VALUE_NODE;
    if (!single || integers == 0 || integers > RG_MAX_RANK) {
        return RG_OK;
    }
    for (size_t i = 0; i < integers; i++) {
        items[i] = value;
    }
    return rg_value_items(out, call->context, call->graph, RG_VALUE_LIST, items, integers);
}

static rg_status normal_argument(rg_value *out, const rg_normal_call *call, const rg_schema_argument *argument,
                                 rg_value value)
{
    rg_status status = normal_list(out, call, argument->integers, value);
    if (status != RG_OK || argument->role == RG_ROLE_PLAIN) {
        return status;
    }
    bool is_dimension = argument->role == RG_ROLE_DIM || argument->role == RG_ROLE_DIM_RESULT;
    if (is_dimension && !has_negative(call, *out)) {
        return RG_OK;
    }
    rg_type result = rg_node_type(call->graph, call->node);
    bool result_known = rg_type_get_kind(call->context, result) == RG_TYPE_TENSOR;
    rg_type first = is_dimension ? first_tensor(call) : (rg_type){0};
    switch ((rg_argument_role)argument->role) {
    case RG_ROLE_PLAIN:
        break;
    case RG_ROLE_DIM:
        if (!rg_type_is_null(first)) {
            status = normal_dims(out, call, *out, rg_type_get_tensor(call->context, first).rank);
        }
        break;
    case RG_ROLE_DIM_RESULT:
        if (result_known) {
            status = normal_dims(out, call, *out, rg_type_get_tensor(call->context, result).rank);
        }
        break;
    case RG_ROLE_RESULT_SIZE:
        if (result_known) {
            status = sizes_of_type(out, call, result);
        }
        break;
    case RG_ROLE_END:
        status = normal_bound(out, call, *out, rg_string_equal(argument->name, rg_string_from("start")));
        break;
    }
    return status;
}

rg_status rg_node_normal_argument(rg_value *out, rg_graph *graph, rg_node node, size_t index)
{
    rg_context *context = rg_graph_context(graph);
    const rg_op_descriptor *op = rg__op_descriptor(context, rg_node_op(graph, node));
    rg_value value = rg_node_schema_argument(graph, node, index);
    rg_normal_call call = {context, graph, node, op == NULL ? NULL : op->schema};
    *out = value;
    if (call.schema == NULL || index >= call.schema->argument_count || rg_value_is_missing(value)) {
        return RG_OK;
    }
    const rg_schema_argument *argument = &call.schema->arguments[index];
    if (rg__argument_is_plain(argument) && rg_value_get_kind(value) != RG_VALUE_TUPLE) {
        return RG_OK;
    }
    rg_status status = normal_argument(out, &call, argument, value);
    if (status != RG_OK) {
        *out = rg_value_missing();
    }
    return status;
}
