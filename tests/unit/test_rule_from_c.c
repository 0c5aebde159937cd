/*
 * Tests of rules given by functions in C, and of the tracer on its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/match.h>

#include "support/rule_set_case.h"

static rg_status c_inputs(rg_tracer *tracer, void *user)
{
    rg_value value;
    rg_status status = rg_tracer_input(&value, tracer, rg_string_from("x"), rg_string_from("T[..., h]"));
    (*(size_t *)user)++;
    return status == RG_OK ? rg_tracer_input(&value, tracer, rg_string_from("s"), rg_string_from("float")) : status;
}

static rg_status c_pattern(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    rg_value values[3];
    rg_value dim;
    const rg_argument names[] = {{rg_string_from("x"), inputs[0]}, {rg_string_from("s"), inputs[1]}};
    (void)user;
    assert_int_equal(count, 2);
    assert_int_equal(rg_type_get_kind(rg_tracer_context(tracer), rg_tracer_type(tracer, inputs[0])), RG_TYPE_TENSOR);
    rg_status status = rg_tracer_evaluate(&values[0], tracer, rg_string_from("x.max(dim=-1)"), names, 2);
    if (status == RG_OK) {
        status = rg_tracer_item(&values[1], tracer, values[0], 0);
    }
    if (status == RG_OK) {
        status = rg_tracer_dimension(&dim, tracer, inputs[0], -1);
        assert_int_equal(rg_value_get_kind(dim), RG_VALUE_SIZE);
    }
    if (status == RG_OK) {
        const rg_argument arguments[] = {{{NULL, 0}, values[1]}, {{NULL, 0}, inputs[1]}};
        status = rg_tracer_call(&values[2], tracer, rg_string_from(".mul"), arguments, 2);
    }
    return status == RG_OK ? rg_tracer_return(tracer, &values[2], 1) : status;
}

static rg_status c_replacement(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    rg_value value;
    const rg_argument names[] = {{rg_string_from("x"), inputs[0]}, {rg_string_from("s"), inputs[1]}};
    (void)user;
    rg_status status = rg_tracer_evaluate(&value, tracer, rg_string_from("torch.amax(x, -1) * s"), names, count);
    return status == RG_OK ? rg_tracer_return(tracer, &value, 1) : status;
}

static rg_status c_short_replacement(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    rg_value value;
    const rg_argument names[] = {{rg_string_from("x"), inputs[0]}};
    (void)count;
    (void)user;
    rg_status status = rg_tracer_evaluate(&value, tracer, rg_string_from("torch.amax(x, -1)"), names, 1);
    return status == RG_OK ? rg_tracer_return(tracer, &value, 1) : status;
}

static rg_status accept_all(bool *accept, const rg_match *match, void *user)
{
    (void)match;
    (void)user;
    *accept = true;
    return RG_OK;
}

static void test_rule_from_c(void **state)
{
    rule_set_case *f = *state;
    size_t calls = 0;
    rg_rule_definition definition = RG_RULE_DEFINITION_INIT;
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_ERROR_ARGUMENT);
    definition.name = rg_string_from("largest");
    definition.inputs = c_inputs;
    definition.pattern = c_pattern;
    definition.replacement = c_replacement;
    definition.user = &calls;
    rg_status status = rg_rule_set_add(f->set, &definition);
    print_all_diagnostics(f->context);
    assert_int_equal(status, RG_OK);
    assert_int_equal(rg_rule_set_count(f->set), 4 * 5);
    assert_name(f->set, 0, "largest[T=bf16, ...=0]");
    assert_string_equal(rg_rule_set_info(f->set, 0).file.data, "");
    assert_statements(rg_rule_set_info(f->set, 0).pattern,
                      "aten.max.dim x -1\noperator.getitem max_dim 0\naten.mul.Tensor getitem s\noutput mul_tensor\n");
    assert_int_equal(calls, 1 + 20); /* to find the instances, and for each of them */
    rg_context_clear_diagnostics(f->context);
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_ERROR_RULE);
    assert_int_equal(rg_rule_set_count(f->set), 20);
    check_dump(f->set);
    /* Another check makes it another rule. */
    definition.name = rg_string_from("largest_checked");
    definition.check = accept_all;
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_OK);
    assert_int_equal(rg_rule_set_count(f->set), 40);
}

/* What a replacement leaves out must be marked. */
static void test_dropped_input(void **state)
{
    rule_set_case *f = *state;
    size_t calls = 0;
    const rg_string dropped = rg_string_from("s");
    rg_rule_definition definition = RG_RULE_DEFINITION_INIT;
    definition.name = rg_string_from("largest");
    definition.inputs = c_inputs;
    definition.pattern = c_pattern;
    definition.replacement = c_short_replacement;
    definition.user = &calls;
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_ERROR_RULE);
    assert_int_equal(rg_rule_set_count(f->set), 0);
    definition.dropped = &dropped;
    definition.dropped_count = 1;
    definition.keep_shared = true;
    rg_context_clear_diagnostics(f->context);
    rg_status status = rg_rule_set_add(f->set, &definition);
    print_all_diagnostics(f->context);
    assert_int_equal(status, RG_OK);
    assert_int_equal(rg_rule_set_count(f->set), 4 * 5);
    check_dump(f->set);
}

static rg_status bad_pattern(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    rg_value value;
    (void)inputs;
    (void)count;
    (void)user;
    return rg_tracer_call(&value, tracer, rg_string_from("torch.nothing"), NULL, 0);
}

static rg_status silent_pattern(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    (void)tracer;
    (void)inputs;
    (void)count;
    (void)user;
    return RG_OK;
}

static void test_bad_rules_from_c(void **state)
{
    rule_set_case *f = *state;
    size_t calls = 0;
    rg_rule_definition definition = RG_RULE_DEFINITION_INIT;
    definition.name = rg_string_from("bad");
    definition.inputs = c_inputs;
    definition.pattern = bad_pattern;
    definition.replacement = c_replacement;
    definition.user = &calls;
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_ERROR_UNSUPPORTED);
    definition.pattern = silent_pattern;
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_ERROR_ARGUMENT);
    definition.pattern = c_pattern;
    definition.replacement = silent_pattern;
    assert_int_equal(rg_rule_set_add(f->set, &definition), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_rule_set_count(f->set), 0);
    assert_true(rg_context_diagnostic_count(f->context) >= 3);
}

/* ---- a tracer on its own ---- */

static void test_tracer_misuse(void **state)
{
    rule_set_case *f = *state;
    rg_tracer *tracer = NULL;
    rg_graph *graph = NULL;
    rg_value x;
    rg_value value;
    assert_int_equal(rg_tracer_create(&tracer, f->context, rg_string_from("f")), RG_OK);
    assert_ptr_equal(rg_tracer_context(tracer), f->context);
    assert_int_equal(rg_tracer_input(&x, tracer, rg_string_from("x"), rg_string_from("f32[2, 3]")), RG_OK);
    assert_int_equal(rg_tracer_input(&value, tracer, rg_string_from("x"), rg_string_from("f32[2]")), RG_ERROR_NAME);
    assert_int_equal(rg_tracer_input(&value, tracer, rg_string_from("y"), rg_string_from("f32[...]")),
                     RG_ERROR_UNSUPPORTED);
    assert_true(rg_value_is_missing(value));
    assert_int_equal(rg_tracer_dimension(&value, tracer, x, 2), RG_ERROR_TYPE);
    assert_int_equal(rg_tracer_item(&value, tracer, rg_value_bool(true), 0), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_tracer_evaluate(&value, tracer, rg_string_from("1 +"), NULL, 0), RG_ERROR_SYNTAX);
    assert_int_equal(rg_tracer_evaluate(&value, tracer, rg_string_from("y"), NULL, 0), RG_ERROR_NAME);
    assert_int_equal(rg_tracer_finish(&graph, tracer, NULL), RG_ERROR_ARGUMENT);
    assert_null(graph);
    value = rg_value_bool(true);
    assert_int_equal(rg_tracer_return(tracer, &value, 1), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_tracer_return(tracer, NULL, 0), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_tracer_return(tracer, &x, 1), RG_OK);
    assert_int_equal(rg_tracer_return(tracer, &x, 1), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_tracer_finish(&graph, tracer, NULL), RG_OK);
    assert_int_equal(rg_tracer_call(&value, tracer, rg_string_from("torch.relu"), NULL, 0), RG_ERROR_ARGUMENT);
    assert_true(rg_type_is_null(rg_tracer_type(tracer, x)));
    rg_tracer_destroy(tracer);
    rg_tracer_destroy(NULL);
    rg_graph_destroy(graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE_SET_TEST(test_rule_from_c),
        RULE_SET_TEST(test_dropped_input),
        RULE_SET_TEST(test_bad_rules_from_c),
        RULE_SET_TEST(test_tracer_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
