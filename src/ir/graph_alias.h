/*
 * graph_alias.h: which values of a graph may share memory, and which of its calls write it.
 *
 * All of it follows from schemas: a result may be memory of an argument when both have a mark of one alias set, or the op
 * is a view. An opaque call may give back whatever it reads, and is taken to write nothing. Different inputs of a graph
 * are taken to be different memory; get_attr nodes of one path are the same.
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
    rg_map items;    /* node id -> 0, or 1 + the item of a tuple whose memory it is */
    uint32_t origins; /* the first so many nodes lead to the one asked for; the others are made from them */
} rg_alias_set;

/* Which nodes a walk does not go to; NULL: it goes everywhere. */
typedef bool (*rg_alias_stop)(const void *user, rg_use use);

/* The node and the values that its memory may come from. False when memory is out. */
bool rg__alias_find_origins(rg_alias_set *set, const rg_graph *graph, rg_node node);

/* Add what may share memory with what is in the set: views, and results of calls that write into it. A use for which
 * `stop` says so is not followed. False when memory is out. */
bool rg__alias_add_views(rg_alias_set *set, const rg_graph *graph, rg_alias_stop stop, const void *user);

bool rg__alias_holds(const rg_alias_set *set, rg_node node);
void rg__alias_set_free(rg_alias_set *set, const rg_graph *graph);

#endif
