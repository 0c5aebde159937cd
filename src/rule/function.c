/*
 * function.c: statements and functions of rule files, and what imports bind.
 *
 * A function runs straight through: there are no loops and no branches but the conditional expression, so a function
 * has one trace whatever it is called with.
 */
#include "rule/function.h"

#include <stdio.h>

#include "ir/context_impl.h"
#include "rule/comprehension.h"
#include "rule/import_statement.h"
#include "text/word.h"

/* After an error the outermost calls on the way to it are shown. */
enum { MAX_CALL_DEPTH = 64, SHOWN_CALL_DEPTH = 4 };

static rg_value fail_at(rg_evaluator *evaluator, const rg_syntax *syntax, rg_status code, const char *message)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_place outer = tracer->place;
    tracer->place = rg__place_of(evaluator->source, syntax);
    rg__trace_fail(tracer, code, "%s", message);
    tracer->place = outer;
    return rg_value_missing();
}

static void bind(rg_evaluator *evaluator, rg_frame *frame, rg_string name, const rg_item *item)
{
    if (evaluator->tracer->status == RG_OK && !rg__frame_bind(frame, name, item)) {
        rg__trace_ok(evaluator->tracer, rg__report_memory(evaluator->tracer->context));
    }
}

static void bind_value(rg_evaluator *evaluator, rg_frame *frame, rg_string name, rg_value value)
{
    rg_item item = {.kind = RG_ITEM_VALUE, .value = value};
    bind(evaluator, frame, name, &item);
}

/* ---- assignment ---- */

static void unpack(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *target, rg_value value);

static void assign_value(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *target, rg_value value)
{
    switch (target->kind) {
    case RG_SYNTAX_NAME:
        bind_value(evaluator, frame, target->text, value);
        break;
    case RG_SYNTAX_TUPLE:
    case RG_SYNTAX_LIST:
        unpack(evaluator, frame, target, value);
        break;
    default:
        fail_at(evaluator, target, RG_ERROR_UNSUPPORTED, "only names can be assigned; values of a trace do not change");
    }
}

/* a, (b, c) = value: one item for each target; a single `*name` takes no part in the language. */
static void unpack(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *target, rg_value value)
{
    rg_tracer *tracer = evaluator->tracer;
    size_t count = 0;
    size_t index = 0;
    bool counted = tracer->status == RG_OK && rg__trace_item_count(tracer, value, &count);
    if (tracer->status == RG_OK && counted && count != target->count) {
        char message[96];
        snprintf(message, sizeof(message), "%zu values for %u names", count, target->count);
        fail_at(evaluator, target, RG_ERROR_ARGUMENT, message);
    }
    if (tracer->status == RG_OK && !counted && !rg__trace_has_items(tracer, value)) {
        fail_at(evaluator, target, RG_ERROR_ARGUMENT, "this value cannot be taken apart");
    }
    for (const rg_syntax *child = target->first; child != NULL && tracer->status == RG_OK; child = child->next) {
        assign_value(evaluator, frame, child, rg__trace_item(tracer, value, index++));
    }
}

void rg__function_bind(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *target, rg_value value)
{
    if (evaluator->tracer->status == RG_OK) {
        assign_value(evaluator, frame, target, value);
    }
}

/* Assign an item that is no value, such as `aten = torch.ops.aten`, to a name. */
static void assign_item(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *target, const rg_item *item)
{
    if (item->kind == RG_ITEM_VALUE) {
        assign_value(evaluator, frame, target, item->value);
    } else if (target->kind == RG_SYNTAX_NAME) {
        bind(evaluator, frame, target->text, item);
    } else {
        fail_at(evaluator, target, RG_ERROR_ARGUMENT, "this value cannot be taken apart");
    }
}

void rg__function_assign(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *statement)
{
    bool declares = statement->kind == RG_SYNTAX_DECLARE;
    if (declares && statement->count < 3) {
        return; /* `x: T` without a value */
    }
    rg_item item = rg__evaluate(evaluator, frame, statement->last);
    const rg_syntax *end = declares ? statement->first->next : statement->last;
    for (const rg_syntax *target = statement->first; target != end; target = target->next) {
        if (evaluator->tracer->status == RG_OK) {
            assign_item(evaluator, frame, target, &item);
        }
    }
}

/* ---- bodies ---- */

/* Run one statement; true when it returned. */
static bool run_statement(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *statement, rg_value *result)
{
    switch (statement->kind) {
    case RG_SYNTAX_ASSIGN:
    case RG_SYNTAX_DECLARE:
        rg__function_assign(evaluator, frame, statement);
        return false;
    case RG_SYNTAX_EXPRESSION:
        if (statement->first->kind != RG_SYNTAX_STRING) { /* a docstring */
            (void)rg__evaluate(evaluator, frame, statement->first);
        }
        return false;
    case RG_SYNTAX_RETURN:
        *result = statement->first == NULL ? rg_value_none() : rg__evaluate_value(evaluator, frame, statement->first);
        return true;
    case RG_SYNTAX_PASS:
        return false;
    case RG_SYNTAX_IMPORT:
        rg__evaluate_import(evaluator, frame, statement);
        return false;
    case RG_SYNTAX_AUGMENTED:
        fail_at(evaluator, statement, RG_ERROR_UNSUPPORTED, "in-place operators; write `a = a + b`");
        return false;
    default:
        fail_at(evaluator, statement, RG_ERROR_UNSUPPORTED, "this statement is not part of the rule language");
        return false;
    }
}

static rg_value run_body(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *function)
{
    const rg_syntax *body = function->last;
    rg_value result = rg_value_missing();
    for (const rg_syntax *statement = body->first; statement != NULL; statement = statement->next) {
        if (evaluator->tracer->status != RG_OK) {
            return rg_value_missing();
        }
        if (run_statement(evaluator, frame, statement, &result)) {
            if (statement->next != NULL && evaluator->tracer->status == RG_OK) {
                return fail_at(evaluator, statement->next, RG_ERROR_SYNTAX, "a statement after the return");
            }
            return result;
        }
    }
    return evaluator->tracer->status == RG_OK
               ? fail_at(evaluator, function, RG_ERROR_RULE, "the function does not return anything")
               : rg_value_missing();
}

/* ---- calls ---- */

/* The argument for a parameter: by position, by keyword, or its default. */
static rg_value find_argument(rg_evaluator *evaluator, const rg_function *function, const rg_syntax *parameter,
                              size_t position, const rg_argument *arguments, size_t count)
{
    rg_value found = rg_value_missing();
    for (size_t i = 0; i < count; i++) {
        bool positional = arguments[i].name.size == 0;
        if (positional ? i == position : rg_string_equal(arguments[i].name, parameter->text)) {
            if (!rg_value_is_missing(found)) {
                return rg__trace_fail(evaluator->tracer, RG_ERROR_ARGUMENT, "'%.*s' is given twice",
                                      (int)parameter->text.size, parameter->text.data);
            }
            found = arguments[i].value;
        }
    }
    if (!rg_value_is_missing(found)) {
        return found;
    }
    if (rg__syntax_is_absent(parameter->last)) {
        return rg__trace_fail(evaluator->tracer, RG_ERROR_ARGUMENT, "%.*s() needs '%.*s'",
                              (int)function->syntax->text.size, function->syntax->text.data, (int)parameter->text.size,
                              parameter->text.data);
    }
    return rg__evaluate_value(evaluator, function->names, parameter->last);
}

/* Every argument must have found a parameter. */
static void check_arguments(rg_evaluator *evaluator, const rg_function *function, const rg_argument *arguments,
                            size_t count)
{
    const rg_syntax *parameters = function->syntax->first;
    for (size_t i = 0; i < count && evaluator->tracer->status == RG_OK; i++) {
        bool known = arguments[i].name.size == 0 && i < parameters->count;
        for (const rg_syntax *parameter = parameters->first; parameter != NULL; parameter = parameter->next) {
            known = known || (arguments[i].name.size != 0 && rg_string_equal(arguments[i].name, parameter->text));
        }
        if (!known) {
            rg__trace_fail(evaluator->tracer, RG_ERROR_ARGUMENT,
                           "%.*s() does not take this many arguments, or this name", (int)function->syntax->text.size,
                           function->syntax->text.data);
        }
    }
}

static bool is_plain(const rg_syntax *parameter)
{
    return parameter->text.size > 0 && parameter->text.data[0] != '*' && parameter->text.data[0] != '/';
}

rg_value rg__function_call(rg_evaluator *evaluator, const rg_function *function, const rg_argument *arguments,
                           size_t count)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_frame frame;
    rg_value result = rg_value_missing();
    size_t position = 0;
    uint32_t reported = tracer->context->diagnostics.count;
    if (evaluator->depth >= MAX_CALL_DEPTH) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "calls are nested more than %d deep", MAX_CALL_DEPTH);
    }
    const rg_source *caller = evaluator->source;
    evaluator->source = function->source;
    rg__frame_init(&frame, function->names, &tracer->context->allocator);
    check_arguments(evaluator, function, arguments, count);
    const rg_syntax *parameter = function->syntax->first->first;
    for (; parameter != NULL && tracer->status == RG_OK; parameter = parameter->next, position++) {
        if (!is_plain(parameter)) {
            fail_at(evaluator, parameter, RG_ERROR_UNSUPPORTED, "parameters with a star");
            break;
        }
        rg_value value = find_argument(evaluator, function, parameter, position, arguments, count);
        bind_value(evaluator, &frame, parameter->text, value);
    }
    bool entered = tracer->status == RG_OK;
    if (entered) {
        evaluator->depth++;
        result = run_body(evaluator, &frame, function->syntax);
        evaluator->depth--;
    }
    evaluator->source = caller;
    if (entered && tracer->status != RG_OK && tracer->context->diagnostics.count > reported &&
        tracer->place.source != NULL && evaluator->depth < SHOWN_CALL_DEPTH) {
        (void)rg__place_report(&tracer->place, tracer->context, RG_SEVERITY_NOTE, RG_OK, "called from here");
    }
    rg__frame_free(&frame);
    return tracer->status == RG_OK ? result : rg_value_missing();
}

rg_value rg__evaluate_function(rg_evaluator *evaluator, const rg_function *function, const rg_value *arguments,
                               size_t count)
{
    rg_argument positional[RG_MAX_RANK];
    if (count > RG_MAX_RANK) {
        return rg__trace_fail(evaluator->tracer, RG_ERROR_LIMIT, "more than %d inputs", RG_MAX_RANK);
    }
    for (size_t i = 0; i < count; i++) {
        positional[i] = RG_POSITION(arguments[i]);
    }
    return rg__function_call(evaluator, function, positional, count);
}

/* ---- imports ---- */

/* What rules import from regraft (Rule, config, auto_functionalized) is known without import, by its bare name. */
static rg_string join(rg_evaluator *evaluator, rg_string module, rg_string name)
{
    if (rg__is_word(module, "regraft")) {
        return name;
    }
    char *text = rg__arena_allocate(evaluator->arena, module.size + 1 + name.size);
    if (text == NULL) {
        rg__trace_ok(evaluator->tracer, rg__report_memory(evaluator->tracer->context));
        return (rg_string){"", 0};
    }
    memcpy(text, module.data, module.size);
    text[module.size] = '.';
    memcpy(text + module.size + 1, name.data, name.size);
    return (rg_string){text, module.size + 1 + name.size};
}

/* `import a.b` binds `a`, `import a.b as c` binds c to a.b, `from a import b as c` binds c to a.b. */
void rg__evaluate_import(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *statement)
{
    rg_import_statement import = rg__import_statement_read(statement->text);
    rg_imported imported;
    while (evaluator->tracer->status == RG_OK && rg__import_statement_next(&import, &imported)) {
        rg_string name = imported.as.size > 0 ? imported.as : imported.name;
        rg_string path = imported.name;
        if (rg__is_word(name, "*")) {
            continue;
        }
        if (import.is_from) {
            path = join(evaluator, import.module, imported.name);
        } else if (imported.as.size == 0) {
            const char *dot = memchr(name.data, '.', name.size);
            name.size = dot == NULL ? name.size : (size_t)(dot - name.data);
            path = name;
        }
        rg_item item = {.kind = RG_ITEM_PATH, .value = rg_value_missing(), .text = path};
        bind(evaluator, frame, name, &item);
    }
}
