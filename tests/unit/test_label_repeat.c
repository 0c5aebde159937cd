/*
 * Tests of labels that are taken from an earlier node: they are those that the tables give, and what tells two nodes
 * apart is seen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match/label_repeat.h"
#include "match/match_impl.h"
#include "support/random_program.h"

enum { SETS = 300, GRAPHS_PER_SET = 4, RULES = 10, MAX_IDS = 1000 };

/* ---- labels are those of the tables ---- */

/* Let a statement be what an earlier one is, so that the blocks are no longer all alike. */
static void disturb(test_program *program, test_random *random)
{
    uint32_t at = 1 + random_below(random, program->count - 1);
    program->statements[at] = program->statements[random_below(random, at)];
}

/* Labels of a whole graph are what each node's own call, asked of the tables, gives. */
static void compare_labels(rg_matcher *matcher, rg_graph *graph)
{
    uint16_t labels[MAX_IDS];
    rg_node nodes[MAX_IDS];
    size_t count = 0;
    assert_int_equal(rg__matcher_begin(matcher, graph), RG_OK);
    assert_true(graph->id_count < MAX_IDS && matcher->labelled == graph);
    memcpy(labels, graph->label, (graph->id_count + 1) * sizeof(*labels));
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        assert_true(matcher->present[graph->op[node.id]]);
        nodes[count++] = node;
    }
    assert_int_equal(rg__matcher_relabel(matcher, graph, nodes, count), RG_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(graph->label[nodes[i].id], labels[nodes[i].id]);
    }
}

static void labels_are_those_of_the_tables(void **state)
{
    (void)state;
    static test_program programs[GRAPHS_PER_SET];
    static test_text parameters;
    static test_text statements;
    for (uint64_t seed = 1; seed <= SETS; seed++) {
        test_random random = {seed * 15485863};
        test_freedom freedom = {seed % 2 != 0, seed % 4 < 2};
        rg_context *context = NULL;
        rg_matcher *matcher = NULL;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_rule_set *set = graph_rules_create(context);
        random_program(&programs[0], &random);
        for (uint32_t i = 1; i < GRAPHS_PER_SET; i++) {
            programs[i] = programs[i - 1];
            disturb(&programs[i], &random);
        }
        for (uint32_t i = 0; i < RULES; i++) {
            add_random_rule(set, &random, &programs[i % GRAPHS_PER_SET], i, freedom);
        }
        assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
        for (uint32_t i = 0; i < GRAPHS_PER_SET; i++) {
            put_program_parameters(&parameters, &programs[i]);
            put_program_statements(&statements, &programs[i]);
            rg_graph *graph = graph_of(context, parameters.data, statements.data);
            compare_labels(matcher, graph); /* filling the tables */
            compare_labels(matcher, graph);
            rg_graph_destroy(graph);
        }
        rg_matcher_destroy(matcher);
        graph_rules_destroy(set);
        rg_context_destroy(context);
    }
}

/* ---- what is alike ---- */

/* In `after`, nodes read p and r where nodes in `before` read p and q; r has the label of q, s has not. */
typedef struct twin_case {
    const char *before;
    const char *after;
    bool repeats;
} twin_case;

static const twin_case twins[] = {
    {"@aten.neg.default(p)", "@aten.neg.default(p)", true},
    {"@aten.neg.default(q)", "@aten.neg.default(r)", true},
    {"@aten.neg.default(q)", "@aten.neg.default(s)", false},
    {"@aten.neg.default(q)", "@aten.exp.default(q)", false},
    {"@aten.add.Tensor(p, q)", "@aten.add.Tensor(p, r)", true},
    {"@aten.add.Tensor(p, q)", "@aten.add.Tensor(p, s)", false},
    {"@aten.add.Tensor(p, 2)", "@aten.add.Tensor(p, 2)", true},
    {"@aten.add.Tensor(p, 2)", "@aten.add.Tensor(p, 3)", false},
    {"@aten.add.Tensor(p, 2)", "@aten.add.Tensor(p, q)", false},
    {"@aten.add.Tensor(p, q)", "@aten.add.Tensor(p, q, alpha = 1)", false},
    {"@aten.add.Tensor(p, q, alpha = 1)", "@aten.add.Tensor(p, r, alpha = 1)", true},
    {"@aten.add.Tensor(p, q, alpha = 1)", "@aten.add.Tensor(p, r, alpha = 2)", false},
    {"@aten.clamp.default(q, min = 2)", "@aten.clamp.default(r, min = 2)", true},
    {"@aten.clamp.default(q, min = 2)", "@aten.clamp.default(r, max = 2)", false},
    {"@aten.permute.default(q, [1, 0])", "@aten.permute.default(r, [1, 0])", true},
    {"@aten.permute.default(q, [1, 0])", "@aten.permute.default(r, [0, 1])", false},
    {"@aten.cat.default([p, q], 1)", "@aten.cat.default([p, r], 1)", true},
    {"@aten.cat.default([p, q], 1)", "@aten.cat.default([p, s], 1)", false},
    {"@aten.cat.default([p, q], 1)", "@aten.cat.default([p, r, p], 1)", false},
    {"@aten.cat.default([p, q], 1)", "@aten.cat.default((p, r), 1)", false},
    {"@aten.cat.default([p, q], 1)", "@aten.cat.default(p, 1)", false},
};

static void what_differs_is_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
        rg_context *context = NULL;
        test_text text = {.size = 0};
        uint8_t notes[4] = {0, 0, 0, 1};
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        put_text(&text, "a = %s\nb = %s\nreturn (a, b)", twins[i].before, twins[i].after);
        rg_graph *graph = graph_of(context, "p, q, r, s", text.data);
        uint32_t before = rg_graph_find(graph, rg_string_from("a")).id;
        uint32_t after = rg_graph_find(graph, rg_string_from("b")).id;
        graph->label[rg_graph_find(graph, rg_string_from("q")).id] = 1;
        graph->label[rg_graph_find(graph, rg_string_from("r")).id] = 1;
        graph->label[before] = 2;
        assert_int_equal(rg__node_repeats(graph, after, before), twins[i].repeats);
        graph->label[before] = 3;
        rg_repeat_walk walk = {.id = after, .twin = before};
        assert_false(rg__repeats_label(&walk, graph, notes));
        bool is_labelled = walk.id != after; /* lists are left to rg__node_repeats */
        assert_true(!is_labelled || (twins[i].repeats && graph->label[after] == 3));
        assert_int_equal(walk.noted_count, is_labelled ? 1 : 0);
        assert_true(!is_labelled || walk.noted[0] == after);
        rg_graph_destroy(graph);
        rg_context_destroy(context);
    }
}

/* Layers are labelled like the one before them, without the tables, up to what differs. */
static void layers_are_labelled_by_the_one_before(void **state)
{
    (void)state;
    enum { LAYERS = 6, LAYER = 10 };
    uint8_t notes[LAYER + 1] = {0};
    test_text text = {.size = 0};
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    put_text(&text, "v0 = @aten.neg.default(p)\n");
    for (int i = 1; i <= LAYERS * LAYER; i++) {
        const char *const ops[] = {"add", "mul", "sub"};
        put_text(&text, "v%d = @aten.%s.Tensor(v%d, %s)\n", i, ops[i % LAYER % 3], i - 1, i == 47 ? "0.5" : "p");
    }
    put_text(&text, "return v%d", LAYERS * LAYER);
    rg_graph *graph = graph_of(context, "p", text.data);
    uint32_t first = rg_graph_find(graph, rg_string_from("v1")).id;
    for (uint32_t i = 0; i < LAYER; i++) { /* the last of a layer is read as what came before the first */
        graph->label[first + i] = (uint16_t)(i + 1 == LAYER ? 0 : 1 + i);
    }
    rg_repeat_walk walk = {.id = first + LAYER, .twin = first};
    assert_false(rg__repeats_label(&walk, graph, notes));
    uint32_t id = walk.id;
    assert_int_equal(id, rg_graph_find(graph, rg_string_from("v47")).id);
    assert_int_equal(walk.twin, id - LAYER);
    assert_int_equal(walk.noted_count, 0);
    for (uint32_t at = first + LAYER; at < id; at++) {
        assert_int_equal(graph->label[at], graph->label[at - LAYER]);
    }
    memset(notes, 1, sizeof(notes)); /* all are noted, as many as there is room for */
    walk = (rg_repeat_walk){.id = first + LAYER, .twin = first};
    assert_true(rg__repeats_label(&walk, graph, notes));
    assert_int_equal(walk.noted_count, RG_REPEAT_NOTES);
    assert_int_equal(walk.id, first + LAYER + RG_REPEAT_NOTES);
    for (uint32_t i = 0; i < RG_REPEAT_NOTES; i++) {
        assert_int_equal(walk.noted[i], first + LAYER + i);
    }
    rg_repeats repeats = {0};
    rg_repeats again = {0};
    for (uint32_t at = first; at < id; at++) {
        (void)rg__repeats_enter(&again, at, graph->op[at]);
    }
    rg__repeats_skip(&repeats, graph, id - 1);
    assert_int_equal(repeats.hash, again.hash);
    assert_int_equal(rg__repeats_enter(&again, id, graph->op[id]), id - LAYER);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_those_of_the_tables),
        cmocka_unit_test(what_differs_is_seen),
        cmocka_unit_test(layers_are_labelled_by_the_one_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
