/*
 * graph_verify.c: checking every invariant of a graph; graph_impl.h lists them.
 *
 * The use lists are checked against a recount: all uses that arguments make are gathered per used node, then compared
 * with the lists. Everything is linear, but for a node that reads another one in many arguments after edits.
 */
#include "ir/graph_impl.h"

/* A use as the arguments tell it. */
typedef struct found_use {
    uint32_t user;
    uint32_t argument;
} found_use;

typedef struct verifier {
    const rg_graph *graph;
    uint32_t *start; /* by id: where its found uses begin; one more entry at the end */
    uint32_t *fill;  /* by id: how many were found so far */
    uint32_t *group; /* by id of a user: where its uses of the node under check begin */
    uint32_t *stamp; /* by id of a user: for which node `group` is valid */
    found_use *found;
    rg_map items;  /* offsets of items seen: each belongs to one argument */
    uint32_t user; /* of the argument being visited */
    uint32_t argument;
} verifier;

static rg_status breach(const rg_graph *graph, uint32_t id, const char *what)
{
    if (rg__graph_alive(graph, id)) {
        return rg__report(graph->context, RG_ERROR_GRAPH, "graph '%s', node '%s': %s", graph->name.data,
                          rg_node_name(graph, (rg_node){id}).data, what);
    }
    return rg__report(graph->context, RG_ERROR_GRAPH, "graph '%s', node id %u: %s", graph->name.data, id, what);
}

/* ---- list, names, kinds ---- */

static rg_status check_list(const rg_graph *graph)
{
    uint32_t count = 0;
    uint32_t previous = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        if (!rg__graph_alive(graph, id)) {
            return breach(graph, id, "it is linked but not in the graph");
        }
        if (graph->previous[id] != previous || ++count > graph->node_count) {
            return breach(graph, id, "its links are broken");
        }
        if (previous != 0 && graph->order[previous] >= graph->order[id]) {
            return breach(graph, id, "its order key is not above that of the node before it");
        }
        previous = id;
    }
    uint32_t alive = 0;
    for (uint32_t id = 1; id <= graph->id_count; id++) {
        alive += rg__graph_alive(graph, id) ? 1 : 0;
    }
    if (graph->previous[0] != previous || count != graph->node_count || alive != count) {
        return breach(graph, previous, "the list does not hold all nodes");
    }
    return RG_OK;
}

static rg_status check_node(const rg_graph *graph, uint32_t id)
{
    const rg_context *context = graph->context;
    const rg_node_record *record = &graph->records[id];
    uint32_t named = 0;
    if (graph->op[id] == 0 || graph->op[id] > rg_context_op_count(context)) {
        return breach(graph, id, "its op is not one of the context");
    }
    if (!rg__map_find(&graph->nodes_by_name, graph->names[id], &named) || named != id) {
        return breach(graph, id, "its name does not lead to it");
    }
    if (graph->types[id] > rg__intern_count(&context->types) || graph->calls[id] > rg__intern_count(&context->calls)) {
        return breach(graph, id, "its type or spelling is not one of the context");
    }
    if (record->hidden > record->argument_count ||
        (uint64_t)record->arguments + record->argument_count > graph->arguments.count) {
        return breach(graph, id, "its arguments lie outside the pool");
    }
    uint32_t visible = rg__node_visible_count(graph, id);
    uint32_t positional = rg__call_positional_count(context, graph->calls[id], visible);
    if (positional > visible ||
        (graph->calls[id] != 0 && rg__call_keyword_count(context, graph->calls[id]) != visible - positional)) {
        return breach(graph, id, "its spelling does not fit the number of its arguments");
    }
    if ((uint64_t)record->uses + record->use_count > graph->uses.count ||
        (record->use_count != 0 && record->use_count > (uint64_t)1 << record->use_class >> 1)) {
        return breach(graph, id, "its use list lies outside its block");
    }
    return RG_OK;
}

static rg_status check_kinds(const rg_graph *graph)
{
    bool placeholders_over = false;
    uint32_t output = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        rg_op_kind kind = rg_node_kind(graph, (rg_node){id});
        if (kind == RG_OP_PLACEHOLDER && placeholders_over) {
            return breach(graph, id, "placeholders come before all other nodes");
        }
        placeholders_over = placeholders_over || kind != RG_OP_PLACEHOLDER;
        if (kind == RG_OP_OUTPUT && (output != 0 || graph->next[id] != 0)) {
            return breach(graph, id, "a graph has one output, which is its last node");
        }
        output = kind == RG_OP_OUTPUT ? id : output;
        if ((kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE) && graph->records[id].hidden == 0) {
            return breach(graph, id, "it has no target");
        }
    }
    if (graph->output != output) {
        return breach(graph, output, "the graph's output is another node");
    }
    return graph->nodes_by_name.count == graph->node_count ? RG_OK : breach(graph, 0, "a name leads to no node");
}

/* ---- arguments and uses ---- */

static rg_status count_node(void *data, uint32_t id)
{
    verifier *check = data;
    const rg_graph *graph = check->graph;
    if (!rg__graph_alive(graph, id)) {
        return breach(graph, check->user, "it reads a node that is not in the graph");
    }
    if (graph->order[id] >= graph->order[check->user]) {
        return breach(graph, check->user, "it reads a node that does not come before it");
    }
    check->start[id]++;
    return RG_OK;
}

static rg_status record_node(void *data, uint32_t id)
{
    verifier *check = data;
    check->found[check->start[id] + check->fill[id]++] = (found_use){check->user, check->argument};
    return RG_OK;
}

static rg_status visit_arguments(verifier *check, rg_node_visitor visit)
{
    const rg_graph *graph = check->graph;
    rg_status status = RG_OK;
    for (uint32_t id = graph->next[0]; id != 0 && status == RG_OK; id = graph->next[id]) {
        uint32_t count = rg__node_visible_count(graph, id);
        check->user = id;
        for (check->argument = 0; check->argument < count && status == RG_OK; check->argument++) {
            status = rg__graph_visit_nodes(graph, rg__node_argument(graph, id, check->argument), visit, check);
        }
    }
    return status;
}

/* Items lie in the pool, hold a node, are marked as belonging to an argument, and belong to one only. */
static rg_status check_items(verifier *check, rg_value value)
{
    const rg_graph *graph = check->graph;
    if (rg_value_is_missing(value)) {
        return breach(graph, check->user, "an argument is missing");
    }
    if (!rg__value_is_items(value)) {
        return RG_OK;
    }
    uint32_t offset = rg__value_low(value);
    rg_items_header header = {0, 0, 0, 0};
    if (offset < graph->arguments.count) {
        memcpy(&header, &graph->arguments.items[offset], sizeof(header));
    }
    if (header.attached != 1 || header.kind != rg__value_high(value) ||
        (uint64_t)offset + header.count >= graph->arguments.count) {
        return breach(graph, check->user, "the items of an argument are broken");
    }
    if (rg__map_find(&check->items, offset, &(uint32_t){0})) {
        return breach(graph, check->user, "the items of an argument belong to another one too");
    }
    if (!rg__map_set(&graph->context->allocator, &check->items, offset, 0)) {
        return rg__report_memory(graph->context);
    }
    bool has_nodes = false;
    rg_status status = RG_OK;
    for (uint32_t i = 1; i <= header.count && status == RG_OK; i++) {
        rg_value item = {graph->arguments.items[offset + i]};
        has_nodes = has_nodes || rg__value_has_nodes(item);
        status = check_items(check, item);
    }
    return status == RG_OK && !has_nodes ? breach(graph, check->user, "items without nodes are not interned") : status;
}

static rg_status check_all_items(verifier *check)
{
    const rg_graph *graph = check->graph;
    rg_status status = RG_OK;
    for (uint32_t id = graph->next[0]; id != 0 && status == RG_OK; id = graph->next[id]) {
        check->user = id;
        uint32_t count = rg__node_visible_count(graph, id);
        for (uint32_t i = 0; i < count && status == RG_OK; i++) {
            status = check_items(check, rg__node_argument(graph, id, i));
        }
    }
    return status;
}

/* Are the entries, all by one user, a rearrangement of the found uses? Mostly they are in the same order. */
static bool same_arguments(const rg_use_entry *entries, const found_use *found, uint32_t count)
{
    uint32_t same = 0;
    while (same < count && entries[same].argument == found[same].argument) {
        same++;
    }
    for (uint32_t i = same; i < count; i++) {
        uint32_t listed = 0;
        uint32_t made = 0;
        for (uint32_t j = same; j < count; j++) {
            listed += entries[j].argument == entries[i].argument ? 1 : 0;
            made += found[j].argument == entries[i].argument ? 1 : 0;
        }
        if (listed != made) {
            return false;
        }
    }
    return true;
}

/* Compare one use list with the recount. */
static rg_status check_uses(verifier *check, uint32_t id)
{
    const rg_graph *graph = check->graph;
    const rg_use_entry *entries = &graph->uses.items[graph->records[id].uses];
    const found_use *found = &check->found[check->start[id]];
    uint32_t count = check->fill[id];
    if (graph->records[id].use_count != count) {
        return breach(graph, id, "its use list is too long or too short");
    }
    uint32_t found_groups = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || found[i].user != found[i - 1].user) {
            check->group[found[i].user] = i;
            check->stamp[found[i].user] = id;
            found_groups++;
        }
    }
    uint32_t groups = 0;
    for (uint32_t i = 0; i < count;) {
        uint32_t user = entries[i].user;
        uint32_t size = 1;
        while (i + size < count && entries[i + size].user == user) {
            size++;
        }
        if (!rg__graph_alive(graph, user) || check->stamp[user] != id) {
            return breach(graph, id, "its use list names a node that does not read it, or one twice");
        }
        uint32_t first = check->group[user];
        check->stamp[user] = 0;
        if (first + size > count || found[first + size - 1].user != user ||
            !same_arguments(&entries[i], &found[first], size)) {
            return breach(graph, id, "its use list names an argument that does not read it");
        }
        groups++;
        i += size;
    }
    if (groups != found_groups || graph->users[id] != groups) {
        return breach(graph, id, "its number of users is wrong");
    }
    return RG_OK;
}

static rg_status check_use_lists(verifier *check)
{
    const rg_graph *graph = check->graph;
    size_t ids = (size_t)graph->id_count + 2;
    uint32_t *block = rg__allocate(&graph->context->allocator, ids * 4 * sizeof(*block));
    if (block == NULL) {
        return rg__report_memory(graph->context);
    }
    memset(block, 0, ids * 4 * sizeof(*block));
    check->start = block;
    check->fill = block + ids;
    check->group = block + 2 * ids;
    check->stamp = block + 3 * ids;
    rg_status status = visit_arguments(check, count_node);
    uint64_t made = 0;
    for (size_t id = 0; id < ids; id++) {
        uint32_t count = check->start[id];
        check->start[id] = (uint32_t)made;
        made += count;
    }
    size_t found_size = (size_t)(made + 1) * sizeof(*check->found);
    check->found = status == RG_OK ? rg__allocate(&graph->context->allocator, found_size) : NULL;
    if (status == RG_OK && check->found == NULL) {
        status = rg__report_memory(graph->context);
    }
    if (status == RG_OK) {
        (void)visit_arguments(check, record_node);
        for (uint32_t id = graph->next[0]; id != 0 && status == RG_OK; id = graph->next[id]) {
            status = check_uses(check, id);
        }
    }
    rg__free(&graph->context->allocator, check->found, found_size);
    rg__free(&graph->context->allocator, block, ids * 4 * sizeof(*block));
    return status;
}

/* ---- children ---- */

static rg_status check_children(const rg_graph *graph)
{
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < graph->children.count && status == RG_OK; i++) {
        const rg_graph *child = graph->children.items[i];
        if (child->parent != graph || child->context != graph->context ||
            rg_graph_find_child(graph, child->name) != child) {
            return rg__report(graph->context, RG_ERROR_GRAPH, "graph '%s': its submodule '%s' is not its own",
                              graph->name.data, child->name.data);
        }
        status = rg_graph_verify(child);
    }
    return status;
}

rg_status rg_graph_verify(const rg_graph *graph)
{
    verifier check;
    memset(&check, 0, sizeof(check));
    check.graph = graph;
    rg_status status = check_list(graph);
    for (uint32_t id = graph->next[0]; id != 0 && status == RG_OK; id = graph->next[id]) {
        status = check_node(graph, id);
    }
    if (status == RG_OK) {
        status = check_kinds(graph);
    }
    if (status == RG_OK) {
        status = check_all_items(&check);
    }
    if (status == RG_OK) {
        status = check_use_lists(&check);
    }
    if (status == RG_OK) {
        status = check_children(graph);
    }
    rg__map_free(&graph->context->allocator, &check.items);
    return status;
}
