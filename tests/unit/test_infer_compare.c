/* When an inferred type agrees with an annotation: guards over divisions, layouts that an op may choose, slices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"

/* Infer one statement over `x` and `y`; how does the result compare with the annotation? */
static rg_infer_report check(const char *x, const char *y, const char *annotation, const char *call)
{
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_infer_report report;
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_format(&text,
                             "class G(torch.nn.Module):\n"
                             "    def forward(self, x: \"%s\", y: \"%s\"):\n"
                             "        z: \"%s\" = torch.ops.aten.%s\n"
                             "        return (z,)\n",
                             x, y, annotation, call);
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_graph_parse(&graph, context, rg__buffer_string(&text), rg_string_from("g.py")), RG_OK);
    assert_int_equal(rg_graph_infer_check(&report, graph, NULL, NULL), RG_OK);
    assert_int_equal(report.checked, 1);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    rg__buffer_free(&text);
    return report;
}

static void test_guards_over_divisions(void **state)
{
    (void)state;
    /* PyTorch has guarded that both operands have one size; which form it writes is not ours to say. */
    const char *divided = "f32[(s0//16), 4]";
    assert_int_equal(check(divided, "f32[16, 4]", "f32[(s0//16), 4]", "add.Tensor(x, y)").agree, 1);
    assert_int_equal(check(divided, "f32[16, 4]", "f32[16, 4]", "add.Tensor(x, y)").agree, 1);
    assert_int_equal(check("f32[2*((s0//2)), 4]", "f32[4]", "f32[s0, 4]", "add.Tensor(x, y)").agree, 1);
    /* polynomials are solved, so different ones are different sizes */
    assert_int_equal(check("f32[s0, 4]", "f32[4]", "f32[s1, 4]", "add.Tensor(x, y)").differ, 1);
    assert_int_equal(check("f32[8*s0, 4]", "f32[4]", "f32[s0, 4]", "add.Tensor(x, y)").differ, 1);
    /* and what no value makes equal differs */
    assert_int_equal(check("f32[2*((s0//2)), 4]", "f32[4]", "f32[2*((s0//2)) + 1, 4]", "add.Tensor(x, y)").differ, 1);
}

static void test_a_reshape_may_copy(void **state)
{
    (void)state;
    const char *wide = "f32[6, 8][12, 1]";
    const char *call = "reshape.default(x, [6, 2, 4])";
    assert_int_equal(check(wide, "f32[1][1]", "f32[6, 2, 4][12, 4, 1]", call).agree, 1);
    assert_int_equal(check(wide, "f32[1][1]", "f32[6, 2, 4][8, 4, 1]", call).agree, 1);
    assert_int_equal(check(wide, "f32[1][1]", "f32[6, 2, 4][16, 4, 1]", call).differ, 1);
    assert_int_equal(check(wide, "f32[1][1]", "f32[6, 2, 4][8, 4, 1]", "view.default(x, [6, 2, 4])").differ, 1);
}

static void test_slices_of_sizes_that_might_be_zero(void **state)
{
    (void)state;
    const char *divided = "f32[4, (s0//4)]";
    assert_int_equal(check(divided, "f32[1]", divided, "slice.Tensor(x, 1, 0, 9223372036854775807)").agree, 1);
    assert_int_equal(check(divided, "f32[1]", "f32[4, 0]", "slice.Tensor(x, 1, 0, 0)").agree, 1);
    assert_int_equal(check("f32[4, s0]", "f32[1]", "f32[4, s0 - 1]", "slice.Tensor(x, 1, 0, -1)").agree, 1);
    assert_int_equal(check("f32[4, s0]", "f32[1]", "f32[4, s0]", "slice.Tensor(x, 1, 0, -1)").differ, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guards_over_divisions),
        cmocka_unit_test(test_a_reshape_may_copy),
        cmocka_unit_test(test_slices_of_sizes_that_might_be_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
