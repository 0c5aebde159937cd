/*
 * order.c: may a match be replaced? What a match computes must not be read outside unless it is a result (law 3), no
 * write may stand between its nodes (law 5), and there must be an order in which the new nodes have their inputs before
 * them and their readers behind them (law 4).
 */
#include "ir/graph_alias.h"
#include "match/effects.h"
#include "match/search.h"
#include "match/size_query.h"
#include "rule/repetition.h"

/* ---- what kind of node ---- */

bool rg__op_writes(const rg_context *context, rg_op op)
{
    return (rg_op_traits(context, op) & (RG_TRAIT_MUTATES | RG_TRAIT_INPLACE_VIEW)) != 0;
}

bool rg__node_is_ordered(const rg_graph *graph, rg_node node)
{
    static const uint32_t ordered =
        RG_TRAIT_EFFECT | RG_TRAIT_MUTATES | RG_TRAIT_INPLACE_VIEW | RG_TRAIT_RANDOM | RG_TRAIT_COLLECTIVE;
    rg_op_kind kind = rg_node_kind(graph, node);
    uint32_t traits = rg_op_traits(rg_graph_context(graph), rg_node_op(graph, node));
    if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_OUTPUT || kind == RG_OP_GET_ATTR) {
        return false;
    }
    return (traits & ordered) != 0 || (traits & RG_TRAIT_PURE) == 0;
}

bool rg__match_holds(const rg_match *match, rg_node node)
{
    for (size_t i = 0; i < match->node_count; i++) {
        if (rg_node_same(match->nodes[i], node)) {
            return true;
        }
    }
    return false;
}

/* ---- law 3: nothing escapes ---- */

static bool is_result(const rg_match *match, rg_node node)
{
    const rg_pattern *pattern = match->rule->compiled;
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        if (rg_node_same(match->assigned[i], node)) {
            return pattern->nodes[i].is_result;
        }
    }
    return false;
}

/* In the rule's own pattern: does the node stand for a list, or for its items? */
static bool is_marker(const rg_match *match, rg_node node)
{
    return match->graph == match->rule->pattern && rg__node_is_repetition(match->graph, node);
}

/* In the rule's own pattern some nodes are no readers: the return, which names results that the replacement drops, too,
 * and what stands for lists and their items. */
static bool is_no_reader(const rg_match *match, rg_node user)
{
    rg_pattern_kind kind =
        match->graph == match->rule->pattern ? match->rule->compiled->places[user.id].kind : RG_PATTERN_NODE;
    return kind == RG_PATTERN_ITEM || kind == RG_PATTERN_LIST ||
           (kind == RG_PATTERN_NONE &&
            (rg_node_same(user, rg_graph_output(match->graph)) || rg__node_is_marker(match->graph, user, RG_REST_OF)));
}

static bool escapes(const rg_match *match, rg_node node, rg_refusal_cause *cause)
{
    rg_use_list uses = rg__node_uses(match->graph, node);
    for (uint32_t i = 0; i < uses.count; i++) {
        rg_node user = {uses.entries[i].user};
        rg_size_source source;
        if (!is_no_reader(match, user) && !rg__match_holds(match, user) &&
            !rg__size_query_source(&source, match, user)) {
            *cause = (rg_refusal_cause){user, node};
            return true;
        }
    }
    return false;
}

typedef struct rg_capture_check {
    const rg_match *match;
    rg_node inside;
} rg_capture_check;

static rg_status check_capture(void *user, uint32_t id)
{
    rg_capture_check *check = user;
    if (rg__match_holds(check->match, (rg_node){id})) {
        check->inside = (rg_node){id};
    }
    return RG_OK;
}

/* An input must be something that is still there when the match is gone. */
static bool captures_itself(const rg_match *match, rg_refusal_cause *cause)
{
    rg_capture_check check = {match, {0}};
    for (size_t i = 0; i < match->rule->input_count; i++) {
        (void)rg__graph_visit_nodes(match->graph, match->inputs[i], check_capture, &check);
    }
    if (!rg_node_is_null(check.inside)) {
        *cause = (rg_refusal_cause){check.inside, check.inside};
    }
    return !rg_node_is_null(check.inside);
}

/* ---- law 5: writes ---- */

static bool node_writes(const rg_match *match, rg_node node)
{
    return rg__op_writes(rg_graph_context(match->graph), rg_node_op(match->graph, node));
}

/* Do the match's writes stand before and behind the same nodes as in the pattern? */
static bool keeps_order_of_writes(const rg_match *match, rg_refusal_cause *cause)
{
    size_t count = rg__match_counterpart_count(match);
    for (uint32_t i = 0; i < match->rule->compiled->node_count; i++) { /* what items have does not write */
        for (size_t j = 0; j < count && node_writes(match, match->assigned[i]); j++) {
            rg_repeated_node other = rg__match_counterpart(match, j);
            bool is_other = other.index != RG_NOT_ASSIGNED && other.index != i;
            if (is_other && rg_graph_precedes(match->graph, other.node, match->assigned[i]) != (other.index < i)) {
                *cause = (rg_refusal_cause){match->assigned[i], other.node};
                return false;
            }
        }
    }
    return true;
}

/* Is it certain that what stands among the match's writes and is none of its nodes does not see them? */
static rg_status stand_apart(bool *out, rg_refusal_cause *cause, const rg_match *match, rg_node first, rg_node last)
{
    const rg_graph *graph = match->graph;
    rg_alias_set written = {0};
    bool done = rg__match_find_written(&written, match) && rg__alias_add_views(&written, graph, NULL, NULL);
    *out = true;
    for (uint32_t i = 0; i < written.nodes.count && *out; i++) {
        rg_node node = {written.nodes.items[i]};
        size_t count = rg_node_use_count(graph, node);
        for (size_t j = 0; j < count && *out; j++) {
            rg_node user = rg_node_use(graph, node, j).user;
            *out = rg__match_holds(match, user) || rg_graph_precedes(graph, user, first) ||
                   rg_graph_precedes(graph, last, user);
            *cause = *out ? *cause : (rg_refusal_cause){user, node};
        }
    }
    rg__alias_set_free(&written, graph);
    return done ? RG_OK : rg__report_memory(rg_graph_context(graph));
}

/*
 * Could a write be observed? Between the first and the last node no other node writes; and where the match writes
 * itself, it does everything in the pattern's order, and what else stands there is pure and does not read that memory.
 * Then nobody sees the memory in between, wherever between the two the replacement comes to stand.
 *
 * Nodes that change nothing are not asked: what is made of memory that anything writes is not seen through.
 */
static rg_status writes_are_observable(bool *out, rg_refusal_cause *cause, const rg_match *match)
{
    const rg_graph *graph = match->graph;
    rg_node first = match->assigned[0];
    rg_node last = match->assigned[0];
    bool match_writes = false;
    bool others_write = false;
    bool has_others = false;
    bool has_ordered = false;
    for (size_t i = 0; i < rg__match_counterpart_count(match); i++) {
        rg_node node = rg__match_counterpart(match, i).node;
        first = rg_graph_precedes(graph, node, first) ? node : first;
        last = rg_graph_precedes(graph, last, node) ? node : last;
        match_writes = match_writes || node_writes(match, node);
    }
    for (rg_node node = first; !rg_node_same(node, last); node = rg_graph_next(graph, node)) {
        if (!rg__match_holds(match, node) && !is_marker(match, node)) {
            has_others = true;
            bool is_ordered = rg__node_is_ordered(graph, node);
            bool writes = node_writes(match, node);
            if ((writes && !others_write) || (is_ordered && !has_ordered && !others_write)) {
                *cause = (rg_refusal_cause){node, {0}};
            }
            has_ordered = has_ordered || is_ordered;
            others_write = others_write || writes;
        }
    }
    bool is_apart = true;
    *out = others_write || (match_writes && (has_ordered || !keeps_order_of_writes(match, cause)));
    rg_status status = !*out && match_writes && has_others ? stand_apart(&is_apart, cause, match, first, last) : RG_OK;
    *out = *out || !is_apart;
    return status;
}

/* ---- law 4: an order exists ---- */

/* Nodes reached by following users: a list and the same as a set. */
typedef struct rg_spread {
    const rg_match *match;
    const rg_allocator *allocator;
    RG_VECTOR(rg_node) nodes;
    rg_map seen;
    rg_node last; /* nodes behind it do not count */
    bool through_match;
    bool failed;
} rg_spread;

static void spread_to(rg_spread *spread, rg_node node)
{
    const rg_match *match = spread->match;
    uint32_t ignored = 0;
    if (rg_graph_precedes(match->graph, spread->last, node) || rg__map_find(&spread->seen, node.id, &ignored) ||
        (!spread->through_match && rg__match_holds(match, node))) {
        return;
    }
    spread->failed = spread->failed || !rg__map_set(spread->allocator, &spread->seen, node.id, 1) ||
                     !rg__vector_push(spread->allocator, &spread->nodes, node);
}

static void spread_to_users(rg_spread *spread, rg_node node)
{
    size_t count = rg_node_use_count(spread->match->graph, node);
    for (size_t i = 0; i < count && !spread->failed; i++) {
        spread_to(spread, rg_node_use(spread->match->graph, node, i).user);
    }
}

static void spread_all(rg_spread *spread)
{
    for (uint32_t i = 0; i < spread->nodes.count && !spread->failed; i++) {
        spread_to_users(spread, spread->nodes.items[i]);
    }
}

static void spread_free(rg_spread *spread)
{
    rg__vector_free(spread->allocator, &spread->nodes);
    rg__map_free(spread->allocator, &spread->seen);
}

rg_status rg__match_dependents(const rg_node **out, size_t *count, const rg_match *match, const uint32_t *results,
                               uint32_t result_count, rg_node last, bool through_match, rg_arena *arena)
{
    rg_context *context = rg_graph_context(match->graph);
    rg_spread spread = {match, &context->allocator, {0}, {0}, last, through_match, false};
    rg_node *nodes = NULL;
    for (uint32_t i = 0; i < result_count; i++) {
        if (match->rule->compiled->results[results[i]].kind != RG_PATTERN_NODE) {
            continue;
        }
        rg_node result = match->outputs[results[i]];
        size_t use_count = rg_node_use_count(match->graph, result);
        for (size_t j = 0; j < use_count && !spread.failed; j++) {
            rg_node user = rg_node_use(match->graph, result, j).user;
            if (!rg__match_holds(match, user)) {
                spread_to(&spread, user);
            }
        }
    }
    spread_all(&spread);
    if (!spread.failed) {
        nodes = rg__arena_allocate(arena, spread.nodes.count * sizeof(*nodes));
    }
    if (nodes != NULL && spread.nodes.count != 0) {
        memcpy(nodes, spread.nodes.items, spread.nodes.count * sizeof(*nodes));
    }
    *count = nodes == NULL ? 0 : rg__sort_nodes(match->graph, nodes, spread.nodes.count);
    *out = nodes;
    spread_free(&spread);
    return nodes == NULL ? rg__report_memory(context) : RG_OK;
}

typedef struct rg_latest {
    const rg_graph *graph;
    rg_node node;
} rg_latest;

static rg_status take_latest(void *user, uint32_t id)
{
    rg_latest *latest = user;
    rg_node node = {id};
    if (rg_node_is_null(latest->node) || rg__graph_precedes(latest->graph, latest->node, node)) {
        latest->node = node;
    }
    return RG_OK;
}

static bool group_needs(const rg_match *match, const rg_match_group *group, uint32_t input)
{
    bool needs = group->is_whole;
    for (uint32_t i = 0; i < group->result_count && !needs; i++) {
        needs = rg__pattern_result_needs(match->rule->compiled, group->results[i], input);
    }
    return needs;
}

rg_node rg__match_latest_input(const rg_match *match, const rg_match_group *group)
{
    rg_latest latest = {match->graph, {0}};
    for (uint32_t i = 0; i < match->rule->input_count; i++) {
        if (group_needs(match, group, i)) {
            (void)rg__graph_visit_nodes(match->graph, match->inputs[i], take_latest, &latest);
        }
    }
    return latest.node;
}

static void take_first_reader(rg_node *first, const rg_match *match, uint32_t result)
{
    if (match->rule->compiled->results[result].kind != RG_PATTERN_NODE) {
        return;
    }
    rg_use_list uses = rg__node_uses(match->graph, match->outputs[result]);
    for (uint32_t i = 0; i < uses.count; i++) {
        rg_node user = {uses.entries[i].user};
        if ((rg_node_is_null(*first) || rg__graph_precedes(match->graph, user, *first)) &&
            !rg__match_holds(match, user)) {
            *first = user;
        }
    }
}

rg_node rg__match_first_reader(const rg_match *match, const rg_match_group *group)
{
    rg_node first = {0};
    for (uint32_t i = 0; i < group->result_count; i++) {
        take_first_reader(&first, match, group->results[i]);
    }
    return first;
}

/* Could moving nodes between these two change the order of effects? Not with one such node at most. */
static bool has_ordered_nodes(const rg_match *match, rg_node from, rg_node to)
{
    size_t count = 0;
    for (rg_node node = from; !rg_node_is_null(node); node = rg_graph_next(match->graph, node)) {
        if (rg__node_is_ordered(match->graph, node) && !rg__match_holds(match, node)) {
            count++;
        }
        if (rg_node_same(node, to)) {
            break;
        }
    }
    return count > 1;
}

/* Does one of the inputs that `result` needs hold one of these nodes? */
typedef struct rg_hit {
    const rg_node *nodes;
    size_t count;
    bool found;
} rg_hit;

static rg_status check_hit(void *user, uint32_t id)
{
    rg_hit *hit = user;
    for (size_t i = 0; i < hit->count && !hit->found; i++) {
        hit->found = hit->nodes[i].id == id;
    }
    return RG_OK;
}

static bool needs_one_of(const rg_match *match, uint32_t result, const rg_node *nodes, size_t count)
{
    rg_hit hit = {nodes, count, false};
    for (uint32_t i = 0; i < match->rule->input_count; i++) {
        if (rg__pattern_result_needs(match->rule->compiled, result, i)) {
            (void)rg__graph_visit_nodes(match->graph, match->inputs[i], check_hit, &hit);
        }
    }
    return hit.found;
}

/* Which results must be replaced before which: before[i * count + j] when an input of result j depends on result i. */
static rg_status relate_results(bool *before, bool *related, const rg_match *match, rg_node last, rg_arena *arena)
{
    uint32_t count = (uint32_t)match->output_count;
    *related = false;
    for (uint32_t i = 0; i < count; i++) {
        const rg_node *dependents = NULL;
        size_t dependent_count = 0;
        rg_status status = rg__match_dependents(&dependents, &dependent_count, match, &i, 1, last, false, arena);
        if (status != RG_OK) {
            return status;
        }
        for (uint32_t j = 0; j < count; j++) {
            before[i * count + j] = needs_one_of(match, j, dependents, dependent_count);
            *related = *related || before[i * count + j];
        }
    }
    return RG_OK;
}

/* One group a result, each behind those it depends on, otherwise in order; impossible when they depend on one another.
 */
static rg_status separate_results(rg_match_order *out, const rg_match *match, const bool *before, rg_arena *arena)
{
    uint32_t count = (uint32_t)match->output_count;
    rg_match_group *groups = rg__arena_allocate_zero(arena, count * sizeof(*groups));
    uint32_t *results = rg__arena_allocate(arena, count * sizeof(*results));
    bool *placed = rg__arena_allocate_zero(arena, count * sizeof(*placed));
    if (groups == NULL || results == NULL || placed == NULL) {
        return rg__report_memory(rg_graph_context(match->graph));
    }
    uint32_t done = 0;
    for (uint32_t progress = UINT32_MAX; progress != done;) {
        progress = done;
        for (uint32_t i = 0; i < count; i++) {
            bool ready = !placed[i];
            for (uint32_t j = 0; j < count && ready; j++) {
                ready = placed[j] || !before[j * count + i];
            }
            if (ready) {
                placed[i] = true;
                results[done] = i;
                groups[done] = (rg_match_group){&results[done], 1, false};
                done++;
            }
        }
    }
    out->possible = done == count;
    out->groups = groups;
    out->group_count = done;
    return RG_OK;
}

static void put_together(rg_match_order *out, const rg_match_group *group)
{
    out->possible = true;
    out->groups = group;
    out->group_count = 1;
}

rg_status rg__match_order(rg_match_order *out, const rg_match *match, rg_arena *arena)
{
    rg_context *context = rg_graph_context(match->graph);
    uint32_t count = (uint32_t)match->output_count;
    rg_match_group *group = rg__arena_allocate(arena, sizeof(*group));
    uint32_t *all = rg__arena_allocate(arena, count * sizeof(*all));
    *out = (rg_match_order){.possible = false};
    if (group == NULL || all == NULL) {
        return rg__report_memory(context);
    }
    for (uint32_t i = 0; i < count; i++) {
        all[i] = i;
    }
    *group = (rg_match_group){all, count, true};
    rg_node input = rg__match_latest_input(match, group);
    rg_node reader = rg__match_first_reader(match, group);
    out->latest_input = input;
    out->first_reader = reader;
    if (rg_node_is_null(input) || rg_node_is_null(reader) || rg__graph_precedes(match->graph, input, reader)) {
        put_together(out, group);
        return RG_OK;
    }
    if (has_ordered_nodes(match, reader, input)) {
        return RG_OK;
    }
    bool *before = rg__arena_allocate_zero(arena, (size_t)count * count * sizeof(*before));
    bool related = false;
    rg_status status =
        before == NULL ? rg__report_memory(context) : relate_results(before, &related, match, input, arena);
    if (status != RG_OK) {
        return status;
    }
    if (!related) {
        put_together(out, group);
        return RG_OK;
    }
    /* Writes and the like must keep their order, so they are not taken apart. */
    return match->rule->compiled->effects->is_ordered ? RG_OK : separate_results(out, match, before, arena);
}

/* ---- all of it ---- */

/* Is something inside read outside that is no result? */
static bool any_escapes(const rg_match *match, rg_refusal_cause *cause)
{
    for (size_t i = 0; i < match->node_count; i++) {
        if (!is_result(match, match->nodes[i]) && escapes(match, match->nodes[i], cause)) {
            return true;
        }
    }
    return false;
}

/* What stays for its readers, and what it reads in turn, is computed once more by the replacement; so it must be pure,
 * and the replacement must not write. */
static bool may_stay(const rg_match *match)
{
    bool is_pure = match->rule->keep_shared && match->rule->compiled->effects->written == 0;
    for (size_t i = 0; i < match->node_count && is_pure; i++) {
        is_pure = !rg__node_is_ordered(match->graph, match->nodes[i]);
    }
    return is_pure;
}

rg_status rg__match_refusal(rg_refusal *out, rg_refusal_cause *cause, rg_match *match, bool may_write, rg_arena *arena)
{
    bool is_observable = false;
    bool is_shared = any_escapes(match, cause);
    *out = is_shared && !may_stay(match)   ? RG_REFUSAL_READ_OUTSIDE
           : captures_itself(match, cause) ? RG_REFUSAL_CAPTURES_ITSELF
                                           : RG_REFUSAL_NONE;
    if (*out != RG_REFUSAL_NONE) {
        return RG_OK;
    }
    rg_status status = may_write ? writes_are_observable(&is_observable, cause, match) : RG_OK;
    if (status == RG_OK) {
        *out = is_observable ? RG_REFUSAL_WRITE_BETWEEN : RG_REFUSAL_NONE;
        status = is_observable ? RG_OK : rg__effects_judge(out, cause, match, may_write, is_shared);
    }
    if (status != RG_OK || *out != RG_REFUSAL_NONE) {
        return status;
    }
    *cause = (rg_refusal_cause){{0}, {0}};
    status = rg__match_order(&match->order, match, arena);
    *out = match->order.possible ? RG_REFUSAL_NONE : RG_REFUSAL_NO_ORDER;
    return status;
}
