/*
 * command_opt.c: `regraft opt`: run passes on a graph and write the result.
 */
#include <stdlib.h>

#include "cli/files.h"
#include "cli/idle_rules.h"
#include "cli/json_output.h"
#include "cli/match_log_file.h"
#include "cli/match_output.h"
#include "cli/rule_input.h"
#include "cli/run_report.h"

/* One run of the command. What passes report is added up over the graphs of the file. */
typedef struct opt_job {
    const cli_invocation *invocation;
    rg_context *context;
    rg_document *document;
    rg_rule_set *rules; /* of --rules; NULL without */
    rg_pass_manager *manager;
    struct pass_sum {
        uint64_t matched;
        uint64_t nanoseconds;
        uint64_t gave_up;
        json_t *made;  /* names of nodes that it made, but not for a match; NULL: none */
    } * sums;          /* one for each pass of the manager */
    rg_match_log *log; /* NULL without --matches */
    size_t noted;      /* matches of the log that stand before the running pass */
    bool *seen;        /* by id of a node of the graph that is worked on: it was there before the running pass */
    size_t seen_count;
    run_report *report; /* NULL without --report */
    size_t graph;       /* the index of the one that is worked on */
    bool *matched;      /* by instance of `rules` */
} opt_job;

/* ---- what to run ---- */

/* "vllm" is what the configuration turns on, in vLLM's order. */
static rg_status add_pass(opt_job *job, rg_string name)
{
    rg_pass pass;
    return rg_string_equal(name, rg_string_from("vllm")) ? rg_pass_manager_add_configured(job->manager)
                                                         : rg_pass_manager_add_named(&pass, job->manager, name);
}

/* Add the passes of a comma-separated list. */
static bool add_named(opt_job *job, const char *names)
{
    while (true) {
        size_t size = strcspn(names, ",");
        if (size == 0) {
            complain("--passes wants names with commas between them");
            return false;
        }
        if (add_pass(job, (rg_string){names, size}) != RG_OK) {
            return false;
        }
        if (names[size] == '\0') {
            return true;
        }
        names += size + 1;
    }
}

static bool add_default(opt_job *job)
{
    for (size_t i = 0; i < rg_pass_count(); i++) {
        rg_pass pass;
        rg_pass_info info = rg_pass_get_info(i);
        if (info.by_default && rg_pass_manager_add_named(&pass, job->manager, info.name) != RG_OK) {
            return false;
        }
    }
    return true;
}

/* Passes stand in the order of the command line; the rules of all --rules are one pass, where the first one stands. */
static bool add_passes(opt_job *job)
{
    const cli_invocation *invocation = job->invocation;
    bool added_rules = false;
    bool added_any = false;
    for (size_t i = 0; i < invocation->use_count; i++) {
        const cli_option_use *use = &invocation->uses[i];
        bool good = true;
        if (strcmp(use->option->name, "passes") == 0) {
            good = add_named(job, use->value);
            added_any = true;
        } else if (strcmp(use->option->name, "rules") == 0 && !added_rules) {
            rg_pass pass;
            good = rg_pass_manager_add_rules(&pass, job->manager, rg_string_from("rules"), job->rules) == RG_OK;
            added_rules = added_any = true;
        }
        if (!good) {
            return false;
        }
    }
    return added_any || add_default(job);
}

/* ---- what happened ---- */

/* Warnings always, the rest with --verbose. */
static void print_log(void *user, rg_severity severity, rg_string line)
{
    const opt_job *job = user;
    if (severity == RG_SEVERITY_WARNING) {
        warn("%.*s", (int)line.size, line.data);
    } else if (option_given(job->invocation, "verbose")) {
        (void)fprintf(stderr, "%.*s\n", (int)line.size, line.data);
    }
}

static rg_status collect_match(void *user, const rg_match *match)
{
    opt_job *job = user;
    rg_pass pass = rg_pass_manager_current(job->manager);
    rg_string name = rg_pass_manager_result(job->manager, pass).name;
    const rg_rule_set *rules = rg_pass_manager_rules(job->manager, pass);
    if (job->log != NULL && rg_match_log_record(job->log, name, match) != RG_OK) {
        return RG_ERROR_MEMORY;
    }
    if (job->report != NULL) {
        report_match(job->report, job->graph, name, match, rules);
    }
    if (rules == job->rules && job->matched != NULL) {
        job->matched[rg_match_rule(match)] = true;
    }
    return RG_OK;
}

/* Has a match of the running pass made the node? */
static bool is_made_by_match(const opt_job *job, rg_string name)
{
    for (size_t i = job->noted; i < rg_match_log_count(job->log); i++) {
        const rg_logged_match *match = rg_match_log_get(job->log, i);
        for (size_t j = 0; j < match->made_count && match->graph.size == 0; j++) {
            if (rg_string_equal(match->made[j], name)) {
                return true;
            }
        }
    }
    return false;
}

/* Note which nodes are there; names of those that were not before and that no match made go to `made`, if that is
 * wanted. */
static void note_nodes(opt_job *job, const rg_graph *graph, json_t **made)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (node.id >= job->seen_count) {
            size_t count = (size_t)node.id * 2 + 1;
            job->seen = reallocate(job->seen, count * sizeof(*job->seen));
            memset(job->seen + job->seen_count, 0, (count - job->seen_count) * sizeof(*job->seen));
            job->seen_count = count;
        }
        if (made != NULL && !job->seen[node.id] && !is_made_by_match(job, rg_node_name(graph, node))) {
            *made = *made == NULL ? json_make_array() : *made;
            json_add(*made, json_from_node(graph, node));
        }
        job->seen[node.id] = true;
    }
    job->noted = rg_match_log_count(job->log);
}

/* Ids are not given twice, so a new one is a new node. Submodules are left out, as they are in comparisons. */
static rg_status after_pass(void *user, rg_pass pass, const rg_graph *graph)
{
    opt_job *job = user;
    size_t index = 0;
    while (rg_pass_manager_pass(job->manager, index).id != pass.id) {
        index++;
    }
    if (job->log != NULL) {
        note_nodes(job, graph, &job->sums[index].made);
    }
    return job->report == NULL || report_graph(job->report, job->graph, index, graph) ? RG_OK : RG_ERROR_MEMORY;
}

static void add_results(opt_job *job)
{
    for (size_t i = 0; i < rg_pass_manager_pass_count(job->manager); i++) {
        rg_pass_result result = rg_pass_manager_result(job->manager, rg_pass_manager_pass(job->manager, i));
        job->sums[i].matched += result.matched;
        job->sums[i].nanoseconds += result.nanoseconds;
        job->sums[i].gave_up += result.gave_up;
    }
}

static double milliseconds(uint64_t nanoseconds)
{
    return (double)nanoseconds / 1e6;
}

static rg_string pass_name(const opt_job *job, size_t index)
{
    return rg_pass_manager_result(job->manager, rg_pass_manager_pass(job->manager, index)).name;
}

static void print_passes(const opt_job *job)
{
    static const char *const headings[] = {"pass", ">matches", ">time"};
    struct pass_sum total = {0};
    char matched[32];
    char time[32];
    cli_table table;
    table_start(&table, 3, headings);
    size_t count = rg_pass_manager_pass_count(job->manager);
    for (size_t i = 0; i <= count; i++) {
        const struct pass_sum *sum = i < count ? &job->sums[i] : &total;
        (void)snprintf(matched, sizeof(matched), "%llu", (unsigned long long)sum->matched);
        (void)snprintf(time, sizeof(time), "%9.2f ms", milliseconds(sum->nanoseconds));
        table_add(&table, (const char *[]){i < count ? pass_name(job, i).data : "total", matched, time});
        if (i < count) {
            total.matched += sum->matched;
            total.nanoseconds += sum->nanoseconds;
        }
    }
    table_print(&table, stderr);
    table_free(&table);
    for (size_t i = 0; i < count; i++) {
        warn_gave_up(pass_name(job, i).data, job->sums[i].gave_up);
    }
}

/* Why rules of --rules have not fired: told of the graphs as the passes have left them. So many instances are
 * explained at most as take less time than most passes. */
static bool note_rules(const opt_job *job)
{
    enum { MOST_EXPLAINED = 64 };
    rg_matcher *matcher = NULL;
    bool good = true;
    if (job->rules != NULL) {
        good = rg_matcher_create(&matcher, job->context, job->rules) == RG_OK &&
               note_idle_rules(matcher, job->matched, job->document, MOST_EXPLAINED);
    }
    rg_matcher_destroy(matcher);
    return good;
}

static void render_matches(const opt_job *job, cli_text *out)
{
    json_t *passes = json_make_array();
    for (size_t i = 0; i < rg_pass_manager_pass_count(job->manager); i++) {
        json_t *entry = json_make_object();
        json_put(entry, "pass", json_from(pass_name(job, i)));
        json_put(entry, "matched", json_integer((json_int_t)job->sums[i].matched));
        json_put(entry, "ms", json_real(milliseconds(job->sums[i].nanoseconds)));
        if (job->sums[i].made != NULL) {
            json_put(entry, "made", json_incref(job->sums[i].made));
        }
        json_add(passes, entry);
    }
    json_t *all = json_make_object();
    json_put(all, "passes", passes);
    json_put(all, "matches", json_from_match_log(job->log));
    json_render(all, out);
    json_decref(all);
}

/* ---- the run ---- */

static bool run_passes_on_graphs(opt_job *job)
{
    if (job->rules != NULL) {
        size_t count = rg_rule_set_count(job->rules) + 1;
        job->matched = allocate(count * sizeof(*job->matched));
        memset(job->matched, 0, count * sizeof(*job->matched));
    }
    job->sums = allocate((rg_pass_manager_pass_count(job->manager) + 1) * sizeof(*job->sums));
    memset(job->sums, 0, (rg_pass_manager_pass_count(job->manager) + 1) * sizeof(*job->sums));
    if (option_given(job->invocation, "report") && (job->report = start_report(job->document)) == NULL) {
        return false;
    }
    for (job->graph = 0; job->graph < rg_document_graph_count(job->document); job->graph++) {
        rg_graph *graph = rg_document_graph(job->document, job->graph);
        if (job->log != NULL) {
            job->seen_count = 0;
            note_nodes(job, graph, NULL);
        }
        if (rg_pass_manager_run(job->manager, graph) != RG_OK) {
            return false;
        }
        add_results(job);
    }
    return true;
}

static bool render_run(cli_text *out, const opt_job *job)
{
    for (size_t i = 0; i < rg_pass_manager_pass_count(job->manager); i++) {
        const rg_rule_set *rules = rg_pass_manager_rules(job->manager, rg_pass_manager_pass(job->manager, i));
        report_pass(job->report, pass_name(job, i), rules, job->sums[i].matched, job->sums[i].nanoseconds);
    }
    return render_report(out, job->report, job->document, file_name(job->invocation->arguments[0]),
                         picture_format_of(option_value(job->invocation, "report")));
}

/* All files are ready before any takes its place, so that a failure leaves none. */
static bool write_results(opt_job *job)
{
    const char *output = option_value(job->invocation, "output");
    const char *matches = option_value(job->invocation, "matches");
    rg_print_options options = RG_PRINT_OPTIONS_INIT;
    output_file graph_file = {.path = output != NULL ? output : "-"};
    output_file match_file = {.path = matches};
    output_file report_file = {.path = option_value(job->invocation, "report")};
    options.strip_log = option_given(job->invocation, "strip");
    bool good = rg_document_print(job->document, &options, text_sink(&graph_file.text)) == RG_OK;
    if (good && matches != NULL) {
        render_matches(job, &match_file.text);
        good = output_file_prepare(&match_file);
    }
    if (good && job->report != NULL) {
        good = render_run(&report_file.text, job) && output_file_prepare(&report_file);
    }
    good = good && output_file_prepare(&graph_file) && output_file_commit(&graph_file);
    good = good && (matches == NULL || output_file_commit(&match_file));
    good = good && (job->report == NULL || output_file_commit(&report_file));
    output_file_end(&graph_file);
    output_file_end(&match_file);
    output_file_end(&report_file);
    return good;
}

static bool parse_sweeps(uint32_t *out, const cli_invocation *invocation)
{
    const char *text = option_value(invocation, "sweeps");
    char *end = NULL;
    unsigned long sweeps = text == NULL ? 1 : strtoul(text, &end, 10);
    if (text != NULL && (text[0] < '0' || text[0] > '9' || *end != '\0' || sweeps == 0 || sweeps > UINT32_MAX)) {
        complain("--sweeps wants a number from 1 on, not '%s'", text);
        return false;
    }
    *out = (uint32_t)sweeps;
    return true;
}

/* Known before anything runs. */
static bool check_report(const cli_invocation *invocation)
{
    const char *report = option_value(invocation, "report");
    if (report != NULL && picture_format_of(report) == PICTURE_UNKNOWN) {
        complain("%s: the name of a report ends in .html, .svg or .dot", report);
        return false;
    }
    return true;
}

static bool start_job(opt_job *job)
{
    const cli_invocation *invocation = job->invocation;
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.dump_directory = option_value(invocation, "dump-dir");
    options.verify = true;
    if (!parse_sweeps(&options.max_sweeps, invocation) || !check_report(invocation)) {
        return false;
    }
    options.log = print_log;
    options.log_user = job;
    if (option_given(invocation, "matches") || option_given(invocation, "report") ||
        option_given(invocation, "rules")) {
        options.on_match = collect_match;
        options.on_match_user = job;
    }
    options.on_pass = after_pass;
    options.on_pass_user = job;
    if ((option_given(invocation, "matches") && rg_match_log_create(&job->log, job->context) != RG_OK) ||
        rg_pass_manager_create(&job->manager, job->context, &options) != RG_OK ||
        (option_given(invocation, "rules") && rg_rule_set_create(&job->rules, job->context) != RG_OK)) {
        return false;
    }
    config_target target = {job->context, rg_pass_manager_config(job->manager), job->rules};
    bool good = apply_config_options(&target, invocation);
    if (good && job->rules != NULL) {
        good =
            rg_pass_config_apply(target.config, job->rules) == RG_OK && load_rule_options(job->rules, NULL, invocation);
    }
    return good && add_passes(job);
}

static void end_job(opt_job *job)
{
    end_report(job->report);
    rg_document_destroy(job->document);
    for (size_t i = 0; job->sums != NULL && i < rg_pass_manager_pass_count(job->manager); i++) {
        json_decref(job->sums[i].made);
    }
    free(job->sums);
    free(job->matched);
    free(job->seen);
    rg_match_log_destroy(job->log);
    rg_pass_manager_destroy(job->manager);
    rg_rule_set_destroy(job->rules);
}

static int run_opt(cli_invocation *invocation)
{
    opt_job job = {.invocation = invocation, .context = invocation->context};
    bool good = start_job(&job) && rg_document_read(&job.document, job.context, invocation->arguments[0]) == RG_OK &&
                run_passes_on_graphs(&job) && write_results(&job);
    if (good) {
        print_passes(&job);
        good = note_rules(&job);
    }
    end_job(&job);
    return good ? EXIT_YES : EXIT_BAD;
}

static const cli_option opt_options[] = {
    {"output", 'o', "FILE", "write the graph there instead of to standard output"},
    {"passes", 'p', "A,B,...", "run these passes, in this order"},
    {"rules", 'r', "PATH", "run the rules of a file or folder as a pass; may be given several times"},
    {"config", 'c', "KEY=VALUE|@FILE", "set a configuration value, or all of a JSON file; may be given several times"},
    {"sweeps", 0, "N", "let passes that apply rules sweep until nothing matches, at most N times (default: one sweep)"},
    {"matches", 0, "FILE", "write what matched, as JSON"},
    {"report", 0, "FILE", "write a page (.html) with passes, matches, near misses and pictures before and after"},
    {"dump-dir", 0, "DIR", "write the graph before and after each pass, and the passes' patterns, to DIR"},
    {"verbose", 'v', NULL, "print what passes log, in vLLM's words, on standard error"},
    {"strip", 0, NULL, "leave out TORCH_LOGS prefixes and the text around graphs"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_opt = {
    .name = "opt",
    .arguments = "FILE",
    .min_arguments = 1,
    .max_arguments = 1,
    .summary = "run passes on a graph and write the result",
    .details =
        "Runs passes on the graph (on each graph, if the file holds several) and writes the file with the changed "
        "graph. A table of passes, matches and milliseconds goes to standard error.\n\n"
        "--passes and --rules may be mixed; passes run in the order in which they are given. The rules of all --rules "
        "are one pass, named 'rules', where the first of them stands. The pass 'vllm' stands for all passes that the "
        "configuration turns on, as vLLM's pass manager runs them. Without --passes and --rules, those passes run that "
        "`regraft passes` marks as default.\n\n"
        "Rules of --rules that have not fired are named on standard error, with what is in their way where they come "
        "nearest in the graph that the passes leave, if they are not many; `regraft explain` tells more, of any "
        "graph.\n\n"
        "--config sets what the shipped passes read (`regraft passes --config` lists the keys), and what rule files "
        "given with --rules read as config.KEY. A VALUE that begins with [ or { is JSON. @FILE is a JSON file of keys "
        "and values.\n\n"
        "A pass that applies rules visits each node once, and what it makes waits for the next sweep. With --sweeps it "
        "sweeps until nothing matches; if the last sweep allowed still changes something, the pass fails and names the "
        "rules that keep feeding each other.\n\n"
        "--matches writes {\"passes\": [{\"pass\", \"matched\", \"ms\"}], \"matches\": [{\"pass\", \"rule\", "
        "\"root\", \"nodes\", \"outputs\", \"results\", \"made\"}]}, by the names of that time: nodes in post-order, "
        "outputs being those that the replacement's results took the place of, results what stands there now, made all "
        "that came with the replacement. A pass has \"made\" too when it made nodes without a rule. `regraft verify` "
        "judges each match by it.\n\n"
        "--report writes a page that needs nothing else: the table of passes, the matches, what stopped rules that "
        "matched nowhere, and the graph before and after, side by side. Ending in .svg or .dot it is the picture alone "
        "(`regraft draw` tells more).\n\n"
        "A pass that fails ends the run; nothing is written then but the dumps made so far.",
    .options = opt_options,
    .run = run_opt,
};
