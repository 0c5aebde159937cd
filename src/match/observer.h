/*
 * observer.h: what a search tells of its disagreements when somebody asks for them (explain.c).
 *
 * Without an observer a disagreement ends what the search is trying. With one it is noted, and the search goes on as if
 * both sides agreed: what the pattern has below a node that is not there stays unbound, and the rest is compared. So
 * the same code that decides what a match is tells what is in its way. Of the ways to go on that there are, the one
 * with the least in the way is kept. Functions are called where a search without observer would give false.
 */
#ifndef RG_MATCH_OBSERVER_H
#define RG_MATCH_OBSERVER_H

#include <regraft/explain.h>

#include "match/search.h"

enum { RG_NO_INDEX = RG_NOT_ASSIGNED };

/* One thing that the rule and the graph do not agree about. */
typedef struct rg_disagreement {
    rg_miss_reason reason;
    rg_refusal refusal; /* which one, when all of the pattern was found */
    uint32_t index;     /* of the pattern's node at which it arose; RG_NO_INDEX: of none */
    uint32_t slot;      /* of its arguments; RG_NO_INDEX: it is about the node itself */
    uint32_t input;     /* of the rule that it is about; RG_NO_INDEX: about none */
    uint32_t dimension; /* RG_MISS_SIZE of an input: which of its sizes, strides behind them */
    rg_node guard;      /* RG_MISS_CHECK: what of the rule's guard does not hold; null for a check in C */
    rg_value pattern;   /* what the rule has there, and the graph; missing where it is about nodes */
    rg_value graph;
    rg_node node;   /* of the graph: what disagrees */
    rg_node other;  /* of the graph: a second node that the reason is about; may be null. RG_MISS_ARGUMENTS: the call
                       whose results the pattern goes through, and `node` is not the next of them, or the call itself */
    bool is_reader; /* RG_MISS_OP: all that speaks for the node is that it reads what was found, or is an item */
} rg_disagreement;

/* The pattern laid over a place of the graph, as far as that goes. */
typedef struct rg_alignment {
    uint32_t cost; /* how far from a match: 0 is one */
    uint32_t matched;
    const rg_node *nodes;   /* by pattern node; null: not found */
    const rg_value *inputs; /* what the rule's inputs capture; missing: nothing */
    const rg_disagreement *disagreements;
    uint32_t count;
} rg_alignment;

typedef struct rg_observer {
    RG_VECTOR(rg_disagreement) noted; /* on the way to where the search is: the first now->disagreement_count */
    /* Pattern node that is compared just now, where it is not the last one that is bound and not settled: another op is
     * taken for it, or it belongs to an item of a list. Else RG_NO_INDEX. */
    uint32_t other;
    rg_arena *arena; /* for what is kept */
    /* Nodes of the graph by op, or what stands for it (rg__form_op), in graph order: those of op `i` are
     * nodes[starts[i]]
     * .. nodes[starts[i + 1] - 1]. NULL: not known. */
    const uint32_t *starts;
    const uint32_t *nodes;
    bool takes_first; /* way that ends; otherwise the best */
    bool has_best;
    rg_alignment best;
} rg_observer;

/* ---- noting: what is called where a search without observer gives false. True: go on as if both sides agreed ---- */

#define RG_COLD __attribute__((cold))
RG_COLD bool rg__observer_value(rg_search *search, rg_value pattern, rg_value graph, rg_node reader);
RG_COLD bool rg__observer_input(rg_search *search, uint32_t input, rg_value value);
RG_COLD bool rg__observer_bound(rg_search *search, uint32_t input, rg_value value);
RG_COLD bool rg__observer_item(rg_search *search, uint32_t index, rg_node node);
RG_COLD bool rg__observer_results(rg_search *search, uint32_t index, rg_node call);
RG_COLD bool rg__observer_node(rg_search *search, rg_miss_reason reason, uint32_t index, rg_node node);
RG_COLD bool rg__observer_op(rg_search *search, uint32_t index, rg_node node);
RG_COLD bool rg__observer_call(rg_search *search, uint32_t index, rg_miss_reason reason);

/* A value differs from the pattern's. */
static inline bool rg__disagree_value(rg_search *search, rg_value pattern, rg_value graph, rg_node reader)
{
    return search->observer != NULL && rg__observer_value(search, pattern, graph, reader);
}

/* An input cannot capture the value. With an observer it does. */
static inline bool rg__disagree_input(rg_search *search, uint32_t input, rg_value value)
{
    return search->observer != NULL && rg__observer_input(search, input, value);
}

/* An input is bound to another value. */
static inline bool rg__disagree_bound(rg_search *search, uint32_t input, rg_value value)
{
    return search->observer != NULL && rg__observer_bound(search, input, value);
}

/* What stands for the items of a list cannot be the node: it is bound to another one, or this is no tensor as declared,
 * or not the next result of the call. With an observer it is. */
static inline bool rg__disagree_item(rg_search *search, uint32_t index, rg_node node)
{
    return search->observer != NULL && rg__observer_item(search, index, node);
}

/* Not all results of the call have been gone through. */
static inline bool rg__disagree_results(rg_search *search, uint32_t index, rg_node call)
{
    return search->observer != NULL && rg__observer_results(search, index, call);
}

/* A node of the pattern cannot be bound to this one, although it is of the right op. */
static inline bool rg__disagree_node(rg_search *search, rg_miss_reason reason, uint32_t index, rg_node node)
{
    return search->observer != NULL && rg__observer_node(search, reason, index, node);
}

/* The node is not of the op that the pattern's has: another one in its place, or one that stands before it. */
static inline bool rg__disagree_op(rg_search *search, uint32_t index, rg_node node)
{
    return search->observer != NULL && rg__observer_op(search, index, node);
}

/* A bound node is called in another form, so that arguments cannot be compared one by one. */
static inline bool rg__disagree_call(rg_search *search, uint32_t index)
{
    return search->observer != NULL && rg__observer_call(search, index, RG_MISS_ARGUMENTS);
}

/* A bound node gives its data other sizes, or another order of dimensions. */
static inline bool rg__disagree_form(rg_search *search, uint32_t index)
{
    return search->observer != NULL && rg__observer_call(search, index, RG_MISS_SIZE);
}

/* ---- ways to go on; all want an observer ---- */

/* In which order are the operands of a node taken that commutes, or is taken to by rg_search.pattern? An order that the
 * rule does not allow is noted. */
RG_COLD bool rg__observer_order(rg_search *search, uint32_t index, bool as_written, bool exchanged);

/* No node was found for an anchor. */
RG_COLD bool rg__observer_absent(rg_search *search, uint32_t index);

/* All of the pattern has been gone through: keep what was found if nothing better is known. `match` is NULL when
 * something disagrees; else it is refused, or not accepted by the rule's check, or there is nothing in its way. */
RG_COLD void rg__observer_conclude(rg_search *search, const rg_match *match, rg_refusal refusal, rg_refusal_cause cause,
                                   bool is_accepted);

/* What a node that could stand between two others does it to: its data, or the only node that it reads. Null for
 * others. */
rg_node rg__node_below(const rg_graph *graph, rg_node node);

void rg__observer_free(rg_observer *observer, const rg_allocator *allocator);

#endif
