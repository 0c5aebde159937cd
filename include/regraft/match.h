/*
 * match.h: finding where rules apply.
 *
 * A matcher holds the mutable state of a search over one rule set; the set must not change while matchers exist. Sets
 * may be shared by matchers of several threads, each with a context of its own that has the set's context as parent.
 *
 * What a match is, is defined by the reference matcher (src/match/reference.c): an assignment of graph nodes to the
 * pattern's nodes such that ops, normalised arguments, captured inputs, types and sizes agree; values computed inside
 * the match and read outside it are results of the pattern; and the match can be replaced without a cycle.
 */
#ifndef REGRAFT_MATCH_H
#define REGRAFT_MATCH_H

#include <regraft/rule.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_matcher rg_matcher;
typedef struct rg_match_list rg_match_list;

/* Make a matcher for graphs of `context`, which is the set's context or a child of it. */
RG_API RG_NODISCARD rg_status rg_matcher_create(rg_matcher **out, rg_context *context, const rg_rule_set *set);
/* Destroy a matcher; its match lists stay. NULL is allowed. */
RG_API void rg_matcher_destroy(rg_matcher *matcher);
/* The set it was made for; lent. */
RG_API const rg_rule_set *rg_matcher_rules(const rg_matcher *matcher);

/* Every match of every rule, overlapping ones included: by root from the end of the graph to its start, at one root in
 * the set's order. A rule that fits one root in several ways, having results that can be found in several places, has a
 * match for each. The graph is not changed; the list is yours and speaks of the graph as it is now. */
RG_API RG_NODISCARD rg_status rg_matcher_find_all(rg_match_list **out, rg_matcher *matcher, rg_graph *graph);

/* The matches whose root is `root`. */
RG_API RG_NODISCARD rg_status rg_matcher_find_at(rg_match_list **out, rg_matcher *matcher, rg_graph *graph,
                                                 rg_node root);

/* Why the last search refused a rule at a place where all of its pattern was found: "a value inside of the match is
 * read outside". Empty when it refused none, or did not come so far; of several reasons the last one. `rule` is the
 * index in the set. */
RG_API rg_string rg_matcher_refusal(const rg_matcher *matcher, size_t rule);

/* Destroy a list and its matches (NULL is allowed); count them; the one at `index`, in the order of the search. */
RG_API void rg_match_list_destroy(rg_match_list *list);
RG_API size_t rg_match_list_count(const rg_match_list *list);
RG_API const rg_match *rg_match_list_get(const rg_match_list *list, size_t index); /* lent */
/* Attempts that ran out of rg_limits.max_search_steps: their answer is "gave up", not "no match". */
RG_API size_t rg_match_list_gave_up(const rg_match_list *list);

RG_API const rg_graph *rg_match_graph(const rg_match *match);
RG_API size_t rg_match_rule(const rg_match *match); /* index into the rule set */
/* The node of the first result that the pattern computes (results that are inputs do not count). */
RG_API rg_node rg_match_root(const rg_match *match);
/* Nodes of the match: those that the pattern's were found as in post-order, children in argument order, then the node,
 * the root's tree first; in front of each, the lowest first, what it is read through that changes nothing and goes with
 * the match (doc/matching.md). */
RG_API size_t rg_match_node_count(const rg_match *match);
RG_API rg_node rg_match_node(const rg_match *match, size_t index);
/* Results in the pattern's order; a result that is an input is the captured value's node, or null for a constant. */
RG_API size_t rg_match_output_count(const rg_match *match);
RG_API rg_node rg_match_output(const rg_match *match, size_t index);
/* What an input captured: a node or a constant; missing for an unknown name. */
RG_API rg_value rg_match_input(const rg_match *match, rg_string name);
/* What a size variable stands for; null for an unknown name. */
RG_API rg_size rg_match_size(const rg_match *match, rg_string name);

#ifdef __cplusplus
}
#endif
#endif
