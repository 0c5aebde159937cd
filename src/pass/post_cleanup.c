/*
 * post_cleanup.c: bring the nodes into a true order and drop what nobody reads.
 *
 * The counterpart of vLLM's PostCleanupPass (spec: vllm-passes 6.15). Requires a functional graph; nodes that write
 * their arguments count as having an effect and stay. Finds no matches: its count is always 0.
 */
#include "pass/pass_impl.h"

rg_status rg__post_cleanup(rg_walk *walk)
{
    rg_status status = rg_graph_sort(walk->graph);
    if (status == RG_OK) {
        status = rg_graph_eliminate_dead(NULL, walk->graph);
    }
    return status;
}
