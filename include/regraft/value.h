/*
 * value.h: arguments: what stands in a call, one tagged 64-bit word each.
 *
 * Two values of one graph are the same argument exactly when their words are equal, except for lists that hold nodes
 * (rg_value_equal handles those). Floats are stored as themselves (NaN-boxing); -0.0 and 0.0 differ, all NaNs are one.
 * Lists, tuples, dicts, slices and records without nodes are interned in the context; those with nodes belong to their
 * graph.
 */
#ifndef REGRAFT_VALUE_H
#define REGRAFT_VALUE_H

#include <regraft/type.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_graph rg_graph;

typedef struct rg_value {
    uint64_t bits;
} rg_value;

/* A node of a graph; {0} is the null node. Ids are dense, start at 1 and are not reused while the graph lives (until
 * rg_graph_compact). */
typedef struct rg_node {
    uint32_t id;
} rg_node;

/* An op of a context (op.h); {0} is the null op. */
typedef struct rg_op {
    uint16_t id;
} rg_op;

static inline bool rg_node_is_null(rg_node node)
{
    return node.id == 0;
}
static inline bool rg_node_same(rg_node a, rg_node b)
{
    return a.id == b.id;
}
static inline bool rg_op_is_null(rg_op op)
{
    return op.id == 0;
}
static inline bool rg_op_same(rg_op a, rg_op b)
{
    return a.id == b.id;
}

typedef enum rg_value_kind {
    RG_VALUE_MISSING, /* no argument at all: the null value, all bits zero is NOT it; use rg_value_missing() */
    RG_VALUE_NONE,
    RG_VALUE_BOOL,
    RG_VALUE_INT, /* any integer; beyond 64 bits only its digits are available */
    RG_VALUE_FLOAT,
    RG_VALUE_STRING,
    RG_VALUE_NODE,
    RG_VALUE_LIST,
    RG_VALUE_TUPLE,
    RG_VALUE_DICT,   /* items alternate key, value; keys are constants, nearly always strings */
    RG_VALUE_SLICE,  /* three items: start, stop, step */
    RG_VALUE_RECORD, /* a named tuple, `Name(a, b)`: its name as a STRING, then its fields */
    RG_VALUE_SIZE,   /* a bare symbolic expression, as in `view(x, [s0, 4])` */
    RG_VALUE_DTYPE,
    RG_VALUE_DEVICE,
    RG_VALUE_LAYOUT,        /* torch.strided, torch.sparse_coo, ... */
    RG_VALUE_MEMORY_FORMAT, /* torch.contiguous_format, ... */
    RG_VALUE_OP, /* an op used as an argument, as in auto_functionalized(torch.ops._C.rms_norm.default, ..) */
    RG_VALUE_ELLIPSIS,
    RG_VALUE_OBJECT /* anything else, kept as its source text: `Enum.MEMBER`, `torch.Size([2])`, a complex number */
} rg_value_kind;

/* ---- making values; a value made by a function with a context holds in that context and its children ---- */

/* No argument: what a getter answers when nothing was written. It cannot stand in a call. */
RG_API rg_value rg_value_missing(void);
/* Python's None. */
RG_API rg_value rg_value_none(void);
/* True or False. */
RG_API rg_value rg_value_bool(bool value);
/* A float; every NaN becomes the same value. */
RG_API rg_value rg_value_float(double value);
/* The result of a node; holds in the node's graph. */
RG_API rg_value rg_value_node(rg_node node);
/* A dtype: `torch.bfloat16`. */
RG_API rg_value rg_value_dtype(rg_dtype dtype);
/* An op as an argument. */
RG_API rg_value rg_value_op(rg_op op);
/* Python's `...`. */
RG_API rg_value rg_value_ellipsis(void);
/* A symbolic expression. Integers are better made with rg_value_int: the two are different values. */
RG_API rg_value rg_value_size(rg_size size);
/* An integer. */
RG_API RG_NODISCARD rg_status rg_value_int(rg_value *out, rg_context *context, int64_t value);
/* A string; the text is copied. */
RG_API RG_NODISCARD rg_status rg_value_string(rg_value *out, rg_context *context, rg_string text);
/* A device. Its kind need not be interned; its index must fit 16 bits. */
RG_API RG_NODISCARD rg_status rg_value_device(rg_value *out, rg_context *context, rg_device device);
/* `kind` is RG_VALUE_LAYOUT, RG_VALUE_MEMORY_FORMAT or RG_VALUE_OBJECT; text without "torch." for the first two. For
 * RG_VALUE_INT, the decimal digits of an integer of any size. */
RG_API RG_NODISCARD rg_status rg_value_text(rg_value *out, rg_context *context, rg_value_kind kind, rg_string text);

/*
 * Make a LIST, TUPLE, DICT, SLICE or RECORD of `count` items. `graph` may be NULL when no item is or contains a node;
 * otherwise the nodes must belong to `graph` and the result may only be used there. `out` may be one of the items.
 *
 * Once a value that holds nodes stands in an argument, edits of the graph change it in place: a handle that was kept
 * then shows the change. Using it in a further argument copies it.
 */
RG_API RG_NODISCARD rg_status rg_value_items(rg_value *out, rg_context *context, rg_graph *graph, rg_value_kind kind,
                                             const rg_value *items, size_t count);

/* ---- taking values apart ---- */

/* What the value is; every word is some value. */
RG_API rg_value_kind rg_value_get_kind(rg_value value);
/* Is it the null value? */
RG_API bool rg_value_is_missing(rg_value value);
RG_API bool rg_value_as_bool(rg_value value); /* the bool; false for other kinds */
RG_API bool rg_value_as_int(const rg_context *context, rg_value value, int64_t *out); /* false if none or too large */
RG_API double rg_value_as_float(rg_value value);                                      /* the float; 0 for other kinds */
RG_API rg_node rg_value_as_node(rg_value value);                                      /* null for other kinds */
RG_API rg_dtype rg_value_as_dtype(rg_value value);                                    /* NONE for other kinds */
RG_API rg_op rg_value_as_op(rg_value value);                                          /* null for other kinds */
RG_API rg_size rg_value_as_size(rg_value value);                                      /* null for other kinds */
RG_API rg_device rg_value_as_device(const rg_context *context, rg_value value);
/* The text of STRING, LAYOUT, MEMORY_FORMAT, OBJECT and INT; empty for other kinds. Lent by the context. */
RG_API rg_string rg_value_as_text(rg_context *context, rg_value value);

/* Items of LIST, TUPLE, DICT (keys and values counted apart), SLICE and RECORD; 0 for other kinds. `graph` is the graph
 * the value is used in, NULL for values without nodes. */
RG_API size_t rg_value_count(const rg_context *context, const rg_graph *graph, rg_value value);
RG_API rg_value rg_value_item(const rg_context *context, const rg_graph *graph, rg_value value, size_t index);

/* The same argument in one graph: kind and content equal, nodes by identity, no numeric coercion. */
RG_API bool rg_value_equal(const rg_context *context, const rg_graph *graph, rg_value a, rg_value b);

/* Python's ==, as FX's matcher compares constants: 1 == 1.0 == True, 0.0 == -0.0, nan != nan, list == tuple is false.
 */
RG_API bool rg_value_python_equal(const rg_context *context, const rg_graph *graph, rg_value a, rg_value b);

#ifdef __cplusplus
}
#endif
#endif
