/*
 * evaluate_text.c: expressions that stand alone: those of rg_tracer_evaluate, and sizes in annotations.
 */
#include "rule/evaluate.h"

#include "ir/context_impl.h"
#include "rule/trace_table.h"

/* Names in a size that mean nothing yet are size variables. The callee of a call (`Max`) is no such name. */
static void declare_variables(rg_tracer *tracer, const rg_frame *frame, const rg_syntax *syntax)
{
    if (syntax->kind == RG_SYNTAX_NAME && rg__frame_find(frame, syntax->text) == NULL) {
        rg__trace_variable(tracer, syntax->text);
    }
    const rg_syntax *child = syntax->first;
    if (child != NULL && (syntax->kind == RG_SYNTAX_CALL || syntax->kind == RG_SYNTAX_ATTRIBUTE)) {
        child = child->next;
    }
    for (; child != NULL; child = child->next) {
        declare_variables(tracer, frame, child);
    }
}

/* Errors inside a text that is part of another one are shown where it stands there. */
static void move_diagnostics(rg_tracer *tracer, uint32_t first)
{
    for (uint32_t i = first; tracer->place.source != NULL && i < tracer->context->diagnostics.count; i++) {
        tracer->context->diagnostics.items[i].location.line = 0;
    }
    rg__place_diagnostics(&tracer->place, tracer->context, first);
}

static void bind_all(rg_tracer *tracer, rg_frame *frame, const rg_argument *names, size_t count)
{
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        rg_item item = {.kind = RG_ITEM_VALUE, .value = names[i].value};
        if (!rg__frame_bind(frame, names[i].name, &item)) {
            rg__trace_ok(tracer, rg__report_memory(tracer->context));
        }
    }
}

/* Sizes see the names of the tracer's scope as well, and declare those that mean nothing. */
static rg_value evaluate_alone(rg_tracer *tracer, rg_string text, const rg_argument *names, size_t count, bool is_size)
{
    const rg_allocator *allocator = &tracer->context->allocator;
    rg_arena arena;
    rg_frame frame;
    rg_source source;
    rg_syntax *syntax = NULL;
    rg_value value = rg_value_missing();
    uint32_t reported = tracer->context->diagnostics.count;
    rg__arena_init(&arena, allocator);
    rg__frame_init(&frame, NULL, allocator);
    if (is_size && tracer->scope != NULL) {
        bind_all(tracer, &frame, tracer->scope->constants, tracer->scope->constant_count);
        bind_all(tracer, &frame, tracer->scope->names, tracer->scope->name_count);
    }
    bind_all(tracer, &frame, names, count);
    if (tracer->status == RG_OK &&
        rg__trace_ok(tracer, rg__source_init(&source, tracer->context, text, (rg_string){"", 0})) &&
        rg__trace_ok(tracer, rg__syntax_parse_expression(&syntax, &arena, &source))) {
        rg_evaluator evaluator = {.tracer = tracer, .source = &source, .arena = &arena};
        if (is_size) {
            declare_variables(tracer, &frame, syntax);
        }
        value = rg__evaluate_value(&evaluator, &frame, syntax);
    }
    if (tracer->status != RG_OK) {
        move_diagnostics(tracer, reported);
    }
    rg__frame_free(&frame);
    rg__arena_free(&arena);
    return value;
}

rg_value rg__evaluate_text(rg_tracer *tracer, rg_string text, const rg_argument *names, size_t count)
{
    return evaluate_alone(tracer, text, names, count, false);
}

/* In a check too, where operators are recorded, sizes of annotations are computed. */
rg_size rg__evaluate_size(rg_tracer *tracer, rg_string text)
{
    rg_trace_role role = tracer->role;
    tracer->role = RG_TRACE_PATTERN;
    rg_value value = evaluate_alone(tracer, text, NULL, 0, true);
    tracer->role = role;
    return rg__trace_read_size(tracer, value, "size");
}
