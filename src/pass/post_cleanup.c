/*
 * post_cleanup.c: bring the nodes into a true order and drop what nobody reads.
 *
 * The counterpart of vLLM's PostCleanupPass (spec: vllm-passes 6.15). Requires a functional graph; nodes that write
 * their arguments count as having an effect and stay. Finds no matches: its count is always 0. Mostly there is nothing
 * to do.
 */
#include "ir/graph_impl.h"
#include "pass/pass_impl.h"

static bool has_dead(const rg_graph *graph)
{
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        if (graph->records[id].use_count == 0 && rg__node_is_removable(graph, id)) {
            return true;
        }
    }
    return false;
}

rg_status rg__post_cleanup(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    if (rg__graph_is_sorted(graph) && !has_dead(graph)) {
        return RG_OK;
    }
    rg_status status = rg__pass_begin_change(walk->manager);
    if (status == RG_OK) {
        status = rg_graph_sort(graph);
    }
    if (status == RG_OK) {
        status = rg_graph_eliminate_dead(NULL, graph);
    }
    return status;
}
