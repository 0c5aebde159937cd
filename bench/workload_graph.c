/*
 * workload_graph.c: random graphs; see workload.h.
 */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ir/graph_impl.h"
#include "random_source.h"

double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double seconds_of_day(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* What stands after the node operands. */
typedef enum call_tail { TAIL_NONE, TAIL_NUMBER, TAIL_DIMS, TAIL_DTYPE } call_tail;

typedef struct bench_op {
    const char *name;
    uint32_t operands;
    call_tail tail;
} bench_op;

/* The first are the most frequent: one in about 4.7, then half as often, a third, ... */
static const bench_op bench_ops[] = {
    {"aten.mul.Tensor", 2, TAIL_NONE},
    {"aten.add.Tensor", 2, TAIL_NONE},
    {"prims.convert_element_type.default", 1, TAIL_DTYPE},
    {"aten.permute.default", 1, TAIL_DIMS},
    {"aten.sub.Tensor", 2, TAIL_NONE},
    {"aten.mm.default", 2, TAIL_NONE},
    {"aten.mul.Tensor", 1, TAIL_NUMBER},
    {"aten.sigmoid.default", 1, TAIL_NONE},
    {"aten.div.Tensor", 2, TAIL_NONE},
    {"aten.add.Tensor", 1, TAIL_NUMBER},
    {"aten.rsqrt.default", 1, TAIL_NONE},
    {"aten.bmm.default", 2, TAIL_NONE},
    {"aten.neg.default", 1, TAIL_NONE},
    {"aten.exp.default", 1, TAIL_NONE},
    {"aten.maximum.default", 2, TAIL_NONE},
    {"aten.clone.default", 1, TAIL_NONE},
    {"aten.pow.Tensor_Scalar", 1, TAIL_NUMBER},
    {"aten.relu.default", 1, TAIL_NONE},
    {"aten.minimum.default", 2, TAIL_NONE},
    {"aten.tanh.default", 1, TAIL_NONE},
    {"aten.gelu.default", 1, TAIL_NONE},
    {"aten.eq.Tensor", 2, TAIL_NONE},
    {"aten.silu.default", 1, TAIL_NONE},
    {"aten.lt.Tensor", 2, TAIL_NONE},
    {"aten.abs.default", 1, TAIL_NONE},
    {"aten.log.default", 1, TAIL_NONE},
    {"aten.ge.Tensor", 2, TAIL_NONE},
    {"aten.sqrt.default", 1, TAIL_NONE},
    {"aten.cos.default", 1, TAIL_NONE},
    {"aten.sin.default", 1, TAIL_NONE},
    {"aten.gt.Tensor", 2, TAIL_NONE},
    {"aten.le.Tensor", 2, TAIL_NONE},
    {"aten.ne.Tensor", 2, TAIL_NONE},
    {"aten.erf.default", 1, TAIL_NONE},
    {"aten.reciprocal.default", 1, TAIL_NONE},
    {"aten.remainder.Tensor", 2, TAIL_NONE},
    {"aten.fmod.Tensor", 2, TAIL_NONE},
    {"aten.atan2.default", 2, TAIL_NONE},
    {"aten.floor.default", 1, TAIL_NONE},
    {"aten.ceil.default", 1, TAIL_NONE},
    {"aten.round.default", 1, TAIL_NONE},
    {"aten.sign.default", 1, TAIL_NONE},
    {"aten.tan.default", 1, TAIL_NONE},
    {"aten.logical_and.default", 2, TAIL_NONE},
    {"aten.logical_or.default", 2, TAIL_NONE},
    {"aten.bitwise_and.Tensor", 2, TAIL_NONE},
    {"aten.bitwise_or.Tensor", 2, TAIL_NONE},
    {"aten.div.Tensor", 1, TAIL_NUMBER},
    {"aten.sub.Tensor", 1, TAIL_NUMBER},
    {"aten.logical_not.default", 1, TAIL_NONE},
    {"aten.trunc.default", 1, TAIL_NONE},
    {"aten.expm1.default", 1, TAIL_NONE},
    {"aten.log1p.default", 1, TAIL_NONE},
    {"aten.log2.default", 1, TAIL_NONE},
    {"aten.asin.default", 1, TAIL_NONE},
    {"aten.acos.default", 1, TAIL_NONE},
    {"aten.atan.default", 1, TAIL_NONE},
    {"aten.sinh.default", 1, TAIL_NONE},
    {"aten.cosh.default", 1, TAIL_NONE},
    {"aten.asinh.default", 1, TAIL_NONE},
    {"aten.acosh.default", 1, TAIL_NONE},
    {"aten.atanh.default", 1, TAIL_NONE},
    {"aten.isnan.default", 1, TAIL_NONE},
    {"aten.isinf.default", 1, TAIL_NONE},
};

enum { OP_COUNT = sizeof(bench_ops) / sizeof(bench_ops[0]) };

/* By Zipf's law: op i with weight 1 / (i + 1). */
static uint32_t random_op(random_source *random)
{
    static const uint32_t scale = 1 << 20;
    double total = 0;
    for (uint32_t i = 0; i < OP_COUNT; i++) {
        total += 1.0 / (i + 1);
    }
    double at = total * random_below(random, scale) / scale;
    uint32_t index = 0;
    while (index + 1 < OP_COUNT && at >= 1.0 / (index + 1)) {
        at -= 1.0 / (index + 1);
        index++;
    }
    return index;
}

static rg_type square_type(rg_context *context)
{
    rg_size sizes[2] = {{0}, {0}};
    rg_size strides[2] = {{0}, {0}};
    rg_type type = {0};
    if (rg_size_from_int(&sizes[0], context, 64) != RG_OK || rg_size_from_int(&strides[1], context, 1) != RG_OK) {
        return type;
    }
    sizes[1] = strides[0] = sizes[0];
    rg_tensor_type tensor = {.dtype = RG_DTYPE_F32, .rank = 2, .sizes = sizes, .strides = strides};
    tensor.device = (rg_device){"cpu", -1};
    return rg_type_from_tensor(&type, context, &tensor) == RG_OK ? type : (rg_type){0};
}

static bool tail_value(rg_value *out, rg_context *context, call_tail tail, random_source *random)
{
    if (tail == TAIL_NUMBER) {
        *out = rg_value_float((double)(1 + random_below(random, 4)) / 2);
    } else if (tail == TAIL_DTYPE) {
        *out = rg_value_dtype(random_below(random, 2) == 0 ? RG_DTYPE_F32 : RG_DTYPE_BF16);
    } else {
        rg_value dims[2];
        return rg_value_int(&dims[0], context, 1) == RG_OK && rg_value_int(&dims[1], context, 0) == RG_OK &&
               rg_value_items(out, context, NULL, RG_VALUE_LIST, dims, 2) == RG_OK;
    }
    return true;
}

/* Which earlier node operand `operand` of node `index` is, counted back from it. */
static uint32_t random_distance(random_source *random, workload_kind kind, uint32_t index, uint32_t operand)
{
    uint32_t window = kind == WORKLOAD_SPREAD ? 100000 : 32;
    if (kind == WORKLOAD_CHAIN && operand == 0) {
        return 1;
    }
    if (kind == WORKLOAD_FAN && operand == 0 && index >= 1000) {
        return index % 1000 + 1;
    }
    return 1 + random_below(random, window < index ? window : index);
}

typedef struct layer_node {
    uint32_t op;
    uint32_t distances[2];
    rg_value tail;
} layer_node;

static uint32_t find_bench_op(const char *name)
{
    uint32_t op = 0;
    while (op + 1 < OP_COUNT && strcmp(bench_ops[op].name, name) != 0) {
        op++;
    }
    return op;
}

/* Call number `call` of WORKLOAD_SIBLINGS, behind `first` placeholders: x = tanh(before), then the differences, then
 * their sigmoids. */
static layer_node sibling_call(uint32_t call, uint32_t first, uint32_t siblings)
{
    uint32_t at = call % (1 + 2 * siblings);
    if (at == 0) {
        return (layer_node){.op = find_bench_op("aten.tanh.default"), .distances = {1}};
    }
    if (at <= siblings) {
        return (layer_node){.op = find_bench_op("aten.sub.Tensor"), .distances = {at, first + call - at % first}};
    }
    return (layer_node){.op = find_bench_op("aten.sigmoid.default"), .distances = {siblings}};
}

static bool insert_call(rg_graph *graph, const layer_node *from, const rg_node *nodes, uint32_t index, rg_type type)
{
    const bench_op *op = &bench_ops[from->op];
    rg_argument arguments[3] = {{{NULL, 0}, {0}}};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node = {0};
    for (uint32_t i = 0; i < op->operands; i++) {
        arguments[i].value = rg_value_node(nodes[index - from->distances[i]]);
    }
    arguments[op->operands].value = from->tail;
    description.op = rg_context_find_op(rg_graph_context(graph), rg_string_from(op->name));
    description.arguments = arguments;
    description.argument_count = op->operands + (op->tail == TAIL_NONE ? 0 : 1);
    description.type = type;
    rg_status status = rg_graph_insert(&node, graph, (rg_node){0}, &description);
    ((rg_node *)nodes)[index] = node;
    return status == RG_OK;
}

bool workload_edge_node(rg_graph *graph, rg_op_kind kind, rg_value value, rg_type type, rg_node *out)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument argument = {{NULL, 0}, value};
    description.op = rg__op_pseudo(kind);
    description.type = type;
    char parameter[32];
    if (kind == RG_OP_PLACEHOLDER) {
        (void)snprintf(parameter, sizeof(parameter), "p%zu", rg_graph_node_count(graph));
        description.target = rg_string_from(parameter);
    } else {
        description.arguments = &argument;
        description.argument_count = 1;
    }
    return rg_graph_insert(out, graph, (rg_node){0}, &description) == RG_OK;
}

/* Nodes `first` .. `nodes` of a graph whose first nodes are placeholders. */
static bool fill(rg_graph *graph, rg_node *made, const workload_shape *shape, uint32_t first, uint64_t seed)
{
    random_source random = {seed};
    workload_kind kind = shape->kind;
    uint32_t nodes = shape->nodes;
    rg_context *context = rg_graph_context(graph);
    rg_type type = square_type(context);
    layer_node layer[LAYER_NODES];
    bool done = true;
    for (uint32_t i = 0; i < first && done; i++) {
        done = workload_edge_node(graph, RG_OP_PLACEHOLDER, rg_value_missing(), type, &made[i]);
    }
    for (uint32_t i = first; i < nodes && done; i++) {
        layer_node *at = &layer[i % LAYER_NODES];
        if (kind == WORKLOAD_SIBLINGS) {
            *at = sibling_call(i - first, first, shape->siblings);
        } else if (kind != WORKLOAD_LAYERED || i < first + LAYER_NODES) {
            do {
                at->op = random_op(&random);
            } while (shape->plain && bench_ops[at->op].tail != TAIL_NONE);
            at->distances[0] = random_distance(&random, kind, i, 0);
            at->distances[1] = random_distance(&random, kind, i, 1);
            done = tail_value(&at->tail, context, bench_ops[at->op].tail, &random);
        }
        done = done && insert_call(graph, at, made, i, type);
    }
    rg_node output = {0};
    return done && workload_edge_node(graph, RG_OP_OUTPUT, rg_value_node(made[nodes - 1]), (rg_type){0}, &output);
}

/* A copy of a call before `output`, with `stand_in` in the place of every node that it reads. */
static bool copy_aside(rg_node *out, rg_graph *to, const rg_graph *from, rg_node node, rg_node stand_in, rg_node output)
{
    rg_argument arguments[3] = {{{NULL, 0}, {0}}};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = rg_node_op(from, node);
    description.type = rg_node_type(from, node);
    description.arguments = arguments;
    description.argument_count = rg_node_argument_count(from, node);
    for (size_t i = 0; i < description.argument_count; i++) {
        rg_value value = rg_node_argument(from, node, i);
        arguments[i].value = rg_value_get_kind(value) == RG_VALUE_NODE ? rg_value_node(stand_in) : value;
    }
    return rg_graph_insert(out, to, output, &description) == RG_OK;
}

/* Make the image of a node read the images of what the node reads. */
static bool read_images(rg_graph *to, rg_node image, const rg_graph *from, rg_node node, const rg_node *images)
{
    bool done = true;
    for (size_t i = 0; i < rg_node_argument_count(from, node) && done; i++) {
        rg_value value = rg_node_argument(from, node, i);
        if (rg_value_get_kind(value) == RG_VALUE_NODE) {
            value = rg_value_node(images[rg_value_as_node(value).id]);
            done = rg_graph_set_argument(to, image, i, value) == RG_OK;
        }
    }
    return done;
}

/*
 * The graph again, with ids in random order: its calls are made in that order, reading the first placeholder; then they
 * are put into graph order; then they read what they should.
 */
static rg_graph *shuffle(const rg_graph *from, uint64_t seed)
{
    random_source random = {seed};
    rg_context *context = rg_graph_context(from);
    uint32_t count = (uint32_t)rg_graph_node_count(from);
    rg_node *images = calloc(count + 1, sizeof(*images)); /* by id; the ids of `from` are dense and in order */
    uint32_t *order = malloc((count + 1) * sizeof(*order));
    rg_graph *to = NULL;
    rg_node output = {0};
    uint32_t calls = 0;
    bool done = images != NULL && order != NULL && rg_graph_create(&to, context, rg_graph_name(from)) == RG_OK;
    for (uint32_t id = 1; id <= count && done; id++) {
        rg_op_kind kind = rg_node_kind(from, (rg_node){id});
        if (kind == RG_OP_PLACEHOLDER) {
            done = workload_edge_node(to, kind, rg_value_missing(), rg_node_type(from, (rg_node){id}), &images[id]);
        } else if (kind != RG_OP_OUTPUT) {
            order[calls++] = id;
        }
    }
    done = done && workload_edge_node(to, RG_OP_OUTPUT, rg_value_node(images[1]), (rg_type){0}, &output);
    for (uint32_t i = calls; i > 1 && done; i--) {
        uint32_t other = random_below(&random, i);
        uint32_t id = order[i - 1];
        order[i - 1] = order[other];
        order[other] = id;
    }
    for (uint32_t i = 0; i < calls && done; i++) {
        done = copy_aside(&images[order[i]], to, from, (rg_node){order[i]}, images[1], output);
    }
    for (uint32_t id = 1; id <= count && done; id++) {
        if (rg_node_kind(from, (rg_node){id}) != RG_OP_PLACEHOLDER) {
            rg_node image = rg_node_kind(from, (rg_node){id}) == RG_OP_OUTPUT ? output : images[id];
            done = (rg_node_same(image, output) || rg_graph_move_before(to, image, output) == RG_OK) &&
                   read_images(to, image, from, (rg_node){id}, images);
        }
    }
    free(images);
    free(order);
    if (!done) {
        rg_graph_destroy(to);
        return NULL;
    }
    return to;
}

rg_graph *workload_graph(rg_context *context, const workload_shape *shape, uint64_t seed)
{
    enum { PLACEHOLDERS = 32 };
    rg_graph *graph = NULL;
    rg_node *made = malloc(shape->nodes * sizeof(*made));
    bool done = made != NULL && rg_graph_create(&graph, context, rg_string_from("G")) == RG_OK &&
                fill(graph, made, shape, PLACEHOLDERS, seed);
    free(made);
    if (done && shape->shuffled) {
        rg_graph *shuffled = shuffle(graph, seed);
        rg_graph_destroy(graph);
        return shuffled;
    }
    if (!done) {
        rg_graph_destroy(graph);
        return NULL;
    }
    return graph;
}
