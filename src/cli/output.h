/*
 * output.h: how commands speak: results to standard output, everything else to standard error. A command that runs out
 * of memory ends here, with status 2. Files are in files.h, JSON is in json_output.h.
 */
#ifndef RG_CLI_OUTPUT_H
#define RG_CLI_OUTPUT_H

#include <stdio.h>

#include "cli/command.h"

/* ---- messages ---- */

/* "regraft: error: ...", "regraft: warning: ..." and "regraft: note: ..." on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Print the context's diagnostics on standard error, in colour on a terminal, and forget them. */
void print_diagnostics(rg_context *context);
/* The same for the oldest `count`; all are forgotten. */
void print_first_diagnostics(rg_context *context, size_t count);

/* On a terminal and after a second of work: how far a long job is. `done` == `total` removes the line. */
void show_progress(size_t done, size_t total);

/* ---- memory ---- */

/* malloc, realloc and strdup that end the command when there is no memory. */
void *allocate(size_t size);
void *reallocate(void *block, size_t size);
char *copy_text(const char *text);

/* A text that grows, NUL-terminated; zero-initialise. */
typedef struct cli_text {
    char *data;
    size_t size;
    size_t capacity;
} cli_text;

rg_sink text_sink(cli_text *text);
void text_add(cli_text *text, const char *data, size_t size);
void text_free(cli_text *text);

/* ---- results ---- */

/* Standard output as a sink. */
rg_sink output_sink(void);

/* Flush standard output. False, with a message, when something could not be written. */
bool finish_output(void);

/* What the library prints, as text that the caller frees. */
char *type_text(const rg_context *context, rg_type type);
char *node_text(const rg_graph *graph, rg_node node);
char *value_text(const rg_context *context, const rg_graph *graph, rg_value value);

/* A line with the statement of a node of the file at `path`; nothing for the null node. */
void print_statement(const char *path, const rg_graph *graph, rg_node node);

/* A table: rows of `columns` cells, widths as needed. A column is right-aligned when its heading starts with '>'. */
typedef struct cli_table {
    size_t columns;
    size_t rows;
    char **cells;
} cli_table;

void table_start(cli_table *table, size_t columns, const char *const *headings);
void table_add(cli_table *table, const char *const *cells);
void table_print(const cli_table *table, FILE *stream);
void table_free(cli_table *table);

#endif
