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

enum { PATH_SIZE = 1024, FEWEST_CALLS = 13000, SHOWN = 20 };

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

static void test_all_calls_agree(void **state)
{
    (void)state;
    char path[PATH_SIZE];
    golden_run run = {NULL, 0, 0};
    const char *folder = REGRAFT_TEST_DATA_DIR "/inference";
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        size_t length = strlen(entry->d_name);
        if (length > 3 && strcmp(entry->d_name + length - 3, ".py") == 0) {
            int written = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
            assert_true(written > 0 && (size_t)written < sizeof(path));
            run.file = entry->d_name;
            check_file(&run, path);
        }
    }
    closedir(directory);
    assert_int_equal(run.wrong, 0);
    assert_true(run.checked >= FEWEST_CALLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_calls_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
