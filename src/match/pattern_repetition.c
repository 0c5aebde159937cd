/*
 * pattern_repetition.c: the parts of a pattern that are matched once for each item of a list (rule/repetition.h): which
 * nodes they are, and what is asked of them. How they are matched: match_items.c.
 */
#include "ir/graph_impl.h"
#include "match/match_impl.h"
#include "match/pattern_impl.h"
#include "rule/repetition.h"

static rg_status refuse(const rg_compilation *c, rg_node node, const char *reason)
{
    return rg__report(c->context, RG_ERROR_RULE, "rule '%.*s': '%s' %s", (int)c->rule->name.size, c->rule->name.data,
                      rg_node_name(c->graph, node).data, reason);
}

/* What an item comes from: a captured list, or a call with several results. */
static rg_status add_item(rg_compilation *c, rg_pattern_item *items, rg_node item, uint32_t repetition)
{
    rg_node source = rg_value_as_node(rg_node_argument(c->graph, item, 0));
    rg_pattern_place place = c->places[source.id];
    bool is_list = place.kind == RG_PATTERN_INPUT && c->rule->inputs[place.index].kind == RG_RULE_INPUT_TENSOR_LIST;
    if (!is_list && place.kind != RG_PATTERN_NODE) {
        return refuse(c, item, "is an item of something that is no list");
    }
    if (c->places[item.id].kind != RG_PATTERN_NONE) {
        return refuse(c, item, "is an item of two lists");
    }
    if (rg_node_use_count(c->graph, item) < 2) {
        return refuse(c, item, "stands for the items of a list, but nothing is made of them");
    }
    c->places[item.id] = (rg_pattern_place){RG_PATTERN_ITEM, c->pattern->item_count};
    items[c->pattern->item_count++] = (rg_pattern_item){item, repetition, place};
    return RG_OK;
}

static rg_status add_repetition(rg_compilation *c, rg_repetition *repetitions, rg_pattern_item *items, rg_node list)
{
    uint32_t index = c->pattern->repetition_count++;
    rg_status status = RG_OK;
    c->places[list.id] = (rg_pattern_place){RG_PATTERN_LIST, index};
    repetitions[index] =
        (rg_repetition){.value = rg_node_argument(c->graph, list, 0), .first_item = c->pattern->item_count};
    for (size_t i = 1; i < rg_node_argument_count(c->graph, list) && status == RG_OK; i++) {
        status = add_item(c, items, rg_value_as_node(rg_node_argument(c->graph, list, i)), index);
    }
    repetitions[index].item_count = c->pattern->item_count - repetitions[index].first_item;
    return status;
}

/* The repetition of a value: 1 + its number, 0 for none. */
typedef struct rg_owner_search {
    const rg_compilation *c;
    const uint32_t *owners; /* by pattern node */
    uint32_t found;
    bool several;
    bool reads_list;
} rg_owner_search;

static rg_status find_owner(void *user, uint32_t id)
{
    rg_owner_search *search = user;
    rg_pattern_place place = search->c->places[id];
    uint32_t owner = place.kind == RG_PATTERN_ITEM   ? search->c->pattern->items[place.index].repetition + 1
                     : place.kind == RG_PATTERN_NODE ? search->owners[place.index]
                                                     : 0;
    search->reads_list = search->reads_list || place.kind == RG_PATTERN_LIST;
    search->several = search->several || (owner != 0 && search->found != 0 && owner != search->found);
    search->found = owner != 0 ? owner : search->found;
    return RG_OK;
}

/* Nodes that change nothing stand for items, too. */
static void place_what_stands_for_items(rg_compilation *c)
{
    for (rg_node node = rg_graph_first(c->graph); !rg_node_is_null(node); node = rg_graph_next(c->graph, node)) {
        if (c->places[c->stands_for[node.id]].kind == RG_PATTERN_ITEM) {
            c->places[node.id] = c->places[c->stands_for[node.id]];
        }
    }
}

/* Looks for what is read outside of the repetition to which it belongs. */
typedef struct rg_leak_search {
    const rg_compilation *c;
    const uint32_t *owners;
    uint32_t owner; /* of the reader */
    rg_node found;
} rg_leak_search;

static rg_status find_leak(void *user, uint32_t id)
{
    rg_leak_search *search = user;
    rg_pattern_place place = search->c->places[id];
    uint32_t owner = place.kind == RG_PATTERN_NODE ? search->owners[place.index] : 0;
    if (owner != 0 && owner != search->owner) {
        search->found = search->c->nodes[place.index].node;
    }
    return RG_OK;
}

/* Who may read a node of a repetition: other nodes of it, and its list. What stands for another node, or for nothing,
 * is no reader. */
static rg_status check_leaks(const rg_compilation *c, const uint32_t *owners)
{
    for (rg_node node = rg_graph_first(c->graph); !rg_node_is_null(node); node = rg_graph_next(c->graph, node)) {
        rg_pattern_place place = c->places[node.id];
        uint32_t owner = place.kind == RG_PATTERN_LIST   ? place.index + 1
                         : place.kind == RG_PATTERN_NODE ? owners[place.index]
                                                         : 0;
        rg_leak_search search = {c, owners, owner, {0}};
        for (size_t i = 0; c->stands_for[node.id] == node.id && i < rg_node_argument_count(c->graph, node); i++) {
            (void)rg__graph_visit_nodes(c->graph, rg_node_argument(c->graph, node, i), find_leak, &search);
        }
        if (!rg_node_is_null(search.found)) {
            return refuse(c, search.found, "is made of an item of a list, and read outside of what is repeated");
        }
    }
    return RG_OK;
}

static rg_status find_locals(rg_compilation *c, rg_repetition *repetitions)
{
    rg_pattern *pattern = c->pattern;
    uint32_t *owners = rg__arena_allocate_zero(&c->scratch, (pattern->node_count + 1) * sizeof(*owners));
    uint32_t *locals = rg__arena_allocate(c->arena, (pattern->node_count + 1) * sizeof(*locals));
    if (owners == NULL || locals == NULL) {
        return rg__report_memory(c->context);
    }
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        rg_owner_search search = {c, owners, 0, false, false};
        rg_node node = c->nodes[i].node;
        for (size_t j = 0; j < rg_node_argument_count(c->graph, node); j++) {
            (void)rg__graph_visit_nodes(c->graph, rg_node_argument(c->graph, node, j), find_owner, &search);
        }
        if (search.several) {
            return refuse(c, node, "is made of the items of two lists that do not go in step");
        }
        if (search.found != 0 && search.reads_list) {
            return refuse(c, node, "reads a list that is gone through, and is itself repeated");
        }
        if (search.found != 0 && rg__op_writes(c->context, rg_node_op(c->graph, node))) {
            return refuse(c, node, "writes, and cannot be repeated");
        }
        owners[i] = search.found;
    }
    for (uint32_t i = 0; i < pattern->repetition_count; i++) {
        repetitions[i].locals = locals;
        for (uint32_t j = 0; j < pattern->node_count; j++) {
            if (owners[j] == i + 1) {
                locals[repetitions[i].local_count++] = j;
            }
        }
        locals += repetitions[i].local_count;
    }
    return check_leaks(c, owners);
}

rg_status rg__pattern_find_repetitions(rg_compilation *c)
{
    size_t lists = 0;
    size_t room = 0;
    for (rg_node node = rg_graph_first(c->graph); !rg_node_is_null(node); node = rg_graph_next(c->graph, node)) {
        bool is_list = rg__node_is_marker(c->graph, node, RG_LIST_OF);
        lists += is_list ? 1 : 0;
        room += is_list ? rg_node_argument_count(c->graph, node) : 0;
    }
    if (lists == 0) {
        return RG_OK;
    }
    rg_repetition *repetitions = rg__arena_allocate_zero(c->arena, lists * sizeof(*repetitions));
    rg_pattern_item *items = rg__arena_allocate_zero(c->arena, room * sizeof(*items));
    if (repetitions == NULL || items == NULL) {
        return rg__report_memory(c->context);
    }
    rg_status status = RG_OK;
    c->pattern->repetitions = repetitions;
    c->pattern->items = items;
    for (rg_node node = rg_graph_first(c->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(c->graph, node)) {
        if (rg__node_is_marker(c->graph, node, RG_LIST_OF)) {
            status = add_repetition(c, repetitions, items, node);
        }
    }
    if (status == RG_OK) {
        place_what_stands_for_items(c);
        status = find_locals(c, repetitions);
    }
    return status;
}
