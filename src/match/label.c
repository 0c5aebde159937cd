/*
 * label.c: labelling a graph with the automaton, wholly or where a rewrite has changed it. See automaton.h.
 */
#include "match/automaton.h"
#include "match/match_impl.h"

/* The label of one node whose inputs have theirs; RG_CELL_UNBUILT when the tables cannot be filled. */
static inline uint16_t find_label(rg_automaton *automaton, const rg_graph *graph, uint32_t id)
{
    uint32_t op = graph->op[id];
    if (op >= automaton->op_count) {
        return 0;
    }
    rg_start start = automaton->starts[op];
    if (start.cell == RG_CELL_NONE) {
        return 0;
    }
    bool is_met = start.call == graph->calls[id] && start.argument_count == rg__node_visible_count(graph, id) &&
                  start.cell != RG_CELL_UNBUILT;
    uint16_t cell = is_met ? start.cell : rg__automaton_start(automaton, graph, id);
    return rg__automaton_walk(automaton, graph, id, cell);
}

/* Why a label could not be found. The tables are of no use then. */
static rg_status give_up(rg_matcher *matcher)
{
    bool over_limit = matcher->automaton->over_limit;
    rg_status status = rg__automaton_clear(matcher->automaton);
    matcher->labelled = NULL;
    if (status != RG_OK) {
        return status;
    }
    return over_limit ? RG_OK : rg__report_memory(matcher->context);
}

rg_status rg__matcher_label(rg_matcher *matcher, rg_graph *graph)
{
    rg_automaton *automaton = matcher->automaton;
    uint32_t root_count = 0;
    matcher->labelled = NULL;
    if (!rg__vector_reserve(&matcher->context->allocator, &matcher->roots, (uint64_t)graph->node_count + 1)) {
        return rg__report_memory(matcher->context);
    }
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        uint16_t label = find_label(automaton, graph, id);
        if (label == RG_CELL_UNBUILT) {
            return give_up(matcher);
        }
        graph->label[id] = label;
        matcher->roots.items[root_count] = id;
        root_count += automaton->labels.items[label].count != 0 ? 1 : 0;
    }
    matcher->roots.count = root_count;
    matcher->labelled = graph;
    return RG_OK;
}

/* ---- after a rewrite ---- */

/* Nodes to look at again, a heap with the first in graph order on top. */

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static bool push_dirty(rg_matcher *matcher, const rg_graph *graph, uint32_t id)
{
    if (!rg__vector_push(&matcher->context->allocator, &matcher->dirty, id)) {
        return false;
    }
    uint32_t *heap = matcher->dirty.items;
    for (uint32_t at = matcher->dirty.count - 1; at > 0 && graph->order[heap[at]] < graph->order[heap[(at - 1) / 2]];
         at = (at - 1) / 2) {
        swap(&heap[at], &heap[(at - 1) / 2]);
    }
    return true;
}

static uint32_t pop_dirty(rg_matcher *matcher, const rg_graph *graph)
{
    uint32_t *heap = matcher->dirty.items;
    uint32_t first = heap[0];
    uint32_t count = --matcher->dirty.count;
    heap[0] = heap[count];
    for (uint32_t at = 0, child = 1; child < count; at = child, child = 2 * at + 1) {
        if (child + 1 < count && graph->order[heap[child + 1]] < graph->order[heap[child]]) {
            child++;
        }
        if (graph->order[heap[at]] <= graph->order[heap[child]]) {
            break;
        }
        swap(&heap[at], &heap[child]);
    }
    return first;
}

static bool push_users(rg_matcher *matcher, const rg_graph *graph, uint32_t id)
{
    rg_node_record record = graph->records[id];
    for (uint32_t i = 0; i < record.use_count; i++) {
        if (!push_dirty(matcher, graph, graph->uses.items[record.uses + i].user)) {
            return false;
        }
    }
    return true;
}

rg_status rg__matcher_relabel(rg_matcher *matcher, rg_graph *graph, const rg_node *nodes, size_t count)
{
    bool done = true;
    if (matcher->labelled != graph) {
        return RG_OK;
    }
    matcher->dirty.count = 0;
    for (size_t i = 0; i < count && done; i++) {
        done = !rg__graph_alive(graph, nodes[i].id) || push_dirty(matcher, graph, nodes[i].id);
    }
    uint32_t last = 0;
    while (done && matcher->dirty.count != 0) {
        uint32_t id = pop_dirty(matcher, graph);
        uint16_t label = id == last ? graph->label[id] : find_label(matcher->automaton, graph, id);
        last = id;
        if (label == RG_CELL_UNBUILT) {
            return give_up(matcher);
        }
        if (label != graph->label[id]) {
            graph->label[id] = label;
            done = push_users(matcher, graph, id);
        }
    }
    if (!done) {
        matcher->labelled = NULL;
        return rg__report_memory(matcher->context);
    }
    return RG_OK;
}
