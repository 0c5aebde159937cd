/*
 * kernel_functions.h: prototypes of the kernels that rows of kernels.def name.
 */
#ifndef RG_INTERP_KERNEL_FUNCTIONS_H
#define RG_INTERP_KERNEL_FUNCTIONS_H

#include "interp/interp_impl.h"

rg_status rg__compute_pointwise(rg_kernel_call *call);
rg_status rg__compute_lanes(rg_kernel_call *call);

#define RG_KERNEL(name, function, accuracy, flags) rg_status rg__compute_##function(rg_kernel_call *call);
#define RG_POINTWISE(name, which, accuracy)
#define RG_LANES(name, which, accuracy)
#define RG_IN_PLACE(name, other, accuracy)
#define RG_NO_KERNEL(name, reason)
#include "interp/kernels.def"
#undef RG_KERNEL
#undef RG_POINTWISE
#undef RG_LANES
#undef RG_IN_PLACE
#undef RG_NO_KERNEL

#endif
