/*
 * diff.h: comparing two graphs as graphs: up to the names of nodes and the order of nodes that do not depend on each
 * other.
 *
 * Two graphs are equal when their nodes correspond one to one such that
 *   - placeholders correspond by position, outputs by structure;
 *   - ops, targets and arguments agree. Arguments are compared as normalised calls (rg_node_normal_argument), so
 *     defaults, negative dims and sizes that only describe the result may be spelled in any way;
 *   - sizes agree by value: a node of Sym type, a bare size and an integer are each compared as the expression that
 *     they stand for, and nodes that only compute sizes do not count;
 *   - types agree where both graphs state them; strides or a device that one of them leaves out do not count;
 *   - submodules agree likewise, whatever they are called;
 *   - writes happen in the same order as seen from every reader: what an op writes follows from its schema, and ops
 *     with RG_TRAIT_EFFECT stay in order among themselves.
 * Symbols of sizes (`s0`) are the same when they have the same name. Where a graph has several nodes that are known to
 * compute the same, it does not matter which of them is read, but it does how many there are.
 *
 * When graphs differ, each difference is told once, where it arises, and not again wherever its effects are seen.
 */
#ifndef REGRAFT_DIFF_H
#define REGRAFT_DIFF_H

#include <regraft/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_diff rg_diff;

typedef enum rg_diff_kind {
    RG_DIFF_INPUTS,    /* the graphs have different numbers of placeholders; no nodes */
    RG_DIFF_OP,        /* nodes in the same place call different ops */
    RG_DIFF_TARGET,    /* nodes in the same place name different attributes or modules */
    RG_DIFF_ARGUMENT,  /* an argument differs, or what the graph returns */
    RG_DIFF_TYPE,      /* the types of corresponding nodes differ */
    RG_DIFF_ORDER,     /* corresponding nodes stand differently to a write or another effect */
    RG_DIFF_ONLY_IN_A, /* a node, or a whole submodule, without counterpart */
    RG_DIFF_ONLY_IN_B
} rg_diff_kind;

/* One difference. The graphs are the two that were compared, or corresponding submodules of them; a node that does not
 * exist is null. For a submodule of one side only, both nodes are null, one graph is that submodule, the other NULL. */
typedef struct rg_diff_entry {
    rg_diff_kind kind;
    const rg_graph *graph_a;
    const rg_graph *graph_b;
    rg_node a;
    rg_node b;
    rg_string message; /* one sentence, no final full stop; lent by the rg_diff */
} rg_diff_entry;

typedef struct rg_diff_options {
    size_t struct_size;
    size_t max_entries; /* keep at most this many; 0: 20 */
    bool ignore_dead;   /* leave out nodes that rg_graph_eliminate_dead would remove */
} rg_diff_options;

#define RG_DIFF_OPTIONS_INIT                                                                                           \
    {                                                                                                                  \
        sizeof(rg_diff_options), 0, false                                                                              \
    }

/*
 * Compare two graphs of one context; RG_ERROR_ARGUMENT when their contexts differ. That they differ is not a failure.
 * `options` may be NULL. Neither graph is changed; both must outlive the result, which speaks of them as they are now.
 */
RG_API RG_NODISCARD rg_status rg_graph_diff(rg_diff **out, rg_graph *a, rg_graph *b, const rg_diff_options *options);

/* Destroy the result of a comparison. NULL is allowed. */
RG_API void rg_diff_destroy(rg_diff *diff);

/* Are the graphs equal? */
RG_API bool rg_diff_is_equal(const rg_diff *diff);

/* How many differences there are, those beyond max_entries included; 0 when the graphs are equal. */
RG_API size_t rg_diff_total(const rg_diff *diff);

/* How many differences are kept: those closest to the inputs. */
RG_API size_t rg_diff_count(const rg_diff *diff);

/* A kept difference, closest to the inputs first; NULL beyond the last. Lent. */
RG_API const rg_diff_entry *rg_diff_get(const rg_diff *diff, size_t index);

#ifdef __cplusplus
}
#endif
#endif
