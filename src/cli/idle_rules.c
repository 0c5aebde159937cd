/*
 * idle_rules.c: rules that match nowhere, and why, as far as refusals and the ops of the graphs tell.
 *
 * A rule's instances count as one rule. No-ops of a pattern need not be in a graph, so views, copies and conversions
 * are no reason.
 */
#include "cli/idle_rules.h"

#include <stdlib.h>

#include "cli/output.h"

/* What is known of one rule. */
typedef struct idle_rule {
    rg_string name;
    rg_op missing; /* an op of its pattern that no graph has; null: there is none */
    rg_string refusal;
    bool reported;
} idle_rule;

/* Mark by op id what the graph and its submodules call, itself or wrapped in auto_functionalized. */
static void mark_ops(bool *present, const rg_graph *graph)
{
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        mark_ops(present, rg_graph_child(graph, i));
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        present[rg_node_op(graph, node).id] = true;
        present[rg_value_as_op(rg_node_argument(graph, node, 0)).id] = true;
    }
}

static bool may_be_no_op(const rg_context *context, rg_op op)
{
    static const char *const names[] = {"aten.clone.default", "prims.convert_element_type.default",
                                        "aten._to_copy.default"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (rg_string_equal(rg_op_name(context, op), rg_string_from(names[i]))) {
            return true;
        }
    }
    return (rg_op_traits(context, op) & RG_TRAIT_VIEW) != 0;
}

/* The first op of the pattern that no graph has. */
static rg_op missing_op(const rg_graph *pattern, const bool *present)
{
    const rg_context *context = rg_graph_context(pattern);
    for (rg_node node = rg_graph_first(pattern); !rg_node_is_null(node); node = rg_graph_next(pattern, node)) {
        rg_op op = rg_node_op(pattern, node);
        rg_op wrapped = rg_value_as_op(rg_node_argument(pattern, node, 0));
        rg_op_kind kind = rg_node_kind(pattern, node);
        bool is_computed = kind == RG_OP_OPERATOR || kind == RG_OP_FUNCTION; /* from what is captured */
        if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_OUTPUT || is_computed) {
            continue;
        }
        if (!rg_op_is_null(wrapped)) {
            if (!present[wrapped.id]) {
                return wrapped;
            }
            continue; /* each form of the wrapper will do */
        }
        if (!present[op.id] && !may_be_no_op(context, op)) {
            return op;
        }
    }
    return (rg_op){0};
}

/* Why an instance of the rule was refused; empty when none was. */
static rg_string refusal_of(const rg_rule_set *rules, const rule_outcome *outcomes, rg_string rule)
{
    for (size_t i = 0; i < rg_rule_set_count(rules); i++) {
        if (outcomes[i].refusal.size > 0 && rg_string_equal(rg_rule_set_info(rules, i).rule, rule)) {
            return outcomes[i].refusal;
        }
    }
    return (rg_string){"", 0};
}

/* The rules without a match, in the order of the set, each once. */
static size_t collect(idle_rule *idle, const rg_rule_set *rules, const rule_outcome *outcomes, const bool *present)
{
    size_t count = 0;
    for (size_t i = 0; i < rg_rule_set_count(rules); i++) {
        rg_rule_info info = rg_rule_set_info(rules, i);
        bool known = false;
        for (size_t j = 0; j < rg_rule_set_count(rules) && !known; j++) {
            known = outcomes[j].matched && rg_string_equal(rg_rule_set_info(rules, j).rule, info.rule);
        }
        for (size_t j = 0; j < count && !known; j++) {
            known = rg_string_equal(idle[j].name, info.rule);
        }
        if (!known) {
            idle[count++] = (idle_rule){info.rule, missing_op(info.pattern, present),
                                        refusal_of(rules, outcomes, info.rule), false};
        }
    }
    return count;
}

/* One line for the rule at `first` and all behind it with the same cause. */
static void note_cause(idle_rule *idle, size_t count, size_t first, const rg_context *context)
{
    enum { MOST_NAMES = 8 };
    rg_op missing = idle[first].missing;
    rg_string refusal = idle[first].refusal;
    cli_text names = {0};
    size_t named = 0;
    for (size_t i = first; i < count; i++) {
        if (idle[i].reported || !rg_op_same(idle[i].missing, missing) || !rg_string_equal(idle[i].refusal, refusal)) {
            continue;
        }
        idle[i].reported = true;
        if (named++ < MOST_NAMES) {
            text_add(&names, ", ", named == 1 ? 0 : 2);
            text_add(&names, idle[i].name.data, idle[i].name.size);
        }
    }
    char more[48] = "";
    if (named > MOST_NAMES) {
        (void)snprintf(more, sizeof(more), " and %zu more", named - MOST_NAMES);
    }
    if (refusal.size > 0) {
        note("no match of %s%s: %.*s", names.data, more, (int)refusal.size, refusal.data);
    } else if (rg_op_is_null(missing)) {
        note("no match of %s%s", names.data, more);
    } else {
        rg_string name = rg_op_name(context, missing);
        note("no match of %s%s: no graph here has %.*s", names.data, more, (int)name.size, name.data);
    }
    text_free(&names);
}

void note_idle_rules(const rg_rule_set *rules, const rule_outcome *outcomes, const rg_document *document,
                     rg_context *context)
{
    size_t op_count = rg_context_op_count(context) + 1;
    bool *present = allocate(op_count * sizeof(*present));
    memset(present, 0, op_count * sizeof(*present));
    for (size_t i = 0; i < rg_document_graph_count(document); i++) {
        mark_ops(present, rg_document_graph(document, i));
    }
    idle_rule *idle = allocate((rg_rule_set_count(rules) + 1) * sizeof(*idle));
    size_t count = collect(idle, rules, outcomes, present);
    for (size_t i = 0; i < count; i++) {
        if (!idle[i].reported) {
            note_cause(idle, count, i, context);
        }
    }
    free(idle);
    free(present);
}
