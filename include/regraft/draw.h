/*
 * draw.h: pictures of graphs: Graphviz's DOT, SVG, and one HTML page that needs nothing else.
 *
 * A drawing is a list of sheets. A sheet is a graph, or a graph before and after something happened to it. Matches
 * colour the nodes that they took and, on the side after, what came in their place.
 *
 * DOT and HTML without pictures are made by this library alone and are the same bytes for the same input. Placing nodes
 * is Graphviz's work: the caller passes a function that turns DOT into SVG (the command runs Graphviz's `dot`). What
 * limits the size of pictures, and what is drawn of graphs beyond it: doc/draw.md.
 */
#ifndef REGRAFT_DRAW_H
#define REGRAFT_DRAW_H

#include <regraft/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_drawing rg_drawing;

/* An empty drawing under a title, for graphs of `context`. */
RG_API RG_NODISCARD rg_status rg_drawing_create(rg_drawing **out, rg_context *context, rg_string title);
/* NULL is allowed. */
RG_API void rg_drawing_destroy(rg_drawing *drawing);

/* How the two graphs of a sheet belong together. */
typedef enum rg_sheet_kind {
    RG_SHEET_TWO_GRAPHS, /* nodes are the same that have the same name and op */
    RG_SHEET_EDITED /* `before` is a clone of `after` made before edits: nodes are the same that have the same id too */
} rg_sheet_kind;

/* Add a sheet and say its number: one graph, or with `after` a graph before and after. `title` tells sheets apart;
 * submodules are sheets only when they are added too. Graphs are lent: they must outlive the drawing and stay as they
 * are. A node that the other side has not is marked as changed. */
RG_API RG_NODISCARD rg_status rg_drawing_add_sheet(size_t *out, rg_drawing *drawing, rg_string title,
                                                   const rg_graph *before, const rg_graph *after, rg_sheet_kind kind);

/* A match by names, which outlive rewriting where node handles do not. */
typedef struct rg_drawn_match {
    size_t struct_size;
    size_t sheet;
    rg_string pass;     /* may be empty */
    rg_string rule;     /* one colour and one row of the legend each */
    rg_string instance; /* of the rule; may be the same text */
    rg_string root;
    const rg_string *nodes; /* of the graph before */
    size_t node_count;
    const rg_string *made; /* nodes of the match that came in the place of others, by another pass */
    size_t made_count;
    const rg_string *outputs; /* the results, whose names what comes in their place keeps */
    size_t output_count;
} rg_drawn_match;

#define RG_DRAWN_MATCH_INIT                                                                                            \
    {                                                                                                                  \
        sizeof(rg_drawn_match), 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, 0, NULL, 0, NULL, 0               \
    }

/* Add a match, in the order in which they were found or applied. A node before has the colour of the first match that
 * takes it; one after that of the last match whose result it is, or leads to. Strings are copied. */
RG_API RG_NODISCARD rg_status rg_drawing_add_match(rg_drawing *drawing, const rg_drawn_match *match);

/* Add a row to the table of passes. */
RG_API RG_NODISCARD rg_status rg_drawing_add_pass(rg_drawing *drawing, rg_string name, uint64_t matched,
                                                  uint64_t nanoseconds);

/* A rule that matched nowhere and where it came nearest: an rg_miss (explain.h) in words and names. */
typedef struct rg_drawn_miss {
    size_t struct_size;
    size_t sheet;
    rg_string pass; /* may be empty */
    rg_string rule;
    rg_string reason; /* one word: "literal" */
    rg_string sentence;
    rg_string remedy;     /* may be empty */
    rg_string rule_place; /* lines that show it in the rule's file and in the graph; may be empty */
    rg_string graph_place;
    uint32_t matched; /* nodes of the pattern that were found, and how many it has */
    uint32_t total;
    size_t count;              /* places with this cause */
    const rg_string *examples; /* the first of them, by name */
    size_t example_count;
} rg_drawn_miss;

#define RG_DRAWN_MISS_INIT                                                                                             \
    {                                                                                                                  \
        sizeof(rg_drawn_miss), 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, 0, 0,   \
            0, NULL, 0                                                                                                 \
    }

/* Add a near miss to the page, which shows them in this order. Strings are copied. */
RG_API RG_NODISCARD rg_status rg_drawing_add_miss(rg_drawing *drawing, const rg_drawn_miss *miss);

/* Draw only what is at most `depth` steps from the nodes of this name, over inputs and users; several calls add up.
 * RG_ERROR_NAME when no sheet has such a node. */
RG_API RG_NODISCARD rg_status rg_drawing_focus(rg_drawing *drawing, rg_string name, uint32_t depth);

/* Turns a DOT text into an SVG text, as `dot -Tsvg` does. RG_ERROR_LIMIT says that it took too long: the picture is
 * left out and the page says so. Any other failure ends the printing. */
typedef rg_status (*rg_draw_layout_function)(void *user, rg_string dot, rg_sink svg);

typedef struct rg_draw_options {
    size_t struct_size;
    uint32_t max_nodes;             /* of one picture; 0: 400 */
    rg_draw_layout_function layout; /* NULL: pages have no pictures, and say so */
    void *user;
} rg_draw_options;

#define RG_DRAW_OPTIONS_INIT                                                                                           \
    {                                                                                                                  \
        sizeof(rg_draw_options), 0, NULL, NULL                                                                         \
    }

/* All sheets as one DOT graph, each side a cluster when there are several. `options` may be NULL. */
RG_API RG_NODISCARD rg_status rg_drawing_print_dot(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink);
/* The same, laid out. RG_ERROR_ARGUMENT without a layout function. */
RG_API RG_NODISCARD rg_status rg_drawing_print_svg(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink);
/* A page: tables of passes, matches and near misses, a picture and the whole program of each side. It loads nothing. */
RG_API RG_NODISCARD rg_status rg_drawing_print_html(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink);

#ifdef __cplusplus
}
#endif
#endif
