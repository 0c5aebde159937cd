/*
 * call_arguments.c: the arguments of a graph's call, as a pattern node counts them: in the schema's order, in normal
 * form; or, of an op without schema, as they are written. What becomes of them: reference.c.
 */
#include "match/search.h"
#include "rule/repetition.h"

/* The arguments by position from `first` on, as a list. */
static bool positional_rest(rg_value *out, rg_search *search, rg_node node, uint32_t first)
{
    rg_node own = rg__rest_list(search->graph, rg_node_argument(search->graph, node, first));
    size_t count = rg_node_positional_count(search->graph, node);
    if (search->itself && !rg_node_is_null(own)) {
        *out = rg_value_node(own);
        return true;
    }
    rg_value *items = rg__arena_allocate(search->arena, count * sizeof(*items));
    if (items == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    for (size_t i = first; i < count; i++) {
        items[i - first] = rg_node_argument(search->graph, node, i);
    }
    rg_status status = rg_value_items(out, search->context, search->graph, RG_VALUE_LIST, items, count - first);
    return status == RG_OK || rg__search_fail(search, status);
}

/* Does the node call the pattern node's own op, all arguments by position? */
static inline bool is_positional(const rg_graph *graph, const rg_pattern_node *expected, rg_node node)
{
    return graph->calls[node.id] == 0 && graph->op[node.id] == expected->op.id;
}

/* The argument of a call by position, if its normal form is what is written, or not written; false if that takes a
 * longer look. Nearly all arguments are such. */
static inline bool plain_argument(rg_value *out, const rg_graph *graph, const rg_pattern_slot *slot, uint32_t place,
                                  rg_node node)
{
    bool is_written = !slot->by_name && place < rg__node_visible_count(graph, node.id);
    *out = is_written ? rg__node_argument(graph, node.id, place) : slot->otherwise;
    return slot->is_plain && rg_value_get_kind(*out) != RG_VALUE_TUPLE;
}

/* Out of line, so that it takes no registers from rg__search_argument. */
static __attribute__((noinline)) bool other_argument(rg_value *out, rg_search *search, uint32_t index, uint32_t number)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    const rg_pattern_slot *slot = &expected->slots[number];
    rg_node node = search->now->nodes[index];
    if (expected->has_schema) {
        uint32_t place = search->now->exchanged[index] && number < 2 ? 1 - number : slot->index;
        if (search->itself || slot->as_written) {
            *out = rg_node_schema_argument(search->graph, node, place);
            if (slot->as_written || out->bits == slot->value.bits) {
                return true; /* a captured list of the pattern, for example, which normal form would take for an integer
                              */
            }
        }
        rg_status status = rg_node_normal_argument(out, search->graph, node, place);
        return status == RG_OK || rg__search_fail(search, status);
    }
    if (slot->is_rest) {
        return positional_rest(out, search, node, slot->index);
    }
    *out = slot->name.size == 0 ? rg_node_argument(search->graph, node, slot->index)
                                : rg_node_keyword(search->graph, node, slot->name);
    return !rg_value_is_missing(*out);
}

bool rg__search_argument(rg_value *out, rg_search *search, uint32_t index, uint32_t number)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_node node = search->now->nodes[index];
    uint32_t place = search->now->exchanged[index] && number < 2 ? 1 - number : number;
    return (is_positional(search->graph, expected, node) &&
            plain_argument(out, search->graph, &expected->slots[place], place, node)) ||
           other_argument(out, search, index, number);
}

bool rg__search_same_form(const rg_search *search, const rg_pattern_node *expected, rg_node node)
{
    const rg_graph *graph = search->graph;
    if (expected->target.size != 0 && !rg_string_equal(expected->target, rg_node_target(graph, node))) {
        return false;
    }
    if (!rg_op_is_null(expected->wrapped) &&
        (rg_node_positional_count(graph, node) == 0 ||
         !rg_op_same(rg_value_as_op(rg_node_argument(graph, node, 0)), expected->wrapped))) {
        return false;
    }
    if (expected->has_schema) {
        return rg_op_is_null(expected->wrapped) && is_positional(graph, expected, node)
                   ? rg__node_visible_count(graph, node.id) <= expected->position_count
                   : rg__node_fits_schema(graph, node);
    }
    size_t positional = rg_node_positional_count(graph, node);
    size_t wanted = rg_node_positional_count(search->pattern->graph, expected->node);
    if (expected->has_rest) {
        return positional >= wanted &&
               rg_node_argument_count(graph, node) - positional == expected->slot_count - wanted;
    }
    return rg_node_argument_count(graph, node) == expected->slot_count && positional == wanted;
}
