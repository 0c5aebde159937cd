/*
 * printer.h: graphs to text. print_value.c prints arguments, print_statement.c one node, print_graph.c the rest.
 *
 * Everything is appended to a buffer, which remembers whether memory ran out; print_graph.c hands it on in pieces.
 */
#ifndef RG_TEXT_PRINTER_H
#define RG_TEXT_PRINTER_H

#include <regraft/document.h>

#include "base/buffer.h"
#include "ir/layout.h"
#include "text/liveness.h"
#include "text/syntax.h"

typedef struct rg_printer {
    const rg_graph *graph;
    rg_context *context;
    rg_buffer buffer;
    rg_buffer scratch;
    rg_liveness liveness;
    bool canonical;      /* as the graph alone says, without the spellings that were read */
    bool strip_comments; /* leave out comments, blank lines and metadata blocks */
    bool strip_escapes;  /* leave out terminal escape sequences */
} rg_printer;

void rg__printer_init(rg_printer *printer, rg_context *context, const rg_graph *graph);
void rg__printer_free(rg_printer *printer);

/* ---- values ---- */

void rg__print_value(rg_printer *printer, rg_value value);
/* An operand: in parentheses where an operator beside it would otherwise take part of it. */
void rg__print_operand(rg_printer *printer, rg_value value);
/* What a method, attribute or subscript follows. */
void rg__print_receiver(rg_printer *printer, rg_value value);
/* `base.a.b`; parts of the dotted path that are no identifiers become getattr(base, "0"). `start` is where the base
 * begins in the buffer. */
void rg__print_path(rg_printer *printer, size_t start, rg_string path);
/* An op by the name that Python knows it under. */
void rg__print_op(rg_printer *printer, rg_op op);
/* `"text"`, with escapes where needed. */
void rg__print_double_quoted(rg_printer *printer, rg_string text);

/* ---- statements ---- */

/* `: "f32[2]"` and the like; nothing when nothing is known. */
void rg__print_annotation(rg_printer *printer, rg_node node);
/* A placeholder as a parameter: `x: "f32[2]" = None`. */
void rg__print_parameter(rg_printer *printer, rg_node node);
/* A node's statement, without indentation, deletions and line end. */
void rg__print_statement(rg_printer *printer, rg_node node);

/* ---- graphs ---- */

/* From the parenthesis after the function's name to the last line that brings in a placeholder. */
void rg__print_signature(rg_printer *printer, uint32_t level);
/* The values that die with the node's statement, `a = b`. Needs the liveness of the graph. */
void rg__print_deletions(rg_printer *printer, rg_node node);
/* A node's line, with indentation and deletions, without line end. */
void rg__print_line(rg_printer *printer, rg_node node, uint32_t level);

#endif
