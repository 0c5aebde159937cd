/* Contexts, limits, strings, diagnostics: ir/context.c and ir/diagnostic.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <regraft/context.h>

#include "base/buffer.h"
#include "ir/context_impl.h"
#include "support/failing_allocator.h"

static void test_limits(void **state)
{
    (void)state;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_limits limits = rg_context_limits(context);
    assert_int_equal(limits.max_input_bytes, 1u << 30);
    assert_int_equal(limits.max_line_bytes, 16u << 20);
    assert_int_equal(limits.max_depth, 200);
    assert_int_equal(limits.max_nodes, 1u << 24);
    assert_int_equal(limits.max_search_steps, 10000);
    assert_int_equal(limits.max_diagnostics, 100);
    rg_context_destroy(context);

    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_depth = 7;
    options.limits.max_nodes = 9;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    assert_int_equal(rg_context_limits(context).max_depth, 7);
    assert_int_equal(rg_context_limits(context).max_nodes, 9);
    rg_context_destroy(context);
    options.limits.max_depth = UINT32_MAX; /* bounded, because values are walked recursively */
    options.struct_size = offsetof(rg_context_options, limits) + sizeof(rg_limits);
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    assert_int_equal(rg_context_limits(context).max_depth, 10000);
    rg_context_destroy(context);
    options.struct_size = offsetof(rg_context_options, limits); /* an older caller: no limits */
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    assert_int_equal(rg_context_limits(context).max_depth, 200);
    rg_context_destroy(context);
    rg_context_destroy(NULL);
}

static void test_strings(void **state)
{
    (void)state;
    rg_context *parent;
    rg_context *child;
    assert_int_equal(rg_context_create(&parent, NULL), RG_OK);
    rg_string in_parent;
    assert_int_equal(rg_context_intern(&in_parent, parent, rg_string_from("shared")), RG_OK);
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.parent = parent;
    assert_int_equal(rg_context_create(&child, &options), RG_OK);
    size_t held = parent->arena.total;
    rg_string a;
    rg_string b;
    assert_int_equal(rg_context_intern(&a, child, rg_string_from("shared")), RG_OK);
    assert_ptr_equal(a.data, in_parent.data);
    assert_int_equal(rg_context_intern(&a, child, rg_string_from("own")), RG_OK);
    assert_int_equal(rg_context_intern(&b, child, (rg_string){"owner", 3}), RG_OK);
    assert_ptr_equal(a.data, b.data);
    assert_string_equal(a.data, "own");
    assert_int_equal(parent->arena.total, held);
    rg_context_destroy(child);
    rg_context_destroy(parent);
}

static void check_print(const rg_diagnostic *diagnostic, const char *expected)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_diagnostic_print(diagnostic, rg__buffer_sink(&text)), RG_OK);
    assert_string_equal(rg__buffer_string(&text).data, expected);
    rg__buffer_free(&text);
}

static void test_reports(void **state)
{
    (void)state;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_context_diagnostic_count(context), 0);
    assert_null(rg_context_diagnostic(context, 0));
    char file[] = "file.py";
    rg_location location = {
        .file = {file, 7},
        .line = 3,
        .column = 17,
        .source_line = rg_string_from("x = torch.add(, y)"),
        .caret = 14,
        .caret_width = 1,
    };
    assert_int_equal(rg_context_report(context, RG_SEVERITY_ERROR, RG_ERROR_SYNTAX,
                                       rg_string_from("expected an expression, found ','"), &location),
                     RG_ERROR_SYNTAX);
    file[0] = 'X'; /* texts are copied */
    check_print(rg_context_diagnostic(context, 0), "file.py:3:17: error: expected an expression, found ','\n"
                                                   "    x = torch.add(, y)\n"
                                                   "                  ^\n");
    location.file = rg_string_from("f");
    location.column = 0;
    location.source_line = rg_string_from("\t\xc3\xa9 = bad value");
    location.caret = 6;
    location.caret_width = 3;
    assert_int_equal(rg__report_expected(context, RG_SEVERITY_WARNING, RG_ERROR_NAME, rg_string_from("found 'bad'"),
                                         rg_string_from("a name"), &location),
                     RG_ERROR_NAME);
    check_print(rg_context_diagnostic(context, 1), "f:3: warning: found 'bad'; expected a name\n"
                                                   "    \t\xc3\xa9 = bad value\n"
                                                   "    \t    ^~~\n");
    assert_int_equal(rg__report(context, RG_ERROR_TYPE, "%s has %d\nlines", "it", 2), RG_ERROR_TYPE);
    check_print(rg_context_diagnostic(context, 2), "error: it has 2 lines\n");
    assert_int_equal(rg_context_diagnostic(context, 2)->code, RG_ERROR_TYPE);
    rg_diagnostic note = {.severity = RG_SEVERITY_NOTE, .message = {"see here", 8}, .location = {.line = 9}};
    check_print(&note, "<text>:9: note: see here\n");
    assert_int_equal(rg_context_diagnostic_count(context), 3);
    assert_null(rg_context_diagnostic(context, 3));
    rg_context_clear_diagnostics(context);
    assert_int_equal(rg_context_diagnostic_count(context), 0);
    rg_context_destroy(context);
}

static rg_status refuse(void *user, const char *data, size_t size)
{
    (void)data;
    (void)size;
    return --*(int *)user < 0 ? RG_ERROR_IO : RG_OK;
}

static void test_sink_failure_stops_printing(void **state)
{
    (void)state;
    rg_diagnostic diagnostic = {.message = {"m", 1}, .location = {.file = {"f", 1}, .source_line = {"s", 1}}};
    for (int allowed = 0; allowed < 5; allowed++) {
        int left = allowed;
        assert_int_equal(rg_diagnostic_print(&diagnostic, (rg_sink){refuse, &left}), RG_ERROR_IO);
        assert_int_equal(left, -1);
    }
}

static void test_too_many_reports(void **state)
{
    (void)state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_diagnostics = 3;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    for (int i = 0; i < 10; i++) {
        (void)rg__report(context, RG_ERROR_NAME, "number %d", i);
        size_t expected = i < 3 ? (size_t)i + 1 : 4;
        assert_int_equal(rg_context_diagnostic_count(context), expected);
    }
    check_print(rg_context_diagnostic(context, 2), "error: number 2\n");
    check_print(rg_context_diagnostic(context, 3), "note: 7 more diagnostics were dropped\n");
    assert_int_equal(rg__report_memory(context), RG_ERROR_MEMORY);
    check_print(rg_context_diagnostic(context, 3), "note: 8 more diagnostics were dropped\n");
    rg_context_clear_diagnostics(context);
    assert_int_equal(rg__report_memory(context), RG_ERROR_MEMORY);
    check_print(rg_context_diagnostic(context, 0), "error: out of memory\n");
    rg_context_destroy(context);
}

static void test_long_message_is_cut(void **state)
{
    (void)state;
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    char name[5000];
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    (void)rg__report(context, RG_ERROR_NAME, "%s", name);
    assert_int_equal(rg_context_diagnostic(context, 0)->message.size, 1023);
    rg_context_destroy(context);
}

static rg_status report_job(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_context *context;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        assert_null(context);
        return status;
    }
    for (int i = 0; i < 20; i++) {
        assert_int_equal(rg__report(context, RG_ERROR_NAME, "message %d", i), RG_ERROR_NAME);
    }
    rg_string text;
    status = rg_context_intern(&text, context, rg_string_from("text"));
    assert_true(rg_context_diagnostic_count(context) <= 21);
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        assert_non_null(rg_context_diagnostic(context, i)->message.data);
    }
    rg_context_destroy(context);
    return status;
}

static void test_memory_runs_out(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(report_job, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),           cmocka_unit_test(test_strings),
        cmocka_unit_test(test_reports),          cmocka_unit_test(test_sink_failure_stops_printing),
        cmocka_unit_test(test_too_many_reports), cmocka_unit_test(test_long_message_is_cut),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
