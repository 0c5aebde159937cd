/*
 * trace_finish.c: the clean-up at the end of a trace.
 *
 * First what PyTorch's forward-only trace does: calls that change nothing give way to their source (spec:
 * inductor-matcher N1), then dead code goes. After that, on request, what vLLM's trace function does: view becomes
 * reshape, as in the graphs that its passes see, and permutes that keep the order go.
 */
#include "rule/tracer.h"

#include "base/table.h"
#include "ir/context_impl.h"
#include "ir/graph_impl.h"

/* ---- which tensors share memory ---- */

/* Storage numbers by node id: a view has its source's, everything else its own. */
typedef struct storages {
    const rg_allocator *allocator;
    rg_map map;
} storages;

static rg_node first_node_argument(const rg_graph *graph, rg_node node)
{
    return rg_node_argument_count(graph, node) == 0 ? (rg_node){0} : rg_value_as_node(rg_node_argument(graph, node, 0));
}

/* The node whose memory this one's result is; null when it has its own. */
static rg_node viewed_node(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_node source = first_node_argument(graph, node);
    uint32_t traits = rg_op_traits(context, rg_node_op(graph, node));
    bool is_item = rg_string_equal(rg_op_name(context, rg_node_op(graph, node)), rg_string_from("operator.getitem"));
    if (rg_node_is_null(source)) {
        return source;
    }
    bool source_views = (rg_op_traits(context, rg_node_op(graph, source)) & RG_TRAIT_VIEW) != 0;
    return is_item ? (source_views ? source : (rg_node){0}) : ((traits & RG_TRAIT_VIEW) != 0 ? source : (rg_node){0});
}

static uint32_t storage_of(const storages *known, rg_node node)
{
    uint32_t storage = 0;
    return !rg_node_is_null(node) && rg__map_find(&known->map, node.id, &storage) ? storage : 0;
}

static bool find_storages(storages *known, const rg_graph *graph)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        uint32_t storage = storage_of(known, viewed_node(graph, node));
        if (!rg__map_set(known->allocator, &known->map, node.id, storage == 0 ? node.id : storage)) {
            return false;
        }
    }
    return true;
}

/* ---- the output ---- */

static rg_value output_value(const rg_graph *graph)
{
    return rg_node_argument(graph, rg_graph_output(graph), 0);
}

static size_t output_count(const rg_graph *graph)
{
    rg_value value = output_value(graph);
    return rg_value_get_kind(value) == RG_VALUE_NODE ? 1 : rg_value_count(rg_graph_context(graph), graph, value);
}

static rg_node output_node(const rg_graph *graph, size_t index)
{
    rg_value value = output_value(graph);
    return rg_value_get_kind(value) == RG_VALUE_NODE
               ? rg_value_as_node(value)
               : rg_value_as_node(rg_value_item(rg_graph_context(graph), graph, value, index));
}

static bool is_output_storage(const rg_graph *graph, const storages *known, uint32_t storage)
{
    for (size_t i = 0; i < output_count(graph); i++) {
        if (storage_of(known, output_node(graph, i)) == storage) {
            return true;
        }
    }
    return false;
}

static bool is_input(const rg_graph *graph, rg_node node)
{
    return rg_node_kind(graph, node) == RG_OP_PLACEHOLDER;
}

static bool is_input_storage(const rg_graph *graph, const storages *known, uint32_t storage)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (is_input(graph, node) && storage_of(known, node) == storage) {
            return true;
        }
    }
    return false;
}

/*
 * Would replacing `node` by `source` make inputs and outputs the same memory, or the same node, where they were not?
 * PyTorch asks the second question only when the graph returns a single value.
 */
static bool makes_alias(const rg_graph *graph, const storages *known, rg_node node, rg_node source)
{
    uint32_t storage = storage_of(known, node);
    uint32_t source_storage = storage_of(known, source);
    if (storage != source_storage) {
        return is_output_storage(graph, known, storage) &&
               (is_input_storage(graph, known, source_storage) || is_output_storage(graph, known, source_storage));
    }
    bool single = rg_value_get_kind(output_value(graph)) == RG_VALUE_NODE;
    return single && rg_node_same(output_node(graph, 0), node) && is_input(graph, source);
}

typedef struct storage_search {
    const storages *known;
    uint32_t storage;
} storage_search;

static rg_status stop_at_storage(void *user, uint32_t id)
{
    const storage_search *search = user;
    return storage_of(search->known, (rg_node){id}) == search->storage ? RG_ERROR_GRAPH : RG_OK;
}

/* Does some op that writes its arguments have one in this memory? Then a copy of it, or into it, is not without use. */
static bool is_written(const rg_graph *graph, const storages *known, uint32_t storage)
{
    const rg_context *context = rg_graph_context(graph);
    storage_search search = {known, storage};
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        bool writes = (rg_op_traits(context, rg_node_op(graph, node)) & RG_TRAIT_MUTATES) != 0;
        for (size_t i = 0; writes && i < rg_node_argument_count(graph, node); i++) {
            if (rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), stop_at_storage, &search) != RG_OK) {
                return true;
            }
        }
    }
    return false;
}

/* May a copy be left out: is neither side of it ever written? A view shares its source's memory anyway. */
static bool is_same_value(const rg_graph *graph, const storages *known, rg_node node, rg_node source)
{
    uint32_t storage = storage_of(known, node);
    uint32_t source_storage = storage_of(known, source);
    return storage == source_storage ||
           (!is_written(graph, known, storage) && !is_written(graph, known, source_storage));
}

/* ---- calls that change nothing ---- */

typedef bool (*noop_condition)(const rg_graph *graph, rg_node node);

static bool is_always(const rg_graph *graph, rg_node node)
{
    (void)graph;
    (void)node;
    return true;
}

static bool is_integer(const rg_graph *graph, rg_node node)
{
    return rg_dtype_is_integer(rg_type_get_tensor(rg_graph_context(graph), rg_node_type(graph, node)).dtype);
}

/* pow(x, 1) with an integer exponent */
static bool has_exponent_one(const rg_graph *graph, rg_node node)
{
    int64_t exponent = 0;
    return rg_value_as_int(rg_graph_context(graph), rg_node_schema_argument(graph, node, 1), &exponent) &&
           exponent == 1;
}

static bool pads_nothing(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_value pads = rg_node_schema_argument(graph, node, 1);
    for (size_t i = 0; i < rg_value_count(context, graph, pads); i++) {
        int64_t pad = 0;
        if (!rg_value_as_int(context, rg_value_item(context, graph, pads, i), &pad) || pad != 0) {
            return false;
        }
    }
    return true;
}

static bool has_one_input(const rg_graph *graph, rg_node node)
{
    return rg_value_count(rg_graph_context(graph), graph, rg_node_schema_argument(graph, node, 0)) == 1;
}

/* The scattered part covers the whole base. */
static bool scatters_all(const rg_graph *graph, rg_node node)
{
    rg_node base = rg_value_as_node(rg_node_schema_argument(graph, node, 0));
    rg_node part = rg_value_as_node(rg_node_schema_argument(graph, node, 1));
    return !rg_node_is_null(base) && !rg_node_is_null(part) &&
           rg_type_same(rg_node_type(graph, base), rg_node_type(graph, part));
}

/* A call is without effect when its result has its source's type and the condition holds. For a slice, a view and a
 * conversion equal types say it all. */
static const struct {
    const char *op;
    uint8_t source;
    noop_condition condition;
} noops[] = {
    {"aten.slice.Tensor", 0, is_always},
    {"aten.slice_scatter.default", 1, scatters_all},
    {"aten.repeat.default", 0, is_always},
    {"aten.constant_pad_nd.default", 0, pads_nothing},
    {"prims.convert_element_type.default", 0, is_always},
    {"prims.device_put.default", 0, is_always},
    {"aten.ceil.default", 0, is_integer},
    {"aten.floor.default", 0, is_integer},
    {"aten.round.default", 0, is_integer},
    {"aten.trunc.default", 0, is_integer},
    {"aten.pow.Tensor_Scalar", 0, has_exponent_one},
    {"aten.cat.default", 0, has_one_input},
    {"aten.view.default", 0, is_always},
    {"aten.view.dtype", 0, is_always},
    {"aten.copy.default", 1, is_always},
    {"aten.alias.default", 0, is_always},
    {"aten.clone.default", 0, is_always},
};

/* The node that can stand for this call; null when the call does something. */
static rg_node noop_source(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_string name = rg_op_name(context, rg_node_op(graph, node));
    for (size_t i = 0; i < sizeof(noops) / sizeof(noops[0]); i++) {
        if (!rg_string_equal(name, rg_string_from(noops[i].op))) {
            continue;
        }
        rg_value argument = rg_node_schema_argument(graph, node, noops[i].source);
        if (rg_value_count(context, graph, argument) == 1) {
            argument = rg_value_item(context, graph, argument, 0);
        }
        rg_node source = rg_value_as_node(argument);
        if (rg_node_is_null(source) || rg_type_is_null(rg_node_type(graph, node)) ||
            !rg_type_same(rg_node_type(graph, node), rg_node_type(graph, source)) || !noops[i].condition(graph, node)) {
            break;
        }
        return source;
    }
    return (rg_node){0};
}

static rg_status replace(rg_graph *graph, rg_node node, rg_node by)
{
    rg_status status = rg_graph_replace_uses(graph, node, rg_value_node(by), NULL, 0);
    return status == RG_OK ? rg_graph_erase(graph, node) : status;
}

static rg_status remove_noops(rg_graph *graph, const rg_allocator *allocator)
{
    storages known = {allocator, {0}};
    rg_status status = find_storages(&known, graph) ? RG_OK : rg__report_memory(rg_graph_context(graph));
    rg_node next = rg_graph_first(graph);
    while (status == RG_OK && !rg_node_is_null(next)) {
        rg_node node = next;
        rg_node source = noop_source(graph, node);
        next = rg_graph_next(graph, node);
        if (!rg_node_is_null(source) && !makes_alias(graph, &known, node, source) &&
            is_same_value(graph, &known, node, source)) {
            status = replace(graph, node, source);
        }
    }
    rg__map_free(allocator, &known.map);
    return status;
}

/* ---- vLLM's part ---- */

/* The same call of another op, under the same name. */
static rg_status change_op(rg_graph *graph, rg_node node, rg_op op)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument arguments[4];
    rg_node changed;
    rg_string name = rg_node_name(graph, node);
    size_t count = rg_node_argument_count(graph, node);
    for (size_t i = 0; i < count && i < 4; i++) {
        arguments[i].name = rg_node_argument_name(graph, node, i);
        arguments[i].value = rg_node_argument(graph, node, i);
    }
    description.op = op;
    description.arguments = arguments;
    description.argument_count = count;
    description.type = rg_node_type(graph, node);
    rg_status status = rg_graph_insert(&changed, graph, node, &description);
    if (status == RG_OK) {
        status = replace(graph, node, changed);
    }
    return status == RG_OK ? rg_graph_set_name(graph, changed, name) : status;
}

static rg_status views_to_reshapes(rg_graph *graph)
{
    rg_context *context = rg_graph_context(graph);
    rg_op view = rg_context_find_op(context, rg_string_from("aten.view.default"));
    rg_op reshape = rg_context_find_op(context, rg_string_from("aten.reshape.default"));
    rg_node next = rg_graph_first(graph);
    while (!rg_node_is_null(next)) {
        rg_node node = next;
        next = rg_graph_next(graph, node);
        if (rg_op_same(rg_node_op(graph, node), view)) {
            rg_status status = change_op(graph, node, reshape);
            if (status != RG_OK) {
                return status;
            }
        }
    }
    return RG_OK;
}

static bool is_identity_permute(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    if (!rg_string_equal(rg_op_name(context, rg_node_op(graph, node)), rg_string_from("aten.permute.default"))) {
        return false;
    }
    rg_value dims = rg_node_schema_argument(graph, node, 1);
    for (size_t i = 0; i < rg_value_count(context, graph, dims); i++) {
        int64_t dim = -1;
        if (!rg_value_as_int(context, rg_value_item(context, graph, dims, i), &dim) || dim != (int64_t)i) {
            return false;
        }
    }
    return !rg_node_is_null(first_node_argument(graph, node));
}

static rg_status remove_identity_permutes(rg_graph *graph)
{
    rg_node next = rg_graph_first(graph);
    while (!rg_node_is_null(next)) {
        rg_node node = next;
        next = rg_graph_next(graph, node);
        if (is_identity_permute(graph, node)) {
            rg_status status = replace(graph, node, first_node_argument(graph, node));
            if (status != RG_OK) {
                return status;
            }
        }
    }
    return RG_OK;
}

/* ---- places ---- */

/* Put the places into the order of the list, in which nodes are about to be numbered. */
static rg_status order_places(rg_tracer *tracer)
{
    const rg_allocator *allocator = &tracer->context->allocator;
    const rg_graph *graph = tracer->graph;
    uint32_t count = tracer->places.count == 0 ? 0 : (uint32_t)rg_graph_node_count(graph);
    rg_place *ordered = rg__allocate(allocator, (count + (size_t)1) * sizeof(*ordered));
    rg_node node = rg_graph_first(graph);
    if (ordered == NULL) {
        return rg__report_memory(tracer->context);
    }
    for (uint32_t i = 0; i < count; i++, node = rg_graph_next(graph, node)) {
        bool is_known = node.id < tracer->places.count;
        ordered[i] = is_known ? tracer->places.items[node.id] : (rg_place){NULL, 0, 0};
    }
    rg__vector_free(allocator, &tracer->places);
    tracer->places.items = ordered;
    tracer->places.count = count;
    tracer->places.capacity = count + 1;
    return RG_OK;
}

/* ---- the end ---- */

rg_status rg_tracer_finish(rg_graph **out, rg_tracer *tracer, const rg_trace_options *options)
{
    static const rg_trace_options defaults = RG_TRACE_OPTIONS_INIT;
    rg_status status = RG_OK;
    *out = NULL;
    tracer->status = RG_OK;
    tracer->callee = NULL;
    options = options == NULL ? &defaults : options;
    if (tracer->graph == NULL || !tracer->has_returned) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT,
                       tracer->graph == NULL ? "the trace is finished" : "the function has not returned");
        return tracer->status;
    }
    if (!options->keep_noops) {
        status = remove_noops(tracer->graph, &tracer->context->allocator);
    }
    if (status == RG_OK) {
        status = rg_graph_eliminate_dead(NULL, tracer->graph);
    }
    if (status == RG_OK && options->view_to_reshape) {
        status = views_to_reshapes(tracer->graph);
        status = status == RG_OK ? remove_identity_permutes(tracer->graph) : status;
    }
    if (status == RG_OK) {
        status = order_places(tracer);
    }
    if (status == RG_OK) {
        status = rg_graph_compact(tracer->graph);
    }
    if (status == RG_OK) {
        *out = tracer->graph;
        tracer->graph = NULL;
    }
    return status;
}
