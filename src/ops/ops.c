/*
 * ops.c: the op table: ops.def expanded into the rows that ir reads (ir/op_impl.h). Nothing else lives here; how an op
 * infers its result is in infer_<family>.c.
 */
#include "ops/op_rows.h"

/* The words of ops.def. */
#define PURE          RG_TRAIT_PURE
#define VIEW          RG_TRAIT_VIEW
#define COMMUTATIVE   RG_TRAIT_COMMUTATIVE
#define ELEMENTWISE   RG_TRAIT_ELEMENTWISE
#define REDUCTION     RG_TRAIT_REDUCTION
#define RANDOM        RG_TRAIT_RANDOM
#define EFFECT        RG_TRAIT_EFFECT
#define MUTATES       RG_TRAIT_MUTATES
#define VIEW_IN_PLACE RG_TRAIT_INPLACE_VIEW
#define COLLECTIVE    RG_TRAIT_COLLECTIVE
#define SHAPE_QUERY   RG_TRAIT_SHAPE_QUERY
#define COPIES        RG_TRAIT_COPIES
#define RESHAPES      RG_TRAIT_RESHAPES
#define PERMUTES      RG_TRAIT_PERMUTES
#define RESIZES       RG_TRAIT_RESIZES
#define CASTS         RG_TRAIT_CASTS

#define ATEN   "ATen"
#define CORE   "core ATen"
#define PRIMS  "prims"
#define HIGHER "higher order"
#define PYTHON "Python"
#define VLLM   "vLLM"
#define TEST   "test"

const rg_op_row rg__op_rows[] = {
#define RG_OP(name, traits, function, roles, origin, schema) {name, schema, traits, rg__op_##function, roles, origin},
#include "ops/ops.def"
#undef RG_OP
};

const size_t rg__op_row_count = sizeof(rg__op_rows) / sizeof(rg__op_rows[0]);
