/*
 * expression_observe.c: an attempt that goes on behind what refuses it. The matcher calls in here when it has an
 * observer and a test has said no; expression_explain.c makes the attempts and reads what they found.
 */
#include "match/expression_impl.h"

#include "ir/context_impl.h"

enum { MAX_HOPS = 2 }; /* nodes or parts that may stand in the way, one behind the other */

/* ---- what is noted ---- */

uint32_t rg__expression_observer_matched(const rg_expression_observer *observer, const rg_expression *expression)
{
    uint32_t matched = 0;
    for (uint32_t i = 1; i <= expression->node_count; i++) {
        matched += !rg_node_is_null(observer->found[i]) && !observer->refused[i];
    }
    return matched;
}

void rg__expression_observer_clear(rg_expression_observer *observer, const rg_expression *expression)
{
    size_t count = (size_t)expression->node_count + 1;
    memset(observer->found, 0, count * sizeof *observer->found);
    memset(observer->refused, 0, count * sizeof *observer->refused);
    observer->count = 0;
    observer->is_final = false;
    observer->first = (rg_expression_disagreement){.is_lacking = false};
}

rg_outcome rg__expression_observe_refusal(rg_expression_matcher *matcher)
{
    rg_expression_observer *observer = matcher->observer;
    if (observer->count++ == 0) {
        observer->first = (rg_expression_disagreement){.failure = matcher->failure};
    }
    observer->refused[matcher->failure.part.id] = true;
    observer->is_final = observer->is_final || matcher->failure.reason == RG_EXPRESSION_REASON_KEYWORD;
    return matcher->failure.reason == RG_EXPRESSION_REASON_GAVE_UP ? RG_OUTCOME_ABORT : RG_OUTCOME_FAIL;
}

void rg__expression_observe_call(rg_expression_matcher *matcher, uint32_t part, rg_node node)
{
    matcher->observer->found[part] = node;
}

void rg__expression_observe_reader(rg_expression_matcher *matcher, uint32_t part, rg_node node)
{
    rg_expression_observer *observer = matcher->observer;
    observer->refused[part] = true;
    if (observer->count == 1) {
        observer->first.failure.part.id = part;
        observer->first.reader = node;
    }
}

rg_bound_part rg__observed_bound(const rg_expression_matcher *matcher, uint32_t part, rg_value value)
{
    rg_node found = matcher->observer->found[part];
    if (rg_node_is_null(found)) {
        return (rg_bound_part){value, RG_BOUND_FAILED};
    }
    return (rg_bound_part){rg_value_node(found), RG_BOUND_TO_VALUE};
}

/* ---- what stands in the way ---- */

/* The nearest node at most `hops` behind `node`, through positional arguments, that fits the call. */
static rg_node find_behind(const rg_expression_matcher *matcher, const rg_expression_node *call, rg_node node,
                           uint32_t hops)
{
    size_t count = rg_node_positional_count(matcher->graph, node);
    rg_node found = {0};
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg_node_argument(matcher->graph, node, i);
        if (rg__expression_fits_target(matcher, call, value)) {
            return rg_value_as_node(value);
        }
    }
    for (size_t i = 0; i < count && hops > 1 && rg_node_is_null(found); i++) {
        rg_node next = rg_value_as_node(rg_node_argument(matcher->graph, node, i));
        found = rg_node_is_null(next) ? found : find_behind(matcher, call, next, hops - 1);
    }
    return found;
}

/* The nearest call below `part`, through its arguments, that the node fits; 0: none. */
static uint32_t find_below(const rg_expression_matcher *matcher, uint32_t part, rg_node node, uint32_t hops)
{
    const rg_expression *expression = matcher->expression;
    const rg_expression_node *call = &expression->nodes[part];
    uint32_t found = 0;
    for (uint32_t i = 0; i < call->leaf_count; i++) {
        const rg_expression_node *leaf = &expression->nodes[call->leaves[i]];
        if (rg__expression_is_call(leaf) && rg__expression_fits_target(matcher, leaf, rg_value_node(node))) {
            return call->leaves[i];
        }
    }
    for (uint32_t i = 0; i < call->leaf_count && hops > 1 && found == 0; i++) {
        bool is_call = rg__expression_is_call(&expression->nodes[call->leaves[i]]);
        found = is_call ? find_below(matcher, call->leaves[i], node, hops - 1) : 0;
    }
    return found;
}

rg_outcome rg__expression_observe_around(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                         uint32_t part, rg_node node)
{
    rg_expression_observer *observer = matcher->observer;
    bool is_first = observer->count == 1;
    if (rg_node_is_null(node)) {
        return RG_OUTCOME_FAIL;
    }
    rg_node behind = find_behind(matcher, &matcher->expression->nodes[part], node, MAX_HOPS);
    uint32_t below = rg_node_is_null(behind) ? find_below(matcher, part, node, MAX_HOPS) : 0;
    rg_outcome outcome = RG_OUTCOME_FAIL;
    if (!rg_node_is_null(behind)) {
        observer->refused[part] = false; /* it is there, only not at this place */
        observer->first.between = is_first ? node : observer->first.between;
        outcome = rg__expression_match_call(out, matcher, scope, part, rg_value_node(behind));
    } else if (below != 0) {
        observer->first.is_lacking = observer->first.is_lacking || is_first;
        outcome = rg__expression_match(out, matcher, scope, below, rg_value_node(node));
    } else {
        outcome = rg__expression_observe_positions(out, matcher, scope, part, node); /* another op in its place */
    }
    return rg__expression_worse(outcome, RG_OUTCOME_FAIL);
}

/* Match what stands at the part's place, item by item in lists. Recurses as deep as the part. */
static rg_outcome observe_place(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                uint32_t part, rg_value value)
{
    const rg_expression_node *node = &matcher->expression->nodes[part];
    rg_outcome outcome = RG_OUTCOME_FAIL;
    if (rg__expression_is_pattern(node)) {
        rg_gathered gathered = {0};
        outcome = rg__expression_match(&gathered, matcher, scope, part, value);
        return outcome == RG_OUTCOME_ABORT ? outcome : rg__expression_merge(out, matcher, &gathered);
    }
    size_t count = rg_value_count(matcher->context, matcher->graph, value);
    for (uint32_t i = 0; node->kind == RG_EXPRESSION_ITEMS && i < node->child_count && i < count; i++) {
        rg_value item = rg_value_item(matcher->context, matcher->graph, value, i);
        outcome = observe_place(out, matcher, scope, node->children[i], item);
        if (outcome == RG_OUTCOME_ABORT) {
            return outcome;
        }
    }
    return RG_OUTCOME_FAIL;
}

rg_outcome rg__expression_observe_positions(rg_gathered *out, rg_expression_matcher *matcher,
                                            rg_expression_scope *scope, uint32_t part, rg_node node)
{
    const rg_expression_node *call = &matcher->expression->nodes[part];
    size_t count = rg_node_positional_count(matcher->graph, node);
    for (uint32_t i = 0; i < call->child_count - call->keyword_count && i < count; i++) {
        rg_value value = rg_node_argument(matcher->graph, node, i);
        if (observe_place(out, matcher, scope, call->children[i], value) == RG_OUTCOME_ABORT) {
            return RG_OUTCOME_ABORT;
        }
    }
    return RG_OUTCOME_FAIL;
}

/* ---- candidates ---- */

static void copy_observer(rg_expression_observer *to, const rg_expression_observer *from,
                          const rg_expression *expression)
{
    size_t count = (size_t)expression->node_count + 1;
    memcpy(to->found, from->found, count * sizeof *to->found);
    memcpy(to->refused, from->refused, count * sizeof *to->refused);
    to->count = from->count;
    to->first = from->first;
    to->is_final = from->is_final;
    to->swapped = from->swapped;
}

rg_expression_observer *rg__expression_observer_copy(rg_expression_matcher *matcher)
{
    size_t count = (size_t)matcher->expression->node_count + 1;
    rg_expression_observer *copy = rg__arena_allocate_zero(&matcher->arena, sizeof *copy);
    if (copy != NULL) {
        copy->found = rg__arena_allocate(&matcher->arena, count * sizeof *copy->found);
        copy->refused = rg__arena_allocate(&matcher->arena, count * sizeof *copy->refused);
    }
    if (copy == NULL || copy->found == NULL || copy->refused == NULL) {
        (void)rg__expression_out_of_memory(matcher);
        return NULL;
    }
    copy_observer(copy, matcher->observer, matcher->expression);
    return copy;
}

void rg__expression_observer_restore(rg_expression_matcher *matcher, const rg_expression_observer *copy)
{
    if (!matcher->observer->is_final) {
        copy_observer(matcher->observer, copy, matcher->expression);
    }
}

bool rg__expression_observe_candidates(rg_expression_candidates *candidates, rg_expression_matcher *matcher)
{
    *candidates = (rg_expression_candidates){.before = rg__expression_observer_copy(matcher)};
    return candidates->before != NULL;
}

bool rg__expression_observe_candidate(rg_expression_candidates *candidates, rg_expression_matcher *matcher)
{
    uint32_t matched = rg__expression_observer_matched(matcher->observer, matcher->expression);
    if (matcher->observer->is_final) {
        return false;
    }
    if (candidates->nearest == NULL || matched > candidates->matched) {
        candidates->nearest = rg__expression_observer_copy(matcher);
        candidates->matched = matched;
        if (candidates->nearest == NULL) {
            return false;
        }
    }
    rg__expression_observer_restore(matcher, candidates->before);
    return true;
}

void rg__expression_observe_nearest(const rg_expression_candidates *candidates, rg_expression_matcher *matcher)
{
    if (candidates->nearest == NULL) {
        return; /* the one candidate was final */
    }
    rg__expression_observer_restore(matcher, candidates->nearest);
}

/* ---- one attempt ---- */

rg_status rg__expression_observe(rg_expression_matcher *matcher, rg_expression_observer *observer, rg_graph *graph,
                                 uint32_t part, rg_node node)
{
    rg_outcome outcome;
    rg_gathered gathered;
    rg_bound_part *bound;
    rg__expression_observer_clear(observer, matcher->expression);
    matcher->observer = observer;
    rg_status status = rg__expression_attempt(&outcome, &gathered, &bound, matcher, graph, part, node);
    matcher->observer = NULL;
    return status;
}
