/*
 * bench_case.c: graphs and rules to measure on; see measure.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <regraft/diagnostic.h>
#include <regraft/document.h>
#include <regraft/match.h>

#include "measure.h"

void require(bool done, const char *what)
{
    if (!done) {
        fprintf(stderr, "regraft_bench: %s failed\n", what);
        exit(2);
    }
}

static void begin(bench_case *at, const char *workload)
{
    memset(at, 0, sizeof(*at));
    at->workload = workload;
    require(rg_context_create(&at->context, NULL) == RG_OK, "making a context");
}

static void count_nodes(bench_case *at)
{
    for (uint32_t i = 0; i < at->graph_count; i++) {
        at->nodes += rg_graph_node_count(at->graphs[i]);
    }
}

static void count_matches(bench_case *at)
{
    require(rg_matcher_create(&at->matcher, at->context, at->set) == RG_OK, "making a matcher");
    for (uint32_t i = 0; i < at->graph_count; i++) {
        rg_match_list *list = NULL;
        require(rg_matcher_find_all(&list, at->matcher, at->graphs[i]) == RG_OK, "matching");
        at->matches += rg_match_list_count(list);
        rg_match_list_destroy(list);
    }
}

void case_generate(bench_case *out, const char *name, const workload_shape *shape, uint32_t graphs)
{
    begin(out, name);
    out->graph_count = graphs;
    for (uint32_t i = 0; i < graphs; i++) {
        out->graphs[i] = workload_graph(out->context, shape, 1000003 * (uint64_t)(i + 1));
        require(out->graphs[i] != NULL, "making a graph");
    }
    count_nodes(out);
}

void case_borrow(bench_case *out, const bench_case *from)
{
    *out = *from;
    out->borrows = true;
}

/* The last two parts of a path. */
static const char *short_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    while (slash != NULL && slash > path && slash[-1] != '/') {
        slash--;
    }
    return slash == NULL ? path : slash;
}

static bool add_graph(bench_case *at, const char *path)
{
    rg_document *document = NULL;
    if (at->graph_count == MAX_GRAPHS || rg_document_read(&document, at->context, path) != RG_OK) {
        return false;
    }
    require(rg_document_graph_count(document) > 0 &&
                rg_graph_clone(&at->graphs[at->graph_count], rg_document_graph(document, 0)) == RG_OK,
            "copying a graph");
    rg_document_destroy(document);
    at->graph_count++;
    return true;
}

bool case_load(bench_case *out, const char *path)
{
    begin(out, short_name(path));
    if (!add_graph(out, path)) {
        rg_context_destroy(out->context);
        return false;
    }
    count_nodes(out);
    return true;
}

rg_status write_text(void *user, const char *text, size_t size)
{
    return fwrite(text, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

static void require_rules(const bench_case *at, rg_status status)
{
    if (status != RG_OK) {
        (void)rg_diagnostic_print(rg_context_diagnostic(at->context, 0), (rg_sink){write_text, stderr});
        require(false, "reading rules");
    }
}

void case_load_shared(bench_case *out, const char *rules, char *const *graphs, uint32_t graph_count)
{
    begin(out, short_name(rules));
    require(rg_rule_set_create(&out->set, out->context) == RG_OK, "making a rule set");
    double start = seconds_now();
    require_rules(out, rg_rule_set_load_file(out->set, rules));
    out->load_seconds = seconds_now() - start;
    for (uint32_t i = 0; i < graph_count; i++) {
        require(add_graph(out, graphs[i]), "reading a graph");
    }
    count_nodes(out);
    count_matches(out);
}

void case_add_rules(bench_case *at, const workload_rules *options)
{
    at->hits = options->hits;
    at->set = workload_rule_set(&at->compile, at->context, at->graphs, at->graph_count, options);
    require(at->set != NULL && rg_rule_set_count(at->set) > 0, "making rules");
    count_matches(at);
}

void case_add_rule_text(bench_case *at, const char *text)
{
    require(rg_rule_set_create(&at->set, at->context) == RG_OK, "making a rule set");
    require_rules(at, rg_rule_set_load_text(at->set, rg_string_from(text), rg_string_from("rules")));
    count_matches(at);
}

void case_finish(bench_case *at)
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
