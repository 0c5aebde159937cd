/*
 * buffer.c: text under construction. Numbers are in number.c.
 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

void rg__buffer_init(rg_buffer *buffer, const rg_allocator *allocator)
{
    memset(buffer, 0, sizeof(*buffer));
    buffer->allocator = allocator;
}

void rg__buffer_free(rg_buffer *buffer)
{
    rg__free(buffer->allocator, buffer->data, buffer->capacity);
    rg__buffer_init(buffer, buffer->allocator);
}

void rg__buffer_clear(rg_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    if (buffer->data != NULL) {
        buffer->data[0] = '\0';
    }
}

/* Room for `extra` more bytes and the NUL. */
static bool buffer_reserve(rg_buffer *buffer, size_t extra)
{
    if (buffer->failed) {
        return false;
    }
    if (buffer->capacity - buffer->size > extra) {
        return true;
    }
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
    while (capacity - buffer->size <= extra) {
        if (capacity > SIZE_MAX / 2) {
            buffer->failed = true;
            return false;
        }
        capacity *= 2;
    }
    const rg_allocator *allocator = buffer->allocator;
    char *grown = allocator->resize(allocator->user, buffer->data, buffer->capacity, capacity);
    if (grown == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = grown;
    buffer->capacity = capacity;
    return true;
}

void rg__buffer_append(rg_buffer *buffer, rg_string text)
{
    if (buffer_reserve(buffer, text.size)) {
        if (text.size != 0) {
            memcpy(buffer->data + buffer->size, text.data, text.size);
        }
        buffer->size += text.size;
        buffer->data[buffer->size] = '\0';
    }
}

void rg__buffer_append_text(rg_buffer *buffer, const char *text)
{
    rg__buffer_append(buffer, rg_string_from(text));
}

void rg__buffer_append_char(rg_buffer *buffer, char character)
{
    rg__buffer_append(buffer, (rg_string){&character, 1});
}

void rg__buffer_append_repeat(rg_buffer *buffer, char character, size_t count)
{
    if (buffer_reserve(buffer, count)) {
        memset(buffer->data + buffer->size, character, count);
        buffer->size += count;
        buffer->data[buffer->size] = '\0';
    }
}

void rg__buffer_append_arguments(rg_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) {
        buffer->failed = true;
    } else if (buffer_reserve(buffer, (size_t)length)) {
        (void)vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
}

void rg__buffer_append_format(rg_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    rg__buffer_append_arguments(buffer, format, arguments);
    va_end(arguments);
}

rg_string rg__buffer_string(const rg_buffer *buffer)
{
    return buffer->data == NULL ? (rg_string){"", 0} : (rg_string){buffer->data, buffer->size};
}

static rg_status buffer_write(void *user, const char *data, size_t size)
{
    rg_buffer *buffer = user;
    rg__buffer_append(buffer, (rg_string){data, size});
    return buffer->failed ? RG_ERROR_MEMORY : RG_OK;
}

rg_sink rg__buffer_sink(rg_buffer *buffer)
{
    return (rg_sink){buffer_write, buffer};
}

/* ---- Python's repr of a string ---- */

/* The code point that starts at text[*at], advancing past it; -1 and one byte for what is not UTF-8. */
static int32_t next_code_point(rg_string text, size_t *at)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    size_t left = text.size - *at;
    size_t extra = bytes[0] < 0x80 ? 0 : bytes[0] >= 0xf0 ? 3 : bytes[0] >= 0xe0 ? 2 : bytes[0] >= 0xc0 ? 1 : 4;
    *at += 1;
    if (extra == 4 || extra >= left || bytes[0] > 0xf4) {
        return -1;
    }
    uint32_t point = extra == 0 ? bytes[0] : bytes[0] & (0x3fu >> extra);
    for (size_t i = 1; i <= extra; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return -1;
        }
        point = point << 6 | (bytes[i] & 0x3f);
    }
    if (point < least[extra] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
        return -1;
    }
    *at += extra;
    return (int32_t)point;
}

/* What str.isprintable refuses beyond ASCII: separators, controls, format characters, private use. Code points that
 * Unicode has not assigned count as printable, because which they are depends on Python's version. */
static bool is_printable(int32_t point)
{
    static const struct {
        int32_t first;
        int32_t last;
    } refused[] = {
        {0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00ad, 0x00ad},   {0x0600, 0x0605},   {0x061c, 0x061c},
        {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x0890, 0x0891},   {0x08e2, 0x08e2},   {0x1680, 0x1680},
        {0x180e, 0x180e},   {0x2000, 0x200f},   {0x2028, 0x202f},   {0x205f, 0x206f},   {0x3000, 0x3000},
        {0xe000, 0xf8ff},   {0xfeff, 0xfeff},   {0xfff9, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
        {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0001, 0xe007f}, {0xf0000, 0x10ffff},
    };
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (point <= refused[i].last) {
            return point < refused[i].first;
        }
    }
    return true;
}

static void append_escaped(rg_buffer *buffer, int32_t point)
{
    static const char names[][2] = {{'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (point == names[i][0]) {
            rg__buffer_append_char(buffer, '\\');
            rg__buffer_append_char(buffer, names[i][1]);
            return;
        }
    }
    const char *format = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
    char text[16];
    int length = snprintf(text, sizeof(text), format, (unsigned)point);
    rg__buffer_append(buffer, (rg_string){text, (size_t)length});
}

void rg__buffer_append_quoted(rg_buffer *buffer, rg_string text)
{
    bool has_single = text.size != 0 && memchr(text.data, '\'', text.size) != NULL;
    bool has_double = text.size != 0 && memchr(text.data, '"', text.size) != NULL;
    char quote = has_single && !has_double ? '"' : '\'';
    rg__buffer_append_char(buffer, quote);
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        int32_t point = next_code_point(text, &at);
        if (point >= 0 && !is_printable(point)) {
            append_escaped(buffer, point);
            continue;
        }
        if (point == quote || point == '\\') {
            rg__buffer_append_char(buffer, '\\');
        }
        rg__buffer_append(buffer, (rg_string){text.data + start, at - start});
    }
    rg__buffer_append_char(buffer, quote);
}
