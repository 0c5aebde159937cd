/*
 * measure.c: figures, and the phases of matching; see measure.h.
 */
#include "measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <regraft/document.h>
#include <regraft/rewrite.h>

#include "ir/graph_impl.h"
#include "match/automaton.h"
#include "match/match_impl.h"
#include "random_source.h"

enum { MAX_RESULTS = 2048 };

uint32_t measure_runs = 31;

typedef struct bench_result {
    char workload[64];
    const char *phase;
    const char *unit;
    uint32_t nodes;
    uint32_t rules;
    uint32_t hits;
    uint32_t graphs;
    uint64_t matches; /* in all of them */
    double p50;
    double p99;
} bench_result;

static bench_result results[MAX_RESULTS];
static uint32_t result_count;

/* ---- figures ---- */

static int compare_times(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

void print_heading(void)
{
    printf("%-34s %8s %6s %5s %8s  %-16s %10s %10s\n", "workload", "nodes", "rules", "hits", "matches", "phase", "p50",
           "p99");
}

void record(const bench_case *from, const char *phase, const char *unit, double *times, uint32_t count)
{
    require(result_count < MAX_RESULTS && count > 0, "recording");
    bench_result *result = &results[result_count++];
    qsort(times, count, sizeof(*times), compare_times);
    (void)snprintf(result->workload, sizeof(result->workload), "%s", from->workload);
    result->phase = phase;
    result->unit = unit;
    result->nodes = (uint32_t)(from->nodes / from->graph_count);
    result->rules = from->set == NULL ? 0 : (uint32_t)rg_rule_set_count(from->set);
    result->hits = from->hits;
    result->graphs = from->graph_count;
    result->matches = from->matches;
    result->p50 = times[count / 2];
    result->p99 = times[(count * 99 - 1) / 100];
    printf("%-34s %8u %6u %5u %8.0f  %-16s %10.2f %10.2f  %s\n", result->workload, result->nodes, result->rules,
           result->hits, (double)result->matches / result->graphs, phase, result->p50, result->p99, unit);
    (void)fflush(stdout);
}

void write_json(const char *path)
{
    FILE *file = fopen(path, "w");
    require(file != NULL, "writing the JSON file");
    fprintf(file, "[");
    for (uint32_t i = 0; i < result_count; i++) {
        const bench_result *at = &results[i];
        fprintf(file,
                "%s\n  {\"engine\": \"regraft\", \"workload\": \"%s\", \"nodes\": %u, \"rules\": %u, \"hits\": %u, "
                "\"graphs\": %u, \"matches\": %" PRIu64
                ", \"phase\": \"%s\", \"unit\": \"%s\", \"p50\": %.4g, \"p99\": %.4g}",
                i == 0 ? "" : ",", at->workload, at->nodes, at->rules, at->hits, at->graphs, at->matches, at->phase,
                at->unit, at->p50, at->p99);
    }
    fprintf(file, "\n]\n");
    require(fclose(file) == 0, "writing the JSON file");
}

/* ---- matching ---- */

static double time_match(rg_matcher *matcher, rg_graph *graph)
{
    rg_match_list *list = NULL;
    double start = seconds_now();
    require(rg_matcher_find_all(&list, matcher, graph) == RG_OK, "matching");
    double end = seconds_now();
    rg_match_list_destroy(list);
    return end - start;
}

static double time_labels(rg_matcher *matcher, rg_graph *graph)
{
    double start = seconds_now();
    require(rg__matcher_begin(matcher, graph) == RG_OK, "labelling");
    return seconds_now() - start;
}

void measure_warm(bench_case *cases, uint32_t count)
{
    for (uint32_t run = 0; run < measure_runs + 1; run++) { /* the first is for warming up */
        for (uint32_t i = 0; i < count; i++) {
            bench_case *at = &cases[i];
            double match = 0;
            double label = 0;
            for (uint32_t j = 0; j < at->graph_count; j++) { /* the case before has had the caches */
                (void)time_match(at->matcher, at->graphs[j]);
            }
            for (uint32_t j = 0; j < at->graph_count; j++) {
                match += time_match(at->matcher, at->graphs[j]);
            }
            for (uint32_t j = 0; j < at->graph_count; j++) {
                label += time_labels(at->matcher, at->graphs[j]);
            }
            at->warm[run == 0 ? 0 : run - 1] = match / (double)at->nodes * 1e9;
            at->label[run == 0 ? 0 : run - 1] = label / (double)at->nodes * 1e9;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        record(&cases[i], "warm", "ns/node", cases[i].warm, measure_runs);
        record(&cases[i], "warm, labels", "ns/node", cases[i].label, measure_runs);
    }
}

void measure_cold(const bench_case *at)
{
    double create[MAX_RUNS];
    double first[MAX_RUNS];
    uint32_t count = at->graph_count >= 30 ? at->graph_count : at->nodes > 200000 ? 3 : measure_runs;
    for (uint32_t i = 0; i < count; i++) {
        rg_matcher *matcher = NULL;
        double start = seconds_now();
        require(rg_matcher_create(&matcher, at->context, at->set) == RG_OK, "making a matcher");
        create[i] = (seconds_now() - start) * 1e6;
        first[i] = time_match(matcher, at->graphs[i % at->graph_count]) * 1e6;
        rg_matcher_destroy(matcher);
    }
    record(at, "make a matcher", "us", create, count);
    record(at, "cold", "us", first, count);
}

void measure_compile(bench_case *at)
{
    for (uint32_t i = 0; i < at->compile.count; i++) {
        at->compile.seconds[i] *= 1e6;
    }
    record(at, "compile", "us/rule", at->compile.seconds, at->compile.count);
}

void measure_load(const bench_case *at)
{
    double load = at->load_seconds * 1e6 / (double)rg_rule_set_count(at->set);
    record(at, "load rules", "us/rule", &load, 1);
}

void print_tables(const bench_case *at)
{
    const rg_automaton *automaton = at->matcher->automaton;
    printf("    %u states, %u labels, %u cells, %u questions, %zu KiB of records\n", automaton->states.count,
           automaton->labels.count, automaton->cells.count, automaton->questions.count, automaton->arena.total / 1024);
}

/* ---- reading and printing ---- */

typedef struct text {
    char *data;
    size_t size;
    size_t room;
} text;

static rg_status keep_text(void *user, const char *data, size_t size)
{
    text *at = user;
    if (at->data == NULL || at->size + size > at->room) {
        at->room = 2 * at->room + size + 1;
        char *grown = realloc(at->data, at->room);
        require(grown != NULL, "printing");
        at->data = grown;
    }
    memcpy(at->data + at->size, data, size);
    at->size += size;
    return RG_OK;
}

void measure_text(const bench_case *at)
{
    double prints[MAX_RUNS];
    double reads[MAX_RUNS];
    uint32_t count = at->nodes > 200000 ? 3 : measure_runs;
    text printed = {NULL, 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        const rg_graph *graph = at->graphs[i % at->graph_count];
        double nodes = (double)rg_graph_node_count(graph);
        rg_context *context = NULL;
        rg_graph *read = NULL;
        printed.size = 0;
        double start = seconds_now();
        require(rg_graph_print(graph, NULL, (rg_sink){keep_text, &printed}) == RG_OK, "printing");
        prints[i] = (seconds_now() - start) / nodes * 1e9;
        require(rg_context_create(&context, NULL) == RG_OK, "making a context");
        start = seconds_now();
        require(rg_graph_parse(&read, context, (rg_string){printed.data, printed.size}, rg_string_from("graph")) ==
                    RG_OK,
                "reading");
        reads[i] = (seconds_now() - start) / nodes * 1e9;
        rg_graph_destroy(read);
        rg_context_destroy(context);
    }
    free(printed.data);
    record(at, "print", "ns/node", prints, count);
    record(at, "read", "ns/node", reads, count);
}

/* ---- memory ---- */

void measure_memory(const bench_case *at)
{
    double bytes[MAX_GRAPHS];
    for (uint32_t i = 0; i < at->graph_count; i++) {
        rg_graph *copy = NULL;
        require(rg_graph_clone(&copy, at->graphs[i]) == RG_OK && rg_graph_compact(copy) == RG_OK, "copying");
        bytes[i] = (double)rg_graph_get_memory(copy).structure_bytes / (double)rg_graph_node_count(copy);
        rg_graph_destroy(copy);
    }
    record(at, "memory", "bytes/node", bytes, at->graph_count);
}

/* ---- rewriting ---- */

void measure_rewrites(const bench_case *at)
{
    double times[MAX_RUNS];
    double sweeps[MAX_RUNS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < measure_runs; i++) {
        rg_graph *copy = NULL;
        rg_rewrite_report report;
        require(rg_graph_clone(&copy, at->graphs[i % at->graph_count]) == RG_OK, "copying");
        double start = seconds_now();
        require(rg_rewrite_run(&report, at->matcher, copy, NULL) == RG_OK, "rewriting");
        double middle = seconds_now();
        rg_rewrite_report again;
        require(rg_rewrite_run(&again, at->matcher, copy, NULL) == RG_OK, "rewriting");
        double end = seconds_now();
        double rest = again.applied == 0 ? end - middle : 0;
        if (report.applied > 0) {
            sweeps[count] = (middle - start) * 1e6;
            times[count++] = (middle - start - rest) * 1e6 / (double)report.applied;
        }
        rg_graph_destroy(copy);
    }
    if (count > 0) {
        record(at, "sweep", "us", sweeps, count);
        record(at, "rewrite", "us/rewrite", times, count);
    }
}

static bool can_stand_for(const rg_graph *graph, rg_node node, rg_node other)
{
    return rg__graph_alive(graph, node.id) && rg__graph_alive(graph, other.id) &&
           rg_node_kind(graph, node) == RG_OP_OVERLOAD && rg_node_kind(graph, other) == RG_OP_OVERLOAD &&
           graph->op[node.id] != graph->op[other.id] && graph->calls[node.id] == graph->calls[other.id] &&
           rg_node_user_count(graph, node) > 0;
}

static rg_node replace_call(rg_graph *graph, rg_node node, rg_op op)
{
    enum { MAX_ARGUMENTS = 64 };
    rg_argument arguments[MAX_ARGUMENTS];
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node made = {0};
    description.op = op;
    description.type = rg_node_type(graph, node);
    description.arguments = arguments;
    description.argument_count = rg_node_argument_count(graph, node);
    require(description.argument_count <= MAX_ARGUMENTS, "editing");
    for (size_t i = 0; i < description.argument_count; i++) {
        arguments[i].name = rg_node_argument_name(graph, node, i);
        arguments[i].value = rg_node_argument(graph, node, i);
    }
    require(rg_graph_insert(&made, graph, node, &description) == RG_OK &&
                rg_graph_replace_uses(graph, node, rg_value_node(made), NULL, 0) == RG_OK &&
                rg_graph_erase(graph, node) == RG_OK,
            "editing");
    return made;
}

static void relabel_users(rg_matcher *matcher, rg_graph *graph, rg_node made)
{
    enum { MAX_TOUCHED = 2048 };
    rg_node touched[MAX_TOUCHED] = {made};
    size_t count = 1;
    for (size_t i = 0; i < rg_node_use_count(graph, made) && count < MAX_TOUCHED; i++) {
        touched[count++] = rg_node_use(graph, made, i).user;
    }
    require(rg__matcher_relabel(matcher, graph, touched, count) == RG_OK, "labelling");
}

/* A call of some argument-compatible op takes the place of a random call, and the other way round. */
void measure_edit(const bench_case *at)
{
    double edits[MAX_RUNS];
    double labels[MAX_RUNS];
    random_source random = {1};
    rg_graph *graph = NULL;
    require(rg_graph_clone(&graph, at->graphs[0]) == RG_OK && rg__matcher_begin(at->matcher, graph) == RG_OK,
            "labelling");
    for (uint32_t i = 0; i < measure_runs; i++) {
        rg_node node;
        rg_node other;
        do {
            node = (rg_node){1 + random_below(&random, graph->id_count)};
            other = (rg_node){1 + random_below(&random, graph->id_count)};
        } while (!can_stand_for(graph, node, other));
        double start = seconds_now();
        rg_node made = replace_call(graph, node, rg_node_op(graph, other));
        double middle = seconds_now();
        relabel_users(at->matcher, graph, made);
        double end = seconds_now();
        edits[i] = (end - start) * 1e6;
        labels[i] = (end - middle) * 1e6;
    }
    rg_graph_destroy(graph);
    record(at, "one edit", "us", edits, measure_runs);
    record(at, "one edit, labels", "us", labels, measure_runs);
}
