/*
 * interp_impl.h: what the interpreter is made of: storages, tensors, a kernel's call, the kernel table.
 *
 * Read interpret.c (the walk over a graph) and kernel_call.c (what a kernel is given) first; then any kernel file.
 *
 * A kernel reads its call's arguments, which stand in schema order with defaults filled in, and fills the call's
 * results. How these are laid out is not the kernel's business: inference (src/ops) has said it already, with the
 * sizes of this run. A kernel that makes a view sets the storage and the offset of a result.
 *
 * Failures inside a kernel are sticky: readers of arguments answer with something harmless and set call->status, which
 * the kernel returns in the end (rg__kernel_fail). So a kernel checks where going on would be wrong, not after each
 * read.
 */
#ifndef RG_INTERP_IMPL_H
#define RG_INTERP_IMPL_H

#include <regraft/interpret.h>

#include "ir/graph_impl.h"
#include "ops/infer.h"

/* ---- storages and tensors: tensor.c ---- */

/* Shared memory. What a run holds is counted in `budget`, if there is one. */
typedef struct rg_budget {
    uint64_t held;
    uint64_t limit;
} rg_budget;

typedef struct rg_storage {
    uint32_t references;
    size_t bytes;
    rg_budget *budget;
    uint8_t *data; /* aligned for any element */
} rg_storage;

struct rg_tensor {
    rg_context *context;
    rg_storage *storage; /* NULL: a layout without elements yet */
    rg_dtype dtype;
    uint32_t rank;
    int64_t offset; /* in elements */
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t strides[RG_TENSOR_MAX_RANK];
};

int64_t rg__tensor_count(const rg_tensor *tensor);
void rg__tensor_set_contiguous(rg_tensor *tensor);
bool rg__tensor_is_contiguous(const rg_tensor *tensor);
/* A layout without storage. */
void rg__tensor_init(rg_tensor *tensor, rg_context *context, rg_dtype dtype, uint32_t rank, const int64_t *sizes);
/* Give the layout zeros of its own. RG_ERROR_LIMIT beyond the budget. */
rg_status rg__tensor_allocate(rg_tensor *tensor, rg_budget *budget);
/* Let `tensor`, a layout, view the storage of `of`. Fails where it reaches beyond. */
rg_status rg__tensor_share(rg_tensor *tensor, const rg_tensor *of);
/* The part of a tensor at `index` of a dimension, which is gone from it; borrows the storage. Of a tensor without
 * dimensions the tensor itself. */
rg_tensor rg__tensor_slice(const rg_tensor *tensor, uint32_t dim, int64_t index);
/* Drop the storage. */
void rg__tensor_release(rg_tensor *tensor);
/* A tensor on the heap that takes over the storage of `tensor`. */
rg_status rg__tensor_to_heap(rg_tensor **out, rg_tensor *tensor);

static inline uint8_t *rg__tensor_data(const rg_tensor *tensor)
{
    return tensor->storage->data + tensor->offset * (int64_t)rg_dtype_bytes(tensor->dtype);
}

/* ---- elements: element.c ---- */

/* Numbers are computed with as double or as int64_t; these convert `count` elements that stand `stride` apart. Storing
 * rounds to nearest even by way of float for all dtypes of up to 32 bits, as PyTorch's casts do. */
void rg__load_real(double *out, const void *data, rg_dtype dtype, int64_t stride, size_t count);
void rg__store_real(void *data, rg_dtype dtype, int64_t stride, const double *values, size_t count);
void rg__load_integer(int64_t *out, const void *data, rg_dtype dtype, int64_t stride, size_t count);
void rg__store_integer(void *data, rg_dtype dtype, int64_t stride, const int64_t *values, size_t count);
/* Single precision; only for dtypes that it holds exactly. */
void rg__load_single(float *out, const void *data, rg_dtype dtype, int64_t stride, size_t count);
/* The double, rounded to the dtype. */
double rg__round_to(rg_dtype dtype, double value);
bool rg__dtype_is_integral(rg_dtype dtype); /* integers and bool */
/* The distance of 1 and the next larger number, and the smallest normal number; 0 for integers. */
double rg__dtype_epsilon(rg_dtype dtype);
double rg__dtype_smallest(rg_dtype dtype);
double rg__dtype_largest(rg_dtype dtype);

/* ---- walking over elements: loop.c ---- */

enum { RG_LOOP_OPERANDS = 8, RG_LOOP_CHUNK = 256 };

/*
 * A walk over the elements of several tensors of one shape, row-major, in runs along the last dimension. Strides of
 * operands that are broadcast are 0. `position[i]` is the element of operand i at which the run starts, `step[i]` its
 * stride along the run.
 */
typedef struct rg_loop {
    uint32_t rank;
    uint32_t operand_count;
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t strides[RG_LOOP_OPERANDS][RG_TENSOR_MAX_RANK];
    int64_t index[RG_TENSOR_MAX_RANK];
    int64_t position[RG_LOOP_OPERANDS];
    int64_t step[RG_LOOP_OPERANDS];
    size_t run;  /* elements in this run; at most RG_LOOP_CHUNK */
    size_t left; /* of the row */
    bool started;
} rg_loop;

/* Walk over `rank` dimensions of these sizes. */
void rg__loop_init(rg_loop *loop, uint32_t rank, const int64_t *sizes);
/* Add an operand that is broadcast to the shape. False when it does not fit. */
bool rg__loop_add(rg_loop *loop, const rg_tensor *tensor);
/* Add an operand with strides of its own, one a dimension. */
void rg__loop_add_strides(rg_loop *loop, int64_t start, const int64_t *strides);
/* Move to the next run. */
bool rg__loop_next(rg_loop *loop);
/* The same one element at a time, which is slower but simpler. */
bool rg__loop_next_element(rg_loop *loop);

static inline void *rg__element_at(const rg_tensor *tensor, int64_t position)
{
    return tensor->storage->data + position * (int64_t)rg_dtype_bytes(tensor->dtype);
}

/* Copy with conversion and broadcasting. The two may overlap only if they are the same. */
bool rg__tensor_copy(const rg_tensor *to, const rg_tensor *from);
/* All elements in row-major order. */
void rg__tensor_read_real(double *out, const rg_tensor *tensor);
void rg__tensor_write_real(const rg_tensor *tensor, const double *values);
void rg__tensor_fill_real(const rg_tensor *tensor, double value);
void rg__tensor_fill_integer(const rg_tensor *tensor, int64_t value);
double rg__tensor_real_at(const rg_tensor *tensor, int64_t position);
int64_t rg__tensor_integer_at(const rg_tensor *tensor, int64_t position);

/* ---- data: datum.c ---- */

void rg__datum_release(rg_context *context, rg_datum *datum);
/* A tuple of `count` data that are missing yet. */
rg_status rg__datum_make_tuple(rg_datum *out, rg_context *context, size_t count);
/* Another handle on the same: tensors share their storage. */
rg_status rg__datum_copy(rg_datum *out, rg_context *context, const rg_datum *datum);
/* A copy with elements of its own. */
rg_status rg__datum_clone(rg_datum *out, rg_context *context, const rg_datum *datum, rg_budget *budget);
/* The type that a datum has, with sizes that are integers; `like` gives the device of tensors. */
rg_status rg__datum_type(rg_type *out, rg_context *context, const rg_datum *datum, rg_type like);

/* ---- a kernel's call: kernel_call.c ---- */

typedef struct rg_kernel_row rg_kernel_row;

enum { RG_KERNEL_RESULTS = 128 };

/* A graph in the course of being run: the run's own, or a submodule that is called. */
typedef struct rg_frame {
    rg_run *run;
    rg_graph *graph;      /* a copy of the user's: nodes that were run have the types that they came to */
    rg_datum *values;     /* [rank][node id] */
    uint32_t value_count; /* of one rank */
    uint32_t depth;       /* of submodule calls */
} rg_frame;

typedef struct rg_kernel_call {
    rg_frame *frame;
    rg_run *run;
    rg_graph *graph;
    rg_node node;
    rg_op op; /* the op called; for auto_functionalized and in-place kernels the one behind it */
    const rg_op_descriptor *descriptor;
    const rg_kernel_row *row;
    uint32_t rank;                /* of the simulated group */
    struct rg_kernel_call *peers; /* the calls of all ranks, this one among them */
    uint32_t peer_count;
    rg_arena *arena;        /* for what lives as long as the call */
    const rg_value *values; /* the arguments in schema order, defaults filled in, as the graph has them */
    rg_datum *arguments;    /* and what they came to; tensors are the nodes' own, which a kernel may write to */
    size_t argument_count;
    rg_type type;       /* what inference says of the result; null when it cannot */
    rg_tensor *results; /* layouts, with zeros in them unless the row is a view */
    size_t result_count;
    rg_tensor **scratch; /* to release after the call */
    uint32_t scratch_count;
    uint32_t scratch_capacity;
    rg_datum answer; /* what the call came to, if the kernel says so itself; owned */
    rg_status status;
} rg_kernel_call;

typedef rg_status (*rg_kernel)(rg_kernel_call *call);

/* Report what is wrong at the node and remember it; returns the status that counts. */
rg_status rg__kernel_fail(rg_kernel_call *call, rg_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
rg_status rg__kernel_out_of_memory(rg_kernel_call *call);
/* Memory until the call ends; NULL, with the failure noted, when there is none or `count` is absurd. */
void *rg__kernel_allocate(rg_kernel_call *call, uint64_t count, size_t item_size);
#define RG_KERNEL_ARRAY(call, type, count) ((type *)rg__kernel_allocate((call), (uint64_t)(count), sizeof(type)))

/* Arguments, by schema index. A missing or unfit one is noted and answered with 0, NULL or nothing. */
bool rg__kernel_has(const rg_kernel_call *call, size_t index); /* neither missing nor None */
/* The schema index of an argument by name; argument_count, which no argument has, when there is none. */
size_t rg__kernel_find(const rg_kernel_call *call, const char *name);
/* A tensor; a number becomes a tensor without dimensions. */
const rg_tensor *rg__kernel_tensor(rg_kernel_call *call, size_t index);
/* The same, NULL for None. */
const rg_tensor *rg__kernel_optional(rg_kernel_call *call, size_t index);
bool rg__kernel_is_number(const rg_kernel_call *call, size_t index);
double rg__kernel_real(rg_kernel_call *call, size_t index);
int64_t rg__kernel_integer(rg_kernel_call *call, size_t index);
bool rg__kernel_truth(rg_kernel_call *call, size_t index);
rg_string rg__kernel_text(rg_kernel_call *call, size_t index);
rg_dtype rg__kernel_dtype(rg_kernel_call *call, size_t index, rg_dtype fallback);
/* A list of at most `room` integers, or one; how many goes to `count`. None gives none. */
void rg__kernel_integers(rg_kernel_call *call, size_t index, int64_t *out, uint32_t room, uint32_t *count);
size_t rg__kernel_item_count(rg_kernel_call *call, size_t index);
const rg_tensor *rg__kernel_item(rg_kernel_call *call, size_t index, size_t item); /* NULL for None */
/* A dimension of a tensor of that rank, counted from 0. A scalar counts as having one. */
uint32_t rg__kernel_dim(rg_kernel_call *call, size_t index, uint32_t rank);
uint32_t rg__kernel_wrap(rg_kernel_call *call, int64_t dim, uint32_t rank);
/* The dimensions of a reduction as flags; None and an empty list mean all. */
void rg__kernel_dims(rg_kernel_call *call, size_t index, uint32_t rank, bool *flags);

/* The dtype that operands are brought to before they are combined. */
rg_dtype rg__kernel_promote(rg_kernel_call *call, const size_t *indices, size_t count);
/* Make the results that inference says; for kernels that do so only in some cases. */
rg_status rg__kernel_lay_out(rg_kernel_call *call);
/* A result whose shape depends on the data: contiguous zeros. */
rg_tensor *rg__kernel_add_result(rg_kernel_call *call, rg_dtype dtype, uint32_t rank, const int64_t *sizes);
/* A tensor of zeros until the call ends. NULL when that fails. */
rg_tensor *rg__kernel_scratch(rg_kernel_call *call, rg_dtype dtype, uint32_t rank, const int64_t *sizes);
/* All elements in row-major order until the call ends. NULL for no tensor, or when that fails. */
double *rg__kernel_read_real(rg_kernel_call *call, const rg_tensor *tensor);
/* The tensor itself if contiguous and of the dtype, else a copy that is. NULL when that fails. */
const rg_tensor *rg__kernel_contiguous(rg_kernel_call *call, const rg_tensor *tensor, rg_dtype dtype);

/* Random numbers of this call: the same stream for the same seed and the same number of random calls before it. */
uint64_t rg__kernel_random_stream(rg_kernel_call *call);
/* Number `counter` of a stream: 64 random bits, uniform in [0, 1), normal. */
uint64_t rg__random_bits(uint64_t stream, uint64_t counter);
double rg__random_uniform(uint64_t stream, uint64_t counter);
double rg__random_normal(uint64_t stream, uint64_t counter);

/* Make `inner` a call of another op, by name, on the arguments of `call` and the defaults of those that it lacks. Run
 * it with rg__kernel_run; rg__kernel_end releases it. */
rg_status rg__kernel_begin(rg_kernel_call *inner, const rg_kernel_call *call, const char *name);
rg_status rg__kernel_run(rg_kernel_call *calls, uint32_t count);
/* Take what a call came to; it is the caller's. */
rg_status rg__kernel_take(rg_datum *out, rg_kernel_call *call);
void rg__kernel_end(rg_kernel_call *call);
/* The calls of one node on all ranks: `values` are its arguments. Needs rg__kernel_end even when it fails. */
rg_status rg__kernel_prepare(rg_kernel_call *calls, rg_frame *frame, rg_node node, rg_op op, rg_arena *arena,
                             const rg_value *values, size_t count);
/* The answer is a tensor that shares the storage of `tensor`. */
rg_status rg__kernel_answer_alias(rg_kernel_call *call, const rg_tensor *tensor);
/* What an argument as written comes to; lists live in the arena, tensors are borrowed. */
rg_status rg__frame_value(rg_datum *out, rg_frame *frame, uint32_t rank, rg_value value, rg_arena *arena);
static inline rg_datum *rg__frame_slot(const rg_frame *frame, uint32_t rank, rg_node node)
{
    return &frame->values[(size_t)rank * frame->value_count + node.id];
}

/* ---- the table: kernels.c ---- */

typedef enum rg_kernel_flag {
    RG_KERNEL_VIEW = 1 << 0,        /* results get a layout but no elements */
    RG_KERNEL_OWN_RESULTS = 1 << 1, /* the kernel lays its results out itself */
    RG_KERNEL_COLLECTIVE = 1 << 2,  /* called once, for all ranks: call->peers */
    RG_KERNEL_COMPLEX = 1 << 3      /* complex numbers are welcome; without it they are refused */
} rg_kernel_flag;

struct rg_kernel_row {
    const char *name;
    rg_kernel function; /* NULL: none, and `reason` says why */
    const void *detail; /* what the function needs to know beside the call: which elementwise function, say */
    uint32_t flags;
    rg_accuracy accuracy;
    const char *reason;
};

extern const rg_kernel_row rg__kernel_rows[];
extern const size_t rg__kernel_row_count;

/* The row of an op; NULL when the op is not in the table. */
const rg_kernel_row *rg__run_row(const rg_run *run, rg_op op);

/* ---- the run: interpret.c and others ---- */

typedef struct rg_symbol_value {
    rg_size symbol;
    int64_t value;
} rg_symbol_value;

/* Told of each node of the outermost graph once it has been computed on all ranks, before values are dropped. */
typedef rg_status (*rg_node_observer)(void *user, rg_run *run, rg_node node);

struct rg_run {
    rg_context *context;
    rg_graph *graph; /* the user's */
    rg_frame frame;
    rg_run_options options;
    rg_budget budget;
    uint32_t ranks;
    RG_VECTOR(rg_symbol_value) symbols;
    rg_map rows;            /* op id -> index of its kernel row */
    rg_datum *outputs;      /* one a rank */
    uint64_t *random_calls; /* by rank: random ops so far */
    bool executed;
    rg_node_observer observer; /* NULL: none */
    void *observer_user;
};

/* bind_sizes.c: choose values of symbols. */
rg_status rg__run_bind_sizes(rg_run *run);
/* The integer that a size comes to; false where a symbol has no value. */
bool rg__run_evaluate(const rg_run *run, rg_size size, int64_t *out);
/* Symbols that an annotation names, and that have no value yet, get what the node came to. */
rg_status rg__run_learn_sizes(rg_run *run, rg_type annotation, const rg_datum *datum);
/* compare_runs.c: the comparison of two data, tuples item by item: of the first item that differs, else of the last. */
typedef struct rg_datum_comparison {
    bool equal;
    bool comparable; /* of the same kind, dtype and sizes */
    rg_comparison values;
} rg_datum_comparison;
rg_datum_comparison rg__datum_compare(const rg_datum *actual, const rg_datum *expected, double tolerance_factor);
/* make_inputs.c: placeholders and attributes. */
rg_status rg__run_make_inputs(rg_run *run);
/* interpret.c: run a submodule on all ranks: `arguments` are [rank][count], `results` [rank] belong to the caller. */
rg_status rg__run_child(rg_frame *caller, const rg_graph *child, const rg_datum *arguments, size_t count,
                        rg_datum *results);

#endif
