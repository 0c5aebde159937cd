/*
 * label_repeat.h: the label of a node that repeats an earlier one. Models are layers, each like the one before, and so
 * are their labels: a node with the op, the spelling and the constants of an earlier one, that reads nodes with the
 * labels of what the other reads, has the other's label, whatever the rules. To see that takes no tables, which with
 * many rules are large; so the cost of it does not depend on their number.
 *
 * While the tables are walked (label.c), each node is entered by its op and those of the nodes just before it. Where an
 * earlier node is met there, the one behind it is the twin of the next node, and so on, as long as nodes are alike.
 */
#ifndef RG_MATCH_LABEL_REPEAT_H
#define RG_MATCH_LABEL_REPEAT_H

#include "ir/graph_impl.h"

enum {
    RG_REPEAT_OPS = 8, /* so many ops are compared to find a twin */
    RG_REPEAT_PLACES = 256,
    RG_REPEAT_NOTES = 32
};

/* A node, by a hash of its op and those before it. */
typedef struct rg_repeat_place {
    uint32_t hash;
    uint32_t id; /* 0: none */
} rg_repeat_place;

/* With four bits an op, no more than RG_REPEAT_OPS of them are left in the hash. */
static inline uint32_t rg__repeat_hash(uint32_t hash, uint32_t op)
{
    return (hash << 32 / RG_REPEAT_OPS) + op;
}

typedef struct rg_repeats {
    uint32_t hash; /* of the last nodes' ops */
    rg_repeat_place places[RG_REPEAT_PLACES];
} rg_repeats;

/* Enter a node; gives the last one entered with the same ops, as far as their hash tells, or 0. */
static inline uint32_t rg__repeats_enter(rg_repeats *repeats, uint32_t id, uint32_t op)
{
    uint32_t hash = rg__repeat_hash(repeats->hash, op);
    rg_repeat_place *place = &repeats->places[hash * 0x9e3779b1u >> 24];
    uint32_t earlier = place->hash == hash ? place->id : 0;
    *place = (rg_repeat_place){hash, id};
    repeats->hash = hash;
    return earlier;
}

/* Go on behind a node without having entered those that led to it. */
void rg__repeats_skip(rg_repeats *repeats, const rg_graph *graph, uint32_t id);

/* Must the node have the label of an earlier one? What both read has its label. */
bool rg__node_repeats(const rg_graph *graph, uint32_t id, uint32_t twin);

/* A node and its twin, going on. */
typedef struct rg_repeat_walk {
    uint32_t id; /* 0: at the end */
    uint32_t twin;
    uint32_t noted_count;
    uint32_t noted[RG_REPEAT_NOTES]; /* nodes whose label was to be noted, in order */
} rg_repeat_walk;

/*
 * Label nodes from walk->id on as those from walk->twin on, as long as they repeat them, which the plain look of this
 * function tells. Notes the nodes at whose labels `notes` is not 0, and returns when it can note no more of them. False
 * if that was not the reason: walk->id is 0, or another node than its twin to the plain look.
 */
bool rg__repeats_label(rg_repeat_walk *walk, const rg_graph *graph, const uint8_t *notes) __attribute__((noinline));

#endif
