/*
 * diff_settle.c: nodes of equal class are counterparts, in order; what is left over is in one graph only, and
 * counterparts whose types differ are findings unless something that they are computed from differs already.
 */
#include "ir/graph_impl.h"
#include "match/diff_impl.h"

/* ---- types ---- */

static bool sizes_agree(rg_context *context, const rg_size *a, const rg_size *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rg_size_equal(context, a[i], b[i]) != RG_YES) {
            return false;
        }
    }
    return true;
}

static bool tensors_agree(rg_context *context, rg_type type_a, rg_type type_b)
{
    rg_tensor_type a = rg_type_get_tensor(context, type_a);
    rg_tensor_type b = rg_type_get_tensor(context, type_b);

    if (a.dtype != b.dtype || a.rank != b.rank || !sizes_agree(context, a.sizes, b.sizes, a.rank)) {
        return false;
    }
    if (a.strides != NULL && b.strides != NULL && !sizes_agree(context, a.strides, b.strides, a.rank)) {
        return false;
    }
    /* Kinds of devices are interned. */
    return a.device.kind == NULL || b.device.kind == NULL ||
           (a.device.kind == b.device.kind && a.device.index == b.device.index);
}

bool rg__diff_types_agree(rg_context *context, rg_type a, rg_type b)
{
    rg_type_kind kind = rg_type_get_kind(context, a);

    if (rg_type_is_null(a) || rg_type_is_null(b) || rg_type_same(a, b)) {
        return true;
    }
    if (kind != rg_type_get_kind(context, b)) {
        return false;
    }
    switch (kind) {
    case RG_TYPE_TENSOR:
        return tensors_agree(context, a, b);
    case RG_TYPE_SIZE:
        return rg_size_equal(context, rg_type_get_size(context, a), rg_type_get_size(context, b)) == RG_YES;
    case RG_TYPE_TUPLE:
        if (rg_type_item_count(context, a) != rg_type_item_count(context, b)) {
            return false;
        }
        for (size_t i = 0; i < rg_type_item_count(context, a); i++) {
            if (!rg__diff_types_agree(context, rg_type_item(context, a, i), rg_type_item(context, b, i))) {
                return false;
            }
        }
        return true;
    default:
        return false;
    }
}

/* ---- counterparts ---- */

typedef struct settling {
    rg__differ *differ;
    rg__diff_side *a;
    rg__diff_side *b;
    rg_map first;      /* class -> first node of it in b without counterpart */
    uint32_t *next;    /* by node of b: the next of its class */
    uint32_t *matched; /* by node of b: its counterpart */
    uint32_t *places;  /* by node of b: position that it would have in a */
} settling;

/* Queue the nodes of b by class, in list order. */
static void fill_queues(settling *job)
{
    const rg_graph *graph = job->b->graph;
    for (rg_node node = rg_graph_last(graph); !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        uint32_t first = 0;
        if (job->b->counts[node.id]) {
            (void)rg__map_find(&job->first, job->b->classes[node.id], &first);
            job->next[node.id] = first;
            if (!rg__map_set(&job->differ->context->allocator, &job->first, job->b->classes[node.id], node.id)) {
                (void)rg__differ_out_of_memory(job->differ);
                return;
            }
        }
    }
}

static uint32_t take_counterpart(settling *job, uint32_t a)
{
    uint32_t b = 0;
    if (rg__map_find(&job->first, job->a->classes[a], &b) && b != 0) {
        /* The entry exists, so setting it needs no memory. */
        (void)rg__map_set(&job->differ->context->allocator, &job->first, job->a->classes[a], job->next[b]);
        job->matched[b] = a;
    }
    return b;
}

static rg_status look_for_taint(void *user, uint32_t id)
{
    rg__diff_side *side = user;
    side->tainted[0] = side->tainted[0] || side->tainted[id];
    return RG_OK;
}

/* Is anything that the node reads tainted? Element 0 of `tainted` belongs to no node. */
static bool reads_taint(rg__diff_side *side, uint32_t id)
{
    size_t count = rg_node_argument_count(side->graph, (rg_node){id});
    side->tainted[0] = false;
    for (size_t i = 0; i < count; i++) {
        (void)rg__graph_visit_nodes(side->graph, rg_node_argument(side->graph, (rg_node){id}, i), look_for_taint, side);
    }
    return side->tainted[0];
}

static void settle_node(settling *job, uint32_t a)
{
    rg__diff_side *side = job->a;
    rg__diff_finding finding = {.kind = RG_DIFF_TYPE,
                                .side_a = job->a,
                                .side_b = job->b,
                                .a = a,
                                .place = rg__diff_place(side, side->positions[a])};

    side->tainted[a] = side->fixed_classes[a] != 0 || reads_taint(side, a);
    if (!side->counts[a]) {
        return;
    }
    finding.b = take_counterpart(job, a);
    if (finding.b == 0) {
        finding.kind = RG_DIFF_ONLY_IN_A;
        side->tainted[a] = true;
        /* Placeholders without counterpart follow from the numbers of inputs, which diff_explain.c compares. */
        if (rg_node_kind(side->graph, (rg_node){a}) != RG_OP_PLACEHOLDER) {
            rg__differ_find(job->differ, &finding);
        }
    } else if (!side->tainted[a] && !rg__diff_types_agree(job->differ->context, rg_node_type(side->graph, (rg_node){a}),
                                                          rg_node_type(job->b->graph, (rg_node){finding.b}))) {
        side->tainted[a] = true;
        rg__differ_find(job->differ, &finding);
    }
}

typedef struct place_search {
    const uint32_t *places;
    uint32_t place;
} place_search;

static rg_status find_place(void *user, uint32_t id)
{
    place_search *search = user;
    search->place = search->places[id] > search->place ? search->places[id] : search->place;
    return RG_OK;
}

/* Nodes of b that are left. Their place is behind the counterparts of what they read. */
static void settle_rest(settling *job)
{
    const rg_graph *graph = job->b->graph;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        place_search search = {job->places, 0};
        if (job->matched[node.id] != 0) {
            job->places[node.id] = job->a->positions[job->matched[node.id]];
            continue;
        }
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            (void)rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), find_place, &search);
        }
        job->places[node.id] = search.place;
        if (job->b->counts[node.id] && rg_node_kind(graph, node) != RG_OP_PLACEHOLDER) {
            rg__diff_finding finding = {.kind = RG_DIFF_ONLY_IN_B,
                                        .side_a = job->a,
                                        .side_b = job->b,
                                        .b = node.id,
                                        .place = rg__diff_place(job->a, search.place)};
            rg__differ_find(job->differ, &finding);
        }
    }
}

static void find_lone_child(rg__differ *differ, const rg__diff_side *a, const rg__diff_side *b,
                            const rg__diff_side *child, rg_diff_kind kind)
{
    rg__diff_finding finding = {
        .kind = kind, .side_a = a, .side_b = b, .lone = child, .place = rg__diff_place(child, 0)};
    rg__differ_find(differ, &finding);
}

static void settle_children(rg__differ *differ, rg__diff_side *a, rg__diff_side *b)
{
    for (uint32_t i = 0; i < a->child_count; i++) {
        rg__diff_side *child = &a->children[i];
        for (uint32_t j = 0; j < b->child_count && child->partner == NULL; j++) {
            if (b->children[j].partner == NULL && b->children[j].class_number == child->class_number) {
                child->partner = &b->children[j];
                b->children[j].partner = child;
            }
        }
        if (child->partner != NULL) {
            rg__diff_settle(differ, child, child->partner);
        } else {
            find_lone_child(differ, a, b, child, RG_DIFF_ONLY_IN_A);
        }
    }
    for (uint32_t j = 0; j < b->child_count; j++) {
        if (b->children[j].partner == NULL) {
            find_lone_child(differ, a, b, &b->children[j], RG_DIFF_ONLY_IN_B);
        }
    }
}

void rg__diff_settle(rg__differ *differ, rg__diff_side *a, rg__diff_side *b)
{
    size_t bytes = ((size_t)b->id_count + 1) * sizeof(uint32_t);
    settling job = {.differ = differ, .a = a, .b = b};

    job.next = rg__arena_allocate_zero(&differ->arena, bytes);
    job.matched = rg__arena_allocate_zero(&differ->arena, bytes);
    job.places = rg__arena_allocate_zero(&differ->arena, bytes);
    if (job.next == NULL || job.matched == NULL || job.places == NULL) {
        (void)rg__differ_out_of_memory(differ);
        return;
    }
    fill_queues(&job);
    for (rg_node node = rg_graph_first(a->graph); !rg_node_is_null(node) && differ->status == RG_OK;
         node = rg_graph_next(a->graph, node)) {
        settle_node(&job, node.id);
    }
    if (differ->status == RG_OK) {
        settle_rest(&job);
    }
    rg__map_free(&differ->context->allocator, &job.first);
    if (differ->status == RG_OK) {
        settle_children(differ, a, b);
    }
}
