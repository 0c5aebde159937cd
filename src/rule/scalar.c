/*
 * scalar.c: arithmetic on Python numbers and sizes.
 *
 * A computation is tried on integers, then on sizes, then on floats, each by its own table of operations, as Python's
 * own coercion goes: bool to int to float.
 */
#include "rule/scalar.h"

#include <math.h>

#include "ir/context_impl.h"

typedef enum outcome {
    DONE,
    NOT_HERE, /* no such operation on these numbers: try the next kind */
    TOO_LARGE,
    BY_ZERO,
    OUT_OF_DOMAIN
} outcome;

/* What an operation does to sizes: an rg_size_operation, or one of these. */
enum { NO_SIZE = -1, KEEP_SIZE = -2, NEGATE_SIZE = -3 };

typedef struct operation {
    const char *name;
    uint8_t operands; /* 1 or 2 */
    outcome (*on_ints)(int64_t a, int64_t b, int64_t *out);
    outcome (*on_floats)(double a, double b, double *out);
    int8_t on_sizes;
    bool gives_bool;
    bool gives_int; /* from floats: floor, ceil */
} operation;

/* ---- integers ---- */

static outcome add_ints(int64_t a, int64_t b, int64_t *out)
{
    return __builtin_add_overflow(a, b, out) ? TOO_LARGE : DONE;
}
static outcome subtract_ints(int64_t a, int64_t b, int64_t *out)
{
    return __builtin_sub_overflow(a, b, out) ? TOO_LARGE : DONE;
}
static outcome multiply_ints(int64_t a, int64_t b, int64_t *out)
{
    return __builtin_mul_overflow(a, b, out) ? TOO_LARGE : DONE;
}
static outcome floor_divide_ints(int64_t a, int64_t b, int64_t *out)
{
    if (b == 0) {
        return BY_ZERO;
    }
    if (b == -1) {
        return subtract_ints(0, a, out);
    }
    *out = a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
    return DONE;
}
static outcome modulo_ints(int64_t a, int64_t b, int64_t *out)
{
    if (b == 0) {
        return BY_ZERO;
    }
    int64_t rest = b == -1 ? 0 : a % b;
    *out = rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    return DONE;
}
static outcome power_ints(int64_t a, int64_t b, int64_t *out)
{
    if (b < 0) {
        return NOT_HERE; /* Python makes a float */
    }
    int64_t result = 1;
    for (int64_t base = a; b > 0; b >>= 1) {
        if ((b & 1) != 0 && __builtin_mul_overflow(result, base, &result)) {
            return TOO_LARGE;
        }
        if (b > 1 && __builtin_mul_overflow(base, base, &base)) {
            return TOO_LARGE;
        }
    }
    *out = result;
    return DONE;
}
static outcome negate_ints(int64_t a, int64_t b, int64_t *out)
{
    (void)b;
    return subtract_ints(0, a, out);
}
static outcome keep_ints(int64_t a, int64_t b, int64_t *out)
{
    (void)b;
    *out = a;
    return DONE;
}
static outcome absolute_ints(int64_t a, int64_t b, int64_t *out)
{
    return a < 0 ? negate_ints(a, b, out) : keep_ints(a, b, out);
}
static outcome maximum_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a > b ? a : b, 0, out);
}
static outcome minimum_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a < b ? a : b, 0, out);
}
static outcome equal_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a == b, 0, out);
}
static outcome not_equal_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a != b, 0, out);
}
static outcome less_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a < b, 0, out);
}
static outcome less_equal_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a <= b, 0, out);
}
static outcome greater_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a > b, 0, out);
}
static outcome greater_equal_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a >= b, 0, out);
}

static outcome and_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a & b, 0, out);
}
static outcome or_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a | b, 0, out);
}
static outcome exclusive_or_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a ^ b, 0, out);
}
static outcome truth_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a != 0, b, out);
}
static outcome not_ints(int64_t a, int64_t b, int64_t *out)
{
    return keep_ints(a == 0, b, out);
}

/* ---- floats ---- */

static outcome keep_floats(double a, double b, double *out)
{
    (void)b;
    *out = a;
    return DONE;
}
static outcome add_floats(double a, double b, double *out)
{
    return keep_floats(a + b, 0, out);
}
static outcome subtract_floats(double a, double b, double *out)
{
    return keep_floats(a - b, 0, out);
}
static outcome multiply_floats(double a, double b, double *out)
{
    return keep_floats(a * b, 0, out);
}
static outcome divide_floats(double a, double b, double *out)
{
    return b == 0 ? BY_ZERO : keep_floats(a / b, 0, out);
}
static outcome modulo_floats(double a, double b, double *out)
{
    if (b == 0) {
        return BY_ZERO;
    }
    double rest = fmod(a, b);
    if (rest == 0) {
        rest = copysign(0.0, b);
    } else if ((rest < 0) != (b < 0)) {
        rest += b;
    }
    return keep_floats(rest, 0, out);
}
/* Through the remainder, as Python does it: a / b alone may round up across an integer. */
static outcome floor_divide_floats(double a, double b, double *out)
{
    double rest;
    if (modulo_floats(a, b, &rest) == BY_ZERO) {
        return BY_ZERO;
    }
    return keep_floats(nearbyint((a - rest) / b), 0, out);
}
static outcome power_floats(double a, double b, double *out)
{
    double result = pow(a, b);
    if (a == 0 && b < 0) {
        return BY_ZERO;
    }
    return isnan(result) && !isnan(a) && !isnan(b) ? OUT_OF_DOMAIN : keep_floats(result, 0, out);
}
static outcome negate_floats(double a, double b, double *out)
{
    return keep_floats(-a, b, out);
}
static outcome absolute_floats(double a, double b, double *out)
{
    return keep_floats(fabs(a), b, out);
}
static outcome maximum_floats(double a, double b, double *out)
{
    return keep_floats(b > a ? b : a, 0, out);
}
static outcome minimum_floats(double a, double b, double *out)
{
    return keep_floats(b < a ? b : a, 0, out);
}
static outcome equal_floats(double a, double b, double *out)
{
    return keep_floats(a == b, 0, out);
}
static outcome not_equal_floats(double a, double b, double *out)
{
    return keep_floats(a != b, 0, out);
}
static outcome less_floats(double a, double b, double *out)
{
    return keep_floats(a < b, 0, out);
}
static outcome less_equal_floats(double a, double b, double *out)
{
    return keep_floats(a <= b, 0, out);
}
static outcome greater_floats(double a, double b, double *out)
{
    return keep_floats(a > b, 0, out);
}
static outcome greater_equal_floats(double a, double b, double *out)
{
    return keep_floats(a >= b, 0, out);
}
static outcome truth_floats(double a, double b, double *out)
{
    return keep_floats(a != 0, b, out);
}
static outcome not_floats(double a, double b, double *out)
{
    return keep_floats(a == 0, b, out);
}
static outcome square_root_floats(double a, double b, double *out)
{
    return a < 0 ? OUT_OF_DOMAIN : keep_floats(sqrt(a), b, out);
}
static outcome exponential_floats(double a, double b, double *out)
{
    return keep_floats(exp(a), b, out);
}
static outcome logarithm_floats(double a, double b, double *out)
{
    return a <= 0 ? OUT_OF_DOMAIN : keep_floats(log(a), b, out);
}
static outcome logarithm_2_floats(double a, double b, double *out)
{
    return a <= 0 ? OUT_OF_DOMAIN : keep_floats(log2(a), b, out);
}
static outcome floor_floats(double a, double b, double *out)
{
    return keep_floats(floor(a), b, out);
}
static outcome ceiling_floats(double a, double b, double *out)
{
    return keep_floats(ceil(a), b, out);
}
static outcome truncate_floats(double a, double b, double *out)
{
    return keep_floats(trunc(a), b, out);
}

static const operation operations[] = {
    {"operator.add", 2, add_ints, add_floats, RG_SIZE_ADD, false, false},
    {"operator.sub", 2, subtract_ints, subtract_floats, RG_SIZE_SUBTRACT, false, false},
    {"operator.mul", 2, multiply_ints, multiply_floats, RG_SIZE_MULTIPLY, false, false},
    {"operator.truediv", 2, NULL, divide_floats, NO_SIZE, false, false},
    {"operator.floordiv", 2, floor_divide_ints, floor_divide_floats, RG_SIZE_FLOOR_DIVIDE, false, false},
    {"operator.mod", 2, modulo_ints, modulo_floats, RG_SIZE_MODULO, false, false},
    {"operator.pow", 2, power_ints, power_floats, RG_SIZE_POWER, false, false},
    {"operator.neg", 1, negate_ints, negate_floats, NEGATE_SIZE, false, false},
    {"operator.pos", 1, keep_ints, keep_floats, KEEP_SIZE, false, false},
    {"operator.eq", 2, equal_ints, equal_floats, RG_SIZE_EQUAL, true, false},
    {"operator.ne", 2, not_equal_ints, not_equal_floats, RG_SIZE_NOT_EQUAL, true, false},
    {"operator.lt", 2, less_ints, less_floats, RG_SIZE_LESS, true, false},
    {"operator.le", 2, less_equal_ints, less_equal_floats, RG_SIZE_LESS_EQUAL, true, false},
    {"operator.gt", 2, greater_ints, greater_floats, RG_SIZE_GREATER, true, false},
    {"operator.ge", 2, greater_equal_ints, greater_equal_floats, RG_SIZE_GREATER_EQUAL, true, false},
    {"operator.and_", 2, and_ints, NULL, NO_SIZE, false, false},
    {"operator.or_", 2, or_ints, NULL, NO_SIZE, false, false},
    {"operator.xor", 2, exclusive_or_ints, NULL, NO_SIZE, false, false},
    {"operator.truth", 1, truth_ints, truth_floats, NO_SIZE, true, false},
    {"operator.not_", 1, not_ints, not_floats, NO_SIZE, true, false},
    {"abs", 1, absolute_ints, absolute_floats, NO_SIZE, false, false},
    {"max", 2, maximum_ints, maximum_floats, RG_SIZE_MAX, false, false},
    {"min", 2, minimum_ints, minimum_floats, RG_SIZE_MIN, false, false},
    {"float", 1, NULL, keep_floats, NO_SIZE, false, false},
    {"int", 1, keep_ints, truncate_floats, KEEP_SIZE, false, true},
    {"math.sqrt", 1, NULL, square_root_floats, NO_SIZE, false, false},
    {"math.exp", 1, NULL, exponential_floats, NO_SIZE, false, false},
    {"math.log", 1, NULL, logarithm_floats, NO_SIZE, false, false},
    {"math.log2", 1, NULL, logarithm_2_floats, NO_SIZE, false, false},
    {"math.pow", 2, NULL, power_floats, NO_SIZE, false, false},
    {"math.floor", 1, keep_ints, floor_floats, KEEP_SIZE, false, true},
    {"math.ceil", 1, keep_ints, ceiling_floats, KEEP_SIZE, false, true},
};

static const operation *find_operation(rg_string name)
{
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        if (rg_string_equal(rg_string_from(operations[i].name), name)) {
            return &operations[i];
        }
    }
    return NULL;
}

bool rg__scalar_knows(rg_string op)
{
    return find_operation(op) != NULL;
}

/* ---- operands ---- */

static bool as_int(const rg_context *context, rg_value value, int64_t *out)
{
    if (rg_value_get_kind(value) == RG_VALUE_BOOL) {
        *out = rg_value_as_bool(value) ? 1 : 0;
        return true;
    }
    return rg_value_get_kind(value) == RG_VALUE_INT && rg_value_as_int(context, value, out);
}

static bool as_float(const rg_context *context, rg_value value, double *out)
{
    int64_t number = 0;
    if (rg_value_get_kind(value) == RG_VALUE_FLOAT) {
        *out = rg_value_as_float(value);
        return true;
    }
    bool is_int = as_int(context, value, &number);
    *out = (double)number;
    return is_int;
}

static bool as_size(rg_context *context, rg_value value, rg_size *out)
{
    int64_t number = 0;
    *out = rg_value_as_size(value);
    return !rg_size_is_null(*out) ||
           (as_int(context, value, &number) && rg_size_from_int(out, context, number) == RG_OK);
}

static rg_status report(rg_context *context, const operation *row, outcome reason)
{
    static const char *const reasons[] = {
        [TOO_LARGE] = "the result does not fit 64 bits",
        [BY_ZERO] = "division by zero",
        [OUT_OF_DOMAIN] = "the operand is out of range",
    };
    return rg__report(context, RG_ERROR_TYPE, "%s: %s", row->name, reasons[reason]);
}

/* ---- the three kinds ---- */

static rg_status compute_ints(rg_value *out, rg_context *context, const operation *row, int64_t a, int64_t b)
{
    int64_t result = 0;
    outcome end = row->on_ints(a, b, &result);
    if (end == NOT_HERE) {
        return RG_OK;
    }
    if (end != DONE) {
        return report(context, row, end);
    }
    if (row->gives_bool) {
        *out = rg_value_bool(result != 0);
        return RG_OK;
    }
    return rg_value_int(out, context, result);
}

/* A comparison of sizes that is not decided stays open: the value stays missing. */
static rg_status compute_sizes(rg_value *out, rg_context *context, const operation *row, rg_size a, rg_size b)
{
    rg_size result;
    int64_t number = 0;
    rg_status status = RG_OK;
    if (row->on_sizes == KEEP_SIZE) {
        result = a;
    } else if (row->on_sizes == NEGATE_SIZE) {
        status = rg_size_from_int(&result, context, -1);
        if (status == RG_OK) {
            status = rg_size_combine(&result, context, RG_SIZE_MULTIPLY, a, result);
        }
    } else {
        status = rg_size_combine(&result, context, (rg_size_operation)row->on_sizes, a, b);
    }
    if (status != RG_OK) {
        return status;
    }
    bool is_int = rg_size_as_int(context, result, &number);
    if (row->gives_bool) {
        if (is_int) {
            *out = rg_value_bool(number != 0);
        }
        return RG_OK;
    }
    if (is_int) {
        return rg_value_int(out, context, number);
    }
    *out = rg_value_size(result);
    return RG_OK;
}

static rg_status compute_floats(rg_value *out, rg_context *context, const operation *row, double a, double b)
{
    double result = 0;
    outcome end = row->on_floats(a, b, &result);
    if (end != DONE) {
        return report(context, row, end);
    }
    if (row->gives_bool) {
        *out = rg_value_bool(result != 0);
    } else if (!row->gives_int) {
        *out = rg_value_float(result);
    } else if (!(fabs(result) < 9.2e18)) { /* NaN too */
        return report(context, row, TOO_LARGE);
    } else {
        return rg_value_int(out, context, (int64_t)result);
    }
    return RG_OK;
}

rg_status rg__scalar_compute(rg_value *out, rg_context *context, rg_string op, const rg_value *values, size_t count)
{
    const operation *row = find_operation(op);
    *out = rg_value_missing();
    if (row == NULL || count != row->operands) {
        return RG_OK;
    }
    rg_value first = values[0];
    rg_value second = count == 2 ? values[1] : values[0];
    int64_t int_a = 0;
    int64_t int_b = 0;
    if (as_int(context, first, &int_a) && as_int(context, second, &int_b) && row->on_ints != NULL) {
        rg_status status = compute_ints(out, context, row, int_a, int_b);
        if (status != RG_OK || !rg_value_is_missing(*out)) {
            return status;
        }
    }
    rg_size size_a;
    rg_size size_b;
    bool any_size = rg_value_get_kind(first) == RG_VALUE_SIZE || rg_value_get_kind(second) == RG_VALUE_SIZE;
    if (any_size && row->on_sizes != NO_SIZE && as_size(context, first, &size_a) && as_size(context, second, &size_b)) {
        return compute_sizes(out, context, row, size_a, size_b);
    }
    double float_a = 0;
    double float_b = 0;
    if (row->on_floats != NULL && as_float(context, first, &float_a) && as_float(context, second, &float_b)) {
        return compute_floats(out, context, row, float_a, float_b);
    }
    return RG_OK;
}
