/*
 * Every graph of the corpus, and every dump of tests/data/dumps, prints back byte for byte, through the printer and not
 * by being remembered: after edits that change nothing, a clone, and a compaction as well.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "ir/layout.h"
#include "support/text_reading.h"
#include "text/syntax.h"

/* What all graphs together needed. */
typedef struct tally {
    size_t files;
    size_t nodes;
    size_t spellings; /* parts of the layout that only repeat what was written */
} tally;

static void count_spellings(tally *all, const rg_graph *graph)
{
    static const rg_layout_part parts[] = {RG_LAYOUT_SIGNATURE_WRITTEN, RG_LAYOUT_DELETIONS_WRITTEN,
                                           RG_LAYOUT_LINE_WRITTEN, RG_LAYOUT_ANNOTATION};
    rg_node node = {0}; /* the graph itself */
    do {
        for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
            all->spellings += rg__layout_number(graph, node, parts[i]) != 0;
        }
        node = rg_node_is_null(node) ? rg_graph_first(graph) : rg_graph_next(graph, node);
    } while (!rg_node_is_null(node));
    all->nodes += rg_graph_node_count(graph);
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        count_spellings(all, rg_graph_child((rg_graph *)(uintptr_t)graph, i));
    }
}

static void assert_prints(const rg_document *document, rg_string text, const char *path)
{
    rg_buffer printed;
    rg__buffer_init(&printed, rg__default_allocator());
    assert_int_equal(rg_document_print(document, NULL, rg__buffer_sink(&printed)), RG_OK);
    if (!rg_string_equal(rg__buffer_string(&printed), text)) {
        size_t at = 0;
        while (at < printed.size && at < text.size && printed.data[at] == text.data[at]) {
            at++;
        }
        fail_msg("%s differs at byte %zu: '%.60s' was '%.60s'", path, at, printed.data + at, text.data + at);
    }
    rg__buffer_free(&printed);
}

static void assert_graph_prints(const rg_graph *graph, rg_string text, const char *path)
{
    rg_buffer printed;
    rg__buffer_init(&printed, rg__default_allocator());
    assert_int_equal(rg_graph_print(graph, NULL, rg__buffer_sink(&printed)), RG_OK);
    if (!rg_string_equal(rg__buffer_string(&printed), text)) {
        fail_msg("a graph of %s prints otherwise after edits that change nothing", path);
    }
    rg__buffer_free(&printed);
}

/* A clone, and what is left after a node came and went and the ids were renumbered, print the same. */
static void check_copies(const rg_graph *graph, const char *path)
{
    rg_buffer text;
    rg_graph *copy;
    rg_node node;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_graph_print(graph, NULL, rg__buffer_sink(&text)), RG_OK);
    assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
    assert_graph_prints(copy, rg__buffer_string(&text), path);
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    assert_int_equal(
        rg_context_intern_op(&description.op, rg_graph_context(copy), RG_OP_FUNCTION, rg_string_from("passing")),
        RG_OK);
    assert_int_equal(rg_graph_insert(&node, copy, (rg_node){0}, &description), RG_OK);
    assert_int_equal(rg_graph_erase(copy, node), RG_OK);
    assert_int_equal(rg_graph_compact(copy), RG_OK);
    assert_int_equal(rg_graph_verify(copy), RG_OK);
    assert_graph_prints(copy, rg__buffer_string(&text), path);
    rg_graph_destroy(copy);
    rg__buffer_free(&text);
}

static void check_file(const char *path, void *user)
{
    tally *all = user;
    rg_string text = read_file(path);
    rg_context *context;
    rg_document *document;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    if (rg_document_parse(&document, context, text, rg_string_from(path)) != RG_OK) {
        fail_msg("%s", printed_diagnostics(context));
    }
    assert_prints(document, text, path);
    assert_true(rg_document_graph_count(document) > 0);
    for (size_t i = 0; i < rg_document_graph_count(document); i++) {
        const rg_graph *graph = rg_document_graph(document, i);
        assert_int_equal(rg_graph_verify(graph), RG_OK);
        check_copies(graph, path);
        count_spellings(all, graph);
    }
    all->files++;
    rg_document_destroy(document);
    rg_context_destroy(context);
    free((char *)(uintptr_t)text.data);
}

static void test_corpus(void **state)
{
    tally all = {0};
    (void)state;
    (void)visit_files(REGRAFT_CORPUS_DIR, ".py", check_file, &all);
    print_message("%zu files, %zu nodes, %zu kept spellings\n", all.files, all.nodes, all.spellings);
    assert_true(all.files >= 576);
    assert_true(all.nodes >= 145000);
    /* Two pytree signatures whose blank line was taken out, and symbolic floats such as 0.0000100000000000000. */
    assert_true(all.spellings <= 16);
}

static void test_dumps(void **state)
{
    tally all = {0};
    (void)state;
    (void)visit_files(REGRAFT_TEST_DATA_DIR "/dumps", "", check_file, &all);
    assert_true(all.files >= 10);
}

/* Inductor's serialised patterns are the same language; they load with a later part of the library. */
static void check_pattern(const char *path, void *user)
{
    rg_string text = read_file(path);
    rg_context *context;
    rg_arena arena;
    rg_source source;
    rg_syntax *body;
    (void)user;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg__arena_init(&arena, rg__default_allocator());
    assert_int_equal(rg__source_init(&source, context, text, rg_string_from(path)), RG_OK);
    assert_int_equal(rg__syntax_parse(&body, &arena, &source), RG_OK);
    for (const rg_syntax *statement = body->first; statement != NULL; statement = statement->next) {
        assert_int_equal(statement->kind, RG_SYNTAX_ASSIGN);
        assert_int_equal(statement->last->kind, RG_SYNTAX_CALL);
    }
    rg__arena_free(&arena);
    rg_context_destroy(context);
    free((char *)(uintptr_t)text.data);
}

static void test_patterns(void **state)
{
    (void)state;
    assert_true(visit_files(REGRAFT_CORPUS_DIR, ".pattern.txt", check_pattern, NULL) >= 72);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_dumps),
        cmocka_unit_test(test_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
