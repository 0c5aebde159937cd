/*
 * trace_table.h: how a torch-level call finds its decomposition.
 *
 * Each family of functions is a file, trace_<family>.c: an array of rows and the decompositions they name. A row binds
 * names to a decomposition through a signature, so that a decomposition sees its arguments by position whatever mix of
 * positional and keyword arguments was written. To add a function, add a row.
 */
#ifndef RG_RULE_TRACE_TABLE_H
#define RG_RULE_TRACE_TABLE_H

#include "rule/tracer.h"

/* Where a function is found under its name. */
enum {
    RG_IN_TORCH = 1 << 0,      /* torch.softmax */
    RG_IN_FUNCTIONAL = 1 << 1, /* torch.nn.functional.softmax */
    RG_IN_METHODS = 1 << 2,    /* x.softmax */
    RG_IN_ATTRIBUTES = 1 << 3, /* x.shape */
    RG_IN_OPERATORS = 1 << 4,  /* operator.add, which `+` stands for */
    RG_IN_MATH = 1 << 5,       /* math.sqrt */
    RG_IN_BUILTINS = 1 << 6,   /* len */
    RG_IN_LIMITS = 1 << 7,     /* torch.finfo(dtype).max */
    RG_IN_BOTH = RG_IN_TORCH | RG_IN_METHODS
};

enum { RG_TRACE_MAX_PARAMETERS = 16 };

typedef struct rg_trace_row rg_trace_row;

/* `arguments` has one value per parameter of the row's signature, missing where none was given. */
typedef rg_value (*rg_trace_function)(rg_tracer *tracer, const rg_trace_row *row, const rg_value *arguments);

struct rg_trace_row {
    const char *name;
    uint32_t places;
    /* Parameters in order, separated by ", ". `name=` may be left out. `*name` takes all remaining positional values,
     * or one list of them, as a list. `name|alias` has a second name. */
    const char *signature;
    rg_trace_function function;
    const char *op; /* for decompositions that serve many rows: what to record */
};

typedef struct rg_trace_family {
    const rg_trace_row *rows;
    size_t count;
    uint32_t places; /* of all its rows */
} rg_trace_family;

extern const rg_trace_family rg__trace_arithmetic, rg__trace_activation, rg__trace_conversion, rg__trace_reduction,
    rg__trace_normalization, rg__trace_matmul, rg__trace_view, rg__trace_join, rg__trace_creation, rg__trace_lookup,
    rg__trace_python, rg__trace_check, rg__trace_repetition;

/* The row of a name; NULL if there is none. `places` is one bit. */
const rg_trace_row *rg__trace_find(uint32_t place, rg_string name);

/* ---- trace_check.c: in the trace of a rule's check ---- */

/* Does the tracer trace a check, in which operators compute with what a match will have captured? */
static inline bool rg__trace_is_check(const rg_tracer *tracer)
{
    return tracer->role == RG_TRACE_CHECK;
}

/* A property of a captured value: what is declared of it, or a node that asks the match. `index` may be missing. */
rg_value rg__check_property(rg_tracer *tracer, rg_value base, const char *name, rg_value index);
/* An operator of Python on two operands, or on one if the second is missing: computed, or a node. */
rg_value rg__check_operator(rg_tracer *tracer, const char *name, rg_value a, rg_value b);
/* Is it decided only by a match whether the value is true? */
bool rg__check_is_open(const rg_tracer *tracer, rg_value value);
/* `a and b`, `a or b`; `not a`; `value in list` */
rg_value rg__check_logic(rg_tracer *tracer, const char *name, rg_value a, rg_value b);
rg_value rg__check_not(rg_tracer *tracer, rg_value value);
rg_value rg__check_contains(rg_tracer *tracer, rg_value list, rg_value value);

/* Call by target as rule files write it; see rg_tracer_call. */
rg_value rg__trace_call(rg_tracer *tracer, rg_string target, const rg_argument *arguments, size_t count);
rg_value rg__trace_call_row(rg_tracer *tracer, const rg_trace_row *row, const rg_argument *arguments, size_t count);

/* The op that a dotted path names ("torch.ops.aten.mul.Tensor"): a packet without overload gives its `default` overload
 * or the null op. Null, without a report, for a path that is not below torch.ops. */
rg_op rg__trace_find_op(rg_tracer *tracer, rg_string path);

#endif
