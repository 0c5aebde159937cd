/*
 * expression_screen.c: see expression_screen.h. An attempt begins with the call that is the root and the parts that it
 * reads; each of them must match, or nothing does. That is followed here, through positional arguments, as deep as
 * surroundings go; lists and keywords are not looked into.
 */
#include "match/expression_screen.h"

#include "ir/context_impl.h"
#include "ir/graph_impl.h"

enum {
    DEPTH = 3,            /* calls above the root */
    MAX_USERS = 0xff,     /* counts from here on are one */
    MAX_ARGUMENTS = 0xff, /* likewise, and further arguments are not looked at */
    NO_NODE = 0xffffffff
};

static uint32_t at_most(size_t count, uint32_t limit)
{
    return count < limit ? (uint32_t)count : limit;
}

static bool describe(rg_surroundings *out, const rg_graph *graph, rg_node node, uint32_t depth)
{
    const rg_allocator *allocator = &graph->context->allocator;
    uint32_t positional = at_most(rg_node_positional_count(graph, node), MAX_ARGUMENTS);
    uint32_t users = at_most(rg_node_user_count(graph, node), MAX_USERS);
    if (!rg__vector_reserve(allocator, out, (uint64_t)out->count + 2 + positional)) {
        return false;
    }
    out->items[out->count++] = rg_node_op(graph, node).id;
    out->items[out->count++] = positional << 8 | users;
    bool done = true;
    for (uint32_t i = 0; depth > 0 && i < positional && done; i++) {
        rg_value value = rg_node_argument(graph, node, i);
        if (rg_value_get_kind(value) == RG_VALUE_NODE) {
            done = describe(out, graph, rg_value_as_node(value), depth - 1);
        } else {
            done = rg__vector_push(allocator, out, NO_NODE);
        }
    }
    return done;
}

bool rg__expression_surroundings(rg_surroundings *out, const rg_graph *graph, rg_node node)
{
    out->count = 0;
    return describe(out, graph, node, DEPTH);
}

static bool may_match_call(const rg_expression_matcher *matcher, const rg_graph *graph, uint32_t part, rg_node node,
                           uint32_t depth)
{
    const rg_expression_node *call = &matcher->expression->nodes[part];
    uint32_t positional = call->child_count - call->keyword_count;
    if (call->kind == RG_EXPRESSION_CALL_MODULE) {
        return true; /* the class of a module is not in its op */
    }
    if (!rg__expression_fits_target(matcher, call, rg_value_node(node))) {
        return false;
    }
    if (call->var_args) {
        return true;
    }
    if (positional < MAX_ARGUMENTS && rg_node_positional_count(graph, node) != positional) {
        return false;
    }
    if (!matcher->outputs[part] && call->users < MAX_USERS && rg_node_user_count(graph, node) != call->users) {
        return false;
    }
    for (uint32_t i = 0; depth > 0 && i < positional && i < MAX_ARGUMENTS; i++) {
        const rg_expression_node *child = &matcher->expression->nodes[call->children[i]];
        rg_value value = rg_node_argument(graph, node, i);
        bool is_node = rg_value_get_kind(value) == RG_VALUE_NODE;
        if (rg__expression_is_call(child)) {
            if (!is_node || !may_match_call(matcher, graph, call->children[i], rg_value_as_node(value), depth - 1)) {
                return false;
            }
        } else if (child->kind == RG_EXPRESSION_CONSTANT && is_node) {
            return false;
        }
    }
    return true;
}

bool rg__expression_may_match(const rg_expression_matcher *matcher, const rg_graph *graph, rg_node node)
{
    const rg_expression *expression = matcher->expression;
    uint32_t root = expression->root;
    if (!rg__expression_is_call(&expression->nodes[root])) {
        root = expression->nodes[root].children[0];
    }
    return may_match_call(matcher, graph, root, node, DEPTH);
}
