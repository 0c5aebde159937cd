/*
 * draft.h: a rule before it is registered: what it is called, its functions, and what its instances differ in.
 *
 * Rules from C and rules of files take the same way: both are a definition of C functions (rule.h); those of a file
 * evaluate its syntax. Next: register.c.
 */
#ifndef RG_RULE_DRAFT_H
#define RG_RULE_DRAFT_H

#include "base/buffer.h"
#include "rule/tracer.h"
#include "rule/unknowns.h"

/* A parameter of a rule: one instance per value. */
typedef struct rg_rule_parameter {
    rg_string name;
    const rg_value *values;
    size_t count;
} rg_rule_parameter;

/* One of the example inputs of a rule that has them instead of annotations. */
typedef struct rg_rule_example {
    rg_rule_input_kind kind;
    rg_type type; /* of tensors */
} rg_rule_example;

typedef struct rg_rule_draft {
    const rg_rule_definition *definition;
    rg_rule_function check;        /* NULL: none; see trace_check.c */
    const rg_string *alternatives; /* names of the pattern functions if there are several: one instance each */
    size_t alternative_count;
    rg_string instance_name; /* given in a dump; empty: made of the rule's name and its parameters */
    rg_string file;          /* empty for rules from C */
    uint32_t line;
    rg_place place; /* of the rule's name; no source for rules from C */
    rg_place pattern_place;
    rg_place replacement_place;
    const rg_rule_parameter *parameters;
    size_t parameter_count;
    const rg_argument *constants; /* that annotations may name: integers and dtypes */
    size_t constant_count;
    bool has_examples; /* inputs are examples: the definition's `inputs` declares them through `unknowns` */

    /* of the instance at work, set by register.c for the functions to read */
    const rg_argument *bound; /* parameters and dtype variables with their values */
    size_t bound_count;
    size_t alternative;      /* the pattern function at work */
    const rg_string *absent; /* optional inputs that it does without */
    size_t absent_count;
    rg_unknowns *unknowns;
} rg_rule_draft;

/* Register all instances of a rule at the end of set->rules, which the caller sorts. On failure the set is as it was.
 */
rg_status rg__draft_register(rg_rule_set *set, rg_rule_draft *draft);

/* Put the rules into the order in which they are tried. */
void rg__rule_set_sort(rg_rule_set *set);
/* Remove and free the rules from index `first` on. */
void rg__rule_set_truncate(rg_rule_set *set, uint32_t first);

/* The canonical text of one instance, appended to `out`; see rg_rule_set_canonical. */
rg_status rg__rule_canonical(rg_buffer *out, const rg_rule_set *set, const rg_rule *rule);

#endif
