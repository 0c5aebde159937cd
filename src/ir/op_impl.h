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
    uint32_t sets;    /* the alias sets of its mark, a bit a letter; `*` is all of them, vLLM's `Tensor!` none */
    uint8_t role;     /* rg_argument_role */
    uint8_t integers; /* a list of integers, and as many of them as one integer stands for; 0: another type */
} rg_schema_argument;

/* Is what is written for the argument its normal form (rg_node_normal_argument), if it is no tuple? */
static inline bool rg__argument_is_plain(const rg_schema_argument *argument)
{
    return argument->role == RG_ROLE_PLAIN && argument->integers == 0;
}

typedef struct rg_schema {
    rg_string text;
    uint32_t argument_count;
    uint32_t result_count;
    const rg_schema_argument *arguments;
    const rg_string *result_types;
    const bool *result_aliased; /* marked `(a)`: shares memory with an argument */
    const uint32_t *result_sets;
    bool mutates;
} rg_schema;

/* What a context knows of one op. Lent by the context; stable until an opaque op is declared. */
typedef struct rg_op_descriptor {
    rg_string name;
    rg_op_kind kind;
    uint32_t traits;
    const rg_schema *schema; /* NULL: opaque */
    const rg_op_row *row;    /* NULL: user-declared or opaque */
    rg_infer_function infer; /* user-declared ops */
    void *infer_user;
} rg_op_descriptor;

/*
 * The descriptor of an op; never NULL. Built-in rows get theirs, schema parsed, when first asked for. That fills a
 * cache of the context it is asked of, even behind a const pointer, and never one of its parents: so a child context
 * may be asked about a parent's op while other threads do the same with theirs. When memory is out, or for the null op,
 * it is one of an opaque op with effects: call rg__op_prepare first where the difference matters. Ops of inserted nodes
 * are prepared.
 */
const rg_op_descriptor *rg__op_descriptor(const rg_context *context, rg_op op);

/* See to it that the op's descriptor is made. RG_ERROR_ARGUMENT when the op is not one of the context. */
rg_status rg__op_prepare(rg_context *context, rg_op op);

/* The op that a node kind without callable has: placeholder, output, get_attr, call_module. */
static inline rg_op rg__op_pseudo(rg_op_kind kind)
{
    return (rg_op){(uint16_t)(kind + 1)};
}

bool rg__ops_init(rg_context *context);
void rg__ops_free(rg_context *context);

/* Parse a schema into the context's arena: "ns::name.overload(Tensor(a!) x, int[2] dims=0, *, float eps=1e-05) ->
 * Tensor". The op's dotted name ("ns.name.overload", overload "default" when absent) goes to `name`. Implemented in ir
 * because declaring an op needs it. */
rg_status rg__schema_parse(rg_schema *out, rg_string *name, rg_context *context, rg_string text);

/* The same arguments, defaults, marks and results; names of alias sets and white space do not count. */
bool rg__schema_equal(const rg_schema *a, const rg_schema *b);

#endif
