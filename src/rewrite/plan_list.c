/*
 * plan_list.c: the part of a replacement that is made once for each item of a captured list (rule/repetition.h). The
 * nodes of each item have images of their own; what the list comes to is the images of its values.
 */
#include "rewrite/rewrite_impl.h"
#include "rule/repetition.h"

static rg_status mark_if_local(void *user, uint32_t id)
{
    const uint32_t *owners = user;
    return owners[id] == 0 ? RG_OK : RG_ERROR_GRAPH;
}

/* Does an argument of the node depend on an item? */
static uint32_t owner_of(const uint32_t *owners, const rg_graph *graph, rg_node node)
{
    size_t count = rg_node_argument_count(graph, node);
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg_node_argument(graph, node, i);
        if (rg__graph_visit_nodes(graph, value, mark_if_local, (void *)owners) != RG_OK) {
            rg_node source = rg_value_as_node(value);
            return rg_node_is_null(source) ? 1 : owners[source.id];
        }
    }
    return 0;
}

rg_status rg__rewrite_find_locals(uint32_t **out, const rg_rule *rule, rg_arena *arena)
{
    const rg_graph *graph = rule->replacement;
    uint32_t *owners = rg__arena_allocate_zero(arena, ((size_t)graph->id_count + 1) * sizeof(*owners));
    *out = owners;
    if (owners == NULL) {
        return rg__report_memory(graph->context);
    }
    if (!rule->compiled->replaces_lists) {
        return RG_OK;
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg__node_is_marker(graph, node, RG_ITEM_OF)) {
            owners[node.id] = 1;
        } else if (!rg__node_is_marker(graph, node, RG_LIST_OF)) {
            owners[node.id] = owner_of(owners, graph, node);
        }
    }
    return RG_OK;
}

/* How many items the lists have that go in step. */
static rg_status count_items(size_t *out, rg_rewrite *rewrite, rg_node list)
{
    const rg_graph *graph = rewrite->rule->replacement;
    for (size_t i = 1; i < rg_node_argument_count(graph, list); i++) {
        rg_node item = rg_value_as_node(rg_node_argument(graph, list, i));
        rg_node source = rg_value_as_node(rg_node_argument(graph, item, 0));
        size_t count = rg_value_count(rewrite->context, rewrite->graph, rewrite->images[source.id].value);
        if (i > 1 && count != *out) {
            return rg__report(rewrite->context, RG_ERROR_RULE, "rule '%.*s': lists of %zu and %zu items go in step",
                              (int)rewrite->rule->name.size, rewrite->rule->name.data, *out, count);
        }
        *out = count;
    }
    return RG_OK;
}

/* Which nodes are of this list: those that its value needs and that depend on an item. */
static void mark_needed(const rg_rewrite *rewrite, bool *needed, rg_node list)
{
    const rg_graph *graph = rewrite->rule->replacement;
    needed[rg_value_as_node(rg_node_argument(graph, list, 0)).id] = true;
    for (rg_node node = rg_graph_previous(graph, list); !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        if (!needed[node.id] || rewrite->template->locals[node.id] == 0) {
            needed[node.id] = false;
            continue;
        }
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            (void)rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), rg__rewrite_mark, needed);
        }
    }
}

rg_status rg__rewrite_mark(void *user, uint32_t id)
{
    bool *needed = user;
    needed[id] = true;
    return RG_OK;
}

/* The images of one item's nodes. */
static rg_status plan_item(rg_rewrite *rewrite, rg_node list, const bool *needed, size_t number)
{
    const rg_graph *graph = rewrite->rule->replacement;
    rg_status status = RG_OK;
    for (size_t i = 1; i < rg_node_argument_count(graph, list); i++) {
        rg_node item = rg_value_as_node(rg_node_argument(graph, list, i));
        rg_node source = rg_value_as_node(rg_node_argument(graph, item, 0));
        rg_value value = rg_value_item(rewrite->context, rewrite->graph, rewrite->images[source.id].value, number);
        rewrite->images[item.id] = (rg_operand){.value = value};
    }
    const rg_template_node *nodes = rewrite->template->nodes;
    for (uint32_t i = 0; !rg_node_same(nodes[i].node, list) && status == RG_OK; i++) {
        if (needed[nodes[i].node.id] && !rg__node_is_repetition(graph, nodes[i].node)) {
            status = rg__rewrite_plan_node(rewrite, &nodes[i]);
        }
    }
    return status;
}

rg_status rg__rewrite_plan_list(rg_rewrite *rewrite, rg_node list)
{
    const rg_graph *graph = rewrite->rule->replacement;
    size_t room = (size_t)graph->id_count + 1;
    rg_node value = rg_value_as_node(rg_node_argument(graph, list, 0));
    rg_operand *shared = rewrite->images;
    size_t count = 0;
    rg_status status = count_items(&count, rewrite, list);
    if (status != RG_OK) {
        return status;
    }
    bool *needed = rg__arena_allocate_zero(&rewrite->arena, room * sizeof(*needed));
    rg_operand *items = rg__arena_allocate_zero(&rewrite->arena, (count + 1) * sizeof(*items));
    if (needed == NULL || items == NULL) {
        return rg__report_memory(rewrite->context);
    }
    mark_needed(rewrite, needed, list);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_operand *images = rg__arena_allocate(&rewrite->arena, room * sizeof(*images));
        if (images == NULL) {
            status = rg__report_memory(rewrite->context);
            break;
        }
        memcpy(images, shared, room * sizeof(*images));
        rewrite->images = images;
        rewrite->item_images = images;
        status = plan_item(rewrite, list, needed, i);
        items[i] = images[value.id];
        rewrite->images = shared;
        rewrite->item_images = NULL;
    }
    rewrite->images[list.id] = (rg_operand){.items = items, .item_count = count};
    return status;
}
