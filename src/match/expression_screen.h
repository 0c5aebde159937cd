/*
 * expression_screen.h: which expressions of a pass can match at a node, by what stands around it.
 *
 * Trying every expression of a root's op costs an attempt each, and nearly all fail within a few calls of the root.
 * What decides there is the node's *surroundings*: the ops above it, how many positional arguments they have, how many
 * users, and which arguments are nodes. Graphs repeat themselves, so a pass looks expressions up by surroundings and
 * asks rg__expression_may_match once for each kind of them.
 */
#ifndef RG_MATCH_EXPRESSION_SCREEN_H
#define RG_MATCH_EXPRESSION_SCREEN_H

#include "match/expression_impl.h"

typedef RG_VECTOR(uint32_t) rg_surroundings;

/* Describe the surroundings of a live node in words: equal words, equal answers of rg__expression_may_match for every
 * expression. False when memory is out. */
bool rg__expression_surroundings(rg_surroundings *out, const rg_graph *graph, rg_node node);

/* False only if an attempt at this node, whose op fits the root, must fail for what stands in its surroundings. */
bool rg__expression_may_match(const rg_expression_matcher *matcher, const rg_graph *graph, rg_node node);

#endif
