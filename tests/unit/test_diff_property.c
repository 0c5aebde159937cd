/*
 * Comparing real graphs with copies of themselves: renamed and reordered copies are equal, copies with one argument
 * changed are not, and the difference is told at the node that was changed.
 *
 * The seed is printed; RG_TEST_SEED=n in the environment repeats a run.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <ftw.h>

#include <regraft/diff.h>
#include <regraft/document.h>

enum { MOVES = 200, CHANGES = 5, LARGEST_FILE = 100000 };

static uint64_t random_state;

static uint64_t random_below(uint64_t limit)
{
    uint64_t x = (random_state += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (x ^ (x >> 31)) % limit;
}

static struct {
    rg_context *context;
    size_t graphs;
    size_t moves;
    size_t changes;
    size_t told; /* changes that an entry puts at the changed node */
} run;

static bool compare(rg_graph *a, rg_graph *b, rg_node changed)
{
    rg_diff *diff = NULL;
    assert_int_equal(rg_graph_diff(&diff, a, b, NULL), RG_OK);
    bool equal = rg_diff_is_equal(diff);
    for (size_t i = 0; i < rg_diff_count(diff); i++) {
        const rg_diff_entry *entry = rg_diff_get(diff, i);
        assert_true(entry->message.size > 0);
        if (rg_node_is_null(changed)) {
            print_error("%s\n", entry->message.data);
        } else if (rg_node_same(entry->b, changed)) {
            run.told++;
            break;
        }
    }
    rg_diff_destroy(diff);
    return equal;
}

static rg_node random_node(const rg_graph *graph)
{
    rg_node node = rg_graph_first(graph);
    for (uint64_t i = random_below(rg_graph_node_count(graph)); i > 0; i--) {
        node = rg_graph_next(graph, node);
    }
    return node;
}

/* Nodes whose order matters without an argument saying so. */
static bool has_effects(const rg_graph *graph)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        uint32_t traits = rg_op_traits(run.context, rg_node_op(graph, node));
        rg_op_kind kind = rg_node_kind(graph, node);
        if ((traits & (RG_TRAIT_EFFECT | RG_TRAIT_MUTATES)) != 0 ||
            (kind == RG_OP_OPERATOR && (traits & RG_TRAIT_PURE) == 0)) {
            return true;
        }
    }
    return false;
}

static void shuffle(rg_graph *graph)
{
    bool effects = has_effects(graph);
    for (int i = 0; i < MOVES; i++) {
        rg_node node = random_node(graph);
        rg_node before = random_node(graph);
        char name[32];
        bool may_move = !effects && rg_node_kind(graph, node) != RG_OP_PLACEHOLDER; /* inputs are told by position */
        if (may_move && rg_graph_move_before(graph, node, before) == RG_OK) {
            run.moves++;
        }
        (void)snprintf(name, sizeof name, "renamed_%d", i);
        if (rg_graph_set_name(graph, node, rg_string_from(name)) != RG_OK) {
            continue;
        }
    }
    rg_context_clear_diagnostics(run.context);
    assert_int_equal(rg_graph_verify(graph), RG_OK);
}

static bool is_tensor_input(const rg_graph *graph, rg_node node)
{
    return rg_node_kind(graph, node) == RG_OP_PLACEHOLDER &&
           rg_type_get_kind(run.context, rg_node_type(graph, node)) == RG_TYPE_TENSOR;
}

/* Make one argument read an input that it did not read; false when no such change was found. An input has no
 * counterpart but itself, so the graphs differ for certain. */
static bool change(rg_graph *graph, rg_node *changed)
{
    for (int i = 0; i < 100; i++) {
        rg_node node = random_node(graph);
        rg_node input = random_node(graph);
        size_t count = rg_node_argument_count(graph, node);
        if (count == 0 || !is_tensor_input(graph, input) || rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
            continue;
        }
        size_t index = (size_t)random_below(count);
        rg_node old = rg_value_as_node(rg_node_argument(graph, node, index));
        if (rg_node_is_null(old) || rg_node_same(old, input) ||
            rg_type_get_kind(run.context, rg_node_type(graph, node)) == RG_TYPE_SIZE ||
            rg_type_get_kind(run.context, rg_node_type(graph, old)) == RG_TYPE_SIZE) {
            continue;
        }
        assert_int_equal(rg_graph_set_argument(graph, node, index, rg_value_node(input)), RG_OK);
        *changed = node;
        return true;
    }
    return false;
}

static void check_graph(rg_graph *graph, const char *path)
{
    rg_node none = {0};
    rg_graph *copy = NULL;

    run.graphs++;
    assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
    shuffle(copy);
    if (!compare(graph, copy, none) || !compare(copy, graph, none)) {
        fail_msg("%s differs from its shuffled copy", path);
    }
    rg_graph_destroy(copy);
    for (int i = 0; i < CHANGES; i++) {
        rg_node changed = {0};
        assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
        if (change(copy, &changed)) {
            run.changes++;
            if (compare(graph, copy, changed)) {
                fail_msg("%s: a change of '%s' is not seen", path, rg_node_name(graph, changed).data);
            }
        }
        rg_graph_destroy(copy);
    }
}

static int check_file(const char *path, const struct stat *information, int kind, struct FTW *position)
{
    size_t size = strlen(path);
    rg_document *document = NULL;
    (void)position;
    if (kind != FTW_F || size < 3 || strcmp(path + size - 3, ".py") != 0 || information->st_size > LARGEST_FILE ||
        random_below(4) != 0) {
        return 0;
    }
    assert_int_equal(rg_document_read(&document, run.context, path), RG_OK);
    for (size_t i = 0; i < rg_document_graph_count(document); i++) {
        check_graph(rg_document_graph(document, i), path);
    }
    rg_document_destroy(document);
    return 0;
}

static void test_copies(void **state)
{
    const char *text = getenv("RG_TEST_SEED");
    (void)state;
    random_state = text == NULL ? 20240702 : strtoull(text, NULL, 10);
    print_message("RG_TEST_SEED=%llu\n", (unsigned long long)random_state);
    assert_int_equal(rg_context_create(&run.context, NULL), RG_OK);
    assert_int_equal(nftw(REGRAFT_CORPUS_DIR, check_file, 16, FTW_PHYS), 0);
    print_message("%zu graphs, %zu moves, %zu changes, of which %zu were told at the changed node\n", run.graphs,
                  run.moves, run.changes, run.told);
    assert_true(run.graphs > 20 && run.moves > 1000 && run.changes > 100);
    /* The rest are told where the node that is no longer read is missing, or where the changed node is read. */
    assert_true(run.told * 10 >= run.changes * 9);
    rg_context_destroy(run.context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_copies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
