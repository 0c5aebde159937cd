/*
 * read_graph.c: classes, with those inside them.
 */
#include "ir/context_impl.h"
#include "text/reader.h"

rg_status rg__reader_advance(rg_reader *reader)
{
    rg_syntax *statement;
    rg__arena_reset(&reader->arena);
    rg_status status = rg__parser_statement(&statement, &reader->parser);
    reader->statement = statement;
    return status == RG_ERROR_MEMORY ? rg__report_memory(reader->context) : status;
}

static rg_status read_header(rg_reader *reader, const rg_syntax *class)
{
    rg_string bases = rg__syntax_source(reader->source, class->first);
    if (bases.size >= 2) {
        bases = (rg_string){bases.data + 1, bases.size - 2};
    }
    if (rg_string_equal(bases, rg_string_from("torch.nn.Module"))) {
        return RG_OK;
    }
    return rg__layout_set_text(reader->graph, (rg_node){0}, RG_LAYOUT_BASES, bases);
}

/* Is it the function that holds the graph? A module may have a constructor before it. */
static bool is_graph_function(const rg_syntax *statement)
{
    return statement->kind == RG_SYNTAX_FUNCTION && !rg_string_equal(statement->text, rg_string_from("__init__"));
}

/* Keep what stands from the colon of the class line, text[start), up to the line of `def`, text[end): the statements
 * among it must stay in the column of `def` when that is printed. */
static rg_status keep_before_def(rg_reader *reader, uint32_t start, uint32_t end)
{
    rg_buffer text;
    uint32_t line = rg__read_next_line(reader, start);
    int32_t printed_column = (int32_t)((reader->written->level + 1) * RG_INDENTATION);
    rg__buffer_init(&text, &reader->context->allocator);
    rg__excerpt_append(&text, reader->excerpt, start, line);
    rg__read_append_lines(&text, reader, line, end, printed_column - (int32_t)reader->statement->column);
    rg_status status =
        text.failed ? rg__report_memory(reader->context)
                    : rg__layout_set_text(reader->graph, (rg_node){0}, RG_LAYOUT_BEFORE_DEF, rg__buffer_string(&text));
    rg__buffer_free(&text);
    return status;
}

/* From the class line to the line of `def`. What stands between them is kept as it is: calls of torch.fx.wrap, blank
 * lines, a constructor. */
static rg_status read_before_def(rg_reader *reader, uint32_t column, uint32_t header_end)
{
    uint32_t body_column = 0;
    rg_status status = rg__reader_advance(reader);
    for (; status == RG_OK; status = rg__reader_advance(reader)) {
        const rg_syntax *statement = reader->statement;
        if (statement == NULL || (statement->starts_line && statement->column <= column)) {
            size_t end = statement == NULL ? reader->source->text.size : statement->offset;
            return rg__source_report(reader->source, end, 1, RG_ERROR_SYNTAX, "'def forward(self, ...):'",
                                     "a class without a function");
        }
        if (statement->starts_line) {
            body_column = body_column == 0 ? statement->column : body_column;
            if (is_graph_function(statement) && statement->column == body_column) {
                break;
            }
        }
        bool in_constructor = statement->column > body_column;
        if (!in_constructor && statement->kind != RG_SYNTAX_EXPRESSION && statement->kind != RG_SYNTAX_FUNCTION) {
            return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "'def forward(self, ...):'",
                                     "a statement before the function");
        }
    }
    if (status != RG_OK) {
        return status;
    }
    uint32_t end = reader->statement->offset;
    while (end > header_end && reader->source->text.data[end - 1] != '\n') {
        end--;
    }
    if (end == header_end) {
        return rg__syntax_report(reader->source, reader->statement, RG_ERROR_SYNTAX, "a new line",
                                 "a function on the line of its class");
    }
    return end == header_end + 1 ? RG_OK : keep_before_def(reader, header_end, end);
}

static rg_status begin_function(rg_reader *reader, rg_graph *graph, uint32_t level)
{
    rg_written_function written = {.graph = graph, .level = level};
    if (!rg__vector_push(&reader->context->allocator, &reader->functions, written)) {
        return rg__report_memory(reader->context);
    }
    reader->graph = graph;
    reader->written = &reader->functions.items[reader->functions.count - 1];
    return RG_OK;
}

static rg_status read_class(rg_graph **out, rg_reader *reader, const rg_syntax *class, uint32_t level);

/* The classes below the function, which are as deep as it. */
static rg_status read_children(rg_reader *reader, rg_graph *graph, uint32_t column, uint32_t function_column,
                               uint32_t level)
{
    rg_status status = RG_OK;
    while (status == RG_OK && reader->statement != NULL && reader->statement->column > column) {
        const rg_syntax *statement = reader->statement;
        uint32_t offset = statement->offset;
        if (statement->kind != RG_SYNTAX_CLASS) {
            return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "'class' or the end of the class",
                                     "a statement after the function");
        }
        if (statement->column != function_column) {
            return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, NULL,
                                     "wrong indentation: %u columns, the function beside it has %u", statement->column,
                                     function_column);
        }
        rg_graph *child = NULL;
        if (rg_graph_find_child(graph, statement->text) != NULL) {
            status = rg__syntax_report(reader->source, statement, RG_ERROR_NAME, NULL,
                                       "there is already a submodule named '%.*s'", RG_SHOWN(statement->text));
        } else {
            status = read_class(&child, reader, statement, level + 1);
        }
        if (status == RG_OK) {
            status = rg_graph_add_owned_child(graph, child);
            if (status != RG_OK) {
                rg_graph_destroy(child);
                rg__source_note(reader->source, offset, 5, "while reading this class");
            }
        }
    }
    return status;
}

/* The class whose line is `class`, the current statement. */
static rg_status read_class(rg_graph **out, rg_reader *reader, const rg_syntax *class, uint32_t level)
{
    uint32_t column = class->column;
    rg_graph *graph;
    *out = NULL;
    if (level >= reader->max_depth) {
        return rg__syntax_report(reader->source, class, RG_ERROR_LIMIT, NULL, "submodules nested more than %u deep",
                                 reader->max_depth);
    }
    rg_status status = rg_graph_create(&graph, reader->context, class->text);
    if (status != RG_OK) {
        return status;
    }
    status = begin_function(reader, graph, level);
    if (status == RG_OK) {
        status = read_header(reader, class);
    }
    if (status == RG_OK) {
        status = read_before_def(reader, column, class->end);
    }
    uint32_t function_column = status == RG_OK ? reader->statement->column : 0;
    if (status == RG_OK) {
        status = rg__read_function(reader);
    }
    if (status == RG_OK) {
        status = read_children(reader, graph, column, function_column, level);
    }
    if (status != RG_OK) {
        rg_graph_destroy(graph);
        return status;
    }
    *out = graph;
    return RG_OK;
}

static rg_status read_root(rg_graph **out, rg_reader *reader)
{
    rg_status status = rg__parser_init(&reader->parser, &reader->arena, reader->source);
    if (status == RG_OK) {
        status = rg__reader_advance(reader);
    }
    if (status != RG_OK) {
        return status;
    }
    if (reader->statement == NULL || reader->statement->kind != RG_SYNTAX_CLASS) {
        return rg__source_report(reader->source, 0, 1, RG_ERROR_SYNTAX, "'class NAME(torch.nn.Module):'",
                                 "a text that does not begin with a class");
    }
    status = read_class(out, reader, reader->statement, 0);
    if (status == RG_OK && reader->statement != NULL) {
        status = rg__syntax_report(reader->source, reader->statement, RG_ERROR_SYNTAX, "the end of the graph",
                                   "a statement after the class");
    }
    return status == RG_OK ? rg__read_layout(reader, *out) : status;
}

rg_status rg__read_graph(rg_graph **out, const rg_excerpt *excerpt)
{
    rg_context *context = excerpt->source.context;
    const rg_allocator *allocator = &context->allocator;
    *out = NULL;
    rg_reader *reader = rg__allocate(allocator, sizeof *reader); /* its caches are too large for the stack */
    if (reader == NULL) {
        return rg__report_memory(context);
    }
    memset(reader, 0, sizeof *reader);
    reader->context = context;
    reader->excerpt = excerpt;
    reader->source = &excerpt->source;
    reader->max_depth = rg_context_limits(context).max_depth;
    reader->max_depth = reader->max_depth < RG_SYNTAX_MAX_DEPTH ? reader->max_depth : RG_SYNTAX_MAX_DEPTH;
    rg__arena_init(&reader->arena, allocator);
    rg_status status = read_root(out, reader);
    if (status != RG_OK) {
        rg_graph_destroy(*out);
        *out = NULL;
    }
    for (uint32_t i = 0; i < reader->functions.count; i++) {
        rg__vector_free(allocator, &reader->functions.items[i].deletions);
        rg__vector_free(allocator, &reader->functions.items[i].lines);
    }
    rg__vector_free(allocator, &reader->functions);
    rg__vector_free(allocator, &reader->deleted);
    rg__map_free(allocator, &reader->keywords);
    rg__arena_free(&reader->arena);
    rg__free(allocator, reader, sizeof *reader);
    return status;
}
