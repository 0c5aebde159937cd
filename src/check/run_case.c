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
uint32_t rg__case_ranks(const rg_case_job *job)
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

static rg_status mark_id(void *user, uint32_t id)
{
    bool *marks = user;
    marks[id] = true;
    return RG_OK;
}

/* What goes into a collective differs from rank to rank; everything else is the same on all of them. */
static rg_status share_inputs(rg_run *run, const rg_graph *graph)
{
    rg_context *context = rg_graph_context(graph);
    size_t bytes = ((size_t)graph->id_count + 1) * sizeof(bool);
    bool *is_read = rg__allocate(&context->allocator, bytes); /* by a collective, at last */
    rg_status status = is_read == NULL ? rg__report_memory(context) : RG_OK;
    if (is_read == NULL) {
        return status;
    }
    memset(is_read, 0, bytes);
    for (rg_node node = rg_graph_last(graph); !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        uint32_t traits = rg_op_traits(context, rg__node_schema_op(graph, node.id));
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            if (is_read[node.id] || (traits & RG_TRAIT_COLLECTIVE) != 0) {
                (void)rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), mark_id, is_read);
            }
        }
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        bool is_shared = rg_node_kind(graph, node) == RG_OP_PLACEHOLDER && !is_read[node.id];
        for (uint32_t rank = 1; rank < rg_run_ranks(run) && is_shared && status == RG_OK; rank++) {
            status = rg_run_set_input(run, rank, node, rg_run_value(run, 0, node));
        }
    }
    rg__free(&context->allocator, is_read, bytes);
    return status;
}

static bool has_same_sizes(rg_tensor_layout a, rg_tensor_layout b)
{
    return a.rank == b.rank && (a.rank == 0 || memcmp(a.sizes, b.sizes, a.rank * sizeof(*a.sizes)) == 0);
}

/* Give an input the values of another run's: in its own dtype, and of its own rank's part where it has but that. */
static rg_status give_input(rg_run *run, rg_node to, const rg_run *from, rg_node node, uint32_t rank)
{
    const rg_datum *datum = rg_run_value(from, rank, node);
    rg_datum given = {.kind = RG_DATUM_TENSOR};
    rg_tensor *part = NULL;
    if (datum->kind != RG_DATUM_TENSOR) {
        return rg_run_set_input(run, rank, to, datum);
    }
    const rg_datum *slot = rg_run_value(run, rank, to);
    rg_tensor_layout wanted = rg_tensor_get_layout(slot->tensor);
    rg_tensor_layout view = rg_tensor_get_layout(datum->tensor);
    if (!has_same_sizes(wanted, view)) {
        view.sizes = wanted.sizes;
        view.offset += rank * wanted.sizes[0] * view.strides[0];
    }
    rg_status status = rg_tensor_create_view(&part, datum->tensor, &view);
    rg_tensor_layout layout = {wanted.dtype, wanted.rank, wanted.sizes, NULL, 0};
    if (status == RG_OK) {
        status = rg_tensor_create(&given.tensor, run->context, &layout);
    }
    if (status == RG_OK) {
        rg__tensor_copy(given.tensor, part);
        status = rg_run_set_input(run, rank, to, &given);
    }
    rg_tensor_destroy(given.tensor);
    rg_tensor_destroy(part);
    return status;
}

/* The graphs have as many placeholders, which stand first. */
static rg_status give_inputs(rg_run *run, const rg_graph *graph, const rg_run *from, const rg_graph *source)
{
    rg_node node = rg_graph_first(source);
    rg_status status = RG_OK;
    for (rg_node to = rg_graph_first(graph); !rg_node_is_null(to) && status == RG_OK; to = rg_graph_next(graph, to)) {
        if (rg_node_kind(graph, to) == RG_OP_PLACEHOLDER) {
            for (uint32_t rank = 0; rank < rg_run_ranks(run) && status == RG_OK; rank++) {
                status = give_input(run, to, from, node, rank);
            }
            node = rg_graph_next(source, node);
        }
    }
    return status;
}

/* ---- running ---- */

static void destroy_runs(rg_judged_runs *runs)
{
    rg_run_destroy(runs->perturbed);
    rg_run_destroy(runs->exact);
    rg_run_destroy(runs->replacement);
    rg_run_destroy(runs->untouched);
    rg_run_destroy(runs->pattern);
}

static rg_run_options options_of(const rg_case_job *job)
{
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    options.seed = job->seed;
    options.ranks = rg__case_ranks(job);
    options.vary_ranks = true;
    options.max_elements = MAX_ELEMENTS;
    options.max_bytes = MAX_BYTES;
    options.distribution = job->profile == RG_VALUES_COARSE ? RG_DISTRIBUTION_COARSE : RG_DISTRIBUTION_NORMAL;
    return options;
}

/* Fails as the interpreter does, with `out` set. */
static rg_status create_runs(rg_judged_runs *runs, rg_case_result *out, const rg_case_job *job)
{
    const rg_context *context = job->drawn->context;
    rg_run_options options = options_of(job);
    options.keep_all = true;
    rg_status status = rg_run_create(&runs->pattern, job->pattern, &options);
    if (status == RG_OK) {
        status = share_inputs(runs->pattern, job->pattern);
    }
    if (status == RG_OK) {
        rg_value_measure measure = {job->profile, smallest_number(job->pattern), job->largest};
        rg__set_values(runs->pattern, job->pattern, &measure);
        status = rg_run_create(&runs->untouched, job->pattern, &options);
    }
    if (status == RG_OK) {
        status = give_inputs(runs->untouched, job->pattern, runs->pattern, job->pattern);
    }
    if (status != RG_OK) {
        return settle(out, status, RG_CASE_MISFIT, context);
    }
    options.keep_all = job->profile == RG_VALUES_LARGE && job->drawn->rule->rounds.size > 0;
    if (job->replacement != NULL) {
        status = rg_run_create(&runs->replacement, job->replacement, &options);
    }
    if (status == RG_OK && job->replacement != NULL) {
        status = give_inputs(runs->replacement, job->replacement, runs->pattern, job->pattern);
    }
    return settle(out, status, RG_CASE_PARTIAL, context);
}

/* A graph in double precision on the inputs of the case, which are perturbed by half a step of `dtype` if that is one;
 * NULL where that cannot be told. */
static rg_status run_exactly(rg_run **out, const rg_judged_runs *runs, const rg_case_job *job, rg_graph *graph,
                             rg_dtype dtype)
{
    rg_run_options options = options_of(job);
    options.keep_all = job->profile == RG_VALUES_LARGE;
    rg_status status = graph == NULL ? RG_ERROR_TYPE : rg_run_create(out, graph, &options);
    if (status == RG_OK) {
        status = give_inputs(*out, graph, runs->untouched, job->pattern);
    }
    if (status == RG_OK) {
        if (dtype != RG_DTYPE_NONE) {
            rg__perturb_inputs(*out, graph, dtype);
        }
        status = rg_run_execute(*out);
    }
    if (status != RG_OK) {
        rg_run_destroy(*out);
        *out = NULL;
    }
    return status == RG_ERROR_MEMORY ? status : RG_OK;
}

/* Of floats of 16 bits and more among the results, the dtype with the largest steps; NONE if there are none. */
static rg_dtype coarsest_result(const rg_datum *datum)
{
    rg_dtype dtype = RG_DTYPE_NONE;
    if (datum->kind == RG_DATUM_TENSOR) {
        rg_dtype own = rg_tensor_get_layout(datum->tensor).dtype;
        return rg_dtype_is_float(own) && rg_dtype_bytes(own) > 1 ? own : RG_DTYPE_NONE;
    }
    for (size_t i = 0; datum->kind == RG_DATUM_TUPLE && i < datum->tuple.count; i++) {
        rg_dtype own = coarsest_result(&datum->tuple.items[i]);
        dtype = rg__dtype_epsilon(own) > rg__dtype_epsilon(dtype) ? own : dtype;
    }
    return dtype;
}

/* What the pattern means without its roundings. */
static rg_status execute_exactly(rg_judged_runs *runs, const rg_case_job *job)
{
    rg_dtype dtype = coarsest_result(rg_run_output(runs->pattern, 0));
    rg_status status = run_exactly(&runs->exact, runs, job, job->exact, RG_DTYPE_NONE);
    bool is_loose = job->profile == RG_VALUES_LARGE || job->drawn->rule->rounds.size > 0;
    if (status == RG_OK && is_loose && dtype != RG_DTYPE_NONE) {
        status = run_exactly(&runs->perturbed, runs, job, job->exact, dtype);
    }
    return status;
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
    return status == RG_OK ? execute_exactly(runs, job) : status;
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

/* ---- overflow ---- */

/* Is a value infinite, or none, for want of range? It is not in double precision. */
static bool is_beyond(const rg_datum *datum, const rg_datum *exact)
{
    if (datum->kind != RG_DATUM_TENSOR || exact->kind != RG_DATUM_TENSOR ||
        rg_tensor_count(datum->tensor) != rg_tensor_count(exact->tensor)) {
        return false;
    }
    for (uint64_t i = 0; i < rg_tensor_count(datum->tensor); i++) {
        if (!isfinite(rg_tensor_get(datum->tensor, i)) && isfinite(rg_tensor_get(exact->tensor, i))) {
            return true;
        }
    }
    return false;
}

/* Does something overflow on the way? Graph and run in double precision have the same nodes in the same order. */
static bool overflows(const rg_graph *graph, const rg_run *run, const rg_graph *exact_graph, const rg_run *exact)
{
    rg_node other = exact == NULL ? (rg_node){0} : rg_graph_first(exact_graph);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && !rg_node_is_null(other);
         node = rg_graph_next(graph, node), other = rg_graph_next(exact_graph, other)) {
        for (uint32_t rank = 0; rank < rg_run_ranks(run); rank++) {
            if (is_beyond(rg_run_value(run, rank, node), rg_run_value(exact, rank, other))) {
                return true;
            }
        }
    }
    return false;
}

static bool is_finite(const rg_datum *datum)
{
    for (uint64_t i = 0; datum->kind == RG_DATUM_TENSOR && i < rg_tensor_count(datum->tensor); i++) {
        if (!isfinite(rg_tensor_get(datum->tensor, i))) {
            return false;
        }
    }
    return true;
}

typedef struct operand_walk {
    const rg_run *run;
    uint32_t rank;
    bool any;
    bool are_finite;
} operand_walk;

static rg_status look_at_operand(void *user, uint32_t id)
{
    operand_walk *walk = user;
    walk->any = true;
    walk->are_finite = walk->are_finite && is_finite(rg_run_value(walk->run, walk->rank, (rg_node){id}));
    return RG_OK;
}

/* Is something of a graph not finite that is computed from finite values only? */
static bool leaves_range(const rg_graph *graph, const rg_run *run)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        for (uint32_t rank = 0; rank < rg_run_ranks(run); rank++) {
            operand_walk walk = {run, rank, false, true};
            for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
                (void)rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), look_at_operand, &walk);
            }
            if (walk.any && walk.are_finite && !is_finite(rg_run_value(run, rank, node))) {
                return true;
            }
        }
    }
    return false;
}

/* Judge what came out, or find that the values are too large for the pattern itself, or for a
 * replacement that states that it computes in a narrower dtype: `*again` then. */
static void judge_runs(bool *again, rg_case_result *out, const rg_case_job *job, rg_judged_runs *runs)
{
    rg_precision before = *job->precision;
    bool is_large = job->profile == RG_VALUES_LARGE;
    runs->overflows =
        is_large && (overflows(job->pattern, runs->pattern, job->exact, runs->exact) ||
                     (job->drawn->rule->rounds.size > 0 && leaves_range(job->replacement, runs->replacement)));
    *again = runs->overflows && job->largest > RG_CHECK_LEAST;
    if (*again) {
        return;
    }
    rg__judge(out, job, runs);
    bool is_hidden = rg__hides_row(job->pattern, runs->pattern);
    *job->precision = out->outcome == RG_CASE_AGREES && !is_hidden ? *job->precision : before;
    if (out->outcome == RG_CASE_DIFFERS && is_hidden) {
        out->outcome = RG_CASE_MISFIT;
        rg__buffer_clear(&out->reason);
        rg__buffer_append_text(&out->reason, "all of a row of a softmax is hidden");
    }
}

rg_status rg__case_run(rg_case_result *out, const rg_case_job *job)
{
    rg_case_job each = *job;
    rg_status status = RG_OK;
    bool again = true;
    if (is_random(out, job->pattern) || (job->replacement != NULL && is_random(out, job->replacement))) {
        return RG_OK;
    }
    for (each.largest = RG_CHECK_LARGEST; again && status == RG_OK; each.largest *= RG_CHECK_SMALLER) {
        rg_judged_runs runs = {.pattern = NULL};
        again = false;
        out->outcome = RG_CASE_AGREES;
        out->error = out->max_absolute = 0;
        out->dtype = RG_DTYPE_NONE;
        rg_context_clear_diagnostics(job->drawn->context);
        status = create_runs(&runs, out, &each);
        if (status == RG_OK) {
            status = execute(&runs, out, &each);
        }
        if (status == RG_OK) {
            judge_runs(&again, out, &each, &runs);
        }
        destroy_runs(&runs);
    }
    return status == RG_ERROR_MEMORY || out->reason.failed ? RG_ERROR_MEMORY : RG_OK;
}
