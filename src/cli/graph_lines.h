/*
 * graph_lines.h: where in the file that a graph was read from its nodes stand. Graphs do not know; an unchanged
 * document prints as it was read, so the lines of what it prints are those of the file.
 */
#ifndef RG_CLI_GRAPH_LINES_H
#define RG_CLI_GRAPH_LINES_H

#include "cli/output.h"

typedef struct graph_lines {
    const char *path;
    cli_text text;
} graph_lines;

/* Print the document. False, with a diagnostic, when that fails. */
bool graph_lines_start(graph_lines *lines, const rg_document *document, const char *path);
void graph_lines_free(graph_lines *lines);

/* Give a place whose source line is the node's statement its file, line and column; it stays as it is if the node is
 * not found. `number` is that of the outermost graph in the document. */
void graph_lines_locate(const graph_lines *lines, rg_location *place, const rg_graph *graph, size_t number,
                        rg_node node);

#endif
