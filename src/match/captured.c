/*
 * captured.c: computing with captured scalars. Integers and floats follow Python: `/` gives a float, `//` and `%` round
 * towards minus infinity, mixed operands become floats. What Python answers with an error, a complex number or an
 * integer beyond 64 bits is missing here.
 */
#include "match/captured.h"

#include <math.h>

#include "ir/context_impl.h"

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

/* ---- numbers ---- */

/* A number under computation. */
typedef struct rg_number {
    bool is_float;
    int64_t integer;
    double real; /* the number as a float, for integers too */
} rg_number;

static bool number_from_int(rg_number *out, int64_t value)
{
    *out = (rg_number){false, value, (double)value};
    return true;
}

static bool number_from_float(rg_number *out, double value)
{
    *out = (rg_number){true, 0, value};
    return true;
}

static bool add(rg_number *out, rg_number a, rg_number b)
{
    int64_t sum = 0;
    if (a.is_float || b.is_float) {
        return number_from_float(out, a.real + b.real);
    }
    return !__builtin_add_overflow(a.integer, b.integer, &sum) && number_from_int(out, sum);
}

static bool subtract(rg_number *out, rg_number a, rg_number b)
{
    int64_t difference = 0;
    if (a.is_float || b.is_float) {
        return number_from_float(out, a.real - b.real);
    }
    return !__builtin_sub_overflow(a.integer, b.integer, &difference) && number_from_int(out, difference);
}

static bool multiply(rg_number *out, rg_number a, rg_number b)
{
    int64_t product = 0;
    if (a.is_float || b.is_float) {
        return number_from_float(out, a.real * b.real);
    }
    return !__builtin_mul_overflow(a.integer, b.integer, &product) && number_from_int(out, product);
}

/* Python divides integers exactly and rounds once; so does this while both are exact as floats. */
static bool divide(rg_number *out, rg_number a, rg_number b)
{
    const double exact = 9007199254740992.0; /* 2**53 */
    if (b.real == 0.0 || (!a.is_float && fabs(a.real) > exact) || (!b.is_float && fabs(b.real) > exact)) {
        return false;
    }
    return number_from_float(out, a.real / b.real);
}

/* Python's float % and //: the remainder has the divisor's sign. */
static void divide_floats(double a, double b, double *quotient, double *remainder)
{
    *remainder = fmod(a, b);
    *quotient = (a - *remainder) / b;
    if (*remainder != 0.0) {
        if ((b < 0.0) != (*remainder < 0.0)) {
            *remainder += b;
            *quotient -= 1.0;
        }
    } else {
        *remainder = copysign(0.0, b);
    }
    if (*quotient != 0.0) {
        double whole = floor(*quotient);
        *quotient = *quotient - whole > 0.5 ? whole + 1.0 : whole;
    } else {
        *quotient = copysign(0.0, a / b);
    }
}

static bool divide_integers(int64_t a, int64_t b, int64_t *quotient, int64_t *remainder)
{
    if (b == 0 || (a == INT64_MIN && b == -1)) {
        return false;
    }
    *quotient = a / b;
    *remainder = a % b;
    if (*remainder != 0 && (*remainder < 0) != (b < 0)) {
        *remainder += b;
        *quotient -= 1;
    }
    return true;
}

static bool floor_divide(rg_number *out, rg_number a, rg_number b)
{
    int64_t quotient = 0;
    int64_t remainder = 0;
    double real_quotient = 0;
    double real_remainder = 0;
    if (!a.is_float && !b.is_float) {
        return divide_integers(a.integer, b.integer, &quotient, &remainder) && number_from_int(out, quotient);
    }
    if (b.real == 0.0) {
        return false;
    }
    divide_floats(a.real, b.real, &real_quotient, &real_remainder);
    return number_from_float(out, real_quotient);
}

static bool modulo(rg_number *out, rg_number a, rg_number b)
{
    int64_t quotient = 0;
    int64_t remainder = 0;
    double real_quotient = 0;
    double real_remainder = 0;
    if (!a.is_float && !b.is_float) {
        return divide_integers(a.integer, b.integer, &quotient, &remainder) && number_from_int(out, remainder);
    }
    if (b.real == 0.0) {
        return false;
    }
    divide_floats(a.real, b.real, &real_quotient, &real_remainder);
    return number_from_float(out, real_remainder);
}

static bool power(rg_number *out, rg_number a, rg_number b)
{
    if (!a.is_float && !b.is_float && b.integer >= 0) {
        int64_t result = 1;
        if (b.integer > 63 && a.integer != 0 && a.integer != 1 && a.integer != -1) {
            return false;
        }
        int64_t exponent = a.integer == -1 ? b.integer % 2 : (b.integer > 63 ? 63 : b.integer);
        for (int64_t i = 0; i < exponent; i++) {
            if (__builtin_mul_overflow(result, a.integer, &result)) {
                return false;
            }
        }
        return number_from_int(out, result);
    }
    if ((a.real == 0.0 && b.real < 0.0) || (a.real < 0.0 && floor(b.real) != b.real)) {
        return false;
    }
    return number_from_float(out, pow(a.real, b.real));
}

static bool negate(rg_number *out, rg_number a, rg_number b)
{
    (void)b;
    if (a.is_float) {
        return number_from_float(out, -a.real);
    }
    return a.integer != INT64_MIN && number_from_int(out, -a.integer);
}

static bool square_root(rg_number *out, rg_number a, rg_number b)
{
    (void)b;
    return a.real >= 0.0 && number_from_float(out, sqrt(a.real));
}

typedef struct rg_scalar_operator {
    const char *name;
    uint32_t operands;
    bool (*compute)(rg_number *out, rg_number a, rg_number b);
} rg_scalar_operator;

static const rg_scalar_operator operators[] = {
    {"operator.add", 2, add},
    {"operator.sub", 2, subtract},
    {"operator.mul", 2, multiply},
    {"operator.truediv", 2, divide},
    {"operator.floordiv", 2, floor_divide},
    {"operator.mod", 2, modulo},
    {"operator.pow", 2, power},
    {"operator.neg", 1, negate},
    {"math.sqrt", 1, square_root},
};

static bool read_number(rg_number *out, const rg_context *context, rg_value value)
{
    int64_t integer = 0;
    if (rg_value_get_kind(value) == RG_VALUE_FLOAT) {
        return number_from_float(out, rg_value_as_float(value));
    }
    return rg_value_get_kind(value) == RG_VALUE_INT && rg_value_as_int(context, value, &integer) &&
           number_from_int(out, integer);
}

static rg_status compute(rg_value *out, const rg_scalar_scope *scope, rg_string name, const rg_value *operands,
                         size_t count)
{
    rg_number numbers[2] = {{0}, {0}};
    rg_number result = {0};
    *out = rg_value_missing();
    for (size_t i = 0; i < count; i++) {
        if (!read_number(&numbers[i], scope->context, operands[i])) {
            return RG_OK;
        }
    }
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        if (operators[i].operands == count && rg_string_equal(name, rg_string_from(operators[i].name))) {
            if (!operators[i].compute(&result, numbers[0], numbers[1])) {
                return RG_OK;
            }
            if (result.is_float) {
                *out = rg_value_float(result.real);
                return RG_OK;
            }
            return rg_value_int(out, scope->context, result.integer);
        }
    }
    return RG_OK;
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
    return evaluate(out, scope, owner, node, depth + 1);
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

static rg_status evaluate(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node,
                          uint32_t depth)
{
    rg_value operands[2];
    size_t count = rg_node_argument_count(owner, node);
    *out = rg_value_missing();
    if (count == 0 || count > 2 || depth > scope->context->limits.max_depth) {
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
    return compute(out, scope, name, operands, count);
}

rg_status rg__scalar_of_node(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node)
{
    return evaluate(out, scope, owner, node, 0);
}
