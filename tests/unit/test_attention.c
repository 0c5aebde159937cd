/*
 * test_attention.c: PyTorch's attention patterns, written as rules (tests/data/rules/attention.py and
 * attention_dropout.py), have the traces that PyTorch has of its own functions: all 72 of the corpus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/diff.h>
#include <regraft/document.h>
#include <regraft/rule.h>

#include "support/same_graph.h"

#define TRACE_COUNT 72

typedef struct fixture {
    rg_context *context;
    rg_rule_set *sets[2]; /* with dropout and without: a set may not hold two rules that mean the same */
} fixture;

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

static int set_up(void **state)
{
    static const char *const files[] = {"attention.py", "attention_dropout.py"};
    fixture *own = calloc(1, sizeof(*own));
    assert_non_null(own);
    assert_int_equal(rg_context_create(&own->context, NULL), RG_OK);
    for (size_t i = 0; i < 2; i++) {
        char path[512];
        assert_int_equal(rg_rule_set_create(&own->sets[i], own->context), RG_OK);
        snprintf(path, sizeof(path), "%s/rules/%s", REGRAFT_TEST_DATA_DIR, files[i]);
        rg_status status = rg_rule_set_load_file(own->sets[i], path);
        print_diagnostics(own->context);
        assert_int_equal(status, RG_OK);
    }
    *state = own;
    return 0;
}

static int tear_down(void **state)
{
    fixture *own = *state;
    rg_rule_set_destroy(own->sets[0]);
    rg_rule_set_destroy(own->sets[1]);
    rg_context_destroy(own->context);
    free(own);
    return 0;
}

/* What PyTorch calls the instance: attention_16[T=f16, BATCH=1] is _sfdp_pattern_16_half_bs1_inference. */
static void trace_name(char *out, size_t size, rg_string instance)
{
    char name[128];
    assert_true(instance.size < sizeof(name));
    memcpy(name, instance.data, instance.size);
    name[instance.size] = '\0';
    const char *number = strchr(name, '_');
    assert_non_null(number);
    bool mask_in_f32 = strstr(name, "mask_in_f32") != NULL;
    snprintf(out, size, "_sfdp_pattern_%ld%s%s%s_inference", strtol(number + 1, NULL, 10),
             mask_in_f32 || strstr(name, "T=f16") != NULL ? "_half" : "", mask_in_f32 ? "_mask_fp32" : "",
             strstr(name, "BATCH=1]") != NULL ? "_bs1" : "");
}

static rg_graph *read_trace(rg_context *context, const char *name, const char *function)
{
    char path[512];
    size_t size = 0;
    rg_graph *graph = NULL;
    snprintf(path, sizeof(path), "%s/sdpa-patterns/%s.%s.py", REGRAFT_CORPUS_DIR, name, function);
    char *text = read_test_file(path, &size);
    assert_int_equal(rg_graph_parse(&graph, context, (rg_string){text, size}, rg_string_from(path)), RG_OK);
    free(text);
    return graph;
}

static bool diff_finds_equal(const rg_graph *pattern, rg_graph *expected, bool tell)
{
    rg_diff *diff = NULL;
    rg_graph *copy = NULL;
    assert_int_equal(rg_graph_clone(&copy, pattern), RG_OK);
    assert_int_equal(rg_graph_diff(&diff, copy, expected, NULL), RG_OK);
    bool equal = rg_diff_is_equal(diff);
    for (size_t i = 0; tell && i < rg_diff_count(diff); i++) {
        rg_string message = rg_diff_get(diff, i)->message;
        printf("  %.*s\n", (int)message.size, message.data);
    }
    rg_diff_destroy(diff);
    rg_graph_destroy(copy);
    return equal;
}

/* Equal as graphs, and besides statement by statement in PyTorch's order, with every type, stride and device. */
static void test_patterns(void **state)
{
    const fixture *own = *state;
    size_t compared = 0;
    size_t failed = 0;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < rg_rule_set_count(own->sets[i]); k++) {
            char name[128];
            char why[256] = "";
            rg_rule_info info = rg_rule_set_info(own->sets[i], k);
            trace_name(name, sizeof(name), info.name);
            rg_graph *expected = read_trace(own->context, name, "search");
            bool same = same_graph(info.pattern, expected, NULL, why, sizeof(why));
            bool equal = diff_finds_equal(info.pattern, expected, true);
            if (!same || !equal) {
                printf("%.*s and %s: %s\n", (int)info.name.size, info.name.data, name, why);
                (void)!rg_graph_print(info.pattern, NULL, (rg_sink){print_stdout, NULL});
                failed++;
            }
            compared++;
            rg_graph_destroy(expected);
        }
    }
    assert_int_equal(failed, 0);
    assert_int_equal(compared, TRACE_COUNT);
}

/* The traces of other patterns, and of the same in other dtypes and batch sizes, differ. */
static void test_other_traces_differ(void **state)
{
    static const struct {
        const char *instance;
        const char *trace;
    } pairs[] = {
        {"attention_1[T=f32]", "_sfdp_pattern_2_inference"},
        {"attention_1[T=f32]", "_sfdp_pattern_1_half_inference"},
        {"attention_1[T=f32]", "_sfdp_pattern_11_inference"},
        {"attention_5[T=f16]", "_sfdp_pattern_14_half_inference"},
        {"attention_8[T=f16]", "_sfdp_pattern_10_half_inference"},
        {"attention_8[T=f16]", "_sfdp_pattern_11_half_inference"},
        {"attention_21[T=f16, BATCH=2]", "_sfdp_pattern_21_half_bs1_inference"},
        {"attention_21[T=f16, BATCH=2]", "_sfdp_pattern_22_half_inference"},
        {"attention_21[T=f16, BATCH=2]", "_sfdp_pattern_25_half_inference"},
        {"attention_22[T=f16, BATCH=1]", "_sfdp_pattern_23_half_bs1_inference"},
    };
    const fixture *own = *state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        const rg_graph *pattern = NULL;
        for (size_t k = 0; k < rg_rule_set_count(own->sets[0]) && pattern == NULL; k++) {
            rg_rule_info info = rg_rule_set_info(own->sets[0], k);
            pattern = rg_string_equal(info.name, rg_string_from(pairs[i].instance)) ? info.pattern : NULL;
        }
        assert_non_null(pattern);
        rg_graph *other = read_trace(own->context, pairs[i].trace, "search");
        assert_false(diff_finds_equal(pattern, other, false));
        rg_graph_destroy(other);
    }
}

static size_t output_types(const rg_graph *graph, rg_tensor_type *out, size_t room)
{
    const rg_context *context = rg_graph_context(graph);
    rg_value value = rg_node_argument(graph, rg_graph_output(graph), 0);
    bool single = rg_value_get_kind(value) == RG_VALUE_NODE;
    size_t count = single ? 1 : rg_value_count(context, graph, value);
    assert_true(count <= room);
    for (size_t i = 0; i < count; i++) {
        rg_node node = rg_value_as_node(single ? value : rg_value_item(context, graph, value, i));
        assert_false(rg_node_is_null(node));
        out[i] = rg_type_get_tensor(context, rg_node_type(graph, node));
    }
    return count;
}

/*
 * The replacements return what PyTorch's do. Not more is compared: in PyTorch's traces the attention op has been
 * expanded for a backend, which also decides the strides; here it is one op.
 */
static void test_replacement_results(void **state)
{
    const fixture *own = *state;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < rg_rule_set_count(own->sets[i]); k++) {
            char name[128];
            rg_tensor_type left[3];
            rg_tensor_type right[3];
            rg_rule_info info = rg_rule_set_info(own->sets[i], k);
            trace_name(name, sizeof(name), info.name);
            rg_graph *expected = read_trace(own->context, name, "replace");
            size_t count = output_types(info.replacement, left, 3);
            assert_int_equal(count, output_types(expected, right, 3));
            for (size_t result = 0; result < count; result++) {
                const rg_tensor_type *a = &left[result];
                const rg_tensor_type *b = &right[result];
                assert_int_equal(a->dtype, b->dtype);
                assert_int_equal(a->rank, b->rank);
                assert_true(a->device.kind == b->device.kind && a->device.index == b->device.index);
                for (uint32_t d = 0; d < a->rank; d++) {
                    assert_int_equal(rg_size_equal(own->context, a->sizes[d], b->sizes[d]), RG_YES);
                }
            }
            rg_graph_destroy(expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_other_traces_differ),
        cmocka_unit_test(test_replacement_results),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
