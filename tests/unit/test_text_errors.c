/*
 * Bad graphs: each ends with a diagnostic that says where and why, and nothing made. The expected texts are what a user
 * sees.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"
#include "support/text_reading.h"

typedef struct error_case {
    rg_status status;
    const char *text;
    const char *diagnostics;
} error_case;

#define HEAD "class G(torch.nn.Module):\n    def forward(self, x, y):\n"
#define TAIL "        return x\n"

static const error_case cases[] = {
    /* ---- no graph ---- */
    {RG_ERROR_SYNTAX, "", "test.py:1:1: error: no graph in this text; expected 'class NAME(torch.nn.Module):'\n"},
    {RG_ERROR_SYNTAX, "x = 1\n",
     "test.py:2:1: error: no graph in this text; expected 'class NAME(torch.nn.Module):'\n"},
    {RG_ERROR_SYNTAX, "class G(Rule):\n    def forward(self): pass\n",
     "test.py:3:1: error: no graph in this text; expected 'class NAME(torch.nn.Module):'\n"},
    {RG_ERROR_SYNTAX, "class G(torch.nn.Module):\n",
     "test.py:2:1: error: a class without a function; expected 'def forward(self, ...):'\n"},
    {RG_ERROR_SYNTAX, "class G(torch.nn.Module):\n    x = 1\n",
     "test.py:2:5: error: a statement before the function; expected 'def forward(self, ...):'\n"
     "        x = 1\n"
     "        ^~~~~\n"},
    {RG_ERROR_SYNTAX, "class G(torch.nn.Module):\n    def forward():\n        return x\n",
     "test.py:2:16: error: expected 'self' as the first parameter\n"
     "        def forward():\n"
     "                   ^~\n"},
    {RG_ERROR_SYNTAX, "class G(torch.nn.Module",
     "test.py:1:24: error: expected ',' or ')', found the end of the text\n"
     "    class G(torch.nn.Module\n"
     "                           ^\n"
     "test.py:1:8: note: the '(' to be closed\n"
     "    class G(torch.nn.Module\n"
     "           ^\n"},
    /* ---- names ---- */
    {RG_ERROR_NAME, HEAD "        a = f(z)\n" TAIL,
     "test.py:3:15: error: 'z' is not defined; expected the name of a parameter or of a statement above\n"
     "            a = f(z)\n"
     "                  ^\n"},
    {RG_ERROR_NAME, HEAD "        a = z.relu()\n" TAIL,
     "test.py:3:13: error: 'z' is not defined; expected the name of a parameter or of a statement above\n"
     "            a = z.relu()\n"
     "                ^\n"},
    {RG_ERROR_NAME, HEAD "        a = f(a)\n" TAIL,
     "test.py:3:15: error: 'a' is not defined; expected the name of a parameter or of a statement above\n"
     "            a = f(a)\n"
     "                  ^\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = x\n        b = x\n        a = f(b)\n" TAIL,
     "test.py:4:13: error: a second name for a value; expected a call, an operator or an attribute\n"
     "            b = x\n"
     "                ^\n"},
    {RG_ERROR_NAME, HEAD "        a = f(x)\n        a = f(y)\n" TAIL,
     "test.py:4:9: error: there is already a node named 'a'; expected a new name\n"
     "            a = f(y)\n"
     "            ^\n"},
    {RG_ERROR_NAME, HEAD "        x = f(y)\n" TAIL,
     "test.py:3:9: error: there is already a node named 'x'; expected a new name\n"
     "            x = f(y)\n"
     "            ^\n"},
    {RG_ERROR_NAME, "class G(torch.nn.Module):\n    def forward(self, x, *x):\n" TAIL,
     "test.py:2:26: error: there are two parameters named 'x'\n"
     "        def forward(self, x, *x):\n"
     "                             ^~\n"},
    {RG_ERROR_NAME, HEAD "        y_1 = x\n        y_2 = y\n        a = f(y_3)\n" TAIL,
     "test.py:5:15: error: 'y_3' is not defined; expected the name of a parameter or of a statement above\n"
     "            a = f(y_3)\n"
     "                  ^~~\n"},
    /* ---- deletions ---- */
    {RG_ERROR_NAME, HEAD "        a = f(x);  x = None\n        b = g(x)\n" TAIL,
     "test.py:4:15: error: 'x' is used after its deletion\n"
     "            b = g(x)\n"
     "                  ^\n"
     "test.py:3:20: note: it is deleted here\n"
     "            a = f(x);  x = None\n"
     "                       ^\n"},
    {RG_ERROR_NAME, HEAD "        a = f(y);  y = None\n        y = None\n" TAIL,
     "test.py:4:9: error: 'y' is used after its deletion\n"
     "            y = None\n"
     "            ^\n"
     "test.py:3:20: note: it is deleted here\n"
     "            a = f(y);  y = None\n"
     "                       ^\n"},
    {RG_ERROR_NAME, HEAD "        a = f(y);  z = None\n" TAIL,
     "test.py:3:20: error: 'z' is not defined; expected the name of a parameter or of a statement above\n"
     "            a = f(y);  z = None\n"
     "                       ^\n"},
    {RG_ERROR_NAME, HEAD "        a = f(b);  b = None\n        b = f(a)\n" TAIL,
     "test.py:3:15: error: 'b' is not defined; expected the name of a parameter or of a statement above\n"
     "            a = f(b);  b = None\n"
     "                  ^\n"},
    {RG_ERROR_NAME, HEAD "        a = f(x);  x = a = None\n        return a\n",
     "test.py:4:16: error: 'a' is used after its deletion\n"
     "            return a\n"
     "                   ^\n"
     "test.py:3:24: note: it is deleted here\n"
     "            a = f(x);  x = a = None\n"
     "                           ^\n"},
    /* ---- order and form of statements ---- */
    {RG_ERROR_SYNTAX, HEAD "        a = f(x)\n",
     "test.py:4:1: error: the function ends without a return statement\n"
     "test.py:2:5: note: the function\n"
     "        def forward(self, x, y):\n"
     "        ^~~\n"},
    {RG_ERROR_SYNTAX, HEAD TAIL "        a = f(x)\n",
     "test.py:4:9: error: a statement after the return; expected the end of the function\n"
     "            a = f(x)\n"
     "            ^~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        for a in x:\n" TAIL,
     "test.py:3:9: error: expected a statement, found 'for'\n"
     "            for a in x:\n"
     "            ^~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        pass\n" TAIL,
     "test.py:3:9: error: a statement that graphs do not have; expected NAME = call, or return\n"
     "            pass\n"
     "            ^~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        f(x)\n" TAIL,
     "test.py:3:9: error: an expression whose value has no name; expected NAME = call, or return\n"
     "            f(x)\n"
     "            ^~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = 5\n" TAIL,
     "test.py:3:13: error: a value that nothing computes; expected a call, an operator, a subscript or an attribute\n"
     "            a = 5\n"
     "                ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a, b = f(x)\n" TAIL,
     "test.py:3:9: error: several names to assign to; expected one name\n"
     "            a, b = f(x)\n"
     "            ^~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = b = f(x)\n" TAIL,
     "test.py:3:13: error: several names for one value; expected None\n"
     "            a = b = f(x)\n"
     "                ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a.b = f(x)\n" TAIL,
     "test.py:3:9: error: expected a name to assign to\n"
     "            a.b = f(x)\n"
     "            ^~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        x += 1\n" TAIL,
     "test.py:4:9: error: an in-place statement without a name; expected ';  NAME = value' after the change\n"
     "            return x\n"
     "            ^~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        x += 1;  a = y\n" TAIL,
     "test.py:3:22: error: expected 'x', which the statement before changes; expected the value that was changed in "
     "place\n"
     "            x += 1;  a = y\n"
     "                         ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        x[0] = 1",
     "test.py:3:17: error: an in-place statement without a name; expected ';  NAME = value' after the change\n"
     "            x[0] = 1\n"
     "                    ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        x += 1;  y[0] = 2;  a = y\n" TAIL,
     "test.py:3:18: error: an in-place statement without a name; expected ';  NAME = value' after the change\n"
     "            x += 1;  y[0] = 2;  a = y\n"
     "                     ^~~~~~~~\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = f(x)\n        b = a\n" TAIL,
     "test.py:4:13: error: a second name for a value; expected a call, an operator or an attribute\n"
     "            b = a\n"
     "                ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a: \"f32[2]\"\n        b = f(x)\n" TAIL,
     "test.py:3:9: error: a declared name that nothing defines; expected a line that unpacks the parameters\n"
     "            a: \"f32[2]\"\n"
     "            ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        b = f(x)\n        a: \"f32[2]\"\n" TAIL,
     "test.py:4:9: error: a declaration without a value; expected '= value'\n"
     "            a: \"f32[2]\"\n"
     "            ^~~~~~~~~~~\n"},
    /* ---- indentation ---- */
    {RG_ERROR_SYNTAX, HEAD "        a = f(x)\n      b = f(x)\n" TAIL,
     "test.py:4:7: error: wrong indentation: 6 columns, the statements beside it have 8\n"
     "          b = f(x)\n"
     "          ^~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(x)\n         b = f(x)\n" TAIL,
     "test.py:4:10: error: wrong indentation: 9 columns, the statements beside it have 8\n"
     "             b = f(x)\n"
     "             ^~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(x)\nb = f(x)\n" TAIL,
     "test.py:4:1: error: the function ends without a return statement\n"
     "test.py:2:5: note: the function\n"
     "        def forward(self, x, y):\n"
     "        ^~~\n"},
    {RG_ERROR_SYNTAX,
     HEAD TAIL "      class inner(torch.nn.Module):\n          def forward(self):\n            return 1\n",
     "test.py:4:7: error: wrong indentation: 6 columns, the statements beside it have 8\n"
     "          class inner(torch.nn.Module):\n"
     "          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD TAIL "  class inner(torch.nn.Module):\n    def forward(self):\n      return 1\n",
     "test.py:4:3: error: wrong indentation: 2 columns, the function beside it has 4\n"
     "      class inner(torch.nn.Module):\n"
     "      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD TAIL "    def g(self):\n        return 1\n",
     "test.py:4:5: error: a statement after the function; expected 'class' or the end of the class\n"
     "        def g(self):\n"
     "        ^~~~~~~~~~~~\n"},
    {RG_ERROR_SYNTAX, "class G(torch.nn.Module):\n    def forward(self, x): return x\n",
     "test.py:2:27: error: a statement on the line of its function; expected a new line\n"
     "        def forward(self, x): return x\n"
     "                              ^~~~~~~~\n"},
    {RG_ERROR_NAME,
     HEAD TAIL "    class a(torch.nn.Module):\n        def forward(self):\n            return 1\n"
               "    class a(torch.nn.Module):\n        def forward(self):\n            return 1\n",
     "test.py:7:5: error: there is already a submodule named 'a'\n"
     "        class a(torch.nn.Module):\n"
     "        ^~~~~~~~~~~~~~~~~~~~~~~~~\n"},
    /* ---- arguments ---- */
    {RG_ERROR_UNSUPPORTED, HEAD "        a = f(x + 1)\n" TAIL,
     "test.py:3:15: error: an argument that computes something from 'x'; expected a name or a constant\n"
     "            a = f(x + 1)\n"
     "                  ^~~~~\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = f(x.shape)\n" TAIL,
     "test.py:3:15: error: an argument that computes something from 'x'; expected a name or a constant\n"
     "            a = f(x.shape)\n"
     "                  ^~~~~~~\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = f(torch.relu(x))\n" TAIL,
     "test.py:3:15: error: an argument that computes something from 'x'; expected a name or a constant\n"
     "            a = f(torch.relu(x))\n"
     "                  ^~~~~~~~~~~~~\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = f(*x)\n" TAIL,
     "test.py:3:15: error: an expression that is no argument of a graph; expected a name or a constant\n"
     "            a = f(*x)\n"
     "                  ^~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(k = 1, x)\n" TAIL,
     "test.py:3:22: error: a positional argument after a keyword argument\n"
     "            a = f(k = 1, x)\n"
     "                         ^\n"},
    {RG_ERROR_ARGUMENT, HEAD "        a = f(k = 1, k = 2)\n" TAIL,
     "test.py:3:22: error: the keyword 'k' is given twice\n"
     "            a = f(k = 1, k = 2)\n"
     "                         ^~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = x(y)\n" TAIL,
     "test.py:3:13: error: a call of a value; expected the name of a function, method or module\n"
     "            a = x(y)\n"
     "                ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = x[0](y)\n" TAIL,
     "test.py:3:13: error: a call of something that is no name; expected the name of a function, method or module\n"
     "            a = x[0](y)\n"
     "                ^~~~\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = x and y\n" TAIL,
     "test.py:3:13: error: the operator 'and', which graphs do not have\n"
     "            a = x and y\n"
     "                ^~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(device(index=0))\n" TAIL,
     "test.py:3:28: error: a malformed device; expected a device's type and index\n"
     "            a = f(device(index=0))\n"
     "                               ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(device('cuda:x'))\n" TAIL,
     "test.py:3:15: error: a malformed device; expected a device's type and index\n"
     "            a = f(device('cuda:x'))\n"
     "                  ^~~~~~~~~~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(slice(1, 2, 3, 4))\n" TAIL,
     "test.py:3:15: error: a slice of 4 parts; expected slice(start, stop, step)\n"
     "            a = f(slice(1, 2, 3, 4))\n"
     "                  ^~~~~~~~~~~~~~~~~\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f('\\x4')\n" TAIL,
     "test.py:3:16: error: a malformed escape sequence; expected hexadecimal digits of a character\n"
     "            a = f('\\x4')\n"
     "                   ^~\n"},
    {RG_ERROR_UNSUPPORTED, HEAD "        a = f(0xffffffffffffffffff)\n" TAIL,
     "test.py:3:15: error: an integer of more than 64 bits that is not decimal; expected decimal digits\n"
     "            a = f(0xffffffffffffffffff)\n"
     "                  ^~~~~~~~~~~~~~~~~~~~\n"},
    /* ---- characters ---- */
    {RG_ERROR_SYNTAX, HEAD "        a = f(x) ? 1\n" TAIL,
     "test.py:3:18: error: unknown character '?'\n"
     "            a = f(x) ? 1\n"
     "                     ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(\xe2\x80\x9cx\xe2\x80\x9d)\n" TAIL,
     "test.py:3:15: error: unknown character '\xe2\x80\x9c'\n"
     "            a = f(\xe2\x80\x9cx\xe2\x80\x9d)\n"
     "                  ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f('x)\n" TAIL,
     "test.py:3:15: error: a string without end; expected a closing '\n"
     "            a = f('x)\n"
     "                  ^\n"},
    {RG_ERROR_SYNTAX, HEAD "        a = f(\xff)\n" TAIL,
     "test.py:3:15: error: unknown byte 0xff\n"
     "            a = f(\xff)\n"
     "                  ^\n"},
    /* ---- in a log: the column is that of the file ---- */
    {RG_ERROR_NAME,
     "some text\n[rank0]: a.py class G(torch.nn.Module):\n[rank0]:     def forward(self, x):\n"
     "[rank0]:         a: \"\x1b[31mf32\x1b[0m[2]\" = f(z)\n[rank0]:         return x\n",
     "test.py:4:43: error: 'z' is not defined; expected the name of a parameter or of a statement above\n"
     "            a: \"f32[2]\" = f(z)\n"
     "                            ^\n"},
    {RG_ERROR_SYNTAX, "P a.py class 1(torch.nn.Module):\nP     def forward(self, x):\nP         return x\n",
     "test.py:1:14: error: expected the name of a class, found '1'\n"
     "    class 1(torch.nn.Module):\n"
     "          ^\n"},
};

static void test_diagnostics(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_context *context;
        rg_document *document;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_status status =
            rg_document_parse(&document, context, rg_string_from(cases[i].text), rg_string_from("test.py"));
        assert_null(document);
        assert_string_equal(printed_diagnostics(context), cases[i].diagnostics);
        assert_int_equal(status, cases[i].status);
        rg_context_destroy(context);
    }
}

/* ---- hostile sizes ---- */

static void assert_refused(const rg_context_options *options, rg_string text, rg_status expected, const char *message)
{
    rg_context *context;
    rg_document *document;
    assert_int_equal(rg_context_create(&context, options), RG_OK);
    assert_int_equal(rg_document_parse(&document, context, text, rg_string_from("test.py")), expected);
    assert_null(document);
    assert_string_equal(rg_context_diagnostic(context, 0)->message.data, message);
    rg_context_destroy(context);
}

static void append_times(rg_buffer *text, const char *unit, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rg__buffer_append_text(text, unit);
    }
}

static void test_deep_nesting(void **state)
{
    static const struct {
        const char *before;
        const char *unit;
    } nestings[] = {{"        a = f(", "["},     {"        a = f(", "("},    {"        a = f(", "{'a': "},
                    {"        a = ", "-"},       {"        a = x", ".b"},    {"        a = f(", "g("},
                    {"        a = x", "[x"},     {"        a = self", ".a"}, {"        return ", "(x, "},
                    {"        a = ", "getattr("}};
    (void)state;
    for (size_t i = 0; i < sizeof(nestings) / sizeof(nestings[0]); i++) {
        rg_buffer text;
        rg__buffer_init(&text, rg__default_allocator());
        rg__buffer_append_text(&text, HEAD);
        rg__buffer_append_text(&text, nestings[i].before);
        append_times(&text, nestings[i].unit, 100000);
        assert_refused(NULL, rg__buffer_string(&text), RG_ERROR_LIMIT, "an expression nested more than 200 deep");
        rg__buffer_free(&text);
    }
}

/* The limit may be raised, but not beyond what the stack bears. */
static void test_deepest_nesting(void **state)
{
    static const char *const units[] = {"[", "(", "g(", "-", "{1: ", "1 if x else ", "not (1, "};
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    (void)state;
    options.limits.max_depth = 1000000;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        rg_buffer text;
        rg__buffer_init(&text, rg__default_allocator());
        rg__buffer_append_text(&text, HEAD "        a = f(");
        append_times(&text, units[i], 100000);
        assert_refused(&options, rg__buffer_string(&text), RG_ERROR_LIMIT, "an expression nested more than 1000 deep");
        rg__buffer_free(&text);
    }
    /* and what is within it can be read, walked and printed */
    rg_buffer text;
    rg_context *context;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, HEAD "        a = f(");
    append_times(&text, "[", 990);
    rg__buffer_append_text(&text, "x");
    append_times(&text, "]", 990);
    rg__buffer_append_text(&text, ");  y = None\n        return a\n");
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_graph *graph = read_graph(context, rg__buffer_string(&text).data);
    assert_string_equal(printed_graph(graph), rg__buffer_string(&text).data);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    rg__buffer_free(&text);
}

static void test_deep_submodules(void **state)
{
    rg_buffer text;
    (void)state;
    rg__buffer_init(&text, rg__default_allocator());
    for (uint32_t level = 0; level < 300; level++) {
        rg__buffer_append_repeat(&text, ' ', 4 * (size_t)level);
        rg__buffer_append_text(&text, "class a(torch.nn.Module):\n");
        rg__buffer_append_repeat(&text, ' ', 4 * (size_t)level + 4);
        rg__buffer_append_text(&text, "def forward(self):\n");
        rg__buffer_append_repeat(&text, ' ', 4 * (size_t)level + 8);
        rg__buffer_append_text(&text, "return 1\n");
    }
    assert_refused(NULL, rg__buffer_string(&text), RG_ERROR_LIMIT, "submodules nested more than 200 deep");
    rg__buffer_free(&text);
}

static void test_limits(void **state)
{
    rg_buffer text;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    (void)state;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, HEAD "        # ");
    append_times(&text, "x", 17u << 20);
    assert_refused(NULL, rg__buffer_string(&text), RG_ERROR_LIMIT,
                   "a line of 17825802 bytes, more than the limit of 16777216");
    options.limits.max_input_bytes = 1000;
    assert_refused(&options, rg__buffer_string(&text), RG_ERROR_LIMIT,
                   "the text has 17825857 bytes, more than the limit of 1000");
    options.limits.max_input_bytes = 0;
    options.limits.max_nodes = 3;
    rg__buffer_clear(&text);
    rg__buffer_append_text(&text, HEAD "        a = f(x)\n" TAIL);
    assert_refused(&options, rg__buffer_string(&text), RG_ERROR_LIMIT, "a graph may have at most 3 nodes");
    rg__buffer_free(&text);
}

static void test_nul_bytes(void **state)
{
    static const char text[] = HEAD "        # a\0b\n" TAIL;
    (void)state;
    assert_refused(NULL, (rg_string){text, sizeof(text) - 1}, RG_ERROR_SYNTAX, "a NUL byte");
}

/* Bytes that are no UTF-8 are welcome where text is free. */
static void test_other_bytes(void **state)
{
    static const char text[] = HEAD "        # \xff\xfe\n        a = f('\xff', y)\n" TAIL;
    rg_context *context;
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *graph = read_graph(context, text);
    assert_string_equal(printed_graph(graph), text);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Many keywords and many arguments take time in proportion, and an error that is no crash. */
static void test_many_arguments(void **state)
{
    rg_buffer text;
    (void)state;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, HEAD "        a = f(");
    for (int i = 0; i < 100000; i++) {
        rg__buffer_append_format(&text, "k%d = 1, ", i);
    }
    rg__buffer_append_text(&text, ")\n" TAIL);
    assert_refused(NULL, rg__buffer_string(&text), RG_ERROR_LIMIT, "a call has at most 65534 arguments");
    rg__buffer_free(&text);
}

/* ---- truncation ---- */

static const char whole[] =
    "V1 a.py class G(torch.nn.Module):\n"
    "V1     def forward(self, L_x_: \"f32[2]\", y : int = 3, *args):\n"
    "V1         l_x_ = L_x_\n"
    "V1         _args = args\n"
    "V1 \n"
    "V1         # File: a.py:1 in f, code: x\n"
    "V1         a: \"f32[2][1]cuda:0\" = torch.ops.aten.mul.Tensor(l_x_, [1, 2.5, (None,)], k = 'a\\n', d = "
    "device(type='cpu'));  l_x_ = None\n"
    "V1         a += 1;  b = a;  a = None\n"
    "V1         b[(slice(None, None, None), Ellipsis)] = y;  setitem = b;  y = setitem = None\n"
    "V1         c = getattr(self.m, \"0\")(b, -inf, 10000000000000000000000);  b = None\n"
    "V1         inner = self.inner\n"
    "V1         d = torch.ops.higher_order.cond(c, inner, {'k': c}, <object at 0x7f>);  c = inner = None\n"
    "V1         e = d[0];  d = None\n"
    "V1         return (e,)\n"
    "V1     class inner(torch.nn.Module):\n"
    "V1         def forward(\n"
    "V1             self,\n"
    "V1             x,  # why\n"
    "V1         ):\n"
    "V1             n = -x;  x = None\n"
    "V1             return n\n";

/* Cut anywhere, the text gives a graph or a diagnostic, and nothing is left. */
static void test_truncation(void **state)
{
    rg_context *context;
    size_t accepted = 0;
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_document_destroy(read_document(context, whole));
    for (size_t size = 0; size < sizeof(whole); size++) {
        rg_document *document;
        char *cut = malloc(size + 1); /* exact, so that a sanitizer sees reads past the end */
        assert_non_null(cut);
        memcpy(cut, whole, size);
        rg_status status = rg_document_parse(&document, context, (rg_string){cut, size}, rg_string_from("test.py"));
        assert_int_equal(status == RG_OK, document != NULL);
        assert_int_equal(status == RG_OK, rg_context_diagnostic_count(context) == 0);
        accepted += status == RG_OK;
        rg_context_clear_diagnostics(context);
        rg_document_destroy(document);
        free(cut);
    }
    /* A bare return, with and without a blank behind it, in both functions; the first return and the line after it, up
     * to the inner class; the second return, without and with its line end. */
    assert_int_equal(accepted, 2 + 9 + 2 + 2);
    rg_context_destroy(context);
}

/* ---- memory ---- */

static rg_status discard(void *user, const char *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return RG_OK;
}

static rg_status parse_and_print(const rg_allocator *allocator, void *user)
{
    rg_context *context;
    rg_document *document = NULL;
    rg_graph *copy = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    status = rg_document_parse(&document, context, rg_string_from(user), rg_string_from("test.py"));
    if (status == RG_OK) {
        status = rg_document_print(document, NULL, (rg_sink){discard, NULL});
    }
    if (status == RG_OK) {
        status = rg_graph_clone(&copy, rg_document_graph(document, 0));
    }
    if (status == RG_OK) {
        status = rg_graph_print(copy, NULL, (rg_sink){discard, NULL});
    }
    rg_graph_destroy(copy);
    rg_document_destroy(document);
    rg_context_destroy(context);
    return status;
}

static void test_memory(void **state)
{
    char coloured[] = "class G(torch.nn.Module):\n"
                      "    def forward(self, pair):\n"
                      "        x: \"\x1b[31mf32\x1b[0m[2]\"; \n"
                      "        x, = fx_pytree.tree_flatten_spec([pair], self._in_spec)\n"
                      "        \x1b[2m# why\x1b[0m\n"
                      "        a: \"Sym(0.100)\" = f(x, Max(1, s1));  \x1b[2mx = None\x1b[0m\n"
                      "        b = f(a, x_y(a, 1))\n"
                      "        return pytree.tree_unflatten([b], self._out_spec)\n";
    (void)state;
    (void)failing_allocator_exhaust(parse_and_print, (void *)(uintptr_t)whole);
    (void)failing_allocator_exhaust(parse_and_print, coloured);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diagnostics),     cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_deepest_nesting), cmocka_unit_test(test_deep_submodules),
        cmocka_unit_test(test_limits),          cmocka_unit_test(test_nul_bytes),
        cmocka_unit_test(test_other_bytes),     cmocka_unit_test(test_many_arguments),
        cmocka_unit_test(test_truncation),      cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
