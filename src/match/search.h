/*
 * search.h: one attempt to match one rule at one root: what is bound so far, and the questions that bind more.
 *
 * agree.c compares one value of the pattern with one of the graph; reference.c decides which nodes to compare;
 * order.c says whether a complete assignment may be replaced. Everything an attempt allocates is in its arena.
 */
#ifndef RG_MATCH_SEARCH_H
#define RG_MATCH_SEARCH_H

#include <regraft/explain.h>

#include "ir/graph_impl.h"
#include "match/captured.h"
#include "match/effects.h"
#include "match/match_impl.h"
#include "match/pattern.h"

/* A comparison that waits until sizes or scalars that it needs are bound. */
typedef struct rg_pending {
    rg_value pattern; /* SIZE, or the node of scalar arithmetic */
    rg_value graph;
    rg_node reader; /* the graph node whose argument it is; null for a dimension of a type */
    rg_number_rule numbers;
    bool under_reshape; /* rg_search.under_reshape where it arose */
} rg_pending;

/* What a repetition of the pattern has been matched with: a list of the graph, each item with nodes of its own. In the
 * arena, as are the arrays. */
typedef struct rg_matched_list {
    uint32_t count; /* items of the list, and how many of them have been gone through */
    uint32_t done;
    rg_node *nodes;  /* by item of the list, then by local of the repetition */
    bool *exchanged; /* likewise: the operands are taken in the other order */
    rg_value *items; /* by item of the repetition, then by item of the list: what it stands for */
} rg_matched_list;

/* Comparisons that wait beyond `rg_pattern.pending_limit`: those of lists, whose length is not known before. */
typedef struct rg_waiting {
    rg_pending item;
    const struct rg_waiting *next;
} rg_waiting;

/*
 * What is bound. One block of memory holds it all, so that going back to an earlier state is one copy: nothing bound in
 * a failed attempt can survive it.
 */
typedef struct rg_bindings {
    size_t block_size;
    rg_device device;          /* what RG_RULE_DEVICE stands for; kind NULL: not bound */
    rg_value *inputs;          /* by input; missing: not bound */
    rg_pending *pending;       /* in the order in which they arose */
    rg_node *nodes;            /* by pattern node; null: not bound */
    rg_size *symbols;          /* by symbol; null: not bound */
    bool *settled;             /* by pattern node: bound, and its op and arguments have been compared */
    bool *exchanged;           /* by pattern node: the graph's operands are taken in the other order */
    rg_matched_list **lists;   /* by repetition; NULL: not bound */
    rg_value *items;           /* by item of the pattern: what it stands for just now */
    const rg_waiting *waiting; /* in the arena */
    uint32_t region;           /* of all bound nodes, where search->by_region; 0: none is bound */
    uint32_t item_number;      /* of the list that is gone through */
    uint32_t pending_count;
    uint32_t disagreement_count; /* of search->observer->noted */
} rg_bindings;

/* One of several ways to compare a node that has come up: `taken` < `count`. */
typedef struct rg_choice {
    uint32_t taken;
    uint32_t count;
} rg_choice;

/* A match that was found, in the attempt's arena. */
typedef struct rg_accepted {
    const rg_match *match;
    const struct rg_accepted *next;
} rg_accepted;

typedef struct rg_search rg_search;

/* Told of a legal match, accepted by the rule's check. `match` lives in the attempt's arena. */
typedef rg_status (*rg_search_found_function)(rg_search *search, const rg_match *match, void *user);

struct rg_search {
    rg_context *context; /* the graph's */
    rg_arena *arena;
    const rg_rule_set *set;
    const rg_rule *rule;
    const rg_pattern *pattern;
    size_t rule_index;
    rg_graph *graph;
    const rg_matcher *matcher; /* whose labels the graph has; NULL: no use is made of labels */
    bool may_write;            /* some op of the graph writes its arguments */
    bool by_region; /* the graph's regions are numbered (rg__matcher_renumber), and a match lies in one of them */
    bool itself;    /* the graph is the rule's own pattern: placeholders stand for the scalars they capture */

    rg_bindings *now;
    rg_size *known_symbols; /* room for rg__search_known */
    rg_size *known_sizes;
    uint32_t *queue; /* room for planning a climb */
    bool *queued;
    rg_value *known_scalars; /* room for rg_scalar_scope */

    RG_VECTOR(rg_choice) choices; /* of the nodes being settled, outermost first */
    uint32_t next_choice;         /* of the node that is settled just now */
    bool has_found;               /* a match */
    bool has_chosen;              /* some node could be compared in several ways */
    bool under_reshape;           /* the value at hand is reshaped, so reshapes of it do not count */
    void *free_copies;            /* of the bindings: a list through their first words */
    const rg_accepted *accepted;
    bool may_choose; /* nodes can be compared in several ways, whatever they are */

    /* NULL, or who wants to know what disagrees (observer.h). Then nothing does: the search goes on. */
    struct rg_observer *observer;
    rg_miss_reason type_reason; /* why the last type that did not agree with an input's does not */
    uint32_t type_dimension;    /* and in which dimension */

    uint64_t steps;
    uint64_t max_steps;
    uint32_t max_depth;
    bool gave_up;
    bool stop; /* the caller has what it wanted */
    rg_status status;

    uint64_t *refused; /* rg_matcher.refused; NULL: not counted */
    uint8_t *reason;   /* the rule's of rg_matcher.reasons */

    rg_search_found_function found;
    void *user;
};

/* Count one step; false when the fuel is gone. */
static inline bool rg__search_step(rg_search *search)
{
    search->gave_up = search->gave_up || ++search->steps > search->max_steps;
    return !search->gave_up;
}

/* Has the attempt come to its end, for whatever reason? */
static inline bool rg__search_over(const rg_search *search)
{
    return search->stop || search->gave_up || search->status != RG_OK;
}

/* Note a failure that ends the attempt; gives false. */
__attribute__((cold)) bool rg__search_fail(rg_search *search, rg_status status);

/* ---- agree.c ---- */

/*
 * Does a value of the pattern agree with a value of the graph, under what is bound? Binds inputs, symbols and the
 * device, and nodes still to be settled. `reader` is the graph node whose argument `graph` is. False also when the
 * search has failed with a status.
 */
bool rg__agree(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers);

/* Bind a pattern node to a graph node: same op, and no other pattern node has it. */
bool rg__agree_node(rg_search *search, uint32_t index, rg_node node);

/* Could the pattern node be bound to a node with this one's op? */
bool rg__node_could_be(const rg_search *search, uint32_t index, rg_node node);

/* Bind an input to a value of the graph, or compare it with what it is bound to. */
bool rg__agree_input(rg_search *search, uint32_t input, rg_value value);

/* ---- through.c: nodes that change nothing ---- */

/* The node below this one on its chain, and the last one; null at the end. What stands between two nodes of a chain are
 * the nodes that rg__noop_data gives. */
rg_node rg__chain_next(rg_search *search, rg_node node, bool under_reshape);
rg_node rg__chain_end(rg_search *search, rg_node node, bool under_reshape);
/* Are the two the same value, because their chains meet? */
bool rg__same_value(rg_search *search, rg_node a, rg_node b);

/* rg__agree for nodes, where a node may stand for what it leaves unchanged. `pattern` is a node of the pattern to be
 * matched, or stands for one, for an input, or for an item of a list. */
bool rg__agree_through(rg_search *search, rg_node pattern, rg_node node);
/* rg__agree_input for a list of tensors. */
bool rg__agree_list_through(rg_search *search, uint32_t input, rg_value list);

/* Could the values agree, as far as ops and bound inputs tell? Binds nothing. */
bool rg__could_agree(rg_search *search, rg_value pattern, rg_value graph);

/* Could the type be what an input declares, as far as dtype and rank tell? */
bool rg__type_allows(const rg_search *search, rg_type declared, rg_node node);

/* ---- match_nodes.c: what belongs to a match ---- */

/* The nodes of a match with the present bindings, in the order of rg_match_node. */
rg_status rg__match_nodes(const rg_node **out, size_t *count, rg_search *search, rg_arena *arena);

/* Let inputs that are tensors, or lists of them, capture the ends of their chains. False when they have. */
bool rg__capture_lowest(rg_search *search);

/* What an input has captured; where that is a node of the match, what that node leaves unchanged. */
rg_value rg__captured_outside(rg_search *search, uint32_t input);

/* ---- agree_size.c ---- */

/* The size that a value of the graph stands for: an int, a size, a node of Sym type. A bool is none. */
bool rg__size_of_value(rg_size *out, rg_search *search, rg_value value);
/* Equal for certain. */
bool rg__same_size(rg_search *search, rg_size a, rg_size b);
/* The bound symbols, in memory of the search that the next call overwrites. */
rg_known_sizes rg__search_known(rg_search *search);

/* rg__agree for a SIZE of the pattern; for a dimension of a declared type; for a value met by an int input. */
bool rg__agree_size(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers);
bool rg__agree_dimension(rg_search *search, rg_size pattern, rg_size graph);
bool rg__agree_int_input(rg_search *search, uint32_t input, rg_value value);

/* Compare this pair again when more is bound. */
void rg__search_wait(rg_search *search, rg_pending item);

/* Compare what was waiting and can be compared now. With `last`, solve for symbols that only stand in compound sizes,
 * and fail if anything still has to wait. */
bool rg__agree_pending(rg_search *search, bool last);

/* Give int inputs that were bound as sizes only their values, and the device that of a captured tensor if nothing else
 * has bound it. False when an input is not bound. */
bool rg__agree_complete(rg_search *search);

/* ---- match_items.c ---- */

/* rg__agree for what stands for an item, and for a list of what is made of items. */
bool rg__agree_item(rg_search *search, uint32_t index, rg_value value);
bool rg__agree_list(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers);
/* Has the node been matched for an item of a list? */
bool rg__search_repeats(const rg_search *search, rg_node node);
/* The node of the pattern that it was matched with; RG_NOT_ASSIGNED if it was with none. */
uint32_t rg__search_repeated_index(const rg_search *search, rg_node node);
/* The nodes that items of lists have, of all items that have been matched. */
rg_status rg__repeated_nodes(const rg_repeated_node **out, size_t *count, const rg_search *search, rg_arena *arena);
/* Bind again what item `number` of the list of repetition `index` was matched with. */
void rg__search_recall_item(rg_search *search, uint32_t index, uint32_t number);

/* Is the node the counterpart of some node of the pattern? */
static inline bool rg__search_holds(const rg_search *search, rg_node node)
{
    for (uint32_t i = 0; i < search->pattern->node_count; i++) {
        if (rg_node_same(search->now->nodes[i], node)) {
            return true;
        }
    }
    return search->pattern->repetition_count != 0 && rg__search_repeats(search, node);
}

/* May the value be an item of the list that an input captures? (agree.c) */
bool rg__agree_list_item(rg_search *search, uint32_t input, rg_value value);

/* ---- reference.c ---- */

/* Compare what a bound node is and reads with the pattern's. */
bool rg__search_settle_node(rg_search *search, uint32_t index);

/* Which of `count` ways to compare the node at hand? Each comes in turn. */
uint32_t rg__search_choose(rg_search *search, uint32_t count);

/* Try the rule with its first anchor at `root`; calls search->found for each legal match until search->stop. */
void rg__search_run(rg_search *search, rg_node root);
/* The same with any node of the pattern at `node`. */
void rg__search_run_from(rg_search *search, uint32_t index, rg_node node);

/* ---- call_arguments.c ---- */

/* The argument of a graph node that is compared with slot number `slot` of pattern node `index`, in normal form. False
 * when there is none. */
bool rg__search_argument(rg_value *out, rg_search *search, uint32_t index, uint32_t slot);
/* Has the node what two calls must share before their arguments can be compared one by one? */
bool rg__search_same_form(const rg_search *search, const rg_pattern_node *expected, rg_node node);

/* ---- match.c ---- */

/* A match with the present bindings. */
rg_status rg__match_make(rg_match **out, rg_search *search, rg_arena *arena);
/* The same match in other memory. */
rg_status rg__match_copy(rg_match **out, const rg_match *match, rg_context *context, rg_arena *arena);
rg_status rg__match_list_create(rg_match_list **out, rg_context *context);

/* ---- order.c ---- */

/* Why the match may not be replaced, if so: something computed inside is read outside and is no result, a write stands
 * between its nodes or would be seen otherwise than before (effects.h), or no order of the nodes exists afterwards.
 * `cause` tells more of a refusal. Where nothing is in the way the match gets its order, in `arena`, which is its own.
 * Fails only for want of memory. */
rg_status rg__match_refusal(rg_refusal *out, rg_refusal_cause *cause, rg_match *match, bool may_write, rg_arena *arena);

#endif
