/*
 * graph_rewire.c: redirecting uses, erasing and moving nodes. Inserting: graph_edit.c.
 */
#include "ir/graph_impl.h"

/* ---- redirecting uses ---- */

typedef struct redirection {
    rg_graph *graph;
    uint32_t from;
    rg_value to;
    const rg_node *except;
    size_t except_count;
} redirection;

static bool is_affected(const redirection *job, uint32_t user)
{
    for (size_t i = 0; i < job->except_count; i++) {
        if (job->except[i].id == user) {
            return false;
        }
    }
    return true;
}

static rg_status stop_at_node(void *data, uint32_t id)
{
    return *(const uint32_t *)data == id ? RG_ERROR_GRAPH : RG_OK;
}

/* Does `user` read `id` in any argument? */
static bool reads(const rg_graph *graph, uint32_t user, uint32_t id)
{
    uint32_t count = rg__node_visible_count(graph, user);
    for (uint32_t i = 0; i < count; i++) {
        if (rg__graph_visit_nodes(graph, rg__node_argument(graph, user, i), stop_at_node, &id) != RG_OK) {
            return true;
        }
    }
    return false;
}

/* Make one use a use of `to`. */
static void redirect_use(rg_graph *graph, rg_use_entry entry, uint32_t from, uint32_t to)
{
    uint64_t *argument = &graph->arguments.items[rg__node_arguments(graph, entry.user) + entry.argument];
    rg__graph_redirect_value(graph, (rg_value *)argument, from, to);
}

/* To a node that nothing reads: it takes the whole block of use entries, and gives its own in return. */
static void hand_uses_over(rg_graph *graph, uint32_t from, uint32_t to)
{
    rg_node_record *old = &graph->records[from];
    rg_node_record *taker = &graph->records[to];
    rg_node_record given = *old;
    for (uint32_t i = 0; i < old->use_count; i++) {
        redirect_use(graph, graph->uses.items[old->uses + i], from, to);
    }
    old->uses = taker->uses;
    old->use_class = taker->use_class;
    old->use_count = 0;
    taker->uses = given.uses;
    taker->use_class = given.use_class;
    taker->use_count = given.use_count;
    graph->users[to] = graph->users[from];
    graph->users[from] = 0;
}

/* To a node: the words are overwritten where they stand, and the use entries handed over. */
static rg_status redirect_to_node(const redirection *job)
{
    rg_graph *graph = job->graph;
    uint32_t to = rg__value_low(job->to);
    rg_node_record *record = &graph->records[job->from];
    if (graph->records[to].use_count == 0 && job->except_count == 0) {
        hand_uses_over(graph, job->from, to);
        return RG_OK;
    }
    if (!rg__graph_reserve_uses(graph, to, record->use_count)) {
        return rg__report_memory(graph->context);
    }
    uint32_t kept = 0;
    uint32_t kept_users = 0;
    uint32_t last = 0;        /* the user of the entry before this one: entries of one user stand together */
    bool last_is_new = false; /* ... has only just become a user of `to` */
    bool last_affected = false;
    for (uint32_t i = 0; i < record->use_count; i++) {
        rg_use_entry entry = graph->uses.items[record->uses + i];
        if (entry.user != last) {
            last = entry.user;
            last_affected = is_affected(job, entry.user);
            last_is_new = last_affected && !reads(graph, entry.user, to);
            kept_users += last_affected ? 0 : 1;
        }
        if (!last_affected) {
            graph->uses.items[record->uses + kept++] = entry;
            continue;
        }
        redirect_use(graph, entry, job->from, to);
        (void)rg__graph_add_use(graph, to, entry.user, entry.argument, last_is_new);
    }
    record->use_count = kept;
    graph->users[job->from] = kept_users;
    return RG_OK;
}

/* One argument to change, and what it becomes. */
typedef struct replacement {
    uint32_t user;
    uint32_t argument;
    rg_value value;
} replacement;

typedef RG_VECTOR(replacement) replacement_list;

/* The affected arguments, each once, with their new values made. */
static rg_status collect_replacements(const redirection *job, replacement_list *list)
{
    rg_graph *graph = job->graph;
    rg_status status = RG_OK;
    uint32_t count = graph->records[job->from].use_count;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        rg_use_entry entry = graph->uses.items[graph->records[job->from].uses + i];
        bool seen = false;
        for (uint32_t j = list->count; j > 0 && list->items[j - 1].user == entry.user; j--) {
            seen = seen || list->items[j - 1].argument == entry.argument;
        }
        if (seen || !is_affected(job, entry.user)) {
            continue;
        }
        replacement change = {entry.user, entry.argument, rg_value_missing()};
        rg_value old = rg__node_argument(graph, entry.user, entry.argument);
        status = rg__graph_substitute_value(&change.value, graph, old, job->from, job->to);
        if (status == RG_OK) {
            status = rg__graph_attach_value(graph, &change.value);
        }
        if (status == RG_OK && !rg__vector_push(&graph->context->allocator, list, change)) {
            status = rg__report_memory(graph->context);
        }
    }
    return status;
}

/* To anything else: the arguments are made anew, their uses entered, and the old uses removed. */
static rg_status redirect_to_value(const redirection *job)
{
    rg_graph *graph = job->graph;
    replacement_list list = {0};
    rg_status status = collect_replacements(job, &list);
    for (uint32_t i = 0; i < list.count && status == RG_OK; i++) {
        replacement *change = &list.items[i];
        status = rg__graph_add_value_uses(graph, change->value, change->user, change->argument, false);
        if (status != RG_OK) {
            while (i-- > 0) {
                change = &list.items[i];
                rg__graph_remove_value_uses(graph, change->value, change->user, change->argument, true);
            }
            break;
        }
    }
    for (uint32_t i = 0; i < list.count && status == RG_OK; i++) {
        replacement *change = &list.items[i];
        rg_value old = rg__node_argument(graph, change->user, change->argument);
        rg__graph_remove_value_uses(graph, old, change->user, change->argument, false);
        graph->arguments.items[rg__node_arguments(graph, change->user) + change->argument] = change->value.bits;
    }
    rg__vector_free(&graph->context->allocator, &list);
    return status;
}

rg_status rg_graph_replace_uses(rg_graph *graph, rg_node from, rg_value to, const rg_node *except, size_t except_count)
{
    rg_context *context = graph->context;
    if (!rg__graph_alive(graph, from.id)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "the node to replace is not in the graph");
    }
    if (rg__value_is_node(to) && rg__value_low(to) == from.id) {
        return RG_OK;
    }
    rg_status status = rg__graph_check_argument(graph, 0, to);
    if (status != RG_OK) {
        return status;
    }
    redirection job = {graph, from.id, to, except, except_count};
    return rg__value_is_node(to) ? redirect_to_node(&job) : redirect_to_value(&job);
}

/* ---- erasing and moving ---- */

/* The name may be another's by now, or still: rg__graph_insert_heir. */
static void forget_name(rg_graph *graph, uint32_t id)
{
    uint32_t named = 0;
    if (graph->names[id] != 0 && rg__map_find(&graph->nodes_by_name, graph->names[id], &named) && named == id) {
        (void)rg__map_remove(&graph->nodes_by_name, graph->names[id]);
    }
}

rg_status rg_graph_erase(rg_graph *graph, rg_node node)
{
    if (!rg__graph_alive(graph, node.id)) {
        return rg__report(graph->context, RG_ERROR_ARGUMENT, "the node to erase is not in the graph");
    }
    if (graph->records[node.id].use_count != 0) {
        return rg__report(graph->context, RG_ERROR_GRAPH, "'%s' still has %u users", rg_node_name(graph, node).data,
                          graph->users[node.id]);
    }
    uint32_t count = rg__node_visible_count(graph, node.id);
    for (uint32_t i = count; i > 0; i--) {
        rg__graph_remove_value_uses(graph, rg__node_argument(graph, node.id, i - 1), node.id, i - 1, true);
    }
    rg__graph_free_uses(graph, node.id);
    rg__layout_erase(graph, node, (rg_node){graph->next[node.id]});
    rg__graph_unlink(graph, node.id);
    forget_name(graph, node.id);
    graph->flags[node.id] = 0;
    graph->node_count--;
    graph->output = graph->output == node.id ? 0 : graph->output;
    return RG_OK;
}

/* No user of `id` may come before `before` (0: the end). */
static rg_status check_users_follow(const rg_graph *graph, uint32_t id, uint32_t before)
{
    const rg_node_record *record = &graph->records[id];
    for (uint32_t i = 0; i < record->use_count; i++) {
        uint32_t user = graph->uses.items[record->uses + i].user;
        if (before == 0 || graph->order[user] < graph->order[before]) {
            return rg__report(graph->context, RG_ERROR_GRAPH, "'%s' would come after its user '%s'",
                              rg_node_name(graph, (rg_node){id}).data, rg_node_name(graph, (rg_node){user}).data);
        }
    }
    return RG_OK;
}

rg_status rg_graph_move_before(rg_graph *graph, rg_node node, rg_node before)
{
    if (!rg__graph_alive(graph, node.id) || node.id == graph->output) {
        return rg__report(graph->context, RG_ERROR_ARGUMENT, "the node to move is not in the graph, or its output");
    }
    uint32_t place = before.id;
    rg_status status = RG_OK;
    if (place == node.id || (place != 0 && place == graph->next[node.id])) {
        return RG_OK;
    }
    status = rg__graph_resolve_place(&place, graph, node.id, before);
    uint32_t count = rg__node_visible_count(graph, node.id);
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        status = rg__graph_check_argument(graph, place, rg__node_argument(graph, node.id, i));
    }
    if (status == RG_OK) {
        status = check_users_follow(graph, node.id, place);
    }
    if (status == RG_OK) {
        rg__graph_unlink(graph, node.id);
        rg__graph_link_after(graph, node.id, place == 0 ? graph->previous[0] : graph->previous[place]);
    }
    return status;
}
