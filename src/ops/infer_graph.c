/*
 * infer_graph.c: inference over graphs: binds a node's call to its op's schema, asks the op's inference function
 * (infer_<family>.c, or the user's), and compares (infer_compare.c) or completes the annotations of whole graphs.
 */
#include "ir/context_impl.h"
#include "ops/infer.h"

/* What one walk knows beyond the annotations. */
typedef struct rg_infer_walk {
    rg_graph *graph;
    rg_map types; /* node id -> type id, for nodes without annotation; 0 for "asked, not known" */
} rg_infer_walk;

typedef struct rg_inferred {
    rg_type type;
    rg_type alternative; /* rg_inference */
} rg_inferred;

/* ---- binding a call ---- */

static rg_status report_call(const rg_graph *graph, rg_node node, const char *problem, rg_string what)
{
    rg_context *context = rg_graph_context(graph);
    rg_string op = rg_op_name(context, rg_node_op(graph, node));
    rg_string name = rg_node_name(graph, node);
    return rg__report(context, RG_ERROR_ARGUMENT, "%.*s, node %.*s: %s%.*s", (int)op.size, op.data, (int)name.size,
                      name.data, problem, (int)what.size, what.data);
}

static bool schema_has(const rg_schema *schema, rg_string name)
{
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        if (rg_string_equal(schema->arguments[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* Arity and names of what is given; whether each argument is of a useful kind is for the inference function to see. */
static rg_status check_call(const rg_graph *graph, rg_node node, const rg_schema *schema)
{
    size_t positional = rg_node_positional_count(graph, node);
    size_t accepted = 0;
    for (uint32_t i = 0; i < schema->argument_count && !schema->arguments[i].keyword_only; i++) {
        accepted++;
    }
    if (positional > accepted) {
        return report_call(graph, node, "more positional arguments than its schema has: ", schema->text);
    }
    for (size_t i = positional; i < rg_node_argument_count(graph, node); i++) {
        rg_string name = rg_node_argument_name(graph, node, i);
        if (!schema_has(schema, name)) {
            return report_call(graph, node, "no such argument: ", name);
        }
    }
    return RG_OK;
}

/* ---- one node, its inputs' types being known ---- */

enum { INLINE_ARGUMENTS = 32 };

/* The arguments that the inference function sees: by the schema, or as written when there is none. */
static size_t bound_count(const rg_graph *graph, rg_node node, const rg_op_descriptor *op)
{
    return op->schema != NULL ? op->schema->argument_count : rg_node_argument_count(graph, node);
}

static rg_status infer_bound(rg_inferred *out, rg_infer_walk *walk, rg_node node, const rg_op_descriptor *op,
                             const rg_value *arguments, size_t count)
{
    rg_graph *graph = walk->graph;
    rg_inference inference = {.context = rg_graph_context(graph),
                              .graph = graph,
                              .node = node,
                              .types = &walk->types,
                              .op = rg_node_op(graph, node),
                              .schema = op->schema,
                              .arguments = arguments,
                              .argument_count = count};
    rg_status status = RG_OK;
    if (op->infer != NULL) {
        status = op->infer(&inference.result, inference.context, graph, arguments, count, op->infer_user);
    } else if (op->row != NULL && op->row->infer != NULL) {
        status = op->row->infer(&inference);
    }
    if (status == RG_OK) {
        status = inference.failure;
    }
    if (status == RG_OK && !inference.unknown) {
        out->type = inference.result;
        out->alternative = inference.alternative;
    }
    return status;
}

/* A node in the place of a list of tensors: a list of any length (rule/repetition.h), of which nothing is known. */
static bool takes_open_list(const rg_schema *schema, const rg_value *arguments, size_t count)
{
    for (size_t i = 0; schema != NULL && i < count; i++) {
        rg_string type = schema->arguments[i].type;
        bool is_list = (type.size > 7 && memcmp(type.data, "Tensor[", 7) == 0) ||
                       (type.size > 8 && memcmp(type.data, "Tensor?[", 8) == 0);
        if (is_list && rg_value_get_kind(arguments[i]) == RG_VALUE_NODE) {
            return true;
        }
    }
    return false;
}

static bool can_infer(const rg_op_descriptor *op)
{
    return op->row != NULL || op->infer != NULL;
}

static rg_status infer_call(rg_inferred *out, rg_infer_walk *walk, rg_node node)
{
    rg_graph *graph = walk->graph;
    rg_context *context = rg_graph_context(graph);
    const rg_op_descriptor *op = rg__op_descriptor(context, rg_node_op(graph, node));
    *out = (rg_inferred){{0}, {0}};
    if (!can_infer(op)) {
        return RG_OK;
    }
    rg_status status = op->schema != NULL ? check_call(graph, node, op->schema) : RG_OK;
    if (status != RG_OK) {
        return status;
    }
    rg_value on_stack[INLINE_ARGUMENTS];
    rg_value *arguments = on_stack;
    size_t count = bound_count(graph, node, op);
    if (count > INLINE_ARGUMENTS) {
        arguments = rg__allocate(&context->allocator, count * sizeof(rg_value));
        if (arguments == NULL) {
            return RG_ERROR_MEMORY;
        }
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        arguments[i] = op->schema != NULL ? rg_node_schema_argument(graph, node, i) : rg_node_argument(graph, node, i);
        if (op->schema != NULL && rg_value_is_missing(arguments[i])) {
            status = report_call(graph, node, "missing argument: ", op->schema->arguments[i].name);
        }
    }
    if (status == RG_OK && !takes_open_list(op->schema, arguments, count)) {
        status = infer_bound(out, walk, node, op, arguments, count);
    }
    if (arguments != on_stack) {
        rg__free(&context->allocator, arguments, count * sizeof(rg_value));
    }
    return status;
}

/* ---- types of inputs without annotation ---- */

static rg_status ensure_node(rg_infer_walk *walk, rg_node node, uint32_t depth);

static rg_status ensure_value(rg_infer_walk *walk, rg_value value, uint32_t depth)
{
    rg_context *context = rg_graph_context(walk->graph);
    rg_value_kind kind = rg_value_get_kind(value);
    if (kind == RG_VALUE_NODE) {
        return ensure_node(walk, rg_value_as_node(value), depth);
    }
    if (kind < RG_VALUE_LIST || kind > RG_VALUE_RECORD) {
        return RG_OK;
    }
    size_t count = rg_value_count(context, walk->graph, value);
    if (depth == 0) {
        return RG_OK;
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = ensure_value(walk, rg_value_item(context, walk->graph, value, i), depth - 1);
    }
    return status;
}

static rg_status ensure_inputs(rg_infer_walk *walk, rg_node node, uint32_t depth)
{
    rg_status status = RG_OK;
    size_t count = rg_node_argument_count(walk->graph, node);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = ensure_value(walk, rg_node_argument(walk->graph, node, i), depth);
    }
    return status;
}

/* Make a node's type known to the walk if it can be; `depth` bounds how far back this looks. */
static rg_status ensure_node(rg_infer_walk *walk, rg_node node, uint32_t depth)
{
    uint32_t known = 0;
    if (depth == 0 || !rg_type_is_null(rg_node_type(walk->graph, node)) ||
        rg__map_find(&walk->types, node.id, &known)) {
        return RG_OK;
    }
    rg_inferred inferred = {{0}, {0}};
    rg_status status = ensure_inputs(walk, node, depth - 1);
    if (status == RG_OK) {
        status = infer_call(&inferred, walk, node);
    }
    const rg_allocator *allocator = &rg_graph_context(walk->graph)->allocator;
    if (status == RG_OK && !rg__map_set(allocator, &walk->types, node.id, inferred.type.id)) {
        status = RG_ERROR_MEMORY;
    }
    return status;
}

static void free_walk(rg_infer_walk *walk)
{
    rg__map_free(&rg_graph_context(walk->graph)->allocator, &walk->types);
}

rg_status rg_node_infer(rg_type *out, rg_graph *graph, rg_node node)
{
    rg_infer_walk walk = {.graph = graph};
    rg_inferred inferred = {{0}, {0}};
    *out = inferred.type;
    if (!can_infer(rg__op_descriptor(rg_graph_context(graph), rg_node_op(graph, node)))) {
        return RG_OK;
    }
    rg_status status = ensure_inputs(&walk, node, rg_context_limits(rg_graph_context(graph)).max_depth);
    if (status == RG_OK) {
        status = infer_call(&inferred, &walk, node);
    }
    free_walk(&walk);
    *out = inferred.type;
    return status;
}

rg_status rg__node_infer_last(rg_type *out, rg_graph *graph, rg_node node)
{
    rg_infer_walk walk = {.graph = graph};
    rg_inferred inferred;
    rg_status status = infer_call(&inferred, &walk, node);
    *out = inferred.type;
    return status;
}

/* ---- whole graphs ---- */

/* Placeholders and attributes are where types come from; the output has none. */
static bool is_computed(const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return kind != RG_OP_PLACEHOLDER && kind != RG_OP_GET_ATTR && kind != RG_OP_OUTPUT;
}

static rg_status check_node(rg_infer_report *report, rg_infer_walk *walk, rg_node node, rg_infer_callback callback,
                            void *user)
{
    rg_context *context = rg_graph_context(walk->graph);
    rg_type annotated = rg_node_type(walk->graph, node);
    rg_inferred inferred = {{0}, {0}};
    rg_status status = infer_call(&inferred, walk, node);
    if (status == RG_ERROR_MEMORY) {
        return status;
    }
    if (rg_type_is_null(annotated)) {
        return rg__map_set(&context->allocator, &walk->types, node.id, inferred.type.id) ? RG_OK : RG_ERROR_MEMORY;
    }
    report->checked++;
    if (status == RG_OK && (rg__type_agrees(context, inferred.type, annotated) ||
                            rg__type_agrees(context, inferred.alternative, annotated))) {
        report->agree++;
        return RG_OK;
    }
    if (status == RG_OK && rg_type_is_null(inferred.type)) {
        report->unknown++;
    } else {
        report->differ++;
    }
    return callback == NULL ? RG_OK : callback(user, walk->graph, node, inferred.type);
}

static rg_status check_graph(rg_infer_report *report, rg_graph *graph, rg_infer_callback callback, void *user)
{
    rg_infer_walk walk = {.graph = graph};
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        if (is_computed(graph, node)) {
            status = check_node(report, &walk, node, callback, user);
        }
    }
    free_walk(&walk);
    for (size_t i = 0; i < rg_graph_child_count(graph) && status == RG_OK; i++) {
        status = check_graph(report, rg_graph_child(graph, i), callback, user);
    }
    return status;
}

rg_status rg_graph_infer_check(rg_infer_report *out, rg_graph *graph, rg_infer_callback callback, void *user)
{
    rg_infer_report report = {0};
    rg_status status = check_graph(&report, graph, callback, user);
    *out = report;
    return status;
}

rg_status rg_graph_infer_missing(rg_graph *graph)
{
    rg_infer_walk walk = {.graph = graph};
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        if (!is_computed(graph, node) || !rg_type_is_null(rg_node_type(graph, node))) {
            continue;
        }
        rg_inferred inferred = {{0}, {0}};
        status = infer_call(&inferred, &walk, node);
        if (status == RG_OK && !rg_type_is_null(inferred.type)) {
            rg_graph_set_type(graph, node, inferred.type);
        }
    }
    free_walk(&walk);
    for (size_t i = 0; i < rg_graph_child_count(graph) && status == RG_OK; i++) {
        status = rg_graph_infer_missing(rg_graph_child(graph, i));
    }
    return status;
}
