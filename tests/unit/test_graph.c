/* Building, walking and reading graphs; names as FX gives them: ir/graph.c, graph_name.c, graph_child.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ir/graph_impl.h"
#include "support/graph_building.h"

static int make_graph(void **state)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    *state = build_graph(context);
    return 0;
}

static int drop_graph(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return 0;
}

static void test_empty_graph(void **state)
{
    rg_graph *graph = *state;
    assert_string_is(rg_graph_name(graph), "GraphModule");
    assert_int_equal(rg_graph_node_count(graph), 0);
    assert_true(rg_node_is_null(rg_graph_first(graph)));
    assert_true(rg_node_is_null(rg_graph_last(graph)));
    assert_true(rg_node_is_null(rg_graph_output(graph)));
    assert_true(rg_node_is_null(rg_graph_find(graph, rg_string_from("x"))));
    assert_graph_holds(graph);
    rg_graph_destroy(NULL);
}

static void test_walking_and_reading(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_node x = build_placeholder(graph, "x");
    rg_node weight = build_get_attr(graph, "layers.0.weight");
    rg_node output = build_output(graph, value_of(x));
    /* A null place is the end, but before the output. */
    rg_node add = build_call(graph, "aten.add.Tensor", "total", VALUES(value_of(x), value_of(weight)));
    const char *names[] = {NULL, "dtype", "alpha"};
    rg_value values[] = {value_of(add), rg_value_dtype(RG_DTYPE_F32), build_int(context, 2)};
    rg_node call = build_call_named(graph, "my.op.default", names, values, 3);
    assert_string_equal(node_names(graph), "x layers_0_weight total op_default output");
    assert_int_equal(rg_graph_node_count(graph), 5);
    assert_true(rg_node_same(rg_graph_first(graph), x));
    assert_true(rg_node_same(rg_graph_last(graph), output));
    assert_true(rg_node_same(rg_graph_output(graph), output));
    assert_true(rg_node_same(rg_graph_previous(graph, output), call));
    assert_true(rg_node_is_null(rg_graph_previous(graph, x)));
    assert_true(rg_node_is_null(rg_graph_next(graph, output)));
    assert_true(rg_node_same(rg_graph_find(graph, rg_string_from("total")), add));
    assert_true(rg_graph_precedes(graph, x, add));
    assert_true(rg_graph_precedes(graph, add, output));
    assert_false(rg_graph_precedes(graph, add, add));
    assert_false(rg_graph_precedes(graph, output, x));
    assert_false(rg_graph_precedes(graph, (rg_node){77}, x));

    assert_int_equal(rg_node_kind(graph, x), RG_OP_PLACEHOLDER);
    assert_int_equal(rg_node_kind(graph, weight), RG_OP_GET_ATTR);
    assert_int_equal(rg_node_kind(graph, add), RG_OP_OVERLOAD);
    assert_int_equal(rg_node_kind(graph, output), RG_OP_OUTPUT);
    assert_true(rg_op_same(rg_node_op(graph, call), build_op(context, "my.op.default")));
    assert_string_is(rg_node_target(graph, x), "x");
    assert_string_is(rg_node_target(graph, weight), "layers.0.weight");
    assert_string_is(rg_node_target(graph, add), "aten.add.Tensor");
    assert_int_equal(rg_node_argument_count(graph, weight), 0);
    assert_int_equal(rg_node_argument_count(graph, call), 3);
    assert_int_equal(rg_node_positional_count(graph, call), 1);
    assert_int_equal(rg_node_positional_count(graph, add), 2);
    assert_true(rg_node_argument(graph, call, 2).bits == values[2].bits);
    assert_true(rg_value_is_missing(rg_node_argument(graph, call, 3)));
    assert_string_is(rg_node_argument_name(graph, call, 0), "");
    assert_string_is(rg_node_argument_name(graph, call, 1), "dtype");
    assert_string_is(rg_node_argument_name(graph, call, 3), "");
    assert_true(rg_node_keyword(graph, call, rg_string_from("alpha")).bits == values[2].bits);
    assert_true(rg_value_is_missing(rg_node_keyword(graph, call, rg_string_from("beta"))));
    assert_true(rg_value_is_missing(rg_node_keyword(graph, add, rg_string_from("alpha"))));

    assert_true(rg_type_is_null(rg_node_type(graph, add)));
    rg_type type;
    assert_int_equal(rg_type_parse(&type, context, rg_string_from("f32[2, 3]")), RG_OK);
    rg_graph_set_type(graph, add, type);
    assert_true(rg_type_same(rg_node_type(graph, add), type));
    rg_graph_set_type(graph, (rg_node){99}, type);
    assert_graph_holds(graph);
}

static void test_uses(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node square = build_call(graph, "aten.mul.Tensor", "square", VALUES(value_of(x), value_of(x)));
    rg_value pair[] = {value_of(x), value_of(square)};
    rg_value nested[] = {build_items(graph, RG_VALUE_TUPLE, pair, 2), value_of(x), value_of(y)};
    rg_value list = build_items(graph, RG_VALUE_LIST, nested, 3);
    (void)build_call(graph, "aten.cat.default", "cat", VALUES(list, value_of(y)));
    (void)build_output(graph, value_of(square));
    assert_string_equal(use_names(graph, x), "square.0 square.1 cat.0 cat.0");
    assert_int_equal(rg_node_use_count(graph, x), 4);
    assert_int_equal(rg_node_user_count(graph, x), 2);
    assert_string_equal(use_names(graph, y), "cat.0 cat.1");
    assert_int_equal(rg_node_user_count(graph, y), 1);
    assert_string_equal(use_names(graph, square), "cat.0 output.0");
    assert_true(rg_node_is_null(rg_node_use(graph, x, 4).user));
    assert_graph_holds(graph);
}

/* A value that holds nodes may be used twice, and be read back and used again: each use is a value of its own. */
static void test_items_are_not_shared(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_value list = build_items(graph, RG_VALUE_LIST, VALUES(value_of(x), rg_value_none()));
    rg_node a = build_call(graph, "f.f.f", "a", VALUES(list, list));
    rg_node b = build_call(graph, "f.f.f", "b", VALUES(rg_node_argument(graph, a, 0)));
    assert_graph_holds(graph);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), &a, 1), RG_OK);
    assert_graph_holds(graph);
    rg_context *context = rg_graph_context(graph);
    assert_true(rg_node_same(rg_value_as_node(rg_value_item(context, graph, rg_node_argument(graph, a, 1), 0)), x));
    assert_true(rg_node_same(rg_value_as_node(rg_value_item(context, graph, rg_node_argument(graph, b, 0), 0)), y));
    assert_true(rg_value_equal(context, graph, rg_node_argument(graph, a, 0), rg_node_argument(graph, a, 1)));
    assert_false(rg_value_equal(context, graph, rg_node_argument(graph, a, 0), rg_node_argument(graph, b, 0)));
}

static void test_placeholder_with_default_and_parameter(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_argument argument = {{NULL, 0}, rg_value_none()};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = build_op(context, "placeholder");
    description.name = rg_string_from("l_x_");
    description.target = rg_string_from("L_x_");
    description.arguments = &argument;
    description.argument_count = 1;
    rg_node node;
    assert_int_equal(rg_graph_insert(&node, graph, (rg_node){0}, &description), RG_OK);
    assert_string_is(rg_node_name(graph, node), "l_x_");
    assert_string_is(rg_node_target(graph, node), "L_x_");
    assert_int_equal(rg_node_argument_count(graph, node), 1);
    assert_int_equal(rg_value_get_kind(rg_node_argument(graph, node, 0)), RG_VALUE_NONE);
    assert_graph_holds(graph);
}

/* What torch.fx answered when asked the same. */
static void test_derived_names(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    static const struct {
        rg_op_kind kind;
        const char *target; /* of get_attr; else the op's name */
        const char *name;
    } cases[] = {
        {RG_OP_PLACEHOLDER, "L_x_", "l_x_"},
        {RG_OP_PLACEHOLDER, "input", "input_1"},
        {RG_OP_PLACEHOLDER, "selfAttn.w", "self_attn_w"},
        {RG_OP_OVERLOAD, "aten.mul.Tensor", "mul_tensor"},
        {RG_OP_OVERLOAD, "aten.mul.Tensor", "mul_tensor_1"},
        {RG_OP_OVERLOAD, "aten.mul.Tensor", "mul_tensor_2"},
        {RG_OP_OVERLOAD, "aten.empty.memory_format", "empty_memory_format"},
        {RG_OP_OVERLOAD, "aten.sum.default", "sum_default"},
        {RG_OP_OPERATOR, "operator.getitem", "getitem"},
        {RG_OP_OPERATOR, "operator.getitem", "getitem_1"},
        {RG_OP_OPERATOR, "operator.and_", "and_"},
        {RG_OP_OPERATOR, "operator.add", "add"},
        {RG_OP_FUNCTION, "builtins.sum", "sum_1"},
        {RG_OP_FUNCTION, "torch.sum", "sum_2"},
        {RG_OP_FUNCTION, "torch.sum", "sum_3"},
        {RG_OP_FUNCTION, "torch._C._nn.gelu", "gelu"},
        {RG_OP_OVERLOAD, "aten._to_copy.default", "_to_copy_default"},
        {RG_OP_OVERLOAD, "aten.__and__.Tensor", "__and___tensor"},
        {RG_OP_OVERLOAD, "vllm_ir.rms_norm.default", "rms_norm_default"},
        {RG_OP_HIGHER_ORDER, "higher_order.auto_functionalized", "auto_functionalized"},
        {RG_OP_HIGHER_ORDER, "higher_order.cond", "cond"},
        {RG_OP_METHOD, ".relu", "relu"},
        {RG_OP_METHOD, ".add_", "add_"},
        {RG_OP_METHOD, ".__len__", "len_1"},
        {RG_OP_METHOD, ".contiguous", "contiguous"},
        {RG_OP_METHOD, ".view_1", "view_1"},
        {RG_OP_METHOD, ".view", "view"},
        {RG_OP_METHOD, ".view", "view_2"},
        {RG_OP_METHOD, ".T", "t"},
        {RG_OP_GET_ATTR, "layers.0.weight", "layers_0_weight"},
        {RG_OP_GET_ATTR, "a.b.0", "a_b_0"},
        {RG_OP_GET_ATTR, "a.b.0", "a_b_1"},
        {RG_OP_GET_ATTR, "a_b", "a_b"},
        {RG_OP_GET_ATTR, "a_b", "a_b_2"},
        {RG_OP_GET_ATTR, "a_b_0", "a_b_3"},
        {RG_OP_GET_ATTR, "0", "_0"},
        {RG_OP_GET_ATTR, "0.1.x", "_0_1_x"},
        {RG_OP_GET_ATTR, "QKVProj.wX", "qkvproj_w_x"},
        {RG_OP_GET_ATTR, "sum", "sum_4"},
        {RG_OP_GET_ATTR, "any", "any_1"},
        {RG_OP_GET_ATTR, "lambda", "lambda_1"},
        {RG_OP_GET_ATTR, "a-b c..d", "a_b_c_d"},
        {RG_OP_CALL_MODULE, "block.3.Conv", "block_3_conv"},
        {RG_OP_GET_ATTR, "x_99999999999999999999", "x_99999999999999999999"},
        {RG_OP_GET_ATTR, "x_99999999999999999999", "x_99999999999999999999_1"},
    };
    rg_argument argument = {{NULL, 0}, rg_value_none()};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        rg_string target = rg_string_from(cases[i].target);
        assert_int_equal(rg_context_intern_op(&description.op, context, cases[i].kind, target), RG_OK);
        bool has_target = cases[i].kind <= RG_OP_CALL_MODULE;
        description.target = has_target ? target : (rg_string){NULL, 0};
        description.arguments = &argument;
        description.argument_count = cases[i].kind == RG_OP_METHOD ? 1 : 0;
        rg_node node;
        assert_int_equal(rg_graph_insert(&node, graph, (rg_node){0}, &description), RG_OK);
        assert_string_is(rg_node_name(graph, node), cases[i].name);
    }
    assert_graph_holds(graph);
}

/* Numbers go on from those of names that were given. */
static void test_given_names(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    (void)build_call(graph, "operator.mul", "mul_7", VALUES(value_of(x), value_of(x)));
    rg_node mul = build_call(graph, "operator.mul", NULL, VALUES(value_of(x), value_of(x)));
    rg_node mul_8 = build_call(graph, "operator.mul", NULL, VALUES(value_of(x), value_of(x)));
    assert_string_is(rg_node_name(graph, mul), "mul");
    assert_string_is(rg_node_name(graph, mul_8), "mul_8");
    (void)build_call(graph, "operator.mul", "mul_007", VALUES(value_of(x), value_of(x)));
    rg_node mul_next = build_call(graph, "operator.mul", NULL, VALUES(value_of(x), value_of(x)));
    assert_string_is(rg_node_name(graph, mul_next), "mul_9");

    static const char *const bad[] = {"x", "mul", "1x", "a b", "a.b", "lambda", "None", "a-b"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(rg_graph_set_name(graph, mul_8, rg_string_from(bad[i])), RG_ERROR_NAME);
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        description.op = rg_node_op(graph, mul);
        description.name = rg_string_from(bad[i]);
        rg_node node;
        assert_int_equal(rg_graph_insert(&node, graph, (rg_node){0}, &description), RG_ERROR_NAME);
        assert_true(rg_node_is_null(node));
    }
    assert_int_equal(rg_graph_set_name(graph, mul_8, rg_string_from("")), RG_ERROR_NAME);
    assert_int_equal(rg_graph_set_name(graph, mul_8, rg_string_from("mul_8")), RG_OK);
    assert_int_equal(rg_graph_set_name(graph, mul_8, rg_string_from("sum")), RG_OK);
    assert_true(rg_node_same(rg_graph_find(graph, rg_string_from("sum")), mul_8));
    assert_true(rg_node_is_null(rg_graph_find(graph, rg_string_from("mul_8"))));
    assert_int_equal(rg_graph_set_name(graph, mul, rg_string_from("mul_8")), RG_OK);
    assert_int_equal(rg_graph_set_name(graph, (rg_node){99}, rg_string_from("q")), RG_ERROR_ARGUMENT);
    assert_graph_holds(graph);
    /* The name of an erased node is free. */
    assert_int_equal(rg_graph_erase(graph, mul), RG_OK);
    assert_int_equal(rg_graph_set_name(graph, mul_next, rg_string_from("mul_8")), RG_OK);
    assert_graph_holds(graph);
}

static rg_status try_insert(rg_graph *graph, rg_node before, rg_op op, const char *target, const rg_argument *arguments,
                            size_t count)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = op;
    description.target = rg_string_from(target);
    description.arguments = arguments;
    description.argument_count = count;
    rg_node node;
    rg_status status = rg_graph_insert(&node, graph, before, &description);
    assert_int_equal(rg_node_is_null(node), status != RG_OK);
    return status;
}

static void test_refused_insertions(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node a = build_call(graph, "operator.neg", "a", VALUES(value_of(x)));
    rg_node b = build_call(graph, "operator.neg", "b", VALUES(value_of(a)));
    rg_node dead = build_call(graph, "operator.neg", "dead", VALUES(value_of(b)));
    rg_node output = build_output(graph, value_of(b));
    assert_int_equal(rg_graph_erase(graph, dead), RG_OK);
    rg_op neg = build_op(context, "operator.neg");
    rg_op placeholder = build_op(context, "placeholder");
    rg_op output_op = build_op(context, "output");
    rg_op get_attr = build_op(context, "get_attr");
    rg_op method = build_op(context, ".relu");
    rg_node end = {0};
    rg_argument one = {{NULL, 0}, value_of(b)};
    rg_argument named = {{"n", 1}, value_of(b)};
    char before[256];
    (void)snprintf(before, sizeof(before), "%s", node_names(graph));

    assert_int_equal(try_insert(graph, a, neg, NULL, &one, 1), RG_ERROR_GRAPH); /* b is not before a */
    assert_int_equal(try_insert(graph, b, neg, NULL, &one, 1), RG_ERROR_GRAPH); /* nor before itself */
    one.value = value_of(dead);
    assert_int_equal(try_insert(graph, end, neg, NULL, &one, 1), RG_ERROR_ARGUMENT);
    one.value = value_of((rg_node){1000});
    assert_int_equal(try_insert(graph, end, neg, NULL, &one, 1), RG_ERROR_ARGUMENT);
    one.value = value_of(output);
    assert_int_equal(try_insert(graph, end, neg, NULL, &one, 1), RG_ERROR_GRAPH);
    one.value = rg_value_missing();
    assert_int_equal(try_insert(graph, end, neg, NULL, &one, 1), RG_ERROR_ARGUMENT);
    one.value = value_of(x);
    assert_int_equal(try_insert(graph, dead, neg, NULL, &one, 1), RG_ERROR_ARGUMENT); /* place not in the graph */
    assert_int_equal(try_insert(graph, y, neg, NULL, NULL, 0), RG_ERROR_GRAPH);       /* before a placeholder */
    assert_int_equal(try_insert(graph, b, placeholder, NULL, NULL, 0), RG_ERROR_GRAPH);
    assert_int_equal(try_insert(graph, end, placeholder, NULL, NULL, 0), RG_ERROR_GRAPH);
    assert_int_equal(try_insert(graph, end, output_op, NULL, &one, 1), RG_ERROR_GRAPH); /* a second output */
    assert_int_equal(try_insert(graph, end, (rg_op){0}, NULL, NULL, 0), RG_ERROR_ARGUMENT);
    assert_int_equal(try_insert(graph, end, (rg_op){60000}, NULL, NULL, 0), RG_ERROR_ARGUMENT);
    assert_int_equal(try_insert(graph, end, get_attr, NULL, NULL, 0), RG_ERROR_ARGUMENT); /* no target */
    assert_int_equal(try_insert(graph, end, get_attr, "w", &one, 1), RG_ERROR_ARGUMENT);  /* arguments */
    assert_int_equal(try_insert(graph, end, neg, "target", &one, 1), RG_ERROR_ARGUMENT);  /* no target wanted */
    assert_int_equal(try_insert(graph, end, method, NULL, NULL, 0), RG_ERROR_ARGUMENT);   /* no object */
    assert_int_equal(try_insert(graph, a, placeholder, NULL, &named, 1), RG_ERROR_ARGUMENT);
    assert_int_equal(try_insert(graph, end, neg, NULL, (rg_argument[]){named, one}, 2), RG_ERROR_ARGUMENT);
    assert_int_equal(try_insert(graph, end, neg, NULL, (rg_argument[]){one, named, named}, 3), RG_ERROR_ARGUMENT);
    assert_string_equal(node_names(graph), before);
    assert_graph_holds(graph);
    /* A placeholder may still go among the placeholders. */
    assert_int_equal(try_insert(graph, a, placeholder, "z", NULL, 0), RG_OK);
    assert_int_equal(try_insert(graph, x, placeholder, "w", NULL, 0), RG_OK);
    assert_string_equal(node_names(graph), "w x y z a b output");
    assert_graph_holds(graph);
}

static void test_too_many_arguments_and_nodes(void **state)
{
    (void)state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_nodes = 3;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_graph *graph = build_graph(context);
    rg_op op = build_op(context, "f.f.f");
    enum { MANY = 65535 };
    rg_argument *arguments = calloc(MANY, sizeof(*arguments));
    for (size_t i = 0; i < MANY; i++) {
        arguments[i].value = rg_value_none();
    }
    assert_int_equal(try_insert(graph, (rg_node){0}, op, NULL, arguments, MANY), RG_ERROR_LIMIT);
    assert_int_equal(try_insert(graph, (rg_node){0}, op, NULL, arguments, MANY - 1), RG_OK);
    assert_int_equal(try_insert(graph, (rg_node){0}, op, NULL, NULL, 0), RG_OK);
    assert_int_equal(try_insert(graph, (rg_node){0}, op, NULL, NULL, 0), RG_OK);
    assert_int_equal(try_insert(graph, (rg_node){0}, op, NULL, NULL, 0), RG_ERROR_LIMIT);
    assert_graph_holds(graph);
    free(arguments);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Order keys stay true wherever nodes go: at one place, backwards, in the middle, again and again. */
static void test_order_under_dense_insertion(void **state)
{
    rg_graph *graph = *state;
    rg_node first = build_call(graph, "f.f.f", NULL, NULL, 0);
    rg_node last = build_call(graph, "f.f.f", NULL, NULL, 0);
    rg_node before_last = last;
    for (int i = 0; i < 3000; i++) {
        (void)build_call_before(graph, last, "f.f.f", NULL, NULL, 0);
        before_last = build_call_before(graph, before_last, "f.f.f", NULL, NULL, 0);
        (void)build_call_before(graph, rg_graph_next(graph, first), "f.f.f", NULL, NULL, 0);
    }
    assert_graph_holds(graph);
    rg_node previous = rg_graph_first(graph);
    for (rg_node node = rg_graph_next(graph, previous); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        assert_true(rg_graph_precedes(graph, previous, node));
        assert_false(rg_graph_precedes(graph, node, previous));
        previous = node;
    }
}

/* Appending goes on when the keys have reached their end. */
static void test_order_at_the_end_of_keys(void **state)
{
    rg_graph *graph = *state;
    (void)build_call(graph, "f.f.f", NULL, NULL, 0);
    rg_node last = build_call(graph, "f.f.f", NULL, NULL, 0);
    graph->order[last.id] = UINT32_MAX - 1;
    (void)build_call(graph, "f.f.f", NULL, NULL, 0);
    assert_graph_holds(graph);
    graph->order[graph->previous[0]] = UINT32_MAX;
    for (int i = 0; i < 40; i++) {
        (void)build_call_before(graph, rg_graph_last(graph), "f.f.f", NULL, NULL, 0);
    }
    assert_graph_holds(graph);
}

static rg_graph *named_graph(rg_context *context, const char *name)
{
    rg_graph *graph;
    assert_int_equal(rg_graph_create(&graph, context, rg_string_from(name)), RG_OK);
    return graph;
}

static void test_children(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_graph *a = named_graph(context, "true_graph_0");
    rg_graph *b = named_graph(context, "false_graph_0");
    rg_graph *twin = named_graph(context, "true_graph_0");
    assert_int_equal(rg_graph_add_owned_child(graph, a), RG_OK);
    assert_int_equal(rg_graph_add_owned_child(graph, b), RG_OK);
    assert_int_equal(rg_graph_child_count(graph), 2);
    assert_ptr_equal(rg_graph_child(graph, 1), b);
    assert_null(rg_graph_child(graph, 2));
    assert_ptr_equal(rg_graph_find_child(graph, rg_string_from("true_graph_0")), a);
    assert_null(rg_graph_find_child(graph, rg_string_from("none")));
    assert_ptr_equal(rg_graph_parent(b), graph);
    assert_null(rg_graph_parent(graph));
    assert_int_equal(rg_graph_add_owned_child(graph, twin), RG_ERROR_NAME);
    assert_int_equal(rg_graph_add_owned_child(b, a), RG_ERROR_ARGUMENT);     /* has an owner */
    assert_int_equal(rg_graph_add_owned_child(a, graph), RG_ERROR_ARGUMENT); /* would own itself */
    assert_int_equal(rg_graph_add_owned_child(twin, twin), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_add_owned_child(a, twin), RG_OK);
    assert_graph_holds(graph);
    (void)build_placeholder(twin, "x");
    twin->node_count = 7;
    assert_int_equal(rg_graph_verify(graph), RG_ERROR_GRAPH);
    twin->node_count = 1;
    assert_graph_holds(graph);

    rg_context *other;
    assert_int_equal(rg_context_create(&other, NULL), RG_OK);
    rg_graph *foreign = named_graph(other, "foreign");
    assert_int_equal(rg_graph_add_owned_child(graph, foreign), RG_ERROR_ARGUMENT);
    rg_graph_destroy(foreign);
    rg_context_destroy(other);
}

static void test_children_nest_so_deep_only(void **state)
{
    (void)state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_depth = 4;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_graph *top = named_graph(context, "g");
    rg_graph *at = top;
    for (int depth = 2; depth <= 4; depth++) {
        rg_graph *child = named_graph(context, "g");
        assert_int_equal(rg_graph_add_owned_child(at, child), RG_OK);
        at = child;
    }
    rg_graph *extra = named_graph(context, "extra");
    assert_int_equal(rg_graph_add_owned_child(at, extra), RG_ERROR_LIMIT);
    rg_graph *above = named_graph(context, "above");
    assert_int_equal(rg_graph_add_owned_child(above, top), RG_ERROR_LIMIT);
    rg_graph_destroy(extra);
    rg_graph_destroy(above);
    rg_graph_destroy(top);
    rg_context_destroy(context);
}

#define GRAPH_TEST(test) cmocka_unit_test_setup_teardown(test, make_graph, drop_graph)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GRAPH_TEST(test_empty_graph),
        GRAPH_TEST(test_walking_and_reading),
        GRAPH_TEST(test_uses),
        GRAPH_TEST(test_items_are_not_shared),
        GRAPH_TEST(test_placeholder_with_default_and_parameter),
        GRAPH_TEST(test_derived_names),
        GRAPH_TEST(test_given_names),
        GRAPH_TEST(test_refused_insertions),
        cmocka_unit_test(test_too_many_arguments_and_nodes),
        GRAPH_TEST(test_order_under_dense_insertion),
        GRAPH_TEST(test_order_at_the_end_of_keys),
        GRAPH_TEST(test_children),
        cmocka_unit_test(test_children_nest_so_deep_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
