/*
 * graph_order.c: the list of nodes, and the keys that answer "which of two nodes comes first" at once.
 *
 * Keys have gaps. A node put where the gap is used up makes the smallest enclosing range of keys that is sparse enough
 * be numbered anew (Bender, Cole, Demaine, Farach-Colton, Zito: Two Simplified Algorithms for Maintaining Order in a
 * List): O(log n) amortised, wherever nodes are put.
 */
#include "ir/graph_impl.h"

enum { USUAL_GAP = 1024 };

/* The gap left after a node that is appended: small enough that twice as many nodes would still fit. */
static uint32_t append_gap(const rg_graph *graph)
{
    uint64_t gap = ((uint64_t)1 << 31) / ((uint64_t)graph->node_count + 1);
    return gap < USUAL_GAP ? (uint32_t)gap : USUAL_GAP;
}

void rg__graph_renumber(rg_graph *graph)
{
    uint32_t gap = append_gap(graph);
    uint32_t key = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        key += gap;
        graph->order[id] = key;
    }
}

/* Number the nodes around `id` anew, so that there is a gap on both sides of it. `id` is linked; its key is that of its
 * predecessor. */
static void make_gap(rg_graph *graph, uint32_t id)
{
    uint32_t key = graph->order[id];
    uint32_t first = id;
    uint32_t last = id;
    uint64_t count = 1;
    double limit = 1.0;
    for (uint32_t bits = 1; bits < 32; bits++) {
        uint32_t low = key >> bits << bits;
        uint32_t high = low + (((uint32_t)1 << bits) - 1);
        while (graph->previous[first] != 0 && graph->order[graph->previous[first]] >= low) {
            first = graph->previous[first];
            count++;
        }
        while (graph->next[last] != 0 && graph->order[graph->next[last]] <= high) {
            last = graph->next[last];
            count++;
        }
        /* The density allowed falls by this much with each doubling: 2^24 nodes still fit in 32 bits. */
        limit *= 2.0 / 1.15;
        uint64_t gap = ((uint64_t)1 << bits) / (count + 1);
        if ((double)count < limit && gap >= 2) {
            uint64_t next_key = low;
            for (uint32_t at = first;; at = graph->next[at]) {
                next_key += gap;
                graph->order[at] = (uint32_t)next_key;
                if (at == last) {
                    return;
                }
            }
        }
    }
    rg__graph_renumber(graph);
}

void rg__graph_link_after(rg_graph *graph, uint32_t id, uint32_t previous)
{
    uint32_t next = graph->next[previous];
    graph->previous[id] = previous;
    graph->next[id] = next;
    graph->next[previous] = id;
    graph->previous[next] = id;
    uint32_t low = previous == 0 ? 0 : graph->order[previous];
    if (next == 0) {
        uint32_t gap = append_gap(graph);
        if (low <= UINT32_MAX - gap) {
            graph->order[id] = low + gap;
        } else {
            rg__graph_renumber(graph);
        }
        return;
    }
    uint32_t room = graph->order[next] - low;
    if (room >= 2) {
        /* Nearer to the predecessor: nodes are mostly inserted one after the other. */
        graph->order[id] = low + (room >= 16 ? room / 8 : room / 2);
        return;
    }
    graph->order[id] = low;
    make_gap(graph, id);
}

void rg__graph_unlink(rg_graph *graph, uint32_t id)
{
    graph->next[graph->previous[id]] = graph->next[id];
    graph->previous[graph->next[id]] = graph->previous[id];
    graph->next[id] = 0;
    graph->previous[id] = 0;
}
