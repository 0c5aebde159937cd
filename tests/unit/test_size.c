/* Symbolic sizes: canonical forms, text, comparisons, substitution. Random expressions: test_size_property.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/size.h>

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

static rg_size parse(rg_context *context, const char *text)
{
    rg_size size;
    assert_int_equal(rg_size_parse(&size, context, rg_string_from(text)), RG_OK);
    assert_false(rg_size_is_null(size));
    return size;
}

static void check_print(const rg_context *context, rg_size size, const char *expected)
{
    rg_buffer buffer;
    rg__buffer_init(&buffer, rg__default_allocator());
    assert_int_equal(rg_size_print(context, size, rg__buffer_sink(&buffer)), RG_OK);
    assert_string_equal(buffer.data == NULL ? "" : buffer.data, expected);
    rg__buffer_free(&buffer);
}

static rg_size combine(rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_size size;
    assert_int_equal(rg_size_combine(&size, context, operation, a, b), RG_OK);
    return size;
}

static void test_integers(void **state)
{
    static const int64_t values[] = {0, 1, -1, 2147483647, 2147483648, INT64_MAX, INT64_MIN};
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        rg_size size;
        rg_size again;
        int64_t value = 7;
        assert_int_equal(rg_size_from_int(&size, context, values[i]), RG_OK);
        assert_int_equal(rg_size_from_int(&again, context, values[i]), RG_OK);
        assert_true(rg_size_same(size, again));
        assert_true(rg_size_as_int(context, size, &value));
        assert_true(value == values[i]);
    }
    check_print(context, parse(context, "-9223372036854775807 - 1"), "-9223372036854775808");
    check_print(context, parse(context, "2147483648"), "2147483648");
    int64_t value;
    assert_false(rg_size_as_int(context, parse(context, "s0"), &value));
    assert_false(rg_size_as_int(context, (rg_size){0}, &value));
}

static void test_symbols(void **state)
{
    rg_context *context = *state;
    rg_size size;

    assert_int_equal(rg_size_from_symbol(&size, context, rg_string_from("s0")), RG_OK);
    assert_true(rg_size_same(size, parse(context, "s0")));
    assert_string_equal(rg_size_as_symbol(context, size).data, "s0");
    assert_int_equal(rg_size_as_symbol(context, parse(context, "2*s0")).size, 0);
    assert_int_equal(rg_size_as_symbol(context, parse(context, "2")).size, 0);
}

/* Expected texts are sympy's, for PyTorch's own functions. */
static void test_prints_as_sympy(void **state)
{
    static const struct {
        const char *text;
        const char *printed;
    } cases[] = {
#include "size_expressions.inc"
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_size size = parse(context, cases[i].text);
        check_print(context, size, cases[i].printed);
        assert_true(rg_size_same(size, parse(context, cases[i].printed)));
    }
}

/* Text, and the canonical form that it must come to. */
static void test_canonical_forms(void **state)
{
    static const struct {
        const char *text;
        const char *printed;
    } cases[] = {
        /* sums and products */
        {"s0 + s0", "2*s0"},
        {"s1*s0", "s0*s1"},
        {"(s0 + 1)*(s0 - 1)", "s0**2 - 1"},
        {"(s0 + 1) - (1 + s0)", "0"},
        {"-s0 + 5", "5 - s0"},
        {"-s0*s1 + 5", "-s0*s1 + 5"},
        {"- - -s0", "-s0"},
        {"+s0", "s0"},
        {"-2**2", "-4"},
        {"2**-1", "2**-1"}, /* no integer: kept as text */
        {"(2*s0)**3", "8*s0**3"},
        {"0*(s0//2)", "0"},
        /* floor division */
        {"7//2", "3"},
        {"-7//2", "-4"},
        {"7//-2", "-4"},
        {"-7//-2", "3"},
        {"(2*s0)//2", "s0"},
        {"s0 // 1", "s0"},
        {"s0//-1", "-s0"},
        {"s0//s0", "1"},
        {"(4*s0 + 6*s1)//4", "s0 + (((3*s1)//2))"},
        {"(6*s0 + 1)//3", "2*s0"},
        {"(s0*s1)//s0", "s1"},
        {"(s0*s1 + s0)//s0", "s1 + 1"},
        {"(64*s0 + 64)//(s0 + 1)", "64"},
        {"(s0**2 - 1)//(s0 + 1)", "s0 - 1"},
        {"(s0//2)//3", "(s0//6)"},
        {"(s0//s1)//4", "(s0//(4*s1))"},
        {"(s0//2)//(s1 - s2)", "(((s0//2))//(s1 - s2))"},
        {"((s0 - 1)//2) + 1", "(((s0 - 1)//2)) + 1"},
        {"(s0 - 1)//s0", "0"},
        {"2*(s23//2)", "2*((s23//2))"},
        {"FloorDiv(s0, 2)", "(s0//2)"},
        {"CleanDiv(s0, 2)", "(s0//2)"},
        {"0//s0", "0"},
        /* remainders */
        {"7 % 3", "1"},
        {"-7 % 3", "2"},
        {"7 % -3", "-2"},
        {"Mod(4*s0, 2)", "0"},
        {"Mod(4*s0 + s1, 2)", "Mod(s1, 2)"},
        {"Mod(2*s0 + 1, 2)", "1"},
        {"Mod(s0*s1, s0)", "0"},
        {"Mod(s0 - 1, s0)", "s0 - 1"},
        {"PythonMod(s0 - s1, 3)", "PythonMod(s0 - s1, 3)"},
        {"PythonMod(s0, 3)", "Mod(s0, 3)"},
        {"s0 % 1", "0"},
        {"s0 % -1", "0"},
        /* Max and Min */
        {"Max(1, s0)", "s0"},
        {"Max(1, u0)", "Max(1, u0)"},
        {"Max(u0, 1, 0)", "Max(1, u0)"},
        {"Max(u0, Max(u1, 3))", "Max(3, u0, u1)"},
        {"Max(u0, u0 + 1)", "u0 + 1"},
        {"Min(u0, u0 + 1)", "u0"},
        {"Max(s0, s0//2)", "s0"},
        {"Min(2, s0)", "2"},
        {"Max(3*s0, s0*s1)", "Max(3*s0, s0*s1)"},
        {"Min(2*s0, s0*s1)", "2*s0"},
        {"Max(Min(u0, u1), u0)", "u0"},
        {"Max(5)", "5"},
        /* powers */
        {"s0**0", "1"},
        {"1**u0", "1"},
        {"2**u0", "PowByNatural(2, u0)"},
        {"PowByNatural(s0, 3)", "s0**3"},
        /* comparisons are kept as written */
        {"u0 >= 0", "u0 >= 0"},
        {"u0<10", "u0 < 10"},
        {"2 > u0 + 1", "2 > u0 + 1"},
        {"s0 <= (s0//2)", "s0 <= ((s0//2))"},
        {"Eq(s0, 2*s1)", "Eq(s0, 2*s1)"},
        {"s0 == 2", "Eq(s0, 2)"},
        {"Ne(Mod(s0, 8), 0)", "Ne(Mod(s0, 8), 0)"},
        {"s0 != 2", "Ne(s0, 2)"},
        /* floats */
        {"0.100000000000000", "0.100000000000000"},
        {"0.0000100000000000000", "0.0000100000000000000"},
        {"1e-7", "1.00000000000000E-7"},
        {"0.00000100000000000000", "0.00000100000000000000"},
        {"1e15", "1.00000000000000E+15"},
        {"12.0", "12.0000000000000"},
        {"-.5", "-0.500000000000000"},
        {"0.0", "0.0"},
        {"0.5*s0", "0.5*s0"},
        {"s0 + 1e-5", "s0 + 1.0e-5"},
        {"s0*1e20", "1.0e+20*s0"},
        {"100.0*s0", "100.0*s0"},
        {"0.25 + 0.5", "0.750000000000000"},
        {"2*0.5", "1.00000000000000"},
        {"s0*0.5 + s0*0.25", "0.75*s0"},
        {"2*(0.5*s0)", "1.0*s0"},
        {"0.5*s0 + s0", "1.5*s0"},
        {"s0 - 0.5", "s0 - 0.5"},
        {"s0*-0.5", "-0.5*s0"},
        {"-0.5 - 1", "-1.50000000000000"},
        {"0.5 - 0.5 + s0", "s0"},
        {"(0.5*s0)**2", "0.25*s0**2"},
        {"zf82", "zf82"},
        {"2*zf82//2", "(zf82//1)"}, /* a float: the floor is not the float */
        /* other functions */
        {"CeilToInt(s0)*2", "2*CeilToInt(s0)"},
        {"IntTrueDiv(s0, 2) + 1", "(IntTrueDiv(s0, 2)) + 1"},
        {"Where(s0 > u0, 1, 2)", "Where(s0 > u0, 1, 2)"},
        {"nothing()", "nothing()"},
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_size size = parse(context, cases[i].text);
        check_print(context, size, cases[i].printed);
        if (!rg_size_same(size, parse(context, cases[i].printed))) {
            fail_msg("%s does not read back", cases[i].printed);
        }
    }
    check_print(context, parse(context, "123456789012345.0"), "123456789012345"); /* as Decimal prints it */
    assert_int_equal(rg_context_diagnostic_count(context), 0);
}

/* Text that is no expression, or none that can be computed, stays as it is. */
static void test_text_is_kept(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "s0 +",
        "(s0",
        "s0)",
        "s0 s1",
        "2s0",
        "a.b",
        "s0/2",
        "u0 & u1",
        "~(u0 > 1)",
        "True",
        "int_oo",
        "1//0",
        "s0%0",
        "9223372036854775808",
        "1.2.3",
        "Max()(",
        "f(,)",
        "9223372036854775807 + 1",
        "s0 < s1 < s2",
        "s0 if a else b",
        "\xff",
        "(s0 + s1 + s2 + s3)**1000",
        "(s0 + s1)**1001",
        "2**64",
        "f(s0 s1)",
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        rg_size size = parse(context, texts[i]);
        check_print(context, size, texts[i]);
        assert_int_equal(rg_size_equal(context, size, size), RG_YES);
        assert_int_equal(rg_size_equal(context, size, parse(context, "s0")), RG_UNKNOWN);
    }
    check_print(context, combine(context, RG_SIZE_ADD, parse(context, "s0/2"), parse(context, "1")), "(s0/2) + 1");
}

static void test_deep_nesting_is_text(void **state)
{
    enum { DEPTH = 100000 };
    static const size_t depths[] = {1000, DEPTH};
    static char text[2 * DEPTH + 2];
    rg_context *context = *state;

    for (size_t i = 0; i < 2; i++) {
        size_t depth = depths[i];
        memset(text, '(', depth);
        text[depth] = '1';
        memset(text + depth + 1, ')', depth);
        text[2 * depth + 1] = '\0';
        check_print(context, parse(context, text), text);
        memset(text, '-', depth);
        text[depth + 1] = '\0';
        check_print(context, parse(context, text), text);
    }
    /* Through the API: every step nests one deeper, until the limit says so. */
    rg_size size = parse(context, "u0");
    rg_status status = RG_OK;
    for (int i = 0; i < DEPTH && status == RG_OK; i++) {
        rg_size next;
        status = rg_size_combine(&next, context, RG_SIZE_ADD, size, parse(context, "1"));
        assert_int_equal(status, RG_OK);
        status = rg_size_combine(&size, context, RG_SIZE_FLOOR_DIVIDE, parse(context, "s7"), next);
    }
    assert_int_equal(status, RG_ERROR_LIMIT);
    assert_true(rg_size_is_null(size));
    assert_int_equal(rg_context_diagnostic_count(context), 1);
}

static void test_failing_operations(void **state)
{
    static const struct {
        rg_size_operation operation;
        const char *a;
        const char *b;
        rg_status status;
        const char *message;
    } cases[] = {
        {RG_SIZE_ADD, "9223372036854775807", "1", RG_ERROR_TYPE, "a size overflows 64 bits"},
        {RG_SIZE_ADD, "9223372036854775807*s0", "s0", RG_ERROR_TYPE, "a size overflows 64 bits"},
        {RG_SIZE_MULTIPLY, "4294967296*s0", "4294967296", RG_ERROR_TYPE, "a size overflows 64 bits"},
        {RG_SIZE_SUBTRACT, "0", "-9223372036854775807 - 1", RG_ERROR_TYPE, "a size overflows 64 bits"},
        {RG_SIZE_FLOOR_DIVIDE, "-9223372036854775807 - 1", "-1", RG_ERROR_TYPE, "a size overflows 64 bits"},
        {RG_SIZE_FLOOR_DIVIDE, "s0", "0", RG_ERROR_TYPE, "a size is divided by zero"},
        {RG_SIZE_MODULO, "s0", "0", RG_ERROR_TYPE, "a size is divided by zero"},
        {RG_SIZE_POWER, "s0", "-1", RG_ERROR_TYPE, "a power of a size overflows or has a negative exponent"},
        {RG_SIZE_POWER, "2", "64", RG_ERROR_TYPE, "a power of a size overflows or has a negative exponent"},
        {RG_SIZE_POWER, "s0 + s1 + s2 + s3", "20", RG_ERROR_LIMIT, "a size expression grows beyond the limits"},
    };
    rg_context *context = *state;
    rg_size size;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_context_clear_diagnostics(context);
        rg_status status =
            rg_size_combine(&size, context, cases[i].operation, parse(context, cases[i].a), parse(context, cases[i].b));
        assert_int_equal(status, cases[i].status);
        assert_true(rg_size_is_null(size));
        assert_int_equal(rg_context_diagnostic_count(context), 1);
        assert_string_equal(rg_context_diagnostic(context, 0)->message.data, cases[i].message);
    }
    assert_int_equal(rg_size_combine(&size, context, RG_SIZE_ADD, (rg_size){0}, parse(context, "1")),
                     RG_ERROR_ARGUMENT);
    assert_int_equal(rg_size_combine(&size, context, (rg_size_operation)99, parse(context, "1"), parse(context, "1")),
                     RG_ERROR_ARGUMENT);
}

static void test_comparisons(void **state)
{
    static const struct {
        const char *a;
        const char *b;
        rg_truth equal;
        rg_truth less_equal;
    } cases[] = {
        {"3", "3", RG_YES, RG_YES},
        {"3", "4", RG_NO, RG_YES},
        {"4", "-3", RG_NO, RG_NO},
        {"s0", "s0 + 1", RG_NO, RG_YES},
        {"s0", "s1", RG_UNKNOWN, RG_UNKNOWN},
        /* lower bounds: u is at least 0, s and other names at least 2 */
        {"s0", "1", RG_NO, RG_NO},
        {"s0", "0", RG_NO, RG_NO},
        {"s0", "2", RG_UNKNOWN, RG_UNKNOWN},
        {"1", "s0", RG_NO, RG_YES},
        {"2", "s0", RG_UNKNOWN, RG_YES},
        {"u0", "0", RG_UNKNOWN, RG_UNKNOWN},
        {"0", "u0", RG_UNKNOWN, RG_YES},
        {"-1", "u0", RG_NO, RG_YES},
        {"t", "-1", RG_NO, RG_NO},
        {"sx", "1", RG_NO, RG_NO},
        {"zf3", "-5", RG_UNKNOWN, RG_UNKNOWN},
        {"zuf0", "0", RG_UNKNOWN, RG_UNKNOWN},
        /* products */
        {"s0", "s0*s1", RG_NO, RG_YES},
        {"s0*s1", "s0 + s1 - 1", RG_NO, RG_NO},
        {"s0**2", "s0", RG_NO, RG_NO},
        {"u0**2", "u0", RG_UNKNOWN, RG_UNKNOWN},
        {"u0*s0", "u0", RG_UNKNOWN, RG_UNKNOWN},
        {"u0", "u0*s0", RG_UNKNOWN, RG_YES},
        {"s0*s1", "0", RG_NO, RG_NO},
        {"0", "(s0 - s1)**2", RG_UNKNOWN, RG_UNKNOWN}, /* true, but beyond us */
        /* divisors */
        {"2*s0", "3", RG_NO, RG_NO},
        {"2*s0", "5", RG_NO, RG_UNKNOWN},
        {"6*s0 + 4*s1", "101", RG_NO, RG_UNKNOWN},
        {"2*zf1", "5", RG_UNKNOWN, RG_UNKNOWN},
        /* quotients */
        {"s0//2", "s0", RG_NO, RG_YES},
        {"2*(s0//2)", "s0", RG_UNKNOWN, RG_YES},
        {"s0", "2*(s0//2)", RG_UNKNOWN, RG_UNKNOWN},
        {"s0", "2*(s0//2) + 1", RG_UNKNOWN, RG_YES},
        {"s0", "2*(s0//2) + 2", RG_NO, RG_YES},
        {"s0//2", "0", RG_NO, RG_NO},
        {"u0//s0", "u0", RG_UNKNOWN, RG_UNKNOWN},
        {"(s0 + 7)//8*8", "s0", RG_UNKNOWN, RG_UNKNOWN},
        {"s0", "(s0 + 7)//8*8", RG_UNKNOWN, RG_YES},
        {"Mod(s0, 8)", "8", RG_NO, RG_YES},
        {"Mod(s0, 8)", "7", RG_UNKNOWN, RG_YES},
        {"Mod(s0, s1)", "s1", RG_UNKNOWN, RG_UNKNOWN},
        /* Max and Min */
        {"Max(1, u0)", "0", RG_NO, RG_NO},
        {"u0", "Max(1, u0)", RG_UNKNOWN, RG_YES},
        {"Max(1, u0)", "u0 + 1", RG_UNKNOWN, RG_YES},
        {"Max(1, u0)", "u0 + 2", RG_NO, RG_YES},
        {"Min(s0, s1)", "s0 + s1", RG_NO, RG_YES},
        {"2*Min(s0, s1)", "s0 + s1", RG_UNKNOWN, RG_UNKNOWN}, /* true, but beyond us */
        {"Max(s0, u0) + Min(s0, u0)", "s0 + u0", RG_YES, RG_YES},
        /* comparisons are 0 or 1 */
        {"u0 >= 0", "1", RG_YES, RG_YES},
        {"s0 < 2", "0", RG_YES, RG_YES},
        {"u0 < 5", "2", RG_NO, RG_YES},
        {"u0 < 5", "1", RG_UNKNOWN, RG_YES},
        /* floats */
        {"0.5", "0.5", RG_YES, RG_YES},
        {"0.5", "0.25", RG_NO, RG_NO},
        {"1", "1.0", RG_YES, RG_YES},
        {"0.5", "1", RG_NO, RG_YES},
        {"1.5", "s0", RG_UNKNOWN, RG_YES}, /* floats are bounded by integers */
        {"0.5", "s0", RG_NO, RG_YES},
        {"PowByNatural(2, u0)", "0", RG_NO, RG_NO},
        {"f(s0)", "f(s1)", RG_UNKNOWN, RG_UNKNOWN},
        /* nothing wraps around */
        {"9223372036854775807", "-9223372036854775807", RG_NO, RG_NO},
        {"9223372036854775807*s0", "-9223372036854775807*s0", RG_UNKNOWN, RG_UNKNOWN},
        {"s0**40", "1", RG_NO, RG_NO},
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_size a = parse(context, cases[i].a);
        rg_size b = parse(context, cases[i].b);
        rg_truth equal = rg_size_equal(context, a, b);
        rg_truth less_equal = rg_size_less_equal(context, a, b);
        if (equal != cases[i].equal || less_equal != cases[i].less_equal) {
            fail_msg("%s, %s: equal %d, less or equal %d", cases[i].a, cases[i].b, equal, less_equal);
        }
        assert_int_equal(rg_size_equal(context, b, a), equal);
    }
    assert_int_equal(rg_size_equal(context, (rg_size){0}, (rg_size){0}), RG_UNKNOWN);
    assert_int_equal(rg_size_less_equal(context, (rg_size){0}, parse(context, "1")), RG_UNKNOWN);
    assert_int_equal(rg_context_diagnostic_count(context), 0);
}

/* rg_size_combine decides comparisons where it can. */
static void test_decided_comparisons(void **state)
{
    static const struct {
        rg_size_operation operation;
        const char *a;
        const char *b;
        const char *result;
    } cases[] = {
        {RG_SIZE_LESS, "1", "s0", "1"},
        {RG_SIZE_LESS, "s0", "2", "0"},
        {RG_SIZE_LESS, "u0", "10", "u0 < 10"},
        {RG_SIZE_LESS_EQUAL, "0", "u0", "1"},
        {RG_SIZE_LESS_EQUAL, "u0", "9", "u0 <= 9"},
        {RG_SIZE_GREATER, "s0", "1", "1"},
        {RG_SIZE_GREATER, "s0", "s1", "s0 > s1"},
        {RG_SIZE_GREATER, "1", "s0", "0"},
        {RG_SIZE_GREATER_EQUAL, "u0", "0", "1"},
        {RG_SIZE_GREATER_EQUAL, "1", "s0", "0"},
        {RG_SIZE_EQUAL, "s0", "1", "0"},
        {RG_SIZE_EQUAL, "2*s0", "7", "0"},
        {RG_SIZE_EQUAL, "s0", "7", "Eq(s0, 7)"},
        {RG_SIZE_NOT_EQUAL, "s0", "s0", "0"},
        {RG_SIZE_NOT_EQUAL, "2*s0", "7", "1"},
        {RG_SIZE_NOT_EQUAL, "s0", "7", "Ne(s0, 7)"},
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_size a = parse(context, cases[i].a);
        check_print(context, combine(context, cases[i].operation, a, parse(context, cases[i].b)), cases[i].result);
    }
}

static void test_substitution(void **state)
{
    static const struct {
        const char *text;
        const char *s0;
        const char *u0;
        const char *result;
    } cases[] = {
        {"s0", "4", "u0", "4"},
        {"s1", "4", "5", "s1"},
        {"12", "4", "5", "12"},
        {"s0*u0", "u0", "s0", "s0*u0"}, /* all at once */
        {"s0 - u0", "u0", "s0", "-s0 + u0"},
        {"2*s0**2 + s1*u0", "s1 + 1", "3", "2*s1**2 + 7*s1 + 2"},
        {"s0//2", "2*s1", "u0", "s1"},
        {"((s0 - 1)//2) + 1", "8", "u0", "4"},
        {"Max(1, u0)", "s0", "0", "1"},
        {"Max(1, u0)", "s0", "s0", "s0"},
        {"Mod(s0, 8)", "8*s1 + 3", "u0", "3"},
        {"u0 < 10", "s0", "4", "1"},
        {"u0 >= 0", "s0", "s1", "1"},
        {"PowByNatural(s0, u0)", "s0", "3", "s0**3"},
        {"CeilToInt(s0)", "s1 + 1", "u0", "CeilToInt(s1 + 1)"},
        {"s0/2", "s1", "u0", "(s1)/2"}, /* inside text, as a name */
        {"f(s0)/2 + 1e5 + s00", "s1*2", "u0", "f((2*s1))/2 + 1e5 + s00"},
        {"s1/2", "7", "u0", "s1/2"},
        {"0.5*s0", "4", "u0", "2.00000000000000"},
    };
    rg_context *context = *state;
    rg_size from[2] = {parse(context, "s0"), parse(context, "u0")};
    rg_size result;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rg_size to[2] = {parse(context, cases[i].s0), parse(context, cases[i].u0)};
        assert_int_equal(rg_size_substitute(&result, context, parse(context, cases[i].text), from, to, 2), RG_OK);
        check_print(context, result, cases[i].result);
    }
    assert_int_equal(rg_size_substitute(&result, context, (rg_size){0}, from, from, 2), RG_OK);
    assert_true(rg_size_is_null(result));

    rg_size zero = parse(context, "0");
    assert_int_equal(rg_size_substitute(&result, context, parse(context, "s1//s0"), from, &zero, 1), RG_ERROR_TYPE);
    assert_true(rg_size_is_null(result));
    assert_int_equal(rg_size_substitute(&result, context, parse(context, "s1"), &zero, from, 1), RG_ERROR_ARGUMENT);
    rg_size huge = parse(context, "9223372036854775807");
    assert_int_equal(rg_size_substitute(&result, context, parse(context, "s0**2"), from, &huge, 1), RG_ERROR_TYPE);
    assert_int_equal(rg_context_diagnostic_count(context), 3);
}

static void test_other_symbols(void **state)
{
    rg_context *context = *state;
    rg_size known[2] = {parse(context, "s0"), parse(context, "u0")};

    assert_false(rg_size_has_other_symbols(context, parse(context, "12"), known, 0));
    assert_false(rg_size_has_other_symbols(context, parse(context, "2*s0 + u0**2"), known, 2));
    assert_true(rg_size_has_other_symbols(context, parse(context, "2*s0 + u0**2"), known, 1));
    assert_true(rg_size_has_other_symbols(context, parse(context, "Max(u0, (s1//2))"), known, 2));
    assert_false(rg_size_has_other_symbols(context, parse(context, "Max(u0, (s0//3))"), known, 2));
    assert_true(rg_size_has_other_symbols(context, parse(context, "s0*s1/2"), known, 2));
    assert_false(rg_size_has_other_symbols(context, parse(context, "f(s0)*u0/2"), known, 2));
    assert_false(rg_size_has_other_symbols(context, parse(context, "0.5"), known, 0));
    assert_false(rg_size_has_other_symbols(context, (rg_size){0}, known, 2));
}

static void test_parent_and_child(void **state)
{
    rg_context *parent = *state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *child = NULL;
    rg_size in_parent = parse(parent, "2*s0 + 1");

    options.parent = parent;
    assert_int_equal(rg_context_create(&child, &options), RG_OK);
    assert_true(rg_size_same(in_parent, parse(child, "1 + s0 + s0")));
    rg_size in_child = combine(child, RG_SIZE_MULTIPLY, in_parent, parse(child, "t"));
    check_print(child, in_child, "2*s0*t + t");
    assert_int_equal(rg_size_equal(child, in_child, parse(child, "t*(2*s0 + 1)")), RG_YES);
    rg_size from = parse(child, "t");
    rg_size to = parse(parent, "s0");
    assert_int_equal(rg_size_substitute(&in_child, child, in_child, &from, &to, 1), RG_OK);
    check_print(child, in_child, "2*s0**2 + s0");
    rg_context_destroy(child);
}

static rg_status refuse(void *user, const char *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return RG_ERROR_IO;
}

static void test_sink_failure(void **state)
{
    rg_context *context = *state;
    assert_int_equal(rg_size_print(context, parse(context, "s0"), (rg_sink){refuse, NULL}), RG_ERROR_IO);
    check_print(context, (rg_size){0}, "");
}

/* Everything that asks for memory, in a child context whose allocator fails. */
static rg_status exercise(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_size a;
    rg_size b;
    rg_size c;
    rg_size symbol;
    rg_buffer buffer;

    options.parent = user;
    options.allocator = allocator;
    rg__buffer_init(&buffer, rg__default_allocator());
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    status = rg_size_parse(&a, context, rg_string_from("(4*s1*u0 + 6*s2 + Max(u0, u1, 7))//(4*s7)"));
    if (status == RG_OK) {
        status = rg_size_parse(&b, context, rg_string_from("Mod(s0*s1 + u9/2, 3) & text"));
    }
    if (status == RG_OK) {
        status = rg_size_from_symbol(&symbol, context, rg_string_from("u0"));
    }
    if (status == RG_OK) {
        status = rg_size_combine(&c, context, RG_SIZE_MIN, a, b);
    }
    if (status == RG_OK) {
        status = rg_size_combine(&c, context, RG_SIZE_LESS, c, a);
    }
    if (status == RG_OK) {
        status = rg_size_substitute(&c, context, c, &symbol, &a, 1);
    }
    if (status == RG_OK) {
        status = rg_size_from_int(&a, context, -5);
    }
    if (status == RG_OK) {
        status = rg_size_print(context, c, rg__buffer_sink(&buffer));
    }
    rg__buffer_free(&buffer);
    rg_context_destroy(context);
    return status;
}

static void test_memory_failures(void **state)
{
    assert_true(failing_allocator_exhaust(exercise, *state) > 40);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_context, drop_context)
    const struct CMUnitTest tests[] = {
        TEST(test_integers),           TEST(test_symbols),         TEST(test_prints_as_sympy),
        TEST(test_canonical_forms),    TEST(test_text_is_kept),    TEST(test_deep_nesting_is_text),
        TEST(test_failing_operations), TEST(test_comparisons),     TEST(test_decided_comparisons),
        TEST(test_substitution),       TEST(test_other_symbols),   TEST(test_parent_and_child),
        TEST(test_sink_failure),       TEST(test_memory_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
