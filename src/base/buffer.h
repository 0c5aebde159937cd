/*
 * buffer.h: building text, and turning numbers into text and back without the locale having a say.
 */
#ifndef RG_BASE_BUFFER_H
#define RG_BASE_BUFFER_H

#include <stdarg.h>

#include "base/memory.h"

/*
 * A text under construction. Failure is sticky: after the allocator has failed once, appends do nothing and `failed`
 * is true, so that a run of appends needs one check at its end.
 */
typedef struct rg_buffer {
    const rg_allocator *allocator;
    char *data; /* ends in a NUL when not NULL */
    size_t size;
    size_t capacity;
    bool failed;
} rg_buffer;

void rg__buffer_init(rg_buffer *buffer, const rg_allocator *allocator);
void rg__buffer_free(rg_buffer *buffer);
void rg__buffer_clear(rg_buffer *buffer);
void rg__buffer_append(rg_buffer *buffer, rg_string text);
void rg__buffer_append_text(rg_buffer *buffer, const char *text);
void rg__buffer_append_char(rg_buffer *buffer, char character);
void rg__buffer_append_repeat(rg_buffer *buffer, char character, size_t count);
void rg__buffer_append_int(rg_buffer *buffer, int64_t value);
/* Python's repr of a float: "1e-05", "0.1", "inf", "nan", "1.0". */
void rg__buffer_append_float(rg_buffer *buffer, double value);
/* Python's repr of a string: single quotes unless the text has single but no double quotes. */
void rg__buffer_append_quoted(rg_buffer *buffer, rg_string text);
/* printf for %s %d %u %zu %c %.*s %lld and friends; no floating point. */
void rg__buffer_append_format(rg_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void rg__buffer_append_arguments(rg_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
rg_string rg__buffer_string(const rg_buffer *buffer);
/* A sink that appends to the buffer (RG_ERROR_MEMORY once it has failed). */
rg_sink rg__buffer_sink(rg_buffer *buffer);

/* Correctly rounded, any locale. False when `text` as a whole is not a Python float literal, inf or nan. */
bool rg__parse_float(rg_string text, double *out);
/* Decimal integer with optional sign; false when it does not fit or is none. */
bool rg__parse_int(rg_string text, int64_t *out);

#endif
