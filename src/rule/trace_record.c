/*
 * trace_record.c: recording one call of an op: leaving out defaults, computing the type, taking results apart.
 */
#include "rule/tracer.h"

#include "ir/context_impl.h"
#include "rule/demands.h"
#include "rule/unknowns.h"

enum { RG_TRACE_MAX_ARGUMENTS = 64 };

/* ---- defaults ---- */

static size_t find_argument(rg_tracer *tracer, rg_op op, rg_string name, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rg_argument_info info;
        if (rg__trace_ok(tracer, rg_op_argument(&info, tracer->context, op, i)) && rg_string_equal(info.name, name)) {
            return i;
        }
    }
    return count;
}

static rg_value default_value(rg_tracer *tracer, rg_op op, size_t index)
{
    rg_argument_info info;
    return rg__trace_ok(tracer, rg_op_argument(&info, tracer->context, op, index)) ? info.default_value
                                                                                   : rg_value_missing();
}

static bool is_default(rg_tracer *tracer, rg_op op, size_t index, rg_value value)
{
    rg_value otherwise = default_value(tracer, op, index);
    return !rg_value_is_missing(otherwise) && rg_value_equal(tracer->context, tracer->graph, value, otherwise);
}

/* Copy the arguments that say something: neither missing nor, at the end or by keyword, the schema's default. */
static size_t drop_defaults(rg_tracer *tracer, rg_op op, const rg_argument *arguments, size_t count, rg_argument *kept)
{
    size_t schema_count = rg_op_argument_count(tracer->context, op);
    size_t positional = 0;
    while (positional < count && arguments[positional].name.size == 0) {
        positional++;
    }
    size_t used = positional;
    while (used > 0 && (rg_value_is_missing(arguments[used - 1].value) ||
                        (used <= schema_count && is_default(tracer, op, used - 1, arguments[used - 1].value)))) {
        used--;
    }
    for (size_t i = 0; i < used; i++) {
        kept[i] = arguments[i];
        if (rg_value_is_missing(kept[i].value)) {
            kept[i].value = default_value(tracer, op, i);
        }
    }
    for (size_t i = positional; i < count; i++) {
        size_t index = find_argument(tracer, op, arguments[i].name, schema_count);
        if (!rg_value_is_missing(arguments[i].value) &&
            !(index < schema_count && is_default(tracer, op, index, arguments[i].value))) {
            kept[used++] = arguments[i];
        }
    }
    return used;
}

/* ---- recording ---- */

/* PyTorch's tracer makes a getitem for each tensor among several results at once; those unused are dead code. */
static void record_items(rg_tracer *tracer, rg_value call, rg_type type)
{
    size_t count = rg_type_item_count(tracer->context, type);
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        if (rg_type_get_kind(tracer->context, rg_type_item(tracer->context, type, i)) == RG_TYPE_TENSOR) {
            rg__trace_item(tracer, call, i);
        }
    }
}

/* Compute the node's type. Different variables are different sizes; those of example inputs may turn out to be equal
 * (unknowns.h). */
static rg_type infer(rg_tracer *tracer, rg_node node)
{
    rg_type type = {0};
    rg_status status = tracer->unknowns != NULL ? rg__unknowns_prepare(tracer->unknowns, tracer, node)
                                                : rg__demands_check(tracer, node);
    if (status == RG_OK) {
        status = rg__node_infer_last(&type, tracer->graph, node);
    }
    rg__trace_ok(tracer, status);
    return type;
}

/* The same for calls of torch.ops, whose failure no decomposition takes care of. */
static void repair(rg_tracer *tracer, const rg_argument *arguments, size_t count, uint32_t reported)
{
    rg_value values[RG_TRACE_MAX_ARGUMENTS];
    for (size_t i = 0; i < count && i < RG_TRACE_MAX_ARGUMENTS; i++) {
        values[i] = arguments[i].value;
    }
    rg__trace_repair(tracer, values, count < RG_TRACE_MAX_ARGUMENTS ? count : RG_TRACE_MAX_ARGUMENTS, reported);
}

/* After a failure: open sizes among the arguments may be what it is about. They are merged or fixed then, and what was
 * reported is taken back, because the trace starts anew. */
void rg__trace_repair(rg_tracer *tracer, const rg_value *arguments, size_t count, uint32_t reported)
{
    if (tracer->status != RG_ERROR_TYPE || tracer->unknowns == NULL) {
        return;
    }
    if (!tracer->unknowns->changed) {
        rg_status status = rg__unknowns_repair(tracer->unknowns, tracer, arguments, count);
        tracer->status = status == RG_OK ? tracer->status : status;
    }
    if (tracer->unknowns->changed) {
        tracer->context->diagnostics.count = reported;
    }
}

void rg__trace_note_place(rg_tracer *tracer, rg_node node)
{
    static const rg_place none = {NULL, 0, 0};
    bool done = true;
    if (tracer->place.source == NULL) {
        return;
    }
    while (tracer->places.count <= node.id && done) {
        done = rg__vector_push(&tracer->context->allocator, &tracer->places, none);
    }
    if (!done) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
        return;
    }
    tracer->places.items[node.id] = tracer->place;
}

rg_value rg__trace_record_as_written(rg_tracer *tracer, rg_op op, const rg_argument *arguments, size_t count)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node = {0};
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    description.op = op;
    description.arguments = arguments;
    description.argument_count = count;
    if (!rg__trace_ok(tracer, rg_graph_insert(&node, tracer->graph, (rg_node){0}, &description))) {
        return rg_value_missing();
    }
    rg__trace_note_place(tracer, node);
    uint32_t reported = tracer->context->diagnostics.count;
    rg_type type = infer(tracer, node);
    /* A size is never a node (rule_impl.h). */
    if (tracer->status == RG_OK && rg_type_get_kind(tracer->context, type) == RG_TYPE_SIZE) {
        rg__trace_ok(tracer, rg_graph_erase(tracer->graph, node));
        return rg__trace_size(tracer, rg_type_get_size(tracer->context, type));
    }
    if (tracer->status != RG_OK) {
        repair(tracer, arguments, count, reported);
        rg__trace_ok(tracer, rg_graph_erase(tracer->graph, node)); /* the first failure stays */
        return rg_value_missing();
    }
    rg_graph_set_type(tracer->graph, node, type);
    record_items(tracer, rg_value_node(node), type);
    return rg_value_node(node);
}

rg_value rg__trace_record(rg_tracer *tracer, const char *name, const rg_argument *arguments, size_t count)
{
    rg_argument kept[RG_TRACE_MAX_ARGUMENTS];
    rg_op op = rg_context_find_op(tracer->context, rg_string_from(name));
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    if (rg_op_is_null(op)) {
        return rg__trace_fail(tracer, RG_ERROR_UNKNOWN_OP, "op %s is not known", name);
    }
    return rg__trace_record_as_written(tracer, op, kept, drop_defaults(tracer, op, arguments, count, kept));
}

rg_value rg__trace_record_values(rg_tracer *tracer, const char *name, const rg_value *values, size_t count)
{
    rg_argument arguments[RG_TRACE_MAX_ARGUMENTS];
    for (size_t i = 0; i < count; i++) {
        arguments[i] = RG_POSITION(values[i]);
    }
    return rg__trace_record(tracer, name, arguments, count);
}

/* ---- results ---- */

bool rg__trace_item_count(const rg_tracer *tracer, rg_value value, size_t *out)
{
    rg_node node = rg_value_as_node(value);
    if (rg__trace_is_list(value)) {
        *out = rg_value_count(tracer->context, tracer->graph, value);
        return true;
    }
    if (rg_node_is_null(node)) {
        return false;
    }
    rg_type type = rg_node_type(tracer->graph, node);
    rg_op op = rg_node_op(tracer->graph, node);
    if (rg_type_get_kind(tracer->context, type) == RG_TYPE_TUPLE) {
        *out = rg_type_item_count(tracer->context, type);
        return true;
    }
    *out = rg_op_has_schema(tracer->context, op) ? rg_op_result_count(tracer->context, op) : 0;
    return rg_type_is_null(type) && *out > 1;
}

/* Is the node's value a list, by the schema of its op or of the op that it takes a result of? */
static bool is_list(const rg_tracer *tracer, rg_node node)
{
    const rg_graph *graph = tracer->graph;
    rg_op op = rg_node_op(graph, node);
    int64_t index = 0;
    bool is_item = rg_op_get_kind(tracer->context, op) == RG_OP_OPERATOR &&
                   rg_string_equal(rg_op_name(tracer->context, op), rg_string_from("operator.getitem"));
    if (is_item) {
        op = rg_node_op(graph, rg_value_as_node(rg_node_argument(graph, node, 0)));
        (void)rg_value_as_int(tracer->context, rg_node_argument(graph, node, 1), &index);
    }
    const rg_op_descriptor *descriptor = rg__op_descriptor(tracer->context, op);
    if (descriptor == NULL || descriptor->schema == NULL) {
        return !is_item && rg_op_get_kind(tracer->context, op) == RG_OP_HIGHER_ORDER;
    }
    const rg_schema *schema = descriptor->schema;
    if (index < 0 || index >= (int64_t)schema->result_count || (!is_item && schema->result_count != 1)) {
        return false;
    }
    rg_string type = schema->result_types[index];
    return type.size > 0 && type.data[type.size - 1] == ']';
}

/* Does subscripting the value take one of its results, even if their number is not known? */
bool rg__trace_has_items(const rg_tracer *tracer, rg_value value)
{
    size_t count = 0;
    rg_node node = rg_value_as_node(value);
    if (rg__trace_item_count(tracer, value, &count) || rg_node_is_null(node)) {
        return !rg_node_is_null(node) || count > 0;
    }
    for (uint32_t i = 0; i < tracer->inputs.count; i++) {
        if (rg_node_same(tracer->inputs.items[i].node, node)) {
            return tracer->inputs.items[i].kind == RG_RULE_INPUT_INT_LIST;
        }
    }
    return rg_type_is_null(rg_node_type(tracer->graph, node)) && is_list(tracer, node);
}

static rg_op getitem_op(rg_tracer *tracer)
{
    rg_op op = {0};
    rg__trace_ok(tracer,
                 rg_context_intern_op(&op, tracer->context, RG_OP_OPERATOR, rg_string_from("operator.getitem")));
    return op;
}

/* The getitem of `call` at `index` that is there already; null if none. */
static rg_node find_item(const rg_tracer *tracer, rg_op getitem, rg_node call, size_t index)
{
    for (size_t i = 0; i < rg_node_use_count(tracer->graph, call); i++) {
        rg_node user = rg_node_use(tracer->graph, call, i).user;
        int64_t at = 0;
        if (rg_op_same(rg_node_op(tracer->graph, user), getitem) && rg_node_argument_count(tracer->graph, user) == 2 &&
            rg_value_as_int(tracer->context, rg_node_argument(tracer->graph, user, 1), &at) && at == (int64_t)index) {
            return user;
        }
    }
    return (rg_node){0};
}

/* A node without type: which tensor it is, a match tells. */
rg_value rg__trace_list_item(rg_tracer *tracer, rg_value list, int64_t index)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    const rg_argument arguments[] = {RG_POSITION(list), RG_POSITION(rg__trace_int(tracer, index))};
    rg_node node = {0};
    if (tracer->role == RG_TRACE_CHECK && tracer->status == RG_OK) {
        const rg_value operands[] = {list, arguments[1].value};
        return rg__trace_record_scalar(tracer, "operator.getitem", operands, 2);
    }
    if (tracer->status == RG_OK && rg_node_kind(tracer->graph, rg_value_as_node(list)) != RG_OP_PLACEHOLDER) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "items of a list that is made of each item");
    }
    description.op = getitem_op(tracer);
    description.arguments = arguments;
    description.argument_count = 2;
    if (tracer->status == RG_OK) {
        rg__trace_ok(tracer, rg_graph_insert(&node, tracer->graph, (rg_node){0}, &description));
        rg__trace_note_place(tracer, node);
    }
    return tracer->status == RG_OK ? rg_value_node(node) : rg_value_missing();
}

rg_value rg__trace_item(rg_tracer *tracer, rg_value value, size_t index)
{
    size_t count = 0;
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    if (rg__trace_is_open_list(tracer, value)) {
        return rg__trace_list_item(tracer, value, (int64_t)index);
    }
    bool counted = rg__trace_item_count(tracer, value, &count);
    if (counted && index >= count) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "there are %zu results, none at index %zu", count, index);
    }
    if (rg__trace_is_list(value)) {
        return rg_value_item(tracer->context, tracer->graph, value, index);
    }
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "this value has no items");
    }
    if (rg__trace_is_scalar_node(tracer, value)) {
        const rg_value operands[] = {value, rg__trace_int(tracer, (int64_t)index)};
        return rg__trace_record_scalar(tracer, "operator.getitem", operands, 2);
    }
    rg_op getitem = getitem_op(tracer);
    rg_node known = find_item(tracer, getitem, rg_value_as_node(value), index);
    if (!rg_node_is_null(known)) {
        return rg_value_node(known);
    }
    const rg_argument arguments[] = {RG_POSITION(value), RG_POSITION(rg__trace_int(tracer, (int64_t)index))};
    return rg__trace_record_as_written(tracer, getitem, arguments, 2);
}
