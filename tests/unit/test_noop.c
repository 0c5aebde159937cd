/*
 * test_noop.c: what has been written is not gone through. Which nodes change nothing is for test_match.c and the golden
 * files of opt.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "ops/noop.h"

#define NORM "torch.ops.higher_order.auto_functionalized(torch.ops._C.rms_norm.default, result = "

/* Is the memory of `clone`, a copy of x, written in a graph with this statement after it? */
static bool is_written(const char *statement)
{
    char text[1024];
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    bool written = false;
    int size = snprintf(text, sizeof(text),
                        "class GraphModule(torch.nn.Module):\n"
                        "    def forward(self, x: \"f32[4, 8]\", y: \"f32[4, 8]\", w: \"f32[8]\"):\n"
                        "        clone: \"f32[4, 8]\" = torch.ops.aten.clone.default(x)\n"
                        "        %s\n"
                        "        return (clone,)\n",
                        statement);
    assert_true(size > 0 && (size_t)size < sizeof(text));
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("test")), RG_OK);
    rg_node clone = rg_graph_find(graph, rg_string_from("clone"));
    assert_int_equal(rg__written_memory(&written, graph, clone), RG_OK);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return written;
}

static void writes_are_seen(void **state)
{
    (void)state;
    assert_false(is_written("add = torch.ops.aten.add.Tensor(clone, y)"));
    assert_true(is_written("add_ = torch.ops.aten.add_.Tensor(clone, y)"));
    assert_true(is_written("add_ = torch.ops.aten.add_.Tensor(x, y)"));
    assert_false(is_written("add_ = torch.ops.aten.add_.Tensor(y, clone)"));
    assert_true(is_written("view = torch.ops.aten.view.default(clone, [32])\n"
                           "        exp_ = torch.ops.aten.exp_.default(view)"));
}

/* A functionalised call writes copies, unless it is told what to copy. */
static void functionalised_calls_write_what_they_do_not_copy(void **state)
{
    (void)state;
    assert_false(is_written("f = " NORM "clone, input = y, weight = w, epsilon = 1e-06)"));
    assert_true(
        is_written("f = " NORM "clone, input = y, weight = w, epsilon = 1e-06, _only_clone_these_tensors = [])"));
    assert_true(is_written("f = " NORM "x, input = y, weight = w, epsilon = 1e-06, _only_clone_these_tensors = [])"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_are_seen),
        cmocka_unit_test(functionalised_calls_write_what_they_do_not_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
