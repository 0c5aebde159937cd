/*
 * The shipped vLLM passes against what Inductor's matcher did with the same rules: for every graph of the corpus that
 * has vLLM's ops, the counts of result.json, and the graph after the passes. Attention is fused in every layer of a
 * statically quantised model; Inductor finds it only where the model spells a view in one way.
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

/* A graph and the passes of its result.json. */
typedef struct model_case {
    const char *name;
    const char *passes[6];
    const char *config[4]; /* key, value, key, value */
    const char *after;     /* the graph after the last of the passes */
    uint64_t attention;    /* layers whose attention is fused, where Inductor may have missed them */
} model_case;

#define QUANTIZED                                                                                                      \
    {                                                                                                                  \
        "noop", "rms_quant", "act_quant", "attn_quant", "cleanup"                                                      \
    }
#define TWO_DEVICES                                                                                                    \
    {                                                                                                                  \
        "tensor_parallel_size", "2", "allreduce_fusion_max_token_num", "8192"                                          \
    }

static const model_case MODELS[] = {
    {"llama-group", QUANTIZED, {NULL}, "5.after_cleanup.py", 0},
    {"llama-group-32", QUANTIZED, {NULL}, "5.after_cleanup.py", 0},
    {"llama-static", QUANTIZED, {NULL}, "5.after_cleanup.py", 2},
    {"llama-static-32", QUANTIZED, {NULL}, "5.after_cleanup.py", 32},
    {"llama-static-T16", QUANTIZED, {NULL}, "5.after_cleanup.py", 2},
    {"llama-static-eps7", QUANTIZED, {NULL}, "5.after_cleanup.py", 2},
    {"llama-static-kvdep", QUANTIZED, {NULL}, "5.after_cleanup.py", 2},
    {"llama-static-exactview", QUANTIZED, {NULL}, "5.after_cleanup.py", 2},
    {"llama-static-exactview-T16", QUANTIZED, {NULL}, "5.after_cleanup.py", 2},
    {"llama-token", QUANTIZED, {NULL}, "5.after_cleanup.py", 0},
    {"llama-token-T16", QUANTIZED, {NULL}, "5.after_cleanup.py", 0},
    {"llama-tp2", {"noop", "allreduce_rms", "cleanup"}, TWO_DEVICES, "3.after_cleanup.py", 0},
    {"llama-tp2-32", {"noop", "allreduce_rms", "cleanup"}, TWO_DEVICES, "3.after_cleanup.py", 0},
    {"llama-tp2-sp", {"noop", "sequence_parallel", "cleanup"}, TWO_DEVICES, "3.after_cleanup.py", 0},
    {"qwen3-bf16", {"noop", "qk_norm_rope", "cleanup"}, {NULL}, "3.after_cleanup.py", 0},
    {"qwen3-bf16-28", {"noop", "qk_norm_rope", "cleanup"}, {NULL}, "3.after_cleanup.py", 0},
    {"llama-tp2-static",
     {"noop", "allreduce_rms", "rms_quant", "act_quant", "attn_quant", "cleanup"},
     TWO_DEVICES,
     "6.after_cleanup.py",
     2},
};

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

static void set_config(rg_pass_manager *manager, const char *key, const char *value)
{
    assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from(key), rg_string_from(value)), RG_OK);
}

/* The running pass, and the graph before it. */
typedef struct observed_pass {
    rg_pass_manager *manager;
    rg_buffer before;
} observed_pass;

/* A pass that says that it changed nothing must not have: then the graph is not verified. Dumps of steps inside the
 * pass have longer names. */
static rg_status compare_dumps(void *user, rg_string name, rg_string text)
{
    observed_pass *observed = user;
    rg_pass_result result = rg_pass_manager_result(observed->manager, rg_pass_manager_current(observed->manager));
    const char *stage = strstr(name.data, result.dump_name.data) + result.dump_name.size;
    if (strcmp(stage, ".before") == 0) {
        rg__buffer_clear(&observed->before);
        rg__buffer_append(&observed->before, text);
    } else if (strcmp(stage, ".after") == 0 &&
               result.changed == rg_string_equal(rg__buffer_string(&observed->before), text)) {
        fail_msg("%s: the pass is wrong about having changed the graph", name.data);
    }
    return RG_OK;
}

static rg_pass_manager *make_manager(rg_context *context, const model_case *model, bool compatible,
                                     observed_pass *observed)
{
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.verify = true;
    options.dump = compare_dumps;
    options.dump_user = observed;
    rg_pass_manager *manager = NULL;
    assert_int_equal(rg_pass_manager_create(&manager, context, &options), RG_OK);
    for (size_t i = 0; i < 4 && model->config[i] != NULL; i += 2) {
        set_config(manager, model->config[i], model->config[i + 1]);
    }
    set_config(manager, "model_dtype", "bfloat16");
    set_config(manager, "compatible", compatible ? "true" : "false");
    return manager;
}

/* The norms of llama-static-eps7, whose epsilon none of vLLM's patterns has. */
enum { MISSED_NORMS = 4 };

/* In compatible mode counts are Inductor's; else attention is found in every layer, and a norm whatever its epsilon. */
static void run_passes(rg_context *context, rg_graph *graph, const model_case *model, bool compatible)
{
    observed_pass observed = {NULL};
    rg_pass_manager *manager = make_manager(context, model, compatible, &observed);
    observed.manager = manager;
    rg__buffer_init(&observed.before, rg__default_allocator());
    rg_pass passes[6];
    size_t count = 0;
    for (; count < 6 && model->passes[count] != NULL; count++) {
        assert_int_equal(rg_pass_manager_add_named(&passes[count], manager, rg_string_from(model->passes[count])),
                         RG_OK);
    }
    assert_int_equal(rg_pass_manager_run(manager, graph), RG_OK);
    for (size_t i = 0; i < count; i++) {
        bool is_attention = !compatible && strcmp(model->passes[i], "attn_quant") == 0;
        uint64_t expected = is_attention ? model->attention : expected_count(model->name, model->passes[i]);
        uint64_t matched = rg_pass_manager_result(manager, passes[i]).matched;
        bool is_missed =
            !compatible && strcmp(model->passes[i], "rms_quant") == 0 && strcmp(model->name, "llama-static-eps7") == 0;
        if (matched != (is_missed ? MISSED_NORMS : expected)) {
            fail_msg("%s: %s matched %llu times, not %llu", model->name, model->passes[i], (unsigned long long)matched,
                     (unsigned long long)expected);
        }
    }
    rg_pass_manager_destroy(manager);
    rg__buffer_free(&observed.before);
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
        rg_graph *ours = read_graph(context, MODELS[i].name, "0.input.py");
        rg_graph *theirs = read_graph(context, MODELS[i].name, MODELS[i].after);
        run_passes(context, ours, &MODELS[i], true);
        assert_equal_graphs(ours, theirs, MODELS[i].name);
        rg_graph_destroy(theirs);
        rg_graph_destroy(ours);
        rg_context_destroy(context);
    }
}

/* By default neither spelling nor epsilon matter. */
static void test_everything_is_found_by_default(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(MODELS) / sizeof(MODELS[0]); i++) {
        rg_context *context = NULL;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_graph *ours = read_graph(context, MODELS[i].name, "0.input.py");
        run_passes(context, ours, &MODELS[i], false);
        rg_graph_destroy(ours);
        rg_context_destroy(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_and_graphs_equal_inductors),
        cmocka_unit_test(test_everything_is_found_by_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
