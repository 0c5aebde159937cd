/*
 * idle_rules.c: rules that match nowhere, each with its nearest miss in a line. A rule's instances count as one rule.
 * Those that want an op which no graph has are named together.
 */
#include "cli/idle_rules.h"

#include <stdlib.h>

#include "cli/idle_list.h"
#include "cli/output.h"

typedef struct idle_rules {
    rg_matcher *matcher;
    const rg_rule_set *rules;
    idle_list list;
    rg_op *missing;    /* by entry: an op that all graphs so far lack; null: none */
    size_t *instances; /* indices in the set */
    size_t instance_count;
} idle_rules;

/* The rules without a match, in the order of the set, each once, and all their instances. */
static void collect(idle_rules *idle, const bool *matched)
{
    size_t count = rg_rule_set_count(idle->rules);
    idle->missing = allocate((count + 1) * sizeof(*idle->missing));
    memset(idle->missing, 0, (count + 1) * sizeof(*idle->missing));
    idle->instances = allocate((count + 1) * sizeof(*idle->instances));
    for (size_t i = 0; i < count; i++) {
        rg_rule_info info = rg_rule_set_info(idle->rules, i);
        bool known = false;
        for (size_t j = 0; j < count && !known; j++) {
            known = matched[j] && rg_string_equal(rg_rule_set_info(idle->rules, j).rule, info.rule);
        }
        if (!known) {
            idle->instances[idle->instance_count++] = i;
        }
        if (!known && idle_find(&idle->list, info.rule) == NULL) {
            (void)idle_add(&idle->list, info.rule);
        }
    }
}

/* ---- the nearest misses ---- */

/* The op that the pattern's node calls, or wraps. */
static rg_op op_of(const rg_graph *pattern, rg_node node)
{
    rg_op wrapped = rg_value_as_op(rg_node_argument(pattern, node, 0));
    return rg_op_is_null(wrapped) ? rg_node_op(pattern, node) : wrapped;
}

static void take_miss(idle_rules *idle, const rg_miss *miss, const rg_graph *graph)
{
    rg_rule_info info = rg_rule_set_info(idle->rules, miss->rule);
    idle_entry *entry = idle_find(&idle->list, info.rule);
    const shown_miss shown = shown_rule_miss(idle->rules, miss, graph);
    if (miss->count == 0) {
        idle->missing[entry - idle->list.items] = op_of(info.pattern, miss->pattern_node);
    }
    idle_take(entry, &shown);
}

static bool explain_graph(idle_rules *idle, rg_graph *graph)
{
    rg_explanation *explanation = NULL;
    rg_explain_options options = RG_EXPLAIN_OPTIONS_INIT;
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!explain_graph(idle, rg_graph_child(graph, i))) {
            return false;
        }
    }
    options.rules = idle->instances;
    options.rule_count = idle->instance_count;
    options.max_misses = 1;
    if (rg_matcher_explain(&explanation, idle->matcher, graph, &options) != RG_OK) {
        return false;
    }
    for (size_t i = 0; i < rg_explanation_count(explanation); i++) {
        take_miss(idle, rg_explanation_get(explanation, i), graph);
    }
    rg_explanation_destroy(explanation);
    return true;
}

/* Rules of which nothing is there want an op that is nowhere. */
static void tell_absences(const idle_rules *idle)
{
    const rg_context *context = rg_graph_context(rg_rule_set_info(idle->rules, 0).pattern);
    for (size_t i = 0; i < idle->list.count; i++) {
        static const char words[] = "no graph here has ";
        rg_string name = rg_op_name(context, idle->missing[i]);
        cli_text text = {NULL, 0, 0};
        if (!rg_op_is_null(idle->missing[i])) {
            text_add(&text, words, sizeof(words) - 1);
            text_add(&text, name.data, name.size);
            idle->list.items[i].absence = text.data;
        }
    }
}

bool note_idle_rules(rg_matcher *matcher, const bool *matched, const rg_document *document, size_t most)
{
    idle_rules idle = {.matcher = matcher, .rules = rg_matcher_rules(matcher)};
    bool good = true;
    collect(&idle, matched);
    bool is_explained = idle.instance_count > 0 && idle.instance_count <= most;
    for (size_t i = 0; is_explained && good && i < rg_document_graph_count(document); i++) {
        good = explain_graph(&idle, rg_document_graph(document, i));
    }
    if (good && is_explained) {
        tell_absences(&idle);
    }
    if (good) {
        /* A rule without a miss matches now, if it did not before. */
        idle_note(&idle.list, is_explained ? " before, but there is one in what is left" : "");
    }
    if (good && idle.instance_count > most) {
        note("`regraft explain` tells why");
    }
    idle_free(&idle.list);
    free(idle.missing);
    free(idle.instances);
    return good;
}
