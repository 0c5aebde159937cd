/*
 * graph_sort.c: stable topological sort.
 *
 * Nodes are taken in list order. One whose inputs are all placed is placed; another is parked under the last of its
 * inputs that is not, and taken up again, before what follows in the list, when that input is placed. So nodes move no
 * further than they must. This is the order that Inductor's stable_topological_sort gives.
 *
 * Linear in nodes and uses: a node that is taken up again goes on looking for missing inputs where it stopped, since
 * the inputs behind that place have stayed placed.
 */
#include "ir/graph_impl.h"

typedef struct sorter {
    const rg_graph *graph;
    uint32_t *first_input;  /* by id: where the node's inputs begin in `inputs` */
    uint32_t *inputs_left;  /* by id: how many of them, from the front, are not known to be placed */
    uint32_t *waiting;      /* by id: the last node parked under it, 0 for none; a ring through next_waiting */
    uint32_t *next_waiting; /* by id: the node parked after it, or the first of the ring */
    uint32_t *pending;      /* stack of nodes to take up */
    uint32_t *placed;       /* the new order */
    uint32_t *inputs;
    uint32_t input_count;
    bool *is_placed; /* by id */
} sorter;

static rg_status collect_input(void *data, uint32_t id)
{
    sorter *job = data;
    job->inputs[job->input_count++] = id;
    return RG_OK;
}

static void collect_inputs(sorter *job)
{
    const rg_graph *graph = job->graph;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        uint32_t count = rg__node_visible_count(graph, id);
        job->first_input[id] = job->input_count;
        for (uint32_t i = 0; i < count; i++) {
            (void)rg__graph_visit_nodes(graph, rg__node_argument(graph, id, i), collect_input, job);
        }
        job->inputs_left[id] = job->input_count - job->first_input[id];
    }
}

static void park(sorter *job, uint32_t id, uint32_t under)
{
    uint32_t last = job->waiting[under];
    job->next_waiting[id] = last == 0 ? id : job->next_waiting[last];
    if (last != 0) {
        job->next_waiting[last] = id;
    }
    job->waiting[under] = id;
}

/* Put the nodes parked under `id` on the stack so that the one parked first is taken first. */
static uint32_t unpark(sorter *job, uint32_t id, uint32_t pending_count)
{
    uint32_t last = job->waiting[id];
    if (last == 0) {
        return pending_count;
    }
    uint32_t count = 0;
    uint32_t at = last;
    do {
        at = job->next_waiting[at];
        count++;
    } while (at != last);
    for (uint32_t i = count; i > 0; i--) {
        at = job->next_waiting[at];
        job->pending[pending_count + i - 1] = at;
    }
    job->waiting[id] = 0;
    return pending_count + count;
}

/* Returns how many nodes could be placed. */
static uint32_t place_nodes(sorter *job)
{
    const rg_graph *graph = job->graph;
    uint32_t pending_count = 0;
    uint32_t placed_count = 0;
    for (uint32_t id = graph->previous[0]; id != 0; id = graph->previous[id]) {
        job->pending[pending_count++] = id;
    }
    while (pending_count > 0) {
        uint32_t id = job->pending[--pending_count];
        const uint32_t *inputs = &job->inputs[job->first_input[id]];
        uint32_t left = job->inputs_left[id];
        while (left > 0 && job->is_placed[inputs[left - 1]]) {
            left--;
        }
        job->inputs_left[id] = left;
        if (left > 0) {
            park(job, id, inputs[left - 1]);
            continue;
        }
        job->is_placed[id] = true;
        job->placed[placed_count++] = id;
        pending_count = unpark(job, id, pending_count);
    }
    return placed_count;
}

static void relink(rg_graph *graph, const uint32_t *placed)
{
    uint32_t previous = 0;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        graph->next[previous] = placed[i];
        graph->previous[placed[i]] = previous;
        previous = placed[i];
    }
    graph->next[previous] = 0;
    graph->previous[0] = previous;
    rg__graph_renumber(graph);
}

/* The name of some node that could not be placed: it is on a cycle, or behind one. */
static const char *unplaced_name(const sorter *job)
{
    const rg_graph *graph = job->graph;
    uint32_t id = graph->next[0];
    while (id != 0 && job->is_placed[id]) {
        id = graph->next[id];
    }
    return rg_node_name(graph, (rg_node){id}).data;
}

bool rg__graph_is_sorted(const rg_graph *graph)
{
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        const rg_node_record *record = &graph->records[id];
        for (uint32_t i = 0; i < record->use_count; i++) {
            if (graph->order[graph->uses.items[record->uses + i].user] <= graph->order[id]) {
                return false;
            }
        }
    }
    return true;
}

/* A graph that is sorted would stay as it is. */
rg_status rg_graph_sort(rg_graph *graph)
{
    if (rg__graph_is_sorted(graph)) {
        return RG_OK;
    }
    const rg_allocator *allocator = &graph->context->allocator;
    uint64_t edges = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        edges += graph->records[id].use_count;
    }
    size_t ids = (size_t)graph->id_count + 1;
    if (edges > UINT32_MAX) {
        return rg__report(graph->context, RG_ERROR_LIMIT, "a graph with more than 2^32 uses");
    }
    size_t size = (ids * 6 + (size_t)edges) * sizeof(uint32_t) + ids * sizeof(bool);
    uint32_t *block = rg__allocate(allocator, size);
    if (block == NULL) {
        return rg__report_memory(graph->context);
    }
    memset(block, 0, size);
    sorter job = {.graph = graph,
                  .first_input = block,
                  .inputs_left = block + ids,
                  .waiting = block + 2 * ids,
                  .next_waiting = block + 3 * ids,
                  .pending = block + 4 * ids,
                  .placed = block + 5 * ids,
                  .inputs = block + 6 * ids,
                  .is_placed = (bool *)(block + 6 * ids + edges)};
    collect_inputs(&job);
    rg_status status = RG_OK;
    if (place_nodes(&job) == graph->node_count) {
        relink(graph, job.placed);
    } else {
        status = rg__report(graph->context, RG_ERROR_CYCLE,
                            "the graph cannot be ordered: '%s' depends on itself, or "
                            "on a node that does",
                            unplaced_name(&job));
    }
    rg__free(allocator, block, size);
    return status;
}
