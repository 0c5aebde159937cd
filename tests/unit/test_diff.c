/* Comparing graphs: match/diff*.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/diff.h>
#include <regraft/document.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"

static int make_context(void **state)
{
    rg_context *context = NULL;
    if (rg_context_create(&context, NULL) != RG_OK) {
        return -1;
    }
    *state = context;
    return 0;
}

static int drop_context(void **state)
{
    rg_context_destroy(*state);
    return 0;
}

static void print_diagnostics(const rg_context *context)
{
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        print_error("%s\n", rg_context_diagnostic(context, i)->message.data);
    }
}

/* A graph from its parameters and statements. */
static rg_graph *parse(rg_context *context, const char *parameters, const char *body)
{
    rg_buffer text;
    rg_graph *graph = NULL;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_format(&text, "class GraphModule(torch.nn.Module):\n    def forward(self, %s):\n", parameters);
    rg__buffer_append_text(&text, body);
    if (rg_graph_parse(&graph, context, rg__buffer_string(&text), rg_string_from("test.py")) != RG_OK) {
        print_diagnostics(context);
        fail_msg("%s", text.data);
    }
    rg__buffer_free(&text);
    return graph;
}

/* What comparing gives, one message a line. */
static void check_graphs(rg_context *context, rg_graph *a, rg_graph *b, const rg_diff_options *options,
                         const char *expected)
{
    rg_diff *diff = NULL;
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_graph_diff(&diff, a, b, options), RG_OK);
    for (size_t i = 0; i < rg_diff_count(diff); i++) {
        const rg_diff_entry *entry = rg_diff_get(diff, i);
        rg__buffer_append(&text, entry->message);
        rg__buffer_append_char(&text, '\n');
    }
    assert_string_equal(text.data == NULL ? "" : text.data, expected);
    assert_int_equal(rg_diff_is_equal(diff), expected[0] == '\0');
    assert_null(rg_diff_get(diff, rg_diff_count(diff)));
    assert_int_equal(rg_context_diagnostic_count(context), 0);
    rg__buffer_free(&text);
    rg_diff_destroy(diff);
}

typedef struct graph_case {
    const char *parameters_a;
    const char *a;
    const char *parameters_b; /* NULL: as a */
    const char *b;
    const char *messages; /* "": equal */
} graph_case;

static void check_cases(rg_context *context, const graph_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *parameters_b = cases[i].parameters_b == NULL ? cases[i].parameters_a : cases[i].parameters_b;
        rg_graph *a = parse(context, cases[i].parameters_a, cases[i].a);
        rg_graph *b = parse(context, parameters_b, cases[i].b);
        check_graphs(context, a, b, NULL, cases[i].messages);
        check_graphs(context, a, a, NULL, "");
        check_graphs(context, b, b, NULL, "");
        rg_graph_destroy(a);
        rg_graph_destroy(b);
    }
}

#define CHECK_CASES(context, cases) check_cases(context, cases, sizeof(cases) / sizeof((cases)[0]))

#define X   "x: \"f32[2, 3][3, 1]cuda:0\""
#define XY  X ", y: \"f32[2, 3][3, 1]cuda:0\""
#define ADD "torch.ops.aten.add.Tensor"
#define MUL "torch.ops.aten.mul.Tensor"

static void test_equal(void **state)
{
    static const graph_case cases[] = {
        /* names */
        {XY, "        add = " ADD "(x, y)\n        return (add,)\n",
         "p: \"f32[2, 3][3, 1]cuda:0\", q: \"f32[2, 3][3, 1]cuda:0\"",
         "        sum_1 = " ADD "(p, q)\n        return (sum_1,)\n", ""},
        /* the order of independent nodes */
        {XY, "        a = " ADD "(x, y)\n        b = " MUL "(x, y)\n        c = " ADD "(a, b)\n        return (c,)\n",
         NULL, "        b = " MUL "(x, y)\n        a = " ADD "(x, y)\n        c = " ADD "(a, b)\n        return (c,)\n",
         ""},
        /* defaults and keywords */
        {XY, "        a = " ADD "(x, y)\n        return (a,)\n", NULL,
         "        a = " ADD "(x, y, alpha = 1)\n        return (a,)\n", ""},
        /* dims */
        {X, "        a: \"f32[2, 3]\" = torch.ops.aten._softmax.default(x, -1, False)\n        return (a,)\n", NULL,
         "        a: \"f32[2, 3]\" = torch.ops.aten._softmax.default(x, 1, False)\n        return (a,)\n", ""},
        /* sizes of the result */
        {X, "        a: \"f32[6]\" = torch.ops.aten.reshape.default(x, [-1])\n        return (a,)\n", NULL,
         "        a: \"f32[6]\" = torch.ops.aten.reshape.default(x, [6])\n        return (a,)\n", ""},
        /* slice ends */
        {X,
         "        a: \"f32[2, 2]\" = torch.ops.aten.slice.Tensor(x, 1, 1, 9223372036854775807)\n        return (a,)\n",
         NULL, "        a: \"f32[2, 2]\" = torch.ops.aten.slice.Tensor(x, -1, -2, 3)\n        return (a,)\n", ""},
        /* what annotations leave out */
        {X, "        a: \"f32[2, 3][3, 1]cuda:0\" = " ADD "(x, x)\n        return (a,)\n", "x",
         "        a: \"f32[2, 3]\" = " ADD "(x, x)\n        return (a,)\n", ""},
        /* nodes that occur twice */
        {X, "        a = " ADD "(x, 1)\n        b = " ADD "(x, 1)\n        c = " MUL "(a, b)\n        return (c,)\n",
         NULL, "        b = " ADD "(x, 1)\n        a = " ADD "(x, 1)\n        c = " MUL "(a, b)\n        return (c,)\n",
         ""},
        /* keywords of calls without schema */
        {X, "        a = torch.foo(x, p = 1, q = [2, x])\n        return a\n", NULL,
         "        b = torch.foo(x, q = [2, x], p = 1)\n        return b\n", ""},
        {X, "        return {'a': x, 'b': [x, None, 2.5]}\n", NULL, "        return {'a': x, 'b': [x, None, 2.5]}\n",
         ""},
    };
    CHECK_CASES(*state, cases);
}

static void test_sizes_by_value(void **state)
{
#define SYMBOLIC "s0: \"Sym(s0)\", x: \"f32[s0, 4][4, 1]cuda:0\""
#define FULL     "torch.ops.aten.full.default"
    static const graph_case cases[] = {
        {SYMBOLIC,
         "        sym_size_int: \"Sym(s0)\" = torch.ops.aten.sym_size.int(x, 0)\n"
         "        full: \"f32[2*s0]\" = " FULL "([2*s0], 1)\n        return (full, sym_size_int)\n",
         NULL,
         "        mul: \"Sym(2*s0)\" = s0 * 2\n"
         "        full: \"f32[2*s0]\" = " FULL "([mul], 1)\n        return (full, s0)\n",
         ""},
        {SYMBOLIC,
         "        n: \"Sym(s0)\" = torch.ops.aten.sym_size.int(x, 0)\n"
         "        a = torch.foo(n, 4)\n        return (a,)\n",
         NULL,
         "        n = torch.ops.aten.sym_size.default(x)\n        k: \"Sym(s0)\" = n[0]\n        m: \"Sym(4)\" = n[1]\n"
         "        a = torch.foo(k, m)\n        return (a,)\n",
         ""},
        {SYMBOLIC, "        a = torch.foo(s0)\n        return (a,)\n", NULL,
         "        m: \"Sym(2*s0)\" = s0 * 2\n        a = torch.foo(m)\n        return (a,)\n",
         "argument 0 of `a` is `s0`, of `a` is `m`\n"},
        {SYMBOLIC, "        a = torch.foo(s0)\n        return (a,)\n", "s1: \"Sym(s1)\", x: \"f32[s1, 4][4, 1]cuda:0\"",
         "        a = torch.foo(s1)\n        return (a,)\n",
         "the type of `s0` is Sym(s0), of `s1` is Sym(s1)\n"
         "the type of `x` is f32[s0, 4][4, 1]cuda:0, of `x` is f32[s1, 4][4, 1]cuda:0\n"
         "argument 0 of `a` is `s0`, of `a` is `s1`\n"},
    };
    CHECK_CASES(*state, cases);
}

static void test_differences(void **state)
{
    static const graph_case cases[] = {
        /* ops */
        {X,
         "        a = torch.ops.aten.relu.default(x)\n        b = torch.ops.aten.sin.default(a)\n        return (b,)\n",
         NULL,
         "        g = torch.ops.aten.cos.default(x)\n        h = torch.ops.aten.sin.default(g)\n        return (h,)\n",
         "`a` calls aten.relu.default, `g` calls aten.cos.default\n"},
        /* wrapped ops */
        {XY,
         "        a = torch.ops.higher_order.auto_functionalized(torch.ops._C.silu_and_mul.default, result = x, input "
         "= "
         "y)\n        b = a[1]\n        return (b,)\n",
         NULL,
         "        a = torch.ops.higher_order.auto_functionalized(torch.ops._C.gelu_and_mul.default, result = x, input "
         "= "
         "y)\n        b = a[1]\n        return (b,)\n",
         "`a` calls _C.silu_and_mul.default through higher_order.auto_functionalized, "
         "`a` calls _C.gelu_and_mul.default through higher_order.auto_functionalized\n"},
        /* constants */
        {X, "        a: \"f32[2, 3]\" = torch.ops.aten._softmax.default(x, -1, False)\n        return (a,)\n", NULL,
         "        b: \"f32[2, 3]\" = torch.ops.aten._softmax.default(x, 0, False)\n        return (b,)\n",
         "argument 1 (`dim`) of `a` is -1, of `b` is 0\n"},
        /* the first of many; the rest follows */
        {X, "        a = " ADD "(x, 1)\n        b = " MUL "(a, 2)\n        c = " ADD "(b, a)\n        return (c, b)\n",
         NULL,
         "        a = " ADD "(x, 2)\n        b = " MUL "(a, 2)\n        c = " ADD "(b, a)\n        return (c, b)\n",
         "argument 1 (`other`) of `a` is 1, of `a` is 2\n"},
        /* closest to the inputs first */
        {X, "        a = " ADD "(x, 1)\n        b = " MUL "(a, 2)\n        c = " ADD "(b, 5)\n        return (c,)\n",
         NULL, "        a = " ADD "(x, 2)\n        b = " MUL "(a, 3)\n        c = " ADD "(b, 6)\n        return (c,)\n",
         "argument 1 (`other`) of `a` is 1, of `a` is 2\n"
         "argument 1 (`other`) of `b` is 2, of `b` is 3\n"
         "argument 1 (`other`) of `c` is 5, of `c` is 6\n"},
        /* another value that both have */
        {XY, "        a = torch.ops.aten.sub.Tensor(x, y)\n        return (a,)\n", NULL,
         "        a = torch.ops.aten.sub.Tensor(y, x)\n        return (a,)\n",
         "argument 0 (`self`) of `a` is `x`, of `a` is `y`\nargument 1 (`other`) of `a` is `y`, of `a` is `x`\n"},
        /* a node more */
        {X, "        a = torch.ops.aten.sin.default(x)\n        return (a,)\n", NULL,
         "        r = torch.ops.aten.relu.default(x)\n        a = torch.ops.aten.sin.default(r)\n        return (a,)\n",
         "`r`, which calls aten.relu.default, is only in B\nargument 0 (`self`) of `a` is `x`, of `a` is `r`\n"},
        {X,
         "        a = torch.ops.aten.sin.default(x)\n        d = torch.ops.aten.cos.default(x)\n        return (a,)\n",
         NULL, "        a = torch.ops.aten.sin.default(x)\n        return (a,)\n",
         "`d`, which calls aten.cos.default, is only in A\n"},
        {X, "        a = torch.ops.aten.sin.default(x)\n        return (a, a)\n", NULL,
         "        a = torch.ops.aten.sin.default(x)\n        b = torch.ops.aten.sin.default(x)\n        return (a, "
         "b)\n",
         "`b`, which calls aten.sin.default, is only in B\n"},
        /* inputs */
        {XY, "        return (x,)\n", X, "        return (x,)\n", "A has 2 inputs, B has 1\n"},
        {XY, "        return (x, y)\n", NULL, "        return (y, x)\n",
         "returned value 0 is `x` in A, `y` in B\nreturned value 1 is `y` in A, `x` in B\n"},
        /* outputs */
        {X, "        return (x,)\n", NULL, "        return [x]\n", "A returns (x,), B returns [x]\n"},
        {X, "        return (x,)\n", NULL, "        return (x, None)\n", "A returns (x,), B returns (x, None)\n"},
        {X, "        return {'a': x}\n", NULL, "        return {'b': x}\n", "returned value 0 is 'a' in A, 'b' in B\n"},
        /* attributes */
        {X, "        w = self.a.w\n        m = " ADD "(x, w)\n        return (m,)\n", NULL,
         "        v = self.b.w\n        m = " ADD "(x, v)\n        return (m,)\n",
         "`w` is self.a.w, `v` is self.b.w\n"},
        {X, "        m = self.layer(x)\n        return m\n", NULL, "        m = self.other(x)\n        return m\n",
         "`m` is self.layer, `m` is self.other\n"},
        /* types: told once, where they arise */
        {X, "        a: \"f32[2, 3]\" = " ADD "(x, 1)\n        b: \"f32[2, 3]\" = " ADD "(a, 1)\n        return (b,)\n",
         NULL,
         "        a: \"f16[2, 3]\" = " ADD "(x, 1)\n        b: \"f16[2, 3]\" = " ADD "(a, 1)\n        return (b,)\n",
         "the type of `a` is f32[2, 3], of `a` is f16[2, 3]\n"},
        {X, "        return (x,)\n", "x: \"f32[2, 3][1, 2]cuda:0\"", "        return (x,)\n",
         "the type of `x` is f32[2, 3][3, 1]cuda:0, of `x` is f32[2, 3][1, 2]cuda:0\n"},
        {X, "        return (x,)\n", "x: \"f32[2, 3][3, 1]cuda:1\"", "        return (x,)\n",
         "the type of `x` is f32[2, 3][3, 1]cuda:0, of `x` is f32[2, 3][3, 1]cuda:1\n"},
        /* sizes that follow from an input's */
        {"x: \"f32[2, 3]\"", "        a: \"f32[6]\" = torch.ops.aten.reshape.default(x, [-1])\n        return (a,)\n",
         "x: \"f32[2, 4]\"", "        a: \"f32[8]\" = torch.ops.aten.reshape.default(x, [-1])\n        return (a,)\n",
         "the type of `x` is f32[2, 3], of `x` is f32[2, 4]\n"},
        /* annotations that contradict the calls: nothing but the size tells */
        {X,
         "        a: \"f32[2, 3]\" = " ADD "(x, 1)\n        b: \"f32[2, 4]\" = " ADD "(x, 1)\n"
         "        r: \"f32[6]\" = torch.ops.aten.reshape.default(a, [-1])\n        return (r,)\n",
         NULL,
         "        a: \"f32[2, 3]\" = " ADD "(x, 1)\n        b: \"f32[2, 4]\" = " ADD "(x, 1)\n"
         "        r: \"f32[8]\" = torch.ops.aten.reshape.default(b, [-1])\n        return (r,)\n",
         "argument 1 (`shape`) of `r` is [6], of `r` is [8]\n"},
        /* in normal form only */
        {X, "        a: \"f32[6]\" = torch.ops.aten.reshape.default(x, [-1])\n        return (a,)\n", NULL,
         "        a: \"f32[3]\" = torch.ops.aten.reshape.default(x, [-1])\n        return (a,)\n",
         "argument 1 (`shape`) of `a` is [6], of `a` is [3]\n"},
        /* calls without schema */
        {X, "        a = torch.foo(x, p = 1)\n        return a\n", NULL,
         "        a = torch.foo(x, 2, q = 1)\n        return a\n",
         "argument 1 (`p`) of `a` is 1, and `a` has none\nargument 1 of `a` is 2, and `a` has none\n"
         "argument 2 (`q`) of `a` is 1, and `a` has none\n"},
        {X, "        a = torch.foo(x, 1)\n        return a\n", NULL,
         "        a = torch.foo(x, 1.0)\n        return a\n", "argument 1 of `a` is 1, of `a` is 1.0\n"},
    };
    CHECK_CASES(*state, cases);
}

static void test_writes_and_effects(void **state)
{
#define COPY   "torch.ops.aten.copy_.default"
#define ASSERT "torch.ops.aten._assert_async.default"
    static const graph_case cases[] = {
        /* readers before and after a write */
        {XY, "        a = " MUL "(x, 2)\n        c = " COPY "(x, y)\n        return (a,)\n", NULL,
         "        c = " COPY "(x, y)\n        a = " MUL "(x, 2)\n        return (a,)\n",
         "`a` comes before every write or effect that it could see, `a` comes after the write or effect of `c`\n"},
        /* through a view */
        {XY,
         "        v = torch.ops.aten.view.default(x, [6])\n        a = " MUL "(v, 2)\n        c = " COPY
         "(x, y)\n        return (a,)\n",
         NULL,
         "        v = torch.ops.aten.view.default(x, [6])\n        c = " COPY "(x, y)\n        a = " MUL
         "(v, 2)\n        return (a,)\n",
         "`a` comes before every write or effect that it could see, `a` comes after the write or effect of `c`\n"},
        /* a write to something else does not matter */
        {XY, "        a = " MUL "(x, 2)\n        c = " COPY "(y, x)\n        return (a,)\n", NULL,
         "        c = " COPY "(y, x)\n        a = " MUL "(x, 2)\n        return (a,)\n", ""},
        /* effects stay in order */
        {XY, "        a = " ASSERT "(x)\n        b = " ASSERT "(y)\n        return (x,)\n", NULL,
         "        a = " ASSERT "(y)\n        b = " ASSERT "(x)\n        return (x,)\n",
         "argument 0 (`self`) of `a` is `x`, of `a` is `y`\nargument 0 (`self`) of `b` is `y`, of `b` is `x`\n"},
        /* one effect more; the next ones only come later */
        {XY, "        a = " ASSERT "(x)\n        return (x,)\n", NULL,
         "        a = " ASSERT "(x)\n        b = " ASSERT "(y)\n        return (x,)\n",
         "`b`, which calls aten._assert_async.default, is only in B\n"},
        /* equal calls that may give something else each time */
        {X,
         "        a = torch.ops.aten.rand_like.default(x)\n        b = torch.ops.aten.rand_like.default(x)\n"
         "        c = " ADD "(a, b)\n        return (c,)\n",
         NULL,
         "        a = torch.ops.aten.rand_like.default(x)\n        b = torch.ops.aten.rand_like.default(x)\n"
         "        c = " ADD "(a, a)\n        return (c,)\n",
         "argument 1 (`other`) of `c` is `b`, of `c` is `a`\n"},
        {X, "        a = torch.foo(x)\n        b = torch.foo(x)\n        return (a, b)\n", NULL,
         "        a = torch.foo(x)\n        b = torch.foo(x)\n        return (b, a)\n",
         "returned value 0 is `a` in A, `b` in B\nreturned value 1 is `b` in A, `a` in B\n"},
        /* statements */
        {XY, "        a = x.relu()\n        x += y;  iadd = x\n        return (a, iadd)\n", NULL,
         "        x += y;  iadd = x\n        a = x.relu()\n        return (a, iadd)\n",
         "`a` comes before every write or effect that it could see, `a` comes after the write or effect of `iadd`\n"},
    };
    CHECK_CASES(*state, cases);
}

static void test_submodules(void **state)
{
#define CHILD(name, op)                                                                                                \
    "    class " name "(torch.nn.Module):\n"                                                                           \
    "        def forward(self, p: \"f32[2, 3][3, 1]cuda:0\"):\n"                                                       \
    "            r = torch.ops.aten." op ".default(p)\n"                                                               \
    "            return (r,)\n"
#define COND(first, second)                                                                                            \
    "        t = self." first "\n        f = self." second "\n"                                                        \
    "        c = torch.ops.higher_order.cond(b, t, f, [x])\n        g = c[0]\n        return (g,)\n"
#define BX "b: \"b8[][]cuda:0\", " X
    static const graph_case cases[] = {
        /* whatever they are called */
        {BX, COND("true_0", "false_0") CHILD("true_0", "sin") CHILD("false_0", "cos"), NULL,
         COND("one", "two") CHILD("two", "cos") CHILD("one", "sin"), ""},
        /* a difference inside is told inside */
        {BX, COND("true_0", "false_0") CHILD("true_0", "sin") CHILD("false_0", "cos"), NULL,
         COND("true_0", "false_0") CHILD("true_0", "sin") CHILD("false_0", "tan"),
         "in submodule `false_0`: `r` calls aten.cos.default, `r` calls aten.tan.default\n"},
        {BX, COND("true_0", "false_0") CHILD("true_0", "sin") CHILD("false_0", "cos"), NULL,
         COND("true_0", "false_0") CHILD("true_0", "cos") CHILD("false_0", "sin"),
         "argument 1 of `c` is `t`, of `c` is `t`\nargument 2 of `c` is `f`, of `c` is `f`\n"},
        /* named twice */
        {BX, COND("t", "t") CHILD("t", "sin"), NULL, COND("t", "t") CHILD("t", "cos"),
         "in submodule `t`: `r` calls aten.sin.default, `r` calls aten.cos.default\n"},
        {BX, COND("t", "t") CHILD("t", "sin"), NULL, COND("t", "u") CHILD("t", "cos") CHILD("u", "tan"),
         "`t` is self.t, `t` is self.t\nsubmodule `t` is only in B\n"
         "in submodule `t`: `r` calls aten.sin.default, `r` calls aten.tan.default\n"},
        {X, "        return (x,)\n" CHILD("extra", "sin"), NULL, "        return (x,)\n",
         "submodule `extra` is only in A\n"},
        {X, "        return (x,)\n" CHILD("extra", "sin"), NULL, "        return (x,)\n" CHILD("extra", "cos"),
         "in submodule `extra`: `r` calls aten.sin.default, `r` calls aten.cos.default\n"},
    };
    CHECK_CASES(*state, cases);
}

static void test_options(void **state)
{
    rg_context *context = *state;
    rg_diff_options options = RG_DIFF_OPTIONS_INIT;
    rg_diff *diff = NULL;
    rg_graph *a = parse(context, X,
                        "        d = torch.ops.aten.cos.default(x)\n        e = torch.ops.aten.sin.default(d)\n"
                        "        r = " ADD "(x, 1)\n        return (r,)\n");
    rg_graph *b = parse(context, X, "        r = " ADD "(x, 1)\n        return (r,)\n");
    rg_graph *c = parse(
        context, X, "        r = " ADD "(x, 1)\n        c = torch.ops.aten.copy_.default(x, r)\n        return (r,)\n");

    options.ignore_dead = true;
    check_graphs(context, a, b, &options, "");
    check_graphs(context, b, a, &options, "");
    check_graphs(context, b, c, &options, "`c`, which calls aten.copy_.default, is only in B\n");

    options.ignore_dead = false;
    options.max_entries = 1;
    assert_int_equal(rg_graph_diff(&diff, a, b, &options), RG_OK);
    assert_int_equal(rg_diff_count(diff), 1);
    assert_int_equal(rg_diff_total(diff), 2);
    assert_false(rg_diff_is_equal(diff));
    const rg_diff_entry *entry = rg_diff_get(diff, 0);
    assert_int_equal(entry->kind, RG_DIFF_ONLY_IN_A);
    assert_ptr_equal(entry->graph_a, a);
    assert_ptr_equal(entry->graph_b, b);
    assert_string_equal(rg_node_name(a, entry->a).data, "d");
    assert_true(rg_node_is_null(entry->b));
    rg_diff_destroy(diff);
    rg_diff_destroy(NULL);
    rg_graph_destroy(a);
    rg_graph_destroy(b);
    rg_graph_destroy(c);
}

static void test_long_values_are_cut(void **state)
{
    rg_context *context = *state;
    rg_graph *a = parse(context, X,
                        "        r = torch.foo(x, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')\n        return r\n");
    rg_graph *b = parse(context, X, "        r = torch.foo(x, 'b')\n        return r\n");
    check_graphs(
        context, a, b, NULL,
        "argument 1 of `r` is 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..., "
        "of `r` is 'b'\n");
    rg_graph_destroy(a);
    rg_graph_destroy(b);
}

static void test_contexts(void **state)
{
    rg_context *other = NULL;
    rg_diff *diff = NULL;
    assert_int_equal(rg_context_create(&other, NULL), RG_OK);
    rg_graph *a = parse(*state, X, "        return (x,)\n");
    rg_graph *b = parse(other, X, "        return (x,)\n");
    assert_int_equal(rg_graph_diff(&diff, a, b, NULL), RG_ERROR_ARGUMENT);
    assert_null(diff);
    rg_graph_destroy(a);
    rg_graph_destroy(b);
    rg_context_destroy(other);
}

static void test_empty_graphs(void **state)
{
    rg_context *context = *state;
    rg_graph *a = NULL;
    rg_graph *b = NULL;
    assert_int_equal(rg_graph_create(&a, context, rg_string_from("G")), RG_OK);
    assert_int_equal(rg_graph_create(&b, context, rg_string_from("H")), RG_OK);
    check_graphs(context, a, b, NULL, "");
    rg_graph_destroy(b);
    b = parse(context, X, "        return (x,)\n");
    check_graphs(context, a, b, NULL, "A has 0 inputs, B has 1\n`output`, which is the output, is only in B\n");
    check_graphs(context, b, a, NULL, "A has 1 inputs, B has 0\n`output`, which is the output, is only in A\n");
    rg_graph_destroy(a);
    rg_graph_destroy(b);
}

/* Comparing with an allocator that fails, in a child of the context that has the ops. */
static rg_status compare(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_graph *graphs[2] = {NULL, NULL};
    rg_diff *diff = NULL;
    static const char *const texts[2] = {
        "class A(torch.nn.Module):\n    def forward(self, s0: \"Sym(s0)\", x: \"f32[s0, 3]\"):\n"
        "        t = self.t\n        c = torch.ops.higher_order.cond(True, t, t, [x])\n        g = c[0]\n"
        "        a: \"f32[3*s0]\" = torch.ops.aten.reshape.default(x, [3*s0])\n"
        "        b = torch.ops.aten._assert_async.default(x)\n        return (a, g)\n"
        "    class t(torch.nn.Module):\n        def forward(self, p):\n            return (p,)\n",
        "class B(torch.nn.Module):\n    def forward(self, s0: \"Sym(s0)\", x: \"f16[s0, 3]\"):\n"
        "        t = self.t\n        c = torch.ops.higher_order.cond(True, t, t, [x])\n        g = c[0]\n"
        "        a: \"f32[3*s0]\" = torch.ops.aten.reshape.default(x, [3, s0])\n"
        "        d = torch.foo(a, k = 1)\n        return (g, d)\n"
        "    class t(torch.nn.Module):\n        def forward(self, p):\n            return (p, p)\n",
    };

    options.parent = user;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    for (int i = 0; i < 2 && status == RG_OK; i++) {
        status = rg_graph_parse(&graphs[i], context, rg_string_from(texts[i]), rg_string_from("test.py"));
    }
    if (status == RG_OK) {
        status = rg_graph_diff(&diff, graphs[0], graphs[1], NULL);
    }
    if (status == RG_OK && rg_diff_count(diff) < 3) {
        status = RG_ERROR_GRAPH; /* it must not find less for want of memory */
    }
    rg_diff_destroy(diff);
    rg_graph_destroy(graphs[0]);
    rg_graph_destroy(graphs[1]);
    rg_context_destroy(context);
    return status;
}

static void test_memory_failures(void **state)
{
    assert_true(failing_allocator_exhaust(compare, *state) > 50);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_context, drop_context)
    const struct CMUnitTest tests[] = {
        TEST(test_equal),
        TEST(test_sizes_by_value),
        TEST(test_differences),
        TEST(test_writes_and_effects),
        TEST(test_submodules),
        TEST(test_options),
        TEST(test_long_values_are_cut),
        TEST(test_contexts),
        TEST(test_empty_graphs),
        TEST(test_memory_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
