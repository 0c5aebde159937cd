/*
 * pointwise_unary.c: elementwise functions of one operand: rounding, mathematics, activations, tests. The special
 * functions that libm lacks are in special_function.c.
 */
#include <math.h>

#include "interp/pointwise.h"
#include "interp/special_function.h"

#define DEFINE(name, ...)                                                                                              \
    extern const rg_pointwise rg__pointwise_##name;                                                                    \
    RG_POINTWISE_DEFINE(name, 1, __VA_ARGS__)
#define DEFINE_BOTH(name, ...)                                                                                         \
    extern const rg_pointwise rg__pointwise_##name;                                                                    \
    RG_POINTWISE_DEFINE_BOTH(name, 1, __VA_ARGS__)
#define REAL     .to_real = true
#define PLAIN    .has_condition = false
#define U(value) ((uint64_t)(value))

static const double pi = 3.14159265358979323846;
static const double sqrt_half = 0.70710678118654752440;

/* ---- sign and rounding ---- */

DEFINE_BOTH(neg, -x, 0 - U(x), PLAIN)
DEFINE_BOTH(abs, fabs(x), x < 0 ? 0 - U(x) : U(x), PLAIN)
DEFINE_BOTH(ceil, ceil(x), x, PLAIN)
DEFINE_BOTH(floor, floor(x), x, PLAIN)
DEFINE_BOTH(trunc, trunc(x), x, PLAIN)
DEFINE_BOTH(frac, x - trunc(x), 0, PLAIN)
DEFINE_BOTH(sign, isnan(x) ? 0 : (x > 0) - (x < 0), (x > 0) - (x < 0), PLAIN)
DEFINE_BOTH(sgn, isnan(x) ? 0 : (x > 0) - (x < 0), (x > 0) - (x < 0), PLAIN)
DEFINE_BOTH(square, x *x, U(x) * U(x), PLAIN)
DEFINE_BOTH(bitwise_not, x, p->dtype == RG_DTYPE_BOOL ? x == 0 : ~x, PLAIN)
DEFINE_BOTH(logical_not, x == 0, x == 0, PLAIN)

/* To even, whatever the rounding mode of the thread is. */
static double round_to_even(double x)
{
    double whole = floor(x);
    double rest = x - whole;
    double even = rest > 0.5 || (rest == 0.5 && fmod(whole, 2) != 0) ? whole + 1 : whole;
    return isfinite(x) ? copysign(even, x) : x;
}

static double round_decimals(double x, double decimals)
{
    double scale = pow(10, fabs(decimals));
    return decimals < 0 ? round_to_even(x / scale) * scale : round_to_even(x * scale) / scale;
}

DEFINE_BOTH(round, round_to_even(x), x, PLAIN)
DEFINE(round_decimals, round_decimals(x, p->real[0]), PLAIN)

/* What is not given: 0 for NaN, the extremes of the dtype for infinities. */
static double nan_to_num(double x, const rg_pointwise_parameters *p)
{
    double largest = rg__dtype_largest(p->dtype);
    if (isnan(x)) {
        return isnan(p->real[0]) ? 0 : p->real[0];
    }
    if (!isinf(x)) {
        return x;
    }
    return x > 0 ? (isnan(p->real[1]) ? largest : p->real[1]) : (isnan(p->real[2]) ? -largest : p->real[2]);
}

DEFINE_BOTH(nan_to_num, nan_to_num(x, p), x, PLAIN)

/* Bounds are parameters 0 and 1; NaN is none. */
static double clamp(double x, double low, double high, rg_dtype dtype)
{
    low = rg__round_to(dtype, low);
    high = rg__round_to(dtype, high);
    x = x < low ? low : x;
    return x > high ? high : x;
}

static int64_t clamp_whole(int64_t x, const rg_pointwise_parameters *p)
{
    x = !isnan(p->real[0]) && x < p->integer[0] ? p->integer[0] : x;
    return !isnan(p->real[1]) && x > p->integer[1] ? p->integer[1] : x;
}

DEFINE_BOTH(clamp, clamp(x, p->real[0], p->real[1], p->dtype), clamp_whole(x, p), PLAIN)
DEFINE_BOTH(clamp_min, clamp(x, p->real[0], NAN, p->dtype), x < p->integer[0] ? p->integer[0] : x, PLAIN)
DEFINE_BOTH(clamp_max, clamp(x, NAN, p->real[0], p->dtype), x > p->integer[0] ? p->integer[0] : x, PLAIN)

/* ---- activations ---- */

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

/* Linear above the threshold, as PyTorch has it. */
static double softplus(double x, double beta, double threshold)
{
    return x * beta > threshold ? x : log1p(exp(x * beta)) / beta;
}

static double gelu_tanh(double x)
{
    return 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x * x * x)));
}

static double elu(double x, double alpha, double scale, double input_scale)
{
    return x <= 0 ? expm1(x * input_scale) * alpha * scale : x * scale;
}

static double relu6(double x)
{
    return x < 0 ? 0 : x > 6 ? 6 : x;
}

DEFINE_BOTH(relu, x < 0 ? 0 : x, x < 0 ? 0 : x, PLAIN)
DEFINE_BOTH(relu6, relu6(x), x<0 ? 0 : x> 6 ? 6 : x, PLAIN)
DEFINE(silu, x *sigmoid(x), PLAIN)
DEFINE(mish, x *tanh(log1p(exp(x))), PLAIN)
DEFINE(hardswish, x *relu6(x + 3) / 6, PLAIN)
DEFINE(hardsigmoid, relu6(x + 3) / 6, PLAIN)
DEFINE_BOTH(hardtanh, clamp(x, p->real[0], p->real[1], p->dtype), clamp_whole(x, p), PLAIN)
DEFINE(elu, elu(x, p->real[0], p->real[1], p->real[2]), PLAIN)
DEFINE(celu, x <= 0 ? p->real[0] * expm1(x / p->real[0]) : x, PLAIN)
DEFINE(selu, elu(x, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1), PLAIN)
DEFINE(leaky_relu, x > 0 ? x : x * p->real[0], PLAIN)
DEFINE(gelu, p->integer[0] == 't' ? gelu_tanh(x) : x * 0.5 * erfc(-x * sqrt_half), PLAIN)
DEFINE(softplus, softplus(x, p->real[0], p->real[1]), PLAIN)
DEFINE(softshrink, x > p->real[0] ? x - p->real[0] : x < -p->real[0] ? x + p->real[0] : isnan(x) ? x : 0, PLAIN)
DEFINE(hardshrink, x >= -p->real[0] && x <= p->real[0] ? 0 : x, PLAIN)
DEFINE_BOTH(threshold, x <= p->real[0] ? p->real[1] : x, x <= p->integer[0] ? p->integer[1] : x, PLAIN)
DEFINE(log_sigmoid, fmin(x, 0) - log1p(exp(-fabs(x))), PLAIN)

/* ---- mathematics ---- */

static double logit(double x, double epsilon)
{
    double bounded = isnan(epsilon) ? x : x < epsilon ? epsilon : x > 1 - epsilon ? 1 - epsilon : x;
    return log(bounded / (1 - bounded));
}

DEFINE(acos, acos(x), REAL)
DEFINE(acosh, acosh(x), REAL)
DEFINE(asin, asin(x), REAL)
DEFINE(asinh, asinh(x), REAL)
DEFINE(atan, atan(x), REAL)
DEFINE(atanh, atanh(x), REAL)
DEFINE(cos, cos(x), REAL)
DEFINE(cosh, cosh(x), REAL)
DEFINE(sin, sin(x), REAL)
DEFINE(sinh, sinh(x), REAL)
DEFINE(sinc, x == 0 ? 1 : sin(pi * x) / (pi * x), REAL)
DEFINE(tan, tan(x), REAL)
DEFINE(tanh, tanh(x), REAL)
DEFINE(exp, exp(x), REAL)
DEFINE(exp2, exp2(x), REAL)
DEFINE(expm1, expm1(x), REAL)
DEFINE(log, log(x), REAL)
DEFINE(log10, log10(x), REAL)
DEFINE(log1p, log1p(x), REAL)
DEFINE(log2, log2(x), REAL)
DEFINE(logit, logit(x, p->real[0]), REAL)
DEFINE(sqrt, sqrt(x), REAL)
DEFINE(rsqrt, 1 / sqrt(x), REAL)
DEFINE(reciprocal, 1 / x, REAL)
DEFINE(sigmoid, sigmoid(x), REAL)
DEFINE(erf, erf(x), REAL)
DEFINE(erfc, erfc(x), REAL)
DEFINE(erfinv, rg__erfinv(x), REAL)
DEFINE(lgamma, rg__lgamma(x), REAL)
DEFINE(digamma, rg__digamma(x), REAL)
DEFINE(i0, rg__bessel_i(0, x, false), REAL)
DEFINE(i0e, rg__bessel_i(0, x, true), REAL)
DEFINE(i1, rg__bessel_i(1, x, false), REAL)
DEFINE(i1e, rg__bessel_i(1, x, true), REAL)
DEFINE(deg2rad, x *(pi / 180), REAL)
DEFINE(rad2deg, x *(180 / pi), REAL)
DEFINE(ndtr, 0.5 * erfc(-x * sqrt_half), REAL)
DEFINE(ndtri, rg__ndtri(x), REAL)
DEFINE(log_ndtr, rg__log_ndtr(x), REAL)
DEFINE(erfcx, rg__erfcx(x), REAL)
DEFINE(entr, isnan(x) ? x : x > 0 ? -x * log(x) : x == 0 ? 0 : -INFINITY, REAL)

/* ---- tests ---- */

DEFINE_BOTH(isnan, isnan(x), 0, PLAIN)
DEFINE_BOTH(isinf, isinf(x), 0, PLAIN)
DEFINE_BOTH(isfinite, isfinite(x), 1, PLAIN)
DEFINE_BOTH(isposinf, isinf(x) && x > 0, 0, PLAIN)
DEFINE_BOTH(isneginf, isinf(x) && x < 0, 0, PLAIN)
DEFINE_BOTH(signbit, signbit(x), x < 0, PLAIN)
DEFINE_BOTH(isreal, 1, 1, PLAIN)
