/*
 * graph_rules.h: rules and graphs of tests in short form, made directly of graphs, without tracing.
 *
 * A function is two texts: its parameters, and its statements, one a line. `@` stands for `torch.ops.`:
 *
 *     graph_of(context, "a: 'f32[4]', b", "x = @aten.add.Tensor(a, b)\n"
 *                                         "return x")
 *
 * (the annotation's quotes may be single). Types of statements are inferred. In the functions of a rule, `u0` .. `u9`
 * are size variables, and a parameter annotated 'int', 'float', 'bool', 'str', 'dtype' or 'int[]' captures a scalar;
 * the device `xla` is the rule's own, RG_RULE_DEVICE.
 */
#ifndef RG_TESTS_GRAPH_RULES_H
#define RG_TESTS_GRAPH_RULES_H

#include "rule/rule_impl.h"

rg_graph *graph_of(rg_context *context, const char *parameters, const char *statements);

/* The statements of a graph in the same short form, without annotations; static storage, valid until the next call. */
const char *statements_of(const rg_graph *graph);

typedef struct graph_rule {
    const char *name;
    const char *parameters;
    const char *pattern;
    const char *replacement;
    int32_t priority;
    rg_rule_check_function check;
    void *user;
} graph_rule;

rg_rule_set *graph_rules_create(rg_context *context);
void graph_rules_destroy(rg_rule_set *set);

/* Compile a rule and enter it in the set's order. RG_ERROR_RULE when it is refused or does not match itself. */
rg_status graph_rules_add(rg_rule_set *set, const graph_rule *rule);
/* The same with rg_rule.keep_shared. */
rg_status graph_rules_add_sharing(rg_rule_set *set, const graph_rule *rule);

/* The same again; graph_rules_add takes a rule as it is spelled, with neither of the two. */
rg_status graph_rules_add_by_meaning(rg_rule_set *set, const graph_rule *rule, bool see_through, bool commutative);

/* Enter a rule whose graphs exist; they become the set's, also on failure. Inputs are the pattern's placeholders. */
rg_status graph_rules_add_graphs(rg_rule_set *set, const char *name, rg_graph *pattern, rg_graph *replacement);

#endif
