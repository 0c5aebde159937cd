/*
 * draw_impl.h: what a drawing holds, and what its printers share. Read drawing.c first, then picture.c.
 *
 * Nodes are spoken of by their place: their number in the graph's list, from 0. Places stay small and dense whatever
 * was erased before, and make the same text for graphs that are printed alike.
 */
#ifndef RG_DRAW_DRAW_IMPL_H
#define RG_DRAW_DRAW_IMPL_H

#include <regraft/draw.h>

#include "base/buffer.h"
#include "base/memory.h"

enum {
    RG_DRAW_NOWHERE = UINT32_MAX, /* the place of what is not in the graph */
    RG_DRAW_COLOURS = 12          /* rules beyond share colours; the page's style sheet has as many */
};

/* One graph of a sheet. Arrays are by place, but `places`, which is by node id. */
typedef struct rg_draw_side {
    const rg_graph *graph;
    const char *title; /* "before", "after"; empty when the sheet has one side */
    uint32_t number;   /* among the sides of all sheets */
    uint32_t count;
    rg_node *nodes;
    uint32_t *places;
    uint32_t place_limit;
    uint32_t *matches; /* number of the match that gives the colour, from 1; 0: none */
    bool *changed;
    bool *focus; /* NULL: all */
} rg_draw_side;

typedef struct rg_draw_sheet {
    rg_string title;
    rg_draw_side sides[2];
    uint32_t side_count;
} rg_draw_sheet;

typedef struct rg_draw_match {
    size_t sheet;
    uint32_t rule;
    rg_string pass;
    rg_string instance;
    rg_string root;
    rg_string *nodes;
    size_t node_count;
    rg_string *made;
    size_t made_count;
} rg_draw_match;

typedef struct rg_draw_rule {
    rg_string name;
    uint32_t count;
} rg_draw_rule;

typedef struct rg_draw_pass {
    rg_string name;
    uint64_t matched;
    uint64_t nanoseconds;
} rg_draw_pass;

/* Strings and arrays are in the arena. */
typedef rg_drawn_miss rg_draw_miss;

struct rg_drawing {
    rg_context *context;
    const rg_allocator *allocator;
    rg_arena arena; /* everything that the vectors' items point to */
    rg_string title;
    uint32_t side_count;
    RG_VECTOR(rg_draw_sheet) sheets;
    RG_VECTOR(rg_draw_match) matches;
    RG_VECTOR(rg_draw_rule) rules;
    RG_VECTOR(rg_draw_pass) passes;
    RG_VECTOR(rg_draw_miss) misses;
};

/* The place of a node; RG_DRAW_NOWHERE for what is not there. */
uint32_t rg__draw_place(const rg_draw_side *side, rg_node node);
uint32_t rg__draw_place_of_name(const rg_draw_side *side, rg_string name);

/* Is it a placeholder or get_attr: a value that comes from outside? */
bool rg__draw_is_input(const rg_draw_side *side, uint32_t place);

/* The rule whose colour the node has, from 1; 0: none. */
uint32_t rg__draw_rule_at(const rg_drawing *drawing, const rg_draw_side *side, uint32_t place);

/* Colour what is new after and leads to a match's results. Printers call it first. */
void rg__draw_spread_colours(rg_drawing *drawing);

/* Mark what is one step from what is marked, values from outside leading to their readers only when `from_inputs`;
 * false when memory is out. `marks` is by place. */
bool rg__draw_widen(const rg_draw_side *side, bool *marks, bool from_inputs, const rg_allocator *allocator);

/* ---- picture.c: what of a side is drawn ---- */

/* A part that is repeated: the first copy is drawn, the others are one node. */
typedef struct rg_draw_fold {
    uint32_t first; /* the place at which the copies that are not drawn begin */
    uint32_t size;  /* nodes of a copy */
    uint32_t copies;
} rg_draw_fold;

typedef enum rg_draw_extent {
    RG_DRAW_ALL,
    RG_DRAW_FOCUS,   /* what was asked for */
    RG_DRAW_FOLDED,  /* repeated parts once */
    RG_DRAW_REGIONS, /* what matched or changed, and what stands next to it */
    RG_DRAW_FIRST    /* the first nodes, nothing better being known */
} rg_draw_extent;

typedef enum rg_draw_vertex { RG_DRAW_HIDDEN, RG_DRAW_SHOWN, RG_DRAW_FIRST_FOLD } rg_draw_vertex;

typedef struct rg_picture {
    const rg_draw_side *side;
    rg_draw_extent extent;
    uint32_t *vertices; /* by place: hidden, shown, or RG_DRAW_FIRST_FOLD + number of the fold */
    uint32_t shown;
    bool is_cut; /* max_nodes left some out */
    RG_VECTOR(rg_draw_fold) folds;
} rg_picture;

rg_status rg__picture_choose(rg_picture *out, const rg_drawing *drawing, const rg_draw_side *side, uint32_t max_nodes);
void rg__picture_free(rg_picture *picture, const rg_drawing *drawing);

/* ---- repeat.c ---- */

/* Find the parts of the graph that are repeated, add a fold for each and mark the copies that it stands for; false when
 * memory is out. Copies are alike in ops, types, arguments, colours and in what they read. */
bool rg__draw_find_folds(rg_picture *picture, const rg_drawing *drawing);

/* ---- print_dot.c ---- */

/* One side as a DOT graph of its own, without legend. */
rg_status rg__draw_side_dot(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture);
/* The whole drawing as one DOT graph. */
rg_status rg__draw_dot(rg_buffer *out, rg_drawing *drawing, uint32_t max_nodes);
/* How large the graph is, and what of it is drawn: "3,857 nodes; repeated parts are drawn once (180 boxes)". */
void rg__draw_describe(rg_buffer *out, const rg_picture *picture);

/* ---- draw_svg.c ---- */

/* What of Graphviz's output can stand in a page: from <svg on, with the statement of each node as its title. */
rg_status rg__draw_take_svg(rg_buffer *out, const rg_drawing *drawing, rg_string svg);

/* ---- draw_text.c: texts that can hold anything, made harmless ---- */

/* As text or attribute value of HTML and SVG: < > & " ' are escaped, control characters and bytes that are not UTF-8
 * become U+FFFD. */
void rg__draw_append_html(rg_buffer *out, rg_string text);
/* The same in a label of DOT. */
void rg__draw_append_label(rg_buffer *out, rg_string text);
/* "1,234,567" */
void rg__draw_append_count(rg_buffer *out, uint64_t count);
/* What a node does and what it gives, short enough for a box: "mean([-1], True)", "bf16[s0, 1]". */
rg_status rg__draw_append_call(rg_buffer *out, const rg_draw_side *side, uint32_t place);
rg_status rg__draw_append_type(rg_buffer *out, const rg_draw_side *side, uint32_t place);

#endif
