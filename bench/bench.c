/*
 * bench.c: how long matching takes: graphs and rules of workload.h and real graphs, phases timed apart.
 *
 * usage: regraft_bench [--quick] [--json FILE] [GRAPH.py...]
 *
 * Each figure is taken `runs` times; the runs of all cases of a group are interleaved, since clocks drift. "warm" walks
 * over all graphs of the case with one matcher that has seen them, so that neither the graph nor the branch predictor
 * is still warm from the last time; "cold" makes a matcher for each graph, and counts its first answer.
 * doc/performance.md says what the figures were.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <regraft/document.h>
#include <regraft/rewrite.h>

#include "ir/graph_impl.h"
#include "match/automaton.h"
#include "match/match_impl.h"
#include "workload.h"

enum { MAX_GRAPHS = 64, MAX_CASES = 16, MAX_RUNS = 101, MAX_RESULTS = 512 };

typedef struct bench_result {
    char workload[64];
    const char *phase;
    const char *unit;
    uint32_t nodes;
    uint32_t rules;
    uint32_t hits;
    uint32_t matches; /* in one graph, on average */
    double p50;
    double p99;
} bench_result;

static bench_result results[MAX_RESULTS];
static uint32_t result_count;
static uint32_t runs = 31;

/* Graphs, rules, and the times of one phase. */
typedef struct bench_case {
    const char *workload;
    bool borrows; /* context and graphs are those of another case */
    rg_context *context;
    rg_graph *graphs[MAX_GRAPHS];
    uint32_t graph_count;
    uint64_t nodes; /* of all graphs */
    rg_rule_set *set;
    uint32_t hits;    /* rules that match */
    uint64_t matches; /* in all graphs */
    double compile_seconds;
    rg_matcher *matcher;
    double warm[MAX_RUNS];
    double label[MAX_RUNS];
} bench_case;

static void require(bool done, const char *what)
{
    if (!done) {
        fprintf(stderr, "regraft_bench: %s failed\n", what);
        exit(2);
    }
}

static int compare_times(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static void record(const bench_case *from, const char *phase, const char *unit, double *times, uint32_t count)
{
    require(result_count < MAX_RESULTS && count > 0, "recording");
    bench_result *result = &results[result_count++];
    qsort(times, count, sizeof(*times), compare_times);
    (void)snprintf(result->workload, sizeof(result->workload), "%s", from->workload);
    result->phase = phase;
    result->unit = unit;
    result->nodes = (uint32_t)(from->nodes / from->graph_count);
    result->rules = from->set->rules.count;
    result->hits = from->hits;
    result->matches = (uint32_t)(from->matches / from->graph_count);
    result->p50 = times[count / 2];
    result->p99 = times[(count * 99 - 1) / 100];
    printf("%-34s %8u %6u %5u %8u  %-16s %10.2f %10.2f  %s\n", result->workload, result->nodes, result->rules,
           result->hits, result->matches, phase, result->p50, result->p99, unit);
    (void)fflush(stdout);
}

/* ---- cases ---- */

static void count_nodes(bench_case *at)
{
    for (uint32_t i = 0; i < at->graph_count; i++) {
        at->nodes += rg_graph_node_count(at->graphs[i]);
    }
}

static void add_rules(bench_case *at, uint32_t rules, uint32_t hits, uint32_t smallest, uint32_t largest)
{
    workload_rules options = {rules, hits, smallest, largest, 4242};
    at->hits = hits;
    at->set = workload_rule_set(&at->compile_seconds, at->context, at->graphs, at->graph_count, &options);
    require(at->set != NULL && at->set->rules.count > 0, "making rules");
    require(rg_matcher_create(&at->matcher, at->context, at->set) == RG_OK, "making a matcher");
    for (uint32_t i = 0; i < at->graph_count; i++) {
        rg_match_list *list = NULL;
        require(rg_matcher_find_all(&list, at->matcher, at->graphs[i]) == RG_OK, "matching");
        at->matches += rg_match_list_count(list);
        rg_match_list_destroy(list);
    }
}

static void generate(bench_case *at, const char *name, workload_kind kind, uint32_t nodes, uint32_t graphs)
{
    memset(at, 0, sizeof(*at));
    at->workload = name;
    at->graph_count = graphs;
    require(rg_context_create(&at->context, NULL) == RG_OK, "making a context");
    for (uint32_t i = 0; i < graphs; i++) {
        at->graphs[i] = workload_graph(at->context, kind, nodes, 1000003 * (i + 1));
        require(at->graphs[i] != NULL, "making a graph");
    }
    count_nodes(at);
}

/* The same graphs for other rules. */
static void borrow(bench_case *at, const bench_case *from)
{
    *at = *from;
    at->borrows = true;
}

static bool load(bench_case *at, const char *path)
{
    rg_document *document = NULL;
    memset(at, 0, sizeof(*at));
    const char *slash = strrchr(path, '/');
    while (slash != NULL && slash > path && slash[-1] != '/') {
        slash--;
    }
    at->workload = slash == NULL ? path : slash;
    require(rg_context_create(&at->context, NULL) == RG_OK, "making a context");
    if (rg_document_read(&document, at->context, path) != RG_OK) {
        rg_context_destroy(at->context);
        return false;
    }
    require(rg_graph_clone(&at->graphs[0], rg_document_graph(document, 0)) == RG_OK, "copying a graph");
    rg_document_destroy(document);
    at->graph_count = 1;
    count_nodes(at);
    return true;
}

static void finish(bench_case *at)
{
    rg_matcher_destroy(at->matcher);
    rg_rule_set_destroy(at->set);
    if (at->borrows) {
        return;
    }
    for (uint32_t i = 0; i < at->graph_count; i++) {
        rg_graph_destroy(at->graphs[i]);
    }
    rg_context_destroy(at->context);
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

static void measure_warm(bench_case *cases, uint32_t count)
{
    for (uint32_t run = 0; run < runs + 1; run++) { /* the first is for warming up */
        for (uint32_t i = 0; i < count; i++) {
            bench_case *at = &cases[i];
            double match = 0;
            double label = 0;
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
        record(&cases[i], "warm", "ns/node", cases[i].warm, runs);
        record(&cases[i], "warm, labels", "ns/node", cases[i].label, runs);
    }
}

static void measure_cold(bench_case *at)
{
    double create[MAX_RUNS];
    double first[MAX_RUNS];
    uint32_t count = at->graph_count >= 30 ? at->graph_count : at->nodes > 200000 ? 3 : runs;
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

static void report_compile(const bench_case *at)
{
    double compile = at->compile_seconds * 1e6 / at->set->rules.count;
    record(at, "compile", "us/rule", &compile, 1);
}

static void report_tables(const bench_case *at)
{
    const rg_automaton *automaton = at->matcher->automaton;
    printf("    %u states, %u labels, %u cells, %u questions, %zu KiB of records\n", automaton->states.count,
           automaton->labels.count, automaton->cells.count, automaton->questions.count, automaton->arena.total / 1024);
}

/* ---- rewriting ---- */

/* A sweep over fresh copies; what a sweep costs over matching nothing, by rewrite. */
static void measure_rewrites(bench_case *at)
{
    double times[MAX_RUNS];
    double sweeps[MAX_RUNS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < runs; i++) {
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

/* ---- groups ---- */

static void measure_layered(uint32_t nodes, uint32_t graphs)
{
    static const uint32_t rule_counts[] = {1, 10, 100, 1000};
    static bench_case cases[4];
    generate(&cases[0], "layered", WORKLOAD_LAYERED, nodes, graphs);
    for (uint32_t i = 1; i < 4; i++) {
        borrow(&cases[i], &cases[0]);
    }
    for (uint32_t i = 0; i < 4; i++) {
        add_rules(&cases[i], rule_counts[i], 0, 2, 8);
    }
    measure_warm(cases, 4);
    for (uint32_t i = 4; i > 0; i--) { /* the owner of the graphs last */
        measure_cold(&cases[i - 1]);
        report_compile(&cases[i - 1]);
        report_tables(&cases[i - 1]);
        finish(&cases[i - 1]);
    }
}

static void measure_hits(void)
{
    static const uint32_t hits[] = {0, 1, 10, 50};
    static bench_case cases[4];
    for (uint32_t i = 0; i < 4; i++) {
        generate(&cases[i], "layered, one graph", WORKLOAD_LAYERED, 3000, 1);
        add_rules(&cases[i], 100, hits[i], 2, 8);
    }
    measure_warm(cases, 4);
    for (uint32_t i = 0; i < 4; i++) {
        measure_cold(&cases[i]);
        measure_rewrites(&cases[i]);
        finish(&cases[i]);
    }
}

static void measure_big(const char *name, workload_kind kind, uint32_t nodes)
{
    static const uint32_t rule_counts[] = {100, 1000};
    static bench_case cases[2];
    uint32_t usual = runs;
    runs = runs < 11 ? runs : 11;
    for (uint32_t i = 0; i < 2; i++) {
        generate(&cases[i], name, kind, nodes, 1);
        add_rules(&cases[i], rule_counts[i], 0, 2, 8);
    }
    measure_warm(cases, 2);
    for (uint32_t i = 0; i < 2; i++) {
        measure_cold(&cases[i]);
        report_tables(&cases[i]);
        finish(&cases[i]);
    }
    runs = usual;
}

static void measure_real(const char *path)
{
    static const uint32_t hits[] = {0, 10};
    static bench_case cases[2];
    for (uint32_t i = 0; i < 2; i++) {
        if (!load(&cases[i], path)) {
            fprintf(stderr, "regraft_bench: cannot read %s\n", path);
            return;
        }
        add_rules(&cases[i], 100, hits[i], 2, 8);
    }
    measure_warm(cases, 2);
    for (uint32_t i = 0; i < 2; i++) {
        measure_cold(&cases[i]);
        report_compile(&cases[i]);
        report_tables(&cases[i]);
        measure_rewrites(&cases[i]);
        finish(&cases[i]);
    }
}

static void write_json(const char *path)
{
    FILE *file = fopen(path, "w");
    require(file != NULL, "writing the JSON file");
    fprintf(file, "[");
    for (uint32_t i = 0; i < result_count; i++) {
        const bench_result *at = &results[i];
        fprintf(file,
                "%s\n  {\"workload\": \"%s\", \"nodes\": %u, \"rules\": %u, \"hits\": %u, \"matches\": %u, \"phase\": "
                "\"%s\", "
                "\"unit\": \"%s\", \"p50\": %.4g, \"p99\": %.4g}",
                i == 0 ? "" : ",", at->workload, at->nodes, at->rules, at->hits, at->matches, at->phase, at->unit,
                at->p50, at->p99);
    }
    fprintf(file, "\n]\n");
    require(fclose(file) == 0, "writing the JSON file");
}

int main(int argc, char **argv)
{
    const char *json = NULL;
    bool quick = false;
    int first = 1;
    for (; first < argc && strncmp(argv[first], "--", 2) == 0; first++) {
        if (strcmp(argv[first], "--quick") == 0) {
            quick = true;
        } else if (strcmp(argv[first], "--json") == 0 && first + 1 < argc) {
            json = argv[++first];
        } else {
            fprintf(stderr, "usage: regraft_bench [--quick] [--json FILE] [GRAPH.py...]\n");
            return 2;
        }
    }
    runs = quick ? 5 : 31;
    printf("%-34s %8s %6s %5s %8s  %-16s %10s %10s\n", "workload", "nodes", "rules", "hits", "matches", "phase", "p50",
           "p99");
    measure_layered(3000, MAX_GRAPHS);
    measure_layered(10000, quick ? 4 : 16);
    measure_hits();
    measure_big("random", WORKLOAD_RANDOM, quick ? 100000 : 1000000);
    if (!quick) {
        measure_big("spread", WORKLOAD_SPREAD, 1000000);
        measure_big("chain", WORKLOAD_CHAIN, 1000000);
        measure_big("fan", WORKLOAD_FAN, 1000000);
    }
    for (int i = first; i < argc; i++) {
        measure_real(argv[i]);
    }
    if (json != NULL) {
        write_json(json);
    }
    return 0;
}
