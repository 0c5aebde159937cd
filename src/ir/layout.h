/*
 * layout.h: what the printed form of a graph says that the graph does not: comments, styles, unusual spellings. The
 * text room writes it when it reads a graph and asks for it when it prints; edits of the graph carry it along.
 *
 * A spelling is kept together with what it spells, and holds only as long as that is unchanged: a part
 * CANONICAL is the text that the printer made of the graph when it was read, the part WRITTEN beside it what stood in
 * the file. A graph that prints as it was written has neither.
 */
#ifndef RG_IR_LAYOUT_H
#define RG_IR_LAYOUT_H

#include <regraft/graph.h>

#include "base/table.h"

/* Where a statement's dead values are deleted. */
typedef enum rg_deletion_style {
    RG_DELETIONS_INLINE, /* `...;  a = b = None` */
    RG_DELETIONS_OWN_LINE,
    RG_DELETIONS_NONE
} rg_deletion_style;

/* How the placeholders come into a function. */
typedef enum rg_signature_style {
    RG_SIGNATURE_INLINE,   /* def forward(self, a: "...", b: "..."): */
    RG_SIGNATURE_EXPANDED, /* the same, one parameter a line */
    RG_SIGNATURE_UNPACKED, /* other parameters, then `a, b, = fx_pytree.tree_flatten_spec(...)` */
    RG_SIGNATURE_BOXED     /* one list, then `a = next(args_iter)` each */
} rg_signature_style;

/* Styles of a whole graph. All zero is how a graph that was built is printed. */
typedef struct rg_layout_style {
    uint8_t deletions;          /* rg_deletion_style */
    uint8_t signature;          /* rg_signature_style */
    bool declarations_expanded; /* UNPACKED: one `a: "..."` a line, not all in one */
    bool hide_strides;          /* annotations were printed without */
    bool hide_devices;
    bool carriage_returns; /* lines end in CR LF; of a root graph */
} rg_layout_style;

typedef enum rg_layout_part {
    /* of the graph: node {0} */
    RG_LAYOUT_BASES,      /* the base classes, if not torch.nn.Module */
    RG_LAYOUT_BEFORE_DEF, /* what stands between the class line's colon and the line of `def`, if not a line end */
    RG_LAYOUT_FUNCTION,   /* the function's name, if not forward */
    RG_LAYOUT_PARAMETERS, /* UNPACKED and BOXED: what stands in the parentheses of `def` */
    RG_LAYOUT_UNPACK,     /* UNPACKED: the right side of the unpacking */
    RG_LAYOUT_RESULT,     /* the result's annotation */
    RG_LAYOUT_SIGNATURE_CANONICAL, /* from the parenthesis of `def` to the last line that brings in a placeholder */
    RG_LAYOUT_SIGNATURE_WRITTEN,
    RG_LAYOUT_RETURN_OPEN,  /* around the returned value: `pytree.tree_unflatten(` */
    RG_LAYOUT_RETURN_CLOSE, /* `, self._out_spec)` */
    RG_LAYOUT_TRAILING,     /* what follows the return statement, up to the next class line, if not a line end */
    /* of a node */
    RG_LAYOUT_LEADING,             /* whole lines before its statement: comments, blank lines, metadata blocks */
    RG_LAYOUT_AFTER,               /* what follows its statement on the line */
    RG_LAYOUT_COMMENT,             /* placeholder in an EXPANDED signature: what follows its comma on the line */
    RG_LAYOUT_ANNOTATION,          /* the annotation as written */
    RG_LAYOUT_DELETIONS_CANONICAL, /* `a = b` */
    RG_LAYOUT_DELETIONS_WRITTEN,
    RG_LAYOUT_LINE_CANONICAL, /* the whole line */
    RG_LAYOUT_LINE_WRITTEN,
    /* numbers of a node, no texts */
    RG_LAYOUT_ANNOTATION_TYPE, /* the rg_type that ANNOTATION spells */
    RG_LAYOUT_PLAIN,           /* 1: the annotation is ` : T`, not `: "T"` */
    RG_LAYOUT_PART_COUNT
} rg_layout_part;

/* Part of struct rg_graph. All zero: none. */
typedef struct rg_layout {
    rg_layout_style style;
    rg_map parts; /* node id and part -> id of a text in context->strings, or a number */
} rg_layout;

rg_layout *rg__graph_layout(rg_graph *graph);
const rg_layout_style *rg__layout_style(const rg_graph *graph);

/* A part's text; .data NULL when there is none. */
rg_string rg__layout_text(const rg_graph *graph, rg_node node, rg_layout_part part);
rg_status rg__layout_set_text(rg_graph *graph, rg_node node, rg_layout_part part, rg_string text);
/* A part's number; 0 when there is none. */
uint32_t rg__layout_number(const rg_graph *graph, rg_node node, rg_layout_part part);
rg_status rg__layout_set_number(rg_graph *graph, rg_node node, rg_layout_part part, uint32_t number);

/* ---- for the graph's own edits ---- */

void rg__layout_free(rg_graph *graph);
rg_status rg__layout_clone(rg_graph *to, const rg_graph *from);
/* `node` goes: the lines before it move to `next`, unless that has lines of its own. Cannot fail. */
void rg__layout_erase(rg_graph *graph, rg_node node, rg_node next);
/* Node ids change: `new_ids[old]` is the new id, 0 for a node that is gone; ids below `count`. */
rg_status rg__layout_renumber(rg_graph *graph, const uint32_t *new_ids, uint32_t count);

#endif
