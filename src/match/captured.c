/*
 * captured.c: computing with what a match has captured. How Python computes is in rule/scalar.c; here operands are
 * looked up, and that something cannot be computed is an answer, not an error.
 */
#include "match/captured.h"

#include "ir/graph_impl.h"
#include "ops/infer.h"
#include "rule/scalar.h"

/* ---- sizes ---- */

/* Drop what a computation that cannot be done has reported. */
static rg_status hush(rg_context *context, rg_status status, uint32_t diagnostic_count, rg_size *out)
{
    if (status == RG_OK || status == RG_ERROR_MEMORY) {
        return status;
    }
    *out = (rg_size){0};
    if (context->diagnostics.count > diagnostic_count) {
        context->diagnostics.count = diagnostic_count;
    }
    return RG_OK;
}

rg_status rg__known_size(rg_size *out, rg_context *context, rg_size size, const rg_known_sizes *known)
{
    uint32_t diagnostic_count = context->diagnostics.count;
    *out = (rg_size){0};
    if (rg_size_has_other_symbols(context, size, known->symbols, known->count)) {
        return RG_OK;
    }
    return hush(context, rg_size_substitute(out, context, size, known->symbols, known->sizes, known->count),
                diagnostic_count, out);
}

rg_status rg__combine_quietly(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    uint32_t diagnostic_count = context->diagnostics.count;
    return hush(context, rg_size_combine(out, context, operation, a, b), diagnostic_count, out);
}

/* ---- from the graph's nodes to operands ---- */

static rg_status evaluate(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node,
                          uint32_t depth);

/* A size under the bindings: an integer where it comes to one. */
static rg_status evaluate_size(rg_value *out, const rg_scalar_scope *scope, rg_size size)
{
    rg_size value = {0};
    int64_t integer = 0;
    *out = rg_value_missing();
    rg_status status = rg__known_size(&value, scope->context, size, &scope->sizes);
    if (status != RG_OK || rg_size_is_null(value)) {
        return status;
    }
    if (rg_size_as_int(scope->context, value, &integer)) {
        return rg_value_int(out, scope->context, integer);
    }
    *out = rg_value_size(value);
    return RG_OK;
}

/* The same for sizes of the graph, which are known as they are. */
static rg_status size_value(rg_value *out, rg_context *context, rg_size size)
{
    int64_t integer = 0;
    *out = rg_value_size(size);
    return rg_size_as_int(context, size, &integer) ? rg_value_int(out, context, integer) : RG_OK;
}

static rg_node input_node(const rg_rule_input *input, const rg_rule *rule, const rg_graph *owner)
{
    return owner == rule->replacement ? input->replacement : owner == rule->guard ? input->guard : input->pattern;
}

static bool is_list(rg_value value)
{
    return rg_value_get_kind(value) == RG_VALUE_LIST || rg_value_get_kind(value) == RG_VALUE_TUPLE;
}

static rg_status operand_of(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_value value,
                            uint32_t depth);

/* A list that is written out, such as the declared shape of an input; missing if an item is. */
static rg_status list_operand(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_value list,
                              uint32_t depth)
{
    rg_value items[RG_MAX_RANK];
    rg_status status = RG_OK;
    bool is_known = true;
    size_t count = rg_value_count(scope->context, owner, list);
    for (size_t i = 0; i < count && i < RG_MAX_RANK && status == RG_OK; i++) {
        status = operand_of(&items[i], scope, owner, rg_value_item(scope->context, owner, list, i), depth + 1);
        is_known =
            is_known && rg_value_get_kind(items[i]) != RG_VALUE_MISSING && rg_value_get_kind(items[i]) != RG_VALUE_NODE;
    }
    *out = rg_value_missing();
    return status == RG_OK && is_known && count <= RG_MAX_RANK
               ? rg_value_items(out, scope->context, NULL, RG_VALUE_TUPLE, items, count)
               : status;
}

static rg_status operand_of(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_value value,
                            uint32_t depth)
{
    rg_status status = RG_OK;
    *out = value;
    if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        return evaluate_size(out, scope, rg_value_as_size(value));
    }
    if (is_list(value) && depth < scope->context->limits.max_depth) {
        return list_operand(out, scope, owner, value, depth);
    }
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return RG_OK;
    }
    rg_node node = rg_value_as_node(value);
    for (size_t i = 0; i < scope->rule->input_count; i++) {
        if (rg_node_same(input_node(&scope->rule->inputs[i], scope->rule, owner), node)) {
            *out = scope->inputs[i];
            return RG_OK;
        }
    }
    if (rg_value_get_kind(scope->known[node.id]) == RG_VALUE_ELLIPSIS) {
        status = evaluate(out, scope, owner, node, depth + 1);
        scope->known[node.id] = *out;
    }
    *out = scope->known[node.id];
    return status;
}

/* `dims[0]` of a captured list. */
static rg_value item_of(const rg_scalar_scope *scope, rg_value list, rg_value index)
{
    int64_t position = 0;
    int64_t count = (int64_t)rg_value_count(scope->context, scope->graph, list);
    if (!is_list(list) || !rg_value_as_int(scope->context, index, &position)) {
        return rg_value_missing();
    }
    position = position < 0 ? position + count : position;
    return position < 0 || position >= count ? rg_value_missing()
                                             : rg_value_item(scope->context, scope->graph, list, (size_t)position);
}

/* What Python refuses is missing too, and not reported. */
static rg_status compute(rg_value *out, rg_context *context, rg_string op, const rg_value *operands, size_t count)
{
    uint32_t diagnostic_count = context->diagnostics.count;
    rg_size ignored = {0};
    rg_status status = rg__scalar_compute(out, context, op, operands, count);
    if (status != RG_OK) {
        *out = rg_value_missing();
    }
    return hush(context, status, diagnostic_count, &ignored);
}

/* ---- what only checks ask ---- */

/* Are two values equal? Missing where it is not certain. */
static rg_status compare(rg_value *out, const rg_scalar_scope *scope, rg_value a, rg_value b)
{
    const rg_value operands[] = {a, b};
    rg_status status = compute(out, scope->context, rg_string_from("operator.eq"), operands, 2);
    bool is_size = rg_value_get_kind(a) == RG_VALUE_SIZE || rg_value_get_kind(b) == RG_VALUE_SIZE;
    if (status != RG_OK || !rg_value_is_missing(*out) || is_size) {
        return status;
    }
    if (!is_list(a) || !is_list(b)) {
        *out = rg_value_bool(rg_value_python_equal(scope->context, scope->graph, a, b));
        return RG_OK;
    }
    size_t count = rg_value_count(scope->context, scope->graph, a);
    rg_value result = rg_value_bool(count == rg_value_count(scope->context, scope->graph, b));
    for (size_t i = 0; i < count && status == RG_OK && rg_value_as_bool(result); i++) {
        status = compare(&result, scope, rg_value_item(scope->context, scope->graph, a, i),
                         rg_value_item(scope->context, scope->graph, b, i));
    }
    *out = result;
    return status;
}

/* `and`, `or` of truth values: what one side decides need not be known of the other. */
static rg_value logic(bool is_or, rg_value a, rg_value b)
{
    for (int i = 0; i < 2; i++) {
        rg_value side = i == 0 ? a : b;
        if (rg_value_get_kind(side) == RG_VALUE_BOOL && rg_value_as_bool(side) == is_or) {
            return side;
        }
    }
    return rg_value_get_kind(a) == RG_VALUE_BOOL ? b : rg_value_missing();
}

static rg_status sizes_of(rg_value *out, const rg_scalar_scope *scope, const rg_size *sizes, uint32_t rank)
{
    rg_value items[RG_MAX_RANK];
    rg_status status = RG_OK;
    if (sizes == NULL && rank != 0) {
        return RG_OK;
    }
    for (uint32_t i = 0; i < rank && status == RG_OK; i++) {
        status = size_value(&items[i], scope->context, sizes[i]);
    }
    return status == RG_OK ? rg_value_items(out, scope->context, NULL, RG_VALUE_TUPLE, items, rank) : status;
}

static rg_status layout_property(rg_value *out, const rg_scalar_scope *scope, rg_type type, bool asks_count)
{
    rg_shape shape;
    rg_size count;
    rg_inference inference = {.context = scope->context, .graph = (rg_graph *)scope->graph};
    uint32_t diagnostic_count = scope->context->diagnostics.count;
    if (!rg__shape_from_type(&inference, type, &shape)) {
        return hush(scope->context, inference.failure, diagnostic_count, &count);
    }
    if (asks_count) {
        count = rg__shape_element_count(&inference, &shape);
        rg_status status = hush(scope->context, inference.failure, diagnostic_count, &count);
        return status != RG_OK || rg_size_is_null(count) ? status : size_value(out, scope->context, count);
    }
    if (shape.has_strides) {
        *out = rg_value_bool(rg__shape_is_contiguous(&inference, &shape));
    }
    return hush(scope->context, inference.failure, diagnostic_count, &count);
}

/* `x.dtype`, `x.stride()`: what the graph tells of a captured tensor, else missing. */
static rg_status property(rg_value *out, const rg_scalar_scope *scope, rg_value base, rg_string name)
{
    rg_type type = rg_node_type(scope->graph, rg_value_as_node(base));
    rg_tensor_type tensor = rg_type_get_tensor(scope->context, type);
    *out = rg_value_missing();
    if (rg_value_get_kind(base) == RG_VALUE_DEVICE) {
        rg_device device = rg_value_as_device(scope->context, base);
        if (rg_string_equal(name, rg_string_from("type"))) {
            return rg_value_string(out, scope->context, rg_string_from(device.kind));
        }
        *out = rg_value_none();
        return device.index < 0 ? RG_OK : rg_value_int(out, scope->context, device.index);
    }
    if (rg_value_get_kind(base) != RG_VALUE_NODE || rg_type_get_kind(scope->context, type) != RG_TYPE_TENSOR) {
        return RG_OK;
    }
    if (rg_string_equal(name, rg_string_from("dtype"))) {
        *out = tensor.dtype == RG_DTYPE_NONE ? *out : rg_value_dtype(tensor.dtype);
        return RG_OK;
    }
    if (rg_string_equal(name, rg_string_from("device"))) {
        return tensor.device.kind == NULL ? RG_OK : rg_value_device(out, scope->context, tensor.device);
    }
    if (rg_string_equal(name, rg_string_from("ndim"))) {
        return rg_value_int(out, scope->context, tensor.rank);
    }
    if (rg_string_equal(name, rg_string_from("shape"))) {
        return sizes_of(out, scope, tensor.sizes, tensor.rank);
    }
    if (rg_string_equal(name, rg_string_from("stride"))) {
        return sizes_of(out, scope, tensor.strides, tensor.rank);
    }
    return layout_property(out, scope, type, rg_string_equal(name, rg_string_from("numel")));
}

/* ---- one node ---- */

static rg_status evaluate_call(rg_value *out, const rg_scalar_scope *scope, rg_string name, const rg_value *operands,
                               size_t count)
{
    if (rg_string_equal(name, rg_string_from("operator.getitem"))) {
        *out = item_of(scope, operands[0], operands[count - 1]);
        return RG_OK;
    }
    if (rg_string_equal(name, rg_string_from("operator.eq"))) {
        return compare(out, scope, operands[0], operands[count - 1]);
    }
    if (rg_string_equal(name, rg_string_from("getattr"))) {
        return property(out, scope, operands[0], rg_value_as_text(scope->context, operands[count - 1]));
    }
    if (rg_string_equal(name, rg_string_from("len"))) {
        size_t length = rg_value_count(scope->context, scope->graph, operands[0]);
        return is_list(operands[0]) ? rg_value_int(out, scope->context, (int64_t)length) : RG_OK;
    }
    return compute(out, scope->context, name, operands, count);
}

static rg_status evaluate(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node,
                          uint32_t depth)
{
    rg_value operands[2];
    size_t count = rg_node_argument_count(owner, node);
    rg_op_kind kind = rg_node_kind(owner, node);
    bool is_known = true;
    *out = rg_value_missing();
    if ((kind != RG_OP_OPERATOR && kind != RG_OP_FUNCTION && kind != RG_OP_METHOD) || count == 0 || count > 2 ||
        depth > scope->context->limits.max_depth) {
        return RG_OK;
    }
    rg_string name = rg_op_name(scope->context, rg_node_op(owner, node));
    bool is_or = rg_string_equal(name, rg_string_from("operator.or_"));
    bool is_logic = is_or || rg_string_equal(name, rg_string_from("operator.and_"));
    for (size_t i = 0; i < count; i++) {
        rg_status status = operand_of(&operands[i], scope, owner, rg_node_argument(owner, node, i), depth);
        if (status != RG_OK) {
            return status;
        }
        if (is_logic && rg_value_get_kind(operands[i]) == RG_VALUE_BOOL && rg_value_as_bool(operands[i]) == is_or) {
            *out = operands[i]; /* decides, so that long checks mostly end early */
            return RG_OK;
        }
        is_known = is_known && !rg_value_is_missing(operands[i]);
    }
    if (is_logic && (!is_known || rg_value_get_kind(operands[0]) == RG_VALUE_BOOL)) {
        *out = logic(is_or, operands[0], operands[count - 1]);
        return RG_OK;
    }
    if (!is_known) {
        return RG_OK;
    }
    return kind == RG_OP_METHOD ? property(out, scope, operands[0], name)
                                : evaluate_call(out, scope, name, operands, count);
}

/* An ellipsis, which no scalar is, marks what has not been computed yet. */
static void forget_known(const rg_scalar_scope *scope, const rg_graph *owner)
{
    for (uint32_t id = 0; id <= owner->id_count; id++) {
        scope->known[id] = rg_value_ellipsis();
    }
}

rg_status rg__scalar_of_node(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node)
{
    forget_known(scope, owner);
    rg_status status = evaluate(out, scope, owner, node, 0);
    if (rg_value_get_kind(*out) == RG_VALUE_SIZE) {
        *out = rg_value_missing();
    }
    return status;
}

static bool is_true(const rg_scalar_scope *scope, rg_value verdict)
{
    int64_t number = 0;
    rg_value_kind kind = rg_value_get_kind(verdict);
    return kind == RG_VALUE_BOOL
               ? rg_value_as_bool(verdict)
               : kind == RG_VALUE_INT && rg_value_as_int(scope->context, verdict, &number) && number != 0;
}

rg_status rg__guard_holds(bool *out, const rg_scalar_scope *scope)
{
    const rg_graph *guard = scope->rule->guard;
    rg_value verdict = rg_value_missing();
    forget_known(scope, guard);
    rg_status status = operand_of(&verdict, scope, guard, rg_node_argument(guard, rg_graph_output(guard), 0), 0);
    *out = is_true(scope, verdict);
    return status;
}

rg_status rg__guard_blame(rg_node *out, const rg_scalar_scope *scope)
{
    const rg_graph *guard = scope->rule->guard;
    rg_value blamed = rg_node_argument(guard, rg_graph_output(guard), 0);
    forget_known(scope, guard);
    for (;;) {
        rg_node node = rg_value_as_node(blamed);
        rg_string op = rg_op_name(scope->context, rg_node_op(guard, node));
        *out = node;
        if (rg_node_is_null(node) || !rg_string_equal(op, rg_string_from("operator.and_"))) {
            return RG_OK;
        }
        rg_value first = rg_value_missing();
        rg_status status = operand_of(&first, scope, guard, rg_node_argument(guard, node, 0), 0);
        if (status != RG_OK) {
            return status;
        }
        blamed = rg_node_argument(guard, node, is_true(scope, first) ? 1 : 0);
    }
}
