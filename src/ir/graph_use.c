/*
 * graph_use.c: use lists: blocks of 1, 2, 4, ... entries in one pool per graph, recycled by size.
 *
 * The entries of one user stand together, in the order in which they came; users stand in the order of their first use.
 * So the number of distinct users is kept by looking at neighbours.
 */
#include "ir/graph_impl.h"

static uint32_t class_capacity(uint32_t class)
{
    return class == 0 ? 0 : (uint32_t)1 << (class - 1);
}

static bool take_block(rg_graph *graph, uint32_t class, uint32_t *offset)
{
    if (graph->free_uses[class] != 0) {
        *offset = graph->free_uses[class] - 1;
        graph->free_uses[class] = graph->uses.items[*offset].user;
        return true;
    }
    uint64_t needed = (uint64_t)graph->uses.count + class_capacity(class);
    if (!rg__vector_reserve(&graph->context->allocator, &graph->uses, needed)) {
        return false;
    }
    *offset = graph->uses.count;
    memset(&graph->uses.items[*offset], 0, class_capacity(class) * sizeof(rg_use_entry));
    graph->uses.count = (uint32_t)needed;
    return true;
}

static void give_block(rg_graph *graph, uint32_t class, uint32_t offset)
{
    if (class != 0) {
        graph->uses.items[offset].user = graph->free_uses[class];
        graph->free_uses[class] = offset + 1;
    }
}

bool rg__graph_reserve_uses(rg_graph *graph, uint32_t id, uint64_t extra)
{
    rg_node_record *record = &graph->records[id];
    uint64_t needed = record->use_count + extra;
    uint32_t class = record->use_class;
    if (needed <= class_capacity(class)) {
        return true;
    }
    while (class + 1 < RG_USE_CLASSES && class_capacity(class) < needed) {
        class ++;
    }
    uint32_t offset;
    if (class_capacity(class) < needed || !take_block(graph, class, &offset)) {
        return false;
    }
    if (record->use_count != 0) {
        memcpy(&graph->uses.items[offset], &graph->uses.items[record->uses], record->use_count * sizeof(rg_use_entry));
    }
    give_block(graph, record->use_class, record->uses);
    record->uses = offset;
    record->use_class = (uint8_t) class;
    return true;
}

bool rg__graph_add_use(rg_graph *graph, uint32_t id, uint32_t user, uint32_t argument, bool fresh)
{
    rg_node_record *record = &graph->records[id];
    if (record->use_count == class_capacity(record->use_class) && !rg__graph_reserve_uses(graph, id, 1)) {
        return false;
    }
    rg_use_entry *entries = &graph->uses.items[record->uses];
    uint32_t at = record->use_count;
    while (!fresh && at > 0 && entries[at - 1].user != user) {
        at--;
    }
    if (at == 0) {
        at = record->use_count;
    }
    if (at != record->use_count) {
        memmove(&entries[at + 1], &entries[at], (record->use_count - at) * sizeof(*entries));
    }
    entries[at] = (rg_use_entry){user, (uint16_t)argument, 0};
    record->use_count++;
    graph->users[id] += at > 0 && entries[at - 1].user == user ? 0 : 1;
    return true;
}

void rg__graph_remove_use(rg_graph *graph, uint32_t id, uint32_t user, uint32_t argument, bool newest)
{
    rg_node_record *record = &graph->records[id];
    rg_use_entry *entries = &graph->uses.items[record->uses];
    for (uint32_t i = 0; i < record->use_count; i++) {
        uint32_t at = newest ? record->use_count - 1 - i : i;
        if (entries[at].user == user && entries[at].argument == argument) {
            record->use_count--;
            if (at != record->use_count) {
                memmove(&entries[at], &entries[at + 1], (record->use_count - at) * sizeof(*entries));
            }
            bool uses_still =
                (at > 0 && entries[at - 1].user == user) || (at < record->use_count && entries[at].user == user);
            graph->users[id] -= uses_still ? 0 : 1;
            return;
        }
    }
}

void rg__graph_free_uses(rg_graph *graph, uint32_t id)
{
    rg_node_record *record = &graph->records[id];
    give_block(graph, record->use_class, record->uses);
    record->use_class = 0;
    record->use_count = 0;
    record->uses = 0;
    graph->users[id] = 0;
}

/* ---- uses of a whole value ---- */

typedef struct use_change {
    rg_graph *graph;
    uint32_t user;
    uint32_t argument;
    bool flag; /* `fresh` when adding, `newest` when removing */
    uint32_t done;
    uint32_t limit; /* stop after so many */
} use_change;

static rg_status add_one(void *data, uint32_t id)
{
    use_change *change = data;
    if (!rg__graph_add_use(change->graph, id, change->user, change->argument, change->flag)) {
        return RG_ERROR_MEMORY;
    }
    change->done++;
    return RG_OK;
}

static rg_status remove_one(void *data, uint32_t id)
{
    use_change *change = data;
    if (change->done == change->limit) {
        return RG_ERROR_LIMIT;
    }
    rg__graph_remove_use(change->graph, id, change->user, change->argument, change->flag);
    change->done++;
    return RG_OK;
}

rg_status rg__graph_add_value_uses(rg_graph *graph, rg_value value, uint32_t user, uint32_t argument, bool fresh)
{
    use_change added = {graph, user, argument, fresh, 0, 0};
    if (rg__value_is_node(value)) { /* nearly always */
        return rg__graph_add_use(graph, rg__value_low(value), user, argument, fresh)
                   ? RG_OK
                   : rg__report_memory(graph->context);
    }
    if (rg__graph_visit_nodes(graph, value, add_one, &added) == RG_OK) {
        return RG_OK;
    }
    use_change removed = {graph, user, argument, true, 0, added.done};
    (void)rg__graph_visit_nodes(graph, value, remove_one, &removed);
    return rg__report_memory(graph->context);
}

void rg__graph_remove_value_uses(rg_graph *graph, rg_value value, uint32_t user, uint32_t argument, bool newest)
{
    use_change removed = {graph, user, argument, newest, 0, UINT32_MAX};
    if (rg__value_is_node(value)) {
        rg__graph_remove_use(graph, rg__value_low(value), user, argument, newest);
        return;
    }
    (void)rg__graph_visit_nodes(graph, value, remove_one, &removed);
}
