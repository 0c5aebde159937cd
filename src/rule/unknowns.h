/*
 * unknowns.h: sizes of example inputs. An example input says "this shape, for instance": each of its dimensions is a
 * variable with a hint, and the trace finds out which of them must be equal and which must have the hint's value.
 *
 * Finding out works by starting over. A trace runs with the variables as they are known so far. When a call needs two
 * of them to be equal they are merged, `changed` is set, and the trace ends with RG_ERROR_TYPE and no diagnostic; the
 * rule's functions are then traced again. Each round merges or pins at least one variable, so rounds are few.
 */
#ifndef RG_RULE_UNKNOWNS_H
#define RG_RULE_UNKNOWNS_H

#include "rule/tracer.h"

typedef struct rg_unknown {
    rg_size symbol;
    int64_t hint;
    uint32_t same_as; /* index of the variable that it was merged into; its own if none */
    bool is_pinned;   /* it is its hint */
} rg_unknown;

struct rg_unknowns {
    rg_context *context;
    RG_VECTOR(rg_unknown) items;
    bool changed; /* by the running trace */
};

void rg__unknowns_free(rg_unknowns *unknowns);

/* Add the sizes of an example input: each that is 2 or more becomes a variable ("d0", "d1", ...). Sizes 0 and 1 stay
 * what they are, as PyTorch treats them apart. */
rg_status rg__unknowns_add(rg_unknowns *unknowns, const rg_tensor_type *example);

/* The type to declare for an example input by what is known so far: no strides, no device. Its variables start at
 * number `*next`, which moves on to the next input's. */
rg_status rg__unknowns_declare(rg_type *out, const rg_unknowns *unknowns, const rg_tensor_type *example,
                               uint32_t *next);

/* Before a call's type is computed: merge variables that must be equal for it (demands.h). RG_ERROR_TYPE with `changed`
 * set when there were any. */
rg_status rg__unknowns_prepare(rg_unknowns *unknowns, const rg_tracer *tracer, rg_node call);
/* After a call has failed: merge, else pin, the variables in the types of its arguments. RG_ERROR_TYPE with `changed`
 * set when there was something to do; RG_OK when there was not, and the failure stands. */
rg_status rg__unknowns_repair(rg_unknowns *unknowns, const rg_tracer *tracer, const rg_value *arguments, size_t count);

#endif
