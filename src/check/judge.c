/*
 * judge.c: comparing what pattern and replacement came to: results, written inputs, and how much was lost by rounding.
 *
 * Values may differ by a few roundings (rg_tolerance_of). A cast that was left out differs by no more than that, as a
 * rule, but from one case to the next it loses more than the pattern does: the errors of both against the pattern in
 * double precision are summed up, in steps of the dtype, and compared by check.c when all cases are done.
 */
#include <math.h>

#include "check/check_impl.h"

/* Errors of more steps count as so many, so that one element cannot decide. */
static const double most_steps = 16;

/* With large values a rounding may decide between two results, as in a softmax of numbers in the thousands: what the
 * pattern itself is wrong by, and so many times that, is then allowed. */
static const double sensitive_allowance = 4;

typedef struct judging {
    rg_case_result *out;
    const rg_case_job *job;
    uint32_t rank;
    uint32_t ranks;
    size_t result;  /* SIZE_MAX: an input */
    bool overflows; /* the values are large, and something in the pattern overflows */
} judging;

/* What is known of a value beside what the pattern came to: NULL where it is not. */
typedef struct expectation {
    const rg_datum *exact;     /* in double precision */
    const rg_datum *perturbed; /* the same, of inputs that differ by half a step of the results' dtype */
} expectation;

/* ---- saying what differs ---- */

static void name_value(judging *job)
{
    rg_buffer *text = &job->out->reason;
    if (job->result == SIZE_MAX) {
        rg__buffer_append_text(text, "what is written to an input differs");
    } else {
        rg__buffer_append_format(text, "result %zu differs", job->result + 1);
    }
    if (job->ranks > 1) {
        rg__buffer_append_format(text, " on rank %u", job->rank);
    }
}

static void note_difference(judging *job, const char *how)
{
    if (job->out->outcome == RG_CASE_AGREES) {
        job->out->outcome = RG_CASE_DIFFERS;
        name_value(job);
        rg__buffer_append_format(&job->out->reason, ": %s", how);
    }
}

/* What was met of a tensor's elements. */
typedef struct element_errors {
    uint64_t count;
    uint64_t differing;
    double actual; /* the first that differs */
    double expected;
    double error;
    double max_absolute;
} element_errors;

static void note_errors(judging *job, const element_errors *errors, rg_dtype dtype)
{
    rg_case_result *out = job->out;
    if (errors->error > out->error || out->dtype == RG_DTYPE_NONE) {
        out->error = errors->error;
        out->dtype = dtype;
    }
    out->max_absolute = fmax(out->max_absolute, errors->max_absolute);
    if (errors->differing == 0 || out->outcome != RG_CASE_AGREES) {
        return;
    }
    out->outcome = RG_CASE_DIFFERS;
    name_value(job);
    rg__buffer_append_format(&out->reason, " in %llu of %llu elements, ", (unsigned long long)errors->differing,
                             (unsigned long long)errors->count);
    rg__buffer_append_float(&out->reason, (float)errors->actual);
    rg__buffer_append_text(&out->reason, " instead of ");
    rg__buffer_append_float(&out->reason, (float)errors->expected);
    rg__buffer_append_text(&out->reason, " in the first");
}

/* ---- elements ---- */

static double largest_magnitude(const rg_tensor *tensor)
{
    double largest = 0;
    for (uint64_t i = 0; i < rg_tensor_count(tensor); i++) {
        double value = fabs(rg_tensor_get(tensor, i));
        largest = isfinite(value) && value > largest ? value : largest;
    }
    return largest;
}

/* How far a tensor is from what it would be without roundings. */
static double largest_error(const rg_tensor *tensor, const rg_tensor *exact)
{
    double largest = 0;
    for (uint64_t i = 0; i < rg_tensor_count(tensor); i++) {
        double error = fabs(rg_tensor_get(tensor, i) - rg_tensor_get(exact, i));
        largest = isfinite(error) && error > largest ? error : largest;
    }
    return largest;
}

static double step_at(rg_dtype dtype, double value)
{
    int exponent = 0;
    (void)frexp(fmax(fabs(value), rg__dtype_smallest(dtype)), &exponent);
    return ldexp(rg__dtype_epsilon(dtype), exponent - 1);
}

static double squared_steps(rg_dtype dtype, double value, double exact)
{
    double steps = fmin(fabs(value - exact) / step_at(dtype, exact), most_steps);
    return steps * steps;
}

/* Results of more bits are held to their tolerance only. */
static bool is_narrow(rg_dtype dtype)
{
    return rg_dtype_is_float(dtype) && rg_dtype_bytes(dtype) <= 2 && rg__dtype_epsilon(dtype) > 0;
}

static void add_precision(judging *job, rg_dtype dtype, double actual, double expected, double exact)
{
    rg_precision *precision = job->job->precision;
    if (job->result < RG_CHECK_MAX_RESULTS && isfinite(actual) && isfinite(expected) && isfinite(exact)) {
        precision->pattern[job->result] += squared_steps(dtype, expected, exact);
        precision->replacement[job->result] += squared_steps(dtype, actual, exact);
        precision->count[job->result]++;
    }
}

/* The difference as a part of what is allowed. */
static double error_of(double actual, double expected, double allowed)
{
    if (actual == expected || (isnan(actual) && isnan(expected))) {
        return 0;
    }
    double error = fabs(actual - expected);
    return isnan(error) || isinf(error) || allowed <= 0 ? INFINITY : error / allowed;
}

/* Where an element of a result that is a rank's part lies in the whole: `dim` is cut into `ranks` parts. */
typedef struct rank_part {
    uint64_t inner; /* elements behind one step of `dim` */
    uint64_t length;
    uint64_t whole;
    uint64_t start;
} rank_part;

static uint64_t whole_position(const rank_part *part, uint64_t position)
{
    uint64_t behind = position % part->inner;
    uint64_t along = position / part->inner % part->length;
    return (position / part->inner / part->length * part->whole + part->start + along) * part->inner + behind;
}

/* Are the sizes those of the whole, or in a rule that resizes those of a rank's part along one dimension? */
static bool find_part(rank_part *out, const judging *job, rg_tensor_layout actual, rg_tensor_layout expected)
{
    uint32_t differing = 0;
    uint64_t inner = 1;
    *out = (rank_part){1, 1, 1, 0};
    if (actual.dtype != expected.dtype || actual.rank != expected.rank) {
        return false;
    }
    for (uint32_t i = actual.rank; i-- > 0;) {
        if (actual.sizes[i] != expected.sizes[i]) {
            differing++;
            *out = (rank_part){inner, (uint64_t)actual.sizes[i], (uint64_t)expected.sizes[i],
                               (uint64_t)actual.sizes[i] * job->rank};
        }
        inner *= (uint64_t)actual.sizes[i];
    }
    return differing == 0 ||
           (differing == 1 && job->job->drawn->rule->resizes && out->length * job->ranks == out->whole);
}

static bool is_sensitive(const judging *job)
{
    return job->job->profile == RG_VALUES_LARGE || job->job->profile == RG_VALUES_SHIFTED;
}

/* The datum's tensor if it has as many elements, else NULL. */
static const rg_tensor *tensor_like(const rg_datum *datum, const rg_tensor *tensor)
{
    bool is_like = datum != NULL && datum->kind == RG_DATUM_TENSOR && datum->tensor != NULL &&
                   rg_tensor_count(datum->tensor) == rg_tensor_count(tensor);
    return is_like ? datum->tensor : NULL;
}

/* What any element may be wrong by, beside a part of itself. */
static double common_allowance(const judging *job, const rg_tensor *expected, const expectation *from)
{
    rg_tolerance tolerance = rg_tolerance_of(rg_tensor_get_layout(expected).dtype);
    double common = tolerance.absolute + tolerance.scaled * largest_magnitude(expected);
    const rg_tensor *exact = tensor_like(from->exact, expected);
    const rg_tensor *perturbed = tensor_like(from->perturbed, expected);
    if (exact != NULL && is_sensitive(job)) {
        common += sensitive_allowance * largest_error(expected, exact);
    }
    if (exact != NULL && perturbed != NULL) {
        common += sensitive_allowance * largest_error(perturbed, exact);
    }
    return common;
}

static void judge_tensor(judging *job, const rg_tensor *actual, const rg_tensor *expected, const expectation *from)
{
    rg_dtype dtype = rg_tensor_get_layout(expected).dtype;
    rg_tolerance tolerance = rg_tolerance_of(dtype);
    rank_part part;
    element_errors errors = {.count = rg_tensor_count(actual)};
    if (!find_part(&part, job, rg_tensor_get_layout(actual), rg_tensor_get_layout(expected))) {
        note_difference(job, "it has another dtype or other sizes");
        return;
    }
    const rg_tensor *exact = tensor_like(from->exact, expected);
    double common = common_allowance(job, expected, from);
    for (uint64_t i = 0; i < errors.count; i++) {
        uint64_t position = whole_position(&part, i);
        double a = rg_tensor_get(actual, i);
        double e = rg_tensor_get(expected, position);
        double x = exact != NULL ? rg_tensor_get(exact, position) : e;
        if ((!isfinite(e) && isfinite(x)) || (!isfinite(a) && job->overflows)) {
            continue; /* an overflow on the way need not happen in both, or at the same place */
        }
        double allowed = job->job->tolerance_factor * (common + tolerance.relative * (isfinite(e) ? fabs(e) : 0));
        double error = error_of(a, e, allowed);
        if (error > 1 && errors.differing++ == 0) {
            errors.actual = a;
            errors.expected = e;
        }
        errors.error = fmax(errors.error, error);
        errors.max_absolute = fmax(errors.max_absolute, error > 0 ? fabs(a - e) : 0);
        if (exact != NULL && is_narrow(dtype) && job->job->profile != RG_VALUES_LARGE) {
            add_precision(job, dtype, a, e, x);
        }
    }
    note_errors(job, &errors, dtype);
}

/* ---- data ---- */

static const rg_datum *item(const rg_datum *datum, size_t index)
{
    return datum != NULL && datum->kind == RG_DATUM_TUPLE && index < datum->tuple.count ? &datum->tuple.items[index]
                                                                                        : NULL;
}

static expectation item_of(const expectation *from, size_t index)
{
    return (expectation){item(from->exact, index), item(from->perturbed, index)};
}

/* Depth is bounded by that of values. */
static void judge_datum(judging *job, const rg_datum *actual, const rg_datum *expected, const expectation *from)
{
    if (actual->kind == RG_DATUM_NONE && expected->kind != RG_DATUM_NONE && job->result != SIZE_MAX) {
        return; /* a result that the replacement drops */
    }
    if (actual->kind != expected->kind ||
        (actual->kind == RG_DATUM_TUPLE && actual->tuple.count != expected->tuple.count)) {
        note_difference(job, "it is of another kind");
        return;
    }
    switch (actual->kind) {
    case RG_DATUM_TENSOR:
        judge_tensor(job, actual->tensor, expected->tensor, from);
        break;
    case RG_DATUM_TUPLE:
        for (size_t i = 0; i < actual->tuple.count; i++) {
            expectation inner = item_of(from, i);
            judge_datum(job, &actual->tuple.items[i], &expected->tuple.items[i], &inner);
        }
        break;
    case RG_DATUM_BOOL:
    case RG_DATUM_INT:
        if (actual->kind == RG_DATUM_BOOL ? actual->truth != expected->truth : actual->integer != expected->integer) {
            note_difference(job, "another number");
        }
        break;
    case RG_DATUM_FLOAT:
        if (error_of(actual->real, expected->real, rg_tolerance_of(RG_DTYPE_F32).relative * fabs(expected->real)) > 1) {
            note_difference(job, "another number");
        }
        break;
    default: /* constants, which are those of the rule */
        break;
    }
}

/* Results one by one: a list of them is what the functions return, anything else is the only one. */
static void judge_results(judging *job, const rg_judged_runs *runs)
{
    const rg_datum *actual = rg_run_output(runs->replacement, job->rank);
    const rg_datum *expected = rg_run_output(runs->pattern, job->rank);
    expectation from = {runs->exact == NULL ? NULL : rg_run_output(runs->exact, job->rank),
                        runs->perturbed == NULL ? NULL : rg_run_output(runs->perturbed, job->rank)};
    job->result = 0;
    if (expected->kind != RG_DATUM_TUPLE || actual->kind != RG_DATUM_TUPLE) {
        judge_datum(job, actual, expected, &from);
        return;
    }
    for (size_t i = 0; i < expected->tuple.count && i < actual->tuple.count; i++) {
        job->result = i;
        expectation inner = item_of(&from, i);
        judge_datum(job, &actual->tuple.items[i], &expected->tuple.items[i], &inner);
    }
}

static bool has_changed(const rg_datum *before, const rg_datum *after)
{
    static const rg_tolerance none = {0, 0, 0};
    return before->kind == RG_DATUM_TENSOR && after->kind == RG_DATUM_TENSOR &&
           rg_tensor_compare(after->tensor, before->tensor, &none).differing > 0;
}

/* What both write must agree. What only one of them writes is read by nobody afterwards: the matcher sees to that. */
static void judge_inputs(judging *job, const rg_judged_runs *runs)
{
    rg_node other = rg_graph_first(job->job->replacement);
    job->result = SIZE_MAX;
    for (rg_node node = rg_graph_first(job->job->pattern); !rg_node_is_null(node) && !rg_node_is_null(other);
         node = rg_graph_next(job->job->pattern, node), other = rg_graph_next(job->job->replacement, other)) {
        if (rg_node_kind(job->job->pattern, node) != RG_OP_PLACEHOLDER) {
            return; /* they stand first, as many in both graphs */
        }
        const rg_datum *before = rg_run_value(runs->untouched, job->rank, node);
        const rg_datum *expected = rg_run_value(runs->pattern, job->rank, node);
        const rg_datum *actual = rg_run_value(runs->replacement, job->rank, other);
        if (has_changed(before, expected) && has_changed(before, actual)) {
            static const expectation none = {NULL, NULL};
            judge_datum(job, actual, expected, &none);
        }
    }
}

void rg__judge(rg_case_result *out, const rg_case_job *job, const rg_judged_runs *runs)
{
    judging judged = {.out = out, .job = job, .ranks = rg_run_ranks(runs->pattern), .overflows = runs->overflows};
    for (judged.rank = 0; judged.rank < judged.ranks; judged.rank++) {
        judge_results(&judged, runs);
        judge_inputs(&judged, runs);
    }
}
