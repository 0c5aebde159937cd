/* Edits: ir/graph_edit.c, graph_rewire.c, graph_use.c. Every test ends with rg_graph_verify. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

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

static void test_set_argument(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node a = build_call(graph, "f.f.f", "a", VALUES(value_of(x), value_of(x), rg_value_none()));
    rg_node b = build_call(graph, "f.f.f", "b", VALUES(value_of(a)));
    assert_int_equal(rg_graph_set_argument(graph, a, 1, value_of(y)), RG_OK);
    assert_string_equal(use_names(graph, x), "a.0");
    assert_string_equal(use_names(graph, y), "a.1");
    assert_graph_holds(graph);
    rg_value list = build_items(graph, RG_VALUE_LIST, VALUES(value_of(y), value_of(x), value_of(y)));
    assert_int_equal(rg_graph_set_argument(graph, a, 2, list), RG_OK);
    assert_string_equal(use_names(graph, x), "a.0 a.2");
    assert_string_equal(use_names(graph, y), "a.1 a.2 a.2");
    assert_int_equal(rg_node_user_count(graph, y), 1);
    assert_graph_holds(graph);
    /* An argument may be set to what it is. */
    assert_int_equal(rg_graph_set_argument(graph, a, 2, rg_node_argument(graph, a, 2)), RG_OK);
    assert_string_equal(use_names(graph, y), "a.1 a.2 a.2");
    assert_int_equal(rg_graph_set_argument(graph, a, 2, build_int(context, 5)), RG_OK);
    assert_string_equal(use_names(graph, x), "a.0");

    assert_int_equal(rg_graph_set_argument(graph, a, 3, value_of(x)), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_set_argument(graph, a, 0, value_of(b)), RG_ERROR_GRAPH);
    assert_int_equal(rg_graph_set_argument(graph, a, 0, value_of(a)), RG_ERROR_GRAPH);
    assert_int_equal(rg_graph_set_argument(graph, a, 0, rg_value_missing()), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_set_argument(graph, (rg_node){50}, 0, value_of(x)), RG_ERROR_ARGUMENT);
    rg_value with_later = build_items(graph, RG_VALUE_LIST, VALUES(value_of(x), value_of(b)));
    assert_int_equal(rg_graph_set_argument(graph, a, 0, with_later), RG_ERROR_GRAPH);
    assert_string_equal(use_names(graph, x), "a.0");
}

static void test_replace_by_node(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_value list = build_items(graph, RG_VALUE_LIST, VALUES(value_of(x), rg_value_none(), value_of(x)));
    rg_value dict =
        build_items(graph, RG_VALUE_DICT,
                    VALUES(build_string(rg_graph_context(graph), "k"), build_items(graph, RG_VALUE_TUPLE, &list, 1)));
    (void)build_call(graph, "f.f.f", "a", VALUES(value_of(y), dict, value_of(x)));
    rg_node b = build_call(graph, "f.f.f", "b", VALUES(value_of(x)));
    (void)build_call(graph, "f.f.f", "c", VALUES(value_of(x)));
    (void)build_output(graph, value_of(x));
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), &b, 1), RG_OK);
    assert_string_equal(use_names(graph, x), "b.0");
    assert_int_equal(rg_node_user_count(graph, x), 1);
    /* Uses of one user stand together; new users come behind. */
    assert_string_equal(use_names(graph, y), "a.0 a.1 a.1 a.2 c.0 output.0");
    assert_int_equal(rg_node_user_count(graph, y), 3);
    assert_graph_holds(graph);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(x), NULL, 0), RG_OK);
    assert_string_equal(use_names(graph, x), "b.0");
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), NULL, 0), RG_OK);
    assert_int_equal(rg_node_use_count(graph, x), 0);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), NULL, 0), RG_OK);
    assert_string_equal(use_names(graph, y), "a.0 a.1 a.1 a.2 c.0 output.0 b.0");
}

/* A node that nothing reads takes the list of uses as it is, lists and repeated arguments included, and no memory. */
static void test_replace_by_unread_node(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_value list = build_items(graph, RG_VALUE_LIST, VALUES(value_of(x), rg_value_none(), value_of(x)));
    (void)build_call(graph, "f.f.f", "a", VALUES(value_of(x), list, value_of(x)));
    rg_node b = build_call(graph, "f.f.f", "b", VALUES(value_of(x)));
    (void)build_output(graph, value_of(x));
    uint32_t held = graph->uses.count;
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), NULL, 0), RG_OK);
    assert_int_equal(graph->uses.count, held);
    assert_int_equal(rg_node_use_count(graph, x), 0);
    assert_int_equal(rg_node_user_count(graph, x), 0);
    assert_string_equal(use_names(graph, y), "a.0 a.1 a.1 a.2 b.0 output.0");
    assert_int_equal(rg_node_user_count(graph, y), 3);
    assert_graph_holds(graph);
    /* Both go on as before. */
    assert_int_equal(rg_graph_set_argument(graph, b, 0, value_of(x)), RG_OK);
    assert_string_equal(use_names(graph, x), "b.0");
    assert_string_equal(use_names(graph, y), "a.0 a.1 a.1 a.2 output.0");
    assert_graph_holds(graph);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_replace_uses(graph, y, value_of(x), NULL, 0), RG_OK);
    assert_string_equal(use_names(graph, x), "a.0 a.1 a.1 a.2 output.0 b.0");
}

/* A list whose last node goes becomes the interned constant that equal lists are. */
static void test_replace_by_constant(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_node s = build_placeholder(graph, "s");
    rg_node t = build_placeholder(graph, "t");
    rg_value four = build_int(context, 4);
    rg_value eight = build_int(context, 8);
    rg_value inner = build_items(graph, RG_VALUE_LIST, VALUES(value_of(s), four));
    rg_node a = build_call(
        graph, "f.f.f", "a",
        VALUES(value_of(s), inner, build_items(graph, RG_VALUE_TUPLE, VALUES(inner, value_of(t))), value_of(t)));
    assert_string_equal(use_names(graph, s), "a.0 a.1 a.2");
    assert_int_equal(rg_graph_replace_uses(graph, s, eight, NULL, 0), RG_OK);
    assert_int_equal(rg_node_use_count(graph, s), 0);
    assert_string_equal(use_names(graph, t), "a.3 a.2"); /* argument 2 was made anew */
    assert_true(rg_node_argument(graph, a, 0).bits == eight.bits);
    rg_value constant = build_items(graph, RG_VALUE_LIST, VALUES(eight, four));
    assert_true(rg_node_argument(graph, a, 1).bits == constant.bits);
    assert_true(rg_value_item(context, graph, rg_node_argument(graph, a, 2), 0).bits == constant.bits);
    assert_graph_holds(graph);
}

static void test_replace_by_items(void **state)
{
    rg_graph *graph = *state;
    rg_context *context = rg_graph_context(graph);
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node pair = build_call(graph, "f.f.f", "pair", VALUES(value_of(x)));
    rg_node a = build_call(graph, "f.f.f", "a", VALUES(value_of(pair), value_of(x)));
    rg_node b =
        build_call(graph, "f.f.f", "b",
                   VALUES(build_items(graph, RG_VALUE_LIST, VALUES(value_of(pair), value_of(pair), value_of(y)))));
    rg_value tuple = build_items(graph, RG_VALUE_TUPLE, VALUES(value_of(x), value_of(y)));
    assert_int_equal(rg_graph_replace_uses(graph, pair, tuple, NULL, 0), RG_OK);
    assert_int_equal(rg_node_use_count(graph, pair), 0);
    assert_string_equal(use_names(graph, x), "pair.0 a.1 a.0 b.0 b.0");
    assert_string_equal(use_names(graph, y), "b.0 b.0 b.0 a.0");
    assert_true(rg_value_equal(context, graph, rg_node_argument(graph, a, 0),
                               rg_value_item(context, graph, rg_node_argument(graph, b, 0), 1)));
    assert_graph_holds(graph);
    /* A value that holds the replaced node itself. */
    rg_value wrapped = build_items(graph, RG_VALUE_LIST, VALUES(value_of(x)));
    assert_int_equal(rg_graph_replace_uses(graph, x, wrapped, &b, 1), RG_OK);
    assert_string_equal(use_names(graph, x), "pair.0 a.1 a.0 b.0 b.0");
    assert_int_equal(rg_value_get_kind(rg_node_argument(graph, a, 1)), RG_VALUE_LIST);
}

static void test_refused_replacements(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node gone = build_call(graph, "f.f.f", "gone", VALUES(value_of(x)));
    rg_node a = build_call(graph, "f.f.f", "a", VALUES(value_of(x)));
    rg_node output = build_output(graph, value_of(a));
    assert_int_equal(rg_graph_erase(graph, gone), RG_OK);
    assert_int_equal(rg_graph_replace_uses(graph, gone, value_of(x), NULL, 0), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(gone), NULL, 0), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(output), NULL, 0), RG_ERROR_GRAPH);
    assert_int_equal(rg_graph_replace_uses(graph, x, rg_value_missing(), NULL, 0), RG_ERROR_ARGUMENT);
    assert_string_equal(use_names(graph, x), "a.0");
}

static void test_erase(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node a = build_call(graph, "f.f.f", "a", VALUES(value_of(x), value_of(x)));
    rg_node b =
        build_call(graph, "f.f.f", "b", VALUES(build_items(graph, RG_VALUE_LIST, VALUES(value_of(a), value_of(x)))));
    rg_node output = build_output(graph, value_of(b));
    assert_int_equal(rg_graph_erase(graph, b), RG_ERROR_GRAPH);
    assert_int_equal(rg_graph_erase(graph, output), RG_OK);
    assert_true(rg_node_is_null(rg_graph_output(graph)));
    assert_int_equal(rg_graph_erase(graph, b), RG_OK);
    assert_string_equal(use_names(graph, x), "a.0 a.1");
    assert_int_equal(rg_graph_erase(graph, a), RG_OK);
    assert_int_equal(rg_node_use_count(graph, x), 0);
    assert_int_equal(rg_graph_erase(graph, a), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_erase(graph, (rg_node){0}), RG_ERROR_ARGUMENT);
    /* What is asked about an erased node is nothing. */
    assert_true(rg_op_is_null(rg_node_op(graph, a)));
    assert_int_equal(rg_node_name(graph, a).size, 0);
    assert_int_equal(rg_node_argument_count(graph, a), 0);
    assert_int_equal(rg_node_positional_count(graph, a), 0);
    assert_true(rg_node_is_null(rg_graph_next(graph, a)));
    assert_true(rg_type_is_null(rg_node_type(graph, a)));
    assert_string_equal(node_names(graph), "x");
    /* Ids are not used again. */
    rg_node c = build_call(graph, "f.f.f", "a", VALUES(value_of(x)));
    assert_true(c.id > output.id);
}

static void test_move(void **state)
{
    rg_graph *graph = *state;
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node a = build_call(graph, "f.f.f", "a", VALUES(value_of(x)));
    rg_node b = build_call(graph, "f.f.f", "b", VALUES(value_of(y)));
    rg_node c = build_call(graph, "f.f.f", "c", VALUES(value_of(a)));
    rg_node d = build_call(graph, "f.f.f", "d", VALUES(value_of(b)));
    rg_node none = {0};
    assert_int_equal(rg_graph_move_before(graph, d, c), RG_OK);
    assert_string_equal(node_names(graph), "x y a b d c");
    assert_int_equal(rg_graph_move_before(graph, d, b), RG_ERROR_GRAPH);    /* before its input */
    assert_int_equal(rg_graph_move_before(graph, a, none), RG_ERROR_GRAPH); /* behind its user */
    assert_int_equal(rg_graph_move_before(graph, a, c), RG_OK);
    assert_string_equal(node_names(graph), "x y b d a c");
    assert_int_equal(rg_graph_move_before(graph, d, none), RG_OK);
    assert_string_equal(node_names(graph), "x y b a c d");
    assert_int_equal(rg_graph_move_before(graph, d, d), RG_OK);
    assert_int_equal(rg_graph_move_before(graph, c, d), RG_OK);
    assert_string_equal(node_names(graph), "x y b a c d");
    assert_int_equal(rg_graph_move_before(graph, y, x), RG_OK);
    assert_string_equal(node_names(graph), "y x b a c d");
    assert_int_equal(rg_graph_move_before(graph, y, a), RG_ERROR_GRAPH); /* a placeholder among the others */
    assert_int_equal(rg_graph_move_before(graph, a, x), RG_ERROR_GRAPH);
    rg_node output = build_output(graph, value_of(d));
    assert_int_equal(rg_graph_move_before(graph, output, a), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_move_before(graph, c, none), RG_OK);
    assert_string_equal(node_names(graph), "y x b a d c output");
    assert_int_equal(rg_graph_move_before(graph, (rg_node){90}, a), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_graph_move_before(graph, a, (rg_node){90}), RG_ERROR_ARGUMENT);
}

/* A node with very many users, which come and go. */
static void test_hub(void **state)
{
    rg_graph *graph = *state;
    enum { USERS = 3000 };
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    rg_node users[USERS];
    for (int i = 0; i < USERS; i++) {
        users[i] = build_call(graph, "f.f.f", NULL, VALUES(value_of(x), value_of(x), value_of(i % 2 == 0 ? x : y)));
    }
    assert_int_equal(rg_node_user_count(graph, x), USERS);
    assert_int_equal(rg_node_use_count(graph, x), USERS * 5 / 2);
    assert_graph_holds(graph);
    for (int i = 0; i < USERS; i += 3) {
        assert_int_equal(rg_graph_erase(graph, users[i]), RG_OK);
    }
    assert_int_equal(rg_node_user_count(graph, x), USERS * 2 / 3);
    assert_int_equal(rg_graph_replace_uses(graph, x, value_of(y), NULL, 0), RG_OK);
    assert_int_equal(rg_node_user_count(graph, y), USERS * 2 / 3);
    assert_graph_holds(graph);
}

/* ---- random edits ---- */

static rg_node random_node(const rg_graph *graph, test_random *random)
{
    size_t count = rg_graph_node_count(graph);
    rg_node node = rg_graph_first(graph);
    for (uint32_t steps = count == 0 ? 0 : random_below(random, (uint32_t)count); steps > 0; steps--) {
        node = rg_graph_next(graph, node);
    }
    return node;
}

/* A value over nodes that need not be allowed where it is used: refusals are part of the test. */
static rg_status random_value(rg_value *out, rg_graph *graph, test_random *random, int depth)
{
    rg_context *context = rg_graph_context(graph);
    uint32_t choice = random_below(random, depth > 0 ? 10 : 7);
    if (choice < 5) {
        *out = rg_value_node(random_node(graph, random));
        return RG_OK;
    }
    if (choice < 7) {
        return rg_value_int(out, context, random_below(random, 3));
    }
    rg_value items[4];
    uint32_t count = random_below(random, 5);
    for (uint32_t i = 0; i < count; i++) {
        rg_status status = random_value(&items[i], graph, random, depth - 1);
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_value_items(out, context, graph, choice == 7 ? RG_VALUE_TUPLE : RG_VALUE_LIST, items, count);
}

static rg_status random_insert(rg_graph *graph, test_random *random)
{
    static const char *const keywords[] = {"alpha", "beta", "gamma"};
    static const char *const ops[] = {"aten.add.Tensor", "aten.neg.default", "my.op.default", "my.op.out"};
    rg_context *context = rg_graph_context(graph);
    rg_argument arguments[5];
    uint32_t positional = random_below(random, 4);
    uint32_t count = positional + random_below(random, 3);
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        arguments[i].name = rg_string_from(i < positional ? NULL : keywords[i - positional]);
        status = random_value(&arguments[i].value, graph, random, 2);
    }
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    if (status == RG_OK) {
        status = rg_context_intern_op(&description.op, context, RG_OP_OVERLOAD,
                                      rg_string_from(ops[random_below(random, 4)]));
    }
    description.arguments = arguments;
    description.argument_count = count;
    rg_node before = random_below(random, 3) == 0 ? random_node(graph, random) : (rg_node){0};
    rg_node node;
    return status != RG_OK ? status : rg_graph_insert(&node, graph, before, &description);
}

static rg_status random_replace(rg_graph *graph, test_random *random)
{
    rg_value to;
    rg_node from = random_node(graph, random);
    rg_node except[2] = {random_node(graph, random), random_node(graph, random)};
    rg_status status = random_value(&to, graph, random, 1);
    if (status == RG_OK) {
        status = rg_graph_replace_uses(graph, from, to, except, random_below(random, 3));
    }
    return status;
}

static rg_status random_edit(rg_graph *graph, test_random *random)
{
    rg_value value;
    rg_node node = random_node(graph, random);
    switch (random_below(random, 10)) {
    case 0:
    case 1:
    case 2:
    case 3:
        return random_insert(graph, random);
    case 4:
        return rg_graph_erase(graph, node);
    case 5:
        return rg_graph_move_before(graph, node, random_node(graph, random));
    case 6: {
        rg_status status = random_value(&value, graph, random, 2);
        return status != RG_OK ? status : rg_graph_set_argument(graph, node, random_below(random, 4), value);
    }
    case 7:
        return random_replace(graph, random);
    case 8: {
        char name[16];
        (void)snprintf(name, sizeof(name), "n_%u", random_below(random, 50));
        return rg_graph_set_name(graph, node, rg_string_from(name));
    }
    default:
        return random_below(random, 8) == 0 ? rg_graph_compact(graph) : RG_OK;
    }
}

/* Redirecting to a later node leaves the order untrue; sort it, or go back if there is none. One allocation fails, so a
 * sort that lacked memory must work when tried again: it has changed nothing. */
static rg_status settle(rg_graph **graph, rg_graph **spare)
{
    rg_status first = rg_graph_sort(*graph);
    rg_status status = first == RG_ERROR_MEMORY ? rg_graph_sort(*graph) : first;
    if (status == RG_ERROR_CYCLE) {
        rg_graph_destroy(*graph);
        *graph = *spare;
    } else {
        assert_int_equal(status, RG_OK);
        rg_graph_destroy(*spare);
    }
    *spare = NULL;
    return first == RG_ERROR_MEMORY ? first : RG_OK;
}

/* A refused edit has changed nothing: the graph says what the copy made before it says. */
static void check_unchanged(const rg_graph *graph, const rg_graph *copy)
{
    rg_buffer texts[2];
    const rg_graph *graphs[2] = {graph, copy};
    for (int i = 0; i < 2; i++) {
        rg__buffer_init(&texts[i], rg__default_allocator());
        append_graph(&texts[i], graphs[i]);
    }
    assert_string_equal(texts[0].data, texts[1].data);
    rg__buffer_free(&texts[0]);
    rg__buffer_free(&texts[1]);
}

/* One run of edits; the graph is verified after each. Returns the first RG_ERROR_MEMORY, if there is one. */
static rg_status run_edits(rg_context *context, uint64_t seed, int steps, size_t *refused)
{
    test_random random = {seed};
    rg_graph *graph;
    rg_graph *spare = NULL;
    rg_status status = rg_graph_create(&graph, context, rg_string_from("G"));
    for (uint32_t i = 0; i < 3 && status == RG_OK; i++) {
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        description.op = rg_context_find_op(context, rg_string_from("placeholder"));
        rg_node node;
        status = rg_graph_insert(&node, graph, (rg_node){0}, &description);
    }
    for (int step = 0; step < steps && status == RG_OK; step++) {
        status = rg_graph_clone(&spare, graph);
        if (status == RG_OK) {
            rg_status edit = random_edit(graph, &random);
            *refused += edit != RG_OK;
            if (edit != RG_OK) {
                check_unchanged(graph, spare);
            }
            rg_status settled = settle(&graph, &spare);
            status = edit == RG_ERROR_MEMORY ? edit : settled;
        }
        rg_status verified = rg_graph_verify(graph);
        if (verified == RG_ERROR_GRAPH) {
            size_t count = rg_context_diagnostic_count(context);
            fail_msg("seed %llu, step %d: %s", (unsigned long long)seed, step,
                     rg_context_diagnostic(context, count - 1)->message.data);
        }
        status = status == RG_OK ? verified : status;
        rg_context_clear_diagnostics(context);
    }
    rg_graph_destroy(spare);
    rg_graph_destroy(graph);
    return status;
}

static void test_random_edits(void **state)
{
    (void)state;
    const char *given = getenv("REGRAFT_SEED");
    uint64_t first = given == NULL ? 1 : strtoull(given, NULL, 10);
    size_t refused = 0;
    for (uint64_t seed = first; seed < first + 20; seed++) {
        rg_context *context;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        assert_int_equal(run_edits(context, seed, 300, &refused), RG_OK);
        rg_context_destroy(context);
    }
    /* Most edits must have been done, or this tests nothing. */
    print_message("seeds %llu to %llu: %zu of 6000 edits refused\n", (unsigned long long)first,
                  (unsigned long long)first + 19, refused);
    assert_true(refused < 3000);
}

static rg_status edit_job(const rg_allocator *allocator, void *user)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_context *context;
    rg_status status = rg_context_create(&context, &options);
    size_t refused = 0;
    if (status == RG_OK) {
        status = run_edits(context, *(const uint64_t *)user, 40, &refused);
    }
    rg_context_destroy(context);
    return status;
}

static void test_memory_runs_out(void **state)
{
    (void)state;
    for (uint64_t seed = 100; seed < 103; seed++) {
        assert_true(failing_allocator_exhaust(edit_job, &seed) > 100);
    }
}

#define GRAPH_TEST(test) cmocka_unit_test_setup_teardown(test, make_graph, drop_graph)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GRAPH_TEST(test_set_argument),
        GRAPH_TEST(test_replace_by_node),
        GRAPH_TEST(test_replace_by_unread_node),
        GRAPH_TEST(test_replace_by_constant),
        GRAPH_TEST(test_replace_by_items),
        GRAPH_TEST(test_refused_replacements),
        GRAPH_TEST(test_erase),
        GRAPH_TEST(test_move),
        GRAPH_TEST(test_hub),
        cmocka_unit_test(test_random_edits),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
