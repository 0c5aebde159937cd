/*
 * command_explain.c: `regraft explain`: why do rules not match? The answers are the library's (explain.h); here they
 * are found by name, and shown.
 */
#include <stdlib.h>

#include "cli/files.h"
#include "cli/graph_lines.h"
#include "cli/json_output.h"
#include "cli/miss_output.h"
#include "cli/output.h"
#include "cli/rule_input.h"

typedef struct explain_job {
    const cli_invocation *invocation;
    rg_context *context;
    rg_rule_set *rules;
    rg_matcher *matcher;
    rg_document *document;
    size_t *asked; /* indices of the instances that --rule names */
    size_t asked_count;
    pattern_files patterns;
    bool *asked_patterns; /* by pattern: does --rule name it? */
    bool any_asked;       /* --rule is given */
    const char *at;       /* --at; NULL without */
    uint64_t most;        /* --most */
    graph_lines lines;
    size_t number; /* of the outermost graph at work */
    json_t *listing;
    size_t found;
    bool has_at; /* some graph has a node of that name */
} explain_job;

/* ---- what is asked ---- */

static const char *rule_candidate(const void *user, size_t index)
{
    const rg_rule_set *rules = user;
    return index < rg_rule_set_count(rules) ? rg_rule_set_info(rules, index).rule.data : NULL;
}

/* All instances of the rule, or the one instance, of that name. */
static bool ask_rule(explain_job *job, const char *name)
{
    size_t before = job->asked_count;
    job->any_asked = true;
    if (ask_pattern(job->asked_patterns, &job->patterns, name) > 0) {
        return true;
    }
    for (size_t i = 0; i < rg_rule_set_count(job->rules); i++) {
        rg_rule_info info = rg_rule_set_info(job->rules, i);
        if (rg_string_equal(info.rule, rg_string_from(name)) || rg_string_equal(info.name, rg_string_from(name))) {
            job->asked[job->asked_count++] = i;
        }
    }
    if (job->asked_count == before) {
        const char *guess = nearest(name, rule_candidate, job->rules);
        complain("no rule is called '%s'%s%s%s", name, guess ? "; did you mean '" : "", guess ? guess : "",
                 guess ? "'?" : "");
    }
    return job->asked_count > before;
}

static bool read_options(explain_job *job)
{
    const cli_invocation *invocation = job->invocation;
    const char *most = option_value(invocation, "most");
    job->at = option_value(invocation, "at");
    if (most != NULL && !parse_count(most, 1000, &job->most)) {
        complain("--most wants a whole number from 1 to 1000");
        return false;
    }
    job->asked = allocate((rg_rule_set_count(job->rules) * (invocation->use_count + 1) + 1) * sizeof(*job->asked));
    job->asked_patterns = allocate(job->patterns.pattern_count + 1);
    memset(job->asked_patterns, 0, job->patterns.pattern_count + 1);
    for (size_t i = 0; i < invocation->use_count; i++) {
        if (strcmp(invocation->uses[i].option->name, "rule") == 0 && !ask_rule(job, invocation->uses[i].value)) {
            return false;
        }
    }
    return true;
}

/* ---- showing ---- */

static rg_location graph_place(const explain_job *job, const rg_miss *miss, const rg_graph *graph)
{
    rg_location place = miss->graph_place;
    if (!rg_node_is_null(miss->node)) {
        graph_lines_locate(&job->lines, &place, graph, job->number, miss->node);
    }
    return place;
}

static void print_miss(const explain_job *job, const rg_miss *miss, const rg_graph *graph)
{
    shown_miss shown = shown_rule_miss(job->rules, miss, graph);
    print_miss_head(&shown);
    if (miss->rule_place.line != 0) {
        print_place(&miss->rule_place, "the pattern");
    }
    if (!rg_node_is_null(miss->node)) {
        rg_location place = graph_place(job, miss, graph);
        print_place(&place, "the graph");
    }
    print_miss_remedy(&shown);
}

static json_t *json_from_place(const rg_location *place)
{
    json_t *out = json_make_object();
    json_put(out, "file", json_from(place->file));
    json_put(out, "line", json_integer(place->line));
    json_put(out, "column", json_integer(place->column));
    json_put(out, "source", json_from(place->source_line));
    return out;
}

static json_t *json_from_miss(const explain_job *job, const rg_miss *miss, const rg_graph *graph)
{
    shown_miss shown = shown_rule_miss(job->rules, miss, graph);
    json_t *out = json_start_miss(&shown);
    json_put(out, "pattern_node", json_from_node(rg_rule_set_info(job->rules, miss->rule).pattern, miss->pattern_node));
    json_put(out, "node", json_from_node(graph, miss->node));
    json_end_miss(out, &shown);
    json_put(out, "rule_place", json_from_place(&miss->rule_place));
    rg_location place = graph_place(job, miss, graph);
    json_put(out, "graph_place", json_from_place(&place));
    return out;
}

/* ---- the job ---- */

static bool explain_rules(explain_job *job, rg_graph *graph, const rg_explain_options *options)
{
    rg_explanation *explanation = NULL;
    if (rg_matcher_explain(&explanation, job->matcher, graph, options) != RG_OK) {
        return false;
    }
    for (size_t i = 0; i < rg_explanation_count(explanation); i++) {
        const rg_miss *miss = rg_explanation_get(explanation, i);
        if (job->listing != NULL) {
            json_add(job->listing, json_from_miss(job, miss, graph));
        } else {
            printf("%s", job->found > 0 ? "\n" : "");
            print_miss(job, miss, graph);
        }
        job->found++;
    }
    rg_explanation_destroy(explanation);
    return true;
}

/* Submodules first, as passes go. */
static bool explain_graph(explain_job *job, rg_graph *graph)
{
    rg_explain_options options = RG_EXPLAIN_OPTIONS_INIT;
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!explain_graph(job, rg_graph_child(graph, i))) {
            return false;
        }
    }
    options.max_misses = job->most;
    options.rules = job->asked_count > 0 ? job->asked : NULL;
    options.rule_count = job->asked_count;
    if (job->at != NULL) {
        options.at = rg_graph_find(graph, rg_string_from(job->at));
        if (rg_node_is_null(options.at)) {
            return true;
        }
        job->has_at = true;
    }
    const pattern_question question = {
        .asked = job->any_asked ? job->asked_patterns : NULL, .at = options.at, .most = job->most};
    bool has_rules = !job->any_asked || job->asked_count > 0;
    return (!has_rules || explain_rules(job, graph, &options)) &&
           explain_patterns(&job->found, &job->patterns, graph, &question, job->listing);
}

static int run_explain(cli_invocation *invocation)
{
    explain_job job = {.invocation = invocation, .context = invocation->context};
    bool good = rg_rule_set_create(&job.rules, job.context) == RG_OK &&
                load_given_rules(job.rules, &job.patterns, invocation, 1) && read_options(&job) &&
                rg_matcher_create(&job.matcher, job.context, job.rules) == RG_OK &&
                rg_document_read(&job.document, job.context, invocation->arguments[0]) == RG_OK &&
                graph_lines_start(&job.lines, job.document, invocation->arguments[0]);
    if (good && option_given(invocation, "json")) {
        job.listing = json_make_array();
    }
    for (size_t i = 0; good && i < rg_document_graph_count(job.document); i++) {
        job.number = i;
        good = explain_graph(&job, rg_document_graph(job.document, i));
    }
    if (good && job.at != NULL && !job.has_at) {
        complain("no graph here has a node called '%s'", job.at);
        good = false;
    }
    if (good && job.listing != NULL) {
        print_json(job.listing);
    } else if (job.listing != NULL) {
        json_decref(job.listing);
    }
    graph_lines_free(&job.lines);
    rg_document_destroy(job.document);
    rg_matcher_destroy(job.matcher);
    rg_rule_set_destroy(job.rules);
    free_patterns(&job.patterns);
    free(job.asked);
    free(job.asked_patterns);
    return !good ? EXIT_BAD : job.found == 0 ? EXIT_YES : EXIT_NO;
}

static const cli_option explain_options[] = {
    OPTION_RULES,
    OPTION_RULE_CONFIG,
    {"rule", 0, "NAME", "explain this rule, or this instance of one, also where it matches elsewhere; may be repeated"},
    {"at", 0, "NODE", "only misses that this node of the graph takes part in, of all rules"},
    {"most", 0, "N", "misses to show of each rule, the nearest first (default 3)"},
    {"json", 0, NULL, "print the misses as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_explain = {
    .name = "explain",
    .arguments = "FILE --rules PATH...",
    .min_arguments = 1,
    .max_arguments = SIZE_MAX,
    .summary = "say why rules do not match",
    .details =
        "For each rule that matches nowhere, or only where another one goes first, the places of the graph that come "
        "nearest: how much of the pattern is there, what stops it, with both sides, and what would make it match. "
        "Places with one cause are one entry. doc/explain.md lists the reasons.\n\n"
        "With --rule the rules that it names are explained, also if they match somewhere: then where else they "
        "nearly do.\n\n"
        "Files of pattern expressions are explained after the rules, with Inductor's semantics. Of its attention "
        "patterns, known by their names, the checks are asked too, which their files do not hold.",
    .no_means = "there is something to explain",
    .options = explain_options,
    .run = run_explain,
};
