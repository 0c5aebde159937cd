/*
 * diff_impl.h: the state of a comparison of two graphs; for diff*.c.
 *
 * Every node of both graphs gets the number of its class: equal numbers mean the same op, the same normalised
 * arguments, equal classes of the nodes read, and the same writes before them (diff_number.c). The graphs are equal
 * when each class has as many nodes in the one as in the other, and their types agree.
 *
 * If the classes are not the same, diff_explain.c walks both graphs side by side from what they return and makes
 * partners of nodes that stand in the same place. Partners that differ by themselves, not only in what they read, are
 * findings; they are declared to be of one class, and both graphs are numbered again. What then has no counterpart is
 * in one graph only (diff_settle.c). diff_message.c puts findings into words.
 */
#ifndef RG_MATCH_DIFF_IMPL_H
#define RG_MATCH_DIFF_IMPL_H

#include <regraft/diff.h>

#include "base/table.h"

/* One side of the comparison: a graph, or a submodule of one. Arrays are indexed by node id. */
typedef struct rg__diff_side {
    rg_graph *graph;
    uint32_t id_count;       /* largest node id */
    uint32_t *classes;       /* 0 until the graph is numbered */
    uint32_t *fixed_classes; /* declared by diff_explain.c; 0: follows from the node */
    uint32_t *partners;      /* the node of the other side in the same place; 0: not known */
    uint32_t *positions;     /* in the list, from 1 */
    uint32_t *read_starts;   /* where the reads of the node start in `reads` */
    bool *counts;            /* false: it only computes sizes, or it is dead and ignored */
    bool *tainted;           /* it, or something that it is computed from, differs */
    RG_VECTOR(uint32_t)
    reads; /* per node: the effect before it if it is one, 0 if none; then for each node in its
              arguments, in order, the last node that wrote its memory, 0 if none */
    uint32_t placeholder_count;
    uint32_t class_number; /* of the graph as a whole */
    uint32_t fixed_class;
    uint32_t place; /* of a submodule: position in the outermost graph of the node that names it */
    struct rg__diff_side *children;
    uint32_t child_count;
    struct rg__diff_side *partner;
} rg__diff_side;

/* One argument of a call as it is compared. */
typedef struct rg__diff_argument {
    rg_string name;        /* empty: told by its position */
    uint32_t position;     /* in the schema, or as written */
    rg_argument_role role; /* PLAIN for calls without schema */
    rg_value value;        /* in normal form */
    rg_value written;      /* as spelled, or the default */
} rg__diff_argument;

typedef RG_VECTOR(rg__diff_argument) rg__diff_arguments;

/* A difference, not yet in words. Node ids are 0 where there is no node. */
typedef struct rg__diff_finding {
    rg_diff_kind kind;
    const rg__diff_side *side_a;
    const rg__diff_side *side_b;
    const rg__diff_side *lone; /* a submodule that one side only has; else NULL */
    uint32_t a;
    uint32_t b;
    uint32_t argument; /* of ARGUMENT: its index; of output nodes, that of the returned value */
    uint32_t sequence; /* order of discovery, between findings in the same place */
    uint64_t place;    /* small is close to the inputs */
} rg__diff_finding;

/* The comparison. Errors stick: once `status` is not RG_OK, nothing that is computed counts. */
typedef struct rg__differ {
    rg_context *context;
    rg_status status;
    bool ignore_dead;
    rg_arena arena;
    rg_intern_table keys; /* what makes a class -> its number */
    RG_VECTOR(uint64_t) key;
    RG_VECTOR(rg_size) sizes; /* symbolic sizes of different value */
    rg__diff_arguments arguments_a;
    rg__diff_arguments arguments_b;
    RG_VECTOR(rg__diff_finding) findings;
    RG_VECTOR(rg__diff_finding)
    consequences; /* most likely follow from a difference of types; told if nothing else is */
    rg__diff_side a;
    rg__diff_side b;
    uint32_t fixed_count; /* classes declared so far */
} rg__differ;

/* ---- diff.c ---- */

/* Remember that memory is out; false, for convenience. */
bool rg__differ_out_of_memory(rg__differ *differ);
void rg__differ_find(rg__differ *differ, const rg__diff_finding *finding);
uint64_t rg__diff_place(const rg__diff_side *side, uint32_t position);

/* ---- diff_call.c: what is compared of a call ---- */

/* The arguments of a node into `out`, which is emptied first. */
void rg__diff_collect(rg__differ *differ, rg__diff_arguments *out, const rg__diff_side *side, uint32_t id);
/* The size that a value stands for, if it is compared as one. */
bool rg__diff_as_size(rg__differ *differ, rg_size *out, const rg__diff_side *side, rg_value value);
/* Equal handles for sizes of equal value, as far as it can be decided. */
rg_size rg__diff_settle_size(rg__differ *differ, rg_size size);
/* The submodule that a get_attr or call_module node names; NULL for none. */
rg__diff_side *rg__diff_named_child(const rg__diff_side *side, uint32_t id);
/* Does the op write argument 0 because Python's statement says so (`a += b`, `a[i] = v`)? */
bool rg__diff_is_statement(const rg_context *context, rg_op op);

/* ---- diff_number.c ---- */

/* Give every node of the side and of its submodules its class. */
void rg__diff_number(rg__differ *differ, rg__diff_side *side);

/* ---- diff_explain.c ---- */

/* Find partners that differ by themselves, and declare them to be of one class. */
void rg__diff_explain(rg__differ *differ, rg__diff_side *a, rg__diff_side *b);

/* ---- diff_settle.c ---- */

/* Find nodes and submodules of one side only, and counterparts of different type. */
void rg__diff_settle(rg__differ *differ, rg__diff_side *a, rg__diff_side *b);
/* Do the types agree where both say something? */
bool rg__diff_types_agree(rg_context *context, rg_type a, rg_type b);

/* ---- diff_message.c ---- */

/* One sentence for a finding, in the arena. */
rg_status rg__diff_message(rg_string *out, rg__differ *differ, rg_arena *arena, const rg__diff_finding *finding);

#endif
