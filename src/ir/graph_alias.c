/*
 * graph_alias.c: see graph_alias.h.
 */
#include "ir/graph_alias.h"

#include "ir/context_impl.h"

enum { WHOLE = 0 }; /* in rg_alias_set.items: all of a node's memory, not that of one item */

/* ---- one use ---- */

static const rg_op_descriptor *descriptor_of(const rg_graph *graph, uint32_t id)
{
    return rg__op_descriptor(graph->context, (rg_op){graph->op[id]});
}

static bool is_getitem(const rg_op_descriptor *op)
{
    return op->kind == RG_OP_OPERATOR && rg_string_equal(op->name, rg_string_from("operator.getitem"));
}

/* The schema's number of a written argument; the count of its arguments when it has none there. */
static uint32_t schema_index(const rg_graph *graph, uint32_t id, const rg_schema *schema, uint32_t argument)
{
    uint32_t index = graph->calls[id] == 0 ? argument : 0;
    while (graph->calls[id] != 0 && index < schema->argument_count &&
           rg__node_schema_slot(graph, id, schema, index) != argument) {
        index++;
    }
    return index < schema->argument_count ? index : schema->argument_count;
}

/*
 * auto_functionalized copies what the op that it wraps writes, so its results are new. Only a call that names the
 * arguments to be copied writes the others.
 */
static bool copies_all(const rg_graph *graph, rg_node node)
{
    static const char *const names[] = {"_only_clone_these_tensors", "_only_clone_these_bases"};
    bool names_some = rg__call_names_copies(graph->context, graph->calls[node.id]);
    for (size_t i = 0; names_some && i < sizeof(names) / sizeof(names[0]); i++) {
        rg_value_kind kind = rg_value_get_kind(rg_node_keyword(graph, node, rg_string_from(names[i])));
        if (kind != RG_VALUE_MISSING && kind != RG_VALUE_NONE) {
            return false;
        }
    }
    return true;
}

/* The alias sets of a result; of all results when `item` is none of them. */
static uint32_t result_sets(const rg_schema *schema, uint32_t item)
{
    uint32_t sets = 0;
    for (uint32_t i = 0; i < schema->result_count; i++) {
        bool is_asked = schema->result_count == 1 || item == WHOLE || item > schema->result_count || item == i + 1;
        sets |= is_asked ? schema->result_sets[i] : 0;
    }
    return sets;
}

/* May the item of the node's result be memory of what it reads in this argument? `op`: the node's. */
static bool shares(const rg_graph *graph, uint32_t id, const rg_op_descriptor *op, uint32_t argument, uint32_t item)
{
    if (op->kind == RG_OP_PLACEHOLDER || op->kind == RG_OP_OUTPUT || op->kind == RG_OP_GET_ATTR ||
        (op->traits & RG_TRAIT_SHAPE_QUERY) != 0) {
        return false;
    }
    if (rg__op_is_wrapper(graph->context, (rg_op){graph->op[id]})) {
        return !copies_all(graph, (rg_node){id});
    }
    if (op->schema == NULL) {
        bool is_python = op->kind != RG_OP_OVERLOAD && op->kind != RG_OP_HIGHER_ORDER;
        return (is_python && (op->traits & RG_TRAIT_PURE) == 0) || (argument == 0 && is_getitem(op));
    }
    uint32_t index = schema_index(graph, id, op->schema, argument);
    uint32_t sets = result_sets(op->schema, item);
    if (index == op->schema->argument_count) {
        return false;
    }
    return (op->schema->arguments[index].sets & sets) != 0 ||
           (index == 0 && sets == 0 && (op->traits & RG_TRAIT_VIEW) != 0);
}

bool rg__use_aliases(const rg_graph *graph, rg_use use)
{
    return shares(graph, use.user.id, descriptor_of(graph, use.user.id), use.argument, WHOLE);
}

bool rg__use_writes(const rg_graph *graph, rg_use use)
{
    uint32_t id = use.user.id;
    const rg_op_descriptor *op = descriptor_of(graph, id);
    if (rg__op_is_wrapper(graph->context, (rg_op){graph->op[id]})) {
        return !copies_all(graph, use.user);
    }
    if (op->schema == NULL) {
        return (op->traits & RG_TRAIT_MUTATES) != 0 && (use.argument == 0 || op->kind != RG_OP_OPERATOR);
    }
    uint32_t index = schema_index(graph, id, op->schema, use.argument);
    return index < op->schema->argument_count &&
           (op->schema->arguments[index].mutated || (index == 0 && (op->traits & RG_TRAIT_INPLACE_VIEW) != 0));
}

bool rg__use_reads_data(const rg_graph *graph, rg_use use)
{
    return (descriptor_of(graph, use.user.id)->traits & RG_TRAIT_SHAPE_QUERY) == 0;
}

/*
 * Are two items of a tuple different memory for certain? Numbers count from 1. New memory is; so are results of
 * different alias sets, and the parts into which a built-in op takes a tensor apart (split, chunk, unbind).
 */
static bool are_apart(const rg_graph *graph, uint32_t id, uint32_t a, uint32_t b)
{
    if (a == WHOLE || b == WHOLE || a == b) {
        return false;
    }
    const rg_op_descriptor *op = descriptor_of(graph, id);
    if (op->schema == NULL || rg__op_is_wrapper(graph->context, (rg_op){graph->op[id]})) {
        return op->kind == RG_OP_OVERLOAD || op->kind == RG_OP_HIGHER_ORDER;
    }
    if (op->schema->result_count == 1) {
        rg_string type = op->schema->result_types[0];
        return op->row != NULL && type.size > 2 && memcmp(type.data + type.size - 2, "[]", 2) == 0;
    }
    return (result_sets(op->schema, a) & result_sets(op->schema, b)) == 0;
}

/* ---- sets ---- */

void rg__alias_set_free(rg_alias_set *set, const rg_graph *graph)
{
    rg__vector_free(&graph->context->allocator, &set->nodes);
    rg__map_free(&graph->context->allocator, &set->items);
}

bool rg__alias_holds(const rg_alias_set *set, rg_node node)
{
    uint32_t ignored = 0;
    return rg__map_find(&set->items, node.id, &ignored);
}

/* Add a node, or see to it that more of it counts. */
static bool add(rg_alias_set *set, const rg_graph *graph, uint32_t id, uint32_t item)
{
    const rg_allocator *allocator = &graph->context->allocator;
    uint32_t known = WHOLE;
    if (rg__map_find(&set->items, id, &known)) {
        return known == item || known == WHOLE || rg__map_set(allocator, &set->items, id, WHOLE);
    }
    return rg__map_set(allocator, &set->items, id, item) && rg__vector_push(allocator, &set->nodes, id);
}

/* 1 + the item that a getitem node takes; WHOLE for a slice, or an item counted from the end. */
static uint32_t item_of(const rg_graph *graph, uint32_t id)
{
    int64_t item = -1;
    bool known = rg_value_as_int(graph->context, rg_node_argument(graph, (rg_node){id}, 1), &item);
    return known && item >= 0 && item < UINT32_MAX - 1 ? (uint32_t)item + 1 : (uint32_t)WHOLE;
}

typedef struct rg_source_visit {
    rg_alias_set *set;
    const rg_graph *graph;
    uint32_t item;
} rg_source_visit;

static rg_status add_source(void *user, uint32_t id)
{
    const rg_source_visit *visit = user;
    return add(visit->set, visit->graph, id, visit->item) ? RG_OK : RG_ERROR_MEMORY;
}

/* All nodes that give the same attribute. */
static bool add_attributes(rg_alias_set *set, const rg_graph *graph, rg_node node)
{
    rg_string path = rg_node_target(graph, node);
    bool added = true;
    for (rg_node at = rg_graph_first(graph); !rg_node_is_null(at) && added; at = rg_graph_next(graph, at)) {
        if (rg_node_kind(graph, at) == RG_OP_GET_ATTR && rg_string_equal(rg_node_target(graph, at), path)) {
            added = add(set, graph, at.id, WHOLE);
        }
    }
    return added;
}

/* Add what the memory of a node in the set may come from. */
static bool add_sources(rg_alias_set *set, const rg_graph *graph, uint32_t id)
{
    uint32_t count = rg__node_visible_count(graph, id);
    uint32_t item = WHOLE;
    const rg_op_descriptor *op = descriptor_of(graph, id);
    rg_source_visit visit = {set, graph, is_getitem(op) ? item_of(graph, id) : (uint32_t)WHOLE};
    (void)rg__map_find(&set->items, id, &item);
    if (op->kind == RG_OP_GET_ATTR) {
        return add_attributes(set, graph, (rg_node){id});
    }
    if (rg__op_is_wrapper(graph->context, (rg_op){graph->op[id]}) && copies_all(graph, (rg_node){id})) {
        return true;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (shares(graph, id, op, i, item) &&
            rg__graph_visit_nodes(graph, rg__node_argument(graph, id, i), add_source, &visit) != RG_OK) {
            return false;
        }
    }
    return true;
}

bool rg__alias_add(rg_alias_set *set, const rg_graph *graph, rg_node node)
{
    return add(set, graph, node.id, WHOLE);
}

bool rg__alias_add_origins(rg_alias_set *set, const rg_graph *graph, rg_node node)
{
    uint32_t first = set->nodes.count;
    bool done = add(set, graph, node.id, WHOLE);
    for (uint32_t i = first; i < set->nodes.count && done; i++) {
        done = add_sources(set, graph, set->nodes.items[i]);
    }
    return done;
}

bool rg__alias_add_views(rg_alias_set *set, const rg_graph *graph, rg_alias_stop stop, const void *user)
{
    bool done = true;
    for (uint32_t i = 0; i < set->nodes.count && done; i++) {
        uint32_t id = set->nodes.items[i];
        uint32_t item = WHOLE;
        size_t count = rg_node_use_count(graph, (rg_node){id});
        (void)rg__map_find(&set->items, id, &item);
        for (size_t j = 0; j < count && done; j++) {
            rg_use use = rg_node_use(graph, (rg_node){id}, j);
            const rg_op_descriptor *op = descriptor_of(graph, use.user.id);
            uint32_t taken = use.argument == 0 && is_getitem(op) ? item_of(graph, use.user.id) : (uint32_t)WHOLE;
            if (!are_apart(graph, id, item, taken) && shares(graph, use.user.id, op, use.argument, WHOLE) &&
                (stop == NULL || !stop(user, (rg_node){id}, use))) {
                done = add(set, graph, use.user.id, WHOLE);
            }
        }
    }
    return done;
}
