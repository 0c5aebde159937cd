/*
 * graph_dead.c: removing nodes that nothing reads.
 */
#include "ir/graph_impl.h"

bool rg__node_is_removable(const rg_graph *graph, uint32_t id)
{
    const rg_op_descriptor *op = rg__op_descriptor(graph->context, (rg_op){graph->op[id]});
    if (op->kind == RG_OP_PLACEHOLDER || op->kind == RG_OP_OUTPUT) {
        return false;
    }
    if ((op->traits & (RG_TRAIT_EFFECT | RG_TRAIT_MUTATES | RG_TRAIT_RANDOM)) != 0) {
        return false;
    }
    return op->schema != NULL || (op->traits & RG_TRAIT_PURE) != 0;
}

rg_status rg_graph_eliminate_dead(size_t *out, rg_graph *graph)
{
    size_t removed = 0;
    rg_status status = RG_OK;
    for (uint32_t id = graph->previous[0]; id != 0 && status == RG_OK;) {
        uint32_t previous = graph->previous[id];
        if (graph->records[id].use_count == 0 && rg__node_is_removable(graph, id)) {
            status = rg_graph_erase(graph, (rg_node){id});
            removed += status == RG_OK ? 1 : 0;
        }
        id = previous;
    }
    if (out != NULL) {
        *out = removed;
    }
    return status;
}
