/*
 * infer.h: how inference functions see a call and answer.
 *
 * An inference function reads arguments by schema index or name, computes the result type, and sets it. Sizes are
 * symbolic; the helpers decide what can be decided (rg_size_equal) and treat what PyTorch has guarded on (backed
 * symbols are >= 2, different symbols are different) as PyTorch does. The layouts must be exactly those of PyTorch's
 * fake tensors, which is what the corpus annotates.
 *
 * An inference function returns RG_OK and leaves the result unset when a type it needs is not known. For a wrong call
 * it returns rg__infer_fail(...).
 */
#ifndef RG_OPS_INFER_H
#define RG_OPS_INFER_H

#include "base/table.h"
#include "ir/op_impl.h"

/* RG_MAX_RANK bounds the arrays of inference functions; longer shapes are RG_ERROR_LIMIT. PyTorch's own bound is 64. */
enum { RG_MAX_RANK = 64 };

/* A tensor under computation: a tensor type whose arrays are its own. */
typedef struct rg_shape {
    rg_dtype dtype;
    uint32_t rank;
    bool has_strides; /* false: strides not known (annotations without strides) */
    rg_device device;
    rg_size sizes[RG_MAX_RANK];
    rg_size strides[RG_MAX_RANK];
} rg_shape;

struct rg_inference {
    rg_context *context;
    const rg_graph *graph; /* the graph the arguments live in; NULL when inferring from values alone */
    rg_node node;          /* the call, for ops whose arguments no schema describes (higher-order); may be null */
    const rg_map *types;   /* node id -> type id: computed for nodes without annotation; NULL for none */
    rg_op op;
    const rg_schema *schema;
    const rg_value *arguments; /* in schema order, defaults filled in */
    size_t argument_count;
    rg_type result;      /* what the function sets */
    rg_type alternative; /* another type that the op is free to give instead, null for most: see rg__op_reshape */
    bool unknown;      /* set when an argument's type was needed and not known; the framework then answers "unknown" */
    rg_status failure; /* the first failure inside a helper that returns no status; the framework returns it */
};

/* ---- reading arguments; `index` is the schema index ---- */

/* The argument as written or by default; missing beyond the last. */
rg_value rg__infer_argument(const rg_inference *inference, size_t index);
/* The type of a node: what the running walk has computed, else its annotation; null when not known. */
rg_type rg__infer_node_type(const rg_inference *inference, rg_node node);
/* The type of any value: of a node, or of a number. */
rg_type rg__infer_value_type(const rg_inference *inference, rg_value value);
/* The type of an argument that is a node (or of a number, as a 0-d type with no device): null when not known. */
rg_type rg__infer_type(const rg_inference *inference, size_t index);
/* The tensor at `index`. False, with inference->unknown set, when it is missing, None, no tensor or not known. */
bool rg__infer_tensor(rg_inference *inference, size_t index, rg_shape *out);
bool rg__infer_is_none(const rg_inference *inference, size_t index); /* None or missing */
/* The tensor behind a type; false, with inference->unknown set, when it is no tensor type. */
bool rg__shape_from_type(rg_inference *inference, rg_type type, rg_shape *out);
/* Every tensor of a Tensor[] argument in turn: item `item` of it. */
size_t rg__infer_item_count(const rg_inference *inference, size_t index);
rg_value rg__infer_item(const rg_inference *inference, size_t index, size_t item);
bool rg__infer_tensor_item(rg_inference *inference, size_t index, size_t item, rg_shape *out);
bool rg__infer_item_is_none(const rg_inference *inference, size_t index, size_t item);
/* An integer known now; false for symbolic or other values. */
bool rg__infer_int(const rg_inference *inference, size_t index, int64_t *out);
bool rg__infer_bool(const rg_inference *inference, size_t index, bool *out);
/* A SymInt: an integer, a bare expression or a node of Sym type. */
bool rg__infer_size(rg_inference *inference, size_t index, rg_size *out);
/* The same for a value that is no argument of its own. */
bool rg__infer_value_size(rg_inference *inference, rg_value value, rg_size *out);
/* A list of SymInts (or one, meaning a list of length 1). Returns false when an item is not known. */
bool rg__infer_sizes(rg_inference *inference, size_t index, rg_size *out, uint32_t *count);
bool rg__infer_ints(const rg_inference *inference, size_t index, int64_t *out, uint32_t *count);
/* dtype argument: the given one, else `fallback`. */
rg_dtype rg__infer_dtype(const rg_inference *inference, size_t index, rg_dtype fallback);
rg_device rg__infer_device(const rg_inference *inference, size_t index, rg_device fallback);

/* Index of the schema argument of that name; argument_count (thus "missing") when there is none. */
size_t rg__infer_find(const rg_inference *inference, const char *name);

/* ---- sizes that depend on data: what the node's own annotation says (unbacked.c) ---- */

/* Size `dim` of the annotation, a tensor of rank `rank`. False, with inference->unknown set, when there is none. */
bool rg__infer_annotated_size(rg_inference *inference, uint32_t rank, uint32_t dim, rg_size *out);
/* The expression of the annotation `Sym(u0)`. False, with inference->unknown set, when there is none. */
bool rg__infer_annotated_symbol(rg_inference *inference, rg_size *out);

/* ---- answering ---- */

rg_status rg__infer_set_tensor(rg_inference *inference, const rg_shape *shape);
rg_status rg__infer_set_tensors(rg_inference *inference, const rg_shape *shapes, size_t count);
/* The type of a shape; null, with inference->unknown set, when a size is null. */
rg_status rg__shape_type(rg_inference *inference, const rg_shape *shape, rg_type *out);
rg_status rg__infer_set_size(rg_inference *inference, rg_size size);
rg_status rg__infer_set_type(rg_inference *inference, rg_type type);
rg_status rg__infer_set_nothing(rg_inference *inference);
/* Report what is wrong with the call at the op's name; returns `code`. */
rg_status rg__infer_fail(rg_inference *inference, rg_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Remember a failure inside a helper that returns no status; the first one counts. */
void rg__infer_note_failure(rg_inference *inference, rg_status status);

/* ---- size arithmetic that a failure makes the null size and sets inference->failure, a null operand
 * inference->unknown ---- */

rg_size rg__infer_int_size(rg_inference *inference, int64_t value);
rg_size rg__infer_add(rg_inference *inference, rg_size a, rg_size b);
rg_size rg__infer_subtract(rg_inference *inference, rg_size a, rg_size b);
rg_size rg__infer_multiply(rg_inference *inference, rg_size a, rg_size b);
rg_size rg__infer_floor_divide(rg_inference *inference, rg_size a, rg_size b);
rg_size rg__infer_max(rg_inference *inference, rg_size a, rg_size b);
rg_size rg__infer_min(rg_inference *inference, rg_size a, rg_size b);
/* Equality as PyTorch's guards would decide it: RG_UNKNOWN counts as different. */
bool rg__infer_same(rg_inference *inference, rg_size a, rg_size b);
/* The same, where the symbols leave it open answered by typical examples (ir/size_example.h). */
bool rg__infer_seems_same(rg_inference *inference, rg_size a, rg_size b);
/* a <= b: certain, or so in typical examples where nothing says otherwise. */
bool rg__infer_seems_at_most(rg_inference *inference, rg_size a, rg_size b);
/* Is `size` a multiple of `divisor`: certain, or in typical examples? */
bool rg__infer_seems_divisible(rg_inference *inference, rg_size size, rg_size divisor);
bool rg__infer_is_int(rg_inference *inference, rg_size a, int64_t value);
bool rg__infer_is_one(rg_inference *inference, rg_size a);

/* ---- a node at a time ---- */

/* rg_node_infer for who infers every node as it is added: types of inputs that are not known then never will be, and
 * are not looked for again. */
rg_status rg__node_infer_last(rg_type *out, rg_graph *graph, rg_node node);

/* ---- layout ---- */

void rg__shape_set_contiguous(rg_inference *inference, rg_shape *shape);
bool rg__shape_is_contiguous(rg_inference *inference, const rg_shape *shape);
bool rg__shape_is_channels_last(rg_inference *inference, const rg_shape *shape); /* NHWC, or NDHWC of rank 5 */
void rg__shape_set_channels_last(rg_inference *inference, rg_shape *shape);
/* PyTorch's suggest_memory_format: are the dimensions in channels-last order, gaps allowed? */
bool rg__shape_suggests_channels_last(rg_inference *inference, const rg_shape *shape);
/* The same for [N, C, L], which runs as an image of height 1. */
bool rg__shape_line_suggests_channels_last(rg_inference *inference, const rg_shape *line);
/* Lay `shape` out in the memory format that `like` suggests: channels-last or contiguous. */
void rg__shape_set_suggested(rg_inference *inference, rg_shape *shape, const rg_shape *like);
/* The layout of empty_like: dense, in the order of the dimensions of `like`, whose sizes `shape` has. Where dimensions
 * of size 1 have odd strides it is not what clone keeps (rg__shape_set_preserved). */
void rg__shape_set_like(rg_inference *inference, rg_shape *shape, const rg_shape *like);
/* PyTorch's is_non_overlapping_and_dense: some permutation of the dimensions is contiguous. */
bool rg__shape_is_dense(rg_inference *inference, const rg_shape *shape);
/* Sizes of `a` and `b` broadcast together into `out` (which may be `a`); reports and fails when they do not fit. */
rg_status rg__shape_broadcast(rg_inference *inference, rg_shape *out, const rg_shape *a, const rg_shape *b);
/* Is a size known to be 0? */
bool rg__shape_is_empty(rg_inference *inference, const rg_shape *shape);
/* The number of elements. */
rg_size rg__shape_element_count(rg_inference *inference, const rg_shape *shape);
/* Strides of an elementwise result over `operands` (TensorIterator's rules; spec: PyTorch's
 * compute_elementwise_output_strides), for a result whose sizes are set. */
void rg__shape_set_elementwise(rg_inference *inference, rg_shape *shape, const rg_shape *const *operands, size_t count);
/* empty_like / clone with memory_format preserve: dense non-overlapping inputs keep their strides. */
void rg__shape_set_preserved(rg_inference *inference, rg_shape *shape, const rg_shape *like);
/* Strides of a view of `input` with the sizes of `shape`; false when a copy is needed. */
bool rg__shape_set_view(rg_inference *inference, const rg_shape *input, rg_shape *shape);
/* A start or end of a slice: negative ones count from the end, and none goes beyond the dimension. Where the symbols do
 * not tell, it is taken to lie inside, as PyTorch's guards say for nearly every program. */
rg_size rg__infer_slice_bound(rg_inference *inference, rg_size bound, rg_size size);
/* What slice.Tensor does, for arguments dim, start, end, step from `dim_index` on: the tensor at index 0 goes to
 * `shape` and is sliced. Check inference->unknown on RG_OK. */
rg_status rg__infer_slice(rg_inference *inference, size_t dim_index, rg_shape *shape, uint32_t *dim);
/* Resolve one -1 in `sizes` against the number of elements of `input`. */
rg_status rg__shape_resolve_sizes(rg_inference *inference, const rg_shape *input, rg_size *sizes, uint32_t count);
/* Wrap a dimension: -1 counts from `rank`; reports and fails when out of range. */
rg_status rg__infer_wrap_dim(rg_inference *inference, int64_t dim, uint32_t rank, uint32_t *out);

/* ---- comparing ---- */

/* Do two types agree in all that both of them know? Strides and devices may be missing. False for null types. */
bool rg__type_agrees(rg_context *context, rg_type a, rg_type b);

/* ---- dtype promotion (torch.result_type) ---- */

/* The promoted dtype over the arguments at `indices`: dimensioned tensors over 0-d tensors over numbers. */
rg_dtype rg__infer_promote(rg_inference *inference, const size_t *indices, size_t count);
/* The common dtype of two, NONE where PyTorch defines none (float8 with anything else, for example). */
rg_dtype rg__dtype_promote(rg_dtype a, rg_dtype b);

/* The dtype that a number counts as: a literal, a bare expression or a node of Sym type; NONE for other values. */
rg_dtype rg__number_dtype(const rg_inference *inference, rg_value value);
rg_dtype rg__size_dtype(const rg_inference *inference, rg_size size);
/* float32 for complex64 and so on; other dtypes as they are. */
rg_dtype rg__dtype_real(rg_dtype dtype);
/* complex64 for float32 and so on; NONE for other dtypes. */
rg_dtype rg__dtype_complex(rg_dtype dtype);

/* Promotion value by value, for lists: zero-initialise, add each, ask. */
typedef struct rg_promotion {
    rg_dtype dimensioned;
    rg_dtype zero_dimensional;
    rg_dtype number;
    bool failed;  /* a type was not known (inference->unknown) or two have no common one (inference->failure) */
    bool unknown; /* the dtype of a tensor, of whose type the rest is known, is not: the result is RG_DTYPE_NONE */
} rg_promotion;

void rg__promotion_add(rg_inference *inference, rg_promotion *promotion, rg_value value);
rg_dtype rg__promotion_result(rg_inference *inference, const rg_promotion *promotion);

#endif
