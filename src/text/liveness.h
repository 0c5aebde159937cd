/*
 * liveness.h: where the values of a graph are read last.
 */
#ifndef RG_TEXT_LIVENESS_H
#define RG_TEXT_LIVENESS_H

#include <regraft/graph.h>

#include "base/memory.h"

typedef struct rg_liveness {
    const rg_graph *graph;
    uint32_t *last_users; /* by node id; 0: never read, or listed already */
    uint32_t count;
    RG_VECTOR(uint32_t) dying; /* filled by rg__liveness_dying */
} rg_liveness;

/* Find the last user of each node. False when memory is out. Free what it made with rg__liveness_free. */
bool rg__liveness_init(rg_liveness *liveness, const rg_graph *graph);
void rg__liveness_free(rg_liveness *liveness);

/*
 * Put into `dying` the ids of the values that nothing needs after `node`: those it reads last, in the order of its
 * arguments, then the node itself if nothing reads it; none for placeholders and the output. That is the order in which
 * FX prints them. To be asked once a node, in the order of the list. False when memory is out.
 */
bool rg__liveness_dying(rg_liveness *liveness, rg_node node);

#endif
