/*
 * pattern_same.c: is the replacement of a rule the pattern again? Applying such a rule changes nothing, so sweeps leave
 * it alone.
 */
#include "match/pattern_impl.h"

typedef struct rg_comparison {
    rg_context *context;
    const rg_graph *left;
    const rg_graph *right;
    uint32_t *images; /* by node id of `left`: the id in `right` */
} rg_comparison;

static bool same_value(const rg_comparison *comparison, rg_value left, rg_value right)
{
    rg_value_kind kind = rg_value_get_kind(left);
    if (kind != rg_value_get_kind(right)) {
        return false;
    }
    if (kind == RG_VALUE_NODE) {
        return comparison->images[rg_value_as_node(left).id] == rg_value_as_node(right).id;
    }
    size_t count = rg_value_count(comparison->context, comparison->left, left);
    if (count == 0) {
        return left.bits == right.bits;
    }
    if (count != rg_value_count(comparison->context, comparison->right, right)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!same_value(comparison, rg_value_item(comparison->context, comparison->left, left, i),
                        rg_value_item(comparison->context, comparison->right, right, i))) {
            return false;
        }
    }
    return true;
}

static bool same_call(const rg_comparison *comparison, rg_node left, rg_node right)
{
    size_t count = rg_node_argument_count(comparison->left, left);
    if (!rg_op_same(rg_node_op(comparison->left, left), rg_node_op(comparison->right, right)) ||
        count != rg_node_argument_count(comparison->right, right)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!rg_string_equal(rg_node_argument_name(comparison->left, left, i),
                             rg_node_argument_name(comparison->right, right, i)) ||
            !same_value(comparison, rg_node_argument(comparison->left, left, i),
                        rg_node_argument(comparison->right, right, i))) {
            return false;
        }
    }
    return true;
}

static rg_node skip_placeholders(const rg_graph *graph, rg_node node)
{
    while (!rg_node_is_null(node) && rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
        node = rg_graph_next(graph, node);
    }
    return node;
}

/* The same function traced twice has its nodes in the same order, so comparing in step suffices. */
rg_status rg__pattern_compare_replacement(rg_compilation *compilation)
{
    rg_comparison comparison = {compilation->context, compilation->graph, compilation->rule->replacement, NULL};
    comparison.images = rg__arena_allocate_zero(&compilation->scratch,
                                                ((size_t)rg__largest_node_id(comparison.left) + 1) * sizeof(uint32_t));
    if (comparison.images == NULL) {
        return rg__report_memory(compilation->context);
    }
    for (size_t i = 0; i < compilation->rule->input_count; i++) {
        comparison.images[compilation->rule->inputs[i].pattern.id] = compilation->rule->inputs[i].replacement.id;
    }
    rg_node left = skip_placeholders(comparison.left, rg_graph_first(comparison.left));
    rg_node right = skip_placeholders(comparison.right, rg_graph_first(comparison.right));
    while (!rg_node_is_null(left) && !rg_node_is_null(right) && same_call(&comparison, left, right)) {
        comparison.images[left.id] = right.id;
        left = skip_placeholders(comparison.left, rg_graph_next(comparison.left, left));
        right = skip_placeholders(comparison.right, rg_graph_next(comparison.right, right));
    }
    compilation->pattern->changes_nothing = rg_node_is_null(left) && rg_node_is_null(right);
    return RG_OK;
}
