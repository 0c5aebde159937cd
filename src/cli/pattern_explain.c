/*
 * pattern_explain.c: why pattern expressions do not match, shown (patterns.h). Inductor's attention patterns, known by
 * their names, are judged by the checks that Inductor registers them with.
 */
#include "cli/json_output.h"
#include "cli/match_output.h"
#include "cli/patterns.h"

size_t ask_pattern(bool *asked, const pattern_files *patterns, const char *name)
{
    size_t index = 0;
    size_t count = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        for (size_t j = 0; j < rg_expression_list_count(patterns->files[i].list); j++, index++) {
            bool is_asked = rg_string_equal(pattern_name(&patterns->files[i], j), rg_string_from(name));
            asked[index] = asked[index] || is_asked;
            count += is_asked;
        }
    }
    return count;
}

/* ---- as text ---- */

static void print_side(const rg_location *place, const char *message)
{
    rg_diagnostic shown = {.severity = RG_SEVERITY_NOTE, .message = rg_string_from(message), .location = *place};
    (void)rg_diagnostic_print(&shown, output_sink());
}

static void print_places(const rg_expression_miss *miss, const rg_graph *graph)
{
    for (size_t i = 0; i < miss->example_count; i++) {
        rg_string name = rg_node_name(graph, miss->examples[i]);
        printf("%s%.*s", i == 0 ? " at " : ", ", (int)name.size, name.data);
    }
    if (miss->count > miss->example_count) {
        printf(", ...");
    }
    if (miss->count > 1) {
        printf(" (%zu places)", miss->count);
    }
}

static void print_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    cli_text path = {NULL, 0, 0};
    cli_text message = {NULL, 0, 0};
    printf("%.*s: %u of %u calls", (int)name.size, name.data, miss->matched, miss->total);
    print_places(miss, graph);
    graph_path(&path, graph);
    printf("%s%s\n", path.size > 0 ? " in " : "", path.size > 0 ? path.data : "");
    text_free(&path);
    printf("  %s: %.*s\n", rg_miss_reason_name(miss->reason), (int)miss->sentence.size, miss->sentence.data);
    text_add(&message, "the expression, at ", strlen("the expression, at "));
    text_add(&message, miss->path.data, miss->path.size);
    print_side(&miss->part_place, message.data);
    text_free(&message);
    if (miss->graph_place.source_line.size > 0) {
        print_side(&miss->graph_place, "the graph");
    }
    if (miss->remedy.size > 0) {
        printf("  to match: %.*s\n", (int)miss->remedy.size, miss->remedy.data);
    }
}

/* ---- as JSON ---- */

static json_t *json_from_names(const rg_graph *graph, const rg_node *nodes, size_t count)
{
    json_t *out = json_make_array();
    for (size_t i = 0; i < count; i++) {
        json_add(out, json_from(rg_node_name(graph, nodes[i])));
    }
    return out;
}

static json_t *json_from_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    cli_text path = {NULL, 0, 0};
    json_t *out = json_make_object();
    json_put(out, "rule", json_from(name));
    graph_path(&path, graph);
    if (path.size > 0) {
        json_put(out, "graph", json_from((rg_string){path.data, path.size}));
    }
    text_free(&path);
    json_put(out, "reason", json_from(rg_string_from(rg_miss_reason_name(miss->reason))));
    json_put(out, "sentence", json_from(miss->sentence));
    json_put(out, "remedy", json_from(miss->remedy));
    json_put(out, "matched", json_integer(miss->matched));
    json_put(out, "total", json_integer(miss->total));
    json_put(out, "part", json_from(miss->path));
    json_put(out, "part_source", json_from(miss->part_place.source_line));
    json_put(out, "node", rg_node_is_null(miss->node) ? json_null() : json_from(rg_node_name(graph, miss->node)));
    json_put(out, "node_source", json_from(miss->graph_place.source_line));
    json_put(out, "count", json_integer((json_int_t)miss->count));
    json_put(out, "examples", json_from_names(graph, miss->examples, miss->example_count));
    json_put(out, "nodes", json_from_names(graph, miss->nodes, miss->node_count));
    return out;
}

/* ---- one after the other ---- */

static void show(size_t *found, const rg_expression_explanation *explanation, rg_string name, const rg_graph *graph,
                 json_t *listing)
{
    for (size_t i = 0; i < rg_expression_explanation_count(explanation); i++) {
        const rg_expression_miss *miss = rg_expression_explanation_get(explanation, i);
        if (listing != NULL) {
            json_add(listing, json_from_miss(name, miss, graph));
        } else {
            printf("%s", *found > 0 ? "\n" : "");
            print_miss(name, miss, graph);
        }
        (*found)++;
    }
}

bool explain_patterns(size_t *found, const pattern_files *patterns, rg_graph *graph, const pattern_question *question,
                      void *listing)
{
    size_t index = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        for (size_t j = 0; j < rg_expression_list_count(patterns->files[i].list); j++, index++) {
            rg_expression_explanation *explanation = NULL;
            rg_attention_judge judge = RG_ATTENTION_JUDGE_INIT;
            rg_expression_explain_options options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT;
            if (question->asked != NULL && !question->asked[index]) {
                continue;
            }
            judge.pattern = pattern_name(&patterns->files[i], j);
            options.judge = rg_attention_judge_match;
            options.user = &judge;
            options.at = question->at;
            options.max_misses = question->most;
            const rg_expression *expression = rg_expression_list_get(patterns->files[i].list, j);
            if (rg_expression_explain(&explanation, expression, graph, &options) != RG_OK) {
                return false;
            }
            if (question->asked != NULL || rg_expression_explanation_match_count(explanation) == 0) {
                show(found, explanation, judge.pattern, graph, listing);
            }
            rg_expression_explanation_destroy(explanation);
        }
    }
    return true;
}
