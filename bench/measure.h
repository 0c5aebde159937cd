/*
 * measure.h: what is measured on, and where figures go: a line of the table, and an entry of the JSON file.
 */
#ifndef RG_BENCH_MEASURE_H
#define RG_BENCH_MEASURE_H

#include <regraft/match.h>

#include "workload.h"

enum { MAX_GRAPHS = 64, MAX_RUNS = 101 };

/* How often a figure is taken, 1 .. MAX_RUNS. */
extern uint32_t measure_runs;

/* Graphs and rules. */
typedef struct bench_case {
    const char *workload;
    bool borrows; /* context and graphs are those of another case */
    rg_context *context;
    rg_graph *graphs[MAX_GRAPHS];
    uint32_t graph_count;
    uint64_t nodes; /* of all graphs */
    rg_rule_set *set;
    uint32_t hits;       /* rules that were made to match */
    uint64_t matches;    /* in all graphs */
    double load_seconds; /* of a rule file */
    workload_times compile;
    rg_matcher *matcher;
    double warm[MAX_RUNS]; /* times of measure_warm, for all cases together */
    double label[MAX_RUNS];
} bench_case;

/* Stop the program with a message unless `done`. */
void require(bool done, const char *what);
/* For an rg_sink whose `user` is a FILE. */
rg_status write_text(void *user, const char *text, size_t size);

/* ---- cases ---- */

void case_generate(bench_case *out, const char *name, const workload_shape *shape, uint32_t graphs);
/* The same graphs, for other rules. Must be finished before `from`. */
void case_borrow(bench_case *out, const bench_case *from);
/* A graph file; add_rules takes its rules from it. False when it cannot be read. */
bool case_load(bench_case *out, const char *path);
/* Graph files and a rule file. */
void case_load_shared(bench_case *out, const char *rules, char *const *graphs, uint32_t graph_count);
void case_add_rules(bench_case *at, const workload_rules *options);
void case_add_rule_text(bench_case *at, const char *text);
void case_finish(bench_case *at);

/* ---- phases ---- */

/* Matching all graphs by turns with a matcher that knows them; the runs of the cases are interleaved. */
void measure_warm(bench_case *cases, uint32_t count);
/* Making a matcher, and its first answer. */
void measure_cold(const bench_case *at);
/* Preparing each rule for matching (rg__rule_compile); reading them from a file, tracing included. */
void measure_compile(bench_case *at);
void measure_load(const bench_case *at);
/* Bytes that a node of the graphs takes, as they are read or made and without spare room; names and types not counted.
 */
void measure_memory(const bench_case *at);
/* Putting another node in the place of one, and making the labels true again. */
void measure_edit(const bench_case *at);
/* Printing a graph, and reading it. */
void measure_text(const bench_case *at);
/* A sweep over fresh copies, and what it costs by rewrite over matching nothing. */
void measure_rewrites(const bench_case *at);
/* States, labels and memory of the automaton: a line of the table only. */
void print_tables(const bench_case *at);

/* ---- figures ---- */

/* Enter median and 99th percentile of `count` times, which are sorted. */
void record(const bench_case *from, const char *phase, const char *unit, double *times, uint32_t count);
void print_heading(void);
/* Write what was recorded so far. */
void write_json(const char *path);

#endif
