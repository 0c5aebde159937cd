/*
 * graph_verify.c: checking every invariant of a graph; graph_impl.h lists them.
 *
 * The use lists are checked against a recount: the uses that arguments make are gathered for each used node, in graph
 * order, then compared with its list. Everything is linear, but for a node that reads another one in many arguments
 * after edits. A manager verifies after each pass that changed something, so this is to cost much less than a pass.
 */
#include "ir/graph_impl.h"

/* A use as the arguments tell it. */
typedef struct found_use {
    uint32_t user;
    uint32_t argument;
} found_use;

typedef struct verifier {
    const rg_graph *graph;
    uint32_t op_count; /* how many ops, types and spellings the context knows */
    uint32_t type_count;
    uint32_t call_count;
    found_use *found;
    uint32_t *end;   /* by id: behind its last found use so far */
    uint32_t *limit; /* by id: where its found uses must end; they begin as many before that as its use list has */
    uint32_t *group; /* by id of a user: where its uses of the node under check begin */
    uint32_t *stamp; /* by id of a user: for which node `group` is valid */
    uint8_t *seen;   /* a bit for each word of the pool: are items there that an argument holds? */
    uint32_t user;   /* of the argument being visited */
    uint32_t argument;
    rg_value missing;
} verifier;

static inline rg_status check_value(verifier *check, rg_value value);

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

static rg_status check_node(const verifier *check, uint32_t id)
{
    const rg_graph *graph = check->graph;
    const rg_node_record *record = &graph->records[id];
    uint32_t call = graph->calls[id];
    uint32_t named = 0;
    if (graph->op[id] == 0 || graph->op[id] > check->op_count) {
        return breach(graph, id, "its op is not one of the context");
    }
    if (!rg__map_find(&graph->nodes_by_name, graph->names[id], &named) || named != id) {
        return breach(graph, id, "its name does not lead to it");
    }
    if (graph->types[id] > check->type_count || call > check->call_count) {
        return breach(graph, id, "its type or spelling is not one of the context");
    }
    if (record->hidden > record->argument_count ||
        (uint64_t)record->arguments + record->argument_count > graph->arguments.count) {
        return breach(graph, id, "its arguments lie outside the pool");
    }
    uint32_t visible = rg__node_visible_count(graph, id);
    uint32_t positional = call == 0 ? visible : rg__call_positional_count(graph->context, call, visible);
    if (positional > visible || (call != 0 && rg__call_keyword_count(graph->context, call) != visible - positional)) {
        return breach(graph, id, "its spelling does not fit the number of its arguments");
    }
    if ((uint64_t)record->uses + record->use_count > graph->uses.count ||
        (record->use_count != 0 && record->use_count > (uint64_t)1 << record->use_class >> 1)) {
        return breach(graph, id, "its use list lies outside its block");
    }
    return RG_OK;
}

/* Kinds that have no callable have an op of their own. */
static rg_status check_kinds(const rg_graph *graph)
{
    bool placeholders_over = false;
    uint32_t output = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        uint16_t op = graph->op[id];
        if (op == rg__op_pseudo(RG_OP_PLACEHOLDER).id) {
            if (placeholders_over) {
                return breach(graph, id, "placeholders come before all other nodes");
            }
            continue;
        }
        placeholders_over = true;
        if (op == rg__op_pseudo(RG_OP_OUTPUT).id) {
            if (output != 0 || graph->next[id] != 0) {
                return breach(graph, id, "a graph has one output, which is its last node");
            }
            output = id;
        }
        if ((op == rg__op_pseudo(RG_OP_GET_ATTR).id || op == rg__op_pseudo(RG_OP_CALL_MODULE).id) &&
            graph->records[id].hidden == 0) {
            return breach(graph, id, "it has no target");
        }
    }
    if (graph->output != output) {
        return breach(graph, output, "the graph's output is another node");
    }
    return graph->nodes_by_name.count == graph->node_count ? RG_OK : breach(graph, 0, "a name leads to no node");
}

/* ---- arguments ---- */

static inline rg_status note_use(verifier *check, uint32_t id)
{
    const rg_graph *graph = check->graph;
    if (!rg__graph_alive(graph, id)) {
        return breach(graph, check->user, "it reads a node that is not in the graph");
    }
    if (graph->order[id] >= graph->order[check->user]) {
        return breach(graph, check->user, "it reads a node that does not come before it");
    }
    uint32_t place = check->end[id];
    if (place == check->limit[id]) {
        return breach(graph, id, "its use list is too long or too short");
    }
    check->found[place] = (found_use){check->user, check->argument};
    check->end[id] = place + 1;
    return RG_OK;
}

/* Items lie in the pool, hold a node, are marked as belonging to an argument, and belong to one only. */
static rg_status check_items(verifier *check, rg_value value)
{
    const rg_graph *graph = check->graph;
    uint32_t offset = rg__value_low(value);
    rg_items_header header = {0, 0, 0, 0};
    if (offset < graph->arguments.count) {
        memcpy(&header, &graph->arguments.items[offset], sizeof(header));
    }
    if (header.attached != 1 || header.kind != rg__value_high(value) ||
        (uint64_t)offset + header.count >= graph->arguments.count) {
        return breach(graph, check->user, "the items of an argument are broken");
    }
    if ((check->seen[offset / 8] & 1 << offset % 8) != 0) {
        return breach(graph, check->user, "the items of an argument belong to another one too");
    }
    check->seen[offset / 8] |= (uint8_t)(1 << offset % 8);
    bool has_nodes = false;
    for (uint32_t i = 1; i <= header.count; i++) {
        rg_value item = {graph->arguments.items[offset + i]};
        has_nodes = has_nodes || rg__value_has_nodes(item);
        rg_status status = check_value(check, item);
        if (status != RG_OK) {
            return status;
        }
    }
    return has_nodes ? RG_OK : breach(graph, check->user, "items without nodes are not interned");
}

static inline rg_status check_value(verifier *check, rg_value value)
{
    if (rg__value_is_node(value)) {
        return note_use(check, rg__value_low(value));
    }
    if (rg__value_is_items(value)) {
        return check_items(check, value);
    }
    return value.bits != check->missing.bits ? RG_OK : breach(check->graph, check->user, "an argument is missing");
}

static rg_status check_arguments(verifier *check)
{
    const rg_graph *graph = check->graph;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        const uint64_t *words = &graph->arguments.items[rg__node_arguments(graph, id)];
        uint32_t count = rg__node_visible_count(graph, id);
        check->user = id;
        for (uint32_t i = 0; i < count; i++) {
            check->argument = i;
            rg_status status = check_value(check, (rg_value){words[i]});
            if (status != RG_OK) {
                return status;
            }
        }
    }
    return RG_OK;
}

/* ---- uses ---- */

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

/* Compare one use list with the recount where they are not in the same order. */
static rg_status check_reordered(verifier *check, uint32_t id)
{
    const rg_graph *graph = check->graph;
    const rg_use_entry *entries = &graph->uses.items[graph->records[id].uses];
    uint32_t count = graph->records[id].use_count;
    const found_use *found = &check->found[check->limit[id] - count];
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
    return groups == found_groups && graph->users[id] == groups ? RG_OK
                                                                : breach(graph, id, "its number of users is wrong");
}

/* Lists that were made by inserting node after node are in graph order, as the recount is. */
static rg_status check_use_lists(verifier *check)
{
    const rg_graph *graph = check->graph;
    rg_status status = RG_OK;
    for (uint32_t id = graph->next[0]; id != 0 && status == RG_OK; id = graph->next[id]) {
        const rg_node_record *record = &graph->records[id];
        const rg_use_entry *entry = &graph->uses.items[record->uses];
        const rg_use_entry *last = entry + record->use_count;
        const found_use *found = &check->found[check->limit[id] - record->use_count];
        uint32_t groups = 0;
        uint32_t user = 0;
        if (check->end[id] != check->limit[id]) {
            return breach(graph, id, "its use list is too long or too short");
        }
        for (; entry != last && entry->user == found->user && entry->argument == found->argument; entry++, found++) {
            groups += entry->user != user ? 1 : 0;
            user = entry->user;
        }
        if (entry != last) {
            status = check_reordered(check, id);
        } else if (graph->users[id] != groups) {
            status = breach(graph, id, "its number of users is wrong");
        }
    }
    return status;
}

/* Give each node room for as many found uses as its list has. Each is a word of the pool, items being nobody else's. */
static rg_status check_all_uses(verifier *check)
{
    const rg_graph *graph = check->graph;
    const rg_allocator *allocator = &graph->context->allocator;
    size_t ids = (size_t)graph->id_count + 1;
    uint64_t listed = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        listed += graph->records[id].use_count;
    }
    if (listed > graph->arguments.count) {
        return rg__report(graph->context, RG_ERROR_GRAPH, "graph '%s': its use lists hold more than its arguments",
                          graph->name.data);
    }
    size_t found_size = (size_t)listed * sizeof(found_use);
    size_t zero_size = ids * sizeof(uint32_t) + graph->arguments.count / 8 + 1;
    size_t size = found_size + 3 * ids * sizeof(uint32_t) + zero_size;
    check->found = rg__allocate(allocator, size);
    if (check->found == NULL) {
        return rg__report_memory(graph->context);
    }
    check->end = (uint32_t *)(check->found + listed);
    check->limit = check->end + ids;
    check->group = check->limit + ids;
    check->stamp = check->group + ids;
    check->seen = (uint8_t *)(check->stamp + ids);
    memset(check->stamp, 0, zero_size);
    uint32_t made = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        check->end[id] = made;
        made += graph->records[id].use_count;
        check->limit[id] = made;
    }
    rg_status status = check_arguments(check);
    if (status == RG_OK) {
        status = check_use_lists(check);
    }
    rg__free(allocator, check->found, size);
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
    const rg_context *context = graph->context;
    verifier check = {.graph = graph,
                      .op_count = (uint32_t)rg_context_op_count(context),
                      .type_count = rg__intern_count(&context->types),
                      .call_count = rg__intern_count(&context->calls),
                      .missing = rg_value_missing()};
    rg_status status = check_list(graph);
    for (uint32_t id = graph->next[0]; id != 0 && status == RG_OK; id = graph->next[id]) {
        status = check_node(&check, id);
    }
    if (status == RG_OK) {
        status = check_kinds(graph);
    }
    if (status == RG_OK) {
        status = check_all_uses(&check);
    }
    return status == RG_OK ? check_children(graph) : status;
}
