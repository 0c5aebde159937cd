/*
 * compare_runs.c: comparing what two runs came to: results, written inputs, and the nodes on the way.
 */
#include "interp/interp_impl.h"

typedef struct comparing {
    rg_run_comparison *out;
    double factor;
    uint32_t rank;
} comparing;

static rg_tolerance tolerance_for(rg_dtype dtype, double factor)
{
    rg_tolerance tolerance = rg_tolerance_of(dtype);
    tolerance.absolute *= factor;
    tolerance.relative *= factor;
    tolerance.scaled *= factor;
    return tolerance;
}

/* A comparison of two numbers, as if they were tensors of one element. */
static rg_comparison compare_numbers(double actual, double expected, bool equal)
{
    double error = actual - expected;
    return (rg_comparison){.comparable = true,
                           .count = 1,
                           .differing = equal ? 0 : 1,
                           .max_absolute = error < 0 ? -error : error,
                           .actual = actual,
                           .expected = expected};
}

static bool are_close(double actual, double expected, double factor)
{
    double error = actual - expected;
    double allowed = factor * rg_tolerance_of(RG_DTYPE_F32).relative * (expected < 0 ? -expected : expected);
    return actual == expected || (error <= allowed && -error <= allowed) || (actual != actual && expected != expected);
}

/* Do two data agree that are no tuples? */
static bool agree(const rg_datum *actual, const rg_datum *expected, double factor, rg_comparison *values)
{
    memset(values, 0, sizeof(*values));
    if (actual->kind != expected->kind) {
        return false;
    }
    switch (actual->kind) {
    case RG_DATUM_TENSOR: {
        rg_tolerance tolerance = tolerance_for(expected->tensor->dtype, factor);
        *values = rg_tensor_compare(actual->tensor, expected->tensor, &tolerance);
        break;
    }
    case RG_DATUM_BOOL:
        *values = compare_numbers(actual->truth, expected->truth, actual->truth == expected->truth);
        break;
    case RG_DATUM_INT:
        *values =
            compare_numbers((double)actual->integer, (double)expected->integer, actual->integer == expected->integer);
        break;
    case RG_DATUM_FLOAT:
        *values = compare_numbers(actual->real, expected->real, are_close(actual->real, expected->real, factor));
        break;
    default: /* constants of the graphs, compared as such where graphs are */
        values->comparable = true;
        break;
    }
    return values->comparable && values->differing == 0;
}

rg_datum_comparison rg__datum_compare(const rg_datum *actual, const rg_datum *expected, double tolerance_factor)
{
    rg_datum_comparison result = {true, true, {.comparable = true}};
    if (actual->kind != RG_DATUM_TUPLE || expected->kind != RG_DATUM_TUPLE) {
        result.equal = agree(actual, expected, tolerance_factor, &result.values);
        result.comparable = result.values.comparable;
        return result;
    }
    if (actual->tuple.count != expected->tuple.count) {
        return (rg_datum_comparison){false, false, {.comparable = false}};
    }
    for (size_t i = 0; i < actual->tuple.count; i++) {
        rg_datum_comparison item =
            rg__datum_compare(&actual->tuple.items[i], &expected->tuple.items[i], tolerance_factor);
        bool comparable = result.comparable && item.comparable;
        result = result.equal ? item : result;
        result.comparable = comparable;
    }
    return result;
}

static void note(comparing *job, const rg_comparison *values, size_t output)
{
    if (job->out->differing++ == 0) {
        job->out->output = output;
        job->out->rank = job->rank;
        job->out->values = *values;
    }
}

/* `next` counts the values of the output; NULL for an input. */
static void compare_data(comparing *job, const rg_datum *actual, const rg_datum *expected, size_t *next)
{
    rg_comparison values;
    if (actual->kind == RG_DATUM_TUPLE && expected->kind == RG_DATUM_TUPLE &&
        actual->tuple.count == expected->tuple.count) {
        for (size_t i = 0; i < actual->tuple.count; i++) {
            compare_data(job, &actual->tuple.items[i], &expected->tuple.items[i], next);
        }
        return;
    }
    job->out->compared++;
    if (!agree(actual, expected, job->factor, &values)) {
        note(job, &values, next == NULL ? SIZE_MAX : *next);
    }
    if (next != NULL) {
        (*next)++;
    }
}

static rg_node next_placeholder(const rg_graph *graph, rg_node node)
{
    node = rg_node_is_null(node) ? rg_graph_first(graph) : rg_graph_next(graph, node);
    while (!rg_node_is_null(node) && rg_node_kind(graph, node) != RG_OP_PLACEHOLDER) {
        node = rg_graph_next(graph, node);
    }
    return node;
}

static void compare_inputs(comparing *job, const rg_run *actual, const rg_run *expected)
{
    rg_node a = next_placeholder(actual->graph, (rg_node){0});
    rg_node b = next_placeholder(expected->graph, (rg_node){0});
    while (!rg_node_is_null(a) && !rg_node_is_null(b)) {
        compare_data(job, rg_run_value(actual, job->rank, a), rg_run_value(expected, job->rank, b), NULL);
        a = next_placeholder(actual->graph, a);
        b = next_placeholder(expected->graph, b);
    }
}

/* The first node whose namesake came to something else. Names mean the same values in two graphs only by custom: a
 * namesake of another dtype or other sizes is another value, and is passed over. */
static void find_first_node(rg_run_comparison *out, const rg_run *actual, const rg_run *expected, double factor)
{
    for (rg_node a = rg_graph_first(actual->graph); !rg_node_is_null(a); a = rg_graph_next(actual->graph, a)) {
        rg_node b = rg_graph_find(expected->graph, rg_node_name(actual->graph, a));
        if (rg_node_is_null(b) || rg_node_kind(actual->graph, a) == RG_OP_PLACEHOLDER) {
            continue; /* inputs have been written since */
        }
        for (uint32_t rank = 0; rank < actual->ranks; rank++) {
            const rg_datum *left = rg_run_value(actual, rank, a);
            const rg_datum *right = rg_run_value(expected, rank, b);
            rg_comparison values;
            if (left->kind == RG_DATUM_TENSOR && right->kind == RG_DATUM_TENSOR &&
                !agree(left, right, factor, &values) && values.comparable) {
                out->node_a = a;
                out->node_b = b;
                out->node_values = values;
                return;
            }
        }
    }
}

rg_status rg_run_compare(rg_run_comparison *out, const rg_run *actual, const rg_run *expected, double tolerance_factor)
{
    memset(out, 0, sizeof(*out));
    if (!actual->executed || !expected->executed || actual->ranks != expected->ranks) {
        return rg__report(actual->context, RG_ERROR_ARGUMENT,
                          "two runs that were executed, on as many ranks, are needed");
    }
    comparing job = {out, tolerance_factor, 0};
    for (job.rank = 0; job.rank < actual->ranks; job.rank++) {
        size_t next = 0;
        compare_data(&job, rg_run_output(actual, job.rank), rg_run_output(expected, job.rank), &next);
        compare_inputs(&job, actual, expected);
    }
    out->equal = out->differing == 0;
    if (!out->equal) {
        find_first_node(out, actual, expected, tolerance_factor);
    }
    return RG_OK;
}
