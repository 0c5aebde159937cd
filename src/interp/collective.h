/*
 * collective.h: what collectives over the simulated group are made of. All take the calls of one node on all ranks.
 */
#ifndef RG_INTERP_COLLECTIVE_H
#define RG_INTERP_COLLECTIVE_H

#include "interp/interp_impl.h"

/* Argument `index` of every rank; NULL, with the failure noted, when one is missing. */
const rg_tensor **rg__collective_arguments(rg_kernel_call *calls, size_t index);
/* A world size that the argument names must be that of the run. */
bool rg__collective_check_size(rg_kernel_call *call, const char *argument);
/* One tensor a rank, combined as the argument says (added up where there is no such argument), row-major; NULL when it
 * fails. */
double *rg__collective_reduce(rg_kernel_call *calls, const rg_tensor *const *tensors, const char *argument);
/* The first result of each rank gets its part, along a dimension, of `sum`, which has the sizes of `like`. */
rg_status rg__collective_scatter(rg_kernel_call *calls, const double *sum, const rg_tensor *like, uint32_t dim);
/* Result `result` of every rank gets the tensors of all, one behind the other. */
rg_status rg__collective_gather(rg_kernel_call *calls, const rg_tensor *const *tensors, uint32_t dim, size_t result);

#endif
