/*
 * test_infer_random.c: whatever arguments a call has, inference gives a type, says that it does not know, or reports.
 *
 * Every op of the table is called with random arguments: tensors of many ranks and layouts, symbolic ones, numbers
 * small and huge, lists, words, None. The sanitizer builds make this a test of what hostile graphs can do. The same
 * calls must survive every allocation failing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "support/failing_allocator.h"

enum { CALLS_PER_OP = 40, MAX_ARGUMENTS = 24, MAX_INPUTS = 32 };

static const char *const input_types[] = {
    "f32[][]cuda:0",
    "f32[4][1]cuda:0",
    "i64[2][1]cuda:0",
    "f32[4, 6][6, 1]cuda:0",
    "f16[6, 4][1, 6]cuda:0",
    "b8[4, 6][6, 1]cuda:0",
    "i64[4, 6][0, 1]cpu",
    "f32[0, 6][6, 1]cuda:0",
    "bf16[2, 3, 8, 6][144, 1, 18, 3]cuda:0",
    "f32[2, 3, 8, 6][144, 48, 6, 1]cpu",
    "f32[2, 3, 4, 4, 4][192, 64, 16, 4, 1]cuda:0",
    "c64[4, 6][6, 1]cuda:0",
    "f32[s0, s1][s1, 1]cuda:0",
    "f16[s0, 8, s1, 64][512*s1, 64, 512, 1]cuda:0",
    "f32[u0, 4][4, 1]cuda:0",
    "f32[4, 6]",
    "f32[9223372036854775807, 2][2, 1]cuda:0",
    "Sym(s0)",
    "Sym(u0 >= 2)",
    "torch.Size",
};

static const int64_t integers[] = {0, 1, -1, 2, 3, 5, -2, 64, INT32_MAX, INT64_MAX, INT64_MIN};
static const double floats[] = {0.0, 0.5, -1.0, 2.0, 1e300};
static const char *const words[] = {"same", "none", "sum", "cuda:x", ""};

typedef struct random_world {
    rg_context *context;
    rg_graph *graph;
    rg_node inputs[MAX_INPUTS];
    size_t input_count;
    uint64_t state; /* of the random numbers */
} random_world;

/* xorshift64*: the same numbers everywhere */
static uint32_t pick(random_world *world, size_t count)
{
    world->state ^= world->state >> 12;
    world->state ^= world->state << 25;
    world->state ^= world->state >> 27;
    return (uint32_t)((world->state * 0x2545f4914f6cdd1du) >> 33) % (uint32_t)count;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static rg_status insert(random_world *world, rg_node *out, rg_op op, const rg_argument *arguments, size_t count,
                        rg_type type)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = op;
    description.arguments = arguments;
    description.argument_count = count;
    description.type = type;
    return rg_graph_insert(out, world->graph, (rg_node){0}, &description);
}

/* A tensor of more dimensions than inference handles. */
static rg_status make_deep_type(rg_context *context, rg_type *out)
{
    rg_size sizes[70];
    for (size_t i = 0; i < COUNT(sizes); i++) {
        rg_status status = rg_size_from_int(&sizes[i], context, 1);
        if (status != RG_OK) {
            return status;
        }
    }
    rg_tensor_type tensor = {.dtype = RG_DTYPE_F32, .rank = COUNT(sizes), .sizes = sizes, .device = {NULL, -1}};
    return rg_type_from_tensor(out, context, &tensor);
}

static rg_status add_inputs(random_world *world)
{
    rg_op op;
    rg_status status = rg_context_intern_op(&op, world->context, RG_OP_PLACEHOLDER, rg_string_from("placeholder"));
    for (size_t i = 0; i <= COUNT(input_types) + 1 && status == RG_OK; i++) {
        rg_type type = {0}; /* the last one has no annotation */
        if (i < COUNT(input_types)) {
            status = rg_type_parse(&type, world->context, rg_string_from(input_types[i]));
        } else if (i == COUNT(input_types)) {
            status = make_deep_type(world->context, &type);
        }
        if (status == RG_OK) {
            status = insert(world, &world->inputs[world->input_count++], op, NULL, 0, type);
        }
    }
    return status;
}

static rg_status random_value(random_world *world, rg_value *out, unsigned depth)
{
    rg_value items[4];
    rg_status status = RG_OK;
    uint32_t choice = pick(world, depth > 0 ? 10 : 8);
    switch (choice) {
    case 0:
    case 1:
    case 2:
        *out = rg_value_node(world->inputs[pick(world, world->input_count)]);
        return RG_OK;
    case 3:
        *out = rg_value_none();
        return RG_OK;
    case 4:
        return rg_value_int(out, world->context, integers[pick(world, COUNT(integers))]);
    case 5:
        *out = rg_value_float(floats[pick(world, COUNT(floats))]);
        return RG_OK;
    case 6:
        *out = pick(world, 2) == 0 ? rg_value_bool(true) : rg_value_dtype(RG_DTYPE_F16);
        return RG_OK;
    case 7:
        return rg_value_string(out, world->context, rg_string_from(words[pick(world, COUNT(words))]));
    default: {
        size_t count = pick(world, COUNT(items) + 1);
        for (size_t i = 0; i < count && status == RG_OK; i++) {
            status = random_value(world, &items[i], depth - 1);
        }
        return status == RG_OK ? rg_value_items(out, world->context, world->graph, RG_VALUE_LIST, items, count)
                               : status;
    }
    }
}

/* A value of the kind that the schema asks for, most of the time. */
static rg_status fitting_value(random_world *world, rg_value *out, rg_string type)
{
    rg_value items[4];
    rg_status status = RG_OK;
    bool is_list = memchr(type.data, '[', type.size) != NULL;
    bool is_tensor = type.size >= 6 && memcmp(type.data, "Tensor", 6) == 0;
    size_t count = is_list ? pick(world, COUNT(items) + 1) : 1;
    if (pick(world, 8) == 0) {
        return random_value(world, out, 2);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        if (is_tensor) {
            items[i] = rg_value_node(world->inputs[pick(world, world->input_count)]);
        } else {
            status = rg_value_int(&items[i], world->context,
                                  integers[pick(world, pick(world, 4) == 0 ? COUNT(integers) : 6)]);
        }
    }
    if (status == RG_OK && is_list) {
        return rg_value_items(out, world->context, world->graph, RG_VALUE_LIST, items, count);
    }
    *out = items[0];
    return status;
}

static rg_status random_call(random_world *world, rg_op op)
{
    rg_argument arguments[MAX_ARGUMENTS];
    size_t declared = rg_op_argument_count(world->context, op);
    size_t count = rg_op_has_schema(world->context, op) ? declared : pick(world, 4);
    rg_status status = RG_OK;
    rg_node node;
    rg_type type;
    count = count > MAX_ARGUMENTS ? MAX_ARGUMENTS : count;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_argument_info info = {.type = {"", 0}};
        if (i < declared) {
            status = rg_op_argument(&info, world->context, op, i);
        }
        arguments[i].name = info.keyword_only ? info.name : rg_string_from("");
        if (status == RG_OK) {
            status = i < declared ? fitting_value(world, &arguments[i].value, info.type)
                                  : random_value(world, &arguments[i].value, 2);
        }
    }
    if (status == RG_OK) {
        status = insert(world, &node, op, arguments, count, (rg_type){0});
    }
    if (status != RG_OK) {
        return status;
    }
    status = rg_node_infer(&type, world->graph, node);
    if (status == RG_OK || status == RG_ERROR_MEMORY) {
        return status;
    }
    bool reported = rg_context_diagnostic_count(world->context) > 0;
    rg_context_clear_diagnostics(world->context);
    return reported ? RG_OK : RG_ERROR_MEMORY; /* a wrong call is said to be one, unless there is no memory for it */
}

static bool is_callable(const rg_context *context, rg_op op)
{
    rg_op_kind kind = rg_op_get_kind(context, op);
    return kind == RG_OP_OVERLOAD || kind == RG_OP_HIGHER_ORDER || kind == RG_OP_OPERATOR || kind == RG_OP_FUNCTION;
}

/* `calls` random calls of every `step`th op. */
static rg_status run(const rg_allocator *allocator, uint64_t seed, size_t step, size_t calls)
{
    random_world world = {.state = seed};
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_status status = rg_context_create(&world.context, &options);
    if (status == RG_OK) {
        status = rg_graph_create(&world.graph, world.context, rg_string_from("GraphModule"));
    }
    if (status == RG_OK) {
        status = add_inputs(&world);
    }
    for (size_t id = 1 + seed % step; status == RG_OK && id <= rg_context_op_count(world.context); id += step) {
        rg_op op = {(uint16_t)id};
        for (size_t i = 0; i < calls && status == RG_OK && is_callable(world.context, op); i++) {
            status = random_call(&world, op);
        }
        if (status != RG_OK && status != RG_ERROR_MEMORY) {
            print_error("%s: %s\n", rg_op_name(world.context, op).data, rg_status_name(status));
        }
    }
    rg_graph_destroy(world.graph);
    rg_context_destroy(world.context);
    return status;
}

static void test_any_arguments(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        assert_int_equal(run(NULL, seed, 1, CALLS_PER_OP), RG_OK);
    }
}

static rg_status few_calls(const rg_allocator *allocator, void *user)
{
    return run(allocator, *(const uint64_t *)user, 25, 1);
}

static void test_allocation_failure(void **state)
{
    uint64_t seed = 7;
    (void)state;
    failing_allocator_exhaust(few_calls, &seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_arguments),
        cmocka_unit_test(test_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
