/*
 * mutation_region.h: runs of nodes between which nothing is written, as Inductor numbers them.
 *
 * A node that writes begins a region. What writes is told by schemas where there are some, else by the names that
 * PyTorch's functions have. Inductor drops a match whose nodes are of more than one region.
 */
#ifndef RG_MATCH_MUTATION_REGION_H
#define RG_MATCH_MUTATION_REGION_H

#include <regraft/graph.h>

#include "base/memory.h"

/* Does the name of a function or method say that it writes: `copy_`, `set_.source`, `_enter_autocast`? (U3) */
bool rg__is_mutation_name(rg_string name);

/* Does the node write, or change the state that others run under? (U2) */
bool rg__node_mutates(const rg_graph *graph, rg_node node);

/* The regions of one graph. Zero-initialise; free with rg__mutation_regions_free. */
typedef struct rg_mutation_regions {
    RG_VECTOR(uint32_t) ids;      /* by node id: 1 + region; 0: not known yet */
    RG_VECTOR(rg_node) mutations; /* the nodes that write */
} rg_mutation_regions;

void rg__mutation_regions_free(rg_mutation_regions *regions, const rg_allocator *allocator);

/* Number the whole graph. */
rg_status rg__mutation_regions_compute(rg_mutation_regions *regions, rg_graph *graph);

/* The region of a node. One that has been made since the numbering continues from the nodes before it (U4). */
rg_status rg__mutation_region(uint32_t *out, rg_mutation_regions *regions, rg_graph *graph, rg_node node);

/* Number anew if a node that writes has gone, or is among those with ids beyond `last_id` (U5). */
rg_status rg__mutation_regions_refresh(rg_mutation_regions *regions, rg_graph *graph, uint32_t last_id);

#endif
