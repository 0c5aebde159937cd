/*
 * special_function.c: series, asymptotic expansions and Newton's method. Sources: the NIST Digital Library of
 * Mathematical Functions, sections 5.11 (gamma), 7.12 (error function), 10.25 and 10.40 (Bessel functions).
 */
/* For lgamma_r: lgamma writes a global. The name is libc's choice. NOLINTNEXTLINE(bugprone-reserved-identifier) */
#define _DEFAULT_SOURCE 1
#include "interp/special_function.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
static const double sqrt_pi = 1.77245385090551602730;
static const double sqrt_two = 1.41421356237309504880;

double rg__lgamma(double x)
{
    int sign = 0;
    return lgamma_r(x, &sign);
}

/* The recurrence up to where the asymptotic series is good; reflection for negative arguments. */
double rg__digamma(double x)
{
    double sum = 0;
    if (x == 0) {
        return copysign(INFINITY, -x);
    }
    if (x < 0) {
        if (x == floor(x)) {
            return NAN;
        }
        return rg__digamma(1 - x) - pi / tan(pi * (x - floor(x)));
    }
    while (x < 12) {
        sum -= 1 / x;
        x += 1;
    }
    double square = 1 / (x * x);
    double series =
        square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square / 132))));
    return sum + log(x) - 0.5 / x - series;
}

/* All terms of the power series are positive, so it loses nothing; beyond 30 the asymptotic one is shorter. */
double rg__bessel_i(int order, double x, bool scaled)
{
    double magnitude = fabs(x);
    double sign = order == 1 && x < 0 ? -1 : 1;
    double term = 1;
    double sum = 1;
    if (isnan(x)) {
        return x;
    }
    if (magnitude <= 30) {
        double quarter = magnitude * magnitude / 4;
        term = order == 1 ? magnitude / 2 : 1;
        sum = term;
        for (int k = 1; k < 200 && term > sum * 1e-18; k++) {
            term *= quarter / ((double)k * (k + order));
            sum += term;
        }
        return sign * sum * (scaled ? exp(-magnitude) : 1);
    }
    double square = 4.0 * order * order;
    for (int k = 1; k < 40; k++) {
        double odd = 2.0 * k - 1;
        double next = term * -(square - odd * odd) / (8 * magnitude * k);
        if (fabs(next) >= fabs(term)) {
            break;
        }
        term = next;
        sum += term;
    }
    double value = isinf(magnitude) ? 0 : sum / sqrt(2 * pi * magnitude);
    if (!scaled) {
        value = isinf(magnitude) ? INFINITY : value * exp(magnitude / 2) * exp(magnitude / 2);
    }
    return sign * value;
}

double rg__erfcx(double x)
{
    if (x < 20) {
        return x < -26.7 ? INFINITY : exp(x * x) * erfc(x);
    }
    double square = 1 / (2 * x * x);
    return (1 - square * (1 - 3 * square * (1 - 5 * square * (1 - 7 * square * (1 - 9 * square))))) / (x * sqrt_pi);
}

double rg__log_ndtr(double x)
{
    return x < -1 ? log(rg__erfcx(-x / sqrt_two) / 2) - x * x / 2 : log1p(-erfc(x / sqrt_two) / 2);
}

/* Newton's method from a rough start; near the ends on the logarithm of the complement, which is smooth there. */
double rg__erfinv(double y)
{
    double magnitude = fabs(y);
    if (!(magnitude < 1)) {
        return magnitude == 1 ? copysign(INFINITY, y) : NAN;
    }
    if (magnitude == 0) {
        return y;
    }
    double logarithm = log1p(-y * y);
    double half = 2 / (pi * 0.147) + logarithm / 2;
    double x = sqrt(sqrt(half * half - logarithm / 0.147) - half);
    for (int i = 0; i < 6; i++) {
        double slope = 2 / sqrt_pi * exp(-x * x);
        double complement = erfc(x);
        if (magnitude < 0.9) {
            x -= (erf(x) - magnitude) / slope;
        } else {
            x += log(complement / (1 - magnitude)) * complement / slope;
        }
    }
    return copysign(x, y);
}

double rg__ndtri(double p)
{
    if (!(p > 0 && p < 1)) {
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    }
    if (p > 0.1 && p < 0.9) {
        return sqrt_two * rg__erfinv(2 * p - 1);
    }
    double tail = p < 0.5 ? p : 1 - p;
    double target = log(tail);
    double x = -sqrt(-2 * target);
    for (int i = 0; i < 12; i++) { /* the slope of log_ndtr is the density over the distribution function */
        double value = rg__log_ndtr(x);
        x -= (value - target) * exp(value + x * x / 2) * sqrt(2 * pi);
    }
    return p < 0.5 ? x : -x;
}
