/*
 * hot_paths.c: one run of each path that must stay fast, on fixed inputs, for scripts/check_instructions.py, which
 * counts the instructions under callgrind.
 *
 * usage: regraft_hot_paths GRAPH.py VLLM_GRAPH.py
 *
 * Prints the names of the paths in order. callgrind counts what happens inside measured_path and nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <regraft/document.h>
#include <regraft/pass.h>
#include <regraft/rewrite.h>

#include "base/buffer.h"
#include "ir/context_impl.h"
#include "match/match_impl.h"
#include "measure.h"

/* What the paths work on. */
typedef struct inputs {
    bench_case misses; /* 100 rules, of which nothing matches */
    bench_case hits;   /* 10 of them match */
    rg_graph *copy;    /* to be rewritten */
    rg_context *context;
    rg_document *document; /* GRAPH.py */
    rg_string graph_text;
    rg_string vllm_text;
    rg_buffer rule_text; /* the rules of `misses` */
    rg_pass_manager *manager;
} inputs;

static rg_status count_text(void *user, const char *text, size_t size)
{
    (void)text;
    *(size_t *)user += size;
    return RG_OK;
}

static void find_all(rg_matcher *matcher, rg_graph *graph)
{
    rg_match_list *list = NULL;
    require(rg_matcher_find_all(&list, matcher, graph) == RG_OK, "matching");
    rg_match_list_destroy(list);
}

static void run_labels(inputs *at)
{
    require(rg__matcher_begin(at->misses.matcher, at->misses.graphs[0]) == RG_OK, "labelling");
}

static void run_cold(inputs *at)
{
    rg_matcher *matcher = NULL;
    require(rg_matcher_create(&matcher, at->misses.context, at->misses.set) == RG_OK, "making a matcher");
    find_all(matcher, at->misses.graphs[0]);
    rg_matcher_destroy(matcher);
}

static void run_hits(inputs *at)
{
    find_all(at->hits.matcher, at->hits.graphs[0]);
}

static void run_sweep(inputs *at)
{
    rg_rewrite_report report;
    require(rg_rewrite_run(&report, at->hits.matcher, at->copy, NULL) == RG_OK && report.applied > 0, "rewriting");
}

static void run_read(inputs *at)
{
    rg_document *document = NULL;
    require(rg_document_parse(&document, at->context, at->graph_text, rg_string_from("graph")) == RG_OK, "reading");
    rg_document_destroy(document);
}

static void run_print(inputs *at)
{
    size_t size = 0;
    require(rg_document_print(at->document, NULL, (rg_sink){count_text, &size}) == RG_OK, "printing");
}

static void run_infer(inputs *at)
{
    rg_infer_report report;
    require(rg_graph_infer_check(&report, rg_document_graph(at->document, 0), NULL, NULL) == RG_OK, "inferring");
}

static void run_load_rules(inputs *at)
{
    rg_rule_set *set = NULL;
    rg_string text = {at->rule_text.data, at->rule_text.size};
    require(rg_rule_set_create(&set, at->context) == RG_OK &&
                rg_rule_set_load_text(set, text, rg_string_from("rules")) == RG_OK,
            "reading rules");
    rg_rule_set_destroy(set);
}

/* What `regraft opt` does once its rules are loaded. */
static void run_opt(inputs *at)
{
    rg_document *document = NULL;
    size_t size = 0;
    require(rg_document_parse(&document, at->context, at->vllm_text, rg_string_from("graph")) == RG_OK &&
                rg_pass_manager_run(at->manager, rg_document_graph(document, 0)) == RG_OK &&
                rg_document_print(document, NULL, (rg_sink){count_text, &size}) == RG_OK,
            "running the passes");
    rg_document_destroy(document);
}

typedef struct hot_path {
    const char *name;
    void (*run)(inputs *at);
    bool warm; /* run once before it counts */
} hot_path;

static const hot_path paths[] = {
    {"label all, warm", run_labels, true},
    {"match, cold", run_cold, false},
    {"match with hits", run_hits, true},
    {"sweep with rewrites", run_sweep, false},
    {"read a graph", run_read, true},
    {"print a graph", run_print, true},
    {"infer a graph", run_infer, true},
    {"load rules", run_load_rules, false},
    {"opt: read, passes, print", run_opt, false},
};

/* Not static, so that it keeps its name. */
void measured_path(const hot_path *path, inputs *at);

__attribute__((noinline)) void measured_path(const hot_path *path, inputs *at)
{
    path->run(at);
}

static rg_string read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    require(file != NULL && fseek(file, 0, SEEK_END) == 0, "opening a file");
    long size = ftell(file);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    require(text != NULL && fseek(file, 0, SEEK_SET) == 0 && fread(text, 1, (size_t)size, file) == (size_t)size,
            "reading a file");
    (void)fclose(file);
    return (rg_string){text, (size_t)size};
}

static void generate(bench_case *out, uint32_t hits)
{
    workload_shape shape = {.kind = WORKLOAD_LAYERED, .nodes = 3000};
    workload_rules rules = {.count = 100, .hits = hits, .smallest = 2, .largest = 8, .seed = 4242};
    case_generate(out, "layered", &shape, 1);
    case_add_rules(out, &rules);
}

static void add_passes(inputs *at)
{
    static const char *const names[] = {"noop", "rms_quant", "act_quant", "cleanup"};
    require(rg_pass_manager_create(&at->manager, at->context, NULL) == RG_OK, "making a pass manager");
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        rg_pass pass;
        require(rg_pass_manager_add_named(&pass, at->manager, rg_string_from(names[i])) == RG_OK, "adding a pass");
    }
}

int main(int argc, char **argv)
{
    static inputs at;
    if (argc != 3) {
        fprintf(stderr, "usage: regraft_hot_paths GRAPH.py VLLM_GRAPH.py\n");
        return 2;
    }
    generate(&at.misses, 0);
    generate(&at.hits, 10);
    at.graph_text = read_file(argv[1]);
    at.vllm_text = read_file(argv[2]);
    require(rg_graph_clone(&at.copy, at.hits.graphs[0]) == RG_OK, "copying");
    require(rg_context_create(&at.context, NULL) == RG_OK &&
                rg_document_parse(&at.document, at.context, at.graph_text, rg_string_from("graph")) == RG_OK,
            "reading");
    rg__buffer_init(&at.rule_text, &at.context->allocator);
    require(rg_rule_set_dump(at.misses.set, rg__buffer_sink(&at.rule_text)) == RG_OK, "printing rules");
    add_passes(&at);
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        if (paths[i].warm) {
            paths[i].run(&at);
        }
        measured_path(&paths[i], &at);
        puts(paths[i].name);
    }
    rg_pass_manager_destroy(at.manager);
    rg__buffer_free(&at.rule_text);
    rg_document_destroy(at.document);
    rg_context_destroy(at.context);
    rg_graph_destroy(at.copy);
    case_finish(&at.misses);
    case_finish(&at.hits);
    free((char *)at.graph_text.data);
    free((char *)at.vllm_text.data);
    return 0;
}
