/*
 * Properties of matching and rewriting on random graphs, with rules cut out of them:
 *   - the matches found are those that a search by brute force finds, which goes from inputs to results and knows
 * nothing of anchors, and whose graph after the replacement has no cycle;
 *   - after a rewrite the graph holds, and its outputs have the values they had: nodes are interpreted as terms, a
 * fused op as the pattern that it replaces;
 *   - a replacement that is the pattern again gives an equal graph.
 *
 * The seed is printed; RG_TEST_SEED=n in the environment repeats a run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/diff.h>
#include <regraft/rewrite.h>

#include "base/table.h"
#include "match/match_impl.h"
#include "support/graph_building.h"
#include "support/graph_rules.h"

enum { ROUNDS = 400, MAX_NODES = 64, MAX_CUT = 5, MAX_RESULTS = 8, MAX_MATCHES = 4096 };

/* ---- random numbers ---- */

static uint64_t random_state;

static uint32_t random_below(uint32_t limit)
{
    uint64_t x = (random_state += 0x9e3779b97f4a7c15u);
    return (uint32_t)(rg__hash_mix(x, 17) % limit);
}

/* ---- random graphs ---- */

static rg_context *context;

static rg_value pick(const rg_node *nodes, uint32_t count)
{
    /* Near ones more often, so that there is structure. */
    uint32_t span = random_below(3) == 0 || count < 4 ? count : 4;
    return rg_value_node(nodes[count - 1 - random_below(span)]);
}

static rg_graph *random_graph(void)
{
    static const char *const unary[] = {"aten.neg.default", "aten.relu.default"};
    rg_graph *graph = build_graph(context);
    rg_node nodes[MAX_NODES];
    rg_node pairs[MAX_NODES];
    uint32_t count = 0;
    uint32_t pair_count = 0;
    uint32_t size = 4 + random_below(8);
    for (uint32_t i = 0; i < 2; i++) {
        nodes[count++] = build_placeholder(graph, NULL);
    }
    for (uint32_t i = 0; i < size; i++) {
        rg_value a = pick(nodes, count);
        rg_value b = pick(nodes, count);
        uint32_t kind = random_below(8);
        if (kind < 4) {
            nodes[count++] = build_call(graph, unary[kind % 2], NULL, VALUES(a));
        } else if (kind < 6) {
            nodes[count++] = build_call(graph, "aten.mul.Tensor", NULL, VALUES(a, b));
        } else if (kind == 6) {
            rg_value list = build_items(graph, RG_VALUE_LIST, (rg_value[]){a, b}, 2);
            nodes[count++] = build_call(graph, "my.pack.default", NULL, VALUES(list));
        } else {
            if (pair_count == 0 || random_below(2) == 0) {
                pairs[pair_count++] = build_call(graph, "my.pair.default", NULL, VALUES(a));
            }
            rg_value pair = rg_value_node(pairs[random_below(pair_count)]);
            nodes[count++] =
                build_call(graph, "operator.getitem", NULL, VALUES(pair, build_int(context, random_below(2))));
        }
    }
    rg_value returned[] = {pick(nodes, count), pick(nodes, count), rg_value_node(nodes[count - 1])};
    build_output(graph, build_items(graph, RG_VALUE_TUPLE, returned, 1 + random_below(3)));
    return graph;
}

/* ---- rules cut out of graphs ---- */

typedef enum cut_kind { FUSED, SAME, SEPARATE } cut_kind;

/* A set of nodes of a graph, in its order, what it reads and what it gives. */
typedef struct cut {
    rg_graph *graph;
    rg_node nodes[MAX_CUT];
    uint32_t count;
    rg_node inputs[2 * MAX_CUT];
    uint32_t input_count;
    rg_node results[MAX_RESULTS];
    uint32_t result_count;
} cut;

static uint32_t find(const rg_node *nodes, uint32_t count, rg_node node)
{
    uint32_t i = 0;
    while (i < count && !rg_node_same(nodes[i], node)) {
        i++;
    }
    return i;
}

typedef void (*node_visitor)(void *user, rg_node node);

static void visit_value(const rg_graph *graph, rg_value value, node_visitor visit, void *user)
{
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        visit(user, rg_value_as_node(value));
    }
    for (size_t i = 0; i < rg_value_count(context, graph, value); i++) {
        visit_value(graph, rg_value_item(context, graph, value, i), visit, user);
    }
}

static void visit_arguments(const rg_graph *graph, rg_node node, node_visitor visit, void *user)
{
    for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
        visit_value(graph, rg_node_argument(graph, node, i), visit, user);
    }
}

static bool is_call(const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return kind == RG_OP_OVERLOAD || kind == RG_OP_OPERATOR;
}

typedef struct node_list {
    rg_node nodes[256];
    uint32_t count;
} node_list;

static void add_node(void *user, rg_node node)
{
    node_list *list = user;
    if (list->count < 256) {
        list->nodes[list->count++] = node;
    }
}

/* Grow a connected set from a random call. */
static void choose_nodes(cut *out)
{
    node_list calls = {.count = 0};
    for (rg_node node = rg_graph_first(out->graph); !rg_node_is_null(node); node = rg_graph_next(out->graph, node)) {
        if (is_call(out->graph, node)) {
            add_node(&calls, node);
        }
    }
    uint32_t wanted = 1 + random_below(MAX_CUT);
    out->nodes[out->count++] = calls.nodes[random_below(calls.count)];
    for (uint32_t tries = 0; tries < 20 && out->count < wanted; tries++) {
        rg_node from = out->nodes[random_below(out->count)];
        node_list near = {.count = 0};
        visit_arguments(out->graph, from, add_node, &near);
        for (size_t i = 0; i < rg_node_use_count(out->graph, from); i++) {
            add_node(&near, rg_node_use(out->graph, from, i).user);
        }
        rg_node next = near.nodes[random_below(near.count)];
        if (is_call(out->graph, next) && find(out->nodes, out->count, next) == out->count) {
            out->nodes[out->count++] = next;
        }
    }
    (void)rg__sort_nodes(out->graph, out->nodes, out->count);
}

static void add_input(void *user, rg_node node)
{
    cut *out = user;
    if (find(out->nodes, out->count, node) == out->count &&
        find(out->inputs, out->input_count, node) == out->input_count) {
        out->inputs[out->input_count++] = node;
    }
}

static cut random_cut(rg_graph *graph)
{
    cut out = {.graph = graph};
    choose_nodes(&out);
    for (uint32_t i = 0; i < out.count; i++) {
        bool escapes = random_below(6) == 0 || rg_node_use_count(graph, out.nodes[i]) == 0;
        visit_arguments(graph, out.nodes[i], add_input, &out);
        for (size_t j = 0; j < rg_node_use_count(graph, out.nodes[i]); j++) {
            rg_node user = rg_node_use(graph, out.nodes[i], j).user;
            escapes = escapes || find(out.nodes, out.count, user) == out.count;
        }
        if (escapes) {
            out.results[out.result_count++] = out.nodes[i];
        }
    }
    for (uint32_t i = out.result_count; i > 1; i--) {
        uint32_t j = random_below(i);
        rg_node swapped = out.results[i - 1];
        out.results[i - 1] = out.results[j];
        out.results[j] = swapped;
    }
    return out;
}

/* A graph in the making and the images of a cut's nodes in it. */
typedef struct copying {
    const cut *from;
    rg_graph *to;
    rg_node inputs[2 * MAX_CUT];
    rg_node nodes[MAX_CUT];
} copying;

static rg_value copy_value(const copying *copy, rg_value value)
{
    rg_value items[8];
    rg_node node = rg_value_as_node(value);
    size_t count = rg_value_count(context, copy->from->graph, value);
    if (!rg_node_is_null(node)) {
        uint32_t index = find(copy->from->nodes, copy->from->count, node);
        return rg_value_node(index < copy->from->count
                                 ? copy->nodes[index]
                                 : copy->inputs[find(copy->from->inputs, copy->from->input_count, node)]);
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = copy_value(copy, rg_value_item(context, copy->from->graph, value, i));
    }
    return count == 0 ? value : build_items(copy->to, rg_value_get_kind(value), items, count);
}

static void copy_node(copying *copy, uint32_t index)
{
    rg_value arguments[4];
    rg_node node = copy->from->nodes[index];
    size_t count = rg_node_argument_count(copy->from->graph, node);
    for (size_t i = 0; i < count; i++) {
        arguments[i] = copy_value(copy, rg_node_argument(copy->from->graph, node, i));
    }
    const char *op = rg_op_name(context, rg_node_op(copy->from->graph, node)).data;
    copy->nodes[index] = build_call(copy->to, op, NULL, arguments, count);
}

typedef struct need {
    const cut *from;
    bool needed[MAX_CUT];
} need;

static void note_needed(void *user, rg_node node)
{
    need *needs = user;
    uint32_t index = find(needs->from->nodes, needs->from->count, node);
    if (index < needs->from->count) {
        needs->needed[index] = true;
    }
}

/* Which nodes of the cut a result is made of. */
static need needs_of(const cut *from, uint32_t result)
{
    need needs = {.from = from};
    note_needed(&needs, from->results[result]);
    for (uint32_t i = from->count; i > 0; i--) {
        if (needs.needed[i - 1]) {
            visit_arguments(from->graph, from->nodes[i - 1], note_needed, &needs);
        }
    }
    return needs;
}

static rg_graph *copy_cut(const cut *from, cut_kind kind)
{
    copying copy = {.from = from, .to = build_graph(context)};
    rg_value inputs[2 * MAX_CUT];
    rg_value results[MAX_RESULTS];
    for (uint32_t i = 0; i < from->input_count; i++) {
        char name[16];
        sprintf(name, "in%u", i);
        copy.inputs[i] = build_placeholder(copy.to, name);
        inputs[i] = rg_value_node(copy.inputs[i]);
    }
    if (kind == FUSED) {
        rg_value fused = rg_value_node(build_call(copy.to, "my.fused.default", NULL, inputs, from->input_count));
        for (uint32_t i = 0; i < from->result_count; i++) {
            results[i] =
                rg_value_node(build_call(copy.to, "operator.getitem", NULL, VALUES(fused, build_int(context, i))));
        }
    }
    for (uint32_t i = 0; i < from->count && kind == SAME; i++) {
        copy_node(&copy, i);
    }
    for (uint32_t i = 0; i < from->result_count && kind != FUSED; i++) {
        need needs = needs_of(from, i);
        for (uint32_t j = 0; j < from->count && kind == SEPARATE; j++) {
            if (needs.needed[j]) {
                copy_node(&copy, j);
            }
        }
        results[i] = rg_value_node(copy.nodes[find(from->nodes, from->count, from->results[i])]);
    }
    build_output(copy.to, build_items(copy.to, RG_VALUE_TUPLE, results, from->result_count));
    return copy.to;
}

/* ---- what graphs compute, as terms ---- */

/* The items of what my.fused gave, by the term of the call. */
typedef struct fused_item {
    uint64_t call;
    uint64_t index;
    uint64_t term;
} fused_item;

typedef struct fused_items {
    fused_item items[1024];
    uint32_t count;
} fused_items;

typedef struct evaluation {
    const rg_graph *graph;
    const rg_graph *pattern; /* what my.fused means; NULL: nothing */
    fused_items *fused;
    uint64_t values[4 * MAX_NODES];
} evaluation;

static uint64_t term_of_value(const evaluation *e, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    uint64_t term = rg__hash_mix(rg_node_is_null(node) ? value.bits : e->values[node.id], 5);
    size_t count = rg_value_count(context, e->graph, value);
    for (size_t i = 0; i < count; i++) {
        term = (i == 0 ? 7 : term) * 31 + term_of_value(e, rg_value_item(context, e->graph, value, i));
    }
    return term;
}

static void evaluate(evaluation *e, const uint64_t *inputs, uint64_t *results);

/* Note what the call's items are: the pattern's results. */
static void call_fused(evaluation *e, rg_node node, uint64_t term)
{
    uint64_t inputs[16] = {0};
    uint64_t results[MAX_RESULTS] = {0};
    evaluation *inner = calloc(1, sizeof(*inner));
    *inner = (evaluation){.graph = e->pattern, .pattern = e->pattern, .fused = e->fused};
    for (size_t i = 0; i < rg_node_argument_count(e->graph, node); i++) {
        inputs[i] = e->values[rg_value_as_node(rg_node_argument(e->graph, node, i)).id];
    }
    evaluate(inner, inputs, results);
    for (size_t i = 0; i < rg__output_count(e->pattern); i++) {
        assert_true(e->fused->count < 1024);
        e->fused->items[e->fused->count++] = (fused_item){term, i, results[i]};
    }
    free(inner);
}

static uint64_t term_of_item(const evaluation *e, rg_node node, uint64_t otherwise)
{
    uint64_t call = e->values[rg_value_as_node(rg_node_argument(e->graph, node, 0)).id];
    int64_t index = 0;
    assert_true(rg_value_as_int(context, rg_node_argument(e->graph, node, 1), &index));
    for (uint32_t i = 0; i < e->fused->count; i++) {
        if (e->fused->items[i].call == call && e->fused->items[i].index == (uint64_t)index) {
            return e->fused->items[i].term;
        }
    }
    return otherwise;
}

static uint64_t term_of_node(evaluation *e, rg_node node)
{
    rg_string op = rg_op_name(context, rg_node_op(e->graph, node));
    uint64_t term = rg__hash_bytes(op.data, op.size, 0);
    for (size_t i = 0; i < rg_node_argument_count(e->graph, node); i++) {
        term = term * 131 + term_of_value(e, rg_node_argument(e->graph, node, i));
    }
    if (rg_string_equal(op, rg_string_from("my.fused.default"))) {
        call_fused(e, node, term);
    }
    return rg_string_equal(op, rg_string_from("operator.getitem")) ? term_of_item(e, node, term) : term;
}

static void evaluate(evaluation *e, const uint64_t *inputs, uint64_t *results)
{
    size_t input = 0;
    for (rg_node node = rg_graph_first(e->graph); !rg_node_is_null(node); node = rg_graph_next(e->graph, node)) {
        rg_op_kind kind = rg_node_kind(e->graph, node);
        if (kind == RG_OP_PLACEHOLDER) {
            e->values[node.id] = inputs[input++];
        } else if (kind != RG_OP_OUTPUT) {
            e->values[node.id] = term_of_node(e, node);
        }
    }
    for (size_t i = 0; i < rg__output_count(e->graph); i++) {
        results[i] = e->values[rg_value_as_node(rg__output_item(e->graph, i)).id];
    }
}

static void evaluate_graph(const rg_graph *graph, const rg_graph *pattern, uint64_t *results)
{
    static const uint64_t inputs[] = {1001, 1002};
    static fused_items fused;
    evaluation *e = calloc(1, sizeof(*e));
    fused.count = 0;
    *e = (evaluation){.graph = graph, .pattern = pattern, .fused = &fused};
    evaluate(e, inputs, results);
    free(e);
}

/* ---- brute force ---- */

typedef struct assignment {
    uint32_t nodes[MAX_CUT];      /* by node of the cut: node id of the graph */
    uint32_t inputs[2 * MAX_CUT]; /* by input of the cut */
} assignment;

typedef struct brute_force {
    const cut *pattern;
    cut_kind kind;
    rg_graph *graph;
    assignment now;
    assignment found[MAX_MATCHES];
    uint32_t count;
} brute_force;

static bool fits(brute_force *search, rg_value expected, rg_value value)
{
    const cut *pattern = search->pattern;
    size_t count = rg_value_count(context, pattern->graph, expected);
    rg_node node = rg_value_as_node(expected);
    if (rg_value_get_kind(expected) != rg_value_get_kind(value) ||
        count != rg_value_count(context, search->graph, value)) {
        return false;
    }
    if (!rg_node_is_null(node)) {
        uint32_t index = find(pattern->nodes, pattern->count, node);
        uint32_t *bound = index < pattern->count
                              ? &search->now.nodes[index]
                              : &search->now.inputs[find(pattern->inputs, pattern->input_count, node)];
        if (index == pattern->count && *bound == 0) {
            *bound = rg_value_as_node(value).id;
        }
        return *bound == rg_value_as_node(value).id;
    }
    for (size_t i = 0; i < count; i++) {
        if (!fits(search, rg_value_item(context, pattern->graph, expected, i),
                  rg_value_item(context, search->graph, value, i))) {
            return false;
        }
    }
    return count != 0 || expected.bits == value.bits;
}

static uint32_t place_in(const uint32_t *ids, uint32_t count, rg_node node)
{
    uint32_t i = 0;
    while (i < count && ids[i] != node.id) {
        i++;
    }
    return i;
}

static bool escapes_or_overlaps(const brute_force *search)
{
    const cut *pattern = search->pattern;
    for (uint32_t i = 0; i < pattern->input_count; i++) {
        if (place_in(search->now.nodes, pattern->count, (rg_node){search->now.inputs[i]}) < pattern->count) {
            return true;
        }
    }
    for (uint32_t i = 0; i < pattern->count; i++) {
        rg_node node = {search->now.nodes[i]};
        bool is_result = find(pattern->results, pattern->result_count, pattern->nodes[i]) < pattern->result_count;
        for (size_t j = 0; j < rg_node_use_count(search->graph, node) && !is_result; j++) {
            rg_node user = rg_node_use(search->graph, node, j).user;
            if (place_in(search->now.nodes, pattern->count, user) == pattern->count) {
                return true;
            }
        }
    }
    return false;
}

/* The graph as it would be: `after[a][b]` when a reads b. A result reads what its part of the replacement reads. */
typedef struct after_graph {
    const brute_force *search;
    bool reads[MAX_NODES][MAX_NODES];
    uint32_t reader;
} after_graph;

static void note_read(void *user, rg_node node)
{
    after_graph *after = user;
    after->reads[after->reader][node.id] = true;
}

static void read_inputs_of(after_graph *after, uint32_t result, uint32_t reader)
{
    const cut *pattern = after->search->pattern;
    need needs = needs_of(pattern, result);
    for (uint32_t i = 0; i < pattern->count; i++) {
        node_list read = {.count = 0};
        if (needs.needed[i]) {
            visit_arguments(pattern->graph, pattern->nodes[i], add_node, &read);
        }
        for (uint32_t j = 0; j < read.count; j++) {
            uint32_t input = find(pattern->inputs, pattern->input_count, read.nodes[j]);
            if (input < pattern->input_count) {
                after->reads[reader][after->search->now.inputs[input]] = true;
            }
        }
    }
}

static bool has_cycle(const brute_force *search)
{
    static after_graph after;
    const cut *pattern = search->pattern;
    memset(&after, 0, sizeof(after));
    after.search = search;
    for (rg_node node = rg_graph_first(search->graph); !rg_node_is_null(node);
         node = rg_graph_next(search->graph, node)) {
        assert_true(node.id < MAX_NODES);
        after.reader = node.id;
        if (place_in(search->now.nodes, pattern->count, node) == pattern->count) {
            visit_arguments(search->graph, node, note_read, &after);
        }
    }
    for (uint32_t i = 0; i < pattern->result_count; i++) {
        uint32_t result = search->now.nodes[find(pattern->nodes, pattern->count, pattern->results[i])];
        for (uint32_t j = 0; j < pattern->input_count && search->kind == FUSED; j++) {
            after.reads[result][search->now.inputs[j]] = true;
        }
        read_inputs_of(&after, i, result);
    }
    for (uint32_t k = 0; k < MAX_NODES; k++) {
        for (uint32_t i = 0; i < MAX_NODES; i++) {
            for (uint32_t j = 0; j < MAX_NODES && after.reads[i][k]; j++) {
                after.reads[i][j] = after.reads[i][j] || after.reads[k][j];
            }
        }
    }
    for (uint32_t i = 0; i < MAX_NODES; i++) {
        if (after.reads[i][i]) {
            return true;
        }
    }
    return false;
}

static void assign(brute_force *search, uint32_t index)
{
    const cut *pattern = search->pattern;
    if (index == pattern->count) {
        if (!escapes_or_overlaps(search) && !has_cycle(search)) {
            assert_true(search->count < MAX_MATCHES);
            search->found[search->count++] = search->now;
        }
        return;
    }
    rg_node expected = pattern->nodes[index];
    size_t arguments = rg_node_argument_count(pattern->graph, expected);
    for (rg_node node = rg_graph_first(search->graph); !rg_node_is_null(node);
         node = rg_graph_next(search->graph, node)) {
        assignment before = search->now;
        bool ok = rg_op_same(rg_node_op(search->graph, node), rg_node_op(pattern->graph, expected)) &&
                  place_in(search->now.nodes, index, node) == index;
        for (size_t i = 0; i < arguments && ok; i++) {
            ok = fits(search, rg_node_argument(pattern->graph, expected, i), rg_node_argument(search->graph, node, i));
        }
        if (ok) {
            search->now.nodes[index] = node.id;
            assign(search, index + 1);
        }
        search->now = before;
    }
}

static int compare_assignments(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(assignment));
}

/* ---- comparing ---- */

/* The found matches as assignments of the cut, whose nodes are in the pattern's order. */
static assignment assignment_of(const rg_match *match, const cut *pattern)
{
    assignment out = {{0}, {0}};
    const rg_pattern *compiled = match->rule->compiled;
    for (size_t i = 0; i < match->node_count; i++) {
        out.nodes[compiled->post_order[i]] = match->nodes[i].id;
    }
    for (uint32_t i = 0; i < pattern->input_count; i++) {
        out.inputs[i] = rg_value_as_node(match->inputs[i]).id;
    }
    return out;
}

/* Show the case when the two disagree. */
static void show_case(const rg_match_list *list, const brute_force *search)
{
    rg_graph *copy = copy_cut(search->pattern, SAME);
    print_message("found %zu matches, brute force %u; kind %d\ngraph\n%s\n", rg_match_list_count(list), search->count,
                  search->kind, statements_of(search->graph));
    print_message("pattern\n%s\n", statements_of(copy));
    rg_graph_destroy(copy);
}

static void compare_with_brute_force(const rg_match_list *list, const cut *pattern, cut_kind kind, rg_graph *graph)
{
    static brute_force search;
    static assignment found[MAX_MATCHES];
    memset(&search, 0, sizeof(search));
    search.pattern = pattern;
    search.kind = kind;
    search.graph = graph;
    assign(&search, 0);
    assert_int_equal(rg_match_list_gave_up(list), 0);
    if (rg_match_list_count(list) != search.count) {
        show_case(list, &search);
    }
    assert_int_equal(rg_match_list_count(list), search.count);
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        found[i] = assignment_of(rg_match_list_get(list, i), pattern);
    }
    qsort(found, search.count, sizeof(assignment), compare_assignments);
    qsort(search.found, search.count, sizeof(assignment), compare_assignments);
    assert_memory_equal(found, search.found, search.count * sizeof(assignment));
}

static void check_values(const rg_graph *before, const rg_graph *after, const rg_graph *pattern)
{
    uint64_t expected[MAX_RESULTS] = {0};
    uint64_t values[MAX_RESULTS] = {0};
    evaluate_graph(before, NULL, expected);
    evaluate_graph(after, pattern, values);
    if (rg_graph_verify(after) != RG_OK || memcmp(values, expected, sizeof(values)) != 0) {
        print_message("before\n%s\n", statements_of(before));
        print_message("after\n%s\n", statements_of(after));
        print_message("pattern\n%s\n", statements_of(pattern));
    }
    assert_graph_holds(after);
    assert_memory_equal(values, expected, sizeof(values));
}

static void check_equal(rg_graph *before, rg_graph *after)
{
    rg_diff_options options = RG_DIFF_OPTIONS_INIT;
    rg_diff *diff = NULL;
    options.ignore_dead = true;
    assert_int_equal(rg_graph_diff(&diff, before, after, &options), RG_OK);
    assert_true(rg_diff_is_equal(diff));
    rg_diff_destroy(diff);
}

/* Apply each match to a copy of its own. */
static size_t apply_each(rg_matcher *matcher, rg_graph *graph, cut_kind kind, const rg_graph *pattern)
{
    size_t count = 1;
    size_t applied = 0;
    for (size_t i = 0; i < count && i < 6; i++) {
        rg_graph *copy = NULL;
        rg_match_list *list = NULL;
        assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
        assert_int_equal(rg_matcher_find_all(&list, matcher, copy), RG_OK);
        count = rg_match_list_count(list);
        if (i < count) {
            assert_int_equal(rg_rewrite_apply(copy, rg_match_list_get(list, i)), RG_OK);
            check_values(graph, copy, pattern);
            applied++;
            if (kind == SAME) {
                check_equal(graph, copy);
            }
        }
        rg_match_list_destroy(list);
        rg_graph_destroy(copy);
    }
    return applied;
}

static void sweep_copy(rg_matcher *matcher, const rg_graph *graph, const rg_graph *pattern)
{
    rg_graph *copy = NULL;
    rg_rewrite_report report;
    assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
    assert_int_equal(rg_rewrite_run(&report, matcher, copy, NULL), RG_OK);
    assert_int_equal(report.failed, 0);
    check_values(graph, copy, pattern);
    rg_graph_destroy(copy);
}

/* One rule, on the graph that it was cut out of or another one. */
static size_t check_rule(const cut *from, cut_kind kind, rg_graph *graph)
{
    rg_rule_set *set = graph_rules_create(context);
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    rg_graph *pattern = copy_cut(from, SAME);
    assert_int_equal(graph_rules_add_graphs(set, "cut", pattern, copy_cut(from, kind)), RG_OK);
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    compare_with_brute_force(list, from, kind, graph);
    rg_match_list_destroy(list);
    size_t applied = apply_each(matcher, graph, kind, pattern);
    sweep_copy(matcher, graph, pattern);
    rg_matcher_destroy(matcher);
    graph_rules_destroy(set);
    return applied;
}

static void declare(const char *schema)
{
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    rg_op op;
    declaration.schema = rg_string_from(schema);
    assert_int_equal(rg_context_declare_op(&op, context, &declaration), RG_OK);
}

static void rules_cut_out_of_graphs(void **state)
{
    const char *given = getenv("RG_TEST_SEED");
    uint64_t seed = given == NULL ? 20 : strtoull(given, NULL, 10);
    size_t applied = 0;
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    random_state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        declare("my::pair(Tensor x) -> (Tensor, Tensor)");
        declare("my::pack(Tensor[] x) -> Tensor");
        rg_graph *graph = random_graph();
        rg_graph *other = random_graph();
        cut from = random_cut(graph);
        for (cut_kind kind = FUSED; kind <= SEPARATE; kind++) {
            applied += check_rule(&from, kind, graph);
            applied += check_rule(&from, kind, other);
        }
        rg_graph_destroy(graph);
        rg_graph_destroy(other);
        rg_context_destroy(context);
    }
    /* Were there matches to speak of? */
    assert_true(applied > ROUNDS * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules_cut_out_of_graphs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
