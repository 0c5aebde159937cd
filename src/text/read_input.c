/*
 * read_input.c: what brings placeholders into a function: parameters, or lines that unpack or unbox them; and the lines
 * that give a placeholder another name than its parameter's.
 */
#include "ir/context_impl.h"
#include "text/function_reader.h"

/* ---- placeholders ---- */

static rg_string without_stars(rg_string name)
{
    while (name.size > 0 && name.data[0] == '*') {
        name = (rg_string){name.data + 1, name.size - 1};
    }
    return name;
}

/* The input of that parameter name; NULL when there is none. */
static rg_pending_input *find_input(rg_function_reader *function, rg_string name)
{
    uint32_t index;
    uint32_t id = rg__intern_find(&function->reader->context->strings, name.data, name.size);
    bool found = id != 0 && rg__map_find(&function->inputs_by_name, id, &index);
    return found ? &function->inputs.items[index] : NULL;
}

static rg_status add_input(rg_function_reader *function, const rg_pending_input *input)
{
    rg_reader *reader = function->reader;
    rg_string name = without_stars(input->target);
    if (find_input(function, name) != NULL) {
        return rg__source_report(reader->source, input->offset, input->target.size, RG_ERROR_NAME, NULL,
                                 "there are two parameters named '%.*s'", RG_SHOWN(name));
    }
    uint32_t id = rg__string_id(reader->context, name);
    if (id == 0 ||
        !rg__map_set(rg__function_allocator(function), &function->inputs_by_name, id, function->inputs.count) ||
        !rg__vector_push(rg__function_allocator(function), &function->inputs, *input)) {
        return rg__report_memory(function->reader->context);
    }
    return RG_OK;
}

/* In an expanded signature, the comment behind the comma of the parameter that ends at `end`. */
static rg_status keep_parameter_comment(rg_reader *reader, rg_node node, uint32_t end)
{
    rg_string text = reader->source->text;
    while (end < text.size && (text.data[end] == ' ' || text.data[end] == ',')) {
        end++;
    }
    if (end >= text.size || text.data[end] != '#') {
        return RG_OK;
    }
    uint32_t start = end;
    while (text.data[start - 1] == ' ') {
        start--;
    }
    return rg__read_keep(reader, node, RG_LAYOUT_COMMENT, start, rg__read_line_end(reader, end));
}

/* Make the placeholders, once no line that names one can follow. */
rg_status rg__read_make_inputs(rg_function_reader *function)
{
    rg_reader *reader = function->reader;
    rg_op op = rg__op_pseudo(RG_OP_PLACEHOLDER);
    if (function->inputs_made) {
        return RG_OK;
    }
    function->inputs_made = true;
    if (function->declared.count > 0) {
        return rg__source_report(reader->source, function->declared.items[0].offset, 1, RG_ERROR_SYNTAX,
                                 "a line that unpacks the parameters", "a declared name that nothing defines");
    }
    for (uint32_t i = 0; i < function->inputs.count; i++) {
        const rg_pending_input *input = &function->inputs.items[i];
        rg_argument default_argument = {{"", 0}, input->default_value};
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        description.op = op;
        description.name = input->name.size > 0 ? input->name : without_stars(input->target);
        description.target = input->target;
        description.arguments = &default_argument;
        description.argument_count = rg_value_is_missing(input->default_value) ? 0 : 1;
        if (!rg_node_is_null(rg_graph_find(reader->graph, description.name))) {
            return rg__source_report(reader->source, input->offset, 1, RG_ERROR_NAME, NULL,
                                     "there is already a node named '%.*s'", RG_SHOWN(description.name));
        }
        rg_node node;
        rg_status status = rg_graph_insert(&node, reader->graph, (rg_node){0}, &description);
        if (status == RG_OK) {
            status = rg__read_set_annotation(reader, node, &input->annotation);
        }
        if (status == RG_OK && function->style->signature == RG_SIGNATURE_EXPANDED) {
            status = keep_parameter_comment(reader, node, input->end);
        }
        if (status != RG_OK) {
            rg__source_note(reader->source, input->offset, 1, "while reading this parameter");
            return status;
        }
    }
    return RG_OK;
}

static rg_status read_parameter(rg_function_reader *function, const rg_syntax *syntax)
{
    rg_reader *reader = function->reader;
    const rg_syntax *annotation = syntax->first;
    rg_pending_input input = {
        .target = syntax->text, .offset = syntax->offset, .end = syntax->end, .default_value = rg_value_missing()};
    if (without_stars(syntax->text).size == 0 || syntax->text.data[0] == '/') {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_UNSUPPORTED, "a parameter",
                                 "a mark between parameters");
    }
    rg_status status = rg__read_annotation(&input.annotation, reader, annotation);
    if (status == RG_OK && !rg__syntax_is_absent(annotation->next)) {
        status = rg__read_value(&input.default_value, reader, annotation->next);
    }
    return status == RG_OK ? add_input(function, &input) : status;
}

/* Does the text between the parameters have line ends, one before each? */
static bool is_expanded(const rg_reader *reader, const rg_syntax *parameters)
{
    rg_string text = rg__syntax_source(reader->source, parameters);
    return parameters->count > 0 && memchr(text.data, '\n', text.size) != NULL;
}

rg_status rg__read_signature(rg_function_reader *function, const rg_syntax *def)
{
    rg_reader *reader = function->reader;
    const rg_syntax *parameters = def->first;
    const rg_syntax *result = parameters->next;
    const rg_syntax *self = parameters->first;
    rg_node graph = {0};
    if (self == NULL || !rg__is_word(self->text, "self")) {
        return rg__syntax_report(reader->source, self == NULL ? parameters : self, RG_ERROR_SYNTAX, "'self'",
                                 "expected 'self' as the first parameter");
    }
    reader->written->signature_start = parameters->offset;
    reader->written->signature_end = rg__read_line_end(reader, def->end);
    function->style->signature = is_expanded(reader, parameters) ? RG_SIGNATURE_EXPANDED : RG_SIGNATURE_INLINE;
    function->parameters_start = parameters->offset + 1;
    function->parameters_end = parameters->end - 1;
    function->unread = rg__read_next_line(reader, def->end);
    rg_status status = rg__is_word(def->text, "forward")
                           ? RG_OK
                           : rg__layout_set_text(reader->graph, graph, RG_LAYOUT_FUNCTION, def->text);
    if (status == RG_OK && !rg__syntax_is_absent(result)) {
        status = rg__read_keep(reader, graph, RG_LAYOUT_RESULT, result->offset, result->end);
    }
    for (const rg_syntax *parameter = self->next; parameter != NULL && status == RG_OK; parameter = parameter->next) {
        status = read_parameter(function, parameter);
    }
    return status;
}

/* Forget the parameters of `def`: they only carry the placeholders. */
static rg_status replace_parameters(rg_function_reader *function, rg_signature_style style)
{
    rg_reader *reader = function->reader;
    function->inputs.count = 0;
    rg__map_clear(&function->inputs_by_name);
    function->style->signature = (uint8_t)style;
    return rg__read_keep(reader, (rg_node){0}, RG_LAYOUT_PARAMETERS, function->parameters_start,
                         function->parameters_end);
}

/* ---- the lines that bring placeholders in ---- */

/* `x: "T"` */
rg_status rg__read_declaration(rg_function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    const rg_syntax *target = statement->first;
    rg_pending_input input = {.target = target->text, .offset = target->offset, .default_value = rg_value_missing()};
    if (function->inputs_made || target->kind != RG_SYNTAX_NAME) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "'= value'",
                                 "a declaration without a value");
    }
    rg_status status = rg__read_annotation(&input.annotation, reader, target->next);
    uint32_t id = rg__string_id(reader->context, target->text);
    if (status == RG_OK &&
        (id == 0 ||
         !rg__map_set(rg__function_allocator(function), &function->declared_by_name, id, function->declared.count) ||
         !rg__vector_push(rg__function_allocator(function), &function->declared, input))) {
        return rg__report_memory(function->reader->context);
    }
    rg_string text = reader->source->text;
    function->style->declarations_expanded = statement->end >= text.size || text.data[statement->end] != ';';
    function->role = RG_LINE_INPUT;
    return status;
}

/* `a, b, = fx_pytree.tree_flatten_spec(...)` */
rg_status rg__read_unpacking(rg_function_reader *function, const rg_syntax *targets, const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    rg_string name;
    bool unpacks = !function->inputs_made && value->kind == RG_SYNTAX_CALL &&
                   rg__syntax_dotted(&name, NULL, &reader->arena, value->first) && name.data != NULL &&
                   rg__ends_with(name, "tree_flatten_spec");
    if (!unpacks) {
        return rg__syntax_report(reader->source, targets, RG_ERROR_SYNTAX, "one name", "several names to assign to");
    }
    rg_status status = replace_parameters(function, RG_SIGNATURE_UNPACKED);
    function->role = RG_LINE_INPUT;
    for (const rg_syntax *target = targets->first; target != NULL && status == RG_OK; target = target->next) {
        rg_pending_input input = {
            .target = target->text, .offset = target->offset, .default_value = rg_value_missing()};
        uint32_t id = rg__intern_find(&reader->context->strings, target->text.data, target->text.size);
        uint32_t index;
        if (target->kind != RG_SYNTAX_NAME) {
            return rg__syntax_report(reader->source, target, RG_ERROR_SYNTAX, "a name", "expected a name to assign to");
        }
        if (id != 0 && rg__map_find(&function->declared_by_name, id, &index)) {
            input.annotation = function->declared.items[index].annotation;
        }
        status = add_input(function, &input);
    }
    function->declared.count = 0;
    return status == RG_OK ? rg__read_keep(reader, (rg_node){0}, RG_LAYOUT_UNPACK, value->offset, value->end) : status;
}

/* Is it `function(argument)`, both names? */
static bool is_call_of(const rg_syntax *syntax, const char *function, const char *argument)
{
    return syntax->kind == RG_SYNTAX_CALL && syntax->count == 2 && syntax->first->kind == RG_SYNTAX_NAME &&
           rg__is_word(syntax->first->text, function) && syntax->last->kind == RG_SYNTAX_NAME &&
           rg__is_word(syntax->last->text, argument);
}

/* `args_iter = iter(args_list)`, then `x = next(args_iter)`. False in `*done` when it is neither. */
rg_status rg__read_unboxing(rg_function_reader *function, const rg_syntax *target, const rg_syntax *value, bool *done)
{
    bool starts = rg__is_word(target->text, "args_iter") && is_call_of(value, "iter", "args_list") &&
                  function->inputs.count == 1 && rg__is_word(function->inputs.items[0].target, "args_list");
    *done = !function->inputs_made && (starts || (function->is_boxed && is_call_of(value, "next", "args_iter")));
    if (!*done) {
        return RG_OK;
    }
    function->role = RG_LINE_INPUT;
    if (starts) {
        function->is_boxed = true;
        return replace_parameters(function, RG_SIGNATURE_BOXED);
    }
    rg_pending_input input = {.target = target->text, .offset = target->offset, .default_value = rg_value_missing()};
    return add_input(function, &input);
}

/* `node = parameter` */
rg_status rg__read_renaming(rg_function_reader *function, const rg_syntax *target, const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    rg_pending_input *input = find_input(function, value->text);
    if (input != NULL && !function->inputs_made && input->name.size == 0) {
        input->name = target->text;
        function->role = RG_LINE_INPUT;
        return RG_OK;
    }
    rg_node node;
    rg_status status = rg__read_node_name(&node, reader, value);
    if (status != RG_OK) {
        return status;
    }
    if (rg_node_is_null(node) && input == NULL) {
        return rg__read_undefined(reader, value);
    }
    return rg__syntax_report(reader->source, value, RG_ERROR_UNSUPPORTED, "a call, an operator or an attribute",
                             "a second name for a value");
}

bool rg__ends_unboxing(const rg_function_reader *function, const rg_syntax *expression)
{
    return function->is_boxed && !function->inputs_made && expression->kind == RG_SYNTAX_CALL &&
           expression->count == 1 && expression->first->kind == RG_SYNTAX_ATTRIBUTE &&
           rg__is_word(expression->first->text, "clear");
}
