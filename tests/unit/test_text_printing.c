/* Printing graphs that were built or edited: text/print_*.c, ir/layout.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/graph_building.h"
#include "support/text_reading.h"

static rg_context *new_context(void)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

static rg_node find(const rg_graph *graph, const char *name)
{
    rg_node node = rg_graph_find(graph, rg_string_from(name));
    assert_false(rg_node_is_null(node));
    return node;
}

static rg_type type_of(rg_context *context, const char *annotation)
{
    rg_type type;
    assert_int_equal(rg_type_parse(&type, context, rg_string_from(annotation)), RG_OK);
    return type;
}

/* A graph that was never text prints as print_readable does, with strides and devices. */
static void test_built_graph(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = build_graph(context);
    rg_graph *child;
    rg_type pair[2] = {type_of(context, "f32[2][1]cuda:0"), type_of(context, "f32[2][1]cuda:0")};
    rg_type tuple;
    (void)state;
    rg_node x = build_placeholder(graph, "x");
    rg_graph_set_type(graph, x, pair[0]);
    rg_node split = build_call(graph, "aten.split.Tensor", "split", VALUES(value_of(x), build_int(context, 1)));
    assert_int_equal(rg_type_from_items(&tuple, context, pair, 2), RG_OK);
    rg_graph_set_type(graph, split, tuple);
    rg_node item = build_call(graph, "operator.getitem", "getitem", VALUES(value_of(split), build_int(context, 0)));
    rg_graph_set_type(graph, item, pair[0]);
    rg_node unused = build_call(graph, ".relu", NULL, VALUES(value_of(item)));
    rg_type nothing;
    assert_int_equal(rg_type_nothing(&nothing, context), RG_OK);
    rg_graph_set_type(graph, unused, nothing);
    build_output(graph, value_of(item));
    assert_int_equal(rg_graph_create(&child, context, rg_string_from("inner")), RG_OK);
    rg_node y = build_placeholder(child, "y");
    build_output(child, build_items(child, RG_VALUE_TUPLE, VALUES(value_of(y))));
    assert_int_equal(rg_graph_add_owned_child(graph, child), RG_OK);
    assert_string_equal(printed_graph(graph), "class GraphModule(torch.nn.Module):\n"
                                              "    def forward(self, x: \"f32[2][1]cuda:0\"):\n"
                                              "        split = torch.ops.aten.split.Tensor(x, 1);  x = None\n"
                                              "        getitem: \"f32[2][1]cuda:0\" = split[0];  split = None\n"
                                              "        relu = getitem.relu();  relu = None\n"
                                              "        return getitem\n"
                                              "\n"
                                              "    class inner(torch.nn.Module):\n"
                                              "        def forward(self, y):\n"
                                              "            return (y,)\n");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static const char commented[] = "class GraphModule(torch.nn.Module):\n"
                                "    def forward(self, x: \"f32[2]\", y: \"f32[2]\"):\n"
                                "        # File: a.py:1\n"
                                "        a: \"f32[2]\" = f(x);  x = None\n"
                                "        b: \"f32[2]\" = g(a);  a = None\n"
                                "\n"
                                "        # File: a.py:2\n"
                                "        c: \"f32[2]\" = h(b, y);  b = y = None  # why\n"
                                "        return (c,)\n";

/* Deletions follow the uses; the comments before a node that goes stand before the next one. */
static void test_edits(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, commented);
    (void)state;
    rg_node c = find(graph, "c");
    rg_node fused = build_call_before(graph, c, "my.fused.default", "fused",
                                      VALUES(value_of(find(graph, "x")), value_of(find(graph, "y"))));
    rg_graph_set_type(graph, fused, type_of(context, "f32[2][1]cuda:0"));
    assert_int_equal(rg_graph_replace_uses(graph, c, value_of(fused), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_erase(graph, c), RG_OK);
    assert_int_equal(rg_graph_erase(graph, find(graph, "b")), RG_OK);
    assert_int_equal(rg_graph_erase(graph, find(graph, "a")), RG_OK);
    assert_int_equal(rg_graph_verify(graph), RG_OK);
    assert_string_equal(printed_graph(graph), "class GraphModule(torch.nn.Module):\n"
                                              "    def forward(self, x: \"f32[2]\", y: \"f32[2]\"):\n"
                                              "        # File: a.py:1\n"
                                              "        fused: \"f32[2]\" = torch.ops.my.fused.default(x, y);  "
                                              "x = y = None\n"
                                              "\n"
                                              "        # File: a.py:2\n"
                                              "        return (fused,)\n");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* The form of the file holds for what is inserted into it. */
static void test_inherited_styles(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, "class A(torch.nn.Module):\n"
                                          "    def forward(self, x: \"f32[2]cpu\"):\n"
                                          "        a: \"f32[2]cpu\" = f(x)  # why\n"
                                          "        x = None\n"
                                          "        return a\n");
    (void)state;
    rg_node a = find(graph, "a");
    rg_node b = build_call(graph, "g", "b", VALUES(value_of(a)));
    rg_graph_set_type(graph, b, type_of(context, "f32[2][1]cpu"));
    assert_int_equal(rg_graph_set_argument(graph, rg_graph_output(graph), 0, value_of(b)), RG_OK);
    assert_string_equal(printed_graph(graph), "class A(torch.nn.Module):\n"
                                              "    def forward(self, x: \"f32[2]cpu\"):\n"
                                              "        a: \"f32[2]cpu\" = f(x)  # why\n"
                                              "        x = None\n"
                                              "        b: \"f32[2]cpu\" = g(a)\n"
                                              "        a = None\n"
                                              "        return b\n");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* An unusual spelling lasts as long as what it spells. */
static void test_spellings(void **state)
{
    static const char text[] = "class A(torch.nn.Module):\n"
                               "    def forward(self, x : torch.Tensor, y):\n"
                               "        a: \"Sym(0.0000100000000000000)\" = x.item();  x = None\n"
                               "        b = f(a, y);  y = a = None\n"
                               "        return b\n";
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, text);
    (void)state;
    assert_string_equal(printed_graph(graph), text);
    rg_graph_set_type(graph, find(graph, "a"), type_of(context, "Sym(s0)"));
    assert_int_equal(rg_graph_set_name(graph, find(graph, "y"), rg_string_from("z")), RG_OK);
    assert_string_equal(printed_graph(graph), "class A(torch.nn.Module):\n"
                                              "    def forward(self, x : torch.Tensor, y):\n"
                                              "        z = y\n"
                                              "        a: \"Sym(s0)\" = x.item();  x = None\n"
                                              "        b = f(a, z);  a = z = None\n"
                                              "        return b\n");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Signatures are printed from the placeholders, in the style in which they were read. */
static void test_changed_signatures(void **state)
{
    static const struct {
        const char *text;
        const char *renamed; /* after x has become z and got a type */
    } cases[] = {
        {"class A(torch.nn.Module):\n"
         "    def forward(\n"
         "        self,\n"
         "        x,  # the input\n"
         "        y,\n"
         "    ):\n"
         "        return (x, y)\n",
         "class A(torch.nn.Module):\n"
         "    def forward(\n"
         "        self,\n"
         "        x: \"f32[2]\",  # the input\n"
         "        y,\n"
         "    ):\n"
         "        z = x\n"
         "        return (z, y)\n"},
        {"class A(torch.nn.Module):\n"
         "    def forward(self, pair):\n"
         "        y: \"i64[]\"; \n"
         "\n"
         "        x, y, = fx_pytree.tree_flatten_spec([pair], self._in_spec)\n"
         "        # a comment\n"
         "        return pytree.tree_unflatten([x, y], self._out_spec)\n",
         "class A(torch.nn.Module):\n"
         "    def forward(self, pair):\n"
         "        x: \"f32[2]\"; y: \"i64[]\"; \n"
         "\n"
         "        x, y, = fx_pytree.tree_flatten_spec([pair], self._in_spec)\n"
         "        z = x\n"
         "        # a comment\n"
         "        return pytree.tree_unflatten([z, y], self._out_spec)\n"},
        {"class A(torch.nn.Module):\n"
         "    def forward(self, args_list):\n"
         "        args_iter = iter(args_list)\n"
         "        x = next(args_iter)\n"
         "        args_list.clear()\n"
         "        return x\n",
         "class A(torch.nn.Module):\n"
         "    def forward(self, args_list):\n"
         "        args_iter = iter(args_list)\n"
         "        x = next(args_iter)\n"
         "        args_list.clear()\n"
         "        z = x\n"
         "        return z\n"},
    };
    rg_context *context = new_context();
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_graph *graph = read_graph(context, cases[i].text);
        assert_string_equal(printed_graph(graph), cases[i].text);
        rg_node x = find(graph, "x");
        rg_graph_set_type(graph, x, type_of(context, "f32[2]"));
        assert_int_equal(rg_graph_set_name(graph, x, rg_string_from("z")), RG_OK);
        assert_string_equal(printed_graph(graph), cases[i].renamed);
        rg_graph *again = read_graph(context, cases[i].renamed);
        assert_string_equal(printed_graph(again), cases[i].renamed);
        rg_graph_destroy(again);
        rg_graph_destroy(graph);
    }
    rg_context_destroy(context);
}

/* The placeholders may all go. */
static void test_no_placeholders(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, "class A(torch.nn.Module):\n"
                                          "    def forward(self, pair):\n"
                                          "        x, = fx_pytree.tree_flatten_spec([pair], self._in_spec)\n"
                                          "        return pytree.tree_unflatten(\n"
                                          "            [x],\n"
                                          "            self._out_spec\n"
                                          "        )\n");
    (void)state;
    assert_int_equal(rg_graph_set_argument(graph, rg_graph_output(graph), 0, rg_value_none()), RG_OK);
    assert_int_equal(rg_graph_erase(graph, find(graph, "x")), RG_OK);
    assert_string_equal(printed_graph(graph), "class A(torch.nn.Module):\n"
                                              "    def forward(self, pair):\n"
                                              "        return pytree.tree_unflatten(None, self._out_spec)\n");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_nodes_and_values(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, commented);
    rg_buffer out;
    (void)state;
    assert_string_equal(printed_node(graph, "c"), "c: \"f32[2]\" = h(b, y)");
    assert_string_equal(printed_node(graph, "x"), "x: \"f32[2]\"");
    assert_string_equal(printed_node(graph, "output"), "return (c,)");
    rg__buffer_init(&out, rg__default_allocator());
    assert_int_equal(rg_node_print(graph, (rg_node){0}, rg__buffer_sink(&out)), RG_ERROR_ARGUMENT);
    rg_value list = build_items(graph, RG_VALUE_LIST, VALUES(value_of(find(graph, "a")), rg_value_none()));
    assert_int_equal(rg_value_print(context, graph, list, rg__buffer_sink(&out)), RG_OK);
    assert_string_equal(rg__buffer_string(&out).data, "[a, None]");
    rg__buffer_free(&out);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Arguments that no text gives an operator are printed as a call, which reads back. */
static void test_odd_calls(void **state)
{
    static const char *const one[] = {"a", "b"};
    rg_context *context = new_context();
    rg_graph *graph = build_graph(context);
    (void)state;
    rg_node x = build_placeholder(graph, "x");
    build_call(graph, "operator.add", "three", VALUES(value_of(x), value_of(x), value_of(x)));
    build_call_named(graph, "operator.sub", one, VALUES(value_of(x), value_of(x)));
    build_call(graph, "operator.not_", "negated", VALUES(value_of(x)));
    build_call(graph, "getattr", "weird", VALUES(value_of(x), build_string(context, "a b")));
    build_get_attr(graph, "a.0.b\"c.d\\");
    build_output(graph, value_of(x));
    static const char expected[] =
        "class GraphModule(torch.nn.Module):\n"
        "    def forward(self, x):\n"
        "        three = operator.add(x, x, x);  three = None\n"
        "        sub = operator.sub(a = x, b = x);  sub = None\n"
        "        negated = operator.not_(x);  negated = None\n"
        "        weird = getattr(x, 'a b');  weird = None\n"
        "        a_0_b_c_d_ = getattr(getattr(getattr(self.a, \"0\"), \"b\\\"c\"), \"d\\\\\");  "
        "a_0_b_c_d_ = None\n"
        "        return x\n";
    assert_string_equal(printed_graph(graph), expected);
    rg_graph *again = read_graph(context, expected);
    assert_string_equal(printed_graph(again), expected);
    rg_graph_destroy(again);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static rg_status refuse(void *user, const char *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return RG_ERROR_IO;
}

static void test_sink_refuses(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, commented);
    (void)state;
    rg_sink sink = {refuse, NULL};
    assert_int_equal(rg_graph_print(graph, NULL, sink), RG_ERROR_IO);
    assert_int_equal(rg_node_print(graph, find(graph, "a"), sink), RG_ERROR_IO);
    assert_int_equal(rg_value_print(context, graph, rg_value_none(), sink), RG_ERROR_IO);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_graph),        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_inherited_styles),   cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_changed_signatures), cmocka_unit_test(test_no_placeholders),
        cmocka_unit_test(test_nodes_and_values),   cmocka_unit_test(test_odd_calls),
        cmocka_unit_test(test_sink_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
