/*
 * ir_implementations.c: how vLLM's IR ops can be computed (spec: vllm-passes 5.3, 5.4, 6.17), as functions of the rule
 * language, traced on the types at hand.
 *
 * "native" takes everything and is made of ATen ops. "vllm_c" calls vLLM's kernels; they are called in functionalised
 * form, so that the graph stays functional until fix_functionalization, which knows what may be overwritten.
 */
#include "pass/ir_implementations.h"

#include <regraft/trace.h>

#include "ir/context_impl.h"
#include "rule/tracer.h"

/* ---- the table ---- */

const rg_ir_op rg__ir_ops[] = {
    {"fused_add_rms_norm",
     {"x", "x_residual", "weight", "epsilon", "variance_size"},
     RG_CONFIG_KEY_fused_add_rms_norm_priority},
    {"rms_norm", {"x", "weight", "epsilon", "variance_size", NULL}, RG_CONFIG_KEY_rms_norm_priority},
    {"static_quant_fp8", {"x", "scale", "dtype", NULL, NULL}, RG_CONFIG_KEY_static_quant_fp8_priority},
};

const size_t rg__ir_op_count = sizeof(rg__ir_ops) / sizeof(rg__ir_ops[0]);

static const char *const native_rms_norm[] = {
    "wide = x.to(torch.float32)",
    "part = wide if variance_size is None else wide[..., :variance_size]",
    "variance = part.pow(2).mean(-1, True)",
    "normed = (wide * torch.rsqrt(variance + epsilon)).to(x.dtype)",
    "return (normed if weight is None else (normed * weight).to(x.dtype),)",
    NULL,
};

static const char *const native_fused_add_rms_norm[] = {
    "wide = x.to(torch.float32) + x_residual.to(torch.float32)",
    "residual = wide.to(x.dtype)",
    "part = wide if variance_size is None else wide[..., :variance_size]",
    "variance = part.pow(2).mean(-1, True)",
    "normed = (wide * torch.rsqrt(variance + epsilon)).to(x.dtype)",
    "return (normed if weight is None else (normed * weight).to(x.dtype), residual)",
    NULL,
};

static const char *const native_static_quant_fp8[] = {
    "limit = 224.0 if dtype == torch.float8_e4m3fnuz else torch.finfo(dtype).max",
    "scaled = x.to(torch.float32) * scale.reciprocal()",
    "return (scaled.clamp(-limit, limit).to(dtype),)",
    NULL,
};

static const char *const kernel_rms_norm[] = {
    "out = torch.empty(x.shape, dtype=x.dtype, device=x.device)",
    "call = auto_functionalized(torch.ops._C.rms_norm.default, result=out, input=x, weight=weight, epsilon=epsilon)",
    "return (call[1],)",
    NULL,
};

static const char *const kernel_fused_add_rms_norm[] = {
    "call = auto_functionalized(torch.ops._C.fused_add_rms_norm.default, input=x, residual=x_residual, weight=weight, "
    "epsilon=epsilon)",
    "return (call[1], call[2])",
    NULL,
};

static const char *const kernel_static_quant_fp8[] = {
    "out = torch.empty(x.shape, dtype=dtype, device=x.device)",
    "call = auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=out, input=x, scale=scale)",
    "return (call[1],)",
    NULL,
};

#define PLAIN_NORM "variance_size is None and weight is not None and weight.dtype == x.dtype"

static const rg_ir_implementation implementations[] = {
    {"rms_norm", "native", NULL, native_rms_norm},
    {"rms_norm", "vllm_c", PLAIN_NORM, kernel_rms_norm},
    {"fused_add_rms_norm", "native", NULL, native_fused_add_rms_norm},
    {"fused_add_rms_norm", "vllm_c", PLAIN_NORM " and x_residual.dtype == x.dtype", kernel_fused_add_rms_norm},
    {"static_quant_fp8", "native", NULL, native_static_quant_fp8},
    {"static_quant_fp8", "vllm_c", NULL, kernel_static_quant_fp8},
};

const rg_ir_implementation *rg__ir_find(const rg_ir_op *op, rg_string provider)
{
    for (size_t i = 0; i < sizeof(implementations) / sizeof(implementations[0]); i++) {
        if (strcmp(implementations[i].op, op->name) == 0 &&
            rg_string_equal(provider, rg_string_from(implementations[i].provider))) {
            return &implementations[i];
        }
    }
    return NULL;
}

/* ---- running a body ---- */

enum { MAX_NAMES = 16 };

/* Names and what they stand for in a trace. */
typedef struct scope {
    rg_argument names[MAX_NAMES];
    size_t count;
} scope;

/* Start a trace whose inputs are the tensors; constants are names only. */
static rg_status start(rg_tracer **out, scope *names, rg_context *context, const rg_ir_op *op,
                       const rg_ir_input *inputs)
{
    names->count = 0;
    rg_status status = rg_tracer_create(out, context, rg_string_from(op->name));
    for (size_t i = 0; i < RG_IR_MAX_INPUTS && op->inputs[i] != NULL && status == RG_OK; i++) {
        rg_string name = rg_string_from(op->inputs[i]);
        rg_value value = inputs[i].constant;
        if (inputs[i].is_tensor) {
            value = rg__trace_input(*out, name, RG_RULE_INPUT_TENSOR, inputs[i].type);
            status = (*out)->status;
        }
        names->names[names->count++] = (rg_argument){name, value};
    }
    return status;
}

rg_status rg__ir_accepts(bool *out, rg_context *context, const rg_ir_op *op, const rg_ir_implementation *implementation,
                         const rg_ir_input *inputs)
{
    scope names;
    rg_tracer *tracer = NULL;
    rg_value answer = rg_value_bool(true);
    if (implementation->accepts == NULL) {
        *out = true;
        return RG_OK;
    }
    rg_status status = start(&tracer, &names, context, op, inputs);
    if (status == RG_OK) {
        status = rg_tracer_evaluate(&answer, tracer, rg_string_from(implementation->accepts), names.names, names.count);
    }
    *out = rg_value_as_bool(answer);
    rg_tracer_destroy(tracer);
    return status;
}

/* "name = expression". The table's lines are all of this form, except the last. */
static rg_status run_line(rg_tracer *tracer, scope *names, const char *line)
{
    const char *equals = strstr(line, " = ");
    rg_argument *bound = &names->names[names->count];
    bound->name = (rg_string){line, (size_t)(equals - line)};
    rg_status status =
        rg_tracer_evaluate(&bound->value, tracer, rg_string_from(equals + 3), names->names, names->count);
    names->count++;
    return status;
}

/* "return (a, b)". */
static rg_status run_return(rg_tracer *tracer, const scope *names, const char *line)
{
    rg_value results;
    rg_value values[2];
    size_t count = 0;
    rg_string expression = rg_string_from(line + strlen("return "));
    rg_status status = rg_tracer_evaluate(&results, tracer, expression, names->names, names->count);
    if (status == RG_OK) {
        count = rg_value_count(tracer->context, tracer->graph, results);
    }
    for (size_t i = 0; i < count && i < 2 && status == RG_OK; i++) {
        status = rg_tracer_item(&values[i], tracer, results, i);
    }
    return status == RG_OK ? rg_tracer_return(tracer, values, count) : status;
}

rg_status rg__ir_trace(rg_graph **out, rg_context *context, const rg_ir_op *op,
                       const rg_ir_implementation *implementation, const rg_ir_input *inputs)
{
    scope names;
    rg_tracer *tracer = NULL;
    rg_trace_options options = RG_TRACE_OPTIONS_INIT;
    const char *const *line = implementation->body;
    *out = NULL;
    rg_status status = start(&tracer, &names, context, op, inputs);
    for (; status == RG_OK && line[1] != NULL; line++) {
        status = run_line(tracer, &names, *line);
    }
    if (status == RG_OK) {
        status = run_return(tracer, &names, *line);
    }
    if (status == RG_OK) {
        options.view_to_reshape = true;
        status = rg_tracer_finish(out, tracer, &options);
    }
    rg_tracer_destroy(tracer);
    return status;
}
