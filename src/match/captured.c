/*
 * captured.c: computing with what a match has captured. How Python computes is in rule/scalar.c; here operands are
 * looked up, and that something cannot be computed is an answer, not an error.
 */
#include "match/captured.h"

#include "ir/graph_impl.h"
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

/* A size under the bindings, if it comes to an integer. */
static rg_status evaluate_size(rg_value *out, const rg_scalar_scope *scope, rg_size size)
{
    rg_size value = {0};
    int64_t integer = 0;
    *out = rg_value_missing();
    rg_status status = rg__known_size(&value, scope->context, size, &scope->sizes);
    if (status == RG_OK && !rg_size_is_null(value) && rg_size_as_int(scope->context, value, &integer)) {
        status = rg_value_int(out, scope->context, integer);
    }
    return status;
}

static rg_status operand_of(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_value value,
                            uint32_t depth)
{
    bool is_replacement = owner == scope->rule->replacement;
    rg_status status = RG_OK;
    *out = value;
    if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        return evaluate_size(out, scope, rg_value_as_size(value));
    }
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return RG_OK;
    }
    rg_node node = rg_value_as_node(value);
    for (size_t i = 0; i < scope->rule->input_count; i++) {
        const rg_rule_input *input = &scope->rule->inputs[i];
        if (rg_node_same(is_replacement ? input->replacement : input->pattern, node)) {
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
    rg_value_kind kind = rg_value_get_kind(list);
    int64_t count = (int64_t)rg_value_count(scope->context, scope->graph, list);
    if ((kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE) || !rg_value_as_int(scope->context, index, &position)) {
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
    if (status != RG_OK || rg_value_get_kind(*out) == RG_VALUE_SIZE) {
        *out = rg_value_missing();
    }
    return hush(context, status, diagnostic_count, &ignored);
}

static rg_status evaluate(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node,
                          uint32_t depth)
{
    rg_value operands[2];
    size_t count = rg_node_argument_count(owner, node);
    rg_op_kind kind = rg_node_kind(owner, node);
    *out = rg_value_missing();
    if ((kind != RG_OP_OPERATOR && kind != RG_OP_FUNCTION) || count == 0 || count > 2 ||
        depth > scope->context->limits.max_depth) {
        return RG_OK;
    }
    for (size_t i = 0; i < count; i++) {
        rg_status status = operand_of(&operands[i], scope, owner, rg_node_argument(owner, node, i), depth);
        if (status != RG_OK) {
            return status;
        }
    }
    rg_string name = rg_op_name(scope->context, rg_node_op(owner, node));
    if (count == 2 && rg_string_equal(name, rg_string_from("operator.getitem"))) {
        *out = item_of(scope, operands[0], operands[1]);
        return RG_OK;
    }
    return compute(out, scope->context, name, operands, count);
}

rg_status rg__scalar_of_node(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node)
{
    /* An ellipsis, which no scalar is, marks what has not been computed yet. */
    for (uint32_t id = 0; id <= owner->id_count; id++) {
        scope->known[id] = rg_value_ellipsis();
    }
    return evaluate(out, scope, owner, node, 0);
}
