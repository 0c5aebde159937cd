/* Sizes for made-up values of their symbols: ir/size_example.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ir/size_example.h"

static int make_context(void **state)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    *state = context;
    return 0;
}

static int drop_context(void **state)
{
    rg_context_destroy(*state);
    return 0;
}

static bool example_of(rg_context *context, const char *text, uint32_t example, int64_t *out)
{
    rg_size size;
    assert_int_equal(rg_size_parse(&size, context, rg_string_from(text)), RG_OK);
    return rg__size_example(context, size, example, out);
}

static int64_t value_of_text(rg_context *context, const char *text, uint32_t example)
{
    int64_t value = 0;
    if (!example_of(context, text, example, &value)) {
        fail_msg("%s has no value", text);
    }
    return value;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

static void test_expressions(void **state)
{
    for (uint32_t example = 0; example < RG_SIZE_EXAMPLES; example++) {
        int64_t a = value_of_text(*state, "s0", example);
        int64_t b = value_of_text(*state, "s1", example);
        assert_true(a > 0 && a % 720 == 0 && b > 0 && b % 720 == 0 && a != b);
        assert_int_equal(value_of_text(*state, "17", example), 17);
        assert_int_equal(value_of_text(*state, "-5", example), -5);
        assert_int_equal(value_of_text(*state, "3*s0*s1**2 - 7", example), 3 * a * b * b - 7);
        assert_int_equal(value_of_text(*state, "((s0 + 1)//7)", example), floor_divide(a + 1, 7));
        assert_int_equal(value_of_text(*state, "((-s0)//7)", example), floor_divide(-a, 7));
        assert_int_equal(value_of_text(*state, "(Mod(s0 + 3, 8))", example), (a + 3) % 8);
        assert_int_equal(value_of_text(*state, "PythonMod(-s0 - 1, 8)", example), 7);
        assert_int_equal(value_of_text(*state, "Max(1, s0, s1)", example), a > b ? a : b);
        assert_int_equal(value_of_text(*state, "Min(s0, s1, 2*s0)", example), a < b ? a : b);
        assert_int_equal(value_of_text(*state, "u0 < 10", example), 0);
        assert_int_equal(value_of_text(*state, "u0 >= 10", example), 1);
        assert_int_equal(value_of_text(*state, "2*((s0//2)) - s0", example), 0);
    }
    assert_int_not_equal(value_of_text(*state, "s0", 0), value_of_text(*state, "s0", 1));
}

static void test_without_value(void **state)
{
    static const char *const texts[] = {"0.5",         "s0*0.5", "ToFloat(s0)", "(s0//(s1 - s1))", "s0**60",
                                        "s0 * s0**30", "f(s0)",  "s0 and s1",   "(s0//f(s1))",     "Max(f(s0), 1)"};
    int64_t value = 0;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (example_of(*state, texts[i], 0, &value)) {
            fail_msg("%s has the value %lld", texts[i], (long long)value);
        }
    }
    assert_false(rg__size_example(*state, (rg_size){0}, 0, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_expressions, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_without_value, make_context, drop_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
