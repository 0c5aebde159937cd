/*
 * command_check.c: `regraft check`: are rules right, in numbers and beside one another?
 */
#include <math.h>
#include <stdlib.h>

#include "cli/files.h"
#include "cli/json_output.h"
#include "cli/rule_input.h"

typedef struct check_job {
    const cli_invocation *invocation;
    rg_context *context;
    rg_check_options options;
    json_t *rules; /* NULL without --json */
    json_t *findings;
    cli_table table;
    size_t counts[4]; /* by outcome */
    size_t errors;    /* findings that are */
    size_t warnings;
} check_job;

static const char *const outcome_texts[] = {[RG_CHECK_OK] = "ok",
                                            [RG_CHECK_FAILED] = "failed",
                                            [RG_CHECK_STATED] = "as stated",
                                            [RG_CHECK_NOT_COMPARED] = "not compared"};

static const char *const finding_texts[] = {[RG_CHECK_NEVER_FIRES] = "never_fires",
                                            [RG_CHECK_SHADOWED] = "shadowed",
                                            [RG_CHECK_DUPLICATE] = "duplicate",
                                            [RG_CHECK_UNDONE] = "undone",
                                            [RG_CHECK_FEEDS] = "feeds",
                                            [RG_CHECK_FEEDS_ITSELF] = "feeds_itself",
                                            [RG_CHECK_CHANGES_NOTHING] = "changes_nothing",
                                            [RG_CHECK_IS_PARTIAL] = "is_partial"};

/* ---- options ---- */

static bool read_options(check_job *job)
{
    const char *seed = option_value(job->invocation, "seed");
    const char *cases = option_value(job->invocation, "cases");
    const char *tolerance = option_value(job->invocation, "tolerance");
    uint64_t count = 0;
    char *end = NULL;
    job->options = (rg_check_options)RG_CHECK_OPTIONS_INIT;
    if (seed != NULL && !parse_count(seed, UINT64_MAX, &job->options.seed)) {
        complain("--seed wants a whole number from 1, not '%s'", seed);
        return false;
    }
    if (cases != NULL && !parse_count(cases, 1000, &count)) {
        complain("--cases wants a whole number from 1 to 1000, not '%s'", cases);
        return false;
    }
    job->options.cases = (uint32_t)count;
    if (tolerance != NULL) {
        job->options.tolerance_factor = strtod(tolerance, &end);
        if (end == tolerance || *end != '\0' || !(job->options.tolerance_factor >= 0)) {
            complain("--tolerance wants a number from 0, not '%s'", tolerance);
            return false;
        }
    }
    return true;
}

/* ---- results ---- */

/* JSON has no infinities and no NaN. */
static json_t *number_as_json(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

static json_t *result_as_json(const rg_rule_info *info, const rg_check_result *result)
{
    rg_tolerance tolerance = rg_tolerance_of(result->dtype);
    bool has_dtype = result->dtype != RG_DTYPE_NONE;
    json_t *entry = json_make_object();
    json_put(entry, "name", json_from(info->name));
    json_put(entry, "rule", json_from(info->rule));
    json_put(entry, "file", json_from(info->file));
    json_put(entry, "line", json_integer(info->line));
    json_put(entry, "outcome", json_from(rg_string_from(outcome_texts[result->outcome])));
    json_put(entry, "reason", result->reason.size == 0 ? json_null() : json_from(result->reason));
    json_put(entry, "inputs", result->inputs.size == 0 ? json_null() : json_from(result->inputs));
    json_put(entry, "cases", json_integer(result->cases));
    json_put(entry, "drawn", json_integer(result->drawn));
    json_put(entry, "error", number_as_json(result->error));
    json_put(entry, "max_absolute", number_as_json(result->max_absolute));
    json_put(entry, "dtype", has_dtype ? json_from(rg_string_from(rg_dtype_abbreviation(result->dtype))) : json_null());
    json_put(entry, "relative_tolerance", has_dtype ? json_real(tolerance.relative) : json_null());
    json_put(entry, "scaled_tolerance", has_dtype ? json_real(tolerance.scaled) : json_null());
    json_put(entry, "precision", number_as_json(result->precision));
    return entry;
}

static void add_row(check_job *job, const rg_rule_info *info, const rg_check_result *result)
{
    char cases[16];
    char error[32] = "";
    char tolerance[48] = "";
    rg_tolerance allowed = rg_tolerance_of(result->dtype);
    (void)snprintf(cases, sizeof(cases), "%u", result->cases);
    if (result->cases > 0) {
        (void)snprintf(error, sizeof(error), result->error == 0 ? "0" : "%.2g", result->error);
    }
    bool has_dtype = result->dtype != RG_DTYPE_NONE;
    if (has_dtype && allowed.relative > 0) {
        (void)snprintf(tolerance, sizeof(tolerance), "%s %.1g", rg_dtype_abbreviation(result->dtype), allowed.relative);
    } else if (has_dtype) {
        (void)snprintf(tolerance, sizeof(tolerance), "%s equal", rg_dtype_abbreviation(result->dtype));
    }
    const char *reason = result->reason.size == 0 ? "" : result->reason.data;
    table_add(&job->table,
              (const char *[]){info->name.data, outcome_texts[result->outcome], cases, error, tolerance, reason});
}

static void take_results(check_job *job, const rg_rule_set *set, const rg_check *check)
{
    for (size_t i = 0; i < rg_rule_set_count(set); i++) {
        rg_rule_info info = rg_rule_set_info(set, i);
        rg_check_result result = rg_check_get_result(check, i);
        job->counts[result.outcome]++;
        if (job->rules != NULL) {
            json_add(job->rules, result_as_json(&info, &result));
        } else {
            add_row(job, &info, &result);
        }
    }
}

static void take_findings(check_job *job, const rg_rule_set *set, const rg_check *check)
{
    for (size_t i = 0; i < rg_check_finding_count(check); i++) {
        rg_check_finding finding = rg_check_get_finding(check, i);
        bool is_error = finding.severity == RG_SEVERITY_ERROR;
        job->errors += is_error ? 1 : 0;
        job->warnings += is_error ? 0 : 1;
        if (job->findings != NULL) {
            json_t *entry = json_make_object();
            bool has_other = finding.other != SIZE_MAX;
            json_put(entry, "finding", json_from(rg_string_from(finding_texts[finding.kind])));
            json_put(entry, "severity", json_from(rg_string_from(is_error ? "error" : "warning")));
            json_put(entry, "rule", json_from(rg_rule_set_info(set, finding.rule).name));
            json_put(entry, "other", has_other ? json_from(rg_rule_set_info(set, finding.other).name) : json_null());
            json_put(entry, "text", json_from(finding.text));
            json_add(job->findings, entry);
        }
    }
}

/* ---- sets ---- */

static bool check_set(check_job *job, const rg_rule_set *set)
{
    rg_check *check = NULL;
    bool good = rg_check_create(&check, set, &job->options) == RG_OK;
    if (good) {
        take_results(job, set, check);
        take_findings(job, set, check);
        good = rg_check_report(check, job->context) == RG_OK;
        print_diagnostics(job->context);
    }
    rg_check_destroy(check);
    return good;
}

/* The rules of the shipped passes, which a manager holds. */
static bool check_shipped(check_job *job)
{
    rg_pass_manager *manager = NULL;
    bool good = rg_pass_manager_create(&manager, job->context, NULL) == RG_OK;
    for (size_t i = 0; good && i < rg_pass_count(); i++) {
        rg_pass_info info = rg_pass_get_info(i);
        rg_pass pass;
        if (info.uses_rules) {
            good = rg_pass_manager_add_named(&pass, manager, info.name) == RG_OK &&
                   check_set(job, rg_pass_manager_rules(manager, pass));
        }
    }
    rg_pass_manager_destroy(manager);
    return good;
}

static bool check_files(check_job *job, char *const *paths, size_t count)
{
    rg_rule_set *set = NULL;
    bool good = rg_rule_set_create(&set, job->context) == RG_OK && configure_rules(set, job->invocation);
    for (size_t i = 0; good && i < count; i++) {
        good = load_rules(set, NULL, job->context, paths[i]);
    }
    good = good && check_set(job, set);
    rg_rule_set_destroy(set);
    return good;
}

/* Each file is what one pass runs, unless they are said to be together. */
static bool check_paths(check_job *job)
{
    const cli_invocation *invocation = job->invocation;
    bool good = true;
    if (option_given(invocation, "together")) {
        return check_files(job, (char *const *)invocation->arguments, invocation->argument_count);
    }
    for (size_t i = 0; good && i < invocation->argument_count; i++) {
        rule_files files;
        good = find_rule_files(&files, invocation->arguments[i]);
        for (size_t k = 0; good && k < files.count; k++) {
            good = check_files(job, &files.paths[k], 1);
        }
        free_rule_files(&files);
    }
    return good;
}

/* ---- telling ---- */

static void print_summary(const check_job *job)
{
    const size_t *counts = job->counts;
    printf("checked %zu, ok %zu, as stated %zu, failed %zu, not compared %zu, errors %zu, warnings %zu\n",
           counts[RG_CHECK_OK] + counts[RG_CHECK_STATED] + counts[RG_CHECK_FAILED] + counts[RG_CHECK_NOT_COMPARED],
           counts[RG_CHECK_OK], counts[RG_CHECK_STATED], counts[RG_CHECK_FAILED], counts[RG_CHECK_NOT_COMPARED],
           job->errors, job->warnings);
}

static void print_as_json(check_job *job)
{
    json_t *out = json_make_object();
    json_put(out, "rules", job->rules);
    json_put(out, "findings", job->findings);
    json_put(out, "ok", json_integer((json_int_t)job->counts[RG_CHECK_OK]));
    json_put(out, "as_stated", json_integer((json_int_t)job->counts[RG_CHECK_STATED]));
    json_put(out, "failed", json_integer((json_int_t)job->counts[RG_CHECK_FAILED]));
    json_put(out, "not_compared", json_integer((json_int_t)job->counts[RG_CHECK_NOT_COMPARED]));
    print_json(out);
}

static int run_check(cli_invocation *invocation)
{
    static const char *const headings[] = {"rule", "outcome", ">cases", ">error", "of", "reason"};
    check_job job = {.invocation = invocation, .context = invocation->context};
    bool as_json = option_given(invocation, "json");
    job.rules = as_json ? json_make_array() : NULL;
    job.findings = as_json ? json_make_array() : NULL;
    table_start(&job.table, 6, headings);
    bool good = read_options(&job) && (invocation->argument_count == 0 ? check_shipped(&job) : check_paths(&job));
    if (good && as_json) {
        print_as_json(&job);
    } else if (good) {
        table_print(&job.table, stdout);
        print_summary(&job);
    } else {
        json_decref(job.rules);
        json_decref(job.findings);
    }
    table_free(&job.table);
    bool passes = job.counts[RG_CHECK_FAILED] == 0 && job.errors == 0;
    return !good ? EXIT_BAD : passes ? EXIT_YES : EXIT_NO;
}

static const cli_option check_options[] = {
    {"seed", 0, "N", "seed of cases and inputs (default 0)"},
    {"cases", 0, "N", "cases to compare for each instance (default 8)"},
    {"tolerance", 0, "FACTOR", "multiply what dtypes are allowed to differ by (default 1; 0: exactly equal)"},
    {"together", 0, NULL, "take all PATHs as one set of rules (default: each file is a set)"},
    {"config", 0, "KEY=VALUE", "a value that rules read as config.KEY; @FILE: those of a JSON object"},
    {"json", 0, NULL, "print the results as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_check = {
    .name = "check",
    .arguments = "[PATH...]",
    .min_arguments = 0,
    .max_arguments = SIZE_MAX,
    .summary = "check rules: run pattern and replacement on the same inputs, match the rules with one another",
    .details =
        "Checks the rules of each PATH, a rule file or a folder of rule files; without PATH, those of the shipped "
        "passes. For each instance of a rule, sizes, captured constants and inputs are drawn that the rule's types and "
        "check allow; pattern and replacement are run with reference kernels and compared. A line for each tells the "
        "outcome, how many cases were compared, and the largest difference as a part of what the dtype of the result "
        "allows, which stands beside it: 1 and less agree. A rule may state that its values differ and in what "
        "(`differs`). What cannot be compared, because an op has no kernel or "
        "gives random numbers, is counted, with the reason.\n\n"
        "Then the rules of a file are matched with one another's patterns and replacements: rules that can never "
        "match, that another rule always takes the place of, or that make one another's patterns again.\n\n"
        "What is wrong is shown on standard error with its place in the rule file. Errors and failed comparisons make "
        "the answer no; warnings do not.",
    .no_means = "a rule is wrong",
    .options = check_options,
    .run = run_check,
};
