/*
 * check.c: checking a set: cases for each instance, compared one by one; then the relations; and what was found.
 */
#include <math.h>

#include "check/check_impl.h"
#include "rule/place.h"

enum {
    DEFAULT_CASES = 8,
    FIRST_DRAWS = 800, /* until one fits */
    LARGE_DRAWS = 300, /* without success, before larger inputs are tried */
    NEXT_DRAWS = 100,  /* for each case after the first */
    NEXT_TRIES = 40    /* runs for each case that is wanted, once one has fitted */
};

/* More than a rounding beside the one that every result has makes the root of two. */
static const double allowed_precision = 1.3;
/* Errors of less than this many steps are what is left of computing in single precision. */
static const double least_steps = 0.1;
/* Elements without which nothing is said about precision. */
static const uint64_t least_elements = 200;

double rg_check_precision(void)
{
    return allowed_precision;
}

/* ---- one instance ---- */

/* The cases of one rule. */
typedef struct rule_job {
    rg_check *check;
    size_t index;
    const rg_rule *rule;
    rg_drawing drawing;
    rg_case drawn;
    rg_case last;       /* that fitted */
    rg_arena arenas[2]; /* of `drawn` and of `last`, taking turns */
    rg_arena scratch;   /* of one draw */
    uint32_t turn;      /* the arena of `drawn` */
    bool has_last;
    uint32_t refused;  /* draws that the rule's check did not accept */
    rg_buffer misfit;  /* why the pattern could not be computed, the last time */
    rg_buffer partial; /* why the replacement could not be, the first time; with the case */
    uint32_t partial_count;
    rg_precision precision;
} rule_job;

static rg_status keep_text(rg_string *out, rg_check *check, rg_string text)
{
    *out = rg__arena_copy(&check->arena, text);
    return out->data == NULL ? RG_ERROR_MEMORY : RG_OK;
}

static const char *profile_text(rg_value_profile profile)
{
    static const char *const texts[] = {[RG_VALUES_PLAIN] = "",
                                        [RG_VALUES_SMALL] = "small values",
                                        [RG_VALUES_LARGE] = "large values",
                                        [RG_VALUES_TINY] = "tiny values",
                                        [RG_VALUES_SHIFTED] = "values around 8",
                                        [RG_VALUES_COARSE] = "coarse values"};
    return texts[profile];
}

static rg_status print_inputs(rg_buffer *out, const rg_case *drawn, rg_value_profile profile)
{
    rg_status status = rg__case_print(drawn, out);
    rg__buffer_append_text(out, out->size > 0 && profile != RG_VALUES_PLAIN ? "; " : "");
    rg__buffer_append_text(out, profile_text(profile));
    return status == RG_OK && out->failed ? RG_ERROR_MEMORY : status;
}

/* Settle the result, with the case at hand where there is one. */
static rg_status settle(rule_job *job, rg_check_outcome outcome, rg_string reason, const rg_value_profile *profile)
{
    rg_check_result *result = &job->check->results[job->index];
    rg_buffer inputs;
    bool is_stated = outcome == RG_CHECK_FAILED && job->rule->differs.size > 0;
    result->outcome = is_stated ? RG_CHECK_STATED : outcome;
    reason = is_stated ? job->rule->differs : reason;
    rg__buffer_init(&inputs, &job->check->context->allocator);
    rg_status status = profile == NULL ? RG_OK : print_inputs(&inputs, &job->drawn, *profile);
    if (status == RG_OK) {
        status = keep_text(&result->reason, job->check, reason);
    }
    if (status == RG_OK) {
        status = keep_text(&result->inputs, job->check, rg__buffer_string(&inputs));
    }
    rg__buffer_free(&inputs);
    return status;
}

/* The graphs of a case: what could not be made is NULL, and `out->problem` says why the replacement could not. A
 * pattern that cannot be made is a misfit. */
static rg_status make_graphs(rg_case_job *out, rule_job *job)
{
    rg_context *context = job->check->context;
    const rg_rule *rule = job->rule;
    rg_status status = rg__instantiate(&out->pattern, &job->drawn, rule->pattern, RG_INSTANCE_AS_IT_IS, &job->scratch);
    if (status != RG_OK) {
        return status;
    }
    status = rg__instantiate(&out->exact, &job->drawn, rule->pattern, RG_INSTANCE_DOUBLE, &job->scratch);
    if (status == RG_ERROR_MEMORY) {
        return status;
    }
    rg_context_clear_diagnostics(context);
    status = rg__instantiate(&out->replacement, &job->drawn, rule->replacement, RG_INSTANCE_AS_IT_IS, &job->scratch);
    if (status != RG_OK && status != RG_ERROR_MEMORY) {
        const rg_diagnostic *diagnostic = rg_context_diagnostic(context, 0);
        out->problem = diagnostic == NULL ? rg_string_from("it does not fit") : diagnostic->message;
        status = RG_OK;
    }
    return status;
}

/* Hand the graphs over to the rule's samples while there is room; destroy them otherwise. */
static void end_graphs(rule_job *job, rg_case_job *graphs, bool is_kept)
{
    rg_samples *samples = &job->check->samples[job->index];
    rg_graph_destroy(graphs->exact);
    if (is_kept && samples->count < RG_CHECK_SAMPLES && !job->check->options.skip_relations) {
        samples->patterns[samples->count] = graphs->pattern;
        samples->replacements[samples->count++] = graphs->replacement;
        return;
    }
    rg_graph_destroy(graphs->pattern);
    rg_graph_destroy(graphs->replacement);
}

/* Draw until something fits or there is no more to be hoped for. `*fits` says which. */
static rg_status draw(bool *fits, rule_job *job, rg_case_job *graphs, uint32_t draws)
{
    rg_check_result *result = &job->check->results[job->index];
    rg_context *context = job->check->context;
    for (uint32_t i = 0; i < draws; i++) {
        bool is_accepted = false;
        *graphs = (rg_case_job){.drawn = &job->drawn};
        rg__arena_reset(&job->arenas[job->turn]);
        rg__arena_reset(&job->scratch);
        rg_context_clear_diagnostics(context);
        result->drawn++;
        job->drawing.max_elements = !job->has_last && i == LARGE_DRAWS ? (uint64_t)1 << 18 : job->drawing.max_elements;
        rg_status status =
            rg__draw_case(&job->drawn, fits, &job->drawing, job->has_last ? &job->last : NULL, &job->arenas[job->turn]);
        if (status == RG_OK && *fits) {
            status = rg__case_is_accepted(&is_accepted, &job->drawn, &job->scratch);
            job->refused += is_accepted ? 0 : 1;
        }
        if (status == RG_OK && is_accepted) {
            status = make_graphs(graphs, job);
            if (status == RG_OK) {
                return RG_OK;
            }
            end_graphs(job, graphs, false);
            const rg_diagnostic *diagnostic = rg_context_diagnostic(context, 0);
            rg__buffer_clear(&job->misfit);
            rg__buffer_append(&job->misfit, diagnostic == NULL ? (rg_string){NULL, 0} : diagnostic->message);
        }
        if (status == RG_ERROR_MEMORY) {
            return status;
        }
    }
    *fits = false;
    return RG_OK;
}

static rg_status note_partial(rule_job *job, const rg_case_result *outcome, rg_value_profile profile)
{
    if (job->partial_count++ > 0) {
        return RG_OK;
    }
    rg__buffer_append(&job->partial, rg__buffer_string(&outcome->reason));
    rg__buffer_append_text(&job->partial, " (");
    rg_status status = print_inputs(&job->partial, &job->drawn, profile);
    rg__buffer_append_char(&job->partial, ')');
    return status == RG_OK && job->partial.failed ? RG_ERROR_MEMORY : status;
}

/* Take in how a case came out. `*done`: no more cases are wanted. */
static rg_status note_outcome(bool *done, rule_job *job, const rg_case_result *outcome, rg_value_profile profile)
{
    rg_check_result *result = &job->check->results[job->index];
    rg_string reason = rg__buffer_string(&outcome->reason);
    switch (outcome->outcome) {
    case RG_CASE_MISFIT:
        rg__buffer_clear(&job->misfit);
        rg__buffer_append(&job->misfit, reason);
        return job->misfit.failed ? RG_ERROR_MEMORY : RG_OK;
    case RG_CASE_PARTIAL:
        return note_partial(job, outcome, profile);
    case RG_CASE_IMPOSSIBLE:
        *done = true;
        return settle(job, RG_CHECK_NOT_COMPARED, reason, NULL);
    default:
        break;
    }
    result->cases++;
    result->max_absolute = fmax(result->max_absolute, outcome->max_absolute);
    if (outcome->error > result->error || result->dtype == RG_DTYPE_NONE) {
        result->error = outcome->error;
        result->dtype = outcome->dtype;
    }
    *done = outcome->outcome == RG_CASE_DIFFERS;
    return *done ? settle(job, RG_CHECK_FAILED, reason, &profile) : RG_OK;
}

/* Take `result` for that of the case if it is the better one, and its rounding errors. */
static void take_better(rg_case_result *best, rg_precision *precision, rg_case_result *result, const rule_job *job)
{
    bool is_better =
        result->outcome == RG_CASE_AGREES && (best->outcome != RG_CASE_AGREES || result->error < best->error);
    if (is_better) {
        *precision = job->precision;
        rg__buffer_free(&best->reason);
        *best = *result;
    } else {
        rg__buffer_free(&result->reason);
    }
}

/*
 * In a rule that resizes, an input of the replacement may have shrunk to a rank's part as well, because a rewrite
 * before has made it so: sequence parallelism goes through a model like that. It is enough if the results agree for one
 * such input. `before` is the precision before the case.
 */
static rg_status run_parted(rg_case_result *best, rule_job *job, rg_case_job *graphs, const rg_precision *before)
{
    rg_graph *whole = graphs->replacement;
    rg_precision precision = job->precision;
    uint32_t ranks = rg__case_ranks(graphs);
    rg_status status = RG_OK;
    for (size_t i = 0; i < job->rule->input_count && status == RG_OK; i++) {
        rg_case_result result = {.outcome = RG_CASE_MISFIT};
        rg_type type = job->drawn.types[i];
        bool has_part = false;
        status = rg__case_part(&has_part, &job->drawn, i, ranks);
        if (status != RG_OK || !has_part) {
            continue;
        }
        status = rg__instantiate(&graphs->replacement, &job->drawn, job->rule->replacement, RG_INSTANCE_AS_IT_IS,
                                 &job->scratch);
        job->drawn.types[i] = type;
        job->precision = *before;
        rg__buffer_init(&result.reason, &job->check->context->allocator);
        if (status == RG_OK) {
            status = rg__case_run(&result, graphs);
        }
        take_better(best, &precision, &result, job);
        rg_graph_destroy(graphs->replacement);
        graphs->replacement = NULL;
        status = status == RG_ERROR_MEMORY ? status : RG_OK;
    }
    graphs->replacement = whole;
    job->precision = precision;
    return status;
}

/* Cases that fit are kept to stay near to. */
static void keep_case(rule_job *job)
{
    job->last = job->drawn;
    job->has_last = true;
    job->turn = 1 - job->turn;
}

static rg_status run_cases(bool *done, rule_job *job, uint32_t wanted)
{
    rg_check_result *result = &job->check->results[job->index];
    uint32_t tries = 0;
    *done = false;
    while (!*done && result->cases < wanted && job->partial_count < 8 * wanted &&
           (!job->has_last || tries < NEXT_TRIES * wanted)) {
        rg_case_job graphs;
        bool fits = false;
        rg_status status = draw(&fits, job, &graphs, job->has_last ? NEXT_DRAWS : FIRST_DRAWS - result->drawn);
        if (status != RG_OK || !fits) {
            return status;
        }
        rg_case_result outcome = {.error = 0};
        rg__buffer_init(&outcome.reason, &job->check->context->allocator);
        graphs.seed = rg__hash_mix(job->check->options.seed, ++tries);
        graphs.profile = (rg_value_profile)(result->cases % RG_VALUE_PROFILES);
        graphs.tolerance_factor = job->check->options.tolerance_factor;
        graphs.precision = &job->precision;
        rg_precision before = job->precision;
        status = rg__case_run(&outcome, &graphs);
        if (status == RG_OK && job->rule->resizes && outcome.outcome != RG_CASE_MISFIT) {
            status = run_parted(&outcome, job, &graphs, &before);
        }
        end_graphs(job, &graphs, outcome.outcome != RG_CASE_MISFIT);
        if (status == RG_OK) {
            status = note_outcome(done, job, &outcome, graphs.profile);
        }
        if (outcome.outcome == RG_CASE_AGREES) {
            keep_case(job);
        }
        rg__buffer_free(&outcome.reason);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* The largest ratio of rounding errors over the rule's results. */
static void measure_precision(rule_job *job)
{
    rg_check_result *result = &job->check->results[job->index];
    const rg_precision *sums = &job->precision;
    result->precision = 1;
    for (size_t i = 0; i < RG_CHECK_MAX_RESULTS; i++) {
        double count = (double)sums->count[i];
        double replacement = sums->count[i] < least_elements ? 0 : sqrt(sums->replacement[i] / count);
        if (replacement > least_steps) {
            double pattern = sqrt(sums->pattern[i] / count);
            double ratio = pattern > 0 ? replacement / pattern : INFINITY;
            result->precision = fmax(result->precision, ratio);
        }
    }
}

/* Cases have been compared, or none was found. */
static rg_status conclude(rule_job *job)
{
    rg_check *check = job->check;
    rg_check_result *result = &check->results[job->index];
    rg_check_finding finding = {.rule = job->index, .other = SIZE_MAX, .severity = RG_SEVERITY_WARNING};
    if (result->cases == 0 && job->partial_count == 0) {
        bool is_refused = job->misfit.size == 0 && job->refused > 0;
        finding.kind = RG_CHECK_NEVER_FIRES;
        finding.severity = RG_SEVERITY_ERROR;
        rg_status status =
            is_refused ? rg__check_find(check, finding,
                                        "the rule's check held for none of %u cases: it may never match", job->refused)
                       : RG_OK;
        rg__buffer_clear(&job->partial);
        rg__buffer_append_text(&job->partial, is_refused ? "the rule's check held for no case that was drawn"
                                                         : "no inputs were found that the pattern takes: ");
        rg__buffer_append(&job->partial, is_refused ? (rg_string){NULL, 0} : rg__buffer_string(&job->misfit));
        return status == RG_OK ? settle(job, RG_CHECK_NOT_COMPARED, rg__buffer_string(&job->partial), NULL) : status;
    }
    if (result->cases == 0) {
        rg_buffer reason;
        rg__buffer_init(&reason, &check->context->allocator);
        rg__buffer_append_text(&reason, "the replacement cannot be computed: ");
        rg__buffer_append(&reason, rg__buffer_string(&job->partial));
        rg_status status = settle(job, RG_CHECK_FAILED, rg__buffer_string(&reason), NULL);
        rg__buffer_free(&reason);
        return status;
    }
    measure_precision(job);
    if (job->partial_count > 0) {
        finding.kind = RG_CHECK_IS_PARTIAL;
        rg_status status =
            rg__check_find(check, finding, "the replacement cannot be computed wherever the rule matches: %.*s",
                           (int)job->partial.size, job->partial.data);
        if (status != RG_OK) {
            return status;
        }
    }
    if (result->precision <= allowed_precision) {
        return RG_OK;
    }
    return job->rule->rounds.size > 0
               ? settle(job, RG_CHECK_STATED, job->rule->rounds, NULL)
               : settle(job, RG_CHECK_FAILED,
                        rg_string_from("the replacement rounds more than the pattern does: a cast was left out, or an "
                                       "op computes in a narrower dtype"),
                        NULL);
}

static rg_status check_rule(rg_check *check, size_t index)
{
    const rg_allocator *allocator = &check->context->allocator;
    rule_job job = {.check = check, .index = index, .rule = &check->set->rules.items[index]};
    rg_arena names;
    bool done = false;
    rg__arena_init(&names, allocator);
    rg__arena_init(&job.arenas[0], allocator);
    rg__arena_init(&job.arenas[1], allocator);
    rg__arena_init(&job.scratch, allocator);
    rg__buffer_init(&job.misfit, allocator);
    rg__buffer_init(&job.partial, allocator);
    rg_status status = rg__drawing_prepare(&job.drawing, check->context, job.rule, check->options.seed, &names);
    if (status == RG_OK) {
        status = run_cases(&done, &job, check->options.cases == 0 ? DEFAULT_CASES : check->options.cases);
    }
    if (status == RG_OK && !done) {
        status = conclude(&job);
    }
    rg__buffer_free(&job.partial);
    rg__buffer_free(&job.misfit);
    rg__arena_free(&job.scratch);
    rg__arena_free(&job.arenas[1]);
    rg__arena_free(&job.arenas[0]);
    rg__arena_free(&names);
    return status;
}

/* ---- the set ---- */

rg_status rg__check_find(rg_check *check, rg_check_finding finding, const char *format, ...)
{
    rg_buffer text;
    va_list arguments;
    rg__buffer_init(&text, &check->context->allocator);
    va_start(arguments, format);
    rg__buffer_append_arguments(&text, format, arguments);
    va_end(arguments);
    rg_status status = text.failed ? RG_ERROR_MEMORY : keep_text(&finding.text, check, rg__buffer_string(&text));
    rg__buffer_free(&text);
    if (status == RG_OK && !rg__vector_push(&check->context->allocator, &check->findings, finding)) {
        status = RG_ERROR_MEMORY;
    }
    return status;
}

static rg_status make_room(rg_check *check)
{
    check->rule_count = check->set->rules.count;
    check->results = rg__arena_allocate_zero(&check->arena, (check->rule_count + 1) * sizeof(*check->results));
    check->samples = rg__arena_allocate_zero(&check->arena, (check->rule_count + 1) * sizeof(*check->samples));
    if (check->results == NULL || check->samples == NULL) {
        check->rule_count = 0;
        return RG_ERROR_MEMORY;
    }
    return RG_OK;
}

static void drop_samples(rg_check *check)
{
    for (size_t i = 0; i < check->rule_count; i++) {
        for (size_t k = 0; k < check->samples[i].count; k++) {
            rg_graph_destroy(check->samples[i].patterns[k]);
            rg_graph_destroy(check->samples[i].replacements[k]);
        }
        check->samples[i].count = 0;
    }
}

static rg_status run_check(rg_check *check)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = &check->set->context->allocator;
    options.parent = check->set->context;
    options.limits = rg_context_limits(check->set->context);
    rg_status status = rg_context_create(&check->context, &options);
    if (status == RG_OK) {
        status = make_room(check);
    }
    for (size_t i = 0; i < check->rule_count && status == RG_OK; i++) {
        status = check_rule(check, i);
    }
    if (status == RG_OK && !check->options.skip_relations) {
        status = rg__check_relations(check);
    }
    drop_samples(check);
    return status;
}

rg_status rg_check_create(rg_check **out, const rg_rule_set *set, const rg_check_options *options)
{
    static const rg_check_options defaults = RG_CHECK_OPTIONS_INIT;
    const rg_allocator *allocator = &set->context->allocator;
    rg_check *check = rg__allocate(allocator, sizeof(*check));
    *out = NULL;
    if (check == NULL) {
        return rg__report_memory(set->context);
    }
    *check = (rg_check){.set = set, .options = options != NULL ? *options : defaults};
    rg__arena_init(&check->arena, allocator);
    rg_status status = run_check(check);
    rg_context_destroy(check->context);
    check->context = NULL;
    if (status != RG_OK) {
        rg_check_destroy(check);
        return status == RG_ERROR_MEMORY ? rg__report_memory(set->context)
                                         : rg__report(set->context, status, "a set of rules could not be checked");
    }
    *out = check;
    return RG_OK;
}

void rg_check_destroy(rg_check *check)
{
    if (check != NULL) {
        const rg_allocator *allocator = &check->set->context->allocator;
        rg__vector_free(allocator, &check->findings);
        rg__arena_free(&check->arena);
        rg__free(allocator, check, sizeof(*check));
    }
}

/* ---- answers ---- */

rg_check_result rg_check_get_result(const rg_check *check, size_t index)
{
    static const rg_check_result none = {RG_CHECK_OK, {NULL, 0}, {NULL, 0}, 0, 0, 0, 0, RG_DTYPE_NONE, 0};
    return index < check->rule_count ? check->results[index] : none;
}

size_t rg_check_count(const rg_check *check, rg_check_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < check->rule_count; i++) {
        count += check->results[i].outcome == outcome;
    }
    return count;
}

size_t rg_check_finding_count(const rg_check *check)
{
    return check->findings.count;
}

rg_check_finding rg_check_get_finding(const rg_check *check, size_t index)
{
    static const rg_check_finding none = {RG_CHECK_NEVER_FIRES, RG_SEVERITY_NOTE, 0, SIZE_MAX, {NULL, 0}};
    return index < check->findings.count ? check->findings.items[index] : none;
}

bool rg_check_passes(const rg_check *check)
{
    for (size_t i = 0; i < check->findings.count; i++) {
        if (check->findings.items[i].severity == RG_SEVERITY_ERROR) {
            return false;
        }
    }
    return rg_check_count(check, RG_CHECK_FAILED) == 0;
}

/* ---- reporting ---- */

/* Something said of an instance, at the place of its rule. */
typedef struct statement {
    rg_severity severity;
    const rg_rule *rule;
    const rg_place *place;
    rg_string text;
    rg_string inputs;
    size_t others; /* instances of the rule of which the same is said */
} statement;

static rg_status put(rg_context *context, const statement *said)
{
    rg_buffer text;
    rg__buffer_init(&text, &context->allocator);
    rg__buffer_append_format(&text, "%.*s: %.*s", (int)said->rule->name.size, said->rule->name.data,
                             (int)said->text.size, said->text.data);
    rg__buffer_append_format(&text, said->inputs.size > 0 ? "; inputs: %.*s" : "%.*s", (int)said->inputs.size,
                             said->inputs.data);
    rg_location location = rg__place_location(said->place);
    (void)rg_context_report(context, said->severity, RG_ERROR_RULE, rg__buffer_string(&text),
                            location.line == 0 ? NULL : &location);
    if (said->others > 0) {
        rg__buffer_clear(&text);
        rg__buffer_append_format(&text, "so %s %zu other instance%s of the rule", said->others == 1 ? "does" : "do",
                                 said->others, said->others == 1 ? "" : "s");
        (void)rg_context_report(context, RG_SEVERITY_NOTE, RG_OK, rg__buffer_string(&text), NULL);
    }
    rg_status status = text.failed ? rg__report_memory(context) : RG_OK;
    rg__buffer_free(&text);
    return status;
}

static bool is_failure_of(const rg_check *check, size_t index, const rg_rule *rule)
{
    return check->results[index].outcome == RG_CHECK_FAILED &&
           rg_string_equal(check->set->rules.items[index].rule, rule->rule);
}

static bool is_finding_of(const rg_check *check, uint32_t index, const rg_check_finding *like)
{
    const rg_check_finding *finding = &check->findings.items[index];
    return finding->kind == like->kind &&
           rg_string_equal(check->set->rules.items[finding->rule].rule, check->set->rules.items[like->rule].rule);
}

/* The first failure of each rule. */
static rg_status report_failure(const rg_check *check, rg_context *context, size_t index)
{
    const rg_rule *rule = &check->set->rules.items[index];
    const rg_check_result *result = &check->results[index];
    statement said = {RG_SEVERITY_ERROR, rule, &rule->replacement_place, result->reason, result->inputs, 0};
    for (size_t i = 0; i < check->rule_count; i++) {
        if (i != index && is_failure_of(check, i, rule)) {
            if (i < index) {
                return RG_OK;
            }
            said.others++;
        }
    }
    return put(context, &said);
}

static rg_status report_finding(const rg_check *check, rg_context *context, uint32_t index)
{
    const rg_check_finding *finding = &check->findings.items[index];
    const rg_rule *rule = &check->set->rules.items[finding->rule];
    statement said = {finding->severity, rule, &rule->place, finding->text, {NULL, 0}, 0};
    for (uint32_t i = 0; i < check->findings.count; i++) {
        if (i != index && is_finding_of(check, i, finding)) {
            if (i < index) {
                return RG_OK;
            }
            said.others++;
        }
    }
    return put(context, &said);
}

rg_status rg_check_report(const rg_check *check, rg_context *context)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < check->rule_count && status == RG_OK; i++) {
        if (check->results[i].outcome == RG_CHECK_FAILED) {
            status = report_failure(check, context, i);
        }
    }
    for (uint32_t i = 0; i < check->findings.count && status == RG_OK; i++) {
        status = report_finding(check, context, i);
    }
    return status;
}
