/*
 * run.c: running the passes of a manager: dumps, timing, counts and the log lines, in the order of vLLM's time_and_log
 * and PostGradPassManager (spec: vllm-passes 3.4, 3.5, 3.8).
 */
#include <stdarg.h>
#include <time.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "pass/pass_impl.h"

void rg__log(const rg_pass_manager *manager, rg_severity severity, const char *format, ...)
{
    if (manager->options.log == NULL) {
        return;
    }
    rg_buffer line;
    rg__buffer_init(&line, manager->allocator);
    va_list arguments;
    va_start(arguments, format);
    rg__buffer_append_arguments(&line, format, arguments);
    va_end(arguments);
    if (!line.failed) {
        manager->options.log(manager->options.log_user, severity, rg__buffer_string(&line));
    }
    rg__buffer_free(&line);
}

static uint64_t nanoseconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The count as vLLM's lines print it, then milliseconds with one decimal. */
static void log_result(const rg_pass_manager *manager, const rg_managed_pass *pass)
{
    unsigned long long matched = (unsigned long long)pass->result.matched;
    if (pass->log == NULL) {
        rg__log(manager, RG_SEVERITY_NOTE, "Replaced %llu patterns", matched);
    } else if (pass->log[0] != '\0') {
        const char *number = strstr(pass->log, "%s");
        rg__log(manager, RG_SEVERITY_NOTE, "%.*s%llu%s", (int)(number - pass->log), pass->log, matched, number + 2);
    }
    unsigned long long tenths = (unsigned long long)((pass->result.nanoseconds + 50000u) / 100000u);
    rg__log(manager, RG_SEVERITY_NOTE, "%s completed in %llu.%llu ms", pass->dump_name.data, tenths / 10, tenths % 10);
}

static rg_status count_matches(rg_pass_manager *manager, const rg_managed_pass *pass)
{
    for (uint32_t i = 0; i < manager->match_table.count; i++) {
        if (rg_string_equal(manager->match_table.items[i].pass, pass->dump_name)) {
            manager->match_table.items[i].matched += pass->result.matched;
            return RG_OK;
        }
    }
    rg_match_table_entry entry = {pass->dump_name, pass->result.matched};
    return rg__vector_push(manager->allocator, &manager->match_table, entry) ? RG_OK : RG_ERROR_MEMORY;
}

/* A shipped walk, like rules, works on submodules first (rg_rewrite_run); a function of the caller gets the whole graph
 * and goes where it likes. */
static rg_status walk_tree(rg_pass_function walk, rg_graph *graph, size_t *matched)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_graph_child_count(graph) && status == RG_OK; i++) {
        status = walk_tree(walk, rg_graph_child(graph, i), matched);
    }
    size_t found = 0;
    status = status == RG_OK ? walk(graph, &found, NULL) : status;
    *matched += found;
    return status;
}

/* The pass itself, on `graph`, with counts. */
static rg_status run_body(const rg_pass_manager *manager, rg_managed_pass *pass, rg_graph *graph)
{
    if (pass->matcher == NULL) {
        size_t matched = 0;
        rg_status status =
            pass->is_shipped ? walk_tree(pass->run, graph, &matched) : pass->run(graph, &matched, pass->user);
        pass->result.matched = matched;
        return status;
    }
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.callback = manager->options.on_match;
    options.user = manager->options.on_match_user;
    if (manager->options.max_sweeps > 1) {
        options.mode = RG_REWRITE_FIXPOINT;
        options.max_sweeps = manager->options.max_sweeps;
    }
    rg_rewrite_report report = {0};
    rg_status status = rg_rewrite_run(&report, pass->matcher, graph, &options);
    pass->result.matched = report.applied;
    pass->result.gave_up = report.gave_up;
    pass->result.failed = report.failed;
    return status;
}

static rg_status verify_after(const rg_pass_manager *manager, const rg_managed_pass *pass, const rg_graph *graph)
{
    if (!manager->options.verify || rg_graph_verify(graph) == RG_OK) {
        return RG_OK;
    }
    return rg__report(manager->context, RG_ERROR_GRAPH, "the pass '%s' left a graph that breaks an invariant",
                      pass->name.data);
}

/* One pass; a failure puts the graph back to what it was. */
static rg_status run_pass(rg_pass_manager *manager, rg_managed_pass *pass, rg_graph *graph, size_t index)
{
    pass->result.matched = pass->result.gave_up = pass->result.failed = 0;
    uint64_t start = nanoseconds_now();
    rg_graph *before = NULL;
    rg_status status = rg__dump_graph(manager, graph, index, pass, "before");
    if (status == RG_OK) {
        status = rg_graph_clone(&before, graph);
    }
    if (status == RG_OK) {
        status = run_body(manager, pass, graph);
        if (status == RG_OK) {
            status = verify_after(manager, pass, graph);
        }
        if (status != RG_OK) {
            rg__graph_swap(graph, before);
            (void)rg__report(manager->context, status, "the pass '%s' failed; the graph is as it was before it",
                             pass->name.data);
        }
    }
    rg_graph_destroy(before);
    if (status == RG_OK) {
        status = rg__dump_graph(manager, graph, index, pass, "after");
    }
    if (status == RG_OK) {
        status = count_matches(manager, pass);
    }
    if (status == RG_OK) {
        pass->result.nanoseconds = nanoseconds_now() - start;
        log_result(manager, pass);
    }
    return status;
}

/* The whole match table as Python prints a dict. */
static void log_match_summary(const rg_pass_manager *manager)
{
    if (manager->match_table.count == 0 || manager->options.log == NULL) {
        return;
    }
    rg_buffer table;
    rg__buffer_init(&table, manager->allocator);
    for (uint32_t i = 0; i < manager->match_table.count; i++) {
        const rg_match_table_entry *entry = &manager->match_table.items[i];
        rg__buffer_append_format(&table, "%s'%s': %llu", i == 0 ? "" : ", ", entry->pass.data,
                                 (unsigned long long)entry->matched);
    }
    if (!table.failed) {
        rg__log(manager, RG_SEVERITY_NOTE, "fusion pass matches: {%s}", table.data);
    }
    rg__buffer_free(&table);
}

rg_status rg_pass_manager_run(rg_pass_manager *manager, rg_graph *graph)
{
    for (uint32_t i = 0; i < manager->passes.count; i++) {
        manager->running = i + 1;
        rg_status status = run_pass(manager, &manager->passes.items[i], graph, i);
        manager->running = 0;
        if (status != RG_OK) {
            return status;
        }
    }
    log_match_summary(manager);
    return RG_OK;
}
