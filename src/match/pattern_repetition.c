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

/* Who may read a node of a repetition: other nodes of it, and its list. */
static bool is_kept_inside(const rg_compilation *c, const uint32_t *owners, rg_node node, uint32_t owner)
{
    for (size_t i = 0; i < rg_node_use_count(c->graph, node); i++) {
        rg_pattern_place user = c->places[rg_node_use(c->graph, node, i).user.id];
        bool is_list = user.kind == RG_PATTERN_LIST && user.index + 1 == owner;
        if (!is_list && (user.kind != RG_PATTERN_NODE || owners[user.index] != owner)) {
            return false;
        }
    }
    return true;
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
            if (owners[j] != i + 1) {
                continue;
            }
            if (!is_kept_inside(c, owners, c->nodes[j].node, i + 1)) {
                return refuse(c, c->nodes[j].node,
                              "is made of an item of a list, and read outside of what is repeated");
            }
            locals[repetitions[i].local_count++] = j;
        }
        locals += repetitions[i].local_count;
    }
    return RG_OK;
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
    return status == RG_OK ? find_locals(c, repetitions) : status;
}
