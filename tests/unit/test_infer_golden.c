/*
 * test_infer_golden.c: tests/data/inference: calls with the types that PyTorch's fake tensors gave, as printed graphs
 * (scripts/gen_inference_golden.py made them). Nothing may differ, nothing may be unknown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <dirent.h>

#include <regraft/regraft.h>

#include "support/failing_allocator.h"

enum { PATH_SIZE = 1024, FEWEST_CALLS = 13000, SHOWN = 20, REFUSALS = 12 };

typedef struct golden_run {
    const char *file;
    size_t checked;
    size_t wrong;
} golden_run;

static rg_status show(void *user, const rg_graph *graph, rg_node node, rg_type inferred)
{
    golden_run *run = user;
    rg_string name = rg_node_name(graph, node);
    run->wrong++;
    if (run->wrong <= SHOWN) {
        print_error("%s: %.*s %s\n", run->file, (int)name.size, name.data,
                    rg_type_is_null(inferred) ? "is unknown" : "differs");
    }
    return RG_OK;
}

static void check_file(golden_run *run, const char *path)
{
    rg_context *context = NULL;
    rg_document *document = NULL;
    rg_infer_report report;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_document_read(&document, context, path), RG_OK);
    assert_int_equal(rg_document_graph_count(document), 1);
    rg_graph *graph = rg_document_graph(document, 0);
    assert_int_equal(rg_graph_infer_check(&report, graph, show, run), RG_OK);
    assert_int_equal(report.agree + report.differ + report.unknown, report.checked);
    run->checked += report.checked;
    rg_document_destroy(document);
    rg_context_destroy(context);
}

/*
 * Check the file with the `refused`th allocation of inference failing (0: none); how many there were. The failure comes
 * out as RG_ERROR_MEMORY, unless it was in a comparison of sizes, which then says "unknown": that ends in RG_OK, and
 * hardly ever in another answer.
 */
static size_t check_with_refusal(const char *path, size_t refused, size_t *misled)
{
    failing_allocator failing;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_document *document = NULL;
    rg_infer_report report;
    failing_allocator_init(&failing);
    options.allocator = &failing.allocator;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    assert_int_equal(rg_document_read(&document, context, path), RG_OK);
    size_t before = failing.allocations;
    failing.fail_at = refused == 0 ? 0 : before + refused;
    rg_status status = rg_graph_infer_check(&report, rg_document_graph(document, 0), NULL, NULL);
    size_t made = failing.allocations - before;
    assert_true(status == RG_OK || (refused != 0 && status == RG_ERROR_MEMORY));
    *misled += report.agree != report.checked ? 1 : 0;
    failing.fail_at = 0;
    rg_document_destroy(document);
    rg_context_destroy(context);
    assert_int_equal(failing.live_blocks, 0);
    return made;
}

static void refuse_in_file(golden_run *run, const char *path)
{
    size_t made = check_with_refusal(path, 0, &run->wrong);
    for (size_t i = 0; i < REFUSALS && made > 0; i++) {
        (void)check_with_refusal(path, 1 + i * made / REFUSALS, &run->wrong);
        run->checked++;
    }
}

static void for_each_file(golden_run *run, void (*visit)(golden_run *run, const char *path))
{
    char path[PATH_SIZE];
    const char *folder = REGRAFT_TEST_DATA_DIR "/inference";
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        size_t length = strlen(entry->d_name);
        if (length > 3 && strcmp(entry->d_name + length - 3, ".py") == 0) {
            int written = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
            assert_true(written > 0 && (size_t)written < sizeof(path));
            run->file = entry->d_name;
            visit(run, path);
        }
    }
    closedir(directory);
}

static void test_all_calls_agree(void **state)
{
    golden_run run = {NULL, 0, 0};
    (void)state;
    for_each_file(&run, check_file);
    assert_int_equal(run.wrong, 0);
    assert_true(run.checked >= FEWEST_CALLS);
}

static void test_want_of_memory(void **state)
{
    golden_run run = {NULL, 0, 0};
    (void)state;
    for_each_file(&run, refuse_in_file);
    assert_true(run.checked > 10 * REFUSALS);
    assert_true(run.wrong * 20 < run.checked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_calls_agree), cmocka_unit_test(test_want_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
