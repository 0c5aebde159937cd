/*
 * rule_file_case.h: tests of rules written as rule files: the matches in a graph, and what a sweep leaves of it, with
 * the engine and with the reference search alone.
 */
#ifndef RG_TESTS_RULE_FILE_CASE_H
#define RG_TESTS_RULE_FILE_CASE_H

#include <regraft/rewrite.h>

#include "base/buffer.h"

/* Write what a test says of a match. */
typedef void (*match_put_function)(rg_buffer *out, const rg_graph *graph, const rg_match *match);

/* What `put` writes of the matches, with `between` between them. */
void expect_matches_as(match_put_function put, const char *between, const char *rules, const char *parameters,
                       const char *statements, const char *expected);

/* What one sweep makes of the graph. */
void expect_rewrite(const char *rules, const char *parameters, const char *statements, const char *expected);

/* Loading rules and sweeping a graph, for failing_allocator_exhaust. */
typedef struct sweep_job {
    const char *rules;
    const char *parameters;
    const char *statements;
    size_t applied; /* rewrites, where there is memory enough */
} sweep_job;

/* `job` is a sweep_job. */
rg_status sweep_with(const rg_allocator *allocator, void *job);

#endif
