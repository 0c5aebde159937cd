/*
 * diff.c: comparing two graphs: the phases, and what the caller gets. Read diff_impl.h for how it is done.
 */
#include <stdlib.h>

#include "ir/graph_impl.h"
#include "match/diff_impl.h"

#define RG_DIFF_DEFAULT_ENTRIES 20

struct rg_diff {
    rg_allocator allocator;
    rg_arena arena; /* messages */
    RG_VECTOR(rg_diff_entry) entries;
    size_t total;
};

/* ---- shared by the phases ---- */

bool rg__differ_out_of_memory(rg__differ *differ)
{
    differ->status = RG_ERROR_MEMORY;
    return false;
}

void rg__differ_find(rg__differ *differ, const rg__diff_finding *finding)
{
    if (!rg__vector_push(&differ->context->allocator, &differ->findings, *finding)) {
        (void)rg__differ_out_of_memory(differ);
        return;
    }
    differ->findings.items[differ->findings.count - 1].sequence = differ->findings.count;
}

uint64_t rg__diff_place(const rg__diff_side *side, uint32_t position)
{
    return side->place == 0 ? (uint64_t)position << 32 : (uint64_t)side->place << 32 | position;
}

/* ---- the sides ---- */

/* Does the node only compute sizes? */
static bool is_size_query(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_op op = rg_node_op(graph, node);
    bool is_size = rg_type_get_kind(context, rg_node_type(graph, node)) == RG_TYPE_SIZE;

    if ((rg_op_traits(context, op) & RG_TRAIT_SHAPE_QUERY) != 0) {
        return is_size || rg_op_has_schema(context, op); /* Python's operators also compute tensors */
    }
    if (!is_size || !rg_string_equal(rg_op_name(context, op), rg_string_from("operator.getitem"))) {
        return false;
    }
    rg_node sizes = rg_value_as_node(rg_node_argument(graph, node, 0)); /* `aten.sym_size.default(x)[0]` */
    return !rg_node_is_null(sizes) && (rg_op_traits(context, rg_node_op(graph, sizes)) & RG_TRAIT_SHAPE_QUERY) != 0;
}

static rg_status mark_live(void *user, uint32_t id)
{
    bool *live = user;
    live[id] = true;
    return RG_OK;
}

/* Leave out what removing dead nodes would remove. */
static bool skip_dead(rg__differ *differ, rg__diff_side *side)
{
    const rg_graph *graph = side->graph;
    bool *live = rg__arena_allocate_zero(&differ->arena, side->id_count + 1);
    if (live == NULL) {
        return rg__differ_out_of_memory(differ);
    }
    for (rg_node node = rg_graph_last(graph); !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        live[node.id] = live[node.id] || !rg__node_is_removable(graph, node.id);
        for (size_t i = 0; live[node.id] && i < rg_node_argument_count(graph, node); i++) {
            (void)rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), mark_live, live);
        }
        side->counts[node.id] = side->counts[node.id] && live[node.id];
    }
    return true;
}

static bool allocate_side(rg__differ *differ, rg__diff_side *side)
{
    size_t count = (size_t)side->id_count + 1;
    uint32_t **const arrays[] = {&side->classes, &side->fixed_classes, &side->partners, &side->positions,
                                 &side->read_starts};

    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        *arrays[i] = rg__arena_allocate_zero(&differ->arena, count * sizeof(uint32_t));
        if (*arrays[i] == NULL) {
            return rg__differ_out_of_memory(differ);
        }
    }
    side->counts = rg__arena_allocate_zero(&differ->arena, count * sizeof(bool));
    side->tainted = rg__arena_allocate_zero(&differ->arena, count * sizeof(bool));
    side->children = rg__arena_allocate_zero(&differ->arena, side->child_count * sizeof(rg__diff_side));
    return (side->counts != NULL && side->tainted != NULL && side->children != NULL) ||
           rg__differ_out_of_memory(differ);
}

static bool make_side(rg__differ *differ, rg__diff_side *side, rg_graph *graph, uint32_t place);

/* A submodule stands where it is first named; one that is not named, at the end. */
static bool make_children(rg__differ *differ, rg__diff_side *side)
{
    uint32_t *places = rg__arena_allocate_zero(&differ->arena, side->child_count * sizeof(uint32_t));
    if (places == NULL) {
        return rg__differ_out_of_memory(differ);
    }
    for (uint32_t i = 0; i < side->child_count; i++) {
        side->children[i].graph = rg_graph_child(side->graph, i);
    }
    for (rg_node node = rg_graph_last(side->graph); side->child_count > 0 && !rg_node_is_null(node);
         node = rg_graph_previous(side->graph, node)) {
        rg_op_kind kind = rg_node_kind(side->graph, node);
        const rg__diff_side *child =
            kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE ? rg__diff_named_child(side, node.id) : NULL;
        if (child != NULL) {
            places[child - side->children] = side->positions[node.id];
        }
    }
    for (uint32_t i = 0; i < side->child_count; i++) {
        uint32_t place = places[i] == 0 ? (uint32_t)rg_graph_node_count(side->graph) + 1 : places[i];
        if (!make_side(differ, &side->children[i], side->children[i].graph, side->place != 0 ? side->place : place)) {
            return false;
        }
    }
    return true;
}

static bool make_side(rg__differ *differ, rg__diff_side *side, rg_graph *graph, uint32_t place)
{
    uint32_t position = 0;

    side->graph = graph;
    side->place = place;
    side->id_count = graph->id_count;
    side->child_count = (uint32_t)rg_graph_child_count(graph);
    if (!allocate_side(differ, side)) {
        return false;
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_op_kind kind = rg_node_kind(graph, node);
        side->positions[node.id] = ++position;
        side->counts[node.id] = kind != RG_OP_OUTPUT && !is_size_query(graph, node);
        side->placeholder_count += kind == RG_OP_PLACEHOLDER ? 1 : 0;
    }
    if (differ->ignore_dead && !skip_dead(differ, side)) {
        return false;
    }
    return make_children(differ, side);
}

static void free_side(const rg_allocator *allocator, rg__diff_side *side)
{
    for (uint32_t i = 0; side->children != NULL && i < side->child_count; i++) {
        free_side(allocator, &side->children[i]);
    }
    rg__vector_free(allocator, &side->reads);
}

/* ---- the phases ---- */

static void run(rg__differ *differ, rg_graph *a, rg_graph *b)
{
    if (!make_side(differ, &differ->a, a, 0) || !make_side(differ, &differ->b, b, 0)) {
        return;
    }
    rg__diff_number(differ, &differ->a);
    rg__diff_number(differ, &differ->b);
    if (differ->status != RG_OK) {
        return;
    }
    bool same_structure = differ->a.class_number == differ->b.class_number;
    if (!same_structure) {
        rg__diff_explain(differ, &differ->a, &differ->b);
        if (differ->status == RG_OK) {
            rg__diff_number(differ, &differ->a);
            rg__diff_number(differ, &differ->b);
        }
    }
    if (differ->status == RG_OK) {
        rg__diff_settle(differ, &differ->a, &differ->b);
    }
    /* What was taken for a consequence of other findings is one itself when there are no others. */
    for (uint32_t i = 0; differ->findings.count == 0 && i < differ->consequences.count; i++) {
        rg__differ_find(differ, &differ->consequences.items[i]);
    }
}

static int compare_findings(const void *left, const void *right)
{
    const rg__diff_finding *a = left;
    const rg__diff_finding *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

static rg_status keep_entries(rg_diff *diff, rg__differ *differ, size_t max_entries)
{
    rg_status status = RG_OK;

    diff->total = differ->findings.count;
    if (differ->findings.count > 1) {
        qsort(differ->findings.items, differ->findings.count, sizeof(rg__diff_finding), compare_findings);
    }
    for (uint32_t i = 0; i < differ->findings.count && i < max_entries && status == RG_OK; i++) {
        const rg__diff_finding *finding = &differ->findings.items[i];
        rg_diff_entry entry = {.kind = finding->kind,
                               .graph_a = finding->side_a->graph,
                               .graph_b = finding->side_b->graph,
                               .a = {finding->a},
                               .b = {finding->b}};
        if (finding->lone != NULL) {
            entry.graph_a = finding->kind == RG_DIFF_ONLY_IN_A ? finding->lone->graph : NULL;
            entry.graph_b = finding->kind == RG_DIFF_ONLY_IN_B ? finding->lone->graph : NULL;
        }
        status = rg__diff_message(&entry.message, differ, &diff->arena, finding);
        if (status == RG_OK && !rg__vector_push(&diff->allocator, &diff->entries, entry)) {
            status = RG_ERROR_MEMORY;
        }
    }
    return status;
}

static void free_differ(rg__differ *differ)
{
    const rg_allocator *allocator = &differ->context->allocator;
    free_side(allocator, &differ->a);
    free_side(allocator, &differ->b);
    rg__intern_free(&differ->keys);
    rg__vector_free(allocator, &differ->key);
    rg__vector_free(allocator, &differ->sizes);
    rg__vector_free(allocator, &differ->arguments_a);
    rg__vector_free(allocator, &differ->arguments_b);
    rg__vector_free(allocator, &differ->findings);
    rg__vector_free(allocator, &differ->consequences);
    rg__arena_free(&differ->arena);
}

rg_status rg_graph_diff(rg_diff **out, rg_graph *a, rg_graph *b, const rg_diff_options *options)
{
    rg_context *context = rg_graph_context(a);
    rg_diff_options given = RG_DIFF_OPTIONS_INIT;
    rg_diff *diff;

    *out = NULL;
    if (context != rg_graph_context(b)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "graphs of different contexts cannot be compared");
    }
    if (options != NULL) {
        /* Fields that an older caller does not know keep their defaults. */
        memcpy(&given, options, options->struct_size < sizeof(given) ? options->struct_size : sizeof(given));
    }
    diff = rg__allocate(&context->allocator, sizeof(*diff));
    if (diff == NULL) {
        return rg__report_memory(context);
    }
    *diff = (rg_diff){.allocator = context->allocator};
    rg__arena_init(&diff->arena, &diff->allocator);
    rg__differ differ = {.context = context, .status = RG_OK, .ignore_dead = given.ignore_dead};
    rg__arena_init(&differ.arena, &context->allocator);
    rg__intern_init(&differ.keys, &differ.arena, NULL);
    run(&differ, a, b);
    if (differ.status == RG_OK) {
        differ.status =
            keep_entries(diff, &differ, given.max_entries == 0 ? RG_DIFF_DEFAULT_ENTRIES : given.max_entries);
    }
    free_differ(&differ);
    if (differ.status != RG_OK) {
        rg_diff_destroy(diff);
        return differ.status == RG_ERROR_MEMORY ? rg__report_memory(context) : differ.status;
    }
    *out = diff;
    return RG_OK;
}

/* ---- the result ---- */

void rg_diff_destroy(rg_diff *diff)
{
    if (diff == NULL) {
        return;
    }
    rg_allocator allocator = diff->allocator;
    rg__vector_free(&allocator, &diff->entries);
    rg__arena_free(&diff->arena);
    rg__free(&allocator, diff, sizeof(*diff));
}

bool rg_diff_is_equal(const rg_diff *diff)
{
    return diff->total == 0;
}

size_t rg_diff_total(const rg_diff *diff)
{
    return diff->total;
}

size_t rg_diff_count(const rg_diff *diff)
{
    return diff->entries.count;
}

const rg_diff_entry *rg_diff_get(const rg_diff *diff, size_t index)
{
    return index < diff->entries.count ? &diff->entries.items[index] : NULL;
}
