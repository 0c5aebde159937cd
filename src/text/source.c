/*
 * source.c: checks that need no grammar, and locations for diagnostics.
 */
#include "text/source.h"

#include <stdarg.h>
#include <stdio.h>

#include "ir/context_impl.h"

/* Longer source lines are shown in part, this many bytes around the place. */
enum { SHOWN_LINE_BYTES = 160 };

size_t rg__escape_length(const char *text, size_t size)
{
    if (size < 3 || text[0] != '\x1b' || text[1] != '[') {
        return 0;
    }
    for (size_t i = 2; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x40 && c <= 0x7e) {
            return i + 1;
        }
        if (c < 0x20 || c > 0x3f) {
            return 0;
        }
    }
    return 0;
}

rg_status rg__source_init(rg_source *source, rg_context *context, rg_string text, rg_string file)
{
    *source = (rg_source){.context = context, .file = file, .text = text, .first_line = 1};
    rg_limits limits = rg_context_limits(context);
    /* Offsets are 32-bit, whatever the limit says. */
    if (text.size > limits.max_input_bytes || text.size >= UINT32_MAX) {
        source->text.size = 0;
        return rg__source_report(source, 0, 0, RG_ERROR_LIMIT, NULL,
                                 "the text has %zu bytes, more than the limit of %llu", text.size,
                                 (unsigned long long)limits.max_input_bytes);
    }
    const char *end = text.data + text.size;
    for (const char *line = text.data; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((newline == NULL ? end : newline) - line);
        if (size > limits.max_line_bytes) {
            return rg__source_report(source, (size_t)(line - text.data), 1, RG_ERROR_LIMIT, NULL,
                                     "a line of %zu bytes, more than the limit of %llu", size,
                                     (unsigned long long)limits.max_line_bytes);
        }
        line += size + 1;
    }
    const char *nul = text.size == 0 ? NULL : memchr(text.data, '\0', text.size);
    if (nul != NULL) {
        return rg__source_report(source, (size_t)(nul - text.data), 1, RG_ERROR_SYNTAX, "text", "a NUL byte");
    }
    return RG_OK;
}

/* The column in the file of text[offset], which is `column` bytes into line number `line` (from 0) of the text. */
static size_t original_column(const rg_source *source, size_t line, size_t column)
{
    size_t before = line == 0 ? source->first_column : source->prefix_size;
    if (source->original.size == 0) {
        return before + column;
    }
    const char *at = source->original.data;
    const char *end = at + source->original.size;
    for (size_t i = 0; i < line; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (newline == NULL) {
            return before + column;
        }
        at = newline + 1;
    }
    const char *start = at;
    at += line == 0 ? 0 : source->prefix_size;
    for (size_t left = column; at < end && *at != '\n'; left--) {
        for (size_t escape; (escape = rg__escape_length(at, (size_t)(end - at))) != 0;) {
            at += escape;
        }
        if (left == 0) {
            break;
        }
        at++;
    }
    return (size_t)(at - start) + (line == 0 ? source->first_column : 0);
}

static bool continues_character(const rg_source *source, size_t offset)
{
    return offset < source->text.size && ((unsigned char)source->text.data[offset] & 0xc0) == 0x80;
}

rg_location rg__source_location(const rg_source *source, size_t offset, size_t width)
{
    const char *text = source->text.data;
    size_t size = source->text.size;
    size_t line = 0;
    size_t start = 0;
    offset = offset > size ? size : offset;
    for (const char *at; start < offset && (at = memchr(text + start, '\n', offset - start)) != NULL; line++) {
        start = (size_t)(at - text) + 1;
    }
    const char *newline = size == start ? NULL : memchr(text + start, '\n', size - start);
    size_t end = newline == NULL ? size : (size_t)(newline - text);
    if (end > start && text[end - 1] == '\r') {
        end--;
    }
    const char *nul = end == start ? NULL : memchr(text + start, '\0', end - start);
    if (nul != NULL) { /* the one byte that cannot be shown as text */
        end = (size_t)(nul - text);
    }
    size_t column = offset - start;
    if (end - start > SHOWN_LINE_BYTES) {
        if (column > SHOWN_LINE_BYTES / 2) {
            start = offset - SHOWN_LINE_BYTES / 2;
        }
        if (end - start > SHOWN_LINE_BYTES) {
            end = start + SHOWN_LINE_BYTES;
        }
        while (start < offset && continues_character(source, start)) {
            start++;
        }
        while (end > offset && continues_character(source, end)) {
            end--;
        }
    }
    rg_location location = {
        .file = source->file,
        .line = source->first_line + (uint32_t)line,
        .column = (uint32_t)original_column(source, line, column) + 1,
        .source_line = {text + start, end > start ? end - start : 0},
        .caret = (uint32_t)(offset - start),
        .caret_width = width == 0 ? 1 : (uint32_t)width,
    };
    if (end > offset && location.caret_width > end - offset) {
        location.caret_width = (uint32_t)(end - offset);
    } else if (end <= offset) {
        location.caret_width = 1;
    }
    return location;
}

static void report(const rg_source *source, size_t offset, size_t width, rg_severity severity, rg_status code,
                   const char *expected, const char *format, va_list arguments)
{
    char message[512];
    (void)vsnprintf(message, sizeof message, format, arguments);
    rg_location location = rg__source_location(source, offset, width);
    (void)rg__report_expected(source->context, severity, code, rg_string_from(message), rg_string_from(expected),
                              &location);
}

rg_status rg__source_report(const rg_source *source, size_t offset, size_t width, rg_status code, const char *expected,
                            const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(source, offset, width, RG_SEVERITY_ERROR, code, expected, format, arguments);
    va_end(arguments);
    return code;
}

void rg__source_note(const rg_source *source, size_t offset, size_t width, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(source, offset, width, RG_SEVERITY_NOTE, RG_OK, NULL, format, arguments);
    va_end(arguments);
}
