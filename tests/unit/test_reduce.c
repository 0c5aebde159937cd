/*
 * test_reduce.c: copies of graphs with smaller sizes: what becomes smaller and what stays, that all graphs are treated
 * alike, that what inference does not bear is refused, and want of memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "support/failing_allocator.h"

#define GRAPH(parameters, body) "class GraphModule(torch.nn.Module):\n    def forward(self, " parameters "):\n" body

/* Four heads of 64 numbers, a class token, a row that is picked, a number that is none of the sizes though equal. */
static const char heads[] =
    GRAPH("s0: \"Sym(s0)\", x: \"f32[129, 256][256, 1]cpu\", w: \"f32[256, 256][1, 256]cpu\", y: \"f32[s0, 64][64, "
          "1]cpu\"",
          "        mm: \"f32[129, 256][256, 1]cpu\" = torch.ops.aten.mm.default(x, w)\n"
          "        view: \"f32[129, 4, 64][256, 64, 1]cpu\" = torch.ops.aten.view.default(mm, [129, 4, 64])\n"
          "        split = torch.ops.aten.split.Tensor(view, 1, 1)\n"
          "        part: \"f32[129, 1, 64][256, 64, 1]cpu\" = split[3]\n"
          "        add: \"f32[129, 1, 64][64, 64, 1]cpu\" = torch.ops.aten.add.Tensor(part, 64)\n"
          "        mul: \"Sym(64*s0)\" = s0 * 64\n"
          "        flat: \"f32[64*s0][1]cpu\" = torch.ops.aten.view.default(y, [mul])\n"
          "        return (add, flat)\n");

static rg_graph *parse(rg_context *context, const char *text)
{
    rg_graph *graph = NULL;
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("test")), RG_OK);
    return graph;
}

static bool has_type(const rg_graph *graph, const char *name, const char *text)
{
    rg_type type;
    rg_node node = rg_graph_find(graph, rg_string_from(name));
    assert_false(rg_node_is_null(node));
    assert_int_equal(rg_type_parse(&type, rg_graph_context(graph), rg_string_from(text)), RG_OK);
    return type.id == rg_node_type(graph, node).id;
}

static void sizes_become_smaller(void **state)
{
    (void)state;
    rg_context *context;
    rg_graph *out = NULL;
    rg_run *run;
    rg_reduction how = {0, 0, 0};
    int64_t number = 0;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *graph = parse(context, heads);
    assert_int_equal(rg_graphs_reduce(&out, &graph, 1, &how), RG_OK);
    assert_non_null(out);
    assert_true(how.from == 64 && how.to == 4 && how.rest == 1);
    assert_true(has_type(out, "x", "f32[9, 16][16, 1]cpu"));
    assert_true(has_type(out, "w", "f32[16, 16][1, 16]cpu"));
    assert_true(has_type(out, "view", "f32[9, 4, 4][16, 4, 1]cpu"));
    assert_true(has_type(out, "add", "f32[9, 1, 4][4, 4, 1]cpu"));
    assert_true(has_type(out, "flat", "f32[4*s0][1]cpu"));
    assert_true(rg_value_as_int(context, rg_node_argument(out, rg_graph_find(out, rg_string_from("add")), 1), &number));
    assert_int_equal(number, 64);
    assert_true(has_type(graph, "x", "f32[129, 256][256, 1]cpu")); /* as it was */
    assert_int_equal(rg_run_create(&run, out, NULL), RG_OK);
    assert_int_equal(rg_run_execute(run), RG_OK);
    rg_run_destroy(run);
    rg_graph_destroy(out);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Each further one keeps more elements, until there is none. */
static void reductions_come_in_turn(void **state)
{
    (void)state;
    rg_context *context;
    rg_graph *out = NULL;
    rg_reduction how = {0, 0, 0};
    size_t count = 0;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *graph = parse(context, heads);
    for (;; count++) {
        assert_true(count < 100);
        assert_int_equal(rg_graphs_reduce(&out, &graph, 1, &how), RG_OK);
        if (out == NULL) {
            break;
        }
        assert_true(how.to < how.from);
        rg_graph_destroy(out);
    }
    assert_true(count > 1 && how.from == 0);
    assert_int_equal(rg_context_diagnostic_count(context), 0);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* What one graph bears the other need not. */
static void all_graphs_must_bear_it(void **state)
{
    (void)state;
    static const char plain[] =
        GRAPH("x: \"f32[2, 64][64, 1]cpu\"", "        neg: \"f32[2, 64][64, 1]cpu\" = torch.ops.aten.neg.default(x)\n"
                                             "        return (neg,)\n");
    static const char stuck[] =
        GRAPH("x: \"f32[2, 64][64, 1]cpu\"",
              "        view: \"f32[128][1]cpu\" = torch.ops.aten.view.default(x, [128])\n"
              "        square: \"f32[8, 16][16, 1]cpu\" = torch.ops.aten.view.default(view, [8, 16])\n"
              "        again: \"f32[4, 32][32, 1]cpu\" = torch.ops.aten.view.default(square, [4, 32])\n"
              "        all: \"f32[1, 8, 16][128, 16, 1]cpu\" = torch.ops.aten.view.default(again, [1, 8, 16])\n"
              "        neg: \"f32[2, 64][64, 1]cpu\" = torch.ops.aten.view.default(all, [2, 64])\n"
              "        return (neg,)\n");
    rg_context *context;
    rg_graph *out[2] = {NULL, NULL};
    rg_reduction how = {0, 0, 0};
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *graphs[2] = {parse(context, plain), parse(context, stuck)};
    assert_int_equal(rg_graphs_reduce(out, graphs, 1, &how), RG_OK);
    assert_true(how.from == 64 && how.to == 4);
    rg_graph_destroy(out[0]);
    how = (rg_reduction){0, 0, 0};
    assert_int_equal(rg_graphs_reduce(out, graphs, 2, &how), RG_OK);
    assert_true(how.from == 16 && how.to == 4); /* 8 is left alone, 16 and 32 are not */
    assert_true(has_type(out[0], "x", "f32[2, 16][16, 1]cpu") && has_type(out[1], "x", "f32[2, 16][16, 1]cpu"));
    assert_true(has_type(out[1], "again", "f32[4, 8][8, 1]cpu"));
    for (size_t i = 0; i < 2; i++) {
        rg_graph_destroy(out[i]);
        rg_graph_destroy(graphs[i]);
    }
    rg_context_destroy(context);
}

static rg_status reduce_whole(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context;
    rg_graph *graph = NULL;
    rg_graph *out = NULL;
    rg_reduction how = {0, 0, 0};
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    status = rg_graph_parse(&graph, context, rg_string_from(user), rg_string_from("test"));
    if (status == RG_OK) {
        status = rg_graphs_reduce(&out, &graph, 1, &how);
    }
    rg_graph_destroy(out);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    char text[sizeof(heads)];
    memcpy(text, heads, sizeof(heads));
    assert_true(failing_allocator_exhaust(reduce_whole, text) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_become_smaller),
        cmocka_unit_test(reductions_come_in_turn),
        cmocka_unit_test(all_graphs_must_bear_it),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
