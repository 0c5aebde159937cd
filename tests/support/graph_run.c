/*
 * graph_run.c: a graph and a run of it, for tests.
 */
#include "support/graph_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void graph_run_prepare(graph_run *out, const char *text, const rg_run_options *options)
{
    memset(out, 0, sizeof(*out));
    assert_int_equal(rg_context_create(&out->context, NULL), RG_OK);
    assert_int_equal(rg_graph_parse(&out->graph, out->context, rg_string_from(text), rg_string_from("test")), RG_OK);
    assert_int_equal(rg_run_create(&out->run, out->graph, options), RG_OK);
}

void graph_run_tear_down(graph_run *f)
{
    rg_run_destroy(f->run);
    rg_graph_destroy(f->graph);
    rg_context_destroy(f->context);
}

const rg_datum *graph_run_value(const graph_run *f, uint32_t rank, const char *name)
{
    return rg_run_value(f->run, rank, rg_graph_find(f->graph, rg_string_from(name)));
}

rg_tensor *graph_run_tensor(const graph_run *f, uint32_t rank, const char *name)
{
    const rg_datum *datum = graph_run_value(f, rank, name);
    assert_int_equal(datum->kind, RG_DATUM_TENSOR);
    return datum->tensor;
}

const rg_tensor *graph_run_output(const graph_run *f, uint32_t rank, size_t index)
{
    const rg_datum *datum = rg_run_output(f->run, rank);
    assert_int_equal(datum->kind, RG_DATUM_TUPLE);
    assert_true(index < datum->tuple.count);
    assert_int_equal(datum->tuple.items[index].kind, RG_DATUM_TENSOR);
    return datum->tuple.items[index].tensor;
}

void assert_elements(const rg_tensor *actual, const double *expected, size_t count)
{
    assert_int_equal(rg_tensor_count(actual), count);
    for (size_t i = 0; i < count; i++) {
        if (rg_tensor_get(actual, i) != expected[i]) {
            fail_msg("element %zu is %g, not %g", i, rg_tensor_get(actual, i), expected[i]);
        }
    }
}

bool last_message_has(const rg_context *context, const char *text)
{
    size_t count = rg_context_diagnostic_count(context);
    return count > 0 && strstr(rg_context_diagnostic(context, count - 1)->message.data, text) != NULL;
}
