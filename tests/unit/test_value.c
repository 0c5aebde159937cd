/* Values: making them, taking them apart, the two equalities: ir/value.c and ir/value_equal.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <regraft/graph.h>

#include "ir/value_impl.h"
#include "support/failing_allocator.h"

static int make_context(void **state)
{
    rg_context *context;
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

static rg_value make_int(rg_context *context, int64_t number)
{
    rg_value value;
    assert_int_equal(rg_value_int(&value, context, number), RG_OK);
    return value;
}

static rg_value make_text(rg_context *context, rg_value_kind kind, const char *text)
{
    rg_value value;
    assert_int_equal(rg_value_text(&value, context, kind, rg_string_from(text)), RG_OK);
    return value;
}

static rg_value make_string(rg_context *context, const char *text)
{
    rg_value value;
    assert_int_equal(rg_value_string(&value, context, rg_string_from(text)), RG_OK);
    return value;
}

static rg_value make_items(rg_context *context, rg_value_kind kind, const rg_value *items, size_t count)
{
    rg_value value;
    assert_int_equal(rg_value_items(&value, context, NULL, kind, items, count), RG_OK);
    return value;
}

static void assert_text(rg_string text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void test_plain_kinds(void **state)
{
    rg_context *context = *state;
    assert_int_equal(rg_value_get_kind(rg_value_missing()), RG_VALUE_MISSING);
    assert_true(rg_value_is_missing(rg_value_missing()));
    assert_false(rg_value_is_missing(rg_value_none()));
    assert_int_equal(rg_value_get_kind(rg_value_none()), RG_VALUE_NONE);
    assert_int_equal(rg_value_get_kind(rg_value_ellipsis()), RG_VALUE_ELLIPSIS);
    assert_int_equal(rg_value_get_kind(rg_value_bool(false)), RG_VALUE_BOOL);
    assert_true(rg_value_as_bool(rg_value_bool(true)));
    assert_false(rg_value_as_bool(rg_value_bool(false)));
    assert_false(rg_value_as_bool(make_int(context, 1)));
    rg_value dtype = rg_value_dtype(RG_DTYPE_BF16);
    assert_int_equal(rg_value_get_kind(dtype), RG_VALUE_DTYPE);
    assert_int_equal(rg_value_as_dtype(dtype), RG_DTYPE_BF16);
    assert_int_equal(rg_value_as_dtype(rg_value_none()), RG_DTYPE_NONE);
    rg_value op = rg_value_op((rg_op){513});
    assert_int_equal(rg_value_get_kind(op), RG_VALUE_OP);
    assert_int_equal(rg_value_as_op(op).id, 513);
    assert_true(rg_op_is_null(rg_value_as_op(dtype)));
    rg_value node = rg_value_node((rg_node){0xfffffffe});
    assert_int_equal(rg_value_get_kind(node), RG_VALUE_NODE);
    assert_int_equal(rg_value_as_node(node).id, 0xfffffffe);
    assert_true(rg_node_is_null(rg_value_as_node(op)));
    rg_value size = rg_value_size((rg_size){0x80000012});
    assert_int_equal(rg_value_get_kind(size), RG_VALUE_SIZE);
    assert_int_equal(rg_value_as_size(size).id, 0x80000012);
    assert_true(rg_size_is_null(rg_value_as_size(node)));
}

static void test_floats(void **state)
{
    (void)state;
    static const double numbers[] = {0.0, -0.0, 1.5, -2.25, 1e308, -1e-308, INFINITY, -INFINITY, 5e-324};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        rg_value value = rg_value_float(numbers[i]);
        assert_int_equal(rg_value_get_kind(value), RG_VALUE_FLOAT);
        double back = rg_value_as_float(value);
        assert_memory_equal(&back, &numbers[i], sizeof(back));
    }
    assert_true(rg_value_as_float(rg_value_none()) == 0.0);
    /* Every NaN, whatever its payload, is the one NaN; none of them looks like a tag. */
    for (uint64_t high = 0x7ff0; high <= 0xffff; high++) {
        uint64_t bits = high << 48 | 0x123;
        double number;
        memcpy(&number, &bits, sizeof(number));
        if (isnan(number)) {
            assert_true(rg_value_float(number).bits == rg_value_float(NAN).bits);
        }
    }
    assert_int_equal(rg_value_get_kind(rg_value_float(NAN)), RG_VALUE_FLOAT);
    assert_true(isnan(rg_value_as_float(rg_value_float(NAN))));
    assert_int_equal(rg_value_get_kind((rg_value){0}), RG_VALUE_FLOAT);
}

static void test_ints(void **state)
{
    rg_context *context = *state;
    static const int64_t numbers[] = {0,
                                      1,
                                      -1,
                                      4096,
                                      ((int64_t)1 << 47) - 1,
                                      (int64_t)1 << 47,
                                      -((int64_t)1 << 47),
                                      -((int64_t)1 << 47) - 1,
                                      INT64_MAX,
                                      INT64_MIN};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        rg_value value = make_int(context, numbers[i]);
        assert_int_equal(rg_value_get_kind(value), RG_VALUE_INT);
        int64_t back = 7;
        assert_true(rg_value_as_int(context, value, &back));
        assert_true(back == numbers[i]);
        rg_string text = rg_value_as_text(context, value);
        assert_true(make_text(context, RG_VALUE_INT, text.data).bits == value.bits);
    }
    rg_value big = make_text(context, RG_VALUE_INT, "+00123456789012345678901234567890");
    assert_text(rg_value_as_text(context, big), "123456789012345678901234567890");
    assert_true(big.bits == make_text(context, RG_VALUE_INT, "123456789012345678901234567890").bits);
    int64_t back = 7;
    assert_false(rg_value_as_int(context, big, &back));
    assert_false(rg_value_as_int(context, rg_value_bool(true), &back));
    assert_int_equal(back, 7);
    assert_text(rg_value_as_text(context, make_text(context, RG_VALUE_INT, "-9223372036854775809")),
                "-9223372036854775809");
    assert_text(rg_value_as_text(context, make_int(context, 9223372036854775807)), "9223372036854775807");
    static const char *const bad[] = {"", "-", "1.5", "12a", "0x10", "99999999999999999999x"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        rg_value value;
        assert_int_equal(rg_value_text(&value, context, RG_VALUE_INT, rg_string_from(bad[i])), RG_ERROR_ARGUMENT);
        assert_true(rg_value_is_missing(value));
    }
}

static void test_texts_and_devices(void **state)
{
    rg_context *context = *state;
    rg_value string = make_string(context, "none");
    assert_int_equal(rg_value_get_kind(string), RG_VALUE_STRING);
    assert_text(rg_value_as_text(context, string), "none");
    assert_true(string.bits == make_string(context, "none").bits);
    rg_value layout = make_text(context, RG_VALUE_LAYOUT, "strided");
    rg_value format = make_text(context, RG_VALUE_MEMORY_FORMAT, "strided");
    rg_value object = make_text(context, RG_VALUE_OBJECT, "strided");
    assert_int_equal(rg_value_get_kind(layout), RG_VALUE_LAYOUT);
    assert_int_equal(rg_value_get_kind(format), RG_VALUE_MEMORY_FORMAT);
    assert_int_equal(rg_value_get_kind(object), RG_VALUE_OBJECT);
    assert_true(layout.bits != format.bits && format.bits != object.bits && object.bits != string.bits);
    assert_text(rg_value_as_text(context, object), "strided");
    assert_int_equal(rg_value_as_text(context, rg_value_none()).size, 0);
    rg_value value;
    assert_int_equal(rg_value_text(&value, context, RG_VALUE_LIST, rg_string_from("x")), RG_ERROR_ARGUMENT);

    assert_int_equal(rg_value_device(&value, context, (rg_device){"cuda", 3}), RG_OK);
    assert_int_equal(rg_value_get_kind(value), RG_VALUE_DEVICE);
    rg_device device = rg_value_as_device(context, value);
    assert_string_equal(device.kind, "cuda");
    assert_int_equal(device.index, 3);
    rg_value bare;
    assert_int_equal(rg_value_device(&bare, context, (rg_device){"cuda", -1}), RG_OK);
    assert_true(bare.bits != value.bits);
    assert_int_equal(rg_value_as_device(context, bare).index, -1);
    assert_ptr_equal(rg_value_as_device(context, bare).kind, device.kind);
    assert_null(rg_value_as_device(context, string).kind);
    assert_int_equal(rg_value_device(&value, context, (rg_device){NULL, 0}), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_value_device(&value, context, (rg_device){"cuda", 70000}), RG_ERROR_ARGUMENT);
}

static void test_constant_items(void **state)
{
    rg_context *context = *state;
    rg_value items[] = {make_int(context, 1), rg_value_none(), make_string(context, "x")};
    rg_value list = make_items(context, RG_VALUE_LIST, items, 3);
    rg_value tuple = make_items(context, RG_VALUE_TUPLE, items, 3);
    assert_int_equal(rg_value_get_kind(list), RG_VALUE_LIST);
    assert_int_equal(rg_value_get_kind(tuple), RG_VALUE_TUPLE);
    assert_true(list.bits != tuple.bits);
    assert_true(list.bits == make_items(context, RG_VALUE_LIST, items, 3).bits);
    assert_int_equal(rg_value_count(context, NULL, list), 3);
    assert_true(rg_value_item(context, NULL, list, 2).bits == items[2].bits);
    assert_true(rg_value_is_missing(rg_value_item(context, NULL, list, 3)));
    assert_int_equal(rg_value_count(context, NULL, items[0]), 0);
    assert_true(rg_value_is_missing(rg_value_item(context, NULL, items[0], 0)));
    rg_value empty = make_items(context, RG_VALUE_LIST, NULL, 0);
    assert_int_equal(rg_value_count(context, NULL, empty), 0);
    assert_int_equal(rg_value_get_kind(empty), RG_VALUE_LIST);
    rg_value slice = make_items(context, RG_VALUE_SLICE, (rg_value[]){rg_value_none(), items[0], rg_value_none()}, 3);
    rg_value outer = make_items(context, RG_VALUE_TUPLE, (rg_value[]){slice, list, rg_value_ellipsis()}, 3);
    assert_true(rg_value_item(context, NULL, rg_value_item(context, NULL, outer, 1), 0).bits == items[0].bits);
    rg_value dict = make_items(context, RG_VALUE_DICT, (rg_value[]){items[2], list}, 2);
    assert_int_equal(rg_value_count(context, NULL, dict), 2);

    rg_value out;
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_SLICE, items, 2), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_DICT, items, 3), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_RECORD, items, 2), RG_ERROR_ARGUMENT);
    rg_value record = make_items(context, RG_VALUE_RECORD, (rg_value[]){items[2], items[0]}, 2);
    assert_int_equal(rg_value_get_kind(record), RG_VALUE_RECORD);
    rg_value numbered = make_items(context, RG_VALUE_DICT, items, 2);
    assert_true(rg_value_python_equal(context, NULL, numbered, numbered));
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_INT, items, 1), RG_ERROR_ARGUMENT);
    rg_value missing = rg_value_missing();
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_LIST, &missing, 1), RG_ERROR_ARGUMENT);
    rg_value node = rg_value_node((rg_node){1});
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_LIST, &node, 1), RG_ERROR_ARGUMENT);
}

static void test_nesting_limit(void **state)
{
    (void)state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_depth = 5;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_value value = make_items(context, RG_VALUE_LIST, NULL, 0);
    for (int depth = 2; depth <= 5; depth++) {
        value = make_items(context, RG_VALUE_LIST, &value, 1);
        assert_int_equal(rg__value_depth(context, NULL, value), depth);
    }
    rg_value out;
    assert_int_equal(rg_value_items(&out, context, NULL, RG_VALUE_LIST, &value, 1), RG_ERROR_LIMIT);
    rg_context_destroy(context);
}

/* Python's == over every pair of a list of values; `class` is equal exactly when Python's answer is True. */
static void test_python_equality(void **state)
{
    rg_context *context = *state;
    rg_value one = make_int(context, 1);
    rg_value two_63 = make_text(context, RG_VALUE_INT, "9223372036854775808");
    rg_value device_0;
    rg_value device_1;
    assert_int_equal(rg_value_device(&device_0, context, (rg_device){"cuda", 0}), RG_OK);
    assert_int_equal(rg_value_device(&device_1, context, (rg_device){"cuda", 1}), RG_OK);
    rg_value a = make_string(context, "a");
    rg_value b = make_string(context, "b");
    const struct {
        int class;
        rg_value value;
    } cases[] = {
        {1, one},
        {1, rg_value_float(1.0)},
        {1, rg_value_bool(true)},
        {2, make_int(context, 0)},
        {2, rg_value_float(0.0)},
        {2, rg_value_float(-0.0)},
        {2, rg_value_bool(false)},
        {-1, rg_value_float(NAN)},
        {3, rg_value_none()},
        {4, make_string(context, "1")},
        {5, make_int(context, INT64_MAX)},
        {6, rg_value_float(0x1p63)}, /* not INT64_MAX, though that rounds to it */
        {6, two_63},
        {7, make_text(context, RG_VALUE_INT, "9223372036854775809")},
        {8, rg_value_float(INFINITY)},
        {9, make_int(context, ((int64_t)1 << 53) + 1)},
        {10, rg_value_float(0x1p53)},
        {10, make_int(context, (int64_t)1 << 53)},
        {11, rg_value_float(-0x1p63)},
        {11, make_int(context, INT64_MIN)},
        {12, rg_value_float(1.5)},
        {13, make_items(context, RG_VALUE_LIST, (rg_value[]){one, a}, 2)},
        {13, make_items(context, RG_VALUE_LIST, (rg_value[]){rg_value_float(1.0), a}, 2)},
        {13, make_items(context, RG_VALUE_LIST, (rg_value[]){rg_value_bool(true), a}, 2)},
        {14, make_items(context, RG_VALUE_TUPLE, (rg_value[]){one, a}, 2)},
        {15, make_items(context, RG_VALUE_LIST, &one, 1)},
        {16, make_items(context, RG_VALUE_LIST, NULL, 0)},
        {17, make_items(context, RG_VALUE_TUPLE, NULL, 0)},
        {18, make_items(context, RG_VALUE_DICT, (rg_value[]){a, one, b, two_63}, 4)},
        {18, make_items(context, RG_VALUE_DICT, (rg_value[]){b, two_63, a, rg_value_bool(true)}, 4)},
        {19, make_items(context, RG_VALUE_DICT, (rg_value[]){a, two_63, b, one}, 4)},
        {20, rg_value_dtype(RG_DTYPE_F32)},
        {21, rg_value_dtype(RG_DTYPE_U8)},
        {22, device_0},
        {23, device_1},
        {24, make_text(context, RG_VALUE_LAYOUT, "strided")},
        {25, make_text(context, RG_VALUE_MEMORY_FORMAT, "contiguous_format")},
        {26, make_text(context, RG_VALUE_OBJECT, "1j")},
        {27, rg_value_ellipsis()},
        {28, rg_value_node((rg_node){1})},
        {29, rg_value_node((rg_node){2})},
        {-2, make_items(context, RG_VALUE_LIST, (rg_value[]){rg_value_float(NAN)}, 1)},
        {30, make_text(context, RG_VALUE_INT, "123456789012345678901234567890")},
        {31, rg_value_float(1.2345678901234568e+29)}, /* the nearest double, but not the same number */
        {32, make_text(context, RG_VALUE_INT, "1267650600228229401496703205376")},
        {32, rg_value_float(0x1p100)},
    };
    size_t count = sizeof(cases) / sizeof(cases[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            bool expected = cases[i].class == cases[j].class && cases[i].class > 0;
            assert_int_equal(rg_value_python_equal(context, NULL, cases[i].value, cases[j].value), expected);
            assert_int_equal(rg_value_equal(context, NULL, cases[i].value, cases[j].value),
                             cases[i].value.bits == cases[j].value.bits);
        }
    }
}

static rg_status build_values(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_context *context;
    rg_status status = rg_context_create(&context, &options);
    rg_value items[4] = {rg_value_none(), rg_value_none(), rg_value_none(), rg_value_none()};
    for (int64_t i = 0; i < 40 && status == RG_OK; i++) {
        status = rg_value_int(&items[0], context, INT64_MAX - i);
        status = status != RG_OK ? status
                                 : rg_value_text(&items[1], context, RG_VALUE_INT,
                                                 rg_string_from("-123456789012345678901234567890"));
        status = status != RG_OK ? status : rg_value_string(&items[2], context, (rg_string){(char *)&i, sizeof(i)});
        status = status != RG_OK ? status : rg_value_device(&items[3], context, (rg_device){"cuda", (int32_t)i});
        status = status != RG_OK ? status : rg_value_items(&items[0], context, NULL, RG_VALUE_LIST, items, 4);
    }
    rg_context_destroy(context);
    return status;
}

static void test_memory_runs_out(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(build_values, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_kinds, make_context, drop_context),
        cmocka_unit_test(test_floats),
        cmocka_unit_test_setup_teardown(test_ints, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_texts_and_devices, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_constant_items, make_context, drop_context),
        cmocka_unit_test(test_nesting_limit),
        cmocka_unit_test_setup_teardown(test_python_equality, make_context, drop_context),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
