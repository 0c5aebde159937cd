/*
 * comprehension.c: `[f(x) for x in xs]` in rule files. Over a list that is known while tracing it is the list of what
 * comes of each item; over one that only a match knows it is a repetition (repetition.h).
 */
#include "rule/comprehension.h"

#include "ir/context_impl.h"
#include "rule/repetition.h"
#include "rule/trace_table.h"

enum { MAX_SOURCES = 8 };

/* What a comprehension goes over: one list, or several in step. */
typedef struct sources {
    rg_value values[MAX_SOURCES];
    const rg_syntax *targets[MAX_SOURCES];
    uint32_t count;
} sources;

/* ---- what it goes over ---- */

bool rg__trace_is_open_list(const rg_tracer *tracer, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    for (uint32_t i = 0; i < tracer->inputs.count && !rg_node_is_null(node); i++) {
        if (rg_node_same(tracer->inputs.items[i].node, node)) {
            return tracer->inputs.items[i].kind == RG_RULE_INPUT_TENSOR_LIST;
        }
    }
    return !rg_node_is_null(node) && rg__node_is_marker(tracer->graph, node, RG_LIST_OF);
}

static bool is_zip(const rg_frame *frame, const rg_syntax *iterable)
{
    return iterable->kind == RG_SYNTAX_CALL && iterable->first->kind == RG_SYNTAX_NAME &&
           rg_string_equal(iterable->first->text, rg_string_from("zip")) &&
           rg__frame_find(frame, iterable->first->text) == NULL;
}

static void read_sources(sources *out, rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_tracer *tracer = evaluator->tracer;
    const rg_syntax *target = rg__syntax_child(syntax, 1);
    const rg_syntax *iterable = syntax->last;
    bool zips = is_zip(frame, iterable);
    const rg_syntax *source = zips ? iterable->first->next : iterable;
    out->count = 0;
    if (zips &&
        (target->kind != RG_SYNTAX_TUPLE || target->count + 1 != iterable->count || target->count > MAX_SOURCES)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "zip() needs a name for each of its lists, %d at most", MAX_SOURCES);
        return;
    }
    for (target = zips ? target->first : target; source != NULL && tracer->status == RG_OK;
         source = zips ? source->next : NULL, target = zips ? target->next : target) {
        out->targets[out->count] = target;
        out->values[out->count++] = rg__evaluate_value(evaluator, frame, source);
    }
}

/* How many items all of them have; false when that is known of none. */
static bool count_items(size_t *out, rg_tracer *tracer, const sources *all)
{
    bool known = false;
    for (uint32_t i = 0; i < all->count && tracer->status == RG_OK; i++) {
        size_t count = 0;
        if (!rg__trace_item_count(tracer, all->values[i], &count)) {
            continue;
        }
        if (known && count != *out) {
            rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "the lists have %zu and %zu items", *out, count);
        }
        *out = count;
        known = true;
    }
    return known;
}

/* ---- one item at a time ---- */

/* The value of the comprehension's expression with these items. */
static rg_value evaluate_item(rg_evaluator *evaluator, const rg_frame *outer, const rg_syntax *syntax,
                              const sources *all, const rg_value *items)
{
    rg_frame frame;
    rg_value value = rg_value_missing();
    rg__frame_init(&frame, outer, &evaluator->tracer->context->allocator);
    for (uint32_t i = 0; i < all->count; i++) {
        rg__function_bind(evaluator, &frame, all->targets[i], items[i]);
    }
    if (evaluator->tracer->status == RG_OK) {
        value = rg__evaluate_value(evaluator, &frame, syntax->first);
    }
    rg__frame_free(&frame);
    return value;
}

static rg_value evaluate_known(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax,
                               const sources *all, size_t count)
{
    rg_tracer *tracer = evaluator->tracer;
    const rg_allocator *allocator = &tracer->context->allocator;
    RG_VECTOR(rg_value) values = {0};
    rg_value items[MAX_SOURCES];
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        for (uint32_t j = 0; j < all->count && tracer->status == RG_OK; j++) {
            items[j] = rg__trace_item(tracer, all->values[j], i);
        }
        rg_value value =
            tracer->status == RG_OK ? evaluate_item(evaluator, frame, syntax, all, items) : rg_value_missing();
        if (tracer->status == RG_OK && !rg__vector_push(allocator, &values, value)) {
            rg__trace_ok(tracer, rg__report_memory(tracer->context));
        }
    }
    rg_value result = rg__trace_list(tracer, values.items, values.count);
    rg__vector_free(allocator, &values);
    return result;
}

/* ---- of any length ---- */

/* The type of a captured list's items, as the trace computes with it. */
static rg_type item_type(rg_tracer *tracer, rg_value list)
{
    rg_type traced = {0};
    for (uint32_t i = 0; i < tracer->inputs.count; i++) {
        const rg_trace_input *input = &tracer->inputs.items[i];
        if (rg_node_same(input->node, rg_value_as_node(list)) && !rg_type_is_null(input->declared)) {
            rg__annotation_complete(&traced, tracer, input->declared);
        }
    }
    return traced;
}

/* A marker: no op has its name, and nothing is computed of its type. */
static rg_value record_marker(rg_tracer *tracer, const char *name, const rg_value *values, size_t count, rg_type type)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument arguments[MAX_SOURCES + 1];
    rg_node node = {0};
    for (size_t i = 0; i < count; i++) {
        arguments[i] = RG_POSITION(values[i]);
    }
    description.arguments = arguments;
    description.argument_count = count;
    description.type = type;
    if (rg__trace_ok(tracer,
                     rg_context_intern_op(&description.op, tracer->context, RG_OP_FUNCTION, rg_string_from(name)))) {
        rg__trace_ok(tracer, rg_graph_insert(&node, tracer->graph, (rg_node){0}, &description));
    }
    return tracer->status == RG_OK ? rg_value_node(node) : rg_value_missing();
}

static rg_value item_of(rg_tracer *tracer, rg_value list)
{
    bool is_input = rg__trace_is_open_list(tracer, list) &&
                    rg_node_kind(tracer->graph, rg_value_as_node(list)) == RG_OP_PLACEHOLDER;
    bool is_call = !is_input && tracer->role == RG_TRACE_PATTERN && rg__trace_is_tensor(tracer, list) &&
                   !rg__trace_is_open_list(tracer, list) && rg__trace_has_items(tracer, list);
    if (tracer->status == RG_OK && !is_input && !is_call) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT,
                              tracer->role == RG_TRACE_PATTERN
                                  ? "only lists and calls with several results can be gone through"
                                  : "only lists whose length is known and captured ones can be gone through here");
    }
    rg_type type = item_type(tracer, list);
    return tracer->status == RG_OK ? record_marker(tracer, RG_ITEM_OF, &list, 1, type) : rg_value_missing();
}

static rg_value list_of(rg_tracer *tracer, rg_value value, const rg_value *items, uint32_t count)
{
    rg_value operands[MAX_SOURCES + 1] = {value};
    if (tracer->status == RG_OK && !rg__trace_is_tensor(tracer, value)) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "what is made of each item must be a tensor");
    }
    for (uint32_t i = 0; i < count; i++) {
        operands[i + 1] = items[i];
    }
    return tracer->status == RG_OK ? record_marker(tracer, RG_LIST_OF, operands, count + 1, (rg_type){0})
                                   : rg_value_missing();
}

rg_value rg__evaluate_comprehension(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_tracer *tracer = evaluator->tracer;
    sources all;
    size_t count = 0;
    rg_value items[MAX_SOURCES];
    read_sources(&all, evaluator, frame, syntax);
    bool known = tracer->status == RG_OK && count_items(&count, tracer, &all);
    if (tracer->status != RG_OK || known) {
        return tracer->status == RG_OK ? evaluate_known(evaluator, frame, syntax, &all, count) : rg_value_missing();
    }
    if (tracer->role != RG_TRACE_PATTERN && tracer->role != RG_TRACE_REPLACEMENT) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "the length of the list is not known here");
    }
    for (uint32_t i = 0; i < all.count && tracer->status == RG_OK; i++) {
        items[i] = item_of(tracer, all.values[i]);
    }
    rg_value value =
        tracer->status == RG_OK ? evaluate_item(evaluator, frame, syntax, &all, items) : rg_value_missing();
    return list_of(tracer, value, items, all.count);
}

rg_value rg__evaluate_rest(rg_evaluator *evaluator, rg_value list)
{
    return record_marker(evaluator->tracer, RG_REST_OF, &list, 1, (rg_type){0});
}

/* ---- as dumps write it ---- */

static rg_value trace_item_of(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    return item_of(tracer, a[0]);
}

static rg_value trace_list_of(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_value items[RG_MAX_RANK];
    (void)row;
    uint32_t count = rg__trace_read_items(tracer, a[1], "items", items);
    bool are_items = count > 0 && count <= MAX_SOURCES;
    for (uint32_t i = 0; i < count && are_items; i++) {
        rg_node node = rg_value_as_node(items[i]);
        are_items = !rg_node_is_null(node) && rg__node_is_marker(tracer->graph, node, RG_ITEM_OF);
    }
    if (tracer->status == RG_OK && !are_items) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs what item_of() has given");
    }
    return list_of(tracer, a[0], items, count);
}

/* range(3), range(1, 3): for comprehensions over numbers that are known. */
static rg_value trace_range(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_value items[RG_MAX_RANK];
    int64_t start = rg__trace_is_given(a[1]) ? rg__trace_read_int(tracer, a[0], "start") : 0;
    int64_t stop = rg__trace_read_int(tracer, rg__trace_is_given(a[1]) ? a[1] : a[0], "stop");
    (void)row;
    if (tracer->status == RG_OK && stop > start && stop - start > RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d items", RG_MAX_RANK);
    }
    uint32_t count = 0;
    for (int64_t i = start; i < stop && tracer->status == RG_OK; i++) {
        items[count++] = rg__trace_int(tracer, i);
    }
    return rg__trace_list(tracer, items, count);
}

static const rg_trace_row rows[] = {
    {RG_ITEM_OF, RG_IN_BUILTINS, "list", trace_item_of, NULL},
    {RG_LIST_OF, RG_IN_BUILTINS, "value, *items", trace_list_of, NULL},
    {"range", RG_IN_BUILTINS, "start, stop=", trace_range, NULL},
};

const rg_trace_family rg__trace_repetition = {rows, sizeof(rows) / sizeof(rows[0]), RG_IN_BUILTINS};
