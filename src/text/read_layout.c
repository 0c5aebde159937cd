/*
 * read_layout.c: what only printing needs, and is known once the whole graph has been read: styles, and the spellings
 * that the printer would not make by itself.
 */
#include "ir/context_impl.h"
#include "text/printer.h"
#include "text/reader.h"

uint32_t rg__read_line_end(const rg_reader *reader, uint32_t offset)
{
    rg_string text = reader->source->text;
    const char *newline = offset >= text.size ? NULL : memchr(text.data + offset, '\n', text.size - offset);
    return newline == NULL ? (uint32_t)text.size : (uint32_t)(newline - text.data);
}

uint32_t rg__read_next_line(const rg_reader *reader, uint32_t offset)
{
    uint32_t end = rg__read_line_end(reader, offset);
    return end < reader->source->text.size ? end + 1 : end;
}

/* Append a line with its blanks at the front made `shift` columns more. */
static void append_shifted(rg_buffer *buffer, rg_string line, int32_t shift)
{
    int32_t column = shift;
    size_t at = 0;
    for (; at < line.size && (line.data[at] == ' ' || line.data[at] == '\t'); at++) {
        column = line.data[at] == '\t' ? ((column - shift) | 7) + 1 + shift : column + 1;
    }
    bool is_blank = at == line.size || line.data[at] == '\n' || line.data[at] == '\r';
    rg__buffer_append_repeat(buffer, ' ', is_blank || column < 0 ? 0 : (size_t)column);
    rg__buffer_append(buffer, rg__skip(line, at));
}

void rg__read_append_lines(rg_buffer *buffer, const rg_reader *reader, size_t start, size_t end, int32_t shift)
{
    if (shift == 0) {
        rg__excerpt_append(buffer, reader->excerpt, start, end);
        return;
    }
    rg_buffer lines;
    rg__buffer_init(&lines, buffer->allocator);
    rg__excerpt_append(&lines, reader->excerpt, start, end);
    buffer->failed = buffer->failed || lines.failed;
    for (size_t at = 0; at < lines.size;) {
        const char *newline = memchr(lines.data + at, '\n', lines.size - at);
        size_t size = newline == NULL ? lines.size - at : (size_t)(newline - (lines.data + at)) + 1;
        append_shifted(buffer, (rg_string){lines.data + at, size}, shift);
        at += size;
    }
    rg__buffer_free(&lines);
}

rg_status rg__read_keep(rg_reader *reader, rg_node node, rg_layout_part part, size_t start, size_t end)
{
    if (!reader->excerpt->decorated) {
        rg_string text = {reader->source->text.data + start, end - start};
        return rg__layout_set_text(reader->graph, node, part, text);
    }
    rg_buffer buffer;
    rg__buffer_init(&buffer, &reader->context->allocator);
    rg__excerpt_append(&buffer, reader->excerpt, start, end);
    rg_status status = buffer.failed ? rg__report_memory(reader->context)
                                     : rg__layout_set_text(reader->graph, node, part, rg__buffer_string(&buffer));
    rg__buffer_free(&buffer);
    return status;
}

/* ---- styles ---- */

/* Does any statement of the graph have values that die with it? */
static rg_status has_dying_values(bool *out, rg_reader *reader)
{
    *out = false;
    for (uint32_t i = 0; i < reader->functions.count && !*out; i++) {
        const rg_graph *graph = reader->functions.items[i].graph;
        rg_liveness liveness;
        if (!rg__liveness_init(&liveness, graph)) {
            return rg__report_memory(reader->context);
        }
        rg_node node = rg_graph_first(graph);
        bool made = true;
        for (; !rg_node_is_null(node) && made && !*out; node = rg_graph_next(graph, node)) {
            made = rg__liveness_dying(&liveness, node);
            *out = liveness.dying.count > 0;
        }
        rg__liveness_free(&liveness);
        if (!made) {
            return rg__report_memory(reader->context);
        }
    }
    return RG_OK;
}

static rg_status find_deletion_style(rg_deletion_style *out, rg_reader *reader)
{
    bool dying = false;
    rg_status status = RG_OK;
    if (reader->own_line_deletions == 0 && reader->inline_deletions == 0) {
        status = has_dying_values(&dying, reader);
    }
    *out = dying                                                   ? RG_DELETIONS_NONE
           : reader->own_line_deletions > reader->inline_deletions ? RG_DELETIONS_OWN_LINE
                                                                   : RG_DELETIONS_INLINE;
    return status;
}

static rg_status set_styles(rg_reader *reader, rg_graph *root)
{
    rg_deletion_style deletions;
    rg_status status = find_deletion_style(&deletions, reader);
    for (uint32_t i = 0; i < reader->functions.count; i++) {
        rg_layout_style *style = &rg__graph_layout(reader->functions.items[i].graph)->style;
        style->deletions = (uint8_t)deletions;
        style->hide_strides = reader->has_tensors && !reader->has_strides;
        style->hide_devices = reader->has_tensors && !reader->has_devices;
    }
    rg__graph_layout(root)->style.carriage_returns = reader->excerpt->carriage_returns;
    return status;
}

/* ---- spellings ---- */

/* Keep a canonical text and what was written for it. */
static rg_status keep_spelling(rg_reader *reader, rg_node node, rg_layout_part canonical, rg_string text,
                               rg_string written)
{
    rg_status status = rg__layout_set_text(reader->graph, node, canonical, text);
    return status == RG_OK ? rg__layout_set_text(reader->graph, node, (rg_layout_part)(canonical + 1), written)
                           : status;
}

static void append_names(rg_buffer *buffer, const rg_graph *graph, const rg_written_deletion *deletions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rg__buffer_append_text(buffer, i == 0 ? "" : " = ");
        rg__buffer_append(buffer, rg_node_name(graph, (rg_node){deletions[i].dead}));
    }
}

static bool same_deletions(const rg_liveness *liveness, const rg_written_deletion *deletions, size_t count)
{
    bool same = liveness->dying.count == count;
    for (size_t i = 0; i < count && same; i++) {
        same = liveness->dying.items[i] == deletions[i].dead;
    }
    return same;
}

static rg_status spell_deletions(rg_reader *reader, rg_printer *printer, rg_node node,
                                 const rg_written_deletion *deletions, size_t count)
{
    const rg_liveness *liveness = &printer->liveness;
    rg__buffer_clear(&printer->buffer);
    rg__buffer_clear(&printer->scratch);
    for (uint32_t i = 0; i < liveness->dying.count; i++) {
        rg__buffer_append_text(&printer->buffer, i == 0 ? "" : " = ");
        rg__buffer_append(&printer->buffer, rg_node_name(reader->graph, (rg_node){liveness->dying.items[i]}));
    }
    append_names(&printer->scratch, reader->graph, deletions, count);
    if (printer->buffer.failed || printer->scratch.failed) {
        return rg__report_memory(reader->context);
    }
    return keep_spelling(reader, node, RG_LAYOUT_DELETIONS_CANONICAL, rg__buffer_string(&printer->buffer),
                         rg__buffer_string(&printer->scratch));
}

/* Keep the deletions that stand otherwise than FX puts them. */
static rg_status read_deletions(rg_reader *reader, rg_printer *printer, const rg_written_function *function)
{
    const rg_graph *graph = function->graph;
    if (rg__layout_style(graph)->deletions == RG_DELETIONS_NONE) {
        return RG_OK;
    }
    if (!rg__liveness_init(&printer->liveness, graph)) {
        return rg__report_memory(reader->context);
    }
    rg_status status = RG_OK;
    uint32_t at = 0;
    while (at < function->deletions.count && function->deletions.items[at].owner == 0) {
        at++; /* before the first node: of no statement */
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        uint32_t start = at;
        while (at < function->deletions.count && function->deletions.items[at].owner == node.id) {
            at++;
        }
        const rg_written_deletion *deletions = at > start ? &function->deletions.items[start] : NULL;
        if (!rg__liveness_dying(&printer->liveness, node)) {
            status = rg__report_memory(reader->context);
        } else if (!same_deletions(&printer->liveness, deletions, at - start)) {
            status = spell_deletions(reader, printer, node, deletions, at - start);
        }
    }
    rg__liveness_free(&printer->liveness);
    return status;
}

/* Compare what the printer has made with text[start .. end), and keep that if it differs. */
static rg_status compare_spelling(rg_reader *reader, rg_printer *printer, rg_node node, rg_layout_part canonical,
                                  uint32_t start, uint32_t end)
{
    rg__buffer_clear(&printer->scratch);
    rg__excerpt_append(&printer->scratch, reader->excerpt, start, end);
    rg_string text = rg__buffer_string(&printer->buffer);
    rg_string written = rg__buffer_string(&printer->scratch);
    if (printer->buffer.failed || printer->scratch.failed) {
        return rg__report_memory(reader->context);
    }
    return rg_string_equal(text, written) ? RG_OK : keep_spelling(reader, node, canonical, text, written);
}

static bool contains(rg_string text, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= text.size; i++) {
        if (memcmp(text.data + i, word, size) == 0) {
            return true;
        }
    }
    return false;
}

/* A signature is kept as written if it holds more than placeholders: blank lines, comments, metadata, other
 * parameters. Otherwise its spelling is only a manner of writing. */
static rg_status read_signature(rg_reader *reader, rg_printer *printer, const rg_written_function *function)
{
    uint8_t style = rg__layout_style(function->graph)->signature;
    uint32_t start = function->signature_start;
    uint32_t end = function->signature_end;
    rg_string text = {reader->source->text.data + start, end - start};
    if (style != RG_SIGNATURE_UNPACKED && style != RG_SIGNATURE_BOXED &&
        !rg__excerpt_is_decorated(reader->excerpt, start, end) && !contains(text, "\r") && !contains(text, "#") &&
        !contains(text, "\n\n") && !contains(text, "\"\"\"")) {
        return RG_OK;
    }
    rg__buffer_clear(&printer->buffer);
    rg__print_signature(printer, function->level);
    return compare_spelling(reader, printer, (rg_node){0}, RG_LAYOUT_SIGNATURE_CANONICAL, start, end);
}

/* A return of several lines with comments: FX describes each result when asked to. */
static rg_status read_return(rg_reader *reader, rg_printer *printer, const rg_written_function *function)
{
    uint32_t start = function->return_start;
    uint32_t end = function->return_end;
    rg_string text = {reader->source->text.data + start, end - start};
    if (rg__excerpt_is_decorated(reader->excerpt, start, end) || !contains(text, "\n") || !contains(text, "#")) {
        return RG_OK;
    }
    rg__buffer_clear(&printer->buffer);
    rg_node output = rg_graph_output(function->graph);
    rg__print_line(printer, output, function->level);
    return compare_spelling(reader, printer, output, RG_LAYOUT_LINE_CANONICAL, start, end);
}

/* Lines with escape sequences, or with unusual sizes, are kept whole. */
static rg_status read_lines(rg_reader *reader, rg_printer *printer, const rg_written_function *function)
{
    if (function->lines.count == 0 || rg__layout_style(function->graph)->deletions == RG_DELETIONS_OWN_LINE) {
        return RG_OK;
    }
    if (!rg__liveness_init(&printer->liveness, function->graph)) {
        return rg__report_memory(reader->context);
    }
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < function->lines.count && status == RG_OK; i++) {
        const rg_written_line *line = &function->lines.items[i];
        rg__buffer_clear(&printer->buffer);
        rg__print_line(printer, (rg_node){line->node}, function->level);
        status =
            compare_spelling(reader, printer, (rg_node){line->node}, RG_LAYOUT_LINE_CANONICAL, line->start, line->end);
    }
    rg__liveness_free(&printer->liveness);
    return status;
}

static rg_status read_spellings(rg_reader *reader, const rg_written_function *function)
{
    rg_printer printer;
    reader->graph = function->graph;
    rg__printer_init(&printer, reader->context, function->graph);
    rg_status status = read_deletions(reader, &printer, function);
    if (!function->is_indented_as_printed) {
        goto done;
    }
    if (status == RG_OK) {
        status = read_signature(reader, &printer, function);
    }
    if (status == RG_OK) {
        status = read_return(reader, &printer, function);
    }
    if (status == RG_OK) {
        status = read_lines(reader, &printer, function);
    }
done:
    rg__printer_free(&printer);
    return status;
}

rg_status rg__read_layout(rg_reader *reader, rg_graph *root)
{
    rg_status status = set_styles(reader, root);
    for (uint32_t i = 0; i < reader->functions.count && status == RG_OK; i++) {
        status = read_spellings(reader, &reader->functions.items[i]);
    }
    return status;
}
