/*
 * trace_arithmetic.c: elementwise functions and Python's operators: arithmetic, comparisons, logic, bits.
 *
 * PyTorch keeps a number as an argument of the Tensor overload of add, sub, mul and div, and of the Scalar overload of
 * comparisons and bit operations. A number on the left of a tensor changes sides or op as noted at each function.
 */
#include "rule/trace_table.h"

#include <stdio.h>

/* "aten.eq" and "Scalar" to "aten.eq.Scalar" */
typedef struct op_name {
    char text[64];
} op_name;

static op_name overload(const char *base, const char *name)
{
    op_name result;
    snprintf(result.text, sizeof(result.text), "%s.%s", base, name);
    return result;
}

static bool both_numbers(const rg_tracer *tracer, const rg_value *a)
{
    return rg__trace_is_number(tracer, a[0]) && rg__trace_is_number(tracer, a[1]);
}

/* The operator that does to numbers what the row does to tensors: rows of torch functions and methods share it. */
static rg_value on_numbers(rg_tracer *tracer, const char *operator, const rg_value * a)
{
    return rg__trace_scalar(tracer, operator, a, 2);
}

/* Tensor and tensor, or tensor and number; anything else is reported. */
static bool check_operands(rg_tracer *tracer, rg_value x, rg_value y)
{
    rg__trace_read_tensor(tracer, x, "input");
    if (tracer->status == RG_OK && !rg__trace_is_tensor(tracer, y) && !rg__trace_is_number(tracer, y)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'other' must be a tensor or a number");
    }
    return tracer->status == RG_OK;
}

static rg_value trace_unary(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, row->op, a[0]);
}

/* Operators on one operand, which may be a number: the row's name is also the operator's. */
static rg_value trace_sign(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    if (rg__trace_is_number(tracer, a[0])) {
        op_name name = overload("operator", row->name);
        return rg__trace_scalar(tracer, strcmp(row->name, "abs") == 0 ? "abs" : name.text, a, 1);
    }
    return row->op == NULL ? a[0] : trace_unary(tracer, row, a);
}

static rg_value trace_square(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg__trace_read_tensor(tracer, a[0], "input");
    return rg__emit(tracer, "aten.pow.Tensor_Scalar", a[0], rg__trace_int(tracer, 2));
}

/* ---- add, sub, mul, div ---- */

static rg_value concatenate(rg_tracer *tracer, rg_value a, rg_value b)
{
    rg_value items[2 * RG_MAX_RANK];
    uint32_t count = rg__trace_read_items(tracer, a, "list", items);
    count += rg__trace_read_items(tracer, b, "list", items + count);
    return rg_value_get_kind(a) == RG_VALUE_TUPLE ? rg__trace_tuple(tracer, items, count)
                                                  : rg__trace_list(tracer, items, count);
}

static rg_value trace_add(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (rg__trace_is_list(a[0]) && rg__trace_is_list(a[1])) {
        return concatenate(tracer, a[0], a[1]);
    }
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.add", a);
    }
    bool swap = rg__trace_is_number(tracer, a[0]);
    rg_value x = swap ? a[1] : a[0];
    rg_value y = swap ? a[0] : a[1];
    check_operands(tracer, x, y);
    return rg__emit_call(tracer, "aten.add.Tensor", RG_POSITION(x), RG_POSITION(y), RG_KEYWORD("alpha", a[2]));
}

/* number - tensor stays sub, with the number first */
static rg_value trace_subtract(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.sub", a);
    }
    bool swap = rg__trace_is_number(tracer, a[0]);
    check_operands(tracer, swap ? a[1] : a[0], swap ? a[0] : a[1]);
    return rg__emit_call(tracer, "aten.sub.Tensor", RG_POSITION(a[0]), RG_POSITION(a[1]), RG_KEYWORD("alpha", a[2]));
}

static rg_value trace_subtract_reversed(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    const rg_value swapped[] = {a[1], a[0], a[2]};
    return trace_subtract(tracer, row, swapped);
}

static rg_value trace_multiply(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.mul", a);
    }
    bool swap = rg__trace_is_number(tracer, a[0]);
    rg_value x = swap ? a[1] : a[0];
    rg_value y = swap ? a[0] : a[1];
    check_operands(tracer, x, y);
    return rg__emit(tracer, "aten.mul.Tensor", x, y);
}

/* number / tensor is reciprocal, then mul */
static rg_value trace_divide(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.truediv", a);
    }
    if (rg__trace_is_number(tracer, a[0]) && !rg__trace_is_given(a[2])) {
        rg__trace_read_tensor(tracer, a[1], "other");
        rg_value reciprocal = rg__emit(tracer, "aten.reciprocal.default", a[1]);
        return rg__emit(tracer, "aten.mul.Tensor", reciprocal, a[0]);
    }
    check_operands(tracer, a[0], a[1]);
    if (rg__trace_is_given(a[2])) {
        return rg__emit_call(tracer, "aten.div.Tensor_mode", RG_POSITION(a[0]), RG_POSITION(a[1]),
                             RG_KEYWORD("rounding_mode", a[2]));
    }
    return rg__emit(tracer, "aten.div.Tensor", a[0], a[1]);
}

static rg_value trace_floor_divide(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.floordiv", a);
    }
    check_operands(tracer, a[0], a[1]);
    const rg_value floored[] = {a[0], a[1], rg__trace_string(tracer, "floor")};
    return trace_divide(tracer, row, floored);
}

static rg_value trace_remainder(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.mod", a);
    }
    check_operands(tracer, a[0], a[1]);
    op_name name = overload(row->op, rg__trace_is_number(tracer, a[1]) ? "Scalar" : "Tensor");
    return rg__emit(tracer, name.text, a[0], a[1]);
}

static rg_value trace_power(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (both_numbers(tracer, a)) {
        return on_numbers(tracer, "operator.pow", a);
    }
    if (rg__trace_is_number(tracer, a[0])) {
        rg__trace_read_tensor(tracer, a[1], "exponent");
        return rg__emit(tracer, "aten.pow.Scalar", a[0], a[1]);
    }
    check_operands(tracer, a[0], a[1]);
    return rg__emit(tracer, rg__trace_is_number(tracer, a[1]) ? "aten.pow.Tensor_Scalar" : "aten.pow.Tensor_Tensor",
                    a[0], a[1]);
}

/* ---- two tensors, no numbers ---- */

static rg_value trace_binary(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg__trace_read_tensor(tracer, a[0], "input");
    rg__trace_read_tensor(tracer, a[1], "other");
    return rg__emit(tracer, row->op, a[0], a[1]);
}

static rg_value trace_ternary(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    return rg__emit_call(tracer, row->op, RG_POSITION(a[0]), RG_POSITION(a[1]), RG_POSITION(a[2]),
                         RG_KEYWORD("value", a[3]));
}

/* lerp by a number below one half starts from its first operand, else from its second. */
static rg_value trace_lerp(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    double weight = rg_value_as_float(a[2]);
    if (tracer->status == RG_OK && rg_value_get_kind(a[2]) != RG_VALUE_FLOAT) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'weight' must be a float");
    }
    bool from_end = !(weight < 0.5);
    rg_value difference = rg__emit(tracer, "aten.sub.Tensor", a[1], a[0]);
    return rg__emit_call(tracer, "aten.add.Tensor", RG_POSITION(from_end ? a[1] : a[0]), RG_POSITION(difference),
                         RG_KEYWORD("alpha", rg_value_float(from_end ? weight - 1 : weight)));
}

/* ---- comparisons ---- */

/* The comparison seen from the other side. */
static const char *mirror(const char *op)
{
    static const char *const pairs[][2] = {{"aten.lt", "aten.gt"}, {"aten.le", "aten.ge"}};
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(op, pairs[i][0]) == 0) {
            return pairs[i][1];
        }
        if (strcmp(op, pairs[i][1]) == 0) {
            return pairs[i][0];
        }
    }
    return op;
}

static rg_value compare_constants(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool equal = rg_value_python_equal(tracer->context, tracer->graph, a[0], a[1]);
    if (strcmp(row->name, "eq") == 0 || strcmp(row->name, "ne") == 0) {
        return rg_value_bool(equal == (row->name[0] == 'e'));
    }
    return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "these values have no order");
}

static rg_value trace_compare(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool tensors = rg__trace_is_tensor(tracer, a[0]) || rg__trace_is_tensor(tracer, a[1]);
    if (both_numbers(tracer, a)) {
        op_name name = overload("operator", row->name);
        return on_numbers(tracer, name.text, a);
    }
    if (!tensors) {
        return compare_constants(tracer, row, a);
    }
    bool swap = rg__trace_is_number(tracer, a[0]);
    rg_value x = swap ? a[1] : a[0];
    rg_value y = swap ? a[0] : a[1];
    check_operands(tracer, x, y);
    op_name name = overload(swap ? mirror(row->op) : row->op, rg__trace_is_number(tracer, y) ? "Scalar" : "Tensor");
    return rg__emit(tracer, name.text, x, y);
}

/* ---- bits ---- */

static rg_value trace_bits(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool swap = rg__trace_is_number(tracer, a[0]);
    rg_value x = swap ? a[1] : a[0];
    rg_value y = swap ? a[0] : a[1];
    check_operands(tracer, x, y);
    op_name name = overload(row->op, rg__trace_is_number(tracer, y) ? "Scalar" : "Tensor");
    return rg__emit(tracer, name.text, x, y);
}

static rg_value trace_shift(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    check_operands(tracer, a[0], a[1]);
    op_name name = overload(row->op, rg__trace_is_number(tracer, a[1]) ? "Scalar" : "Tensor");
    return rg__emit(tracer, name.text, a[0], a[1]);
}

#define UNARY(name)                                                                                                    \
    {                                                                                                                  \
#name, RG_IN_BOTH, "input|self", trace_unary, "aten." #name ".default"                                         \
    }
#define COMPARISON(name)                                                                                               \
    {                                                                                                                  \
#name, RG_IN_BOTH | RG_IN_OPERATORS, "input|self, other", trace_compare, "aten." #name                         \
    }

static const rg_trace_row rows[] = {
    UNARY(exp),
    UNARY(exp2),
    UNARY(expm1),
    UNARY(log),
    UNARY(log2),
    UNARY(log10),
    UNARY(log1p),
    UNARY(sqrt),
    UNARY(rsqrt),
    UNARY(reciprocal),
    UNARY(sin),
    UNARY(cos),
    UNARY(tan),
    UNARY(asin),
    UNARY(acos),
    UNARY(atan),
    UNARY(sinh),
    UNARY(cosh),
    UNARY(erf),
    UNARY(erfc),
    UNARY(floor),
    UNARY(ceil),
    UNARY(round),
    UNARY(trunc),
    UNARY(sign),
    UNARY(isnan),
    UNARY(isinf),
    UNARY(logical_not),
    UNARY(bitwise_not),
    {"invert", RG_IN_OPERATORS, "input", trace_unary, "aten.bitwise_not.default"},
    {"abs", RG_IN_BOTH | RG_IN_OPERATORS | RG_IN_BUILTINS, "input|self", trace_sign, "aten.abs.default"},
    {"absolute", RG_IN_BOTH, "input|self", trace_unary, "aten.abs.default"},
    {"neg", RG_IN_BOTH | RG_IN_OPERATORS, "input|self", trace_sign, "aten.neg.default"},
    {"negative", RG_IN_BOTH, "input|self", trace_unary, "aten.neg.default"},
    {"pos", RG_IN_OPERATORS, "input", trace_sign, NULL},
    {"square", RG_IN_BOTH, "input|self", trace_square, NULL},
    {"add", RG_IN_BOTH | RG_IN_OPERATORS, "input|self, other, alpha=", trace_add, NULL},
    {"sub", RG_IN_BOTH | RG_IN_OPERATORS, "input|self, other, alpha=", trace_subtract, NULL},
    {"subtract", RG_IN_BOTH, "input|self, other, alpha=", trace_subtract, NULL},
    {"rsub", RG_IN_TORCH, "input, other, alpha=", trace_subtract_reversed, NULL},
    {"mul", RG_IN_BOTH | RG_IN_OPERATORS, "input|self, other", trace_multiply, NULL},
    {"multiply", RG_IN_BOTH, "input|self, other", trace_multiply, NULL},
    {"div", RG_IN_BOTH, "input|self, other, rounding_mode=", trace_divide, NULL},
    {"divide", RG_IN_BOTH, "input|self, other, rounding_mode=", trace_divide, NULL},
    {"true_divide", RG_IN_BOTH, "input|self, other", trace_divide, NULL},
    {"truediv", RG_IN_OPERATORS, "input, other", trace_divide, NULL},
    {"floor_divide", RG_IN_BOTH, "input|self, other", trace_floor_divide, NULL},
    {"floordiv", RG_IN_OPERATORS, "input, other", trace_floor_divide, NULL},
    {"remainder", RG_IN_BOTH, "input|self, other", trace_remainder, "aten.remainder"},
    {"mod", RG_IN_OPERATORS, "input, other", trace_remainder, "aten.remainder"},
    {"fmod", RG_IN_BOTH, "input|self, other", trace_remainder, "aten.fmod"},
    {"pow", RG_IN_BOTH | RG_IN_OPERATORS, "input|self, exponent", trace_power, NULL},
    {"maximum", RG_IN_BOTH, "input|self, other", trace_binary, "aten.maximum.default"},
    {"minimum", RG_IN_BOTH, "input|self, other", trace_binary, "aten.minimum.default"},
    {"atan2", RG_IN_BOTH, "input|self, other", trace_binary, "aten.atan2.default"},
    {"logical_and", RG_IN_BOTH, "input|self, other", trace_binary, "aten.logical_and.default"},
    {"logical_or", RG_IN_BOTH, "input|self, other", trace_binary, "aten.logical_or.default"},
    {"logical_xor", RG_IN_BOTH, "input|self, other", trace_binary, "aten.logical_xor.default"},
    {"addcmul", RG_IN_BOTH, "input|self, tensor1, tensor2, value=", trace_ternary, "aten.addcmul.default"},
    {"addcdiv", RG_IN_BOTH, "input|self, tensor1, tensor2, value=", trace_ternary, "aten.addcdiv.default"},
    {"lerp", RG_IN_BOTH, "input|self, end, weight", trace_lerp, NULL},
    COMPARISON(eq),
    COMPARISON(ne),
    COMPARISON(lt),
    COMPARISON(le),
    COMPARISON(gt),
    COMPARISON(ge),
    {"and_", RG_IN_OPERATORS, "input, other", trace_bits, "aten.bitwise_and"},
    {"or_", RG_IN_OPERATORS, "input, other", trace_bits, "aten.bitwise_or"},
    {"xor", RG_IN_OPERATORS, "input, other", trace_bits, "aten.bitwise_xor"},
    {"bitwise_and", RG_IN_BOTH, "input|self, other", trace_bits, "aten.bitwise_and"},
    {"bitwise_or", RG_IN_BOTH, "input|self, other", trace_bits, "aten.bitwise_or"},
    {"bitwise_xor", RG_IN_BOTH, "input|self, other", trace_bits, "aten.bitwise_xor"},
    {"lshift", RG_IN_OPERATORS, "input, other", trace_shift, "aten.__lshift__"},
    {"rshift", RG_IN_OPERATORS, "input, other", trace_shift, "aten.__rshift__"},
};

const rg_trace_family rg__trace_arithmetic = {rows, sizeof(rows) / sizeof(rows[0]),
                                              RG_IN_BOTH | RG_IN_OPERATORS | RG_IN_BUILTINS};
