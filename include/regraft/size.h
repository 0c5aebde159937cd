/*
 * size.h: symbolic sizes: the integers that stand in shapes, strides and size arguments.
 *
 * A size is a 32-bit handle to an expression in canonical form: an integer, or a sum of products with integer
 * coefficients over atoms, where an atom is a symbol (`s0`, `u0`, a rule's `t`) or an opaque operation on canonical
 * operands (floor division, modulus, Max, Min, power with a non-constant exponent, a comparison, a float).
 * Equal canonical forms are the same handle, so most equality tests are one compare; RG_UNKNOWN is an honest third
 * answer. Symbols whose name is `s` and digits are backed by a real size that PyTorch has specialised away from 0 and
 * 1, so they are at least 2; `u` and digits are unbacked and at least 0. Other symbols are a rule's variables, at least
 * 2 like the sizes that PyTorch traces patterns with; a match may still bind them to 0 or 1.
 *
 * Printed as sympy prints in FX dumps: `s0`, `2*s0 + 1`, `(s0//2)`, `8*s27**2`, `Max(1, s0)`.
 */
#ifndef REGRAFT_SIZE_H
#define REGRAFT_SIZE_H

#include <regraft/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A size of a context; {0} is the null size, meaning "not known". Non-negative integers below 2^31 are held in the
 * handle itself. */
typedef struct rg_size {
    uint32_t id;
} rg_size;

static inline bool rg_size_is_null(rg_size size)
{
    return size.id == 0;
}

/* Same handle, hence certainly the same size. See rg_size_equal for the full question. */
static inline bool rg_size_same(rg_size a, rg_size b)
{
    return a.id == b.id;
}

/* The size that is this integer; negative ones are fine. */
RG_API RG_NODISCARD rg_status rg_size_from_int(rg_size *out, rg_context *context, int64_t value);
/* The size that is this symbol; the name tells its lower bound, see above. */
RG_API RG_NODISCARD rg_status rg_size_from_symbol(rg_size *out, rg_context *context, rg_string name);

/* Read an expression in the printed form. Text that is no expression (a relation of bools, say) becomes an opaque atom
 * that equals only itself; it never fails for its content. */
RG_API RG_NODISCARD rg_status rg_size_parse(rg_size *out, rg_context *context, rg_string text);

typedef enum rg_size_operation {
    RG_SIZE_ADD,
    RG_SIZE_SUBTRACT,
    RG_SIZE_MULTIPLY,
    RG_SIZE_FLOOR_DIVIDE, /* Python's //, for integers of either sign */
    RG_SIZE_MODULO,       /* Python's % */
    RG_SIZE_POWER,
    RG_SIZE_MAX,
    RG_SIZE_MIN,
    RG_SIZE_LESS, /* comparisons give 0 or 1 when decidable, else a relation atom such as `u0 < 10` */
    RG_SIZE_LESS_EQUAL,
    RG_SIZE_GREATER,
    RG_SIZE_GREATER_EQUAL,
    RG_SIZE_EQUAL,
    RG_SIZE_NOT_EQUAL
} rg_size_operation;

/* Combine two sizes; the result is canonical. Integer overflow or division by zero gives RG_ERROR_TYPE. */
RG_API RG_NODISCARD rg_status rg_size_combine(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a,
                                              rg_size b);

/* Is a == b for every value of the symbols (YES), for none (NO), or not decidable here (UNKNOWN)? */
RG_API rg_truth rg_size_equal(rg_context *context, rg_size a, rg_size b);

/* Is a <= b for every admissible value of the symbols, for none, or unknown? Uses the lower bounds above. */
RG_API rg_truth rg_size_less_equal(rg_context *context, rg_size a, rg_size b);

/* The integer, if the size is one. */
RG_API bool rg_size_as_int(const rg_context *context, rg_size size, int64_t *out);

/* The symbol's name, if the size is one symbol; else an empty string. */
RG_API rg_string rg_size_as_symbol(const rg_context *context, rg_size size);

/* Replace symbols by sizes, all at once: `from[i]` must be symbols. */
RG_API RG_NODISCARD rg_status rg_size_substitute(rg_size *out, rg_context *context, rg_size size, const rg_size *from,
                                                 const rg_size *to, size_t count);

/* Does any symbol occur that is not among `known`? Used to ask whether bindings suffice to evaluate a size. */
RG_API bool rg_size_has_other_symbols(const rg_context *context, rg_size size, const rg_size *known, size_t count);

/* Print the canonical form. */
RG_API rg_status rg_size_print(const rg_context *context, rg_size size, rg_sink sink);

#ifdef __cplusplus
}
#endif
#endif
