/*
 * pointwise_arithmetic.c: elementwise functions of several operands: arithmetic, comparison, logic, bits, choice.
 */
#include <math.h>

#include "interp/pointwise.h"

/* What the rows of kernels.def name is declared by kernels.c; a definition without a row would go unnoticed, but a row
 * without a definition stops the link. */
#define DEFINE(name, operand_count, ...)                                                                               \
    extern const rg_pointwise rg__pointwise_##name;                                                                    \
    RG_POINTWISE_DEFINE(name, operand_count, __VA_ARGS__)
#define DEFINE_BOTH(name, operand_count, ...)                                                                          \
    extern const rg_pointwise rg__pointwise_##name;                                                                    \
    RG_POINTWISE_DEFINE_BOTH(name, operand_count, __VA_ARGS__)
#define PLAIN           .has_condition = false
#define U(value)        ((uint64_t)(value))
#define ROUND(p, value) ((p)->dtype == RG_DTYPE_F64 ? (value) : (double)(float)(value))

/* ---- arithmetic ---- */

DEFINE_BOTH(add, 2, x + p->real[0] * y, U(x) + U(p->integer[0]) * U(y), PLAIN)
DEFINE_BOTH(subtract, 2, x - p->real[0] * y, U(x) - U(p->integer[0]) * U(y), .rounds_numbers = true)
DEFINE_BOTH(subtract_reversed, 2, y - p->real[0] * x, U(y) - U(p->integer[0]) * U(x), .rounds_numbers = true)
DEFINE_BOTH(multiply, 2, x *y, U(x) * U(y), PLAIN)
DEFINE(divide, 2, x / y, .to_real = true)

static double choose_larger(double x, double y)
{
    return isnan(x) ? x : isnan(y) ? y : x > y ? x : y;
}

static double choose_smaller(double x, double y)
{
    return isnan(x) ? x : isnan(y) ? y : x < y ? x : y;
}

DEFINE_BOTH(maximum, 2, choose_larger(x, y), x > y ? x : y, .rounds_numbers = true)
DEFINE_BOTH(minimum, 2, choose_smaller(x, y), x < y ? x : y, .rounds_numbers = true)
DEFINE_BOTH(fmax, 2, fmax(x, y), x > y ? x : y, .rounds_numbers = true)
DEFINE_BOTH(fmin, 2, fmin(x, y), x < y ? x : y, .rounds_numbers = true)

static uint64_t greatest_common_divisor(int64_t x, int64_t y)
{
    uint64_t a = x < 0 ? 0 - U(x) : U(x);
    uint64_t b = y < 0 ? 0 - U(y) : U(y);
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uint64_t least_common_multiple(int64_t x, int64_t y)
{
    uint64_t divisor = greatest_common_divisor(x, y);
    int64_t product = divisor == 0 ? 0 : (int64_t)(U(x / (int64_t)divisor) * U(y));
    return product < 0 ? 0 - U(product) : U(product);
}

DEFINE_BOTH(gcd, 2, x, greatest_common_divisor(x, y), PLAIN)
DEFINE_BOTH(lcm, 2, x, least_common_multiple(x, y), PLAIN)

/* The sign of the divisor, as Python's %. */
static double remainder_of(double x, double y)
{
    double rest = fmod(x, y);
    return rest != 0 && (y < 0) != (rest < 0) ? rest + y : rest;
}

static int64_t integer_quotient(int64_t x, int64_t y)
{
    return y == 0 ? 0 : y == -1 ? (int64_t)(0 - U(x)) : x / y;
}

static int64_t integer_rest(int64_t x, int64_t y)
{
    return y == 0 || y == -1 ? 0 : x % y;
}

static int64_t integer_remainder(int64_t x, int64_t y)
{
    int64_t rest = integer_rest(x, y);
    return rest != 0 && (y < 0) != (rest < 0) ? rest + y : rest;
}

static int64_t integer_floor_quotient(int64_t x, int64_t y)
{
    return integer_quotient(x, y) - (integer_rest(x, y) != 0 && (x < 0) != (y < 0));
}

/* As Python divides floats: the quotient without its rest, rounded to a whole number. */
static double floor_quotient(double x, double y)
{
    if (y == 0) {
        return x / y;
    }
    double rest = fmod(x, y);
    double quotient = (x - rest) / y;
    if (rest != 0 && (y < 0) != (rest < 0)) {
        quotient -= 1;
    }
    if (quotient == 0) {
        return copysign(0, x / y);
    }
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

DEFINE_BOTH(fmod, 2, fmod(x, y), integer_rest(x, y), .rounds_numbers = true)
DEFINE_BOTH(remainder, 2, remainder_of(x, y), integer_remainder(x, y), .rounds_numbers = true)
DEFINE_BOTH(floor_divide, 2, floor_quotient(x, y), integer_floor_quotient(x, y), .rounds_numbers = true)

/* Rounding modes by their first letter: floor, trunc, none. */
DEFINE_BOTH(divide_mode, 2,
            p->integer[0] == 'f'   ? floor_quotient(x, y)
            : p->integer[0] == 't' ? trunc(ROUND(p, x / y))
                                   : x / y,
            p->integer[0] == 'f' ? integer_floor_quotient(x, y) : integer_quotient(x, y), PLAIN)

static int64_t integer_power(int64_t base, int64_t exponent)
{
    uint64_t result = 1;
    uint64_t factor = U(base);
    if (exponent < 0) {
        return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
    }
    for (uint64_t rest = U(exponent); rest != 0; rest >>= 1) {
        result *= (rest & 1) != 0 ? factor : 1;
        factor *= factor;
    }
    return (int64_t)result;
}

DEFINE_BOTH(power, 2, pow(x, y), integer_power(x, y), PLAIN)

/* Half a step and a little more, rounded, is a step: also across a power of two, where steps change. */
static double next_narrow(rg_dtype dtype, double x, double y)
{
    int exponent = 0;
    double smallest = rg__dtype_smallest(dtype);
    if (isnan(x) || isnan(y) || x == y) {
        return isnan(x) ? x : y;
    }
    (void)frexp(fabs(x) < smallest ? smallest : fabs(x), &exponent);
    double step = ldexp(rg__dtype_epsilon(dtype), exponent - 1);
    return rg__round_to(dtype, x + (y > x ? 0.51 : -0.51) * step);
}

static double next_after(rg_dtype dtype, double x, double y)
{
    if (rg_dtype_bytes(dtype) < 4) {
        return next_narrow(dtype, x, y);
    }
    return dtype == RG_DTYPE_F64 ? nextafter(x, y) : (double)nextafterf((float)x, (float)y);
}

static double log_add_exp(double x, double y)
{
    double larger = fmax(x, y);
    if (isinf(larger) && x == y) {
        return larger;
    }
    return isnan(x) || isnan(y) ? NAN : larger + log1p(exp(-fabs(x - y)));
}

DEFINE(nextafter, 2, next_after(p->dtype, x, y), .rounds_numbers = true)
DEFINE(hypot, 2, hypot(x, y), PLAIN)
DEFINE(logaddexp, 2, log_add_exp(x, y), PLAIN)
DEFINE(atan2, 2, atan2(x, y), .to_real = true)
DEFINE(copysign, 2, copysign(x, y), .to_real = true)

/* ---- comparison and logic ---- */

DEFINE_BOTH(equal, 2, x == y, x == y, .rounds_numbers = true)
DEFINE_BOTH(not_equal, 2, x != y, x != y, .rounds_numbers = true)
DEFINE_BOTH(less, 2, x < y, x < y, .rounds_numbers = true)
DEFINE_BOTH(less_equal, 2, x <= y, x <= y, .rounds_numbers = true)
DEFINE_BOTH(greater, 2, x > y, x > y, .rounds_numbers = true)
DEFINE_BOTH(greater_equal, 2, x >= y, x >= y, .rounds_numbers = true)
DEFINE(isclose, 2,
       x == y || (p->real[2] != 0 && isnan(x) && isnan(y)) ||
           (isfinite(x) && isfinite(y) && fabs(x - y) <= p->real[1] + p->real[0] * fabs(y)),
       .to_real = true)
DEFINE_BOTH(logical_and, 2, x != 0 && y != 0, x != 0 && y != 0, PLAIN)
DEFINE_BOTH(logical_or, 2, x != 0 || y != 0, x != 0 || y != 0, PLAIN)
DEFINE_BOTH(logical_xor, 2, (x != 0) != (y != 0), (x != 0) != (y != 0), PLAIN)

/* ---- bits ---- */

/* Shifts by too much, or by a negative count, leave nothing but the sign. */
static uint64_t bits_of(rg_dtype dtype)
{
    return rg_dtype_bytes(dtype) * 8;
}

static int64_t shift_left(rg_dtype dtype, int64_t x, int64_t y)
{
    return y < 0 || U(y) >= bits_of(dtype) ? 0 : (int64_t)(U(x) << y);
}

static int64_t shift_right(rg_dtype dtype, int64_t x, int64_t y)
{
    return y < 0 || U(y) >= bits_of(dtype) ? (x < 0 ? -1 : 0) : x >> y;
}

DEFINE_BOTH(bitwise_and, 2, x, x &y, PLAIN)
DEFINE_BOTH(bitwise_or, 2, x, x | y, PLAIN)
DEFINE_BOTH(bitwise_xor, 2, x, x ^ y, PLAIN)
DEFINE_BOTH(shift_left, 2, x *exp2(y), shift_left(p->dtype, x, y), PLAIN)
DEFINE_BOTH(shift_right, 2, x *exp2(-y), shift_right(p->dtype, x, y), PLAIN)

/* ---- three operands ---- */

DEFINE_BOTH(where, 3, x != 0 ? y : z, x != 0 ? y : z, .has_condition = true, .rounds_numbers = true)
DEFINE_BOTH(masked_fill, 3, y != 0 ? z : x, y != 0 ? z : x, .rounds_numbers = true)

static double lerp(double start, double end, double weight)
{
    return fabs(weight) < 0.5 ? start + weight * (end - start) : end - (end - start) * (1 - weight);
}

DEFINE(lerp, 3, lerp(x, y, z), PLAIN)
DEFINE_BOTH(addcmul, 3, x + p->real[0] * y * z, U(x) + U(p->integer[0]) * U(y) * U(z), PLAIN)
DEFINE(addcdiv, 3, x + p->real[0] * y / z, PLAIN)
DEFINE(fma, 3, p->dtype == RG_DTYPE_F64 ? fma(x, y, z) : x * y + z, PLAIN)
DEFINE(prelu, 2, x > 0 ? x : x * y, PLAIN)
