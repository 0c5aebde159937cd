/*
 * tracer.c: the public side of a tracer (trace.h): its life, its inputs, what it returns.
 *
 * Values and reading them: trace_value.c. Recording calls: trace_record.c. Torch-level calls: trace_table.c. The
 * clean-up at the end: trace_finish.c.
 */
#include "rule/tracer.h"

#include "ir/context_impl.h"
#include "rule/evaluate.h"
#include "rule/trace_table.h"

rg_status rg_tracer_create(rg_tracer **out, rg_context *context, rg_string name)
{
    const rg_allocator *allocator = &context->allocator;
    rg_tracer *tracer = rg__allocate(allocator, sizeof(*tracer));
    *out = NULL;
    if (tracer == NULL) {
        return RG_ERROR_MEMORY;
    }
    memset(tracer, 0, sizeof(*tracer));
    tracer->context = context;
    tracer->reported = context->diagnostics.count;
    rg_status status = rg_graph_create(&tracer->graph, context, name);
    if (status != RG_OK) {
        rg__free(allocator, tracer, sizeof(*tracer));
        return status;
    }
    *out = tracer;
    return RG_OK;
}

void rg_tracer_destroy(rg_tracer *tracer)
{
    if (tracer == NULL) {
        return;
    }
    const rg_allocator *allocator = &tracer->context->allocator;
    rg_graph_destroy(tracer->graph);
    rg__vector_free(allocator, &tracer->places);
    rg__vector_free(allocator, &tracer->inputs);
    rg__vector_free(allocator, &tracer->arguments);
    rg__vector_free(allocator, &tracer->variables);
    rg__free(allocator, tracer, sizeof(*tracer));
}

rg_context *rg_tracer_context(const rg_tracer *tracer)
{
    return tracer->context;
}

/* Begin a public call: a failure of an earlier one does not stop this one. False once the graph has been taken. */
static bool begin(rg_tracer *tracer)
{
    tracer->status = RG_OK;
    tracer->callee = NULL;
    tracer->reported = tracer->context->diagnostics.count;
    if (tracer->graph == NULL) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "the trace is finished");
        return false;
    }
    return true;
}

/* End a public call: its value, or the missing value and the status. */
static rg_status finish(rg_value *out, rg_tracer *tracer, rg_value value)
{
    *out = tracer->status == RG_OK ? value : rg_value_missing();
    return tracer->status;
}

/* ---- inputs ---- */

static bool is_name_taken(const rg_tracer *tracer, rg_string name)
{
    for (uint32_t i = 0; i < tracer->inputs.count; i++) {
        if (rg_string_equal(tracer->inputs.items[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* What the placeholder of a scalar is: a Sym of its name for numbers; words and lists have no type. An int is a size
 * variable as well. */
static rg_type scalar_type(rg_tracer *tracer, rg_rule_input_kind kind, rg_string name, rg_size *symbol)
{
    rg_type type = {0};
    if (kind == RG_RULE_INPUT_INT || kind == RG_RULE_INPUT_FLOAT || kind == RG_RULE_INPUT_BOOL) {
        if (kind == RG_RULE_INPUT_INT) {
            *symbol = rg__trace_variable(tracer, name);
        } else {
            rg__trace_ok(tracer, rg_size_from_symbol(symbol, tracer->context, name));
        }
        if (tracer->status == RG_OK) {
            rg__trace_ok(tracer, rg_type_from_size(&type, tracer->context, *symbol));
        }
    }
    return type;
}

/* The node before which placeholders stand; null: at the end. */
static rg_node first_call(const rg_graph *graph)
{
    rg_node node = rg_graph_first(graph);
    while (!rg_node_is_null(node) && rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
        node = rg_graph_next(graph, node);
    }
    return node;
}

/* The placeholder's name is the input's; the graph must not have given it away to a node. */
static rg_node insert_placeholder(rg_tracer *tracer, rg_string name, rg_type type)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node = {0};
    if (rg__trace_ok(tracer, rg_context_intern_op(&description.op, tracer->context, RG_OP_PLACEHOLDER,
                                                  rg_string_from("placeholder")))) {
        description.name = name;
        description.target = name;
        description.type = type;
        rg__trace_ok(tracer, rg_graph_insert(&node, tracer->graph, first_call(tracer->graph), &description));
        rg__trace_note_place(tracer, node);
    }
    return node;
}

/* Symbols that are dimensions of an input are variables of the trace. */
static void remember_variables(rg_tracer *tracer, rg_type declared)
{
    rg_tensor_type tensor = rg_type_get_tensor(tracer->context, declared);
    for (uint32_t i = 0; i < tensor.rank; i++) {
        rg_string name = rg_size_as_symbol(tracer->context, tensor.sizes[i]);
        if (name.size > 0) {
            rg__trace_variable(tracer, name);
        }
    }
}

rg_value rg__trace_input(rg_tracer *tracer, rg_string name, rg_rule_input_kind kind, rg_type declared)
{
    rg_trace_input input = {.name = rg__intern_string(tracer->context, name), .kind = kind, .declared = declared};
    rg_type traced = {0};
    rg_size symbol = {0};
    if (input.name.data == NULL) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
    if (kind == RG_RULE_INPUT_TENSOR_LIST) {
        remember_variables(tracer, declared);
    } else if (kind != RG_RULE_INPUT_TENSOR) {
        traced = scalar_type(tracer, kind, input.name, &symbol);
    } else if (!rg_type_is_null(declared)) {
        remember_variables(tracer, declared);
        rg__annotation_complete(&traced, tracer, declared);
    }
    if (tracer->status == RG_OK) {
        input.node = insert_placeholder(tracer, input.name, traced);
    }
    /* An int is used as the size of its name, so that it can stand in shapes. */
    input.value = kind == RG_RULE_INPUT_INT ? rg_value_size(symbol) : rg_value_node(input.node);
    if (tracer->status == RG_OK && !rg__vector_push(&tracer->context->allocator, &tracer->inputs, input)) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
    return input.value;
}

void rg__trace_argument(rg_tracer *tracer, rg_value value)
{
    if (tracer->status == RG_OK && !rg__vector_push(&tracer->context->allocator, &tracer->arguments, value)) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
}

/* Does the instance at work do without this optional input? A survey takes note of it. */
static bool is_absent(rg_tracer *tracer, rg_string name)
{
    const rg_annotation_scope *scope = tracer->scope;
    for (size_t i = 0; scope != NULL && i < scope->absent_count; i++) {
        if (rg_string_equal(scope->absent[i], name)) {
            return true;
        }
    }
    if (scope != NULL && scope->survey != NULL) {
        name = rg__intern_string(tracer->context, name);
        if (name.data == NULL || !rg__vector_push(&tracer->context->allocator, &scope->survey->optionals, name)) {
            rg__trace_ok(tracer, rg__report_memory(tracer->context));
        }
    }
    return false;
}

static rg_value add_input(rg_tracer *tracer, rg_string name, rg_string text)
{
    rg_annotation annotation;
    rg_type declared = {0};
    rg_type traced;
    if (tracer->has_returned) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "input '%.*s' comes after the return", (int)name.size,
                              name.data);
    }
    if (name.size == 0 || is_name_taken(tracer, name)) {
        return rg__trace_fail(tracer, RG_ERROR_NAME, "input '%.*s' is declared twice", (int)name.size, name.data);
    }
    if (!rg__trace_ok(tracer, rg__annotation_parse(&annotation, tracer->context, text))) {
        return rg_value_missing();
    }
    if (annotation.is_optional && is_absent(tracer, name)) {
        rg__trace_argument(tracer, rg_value_none());
        return rg_value_none();
    }
    if (annotation.kind == RG_RULE_INPUT_TENSOR || annotation.kind == RG_RULE_INPUT_TENSOR_LIST) {
        rg__annotation_resolve(&declared, &traced, tracer, &annotation);
    }
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    rg_value value = rg__trace_input(tracer, name, annotation.kind, declared);
    rg__trace_argument(tracer, value);
    return value;
}

rg_status rg_tracer_input(rg_value *out, rg_tracer *tracer, rg_string name, rg_string type)
{
    return finish(out, tracer, begin(tracer) ? add_input(tracer, name, type) : rg_value_missing());
}

/* ---- calls ---- */

rg_status rg_tracer_call(rg_value *out, rg_tracer *tracer, rg_string target, const rg_argument *arguments, size_t count)
{
    return finish(out, tracer, begin(tracer) ? rg__trace_call(tracer, target, arguments, count) : rg_value_missing());
}

rg_status rg_tracer_evaluate(rg_value *out, rg_tracer *tracer, rg_string expression, const rg_argument *names,
                             size_t count)
{
    return finish(out, tracer,
                  begin(tracer) ? rg__evaluate_text(tracer, expression, names, count) : rg_value_missing());
}

rg_status rg_tracer_item(rg_value *out, rg_tracer *tracer, rg_value value, size_t index)
{
    return finish(out, tracer, begin(tracer) ? rg__trace_item(tracer, value, index) : rg_value_missing());
}

rg_status rg_tracer_dimension(rg_value *out, rg_tracer *tracer, rg_value tensor, int64_t dim)
{
    rg_shape shape;
    rg_value result = rg_value_missing();
    if (begin(tracer) && rg__trace_read_shape(tracer, tensor, "tensor", &shape)) {
        uint32_t index = rg__trace_read_dim(tracer, rg__trace_int(tracer, dim), "dim", shape.rank);
        if (tracer->status == RG_OK) {
            result = rg__trace_size(tracer, shape.sizes[index]);
        }
    }
    return finish(out, tracer, result);
}

rg_type rg_tracer_type(const rg_tracer *tracer, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    return rg_node_is_null(node) || tracer->graph == NULL ? (rg_type){0} : rg_node_type(tracer->graph, node);
}

/* ---- the end ---- */

/*
 * What a function returns are tensors, of which a replacement may drop some by returning None for them. A check returns
 * one truth value.
 */
static void check_result(rg_tracer *tracer, rg_value value, size_t count)
{
    bool is_truth = rg__trace_is_number(tracer, value);
    if (tracer->role == RG_TRACE_CHECK) {
        if (count != 1 || !is_truth) {
            rg__trace_fail(tracer, RG_ERROR_TYPE, "a check returns True, False, or a comparison");
        }
        return;
    }
    if (tracer->role != RG_TRACE_REPLACEMENT || rg_value_get_kind(value) != RG_VALUE_NONE) {
        rg__trace_read_tensor(tracer, value, "result");
    }
}

rg_status rg_tracer_return(rg_tracer *tracer, const rg_value *values, size_t count)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument result = {{NULL, 0}, rg_value_missing()};
    rg_node node;
    if (!begin(tracer)) {
        return tracer->status;
    }
    if (tracer->has_returned) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "the function returns twice");
    } else if (count == 0) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "the function returns nothing");
    }
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        check_result(tracer, values[i], count);
    }
    /* FX's own habit: one result stands bare, several in a tuple. */
    if (tracer->status == RG_OK) {
        result.value = count == 1 ? values[0] : rg__trace_tuple(tracer, values, count);
    }
    if (rg__trace_ok(tracer,
                     rg_context_intern_op(&description.op, tracer->context, RG_OP_OUTPUT, rg_string_from("output")))) {
        description.arguments = &result;
        description.argument_count = 1;
        tracer->has_returned = rg__trace_ok(tracer, rg_graph_insert(&node, tracer->graph, (rg_node){0}, &description));
    }
    return tracer->status;
}
