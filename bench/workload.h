/*
 * workload.h: graphs and rules to measure with, the same on every machine: seeded generators, and rules taken from a
 * graph, some of them changed so that they nearly match.
 */
#ifndef RG_BENCH_WORKLOAD_H
#define RG_BENCH_WORKLOAD_H

#include <regraft/graph.h>
#include <regraft/rule.h>

typedef enum workload_kind {
    WORKLOAD_LAYERED, /* one random layer of LAYER_NODES nodes, over and over: what models look like */
    WORKLOAD_RANDOM,  /* operands among the last 32 nodes */
    WORKLOAD_SPREAD,  /* operands among the last 100,000 nodes */
    WORKLOAD_CHAIN,   /* each node reads the one before it */
    WORKLOAD_FAN,     /* nodes in groups of 1,000 that read one node */
    WORKLOAD_SIBLINGS /* sigmoid(x - w) with one x and many w, over and over: the worst case of several results */
} workload_kind;

enum { LAYER_NODES = 100 };

typedef struct workload_shape {
    workload_kind kind;
    uint32_t nodes;
    bool plain;        /* only ops whose arguments are all nodes, which every engine can express */
    bool shuffled;     /* memory order is not graph order: ids are a random permutation */
    uint32_t siblings; /* of SIBLINGS: how many for each x */
} workload_shape;

/* Ops are drawn by Zipf's law from 64, about half of them binary, some with constants. NULL when memory is out. */
rg_graph *workload_graph(rg_context *context, const workload_shape *shape, uint64_t seed);

/* Append a placeholder, or an output that returns `value`. */
bool workload_edge_node(rg_graph *graph, rg_op_kind kind, rg_value value, rg_type type, rg_node *out);

typedef struct workload_rules {
    uint32_t count;
    uint32_t hits; /* so many match as they are; in the others one node has another op */
    uint32_t smallest;
    uint32_t largest; /* nodes of a pattern */
    /* Nothing that engines see differently: patterns are trees, and no two matches share a node. */
    bool portable;
    bool free; /* with the freedoms that a rule has by default: nodes are seen through, operands may be exchanged */
    uint64_t seed;
} workload_rules;

enum { MAX_TIMES = 1000 };

typedef struct workload_times {
    uint32_t count;
    double seconds[MAX_TIMES];
} workload_times;

/*
 * Rules with one result taken from random places of the graphs, none equal to another; those that shall not match, do
 * not match anywhere. Their replacement is one new op on all inputs. NULL when memory is out. `compile` is what
 * rg__rule_compile took for each of them, or of the first ones.
 */
rg_rule_set *workload_rule_set(workload_times *compile, rg_context *context, rg_graph *const *graphs,
                               uint32_t graph_count, const workload_rules *options);

/* What this thread has computed for: unlike the time of day, not lengthened by what else the machine does. */
double seconds_now(void);

/* Real time, for times so short that few of them are interrupted, and whose median is taken: the other clock takes half
 * a microsecond to read. */
double seconds_of_day(void);

#endif
