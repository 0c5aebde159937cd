/*
 * excerpt.c: see excerpt.h. One pass over the lines; nothing here knows more of the grammar than class and def lines.
 */
#include "text/excerpt.h"

#include "ir/context_impl.h"

enum { LOOK_AHEAD_LINES = 16 }; /* between the class line of a log record and its `def` */

/* A line without its LF. */
static rg_string line_at(rg_string text, size_t offset)
{
    const char *newline = memchr(text.data + offset, '\n', text.size - offset);
    size_t end = newline == NULL ? text.size : (size_t)(newline - text.data);
    return (rg_string){text.data + offset, end - offset};
}

static size_t next_line(rg_string text, size_t offset)
{
    size_t end = offset + line_at(text, offset).size;
    return end < text.size ? end + 1 : end;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static rg_string trim_end(rg_string text)
{
    while (text.size > 0 && is_blank(text.data[text.size - 1])) {
        text.size--;
    }
    return text;
}

static bool starts_with(rg_string text, rg_string start)
{
    return text.size >= start.size && memcmp(text.data, start.data, start.size) == 0;
}

/* Where the last `word` of the line starts; the line's size when it has none. */
static size_t find_last(rg_string line, const char *word)
{
    size_t size = strlen(word);
    for (size_t at = line.size + 1 - (line.size >= size ? size : line.size + 1); at-- > 0;) {
        if (memcmp(line.data + at, word, size) == 0) {
            return at;
        }
    }
    return line.size;
}

/* ---- class lines ---- */

/* Blanks, and a byte order mark at the beginning of the file. */
static size_t skip_blanks(rg_string line)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t at = starts_with(line, (rg_string){mark, 3}) ? 3 : 0;
    while (at < line.size && is_blank(line.data[at])) {
        at++;
    }
    return at;
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '<' ||
           c == '>' || (unsigned char)c >= 0x80;
}

/* `class NAME(...Module):`, or what is left of it at the end of the text. Other classes (rules, generated code in a
 * log) are no graphs. */
static bool is_class_line(rg_string line, bool is_last)
{
    size_t at = 6;
    if (line.size < at || memcmp(line.data, "class ", at) != 0) {
        return false;
    }
    while (at < line.size && is_name_character(line.data[at])) {
        at++;
    }
    if (at == line.size) {
        return is_last;
    }
    return line.data[at] == '(' && (is_last || rg__ends_with(trim_end(line), "Module):"));
}

/* The line without its prefix; false when it is not of this record. */
static bool take_prefix(rg_string *content, rg_string prefix, rg_string line)
{
    if (starts_with(line, prefix)) {
        *content = rg__skip(line, prefix.size);
        return true;
    }
    if (rg_string_equal(trim_end(line), trim_end(prefix))) {
        *content = rg__skip(line, line.size);
        return true;
    }
    return false;
}

/* Are the lines from `start` to `end` of a record with that prefix, and deeper than its class line? */
static bool are_inside(rg_string text, size_t start, size_t end, rg_string prefix)
{
    for (size_t at = start; at < end; at = next_line(text, at)) {
        rg_string content;
        if (!take_prefix(&content, prefix, line_at(text, at)) || (content.size > 0 && !is_blank(content.data[0]))) {
            return false;
        }
    }
    return true;
}

/* The prefix of the record that the class line at `offset` heads, from the line of its `def`. */
static bool find_prefix(rg_string *out, rg_string text, size_t offset)
{
    rg_string header = line_at(text, offset);
    size_t first = next_line(text, offset);
    size_t at = first;
    for (int i = 0; i < LOOK_AHEAD_LINES && at < text.size; i++, at = next_line(text, at)) {
        rg_string line = line_at(text, at);
        size_t def = 0;
        while (def + 4 <= line.size && memcmp(line.data + def, "def ", 4) != 0) {
            def++;
        }
        if (def + 4 > line.size) {
            continue;
        }
        if (def < RG_INDENTATION || memcmp(line.data + def - RG_INDENTATION, "    ", RG_INDENTATION) != 0) {
            return false;
        }
        *out = (rg_string){line.data, def - RG_INDENTATION};
        return starts_with(header, *out) && are_inside(text, first, at, *out);
    }
    return false;
}

/* Does a class line stand at `offset`, and where in it? */
static bool find_class(rg_excerpt *out, rg_string text, size_t offset)
{
    rg_string line = line_at(text, offset);
    size_t at = skip_blanks(line);
    if (is_class_line(rg__skip(line, at), offset + line.size == text.size)) {
        out->start = offset + at;
        out->prefix = (rg_string){line.data, at};
        if (offset == 0 && at >= 3 && (unsigned char)line.data[0] == 0xef) {
            out->prefix = (rg_string){line.data + 3, at - 3}; /* the mark stands on the first line only */
        }
        return true;
    }
    at = find_last(line, "class ");
    if (!is_class_line(rg__skip(line, at), false) || !find_prefix(&out->prefix, text, offset)) {
        return false;
    }
    out->start = offset + at;
    return out->prefix.size <= at;
}

/* ---- the lines that belong to it ---- */

/* Find the end: the last line that is indented deeper than the class, before one that is not. Blank lines and comments
 * between such lines belong to the graph, those after the last do not. */
static void find_end(rg_excerpt *excerpt, rg_string text)
{
    size_t at = next_line(text, excerpt->start);
    excerpt->end = at;
    for (; at < text.size; at = next_line(text, at)) {
        rg_string content;
        if (!take_prefix(&content, excerpt->prefix, line_at(text, at))) {
            return;
        }
        size_t first = 0;
        for (size_t escape; first < content.size; first += escape) {
            escape = rg__escape_length(content.data + first, content.size - first);
            escape = escape == 0 && is_blank(content.data[first]) ? 1 : escape;
            if (escape == 0) {
                break;
            }
        }
        if (first == content.size) {
            continue;
        }
        if (is_blank(content.data[0])) {
            excerpt->end = next_line(text, at);
        } else if (content.data[first] != '#') {
            return;
        }
    }
}

/* ---- the text to read ---- */

/* Look over the lines to see what has to be taken off. */
static void inspect(rg_excerpt *excerpt, rg_string text)
{
    size_t with_return = 0;
    size_t lines = 0;
    for (size_t at = excerpt->start; at < excerpt->end; at = next_line(text, at)) {
        rg_string line = line_at(text, at);
        rg_string content;
        lines += line.data + line.size < text.data + text.size;
        if (at != excerpt->start && !starts_with(line, excerpt->prefix) &&
            take_prefix(&content, excerpt->prefix, line)) {
            excerpt->blank_is_trimmed = true;
        }
        if (line.size > 0) {
            with_return += line.data[line.size - 1] == '\r';
            excerpt->decorated = excerpt->decorated || memchr(line.data, '\x1b', line.size) != NULL;
        }
    }
    excerpt->carriage_returns = with_return > 0 && with_return == lines;
}

static void append_clean(rg_buffer *buffer, rg_string line)
{
    size_t done = 0;
    for (size_t i = 0; i < line.size; i++) {
        size_t escape = rg__escape_length(line.data + i, line.size - i);
        if (escape > 0) {
            rg__buffer_append(buffer, (rg_string){line.data + done, i - done});
            done = i + escape;
            i = done - 1;
        }
    }
    rg__buffer_append(buffer, rg__skip(line, done));
}

/* Make the text without what the lines have too much. False when memory is out. */
static bool clean(rg_excerpt *excerpt, rg_string text)
{
    const rg_allocator *allocator = excerpt->text.allocator;
    for (size_t at = excerpt->start; at < excerpt->end; at = next_line(text, at)) {
        rg_string line = line_at(text, at);
        bool has_newline = line.data + line.size < text.data + text.size;
        if (at != excerpt->start) {
            (void)take_prefix(&line, excerpt->prefix, line);
        }
        if (excerpt->carriage_returns && line.size > 0 && line.data[line.size - 1] == '\r') {
            line.size--;
        }
        rg_decorated_line decorated = {(uint32_t)excerpt->text.size, line};
        if (excerpt->decorated && !rg__vector_push(allocator, &excerpt->lines, decorated)) {
            return false;
        }
        append_clean(&excerpt->text, line);
        rg__buffer_append_text(&excerpt->text, has_newline ? "\n" : "");
    }
    excerpt->source.text = rg__buffer_string(&excerpt->text);
    return !excerpt->text.failed;
}

rg_status rg__excerpt_find(rg_excerpt *out, const rg_source *file, rg_excerpt_cursor *cursor)
{
    rg_string text = file->text;
    *out = (rg_excerpt){.source = *file};
    rg__buffer_init(&out->text, &file->context->allocator);
    size_t at = cursor->offset;
    while (at < text.size && !find_class(out, text, at)) {
        at = next_line(text, at);
        cursor->line++;
    }
    cursor->offset = at;
    if (at >= text.size) {
        return RG_OK;
    }
    find_end(out, text);
    inspect(out, text);
    out->source.first_line = cursor->line + 1;
    cursor->offset = out->end;
    for (size_t i = at; i < out->end; i++) {
        cursor->line += text.data[i] == '\n';
    }
    out->source.first_column = (uint32_t)(out->start - at);
    out->source.prefix_size = (uint32_t)out->prefix.size;
    out->source.text = (rg_string){text.data + out->start, out->end - out->start};
    out->source.original = out->decorated ? out->source.text : (rg_string){NULL, 0};
    bool as_it_is = out->prefix.size == 0 && !out->decorated && !out->carriage_returns;
    return as_it_is || clean(out, text) ? RG_OK : rg__report_memory(file->context);
}

void rg__excerpt_free(rg_excerpt *excerpt)
{
    rg__vector_free(excerpt->text.allocator, &excerpt->lines);
    rg__buffer_free(&excerpt->text);
}

/* The part of a decorated line that reads as its bytes `from` to `to`; escape sequences around it included. */
static rg_string decorated_part(rg_string written, size_t from, size_t to)
{
    size_t seen = 0;
    size_t start = from == 0 ? 0 : written.size;
    for (size_t i = 0; i < written.size; i++) {
        size_t escape = rg__escape_length(written.data + i, written.size - i);
        if (escape > 0) {
            i += escape - 1;
            continue;
        }
        if (seen == to) {
            return (rg_string){written.data + start, i - start};
        }
        start = seen == from && from > 0 ? i : start;
        seen++;
    }
    return (rg_string){written.data + start, written.size - start};
}

/* The last of the decorated lines that begins at or before `start`. */
static uint32_t find_line(const rg_excerpt *excerpt, size_t start)
{
    uint32_t low = 0;
    uint32_t high = excerpt->lines.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        *(excerpt->lines.items[middle].start <= start ? &low : &high) = middle;
    }
    return low;
}

bool rg__excerpt_is_decorated(const rg_excerpt *excerpt, size_t start, size_t end)
{
    uint32_t line = excerpt->decorated ? find_line(excerpt, start) : 0;
    for (; line < excerpt->lines.count && excerpt->lines.items[line].start < end; line++) {
        rg_string clean = line_at(excerpt->source.text, excerpt->lines.items[line].start);
        if (excerpt->lines.items[line].written.size != clean.size) {
            return true;
        }
    }
    return false;
}

void rg__excerpt_append(rg_buffer *buffer, const rg_excerpt *excerpt, size_t start, size_t end)
{
    rg_string text = excerpt->source.text;
    if (!excerpt->decorated) {
        rg__buffer_append(buffer, (rg_string){text.data + start, end - start});
        return;
    }
    for (uint32_t i = find_line(excerpt, start); i < excerpt->lines.count && excerpt->lines.items[i].start < end; i++) {
        const rg_decorated_line *line = &excerpt->lines.items[i];
        size_t line_end = line->start + line_at(text, line->start).size;
        size_t from = start > line->start ? start - line->start : 0;
        if (from < line_end - line->start || from == 0) {
            rg__buffer_append(buffer,
                              decorated_part(line->written, from, end < line_end ? end - line->start : SIZE_MAX));
        }
        rg__buffer_append_text(buffer, line_end < end ? "\n" : "");
    }
}
