/* The syntax tree: text/lexer.c, text/syntax*.c. Trees are shown as nested lists, see show(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"
#include "support/text_reading.h"
#include "text/syntax.h"

static const char *const kind_names[] = {
    [RG_SYNTAX_NAME] = "",
    [RG_SYNTAX_NONE] = "None",
    [RG_SYNTAX_TRUE] = "True",
    [RG_SYNTAX_FALSE] = "False",
    [RG_SYNTAX_ELLIPSIS] = "...",
    [RG_SYNTAX_INTEGER] = "int",
    [RG_SYNTAX_FLOAT] = "float",
    [RG_SYNTAX_IMAGINARY] = "imaginary",
    [RG_SYNTAX_STRING] = "string",
    [RG_SYNTAX_ATTRIBUTE] = "attribute",
    [RG_SYNTAX_CALL] = "call",
    [RG_SYNTAX_KEYWORD] = "keyword",
    [RG_SYNTAX_STAR] = "star",
    [RG_SYNTAX_DOUBLE_STAR] = "double_star",
    [RG_SYNTAX_SUBSCRIPT] = "subscript",
    [RG_SYNTAX_SLICE] = "slice",
    [RG_SYNTAX_TUPLE] = "tuple",
    [RG_SYNTAX_LIST] = "list",
    [RG_SYNTAX_DICT] = "dict",
    [RG_SYNTAX_UNARY] = "",
    [RG_SYNTAX_BINARY] = "",
    [RG_SYNTAX_CONDITIONAL] = "if",
    [RG_SYNTAX_OBJECT] = "object",
    [RG_SYNTAX_EXPRESSION] = "expression",
    [RG_SYNTAX_ASSIGN] = "assign",
    [RG_SYNTAX_DECLARE] = "declare",
    [RG_SYNTAX_AUGMENTED] = "augmented",
    [RG_SYNTAX_RETURN] = "return",
    [RG_SYNTAX_PASS] = "pass",
    [RG_SYNTAX_IMPORT] = "import",
    [RG_SYNTAX_FUNCTION] = "def",
    [RG_SYNTAX_CLASS] = "class",
    [RG_SYNTAX_DECORATOR] = "decorator",
    [RG_SYNTAX_PARAMETERS] = "parameters",
    [RG_SYNTAX_PARAMETER] = "parameter",
    [RG_SYNTAX_BASES] = "bases",
    [RG_SYNTAX_BODY] = "body",
};

/* (kind operator text children...); a leaf that is a name is just its text, a part left out is `-`. */
static void show(rg_buffer *out, const rg_syntax *syntax)
{
    if (rg__syntax_is_absent(syntax)) {
        rg__buffer_append_text(out, "-");
        return;
    }
    if (syntax->kind == RG_SYNTAX_NAME) {
        rg__buffer_append(out, syntax->text);
        return;
    }
    rg__buffer_append_text(out, "(");
    rg__buffer_append_text(out, kind_names[syntax->kind]);
    rg__buffer_append_text(out, rg__operations[syntax->operation].spelling);
    if (syntax->text.size > 0) {
        rg__buffer_append_text(out, " ");
        rg__buffer_append(out, syntax->text);
    }
    for (const rg_syntax *child = syntax->first; child != NULL; child = child->next) {
        rg__buffer_append_text(out, " ");
        show(out, child);
    }
    rg__buffer_append_text(out, ")");
}

typedef struct fixture {
    rg_context *context;
    rg_arena arena;
    rg_source source;
} fixture;

static void set_up(fixture *with, const char *text)
{
    assert_int_equal(rg_context_create(&with->context, NULL), RG_OK);
    rg__arena_init(&with->arena, rg__default_allocator());
    assert_int_equal(rg__source_init(&with->source, with->context, rg_string_from(text), rg_string_from("test.py")),
                     RG_OK);
}

static void tear_down(fixture *with)
{
    rg__arena_free(&with->arena);
    rg_context_destroy(with->context);
}

static void assert_tree(const char *text, const char *expected, bool whole)
{
    fixture with;
    rg_syntax *syntax;
    rg_buffer out;
    set_up(&with, text);
    rg_status status = whole ? rg__syntax_parse(&syntax, &with.arena, &with.source)
                             : rg__syntax_parse_expression(&syntax, &with.arena, &with.source);
    if (status != RG_OK) {
        fail_msg("%s", printed_diagnostics(with.context));
    }
    rg__buffer_init(&out, rg__default_allocator());
    show(&out, syntax);
    assert_string_equal(rg__buffer_string(&out).data, expected);
    rg__buffer_free(&out);
    tear_down(&with);
}

static void test_expressions(void **state)
{
    static const struct {
        const char *text;
        const char *tree;
    } cases[] = {
        {"x", "x"},
        {"None", "(None None)"},
        {"...", "(... ...)"},
        {"Ellipsis", "Ellipsis"},
        {"1_000", "(int 1_000)"},
        {"0x1F", "(int 0x1F)"},
        {"123456789012345678901234567890", "(int 123456789012345678901234567890)"},
        {"1e-05", "(float 1e-05)"},
        {"1.", "(float 1.)"},
        {".5E+3", "(float .5E+3)"},
        {"2j", "(imaginary 2j)"},
        {"infj", "(imaginary infj)"},
        {"'a' \"b\"", "(string 'a' \"b\")"},
        {"a.b.c", "(attribute c (attribute b a))"},
        {"f()", "(call f)"},
        {"f(x, *y, k = 1, **z)", "(call f x (star y) (keyword k (int 1)) (double_star z))"},
        {"f(x,)", "(call f x)"},
        {"f(*, x)", "(call f (star) x)"},
        {"x[1]", "(subscript x (int 1))"},
        {"x[1, ...]", "(subscript x (tuple (int 1) (... ...)))"},
        {"x[a:b:c]", "(subscript x (slice a b c))"},
        {"x[:]", "(subscript x (slice - - -))"},
        {"x[::2]", "(subscript x (slice - - (int 2)))"},
        {"x[1:, None]", "(subscript x (tuple (slice (int 1) - -) (None None)))"},
        {"()", "(tuple)"},
        {"(x)", "x"},
        {"(x,)", "(tuple x)"},
        {"[x, [y]]", "(list x (list y))"},
        {"{'a': 1, 2: x,}", "(dict (string 'a') (int 1) (int 2) x)"},
        {"-x ** 2", "(- (** x (int 2)))"},
        {"x ** -y ** z", "(** x (- (** y z)))"},
        {"a + b * c - d", "(- (+ a (* b c)) d)"},
        {"a // b % c @ d / e", "(/ (@ (% (// a b) c) d) e)"},
        {"a << b >> c", "(>> (<< a b) c)"},
        {"a & b | c ^ d", "(| (& a b) (^ c d))"},
        {"~a != -b", "(!= (~ a) (- b))"},
        {"a < b and c >= d or not e", "(or (and (< a b) (>= c d)) (not e))"},
        {"a is not None", "(is not a (None None))"},
        {"a in b", "(in a b)"},
        {"x if c else y", "(if x c y)"},
        {"f(x)[0].g(y)", "(call (attribute g (subscript (call f x) (int 0))) y)"},
        {"<function f at 0x7f>", "(object <function f at 0x7f>)"},
        {"f(<a <b> '>'>, x)", "(call f (object <a <b> '>'>) x)"},
        {"f(\n  a,  # why\n  b\n)", "(call f a b)"},
        {"a \\\n + b", "(+ a b)"},
        {"gr\xc3\xb6\xc3\x9f\x65", "gr\xc3\xb6\xc3\x9f\x65"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_tree(cases[i].text, cases[i].tree, false);
    }
}

static void test_statements(void **state)
{
    static const struct {
        const char *text;
        const char *tree;
    } cases[] = {
        {"", "(body)"},
        {"\n  # only a comment\n\n", "(body)"},
        {"x = 1", "(body (assign x (int 1)))"},
        {"a = b = None; c = d", "(body (assign a b (None None)) (assign c d))"},
        {"a, b = f(x)", "(body (assign (tuple a b) (call f x)))"},
        {"a, = x", "(body (assign (tuple a) x))"},
        {"x[0] = y", "(body (assign (subscript x (int 0)) y))"},
        {"x: \"f32[2]\" = y", "(body (declare x (string \"f32[2]\") y))"},
        {"x : T; y: T;  ", "(body (declare x T) (declare y T))"},
        {"x += y", "(body (augmented+ x y))"},
        {"x **= y", "(body (augmented** x y))"},
        {"x >>= y", "(body (augmented>> x y))"},
        {"return", "(body (return))"},
        {"return a, b", "(body (return (tuple a b)))"},
        {"pass", "(body (pass))"},
        {"import a.b as c\nfrom x import (y,\n  z)",
         "(body (import import a.b as c) (import from x import (y,\n  z)))"},
        {"f(x)", "(body (expression (call f x)))"},
        {"\"\"\"a\nb\"\"\"\nx = 1", "(body (expression (string \"\"\"a\nb\"\"\")) (assign x (int 1)))"},
        {"@rule\nclass A(B, k=1):\n  x = 1\ny = 2", "(body (decorator rule) (class A (bases B (keyword k (int 1))) "
                                                    "(body (assign x (int 1)))) (assign y (int 2)))"},
        {"class <lambda>(torch.nn.Module):\n    pass",
         "(body (class <lambda> (bases (attribute Module (attribute nn torch))) (body (pass))))"},
        {"class A: pass", "(body (class A (bases) (body (pass))))"},
        {"def f(): return 1; x = 2", "(body (def f (parameters) - (body (return (int 1)) (assign x (int 2)))))"},
        {"def f(a, b: \"T\" = 1, *c, d=None, **e) -> T:\n\tpass",
         "(body (def f (parameters (parameter a - -) (parameter b (string \"T\") (int 1)) (parameter *c - -) "
         "(parameter d - (None None)) (parameter **e - -)) T (body (pass))))"},
        {"def f(a, /, *, b): pass",
         "(body (def f (parameters (parameter a - -) (parameter / - -) (parameter * - -) (parameter b - -)) - "
         "(body (pass))))"},
        {"class A:\n  def f():\n    pass\n  def g():\n    pass\n",
         "(body (class A (bases) (body (def f (parameters) - (body (pass))) (def g (parameters) - (body (pass))))))"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_tree(cases[i].text, cases[i].tree, true);
    }
}

static void test_errors(void **state)
{
    static const struct {
        const char *text;
        const char *message;
        uint32_t line;
        uint32_t column;
    } cases[] = {
        {"x = ", "expected an expression, found the end of the line", 1, 5},
        {"x = (1,\ny", "expected ',' or ')', found the end of the text", 2, 2},
        {"f(a b)", "expected ',' or ')', found 'b'", 1, 5},
        {"f(a.b = 1)", "expected ',' or ')', found '='", 1, 7},
        {"x[1", "expected ',' or ']', found the end of the text", 1, 4},
        {"{1, 2}", "expected ':', found ','", 1, 3},
        {"1 = x", "expected a name to assign to", 1, 1},
        {"f(x) += 1", "expected a name to assign to", 1, 1},
        {"a < b < c", "expected parentheses around one of two comparisons in a row, found '<'", 1, 7},
        {"x = y z", "expected ';' or the end of the line, found 'z'", 1, 7},
        {"x.1", "expected ';' or the end of the line, found '.1'", 1, 2},
        {"x.(y)", "expected the name of an attribute, found '('", 1, 3},
        {"x = 'abc", "a string without end", 1, 5},
        {"x = \"abc\ny = 1", "a string without end", 1, 5},
        {"x = '''abc\n'", "a string without end", 1, 5},
        {"x = $", "unknown character '$'", 1, 5},
        {"x = \xe2\x80\x9c", "unknown character '\xe2\x80\x9c'", 1, 5},
        {"x = \xff", "unknown byte 0xff", 1, 5},
        {"x = a \\ b", "unknown character '\\'", 1, 7},
        {"if x:\n  y", "expected a statement, found 'if'", 1, 1},
        {"x = lambda: 1", "expected an expression, found 'lambda'", 1, 5},
        {"x if y", "expected 'else', found the end of the line", 1, 7},
        {"class A", "expected ':', found the end of the line", 1, 8},
        {"class <x>:", "expected <lambda>, found 'x'", 1, 8},
        {"class A:\nx = 1", "a definition without body", 1, 1},
        {"class A: class B: pass", "a definition on the line of another one", 1, 10},
        {"def f:", "expected '(', found ':'", 1, 6},
        {"def f(1):", "expected a parameter, found '1'", 1, 7},
        {"x = 1\n  y = 2", "wrong indentation: 2 columns, the statements beside it have 0", 2, 3},
        {"class A:\n    x = 1\n  y = 2", "wrong indentation: 2 columns, the statements beside it have 4", 3, 3},
        {"x = <function f", "expected an expression, found '<'", 1, 5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture with;
        rg_syntax *syntax;
        set_up(&with, cases[i].text);
        assert_int_equal(rg__syntax_parse(&syntax, &with.arena, &with.source), RG_ERROR_SYNTAX);
        assert_null(syntax);
        const rg_diagnostic *diagnostic = rg_context_diagnostic(with.context, 0);
        assert_string_equal(diagnostic->message.data, cases[i].message);
        assert_int_equal(diagnostic->location.line, cases[i].line);
        assert_int_equal(diagnostic->location.column, cases[i].column);
        tear_down(&with);
    }
}

static void test_expression_must_end(void **state)
{
    fixture with;
    rg_syntax *syntax;
    (void)state;
    set_up(&with, "a + b\n");
    assert_int_equal(rg__syntax_parse_expression(&syntax, &with.arena, &with.source), RG_OK);
    tear_down(&with);
    set_up(&with, "a + b\nc");
    assert_int_equal(rg__syntax_parse_expression(&syntax, &with.arena, &with.source), RG_ERROR_SYNTAX);
    assert_string_equal(rg_context_diagnostic(with.context, 0)->message.data,
                        "expected the end of the expression, found 'c'");
    tear_down(&with);
}

/* ---- limits ---- */

static void assert_too_deep(const char *before, const char *unit)
{
    rg_buffer text;
    fixture with;
    rg_syntax *syntax;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, before);
    for (int i = 0; i < 100000; i++) {
        rg__buffer_append_text(&text, unit);
    }
    rg__buffer_append_text(&text, "x");
    set_up(&with, rg__buffer_string(&text).data);
    assert_int_equal(rg__syntax_parse(&syntax, &with.arena, &with.source), RG_ERROR_LIMIT);
    assert_string_equal(rg_context_diagnostic(with.context, 0)->message.data,
                        "an expression nested more than 200 deep");
    tear_down(&with);
    rg__buffer_free(&text);
}

static void test_depth(void **state)
{
    (void)state;
    assert_too_deep("", "[");
    assert_too_deep("", "(");
    assert_too_deep("", "{1: ");
    assert_too_deep("", "f(");
    assert_too_deep("", "a[");
    assert_too_deep("", "-");
    assert_too_deep("", "not ");
    assert_too_deep("", "a ** ");
    assert_too_deep("", "1 if a else ");
    assert_too_deep("a", ".b");
    assert_too_deep("a", "()");
    assert_too_deep("a", " + a");
}

static void test_nested_definitions(void **state)
{
    rg_buffer text;
    fixture with;
    rg_syntax *syntax;
    (void)state;
    rg__buffer_init(&text, rg__default_allocator());
    for (uint32_t i = 0; i < 300; i++) {
        rg__buffer_append_repeat(&text, ' ', i);
        rg__buffer_append_text(&text, "class A:\n");
    }
    set_up(&with, rg__buffer_string(&text).data);
    assert_int_equal(rg__syntax_parse(&syntax, &with.arena, &with.source), RG_ERROR_LIMIT);
    tear_down(&with);
    rg__buffer_free(&text);
}

static void test_source_limits(void **state)
{
    rg_context *context;
    rg_source source;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    (void)state;
    options.limits.max_input_bytes = 20;
    options.limits.max_line_bytes = 10;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_string file = rg_string_from("test.py");
    assert_int_equal(rg__source_init(&source, context, rg_string_from("0123456789\n01234567\n"), file), RG_OK);
    assert_int_equal(rg__source_init(&source, context, rg_string_from("0123456789\n012345678\n"), file),
                     RG_ERROR_LIMIT);
    assert_int_equal(rg__source_init(&source, context, rg_string_from("x\n01234567890\n"), file), RG_ERROR_LIMIT);
    assert_int_equal(rg__source_init(&source, context, (rg_string){"x\ny\0z", 5}, file), RG_ERROR_SYNTAX);
    assert_string_equal(printed_diagnostics(context),
                        "test.py:1:1: error: the text has 21 bytes, more than the limit of 20\n"
                        "test.py:2:1: error: a line of 11 bytes, more than the limit of 10\n"
                        "    01234567890\n"
                        "    ^\n"
                        "test.py:2:2: error: a NUL byte; expected text\n"
                        "    y\n"
                        "     ^\n");
    rg_context_destroy(context);
}

/* ---- what leaves spell ---- */

static rg_syntax *parse_leaf(fixture *with, const char *text)
{
    rg_syntax *syntax;
    set_up(with, text);
    assert_int_equal(rg__syntax_parse_expression(&syntax, &with->arena, &with->source), RG_OK);
    return syntax;
}

static void test_strings(void **state)
{
    static const struct {
        const char *text;
        const char *value;
    } cases[] = {
        {"''", ""},
        {"'it''s'", "its"},
        {"\"it's\"", "it's"},
        {"'a\\n\\t\\\\\\'\\\"'", "a\n\t\\'\""},
        {"'\\x41\\u00e4\\U0001f600\\101'", "A\xc3\xa4\xf0\x9f\x98\x80"
                                           "A"},
        {"'\\q'", "\\q"},
        {"r'\\n\\''", "\\n\\'"},
        {"u'x'", "x"},
        {"'''a'b\n''c'''", "a'b\n''c"},
        {"'a\\\nb'", "ab"},
        {"('a'  # comment 'x'\n 'b')", "ab"},
        {"'\xff\xfe'", "\xff\xfe"},
        {"'\\a\\b\\f\\r\\v'", "\a\b\f\r\v"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture with;
        rg_string value;
        rg_syntax *syntax = parse_leaf(&with, cases[i].text);
        assert_int_equal(rg__syntax_string(&value, &with.arena, &with.source, syntax), RG_OK);
        assert_string_equal(value.data, cases[i].value);
        tear_down(&with);
    }
}

static void test_bad_strings(void **state)
{
    static const struct {
        const char *text;
        rg_status status;
    } cases[] = {
        {"'\\x4'", RG_ERROR_SYNTAX},    {"'\\u12g4'", RG_ERROR_SYNTAX}, {"'\\U00110000'", RG_ERROR_SYNTAX},
        {"b'x'", RG_ERROR_UNSUPPORTED}, {"f'x'", RG_ERROR_UNSUPPORTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture with;
        rg_string value;
        rg_syntax *syntax = parse_leaf(&with, cases[i].text);
        assert_int_equal(rg__syntax_string(&value, &with.arena, &with.source, syntax), cases[i].status);
        assert_int_equal(rg_context_diagnostic_count(with.context), 1);
        tear_down(&with);
    }
}

static void test_integers(void **state)
{
    static const struct {
        const char *text;
        bool fits;
        int64_t value;
        const char *digits; /* NULL: none */
    } cases[] = {
        {"0", true, 0, "0"},
        {"1_000", true, 1000, "1000"},
        {"9223372036854775807", true, INT64_MAX, "9223372036854775807"},
        {"9223372036854775808", false, 0, "9223372036854775808"},
        {"0x7f", true, 127, NULL},
        {"0b1_01", true, 5, NULL},
        {"0o17", true, 15, NULL},
        {"0x7fffffffffffffff", true, INT64_MAX, NULL},
        {"0x8000000000000000", false, 0, NULL},
        {"0x1ffffffffffffffff", false, 0, NULL},
        {"0b12", false, 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture with;
        int64_t value;
        rg_string digits;
        rg_syntax *syntax = parse_leaf(&with, cases[i].text);
        assert_int_equal(rg__syntax_integer(&value, &digits, &with.arena, syntax), cases[i].fits);
        if (cases[i].fits) {
            assert_int_equal(value, cases[i].value);
        }
        assert_int_equal(digits.data != NULL, cases[i].digits != NULL);
        if (cases[i].digits != NULL) {
            assert_true(rg_string_equal(digits, rg_string_from(cases[i].digits)));
        }
        tear_down(&with);
    }
}

static void test_floats(void **state)
{
    fixture with;
    (void)state;
    rg_syntax *syntax = parse_leaf(&with, "1_0.2_5e-1");
    assert_true(rg__syntax_float(syntax) == 1.025);
    tear_down(&with);
    syntax = parse_leaf(&with, "9.999999747378752e-06");
    assert_true(rg__syntax_float(syntax) == 9.999999747378752e-06);
    tear_down(&with);
}

static void test_dotted(void **state)
{
    fixture with;
    rg_string text;
    const rg_syntax *root;
    (void)state;
    rg_syntax *syntax = parse_leaf(&with, "torch.ops.aten.mul");
    assert_true(rg__syntax_dotted(&text, &root, &with.arena, syntax));
    assert_true(rg_string_equal(text, rg_string_from("torch.ops.aten.mul")));
    assert_true(rg_string_equal(root->text, rg_string_from("torch")));
    tear_down(&with);
    syntax = parse_leaf(&with, "a . bc\\\n  .d");
    assert_true(rg__syntax_dotted(&text, NULL, &with.arena, syntax));
    assert_true(rg_string_equal(text, rg_string_from("a.bc.d")));
    tear_down(&with);
    syntax = parse_leaf(&with, "f(x).y");
    assert_false(rg__syntax_dotted(&text, NULL, &with.arena, syntax));
    tear_down(&with);
}

static void test_places(void **state)
{
    fixture with;
    rg_syntax *body;
    (void)state;
    set_up(&with, "x = 1\nclass A:\n    y = f(\n        z)\n");
    assert_int_equal(rg__syntax_parse(&body, &with.arena, &with.source), RG_OK);
    const rg_syntax *class = rg__syntax_child(body, 1);
    assert_int_equal(class->line, 2);
    assert_int_equal(class->column, 0);
    const rg_syntax *assign = rg__syntax_child(rg__syntax_child(class, 1), 0);
    assert_int_equal(assign->line, 3);
    assert_int_equal(assign->column, 4);
    assert_true(rg_string_equal(rg__syntax_source(&with.source, assign), rg_string_from("y = f(\n        z)")));
    const rg_syntax *argument = assign->last->last;
    assert_int_equal(argument->line, 4);
    rg_location location = rg__source_location(&with.source, argument->offset, 1);
    assert_int_equal(location.line, 4);
    assert_int_equal(location.column, 9);
    assert_null(rg__syntax_child(body, 2));
    tear_down(&with);
}

/* A line too long to show is cut around the place, between characters. */
static void test_long_lines(void **state)
{
    rg_buffer text;
    rg_source source = {.first_line = 1};
    (void)state;
    rg__buffer_init(&text, rg__default_allocator());
    for (int i = 0; i < 1000; i++) {
        rg__buffer_append_text(&text, "\xc3\xa4");
    }
    source.text = rg__buffer_string(&text);
    rg_location location = rg__source_location(&source, 1000, 4);
    assert_int_equal(location.column, 1001);
    assert_true(location.source_line.size <= 160);
    assert_int_equal((unsigned char)location.source_line.data[0], 0xc3);
    assert_ptr_equal(location.source_line.data + location.caret, source.text.data + 1000);
    assert_int_equal((unsigned char)location.source_line.data[location.source_line.size - 1], 0xa4);
    rg__buffer_free(&text);
}

/* ---- memory ---- */

static rg_status parse_job(const rg_allocator *allocator, void *user)
{
    rg_context *context;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_arena arena;
    rg_source source;
    rg_syntax *syntax;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    rg__arena_init(&arena, allocator);
    status = rg__source_init(&source, context, rg_string_from(user), rg_string_from("test.py"));
    if (status == RG_OK) {
        status = rg__syntax_parse(&syntax, &arena, &source);
    }
    rg__arena_free(&arena);
    rg_context_destroy(context);
    return status;
}

static void test_memory(void **state)
{
    char text[] = "@r\nclass A(B, k=1):\n  'doc'\n  def f(a: \"T\" = 1, *b) -> T:\n    x: T = g(a, *b, c=[1, {2: "
                  "(3,)}], d=-e if f "
                  "else h[1:2, ...].i)\n    x += 1\n    return x, <o>\n";
    (void)state;
    (void)failing_allocator_exhaust(parse_job, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expressions),   cmocka_unit_test(test_statements),
        cmocka_unit_test(test_errors),        cmocka_unit_test(test_expression_must_end),
        cmocka_unit_test(test_depth),         cmocka_unit_test(test_nested_definitions),
        cmocka_unit_test(test_source_limits), cmocka_unit_test(test_strings),
        cmocka_unit_test(test_bad_strings),   cmocka_unit_test(test_integers),
        cmocka_unit_test(test_floats),        cmocka_unit_test(test_dotted),
        cmocka_unit_test(test_places),        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
