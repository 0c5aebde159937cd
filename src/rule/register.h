/*
 * register.h: what the two halves of registration share: register.c makes instances, register_check.c judges them.
 */
#ifndef RG_RULE_REGISTER_H
#define RG_RULE_REGISTER_H

#include "rule/draft.h"

/* The inputs of an instance as one of its traces declared them, in the set's arena. */
typedef struct rg_traced_inputs {
    rg_rule_input *inputs;
    const rg_place *places; /* of the inputs */
    size_t count;
    size_t declared_count;    /* those behind it stand for literals marked free */
    const size_t *parameters; /* of the rule's functions: indices of inputs, RG_NO_INPUT for an absent one */
    size_t parameter_count;
    const rg_size *symbols;
    size_t symbol_count;
} rg_traced_inputs;

#define RG_NO_INPUT SIZE_MAX

/* Take what the tracer has; one that has traced the pattern also has inputs for literals marked free. */
rg_status rg__traced_inputs_take(rg_traced_inputs *out, rg_rule_set *set, const rg_tracer *tracer);
/* Declare them again, to a tracer of another function. */
rg_status rg__traced_inputs_declare(const rg_traced_inputs *traced, rg_tracer *tracer);
/* Put them into a rule whose graphs are final: fills in the placeholders. */
rg_status rg__traced_inputs_give(const rg_traced_inputs *traced, rg_rule_set *set, const rg_rule_draft *draft,
                                 rg_rule *rule);

/* Everything that is asked of an instance before it is registered. Compiles it; sets its canonical text. `*repeats`: it
 * is another instance of its rule again, which has several spellings, and need not be registered. */
rg_status rg__rule_check_instance(bool *repeats, rg_rule_set *set, const rg_rule_draft *draft, rg_rule *rule);

/* A part of it: refuse a replacement that reads a buffer which nothing has written (unwritten.c). */
rg_status rg__rule_check_written(const rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule);

#endif
