/*
 * graph_compact.c: giving back the memory of erased nodes and old argument values, ids in list order.
 *
 * The graph is written anew into fresh arrays, which replace the old ones at the end: a failure leaves it as it was.
 */
#include "ir/graph_impl.h"

typedef struct compaction {
    const rg_graph *from;
    rg_graph to;      /* only the storage is used */
    uint32_t *new_id; /* by old id */
} compaction;

/* Words that a value takes in the pool besides its own. */
static uint64_t items_words(const rg_graph *graph, rg_value value)
{
    if (!rg__value_is_items(value)) {
        return 0;
    }
    size_t count = rg_value_count(graph->context, graph, value);
    uint64_t words = count + 1;
    for (size_t i = 0; i < count; i++) {
        words += items_words(graph, rg_value_item(graph->context, graph, value, i));
    }
    return words;
}

static uint32_t use_class(uint32_t count)
{
    uint32_t class = 0;
    while (class != 0 ? (uint32_t)1 << (class - 1) < count : count != 0) {
        class ++;
    }
    return class;
}

/* Number the nodes, and make room for exactly what they need. */
static bool prepare(compaction *job)
{
    const rg_graph *from = job->from;
    const rg_allocator *allocator = &from->context->allocator;
    uint64_t words = 0;
    uint64_t uses = 0;
    uint32_t next_id = 0;
    for (uint32_t id = from->next[0]; id != 0; id = from->next[id]) {
        job->new_id[id] = ++next_id;
        const rg_node_record *record = &from->records[id];
        words += record->argument_count;
        for (uint32_t i = 0; i < record->argument_count; i++) {
            words += items_words(from, (rg_value){from->arguments.items[record->arguments + i]});
        }
        uint32_t class = use_class(record->use_count);
        uses += class == 0 ? 0 : (uint64_t)1 << (class - 1);
    }
    return rg__graph_resize_block(&job->to, from->node_count) &&
           rg__vector_reserve(allocator, &job->to.arguments, words) &&
           rg__vector_reserve(allocator, &job->to.uses, uses);
}

/* The value with nodes renumbered; items go to the end of the new pool. */
static rg_value move_value(compaction *job, rg_value value)
{
    if (rg__value_is_node(value)) {
        return rg_value_node((rg_node){job->new_id[rg__value_low(value)]});
    }
    if (!rg__value_is_items(value)) {
        return value;
    }
    const uint64_t *old = &job->from->arguments.items[rg__value_low(value)];
    rg_items_header header;
    memcpy(&header, old, sizeof(header));
    uint32_t offset = job->to.arguments.count;
    job->to.arguments.count += header.count + 1;
    job->to.arguments.items[offset] = old[0];
    for (uint32_t i = 1; i <= header.count; i++) {
        job->to.arguments.items[offset + i] = move_value(job, (rg_value){old[i]}).bits;
    }
    return rg__value_make(RG_TAG_ITEMS, header.kind, offset);
}

static void move_arguments(compaction *job, const rg_node_record *old, rg_node_record *record)
{
    record->arguments = job->to.arguments.count;
    job->to.arguments.count += old->argument_count;
    for (uint32_t i = 0; i < old->argument_count; i++) {
        rg_value value = {job->from->arguments.items[old->arguments + i]};
        uint64_t bits = move_value(job, value).bits;
        job->to.arguments.items[record->arguments + i] = bits;
    }
}

static void move_uses(compaction *job, const rg_node_record *old, rg_node_record *record)
{
    uint32_t class = use_class(old->use_count);
    uint32_t room = class == 0 ? 0 : (uint32_t)1 << (class - 1);
    record->use_class = (uint8_t) class;
    record->uses = job->to.uses.count;
    for (uint32_t i = 0; i < room; i++) {
        rg_use_entry entry = {0, 0, 0};
        if (i < old->use_count) {
            entry = job->from->uses.items[old->uses + i];
            entry.user = job->new_id[entry.user];
        }
        job->to.uses.items[job->to.uses.count++] = entry;
    }
}

static void move_nodes(compaction *job)
{
    const rg_graph *from = job->from;
    rg_graph *to = &job->to;
    for (uint32_t old = from->next[0]; old != 0; old = from->next[old]) {
        uint32_t id = job->new_id[old];
#define COPY(array) to->array[id] = from->array[old];
        RG_GRAPH_ARRAYS(COPY)
#undef COPY
        to->next[id] = id == from->node_count ? 0 : id + 1;
        to->previous[id] = id - 1;
        move_arguments(job, &from->records[old], &to->records[id]);
        move_uses(job, &from->records[old], &to->records[id]);
    }
    to->next[0] = from->node_count == 0 ? 0 : 1;
    to->previous[0] = from->node_count;
}

/* Hand the new storage over; what remains in `from` and `to` belongs to the old one. */
static void exchange(rg_graph *graph, rg_graph *to)
{
    rg_graph old = *graph;
    graph->block = to->block;
    graph->capacity = to->capacity;
#define TAKE(array) graph->array = to->array;
    RG_GRAPH_ARRAYS(TAKE)
#undef TAKE
    memcpy(&graph->arguments, &to->arguments, sizeof(graph->arguments));
    memcpy(&graph->uses, &to->uses, sizeof(graph->uses));
    memset(graph->free_uses, 0, sizeof(graph->free_uses));
    to->block = old.block;
    to->capacity = old.capacity;
    memcpy(&to->arguments, &old.arguments, sizeof(to->arguments));
    memcpy(&to->uses, &old.uses, sizeof(to->uses));
}

rg_status rg_graph_compact(rg_graph *graph)
{
    const rg_allocator *allocator = &graph->context->allocator;
    size_t map_size = ((size_t)graph->id_count + 1) * sizeof(uint32_t);
    compaction job;
    memset(&job, 0, sizeof(job));
    job.from = graph;
    job.to.context = graph->context;
    job.new_id = rg__allocate(allocator, map_size);
    if (job.new_id == NULL) {
        return rg__report_memory(graph->context);
    }
    memset(job.new_id, 0, map_size);
    rg_status status =
        prepare(&job) ? rg__layout_renumber(graph, job.new_id, graph->id_count + 1) : rg__report_memory(graph->context);
    if (status != RG_OK) {
        goto done;
    }
    move_nodes(&job);
    graph->output = graph->output == 0 ? 0 : job.new_id[graph->output];
    exchange(graph, &job.to);
    graph->id_count = graph->node_count;
    rg__graph_renumber(graph);
    for (uint32_t id = 1; id <= graph->id_count; id++) {
        /* The name is there already, so this needs no memory. */
        (void)rg__map_set(allocator, &graph->nodes_by_name, graph->names[id], id);
    }
done:
    rg__free(allocator, job.new_id, map_size);
    rg__vector_free(allocator, &job.to.arguments);
    rg__vector_free(allocator, &job.to.uses);
    rg__free(allocator, job.to.block, job.to.block == NULL ? 0 : rg__graph_block_size(graph, job.to.capacity));
    for (uint32_t i = 0; i < graph->children.count && status == RG_OK; i++) {
        status = rg_graph_compact(graph->children.items[i]);
    }
    return status;
}
