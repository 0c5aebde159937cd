/*
 * op.h: what can be called: the op table, schemas, traits, user-declared ops, and calls seen through their schema.
 *
 * An rg_op is any target of an FX node: an overload (`aten.mul.Tensor`, `_C.rms_norm.default`), a higher-order op, a
 * Python operator (`operator.add`), a torch function (`torch._C._nn.linear`) or a method (`.relu`). Only overloads
 * and higher-order ops with a row in src/ops/ops.def, or declared by the user, have a schema; all others are welcome
 * in graphs but opaque.
 */
#ifndef REGRAFT_OP_H
#define REGRAFT_OP_H

#include <regraft/value.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rg_op_kind {
    RG_OP_PLACEHOLDER, /* the pseudo-ops of FX's node kinds; one op each */
    RG_OP_OUTPUT,
    RG_OP_GET_ATTR,     /* its path is the node's target text */
    RG_OP_CALL_MODULE,  /* likewise */
    RG_OP_OVERLOAD,     /* torch.ops.NAMESPACE.NAME.OVERLOAD */
    RG_OP_HIGHER_ORDER, /* torch.ops.higher_order.NAME */
    RG_OP_OPERATOR,     /* Python's operators, getitem, and the statements `a += b`, `a[i] = v` */
    RG_OP_FUNCTION,     /* any other callable, by dotted name */
    RG_OP_METHOD        /* a method of its first argument */
} rg_op_kind;

/* What an op promises; facts come from PyTorch's native_functions.yaml tags and schemas, and from vLLM's schemas. */
typedef enum rg_op_trait {
    RG_TRAIT_PURE = 1 << 0,        /* no effect, same result for same inputs; may be removed, moved, merged */
    RG_TRAIT_VIEW = 1 << 1,        /* result aliases its first tensor */
    RG_TRAIT_COMMUTATIVE = 1 << 2, /* the first two arguments may be exchanged (add and sub only with alpha == 1) */
    RG_TRAIT_ELEMENTWISE = 1 << 3,
    RG_TRAIT_REDUCTION = 1 << 4,
    RG_TRAIT_RANDOM = 1 << 5,
    RG_TRAIT_EFFECT = 1 << 6,  /* must stay, with its order among effects, even without readers */
    RG_TRAIT_MUTATES = 1 << 7, /* writes at least one argument; derived from the schema's marks */
    RG_TRAIT_INPLACE_VIEW = 1 << 8,
    RG_TRAIT_COLLECTIVE = 1 << 9,
    RG_TRAIT_SHAPE_QUERY = 1 << 10, /* gives a size: sym_size, arithmetic on sizes */

    /* Ops that may change nothing, by what they change if they do. The first argument is the data. */
    RG_TRAIT_COPIES = 1 << 11,   /* nothing but memory: clone, contiguous, detach */
    RG_TRAIT_RESHAPES = 1 << 12, /* the sizes, not the order of elements: view, squeeze */
    RG_TRAIT_PERMUTES = 1 << 13, /* the order of dimensions: permute, t */
    RG_TRAIT_RESIZES = 1 << 14,  /* the sizes, by parts or repetition, nothing if they stay: expand, slice */
    RG_TRAIT_CASTS = 1 << 15     /* dtype or device: convert_element_type, _to_copy */
} rg_op_trait;

/* What an argument is for, where comparing its text would be comparing spelling. */
typedef enum rg_argument_role {
    RG_ROLE_PLAIN,
    RG_ROLE_DIM,         /* a dimension of the op's first tensor, or a list of them; -1 counts from the end */
    RG_ROLE_DIM_RESULT,  /* a dimension of the result (unsqueeze) */
    RG_ROLE_RESULT_SIZE, /* only describes the result's sizes: compare the result types instead */
    RG_ROLE_END          /* a slice end: anything beyond the size means the size */
} rg_argument_role;

typedef struct rg_argument_info {
    rg_string name;
    rg_string type;         /* in schema notation: "Tensor", "int[]", "Scalar?", "SymInt[2]", ... */
    rg_value default_value; /* missing when the argument is required */
    bool keyword_only;
    bool mutated; /* marked `!` in the schema */
    bool aliased; /* marked `(a)`: a result may share its memory */
    rg_argument_role role;
} rg_argument_info;

/* Find an op by name: "aten.mul.Tensor", "higher_order.cond", "operator.getitem", "torch._C._nn.linear", ".relu" for a
 * method. A leading "torch.ops." is skipped. Names that no graph or table has mentioned give {0}. */
RG_API rg_op rg_context_find_op(const rg_context *context, rg_string name);

/* The same, making an opaque op where none is known. */
RG_API RG_NODISCARD rg_status rg_context_intern_op(rg_op *out, rg_context *context, rg_op_kind kind, rg_string name);

/* The ops of the built-in table and those declared or seen, ids 1 .. count. */
RG_API size_t rg_context_op_count(const rg_context *context);

/*
 * What is known of one op. A null op, or one that is not of the context, is a nameless opaque function with effects.
 * The first question about a built-in op reads its row into the context that is asked, never into a parent.
 */

/* What kind of callable it is. */
RG_API rg_op_kind rg_op_get_kind(const rg_context *context, rg_op op);
/* Its dotted name without "torch.ops."; ".name" for a method. */
RG_API rg_string rg_op_name(const rg_context *context, rg_op op);
/* Its rg_op_trait bits, those that follow from its schema included. */
RG_API uint32_t rg_op_traits(const rg_context *context, rg_op op);
/* Are its arguments known? */
RG_API bool rg_op_has_schema(const rg_context *context, rg_op op);
RG_API rg_string rg_op_schema(const rg_context *context, rg_op op); /* PyTorch's notation; empty if none */
/* Arguments that the schema names; 0 without a schema. */
RG_API size_t rg_op_argument_count(rg_context *context, rg_op op);
/* One of them. RG_ERROR_ARGUMENT when there is no schema, or no such argument. */
RG_API RG_NODISCARD rg_status rg_op_argument(rg_argument_info *out, rg_context *context, rg_op op, size_t index);
RG_API size_t rg_op_result_count(rg_context *context, rg_op op); /* results named by the schema; 0 for `-> ()` */

/*
 * Result types of a user-declared op from its argument types. `arguments` are in schema order, defaults filled in.
 * Report a misfit through rg_context_report and return its code; leave `*out` null when the type cannot be told.
 */
typedef rg_status (*rg_infer_function)(rg_type *out, rg_context *context, const rg_graph *graph,
                                       const rg_value *arguments, size_t count, void *user);

typedef struct rg_op_declaration {
    size_t struct_size;
    rg_string schema; /* "my::scale(Tensor x, float s=1.0) -> Tensor"; `Tensor(a!)` or `Tensor!` marks mutation */
    uint32_t traits;  /* in addition to what the schema says; a schema without mutation and traits 0 means PURE */
    rg_infer_function infer; /* NULL: results are of unknown type */
    void *user;
} rg_op_declaration;

#define RG_OP_DECLARATION_INIT                                                                                         \
    {                                                                                                                  \
        sizeof(rg_op_declaration), {NULL, 0}, 0, NULL, NULL                                                            \
    }

/* Declare an op. An op already known with an equal schema is returned as it is; with another schema it is
 * RG_ERROR_NAME. An op first seen opaque in a graph gains the schema. */
RG_API RG_NODISCARD rg_status rg_context_declare_op(rg_op *out, rg_context *context,
                                                    const rg_op_declaration *declaration);

/*
 * One argument of a node's call in schema order, whatever mix of positional and keyword arguments was written: the
 * written value, else the schema's default, else missing. For auto_functionalized calls the schema is that of the
 * wrapped op; in version 2 a mutated argument is the base it names, missing when it is a view of one. Nodes of opaque
 * ops answer for positional arguments only.
 */
RG_API rg_value rg_node_schema_argument(const rg_graph *graph, rg_node node, size_t index);

/*
 * The argument in normal form: dims non-negative, slice ends clamped, integer lists unified. Falls back to the written
 * value where the normal form needs a type that is not known.
 */
RG_API RG_NODISCARD rg_status rg_node_normal_argument(rg_value *out, rg_graph *graph, rg_node node, size_t index);

/*
 * Compute a node's result type from the types of its arguments, exactly as PyTorch's fake tensors do. Does not change
 * the node. `*out` is null (and the status RG_OK) when the op is opaque or an argument's type is not known;
 * RG_ERROR_TYPE or RG_ERROR_ARGUMENT with a diagnostic when the call is wrong.
 */
RG_API RG_NODISCARD rg_status rg_node_infer(rg_type *out, rg_graph *graph, rg_node node);

/* How an inferred type compares with an annotation that may lack strides or device. */
typedef struct rg_infer_report {
    size_t checked; /* annotated nodes that compute something: no placeholders and attributes */
    size_t agree;
    size_t differ;  /* wrong calls included; those leave a diagnostic each */
    size_t unknown; /* the op is opaque, or an input's type is not known */
} rg_infer_report;

/* Called for each node that differs or is unknown; `inferred` is null for unknown ones and for calls that are wrong.
 * May be NULL. */
typedef rg_status (*rg_infer_callback)(void *user, const rg_graph *graph, rg_node node, rg_type inferred);

/*
 * Recompute the type of every annotated node of the graph and its submodules from its inputs' annotations, and
 * compare. Nodes without annotation (tuples) are computed on the way. The graph is not changed.
 */
RG_API RG_NODISCARD rg_status rg_graph_infer_check(rg_infer_report *out, rg_graph *graph, rg_infer_callback callback,
                                                   void *user);

/* Set the type of every node that has none and whose type can be computed, in order. */
RG_API RG_NODISCARD rg_status rg_graph_infer_missing(rg_graph *graph);

#ifdef __cplusplus
}
#endif
#endif
