/*
 * infer_higher_order.c: ops that call something else: another op (auto_functionalized, v1 and v2) or a submodule
 * (cond, while_loop, and the wrappers that mark a region).
 *
 * Their arguments have no schema of their own; they are read as the node writes them. A submodule's nodes are checked
 * as a graph of their own: here only the annotations of what it returns are read.
 */
#include "ir/context_impl.h"
#include "ops/op_rows.h"

/* ---- results of a submodule ---- */

/* The child graph that an argument names: `self.true_graph_0`, a get_attr node. */
static const rg_graph *child_of(const rg_inference *inference, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    if (inference->graph == NULL || rg_node_is_null(node) || rg_node_kind(inference->graph, node) != RG_OP_GET_ATTR) {
        return NULL;
    }
    rg_string target = rg_node_target(inference->graph, node);
    for (size_t i = 0; i < rg_graph_child_count(inference->graph); i++) {
        const rg_graph *child = rg_graph_child(inference->graph, i);
        if (rg_string_equal(rg_graph_name(child), target)) {
            return child;
        }
    }
    return NULL;
}

/* The `nth` submodule among the arguments, counted from 0. */
static const rg_graph *nth_child(const rg_inference *inference, size_t nth)
{
    for (size_t i = 0; i < inference->argument_count; i++) {
        const rg_graph *child = child_of(inference, inference->arguments[i]);
        if (child != NULL && nth-- == 0) {
            return child;
        }
    }
    return NULL;
}

/* The type of what a graph returns: one type, or a tuple of them. */
static rg_status returned_type(rg_inference *inference, const rg_graph *graph, rg_type *out)
{
    rg_context *context = inference->context;
    rg_node output = rg_graph_output(graph);
    if (rg_node_is_null(output) || rg_node_argument_count(graph, output) == 0) {
        return RG_OK;
    }
    rg_value value = rg_node_argument(graph, output, 0);
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        *out = rg_node_type(graph, rg_value_as_node(value));
        return RG_OK;
    }
    size_t count = rg_value_count(context, graph, value);
    size_t bytes = (count + 1) * sizeof(rg_type);
    rg_type *items = rg__allocate(&context->allocator, bytes);
    rg_status status = items == NULL ? RG_ERROR_MEMORY : RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_value item = rg_value_item(context, graph, value, i);
        items[i] = (rg_type){0};
        if (rg_value_get_kind(item) == RG_VALUE_NODE) {
            items[i] = rg_node_type(graph, rg_value_as_node(item));
        } else if (rg_value_get_kind(item) == RG_VALUE_NONE) {
            status = rg_type_nothing(&items[i], context);
        }
    }
    if (status == RG_OK) {
        status = rg_type_from_items(out, context, items, count);
    }
    rg__free(&context->allocator, items, bytes);
    return status;
}

static rg_status answer_child(rg_inference *inference, size_t nth)
{
    const rg_graph *child = nth_child(inference, nth);
    if (child == NULL) {
        inference->unknown = true;
        return RG_OK;
    }
    return returned_type(inference, child, &inference->result);
}

/* cond(predicate, true graph, false graph, operands), wrappers(..., graph, ...): what the first graph returns. Both
 * branches of a cond return the same types. */
rg_status rg__op_call_first_graph(rg_inference *inference)
{
    return answer_child(inference, 0);
}

/* while_loop(condition graph, body graph, carried, extra): what the body returns. */
rg_status rg__op_call_second_graph(rg_inference *inference)
{
    return answer_child(inference, 1);
}

/* ---- functionalised calls ---- */

enum { MAX_ARGUMENTS = 64, MAX_RESULTS = 128 };

/* The op that a call of auto_functionalized wraps, and its arguments in the order of its own schema. In v2 an argument
 * that is written to is the base it is a view of. */
typedef struct wrapped_call {
    rg_op op;
    const rg_op_descriptor *descriptor;
    rg_value arguments[MAX_ARGUMENTS];
    rg_type results[MAX_RESULTS];
    size_t result_count;
} wrapped_call;

static bool read_wrapped(const rg_inference *inference, wrapped_call *call)
{
    if (inference->graph == NULL || inference->argument_count == 0) {
        return false;
    }
    call->op = rg_value_as_op(inference->arguments[0]);
    if (rg_op_is_null(call->op)) {
        return false;
    }
    call->descriptor = rg__op_descriptor(inference->context, call->op);
    call->result_count = 0;
    if (call->descriptor == NULL || call->descriptor->schema == NULL ||
        call->descriptor->schema->argument_count > MAX_ARGUMENTS) {
        return false;
    }
    for (uint32_t i = 0; i < call->descriptor->schema->argument_count; i++) {
        call->arguments[i] = rg_node_schema_argument(inference->graph, inference->node, i);
    }
    return true;
}

static bool add_result(wrapped_call *call, rg_type type)
{
    if (call->result_count >= MAX_RESULTS) {
        return false;
    }
    call->results[call->result_count++] = type;
    return true;
}

/* What the wrapped op returns itself: its results, or one None when it returns nothing. */
static rg_status add_own_results(rg_inference *inference, wrapped_call *call)
{
    rg_context *context = inference->context;
    const rg_op_descriptor *op = call->descriptor;
    rg_type type = {0};
    rg_status status = RG_OK;
    if (op->schema->result_count == 0) {
        status = rg_type_nothing(&type, context);
        (void)add_result(call, type);
        return status;
    }
    if (op->infer != NULL) {
        status =
            op->infer(&type, context, inference->graph, call->arguments, op->schema->argument_count, op->infer_user);
    } else if (op->row != NULL && op->row->infer != NULL) {
        rg_inference inner = *inference;
        inner.op = call->op;
        inner.schema = op->schema;
        inner.arguments = call->arguments;
        inner.argument_count = op->schema->argument_count;
        status = op->row->infer(&inner);
        status = status == RG_OK ? inner.failure : status;
        type = inner.unknown ? type : inner.result;
    }
    if (status != RG_OK || op->schema->result_count == 1) {
        (void)add_result(call, type);
        return status;
    }
    for (uint32_t i = 0; i < op->schema->result_count; i++) {
        bool known = rg_type_get_kind(context, type) == RG_TYPE_TUPLE && i < rg_type_item_count(context, type);
        (void)add_result(call, known ? rg_type_item(context, type, i) : (rg_type){0});
    }
    return status;
}

/* The new value of something that was written to has the type of the old one. Lists give tuples, None stays None. */
static rg_status type_of_written(rg_inference *inference, rg_value value, rg_type *out)
{
    rg_context *context = inference->context;
    rg_value_kind kind = rg_value_get_kind(value);
    *out = (rg_type){0};
    if (kind == RG_VALUE_NONE || kind == RG_VALUE_MISSING) {
        return rg_type_nothing(out, context);
    }
    if (kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE) {
        *out = rg__infer_value_type(inference, value);
        return RG_OK;
    }
    rg_type items[MAX_RESULTS];
    size_t count = rg_value_count(context, inference->graph, value);
    if (count > MAX_RESULTS) {
        return RG_OK;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = rg__infer_value_type(inference, rg_value_item(context, inference->graph, value, i));
    }
    return rg_type_from_items(out, context, items, count);
}

static rg_status answer_wrapped(rg_inference *inference, const wrapped_call *call)
{
    return rg_type_from_items(&inference->result, inference->context, call->results, call->result_count);
}

/* v1: the op's own results, then the new value of each argument that it writes, in the order of its schema. */
rg_status rg__op_auto_functionalized(rg_inference *inference)
{
    wrapped_call call;
    if (!read_wrapped(inference, &call)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = add_own_results(inference, &call);
    const rg_schema *schema = call.descriptor->schema;
    for (uint32_t i = 0; i < schema->argument_count && status == RG_OK; i++) {
        rg_type type;
        if (schema->arguments[i].mutated) {
            status = type_of_written(inference, call.arguments[i], &type);
            (void)add_result(&call, type);
        }
    }
    return status == RG_OK ? answer_wrapped(inference, &call) : status;
}

/* v2: the op's own results, then the new value of each of `_all_bases`. */
rg_status rg__op_auto_functionalized_v2(rg_inference *inference)
{
    wrapped_call call;
    if (!read_wrapped(inference, &call)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_status status = add_own_results(inference, &call);
    rg_value bases = rg_node_keyword(inference->graph, inference->node, rg_string_from("_all_bases"));
    size_t count = rg_value_count(inference->context, inference->graph, bases);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_type type;
        status = type_of_written(inference, rg_value_item(inference->context, inference->graph, bases, i), &type);
        if (status == RG_OK && !add_result(&call, type)) {
            status = rg__infer_fail(inference, RG_ERROR_LIMIT, "more than %d results", (int)MAX_RESULTS);
        }
    }
    return status == RG_OK ? answer_wrapped(inference, &call) : status;
}
