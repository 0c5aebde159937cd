/*
 * interpret.h: running a graph on numbers, to see what it computes (doc/interpreter.md).
 *
 *     rg_run *run;
 *     rg_run_options options = RG_RUN_OPTIONS_INIT;
 *     options.seed = 7;
 *     rg_run_create(&run, graph, &options);        sizes chosen, inputs made
 *     rg_run_execute(run);
 *     const rg_datum *sum = rg_run_value(run, 0, rg_graph_find(graph, rg_string_from("add")));
 *     rg_run_destroy(run);
 *
 * The kernels are a reference: they follow the definition of each op, compute in double precision (matrix products in
 * blocks of single precision) and round to the dtype that PyTorch gives the result. Everything is decided by the graph,
 * the options and the inputs: two runs give the same bits.
 */
#ifndef REGRAFT_INTERPRET_H
#define REGRAFT_INTERPRET_H

#include <regraft/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- tensors ---- */

/* A tensor with elements: a view of a storage, which other tensors may share. It must go before its context. */
typedef struct rg_tensor rg_tensor;

/* The most dimensions that a tensor here can have. */
enum { RG_TENSOR_MAX_RANK = 16 };

/* How the elements lie in the storage. Strides and offset count elements; arrays have `rank` entries. */
typedef struct rg_tensor_layout {
    rg_dtype dtype;
    uint32_t rank;
    const int64_t *sizes;
    const int64_t *strides; /* NULL when making a tensor: contiguous */
    int64_t offset;
} rg_tensor_layout;

/* Make a tensor of zeros with a storage of its own. Strides must not be negative. */
RG_API RG_NODISCARD rg_status rg_tensor_create(rg_tensor **out, rg_context *context, const rg_tensor_layout *layout);
/* Make another view of the storage of `tensor`; RG_ERROR_ARGUMENT when the layout reaches beyond it. */
RG_API RG_NODISCARD rg_status rg_tensor_create_view(rg_tensor **out, const rg_tensor *tensor,
                                                    const rg_tensor_layout *layout);
/* Make a contiguous copy. */
RG_API RG_NODISCARD rg_status rg_tensor_clone(rg_tensor **out, const rg_tensor *tensor);
/* Let go of a tensor; its storage goes with the last one. NULL is allowed. */
RG_API void rg_tensor_destroy(rg_tensor *tensor);

/* The layout; its arrays are lent by the tensor. */
RG_API rg_tensor_layout rg_tensor_get_layout(const rg_tensor *tensor);
/* How many elements it has. */
RG_API uint64_t rg_tensor_count(const rg_tensor *tensor);
/* The bytes of the whole storage, to read or write; their number goes to `bytes`. Byte order is the machine's. */
RG_API void *rg_tensor_storage(const rg_tensor *tensor, size_t *bytes);
/* Do the two share a storage? */
RG_API bool rg_tensor_shares_storage(const rg_tensor *a, const rg_tensor *b);
/* One element, `index` counting in row-major order; 0 beyond the last. A bool is 0 or 1, of a complex number it is the
 * real part. */
RG_API double rg_tensor_get(const rg_tensor *tensor, uint64_t index);
/* Set one element, rounded to the dtype; nothing happens beyond the last. */
RG_API void rg_tensor_set(rg_tensor *tensor, uint64_t index, double value);

/* ---- comparing ---- */

/* Two elements agree when they are equal, both NaN, or when their difference is at most
 * absolute + relative * |expected| + scaled * (largest finite magnitude expected anywhere). */
typedef struct rg_tolerance {
    double absolute;
    double relative;
    double scaled;
} rg_tolerance;

/* What verify and check allow results of a dtype that were computed in different ways: a few roundings in that dtype of
 * values as large as the largest. Exact for integers and bool. */
RG_API rg_tolerance rg_tolerance_of(rg_dtype dtype);

typedef struct rg_comparison {
    bool comparable;     /* dtypes and sizes are equal; otherwise nothing below is set */
    uint64_t count;      /* elements */
    uint64_t differing;  /* elements that do not agree */
    double max_absolute; /* largest |actual - expected|, infinite where one of them is NaN or they are different
                            infinities */
    double max_relative; /* largest of those divided by |expected| */
    double max_ulp;      /* largest distance in steps of the dtype; the absolute one for integers */
    uint64_t position;   /* row-major position of the first element that does not agree, else of the largest error */
    double actual;       /* the elements there */
    double expected;
} rg_comparison;

/* Compare two tensors element by element. */
RG_API rg_comparison rg_tensor_compare(const rg_tensor *actual, const rg_tensor *expected,
                                       const rg_tolerance *tolerance);

/* ---- values ---- */

/* What a node came to. */
typedef enum rg_datum_kind {
    RG_DATUM_MISSING, /* not computed: not reached, or dropped */
    RG_DATUM_NONE,
    RG_DATUM_BOOL,
    RG_DATUM_INT,
    RG_DATUM_FLOAT,
    RG_DATUM_TENSOR,
    RG_DATUM_TUPLE,   /* or list */
    RG_DATUM_CONSTANT /* a value of the graph that is none of these: a string, a dtype, a device, a submodule */
} rg_datum_kind;

typedef struct rg_datum {
    rg_datum_kind kind;
    union {
        bool truth;
        int64_t integer;
        double real;
        rg_tensor *tensor;
        struct {
            struct rg_datum *items;
            size_t count;
        } tuple;
        rg_value constant;
    };
} rg_datum;

/* ---- runs ---- */

typedef struct rg_run rg_run;

/* The value of a symbol of sizes. */
typedef struct rg_size_binding {
    rg_string symbol;
    int64_t value;
} rg_size_binding;

/* Which numbers the inputs are made of (doc/interpreter.md, "Inputs"). What one distribution does not show another one
 * may: with normal numbers an epsilon can be dropped without a trace. */
typedef enum rg_distribution {
    RG_DISTRIBUTION_NORMAL,
    RG_DISTRIBUTION_SMALL, /* rows of tiny numbers, some of zeros; small weights; scales over many magnitudes */
    RG_DISTRIBUTION_COARSE /* quarters, so that there are ties and zeros; rows of different size; small scales */
} rg_distribution;

enum { RG_DISTRIBUTION_COUNT = RG_DISTRIBUTION_COARSE + 1 };

typedef struct rg_run_options {
    size_t struct_size;
    uint64_t seed;                /* of the inputs, and of ops that draw random numbers */
    const rg_size_binding *sizes; /* values of symbols; all others are chosen (doc/interpreter.md, "Sizes") */
    size_t size_count;
    uint32_t variant;      /* which choice of sizes: 0 gives all symbols one value, others different ones */
    uint32_t ranks;        /* size of the simulated group; 0: what the graph's collectives name, or 1 */
    bool vary_ranks;       /* inputs differ from rank to rank, but for vectors and single elements */
    bool keep_all;         /* keep the values of all nodes, not only those that the output reads */
    uint64_t max_elements; /* of one tensor; 0: 2^28 */
    uint64_t max_bytes;    /* held by all tensors of the run at a time; 0: 8 GiB */
    const rg_run *like;    /* take ranks, values of symbols of the same names, and inputs from this run; or NULL */
    rg_distribution distribution; /* of the inputs */
} rg_run_options;

#define RG_RUN_OPTIONS_INIT                                                                                            \
    {                                                                                                                  \
        sizeof(rg_run_options), 0, NULL, 0, 0, 0, false, false, 0, 0, NULL, RG_DISTRIBUTION_NORMAL                     \
    }

/*
 * Prepare to run a graph: give every symbol a value and make the inputs, the placeholders and the attributes that
 * get_attr nodes read. RG_ERROR_TYPE when an input has no type, or no admissible sizes were found. `options` may be
 * NULL. The graph must not be edited while the run lives.
 */
RG_API RG_NODISCARD rg_status rg_run_create(rg_run **out, rg_graph *graph, const rg_run_options *options);
/* Destroy a run with all its values. NULL is allowed. */
RG_API void rg_run_destroy(rg_run *run);

/* The value that a symbol was given; false when the graph has no such symbol. */
RG_API bool rg_run_size(const rg_run *run, rg_string symbol, int64_t *out);
/* The size of the group that a graph's collectives name, the largest; 1 if none does. */
RG_API uint32_t rg_graph_ranks(const rg_graph *graph);
/* How many ranks are simulated. */
RG_API uint32_t rg_run_ranks(const rg_run *run);

/* Give a run, before it is executed, the inputs of another one: placeholders by position, attributes by path. The
 * graphs must have as many placeholders, of the same dtypes and sizes. */
RG_API RG_NODISCARD rg_status rg_run_take_inputs(rg_run *run, const rg_run *from);
/* Set one input of one rank: a copy is made of a tensor. */
RG_API RG_NODISCARD rg_status rg_run_set_input(rg_run *run, uint32_t rank, rg_node node, const rg_datum *value);

/*
 * Run the graph, once. RG_ERROR_UNSUPPORTED with a diagnostic that names node and op where an op has no kernel;
 * RG_ERROR_TYPE where the inputs do not fit an op; RG_ERROR_LIMIT beyond max_elements. What was computed until then can
 * be asked for.
 */
RG_API RG_NODISCARD rg_status rg_run_execute(rg_run *run);

/* What a node came to on a rank; lent, never NULL. MISSING when it has not been run or its value was not kept. */
RG_API const rg_datum *rg_run_value(const rg_run *run, uint32_t rank, rg_node node);
/* What the graph returned: as the output node has it. */
RG_API const rg_datum *rg_run_output(const rg_run *run, uint32_t rank);

/* ---- smaller graphs ---- */

/* Sizes that are q * from + r, r being at most `rest`, become q * to + r; all others stay. */
typedef struct rg_reduction {
    int64_t from;
    int64_t to;
    int64_t rest;
} rg_reduction;

/*
 * Copy graphs with smaller sizes, all in the same way: in the types of inputs and in the integers of calls
 * (doc/interpreter.md, "Reduced sizes"). A reduction is taken only if inference gives every node of every graph the
 * type that its annotation becomes by it; of those the one that leaves the fewest elements. Set `how` to zeros; or
 * leave in it the one got before, which did not serve, to get the next. `out` gets `count` graphs, the caller's to
 * destroy; NULLs, and `how` zeros, when no reduction suits. The graphs must be of one context.
 */
RG_API RG_NODISCARD rg_status rg_graphs_reduce(rg_graph **out, rg_graph *const *graphs, size_t count,
                                               rg_reduction *how);

/* ---- wider graphs ---- */

/*
 * Copy a graph with float64 for all floats of 16 and 32 bits, in the types of its inputs and in the dtypes of calls:
 * run, it computes what the graph computes but for roundings. RG_ERROR_UNSUPPORTED where a node looks at bits. Values
 * of two such copies are to be compared with the tolerance of float32, for numbers in calls are often no more precise.
 */
RG_API RG_NODISCARD rg_status rg_graph_widen(rg_graph **out, const rg_graph *graph);
/* The factor for that: what rg_tolerance_of says of float32 divided by what it says of float64. */
RG_API double rg_widened_tolerance(void);

/* ---- comparing runs ---- */

/* How two executed runs of the same inputs compare. */
typedef struct rg_run_comparison {
    bool equal;
    size_t compared;  /* values: what the graphs returned, tuples taken apart, and the inputs, which may have been
                         written */
    size_t differing; /* of these */
    /* The first that differs: its place among what was returned, SIZE_MAX for an input, and on which rank. */
    size_t output;
    uint32_t rank;
    rg_comparison values; /* not comparable: other kinds, dtypes or sizes */
    /* The first nodes of one name, in the order of the first graph, whose values differ; null when there are none, or
     * their values were not kept. */
    rg_node node_a;
    rg_node node_b;
    rg_comparison node_values;
} rg_run_comparison;

/* Compare two runs, `actual` with `expected`, with rg_tolerance_of each dtype times `tolerance_factor`. Numbers must be
 * equal. RG_ERROR_ARGUMENT unless both were executed, on as many ranks. */
RG_API RG_NODISCARD rg_status rg_run_compare(rg_run_comparison *out, const rg_run *actual, const rg_run *expected,
                                             double tolerance_factor);

/* ---- ops ---- */

/* How an op's kernel is tested against PyTorch: its results must be within this of PyTorch's. */
typedef enum rg_accuracy {
    RG_ACCURACY_NONE,  /* there is no kernel */
    RG_ACCURACY_EXACT, /* bit for bit */
    RG_ACCURACY_ULP1,  /* at most so many steps of the result's dtype */
    RG_ACCURACY_ULP4,
    RG_ACCURACY_ULP16,
    RG_ACCURACY_SUM,   /* rg_tolerance_of: many roundings, in another order */
    RG_ACCURACY_RANDOM /* random: only the distribution is promised */
} rg_accuracy;

/* Is there a kernel for an op, and how good is it? `reason` (may be NULL) gets why there is none; static storage. */
RG_API rg_accuracy rg_op_accuracy(const rg_context *context, rg_op op, const char **reason);

#ifdef __cplusplus
}
#endif
#endif
