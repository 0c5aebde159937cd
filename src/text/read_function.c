/*
 * read_function.c: a function: statements, their lines, the return.
 *
 * A node's line is `target = expression`, then perhaps `;  a = b = None`. In-place statements come in two parts on one
 * line, `a += b;  c = a`: the first is kept until the second names the node.
 */
#include "ir/context_impl.h"
#include "text/function_reader.h"

/* ---- statements ---- */

static rg_status check_free(rg_function_reader *function, const rg_syntax *target)
{
    rg_reader *reader = function->reader;
    if (rg_node_is_null(rg_graph_find(reader->graph, target->text))) {
        return RG_OK;
    }
    return rg__syntax_report(reader->source, target, RG_ERROR_NAME, "a new name",
                             "there is already a node named '%.*s'", RG_SHOWN(target->text));
}

/* The lines before the one being read become the node's. */
static rg_status keep_leading(rg_function_reader *function, rg_node node)
{
    rg_buffer *leading = &function->leading;
    if (leading->size == 0) {
        return leading->failed ? rg__report_memory(function->reader->context) : RG_OK;
    }
    rg_status status =
        rg__layout_set_text(function->reader->graph, node, RG_LAYOUT_LEADING, rg__buffer_string(leading));
    rg__buffer_clear(leading);
    return status;
}

static rg_status insert_node(rg_function_reader *function, const rg_syntax *target, const rg_read_call *call,
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
    function->role = RG_LINE_NODE;
    function->line_nodes++;
    status = keep_leading(function, function->node);
    return status == RG_OK ? rg__read_set_annotation(reader, function->node, &read) : status;
}

/* The second part of an in-place statement: `name = target`. */
static rg_status finish_in_place(rg_function_reader *function, const rg_syntax *target, const rg_syntax *annotation,
                                 const rg_syntax *value)
{
    rg_reader *reader = function->reader;
    function->is_in_place = false;
    if (function->in_place_line != function->line_start) {
        function->line_nodes++; /* the node's statement is more than this line */
    }
    if (!rg_string_equal(rg__syntax_source(reader->source, value), function->in_place_text)) {
        return rg__syntax_report(reader->source, value, RG_ERROR_SYNTAX, "the value that was changed in place",
                                 "expected '%.*s', which the statement before changes",
                                 RG_SHOWN(function->in_place_text));
    }
    return insert_node(function, target, &function->in_place, annotation);
}

static rg_status begin_in_place(rg_function_reader *function, const rg_syntax *target, rg_operation operation,
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
    function->in_place_line = function->line_start;
    function->is_in_place = true;
    function->role = RG_LINE_PART;
    return RG_OK;
}

/* `a = b = None` */
static rg_status read_deletion(rg_function_reader *function, const rg_syntax *statement)
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
            if (!rg__vector_push(rg__function_allocator(function), &reader->deleted, 0)) {
                return rg__report_memory(function->reader->context);
            }
        }
        reader->deleted.items[node.id] = target->offset + 1;
        rg_written_deletion deletion = {function->node.id, node.id};
        if (!rg__vector_push(rg__function_allocator(function), &reader->written->deletions, deletion)) {
            return rg__report_memory(function->reader->context);
        }
    }
    if (statement->starts_line) {
        function->role = RG_LINE_PART;
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
static rg_status read_definition(rg_function_reader *function, const rg_syntax *target, const rg_syntax *annotation,
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
        status = rg__read_unboxing(function, target, value, &done);
        if (status != RG_OK || done) {
            return status;
        }
    }
    if (value->kind == RG_SYNTAX_NAME && !rg__is_word(value->text, "self")) {
        return rg__read_renaming(function, target, value);
    }
    status = rg__read_make_inputs(function);
    if (status == RG_OK) {
        status = rg__read_call(&call, reader, value);
    }
    return status == RG_OK ? insert_node(function, target, &call, annotation) : status;
}

static rg_status read_assign(rg_function_reader *function, const rg_syntax *statement)
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
        return rg__read_unpacking(function, target, value);
    }
    if (target->kind == RG_SYNTAX_SUBSCRIPT) {
        rg_status status = rg__read_make_inputs(function);
        return status == RG_OK ? begin_in_place(function, target, RG_OPERATION_NONE, value) : status;
    }
    return read_definition(function, target, NULL, value);
}

/* Keep what stands around a returned value: `NAME(` and `, argument)`. */
static rg_status keep_unflattening(rg_function_reader *function, rg_string name, const rg_syntax *argument)
{
    rg_reader *reader = function->reader;
    rg_string spelled = rg__syntax_source(reader->source, argument);
    rg_buffer text;
    rg__buffer_init(&text, rg__function_allocator(function));
    rg__buffer_append(&text, name);
    rg__buffer_append_char(&text, '(');
    size_t open_size = text.size;
    rg__buffer_append_text(&text, ", ");
    rg__buffer_append(&text, spelled);
    rg__buffer_append_char(&text, ')');
    rg_status status = text.failed ? rg__report_memory(reader->context) : RG_OK;
    if (status == RG_OK) {
        rg_string open = {text.data, open_size};
        status = rg__layout_set_text(reader->graph, (rg_node){0}, RG_LAYOUT_RETURN_OPEN, open);
    }
    if (status == RG_OK) {
        rg_string close = rg__skip(rg__buffer_string(&text), open_size);
        status = rg__layout_set_text(reader->graph, (rg_node){0}, RG_LAYOUT_RETURN_CLOSE, close);
    }
    rg__buffer_free(&text);
    return status;
}

/* The value inside `pytree.tree_unflatten(value, self._out_spec)`; the statement's own otherwise. */
static rg_status find_returned(rg_function_reader *function, const rg_syntax **value)
{
    const rg_syntax *call = *value;
    rg_string name;
    if (call->kind != RG_SYNTAX_CALL || call->count != 3 || call->last->kind == RG_SYNTAX_KEYWORD ||
        !rg__syntax_dotted(&name, NULL, &function->reader->arena, call->first) || name.data == NULL ||
        !rg__ends_with(name, "tree_unflatten")) {
        return RG_OK;
    }
    *value = call->first->next;
    return keep_unflattening(function, name, call->last);
}

static rg_status read_return(rg_function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    rg_status status = rg__read_make_inputs(function);
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
        function->role = RG_LINE_NODE;
        function->line_nodes++;
        status = keep_leading(function, function->node);
    }
    return status;
}

static rg_status read_expression(rg_function_reader *function, const rg_syntax *statement)
{
    if (rg__ends_unboxing(function, statement->first)) {
        function->role = RG_LINE_INPUT;
        return RG_OK;
    }
    if (statement->first->kind == RG_SYNTAX_STRING) { /* a block of metadata */
        return RG_OK;
    }
    return rg__syntax_report(function->reader->source, statement, RG_ERROR_SYNTAX, "NAME = call, or return",
                             "an expression whose value has no name");
}

/* Can the statement be the second part of an in-place statement? */
static bool names_value(const rg_syntax *statement)
{
    bool assigns = (statement->kind == RG_SYNTAX_ASSIGN && statement->count == 2) ||
                   (statement->kind == RG_SYNTAX_DECLARE && statement->count == 3);
    return assigns && statement->first->kind == RG_SYNTAX_NAME && statement->last->kind != RG_SYNTAX_NONE;
}

static rg_status read_statement(rg_function_reader *function, const rg_syntax *statement)
{
    rg_reader *reader = function->reader;
    if (function->has_returned) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "the end of the function",
                                 "a statement after the return");
    }
    if (function->is_in_place && !names_value(statement)) {
        return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "';  NAME = value' after the change",
                                 "an in-place statement without a name");
    }
    rg_status status = RG_OK;
    switch (statement->kind) {
    case RG_SYNTAX_ASSIGN:
        return read_assign(function, statement);
    case RG_SYNTAX_DECLARE:
        return statement->count == 2
                   ? rg__read_declaration(function, statement)
                   : read_definition(function, statement->first, statement->first->next, statement->last);
    case RG_SYNTAX_AUGMENTED:
        status = rg__read_make_inputs(function);
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
static rg_status finish_line(rg_function_reader *function)
{
    rg_reader *reader = function->reader;
    uint32_t line_end = rg__read_line_end(reader, function->line_end);
    rg_status status = RG_OK;
    switch (function->role) {
    case RG_LINE_OTHER: /* stays unread, so that it comes before the next node with the lines around it */
        return RG_OK;
    case RG_LINE_INPUT:
        reader->written->signature_end = line_end;
        rg__buffer_clear(&function->leading);
        break;
    case RG_LINE_NODE: {
        rg_written_line line = {function->node.id, function->line_start, line_end};
        if (line_end > function->line_end) {
            status = rg__read_keep(reader, function->node, RG_LAYOUT_AFTER, function->line_end, line_end);
        }
        /* A line is kept only with the whole of one node on it. */
        bool is_unusual =
            reader->has_unusual_size || rg__excerpt_is_decorated(reader->excerpt, function->line_start, line_end);
        bool is_kept = function->line_nodes == 1 && is_unusual;
        reader->has_unusual_size = false;
        if (is_kept && !rg__vector_push(rg__function_allocator(function), &reader->written->lines, line)) {
            status = rg__report_memory(function->reader->context);
        }
        break;
    }
    case RG_LINE_PART:
        break;
    }
    function->role = RG_LINE_OTHER;
    function->line_nodes = 0;
    function->unread = rg__read_next_line(reader, function->line_end);
    return status;
}

/* A statement starts a new line. */
static rg_status begin_line(rg_function_reader *function, const rg_syntax *statement)
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
        int32_t printed_column = (int32_t)((reader->written->level + 2) * RG_INDENTATION);
        rg__read_append_lines(&function->leading, reader, function->unread, function->line_start,
                              printed_column - (int32_t)function->body_column);
    }
    function->unread = function->line_start;
    return status;
}

static rg_status read_body(rg_function_reader *function, uint32_t column)
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
static rg_status keep_trailing(rg_function_reader *function)
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
    rg_function_reader function = {.reader = reader, .style = &rg__graph_layout(reader->graph)->style};
    rg__buffer_init(&function.leading, &reader->context->allocator);
    reader->deleted.count = 0;
    rg_status status = rg__read_signature(&function, def);
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
    uint32_t level = reader->written->level;
    reader->written->is_indented_as_printed =
        column == (level + 1) * RG_INDENTATION && function.body_column == (level + 2) * RG_INDENTATION;
    rg__vector_free(rg__function_allocator(&function), &function.inputs);
    rg__vector_free(rg__function_allocator(&function), &function.declared);
    rg__map_free(rg__function_allocator(&function), &function.inputs_by_name);
    rg__map_free(rg__function_allocator(&function), &function.declared_by_name);
    rg__buffer_free(&function.leading);
    return status;
}
