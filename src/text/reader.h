/*
 * reader.h: from the syntax tree to a graph. read_value.c reads arguments, read_call.c what a statement computes,
 * read_function.c statements and signatures, read_graph.c classes, read_layout.c what only printing needs.
 *
 * Statements are read one at a time; their trees live until the next one is asked for.
 */
#ifndef RG_TEXT_READER_H
#define RG_TEXT_READER_H

#include <regraft/graph.h>

#include "ir/layout.h"
#include "text/excerpt.h"
#include "text/syntax.h"

enum { RG_READER_CACHE_SIZE = 256 };

/* The same few annotations and callees come again and again: small caches by text. */
typedef struct rg_cached_type {
    rg_string text;
    rg_type type;
    bool canonical; /* it prints as it is written */
} rg_cached_type;

typedef struct rg_cached_op {
    rg_string text;
    rg_op op;
} rg_cached_op;

/* A value that the text deletes: written behind `owner`'s statement. */
typedef struct rg_written_deletion {
    uint32_t owner;
    uint32_t dead;
} rg_written_deletion;

/* The place in the text of a line that the printer may not make: one that is decorated, or spells a size otherwise. */
typedef struct rg_written_line {
    uint32_t node;
    uint32_t start;
    uint32_t end;
} rg_written_line;

/* What is kept of each function until the whole graph has been read and its styles are known. */
typedef struct rg_written_function {
    rg_graph *graph;
    uint32_t level;           /* nesting of the class */
    uint32_t signature_start; /* from the parenthesis to the end of the last line that brings in a placeholder */
    uint32_t signature_end;
    uint32_t return_start; /* the line or lines of the return statement */
    uint32_t return_end;
    bool is_indented_as_printed;              /* else lines as written do not go together with printed ones */
    RG_VECTOR(rg_written_deletion) deletions; /* in the order of their owners */
    RG_VECTOR(rg_written_line) lines;
} rg_written_function;

typedef struct rg_reader {
    rg_context *context;
    const rg_excerpt *excerpt;
    const rg_source *source;
    rg_parser parser;
    rg_arena arena;             /* the current statement */
    const rg_syntax *statement; /* the current statement; NULL at the end */
    uint32_t max_depth;
    rg_graph *graph;              /* the function being read */
    RG_VECTOR(uint32_t) deleted;  /* by node id: 1 + offset of the statement that deletes it; 0: alive */
    rg_written_function *written; /* the current function's */
    RG_VECTOR(rg_written_function) functions;
    rg_map keywords; /* id of a keyword -> number of the last call that has it */
    uint32_t calls;
    bool has_tensors; /* some annotation is a tensor */
    bool has_strides; /* and some of them has strides */
    bool has_devices;
    bool has_unusual_size; /* the current line has a size expression that prints otherwise than it was written */
    uint32_t inline_deletions;
    uint32_t own_line_deletions;
    rg_cached_type types[RG_READER_CACHE_SIZE];
    rg_cached_op ops[RG_READER_CACHE_SIZE];
} rg_reader;

/* Read the graph that the excerpt holds. */
rg_status rg__read_graph(rg_graph **out, const rg_excerpt *excerpt);

/* Read the next statement. */
rg_status rg__reader_advance(rg_reader *reader);

/* ---- read_value.c ---- */

rg_status rg__read_value(rg_value *out, rg_reader *reader, const rg_syntax *syntax);
/* An expression over symbols, `2*s0 + 1`. */
rg_status rg__read_size(rg_value *out, rg_reader *reader, const rg_syntax *syntax);
/* The live node of that name; {0}, not reported, when there is none. A deleted node is reported. */
rg_status rg__read_node_name(rg_node *out, rg_reader *reader, const rg_syntax *name);
/* Report a name that nothing has. */
rg_status rg__read_undefined(rg_reader *reader, const rg_syntax *name);

/* ---- read_call.c ---- */

/* What a statement computes: enough to insert a node. The arrays live as long as the statement. */
typedef struct rg_read_call {
    rg_op op;
    rg_string target; /* of get_attr and call_module */
    rg_argument *arguments;
    uint32_t argument_count;
} rg_read_call;

rg_status rg__read_call(rg_read_call *out, rg_reader *reader, const rg_syntax *expression);
/* The op that Python knows as torch.ops.NAME. */
rg_status rg__read_torch_op(rg_op *out, rg_reader *reader, rg_string name);
/* `target op= value`, or `base[index] = value` when `operation` is NONE. */
rg_status rg__read_in_place(rg_read_call *out, rg_reader *reader, const rg_syntax *target, rg_operation operation,
                            const rg_syntax *value);

/* ---- read_function.c ---- */

/* The type that an annotation spells, and whether the spelling must be kept. */
typedef struct rg_read_annotation {
    rg_type type;
    bool plain;     /* `x : T` */
    bool canonical; /* the type prints as it was written */
    rg_string written;
} rg_read_annotation;

rg_status rg__read_annotation(rg_read_annotation *out, rg_reader *reader, const rg_syntax *syntax);
/* Keep the annotation's type and spelling at a node. */
rg_status rg__read_set_annotation(rg_reader *reader, rg_node node, const rg_read_annotation *annotation);
/* The function whose `def` is the current statement, into reader->graph, up to the first statement that is not of its
 * body. */
rg_status rg__read_function(rg_reader *reader);

/* ---- read_layout.c ---- */

/* Where the line of text[offset] ends: at its LF or the end of the text; and where the next line begins. */
uint32_t rg__read_line_end(const rg_reader *reader, uint32_t offset);
uint32_t rg__read_next_line(const rg_reader *reader, uint32_t offset);
/* Append the whole lines text[start .. end) as they were written, `shift` columns further to the right. */
void rg__read_append_lines(rg_buffer *buffer, const rg_reader *reader, size_t start, size_t end, int32_t shift);
/* Keep text[start .. end) as a part of the graph, or of a node. */
rg_status rg__read_keep(rg_reader *reader, rg_node node, rg_layout_part part, size_t start, size_t end);
/* Settle styles, and keep spellings that the printer would not make: once the whole graph has been read. */
rg_status rg__read_layout(rg_reader *reader, rg_graph *root);

#endif
