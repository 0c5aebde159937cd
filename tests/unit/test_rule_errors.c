/*
 * test_rule_errors.c: what is said about rule files that are refused: tests/data/rules/errors.txt, one case after the
 * other: a title, the file, and the diagnostics expected. With REGRAFT_UPDATE set in the environment the file is
 * rewritten with what is said now; read the difference then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/rule.h>

#include "base/buffer.h"
#include "support/same_graph.h"

static const char title_mark[] = "=== ";
static const char says_mark[] = "--- says\n";

typedef struct error_case {
    rg_string title;
    rg_string file;
    rg_string expected;
} error_case;

static bool next_case(const char **at, error_case *out)
{
    const char *start = *at;
    if (strncmp(start, title_mark, 4) != 0) {
        return false;
    }
    const char *file = strchr(start, '\n') + 1;
    const char *says = strstr(file, says_mark);
    assert_non_null(says);
    const char *expected = says + strlen(says_mark);
    const char *end = expected;
    while (*end != '\0' && strncmp(end, title_mark, 4) != 0) {
        const char *newline = strchr(end, '\n');
        end = newline == NULL ? end + strlen(end) : newline + 1;
    }
    out->title = (rg_string){start + 4, (size_t)(file - start) - 5};
    out->file = (rg_string){file, (size_t)(says - file)};
    out->expected = (rg_string){expected, (size_t)(end - expected)};
    *at = end;
    return true;
}

static void append_diagnostics(rg_buffer *out, const rg_context *context)
{
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        assert_int_equal(rg_diagnostic_print(rg_context_diagnostic(context, i), rg__buffer_sink(out)), RG_OK);
    }
}

/* Load the file, which must be refused and leave the set as it was, and append what is said. */
static void run_case(const error_case *job, rg_buffer *says)
{
    rg_context *context = NULL;
    rg_rule_set *set = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    rg_status status = rg_rule_set_load_text(set, job->file, rg_string_from("rules.py"));
    append_diagnostics(says, context);
    if (status == RG_OK) {
        rg__buffer_append_text(says, "accepted\n");
    }
    assert_int_equal(rg_rule_set_count(set), status == RG_OK ? rg_rule_set_count(set) : 0);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
}

static void test_errors(void **state)
{
    (void)state;
    char path[512];
    size_t size = 0;
    size_t failed = 0;
    error_case job;
    rg_buffer all;
    rg__buffer_init(&all, rg__default_allocator());
    snprintf(path, sizeof(path), "%s/rules/errors.txt", REGRAFT_TEST_DATA_DIR);
    char *text = read_test_file(path, &size);
    for (const char *at = text; next_case(&at, &job);) {
        rg_buffer says;
        rg__buffer_init(&says, rg__default_allocator());
        run_case(&job, &says);
        rg__buffer_append_format(&all, "=== %.*s\n", (int)job.title.size, job.title.data);
        rg__buffer_append(&all, job.file);
        rg__buffer_append_text(&all, says_mark);
        rg__buffer_append(&all, rg__buffer_string(&says));
        if (!rg_string_equal(rg__buffer_string(&says), job.expected)) {
            printf("%.*s: expected\n%.*sbut it is\n%s\n", (int)job.title.size, job.title.data, (int)job.expected.size,
                   job.expected.data, says.data == NULL ? "" : says.data);
            failed++;
        }
        rg__buffer_free(&says);
    }
    free(text);
    if (getenv("REGRAFT_UPDATE") != NULL) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(all.data, 1, all.size, file), all.size);
        fclose(file);
        failed = 0;
    }
    assert_true(all.size > 1000);
    rg__buffer_free(&all);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_errors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
