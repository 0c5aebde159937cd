/*
 * match_log.h: what passes did to a graph, match by match, and judging each of them by numbers.
 *
 *     rg_match_log_create(&log, context);
 *     options.on_match = note_match;           which calls rg_match_log_record
 *     rg_pass_manager_run(manager, after);     `before` being a clone made earlier
 *     ...
 *     rg_run_create(&a, before, NULL);
 *     rg_run_create(&b, after, &like_a);
 *     rg_run_follow(&following, b, a, log, 1);
 *
 * `regraft opt --matches` writes a log, `regraft verify --matches` reads it (doc/interpreter.md, "Match by match").
 */
#ifndef REGRAFT_MATCH_LOG_H
#define REGRAFT_MATCH_LOG_H

#include <regraft/interpret.h>
#include <regraft/match.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the log ---- */

typedef struct rg_match_log rg_match_log;

/* One rewrite, by names: those that nodes had at that time. Or nodes that a pass made without rules: then `rule` is
 * empty, and only `pass` and `made` say something. */
typedef struct rg_logged_match {
    size_t struct_size;
    rg_string pass;
    rg_string rule;  /* the instance's name */
    rg_string graph; /* the path of the submodule that the match lay in; empty: none */
    rg_string root;
    const rg_string *nodes; /* of the match */
    size_t node_count;
    const rg_string *outputs; /* its results; empty for a constant */
    const rg_string *results; /* by output: the node that took its place; empty: none did */
    size_t output_count;
    const rg_string *made; /* nodes that came in place of the match's */
    size_t made_count;
} rg_logged_match;

#define RG_LOGGED_MATCH_INIT                                                                                           \
    {                                                                                                                  \
        sizeof(rg_logged_match), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, 0, NULL, NULL, 0, NULL, 0           \
    }

/* An empty log. */
RG_API RG_NODISCARD rg_status rg_match_log_create(rg_match_log **out, rg_context *context);
/* NULL is allowed. */
RG_API void rg_match_log_destroy(rg_match_log *log);
/* Append; strings are copied. */
RG_API RG_NODISCARD rg_status rg_match_log_add(rg_match_log *log, const rg_logged_match *match);
/* Append a match that a rg_rewrite_callback is told of. */
RG_API RG_NODISCARD rg_status rg_match_log_record(rg_match_log *log, rg_string pass, const rg_match *match);
RG_API size_t rg_match_log_count(const rg_match_log *log);
/* The one at `index`, in the order in which they were applied; lent; NULL when out of range. */
RG_API const rg_logged_match *rg_match_log_get(const rg_match_log *log, size_t index);

/* ---- following a run ---- */

/* Two runs compared value by value. */
typedef struct rg_following rg_following;

/* A node of the graph after, and one of the graph before whose value it must have. */
typedef struct rg_followed_value {
    rg_node before;
    rg_node after;
    bool equal;
    bool comparable;      /* the values are of the same kind, dtype and sizes; if not, nothing can be said */
    uint32_t rank;        /* the first on which they differ */
    rg_comparison values; /* there; of a tuple, the first item that differs */
} rg_followed_value;

/*
 * Execute `leader`, a run of the graph before, then `run`, of the graph after, with the same inputs. Nodes of the two
 * correspond that have the same name, or of which the log says that one took the place of the other, over all matches
 * in turn. Each value of `run` is compared with the one it corresponds to, with rg_tolerance_of its dtype times
 * `tolerance_factor`, and is then given the elements of that one. So what follows it is computed from what the graph
 * before computed, and a difference shows where it arises, unhidden by what came before it: roundings do not add up,
 * and after one wrong match the others are judged as well.
 *
 * Both runs are executed then, and what they return can be compared (rg_run_compare). RG_ERROR_ARGUMENT when one of
 * them had been executed, when they differ in ranks or context, or when the log cannot be that of these graphs.
 */
RG_API RG_NODISCARD rg_status rg_run_follow(rg_following **out, rg_run *run, rg_run *leader, const rg_match_log *log,
                                            double tolerance_factor);
/* Destroy it, before the runs and the log. NULL is allowed. */
RG_API void rg_following_destroy(rg_following *following);
/* The values that were compared, in the order of the graph after. */
RG_API size_t rg_following_count(const rg_following *following);
RG_API rg_followed_value rg_following_get(const rg_following *following, size_t index);

/*
 * The matches, by their place in the log, ascending, whose work lies between a value and the values that were compared
 * before it: if it differs, one of these is to blame. Or, with `earlier`, those whose work these matched again,
 * directly or by way of others, which may be to blame as well: what they made is gone, so that it cannot be compared.
 * Copies up to `capacity`, gives how many there are. Calls on one following must not run at the same time.
 */
RG_API size_t rg_following_suspects(rg_following *following, size_t index, bool earlier, size_t *out, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
