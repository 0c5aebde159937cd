/*
 * ir_lowering.c: calls of vLLM's IR ops become calls of one of their implementations.
 *
 * The counterpart of VllmIRLoweringPass (spec: vllm-passes 6.17). For each call the first implementation of the
 * configured list that takes its arguments is traced on their types, once for all calls that are alike, and its nodes
 * take the call's place. `native` takes everything, and stands behind every list. A call whose argument types are not
 * known stays; what is left is told by two warnings. The order stays true.
 */
#include <regraft/document.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "ops/infer.h"
#include "pass/ir_implementations.h"
#include "pass/walk_nodes.h"

/* A trace, and what it is for. */
typedef struct lowered_form {
    const rg_ir_op *op;
    const rg_ir_implementation *implementation;
    rg_ir_input inputs[RG_IR_MAX_INPUTS];
    rg_graph *graph;
    uint64_t uses; /* by calls of this run */
} lowered_form;

struct rg_lowering {
    const rg_allocator *allocator;
    RG_VECTOR(lowered_form) forms;
};

static void free_lowering(rg_walk *walk)
{
    rg_lowering *lowering = walk->lowering;
    if (lowering != NULL) {
        for (uint32_t i = 0; i < lowering->forms.count; i++) {
            rg_graph_destroy(lowering->forms.items[i].graph);
        }
        rg__vector_free(lowering->allocator, &lowering->forms);
        rg__free(lowering->allocator, lowering, sizeof(*lowering));
        walk->lowering = NULL;
    }
}

/* ---- choosing ---- */

/* The IR op that the node calls by its plain or its in-place overload; NULL: none. */
static const rg_ir_op *ir_op(const rg_graph *graph, rg_node node)
{
    static const char prefix[] = "vllm_ir.";
    rg_string name = rg_op_name(rg_graph_context(graph), rg_node_op(graph, node));
    if (name.size < sizeof(prefix) || memcmp(name.data, prefix, sizeof(prefix) - 1) != 0) {
        return NULL;
    }
    name.data += sizeof(prefix) - 1;
    name.size -= sizeof(prefix) - 1;
    for (size_t i = 0; i < rg__ir_op_count; i++) {
        size_t size = strlen(rg__ir_ops[i].name);
        if (name.size > size && memcmp(name.data, rg__ir_ops[i].name, size) == 0 && name.data[size] == '.') {
            return &rg__ir_ops[i];
        }
    }
    return NULL;
}

/* False when a type is not known. */
static bool read_inputs(rg_ir_input *inputs, const rg_graph *graph, rg_node node, const rg_ir_op *op)
{
    for (size_t i = 0; i < RG_IR_MAX_INPUTS; i++) {
        rg_value value = op->inputs[i] == NULL ? rg_value_none() : rg_node_schema_argument(graph, node, i);
        rg_node argument = rg_value_as_node(value);
        inputs[i] = (rg_ir_input){.constant = rg_value_is_missing(value) ? rg_value_none() : value};
        if (!rg_node_is_null(argument)) {
            rg_type type = rg_node_type(graph, argument);
            inputs[i] = (rg_ir_input){.is_tensor = true, .type = type, .constant = rg_value_none()};
            if (rg_type_get_kind(rg_graph_context(graph), type) != RG_TYPE_TENSOR) {
                return false;
            }
        }
    }
    return true;
}

static bool same_inputs(const rg_ir_input *a, const rg_ir_input *b)
{
    for (size_t i = 0; i < RG_IR_MAX_INPUTS; i++) {
        if (a[i].is_tensor != b[i].is_tensor || a[i].type.id != b[i].type.id ||
            a[i].constant.bits != b[i].constant.bits) {
            return false;
        }
    }
    return true;
}

/* The first implementation of the list that takes the inputs. */
static rg_status dispatch(const rg_ir_implementation **out, const rg_walk *walk, const rg_ir_op *op,
                          const rg_ir_input *inputs)
{
    rg_context *context = walk->manager->context;
    rg_value list = rg__config_value(walk->manager->config, op->priority);
    for (size_t i = 0; i < rg_value_count(context, NULL, list); i++) {
        bool accepts = false;
        *out = rg__ir_find(op, rg_value_as_text(context, rg_value_item(context, NULL, list, i)));
        rg_status status = *out == NULL ? RG_OK : rg__ir_accepts(&accepts, context, op, *out, inputs);
        if (status != RG_OK || accepts) {
            return status;
        }
    }
    *out = rg__ir_find(op, rg_string_from("native"));
    return RG_OK;
}

/* The trace for a call, made when it is the first of its kind. */
static rg_status find_form(lowered_form **out, rg_walk *walk, const rg_ir_op *op, const rg_ir_input *inputs)
{
    rg_lowering *lowering = walk->lowering;
    lowered_form form = {.op = op};
    for (uint32_t i = 0; i < lowering->forms.count; i++) {
        if (lowering->forms.items[i].op == op && same_inputs(lowering->forms.items[i].inputs, inputs)) {
            *out = &lowering->forms.items[i];
            return RG_OK;
        }
    }
    memcpy(form.inputs, inputs, sizeof(form.inputs));
    rg_status status = dispatch(&form.implementation, walk, op, inputs);
    if (status == RG_OK) {
        status = rg__ir_trace(&form.graph, walk->manager->context, op, form.implementation, inputs);
    }
    if (status == RG_OK && !rg__vector_push(lowering->allocator, &lowering->forms, form)) {
        rg_graph_destroy(form.graph);
        status = rg__report_memory(walk->manager->context);
    }
    if (status == RG_OK) {
        *out = &lowering->forms.items[lowering->forms.count - 1];
    }
    return status;
}

/* ---- putting in ---- */

/* One call being replaced: what the nodes of the trace become. */
typedef struct expansion {
    rg_graph *graph;
    const rg_graph *trace;
    rg_node call;
    rg_value *images; /* by node id of the trace */
} expansion;

/* A node that is this size and stands before the call; null: there is none. */
static rg_node find_size(const expansion *at, rg_size size)
{
    rg_context *context = rg_graph_context(at->graph);
    for (rg_node node = rg_graph_first(at->graph); !rg_node_same(node, at->call);
         node = rg_graph_next(at->graph, node)) {
        rg_size known = rg_type_get_size(context, rg_node_type(at->graph, node));
        if (!rg_size_is_null(known) && known.id == size.id) {
            return node;
        }
    }
    return (rg_node){0};
}

/* Every size of an implementation is one of its first input's. */
static rg_status make_size(rg_value *out, const expansion *at, rg_size size)
{
    rg_context *context = rg_graph_context(at->graph);
    rg_node node = find_size(at, size);
    rg_value input = rg_node_schema_argument(at->graph, at->call, 0);
    rg_tensor_type tensor = rg_type_get_tensor(context, rg_node_type(at->graph, rg_value_as_node(input)));
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < tensor.rank && rg_node_is_null(node) && status == RG_OK; i++) {
        if (tensor.sizes[i].id != size.id) {
            continue;
        }
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        rg_argument arguments[2] = {{.value = input}, {.value = rg_value_missing()}};
        status = rg_value_int(&arguments[1].value, context, i);
        if (status == RG_OK) {
            status =
                rg_context_intern_op(&description.op, context, RG_OP_OVERLOAD, rg_string_from("aten.sym_size.int"));
        }
        if (status == RG_OK) {
            status = rg_type_from_size(&description.type, context, size);
        }
        description.arguments = arguments;
        description.argument_count = 2;
        if (status == RG_OK) {
            status = rg_graph_insert(&node, at->graph, at->call, &description);
        }
    }
    *out = rg_value_node(node);
    return status;
}

/* Recurses as deep as the value, which is a list of sizes at most. */
static rg_status map_value(rg_value *out, const expansion *at, rg_value value)
{
    rg_context *context = rg_graph_context(at->graph);
    rg_value_kind kind = rg_value_get_kind(value);
    size_t count = rg_value_count(context, at->trace, value);
    rg_value items[RG_MAX_RANK];
    *out = value;
    if (kind == RG_VALUE_NODE) {
        *out = at->images[rg_value_as_node(value).id];
        return RG_OK;
    }
    if (kind == RG_VALUE_SIZE) {
        return make_size(out, at, rg_value_as_size(value));
    }
    if (count == 0 || count > RG_MAX_RANK) {
        return RG_OK;
    }
    for (size_t i = 0; i < count; i++) {
        rg_status status = map_value(&items[i], at, rg_value_item(context, at->trace, value, i));
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_value_items(out, context, at->graph, kind, items, count);
}

static rg_status copy_node(const expansion *at, rg_node source)
{
    rg_argument arguments[RG_MAX_RANK];
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node made = {0};
    rg_status status = RG_OK;
    size_t count = rg_node_argument_count(at->trace, source);
    for (size_t i = 0; i < count && i < RG_MAX_RANK && status == RG_OK; i++) {
        arguments[i].name = rg_node_argument_name(at->trace, source, i);
        status = map_value(&arguments[i].value, at, rg_node_argument(at->trace, source, i));
    }
    description.op = rg_node_op(at->trace, source);
    description.arguments = arguments;
    description.argument_count = count;
    description.type = rg_node_type(at->trace, source);
    if (status == RG_OK) {
        status = rg_graph_insert(&made, at->graph, at->call, &description);
    }
    at->images[source.id] = rg_value_node(made);
    return status;
}

/* Readers of the call read the result, which stands bare; where there are several, readers of its items read those. */
static rg_status redirect(const expansion *at, rg_value results)
{
    rg_context *context = rg_graph_context(at->graph);
    rg_value value = rg_value_missing();
    rg_status status = RG_OK;
    if (rg_value_get_kind(results) == RG_VALUE_NODE) {
        status = map_value(&value, at, results);
        return status == RG_OK ? rg__replace_and_erase(at->graph, at->call, value) : status;
    }
    while (rg_node_use_count(at->graph, at->call) > 0 && status == RG_OK) {
        rg_node source;
        int64_t index = 0;
        rg_node item = rg_node_use(at->graph, at->call, 0).user;
        (void)rg__is_item(at->graph, item, &source, &index);
        status = map_value(&value, at, rg_value_item(context, at->trace, results, (size_t)index));
        if (status == RG_OK) {
            status = rg__replace_and_erase(at->graph, item, value);
        }
    }
    return status == RG_OK ? rg_graph_erase(at->graph, at->call) : status;
}

static rg_status expand(rg_graph *graph, rg_node call, const lowered_form *form)
{
    const rg_allocator *allocator = &rg_graph_context(graph)->allocator;
    size_t image_bytes = ((size_t)form->graph->id_count + 1) * sizeof(rg_value);
    expansion at = {.graph = graph, .trace = form->graph, .call = call};
    rg_status status = RG_OK;
    size_t input = 0;
    at.images = rg__allocate(allocator, image_bytes);
    if (at.images == NULL) {
        return rg__report_memory(rg_graph_context(graph));
    }
    rg_node last = rg_graph_output(at.trace);
    for (rg_node node = rg_graph_first(at.trace); !rg_node_same(node, last) && status == RG_OK;
         node = rg_graph_next(at.trace, node)) {
        if (rg_node_kind(at.trace, node) != RG_OP_PLACEHOLDER) {
            status = copy_node(&at, node);
            continue;
        }
        while (!form->inputs[input].is_tensor) {
            input++;
        }
        at.images[node.id] = rg_node_schema_argument(graph, call, input++);
    }
    if (status == RG_OK) {
        status = redirect(&at, rg_node_argument(at.trace, last, 0));
    }
    rg__free(allocator, at.images, image_bytes);
    return status;
}

/* A call with several results must be read by its items only. */
static bool is_readable(const rg_graph *graph, rg_node call)
{
    rg_type type = rg_node_type(graph, call);
    bool is_one = rg_type_get_kind(rg_graph_context(graph), type) == RG_TYPE_TENSOR;
    return is_one || rg_node_use_count(graph, call) == 0 || rg__has_only_items(graph, call);
}

static rg_status lower(rg_walk *walk, rg_node call)
{
    rg_ir_input inputs[RG_IR_MAX_INPUTS];
    lowered_form *form = NULL;
    const rg_ir_op *op = ir_op(walk->graph, call);
    if (op == NULL || !is_readable(walk->graph, call) || !read_inputs(inputs, walk->graph, call, op)) {
        return RG_OK;
    }
    rg_status status = find_form(&form, walk, op, inputs);
    if (status == RG_OK) {
        status = rg__pass_begin_change(walk->manager);
    }
    if (status == RG_OK) {
        status = expand(walk->graph, call, form);
        form->uses++;
        walk->matched++;
    }
    return status;
}

static rg_status start_lowering(rg_walk *walk)
{
    const rg_allocator *allocator = walk->manager->allocator;
    walk->lowering = rg__allocate(allocator, sizeof(*walk->lowering));
    if (walk->lowering == NULL) {
        return rg__report_memory(walk->manager->context);
    }
    *walk->lowering = (rg_lowering){.allocator = allocator};
    return RG_OK;
}

/* Calls are collected first: what takes the place of one with several results erases nodes behind it. */
rg_status rg__ir_lowering(rg_walk *walk)
{
    RG_VECTOR(rg_node) calls = {0};
    const rg_allocator *allocator = walk->manager->allocator;
    rg_status status = walk->lowering == NULL ? start_lowering(walk) : RG_OK;
    for (rg_node node = rg_graph_first(walk->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(walk->graph, node)) {
        if (ir_op(walk->graph, node) != NULL && !rg__vector_push(allocator, &calls, node)) {
            status = rg__report_memory(walk->manager->context);
        }
    }
    for (uint32_t i = 0; i < calls.count && status == RG_OK; i++) {
        status = lower(walk, calls.items[i]);
    }
    rg__vector_free(allocator, &calls);
    return status;
}

/* ---- telling ---- */

/* "rms_norm=native*4,vllm_c", ops by name. */
static void describe_op(rg_buffer *line, const rg_lowering *lowering, const rg_ir_op *op)
{
    static const char *const providers[] = {"native", "vllm_c"};
    bool first = true;
    for (size_t i = 0; i < 2; i++) {
        uint64_t uses = 0;
        for (uint32_t j = 0; j < lowering->forms.count; j++) {
            const lowered_form *form = &lowering->forms.items[j];
            bool counts = form->op == op && strcmp(form->implementation->provider, providers[i]) == 0;
            uses += counts ? form->uses : 0;
        }
        if (uses == 0) {
            continue;
        }
        rg__buffer_append_format(line, "%s%s%s", first ? (line->size > 0 ? ", " : "") : ",", first ? op->name : "",
                                 first ? "=" : "");
        rg__buffer_append_text(line, providers[i]);
        if (uses > 1) {
            rg__buffer_append_format(line, "*%llu", (unsigned long long)uses);
        }
        first = false;
    }
}

/* IR ops that are still there, with their nodes; both lists empty when there are none. */
static void find_left(rg_buffer *ops, rg_buffer *nodes, const rg_graph *graph)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        const rg_ir_op *op = ir_op(graph, node);
        if (op != NULL) {
            rg_string name = rg_node_name(graph, node);
            rg__buffer_append_format(ops, "%s%s", ops->size > 0 ? ", " : "", op->name);
            rg__buffer_append_format(nodes, "%s%.*s", nodes->size > 0 ? ", " : "", (int)name.size, name.data);
        }
    }
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        find_left(ops, nodes, rg_graph_child(graph, i));
    }
}

rg_status rg__ir_lowering_finish(rg_walk *walk, rg_status status)
{
    rg_buffer lines[3];
    const rg_allocator *allocator = walk->manager->allocator;
    for (size_t i = 0; i < 3; i++) {
        rg__buffer_init(&lines[i], allocator);
    }
    if (status == RG_OK) {
        for (size_t i = 0; i < rg__ir_op_count; i++) {
            describe_op(&lines[0], walk->lowering, &rg__ir_ops[i]);
        }
        find_left(&lines[1], &lines[2], walk->graph);
        rg__log_count(walk->manager, "VllmIRLoweringPass lowered %s vLLM IR nodes", walk->matched);
        rg__log(walk->manager, RG_SEVERITY_NOTE, "Selected implementations: %s",
                lines[0].size > 0 ? lines[0].data : "");
        if (lines[1].size > 0) {
            rg__log(walk->manager, RG_SEVERITY_WARNING, "vLLM IR ops are left after lowering: %s", lines[1].data);
            rg__log(walk->manager, RG_SEVERITY_WARNING, "their nodes: %s", lines[2].data);
        }
        status =
            lines[0].failed || lines[1].failed || lines[2].failed ? rg__report_memory(walk->manager->context) : RG_OK;
    }
    for (size_t i = 0; i < 3; i++) {
        rg__buffer_free(&lines[i]);
    }
    free_lowering(walk);
    return status;
}
