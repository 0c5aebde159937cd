/*
 * A property: a random graph, printed and read, is the same graph, and prints the same. Graphs have every node kind and
 * values of every kind, nested; their texts hold any bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/graph_building.h"
#include "support/random.h"
#include "support/text_reading.h"

enum { GRAPHS = 150, LARGEST_GRAPH = 30, DEEPEST_VALUE = 4 };

typedef struct generator {
    test_random random;
    rg_context *context;
    rg_graph *graph;
    rg_node nodes[LARGEST_GRAPH + 8];
    uint32_t count;
} generator;

static uint32_t below(generator *from, uint32_t bound)
{
    return random_below(&from->random, bound);
}

#define PICK(from, list) ((list)[below((from), sizeof(list) / sizeof((list)[0]))])

/* Any bytes but in the order of whole characters: what is no UTF-8 is printed as it is. */
static rg_value random_string(generator *from)
{
    static const char *const parts[] = {
        "a",    "'", "\"",  "\\", "\n", "\t", "{", "#", "\x01", "~", "\xc3\xa9", "\xe2\x80\x8b", "\xf0\x9f\x98\x80",
        "\xff", " ", "None"};
    rg_buffer text;
    rg_value value;
    rg__buffer_init(&text, rg__default_allocator());
    for (uint32_t i = below(from, 6); i > 0; i--) {
        rg__buffer_append_text(&text, PICK(from, parts));
    }
    if (below(from, 8) == 0) {
        rg__buffer_append_char(&text, '\0');
    }
    assert_int_equal(rg_value_string(&value, from->context, rg__buffer_string(&text)), RG_OK);
    rg__buffer_free(&text);
    return value;
}

static rg_value text_value(generator *from, rg_value_kind kind, const char *text)
{
    rg_value value;
    assert_int_equal(rg_value_text(&value, from->context, kind, rg_string_from(text)), RG_OK);
    return value;
}

static rg_value random_number(generator *from)
{
    static const double floats[] = {0.0, -0.0, 1.0, -2.5, 1e-05, 9.999999747378752e-06, 1e300, 3.4028234663852886e38};
    static const char *const integers[] = {"0",
                                           "-1",
                                           "7",
                                           "9223372036854775807",
                                           "-9223372036854775808",
                                           "123456789012345678901234567890",
                                           "-99999999999999999999"};
    switch (below(from, 4)) {
    case 0:
        return rg_value_float(PICK(from, floats));
    case 1:
        return rg_value_float(below(from, 2) == 0 ? (double)__builtin_inf() : -(double)__builtin_inf());
    case 2:
        return text_value(from, RG_VALUE_INT, PICK(from, integers));
    default:
        return build_int(from->context, (int64_t)below(from, 100) - 50);
    }
}

static rg_value random_named(generator *from)
{
    static const char *const objects[] = {"Enum.MEMBER", "<function f at 0x7f>", "torch.Size([2, 3])", "2j", "(1+2j)"};
    static const char *const sizes[] = {"s0", "2*s1 + 1", "(s0//2)", "u0 + s0"};
    static const char *const ops[] = {"aten.mul.Tensor", "higher_order.cond", "my.own.default"};
    static const char *const kinds[] = {"cuda", "cpu", "meta"};
    rg_value value;
    rg_size size;
    switch (below(from, 8)) {
    case 0:
        return text_value(from, RG_VALUE_OBJECT, PICK(from, objects));
    case 1:
        assert_int_equal(rg_size_parse(&size, from->context, rg_string_from(PICK(from, sizes))), RG_OK);
        return rg_value_size(size);
    case 2:
        return rg_value_op(build_op(from->context, PICK(from, ops)));
    case 3:
        assert_int_equal(
            rg_value_device(&value, from->context, (rg_device){PICK(from, kinds), (int32_t)below(from, 3) - 1}), RG_OK);
        return value;
    case 4:
        return text_value(from, RG_VALUE_LAYOUT, "strided");
    case 5:
        return text_value(from, RG_VALUE_MEMORY_FORMAT, "channels_last");
    case 6:
        return rg_value_dtype((rg_dtype)(1 + below(from, RG_DTYPE_COUNT - 1)));
    default:
        return rg_value_ellipsis();
    }
}

static rg_value random_value(generator *from, uint32_t depth);

static rg_value random_items(generator *from, uint32_t depth)
{
    static const rg_value_kind kinds[] = {RG_VALUE_LIST, RG_VALUE_TUPLE, RG_VALUE_DICT, RG_VALUE_SLICE,
                                          RG_VALUE_RECORD};
    rg_value items[8];
    rg_value_kind kind = PICK(from, kinds);
    size_t count = kind == RG_VALUE_SLICE ? 3 : kind == RG_VALUE_DICT ? 2 * below(from, 4) : below(from, 5);
    for (size_t i = 0; i < count; i++) {
        items[i] = kind == RG_VALUE_DICT && i % 2 == 0 ? random_string(from) : random_value(from, depth - 1);
    }
    if (kind == RG_VALUE_RECORD) { /* without a node it would be an object */
        items[0] = build_string(from->context, "my_Record");
        items[1] = value_of(from->nodes[0]);
        count = count < 2 ? 2 : count;
    }
    return build_items(from->graph, kind, items, count);
}

static rg_value random_value(generator *from, uint32_t depth)
{
    switch (below(from, depth > 0 ? 8 : 6)) {
    case 0:
    case 1:
        return value_of(from->nodes[below(from, from->count)]);
    case 2:
        return random_number(from);
    case 3:
        return below(from, 3) == 0 ? rg_value_none() : rg_value_bool(below(from, 2) == 0);
    case 4:
        return random_string(from);
    case 5:
        return random_named(from);
    default:
        return random_items(from, depth);
    }
}

/* ---- nodes ---- */

static rg_node add_call(generator *from, const char *op, size_t count, bool keywords)
{
    static const char *const names[] = {"dim", "keepdim", "dtype", "k"};
    rg_value values[4];
    const char *given[4] = {NULL, NULL, NULL, NULL};
    size_t positional = keywords ? below(from, (uint32_t)count + 1) : count;
    for (size_t i = 0; i < count; i++) {
        values[i] = random_value(from, DEEPEST_VALUE);
        given[i] = i >= positional ? names[i] : NULL;
    }
    return build_call_named(from->graph, op, given, values, count);
}

static rg_node add_module(generator *from, bool attribute)
{
    static const char *const paths[] = {"a", "a.b", "0", "layers.0.conv", "in-put", "a.\"b\\", "a..b"};
    rg_node node;
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument argument = {{"", 0}, random_value(from, DEEPEST_VALUE)};
    assert_int_equal(rg_context_intern_op(&description.op, from->context,
                                          attribute ? RG_OP_GET_ATTR : RG_OP_CALL_MODULE,
                                          rg_string_from(attribute ? "get_attr" : "call_module")),
                     RG_OK);
    description.target = rg_string_from(PICK(from, paths));
    description.arguments = &argument;
    description.argument_count = attribute ? 0 : 1;
    assert_int_equal(rg_graph_insert(&node, from->graph, (rg_node){0}, &description), RG_OK);
    return node;
}

static rg_node add_attribute(generator *from)
{
    rg_value name = build_string(from->context, below(from, 2) == 0 ? "shape" : "0 1");
    return build_call(from->graph, "getattr", NULL, VALUES(random_value(from, DEEPEST_VALUE), name));
}

static rg_node add_node(generator *from)
{
    static const char *const functions[] = {"aten.mul.Tensor", "my.own.default",    "torch.relu",
                                            "math_sqrt",       "higher_order.cond", "operator.contains"};
    static const char *const methods[] = {".relu", ".a.b", ".0", ".__getitem__"};
    static const char *const binary[] = {"operator.add",  "operator.sub",  "operator.mul",      "operator.truediv",
                                         "operator.mod",  "operator.pow",  "operator.floordiv", "operator.matmul",
                                         "operator.and_", "operator.or_",  "operator.xor",      "operator.lshift",
                                         "operator.eq",   "operator.lt",   "operator.ge",       "operator.getitem",
                                         "operator.iadd", "operator.ipow", "operator.ixor",     "operator.irshift"};
    static const char *const unary[] = {"operator.neg", "operator.pos", "operator.invert"};
    switch (below(from, 9)) {
    case 0:
        return add_module(from, true);
    case 1:
        return add_module(from, false);
    case 2:
        return add_call(from, PICK(from, methods), 1 + below(from, 3), false);
    case 3:
    case 4:
        return add_call(from, PICK(from, binary), 2, false);
    case 5:
        return below(from, 2) == 0 ? add_call(from, PICK(from, unary), 1, false)
                                   : add_call(from, "operator.setitem", 3, false);
    case 6:
        return add_attribute(from);
    default:
        return add_call(from, PICK(from, functions), below(from, 5), true);
    }
}

static void annotate(generator *from, rg_node node)
{
    static const char *const types[] = {"f32[2, s0][s0, 1]cuda:0", "i64[]",       "Sym(s0 + 1)", "b8[4][1]cpu",
                                        "Parameter(bf16[2])",      "torch.Tensor"};
    rg_type type;
    if (below(from, 3) > 0) {
        assert_int_equal(rg_type_parse(&type, from->context, rg_string_from(PICK(from, types))), RG_OK);
        rg_graph_set_type(from->graph, node, type);
    }
}

static rg_graph *random_graph(generator *from, const char *name)
{
    static const char *const inputs[] = {"x", "input", "L_x_", "y"};
    assert_int_equal(rg_graph_create(&from->graph, from->context, rg_string_from(name)), RG_OK);
    from->count = 0;
    for (uint32_t i = 0, inputs_wanted = 1 + below(from, 4); i < inputs_wanted; i++) {
        from->nodes[from->count++] = build_placeholder(from->graph, inputs[i]);
    }
    for (uint32_t i = below(from, LARGEST_GRAPH); i > 0; i--) {
        rg_node node = add_node(from);
        from->nodes[from->count++] = node;
        annotate(from, node);
    }
    annotate(from, from->nodes[0]);
    build_output(from->graph, random_value(from, DEEPEST_VALUE));
    return from->graph;
}

static void assert_same(const rg_graph *graph, const rg_graph *other, uint32_t seed)
{
    rg_buffer a;
    rg_buffer b;
    rg__buffer_init(&a, rg__default_allocator());
    rg__buffer_init(&b, rg__default_allocator());
    append_graph(&a, graph);
    append_graph(&b, other);
    if (!rg_string_equal(rg__buffer_string(&a), rg__buffer_string(&b))) {
        fail_msg("seed %u: read back as another graph:\n%s", seed, printed_graph(graph));
    }
    rg__buffer_free(&a);
    rg__buffer_free(&b);
}

static void test_print_and_read(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= GRAPHS; seed++) {
        generator from = {.random = {seed}};
        rg_graph *again;
        rg_buffer text;
        assert_int_equal(rg_context_create(&from.context, NULL), RG_OK);
        rg_graph *child = random_graph(&from, "inner");
        rg_graph *graph = random_graph(&from, "GraphModule");
        assert_int_equal(rg_graph_add_owned_child(graph, child), RG_OK);
        assert_graph_holds(graph);
        rg__buffer_init(&text, rg__default_allocator());
        assert_int_equal(rg_graph_print(graph, NULL, rg__buffer_sink(&text)), RG_OK);
        if (rg_graph_parse(&again, from.context, rg__buffer_string(&text), rg_string_from("printed.py")) != RG_OK) {
            fail_msg("seed %u: %s", seed, printed_diagnostics(from.context));
        }
        assert_graph_holds(again);
        assert_same(graph, again, seed);
        assert_same(child, rg_graph_child(again, 0), seed);
        assert_string_equal(printed_graph(again), rg__buffer_string(&text).data);
        rg__buffer_free(&text);
        rg_graph_destroy(again);
        rg_graph_destroy(graph);
        rg_context_destroy(from.context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_print_and_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
