/*
 * test_infer_graph.c: inference over whole graphs (ops/infer_graph.c): checking, completing, unannotated nodes, ops of
 * the user's, submodules, want of memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"

static const char *const mixed =
    "class GraphModule(torch.nn.Module):\n"
    "    def forward(self, x: \"f32[4, 6][6, 1]cpu\", opaque):\n"
    "        weight: \"f32[6][1]cpu\" = self.weight\n"
    "        split = torch.ops.aten.split.Tensor(x, 2)\n"
    "        first: \"f32[2, 6][6, 1]cpu\" = split[0];  split = None\n"
    "        good: \"f32[2, 6]\" = torch.ops.aten.mul.Tensor(first, weight);  first = weight = None\n"
    "        plain = torch.ops.aten.neg.default(good);  good = None\n"
    "        stale: \"f32[2, 5]\" = torch.ops.aten.exp.default(plain);  plain = None\n"
    "        wrong: \"f32[4, 6]\" = torch.ops.aten.view.default(x, [5, 5])\n"
    "        strange: \"f32[4, 6]\" = torch.ops.mine.op.default(x)\n"
    "        unseen: \"f32[4]\" = torch.ops.aten.neg.default(opaque);  opaque = None\n"
    "        return (stale, wrong, strange, unseen, x)\n";

static rg_context *make_context(void)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

static rg_graph *parse(rg_context *context, const char *text)
{
    rg_graph *graph = NULL;
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("test.py")), RG_OK);
    return graph;
}

static void append_text_of(rg_buffer *out, const rg_context *context, rg_type type)
{
    rg_type_print_options options = {.strides = true, .device = true};
    if (rg_type_is_null(type)) {
        rg__buffer_append_char(out, '?');
    } else {
        assert_int_equal(rg_type_print(context, type, options, rg__buffer_sink(out)), RG_OK);
    }
}

static rg_status note(void *user, const rg_graph *graph, rg_node node, rg_type inferred)
{
    rg_buffer *out = user;
    rg__buffer_append(out, rg_node_name(graph, node));
    rg__buffer_append_char(out, ' ');
    append_text_of(out, rg_graph_context(graph), inferred);
    rg__buffer_append_char(out, '\n');
    return RG_OK;
}

static void test_check(void **state)
{
    (void)state;
    rg_buffer seen;
    rg_infer_report report;
    rg_context *context = make_context();
    rg_graph *graph = parse(context, mixed);
    rg__buffer_init(&seen, rg__default_allocator());
    assert_int_equal(rg_graph_infer_check(&report, graph, note, &seen), RG_OK);
    assert_string_equal(seen.data, "stale f32[2, 6]\nwrong ?\nstrange ?\nunseen ?\n");
    assert_int_equal(report.checked, 6);
    assert_int_equal(report.agree, 2);
    assert_int_equal(report.differ, 2);
    assert_int_equal(report.unknown, 2);
    assert_int_equal(rg_context_diagnostic_count(context), 1); /* of the wrong call */
    assert_int_equal(rg_context_diagnostic(context, 0)->code, RG_ERROR_TYPE);
    assert_int_equal(rg_graph_infer_check(&report, graph, NULL, NULL), RG_OK);
    assert_int_equal(report.checked, 6);
    rg__buffer_free(&seen);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static rg_status stop(void *user, const rg_graph *graph, rg_node node, rg_type inferred)
{
    (void)graph;
    (void)node;
    (void)inferred;
    ++*(int *)user;
    return RG_ERROR_UNSUPPORTED;
}

static void test_callback_can_stop(void **state)
{
    (void)state;
    int calls = 0;
    rg_infer_report report;
    rg_context *context = make_context();
    rg_graph *graph = parse(context, mixed);
    assert_int_equal(rg_graph_infer_check(&report, graph, stop, &calls), RG_ERROR_UNSUPPORTED);
    assert_int_equal(calls, 1);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* One node: the types of inputs without annotation are found on the way, and nothing is kept. */
static void test_one_node(void **state)
{
    (void)state;
    rg_type type;
    rg_context *context = make_context();
    rg_graph *graph = parse(context, mixed);
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("first"))), RG_OK);
    append_text_of(&text, context, type);
    assert_string_equal(text.data, "f32[2, 6][6, 1]cpu");
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("stale"))), RG_OK);
    assert_int_equal(rg_type_get_tensor(context, type).rank, 2);
    assert_true(rg_type_is_null(rg_node_type(graph, rg_graph_find(graph, rg_string_from("plain")))));
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("wrong"))), RG_ERROR_TYPE);
    assert_true(rg_type_is_null(type));
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("weight"))), RG_OK);
    assert_true(rg_type_is_null(type));
    rg__buffer_free(&text);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_missing(void **state)
{
    (void)state;
    rg_context *context = make_context();
    rg_graph *graph = parse(context, "class GraphModule(torch.nn.Module):\n"
                                     "    def forward(self, x: \"f32[4, 6][6, 1]cpu\", y):\n"
                                     "        split = torch.ops.aten.split.Tensor(x, 2)\n"
                                     "        first = split[0];  split = None\n"
                                     "        kept: \"f32[9]\" = torch.ops.aten.neg.default(first)\n"
                                     "        half = torch.ops.aten._to_copy.default(first, dtype = torch.float16)\n"
                                     "        sum_1 = torch.ops.aten.add.Tensor(half, y);  half = None\n"
                                     "        return (kept, sum_1)\n");
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_graph_infer_missing(graph), RG_OK);
    static const char *const names[] = {"first", "kept", "half", "sum_1", "y"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        append_text_of(&text, context, rg_node_type(graph, rg_graph_find(graph, rg_string_from(names[i]))));
        rg__buffer_append_char(&text, '\n');
    }
    assert_string_equal(text.data, "f32[2, 6][6, 1]cpu\nf32[9]\nf16[2, 6][6, 1]cpu\n?\n?\n");
    rg_type split = rg_node_type(graph, rg_graph_find(graph, rg_string_from("split")));
    assert_int_equal(rg_type_item_count(context, split), 2);
    rg__buffer_free(&text);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_missing_stops_at_a_wrong_call(void **state)
{
    (void)state;
    rg_context *context = make_context();
    rg_graph *graph = parse(context, "class GraphModule(torch.nn.Module):\n"
                                     "    def forward(self, x: \"f32[4, 6][6, 1]cpu\"):\n"
                                     "        bad = torch.ops.aten.add.Tensor(x)\n"
                                     "        return (bad,)\n");
    assert_int_equal(rg_graph_infer_missing(graph), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_context_diagnostic_count(context), 1);
    assert_string_equal(rg_context_diagnostic(context, 0)->message.data,
                        "aten.add.Tensor, node bad: missing argument: other");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* ---- ops of the user's ---- */

static rg_status infer_same(rg_type *out, rg_context *context, const rg_graph *graph, const rg_value *arguments,
                            size_t count, void *user)
{
    assert_int_equal(count, 2);
    ++*(int *)user;
    int64_t factor = 0;
    assert_true(rg_value_as_int(context, arguments[1], &factor));
    if (factor < 0) {
        return rg_context_report(context, RG_SEVERITY_ERROR, RG_ERROR_TYPE, rg_string_from("a negative factor"), NULL);
    }
    *out = rg_node_type(graph, rg_value_as_node(arguments[0]));
    return RG_OK;
}

static void test_declared_op(void **state)
{
    (void)state;
    int calls = 0;
    rg_op op;
    rg_type type;
    rg_context *context = make_context();
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    declaration.schema = rg_string_from("mine::scale(Tensor x, int factor=2) -> Tensor");
    declaration.infer = infer_same;
    declaration.user = &calls;
    assert_int_equal(rg_context_declare_op(&op, context, &declaration), RG_OK);
    rg_graph *graph = parse(context, "class GraphModule(torch.nn.Module):\n"
                                     "    def forward(self, x: \"f32[4][1]cpu\"):\n"
                                     "        a = torch.ops.mine.scale.default(x)\n"
                                     "        b = torch.ops.mine.scale.default(x, -1)\n"
                                     "        c = torch.ops.mine.scale.default(x, other = 1)\n"
                                     "        return (a, b, c)\n");
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("a"))), RG_OK);
    assert_true(rg_type_same(type, rg_node_type(graph, rg_graph_find(graph, rg_string_from("x")))));
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("b"))), RG_ERROR_TYPE);
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("c"))), RG_ERROR_ARGUMENT);
    assert_int_equal(calls, 2);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* ---- bounds ---- */

/* A long chain without annotations is followed only as deep as the limit says, and every node of it once. */
static void test_long_chain(void **state)
{
    (void)state;
    enum { LENGTH = 300 };
    rg_type type;
    rg_buffer text;
    rg_context *context = make_context();
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text,
                           "class GraphModule(torch.nn.Module):\n    def forward(self, n0: \"f32[4][1]cpu\"):\n");
    for (int i = 1; i <= LENGTH; i++) {
        rg__buffer_append_format(&text, "        n%d = torch.ops.aten.add.Tensor(n%d, n%d)\n", i, i - 1, i - 1);
    }
    rg__buffer_append_format(&text, "        return (n%d,)\n", LENGTH);
    rg_graph *graph = parse(context, text.data);
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("n100"))), RG_OK);
    assert_int_equal(rg_type_get_kind(context, type), RG_TYPE_TENSOR);
    assert_int_equal(rg_node_infer(&type, graph, rg_graph_find(graph, rg_string_from("n300"))), RG_OK);
    assert_true(rg_type_is_null(type));
    assert_int_equal(rg_graph_infer_missing(graph), RG_OK);
    assert_false(rg_type_is_null(rg_node_type(graph, rg_graph_find(graph, rg_string_from("n300")))));
    rg__buffer_free(&text);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Everything under this file's subject with one allocation refused: either all of it happens, or RG_ERROR_MEMORY. */
static rg_status infer_job(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_infer_report report;
    (void)user;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    status = rg_graph_parse(&graph, context, rg_string_from(mixed), rg_string_from("test.py"));
    if (status == RG_OK) {
        status = rg_graph_infer_check(&report, graph, NULL, NULL);
        if (status == RG_OK) {
            assert_int_equal(report.checked, 6);
            assert_int_equal(report.agree, 2);
            assert_int_equal(report.unknown, 2);
        }
        rg_graph_destroy(graph);
    }
    rg_context_destroy(context);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(infer_job, NULL) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_callback_can_stop),
        cmocka_unit_test(test_one_node),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_missing_stops_at_a_wrong_call),
        cmocka_unit_test(test_declared_op),
        cmocka_unit_test(test_long_chain),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
