/* What printed statements become: text/read_*.c. Nodes are shown with the kind of every value, see describe(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "support/text_reading.h"

static const char *const op_kinds[] = {"placeholder", "output",   "get_attr", "call_module", "overload",
                                       "higher",      "operator", "function", "method"};
static const char *const value_kinds[] = {"missing", "none",   "bool",   "int",   "float",    "str",   "node",
                                          "list",    "tuple",  "dict",   "slice", "record",   "size",  "dtype",
                                          "device",  "layout", "format", "op",    "ellipsis", "object"};

static void describe_value(rg_buffer *out, const rg_graph *graph, rg_value value)
{
    rg_context *context = rg_graph_context(graph);
    rg_value_kind kind = rg_value_get_kind(value);
    rg__buffer_append_text(out, value_kinds[kind]);
    if (kind < RG_VALUE_LIST || kind > RG_VALUE_RECORD) {
        rg__buffer_append_char(out, ' ');
        assert_int_equal(rg_value_print(context, graph, value, rg__buffer_sink(out)), RG_OK);
        return;
    }
    rg__buffer_append_char(out, '[');
    for (size_t i = 0; i < rg_value_count(context, graph, value); i++) {
        rg__buffer_append_text(out, i > 0 ? ", " : "");
        describe_value(out, graph, rg_value_item(context, graph, value, i));
    }
    rg__buffer_append_char(out, ']');
}

/* "kind op target(value, name=value)" */
static void describe(rg_buffer *out, const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    rg__buffer_append_text(out, op_kinds[kind]);
    rg__buffer_append_char(out, ' ');
    rg__buffer_append(out, rg_node_target(graph, node));
    rg__buffer_append_char(out, '(');
    for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
        rg__buffer_append_text(out, i > 0 ? ", " : "");
        if (i >= rg_node_positional_count(graph, node)) {
            rg__buffer_append(out, rg_node_argument_name(graph, node, i));
            rg__buffer_append_char(out, '=');
        }
        describe_value(out, graph, rg_node_argument(graph, node, i));
    }
    rg__buffer_append_char(out, ')');
}

static rg_context *new_context(void)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

static void assert_description(const rg_graph *graph, const char *name, const char *expected)
{
    rg_buffer out;
    rg_node node = rg_graph_find(graph, rg_string_from(name));
    assert_false(rg_node_is_null(node));
    rg__buffer_init(&out, rg__default_allocator());
    describe(&out, graph, node);
    assert_string_equal(rg__buffer_string(&out).data, expected);
    rg__buffer_free(&out);
}

/* A graph over x, y and s0 whose node `n` is `statement`; the graph prints as it was written. */
static rg_graph *read_statement(rg_context *context, rg_buffer *text, const char *statement)
{
    rg__buffer_init(text, rg__default_allocator());
    rg__buffer_append_format(text,
                             "class GraphModule(torch.nn.Module):\n"
                             "    def forward(self, x, y, s0):\n"
                             "        %s\n"
                             "        return (x, y, s0, n)\n",
                             statement);
    return read_graph(context, rg__buffer_string(text).data);
}

typedef struct statement_case {
    const char *statement;
    const char *expected;
} statement_case;

static void check_statements(const statement_case *cases, size_t count)
{
    rg_context *context = new_context();
    for (size_t i = 0; i < count; i++) {
        rg_buffer text;
        rg_graph *graph = read_statement(context, &text, cases[i].statement);
        assert_description(graph, "n", cases[i].expected);
        assert_string_equal(printed_graph(graph), rg__buffer_string(&text).data);
        rg__buffer_free(&text);
        rg_graph_destroy(graph);
    }
    rg_context_destroy(context);
}

#define CHECK_STATEMENTS(cases) check_statements((cases), sizeof(cases) / sizeof((cases)[0]))

static void test_calls(void **state)
{
    static const statement_case cases[] = {
        {"n = torch.ops.aten.mul.Tensor(x, 2)", "overload aten.mul.Tensor(node x, int 2)"},
        {"n = torch.ops.aten.mul(x, y)", "overload aten.mul(node x, node y)"},
        {"n = torch.ops.my_lib.deep.name.default(x)", "overload my_lib.deep.name.default(node x)"},
        {"n = torch.ops.higher_order.cond(x, y)", "higher higher_order.cond(node x, node y)"},
        {"n = torch._C._nn.linear(x, y, bias = None)", "function torch._C._nn.linear(node x, node y, bias=none None)"},
        {"n = math_sqrt(x)", "function math_sqrt(node x)"},
        {"n = operator.contains(x, 1)", "operator operator.contains(node x, int 1)"},
        {"n = builtins.max(x, y)", "function builtins.max(node x, node y)"},
        {"n = torch.rand()", "function torch.rand()"},
        {"n = x.relu()", "method .relu(node x)"},
        {"n = x.view(-1, s0, dtype = torch.float32)",
         "method .view(node x, int -1, node s0, dtype=dtype torch.float32)"},
        {"n = x.a.b(y)", "method .a.b(node x, node y)"},
        {"n = getattr(x, \"0\")(y)", "method .0(node x, node y)"},
        {"n = [x, y].index(x)", "method .index(list[node x, node y], node x)"},
        {"n = (3).bit_length()", "method .bit_length(int 3)"},
        {"n = 'abc'.join(x)", "method .join(str 'abc', node x)"},
        {"n = self.conv(x)", "call_module conv(node x)"},
        {"n = getattr(self.layer1, \"0\").conv1(x)", "call_module layer1.0.conv1(node x)"},
        {"n = getattr(getattr(self.a, \"0\").b, \"1\")(x)", "call_module a.0.b.1(node x)"},
        {"n = getattr(self, \"0\")(x, k = y)", "call_module 0(node x, k=node y)"},
        {"n = self.weight", "get_attr weight()"},
        {"n = getattr(self.list, \"3\").bias", "get_attr list.3.bias()"},
        {"n = getattr(self, \"in-put\")", "get_attr in-put()"},
        {"n = x.shape", "function getattr(node x, str 'shape')"},
        {"n = getattr(x, '0')", "function getattr(node x, str '0')"},
        {"n = getattr(x, 'abc', None)", "function getattr(node x, str 'abc', none None)"},
    };
    (void)state;
    CHECK_STATEMENTS(cases);
}

static void test_operators(void **state)
{
    static const statement_case cases[] = {
        {"n = x + y", "operator operator.add(node x, node y)"},
        {"n = x - 1", "operator operator.sub(node x, int 1)"},
        {"n = 2.5 * x", "operator operator.mul(float 2.5, node x)"},
        {"n = x / y", "operator operator.truediv(node x, node y)"},
        {"n = x // y", "operator operator.floordiv(node x, node y)"},
        {"n = x % y", "operator operator.mod(node x, node y)"},
        {"n = x ** -1", "operator operator.pow(node x, int -1)"},
        {"n = -1 ** x", "operator operator.pow(int -1, node x)"},
        {"n = -inf ** x", "operator operator.pow(float -inf, node x)"},
        {"n = x @ y", "operator operator.matmul(node x, node y)"},
        {"n = x << 1", "operator operator.lshift(node x, int 1)"},
        {"n = x >> 1", "operator operator.rshift(node x, int 1)"},
        {"n = x & y", "operator operator.and_(node x, node y)"},
        {"n = x | y", "operator operator.or_(node x, node y)"},
        {"n = x ^ y", "operator operator.xor(node x, node y)"},
        {"n = x == 1", "operator operator.eq(node x, int 1)"},
        {"n = x != y", "operator operator.ne(node x, node y)"},
        {"n = x < y", "operator operator.lt(node x, node y)"},
        {"n = x > y", "operator operator.gt(node x, node y)"},
        {"n = x <= y", "operator operator.le(node x, node y)"},
        {"n = x >= y", "operator operator.ge(node x, node y)"},
        {"n = -x", "operator operator.neg(node x)"},
        {"n = +x", "operator operator.pos(node x)"},
        {"n = ~x", "operator operator.invert(node x)"},
        {"n = -5", "operator operator.neg(int 5)"},
        {"n = --5", "operator operator.neg(int -5)"},
        {"n = (1, 2) + (x,)", "operator operator.add(tuple[int 1, int 2], tuple[node x])"},
        {"n = x * (s1 + 1)", "operator operator.mul(node x, size s1 + 1)"},
        {"n = x[0]", "operator operator.getitem(node x, int 0)"},
        {"n = x[-1]", "operator operator.getitem(node x, int -1)"},
        {"n = [x, y][0]", "operator operator.getitem(list[node x, node y], int 0)"},
        {"n = x[(slice(None, None, None), None, Ellipsis, slice(1, y, 2))]",
         "operator operator.getitem(node x, tuple[slice[none None, none None, none None], none None, ellipsis "
         "Ellipsis, slice[int 1, node y, int 2]])"},
        {"x += 1;  n = x", "operator operator.iadd(node x, int 1)"},
        {"x -= y;  n = x", "operator operator.isub(node x, node y)"},
        {"x *= y;  n = x", "operator operator.imul(node x, node y)"},
        {"x /= y;  n = x", "operator operator.itruediv(node x, node y)"},
        {"x //= y;  n = x", "operator operator.ifloordiv(node x, node y)"},
        {"x %= y;  n = x", "operator operator.imod(node x, node y)"},
        {"x **= y;  n = x", "operator operator.ipow(node x, node y)"},
        {"x @= y;  n = x", "operator operator.imatmul(node x, node y)"},
        {"x <<= y;  n = x", "operator operator.ilshift(node x, node y)"},
        {"x >>= y;  n = x", "operator operator.irshift(node x, node y)"},
        {"x &= y;  n = x", "operator operator.iand(node x, node y)"},
        {"x |= y;  n = x", "operator operator.ior(node x, node y)"},
        {"x ^= y;  n: \"f32[2]\" = x", "operator operator.ixor(node x, node y)"},
        {"x[0] = 1.0;  n = x", "operator operator.setitem(node x, int 0, float 1.0)"},
        {"x[(Ellipsis, 0)] = y;  n = x", "operator operator.setitem(node x, tuple[ellipsis Ellipsis, int 0], node y)"},
    };
    (void)state;
    CHECK_STATEMENTS(cases);
}

static void test_values(void **state)
{
    static const statement_case cases[] = {
        {"n = f(0, -7, 9223372036854775807, -9223372036854775808)",
         "function f(int 0, int -7, int 9223372036854775807, int -9223372036854775808)"},
        {"n = f(123456789012345678901234567890, -123456789012345678901234567890)",
         "function f(int 123456789012345678901234567890, int -123456789012345678901234567890)"},
        {"n = f(1.0, 1e-05, 9.999999747378752e-06, -0.0, 1e+100)",
         "function f(float 1.0, float 1e-05, float 9.999999747378752e-06, float -0.0, float 1e+100)"},
        {"n = f(inf, -inf, nan)", "function f(float inf, float -inf, float nan)"},
        {"n = f(True, False, None, Ellipsis)", "function f(bool True, bool False, none None, ellipsis Ellipsis)"},
        {"n = f('a', \"it's\", 'both \\' and \"', '\\n\\\\', '')",
         "function f(str 'a', str \"it's\", str 'both \\' and \"', str '\\n\\\\', str '')"},
        {"n = f('\xc3\xa9\\u200b')", "function f(str '\xc3\xa9\\u200b')"},
        {"n = f([], (), {}, [x], (x,), (x, [y, (1,)]))",
         "function f(list[], tuple[], dict[], list[node x], tuple[node x], tuple[node x, list[node y, tuple[int 1]]])"},
        {"n = f({'a': x, 'b': [1], 3: None})",
         "function f(dict[str 'a', node x, str 'b', list[int 1], int 3, none None])"},
        {"n = f(slice(1, None, s0))", "function f(slice[int 1, none None, node s0])"},
        {"n = f(torch.float32, torch.int64, torch.bool, torch.float8_e4m3fn)",
         "function f(dtype torch.float32, dtype torch.int64, dtype torch.bool, dtype torch.float8_e4m3fn)"},
        {"n = f(torch.strided, torch.sparse_coo)", "function f(layout torch.strided, layout torch.sparse_coo)"},
        {"n = f(torch.contiguous_format, torch.channels_last)",
         "function f(format torch.contiguous_format, format torch.channels_last)"},
        {"n = f(device(type='cuda', index=0), device(type='cpu'))",
         "function f(device device(type='cuda', index=0), device device(type='cpu'))"},
        {"n = f(torch.ops._C.rms_norm.default, torch.ops.higher_order.cond)",
         "function f(op torch.ops._C.rms_norm.default, op torch.ops.higher_order.cond)"},
        {"n = f(s1, 2*s1 + 1, u0)", "function f(size s1, size 2*s1 + 1, size u0)"},
        /* A size means more than its spelling, which is kept all the same: s1 is at least 2. */
        {"n = f((s1//2), Max(1, s1))", "function f(size (s1//2), size s1)"},
        {"n = f(1j, (1+2j), (-0-infj))", "function f(object 1j, object (1+2j), object (-0-infj))"},
        {"n = f(Enum.MEMBER, torch.per_tensor_affine)",
         "function f(object Enum.MEMBER, object torch.per_tensor_affine)"},
        {"n = f(torch.Size([2, 3]), torch.Tensor(size=[2], dtype=float32))",
         "function f(object torch.Size([2, 3]), object torch.Tensor(size=[2], dtype=float32))"},
        {"n = f(<function g at 0x7f>, b'bytes', TreeSpec(tuple, None, [*, *]))",
         "function f(object <function g at 0x7f>, object b'bytes', object TreeSpec(tuple, None, [*, *]))"},
        {"n = f(my_Pair(x, [y]), my_One(x,), torch.return_types.max(x, y))",
         "function f(record[str 'my_Pair', node x, list[node y]], record[str 'my_One', node x], "
         "record[str 'torch.return_types.max', node x, node y])"},
    };
    (void)state;
    CHECK_STATEMENTS(cases);
}

/* Forms that are accepted, and what they are printed as. */
static void test_other_spellings(void **state)
{
    static const struct {
        const char *written;
        const char *printed;
    } cases[] = {
        {"n=torch.ops.aten.mul.Tensor( x,2 , k=3, )", "n = torch.ops.aten.mul.Tensor(x, 2, k = 3)"},
        {"n = f(\n            x,\n            [1,\n             2],  # why\n        )", "n = f(x, [1, 2])"},
        {"n : 'f32[2]' = f(x)", "n: 'f32[2]' = f(x)"},
        {"n = x[1:2, ..., ::3]", "n = x[(slice(1, 2, None), Ellipsis, slice(None, None, 3))]"},
        {"n = f(slice(4), slice(1, 4))", "n = f(slice(None, 4, None), slice(1, 4, None))"},
        {"n = f(torch.device('cuda:1'), torch.device('cuda', 2), device('cpu'))",
         "n = f(device(type='cuda', index=1), device(type='cuda', index=2), device(type='cpu'))"},
        {"n = f(0x10, 1_000, +5, 1., .5, 1E5)", "n = f(16, 1000, 5, 1.0, 0.5, 100000.0)"},
        {"n = f(\"a\" 'b', r'\\n')", "n = f('ab', '\\\\n')"},
        {"n = f(torch.float, torch.half)", "n = f(torch.float32, torch.float16)"},
        {"n = operator.add(x, y)", "n = x + y"},
        {"n = getattr(x, 'abc')", "n = x.abc"},
        {"n = (x + y)", "n = x + y"},
        {"x+=1; n=x", "x += 1;  n = x"},
        {"x += 1\n        n = x", "x += 1;  n = x"},
    };
    rg_context *context = new_context();
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_buffer text;
        rg_graph *graph = read_statement(context, &text, cases[i].written);
        rg_buffer expected;
        rg_graph *second = read_statement(context, &expected, cases[i].printed);
        assert_string_equal(printed_graph(graph), rg__buffer_string(&expected).data);
        rg__buffer_free(&text);
        rg__buffer_free(&expected);
        rg_graph_destroy(graph);
        rg_graph_destroy(second);
    }
    rg_context_destroy(context);
}

static void test_placeholders(void **state)
{
    static const char text[] =
        "class GraphModule(torch.nn.Module):\n"
        "    def forward(self, L_x_: \"f32[2, s0][s0, 1]cuda:0\", input, y : torch.Tensor = None, "
        "k : int = 3, *args, **kwargs):\n"
        "        l_x_ = L_x_\n"
        "        input_1 = input\n"
        "        _args = args\n"
        "        n = f(l_x_, input_1, y, k, _args, kwargs)\n"
        "        return n\n";
    rg_context *context = new_context();
    (void)state;
    rg_graph *graph = read_graph(context, text);
    assert_description(graph, "l_x_", "placeholder L_x_()");
    assert_description(graph, "input_1", "placeholder input()");
    assert_description(graph, "y", "placeholder y(none None)");
    assert_description(graph, "k", "placeholder k(int 3)");
    assert_description(graph, "_args", "placeholder *args()");
    assert_description(graph, "kwargs", "placeholder **kwargs()");
    rg_type type = rg_node_type(graph, rg_graph_find(graph, rg_string_from("l_x_")));
    assert_int_equal(rg_type_get_kind(context, type), RG_TYPE_TENSOR);
    assert_int_equal(rg_type_get_tensor(context, type).rank, 2);
    type = rg_node_type(graph, rg_graph_find(graph, rg_string_from("y")));
    assert_int_equal(rg_type_get_kind(context, type), RG_TYPE_OPAQUE);
    assert_string_equal(printed_graph(graph), text);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_returns(void **state)
{
    static const struct {
        const char *value;
        const char *expected;
    } cases[] = {
        {"x", "output output(node x)"},
        {"None", "output output(none None)"},
        {"(x,)", "output output(tuple[node x])"},
        {"[x, None]", "output output(list[node x, none None])"},
        {"{'k': x, 'l': (1, 2.5)}", "output output(dict[str 'k', node x, str 'l', tuple[int 1, float 2.5]])"},
        {"pytree.tree_unflatten([x, 1], self._out_spec)", "output output(list[node x, int 1])"},
    };
    rg_context *context = new_context();
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_buffer text;
        rg__buffer_init(&text, rg__default_allocator());
        rg__buffer_append_format(
            &text, "class <lambda>(torch.nn.Module):\n    def forward(self, x):\n        return %s\n", cases[i].value);
        rg_graph *graph = read_graph(context, rg__buffer_string(&text).data);
        assert_description(graph, "output", cases[i].expected);
        assert_string_equal(printed_graph(graph), rg__buffer_string(&text).data);
        rg_graph_destroy(graph);
        rg__buffer_free(&text);
    }
    rg_graph *graph = read_graph(context, "class A(torch.nn.Module):\n    def forward(self, x):\n        return\n");
    assert_description(graph, "output", "output output(none None)");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_submodules(void **state)
{
    static const char text[] = "class GraphModule(torch.nn.Module):\n"
                               "    def forward(self, p, x):\n"
                               "        true_graph_0 = self.true_graph_0\n"
                               "        cond = torch.ops.higher_order.cond(p, true_graph_0, [x])\n"
                               "        return cond\n"
                               "\n"
                               "    class true_graph_0(torch.nn.Module):\n"
                               "        def forward(self, x):\n"
                               "            inner = self.inner(x)\n"
                               "            return inner\n"
                               "            \n"
                               "        class inner(torch.nn.Module):\n"
                               "            def forward(self, x):\n"
                               "                # a comment\n"
                               "                return x\n"
                               "\n"
                               "    class false_graph_0(torch.nn.Module):\n"
                               "        def forward(self, x):\n"
                               "            return x\n";
    rg_context *context = new_context();
    (void)state;
    rg_graph *graph = read_graph(context, text);
    assert_int_equal(rg_graph_child_count(graph), 2);
    rg_graph *child = rg_graph_find_child(graph, rg_string_from("true_graph_0"));
    assert_non_null(child);
    assert_int_equal(rg_graph_child_count(child), 1);
    assert_description(child, "inner", "call_module inner(node x)");
    assert_non_null(rg_graph_find_child(graph, rg_string_from("false_graph_0")));
    assert_string_equal(printed_graph(graph), text);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* ---- signatures ---- */

static void assert_reads_back(rg_context *context, const char *text, const char *placeholders)
{
    rg_buffer names;
    rg_graph *graph = read_graph(context, text);
    rg__buffer_init(&names, rg__default_allocator());
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
            rg__buffer_append_text(&names, names.size > 0 ? " " : "");
            rg__buffer_append(&names, rg_node_name(graph, node));
            rg__buffer_append_text(&names, rg_type_is_null(rg_node_type(graph, node)) ? "" : "!");
        }
    }
    assert_string_equal(rg__buffer_string(&names).data, placeholders);
    assert_string_equal(printed_graph(graph), text);
    rg__buffer_free(&names);
    rg_graph_destroy(graph);
}

static void test_signatures(void **state)
{
    rg_context *context = new_context();
    (void)state;
    assert_reads_back(context,
                      "class A(torch.nn.Module):\n"
                      "    def forward(\n"
                      "        self,\n"
                      "        x: \"f32[2]\",  # PlainAOTInput(idx=0)\n"
                      "        y,\n"
                      "    ) -> torch.Tensor:\n"
                      "        return (\n"
                      "            x,  # PlainAOTOutput(idx=0)\n"
                      "            None,  # None\n"
                      "        )\n",
                      "x! y");
    assert_reads_back(context,
                      "class A(torch.nn.Module):\n"
                      "    def forward(self, pair, named):\n"
                      "        pair_1: \"f32[2]\"; named_1: \"f32[3]\"; \n"
                      "\n"
                      "        pair_1, pair_2, named_1, = fx_pytree.tree_flatten_spec(([pair], {'named':named}), "
                      "self._in_spec)\n"
                      "        return pytree.tree_unflatten((pair_1,), self._out_spec)\n",
                      "pair_1! pair_2 named_1!");
    assert_reads_back(context,
                      "class A(torch.nn.Module):\n"
                      "    def forward(\n"
                      "        self,\n"
                      "        pair,\n"
                      "    ):\n"
                      "        a: \"f32[2]\"  # one\n"
                      "        b: \"f32[3]\"  # two\n"
                      "        a, b, = fx_pytree.tree_flatten_spec([pair], self._in_spec)\n"
                      "        return a\n",
                      "a! b!");
    assert_reads_back(context,
                      "class A(torch.nn.Module):\n"
                      "    def forward(self, args_list) -> torch.Tensor:\n"
                      "        args_iter = iter(args_list)\n"
                      "        x = next(args_iter)\n"
                      "        input = next(args_iter)\n"
                      "        args_list.clear()\n"
                      "        input_1 = input\n"
                      "        return (x, input_1)\n",
                      "x input_1");
    assert_reads_back(context,
                      "class Wrapped(torch.nn.Module):\n"
                      "    torch.fx._symbolic_trace.wrap(\"wrapped\")\n"
                      "\n"
                      "    def forward_1(self):\n"
                      "        n = wrapped()\n"
                      "        return n\n",
                      "");
    assert_reads_back(context,
                      "class Repro(torch.nn.Module):\n"
                      "    def __init__(self) -> None:\n"
                      "        super().__init__()\n"
                      "        self.w = torch.tensor(1)\n"
                      "\n"
                      "    def forward(self, x):\n"
                      "        return x\n",
                      "x");
    rg_context_destroy(context);
}

/* ---- deletions ---- */

static void test_deletion_styles(void **state)
{
    static const char *const texts[] = {
        /* as FX puts them */
        "class A(torch.nn.Module):\n    def forward(self, x, y, z):\n"
        "        a = f(x, [y], k = x);  x = y = None\n"
        "        b = g();  b = None\n"
        "        c = f(a, a)\n"
        "        return (c, a)\n",
        /* none at all */
        "class A(torch.nn.Module):\n    def forward(self, x, y, z):\n"
        "        a = f(x, y)\n"
        "        b = f(a)\n"
        "        return b\n",
        /* on lines of their own */
        "class A(torch.nn.Module):\n    def forward(self, x, y, z):\n"
        "        a = f(x, y)\n"
        "        x = y = None\n"
        "        b = f(a)\n"
        "        a = None\n"
        "        return b\n",
        /* in another order, and one left out */
        "class A(torch.nn.Module):\n    def forward(self, x, y, z):\n"
        "        a = f(x, y);  y = x = None\n"
        "        b = f(a)\n"
        "        c = f(z, b);  b = None\n"
        "        return c\n",
    };
    rg_context *context = new_context();
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        rg_graph *graph = read_graph(context, texts[i]);
        assert_string_equal(printed_graph(graph), texts[i]);
        rg_graph_destroy(graph);
    }
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),           cmocka_unit_test(test_operators),
        cmocka_unit_test(test_values),          cmocka_unit_test(test_other_spellings),
        cmocka_unit_test(test_placeholders),    cmocka_unit_test(test_returns),
        cmocka_unit_test(test_submodules),      cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_deletion_styles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
