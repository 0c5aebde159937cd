/*
 * op_impl.h: what ir knows of ops: a row of the op table, a parsed schema, and the view an inference function gets.
 *
 * The rows are data of the ops room (src/ops/ops.def); ir only declares their shape and reads them through
 * rg__op_rows, so that no include points upward.
 */
#ifndef RG_IR_OP_IMPL_H
#define RG_IR_OP_IMPL_H

#include <regraft/graph.h>

#include "base/memory.h"

typedef struct rg_inference rg_inference;

/* Fills the result type with the rg__infer_* functions of ops/infer.h. */
typedef rg_status (*rg_infer_row_function)(rg_inference *inference);

typedef struct rg_op_row {
    const char *name;   /* "aten.add.Tensor", "higher_order.cond", "operator.add" */
    const char *schema; /* PyTorch's notation; NULL for an op that has none */
    uint32_t traits;
    rg_infer_row_function infer; /* NULL only for ops whose result has no type (rows say so with RG_NO_INFER) */
    const char *roles;           /* "dim=DIM size=RESULT_SIZE": arguments whose role is not PLAIN; "" for none */
    const char *origin;          /* where the semantics come from, for doc/ops.md: "core ATen", "vLLM", "prims", ... */
} rg_op_row;

extern const rg_op_row rg__op_rows[];
extern const size_t rg__op_row_count;

/* One argument of a parsed schema. */
typedef struct rg_schema_argument {
    rg_string name;
    rg_string type;
    rg_value default_value; /* missing: required */
    bool keyword_only;
    bool mutated;
    bool aliased;
    uint8_t role; /* rg_argument_role */
} rg_schema_argument;

typedef struct rg_schema {
    rg_string text;
    uint32_t argument_count;
    uint32_t result_count;
    const rg_schema_argument *arguments;
    const rg_string *result_types;
    bool mutates;
} rg_schema;

/* What a context knows of one op. Lent by the context; stable until the op is declared anew. */
typedef struct rg_op_descriptor {
    rg_string name;
    rg_op_kind kind;
    uint32_t traits;
    const rg_schema *schema; /* NULL: opaque */
    const rg_op_row *row;    /* NULL: user-declared or opaque */
    rg_infer_function infer; /* user-declared ops */
    void *infer_user;
} rg_op_descriptor;

const rg_op_descriptor *rg__op_descriptor(const rg_context *context, rg_op op);

/* Parse a schema into the context's arena: "ns::name.overload(Tensor(a!) x, int[2] dims=0, *, float eps=1e-05) ->
 * Tensor". The op's dotted name ("ns.name.overload", overload "default" when absent) goes to `name`. Implemented in ir
 * because declaring an op needs it. */
rg_status rg__schema_parse(rg_schema *out, rg_string *name, rg_context *context, rg_string text);

#endif
