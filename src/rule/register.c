/*
 * register.c: from a draft to the rules of a set: its instances, their traces, and everything that is asked of them.
 *
 * The questions about a traced instance are in register_check.c.
 */
#include "rule/register.h"

#include <regraft/document.h>

#include "ir/context_impl.h"

/* More would be a mistake in the rule: parameters multiply. */
enum { MAX_INSTANCES = 1024, MAX_AXES = 16 };

/* What instances differ in: a parameter, a dtype variable, or the rank of `...`. */
typedef struct axis {
    rg_string name;
    const rg_value *values;
    size_t count;
    bool is_ellipsis;
} axis;

typedef struct axes {
    axis items[MAX_AXES];
    size_t count;
    rg_value dtypes[4];
    rg_value ranks[RG_ELLIPSIS_MAX_RANK + 1];
} axes;

/* ---- finding the axes ---- */

static rg_status add_axis(axes *all, const rg_rule_draft *draft, rg_context *context, axis added)
{
    if (all->count == MAX_AXES) {
        return rg__place_report(&draft->place, context, RG_SEVERITY_ERROR, RG_ERROR_LIMIT,
                                "more than %d parameters and variables that make instances", MAX_AXES);
    }
    all->items[all->count++] = added;
    return RG_OK;
}

/* Run the inputs function once to see which dtype variables it has, and whether `...` occurs. The first value of each
 * parameter stands for all. */
static rg_status survey_inputs(rg_annotation_survey *survey, rg_rule_set *set, rg_rule_draft *draft)
{
    rg_argument names[MAX_AXES];
    rg_tracer *tracer = NULL;
    for (size_t i = 0; i < draft->parameter_count && i < MAX_AXES; i++) {
        names[i] = (rg_argument){draft->parameters[i].name, draft->parameters[i].values[0]};
    }
    rg_annotation_scope scope = {.names = names,
                                 .name_count = draft->parameter_count,
                                 .constants = draft->constants,
                                 .constant_count = draft->constant_count,
                                 .ellipsis_rank = -1,
                                 .survey = survey};
    rg_status status = rg_tracer_create(&tracer, set->context, draft->definition->name);
    if (status == RG_OK) {
        tracer->scope = &scope;
        draft->bound = names;
        draft->bound_count = draft->parameter_count;
        status = draft->definition->inputs(tracer, draft->definition->user);
    }
    rg_tracer_destroy(tracer);
    return status;
}

static rg_status find_axes(axes *all, rg_rule_set *set, rg_rule_draft *draft)
{
    static const rg_dtype dtypes[] = {RG_DTYPE_F16, RG_DTYPE_BF16, RG_DTYPE_F32, RG_DTYPE_F64};
    rg_annotation_survey survey;
    rg_status status = RG_OK;
    memset(&survey, 0, sizeof(survey));
    memset(all, 0, sizeof(*all));
    for (size_t i = 0; i < draft->parameter_count && status == RG_OK; i++) {
        const rg_rule_parameter *parameter = &draft->parameters[i];
        status =
            add_axis(all, draft, set->context, (axis){parameter->name, parameter->values, parameter->count, false});
    }
    if (status == RG_OK && !draft->has_examples) {
        status = survey_inputs(&survey, set, draft);
    }
    for (size_t i = 0; i < 4; i++) {
        all->dtypes[i] = rg_value_dtype(dtypes[i]);
    }
    for (uint32_t i = 0; i < survey.dtypes.count && status == RG_OK; i++) {
        status = add_axis(all, draft, set->context, (axis){survey.dtypes.items[i], all->dtypes, 4, false});
    }
    for (int64_t i = 0; i <= RG_ELLIPSIS_MAX_RANK && status == RG_OK; i++) {
        status = rg_value_int(&all->ranks[i], set->context, i);
    }
    if (status == RG_OK && survey.has_ellipsis) {
        status = add_axis(all, draft, set->context,
                          (axis){rg_string_from("..."), all->ranks, RG_ELLIPSIS_MAX_RANK + 1, true});
    }
    rg__vector_free(&set->context->allocator, &survey.dtypes);
    return status;
}

static rg_status count_instances(size_t *out, const axes *all, const rg_rule_draft *draft, rg_context *context)
{
    *out = 1;
    for (size_t i = 0; i < all->count; i++) {
        *out *= all->items[i].count;
        if (*out > MAX_INSTANCES) {
            return rg__place_report(&draft->place, context, RG_SEVERITY_ERROR, RG_ERROR_LIMIT,
                                    "the rule has more than %d instances", MAX_INSTANCES);
        }
    }
    return RG_OK;
}

/* ---- one instance ---- */

/* "rms_norm[epsilon=1e-05, T=bf16, ...=2]" */
static rg_status name_instance(rg_string *out, rg_rule_set *set, const rg_rule_draft *draft, const rg_argument *values,
                               size_t count)
{
    rg_buffer text;
    rg_status status = RG_OK;
    rg__buffer_init(&text, &set->context->allocator);
    rg__buffer_append(&text, draft->definition->name);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_dtype dtype = rg_value_as_dtype(values[i].value);
        rg__buffer_append_text(&text, i == 0 ? "[" : ", ");
        rg__buffer_append(&text, values[i].name);
        rg__buffer_append_char(&text, '=');
        if (dtype != RG_DTYPE_NONE) {
            rg__buffer_append_text(&text, rg_dtype_abbreviation(dtype));
        } else {
            status = rg_value_print(set->context, NULL, values[i].value, rg__buffer_sink(&text));
        }
    }
    if (count > 0) {
        rg__buffer_append_char(&text, ']');
    }
    if (status == RG_OK) {
        *out = draft->instance_name.size > 0 ? draft->instance_name : rg__buffer_string(&text);
        *out = text.failed ? (rg_string){NULL, 0} : rg__intern_string(set->context, *out);
        status = out->data == NULL ? rg__report_memory(set->context) : RG_OK;
    }
    rg__buffer_free(&text);
    return status;
}

/* Run one of the functions on the inputs. What the trace declared goes to `traced` when it is not NULL. */
static rg_status trace_function(rg_graph **out, rg_traced_inputs *traced, rg_rule_set *set, rg_rule_draft *draft,
                                const rg_annotation_scope *scope, rg_rule_function function)
{
    rg_tracer *tracer = NULL;
    rg_value inputs[RG_MAX_RANK];
    const rg_rule_definition *definition = draft->definition;
    rg_status status = rg_tracer_create(&tracer, set->context, definition->name);
    if (status != RG_OK) {
        return status;
    }
    tracer->scope = scope;
    tracer->unknowns = draft->unknowns;
    status = definition->inputs(tracer, definition->user);
    if (status == RG_OK && (tracer->inputs.count == 0 || tracer->inputs.count > RG_MAX_RANK)) {
        status = rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                  "a rule has 1 to %d inputs", RG_MAX_RANK);
    }
    for (uint32_t i = 0; i < tracer->inputs.count && status == RG_OK; i++) {
        inputs[i] = tracer->inputs.items[i].value;
    }
    if (status == RG_OK) {
        status = function(tracer, inputs, tracer->inputs.count, definition->user);
    }
    if (status == RG_OK && traced != NULL) {
        status = rg__traced_inputs_take(traced, set, tracer);
    }
    if (status == RG_OK) {
        status = rg_tracer_finish(out, tracer, &definition->trace);
    }
    rg_tracer_destroy(tracer);
    return status;
}

/* Trace both functions; again, while sizes of example inputs turn out to be equal or fixed. */
static rg_status trace_instance(rg_rule *rule, rg_rule_set *set, rg_rule_draft *draft, const rg_annotation_scope *scope)
{
    rg_traced_inputs traced;
    for (;;) {
        rg_status status;
        if (draft->unknowns != NULL) {
            draft->unknowns->changed = false;
        }
        memset(&traced, 0, sizeof(traced));
        status = trace_function(&rule->pattern, &traced, set, draft, scope, draft->definition->pattern);
        if (status == RG_OK) {
            status = trace_function(&rule->replacement, NULL, set, draft, scope, draft->definition->replacement);
        }
        if (draft->unknowns == NULL || !draft->unknowns->changed) {
            return status == RG_OK ? rg__traced_inputs_give(&traced, set, draft, rule) : status;
        }
        rg_graph_destroy(rule->pattern);
        rg_graph_destroy(rule->replacement);
        rule->pattern = rule->replacement = NULL;
    }
}

static rg_status register_instance(rg_rule_set *set, rg_rule_draft *draft, const rg_argument *values, size_t count,
                                   int32_t ellipsis_rank)
{
    const rg_rule_definition *definition = draft->definition;
    rg_rule rule = {.priority = definition->priority, .check = definition->check};
    rg_annotation_scope scope = {.names = values,
                                 .name_count = count - (ellipsis_rank >= 0 ? 1 : 0),
                                 .constants = draft->constants,
                                 .constant_count = draft->constant_count,
                                 .ellipsis_rank = ellipsis_rank};
    rg_context *context = set->context;
    rg_unknowns unknowns = {.context = context};
    uint32_t reported = context->diagnostics.count;
    rg_status status = name_instance(&rule.name, set, draft, values, count);
    rule.user = rule.check != NULL ? definition->user : NULL;
    rule.rule = rg__intern_string(context, definition->name);
    rule.description = rg__intern_string(context, definition->description);
    rule.file = rg__intern_string(context, draft->file);
    rule.line = draft->line;
    draft->bound = values;
    draft->bound_count = scope.name_count;
    draft->unknowns = draft->has_examples ? &unknowns : NULL;
    if (status == RG_OK && (rule.rule.data == NULL || rule.description.data == NULL || rule.file.data == NULL)) {
        status = rg__report_memory(context);
    }
    if (status == RG_OK) {
        status = trace_instance(&rule, set, draft, &scope);
    }
    if (status == RG_OK) {
        status = rg__rule_check_instance(set, draft, &rule);
    }
    if (status == RG_OK && !rg__vector_push(&context->allocator, &set->rules, rule)) {
        status = rg__report_memory(context);
    }
    rg__unknowns_free(&unknowns);
    draft->unknowns = NULL;
    if (status != RG_OK) {
        rg_graph_destroy(rule.pattern);
        rg_graph_destroy(rule.replacement);
        rg__place_diagnostics(&draft->place, context, reported);
        if (count > 0 && rule.name.data != NULL && context->diagnostics.count > reported) {
            (void)rg__place_report(&draft->place, context, RG_SEVERITY_NOTE, RG_OK, "in instance %s", rule.name.data);
        }
    }
    return status;
}

/* ---- all of them ---- */

/* Values of instance number `index`: the first axis changes slowest. Gives the rank of `...`, -1 without one. */
static int32_t instance_values(const axes *all, rg_context *context, size_t index, rg_argument *values)
{
    int64_t rank = -1;
    for (size_t i = all->count; i-- > 0;) {
        const axis *at = &all->items[i];
        values[i] = (rg_argument){at->name, at->values[index % at->count]};
        index /= at->count;
        if (at->is_ellipsis) {
            (void)rg_value_as_int(context, values[i].value, &rank);
        }
    }
    return (int32_t)rank;
}

static rg_status check_rule_name(const rg_rule_set *set, const rg_rule_draft *draft)
{
    rg_string name = draft->definition->name;
    for (uint32_t i = 0; i < set->rules.count && draft->instance_name.size == 0; i++) {
        const rg_rule *other = &set->rules.items[i];
        if (rg_string_equal(other->rule, name)) {
            return rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "rule '%.*s' is registered already%s%.*s", (int)name.size, name.data,
                                    other->file.size > 0 ? ", from " : "", (int)other->file.size, other->file.data);
        }
    }
    return RG_OK;
}

rg_status rg__draft_register(rg_rule_set *set, rg_rule_draft *draft)
{
    axes all;
    size_t count = 0;
    uint32_t first = set->rules.count;
    rg_argument values[MAX_AXES];
    rg_status status = check_rule_name(set, draft);
    if (status == RG_OK) {
        status = find_axes(&all, set, draft);
    }
    if (status == RG_OK) {
        status = count_instances(&count, &all, draft, set->context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        int32_t rank = instance_values(&all, set->context, i, values);
        status = register_instance(set, draft, values, all.count, rank);
    }
    if (status != RG_OK) {
        rg__rule_set_truncate(set, first);
    }
    return status;
}
