/*
 * idle_rules.c: rules that match nowhere, each with its nearest miss in a line. A rule's instances count as one rule.
 * Those that want an op which no graph has are named together.
 */
#include "cli/idle_rules.h"

#include <stdlib.h>

#include "cli/output.h"

/* What is known of one rule. */
typedef struct idle_rule {
    rg_string name;
    uint32_t matched; /* nodes of the nearest miss, and of the pattern */
    uint32_t total;
    char *cause;   /* NULL: none is known */
    rg_op missing; /* when nothing is there: an op of the pattern; else null */
    bool is_missing_everywhere;
    bool reported;
} idle_rule;

typedef struct idle_rules {
    rg_matcher *matcher;
    const rg_rule_set *rules;
    idle_rule *items;
    size_t count;
    size_t *instances; /* indices in the set */
    size_t instance_count;
    bool is_explained; /* so that a rule without a miss matches */
} idle_rules;

static idle_rule *find_idle(const idle_rules *idle, rg_string name)
{
    for (size_t i = 0; i < idle->count; i++) {
        if (rg_string_equal(idle->items[i].name, name)) {
            return &idle->items[i];
        }
    }
    return NULL;
}

/* The rules without a match, in the order of the set, each once, and all their instances. */
static void collect(idle_rules *idle, const bool *matched)
{
    size_t count = rg_rule_set_count(idle->rules);
    idle->items = allocate((count + 1) * sizeof(*idle->items));
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
        if (!known && find_idle(idle, info.rule) == NULL) {
            idle->items[idle->count++] = (idle_rule){.name = info.rule, .is_missing_everywhere = true};
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
    idle_rule *rule = find_idle(idle, info.rule);
    cli_text text = {NULL, 0, 0};
    char place[160];
    if (miss->count == 0) {
        rule->missing = rule->is_missing_everywhere ? op_of(info.pattern, miss->pattern_node) : (rg_op){0};
        return;
    }
    rule->is_missing_everywhere = false;
    rule->missing = (rg_op){0};
    if (rule->cause != NULL && (uint64_t)miss->matched * rule->total <= (uint64_t)rule->matched * miss->total) {
        return;
    }
    rg_string example = miss->example_count > 0 ? rg_node_name(graph, miss->examples[0]) : rg_string_from("");
    int size = snprintf(place, sizeof(place), "%u of %u nodes%s%.*s%s: ", miss->matched, miss->total,
                        example.size > 0 ? " at " : "", (int)(example.size < 64 ? example.size : 64), example.data,
                        miss->count > 1 ? " and elsewhere" : "");
    text_add(&text, place, (size_t)size);
    text_add(&text, miss->sentence.data, miss->sentence.size);
    free(rule->cause);
    rule->cause = text.data;
    rule->matched = miss->matched;
    rule->total = miss->total;
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

/* ---- saying so ---- */

/* One line for the rule at `first` and all behind it that want the same op, or of which nothing is known. */
static void note_together(const idle_rules *idle, size_t first)
{
    enum { MOST_NAMES = 8 };
    rg_op missing = idle->items[first].missing;
    cli_text names = {NULL, 0, 0};
    size_t named = 0;
    for (size_t i = first; i < idle->count; i++) {
        idle_rule *rule = &idle->items[i];
        if (rule->reported || rule->cause != NULL || !rg_op_same(rule->missing, missing)) {
            continue;
        }
        rule->reported = true;
        if (named++ < MOST_NAMES) {
            text_add(&names, ", ", named == 1 ? 0 : 2);
            text_add(&names, rule->name.data, rule->name.size);
        }
    }
    char more[48] = "";
    if (named > MOST_NAMES) {
        (void)snprintf(more, sizeof(more), " and %zu more", named - MOST_NAMES);
    }
    if (rg_op_is_null(missing)) {
        note("no match of %s%s%s", names.data, more,
             idle->is_explained ? " before, but there is one in what is left" : "");
    } else {
        const rg_graph *pattern = rg_rule_set_info(idle->rules, 0).pattern;
        rg_string name = rg_op_name(rg_graph_context(pattern), missing);
        note("no match of %s%s: no graph here has %.*s", names.data, more, (int)name.size, name.data);
    }
    text_free(&names);
}

bool note_idle_rules(rg_matcher *matcher, const bool *matched, const rg_document *document, size_t most)
{
    idle_rules idle = {.matcher = matcher, .rules = rg_matcher_rules(matcher)};
    bool good = true;
    collect(&idle, matched);
    idle.is_explained = idle.instance_count > 0 && idle.instance_count <= most;
    for (size_t i = 0; idle.is_explained && good && i < rg_document_graph_count(document); i++) {
        good = explain_graph(&idle, rg_document_graph(document, i));
    }
    for (size_t i = 0; good && i < idle.count; i++) {
        idle_rule *rule = &idle.items[i];
        if (rule->cause != NULL) {
            note("no match of %.*s: %s", (int)rule->name.size, rule->name.data, rule->cause);
        } else if (!rule->reported) {
            note_together(&idle, i);
        }
    }
    if (good && idle.instance_count > most) {
        note("`regraft explain` tells why");
    }
    for (size_t i = 0; i < idle.count; i++) {
        free(idle.items[i].cause);
    }
    free(idle.items);
    free(idle.instances);
    return good;
}
