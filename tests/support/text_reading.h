/*
 * text_reading.h: reading and printing graphs in tests. Texts handed out live until the next call.
 */
#ifndef RG_TESTS_TEXT_READING_H
#define RG_TESTS_TEXT_READING_H

#include <regraft/document.h>

/* Read a text that must be good; its diagnostics are shown if it is not. */
rg_document *read_document(rg_context *context, const char *text);
/* The same for a text of one graph. */
rg_graph *read_graph(rg_context *context, const char *text);

const char *printed_document(const rg_document *document, const rg_print_options *options);
const char *printed_graph(const rg_graph *graph);
const char *printed_node(const rg_graph *graph, const char *name);

/* All diagnostics of the context as they are printed. */
const char *printed_diagnostics(const rg_context *context);

/* A whole file; the caller frees .data. */
rg_string read_file(const char *path);

/* Call `visit` with the path of every file below `folder` whose name ends in `ending`, in no order. Returns how many.
 */
size_t visit_files(const char *folder, const char *ending, void (*visit)(const char *path, void *user), void *user);

#endif
