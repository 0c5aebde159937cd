/*
 * command_verify.c: `regraft verify`: do two files compute the same on the same random inputs?
 */
#include <math.h>
#include <stdlib.h>

#include "cli/json_output.h"
#include "cli/match_log_file.h"
#include "cli/place_output.h"

enum { MAX_SIZES = 64, MAX_FILLS = 64 };

/* --fill: what an input is filled with. */
typedef struct input_fill {
    rg_string name; /* of a placeholder, or the path of an attribute */
    double number;
} input_fill;

/* What a second comparison says, in double precision, when the first one says that the graphs differ. */
typedef enum wide_answer { WIDE_NOT_ASKED, WIDE_EQUAL, WIDE_DIFFERENT, WIDE_IMPOSSIBLE } wide_answer;

typedef struct verify_job {
    rg_context *context;
    const char *paths[2];
    rg_document *documents[2];
    rg_graph *graphs[2];  /* of the documents, or the reduced ones, or the widened ones */
    rg_graph *reduced[2]; /* NULL: not asked for, or not possible */
    rg_graph *widened[2]; /* NULL: not asked for */
    bool wide;            /* --wide */
    rg_reduction reduction;
    rg_run *runs[2];
    rg_run_options options;
    rg_size_binding sizes[MAX_SIZES];
    input_fill fills[MAX_FILLS];
    size_t fill_count;
    double tolerance;
    uint64_t cases;
    rg_match_log *log;       /* NULL without --matches */
    rg_following *following; /* of the runs at hand, then */
    rg_run_comparison result;
    wide_answer wide_answer;
} verify_job;

/* What the runs at hand got for inputs, as an adjective. */
static const char *inputs_word(const verify_job *job)
{
    static const char *const words[RG_DISTRIBUTION_COUNT] = {"normal", "small", "coarse"};
    return words[job->options.distribution];
}

/* ---- options ---- */

/* "s0=4" */
static bool add_size(verify_job *job, const char *text)
{
    const char *sign = strchr(text, '=');
    uint64_t value = 0;
    if (sign == NULL || sign == text || !parse_count(sign + 1, INT32_MAX, &value)) {
        complain("--size wants NAME=NUMBER, not '%s'", text);
        return false;
    }
    if (job->options.size_count == MAX_SIZES) {
        complain("at most %d sizes can be given", (int)MAX_SIZES);
        return false;
    }
    job->sizes[job->options.size_count++] = (rg_size_binding){{text, (size_t)(sign - text)}, (int64_t)value};
    return true;
}

/* "_tensor_constant0=64" */
static bool add_fill(verify_job *job, const char *text)
{
    const char *sign = strchr(text, '=');
    char *end = NULL;
    double number = sign == NULL ? 0 : strtod(sign + 1, &end);
    if (sign == NULL || sign == text || end == sign + 1 || *end != '\0') {
        complain("--fill wants NAME=NUMBER, not '%s'", text);
        return false;
    }
    if (job->fill_count == MAX_FILLS) {
        complain("at most %d inputs can be filled", (int)MAX_FILLS);
        return false;
    }
    job->fills[job->fill_count++] = (input_fill){{text, (size_t)(sign - text)}, number};
    return true;
}

/* Read a number; true, and `*out` unchanged, when the option was not given. */
static bool read_number(const cli_invocation *invocation, const char *name, uint64_t largest, uint64_t *out)
{
    const char *text = option_value(invocation, name);
    if (text != NULL && !parse_count(text, largest, out)) {
        complain("--%s wants a whole number from 1, not '%s'", name, text);
        return false;
    }
    return true;
}

static bool read_tolerance(verify_job *job, const char *text)
{
    char *end = NULL;
    job->tolerance = text == NULL ? 1 : strtod(text, &end);
    if (text != NULL && (end == text || *end != '\0' || !(job->tolerance >= 0))) {
        complain("--tolerance wants a number from 0, not '%s'", text);
        return false;
    }
    return true;
}

static bool read_options(verify_job *job, const cli_invocation *invocation)
{
    uint64_t seed = 0;
    uint64_t ranks = 0;
    job->cases = RG_DISTRIBUTION_COUNT;
    job->options = (rg_run_options)RG_RUN_OPTIONS_INIT;
    job->options.sizes = job->sizes;
    job->options.keep_all = !option_given(invocation, "matches");
    for (size_t i = 0; i < invocation->use_count; i++) {
        if (strcmp(invocation->uses[i].option->name, "size") == 0 && !add_size(job, invocation->uses[i].value)) {
            return false;
        }
        if (strcmp(invocation->uses[i].option->name, "fill") == 0 && !add_fill(job, invocation->uses[i].value)) {
            return false;
        }
    }
    if (!read_number(invocation, "seed", UINT64_MAX, &seed) || !read_number(invocation, "ranks", 64, &ranks) ||
        !read_number(invocation, "cases", UINT32_MAX, &job->cases) ||
        !read_tolerance(job, option_value(invocation, "tolerance"))) {
        return false;
    }
    job->options.seed = seed;
    job->options.ranks = (uint32_t)ranks;
    job->options.variant = option_given(invocation, "vary-sizes") ? 1 : 0;
    job->options.vary_ranks = option_given(invocation, "vary-ranks");
    job->wide = option_given(invocation, "wide");
    job->tolerance *= job->wide ? rg_widened_tolerance() : 1;
    return true;
}

/* ---- running ---- */

static bool load(verify_job *job, size_t index)
{
    if (rg_document_read(&job->documents[index], job->context, job->paths[index]) != RG_OK) {
        return false;
    }
    if (rg_document_graph_count(job->documents[index]) != 1) {
        complain("%s holds %zu graphs; verify compares files of one graph each", job->paths[index],
                 rg_document_graph_count(job->documents[index]));
        return false;
    }
    job->graphs[index] = rg_document_graph(job->documents[index], 0);
    return true;
}

static void destroy_runs(verify_job *job)
{
    rg_following_destroy(job->following);
    job->following = NULL;
    for (size_t i = 2; i > 0; i--) {
        rg_run_destroy(job->runs[i - 1]);
        job->runs[i - 1] = NULL;
    }
}

static bool is_named(const rg_graph *graph, rg_node node, rg_string name)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return (kind == RG_OP_PLACEHOLDER && rg_string_equal(rg_node_name(graph, node), name)) ||
           (kind == RG_OP_GET_ATTR && rg_string_equal(rg_node_target(graph, node), name));
}

/* Is there a tensor to fill, for each --fill? */
static bool check_fills(const verify_job *job)
{
    const rg_graph *graph = job->graphs[0];
    for (size_t i = 0; i < job->fill_count; i++) {
        bool found = false;
        for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
            found = found || (is_named(graph, node, job->fills[i].name) &&
                              rg_type_get_kind(job->context, rg_node_type(graph, node)) == RG_TYPE_TENSOR);
        }
        if (!found) {
            complain("%s has no tensor '%.*s' among its inputs", job->paths[0], (int)job->fills[i].name.size,
                     job->fills[i].name.data);
            return false;
        }
    }
    return true;
}

/* Fill inputs of the first run, on all ranks. */
static void fill_inputs(const verify_job *job)
{
    const rg_graph *graph = job->graphs[0];
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        for (size_t k = 0; k < job->fill_count; k++) {
            bool named = is_named(graph, node, job->fills[k].name);
            for (uint32_t rank = 0; named && rank < rg_run_ranks(job->runs[0]); rank++) {
                const rg_datum *value = rg_run_value(job->runs[0], rank, node);
                for (uint64_t i = 0; value->kind == RG_DATUM_TENSOR && i < rg_tensor_count(value->tensor); i++) {
                    rg_tensor_set(value->tensor, i, job->fills[k].number);
                }
            }
        }
    }
}

/* Is a value NaN throughout? Such values are equal and show nothing. */
static bool is_nan(const rg_datum *value)
{
    uint64_t count = value->kind == RG_DATUM_TENSOR ? rg_tensor_count(value->tensor) : 0;
    for (uint64_t i = 0; i < count; i++) {
        if (!isnan(rg_tensor_get(value->tensor, i))) {
            return false;
        }
    }
    return count > 0;
}

static void warn_of_nan(const verify_job *job)
{
    const rg_datum *output = rg_run_output(job->runs[0], 0);
    size_t count = output->kind == RG_DATUM_TUPLE ? output->tuple.count : 1;
    for (size_t i = 0; i < count; i++) {
        if (is_nan(output->kind == RG_DATUM_TUPLE ? &output->tuple.items[i] : output)) {
            warn("output %zu of %s is NaN throughout, given %s inputs: nothing is shown by it", i, job->paths[0],
                 inputs_word(job));
        }
    }
}

/* The second graph gets the sizes and inputs of the first. */
static bool run_case(verify_job *job)
{
    rg_run_options options = job->options;
    for (size_t i = 0; i < 2; i++) {
        options.like = i == 0 ? NULL : job->runs[0];
        if (rg_run_create(&job->runs[i], job->graphs[i], &options) != RG_OK) {
            return false;
        }
        if (i == 0) {
            fill_inputs(job);
        }
    }
    if (job->log != NULL) {
        if (rg_run_follow(&job->following, job->runs[1], job->runs[0], job->log, job->tolerance) != RG_OK) {
            return false;
        }
    } else if (rg_run_execute(job->runs[0]) != RG_OK || rg_run_execute(job->runs[1]) != RG_OK) {
        return false;
    }
    return rg_run_compare(&job->result, job->runs[1], job->runs[0], job->tolerance) == RG_OK;
}

static bool is_equal(const verify_job *job)
{
    return job->result.equal && (job->following == NULL || count_differing_places(job->following) == 0);
}

/* One case after the other, until one differs: its runs are kept, to tell of. Each distribution comes before the next
 * seed. Ranks are as many as either graph names. */
static bool run_cases(verify_job *job)
{
    uint64_t seed = job->options.seed;
    bool good = true;
    if (job->options.ranks == 0) {
        uint32_t a = rg_graph_ranks(job->graphs[0]);
        uint32_t b = rg_graph_ranks(job->graphs[1]);
        job->options.ranks = a > b ? a : b;
    }
    for (uint64_t i = 0; i < job->cases && good && (i == 0 || is_equal(job)); i++) {
        destroy_runs(job);
        job->options.distribution = (rg_distribution)(i % RG_DISTRIBUTION_COUNT);
        job->options.seed = seed + i / RG_DISTRIBUTION_COUNT;
        good = run_case(job);
        if (good) {
            warn_of_nan(job);
        }
    }
    return good;
}

static void destroy_widened(verify_job *job)
{
    for (size_t i = 0; i < 2; i++) {
        rg_graph_destroy(job->widened[i]);
        job->widened[i] = NULL;
    }
}

static bool widen(verify_job *job)
{
    for (size_t i = 0; i < 2; i++) {
        if (rg_graph_widen(&job->widened[i], job->graphs[i]) != RG_OK) {
            return false;
        }
    }
    job->graphs[0] = job->widened[0];
    job->graphs[1] = job->widened[1];
    return true;
}

/* The case that differed once more, in double precision. */
static void ask_wide(verify_job *job)
{
    size_t diagnostics = rg_context_diagnostic_count(job->context);
    verify_job wide = *job;
    wide.runs[0] = wide.runs[1] = NULL;
    wide.following = NULL;
    wide.tolerance *= rg_widened_tolerance();
    bool good = widen(&wide) && run_case(&wide);
    job->wide_answer = !good ? WIDE_IMPOSSIBLE : is_equal(&wide) ? WIDE_EQUAL : WIDE_DIFFERENT;
    destroy_runs(&wide);
    destroy_widened(&wide);
    if (!good && diagnostics == 0) {
        rg_context_clear_diagnostics(job->context);
    }
}

static void destroy_reduced(verify_job *job)
{
    destroy_runs(job);
    destroy_widened(job);
    for (size_t i = 0; i < 2; i++) {
        rg_graph_destroy(job->reduced[i]);
        job->reduced[i] = NULL;
        job->graphs[i] = rg_document_graph(job->documents[i], 0);
    }
}

/* With the smallest sizes that the graphs can be run with: inference does not know of an index that depends on data and
 * is now too large. In the end with their own. */
static bool run_reduced(verify_job *job)
{
    bool good = true;
    do {
        rg_context_clear_diagnostics(job->context);
        destroy_reduced(job);
        if (rg_graphs_reduce(job->reduced, job->graphs, 2, &job->reduction) != RG_OK) {
            return false;
        }
        for (size_t i = 0; i < 2 && job->reduced[0] != NULL; i++) {
            job->graphs[i] = job->reduced[i];
        }
        good = (!job->wide || widen(job)) && run_cases(job);
    } while (!good && job->reduced[0] != NULL);
    return good;
}

/* ---- telling ---- */

static shown_places places_of(const verify_job *job)
{
    return (shown_places){
        job->following, job->log, {job->graphs[0], job->graphs[1]}, {job->paths[0], job->paths[1]}, inputs_word(job)};
}

static void print_wide_answer(const verify_job *job)
{
    static const char *const sentences[] = {
        [WIDE_NOT_ASKED] = "",
        [WIDE_EQUAL] = "in double precision they are equal: what differs is rounding\n",
        [WIDE_DIFFERENT] = "in double precision they differ too: it is not rounding\n",
        [WIDE_IMPOSSIBLE] = "they cannot be computed in double precision, which would tell if it is rounding\n",
    };
    printf("%s", sentences[job->wide_answer]);
}

static void print_result(const verify_job *job)
{
    const rg_run_comparison *result = &job->result;
    if (job->following != NULL) {
        shown_places places = places_of(job);
        print_places(&places);
    }
    if (result->equal) {
        return;
    }
    if (result->output == SIZE_MAX) {
        printf("an input is left with different values");
    } else {
        printf("output %zu differs", result->output);
    }
    if (rg_run_ranks(job->runs[0]) > 1) {
        printf(" on rank %u", result->rank);
    }
    printf(", given %s inputs\n", inputs_word(job));
    print_comparison(&result->values);
    if (!rg_node_is_null(result->node_a)) {
        rg_string name = rg_node_name(job->graphs[1], result->node_a);
        printf("`%.*s` is the first node that differs from its namesake\n", (int)name.size, name.data);
        print_statement(job->paths[0], job->graphs[0], result->node_b);
        print_statement(job->paths[1], job->graphs[1], result->node_a);
        print_comparison(&result->node_values);
    }
    printf("%zu of %zu values differ\n", result->differing, result->compared);
}

static void print_result_as_json(const verify_job *job)
{
    const rg_run_comparison *result = &job->result;
    json_t *out = json_make_object();
    json_put(out, "equal", json_boolean(is_equal(job)));
    json_put(out, "compared", json_integer((json_int_t)result->compared));
    json_put(out, "differing", json_integer((json_int_t)result->differing));
    if (job->reduced[0] != NULL) {
        json_t *reduction = json_make_object();
        json_put(reduction, "from", json_integer(job->reduction.from));
        json_put(reduction, "to", json_integer(job->reduction.to));
        json_put(reduction, "rest", json_integer(job->reduction.rest));
        json_put(out, "reduction", reduction);
    }
    if (job->following != NULL) {
        shown_places places = places_of(job);
        json_put(out, "places", json_from_places(&places));
    }
    bool input = result->output == SIZE_MAX;
    if (!result->equal) {
        json_put(out, "output", input ? json_null() : json_integer((json_int_t)result->output));
    }
    if (!is_equal(job)) {
        json_put(out, "inputs", json_string(inputs_word(job)));
        json_put(out, "seed", json_integer((json_int_t)job->options.seed));
        json_put(out, "equal_in_double_precision",
                 job->wide_answer == WIDE_EQUAL || job->wide_answer == WIDE_DIFFERENT
                     ? json_boolean(job->wide_answer == WIDE_EQUAL)
                     : json_null());
    }
    if (!result->equal) {
        json_put(out, "rank", json_integer((json_int_t)result->rank));
        json_put(out, "values", json_from_comparison(&result->values));
        json_put(out, "node", json_from_node(job->graphs[1], result->node_a));
    }
    print_json(out);
}

static bool load_log(verify_job *job, const char *path)
{
    return path == NULL || read_match_log(&job->log, job->context, path);
}

static int run_verify(cli_invocation *invocation)
{
    verify_job job = {.context = invocation->context, .paths = {invocation->arguments[0], invocation->arguments[1]}};
    bool good =
        read_options(&job, invocation) && load(&job, 0) && load(&job, 1) && check_fills(&job) &&
        load_log(&job, option_value(invocation, "matches")) &&
        (option_given(invocation, "reduce") ? run_reduced(&job) : (!job.wide || widen(&job)) && run_cases(&job));
    bool equal = good && is_equal(&job);
    if (good && !equal && !job.wide) {
        ask_wide(&job);
    }
    if (good && option_given(invocation, "json")) {
        print_result_as_json(&job);
    } else if (good) {
        print_result(&job);
        print_wide_answer(&job);
    }
    destroy_runs(&job);
    destroy_widened(&job);
    rg_match_log_destroy(job.log);
    for (size_t i = 0; i < 2; i++) {
        rg_graph_destroy(job.reduced[1 - i]);
        rg_document_destroy(job.documents[1 - i]);
    }
    return !good ? EXIT_BAD : equal ? EXIT_YES : EXIT_NO;
}

static const cli_option verify_options[] = {
    {"seed", 0, "N", "seed of inputs and random ops (default 0)"},
    {"cases", 0, "N", "how many sets of inputs (default 3: normal, small, coarse numbers; then the next seed's)"},
    {"size", 0, "NAME=N", "value of a symbol of sizes, as in --size s0=4; may be repeated"},
    {"fill", 0, "NAME=NUMBER", "fill an input of A, a placeholder or an attribute, with a number; may be repeated"},
    {"reduce", 0, NULL, "make sizes smaller in both graphs alike, as far as inference allows"},
    {"vary-sizes", 0, NULL, "give different symbols different values"},
    {"ranks", 0, "N", "simulate a group of N ranks (default: what the collectives name)"},
    {"vary-ranks", 0, NULL, "let matrices among the inputs differ from rank to rank"},
    {"wide", 0, NULL, "compute floats of 16 and 32 bits in double precision, so that only other functions differ"},
    {"tolerance", 0, "FACTOR", "multiply what dtypes are allowed to differ by (default 1; 0: exactly equal)"},
    {"matches", 0, "FILE",
     "judge each match by itself: FILE is what `regraft opt --matches` wrote when it made B of A"},
    {"json", 0, NULL, "print the result as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_verify = {
    .name = "verify",
    .arguments = "A B",
    .min_arguments = 2,
    .max_arguments = 2,
    .summary = "run two graphs on the same random inputs and compare what they compute",
    .details =
        "Runs the graph of each file with reference kernels and compares what they return, and what they leave in "
        "their inputs. Placeholders correspond by position, attributes by path. Symbols of sizes get small values for "
        "which "
        "all sizes are positive; collectives run over a simulated group. Each set of inputs is of another kind: normal "
        "numbers; small ones, for which epsilons count, with rows of zeros; coarse ones, with ties.\n\n"
        "Where values differ beyond the tolerance of their dtype, the first of them is shown, and the first node that "
        "differs from the one of the same name in the other file. Graphs that compute the same print nothing.\n\n"
        "What differs is computed once more in double precision, to tell another function from other roundings; --wide "
        "compares in double precision from the start.\n\n"
        "With --matches, nodes of B correspond to those of A whose place they took, over all passes, and each of them "
        "is "
        "computed from what A computed before it. So roundings do not add up, every match is judged by itself, and "
        "what "
        "differs first is shown with the rule and the pass that put it there.",
    .no_means = "the graphs compute different values",
    .options = verify_options,
    .run = run_verify,
};
