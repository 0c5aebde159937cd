/*
 * captured.h: computing with what a match has captured, as Python would: arithmetic on scalars as it stands in patterns
 * and replacements (`x * (1 - p)`), and the guard that a rule's check has become.
 */
#ifndef RG_MATCH_CAPTURED_H
#define RG_MATCH_CAPTURED_H

#include "match/pattern.h"

/* What size symbols of a rule stand for. */
typedef struct rg_known_sizes {
    const rg_size *symbols;
    const rg_size *sizes;
    size_t count;
} rg_known_sizes;

/* The size with known symbols replaced; null when another symbol occurs or the arithmetic cannot be done (that is an
 * answer here, so nothing is reported). Fails only for want of memory. */
rg_status rg__known_size(rg_size *out, rg_context *context, rg_size size, const rg_known_sizes *known);
/* rg_size_combine, in the same manner. */
rg_status rg__combine_quietly(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b);

/* What names stand for during a computation. */
typedef struct rg_scalar_scope {
    rg_context *context;
    const rg_rule *rule;
    const rg_graph *graph;  /* the one the inputs' values belong to */
    const rg_value *inputs; /* by input; missing: not bound */
    rg_known_sizes sizes;
    rg_value *known; /* room for a value for each node id of the graph computed in */
} rg_scalar_scope;

/*
 * The value of a node of `owner`, which is the rule's pattern or replacement. Missing when an input that it needs is
 * not bound or is no constant, or Python would give no plain number. Fails only for want of memory.
 */
rg_status rg__scalar_of_node(rg_value *out, const rg_scalar_scope *scope, const rg_graph *owner, rg_node node);

/* Does the rule's guard hold for certain? What the graph does not tell, or leaves open, does not hold. `known` has room
 * for the guard's nodes. Fails only for want of memory. */
rg_status rg__guard_holds(bool *out, const rg_scalar_scope *scope);

/* The part of the guard that does not hold: of conditions joined by `and` the first such one. Null when it is no node
 * of the guard. Fails only for want of memory. */
rg_status rg__guard_blame(rg_node *out, const rg_scalar_scope *scope);

#endif
