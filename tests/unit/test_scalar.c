/*
 * test_scalar.c: arithmetic on numbers and sizes comes to what Python makes of it.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/context.h>

#include "rule/scalar.h"

/* A number in a test: `i` an int, `f` a float, `b` a bool, `s` a size, 0 none. */
typedef struct number {
    char kind;
    int64_t integer;
    double real;
    const char *size;
} number;

#define I(value)                                                                                                       \
    {                                                                                                                  \
        'i', (value), 0, NULL                                                                                          \
    }
#define F(value)                                                                                                       \
    {                                                                                                                  \
        'f', 0, (value), NULL                                                                                          \
    }
#define B(value)                                                                                                       \
    {                                                                                                                  \
        'b', (value), 0, NULL                                                                                          \
    }
#define S(value)                                                                                                       \
    {                                                                                                                  \
        's', 0, 0, (value)                                                                                             \
    }
#define NONE                                                                                                           \
    {                                                                                                                  \
        0, 0, 0, NULL                                                                                                  \
    }

typedef struct scalar_case {
    const char *op;
    number a;
    number b; /* NONE: one operand */
    number result;
} scalar_case;

static rg_value make(rg_context *context, const number *given)
{
    rg_value value = rg_value_missing();
    rg_size size;
    switch (given->kind) {
    case 'i':
        assert_int_equal(rg_value_int(&value, context, given->integer), RG_OK);
        break;
    case 'f':
        value = rg_value_float(given->real);
        break;
    case 'b':
        value = rg_value_bool(given->integer != 0);
        break;
    case 's':
        assert_int_equal(rg_size_parse(&size, context, rg_string_from(given->size)), RG_OK);
        value = rg_value_size(size);
        break;
    default:
        break;
    }
    return value;
}

static void check_case(rg_context *context, const scalar_case *job)
{
    rg_value values[] = {make(context, &job->a), make(context, &job->b)};
    rg_value expected = make(context, &job->result);
    rg_value result;
    size_t count = job->b.kind == 0 ? 1 : 2;
    assert_int_equal(rg__scalar_compute(&result, context, rg_string_from(job->op), values, count), RG_OK);
    if (!rg_value_equal(context, NULL, result, expected)) {
        fail_msg("%s of case with integers %lld and %lld: kind %d, float %.17g", job->op, (long long)job->a.integer,
                 (long long)job->b.integer, (int)rg_value_get_kind(result), rg_value_as_float(result));
    }
}

static void test_cases(void **state)
{
    /* computed by CPython 3.11 */
    static const scalar_case cases[] = {
        {"operator.add", I(2), I(3), I(5)},
        {"operator.add", I(2), F(0.5), F(2.5)},
        {"operator.add", B(1), B(1), I(2)},
        {"operator.sub", I(2), I(3), I(-1)},
        {"operator.mul", F(0.1), I(3), F(0.30000000000000004)},
        {"operator.truediv", I(1), I(3), F(0.3333333333333333)},
        {"operator.truediv", I(6), I(3), F(2.0)},
        {"operator.floordiv", I(7), I(2), I(3)},
        {"operator.floordiv", I(-7), I(2), I(-4)},
        {"operator.floordiv", I(7), I(-2), I(-4)},
        {"operator.floordiv", F(7.5), I(2), F(3.0)},
        {"operator.floordiv", F(-0.5), F(0.25), F(-2.0)},
        {"operator.floordiv", F(1.0), F(0.1), F(9.0)},
        {"operator.mod", I(7), I(3), I(1)},
        {"operator.mod", I(-7), I(3), I(2)},
        {"operator.mod", I(7), I(-3), I(-2)},
        {"operator.mod", F(-7.5), I(2), F(0.5)},
        {"operator.pow", I(2), I(10), I(1024)},
        {"operator.pow", I(2), I(-1), F(0.5)},
        {"operator.pow", I(16), F(0.5), F(4.0)},
        {"operator.pow", I(-2), I(63), I(INT64_MIN)},
        {"operator.neg", I(3), NONE, I(-3)},
        {"operator.neg", F(0.0), NONE, F(-0.0)},
        {"operator.pos", I(3), NONE, I(3)},
        {"abs", I(-3), NONE, I(3)},
        {"abs", F(-2.5), NONE, F(2.5)},
        {"max", I(2), F(2.5), F(2.5)},
        {"min", I(2), I(3), I(2)},
        {"float", I(2), NONE, F(2.0)},
        {"int", F(-2.5), NONE, I(-2)},
        {"operator.eq", I(1), F(1.0), B(1)},
        {"operator.ne", I(1), I(1), B(0)},
        {"operator.lt", I(1), F(1.5), B(1)},
        {"operator.ge", F(NAN), I(1), B(0)},
        {"math.sqrt", I(16), NONE, F(4.0)},
        {"math.exp", I(0), NONE, F(1.0)},
        {"math.log", F(1.0), NONE, F(0.0)},
        {"math.log2", I(8), NONE, F(3.0)},
        {"math.floor", F(-0.5), NONE, I(-1)},
        {"math.ceil", F(0.5), NONE, I(1)},
        {"math.pow", I(2), I(3), F(8.0)},
        /* sizes stay symbolic where they can, and are not decided where they cannot */
        {"operator.add", S("t"), I(3), S("t + 3")},
        {"operator.mul", I(2), S("t"), S("2*t")},
        {"operator.sub", S("t"), S("t"), I(0)},
        {"operator.floordiv", S("4*t"), I(2), S("2*t")},
        {"operator.mod", S("4*t"), I(2), I(0)},
        {"operator.pow", S("t"), I(2), S("t**2")},
        {"operator.neg", S("t"), NONE, S("-t")},
        {"int", S("t"), NONE, S("t")},
        {"max", S("t"), I(1), S("t")},
        {"operator.eq", S("t"), S("t"), B(1)},
        {"operator.lt", S("t"), S("t + 1"), B(1)},
        {"operator.lt", S("t"), S("u"), NONE},
        {"operator.truediv", S("t"), I(2), NONE},
        {"operator.mul", S("t"), F(0.5), NONE},
        {"math.sqrt", S("t"), NONE, NONE},
        {"operator.matmul", I(1), I(1), NONE},
    };
    rg_context *context = NULL;
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        check_case(context, &cases[i]);
    }
    rg_context_destroy(context);
}

static void test_refused(void **state)
{
    static const struct {
        const char *op;
        number a;
        number b;
    } cases[] = {
        {"operator.truediv", I(1), I(0)},
        {"operator.floordiv", I(1), I(0)},
        {"operator.mod", F(1.0), F(0.0)},
        {"operator.pow", I(0), I(-1)},
        {"operator.pow", I(10), I(19)},
        {"operator.pow", F(-2.0), F(0.5)},
        {"operator.add", I(INT64_MAX), I(1)},
        {"operator.mul", I(INT64_MAX), I(2)},
        {"operator.floordiv", I(INT64_MIN), I(-1)},
        {"operator.neg", I(INT64_MIN), NONE},
        {"math.sqrt", I(-1), NONE},
        {"math.log", I(0), NONE},
        {"int", F(1e30), NONE},
        {"int", F(NAN), NONE},
    };
    rg_context *context = NULL;
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_value values[] = {make(context, &cases[i].a), make(context, &cases[i].b)};
        rg_value result;
        rg_context_clear_diagnostics(context);
        assert_int_equal(
            rg__scalar_compute(&result, context, rg_string_from(cases[i].op), values, cases[i].b.kind == 0 ? 1 : 2),
            RG_ERROR_TYPE);
        assert_true(rg_value_is_missing(result));
        assert_int_equal(rg_context_diagnostic_count(context), 1);
    }
    assert_true(rg__scalar_knows(rg_string_from("math.sqrt")));
    assert_false(rg__scalar_knows(rg_string_from("math.gamma")));
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
