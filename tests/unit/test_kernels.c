/*
 * test_kernels.c: the kernel table: one row for every op of the op table, no row for anything else, rows in place
 * naming ops with the same arguments, and accuracies that go together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "interp/interp_impl.h"

static const rg_kernel_row *find_row(const char *name, size_t *count)
{
    const rg_kernel_row *found = NULL;
    *count = 0;
    for (size_t i = 0; i < rg__kernel_row_count; i++) {
        if (strcmp(rg__kernel_rows[i].name, name) == 0) {
            found = &rg__kernel_rows[i];
            (*count)++;
        }
    }
    return found;
}

static void every_op_has_one_row(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < rg__op_row_count; i++) {
        (void)find_row(rg__op_rows[i].name, &count);
        if (count != 1) {
            fail_msg("%s has %zu rows in kernels.def", rg__op_rows[i].name, count);
        }
    }
    assert_int_equal(rg__kernel_row_count, rg__op_row_count);
}

static void rows_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < rg__kernel_row_count; i++) {
        const rg_kernel_row *row = &rg__kernel_rows[i];
        bool none = row->function == NULL;
        if (none != (row->accuracy == RG_ACCURACY_NONE) || none != (row->reason != NULL)) {
            fail_msg("%s: a kernel has an accuracy, no kernel a reason", row->name);
        }
    }
}

/* What writes in place is given to its twin as it stands: the arguments must be the same. */
static void twins_agree(void **state)
{
    (void)state;
    rg_context *context;
    size_t checked = 0;
    size_t count = 0;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    const rg_kernel_row *add = find_row("aten.add_.Tensor", &count);
    assert_non_null(add);
    for (size_t i = 0; i < rg__kernel_row_count; i++) {
        const rg_kernel_row *row = &rg__kernel_rows[i];
        if (row->function != add->function) {
            continue;
        }
        const rg_kernel_row *twin = find_row(row->detail, &count);
        assert_non_null(twin);
        assert_int_equal(row->accuracy, twin->accuracy);
        rg_op op = rg_context_find_op(context, rg_string_from(row->name));
        rg_op other = rg_context_find_op(context, rg_string_from(twin->name));
        assert_int_equal(rg_op_argument_count(context, op), rg_op_argument_count(context, other));
        for (size_t k = 0; k < rg_op_argument_count(context, op); k++) {
            rg_argument_info a;
            rg_argument_info b;
            assert_int_equal(rg_op_argument(&a, context, op, k), RG_OK);
            assert_int_equal(rg_op_argument(&b, context, other, k), RG_OK);
            if (!rg_string_equal(a.name, b.name)) {
                fail_msg("%s and %s differ in argument %zu", row->name, twin->name, k);
            }
        }
        checked++;
    }
    assert_true(checked > 100);
    rg_context_destroy(context);
}

static void accuracy_of_op(void **state)
{
    (void)state;
    rg_context *context;
    const char *reason = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_op add = rg_context_find_op(context, rg_string_from("aten.add.Tensor"));
    rg_op hidden = rg_context_find_op(context, rg_string_from("tst.twoout.default"));
    assert_int_equal(rg_op_accuracy(context, add, &reason), RG_ACCURACY_ULP1);
    assert_null(reason);
    assert_int_equal(rg_op_accuracy(context, hidden, &reason), RG_ACCURACY_NONE);
    assert_non_null(reason);
    assert_int_equal(rg_op_accuracy(context, (rg_op){0}, &reason), RG_ACCURACY_NONE);
    assert_non_null(reason);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_op_has_one_row),
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(twins_agree),
        cmocka_unit_test(accuracy_of_op),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
