/*
 * pattern_explain.c: why pattern expressions do not match, shown (patterns.h). Inductor's attention patterns, known by
 * their names, are judged by the checks that Inductor registers them with.
 */
#include "cli/json_output.h"
#include "cli/miss_output.h"
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

/* ---- one of them ---- */

static shown_miss shown_from(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    return (shown_miss){.name = name,
                        .unit = "calls",
                        .graph = graph,
                        .reason = miss->reason,
                        .sentence = miss->sentence,
                        .remedy = miss->remedy,
                        .matched = miss->matched,
                        .total = miss->total,
                        .count = miss->count,
                        .examples = miss->examples,
                        .example_count = miss->example_count,
                        .nodes = miss->nodes,
                        .node_count = miss->node_count};
}

static void print_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    shown_miss shown = shown_from(name, miss, graph);
    cli_text message = {NULL, 0, 0};
    print_miss_head(&shown);
    text_add(&message, "the expression, at ", strlen("the expression, at "));
    text_add(&message, miss->path.data, miss->path.size);
    print_place(&miss->part_place, message.data);
    text_free(&message);
    if (miss->graph_place.source_line.size > 0) {
        print_place(&miss->graph_place, "the graph");
    }
    print_miss_remedy(&shown);
}

static json_t *json_from_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    shown_miss shown = shown_from(name, miss, graph);
    json_t *out = json_start_miss(&shown);
    json_put(out, "part", json_from(miss->path));
    json_put(out, "part_source", json_from(miss->part_place.source_line));
    json_put(out, "node", json_from_node(graph, miss->node));
    json_put(out, "node_source", json_from(miss->graph_place.source_line));
    json_end_miss(out, &shown);
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
