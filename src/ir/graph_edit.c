/*
 * graph_edit.c: inserting and changing nodes. Redirecting uses, erasing and moving: graph_rewire.c.
 *
 * Every edit first checks, then makes room, then changes: after the last call that can fail nothing is left to undo.
 */
#include "ir/graph_impl.h"

/* ---- checks ---- */

typedef struct reach_check {
    const rg_graph *graph;
    uint32_t before; /* nodes must precede this one; 0: any will do */
    uint32_t bad;    /* the first that does not */
} reach_check;

static bool reaches(const rg_graph *graph, uint32_t id, uint32_t before)
{
    return rg__graph_alive(graph, id) && id != graph->output &&
           (before == 0 || graph->order[id] < graph->order[before]);
}

static rg_status check_reach(void *data, uint32_t id)
{
    reach_check *check = data;
    bool fits = reaches(check->graph, id, check->before);
    check->bad = fits ? 0 : id;
    return fits ? RG_OK : RG_ERROR_GRAPH;
}

/* Can the value stand in an argument of a node that is at the place of `before` (0: at the end)? */
static rg_status check_value(const rg_graph *graph, rg_value value, uint32_t before)
{
    rg_context *context = graph->context;
    if (rg__value_is_node(value) && reaches(graph, rg__value_low(value), before)) { /* nearly always */
        return RG_OK;
    }
    if (rg_value_is_missing(value)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a missing value cannot be an argument");
    }
    if (rg__value_is_items(value) && !rg__graph_owns_value(graph, value)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "an argument's items are not of this graph");
    }
    reach_check check = {graph, before, 0};
    if (rg__graph_visit_nodes(graph, value, check_reach, &check) == RG_OK) {
        return RG_OK;
    }
    if (!rg__graph_alive(graph, check.bad)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "an argument reads a node that is not in the graph");
    }
    return rg__report(context, RG_ERROR_GRAPH, "an argument reads '%s', which does not come before its reader",
                      rg_node_name(graph, (rg_node){check.bad}).data);
}

rg_status rg__graph_check_argument(const rg_graph *graph, uint32_t user, rg_value value)
{
    return check_value(graph, value, user);
}

/* Does the number of arguments fit the node kind? */
static rg_status check_shape(const rg_graph *graph, rg_op_kind kind, const rg_node_description *description)
{
    static const struct {
        uint32_t least;
        uint32_t most;
        bool has_target;
        const char *rule;
    } shapes[] = {
        [RG_OP_PLACEHOLDER] = {0, 1, true, "a placeholder has at most one argument, its default"},
        [RG_OP_OUTPUT] = {1, 1, false, "an output has one argument"},
        [RG_OP_GET_ATTR] = {0, 0, true, "a get_attr has a target and no arguments"},
        [RG_OP_CALL_MODULE] = {0, UINT16_MAX - 1, true, "a call_module has a target"},
        [RG_OP_OVERLOAD] = {0, UINT16_MAX - 1, false, "only placeholder, get_attr and call_module have a target"},
        [RG_OP_HIGHER_ORDER] = {0, UINT16_MAX - 1, false, "only placeholder, get_attr and call_module have a target"},
        [RG_OP_OPERATOR] = {0, UINT16_MAX - 1, false, "only placeholder, get_attr and call_module have a target"},
        [RG_OP_FUNCTION] = {0, UINT16_MAX - 1, false, "only placeholder, get_attr and call_module have a target"},
        [RG_OP_METHOD] = {1, UINT16_MAX - 1, false, "a method has an object, and no target"},
    };
    rg_context *context = graph->context;
    size_t count = description->argument_count;
    if (count > UINT16_MAX - 1) {
        return rg__report(context, RG_ERROR_LIMIT, "a call has at most %d arguments", UINT16_MAX - 1);
    }
    bool needs_target = kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE;
    bool fits = count >= shapes[kind].least && count <= shapes[kind].most &&
                (description->target.size == 0 ? !needs_target : shapes[kind].has_target);
    if (kind <= RG_OP_GET_ATTR && count != 0 && description->arguments[0].name.size != 0) {
        fits = false;
    }
    return fits ? RG_OK : rg__report(context, RG_ERROR_ARGUMENT, "%s", shapes[kind].rule);
}

/* Placeholders come first, the output last. `before` is 0 for the end. */
static rg_status check_place(const rg_graph *graph, rg_op_kind kind, uint32_t before)
{
    uint32_t previous = before == 0 ? graph->previous[0] : graph->previous[before];
    uint16_t placeholder = rg__op_pseudo(RG_OP_PLACEHOLDER).id;
    bool after_placeholder = previous == 0 || graph->op[previous] == placeholder;
    bool before_placeholder = before != 0 && graph->op[before] == placeholder;
    if (kind == RG_OP_PLACEHOLDER ? !after_placeholder : before_placeholder) {
        return rg__report(graph->context, RG_ERROR_GRAPH, "placeholders come before all other nodes");
    }
    if (kind == RG_OP_OUTPUT ? (before != 0 || graph->output != 0) : (before == 0 && graph->output != 0)) {
        return rg__report(graph->context, RG_ERROR_GRAPH, "a graph has one output, which is its last node");
    }
    return RG_OK;
}

/* The node that an insertion before `before` really goes before; a null handle means the end, ahead of the output. */
static rg_status resolve_place(uint32_t *out, const rg_graph *graph, rg_op_kind kind, rg_node before)
{
    *out = before.id;
    if (rg_node_is_null(before)) {
        *out = kind == RG_OP_OUTPUT ? 0 : graph->output;
        return check_place(graph, kind, *out);
    }
    if (!rg__graph_alive(graph, before.id)) {
        return rg__report(graph->context, RG_ERROR_ARGUMENT, "the node to insert before is not in the graph");
    }
    return check_place(graph, kind, *out);
}

rg_status rg__graph_resolve_place(uint32_t *out, const rg_graph *graph, uint32_t id, rg_node before)
{
    return resolve_place(out, graph, rg_node_kind(graph, (rg_node){id}), before);
}

/* ---- inserting ---- */

/* What an insertion has found out and made before it changes the graph. */
typedef struct insertion {
    rg_graph *graph;
    const rg_node_description *description;
    uint32_t heir_of; /* node whose name it will take; 0: none */
    rg_op_kind kind;
    uint32_t before;
    uint32_t id;
    rg_name_choice name;
    uint32_t call;
    uint32_t hidden;
    rg_value target;
    uint32_t arguments; /* offset of the stored arguments */
} insertion;

static rg_status check_insertion(insertion *job, rg_node before)
{
    rg_graph *graph = job->graph;
    const rg_node_description *description = job->description;
    rg_status status = rg__op_prepare(graph->context, description->op);
    if (status != RG_OK) {
        return status;
    }
    job->kind = rg_op_get_kind(graph->context, description->op);
    status = check_shape(graph, job->kind, description);
    if (status == RG_OK) {
        status = resolve_place(&job->before, graph, job->kind, before);
    }
    for (size_t i = 0; i < description->argument_count && status == RG_OK; i++) {
        status = check_value(graph, description->arguments[i].value, job->before);
    }
    if (status == RG_OK && graph->node_count >= graph->context->limits.max_nodes) {
        status = rg__report(graph->context, RG_ERROR_LIMIT, "a graph may have at most %u nodes",
                            graph->context->limits.max_nodes);
    }
    return status;
}

static rg_status choose_name(insertion *job)
{
    rg_graph *graph = job->graph;
    const rg_node_description *description = job->description;
    if (job->heir_of != 0) {
        job->name.name = graph->names[job->heir_of];
        return RG_OK;
    }
    return description->name.size == 0 ? rg__graph_derive_name(&job->name, graph, description->op, description->target)
                                       : rg__graph_check_name(&job->name, graph, description->name);
}

/* Put the arguments into the pool. Values are attached first, because that may append to the pool. */
static rg_status store_arguments(insertion *job)
{
    rg_graph *graph = job->graph;
    const rg_allocator *allocator = &graph->context->allocator;
    size_t count = job->hidden + job->description->argument_count;
    rg_value local[16];
    rg_value *values = count <= 16 ? local : rg__allocate(allocator, count * sizeof(*values));
    if (values == NULL) {
        return rg__report_memory(graph->context);
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        values[i] = i < job->hidden ? job->target : job->description->arguments[i - job->hidden].value;
        status = rg__value_is_items(values[i]) ? rg__graph_attach_value(graph, &values[i]) : RG_OK;
    }
    uint64_t needed = (uint64_t)graph->arguments.count + count;
    if (status == RG_OK && (needed > UINT32_MAX || !rg__vector_reserve(allocator, &graph->arguments, needed))) {
        status = rg__report_memory(graph->context);
    }
    if (status == RG_OK && count != 0) {
        job->arguments = graph->arguments.count;
        memcpy(&graph->arguments.items[job->arguments], values, count * sizeof(*values));
        graph->arguments.count += (uint32_t)count;
    }
    if (values != local) {
        rg__free(allocator, values, count * sizeof(*values));
    }
    return status;
}

/* Enter the uses the new node makes, all or none. */
static rg_status enter_uses(insertion *job)
{
    rg_graph *graph = job->graph;
    uint32_t visible = job->arguments + job->hidden;
    for (uint32_t i = 0; i < job->description->argument_count; i++) {
        rg_value value = {graph->arguments.items[visible + i]};
        rg_status status = rg__graph_add_value_uses(graph, value, job->id, i, true);
        if (status != RG_OK) {
            while (i-- > 0) {
                value.bits = graph->arguments.items[visible + i];
                rg__graph_remove_value_uses(graph, value, job->id, i, true);
            }
            return status;
        }
    }
    return RG_OK;
}

static void fill_node(insertion *job)
{
    rg_graph *graph = job->graph;
    uint32_t id = job->id;
    graph->id_count = id;
    graph->node_count++;
    graph->records[id] = (rg_node_record){.arguments = job->arguments,
                                          .argument_count = (uint16_t)(job->hidden + job->description->argument_count),
                                          .hidden = (uint8_t)job->hidden};
    graph->op[id] = job->description->op.id;
    graph->op_traits |= rg_op_traits(graph->context, job->description->op);
    if (rg__op_is_wrapper(graph->context, job->description->op)) {
        graph->op_traits |= RG_TRAIT_MUTATES; /* what it is told not to copy */
    }
    graph->flags[id] = RG_NODE_ALIVE;
    graph->calls[id] = job->call;
    graph->names[id] = job->name.name;
    graph->types[id] = job->description->type.id;
    graph->region[id] = 0;
    graph->users[id] = 0;
    graph->label[id] = 0;
    if (job->kind == RG_OP_OUTPUT) {
        graph->output = id;
    }
    rg__graph_link_after(graph, id, job->before == 0 ? graph->previous[0] : graph->previous[job->before]);
}

rg_status rg_graph_insert(rg_node *out, rg_graph *graph, rg_node before, const rg_node_description *description)
{
    return rg__graph_insert_heir(out, graph, before, description, (rg_node){0}, RG_CALL_UNKNOWN);
}

rg_status rg__graph_insert_heir(rg_node *out, rg_graph *graph, rg_node before, const rg_node_description *description,
                                rg_node heir_of, uint32_t call)
{
    *out = (rg_node){0};
    rg_context *context = graph->context;
    rg_node_description given = RG_NODE_DESCRIPTION_INIT;
    memcpy(&given, description, description->struct_size < sizeof(given) ? description->struct_size : sizeof(given));
    insertion job = {
        .graph = graph, .description = &given, .heir_of = heir_of.id, .id = graph->id_count + 1, .call = call};
    rg_status status = check_insertion(&job, before);
    if (status == RG_OK) {
        status = choose_name(&job);
    }
    if (status == RG_OK && call == RG_CALL_UNKNOWN) {
        status = rg__call_intern(&job.call, context, given.op, given.arguments, given.argument_count);
    }
    if (status == RG_OK && given.target.size != 0) {
        job.hidden = 1;
        status = rg_value_string(&job.target, context, given.target);
    }
    if (status == RG_OK && !rg__graph_reserve_nodes(graph, job.id)) {
        status = rg__report_memory(context);
    }
    if (status == RG_OK) {
        status = store_arguments(&job);
    }
    if (status == RG_OK) {
        status = enter_uses(&job);
    }
    if (status != RG_OK) {
        return status;
    }
    status = job.heir_of != 0 ? RG_OK : rg__graph_claim_name(graph, job.name, job.id);
    if (status != RG_OK) {
        for (uint32_t i = 0; i < given.argument_count; i++) {
            rg_value value = {graph->arguments.items[job.arguments + job.hidden + i]};
            rg__graph_remove_value_uses(graph, value, job.id, i, true);
        }
        return status;
    }
    fill_node(&job);
    *out = (rg_node){job.id};
    return RG_OK;
}

/* ---- changing one node ---- */

static rg_status check_alive(const rg_graph *graph, rg_node node)
{
    return rg__graph_alive(graph, node.id)
               ? RG_OK
               : rg__report(graph->context, RG_ERROR_ARGUMENT, "a node that is not in the graph");
}

rg_status rg_graph_set_argument(rg_graph *graph, rg_node node, size_t index, rg_value value)
{
    rg_status status = check_alive(graph, node);
    if (status == RG_OK && index >= rg__node_visible_count(graph, node.id)) {
        status = rg__report(graph->context, RG_ERROR_ARGUMENT, "'%s' has no argument %zu",
                            rg_node_name(graph, node).data, index);
    }
    if (status == RG_OK) {
        status = check_value(graph, value, node.id);
    }
    uint32_t call = 0;
    if (status == RG_OK) {
        call = graph->calls[node.id];
        status = index == 0 ? rg__call_respell(&call, graph, node.id, value) : RG_OK;
    }
    if (status == RG_OK) {
        status = rg__graph_attach_value(graph, &value);
    }
    if (status == RG_OK) {
        status = rg__graph_add_value_uses(graph, value, node.id, (uint32_t)index, false);
    }
    if (status == RG_OK) {
        rg_value old = rg__node_argument(graph, node.id, (uint32_t)index);
        rg__graph_remove_value_uses(graph, old, node.id, (uint32_t)index, false);
        graph->arguments.items[rg__node_arguments(graph, node.id) + index] = value.bits;
        graph->calls[node.id] = call;
    }
    return status;
}

rg_status rg_graph_set_name(rg_graph *graph, rg_node node, rg_string name)
{
    rg_status status = check_alive(graph, node);
    if (status != RG_OK || rg_string_equal(name, rg_node_name(graph, node))) {
        return status;
    }
    rg_name_choice choice;
    status = rg__graph_check_name(&choice, graph, name);
    if (status == RG_OK) {
        status = rg__graph_claim_name(graph, choice, node.id);
    }
    if (status == RG_OK) {
        (void)rg__map_remove(&graph->nodes_by_name, graph->names[node.id]);
        graph->names[node.id] = choice.name;
    }
    return status;
}
