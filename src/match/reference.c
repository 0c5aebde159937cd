/*
 * reference.c: the reference matcher. It defines what a match is; a faster engine must give the same answers.
 *
 * Given the graph node of an anchor, what is below it follows: a node's arguments must be the pattern's, so the nodes
 * of the pattern are settled from the last to the first, users before inputs. Where operands may be exchanged, or one
 * of several nodes that change nothing could be the one looked for (through.c), there is a choice: the way as written
 * comes first. Results that the first one does not reach are found by climbing: through the users of something bound,
 * up the shortest way through the pattern; or, where nothing bound leads to it, among all nodes of its op. Every choice
 * is tried, and tried with everything after it (complete backtracking), until the fuel is gone.
 */
#include "match/automaton.h"
#include "match/observer.h"
#include "match/screen.h"
#include "ops/noop.h"

#include <string.h>

/* ---- states ---- */

/* One zeroed block that holds the bindings and their arrays, largest alignment first. */
static rg_bindings *make_bindings(rg_search *search)
{
    const rg_pattern *pattern = search->pattern;
    size_t size = sizeof(rg_bindings) + pattern->input_count * sizeof(rg_value) +
                  pattern->pending_limit * sizeof(rg_pending) + pattern->node_count * sizeof(rg_node) +
                  pattern->symbol_count * sizeof(rg_size) + pattern->item_count * sizeof(rg_value) +
                  pattern->repetition_count * sizeof(rg_matched_list *) + 2 * pattern->node_count * sizeof(bool);
    rg_bindings *now = rg__arena_allocate_zero(search->arena, size);
    if (now == NULL) {
        return NULL;
    }
    now->block_size = size;
    now->inputs = (rg_value *)(now + 1);
    now->items = now->inputs + pattern->input_count;
    now->lists = (rg_matched_list **)(now->items + pattern->item_count);
    now->pending = (rg_pending *)(now->lists + pattern->repetition_count);
    now->nodes = (rg_node *)(now->pending + pattern->pending_limit);
    now->symbols = (rg_size *)(now->nodes + pattern->node_count);
    now->settled = (bool *)(now->symbols + pattern->symbol_count);
    now->exchanged = now->settled + pattern->node_count;
    for (uint32_t i = 0; i < pattern->input_count; i++) {
        now->inputs[i] = rg_value_missing();
    }
    return now;
}

/* A copy of the bindings. NULL, with the search failed, when memory is out. */
static void *save(rg_search *search)
{
    void *copy = search->free_copies;
    if (copy != NULL) {
        memcpy(&search->free_copies, copy, sizeof(void *));
    } else {
        copy = rg__arena_allocate(search->arena, search->now->block_size);
    }
    if (copy == NULL) {
        rg__search_fail(search, rg__report_memory(search->context));
        return NULL;
    }
    return memcpy(copy, search->now, search->now->block_size);
}

static void restore(rg_search *search, const void *copy)
{
    memcpy(search->now, copy, search->now->block_size);
}

static void forget(rg_search *search, void *copy)
{
    if (copy != NULL) {
        memcpy(copy, &search->free_copies, sizeof(void *));
        search->free_copies = copy;
    }
}

/* ---- settling: everything that a bound node determines ---- */

static rg_value or_absent(rg_value value, rg_value absent)
{
    return rg_value_is_missing(value) || rg_value_get_kind(value) == RG_VALUE_NONE ? absent : value;
}

/* ---- choices ---- */

uint32_t rg__search_choose(rg_search *search, uint32_t count)
{
    if (count <= 1) {
        return 0;
    }
    search->has_chosen = true;
    if (search->next_choice == search->choices.count) {
        rg_choice choice = {0, count};
        if (!rg__vector_push(&search->context->allocator, &search->choices, choice)) {
            rg__search_fail(search, rg__report_memory(search->context));
            return 0;
        }
    }
    return search->choices.items[search->next_choice++].taken;
}

/* Go on to the next combination of the choices from `base` on; false when all have been made. */
static bool choose_next(rg_search *search, uint32_t base)
{
    while (search->choices.count > base) {
        rg_choice *last = &search->choices.items[search->choices.count - 1];
        if (++last->taken < last->count) {
            return true;
        }
        search->choices.count--;
    }
    return false;
}

/* ---- one node ---- */

/* In which order are the operands of a commutative op taken? Both, if both are possible. */
static bool order_operands(rg_search *search, uint32_t index)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_value first = rg_value_missing();
    rg_value second = rg_value_missing();
    search->now->exchanged[index] = false;
    if (!expected->commutes) {
        return true;
    }
    if (!rg__search_argument(&first, search, index, 0) || !rg__search_argument(&second, search, index, 1)) {
        return false;
    }
    rg_value a = expected->slots[0].value;
    rg_value b = expected->slots[1].value;
    bool as_written = rg__could_agree(search, a, first) && rg__could_agree(search, b, second);
    bool exchanged =
        first.bits != second.bits && rg__could_agree(search, a, second) && rg__could_agree(search, b, first);
    if (search->observer != NULL) {
        return rg__observer_order(search, index, as_written, exchanged);
    }
    search->now->exchanged[index] =
        exchanged && (!as_written || rg__search_choose(search, 2) == 1) && search->status == RG_OK;
    return (as_written || exchanged) && search->status == RG_OK;
}

/* Is this known to do what the pattern's reshape or permute does, in whatever words? Binds sizes. `*known` is false
 * when that cannot be told. */
static bool agree_form(rg_search *search, const rg_pattern_node *expected, rg_node node, bool *known)
{
    rg_type type = rg_node_type(search->graph, node);
    uint8_t dims[RG_MAX_RANK];
    uint32_t rank = 0;
    if (expected->form == RG_FORM_PERMUTE) {
        *known = rg__node_permutation(dims, &rank, search->graph, node);
        return *known && rank == expected->rank && memcmp(dims, expected->permutation, rank) == 0;
    }
    *known = rg_type_get_kind(search->context, type) == RG_TYPE_TENSOR;
    rg_tensor_type tensor = rg_type_get_tensor(search->context, type);
    if (!*known || tensor.rank != expected->rank) {
        return false;
    }
    for (uint32_t i = 0; i < tensor.rank; i++) {
        if (!rg__agree_dimension(search, rg_value_as_size(expected->sizes[i]), tensor.sizes[i])) {
            return false;
        }
    }
    return true;
}

/* What agree_form says of the node, and then its data. */
static bool settle_form(rg_search *search, uint32_t index, bool *known)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_node node = search->now->nodes[index];
    *known = false;
    if (expected->form == RG_FORM_CALL) {
        return false;
    }
    if (!agree_form(search, expected, node, known) && !(*known && rg__disagree_form(search, index))) {
        return false;
    }
    search->under_reshape = expected->form == RG_FORM_RESHAPE;
    bool agrees = rg__agree(search, expected->slots[0].value, rg_node_schema_argument(search->graph, node, 0), node,
                            expected->slots[0].numbers);
    search->under_reshape = false;
    return agrees;
}

bool rg__search_settle_node(rg_search *search, uint32_t index)
{
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_node node = search->now->nodes[index];
    bool known = false;
    if (!rg__search_step(search)) {
        return false;
    }
    bool has_form = settle_form(search, index, &known);
    if (known) {
        search->now->settled[index] = has_form;
        return has_form;
    }
    if (!rg__pattern_calls(expected, rg_node_op(search->graph, node)) ||
        !rg__search_same_form(search, expected, node)) {
        return rg__disagree_call(search, index);
    }
    if (!order_operands(search, index)) {
        return false;
    }
    for (uint32_t i = 0; i < expected->slot_count; i++) {
        const rg_pattern_slot *slot = &expected->slots[i];
        rg_value value = rg_value_missing();
        if (!rg__search_argument(&value, search, index, i) ||
            !rg__agree(search, or_absent(slot->value, slot->absent), or_absent(value, slot->absent), node,
                       slot->numbers)) {
            return false;
        }
    }
    search->now->settled[index] = true;
    return true;
}

/* ---- climbing to results that are not reached from above ---- */

/* How a pattern node comes to be found: among the users of `base`, or of nothing. */
typedef struct rg_climb {
    uint32_t node;
    rg_node base; /* null: any node of the graph */
} rg_climb;

/* What a value of the pattern is bound to, if that is a graph node whose users can be followed. */
static rg_node bound_node(const rg_search *search, rg_value value)
{
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return (rg_node){0};
    }
    rg_pattern_place place = rg__pattern_place(search->pattern, rg_value_as_node(value));
    if (place.kind == RG_PATTERN_NODE) {
        return search->now->nodes[place.index];
    }
    if (place.kind == RG_PATTERN_INPUT && search->rule->inputs[place.index].kind == RG_RULE_INPUT_TENSOR) {
        return rg_value_as_node(search->now->inputs[place.index]);
    }
    return (rg_node){0};
}

typedef struct rg_descent {
    rg_search *search;
    uint32_t *queue; /* unbound pattern nodes to look below, nearest first */
    uint32_t count;
    bool *queued;
    rg_node found; /* the first bound thing met */
} rg_descent;

/* Look at one argument: stop at something bound, queue what is not. */
static void descend(rg_descent *descent, rg_value value)
{
    const rg_pattern *pattern = descent->search->pattern;
    if (!rg_node_is_null(descent->found)) {
        return;
    }
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg_pattern_place place = rg__pattern_place(pattern, rg_value_as_node(value));
        descent->found = bound_node(descent->search, value);
        if (place.kind == RG_PATTERN_NODE && rg_node_is_null(descent->found) && !descent->queued[place.index]) {
            descent->queued[place.index] = true;
            descent->queue[descent->count++] = place.index;
        }
        return;
    }
    size_t count = rg_value_count(descent->search->context, pattern->graph, value);
    for (size_t i = 0; i < count; i++) {
        descend(descent, rg_value_item(descent->search->context, pattern->graph, value, i));
    }
}

/* The node to find next on the way to `anchor`: the one nearest to it, going down, that has something bound directly
 * below it. Once it is bound, the next call comes one closer. */
static rg_climb plan_climb(rg_search *search, uint32_t anchor)
{
    const rg_pattern *pattern = search->pattern;
    rg_descent descent = {search, search->queue, 0, search->queued, {0}};
    memset(descent.queued, 0, pattern->node_count * sizeof(*descent.queued));
    descent.queue[descent.count++] = anchor;
    descent.queued[anchor] = true;
    for (uint32_t i = 0; i < descent.count; i++) {
        const rg_pattern_node *node = &pattern->nodes[descent.queue[i]];
        for (uint32_t j = 0; j < node->slot_count; j++) {
            descend(&descent, node->slots[j].value);
        }
        if (!rg_node_is_null(descent.found)) {
            return (rg_climb){descent.queue[i], descent.found};
        }
    }
    return (rg_climb){anchor, {0}};
}

/* Sift `nodes[at]` down in a heap with the latest node on top. */
static void sift(const rg_graph *graph, rg_node *nodes, size_t at, size_t count)
{
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && rg__graph_precedes(graph, nodes[child], nodes[child + 1])) {
            child++;
        }
        if (!rg__graph_precedes(graph, nodes[at], nodes[child])) {
            return;
        }
        rg_node swapped = nodes[at];
        nodes[at] = nodes[child];
        nodes[child] = swapped;
        at = child;
    }
}

/* Are they in order, each once? */
static bool is_sorted(const rg_graph *graph, const rg_node *nodes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (!rg__graph_precedes(graph, nodes[i - 1], nodes[i])) {
            return false;
        }
    }
    return true;
}

size_t rg__sort_nodes(const rg_graph *graph, rg_node *nodes, size_t count)
{
    if (is_sorted(graph, nodes, count)) { /* as a match's often are */
        return count;
    }
    for (size_t i = count / 2; i > 0; i--) {
        sift(graph, nodes, i - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        rg_node last = nodes[0];
        nodes[0] = nodes[end - 1];
        nodes[end - 1] = last;
        sift(graph, nodes, 0, end - 1);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !rg_node_same(nodes[kept - 1], nodes[i])) {
            nodes[kept++] = nodes[i];
        }
    }
    return kept;
}

/* The graph nodes that a climb can lead to, in the graph's order, each once. */
typedef RG_VECTOR(rg_node) node_list;

static bool push(rg_search *search, node_list *list, rg_node node)
{
    return rg__vector_push(&search->context->allocator, list, node) ||
           rg__search_fail(search, rg__report_memory(search->context));
}

/* Could pattern node `index` be bound to the node, and all that reads it in the pattern to readers of that? Where there
 * are labels, they spare most of the attempts; the others decide. */
static bool is_candidate(const rg_search *search, uint32_t index, rg_node node)
{
    return rg__node_could_be(search, index, node) &&
           (search->matcher == NULL ||
            rg__screen_allows_candidate(search->rule, search->matcher->automaton, search->graph, index, node.id));
}

/* The same by the observer's list of nodes. */
static bool collect_listed(node_list *out, rg_search *search, uint32_t index)
{
    const rg_observer *observer = search->observer;
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    uint32_t ops[] = {rg__form_op(search->context, rg__op_form(search->context, expected->op), expected->op).id,
                      expected->second.id};
    bool done = true;
    for (uint32_t i = 0; i < 2; i++) {
        bool is_there = i == 0 || !rg_op_is_null(expected->second);
        for (uint32_t j = observer->starts[ops[i]]; is_there && j < observer->starts[ops[i] + 1] && done; j++) {
            rg_node node = {observer->nodes[j]};
            done = !rg__node_could_be(search, index, node) || push(search, out, node);
        }
    }
    return done;
}

/* All nodes that pattern node `index`, which is an anchor, could be. */
static bool collect_all(node_list *out, rg_search *search, uint32_t index)
{
    bool done = true;
    if (search->observer != NULL && search->observer->starts != NULL) {
        return collect_listed(out, search, index);
    }
    if (search->matcher != NULL) {
        const uint32_t *others = search->matcher->others.items;
        for (uint32_t i = 0; i < search->matcher->others.count && done; i++) {
            bool is_one =
                rg__graph_alive(search->graph, others[i]) && is_candidate(search, index, (rg_node){others[i]});
            done = !is_one || push(search, out, (rg_node){others[i]});
        }
        return done;
    }
    for (rg_node node = rg_graph_first(search->graph); done && !rg_node_is_null(node);
         node = rg_graph_next(search->graph, node)) {
        done = !rg__node_could_be(search, index, node) || push(search, out, node);
    }
    return done;
}

/* Users of `base` and, if the rule sees through nodes, of all that may be the same as base without changing anything.
 * Whether it is, settling says. */
static bool collect_users(node_list *out, rg_search *search, uint32_t index, rg_node base)
{
    const rg_graph *graph = search->graph;
    bool see_through = search->rule->see_through;
    node_list bases = {0};
    for (rg_node data = base; see_through && !rg_node_is_null(data); data = rg__noop_data(graph, base)) {
        base = data;
    }
    bool done = push(search, &bases, base);
    for (uint32_t i = 0; i < bases.count && done; i++) {
        size_t use_count = rg_node_use_count(graph, bases.items[i]);
        for (size_t j = 0; j < use_count && done; j++) {
            rg_node user = rg_node_use(graph, bases.items[i], j).user;
            done = !is_candidate(search, index, user) || push(search, out, user);
            if (done && see_through && rg_node_same(rg__noop_data(graph, user), bases.items[i])) {
                done = rg__search_step(search) && push(search, &bases, user);
            }
        }
    }
    rg__vector_free(&search->context->allocator, &bases);
    return done;
}

static bool has_node(const node_list *list, rg_node node)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (rg_node_same(list->items[i], node)) {
            return true;
        }
    }
    return false;
}

/* Add the users of `of` that pattern node `index` could be. */
static bool add_fitting_users(node_list *out, rg_search *search, uint32_t index, rg_node of)
{
    bool done = true;
    for (size_t i = 0; i < rg_node_use_count(search->graph, of) && done; i++) {
        rg_node user = rg_node_use(search->graph, of, i).user;
        done = !rg__node_could_be(search, index, user) || has_node(out, user) || push(search, out, user);
    }
    return done;
}

/* The first node that a node reads; null if it reads none. */
static rg_node first_read(const rg_graph *graph, rg_node node)
{
    rg_node read = {0};
    for (size_t i = 0; i < rg_node_argument_count(graph, node) && rg_node_is_null(read); i++) {
        read = rg_value_as_node(rg_node_argument(graph, node, i));
    }
    return read;
}

/*
 * For an observer, behind the others: what is looked for may lie behind a node that is not in the pattern, or read the
 * same as `base` computed a second time; or one of the users of `base` may be another op in its place.
 */
static bool collect_others(node_list *out, rg_search *search, uint32_t index, rg_node base)
{
    enum { MOST_OTHERS = 32 };
    const rg_graph *graph = search->graph;
    size_t most = out->count + MOST_OTHERS;
    rg_node data = first_read(graph, base);
    bool done = true;
    for (size_t i = 0; i < rg_node_use_count(graph, base) && done && out->count < most; i++) {
        done = add_fitting_users(out, search, index, rg_node_use(graph, base, i).user);
    }
    for (size_t i = 0; !rg_node_is_null(data) && i < rg_node_use_count(graph, data) && out->count < most; i++) {
        rg_node twin = rg_node_use(graph, data, i).user;
        bool is_twin = !rg_node_same(twin, base) && rg_op_same(rg_node_op(graph, twin), rg_node_op(graph, base));
        done = done && (!is_twin || add_fitting_users(out, search, index, twin));
    }
    for (size_t i = 0; i < rg_node_use_count(graph, base) && done && out->count < most; i++) {
        rg_node user = rg_node_use(graph, base, i).user;
        done = has_node(out, user) || push(search, out, user);
    }
    return done;
}

static bool find_candidates(node_list *out, rg_search *search, rg_climb climb)
{
    bool done = rg_node_is_null(climb.base) ? collect_all(out, search, climb.node)
                                            : collect_users(out, search, climb.node, climb.base);
    if (done && out->count != 0) {
        out->count = (uint32_t)rg__sort_nodes(search->graph, out->items, out->count);
    }
    return done && (search->observer == NULL || rg_node_is_null(climb.base) ||
                    collect_others(out, search, climb.node, climb.base));
}

/* ---- the search ---- */

/* Are the graph's counterparts of the pattern's nodes the same, if perhaps of others of them? */
static bool same_counterparts(const rg_match *a, const rg_match *b)
{
    size_t count = rg__match_counterpart_count(b);
    for (size_t i = 0; i < rg__match_counterpart_count(a); i++) {
        rg_node node = rg__match_counterpart(a, i).node;
        size_t j = 0;
        while (j < count && !rg_node_same(node, rg__match_counterpart(b, j).node)) {
            j++;
        }
        if (j == count) {
            return false;
        }
    }
    return true;
}

/* Has a match with the same nodes and results been found, with operands in another order or other captures? */
static bool is_repeated(const rg_search *search, const rg_match *match)
{
    for (const rg_accepted *at = search->accepted; at != NULL; at = at->next) {
        const rg_match *other = at->match;
        if (memcmp(other->outputs, match->outputs, match->output_count * sizeof(*match->outputs)) == 0 &&
            same_counterparts(match, other)) {
            return true;
        }
    }
    return false;
}

static rg_status accept(rg_search *search, const rg_match *match)
{
    if (search->has_chosen) {
        rg_accepted *accepted = rg__arena_allocate(search->arena, sizeof(*accepted));
        if (accepted == NULL) {
            return rg__report_memory(search->context);
        }
        *accepted = (rg_accepted){match, search->accepted};
        search->accepted = accepted;
    }
    search->has_found = true;
    return search->found(search, match, search->user);
}

/* Make the match of what is bound, and say why it may not be replaced. */
static rg_status make_match(rg_match **out, rg_refusal *refusal, rg_refusal_cause *cause, rg_search *search)
{
    rg_status status = rg__match_make(out, search, search->arena);
    return status == RG_OK ? rg__match_refusal(refusal, cause, *out, search->may_write, search->arena) : status;
}

/* An assignment is complete: is it a match? An input that a node in front of it makes depend on a result need not: it
 * may capture what that node leaves unchanged. What is bound for that, who made the last choice takes back. */
static void conclude(rg_search *search)
{
    rg_match *match = NULL;
    rg_refusal refusal = RG_REFUSAL_NONE;
    rg_refusal_cause cause = {{0}, {0}};
    bool is_accepted = true;
    if (rg__agree_pending(search, true) && rg__agree_complete(search)) {
        if (search->now->disagreement_count != 0) {
            rg__observer_conclude(search, NULL, refusal, cause, true);
            return;
        }
        rg_status status = make_match(&match, &refusal, &cause, search);
        if (status == RG_OK && refusal != RG_REFUSAL_NONE && rg__capture_lowest(search)) {
            status = make_match(&match, &refusal, &cause, search);
        }
        if (status == RG_OK && refusal != RG_REFUSAL_NONE && search->refused != NULL) {
            search->refused[refusal]++;
            *search->reason = (uint8_t)refusal;
        }
        /* Where the fuel ran out on the way, a chain of nodes that change nothing was not followed to its end. */
        bool is_new = status == RG_OK && refusal == RG_REFUSAL_NONE && !search->gave_up && !is_repeated(search, match);
        if (is_new && !search->itself) {
            status = rg__match_accepts(&is_accepted, match, search->arena);
        }
        if (status == RG_OK && is_new && is_accepted) {
            status = accept(search, match);
        }
        if (status == RG_OK && search->observer != NULL) {
            rg__observer_conclude(search, match, refusal, cause, is_accepted);
        }
        if (status != RG_OK) {
            rg__search_fail(search, status);
        }
    }
}

static void find_anchors(rg_search *search, uint32_t next, uint32_t depth);

/*
 * Settle what is bound among the first `count` nodes, then find the anchors from number `next` on. Inputs of a node
 * come before it in the pattern, so one pass from the end settles all. Recursion: one level a node with choices; each
 * combination of them is tried with everything after it.
 */
static void settle(rg_search *search, uint32_t count, uint32_t next, uint32_t depth)
{
    for (uint32_t i = count; i > 0; i--) {
        if (rg_node_is_null(search->now->nodes[i - 1]) || search->now->settled[i - 1]) {
            continue;
        }
        uint32_t base = search->choices.count;
        bool may_choose = search->may_choose || search->pattern->nodes[i - 1].commutes;
        void *before = may_choose ? save(search) : NULL;
        if (may_choose && before == NULL) {
            return;
        }
        search->next_choice = base;
        bool settled = rg__search_settle_node(search, i - 1);
        if (search->choices.count == base || before == NULL) {
            forget(search, before);
            if (!settled) {
                return;
            }
            continue;
        }
        search->gave_up = search->gave_up || depth > search->max_depth;
        while (!rg__search_over(search)) {
            if (settled) {
                settle(search, i - 1, next, depth + 1);
            }
            if (rg__search_over(search) || !choose_next(search, base)) {
                break;
            }
            restore(search, before);
            search->next_choice = base;
            settled = rg__search_settle_node(search, i - 1);
        }
        search->choices.count = base;
        forget(search, before);
        return;
    }
    if (rg__agree_pending(search, false)) {
        find_anchors(search, next, depth);
    }
}

/* Find the anchors from number `next` on, each in every way. Recursion: one level a choice. */
static void find_anchors(rg_search *search, uint32_t next, uint32_t depth)
{
    const rg_pattern *pattern = search->pattern;
    node_list candidates = {0};
    while (next < pattern->anchor_count && !rg_node_is_null(search->now->nodes[pattern->anchors[next]])) {
        next++;
    }
    if (next == pattern->anchor_count) {
        conclude(search);
        return;
    }
    search->gave_up = search->gave_up || depth > search->max_depth;
    if (rg__search_over(search)) {
        return;
    }
    rg_climb climb = plan_climb(search, pattern->anchors[next]);
    void *before = find_candidates(&candidates, search, climb) ? save(search) : NULL;
    for (uint32_t i = 0; i < candidates.count && before != NULL && !rg__search_over(search); i++) {
        /* An observer lets a candidate pass that cannot be bound; it is no place to go on from. */
        if (rg__search_step(search) && rg__agree_node(search, climb.node, candidates.items[i]) &&
            rg_node_same(search->now->nodes[climb.node], candidates.items[i])) {
            settle(search, pattern->node_count, next, depth + 1);
        }
        restore(search, before);
    }
    if (search->observer != NULL && before != NULL && !rg__search_over(search) &&
        rg__observer_absent(search, pattern->anchors[next])) {
        find_anchors(search, next + 1, depth + 1);
        restore(search, before);
    }
    forget(search, before);
    rg__vector_free(&search->context->allocator, &candidates);
}

/* Memory that the whole attempt uses: the bindings, and one block for the rest, largest alignment first. */
static bool prepare(rg_search *search)
{
    const rg_pattern *pattern = search->pattern;
    size_t scalars = (size_t)pattern->graph->id_count + 1;
    size_t symbols = (size_t)pattern->symbol_count + 1;
    size_t nodes = pattern->node_count;
    search->may_choose = search->rule->see_through || pattern->repetition_count != 0 || search->observer != NULL;
    search->now = make_bindings(search);
    search->known_scalars = rg__arena_allocate(
        search->arena, scalars * sizeof(*search->known_scalars) +
                           symbols * (sizeof(*search->known_symbols) + sizeof(*search->known_sizes)) +
                           nodes * (sizeof(*search->queue) + sizeof(*search->queued)));
    if (search->now == NULL || search->known_scalars == NULL) {
        return rg__search_fail(search, rg__report_memory(search->context));
    }
    search->known_symbols = (rg_size *)(search->known_scalars + scalars);
    search->known_sizes = search->known_symbols + symbols;
    search->queue = (uint32_t *)(search->known_sizes + symbols);
    search->queued = (bool *)(search->queue + nodes);
    return true;
}

/* Captured lists that are put together from items live in the graph; those of an attempt without match go with it. */
static void run(rg_search *search, uint32_t index, rg_node node, uint32_t next)
{
    uint32_t mark = search->graph->arguments.count;
    if (prepare(search) && rg__search_step(search) && rg__agree_node(search, index, node)) {
        settle(search, search->pattern->node_count, next, 0);
    }
    if (search->pattern->makes_lists && !search->has_found) {
        search->graph->arguments.count = mark;
    }
    rg__vector_free(&search->context->allocator, &search->choices);
}

void rg__search_run(rg_search *search, rg_node root)
{
    run(search, search->pattern->anchors[0], root, 1);
}

void rg__search_run_from(rg_search *search, uint32_t index, rg_node node)
{
    run(search, index, node, 0);
}
