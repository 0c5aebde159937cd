/* shared.h: workloads that several engines are measured on, as files: printed graphs, and a rule file. */
#ifndef RG_BENCH_SHARED_H
#define RG_BENCH_SHARED_H

#include <stdint.h>

/* Write FOLDER/<workload>/rules.py and graph00.py, graph01.py, ... of every workload. */
void shared_write(const char *folder);

/* Measure this engine on such files. */
void shared_measure(const char *rules, char *const *graphs, uint32_t graph_count);

/* Measure it on Inductor's patterns, as a text of expressions, and a printed graph. */
void shared_measure_expressions(const char *expressions, const char *graph);

#endif
