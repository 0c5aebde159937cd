/*
 * demands.h: which sizes of a call's arguments have to be equal: those that are broadcast together, those that a matrix
 * product sums over.
 */
#ifndef RG_RULE_DEMANDS_H
#define RG_RULE_DEMANDS_H

#include "rule/tracer.h"

/* Called for each two sizes that must be equal unless one of them is 1; a status other than RG_OK ends the walk. */
typedef rg_status (*rg_demand_function)(void *user, rg_size a, rg_size b);

rg_status rg__demands_visit(const rg_tracer *tracer, rg_node call, rg_demand_function function, void *user);

/* Report two sizes of the call that must be equal and are not known to be: different variables of a rule are different
 * sizes. */
rg_status rg__demands_check(rg_tracer *tracer, rg_node call);

#endif
