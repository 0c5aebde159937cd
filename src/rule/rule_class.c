/*
 * rule_class.c: a class of a rule file that describes a rule: its attributes, and its functions as those of a
 * definition (rule.h) that run their syntax.
 */
#include "ir/context_impl.h"
#include "rule/function.h"
#include "rule/rule_file.h"

typedef RG_VECTOR(rg_argument) argument_list;

/* A rule of a file. It is the `user` of its definition's functions. */
typedef struct file_rule {
    rg_rule_file *file;
    rg_frame names;           /* attributes and functions of the class */
    const rg_syntax *pattern; /* the first of `patterns`; the others have its parameters */
    const rg_syntax *replacement;
    const rg_syntax *check;  /* NULL: none */
    const rg_syntax *inputs; /* NULL: annotations of the pattern */
    rg_rule_definition definition;
    rg_rule_draft draft;
    RG_VECTOR(rg_rule_parameter) parameters;
    argument_list constants;               /* that annotations may name */
    RG_VECTOR(const rg_syntax *) patterns; /* `pattern` and every `pattern_NAME` */
    RG_VECTOR(rg_string) pattern_names;
    const rg_syntax *empty; /* where a parameter without values was given; NULL: nowhere */
    bool is_disabled;       /* `enabled = False` */
} file_rule;

/* ---- running functions ---- */

/* Bind what differs from instance to instance: parameters, dtype variables. The class's functions see these too. */
static rg_status bind_instance(rg_frame *frame, const file_rule *rule)
{
    bool done = true;
    for (size_t i = 0; i < rule->draft.bound_count && done; i++) {
        rg_item item = {.kind = RG_ITEM_VALUE, .value = rule->draft.bound[i].value};
        done = rg__frame_bind(frame, rule->draft.bound[i].name, &item);
    }
    for (uint32_t i = 0; i < rule->names.bindings.count && done; i++) {
        rg_binding binding = rule->names.bindings.items[i];
        if (binding.item.kind == RG_ITEM_FUNCTION) {
            binding.item.function.names = frame;
            done = rg__frame_bind(frame, binding.name, &binding.item);
        }
    }
    return done ? RG_OK : rg__report_memory(rule->file->set->context);
}

static rg_value run_function(rg_tracer *tracer, file_rule *rule, const rg_syntax *syntax, const rg_argument *arguments,
                             size_t count)
{
    rg_frame frame;
    rg_value result = rg_value_missing();
    rg_evaluator evaluator = rg__rule_file_evaluator(rule->file, tracer);
    rg__frame_init(&frame, &rule->names, &rule->file->set->context->allocator);
    if (rg__trace_ok(tracer, bind_instance(&frame, rule))) {
        rg_function function = {syntax, &frame, &rule->file->source};
        result = rg__function_call(&evaluator, &function, arguments, count);
    }
    rg__frame_free(&frame);
    return result;
}

typedef RG_VECTOR(rg_value) value_list;

/* Results may be nested, and a call with several results stands for all of them. */
static void flatten_results(rg_tracer *tracer, value_list *list, rg_value value)
{
    size_t count = 0;
    if (tracer->status == RG_OK && rg__trace_item_count(tracer, value, &count)) {
        for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
            flatten_results(tracer, list, rg__trace_item(tracer, value, i));
        }
    } else if (tracer->status == RG_OK && !rg__vector_push(&tracer->context->allocator, list, value)) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
}

static bool has_parameter(const rg_syntax *function, rg_string name)
{
    const rg_syntax *parameter = function->first->first;
    while (parameter != NULL && !rg_string_equal(parameter->text, name)) {
        parameter = parameter->next;
    }
    return parameter != NULL;
}

/* Inputs go by name: a check names those that it looks at. */
static rg_status trace_function(rg_tracer *tracer, file_rule *rule, const rg_syntax *syntax, const rg_value *inputs,
                                size_t count)
{
    value_list results = {0};
    rg_argument arguments[RG_MAX_RANK];
    size_t kept = 0;
    const rg_syntax *parameter = rule->pattern->first->first;
    for (size_t i = 0; i < count && parameter != NULL; i++, parameter = parameter->next) {
        if (syntax != rule->check || has_parameter(syntax, parameter->text)) {
            arguments[kept++] = (rg_argument){parameter->text, inputs[i]};
        }
    }
    rg_value result = run_function(tracer, rule, syntax, arguments, kept);
    flatten_results(tracer, &results, result);
    if (tracer->status == RG_OK) {
        tracer->place = rg__place_of(&rule->file->source, syntax);
        rg__trace_ok(tracer, rg_tracer_return(tracer, results.items, results.count));
    }
    rg__vector_free(&tracer->context->allocator, &results);
    return tracer->status;
}

static rg_status trace_pattern(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    file_rule *rule = user;
    return trace_function(tracer, rule, rule->patterns.items[rule->draft.alternative], inputs, count);
}

static rg_status trace_check(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    file_rule *rule = user;
    return trace_function(tracer, rule, rule->check, inputs, count);
}

static rg_status trace_replacement(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    file_rule *rule = user;
    return trace_function(tracer, rule, rule->replacement, inputs, count);
}

/* ---- inputs ---- */

/* An annotation, or the parameter of the rule that holds it: `scale: SCALE` with SCALE = ("f32[]", "f32[1]"). */
static rg_status read_annotation(rg_string *out, rg_tracer *tracer, file_rule *rule, const rg_syntax *annotation)
{
    rg_frame frame;
    rg_status status = rg__rule_file_annotation(out, rule->file, annotation);
    if (status != RG_OK || rg__syntax_is_absent(annotation) || annotation->kind != RG_SYNTAX_NAME) {
        return status;
    }
    rg__frame_init(&frame, &rule->names, &rule->file->set->context->allocator);
    status = bind_instance(&frame, rule);
    const rg_item *item = rg__frame_find(&frame, annotation->text);
    if (item != NULL && item->kind == RG_ITEM_VALUE && rg_value_get_kind(item->value) == RG_VALUE_STRING) {
        *out = rg_value_as_text(tracer->context, item->value);
    }
    rg__frame_free(&frame);
    return status;
}

static rg_status declare_annotated(rg_tracer *tracer, file_rule *rule)
{
    const rg_syntax *parameter = rule->pattern->first->first;
    rg_place outer = tracer->place;
    rg_status status = RG_OK;
    for (; parameter != NULL && status == RG_OK; parameter = parameter->next) {
        rg_string text;
        rg_value value;
        bool bare = rg__syntax_is_absent(parameter->first);
        tracer->place = rg__place_of(&rule->file->source, bare ? parameter : parameter->first);
        status = read_annotation(&text, tracer, rule, parameter->first);
        if (status == RG_OK && bare) {
            status = rg__rule_file_fail(rule->file, parameter, RG_ERROR_RULE,
                                        "'%.*s' needs a type, or the rule a function 'inputs' with examples",
                                        (int)parameter->text.size, parameter->text.data);
        }
        if (status == RG_OK) {
            status = rg_tracer_input(&value, tracer, parameter->text, text);
        }
    }
    tracer->place = outer;
    return status;
}

/* What an example stands for: a tensor of its type, or a scalar captured by name. */
static rg_status read_example(rg_rule_example *out, const rg_tracer *tracer, rg_value value)
{
    out->kind = RG_RULE_INPUT_TENSOR;
    out->type = rg_tracer_type(tracer, value);
    bool known =
        rg__trace_scalar_kind(&out->kind, value) || rg_type_get_kind(tracer->context, out->type) == RG_TYPE_TENSOR;
    return known ? RG_OK : RG_ERROR_TYPE;
}

/* Run the function `inputs` on a tracer of its own; its results are examples in the order of the parameters. */
static rg_status make_examples(rg_rule_example *out, size_t count, file_rule *rule)
{
    rg_tracer *tracer = NULL;
    rg_context *context = rule->file->set->context;
    rg_status status = rg_tracer_create(&tracer, context, rule->definition.name);
    rg_value list = status == RG_OK ? run_function(tracer, rule, rule->inputs, NULL, 0) : rg_value_missing();
    if (status == RG_OK) {
        status = tracer->status;
    }
    if (status == RG_OK && (!rg__trace_is_list(list) || rg_value_count(context, tracer->graph, list) != count)) {
        status = rg__rule_file_fail(rule->file, rule->inputs, RG_ERROR_RULE,
                                    "'inputs' must return a list of %zu examples, one for each parameter", count);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = read_example(&out[i], tracer, rg_value_item(context, tracer->graph, list, i));
        if (status != RG_OK) {
            status = rg__rule_file_fail(rule->file, rule->inputs, RG_ERROR_RULE,
                                        "example %zu is neither a tensor of known type nor a scalar", i + 1);
        }
    }
    rg_tracer_destroy(tracer);
    return status;
}

/* The first time the examples' sizes become unknowns; whenever, inputs are declared with what is known of them. */
static rg_status declare_examples(rg_tracer *tracer, file_rule *rule)
{
    rg_rule_example examples[RG_MAX_RANK];
    const rg_syntax *parameters = rule->pattern->first;
    const rg_syntax *parameter = parameters->first;
    rg_unknowns *unknowns = rule->draft.unknowns;
    size_t count = parameters->count;
    bool first_time = unknowns->items.count == 0;
    uint32_t open = 0;
    if (count > RG_MAX_RANK) {
        return rg__rule_file_fail(rule->file, parameters, RG_ERROR_LIMIT, "more than %d inputs", RG_MAX_RANK);
    }
    rg_status status = make_examples(examples, count, rule);
    for (size_t i = 0; i < count && status == RG_OK; i++, parameter = parameter->next) {
        rg_type declared = {0};
        rg_tensor_type tensor = rg_type_get_tensor(tracer->context, examples[i].type);
        if (examples[i].kind == RG_RULE_INPUT_TENSOR && first_time) {
            status = rg__unknowns_add(unknowns, &tensor);
        }
        if (examples[i].kind == RG_RULE_INPUT_TENSOR && status == RG_OK) {
            status = rg__unknowns_declare(&declared, unknowns, &tensor, &open);
        }
        if (status == RG_OK) {
            rg__trace_argument(tracer, rg__trace_input(tracer, parameter->text, examples[i].kind, declared));
            status = tracer->status;
        }
    }
    return status;
}

static rg_status declare_inputs(rg_tracer *tracer, void *user)
{
    file_rule *rule = user;
    return rule->inputs != NULL ? declare_examples(tracer, rule) : declare_annotated(tracer, rule);
}

/* ---- attributes ---- */

/* The names of inputs that the replacement does without. */
static rg_status read_dropped(file_rule *rule, const rg_syntax *statement, rg_value value)
{
    rg_context *context = rule->file->set->context;
    size_t count = rg_value_count(context, NULL, value);
    rg_string *names = rg__arena_allocate(&rule->file->arena, (count + 1) * sizeof(*names));
    bool fits = rg_value_get_kind(value) == RG_VALUE_LIST;
    if (names == NULL) {
        return rg__report_memory(context);
    }
    for (size_t i = 0; i < count && fits; i++) {
        rg_value name = rg_value_item(context, NULL, value, i);
        fits = rg_value_get_kind(name) == RG_VALUE_STRING;
        names[i] = rg_value_as_text(context, name);
    }
    rule->definition.dropped = names;
    rule->definition.dropped_count = fits ? count : 0;
    return fits ? RG_OK
                : rg__rule_file_fail(rule->file, statement, RG_ERROR_TYPE, "'dropped' must be a list of inputs' names");
}

/* Attributes that describe the rule instead of being seen by its functions. */
static rg_status read_reserved(bool *is_reserved, file_rule *rule, const rg_syntax *statement, rg_string name,
                               rg_value value)
{
    rg_context *context = rule->file->set->context;
    int64_t number = 0;
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {
        {"view_to_reshape", &rule->definition.trace.view_to_reshape},
        {"keep_noops", &rule->definition.trace.keep_noops},
        {"see_through", &rule->definition.see_through},
        {"commutative", &rule->definition.commutative},
        {"keep_shared", &rule->definition.keep_shared},
        {"resizes", &rule->definition.resizes},
    };
    bool *flag = NULL;
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        flag = rg_string_equal(name, rg_string_from(flags[i].name)) ? flags[i].flag : flag;
    }
    *is_reserved = true;
    if (flag != NULL) {
        *flag = rg_value_as_bool(value);
        return rg_value_get_kind(value) == RG_VALUE_BOOL
                   ? RG_OK
                   : rg__rule_file_fail(rule->file, statement, RG_ERROR_TYPE, "'%.*s' must be True or False",
                                        (int)name.size, name.data);
    }
    if (rg_string_equal(name, rg_string_from("priority"))) {
        bool fits = rg_value_as_int(context, value, &number) && number >= INT32_MIN && number <= INT32_MAX;
        rule->definition.priority = (int32_t)number;
        return fits ? RG_OK
                    : rg__rule_file_fail(rule->file, statement, RG_ERROR_TYPE,
                                         "'priority' must be an integer of 32 bits");
    }
    if (rg_string_equal(name, rg_string_from("enabled"))) {
        rule->is_disabled = !rg_value_as_bool(value);
        return rg_value_get_kind(value) == RG_VALUE_BOOL
                   ? RG_OK
                   : rg__rule_file_fail(rule->file, statement, RG_ERROR_TYPE, "'enabled' must be True or False");
    }
    if (rg_string_equal(name, rg_string_from("name"))) {
        rule->draft.instance_name = rg_value_as_text(context, value);
        return rg_value_get_kind(value) == RG_VALUE_STRING && rule->draft.instance_name.size > 0
                   ? RG_OK
                   : rg__rule_file_fail(rule->file, statement, RG_ERROR_TYPE, "'name' must be a text");
    }
    bool rounds = rg_string_equal(name, rg_string_from("rounds"));
    if (rounds || rg_string_equal(name, rg_string_from("differs"))) {
        *(rounds ? &rule->definition.rounds : &rule->definition.differs) = rg_value_as_text(context, value);
        return rg_value_get_kind(value) == RG_VALUE_STRING
                   ? RG_OK
                   : rg__rule_file_fail(rule->file, statement, RG_ERROR_TYPE, "'%s' must be a text",
                                        rounds ? "rounds" : "differs");
    }
    if (rg_string_equal(name, rg_string_from("dropped"))) {
        return read_dropped(rule, statement, value);
    }
    *is_reserved = false;
    return RG_OK;
}

/* A tuple is one instance per item. */
static rg_status add_parameter(file_rule *rule, const rg_syntax *statement, rg_string name, rg_value tuple)
{
    rg_context *context = rule->file->set->context;
    size_t count = rg_value_count(context, NULL, tuple);
    rg_value *values = rg__arena_allocate(&rule->file->arena, (count + 1) * sizeof(*values));
    rg_rule_parameter parameter = {name, values, count};
    rule->empty = count == 0 ? statement : rule->empty;
    if (values == NULL) {
        return rg__report_memory(context);
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = rg_value_item(context, NULL, tuple, i);
    }
    for (uint32_t i = 0; i < rule->parameters.count; i++) {
        if (rg_string_equal(rule->parameters.items[i].name, name)) { /* overrides a base class's */
            rule->parameters.items[i] = parameter;
            return RG_OK;
        }
    }
    return rg__vector_push(&context->allocator, &rule->parameters, parameter) ? RG_OK : rg__report_memory(context);
}

/* A base's parameter that a derived class makes a constant is none any more. */
static void drop_parameter(file_rule *rule, rg_string name)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rule->parameters.count; i++) {
        if (!rg_string_equal(rule->parameters.items[i].name, name)) {
            rule->parameters.items[kept++] = rule->parameters.items[i];
        }
    }
    rule->parameters.count = kept;
}

static rg_status read_attribute(file_rule *rule, const rg_syntax *statement)
{
    const rg_syntax *target = statement->first;
    bool is_reserved = false;
    if (target->kind != RG_SYNTAX_NAME || (statement->kind == RG_SYNTAX_ASSIGN && statement->count != 2)) {
        return rg__rule_file_fail(rule->file, statement, RG_ERROR_UNSUPPORTED, "an attribute is written NAME = VALUE");
    }
    rg_status status = rg__rule_file_assign(rule->file, &rule->names, statement);
    const rg_item *item = status == RG_OK ? rg__frame_find(&rule->names, target->text) : NULL;
    if (item == NULL || item->kind != RG_ITEM_VALUE) {
        return status;
    }
    status = read_reserved(&is_reserved, rule, statement, target->text, item->value);
    if (status != RG_OK || is_reserved) {
        return status;
    }
    if (rg_value_get_kind(item->value) == RG_VALUE_TUPLE) {
        return add_parameter(rule, statement, target->text, item->value);
    }
    drop_parameter(rule, target->text);
    return RG_OK;
}

/* ---- the class ---- */

/* `pattern`, or `pattern_NAME`: another spelling of what the rule looks for. */
static bool is_pattern_name(rg_string name)
{
    static const char word[] = "pattern";
    size_t size = sizeof(word) - 1;
    return name.size >= size && memcmp(name.data, word, size) == 0 &&
           (name.size == size || (name.data[size] == '_' && name.size > size + 1));
}

/* A function of a base class's name takes its place. */
static rg_status add_pattern(file_rule *rule, const rg_syntax *statement)
{
    const rg_allocator *allocator = &rule->file->set->context->allocator;
    for (uint32_t i = 0; i < rule->patterns.count; i++) {
        if (rg_string_equal(rule->pattern_names.items[i], statement->text)) {
            rule->patterns.items[i] = statement;
            return RG_OK;
        }
    }
    return rg__vector_push(allocator, &rule->patterns, statement) &&
                   rg__vector_push(allocator, &rule->pattern_names, statement->text)
               ? RG_OK
               : rg__report_memory(rule->file->set->context);
}

static rg_status read_function(file_rule *rule, const rg_syntax *statement)
{
    rg_item item = {.kind = RG_ITEM_FUNCTION, .value = rg_value_missing()};
    const rg_syntax **known = rg_string_equal(statement->text, rg_string_from("replacement")) ? &rule->replacement
                              : rg_string_equal(statement->text, rg_string_from("check"))     ? &rule->check
                              : rg_string_equal(statement->text, rg_string_from("inputs"))    ? &rule->inputs
                                                                                              : NULL;
    if (is_pattern_name(statement->text)) {
        return add_pattern(rule, statement);
    }
    if (known != NULL) {
        *known = statement;
        return RG_OK;
    }
    item.function = (rg_function){statement, &rule->names, &rule->file->source};
    return rg__frame_bind(&rule->names, statement->text, &item) ? RG_OK : rg__report_memory(rule->file->set->context);
}

/* The first paragraph of a docstring, on one line. */
static rg_status read_docstring(file_rule *rule, const rg_syntax *string)
{
    rg_string text;
    char *line;
    size_t size = 0;
    rg_status status = rg__syntax_string(&text, &rule->file->arena, &rule->file->source, string);
    if (status != RG_OK) {
        return status;
    }
    line = rg__arena_allocate(&rule->file->arena, text.size + 1);
    if (line == NULL) {
        return rg__report_memory(rule->file->set->context);
    }
    for (size_t i = 0; i < text.size; i++) {
        bool blank = strchr(" \t\r\n", text.data[i]) != NULL;
        bool paragraph_ends = i > 0 && size > 0 && text.data[i] == '\n' && text.data[i - 1] == '\n';
        if (paragraph_ends) {
            break;
        }
        if (!blank) {
            line[size++] = text.data[i];
        } else if (size > 0 && line[size - 1] != ' ') {
            line[size++] = ' ';
        }
    }
    while (size > 0 && line[size - 1] == ' ') {
        size--;
    }
    rule->definition.description = (rg_string){line, size};
    return RG_OK;
}

static rg_status read_statement(file_rule *rule, const rg_syntax *statement)
{
    switch (statement->kind) {
    case RG_SYNTAX_ASSIGN:
    case RG_SYNTAX_DECLARE:
        return read_attribute(rule, statement);
    case RG_SYNTAX_FUNCTION:
        return read_function(rule, statement);
    case RG_SYNTAX_PASS:
        return RG_OK;
    case RG_SYNTAX_DECORATOR:
        if (statement->first->kind == RG_SYNTAX_NAME &&
            rg_string_equal(statement->first->text, rg_string_from("staticmethod"))) {
            return RG_OK;
        }
        break;
    case RG_SYNTAX_EXPRESSION:
        if (statement->first->kind == RG_SYNTAX_STRING) {
            return read_docstring(rule, statement->first);
        }
        if (statement->first->kind == RG_SYNTAX_ELLIPSIS) {
            return RG_OK;
        }
        break;
    default:
        break;
    }
    return rg__rule_file_fail(rule->file, statement, RG_ERROR_UNSUPPORTED, "a rule holds attributes and functions");
}

/* What a class inherits stands first, so that its own statements override it; a name and a docstring are its own. */
static rg_status read_class(file_rule *rule, const rg_file_class *class)
{
    rg_status status = class->base != NULL ? read_class(rule, class->base) : RG_OK;
    const rg_syntax *statement = class->syntax->last->first;
    rule->draft.instance_name = (rg_string){NULL, 0};
    rule->definition.description = (rg_string){NULL, 0};
    for (; statement != NULL && status == RG_OK; statement = statement->next) {
        status = read_statement(rule, statement);
    }
    return status;
}

/* A function takes the pattern's parameters, in order; it need not repeat their types. */
static rg_status check_parameters(file_rule *rule, const rg_syntax *function)
{
    const rg_syntax *own = function->first->first;
    const rg_syntax *parameter = rule->pattern->first->first;
    for (; parameter != NULL && own != NULL; parameter = parameter->next, own = own->next) {
        rg_string type;
        rg_string own_type;
        rg_status status = rg__rule_file_annotation(&type, rule->file, parameter->first);
        if (status == RG_OK) {
            status = rg__rule_file_annotation(&own_type, rule->file, own->first);
        }
        if (status != RG_OK) {
            return status;
        }
        if (!rg_string_equal(parameter->text, own->text)) {
            return rg__rule_file_fail(
                rule->file, own, RG_ERROR_RULE, "the %.*s's parameters are not the pattern's: '%.*s' is expected here",
                (int)function->text.size, function->text.data, (int)parameter->text.size, parameter->text.data);
        }
        if (own_type.size > 0 && !rg_string_equal(type, own_type)) {
            return rg__rule_file_fail(rule->file, own, RG_ERROR_RULE, "'%.*s' has another type in the pattern",
                                      (int)own->text.size, own->text.data);
        }
    }
    if (own != NULL || parameter != NULL) {
        const char *which = own != NULL ? "more" : "fewer";
        return rg__rule_file_fail(rule->file, function->first, RG_ERROR_RULE,
                                  "the %.*s has %s parameters than the pattern", (int)function->text.size,
                                  function->text.data, which);
    }
    return RG_OK;
}

/* Without instances a rule is a mistake, unless it says itself that it is not wanted. */
static rg_status check_instances(const file_rule *rule)
{
    for (uint32_t i = 0; i < rule->parameters.count; i++) {
        const rg_rule_parameter *parameter = &rule->parameters.items[i];
        if (parameter->count == 0) {
            return rg__rule_file_fail(rule->file, rule->empty, RG_ERROR_RULE,
                                      "parameter '%.*s' has no values, so the rule has no instances",
                                      (int)parameter->name.size, parameter->name.data);
        }
    }
    return RG_OK;
}

/* A check names inputs of the rule, those that it needs. */
static rg_status check_names(file_rule *rule)
{
    const rg_syntax *own = rule->check == NULL ? NULL : rule->check->first->first;
    for (; own != NULL; own = own->next) {
        if (!has_parameter(rule->pattern, own->text)) {
            return rg__rule_file_fail(rule->file, own, RG_ERROR_RULE, "'%.*s' is no input of the rule",
                                      (int)own->text.size, own->text.data);
        }
    }
    return RG_OK;
}

static rg_status check_functions(file_rule *rule)
{
    rg_status status = check_parameters(rule, rule->replacement);
    for (uint32_t i = 1; i < rule->patterns.count && status == RG_OK; i++) {
        status = check_parameters(rule, rule->patterns.items[i]);
    }
    return status == RG_OK ? check_names(rule) : status;
}

/* Integers and dtypes among the constants of a frame; a class's hide those of its module. */
static rg_status add_constants(argument_list *list, const file_rule *rule, const rg_frame *frame)
{
    for (uint32_t i = 0; i < frame->bindings.count; i++) {
        const rg_binding *binding = &frame->bindings.items[i];
        rg_value_kind kind = rg_value_get_kind(binding->item.value);
        rg_argument constant = {binding->name, binding->item.value};
        bool hidden = rg__frame_find(&rule->names, binding->name) != &binding->item;
        if (binding->item.kind == RG_ITEM_VALUE && (kind == RG_VALUE_INT || kind == RG_VALUE_DTYPE) && !hidden &&
            !rg__vector_push(&rule->file->set->context->allocator, list, constant)) {
            return rg__report_memory(rule->file->set->context);
        }
    }
    return RG_OK;
}

static void describe(file_rule *rule, const rg_file_class *class)
{
    rg_rule_draft *draft = &rule->draft;
    rule->definition.name = class->name;
    rule->definition.inputs = declare_inputs;
    rule->definition.pattern = trace_pattern;
    rule->definition.replacement = trace_replacement;
    rule->definition.user = rule;
    draft->definition = &rule->definition;
    draft->file = rule->file->source.file;
    draft->line = class->syntax->line + rule->file->source.first_line - 1;
    draft->place = rg__place_of(&rule->file->source, class->syntax);
    draft->parameters = rule->parameters.items;
    draft->parameter_count = rule->parameters.count;
    draft->constants = rule->constants.items;
    draft->constant_count = rule->constants.count;
    draft->has_examples = rule->inputs != NULL;
    draft->alternatives = rule->pattern_names.items;
    draft->alternative_count = rule->patterns.count;
    draft->check = rule->check == NULL ? NULL : trace_check;
    if (rule->pattern != NULL && rule->replacement != NULL) {
        draft->pattern_place = rg__place_of(&rule->file->source, rule->pattern);
        draft->replacement_place = rg__place_of(&rule->file->source, rule->replacement);
    }
}

rg_status rg__rule_class_load(rg_rule_file *file, const rg_file_class *class)
{
    const rg_allocator *allocator = &file->set->context->allocator;
    file_rule rule = {.file = file, .definition = RG_RULE_DEFINITION_INIT};
    rg__frame_init(&rule.names, &file->names, allocator);
    rg_status status = read_class(&rule, class);
    if (status == RG_OK) {
        status = add_constants(&rule.constants, &rule, &rule.names);
    }
    if (status == RG_OK) {
        status = add_constants(&rule.constants, &rule, &file->names);
    }
    rule.pattern = rule.patterns.count == 0 ? NULL : rule.patterns.items[0];
    describe(&rule, class);
    if (status == RG_OK && (rule.pattern == NULL) != (rule.replacement == NULL)) {
        status = rg__rule_file_fail(file, class->syntax, RG_ERROR_RULE, "rule '%.*s' has no %s", (int)class->name.size,
                                    class->name.data, rule.pattern == NULL ? "pattern" : "replacement");
    }
    /* A class without both is a base for others. */
    if (status == RG_OK && rule.pattern != NULL && !rule.is_disabled) {
        status = check_instances(&rule);
        if (status == RG_OK) {
            status = check_functions(&rule);
        }
        if (status == RG_OK) {
            status = rg__draft_register(file->set, &rule.draft);
        }
    }
    rg__vector_free(allocator, &rule.parameters);
    rg__vector_free(allocator, &rule.constants);
    rg__vector_free(allocator, &rule.patterns);
    rg__vector_free(allocator, &rule.pattern_names);
    rg__frame_free(&rule.names);
    return status;
}
