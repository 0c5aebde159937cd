/*
 * expression_splice.c: putting a replacement graph in the place of an expression's match: G1 to G7 of
 * doc/expressions.md.
 *
 * First the new nodes are made, before the earliest output or, if their inputs come later, behind those. Up to then
 * everything can be taken back. Then readers are redirected, and what nothing reads any more is erased. Where that can
 * still fail for want of memory (None or several values for one output, nodes to be sorted), a copy of the graph's
 * nodes is kept until it is done; mostly it cannot, since room for the readers has been made before.
 */
#include "rewrite/expression_splice.h"

#include <regraft/diff.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "match/expression_impl.h"
#include "rule/scalar.h"

typedef struct rg_splice {
    rg_context *context;
    rg_graph *graph;
    rg_expression_match *match;
    const rg_graph *replacement;
    rg_arena arena;
    rg_value *images;         /* by node id of the replacement: what it becomes */
    rg_node place;            /* the earliest output */
    RG_VECTOR(rg_node) added; /* in order */
    uint32_t new_children;    /* submodules added to the graph, its last ones */
    bool needs_sort;
} rg_splice;

/* ---- values of the replacement in the graph ---- */

/* Recurses as deep as the value, which is limited. */
static rg_status map_value(rg_value *out, rg_splice *splice, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    size_t count = rg_value_count(splice->context, splice->replacement, value);
    *out = value;
    if (kind == RG_VALUE_NODE) {
        *out = splice->images[rg_value_as_node(value).id];
        return RG_OK;
    }
    if (count == 0) {
        return RG_OK;
    }
    rg_value *items = rg__arena_allocate(&splice->arena, count * sizeof *items);
    if (items == NULL) {
        return rg__report_memory(splice->context);
    }
    for (size_t i = 0; i < count; i++) {
        rg_status status = map_value(&items[i], splice, rg_value_item(splice->context, splice->replacement, value, i));
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_value_items(out, splice->context, splice->graph, kind, items, count);
}

static rg_status map_arguments(rg_argument **out, size_t *count, rg_splice *splice, rg_node node)
{
    *count = rg_node_argument_count(splice->replacement, node);
    rg_argument *arguments = rg__arena_allocate(&splice->arena, *count * sizeof *arguments);
    *out = arguments;
    if (arguments == NULL) {
        return rg__report_memory(splice->context);
    }
    for (size_t i = 0; i < *count; i++) {
        arguments[i].name = rg_node_argument_name(splice->replacement, node, i);
        rg_status status = map_value(&arguments[i].value, splice, rg_node_argument(splice->replacement, node, i));
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* ---- where new nodes go (G1) ---- */

static bool is_added(const rg_splice *splice, uint32_t id)
{
    for (uint32_t i = 0; i < splice->added.count; i++) {
        if (splice->added.items[i].id == id) {
            return true;
        }
    }
    return false;
}

typedef struct rg_latest_node {
    const rg_graph *graph;
    rg_node node;
} rg_latest_node;

static rg_status note_latest(void *user, uint32_t id)
{
    rg_latest_node *latest = user;
    rg_node node = {id};
    if (rg_node_is_null(latest->node) || rg_graph_precedes(latest->graph, latest->node, node)) {
        latest->node = node;
    }
    return RG_OK;
}

/* The node to insert before: the earliest output, or what follows the latest of the arguments and the new nodes there;
 * never a placeholder. */
static rg_node find_place(rg_splice *splice, const rg_argument *arguments, size_t count)
{
    rg_graph *graph = splice->graph;
    rg_latest_node latest = {graph, {0}};
    for (size_t i = 0; i < count; i++) {
        (void)rg__graph_visit_nodes(graph, arguments[i].value, note_latest, &latest);
    }
    rg_node place = splice->place;
    if (!rg_node_is_null(latest.node) && !rg_graph_precedes(graph, latest.node, place)) {
        place = rg_graph_next(graph, latest.node);
    }
    while (is_added(splice, place.id)) {
        place = rg_graph_next(graph, place);
    }
    while (rg_node_kind(graph, place) == RG_OP_PLACEHOLDER) {
        place = rg_graph_next(graph, place);
    }
    splice->needs_sort = splice->needs_sort || !rg_node_same(place, splice->place);
    return place;
}

/* A result that stands behind the place may stand behind readers of what it replaces. */
static void note_late_result(rg_splice *splice, rg_value result)
{
    rg_latest_node latest = {splice->graph, {0}};
    (void)rg__graph_visit_nodes(splice->graph, result, note_latest, &latest);
    bool is_late = !rg_node_is_null(latest.node) && !rg_graph_precedes(splice->graph, latest.node, splice->place);
    splice->needs_sort = splice->needs_sort || is_late;
}

/* ---- submodules (G2) ---- */

/* A child of the graph that equals the replacement's; NULL if there is none. */
static rg_status find_equal_child(rg_graph **out, rg_splice *splice, rg_graph *child)
{
    *out = NULL;
    for (size_t i = 0; i < rg_graph_child_count(splice->graph) && *out == NULL; i++) {
        rg_diff *diff = NULL;
        rg_graph *other = rg_graph_child(splice->graph, i);
        rg_status status = rg_graph_diff(&diff, other, child, NULL);
        if (status != RG_OK) {
            return status;
        }
        *out = rg_diff_is_equal(diff) ? other : NULL;
        rg_diff_destroy(diff);
    }
    return RG_OK;
}

/* A copy of the replacement's child under a free name. */
static rg_status copy_child(rg_graph **out, rg_splice *splice, const rg_graph *child)
{
    rg_context *context = splice->context;
    rg_buffer name;
    rg__buffer_init(&name, &context->allocator);
    rg__buffer_append(&name, rg_graph_name(child));
    for (int number = 0; !name.failed && rg_graph_find_child(splice->graph, rg__buffer_string(&name)) != NULL;
         number++) {
        rg__buffer_clear(&name);
        rg__buffer_append(&name, rg_graph_name(child));
        rg__buffer_append_format(&name, "_%d", number);
    }
    rg_string interned = name.failed ? (rg_string){NULL, 0} : rg__intern_string(context, rg__buffer_string(&name));
    rg__buffer_free(&name);
    if (interned.data == NULL) {
        return rg__report_memory(context);
    }
    rg_graph *copy = NULL;
    rg_status status = rg_graph_clone(&copy, child);
    if (status == RG_OK) {
        copy->name = interned;
        status = rg_graph_add_owned_child(splice->graph, copy);
    }
    if (status != RG_OK) {
        rg_graph_destroy(copy);
        return status;
    }
    splice->new_children++;
    *out = copy;
    return RG_OK;
}

static rg_status place_child(rg_string *name, rg_splice *splice, rg_node node)
{
    rg_graph *child = rg_graph_find_child(splice->replacement, rg_node_target(splice->replacement, node));
    rg_graph *found = NULL;
    rg_status status = find_equal_child(&found, splice, child);
    if (status == RG_OK && found == NULL) {
        status = copy_child(&found, splice, child);
    }
    *name = found == NULL ? (rg_string){"", 0} : rg_graph_name(found);
    return status;
}

/* ---- making nodes ---- */

/* Erase a new node that nothing reads, which cannot fail. */
static void take_node_back(rg_graph *graph, rg_node node)
{
    rg_status status = rg_graph_erase(graph, node);
    (void)status;
}

/* What a node computes from constants alone, as tracing would have done; missing if it cannot be told. */
static rg_status compute_constant(rg_value *out, rg_splice *splice, rg_node node, const rg_argument *arguments,
                                  size_t count)
{
    rg_string op = rg_op_name(splice->context, rg_node_op(splice->replacement, node));
    *out = rg_value_missing();
    rg_value values[3];
    if (!rg__scalar_knows(op) || count > sizeof values / sizeof values[0]) {
        return RG_OK;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = arguments[i].value;
        if (arguments[i].name.size > 0 || rg_value_get_kind(values[i]) == RG_VALUE_NODE) {
            return RG_OK;
        }
    }
    return rg__scalar_compute(out, splice->context, op, values, count);
}

static rg_status make_node(rg_splice *splice, rg_node source)
{
    rg_graph *graph = splice->graph;
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument *arguments;
    size_t count;
    rg_status status = map_arguments(&arguments, &count, splice, source);
    if (status == RG_OK) {
        status = compute_constant(&splice->images[source.id], splice, source, arguments, count);
    }
    if (status != RG_OK || !rg_value_is_missing(splice->images[source.id])) {
        return status;
    }
    description.op = rg_node_op(splice->replacement, source);
    description.arguments = arguments;
    description.argument_count = count;
    if (rg_node_kind(splice->replacement, source) == RG_OP_GET_ATTR) {
        status = place_child(&description.target, splice, source);
    }
    rg_node node = {0};
    if (status == RG_OK) {
        status = rg_graph_insert(&node, graph, find_place(splice, arguments, count), &description);
    }
    if (status == RG_OK && !rg__vector_push(&splice->context->allocator, &splice->added, node)) {
        take_node_back(graph, node);
        status = rg__report_memory(splice->context);
    }
    rg_type type = {0};
    if (status == RG_OK) {
        status = rg_node_infer(&type, graph, node);
    }
    if (status == RG_OK) {
        rg_graph_set_type(graph, node, type);
        splice->images[source.id] = rg_value_node(node);
    }
    return status;
}

static rg_status make_nodes(rg_splice *splice, const rg_value *arguments, size_t count)
{
    const rg_graph *replacement = splice->replacement;
    rg_status status = RG_OK;
    size_t used = 0;
    for (rg_node node = rg_graph_first(replacement);
         status == RG_OK && !rg_node_same(node, rg_graph_output(replacement));
         node = rg_graph_next(replacement, node)) {
        if (rg_node_kind(replacement, node) == RG_OP_PLACEHOLDER) {
            if (used == count) {
                return rg__report(splice->context, RG_ERROR_ARGUMENT, "the replacement has more than %zu inputs",
                                  count);
            }
            splice->images[node.id] = arguments[used++];
        } else {
            status = make_node(splice, node);
        }
    }
    return status;
}

/* ---- taking it back ---- */

static void drop_children(rg_splice *splice)
{
    for (; splice->new_children > 0; splice->new_children--) {
        rg__graph_drop_last_child(splice->graph);
    }
}

static void take_back(rg_splice *splice)
{
    for (uint32_t i = splice->added.count; i > 0; i--) {
        take_node_back(splice->graph, splice->added.items[i - 1]);
    }
    drop_children(splice);
}

/* ---- is there an order afterwards? ---- */

/* Depth-first search over what nodes will read: outputs as what replaces them, except in new nodes. */
typedef struct rg_cycle_search {
    const rg_splice *splice;
    const rg_value *news; /* beside the match's outputs */
    rg_map states;        /* node id -> 1: under way, 2: done */
    RG_VECTOR(uint32_t) stack;
    uint32_t reader; /* whose inputs are being visited */
    bool reader_is_new;
    bool found;
    bool failed;
} rg_cycle_search;

static rg_status push_input(void *user, uint32_t id);

static void push_value(rg_cycle_search *search, rg_value value)
{
    (void)rg__graph_visit_nodes(search->splice->graph, value, push_input, search);
}

static rg_status push_node(rg_cycle_search *search, uint32_t id)
{
    const rg_splice *splice = search->splice;
    uint32_t state = 0;
    if (!is_added(splice, id) && rg_graph_precedes(splice->graph, (rg_node){id}, splice->place)) {
        return RG_OK; /* nothing that is replaced comes before it */
    }
    (void)rg__map_find(&search->states, id, &state);
    search->found = search->found || state == 1;
    if (state == 0 && !rg__vector_push(&splice->context->allocator, &search->stack, id)) {
        search->failed = true;
    }
    return RG_OK;
}

static rg_status push_input(void *user, uint32_t id)
{
    rg_cycle_search *search = user;
    const rg_expression_match *match = search->splice->match;
    for (uint32_t i = 0; !search->reader_is_new && i < match->outputs.count; i++) {
        if (rg_value_as_node(match->outputs.items[i]).id == id) {
            rg_value value = search->news[i];
            if (rg_value_as_node(value).id != id) {
                search->reader_is_new = true; /* what replaces it is not replaced again */
                push_value(search, value);
                search->reader_is_new = false;
            }
            return RG_OK;
        }
    }
    return push_node(search, id);
}

/* A node stays on the stack while it is under way, and is taken off when it is seen again at the top. */
static void search_from(rg_cycle_search *search, uint32_t start)
{
    const rg_splice *splice = search->splice;
    const rg_allocator *allocator = &splice->context->allocator;
    search->failed = search->failed || !rg__vector_push(allocator, &search->stack, start);
    while (search->stack.count > 0 && !search->found && !search->failed) {
        uint32_t id = search->stack.items[search->stack.count - 1];
        uint32_t state = 0;
        (void)rg__map_find(&search->states, id, &state);
        if (state != 0) {
            search->stack.count--;
            search->failed = !rg__map_set(allocator, &search->states, id, 2);
            continue;
        }
        search->failed = !rg__map_set(allocator, &search->states, id, 1);
        search->reader_is_new = is_added(splice, id);
        for (size_t i = 0; i < rg_node_argument_count(splice->graph, (rg_node){id}); i++) {
            push_value(search, rg_node_argument(splice->graph, (rg_node){id}, i));
        }
    }
}

static rg_status check_order(rg_splice *splice, const rg_value *news)
{
    const rg_allocator *allocator = &splice->context->allocator;
    rg_cycle_search search = {.splice = splice, .news = news};
    for (uint32_t i = 0; i < splice->added.count && !search.found && !search.failed; i++) {
        uint32_t state = 0;
        if (!rg__map_find(&search.states, splice->added.items[i].id, &state)) {
            search_from(&search, splice->added.items[i].id);
        }
    }
    rg__map_free(allocator, &search.states);
    rg__vector_free(allocator, &search.stack);
    if (search.failed) {
        return rg__report_memory(splice->context);
    }
    return search.found
               ? rg__report(splice->context, RG_ERROR_CYCLE, "the replacement would read what is computed from it")
               : RG_OK;
}

/* ---- redirecting readers (G3, G4) ---- */

static bool is_packed(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

static rg_status replace_one(rg_splice *splice, rg_node old, rg_value new);

static rg_status erase_unread(rg_graph *graph, rg_node node)
{
    bool stays = !rg__graph_alive(graph, node.id) || rg_node_use_count(graph, node) > 0 ||
                 rg_node_kind(graph, node) == RG_OP_PLACEHOLDER;
    return stays ? RG_OK : rg_graph_erase(graph, node);
}

/* A getitem of the node that is replaced: its index, if that is a number. */
static bool item_index(const rg_graph *graph, rg_node user, int64_t *index)
{
    rg_op getitem = rg_context_find_op(graph->context, rg_string_from("operator.getitem"));
    return rg_op_same(rg_node_op(graph, user), getitem) &&
           rg_value_as_int(graph->context, rg_node_argument(graph, user, 1), index);
}

/* Several values take the place of one node: its getitems become the values, other readers get the tuple. */
static rg_status replace_packed(rg_splice *splice, rg_node old, rg_value new)
{
    rg_graph *graph = splice->graph;
    int64_t size = (int64_t)rg_value_count(splice->context, graph, new);
    RG_VECTOR(rg_node) users = {0};
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_node_use_count(graph, old) && status == RG_OK; i++) {
        rg_node user = rg_node_use(graph, old, i).user;
        bool is_new = users.count == 0 || !rg_node_same(users.items[users.count - 1], user);
        if (is_new && !rg__vector_push(&splice->context->allocator, &users, user)) {
            status = rg__report_memory(splice->context);
        }
    }
    for (uint32_t i = 0; i < users.count && status == RG_OK; i++) {
        int64_t index = 0;
        if (!item_index(graph, users.items[i], &index)) {
            continue;
        }
        index = index < 0 ? index + size : index; /* check_items has seen that there is one */
        status = replace_one(splice, users.items[i], rg_value_item(splice->context, graph, new, (size_t)index));
    }
    rg__vector_free(&splice->context->allocator, &users);
    if (status == RG_OK && rg_node_use_count(graph, old) > 0) {
        status = rg_graph_replace_uses(graph, old, new, splice->added.items, splice->added.count);
    }
    return status == RG_OK ? erase_unread(graph, old) : status;
}

static rg_status replace_one(rg_splice *splice, rg_node old, rg_value new)
{
    rg_graph *graph = splice->graph;
    rg_node node = rg_value_as_node(new);
    if (!rg__graph_alive(graph, old.id) || rg_node_same(old, node)) {
        return RG_OK;
    }
    if (is_packed(new)) {
        return replace_packed(splice, old, new);
    }
    if (!rg_node_is_null(node) && rg_type_is_null(rg_node_type(graph, node))) {
        rg_graph_set_type(graph, node, rg_node_type(graph, old));
    }
    rg_status status = rg_graph_replace_uses(graph, old, new, splice->added.items, splice->added.count);
    return status == RG_OK ? erase_unread(graph, old) : status;
}

/* Can a node with these results take the place of one whose getitems are read? */
static rg_status check_items(const rg_splice *splice, rg_node old, rg_value new)
{
    const rg_graph *graph = splice->graph;
    int64_t size = (int64_t)rg_value_count(splice->context, graph, new);
    rg_status status = RG_OK;
    for (size_t i = 0; is_packed(new) && i < rg_node_use_count(graph, old) && status == RG_OK; i++) {
        rg_node user = rg_node_use(graph, old, i).user;
        int64_t index = 0;
        if (!item_index(graph, user, &index)) {
            continue;
        }
        index = index < 0 ? index + size : index;
        status = index < 0 || index >= size
                     ? rg__report(splice->context, RG_ERROR_RULE, "'%s' wants one of more than %lld results",
                                  rg_node_name(graph, user).data, (long long)size)
                     : check_items(splice, user, rg_value_item(splice->context, graph, new, (size_t)index));
    }
    return status;
}

/* What replaces each output: the results of the replacement, or all of them the one output. */
static rg_status pair_outputs(rg_value **out, rg_splice *splice)
{
    const rg_expression_match *match = splice->match;
    rg_value result;
    rg_status status =
        map_value(&result, splice, rg_node_argument(splice->replacement, rg_graph_output(splice->replacement), 0));
    if (status != RG_OK) {
        return status;
    }
    uint32_t count = match->outputs.count;
    size_t result_count = is_packed(result) ? rg_value_count(splice->context, splice->graph, result) : 1;
    rg_value *news = rg__arena_allocate(&splice->arena, (count + 1) * sizeof *news);
    *out = news;
    if (news == NULL) {
        return rg__report_memory(splice->context);
    }
    if (result_count != count && count != 1) {
        return rg__report(splice->context, RG_ERROR_RULE, "%zu results for a pattern of %u outputs", result_count,
                          count);
    }
    for (uint32_t i = 0; i < count; i++) {
        bool is_item = is_packed(result) && result_count == count;
        news[i] = is_item ? rg_value_item(splice->context, splice->graph, result, i) : result;
        bool is_none = rg_value_get_kind(news[i]) == RG_VALUE_NONE;
        if (rg_node_is_null(rg_value_as_node(match->outputs.items[i])) && !is_none) {
            return rg__report(splice->context, RG_ERROR_RULE, "result %u replaces an output that is no node", i);
        }
        status = check_items(splice, rg_value_as_node(match->outputs.items[i]), news[i]);
        if (status != RG_OK) {
            return status;
        }
        note_late_result(splice, news[i]);
    }
    return RG_OK;
}

/* Make room for all readers that a new value may get. An output's readers may be handed on from output to output, hence
 * the sum over all. */
static bool reserve_readers(rg_splice *splice, const rg_value *news)
{
    const rg_expression_match *match = splice->match;
    uint64_t total = 0;
    for (uint32_t i = 0; i < match->outputs.count; i++) {
        total += rg_node_use_count(splice->graph, rg_value_as_node(match->outputs.items[i]));
    }
    for (uint32_t i = 0; i < match->outputs.count; i++) {
        if (!rg__graph_reserve_uses(splice->graph, rg_value_as_node(news[i]).id, total)) {
            return false;
        }
    }
    return true;
}

/* See that redirecting either cannot fail or can be undone with `*copy`. */
static rg_status prepare_readers(rg_graph **copy, rg_splice *splice, const rg_value *news)
{
    bool is_plain = !splice->needs_sort;
    for (uint32_t i = 0; i < splice->match->outputs.count; i++) {
        is_plain = is_plain && rg_value_get_kind(news[i]) == RG_VALUE_NODE;
    }
    if (!is_plain) {
        return rg__graph_clone_nodes(copy, splice->graph);
    }
    return reserve_readers(splice, news) ? RG_OK : rg__report_memory(splice->context);
}

/* G5 */
static rg_status clean_up(rg_splice *splice)
{
    rg_graph *graph = splice->graph;
    rg_status status = rg_expression_match_erase_nodes(splice->match);
    for (uint32_t i = splice->added.count; i > 0 && status == RG_OK; i--) {
        rg_node node = splice->added.items[i - 1];
        bool is_dead = rg_node_use_count(graph, node) == 0 && rg__node_is_removable(graph, node.id) &&
                       rg_node_kind(graph, node) != RG_OP_HIGHER_ORDER;
        status = is_dead ? rg_graph_erase(graph, node) : RG_OK;
    }
    return status == RG_OK && splice->needs_sort ? rg_graph_sort(graph) : status;
}

/* ---- entry points ---- */

/* The earliest of the outputs that are nodes. */
static rg_node earliest_output(const rg_expression_match *match)
{
    rg_node earliest = {0};
    for (uint32_t i = 0; i < match->outputs.count; i++) {
        rg_node node = rg_value_as_node(match->outputs.items[i]);
        if (!rg_node_is_null(node) && (rg_node_is_null(earliest) || rg_graph_precedes(match->graph, node, earliest))) {
            earliest = node;
        }
    }
    return earliest;
}

rg_status rg_expression_match_erase_nodes(rg_expression_match *match)
{
    rg_status status = RG_OK;
    for (uint32_t i = match->nodes.count; i > 0 && status == RG_OK; i--) {
        status = erase_unread(match->graph, match->nodes.items[i - 1]);
    }
    return status;
}

rg_status rg_expression_match_set_nodes(rg_expression_match *match, const rg_node *nodes, size_t count)
{
    rg_context *context = match->graph->context;
    if (count > UINT32_MAX || !rg__vector_reserve(&context->allocator, &match->nodes, count)) {
        return rg__report_memory(context);
    }
    if (count > 0) {
        memmove(match->nodes.items, nodes, count * sizeof *nodes);
    }
    match->nodes.count = (uint32_t)count;
    return RG_OK;
}

rg_status rg_expression_match_replace(rg_expression_match *match, const rg_graph *replacement,
                                      const rg_value *arguments, size_t count)
{
    rg_graph *graph = match->graph;
    rg_context *context = graph->context;
    rg_splice splice = {.context = context, .graph = graph, .match = match, .replacement = replacement};
    rg_value *news = NULL;
    rg_graph *copy = NULL;
    rg_status status = rg__splice_check(replacement, context);
    if (status != RG_OK) {
        return status;
    }
    rg__arena_init(&splice.arena, &context->allocator);
    splice.place = earliest_output(match);
    splice.images = rg__arena_allocate_zero(&splice.arena, (replacement->id_count + 1) * sizeof *splice.images);
    if (splice.images == NULL) {
        status = rg__report_memory(context);
        goto done;
    }
    status = make_nodes(&splice, arguments, count);
    if (status == RG_OK) {
        status = pair_outputs(&news, &splice);
    }
    if (status == RG_OK && splice.needs_sort) {
        status = check_order(&splice, news);
    }
    if (status == RG_OK) {
        status = prepare_readers(&copy, &splice, news);
    }
    if (status != RG_OK) {
        take_back(&splice);
        goto done;
    }
    for (uint32_t i = 0; i < match->outputs.count && status == RG_OK; i++) {
        status = replace_one(&splice, rg_value_as_node(match->outputs.items[i]), news[i]);
    }
    if (status == RG_OK) {
        status = clean_up(&splice);
    }
    if (status != RG_OK && copy != NULL) { /* without a copy nothing can fail */
        rg__graph_restore_nodes(graph, copy);
        take_back(&splice);
    }
    rg_graph_destroy(copy);
done:
    rg__vector_free(&context->allocator, &splice.added);
    rg__arena_free(&splice.arena);
    return status;
}

rg_status rg__splice_check(const rg_graph *replacement, rg_context *context)
{
    for (rg_node node = rg_graph_first(replacement); !rg_node_is_null(node); node = rg_graph_next(replacement, node)) {
        rg_op_kind kind = rg_node_kind(replacement, node);
        bool is_module =
            kind == RG_OP_GET_ATTR && rg_graph_find_child(replacement, rg_node_target(replacement, node)) != NULL;
        if (kind == RG_OP_CALL_MODULE || kind == RG_OP_METHOD || (kind == RG_OP_GET_ATTR && !is_module)) {
            return rg__report(context, RG_ERROR_RULE, "'%s' cannot stand in a replacement: it is no call of a function",
                              rg_node_name(replacement, node).data);
        }
    }
    if (rg_node_is_null(rg_graph_output(replacement))) {
        return rg__report(context, RG_ERROR_RULE, "a replacement that returns nothing");
    }
    return RG_OK;
}
