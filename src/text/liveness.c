/*
 * liveness.c: one pass for the last users; then a node's dying values are those inputs whose last user it is.
 */
#include "text/liveness.h"

#include "ir/graph_impl.h"

/* One node's inputs under visit. */
typedef struct visit {
    rg_liveness *liveness;
    uint32_t user;
} visit;

static rg_status note_user(void *user, uint32_t id)
{
    const visit *now = user;
    now->liveness->last_users[id] = now->user;
    return RG_OK;
}

static rg_status note_dying(void *user, uint32_t id)
{
    const visit *now = user;
    rg_liveness *liveness = now->liveness;
    if (liveness->last_users[id] != now->user) {
        return RG_OK;
    }
    liveness->last_users[id] = 0; /* an input is listed once, however often it is read */
    return rg__vector_push(&liveness->graph->context->allocator, &liveness->dying, id) ? RG_OK : RG_ERROR_MEMORY;
}

/* Call `note` for each occurrence of a node in the arguments of `id`. */
static rg_status visit_inputs(rg_liveness *liveness, uint32_t id, rg_node_visitor note)
{
    const rg_graph *graph = liveness->graph;
    visit now = {liveness, id};
    uint32_t count = rg__node_visible_count(graph, id);
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        rg_value value = rg__node_argument(graph, id, i);
        if (rg__value_has_nodes(value)) {
            status = rg__graph_visit_nodes(graph, value, note, &now);
        }
    }
    return status;
}

bool rg__liveness_init(rg_liveness *liveness, const rg_graph *graph)
{
    const rg_allocator *allocator = &graph->context->allocator;
    size_t size = ((size_t)graph->id_count + 1) * sizeof(*liveness->last_users);
    *liveness =
        (rg_liveness){.graph = graph, .last_users = rg__allocate(allocator, size), .count = graph->id_count + 1};
    if (liveness->last_users == NULL) {
        return false;
    }
    memset(liveness->last_users, 0, size);
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        (void)visit_inputs(liveness, id, note_user); /* cannot fail: note_user does not */
    }
    return true;
}

void rg__liveness_free(rg_liveness *liveness)
{
    if (liveness->graph == NULL) {
        return;
    }
    const rg_allocator *allocator = &liveness->graph->context->allocator;
    rg__free(allocator, liveness->last_users, liveness->count * sizeof(*liveness->last_users));
    rg__vector_free(allocator, &liveness->dying);
    *liveness = (rg_liveness){0};
}

bool rg__liveness_dying(rg_liveness *liveness, rg_node node)
{
    const rg_graph *graph = liveness->graph;
    rg_op_kind kind = rg_node_kind(graph, node);
    liveness->dying.count = 0;
    if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_OUTPUT) {
        return true;
    }
    if (visit_inputs(liveness, node.id, note_dying) != RG_OK) {
        return false;
    }
    return graph->users[node.id] != 0 || rg__vector_push(&graph->context->allocator, &liveness->dying, node.id);
}
