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

/* What instances differ in. In this order, so that the values that functions see come first. */
typedef enum axis_kind {
    AXIS_NAME,        /* a parameter or a dtype variable */
    AXIS_ELLIPSIS,    /* the rank of `...` */
    AXIS_OPTIONAL,    /* an optional input: given, or None */
    AXIS_ALTERNATIVE, /* the pattern function */
} axis_kind;

typedef struct axis {
    axis_kind kind;
    rg_string name;
    const rg_value *values; /* NULL: the numbers from 0 on */
    size_t count;
} axis;

typedef struct axes {
    axis items[MAX_AXES];
    size_t count;
    rg_value dtypes[4];
} axes;

/* One combination of the axes' values. */
typedef struct instance {
    const axes *all;
    size_t choices[MAX_AXES];    /* by axis */
    rg_argument names[MAX_AXES]; /* parameters and dtype variables with their values */
    rg_string absent[MAX_AXES];  /* optional inputs that it does without */
    size_t name_count;
    size_t absent_count;
    size_t alternative;
    int32_t ellipsis_rank; /* -1 without `...` */
} instance;

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

/* Run the inputs function once to see which dtype variables and optional inputs it has, and whether `...` occurs. The
 * first value of each parameter stands for all. */
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
            add_axis(all, draft, set->context, (axis){AXIS_NAME, parameter->name, parameter->values, parameter->count});
    }
    if (status == RG_OK && !draft->has_examples) {
        status = survey_inputs(&survey, set, draft);
    }
    for (size_t i = 0; i < 4; i++) {
        all->dtypes[i] = rg_value_dtype(dtypes[i]);
    }
    for (uint32_t i = 0; i < survey.dtypes.count && status == RG_OK; i++) {
        status = add_axis(all, draft, set->context, (axis){AXIS_NAME, survey.dtypes.items[i], all->dtypes, 4});
    }
    if (status == RG_OK && survey.has_ellipsis) {
        status = add_axis(all, draft, set->context,
                          (axis){AXIS_ELLIPSIS, rg_string_from("..."), NULL, RG_ELLIPSIS_MAX_RANK + 1});
    }
    for (uint32_t i = 0; i < survey.optionals.count && status == RG_OK; i++) {
        status = add_axis(all, draft, set->context, (axis){AXIS_OPTIONAL, survey.optionals.items[i], NULL, 2});
    }
    if (status == RG_OK && draft->alternative_count > 1) {
        status = add_axis(all, draft, set->context,
                          (axis){AXIS_ALTERNATIVE, rg_string_from("pattern"), NULL, draft->alternative_count});
    }
    rg__vector_free(&set->context->allocator, &survey.dtypes);
    rg__vector_free(&set->context->allocator, &survey.optionals);
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

/* Instance number `index`: the first axis changes slowest. */
static void choose_instance(instance *out, const axes *all, size_t index)
{
    memset(out, 0, sizeof(*out));
    out->all = all;
    out->ellipsis_rank = -1;
    for (size_t i = all->count; i-- > 0;) {
        out->choices[i] = index % all->items[i].count;
        index /= all->items[i].count;
    }
    for (size_t i = 0; i < all->count; i++) {
        const axis *at = &all->items[i];
        size_t choice = out->choices[i];
        switch (at->kind) {
        case AXIS_NAME:
            out->names[out->name_count++] = (rg_argument){at->name, at->values[choice]};
            break;
        case AXIS_ELLIPSIS:
            out->ellipsis_rank = (int32_t)choice;
            break;
        case AXIS_OPTIONAL:
            if (choice == 1) {
                out->absent[out->absent_count++] = at->name;
            }
            break;
        case AXIS_ALTERNATIVE:
            out->alternative = choice;
            break;
        }
    }
}

/* ---- one instance ---- */

/* What stands for a value in the name of an instance: of a record that has a name, that name. */
static rg_value shown(const rg_context *context, rg_value value)
{
    bool is_record = rg_value_get_kind(value) == RG_VALUE_DICT && rg_value_count(context, NULL, value) >= 2;
    rg_value first = is_record ? rg_value_item(context, NULL, value, 1) : value;
    return rg_value_get_kind(first) == RG_VALUE_STRING ? first : value;
}

/* What the instance's name says of one axis: "epsilon=1e-05", "T=bf16", "...=2", "mask=None", "pattern_scaled". */
static rg_status name_choice(rg_buffer *text, rg_context *context, const rg_rule_draft *draft, const axis *at,
                             size_t choice)
{
    static const char *const presence[] = {"given", "None"};
    if (at->kind == AXIS_ALTERNATIVE) {
        rg__buffer_append(text, draft->alternatives[choice]);
        return RG_OK;
    }
    rg__buffer_append(text, at->name);
    rg__buffer_append_char(text, '=');
    if (at->kind == AXIS_OPTIONAL) {
        rg__buffer_append_text(text, presence[choice]);
        return RG_OK;
    }
    if (at->kind == AXIS_ELLIPSIS) {
        rg__buffer_append_int(text, (int64_t)choice);
        return RG_OK;
    }
    rg_dtype dtype = rg_value_as_dtype(at->values[choice]);
    if (dtype == RG_DTYPE_NONE) {
        return rg_value_print(context, NULL, shown(context, at->values[choice]), rg__buffer_sink(text));
    }
    rg__buffer_append_text(text, rg_dtype_abbreviation(dtype));
    return RG_OK;
}

/* "rms_norm[epsilon=1e-05, T=bf16, ...=2]" */
static rg_status name_instance(rg_string *out, rg_rule_set *set, const rg_rule_draft *draft, const instance *which)
{
    rg_buffer text;
    rg_status status = RG_OK;
    size_t count = which->all->count;
    rg__buffer_init(&text, &set->context->allocator);
    rg__buffer_append(&text, draft->definition->name);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg__buffer_append_text(&text, i == 0 ? "[" : ", ");
        status = name_choice(&text, set->context, draft, &which->all->items[i], which->choices[i]);
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

/* Declare the inputs of the rule, and those that the pattern has besides (literals marked free). They are worked out
 * once for all functions; anew only where they are examples, whose sizes a trace may have told. */
static rg_status declare_inputs(rg_tracer *tracer, rg_rule_set *set, const rg_rule_draft *draft,
                                const rg_traced_inputs *traced)
{
    const rg_rule_definition *definition = draft->definition;
    if (traced->inputs != NULL && draft->unknowns == NULL) {
        return rg__traced_inputs_declare(traced, tracer);
    }
    rg_status status = definition->inputs(tracer, definition->user);
    if (status == RG_OK && (tracer->arguments.count == 0 || tracer->arguments.count > RG_MAX_RANK)) {
        status = rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                  "a rule has 1 to %d inputs", RG_MAX_RANK);
    }
    size_t count = traced->inputs == NULL ? 0 : traced->count;
    for (size_t i = tracer->inputs.count; i < count && status == RG_OK; i++) {
        rg__trace_input(tracer, traced->inputs[i].name, traced->inputs[i].kind, traced->inputs[i].type);
        status = tracer->status;
    }
    return status;
}

/* Where the file has the nodes of a pattern and of a guard: told when a match is not found. */
static rg_status keep_places(rg_rule *rule, rg_rule_set *set, const rg_rule_draft *draft, const rg_tracer *tracer,
                             rg_trace_role role)
{
    /* A rule from C may evaluate texts; they are gone when their call returns. */
    bool is_from_file = draft->place.source != NULL;
    if (role == RG_TRACE_REPLACEMENT || tracer->places.count == 0 || !is_from_file) {
        return RG_OK;
    }
    const rg_place *places = rg__places_keep(set, tracer->places.items, tracer->places.count);
    if (role == RG_TRACE_PATTERN) {
        rule->pattern_places = places;
        rule->pattern_place_count = tracer->places.count;
    } else {
        rule->guard_places = places;
        rule->guard_place_count = tracer->places.count;
    }
    return places == NULL ? RG_ERROR_MEMORY : RG_OK;
}

/* Run one of the functions on the inputs. The first one, and then the pattern, say in `traced` what these are. */
static rg_status trace_function(rg_rule *rule, rg_traced_inputs *traced, rg_rule_set *set, rg_rule_draft *draft,
                                const rg_annotation_scope *scope, rg_trace_role role)
{
    rg_tracer *tracer = NULL;
    rg_value arguments[RG_MAX_RANK];
    const rg_rule_definition *definition = draft->definition;
    const rg_rule_function functions[] = {[RG_TRACE_PATTERN] = definition->pattern,
                                          [RG_TRACE_REPLACEMENT] = definition->replacement,
                                          [RG_TRACE_CHECK] = draft->check};
    rg_status status = rg_tracer_create(&tracer, set->context, definition->name);
    if (status != RG_OK) {
        return status;
    }
    tracer->scope = scope;
    tracer->unknowns = draft->unknowns;
    tracer->role = role;
    status = declare_inputs(tracer, set, draft, traced);
    size_t declared_count = tracer->inputs.count;
    if (status == RG_OK && traced->inputs == NULL) {
        status = rg__traced_inputs_take(traced, set, tracer);
    }
    for (uint32_t i = 0; i < tracer->arguments.count && status == RG_OK; i++) {
        arguments[i] = tracer->arguments.items[i];
    }
    if (status == RG_OK) {
        status = functions[role](tracer, arguments, tracer->arguments.count, definition->user);
    }
    if (status == RG_OK && role == RG_TRACE_PATTERN) {
        status = rg__traced_inputs_take(traced, set, tracer);
        traced->declared_count = declared_count;
    }
    if (status == RG_OK) {
        rg_graph **graphs[] = {[RG_TRACE_PATTERN] = &rule->pattern,
                               [RG_TRACE_REPLACEMENT] = &rule->replacement,
                               [RG_TRACE_CHECK] = &rule->guard};
        status = rg_tracer_finish(graphs[role], tracer, &definition->trace);
    }
    if (status == RG_OK) {
        status = keep_places(rule, set, draft, tracer, role);
    }
    rg_tracer_destroy(tracer);
    return status;
}

static void destroy_graphs(rg_rule *rule)
{
    rg_graph_destroy(rule->pattern);
    rg_graph_destroy(rule->replacement);
    rg_graph_destroy(rule->guard);
    rule->pattern = rule->replacement = rule->guard = NULL;
}

/* A check that is decided by the rule's parameters alone: the instance has no guard, or is left out. */
static bool is_left_out(rg_rule *rule)
{
    if (rule->guard == NULL) {
        return false;
    }
    rg_value verdict = rg_node_argument(rule->guard, rg_graph_output(rule->guard), 0);
    if (rg_value_get_kind(verdict) != RG_VALUE_BOOL) {
        return false;
    }
    rg_graph_destroy(rule->guard);
    rule->guard = NULL;
    return !rg_value_as_bool(verdict);
}

/* A check looks at inputs alone, so it goes first and saves the traces of an instance that it leaves out; but not where
 * tracing the pattern tells sizes, and again if the pattern turns out to have more inputs. */
static rg_status trace_functions(bool *left_out, rg_rule *rule, rg_traced_inputs *traced, rg_rule_set *set,
                                 rg_rule_draft *draft, const rg_annotation_scope *scope)
{
    bool has_check = draft->check != NULL;
    bool check_first = has_check && draft->unknowns == NULL;
    *left_out = false;
    rg_status status = check_first ? trace_function(rule, traced, set, draft, scope, RG_TRACE_CHECK) : RG_OK;
    if (status == RG_OK) {
        *left_out = is_left_out(rule);
    }
    if (status == RG_OK && !*left_out) {
        status = trace_function(rule, traced, set, draft, scope, RG_TRACE_PATTERN);
    }
    if (status == RG_OK && !*left_out) {
        status = trace_function(rule, traced, set, draft, scope, RG_TRACE_REPLACEMENT);
    }
    bool lacks_inputs = rule->guard != NULL && traced->count > traced->declared_count;
    if (status == RG_OK && !*left_out && has_check && (!check_first || lacks_inputs)) {
        rg_graph_destroy(rule->guard);
        rule->guard = NULL;
        status = trace_function(rule, traced, set, draft, scope, RG_TRACE_CHECK);
        if (status == RG_OK) {
            *left_out = is_left_out(rule);
        }
    }
    return status;
}

/* Trace the functions; again, while sizes of example inputs turn out to be equal or fixed. `*left_out`: the check is
 * False whatever is matched. */
static rg_status trace_instance(bool *left_out, rg_rule *rule, rg_rule_set *set, rg_rule_draft *draft,
                                const rg_annotation_scope *scope)
{
    for (;;) {
        rg_traced_inputs traced = {.inputs = NULL};
        if (draft->unknowns != NULL) {
            draft->unknowns->changed = false;
        }
        rg_status status = trace_functions(left_out, rule, &traced, set, draft, scope);
        if (draft->unknowns == NULL || !draft->unknowns->changed) {
            return status == RG_OK && !*left_out ? rg__traced_inputs_give(&traced, set, draft, rule) : status;
        }
        destroy_graphs(rule);
    }
}

/* What an instance has from the rule's definition, whatever its parameters. */
static rg_rule describe(const rg_rule_set *set, const rg_rule_draft *draft)
{
    const rg_rule_definition *definition = draft->definition;
    rg_rule rule = {.priority = definition->priority,
                    .keep_shared = definition->keep_shared,
                    .resizes = definition->resizes,
                    .check = definition->check};
    rule.see_through = definition->see_through && !set->exact;
    rule.commutative = definition->commutative && !set->exact;
    rule.spelled = set->exact;
    rule.user = rule.check != NULL ? definition->user : NULL;
    rule.rule = rg__intern_string(set->context, definition->name);
    rule.description = rg__intern_string(set->context, definition->description);
    rule.file = rg__intern_string(set->context, draft->file);
    rule.line = draft->line;
    rule.differs = rg__intern_string(set->context, definition->differs);
    rule.rounds = rg__intern_string(set->context, definition->rounds);
    return rule;
}

/* Where the file has the rule itself. */
static rg_status keep_own_places(rg_rule *rule, rg_rule_set *set, const rg_rule_draft *draft)
{
    const rg_place places[] = {draft->place, draft->replacement_place};
    const rg_place *kept = rg__places_keep(set, places, sizeof(places) / sizeof(places[0]));
    if (kept == NULL) {
        return RG_ERROR_MEMORY;
    }
    rule->place = kept[0];
    rule->replacement_place = kept[1];
    return RG_OK;
}

static rg_status register_instance(rg_rule_set *set, rg_rule_draft *draft, const instance *which)
{
    rg_rule rule = describe(set, draft);
    rg_annotation_scope scope = {.names = which->names,
                                 .name_count = which->name_count,
                                 .constants = draft->constants,
                                 .constant_count = draft->constant_count,
                                 .absent = which->absent,
                                 .absent_count = which->absent_count,
                                 .ellipsis_rank = which->ellipsis_rank};
    rg_context *context = set->context;
    rg_unknowns unknowns = {.context = context};
    uint32_t reported = context->diagnostics.count;
    bool left_out = false;
    rg_status status = name_instance(&rule.name, set, draft, which);
    draft->bound = which->names;
    draft->bound_count = which->name_count;
    draft->alternative = which->alternative;
    draft->absent = which->absent;
    draft->absent_count = which->absent_count;
    draft->unknowns = draft->has_examples ? &unknowns : NULL;
    if (status == RG_OK && (rule.rule.data == NULL || rule.description.data == NULL || rule.file.data == NULL ||
                            rule.differs.data == NULL || rule.rounds.data == NULL)) {
        status = rg__report_memory(context);
    }
    if (status == RG_OK) {
        status = keep_own_places(&rule, set, draft);
    }
    if (status == RG_OK) {
        status = trace_instance(&left_out, &rule, set, draft, &scope);
    }
    if (status == RG_OK && !left_out) {
        status = rg__rule_check_instance(&left_out, set, draft, &rule);
    }
    if (status == RG_OK && !left_out && !rg__vector_push(&context->allocator, &set->rules, rule)) {
        status = rg__report_memory(context);
    }
    rg__unknowns_free(&unknowns);
    draft->unknowns = NULL;
    if (status != RG_OK || left_out) {
        destroy_graphs(&rule);
    }
    if (status != RG_OK) {
        rg__place_diagnostics(&draft->place, context, reported);
        if (which->all->count > 0 && rule.name.data != NULL && context->diagnostics.count > reported) {
            (void)rg__place_report(&draft->place, context, RG_SEVERITY_NOTE, RG_OK, "in instance %s", rule.name.data);
        }
    }
    return status;
}

/* ---- all of them ---- */

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
    rg_status status = check_rule_name(set, draft);
    if (status == RG_OK) {
        status = find_axes(&all, set, draft);
    }
    if (status == RG_OK) {
        status = count_instances(&count, &all, draft, set->context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        instance which;
        choose_instance(&which, &all, i);
        status = register_instance(set, draft, &which);
    }
    if (status == RG_OK && set->rules.count == first) {
        status = rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                  "the check is False for every instance of the rule");
    }
    if (status != RG_OK) {
        rg__rule_set_truncate(set, first);
    }
    return status;
}
