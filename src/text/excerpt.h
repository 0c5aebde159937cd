/*
 * excerpt.h: finding graphs in a text and cutting them out: from a file that holds nothing else, from the output of a
 * program, from a log whose every line has a prefix.
 *
 * TORCH_LOGS writes a record as a heading that ends in the class line,
 *     V1121 20:00:00.123000 77 torch/_dynamo/output_graph.py:1523] [0/0] [__graph_code]  a.py class GraphModule(...):
 * and the lines below with the same prefix. Which prefix is not asked: it is what stands before `def` less four blanks.
 */
#ifndef RG_TEXT_EXCERPT_H
#define RG_TEXT_EXCERPT_H

#include "base/buffer.h"
#include "text/source.h"

/* How far a file has been looked through. */
typedef struct rg_excerpt_cursor {
    size_t offset;
    uint32_t line; /* number of lines before `offset` */
} rg_excerpt_cursor;

/* A line of a decorated graph. */
typedef struct rg_decorated_line {
    uint32_t start;    /* where it begins in source.text */
    rg_string written; /* as it was, without prefix and LF */
} rg_decorated_line;

/* One graph with its submodules, cut out. */
typedef struct rg_excerpt {
    size_t start;                       /* where `class` stands in the file's text */
    size_t end;                         /* after its last line */
    rg_string prefix;                   /* of every line but the first */
    bool blank_is_trimmed;              /* lines that hold nothing but the prefix have lost its trailing blanks */
    bool carriage_returns;              /* all lines end in CR LF */
    bool decorated;                     /* some lines have terminal escape sequences, which `source.text` has not */
    rg_source source;                   /* what to read: LF line ends, no prefixes, no escape sequences */
    rg_buffer text;                     /* holds source.text if that had to be made */
    RG_VECTOR(rg_decorated_line) lines; /* if decorated: all of them */
} rg_excerpt;

/* Find the next graph of `file` after the cursor, and move the cursor behind it. `out->end` is 0 when there is none.
 * Free it in any case. */
rg_status rg__excerpt_find(rg_excerpt *out, const rg_source *file, rg_excerpt_cursor *cursor);
void rg__excerpt_free(rg_excerpt *excerpt);

/* Has any line that source.text[start .. end) touches escape sequences? */
bool rg__excerpt_is_decorated(const rg_excerpt *excerpt, size_t start, size_t end);

/* Append source.text[start .. end) as it was written. */
void rg__excerpt_append(rg_buffer *buffer, const rg_excerpt *excerpt, size_t start, size_t end);

#endif
