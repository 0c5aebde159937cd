/*
 * pattern_noops.c: nodes of a pattern that need not be found, because they provably change nothing whatever is bound,
 * or because a reshape is all that reads them and they only reshape. What reads such a node reads what it stands for.
 *
 * Results are always found, and so is what has an effect on what the match binds: a node that reads a captured scalar.
 */
#include "match/pattern_impl.h"
#include "ops/noop.h"

typedef struct rg_noop_search {
    rg_compilation *compilation;
    rg_context *context;
    rg_graph *graph;
    bool *is_result;     /* by node id, like the others */
    bool *only_reshaped; /* all that reads it reshapes it again */
    bool *needed;
} rg_noop_search;

bool rg__value_names_node(const rg_context *context, const rg_graph *graph, rg_value value)
{
    size_t count = rg_value_count(context, graph, value);
    for (size_t i = 0; i < count; i++) {
        if (rg__value_names_node(context, graph, rg_value_item(context, graph, value, i))) {
            return true;
        }
    }
    return rg_value_get_kind(value) == RG_VALUE_NODE;
}

/* Is the data the only node that it reads, and at one place? */
static bool reads_data_only(const rg_noop_search *search, rg_node node)
{
    size_t count = rg_node_argument_count(search->graph, node);
    size_t readings = 0;
    for (size_t i = 0; i < count; i++) {
        rg_value argument = rg_node_argument(search->graph, node, i);
        readings += rg__value_names_node(search->context, search->graph, argument) ? 1 : 0;
    }
    return readings == 1 && !rg_node_is_null(rg__noop_data(search->graph, node));
}

static bool is_reshape(const rg_noop_search *search, rg_node node)
{
    return (rg__node_traits(search->graph, node) & RG_TRAIT_RESHAPES) != 0 && reads_data_only(search, node) &&
           rg_type_get_kind(search->context, rg_node_type(search->graph, node)) == RG_TYPE_TENSOR;
}

/* A size in the arguments may be all that tells what an int input is. */
static bool may_be_left_out(const rg_noop_search *search, rg_node node)
{
    const rg_rule *rule = search->compilation->rule;
    bool possible = rule->see_through && !search->is_result[node.id] && reads_data_only(search, node);
    for (size_t i = 0; i < rule->input_count && possible; i++) {
        possible = rule->inputs[i].kind != RG_RULE_INPUT_INT;
    }
    return possible;
}

/* From the first node to the last: what provably changes nothing. */
static rg_status find_unchanged(rg_noop_search *search)
{
    uint32_t *stands_for = search->compilation->stands_for;
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(search->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(search->graph, node)) {
        rg_node source = {0};
        bool written = false;
        if (!may_be_left_out(search, node)) {
            continue;
        }
        status = rg__noop_source(&source, search->graph, node);
        if (status == RG_OK && !rg_node_is_null(source)) {
            status = rg__written_memory(&written, search->graph, node);
        }
        if (status == RG_OK && !rg_node_is_null(source) && !written) {
            stands_for[node.id] = source.id;
        }
    }
    return status;
}

static bool all_readers_reshape(const rg_noop_search *search, rg_node node)
{
    size_t count = rg_node_use_count(search->graph, node);
    for (size_t i = 0; i < count; i++) {
        rg_node user = rg_node_use(search->graph, node, i).user;
        bool stands_aside = search->compilation->stands_for[user.id] == node.id && search->only_reshaped[user.id];
        if (!is_reshape(search, user) && !stands_aside) {
            return false;
        }
    }
    return count != 0;
}

/* From the last node to the first: reshapes that only reshapes read. */
static rg_status find_reshaped(rg_noop_search *search)
{
    uint32_t *stands_for = search->compilation->stands_for;
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_last(search->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_previous(search->graph, node)) {
        bool written = true;
        search->only_reshaped[node.id] = !search->is_result[node.id] && all_readers_reshape(search, node);
        if (search->only_reshaped[node.id] && stands_for[node.id] == node.id && is_reshape(search, node) &&
            may_be_left_out(search, node)) {
            status = rg__written_memory(&written, search->graph, node);
            stands_for[node.id] = written ? node.id : rg__noop_data(search->graph, node).id;
        }
    }
    return status;
}

static void need_nodes(rg_noop_search *search, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        search->needed[search->compilation->stands_for[rg_value_as_node(value).id]] = true;
    }
    size_t count = rg_value_count(search->context, search->graph, value);
    for (size_t i = 0; i < count; i++) {
        need_nodes(search, rg_value_item(search->context, search->graph, value, i));
    }
}

/* What only left-out nodes have read is left out with them. */
static void find_needed(rg_noop_search *search)
{
    uint32_t *stands_for = search->compilation->stands_for;
    for (rg_node node = rg_graph_first(search->graph); !rg_node_is_null(node);
         node = rg_graph_next(search->graph, node)) {
        stands_for[node.id] = stands_for[stands_for[node.id]]; /* inputs come first, so two steps reach the end */
    }
    for (rg_node node = rg_graph_last(search->graph); !rg_node_is_null(node);
         node = rg_graph_previous(search->graph, node)) {
        bool stays = stands_for[node.id] == node.id;
        bool is_read = rg_node_use_count(search->graph, node) != 0;
        if (stays && is_read && !search->needed[node.id] && rg_node_kind(search->graph, node) != RG_OP_PLACEHOLDER) {
            stands_for[node.id] = 0;
            continue;
        }
        for (size_t i = 0; stays && i < rg_node_argument_count(search->graph, node); i++) {
            need_nodes(search, rg_node_argument(search->graph, node, i));
        }
    }
}

rg_status rg__pattern_find_noops(rg_compilation *c)
{
    size_t count = (size_t)rg__largest_node_id(c->graph) + 1;
    rg_noop_search search = {.compilation = c, .context = c->context, .graph = c->graph};
    c->stands_for = rg__arena_allocate(&c->scratch, count * sizeof(*c->stands_for));
    if (c->stands_for == NULL) {
        return rg__report_memory(c->context);
    }
    for (uint32_t i = 0; i < count; i++) {
        c->stands_for[i] = i;
    }
    if (!c->rule->see_through) {
        return RG_OK;
    }
    search.is_result = rg__arena_allocate_zero(&c->scratch, count);
    search.only_reshaped = rg__arena_allocate_zero(&c->scratch, count);
    search.needed = rg__arena_allocate_zero(&c->scratch, count);
    if (search.is_result == NULL || search.only_reshaped == NULL || search.needed == NULL) {
        return rg__report_memory(c->context);
    }
    for (size_t i = 0; i < rg__output_count(c->graph); i++) {
        search.is_result[rg_value_as_node(rg__output_item(c->graph, i)).id] = true;
    }
    rg_status status = find_unchanged(&search);
    if (status == RG_OK) {
        status = find_reshaped(&search);
    }
    if (status == RG_OK) {
        find_needed(&search);
    }
    return status;
}
