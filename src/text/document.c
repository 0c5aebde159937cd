/*
 * document.c: a file as pieces: text that is kept, and graphs. What the excerpts took off their lines is put back here.
 */
#include "text/document_impl.h"

#include "ir/context_impl.h"
#include "text/reader.h"

typedef struct document_piece {
    bool is_graph;
    rg_string text;        /* as it stands in the file */
    rg_graph *graph;       /* owned; NULL once taken */
    rg_string prefix;      /* of the graph's lines but the first */
    bool blank_is_trimmed; /* lines of nothing but the prefix have lost its trailing blanks */
} document_piece;

struct rg_document {
    rg_context *context;
    rg_arena arena; /* the pieces' texts */
    RG_VECTOR(document_piece) pieces;
    RG_VECTOR(uint32_t) graphs; /* indices of the pieces that are graphs */
};

/* ---- reading ---- */

static rg_status add_piece(rg_document *document, const document_piece *piece)
{
    const rg_allocator *allocator = &document->context->allocator;
    document_piece copy = *piece;
    copy.text = rg__arena_copy(&document->arena, piece->text);
    copy.prefix = rg__arena_copy(&document->arena, piece->prefix);
    if (copy.text.data == NULL || copy.prefix.data == NULL ||
        (piece->is_graph && !rg__vector_push(allocator, &document->graphs, document->pieces.count)) ||
        !rg__vector_push(allocator, &document->pieces, copy)) {
        return rg__report_memory(document->context);
    }
    return RG_OK;
}

static rg_status add_text(rg_document *document, rg_string text, size_t start, size_t end)
{
    document_piece piece = {.text = {text.data + start, end - start}};
    return start == end ? RG_OK : add_piece(document, &piece);
}

static rg_status add_graph(rg_document *document, const rg_excerpt *excerpt)
{
    document_piece piece = {
        .is_graph = true,
        .prefix = excerpt->prefix,
        .blank_is_trimmed = excerpt->blank_is_trimmed,
    };
    rg_status status = rg__read_graph(&piece.graph, excerpt);
    if (status == RG_OK) {
        status = add_piece(document, &piece);
    }
    if (status != RG_OK) {
        rg_graph_destroy(piece.graph);
    }
    return status;
}

static rg_status read_pieces(rg_document *document, const rg_source *source)
{
    rg_excerpt_cursor cursor = {0, 0};
    size_t done = 0;
    rg_status status = RG_OK;
    while (status == RG_OK) {
        rg_excerpt excerpt;
        status = rg__excerpt_find(&excerpt, source, &cursor);
        bool found = excerpt.end != 0;
        if (status == RG_OK && found) {
            status = add_text(document, source->text, done, excerpt.start);
        }
        if (status == RG_OK && found) {
            status = add_graph(document, &excerpt);
        }
        done = found ? excerpt.end : done;
        rg__excerpt_free(&excerpt);
        if (!found) {
            break;
        }
    }
    if (status == RG_OK && document->graphs.count == 0) {
        status = rg__source_report(source, source->text.size, 1, RG_ERROR_SYNTAX, "'class NAME(torch.nn.Module):'",
                                   "no graph in this text");
    }
    return status == RG_OK ? add_text(document, source->text, done, source->text.size) : status;
}

rg_status rg_document_parse(rg_document **out, rg_context *context, rg_string text, rg_string file)
{
    rg_source source;
    *out = NULL;
    rg_status status = rg__source_init(&source, context, text, file);
    if (status != RG_OK) {
        return status;
    }
    rg_document *document = rg__allocate(&context->allocator, sizeof *document);
    if (document == NULL) {
        return rg__report_memory(context);
    }
    memset(document, 0, sizeof *document);
    document->context = context;
    rg__arena_init(&document->arena, &context->allocator);
    status = read_pieces(document, &source);
    if (status != RG_OK) {
        rg_document_destroy(document);
        return status;
    }
    *out = document;
    return RG_OK;
}

void rg_document_destroy(rg_document *document)
{
    if (document == NULL) {
        return;
    }
    const rg_allocator *allocator = &document->context->allocator;
    for (uint32_t i = 0; i < document->pieces.count; i++) {
        rg_graph_destroy(document->pieces.items[i].graph);
    }
    rg__vector_free(allocator, &document->pieces);
    rg__vector_free(allocator, &document->graphs);
    rg__arena_free(&document->arena);
    rg__free(allocator, document, sizeof *document);
}

rg_status rg_graph_parse(rg_graph **out, rg_context *context, rg_string text, rg_string file)
{
    rg_document *document;
    *out = NULL;
    rg_status status = rg_document_parse(&document, context, text, file);
    if (document == NULL) {
        return status;
    }
    size_t count = rg_document_graph_count(document);
    if (count == 1) {
        *out = rg_document_take_graph(document, 0);
    } else {
        status = rg__report(context, RG_ERROR_SYNTAX, "a text of %zu graphs, where one is expected", count);
    }
    rg_document_destroy(document);
    return status;
}

/* ---- graphs ---- */

rg_context *rg__document_context(const rg_document *document)
{
    return document->context;
}

size_t rg_document_graph_count(const rg_document *document)
{
    return document->graphs.count;
}

rg_graph *rg_document_graph(const rg_document *document, size_t index)
{
    return index < document->graphs.count ? document->pieces.items[document->graphs.items[index]].graph : NULL;
}

rg_graph *rg_document_take_graph(rg_document *document, size_t index)
{
    rg_graph *graph = rg_document_graph(document, index);
    if (graph != NULL) {
        document->pieces.items[document->graphs.items[index]].graph = NULL;
    }
    return graph;
}

/* ---- printing ---- */

/* A sink that puts prefixes and line ends on what goes through it. */
typedef struct line_writer {
    rg_sink sink;
    rg_string prefix;
    rg_string trimmed_prefix; /* for lines that are otherwise empty */
    bool carriage_returns;
    bool at_line_start; /* the prefix is due before the next byte */
} line_writer;

static rg_status write_string(line_writer *writer, rg_string text)
{
    return text.size == 0 ? RG_OK : writer->sink.write(writer->sink.user, text.data, text.size);
}

/* Write a line's bytes, and its end if it has one. */
static rg_status write_line(line_writer *writer, rg_string line, bool ends)
{
    static const rg_string line_feed = {"\n", 1};
    static const rg_string carriage_return = {"\r\n", 2};
    rg_status status = RG_OK;
    if (writer->at_line_start && (line.size > 0 || ends)) {
        status = write_string(writer, line.size > 0 ? writer->prefix : writer->trimmed_prefix);
    }
    if (status == RG_OK) {
        status = write_string(writer, line);
    }
    if (status == RG_OK && ends) {
        status = write_string(writer, writer->carriage_returns ? carriage_return : line_feed);
    }
    writer->at_line_start = ends || (writer->at_line_start && line.size == 0);
    return status;
}

static rg_status write_lines(void *user, const char *data, size_t size)
{
    line_writer *writer = user;
    rg_status status = RG_OK;
    for (size_t at = 0; at < size && status == RG_OK;) {
        const char *newline = memchr(data + at, '\n', size - at);
        size_t end = newline == NULL ? size : (size_t)(newline - data);
        status = write_line(writer, (rg_string){data + at, end - at}, newline != NULL);
        at = end + 1;
    }
    return status;
}

/* Options as this library knows them; `given` may be NULL or older. */
static rg_print_options read_options(const rg_print_options *given)
{
    rg_print_options options = RG_PRINT_OPTIONS_INIT;
    if (given != NULL) {
        memcpy(&options, given, given->struct_size < sizeof options ? given->struct_size : sizeof options);
    }
    return options;
}

static rg_status print_graph(const rg_graph *graph, const rg_print_options *options, const document_piece *piece,
                             rg_sink sink)
{
    line_writer writer = {.sink = sink, .carriage_returns = rg__layout_style(graph)->carriage_returns};
    if (piece != NULL && !options->strip_log) {
        writer.prefix = writer.trimmed_prefix = piece->prefix;
        rg_string *trimmed = &writer.trimmed_prefix;
        while (piece->blank_is_trimmed && trimmed->size > 0 &&
               strchr(" \t", trimmed->data[trimmed->size - 1]) != NULL) {
            trimmed->size--;
        }
    }
    if (!writer.carriage_returns && writer.prefix.size == 0) {
        return rg__graph_print_lines(graph, options, sink);
    }
    return rg__graph_print_lines(graph, options, (rg_sink){write_lines, &writer});
}

rg_status rg_graph_print(const rg_graph *graph, const rg_print_options *options, rg_sink sink)
{
    rg_print_options known = read_options(options);
    return print_graph(graph, &known, NULL, sink);
}

rg_status rg_document_print(const rg_document *document, const rg_print_options *options, rg_sink sink)
{
    rg_print_options known = read_options(options);
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < document->pieces.count && status == RG_OK; i++) {
        const document_piece *piece = &document->pieces.items[i];
        if (piece->graph != NULL) {
            status = print_graph(piece->graph, &known, piece, sink);
        } else if (!piece->is_graph && !known.strip_log) {
            status = sink.write(sink.user, piece->text.data, piece->text.size);
        }
    }
    return status;
}
