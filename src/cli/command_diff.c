/*
 * command_diff.c: `regraft diff`: are two files the same graphs, whatever their nodes are called?
 */
#include <stdlib.h>

#include "cli/json_output.h"
#include "cli/output.h"

static const char *const kind_names[] = {
    [RG_DIFF_INPUTS] = "inputs",       [RG_DIFF_OP] = "op",
    [RG_DIFF_TARGET] = "target",       [RG_DIFF_ARGUMENT] = "argument",
    [RG_DIFF_TYPE] = "type",           [RG_DIFF_ORDER] = "order",
    [RG_DIFF_ONLY_IN_A] = "only in A", [RG_DIFF_ONLY_IN_B] = "only in B",
};

typedef struct diff_job {
    rg_context *context;
    const char *paths[2];
    rg_document *documents[2];
    rg_diff_options options;
    json_t *listing; /* NULL without --json */
    size_t total;
} diff_job;

static void list_difference(const diff_job *job, const rg_diff_entry *difference)
{
    if (job->listing != NULL) {
        json_t *entry = json_make_object();
        json_put(entry, "kind", json_from(rg_string_from(kind_names[difference->kind])));
        json_put(entry, "message", json_from(difference->message));
        json_put(entry, "a", json_from_node(difference->graph_a, difference->a));
        json_put(entry, "b", json_from_node(difference->graph_b, difference->b));
        json_add(job->listing, entry);
        return;
    }
    printf("%.*s\n", (int)difference->message.size, difference->message.data);
    print_statement(job->paths[0], difference->graph_a, difference->a);
    print_statement(job->paths[1], difference->graph_b, difference->b);
}

static bool compare_graphs(diff_job *job, size_t index)
{
    rg_diff *diff = NULL;
    rg_graph *a = rg_document_graph(job->documents[0], index);
    rg_graph *b = rg_document_graph(job->documents[1], index);
    if (rg_graph_diff(&diff, a, b, &job->options) != RG_OK) {
        return false;
    }
    for (size_t i = 0; i < rg_diff_count(diff); i++) {
        list_difference(job, rg_diff_get(diff, i));
    }
    job->total += rg_diff_total(diff);
    rg_diff_destroy(diff);
    return true;
}

/* Graphs of the two files are compared in their order. */
static bool compare_documents(diff_job *job)
{
    size_t counts[2];
    for (size_t i = 0; i < 2; i++) {
        if (rg_document_read(&job->documents[i], job->context, job->paths[i]) != RG_OK) {
            return false;
        }
        counts[i] = rg_document_graph_count(job->documents[i]);
    }
    if (counts[0] != counts[1]) {
        job->total = 1;
        if (job->listing == NULL) {
            printf("number of graphs: %zu in %s, %zu in %s\n", counts[0], job->paths[0], counts[1], job->paths[1]);
        }
        return true;
    }
    for (size_t i = 0; i < counts[0]; i++) {
        if (!compare_graphs(job, i)) {
            return false;
        }
    }
    return true;
}

static void print_total(const diff_job *job)
{
    json_t *all = json_make_object();
    if (job->listing != NULL) {
        json_put(all, "equal", json_boolean(job->total == 0));
        json_put(all, "total", json_integer((json_int_t)job->total));
        json_put(all, "differences", json_incref(job->listing));
        print_json(all);
        return;
    }
    json_decref(all);
    if (job->total > 0) {
        printf("%zu %s\n", job->total, job->total == 1 ? "difference" : "differences");
    }
}

static int run_diff(cli_invocation *invocation)
{
    diff_job job = {.context = invocation->context,
                    .paths = {invocation->arguments[0], invocation->arguments[1]},
                    .options = RG_DIFF_OPTIONS_INIT};
    const char *max = option_value(invocation, "max");
    uint64_t max_entries = 0;
    if (max != NULL && !parse_count(max, SIZE_MAX, &max_entries)) {
        complain("--max wants a whole number from 1, not '%s'", max);
        return EXIT_BAD;
    }
    job.options.max_entries = (size_t)max_entries;
    job.options.ignore_dead = option_given(invocation, "ignore-dead");
    job.listing = option_given(invocation, "json") ? json_make_array() : NULL;
    bool good = compare_documents(&job);
    if (good) {
        print_total(&job);
    }
    json_decref(job.listing);
    rg_document_destroy(job.documents[0]);
    rg_document_destroy(job.documents[1]);
    return !good ? EXIT_BAD : job.total > 0 ? EXIT_NO : EXIT_YES;
}

static const cli_option diff_options[] = {
    {"ignore-dead", 0, NULL, "leave out nodes that have no effect and that nothing reads"},
    {"max", 0, "N", "show at most N differences of a graph (default 20)"},
    {"json", 0, NULL, "print the differences as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_diff = {
    .name = "diff",
    .arguments = "A B",
    .min_arguments = 2,
    .max_arguments = 2,
    .summary = "compare two files as graphs",
    .details =
        "Compares the graphs of two files. They are equal when their nodes correspond one to one: names do not matter, "
        "nor the order of nodes that do not depend on each other, nor which of several ways to write one call was "
        "used, nor which node computes a size, nor strides and devices that only one file states.\n\n"
        "Each difference is shown once, where it arises, with the statements of both sides; the last line counts them. "
        "Equal files print nothing.",
    .no_means = "the files differ",
    .options = diff_options,
    .run = run_diff,
};
