/*
 * run_report.c: see the header.
 *
 * Rules of a pass that matched nowhere are explained in the graphs as the pass got them, so copies are kept of those;
 * nodes that other matches of the pass took count as taken. Nodes that earlier passes made are in no picture of before.
 */
#include "cli/run_report.h"

#include <stdlib.h>

#include "cli/match_output.h"

typedef struct noted_match {
    size_t graph;
    char *path; /* of the submodule; "" for the graph itself */
    rg_string pass;
    rg_string rule;
    rg_string instance;
    rg_string root;
    match_names names;
} noted_match;

typedef struct noted_pass {
    rg_string name;
    const rg_rule_set *rules;
    uint64_t matched;
    uint64_t nanoseconds;
} noted_pass;

/* The nearest miss of a rule so far. The explanation that lends it is kept. */
typedef struct nearest_miss {
    const noted_pass *pass;
    rg_string rule;
    const rg_miss *miss;
    const rg_graph *graph;
    size_t sheet;
} nearest_miss;

/* A graph after a pass. */
typedef struct graph_state {
    size_t graph;
    size_t pass;
    rg_graph *copy;
} graph_state;

struct run_report {
    rg_context *context;
    size_t graph_count;
    rg_graph **before;
    graph_state *states; /* in the order of time */
    size_t state_count;
    noted_match *matches;
    size_t match_count;
    noted_pass *passes;
    size_t pass_count;
    nearest_miss *misses;
    size_t miss_count;
    rg_explanation **explanations;
    size_t explanation_count;
    picture_sheets sheets;
    rg_drawing *drawing;
};

/* ---- while the passes run ---- */

run_report *start_report(const rg_document *document)
{
    run_report *report = allocate(sizeof(*report));
    memset(report, 0, sizeof(*report));
    report->graph_count = rg_document_graph_count(document);
    report->before = allocate(report->graph_count * sizeof(*report->before));
    memset(report->before, 0, report->graph_count * sizeof(*report->before));
    for (size_t i = 0; i < report->graph_count; i++) {
        const rg_graph *graph = rg_document_graph(document, i);
        report->context = rg_graph_context(graph);
        if (rg_graph_clone(&report->before[i], graph) != RG_OK) {
            end_report(report);
            return NULL;
        }
    }
    return report;
}

void end_report(run_report *report)
{
    if (report == NULL) {
        return;
    }
    rg_drawing_destroy(report->drawing);
    for (size_t i = 0; i < report->explanation_count; i++) {
        rg_explanation_destroy(report->explanations[i]);
    }
    for (size_t i = 0; i < report->match_count; i++) {
        free(report->matches[i].path);
        free_names(&report->matches[i].names);
    }
    for (size_t i = 0; i < report->graph_count; i++) {
        rg_graph_destroy(report->before[i]);
    }
    for (size_t i = 0; i < report->state_count; i++) {
        rg_graph_destroy(report->states[i].copy);
    }
    free(report->states);
    free_sheets(&report->sheets);
    free(report->explanations);
    free(report->misses);
    free(report->matches);
    free(report->passes);
    free(report->before);
    free(report);
}

bool report_graph(run_report *report, size_t graph, size_t pass, const rg_graph *after)
{
    graph_state state = {graph, pass, NULL};
    if (rg_graph_clone(&state.copy, after) != RG_OK) {
        return false;
    }
    report->states = reallocate(report->states, (report->state_count + 1) * sizeof(*report->states));
    report->states[report->state_count++] = state;
    return true;
}

/* The graph that a pass got: as the pass before it left it that ran. NULL when it did not run on it. */
static rg_graph *graph_for(const run_report *report, size_t graph, size_t pass)
{
    rg_graph *got = report->before[graph];
    for (size_t i = 0; i < report->state_count; i++) {
        const graph_state *state = &report->states[i];
        if (state->graph == graph && state->pass == pass) {
            return got;
        }
        got = state->graph == graph ? state->copy : got;
    }
    return NULL;
}

static char *path_of(const rg_graph *graph)
{
    cli_text path = {NULL, 0, 0};
    text_add(&path, "", 0);
    graph_path(&path, graph);
    return path.data;
}

/* The graph before that a graph was made of; a submodule is found by its name. */
static const rg_graph *graph_before(const run_report *report, size_t index, const rg_graph *graph)
{
    const rg_graph *parent = rg_graph_parent(graph);
    if (parent == NULL) {
        return report->before[index];
    }
    const rg_graph *before = graph_before(report, index, parent);
    for (size_t i = 0; before != NULL && i < rg_graph_child_count(before); i++) {
        const rg_graph *child = rg_graph_child(before, i);
        if (rg_string_equal(rg_graph_name(child), rg_graph_name(graph))) {
            return child;
        }
    }
    return NULL;
}

void report_match(run_report *report, size_t graph, rg_string pass, const rg_match *match, const rg_rule_set *rules)
{
    rg_rule_info info = rg_rule_set_info(rules, rg_match_rule(match));
    const rg_graph *before = graph_before(report, graph, rg_match_graph(match));
    if (before == NULL) {
        return; /* in a submodule that a pass made, which the report does not show */
    }
    noted_match noted = {.graph = graph,
                         .path = path_of(rg_match_graph(match)),
                         .pass = pass,
                         .rule = info.rule,
                         .instance = info.name,
                         .root = rg_node_name(rg_match_graph(match), rg_match_root(match)),
                         .names = names_of_match(match, before)};
    report->matches = reallocate(report->matches, (report->match_count + 1) * sizeof(*report->matches));
    report->matches[report->match_count++] = noted;
}

void report_pass(run_report *report, rg_string pass, const rg_rule_set *rules, uint64_t matched, uint64_t nanoseconds)
{
    report->passes = reallocate(report->passes, (report->pass_count + 1) * sizeof(*report->passes));
    report->passes[report->pass_count++] = (noted_pass){pass, rules, matched, nanoseconds};
}

/* ---- near misses ---- */

static bool has_matched(const run_report *report, const noted_pass *pass, rg_string rule)
{
    for (size_t i = 0; i < report->match_count; i++) {
        if (rg_string_equal(report->matches[i].rule, rule) && rg_string_equal(report->matches[i].pass, pass->name)) {
            return true;
        }
    }
    return false;
}

static int compare_nodes(const void *a, const void *b)
{
    uint32_t first = ((const rg_node *)a)->id;
    uint32_t second = ((const rg_node *)b)->id;
    return first < second ? -1 : first > second;
}

/* The nodes of the graph, by id, that matches of the pass took. The caller frees them. */
static rg_node *nodes_taken(size_t *count, const run_report *report, const noted_pass *pass, size_t index,
                            const rg_graph *graph)
{
    size_t capacity = 0;
    char *path = path_of(graph);
    *count = 0;
    for (size_t i = 0; i < report->match_count; i++) {
        capacity += report->matches[i].names.node_count + report->matches[i].names.made_count;
    }
    rg_node *nodes = allocate(capacity * sizeof(*nodes));
    for (size_t i = 0; i < report->match_count; i++) {
        const noted_match *match = &report->matches[i];
        const match_names *names = &match->names;
        bool is_here =
            match->graph == index && rg_string_equal(match->pass, pass->name) && strcmp(match->path, path) == 0;
        for (size_t j = 0; is_here && j < names->node_count + names->made_count; j++) {
            rg_string name = j < names->node_count ? names->nodes[j] : names->made[j - names->node_count];
            rg_node node = rg_graph_find(graph, name);
            if (!rg_node_is_null(node)) {
                nodes[(*count)++] = node;
            }
        }
    }
    qsort(nodes, *count, sizeof(*nodes), compare_nodes);
    free(path);
    return nodes;
}

static bool is_nearer(const rg_miss *a, const rg_miss *b)
{
    uint64_t first = (uint64_t)a->matched * b->total; /* a->matched / a->total against b's */
    uint64_t second = (uint64_t)b->matched * a->total;
    return first != second ? first > second : a->matched > b->matched;
}

/* Of all instances of a rule and all graphs, the nearest. */
static void note_miss(run_report *report, const nearest_miss *found)
{
    for (size_t i = 0; i < report->miss_count; i++) {
        nearest_miss *known = &report->misses[i];
        if (known->pass == found->pass && rg_string_equal(known->rule, found->rule)) {
            *known = is_nearer(found->miss, known->miss) ? *found : *known;
            return;
        }
    }
    report->misses = reallocate(report->misses, (report->miss_count + 1) * sizeof(*report->misses));
    report->misses[report->miss_count++] = *found;
}

static bool explain_graph(run_report *report, const noted_pass *pass, rg_matcher *matcher, size_t index,
                          rg_graph *graph, const rg_explain_options *idle)
{
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!explain_graph(report, pass, matcher, index, rg_graph_child(graph, i), idle)) {
            return false;
        }
    }
    rg_explanation *explanation = NULL;
    rg_explain_options options = *idle;
    rg_node *taken = nodes_taken(&options.replaced_count, report, pass, index, graph);
    options.replaced = taken;
    bool good = rg_matcher_explain(&explanation, matcher, graph, &options) == RG_OK;
    free(taken);
    if (!good) {
        return false;
    }
    report->explanations = reallocate(report->explanations, (report->explanation_count + 1) * sizeof(rg_explanation *));
    report->explanations[report->explanation_count++] = explanation;
    char *path = path_of(graph);
    nearest_miss found = {.pass = pass, .graph = graph};
    bool is_shown = find_sheet(&report->sheets, index, path, &found.sheet); /* not if a pass made the submodule */
    free(path);
    for (size_t i = 0; is_shown && i < rg_explanation_count(explanation); i++) {
        found.miss = rg_explanation_get(explanation, i);
        found.rule = rg_rule_set_info(pass->rules, found.miss->rule).rule;
        note_miss(report, &found);
    }
    return true;
}

/* Explain the rules of a pass that matched nowhere. */
static bool explain_pass(run_report *report, const noted_pass *pass)
{
    rg_matcher *matcher = NULL;
    size_t *idle = allocate(rg_rule_set_count(pass->rules) * sizeof(*idle));
    rg_explain_options options = RG_EXPLAIN_OPTIONS_INIT;
    options.rules = idle;
    options.max_misses = 1;
    for (size_t i = 0; i < rg_rule_set_count(pass->rules); i++) {
        if (!has_matched(report, pass, rg_rule_set_info(pass->rules, i).rule)) {
            idle[options.rule_count++] = i;
        }
    }
    bool good = options.rule_count == 0 || rg_matcher_create(&matcher, report->context, pass->rules) == RG_OK;
    for (size_t i = 0; good && options.rule_count > 0 && i < report->graph_count; i++) {
        rg_graph *graph = graph_for(report, i, (size_t)(pass - report->passes));
        good = graph == NULL || explain_graph(report, pass, matcher, i, graph, &options);
    }
    rg_matcher_destroy(matcher);
    free(idle);
    return good;
}

/* The nearest first, else in the order of passes and rules. */
static int compare_misses(const void *a, const void *b)
{
    const nearest_miss *first = a;
    const nearest_miss *second = b;
    if (is_nearer(first->miss, second->miss) || is_nearer(second->miss, first->miss)) {
        return is_nearer(first->miss, second->miss) ? -1 : 1;
    }
    if (first->pass != second->pass) {
        return first->pass < second->pass ? -1 : 1;
    }
    return first->miss->rule < second->miss->rule ? -1 : first->miss->rule > second->miss->rule;
}

/* "rule, file.py:3:17:", the line and a caret; nothing when there is no line. */
static void show_place(cli_text *out, const rg_location *place, const char *side)
{
    char number[48];
    text_add(out, "", 0);
    if (place->source_line.size == 0) {
        return;
    }
    text_add(out, side, strlen(side));
    if (place->line != 0) {
        (void)snprintf(number, sizeof(number), ":%u:%u", place->line, place->column);
        text_add(out, ", ", 2);
        text_add(out, place->file.data, place->file.size);
        text_add(out, number, strlen(number));
    }
    text_add(out, ":\n", 2);
    text_add(out, place->source_line.data, place->source_line.size);
    text_add(out, "\n", 1);
    for (uint32_t i = 0; i < place->caret; i++) {
        text_add(out, " ", 1);
    }
    text_add(out, "^", 1);
    for (uint32_t i = 1; i < place->caret_width; i++) {
        text_add(out, "~", 1);
    }
}

static bool add_miss(run_report *report, const nearest_miss *nearest)
{
    const rg_miss *miss = nearest->miss;
    rg_drawn_miss drawn = RG_DRAWN_MISS_INIT;
    cli_text places[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    rg_string *examples = allocate(miss->example_count * sizeof(*examples));
    show_place(&places[0], &miss->rule_place, "rule");
    show_place(&places[1], &miss->graph_place, "graph");
    for (size_t i = 0; i < miss->example_count; i++) {
        examples[i] = rg_node_name(nearest->graph, miss->examples[i]);
    }
    drawn.sheet = nearest->sheet;
    drawn.pass = nearest->pass->name;
    drawn.rule = nearest->rule;
    drawn.reason = rg_string_from(rg_miss_reason_name(miss->reason));
    drawn.sentence = miss->sentence;
    drawn.remedy = miss->remedy;
    drawn.rule_place = (rg_string){places[0].data, places[0].size};
    drawn.graph_place = (rg_string){places[1].data, places[1].size};
    drawn.matched = miss->matched;
    drawn.total = miss->total;
    drawn.count = miss->count;
    drawn.examples = examples;
    drawn.example_count = miss->example_count;
    bool good = rg_drawing_add_miss(report->drawing, &drawn) == RG_OK;
    text_free(&places[0]);
    text_free(&places[1]);
    free(examples);
    return good;
}

static bool add_misses(run_report *report)
{
    bool good = true;
    for (size_t i = 0; good && i < report->pass_count; i++) {
        good = report->passes[i].rules == NULL || explain_pass(report, &report->passes[i]);
    }
    if (good && report->miss_count > 0) {
        qsort(report->misses, report->miss_count, sizeof(*report->misses), compare_misses);
    }
    for (size_t i = 0; good && i < report->miss_count; i++) {
        good = add_miss(report, &report->misses[i]);
    }
    return good;
}

/* ---- the report ---- */

static bool add_match(run_report *report, const noted_match *match)
{
    rg_drawn_match drawn = RG_DRAWN_MATCH_INIT;
    drawn.pass = match->pass;
    drawn.rule = match->rule;
    drawn.instance = match->instance;
    drawn.root = match->root;
    drawn.nodes = match->names.nodes;
    drawn.node_count = match->names.node_count;
    drawn.made = match->names.made;
    drawn.made_count = match->names.made_count;
    drawn.outputs = match->names.outputs;
    drawn.output_count = match->names.output_count;
    return !find_sheet(&report->sheets, match->graph, match->path, &drawn.sheet) ||
           rg_drawing_add_match(report->drawing, &drawn) == RG_OK;
}

bool render_report(cli_text *out, run_report *report, const rg_document *document, const char *title,
                   picture_format format)
{
    if (report->graph_count == 0) {
        complain("%s holds no graph to report on", title);
        return false;
    }
    bool good = rg_drawing_create(&report->drawing, report->context, rg_string_from(title)) == RG_OK;
    for (size_t i = 0; good && i < report->graph_count; i++) {
        good = add_sheets(&report->sheets, report->drawing, i, report->before[i], rg_document_graph(document, i),
                          RG_SHEET_EDITED);
    }
    for (size_t i = 0; good && i < report->match_count; i++) {
        good = add_match(report, &report->matches[i]);
    }
    for (size_t i = 0; good && i < report->pass_count; i++) {
        const noted_pass *pass = &report->passes[i];
        good = rg_drawing_add_pass(report->drawing, pass->name, pass->matched, pass->nanoseconds) == RG_OK;
    }
    return good && (format != PICTURE_HTML || add_misses(report)) && render_picture(out, report->drawing, format, 0);
}
