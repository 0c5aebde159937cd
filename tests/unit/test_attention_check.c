/*
 * The checks of Inductor's attention patterns against PyTorch's own: tests/data/expressions/attention_checks.txt, which
 * scripts/gen_attention_checks.py writes; and against what Inductor did when the graphs were captured.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "support/expression_case.h"
#include "support/text_reading.h"

enum { SETTING_COUNT = 3, GRAPH_COUNT = 47, MISSED_COUNT = 26, NAME_SIZE = 128 };

static const char *const settings[SETTING_COUNT] = {"cuda", "tf32", "cpu"};

static char *corpus_text(const char *format, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/", REGRAFT_CORPUS_DIR);
    (void)snprintf(path + strlen(path), sizeof path - strlen(path), format, name);
    rg_string file = read_file(path);
    char *text = strndup(file.data, file.size);
    free((void *)file.data);
    return text;
}

/* The text with each tensor on the CPU; the caller frees it. */
static char *moved_to_cpu(const char *text)
{
    static const char before[] = "cuda:0";
    static const char after[] = "cpu";
    char *out = malloc(strlen(text) + 1);
    char *end = out;
    while (*text != '\0') {
        if (strncmp(text, before, sizeof before - 1) == 0) {
            for (const char *c = after; *c != '\0'; c++) {
                *end++ = *c;
            }
            text += sizeof before - 1;
        } else {
            *end++ = *text++;
        }
    }
    *end = '\0';
    return out;
}

/* Is the pattern's match in the graph accepted with the setting? That it matches, checked or not, is seen to. */
static bool is_accepted(const char *graph_name, const char *pattern, const char *setting)
{
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_expression_explanation *explanation = NULL;
    rg_attention_judge judge = RG_ATTENTION_JUDGE_INIT;
    rg_expression_explain_options options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT;
    char *text = corpus_text("sdpa-self/%s/joint.before.py", graph_name);
    char *source = corpus_text("sdpa-patterns/%s.pattern.txt", pattern);
    if (strcmp(setting, "cpu") == 0) {
        char *moved = moved_to_cpu(text);
        free(text);
        text = moved;
    }
    judge.pattern = rg_string_from(pattern);
    judge.allows_tensorfloat = strcmp(setting, "tf32") == 0;
    options.judge = rg_attention_judge_match;
    options.user = &judge;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("graph.py")), RG_OK);
    rg_expression_list *list = read_expressions(context, source, 1);
    rg_status status = rg_expression_explain(&explanation, rg_expression_list_get(list, 0), graph, &options);
    assert_int_equal(status, RG_OK);
    bool accepted = rg_expression_explanation_match_count(explanation) == 1;
    assert_int_equal(rg_expression_explanation_count(explanation), accepted ? 0 : 1);
    if (!accepted) {
        const rg_expression_miss *miss = rg_expression_explanation_get(explanation, 0);
        assert_int_equal(miss->reason, RG_MISS_CHECK);
        assert_int_equal(miss->matched, miss->total);
    }
    rg_expression_explanation_destroy(explanation);
    rg_expression_list_destroy(list);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    free(source);
    free(text);
    return accepted;
}

/* Did Inductor match attention in the graph when it was captured? */
static bool was_found(const char *graph)
{
    char *matches = corpus_text("sdpa-self/%s/matches.json", graph);
    const char *entries = strstr(matches, "\"matches\""); /* the graph's own name stands before */
    assert_non_null(entries);
    bool found = strstr(entries, "_sfdp_pattern_") != NULL;
    free(matches);
    return found;
}

/* Does the line, "NAME fused cuda cpu", have the setting? */
static bool has_setting(const char *line, const char *setting)
{
    const char *end = strchr(line, '\n');
    const char *at = strstr(line, setting);
    return at != NULL && at < end;
}

/* Each pair of graph and pattern; then, graph by graph, the whole pass: it fuses where some check accepts. */
static void test_checks(void **state)
{
    (void)state;
    rg_string file = read_file(REGRAFT_TEST_DATA_DIR "/expressions/attention_checks.txt");
    char *text = strndup(file.data, file.size);
    bool fused[SETTING_COUNT] = {false};
    size_t graphs = 0;
    size_t missed = 0;
    size_t raised = 0;
    free((void *)file.data);
    for (const char *line = strchr(text, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        char graph[NAME_SIZE];
        char second[NAME_SIZE];
        char third[NAME_SIZE];
        char answer[NAME_SIZE];
        assert_true(sscanf(line, "%127s %127s %127s %127s", graph, second, third, answer) >= 3);
        if (strcmp(second, "raises") == 0) {
            raised++;
            continue;
        }
        if (strcmp(second, "fused") == 0) {
            for (size_t i = 0; i < SETTING_COUNT; i++) {
                assert_int_equal(fused[i], has_setting(strstr(line, " fused "), settings[i]));
            }
            assert_int_equal(fused[0], was_found(graph));
            missed += fused[0] ? 0 : 1;
            graphs++;
            memset(fused, 0, sizeof fused);
            continue;
        }
        bool accepted = is_accepted(graph, second, third);
        if (accepted != (strcmp(answer, "accepts") == 0)) {
            fail_msg("PyTorch %s %s in %s, %s", answer, second, graph, third);
        }
        for (size_t i = 0; i < SETTING_COUNT; i++) {
            fused[i] = fused[i] || (accepted && strcmp(third, settings[i]) == 0);
        }
    }
    assert_int_equal(graphs, GRAPH_COUNT);
    assert_int_equal(missed, MISSED_COUNT);
    assert_int_equal(raised, 3);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
