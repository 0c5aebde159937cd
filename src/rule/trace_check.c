/*
 * trace_check.c: the check of a rule, traced: a truth value computed from the types and scalars that a match captures.
 *
 * What the rule itself decides (a declared dtype, a parameter) is computed at once. Everything else becomes a node that
 * the matcher evaluates (match/captured.c): operators as operator nodes, properties of captured tensors as calls of
 * getattr and of methods. `and` and `or` become operator.and_ and operator.or_ of truth values, which are decided as
 * soon as one side decides them.
 */
#include "rule/trace_table.h"

#include <stdio.h>

#include "ir/context_impl.h"
#include "rule/scalar.h"

/* ---- open values ---- */

/* Does the value, or an item of it, stand for something that only a match knows? */
static bool has_open(const rg_tracer *tracer, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    if (kind == RG_VALUE_NODE || kind == RG_VALUE_SIZE) {
        return true;
    }
    for (size_t i = 0; i < rg_value_count(tracer->context, tracer->graph, value); i++) {
        if (has_open(tracer, rg_value_item(tracer->context, tracer->graph, value, i))) {
            return true;
        }
    }
    return false;
}

bool rg__check_is_open(const rg_tracer *tracer, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return rg__trace_is_check(tracer) && (kind == RG_VALUE_NODE || kind == RG_VALUE_SIZE);
}

static rg_value record(rg_tracer *tracer, const char *name, rg_value a, rg_value b)
{
    char op[64];
    const rg_value operands[] = {a, b};
    snprintf(op, sizeof(op), "operator.%s", name);
    return rg__trace_record_scalar(tracer, op, operands, rg_value_is_missing(b) ? 1 : 2);
}

/* ---- and, or, not ---- */

/* Is the node True or False whatever is captured? `and` and `or` are made of such; a bitwise `&` begins with a number.
 */
static bool is_truth(const rg_tracer *tracer, rg_value value)
{
    static const char *const names[] = {"operator.eq", "operator.ne",   "operator.lt",    "operator.le",  "operator.gt",
                                        "operator.ge", "operator.not_", "operator.truth", "is_contiguous"};
    rg_string name = rg_op_name(tracer->context, rg_node_op(tracer->graph, rg_value_as_node(value)));
    while (rg_string_equal(name, rg_string_from("operator.and_")) ||
           rg_string_equal(name, rg_string_from("operator.or_"))) {
        value = rg_node_argument(tracer->graph, rg_value_as_node(value), 0);
        if (rg_value_get_kind(value) != RG_VALUE_NODE) {
            return false;
        }
        name = rg_op_name(tracer->context, rg_node_op(tracer->graph, rg_value_as_node(value)));
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (rg_string_equal(name, rg_string_from(names[i]))) {
            return true;
        }
    }
    return false;
}

/* The truth of a value, as Python has it. */
static rg_value truth(rg_tracer *tracer, rg_value value)
{
    int64_t number = 0;
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_BOOL:
        return value;
    case RG_VALUE_NONE:
        return rg_value_bool(false);
    case RG_VALUE_INT:
        return rg_value_bool(!rg_value_as_int(tracer->context, value, &number) || number != 0);
    case RG_VALUE_FLOAT:
        return rg_value_bool(rg_value_as_float(value) != 0);
    case RG_VALUE_NODE:
        return is_truth(tracer, value) ? value : record(tracer, "truth", value, rg_value_missing());
    case RG_VALUE_SIZE: {
        const rg_value operands[] = {value, rg__trace_int(tracer, 0)};
        return rg__trace_scalar(tracer, "operator.ne", operands, 2);
    }
    default:
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'and', 'or' and 'not' in checks need comparisons");
    }
}

rg_value rg__check_logic(rg_tracer *tracer, const char *name, rg_value a, rg_value b)
{
    bool is_or = strcmp(name, "or_") == 0;
    a = truth(tracer, a);
    b = truth(tracer, b);
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    if (rg_value_get_kind(a) == RG_VALUE_BOOL) {
        return rg_value_as_bool(a) == is_or ? a : b;
    }
    if (rg_value_get_kind(b) == RG_VALUE_BOOL) {
        return rg_value_as_bool(b) == is_or ? b : a;
    }
    return record(tracer, name, a, b);
}

rg_value rg__check_not(rg_tracer *tracer, rg_value value)
{
    value = truth(tracer, value);
    if (tracer->status == RG_OK && rg_value_get_kind(value) == RG_VALUE_BOOL) {
        return rg_value_bool(!rg_value_as_bool(value));
    }
    return tracer->status == RG_OK ? record(tracer, "not_", value, rg_value_missing()) : value;
}

/* ---- comparisons ---- */

static rg_value compare_lists(rg_tracer *tracer, rg_value a, rg_value b)
{
    size_t count = rg_value_count(tracer->context, tracer->graph, a);
    rg_value result = rg_value_bool(true);
    if (count != rg_value_count(tracer->context, tracer->graph, b)) {
        return rg_value_bool(false);
    }
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        rg_value left = rg_value_item(tracer->context, tracer->graph, a, i);
        rg_value right = rg_value_item(tracer->context, tracer->graph, b, i);
        result = rg__check_logic(tracer, "and_", result, rg__check_operator(tracer, "eq", left, right));
    }
    return result;
}

static rg_value check_equal(rg_tracer *tracer, rg_value a, rg_value b)
{
    bool is_open = has_open(tracer, a) || has_open(tracer, b);
    if (rg__trace_is_list(a) && rg__trace_is_list(b) && is_open) {
        return compare_lists(tracer, a, b);
    }
    if (is_open) {
        return record(tracer, "eq", a, b);
    }
    return rg_value_bool(rg_value_python_equal(tracer->context, tracer->graph, a, b));
}

rg_value rg__check_contains(rg_tracer *tracer, rg_value list, rg_value value)
{
    rg_value result = rg_value_bool(false);
    if (tracer->status == RG_OK && !rg__trace_is_list(list)) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'in' needs a list that is written out");
    }
    for (size_t i = 0; i < rg_value_count(tracer->context, tracer->graph, list) && tracer->status == RG_OK; i++) {
        rg_value item = rg_value_item(tracer->context, tracer->graph, list, i);
        result = rg__check_logic(tracer, "or_", result, rg__check_operator(tracer, "eq", value, item));
    }
    return tracer->status == RG_OK ? result : rg_value_missing();
}

rg_value rg__check_operator(rg_tracer *tracer, const char *name, rg_value a, rg_value b)
{
    char op[64];
    const rg_value operands[] = {a, b};
    bool two = !rg_value_is_missing(b);
    rg_string text = rg_string_from(name);
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    if (rg_string_equal(text, rg_string_from("not_"))) {
        return rg__check_not(tracer, a);
    }
    if (rg_string_equal(text, rg_string_from("truth"))) {
        return truth(tracer, a);
    }
    snprintf(op, sizeof(op), "%s%s", strcmp(name, "abs") == 0 ? "" : "operator.", name);
    if (rg__scalar_knows(rg_string_from(op)) && rg__trace_is_number(tracer, a) &&
        (!two || rg__trace_is_number(tracer, b))) {
        return rg__trace_scalar(tracer, op, operands, two ? 2 : 1);
    }
    if (rg_string_equal(text, rg_string_from("eq"))) {
        return check_equal(tracer, a, b);
    }
    if (rg_string_equal(text, rg_string_from("ne"))) {
        return rg__check_not(tracer, check_equal(tracer, a, b));
    }
    return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "a check computes with numbers and sizes, and compares");
}

/* math.isclose: |a - b| <= max(rel_tol * max(|a|, |b|), abs_tol) */
static rg_value check_close(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_value relative = rg__trace_is_given(a[2]) ? a[2] : rg_value_float(1e-09);
    rg_value absolute = rg__trace_is_given(a[3]) ? a[3] : rg_value_float(0.0);
    rg_value difference = rg__trace_scalar(tracer, "operator.sub", a, 2);
    difference = rg__trace_scalar(tracer, "abs", &difference, 1);
    const rg_value sizes[] = {rg__trace_scalar(tracer, "abs", &a[0], 1), rg__trace_scalar(tracer, "abs", &a[1], 1)};
    const rg_value scaled[] = {relative, rg__trace_scalar(tracer, "max", sizes, 2)};
    const rg_value bounds[] = {rg__trace_scalar(tracer, "operator.mul", scaled, 2), absolute};
    const rg_value compared[] = {difference, rg__trace_scalar(tracer, "max", bounds, 2)};
    return rg__trace_scalar(tracer, "operator.le", compared, 2);
}

/* ---- properties ---- */

/* What is declared of a captured tensor; null for anything else. */
static rg_type declared_type(const rg_tracer *tracer, rg_value base)
{
    for (uint32_t i = 0; i < tracer->inputs.count; i++) {
        const rg_trace_input *input = &tracer->inputs.items[i];
        if (input->kind == RG_RULE_INPUT_TENSOR && rg_node_same(input->node, rg_value_as_node(base))) {
            return input->declared;
        }
    }
    return (rg_type){0};
}

static rg_value tuple_of_sizes(rg_tracer *tracer, const rg_size *sizes, uint32_t rank)
{
    rg_value items[RG_MAX_RANK];
    for (uint32_t i = 0; i < rank; i++) {
        items[i] = rg__trace_size(tracer, sizes[i]);
    }
    return rg__trace_tuple(tracer, items, rank);
}

/* A property as far as the rule pins it; missing where it does not. */
static rg_value declared_property(rg_tracer *tracer, rg_value base, const char *name)
{
    rg_type type = declared_type(tracer, base);
    rg_tensor_type tensor = rg_type_get_tensor(tracer->context, type);
    if (rg_type_is_null(type)) {
        return rg_value_missing();
    }
    if (strcmp(name, "dtype") == 0 && tensor.dtype != RG_DTYPE_NONE) {
        return rg_value_dtype(tensor.dtype);
    }
    if (strcmp(name, "ndim") == 0) {
        return rg__trace_int(tracer, tensor.rank);
    }
    if (strcmp(name, "shape") == 0) {
        return tuple_of_sizes(tracer, tensor.sizes, tensor.rank);
    }
    if (strcmp(name, "stride") == 0 && tensor.strides != NULL) {
        return tuple_of_sizes(tracer, tensor.strides, tensor.rank);
    }
    return rg_value_missing();
}

/* x.shape, or x.stride() */
static rg_value record_property(rg_tracer *tracer, rg_value base, const char *name)
{
    bool is_method = strcmp(name, "stride") == 0 || strcmp(name, "numel") == 0 || strcmp(name, "is_contiguous") == 0;
    const rg_value operands[] = {base, rg__trace_string(tracer, name)};
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    return is_method ? rg__trace_record_method(tracer, name, base)
                     : rg__trace_record_scalar(tracer, "getattr", operands, 2);
}

rg_value rg__check_property(rg_tracer *tracer, rg_value base, const char *name, rg_value index)
{
    if (tracer->status == RG_OK && rg_value_get_kind(base) != RG_VALUE_NODE) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "this value has no '%s'", name);
    }
    rg_value property = declared_property(tracer, base, name);
    if (rg_value_is_missing(property)) {
        property = record_property(tracer, base, name);
    }
    if (!rg__trace_is_given(index) || tracer->status != RG_OK) {
        return property;
    }
    if (rg__trace_is_list(property)) {
        uint32_t rank = (uint32_t)rg_value_count(tracer->context, tracer->graph, property);
        uint32_t dim = rg__trace_read_dim(tracer, index, "dim", rank);
        return tracer->status == RG_OK ? rg_value_item(tracer->context, tracer->graph, property, dim)
                                       : rg_value_missing();
    }
    return record(tracer, "getitem", property, rg__trace_int(tracer, rg__trace_read_int(tracer, index, "dim")));
}

static rg_value check_contiguous(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    return rg__trace_is_check(tracer)
               ? rg__check_property(tracer, a[0], row->name, rg_value_missing())
               : rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "layouts are looked at in checks only");
}

/* Reached only outside of checks, where call_row does not take the operators over. */
static rg_value check_only(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)a;
    return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "operator.%s stands in checks only", row->name);
}

static const rg_trace_row rows[] = {
    {"not_", RG_IN_OPERATORS, "a", check_only, NULL},
    {"truth", RG_IN_OPERATORS, "a", check_only, NULL},
    {"isclose", RG_IN_MATH, "a, b, rel_tol=, abs_tol=", check_close, NULL},
    {"is_contiguous", RG_IN_METHODS, "self", check_contiguous, NULL},
};

const rg_trace_family rg__trace_check = {rows, sizeof(rows) / sizeof(rows[0]),
                                         RG_IN_METHODS | RG_IN_OPERATORS | RG_IN_MATH};
