/*
 * The shipped vLLM passes against what Inductor's matcher did with the same rules: for every graph of the corpus that
 * is a vLLM-shaped Llama on one device, the counts of result.json, and the graph after the passes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"

static const char *const MODELS[] = {
    "llama-group",        "llama-group-32",    "llama-static",           "llama-static-32",
    "llama-static-T16",   "llama-static-eps7", "llama-static-exactview", "llama-static-exactview-T16",
    "llama-static-kvdep", "llama-token",       "llama-token-T16",
};
static const char *const PASSES[] = {"noop", "rms_quant", "act_quant", "cleanup"};
enum { PASS_COUNT = 4 };

static void path_of(char *path, size_t size, const char *model, const char *file)
{
    (void)snprintf(path, size, "%s/vllm/%s/%s", REGRAFT_CORPUS_DIR, model, file);
}

/* The count of a pass in result.json, whose keys are "<index>.<pass>". */
static uint64_t expected_count(const char *model, const char *pass)
{
    char path[512];
    path_of(path, sizeof(path), model, "result.json");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    static char text[1 << 20];
    size_t size = fread(text, 1, sizeof(text) - 1, file);
    text[size] = '\0';
    (void)fclose(file);
    char key[64];
    (void)snprintf(key, sizeof(key), ".%s\": ", pass);
    const char *found = strstr(strstr(text, "\"counts\""), key);
    assert_non_null(found);
    return strtoull(found + strlen(key), NULL, 10);
}

static rg_graph *read_graph(rg_context *context, const char *model, const char *file)
{
    char path[512];
    path_of(path, sizeof(path), model, file);
    rg_document *document = NULL;
    assert_int_equal(rg_document_read(&document, context, path), RG_OK);
    assert_int_equal(rg_document_graph_count(document), 1);
    rg_graph *graph = rg_document_take_graph(document, 0);
    rg_document_destroy(document);
    return graph;
}

static void run_passes(rg_context *context, rg_graph *graph, const char *model, const char *const *names, size_t count)
{
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.verify = true;
    rg_pass_manager *manager = NULL;
    rg_pass passes[PASS_COUNT];
    assert_int_equal(rg_pass_manager_create(&manager, context, &options), RG_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rg_pass_manager_add_named(&passes[i], manager, rg_string_from(names[i])), RG_OK);
    }
    assert_int_equal(rg_pass_manager_run(manager, graph), RG_OK);
    for (size_t i = 0; model != NULL && i < count; i++) {
        uint64_t expected = expected_count(model, names[i]);
        uint64_t matched = rg_pass_manager_result(manager, passes[i]).matched;
        if (matched != expected) {
            fail_msg("%s: %s matched %llu times, Inductor %llu", model, names[i], (unsigned long long)matched,
                     (unsigned long long)expected);
        }
    }
    rg_pass_manager_destroy(manager);
}

static void assert_equal_graphs(rg_graph *ours, rg_graph *theirs, const char *model)
{
    rg_diff *diff = NULL;
    assert_int_equal(rg_graph_diff(&diff, ours, theirs, NULL), RG_OK);
    for (size_t i = 0; i < rg_diff_count(diff); i++) {
        print_message("%s: %s\n", model, rg_diff_get(diff, i)->message.data);
    }
    assert_true(rg_diff_is_equal(diff));
    rg_diff_destroy(diff);
}

static void test_counts_and_graphs_equal_inductors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(MODELS) / sizeof(MODELS[0]); i++) {
        rg_context *context = NULL;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_graph *ours = read_graph(context, MODELS[i], "0.input.py");
        rg_graph *theirs = read_graph(context, MODELS[i], "3.after_act_quant.py");
        run_passes(context, ours, MODELS[i], PASSES, PASS_COUNT);
        run_passes(context, theirs, NULL, &PASSES[PASS_COUNT - 1], 1); /* theirs was captured before the clean-up */
        assert_equal_graphs(ours, theirs, MODELS[i]);
        rg_graph_destroy(ours);
        rg_graph_destroy(theirs);
        rg_context_destroy(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_and_graphs_equal_inductors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
