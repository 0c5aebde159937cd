/*
 * scalar.h: arithmetic on Python numbers and sizes, done when a function is traced, and again by whoever evaluates the
 * operator nodes that a rule leaves on captured scalars (rule_impl.h).
 */
#ifndef RG_RULE_SCALAR_H
#define RG_RULE_SCALAR_H

#include <regraft/value.h>

/*
 * The result of `op` ("operator.truediv", "math.sqrt") on numbers: ints, floats, bools and sizes, as Python computes
 * it. The missing value, with RG_OK, when it cannot be told: the op is none of these, an operand is no number, or a
 * size would have to be a float. RG_ERROR_TYPE with a diagnostic for what Python refuses (division by zero) and for
 * integers beyond 64 bits.
 */
rg_status rg__scalar_compute(rg_value *out, rg_context *context, rg_string op, const rg_value *values, size_t count);

/* Is this the name of an op that rg__scalar_compute knows? */
bool rg__scalar_knows(rg_string op);

#endif
