/*
 * read_function.c: a function: signature, the lines that bring its placeholders in, statements, return.
 *
 * A node's line is `target = expression`, then perhaps `;  a = b = None`. In-place statements come in two parts on one
 * line, `a += b;  c = a`: the first is kept until the second names the node.
 */
#include "ir/context_impl.h"
#include "text/reader.h"

/* A placeholder that is known but not yet made: its name may still follow, `node = parameter`. */
typedef struct pending_input {
    rg_string target; /* with its stars */
    rg_string name;
    rg_value default_value;
    rg_read_annotation annotation;
    uint32_t offset; /* in the text */
    uint32_t end;
} pending_input;

/* What the line being read is for. */
typedef enum line_role {
    LINE_OTHER, /* metadata: belongs to the lines before the next node */
    LINE_INPUT, /* brings placeholders in */
    LINE_NODE,
    LINE_DELETION
} line_role;

typedef struct function_reader {
    rg_reader *reader;
    rg_layout_style *style;
    uint32_t body_column;
    uint32_t parameters_start; /* what stands in the parentheses of `def` */
    uint32_t parameters_end;
    RG_VECTOR(pending_input) inputs;
    RG_VECTOR(pending_input) declared; /* `x: "T"`: what the unpacking will define */
    rg_map inputs_by_name;             /* id of the parameter's name without stars -> index in inputs */
    rg_map declared_by_name;           /* id of a name -> index in declared */
    bool inputs_made;
    bool is_boxed;
    bool has_returned;
    bool is_in_place; /* the first part of an in-place statement has been read */
    rg_read_call in_place;
    rg_argument in_place_arguments[3];
    rg_string in_place_text; /* what it changes, as written */
    rg_node node;            /* of the last statement that made one */
    line_role role;
    uint32_t line_start; /* of the line being read */
    uint32_t line_end;   /* where its last statement ended */
    uint32_t unread;     /* the first line that belongs to no statement yet */
    rg_buffer leading;   /* lines before the one being read that no node has yet */
} function_reader;

static rg_status memory(function_reader *function)
{
    return rg__report_memory(function->reader->context);
}

static const rg_allocator *allocator_of(function_reader *function)
{
    return &function->reader->context->allocator;
}

static bool is_word(rg_string text, const char *word)
{
    return rg_string_equal(text, rg_string_from(word));
}

/* ---- annotations ---- */

static bool prints_as(rg_context *context, rg_type type, rg_string text)
{
    rg_buffer buffer;
    rg_type_print_options options = {.strides = true, .device = true};
    rg__buffer_init(&buffer, &context->allocator);
    bool same = rg_type_print(context, type, options, rg__buffer_sink(&buffer)) == RG_OK &&
                rg_string_equal(rg__buffer_string(&buffer), text);
    rg__buffer_free(&buffer);
    return same;
}

static void note_type(rg_reader *reader, rg_type type)
{
    if (rg_type_get_kind(reader->context, type) == RG_TYPE_TENSOR) {
        rg_tensor_type tensor = rg_type_get_tensor(reader->context, type);
        reader->has_tensors = true;
        reader->has_strides = reader->has_strides || tensor.strides != NULL;
        reader->has_devices = reader->has_devices || tensor.device.kind != NULL;
    }
}

rg_status rg__read_annotation(rg_read_annotation *out, rg_reader *reader, const rg_syntax *syntax)
{
    *out = (rg_read_annotation){.canonical = true};
    if (rg__syntax_is_absent(syntax)) {
        return RG_OK;
    }
    out->written = rg__syntax_source(reader->source, syntax);
    out->plain = syntax->kind != RG_SYNTAX_STRING;
    rg_cached_type *cached =
        &reader->types[rg__hash_bytes(out->written.data, out->written.size, 0) % RG_READER_CACHE_SIZE];
    if (cached->text.data == NULL || !rg_string_equal(cached->text, out->written)) {
        rg_string text = out->written;
        rg_status status = out->plain ? RG_OK : rg__syntax_string(&text, &reader->arena, reader->source, syntax);
        if (status == RG_OK) {
            status = rg_type_parse(&cached->type, reader->context, text);
        }
        if (status != RG_OK) {
            cached->text = (rg_string){NULL, 0};
            return status == RG_ERROR_MEMORY ? rg__report_memory(reader->context) : status;
        }
        bool is_usual = out->plain || (out->written.data[0] == '"' && out->written.size == text.size + 2);
        cached->text = out->written;
        cached->canonical = is_usual && prints_as(reader->context, cached->type, text);
        note_type(reader, cached->type);
    }
    out->type = cached->type;
    out->canonical = cached->canonical;
    return RG_OK;
}

rg_status rg__read_set_annotation(rg_reader *reader, rg_node node, const rg_read_annotation *annotation)
{
    rg_status status = RG_OK;
    rg_graph_set_type(reader->graph, node, annotation->type);
    if (annotation->plain) {
        status = rg__layout_set_number(reader->graph, node, RG_LAYOUT_PLAIN, 1);
    }
    if (status == RG_OK && !annotation->canonical) {
        status = rg__layout_set_text(reader->graph, node, RG_LAYOUT_ANNOTATION, annotation->written);
    }
    if (status == RG_OK && !annotation->canonical) {
        status = rg__layout_set_number(reader->graph, node, RG_LAYOUT_ANNOTATION_TYPE, annotation->type.id);
    }
    return status;
}

/* ---- placeholders ---- */

static rg_string without_stars(rg_string name)
{
    while (name.size > 0 && name.data[0] == '*') {
        name = (rg_string){name.data + 1, name.size - 1};
    }
    return name;
}

/* The input of that parameter name; NULL when there is none. */
static pending_input *find_input(function_reader *function, rg_string name)
{
    uint32_t index;
    uint32_t id = rg__intern_find(&function->reader->context->strings, name.data, name.size);
    bool found = id != 0 && rg__map_find(&function->inputs_by_name, id, &index);
    return found ? &function->inputs.items[index] : NULL;
}

static rg_status add_input(function_reader *function, const pending_input *input)
{
    rg_reader *reader = function->reader;
    rg_string name = without_stars(input->target);
    if (find_input(function, name) != NULL) {
        return rg__source_report(reader->source, input->offset, input->target.size, RG_ERROR_NAME, NULL,
                                 "there are two parameters named '%.*s'", (int)(name.size > 200 ? 200 : name.size),
                                 name.data);
    }
    uint32_t id = rg__string_id(reader->context, name);
    if (id == 0 || !rg__map_set(allocator_of(function), &function->inputs_by_name, id, function->inputs.count) ||
        !rg__vector_push(allocator_of(function), &function->inputs, *input)) {
        return memory(function);
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
static rg_status make_inputs(function_reader *function)
{
    rg_reader *reader = function->reader;
    rg_op op = rg__op_pseudo(RG_OP_PLACEHOLDER);
    function->inputs_made = true;
    if (function->declared.count > 0) {
        return rg__source_report(reader->source, function->declared.items[0].offset, 1, RG_ERROR_SYNTAX,
                                 "a line that unpacks the parameters", "a declared name that nothing defines");
    }
    for (uint32_t i = 0; i < function->inputs.count; i++) {
        const pending_input *input = &function->inputs.items[i];
        rg_argument default_argument = {{"", 0}, input->default_value};
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        description.op = op;
        description.name = input->name.size > 0 ? input->name : without_stars(input->target);
        description.target = input->target;
        description.arguments = &default_argument;
        description.argument_count = rg_value_is_missing(input->default_value) ? 0 : 1;
        if (!rg_node_is_null(rg_graph_find(reader->graph, description.name))) {
            return rg__source_report(
                reader->source, input->offset, 1, RG_ERROR_NAME, NULL, "there is already a node named '%.*s'",
                (int)(description.name.size > 200 ? 200 : description.name.size), description.name.data);
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

static rg_status read_parameter(function_reader *function, const rg_syntax *syntax)
{
    rg_reader *reader = function->reader;
    const rg_syntax *annotation = syntax->first;
    pending_input input = {
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

static rg_status read_signature(function_reader *function, const rg_syntax *def)
{
    rg_reader *reader = function->reader;
    const rg_syntax *parameters = def->first;
    const rg_syntax *result = parameters->next;
    const rg_syntax *self = parameters->first;
    rg_node graph = {0};
    if (self == NULL || !is_word(self->text, "self")) {
        return rg__syntax_report(reader->source, self == NULL ? parameters : self, RG_ERROR_SYNTAX, "'self'",
                                 "expected 'self' as the first parameter");
    }
    reader->written->signature_start = parameters->offset;
    reader->written->signature_end = rg__read_line_end(reader, def->end);
    function->style->signature = is_expanded(reader, parameters) ? RG_SIGNATURE_EXPANDED : RG_SIGNATURE_INLINE;
    function->parameters_start = parameters->offset + 1;
    function->parameters_end = parameters->end - 1;
    function->unread = rg__read_next_line(reader, def->end);
    rg_status status = is_word(def->text, "forward")
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
static rg_status replace_parameters(function_reader *function, rg_signature_style style)
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
static rg_status read_declaration(function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    const rg_syntax *target = statement->first;
    pending_input input = {.target = target->text, .offset = target->offset, .default_value = rg_value_missing()};
    if (function->inputs_made || target->kind != RG_SYNTAX_NAME) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "'= value'",
                                 "a declaration without a value");
    }
    rg_status status = rg__read_annotation(&input.annotation, reader, target->next);
    uint32_t id = rg__string_id(reader->context, target->text);
    if (status == RG_OK &&
        (id == 0 || !rg__map_set(allocator_of(function), &function->declared_by_name, id, function->declared.count) ||
         !rg__vector_push(allocator_of(function), &function->declared, input))) {
        return memory(function);
    }
    rg_string text = reader->source->text;
    function->style->declarations_expanded = statement->end >= text.size || text.data[statement->end] != ';';
    function->role = LINE_INPUT;
    return status;
}

static bool ends_with(rg_string text, const char *end)
{
    size_t size = strlen(end);
    return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

/* `a, b, = fx_pytree.tree_flatten_spec(...)` */
static rg_status read_unpacking(function_reader *function, const rg_syntax *targets, const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    rg_string name;
    bool unpacks = !function->inputs_made && value->kind == RG_SYNTAX_CALL &&
                   rg__syntax_dotted(&name, NULL, &reader->arena, value->first) && name.data != NULL &&
                   ends_with(name, "tree_flatten_spec");
    if (!unpacks) {
        return rg__syntax_report(reader->source, targets, RG_ERROR_SYNTAX, "one name", "several names to assign to");
    }
    rg_status status = replace_parameters(function, RG_SIGNATURE_UNPACKED);
    function->role = LINE_INPUT;
    for (const rg_syntax *target = targets->first; target != NULL && status == RG_OK; target = target->next) {
        pending_input input = {.target = target->text, .offset = target->offset, .default_value = rg_value_missing()};
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
           is_word(syntax->first->text, function) && syntax->last->kind == RG_SYNTAX_NAME &&
           is_word(syntax->last->text, argument);
}

/* `args_iter = iter(args_list)`, then `x = next(args_iter)`. False in `*done` when it is neither. */
static rg_status read_unboxing(function_reader *function, const rg_syntax *target, const rg_syntax *value, bool *done)
{
    bool starts = is_word(target->text, "args_iter") && is_call_of(value, "iter", "args_list") &&
                  function->inputs.count == 1 && is_word(function->inputs.items[0].target, "args_list");
    *done = !function->inputs_made && (starts || (function->is_boxed && is_call_of(value, "next", "args_iter")));
    if (!*done) {
        return RG_OK;
    }
    function->role = LINE_INPUT;
    if (starts) {
        function->is_boxed = true;
        return replace_parameters(function, RG_SIGNATURE_BOXED);
    }
    pending_input input = {.target = target->text, .offset = target->offset, .default_value = rg_value_missing()};
    return add_input(function, &input);
}

/* `node = parameter` */
static rg_status read_renaming(function_reader *function, const rg_syntax *target, const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    pending_input *input = find_input(function, value->text);
    if (input != NULL && !function->inputs_made && input->name.size == 0) {
        input->name = target->text;
        function->role = LINE_INPUT;
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

/* ---- statements ---- */

static rg_status check_free(function_reader *function, const rg_syntax *target)
{
    rg_reader *reader = function->reader;
    if (rg_node_is_null(rg_graph_find(reader->graph, target->text))) {
        return RG_OK;
    }
    return rg__syntax_report(reader->source, target, RG_ERROR_NAME, "a new name",
                             "there is already a node named '%.*s'",
                             (int)(target->text.size > 200 ? 200 : target->text.size), target->text.data);
}

/* The lines before the one being read become the node's. */
static rg_status keep_leading(function_reader *function, rg_node node)
{
    rg_buffer *leading = &function->leading;
    if (leading->size == 0) {
        return leading->failed ? memory(function) : RG_OK;
    }
    rg_status status =
        rg__layout_set_text(function->reader->graph, node, RG_LAYOUT_LEADING, rg__buffer_string(leading));
    rg__buffer_clear(leading);
    return status;
}

static rg_status insert_node(function_reader *function, const rg_syntax *target, const rg_read_call *call,
                             const rg_syntax *annotation)
{
    rg_reader *reader = function->reader;
    rg_read_annotation read = {.canonical = true};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_status status = check_free(function, target);
    if (status == RG_OK && annotation != NULL) {
        status = rg__read_annotation(&read, reader, annotation);
    }
    if (status != RG_OK) {
        return status;
    }
    description.op = call->op;
    description.name = target->text;
    description.target = call->target;
    description.arguments = call->arguments;
    description.argument_count = call->argument_count;
    status = rg_graph_insert(&function->node, reader->graph, (rg_node){0}, &description);
    if (status != RG_OK) {
        rg__source_note(reader->source, target->offset, target->text.size, "while reading this statement");
        return status;
    }
    function->role = LINE_NODE;
    status = keep_leading(function, function->node);
    return status == RG_OK ? rg__read_set_annotation(reader, function->node, &read) : status;
}

/* The second part of an in-place statement: `name = target`. */
static rg_status finish_in_place(function_reader *function, const rg_syntax *target, const rg_syntax *annotation,
                                 const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    function->is_in_place = false;
    if (!rg_string_equal(rg__syntax_source(reader->source, value), function->in_place_text)) {
        return rg__syntax_report(reader->source, value, RG_ERROR_SYNTAX, "the value that was changed in place",
                                 "expected '%.*s', which the statement before changes",
                                 (int)(function->in_place_text.size > 200 ? 200 : function->in_place_text.size),
                                 function->in_place_text.data);
    }
    return insert_node(function, target, &function->in_place, annotation);
}

static rg_status begin_in_place(function_reader *function, const rg_syntax *target, rg_operation operation,
                                const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    const rg_syntax *changed = operation == RG_OPERATION_NONE ? target->first : target;
    rg_read_call call;
    rg_status status = rg__read_in_place(&call, reader, target, operation, value);
    if (status != RG_OK) {
        return status;
    }
    /* The arguments, at most three, must outlive this statement. */
    memcpy(function->in_place_arguments, call.arguments, call.argument_count * sizeof *call.arguments);
    function->in_place = call;
    function->in_place.arguments = function->in_place_arguments;
    function->in_place_text = rg__syntax_source(reader->source, changed);
    function->is_in_place = true;
    return RG_OK;
}

/* `a = b = None` */
static rg_status read_deletion(function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    for (const rg_syntax *target = statement->first; target->next != NULL; target = target->next) {
        rg_node node;
        rg_status status = rg__read_node_name(&node, reader, target);
        if (status != RG_OK) {
            return status;
        }
        if (rg_node_is_null(node)) {
            return rg__read_undefined(reader, target);
        }
        while (reader->deleted.count <= node.id) {
            if (!rg__vector_push(allocator_of(function), &reader->deleted, 0)) {
                return memory(function);
            }
        }
        reader->deleted.items[node.id] = target->offset + 1;
        rg_written_deletion deletion = {function->node.id, node.id};
        if (!rg__vector_push(allocator_of(function), &reader->written->deletions, deletion)) {
            return memory(function);
        }
    }
    if (statement->starts_line) {
        function->role = LINE_DELETION;
        reader->own_line_deletions++;
    } else {
        reader->inline_deletions++;
    }
    return RG_OK;
}

static bool is_deletion(const rg_syntax *statement)
{
    for (const rg_syntax *target = statement->first; target->next != NULL; target = target->next) {
        if (target->kind != RG_SYNTAX_NAME) {
            return false;
        }
    }
    return statement->last->kind == RG_SYNTAX_NONE;
}

/* `target = value`, `target: annotation = value`; `annotation` may be NULL. */
static rg_status read_definition(function_reader *function, const rg_syntax *target, const rg_syntax *annotation,
                                 const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    rg_read_call call;
    bool done = false;
    rg_status status = RG_OK;
    if (target->kind != RG_SYNTAX_NAME) {
        return rg__syntax_report(reader->source, target, RG_ERROR_SYNTAX, "a name", "expected a name to assign to");
    }
    if (function->is_in_place) {
        return finish_in_place(function, target, annotation, value);
    }
    if (annotation == NULL) {
        status = read_unboxing(function, target, value, &done);
        if (status != RG_OK || done) {
            return status;
        }
    }
    if (value->kind == RG_SYNTAX_NAME && !is_word(value->text, "self")) {
        return read_renaming(function, target, value);
    }
    if (!function->inputs_made) {
        status = make_inputs(function);
    }
    if (status == RG_OK) {
        status = rg__read_call(&call, reader, value);
    }
    return status == RG_OK ? insert_node(function, target, &call, annotation) : status;
}

static rg_status read_assign(function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    const rg_syntax *target = statement->first;
    const rg_syntax *value = target->next;
    if (is_deletion(statement)) {
        return read_deletion(function, statement);
    }
    if (statement->count > 2) {
        return rg__syntax_report(reader->source, value, RG_ERROR_SYNTAX, "None", "several names for one value");
    }
    if (target->kind == RG_SYNTAX_TUPLE || target->kind == RG_SYNTAX_LIST) {
        return read_unpacking(function, target, value);
    }
    if (target->kind == RG_SYNTAX_SUBSCRIPT) {
        rg_status status = function->inputs_made ? RG_OK : make_inputs(function);
        return status == RG_OK ? begin_in_place(function, target, RG_OPERATION_NONE, value) : status;
    }
    return read_definition(function, target, NULL, value);
}

/* The value inside `pytree.tree_unflatten(value, self._out_spec)`; the statement's own otherwise. */
static rg_status find_returned(function_reader *function, const rg_syntax **value)
{
    rg_reader *reader = function->reader;
    const rg_syntax *call = *value;
    rg_string name;
    if (call->kind != RG_SYNTAX_CALL || call->count != 3 ||
        !rg__syntax_dotted(&name, NULL, &reader->arena, call->first) || name.data == NULL ||
        !ends_with(name, "tree_unflatten")) {
        return RG_OK;
    }
    *value = call->first->next;
    rg_status status = rg__read_keep(reader, (rg_node){0}, RG_LAYOUT_RETURN_OPEN, call->offset, (*value)->offset);
    return status == RG_OK ? rg__read_keep(reader, (rg_node){0}, RG_LAYOUT_RETURN_CLOSE, (*value)->end, call->end)
                           : status;
}

static rg_status read_return(function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    rg_status status = function->inputs_made ? RG_OK : make_inputs(function);
    rg_argument argument = {{"", 0}, rg_value_none()};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    if (status == RG_OK && statement->count > 0) {
        const rg_syntax *value = statement->first;
        status = find_returned(function, &value);
        if (status == RG_OK) {
            status = rg__read_value(&argument.value, reader, value);
        }
    }
    if (status != RG_OK) {
        return status;
    }
    description.op = rg__op_pseudo(RG_OP_OUTPUT);
    description.arguments = &argument;
    description.argument_count = 1;
    status = rg_graph_insert(&function->node, reader->graph, (rg_node){0}, &description);
    if (status == RG_OK) {
        function->has_returned = true;
        function->role = LINE_NODE;
        status = keep_leading(function, function->node);
    }
    return status;
}

/* `args_list.clear()` */
static bool is_clearing(const rg_syntax *expression)
{
    return expression->kind == RG_SYNTAX_CALL && expression->count == 1 &&
           expression->first->kind == RG_SYNTAX_ATTRIBUTE && is_word(expression->first->text, "clear");
}

static rg_status read_expression(function_reader *function, const rg_syntax *statement)
{
    if (function->is_boxed && !function->inputs_made && is_clearing(statement->first)) {
        function->role = LINE_INPUT;
        return RG_OK;
    }
    if (statement->first->kind == RG_SYNTAX_STRING) { /* a block of metadata */
        return RG_OK;
    }
    return rg__syntax_report(function->reader->source, statement, RG_ERROR_SYNTAX, "NAME = call, or return",
                             "an expression whose value has no name");
}

static rg_status read_statement(function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    bool names_node = statement->kind == RG_SYNTAX_ASSIGN || statement->kind == RG_SYNTAX_DECLARE;
    if (function->has_returned) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "the end of the function",
                                 "a statement after the return");
    }
    if (function->is_in_place && !names_node) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "';  NAME = value' after the change",
                                 "an in-place statement without a name");
    }
    rg_status status = RG_OK;
    switch (statement->kind) {
    case RG_SYNTAX_ASSIGN:
        return read_assign(function, statement);
    case RG_SYNTAX_DECLARE:
        return statement->count == 2
                   ? read_declaration(function, statement)
                   : read_definition(function, statement->first, statement->first->next, statement->last);
    case RG_SYNTAX_AUGMENTED:
        status = function->inputs_made ? RG_OK : make_inputs(function);
        return status == RG_OK
                   ? begin_in_place(function, statement->first, (rg_operation)statement->operation, statement->last)
                   : status;
    case RG_SYNTAX_RETURN:
        return read_return(function, statement);
    case RG_SYNTAX_EXPRESSION:
        return read_expression(function, statement);
    default:
        break;
    }
    return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "NAME = call, or return",
                             "a statement that graphs do not have");
}

/* ---- lines ---- */

/* The line being read has ended: give its text to whom it belongs. */
static rg_status finish_line(function_reader *function)
{
    rg_reader *reader = function->reader;
    uint32_t line_end = rg__read_line_end(reader, function->line_end);
    rg_status status = RG_OK;
    switch (function->role) {
    case LINE_OTHER: /* stays unread, so that it comes before the next node with the lines around it */
        return RG_OK;
    case LINE_INPUT:
        reader->written->signature_end = line_end;
        rg__buffer_clear(&function->leading);
        break;
    case LINE_NODE: {
        rg_written_line line = {function->node.id, function->line_start, line_end};
        if (line_end > function->line_end) {
            status = rg__read_keep(reader, function->node, RG_LAYOUT_AFTER, function->line_end, line_end);
        }
        if (reader->excerpt->decorated && !rg__vector_push(allocator_of(function), &reader->written->lines, line)) {
            status = memory(function);
        }
        break;
    }
    case LINE_DELETION:
        break;
    }
    function->role = LINE_OTHER;
    function->unread = rg__read_next_line(reader, function->line_end);
    return status;
}

/* A statement starts a new line. */
static rg_status begin_line(function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    rg_status status = finish_line(function);
    if (function->body_column == 0) {
        function->body_column = statement->column;
    }
    if (status == RG_OK && statement->column != function->body_column) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, NULL,
                                 "wrong indentation: %u columns, the statements beside it have %u", statement->column,
                                 function->body_column);
    }
    function->line_start = statement->offset;
    while (function->line_start > 0 && reader->source->text.data[function->line_start - 1] != '\n') {
        function->line_start--;
    }
    if (function->line_start > function->unread) {
        rg__excerpt_append(&function->leading, reader->excerpt, function->unread, function->line_start);
    }
    function->unread = function->line_start;
    return status;
}

static rg_status read_body(function_reader *function, uint32_t column)
{
    rg_reader *reader = function->reader;
    rg_status status = rg__reader_advance(reader);
    while (status == RG_OK && reader->statement != NULL &&
           (!reader->statement->starts_line || reader->statement->column > column)) {
        const rg_syntax *statement = reader->statement;
        if (statement->starts_line) {
            status = begin_line(function, statement);
        } else if (function->body_column == 0) {
            return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "a new line",
                                     "a statement on the line of its function");
        }
        if (status == RG_OK) {
            status = read_statement(function, statement);
        }
        function->line_end = statement->end;
        if (statement->kind == RG_SYNTAX_RETURN) {
            reader->written->return_start = function->line_start;
            reader->written->return_end = rg__read_line_end(reader, statement->end);
        }
        if (status == RG_OK) {
            status = rg__reader_advance(reader);
        }
    }
    return status;
}

/* What follows the return, up to the line of the next statement. */
static rg_status keep_trailing(function_reader *function)
{
    rg_reader *reader = function->reader;
    rg_string text = reader->source->text;
    uint32_t start = reader->written->return_end;
    uint32_t end = reader->statement == NULL ? (uint32_t)text.size : reader->statement->offset;
    while (reader->statement != NULL && end > 0 && text.data[end - 1] != '\n') {
        end--;
    }
    bool usual = end == start + 1 && reader->statement == NULL;
    return usual ? RG_OK : rg__read_keep(reader, (rg_node){0}, RG_LAYOUT_TRAILING, start, end);
}

rg_status rg__read_function(rg_reader *reader)
{
    const rg_syntax *def = reader->statement;
    uint32_t column = def->column;
    uint32_t offset = def->offset;
    function_reader function = {.reader = reader, .style = &rg__graph_layout(reader->graph)->style};
    rg__buffer_init(&function.leading, &reader->context->allocator);
    reader->deleted.count = 0;
    rg_status status = read_signature(&function, def);
    if (status == RG_OK) {
        status = read_body(&function, column);
    }
    if (status == RG_OK && function.is_in_place) {
        status = rg__source_report(reader->source, function.line_end, 1, RG_ERROR_SYNTAX,
                                   "';  NAME = value' after the change", "an in-place statement without a name");
    }
    if (status == RG_OK && !function.has_returned) {
        size_t end = reader->statement == NULL ? reader->source->text.size : reader->statement->offset;
        status = rg__source_report(reader->source, end, 1, RG_ERROR_SYNTAX, "a return statement",
                                   "the function ends without a return statement");
        rg__source_note(reader->source, offset, 3, "the function");
    }
    if (status == RG_OK) {
        status = finish_line(&function);
    }
    if (status == RG_OK) {
        status = keep_trailing(&function);
    }
    rg__vector_free(allocator_of(&function), &function.inputs);
    rg__vector_free(allocator_of(&function), &function.declared);
    rg__map_free(allocator_of(&function), &function.inputs_by_name);
    rg__map_free(allocator_of(&function), &function.declared_by_name);
    rg__buffer_free(&function.leading);
    return status;
}
