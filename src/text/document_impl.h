/*
 * document_impl.h: what document.c, file.c and print_graph.c share, and reading files for other rooms.
 */
#ifndef RG_TEXT_DOCUMENT_IMPL_H
#define RG_TEXT_DOCUMENT_IMPL_H

#include <regraft/document.h>

#include "base/buffer.h"

/* Append a file's bytes; "-" is standard input. */
rg_status rg__read_file(rg_buffer *out, rg_context *context, const char *path);

/* Prints what `user` stands for. */
typedef rg_status (*rg_print_function)(const void *user, rg_sink sink);

/* Write a file whole or not at all: to a temporary beside it, then rename; "-" is standard output. */
rg_status rg__write_whole(rg_context *context, const char *path, rg_print_function print, const void *user);

/* Report RG_ERROR_IO with what errno says: "cannot write FILE: no space left". */
rg_status rg__report_file(rg_context *context, const char *path, const char *what);

rg_context *rg__document_context(const rg_document *document);

/* Print a graph with LF line ends, whatever its style says of them. */
rg_status rg__graph_print_lines(const rg_graph *graph, const rg_print_options *options, rg_sink sink);

#endif
