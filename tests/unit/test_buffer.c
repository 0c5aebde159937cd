/* Text building and number conversion: base/buffer.c and base/number.c. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"

static void check_float(double value, const char *expected)
{
    rg_buffer buffer;
    rg__buffer_init(&buffer, rg__default_allocator());
    rg__buffer_append_float(&buffer, value);
    assert_string_equal(buffer.data, expected);
    double back = 0;
    assert_true(rg__parse_float(rg__buffer_string(&buffer), &back));
    assert_true(isnan(value) ? isnan(back) : back == value && signbit(back) == signbit(value));
    rg__buffer_free(&buffer);
}

/* Expected texts are Python's repr. */
static void test_floats_as_python(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {1e-05, "1e-05"},
        {0.0001, "0.0001"},
        {0.00012345, "0.00012345"},
        {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},
        {123456789012345680.0, "1.2345678901234568e+17"},
        {9007199254740993.0, "9007199254740992.0"},
        {9.999999747378752e-06, "9.999999747378752e-06"},
        {1.0 / 3.0, "0.3333333333333333"},
        {2.0 / 3.0, "0.6666666666666666"},
        {0.08838834764831845, "0.08838834764831845"},
        {-3.4028234663852886e+38, "-3.4028234663852886e+38"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {1e-323, "1e-323"},
        {2.225073858507201e-308, "2.225073858507201e-308"},
        {5.684341886080802e-14, "5.684341886080802e-14"}, /* 2^-44: the nearest 16 digits read back as another number */
        {9.5367431640625e-07, "9.5367431640625e-07"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
        {100.0, "100.0"},
        {1e100, "1e+100"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        check_float(cases[i].value, cases[i].text);
    }
}

static void test_random_floats_round_trip(void **state)
{
    (void)state;
    rg_buffer buffer;
    rg__buffer_init(&buffer, rg__default_allocator());
    uint64_t random = 42;
    for (int i = 0; i < 20000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = random ^ (random >> 31);
        double value;
        memcpy(&value, &bits, sizeof(value));
        if (!isfinite(value)) {
            continue;
        }
        rg__buffer_clear(&buffer);
        rg__buffer_append_float(&buffer, value);
        double back = 0;
        assert_true(rg__parse_float(rg__buffer_string(&buffer), &back));
        assert_memory_equal(&back, &value, sizeof(value));
    }
    rg__buffer_free(&buffer);
}

static void test_parse_float(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {
        {"1", 1.0},
        {"1.", 1.0},
        {".5", 0.5},
        {"+2.5e1", 25.0},
        {"1E3", 1000.0},
        {"1_000.000_1", 1000.0001},
        {"inf", INFINITY},
        {"-Infinity", -INFINITY},
        {"1e400", INFINITY},
        {"1e-400", 0.0},
        {"0e999999999999999999999", 0.0},
        {"0.000000000000000000000000000000000000000000000000000000000000001e64", 10.0},
        {"9007199254740993", 9007199254740992.0},
        {"9007199254740993.00000000000000000000000000000000000000001", 9007199254740994.0},
        {"1e99999999999999999999", INFINITY},
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        double value = -7;
        assert_true(rg__parse_float(rg_string_from(good[i].text), &value));
        assert_true(value == good[i].value);
    }
    static const char *const bad[] = {"",   ".",    "e5", "1e",   "1e+",  "1.5x", "--1", "1__0", "_1",
                                      "1_", "1e5.", "in", "nano", "0x10", " 1",   "1 ",  "1,5",  "1.2.3"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        double value = -7;
        assert_false(rg__parse_float(rg_string_from(bad[i]), &value));
        assert_true(value == -7);
    }
    double value = 0;
    assert_true(rg__parse_float(rg_string_from("nan"), &value) && isnan(value));
    /* A halfway point with a digit far beyond what is kept: must round up. */
    char text[2000];
    memset(text, '0', sizeof(text));
    memcpy(text, "9007199254740993.", 17);
    text[1990] = '1';
    assert_true(rg__parse_float((rg_string){text, 1991}, &value));
    assert_true(value == 9007199254740994.0);
    assert_true(rg__parse_float((rg_string){text, 1990}, &value));
    assert_true(value == 9007199254740992.0);
    assert_false(rg__parse_float((rg_string){"inf\0", 4}, &value));
}

static void test_locale_has_no_say(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (setlocale(LC_ALL, names[i]) != NULL) {
            check_float(0.1, "0.1");
            check_float(1234567.5, "1234567.5");
            (void)setlocale(LC_ALL, "C");
            return;
        }
    }
    skip(); /* no locale with a decimal comma is installed */
}

static void test_ints(void **state)
{
    (void)state;
    static const int64_t values[] = {0, 1, -1, 9, 10, -10, 4096, INT64_MAX, INT64_MIN, INT64_MIN + 1, 99999999999};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        rg_buffer buffer;
        rg__buffer_init(&buffer, rg__default_allocator());
        rg__buffer_append_int(&buffer, values[i]);
        char expected[32];
        (void)snprintf(expected, sizeof(expected), "%lld", (long long)values[i]);
        assert_string_equal(buffer.data, expected);
        int64_t back = 3;
        assert_true(rg__parse_int(rg__buffer_string(&buffer), &back));
        assert_true(back == values[i]);
        rg__buffer_free(&buffer);
    }
    static const char *const bad[] = {"", "-", "+", "1.0", "9223372036854775808", "-9223372036854775809", "1 ", "x"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        int64_t value = 3;
        assert_false(rg__parse_int(rg_string_from(bad[i]), &value));
        assert_int_equal(value, 3);
    }
    int64_t value = 0;
    assert_true(rg__parse_int(rg_string_from("+007"), &value) && value == 7);
}

static void check_quoted(rg_string text, const char *expected)
{
    rg_buffer buffer;
    rg__buffer_init(&buffer, rg__default_allocator());
    rg__buffer_append_quoted(&buffer, text);
    assert_string_equal(buffer.data, expected);
    rg__buffer_free(&buffer);
}

static void test_quoted_as_python(void **state)
{
    (void)state;
    check_quoted(rg_string_from(""), "''");
    check_quoted(rg_string_from("abc"), "'abc'");
    check_quoted(rg_string_from("it's"), "\"it's\"");
    check_quoted(rg_string_from("say \"x\""), "'say \"x\"'");
    check_quoted(rg_string_from("it's \"x\""), "'it\\'s \"x\"'");
    check_quoted(rg_string_from("a\\b\n\r\t"), "'a\\\\b\\n\\r\\t'");
    check_quoted((rg_string){"\0\x1f\x7f", 3}, "'\\x00\\x1f\\x7f'");
    check_quoted(rg_string_from("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), "'\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'");
    check_quoted(rg_string_from("\xc2\xa0\xe2\x80\x8b\xf3\xa0\x80\x81"), "'\\xa0\\u200b\\U000e0001'");
    check_quoted(rg_string_from("\xff\xc3"), "'\xff\xc3'"); /* not UTF-8: kept */
}

static void test_appending(void **state)
{
    (void)state;
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    rg_buffer buffer;
    rg__buffer_init(&buffer, &allocator.allocator);
    assert_int_equal(rg__buffer_string(&buffer).size, 0);
    rg__buffer_append_text(&buffer, "a");
    rg__buffer_append_char(&buffer, 'b');
    rg__buffer_append_repeat(&buffer, 'c', 3);
    rg__buffer_append_format(&buffer, "%d-%s-%c", -5, "x", 'y');
    rg_sink sink = rg__buffer_sink(&buffer);
    assert_int_equal(sink.write(sink.user, "zz", 1), RG_OK);
    assert_string_equal(buffer.data, "abccc-5-x-yz");
    char long_text[1000];
    memset(long_text, 'q', sizeof(long_text));
    rg__buffer_clear(&buffer);
    rg__buffer_append_format(&buffer, "<%.*s>", (int)sizeof(long_text), long_text);
    assert_int_equal(buffer.size, 1002);
    assert_int_equal(strlen(buffer.data), 1002);
    allocator.fail_at = allocator.allocations + 1;
    rg__buffer_append_repeat(&buffer, 'x', 100000);
    assert_true(buffer.failed);
    assert_int_equal(buffer.size, 1002);
    rg__buffer_append_text(&buffer, "y");
    assert_int_equal(buffer.size, 1002);
    assert_int_equal(sink.write(sink.user, "z", 1), RG_ERROR_MEMORY);
    rg__buffer_free(&buffer);
    assert_int_equal(allocator.live_blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_floats_as_python),
        cmocka_unit_test(test_random_floats_round_trip),
        cmocka_unit_test(test_parse_float),
        cmocka_unit_test(test_locale_has_no_say),
        cmocka_unit_test(test_ints),
        cmocka_unit_test(test_quoted_as_python),
        cmocka_unit_test(test_appending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
