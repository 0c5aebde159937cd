/*
 * graph_alias.h: which values of a graph may share memory, and which of its calls write it.
 *
 * All of it follows from schemas: a result may be memory of an argument when both have a mark of one alias set, or the
 * op is a view. An op of torch.ops without schema is taken to write nothing and to give new memory; a function, method
 * or module that is not known may give back whatever it reads. Different inputs of a graph are taken to be different
 * memory; get_attr nodes of one path are the same.
 */
#ifndef RG_IR_GRAPH_ALIAS_H
#define RG_IR_GRAPH_ALIAS_H

#include "ir/graph_impl.h"

/* May the reader's result be memory of what it reads there? */
bool rg__use_aliases(const rg_graph *graph, rg_use use);

/* Does the reader write the memory of what it reads there? */
bool rg__use_writes(const rg_graph *graph, rg_use use);

/* Does the reader look at the data that is read there, and not only at its sizes? */
bool rg__use_reads_data(const rg_graph *graph, rg_use use);

/* Nodes that share memory. Zero-initialise; free with rg__alias_set_free. */
typedef struct rg_alias_set {
    RG_VECTOR(uint32_t) nodes;
    rg_map items; /* node id -> 0, or 1 + the item of a tuple whose memory it is */
} rg_alias_set;

/* Is a use of `node` not followed? */
typedef bool (*rg_alias_stop)(const void *user, rg_node node, rg_use use);

/* Add one node. False when memory is out, here and below. */
bool rg__alias_add(rg_alias_set *set, const rg_graph *graph, rg_node node);

/* Add a node and the values that its memory may come from. */
bool rg__alias_add_origins(rg_alias_set *set, const rg_graph *graph, rg_node node);

/* Add what is made from the memory of what is in the set: views, and results of calls that write it. `stop` may be
 * NULL.
 */
bool rg__alias_add_views(rg_alias_set *set, const rg_graph *graph, rg_alias_stop stop, const void *user);

bool rg__alias_holds(const rg_alias_set *set, rg_node node);
void rg__alias_set_free(rg_alias_set *set, const rg_graph *graph);

#endif
