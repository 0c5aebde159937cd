/*
 * source.h: a text that is being read: its bytes, its name, and how to say where in it something is wrong.
 */
#ifndef RG_TEXT_SOURCE_H
#define RG_TEXT_SOURCE_H

#include <regraft/context.h>

#include "text/word.h"

/* The columns by which FX indents a body. */
enum { RG_INDENTATION = 4 };

/*
 * A text under reading. `text` is what the lexer sees. For a graph cut out of a log, `text` has the line prefixes and
 * escape sequences taken off; `original` is then the same lines as they stand in the file, so that messages can name
 * the true column.
 */
typedef struct rg_source {
    rg_context *context;
    rg_string file;
    rg_string text;
    rg_string original;    /* empty: `text` is the file itself */
    uint32_t first_line;   /* number in the file of the first line of `text`, from 1 */
    uint32_t first_column; /* bytes that stand before `text` in its first line of the file */
    uint32_t prefix_size;  /* bytes that stand before each further line */
} rg_source;

/* A source that is a whole file. Checks what no grammar has to know: total size and line length (RG_ERROR_LIMIT), and
 * NUL bytes (RG_ERROR_SYNTAX). */
rg_status rg__source_init(rg_source *source, rg_context *context, rg_string text, rg_string file);

/* The length of the terminal escape sequence (`ESC [ ... m`) that `text` starts with; 0 when it starts with none. */
size_t rg__escape_length(const char *text, size_t size);

/* Where text[offset .. offset + width) is. */
rg_location rg__source_location(const rg_source *source, size_t offset, size_t width);

/* Report an error at text[offset .. offset + width); `expected` may be empty. Returns `code`. */
rg_status rg__source_report(const rg_source *source, size_t offset, size_t width, rg_status code, const char *expected,
                            const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The same as a note that belongs to the error before it. */
void rg__source_note(const rg_source *source, size_t offset, size_t width, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
