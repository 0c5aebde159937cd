/*
 * pointwise.h: elementwise kernels: a function over rows of numbers, and how its operands are read.
 *
 * The operands are the op's first arguments, tensors or numbers, brought to their common dtype and broadcast; what
 * follows are parameters, the same for all elements. Real numbers are computed with as double, which holds every
 * product of two floats; integers and bools as int64_t, wrapping around.
 */
#ifndef RG_INTERP_POINTWISE_H
#define RG_INTERP_POINTWISE_H

#include "interp/interp_impl.h"

enum { RG_POINTWISE_OPERANDS = 3, RG_POINTWISE_PARAMETERS = 6 };

/* The arguments after the operands in schema order. None is NaN and 0; a string is its first letter. */
typedef struct rg_pointwise_parameters {
    double real[RG_POINTWISE_PARAMETERS];
    int64_t integer[RG_POINTWISE_PARAMETERS];
    rg_dtype dtype; /* that is computed in */
} rg_pointwise_parameters;

typedef void (*rg_pointwise_real)(double *out, const double *const *in, const rg_pointwise_parameters *p, size_t count);
typedef void (*rg_pointwise_integer)(int64_t *out, const int64_t *const *in, const rg_pointwise_parameters *p,
                                     size_t count);

typedef struct rg_pointwise {
    uint8_t operands;
    bool has_condition;  /* the first operand chooses between the others and takes no part in promotion */
    bool rounds_numbers; /* operands that are numbers are rounded to the common dtype, not only to float */
    bool to_real;        /* computed as real numbers even where all operands are integers */
    rg_pointwise_real real;
    rg_pointwise_integer integer; /* NULL: as real numbers */
} rg_pointwise;

/* Bodies in terms of x, y, z (operands), p (parameters) and, for integers, wrapping `unsigned` arithmetic. */
#define RG_REAL_FUNCTION(name, operand_count, expression)                                                              \
    static void name##_real(double *out, const double *const *in, const rg_pointwise_parameters *p, size_t count)      \
    {                                                                                                                  \
        (void)p;                                                                                                       \
        for (size_t i = 0; i < count; i++) {                                                                           \
            double x = in[0][i];                                                                                       \
            double y = (operand_count) > 1 ? in[1][i] : 0;                                                             \
            double z = (operand_count) > 2 ? in[2][i] : 0;                                                             \
            (void)x;                                                                                                   \
            (void)y;                                                                                                   \
            (void)z;                                                                                                   \
            out[i] = (expression);                                                                                     \
        }                                                                                                              \
    }
#define RG_INTEGER_FUNCTION(name, operand_count, expression)                                                           \
    static void name##_integer(int64_t *out, const int64_t *const *in, const rg_pointwise_parameters *p, size_t count) \
    {                                                                                                                  \
        (void)p;                                                                                                       \
        for (size_t i = 0; i < count; i++) {                                                                           \
            int64_t x = in[0][i];                                                                                      \
            int64_t y = (operand_count) > 1 ? in[1][i] : 0;                                                            \
            int64_t z = (operand_count) > 2 ? in[2][i] : 0;                                                            \
            (void)x;                                                                                                   \
            (void)y;                                                                                                   \
            (void)z;                                                                                                   \
            out[i] = (int64_t)(expression);                                                                            \
        }                                                                                                              \
    }

/* A definition with a real body, and one with an integer body too. */
#define RG_POINTWISE_DEFINE(name, operand_count, real_expression, ...)                                                 \
    RG_REAL_FUNCTION(name, operand_count, real_expression)                                                             \
    const rg_pointwise rg__pointwise_##name = {.operands = (operand_count), .real = name##_real, __VA_ARGS__};
#define RG_POINTWISE_DEFINE_BOTH(name, operand_count, real_expression, integer_expression, ...)                        \
    RG_INTEGER_FUNCTION(name, operand_count, integer_expression)                                                       \
    RG_REAL_FUNCTION(name, operand_count, real_expression)                                                             \
    const rg_pointwise rg__pointwise_##name = {                                                                        \
        .operands = (operand_count), .real = name##_real, .integer = name##_integer, __VA_ARGS__};

#endif
