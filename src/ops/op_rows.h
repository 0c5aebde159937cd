/*
 * op_rows.h: prototypes of the inference functions that rows of ops.def name.
 */
#ifndef RG_OPS_OP_ROWS_H
#define RG_OPS_OP_ROWS_H

#include "ops/infer.h"

#define RG_OP(name, traits, function, roles, origin, schema) rg_status rg__op_##function(rg_inference *inference);
#include "ops/ops.def"
#undef RG_OP

#endif
