/*
 * pattern_explain.c: why pattern expressions do not match, shown (patterns.h). Inductor's attention patterns, known by
 * their names, are judged by the checks that Inductor registers them with.
 */
#include "cli/idle_list.h"
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

static void print_miss(rg_string name, const rg_expression_miss *miss, const rg_graph *graph)
{
    shown_miss shown = shown_pattern_miss(name, miss, graph);
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
    shown_miss shown = shown_pattern_miss(name, miss, graph);
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

/* Why expression number `index` of the file does not match the graph. */
static bool explain_one(rg_expression_explanation **out, const pattern_file *file, size_t index, rg_graph *graph,
                        rg_node at, size_t most)
{
    rg_attention_judge judge = RG_ATTENTION_JUDGE_INIT;
    rg_expression_explain_options options = RG_EXPRESSION_EXPLAIN_OPTIONS_INIT;
    judge.pattern = pattern_name(file, index);
    options.judge = rg_attention_judge_match;
    options.user = &judge;
    options.at = at;
    options.max_misses = most;
    return rg_expression_explain(out, rg_expression_list_get(file->list, index), graph, &options) == RG_OK;
}

bool explain_patterns(size_t *found, const pattern_files *patterns, rg_graph *graph, const pattern_question *question,
                      void *listing)
{
    size_t index = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        const pattern_file *file = &patterns->files[i];
        for (size_t j = 0; j < rg_expression_list_count(file->list); j++, index++) {
            rg_expression_explanation *explanation = NULL;
            if (question->asked != NULL && !question->asked[index]) {
                continue;
            }
            if (!explain_one(&explanation, file, j, graph, question->at, question->most)) {
                return false;
            }
            if (question->asked != NULL || rg_expression_explanation_match_count(explanation) == 0) {
                show(found, explanation, pattern_name(file, j), graph, listing);
            }
            rg_expression_explanation_destroy(explanation);
        }
    }
    return true;
}

/* ---- in a line each ---- */

/* The nearest miss of expression number `index` of the file. What its op is that the graph lacks is only told if all
 * graphs lack it. */
static bool find_nearest(idle_entry *entry, const pattern_file *file, size_t index, rg_graph *graph)
{
    rg_expression_explanation *explanation = NULL;
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!find_nearest(entry, file, index, rg_graph_child(graph, i))) {
            return false;
        }
    }
    if (!explain_one(&explanation, file, index, graph, (rg_node){0}, 1)) {
        return false;
    }
    if (rg_expression_explanation_count(explanation) > 0) {
        const rg_expression_miss *miss = rg_expression_explanation_get(explanation, 0);
        const shown_miss shown = shown_pattern_miss(entry->name, miss, graph);
        if (miss->count == 0 && entry->absence == NULL) {
            entry->absence = copy_text(miss->sentence.data);
        }
        idle_take(entry, &shown);
    }
    rg_expression_explanation_destroy(explanation);
    return true;
}

static bool explain_idle(idle_list *list, const pattern_files *patterns, const rg_document *document)
{
    const bool *matched = patterns->matched;
    for (size_t i = 0; i < patterns->count && matched != NULL; i++) {
        const pattern_file *file = &patterns->files[i];
        for (size_t j = 0; j < rg_expression_list_count(file->list); j++, matched++) {
            idle_entry *entry = *matched ? NULL : idle_add(list, pattern_name(file, j));
            for (size_t k = 0; k < rg_document_graph_count(document) && entry != NULL; k++) {
                if (!find_nearest(entry, file, j, rg_document_graph(document, k))) {
                    return false;
                }
            }
        }
    }
    return true;
}

bool note_idle_patterns(const pattern_files *patterns, const rg_document *document)
{
    idle_list list = {NULL, 0};
    bool good = explain_idle(&list, patterns, document);
    if (good) {
        idle_note(&list, "");
    }
    idle_free(&list);
    return good;
}
