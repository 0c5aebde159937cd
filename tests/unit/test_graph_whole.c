/* Whole-graph operations: sort, dead code, compact, clone, memory: ir/graph_{sort,dead,compact,clone}.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <regraft/document.h>

#include "ir/graph_impl.h"
#include "support/failing_allocator.h"
#include "support/graph_building.h"
#include "support/random.h"

static int make_graph(void **state)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    *state = build_graph(context);
    return 0;
}

static int drop_graph(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    assert_graph_holds(graph);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return 0;
}

static char *text_of(const rg_graph *graph)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    append_graph(&text, graph);
    assert_false(text.failed);
    return text.data;
}

static void assert_same_text(const rg_graph *graph, const char *expected)
{
    char *text = text_of(graph);
    assert_string_equal(text, expected);
    free(text);
}

/* ---- sort ---- */

/* Redirect argument 0 of `user` to `to`, wherever that is. */
static void point(rg_graph *graph, rg_node user, rg_node from, rg_node to)
{
    for (size_t i = 0; i < rg_node_use_count(graph, from); i++) {
        assert_true(rg_node_same(rg_node_use(graph, from, i).user, user));
    }
    assert_int_equal(rg_graph_replace_uses(graph, from, value_of(to), NULL, 0), RG_OK);
}

/* The vectors of rule S1. `add` stands first or last and reads y, then x. */
static void test_sort_keeps_what_it_can(void **state)
{
    rg_graph *graph = *state;
    rg_node hole_x = build_get_attr(graph, "hole_x");
    rg_node hole_y = build_get_attr(graph, "hole_y");
    rg_node y = build_get_attr(graph, "y");
    rg_node add = build_call(graph, "operator.add", NULL, VALUES(value_of(hole_y), value_of(hole_x)));
    rg_node x = build_get_attr(graph, "x");
    point(graph, add, hole_y, y);
    point(graph, add, hole_x, x);
    assert_int_equal(rg_graph_erase(graph, hole_x), RG_OK);
    assert_int_equal(rg_graph_erase(graph, hole_y), RG_OK);
    assert_string_equal(node_names(graph), "y add x");
    assert_int_equal(rg_graph_verify(graph), RG_ERROR_GRAPH);
    assert_int_equal(rg_graph_sort(graph), RG_OK);
    assert_string_equal(node_names(graph), "y x add");
    assert_graph_holds(graph);
    assert_int_equal(rg_graph_sort(graph), RG_OK);
    assert_string_equal(node_names(graph), "y x add");
    assert_int_equal(rg_graph_move_before(graph, x, y), RG_OK);
    assert_int_equal(rg_graph_sort(graph), RG_OK);
    assert_string_equal(node_names(graph), "x y add");
}

static void test_sort_empty_graph(void **state)
{
    rg_graph *graph = *state;
    assert_int_equal(rg_graph_sort(graph), RG_OK);
    size_t removed = 1;
    assert_int_equal(rg_graph_eliminate_dead(&removed, graph), RG_OK);
    assert_int_equal(removed, 0);
    assert_int_equal(rg_graph_compact(graph), RG_OK);
}

static void test_cycles(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node hole = build_get_attr(graph, "hole");
    rg_node a = build_call(graph, "operator.neg", "a", VALUES(value_of(hole)));
    rg_node b = build_call(graph, "operator.neg", "b",
                           VALUES(build_items(graph, RG_VALUE_LIST, VALUES(value_of(x), value_of(a)))));
    rg_node c = build_call(graph, "operator.neg", "c", VALUES(value_of(b)));
    (void)build_output(graph, value_of(c));
    point(graph, a, hole, c);
    char *before = text_of(graph);
    assert_int_equal(rg_graph_sort(graph), RG_ERROR_CYCLE);
    assert_same_text(graph, before);
    const rg_context *context = rg_graph_context(graph);
    const char *message = rg_context_diagnostic(context, rg_context_diagnostic_count(context) - 1)->message.data;
    assert_non_null(strstr(message, "'a'"));
    free(before);
    assert_int_equal(rg_graph_replace_uses(graph, c, value_of(x), &(rg_node){graph->output}, 1), RG_OK);
    assert_int_equal(rg_graph_sort(graph), RG_OK);
    /* A node that reads itself. */
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(c), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_sort(graph), RG_ERROR_CYCLE);
    assert_int_equal(rg_graph_replace_uses(graph, c, value_of(x), &(rg_node){graph->output}, 1), RG_OK);
    assert_int_equal(rg_graph_replace_uses(graph, b, value_of(c), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_sort(graph), RG_ERROR_CYCLE);
    assert_int_equal(rg_graph_replace_uses(graph, c, value_of(b), &(rg_node){graph->output}, 1), RG_OK);
}

/*
 * Rule S1, word for word and slowly: a list of pending nodes, the nodes that are ready, and for each node those that
 * wait for it. Returns the order in `order`; false when there is none.
 */
static bool sort_slowly(const rg_graph *graph, uint32_t *order)
{
    enum { MOST = 64 };
    uint32_t pending[MOST * 4];
    uint32_t pending_count = 0;
    uint32_t waiting[MOST][MOST];
    uint32_t waiting_count[MOST] = {0};
    bool ready[MOST] = {false};
    uint32_t ready_count = 0;
    for (rg_node node = rg_graph_last(graph); !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        assert_true(node.id < MOST);
        pending[pending_count++] = node.id;
    }
    while (pending_count > 0) {
        rg_node node = {pending[--pending_count]};
        uint32_t missing = 0;
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            rg_node input = rg_value_as_node(rg_node_argument(graph, node, i));
            missing = !rg_node_is_null(input) && !ready[input.id] ? input.id : missing;
        }
        if (missing != 0) {
            waiting[missing][waiting_count[missing]++] = node.id;
            continue;
        }
        ready[node.id] = true;
        order[ready_count++] = node.id;
        for (uint32_t i = waiting_count[node.id]; i > 0; i--) {
            pending[pending_count++] = waiting[node.id][i - 1];
        }
        waiting_count[node.id] = 0;
    }
    return ready_count == rg_graph_node_count(graph);
}

static void test_sort_against_the_rule(void **state)
{
    (void)state;
    uint32_t cycles = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        test_random random = {seed};
        rg_context *context;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_graph *graph = build_graph(context);
        /* Nodes that read placeholders, then each placeholder's uses go to a random node. */
        uint32_t count = 3 + random_below(&random, 12);
        rg_node holes[48];
        uint32_t hole_count = 0;
        for (; hole_count < count * 2; hole_count++) {
            holes[hole_count] = build_placeholder(graph, NULL);
        }
        for (uint32_t i = 0; i < count; i++) {
            uint32_t arity = random_below(&random, 3);
            rg_value values[2] = {value_of(holes[i * 2]), value_of(holes[i * 2 + 1])};
            (void)build_call(graph, "f.f.f", NULL, values, arity);
        }
        for (uint32_t i = 0; i < hole_count; i++) {
            /* Mostly backward, so that not everything is a cycle. */
            uint32_t reader = hole_count + 1 + i / 2;
            uint32_t target = random_below(&random, 4) == 0 ? hole_count + 1 + random_below(&random, count)
                                                            : 1 + random_below(&random, reader - 1);
            if (target != holes[i].id) {
                assert_int_equal(rg_graph_replace_uses(graph, holes[i], value_of((rg_node){target}), NULL, 0), RG_OK);
            }
        }
        uint32_t expected[64];
        char *before = text_of(graph);
        bool possible = sort_slowly(graph, expected);
        rg_status status = rg_graph_sort(graph);
        assert_int_equal(status, possible ? RG_OK : RG_ERROR_CYCLE);
        uint32_t position = 0;
        for (rg_node node = rg_graph_first(graph); possible && !rg_node_is_null(node);
             node = rg_graph_next(graph, node)) {
            assert_int_equal(node.id, expected[position++]);
        }
        if (possible) {
            assert_graph_holds(graph);
        } else {
            assert_same_text(graph, before);
            cycles++;
        }
        free(before);
        rg_graph_destroy(graph);
        rg_context_destroy(context);
    }
    assert_in_range(cycles, 20, 380);
}

/* A node parked once for each of its many inputs does not make the sort quadratic. */
static void test_sort_wide_node(void **state)
{
    rg_graph *graph = *state;
    enum { WIDTH = 20000 };
    rg_node *inputs = malloc(WIDTH * sizeof(*inputs));
    rg_value *values = malloc(WIDTH * sizeof(*values));
    rg_node hole = build_get_attr(graph, "hole");
    rg_node wide = build_call(graph, "f.f.f", "wide", VALUES(value_of(hole)));
    for (size_t i = 0; i < WIDTH; i++) {
        inputs[i] = build_call(graph, "f.f.f", NULL, NULL, 0);
        values[WIDTH - 1 - i] = value_of(inputs[i]); /* the first input is the last in the list */
    }
    rg_value list = build_items(graph, RG_VALUE_LIST, values, WIDTH);
    assert_int_equal(rg_graph_replace_uses(graph, hole, list, NULL, 0), RG_OK);
    assert_int_equal(rg_graph_sort(graph), RG_OK);
    assert_true(rg_node_same(rg_graph_last(graph), wide));
    free(inputs);
    free(values);
}

/* ---- dead code ---- */

static void test_eliminate_dead(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_op op;
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    static const struct {
        const char *schema;
        uint32_t traits;
    } ops[] = {
        {"my::pure(Tensor x) -> Tensor", 0},
        {"my::write(Tensor! x) -> ()", 0},
        {"my::noise(Tensor x) -> Tensor", RG_TRAIT_RANDOM},
        {"my::say(Tensor x) -> ()", RG_TRAIT_EFFECT},
        {"my::plain(Tensor x) -> Tensor", RG_TRAIT_ELEMENTWISE},
    };
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        declaration.schema = rg_string_from(ops[i].schema);
        declaration.traits = ops[i].traits;
        assert_int_equal(rg_context_declare_op(&op, context, &declaration), RG_OK);
    }
    rg_node x = build_placeholder(graph, "x");
    rg_value read_x[] = {value_of(x)};
    (void)build_placeholder(graph, "unused");
    (void)build_get_attr(graph, "attribute");
    rg_node a = build_call(graph, "my.pure.default", "a", read_x, 1);
    (void)build_call(graph, "my.pure.default", "chain", VALUES(value_of(a)));
    (void)build_call(graph, "my.plain.default", "plain", read_x, 1);
    (void)build_call(graph, "my.write.default", "write", read_x, 1);
    (void)build_call(graph, "my.noise.default", "noise", read_x, 1);
    (void)build_call(graph, "my.say.default", "say", read_x, 1);
    (void)build_call(graph, "my.opaque.default", "opaque", read_x, 1);
    (void)build_call(graph, "torch.something", "function", read_x, 1);
    (void)build_call(graph, ".detach_", "method", read_x, 1);
    (void)build_call(graph, "operator.getitem", "item", VALUES(value_of(x), build_int(context, 0)));
    (void)build_call(graph, "operator.matmul", "product", VALUES(value_of(x), value_of(x)));
    (void)build_call(graph, "operator.iadd", "in_place", VALUES(value_of(x), value_of(x)));
    rg_node kept = build_call(graph, "my.pure.default", "kept", read_x, 1);
    (void)build_output(graph, value_of(kept));
    size_t removed = 0;
    assert_int_equal(rg_graph_eliminate_dead(&removed, graph), RG_OK);
    assert_int_equal(removed, 6);
    assert_string_equal(node_names(graph), "x unused write noise say opaque function method in_place kept output");
    assert_int_equal(rg_graph_eliminate_dead(NULL, graph), RG_OK);
    assert_int_equal(rg_graph_node_count(graph), 11);
}

/* ---- compact and clone ---- */

static void fill_sample(rg_graph *graph)
{
    rg_context *context = rg_graph_context(graph);
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node w = build_get_attr(graph, "w.weight");
    rg_node previous = x;
    for (int i = 0; i < 60; i++) {
        rg_value inner = build_items(graph, RG_VALUE_TUPLE, VALUES(value_of(y), build_int(context, i)));
        rg_value list = build_items(graph, RG_VALUE_LIST, VALUES(value_of(previous), inner, value_of(w)));
        const char *names[] = {NULL, NULL, "alpha"};
        rg_value values[] = {list, value_of(x), build_int(context, i)};
        rg_node node = build_call_named(graph, "my.op.default", names, values, 3);
        rg_node extra = build_call(graph, "operator.neg", NULL, VALUES(value_of(node)));
        previous = node;
        if (i % 3 == 0) {
            assert_int_equal(rg_graph_erase(graph, extra), RG_OK);
        }
        if (i % 7 == 0) {
            (void)build_call_before(graph, node, "operator.neg", NULL, VALUES(value_of(x)));
        }
    }
    (void)build_output(graph, value_of(previous));
    rg_type type;
    assert_int_equal(rg_type_parse(&type, context, rg_string_from("bf16[2, s0]")), RG_OK);
    rg_graph_set_type(graph, previous, type);
}

static void test_compact(void **state)
{
    rg_graph *graph = *state;
    fill_sample(graph);
    char *before = text_of(graph);
    size_t bytes = rg_graph_get_memory(graph).structure_bytes;
    assert_true(graph->id_count > graph->node_count);
    assert_int_equal(rg_graph_compact(graph), RG_OK);
    assert_same_text(graph, before);
    assert_int_equal(graph->id_count, graph->node_count);
    assert_true(rg_graph_get_memory(graph).structure_bytes < bytes);
    uint32_t id = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        assert_int_equal(node.id, ++id);
        assert_true(rg_node_same(rg_graph_find(graph, rg_node_name(graph, node)), node));
    }
    assert_graph_holds(graph);
    /* It goes on working. */
    rg_node x = rg_graph_first(graph);
    rg_node node = build_call(graph, "operator.neg", NULL, VALUES(value_of(x), value_of(x)));
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(rg_graph_next(graph, x)), &node, 1), RG_OK);
    assert_graph_holds(graph);
    assert_int_equal(rg_graph_compact(graph), RG_OK);
    free(before);
}

static void test_clone(void **state)
{
    rg_graph *graph = *state;
    fill_sample(graph);
    rg_graph *child;
    rg_graph *grandchild;
    assert_int_equal(rg_graph_create(&child, rg_graph_context(graph), rg_string_from("body_0")), RG_OK);
    assert_int_equal(rg_graph_create(&grandchild, rg_graph_context(graph), rg_string_from("inner")), RG_OK);
    (void)build_placeholder(grandchild, "p");
    assert_int_equal(rg_graph_add_owned_child(child, grandchild), RG_OK);
    assert_int_equal(rg_graph_add_owned_child(graph, child), RG_OK);
    char *before = text_of(graph);
    rg_graph *copy;
    assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
    assert_same_text(copy, before);
    assert_graph_holds(copy);
    assert_ptr_not_equal(rg_graph_child(copy, 0), child);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        assert_true(rg_node_same(rg_graph_find(copy, rg_node_name(graph, node)), node));
    }
    /* Changing one leaves the other alone. */
    rg_node x = rg_graph_first(copy);
    assert_int_equal(rg_graph_replace_uses(copy, x, value_of(rg_graph_next(copy, x)), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_erase(copy, x), RG_OK);
    (void)build_call(copy, "operator.neg", NULL, VALUES(value_of(rg_graph_first(copy))));
    (void)build_placeholder(rg_graph_child(rg_graph_child(copy, 0), 0), "q");
    assert_graph_holds(copy);
    assert_same_text(graph, before);
    rg_graph_destroy(copy);
    free(before);
}

/* The budget: 110 bytes a node on the 3,857 nodes of Llama 8B, names and types not counted. */
static void test_memory_budget(void **state)
{
    rg_graph *sample = *state;
    rg_document *document;
    assert_int_equal(rg_document_read(&document, rg_graph_context(sample),
                                      REGRAFT_CORPUS_DIR "/models/llama8b-bf16-eager/joint.before.py"),
                     RG_OK);
    rg_graph *graph = rg_document_graph(document, 0);
    size_t nodes = rg_graph_node_count(graph);
    assert_int_equal(nodes, 3857);
    assert_graph_holds(graph);
    char *before = text_of(graph);
    assert_int_equal(rg_graph_compact(graph), RG_OK);
    assert_same_text(graph, before);
    assert_graph_holds(graph);
    rg_graph_memory memory = rg_graph_get_memory(graph);
    print_message("%zu nodes: %zu structure bytes, %.1f a node; %zu name and type bytes\n", nodes,
                  memory.structure_bytes, (double)memory.structure_bytes / (double)nodes, memory.name_bytes);
    assert_true(memory.structure_bytes <= nodes * 110);
    assert_true(memory.structure_bytes > nodes * 40);
    assert_true(memory.name_bytes > nodes * 8);
    free(before);
    rg_document_destroy(document);
}

static rg_status whole_job(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    failing_allocator *failing = allocator->user;
    size_t fail_at = failing->fail_at;
    options.allocator = allocator;
    rg_context *context;
    failing->fail_at = 0; /* building is tested elsewhere */
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_graph *graph = build_graph(context);
    fill_sample(graph);
    rg_graph *child;
    assert_int_equal(rg_graph_create(&child, context, rg_string_from("child")), RG_OK);
    (void)build_placeholder(child, "p");
    assert_int_equal(rg_graph_add_owned_child(graph, child), RG_OK);
    char *before = text_of(graph);
    failing->allocations = 0;
    failing->fail_at = fail_at;
    rg_graph *copy = NULL;
    rg_status status = rg_graph_clone(&copy, graph);
    assert_int_equal(copy == NULL, status != RG_OK);
    status = status == RG_OK ? rg_graph_verify(graph) : status;
    status = status == RG_OK ? rg_graph_sort(graph) : status;
    status = status == RG_OK ? rg_graph_compact(graph) : status;
    assert_same_text(graph, before);
    size_t requests = failing->allocations;
    failing->fail_at = 0;
    assert_graph_holds(graph);
    failing->allocations = requests;
    rg_graph_destroy(copy);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    free(before);
    return status;
}

static void test_memory_runs_out(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(whole_job, NULL) > 15);
}

#define GRAPH_TEST(test) cmocka_unit_test_setup_teardown(test, make_graph, drop_graph)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GRAPH_TEST(test_sort_keeps_what_it_can),
        GRAPH_TEST(test_sort_empty_graph),
        GRAPH_TEST(test_cycles),
        cmocka_unit_test(test_sort_against_the_rule),
        GRAPH_TEST(test_sort_wide_node),
        GRAPH_TEST(test_eliminate_dead),
        GRAPH_TEST(test_compact),
        GRAPH_TEST(test_clone),
        GRAPH_TEST(test_memory_budget),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
