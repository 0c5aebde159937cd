/*
 * test_ops.c: the rows of the op table (ops/ops.def): what a row says must fit together. That schemas parse and ops are
 * found by name is in test_op.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ir/context_impl.h"

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

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < rg__op_row_count; i++) {
        const rg_op_row *row = &rg__op_rows[i];
        for (size_t j = i + 1; j < rg__op_row_count; j++) {
            if (strcmp(row->name, rg__op_rows[j].name) == 0) {
                fail_msg("%s has two rows", row->name);
            }
        }
        assert_non_null(row->infer);
        assert_true(row->origin[0] != '\0');
    }
}

/* A row's traits and its schema's marks. */
static void check_traits(const rg_op_row *row, const rg_schema *schema)
{
    bool pure = (row->traits & RG_TRAIT_PURE) != 0;
    bool aliases = false;
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        aliases = aliases || (schema->arguments[i].aliased && !schema->arguments[i].mutated);
    }
    if ((row->traits & RG_TRAIT_MUTATES) != 0) {
        fail_msg("%s: MUTATES is the schema's to say", row->name);
    }
    if (pure && schema->mutates) {
        fail_msg("%s writes an argument and is called pure", row->name);
    }
    if (pure && (row->traits & (RG_TRAIT_RANDOM | RG_TRAIT_EFFECT)) != 0) {
        fail_msg("%s is called pure, and more", row->name);
    }
    if (!pure && !schema->mutates && (row->traits & (RG_TRAIT_RANDOM | RG_TRAIT_EFFECT | RG_TRAIT_VIEW)) == 0 &&
        strncmp(row->name, "aten.", 5) == 0 && row->traits != 0) {
        fail_msg("%s is neither pure nor anything else", row->name);
    }
    if (aliases && (row->traits & RG_TRAIT_VIEW) == 0) {
        fail_msg("%s may return its argument and is no view", row->name);
    }
    if ((row->traits & RG_TRAIT_COMMUTATIVE) != 0 &&
        (schema->argument_count < 2 || !rg_string_equal(schema->arguments[0].type, schema->arguments[1].type))) {
        fail_msg("%s cannot exchange its first two arguments", row->name);
    }
}

static void test_traits(void **state)
{
    rg_context *context = *state;
    for (size_t i = 0; i < rg__op_row_count; i++) {
        rg_op op = rg_context_find_op(context, rg_string_from(rg__op_rows[i].name));
        const rg_op_descriptor *descriptor = rg__op_descriptor(context, op);
        assert_ptr_equal(descriptor->row, &rg__op_rows[i]);
        if (descriptor->schema != NULL) {
            check_traits(&rg__op_rows[i], descriptor->schema);
            assert_int_equal((descriptor->traits & RG_TRAIT_MUTATES) != 0, descriptor->schema->mutates);
        }
    }
}

/* Every word of a row's roles took effect. */
static void test_roles(void **state)
{
    rg_context *context = *state;
    for (size_t i = 0; i < rg__op_row_count; i++) {
        const rg_op_row *row = &rg__op_rows[i];
        rg_op op = rg_context_find_op(context, rg_string_from(row->name));
        const rg_schema *schema = rg__op_descriptor(context, op)->schema;
        size_t given = 0;
        size_t set = 0;
        for (const char *sign = strchr(row->roles, '='); sign != NULL; sign = strchr(sign + 1, '=')) {
            given++;
        }
        for (uint32_t j = 0; schema != NULL && j < schema->argument_count; j++) {
            set += schema->arguments[j].role != RG_ROLE_PLAIN ? 1 : 0;
        }
        if (given != set) {
            fail_msg("%s: of its roles \"%s\", %zu apply", row->name, row->roles, set);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test_setup_teardown(test_traits, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_roles, make_context, drop_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
