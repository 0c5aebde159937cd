/*
 * correspond.c: replaying a match log by names.
 *
 * A name is given again once its node is gone, so names mean something only at one time: the log is gone through in its
 * order, and what each name stands for is kept. What a name stands for is a list of nodes of the graph before, all of
 * one value: its own node, or that of the result whose place it took, and those of results that it took the place of
 * later, as `x` does when `x * 1` goes.
 */
#include "interp/correspond.h"

/* One of a list; `next` is an index into rg_replay.links, from 1. */
typedef struct rg_link {
    rg_node before;
    uint32_t match;
    uint32_t next;
} rg_link;

typedef struct rg_meaning {
    uint32_t links; /* the first, from 1; 0: a value that the graph before does not have */
    uint32_t maker; /* from 1; 0: the node was there before */
} rg_meaning;

typedef struct rg_replay {
    rg_correspondence *out;
    rg_context *context;
    rg_map numbers; /* name -> index of meanings */
    RG_VECTOR(rg_meaning) meanings;
    RG_VECTOR(rg_link) links;
    RG_VECTOR(uint32_t) taken; /* for a match at hand: by output, its links */
} rg_replay;

static rg_meaning *find_meaning(const rg_replay *replay, rg_string name)
{
    uint32_t index = 0;
    uint32_t id = rg__intern_find(&replay->context->strings, name.data, name.size);
    return id != 0 && rg__map_find(&replay->numbers, id, &index) ? &replay->meanings.items[index] : NULL;
}

/* The name stands for a new node from now on. */
static rg_status set_meaning(rg_replay *replay, rg_string name, rg_meaning meaning)
{
    rg_meaning *known = find_meaning(replay, name);
    uint32_t id = rg__string_id(replay->context, name);
    if (known != NULL) {
        *known = meaning;
        return RG_OK;
    }
    const rg_allocator *allocator = &replay->context->allocator;
    uint32_t index = replay->meanings.count;
    bool good = id != 0 && rg__vector_reserve(allocator, &replay->meanings, (uint64_t)index + 1) &&
                rg__map_set(allocator, &replay->numbers, id, index);
    if (!good || replay->meanings.items == NULL) { /* never NULL when reserved, which clang-tidy does not see */
        return rg__report_memory(replay->context);
    }
    replay->meanings.items[index] = meaning;
    replay->meanings.count = index + 1;
    return RG_OK;
}

static rg_status add_link(uint32_t *last, rg_replay *replay, rg_node before, uint32_t match)
{
    rg_link link = {before, match, 0};
    if (!rg__vector_push(&replay->context->allocator, &replay->links, link)) {
        return rg__report_memory(replay->context);
    }
    if (*last != 0) {
        replay->links.items[*last - 1].next = replay->links.count;
    }
    *last = replay->links.count;
    return RG_OK;
}

static rg_status begin(rg_replay *replay, const rg_graph *before)
{
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(before); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(before, node)) {
        uint32_t link = 0;
        status = add_link(&link, replay, node, 0);
        if (status == RG_OK) {
            status = set_meaning(replay, rg_node_name(before, node), (rg_meaning){link, 0});
        }
    }
    return status;
}

/* ---- one match ---- */

static rg_status note_parent(rg_replay *replay, uint32_t child, uint32_t parent)
{
    rg_correspondence *out = replay->out;
    rg_match_descent descent = {child, parent};
    for (uint32_t i = out->descent.count; i > 0 && out->descent.items[i - 1].child == child; i--) {
        if (out->descent.items[i - 1].parent == parent) {
            return RG_OK;
        }
    }
    return rg__vector_push(out->allocator, &out->descent, descent) ? RG_OK : rg__report_memory(replay->context);
}

static rg_status report_absence(rg_replay *replay, const rg_logged_match *match, const char *does, rg_string name)
{
    return rg__report(replay->context, RG_ERROR_ARGUMENT,
                      "rule %.*s of pass %.*s %s '%.*s', which is not there then: it is the log of another graph",
                      (int)match->rule.size, match->rule.data, (int)match->pass.size, match->pass.data, does,
                      (int)name.size, name.data);
}

static rg_status take_nodes(rg_replay *replay, const rg_logged_match *match, uint32_t number)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < match->node_count && status == RG_OK; i++) {
        const rg_meaning *meaning = find_meaning(replay, match->nodes[i]);
        if (meaning == NULL) {
            return report_absence(replay, match, "takes", match->nodes[i]);
        }
        status = meaning->maker == 0 ? RG_OK : note_parent(replay, number, meaning->maker);
    }
    return status;
}

/* What the results stood for, before names are given to other nodes. */
static rg_status take_outputs(rg_replay *replay, const rg_logged_match *match)
{
    replay->taken.count = 0;
    for (size_t i = 0; i < match->output_count; i++) {
        const rg_meaning *meaning = find_meaning(replay, match->outputs[i]);
        uint32_t links = meaning == NULL ? 0 : meaning->links;
        if (!rg__vector_push(&replay->context->allocator, &replay->taken, links)) {
            return rg__report_memory(replay->context);
        }
    }
    return RG_OK;
}

/* The node that takes the place of a result has its value from now on, beside what it stood for. */
static rg_status hand_links_on(rg_replay *replay, const rg_logged_match *match, size_t output, uint32_t number)
{
    rg_meaning *meaning = find_meaning(replay, match->results[output]);
    uint32_t taken = replay->taken.items[output];
    if (meaning == NULL) {
        return report_absence(replay, match, "puts in a place", match->results[output]);
    }
    uint32_t last = meaning->links;
    while (last != 0 && replay->links.items[last - 1].next != 0) {
        last = replay->links.items[last - 1].next;
    }
    uint32_t end = replay->links.count; /* so that a list is not handed to itself for ever */
    rg_status status = RG_OK;
    for (uint32_t at = taken; at != 0 && at <= end && status == RG_OK; at = replay->links.items[at - 1].next) {
        status = add_link(&last, replay, replay->links.items[at - 1].before, number);
        meaning->links = meaning->links == 0 ? last : meaning->links;
    }
    return status;
}

static rg_status replay_match(rg_replay *replay, const rg_logged_match *match, uint32_t number)
{
    bool is_elsewhere = match->graph.size > 0;
    rg_status status = is_elsewhere ? RG_OK : take_nodes(replay, match, number);
    if (status == RG_OK && !is_elsewhere) {
        status = take_outputs(replay, match);
    }
    for (size_t i = 0; i < match->made_count && status == RG_OK && !is_elsewhere; i++) {
        status = set_meaning(replay, match->made[i], (rg_meaning){0, number});
    }
    for (size_t i = 0; i < match->output_count && status == RG_OK && !is_elsewhere; i++) {
        if (match->results[i].size > 0 && replay->taken.items[i] != 0) {
            status = hand_links_on(replay, match, i, number);
        }
    }
    return status;
}

/* ---- the graph after ---- */

/* A node of that name that no logged match made is another one if it calls something else. */
static bool is_other(const rg_graph *before, rg_node a, const rg_graph *after, rg_node b)
{
    return !rg_op_same(rg_node_op(before, a), rg_node_op(after, b)) ||
           !rg_string_equal(rg_node_target(before, a), rg_node_target(after, b));
}

static rg_status pair_node(rg_replay *replay, const rg_graph *before, const rg_graph *after, rg_node node)
{
    rg_correspondence *out = replay->out;
    const rg_meaning *meaning = find_meaning(replay, rg_node_name(after, node));
    if (meaning == NULL || rg_node_kind(after, node) == RG_OP_OUTPUT) {
        return RG_OK;
    }
    out->makers[node.id] = meaning->maker;
    for (uint32_t at = meaning->links; at != 0; at = replay->links.items[at - 1].next) {
        const rg_link *link = &replay->links.items[at - 1];
        rg_node_pair pair = {link->before, node, link->match};
        bool is_own = link->match == 0;
        if (is_own && (rg_node_kind(after, node) == RG_OP_PLACEHOLDER || is_other(before, link->before, after, node))) {
            continue;
        }
        if (!rg__vector_push(out->allocator, &out->pairs, pair)) {
            return rg__report_memory(replay->context);
        }
    }
    return RG_OK;
}

rg_status rg__correspond(rg_correspondence *out, const rg_graph *before, const rg_graph *after, const rg_match_log *log)
{
    rg_context *context = rg_graph_context(after);
    const rg_allocator *allocator = &context->allocator;
    rg_replay replay = {.out = out, .context = context};
    *out = (rg_correspondence){.allocator = allocator, .maker_count = (size_t)after->id_count + 1};
    out->makers = rg__allocate(allocator, out->maker_count * sizeof(*out->makers));
    rg_status status = out->makers == NULL ? rg__report_memory(context) : begin(&replay, before);
    if (out->makers != NULL) {
        memset(out->makers, 0, out->maker_count * sizeof(*out->makers));
    }
    for (size_t i = 0; i < rg_match_log_count(log) && status == RG_OK; i++) {
        status = replay_match(&replay, rg_match_log_get(log, i), (uint32_t)i + 1);
    }
    for (rg_node node = rg_graph_first(after); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(after, node)) {
        status = pair_node(&replay, before, after, node);
    }
    rg__map_free(allocator, &replay.numbers);
    rg__vector_free(allocator, &replay.meanings);
    rg__vector_free(allocator, &replay.links);
    rg__vector_free(allocator, &replay.taken);
    return status;
}

void rg__correspondence_free(rg_correspondence *correspondence)
{
    rg__free(correspondence->allocator, correspondence->makers,
             correspondence->maker_count * sizeof(*correspondence->makers));
    rg__vector_free(correspondence->allocator, &correspondence->pairs);
    rg__vector_free(correspondence->allocator, &correspondence->descent);
}
