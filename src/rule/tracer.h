/*
 * tracer.h: a tracer from the inside: what the decompositions of torch-level calls (trace_<family>.c) are written with.
 *
 * A decomposition reads like the formula it is. To make that possible failure is sticky: the first failing step sets
 * tracer->status and leaves a diagnostic; every later step does nothing and gives the missing value. The public entry
 * points (tracer.c) turn the status into their result. Next: trace_table.h, how a call finds its decomposition.
 */
#ifndef RG_RULE_TRACER_H
#define RG_RULE_TRACER_H

#include "ops/infer.h"
#include "rule/annotation.h"
#include "rule/place.h"
#include "rule/rule_impl.h"

typedef struct rg_unknowns rg_unknowns;

/* Which function of a rule a trace is of. */
typedef enum rg_trace_role {
    RG_TRACE_ALONE, /* of none */
    RG_TRACE_PATTERN,
    RG_TRACE_REPLACEMENT,
    RG_TRACE_CHECK /* computes a truth value from what a match has captured (trace_check.c) */
} rg_trace_role;

typedef struct rg_trace_input {
    rg_string name;
    rg_rule_input_kind kind;
    rg_type declared; /* what the annotation pins; null for scalars and for "Tensor" */
    rg_node node;     /* its placeholder */
    rg_value value;   /* what stands for it in calls */
} rg_trace_input;

struct rg_tracer {
    rg_context *context;
    rg_graph *graph;
    rg_status status;                 /* the first failure of the running public call */
    const char *callee;               /* name of the torch-level function at work, for messages; NULL between calls */
    rg_place place;                   /* of the expression at work; no source for calls from C */
    uint32_t reported;                /* diagnostics there were when the running public call began */
    const rg_annotation_scope *scope; /* what annotations of inputs mean; NULL outside rules: only plain names */
    rg_unknowns *unknowns;            /* sizes that example inputs left open; NULL when there are none */
    rg_trace_role role;
    RG_VECTOR(rg_place) places; /* by node id, of the finished graph from 0 on: where a file has it; may be shorter */
    RG_VECTOR(rg_trace_input) inputs;
    RG_VECTOR(rg_value) arguments; /* what the rule's functions are called with: inputs, and None for absent ones */
    RG_VECTOR(rg_size) variables;  /* size variables, in order of first occurrence in the inputs */
    bool has_returned;
};

/* Remember the place of the expression at work as the node's. */
void rg__trace_note_place(rg_tracer *tracer, rg_node node);

/* ---- failing ---- */

/* Report at the place of the call at work and set the status. Gives the missing value. */
rg_value rg__trace_fail(rg_tracer *tracer, rg_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Take over the status of a callee that has reported already: true when it is RG_OK and the trace has not failed. What
 * the callee reported without a place gets that of the call at work. */
bool rg__trace_ok(rg_tracer *tracer, rg_status status);

/* Declare an input whose type is given: `declared` says what is pinned (null: nothing known). */
rg_value rg__trace_input(rg_tracer *tracer, rg_string name, rg_rule_input_kind kind, rg_type declared);
/* Take note that the rule's functions get this value for their next parameter. */
void rg__trace_argument(rg_tracer *tracer, rg_value value);
/* The size variable of this name, remembered as one of the tracer's. */
rg_size rg__trace_variable(rg_tracer *tracer, rg_string name);
/* Is the name that of a size variable? */
bool rg__trace_find_variable(const rg_tracer *tracer, rg_string name, rg_size *out);

/* ---- values ---- */

rg_value rg__trace_int(rg_tracer *tracer, int64_t value);
rg_value rg__trace_string(rg_tracer *tracer, const char *text);
rg_value rg__trace_device(rg_tracer *tracer, rg_device device);
/* "cuda", "cuda:1" */
rg_value rg__trace_parse_device(rg_tracer *tracer, rg_string text);
/* An int where the size is one, else the size itself. */
rg_value rg__trace_size(rg_tracer *tracer, rg_size size);
rg_value rg__trace_list(rg_tracer *tracer, const rg_value *items, size_t count);
rg_value rg__trace_tuple(rg_tracer *tracer, const rg_value *items, size_t count);
rg_value rg__trace_size_list(rg_tracer *tracer, const rg_size *sizes, size_t count);
rg_value rg__trace_int_list(rg_tracer *tracer, const int64_t *numbers, size_t count);
/* torch.strided, torch.contiguous_format: words that stand in calls. */
rg_value rg__trace_word(rg_tracer *tracer, rg_value_kind kind, const char *text);

/* ---- reading values; `what` names the argument in messages ---- */

bool rg__trace_is_given(rg_value value); /* neither missing nor None */
bool rg__trace_is_list(rg_value value);  /* a list or a tuple */
/* The kind of input that stands for a constant like this one; false for what is no constant. */
bool rg__trace_scalar_kind(rg_rule_input_kind *out, rg_value value);
/* A node that stands for a number or a word, not for a tensor: an input captured by name, or arithmetic on such. */
bool rg__trace_is_scalar_node(const rg_tracer *tracer, rg_value value);
bool rg__trace_is_tensor(const rg_tracer *tracer, rg_value value);
/* A list of tensors of any length: a captured one, or what a comprehension makes of one (comprehension.c). */
bool rg__trace_is_open_list(const rg_tracer *tracer, rg_value value);
/* The item of such a list at an index, -1 being the last one. */
rg_value rg__trace_list_item(rg_tracer *tracer, rg_value list, int64_t index);
/* int, float, bool, size, or a scalar node */
bool rg__trace_is_number(const rg_tracer *tracer, rg_value value);

rg_node rg__trace_read_tensor(rg_tracer *tracer, rg_value value, const char *what);
/* A tensor of known type; fails with a message that asks for a declared type where it is not known. */
bool rg__trace_read_shape(rg_tracer *tracer, rg_value value, const char *what, rg_shape *out);
int64_t rg__trace_read_int(rg_tracer *tracer, rg_value value, const char *what);
bool rg__trace_read_bool(rg_tracer *tracer, rg_value value, const char *what, bool fallback);
rg_size rg__trace_read_size(rg_tracer *tracer, rg_value value, const char *what);
/* Items of a list or tuple, or the value itself as the only item; RG_MAX_RANK at most. */
uint32_t rg__trace_read_items(rg_tracer *tracer, rg_value value, const char *what, rg_value *items);
/* A dimension, or a list of them, in 0 .. rank-1; -1 counts from the end. */
uint32_t rg__trace_read_dim(rg_tracer *tracer, rg_value value, const char *what, uint32_t rank);
/* The dtype of a tensor; NONE, without failing, where it is not known. */
rg_dtype rg__trace_dtype(const rg_tracer *tracer, rg_value tensor);
/* An inference that serves the layout helpers of ops/infer.h; what they refuse, they refuse as a view. Its failure is
 * taken over by rg__trace_layout_ok.
 */
rg_inference rg__trace_layout(rg_tracer *tracer);
bool rg__trace_layout_ok(rg_tracer *tracer, const rg_inference *inference);
rg_size rg__trace_combine(rg_tracer *tracer, rg_size_operation operation, rg_size a, rg_size b);
/* Is the size this integer for certain? */
bool rg__trace_size_is(rg_tracer *tracer, rg_size size, int64_t value);

/* ---- recording ---- */

/*
 * Record a call of an op with these arguments and compute its type. Trailing positional arguments and keyword arguments
 * that are missing or equal the schema's default are left out, as PyTorch's dispatcher does. Gives the node, or the
 * size for an op whose result is a size.
 */
rg_value rg__trace_record(rg_tracer *tracer, const char *name, const rg_argument *arguments, size_t count);
/* The same for an op that is known, with the arguments kept as they are. */
rg_value rg__trace_record_as_written(rg_tracer *tracer, rg_op op, const rg_argument *arguments, size_t count);

/* After the failure of a call: see whether sizes that example inputs left open are what it is about (unknowns.h).
 * `reported` diagnostics were there before the call. */
void rg__trace_repair(rg_tracer *tracer, const rg_value *arguments, size_t count, uint32_t reported);

#define RG_POSITION(value)      ((rg_argument){{NULL, 0}, (value)})
#define RG_KEYWORD(name, value) ((rg_argument){{(name), sizeof(name) - 1}, (value)})

/* rg__emit(tracer, "aten.permute.default", x, dims): positional arguments only. */
#define rg__emit(tracer, op, ...)                                                                                      \
    rg__trace_record_values((tracer), (op), (const rg_value[]){__VA_ARGS__},                                           \
                            sizeof((const rg_value[]){__VA_ARGS__}) / sizeof(rg_value))
/* rg__emit_call(tracer, "aten.clone.default", RG_POSITION(x), RG_KEYWORD("memory_format", format)) */
#define rg__emit_call(tracer, op, ...)                                                                                 \
    rg__trace_record((tracer), (op), (const rg_argument[]){__VA_ARGS__},                                               \
                     sizeof((const rg_argument[]){__VA_ARGS__}) / sizeof(rg_argument))

rg_value rg__trace_record_values(rg_tracer *tracer, const char *name, const rg_value *values, size_t count);

/* `value[index]` of a call with several results, or of a list. */
rg_value rg__trace_item(rg_tracer *tracer, rg_value value, size_t index);
/* How many results or items a value has; false when it is no list and not known to have several results. */
bool rg__trace_item_count(const rg_tracer *tracer, rg_value value, size_t *out);
bool rg__trace_has_items(const rg_tracer *tracer, rg_value value);

/* The result of an operator or function of numbers (scalar.h): computed now, or a node for the matcher to evaluate when
 * it depends on captured scalars. */
rg_value rg__trace_scalar(rg_tracer *tracer, const char *op, const rg_value *values, size_t count);
/* The node in any case. */
rg_value rg__trace_record_scalar(rg_tracer *tracer, const char *op, const rg_value *values, size_t count);
/* Likewise `base.name()`, in a check. */
rg_value rg__trace_record_method(rg_tracer *tracer, const char *name, rg_value base);

/* ---- decompositions used by others ---- */

rg_value rg__trace_convert(rg_tracer *tracer, rg_value x, rg_dtype dtype); /* nothing where it has that dtype */
rg_value rg__trace_contiguous(rg_tracer *tracer, rg_value x);
rg_value rg__trace_permute(rg_tracer *tracer, rg_value x, const uint32_t *order, uint32_t rank);
rg_value rg__trace_reshape(rg_tracer *tracer, rg_value x, rg_value sizes);
rg_value rg__trace_swap(rg_tracer *tracer, rg_value x, uint32_t a, uint32_t b);
rg_value rg__trace_expand(rg_tracer *tracer, rg_value x, const rg_size *sizes, uint32_t count);
rg_value rg__trace_index(rg_tracer *tracer, rg_value x, rg_value index);
rg_value rg__trace_scalar_tensor(rg_tracer *tracer, rg_value scalar, rg_dtype dtype, rg_device device);
rg_value rg__trace_softmax(rg_tracer *tracer, rg_value x, rg_value dim, bool logarithm, rg_dtype result);
/* The dtype that decompositions compute in: f32 for f16 and bf16, else the tensor's own. */
rg_dtype rg__trace_computation_dtype(rg_dtype dtype);

#endif
