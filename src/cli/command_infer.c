/*
 * command_infer.c: `regraft infer`: recompute the type of every node and compare it with what the file says.
 */
#include <stdlib.h>

#include "cli/json_output.h"
#include "cli/output.h"

typedef struct infer_job {
    rg_context *context;
    const char *path;
    json_t *nodes; /* those of the present file that do not agree; NULL without --json */
    bool quiet;
    bool wrong_calls; /* a call was seen that PyTorch would refuse: the input is bad */
} infer_job;

/* What there is to say about a node that does not agree. */
typedef struct infer_finding {
    const rg_graph *graph;
    rg_node node;
    rg_type inferred;  /* null: could not be computed */
    rg_string problem; /* what is wrong with the call; empty if nothing is */
} infer_finding;

static void list_as_json(const infer_job *job, const infer_finding *finding)
{
    json_t *entry = json_make_object();
    bool unknown = rg_type_is_null(finding->inferred) && finding->problem.size == 0;
    char *statement = node_text(finding->graph, finding->node);
    json_put(entry, "node", json_from_node(finding->graph, finding->node));
    json_put(entry, "result", json_from(rg_string_from(unknown ? "unknown" : "differs")));
    json_put(entry, "annotated", json_from_type(job->context, rg_node_type(finding->graph, finding->node)));
    json_put(entry, "inferred", json_from_type(job->context, finding->inferred));
    json_put(entry, "problem", finding->problem.size > 0 ? json_from(finding->problem) : json_null());
    json_put(entry, "statement", json_from(rg_string_from(statement)));
    json_add(job->nodes, entry);
    free(statement);
}

static void list_as_text(const infer_job *job, const infer_finding *finding)
{
    rg_string name = rg_node_name(finding->graph, finding->node);
    char *annotated = type_text(job->context, rg_node_type(finding->graph, finding->node));
    char *inferred = type_text(job->context, finding->inferred);
    char *statement = node_text(finding->graph, finding->node);
    printf("%s: %.*s: annotated %s, ", job->path, (int)name.size, name.data, annotated);
    if (rg_type_is_null(finding->inferred)) {
        printf("inferred type unknown\n");
    } else {
        printf("inferred %s\n", inferred);
    }
    printf("    %s\n", statement);
    free(statement);
    free(inferred);
    free(annotated);
}

/* What the library said of a wrong call, said again with the statement that it is about. */
static void show_wrong_call(const infer_job *job, const infer_finding *finding)
{
    char *statement = node_text(finding->graph, finding->node);
    rg_location location = {
        .file = rg_string_from(job->path), .source_line = rg_string_from(statement), .caret_width = 1};
    (void)rg_context_report(job->context, RG_SEVERITY_ERROR, RG_ERROR_TYPE, finding->problem, &location);
    print_diagnostics(job->context);
    free(statement);
}

/*
 * The check counts a wrong call as a difference without type, and leaves a diagnostic. Asking for the node's type again
 * tells it apart from an unknown one. Wrong calls of earlier nodes that have no annotation to differ from have left
 * diagnostics only.
 */
static rg_status list_node(void *user, const rg_graph *graph, rg_node node, rg_type inferred)
{
    infer_job *job = user;
    infer_finding finding = {graph, node, inferred, {NULL, 0}};
    size_t earlier = rg_context_diagnostic_count(job->context);
    rg_type again;
    job->wrong_calls = job->wrong_calls || earlier > 0;
    if (rg_type_is_null(inferred) && rg_node_infer(&again, (rg_graph *)graph, node) != RG_OK) {
        size_t count = rg_context_diagnostic_count(job->context);
        const rg_diagnostic *last = count > 0 ? rg_context_diagnostic(job->context, count - 1) : NULL;
        finding.problem = last != NULL ? last->message : rg_string_from("this call is wrong");
        earlier -= earlier > 0 ? 1 : 0;
    }
    print_first_diagnostics(job->context, earlier);
    if (finding.problem.size > 0) {
        show_wrong_call(job, &finding);
    }
    if (job->nodes != NULL) {
        list_as_json(job, &finding);
    } else if (!job->quiet && finding.problem.size == 0) {
        list_as_text(job, &finding);
    }
    return RG_OK;
}

static void add_counts(rg_infer_report *total, const rg_infer_report *report)
{
    total->checked += report->checked;
    total->agree += report->agree;
    total->differ += report->differ;
    total->unknown += report->unknown;
}

static void print_counts(const rg_infer_report *report)
{
    printf("checked %zu, agree %zu, differ %zu, unknown %zu\n", report->checked, report->agree, report->differ,
           report->unknown);
}

static void put_counts(json_t *object, const rg_infer_report *report)
{
    json_put(object, "checked", json_integer((json_int_t)report->checked));
    json_put(object, "agree", json_integer((json_int_t)report->agree));
    json_put(object, "differ", json_integer((json_int_t)report->differ));
    json_put(object, "unknown", json_integer((json_int_t)report->unknown));
}

static bool infer_file(infer_job *job, rg_infer_report *out)
{
    rg_document *document = NULL;
    bool good = rg_document_read(&document, job->context, job->path) == RG_OK;
    size_t count = good ? rg_document_graph_count(document) : 0;
    *out = (rg_infer_report){0};
    for (size_t i = 0; i < count && good; i++) {
        rg_infer_report report;
        good = rg_graph_infer_check(&report, rg_document_graph(document, i), list_node, job) == RG_OK;
        if (good) {
            add_counts(out, &report);
        }
    }
    rg_document_destroy(document);
    job->wrong_calls = job->wrong_calls || rg_context_diagnostic_count(job->context) > 0;
    return good;
}

static int run_infer(cli_invocation *invocation)
{
    infer_job job = {.context = invocation->context, .quiet = option_given(invocation, "quiet")};
    json_t *files = option_given(invocation, "json") ? json_make_array() : NULL;
    rg_infer_report total = {0};
    bool good = true;
    for (size_t i = 0; i < invocation->argument_count; i++) {
        rg_infer_report report;
        job.path = invocation->arguments[i];
        job.nodes = files != NULL ? json_make_array() : NULL;
        show_progress(i, invocation->argument_count);
        bool read = infer_file(&job, &report);
        good = good && read;
        print_diagnostics(invocation->context);
        add_counts(&total, &report);
        if (files != NULL) {
            json_t *entry = json_make_object();
            json_put(entry, "file", json_from(rg_string_from(job.path)));
            put_counts(entry, &report);
            json_put(entry, "nodes", job.nodes);
            json_add(files, entry);
        } else if (read && invocation->argument_count > 1) {
            printf("%s: ", job.path);
            print_counts(&report);
        }
    }
    show_progress(1, 1);
    if (files != NULL) {
        json_t *all = json_make_object();
        json_put(all, "files", files);
        put_counts(all, &total);
        print_json(all);
    } else {
        print_counts(&total);
    }
    return !good || job.wrong_calls ? EXIT_BAD : total.differ > 0 ? EXIT_NO : EXIT_YES;
}

static const cli_option infer_options[] = {
    {"quiet", 'q', NULL, "print the counts only"},
    {"json", 0, NULL, "print counts and nodes as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_infer = {
    .name = "infer",
    .arguments = "FILE...",
    .min_arguments = 1,
    .max_arguments = SIZE_MAX,
    .summary = "recompute each node's type and compare it with the annotation",
    .details =
        "For every node with an annotation, computes dtype, sizes, strides and device of its result from the "
        "annotations of its inputs, as PyTorch's fake tensors do, and compares. Lists the nodes that differ and those "
        "whose type cannot be computed, because the op is not known or an input has no type. What an annotation does "
        "not say is not compared. A call that PyTorch would refuse (too few arguments, sizes that do not fit) is bad "
        "input.\n\n"
        "The last line is 'checked N, agree A, differ D, unknown U'; with several files it holds the sums.",
    .no_means = "an annotation differs",
    .options = infer_options,
    .run = run_infer,
};
