/*
 * make_inputs.c: inputs to run a graph with: random, but such that the graph can be run with them and that its results
 * say something. What an input is for says input_role.c.
 *
 *   role        normal                                     small                          coarse
 *   plain       normal                                     rows times 2^-8, -10, -13, 0   rows of quarters, times
 *                                                                                         1/4, 1, 4
 *   bias        normal                                     times 2^-8                     quarters
 *   weight      normal, divided by the root of the         times 2^-8                     quarters, likewise divided
 *               sum's length
 *   positive    uniform in [0.5, 1.5)                      2^-16 to 1                     2^-8 to 1
 *   index       uniform within what is indexed             the same                       the same
 *
 * Plain integers are uniform in [0, 8), bools are true three times of four.
 */
#include <math.h>

#include "interp/input_role.h"

enum { PLAIN_BOUND = 8 };

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

/* What the numbers of a tensor are made with. */
typedef struct number_source {
    rg_dtype dtype;
    input_role role;
    rg_distribution distribution;
    uint64_t stream;
    uint64_t row_length; /* of what gets one factor; 0: all of it */
    double scale;
} number_source;

/* Numbers near those at which an epsilon counts: its square root, for it is added to squares. Weights shrink too, so
 * that layer after layer gets such numbers; the gains of norms do not, or nothing would be left of a layer's result. */
static const double small_factor = 0x1p-8;

static number_source source_of(const rg_tensor *tensor, const input_role *role, const rg_run *run, uint64_t stream)
{
    number_source source = {tensor->dtype, *role, run->options.distribution, stream, 0, 1};
    bool narrow = rg_dtype_bytes(tensor->dtype) < 2; /* would round it all to zero */
    if (role->kind == RG_INPUT_WEIGHT) {
        source.scale = 1 / sqrt(fan_in(tensor));
    } else if (role->kind == RG_INPUT_PLAIN && tensor->rank >= 2 && !narrow) {
        source.row_length = (uint64_t)tensor->sizes[tensor->rank - 1];
    }
    if (source.distribution == RG_DISTRIBUTION_SMALL && !narrow &&
        (role->kind == RG_INPUT_WEIGHT || role->kind == RG_INPUT_BIAS)) {
        source.scale *= small_factor;
    }
    return source;
}

static double row_factor(const number_source *source, uint64_t index)
{
    static const double small[] = {0x1p-8, 0x1p-8, 0x1p-8, 0x1p-10, 0x1p-10, 0x1p-13, 0x1p-13, 0};
    static const double coarse[] = {0.25, 0.25, 1, 1, 1, 1, 4, 4};
    if (source->row_length == 0 || source->distribution == RG_DISTRIBUTION_NORMAL) {
        return 1;
    }
    uint64_t bits = rg__random_bits(rg__hash_mix(source->stream, 1), index / source->row_length);
    return (source->distribution == RG_DISTRIBUTION_SMALL ? small : coarse)[bits % 8];
}

static double positive_number(const number_source *source, uint64_t index)
{
    double uniform = rg__random_uniform(source->stream, index);
    switch (source->distribution) {
    case RG_DISTRIBUTION_SMALL:
        return exp2(-16 * uniform);
    case RG_DISTRIBUTION_COARSE:
        return exp2(-8 * uniform);
    default:
        return 0.5 + uniform;
    }
}

static double make_number(const number_source *source, uint64_t index)
{
    if (source->role.kind == RG_INPUT_INDEX || rg_dtype_is_integer(source->dtype)) {
        int64_t bound = source->role.kind == RG_INPUT_INDEX ? source->role.bound : PLAIN_BOUND;
        return floor(rg__random_uniform(source->stream, index) * (double)(bound < 1 ? 1 : bound));
    }
    if (source->dtype == RG_DTYPE_BOOL) {
        return rg__random_uniform(source->stream, index) < 0.75;
    }
    if (source->role.kind == RG_INPUT_POSITIVE || source->dtype == RG_DTYPE_F8E8M0FNU) {
        return positive_number(source, index);
    }
    double number = rg__random_normal(source->stream, index);
    if (source->distribution == RG_DISTRIBUTION_COARSE) {
        number = rint(number * 4) / 4;
    }
    return source->scale * row_factor(source, index) * number;
}

static void fill_random(const rg_tensor *tensor, const number_source *source)
{
    rg_loop loop;
    uint64_t index = 0;
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        double values[RG_LOOP_CHUNK];
        for (size_t i = 0; i < loop.run; i++) {
            values[i] = make_number(source, index++);
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
        number_source source = source_of(&tensor, role, run, stream);
        fill_random(&tensor, &source);
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

/* Does this rank have an input of its own? One number, such as the scale [1, 1] of activations, is for all. */
static bool is_sharded(const rg_run *run, rg_node node)
{
    rg_tensor_type type = rg_type_get_tensor(run->context, rg_node_type(run->graph, node));
    bool one = true;
    for (uint32_t i = 0; i < type.rank && one; i++) {
        int64_t size = 0;
        one = rg__run_evaluate(run, type.sizes[i], &size) && size == 1;
    }
    return run->options.vary_ranks && type.rank >= 2 && !one && rg_dtype_is_float(type.dtype);
}

static rg_status make_input(rg_run *run, rg_node node, uint64_t name)
{
    input_role role = rg__input_role_of(run, node);
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
