/*
 * test_attention.c: attention patterns written as rules (tests/data/rules/attention.py) have the traces that PyTorch
 * has of its own, in the corpus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/document.h>
#include <regraft/rule.h>

#include "support/same_graph.h"

/* An instance of a rule, and the trace of the corpus that its pattern's trace must be. PyTorch's patterns that differ
 * only in dropout, which inference does not have, have one trace. */
static const struct {
    const char *instance;
    const char *trace;
} pairs[] = {
    {"divided[T=f32]", "_sfdp_pattern_1"},
    {"divided[T=f32]", "_sfdp_pattern_3"},
    {"divided[T=f16]", "_sfdp_pattern_1_half"},
    {"divided[T=f16]", "_sfdp_pattern_3_half"},
    {"multiplied[T=f32]", "_sfdp_pattern_2"},
    {"multiplied[T=f32]", "_sfdp_pattern_4"},
    {"multiplied[T=f16]", "_sfdp_pattern_2_half"},
    {"multiplied[T=f16]", "_sfdp_pattern_4_half"},
    {"masked[T=f32]", "_sfdp_pattern_5"},
    {"masked[T=f32]", "_sfdp_pattern_6"},
    {"masked[T=f16]", "_sfdp_pattern_5_half"},
    {"masked[T=f16]", "_sfdp_pattern_6_half"},
    {"computed_in_f32[T=f32]", "_sfdp_pattern_7"},
    {"computed_in_f32[T=f32]", "_sfdp_pattern_8"},
    {"computed_in_f32[T=f16]", "_sfdp_pattern_7_half"},
    {"computed_in_f32[T=f16]", "_sfdp_pattern_8_half"},
    {"query_scaled_in_f32[T=f32]", "_sfdp_pattern_9"},
    {"query_scaled_in_f32[T=f32]", "_sfdp_pattern_10"},
    {"query_scaled_in_f32[T=f16]", "_sfdp_pattern_9_half"},
    {"query_scaled_in_f32[T=f16]", "_sfdp_pattern_10_half"},
    {"bshd_divided[T=f32]", "_sfdp_pattern_11"},
    {"bshd_divided[T=f32]", "_sfdp_pattern_12"},
    {"bshd_divided[T=f16]", "_sfdp_pattern_11_half"},
    {"bshd_divided[T=f16]", "_sfdp_pattern_12_half"},
    {"products[T=f32]", "_sfdp_pattern_13"},
    {"products[T=f16]", "_sfdp_pattern_13_half"},
    {"bshd_masked[T=f32, BATCH=2]", "_sfdp_pattern_14"},
    {"bshd_masked[T=f32, BATCH=2]", "_sfdp_pattern_16"},
    {"bshd_masked[T=f32, BATCH=1]", "_sfdp_pattern_16_bs1"},
    {"bshd_masked[T=f16, BATCH=2]", "_sfdp_pattern_14_half"},
    {"bshd_masked[T=f16, BATCH=2]", "_sfdp_pattern_16_half"},
    {"bshd_masked[T=f16, BATCH=1]", "_sfdp_pattern_16_half_bs1"},
    {"bshd_masked_in_f32[BATCH=2]", "_sfdp_pattern_16_half_mask_fp32"},
    {"bshd_masked_in_f32[BATCH=1]", "_sfdp_pattern_16_half_mask_fp32_bs1"},
    {"padded[T=f32]", "_sfdp_pattern_15"},
    {"padded[T=f32]", "_sfdp_pattern_17"},
    {"padded[T=f16]", "_sfdp_pattern_15_half"},
    {"padded[T=f16]", "_sfdp_pattern_17_half"},
    {"causal[T=f32, BATCH=2]", "_sfdp_pattern_18"},
    {"causal[T=f32, BATCH=1]", "_sfdp_pattern_18_bs1"},
    {"causal[T=f16, BATCH=2]", "_sfdp_pattern_18_half"},
    {"causal[T=f16, BATCH=1]", "_sfdp_pattern_18_half_bs1"},
    {"causal_and_masked[T=f32]", "_sfdp_pattern_19"},
    {"causal_and_masked[T=f16]", "_sfdp_pattern_19_half"},
    {"padded_query_scaled[T=f32]", "_sfdp_pattern_20"},
    {"padded_query_scaled[T=f16]", "_sfdp_pattern_20_half"},
    {"unscaled[T=f32, BATCH=2]", "_sfdp_pattern_21"},
    {"unscaled[T=f32, BATCH=1]", "_sfdp_pattern_21_bs1"},
    {"unscaled[T=f16, BATCH=2]", "_sfdp_pattern_21_half"},
    {"unscaled[T=f16, BATCH=1]", "_sfdp_pattern_21_half_bs1"},
    {"unscaled_three_results[T=f32, BATCH=2]", "_sfdp_pattern_22"},
    {"unscaled_three_results[T=f32, BATCH=1]", "_sfdp_pattern_22_bs1"},
    {"unscaled_three_results[T=f16, BATCH=2]", "_sfdp_pattern_22_half"},
    {"unscaled_three_results[T=f16, BATCH=1]", "_sfdp_pattern_22_half_bs1"},
    {"unmasked_three_results[T=f32, BATCH=2]", "_sfdp_pattern_23"},
    {"unmasked_three_results[T=f32, BATCH=1]", "_sfdp_pattern_23_bs1"},
    {"unmasked_three_results[T=f16, BATCH=2]", "_sfdp_pattern_23_half"},
    {"unmasked_three_results[T=f16, BATCH=1]", "_sfdp_pattern_23_half_bs1"},
    {"flattened[T=f32]", "_sfdp_pattern_24"},
    {"flattened[T=f16]", "_sfdp_pattern_24_half"},
    {"unscaled[T=f32, BATCH=2]", "_sfdp_pattern_25"},
    {"raised[BATCH=2]", "_sfdp_pattern_25_half"},
    {"unscaled[T=f32, BATCH=1]", "_sfdp_pattern_25_bs1"},
    {"raised[BATCH=1]", "_sfdp_pattern_25_half_bs1"},
    {"unscaled_three_results[T=f32, BATCH=2]", "_sfdp_pattern_26"},
    {"raised_three_results[BATCH=2]", "_sfdp_pattern_26_half"},
    {"unscaled_three_results[T=f32, BATCH=1]", "_sfdp_pattern_26_bs1"},
    {"raised_three_results[BATCH=1]", "_sfdp_pattern_26_half_bs1"},
    {"raised_unmasked[BATCH=2]", "_sfdp_pattern_27_half"},
    {"unmasked_three_results[T=f32, BATCH=2]", "_sfdp_pattern_27"},
    {"raised_unmasked[BATCH=1]", "_sfdp_pattern_27_half_bs1"},
    {"unmasked_three_results[T=f32, BATCH=1]", "_sfdp_pattern_27_bs1"},
};

static rg_status print_stdout(void *user, const char *data, size_t size)
{
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? RG_OK : RG_ERROR_IO;
}

static void print_diagnostics(const rg_context *context)
{
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), (rg_sink){print_stdout, NULL});
    }
}

static const rg_graph *find_pattern(const rg_rule_set *set, const char *instance)
{
    for (size_t i = 0; i < rg_rule_set_count(set); i++) {
        rg_rule_info info = rg_rule_set_info(set, i);
        if (rg_string_equal(info.name, rg_string_from(instance))) {
            return info.pattern;
        }
    }
    return NULL;
}

static bool check_pair(const rg_rule_set *set, rg_context *context, const char *instance, const char *trace)
{
    static const same_graph_options options = {.ignore_device = true, .scalars_are_tensors = true};
    char path[512];
    char why[256] = "there is no such instance";
    size_t size = 0;
    rg_graph *expected = NULL;
    const rg_graph *pattern = find_pattern(set, instance);
    snprintf(path, sizeof(path), "%s/sdpa-patterns/%s_inference.search.py", REGRAFT_CORPUS_DIR, trace);
    char *text = read_test_file(path, &size);
    assert_int_equal(rg_graph_parse(&expected, context, (rg_string){text, size}, rg_string_from(path)), RG_OK);
    bool same = pattern != NULL && same_graph(pattern, expected, &options, why, sizeof(why));
    if (!same) {
        printf("%s and %s: %s\n", instance, trace, why);
        if (pattern != NULL) {
            (void)!rg_graph_print(pattern, NULL, (rg_sink){print_stdout, NULL});
        }
        printf("expected:\n%s\n", text);
    }
    rg_graph_destroy(expected);
    free(text);
    return same;
}

static void test_attention(void **state)
{
    (void)state;
    char path[512];
    size_t failed = 0;
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    snprintf(path, sizeof(path), "%s/rules/attention.py", REGRAFT_TEST_DATA_DIR);
    rg_status status = rg_rule_set_load_file(set, path);
    print_diagnostics(context);
    assert_int_equal(status, RG_OK);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        failed += check_pair(set, context, pairs[i].instance, pairs[i].trace) ? 0 : 1;
    }
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_attention)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
