/*
 * match_impl.h: a match and a matcher from the inside, and what the rewriter asks of them.
 */
#ifndef RG_MATCH_MATCH_IMPL_H
#define RG_MATCH_MATCH_IMPL_H

#include <regraft/match.h>

#include "match/pattern.h"

/* The results of a match that can be replaced at one time. */
typedef struct rg_match_group {
    const uint32_t *results; /* indices of results */
    uint32_t result_count;
    bool is_whole; /* all of the match, so that it needs all inputs */
} rg_match_group;

/*
 * How a match can be replaced. Usually one group: all new nodes stand together. Several groups, in the order in which
 * they must be replaced, when some input of the rule depends on one of the match's own results.
 */
typedef struct rg_match_order {
    bool possible;
    const rg_match_group *groups;
    uint32_t group_count;
    rg_node latest_input; /* rg__match_latest_input and rg__match_first_reader of the whole match */
    rg_node first_reader;
} rg_match_order;

/* A node that an item of a list has, and its counterpart in the pattern; RG_NOT_ASSIGNED for a result of a call, which
 * in the pattern an item stands for. */
typedef struct rg_repeated_node {
    rg_node node;
    uint32_t index;
} rg_repeated_node;

#define RG_NOT_ASSIGNED UINT32_MAX

struct rg_match {
    rg_graph *graph;
    const rg_rule_set *set;
    const rg_rule *rule;
    size_t rule_index;
    rg_node root;
    const rg_node *nodes; /* rg_match_node */
    size_t node_count;
    const rg_node *assigned;          /* by pattern node; of those that items of lists have, the last item's */
    const rg_repeated_node *repeated; /* what all items have */
    size_t repeated_count;
    const rg_node *outputs; /* by result; null for a constant */
    size_t output_count;
    const rg_value *inputs; /* by input of the rule */
    const rg_size *symbols; /* by symbol of the rule */
    rg_device device;       /* what RG_RULE_DEVICE stands for; kind NULL when no captured tensor has a known one */
    const struct rg_rewrite *rewrite; /* in what a callback is told of: what comes in its place; else NULL */
    rg_match_order order; /* where it has just been found, and can be replaced; in a list of matches no groups */
};

/* Why a complete assignment is no match. */
typedef enum rg_refusal {
    RG_REFUSAL_NONE,
    RG_REFUSAL_READ_OUTSIDE,
    RG_REFUSAL_CAPTURES_ITSELF,
    RG_REFUSAL_WRITE_BETWEEN,
    RG_REFUSAL_NO_ORDER,
    RG_REFUSAL_RETURNS_ALIAS,
    RG_REFUSAL_ALIAS_WRITTEN,
    RG_REFUSAL_OVERWRITES,
    RG_REFUSAL_LEAVES,
    RG_REFUSAL_SHARED_INPUTS
} rg_refusal;

enum { RG_REFUSAL_COUNT = RG_REFUSAL_SHARED_INPUTS + 1 };

/* The nodes of the graph that a refusal is about. Either may be null. */
typedef struct rg_refusal_cause {
    rg_node node;  /* what is in the way: a reader outside, a write */
    rg_node value; /* what it reads or writes, or shares memory with */
} rg_refusal_cause;

/* The refusal in words. */
const char *rg__refusal_text(rg_refusal refusal);

/* What is known of an op, in rg_matcher.writes. */
enum rg_op_writes { RG_WRITES_UNKNOWN, RG_WRITES_NOTHING, RG_WRITES_ARGUMENTS };

struct rg_matcher {
    rg_context *context;
    const rg_rule_set *set;
    rg_arena scratch; /* of the running attempt */

    /* The root index: the rules whose root has op `i`, or one of a form that op `i` stands for (rg__form_op), are
     * rules[starts[i]] .. rules[starts[i + 1] - 1], in set order. */
    uint32_t *starts;
    uint32_t *rules;
    uint32_t op_count; /* ops that `starts` covers; later ops have no rules */

    /* The ops of the graph at work, and whether one of them writes. Ops of erased nodes may linger. */
    bool *present;
    uint8_t *writes;  /* enum rg_op_writes */
    uint32_t op_room; /* ops that the two cover */
    bool may_write;

    /* The engine: label.c, automaton.h. */
    struct rg_automaton *automaton;
    bool plain;                /* try every rule of a root's op; the answers are the same */
    const rg_graph *labelled;  /* the graph whose labels are this matcher's and true; NULL: none */
    RG_VECTOR(uint32_t) roots; /* nodes of that graph, in order, where a rule could be rooted when it was labelled */
    RG_VECTOR(uint32_t) dirty; /* room for rg__matcher_relabel */

    /* For rules with several results: see ascent.h. */
    RG_VECTOR(uint32_t) others;    /* nodes that could be another result than the root, and some that no longer can */
    bool *seen;                    /* by skeleton: one of them could be its */
    struct rg_dead_end *dead_ends; /* by rule: the last one */
    uint64_t time;                 /* labels, or what they stand for, have changed so often */

    uint64_t refused[RG_REFUSAL_COUNT]; /* complete assignments that were refused, by reason, since the last begin */
    uint8_t *reasons;                   /* by rule: the reason of the last one */
};

struct rg_match_list {
    rg_context *context;
    rg_arena arena;
    RG_VECTOR(rg_match *) matches;
    size_t gave_up;
};

/* Is the node one of the match's? Linear: matches are small. */
bool rg__match_holds(const rg_match *match, rg_node node);

/* The counterparts of nodes of the pattern, by number: `assigned`, then `repeated`. */
static inline size_t rg__match_counterpart_count(const rg_match *match)
{
    return match->rule->compiled->node_count + match->repeated_count;
}

static inline rg_repeated_node rg__match_counterpart(const rg_match *match, size_t number)
{
    uint32_t count = match->rule->compiled->node_count;
    return number < count ? (rg_repeated_node){match->assigned[number], (uint32_t)number}
                          : match->repeated[number - count];
}

/* Does the op write its arguments? Its schema says; ops without one are taken to write nothing. */
bool rg__op_writes(const rg_context *context, rg_op op);

/* Must the node keep its order among others of its kind: effects, random numbers, communication, unknown calls? */
bool rg__node_is_ordered(const rg_graph *graph, rg_node node);

/* In place: into graph order, each node once. Gives how many are left. */
size_t rg__sort_nodes(const rg_graph *graph, rg_node *nodes, size_t count);

/* Do the rule's own conditions hold: the guard of its check, then the check in C? Nothing is asked of a rule matched
 * with itself. `arena` is for the time of the call. */
rg_status rg__match_accepts(bool *out, const rg_match *match, rg_arena *arena);

/* What of the rule's check does not hold; null for a check in C. */
rg_status rg__match_blame(rg_node *out, const rg_match *match, rg_arena *arena);

/* ---- order.c: where a replacement can stand ---- */

/* The last captured node that the group needs, and the first outside reader of its results, as the graph stands now;
 * null for none. If the reader precedes the input, it has to move behind it. */
rg_node rg__match_latest_input(const rg_match *match, const rg_match_group *group);
rg_node rg__match_first_reader(const rg_match *match, const rg_match_group *group);

/* The arrays are in `arena`. */
rg_status rg__match_order(rg_match_order *out, const rg_match *match, rg_arena *arena);

/*
 * Nodes outside of the match that depend on these results and come no later than `last`, in graph order. Goes on
 * through matched nodes, which then count too, when `through_match`.
 */
rg_status rg__match_dependents(const rg_node **out, size_t *count, const rg_match *match, const uint32_t *results,
                               uint32_t result_count, rg_node last, bool through_match, rg_arena *arena);

/* ---- matcher.c: for sweeps ---- */

/* Take note of the ops of a graph, and label it, before the functions below are used on it. */
rg_status rg__matcher_begin(rg_matcher *matcher, rg_graph *graph);
/* Take note of an op that appears later. */
rg_status rg__matcher_note_op(rg_matcher *matcher, rg_op op);

/*
 * Regions (rg_graph.region): a node that writes begins one, so between two nodes of one region nothing is written. They
 * are numbered when work on a graph that writes begins. Keep them true: these nodes were made, in this order, and each
 * of them has been noted. `has_changed`: nodes that write may have gone.
 */
void rg__matcher_renumber(rg_matcher *matcher, rg_graph *graph, const rg_node *made, size_t count, bool has_changed);

/* The rules that may be rooted at the node, in the set's order: those that its label admits, or all of its op. */
void rg__matcher_rules_at(const rg_matcher *matcher, const rg_graph *graph, rg_node node, const uint32_t **rules,
                          size_t *count);

/* Is there such a rule? */
bool rg__matcher_has_rules_at(const rg_matcher *matcher, const rg_graph *graph, rg_node node);

/* The first legal match of a rule at a root; NULL when there is none. Lives until the next call on the matcher. */
rg_status rg__matcher_first(const rg_match **out, bool *gave_up, rg_matcher *matcher, rg_graph *graph, size_t rule,
                            rg_node root);

/* ---- label.c: which rules may be rooted where ---- */

/* Label the graph and note in `present` which ops it has; without labels, `labelled` being NULL, when the automaton has
 * outgrown its limits. */
rg_status rg__matcher_label(rg_matcher *matcher, rg_graph *graph);

/* Make the labels true again after these nodes were made or have come to read other nodes, and mark what follows from
 * them. Nodes that are gone do not count. */
rg_status rg__matcher_relabel(rg_matcher *matcher, rg_graph *graph, const rg_node *nodes, size_t count);

#endif
