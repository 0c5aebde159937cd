/*
 * diff_explain.c: where two graphs differ, found by walking both side by side, from what they return and from nodes
 * that nothing reads towards the inputs.
 *
 * A pair of partners stands in the same place of both graphs. What they read in the same place is paired in turn, but
 * only if neither has a counterpart elsewhere: a node that reads another value that both graphs have differs by itself.
 * Partners that differ by themselves are findings. Whether they stand differently to writes and effects is asked last,
 * when all partners are known: a difference between effects must not be told again at each effect behind it.
 */
#include <stdlib.h>

#include "ir/graph_impl.h"
#include "match/diff_impl.h"

typedef struct node_pair {
    uint32_t a;
    uint32_t b;
} node_pair;

/* The walk over one pair of graphs. */
typedef struct walk {
    rg__differ *differ;
    rg__diff_side *a;
    rg__diff_side *b;
    rg_map classes_a; /* classes that occur */
    rg_map classes_b;
    RG_VECTOR(node_pair) pending; /* pairs to look at */
    RG_VECTOR(node_pair) quiet;   /* pairs that do not differ by themselves, up to writes and effects */
    bool has_finding;             /* the pair being looked at has one */
    bool has_consequence;
} walk;

typedef enum verdict {
    VERDICT_SAME,
    VERDICT_BELOW, /* the difference is in nodes that are read, and will be found there */
    VERDICT_DIFFERENT
} verdict;

/* Declare two nodes to be of one class. */
static void fix_pair(walk *state, node_pair pair)
{
    uint32_t number = ++state->differ->fixed_count;
    state->a->fixed_classes[pair.a] = number;
    state->b->fixed_classes[pair.b] = number;
}

static void find_difference(walk *state, node_pair pair, rg_diff_kind kind, uint32_t argument)
{
    rg__diff_finding finding = {.kind = kind,
                                .side_a = state->a,
                                .side_b = state->b,
                                .a = pair.a,
                                .b = pair.b,
                                .argument = argument,
                                .place = rg__diff_place(state->a, pair.a == 0 ? 0 : state->a->positions[pair.a])};
    rg__differ_find(state->differ, &finding);
    state->has_finding = true;
}

/* A difference that most likely follows from one of types. */
static void find_consequence(walk *state, node_pair pair, uint32_t argument)
{
    rg__diff_finding finding = {.kind = RG_DIFF_ARGUMENT,
                                .side_a = state->a,
                                .side_b = state->b,
                                .a = pair.a,
                                .b = pair.b,
                                .argument = argument,
                                .place = rg__diff_place(state->a, state->a->positions[pair.a])};
    if (!rg__vector_push(&state->differ->context->allocator, &state->differ->consequences, finding)) {
        (void)rg__differ_out_of_memory(state->differ);
    }
    state->has_consequence = true;
}

static bool occurs(const rg_map *classes, uint32_t number)
{
    uint32_t ignored;
    return rg__map_find(classes, number, &ignored);
}

/* Can these two be partners? True also if they are already. */
static bool pair_nodes(walk *state, uint32_t a, uint32_t b)
{
    node_pair pair = {a, b};

    if (state->a->partners[a] == b && state->b->partners[b] == a) {
        return true;
    }
    if (state->a->partners[a] != 0 || state->b->partners[b] != 0 || occurs(&state->classes_b, state->a->classes[a]) ||
        occurs(&state->classes_a, state->b->classes[b])) {
        return false;
    }
    state->a->partners[a] = b;
    state->b->partners[b] = a;
    if (!rg__vector_push(&state->differ->context->allocator, &state->pending, pair)) {
        (void)rg__differ_out_of_memory(state->differ);
    }
    return true;
}

/* ---- values ---- */

static bool has_items(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE || kind == RG_VALUE_DICT || kind == RG_VALUE_SLICE;
}

static verdict compare_values(walk *state, rg_value value_a, rg_value value_b)
{
    rg__differ *differ = state->differ;
    rg_size size_a;
    rg_size size_b;
    bool is_size_a = rg__diff_as_size(differ, &size_a, state->a, value_a);
    bool is_size_b = rg__diff_as_size(differ, &size_b, state->b, value_b);

    if (is_size_a && is_size_b) {
        rg_size settled = rg__diff_settle_size(differ, size_a);
        return rg_size_same(settled, rg__diff_settle_size(differ, size_b)) ? VERDICT_SAME : VERDICT_DIFFERENT;
    }
    if (is_size_a || is_size_b) {
        return VERDICT_DIFFERENT;
    }
    if (rg__value_is_node(value_a) && rg__value_is_node(value_b)) {
        uint32_t a = rg_value_as_node(value_a).id;
        uint32_t b = rg_value_as_node(value_b).id;
        if (state->a->classes[a] == state->b->classes[b]) {
            return VERDICT_SAME;
        }
        return pair_nodes(state, a, b) ? VERDICT_BELOW : VERDICT_DIFFERENT;
    }
    if (has_items(value_a) && rg_value_get_kind(value_a) == rg_value_get_kind(value_b)) {
        size_t count = rg_value_count(differ->context, state->a->graph, value_a);
        verdict worst = VERDICT_SAME;
        if (count != rg_value_count(differ->context, state->b->graph, value_b)) {
            return VERDICT_DIFFERENT;
        }
        for (size_t i = 0; i < count; i++) {
            verdict item = compare_values(state, rg_value_item(differ->context, state->a->graph, value_a, i),
                                          rg_value_item(differ->context, state->b->graph, value_b, i));
            worst = item > worst ? item : worst;
        }
        return worst;
    }
    return value_a.bits == value_b.bits && !rg__value_has_nodes(value_a) ? VERDICT_SAME : VERDICT_DIFFERENT;
}

/* ---- calls ---- */

/* The argument of `list` in the place of `wanted`; NULL for none. */
static const rg__diff_argument *find_argument(const rg__diff_arguments *list, const rg__diff_argument *wanted)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (rg_string_equal(list->items[i].name, wanted->name) &&
            (wanted->name.size > 0 || list->items[i].position == wanted->position)) {
            return &list->items[i];
        }
    }
    return NULL;
}

static rg_type type_of_value(const rg__diff_side *side, rg_value value)
{
    rg_type unknown = {0};
    return rg__value_is_node(value) ? rg_node_type(side->graph, rg_value_as_node(value)) : unknown;
}

/* Do inputs of the calls in the same place differ in type? */
static bool input_types_differ(const walk *state)
{
    const rg__diff_arguments *list_a = &state->differ->arguments_a;
    for (uint32_t i = 0; i < list_a->count; i++) {
        const rg__diff_argument *b = find_argument(&state->differ->arguments_b, &list_a->items[i]);
        if (b != NULL && !rg__diff_types_agree(state->differ->context, type_of_value(state->a, list_a->items[i].value),
                                               type_of_value(state->b, b->value))) {
            return true;
        }
    }
    return false;
}

static void compare_arguments(walk *state, node_pair pair)
{
    rg__differ *differ = state->differ;
    const rg__diff_arguments *list_a = &differ->arguments_a;
    const rg__diff_arguments *list_b = &differ->arguments_b;

    rg__diff_collect(differ, &differ->arguments_a, state->a, pair.a);
    rg__diff_collect(differ, &differ->arguments_b, state->b, pair.b);
    for (uint32_t i = 0; i < list_a->count && differ->status == RG_OK; i++) {
        const rg__diff_argument *a = &list_a->items[i];
        const rg__diff_argument *b = find_argument(list_b, a);
        verdict found = b == NULL ? VERDICT_DIFFERENT : compare_values(state, a->value, b->value);
        if (found == VERDICT_DIFFERENT && b != NULL && a->role != RG_ROLE_PLAIN && input_types_differ(state)) {
            find_consequence(state, pair, i);
        } else if (found == VERDICT_DIFFERENT) {
            find_difference(state, pair, RG_DIFF_ARGUMENT, i);
        }
    }
    for (uint32_t i = 0; i < list_b->count && differ->status == RG_OK; i++) {
        if (find_argument(list_a, &list_b->items[i]) == NULL) {
            find_difference(state, pair, RG_DIFF_ARGUMENT, list_a->count + i);
        }
    }
}

/* What the graphs return: one finding for each returned value that differs, or one for all. */
static void compare_outputs(walk *state, node_pair pair)
{
    const rg_context *context = state->differ->context;
    rg_value a = rg_node_argument_count(state->a->graph, (rg_node){pair.a}) == 0
                     ? rg_value_missing()
                     : rg_node_argument(state->a->graph, (rg_node){pair.a}, 0);
    rg_value b = rg_node_argument_count(state->b->graph, (rg_node){pair.b}) == 0
                     ? rg_value_missing()
                     : rg_node_argument(state->b->graph, (rg_node){pair.b}, 0);
    size_t count = rg_value_count(context, state->a->graph, a);

    if (!has_items(a) || rg_value_get_kind(a) != rg_value_get_kind(b) ||
        count != rg_value_count(context, state->b->graph, b)) {
        if (compare_values(state, a, b) == VERDICT_DIFFERENT) {
            find_difference(state, pair, RG_DIFF_ARGUMENT, UINT32_MAX);
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (compare_values(state, rg_value_item(context, state->a->graph, a, i),
                           rg_value_item(context, state->b->graph, b, i)) == VERDICT_DIFFERENT) {
            find_difference(state, pair, RG_DIFF_ARGUMENT, (uint32_t)i);
        }
    }
}

/* Nodes that name something: a submodule, which is compared as a graph, or a path. */
static void compare_targets(walk *state, node_pair pair)
{
    rg__diff_side *child_a = rg__diff_named_child(state->a, pair.a);
    rg__diff_side *child_b = rg__diff_named_child(state->b, pair.b);
    rg_string target_a = rg_node_target(state->a->graph, (rg_node){pair.a});
    rg_string target_b = rg_node_target(state->b->graph, (rg_node){pair.b});

    if (child_a == NULL || child_b == NULL) {
        if (child_a != child_b || !rg_string_equal(target_a, target_b)) {
            find_difference(state, pair, RG_DIFF_TARGET, 0);
        }
    } else if (child_a->partner == child_b) {
        state->has_consequence = true; /* named twice: compared already */
    } else if (child_a->partner != NULL || child_b->partner != NULL) {
        find_difference(state, pair, RG_DIFF_TARGET, 0);
    } else if (child_a->class_number != child_b->class_number) {
        rg__diff_explain(state->differ, child_a, child_b);
        state->has_consequence = true;
    }
}

static void compare_pair(walk *state, node_pair pair)
{
    rg_node a = {pair.a};
    rg_node b = {pair.b};
    rg_op_kind kind = rg_node_kind(state->a->graph, a);

    state->has_finding = false;
    state->has_consequence = false;
    if (!rg_op_same(rg_node_op(state->a->graph, a), rg_node_op(state->b->graph, b)) ||
        !rg_op_same(rg__node_schema_op(state->a->graph, pair.a), rg__node_schema_op(state->b->graph, pair.b))) {
        find_difference(state, pair, RG_DIFF_OP, 0);
    } else if (kind == RG_OP_OUTPUT) {
        compare_outputs(state, pair);
    } else {
        if (kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE) {
            compare_targets(state, pair);
        }
        if (kind != RG_OP_GET_ATTR) {
            compare_arguments(state, pair);
        }
    }
    if (state->has_finding || state->has_consequence) {
        fix_pair(state, pair);
    } else if (!rg__vector_push(&state->differ->context->allocator, &state->quiet, pair)) {
        (void)rg__differ_out_of_memory(state->differ);
    }
}

/* ---- nodes that the walk does not reach ---- */

typedef struct loose_node {
    uint16_t op;
    uint32_t type;
    uint32_t position;
    uint32_t id;
} loose_node;

typedef RG_VECTOR(loose_node) loose_nodes;

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_groups(const loose_node *a, const loose_node *b)
{
    int order = compare_numbers(a->op, b->op);
    return order != 0 ? order : compare_numbers(a->type, b->type);
}

/* By op and type; in a group the last in the list first. */
static int compare_loose(const void *left, const void *right)
{
    const loose_node *a = left;
    const loose_node *b = right;
    int order = compare_groups(a, b);
    return order != 0 ? order : compare_numbers(b->position, a->position);
}

/* Nodes without counterpart or partner; of those, the ones without reader only if `sinks`. */
static void collect_loose(walk *state, loose_nodes *out, const rg__diff_side *side, const rg_map *classes, bool sinks)
{
    for (rg_node node = rg_graph_first(side->graph); !rg_node_is_null(node); node = rg_graph_next(side->graph, node)) {
        loose_node loose = {.op = rg__node_schema_op(side->graph, node.id).id, /* of wrapped calls, what they call */
                            .type = sinks ? 0 : rg_node_type(side->graph, node).id,
                            .position = side->positions[node.id],
                            .id = node.id};
        if ((!sinks || rg_node_use_count(side->graph, node) == 0) && side->counts[node.id] &&
            side->partners[node.id] == 0 && !occurs(classes, side->classes[node.id]) &&
            rg_node_kind(side->graph, node) != RG_OP_PLACEHOLDER &&
            !rg__vector_push(&state->differ->context->allocator, out, loose)) {
            (void)rg__differ_out_of_memory(state->differ);
        }
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof(out->items[0]), compare_loose);
    }
}

static uint32_t group_end(const loose_nodes *nodes, uint32_t start)
{
    uint32_t end = start;
    while (end < nodes->count && compare_groups(&nodes->items[start], &nodes->items[end]) == 0) {
        end++;
    }
    return end;
}

static void run_pending(walk *state)
{
    while (state->pending.count > 0 && state->differ->status == RG_OK) {
        compare_pair(state, state->pending.items[--state->pending.count]);
    }
}

/* Pair loose nodes of one op, from the end of the list on. Nodes that are read are only paired with those of the same
 * type, and only when there are equally many: then it is likely that they belong together. */
static void pair_loose_nodes(walk *state, bool sinks)
{
    const rg_allocator *allocator = &state->differ->context->allocator;
    loose_nodes loose_a = {0};
    loose_nodes loose_b = {0};
    uint32_t i = 0;
    uint32_t j = 0;

    collect_loose(state, &loose_a, state->a, &state->classes_b, sinks);
    collect_loose(state, &loose_b, state->b, &state->classes_a, sinks);
    while (i < loose_a.count && j < loose_b.count && state->differ->status == RG_OK) {
        int order = compare_groups(&loose_a.items[i], &loose_b.items[j]);
        uint32_t end_a = group_end(&loose_a, i);
        uint32_t end_b = group_end(&loose_b, j);
        bool wanted = order == 0 && (sinks || end_a - i == end_b - j);
        for (uint32_t k = 0; wanted && i + k < end_a && j + k < end_b; k++) {
            (void)pair_nodes(state, loose_a.items[i + k].id, loose_b.items[j + k].id);
            run_pending(state);
        }
        i = order <= 0 ? end_a : i;
        j = order >= 0 ? end_b : j;
    }
    rg__vector_free(allocator, &loose_a);
    rg__vector_free(allocator, &loose_b);
}

/* ---- writes and effects ---- */

static uint32_t read_end(const rg__diff_side *side, uint32_t id)
{
    rg_node next = rg_graph_next(side->graph, (rg_node){id});
    return rg_node_is_null(next) ? side->reads.count : side->read_starts[next.id];
}

/* Are these the same writer, or will they be once findings are put aside? */
static bool writers_agree(const walk *state, uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0) {
        return a == b;
    }
    return state->a->classes[a] == state->b->classes[b] || state->a->partners[a] == b;
}

/* Reads of a pair that reads the same things run in parallel. */
static void compare_order(walk *state, node_pair pair)
{
    uint32_t i = state->a->read_starts[pair.a];
    uint32_t j = state->b->read_starts[pair.b];
    uint32_t end_a = read_end(state->a, pair.a);
    uint32_t end_b = read_end(state->b, pair.b);

    for (; i < end_a && j < end_b; i++, j++) {
        if (!writers_agree(state, state->a->reads.items[i], state->b->reads.items[j])) {
            find_difference(state, pair, RG_DIFF_ORDER, 0);
            fix_pair(state, pair);
            return;
        }
    }
}

/* ---- the walk ---- */

static void note_classes(walk *state, rg_map *classes, const rg__diff_side *side)
{
    for (rg_node node = rg_graph_first(side->graph); !rg_node_is_null(node); node = rg_graph_next(side->graph, node)) {
        if (!rg__map_set(&state->differ->context->allocator, classes, side->classes[node.id], 1)) {
            (void)rg__differ_out_of_memory(state->differ);
            return;
        }
    }
}

static void walk_graphs(walk *state)
{
    rg_node output_a = rg_graph_output(state->a->graph);
    rg_node output_b = rg_graph_output(state->b->graph);

    if (state->a->placeholder_count != state->b->placeholder_count) {
        find_difference(state, (node_pair){0, 0}, RG_DIFF_INPUTS, 0);
    }
    if (!rg_node_is_null(output_a) && !rg_node_is_null(output_b)) {
        (void)pair_nodes(state, output_a.id, output_b.id);
    } else if (rg_node_is_null(output_a) != rg_node_is_null(output_b)) {
        find_difference(state, (node_pair){output_a.id, output_b.id},
                        rg_node_is_null(output_a) ? RG_DIFF_ONLY_IN_B : RG_DIFF_ONLY_IN_A, 0);
    }
    run_pending(state);
    pair_loose_nodes(state, true);
    pair_loose_nodes(state, false);
    for (uint32_t i = 0; i < state->quiet.count && state->differ->status == RG_OK; i++) {
        compare_order(state, state->quiet.items[i]);
    }
}

static bool has_class(const rg__diff_side *side, uint32_t class_number)
{
    for (uint32_t i = 0; i < side->child_count; i++) {
        if (side->children[i].class_number == class_number) {
            return true;
        }
    }
    return false;
}

/* Submodules that no pair of nodes names, and that have no counterpart, are paired by name. */
static void explain_children(rg__differ *differ, rg__diff_side *a, rg__diff_side *b)
{
    for (uint32_t i = 0; i < a->child_count; i++) {
        rg__diff_side *child = &a->children[i];
        for (uint32_t j = 0; j < b->child_count && child->partner == NULL; j++) {
            rg__diff_side *other = &b->children[j];
            if (other->partner == NULL && !has_class(b, child->class_number) && !has_class(a, other->class_number) &&
                rg_string_equal(rg_graph_name(child->graph), rg_graph_name(other->graph))) {
                rg__diff_explain(differ, child, other);
            }
        }
    }
}

void rg__diff_explain(rg__differ *differ, rg__diff_side *a, rg__diff_side *b)
{
    const rg_allocator *allocator = &differ->context->allocator;
    walk state = {.differ = differ, .a = a, .b = b};

    a->partner = b;
    b->partner = a;
    a->fixed_class = b->fixed_class = ++differ->fixed_count;
    note_classes(&state, &state.classes_a, a);
    note_classes(&state, &state.classes_b, b);
    if (differ->status == RG_OK) {
        walk_graphs(&state);
    }
    if (differ->status == RG_OK) {
        explain_children(differ, a, b);
    }
    rg__map_free(allocator, &state.classes_a);
    rg__map_free(allocator, &state.classes_b);
    rg__vector_free(allocator, &state.pending);
    rg__vector_free(allocator, &state.quiet);
}
