/*
 * run_case.c: one case: the graphs run on the same inputs. What they come to is compared in judge.c.
 */
#include <math.h>

#include "check/check_impl.h"

enum { MAX_ELEMENTS = 1 << 22, MAX_BYTES = 1 << 28 };

/* ---- what a graph is like ---- */

static bool has_probability_0(const rg_graph *graph, rg_node node)
{
    rg_context *context = rg_graph_context(graph);
    rg_op op = rg_node_op(graph, node);
    bool found = false;
    for (size_t i = 0; i < rg_op_argument_count(context, op); i++) {
        rg_argument_info info;
        int64_t integer = 1;
        if (rg_op_argument(&info, context, op, i) != RG_OK || !rg__is_probability(info.name)) {
            continue;
        }
        rg_value value = rg_node_schema_argument(graph, node, i);
        bool is_float = rg_value_get_kind(value) == RG_VALUE_FLOAT;
        if (is_float ? rg_value_as_float(value) != 0 : !rg_value_as_int(context, value, &integer) || integer != 0) {
            return false;
        }
        found = true;
    }
    return found;
}

bool rg__graph_is_random(const rg_graph *graph, rg_node *node)
{
    const rg_context *context = rg_graph_context(graph);
    for (rg_node at = rg_graph_first(graph); !rg_node_is_null(at); at = rg_graph_next(graph, at)) {
        rg_op op = rg__node_schema_op(graph, at.id);
        if ((rg_op_traits(context, op) & RG_TRAIT_RANDOM) != 0 && !has_probability_0(graph, at)) {
            *node = at;
            return true;
        }
    }
    return false;
}

static bool has_collective(const rg_graph *graph)
{
    const rg_context *context = rg_graph_context(graph);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if ((rg_op_traits(context, rg__node_schema_op(graph, node.id)) & RG_TRAIT_COLLECTIVE) != 0) {
            return true;
        }
    }
    return false;
}

/* A collective that does not say how many ranks there are has two. */
static uint32_t ranks_of(const rg_case_job *job)
{
    uint32_t ranks = rg_graph_ranks(job->pattern);
    uint32_t other = job->replacement == NULL ? 1 : rg_graph_ranks(job->replacement);
    ranks = other > ranks ? other : ranks;
    bool is_group = has_collective(job->pattern) || (job->replacement != NULL && has_collective(job->replacement));
    return ranks == 1 && is_group ? 2 : ranks;
}

/* The smallest number of a graph that is small, and positive. */
static double smallest_number(const rg_graph *graph)
{
    double smallest = 1e-3;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            rg_value value = rg_node_argument(graph, node, i);
            double number = rg_value_as_float(value);
            if (rg_value_get_kind(value) == RG_VALUE_FLOAT && number > 0 && number < smallest) {
                smallest = number;
            }
        }
    }
    return smallest;
}

/* ---- outcomes ---- */

/* The first thing that was reported since the context's diagnostics were cleared. */
static void give_reason(rg_case_result *out, rg_case_outcome outcome, const rg_context *context)
{
    const rg_diagnostic *diagnostic = rg_context_diagnostic(context, 0);
    out->outcome = outcome;
    rg__buffer_append(&out->reason, diagnostic != NULL ? diagnostic->message : (rg_string){NULL, 0});
}

/* A status that says something of the case; what is left to fail is want of memory. */
static rg_status settle(rg_case_result *out, rg_status status, rg_case_outcome otherwise, const rg_context *context)
{
    if (status == RG_OK || status == RG_ERROR_MEMORY) {
        return status;
    }
    give_reason(out, status == RG_ERROR_UNSUPPORTED ? RG_CASE_IMPOSSIBLE : otherwise, context);
    return status;
}

/* ---- inputs ---- */

static rg_status widen_input(rg_run *run, rg_node to, const rg_run *from, rg_node node, uint32_t rank)
{
    const rg_datum *datum = rg_run_value(from, rank, node);
    rg_datum wide = {.kind = RG_DATUM_TENSOR};
    if (datum->kind != RG_DATUM_TENSOR) {
        return rg_run_set_input(run, rank, to, datum);
    }
    rg_tensor_layout layout = rg_tensor_get_layout(datum->tensor);
    layout.dtype = rg_tensor_get_layout(rg_run_value(run, rank, to)->tensor).dtype;
    layout.strides = NULL;
    layout.offset = 0;
    rg_status status = rg_tensor_create(&wide.tensor, run->context, &layout);
    if (status == RG_OK) {
        rg__tensor_copy(wide.tensor, datum->tensor);
        status = rg_run_set_input(run, rank, to, &wide);
    }
    rg_tensor_destroy(wide.tensor);
    return status;
}

/* The same inputs in double precision. */
static rg_status widen_inputs(rg_run *run, const rg_graph *graph, const rg_run *from, const rg_graph *narrow)
{
    rg_node node = rg_graph_first(narrow);
    rg_status status = RG_OK;
    for (rg_node to = rg_graph_first(graph); !rg_node_is_null(to) && status == RG_OK; to = rg_graph_next(graph, to)) {
        if (rg_node_kind(graph, to) == RG_OP_PLACEHOLDER) { /* which stand first, in both graphs */
            for (uint32_t rank = 0; rank < rg_run_ranks(run) && status == RG_OK; rank++) {
                status = widen_input(run, to, from, node, rank);
            }
            node = rg_graph_next(narrow, node);
        }
    }
    return status;
}

/* ---- running ---- */

static void destroy_runs(rg_judged_runs *runs)
{
    rg_run_destroy(runs->exact);
    rg_run_destroy(runs->replacement);
    rg_run_destroy(runs->untouched);
    rg_run_destroy(runs->pattern);
}

/* Fails as the interpreter does, with `out` set. */
static rg_status create_runs(rg_judged_runs *runs, rg_case_result *out, const rg_case_job *job)
{
    const rg_context *context = job->drawn->context;
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.seed = job->seed;
    options.ranks = ranks_of(job);
    options.vary_ranks = job->vary_ranks;
    options.max_elements = MAX_ELEMENTS;
    options.max_bytes = MAX_BYTES;
    rg_status status = rg_run_create(&runs->pattern, job->pattern, &options);
    if (status == RG_OK) {
        rg__set_values(runs->pattern, job->pattern, job->profile, smallest_number(job->pattern));
        options.like = runs->pattern;
        status = rg_run_create(&runs->untouched, job->pattern, &options);
    }
    if (status != RG_OK) {
        return settle(out, status, RG_CASE_MISFIT, context);
    }
    if (job->replacement != NULL) {
        status = rg_run_create(&runs->replacement, job->replacement, &options);
    }
    return settle(out, status, RG_CASE_PARTIAL, context);
}

/* What the pattern means without its roundings, if it can be told. */
static rg_status run_exactly(rg_judged_runs *runs, const rg_case_job *job)
{
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.seed = job->seed;
    options.ranks = rg_run_ranks(runs->pattern);
    options.max_elements = MAX_ELEMENTS;
    options.max_bytes = MAX_BYTES;
    rg_status status = job->exact == NULL ? RG_OK : rg_run_create(&runs->exact, job->exact, &options);
    if (status == RG_OK && runs->exact != NULL) {
        status = widen_inputs(runs->exact, job->exact, runs->untouched, job->pattern);
    }
    if (status == RG_OK && runs->exact != NULL) {
        status = rg_run_execute(runs->exact);
    }
    if (status != RG_OK) {
        rg_run_destroy(runs->exact);
        runs->exact = NULL;
    }
    return status == RG_ERROR_MEMORY ? status : RG_OK;
}

static rg_status execute(rg_judged_runs *runs, rg_case_result *out, const rg_case_job *job)
{
    rg_context *context = job->drawn->context;
    rg_status status = settle(out, rg_run_execute(runs->pattern), RG_CASE_MISFIT, context);
    if (status != RG_OK) {
        return status;
    }
    if (job->replacement == NULL) {
        out->outcome = RG_CASE_PARTIAL;
        rg__buffer_append(&out->reason, job->problem);
        return RG_ERROR_TYPE;
    }
    status = settle(out, rg_run_execute(runs->replacement), RG_CASE_PARTIAL, context);
    return status == RG_OK ? run_exactly(runs, job) : status;
}

static bool is_random(rg_case_result *out, const rg_graph *graph)
{
    rg_node node = {0};
    if (!rg__graph_is_random(graph, &node)) {
        return false;
    }
    rg_string op = rg_op_name(rg_graph_context(graph), rg__node_schema_op(graph, node.id));
    out->outcome = RG_CASE_IMPOSSIBLE;
    rg__buffer_append_format(&out->reason, "%.*s gives random numbers", (int)op.size, op.data);
    return true;
}

rg_status rg__case_run(rg_case_result *out, const rg_case_job *job)
{
    rg_judged_runs runs = {NULL, NULL, NULL, NULL};
    out->outcome = RG_CASE_AGREES;
    out->error = out->max_absolute = 0;
    out->dtype = RG_DTYPE_NONE;
    if (is_random(out, job->pattern) || (job->replacement != NULL && is_random(out, job->replacement))) {
        return RG_OK;
    }
    rg_context_clear_diagnostics(job->drawn->context);
    rg_status status = create_runs(&runs, out, job);
    if (status == RG_OK) {
        status = execute(&runs, out, job);
    }
    if (status == RG_OK) {
        rg__judge(out, job, &runs);
    }
    destroy_runs(&runs);
    return status == RG_ERROR_MEMORY || out->reason.failed ? RG_ERROR_MEMORY : RG_OK;
}
