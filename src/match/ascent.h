/*
 * ascent.h: other results. What a rule's root leads to is found by going down from it. A result that it does not lead
 * to is come to by an *ascent*: from something found, or captured, up through its readers. Which way that is follows
 * from the pattern; which readers could be on it, their labels tell. So a rule is dropped at a root that has no
 * candidate for another result near, and the search is given only readers that lead up to one.
 *
 * The counterpart that decides is the climb of reference.c. Made by screen.c with the screen; used by it and by
 * reference.c. As with screens, what is refused here the search would refuse.
 */
#ifndef RG_MATCH_ASCENT_H
#define RG_MATCH_ASCENT_H

#include "ir/graph_impl.h"
#include "match/pattern_impl.h"

struct rg_automaton;

typedef struct rg_ascent_step {
    uint32_t skeleton; /* of the pattern node that reads what the step before has come to */
    uint16_t node;     /* that pattern node */
    uint16_t users;    /* most users that it can have in a match */
} rg_ascent_step;

typedef struct rg_ascent {
    uint32_t skeleton;   /* of the result */
    uint32_t step_count; /* 0: nothing that the root leads to lies below the result */
    const rg_ascent_step *steps;
    uint16_t base; /* pattern node, or input, that the first step's node reads */
    bool from_input;
} rg_ascent;

/* What an ascent is followed in. */
typedef struct rg_ascending {
    const rg_graph *graph;
    const struct rg_automaton *labels;
    bool sees_through;
    const uint32_t *found; /* nodes that are other pattern nodes for certain */
    uint32_t found_count;
    bool met_found; /* one of them would have been a way */
    uint32_t left;  /* readers that may still be looked at; when none is, everything is taken to be possible */
} rg_ascending;

enum { RG_ASCENT_READERS = 4096 };

/* Do the steps lead up from readers of the node, or of what leaves it unchanged? */
bool rg__ascent_leads_up(rg_ascending *ascending, uint32_t id, const rg_ascent_step *steps, uint32_t count);

/* Can the node be `step`'s? Whether more steps lead on from it is another question. */
bool rg__ascent_allows(const rg_ascending *ascending, const rg_ascent_step *step, uint32_t id);

#endif
