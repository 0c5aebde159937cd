/*
 * make_inputs.c: inputs to run a graph with: random, but such that the graph can be run with them and that its results
 * say something. What an input is for follows from the ops that read it, directly or by way of views, casts and copies.
 *
 *   role        read as                                        values
 *   index       indices of embedding, gather, ...              uniform within what is indexed
 *   positive    a scale, a variance, a divisor, what is rooted uniform in [0.5, 1.5)
 *   weight      second factor of a product, convolution        normal, divided by the root of the sum's length
 *   none        anything else                                  normal floats; integers uniform in [0, 8); bools true
 *                                                              three times of four
 */
#include <math.h>

#include "interp/interp_impl.h"

typedef enum role_kind { ROLE_NONE, ROLE_WEIGHT, ROLE_POSITIVE, ROLE_INDEX } role_kind;

typedef struct input_role {
    role_kind kind;
    int64_t bound; /* of indices */
} input_role;

enum { MAX_ROLE_DEPTH = 10, ARITHMETIC_MARGIN = 4, PLAIN_BOUND = 8 };

/* ---- what readers say ---- */

/* An argument that holds indices, and the argument and dimension that they index; `dim` -1: the dimension is argument
 * `dim_argument`, -2: the position in the list of indices. */
typedef struct index_use {
    const char *op;
    uint32_t argument;
    uint32_t indexed;
    int32_t dim;
    uint32_t dim_argument;
} index_use;

static const index_use index_uses[] = {
    {"aten.embedding.default", 1, 0, 0, 0},
    {"aten.index.Tensor", 1, 0, -2, 0},
    {"aten._unsafe_index.Tensor", 1, 0, -2, 0},
    {"aten.index_put.default", 1, 0, -2, 0},
    {"aten.index_put_.default", 1, 0, -2, 0},
    {"aten._unsafe_index_put.default", 1, 0, -2, 0},
    {"aten.index_select.default", 2, 0, -1, 1},
    {"aten.gather.default", 2, 0, -1, 1},
    {"aten.scatter.src", 2, 0, -1, 1},
    {"aten.scatter.value", 2, 0, -1, 1},
    {"aten.scatter_add.default", 2, 0, -1, 1},
    {"aten.scatter_reduce.two", 2, 0, -1, 1},
    {"aten.index_add.default", 2, 0, -1, 1},
    {"aten.index_copy.default", 2, 0, -1, 1},
    {"_C.rotary_embedding.default", 0, 4, 0, 0},
    {"_C.fused_qk_norm_rope.default", 10, 8, 0, 0},
    {"vllm.flashinfer_rotary_embedding.default", 0, 4, 0, 0},
};

typedef struct argument_use {
    const char *op;
    uint32_t argument;
} argument_use;

static const argument_use weight_uses[] = {
    {"aten.mm.default", 1},
    {"aten.bmm.default", 1},
    {"aten.addmm.default", 2},
    {"aten.baddbmm.default", 2},
    {"aten.matmul.default", 1},
    {"aten.linear.default", 1},
    {"aten.convolution.default", 1},
    {"aten.conv2d.default", 1},
    {"aten._scaled_mm.default", 1},
    {"aten.conv1d.default", 1},
    {"_C.cutlass_scaled_mm.default", 2},
};

static const argument_use positive_uses[] = {
    {"aten.rsqrt.default", 0}, {"aten.sqrt.default", 0}, {"aten.log.default", 0},   {"aten.reciprocal.default", 0},
    {"aten.div.Tensor", 1},    {"aten.log2.default", 0}, {"aten.log10.default", 0}, {"aten.pow.Tensor_Scalar", 0},
};

static bool is_listed(const argument_use *uses, size_t count, rg_string op, uint32_t argument)
{
    for (size_t i = 0; i < count; i++) {
        if (uses[i].argument == argument && rg_string_equal(op, rg_string_from(uses[i].op))) {
            return true;
        }
    }
    return false;
}
#define IS_LISTED(uses, op, argument) is_listed((uses), sizeof(uses) / sizeof((uses)[0]), (op), (argument))

/* `x` of a power that is not 2: 0.5 and -0.5 are roots. */
static bool is_square(const rg_graph *graph, rg_node user, rg_string op)
{
    int64_t exponent = 0;
    return rg_string_equal(op, rg_string_from("aten.pow.Tensor_Scalar")) &&
           rg_value_as_int(rg_graph_context(graph), rg_node_schema_argument(graph, user, 1), &exponent);
}

/* scale, a_scales, output_scale, running_var, ...: named for being positive. */
static bool is_named_positive(rg_string name)
{
    static const char *const words[] = {"scale", "running_var", "rstd"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t size = strlen(words[i]);
        for (size_t at = 0; at + size <= name.size; at++) {
            if (memcmp(name.data + at, words[i], size) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The schema argument in which a value of this node stands; the count when it is none. `place` gets its place in a
 * list. */
static uint32_t argument_of(const rg_graph *graph, rg_node user, rg_node node, size_t *place)
{
    rg_context *context = rg_graph_context(graph);
    const rg_schema *schema = rg__op_descriptor(context, rg__node_schema_op(graph, user.id))->schema;
    uint32_t count = schema == NULL ? 0 : schema->argument_count;
    for (uint32_t i = 0; i < count; i++) {
        rg_value value = rg_node_schema_argument(graph, user, i);
        if (rg_node_same(rg_value_as_node(value), node)) {
            return i;
        }
        for (size_t k = 0; k < rg_value_count(context, graph, value); k++) {
            if (rg_node_same(rg_value_as_node(rg_value_item(context, graph, value, k)), node)) {
                *place = k;
                return i;
            }
        }
    }
    return UINT32_MAX;
}

/* The size of a dimension of a node's tensor. */
static bool size_of_dim(const rg_run *run, rg_value value, int64_t dim, int64_t *out)
{
    rg_node node = rg_value_as_node(value);
    rg_tensor_type tensor = rg_type_get_tensor(run->context, rg_node_type(run->graph, node));
    dim += dim < 0 ? tensor.rank : 0;
    return dim >= 0 && dim < tensor.rank && rg__run_evaluate(run, tensor.sizes[dim], out);
}

static input_role role_of_use(const rg_run *run, rg_node user, uint32_t argument, size_t place)
{
    const rg_graph *graph = run->graph;
    rg_op op = rg__node_schema_op(graph, user.id);
    rg_string name = rg_op_name(run->context, op);
    const rg_schema *schema = rg__op_descriptor(run->context, op)->schema;
    for (size_t i = 0; i < sizeof(index_uses) / sizeof(index_uses[0]); i++) {
        const index_use *use = &index_uses[i];
        int64_t dim = use->dim == -2 ? (int64_t)place : use->dim;
        int64_t bound = 0;
        if (use->argument != argument || !rg_string_equal(name, rg_string_from(use->op))) {
            continue;
        }
        if (use->dim == -1) {
            (void)rg_value_as_int(run->context, rg_node_schema_argument(graph, user, use->dim_argument), &dim);
        }
        if (size_of_dim(run, rg_node_schema_argument(graph, user, use->indexed), dim, &bound)) {
            return (input_role){ROLE_INDEX, bound};
        }
    }
    if (IS_LISTED(weight_uses, name, argument)) {
        return (input_role){ROLE_WEIGHT, 0};
    }
    if ((IS_LISTED(positive_uses, name, argument) && !is_square(graph, user, name)) ||
        (schema != NULL && argument < schema->argument_count && is_named_positive(schema->arguments[argument].name))) {
        return (input_role){ROLE_POSITIVE, 0};
    }
    return (input_role){ROLE_NONE, 0};
}

static bool is_product(const rg_run *run, rg_node user)
{
    return rg_string_equal(rg_op_name(run->context, rg_node_op(run->graph, user)), rg_string_from("aten.mul.Tensor"));
}

/* Whether the user hands on what it reads: as it is, or changed a little. */
static bool hands_on(const rg_run *run, rg_node user, uint32_t argument, bool *changed)
{
    uint32_t traits = rg_op_traits(run->context, rg_node_op(run->graph, user));
    rg_string name = rg_op_name(run->context, rg_node_op(run->graph, user));
    bool sum = rg_string_equal(name, rg_string_from("aten.add.Tensor"));
    bool scan = rg_string_equal(name, rg_string_from("aten.cumsum.default"));
    bool read = rg_string_equal(name, rg_string_from("aten.gather.default")) ||
                rg_string_equal(name, rg_string_from("aten.index.Tensor"));
    bool cast = rg_string_equal(name, rg_string_from("prims.convert_element_type.default")) ||
                rg_string_equal(name, rg_string_from("aten._to_copy.default")) ||
                rg_string_equal(name, rg_string_from("aten.clone.default"));
    *changed = sum || scan;
    return argument == 0 && ((traits & RG_TRAIT_VIEW) != 0 || cast || read || sum || scan);
}

/* The strongest role that any reader gives; the smallest bound of indices. */
static input_role role_of(const rg_run *run, rg_node node, uint32_t depth)
{
    input_role best = {ROLE_NONE, INT64_MAX};
    for (size_t i = 0; i < rg_node_use_count(run->graph, node) && depth > 0; i++) {
        rg_node user = rg_node_use(run->graph, node, i).user;
        size_t place = 0;
        bool changed = false;
        uint32_t argument = argument_of(run->graph, user, node, &place);
        input_role role = role_of_use(run, user, argument, place);
        if (role.kind == ROLE_NONE && hands_on(run, user, argument, &changed)) {
            role = role_of(run, user, depth - 1);
            if (changed && role.kind == ROLE_INDEX) {
                role.bound = role.bound > ARITHMETIC_MARGIN ? role.bound / ARITHMETIC_MARGIN : 1;
            } else if (changed && role.kind == ROLE_WEIGHT) {
                role.kind = ROLE_NONE;
            }
        }
        if (role.kind > best.kind || (role.kind == ROLE_INDEX && role.bound < best.bound)) {
            best = role;
        }
        if (is_product(run, user) && role.kind == ROLE_POSITIVE) {
            best.kind = ROLE_POSITIVE;
        }
    }
    return best;
}

/* ---- values ---- */

/* How many products are added up where the tensor is the second factor: all dimensions but the first, as in [out, in]
 * and [out, in, height, width]. */
static double fan_in(const rg_tensor *tensor)
{
    double count = 1;
    for (uint32_t i = 1; i < tensor->rank; i++) {
        count *= (double)tensor->sizes[i];
    }
    return count < 1 ? 1 : count;
}

static double number_for(const rg_tensor *tensor, const input_role *role, uint64_t stream, uint64_t index)
{
    if (role->kind == ROLE_INDEX || rg_dtype_is_integer(tensor->dtype)) {
        int64_t bound = role->kind == ROLE_INDEX ? role->bound : PLAIN_BOUND;
        return floor(rg__random_uniform(stream, index) * (double)(bound < 1 ? 1 : bound));
    }
    if (tensor->dtype == RG_DTYPE_BOOL) {
        return rg__random_uniform(stream, index) < 0.75;
    }
    if (role->kind == ROLE_POSITIVE || tensor->dtype == RG_DTYPE_F8E8M0FNU) {
        return 0.5 + rg__random_uniform(stream, index);
    }
    double scale = role->kind == ROLE_WEIGHT ? 1 / sqrt(fan_in(tensor)) : 1;
    return scale * rg__random_normal(stream, index);
}

static void fill_random(const rg_tensor *tensor, const input_role *role, uint64_t stream)
{
    rg_loop loop;
    uint64_t index = 0;
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        double values[RG_LOOP_CHUNK];
        for (size_t i = 0; i < loop.run; i++) {
            values[i] = number_for(tensor, role, stream, index++);
        }
        rg__store_real(rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], values, loop.run);
    }
}

/* ---- inputs ---- */

static rg_status fail_input(rg_run *run, rg_node node, const char *problem)
{
    rg_string name = rg_node_name(run->graph, node);
    return rg__report(run->context, RG_ERROR_TYPE, "no input can be made for %.*s: %s", (int)name.size, name.data,
                      problem);
}

static rg_status make_tensor(rg_datum *out, rg_run *run, rg_node node, const input_role *role, uint64_t stream)
{
    rg_tensor_type type = rg_type_get_tensor(run->context, rg_node_type(run->graph, node));
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint64_t count = 1;
    rg_tensor tensor;
    if (type.rank > RG_TENSOR_MAX_RANK || type.dtype == RG_DTYPE_NONE) {
        return fail_input(run, node, "its type is not complete, or has too many dimensions");
    }
    for (uint32_t i = 0; i < type.rank; i++) {
        if (!rg__run_evaluate(run, type.sizes[i], &sizes[i]) || sizes[i] < 0) {
            return fail_input(run, node, "one of its sizes has no value");
        }
        count = __builtin_mul_overflow(count, (uint64_t)sizes[i], &count) ? UINT64_MAX : count;
    }
    if (count > run->options.max_elements) {
        return rg__report(run->context, RG_ERROR_LIMIT, "an input of more than %llu elements",
                          (unsigned long long)run->options.max_elements);
    }
    rg__tensor_init(&tensor, run->context, type.dtype, type.rank, sizes);
    for (uint32_t i = 0; i < type.rank && type.strides != NULL; i++) {
        int64_t stride = 0;
        if (rg__run_evaluate(run, type.strides[i], &stride)) {
            tensor.strides[i] = stride;
        }
    }
    rg_status status = rg__tensor_allocate(&tensor, &run->budget);
    if (status != RG_OK) {
        return status;
    }
    if (run->options.like == NULL || rg_node_kind(run->graph, node) != RG_OP_PLACEHOLDER) {
        fill_random(&tensor, role, stream);
    }
    status = rg__tensor_to_heap(&out->tensor, &tensor);
    out->kind = status == RG_OK ? RG_DATUM_TENSOR : RG_DATUM_MISSING;
    rg__tensor_release(&tensor);
    return status;
}

static rg_status make_size(rg_datum *out, rg_run *run, rg_node node)
{
    out->kind = RG_DATUM_INT;
    return rg__run_evaluate(run, rg_type_get_size(run->context, rg_node_type(run->graph, node)), &out->integer)
               ? RG_OK
               : fail_input(run, node, "its size has no value");
}

/* Does this rank have an input of its own? */
static bool is_sharded(const rg_run *run, rg_node node)
{
    rg_tensor_type type = rg_type_get_tensor(run->context, rg_node_type(run->graph, node));
    return run->options.vary_ranks && type.rank >= 2 && rg_dtype_is_float(type.dtype);
}

static rg_status make_input(rg_run *run, rg_node node, uint64_t name)
{
    input_role role = role_of(run, node, MAX_ROLE_DEPTH);
    rg_status status = RG_OK;
    for (uint32_t rank = 0; rank < run->ranks && status == RG_OK; rank++) {
        rg_datum *slot = rg__frame_slot(&run->frame, rank, node);
        uint64_t stream = rg__hash_mix(run->options.seed, name) + (is_sharded(run, node) ? rank : 0);
        switch (rg_type_get_kind(run->context, rg_node_type(run->graph, node))) {
        case RG_TYPE_TENSOR:
            status = make_tensor(slot, run, node, &role, stream);
            break;
        case RG_TYPE_SIZE:
            status = make_size(slot, run, node);
            break;
        case RG_TYPE_NOTHING:
            slot->kind = RG_DATUM_NONE;
            break;
        default:
            status = rg_node_use_count(run->graph, node) == 0 ? RG_OK : fail_input(run, node, "it has no type");
            slot->kind = RG_DATUM_NONE;
        }
    }
    return status;
}

static rg_status set_bound_type(rg_run *run, rg_node node)
{
    rg_type type = rg_node_type(run->graph, node);
    rg_status status = rg__datum_type(&type, run->context, rg__frame_slot(&run->frame, 0, node), type);
    rg_graph_set_type(run->frame.graph, node, type);
    return status;
}

/* An attribute that was read before under the same path is the same tensor. */
static rg_node same_attribute(const rg_run *run, rg_node node)
{
    rg_string target = rg_node_target(run->graph, node);
    for (rg_node other = rg_graph_first(run->graph); !rg_node_same(other, node);
         other = rg_graph_next(run->graph, other)) {
        if (rg_node_kind(run->graph, other) == RG_OP_GET_ATTR &&
            rg_string_equal(rg_node_target(run->graph, other), target)) {
            return other;
        }
    }
    return (rg_node){0};
}

static rg_status make_attribute(rg_run *run, rg_node node)
{
    rg_string target = rg_node_target(run->graph, node);
    rg_node other = same_attribute(run, node);
    rg_status status = RG_OK;
    if (rg_graph_find_child(run->graph, target) != NULL) {
        return RG_OK;
    }
    if (rg_node_is_null(other)) {
        status = make_input(run, node, rg__hash_bytes(target.data, target.size, 1));
    }
    for (uint32_t rank = 0; rank < run->ranks && status == RG_OK && !rg_node_is_null(other); rank++) {
        status = rg__datum_copy(rg__frame_slot(&run->frame, rank, node), run->context,
                                rg__frame_slot(&run->frame, rank, other));
    }
    return status == RG_OK ? set_bound_type(run, node) : status;
}

rg_status rg__run_make_inputs(rg_run *run)
{
    rg_status status = RG_OK;
    uint64_t position = 0;
    for (rg_node node = rg_graph_first(run->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(run->graph, node)) {
        rg_op_kind kind = rg_node_kind(run->graph, node);
        if (kind == RG_OP_PLACEHOLDER) {
            status = make_input(run, node, ++position);
            if (status == RG_OK) {
                status = set_bound_type(run, node);
            }
        } else if (kind == RG_OP_GET_ATTR) {
            status = make_attribute(run, node);
        }
    }
    return status;
}

/* ---- inputs that the caller gives ---- */

static rg_status give_input(rg_run *run, uint32_t rank, rg_node node, const rg_datum *value)
{
    rg_datum *slot = rg__frame_slot(&run->frame, rank, node);
    rg_datum copy;
    bool fits = slot->kind == value->kind;
    if (fits && slot->kind == RG_DATUM_TENSOR) {
        fits = slot->tensor->dtype == value->tensor->dtype && slot->tensor->rank == value->tensor->rank;
        for (uint32_t i = 0; i < value->tensor->rank && fits; i++) {
            fits = slot->tensor->sizes[i] == value->tensor->sizes[i];
        }
    }
    if (!fits) {
        return fail_input(run, node, "the value given is of another kind, dtype or size");
    }
    if (slot->kind == RG_DATUM_TENSOR) { /* the layout is the graph's */
        return rg__tensor_copy(slot->tensor, value->tensor) ? RG_OK : RG_ERROR_TYPE;
    }
    rg_status status = rg__datum_copy(&copy, run->context, value);
    if (status == RG_OK) {
        rg__datum_release(run->context, slot);
        *slot = copy;
    }
    return status;
}

rg_status rg_run_set_input(rg_run *run, uint32_t rank, rg_node node, const rg_datum *value)
{
    rg_op_kind kind = rg_node_kind(run->graph, node);
    if (run->executed || rank >= run->ranks || (kind != RG_OP_PLACEHOLDER && kind != RG_OP_GET_ATTR)) {
        return rg__report(run->context, RG_ERROR_ARGUMENT, "not an input of a run that is still to be executed");
    }
    return give_input(run, rank, node, value);
}

static rg_node next_placeholder(const rg_graph *graph, rg_node node)
{
    node = rg_node_is_null(node) ? rg_graph_first(graph) : rg_graph_next(graph, node);
    while (!rg_node_is_null(node) && rg_node_kind(graph, node) != RG_OP_PLACEHOLDER) {
        node = rg_graph_next(graph, node);
    }
    return node;
}

static rg_node find_attribute(const rg_graph *graph, rg_string target)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) == RG_OP_GET_ATTR && rg_string_equal(rg_node_target(graph, node), target)) {
            return node;
        }
    }
    return (rg_node){0};
}

static rg_status take_input(rg_run *run, rg_node to, const rg_run *from, rg_node source)
{
    rg_status status = RG_OK;
    for (uint32_t rank = 0; rank < run->ranks && status == RG_OK; rank++) {
        const rg_datum *value = rg_run_value(from, rank % from->ranks, source);
        if (value->kind != RG_DATUM_CONSTANT && value->kind != RG_DATUM_MISSING) {
            status = give_input(run, rank, to, value);
        }
    }
    return status;
}

rg_status rg_run_take_inputs(rg_run *run, const rg_run *from)
{
    rg_node to = next_placeholder(run->graph, (rg_node){0});
    rg_node source = next_placeholder(from->graph, (rg_node){0});
    rg_status status = RG_OK;
    while (!rg_node_is_null(to) && !rg_node_is_null(source) && status == RG_OK) {
        status = take_input(run, to, from, source);
        to = next_placeholder(run->graph, to);
        source = next_placeholder(from->graph, source);
    }
    if (status == RG_OK && rg_node_is_null(to) != rg_node_is_null(source)) {
        return rg__report(run->context, RG_ERROR_ARGUMENT, "the graphs have different numbers of placeholders");
    }
    for (rg_node node = rg_graph_first(run->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(run->graph, node)) {
        if (rg_node_kind(run->graph, node) == RG_OP_GET_ATTR) {
            rg_node other = find_attribute(from->graph, rg_node_target(run->graph, node));
            status = rg_node_is_null(other) ? RG_OK : take_input(run, node, from, other);
        }
    }
    return status;
}
