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

void rg__log_count(const rg_pass_manager *manager, const char *line, uint64_t count)
{
    const char *number = strstr(line, "%s");
    if (number != NULL) {
        rg__log(manager, RG_SEVERITY_NOTE, "%.*s%llu%s", (int)(number - line), line, (unsigned long long)count,
                number + 2);
    }
}

/* Milliseconds with one decimal. */
static void log_time(const rg_pass_manager *manager, const char *dump_name, uint64_t nanoseconds)
{
    unsigned long long tenths = (unsigned long long)((nanoseconds + 50000u) / 100000u);
    rg__log(manager, RG_SEVERITY_NOTE, "%s completed in %llu.%llu ms", dump_name, tenths / 10, tenths % 10);
}

rg_status rg__pass_begin_change(rg_pass_manager *manager)
{
    rg_pass_change *change = manager->change;
    return change->before == NULL ? rg_graph_clone(&change->before, change->graph) : RG_OK;
}

/* A shipped walk, like rules, works on submodules first (rg_rewrite_run); a function of the caller gets the whole graph
 * and goes where it likes. */
static rg_status walk_tree(rg_walk_function function, rg_walk *walk, rg_graph *graph)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_graph_child_count(graph) && status == RG_OK; i++) {
        status = walk_tree(function, walk, rg_graph_child(graph, i));
    }
    walk->graph = graph;
    return status == RG_OK ? function(walk) : status;
}

static rg_status run_walk(rg_pass_manager *manager, const rg_pass_row *row, rg_graph *graph, size_t *matched)
{
    rg_walk walk = {.manager = manager};
    rg_status status = walk_tree(row->walk, &walk, graph);
    if (row->finish != NULL) {
        status = row->finish(&walk, status);
    }
    if (status == RG_OK && row->log != NULL) {
        rg__log_count(manager, row->log, walk.matched);
    }
    *matched = walk.matched;
    return status;
}

/* A walk that belongs to a pass of rules and has dumps and a time of its own inside the pass's. */
static rg_status run_nested(rg_pass_manager *manager, const rg_pass_row *row, rg_graph *graph)
{
    size_t matched = 0;
    uint64_t start = nanoseconds_now();
    const rg_pass_row *nested = rg__pass_row(row->nested);
    if (nested == NULL) {
        return rg__report(manager->context, RG_ERROR_NAME, "there is no pass '%s'", row->nested);
    }
    rg_status status = rg__dump_graph(manager, graph, row->nested_name, "before");
    if (status == RG_OK) {
        status = run_walk(manager, nested, graph, &matched);
    }
    if (status == RG_OK) {
        status = rg__dump_graph(manager, graph, row->nested_name, "after");
    }
    if (status == RG_OK) {
        log_time(manager, row->nested_name, nanoseconds_now() - start);
    }
    return status;
}

/* Decides about a match for rg_rewrite_run; the graph is about to change if it is taken. */
static rg_status accept_match(bool *accept, const rg_match *match, void *user)
{
    rg_pass_manager *manager = user;
    const rg_pass_row *row = manager->passes.items[manager->running - 1].row;
    *accept = true;
    rg_status status = row == NULL || row->accept == NULL ? RG_OK : row->accept(accept, match, manager);
    if (status == RG_OK && *accept) {
        status = rg__pass_begin_change(manager);
    }
    *accept = *accept && status == RG_OK;
    return status;
}

static rg_status run_rules(rg_pass_manager *manager, rg_managed_pass *pass, rg_graph *graph)
{
    const rg_pass_row *row = pass->row;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.callback = manager->options.on_match;
    options.user = manager->options.on_match_user;
    options.accept = accept_match;
    options.accept_user = manager;
    if (manager->options.max_sweeps > 1) {
        options.mode = RG_REWRITE_FIXPOINT;
        options.max_sweeps = manager->options.max_sweeps;
    }
    rg_rewrite_report report = {0};
    rg_status status = rg_rewrite_run(&report, pass->matcher, graph, &options);
    pass->result.matched = report.applied;
    pass->result.gave_up = report.gave_up;
    pass->result.failed = report.failed;
    if (status == RG_OK) {
        rg__log_count(manager, row != NULL && row->log != NULL ? row->log : "Replaced %s patterns", report.applied);
    }
    if (status == RG_OK && row != NULL && row->settle != NULL) {
        rg_walk walk = {.manager = manager};
        status = walk_tree(row->settle, &walk, graph);
    }
    return status == RG_OK && row != NULL && row->nested != NULL ? run_nested(manager, row, graph) : status;
}

/* The pass itself, on `graph`, with counts. */
static rg_status run_body(rg_pass_manager *manager, rg_managed_pass *pass, rg_graph *graph)
{
    if (pass->matcher != NULL) {
        return run_rules(manager, pass, graph);
    }
    size_t matched = 0;
    rg_status status = RG_OK;
    if (pass->row != NULL) {
        status = run_walk(manager, pass->row, graph, &matched);
    } else {
        status = rg__pass_begin_change(manager);
        status = status == RG_OK ? pass->run(graph, &matched, pass->user) : status;
    }
    pass->result.matched = matched;
    return status;
}

/* A check costs as much as a pass that finds nothing: it is left out where nothing changed. */
static rg_status verify_after(const rg_pass_manager *manager, const rg_managed_pass *pass, const rg_graph *graph)
{
    bool is_asked = manager->options.verify && pass->result.changed;
    rg_status status = is_asked ? rg_graph_verify(graph) : RG_OK;
    if (status == RG_ERROR_GRAPH) {
        (void)rg__report(manager->context, status, "the pass '%s' left a graph that breaks an invariant",
                         pass->name.data);
    }
    return status;
}

/* The body of a pass, and the check of what it leaves; a failure puts the graph back to what it was. */
static rg_status run_safely(rg_pass_manager *manager, rg_managed_pass *pass, rg_graph *graph)
{
    rg_pass_change change = {.graph = graph};
    rg_pass_change *outer = manager->change;
    manager->change = &change;
    rg__graph_forget_numbers(graph);
    rg_status status = run_body(manager, pass, graph);
    pass->result.changed = change.before != NULL;
    if (status == RG_OK) {
        status = verify_after(manager, pass, graph);
    }
    if (status != RG_OK) {
        if (change.before != NULL) {
            rg__graph_swap(graph, change.before);
        }
        (void)rg__report(manager->context, status, "the pass '%s' failed; the graph is as it was before it",
                         pass->name.data);
    }
    manager->change = outer;
    rg_graph_destroy(change.before);
    return status;
}

static rg_status run_pass(rg_pass_manager *manager, rg_managed_pass *pass, rg_graph *graph)
{
    uint64_t start = nanoseconds_now();
    rg_status status = rg__dump_graph(manager, graph, pass->dump_name.data, "before");
    if (status == RG_OK) {
        status = run_safely(manager, pass, graph);
    }
    if (status == RG_OK) {
        status = rg__dump_graph(manager, graph, pass->dump_name.data, "after");
    }
    if (status == RG_OK) {
        status = rg__match_table_add(manager->context, pass->dump_name, pass->result.matched);
    }
    if (status == RG_OK) {
        pass->result.nanoseconds = nanoseconds_now() - start;
        log_time(manager, pass->dump_name.data, pass->result.nanoseconds);
    }
    if (status == RG_OK && manager->options.on_pass != NULL) {
        status = manager->options.on_pass(manager->options.on_pass_user, rg_pass_manager_current(manager), graph);
    }
    return status;
}

/* The whole match table as Python prints a dict. */
static void log_match_summary(const rg_pass_manager *manager)
{
    size_t count = rg_match_table_count(manager->context);
    if (count == 0 || manager->options.log == NULL) {
        return;
    }
    rg_buffer table;
    rg__buffer_init(&table, manager->allocator);
    for (size_t i = 0; i < count; i++) {
        rg_match_table_entry entry = rg_match_table_get(manager->context, i);
        rg__buffer_append_format(&table, "%s'%s': %llu", i == 0 ? "" : ", ", entry.pass.data,
                                 (unsigned long long)entry.matched);
    }
    if (!table.failed) {
        rg__log(manager, RG_SEVERITY_NOTE, "fusion pass matches: {%s}", table.data);
    }
    rg__buffer_free(&table);
}

/* Does the pass apply to the range of this run? Says so when not. */
static rg_status decide_range(bool *applies, rg_pass_manager *manager, const rg_managed_pass *pass)
{
    rg_compile_range range;
    bool is_known = rg_pass_manager_range(manager, &range);
    *applies = true;
    if (pass->row == NULL || pass->row->applies == NULL) {
        return RG_OK;
    }
    rg_status status = pass->row->applies(applies, manager, is_known ? &range : NULL);
    if (status == RG_OK && !*applies && is_known) {
        rg__log(manager, RG_SEVERITY_NOTE, "Skipping %s with compile range (%lld, %lld)", pass->class_name.data,
                (long long)range.start, (long long)range.end);
    }
    return status;
}

rg_status rg_pass_manager_run(rg_pass_manager *manager, rg_graph *graph)
{
    rg_status status = RG_OK;
    manager->dump_index = 0;
    for (size_t i = 0; i < manager->passes.count && status == RG_OK; i++) {
        bool applies = false;
        rg_pass id = rg_pass_manager_pass(manager, i);
        rg_managed_pass *pass = &manager->passes.items[id.id - 1];
        pass->result = (rg_pass_result){.name = pass->name, .dump_name = pass->dump_name};
        manager->running = id.id;
        status = decide_range(&applies, manager, pass);
        pass->result.skipped = !applies;
        if (status == RG_OK && applies) {
            status = pass->stage.size > 0 ? rg__dump_graph(manager, graph, pass->dump_name.data, pass->stage.data)
                                          : run_pass(manager, pass, graph);
            manager->dump_index++;
        }
        manager->running = 0;
    }
    if (status == RG_OK) {
        log_match_summary(manager);
    }
    return status;
}
