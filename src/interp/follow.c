/*
 * follow.c: running the graph that passes left beside the one that they got, node by node (rg_run_follow). Which nodes
 * belong together: correspond.c.
 *
 * The leader is run first, and copies are kept of what corresponding nodes came to at the time: later writes do not
 * change them. Then the other is run; where a value has been compared, the leader's elements are written over it, into
 * the same storage, so that views of it and writes to it go on as they would.
 */
#include "interp/correspond.h"

struct rg_following {
    rg_run *run;
    const rg_run *leader;
    const rg_match_log *log;
    double factor;
    rg_correspondence nodes;
    uint32_t next;             /* the first pair whose node has not been run yet */
    bool *is_wanted;           /* by node id of the leader: does another one correspond? */
    rg_datum *copies;          /* of the leader's values: [rank][node id] */
    size_t copy_count;         /* of one rank */
    rg_followed_value *values; /* by pair */
    uint32_t value_count;      /* of pairs that were compared */
    uint32_t *matches;         /* by value: the match of its pair */
    bool *has_value;           /* by node id of the run's graph: was it compared, and given the leader's elements? */
    bool *is_behind;           /* likewise, for rg_following_suspects: the value in question depends on it */
    uint8_t *suspicions;       /* by place in the log, from 1: of enum suspicion, for rg_following_suspects */
};

enum suspicion { IS_SUSPECT = 1, IS_EARLIER = 2 };

/* ---- the leader ---- */

static rg_status keep_copy(void *user, rg_run *leader, rg_node node)
{
    rg_following *following = user;
    rg_status status = RG_OK;
    for (uint32_t rank = 0; rank < leader->ranks && following->is_wanted[node.id] && status == RG_OK; rank++) {
        status = rg__datum_clone(&following->copies[rank * following->copy_count + node.id], leader->context,
                                 rg__frame_slot(&leader->frame, rank, node), &leader->budget);
    }
    return status;
}

static const rg_datum *copy_of(const rg_following *following, uint32_t rank, rg_node node)
{
    return &following->copies[rank * following->copy_count + node.id];
}

/* ---- the other ---- */

/* Both are of the same kind, dtype and sizes. */
static void give_elements(rg_datum *to, const rg_datum *from)
{
    if (to->kind == RG_DATUM_TENSOR) {
        (void)rg__tensor_copy(to->tensor, from->tensor);
    } else if (to->kind == RG_DATUM_TUPLE) {
        for (size_t i = 0; i < to->tuple.count; i++) {
            give_elements(&to->tuple.items[i], &from->tuple.items[i]);
        }
    } else if (to->kind == RG_DATUM_BOOL || to->kind == RG_DATUM_INT || to->kind == RG_DATUM_FLOAT) {
        *to = *from;
    }
}

static rg_followed_value compare_pair(const rg_following *following, const rg_node_pair *pair)
{
    rg_followed_value result = {.before = pair->before, .after = pair->after, .equal = true, .comparable = true};
    for (uint32_t rank = 0; rank < following->run->ranks && result.equal && result.comparable; rank++) {
        const rg_datum *actual = rg__frame_slot(&following->run->frame, rank, pair->after);
        rg_datum_comparison compared =
            rg__datum_compare(actual, copy_of(following, rank, pair->before), following->factor);
        result.equal = compared.equal;
        result.comparable = compared.comparable;
        result.rank = rank;
        result.values = compared.values;
    }
    return result;
}

/* Inputs and attributes are the caller's: they are compared, and left as they are. */
static bool takes_elements(const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return kind != RG_OP_PLACEHOLDER && kind != RG_OP_GET_ATTR;
}

static rg_status compare_node(void *user, rg_run *run, rg_node node)
{
    rg_following *following = user;
    rg_node leader = {0};
    while (following->next < following->nodes.pairs.count &&
           rg_node_same(following->nodes.pairs.items[following->next].after, node)) {
        const rg_node_pair *pair = &following->nodes.pairs.items[following->next++];
        if (copy_of(following, 0, pair->before)->kind == RG_DATUM_MISSING) {
            continue;
        }
        rg_followed_value value = compare_pair(following, pair);
        following->matches[following->value_count] = pair->match;
        following->values[following->value_count++] = value;
        leader = rg_node_is_null(leader) && value.comparable ? pair->before : leader;
    }
    following->has_value[node.id] = !rg_node_is_null(leader);
    for (uint32_t rank = 0; rank < run->ranks && !rg_node_is_null(leader); rank++) {
        if (takes_elements(run->graph, node)) {
            give_elements(rg__frame_slot(&run->frame, rank, node), copy_of(following, rank, leader));
        }
    }
    return RG_OK;
}

/* ---- both ---- */

static void *allocate_zero(const rg_allocator *allocator, size_t size)
{
    void *block = rg__allocate(allocator, size);
    if (block != NULL) {
        memset(block, 0, size);
    }
    return block;
}

static size_t log_room(const rg_following *following)
{
    return rg_match_log_count(following->log) + 1;
}

static size_t node_room(const rg_following *following)
{
    return following->run->frame.value_count;
}

static size_t pair_room(const rg_following *following)
{
    return (size_t)following->nodes.pairs.count + 1;
}

static rg_status make_room(rg_following *following)
{
    const rg_allocator *allocator = &following->run->context->allocator;
    following->copy_count = following->leader->frame.value_count;
    following->is_wanted = allocate_zero(allocator, following->copy_count * sizeof(bool));
    following->copies = allocate_zero(allocator, following->copy_count * following->leader->ranks * sizeof(rg_datum));
    following->values = allocate_zero(allocator, pair_room(following) * sizeof(*following->values));
    following->matches = allocate_zero(allocator, pair_room(following) * sizeof(*following->matches));
    following->has_value = allocate_zero(allocator, node_room(following) * sizeof(bool));
    following->is_behind = allocate_zero(allocator, node_room(following) * sizeof(bool));
    following->suspicions = allocate_zero(allocator, log_room(following));
    bool good = following->is_wanted != NULL && following->copies != NULL && following->values != NULL &&
                following->matches != NULL && following->has_value != NULL && following->is_behind != NULL &&
                following->suspicions != NULL;
    for (uint32_t i = 0; i < following->nodes.pairs.count && good; i++) {
        following->is_wanted[following->nodes.pairs.items[i].before.id] = true;
    }
    return good ? RG_OK : rg__report_memory(following->run->context);
}

static rg_status execute(rg_run *run, rg_node_observer observer, rg_following *following)
{
    run->observer = observer;
    run->observer_user = following;
    rg_status status = rg_run_execute(run);
    run->observer = NULL;
    return status;
}

rg_status rg_run_follow(rg_following **out, rg_run *run, rg_run *leader, const rg_match_log *log,
                        double tolerance_factor)
{
    const rg_allocator *allocator = &run->context->allocator;
    *out = NULL;
    if (run->executed || leader->executed || run->ranks != leader->ranks || run->context != leader->context) {
        return rg__report(run->context, RG_ERROR_ARGUMENT,
                          "two runs of one context that were not executed, on as many ranks, are needed");
    }
    rg_following *following = allocate_zero(allocator, sizeof(*following));
    if (following == NULL) {
        return rg__report_memory(run->context);
    }
    following->run = run;
    following->leader = leader;
    following->log = log;
    following->factor = tolerance_factor;
    rg_status status = rg__correspond(&following->nodes, leader->graph, run->graph, log);
    if (status == RG_OK) {
        status = make_room(following);
    }
    if (status == RG_OK) {
        status = execute(leader, keep_copy, following);
    }
    if (status == RG_OK) {
        status = execute(run, compare_node, following);
    }
    if (status != RG_OK) {
        rg_following_destroy(following);
        return status;
    }
    *out = following;
    return RG_OK;
}

void rg_following_destroy(rg_following *following)
{
    if (following == NULL) {
        return;
    }
    rg_context *context = following->run->context;
    const rg_allocator *allocator = &context->allocator;
    size_t copies = following->copy_count * following->leader->ranks;
    for (size_t i = 0; i < copies && following->copies != NULL; i++) {
        rg__datum_release(context, &following->copies[i]);
    }
    rg__free(allocator, following->is_wanted, following->copy_count * sizeof(bool));
    rg__free(allocator, following->copies, copies * sizeof(rg_datum));
    rg__free(allocator, following->values, pair_room(following) * sizeof(*following->values));
    rg__free(allocator, following->matches, pair_room(following) * sizeof(*following->matches));
    rg__free(allocator, following->has_value, node_room(following) * sizeof(bool));
    rg__free(allocator, following->is_behind, node_room(following) * sizeof(bool));
    rg__free(allocator, following->suspicions, log_room(following));
    rg__correspondence_free(&following->nodes);
    rg__free(allocator, following, sizeof(*following));
}

/* ---- what was found ---- */

size_t rg_following_count(const rg_following *following)
{
    return following->value_count;
}

rg_followed_value rg_following_get(const rg_following *following, size_t index)
{
    return index < following->value_count ? following->values[index] : (rg_followed_value){0};
}

static rg_status mark_behind(void *user, uint32_t id)
{
    rg_following *following = user;
    following->is_behind[id] = true;
    return RG_OK;
}

/* Rewrites in a submodule count for whoever calls it. */
static void suspect_submodule(rg_following *following, rg_node node)
{
    const rg_graph *graph = following->run->graph;
    rg_string name = rg_node_target(graph, node);
    for (size_t i = 0; i < rg_match_log_count(following->log) && rg_node_kind(graph, node) == RG_OP_GET_ATTR; i++) {
        rg_string path = rg_match_log_get(following->log, i)->graph;
        bool is_inside = path.size >= name.size && memcmp(path.data, name.data, name.size) == 0 &&
                         (path.size == name.size || path.data[name.size] == '.');
        following->suspicions[i + 1] |= is_inside ? IS_SUSPECT : 0;
    }
}

/* From the value back to those that were compared before it. */
static void mark_suspects(rg_following *following, rg_node start)
{
    const rg_graph *graph = following->run->graph;
    memset(following->is_behind, 0, node_room(following) * sizeof(bool));
    following->is_behind[start.id] = true;
    for (rg_node node = start; !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        bool is_start = rg_node_same(node, start);
        if (!following->is_behind[node.id] || (following->has_value[node.id] && !is_start)) {
            continue;
        }
        following->suspicions[following->nodes.makers[node.id]] |= IS_SUSPECT;
        suspect_submodule(following, node);
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            (void)rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), mark_behind, following);
        }
    }
}

/* Those whose work they took up. Parents stand before children in the log. */
static void mark_earlier(rg_following *following)
{
    for (uint32_t i = following->nodes.descent.count; i > 0; i--) {
        rg_match_descent descent = following->nodes.descent.items[i - 1];
        following->suspicions[descent.parent] |= following->suspicions[descent.child] != 0 ? IS_EARLIER : 0;
    }
}

size_t rg_following_suspects(rg_following *following, size_t index, bool earlier, size_t *out, size_t capacity)
{
    size_t count = 0;
    if (index >= following->value_count) {
        return 0;
    }
    memset(following->suspicions, 0, log_room(following));
    following->suspicions[following->matches[index]] = IS_SUSPECT;
    mark_suspects(following, following->values[index].after);
    following->suspicions[0] = 0; /* nodes that nobody made */
    mark_earlier(following);
    for (size_t i = 1; i < log_room(following); i++) {
        bool is_suspect = (following->suspicions[i] & IS_SUSPECT) != 0;
        if (earlier ? following->suspicions[i] == IS_EARLIER : is_suspect) {
            count++;
            if (count <= capacity) {
                out[count - 1] = i - 1;
            }
        }
    }
    return count;
}
