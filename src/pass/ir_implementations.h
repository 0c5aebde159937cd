/*
 * ir_implementations.h: how vLLM's IR ops can be computed. ir_lowering.c chooses and puts in.
 */
#ifndef RG_PASS_IR_IMPLEMENTATIONS_H
#define RG_PASS_IR_IMPLEMENTATIONS_H

#include "pass/pass_impl.h"

enum { RG_IR_MAX_INPUTS = 5 };

/* An op of the namespace vllm_ir. */
typedef struct rg_ir_op {
    const char *name;                     /* "rms_norm" */
    const char *inputs[RG_IR_MAX_INPUTS]; /* its arguments in schema order; NULL ends */
    rg_config_index priority;             /* the key with its implementations, best first */
} rg_ir_op;

typedef struct rg_ir_implementation {
    const char *op;
    const char *provider;    /* "native", "vllm_c" */
    const char *accepts;     /* an expression over the inputs; NULL: takes everything */
    const char *const *body; /* "name = expression" lines of the rule language, the last "return ..."; NULL ends */
} rg_ir_implementation;

extern const rg_ir_op rg__ir_ops[];
extern const size_t rg__ir_op_count;

/* The implementation of an op by a provider; NULL: it has none that regraft knows. */
const rg_ir_implementation *rg__ir_find(const rg_ir_op *op, rg_string provider);

/* An argument as an implementation sees it: a tensor of this type, or a constant. */
typedef struct rg_ir_input {
    bool is_tensor;
    rg_type type;
    rg_value constant;
} rg_ir_input;

/* Does the implementation take these inputs? */
rg_status rg__ir_accepts(bool *out, rg_context *context, const rg_ir_op *op, const rg_ir_implementation *implementation,
                         const rg_ir_input *inputs);

/* The implementation as a graph; its placeholders are the tensors among the inputs, in order. */
rg_status rg__ir_trace(rg_graph **out, rg_context *context, const rg_ir_op *op,
                       const rg_ir_implementation *implementation, const rg_ir_input *inputs);

#endif
