/*
 * expression_pass.h: passes made of pattern expressions, the counterpart of Inductor's PatternMatcherPass
 * (doc/expressions.md, section 6).
 *
 * A pass holds entries. Applied to a graph, it goes once from the last node to the first; at each node that can be the
 * root of an entry's expression it tries the entries in the order in which they were added. Nodes that are made on the
 * way are not visited.
 */
#ifndef REGRAFT_EXPRESSION_PASS_H
#define REGRAFT_EXPRESSION_PASS_H

#include <regraft/expression.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_expression_pass rg_expression_pass;

typedef enum rg_expression_entry_kind {
    RG_EXPRESSION_ENTRY_GRAPH,      /* a function in C that edits the graph */
    RG_EXPRESSION_ENTRY_LOWERING,   /* one node takes the place of the match; a function in C says later what it is */
    RG_EXPRESSION_ENTRY_REPLACEMENT /* a graph takes the place of the match */
} rg_expression_entry_kind;

/* Decide about a match. Must not change the graph. What cannot be decided is false. */
typedef rg_status (*rg_expression_check)(bool *accept, const rg_expression_match *match, void *user);
/* Edit the graph: insert before `root`, erase with rg_expression_match_erase_nodes. It need not do anything, which is
 * counted all the same. It must not call rg_graph_compact. */
typedef rg_status (*rg_expression_handler)(rg_graph *graph, rg_node root, rg_expression_match *match, void *user);
/* Lower a node that a LOWERING entry has put in: see rg_expression_pass_lower. */
typedef rg_status (*rg_expression_lowering)(rg_graph *graph, rg_node node, void *user);

typedef struct rg_expression_entry {
    size_t struct_size;
    rg_expression_entry_kind kind;
    const rg_expression *expression; /* lent, like the replacement: both must outlive the pass */
    rg_expression_check check;       /* NULL: every match is accepted */
    rg_expression_handler handler;   /* of a GRAPH entry */
    rg_string target;                /* of a LOWERING entry: the name of the op that the node calls */
    rg_expression_lowering lowering; /* of a LOWERING entry; may be NULL */
    /* Of a REPLACEMENT entry. Its placeholders are named after the captures, a number added by tracing (`query_1`)
     * not counted. It is put in as it is; values that it computes from captured numbers alone are computed. */
    const rg_graph *replacement;
    void *user;   /* handed to the functions */
    bool prepend; /* go before all entries added so far */
    rg_expression_matcher_options options;
} rg_expression_entry;

#define RG_EXPRESSION_ENTRY_INIT                                                                                       \
    {                                                                                                                  \
        sizeof(rg_expression_entry), RG_EXPRESSION_ENTRY_GRAPH, NULL, NULL, NULL, {NULL, 0}, NULL, NULL, NULL, false,  \
            RG_EXPRESSION_MATCHER_OPTIONS_INIT                                                                         \
    }

typedef struct rg_expression_pass_options {
    size_t struct_size;
    /* Nodes that are no roots: Inductor leaves out those of dtypes and devices that it would not compile. NULL: none.
     */
    bool (*skip)(void *user, const rg_graph *graph, rg_node node);
    void *user;
} rg_expression_pass_options;

#define RG_EXPRESSION_PASS_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        sizeof(rg_expression_pass_options), NULL, NULL                                                                 \
    }

/* Create a pass without entries. `options` may be NULL. */
RG_API RG_NODISCARD rg_status rg_expression_pass_create(rg_expression_pass **out, rg_context *context,
                                                        const rg_expression_pass_options *options);
RG_API void rg_expression_pass_destroy(rg_expression_pass *pass);

/* Add an entry. Entries are numbered from 0 in the order in which they are added, prepended or not. */
RG_API RG_NODISCARD rg_status rg_expression_pass_add(rg_expression_pass *pass, const rg_expression_entry *entry);

typedef struct rg_expression_pass_report {
    size_t matched; /* what Inductor's apply returns, its counter pattern_matcher_count */
    size_t nodes;   /* its counter pattern_matcher_nodes */
    size_t gave_up; /* attempts that ran out of fuel */
    size_t failed;  /* matches that could not be replaced; each has its diagnostic, the graph is as it was there */
} rg_expression_pass_report;

/*
 * Apply the pass to a graph of its context. When a function of an entry fails, the run ends with its status; what was
 * done so far stays. The order of nodes is true afterwards: where a replacement needs it, the graph is sorted.
 */
RG_API RG_NODISCARD rg_status rg_expression_pass_apply(rg_expression_pass_report *out, rg_expression_pass *pass,
                                                       rg_graph *graph);

/*
 * Apply several passes in one walk over the graph, the counterpart of BatchedPatternMatcherPass: at each node the
 * entries of the first pass, then those of the second, and so on, as if they were one pass. The report is that of all;
 * rg_expression_pass_matched tells the entries apart. A pass stands at most once in the list.
 */
RG_API RG_NODISCARD rg_status rg_expression_pass_apply_batch(rg_expression_pass_report *out,
                                                             rg_expression_pass *const *passes, size_t count,
                                                             rg_graph *graph);

/* How many matches of an entry were counted, over all runs. */
RG_API size_t rg_expression_pass_matched(const rg_expression_pass *pass, size_t entry);

/* Call the lowering function of the entry that has put `node` in. RG_ERROR_NAME when none of this pass has. */
RG_API RG_NODISCARD rg_status rg_expression_pass_lower(rg_expression_pass *pass, rg_graph *graph, rg_node node);

/* ---- for handlers ---- */

/* Erase the matched nodes that nothing reads, the last first. */
RG_API RG_NODISCARD rg_status rg_expression_match_erase_nodes(rg_expression_match *match);

/*
 * Put a graph in the place of the match, with these values for its placeholders in order, as a REPLACEMENT entry does.
 * Fails with the graph as it was. When an input of the replacement is computed after what it replaces, the graph is
 * sorted.
 */
RG_API RG_NODISCARD rg_status rg_expression_match_replace(rg_expression_match *match, const rg_graph *replacement,
                                                          const rg_value *arguments, size_t count);

/* Make these the matched nodes: what is counted and erased. */
RG_API RG_NODISCARD rg_status rg_expression_match_set_nodes(rg_expression_match *match, const rg_node *nodes,
                                                            size_t count);

#ifdef __cplusplus
}
#endif
#endif
