/*
 * screen.h: a cheap look at a root whose label admits a rule, before the search. The skeleton does not relate nodes to
 * one another; the screen does: a node that the pattern reads in two places must be one node, as must a captured
 * tensor, different pattern nodes are different nodes, what is read outside of the match is a result, dimensions and
 * sizes are those that the pattern spells out. Most near misses end here. What it lets through is decided by the
 * search; what it refuses, the search would refuse.
 *
 * Where operands could be taken in either order, both are tried, each with everything below. Where it is not plain
 * which node the search will take, because nodes may be passed over, the screen does not know what it has found there,
 * and asks nothing about it.
 *
 * A rule's screen is a list of steps, made when the rule is compiled; all that most attempts read is in one place. Each
 * step follows one argument of a node that an earlier step has found, the root being found to begin with. The last ones
 * compare numbers.
 */
#ifndef RG_MATCH_SCREEN_H
#define RG_MATCH_SCREEN_H

#include "ir/graph_impl.h"
#include "match/ascent.h"
#include "match/pattern_impl.h"
#include "ops/noop.h"

struct rg_automaton;

enum {
    RG_SCREEN_NODES = 64
}; /* nodes, and inputs, of a pattern that is screened; larger ones are left to the search */

typedef enum rg_screen_kind {
    RG_SCREEN_NODE,       /* find pattern node `target` */
    RG_SCREEN_SAME_NODE,  /* it is the one that was found before */
    RG_SCREEN_INPUT,      /* find the tensor that input `target` captures */
    RG_SCREEN_SAME_INPUT, /* likewise */
    RG_SCREEN_NUMBERS     /* the normal form of the argument has no other numbers than slot `target` of the pattern */
} rg_screen_kind;

typedef struct rg_screen_step {
    uint8_t kind;     /* rg_screen_kind */
    uint8_t has_slot; /* `slot` is a schema argument; else a position */
    uint16_t slot;
    uint16_t item; /* 0: the argument; else 1 + index of its item */
    uint16_t from; /* pattern node whose argument it is */
    uint16_t target;
    uint16_t users; /* most users that the node to be found can have in a match */
    uint16_t op;    /* of the node to be found; and, if it wraps an op, the other wrapper */
    uint16_t second;
    bool commutes;     /* `slot` is 0 or 1, and may be the other one */
    uint32_t skeleton; /* of the node to be found */
} rg_screen_step;

/*
 * What is looked at before a screen, of all rules that a label admits at once: how many users the root's arguments have
 * at most, if they are to be nodes that are no results. Most near misses end here, while the graph is labelled and the
 * root still at hand. Made and joined in root_test.c.
 */
typedef struct rg_root_test {
    uint16_t arguments[2];
    uint16_t users[2]; /* UINT16_MAX: any number */
    bool sees_through; /* a rule does */
} rg_root_test;

typedef struct rg_screen {
    uint64_t inner; /* a bit a pattern node that is no result, if the steps find all nodes */
    uint16_t root;  /* pattern node */
    uint16_t root_users;
    uint16_t follow_count; /* steps before the first that compares numbers */
    uint16_t step_count;
    bool finds_all;           /* the root leads to all nodes of the pattern */
    bool sees_through;        /* the rule does */
    uint64_t transparent;     /* a bit a pattern node: what it is found as could also be passed over */
    const rg_ascent *ascents; /* to the other anchors, in order */
    uint32_t ascent_count;
    rg_root_test root_test;
    rg_screen_step steps[];
} rg_screen;

/* A step of rg__rule_compile, after the skeletons. */
rg_status rg__pattern_make_screen(rg_compilation *compilation);

rg_root_test rg__root_test_make(const rg_screen *screen);
/* A test that lets through what either does. `screen` is the other rule's, NULL if it has none. */
rg_root_test rg__root_test_join(rg_root_test test, const rg_screen *screen);

/* Is a node with more than `most` users no node of a match that may have as many? Not so for certain if it, or some of
 * its users, may be passed over. */
bool rg__screen_refuses_users(bool sees_through, const rg_graph *graph, uint32_t id, uint32_t most);

/* Positional arguments are stored as the schema counts them; others are not looked at. */
static inline bool rg__root_test_allows(const rg_root_test *test, const rg_graph *graph, rg_node root)
{
    uint32_t count = graph->calls[root.id] == 0 ? rg__node_visible_count(graph, root.id) : 0;
    for (uint32_t i = 0; i < 2; i++) {
        if (test->users[i] == UINT16_MAX || test->arguments[i] >= count) {
            continue;
        }
        rg_value value = rg__node_argument(graph, root.id, test->arguments[i]);
        if (rg__value_is_node(value) && graph->users[rg__value_low(value)] > test->users[i] &&
            rg__screen_refuses_users(test->sees_through, graph, rg__value_low(value), test->users[i])) {
            return false;
        }
    }
    return true;
}

/* May the node be passed over, as far as its op tells? */
static inline bool rg__may_be_passed(bool sees_through, const rg_graph *graph, uint32_t id)
{
    return sees_through && (rg_op_traits(graph->context, (rg_op){graph->op[id]}) & RG_TRAITS_TRANSPARENT) != 0;
}

/* A place that some ascent was found not to lead up from, so that it need not be looked at again for the next root. */
typedef struct rg_dead_end {
    uint64_t time; /* rg_matcher.time when that was so */
    uint32_t ascent;
    uint32_t base;
} rg_dead_end;

/* Could the rule match with this root, whose label admits it? The graph has its labels from `labels`. `known`, where
 * the rule has ascents, is read and written. */
bool rg__screen_admits(const rg_screen *screen, const rg_rule *rule, const struct rg_automaton *labels, rg_graph *graph,
                       rg_node root, rg_dead_end *known, uint64_t time);

/* Could a node with this label be the counterpart of pattern node `index`, which others read in the graph's place
 * `id`? (For candidates of the search; any node of the pattern.) */
bool rg__screen_allows_candidate(const rg_rule *rule, const struct rg_automaton *labels, const rg_graph *graph,
                                 uint32_t index, uint32_t id);

#endif
