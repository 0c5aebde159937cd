/*
 * test_trace.c: torch-level calls are decomposed as PyTorch does it. The cases and PyTorch's answers are files
 * (tests/data/traces/README.md).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/document.h>
#include <regraft/trace.h>

#include "rule/trace_table.h"
#include "support/same_graph.h"

enum { MAX_INPUTS = 8 };

typedef struct trace_case {
    rg_string expression;
    rg_argument inputs[MAX_INPUTS]; /* names; values are filled in by the trace */
    rg_string types[MAX_INPUTS];
    size_t input_count;
    rg_string graph;
} trace_case;

static rg_status print_stdout(void *user, const char *data, size_t size)
{
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? RG_OK : RG_ERROR_IO;
}

static void print_diagnostics(const rg_context *context)
{
    rg_sink sink = {print_stdout, NULL};
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), sink);
    }
}

/* ---- reading cases ---- */

static rg_string next_line(const char **at)
{
    const char *start = *at;
    const char *end = strchr(start, '\n');
    *at = end == NULL ? start + strlen(start) : end + 1;
    return (rg_string){start, end == NULL ? strlen(start) : (size_t)(end - start)};
}

static bool has_key(rg_string line, const char *key, rg_string *rest)
{
    size_t size = strlen(key);
    if (line.size < size || memcmp(line.data, key, size) != 0) {
        return false;
    }
    *rest = (rg_string){line.data + size, line.size - size};
    return true;
}

/* The next case of a file; false at its end. */
static bool next_case(const char **at, trace_case *out)
{
    rg_string rest;
    memset(out, 0, sizeof(*out));
    while (**at != '\0') {
        rg_string line = next_line(at);
        if (has_key(line, "expression: ", &out->expression) || line.size == 0 || has_key(line, "by hand: ", &rest)) {
            continue;
        }
        if (has_key(line, "graph:", &rest)) {
            const char *end = strstr(*at, "\nend\n");
            assert_non_null(end);
            out->graph = (rg_string){*at, (size_t)(end + 1 - *at)};
            *at = end + 5;
            return true;
        }
        const char *colon = strstr(line.data, ": ");
        assert_true(colon != NULL && out->input_count < MAX_INPUTS);
        out->inputs[out->input_count].name = (rg_string){line.data, (size_t)(colon - line.data)};
        out->types[out->input_count++] = (rg_string){colon + 2, line.size - (size_t)(colon + 2 - line.data)};
    }
    return false;
}

/* ---- tracing one ---- */

/* An annotation without device means the CPU here. */
static rg_status declare(rg_tracer *tracer, trace_case *job)
{
    char type[256];
    for (size_t i = 0; i < job->input_count; i++) {
        rg_string text = job->types[i];
        bool bare = text.data[text.size - 1] == ']';
        snprintf(type, sizeof(type), "%.*s%s", (int)text.size, text.data, bare ? "cpu" : "");
        rg_status status = rg_tracer_input(&job->inputs[i].value, tracer, job->inputs[i].name, rg_string_from(type));
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* An expression with several results returns each. */
static rg_status finish_trace(rg_graph **out, rg_tracer *tracer, rg_value value)
{
    rg_value results[16];
    size_t count = 0;
    if (!rg__trace_item_count(tracer, value, &count)) {
        results[0] = value;
        count = 1;
    } else {
        for (size_t i = 0; i < count; i++) {
            rg_status status = rg_tracer_item(&results[i], tracer, value, i);
            if (status != RG_OK) {
                return status;
            }
        }
    }
    rg_status status = rg_tracer_return(tracer, results, count);
    return status == RG_OK ? rg_tracer_finish(out, tracer, NULL) : status;
}

static bool run_case(trace_case *job)
{
    rg_context *context = NULL;
    rg_tracer *tracer = NULL;
    rg_graph *traced = NULL;
    rg_graph *expected = NULL;
    rg_value value;
    char why[256] = "it cannot be traced";
    bool same = false;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_tracer_create(&tracer, context, rg_string_from("GraphModule")), RG_OK);
    if (rg_graph_parse(&expected, context, job->graph, rg_string_from("expected")) != RG_OK) {
        snprintf(why, sizeof(why), "the expected graph cannot be read");
    } else if (declare(tracer, job) == RG_OK &&
               rg_tracer_evaluate(&value, tracer, job->expression, job->inputs, job->input_count) == RG_OK &&
               finish_trace(&traced, tracer, value) == RG_OK) {
        assert_int_equal(rg_graph_verify(traced), RG_OK);
        same = same_graph(traced, expected, NULL, why, sizeof(why));
    }
    if (!same) {
        printf("%.*s: %s\n", (int)job->expression.size, job->expression.data, why);
        print_diagnostics(context);
        if (traced != NULL) {
            (void)!rg_graph_print(traced, NULL, (rg_sink){print_stdout, NULL});
        }
        printf("expected:\n%.*s\n", (int)job->graph.size, job->graph.data);
    }
    rg_graph_destroy(traced);
    rg_graph_destroy(expected);
    rg_tracer_destroy(tracer);
    rg_context_destroy(context);
    return same;
}

static void run_file(void **state)
{
    char path[512];
    size_t size = 0;
    size_t failed = 0;
    size_t count = 0;
    trace_case job;
    snprintf(path, sizeof(path), "%s/traces/%s.txt", REGRAFT_TEST_DATA_DIR, (const char *)*state);
    char *text = read_test_file(path, &size);
    for (const char *at = text; next_case(&at, &job); count++) {
        failed += run_case(&job) ? 0 : 1;
    }
    free(text);
    assert_true(count > 0);
    if (failed != 0) {
        fail_msg("%zu of %zu cases of %s", failed, count, path);
    }
}

/* ---- the table ---- */

/* The text between backquotes on the lines that list functions: does it have the word? */
static bool is_listed(const char *text, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool starts = strchr(" `.", at[-1]) != NULL;
        bool ends = strchr(" `\n", at[size]) != NULL;
        if (starts && ends) {
            return true;
        }
    }
    return false;
}

/* Every function that can be traced is named in doc/rules.md, and every op in the rows exists. */
static void test_table(void **state)
{
    static const rg_trace_family *const families[] = {
        &rg__trace_arithmetic, &rg__trace_activation,    &rg__trace_conversion, &rg__trace_reduction, &rg__trace_matmul,
        &rg__trace_view,       &rg__trace_normalization, &rg__trace_join,       &rg__trace_creation,  &rg__trace_lookup,
        &rg__trace_python,     &rg__trace_check,         &rg__trace_repetition,
    };
    (void)state;
    size_t size = 0;
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    char *document = read_test_file(REGRAFT_TEST_DATA_DIR "/../../doc/rules.md", &size);
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        for (size_t j = 0; j < families[i]->count; j++) {
            const rg_trace_row *row = &families[i]->rows[j];
            uint32_t unlisted = RG_IN_OPERATORS | RG_IN_LIMITS;
            if ((row->places & ~families[i]->places) != 0) {
                fail_msg("%s is never found: its family does not name all of its places", row->name);
            }
            if ((row->places & ~unlisted) != 0 && row->name[0] > 'Z' && !is_listed(document, row->name)) {
                fail_msg("%s is not named in doc/rules.md", row->name);
            }
            bool overload = row->op != NULL && strchr(row->op, '.') != strrchr(row->op, '.');
            if (overload && rg_op_is_null(rg_context_find_op(context, rg_string_from(row->op)))) {
                fail_msg("%s: there is no op %s", row->name, row->op);
            }
        }
    }
    free(document);
    rg_context_destroy(context);
}

#define FILE_TEST(name)                                                                                                \
    {                                                                                                                  \
        "traces of " name, run_file, NULL, NULL, (char[])                                                              \
        {                                                                                                              \
            name                                                                                                       \
        }                                                                                                              \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST("arithmetic"), FILE_TEST("activation"),    FILE_TEST("conversion"), FILE_TEST("reduction"),
        FILE_TEST("view"),       FILE_TEST("normalization"), FILE_TEST("matmul"),     FILE_TEST("index"),
        FILE_TEST("join"),       FILE_TEST("creation"),      FILE_TEST("attention"),  cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
