/*
 * picture_output.h: drawings of documents, and files of them: what `draw` and `opt --report` share.
 */
#ifndef RG_CLI_PICTURE_OUTPUT_H
#define RG_CLI_PICTURE_OUTPUT_H

#include "cli/output.h"

typedef enum picture_format { PICTURE_DOT, PICTURE_SVG, PICTURE_HTML, PICTURE_UNKNOWN } picture_format;

/* By its name, or by the ending of a path. */
picture_format picture_format_named(const char *name);
picture_format picture_format_of(const char *path);

/* The last part of a path: what a drawing is titled. */
const char *file_name(const char *path);

/* A graph of a document, or a submodule of one, as a sheet. */
typedef struct picture_sheet {
    size_t graph; /* its index in the document */
    char *path;   /* "" for the graph itself, "body.true_graph_0" for a submodule */
    size_t number;
} picture_sheet;

typedef struct picture_sheets {
    picture_sheet *items;
    size_t count;
} picture_sheets;

/* Add a graph and its submodules; `after` may be NULL. False, with a diagnostic, on failure. */
bool add_sheets(picture_sheets *sheets, rg_drawing *drawing, size_t index, const rg_graph *before,
                const rg_graph *after, rg_sheet_kind kind);
/* The number of a sheet; false when there is none. */
bool find_sheet(const picture_sheets *sheets, size_t graph, const char *path, size_t *out);
void free_sheets(picture_sheets *sheets);

/* A match as a drawing takes it, made of what the library says of it. Names are lent by the context. */
typedef struct match_names {
    rg_string *nodes;
    size_t node_count;
    rg_string *made;
    size_t made_count;
    rg_string *outputs;
    size_t output_count;
} match_names;

/* `before` is the graph that is drawn: the match's own, or an earlier state of it. A name may by now belong to another
 * node; ids are not given twice. */
match_names names_of_match(const rg_match *match, const rg_graph *before);
void free_names(match_names *names);

/* Print the drawing into `out`. Without Graphviz a page has no pictures, which is told, and SVG is an error. False,
 * with a message or a diagnostic, on failure. */
bool render_picture(cli_text *out, rg_drawing *drawing, picture_format format, uint32_t max_nodes);

#endif
