/*
 * compare.c: comparing tensors element by element, and what differences are allowed.
 */
#include <math.h>

#include "interp/interp_impl.h"

/* A result of many roundings is within a few steps of the largest magnitude around it; the narrower the dtype, the
 * fewer roundings it takes to be seen. Doc: doc/interpreter.md, "Tolerances". */
rg_tolerance rg_tolerance_of(rg_dtype dtype)
{
    double epsilon = rg__dtype_epsilon(dtype);
    double steps = dtype == RG_DTYPE_F32 || dtype == RG_DTYPE_F64 ? 64 : 4;
    if (epsilon >= 0x1p-3) { /* 8-bit floats: one step of the value itself, for a rounding that fell the other way */
        return (rg_tolerance){rg__dtype_smallest(dtype) * epsilon, epsilon, 0};
    }
    return (rg_tolerance){rg__dtype_smallest(dtype), steps * epsilon, steps * epsilon};
}

static bool is_comparable(const rg_tensor *a, const rg_tensor *b)
{
    bool same = a->dtype == b->dtype && a->rank == b->rank;
    for (uint32_t i = 0; i < a->rank && same; i++) {
        same = a->sizes[i] == b->sizes[i];
    }
    return same;
}

/* The step of the dtype at a magnitude. */
static double step_at(rg_dtype dtype, double value)
{
    double epsilon = rg__dtype_epsilon(dtype);
    int exponent = 0;
    if (epsilon == 0) {
        return 1;
    }
    double smallest = rg__dtype_smallest(dtype);
    double magnitude = fabs(value) < smallest || !isfinite(value) ? smallest : fabs(value);
    (void)frexp(magnitude, &exponent);
    return ldexp(epsilon, exponent - 1);
}

/* Of the numbers that values are made of: the lowest number of the dtype, which masks add to scores, is none of them.
 */
static double largest_magnitude(const rg_tensor *tensor)
{
    double largest = 0;
    double bound = rg__dtype_largest(tensor->dtype) / 2;
    rg_loop loop;
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        double values[RG_LOOP_CHUNK];
        rg__load_real(values, rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], loop.run);
        for (size_t i = 0; i < loop.run; i++) {
            largest = fabs(values[i]) > largest && fabs(values[i]) < bound ? fabs(values[i]) : largest;
        }
    }
    return largest;
}

static void compare_element(rg_comparison *out, rg_dtype dtype, double actual, double expected, double allowed,
                            uint64_t position)
{
    bool same = actual == expected || (isnan(actual) && isnan(expected));
    double error = same ? 0 : fabs(actual - expected);
    if (isnan(error)) {
        error = INFINITY;
    }
    bool differs = !same && !(error <= allowed);
    bool worst = differs ? out->differing == 0 : out->differing == 0 && error > out->max_absolute;
    if (worst || position == 0) {
        out->position = position;
        out->actual = actual;
        out->expected = expected;
    }
    out->differing += differs;
    out->max_absolute = fmax(out->max_absolute, error);
    if (error > 0) {
        out->max_relative = fmax(out->max_relative, expected == 0 ? INFINITY : error / fabs(expected));
        out->max_ulp = fmax(out->max_ulp, isinf(error) ? INFINITY : error / step_at(dtype, expected));
    }
}

/* Integers beyond the precision of double are compared as integers. */
static void compare_integer(rg_comparison *out, int64_t actual, int64_t expected, uint64_t position)
{
    double error = actual == expected ? 0 : fmax(1, fabs((double)actual - (double)expected));
    compare_element(out, RG_DTYPE_I64, (double)expected + error, (double)expected, 0, position);
    if (out->position == position) {
        out->actual = (double)actual;
    }
}

rg_comparison rg_tensor_compare(const rg_tensor *actual, const rg_tensor *expected, const rg_tolerance *tolerance)
{
    rg_comparison result = {.comparable = is_comparable(actual, expected)};
    rg_loop loop;
    uint64_t position = 0;
    if (!result.comparable) {
        return result;
    }
    result.count = rg_tensor_count(actual);
    double common = tolerance->absolute + (tolerance->scaled > 0 ? tolerance->scaled * largest_magnitude(expected) : 0);
    rg__loop_init(&loop, actual->rank, actual->sizes);
    (void)rg__loop_add(&loop, actual);
    (void)rg__loop_add(&loop, expected);
    while (rg__loop_next(&loop)) {
        const void *a = rg__element_at(actual, loop.position[0]);
        const void *b = rg__element_at(expected, loop.position[1]);
        double left[RG_LOOP_CHUNK];
        double right[RG_LOOP_CHUNK];
        int64_t left_integers[RG_LOOP_CHUNK];
        int64_t right_integers[RG_LOOP_CHUNK];
        if (rg__dtype_is_integral(actual->dtype)) {
            rg__load_integer(left_integers, a, actual->dtype, loop.step[0], loop.run);
            rg__load_integer(right_integers, b, expected->dtype, loop.step[1], loop.run);
            for (size_t i = 0; i < loop.run; i++) {
                compare_integer(&result, left_integers[i], right_integers[i], position++);
            }
            continue;
        }
        rg__load_real(left, a, actual->dtype, loop.step[0], loop.run);
        rg__load_real(right, b, expected->dtype, loop.step[1], loop.run);
        for (size_t i = 0; i < loop.run; i++) {
            double allowed = common + tolerance->relative * (isfinite(right[i]) ? fabs(right[i]) : 0);
            compare_element(&result, actual->dtype, left[i], right[i], allowed, position++);
        }
    }
    return result;
}
