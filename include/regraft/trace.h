/*
 * trace.h: turning a function into a graph by running it on values that have types but no data.
 *
 * A tracer records calls. Torch-level calls (`torch.softmax`, `.view`, `x + y`) are decomposed into the same ATen and
 * prims ops, in the same order, as PyTorch's forward-only trace with Inductor's decomposition table gives
 * (doc/rules.md, "What calls become"); calls of `torch.ops.*` are recorded as they are. Sizes are symbolic: nothing is
 * allocated and no device is needed.
 *
 * During a trace a value is: a node of the traced graph (a tensor, or several results), a size, or a constant.
 */
#ifndef REGRAFT_TRACE_H
#define REGRAFT_TRACE_H

#include <regraft/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_tracer rg_tracer;

/* Start a trace into a new graph named `name`. */
RG_API RG_NODISCARD rg_status rg_tracer_create(rg_tracer **out, rg_context *context, rg_string name);
RG_API void rg_tracer_destroy(rg_tracer *tracer);
RG_API rg_context *rg_tracer_context(const rg_tracer *tracer);

/*
 * Declare the next input. `type` says what it is:
 *   "bf16[t, h]"      a tensor in FX's notation. A name in a shape is a variable: the same name is the same size
 *                     everywhere in the rule. Strides and device may follow as in FX; what is left out is not pinned.
 *   "Tensor"          a tensor of which nothing is known
 *   "int" "float" "bool" "str" "dtype" "int[]"   a scalar (or list) captured by name
 *   "Tensor[]" "list[bf16[t, h]]"   a list of tensors of any length
 *   "bf16[t, h] | None"   any of these: an optional input. A rule has an instance with it and one without, where it is
 *                         None.
 */
RG_API RG_NODISCARD rg_status rg_tracer_input(rg_value *out, rg_tracer *tracer, rg_string name, rg_string type);

/* Record a call. `target` is written as in rule files: "torch.ops.aten.mul.Tensor", "torch.softmax",
 * "torch.nn.functional.linear", ".view" (first argument is the receiver), "operator.add", "auto_functionalized". */
RG_API RG_NODISCARD rg_status rg_tracer_call(rg_value *out, rg_tracer *tracer, rg_string target,
                                             const rg_argument *arguments, size_t count);

/* Evaluate an expression of the rule language, for example "x * torch.rsqrt(variance + eps)", with names bound to
 * values. The shortest way to write a rule in C. */
RG_API RG_NODISCARD rg_status rg_tracer_evaluate(rg_value *out, rg_tracer *tracer, rg_string expression,
                                                 const rg_argument *names, size_t count);

/* One result of a call with several, or one element of a list: `value[index]`. */
RG_API RG_NODISCARD rg_status rg_tracer_item(rg_value *out, rg_tracer *tracer, rg_value value, size_t index);

/* The size of dimension `dim` (negative counts from the end) of a tensor value: an int or a size value. */
RG_API RG_NODISCARD rg_status rg_tracer_dimension(rg_value *out, rg_tracer *tracer, rg_value tensor, int64_t dim);

/* The type of a tensor value; null when not known. */
RG_API rg_type rg_tracer_type(const rg_tracer *tracer, rg_value value);

/* Say what the function returns; once, last. */
RG_API RG_NODISCARD rg_status rg_tracer_return(rg_tracer *tracer, const rg_value *values, size_t count);

/* How a trace ends. */
typedef struct rg_trace_options {
    size_t struct_size;
    bool view_to_reshape; /* aten.view becomes aten.reshape, identity permutes go */
    bool keep_noops;      /* skip the no-op removal */
} rg_trace_options;

#define RG_TRACE_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        sizeof(rg_trace_options), false, false                                                                         \
    }

/*
 * End the trace: clean up as PyTorch's forward-only trace does (no-op removal, dead code) and as vLLM's trace function
 * does after it (view to reshape, identity permutes dropped) when `view_to_reshape` is set. The graph is yours; the
 * tracer can only be destroyed afterwards.
 */
RG_API RG_NODISCARD rg_status rg_tracer_finish(rg_graph **out, rg_tracer *tracer, const rg_trace_options *options);

#ifdef __cplusplus
}
#endif
#endif
