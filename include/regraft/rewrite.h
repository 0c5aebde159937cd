/*
 * rewrite.h: putting replacements in, one match or one sweep at a time.
 *
 * After a rewrite every reader of a replaced value reads the new one, tuples included; matched nodes without readers
 * are gone; the order of nodes is true; new nodes carry types; names of results are kept where a result is one node.
 * A rewrite that fails leaves the graph as it was.
 */
#ifndef REGRAFT_REWRITE_H
#define REGRAFT_REWRITE_H

#include <regraft/match.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Apply one match to the graph it was found in; the graph must not have changed since. Other matches of the list that
 * share nodes with it are invalid afterwards. */
RG_API RG_NODISCARD rg_status rg_rewrite_apply(rg_graph *graph, const rg_match *match);

/* Told of each applied match, before its nodes go. May be NULL. */
typedef rg_status (*rg_rewrite_callback)(void *user, const rg_match *match);

/* What comes in the place of a match; known while a rg_rewrite_callback is told of it, nothing otherwise. The nodes
 * that were made, which already bear the names that they keep: */
RG_API size_t rg_match_made_count(const rg_match *match);
RG_API rg_node rg_match_made(const rg_match *match, size_t index);
/* The node that readers of result `index` will read: one that was made, or one that the match captured. Null when they
 * go on reading what they read. */
RG_API rg_node rg_match_result(const rg_match *match, size_t index);

typedef enum rg_rewrite_mode {
    RG_REWRITE_SWEEP,   /* one sweep from the end of the graph to its start, as Inductor's passes do; nodes that were
                           created on the way are not visited */
    RG_REWRITE_FIXPOINT /* sweeps until nothing matches, at most max_sweeps; then RG_ERROR_LIMIT, with the rules that
                           keep feeding each other in the diagnostic */
} rg_rewrite_mode;

typedef struct rg_rewrite_options {
    size_t struct_size;
    rg_rewrite_mode mode;
    uint32_t max_sweeps; /* 0: 100 */
    rg_rewrite_callback callback;
    void *user;
    /* Asked about each match before it is applied, as a rule's own check is; NULL: all are. It may look beyond the
     * match. What it declines is left as it is, and the next rule is tried. */
    rg_rule_check_function accept;
    void *accept_user;
} rg_rewrite_options;

#define RG_REWRITE_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(rg_rewrite_options), RG_REWRITE_SWEEP, 0, NULL, NULL, NULL, NULL                                        \
    }

typedef struct rg_rewrite_report {
    size_t applied;
    size_t gave_up; /* attempts that ran out of fuel */
    size_t failed;  /* matches that could not be decided or replaced; each has its diagnostic */
} rg_rewrite_report;

/*
 * Match and rewrite, in the graph's submodules too: each of them first, in order, inner ones before outer ones, then
 * the graph itself. A match lies in one of them, and the laws hold in each; counts are sums. Overlap is decided by the
 * set's order at each root, and by later roots going first. A rule whose replacement is its pattern again is left out.
 *
 * A match whose check or replacement fails is passed over: the graph stays as it was there, `failed` counts it, the
 * run goes on. What ends a run early is memory, the callback, and RG_ERROR_LIMIT of a fixpoint; the rewrites made so
 * far then stay, and the graph is true.
 */
RG_API RG_NODISCARD rg_status rg_rewrite_run(rg_rewrite_report *out, rg_matcher *matcher, rg_graph *graph,
                                             const rg_rewrite_options *options);

#ifdef __cplusplus
}
#endif
#endif
